"""The library on disk: catalog and vectors behind one door, one writer at a time.

Order of a write: the catalog commits the rows (pending), the vectors are stored, the mark is
cleared, vectors of replaced rows are dropped. `heal` finishes whatever a kill left open, and gives
every article vectors of the present model.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout

from rag.catalog import Catalog, Entry
from rag.embeddings import Embedder
from rag.errors import LibraryError
from rag.schema import Article
from rag.vectors import Vectors

UNITS = ("passages", "sentences")
# Texts are embedded in groups of about this many, so that batches are full and a kill loses little:
# some ten seconds of work.
GROUP = 1024
# A mean of this many passages differs from the mean of all by less than its use is sensitive to.
SAMPLE = 2000


def in_context(article: Article, text: str) -> str:
    """What is embedded of a passage or sentence: its words, and what the article is about."""
    return text if text.startswith(article.title) else f"{article.title}. {text}"


class Index:
    """One data folder. `write=True` takes the lock of the one writer."""

    def __init__(
        self, folder: Path, embedder: Embedder, *, write: bool, chroma_url: str | None = None
    ) -> None:
        """Open the folder; raises LibraryError where another process is writing to it."""
        if write:
            _make(folder)
        elif not (folder / "catalog.sqlite").exists():
            raise LibraryError(
                f"The library in {folder} is empty; fill it with: python -m rag ingest FOLDER"
            )
        self.embedder = embedder
        self._lock = FileLock(folder / "writer.lock") if write else None
        if self._lock is not None:
            try:
                self._lock.acquire(timeout=0)
            except Timeout as error:
                raise LibraryError(
                    f"Another process is writing to {folder}. Ask through its page or its API, "
                    "stop it first, or run a Chroma server and set RAG_CHROMA_URL."
                ) from error
        try:
            self.catalog = Catalog(folder / "catalog.sqlite", readonly=not write)
            self.vectors = Vectors(folder / "chroma", embedder.fingerprint, chroma_url, write=write)
        except BaseException:
            self._release()
            raise

    def close(self) -> None:
        """Close both stores and free the lock."""
        self.catalog.close()
        self.vectors.close()
        self._release()

    def _release(self) -> None:
        if self._lock is not None:
            self._lock.release()

    def put(self, entry: Entry) -> None:
        """Commit the rows of an article; `heal` gives it its vectors."""
        self.catalog.put(entry)

    def remove(self, article_id: str, *, remember: bool = False) -> None:
        """Take an article out for good."""
        self.catalog.delete(article_id, remember=remember)
        self._sweep()
        self._remember_means()

    def pending_texts(self) -> int:
        """How many texts `heal` would embed."""
        self._notice_lost_vectors()
        ids = self.catalog.pending(self.embedder.fingerprint)
        return sum(map(self.catalog.size_of, ids))

    def heal(self, progress: Callable[[int], None] | None = None) -> None:
        """Embed what is pending, article by article in full groups, then drop stale vectors.

        `progress` is called with the number of texts done since the last call.
        """
        self._notice_lost_vectors()
        waiting = self.catalog.pending(self.embedder.fingerprint)
        group: list[str] = []
        size = 0
        for n, article_id in enumerate(waiting):
            group.append(article_id)
            size += self.catalog.size_of(article_id)
            if size >= GROUP or n == len(waiting) - 1:
                self._embed(group, progress)
                group, size = [], 0
        swept = self._sweep()
        known = self.catalog.means(self.embedder.fingerprint)
        if waiting or swept or set(known) != set(self.catalog.languages()):
            self._remember_means()

    def _embed(self, ids: list[str], progress: Callable[[int], None] | None) -> None:
        rows = [
            (f"{unit}-{article.language}", key, in_context(article, text))
            for article in filter(None, map(self.catalog.article, ids))
            for unit in UNITS
            for key, text in self.catalog.units(unit, article.id)
        ]
        vectors = self.embedder.passages([text for _, _, text in rows])
        for name in sorted({name for name, _, _ in rows}):
            chosen = [i for i, row in enumerate(rows) if row[0] == name]
            self.vectors.upsert(name, [rows[i][1] for i in chosen], vectors[chosen])
        for article_id in ids:
            self.catalog.mark_embedded(article_id, self.embedder.fingerprint)
        if progress is not None:
            progress(len(rows))

    def _remember_means(self) -> None:
        """Per language the mean passage vector, by which scores are centred."""
        for language in self.catalog.languages():
            keys = sorted(self.catalog.keys("passages", language))[:SAMPLE]
            stored = self.vectors.get(f"passages-{language}", keys)
            if stored:
                mean = np.mean([stored[k] for k in sorted(stored)], axis=0)
                self.catalog.set_mean(language, self.embedder.fingerprint, len(stored), mean)

    def _notice_lost_vectors(self) -> None:
        """Where vectors are missing (a deleted folder, another server), embed everything again."""
        if self.catalog.pending(self.embedder.fingerprint):
            return
        stored = sum(
            self.vectors.count(f"{unit}-{language}")
            for unit in UNITS
            for language in self.catalog.languages()
        )
        if stored < self.catalog.size():
            self.catalog.forget_vectors()

    def _sweep(self) -> bool:
        """Drop vectors whose rows are gone; whether there were any."""
        stale = self.catalog.garbage()
        if not stale:
            return False
        for name in sorted({name for name, _ in stale}):
            self.vectors.delete(name, [key for n, key in stale if n == name])
        self.catalog.clear_garbage()
        return True


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LibraryError(
            f"{folder} cannot be a data folder ({error.strerror}); set RAG_DATA_DIR to another."
        ) from error
