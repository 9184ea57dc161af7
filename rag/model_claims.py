"""More claims from a chat model, beside those of the rules; nothing a model replies gets round it.

1. Every word is found in the article, or the proposal is dropped (`proposals.find`).
2. The source is resolved like any other mention; a pronoun is "unclear" unless sure.
3. The cue must bear the stance out (`model_drafts`). Form, hedges, polarity, figures and dates are
   read by our own code.
4. Where the rules found silence, doubt or a denial, they win; so they do wherever a proposal names
   another source or stance for the same content or cue.
5. What both found is the rules' claim, marked "+model"; what only the model found has the rule
   "model". Everything dropped is counted by reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from rag import claims, noun_phrase, phrases, proposals
from rag.actors import Actors
from rag.chat_models import ChatModel
from rag.drafts import Draft, Line
from rag.errors import EngineError
from rag.model_drafts import RULE, Drafts, Dropped
from rag.proposals import Call, Proposal
from rag.schema import Article, Claim, Form, Span, Stance
from rag.speakers import UNCLEAR, Speakers
from rag.tagging import Tag

ALSO = "+model"
_SAME = 0.5  # intersection over union of two contents from which on they are the same
_GIVE_UP = 3  # calls that fail in a row
_GUARDED = frozenset(
    {Stance.NO_COMMENT, Stance.DOES_NOT_CONFIRM, Stance.NOT_DENIED, Stance.UNVERIFIED}
    | {Stance.DENIES}
)
_VOICES = ("roles", "voices", "anonymous", "organisations", "offices", "independent", "statements")


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the proposals, and how many calls failed; `failure`: what the first said."""

    proposed: int = 0
    kept: int = 0
    agreed: int = 0
    dropped: dict[str, int] = field(default_factory=dict)  # by reason
    failed: int = 0
    failure: str | None = None


@dataclass
class ModelExtractor:
    """Asks one chat model about articles and keeps count; after three failures it stops asking."""

    model: ChatModel
    actors: Actors
    _counts: Counter[str] = field(default_factory=Counter)
    _dropped: Counter[str] = field(default_factory=Counter)
    _failure: str | None = None
    _failed_in_a_row: int = 0

    @property
    def name(self) -> str:
        """What the catalog notes as the maker of the claims."""
        return f"{RULE}:{self.model.name}"

    def tally(self) -> Tally:
        """The counts so far."""
        counts = {name: self._counts[name] for name in ("proposed", "kept", "agreed", "failed")}
        return Tally(**counts, dropped=dict(sorted(self._dropped.items())), failure=self._failure)

    def extend(
        self,
        article: Article,
        found: tuple[Claim, ...],
        tell: Callable[[], None] = lambda: None,
    ) -> tuple[tuple[Claim, ...], bool]:
        """The rules' claims with those of the model, and whether every call was answered.

        Nothing that the rules attributed is lost; a sentence for which they found nobody is no
        longer the article's own voice where the model names a source. `tell` is called once a call.
        """
        ledger = _Ledger(article, found, self.actors)
        complete = True
        for call in proposals.calls(article):
            complete = self._ask(call, ledger) and complete
            tell()
        return ledger.claims(), complete

    def _ask(self, call: Call, ledger: _Ledger) -> bool:
        if self._failed_in_a_row >= _GIVE_UP:
            self._counts["failed"] += 1
            return False
        text = call.text(ledger.names(call))
        try:
            reply = self.model.fill(proposals.Proposals, proposals.instructions(), text)
        except EngineError as error:
            self._failure = self._failure or str(error)
            self._counts["failed"] += 1
            self._failed_in_a_row += 1
            return False
        self._failed_in_a_row = 0
        for proposal in reply.statements[: proposals.MOST]:
            self._counts["proposed"] += 1
            try:
                self._counts[ledger.take(proposal, call)] += 1
            except Dropped as reason:
                self._dropped[str(reason)] += 1
        return True


