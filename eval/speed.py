"""The speed suite: everything in one run on one machine, as ratios wherever that is possible.

    help_seconds            wall time of `python -m rag --help`
    cold_ask_cpu_seconds    processor time of `python -m rag ask`, all threads, in a new process
    cold_ask_imports_torch  1 if such a process has imported torch, else 0
    warm_ask_ratio          an answer / (embedding its question + one vector search)
    ingest_ratio            embedding alone / ingesting the same texts, as throughput: at least
                            0.5 is wanted
    ingest_without_claims_ratio  the same of an ingest that does not look for claims: 0.85
    bulk_over_c_engine      embedding many texts / the bundled C engine, a text at a time: BULK_AMX
                            where the processor has AMX, else BULK

Seconds are of this machine; the ratios may be compared between machines. Medians, with the
lowest and the highest of the run. Needs a POSIX system (processor time of children).
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from unittest import mock

from eval import cases as gold
from eval import foundation
from eval.cases import Case
from eval.metrics import Measure, median, ratio
from eval.suite import Options, Result
from eval.wrapped import Wrapped
from rag import attribution
from rag.assistant import Assistant
from rag.embeddings import BUNDLED, Embedder, open_embedder
from rag.encoder import Progress, Vectors, processor_flags, system_file
from rag.errors import EngineError
from rag.schema import Article

ROOT = Path(__file__).parents[1]
REPEATS = 5
WARM_UP = 3  # questions asked before any is timed
NEAREST = 20
# The corpus is repeated to at least this size, so that opening the stores does not decide.
LEAST_CHARACTERS = 40_000
ROUNDS = 6
LIMIT_SECONDS = 120
BULK, BULK_AMX = 4.0, 8.0
C_TEXTS = 60  # that the C engine embeds, a tenth of a second each
MARK = "torch-imported:"
# Runs `python -m rag …` in a process that says at its end whether torch was imported. A process
# that ends without saying so has proved nothing.
WATCHED = f"""
import atexit, runpy, sys
atexit.register(lambda: print("{MARK}", int("torch" in sys.modules), file=sys.stderr))
sys.argv[0] = "rag"
runpy.run_module("rag", run_name="__main__", alter_sys=True)
"""


def run(options: Options) -> Result:
    """Measures all times. Takes some minutes and wants an otherwise idle machine."""
    cases = gold.load(foundation.CASES)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        folder = options.library or Path(temporary) / "library"
        options.progress("speed", 0, 3)
        with foundation.library(folder) as assistant:
            warm = warm_ratio(assistant, cases)
            articles = [assistant.article(info.id) for info in assistant.articles()]
        options.progress("speed", 1, 3)
        commands = cold(folder, cases)
        options.progress("speed", 2, 3)
        throughput, notes = ingest_ratio(articles, Path(temporary))
    options.progress("speed", 3, 3)
    metrics = {**commands, "warm_ask_ratio": warm[0], **throughput}
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    conditions = f"{cores} processors, Python {sys.version.split()[0]}"
    return Result("speed", metrics, notes=(conditions, warm[1], *notes))


def warm_ratio(assistant: Assistant, cases: Sequence[Case]) -> tuple[Measure, str]:
    """Median over the questions of answer time / (query embedding + one vector search).

    Each question is new to the process when it is answered, and the two times of a question are
    taken one after the other, so that other load on the machine hits both.
    """
    for case in cases[:WARM_UP]:
        _answer(assistant, case)
    timed = cases[WARM_UP:]
    pairs = [
        (_seconds(partial(_answer, assistant, case)), _seconds(partial(_search, assistant, case)))
        for case in timed
    ]
    answers, baselines = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    middle = median(answers).value, median(baselines).value
    note = "warm answer {:.1f} ms, query embedding and search {:.1f} ms (medians)".format(
        *(1000 * (seconds or 0.0) for seconds in middle)
    )
    return ratio(answers, baselines), note


def cold(folder: Path, cases: Sequence[Case]) -> dict[str, Measure]:
    """Times of new processes that read the library in `folder`."""
    questions = [case.question for case in cases[:REPEATS]]
    module = ["-m", "rag"]
    child([*module, "--help"], folder)  # compiles what has changed, once
    helps = [child([*module, "--help"], folder)[0] for _ in range(REPEATS)]
    asks = [child([*module, "ask", question], folder)[1] for question in questions]
    return {
        "help_seconds": median(helps),
        "cold_ask_cpu_seconds": median(asks),
        "cold_ask_imports_torch": Measure(float(imports_torch(folder, questions[0])), 1),
    }


def imports_torch(folder: Path, question: str) -> bool:
    """Whether a process that answers one question imports torch, directly or not."""
    _, _, output = child(["-c", WATCHED, "ask", question], folder)
    told = [line for line in output.splitlines() if line.startswith(MARK)]
    if not told:
        raise EngineError(f"The process did not say what it imported; look at: {output[-400:]}")
    return told[-1].removeprefix(MARK).strip() != "0"


def child(arguments: Sequence[str], folder: Path) -> tuple[float, float, str]:
    """Wall seconds, processor seconds and standard error of a Python process with this library.

    Raises EngineError, with the end of what it printed, where it fails.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment(folder),
        capture_output=True,
        text=True,
        timeout=LIMIT_SECONDS,
        check=False,
    )
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        shown = (done.stderr or done.stdout)[-400:]
        raise EngineError(f"python {' '.join(arguments[-2:])} failed; run it to see why: {shown}")
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, processor, done.stderr


