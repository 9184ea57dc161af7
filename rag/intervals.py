"""Numbers become intervals: ranges are joined, qualifiers ("at least", "около") are read.

"zwischen 10.000 und 12.000", "10- bis 12.000", "10–12 тисяч" are one interval; "rose from 10,000
to 12,000" is two figures. Words: `lexicon/quantities.<language>.toml`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from rag import labels, lexicon, tokens, units, wordlists
from rag.numerals import Numeral
from rag.readings import Reading

_IN_A_ROW = 3  # qualifiers: "schätzungsweise bis zu rund"
_DASHES = frozenset("-–—")
_MAX_RATIO = 100  # "10 to 12,000" is 10,000 to 12,000: no range is that wide
_MAX_GAP = 5
_CHANGE_REACH = 8
_NEAR = 3  # tokens within which a verb stands behind "one of them"
_THAN = frozenset({"als", "than", "least", "most"})  # only as the end of a qualifier

Endings = dict[str, list[tuple[tuple[str, ...], str]]]


@dataclass(slots=True)
class Interval:
    """A figure while it is read: its interval and the indices of its tokens and numerals."""

    low: float
    high: float
    first: int
    last: int
    head: int  # the first of its numerals
    tail: int  # the last one, which carries the noun
    vague: bool = False
    qualifiers: tuple[str, ...] = ()


def find(reading: Reading) -> list[Interval]:
    """The numbers that count something, with ranges joined and qualifiers read.

    Numbers that count nothing are taken out of the reading.
    """
    dropped = labels.uncounted(reading)
    kept = [n for n, drop in zip(reading.numerals, dropped, strict=True) if not drop]
    articles = {n.first for n in kept if n.article and not _counts(reading, n)}
    reading.numerals = [n for n in kept if n.first not in articles]
    reading.counted -= reading.skipped | articles
    found: list[Interval] = []
    index = 0
    while index < len(reading.numerals):
        joined = index + 1 < len(reading.numerals)
        if joined and _is_score(reading, index):
            index += 2
            continue
        figure = (_range(reading, index) if joined else None) or _one(reading, index, joined)
        _read_sign(reading, figure)
        _read_qualifiers(reading, figure)
        found.append(figure)
        index = figure.tail + 1
    return found


@cache
def _table(language: str) -> dict[str, Any]:
    return lexicon.load("quantities", language)


@cache
def _pairs(language: str) -> frozenset[tuple[str, str]]:
    return frozenset((opener, join) for opener, join in _table(language)["ranges"]["pairs"])


def _counts(reading: Reading, numeral: Numeral) -> bool:
    """Whether "ein", "one", "один" counts: "nur ein Soldat", "less than a mile", "one soldier"."""
    before = reading.word(numeral.first - 1)
    grammar = _table(reading.language)["grammar"]
    if before in grammar["negations"].split():
        return False
    unit = units.noun_right(reading, numeral.last + 1).unit
    state = unit in units.ASPECT_OF_STATE or _is_of_them(reading, numeral.last + 1)
    if reading.word(numeral.first) in _table(reading.language)["lead"].get("1", ()):
        bound = _qualifier_before(reading, numeral.first)
        said = before in grammar["article_after"].split() and (bound or before not in _THAN)
        return state or bool(said and unit)
    following = " ".join(reading.word(numeral.last + k) for k in (1, 2)).strip()
    ratio = _table(reading.language)["ranges"]["ratio"]
    shared = any(following == r or following.startswith(f"{r} ") for r in ratio)
    said = _qualifier_before(reading, numeral.first) is not None
    return state or unit in units.PERSONS or said or (shared and _is_share(reading, numeral))


def _is_of_them(reading: Reading, i: int) -> bool:
    """Whether "of them" stands here, and what became of them behind it: "one of them died"."""
    grammar = reading.grammar
    said = reading.cues_between(i + 2, i + 2 + _NEAR)
    meant = reading.word(i) in grammar.partitives and reading.word(i + 1) in grammar.them
    return meant and any(cue.aspect in units.STATES for cue in said)


def _is_share(reading: Reading, numeral: Numeral) -> bool:
    """Whether a number stands soon behind "one in …"."""
    return any(i in reading.counted for i in range(numeral.last + 2, numeral.last + 4))


def _one(reading: Reading, index: int, joined: bool) -> Interval:
    numeral = reading.numerals[index]
    low, high = numeral.low, numeral.high
    if joined and low == high:
        low = high = _elliptic(reading, index)
    return Interval(low, high, numeral.first, numeral.last, index, index, numeral.vague)


def _is_score(reading: Reading, index: int) -> bool:
    """Whether it is "3-1", two numbers grown together by a hyphen that fall, or "one in five"."""
    one, two = reading.numerals[index], reading.numerals[index + 1]
    if one.article:
        gap = " ".join(reading.word(i) for i in range(one.last + 1, min(two.first, one.last + 4)))
        return gap in _table(reading.language)["ranges"]["ratio"]
    grown = two.first == one.last + 2 and reading.word(one.last + 1) in _DASHES
    return (
        grown and tokens.glued(reading.row, two.first) and one.low >= two.high and two.factor == 1
    )


def _range(reading: Reading, index: int) -> Interval | None:
    """Numbers `index` and `index` + 1 as one range; None where they are two figures."""
    one, two = reading.numerals[index], reading.numerals[index + 1]
    if one.vague != two.vague or two.first - one.last > _MAX_GAP:
        return None
    gap = [reading.word(i) for i in range(one.last + 1, two.first)]
    if len(gap) > 1 and _is_sign(reading, two.first - 1):  # "between $60,000 and $90,000"
        gap.pop()
    join = _without_qualifiers(reading.language, gap)
    dash = len(gap) == 1 and gap[0] in _DASHES
    hanging = len(join) > 1 and join[0] in _DASHES
    phrase = " ".join(join[1:] if hanging else join)
    opener, start = _opener(reading, one)
    pairs = _pairs(reading.language)
    opened = opener != "" and (opener, phrase) in pairs
    if not (dash or opened or ("", phrase) in pairs) or (opened and _changes(reading, one.first)):
        return None
    low, high = _scaled(one, two), two.high
    if low >= high:
        return None
    if phrase in reading.grammar.conjunctions and not opened and high > 2 * low:
        return None  # "one or 300" is no range, "two or three" is
    first = start if opened else one.first
    return Interval(low, high, first, two.last, index, index + 1, one.vague)


def _is_sign(reading: Reading, at: int) -> bool:
    """Whether a token is the sign of a currency."""
    hit = wordlists.of(reading.language, "units").at(reading.folded, reading.row[at])
    return hit is not None and hit[0] in units.MONEY and reading.row[at].kind == "mark"


def _elliptic(reading: Reading, index: int) -> float:
    """A number that shares the multiplier of the next: "rose from 10 to 12 thousand"."""
    one, two = reading.numerals[index], reading.numerals[index + 1]
    gap = " ".join(reading.word(i) for i in range(one.last + 1, min(two.first, one.last + 4)))
    shares = any(gap == join for _, join in _pairs(reading.language))
    return _scaled(one, two) if shares else one.low


def _scaled(one: Numeral, two: Numeral) -> float:
    """The lower end in the scale of the upper: "10- bis 12.000" begins at 10,000."""
    factor = two.factor if two.factor >= 1000 else 1000.0 if two.high % 1000 == 0 else 1.0
    plain = one.factor == 1 and one.low < 1000 <= two.high
    if plain and two.high >= _MAX_RATIO * one.low and one.low * factor <= two.high:
        return one.low * factor
    return one.low


def _opener(reading: Reading, one: Numeral) -> tuple[str, int]:
    """The word that opens a range, before the number and its qualifiers, and where it stands."""
    openers = {opener for opener, _ in _pairs(reading.language) if opener}
    first = one.first
    if first and _is_sign(reading, first - 1):
        first -= 1
    for _ in range(_IN_A_ROW):
        if reading.word(first - 1) in openers:
            return reading.word(first - 1), first - 1
        hit = _qualifier_before(reading, first)
        if hit is None:
            break
        first -= hit[1]
    return "", one.first


def _without_qualifiers(language: str, gap: list[str]) -> list[str]:
    """The words between two numbers without "about" and the like before the second."""
    words = " ".join(gap)
    if any(words == join for _, join in _pairs(language)):
        return gap
    for phrases in _table(language)["qualifiers"].values():
        for phrase in phrases:
            if words.endswith(" " + phrase):
                return words.removesuffix(" " + phrase).split()
    return gap


def _changes(reading: Reading, first: int) -> bool:
    """Whether the clause says that a figure changed: "stieg von 800 auf 1.000"."""
    table = wordlists.single(reading.language, "change", "words")
    low = max(reading.before(reading.hard, first), first - _CHANGE_REACH, -1)
    return any(table.word(reading.word(i)) for i in range(low + 1, first))


@cache
def _qualifiers(language: str) -> Endings:
    """Qualifiers by their last word, longest first: they are read leftwards from the number."""
    found: Endings = {}
    for kind, entries in _table(language)["qualifiers"].items():
        for entry in entries:
            words = tuple(t.word for t in tokens.tokens(tokens.fold(entry)))
            found.setdefault(words[-1], []).append((words, kind))
    for listed in found.values():
        listed.sort(key=lambda pair: -len(pair[0]))
    return found


@cache
def _governed(language: str) -> dict[str, wordlists.WordList]:
    """Words after which a would-be qualifier is a preposition of theirs."""
    table = _table(language)["not_qualifiers"]
    return {phrase: wordlists.WordList({"verb": words}) for phrase, words in table.items()}


def _qualifier_before(reading: Reading, first: int) -> tuple[str, int] | None:
    """Kind and length of the qualifier that ends before token `first`."""
    for words, kind in _qualifiers(reading.language).get(reading.word(first - 1), ()):
        low = first - len(words)
        if low < 0 or tuple(reading.word(low + k) for k in range(len(words))) != words:
            continue
        phrase = " ".join(words)
        verbs = _governed(reading.language).get(phrase)
        if verbs and verbs.word(reading.word(low - 1)):
            return None
        cancels = _table(reading.language)["change"].get("cancels", ())
        if phrase in cancels and _changes(reading, low):
            return None
        return kind, len(words)
    return None


def _read_sign(reading: Reading, figure: Interval) -> None:
    """Extend a figure over the currency sign before it: "$61 billion", "US$5"."""
    if not figure.first or figure.first - 2 in reading.counted:
        return  # "10 $ 5": the sign belongs to what stands before it
    if _is_sign(reading, figure.first - 1):
        sign = reading.row[figure.first - 1]
        figure.first -= 1
        if figure.first and tokens.glued(reading.row, figure.first):  # "US$"
            whole = wordlists.of(reading.language, "units").at(
                reading.folded, reading.row[figure.first - 1]
            )
            figure.first -= 1 if whole and whole[1] == sign.end else 0


def _read_qualifiers(reading: Reading, figure: Interval) -> None:
    kinds: list[str] = []
    while len(kinds) < _IN_A_ROW and (found := _qualifier_before(reading, figure.first)):
        kinds.append(found[0])
        figure.first -= found[1]
    if reading.word(figure.last + 1) == "+" and tokens.glued(reading.row, figure.last + 1):
        kinds.append("at_least")
        figure.last += 1
    figure.qualifiers = tuple(kinds)


@cache
def _behind(language: str) -> tokens.Phrases:
    table = _table(language)["after"]
    return tokens.phrases((entry, kind) for kind, entries in table.items() for entry in entries)


def qualifier_behind(reading: Reading, last: int) -> tuple[str, int] | None:
    """Kind and length of a qualifier behind token `last`: "300 oder mehr".

    In "acht Tote und mehr als 30 Verletzte" it belongs to the next number.
    """
    hit = tokens.phrase_at(reading.row, last + 1, _behind(reading.language))
    if hit is None:
        return None
    following = next((n.first for n in reading.numerals if n.first > last), len(reading.row))
    if following - last - hit[1] <= _MAX_GAP:
        while (found := _qualifier_before(reading, following)) is not None:
            following -= found[1]
        if following <= last + hit[1] + 1:
            return None
    return hit
