"""Whether a figure counts the people that a question asks about: whose they are, and which.

"How many Ukrainian soldiers were killed" is answered neither by Russian dead nor by dead civilians,
though the sentence with the figure often says neither: then the state and the people that its
passage named last before it count, as less sure. What a text leaves open may be the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rag import asked_figures, lexicon, owners, terms, tokens, units, wordlists
from rag.actors import Actors
from rag.schema import LANGUAGES, Claim, Hit, Passage, Quantity, Question, Span

SAID, READ = 1.0, 0.5  # named in the content, or only in the passage before it
_PEOPLE = units.PERSONS | frozenset(units.STATES.values())
# Who fights, and who does not.
_CLASSES = {
    **dict.fromkeys(("soldiers", "officers", "generals", "mercenaries", "volunteers"), "fighting"),
    **dict.fromkeys(("civilians", "inhabitants", "refugees", "workers"), "civil"),
    "children": "civil",
    "engineers": "fighting",
}


class Scope:
    """Whose people a question asks about, and which; claims are compared with it."""

    def __init__(self, question: Question, hits: Sequence[Hit], actors: Actors) -> None:
        counts = asked_figures.asked(question).counts
        self._question = question
        self._asks = any(unit in _PEOPLE for unit, _ in counts)
        self._owner = _asked_owner(question, actors) if self._asks else None
        kinds = classes(question.text, question.language) if self._asks else ()
        self._kind = kinds[0][1] if kinds else None
        self._actors = actors
        self._hits: dict[str, list[Hit]] = {}
        for hit in hits:
            self._hits.setdefault(hit.passage.article_id, []).append(hit)

    def of(self, claim: Claim) -> tuple[float, float]:
        """Whether the figure of a claim is of the state and of the people asked about.

        Each is 1 where it is, -1 where it is of others, 0 where nobody says, and half of it where
        only the passage before it says so.
        """
        figures = asked_figures.answering(self._question, claim) if self._asks else ()
        if not figures or not (self._owner or self._kind):
            return 0.0, 0.0
        figure = figures[0]
        content = next((s for s in claim.content if _holds(s, figure)), claim.sentence)
        hit = self._hit(claim)
        before = Span("", 0, 0, "")
        if hit is not None:
            before = _before(hit.passage, min(content.start, figure.span.start))
        owner = kind = 0.0
        if self._owner is not None:
            owner = self._owned(claim, figure, content, before)
        if self._kind is not None and hit is not None:
            kind = self._of_kind(figure, content, before, hit.language)
        return owner, kind

    def _hit(self, claim: Claim) -> Hit | None:
        found = self._hits.get(claim.sentence.article_id, ())
        at = claim.sentence.start
        return next((h for h in found if h.passage.start <= at < h.passage.end), None)

    def _owned(self, claim: Claim, figure: Quantity, content: Span, before: Span) -> float:
        at = (figure.span.start - content.start, figure.span.end - content.start)
        named = owners.named(content.text, self._actors)
        own = owners.of_figure(content.text, at, named)
        if own is not None:
            # Of a state that only stands behind it nobody knows: "sent 10,000 soldiers to Russia".
            sure = any(n[1] <= at[0] for n in named) or owners.beside(content.text, at, named)
            return (SAID if sure else READ) * (1 if own == self._owner else -1)
        spoken = [s.mention for s in (*claim.sources, *claim.via)]
        last = [
            state
            for start, _, state in sorted(owners.named(before.text, self._actors))
            if not any(s.start <= before.start + start < s.end for s in spoken)
        ]
        return 0.0 if not last else READ if last[-1] == self._owner else -READ

    def _of_kind(self, figure: Quantity, content: Span, before: Span, language: str) -> float:
        found = units.group_of(figure.span.text)
        own = _CLASSES.get(found or "")
        within = {kind for _, kind in classes(content.text, language)}
        if own is not None or len(within) == 1:
            return SAID if (own or next(iter(within))) == self._kind else -SAID
        last = classes(before.text, language)
        return 0.0 if not last or within else READ if last[-1][1] == self._kind else -READ


def _holds(content: Span, figure: Quantity) -> bool:
    return content.start <= figure.span.start < content.end


def _before(passage: Passage, end: int) -> Span:
    """The part of a passage before an offset of its article."""
    cut = max(0, end - passage.start)
    return Span(passage.article_id, passage.start, passage.start + cut, passage.text[:cut])


def _asked_owner(question: Question, actors: Actors) -> str | None:
    """The state whose people a question asks about: "Russian soldiers", "its own" of a speaker."""
    found = owners.named(question.text, actors)
    own = lexicon.load("comparisons", question.language)["own"]
    others = [n for n in found if n[2] not in question.speakers]
    adjectives = {start for _, start, _ in terms.peoples(question.text)}
    people = [n for n in others if n[0] in adjectives]
    if people or others:
        return min(people or others)[2]
    if question.speakers and re.search(rf"(?<!\w)(?:{own})(?!\w)", question.text.lower()):
        return actors.chain(question.speakers[0])[-1]
    return None


@lru_cache(maxsize=2048)
def classes(text: str, language: str) -> tuple[tuple[int, str], ...]:
    """Where a text names people who fight or who do not, in order."""
    if language not in LANGUAGES:
        return ()
    folded = tokens.fold(text)
    tables = [wordlists.of(language, section) for section in ("units", "groups")]
    found = []
    for token in tokens.tokens(folded):
        hit = next((h for table in tables if (h := table.at(folded, token))), None)
        if hit and hit[0] in _CLASSES:
            found.append((token.start, _CLASSES[hit[0]]))
    return tuple(found)