def environment(folder: Path) -> dict[str, str]:
    """The environment of a process that uses the library in this data folder, and no server."""
    kept = {k: v for k, v in os.environ.items() if k != "RAG_CHROMA_URL"}
    return kept | {"RAG_DATA_DIR": str(folder)}


def command_line(
    library: Path, arguments: Sequence[str], lines: str = "", seconds: float = 600
) -> subprocess.CompletedProcess[str]:
    """What `python -m rag` says of this library, given `lines` to read."""
    return subprocess.run(
        [sys.executable, "-m", "rag", *arguments],
        cwd=ROOT,
        env=environment(library),
        input=lines,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )


class Recorder(Wrapped):
    """An embedder that remembers which texts it was given, and how long they took."""

    def __init__(self, embedder: Embedder) -> None:
        super().__init__(embedder)
        self.texts: list[str] = []
        self.seconds = 0.0

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """The vectors of the embedder, timed."""
        started = time.perf_counter()
        vectors = self.embedder.passages(texts, progress)
        self.seconds += time.perf_counter() - started
        self.texts += texts
        return vectors


@dataclass(frozen=True, slots=True)
class Round:
    """Seconds of one ingest, of the embedding within it, and of the same embedding alone.

    `plain` are those of an ingest of the same texts whose claims are not looked for, `c_engine`
    those of some of the texts by the C engine.
    """

    ingest: float
    within: float
    alone: float
    plain: float
    c_engine: float
    texts: int
    characters: int
    c_characters: int


