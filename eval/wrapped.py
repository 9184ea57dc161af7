"""An embedder that does what another does; suites override what they watch."""

from __future__ import annotations

from collections.abc import Sequence

from rag.embeddings import Embedder
from rag.encoder import Progress, Vectors


class Wrapped:
    """Passes everything on to the embedder inside."""

    def __init__(self, embedder: Embedder) -> None:
        self.embedder = embedder
        self.fingerprint, self.dimension = embedder.fingerprint, embedder.dimension

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """The vectors of the embedder."""
        return self.embedder.passages(texts, progress)

    def query(self, text: str) -> Vectors:
        """The vector of the embedder."""
        return self.embedder.query(text)

    def words(self, words: Sequence[str]) -> Vectors:
        """The vectors of the embedder."""
        return self.embedder.words(words)

    def close(self) -> None:
        """Close the embedder."""
        self.embedder.close()
