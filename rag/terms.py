"""Lexical terms: what the full-text index stores of a sentence, and what a question looks for.

Beside stems, which only match within a language, a text has terms that match in every language:
`@actor` for a known name (and for those it speaks for), `#unit` for what a figure counts,
`n:10000` for a number, `d:2024-10` and `d:2024-10-28` for a date, and `~krsk`, the consonants of
a name, equal in Latin and Cyrillic spelling. A question becomes groups of terms; a group is met by
any of its terms.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from functools import cache, lru_cache

from rag import dates, lexicon, quantities, text, tokens, wordlists
from rag.actors import Actors
from rag.schema import Span

MIN_SKELETON = 3
LONG_COMPOUND, MIN_PART = 10, 6
LONGEST = 80  # letters; German has no longer word, and its parts are all looked up
EXACT = ("@", "#", "n:", "d:")
ENOUGH = 6.0  # the weight of two terms that hardly any passage holds
NUMBERED = re.compile(r"[-‑–]\d+\w*$")
GERMAN_CH = re.compile(r"(?<!s)ch")
NAME = re.compile(r"\b[A-ZÄÖÜА-ЯІЇЄҐ][\w’'-]{2,}")


def of_text(span: Span, language: str, actors: Actors, published: str | None) -> tuple[str, ...]:
    """The terms of a sentence or passage, repetitions kept, for the index."""
    return _of_text(span.text, language, actors, published)


# Claims of one sentence, and stages that compare claims, ask for the same texts again and again.
@lru_cache(maxsize=2_000)
def _of_text(found: str, language: str, actors: Actors, published: str | None) -> tuple[str, ...]:
    span = Span("", 0, len(found), found)
    row = text.stems(found, language)
    named = [mention.actor.name for mention in actors.find(found)]
    named += [name for name, _, _ in peoples(found)]
    row += [f"@{slug(link)}" for name in named for link in actors.chain(name)]
    for quantity in quantities.find(span, language):
        row += _numbers((quantity.low, quantity.high))
        row += [f"#{quantity.unit}"] if quantity.unit != "other" else []
    row += _date_terms(span, language, published)
    row += [f"~{s}" for name in NAME.findall(found) for s in bones(name, language)]
    counted = (_counted(word, language) for word in text.words(found))
    return tuple(row + [f"#{unit}" for unit in counted if unit])


def of_question(
    question: str, language: str, actors: Actors, skip: Sequence[tuple[int, int]] = ()
) -> tuple[tuple[str, ...], ...]:
    """The groups of terms a question looks for, in order, each group once.

    Words that begin within `skip` (start, end) are the question's frame, not its topic.
    """
    span = Span("", 0, len(question), question)
    covered = list(skip)
    groups: list[tuple[str, ...]] = []
    for mention in actors.find(question):
        covered.append((mention.start, mention.end))
        groups.append((f"@{slug(mention.actor.name)}",))
    for name, start, end in peoples(question):
        covered.append((start, end))
        groups.append((f"@{slug(name)}",))
    for quantity in quantities.find(span, language):
        covered.append((quantity.span.start, quantity.span.end))
        groups += [tuple(_numbers((quantity.low, quantity.high)))]
    for found, value in dates.find(span, language, None):
        covered.append((found.start, found.end))
        if value is not None:
            groups.append(tuple(_days(value)))
    unit, _ = quantities.asked(question, language)
    if unit:
        groups.append((f"#{unit}",))
    for match in text.WORD.finditer(question):
        if any(start <= match.start() < end for start, end in covered):
            continue
        groups += _word_group(match.group(), language)
    return tuple(dict.fromkeys(g for g in groups if g))


def _word_group(word: str, language: str) -> list[tuple[str, ...]]:
    lower = word.lower().replace("’", "'")
    if text.is_function_word(lower, language):
        return []
    unit = _counted(lower, language)
    group = [text.stem(lower, language), f"#{unit}" if unit else ""]
    if word[0].isupper():
        # A Latin name in a Cyrillic question ("ATACMS") was stemmed as German or English elsewhere.
        spoken = (language, "de", "en") if word.isascii() else (language,)
        group += [f"~{s}" for each in spoken for s in bones(word, each)]
    return [tuple(dict.fromkeys(term for term in group if term))]


def coverage(
    groups: Iterable[tuple[str, ...]],
    terms: Collection[str],
    weights: Mapping[tuple[str, ...], float],
) -> float:
    """The share of a question's weight that a text meets, 0 to 1.

    Across languages only language-neutral terms can be met, and all others count as missing: what
    two texts have in common says less there.
    """
    held = terms if isinstance(terms, Set) else frozenset(terms)
    total = met = 0.0
    for group in groups:
        total += weights[group]
        met += 0.0 if held.isdisjoint(group) else weights[group]
    return met / total if total else 0.0


def exactness(
    groups: Iterable[tuple[str, ...]],
    terms: Collection[str],
    weights: Mapping[tuple[str, ...], float],
) -> float:
    """How much of what is the same in every language is met, 0 to 1: names, figures, dates.

    Not a share: two rare names that are met count fully, whatever else was asked.
    """
    held = {term for term in terms if term.startswith(EXACT)}
    return min(1.0, sum(weights[g] for g in groups if not held.isdisjoint(g)) / ENOUGH)


class Coverage:
    """Coverage and exactness of many texts, for the groups of one question.

    Texts that meet the same groups have the same: each set of groups is computed once.
    """

    def __init__(
        self, groups: Sequence[tuple[str, ...]], weights: dict[tuple[str, ...], float]
    ) -> None:
        """`weights` are those of the groups."""
        self._groups, self._weights = groups, weights
        self._met: dict[str, int] = {}  # per term, as bits: the groups it meets, exactly or not
        for place, group in enumerate(groups):
            for term in group:
                bit = 1 << 2 * place + term.startswith(EXACT)
                self._met[term] = self._met.get(term, 0) | bit
        self._wanted = frozenset(self._met)
        self._known: dict[int, tuple[float, float]] = {}

    def of(self, stored: str) -> tuple[float, float]:
        """Coverage and exactness, 0 to 1, of a text with these terms, separated by spaces."""
        held = self._wanted.intersection(stored.split())
        met = 0
        for term in held:
            met |= self._met[term]
        if met not in self._known:
            self._known[met] = (
                coverage(self._groups, held, self._weights),
                exactness(self._groups, held, self._weights),
            )
        return self._known[met]


def weight(group: tuple[str, ...], total: int, frequencies: dict[str, int]) -> float:
    """The inverse document frequency of a group's commonest term (Robertson and Zaragoza 2009)."""
    n = max((frequencies.get(t, 0) for t in group), default=0)
    return math.log(1 + (total - n + 0.5) / (n + 0.5))


