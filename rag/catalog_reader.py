"""What is read from the catalog: articles, passages with their vectors, claims, lexical matches.

Every method is one or two queries of the SQLite file that `catalog` opens and writes.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

import numpy as np

from rag import bm25
from rag.catalog_file import CatalogFile
from rag.schema import Article, Claim, Filters, Span, from_json
from rag.stored import STORED, ArticleInfo, Candidate, Floats, StoredSentence, unpacked

# A term that more passages than this hold finds nothing that others do not, and costs most.
COMMON = 0.05
MOST_ROWS = 10_000  # that hold the terms looked for, counted for each: 10 ms
LEAST_TERMS = 4  # the rarest are looked for, however common
MOST_TERMS = 50_000  # whose frequencies are remembered
MOST_ARTICLES = 1_000  # that are remembered


class CatalogReader(CatalogFile):
    """The reading half of a catalog, over one connection."""

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
        """An article, or None where there is none of this id."""
        return self.articles((article_id,)).get(article_id)

    def articles(self, ids: Iterable[str]) -> dict[str, Article]:
        """The articles of these ids that there are."""
        known: dict[str, Article] = self._remembered("articles", dict)
        if len(known) > MOST_ARTICLES:
            known.clear()
        wanted = sorted(set(ids))
        new = [article_id for article_id in wanted if article_id not in known]
        for article_id, record in self._in("select id, record from articles where id", new):
            known[article_id] = _article(record)
        return {article_id: known[article_id] for article_id in wanted if article_id in known}

    def unread(self) -> list[tuple[Article, str | None]]:
        """Articles of an earlier version that are to be read again, each with its file."""
        rows = self._db.execute("select record, path from unread order by rowid").fetchall()
        return [(from_json(Article, record), path) for record, path in rows]

    # --- what a question may see ---------------------------------------------------------

    def allowed(self, filters: Filters, as_of: str | None) -> frozenset[str] | None:
        """Ids of the articles that pass, or None where nothing is filtered.

        `as_of`, `since` and `until` leave undated articles out.
        """
        wheres, values = _conditions(filters, as_of)
        if not wheres:
            return None

        def ask() -> frozenset[str]:
            rows = self._db.execute(f"select id from articles a where {wheres}", values)
            return frozenset(i for (i,) in rows)

        return self._remembered(("allowed", filters, as_of), ask)

    def passing(self, filters: Filters, as_of: str | None) -> dict[str, int]:
        """Per language how many passages of the allowed articles there are; none: left out."""
        wheres, values = _conditions(filters, as_of)
        query = (
            "select a.language, count(*) from articles a join passages p on p.article_id=a.id"
            f" where {wheres or '1'} group by a.language"
        )

        def ask() -> dict[str, int]:
            return dict(self._db.execute(query, values).fetchall())

        return self._remembered(("passing", filters, as_of), ask)

    def keys(
        self, language: str, articles: Collection[str] | None = None, model: str | None = None
    ) -> list[str]:
        """The keys of the passages of a language.

        Where they are named: of these articles only, and of those that this model has embedded.
        """
        query = (
            "select p.key from articles a join passages p on p.article_id=a.id"
            " where a.language=?1 and (?2 is null or a.embedded_by=?2)"
        )
        if articles is None:
            return [key for (key,) in self._db.execute(query, (language, model))]
        rows = self._in(f"{query} and a.id", sorted(articles), first=(language, model))
        return [key for (key,) in rows]

    def words_changed(self) -> int:
        """How often words or means were changed: while it stays, so do they."""
        row = self._db.execute("select value from meta where key='words'").fetchone()
        return int(row[0]) if row else 0

    def words(
        self, fingerprint: str, dimension: int
    ) -> dict[str, tuple[tuple[str, ...], tuple[str, ...], Floats]]:
        """Per language the stems of its words, in order, their forms and their vectors (n, d)."""
        rows: dict[str, list[tuple[str, str, bytes]]] = {}
        for language, *word in self._db.execute(
            "select language, stem, form, vector from words where fingerprint=?"
            " order by language, stem",
            (fingerprint,),
        ):
            rows.setdefault(language, []).append((word[0], word[1], word[2]))
        found = {}
        for language, some in rows.items():
            stems, forms, blobs = zip(*some, strict=True)
            found[language] = stems, forms, unpacked(b"".join(blobs), dimension)
        return found

    # --- passages and sentences ----------------------------------------------------------

    def candidates(
        self, keys: Collection[str], fingerprint: str, dimension: int
    ) -> list[Candidate]:
        """The passages of these keys that have vectors of this model, by article and place."""
        rows = self._in(
            'select p.key, p.id, p.article_id, a.language, p.start, p."end", p.terms, p.vectors'
            " from passages p join articles a on a.id=p.article_id where +a.embedded_by=?"
            " and p.key",
            sorted(keys),
            first=(fingerprint,),
        )
        rows.sort(key=lambda row: (row[2], row[4]))
        every = unpacked(b"".join(row[-1] for row in rows), dimension)
        width = dimension * np.dtype(STORED).itemsize
        ends = itertools.accumulate(len(row[-1]) // width for row in rows)
        starts = [0, *ends]
        parts = zip(rows, itertools.pairwise(starts), strict=True)
        return [
            Candidate(key, row, article, language, start, end, terms, every[first:last])
            for (key, row, article, language, start, end, terms, _), (first, last) in parts
        ]

    def sentences(self, passages: Iterable[int]) -> dict[int, list[StoredSentence]]:
        """Per row of a passage: its sentences in order, as their vectors stand."""
        found: dict[int, list[StoredSentence]] = {}
        rows = self._in(
            'select passage, start, "end", terms from sentences where passage',
            sorted(passages),
            "order by passage, start",
        )
        for passage, start, end, terms in rows:
            found.setdefault(passage, []).append(StoredSentence(start, end, terms))
        return found

    def match(self, terms: Sequence[str], limit: int) -> list[str]:
        """Keys of the passages that hold any of the terms, best BM25 first (FTS5).

        Very common terms are only looked for where rarer ones are missing: they take most time.
        """
        with self.snapshot():
            return self._match(terms, limit)

    def _match(self, terms: Sequence[str], limit: int) -> list[str]:
        total, frequencies = self.frequencies(terms)
        present = sorted((f, t) for t, f in frequencies.items())
        read = list(itertools.accumulate(f for f, _ in present))
        chosen = [
            t
            for i, (f, t) in enumerate(present)
            if i < LEAST_TERMS or (f <= COMMON * total and read[i] <= MOST_ROWS)
        ]
        if not chosen:
            return []
        places = [self._places(term) for term in chosen]
        found = bm25.best(*bm25.scored(self._remembered("lengths", self._lengths), places), limit)
        rows = self._in("select id, key from passages where id", list(found))
        return [key for _, key in sorted((-found[row], key) for row, key in rows)[:limit]]

    def _places(self, term: str) -> bm25.Numbers:
        """The row of each time that a term of the full-text index occurs, ascending."""
        query = "select group_concat(doc) from temp.places where term=?"
        return bm25.listed(self._db.execute(query, (term,)).fetchone()[0])

    def _lengths(self) -> bm25.Lengths:
        # Two long texts take half as long as 100,000 rows.
        query = f"substr('{'0' * bm25.DIGITS}'||hex(sz), -{bm25.DIGITS})"
        query = f"select group_concat(id), group_concat({query}, '') from passages_fts_docsize"
        return bm25.Lengths.of(*self._db.execute(query).fetchone())

    def frequencies(self, terms: Sequence[str]) -> tuple[int, dict[str, int]]:
        """The number of passages, and in how many of them each term occurs."""
        known: dict[str, int] = self._remembered("frequencies", dict)
        if len(known) > MOST_TERMS:
            known.clear()
        new = [term for term in dict.fromkeys(terms) if term not in known]
        if new:
            known |= dict.fromkeys(new, 0)
            known |= dict(self._in("select term, doc from passages_vocabulary where term", new))
        return self.size(), {term: known[term] for term in terms if known[term]}

    # --- claims --------------------------------------------------------------------------

    def claims(self, article_ids: Iterable[str]) -> tuple[Claim, ...]:
        """The claims of these articles, by article and offset, narrated ones included."""
        rows = self._in(
            "select record, terms from claims where article_id",
            sorted(set(article_ids)),
            'order by article_id, start, "end", id',
        )
        return tuple(_claim(record, terms)[0] for record, terms in rows)

    def claims_near(self, spans: Iterable[Span]) -> list[tuple[Claim, frozenset[str]]]:
        """The claims that share a character with one of these spans, with the terms of each."""
        wanted: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for span in spans:
            wanted[span.article_id].append((span.start, span.end))
        query = (
            "select record, terms from claims where article_id=? and start<? and ({})"
            ' order by start, "end", id'
        )
        found = []
        for article, places in sorted(wanted.items()):
            touched = " or ".join('(start<? and "end">?)' for _ in places)
            values = [bound for first, last in places for bound in (last, first)]
            last = max(end for _, end in places)
            found += self._db.execute(query.format(touched), (article, last, *values)).fetchall()
        return [_claim(record, terms) for record, terms in found]

    def claims_of_stances(
        self, stances: Iterable[str], holding: Collection[str], allowed: frozenset[str] | None
    ) -> list[tuple[Claim, frozenset[str]]]:
        """Claims of these stances that hold one of these terms, in the allowed articles.

        `allowed` None means all articles.
        """
        held = " or ".join("instr(' '||terms||' ', ?)" for _ in holding) or "0"
        rows = self._in(
            f"select record, terms, article_id from claims where ({held}) and stance",
            sorted(stances),
            "order by article_id, start, id",
            first=tuple(f" {term} " for term in sorted(holding)),
        )
        return [_claim(r, terms) for r, terms, a in rows if allowed is None or a in allowed]


def _conditions(filters: Filters, as_of: str | None) -> tuple[str, tuple[str, ...]]:
    """What must be true of an article `a` that passes, in SQL, and the values in it."""
    wheres: list[str] = []
    values: list[str] = []
    for column, chosen in (
        ("language", filters.languages),
        ("publisher", filters.publishers),
        ("id", filters.articles),
    ):
        if chosen:
            wheres.append(f"a.{column} in ({','.join('?' * len(chosen))})")
            values.extend(chosen)
    for sign, day in ((">=", filters.since), ("<=", filters.until), ("<=", as_of)):
        if day:
            wheres.append(f"a.published {sign} ?")
            values.append(day)
    return " and ".join(wheres), tuple(values)


@lru_cache(maxsize=256)
def _article(record: str) -> Article:
    return from_json(Article, record)


@lru_cache(maxsize=20_000)
def _claim(record: str, terms: str) -> tuple[Claim, frozenset[str]]:
    """A stored claim; values are frozen, so that one reading serves many questions."""
    return from_json(Claim, record), frozenset(terms.split())
