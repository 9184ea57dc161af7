"""Word lists with stars, compiled for look-up: to which list does the word here belong.

"soldat*" is a beginning, "*soldat*" any part, "soldat" the whole word; an entry of several words
("square kilomet*") is compared with the text from the word's start, "#" stands for digits ("t-#").
The longest entry wins.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from rag import lexicon
from rag.tokens import Token, fold

_PLAIN = re.compile(r"\*?[^\W\d_]+(?:'[^\W\d_]+)*\*?")
# Looked-up words are kept; hostile text must not make that grow without end.
_MAX_KEPT = 50_000
_MAX_WORD = 60
# Entries of several words are found by the first letters of their first word.
_HEAD_LENGTH = 4
_HEAD = re.compile(r"[^\W\d_]+")


class WordList:
    """Lists of words by name, `{"soldiers": ["soldat*", …]}`; the longest entry decides."""

    def __init__(self, table: Mapping[str, Sequence[str]]) -> None:
        self._whole: dict[str, str] = {}
        self._starts: dict[str, str] = {}
        self._ends: list[tuple[str, str]] = []
        self._inside: list[tuple[str, str]] = []
        self._phrases: dict[str, list[tuple[re.Pattern[str], str]]] = {}
        for entry, name in sorted(
            ((fold(e), n) for n, entries in table.items() for e in entries),
            key=lambda pair: -len(pair[0]),
        ):
            if not _PLAIN.fullmatch(entry):
                head = _HEAD.match(entry)
                key = head.group()[:_HEAD_LENGTH] if head else entry[0]
                self._phrases.setdefault(key, []).append((_phrase(entry), name))
            else:
                self._add_word(entry, name)
        self._lengths = sorted({len(start) for start in self._starts}, reverse=True)
        self._kept: dict[str, str | None] = {}

    def _add_word(self, entry: str, name: str) -> None:
        stem = entry.strip("*")
        if entry.startswith("*"):
            (self._inside if entry.endswith("*") else self._ends).append((stem, name))
        else:
            (self._starts if entry.endswith("*") else self._whole).setdefault(stem, name)

    def word(self, word: str) -> str | None:
        """The list that a folded word belongs to."""
        if word not in self._kept:
            if len(self._kept) >= _MAX_KEPT:
                self._kept.clear()
            self._kept[word] = self._look_up(word[:_MAX_WORD])
        return self._kept[word]

    def _look_up(self, word: str) -> str | None:
        if word in self._whole:
            return self._whole[word]
        best, length = None, 0
        for n in self._lengths:
            if word[:n] in self._starts and len(word) >= n:
                best, length = self._starts[word[:n]], n
                break
        for entries, fits in ((self._ends, word.endswith), (self._inside, word.__contains__)):
            for stem, name in entries:
                if len(stem) > length and fits(stem):
                    best, length = name, len(stem)
        return best

    def at(self, folded: str, token: Token) -> tuple[str, int] | None:
        """Name and end of the entry that starts at this token of a folded text."""
        for pattern, name in self._phrases.get(token.word[:_HEAD_LENGTH], ()):
            if match := pattern.match(folded, token.start):
                return name, match.end()
        found = self.word(token.word) if token.kind != "number" else None
        return (found, token.end) if found else None


@cache
def of(language: str, section: str) -> WordList:
    """The word lists of one section of `quantities.<language>.toml`."""
    return WordList(lexicon.load("quantities", language)[section])


@cache
def single(language: str, section: str, key: str) -> WordList:
    """One list of such a section, under its own name."""
    return WordList({key: lexicon.load("quantities", language)[section][key]})


def _phrase(entry: str) -> re.Pattern[str]:
    pattern = re.escape(entry).replace(r"\*", r"\w*").replace(r"\ ", r"[ \n]{1,2}")
    pattern = pattern.replace(r"\#", "[0-9]+")
    return re.compile(pattern + (r"(?!\w)" if entry[-1].isalnum() or entry[-1] == "*" else ""))
