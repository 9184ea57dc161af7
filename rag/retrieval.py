"""Question to hits: dense search per language, centred vectors, a bounded lexical bonus.

    score(text)    = SPREAD * cos(q - c, text - c') + LEXICAL * coverage + EXACT * exactness
    score(passage) = the same, its cosine blended with that of its best sentence
    score of a sentence = score(sentence) + GRAMS * its share of the question's character n-grams
                          + PARENT * score(its passage)

c and c' are most of the mean passage of the question's and of the text's language. What all texts
of a language have in common says nothing about what they mean, and makes cosines across languages
lower throughout (Mu and Viswanath 2018 for words). The bonus is bounded, since fusing ranks halves
what is found across languages. `coverage` is the share of the question's terms, by weight, that a
text holds; `exactness` says how much is met of what is the same in every language: names, figures,
dates.

Passages of different languages are ordered by how far they stand out in their own: most of the
score of the runner-up of a language, its second-best article, is taken off. Scores themselves do
not change.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np

from rag import centres, grams, terms
from rag.index import Index
from rag.schema import Filters, Hit, Question, Span
from rag.stored import Candidate, Floats, article_of, collection_of
from rag.vocabulary import centred

DENSE = 40  # passages asked of each language
BEST = 40  # passages whose sentences are scored
FEW = 200  # passages that are looked at one and all
LEAST_SHARE = 20  # of one passage in so many and more, the chosen ones are picked from all
MANY = 30_000  # passages that Chroma can be told to choose from; it takes 30 ms then
SPREAD = 0.42  # brings centred cosines to the scale of raw ones
SENTENCE = 0.6  # the share of the best sentence in the cosine of a passage
LEXICAL = 0.084
GRAMS = (0.21, 0.34)  # across languages, within one
EXACT = 0.04
PARENT = 0.8
FEW_ARTICLES = 3  # articles in so many: half of the runner-up's score is that of all languages
RUNNER_UP = 0.95  # of the runner-up's score; all of it would leave the runners-up tied


@dataclass(frozen=True, slots=True)
class Scorer:
    """What is needed to score any text for one question."""

    question: Question
    vector: Floats  # (d,), raw
    centred: Floats  # (d,)
    means: Mapping[str, Floats]  # per language
    weights: dict[tuple[str, ...], float]
    coverage: terms.Coverage

    @classmethod
    def of(cls, question: Question, index: Index) -> Scorer:
        """The scorer of a question over a library."""
        every = [t for group in question.terms for t in group]
        total, frequencies = index.catalog.frequencies(every)
        means = centres.of_texts(index.catalog.means(index.embedder.fingerprint))
        vector = index.ahead.take(index.embedder, question.text)
        weights = {g: terms.weight(g, total, frequencies) for g in question.terms}
        return cls(
            question,
            vector,
            centred(vector, means[question.language]),
            means,
            weights,
            terms.Coverage(question.terms, weights),
        )

    def cosines(self, vectors: Floats, language: str) -> Floats:
        """The centred cosines (n,) of vectors (n, d) of texts of a language."""
        found: Floats = centred(vectors, self.means[language]) @ self.centred
        return found

    def score(self, cosine: float, stored: str) -> float:
        """The score of a text of this centred cosine and these terms, separated by spaces."""
        covered, exact = self.coverage.of(stored)
        return SPREAD * cosine + LEXICAL * covered + EXACT * exact

    def sentence(self, cosine: float, parent: Scored, stored: str, shared: float) -> float:
        """The score of a sentence of a passage; `shared` is its share of the question's n-grams."""
        language = parent.passage.language
        spelled = GRAMS[language == self.question.language] * shared
        return self.score(cosine, stored) + spelled + PARENT * parent.score


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with its score."""

    passage: Candidate
    cosines: Floats  # (1 + n,): of the passage, then of its sentences
    score: float


@dataclass(frozen=True, slots=True)
class Pool:
    """All passages that were looked at for one question, in the order of their places."""

    scorer: Scorer
    index: Index
    scored: tuple[Scored, ...]
    allowed: frozenset[str] | None  # ids of the articles that pass the filters; None: all

    @classmethod
    def of(cls, question: Question, index: Index, filters: Filters = Filters()) -> Pool:
        """The pool of a question over what passes the filters and its as-of date."""
        choice = Choice.of(index, filters, question.as_of)
        matching = _matching(question, index, choice)  # while the question is embedded
        scorer = Scorer.of(question, index)
        # What has been found is read while Chroma searches the rest.
        found = chain([matching], _nearest(scorer, index, choice))
        return cls(scorer, index, (), choice.allowed).over(found)

    def over(self, found: Iterable[Collection[str]]) -> Pool:
        """The same over just the passages of the keys that come, each read once."""
        embedder = self.index.embedder
        known: set[str] = set()
        passages: list[Candidate] = []
        for keys in found:
            passages += self.index.catalog.candidates(
                set(keys) - known, embedder.fingerprint, embedder.dimension
            )
            known.update(keys)
        passages.sort(key=lambda one: (one.article_id, one.start))
        return replace(self, scored=_scored(passages, self.scorer))

    def ordered(self) -> list[Scored]:
        """Best first, by how far a passage stands out in its language; ties by place."""
        shifts = _runners_up(self.scored)

        def standing(one: Scored) -> tuple[float, str, int]:
            shifted = one.score - RUNNER_UP * shifts[one.passage.language]
            return -round(shifted, 6), one.passage.article_id, one.passage.start

        return sorted(self.scored, key=standing)

    def hits(self, limit: int = BEST) -> tuple[Hit, ...]:
        """The best passages with their scored sentences."""
        return _hits(self.ordered()[:limit], self.index, self.scorer)


def search(
    question: Question, index: Index, filters: Filters = Filters(), limit: int = BEST
) -> tuple[Hit, ...]:
    """The best passages, each with its scored sentences; best first, ties by place."""
    return Pool.of(question, index, filters).hits(limit)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a question may find of a library: all, or what passes its filters and as-of date."""

    allowed: frozenset[str] | None  # ids of articles; None: all
    passages: Mapping[str, int]  # of the allowed articles, per language; empty for all

    @classmethod
    def of(cls, index: Index, filters: Filters, as_of: str | None) -> Choice:
        """The choice of these filters."""
        allowed = index.catalog.allowed(filters, as_of)
        return cls(allowed, {} if allowed is None else index.catalog.passing(filters, as_of))

    def picked(
        self, wanted: int, limit: int, fetch: Callable[[int], list[str]], most: float = math.inf
    ) -> list[str]:
        """The allowed ones of the first `limit` keys that `fetch` gives.

        Where those are fewer than `wanted`, more and more are fetched, up to `most` and what there
        is: a filter may go with what the question is about.
        """
        while True:
            keys = fetch(limit)
            found = [k for k in keys if self.allowed is None or article_of(k) in self.allowed]
            if len(found) >= wanted or len(keys) < limit or limit >= most:
                return found
            limit = max(4 * limit, DENSE)


