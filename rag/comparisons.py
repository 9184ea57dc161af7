"""Claims about the same thing side by side: how two of them relate, and which cannot both hold.

Two figures are compared where they count the same (unit, aspect, group: `rag.quantities`) of the
same people or territory, at the same places, over the same period, as a total or as a part. What
differs at the same time from different origins is a conflict; the same origin at another time has
revised its word, and different origins far apart in time show a development. Without figures, an
assertion stands against a denial of the same matter. No values are ever averaged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations

from rag import contrast, counting, dates, origins, positions, quantities, terms
from rag.actors import Actors
from rag.relevance import ASSERTING, SILENT
from rag.schema import Evidence, Polarity, Quantity, Question, Stance
from rag.topics import Topic

# Two dated figures this many days apart are a development, not a contradiction.
SAME_TIME = 10
# An assertion and a denial further apart speak of different events.
LIVE = 92
WINDOW = 1.5  # of fitness: what fits a question about as well as the best
HALF = 0.5  # of the words asked about, which an assertion and a denial must share


class Relation(StrEnum):
    """How two claims relate."""

    AGREEMENT = "agreement"
    COMPATIBLE = "compatible"
    CONFLICT = "conflict"
    REVISION = "revision"
    DEVELOPMENT = "development"
    NOT_COMPARABLE = "not_comparable"


@dataclass(frozen=True, slots=True)
class Cluster:
    """Evidence that stands against each other; `figures` says whether by its figures."""

    items: tuple[Evidence, ...]
    figures: bool


def relation(question: Question, one: Evidence, other: Evidence, actors: Actors) -> Relation:
    """How two claims relate on what was asked, by their figures or else by what they say."""
    a = positions.quantity_of(question, one.claim)
    b = positions.quantity_of(question, other.claim)
    if a is not None and b is not None:
        found = _of_figures((one, a), (other, b), actors)
    else:
        found = _of_contents(question, one, other, actors)
    if found in (Relation.CONFLICT, Relation.REVISION):
        return found
    return Relation.CONFLICT if _contrasted(question, one, other, actors) else found


def _contrasted(question: Question, one: Evidence, other: Evidence, actors: Actors) -> bool:
    """Whether two words of about one time are said to differ, by the text around them."""
    if {one.claim.stance, other.claim.stance} & SILENT:
        return False
    first, second = moment(one), moment(other)
    apart = first and second and _days_apart(first, second) > LIVE
    if apart or (one.article.id != other.article.id and not same_time(one, other)):
        return False
    return contrast.is_between(question, one, other, actors)


def clusters(
    question: Question, evidence: Sequence[Evidence], actors: Actors
) -> tuple[Cluster, ...]:
    """All conflicts, each with everybody in it, in the order of the evidence.

    One of them at least must fit the question about as well as the best does.
    """
    best = max((item.score for item in evidence), default=0.0)
    pairs: dict[bool, list[tuple[int, int]]] = {True: [], False: []}
    for (i, one), (j, other) in combinations(enumerate(evidence), 2):
        if relation(question, one, other, actors) is Relation.CONFLICT:
            pairs[_by_figures(question, one, other)].append((i, j))
    return tuple(
        Cluster(tuple(evidence[k] for k in part), figures)
        for figures in (True, False)
        for part in components(pairs[figures])
        if any(evidence[k].score >= best - WINDOW for k in part)
    )


def _by_figures(question: Question, one: Evidence, other: Evidence) -> bool:
    """Whether two claims stand against each other by figures of what was asked."""
    a = positions.quantity_of(question, one.claim)
    b = positions.quantity_of(question, other.claim)
    return a is not None and b is not None and quantities.relation(a, b) == "conflict"


def denies(question: Question, denial: Evidence, item: Evidence, actors: Actors) -> bool:
    """Whether a denial is of what another claim says: of its figure, or else of the matter asked.

    Who denies 56 dead in one place does not deny the dead of the war.
    """
    a = positions.quantity_of(question, denial.claim)
    b = positions.quantity_of(question, item.claim)
    if a is None or b is None:
        return is_of(question, denial, actors)
    same = counting.same(counting.of(denial, a, actors), counting.of(item, b, actors))
    return same and quantities.comparable(a, b) and quantities.relation(a, b) == "equal"


def party(question: Question, cluster: Cluster, actors: Actors) -> str | None:
    """The one state whose people or land a conflict of figures is about, where all name it."""
    figures = [(e, positions.quantity_of(question, e.claim)) for e in cluster.items]
    named = [counting.of(e, q, actors).parties for e, q in figures if q is not None]
    common = frozenset.intersection(*named) if named else frozenset()
    return next(iter(common)) if len(common) == 1 else None


def components(pairs: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Connected components of the graph of these pairs, each in order, by their first members."""
    parts: list[set[int]] = []
    for pair in pairs:
        joined = [part for part in parts if part & {*pair}]
        parts = [part for part in parts if not part & {*pair}]
        parts.append({*pair}.union(*joined))
    return sorted(sorted(part) for part in parts)


