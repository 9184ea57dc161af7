"""The sentences of ranked claims, with what stands before and around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from rag import polarity
from rag.ground import Ground
from rag.polarity import Reading
from rag.relevance import Scored
from rag.schema import Polarity, Sentence, Stance

MOST = 60  # sentences that are read
TITLE = -1  # where the paragraph of a title begins


@dataclass
class RankedSentence:
    """A sentence with the claims made of it, the best first, and its place among the ranked."""

    sentence: Sentence
    claims: list[Scored]
    language: str
    rank: int
    held: frozenset[str] = frozenset()  # terms of the sentence and its sources
    near: frozenset[str] = frozenset()  # of its paragraph, the sentence before, and the title
    far: frozenset[str] = frozenset()  # of its article
    before: RankedSentence | None = None

    @cached_property
    def reading(self) -> Reading:
        """Its parts."""
        return polarity.read(self.sentence.text, self.language)

    @property
    def correcting(self) -> Scored:
        """The claim that denies something, or else the best."""
        denying = (
            one
            for one in self.claims
            if one.claim.stance is Stance.DENIES or one.claim.polarity is Polarity.NEGATIVE
        )
        return next(denying, self.claims[0])


def sentences(ground: Ground, scored: Sequence[Scored]) -> list[RankedSentence]:
    """The sentences of the ranked claims in their order, with what stands around them."""
    made: dict[tuple[str, int], RankedSentence] = {}
    for one in scored:
        sentence, article = one.claim.sentence, ground.article(one)
        if article is None:
            continue
        place = (sentence.article_id, sentence.start)
        if place not in made:
            made[place] = RankedSentence(sentence, [], article.language, len(made))
        told = made[place]
        told.claims.append(one)
        sources = (ground.links(source.name) for source in one.claim.sources)
        told.held = told.held.union(one.held, *sources)
    _surround(ground, made)
    return list(made.values())[:MOST]


def _surround(ground: Ground, made: dict[tuple[str, int], RankedSentence]) -> None:
    """Give each sentence the one before it, and the terms of its paragraph and article."""
    near: dict[tuple[str, int], frozenset[str]] = {}
    far: dict[str, frozenset[str]] = {}
    before: RankedSentence | None = None
    for (name, start), told in sorted(made.items(), key=lambda item: item[0]):
        article = ground.article(told.claims[0])
        paragraph = (name, article.text.rfind("\n", 0, start) if article else 0)
        near[paragraph] = near.get(paragraph, frozenset()) | told.held
        far[name] = far.get(name, frozenset()) | told.held
        same = before is not None and before.sentence.article_id == name
        told.before = before if same else None
        before = told
    for (name, start), told in made.items():
        article = ground.article(told.claims[0])
        at = article.text.rfind("\n", 0, start) if article else 0
        told.near = near[name, at] | near.get((name, TITLE), frozenset())
        if told.before is not None:
            told.near |= told.before.held
        told.far = far[name]
