"""Question to hits: dense search per language, centred vectors, a bounded lexical bonus.

    score(text)    = SPREAD * cos(q - c, text - c') + LEXICAL * coverage + EXACT * exactness
    score(passage) = the same, its cosine blended with that of its best sentence
    score of a sentence = score(sentence) + PARENT * score(its passage)

c and c' are most of the mean passage of the question's and of the text's language. What all texts
of a language have in common says nothing about what they mean, and makes cosines across languages
lower throughout (Mu and Viswanath 2018 for words). The bonus is bounded, since fusing ranks halves
what is found across languages. `coverage` is the share of the question's terms, by weight, that a
text holds; `exactness` says how much is met of what is the same in every language: names, figures,
dates.

Passages of different languages are ordered by how far they stand out in their own: the score of the
runner-up of a language, its second-best article, is taken off. Scores themselves stay as they are.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rag import terms
from rag.catalog import collection_of
from rag.catalog_reader import Candidate, Floats
from rag.index import Index
from rag.schema import Article, Filters, Hit, Question

DENSE = 40  # passages asked of each language
BEST = 40  # passages whose sentences are scored
FEW = 200  # passages that are looked at one and all
MANY = 30_000  # passages that Chroma can be told to choose from; it takes 30 ms then
CENTRE = 0.8  # the share of a language's mean that is taken off
SHRINK = 30  # passages by whose weight a language's mean is drawn to the mean of all
SPREAD = 0.42  # brings centred cosines to the scale of raw ones
SENTENCE = 0.6  # the share of the best sentence in the cosine of a passage
LEXICAL, LEXICAL_ACROSS = 0.084, 0.042
EXACT = 0.04
PARENT = 0.5


@dataclass(frozen=True, slots=True)
class Scorer:
    """What is needed to score any text for one question."""

    question: Question
    vector: Floats  # (d,), raw
    centred: Floats  # (d,)
    centres: Mapping[str, Floats]
    weights: dict[tuple[str, ...], float]

    @classmethod
    def of(cls, question: Question, index: Index) -> Scorer:
        """The scorer of a question over a library."""
        every = [t for group in question.terms for t in group]
        total, frequencies = index.catalog.frequencies(every)
        vector = index.embedder.query(question.text)
        centres = _centres(index.catalog.means(index.embedder.fingerprint), question.language)
        return cls(
            question,
            vector,
            _unit(vector - centres[question.language]),
            centres,
            {g: terms.weight(g, total, frequencies) for g in question.terms},
        )

    def cosines(self, vectors: Floats, language: str) -> Floats:
        """The centred cosines (n,) of vectors (n, d) of texts of a language."""
        found: Floats = _unit(vectors - self.centres[language]) @ self.centred
        return found

    def score(self, cosine: float, language: str, held: Collection[str]) -> float:
        """The score of a text of this centred cosine, language and terms."""
        same = language == self.question.language
        covered = terms.coverage(self.question.terms, held, self.weights)
        exact = terms.exactness(self.question.terms, held, self.weights)
        lexical = (LEXICAL if same else LEXICAL_ACROSS) * covered
        return SPREAD * cosine + lexical + EXACT * exact


@dataclass(frozen=True, slots=True)
class _Scored:
    passage: Candidate
    cosines: Floats  # (1 + n,): of the passage, then of its sentences
    score: float


def search(
    question: Question, index: Index, filters: Filters = Filters(), limit: int = BEST
) -> tuple[Hit, ...]:
    """The best passages, each with its scored sentences; best first, ties by place."""
    scorer = Scorer.of(question, index)
    allowed = index.catalog.allowed(filters, question.as_of)
    scored = [_scored(passage, scorer) for passage in _candidates(scorer, index, allowed)]
    shifts = _runners_up(scored)

    def standing(one: _Scored) -> tuple[float, str, int]:
        shifted = one.score - shifts[one.passage.language]
        return -round(shifted, 6), one.passage.article_id, one.passage.start

    return _hits(sorted(scored, key=standing)[:limit], index, scorer)


def _candidates(scorer: Scorer, index: Index, allowed: frozenset[str] | None) -> list[Candidate]:
    """The passages near to the question in each language, and those that share rare terms."""
    catalog = index.catalog
    keys: set[str] = set()
    among: set[str] = set()
    for language in catalog.languages():
        chosen = None if allowed is None else catalog.keys(language, allowed)
        among.update(chosen or ())
        keys.update(_nearest(scorer, index, language, chosen))
    every = [t for group in scorer.question.terms for t in group]
    matched = catalog.match(every, DENSE if allowed is None else FEW)
    keys.update(key for key in matched if allowed is None or key in among)
    return catalog.candidates(keys, index.embedder.fingerprint, index.embedder.dimension)


def _nearest(
    scorer: Scorer, index: Index, language: str, chosen: list[str] | None
) -> Sequence[str]:
    """Keys of the passages of a language nearest to the question, of the chosen ones (None: all).

    Of more than Chroma can choose from, so many are fetched that enough of them are chosen ones.
    """
    name = collection_of(language)
    if chosen is None:
        return [key for key, _ in index.vectors.search(name, scorer.vector, DENSE)]
    if len(chosen) <= FEW:
        return chosen
    if len(chosen) <= MANY:
        return [key for key, _ in index.vectors.search(name, scorer.vector, DENSE, among=chosen)]
    wanted = DENSE * 2 * index.vectors.count(name) // len(chosen)
    held = set(chosen)
    found = index.vectors.search(name, scorer.vector, wanted)
    return [key for key, _ in found if key in held][:DENSE]


def _scored(passage: Candidate, scorer: Scorer) -> _Scored:
    cosines = scorer.cosines(passage.vectors, passage.language)
    best = float(cosines[1:].max()) if len(cosines) > 1 else float(cosines[0])
    cosine = (1 - SENTENCE) * float(cosines[0]) + SENTENCE * best
    return _Scored(passage, cosines, scorer.score(cosine, passage.language, passage.terms))


def _runners_up(scored: Sequence[_Scored]) -> dict[str, float]:
    """Per language the best score of its second-best article, or the least of all languages'."""
    best: dict[str, dict[str, float]] = {}
    for one in scored:
        articles = best.setdefault(one.passage.language, {})
        name = one.passage.article_id
        articles[name] = max(articles.get(name, one.score), one.score)
    second = {
        language: sorted(articles.values())[-2]
        for language, articles in best.items()
        if len(articles) > 1
    }
    least = min(second.values(), default=0.0)
    return {language: second.get(language, least) for language in best}


