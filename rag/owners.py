"""Whose people a figure counts: the states that a text names, and which of them a number is of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from rag import lexicon, terms
from rag.actors import Actors
from rag.schema import LANGUAGES, SourceKind

Named = tuple[int, int, str]  # start, end, state
_ARTICLE = 3  # letters of an article, at most


def named(words: str, actors: Actors) -> list[Named]:
    """Where a text names states and their people; who speaks for a state is not counted."""
    mentioned = [m for m in actors.find(words) if m.actor.kind is SourceKind.STATE]
    found = [(m.start, m.end, m.actor.name) for m in mentioned]
    return found + [(start, end, state) for state, start, end in terms.peoples(words)]


def of_figure(words: str, at: tuple[int, int], found: Sequence[Named]) -> str | None:
    """The state whose people a figure counts: of its noun phrase, or else the nearest before it.

    "300 North Koreans", "North Korea has lost 4,000"; where none stands before it, the first
    behind it that is no place: "11,000 remained on Russian soil". `at`: start and
    end of the figure; `found`: what `named` gives.
    """
    near = beside(words, at, found)
    left = [n for n in found if n[1] <= at[0]]
    right = [n for n in found if n[0] >= at[1] and not _is_where(words[: n[0]])]
    return near or (max(left)[2] if left else min(right)[2] if right else None)


def beside(words: str, at: tuple[int, int], found: Iterable[Named]) -> str | None:
    """The state that the noun phrase of a figure names."""
    near = [n for n in found if _is_beside(words, at, n[0])]
    return min(near)[2] if near else None


def _is_beside(words: str, at: tuple[int, int], start: int) -> bool:
    return at[0] <= start <= at[1] or (start > at[1] and _follows(words[at[1] : start]))


def _follows(gap: str) -> bool:
    """Whether at most one word stands between a number and what is named behind it.

    No preposition of place: "12,000 soldiers to Russia" are not Russia's.
    """
    words = gap.split()
    return len(words) <= 1 and all(word.isalpha() and word not in _toward() for word in words)


def _is_where(before: str) -> bool:
    """Whether a preposition of place stands right before a name, or before its article."""
    last = [word.lower() for word in before.split()[-2:]]
    return bool(last) and (
        last[-1] in _toward() or (last[0] in _toward() and len(last[-1]) <= _ARTICLE)
    )


@cache
def _toward() -> frozenset[str]:
    tables = (lexicon.load("comparisons", language) for language in LANGUAGES)
    return frozenset(word for table in tables for word in table["toward"].split())
