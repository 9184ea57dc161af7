"""The record of the library in SQLite: articles, passages with vectors, sentences, claims, terms.

Articles are committed with everything that belongs to them, vectors included, so that a kill at any
point leaves each of them whole or not there. Chroma holds copies of the passages' vectors under
keys. The keys of vectors that may have to go are kept in `garbage` until they are gone; those of
vectors that are about to come are noted there before.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from rag.catalog_reader import CatalogReader
from rag.errors import LibraryError
from rag.schema import Claim, Span, to_json
from rag.stored import Embedded, Floats, Word, key_of, packed, sentences_of
from rag.tables import PLACES, SCHEMA, UPGRADE, VERSION, can_upgrade


class Catalog(CatalogReader):
    """One SQLite file. Every writing method is one transaction."""

    def __init__(self, path: Path, *, readonly: bool = False) -> None:
        """Open or make the file; raises LibraryError where it is not a catalog of this version."""
        try:
            super().__init__(sqlite3.connect(path, check_same_thread=False, timeout=30))
            with ExitStack() as failed:
                failed.callback(self.close)
                if not readonly:
                    self._make()
                _check_version(path, self._version())
                self._db.execute(PLACES)
                failed.pop_all()
        except sqlite3.DatabaseError as error:
            raise LibraryError(
                f"{path} is damaged or no catalog ({error}); take back a backup, or ingest into a "
                "new folder: python -m rag ingest FOLDER --data-dir NEW"
            ) from error

    def _make(self) -> None:
        self._db.execute("pragma journal_mode=wal")
        self._db.execute("pragma synchronous=full")  # what was acknowledged survives a power cut
        self._db.executescript(UPGRADE if can_upgrade(self._version()) else SCHEMA)
        self._db.execute("insert or ignore into meta values('version', ?)", (VERSION,))
        self._db.execute("insert or ignore into meta values('library', lower(hex(randomblob(8))))")
        self._db.commit()

    def _version(self) -> str | None:
        """The version of the file, or None where there are no tables yet."""
        if not self._db.execute("select 1 from sqlite_master where name='meta'").fetchone():
            return None
        row = self._db.execute("select value from meta where key='version'").fetchone()
        return str(row[0]) if row else None

    # --- articles ------------------------------------------------------------------------

    def put(
        self,
        made: Sequence[Embedded],
        words: Sequence[Word],
        fingerprint: str,
        gone: Sequence[str] = (),
    ) -> None:
        """Store articles and words, all or none, replacing what stood there.

        The `gone` ids go before: one of them may have been taken by another file.
        """
        with self._db:
            for article_id in gone:
                self._delete_rows(article_id)
            self._put_words(words, fingerprint)
            for one in made:
                self._put(one, fingerprint)

    def _put(self, made: Embedded, fingerprint: str) -> None:
        entry, article = made.entry, made.entry.article
        self._delete_rows(article.id)
        self._db.execute(
            "insert into articles values(?,?,?,?,?,?,?,?,?)",
            (
                article.id,
                article.language,
                article.publisher,
                article.published,
                article.content_hash,
                entry.path,
                fingerprint,
                entry.claims_by,
                to_json(article),
            ),
        )
        for (passage, terms), vectors in zip(entry.passages, made.vectors, strict=True):
            row = self._db.execute(
                'insert into passages(key, article_id, start, "end", terms, vectors)'
                " values(?,?,?,?,?,?)",
                (key_of(passage), article.id, passage.start, passage.end, terms, packed(vectors)),
            ).lastrowid
            self._db.executemany(
                "insert into sentences values(?,?,?,?)",
                [(row, s.start, s.end, terms) for s, terms in sentences_of(passage, entry)],
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
        self._db.execute(
            "insert or ignore into meta select 'articles gone', '' from articles where id=?",
            (article_id,),
        )
        self._db.execute(
            "insert into garbage select 'passages-'||a.language, p.key from passages p"
            " join articles a on a.id=p.article_id where p.article_id=?",
            (article_id,),
        )
        self._db.execute(
            "delete from sentences where passage in (select id from passages where article_id=?)",
            (article_id,),
        )
        for table in ("passages", "claims"):
            self._db.execute(f"delete from {table} where article_id=?", (article_id,))
        self._db.execute("delete from articles where id=?", (article_id,))

    def move(self, article_id: str, path: str) -> None:
        """Note that an unchanged article now comes from another file."""
        with self._db:
            self._db.execute("update articles set path=? where id=?", (path, article_id))

    def forget_unread(self) -> None:
        """All articles of an earlier version have been read."""
        with self._db:
            self._db.execute("delete from unread")

    # --- what an ingest asks -------------------------------------------------------------

    def sources(self) -> dict[str, tuple[str | None, str]]:
        """Per article id: the file it came from, and its content hash."""
        rows = self._db.execute("select id, path, content_hash from articles")
        return {i: (path, digest) for i, path, digest in rows}

    def claims_by(self) -> dict[str, str]:
        """Per article id: the maker of its claims."""
        return dict(self._db.execute("select id, claims_by from articles"))

    def removed_paths(self) -> set[str]:
        """The files whose articles were removed, and not named since."""
        return {path for (path,) in self._db.execute("select path from removed")}

    def changes(self) -> int:
        """How many rows this connection has changed: nothing written, nothing changed."""
        return int(self._db.total_changes)

    # --- vectors -------------------------------------------------------------------------

    def pending(self, fingerprint: str) -> list[str]:
        """Ids of the articles whose vectors are of another model."""
        rows = self._db.execute(
            "select id from articles where embedded_by is not ? order by id", (fingerprint,)
        )
        return [i for (i,) in rows]

    def stored(self, article_id: str) -> list[tuple[int, Span, list[Span]]]:
        """(row, passage, its sentences) of an article, in order."""
        article = self.article(article_id)
        if article is None:
            return []
        rows = self._db.execute(
            'select id, start, "end" from passages where article_id=? order by start', (article_id,)
        ).fetchall()
        within = self.sentences([row for row, _, _ in rows])
        return [
            (
                row,
                article.span(start, end),
                [article.span(s.start, s.end) for s in within.get(row, ())],
            )
            for row, start, end in rows
        ]

    def replace_vectors(
        self, articles: Sequence[str], vectors: Sequence[tuple[int, Floats]], fingerprint: str
    ) -> None:
        """Store other vectors of these articles, by row of their passages, all or none."""
        with self._db:
            self._db.executemany(
                "update passages set vectors=? where id=?",
                [(packed(found), row) for row, found in vectors],
            )
            self._db.executemany(
                "update articles set embedded_by=? where id=?",
                [(fingerprint, article_id) for article_id in articles],
            )

    def vectors_of(
        self, keys: Sequence[str], size: int, fingerprint: str
    ) -> Iterator[tuple[str, bytes]]:
        """(key, packed vector) of passages embedded by this model, `size` bytes of each."""
        query = (
            "select p.key, p.vectors from passages p join articles a on a.id=p.article_id"
            " where +a.embedded_by=? and p.key"
        )
        for key, blob in self._in(query, keys, first=(fingerprint,)):
            yield key, blob[:size]

    # --- words ---------------------------------------------------------------------------

    def forms(self, language: str) -> dict[str, str]:
        """Per stem of a language: the form that is kept."""
        return dict(self._db.execute("select stem, form from words where language=?", (language,)))

    def pending_words(self, fingerprint: str) -> list[tuple[str, str, str]]:
        """(language, stem, form) of the words whose vectors are of another model."""
        rows = self._db.execute(
            "select language, stem, form from words where fingerprint is not ?"
            " order by language, stem",
            (fingerprint,),
        )
        return list(rows)

    def put_words(self, words: Sequence[Word], fingerprint: str) -> None:
        """Store words, all or none, each replacing what stood under its stem."""
        with self._db:
            self._put_words(words, fingerprint)

    def drop_words(self) -> None:
        """Drop the words whose stem no passage holds, if articles have gone since the last time."""
        with self._db:
            if not self._db.execute("delete from meta where key='articles gone'").rowcount:
                return
            dropped = self._db.execute(
                "delete from words where stem not in (select term from passages_vocabulary)"
            )
            if dropped.rowcount:
                self._count_change()

    def _count_change(self) -> None:
        """Tell those who have read the words or the means that they are out of date."""
        self._db.execute(
            "insert into meta values('words', 1) on conflict(key) do update set value=value+1"
        )

    def _put_words(self, words: Sequence[Word], fingerprint: str) -> None:
        if words:
            self._count_change()
        self._db.executemany(
            "insert or replace into words(language, stem, form, fingerprint, vector)"
            " values(?,?,?,?,?)",
            [(w.language, w.stem, w.form, fingerprint, packed(w.vector)) for w in words],
        )

    # --- what goes to Chroma -------------------------------------------------------------

    def expect(self, collection: str, keys: Iterable[str]) -> None:
        """Note vectors that are about to be stored, so that they go again if no row needs them."""
        with self._db:
            self._db.executemany("insert into garbage values(?,?)", [(collection, k) for k in keys])

    def has_garbage(self) -> bool:
        """Whether any vectors are noted."""
        return self._db.execute("select 1 from garbage limit 1").fetchone() is not None

    def garbage(self, *, needed: bool = False) -> list[tuple[str, str]]:
        """(collection, key) of noted vectors that no row needs, or of those that a row needs."""
        rows = self._db.execute(
            "select distinct collection, key from garbage where (? = exists (select 1 from"
            " passages p join articles a on a.id=p.article_id where p.key=garbage.key"
            " and 'passages-'||a.language=garbage.collection)) order by collection, key",
            (int(needed),),
        )
        return list(rows)

    def clear_garbage(self) -> None:
        """All of it has been dropped."""
        with self._db:
            self._db.execute("delete from garbage")

    def sample(self, language: str, limit: int, size: int) -> list[bytes]:
        """The packed vectors, `size` bytes each, of up to `limit` passages of a language.

        They are in the order of the passages' keys.
        """
        rows = self._db.execute(
            "select substr(p.vectors, 1, ?) from passages p join articles a on a.id=p.article_id"
            " where a.language=? order by p.key limit ?",
            (size, language, limit),
        )
        return [blob for (blob,) in rows]

    def set_means(self, fingerprint: str, means: dict[str, tuple[int, Floats]]) -> None:
        """Per name how many texts, and their mean vector (d,); replaces all others."""
        with self._db:
            self._count_change()
            self._db.execute("delete from means")
            self._db.executemany(
                "insert into means values(?,?,?,?)",
                [
                    (name, fingerprint, count, mean.astype("<f4").tobytes())
                    for name, (count, mean) in means.items()
                ],
            )

    def mend(self, statement: str, values: tuple[str, ...] = ()) -> None:
        """Run one statement of a repair; raises LibraryError where the file is too damaged."""
        try:
            with self._db:
                self._db.execute(statement, values)
        except sqlite3.DatabaseError as error:
            raise LibraryError(f"The catalog cannot be repaired ({error}).") from error


def _check_version(path: Path, version: str | None) -> None:
    """Raises LibraryError, with what to do, for any version but the present one."""
    if version is None:
        raise LibraryError(
            f"{path} is empty or damaged; take back a backup, or ingest again: "
            "python -m rag ingest FOLDER"
        )
    if can_upgrade(version):
        raise LibraryError(
            f"{path} is of an earlier version; start the app or ingest once, and its articles "
            "are read again."
        )
    if version != VERSION:
        raise LibraryError(f"{path} is of another version; delete the folder and ingest again.")
