"""Question to hits: dense search per language, scores centred, a bounded lexical bonus.

    score(text) = cos(q, text) - mean cos(q, language) + LEXICAL * coverage + EXACT * exactness
    score of a sentence = score(sentence) + PARENT * score(its passage)

Subtracting the mean of a language makes scores of different languages comparable (cosines across
languages lie lower throughout); the bonus is bounded, since fusing ranks halves what is found
across languages. `coverage` is the share of the question's terms, by weight, that a text holds;
`exactness` says how much is met of what is the same in every language: names, figures, dates.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag import terms
from rag.index import Index
from rag.schema import Article, Filters, Hit, Question

DENSE = 40  # passages asked of each language
BEST = 40  # passages whose sentences are scored
OVERFETCH = 5  # times as many where a filter will drop some
LEXICAL = 0.1
EXACT = 0.04
PARENT = 0.5
# Mean cosine of unrelated passages in one language and across, and how many passages it weighs:
# the mean of a handful of passages would centre away what they have in common with the question.
PRIOR_SAME, PRIOR_ACROSS, PRIOR_WEIGHT = 0.75, 0.71, 30


@dataclass(frozen=True, slots=True)
class Scorer:
    """What is needed to score any text for one question."""

    question: Question
    vector: NDArray[np.float32]
    weights: dict[tuple[str, ...], float]
    means: Mapping[str, tuple[int, NDArray[np.float32]]]

    def baseline(self, language: str) -> float:
        """The cosine that an unrelated passage of this language is expected to have."""
        prior = PRIOR_SAME if language == self.question.language else PRIOR_ACROSS
        count, mean = self.means.get(language, (0, None))
        if mean is None:
            return prior
        seen = float(self.vector @ mean)
        return (count * seen + PRIOR_WEIGHT * prior) / (count + PRIOR_WEIGHT)

    def score(self, cosine: float, language: str, found: str) -> float:
        """The score of a text of this cosine, language and terms."""
        held = set(found.split())
        lexical = LEXICAL * terms.coverage(self.question.terms, held, self.weights)
        exact = EXACT * terms.exactness(self.question.terms, held, self.weights)
        return cosine - self.baseline(language) + lexical + exact


@dataclass(frozen=True, slots=True)
class _Scored:
    score: float
    cosine: float
    article_id: str
    start: int
    end: int
    key: str


def search(
    question: Question, index: Index, filters: Filters = Filters(), limit: int = BEST
) -> tuple[Hit, ...]:
    """The best passages, each with its scored sentences; best first, ties by place."""
    catalog = index.catalog
    allowed = catalog.allowed(filters, question.as_of)
    scorer = _scorer(question, index)
    wanted = DENSE if allowed is None else DENSE * OVERFETCH
    dense: dict[str, tuple[float, str]] = {}
    for language in catalog.languages():
        if filters.languages and language not in filters.languages:
            continue
        for key, cosine in index.vectors.search(f"passages-{language}", scorer.vector, wanted):
            dense[key] = (cosine, language)
    # Texts that share rare terms with the question are looked at, however far their vectors lie.
    by_terms = catalog.match([t for group in question.terms for t in group], DENSE)
    _fetch_missing(index, by_terms, scorer, dense)
    rows = catalog.passages(sorted(dense))
    scored = []
    for key, (start, end, found, article_id) in rows.items():
        if allowed is not None and article_id not in allowed:
            continue
        cosine, language = dense[key]
        total = scorer.score(cosine, language, found)
        scored.append(_Scored(total, cosine, article_id, start, end, key))
    scored.sort(key=lambda s: (-round(s.score, 6), s.article_id, s.start))
    return _hits(scored[:limit], dense, index, scorer)


def _scorer(question: Question, index: Index) -> Scorer:
    every = [t for group in question.terms for t in group]
    total, frequencies = index.catalog.frequencies(every)
    return Scorer(
        question,
        index.embedder.query(question.text),
        {g: terms.weight(g, total, frequencies) for g in question.terms},
        index.catalog.means(index.embedder.fingerprint),
    )


def _fetch_missing(
    index: Index, keys: Sequence[str], scorer: Scorer, dense: dict[str, tuple[float, str]]
) -> None:
    missing = [k for k in keys if k not in dense]
    if not missing:
        return
    for language in index.catalog.languages():
        for key, vector in index.vectors.get(f"passages-{language}", missing).items():
            dense[key] = (float(scorer.vector @ vector), language)


def _hits(
    scored: Sequence[_Scored],
    dense: dict[str, tuple[float, str]],
    index: Index,
    scorer: Scorer,
) -> tuple[Hit, ...]:
    articles: dict[str, Article] = {}
    for article_id in {s.article_id for s in scored}:
        found = index.catalog.article(article_id)
        if found is not None:
            articles[article_id] = found
    parents = {s.key: s for s in scored if s.article_id in articles}
    within = _sentences(parents, dense, index, scorer)
    hits = []
    for key, passage in parents.items():
        article = articles[passage.article_id]
        best = sorted(within[key], key=lambda s: (-round(s[0], 6), s[1]))
        hits.append(
            Hit(
                article.span(passage.start, passage.end),
                article.language,
                passage.score,
                passage.cosine,
                tuple((article.span(start, end), score) for score, start, end in best),
            )
        )
    return tuple(hits)


def _sentences(
    parents: Mapping[str, _Scored],
    dense: dict[str, tuple[float, str]],
    index: Index,
    scorer: Scorer,
) -> dict[str, list[tuple[float, int, int]]]:
    """Per passage key: score, start and end of its sentences."""
    rows = index.catalog.sentences_of(sorted(parents))
    cosines: dict[str, float] = {}
    for language in sorted({dense[k][1] for k in parents}):
        keys = [key for parent, key, *_ in rows if dense[parent][1] == language]
        stored = index.vectors.get(f"sentences-{language}", keys)
        cosines |= {key: float(scorer.vector @ v) for key, v in stored.items()}
    within: dict[str, list[tuple[float, int, int]]] = {k: [] for k in parents}
    for parent, key, start, end, found in rows:
        score = scorer.score(cosines.get(key, 0.0), dense[parent][1], found)
        within[parent].append((score + PARENT * parents[parent].score, start, end))
    return within
