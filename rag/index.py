"""The library on disk: catalog and vectors behind one door, one writer at a time.

The catalog is the record. Order of a write: texts are embedded, the keys of the vectors to come are
noted, Chroma gets the vectors, and one transaction of the catalog makes the articles visible with
everything that belongs to them; then vectors that no row needs are dropped. A kill at any point
leaves each article as it was or as it is to be; `heal` drops what is left over.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout

from rag import centres, text
from rag.ahead import Ahead
from rag.catalog import Catalog
from rag.embeddings import Embedder
from rag.errors import LibraryError
from rag.library_words import LibraryWords
from rag.schema import Article
from rag.stored import (
    STORED,
    Embedded,
    Entry,
    Floats,
    Word,
    collection_of,
    key_of,
    sentences_of,
    unpacked,
)
from rag.vectors import Vectors
from rag.vocabulary import LIMIT, Vocabulary

# Texts are embedded in groups of about this many: batches are full, a kill loses ten seconds.
GROUP = 1024
LOCK = "writer.lock"

Progress = Callable[[int], None]  # gets the number of texts embedded, from time to time


def in_context(article: Article, words: str) -> str:
    """What is embedded of a passage or sentence: its words, and what the article is about."""
    return words if words.startswith(article.title) else f"{article.title}. {words}"


class Index:
    """One data folder. `write=True` takes the lock of the one writer.

    `catalog` is for questions, and sees what is committed; `turn` is held while a question is
    answered and while a write becomes visible, so that catalog and vectors never disagree.
    """

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
        self.turn = threading.RLock()
        self._writer: Catalog | None = None
        self.words = LibraryWords()
        self.ahead, self._seen = Ahead(), False  # _seen: that Chroma holds vectors
        with ExitStack() as opened:
            if write:
                opened.callback(locked(folder).release)
                self._writer = opened.enter_context(closing(Catalog(folder / "catalog.sqlite")))
            self.catalog = Catalog(folder / "catalog.sqlite", readonly=True)
            opened.callback(self.catalog.close)
            library, mark = self.catalog.library(), embedder.fingerprint
            self.vectors = Vectors(
                folder / "chroma", mark, chroma_url, library=library, write=write
            )
            opened.callback(self.vectors.close)
            opened.callback(embedder.close)
            opened.callback(self.ahead.close)
            self._opened = opened.pop_all()

    @property
    def record(self) -> Catalog:
        """The catalog of the one writer; raises LibraryError where the library is only read."""
        if self._writer is None:
            raise LibraryError("The library is open for reading; open it for writing.")
        return self._writer

    def close(self) -> None:
        """Close both stores and free the lock."""
        self._opened.close()

    # --- writing -------------------------------------------------------------------------

    def put(
        self, entries: Sequence[Entry], progress: Progress | None = None, gone: Sequence[str] = ()
    ) -> None:
        """Embed articles and store them, all or none, each replacing what stood under its id.

        The articles of the ids `gone` are taken out with the same stroke.
        """
        texts, sizes = [], []
        for entry in entries:
            for passage, _ in entry.passages:
                spans = [passage, *(s for s, _ in sentences_of(passage, entry))]
                texts += [in_context(entry.article, span.text) for span in spans]
                sizes.append(len(spans))
        parts = iter(self._embed(texts, sizes, progress))
        made = [Embedded(entry, tuple(next(parts) for _ in entry.passages)) for entry in entries]
        words = self._embed_words(self._new_words(entries))
        with self.turn:
            self.settle()
            for one in made:
                article = one.entry.article
                keys = [key_of(passage) for passage, _ in one.entry.passages]
                self._send(article.language, keys, one.vectors)
            self.record.put(made, words, self.embedder.fingerprint, gone)
            self._sweep()

    def _embed(
        self, texts: Sequence[str], sizes: Sequence[int], progress: Progress | None
    ) -> list[Floats]:
        """The vectors of the texts, cut into parts of these sizes, as they read when stored."""
        vectors = self.embedder.passages(texts, progress).astype(STORED).astype(np.float32)
        return np.split(vectors, np.cumsum(sizes)[:-1]) if sizes else []

    def _send(self, language: str, keys: Sequence[str], vectors: Sequence[Floats]) -> None:
        """Give Chroma the vectors of passages."""
        if not keys:
            return
        name = collection_of(language)
        self.record.expect(name, keys)
        self.vectors.upsert(name, keys, np.stack([found[0] for found in vectors]))

    def _new_words(self, entries: Sequence[Entry]) -> list[tuple[str, str, str]]:
        """(language, stem, form) of the words of articles that are not kept yet, or longer."""
        texts: dict[str, list[str]] = {}
        for entry in entries:
            texts.setdefault(entry.article.language, []).append(entry.article.text)
        new = []
        for language, some in sorted(texts.items()):
            kept = self.record.forms(language)
            room = LIMIT - len(kept)
            for stem, form in sorted(text.forms("\n".join(some), language).items()):
                if stem in kept:
                    better = text.plainness(form) < text.plainness(kept[stem])
                else:
                    better, room = room > 0, room - 1
                if better:
                    new.append((language, stem, form))
        return new

    def _embed_words(self, words: Sequence[tuple[str, str, str]]) -> list[Word]:
        vectors = self.embedder.passages([form for _, _, form in words])
        return [Word(*word, vector) for word, vector in zip(words, vectors, strict=True)]

    def remove(self, article_id: str, *, remember: bool = False) -> None:
        """Take an article out for good."""
        with self.turn:
            self.take_out(article_id, remember=remember)
            self._settle_words()

    def take_out(self, article_id: str, *, remember: bool = False) -> None:
        """The same without a look at words and means: `heal` does it once, after the last."""
        with self.turn:
            self.settle()
            self.record.delete(article_id, remember=remember)
            self._sweep()

    def heal(self, progress: Progress | None = None) -> None:
        """Finish what a kill left open, and give every article vectors of the present model."""
        group: list[str] = []
        size = 0
        waiting = self.record.pending(self.embedder.fingerprint)
        for number, article_id in enumerate(waiting, 1):
            group.append(article_id)
            size += sum(1 + len(inside) for _, _, inside in self.record.stored(article_id))
            if size >= GROUP or number == len(waiting):
                self._embed_again(group, progress)
                group, size = [], 0
        words = self._embed_words(self.record.pending_words(self.embedder.fingerprint))
        if words:
            self.record.put_words(words, self.embedder.fingerprint)
        with self.turn:
            self._restore()
            self.settle()
            self._settle_words()
            self.vectors.drop_other_models()

    def _settle_words(self) -> None:
        """Bring words and means to what the articles hold."""
        self.record.drop_words()
        centres.remember(self.record, self.embedder)

    def settle(self) -> None:
        """Bring Chroma to what the catalog says wherever a write was broken off.

        A key may be noted that a row needs: which vector stands under it is then not known, since a
        passage whose article got another title keeps its key.
        """
        with self.turn:
            needed = self.record.garbage(needed=True)
            for name in sorted({name for name, _ in needed}):
                keys = [key for n, key in needed if n == name]
                self.vectors.upsert(name, *self.stored_vectors(keys))
            self._sweep()

    def waiting(self) -> int:
        """How many texts `heal` would embed."""
        return sum(
            1 + len(inside)
            for article_id in self.record.pending(self.embedder.fingerprint)
            for _, _, inside in self.record.stored(article_id)
        )

    def _embed_again(self, ids: Sequence[str], progress: Progress | None) -> None:
        articles = [article for article in map(self.record.article, ids) if article is not None]
        stored = [(article, *row) for article in articles for row in self.record.stored(article.id)]
        texts = [
            in_context(article, span.text)
            for article, _, passage, inside in stored
            for span in (passage, *inside)
        ]
        parts = self._embed(texts, [1 + len(inside) for *_, inside in stored], progress)
        with self.turn:
            for language in sorted({article.language for article in articles}):
                chosen = [i for i, row in enumerate(stored) if row[0].language == language]
                keys = [key_of(stored[i][2]) for i in chosen]
                self._send(language, keys, [parts[i] for i in chosen])
            rows = [(row, part) for (_, row, *_), part in zip(stored, parts, strict=True)]
            self.record.replace_vectors(ids, rows, self.embedder.fingerprint)

    def _restore(self) -> None:
        """Give Chroma the vectors that it has lost: a deleted folder, another server."""
        for language in self.record.languages():
            name = collection_of(language)
            if self.vectors.count(name) < self.record.size(language):
                self.vectors.upsert(name, *self.stored_vectors(self.record.keys(language)))

    def stored_vectors(self, keys: Sequence[str]) -> tuple[list[str], Floats]:
        """Keys of passages and their vectors (n, d), as the catalog has them."""
        dimension = self.embedder.dimension
        size = dimension * np.dtype(STORED).itemsize
        rows = list(self.catalog.vectors_of(keys, size, self.embedder.fingerprint))
        return [key for key, _ in rows], unpacked(b"".join(blob for _, blob in rows), dimension)

    def vocabulary(self) -> Vocabulary:
        """The words of the library, read again when they or their means have changed."""
        return self.words.vocabulary(self.catalog, self.embedder)

    def has_vectors(self) -> bool:
        """Whether Chroma holds anything of the library: a reader cannot make it again.

        It is asked until it does; a search tells where collections have gone since.
        """
        if not self._seen:
            names = [collection_of(language) for language in self.catalog.languages()]
            self.vectors.load(names)
            self._seen = any(map(self.vectors.count, names))
        return self._seen

    def _sweep(self) -> None:
        """Drop vectors whose rows are gone."""
        if not self.record.has_garbage():
            return
        stale = self.record.garbage()
        for name in sorted({name for name, _ in stale}):
            self.vectors.delete(name, [key for n, key in stale if n == name])
        self.record.clear_garbage()


def locked(folder: Path) -> FileLock:
    """The lock of the one writer, taken; LibraryError where another process has it."""
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise LibraryError(
            f"Another process is writing to {folder}. Ask through its page or its API, "
            "or stop it first."
        ) from error
    return lock


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LibraryError(
            f"{folder} cannot be a data folder ({error.strerror}); set RAG_DATA_DIR to another."
        ) from error
