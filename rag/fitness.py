"""What a claim has of a question, as numbers; and their weighted sum.

The weights (`lexicon/fitness.toml`) are made by `python -m eval.fitness` from questions whose
decisive sentences are known: a linear ranking from pairs of a decisive claim and another one of the
same question (RankNet, Burges et al. 2005).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields

from rag import asked_figures, dates, lexicon, relevance, terms
from rag.actors import Actors
from rag.figure_scope import Scope
from rag.schema import Claim, Form, Hit, Question, QuestionKind
from rag.topics import Group, Topic

NAMES = ("@", "~")
DAY = "d:"  # how the term of a day or month begins
GAP = 4  # characters between sentences that follow each other, at most
Row = tuple[int, int, float, float, float]  # start, end, score, those of its passage
HALF = 5  # the rank at which a passage stands half as well as the first


@dataclass(frozen=True, slots=True)
class Nearness:
    """Scores of retrieval around a claim: its best sentence, those beside it, its passage."""

    near: float
    before: float
    after: float
    passage: float
    standing: float  # of its passage among all: 1 for the first, less for later ones
    own: float  # whether it is in the question's language


@dataclass(frozen=True, slots=True)
class Fitness:
    """What is weighed; truths are 1 and 0."""

    near: float
    before: float
    after: float
    passage: float
    standing: float
    own: float
    covered: float  # the share of the topic in the content
    rare: float  # the same by weight: rare words count more
    counts: float  # a figure of what is counted; less where it is a kind of it, or has no noun
    uncounted: float  # none, though the question asks for one
    figure: float  # the very figure that the question names
    aspect: float  # sent, killed, ...: as asked 1, another -1
    owner: float  # whose people are counted: as asked 1, others -1, half where less sure
    people: float  # which people, soldiers or civilians: as asked 1, others -1, half likewise
    period: float  # a day or month in the content: of the time asked about 1, of another -1
    stance: float  # as presumed
    speaker: float  # who was asked to have spoken: speaks 1, somebody else -1
    time: float  # of the time asked about 1, of another -1
    named: float  # the share of the topic's names
    sourced: float  # somebody is asked for, and named
    dated: float  # a date is asked for, and given
    placed: float  # a place is asked for, and a name given that the question has not
    narrated: float
    headline: float
    contrary: float


WEIGHED = tuple(one.name for one in fields(Fitness))


class Places:
    """The sentences of some hits, with their scores."""

    def __init__(self, hits: Sequence[Hit], language: str) -> None:
        found: dict[str, dict[int, tuple[int, float, float, float]]] = {}
        self._own = {h.passage.article_id for h in hits if h.language == language}
        for rank, hit in enumerate(hits):
            rows = found.setdefault(hit.passage.article_id, {})
            standing = HALF / (HALF + rank)
            for sentence, score in hit.sentences:
                _, one, passage, best = rows.get(sentence.start, (0, score, hit.score, standing))
                rows[sentence.start] = (
                    sentence.end,
                    max(one, score),
                    max(passage, hit.score),
                    max(best, standing),
                )
        self._rows = {
            name: sorted((s, *r) for s, r in rows.items()) for name, rows in found.items()
        }

    def around(self, claim: Claim) -> Nearness | None:
        """How near a claim stands to the question; None where none of its sentences was found."""
        rows = self._rows.get(claim.sentence.article_id, [])
        start, end = claim.extent
        touched = [i for i, (first, last, *_) in enumerate(rows) if first < end and start < last]
        if not touched:
            return None
        near = max(rows[i][2] for i in touched)
        first, last = touched[0], touched[-1]
        return Nearness(
            near=near,
            before=self._beside(rows, first - 1, first, near),
            after=self._beside(rows, last, last + 1, near, after=True),
            passage=max(rows[i][3] for i in touched),
            standing=max(rows[i][4] for i in touched),
            own=float(claim.sentence.article_id in self._own),
        )

    def _beside(
        self, rows: Sequence[Row], left: int, right: int, otherwise: float, after: bool = False
    ) -> float:
        """The score of the neighbour, where one of two rows is; else that of the claim itself."""
        if left < 0 or right >= len(rows) or rows[right][0] - rows[left][1] > GAP:
            return otherwise
        return rows[right if after else left][2]


@dataclass(frozen=True, slots=True)
class Asking:
    """A question with what its claims are weighed by."""

    question: Question
    topic: Topic
    weights: Mapping[Group, float]  # of its groups of terms
    scope: Scope
    actors: Actors

    @classmethod
    def of(
        cls,
        question: Question,
        hits: Sequence[Hit],
        weights: Mapping[Group, float],
        actors: Actors,
    ) -> Asking:
        """That of a question with its hits."""
        return cls(
            question, Topic.of(question, actors), weights, Scope(question, hits, actors), actors
        )


def of_claim(asking: Asking, claim: Claim, held: Collection[str], around: Nearness) -> Fitness:
    """The fitness of a claim whose content holds these terms."""
    question, topic = asking.question, asking.topic
    kind = question.kind
    counts = asked_figures.degree(question, claim)
    asked = {term for group in question.terms for term in group}
    new = [term for term in held if term not in asked]
    owner, people = asking.scope.of(claim)
    return Fitness(
        near=around.near,
        before=around.before,
        after=around.after,
        passage=around.passage,
        standing=around.standing,
        own=around.own,
        covered=topic.met_by(held),
        rare=terms.coverage(topic.groups, held, dict(asking.weights)),
        counts=counts,
        uncounted=float(kind is QuestionKind.HOW_MANY and not counts),
        figure=float(relevance.has_figure(question, claim)),
        aspect=_aspect(question, claim),
        owner=owner,
        people=people,
        period=_period(question, held),
        stance=float(relevance.presumes(question, claim)),
        speaker=_speaker(question, claim, asking.actors),
        time=float(relevance.timely(question, claim)),
        named=len(topic.names_in(held)) / len(topic.names) if topic.names else 0.0,
        sourced=float(kind is QuestionKind.WHO and bool(claim.sources)),
        dated=float(kind is QuestionKind.WHEN and any(t.startswith("d:") for t in new)),
        placed=float(kind is QuestionKind.WHERE and any(t.startswith(NAMES) for t in new)),
        narrated=float(claim.form is Form.NARRATED),
        headline=float(claim.sentence.start == 0),
        contrary=float(claim.stance in relevance.CONTRARY),
    )


def score(found: Fitness) -> float:
    """The weighted sum."""
    return math.fsum(value * getattr(found, name) for name, value in weights().items())


def weights() -> dict[str, float]:
    """The weight of each part, by its name."""
    found: dict[str, float] = lexicon.load("fitness")["weights"]
    return found


def _aspect(question: Question, claim: Claim) -> float:
    if question.aspect is None:
        return 0.0
    aspects = {q.aspect for q in asked_figures.answering(question, claim)} - {None}
    return 1.0 if question.aspect in aspects else -1.0 if aspects else 0.0


def _period(question: Question, held: Collection[str]) -> float:
    days = [term[len(DAY) :] for term in held if term.startswith(DAY)]
    if question.date is None or not days:
        return 0.0
    return 1.0 if any(dates.overlaps(question.date, day) for day in days) else -1.0


def _speaker(question: Question, claim: Claim, actors: Actors) -> float:
    if not question.speakers:
        return 0.0
    return 1.0 if relevance.speaks_for(claim, question.speakers, actors) else -1.0
