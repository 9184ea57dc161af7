"""Which claims are about just what was asked: the names in the question, and its words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from rag import relevance
from rag.actors import Actors
from rag.relevance import CONTRARY, MEETS, Scored
from rag.schema import Article, Claim, Hit, Polarity, Question, QuestionKind
from rag.topics import Group, Surroundings, Topic

SAME_MATTER = 0.3  # the least share of the topic that a denial must hold to be one of this
CLOSE = 0.2  # how near a sentence must be whose words share too little with the topic
HELD = 0.5  # the least share of the topic that a yes must hold
NEARLY = 0.75  # of the topic: what a position holds that is shown though it is no yes


def asks_for_yes(question: Question) -> bool:
    """Whether a question is whether somebody has admitted, denied, demanded something."""
    asks = question.kind is QuestionKind.WHETHER and bool(question.speakers)
    return asks and question.stance in MEETS


class Matter:
    """Whether claims are about just what was asked: the names in the question, and its words."""

    def __init__(
        self,
        question: Question,
        hits: Sequence[Hit],
        article_of: Callable[[str], Article | None],
        actors: Actors,
    ) -> None:
        self._question = question
        self._topic = Topic.of(question, actors)
        self._around = Surroundings(hits, article_of, actors)
        self._actors = actors

    def held(self, passing: list[Scored]) -> list[Scored]:
        """The claims that have, with what stands around them, the names and words they must have.

        Figures often stand without those they count, so half of the names are enough of one; all
        of them together must have more.
        """
        if not self._topic.groups:
            return passing if self._question.speakers else []
        found = [s for s in passing if self._holds(s)]
        if self._question.kind is QuestionKind.HOW_MANY and self._topic.names:
            met: frozenset[Group] = frozenset().union(*(self._names(s) for s in found))
            return found if len(met) > HELD * len(self._topic.names) else []
        return found

    def _names(self, found: Scored) -> frozenset[Group]:
        return self._topic.names_in(found.held | self._around.article(found.claim))

    def _holds(self, found: Scored) -> bool:
        topic, kind = self._topic, self._question.kind
        if kind is QuestionKind.HOW_MANY:
            return len(self._names(found)) >= HELD * len(topic.names)
        if kind is QuestionKind.WHO and not (self._question.stance or self._question.speakers):
            held = found.held | self._around.sentence(found.claim)
            around = held | self._around.of(found.claim)
            return topic.names_met(around) and topic.met_by(around) > HELD
        around = found.held | self._around.of(found.claim)
        return any(term in around for group in topic.groups for term in group)

    def decided(self, passing: list[Scored]) -> list[Scored]:
        """The claims that say yes; else denials and silence on it; else what is nearly it.

        A yes depends on what was admitted: its content names all that the question names.
        """
        fitting = [s for s in passing if self._is_yes(s)]
        contrary = [s for s in passing if s.claim.stance in CONTRARY and self._is_same(s)]
        nearly = [s for s in passing if self._is_nearly(s)]
        return fitting or contrary or nearly

    def _is_yes(self, found: Scored) -> bool:
        claim = found.claim
        return (
            claim.stance in relevance.wanted(self._question)
            and claim.polarity is Polarity.POSITIVE
            and self._is_spoken(claim)
            and self._topic.names_met(found.held)
            and (found.covered >= HELD or not self._topic.groups)
        )

    def _is_spoken(self, claim: Claim) -> bool:
        """Whether one who was asked about is the source, not only the one who passed it on."""
        own = replace(claim, via=())
        return relevance.speaks_for(own, self._question.speakers, self._actors)

    def _is_same(self, found: Scored) -> bool:
        around = self._around.of(found.claim)
        if not self._topic.names_met(found.held | around):
            return False
        near = bool(self._topic.names) and found.near >= CLOSE
        return near or self._topic.words_met(found.held, around) >= SAME_MATTER

    def _is_nearly(self, found: Scored) -> bool:
        return self._topic.names_met(found.held) and found.covered >= NEARLY
