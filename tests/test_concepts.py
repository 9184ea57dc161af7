"""Words of four languages that mean the same lead to the same concepts."""

import pytest

from rag import concepts, lexicon
from rag.schema import LANGUAGES


@pytest.mark.parametrize(
    ("word", "language"),
    [
        ("commanded", "en"),
        ("befehligte", "de"),
        ("командував", "uk"),
        ("командовал", "ru"),
        ("командирами", "ru"),
    ],
)
def test_a_form_of_a_word_has_its_concept(word: str, language: str) -> None:
    assert "commander" in concepts.of_word(word, language)


def test_a_german_compound_has_the_concepts_of_its_parts() -> None:
    assert {"regiment", "sapper"} <= concepts.of_word("pionierregiment", "de")


def test_an_expression_is_found_in_another_order_of_its_words() -> None:
    found = concepts.in_text("Bei dem Angriff kamen zwei Menschen ums Leben.", "de")
    assert any("die" in one.keys for one in found)


def test_a_word_of_no_concept_has_none() -> None:
    assert concepts.of_word("xyzzy", "en") == frozenset()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_concept_gives_the_stems_of_each_language(language: str) -> None:
    assert concepts.stems("regiment", language)
    assert concepts.stems("no_such_concept", language) == ()


def test_the_names_of_a_place_are_one_name_and_others_are_not() -> None:
    assert concepts.are_one_name("bakhmut", "бахмут")
    assert not concepts.are_one_name("bakhmut", "харк")


# What these tables hold beside concepts: words of the four languages.
WORDS = (
    *("copulas", "complementizers", "skipped", "past", "ahead"),
    *("reasons", "denying", "rate", "naming", "which_kind", "manner"),
)


@pytest.mark.parametrize("name", ["slots", "incompatible", "contraries"])
def test_a_table_about_concepts_names_none_that_no_table_of_words_has(name: str) -> None:
    rows = {key: row for key, row in lexicon.load(name).items() if key not in WORDS}
    assert named(rows) - concepts.keys() == set()


def named(part: object) -> set[str]:
    """All words of the values of a table."""
    if isinstance(part, dict):
        return set[str]().union(*map(named, part.values()))
    if isinstance(part, list):
        return set[str]().union(*map(named, part))
    return set(str(part).split())
