"""Adjectives before a Ukrainian or Russian mention that belong to it: "областное правительство".

The tagger knows few adjectives in the nominative, so a mention may begin at its noun. An adjective
right before it that agrees by its ending is part of the name: "Російське оборонне відомство".
The endings stand in `lexicon/attributes.toml`.
"""

from __future__ import annotations

import re
from functools import cache

from rag import lexicon, slavic_forms
from rag.cues import words_of

_REACH = 40  # characters
_MOST = 2  # adjectives before a noun
_BEFORE = re.compile(r"(?<![^\s(«„“\"])([^\W\d_]+(?:[-’'ʼ][^\W\d_]+)*)[ \u00a0]$")
_LEAST = 5  # letters of an adjective


@cache
def _endings(language: str) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Per gender what an adjective and its noun in the nominative end in."""
    table = lexicon.load("attributes")[language]
    return tuple((re.compile(adjective), re.compile(noun)) for adjective, noun in table.values())


def start_of(text: str, start: int, end: int, language: str) -> int:
    """Where a mention begins with the adjectives before it; `start` where none agrees."""
    if language not in slavic_forms.SLAVIC:
        return start
    noun = re.match(r"[^\W\d_]+", text[start:end])
    if noun is None or not noun.group().islower():
        return start
    for _ in range(_MOST):
        before = _BEFORE.search(text[max(0, start - _REACH) : start])
        if before is None or not _agrees(before[1], noun.group(), language):
            return start
        start -= len(before[0])
    return start


def _agrees(word: str, noun: str, language: str) -> bool:
    """Whether a word is an adjective that agrees with a noun, and no other word before it."""
    lower = word.lower()
    known = slavic_forms.is_closed(lower, language) and slavic_forms.word_class(
        lower, language
    ) not in ("ADJ", "NOUN")
    if len(word) < _LEAST or known or lower in words_of(language).words["time"]:
        return False
    if slavic_forms.is_cue(lower, language):
        return False
    return any(a.search(lower) and n.search(noun) for a, n in _endings(language))
