"""Gold of who said what, and how well the claims of our extractor fit it.

A row of `eval/gold/claims.<language>.jsonl` is a text of one to five sentences with every claim
in it; `articles.*`, `opened.*` and `blind.*` have the same shape, and the last was never read by
those who wrote rules. A claim is found when the words of its content and of a gold content
overlap by half (|both| / |either|); source and stance are judged on what was found. A source is
right by its words ("He") or by who it is; `resolved` asks, where the gold says who "He" is, for
that speaker alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import permutations
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from eval.metrics import Measure, mean
from rag import actors, attribution, segmentation, text
from rag.errors import InputError
from rag.schema import Article, Claim, Form, Source, SourceKind, Span, Stance

GOLD = Path(__file__).with_name("gold")
LEAST_OVERLAP = 0.5
UNCLEAR = "unclear"
_WORD = re.compile(r"\w+")
_ARTICLE = re.compile(r"^(?:der|die|das|dem|den|des|the|an?|eine?[mnrs]?)\s+", re.IGNORECASE)
_NO_TITLE = {"de": "Meldung", "en": "News", "uk": "Новини", "ru": "Новости"}

Words = frozenset[int]  # the offsets at which the words of a content begin


class GoldClaim(BaseModel):
    """A claim as an annotator reads it; `who` is the speaker where the words do not name them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    content: str | tuple[str, ...]
    stance: Stance
    form: Form = Form.INDIRECT
    sources: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    cue: str | None = None
    who: str | tuple[str, ...] | None = None

    @property
    def pieces(self) -> tuple[str, ...]:
        """The content in its pieces: an inserted frame splits it."""
        return (self.content,) if isinstance(self.content, str) else self.content

    @property
    def speakers(self) -> tuple[str, ...]:
        """Who the sources are, where the gold says so."""
        return (self.who,) if isinstance(self.who, str) else self.who or ()


