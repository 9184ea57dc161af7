"""What is wrong within the catalog: the file, the word index, and article by article.

Everything is read from one snapshot. What cannot be seen from the rows alone: a word that was
changed both in an article's record and in all that is derived from it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from rag import centres
from rag.catalog import Catalog
from rag.errors import LibraryError
from rag.schema import Article, Claim, Span, from_json, spans_of
from rag.stored import STORED, key_of

REBUILD = (
    "take back a backup, or ingest into a new folder: python -m rag ingest FOLDER --data-dir NEW"
)
REPAIR = "python -m rag check --repair"
# Vectors are kept in half precision, which moves the length of a unit vector by less than this.
LENGTH_ERROR = 0.005
SHOWN = 3  # names in one finding

WORDS_CHECK = "insert into passages_fts(passages_fts, rank) values('integrity-check', 1)"
WORDS_REBUILD = "insert into passages_fts(passages_fts) values('rebuild')"
ORPHANS = {
    "passages": "article_id not in (select id from articles)",
    "sentences": "passage not in (select id from passages)",
    "claims": "article_id not in (select id from articles)",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: its kind, in words, and what mends it.

    `subjects` are ids of articles or keys of vectors, where the kind has any.
    """

    kind: str
    text: str
    mend: str = REPAIR
    subjects: tuple[str, ...] = ()


def inspect(catalog: Catalog, fingerprint: str, dimension: int) -> tuple[Finding, ...]:
    """What is wrong with the catalog, for an embedding model of this fingerprint and size."""
    try:
        with catalog.snapshot():
            damage = [row[0] for row in catalog.rows("pragma integrity_check(5)")]
            if damage != ["ok"]:
                text = f"The catalog file is damaged ({'; '.join(damage)[:200]})."
                return (Finding("catalog", text, REBUILD),)
            found = [*_rows(catalog), *_articles(catalog, fingerprint, dimension)]
            found += _means(catalog, fingerprint, dimension)
            found += _vocabulary(catalog, fingerprint, dimension)
        return (*_words(catalog), *found)
    except LibraryError as error:
        return (Finding("catalog", str(error), REBUILD),)


def _words(catalog: Catalog) -> Iterator[Finding]:
    """Whether the word index fits the passages; SQLite wants the right to write for that."""
    try:
        with catalog.snapshot():
            list(catalog.rows(WORDS_CHECK))
    except LibraryError as error:
        if "locked" in str(error):
            yield Finding(
                "busy", "The word index was not looked at: another process writes.", "ask again"
            )
        else:
            yield Finding("words", "The word index does not fit the passages.")


def _rows(catalog: Catalog) -> Iterator[Finding]:
    """Rows that belong to nothing, articles of an earlier version, writes that never ended."""
    for table, where in ORPHANS.items():
        (number,) = next(catalog.rows(f"select count(*) from {table} where {where}"))
        if number:
            yield Finding("orphans", f"{number} {table} belong to no article.")
    (unread,) = next(catalog.rows("select count(*) from unread"))
    if unread:
        yield Finding("unread", f"{unread} articles of an earlier version are to be read again.")
    (noted,) = next(catalog.rows("select count(*) from garbage"))
    if noted:
        text = f"A write of {noted} vectors goes on, or was broken off."
        yield Finding("unfinished", text, f"wait for the writing process, or {REPAIR}")


def _articles(catalog: Catalog, fingerprint: str, dimension: int) -> Iterator[Finding]:
    """What is wrong with articles, one finding a fault."""
    faults: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in catalog.rows("select id from articles order by id"):
        for fault in _Reader(catalog, str(row[0]), fingerprint, dimension).faults():
            faults[fault].append(str(row[0]))
    for (kind, text), ids in faults.items():
        yield Finding(kind, f"{text}: {named(ids)}.", subjects=tuple(ids))


def named(ids: list[str]) -> str:
    """Some of the names, and how many there are."""
    rest = f" and {len(ids) - SHOWN} more" if len(ids) > SHOWN else ""
    return ", ".join(ids[:SHOWN]) + rest


