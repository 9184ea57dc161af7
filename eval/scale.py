"""The scale suite: a library of so many passages, and what it costs to fill and to ask it.

    ingest_passages, ingest_characters   a second, of the articles that are ingested in full
    reference_p50, _p95     ms, embedding a question and one vector search of one language
    retrieval_p50, _p95     ms, from the words of a question to its passages and sentences
    answer_p50, _p95        ms, the whole answer
    retrieval_p50_limit, …  retrieval / the greater of RETRIEVAL times the reference and the
                            reference + RETRIEVAL_MS; at most 1 is wanted
    answer_p50_limit, …     the same of an answer, with ANSWER and ANSWER_MS
    filtered_<by>_p50, …    a retrieval with this filter / one without
    filtered_wrong          passages that did not pass the filter they were found with
    recall_<language>       share of the NEAREST passages by exact search that Chroma finds
    cold_seconds            wall time of a new process from start to its answer
    memory_megabytes        the most that a process which answers a batch of questions held
    disk_megabytes          catalog and Chroma

Every question is asked for the first time when it is timed, alternately for retrieval and for an
answer, with the reference right before or after it: vectors of a question's words are kept by the
product, so that the second look at a question would be faster. What stays warm is what does in a
running server: the model, the pages of both stores, parsed claims and articles. How the library
is made, and what of it is composed: `scale_library`.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from eval import foundation, scale_library
from eval.metrics import Measure, mean, median, ratio
from eval.scale_library import PUBLISHERS, Built
from eval.speed import ROOT, child, environment
from eval.suite import Options, Result
from rag import expansion, question, retrieval
from rag.assistant import Assistant
from rag.errors import EngineError
from rag.schema import Filters, Hit
from rag.stored import collection_of

CASES = Path(__file__).with_name("cases")
DATA = Path(__file__).parents[2] / "shared" / "data"
RETRIEVAL, RETRIEVAL_MS = 1.3, 25.0
ANSWER, ANSWER_MS = 2.0, 60.0
NEAREST = 20
WARM_UP = 40  # questions asked before any is timed: patterns are compiled when first used
MOST_ASKED = 120  # questions
MOST_FILTERED = 24  # of them, each asked with every filter
COLD = 3  # processes
BATCH = 20  # questions of the process whose memory is looked at
FILTERS = {
    "language": Filters(languages=("de",)),
    "dates": Filters(since="2024-07-01", until="2024-12-31"),
    "publisher": Filters(publishers=(PUBLISHERS[0],)),
    "all": Filters(
        languages=("de",), publishers=(PUBLISHERS[0],), since="2024-07-01", until="2024-12-31"
    ),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and its language."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Parts:
    """Milliseconds of one retrieval: reading the question, translating its words, searching."""

    parsing: float
    translation: float
    search: float

    @property
    def whole(self) -> float:
        return self.parsing + self.translation + self.search


def run(options: Options) -> Result:
    """Builds the library, or takes one that `--library` holds already, and measures it."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        folder = options.library or Path(temporary) / "library"
        with foundation.opened(folder) as assistant:
            built = _built(assistant, options)
        with foundation.opened(folder) as assistant:
            notes, metrics = measure(assistant, questions(), options)
        metrics |= _processes(folder, questions())
    if built is not None:
        line, throughput = _ingested(built)
        notes, metrics = (line, *notes), throughput | metrics
    return Result("scale", metrics, notes=notes, absent=() if built else ("ingest_",))


def questions() -> list[Asked]:
    """The questions of the cases and the near misses, each once, in a fixed mixed order."""
    found: dict[str, Asked] = {}
    for path in sorted(CASES.glob("*.jsonl")):
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            if row.get("question"):  # a file may hold conversations, or sentences without one
                found.setdefault(row["question"], Asked(row["question"], row["language"]))
    return random.Random(1).sample(list(found.values()), len(found))


def _built(assistant: Assistant, options: Options) -> Built | None:
    """What was built, or None where the library is there already."""
    if assistant.index.catalog.size():
        return None
    data = options.data or DATA
    return scale_library.build(
        assistant,
        options.passages,
        data if data.is_dir() else None,
        lambda done: options.progress("building", done, options.passages),
    )


