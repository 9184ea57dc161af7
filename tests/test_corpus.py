"""The shipped articles hold to their header and to the records in corpus/sources.jsonl."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

CORPUS = Path(__file__).parent.parent / "corpus"
HEADER = {"title", "publisher", "published", "language", "facts_from", "written"}
STRICT = {"shown", "in_address"}  # the bases on which a day, not only a month, may be given
MONTHS = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "en": "January February March April May June July August September October November December",
    # As they stand after a day; a month alone has another ending and is no day.
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}
# "28. Oktober 2024", "28 October 2024", "28 жовтня 2024 року"; a year must follow, for the
# articles sum up months.
DAY = {
    language: re.compile(rf"\b(\d{{1,2}})\.?\s({'|'.join(names.split())})\s(20\d\d)\b")
    for language, names in MONTHS.items()
}
DAY_WITHOUT_YEAR = {
    language: re.compile(rf"\b\d{{1,2}}\.?\s(?:{'|'.join(names.split())})\b(?!\s20\d\d)")
    for language, names in MONTHS.items()
}
# Thousands separators and decimals: 12.000 and 1,6 Millionen; 12,000 and 1.6 million; 12 000 and
# 1,6 мільйона, where the space may be one that does not break.
SPACED = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+(?:,\d+)?")
NUMBER = {
    "de": re.compile(r"\d{1,3}(?:\.\d{3})+|\d+(?:,\d+)?"),
    "en": re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?"),
    "uk": SPACED,
    "ru": SPACED,
}
SCALES = (
    (1_000, re.compile(r"\s(?:Tausend|tausend|thousand|тисяч|тис\.|тысяч|тыс\.)")),
    (1_000_000, re.compile(r"\s(?:Million|Mio\.|million|мільйон|миллион|млн)")),
)
PERCENT = re.compile(r"\s?(?:%|Prozent|percent|per cent|відсот|процент)")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")

Article = tuple[dict[str, Any], str]


def read_article(path: Path) -> Article:
    _, header, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(header), body


ARTICLES = {
    path.stem: read_article(path)
    for path in sorted(CORPUS.glob("*.md"))
    if path.name != "README.md"
}
RECORDS: dict[str, dict[str, Any]] = {
    record["id"]: record
    for record in map(json.loads, (CORPUS / "sources.jsonl").read_text("utf-8").splitlines())
}
each_article = pytest.mark.parametrize("article", ARTICLES.values(), ids=list(ARTICLES))


def checked_numbers(body: str, language: str) -> set[float]:
    """The numbers from 100 on that are no years, and every percentage."""
    values = set()
    text = YEAR.sub("", body)
    for match in NUMBER[language].finditer(text):
        digits, rest = match.group(), text[match.end() :]
        if language != "en":
            digits = re.sub(r"[.\s]", "", digits).replace(",", ".")
        value = float(digits.replace(",", ""))
        for factor, word in SCALES:
            if word.match(rest):
                value = round(value * factor, 3)
        if value >= 100 or PERCENT.match(rest):
            values.add(value)
    return values


def named_days(body: str, language: str) -> set[str]:
    """The days named in the text, as ISO 8601."""
    months = MONTHS[language].split()
    return {
        date(int(year), months.index(month) + 1, int(day)).isoformat()
        for day, month, year in DAY[language].findall(body)
    }


def test_the_corpus_has_forty_articles_in_four_languages() -> None:
    languages = [header["language"] for header, _ in ARTICLES.values()]
    assert languages.count("de") >= 20
    assert languages.count("en") >= 12
    assert languages.count("uk") >= 5
    assert languages.count("ru") >= 3
    assert len(languages) >= 40


@each_article
def test_the_header_is_complete_and_valid(article: Article) -> None:
    header, body = article
    assert set(header) == HEADER
    assert header["publisher"] == "Belegt-Dossier"
    assert header["language"] in MONTHS
    assert isinstance(header["published"], date)
    assert isinstance(header["written"], date)
    assert header["published"] <= header["written"]
    assert header["title"].strip()
    assert header["title"] not in body


@each_article
def test_the_body_is_an_article_and_neither_a_note_nor_a_book(article: Article) -> None:
    assert 150 <= len(article[1].split()) <= 650


@each_article
def test_every_fact_has_a_record(article: Article) -> None:
    header, _ = article
    assert header["facts_from"]
    assert set(header["facts_from"]) <= RECORDS.keys()
    assert len(set(header["facts_from"])) == len(header["facts_from"])


def test_every_record_is_used() -> None:
    used = {record for header, _ in ARTICLES.values() for record in header["facts_from"]}
    assert RECORDS.keys() <= used


@each_article
def test_every_figure_stands_in_a_record_of_the_article(article: Article) -> None:
    header, body = article
    backed = {number for fact in header["facts_from"] for number in RECORDS[fact]["figures"]}
    assert checked_numbers(body, header["language"]) <= backed


@each_article
def test_every_day_stands_in_a_record_that_knows_the_day(article: Article) -> None:
    header, body = article
    records = [RECORDS[fact] for fact in header["facts_from"]]
    backed = {day for record in records for day in record["days"]}
    backed |= {record["date"] for record in records if record["date_basis"] in STRICT}
    assert named_days(body, header["language"]) <= backed


@each_article
def test_no_day_stands_without_its_year_or_after_the_day_of_the_article(article: Article) -> None:
    header, body = article
    assert DAY_WITHOUT_YEAR[header["language"]].findall(body) == []
    later = {
        day
        for day in named_days(body, header["language"])
        if day > header["published"].isoformat() and not is_announced(day, header)
    }
    assert later == set()


def is_announced(day: str, header: dict[str, Any]) -> bool:
    """Whether a statement named a day ahead, like the day on which soldiers would be ready."""
    return any(day in RECORDS[fact]["days"] for fact in header["facts_from"])


@each_article
def test_no_statement_is_younger_than_its_article(article: Article) -> None:
    header, _ = article
    newest = max(RECORDS[fact]["date"] for fact in header["facts_from"])
    assert newest <= header["published"].isoformat()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("etwa 12.000 von 1,6 Millionen, 40 im Jahr 2024, 99,5 Prozent", "de"),
        ("some 12,000 of 1.6 million, 40 in 2024, 99.5 percent", "en"),
        ("близько 12 000 із 1,6 мільйона, 40 у 2024 році, 99,5 відсотка", "uk"),
        ("около 12 тыс. из 1,6 млн, 40 в 2024 году, 99,5%", "ru"),
        ("около 12\u00a0000 из 1\u00a0600\u00a0000, 40 в 2024 году, 99,5 процента", "ru"),
    ],
)
def test_figures_are_read_in_every_notation(text: str, language: str) -> None:
    assert checked_numbers(text, language) == {12e3, 1.6e6, 99.5}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("am 8. und am 13. März 2025, im Juni 2025", "de"),
        ("on 8 and 13 March 2025, in June 2025", "en"),
        ("8 і 13 березня 2025 року, у червні 2025 року", "uk"),
        ("8 и 13 марта 2025 года, в июне 2025 года", "ru"),
    ],
)
def test_days_are_read_in_every_language(text: str, language: str) -> None:
    assert named_days(text, language) == {"2025-03-13"}


@pytest.mark.parametrize(
    ("text", "language"),
    [("am 13. März", "de"), ("on 13 March", "en"), ("13 березня", "uk"), ("13 марта", "ru")],
)
def test_a_day_without_its_year_is_seen_in_every_language(text: str, language: str) -> None:
    assert DAY_WITHOUT_YEAR[language].search(text)
