"""The word tables have the shape that the code expects, in every language."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict, field_validator

from eval import attributions
from rag.schema import LANGUAGES, Stance
from rag.tagging import Tag

FOLDER = Path(__file__).parents[1] / "rag" / "lexicon"
CONCEPTS = {path.name: path for path in FOLDER.glob("concepts.*.toml")}
TABLES = sorted({path.name.split(".")[0] for path in FOLDER.glob("*.*.toml")} - {"concepts"})
CODE = "\n".join(p.read_text(encoding="utf-8") for p in FOLDER.parent.glob("*.py"))


def load(table: str, language: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{table}.{language}.toml").read_text(encoding="utf-8"))


class Row(BaseModel):
    """A group of reporting verbs."""

    model_config = ConfigDict(extra="forbid")

    stance: Stance
    takes: str
    lemmas: str
    prepositions: str = ""
    also: bool = False

    @field_validator("takes")
    @classmethod
    def is_known(cls, value: str) -> str:
        assert all(f'"{frame}"' in CODE for frame in value.split()), value
        return value


class Phrase(BaseModel):
    """A pattern, with its stance where it has one."""

    model_config = ConfigDict(extra="forbid")

    pattern: str
    stance: Stance | None = None


class Fixed(BaseModel):
    """Phrases that decide before any verb."""

    no_comment: list[str]
    does_not_confirm: list[str]
    not_denied: list[str]
    unverified: list[str]
    hearsay: list[str]
    hedges: str
    not_negating: str
    dates: str
    prepositional: list[Phrase]
    via: list[Phrase]


@pytest.mark.parametrize("table", TABLES)
def test_every_table_of_words_exists_in_four_languages(table: str) -> None:
    written = {path.name.split(".")[1] for path in FOLDER.glob(f"{table}.*.toml")}
    assert written in ({*LANGUAGES}, {"uk"}), written  # stems of Ukrainian only: Snowball has none


@pytest.mark.parametrize("name", sorted(CONCEPTS))
def test_every_concept_has_words_of_four_languages_and_none_twice(name: str) -> None:
    for key, line in tomllib.loads(CONCEPTS[name].read_text(encoding="utf-8")).items():
        assert re.fullmatch(r"[a-z][a-z0-9_]*", key), key
        parts = [part.partition(":") for part in line.split("|")]
        assert [language.strip() for language, _, _ in parts] == ["en", "de", "uk", "ru"], key
        for language, _, listed in parts:
            entries = [entry.strip() for entry in listed.split(",")]
            assert all(entries), (key, language)
            words = [entry.removesuffix(" v").lower() for entry in entries]
            twice = [word for word, times in Counter(words).items() if times > 1]
            assert not twice, (key, language, twice)
            # The mark of a verb stands once and at the end: "v" is no word of any entry.
            assert not [word for word in words if "v" in word.split() or "  " in word], key


def test_no_concept_stands_in_two_tables() -> None:
    times = Counter(
        key for path in CONCEPTS.values() for key in tomllib.loads(path.read_text(encoding="utf-8"))
    )
    assert not [key for key, number in times.items() if number > 1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reporting_verb_has_a_stance_a_frame_and_one_entry(language: str) -> None:
    table = load("cues", language)
    rows = [Row.model_validate(row) for row in table["verbs"]]
    assert {row.stance for row in rows} >= {
        Stance.ASSERTS, Stance.CONFIRMS, Stance.REPORTS, Stance.CLAIMS, Stance.ESTIMATES,
        Stance.EXPECTS, Stance.ANNOUNCES, Stance.WARNS, Stance.DEMANDS, Stance.DENIES,
    }  # fmt: skip
    twice = [
        lemma for row in rows for lemma, times in Counter(row.lemmas.split()).items() if times > 1
    ]
    assert not twice
    for stance, nouns in table.get("nouns", {}).items():
        assert Stance(stance)
        assert nouns.split()
    assert all(isinstance(words, str) for words in table["frames"].values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_fixed_phrases_are_patterns_that_match_no_empty_text(language: str) -> None:
    fixed = Fixed.model_validate(load("fixed", language))
    patterns = [
        *fixed.no_comment, *fixed.does_not_confirm, *fixed.not_denied, *fixed.unverified,
        *fixed.hearsay, fixed.hedges, fixed.dates,
        *(phrase.pattern for phrase in (*fixed.prepositional, *fixed.via)),
    ]  # fmt: skip
    assert not [p for p in patterns if re.compile(p, re.IGNORECASE).search("")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_closed_classes_are_known_tags(language: str) -> None:
    table = load("tagging", language)
    assert {*table.get("closed", {})} <= {tag.value for tag in Tag}


@pytest.mark.parametrize("table", ["units", "answers", "interface"])
def test_a_table_has_the_same_sections_in_every_language(table: str) -> None:
    sections = {language: {*load(table, language)} for language in LANGUAGES}
    assert len({frozenset(keys) for keys in sections.values()}) == 1, sections


def test_every_rule_that_makes_a_claim_of_the_gold_has_a_number() -> None:
    rules = tomllib.loads((FOLDER / "rules.toml").read_text(encoding="utf-8"))
    made = {
        claim.rule
        for name in ("claims", "articles")
        for language in LANGUAGES
        for row in attributions.load(attributions.GOLD / f"{name}.{language}.jsonl")
        for claim in attributions.claims_of(attributions.article_of(row, language))
    }
    assert made <= rules.keys()
    numbers = [number for number, _ in rules.values()]
    assert len(set(numbers)) == len(numbers)
    assert not [rule for rule in rules if f'"{rule}"' not in CODE and rule not in {*Stance}]