def ingest_ratio(
    articles: Sequence[Article], folder: Path
) -> tuple[dict[str, Measure], tuple[str, ...]]:
    """Throughput of ingesting new articles / throughput of the embedder alone on their texts.

    And that of the embedder / that of the C engine, both with all processors. All are timed in
    turns, in one process whose model is loaded; of each the shortest time counts, because whatever
    else runs on the machine only ever adds time. Throughput is in characters of the texts that are
    embedded, so the ratio is that of the times; lowest and highest are those of single rounds.
    """
    characters = sum(len(article.text) for article in articles)
    copies = -(-LEAST_CHARACTERS // max(1, characters))
    with foundation.opened(folder / "fresh") as assistant:
        assistant.index.embedder.passages([article.title for article in articles])
        rounds = []
        for number in range(ROUNDS):
            corpora = [folder / f"{kind}-{number}" for kind in ("copies", "plain")]
            for corpus in corpora:
                write_copies(articles, corpus, copies, f"-{corpus.name}")
            rounds.append(_round(assistant, *corpora))
    ingest, alone = min(one.ingest for one in rounds), min(one.alone for one in rounds)
    plain, c_engine = min(one.plain for one in rounds), min(one.c_engine for one in rounds)
    first = rounds[0]
    share = sum(one.within for one in rounds) / sum(one.ingest for one in rounds)
    has_amx = "amx_bf16" in processor_flags(system_file("/proc/cpuinfo"))
    scale = first.characters / first.c_characters
    notes = (
        f"{copies} x {len(articles)} articles, {first.texts} texts, {first.characters} characters: "
        f"ingest {first.characters / ingest:.0f}, without claims {first.characters / plain:.0f}, "
        f"embedding alone {first.characters / alone:.0f}, "
        f"C engine {first.c_characters / c_engine:.0f} characters a second",
        f"embedding took {share:.0%} of the time of an ingest",
        f"the processor has {'' if has_amx else 'no '}AMX: at least {BULK_AMX if has_amx else BULK}"
        " times the C engine is wanted",
    )

    def measure(value: float, single: Sequence[float]) -> Measure:
        return Measure(value, ROUNDS, min(single), max(single))

    return {
        "ingest_ratio": measure(alone / ingest, [one.alone / one.ingest for one in rounds]),
        "ingest_without_claims_ratio": measure(
            alone / plain, [one.alone / one.plain for one in rounds]
        ),
        "bulk_over_c_engine": measure(
            scale * c_engine / alone, [scale * one.c_engine / one.alone for one in rounds]
        ),
    }, notes


def _round(assistant: Assistant, corpus: Path, plain: Path) -> Round:
    embedder = assistant.index.embedder
    recorder = assistant.index.embedder = Recorder(embedder)
    ingest = _seconds(lambda: assistant.ingest([corpus]))
    assistant.index.embedder = embedder
    alone = _seconds(lambda: embedder.passages(recorder.texts))
    with mock.patch.object(attribution, "extract", return_value=()):
        without = _seconds(lambda: assistant.ingest([plain]))
    distinct = list(dict.fromkeys(recorder.texts))
    some = distinct[:: max(1, len(distinct) // C_TEXTS)]
    by_engine = open_embedder(BUNDLED, Path())  # a new one: it remembers what it has embedded
    try:
        c_engine = _seconds(lambda: by_engine.words(some))
    finally:
        by_engine.close()
    size = sum(map(len, recorder.texts))
    return Round(
        ingest,
        recorder.seconds,
        alone,
        without,
        c_engine,
        len(recorder.texts),
        size,
        sum(map(len, some)),
    )


def write_copies(articles: Sequence[Article], folder: Path, copies: int, suffix: str = "") -> None:
    """Article files of the same texts, `copies` of each, with ids that end in `suffix`."""
    folder.mkdir(parents=True)
    for article in articles:
        fields = {"title": article.title, "language": article.language}
        if article.published:
            fields["published"] = article.published
        # A JSON string is a YAML string too.
        header = "\n".join(f"{k}: {json.dumps(v)}" for k, v in fields.items())
        body = article.text.removeprefix(article.title).lstrip("\n")
        for number in range(copies):
            path = folder / f"{article.id}-{number}{suffix}.md"
            path.write_text(f"---\n{header}\n---\n{body}\n", encoding="utf-8")


def _answer(assistant: Assistant, case: Case) -> None:
    assistant.ask(case.question, language=case.language, as_of=case.as_of)


def _search(assistant: Assistant, case: Case) -> None:
    index = assistant.index
    vector = index.embedder.query(case.question)
    index.vectors.search(f"passages-{case.language}", vector, NEAREST)


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
