"""Evidence to positions: one for each source and figure, with a flag of its own.

What several articles carry of the same source, stance and figure is one position with several
citations.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag import asked_figures, counting, dates, hedging, lexicon, terms
from rag.actors import Actors
from rag.origins import outlet
from rag.relevance import ASSERTING, SILENT
from rag.schema import (
    Claim,
    Evidence,
    Figure,
    Flag,
    Polarity,
    Position,
    Quantity,
    Question,
    Side,
    Source,
    Stance,
)

# What is won or lost in battle: a war party's word on it is never a confirmation.
IN_BATTLE = frozenset(
    {"killed", "wounded", "killed_and_wounded", "captured", "lost", "missing", "destroyed"}
    | {"downed", "retaken", "controlled"}
)

# How a party states its own losses; an estimate or a report of somebody else's is no admission.
OWN_WORD = frozenset({Stance.ASSERTS, Stance.CONFIRMS, Stance.ANNOUNCES, Stance.REPORTS})


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
            side=source.side if (source := speakers[key]) else Side.INDEPENDENT,
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
    if source is not None and claim.stance in ASSERTING and owns(item, source, actors):
        return Flag.CONFIRMED
    if is_hedged(item, actors):
        return Flag.HEDGED
    if source is not None and actors.is_war_party(source.side):
        return Flag.PARTY_CLAIM
    return Flag.ATTRIBUTED


def is_hedged(item: Evidence, actors: Actors) -> bool:
    """Whether the source itself calls it expected, possible or probable."""
    return item.claim.stance is Stance.EXPECTS or bool(hedging.reaching(item, actors))


def is_conditional(item: Evidence) -> bool:
    """Whether the content holds only if something else happens."""
    words = set(lexicon.load("conditions")[item.article.language])
    text = " ".join(span.text for span in item.claim.content).lower()
    return any(re.search(rf"(?<!\w){word}(?!\w)", text) for word in words)


def owns(item: Evidence, source: Source, actors: Actors) -> bool:
    """Whether this is its owner's own decision or announcement, own loss, or a verification.

    Strict: an announcement must be about the source itself, so its content names the source
    before anybody else's state or people, and counts nothing that was won or lost in battle.
    """
    claim = item.claim
    if is_hedged(item, actors) or is_conditional(item):
        return False
    if _admits(item, source, actors):
        return True
    if _verifies(source, actors) and _is_finding(claim):
        return True
    if claim.stance is not Stance.ANNOUNCES or not claim.content:
        return False
    if any(found.aspect in IN_BATTLE for found in claim.quantities) or _is_of_battle(item):
        return False
    return _is_about(claim, source, actors)


def _is_of_battle(item: Evidence) -> bool:
    """Whether a claim says who took, holds or hit what: no decision of the one who says it."""
    words = lexicon.load("comparisons", item.article.language)["battle"]
    content = " ".join(span.text for span in item.claim.content).lower()
    return re.search(rf"(?<!\w)(?:{words})(?!\w)", content) is not None


def _is_about(claim: Claim, source: Source, actors: Actors) -> bool:
    """Whether the content names the source, its state or its people before anybody else's."""
    content = " ".join(span.text for span in claim.content)
    named = [(m.start, m.actor.name) for m in actors.find(content)]
    named += [(start, state) for state, start, _ in terms.peoples(content)]
    return bool(named) and actors.same(min(named)[1], source.name)


def _admits(item: Evidence, source: Source, actors: Actors) -> bool:
    """Whether a war party states its own loss or setback, against its own interest."""
    claim = item.claim
    if claim.polarity is not Polarity.POSITIVE or claim.stance not in OWN_WORD:
        return False
    return counting.is_own_loss(item, source, actors) or _own_setback(item, source, actors)


def _own_setback(item: Evidence, source: Source, actors: Actors) -> bool:
    """Whether a war party says that its own troops withdrew or lost ground."""
    words = lexicon.load("comparisons", item.article.language)["setback"]
    content = " ".join(span.text for span in item.claim.content).lower()
    return (
        actors.is_war_party(source.side)
        and _is_about(item.claim, source, actors)
        and not item.claim.quantities
        and re.search(rf"(?<!\w)(?:{words})(?!\w)", content) is not None
    )


def _is_finding(claim: Claim) -> bool:
    """Whether a body that verifies gives what it confirmed or counted itself; no estimate."""
    if claim.stance is Stance.CONFIRMS:
        return claim.polarity is Polarity.POSITIVE
    return claim.stance in OWN_WORD and claim.polarity is Polarity.POSITIVE and is_count(claim)


def is_count(claim: Claim) -> bool:
    """Whether a claim counts what the fighting cost or won."""
    return any(q.aspect in IN_BATTLE and q.low is not None for q in claim.quantities)


def _verifies(source: Source, actors: Actors) -> bool:
    """Whether the source, or the body it speaks for, is one whose word is a verification."""
    names = lexicon.load("verifiers")["names"]
    return any(name in names for name in actors.chain(source.name))
