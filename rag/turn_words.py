"""The words of a conversation: patterns of its table, units, dates with their prepositions."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from rag import dates, lexicon, quantities, text, tokens, wordlists
from rag.schema import LANGUAGES, Span

YEAR = re.compile(r"(?<![\w.,-])(?:19|20)[0-9]{2}(?![\w-]|[.,][0-9])")


@cache
def pattern(language: str, *keys: str) -> re.Pattern[str]:
    """A regular expression of the table; several in one place are alternatives."""
    found: Any = lexicon.load("conversation", language)
    for key in keys:
        found = found[key]
    joined = found if isinstance(found, str) else "|".join(_unnamed(f) for f in found)
    return re.compile(joined, re.IGNORECASE)


@cache
def of_any(key: str) -> str:
    """The words of one line of the table in all languages, as alternatives."""
    tables = (lexicon.load("conversation", language)[key] for language in LANGUAGES)
    return "|".join(dict.fromkeys(words for words in tables if words))


def _unnamed(one: str) -> str:
    return one if "(?P<" not in one else f"(?:{one})"


def days(words: str, language: str) -> list[tuple[int, int, str]]:
    """Start, end and ISO value of the dates of a text; a bare year counts where no other does."""
    found = dates.find(Span("", 0, len(words), words), language, None)
    valued = [(span.start, span.end, value) for span, value in found if value]
    return valued or [(m.start(), m.end(), m.group()) for m in YEAR.finditer(words)]


def date_extent(words: str, start: int, end: int, language: str) -> tuple[int, int]:
    """A date with the preposition and the word for year that go with it."""
    year = r"(?:years?|jahre?|року|році|рік|года?|году)"
    prepositions = lexicon.load("conversation", language)["prepositions"]
    before = re.search(
        rf"\b{prepositions} (?:the |dem |der |den )?(?:year |jahre? )?$",
        words[:start],
        re.IGNORECASE,
    )
    after = re.match(rf" {year}\b", words[end:], re.IGNORECASE)
    return before.start() if before else start, end + (after.end() if after else 0)


@lru_cache(maxsize=4096)
def unit_of(word: str, language: str) -> str | None:
    """The unit that a word counts or asks for, of `quantities.<language>.toml`."""
    folded = tokens.fold(word)
    asked = wordlists.of(language, "asking").word(folded)
    if asked and asked != "count":
        return asked
    unit = wordlists.of(language, "units").word(folded)
    if unit or text.is_function_word(folded, language):
        return unit
    count = lexicon.load("conversation", language)["units"]["count"]
    return quantities.asked(f"{count} {word}", language)[0]