class GoldText(BaseModel):
    """A text with all its claims."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    text: str
    claims: tuple[GoldClaim, ...]
    title: str | None = None
    published: str | None = None


@dataclass(slots=True)
class Tally:
    """What was found of the gold; each list holds one truth value a thing."""

    found: list[bool] = field(default_factory=list)  # of our claims: fits a gold claim
    gold: list[bool] = field(default_factory=list)  # of the gold claims: is found
    source: list[bool] = field(default_factory=list)  # of the found: right
    resolved: list[bool] = field(default_factory=list)  # of the found with `who`: is them
    stance: list[bool] = field(default_factory=list)  # of the found: right
    rules: dict[str, list[bool]] = field(default_factory=dict)  # by rule: our claim fits one
    failures: list[str] = field(default_factory=list)

    def measures(self, prefix: str) -> dict[str, Measure]:
        """Precision and recall of contents, and shares of right sources, speakers, stances."""
        parts = {
            "precision": self.found,
            "recall": self.gold,
            "source": self.source,
            "resolved": self.resolved,
            "stance": self.stance,
        }
        return {f"{prefix}_{name}": mean(map(float, hits)) for name, hits in parts.items()}


def load(path: Path) -> tuple[GoldText, ...]:
    """The rows of a gold file.

    Raises InputError where a row is malformed or a content or source is not in its text.
    """
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = GoldText.model_validate_json(line)
        except ValidationError as error:
            raise InputError(f"{path}:{number} is no gold text ({error}); mend the row.") from error
        whole = f"{row.title or ''}\n{row.text}"
        for part in (p for c in row.claims for p in (*c.pieces, *c.sources)):
            if part not in whole:
                raise InputError(f"{path}:{number}: “{part}” is not in the text; mend the row.")
        rows.append(row)
    return tuple(rows)


def article_of(row: GoldText, language: str) -> Article:
    """The article that a gold row is read as."""
    title, body = text.normalise(row.title or _NO_TITLE[language]), text.normalise(row.text)
    return Article(row.id, title, f"{title}\n\n{body}", language, row.id, published=row.published)


def claims_of(article: Article) -> list[Claim]:
    """The claims of an article but for what it says in its own voice."""
    found = attribution.extract(article, segmentation.sentences(article), actors.load())
    return [claim for claim in found if claim.form is not Form.NARRATED]


def words_of(whole: str, extents: Sequence[tuple[int, int]]) -> Words:
    """The offsets of the words that begin within one of the extents."""
    return frozenset(
        match.start() for start, end in extents for match in _WORD.finditer(whole, start, end)
    )


def content_words(article: Article, claim: Claim) -> Words:
    """The words of the content of a claim."""
    return words_of(article.text, [(span.start, span.end) for span in claim.content])


def pairs(
    gold: Sequence[Words], found: Sequence[Words], least: float = LEAST_OVERLAP
) -> list[tuple[int, int]]:
    """One-to-one pairs (gold, found) of at least this overlap, the best overlaps first."""
    overlaps = sorted(
        (
            (len(g & f) / len(g | f), -i, -j)
            for i, g in enumerate(gold)
            for j, f in enumerate(found)
            if g & f
        ),
        reverse=True,
    )
    taken: list[tuple[int, int]] = []
    for share, i, j in overlaps:
        free = all(-i != a and -j != b for a, b in taken)
        if share >= least and free:
            taken.append((-i, -j))
    return taken


def measure(path: Path, language: str) -> Tally:
    """How the claims found in the texts of a gold file fit it."""
    tally = Tally()
    for row in load(path):
        _compare(tally, row, article_of(row, language))
    return tally


def _compare(tally: Tally, row: GoldText, article: Article) -> None:
    claims = claims_of(article)
    wanted = [words_of(article.text, _extents(article, one)) for one in row.claims]
    taken = pairs(wanted, [content_words(article, claim) for claim in claims])
    tally.gold += [i in {a for a, _ in taken} for i in range(len(wanted))]
    right = {j for _, j in taken}
    tally.found += [j in right for j in range(len(claims))]
    for j, claim in enumerate(claims):
        tally.rules.setdefault(claim.rule, []).append(j in right)
    for i, j in taken:
        same = same_sources(row.claims[i], claims[j].sources)
        tally.source.append(same)
        if row.claims[i].speakers:
            resolved = same_speakers(row.claims[i], claims[j].sources)
            tally.resolved.append(resolved)
            same = same and resolved
        tally.stance.append(row.claims[i].stance is claims[j].stance)
        if not (same and tally.stance[-1]):
            tally.failures.append(
                f"{row.id} wrong: {_gold_line(row.claims[i])}\n{_line(claims[j])}"
            )
    for i in set(range(len(wanted))) - {a for a, _ in taken}:
        tally.failures.append(f"{row.id} missed: {_gold_line(row.claims[i])}")
    for j in set(range(len(claims))) - right:
        tally.failures.append(f"{row.id} not in gold:\n{_line(claims[j])}")


def _extents(article: Article, claim: GoldClaim) -> list[tuple[int, int]]:
    starts = [(article.text.index(text.normalise(piece)), piece) for piece in claim.pieces]
    return [(start, start + len(text.normalise(piece))) for start, piece in starts]


def same_sources(gold: GoldClaim, sources: Sequence[Source]) -> bool:
    """Whether the sources are those of the gold, one for one; none fits an unclear one.

    A source fits by the words of the gold ("He") or by who the gold says that it is.
    """
    known = [source for source in sources if source.name != UNCLEAR]
    words, who = gold.sources, gold.speakers
    if who == (UNCLEAR,) or not (words or who):
        return not known
    if len(words) == len(who):
        wanted: list[tuple[str, ...]] = list(zip(words, who, strict=True))
    elif len(words) > len(who):
        wanted = [(word, *who) for word in words]
    else:
        wanted = [(one, *words) for one in who]
    return _one_to_one(wanted, [(s.mention.text, s.name) for s in known])


def same_speakers(gold: GoldClaim, sources: Sequence[Source]) -> bool:
    """Whether the sources are resolved to whom the gold names as speakers, one for one.

    A mention counts beside the resolved name only where it is a name itself; an unclear speaker
    is met by none but an unclear one.
    """
    known = [source for source in sources if source.name != UNCLEAR]
    if gold.speakers == (UNCLEAR,):
        return bool(sources) and not known
    return _one_to_one([(one,) for one in gold.speakers], [_names(source) for source in known])


def _names(source: Source) -> tuple[str, ...]:
    named = actors.load().source(source.mention).kind is not SourceKind.ANONYMOUS
    return (source.name, source.mention.text) if named else (source.name,)


def _one_to_one(wanted: Sequence[Sequence[str]], found: Sequence[Sequence[str]]) -> bool:
    """Whether each wanted one has a found one of its own; any of the names of each may fit."""
    if len(wanted) != len(found):
        return False
    fits = [[any(_same(a, b) for a in one for b in other) for other in found] for one in wanted]
    orders = permutations(range(len(found)))
    return any(all(fits[i][j] for i, j in enumerate(order)) for order in orders)


def _same(one: str, other: str) -> bool:
    """Whether two names mean the same: one actor, or else the words of one are in the other's.

    "Ukraine" is within "Security Service of Ukraine", but those are two actors.
    """
    a, b = f" {_plain(one)} ", f" {_plain(other)} "
    if a == b:
        return True
    known = actors.load()
    actor, second = (known.get(name) or known.resolve(name) for name in (one, other))
    if actor and second:
        return actor.name == second.name
    sources = (known.source(Span("", 0, len(name), name)).name for name in (one, other))
    return a in b or b in a or len(set(sources)) == 1


def _plain(name: str) -> str:
    return _ARTICLE.sub("", " ".join(_WORD.findall(name.casefold())))


def _gold_line(claim: GoldClaim) -> str:
    sources = ", ".join(claim.sources) or "-"
    who = f" = {claim.who}" if claim.who else ""
    return f"{sources}{who} · {claim.stance.value} · {' … '.join(claim.pieces)}"


def _line(claim: Claim) -> str:
    sources = ", ".join(f"{s.mention.text} = {s.name}" for s in claim.sources) or "-"
    content = " … ".join(span.text for span in claim.content)
    return f"        {sources} · {claim.stance.value} · {content} [{claim.rule}]"
