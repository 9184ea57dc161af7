"""The conflicts of an answer: who stands against whom, each with everybody in it.

Claims that conflict (`rag.comparisons`) are joined to connected components, those of figures and
those of contents by themselves. Which of them belong to the answer is decided by what answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from rag import accounts, comparisons, counting, positions, quantities
from rag.actors import Actors
from rag.comparisons import FITTING, Relation, relation
from rag.relevance import ASSERTING
from rag.schema import Evidence, Findings, Question, QuestionKind

WINDOW = 1.5  # of fitness: how far below the best one of a conflict may fit
# Kinds of questions to which two who exclude each other leave the answer open.
_DISPUTED = frozenset({QuestionKind.WHO, QuestionKind.WHY})


@dataclass(frozen=True, slots=True)
class Cluster:
    """Evidence that stands against each other; `figures` says whether by its figures."""

    items: tuple[Evidence, ...]
    figures: bool


def clusters(
    question: Question, evidence: Sequence[Evidence], actors: Actors
) -> tuple[Cluster, ...]:
    """All conflicts, each with everybody in it, in the order of the evidence.

    One of them at least must fit the question about as well as the best does; both, where it was
    not asked what is so.
    """
    best = max((item.score for item in evidence), default=0.0)
    asked = accounts.asks_what_is_so(question)
    pairs: dict[bool, list[tuple[int, int]]] = {True: [], False: []}
    for (i, one), (j, other) in combinations(enumerate(evidence), 2):
        if relation(question, one, other, actors) is Relation.CONFLICT:
            figures = _by_figures(question, one, other)
            fitting = min(one.score, other.score) >= best - FITTING
            if asked or figures or fitting or accounts.are_opposed(question, one, other, actors):
                pairs[figures].append((i, j))
    return tuple(
        Cluster(tuple(evidence[k] for k in part), figures)
        for figures in (True, False)
        for part in components(pairs[figures])
        if any(evidence[k].score >= best - WINDOW for k in part)
        or _opposed(question, [evidence[k] for k in part], actors)
    )


def deciding(question: Question, findings: Findings, actors: Actors) -> tuple[Evidence, ...]:
    """Rule 4 of the decision list: words of different origins that cannot both hold, or nothing.

    They are on the same thing and time. Asked for somebody's words, one answers with them; that
    others say something else makes a conflict of what answers only where it was asked what is so,
    who did it, or why.
    """
    answering = [e for e in findings.answering if e.claim.stance in ASSERTING]
    evidence = [e for e in (*findings.answering, *findings.related) if e.claim.stance in ASSERTING]
    found = clusters(question, evidence, actors)
    if not accounts.asks_what_is_so(question):
        if findings.premise_met is False:
            return ()
        told = tuple(c for c in clusters(question, answering, actors) if c.figures)
        disputed = question.kind in _DISPUTED
        found = told + tuple(c for c in found if disputed and not c.figures)
    least = findings.answering[0].score - FITTING
    near = [e for e in findings.answering if e.score >= least]
    these = [c for c in found if is_among(question, c, near) or _tells(question, c, near, actors)]
    return tuple(dict.fromkeys(e for cluster in these for e in cluster.items))


def is_of_answer(
    question: Question, cluster: Cluster, answering: Sequence[Evidence], actors: Actors
) -> bool:
    """Whether a conflict is of what answers, or of accounts of the event that an answer tells."""
    if is_among(question, cluster, answering):
        return True
    return any(
        accounts.are_of_answer(question, answering, pair, actors)
        for pair in _opposed(question, cluster.items, actors)
    )


def _tells(
    question: Question, cluster: Cluster, answering: Sequence[Evidence], actors: Actors
) -> bool:
    """Whether two accounts beside the answer tell what was asked in ways that exclude each other.

    An answer may begin with what happened before it tells who says what of it.
    """
    return any(
        accounts.exclude(question, *pair, actors)
        and accounts.are_of_answer(question, answering, pair, actors)
        for pair in combinations(cluster.items, 2)
    )


def is_among(question: Question, cluster: Cluster, items: Sequence[Evidence]) -> bool:
    """Whether one of some claims, or the same figure of another, stands in a conflict."""
    if any(item in items for item in cluster.items):
        return True
    given = {positions.figure_of(question, item.claim) for item in items} - {None}
    return cluster.figures and any(
        positions.figure_of(question, item.claim) in given for item in cluster.items
    )


def _opposed(
    question: Question, items: Sequence[Evidence], actors: Actors
) -> list[tuple[Evidence, Evidence]]:
    """Those pairs of accounts that exclude each other, whatever is asked of the event."""
    pairs = combinations(items, 2)
    return [pair for pair in pairs if accounts.are_opposed(question, *pair, actors)]


def _by_figures(question: Question, one: Evidence, other: Evidence) -> bool:
    """Whether two claims stand against each other by figures of what was asked."""
    a, b = comparisons.figures(question, one, other)
    return a is not None and b is not None and quantities.relation(a, b) != "equal"


def common_party(question: Question, cluster: Cluster, actors: Actors) -> str | None:
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
