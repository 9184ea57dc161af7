"""What a claim has of a question, as numbers; and their weighted sum.

The weights (`lexicon/fitness.toml`) are made by `python -m eval.fitness` from questions whose
decisive sentences are known: a linear ranking from pairs of a decisive claim and another one of the
same question (RankNet, Burges et al. 2005).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache, lru_cache

from rag import asked_figures, lexicon, relevance, terms, text, topics
from rag.actors import Actors
from rag.figure_scope import Scope
from rag.schema import Claim, Form, Hit, Question, QuestionKind, Stance
from rag.topics import Group, Topic

NAMES = ("@", "~")
DAY = "d:"  # how the term of a day or month begins
GAP = 4  # characters between sentences that follow each other, at most
Row = tuple[int, int, float, float, float]  # start, end, score, those of its passage
# What is said of the same people or things: who was sent is there, what was delivered arrived.
SAME_ASPECTS = (
    frozenset({"sent", "present", "delivered"}),
    frozenset({"killed", "lost", "killed_and_wounded"}),
    frozenset({"wounded", "killed_and_wounded"}),
    frozenset({"destroyed", "downed", "killed", "lost"}),
    frozenset({"controlled", "captured", "retaken"}),
)
SPELLED = 3  # consonants of a name, at the least, by which it is told
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
    terms: frozenset[str]  # of its passages


@dataclass(frozen=True, slots=True)
class Fitness:
    """What is weighed; truths are 1 and 0."""

    near: float
    before: float
    after: float
    passage: float
    standing: float
    own: float
    covered: float  # the share of the topic in the content; not weighed
    figure: float  # the very figure that the question names; not weighed
    rare: float  # the share of the topic in the content, by weight: rare words count more
    article: float  # the same in the content and what was found of its article
    counts: float  # a figure of what is counted; less where it is a kind of it, or has no noun
    uncounted: float  # none, though the question asks for one
    owner: float  # whose people are counted: as asked 1, others -1, half where less sure
    people: float  # which people, soldiers or civilians: as asked 1, others -1, half likewise
    stance: float  # as presumed
    speaker: float  # who was asked to have spoken: speaks 1, somebody else -1
    witness: float  # the source is named in the question, though not as who is asked
    time: float  # of the time asked about 1, of another -1
    sourced: float  # somebody is asked for, and named
    dated: float  # a date is asked for, and given
    ahead: float  # what is still to come is asked for, and told
    placed: float  # a place is asked for, and a name given that the question has not
    aspect: float  # what is said of the figure: as asked 1, something else -1
    narrated: float
    headline: float
    contrary: float


WEIGHED = tuple(one.name for one in fields(Fitness) if one.name not in ("covered", "figure"))


class Places:
    """The sentences of some hits, with their scores."""

    def __init__(self, hits: Sequence[Hit], language: str) -> None:
        found: dict[str, dict[int, tuple[int, float, float, float]]] = {}
        self._hits: dict[str, list[Hit]] = {}
        self._own = {h.passage.article_id for h in hits if h.language == language}
        for rank, hit in enumerate(hits):
            rows = found.setdefault(hit.passage.article_id, {})
            self._hits.setdefault(hit.passage.article_id, []).append(hit)
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
            terms=self._terms(claim.sentence.article_id, start, end),
        )

    def _terms(self, article_id: str, start: int, end: int) -> frozenset[str]:
        """The lexical terms of the passages of an article that a stretch of it touches."""
        hits = [h for h in self._hits[article_id] if h.passage.start < end]
        touched = [h.terms for h in hits if start < h.passage.end]
        return touched[0] if len(touched) == 1 else frozenset[str]().union(*touched)

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
    met: Mapping[str, frozenset[Group]]  # which of them what was found of an article meets
    actors: Actors
    languages: Mapping[str, str]  # of the articles that were found
    total: float  # the weight of the topic
    asked: frozenset[str]  # the terms of the question
    is_ahead: bool  # it asks for what is still to come

    @classmethod
    def of(
        cls,
        question: Question,
        hits: Sequence[Hit],
        weights: Mapping[Group, float],
        actors: Actors,
    ) -> Asking:
        """That of a question with its hits."""
        topic = Topic.of(question, actors)
        found: dict[str, frozenset[str]] = {}
        for hit in hits:
            name = hit.passage.article_id
            found[name] = found.get(name, frozenset()) | hit.terms
        met = {
            name: frozenset(g for g in topic.groups if not held.isdisjoint(g))
            for name, held in found.items()
        }
        languages = {hit.passage.article_id: hit.language for hit in hits}
        scope = Scope(question, hits, actors)
        total = math.fsum(weights[group] for group in topic.groups)
        asked = frozenset(term for group in question.terms for term in group)
        ahead = _ahead(question.language).search(question.text) is not None
        return cls(question, topic, weights, scope, met, actors, languages, total, asked, ahead)


def of_claim(asking: Asking, claim: Claim, held: frozenset[str], around: Nearness) -> Fitness:
    """The fitness of a claim whose content holds these terms."""
    question, topic = asking.question, asking.topic
    kind = question.kind
    counts = asked_figures.degree(question, claim)
    new = held - asking.asked
    owner, people = asking.scope.of(claim)
    return Fitness(
        near=around.near,
        before=around.before,
        after=around.after,
        passage=around.passage,
        standing=around.standing,
        own=around.own,
        covered=topic.met_by(held),
        figure=float(relevance.has_figure(question, claim)),
        rare=terms.coverage(topic.groups, held, asking.weights),
        article=_in_article(asking, claim, held),
        counts=counts,
        uncounted=float(kind is QuestionKind.HOW_MANY and not counts),
        owner=owner,
        people=people,
        stance=float(relevance.presumes(question, claim)),
        speaker=_speaker(question, claim, asking.actors),
        witness=float(_is_witness(question, claim, asking.actors)),
        time=float(relevance.timely(question, claim)),
        sourced=float(kind is QuestionKind.WHO and bool(claim.sources)),
        dated=float(kind is QuestionKind.WHEN and any(t.startswith(DAY) for t in new)),
        ahead=float(asking.is_ahead and _is_ahead(claim, asking.languages)),
        placed=float(kind is QuestionKind.WHERE and any(t.startswith(NAMES) for t in new)),
        aspect=_aspect(question, claim),
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


def _in_article(asking: Asking, claim: Claim, held: frozenset[str]) -> float:
    """The weighted share of the topic that a content and what was found of its article hold."""
    around = asking.met.get(claim.sentence.article_id, frozenset())
    groups = asking.topic.groups
    met = (asking.weights[g] for g in groups if g in around or not held.isdisjoint(g))
    return math.fsum(met) / asking.total if asking.total else 0.0


def _aspect(question: Question, claim: Claim) -> float:
    """Whether what is said of the best figure is what is asked: were sent, or are planned."""
    figures = asked_figures.answering(question, claim) if question.aspect else ()
    said = figures[0].aspect if figures else None
    if said is None or question.aspect is None:
        return 0.0
    return 1.0 if any({said, question.aspect} <= same for same in _alike(question.aspect)) else -1.0


def _alike(aspect: str) -> tuple[frozenset[str], ...]:
    return (frozenset({aspect}), *SAME_ASPECTS)


def _is_ahead(claim: Claim, languages: Mapping[str, str]) -> bool:
    """Whether a claim looks ahead to what is still to come."""
    if claim.stance in (Stance.EXPECTS, Stance.ANNOUNCES):
        return True
    return _ahead(languages[claim.sentence.article_id]).search(claim.sentence.text) is not None


@cache
def _ahead(language: str) -> re.Pattern[str]:
    """The words of `lexicon/slots.toml` that look ahead: "will", "planned"."""
    words = lexicon.load("slots")["ahead"][language]
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def _is_witness(question: Question, claim: Claim, actors: Actors) -> bool:
    named = [name for name in question.actors if name not in question.speakers]
    speaking = (*claim.sources, *claim.via)
    if any(name in actors.chain(s.name) for name in named for s in speaking):
        return True
    bones = _bones(topics.names_of(question))
    return bool(bones) and any(bones & _bones_of(s.mention.text) for s in speaking)


@lru_cache(maxsize=64)  # asked of every claim
def _bones(names: frozenset[str]) -> frozenset[str]:
    """Names as they are spelled alike in all languages."""
    return frozenset(bone for name in names if len(bone := terms.skeleton(name, 1)) >= SPELLED)


@lru_cache(maxsize=4096)
def _bones_of(name: str) -> frozenset[str]:
    """The words of a source's name that have a capital, as they are spelled alike."""
    words = [word for word in text.WORD.findall(name) if word[0].isupper()]
    stems = (text.stem(word.lower(), text.language_of(name)) for word in words)
    return frozenset(terms.skeleton(stem, 1) for stem in stems)


def _speaker(question: Question, claim: Claim, actors: Actors) -> float:
    if not question.speakers:
        return 0.0
    return 1.0 if relevance.speaks_for(claim, question.speakers, actors) else -1.0
