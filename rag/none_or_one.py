"""None and one as figures: "none of the drones got through", "a single drone fell on the roof".

Articles and pronouns count nothing as a rule, so that claims do not hold these; where a question
asks how many there were, they answer. Words: `lexicon/worded_figures.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from rag import asked_figures, lexicon, quantities, tokens, units
from rag.relevance import counts_same
from rag.schema import Qualifier, Quantity, Span

KEYS = ("none", "none_of", "lacking", "single")
_MEASURED = units.GROUPS.keys() | units.NO_ASPECT | units.MONEY
# Words behind "no" and "one" within which the noun stands: "no North Korean soldiers".
_REACH = {"none": 3, "single": 2}
_LACKING = 1


def find(wanted: set[str], content: Span, language: str) -> Iterator[Quantity]:
    """None and one of the units that are wanted, where these are of people or things.

    A pronoun counts what a figure beside it counts: "nine came, and none of them got through".
    """
    countable = {unit for unit in wanted if unit not in _MEASURED}
    if not countable:
        return
    folded = tokens.fold(content.text)
    words = _words(language)
    for key, value in (("none", 0), ("single", 1)):
        for match in words[key].finditer(folded):
            unit = _unit(content.text[match.end() :], _REACH[key], countable, language)
            if unit is not None:
                yield _figure(content, match.start(), match.end(), value, unit)
    for match in words["lacking"].finditer(folded):
        unit = _unit(match.group(1), _LACKING, countable, language)
        if unit is not None:
            yield _figure(content, match.start(), match.end(), 0, unit)
    if _is_beside(content, countable, language):
        for match in words["none_of"].finditer(folded):
            yield _figure(content, match.start(), match.end(), 0, next(iter(countable)))


def _is_beside(content: Span, countable: set[str], language: str) -> bool:
    """Whether a figure stands there of what a pronoun may count: of the unit, or of unknown things.

    Of the dead or hurt a pronoun says nothing by itself.
    """
    if len(countable) != 1 or countable & (units.PERSONS | units.ASPECT_OF_STATE.keys()):
        return False
    return bool(quantities.find(Span("", 0, len(content.text), content.text), language))


def _unit(behind: str, reach: int, countable: set[str], language: str) -> str | None:
    """Which of these units the noun at the beginning of some words has."""
    near = " ".join(re.split(r"[,.;:!?()]", behind)[0].split()[:reach])
    found = asked_figures.unit_of_noun(near, language) if near else None
    return next((one for one in sorted(countable) if found and counts_same(one, found)), None)


def _figure(content: Span, start: int, end: int, value: int, unit: str) -> Quantity:
    first = content.start
    words = content.text[start:end]
    span = Span(content.article_id, first + start, first + end, words)
    return Quantity(float(value), float(value), unit, units.ASPECT_OF_STATE.get(unit),
                    Qualifier.EXACT, span)  # fmt: skip


@cache
def _words(language: str) -> dict[str, re.Pattern[str]]:
    table = lexicon.load("worded_figures")[language]
    return {key: re.compile(table[key]) for key in KEYS}
