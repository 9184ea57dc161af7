"""How well one claim fits a question: near in meaning, and with what was asked for.

The score of a claim is that of its best sentence, raised by what it has of the question: topic
words in its content, the speaker, a figure of the unit, the very figure, the stance, the time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag import dates, quantities, units
from rag.actors import Actors
from rag.schema import Claim, Form, Hit, Polarity, Question, QuestionKind, Stance
from rag.topics import Topic

# Weights and gates were set on the first suite of `python -m eval` (docs/decisions.md).
CONTENT, SPEAKER, UNIT, FIGURE, STANCE, DATE = 0.375, 0.2, 0.15, 0.3, 0.125, 0.2
NARRATED, HEADLINE = -0.125, -0.15
# A claim may answer from this score of its sentence on; with nothing but nearness it takes more.
GATE = 0.12
OPEN_GATE = 0.25
MUCH = 0.5  # of the topic

ASSERTING = frozenset(
    {
        Stance.ASSERTS,
        Stance.CONFIRMS,
        Stance.REPORTS,
        Stance.CLAIMS,
        Stance.ESTIMATES,
        Stance.EXPECTS,
        Stance.ANNOUNCES,
        Stance.WARNS,
    }
)
SILENT = frozenset({Stance.NO_COMMENT, Stance.DOES_NOT_CONFIRM, Stance.UNVERIFIED})
CONTRARY = SILENT | {Stance.DENIES, Stance.NOT_DENIED}
# What an asker presumes with a stance, and which stances of sources meet it; any other
# speech verb ("said", "reported") is met by every asserting stance.
MEETS = {
    Stance.CONFIRMS: frozenset({Stance.CONFIRMS}),
    Stance.DENIES: frozenset({Stance.DENIES}),
    Stance.NO_COMMENT: frozenset({Stance.NO_COMMENT, Stance.DOES_NOT_CONFIRM}),
    Stance.WARNS: frozenset({Stance.WARNS}),
    Stance.DEMANDS: frozenset({Stance.DEMANDS}),
    Stance.EXPECTS: frozenset({Stance.EXPECTS, Stance.ESTIMATES}),
    Stance.ESTIMATES: frozenset({Stance.ESTIMATES, Stance.EXPECTS}),
}
NUMBER = re.compile(r"\d+")
YEAR = 4  # digits
PERSONS = frozenset({"people", "soldiers", "officers", "workers", "engineers", "prisoners"})


@dataclass(frozen=True, slots=True)
class Scored:
    """A claim with what was found of the question in it."""

    claim: Claim
    score: float
    near: float  # the score of its best sentence alone
    covered: float  # the share of the topic that its content holds, 0 to 1
    counts: bool  # it has a figure of what is counted
    answers: bool  # it has what an answer of this kind must have
    named: bool  # its content names all actors that the question is about
    held: frozenset[str]  # the lexical terms of its content


def rank(
    question: Question,
    hits: Sequence[Hit],
    claims: Iterable[tuple[Claim, frozenset[str]]],
    actors: Actors,
) -> list[Scored]:
    """The claims of the hits' sentences, best first, ties by place.

    Each claim comes with the lexical terms of its content.
    """
    topic = Topic.of(question, actors)
    hits = [hit for hit in hits if _has_numbers(question, hit)]
    sentences: dict[str, list[tuple[int, int, float]]] = {}
    for hit in hits:
        found = sentences.setdefault(hit.passage.article_id, [])
        found += [(s.start, s.end, score) for s, score in hit.sentences]
    scored = []
    for claim, held in claims:
        start, end = claim.extent
        near = [
            score
            for first, last, score in sentences.get(claim.sentence.article_id, ())
            if first < end and start < last
        ]
        if near:
            scored.append(_score(question, topic, claim, held, max(near), actors))
    return sorted(
        scored, key=lambda s: (-round(s.score, 6), s.claim.sentence.article_id, s.claim.extent)
    )


def _has_numbers(question: Question, hit: Hit) -> bool:
    """Whether a passage has the bare numbers of a question: "the 528th regiment", "Article 7".

    Figures and dates are compared elsewhere, since they are written in many ways.
    """
    known = " ".join(q.span.text for q in question.figures)
    bare = [n for n in NUMBER.findall(question.text) if n not in known and len(n) != YEAR]
    return question.date is not None or all(n in hit.passage.text for n in bare)


def _score(
    question: Question,
    topic: Topic,
    claim: Claim,
    held: frozenset[str],
    near: float,
    actors: Actors,
) -> Scored:
    covered = topic.met_by(held)
    speaks = bool(question.speakers) and speaks_for(claim, question.speakers, actors)
    counts = has_unit(question, claim)
    figure = has_figure(question, claim)
    positive = claim.polarity is Polarity.POSITIVE
    fits = question.stance is not None and positive and claim.stance in wanted(question)
    score = near + CONTENT * covered + SPEAKER * speaks + UNIT * counts + FIGURE * figure
    score += STANCE * fits + DATE * _timely(question, claim)
    score += NARRATED * (claim.form is Form.NARRATED) + HEADLINE * (claim.sentence.start == 0)
    fitted = speaks or figure or covered >= MUCH or (counts and covered > 0)
    passes = near >= (GATE if fitted else OPEN_GATE)
    return Scored(
        claim,
        score,
        near,
        covered,
        counts,
        answers=passes and _fits_kind(question, claim, speaks, counts),
        named=bool(topic.actors) and held.issuperset(topic.actors),
        held=held,
    )


def wanted(question: Question) -> frozenset[Stance]:
    """The stances that meet what the question presumes."""
    return MEETS.get(question.stance, ASSERTING) if question.stance else ASSERTING


def _timely(question: Question, claim: Claim) -> int:
    """1 where the claim is of the time asked about, -1 where it is of another, else 0."""
    if question.date is None or claim.date is None:
        return 0
    return 1 if dates.overlaps(question.date, claim.date) else -1


def _fits_kind(question: Question, claim: Claim, speaks: bool, counts: bool) -> bool:
    if question.speakers and not speaks:
        return False
    if question.kind is QuestionKind.HOW_MANY:
        return counts and claim.stance not in CONTRARY and claim.polarity is Polarity.POSITIVE
    if question.kind is QuestionKind.WHEN:
        return claim.date is not None
    if question.kind is QuestionKind.WHO:
        figure_asked = bool(question.figures) or (question.unit and question.stance)
        if not claim.sources or (figure_asked and not counts):
            return False
        return claim.stance in ASSERTING | wanted(question)
    return True


def has_figure(question: Question, claim: Claim) -> bool:
    """Whether the claim has just a figure that the question names."""
    return any(
        quantities.relation(asked, found) == "equal" and quantities.comparable(asked, found)
        for asked in question.figures
        for found in claim.quantities
    )


def has_unit(question: Question, claim: Claim) -> bool:
    """Whether the claim has a figure of what the question counts.

    A question that names a figure but no unit wants that figure; one that names neither ("how
    many were there?") takes any.
    """
    if question.unit is not None:
        return any(counts_same(question.unit, found.unit) for found in claim.quantities)
    if question.figures:
        return any(
            quantities.relation(asked, found) != "conflict" and asked.unit == found.unit
            for asked in question.figures
            for found in claim.quantities
        )
    return bool(claim.quantities) and question.kind is QuestionKind.HOW_MANY


def counts_same(asked: str, found: str) -> bool:
    """Whether a figure of one unit may answer a question for the other.

    "People" is what a text calls soldiers, workers or prisoners that it has named before; the
    dead are never just people.
    """
    if asked in units.GROUPS:
        return found in units.GROUPS[asked]
    if quantities.same_unit(asked, found):
        return True
    return "people" in (asked, found) and {asked, found} <= PERSONS


def speaks_for(claim: Claim, names: Iterable[str], actors: Actors) -> bool:
    """Whether one of these names is a source of the claim, itself or through its office.

    A name that the actors file does not know is looked for in the names of the sources. Whoever
    passed the word on counts as well.
    """

    def same(source: str, name: str) -> bool:
        known = actors.get(name) is not None
        return actors.same(source, name) or (not known and name.lower() in source.lower().split())

    return any(same(s.name, name) for s in (*claim.sources, *claim.via) for name in names)
