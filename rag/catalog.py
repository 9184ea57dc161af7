"""The record of the library in SQLite: articles, passages, sentences, claims, lexical index.

What is derived (vectors) points here by key. An article's rows are committed with
`embedded_by` empty; only when its vectors are stored is the model's fingerprint written there, so
a kill at any point leaves an article that is either ready or visibly pending. Keys of vectors that
must go are kept in `garbage` until they are gone.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.errors import LibraryError
from rag.schema import Article, Claim, Filters, Passage, Sentence, Span, from_json, to_json
from rag.tables import SCHEMA, UPGRADE, VERSION, can_upgrade


@dataclass(frozen=True, slots=True)
class ArticleInfo:
    """One line of the library's list."""

    id: str
    title: str
    publisher: str | None
    published: str | None
    language: str
    url: str | None
    passages: int
    claims: int


@dataclass(frozen=True, slots=True)
class Entry:
    """Everything that is stored of one article. `terms` are space-separated lexical terms.

    `claims_by` is the maker of the claims: "rules", or the name of a model extractor.
    """

    article: Article
    path: str | None
    passages: tuple[tuple[Passage, str], ...]
    sentences: tuple[tuple[Sentence, str], ...]
    claims: tuple[tuple[Claim, str], ...]
    claims_by: str = "rules"


def key_of(span: Span) -> str:
    """The key of a span's vector, made of its place and words."""
    words = hashlib.sha256(span.text.encode()).hexdigest()[:12]
    return f"{span.article_id}:{span.start}-{span.end}:{words}"


