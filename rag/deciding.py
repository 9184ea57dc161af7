"""Which of the claims that answer decide the flag: the first, and what fits about as well.

What articles say in their own voice beside attributed words is their context, silence beside words
is none, and a figure beside one that counts something else answers another question.
"""

from __future__ import annotations

from rag import comparisons, contrast, dates, noun_phrase, text
from rag.actors import Actors
from rag.comparisons import Relation
from rag.relevance import ASSERTING, SILENT
from rag.schema import Evidence, Findings, Question, QuestionKind

NARROW = 0.5  # of fitness: what answers about as well as the best
_OFFICE = 5  # letters of a word that names an office
# Questions that somebody's words answer, where an article itself tells only what happened.
_OF_WORDS = frozenset({QuestionKind.WHO, QuestionKind.WHETHER, QuestionKind.HOW_MANY})


def items(question: Question, findings: Findings, actors: Actors) -> list[Evidence]:
    """The answers from which the flag follows, in their order."""
    first, near = _near(question, findings, actors)
    if question.kind is QuestionKind.HOW_MANY:
        near = [e for e in near if e is first or _is_beside(question, first, e, actors)]
    return near


def all_asserting(question: Question, findings: Findings, actors: Actors) -> list[Evidence]:
    """What asserts something and fits about as well, whatever it counts."""
    return [e for e in _near(question, findings, actors)[1] if e.claim.stance in ASSERTING]


def asserting(question: Question, findings: Findings, actors: Actors) -> list[Evidence]:
    """Those of the deciding answers that assert something."""
    return [e for e in items(question, findings, actors) if e.claim.stance in ASSERTING]


def _near(
    question: Question, findings: Findings, actors: Actors
) -> tuple[Evidence, list[Evidence]]:
    first = first_of(question, findings, actors)
    near = [e for e in findings.answering if e.score >= first.score - NARROW]
    if first.claim.sources:
        near = [e for e in near if e.claim.sources]
    if first.claim.stance is question.stance:
        near = [e for e in near if e.claim.stance is question.stance]
    called = [e for e in near if _is_called(question, e)]
    if called and question.kind not in _OF_WORDS:
        return called[0], called
    return first, near


def _is_called(question: Question, item: Evidence) -> bool:
    """Whether the question calls its source by the office: "what will the interior minister do?".

    What somebody does is best told by their own word.
    """
    if question.language != item.article.language:
        return False
    words = {w for w in text.words(question.text) if len(w) >= _OFFICE}
    names = " ".join(f"{s.mention.text} {s.role or ''}" for s in item.claim.sources).lower()
    return any(
        noun_phrase.is_a("roles", w) and any(n.endswith(w) for n in text.words(names))
        for w in words
    )


def first_of(question: Question, findings: Findings, actors: Actors) -> Evidence:
    """The best answer, or what somebody says that fits nearly as well as context or silence."""
    first = findings.answering[0]
    near = [e for e in findings.answering if e.score >= first.score - comparisons.FITTING]
    told = [e for e in near if e.claim.sources]
    headed = first.claim.sentence.start == 0  # a headline tells of words, and does not give them
    if not first.claim.sources and (headed or question.kind in _OF_WORDS):
        first = next(iter(told), first)
    if first.claim.stance in SILENT:
        first = next((e for e in told if _outweighs(question, e, first, actors)), first)
    if first.claim.stance in SILENT:
        first = next((e for e in findings.answering if _is_asked_about(e, first)), first)
    if question.kind is QuestionKind.WHEN and not gives_time(first):
        first = next((e for e in near if gives_time(e)), first)
    return first


def gives_time(item: Evidence) -> bool:
    """Whether what is said names a time."""
    article = item.article
    found = (dates.find(part, article.language, article.published) for part in item.claim.content)
    return any(value for part in found for _, value in part)


def _outweighs(question: Question, item: Evidence, silent: Evidence, actors: Actors) -> bool:
    """Whether words decide before silence: not those on another matter than was asked.

    What stands beside the silence is on its matter, whatever its words.
    """
    if item.claim.stance not in ASSERTING:
        return False
    if contrast.follows(item, silent) or not comparisons.is_of(question, silent, actors):
        return True
    return comparisons.is_of(question, item, actors)


def _is_asked_about(item: Evidence, silent: Evidence) -> bool:
    """Whether somebody asserts just what another would not confirm: "they did not confirm this"."""
    same = {(s.article_id, s.start) for s in silent.claim.content}
    told = {(s.article_id, s.start) for s in item.claim.content}
    return item.claim.stance in ASSERTING and bool(item.claim.sources) and bool(same & told)


def _is_beside(question: Question, first: Evidence, other: Evidence, actors: Actors) -> bool:
    """Whether a figure is of what the first one counts, or of whoever gave that."""
    same = {s.name for s in first.claim.sources} & {s.name for s in other.claim.sources}
    related = comparisons.relation(question, first, other, actors)
    return bool(same) or related is not Relation.NOT_COMPARABLE
