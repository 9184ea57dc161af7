"""Evidence to positions: one for each source and figure, with a flag of its own.

What several articles carry of the same source, stance and figure is one position with several
citations.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag import allegiance, asked_figures, dates, own_word
from rag.actors import Actors
from rag.origins import outlet
from rag.relevance import ASSERTING, SILENT
from rag.schema import (
    Claim,
    Evidence,
    Figure,
    Flag,
    Position,
    Quantity,
    Question,
    Side,
    Source,
    Stance,
)


def build(question: Question, evidence: Sequence[Evidence], actors: Actors) -> tuple[Position, ...]:
    """The positions in the order of their evidence, the newest word of each source first."""
    found: dict[tuple[str, Stance, Figure | None, str | None], list[Evidence]] = {}
    speakers: dict[tuple[str, Stance, Figure | None, str | None], Source | None] = {}
    for item in evidence:
        for figure, day in _figures(question, item):
            for source in item.claim.sources or (None,):
                name = source.name if source else outlet(item.article)
                key = (name, item.claim.stance, figure, day)
                found.setdefault(key, []).append(item)
                speakers.setdefault(key, source)
    made = [
        Position(
            source=key[0],
            side=_side(speakers[key], items[0], actors),
            stance=key[1],
            figure=key[2],
            date=key[3],
            quote=items[0].quote.text,
            flag=own_flag(items[0], source, actors),
            citations=tuple(dict.fromkeys(i.number for i in items)),
        )
        for key, items in found.items()
    ]
    return tuple(_newest_first(made))


def _side(source: Source | None, item: Evidence, actors: Actors) -> Side:
    """The side of a source as its article tells it; an article itself is independent."""
    return Side.INDEPENDENT if source is None else allegiance.of(source, item.article, actors)


def _newest_first(made: Sequence[Position]) -> list[Position]:
    """The dated positions of one source change places, so that its newest word comes first."""
    ordered = list(made)
    for name in dict.fromkeys(position.source for position in made):
        places = [i for i, p in enumerate(made) if p.source == name and p.date]
        words = sorted((made[i] for i in places), key=lambda p: _end(p.date), reverse=True)
        for place, word in zip(places, words, strict=True):
            ordered[place] = word
    return ordered


def _end(value: str | None) -> str:
    return dates.bounds(value)[1] if value else ""


def quantity_of(question: Question, claim: Claim) -> Quantity | None:
    """The figure of the claim that the question is about, or None.

    A question for no figure has none.
    """
    return next(iter(asked_figures.answering(question, claim)), None)


def figure_of(question: Question, claim: Claim) -> Figure | None:
    """The first figure that the positions of a claim show, or None."""
    found = _shown(question, claim)
    return _bounds(found[0]) if found else None


def _shown(question: Question, claim: Claim) -> tuple[Quantity, ...]:
    """The figures that positions show: those that answer, or else the only one of the claim."""
    found = asked_figures.answering(question, claim)
    return found or (claim.quantities if len(claim.quantities) == 1 else ())


def _bounds(found: Quantity) -> Figure:
    return Figure(found.low, found.high, found.unit, found.qualifier)


def _figures(
    question: Question, item: Evidence
) -> Sequence[tuple[Figure, str | None] | tuple[None, str | None]]:
    """The figures of a claim with their dates: that of the claim, or its own in a list of them.

    "About 300 dead on 13 January, about 600 on 30 April": each day belongs to the figure before it.
    """
    found = _shown(question, item.claim)
    if not found:
        return [(None, item.claim.date)]
    starts = [q.span.start for q in found]
    days: list[str | None] = [item.claim.date] * len(found)
    if len(found) > 1 and starts == sorted(starts):
        stops = [*starts[1:], max(item.claim.extent[1], starts[-1])]
        own = [_day(item, start, stop) for start, stop in zip(starts, stops, strict=True)]
        days = own if None not in own and len(set(own)) == len(own) else days
    return [(_bounds(q), day) for q, day in zip(found, days, strict=True)]


def _day(item: Evidence, start: int, stop: int) -> str | None:
    """The first date between two offsets of an article."""
    between = item.article.span(start, stop)
    found = dates.find(between, item.article.language, item.article.published)
    return next((value for _, value in found if value), None)


def own_flag(item: Evidence, source: Source | None, actors: Actors) -> Flag:
    """The flag of one source's word by itself (the decision list without comparisons)."""
    claim = item.claim
    if claim.stance is Stance.DENIES:
        return Flag.DENIED
    if claim.stance in SILENT:
        return Flag.UNVERIFIED
    if source is not None and claim.stance in ASSERTING and own_word.owns(item, source, actors):
        return Flag.CONFIRMED
    if own_word.is_hedged(item, actors):
        return Flag.HEDGED
    if source is not None and allegiance.is_of_party(source, item.article, actors):
        return Flag.PARTY_CLAIM
    return Flag.ATTRIBUTED
