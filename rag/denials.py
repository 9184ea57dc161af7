"""Rule 3 of the decision list: who denies what was asked, or what the answer says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag import (
    accounts,
    caveats,
    comparisons,
    contrast,
    deciding,
    lexicon,
    positions,
    quantities,
    text,
)
from rag.actors import Actors
from rag.comparisons import Relation
from rag.relevance import ASSERTING
from rag.schema import Evidence, Findings, Polarity, Question, QuestionKind, Side, Stance

FAR = 2.0  # of fitness: how far below the first answer a denial may fit the question
ANAPHOR = 3  # words, of an object that may stand for what was told: "the reports", "it"
_SAID = frozenset({Stance.ASSERTS, Stance.CLAIMS, Stance.REPORTS})
# Questions that ask whether something is so; asked for somebody's words, one denial among them
# denies only what it is about.
DISPUTED = frozenset({QuestionKind.WHO, QuestionKind.WHETHER, QuestionKind.HOW_MANY})


def live(question: Question, findings: Findings, actors: Actors) -> tuple[Evidence, ...]:
    """The denials by a named source that its own side has not withdrawn later."""
    withdrawn = {earlier for _, earlier in findings.admissions}
    first = findings.answering[0]
    if question.kind is QuestionKind.WHETHER and not question.speakers:
        around = (*findings.answering, *findings.related)
        countered = [e for e in around if _counters(e, first, actors)]
        if countered:
            return tuple(countered)
    found = [e for e in findings.answering if e.claim.stance is Stance.DENIES]
    told = deciding.first_of(question, findings, actors)
    best = told if first.claim.sentence.start == 0 else first  # a headline tells of the denial
    if question.kind is QuestionKind.HOW_MANY:
        denials = [e for e in found if _is_of_number(question, e, findings, actors)]
    else:
        replied = question.kind is QuestionKind.WHETHER and contrast.replies(best, told)
        bests = (best, told) if replied else (best,)
        denials = [e for e in found if e in bests or comparisons.is_of(question, e, actors)]
    if question.kind in DISPUTED or findings.premise_met is False:
        beside = [e for e in findings.related if e.claim.stance is Stance.DENIES]
        near = [e for e in beside if e.score >= first.score - FAR]
        denials += [e for e in near if _is_against(question, e, findings, actors)]
        if not question.speakers:
            told_ones = _deniable(question, findings, actors)
            every = (*findings.answering, *findings.related)
            denials += [e for e in (*found, *beside) if _answers(e, told_ones, every)]
    elif told.claim.stance is not Stance.DENIES:
        denials = []
    if findings.premise_met is False and not denials:
        denials = [first] if _negates(first, actors) else []
        return tuple(denials)
    known = [e for e in dict.fromkeys(denials) if e.claim.sources and _can_know(e)]
    if question.kind is QuestionKind.HOW_MANY:
        known = [e for e in known if _denies_number(question, e, findings, actors)]
    return tuple(e for e in known if e.number not in withdrawn)


def _is_of_number(question: Question, denial: Evidence, findings: Findings, actors: Actors) -> bool:
    """Whether a denial is of the number asked for; where somebody gives one, of that one."""
    every = (*findings.answering, *findings.related)
    given = [
        e
        for e in every
        if e.claim.stance in ASSERTING and positions.quantity_of(question, e.claim) is not None
    ]
    if not given:
        return comparisons.is_of(question, denial, actors)
    return any(comparisons.denies(question, denial, e, actors) for e in given)


def _deniable(question: Question, findings: Findings, actors: Actors) -> list[Evidence]:
    """The answers that a reply may deny: those that decide, and those of the matter asked about."""
    deciding_ones = deciding.asserting(question, findings, actors)
    if question.kind is QuestionKind.HOW_MANY:
        return [e for e in deciding_ones if positions.quantity_of(question, e.claim) is not None]
    several = question.kind is QuestionKind.WHO and accounts.asks_what_is_so(question)
    attributed = [e for e in findings.answering if e.claim.sources]
    of_matter = [e for e in attributed if several or comparisons.is_of(question, e, actors)]
    return list(dict.fromkeys((*deciding_ones, *of_matter)))


def _denies_number(
    question: Question, denial: Evidence, findings: Findings, actors: Actors
) -> bool:
    """Whether a denial leaves no figure: not one of several, and no other matter beside it."""
    denied = positions.quantity_of(question, denial.claim)
    if denied is None:
        return _is_bare(denial) or comparisons.is_of(question, denial, actors)
    told = [e for e in findings.answering if e.claim.stance in ASSERTING and e.claim.sources]
    figures = [positions.quantity_of(question, e.claim) for e in told]
    return not any(
        quantities.comparable(denied, one) and quantities.relation(denied, one) == "conflict"
        for one in figures
        if one is not None
    )


def _is_bare(denial: Evidence) -> bool:
    """Whether the object of a denial only stands for what was told: "it", "the report"."""
    content, language = " ".join(s.text for s in denial.claim.content), denial.article.language
    words = [w for w in text.words(content.lower()) if not text.is_function_word(w, language)]
    return not words or caveats.stands_for_words(content, language)


def of_side(findings: Findings, item: Evidence) -> list[Evidence]:
    """Denials by a side that this claim speaks for as well."""
    sides = {s.side for s in item.claim.sources}
    return [
        e
        for e in (*findings.answering, *findings.related)
        if e.claim.stance is Stance.DENIES and sides & {s.side for s in e.claim.sources}
    ]


def _can_know(denial: Evidence) -> bool:
    """Whether it is not only experts and media, who judge what they have no part in."""
    return any(source.side is not Side.INDEPENDENT for source in denial.claim.sources)


def _answers(denial: Evidence, told: Sequence[Evidence], every: Sequence[Evidence]) -> bool:
    """Whether a denial is of what an answer has told just before it: "he dismissed the report"."""
    content, language = " ".join(s.text for s in denial.claim.content), denial.article.language
    back = len(content.split()) <= ANAPHOR or caveats.stands_for_words(content, language)
    return any(
        contrast.replies(e, denial) or (back and _is_next(e, denial))
        for e in told
        if e.claim.stance in ASSERTING
        and _is_before(e, denial)
        and not (back and any(_is_between(e, one, denial) for one in every))
    )


def _is_between(item: Evidence, other: Evidence, denial: Evidence) -> bool:
    """Whether somebody else's word stands between a claim and a denial, which is of that."""
    claim, same = other.claim, other.article.id == denial.article.id
    if not same or claim.stance not in ASSERTING or not claim.sources:
        return False
    if {s.name for s in claim.sources} & {s.name for s in item.claim.sources}:
        return False
    return item.claim.sentence.end <= claim.sentence.start < denial.claim.sentence.start


