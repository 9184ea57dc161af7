"""The other side's account: ranked claims that stand against those that answer.

Whoever asks what is so has to see who says otherwise, even where their words fit the question less
well than others: a ranking brings together what is alike, not what contradicts.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag import accounts, comparisons, contrast
from rag.actors import Actors
from rag.comparisons import Relation
from rag.ranking import GATE
from rag.relevance import ASSERTING, Scored
from rag.schema import Article, Evidence, Question, QuestionKind, Stance

DECIDING = 6  # claims whose opposites are looked for
LOOKED_AT = 80  # claims among which they are looked for
MOST = 3  # accounts that are shown
_DISPUTED = frozenset({QuestionKind.WHO, QuestionKind.WHY})  # who did it, and what was the cause
_SPOKEN = ASSERTING | {Stance.DENIES}


def find(
    question: Question,
    chosen: Sequence[Evidence],
    ranked: Sequence[tuple[Scored, Article]],
    actors: Actors,
) -> list[Scored]:
    """Claims that stand against one of the best that answer, the best first, one a sentence.

    Where somebody was asked to have spoken, their words answer, whoever says otherwise.
    """
    open_to_others = question.kind in _DISPUTED and not (question.speakers or question.stance)
    if not (open_to_others or accounts.asks_what_is_so(question)):
        return []
    best = list(chosen[:DECIDING])
    found: dict[tuple[str, int], Scored] = {}
    for scored, article in ranked[:LOOKED_AT]:
        claim = scored.claim
        place = (claim.sentence.article_id, claim.sentence.start)
        if place in found or claim.stance not in _SPOKEN:
            continue
        other = Evidence(0, claim, article.span(*claim.extent), article, scored.score)
        # A reply has no words of the matter that it answers.
        if scored.near < GATE and not any(contrast.replies(one, other) for one in best):
            continue
        if any(
            comparisons.relation(question, one, other, actors) is Relation.CONFLICT for one in best
        ):
            found[place] = scored
        if len(found) == MOST:
            break
    return list(found.values())