class _Reader:
    """One article and the rows that belong to it."""

    def __init__(self, catalog: Catalog, name: str, fingerprint: str, dimension: int) -> None:
        self._catalog, self._name = catalog, name
        self._fingerprint, self._dimension = fingerprint, dimension

    def faults(self) -> Iterator[tuple[str, str]]:
        """(kind, words) of every fault, each once."""
        query = (
            "select record, language, publisher, published, content_hash, embedded_by"
            " from articles where id=?"
        )
        record, *columns, model = next(self._catalog.rows(query, (self._name,)))
        try:
            article = from_json(Article, record)
        except ValueError:
            yield "record", "The record cannot be read"
            return
        kept = [article.language, article.publisher, article.published, article.content_hash]
        if article.id != self._name or columns != kept:
            yield "article", "The record and its row differ"
        if model != self._fingerprint:
            yield "model", "The vectors are of another embedding model"
        yield from dict.fromkeys((*self._passages(article), *self._claims(article)))

    def _passages(self, article: Article) -> Iterator[tuple[str, str]]:
        query = (
            'select id, key, start, "end", vectors from passages where article_id=? order by start'
        )
        last = number = 0
        for row, key, start, end, blob in self._catalog.rows(query, (self._name,)):
            number += 1
            lies = isinstance(start, int) and isinstance(end, int)
            if not lies or not last <= start < end <= len(article.text):
                yield "article", "A passage does not lie in the text"
                return
            if key != key_of(article.span(start, end)):
                yield "article", "A passage has other words than its key says"
            last = end
            query = 'select start, "end" from sentences where passage=? order by start'
            within = list(self._catalog.rows(query, (row,)))
            if not _in_order(start, within, end):
                yield "article", "A sentence does not lie in its passage"
            if not _is_vectors(blob, 1 + len(within), self._dimension):
                yield "vectors", "A vector is missing, has no length of 1, or is no number"
        if not number:
            yield "article", "There are no passages"

    def _claims(self, article: Article) -> Iterator[tuple[str, str]]:
        query = 'select start, "end", stance, record from claims where article_id=?'
        for start, end, stance, record in self._catalog.rows(query, (self._name,)):
            try:
                claim = from_json(Claim, record)
            except ValueError:
                yield "article", "A claim cannot be read"
                continue
            if (start, end) != claim.extent or stance != claim.stance.value:
                yield "article", "A claim and its row differ"
            if not all(_is_verbatim(span, article) for span in spans_of(claim)):
                yield "article", "A claim has other words than the text"


def _in_order(start: int, within: list[tuple[int, int]], end: int) -> bool:
    """Whether there are sentences, which lie in the passage one behind the other."""
    last = start
    for first, behind in within:
        if not last <= first < behind <= end:
            return False
        last = behind
    return bool(within)


def _is_vectors(blob: object, number: int, dimension: int) -> bool:
    if not isinstance(blob, bytes) or len(blob) != number * dimension * np.dtype(STORED).itemsize:
        return False
    vectors = np.frombuffer(blob, STORED).astype(np.float32).reshape(number, dimension)
    lengths = np.linalg.norm(vectors, axis=1)  # not a number where a vector holds none
    return bool(np.all(np.abs(lengths - 1) < LENGTH_ERROR))


def _is_verbatim(span: Span, article: Article) -> bool:
    inside = 0 <= span.start <= span.end <= len(article.text)
    return (
        inside
        and span.article_id == article.id
        and article.text[span.start : span.end] == span.text
    )


def _means(catalog: Catalog, fingerprint: str, dimension: int) -> Iterator[Finding]:
    """Whether there are the means by which the vectors of texts and words are centred."""
    try:
        means = catalog.means(fingerprint)
    except ValueError:  # bytes that are no numbers
        means = {}
    languages = catalog.languages()
    for name in sorted({*means, *languages, *(centres.neutral_names() if languages else ())}):
        _, mean = means.get(name, (0, np.empty(0)))
        if mean.shape != (dimension,) or not np.isfinite(mean).all():
            yield Finding("means", f"The mean vector {name!r} is missing or damaged.")


def _vocabulary(catalog: Catalog, fingerprint: str, dimension: int) -> Iterator[Finding]:
    """Whether the words of this model have vectors; `heal` embeds those of others."""
    query = "select id, stem, vector from words where fingerprint=? order by id"
    rows = [
        (str(row), str(stem))
        for row, stem, blob in catalog.rows(query, (fingerprint,))
        if not _is_vectors(blob, 1, dimension)
    ]
    if rows:
        text = f"{len(rows)} words have no vector of length 1: {named([s for _, s in rows])}."
        yield Finding("vocabulary", text, subjects=tuple(row for row, _ in rows))
