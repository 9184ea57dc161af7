"""Parts of a year as intervals of days: quarters, halves, seasons; and weekends.

Without a year the latest one that has begun is meant; seasons are those of meteorology, winter
runs from December to February.
"""

from __future__ import annotations

from datetime import date, timedelta

from rag.periods import interval, month_end

# First month and number of months.
SEASONS = {"spring": (3, 3), "summer": (6, 3), "autumn": (9, 3), "winter": (12, 3)}
_SATURDAY = 5


def quarter(number: int) -> tuple[int, int]:
    """First month and number of months of a quarter, 1 to 4."""
    return 3 * number - 2, 3


def half(number: int) -> tuple[int, int]:
    """First month and number of months of a half, 1 or 2."""
    return 6 * number - 5, 6


def in_year(stretch: tuple[int, int], year: int) -> str:
    """The interval of a stretch of months that begins in this year."""
    first, last = _days(stretch, year)
    return interval(first, last)


def near(stretch: tuple[int, int], today: date, step: int | None, future: bool) -> str:
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


def weekend(today: date, step: int) -> str:
    """Saturday and Sunday of the last weekend that has begun, or of the next one."""
    back = (today.weekday() - _SATURDAY) % 7
    saturday = today - timedelta(days=back if step <= 0 else back - 7)
    if step == -1 and saturday + timedelta(days=1) >= today:
        saturday -= timedelta(days=7)
    return interval(saturday, saturday + timedelta(days=1))


def _days(stretch: tuple[int, int], year: int) -> tuple[date, date]:
    first, count = stretch
    over, last = divmod(first + count - 2, 12)
    return date(year, first, 1), month_end(year + over, last + 1)
