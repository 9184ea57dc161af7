"""The forms in which a name may stand in a German, English, Ukrainian or Russian sentence.

Forms are made by suffix rules (`lexicon/inflection.toml`), without a morphological
dictionary: the set of names is closed, so too many forms cost nothing.

Names are written with three marks:
    stem~       an adjective that takes endings ("Weiß~ Haus", "Північн~ Корея")
    a/b         either word ("Kyiv/Kyjiw", "Wolodymyr/Volodymyr Zelensky")
    =word       a word that never changes
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import product
from typing import Any, Literal, NamedTuple

from rag import lexicon

Kind = Literal["fixed", "adjective", "noun", "m", "f"]

# A word keeps its apostrophe ("Об'єднані", "Russia's"), everything else divides.
WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
_WRITTEN = re.compile(r"[^\s\-‐‑.]+")
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_MIN_UPPER = 4  # "us" must not be found where "US" stands, nor "Сша" for "США"
_NON_FINAL = "аеєиіїоуюяыэёй"
_VOWELS = "аеєиіїоуюяыэё"
_OPENING = _VOWELS + "ьъ'’-"  # behind these an iotated vowel is written in full


class Word(NamedTuple):
    """A word of a name and how it changes; the unit that the search compares."""

    text: str
    kind: Kind


def parse(name: str, gender: str | None = None) -> list[tuple[Word, ...]]:
    """The readings of a written name, one for each choice of its alternatives.

    `gender` is "m" or "f" for persons, whose Cyrillic names change in every word; in other
    Cyrillic names what follows the first noun is an attribute that stays as it is.
    """
    return list(product(*_slots([c.split("/") for c in _WRITTEN.findall(name)], gender)))


def plain(name: str, gender: str | None = None) -> tuple[Word, ...]:
    """The words of a name as a sentence has it, where no sign is a mark ("RFE/RL", "LIGA.net")."""
    return tuple(slot[0] for slot in _slots([[word] for word in WORD.findall(name)], gender))


def _slots(chunks: Iterable[Sequence[str]], gender: str | None) -> list[list[Word]]:
    """What may stand at each place of a name; behind its first Cyrillic noun nothing changes."""
    slots: list[list[Word]] = []
    settled = False
    for chunk in chunks:
        slot = [_word(part, gender, settled) for part in chunk]
        slots.append(slot)
        settled = settled or (gender is None and slot[0].kind == "noun" and cyrillic(slot[0].text))
    return slots


@cache
def _word(part: str, gender: str | None, settled: bool) -> Word:
    if part.startswith("="):
        return Word(part[1:], "fixed")
    if part.endswith("~"):
        return Word(part[:-1], "adjective")
    if settled or (cyrillic(part) and part.isupper()):
        return Word(part, "fixed")
    if gender == "m":
        return Word(part, "m")
    return Word(part, "f" if gender == "f" else "noun")


def cyrillic(text: str) -> bool:
    """Whether any letter of the text is Cyrillic."""
    return not text.isascii() and _CYRILLIC.search(text) is not None


@cache
def base(word: Word) -> frozenset[str]:
    """The spellings of the form that the table of names gives: the nominative."""
    return _cases((word.text,))


def forms(word: Word) -> frozenset[str]:
    """Every spelling of the word in a text: its case forms, capitalised where they may be."""
    return _cases(_inflected(word))


def _cases(inflected: Iterable[str]) -> frozenset[str]:
    """As written, capitalised if it is lower case, and in capitals if long enough to be sure."""
    spellings = set(inflected)
    for form in tuple(spellings):
        if "'" in form:
            spellings.update((form.replace("'", "’"), form.replace("'", "ʼ")))
        if form[0].islower():
            spellings.add(form[0].upper() + form[1:])
        if len(form) >= _MIN_UPPER and not form.isupper():
            spellings.add(form.upper())
    return frozenset(spellings)


def _inflected(word: Word) -> set[str]:
    table = lexicon.load("inflection")
    text, kind = word
    if kind == "fixed":
        return {text}
    if kind == "adjective":
        script = "cyrillic" if cyrillic(text) else "latin"
        return {text + ending for ending in table["adjective"][script]}
    if not cyrillic(text):
        endings = table["genitive"]["noun" if kind == "noun" else "name"]
        return {text} | {text + ending for ending in endings}
    return {text} | _declined(text, table[kind])


def _declined(text: str, table: dict[str, list[str]]) -> set[str]:
    """The forms by the rule of the longest ending; a foreign name in a vowel has none."""
    for length in (4, 3, 2, 1):
        ending = text[-length:]
        if len(text) > length and ending in table:
            return {text[:-length] + new for new in table[ending]}
    if text[-1].lower() in _NON_FINAL:
        return set()
    return {text + ending for ending in table.get("", [])}


def romanised(name: str, language: str) -> tuple[str, ...]:
    """The spellings of a Ukrainian or Russian name in German and English news.

    One for each system of `lexicon/romanisation.toml`, the same system in every word; none for
    another language.
    """
    table = lexicon.load("romanisation")
    systems = table["systems"].get(language, ())
    words = name.split()
    return tuple(
        dict.fromkeys(" ".join(_spelled(w, table["plain"], s) for w in words) for s in systems)
    )


def _spelled(word: str, plain: dict[str, str], system: dict[str, Any]) -> str:
    """One word in Latin letters, with the capital of its beginning."""
    lower = word.lower()
    ending = next((e for e in system["endings"] if lower.endswith(e) and lower != e), "")
    stem = lower[: len(lower) - len(ending)]
    spelled = [_letter(stem, at, plain, system) for at in range(len(stem))]
    text = "".join(spelled) + system["endings"].get(ending, "")
    return "-".join(part[:1].upper() + part[1:] for part in text.split("-"))


def _letter(word: str, at: int, plain: dict[str, str], system: dict[str, Any]) -> str:
    letter, before, behind = word[at], word[at - 1 : at], word[at + 1 : at + 2]
    if not before or before in _OPENING:
        initial: str | None = system["initial"].get(letter)
        if initial is not None:
            return initial
    if before in _VOWELS and before and behind and behind in _VOWELS:
        between: str | None = system["between"].get(letter)
        if between is not None:
            return between
    spelled: str = system["letters"].get(letter, plain.get(letter, letter))
    return spelled
