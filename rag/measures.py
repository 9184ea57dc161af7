"""What a question asks to be measured: a price, an age, a weight, how often, by how much.

Such a question names no unit ("how heavy", "во сколько обошлось"); which units answer it stands in
`units.GROUPS`. The question words are data (`lexicon/measures.<language>.toml`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from rag import lexicon, units
from rag.schema import LANGUAGES, QuestionKind

_WORD = re.compile(r"[^\W_]+")
_OPENING = 2  # words of a question that say what is measured, as does the last one of the match
# Of keys of the table that are no group of units. What is given may be anything: only where nothing
# else is named, money is meant ("how much were they offered").
_UNIT_OF = {"share": "percent", "sum": "money", "given": "money"}
_TOPICAL = frozenset({"sum", "given"})  # keys whose last word tells what the figure is of
_NOTHING_ELSE = frozenset({None, "people"})  # who gives or gets is no unit that is asked for


@dataclass(frozen=True, slots=True)
class Measure:
    """What is asked: a key of `units.GROUPS` or a unit; and the words that say so, (start, end)."""

    unit: str
    words: tuple[tuple[int, int], ...]


def asked(text: str, language: str, kind: QuestionKind, unit: str | None) -> Measure | None:
    """What a question asks to be measured; None where it is nothing.

    `kind` and `unit` are what the question seems to be otherwise: who is asked for is not
    measured, nor are the dead or lost ("how heavy were the losses"), except in time.
    """
    if language not in LANGUAGES:
        return None
    lower = text.lower().replace("’", "'")
    found = (
        (name, match)
        for name, patterns in _table(language)
        for pattern in patterns
        if (match := pattern.search(lower))
    )
    name, match = next(found, (None, None))
    if name is None or match is None:
        return None
    if name != "duration" and (kind is QuestionKind.WHO or unit in units.ASPECT_OF_STATE):
        return None
    if name == "given" and unit not in _NOTHING_ELSE:
        return None
    words = [(match.start() + w.start(), match.start() + w.end()) for w in _WORD.finditer(match[0])]
    framing = words[:_OPENING] if name in _TOPICAL else [*words[:_OPENING], words[-1]]
    return Measure(_UNIT_OF.get(name, name), tuple(framing))


@cache
def _table(language: str) -> tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]:
    table: dict[str, list[str]] = lexicon.load("measures", language)["asked"]
    return tuple((name, tuple(map(re.compile, patterns))) for name, patterns in table.items())
