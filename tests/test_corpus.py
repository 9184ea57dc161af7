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
}
# "28. Oktober 2024", "28 October 2024"; a year must follow, for the articles sum up months.
DAY = {
    language: re.compile(rf"\b(\d{{1,2}})\.? ({'|'.join(names.split())}) (20\d\d)\b")
    for language, names in MONTHS.items()
}
DAY_WITHOUT_YEAR = {
    language: re.compile(rf"\b\d{{1,2}}\.? (?:{'|'.join(names.split())})\b(?! 20\d\d)")
    for language, names in MONTHS.items()
}
# Thousands separators and decimals: 12.000 and 1,6 Millionen; 12,000 and 1.6 million.
NUMBER = {
    "de": re.compile(r"\d{1,3}(?:\.\d{3})+|\d+(?:,\d+)?"),
    "en": re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?"),
}
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


def large_numbers(body: str, language: str) -> set[float]:
    """The numbers from 100 on that are no years."""
    values = set()
    text = YEAR.sub("", body)
    for match in NUMBER[language].finditer(text):
        digits = match.group()
        if language == "de":
            digits = digits.replace(".", "").replace(",", ".")
        value = float(digits.replace(",", ""))
        if re.match(r" (?:Million|million)", text[match.end() :]):
            value *= 1_000_000
        if value >= 100:
            values.add(value)
    return values


def named_days(body: str, language: str) -> set[str]:
    """The days named in the text, as ISO 8601."""
    months = MONTHS[language].split()
    return {
        date(int(year), months.index(month) + 1, int(day)).isoformat()
        for day, month, year in DAY[language].findall(body)
    }


def test_the_corpus_has_fourteen_articles_in_two_languages() -> None:
    languages = [header["language"] for header, _ in ARTICLES.values()]
    assert languages.count("de") >= 9
    assert languages.count("en") >= 5


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
    assert large_numbers(body, header["language"]) <= backed


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


def test_figures_are_read_in_both_notations() -> None:
    assert large_numbers("etwa 12.000 von 1,6 Millionen, 40 im Jahr 2024", "de") == {12e3, 1.6e6}
    assert large_numbers("some 12,000 of 1.6 million, 40 in 2024", "en") == {12e3, 1.6e6}


def test_days_are_read_in_both_notations() -> None:
    assert named_days("am 8. und am 13. März 2025", "de") == {"2025-03-13"}
    assert named_days("on 1 May 2025, in June 2025", "en") == {"2025-05-01"}
