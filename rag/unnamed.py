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
def _joint(language: str, key: str) -> re.Pattern[str]:
    table = lexicon.load("descriptions").get(language, {})
    return re.compile(rf"\s(?:{table.get(key, '(?!)')})\s")


def end_of(text: str, start: int, end: int, language: str, known: Sequence[Mention]) -> int:
    """The end of a mention with the body of an unnamed source, or with who made a document.

    `end` where none is named.

    `known` are the actors that the text names.
    """
    head = _WORD.search(text, start, end)
    kinds = (("anonymous", "within"), ("documents", "made_by"))
    key = next((k for kind, k in kinds if head and noun_phrase.is_a(kind, head.group())), "")
    opened = _joint(language, key).match(text, end) if key else None
    if opened is None:
        return end
    named = (m for m in known if opened.end() <= m.start and m.end <= opened.end() + _REACH)
    first = next(named, None)
    between = text[opened.end() : first.start] if first else ""
    return first.end if first is not None and re.fullmatch(r"(?:\w+\s)?", between) else end