def _hits(scored: Sequence[_Scored], index: Index, scorer: Scorer) -> tuple[Hit, ...]:
    articles: dict[str, Article | None] = {}
    for name in {one.passage.article_id for one in scored}:
        articles[name] = index.catalog.article(name)
    within = index.catalog.sentences([one.passage.row for one in scored])
    hits = []
    for one in scored:
        passage, article = one.passage, articles[one.passage.article_id]
        if article is None:
            continue
        sentences = []
        for sentence, cosine in zip(within.get(passage.row, ()), one.cosines[1:], strict=True):
            score = scorer.score(float(cosine), passage.language, sentence.terms)
            total = score + PARENT * one.score
            sentences.append((article.span(sentence.start, sentence.end), total))
        sentences.sort(key=lambda s: (-round(s[1], 6), s[0].start))
        span = article.span(passage.start, passage.end)
        hits.append(Hit(span, passage.language, one.score, float(one.cosines[0]), tuple(sentences)))
    return tuple(hits)


def _centres(means: Mapping[str, tuple[int, Floats]], language: str) -> dict[str, Floats]:
    """Per language what is taken off its vectors, and the same for the question's language."""
    if not means:
        return {language: np.zeros(1, np.float32)}
    total = sum(count for count, _ in means.values())
    every = np.sum([count * mean for count, mean in means.values()], axis=0) / total
    centres = {
        name: CENTRE * (count * mean + SHRINK * every) / (count + SHRINK)
        for name, (count, mean) in means.items()
    }
    return {language: CENTRE * every} | centres


def _unit(vectors: Floats) -> Floats:
    """Vectors at length 1 along the last axis."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    scaled: Floats = (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)
    return scaled
