"""Which ranked claims show that a figure of a question does not hold; None where none does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from rag import event_matches, happenings, quantities
from rag.contradictions import Judgement, Outcome, graded, judged, of_speaker
from rag.ground import OTHER, Ground
from rag.predicates import Predicate
from rag.relevance import Scored
from rag.schema import QuestionKind

# Of the matter: what a claim must hold that counts the same otherwise; that tells of the event too.
HALF, NEARLY = 0.5, 0.3


def of_figure(ground: Ground, scored: Sequence[Scored]) -> Judgement | None:
    """A figure that stands in the articles only as a plan, a forecast, or a doubt."""
    holding = [(s, figure) for s in scored if (figure := ground.figure(s)) is not None]
    if holding and (found := _withheld(ground, scored)) is not None:
        return found
    if not holding:
        return _counted_otherwise(ground, scored)
    if any(ground.is_real(s, figure) for s, figure in holding):
        return None
    sourced = [(s, f) for s, f in holding if s.claim.sources]
    if not sourced:
        return None
    planned = any(ground.is_planned(s, figure) for s, figure in sourced)
    asked = ground.presumed.figure
    beside = [
        s
        for s in scored
        if s.claim.sources
        and ground.time(s) != OTHER
        and any(
            asked is not None
            and quantities.same_unit(asked.unit, f.unit)
            and quantities.relation(asked, f) == "conflict"
            and ground.is_real(s, f)
            for f in s.claim.quantities
        )
    ]
    held, other = (
        [graded(ground, s) for s in group] for group in ([s for s, _ in sourced], beside)
    )
    outcome = Outcome.PLANNED if planned else Outcome.UNCONFIRMED
    return judged(ground.presumed, outcome, held, other)


def _withheld(ground: Ground, scored: Sequence[Scored]) -> Judgement | None:
    """A figure of a question about one actor that gave none, and that others gave."""
    own = ground.speaking(ground.question.actors[:1])
    is_why = ground.question.kind is QuestionKind.WHY
    if not is_why or not any(happenings.withholds(own, s) for s in scored[: event_matches.NEAREST]):
        return None
    return of_speaker(own, scored)


def _counted_otherwise(ground: Ground, scored: Sequence[Scored]) -> Judgement | None:
    """A figure that stands nowhere, where the articles count just that otherwise."""
    asked = ground.presumed.figure
    if asked is None or ground.question.kind is QuestionKind.HOW_MANY:
        return None
    plain = asked.aspect in (None, "present")  # "the seven prisoners" are no more than there
    happens = _happens(ground)
    found = [
        g
        for s in scored[: event_matches.NEAREST]
        if (g := graded(ground, s)).matter >= (NEARLY if happens(s) else HALF)
        and g.time != OTHER
        and any(
            quantities.comparable(replace(asked, aspect=f.aspect) if plain else asked, f)
            and quantities.relation(asked, f) == "conflict"
            and ground.is_real(s, f)
            for f in s.claim.quantities
        )
    ]
    return judged(ground.presumed, Outcome.OTHER_FIGURE, found)


def _happens(ground: Ground) -> Callable[[Scored], bool]:
    """Whether the sentence of a claim tells of all that is presumed to have happened."""
    asked = Predicate.of(ground.question, ground.actors)
    keys = [asked.words[i] for i in asked.keys]
    plain = bool(keys) and not asked.is_vague
    return lambda found: plain and all(key.terms & found.held for key in keys)
