"""Forms of Ukrainian and Russian words without a dictionary: reporting verbs, cases, classes.

The verbs of the cue tables are conjugated in full by the ending of their infinitive; every other
word is told by its ending (`lexicon/tagging.uk.toml`, `tagging.ru.toml`). Cases are sets of
letters: m, f, n, p for what may be a nominative of that gender or of the plural, g for what may be
a genitive, d for what may be another oblique case.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any, NamedTuple

from rag import lexicon

SLAVIC = ("uk", "ru")
NOMINATIVE = frozenset("mfnp")
ALL_CASES = frozenset("mfnpgd")
FINITE = frozenset("mfnpsr")  # forms of a verb that make a clause; s is present, p is plural
_KEPT = 50_000  # words whose reading is kept
_SHORT = 3  # letters up to which a capitalised word may be a name that never changes
_LONGEST_ENDING = 12
_LEAST_PARTICIPLE = 6  # letters; shorter words are adjectives
_INDECLINABLE = re.compile(r"(?:[МмM]ін|[Мм]ин)[\w’']*[ыи]|[A-Z0-9].*|[А-ЯІЇЄҐЁ\d-]{2,}")
_DECLINED_INITIALS = re.compile(r"[А-ЯІЇЄҐ]{2,}[а-яіїєґ’']{1,3}")


class Verb(NamedTuple):
    """A form of a reporting verb: its infinitive and the code of the form."""

    lemma: str
    form: str


@cache
def _table(language: str) -> dict[str, dict[str, Any]]:
    table: dict[str, dict[str, Any]] = lexicon.load("tagging", language)
    return table


@cache
def verbs(language: str) -> dict[str, Verb]:
    """Every form of the reporting verbs of a language; of equal forms the first listed counts."""
    forms: dict[str, Verb] = {}
    table = lexicon.load("cues", language)
    for row in (*table["verbs"], *table["phrasal"]):
        for lemma in row["lemmas"].split():
            for form, code in _conjugated(lemma, language):
                forms.setdefault(form, Verb(lemma, code))
    return forms


def is_cue(word: str, language: str) -> bool:
    """Whether a word in lower case is a form of a reporting verb."""
    return word in verbs(language)


def _conjugated(lemma: str, language: str) -> list[tuple[str, str]]:
    table = _table(language)
    base, reflexive = re.subn(r"(?<=[ьи])с[яь]$", "", lemma)
    listed = table["irregular"].get(base, "").split()
    forms = [_pair(entry) for entry in listed if entry != "!"]
    if "!" in listed:
        return forms  # no other form of this verb tells of speech
    for length in range(_LONGEST_ENDING, 1, -1):
        ending = base[-length:]
        if ending in table["conjugation"] and len(base) > length:
            forms += _regular(base[:-length], table["conjugation"][ending], table["softening"])
            break
    if not reflexive:
        return forms
    return [
        (form + end, code)
        for form, code in forms
        if code in "mfnpsgi"
        for end in _reflexive(form, language)
    ]


def _pair(entry: str) -> tuple[str, str]:
    form, _, code = entry.rpartition(":")
    return form, code


def _regular(stem: str, endings: str, softening: dict[str, str]) -> list[tuple[str, str]]:
    forms: list[tuple[str, str]] = []
    for ending, code in map(_pair, endings.split()):
        if not ending.startswith("~"):
            forms.append((stem + ending, code))
            continue
        last = stem[-2:] if stem[-2:] in softening else stem[-1:]
        soft = [stem[: len(stem) - len(last)] + new for new in softening.get(last, last).split()]
        forms += [(one + ending[1:], code) for one in (stem, *soft)]
    return forms


def _reflexive(form: str, language: str) -> tuple[str, ...]:
    if language == "uk":
        return ("ться",) if form[-1] in "єе" else ("ся", "сь")
    return ("сь",) if form[-1] in "аеиоуыюяё" else ("ся",)


@cache
def _endings(language: str) -> list[tuple[str, re.Pattern[str]]]:
    """Word classes with the endings that tell them; nouns are told by their beginning."""
    return [
        (tag, re.compile(("" if tag == "NOUN" else ".+") + f"(?:{'|'.join(endings.split())})$"))
        for tag, endings in _table(language)["endings"].items()
    ]


@cache
def _closed(language: str) -> dict[str, str]:
    return {w: tag for tag, words in _table(language)["closed"].items() for w in words.split()}


@lru_cache(maxsize=_KEPT)
def word_class(word: str, language: str) -> str:
    """The class of a word in lower case that is no reporting verb, as the name of a tag."""
    known = _closed(language).get(word)
    return known or next((t for t, shape in _endings(language) if shape.match(word)), "NOUN")


def is_closed(word: str, language: str) -> bool:
    """Whether a word in lower case is listed in a closed class."""
    return word in _closed(language)


@cache
def places(language: str) -> frozenset[str]:
    """Names of capitals and states that also begin sentences, in lower case."""
    return frozenset(_table(language)["places"]["names"].split())


@cache
def _unchanging(language: str) -> frozenset[str]:
    """Names of places that never change, in lower case: "баку"."""
    return frozenset(_table(language)["places"]["unchanging"].split())


@cache
def possessives(language: str) -> frozenset[str]:
    """Pronouns that never change before a noun: "его", "її"."""
    return frozenset(_table(language)["places"]["possessive"].split())


@cache
def _participles(language: str) -> tuple[str, ...]:
    return tuple(_table(language)["places"]["participles"].split())


def is_participle(word: str, language: str) -> bool:
    """Whether a word in lower case is a participle by its ending, in the nominative."""
    return len(word) > _LEAST_PARTICIPLE and word.endswith(_participles(language))


@cache
def _given() -> re.Pattern[str]:
    tables = [lexicon.load("sources", language) for language in SLAVIC]
    return re.compile("|".join(name for table in tables for name in table["given"]))


def is_given(word: str) -> bool:
    """Whether a word in lower case is a common given name in any case."""
    return _given().fullmatch(word) is not None


@cache
def _cases(kind: str, language: str) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    table = _table(language)
    endings = {
        ending: frozenset(letters)
        for letters, written in table["cases"][kind].items()
        for ending in written.split()
    }
    pronouns = {w: frozenset(c) for c, words in table["pronouns"].items() for w in words.split()}
    return endings, pronouns


@lru_cache(maxsize=_KEPT)
def cases(word: str, kind: str, language: str) -> frozenset[str]:
    """What case and gender a word may have; `kind` is noun, adjective, name or pronoun.

    Abbreviations and words in Latin letters never change and may be anything.
    """
    endings, pronouns = _cases("name" if kind == "pronoun" else kind, language)
    if kind == "pronoun":
        return pronouns.get(word.lower(), frozenset("gd"))
    found = _cases_of_name(word, language) if kind == "name" else None
    lower = word.lower()
    if found is None and lower in _table(language)["common_gender"]["mf"].split():
        found = frozenset("mf")
    length = min(_LONGEST_ENDING, len(lower))
    while found is None and length > 0:
        found = endings.get(lower[-length:])
        length -= 1
    return ALL_CASES if found is None else found


def _cases_of_name(word: str, language: str) -> frozenset[str] | None:
    """The cases of a name that its form tells without its ending, or None."""
    if is_given(word.lower()) and word.lower().endswith("м"):
        return frozenset("mfd")  # "Вадим": as an instrumental ends too
    if _DECLINED_INITIALS.fullmatch(word):
        return frozenset("gd")
    fixed = (
        len(word) <= _SHORT
        or _INDECLINABLE.fullmatch(word)
        or word.lower() in _unchanging(language)
    )
    return ALL_CASES if fixed else None
