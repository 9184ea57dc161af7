"""The library verified: the catalog in itself, and Chroma against the catalog.

Damaged files can crash Chroma, and with it the process that reads them: `care` looks in a process
of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rag.catalog import Catalog
from rag.embeddings import Embedder, open_embedder
from rag.errors import LibraryError
from rag.index import LOCK, Index, locked
from rag.inspection import REPAIR, Finding, inspect, named
from rag.schema import LANGUAGES
from rag.settings import Settings
from rag.stored import Floats, collection_of

BATCH = 1000
# Vectors are sent as they are stored; Chroma gives back what it was sent.
ROUNDING = 1e-3
TRIED = 100  # passages of a language that are searched by their own vectors
FOUND = 0.999  # the cosine at which a vector counts as found
MISSES = 0.02  # the share that an approximate search may miss
CHROMA = "chroma"


@dataclass(frozen=True, slots=True)
class Report:
    """What is wrong, what could not be looked at, and what was mended."""

    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()


def check(settings: Settings, embedder: Embedder | None = None) -> Report:
    """What is wrong with a library, which is only read; another process may write to it.

    `embedder` is that of the settings, where it is open already.
    Raises LibraryError where there is none, EngineError where its embedding model is not there.
    """
    file = settings.data_dir / "catalog.sqlite"
    if not file.exists():
        raise LibraryError(f"There is no library in {settings.data_dir}; name one by --data-dir.")
    notes: tuple[str, ...] = ()
    if _is_open(settings.data_dir):
        notes = ("Another process may write to the library: what it is writing is not seen.",)
    try:
        catalog = Catalog(file, readonly=True)
    except LibraryError as error:
        said, _, mend = str(error).rpartition("; ")
        return Report((Finding("catalog", f"{said}.", mend),), notes)
    with closing(catalog):
        embedder = embedder or open_embedder(settings.embeddings, settings.data_dir / "models")
        found = inspect(catalog, embedder.fingerprint, embedder.dimension)
        size = catalog.size() if all(one.kind != "catalog" for one in found) else 0
    if size:
        found += _of_chroma(settings, embedder)
    busy = tuple(one.text for one in found if one.kind == "busy")
    return Report(tuple(one for one in found if one.kind != "busy"), (*notes, *busy))


def _of_chroma(settings: Settings, embedder: Embedder) -> tuple[Finding, ...]:
    """What is wrong with Chroma, which is only opened where there is one: opening makes one."""
    folder, url = settings.data_dir, settings.chroma_url
    if url is None and not (folder / CHROMA / "chroma.sqlite3").exists():
        return (Finding(CHROMA, "The files of Chroma are gone."),)
    try:
        index = Index(folder, embedder, write=False, chroma_url=url)
    except LibraryError as error:
        return (Finding(CHROMA, str(error), REPAIR if url is None else "see there"),)
    try:
        return compare(index)
    finally:
        index.close()


def _is_open(folder: Path) -> bool:
    if not (folder / LOCK).exists():
        return False
    try:
        locked(folder).release()
    except LibraryError:
        return True
    return False


def findings(index: Index) -> tuple[Finding, ...]:
    """What is wrong with an open library."""
    with index.turn:
        embedder = index.embedder
        found = inspect(index.catalog, embedder.fingerprint, embedder.dimension)
        if any(one.kind == "catalog" for one in found):
            return found
        return (*found, *compare(index))


# --- Chroma against the catalog ----------------------------------------------------------


def compare(index: Index) -> tuple[Finding, ...]:
    """How Chroma differs from the catalog."""
    try:
        return tuple(_differences(index))
    except LibraryError as error:
        return (Finding(CHROMA, str(error)),)


def _differences(index: Index) -> Iterator[Finding]:
    for language in index.catalog.languages():
        name = collection_of(language)
        missing, other = _compared(index, language)
        if missing:
            text = f"Chroma lacks {len(missing)} vectors of {name}: {named(missing)}."
            yield Finding("missing", text, subjects=tuple(missing))
        if other:
            text = f"Chroma has {len(other)} other vectors in {name}: {named(other)}."
            yield Finding("other", text, subjects=tuple(other))
        if not missing and not other and _misses(index, language):
            yield Finding("search", f"Chroma does not find what {name} holds.", subjects=(name,))
    for name in index.vectors.names():
        strange = strangers(index, name)
        if strange:
            text = f"Chroma has {len(strange)} vectors too many in {name}: {named(strange)}."
            yield Finding("strange", text, subjects=tuple(strange))


def _compared(index: Index, language: str) -> tuple[list[str], list[str]]:
    """Keys whose vectors Chroma lacks, and keys under which it has other vectors."""
    name, missing, other = collection_of(language), [], []
    keys = index.catalog.keys(language)
    for i in range(0, len(keys), BATCH):
        batch, vectors = _stored(index, keys[i : i + BATCH])
        held = index.vectors.get(name, batch)
        missing += [key for key in batch if key not in held]
        other += [
            key
            for key, vector in zip(batch, vectors, strict=True)
            if key in held and not _same(vector, held[key])
        ]
    if missing or other:  # of another process, written meanwhile
        present = set(index.catalog.keys(language)) - _noted(index)
        missing, other = ([key for key in some if key in present] for some in (missing, other))
    return missing, other


def _stored(index: Index, keys: Sequence[str]) -> tuple[list[str], Floats]:
    try:
        return index.stored_vectors(keys)
    except ValueError:  # a vector is damaged; `inspect` says of which article
        sound = []
        for key in keys:
            try:
                sound.append(index.stored_vectors([key]))
            except ValueError:
                continue
        if not sound:
            return [], np.empty((0, index.embedder.dimension), np.float32)
        return [key for some, _ in sound for key in some], np.concatenate([v for _, v in sound])


def _same(one: Floats, other: Floats) -> bool:
    return one.shape == other.shape and bool(np.all(np.abs(one - other) < ROUNDING))


def _noted(index: Index) -> set[str]:
    return {str(key) for (key,) in index.catalog.rows("select key from garbage")}


def _misses(index: Index, language: str) -> bool:
    """Whether a search by the vectors of passages does not find them."""
    keys = sorted(index.catalog.keys(language))
    chosen, vectors = _stored(index, keys[:: -(-len(keys) // TRIED)])
    name = collection_of(language)
    found = [index.vectors.search(name, vector, 3) for vector in vectors]
    missed = sum(not hits or hits[0][1] < FOUND for hits in found)
    return missed > MISSES * len(chosen)


def strangers(index: Index, name: str) -> list[str]:
    """Keys of a collection that no passage of its language has."""
    held = set(index.vectors.keys(name))
    if name in map(collection_of, LANGUAGES):
        language = name.removeprefix(collection_of(""))
        held -= set(index.catalog.keys(language))
    return sorted(held - _noted(index)) if held else []
