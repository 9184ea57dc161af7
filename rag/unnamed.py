"""How far the words reach that tell who an unnamed source is: "a source in the General Staff".

The body behind the noun tells the side of the source: "eine Quelle im ukrainischen Geheimdienst".
The words that join them stand in `lexicon/descriptions.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from rag import lexicon, noun_phrase
from rag.mentions import Mention

_REACH = 40  # characters from the preposition to the end of the name behind it
_WORD = re.compile(r"[\w’'-]+$")


@cache
def _within(language: str) -> re.Pattern[str]:
    table = lexicon.load("descriptions").get(language, {})
    return re.compile(rf"\s(?:{table.get('within', '(?!)')})\s")


def end_of(text: str, start: int, end: int, language: str, known: Sequence[Mention]) -> int:
    """The end of a mention with the body of an unnamed source; `end` where none is named.

    `known` are the actors that the text names.
    """
    head = _WORD.search(text, start, end)
    if head is None or not noun_phrase.is_a("anonymous", head.group()):
        return end
    opened = _within(language).match(text, end)
    if opened is None:
        return end
    named = (m for m in known if opened.end() <= m.start and m.end <= opened.end() + _REACH)
    first = next(named, None)
    between = text[opened.end() : first.start] if first else ""
    return first.end if first is not None and re.fullmatch(r"(?:\w+\s)?", between) else end
