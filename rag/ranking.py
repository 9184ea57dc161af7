"""The claims of a question's hits, the fittest first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from rag import asked_figures, dates, fitness, tagging, units, worded_figures
from rag.actors import Actors
from rag.figure_scope import SAID
from rag.fitness import DAY, Nearness, Places
from rag.relevance import ASSERTING, CONTRARY, Scored, wanted
from rag.schema import Claim, Form, Hit, Polarity, Qualifier, Quantity, Question, QuestionKind
from rag.segmentation import CLOSED
from rag.tagging import Tag
from rag.topics import Group

# A claim may answer from this score of its sentence on; with nothing but nearness it takes more.
GATE = 0.12
OPEN_GATE = 0.25
MUCH = 0.5  # of the topic
NUMBER = re.compile(r"(?<![\w-])(?<!\w[‑–])\d+")
DESIGNATION = re.compile(r"\b[^\W\d_]+[-‑–](\d+)")  # "F-16": of a name
YEAR = 4  # digits
MARK = re.compile(r"[,;:()](?=\s)|\s[–—]\s")  # between clauses


def rank(
    question: Question,
    hits: Sequence[Hit],
    claims: Iterable[tuple[Claim, frozenset[str]]],
    weights: Mapping[Group, float],
    actors: Actors,
) -> list[Scored]:
    """The claims of the hits' sentences, best first; ties by their words, not by names of files.

    Each claim comes with the lexical terms of its content; `weights` are those of the question's
    groups of terms.
    """
    asking = fitness.Asking.of(question, hits, weights, actors)
    places = Places(fitting(question, hits), question.language)
    languages = {hit.passage.article_id: hit.language for hit in hits}
    scored = [
        _scored(asking, claim, held, around, languages[claim.sentence.article_id])
        for claim, held in claims
        if not is_heading(claim) and (around := places.around(claim)) is not None
    ]
    scored = _of_counted(question, scored)
    return sorted(scored, key=lambda s: (-round(s.score, 6), s.claim.sentence.text, s.claim.extent))


def _of_counted(question: Question, scored: list[Scored]) -> list[Scored]:
    """Where a claim counts the very word that is asked for, figures of other things do not answer.

    "How much maize was on board?" is answered by "26,000 tonnes of maize", not by 22 sailors.
    """
    words = asked_figures.counted_words(question)
    if not any(s.answers and not s.held.isdisjoint(words) for s in scored):
        return scored
    return [
        replace(s, answers=False)
        if s.held.isdisjoint(words) and asked_figures.counts_another(s.claim)
        else s
        for s in scored
    ]


def is_heading(claim: Claim) -> bool:
    """Whether a claim is a heading within an article: words without an end, said by nobody."""
    if claim.form is not Form.NARRATED or claim.sentence.start == 0:
        return False
    return CLOSED.search(claim.sentence.text) is None


def fitting(question: Question, hits: Sequence[Hit]) -> list[Hit]:
    """The hits that have the bare numbers of a question: "the 528th regiment", "Article 7".

    Of a name ("F-16") it is enough that the article has it: texts go on with "the plane". Figures
    and dates are compared elsewhere, since they are written in many ways.
    """
    if question.date is not None:
        return list(hits)
    known = " ".join(q.span.text for q in question.figures)
    bare = [n for n in NUMBER.findall(question.text) if n not in known and len(n) != YEAR]
    named = [n for n in DESIGNATION.findall(question.text) if n not in known]
    texts: dict[str, str] = {}
    for hit in hits if named else ():
        name = hit.passage.article_id
        texts[name] = texts.get(name, "") + hit.passage.text
    return [
        h
        for h in hits
        if all(n in h.passage.text for n in bare)
        and all(n in texts[h.passage.article_id] for n in named)
    ]


def _scored(
    asking: fitness.Asking, claim: Claim, held: frozenset[str], around: Nearness, language: str
) -> Scored:
    question, actors = asking.question, asking.topic.actors
    claim = worded_figures.told(question, claim, language)
    fit = fitness.of_claim(asking, claim, held, around)
    fitted = fit.speaker > 0 or fit.figure or fit.covered >= MUCH or (fit.counts and fit.covered)
    # Hardly anything else of an article on the matter has a speed or an age.
    measured = question.unit in units.GROUPS and fit.counts == asked_figures.FULL
    fitted = fitted or (measured and fit.article >= MUCH)
    counts = fit.counts >= asked_figures.KIN
    bare = bool(fit.counts) and fit.near >= OPEN_GATE
    passes = fit.near >= (GATE if fitted else OPEN_GATE)
    return Scored(
        claim,
        fitness.score(fit),
        fit.near,
        fit.covered,
        counts,
        answers=passes
        and min(fit.owner, fit.people) > -SAID
        and _fits_kind(question, claim, held, fit.speaker > 0, counts or bare, language),
        named=bool(actors) and held.issuperset(actors),
        held=held,
        around=around.terms,
    )


def _is_given(question: Question, claim: Claim, language: str) -> bool:
    """Whether a claim gives its figure: it is not negated, or the question is so as well.

    "No more than 20" is a bound, and "how many never crossed?" is answered by who did not. What is
    negated in another clause leaves the figure: "The airport did not work, 17 flights were late".
    """
    bounded = any(q.qualifier in (Qualifier.AT_MOST, Qualifier.AT_LEAST) for q in claim.quantities)
    if claim.polarity is Polarity.POSITIVE or bounded:
        return True
    if _is_negated(question.text, question.language):
        return True
    figures = asked_figures.answering(question, claim)
    return any(figure.high == 0 or _holds(figure, claim, language) for figure in figures)


def _holds(figure: Quantity, claim: Claim, language: str) -> bool:
    """Whether the part between two marks in which a figure stands is a clause without negation."""
    sentence, at = claim.sentence.text, figure.span.start - claim.sentence.start
    ends = [0, *(m.end() for m in MARK.finditer(sentence)), len(sentence)]
    part = next((sentence[a:b] for a, b in pairwise(ends) if a <= at < b), "")
    tokens = tagging.tagger(language).tag(part)
    opens = tokens[0].tag in (Tag.SUB, Tag.REL) if tokens else True
    return not opens and all(token.tag is not Tag.NEG for token in tokens)


@lru_cache(maxsize=64)  # asked of every claim
def _is_negated(asked: str, language: str) -> bool:
    return any(token.tag is Tag.NEG for token in tagging.tagger(language).tag(asked))


def _fits_kind(
    question: Question,
    claim: Claim,
    held: frozenset[str],
    speaks: bool,
    counts: bool,
    language: str,
) -> bool:
    if question.speakers and not speaks:
        return False
    if question.kind is QuestionKind.HOW_MANY:
        return counts and claim.stance not in CONTRARY and _is_given(question, claim, language)
    if question.kind is QuestionKind.WHEN:
        dated = claim.date is not None or any(term.startswith(DAY) for term in held)
        # "In custody until 30 April": a date whose year nobody says is one as well.
        return dated or bool(dates.find(claim.sentence, language, None))
    if question.kind is QuestionKind.WHO:
        figure_asked = bool(question.figures) or (question.unit and question.stance)
        if (figure_asked and not counts) or (question.stance and not claim.sources):
            return False
        return claim.stance in ASSERTING | wanted(question)
    return True
