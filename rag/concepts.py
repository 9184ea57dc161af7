"""Concepts: which words of four languages mean the same, from tables written by hand.

`lexicon/concepts.*.toml` has a line per concept with the dictionary forms of each language, "v"
behind a verb. Words are compared by stem; what a stemmer does not bring together, such as the
forms of Slavic verbs and German participles, is made by the endings of `lexicon/conjugation.toml`.
A German compound has the concepts of its parts. What `concepts.places.toml` writes with a capital
is a name, which no word without one means ("Sumy", but not "суми", sums).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rag import lexicon, text
from rag.schema import LANGUAGES

PATTERN = "concepts.*.toml"
PLACES = "concepts.places"
VERB = " v"
WINDOW = 6  # words among which those of an expression stand
COMPOUND, PART, ALONE = 9, 4, 6  # letters: of a compound, of a part, of one known by itself
REFLEXIVE = {"uk": ("ся", "сь"), "ru": ("ся", "сь")}
KEPT, TEXTS = 50_000, 5_000  # words and texts that are remembered
Stems = frozenset[str]
Rules = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A word or expression of a text, by offsets, with the concepts that it may stand for."""

    start: int
    end: int
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Table:
    """The words of one language: concepts by stem, expressions by their rarest stem, stems."""

    concepts: dict[str, frozenset[str]]
    names: dict[str, frozenset[str]]
    expressions: dict[str, tuple[tuple[tuple[Stems, ...], str], ...]]
    stems: dict[str, tuple[str, ...]]


def keys() -> frozenset[str]:
    """The names of all concepts."""
    return frozenset(_rows())


@cache
def names() -> frozenset[str]:
    """The concepts that are names of places."""
    return frozenset(lexicon.load("concepts.places"))


def are_one_name(stem: str, other: str) -> bool:
    """Whether two stems of any languages are of names of one place."""
    return bool(
        _places_by_stem().get(stem, frozenset()) & _places_by_stem().get(other, frozenset())
    )


@cache
def _places_by_stem() -> dict[str, frozenset[str]]:
    made: dict[str, set[str]] = {}
    for key in names():
        for language in LANGUAGES:
            for stem in stems(key, language):
                made.setdefault(stem, set()).add(key)
    return {stem: frozenset(found) for stem, found in made.items()}


def stems(key: str, language: str) -> tuple[str, ...]:
    """The stems of a concept's single words in a language; none for an unknown concept."""
    return table(language).stems.get(key, ())


@cache
def verbs(language: str) -> frozenset[str]:
    """The stems of all verbs of the tables in a language."""
    entries = {e for row in _rows().values() for e in row[language] if e.endswith(VERB)}
    single = {e.removesuffix(VERB) for e in entries if " " not in e.removesuffix(VERB)}
    return frozenset().union(*(forms(word, language, verb=True) for word in single))


@lru_cache(maxsize=KEPT)
def of_word(word: str, language: str) -> frozenset[str]:
    """The concepts that a word may stand for; a German compound has its parts'.

    Without its capital a word is no name.
    """
    stem, known = text.stem(word.lower(), language), table(language)
    found = known.concepts.get(stem, frozenset())
    if word[:1].isupper():
        found |= known.names.get(stem, frozenset())
    return found or (parts(word.lower()) if language == "de" else frozenset())


def keys_in(found: str, language: str) -> frozenset[str]:
    """The concepts that the words and expressions of a text may stand for."""
    return frozenset[str]().union(*(one.keys for one in in_text(found, language)))


@lru_cache(maxsize=TEXTS)
def in_text(found: str, language: str) -> tuple[Found, ...]:
    """The words and expressions of a text that stand for a concept, in order of their place."""
    row = [(m.start(), m.end(), m.group().lower().replace("’", "'")) for m in _words(found)]
    stemmed = [text.stem(word, language) for _, _, word in row]
    made = list(_expressions(stemmed, language))
    taken = {i for _, places in made for i in places}
    result = [Found(row[min(p)][0], row[max(p)][1], frozenset({key})) for key, p in made]
    for i, (start, end, word) in enumerate(row):
        if i in taken or text.is_function_word(word, language):
            continue
        if meant := of_word(found[start:end].replace("’", "'"), language):
            result.append(Found(start, end, meant))
    return tuple(sorted(result, key=lambda one: (one.start, one.end)))


def parts(word: str) -> frozenset[str]:
    """The concepts of a German compound's parts; of one part where the other is unknown."""
    if len(word) < COMPOUND:
        return frozenset()
    alone: frozenset[str] = frozenset()
    for cut in range(PART, len(word) - PART + 1):
        tail = _known(word[cut:])
        head = _head(word[:cut])
        if head and tail:
            return head | tail
        if not alone and tail and len(word) - cut >= ALONE:
            alone = tail
        if head and cut >= ALONE:
            alone = alone or head
    return alone


def _head(beginning: str) -> frozenset[str]:
    """The concepts of a compound's first part, with or without its linking letters."""
    found = _known(beginning)
    for link in lexicon.load("conjugation")["german"]["linking"]:
        if not found and beginning.endswith(link) and len(beginning) - len(link) >= PART:
            found = _known(beginning[: -len(link)])
    return found


def _known(part: str) -> frozenset[str]:
    return table("de").concepts.get(text.stem(part, "de"), frozenset())


def _words(found: str) -> Iterator[re.Match[str]]:
    return text.WORD.finditer(found)


