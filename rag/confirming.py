"""Rule 2 of the decision list: what is confirmed, by whose own word.

An own decision or announcement, an admission against one's own interest, or a named verification,
as the latest word on just what was asked. No figure, no time and no doubt may be left beside it.
"""

from __future__ import annotations

from rag import (
    comparisons,
    conflicts,
    contrast,
    deciding,
    denials,
    detail,
    own_word,
    positions,
    terms,
    verifying,
)
from rag.actors import Actors
from rag.relevance import SILENT, has_figure
from rag.schema import Evidence, Figure, Findings, Question, QuestionKind, Stance
from rag.topics import Topic

ALL_BUT = 0.8  # of the topic, what a decision must hold that answers whether something is so


def latest(question: Question, findings: Findings, actors: Actors) -> tuple[Evidence, ...]:
    """The own decision, admission or verification that is the latest word; most often nothing.

    Strict: it gives the flag only where all that decides the answer rests on such.
    """
    asserting = deciding.all_asserting(question, findings, actors)
    seen = _seen(question, findings, actors)
    if seen:
        return seen
    numbered = {e.number: e for e in (*findings.answering, *findings.related)}
    for admission, earlier in findings.admissions:
        item = numbered[admission]
        if not any(_date(e) > _date(item) for e in denials.of_side(findings, item)):
            return (item, numbered[earlier])
    own = [
        e
        for e in asserting
        if _is_own(findings, e, actors)
        and _is_of_the_time(question, e)
        and _decides_it(question, findings, e, actors)
        and (not own_word.is_count(e.claim) or _counts_what_was_asked(question, e))
        and not any(_date(d) > _date(e) for d in denials.of_side(findings, e))
    ]
    disputed = conflicts.clusters(question, asserting, actors)
    words = {word for e in own for word in _word(question, e)}
    resting = all(words & _word(question, e) for e in asserting)
    context = not findings.answering[0].claim.sources
    if context and not all(comparisons.is_of(question, e, actors) for e in own):
        return ()
    return tuple(own) if own and resting and not disputed else ()


def _seen(question: Question, findings: Findings, actors: Actors) -> tuple[Evidence, ...]:
    """What reporters of the article saw or verified themselves of just what was asked."""
    if question.speakers:
        return ()
    least = findings.answering[0].score - comparisons.FITTING
    near = [e for e in findings.answering if e.score >= least]
    counting = question.kind is QuestionKind.HOW_MANY
    return tuple(
        e
        for e in near
        if verifying.by_newsroom(e)
        and not own_word.is_hedged(e, actors)
        and (not counting or _counts_what_was_asked(question, e))
        and (e is near[0] or contrast.follows(near[0], e) or comparisons.is_of(question, e, actors))
    )[:1]


def _is_own(findings: Findings, item: Evidence, actors: Actors) -> bool:
    """Whether one of its sources decides it, admits it or verified it; so does who corrects."""
    corrects = findings.premise_met is False and own_word.is_verified(item, actors)
    return corrects or any(own_word.owns(item, s, actors) for s in item.claim.sources)


def _is_of_the_time(question: Question, item: Evidence) -> bool:
    """Whether a claim names a time, where one was asked for; what was, where that is not to come.

    Who admits that they sent soldiers does not say that they will.
    """
    ahead = detail.holds(question.text, "ahead", question.language)
    if ahead and item.claim.stance is Stance.CONFIRMS:
        return False
    return question.kind is not QuestionKind.WHEN or deciding.gives_time(item)


def _decides_it(question: Question, findings: Findings, item: Evidence, actors: Actors) -> bool:
    """Whether, asked if something is so, a decision is of just that, and it is not left open.

    Who closes two crossings does not say whether a third one will be closed as well.
    """
    if question.kind is not QuestionKind.WHETHER or own_word.ground(item, actors) != "decision":
        return True
    if question.stance is item.claim.stance:  # "did Germany announce it?"
        return True
    span, language = item.claim.sentence, item.article.language
    held = terms.of_text(span, language, actors, item.article.published)
    if Topic.of(question, actors).met_by(frozenset(held)) < ALL_BUT:
        return False
    least = item.score - comparisons.FITTING
    return not any(
        e.claim.stance in SILENT and e.article.id == item.article.id and e.score >= least
        for e in (*findings.answering, *findings.related)
    )


def _counts_what_was_asked(question: Question, item: Evidence) -> bool:
    """Whether a claim counts what was asked; a figure that the question itself gives is no answer.

    Who asks how many of 55,000 dead were women is not answered by the 55,000.
    """
    if item.claim.stance is Stance.CONFIRMS and question.kind is not QuestionKind.HOW_MANY:
        return True
    given = question.kind is QuestionKind.HOW_MANY and has_figure(question, item.claim)
    return not given and positions.quantity_of(question, item.claim) is not None


def _word(question: Question, item: Evidence) -> set[tuple[str, Figure | None, str]]:
    """Who gave which figure, or else made which statement: the same word in other articles."""
    figure = positions.figure_of(question, item.claim)
    text = "" if figure else item.claim.id
    return {(source.name, figure, text) for source in item.claim.sources}


def _date(item: Evidence) -> str:
    return item.claim.date or item.article.published or ""
