"""The door to Chroma: one collection for each unit and language, cosine distance, own vectors.

Chroma holds keys and vectors only; texts and filters live in the catalog (metadata filters cost
40 to 200 times an unfiltered search at 100,000 rows, and stored documents halve its speed). An
embedded Chroma corrupts silently when two processes write, so the index locks its folder.

A collection is named `{unit}-{language}-{library}-{model}`: libraries may share a server, and
vectors of two models never lie in one collection.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from rag.errors import InputError, LibraryError

Floats = NDArray[np.float32]
BATCH = 1000
AT_ONCE = 4  # collections that are searched at a time
# None can be changed in the process that has opened a collection, so they are set for good. What
# came after the last multiple of `sync_threshold` is added again when a process opens a collection.
HNSW = {
    "space": "cosine",
    "max_neighbors": 32,
    "ef_construction": 200,
    "ef_search": 1600,
    "sync_threshold": 250,
}
PATIENCE = 60.0  # seconds for one reply of a server; Chroma's own client would wait for ever


class Vectors:
    """Vectors of one library and embedding model.

    Whatever Chroma raises becomes a LibraryError of one line.
    """

    def __init__(
        self,
        folder: Path,
        fingerprint: str,
        url: str | None = None,
        *,
        library: str = "",
        write: bool = True,
    ) -> None:
        """Open the store in `folder`, or a Chroma server at `url`; LibraryError if it fails.

        `library` tells the library from others on the same server. Without `write` nothing is
        created: a reader beside the one writer must not write. InputError for an unusable `url`.
        """
        from chromadb.errors import InternalError, NotFoundError

        self._missing, self._internal = NotFoundError, InternalError
        self._folder, self._url = folder, url
        self._mine = f"-{library}-"
        self._tag = hashlib.sha256(fingerprint.encode()).hexdigest()[:12]
        self._write = write
        self._open: dict[str, Any] = {}
        self._closing = threading.Event()
        self._loading: threading.Thread | None = None
        self._threads: ThreadPoolExecutor | None = None
        address = None if url is None else _address(url)
        with self._reached():
            self._client = _embedded(folder) if address is None else _server(*address)

    @contextmanager
    def _reached(self) -> Iterator[None]:
        """Raises LibraryError for the many unrelated types that Chroma and its client raise."""
        try:
            yield
        except self._missing as error:
            self._open.clear()  # the next call opens them again
            raise LibraryError(
                f"Chroma at {self._url or self._folder} has lost collections of this library; "
                "embed it again with: python -m rag ingest FOLDER"
            ) from error
        except BaseException as error:
            # What Chroma's Rust calls a panic is no Exception: damaged files cause one.
            if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
                raise
            cause = (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
            if self._url is None:
                raise LibraryError(
                    f"Chroma cannot work in {self._folder} ({cause}); check the folder, or delete "
                    "it and ingest again."
                ) from error
            raise LibraryError(
                f"The Chroma server at {self._url} cannot be used ({cause}); start it, or unset "
                "RAG_CHROMA_URL. What was ingested is kept."
            ) from error

    def _collection(self, name: str) -> Any:
        """The collection of this name, or None where there is none and none may be made."""
        if name not in self._open:
            full = f"{name}{self._mine}{self._tag}"
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

    def upsert(self, name: str, keys: Sequence[str], vectors: Floats) -> None:
        """Store vectors (n, d) under keys; storing the same key again replaces it."""
        with self._reached():
            for i in range(0, len(keys), BATCH):
                self._collection(name).upsert(
                    ids=list(keys[i : i + BATCH]), embeddings=vectors[i : i + BATCH]
                )

    def delete(self, name: str, keys: Sequence[str]) -> None:
        """Drop the vectors under these keys; unknown keys do no harm."""
        with self._reached():
            for i in range(0, len(keys), BATCH):
                self._collection(name).delete(ids=list(keys[i : i + BATCH]))

    def drop_other_models(self) -> None:
        """Delete this library's collections of other models, whose vectors are out of date."""
        with self._reached():
            count = self._client.count_collections()
            for name in [c.name for c in self._client.list_collections(limit=count)]:
                ours = self._url is None or self._mine in name
                if ours and not name.endswith(f"{self._mine}{self._tag}"):
                    self._client.delete_collection(name)

    def names(self) -> list[str]:
        """The collections that there are of this library and model."""
        ending = f"{self._mine}{self._tag}"
        with self._reached():
            count = self._client.count_collections()
            listed = [c.name for c in self._client.list_collections(limit=count)]
        return sorted(n.removesuffix(ending) for n in listed if n.endswith(ending))

    def keys(self, name: str) -> list[str]:
        """All keys of a collection, in no order."""
        found: list[str] = []
        with self._reached():
            for i in range(0, self.count(name), BATCH):
                found += self._collection(name).get(limit=BATCH, offset=i, include=[])["ids"]
        return found

    def drop(self, name: str) -> None:
        """Delete a collection; one that there is not does no harm."""
        with self._reached():
            if name in self.names():
                self._client.delete_collection(f"{name}{self._mine}{self._tag}")
            self._open.pop(name, None)

    def count(self, name: str) -> int:
        """How many vectors a collection holds."""
        with self._reached():
            found = self._collection(name)
            return 0 if found is None else int(found.count())

    def load(self, names: Sequence[str]) -> None:
        """Read collections into memory beside, which the first search of each would do."""

        def each() -> None:
            for name in names:
                with suppress(LibraryError):  # the search tells
                    if not self._closing.is_set():
                        self.count(name)

        self._loading = threading.Thread(target=each, name="collections", daemon=True)
        self._loading.start()

    def search(
        self,
        name: str,
        query: Floats,
        limit: int,
        among: Sequence[str] | None = None,
    ) -> list[tuple[str, float]]:
        """(key, cosine) of the nearest vectors to a query (d,), best first, ties by key.

        `among` names the keys to choose from; those that are not there are passed over.
        """
        with self._reached():
            collection = self._collection(name)
            if collection is None or (among is not None and not among):
                return []
            try:
                found = self._query(collection, query, limit, among)
            except self._internal:  # also where one of the keys is missing
                held = self._held(collection, among or ())
                if len(held) == len(among or ()):
                    raise
                if not held:
                    return []
                found = self._query(collection, query, limit, held)
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return sorted(((k, 1.0 - float(d)) for k, d in pairs), key=lambda p: (-p[1], p[0]))

    def search_each(
        self, names: Sequence[str], query: Floats, limit: int
    ) -> Iterator[list[tuple[str, float]]]:
        """What `search` finds in each; at once, since Chroma works outside Python's lock."""
        if self._threads is None:
            self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="search")
        return self._threads.map(lambda name: self.search(name, query, limit), names)

    @staticmethod
    def _query(collection: Any, query: Floats, limit: int, among: Sequence[str] | None) -> Any:
        return collection.query(
            query_embeddings=query[None, :],
            n_results=limit if among is None else min(limit, len(among)),
            include=["distances"],
            ids=None if among is None else list(among),
        )

    @staticmethod
    def _held(collection: Any, keys: Sequence[str]) -> list[str]:
        """Those of the keys that a collection holds."""
        parts = [list(keys[i : i + BATCH]) for i in range(0, len(keys), BATCH)]
        return [key for part in parts for key in collection.get(ids=part, include=[])["ids"]]

    def get(self, name: str, keys: Sequence[str]) -> dict[str, Floats]:
        """The vectors stored under these keys; unknown keys are left out."""
        if not keys:
            return {}
        with self._reached():
            collection = self._collection(name)
            if collection is None:
                return {}
            found = collection.get(ids=list(keys), include=["embeddings"])
        return dict(zip(found["ids"], np.asarray(found["embeddings"], np.float32), strict=True))

    def close(self) -> None:
        """Close the store or the connections; a second time does nothing."""
        self._closing.set()
        if self._loading is not None:
            self._loading.join()
        if self._threads is not None:
            self._threads.shutdown()
        self._client.close()
        for session in _sessions(self._client):
            session.close()  # Chroma leaves its connections to a server open


