"""Claims about the same thing side by side: how two of them relate, and which cannot both hold.

Two figures are compared where they count the same (unit, aspect, group: `rag.quantities`) of the
same people or territory, at the same places, over the same period, as a total or as a part. What
differs at the same time from different origins is a conflict; the same origin at another time has
revised its word, and different origins far apart in time show a development. Without figures, an
assertion stands against a denial of the same matter. No values are ever averaged.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from functools import lru_cache

from rag import accounts, asked_figures, counting, dates, origins, positions, quantities, rivals
from rag.actors import Actors
from rag.counting import Counted
from rag.events import adjoining, continues, moment, same_time
from rag.relevance import ASSERTING
from rag.schema import Article, Claim, Evidence, Quantity, Question, QuestionKind, Stance

FITTING = 1.0  # of fitness: what fits a question about as well as the best
REMEMBERED = 2_000  # figures
DURATION = "duration"  # what a question asks for that may be answered in any unit of time
_DAYS = {"minutes": 1 / 1440, "hours": 1 / 24, "weeks": 7.0, "months": 30.4, "years": 365.25}


class Relation(StrEnum):
    """How two claims relate."""

    AGREEMENT = "agreement"
    COMPATIBLE = "compatible"
    CONFLICT = "conflict"
    REVISION = "revision"
    DEVELOPMENT = "development"
    NOT_COMPARABLE = "not_comparable"


def relation(question: Question, one: Evidence, other: Evidence, actors: Actors) -> Relation:
    """How two claims relate on what was asked, by their figures or else by what they say."""
    a, b = figures(question, one, other)
    if a is not None and b is not None:
        left, right = (one, a), (other, b)
        found = _of_figures(left, right, actors)
        if found is Relation.CONFLICT and not rivals.are_of_one_matter(
            question, left, right, actors
        ):
            return Relation.NOT_COMPARABLE
        if found in (Relation.COMPATIBLE, Relation.NOT_COMPARABLE):
            if rivals.are(question, left, right, actors):
                return Relation.CONFLICT
            if found is Relation.NOT_COMPARABLE and not _count_alike(left, right, actors):
                # What the text itself sets against each other counts the same.
                against = quantities.comparable(a, b) and quantities.relation(a, b) == "conflict"
                against = against and accounts.are_said_to_differ(question, one, other, actors)
                return Relation.CONFLICT if against else found
    else:
        found = _of_contents(question, one, other, actors)
        if question.kind is QuestionKind.HOW_MANY and found is Relation.NOT_COMPARABLE:
            # Who asks for figures asks which of them differ, or who says otherwise of one.
            against = (a is not None or b is not None) and accounts.set_against(one, other, actors)
            return Relation.CONFLICT if against else found
    if found in (Relation.CONFLICT, Relation.REVISION):
        return found
    return Relation.CONFLICT if accounts.differ(question, one, other, actors) else found


def figures(
    question: Question, one: Evidence, other: Evidence
) -> tuple[Quantity | None, Quantity | None]:
    """The figures of two claims that answer, of one unit where both have such.

    "Some 30 square miles, or 77 square kilometres"; a bare figure counts what one beside it counts.
    """
    a = positions.quantity_of(question, one.claim)
    b = positions.quantity_of(question, other.claim)
    if a is None or b is None:
        return a, b
    if adjoining(one, other) or (_are_estimates(one, other) and continues(one, other)):
        bare = rivals.is_bare(one, a), rivals.is_bare(other, b)
        a, b = (
            _named_by(b, a, question, bare) if bare[0] else a,
            _named_by(a, b, question, bare) if bare[1] else b,
        )
        if question.unit == DURATION:
            a, b = _in_days(a), _in_days(b)
    alike = (
        (left, right)
        for left in asked_figures.answering(question, one.claim)
        for right in asked_figures.answering(question, other.claim)
        if quantities.comparable(left, right)
    )
    return (a, b) if quantities.comparable(a, b) else next(alike, (a, b))


def _in_days(figure: Quantity) -> Quantity:
    """A duration in days: "two weeks" against "ten days"."""
    if (days := _DAYS.get(figure.unit)) is None:
        return figure
    low, high = (None if end is None else end * days for end in (figure.low, figure.high))
    return replace(figure, low=low, high=high, unit="days")


def _named_by(
    noun: Quantity, figure: Quantity, question: Question, bare: tuple[bool, bool]
) -> Quantity:
    """A bare figure as one of what the other counts, or what was asked where that is bare, too."""
    if not all(bare):
        return replace(figure, unit=noun.unit, aspect=noun.aspect)
    if question.unit is None or question.aspect is None:
        return figure
    return replace(figure, unit=question.unit, aspect=question.aspect)


def _are_estimates(one: Evidence, other: Evidence) -> bool:
    """Whether two sources put a figure on what the text has named: "puts them at 18,000"."""
    return {one.claim.stance, other.claim.stance} == {Stance.ESTIMATES}


def denies(question: Question, denial: Evidence, item: Evidence, actors: Actors) -> bool:
    """Whether a denial is of what another claim says: of its figure, or else of the matter asked.

    Who denies 56 dead in one place does not deny the dead of the war.
    """
    a = positions.quantity_of(question, denial.claim)
    b = positions.quantity_of(question, item.claim)
    if a is None and b is not None and question.kind is QuestionKind.HOW_MANY:
        return accounts.deny(question, denial, item, actors)
    if a is None or b is None:
        return is_of(question, denial, actors)
    same = counting.same(_counted(denial, a, actors), _counted(item, b, actors))
    return same and quantities.comparable(a, b) and quantities.relation(a, b) == "equal"


def _of_figures(
    one: tuple[Evidence, Quantity], other: tuple[Evidence, Quantity], actors: Actors
) -> Relation:
    (left, a), (right, b) = one, other
    asserted = {left.claim.stance, right.claim.stance} <= ASSERTING
    if not asserted or not _count_alike(one, other, actors):
        return Relation.NOT_COMPARABLE
    together = same_time(left, right)
    kind = quantities.relation(a, b)
    if kind != "conflict":
        now = Relation.AGREEMENT if kind == "equal" else Relation.COMPATIBLE
        return now if together else Relation.DEVELOPMENT
    if len(origins.trace((left, right), actors)) == 1 and not _of_two_reports(left, right):
        return _of_one_origin(left, right, actors)
    if together:
        return Relation.CONFLICT
    return Relation.NOT_COMPARABLE if together is None else Relation.DEVELOPMENT


def _count_alike(
    one: tuple[Evidence, Quantity], other: tuple[Evidence, Quantity], actors: Actors
) -> bool:
    """Whether two figures count the same; people of two articles, where both say whose, or when."""
    (left, a), (right, b) = one, other
    if not quantities.comparable(a, b):
        return False
    counted = _counted(left, a, actors), _counted(right, b, actors)
    people = a.unit in counting.PEOPLE and b.unit in counting.PEOPLE
    elsewhere = left.article.id != right.article.id and not _speakers(left) & _speakers(right)
    if people and elsewhere and not all(c.parties for c in counted):
        day = moment(left)
        if day is None or counting.days(day) > 1 or moment(right) != day:
            return False
    return counting.same(*counted)


def _counted(item: Evidence, figure: Quantity, actors: Actors) -> Counted:
    """What a figure counts; a claim is compared with many, by more than one part of an answer."""
    return _counted_by(item.claim, figure, item.article, actors)


@lru_cache(maxsize=REMEMBERED)
def _counted_by(claim: Claim, figure: Quantity, article: Article, actors: Actors) -> Counted:
    item = Evidence(0, claim, article.span(*claim.extent), article, 0.0)
    return counting.of(item, figure, actors)


def _of_two_reports(one: Evidence, other: Evidence) -> bool:
    """Whether one speaker's word of one day is told by two: then the reports differ."""
    day = counting.said_on(one)
    if (
        not _speakers(one) & _speakers(other)
        or day is None
        or counting.days(day) > 1
        or counting.said_on(other) != day
    ):
        return False
    told = [{s.name for s in e.claim.via} or {origins.outlet(e.article)} for e in (one, other)]
    return not told[0] & told[1]


