"""ISO 8601 dates as the product keeps them: a day, a month, a year, or an interval of days.

"2024-10-28", "2024-10", "2024" and "2024-10-01/2024-10-10" (both ends included).
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from rag.errors import InputError

_POINT = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2})"
    r"(?:[T ][0-9]{2}:[0-9]{2}[0-9:.]*(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?)?)?",
    re.ASCII,
)
_HINT = "write 2024-10-28, 2024-10, 2024 or 2024-10-01/2024-10-10"


def bounds(value: str) -> tuple[str, str]:
    """First and last day of an ISO date, month, year or interval.

    Raises InputError where the value is none of them.
    """
    first, slash, last = value.strip().partition("/")
    low, high = _days(first, value)
    if slash:
        high = _days(last, value)[1]
    if low > high:
        raise InputError(f"The period {_shown(value)} ends before it starts; {_HINT}.")
    return low.isoformat(), high.isoformat()


def overlaps(a: str, b: str) -> bool:
    """Whether two ISO dates or periods share a day."""
    (a_first, a_last), (b_first, b_last) = bounds(a), bounds(b)
    return a_first <= b_last and b_first <= a_last


def valid(text: str) -> str:
    """The ISO date, month, year or interval that a user typed, in its shortest form.

    A time of day is cut off; an interval becomes one of days. Raises InputError with what mends it.
    """
    first, last = bounds(text)
    if "/" in text:
        return interval(date.fromisoformat(first), date.fromisoformat(last))
    match = _POINT.fullmatch(text.strip())
    assert match is not None  # bounds would have raised
    return "-".join(part for part in match.group("year", "month", "day") if part)


def interval(first: date, last: date) -> str:
    """The ISO interval of two days; one day where they are the same."""
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"


def day_of(value: str | None) -> date | None:
    """The one day that an ISO value means; None for a month, a year, an interval or nonsense."""
    if not value:
        return None
    try:
        first, last = bounds(value)
    except InputError:
        return None
    return date.fromisoformat(first) if first == last else None


def make(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """The ISO value of these numbers; None where there is no such day (30 February)."""
    try:
        exact = date(year, month or 1, day or 1)
    except (ValueError, OverflowError):
        return None
    if day:
        return exact.isoformat()
    return f"{year:04d}-{month:02d}" if month else f"{year:04d}"


def third(year: int, month: int | None, part: str) -> str:
    """The third ("start", "middle", "end") of a month (by days 10, 20) or of a year (4 months)."""
    index = ("start", "middle", "end").index(part)
    if month is None:
        return interval(date(year, 4 * index + 1, 1), month_end(year, 4 * index + 4))
    last = month_end(year, month) if part == "end" else date(year, month, 10 * index + 10)
    return interval(date(year, month, 10 * index + 1), last)


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def _days(point: str, whole: str) -> tuple[date, date]:
    match = _POINT.fullmatch(point.strip())
    if match is None:
        raise InputError(f"{_shown(whole)} is not an ISO 8601 date or period; {_HINT}.")
    year, month, day = (int(part) if part else None for part in match.group("year", "month", "day"))
    assert year is not None
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        raise InputError(f"There is no day {_shown(whole)} in the calendar; {_HINT}.") from None
    if day:
        return first, first
    return first, month_end(year, month or 12)


def _shown(value: str) -> str:
    return repr(value if len(value) <= 40 else value[:40] + "…")