def _expressions(stemmed: Sequence[str], language: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The expressions in a row of words: concept, and the places of its words."""
    known = table(language).expressions
    for i, stem in enumerate(stemmed):
        for needed, key in known.get(stem, ()):
            places = _places(needed, i, stemmed)
            if places:
                yield key, places


def _places(needed: Sequence[Stems], at: int, stemmed: Sequence[str]) -> tuple[int, ...]:
    """Where the words of an expression stand around a place; nothing where one is missing."""
    low, high = max(0, at - WINDOW), min(len(stemmed), at + WINDOW + 1)
    near = sorted(range(low, high), key=lambda i: (abs(i - at), i))
    found: list[int] = []
    for one in needed:
        place = next((i for i in near if i not in found and stemmed[i] in one), None)
        if place is None:
            return ()
        found.append(place)
    return tuple(found) if max(found) - min(found) <= WINDOW else ()


@cache
def _rows() -> dict[str, dict[str, tuple[str, ...]]]:
    """Per concept and language the dictionary forms, as the tables have them."""
    made: dict[str, dict[str, list[str]]] = {}
    for path in sorted(lexicon.FOLDER.glob(PATTERN)):
        _, part, _ = path.name.split(".")
        for key, line in lexicon.load(f"concepts.{part}").items():
            row = made.setdefault(key, {language: [] for language in LANGUAGES})
            for piece in line.split("|"):
                language, _, words = piece.strip().partition(":")
                row[language.strip()] += [w.strip() for w in words.split(",") if w.strip()]
    return {k: {lang: tuple(ws) for lang, ws in row.items()} for k, row in made.items()}


@cache
def table(language: str) -> Table:
    """The words of a language; made once, when first asked for."""
    concepts: dict[str, frozenset[str]] = {}
    names: dict[str, frozenset[str]] = {}
    expressions: dict[str, list[tuple[tuple[Stems, ...], str]]] = {}
    by_key: dict[str, tuple[str, ...]] = {}
    places = lexicon.load(PLACES)
    for key, row in _rows().items():
        single: dict[str, None] = {}
        own = frozenset({key})  # one for all its stems: there are 40,000
        for entry in row[language]:
            words = _content(entry.removesuffix(VERB), language)
            made = [forms(word, language, verb=entry.endswith(VERB)) for word in words]
            if len(made) == 1:
                single |= dict.fromkeys(sorted(made[0]))
                into = names if key in places and entry[0].isupper() else concepts
                for stem in made[0]:
                    into[stem] = own | into[stem] if into.get(stem, own) != own else own
            elif made:
                lead = max(range(len(words)), key=lambda i: len(words[i]))
                for stem in made[lead]:
                    expressions.setdefault(stem, []).append((tuple(made), key))
        by_key[key] = tuple(single)
    found = {stem: tuple(some) for stem, some in expressions.items()}
    return Table(concepts, names, found, by_key)


def _content(entry: str, language: str) -> list[str]:
    """The words of an entry that must stand in a text: no grammar, nothing that may be any word."""
    fillers = lexicon.load("conjugation")["fillers"][language].split()
    words = [m.group().lower().replace("’", "'").replace("ʼ", "'") for m in _words(entry)]
    if len(words) == 1:
        return words
    kept = [w for w in words if w not in fillers and not text.is_function_word(w, language)]
    return kept or words


@cache
def forms(word: str, language: str, *, verb: bool = False) -> Stems:
    """The stems of a dictionary form and of its forms."""
    made = {word}
    rules = lexicon.load("conjugation")
    if verb:
        made |= _conjugated(word, language)
    else:
        made |= set(_replaced(word, _rules("nouns", language), language))
    found = frozenset(text.stemmed([form for form in made if len(form) > 1], language))
    # "Командувати" is told by its suffix: without it, it is a team.
    suffix = next((s for s in rules["suffixed"].get(language, ()) if word.endswith(s)), "")
    return found - {word.removesuffix(suffix)} if verb and suffix else found


def _conjugated(word: str, language: str) -> set[str]:
    """The forms of a verb."""
    ends = REFLEXIVE.get(language, ())
    plain = word[:-2] if ends and word.endswith(ends) else word
    made = set(_replaced(plain, _rules("verbs", language), language))
    if plain != word:
        made |= {form + end for form in made for end in ends}
    if language == "de":
        made |= _participles(word)
    return made


@cache
def _rules(kind: str, language: str) -> Rules:
    """The ends of dictionary forms with what takes their place, the longest end first."""
    table = lexicon.load("conjugation")[kind].get(language, {})
    ends = sorted(table, key=lambda end: (-len(end), end))
    return tuple((end, tuple(table[end].split())) for end in ends)


def _replaced(word: str, rules: Rules, language: str) -> Iterator[str]:
    """The forms of a word by the rule of its longest end."""
    for end, endings in rules:
        if word.endswith(end) and len(word) - len(end) >= 2:
            base = word[: len(word) - len(end)]
            for ending in endings:
                yield _mutated(base, language) + ending[1:] if ending[0:1] == "*" else base + ending
            return


def _mutated(base: str, language: str) -> str:
    """A stem with its last consonant as it stands in the first person."""
    for old, new in lexicon.load("conjugation")["mutations"].get(language, {}).items():
        if base.endswith(old):
            return base[: -len(old)] + str(new)
    return base


def _participles(infinitive: str) -> set[str]:
    """German participles and infinitives with "zu", as if separable and as if not."""
    base = infinitive.removesuffix("n").removesuffix("e")
    made = {f"ge{base}t", f"ge{base}en", f"ge{base}et"}
    for prefix in lexicon.load("conjugation")["german"]["separable"].split():
        if base.startswith(prefix) and len(base) - len(prefix) >= 3:
            rest = base[len(prefix) :]
            made |= {f"{prefix}ge{rest}t", f"{prefix}ge{rest}en", f"{prefix}zu{rest}en"}
    return made
