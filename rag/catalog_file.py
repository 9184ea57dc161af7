"""The catalog's file as it is read: one connection, and what is remembered while nothing changes.

What belongs to the library as a whole (its size, its languages, how rare a term is) is asked by
every question, and costs a look at each row. It stays the same until somebody commits.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import numpy as np

from rag.errors import LibraryError
from rag.stored import Floats

T = TypeVar("T")
MOST_KNOWN = (
    32  # answers remembered at a time: those of a filter are as long as the list of articles
)


class CatalogFile:
    """The connection of a catalog, and the library as a whole."""

    def __init__(self, connection: Any) -> None:
        """`connection` is one of sqlite3, whose door is `catalog`."""
        self._db = connection
        self._state = -1
        self._known: dict[Hashable, Any] = {}

    def close(self) -> None:
        """Close the connection."""
        self._db.close()

    def rows(self, query: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a query; raises LibraryError where the file cannot give them."""
        try:
            yield from self._db.execute(query, values)
        except self._db.DatabaseError as error:
            raise LibraryError(f"The catalog cannot be read ({error}).") from error

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Everything that is read inside is of one moment, whatever others write; may be nested."""
        if self._db.in_transaction:
            yield
            return
        self._db.execute("begin")
        try:
            yield
        finally:
            self._db.rollback()

    def _remembered(self, name: Hashable, ask: Callable[[], T]) -> T:
        """What `ask` gives, asked again only when the file has changed.

        SQLite tells a connection of the commits of others (`data_version`), not of its own, so one
        that writes remembers nothing.
        """
        if self._db.total_changes:
            return ask()
        state = self._db.execute("pragma data_version").fetchone()[0]
        if state != self._state:
            self._state, self._known = state, {}
        found: T = self._known.pop(name) if name in self._known else ask()
        self._known[name] = found  # the last of them: those not asked for longest go first
        if len(self._known) > MOST_KNOWN:
            del self._known[next(iter(self._known))]
        return found

    def _in(
        self, select: str, values: Sequence[Any], tail: str = "", first: tuple[Any, ...] = ()
    ) -> list[tuple[Any, ...]]:
        """The rows of a query whose last word is a column that must have one of these values."""
        rows: list[tuple[Any, ...]] = []
        for i in range(0, len(values), 500):  # SQLite's oldest limit on variables is 999
            some = values[i : i + 500]
            rows += self._db.execute(
                f"{select} in ({','.join('?' * len(some))}) {tail}", (*first, *some)
            ).fetchall()
        return rows

    # --- the library as a whole ----------------------------------------------------------

    def library(self) -> str:
        """What tells this library from others on one Chroma server; random, made with the file."""
        row = self._db.execute("select value from meta where key='library'").fetchone()
        return str(row[0]) if row else ""

    def means(self, fingerprint: str) -> dict[str, tuple[int, Floats]]:
        """Per name (a language, or its neutral texts): how many, and their mean vector (d,)."""
        rows = self._db.execute(
            "select name, count, mean from means where fingerprint=?", (fingerprint,)
        )
        return {name: (n, np.frombuffer(blob, "<f4")) for name, n, blob in rows}

    def models(self) -> set[str]:
        """Fingerprints of the models whose vectors the articles have."""
        # From each value to the next by the index: `distinct` would read all articles.
        rows = self._db.execute(
            "with recursive found(model) as (select min(embedded_by) from articles union all"
            " select (select min(embedded_by) from articles where embedded_by>model) from found"
            " where model is not null) select model from found where model is not null"
        )
        return {m for (m,) in rows}

    def languages(self) -> tuple[str, ...]:
        """The languages of the articles, in alphabetical order."""

        def ask() -> tuple[str, ...]:
            rows = self._db.execute("select distinct language from articles order by language")
            return tuple(lang for (lang,) in rows)

        return self._remembered("languages", ask)

    def count(self) -> int:
        """How many articles there are."""
        return self._remembered("count", lambda: self._number("select count(*) from articles"))

    def size(self, language: str | None = None) -> int:
        """How many passages there are (in a language): so many vectors Chroma should hold."""
        query = "select count(*) from passages"
        if language is not None:
            query += " p join articles a on a.id=p.article_id where a.language=?"
        values = () if language is None else (language,)
        return self._remembered(("size", language), lambda: self._number(query, values))

    def _number(self, query: str, values: Sequence[Any] = ()) -> int:
        return int(self._db.execute(query, values).fetchone()[0])