def _is_before(item: Evidence, denial: Evidence) -> bool:
    start, same = denial.claim.sentence.start, item.article.id == denial.article.id
    return same and item.claim.sentence.start < start


def _is_next(item: Evidence, denial: Evidence) -> bool:
    """Whether nothing stands between a claim and the sentence of a denial."""
    between = item.article.text[item.claim.extent[1] : denial.claim.sentence.start]
    return between in ("", " ")


def _is_against(question: Question, denial: Evidence, findings: Findings, actors: Actors) -> bool:
    """Whether a denial beside the answer is of what was asked, or of what the answer says."""
    if comparisons.denies(question, denial, findings.answering[0], actors):
        return True
    told = [e for e in findings.answering if e.claim.stance in ASSERTING]
    return accounts.asks_what_is_so(question) and any(
        comparisons.relation(question, denial, e, actors) is Relation.CONFLICT for e in told
    )


def _counters(item: Evidence, first: Evidence, actors: Actors) -> bool:
    """Whether the next sentence has another party say that it is not so.

    "... had crossed the river. 'There is not a single soldier on our bank', said ..."
    """
    claim, words = item.claim, item.article.text
    if claim.polarity is not Polarity.NEGATIVE or claim.stance not in _SAID or not claim.sources:
        return False
    if item.article.id != first.article.id or not first.claim.sources:
        return False
    gap = words[first.claim.extent[1] : claim.extent[0]] if item is not first else "-"
    blocs = {actors.bloc_of(s.name, s.side) for s in claim.sources}
    others = {actors.bloc_of(s.name, s.side) for s in first.claim.sources}
    positive = first.claim.stance in ASSERTING and first.claim.polarity is Polarity.POSITIVE
    return positive and gap in ("", " ") and _can_know(item) and not blocs & others


def _negates(item: Evidence, actors: Actors) -> bool:
    """Whether what corrects a premise says that it is not so: "no truce was spoken of"."""
    claim = item.claim
    if not claim.sources:
        return _rejects(item)
    negated = claim.stance is Stance.ASSERTS and claim.polarity is Polarity.NEGATIVE
    doubted = caveats.reaching(claim, item.article, actors) is not None
    return negated and _can_know(item) and not doubted


def _rejects(item: Evidence) -> bool:
    """Whether an article itself says that somebody calls it false: "the mayor denied rumours"."""
    table = lexicon.load("comparisons", item.article.language)["contrast"]
    words = item.claim.sentence.text.lower()
    found = re.finditer(rf"(?<!\w)(?:{table['rejects']})(?!\w)", words)
    negated = rf"(?<!\w)(?:{table['not']})(?:\s+\w+){{0,2}}\s+$"
    return any(re.search(negated, words[: match.start()]) is None for match in found)
