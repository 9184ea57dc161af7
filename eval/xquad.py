"""XQuAD (Artetxe et al. 2020): paragraphs in three languages as a library, and its questions.

Read where it is present and never shipped. The library is a real one, made by ingest.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from eval import foundation
from rag import expansion, question
from rag.assistant import Assistant
from rag.retrieval import Pool

DATA = Path(__file__).parents[2] / "shared" / "data"
FOLDER = "xquad"
LANGUAGES = ("en", "de", "ru")


@dataclass(frozen=True, slots=True)
class Query:
    """A question, the number of its paragraph, and the answers in each language."""

    text: str
    language: str
    paragraph: str
    answers: dict[str, tuple[str, ...]]


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


@contextmanager
def library(data: Path, folder: Path) -> Iterator[Assistant]:
    """An assistant over a library of all paragraphs, in this data folder."""
    articles = folder / "xquad"  # the same for a library that is kept
    articles.mkdir(parents=True, exist_ok=True)
    write_articles(data, articles)
    with foundation.opened(folder) as assistant:
        assistant.ingest([articles])
        yield assistant


def pool_of(assistant: Assistant, query: Query) -> Pool:
    """What the assistant looks at for a question."""
    parsed = question.parse(query.text, assistant.actors, query.language)
    return Pool.of(expansion.translated(parsed, assistant.index), assistant.index)


def only(pool: Pool, language: str) -> Pool:
    """The passages of one language."""
    return replace(pool, scored=tuple(s for s in pool.scored if s.passage.language == language))


def without(pool: Pool, articles: set[str]) -> Pool:
    """All passages but those of these articles."""
    kept = (s for s in pool.scored if s.passage.article_id not in articles)
    return replace(pool, scored=tuple(kept))