def _speakers(item: Evidence) -> set[str]:
    return {source.name for source in item.claim.sources}


def _of_contents(question: Question, one: Evidence, other: Evidence, actors: Actors) -> Relation:
    """An assertion against a denial of the same matter by another party."""
    if not accounts.deny(question, one, other, actors):
        return Relation.NOT_COMPARABLE
    if len(origins.trace((one, other), actors)) == 1:
        return _of_one_origin(one, other, actors)
    return Relation.CONFLICT if accounts.live(one, other) else Relation.NOT_COMPARABLE


def _of_one_origin(one: Evidence, other: Evidence, actors: Actors) -> Relation:
    """What differs by date: a revision by the same source, or one office after another."""
    if not _ordered(one, other):
        return Relation.NOT_COMPARABLE
    same = any(
        actors.get(a.name) and actors.same(a.name, b.name)
        for a in one.claim.sources
        for b in other.claim.sources
    )
    return Relation.REVISION if same else Relation.DEVELOPMENT


def is_of(question: Question, item: Evidence, actors: Actors) -> bool:
    """Whether a claim holds at least half of the words asked about."""
    return accounts.same_matter(question, (item,), actors)


def _ordered(one: Evidence, other: Evidence) -> bool:
    """Whether both are dated and one is later than the other."""
    first, second = moment(one), moment(other)
    return first is not None and second is not None and not dates.overlaps(first, second)
