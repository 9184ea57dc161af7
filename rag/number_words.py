"""The number words of a language (`lexicon/quantities.<language>.toml`), ready for look-up."""

from __future__ import annotations

import re
from functools import cache

from rag import lexicon
from rag.tokens import Token, phrases

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_VULGAR = {"½": 0.5, "¼": 0.25, "¾": 0.75}
# Longer runs of digits are serial numbers, and int() would refuse very long ones.
_MAX_DIGITS = 15
_MAX_WORD = 60


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
        self.ones = frozenset(said.get("ones", ()))
        self.ones_after = frozenset(said.get("ones_after", ()))
        self._one_said = re.compile(
            rf"\b(?:{'|'.join(self.ones_after)}) (?:{'|'.join(self.ones)})\b"
            if self.ones
            else "(?!)"
        )
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
        self.starters = self._known | set(self.several)
        # A compound holds one of these, whatever else it is made of.
        self._parts: re.Pattern[str] | None = None
        if self.compound:
            tens = "|".join(w for w, v in self.cardinals.items() if v >= 20)
            thousand, hundred, joint, half = (
                self.compound[part] for part in ("thousand", "hundred", "and", "half")
            )
            self._parts = re.compile(rf"{thousand}|{hundred}|{joint}(?:{tens})|{half}")

    def occurs(self, folded: str) -> bool:
        """Whether a text may hold a number at all; a cheap test before any reading."""
        if re.search("[0-9½]", folded):
            return True
        if not self._known.isdisjoint(_WORD.findall(folded)):
            return True
        if self._one_said.search(folded):
            return True
        return bool(self._parts and self._parts.search(folded))

    def starts(self, token: Token) -> bool:
        """Whether a number may begin with this token."""
        if token.word in self.starters or token.kind == "number":
            return True
        return bool(self._parts and self._parts.search(token.word))

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
