"""The vector of a question, made beside while other things are read for the same question.

The model works outside the interpreter's lock, and takes as long as all words are looked up.
"""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor

from rag.embeddings import Embedder
from rag.stored import Floats


class Ahead:
    """One question at a time that is being embedded."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._thread: ThreadPoolExecutor | None = None
        self._coming: tuple[Embedder, str, Future[Floats]] | None = None

    def start(self, embedder: Embedder, text: str) -> None:
        """Begin to embed a question; what was begun before and not taken is forgotten."""
        with self._turn:
            if self._thread is None:
                self._thread = ThreadPoolExecutor(1, thread_name_prefix="question")
            self._coming = embedder, text, self._thread.submit(embedder.query, text)

    def take(self, embedder: Embedder, text: str) -> Floats:
        """The vector (d,) of a question, begun or not; raises what the embedder raises."""
        with self._turn:
            begun, self._coming = self._coming, None
        if begun is not None and begun[0] is embedder and begun[1] == text:
            return begun[2].result()
        return embedder.query(text)

    def close(self) -> None:
        """End the thread; the next question starts it again."""
        with self._turn:
            ending, self._thread, self._coming = self._thread, None, None
        if ending is not None:
            ending.shutdown()
