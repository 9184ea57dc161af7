"""A time that a follow-up counts from that of the earlier question: "a day later", "that month".

In an article such words count from the day of publication or from the sentence before (`dates`);
in a conversation they count from the date that was asked about. The words are data:
`lexicon/conversation.<language>.toml`, `shifts`.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from rag import dates, formats, lexicon, number_words, periods, tokens
from rag.schema import Span
from rag.turn_words import date_extent, days

UNITS = ("day", "week", "month", "year")
_SIGNS = {"same": 0, "after": 1, "before": -1}
_MONTHS = 12
_DATED = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?")
_YEAR_WORD = re.compile(r"\s[рг]\.$")


class Shift(NamedTuple):
    """Where the words stand, and how many days, weeks, months or years they move on."""

    start: int
    end: int
    steps: int
    unit: str


def fixed(words: str, language: str, base: str | None) -> str:
    """A question with such words replaced by the date they mean, counted from `base`.

    Unchanged where it has a date of its own, and where the result is no sure day, month or year:
    "a day later" than a month is none.
    """
    if not base or days(words, language):
        return words
    shift = find(words, language)
    if shift is None:
        return _in_year(words, language, base)
    value = moved(base, shift)
    if value is None:
        return words
    return words[: shift.start] + phrase(value, language) + words[shift.end :]


def _in_year(words: str, language: str, base: str) -> str:
    """A fragment with the year of `base` behind a month or a day that has none: "And in April?".

    What is another day as seen from another month ("on Monday") is none of these.
    """
    table = lexicon.load("conversation", language)
    span, year = Span("", 0, len(words), words), base[:4]
    seen = [dates.find(span, language, f"{year}-{day}") for day in ("11-30", "12-31")]
    first, last = (found[0] if len(found) == 1 else None for found in seen)
    if first is None or last is None or first != last or not first[1]:
        return words
    if not _DATED.fullmatch(first[1]) or not first[1].startswith(year):
        return words
    start, end = date_extent(words, first[0].start, first[0].end, language)
    left = re.sub(table["lead_in"], "", words[:start], flags=re.IGNORECASE) + words[end:]
    if re.search(r"\w", left):
        return words
    return words[:end] + str(table["dates"]["of_year"]).format(year=year) + words[end:]


def find(words: str, language: str) -> Shift | None:
    """The first such words of a question; those of `alone` only where nothing else is said."""
    for pattern, sign in _patterns(language):
        match = pattern.search(words)
        if match is None:
            continue
        groups = match.groupdict()
        unit = next(unit for unit in UNITS if groups.get(unit))
        steps = sign * _number(groups.get("count"), language)
        return Shift(*match.span("date"), steps, unit)
    return None


def moved(base: str, shift: Shift) -> str | None:
    """The ISO day, month or year that lies so far from another; None where none is meant."""
    day = periods.day_of(base)
    if shift.unit in ("day", "week"):
        if day is None or (shift.unit == "week" and not shift.steps):
            return None
        return (day + timedelta(days=shift.steps * (7 if shift.unit == "week" else 1))).isoformat()
    first, last = (date.fromisoformat(one) for one in periods.bounds(base))
    if shift.unit == "year" and (first.month, last.month) == (1, _MONTHS):
        return str(last.year + shift.steps)
    if (first.year, first.month) != (last.year, last.month):
        return None
    if shift.unit == "year" and not shift.steps:
        return str(first.year)
    months = shift.steps * (_MONTHS if shift.unit == "year" else 1)
    year, month = divmod(first.year * _MONTHS + first.month - 1 + months, _MONTHS)
    return f"{year:04d}-{month + 1:02d}"


def phrase(value: str, language: str, key: str = "") -> str:
    """A date in words with its preposition; `key` is "before" or "after"."""
    table = lexicon.load("conversation", language)["dates"]
    size = {4: "year", 7: "month"}.get(len(value), "day")
    template = table.get(f"{key}_{size}", table.get(key)) if key else table[size]
    # CLDR abbreviates the word for a year, which the templates write out.
    return str(template).format(date=_YEAR_WORD.sub("", formats.date(value, language)))


def _number(said: str | None, language: str) -> int:
    """How many: one where no number is said."""
    if not said:
        return 1
    if said.isdigit():
        return int(said)
    return int(number_words.vocabulary(language).cardinals.get(tokens.fold(said), 1))


@cache
def _patterns(language: str) -> tuple[tuple[re.Pattern[str], int], ...]:
    """Patterns with their signs; one of `alone` is all that is said but for "and"."""
    table: dict[str, Any] = lexicon.load("conversation", language)["shifts"]
    cardinals = number_words.vocabulary(language).cardinals
    few = sorted((re.escape(w) for w, v in cardinals.items() if 0 < v <= _MONTHS), key=len)
    count = rf"(?P<count>[0-9]{{1,2}}|{'|'.join([*few[::-1], table['one']])})"
    lead = lexicon.load("conversation", language)["lead_in"]
    made: list[tuple[re.Pattern[str], int]] = []
    for key, sign in _SIGNS.items():
        for whole, written in ((True, table.get(f"{key}_alone", ())), (False, table[key])):
            for one in written:
                full = _with_units(one.replace("COUNT", count), table["units"])
                full = rf"(?<!\w)(?P<date>{full})(?!\w)"
                made.append((re.compile(rf"{lead}{full}\W*$" if whole else full, re.I), sign))
    return tuple(made)


def _with_units(written: str, units: dict[str, dict[str, str]]) -> str:
    """A pattern whose `UNIT:form` is the words for a day, a week, a month and a year."""
    marker = re.search(r"UNIT:(\w+)", written)
    if marker is None:
        return written
    words = "|".join(f"(?P<{unit}>{word})" for unit, word in units[marker[1]].items())
    return written.replace(marker.group(), f"(?:{words})")
