"""Parts of a year as intervals of days: quarters, halves, seasons; and weekends.

Without a year the latest one that has begun is meant; seasons are those of meteorology, winter
runs from December to February.
"""

from __future__ import annotations

from datetime import date, timedelta

from rag.date_context import Context, step_of
from rag.periods import interval, month_end

Stretch = tuple[int, int]  # first month, number of months

_SEASONS = {"spring": (3, 3), "summer": (6, 3), "autumn": (9, 3), "winter": (12, 3)}
_SATURDAY = 5


def season(parts: dict[str, str], context: Context) -> str | None:
    """The days of a season: "im Sommer 2023", "last autumn", "Winter 2024/25"."""
    name = next(n for n in _SEASONS if n in parts or f"{n}_alone" in parts)
    # "Winter 2024" may be either of two; "Winter 2024/25" is one.
    if "year" in parts and ("year2" in parts) != (name == "winter"):
        return None
    return _value(_SEASONS[name], parts, context)


def quarter(parts: dict[str, str], context: Context) -> str | None:
    """The days of a quarter: "im dritten Quartal 2024", "Q3", "в III квартале"."""
    return _value(_quarter(_nth(parts, context)), parts, context)


def half(parts: dict[str, str], context: Context) -> str | None:
    """The days of a half: "in the first half of 2025"; there are two."""
    number = _nth(parts, context)
    return _value((6 * number - 5, 6), parts, context) if number <= 2 else None


def quarter_beside(today: date, step: int) -> str:
    """The quarter that is so many steps from today's: "last quarter"."""
    years, number = divmod((today.month - 1) // 3 + step, 4)
    return _in_year(_quarter(number + 1), today.year + years)


def weekend(parts: dict[str, str], context: Context) -> str | None:
    """Saturday and Sunday of the last weekend that has begun, or of the next one."""
    today = context.published
    if today is None:
        return None
    step = step_of(parts["shift"], context) if "shift" in parts else int(context.future)
    back = (today.weekday() - _SATURDAY) % 7
    saturday = today - timedelta(days=back if step <= 0 else back - 7)
    if step == -1 and saturday + timedelta(days=1) >= today:
        saturday -= timedelta(days=7)
    return interval(saturday, saturday + timedelta(days=1))


def _quarter(number: int) -> Stretch:
    return 3 * number - 2, 3


def _nth(parts: dict[str, str], context: Context) -> int:
    if digit := parts.get("digit") or parts.get("short"):
        return int(digit)
    if roman := parts.get("roman"):
        return 4 if roman == "iv" else len(roman)
    return context.patterns.ordinal(parts["nth"])


def _value(stretch: Stretch, parts: dict[str, str], context: Context) -> str | None:
    if "year" in parts:
        return _in_year(stretch, int(parts["year"]))
    if context.published is None:
        return None
    step = step_of(parts["shift"], context) if "shift" in parts else None
    return _near(stretch, context.published, step, context.future)


def _in_year(stretch: Stretch, year: int) -> str:
    first, last = _days(stretch, year)
    return interval(first, last)


def _near(stretch: Stretch, today: date, step: int | None, future: bool) -> str:
    """The interval of a stretch of months without a year.

    `step` is -1 for "last summer" (the latest that is over), 0 for "this", 1 for "next"; None means
    the latest that has begun, or, where the words speak of the future, the coming one.
    """
    choices = [_days(stretch, year) for year in range(today.year - 2, today.year + 3)]
    begun = [days for days in choices if days[0] <= today]
    if step == 1 or (future and step is None):
        return interval(*next(days for days in choices if days[0] > today))
    if step == -1:
        return interval(*[days for days in begun if days[1] < today][-1])
    if step == 0:
        return interval(*next(days for days in choices if days[1] >= date(today.year, 1, 1)))
    return interval(*begun[-1])


def _days(stretch: Stretch, year: int) -> tuple[date, date]:
    first, count = stretch
    over, last = divmod(first + count - 2, 12)
    return date(year, first, 1), month_end(year + over, last + 1)
