"""Full-text scores are those of SQLite's FTS5, and what is remembered of a question is right."""

import sqlite3
from contextlib import closing

from hypothesis import given
from hypothesis import strategies as st

from rag import bm25, terms, text

WORDS = ("потяг", "train", "zug", "@ukraine", "n:10000", "d:2024-10", "~krsk", "#killed")
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=300), min_size=1)
TOKENS = "tokenize=\"unicode61 tokenchars '@#:_~.-'''\""
SIZES = f"group_concat(substr('{'0' * bm25.DIGITS}'||hex(sz), -{bm25.DIGITS}), '')"


def scores_of_fts5(db: sqlite3.Connection, asked: list[str]) -> dict[int, float]:
    query = " OR ".join(f'"{term}"' for term in asked)
    return dict(db.execute("select rowid, -bm25(t) from t where t match ?", (query,)))


@given(TEXTS, st.lists(st.sampled_from(WORDS), min_size=1, unique=True), st.integers(1, 9))
def test_a_score_is_that_of_fts5_to_the_bit(
    texts: list[list[str]], asked: list[str], limit: int
) -> None:
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute(f"create virtual table t using fts5(terms, {TOKENS})")
        db.execute("create virtual table places using fts5vocab(t, 'instance')")
        rows = [(3 * number, " ".join(words)) for number, words in enumerate(texts)]
        db.executemany("insert into t(rowid, terms) values (?, ?)", rows)
        held = [t for t in asked if any(t in words for words in texts)]
        expected = scores_of_fts5(db, held) if held else {}
        lengths = bm25.Lengths.of(
            *db.execute(f"select group_concat(id), {SIZES} from t_docsize").fetchone()
        )
        query = "select group_concat(doc) from places where term=?"
        places = [bm25.listed(db.execute(query, (term,)).fetchone()[0]) for term in held]
    if not held:
        return
    found, scores = bm25.scored(lengths, places)
    assert dict(zip(found.tolist(), scores.tolist(), strict=True)) == expected
    best = bm25.best(found, scores, limit)
    least = sorted(expected.values(), reverse=True)[:limit][-1]
    assert best == {row: score for row, score in expected.items() if score >= least}


GROUPS = (("train", "zug", "~trn"), ("@ukraine",), ("#killed", "tote"), ("n:10000", "n:9000"))
WEIGHTS = dict(zip(GROUPS, (1.25, 3.5, 0.1, 4.0), strict=True))


@given(st.lists(st.sampled_from(("zug", "~trn", "@ukraine", "#killed", "n:9000", "other"))))
def test_what_a_text_meets_is_remembered_as_it_is(held: list[str]) -> None:
    met = terms.Coverage(GROUPS, WEIGHTS)
    for _ in range(2):
        assert met.of(" ".join(held)) == (
            terms.coverage(GROUPS, held, WEIGHTS),
            terms.exactness(GROUPS, held, WEIGHTS),
        )


@given(
    st.lists(st.text("аеиіїйовултьиммяхюabens'", max_size=12)),
    st.sampled_from(["de", "en", "ru", "uk"]),
)
def test_many_words_have_the_stems_that_each_has(words: list[str], language: str) -> None:
    assert text.stemmed(words, language) == [text.stem(word, language) for word in words]
