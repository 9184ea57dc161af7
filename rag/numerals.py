"""Numbers in running text: "zwölfeinhalbtausend", "10.5K", "half a million", "десятки тисяч".

Tokens are read once, left to right; a number is a chain of tokens, so the time is linear in the
length of the text. The words stand in `lexicon/quantities.<language>.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from math import inf
from typing import Any, NamedTuple

from rag import lexicon

# Thousands separators: the same sign throughout, three digits after each.
_TOKEN = re.compile(
    r"(?P<number>(?:[0-9]{1,3}(?P<sep>[.,'’\u00a0\u202f\u2009 ])[0-9]{3}(?![0-9])"
    r"(?:(?P=sep)[0-9]{3}(?![0-9]))*|[0-9]+)(?:[.,][0-9]+)?[½¼¾]?)"
    r"|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)|(?P<mark>[^\s\w]|_|\w)"
)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_FOLD = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "`": "'", "ё": "е", "\u00a0": " "})
_VULGAR = {"½": 0.5, "¼": 0.25, "¾": 0.75}
# Longer runs of digits are serial numbers, and int() would refuse very long ones.
_MAX_DIGITS = 15
_MAX_WORD = 60


class Token(NamedTuple):
    """A number, word or mark of a text; `word` is folded as `fold` does."""

    start: int
    end: int
    word: str
    kind: str


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


def fold(text: str) -> str:
    """Lower case with one apostrophe, no "ё" and plain blanks; the length never changes."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lower.translate(_FOLD)


def tokens(folded: str) -> list[Token]:
    """The tokens of a folded text, in order."""
    return [
        Token(m.start(), m.end(), m.group(), str(m.lastgroup) if m.lastgroup != "sep" else "number")
        for m in _TOKEN.finditer(folded)
    ]


Phrases = dict[str, list[tuple[tuple[str, ...], Any]]]


def phrases(table: Iterable[tuple[str, Any]]) -> Phrases:
    """Phrases by their first word, longest first, each with its value."""
    found: Phrases = {}
    for phrase, value in table:
        words = tuple(token.word for token in tokens(fold(phrase)))
        found.setdefault(words[0], []).append((words, value))
    for entries in found.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return found


def phrase_at(row: list[Token], i: int, table: Phrases) -> tuple[Any, int] | None:
    """The value of the longest phrase that starts at token `i`, and its length in tokens."""
    if i >= len(row):
        return None
    for words, value in table.get(row[i].word, ()):
        if all(
            i + k < len(row) and row[i + k].word == word for k, word in enumerate(words)
        ):
            return value, len(words)
    return None


class Vocabulary:
    """The number words of one language, ready for look-up."""

    def __init__(self, language: str) -> None:
        table = lexicon.load("quantities", language)
        said = table["phrases"]
        self.decimal: str = table["decimal"]
        self.cardinals = _by_word(table["cardinals"])
        self.multipliers = _by_word(table["multipliers"])
        self.money = _by_word(table.get("money_multipliers", {}))
        self.alone = _by_word(table["alone"])
        self.plurals = _by_word(table["plurals"])
        self.lead = phrases((p, float(v)) for v, ps in table["lead"].items() for p in ps)
        self.several = phrases((p, True) for p in said["several"])
        self.half_more = phrases((p, 0.5) for p in said["half_more"])
        self.of = frozenset(said["of"])
        self.conjunctions = frozenset(said.get("and", ()))
        self.genitive = frozenset(said.get("genitive", ()))
        self.one_after = frozenset(said["one_after"])
        self.fractions = phrases(
            (p, (share, bound))
            for name, bound in (("fractions", False), ("fractions_before", True))
            for share, ps in table[name].items()
            for p in ps
        )
        self.fraction_before = frozenset(table["fraction_context"]["before"].split())
        self.not_after = frozenset(table["fraction_context"]["not_after"].split())
        self.compound: dict[str, str] = table.get("compound", {})
        self._known = (
            set(self.cardinals) | set(self.alone) | set(self.plurals) | set(self.multipliers)
        )
        self._known |= set(self.fractions) | set(self.lead)
        # A compound holds one of these, whatever else it is made of.
        parts = [self.compound[k] for k in ("thousand", "hundred") if self.compound]
        parts += [self.compound["and"] + w for w in self.cardinals if self.compound]
        self._parts = re.compile("|".join(map(re.escape, parts))) if parts else None

    def occurs(self, folded: str) -> bool:
        """Whether a text may hold a number at all; a cheap test before any reading."""
        if re.search("[0-9½]", folded):
            return True
        if not self._known.isdisjoint(_WORD.findall(folded)):
            return True
        return bool(self._parts and self._parts.search(folded))

    def value(self, token: Token) -> float | None:
        """The number that a token is, without multipliers; None where it is none."""
        if token.kind == "number":
            return _digits(token.word, self.decimal)
        if token.kind != "word":
            return None
        found = self.cardinals.get(token.word)
        if found is None and self.compound and len(token.word) <= _MAX_WORD:
            return self._compound(token.word)
        return found

    def _compound(self, word: str) -> float | None:
        head, thousand, tail = word.partition(self.compound["thousand"])
        if not thousand:
            return self._below_thousand(word)
        many = self._below_thousand(head) if head else 1.0
        tail = tail.removeprefix(self.compound["and"])
        rest = self._below_thousand(tail) if tail else 0.0
        if many is None or rest is None or not (head or tail):
            return None
        return many * 1000 + rest

    def _below_thousand(self, word: str) -> float | None:
        head, hundred, tail = word.partition(self.compound["hundred"])
        if not hundred:
            return self._below_hundred(word)
        many = self.cardinals.get(head) if head else 1.0
        tail = tail.removeprefix(self.compound["and"])
        rest = self._below_hundred(tail) if tail else 0.0
        return None if many is None or rest is None else many * 100 + rest

    def _below_hundred(self, word: str) -> float | None:
        if word in self.cardinals:
            return self.cardinals[word]
        whole = word.removesuffix(self.compound["half"])
        if whole != word and whole in self.cardinals:
            return self.cardinals[whole] + 0.5
        ones, joined, tens = word.partition(self.compound["and"])
        if joined and self.cardinals.get(ones, 10) < 10 <= self.cardinals.get(tens, 0):
            return self.cardinals[ones] + self.cardinals[tens]
        return None