def measure(
    assistant: Assistant, asked: Sequence[Asked], options: Options
) -> tuple[tuple[str, ...], dict[str, Measure]]:
    """All that is measured in one process: times and recall."""
    for one in asked[:WARM_UP]:
        assistant.ask(one.text)
    asked = asked[WARM_UP : WARM_UP + MOST_ASKED]
    options.progress("asking", 0, 3)
    metrics, parts = _times(assistant, asked)
    options.progress("asking", 1, 3)
    metrics |= _filtered(assistant, asked[:MOST_FILTERED])
    options.progress("asking", 2, 3)
    metrics |= _recall(assistant, asked)
    options.progress("asking", 3, 3)
    size = assistant.index.catalog.size()
    middle = [
        median([getattr(part, name) for part in parts]).value or 0.0
        for name in ("parsing", "translation", "search")
    ]
    notes = (
        f"{size} passages of {assistant.index.catalog.count()} articles, {len(asked)} questions",
        "retrieval, medians: reading the question {:.1f}, translating its words {:.1f}, "
        "searching {:.1f} ms".format(*middle),
    )
    return notes, metrics


def _times(assistant: Assistant, asked: Sequence[Asked]) -> tuple[dict[str, Measure], list[Parts]]:
    """Retrieval and answers by turns, each beside the reference."""
    parts: list[Parts] = []
    times: dict[str, list[float]] = {"retrieval": [], "answer": []}
    references: dict[str, list[float]] = {"retrieval": [], "answer": []}
    for number, one in enumerate(asked):
        kind = ("retrieval", "answer")[number % 2]
        if number // 2 % 2:
            references[kind].append(_milliseconds(partial(_reference, assistant, one)))
        if kind == "answer":
            times[kind].append(_milliseconds(partial(assistant.ask, one.text)))
        else:
            parts.append(_retrieve(assistant, one)[0])
            times[kind].append(parts[-1].whole)
        if not number // 2 % 2:
            references[kind].append(_milliseconds(partial(_reference, assistant, one)))
    metrics = _both("reference", [*references["retrieval"], *references["answer"]])
    for kind, factor, more in (
        ("retrieval", RETRIEVAL, RETRIEVAL_MS),
        ("answer", ANSWER, ANSWER_MS),
    ):
        metrics |= _both(kind, times[kind])
        for share in (50, 95):
            base = _percentile(references[kind], share)
            limit = max(factor * base, base + more)
            value = _percentile(times[kind], share) / limit
            metrics[f"{kind}_p{share}_limit"] = Measure(value, len(times[kind]))
        metrics[f"{kind}_ratio"] = ratio(times[kind], references[kind])
    return metrics, parts


def _reference(assistant: Assistant, one: Asked) -> None:
    """One query embedding and one vector search, as a plain retriever has them."""
    vector = assistant.index.embedder.query(one.text)
    assistant.index.vectors.search(collection_of(one.language), vector, NEAREST)


def _retrieve(
    assistant: Assistant, one: Asked, filters: Filters = Filters()
) -> tuple[Parts, tuple[Hit, ...]]:
    """The steps of `Assistant.search`, each with its time."""
    marks = [time.perf_counter()]
    with assistant.index.turn, assistant.index.catalog.snapshot():
        parsed = question.parse(one.text, assistant.actors)
        marks.append(time.perf_counter())
        parsed = expansion.translated(parsed, assistant.index)
        marks.append(time.perf_counter())
        hits = retrieval.search(parsed, assistant.index, filters)
        marks.append(time.perf_counter())
    parsing, translation, searching = np.diff(marks) * 1000
    return Parts(float(parsing), float(translation), float(searching)), hits


def _filtered(assistant: Assistant, asked: Sequence[Asked]) -> dict[str, Measure]:
    """The search of each question without filters and with each of them, one after the other."""
    times: dict[str, list[float]] = {name: [] for name in ("none", *FILTERS)}
    wrong = 0
    for one in asked:
        for name, filters in {"none": Filters(), **FILTERS}.items():
            parts, hits = _retrieve(assistant, one, filters)
            times[name].append(parts.whole)
            wrong += sum(not _passes(assistant, hit, filters) for hit in hits)
    metrics = {"filtered_wrong": Measure(float(wrong), len(asked) * len(FILTERS))}
    for name in FILTERS:
        for share in (50, 95):
            value = _percentile(times[name], share) / _percentile(times["none"], share)
            metrics[f"filtered_{name}_p{share}"] = Measure(value, len(asked))
    return metrics


