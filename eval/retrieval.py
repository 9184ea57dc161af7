"""The retrieval suite: XQuAD paragraphs in three languages as a library, and its questions.

    <q>_<p>_recall5       share of questions asked in q whose paragraph is among the best five of p
    <q>_<p>_dense5        the same by the cosine of passages alone, as the embeddings give it
    mixed_<q>_<p>_recall5 among the paragraphs of all languages, the answering one only in p
    sentence_<kind>_1, _3 the answering sentence is the best, among the best three, of its language
    parity_<q>_<p>        the loss of recall5 in p when there are ten times as many articles of
                          another language, the gold's translations not among them

XQuAD (Artetxe et al. 2020) is read where it is present and never shipped. The library is a real
one, made by ingest and asked through `retrieval`.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

from eval import foundation
from eval.metrics import Measure, mean
from eval.suite import Options, Result
from rag import expansion, question
from rag.assistant import Assistant
from rag.errors import InputError
from rag.retrieval import Pool

DATA = Path(__file__).parents[2] / "shared" / "data"
FOLDER = "xquad"
LANGUAGES = ("en", "de", "ru")
BEST = 5


@dataclass(frozen=True, slots=True)
class Query:
    """A question, the number of its paragraph, and the answers in each language."""

    text: str
    language: str
    paragraph: str
    answers: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Found:
    """What one question found; paragraphs are named by their article ids."""

    ranked: dict[str, list[str]]  # per language
    dense: dict[str, list[str]]
    mixed: dict[str, list[str]]  # all languages, the gold only in this one
    sentences: dict[str, list[tuple[str, str]]]  # (article id, sentence), best first


def is_present(data: Path) -> bool:
    """Whether XQuAD lies there."""
    return (data / FOLDER / "passages.jsonl").is_file()


def queries(data: Path, every: int = 1) -> list[Query]:
    """Every n-th question of XQuAD in each language, in the order of the file."""
    lines = (data / FOLDER / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    answers: dict[str, dict[str, tuple[str, ...]]] = {}
    for row in rows:
        answers.setdefault(row["qid"], {})[row["lang"]] = tuple(row["answers"])
    chosen = set(sorted(answers)[::every])
    return [
        Query(
            row["question"],
            row["lang"],
            row["gold_passage_ids"][0].partition(":")[2],
            answers[row["qid"]],
        )
        for row in rows
        if row["qid"] in chosen
    ]


def write_articles(data: Path, folder: Path) -> None:
    """The paragraphs as article files `<language>-<number>.md`, with a title that says nothing."""
    lines = (data / FOLDER / "passages.jsonl").read_text(encoding="utf-8").splitlines()
    for row in map(json.loads, lines):
        name = row["passage_id"].replace(":", "-")
        header = f"---\ntitle: Text\nlanguage: {row['lang']}\n---\n"
        (folder / f"{name}.md").write_text(f"{header}{row['text']}\n", encoding="utf-8")


def run(options: Options) -> Result:
    """Asks every question in every language; some minutes, half of them embedding."""
    data = options.data or DATA
    if not is_present(data):
        raise InputError(f"There is no {FOLDER} under {data}; name its folder with --data DIR.")
    asked = queries(data)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        articles = Path(temporary) / "articles"
        articles.mkdir()
        write_articles(data, articles)
        with foundation.opened(options.library or Path(temporary) / "library") as assistant:
            assistant.ingest([articles])
            found = []
            for number, query in enumerate(asked):
                options.progress("retrieval", number, len(asked))
                found.append(find(assistant, query))
            options.progress("retrieval", len(asked), len(asked))
    metrics = _passages(asked, found) | _sentences(asked, found)
    return Result("retrieval", metrics, notes=(f"{len(asked)} questions",))


def find(assistant: Assistant, query: Query) -> Found:
    """Everything that is measured of one question, from one search."""
    parsed = question.parse(query.text, assistant.actors, query.language)
    parsed = expansion.translated(parsed, assistant.index)
    pool = Pool.of(parsed, assistant.index)
    of = {language: only(pool, language) for language in LANGUAGES}
    vector = assistant.index.embedder.query(parsed.text)
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
    )


def only(pool: Pool, language: str) -> Pool:
    """The passages of one language."""
    return replace(pool, scored=tuple(s for s in pool.scored if s.passage.language == language))


def without(pool: Pool, articles: set[str]) -> Pool:
    """All passages but those of these articles."""
    kept = (s for s in pool.scored if s.passage.article_id not in articles)
    return replace(pool, scored=tuple(kept))


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
        metrics[f"mixed_{q}_{p}_recall5"] = mean(float(g in f.mixed[p][:BEST]) for g, f in pairs)
    return metrics


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
