"""What a written date means in the calendar: one rule for each way of writing it.

A weekday is the last such day up to publication, a month or a day without a year the last such
one (language study, section 8), unless the words speak of something to come.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from rag import year_parts
from rag.date_context import STEPS, Context, step_of
from rag.periods import bounds, interval, make, third

# A day without a year that lies this many days ahead may be meant as the coming one.
_NEAR = 60


def value(rule: str, parts: dict[str, str], context: Context) -> str | None:
    """The ISO value of a date by the rule that found it; None where it cannot be known."""
    return _RULES[rule](parts, context)


def _iso(parts: dict[str, str], _: Context) -> str | None:
    year, month, *day = (int(part) for part in parts["iso"].split("-"))
    return make(year, month, day[0] if day else None) if 1 <= month <= 12 else None


def _numeric(parts: dict[str, str], context: Context) -> str | None:
    year, month, day = parts.get("year"), int(parts["month_number"]), int(parts["day"])
    if not 1 <= month <= 12:
        return None
    if year is None:
        return _without_year(month, day, context)
    return make(int(year) if len(year) == 4 else 2000 + int(year), month, day)


def _slashed(parts: dict[str, str], _: Context) -> str | None:
    one, two, year = int(parts["one"]), int(parts["two"]), int(parts["year"])
    if one == two or two > 12 >= one:
        return make(year, one, two) if one else None
    return make(year, two, one) if one > 12 >= two > 0 else None


def _day_month(parts: dict[str, str], context: Context) -> str | None:
    month = context.patterns.month(parts["month"])
    worded = parts.get("day_word")
    day = context.patterns.ordinal(worded) if worded else int(parts["day"])
    if "year" in parts:
        return make(int(parts["year"]), month, day)
    return _without_year(month, day, context)


def _days_range(parts: dict[str, str], context: Context) -> str | None:
    first = _day_month(parts, context)
    last = _day_month({**parts, "day": parts["day2"]}, context)
    # The night of two days is the second one's: "vom 4. auf den 5. November".
    return last if parts.get("join") in context.patterns.night else _between(first, last)


def _months_range(parts: dict[str, str], context: Context) -> str | None:
    month, day = context.patterns.month(parts["month"]), int(parts["day"])
    end_month, end_day = context.patterns.month(parts["month2"]), int(parts["day2"])
    turn = 1 if end_month < month else 0  # from December to January
    if "year" in parts:
        year = int(parts.get("year_1", int(parts["year"]) - turn))
        return _between(make(year, month, day), make(int(parts["year"]), end_month, end_day))
    first = _day_month({**parts, "year": parts["year_1"]} if "year_1" in parts else parts, context)
    return _between(first, make(int(first[:4]) + turn, end_month, end_day)) if first else None


def _between(first: str | None, last: str | None) -> str | None:
    if first is None or last is None or first > last:
        return None
    return interval(date.fromisoformat(first), date.fromisoformat(last))


def _part(parts: dict[str, str], context: Context) -> str | None:
    name = next(n for n in ("start", "middle", "end") if n in parts)
    if "year_alone" in parts:
        return third(int(parts["year_alone"]), None, name)
    if "unit_year" in parts or "unit_month" in parts:
        return _part_of_period(parts, name, context)
    whole = _month(parts, context)
    return third(int(whole[:4]), int(whole[5:7]), name) if whole else None


def _part_of_period(parts: dict[str, str], name: str, context: Context) -> str | None:
    """Such as "Ende vergangenen Jahres", "early this month"."""
    said = parts.get("shift_year") or parts.get("shift_month")
    step = step_of(said, context) if said else 0
    whole = _period(step, "year" if "unit_year" in parts else "month", context)
    if whole is None:
        return None
    return third(int(whole[:4]), int(whole[5:]) if len(whole) > 4 else None, name)


def _month(parts: dict[str, str], context: Context) -> str | None:
    month = context.patterns.month(parts["month"])
    if "year" in parts:
        return make(int(parts["year"]), month)
    if context.published is None:
        return None
    if "shift" in parts:
        return _shifted_month(parts["shift"], month, context)
    return _without_year(month, None, context)


def _shifted_month(said: str, month: int, context: Context) -> str | None:
    today = context.published
    assert today is not None  # the caller has looked
    step = step_of(said, context)
    if step == 0:
        return make(today.year, month)
    # "last October" in October is the one before.
    if step < 0:
        return make(today.year - (1 if month >= today.month else 0), month)
    return make(today.year + (1 if month <= today.month else 0), month)


def _year(parts: dict[str, str], _: Context) -> str | None:
    return parts["year"]


def _ago(parts: dict[str, str], context: Context) -> str | None:
    today, count = context.published, _count(parts, context)
    if today is None or count is None or "unit_hour" in parts:
        return None
    if "unit_day" in parts or "unit_week" in parts:
        day = _days_before(today, count * (7 if "unit_week" in parts else 1))
        return None if day is None else day.isoformat() if "unit_day" in parts else _week(day)
    if "unit_month" in parts:
        return _month_shift(today, -count)
    return make(today.year - count)


def _window(parts: dict[str, str], context: Context) -> str | None:
    today = context.published
    if today is None or "count" not in parts:
        return None
    count = _count(parts, context)
    sizes = {"hour": 1 / 24, "day": 1, "week": 7, "month": 30.4, "year": 365.25}
    days = next(size for unit, size in sizes.items() if f"unit_{unit}" in parts)
    first = _days_before(today, round((count or 0) * days))
    return interval(first, today) if first else None


def _days_before(day: date, count: int) -> date | None:
    """The day this many days earlier; None before the first year of the calendar."""
    # A week more is kept, for the Monday of the week of that day.
    return day - timedelta(days=count) if count < day.toordinal() - 7 else None


def _single(parts: dict[str, str], context: Context) -> str | None:
    name = next(iter(parts))
    step, _, period = name.partition("_")
    return _period(STEPS[step], period, context)


def _shifted(parts: dict[str, str], context: Context) -> str | None:
    step = next(s for n, s in STEPS.items() if n in parts)
    period = next(p for p in ("week", "month", "quarter", "year") if f"unit_{p}" in parts)
    return _period(step, period, context)


def _period(step: int, period: str, context: Context) -> str | None:
    today = context.published
    if today is None:
        return None
    if period == "week":
        return _week(today + timedelta(weeks=step))
    if period == "quarter":
        return year_parts.quarter_beside(today, step)
    return _month_shift(today, step) if period == "month" else make(today.year + step)


def _weekday(parts: dict[str, str], context: Context) -> str | None:
    today = context.published
    if today is None:
        return None
    back = (today.weekday() - context.patterns.weekday(parts["weekday"])) % 7
    ahead = "next" in parts or (context.future and "last" not in parts)
    if "last" in parts or ("next" in parts and back == 0):
        back = back or 7
        return (today + timedelta(days=7 if ahead else -back)).isoformat()
    step = (7 - back) % 7 if ahead else -back
    return (today + timedelta(days=step)).isoformat()


def _days(parts: dict[str, str], context: Context) -> str | None:
    if context.published is None:
        return None
    step = next(n for n, pattern in context.patterns.days if pattern.match(parts["days"]))
    return (context.published + timedelta(days=step)).isoformat()


def _week(day: date) -> str:
    monday = day - timedelta(days=day.weekday())
    return interval(monday, monday + timedelta(days=6))


def _month_shift(day: date, step: int) -> str | None:
    years, month = divmod(day.month - 1 + step, 12)
    return make(day.year + years, month + 1)


def _without_year(month: int, day: int | None, context: Context) -> str | None:
    """The last such day up to publication; the coming one where the words speak of the future.

    A date shortly ahead without such words is left open: it may be meant either way.
    """
    today = context.published
    if today is None:
        return None
    choices = [
        (date.fromisoformat(bounds(value)[0]), value)
        for year in (today.year - 1, today.year, today.year + 1)
        if (value := make(year, month, day))
    ]
    past = max((c for c in choices if c[0] <= today), default=None)
    coming = min((c for c in choices if c[0] > today), default=None)
    if past is None or coming is None:
        return None  # 29 February
    back, ahead = (today - past[0]).days, (coming[0] - today).days
    if context.future and ahead < back:
        return coming[1]
    return None if ahead <= _NEAR and ahead < back else past[1]


def _count(parts: dict[str, str], context: Context) -> int | None:
    said = parts.get("count", "1")
    if said.isdigit():
        return int(said)
    # What is no number is the word for one: "a week ago".
    value = context.patterns.numbers.get(said, 1.0)
    return int(value) if value is not None and value == int(value) else None


_RULES: dict[str, Callable[[dict[str, str], Context], str | None]] = {
    "iso": _iso,
    "numeric": _numeric,
    "slashed": _slashed,
    "months_range": _months_range,
    "days_range": _days_range,
    "range_month_first": _days_range,
    "day_month": _day_month,
    "month_day": _day_month,
    "part": _part,
    "month": _month,
    "worded": _day_month,
    "season": year_parts.season,
    "quarter": year_parts.quarter,
    "half": year_parts.half,
    "weekend": year_parts.weekend,
    "ago": _ago,
    "window": _window,
    "year": _year,
    "single": _single,
    "shifted": _shifted,
    "weekday": _weekday,
    "days": _days,
}
