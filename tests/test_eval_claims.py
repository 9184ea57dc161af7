"""The claims suite holds its gate, and its measures count what they say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from eval import attributions, claims, gate, german_news, language_parts
from eval.attributions import GoldClaim
from eval.suite import Options, Result
from rag import actors
from rag.errors import InputError
from rag.schema import LANGUAGES, Source, Span, Stance


@pytest.fixture(scope="module")
def result() -> Result:
    return claims.measure(None, Options().progress)


def test_the_claims_gate_holds_without_the_public_data(result: Result) -> None:
    assert gate.check(result, gate.load()["claims"]) == ()


def test_every_bound_is_measured_or_named_as_absent(result: Result) -> None:
    bounds = gate.load()["claims"].floors.keys()
    assert {b for b in bounds if not b.startswith("news_")} <= result.metrics.keys()
    assert result.absent == ("news_",)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["claims", "articles", "opened", "blind"])
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


def source(words: str) -> Source:
    return actors.load().source(Span("", 0, len(words), words))


def pronoun(words: str, name: str) -> Source:
    """A pronoun that was resolved to the speaker of this name."""
    return replace(source(name), mention=Span("", 0, len(words), words))


def gold(*sources: str, who: str | tuple[str, ...] | None = None) -> GoldClaim:
    return GoldClaim(content="x", stance=Stance.ASSERTS, sources=sources, who=who)


def test_sources_are_the_same_by_words_or_by_who_they_are() -> None:
    def fits(wanted: list[str], *found: str) -> bool:
        return attributions.same_sources(gold(*wanted), [source(words) for words in found])

    assert fits(["Peskow"], "Kremlsprecher Dmitri Peskow")
    assert fits(["Зеленський"], "Volodymyr Zelenskyy")
    assert not fits(["Zelenskyy"], "Putin")
    assert not fits(["Kyiv", "Moscow"], "Kyiv")
    assert not fits([], "Kyiv")


def test_each_source_of_the_gold_needs_one_of_its_own() -> None:
    both = gold("Kyiv", "Moscow")
    assert attributions.same_sources(both, [source("Moscow"), source("Kyiv")])
    assert not attributions.same_sources(both, [source("Kyiv"), source("Kyiv")])


def test_a_state_is_not_the_service_that_has_its_name() -> None:
    service = source("Security Service of Ukraine")
    assert not attributions.same_sources(gold("Ukraine"), [service])
    assert attributions.same_sources(gold("the Security Service of Ukraine"), [service])


def test_a_pronoun_is_resolved_only_where_it_is_who_the_gold_says() -> None:
    wanted, wrong = gold("he", who="Mark Rutte"), pronoun("he", "Vladimir Putin")
    assert attributions.same_sources(wanted, [wrong])
    assert not attributions.same_speakers(wanted, [wrong])
    assert attributions.same_speakers(wanted, [pronoun("he", "Mark Rutte")])
    assert not attributions.same_speakers(wanted, [])


def test_an_unclear_speaker_is_met_by_an_unclear_one_alone() -> None:
    wanted = gold("he", who="unclear")
    unclear = replace(pronoun("he", "Mark Rutte"), name=attributions.UNCLEAR)
    assert attributions.same_speakers(wanted, [unclear])
    assert not attributions.same_speakers(wanted, [pronoun("he", "Mark Rutte")])
    assert not attributions.same_speakers(gold("he", who="Mark Rutte"), [unclear])


def test_a_named_folder_without_the_public_data_is_refused(tmp_path: Path) -> None:
    assert claims.public_data(None, default=tmp_path) is None
    with pytest.raises(InputError, match="--data"):
        claims.run(Options(data=tmp_path))


def test_the_public_data_are_there_only_with_their_script(tmp_path: Path) -> None:
    (tmp_path / german_news.FOLDER).mkdir()
    (tmp_path / german_news.FOLDER / "docs.jsonl").touch()
    assert not german_news.is_present(tmp_path)
    (tmp_path / german_news.SCORER).touch()
    assert claims.public_data(tmp_path) == tmp_path


def test_sentences_without_a_frame_that_follow_each_other_are_one_message() -> None:
    text = "Der Minister sagte, die Lage sei ernst. Man müsse handeln. Die Zeit werde knapp."
    document = {"doc_id": "a", "title": "Meldung (2024-10-29)", "text": text}
    framed, follows = german_news.messages(document)
    assert [text[a:b] for a, b in framed.content] == ["die Lage sei ernst"]
    assert [text[a:b] for a, b in follows.content] == ["Man müsse handeln", "Die Zeit werde knapp"]
    assert len(german_news.messages(document, joined=False)) == 3


def test_what_is_found_beyond_the_gold_counts_as_wrong(tmp_path: Path) -> None:
    path = tmp_path / "quantities.jsonl"
    path.write_text(
        '{"id": "a", "language": "en", "text": "300 soldiers and 20 tanks.", "quantities": '
        '[{"text": "300 soldiers", "low": 300, "high": 300, "unit": "soldiers", "aspect": null, '
        '"qualifier": "exact"}]}\n'
    )
    assert language_parts.measure_quantities(path).right == [True, False]
