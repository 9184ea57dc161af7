"""A text as a row of tokens, with one spelling for look-up and every offset kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

# Thousands separators: the same sign throughout, three digits after each.
_TOKEN = re.compile(
    r"(?P<number>(?:[0-9]{1,3}(?P<sep>[.,'’\u00a0\u202f\u2009 ])[0-9]{3}(?![0-9])"
    r"(?:(?P=sep)[0-9]{3}(?![0-9]))*|[0-9]+)(?:[.,][0-9]+)?[½¼¾]?)"
    r"|(?P<break>\n[ \n]*\n)|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)|(?P<mark>[^\s\w]|_|\w)"
)
_FOLD = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "`": "'", "ё": "е", "\u00a0": " "})


class Token(NamedTuple):
    """A number, word or mark of a text; `word` is folded as `fold` does."""

    start: int
    end: int
    word: str
    kind: str


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
        if all(i + k < len(row) and row[i + k].word == word for k, word in enumerate(words)):
            return value, len(words)
    return None


def glued(row: list[Token], i: int) -> bool:
    """Whether token `i` follows its predecessor without a blank."""
    return 0 < i < len(row) and row[i - 1].end == row[i].start
