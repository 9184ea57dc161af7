"""Dates in running text with their ISO 8601 value, relative ones from the day of publication.

A weekday is the last such day up to publication, a month or a day without a year the last such
one (language study, section 8), unless the words speak of something to come. What cannot be known
has no value; nothing is guessed.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from rag import date_patterns, date_values, lexicon, tokens
from rag.date_context import STEPS, Context
from rag.date_patterns import Written
from rag.periods import bounds, day_of, overlaps, valid
from rag.schema import LANGUAGES, Span

__all__ = ["bounds", "find", "overlaps", "resolve", "valid"]

# How far a word of future or past may stand from its date, in characters.
_REACH = 80
_DAY_RULES = frozenset(
    {"day_month", "month_day", "days_range", "range_month_first", "worded"}
    | {"part", "month", "quarter", "half", "season"}
)
_CLAUSE = re.compile(r"[,;:.!?()„“”«»\n]")


def find(span: Span, language: str, published: str | None) -> tuple[tuple[Span, str | None], ...]:
    """Every date of a span, as a span of the article, with its ISO value.

    `published` is the article's ISO date; without one, what counts from it has the value None,
    and so has what is ambiguous ("03/04/2024") or on no calendar ("30 February").
    """
    found = _find(span.text, language, published) if language in LANGUAGES else ()
    return tuple(
        (Span(span.article_id, span.start + start, span.start + end, span.text[start:end]), value)
        for start, end, value in found
    )


# A sentence is asked for its dates by several stages: for its claims and for its terms.
@lru_cache(maxsize=2048)
def _find(
    text: str, language: str, published: str | None
) -> tuple[tuple[int, int, str | None], ...]:
    """Start, end and value of every date of a text."""
    patterns = date_patterns.of_language(language)
    found: list[tuple[int, int, str | None]] = []
    for written in _with_year(text, date_patterns.find(text, language), published):
        context = Context(patterns, day_of(published), _is_future(text, written, language))
        found += _values(written, context)
    return tuple(found)


def resolve(text: str, language: str, published: str | None) -> str | None:
    """The ISO value of the first date of a text that has one."""
    dated = find(Span("", 0, len(text), text), language, published)
    return next((value for _, value in dated if value), None)


def _with_year(text: str, found: list[Written], published: str | None) -> list[Written]:
    """Months and days beside "last year" take its year: "в июне прошлого года"."""
    today = day_of(published)
    completed: list[Written] = []
    for i, written in enumerate(found):
        beside = [other for other in found[max(0, i - 1) : i + 2] if other is not written]
        years = [
            str(today.year + STEPS[step])
            for other in beside
            if (step := _year_step(other)) and today and _touch(text, written, other)
        ]
        open_year = written.rule in _DAY_RULES and "year" not in written.parts
        if years and open_year and "shift" not in written.parts:
            parts = {**written.parts, "year": years[0]}
            completed.append(Written(written.start, written.end, written.rule, parts))
        else:
            completed.append(written)
    return completed


def _year_step(written: Written) -> str | None:
    """Which year a date names in words: "last", "this" or "next"; None for any other date."""
    for step in STEPS:
        if f"{step}_year" in written.parts:
            return step
        if step in written.parts and "unit_year" in written.parts and written.rule == "shifted":
            return step
    return None


def _touch(text: str, one: Written, two: Written) -> bool:
    low, high = min(one.end, two.end), max(one.start, two.start)
    return len(text[low:high].split()) <= 1 and high - low <= 6 and "," not in text[low:high]


def _values(written: Written, context: Context) -> list[tuple[int, int, str | None]]:
    """Offsets and value; several where one month stands for a list: "10 and 21 October"."""
    value = date_values.value(written.rule, written.parts, context)
    more = written.parts.get("more")
    if not more:
        return [(written.start, written.end, value)]
    found: list[tuple[int, int, str | None]] = []
    for match in re.finditer("[0-9]+", more):
        at = written.start + match.start()
        parts = {**written.parts, "day": match.group()}
        found.append((at, at + len(match.group()), date_values.value("day_month", parts, context)))
    rest = written.start + len(more)
    return [*found, (rest, written.end, value)]


@cache
def _tense(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    table: dict[str, Any] = lexicon.load("dates", language)["future"]
    return (
        re.compile(rf"(?<!\w)(?:{table['words']})(?!\w)"),
        re.compile(rf"(?<!\w)(?:{table['past']})(?!\w)"),
    )


def _is_future(text: str, written: Written, language: str) -> bool:
    """Whether the clause speaks of something to come.

    Its verb stands left of the date, or, where the date opens the clause, right of it; a perfect
    ("soll … gereist sein") makes it past.
    """
    left = tokens.fold(text[max(0, written.start - _REACH) : written.start])
    right = tokens.fold(text[written.end : written.end + _REACH])
    left = _CLAUSE.split(left)[-1]
    right = _CLAUSE.split(right)[0]
    future, past = _tense(language)
    if past.search(right) and not future.search(right):
        return False
    if future.search(left):
        return not past.search(left)
    return len(left.split()) <= 2 and future.search(right) is not None
