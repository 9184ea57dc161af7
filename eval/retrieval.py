"""The retrieval suite: XQuAD paragraphs in three languages as a library, and its questions.

<q>_<p>_recall5       share of questions asked in q whose paragraph is among the best five of p
<q>_<p>_dense5        the same by the cosine of passages alone, as the embeddings give it
mixed_<q>_<p>_recall5 among the paragraphs of all languages, the answering one only in p
sentence_<kind>_1, _3 the answering sentence is the best, among the best three, of its language
parity_<q>_<p>        recall5 in p within a tenth of p's paragraphs / the same among all
                      paragraphs of the other languages, but for the gold's translations
abstention_<kind>     how well `rag.answerability` tells a question whose paragraph is there
                      from one whose paragraph was taken away (area under the ROC curve)
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from statistics import fmean

from eval import answerability
from eval.metrics import Measure, mean
from eval.suite import Options, Result
from eval.xquad import (
    DATA,
    FOLDER,
    LANGUAGES,
    Query,
    is_present,
    library,
    only,
    pool_of,
    queries,
    without,
)
from rag.assistant import Assistant
from rag.errors import InputError
from rag.retrieval import Pool
from rag.stored import article_of

BEST = 5
TENTH = 10
EVERY = 2  # one question in so many tells answered from unanswered


@dataclass(frozen=True, slots=True)
class Found:
    """What one question found; paragraphs are named by their article ids."""

    ranked: dict[str, list[str]]  # per language
    dense: dict[str, list[str]]
    mixed: dict[str, list[str]]  # all languages, the gold only in this one
    sentences: dict[str, list[tuple[str, str]]]  # (article id, sentence), best first
    alone: dict[str, list[str]]  # within a tenth of the language's paragraphs
    crowded: dict[tuple[str, str], list[str]]  # the same, with all paragraphs of another language


def run(options: Options) -> Result:
    """Asks every question in every language; some minutes, half of them embedding."""
    data = options.data or DATA
    if not is_present(data):
        raise InputError(f"There is no {FOLDER} under {data}; name its folder with --data DIR.")
    asked = queries(data)
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary,
        library(data, options.library or Path(temporary)) as assistant,
    ):
        found = []
        for number, query in enumerate(asked):
            options.progress("retrieval", number, len(asked))
            found.append(find(assistant, query))
        options.progress("retrieval", len(asked), len(asked))
        abstention, curve = answerability.measure(assistant, asked[::EVERY])
    metrics = _passages(asked, found) | _sentences(asked, found) | abstention
    return Result("retrieval", metrics, notes=(f"{len(asked)} questions", *curve))


def find(assistant: Assistant, query: Query) -> Found:
    """Everything that is measured of one question, from one search."""
    pool = pool_of(assistant, query)
    of = {language: only(pool, language) for language in LANGUAGES}
    vector = assistant.index.embedder.query(query.text)
    return Found(
        {language: _ids(part) for language, part in of.items()},
        {
            language: _unique(
                key.partition(":")[0]
                for key, _ in assistant.index.vectors.search(f"passages-{language}", vector, 40)
            )
            for language in LANGUAGES
        },
        {
            language: _ids(
                without(pool, {f"{o}-{query.paragraph}" for o in LANGUAGES if o != language})
            )
            for language in LANGUAGES
        },
        {language: _sentence_order(part) for language, part in of.items()},
        {language: _ids(_crowd(pool, query, language, ())) for language in LANGUAGES},
        {
            (language, other): _ids(_crowd(pool, query, language, (other,)))
            for language, other in product(LANGUAGES, LANGUAGES)
            if language != other
        },
    )


def _crowd(pool: Pool, query: Query, language: str, others: Sequence[str]) -> Pool:
    """A tenth of the paragraphs of a language, the gold among them, and all of other languages.

    The tenth is looked at as a whole, as in a library that has no more of the language.
    """
    number = int(query.paragraph)
    tenth = [
        key
        for key in pool.index.catalog.keys(language)
        if _paragraph(article_of(key)) % TENTH == number % TENTH
    ]
    kept = [
        one
        for one in pool.scored
        if one.passage.language in others and _paragraph(one.passage.article_id) != number
    ]
    return replace(pool, scored=(*pool.over([tenth]).scored, *kept))


def _paragraph(article_id: str) -> int:
    """The number in the name of an article: "en-017"."""
    return int(article_id.split("-")[1])


def _ids(pool: Pool) -> list[str]:
    return _unique(one.passage.article_id for one in pool.ordered())


def _unique(ids: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(ids))


def _sentence_order(pool: Pool) -> list[tuple[str, str]]:
    scored = [
        (-score, s.article_id, s.start, s.text) for h in pool.hits() for s, score in h.sentences
    ]
    return [(article_id, words) for _, article_id, _, words in sorted(scored)]


def _passages(asked: Sequence[Query], found: Sequence[Found]) -> dict[str, Measure]:
    metrics: dict[str, Measure] = {}
    for q, p in product(LANGUAGES, LANGUAGES):
        pairs = [
            (f"{p}-{query.paragraph}", one)
            for query, one in zip(asked, found, strict=True)
            if query.language == q
        ]
        metrics[f"{q}_{p}_recall5"] = mean(float(g in f.ranked[p][:BEST]) for g, f in pairs)
        metrics[f"{q}_{p}_dense5"] = mean(float(g in f.dense[p][:BEST]) for g, f in pairs)
        metrics[f"parity_{q}_{p}_loss"] = _loss(pairs, p)
        metrics[f"mixed_{q}_{p}_recall5"] = mean(float(g in f.mixed[p][:BEST]) for g, f in pairs)
    return metrics


def _loss(pairs: Sequence[tuple[str, Found]], language: str) -> Measure:
    """The loss of recall5 by the other language that costs most."""
    alone = fmean(gold in found.alone[language][:BEST] for gold, found in pairs)
    crowded = [
        fmean(gold in found.crowded[language, other][:BEST] for gold, found in pairs)
        for other in LANGUAGES
        if other != language
    ]
    return Measure(alone - min(crowded), len(pairs))


def _sentences(asked: Sequence[Query], found: Sequence[Found]) -> dict[str, Measure]:
    hits: dict[str, list[float]] = {}
    for query, one in zip(asked, found, strict=True):
        for language in LANGUAGES:
            answers = query.answers.get(language, ())
            kind = "same" if language == query.language else "across"
            gold = f"{language}-{query.paragraph}"
            for best in (1, 3):
                near = one.sentences[language][:best]
                right = any(i == gold and any(a in s for a in answers) for i, s in near)
                hits.setdefault(f"sentence_{kind}_{best}", []).append(float(right))
    return {name: mean(values) for name, values in hits.items()}
