"""The nominative of an unknown Ukrainian or Russian full name, where the endings make it sure.

"губернатора Миколи Калашника" names Микола Калашник. A known given name tells case and gender;
the surname follows by its ending (`lexicon/given_names.toml`). What is not sure stays.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from rag import inflection, lexicon
from rag.inflection import Word

_LANGUAGES = ("uk", "ru")
_FEWEST, _MOST = 2, 3  # words of a full name, with and without a patronymic


class Given(NamedTuple):
    """A given name that a form may be."""

    name: str
    gender: str
    language: str


def nominative(name: str) -> str:
    """The full name in the nominative, or as it stands where that is not sure."""
    words = name.split()
    if not _FEWEST <= len(words) <= _MOST or not all(map(inflection.cyrillic, words)):
        return name
    readings = _given().get(words[0], ())
    if not readings:
        return name
    is_open = words[0] in _nominatives()  # "Олександра" is also a woman's
    restored = {_restored(given, words[1:], is_open=is_open) for given in readings} - {None}
    return (restored.pop() if len(restored) == 1 else None) or name


def _restored(given: Given, rest: list[str], *, is_open: bool) -> str | None:
    """The name by one reading of the given name, None where a word has no sure nominative."""
    words = [_word(word, given, is_open=is_open) for word in rest]
    return None if None in words else " ".join([given.name, *(w for w in words if w)])


def _word(word: str, given: Given, *, is_open: bool) -> str | None:
    table = lexicon.load("given_names")
    rules = table["surnames"][given.language]
    patterns = [*(rules["sure"] if given.gender == "m" else ())]
    if not is_open:
        patterns += rules[given.gender]
    for ending, base in patterns:
        changed, times = re.subn(rf"{ending}$", base, word)
        if times:
            return changed
    unchanged = table["unchanged"][given.language][given.gender]
    return word if not is_open and re.fullmatch(unchanged, word) else None


@cache
def _nominatives() -> frozenset[str]:
    table = lexicon.load("given_names")
    return frozenset(
        name for lang in _LANGUAGES for names in table[lang].values() for name in names.split()
    )


@cache
def _given() -> dict[str, tuple[Given, ...]]:
    """Every form of a given name in another case, and the names that it may be."""
    table = lexicon.load("given_names")
    found: dict[str, list[Given]] = {}
    for language in _LANGUAGES:
        for gender in ("m", "f"):
            for name in table[language][gender].split():
                word = Word(name, "m" if gender == "m" else "f")
                for form in inflection.forms(word) - inflection.base(word):
                    if not form.isupper():
                        found.setdefault(form, []).append(Given(name, gender, language))
    return {form: tuple(names) for form, names in found.items()}
