"""Numbers in running text: "zwölfeinhalbtausend", "10.5K", "half a million", "десятки тисяч".

Tokens are read once, left to right; a number is a chain of tokens, so the time is linear in the
length of the text. The words stand in `lexicon/quantities.<language>.toml`.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from rag.number_words import Vocabulary, vocabulary
from rag.tokens import Token, glued, phrase_at

_SIGNS = frozenset("$€£₽₴")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as an interval, with offsets and the indices of its first and last token."""

    start: int
    end: int
    low: float
    high: float
    first: int
    last: int
    factor: float = 1.0  # the multiplier it ends with: 1000 in "12 Tsd."
    vague: bool = False
    fraction: bool = False  # a share, in percent
    article: bool = False  # "ein", "one", "один": a number only where something is counted

    @property
    def plain(self) -> float:
        """The number without its multiplier: 12 in "12 Tsd."."""
        return self.low / self.factor


def find(row: list[Token], language: str) -> list[Numeral]:
    """All numbers in a row of tokens, in order and apart from each other."""
    words = vocabulary(language)
    found: list[Numeral] = []
    i = 0
    while i < len(row):
        numeral = _at(row, i, words)
        if numeral is None:
            i += 1
        else:
            found.append(numeral)
            i = numeral.last + 1
    return found


def _at(row: list[Token], i: int, words: Vocabulary) -> Numeral | None:
    """The number that begins at a token."""
    if words.starts(row[i]):
        found = _fraction(row, i, words) or _vague(row, i, words) or _composed(row, i, words)
        if found is not None:
            return found
    if row[i].word in words.ones and i and row[i - 1].word in words.ones_after:
        return Numeral(row[i].start, row[i].end, 1.0, 1.0, i, i, article=True)
    return None


def _fraction(row: list[Token], i: int, words: Vocabulary) -> Numeral | None:
    hit = phrase_at(row, i, words.fractions)
    if hit is None or _leads(row, i, words) or (i and row[i - 1].word in words.not_after):
        return None
    (share, bound), length = hit
    after = row[i + length].word if i + length < len(row) else ""
    if after in words.multipliers or (bound and after not in words.fraction_before):
        return None
    low, high = (float(part) for part in (share.split() * 2)[:2])
    last = i + length - 1
    return Numeral(row[i].start, row[last].end, low, high, i, last, fraction=True)


def _leads(row: list[Token], i: int, words: Vocabulary) -> tuple[float, int] | None:
    """What "half a", "eine", "пів" contribute before a multiplier, and their length."""
    hit = phrase_at(row, i, words.lead)
    if hit is None or i + hit[1] >= len(row) or row[i + hit[1]].word not in words.multipliers:
        return None
    return hit


def _vague(row: list[Token], i: int, words: Vocabulary) -> Numeral | None:
    """Such as "mehrere Tausend", "dozens", "десятки тисяч": at least two of the kind, below ten."""
    hit = phrase_at(row, i, words.several)
    j = i + hit[1] if hit else i
    base = 1.0
    last = -1
    while j < len(row):
        factor = words.multipliers.get(row[j].word) or words.plurals.get(row[j].word)
        if last < 0:
            factor = _vague_head(row, j, words, bool(hit))
        if factor is None:
            if last >= 0 and row[j].word in words.of and j == last + 1:
                j += 1
                continue
            break
        base, last, j = base * factor, j, j + 1
    if last < 0:
        return None
    one = not hit and row[i].word in words.genitive and i > 0 and row[i - 1].word in words.one_after
    low, high = (base, base) if one else (2 * base, 10 * base - 1)
    if not one and base in (10, 12):  # "dozens", "десятки"
        low, high = 24.0, 99.0
    return Numeral(row[i].start, row[last].end, low, high, i, last, factor=base, vague=not one)


def _vague_head(row: list[Token], j: int, words: Vocabulary, several: bool) -> float | None:
    token = row[j]
    if not several:
        return words.plurals.get(token.word)
    found = words.multipliers.get(token.word) or words.plurals.get(token.word)
    if found is None:
        value = words.value(token)
        # "mehrere Zehntausend", "mehrere 100": a power of ten is what is meant several times.
        if value is not None and value >= 10 and str(int(value)).strip("0") == "1":
            found = value
    return found


@dataclass(slots=True)
class _Sum:
    """A number while it is read: "zwei Millionen dreihundert": finished and current part."""

    total: float = 0.0
    current: float = 0.0
    room: float = inf  # what is added must be smaller
    limit: float = inf  # multipliers from a thousand up must fall
    factor: float = 1.0

    def add(self, value: float, digits: bool) -> None:
        self.current += value
        if digits or value % 10:
            self.room = 0.0
        else:
            self.room = 100.0 if value % 100 == 0 else 10.0

    def multiply(self, factor: float) -> None:
        self.factor = factor
        if factor < 1000:
            self.current = (self.current or 1.0) * factor
            self.room = 100.0 if factor == 100 else 0.0
            return
        self.total += (self.current or 1.0) * factor
        self.current, self.room, self.limit = 0.0, factor, factor

    def takes(self, factor: float) -> bool:
        return factor < self.limit and not (self.total and not self.current)


