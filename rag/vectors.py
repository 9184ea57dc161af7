"""The door to Chroma: one collection for each unit and language, cosine distance, own vectors.

Chroma holds keys and vectors only; texts and filters live in the catalog (metadata filters cost
40 to 200 times an unfiltered search at 100,000 rows, and stored documents halve its speed). An
embedded Chroma corrupts silently when two processes write, so the index locks its folder.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import numpy as np
from numpy.typing import NDArray

from rag.errors import InputError, LibraryError

BATCH = 1000
# ef_search cannot be changed in the process that has opened a collection, so it is set for good.
HNSW = {"space": "cosine", "ef_search": 200}


class Vectors:
    """Vectors of one embedding model; other models' vectors lie in other collections."""

    def __init__(
        self, folder: Path, fingerprint: str, url: str | None = None, *, write: bool = True
    ) -> None:
        """Open the store in `folder`, or a Chroma server at `url`; LibraryError if it fails.

        Without `write` nothing is created: a reader beside the one writer must not write.
        """
        import chromadb
        from chromadb.config import Settings as ChromaSettings
        from chromadb.errors import NotFoundError

        self._missing = NotFoundError
        quiet = ChromaSettings(anonymized_telemetry=False)
        self._tag = hashlib.sha256(fingerprint.encode()).hexdigest()[:12]
        self._write = write
        try:
            if url is None:
                self._client: Any = chromadb.PersistentClient(str(folder), settings=quiet)
            else:
                parts = urlparse(url)
                if parts.scheme not in ("http", "https") or not parts.hostname:
                    raise InputError(f"RAG_CHROMA_URL={url!r} is not like http://host:8000.")
                self._client = chromadb.HttpClient(
                    parts.hostname, parts.port or 8000, parts.scheme == "https", settings=quiet
                )
        except InputError:
            raise
        except Exception as error:
            # chromadb raises many unrelated types here; all mean the same to a user.
            place = url or folder
            raise LibraryError(
                f"Chroma cannot be opened at {place} ({error}); check it, or ingest again."
            ) from error
        self._open: dict[str, Any] = {}

    def _collection(self, name: str) -> Any:
        """The collection of this name, or None where there is none and none may be made."""
        if name not in self._open:
            full = f"{name}-{self._tag}"
            # Without embedding_function=None Chroma would download a model of its own.
            if self._write:
                self._open[name] = self._client.get_or_create_collection(
                    full, embedding_function=None, configuration={"hnsw": HNSW}
                )
            else:
                try:
                    self._open[name] = self._client.get_collection(full, embedding_function=None)
                except self._missing:
                    return None
        return self._open[name]

    def upsert(self, name: str, keys: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Store vectors (n, d) under keys; storing the same key again replaces it."""
        for i in range(0, len(keys), BATCH):
            self._collection(name).upsert(
                ids=list(keys[i : i + BATCH]), embeddings=vectors[i : i + BATCH]
            )

    def delete(self, name: str, keys: Sequence[str]) -> None:
        for i in range(0, len(keys), BATCH):
            self._collection(name).delete(ids=list(keys[i : i + BATCH]))

    def count(self, name: str) -> int:
        found = self._collection(name)
        return 0 if found is None else int(found.count())

    def search(self, name: str, query: NDArray[np.float32], limit: int) -> list[tuple[str, float]]:
        """(key, cosine) of the nearest vectors to a query (d,), best first, ties by key."""
        size = self.count(name)
        if size == 0:
            return []
        found = self._collection(name).query(
            query_embeddings=query[None, :], n_results=min(limit, size), include=["distances"]
        )
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return sorted(((k, 1.0 - float(d)) for k, d in pairs), key=lambda p: (-p[1], p[0]))

    def get(self, name: str, keys: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The vectors stored under these keys; unknown keys are left out."""
        collection = self._collection(name)
        if not keys or collection is None:
            return {}
        found = collection.get(ids=list(keys), include=["embeddings"])
        return dict(zip(found["ids"], np.asarray(found["embeddings"], np.float32), strict=True))

    def close(self) -> None:
        close = getattr(self._client, "close", None)
        if close is not None:
            close()
