"""Does anything here answer this? The chance of it, from how far the best passage stands out.

A logistic regression on five signals, one for a best passage in the question's language and one
across; the weights in `lexicon/answerability.toml` are made by `python -m eval.answerability` on
questions whose answering paragraph was there or taken away. It judges retrieval, not what claims
say: a question whose every word is met may still ask for a detail that no sentence has.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from statistics import fmean

from rag import expansion, lexicon
from rag.retrieval import Pool
from rag.schema import Hit

NEAR, FAR = 10, 20  # runners-up that the best is compared with
LEAST = 0.03  # chosen on the questions over the shipped corpus (docs/retrieval.md)


@dataclass(frozen=True, slots=True)
class Signals:
    """What tells a question that is answered from one that is not; scores as in `retrieval`."""

    lead: float  # of the best passage over those of other articles next to it
    far_lead: float  # over passages farther down
    sentence_lead: float  # of the best sentence over the next
    cosine: float  # the best of a passage
    missing: float  # how much nearer other words of the library come to the question's


def signals(pool: Pool, hits: Sequence[Hit]) -> Signals | None:
    """The signals of a question from its pool and hits; None where nothing was found.

    All are taken within the language of the best hit: leads across languages say little.
    """
    if not hits:
        return None
    best = hits[0]
    own = [one for one in pool.scored if one.passage.language == best.language]
    ranked = sorted(own, key=lambda one: (-one.score, one.passage.article_id, one.passage.start))
    top = ranked[0]
    others = [one.score for one in ranked if one.passage.article_id != top.passage.article_id]
    sentences = sorted(
        (score for hit in hits if hit.language == best.language for _, score in hit.sentences),
        reverse=True,
    )
    question, index = pool.scorer.question, pool.index
    words = index.words.vectors(
        index.catalog, index.embedder, expansion.topic_words(question), question.language
    )
    return Signals(
        lead=_lead([top.score, *others[:NEAR]]),
        far_lead=_lead([top.score, *(one.score for one in ranked[NEAR // 2 : FAR])]),
        sentence_lead=_lead(sentences[:NEAR]),
        cosine=max(float(one.cosines[0]) for one in own),
        missing=index.vocabulary().missing(words, best.language, top.passage.terms),
    )


def probability(found: Signals | None, same_language: bool) -> float:
    """The chance that the best passage answers the question, 0 to 1."""
    if found is None:
        return 0.0
    table = lexicon.load("answerability")["same" if same_language else "across"]
    values = zip(table["weights"], astuple(found), strict=True)
    return 1 / (1 + math.exp(-(table["bias"] + sum(w * v for w, v in values))))


def is_likely(pool: Pool, hits: Sequence[Hit]) -> bool:
    """Whether an answer may be looked for; LEAST is low, since claims are judged after it."""
    return probability_of(pool, hits) >= LEAST


def probability_of(pool: Pool, hits: Sequence[Hit]) -> float:
    """The chance that the best hit of a pool answers its question, 0 to 1."""
    same = bool(hits) and hits[0].language == pool.scorer.question.language
    return probability(signals(pool, hits), same)


def _lead(scores: Sequence[float]) -> float:
    """How far the first score stands above the mean of the others."""
    return scores[0] - fmean(scores[1:]) if len(scores) > 1 else 0.0
