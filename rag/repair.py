"""The library repaired, by what `checking` found.

The catalog is the record: what Chroma lacks, has too much or has otherwise is sent or deleted
again. An article whose rows do not fit is read again: from its file if that has not changed, else
from its record. Every step may be done twice, so that a repair that was killed is begun again.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rag import actors, ingestion, loading
from rag.checking import CHROMA, Report, compare, strangers
from rag.embeddings import Embedder, open_embedder
from rag.errors import ArticleError
from rag.index import Index, locked
from rag.inspection import ORPHANS, WORDS_REBUILD, Finding
from rag.schema import Article, from_json
from rag.settings import Settings
from rag.stored import collection_of


def repair(settings: Settings, report: Report, embedder: Embedder | None = None) -> tuple[str, ...]:
    """Mend what a report names; gives a line about each thing that was done.

    `embedder` is that of the settings, where it is open already.
    Raises LibraryError where another process has the library open for writing.
    """
    kinds = {one.kind for one in report.findings}
    if "catalog" in kinds:
        return ()  # nothing to repair from
    done = []
    folder = settings.data_dir
    if CHROMA in kinds and settings.chroma_url is None:
        with locked(folder):
            shutil.rmtree(folder / CHROMA, ignore_errors=True)
        done.append("The vectors were given to Chroma anew.")
    embedder = embedder or open_embedder(settings.embeddings, folder / "models")
    index = Index(folder, embedder, write=True, chroma_url=settings.chroma_url)
    try:
        done += _repair_catalog(index, report.findings)
        ingestion.read_again(index, actors.load())
        index.heal()
        done += _repair_chroma(index)
    finally:
        index.close()
    return tuple(done)


def _repair_catalog(index: Index, findings: Sequence[Finding]) -> list[str]:
    kinds = {one.kind for one in findings}
    done = []
    if "words" in kinds:
        index.record.mend(WORDS_REBUILD)
        done.append("The word index was built again.")
    for table, where in ORPHANS.items() if "orphans" in kinds else ():
        index.record.mend(f"delete from {table} where {where}")
    if "means" in kinds:
        index.record.mend("delete from means")
    if rows := [int(row) for row in _subjects(findings, "vocabulary")]:
        statement = "update words set fingerprint='' where id in (select value from json_each(?))"
        index.record.mend(statement, (json.dumps(rows),))
        done.append(f"{len(rows)} words were embedded again.")
    for name in _subjects(findings, "vectors"):
        index.record.mend("update articles set embedded_by=null where id=?", (name,))
        done.append(f"{name} was embedded again.")
    for name in dict.fromkeys((*_subjects(findings, "record"), *_subjects(findings, "article"))):
        done.append(_read_again(index, name))
    return done


def _subjects(findings: Sequence[Finding], kind: str) -> list[str]:
    return [name for one in findings if one.kind == kind for name in one.subjects]


def _read_again(index: Index, name: str) -> str:
    """Read an article again from its file or its record, or take it out where it has neither."""
    record, path, digest = next(
        index.record.rows("select record, path, content_hash from articles where id=?", (name,))
    )
    article, origin = _of_file(path), "its file"
    if article is None or digest != article.content_hash:
        try:
            article, origin = from_json(Article, record), "its record; compare it with its source"
        except ValueError:
            index.take_out(name)
            return f"{name} was lost with its record; ingest it again from {path}."
    entry = ingestion.entry_of(replace(article, id=name), path, actors.load())
    index.put([entry])
    return f"{name} was read again from {origin}."


def _of_file(path: str | None) -> Article | None:
    try:
        return loading.read(Path(path)) if path is not None else None
    except ArticleError:
        return None


def _repair_chroma(index: Index) -> list[str]:
    """Send Chroma what it lacks or has otherwise, and delete what it has too much."""
    found = compare(index)
    for name in index.vectors.names():
        index.vectors.delete(name, strangers(index, name))
    unsearchable = {name for one in found if one.kind == "search" for name in one.subjects}
    for name in unsearchable:
        index.vectors.drop(name)
    keys = {key for one in found if one.kind in ("missing", "other") for key in one.subjects}
    for language in index.catalog.languages():
        every = collection_of(language) in unsearchable
        wanted = [key for key in index.catalog.keys(language) if every or key in keys]
        index.vectors.upsert(collection_of(language), *index.stored_vectors(wanted))
    return [f"Mended in Chroma: {one.text}" for one in found]
