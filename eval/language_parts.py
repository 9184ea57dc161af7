"""Gold of the parts that claims are made of: sentence boundaries, figures, dates, actors, copies.

Each measure is a share of things right; what is found and not in the gold counts as one thing
wrong, and a text in which nothing is to be found counts as one thing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from eval.metrics import Measure, mean
from rag import actors, dates, origins, quantities, segmentation
from rag.errors import InputError
from rag.schema import Article, Quantity, Span

Row = TypeVar("Row", bound=BaseModel)


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class GoldQuantity(_Record):
    """A figure with its words."""

    text: str
    low: float | None
    high: float | None
    unit: str
    aspect: str | None
    qualifier: str


class QuantityText(_Record):
    """A sentence and all figures in it that count something."""

    id: str
    language: str
    text: str
    quantities: tuple[GoldQuantity, ...]


class DateText(_Record):
    """Words, the day they were published, and the date that they name (ISO 8601) or none."""

    id: str
    language: str
    text: str
    published: str | None
    date: str | None


class ActorMention(_Record):
    """How news name a source, and who that is; None is nobody known, or not to be judged."""

    id: str
    language: str
    mention: str
    name: str | None
    kind: str | None
    side: str | None


class CopyText(_Record):
    """A short article, or the lightly edited copy of one."""

    id: str
    text: str
    language: str | None = None
    copy_of: str | None = None


class BoundaryText(_Record):
    """A paragraph and its sentences in order."""

    id: str
    text: str
    sentences: tuple[str, ...]


@dataclass(slots=True)
class Hits:
    """What was right, thing by thing, and lines about what was not."""

    right: list[bool] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    @property
    def share(self) -> Measure:
        """The share of things right, with its interval."""
        return mean(map(float, self.right))


def rows(path: Path, kind: type[Row]) -> tuple[Row, ...]:
    """The rows of a gold file; raises InputError where one is malformed."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return tuple(kind.model_validate_json(line) for line in lines)
    except (OSError, ValidationError) as error:
        raise InputError(f"{path} is no valid gold ({error}); mend the row.") from error


def measure_quantities(path: Path) -> Hits:
    """Figures with both ends, unit, aspect and qualifier right."""
    hits = Hits()
    for row in rows(path, QuantityText):
        found = list(quantities.find(Span("", 0, len(row.text), row.text), row.language))
        for gold in row.quantities:
            same = next((one for one in found if _same(gold, one, row.text)), None)
            hits.right.append(same is not None)
            if same is not None:
                found.remove(same)
            else:
                hits.failures.append(f"{row.id} missed {gold} among {_shown(found)}")
        hits.right += [False] * len(found)
        hits.failures += [f"{row.id} not in gold {_shown([one])}" for one in found]
        hits.right += [True] if not (row.quantities or found) else []
    return hits


def _same(gold: GoldQuantity, found: Quantity, text: str) -> bool:
    values = (found.low, found.high, found.unit, found.aspect, found.qualifier.value)
    if values != (gold.low, gold.high, gold.unit, gold.aspect, gold.qualifier):
        return False
    start = text.index(gold.text)
    return found.span.start < start + len(gold.text) and start < found.span.end


def _shown(found: Sequence[Quantity]) -> str:
    return "; ".join(
        f"{q.span.text}={q.low}-{q.high} {q.unit} {q.aspect} {q.qualifier.value}" for q in found
    )


def measure_dates(path: Path) -> Hits:
    """Dates resolved to the day, month or interval that was meant."""
    hits = Hits()
    for row in rows(path, DateText):
        value = dates.resolve(row.text, row.language, row.published)
        hits.right.append(value == row.date)
        if value != row.date:
            hits.failures.append(f"{row.id} “{row.text}” is {row.date}, not {value}")
    return hits


def measure_actors(path: Path, *, unknown_only: bool = False) -> Hits:
    """Mentions whose actor, kind and side are right.

    With `unknown_only`, the mentions of nobody known that are taken for nobody known.
    """
    hits = Hits()
    table = actors.load()
    for row in rows(path, ActorMention):
        if unknown_only and row.name is not None:
            continue
        source = table.source(Span("", 0, len(row.mention), row.mention))
        known = table.resolve(row.mention)
        found = (known.name if known else None, source.kind.value, source.side.value)
        gold = (row.name, row.kind or found[1], row.side or found[2])
        right = found[0] is None if unknown_only else found == gold
        hits.right.append(right)
        if not right:
            hits.failures.append(f"{row.id} “{row.mention}” is {gold}, not {found}")
    return hits


def measure_boundaries(path: Path, language: str) -> Hits:
    """Texts split into exactly the sentences of the gold."""
    hits = Hits()
    for row in rows(path, BoundaryText):
        whole = f"—\n\n{row.text}"
        article = Article(row.id, "—", whole, language, row.id)
        body = [s for s in segmentation.sentences(article) if s.start >= len("—\n\n")]
        found = tuple(sentence.text for sentence in body)
        hits.right.append(found == row.sentences)
        if found != row.sentences:
            hits.failures.append(f"{row.id} {found} instead of {row.sentences}")
    return hits


def measure_copies(path: Path) -> tuple[Measure, Measure]:
    """The share of copies that are found, and how many unrelated pairs are taken for copies."""
    texts = rows(path, CopyText)
    known = {frozenset((row.id, row.copy_of)) for row in texts if row.copy_of}
    articles = [Article(r.id, "—", f"—\n\n{r.text}", r.language or "", r.id) for r in texts]
    found = {
        frozenset((one.id, other.id))
        for one, other in combinations(articles, 2)
        if origins.are_copies(one, other)
    }
    unrelated = len(articles) * (len(articles) - 1) // 2 - len(known)
    return mean(float(pair in found) for pair in known), Measure(
        float(len(found - known)), unrelated
    )