@cache
def vocabulary(language: str) -> Vocabulary:
    """The vocabulary of a language, built once."""
    return Vocabulary(language)


def find(row: list[Token], language: str) -> list[Numeral]:
    """All numbers in a row of tokens, in order and apart from each other."""
    words = vocabulary(language)
    found: list[Numeral] = []
    i = 0
    while i < len(row):
        numeral = _fraction(row, i, words) or _vague(row, i, words) or _composed(row, i, words)
        if numeral is None:
            i += 1
        else:
            found.append(numeral)
            i = numeral.last + 1
    return found


def glued(row: list[Token], i: int) -> bool:
    """Whether token `i` follows its predecessor without a blank."""
    return 0 < i < len(row) and row[i - 1].end == row[i].start


def _by_word(table: dict[str, str]) -> dict[str, float]:
    return {word: float(value) for value, forms in table.items() for word in forms.split()}


def _digits(written: str, decimal: str) -> float | None:
    more = _VULGAR.get(written[-1], 0.0)
    plain = written.rstrip("½¼¾").replace(" ", "").replace("'", "")
    plain = plain.replace("\u202f", "").replace("\u2009", "")
    if len(plain) > _MAX_DIGITS + 4:
        return None
    groups = re.split("[.,]", plain)
    thousands = len(groups) > 1 and all(len(g) == 3 for g in groups[1:]) and groups[0] != "0"
    if thousands and not (decimal == "." and plain.count(".") == 1 and "," not in plain):
        return float("".join(groups)) + more
    if len(groups) > 2:  # 1.500,75: only the last sign is a decimal one
        return float("".join(groups[:-1]) + "." + groups[-1]) + more
    return float(".".join(groups)) + more


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
    """ "mehrere Tausend", "dozens", "десятки тисяч": at least two of the kind, below ten."""
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
    low, high = (base, base) if one else (2 * base, 99.0 if base == 12 else 10 * base - 1)
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
    """ "1,234 Millionen": before a multiplier the decimal sign is one, whatever follows it."""
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
    if half := phrase_at(row, j, words.half_more):
        if number.current:
            number.current += half[0]
        else:
            number.total += half[0] * number.factor
        number.room = 0.0
        return half[1]
    factor = words.multipliers.get(token.word)
    if factor is not None and (len(token.word) > 1 or (glued(row, j) and row[j - 1].kind == "number")):
        if not number.takes(factor):
            return 0
        number.multiply(factor)
        # An abbreviation keeps its full stop where the text goes on: "12 тис. осіб".
        dotted = j + 1 < len(row) and row[j + 1].word == "." and glued(row, j + 1)
        return 2 if dotted and len(token.word) <= 4 and j + 2 < len(row) else 1
    value = words.value(token)
    if value is not None and 0 < value < number.room:
        if glued(row, j) or (token.kind == "number" and number.current):
            return 0
        number.add(value, token.kind == "number")
        return 1
    return _joined(row, j, number, words)


def _joined(row: list[Token], j: int, number: _Sum, words: Vocabulary) -> int:
    """ "twenty-five", "one hundred and fifty": two tokens, or none."""
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
