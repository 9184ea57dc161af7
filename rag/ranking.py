"""The claims of a question's hits, the fittest first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from rag import asked_figures, fitness
from rag.actors import Actors
from rag.figure_scope import SAID
from rag.fitness import DAY, Nearness, Places
from rag.relevance import ASSERTING, CONTRARY, Scored, wanted
from rag.schema import Claim, Form, Hit, Polarity, Question, QuestionKind
from rag.topics import Group

# A claim may answer from this score of its sentence on; with nothing but nearness it takes more.
GATE = 0.12
OPEN_GATE = 0.25
MUCH = 0.5  # of the topic
NUMBER = re.compile(r"\d+")
YEAR = 4  # digits
END = re.compile(r"[.!?…:;]\W*$")  # of a sentence


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
    places = Places([h for h in hits if has_numbers(question, h)], question.language)
    scored = [
        _scored(asking, claim, held, around)
        for claim, held in claims
        if not is_heading(claim) and (around := places.around(claim)) is not None
    ]
    return sorted(scored, key=lambda s: (-round(s.score, 6), s.claim.sentence.text, s.claim.extent))


def is_heading(claim: Claim) -> bool:
    """Whether a claim is a heading within an article: words without an end, said by nobody."""
    if claim.form is not Form.NARRATED or claim.sentence.start == 0:
        return False
    return END.search(claim.sentence.text) is None


def has_numbers(question: Question, hit: Hit) -> bool:
    """Whether a passage has the bare numbers of a question: "the 528th regiment", "Article 7".

    Figures and dates are compared elsewhere, since they are written in many ways.
    """
    known = " ".join(q.span.text for q in question.figures)
    bare = [n for n in NUMBER.findall(question.text) if n not in known and len(n) != YEAR]
    return question.date is not None or all(n in hit.passage.text for n in bare)


def _scored(asking: fitness.Asking, claim: Claim, held: frozenset[str], around: Nearness) -> Scored:
    question, actors = asking.question, asking.topic.actors
    fit = fitness.of_claim(asking, claim, held, around)
    fitted = fit.speaker > 0 or fit.figure or fit.covered >= MUCH or (fit.counts and fit.covered)
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
        and _fits_kind(question, claim, held, fit.speaker > 0, counts or bare),
        named=bool(actors) and held.issuperset(actors),
        held=held,
    )


def _fits_kind(
    question: Question, claim: Claim, held: frozenset[str], speaks: bool, counts: bool
) -> bool:
    if question.speakers and not speaks:
        return False
    if question.kind is QuestionKind.HOW_MANY:
        return counts and claim.stance not in CONTRARY and claim.polarity is Polarity.POSITIVE
    if question.kind is QuestionKind.WHEN:
        return claim.date is not None or any(term.startswith(DAY) for term in held)
    if question.kind is QuestionKind.WHO:
        figure_asked = bool(question.figures) or (question.unit and question.stance)
        if (figure_asked and not counts) or (question.stance and not claim.sources):
            return False
        return claim.stance in ASSERTING | wanted(question)
    return True
