"""Finds listed names in a text, in any case form, longest first, in one pass over its words.

Every spelling of every word leads to the words it may be, and names are paths through a tree
of words. So the common case, a word of no name, costs one dictionary look-up.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

from rag import inflection
from rag.inflection import WORD, Word

T = TypeVar("T")

# What may stand between two words of one name. A full stop and a space divide sentences, unless
# they stand behind an initial ("J. D. Vance").
_GLUE = frozenset(
    {" ", "\u00a0", "\u202f", "\n", "-", "‐", "‑", ".", "/",
     " (", " «", " „", " “", "»-", "“-", "”-", '"-'}
)  # fmt: skip
_INITIAL_GLUE = frozenset({". ", ".\u00a0"})


class Found(NamedTuple, Generic[T]):
    """Where a name stands, and what it was listed for, in the order of listing."""

    start: int
    end: int
    values: tuple[T, ...]
    nominative: bool


class _Hit(NamedTuple):
    start: int
    end: int
    words: tuple[int, ...]
    text: str


class _Node(Generic[T]):
    """A word on the way: the next words, and what ends here."""

    __slots__ = ("next", "values", "word")

    def __init__(self, word: Word | None = None) -> None:
        self.word = word
        self.next: dict[int, _Node[T]] = {}
        self.values: tuple[T, ...] = ()


class Gazetteer(Generic[T]):
    """Names and what they stand for."""

    def __init__(self) -> None:
        self._root: _Node[T] = _Node()
        self._numbers: dict[Word, int] = {}
        self._spellings: dict[str, tuple[int, ...]] = {}

    def add(self, name: Iterable[Word], value: T) -> None:
        """Lists a name, as `inflection.parse` gives it; the same value counts once."""
        node = self._root
        for word in name:
            number = self._numbers.get(word)
            if number is None:
                number = self._register(word)
            following = node.next.get(number)
            if following is None:
                following = node.next[number] = _Node(word)
            node = following
        if value not in node.values:
            node.values = (*node.values, value)

    def _register(self, word: Word) -> int:
        number = self._numbers[word] = len(self._numbers)
        alone = (number,)  # shared by all spellings: tens of thousands
        for spelling in inflection.forms(word):
            others = self._spellings.get(spelling)
            self._spellings[spelling] = alone if others is None else (*others, number)
        return number

    def find(self, text: str) -> list[Found[T]]:
        """The names in the text, left to right, non-overlapping, the longest at each place."""
        hits = self._hits(text)
        found: list[Found[T]] = []
        position = 0
        while position < len(hits):
            match, position = self._longest(text, hits, position)
            if match is not None:
                found.append(match)
        return found

    def _hits(self, text: str) -> list[_Hit]:
        lookup = self._spellings.get
        hits = []
        for match in WORD.finditer(text):
            word = match.group()
            numbers = lookup(word)
            if numbers is not None:
                hits.append(_Hit(match.start(), match.end(), numbers, word))
        return hits

    def _longest(self, text: str, hits: list[_Hit], first: int) -> tuple[Found[T] | None, int]:
        """The longest name that starts at this hit, and the hit to go on with."""
        nodes: list[_Node[T]] = [self._root]
        best: tuple[int, list[_Node[T]]] | None = None
        for index in range(first, len(hits)):
            if index > first and not _glued(text, hits[index - 1], hits[index]):
                break
            numbers = hits[index].words
            nodes = [node.next[n] for node in nodes for n in numbers if n in node.next]
            if not nodes:
                break
            ending = [node for node in nodes if node.values]
            if ending:
                best = index, ending
        if best is None:
            return None, first + 1
        return _found(text, hits[first], hits[best[0]], best[1]), best[0] + 1


def _found(text: str, first: _Hit, last: _Hit, ending: list[_Node[T]]) -> Found[T]:
    """The name from the first to the last word, with the full stop of "U.S."."""
    end = last.end
    initial = last.end - last.start == 1 and last.start > 0 and text[last.start - 1] == "."
    if initial and text[end : end + 1] == ".":
        end += 1
    values = tuple(dict.fromkeys(value for node in ending for value in node.values))
    nominative = any(node.word and last.text in inflection.base(node.word) for node in ending)
    return Found(first.start, end, values, nominative)


def _glued(text: str, left: _Hit, right: _Hit) -> bool:
    gap = text[left.end : right.start]
    return gap in _GLUE or (left.end - left.start <= 2 and gap in _INITIAL_GLUE)