def _passes(assistant: Assistant, hit: Hit, filters: Filters) -> bool:
    """Whether a hit's article is one of those that the filters let through."""
    article = assistant.article(hit.passage.article_id)
    day = article.published or ""
    return (
        (not filters.languages or article.language in filters.languages)
        and (not filters.publishers or article.publisher in filters.publishers)
        and (filters.since or "") <= day <= (filters.until or "9")
    )


def _recall(assistant: Assistant, asked: Sequence[Asked]) -> dict[str, Measure]:
    """Per language: what share of the nearest passages Chroma finds, over all questions."""
    index = assistant.index
    queries = np.stack([index.embedder.query(one.text) for one in asked])
    found = {}
    for language in index.catalog.languages():
        keys, vectors = index.stored_vectors(index.catalog.keys(language))
        scores = queries @ vectors.T
        shares = []
        for query, row in zip(queries, scores, strict=True):
            exact = {keys[i] for i in np.argsort(-row)[:NEAREST]}
            near = index.vectors.search(collection_of(language), query, NEAREST)
            shares.append(len(exact & {key for key, _ in near}) / len(exact))
        found[f"recall_{language}"] = mean(shares)
    return found


def _processes(folder: Path, asked: Sequence[Asked]) -> dict[str, Measure]:
    """What new processes cost that read the library: time to the first answer, and memory."""
    command = ["-m", "rag", "ask"]
    child([*command, asked[0].text], folder)  # compiles what has changed, once
    cold = [child([*command, one.text], folder)[0] for one in asked[1 : 1 + COLD]]
    files = [path for path in folder.glob("catalog.sqlite*") if path.is_file()]
    files += [path for path in (folder / "chroma").rglob("*") if path.is_file()]
    disk = sum(path.stat().st_size for path in files) / 2**20
    return {
        "cold_seconds": median(cold),
        "memory_megabytes": Measure(_memory(folder, asked[-BATCH:]), 1),
        "disk_megabytes": Measure(disk, 1),
    }


def _memory(folder: Path, asked: Sequence[Asked]) -> float:
    """Megabytes that a process held at the most while it answered a batch of questions."""
    lines = "".join(json.dumps({"question": one.text}) + "\n" for one in asked)
    with tempfile.TemporaryFile() as given:
        given.write(lines.encode())
        given.seek(0)
        process = subprocess.Popen(
            [sys.executable, "-m", "rag", "ask", "--batch", "-"],
            cwd=ROOT,
            env=environment(folder),
            stdin=given,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise EngineError("python -m rag ask --batch failed; run it with this library to see why.")
    unit = 2**20 if sys.platform == "darwin" else 2**10  # bytes there, kilobytes here
    return float(usage.ru_maxrss / unit)


def _ingested(built: Built) -> tuple[str, dict[str, Measure]]:
    """What was built in words, and the throughput of what was ingested in full."""
    seconds, made = max(built.real_seconds, 1e-9), built.passages - built.real_passages
    distinct = ", ".join(f"{language} {n}" for language, n in sorted(built.sentences.items()))
    line = (
        f"{built.real_passages} passages ingested in full, embedding took "
        f"{built.embedding_seconds / seconds:.0%} of the time; {made} composed of their sentences "
        f"(claims and terms moved, vectors the mean of sentences' with noise), stored at "
        f"{made / max(built.stored_seconds, 1e-9):.0f} a second; distinct sentences: {distinct}"
    )
    return line, {
        "ingest_passages": Measure(built.real_passages / seconds, built.real_passages),
        "ingest_characters": Measure(built.real_characters / seconds, built.real_passages),
    }


def _both(name: str, values: Sequence[float]) -> dict[str, Measure]:
    return {
        f"{name}_p{share}": Measure(_percentile(values, share), len(values)) for share in (50, 95)
    }


def _percentile(values: Sequence[float], share: int) -> float:
    return float(np.percentile(values, share))


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - started)
