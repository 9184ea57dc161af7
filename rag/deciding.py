"""Which of the claims that answer decide the flag: the first, and what fits about as well.

What articles say in their own voice beside attributed words is their context, silence beside words
is none, and a figure beside one that counts something else answers another question.
"""

from __future__ import annotations

from rag import comparisons
from rag.actors import Actors
from rag.comparisons import Relation
from rag.relevance import ASSERTING, SILENT
from rag.schema import Evidence, Findings, Question, QuestionKind

NARROW = 0.5  # of fitness: what answers about as well as the best
# Questions that somebody's words answer, where an article itself tells only what happened.
_OF_WORDS = frozenset({QuestionKind.WHO, QuestionKind.WHETHER, QuestionKind.HOW_MANY})


def items(question: Question, findings: Findings, actors: Actors) -> list[Evidence]:
    """The answers from which the flag follows, in their order."""
    first, near = _near(question, findings)
    if question.kind is QuestionKind.HOW_MANY:
        near = [e for e in near if e is first or _is_beside(question, first, e, actors)]
    return near


def all_asserting(question: Question, findings: Findings) -> list[Evidence]:
    """What asserts something and fits about as well, whatever it counts."""
    return [e for e in _near(question, findings)[1] if e.claim.stance in ASSERTING]


def asserting(question: Question, findings: Findings, actors: Actors) -> list[Evidence]:
    """Those of the deciding answers that assert something."""
    return [e for e in items(question, findings, actors) if e.claim.stance in ASSERTING]


def _near(question: Question, findings: Findings) -> tuple[Evidence, list[Evidence]]:
    first = first_of(question, findings)
    near = [e for e in findings.answering if e.score >= first.score - NARROW]
    if first.claim.sources:
        near = [e for e in near if e.claim.sources]
    if first.claim.stance is question.stance:
        near = [e for e in near if e.claim.stance is question.stance]
    return first, near


def first_of(question: Question, findings: Findings) -> Evidence:
    """The best answer, or what somebody says that fits nearly as well as context or silence."""
    first = findings.answering[0]
    near = [e for e in findings.answering if e.score >= first.score - comparisons.FITTING]
    told = [e for e in near if e.claim.sources]
    headed = first.claim.sentence.start == 0  # a headline tells of words, and does not give them
    if not first.claim.sources and (headed or question.kind in _OF_WORDS):
        first = next(iter(told), first)
    if first.claim.stance in SILENT:
        first = next((e for e in told if e.claim.stance in ASSERTING), first)
    return first


def _is_beside(question: Question, first: Evidence, other: Evidence, actors: Actors) -> bool:
    """Whether a figure is of what the first one counts, or of whoever gave that."""
    same = {s.name for s in first.claim.sources} & {s.name for s in other.claim.sources}
    related = comparisons.relation(question, first, other, actors)
    return bool(same) or related is not Relation.NOT_COMPARABLE
