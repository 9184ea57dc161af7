"""The claims suite holds its gate, and its measures count what they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval import attributions, claims, gate, german_news, language_parts
from eval.attributions import GoldClaim
from eval.suite import Options, Result
from rag import actors
from rag.errors import InputError
from rag.schema import LANGUAGES, Span


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    return claims.run(Options(data=tmp_path_factory.mktemp("nothing")))


def test_the_claims_gate_holds_without_the_public_data(result: Result) -> None:
    assert gate.check(result, gate.load()["claims"]) == ()


def test_every_bound_is_measured_or_named_as_absent(result: Result) -> None:
    bounds = gate.load()["claims"].floors.keys()
    assert {b for b in bounds if not b.startswith("news_")} <= result.metrics.keys()
    assert result.absent == ("news_",)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["claims", "articles", "blind"])
def test_gold_is_cut_from_its_texts_and_holds_texts_without_a_claim(
    name: str, language: str
) -> None:
    rows = attributions.load(attributions.GOLD / f"{name}.{language}.jsonl")
    pieces = [(row, piece) for row in rows for c in row.claims for piece in c.pieces]
    assert not [
        (row.id, piece)
        for row, piece in pieces
        if f"{row.title or ''}\n{row.text}".count(piece) != 1
    ]
    if name != "articles":
        assert len(rows) >= 45
        assert sum(not row.claims for row in rows) >= len(rows) / 10


def test_a_source_that_is_not_in_its_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "claims.en.jsonl"
    path.write_text(
        '{"id": "a", "text": "Kyiv said so.", "claims": '
        '[{"content": "so", "stance": "asserts", "sources": ["Moscow"]}]}\n'
    )
    with pytest.raises(InputError, match="Moscow"):
        attributions.load(path)


def test_contents_are_paired_one_to_one_by_their_overlap() -> None:
    gold = [frozenset({1, 2, 3, 4}), frozenset({5, 6})]
    found = [frozenset({5, 6, 7, 8}), frozenset({1, 2, 3}), frozenset({1, 2, 3, 4, 9})]
    assert attributions.pairs(gold, found) == [(0, 2), (1, 0)]


def test_sources_are_the_same_by_words_or_by_who_they_are() -> None:
    def source(words: str) -> object:
        return actors.load().source(Span("", 0, len(words), words))

    def fits(gold: list[str], *found: str) -> bool:
        claim = GoldClaim(content="x", stance="asserts", sources=gold)  # type: ignore[arg-type]
        return attributions.same_sources(claim, [source(w) for w in found])  # type: ignore[misc]

    assert fits(["Peskow"], "Kremlsprecher Dmitri Peskow")
    assert fits(["Зеленський"], "Volodymyr Zelenskyy")
    assert not fits(["Zelenskyy"], "Putin")
    assert not fits(["Kyiv", "Moscow"], "Kyiv")
    assert not fits([], "Kyiv")


def test_sentences_that_go_on_join_the_message_before() -> None:
    text = "Der Minister sagte, die Lage sei ernst. Man müsse handeln."
    document = {"doc_id": "a", "title": "Meldung (2024-10-29)", "text": text}
    (message,) = german_news.messages(document)
    assert message.content[0][0] == text.index("die Lage")
    assert message.content[-1][1] == text.index(" handeln.") + len(" handeln")
    assert len(german_news.messages(document, joined=False)) == 2


def test_what_is_found_beyond_the_gold_counts_as_wrong(tmp_path: Path) -> None:
    path = tmp_path / "quantities.jsonl"
    path.write_text(
        '{"id": "a", "language": "en", "text": "300 soldiers and 20 tanks.", "quantities": '
        '[{"text": "300 soldiers", "low": 300, "high": 300, "unit": "soldiers", "aspect": null, '
        '"qualifier": "exact"}]}\n'
    )
    assert language_parts.measure_quantities(path).right == [True, False]