class Catalog:
    """One SQLite file. Every writing method is one transaction."""

    def __init__(self, path: Path, *, readonly: bool = False) -> None:
        """Open or make the file; raises LibraryError where it is not a catalog of this version."""
        try:
            self._db = sqlite3.connect(path, check_same_thread=False, timeout=30)
            if not readonly:
                self._db.execute("pragma journal_mode=wal")
                self._db.execute("pragma synchronous=normal")
                self._db.executescript(UPGRADE if can_upgrade(self._version()) else SCHEMA)
                self._db.execute("insert or ignore into meta values('version', ?)", (VERSION,))
                self._db.commit()
            version = self._version()
        except sqlite3.DatabaseError as error:
            raise LibraryError(
                f"{path} is damaged or no catalog ({error}); delete the folder and ingest again."
            ) from error
        if can_upgrade(version):
            raise LibraryError(
                f"{path} is of an earlier version; start the app or ingest once, and its articles "
                "are read again."
            )
        if version != VERSION:
            raise LibraryError(f"{path} is of another version; delete the folder and ingest again.")

    def _version(self) -> str | None:
        """The version of the file, or None where there are no tables yet."""
        if not self._db.execute("select 1 from sqlite_master where name='meta'").fetchone():
            return None
        row = self._db.execute("select value from meta where key='version'").fetchone()
        return str(row[0]) if row else None

    def close(self) -> None:
        self._db.close()

    # --- writing -------------------------------------------------------------------------

    def put(self, entry: Entry) -> None:
        """Store an article, replacing what stood under its id; its vectors are then pending."""
        article = entry.article
        with self._db:
            self._delete_rows(article.id)
            self._db.execute(
                "insert into articles values(?,?,?,?,?,?,?,null,?)",
                (
                    article.id,
                    to_json(article),
                    article.language,
                    article.publisher,
                    article.published,
                    article.content_hash,
                    entry.path,
                    entry.claims_by,
                ),
            )
            holders = [(p.start, p.end, key_of(p)) for p, _ in entry.passages]
            self._db.executemany(
                'insert into passages(key, article_id, start, "end", terms) values(?,?,?,?,?)',
                [(key_of(p), article.id, p.start, p.end, terms) for p, terms in entry.passages],
            )
            self._db.executemany(
                'insert into sentences(key, article_id, start, "end", terms, passage)'
                " values(?,?,?,?,?,?)",
                [
                    (key_of(s), article.id, s.start, s.end, terms, _holder(s, holders))
                    for s, terms in entry.sentences
                ],
            )
            self._insert_claims(article.id, entry.claims)
            if entry.path is not None:
                self._db.execute("delete from removed where path=?", (entry.path,))

    def put_claims(
        self, article_id: str, claims: Sequence[tuple[Claim, str]], claims_by: str
    ) -> None:
        """Replace the claims of an article, each with its terms; nothing else of it changes."""
        with self._db:
            self._db.execute("delete from claims where article_id=?", (article_id,))
            self._insert_claims(article_id, claims)
            self._db.execute("update articles set claims_by=? where id=?", (claims_by, article_id))

    def _insert_claims(self, article_id: str, claims: Sequence[tuple[Claim, str]]) -> None:
        self._db.executemany(
            "insert into claims values(?,?,?,?,?,?,?,?)",
            [
                (
                    c.id,
                    article_id,
                    *c.extent,
                    c.form.value == "narrated",
                    c.stance.value,
                    to_json(c),
                    terms,
                )
                for c, terms in claims
            ],
        )

    def unread(self) -> list[tuple[Article, str | None]]:
        """Articles of an earlier version that are to be read again, each with its file."""
        rows = self._db.execute("select record, path from unread order by rowid").fetchall()
        return [(from_json(Article, record), path) for record, path in rows]

    def forget_unread(self) -> None:
        """All of them have been read."""
        with self._db:
            self._db.execute("delete from unread")

    def delete(self, article_id: str, *, remember: bool = False) -> None:
        """Take an article out; with `remember` its file is passed over by later folder ingests."""
        with self._db:
            if remember:
                self._db.execute(
                    "insert or replace into removed select path, id from articles"
                    " where id=? and path is not null",
                    (article_id,),
                )
            self._delete_rows(article_id)

    def _delete_rows(self, article_id: str) -> None:
        for unit in ("passages", "sentences"):
            self._db.execute(
                f"insert into garbage select ?||'-'||a.language, u.key from {unit} u"
                " join articles a on a.id=u.article_id where u.article_id=?",
                (unit, article_id),
            )
            self._db.execute(f"delete from {unit} where article_id=?", (article_id,))
        self._db.execute("delete from claims where article_id=?", (article_id,))
        self._db.execute("delete from articles where id=?", (article_id,))

    def mark_embedded(self, article_id: str, fingerprint: str) -> None:
        with self._db:
            self._db.execute(
                "update articles set embedded_by=? where id=?", (fingerprint, article_id)
            )

    def move(self, article_id: str, path: str) -> None:
        """Note that an unchanged article now comes from another file."""
        with self._db:
            self._db.execute("update articles set path=? where id=?", (path, article_id))

    def garbage(self) -> list[tuple[str, str]]:
        """(collection, key) of vectors whose rows are gone and that no row needs again."""
        found: list[tuple[str, str]] = []
        for unit in ("passages", "sentences"):
            found += self._db.execute(
                f"select collection, key from garbage where collection like '{unit}-%'"
                f" and not exists (select 1 from {unit} u join articles a on a.id=u.article_id"
                f" where u.key=garbage.key and '{unit}-'||a.language=garbage.collection)"
            ).fetchall()
        return found

    def forget_vectors(self) -> None:
        """Mark every article as pending."""
        with self._db:
            self._db.execute("update articles set embedded_by=null")

    def clear_garbage(self) -> None:
        with self._db:
            self._db.execute("delete from garbage")

    def set_mean(
        self, language: str, fingerprint: str, count: int, mean: NDArray[np.float32]
    ) -> None:
        with self._db:
            self._db.execute(
                "insert or replace into means values(?,?,?,?)",
                (language, fingerprint, count, mean.astype("<f4").tobytes()),
            )

    # --- reading -------------------------------------------------------------------------

    def means(self, fingerprint: str) -> dict[str, tuple[int, NDArray[np.float32]]]:
        """Per language: how many passage vectors, and their mean (d,)."""
        rows = self._db.execute(
            "select language, count, mean from means where fingerprint=?", (fingerprint,)
        )
        return {lang: (n, np.frombuffer(blob, "<f4")) for lang, n, blob in rows}

    def sources(self) -> dict[str, tuple[str | None, str]]:
        """Per article id: the file it came from, and its content hash."""
        rows = self._db.execute("select id, path, content_hash from articles")
        return {i: (path, digest) for i, path, digest in rows}

    def claims_by(self) -> dict[str, str]:
        """Per article id: the maker of its claims."""
        return dict(self._db.execute("select id, claims_by from articles"))

    def removed_paths(self) -> set[str]:
        return {path for (path,) in self._db.execute("select path from removed")}

    def pending(self, fingerprint: str) -> list[str]:
        """Ids of articles whose vectors of this model are not all stored."""
        rows = self._db.execute(
            "select id from articles where embedded_by is not ? order by id", (fingerprint,)
        )
        return [i for (i,) in rows]

    def models(self) -> set[str]:
        """Fingerprints of the models whose vectors the articles have."""
        rows = self._db.execute(
            "select distinct embedded_by from articles where embedded_by is not null"
        )
        return {m for (m,) in rows}

    def infos(self) -> tuple[ArticleInfo, ...]:
        """The list of articles, newest first, then by id."""
        rows = self._db.execute(
            "select record, (select count(*) from passages p where p.article_id=a.id),"
            " (select count(*) from claims c where c.article_id=a.id and not narrated)"
            " from articles a order by published is null, published desc, id"
        )
        return tuple(
            ArticleInfo(a.id, a.title, a.publisher, a.published, a.language, a.url, p, c)
            for a, p, c in ((from_json(Article, r), p, c) for r, p, c in rows)
        )

    def article(self, article_id: str) -> Article | None:
        row = self._db.execute("select record from articles where id=?", (article_id,)).fetchone()
        return from_json(Article, row[0]) if row else None

    def languages(self) -> tuple[str, ...]:
        rows = self._db.execute("select distinct language from articles order by language")
        return tuple(lang for (lang,) in rows)

    def allowed(self, filters: Filters, as_of: str | None) -> frozenset[str] | None:
        """Ids of the articles that pass, or None where nothing is filtered.

        `as_of`, `since` and `until` leave undated articles out.
        """
        wheres: list[str] = []
        values: list[str] = []
        for column, chosen in (
            ("language", filters.languages),
            ("publisher", filters.publishers),
            ("id", filters.articles),
        ):
            if chosen:
                wheres.append(f"{column} in ({','.join('?' * len(chosen))})")
                values.extend(chosen)
        for sign, day in ((">=", filters.since), ("<=", filters.until), ("<=", as_of)):
            if day:
                wheres.append(f"published {sign} ?")
                values.append(day)
        if not wheres:
            return None
        rows = self._db.execute(f"select id from articles where {' and '.join(wheres)}", values)
        return frozenset(i for (i,) in rows)

    def count(self) -> int:
        """How many articles there are."""
        return int(self._db.execute("select count(*) from articles").fetchone()[0])

    def units(self, unit: str, article_id: str) -> list[tuple[str, str]]:
        """(key, text) of an article's passages or sentences, in order."""
        rows = self._db.execute(
            f'select u.key, u.start, u."end", a.record from {unit} u'
            " join articles a on a.id=u.article_id where u.article_id=? order by u.start",
            (article_id,),
        ).fetchall()
        if not rows:
            return []
        text = from_json(Article, rows[0][3]).text
        return [(key, text[start:end]) for key, start, end, _ in rows]

    def changes(self) -> int:
        """How many rows this connection has changed: nothing written, nothing changed."""
        return self._db.total_changes

    def size(self) -> int:
        """How many passages and sentences there are, that is, how many vectors there should be."""
        query = "select (select count(*) from passages) + (select count(*) from sentences)"
        return int(self._db.execute(query).fetchone()[0])

    def size_of(self, article_id: str) -> int:
        """How many passages and sentences one article has."""
        query = (
            "select (select count(*) from passages where article_id=?1)"
            " + (select count(*) from sentences where article_id=?1)"
        )
        return int(self._db.execute(query, (article_id,)).fetchone()[0])

    def keys(self, unit: str, language: str) -> list[str]:
        """The keys of all passages or sentences of a language."""
        rows = self._db.execute(
            f"select u.key from {unit} u join articles a on a.id=u.article_id where a.language=?",
            (language,),
        )
        return [k for (k,) in rows]

    def passages(self, keys: Sequence[str]) -> dict[str, tuple[int, int, str, str]]:
        """Per key: start, end, terms, article id; unknown keys are left out."""
        return {
            row[0]: (row[1], row[2], row[3], row[4])
            for row in self._in(
                'select key, start, "end", terms, article_id from passages where key', keys
            )
        }

    def sentences_of(self, keys: Sequence[str]) -> list[tuple[str, str, int, int, str]]:
        """(passage key, key, start, end, terms) of the sentences of these passages, in order."""
        return self._in(
            'select passage, key, start, "end", terms from sentences where passage',
            keys,
            "order by article_id, start",
        )

    def claims(self, article_ids: Iterable[str]) -> tuple[Claim, ...]:
        """The claims of these articles, by article and offset, narrated ones included."""
        return tuple(claim for claim, _ in self.claims_with_terms(article_ids))

    def claims_with_terms(self, article_ids: Iterable[str]) -> list[tuple[Claim, frozenset[str]]]:
        """The same claims, each with the lexical terms of its content."""
        rows = self._in(
            "select record, terms from claims where article_id",
            sorted(set(article_ids)),
            'order by article_id, start, "end", id',
        )
        return [_claim(record, terms) for record, terms in rows]

    def claims_of_stances(
        self, stances: Iterable[str], allowed: frozenset[str] | None
    ) -> list[tuple[Claim, frozenset[str]]]:
        """All claims of these stances, with their terms, in the allowed articles (None: all)."""
        rows = self._in(
            "select record, terms, article_id from claims where stance",
            sorted(stances),
            "order by article_id, start, id",
        )
        return [_claim(r, terms) for r, terms, a in rows if allowed is None or a in allowed]

    def match(self, terms: Sequence[str], limit: int) -> list[str]:
        """Keys of the passages that hold any of the terms, best BM25 first (FTS5)."""
        if not terms:
            return []
        query = " OR ".join('"' + t.replace('"', '""') + '"' for t in terms)
        rows = self._db.execute(
            "select p.key from passages_fts f join passages p on p.id=f.rowid"
            " where passages_fts match ? order by bm25(passages_fts), p.key limit ?",
            (query, limit),
        )
        return [key for (key,) in rows]

    def frequencies(self, terms: Sequence[str]) -> tuple[int, dict[str, int]]:
        """The number of passages, and in how many of them each term occurs."""
        total = self._db.execute("select count(*) from passages").fetchone()[0]
        rows = self._in("select term, doc from passages_vocabulary where term", list(terms))
        return total, dict(rows)

    def _in(self, select: str, values: Sequence[str], tail: str = "") -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = []
        for i in range(0, len(values), 500):  # SQLite's oldest limit on variables is 999
            some = values[i : i + 500]
            rows += self._db.execute(
                f"{select} in ({','.join('?' * len(some))}) {tail}", some
            ).fetchall()
        return rows


@lru_cache(maxsize=20_000)
def _claim(record: str, terms: str) -> tuple[Claim, frozenset[str]]:
    """A stored claim; values are frozen, so that one reading serves many questions."""
    return from_json(Claim, record), frozenset(terms.split())


class Searched:
    """The part of a library that a question may see, by its filters and as-of date."""

    def __init__(self, catalog: Catalog, filters: Filters, as_of: str | None) -> None:
        self._catalog = catalog
        self._allowed = catalog.allowed(filters, as_of)
        self.searched = catalog.count() if self._allowed is None else len(self._allowed)

    def article(self, article_id: str) -> Article | None:
        return self._catalog.article(article_id)

    def claims_of_stances(self, stances: Iterable[str]) -> list[tuple[Claim, frozenset[str]]]:
        return self._catalog.claims_of_stances(stances, self._allowed)


def _holder(sentence: Sentence, holders: list[tuple[int, int, str]]) -> str:
    for start, end, key in holders:
        if start <= sentence.start < end:
            return key
    raise ValueError(f"no passage holds {sentence.start}-{sentence.end} of {sentence.article_id}")
