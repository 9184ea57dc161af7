"""The words of an open library with what they mean in its other languages, kept while they stay."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from rag import centres
from rag.catalog_reader import CatalogReader
from rag.embeddings import Embedder
from rag.stored import Floats
from rag.vocabulary import Vocabulary, centred

MOST_KNOWN = 20_000  # words of questions whose translations are remembered


class LibraryWords:
    """The vocabulary of a library, and the translations that questions have asked for."""

    def __init__(self) -> None:
        self._vocabulary: tuple[int, Vocabulary] | None = None
        self._known: dict[tuple[str, str], tuple[str, ...]] = {}  # by language and word

    def vocabulary(self, catalog: CatalogReader, embedder: Embedder) -> Vocabulary:
        """The words of the library, read again when they or their means have changed."""
        last = catalog.words_changed()
        if self._vocabulary is None or self._vocabulary[0] != last:
            rows = catalog.words(embedder.fingerprint, embedder.dimension)
            means = centres.of_words(
                catalog.means(embedder.fingerprint),
                {language: vectors for language, (_, _, vectors) in rows.items()},
            )
            self._vocabulary, self._known = (last, Vocabulary.of(rows, means)), {}
        return self._vocabulary[1]

    def translations(
        self, catalog: CatalogReader, embedder: Embedder, words: Mapping[str, str], language: str
    ) -> dict[str, tuple[str, ...]]:
        """Per stem of the words of a language (stem: word): stems of the other languages.

        A word is embedded and compared with all others when a question first has it.
        """
        vocabulary = self.vocabulary(catalog, embedder)
        if not vocabulary.words.keys() - {language}:
            return {}
        new = {stem: word for stem, word in words.items() if (language, word) not in self._known}
        if new:
            if len(self._known) + len(new) > MOST_KNOWN:
                self._known, new = {}, dict(words)
            vectors = self.vectors(catalog, embedder, new, language)
            found = vocabulary.translations(vectors, language)
            self._known |= {(language, w): t for w, t in zip(new.values(), found, strict=True)}
        return {stem: self._known[language, word] for stem, word in words.items()}

    def vectors(
        self, catalog: CatalogReader, embedder: Embedder, words: Mapping[str, str], language: str
    ) -> Floats:
        """The centred vectors (n, d) of words of a language (stem: word), in their order.

        Those that the library keeps in the same form need not be embedded.
        """
        vocabulary = self.vocabulary(catalog, embedder)
        kept = vocabulary.words.get(language)
        found = {s: kept.vector(s, word) if kept else None for s, word in words.items()}
        new = {stem: words[stem] for stem, vector in found.items() if vector is None}
        if new:
            made = centred(embedder.words(list(new.values())), vocabulary.means[language])
            found |= zip(new, made, strict=True)
        rows = [vector for vector in found.values() if vector is not None]
        return np.stack(rows) if rows else np.empty((0, embedder.dimension), np.float32)