def _matching(question: Question, index: Index, choice: Choice) -> list[str]:
    """Keys of the passages that share rare terms with the question."""
    every = [t for group in question.terms for t in group]
    if choice.allowed is None:
        return index.catalog.match(every, DENSE)
    wanted = min(DENSE, sum(choice.passages.values()))
    return choice.picked(wanted, FEW, lambda limit: index.catalog.match(every, limit))


def _nearest(scorer: Scorer, index: Index, choice: Choice) -> Iterator[Sequence[str]]:
    """Per language the keys of its passages nearest to the question, of the chosen ones."""
    languages = index.catalog.languages()
    if choice.allowed is not None:
        return (_nearest_chosen(scorer, index, language, choice) for language in languages)
    found = index.vectors.search_each(
        [collection_of(language) for language in languages], scorer.vector, DENSE
    )
    return ([key for key, _ in near] for near in found)


def _nearest_chosen(scorer: Scorer, index: Index, language: str, choice: Choice) -> Sequence[str]:
    """Keys of the passages of a language nearest to the question, of the chosen ones.

    Where many are chosen, so many of all are fetched that enough of them are chosen ones; their
    keys are listed only where they are few.
    """
    name = collection_of(language)

    def nearest(limit: int, among: Sequence[str] | None = None) -> list[str]:
        return [key for key, _ in index.vectors.search(name, scorer.vector, limit, among)]

    count = choice.passages.get(language, 0)
    if not count:
        return []
    if count > FEW:
        size = index.catalog.size(language)
        if count > MANY or count * LEAST_SHARE >= size:
            limit = DENSE * max(1, 2 * (size - 1) // count)
            most = size if count > MANY else limit
            near = choice.picked(min(DENSE, count), limit, nearest, most)[:DENSE]
            if len(near) == DENSE or count > MANY:
                return near
    articles = choice.allowed or frozenset()
    chosen = index.catalog.keys(language, articles, index.embedder.fingerprint)
    return chosen if len(chosen) <= FEW else nearest(DENSE, chosen)


def _scored(passages: Sequence[Candidate], scorer: Scorer) -> tuple[Scored, ...]:
    """Passages with their scores, in their order; vectors of a language are compared at once."""
    cosines: dict[int, Floats] = {}
    for language in sorted({passage.language for passage in passages}):
        some = [passage for passage in passages if passage.language == language]
        found = scorer.cosines(np.concatenate([one.vectors for one in some]), language)
        ends = np.cumsum([len(one.vectors) for one in some])[:-1]
        cosines |= {one.row: part for one, part in zip(some, np.split(found, ends), strict=True)}
    return tuple(_score(passage, cosines[passage.row], scorer) for passage in passages)


def _score(passage: Candidate, cosines: Floats, scorer: Scorer) -> Scored:
    best = float(cosines[1:].max()) if len(cosines) > 1 else float(cosines[0])
    cosine = (1 - SENTENCE) * float(cosines[0]) + SENTENCE * best
    return Scored(passage, cosines, scorer.score(cosine, passage.stored))


def _runners_up(scored: Sequence[Scored]) -> dict[str, float]:
    """Per language the best score of its second-best article.

    Of few articles the second best says little, and is low: it is drawn to the highest of all
    languages, the more so the fewer articles there are.
    """
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
    highest = max(second.values(), default=0.0)
    return {
        language: (len(articles) * second.get(language, highest) + FEW_ARTICLES * highest)
        / (len(articles) + FEW_ARTICLES)
        for language, articles in best.items()
    }


def _hits(scored: Sequence[Scored], index: Index, scorer: Scorer) -> tuple[Hit, ...]:
    articles = index.catalog.articles(one.passage.article_id for one in scored)
    within = index.catalog.sentences([one.passage.row for one in scored])
    rows = [
        (one, article, sentence, float(cosine))
        for one in scored
        if (article := articles.get(one.passage.article_id)) is not None
        for sentence, cosine in zip(within.get(one.passage.row, ()), one.cosines[1:], strict=True)
    ]
    texts = [article.text[sentence.start : sentence.end] for _, article, sentence, _ in rows]
    shared = grams.shares(scorer.question.text, texts)
    found: dict[int, list[tuple[Span, float]]] = {}
    for (one, article, sentence, cosine), share in zip(rows, shared, strict=True):
        score = scorer.sentence(cosine, one, sentence.stored, share)
        span = article.span(sentence.start, sentence.end)
        found.setdefault(one.passage.row, []).append((span, score))
    hits = []
    for one in scored:
        passage, article = one.passage, articles.get(one.passage.article_id)
        if article is None:
            continue
        best = sorted(found.get(passage.row, ()), key=lambda s: (-round(s[1], 6), s[0].start))
        span = article.span(passage.start, passage.end)
        cosine = float(one.cosines[0])
        hits.append(Hit(span, passage.language, one.score, cosine, tuple(best), passage.terms))
    return tuple(hits)
