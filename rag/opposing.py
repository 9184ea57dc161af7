"""The other side's account: ranked claims that stand against those that answer.

Whoever asks what is so has to see who says otherwise, even where their words fit the question less
well than others: a ranking brings together what is alike, not what contradicts.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import combinations

from rag import accounts, comparisons, contrast
from rag.actors import Actors
from rag.comparisons import Relation
from rag.ranking import GATE
from rag.relevance import ASSERTING, Scored
from rag.schema import Article, Evidence, Question, QuestionKind, Stance

DECIDING = 6  # claims whose opposites are looked for
LOOKED_AT = 80  # claims among which they are looked for
BESIDE = 20  # claims among which two are looked for that stand against each other
MOST = 3  # accounts that are shown
_DISPUTED = frozenset({QuestionKind.WHO, QuestionKind.WHY})  # who did it, and what was the cause
_SPOKEN = ASSERTING | {Stance.DENIES}


def find(
    question: Question,
    chosen: Sequence[Evidence],
    ranked: Sequence[tuple[Scored, Article]],
    actors: Actors,
) -> list[Scored]:
    """Claims that stand against one of the best that answer, the best first, one a sentence."""
    if not _is_open(question):
        return []
    best = list(chosen[:DECIDING])
    found: dict[tuple[str, int], Scored] = {}
    contested = accounts.asks_what_is_so(question) or question.kind in _DISPUTED
    for scored, article in ranked[: LOOKED_AT if contested else BESIDE]:
        place = _place(scored)
        if place in found or scored.claim.stance not in _SPOKEN:
            continue
        other = _evidence(scored, article)
        # A reply has no words of the matter that it answers.
        if scored.near < GATE and not any(contrast.replies(one, other) for one in best):
            continue
        if any(_stand_against(question, one, other, actors) for one in best):
            found[place] = scored
        if len(found) == MOST:
            break
    quarrel = _quarrel(question, best, ranked, actors)
    return list(({_place(scored): scored for scored in quarrel} | found).values())


def _quarrel(
    question: Question,
    best: Sequence[Evidence],
    ranked: Sequence[tuple[Scored, Article]],
    actors: Actors,
) -> list[Scored]:
    """Two accounts that exclude each other, of the event that a claim which answers tells.

    Articles tell first what happened, and then who says what of it.
    """
    here = {item.article.id for item in best}
    told = [
        (s, _evidence(s, a))
        for s, a in ranked[:BESIDE]
        if a.id in here and s.near >= GATE and s.claim.stance in _SPOKEN
    ]
    pairs = [
        (not contrast.replies(left, right), _distance(one, other), place, (one, other))
        for place, ((one, left), (other, right)) in enumerate(combinations(told, 2))
        if accounts.are_opposed(question, left, right, actors)
        and accounts.are_of_answer(question, best, (left, right), actors)
    ]
    # Who answers the other stands next to it.
    return list(min(pairs)[-1]) if pairs else []


def _distance(one: Scored, other: Scored) -> int:
    """Characters between the sentences of two claims; those of two articles are furthest apart."""
    (article, start), (further, end) = _place(one), _place(other)
    return abs(start - end) if article == further else sys.maxsize


def _evidence(scored: Scored, article: Article) -> Evidence:
    return Evidence(0, scored.claim, article.span(*scored.claim.extent), article, scored.score)


def _place(scored: Scored) -> tuple[str, int]:
    return scored.claim.sentence.article_id, scored.claim.sentence.start


def _is_open(question: Question) -> bool:
    """Whether a question is open to who says otherwise; when something was is no matter of sides.

    Where somebody was asked to have spoken, their words answer.
    """
    if accounts.asks_what_is_so(question):
        return True
    return question.kind is not QuestionKind.WHEN and not (question.speakers or question.stance)


def _stand_against(question: Question, one: Evidence, other: Evidence, actors: Actors) -> bool:
    """Whether two accounts cannot both be so; what was not asked must exclude the other itself."""
    if accounts.asks_what_is_so(question) or question.kind in _DISPUTED:
        return comparisons.relation(question, one, other, actors) is Relation.CONFLICT
    return accounts.are_opposed(question, one, other, actors)