def _of_figures(
    one: tuple[Evidence, Quantity], other: tuple[Evidence, Quantity], actors: Actors
) -> Relation:
    (left, a), (right, b) = one, other
    if not quantities.comparable(a, b) or not {left.claim.stance, right.claim.stance} <= ASSERTING:
        return Relation.NOT_COMPARABLE
    if not counting.same(counting.of(left, a, actors), counting.of(right, b, actors)):
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


def _of_two_reports(one: Evidence, other: Evidence) -> bool:
    """Whether one speaker's word of one day is told by two: then the reports differ."""
    a, b = one.claim, other.claim
    speakers = {s.name for s in a.sources} & {s.name for s in b.sources}
    day = counting.said_on(one)
    if not speakers or day is None or counting.days(day) > 1 or counting.said_on(other) != day:
        return False
    told = [{s.name for s in e.claim.via} or {origins.outlet(e.article)} for e in (one, other)]
    return not told[0] & told[1]


def _of_contents(question: Question, one: Evidence, other: Evidence, actors: Actors) -> Relation:
    """An assertion against a denial of the same matter by another party."""
    if {_says(one), _says(other)} != {True, False}:
        return Relation.NOT_COMPARABLE
    if not _same_matter(question, (one, other), actors):
        return Relation.NOT_COMPARABLE
    if len(origins.trace((one, other), actors)) == 1:
        return _of_one_origin(one, other, actors)
    first, second = moment(one), moment(other)
    if first and second and _days_apart(first, second) > LIVE:
        return Relation.NOT_COMPARABLE
    return Relation.CONFLICT


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


def _says(item: Evidence) -> bool | None:
    """Whether somebody asserts the content or denies it; None for silence and the own voice."""
    claim = item.claim
    if not claim.sources or claim.stance not in ASSERTING | {Stance.DENIES}:
        return None
    return (claim.stance is Stance.DENIES) == (claim.polarity is Polarity.NEGATIVE)


def is_of(question: Question, item: Evidence, actors: Actors) -> bool:
    """Whether a claim holds at least half of the words asked about; see `_wanted`."""
    return _same_matter(question, (item,), actors)


def _same_matter(question: Question, items: Sequence[Evidence], actors: Actors) -> bool:
    """Whether claims have at least half of the words asked about in common."""
    wanted = _wanted(question, actors)
    held = [_terms(item, actors) for item in items]
    both = [group for group in wanted if all(any(t in h for t in group) for h in held)]
    return bool(both) and len(both) >= HALF * len(wanted)


def _wanted(question: Question, actors: Actors) -> Sequence[tuple[str, ...]]:
    """What tells one matter from another: the words asked about, or else what is counted, or names.

    "Soldiers" stand in most sentences on a war, "encircled" does not.
    """
    topic = Topic.of(question, actors)
    telling = [group for group in topic.words if not any(t.startswith("#") for t in group)]
    return telling or topic.words or topic.names


def _terms(item: Evidence, actors: Actors) -> frozenset[str]:
    language = item.article.language
    return frozenset(
        term
        for span in (item.quote, item.claim.sentence)
        for term in terms.of_text(span, language, actors, None)
    )


def same_time(one: Evidence, other: Evidence) -> bool | None:
    """Whether two claims are of one time; None where nobody can tell."""
    first, second = moment(one), moment(other)
    if first is None or second is None:
        undated = first is None and second is None
        return True if undated and _same_paragraph(one, other) else None
    if max(counting.days(first), counting.days(second)) > counting.SEASON:
        return None
    return dates.overlaps(first, second) or _days_apart(first, second) <= SAME_TIME


def moment(item: Evidence) -> str | None:
    """When a claim was made: by its sentence, else the last date of its paragraph before it.

    A narrative stays at the time that it has set until it sets another (temporal anaphora).
    """
    if said := counting.said_on(item):
        return said
    article, start = item.article, item.claim.sentence.start
    paragraph = article.span(article.text.rfind("\n", 0, start) + 1, start)
    found = dates.find(paragraph, article.language, article.published)
    return found[-1][1] if found else None


def _same_paragraph(one: Evidence, other: Evidence) -> bool:
    first, last = sorted((one.quote, other.quote), key=lambda quote: quote.start)
    same = first.article_id == last.article_id
    return same and "\n" not in one.article.text[first.end : last.start]


def _ordered(one: Evidence, other: Evidence) -> bool:
    """Whether both are dated and one is later than the other."""
    first, second = moment(one), moment(other)
    return first is not None and second is not None and not dates.overlaps(first, second)


def _days_apart(one: str, other: str) -> int:
    """Days between two periods; 0 or less where they overlap."""
    (_, first), (second, _) = sorted((dates.bounds(one), dates.bounds(other)))
    return (date.fromisoformat(second) - date.fromisoformat(first)).days