@lru_cache(maxsize=5_000)
def slug(name: str) -> str:
    """An actor's name as one term."""
    return re.sub(r"\W+", "_", name.lower()).strip("_")


@lru_cache(maxsize=50_000)
def _counted(word: str, language: str) -> str | None:
    """The unit that a word names, also as the first part of a German compound (Truppenabzug)."""
    units = wordlists.of(language, "units")
    folded = tokens.fold(word)
    found = units.word(folded)
    if found or language != "de" or len(folded) < LONG_COMPOUND:
        return found
    longest = min(len(folded), LONGEST)
    parts = (units.word(folded[:n]) for n in range(longest - 3, MIN_PART - 1, -1))
    return next((unit for unit in parts if unit), None)


def peoples(found: str) -> tuple[tuple[str, int, int], ...]:
    """(state, start, end) of the words that mean a state's people or what is theirs, in order."""
    return _peoples(found.lower())


@lru_cache(maxsize=5_000)
def _peoples(lower: str) -> tuple[tuple[str, int, int], ...]:
    states, pattern = _people_pattern()
    return tuple(
        (states[match.lastindex - 1], match.start(), match.end())
        for match in pattern.finditer(lower)
        if match.lastindex
    )


@cache
def _people_pattern() -> tuple[tuple[str, ...], re.Pattern[str]]:
    """The states, and a pattern whose n-th group holds the words of the n-th."""
    table = lexicon.load("peoples")
    groups = "|".join(f"({'|'.join(words)})" for words in table.values())
    return tuple(table), re.compile(rf"\b(?:{groups})\w*")


def _numbers(values: Iterable[float | None]) -> list[str]:
    return list(dict.fromkeys(f"n:{v:g}" if v < 1e6 else f"n:{v:.0f}" for v in values if v))


def _days(value: str) -> list[str]:
    first = value.partition("/")[0]
    return [f"d:{first}"] if len(first) in (7, 10) else []


def _date_terms(span: Span, language: str, published: str | None) -> list[str]:
    found: list[str] = []
    for _, value in dates.find(span, language, published):
        for day in _days(value or ""):
            found += [day, day[:9]] if len(day) == 12 else [day]
    return found


def bones(name: str, language: str) -> tuple[str, ...]:
    """The skeletons of a name without its ending ("у Курському"), and of all of it.

    A stemmer takes what only looks like an ending, too ("Aschenbrenn-er", "Умер-ов"). A Ukrainian
    name that softens before its ending is also taken with the hard sound: "у Балці", of "Балка".
    A number behind a name is no part of its ending ("«Вихрів-5»"). A German "ch" is mostly what
    English spells "kh" ("Charkiw", "Wichr").
    """
    low = NUMBERED.sub("", name.lower())
    forms = [text.stem(low, language), low]
    forms += [GERMAN_CH.sub("kh", form) for form in forms] if language == "de" else []
    hard = lexicon.load("romanisation")["softened"].get(language, {}).get(low[-2:])
    forms += [low[:-2] + hard] if hard else []
    return tuple(dict.fromkeys(s for form in forms if (s := skeleton(form))))


@lru_cache(maxsize=50_000)
def skeleton(name: str, least: int = MIN_SKELETON) -> str:
    """The consonants of a name in one Latin spelling, or "" where fewer than `least` are left.

    Kursk, Курск and Курську give `krsk`; Sudscha, Sudzha and Суджа give `sts`.
    """
    table = lexicon.load("romanisation")
    low = name.lower()
    for old, new in table["letters"].items():
        low = low.replace(old, new)
    for old, new in table["sounds"].items():
        low = low.replace(old, new)
    bones = re.sub(r"[^bcdfghklmnprstvwxz]", "", low)
    bones = re.sub(r"(.)(?=\1)", "", bones)
    return bones if len(bones) >= least else ""