class _Ledger:
    """The claims of one article while proposals are laid beside them."""

    def __init__(self, article: Article, found: tuple[Claim, ...], actors: Actors) -> None:
        self._article, self._actors = article, actors
        self._claims = {claim.id: claim for claim in found}
        self._named = actors.find(article.text)
        self._drafts = Drafts(article)

    def claims(self) -> tuple[Claim, ...]:
        """All claims, in the order of attribution."""
        made = self._claims.values()
        return tuple(sorted(made, key=lambda c: (c.content[0].start, c.content[-1].end, c.rule)))

    def names(self, call: Call) -> list[str]:
        """The names of actors in a call, as they stand there."""
        first, last = call.shown[0].sentence.start, call.shown[-1].sentence.end
        text = self._article.text
        return [text[m.start : m.end] for m in self._named if first <= m.start and m.end <= last]

    def take(self, proposal: Proposal, call: Call) -> str:
        """Keep a proposal ("kept") or find it among the claims ("agreed"); else raises Dropped."""
        line, draft = self._drafts.draft(proposal, call)
        sentence = self._article.span(line.start, line.end)
        speakers = Speakers(self._article, self._actors, named=self._named)
        made = claims.claim(self._article, line, sentence, draft, None, speakers)
        if made is None or made.stance is not draft.stance:
            raise Dropped("negated")
        if not made.sources or not self._is_voice(line, draft, made):
            raise Dropped("no_source")
        same = self._beside(made)
        if same is not None:
            self._claims[same.id] = replace(same, rule=same.rule + ALSO)
            return "agreed"
        self._drop_own_voice(made)
        self._claims[made.id] = made
        return "kept"

    def _is_voice(self, line: Line, draft: Draft, made: Claim) -> bool:
        """Whether the source is somebody: an actor, a name, a post or body, a pronoun."""
        if any(self._actors.get(s.name) or s.role or s.name == UNCLEAR for s in made.sources):
            return True
        for k in range(*line.run(draft.sources[0])):
            word, is_name = line.tokens[k].text, line.tokens[k].tag is Tag.NAME
            if (is_name and not phrases.is_time(line, k)) or any(
                noun_phrase.is_a(kind, word) for kind in _VOICES
            ):
                return True
        return False

    def _beside(self, made: Claim) -> Claim | None:
        """The rules' claim that says the same; raises Dropped where a claim stands against it."""
        near = [other for other in self._claims.values() if _is_near(made, other)]
        for other in near:
            if _overlap(made, other) >= _SAME and _agree(made, other):
                if other.rule.endswith(RULE):
                    raise Dropped("repeated")
                return other
        for other in near:
            if _agree(made, other):
                raise Dropped("repeated")  # a part of what the source says
            if other.stance in _GUARDED and _shared(other.sentence, made.sentence):
                raise Dropped("silence_or_denial")
            if _overlap(made, other) >= _SAME or _same_cue(made, other):
                raise Dropped("contradicts")
        return None

    def _drop_own_voice(self, made: Claim) -> None:
        """A sentence that somebody says is not what the article says in its own voice."""
        for other in list(self._claims.values()):
            if other.form is not Form.NARRATED:
                continue
            said = 2 * sum(_shared(part, other.sentence) for part in made.content)
            if _shared(other.sentence, made.sentence) or said >= len(other.sentence.text):
                del self._claims[other.id]


def _shared(a: Span, b: Span) -> int:
    """How many characters two spans have in common."""
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def _overlap(a: Claim, b: Claim) -> float:
    """Intersection over union of two contents, in characters."""
    common = sum(_shared(x, y) for x in a.content for y in b.content)
    sizes = sum(span.end - span.start for span in (*a.content, *b.content))
    return common / (sizes - common)


def _within(a: Claim, b: Claim) -> bool:
    """Whether the content of one lies in that of the other."""
    return all(any(y.start <= x.start and x.end <= y.end for y in b.content) for x in a.content)


def _same_cue(a: Claim, b: Claim) -> bool:
    return a.cue is not None and b.cue is not None and _shared(a.cue, b.cue) > 0


def _agree(a: Claim, b: Claim) -> bool:
    names = ({source.name for source in claim.sources} for claim in (a, b))
    return a.stance is b.stance and next(names) == next(names)


def _is_near(made: Claim, other: Claim) -> bool:
    """Whether an attributed claim shares the cue, or the content or a part of it.

    As in "Das dementierte X": what only points back to a content leaves it to its own source.
    """
    if other.form is Form.NARRATED:
        return False
    if _same_cue(made, other):
        return True
    if other.content[-1].end <= other.sentence.start:
        return False
    return _overlap(made, other) >= _SAME or _within(made, other) or _within(other, made)
