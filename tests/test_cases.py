import json
from pathlib import Path

import pytest

from eval import cases
from rag.errors import InputError
from rag.schema import Flag, Span

GERMAN = (
    "Der Kreml wollte sich nicht äußern. Seoul sprach von 10.000 Soldaten. Seoul sprach erneut."
)
UKRAINIAN = "За даними ГУР, на Курщині перебувають до 12 тисяч військових."
TEXTS = {"kreml": GERMAN, "hur": UKRAINIAN}

CASE = {
    "id": "q1",
    "language": "de",
    "question": "Wer nannte Zahlen?",
    "answerable": True,
    "spans": [
        {
            "article": "kreml",
            "quote": "Seoul sprach von 10.000 Soldaten.",
            "or": [{"article": "hur", "quote": "до 12 тисяч військових"}],
        }
    ],
    "sources": ["South Korea"],
    "figures": [{"low": 10000, "high": 10000, "unit": "soldiers"}],
    "flag": ["party_claim", "attributed"],
    "as_of": "2024-10-29",
}
SILENT = {
    "id": "q2",
    "language": "ru",
    "question": "Сколько стоил хлеб?",
    "answerable": False,
    "flag": "no_evidence",
}


def written(folder: Path, *lines: object) -> Path:
    path = folder / "gold.jsonl"
    texts = (x if isinstance(x, str) else json.dumps(x, ensure_ascii=False) for x in lines)
    path.write_text("\n".join(texts), encoding="utf-8")
    return path


def test_a_case_is_read_with_one_flag_or_several(tmp_path: Path) -> None:
    first, second = cases.load(written(tmp_path, CASE, "", SILENT))
    assert first.flags == (Flag.PARTY_CLAIM, Flag.ATTRIBUTED)
    assert first.figures[0].low == 10000
    assert second.flags == (Flag.NO_EVIDENCE,)
    assert second.where.endswith("gold.jsonl:3")


def test_a_line_separator_within_a_question_does_not_cut_the_line(tmp_path: Path) -> None:
    path = written(tmp_path, {**SILENT, "question": "Сколько\u2028стоил хлеб?"})
    assert len(cases.load(path)) == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"flag": "probably"}, "flag"),
        ({"flag": []}, "flag"),
        ({"language": "fr"}, "'fr' is none of de, en, uk, ru"),
        ({"as_of": "gestern"}, "as_of"),
        ({"awnserable": True}, "awnserable"),
        ({"where": "elsewhere"}, "where"),
        ({"figures": [{"low": None, "high": None}]}, "needs low or high"),
        ({"figures": [{"low": 12000, "high": 10000}]}, "12000 is above high 10000"),
        ({"spans": [{"article": "kreml"}]}, "spans.0.quote"),
        ({"spans": []}, "an answerable question has spans"),
        ({"flag": "no_evidence"}, "an answerable question has spans"),
        ({"answerable": False}, "a question that cannot be answered has no spans"),
    ],
)
def test_a_malformed_case_is_refused_with_file_and_line(
    tmp_path: Path, change: dict[str, object], said: str
) -> None:
    with pytest.raises(InputError) as caught:
        cases.load(written(tmp_path, SILENT, {**CASE, **change}))
    assert "gold.jsonl:2: " in str(caught.value)
    assert said in str(caught.value)


@pytest.mark.parametrize("line", ["{", "[]", '"q1"', "null"])
def test_a_line_that_is_no_json_object_is_refused_with_its_number(
    tmp_path: Path, line: str
) -> None:
    with pytest.raises(InputError, match=r"gold\.jsonl:1: "):
        cases.load(written(tmp_path, line))


def test_an_id_may_occur_once(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gold\.jsonl:2: id 'q1' is taken by .*gold\.jsonl:1"):
        cases.load(written(tmp_path, CASE, {**SILENT, "id": "q1"}))


def test_a_file_that_is_missing_or_empty_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        cases.load(tmp_path / "none.jsonl")
    with pytest.raises(InputError, match="holds no case"):
        cases.load(written(tmp_path, "", ""))


def test_a_gold_quote_and_its_alternative_are_found_in_their_articles(tmp_path: Path) -> None:
    (case,) = cases.load(written(tmp_path, CASE))
    (element,) = cases.locate(case, TEXTS)
    assert [span.article_id for span in element] == ["kreml", "hur"]
    assert all(TEXTS[span.article_id][span.start : span.end] == span.text for span in element)


def test_a_quote_that_stands_twice_may_be_cited_in_both_places(tmp_path: Path) -> None:
    spans = [{"article": "kreml", "quote": "Seoul sprach"}]
    (case,) = cases.load(written(tmp_path, {**CASE, "spans": spans}))
    first, second = GERMAN.find("Seoul"), GERMAN.rfind("Seoul")
    (element,) = cases.locate(case, TEXTS)
    assert element == (
        Span("kreml", first, first + 12, "Seoul sprach"),
        Span("kreml", second, second + 12, "Seoul sprach"),
    )


@pytest.mark.parametrize(
    ("quote", "said"),
    [
        ({"article": "kreml", "quote": "Seoul sprach von 11.000 Soldaten."}, "does not hold"),
        ({"article": "tass", "quote": "Seoul"}, "no article 'tass'"),
    ],
)
def test_gold_that_its_article_does_not_hold_is_refused_with_its_line(
    tmp_path: Path, quote: dict[str, str], said: str
) -> None:
    (case,) = cases.load(written(tmp_path, {**CASE, "spans": [quote]}))
    with pytest.raises(InputError, match=said) as caught:
        cases.locate(case, TEXTS)
    assert "gold.jsonl:1: q1: " in str(caught.value)


def test_the_fingerprint_changes_with_one_character(tmp_path: Path) -> None:
    before = cases.fingerprint(written(tmp_path, CASE))
    assert before == cases.fingerprint(written(tmp_path, CASE))
    assert before != cases.fingerprint(written(tmp_path, {**CASE, "question": "Wer nannte sie?"}))
