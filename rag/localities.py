"""Where a text names a place, and which of the two states appoints its officials.

The places are those of `concepts.places.toml` and the towns of `jurisdictions.toml`, whose tables
tell the states.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from rag import concepts, lexicon
from rag.schema import Side

STATES = (Side.UKRAINE, Side.RUSSIA)
HOME = {"uk": Side.UKRAINE}  # the state whose offices a language names without it, always
_ANY_CASE = 5  # letters from which the stem of a Cyrillic town tells it without its capital
_KEPT = 10_000  # words whose reading is kept


class Place(NamedTuple):
    """Where a text names a place, and the state that appoints its officials, if one is sure."""

    start: int
    side: Side | None
    capital: bool


@cache
def _sides() -> dict[str, Side | None]:
    """The side of each place of the tables; None for occupied ones, `other` for those abroad."""
    table = lexicon.load("jurisdictions")["places"]
    found: dict[str, Side | None] = dict.fromkeys(concepts.names(), Side.OTHER)
    found |= dict.fromkeys(table["ukraine"].split(), Side.UKRAINE)
    found |= dict.fromkeys((table["russia"] + " " + table["annexed"]).split(), Side.RUSSIA)
    found |= dict.fromkeys(table["occupied"].split(), None)
    for sea in table["nowhere"].split():
        found.pop(sea, None)
    return found


@cache
def _towns() -> tuple[tuple[Side, re.Pattern[str]], ...]:
    return tuple(
        (side, re.compile(f"{_latin(table['latin'])}|{_cyrillic(table['cyrillic'])}"))
        for side in STATES
        for table in [lexicon.load("jurisdictions")["towns"][side]]
    )


def _latin(names: str) -> str:
    return rf"\b(?:{'|'.join(names.split())})(?:s|er)?\b"


def _cyrillic(stems: str) -> str:
    long = [rf"(?i:{stem})\w*" for stem in stems.split() if len(stem) >= _ANY_CASE]
    short = [rf"{stem}\b" for stem in stems.split() if len(stem) < _ANY_CASE]
    return rf"\b(?:{'|'.join([*long, *short])})"


def places(text: str, language: str) -> list[Place]:
    """The places that a text names, in order."""
    capitals = lexicon.load("jurisdictions")["places"]["capitals"].split()
    found = [
        Place(one.start, _sides()[key], key in capitals)
        for one in concepts.in_text(text, language)
        for key in one.keys
        if key in _sides()
    ]
    found += [
        Place(match.start(), side, capital=False)
        for side, pattern in _towns()
        for match in pattern.finditer(text)
    ]
    return sorted(found, key=lambda one: one.start)


@lru_cache(maxsize=_KEPT)
def is_cyrillic_place(word: str) -> bool:
    """Whether a Ukrainian or Russian word with a capital names a place."""
    known = any(concepts.of_word(word, language) & concepts.names() for language in ("uk", "ru"))
    return known or any(pattern.fullmatch(word) for _, pattern in _towns())