def _address(url: str) -> tuple[str, int, bool]:
    """Host, port and whether TLS is used; raises InputError for anything else than these."""
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 8000)
    except ValueError:
        parts, port = urlsplit(""), 0
    beside = parts.path.strip("/") or parts.query or parts.fragment or parts.username
    if parts.scheme not in ("http", "https") or not parts.hostname or beside:
        raise InputError(f"RAG_CHROMA_URL={url!r} is not like http://host:8000; correct it.")
    return parts.hostname, port, parts.scheme == "https"


def _settings() -> Any:
    from chromadb.config import Settings  # heavy

    return Settings(anonymized_telemetry=False)


def _embedded(folder: Path) -> Any:
    import chromadb  # heavy

    return chromadb.PersistentClient(str(folder), settings=_settings())


def _server(host: str, port: int, tls: bool) -> Any:
    """A client of a Chroma server that answers."""
    import chromadb  # heavy
    import httpx  # Chroma's own client

    host = f"[{host}]" if ":" in host else host
    place = f"{'https' if tls else 'http'}://{host}:{port}"
    httpx.get(f"{place}/api/v2/heartbeat", timeout=PATIENCE).raise_for_status()
    client = chromadb.HttpClient(place, port, tls, settings=_settings())
    for session in _sessions(client):
        session.timeout = httpx.Timeout(PATIENCE)
    return client


def _sessions(client: Any) -> list[Any]:
    """The HTTP sessions of a server's client, to which there is no public way; none of others."""
    parts = [client, getattr(client, "_admin_client", None)]
    servers = [getattr(part, "_server", None) for part in parts]
    found = [getattr(server, "_session", None) for server in servers]
    return [session for session in found if session is not None]