def _composed(row: list[Token], i: int, words: Vocabulary) -> Numeral | None:
    """A chain of number words or digits with multipliers; None where token `i` starts none."""
    number = _Sum()
    j = last = i
    if lead := _leads(row, i, words):
        number.current, number.room = lead[0], 0.0
        j = last = i + lead[1]
    else:
        value = _scaled(row, i, words) or words.value(row[i])
        if value is None:
            value = words.alone.get(row[i].word)
            if value is None or glued(row, i):
                return None
            number.multiply(value)
        else:
            number.add(value, row[i].kind == "number")
        j = i + 1
    while j < len(row) and (taken := _continue(row, j, number, words)):
        last = j + taken - 1
        j = last + 1
    value = round(number.total + number.current, 6)
    article = last == i and value == 1 and row[i].kind == "word"
    factor = number.factor if number.total or number.factor < 1000 else 1.0
    return Numeral(
        row[i].start, row[last].end, value, value, i, last, factor=factor, article=article
    )


def _scaled(row: list[Token], i: int, words: Vocabulary) -> float | None:
    """Before a multiplier the decimal sign is one, whatever follows it: "1,234 Millionen"."""
    if row[i].kind != "number" or i + 1 >= len(row) or row[i].word.count(words.decimal) != 1:
        return None
    if words.multipliers.get(row[i + 1].word, 0) < 1000:
        return None
    whole, _, rest = row[i].word.partition(words.decimal)
    return float(f"{whole}.{rest}") if (whole + rest).isdigit() and len(rest) < 9 else None


def _continue(row: list[Token], j: int, number: _Sum, words: Vocabulary) -> int:
    """How many tokens from `j` on belong to the number; they are added to it."""
    token = row[j]
    if token.start - row[j - 1].end > 1:
        return 0
    if factor := _money(row, j, words):
        number.multiply(factor)
        return 1
    return (
        _add_half(row, j, number, words)
        or _multiply(row, j, number, words)
        or _add(row, j, number, words)
    )


def _money(row: list[Token], j: int, words: Vocabulary) -> float | None:
    """What "m" and "b" multiply by beside a currency sign: "$61m"."""
    signed = j > 1 and row[j - 2].kind == "mark" and glued(row, j - 1) and row[j - 2].word in _SIGNS
    return words.money.get(row[j].word) if signed and glued(row, j) else None


def _add_half(row: list[Token], j: int, number: _Sum, words: Vocabulary) -> int:
    if half := phrase_at(row, j, words.half_more):
        if number.current:
            number.current += half[0]
        else:
            number.total += half[0] * number.factor
        number.room = 0.0
        return int(half[1])
    return 0


def _multiply(row: list[Token], j: int, number: _Sum, words: Vocabulary) -> int:
    token = row[j]
    factor = words.multipliers.get(token.word)
    # One letter multiplies only what it is grown onto: "10K".
    short = len(token.word) == 1 and not (glued(row, j) and row[j - 1].kind == "number")
    if factor is None or short or not number.takes(factor):
        return 0
    number.multiply(factor)
    # An abbreviation keeps its full stop where the text goes on: "12 тис. осіб".
    dotted = j + 1 < len(row) and row[j + 1].word == "." and glued(row, j + 1)
    return 2 if dotted and len(token.word) <= 4 and j + 2 < len(row) else 1


def _add(row: list[Token], j: int, number: _Sum, words: Vocabulary) -> int:
    token = row[j]
    value = words.value(token)
    if value is not None and 0 < value < number.room:
        # "sechs Millionen 152-Millimeter-Granaten" are two numbers.
        grown = j + 1 < len(row) and row[j + 1].word == "-" and glued(row, j + 1)
        if glued(row, j) or (token.kind == "number" and (number.current or grown)):
            return 0
        number.add(value, token.kind == "number")
        return 1
    return _joined(row, j, number, words)


def _joined(row: list[Token], j: int, number: _Sum, words: Vocabulary) -> int:
    """Such as "twenty-five", "one hundred and fifty": two tokens, or none."""
    if j + 1 >= len(row) or row[j + 1].kind != "word":
        return 0
    value = words.value(row[j + 1])
    if value is None or not 0 < value < min(number.room, 100):
        return 0
    hyphen = row[j].word == "-" and number.room == 10 and glued(row, j) and glued(row, j + 1)
    if hyphen or (row[j].word in words.conjunctions and number.room >= 100):
        number.add(value, digits=False)
        return 2
    return 0
