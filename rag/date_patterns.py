"""How dates are written in each language: patterns built from `lexicon/dates.<language>.toml`.

A pattern names its parts (day, month, year, part, shift, count …); what they mean for the
calendar is decided in `rag.dates`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from rag import lexicon, number_words, tokens

_DAY = "(?:3[01]|[12][0-9]|0?[1-9])"
_YEAR = "(?:1[0-9]|20)[0-9]{2}(?![0-9])"
_DASH = r"\s?[-–—]\s?"
# Rules are tried in this order; what an earlier one has taken stays taken.
_ORDER = (
    "iso", "numeric", "slashed", "months_range", "days_range", "range_month_first", "day_month",
    "month_day", "part", "month", "season", "ago", "year", "single", "shifted", "window",
    "weekday", "days",
)  # fmt: skip
_UNITS = ("hour", "day", "week", "month", "year")
_NEED_DIGITS = {
    "iso", "numeric", "slashed", "months_range", "days_range", "range_month_first", "day_month",
    "month_day", "season", "year",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Written:
    """A date as it is written: offsets in the text, the rule that found it, its named parts."""

    start: int
    end: int
    rule: str
    parts: dict[str, str]


@dataclass(frozen=True, slots=True)
class Patterns:
    """The compiled rules of one language and the words that may start a date without digits."""

    rules: dict[str, re.Pattern[str]]
    words: re.Pattern[str]
    months: tuple[re.Pattern[str], ...]
    exact: frozenset[int]
    before_exact: re.Pattern[str]
    weekdays: tuple[re.Pattern[str], ...]
    days: tuple[tuple[int, re.Pattern[str]], ...]
    capital: frozenset[str]
    shifts: tuple[tuple[int, re.Pattern[str]], ...]
    numbers: dict[str, float]
    listing: frozenset[str]

    def month(self, written: str) -> int:
        """The number of a month, 1 to 12."""
        return 1 + next(i for i, m in enumerate(self.months) if m.fullmatch(written))

    def weekday(self, written: str) -> int:
        """The number of a weekday, Monday 0 to Sunday 6."""
        return next(i for i, d in enumerate(self.weekdays) if d.match(written))


def find(text: str, language: str, digits_only: bool = False) -> list[Written]:
    """All dates written in a text, in order, none overlapping another.

    `digits_only` leaves out what names no number ("yesterday", "in May").
    """
    patterns = of_language(language)
    folded = tokens.fold(text)
    has_digit = re.search("[0-9]", folded) is not None
    has_word = patterns.words.search(folded) is not None
    found: list[Written] = []
    for rule in _ORDER:
        pattern = patterns.rules.get(rule)
        if pattern is None or (rule in _NEED_DIGITS and not has_digit):
            continue
        if rule not in ("iso", "numeric", "slashed", "year") and not has_word:
            continue
        if digits_only and rule in ("single", "shifted", "weekday", "days"):
            continue
        found += _fitting(pattern, rule, text, folded, patterns)
    if digits_only:
        found = [
            d for d in found if "count" in d.parts or re.search("[0-9]", text[d.start : d.end])
        ]
    return _apart(found)


def _fitting(
    pattern: re.Pattern[str], rule: str, text: str, folded: str, patterns: Patterns
) -> Iterator[Written]:
    for match in pattern.finditer(folded):
        parts = {name: value for name, value in match.groupdict().items() if value}
        start, end = match.span("date") if "date" in parts else match.span()
        # "3 and 5 May" are two days, "between 3 and 5 May" is a period.
        listed = parts.get("join") in patterns.listing and "open" not in parts
        if listed or not _capital(match, text, patterns):
            continue
        yield Written(start, end, rule, parts)


def _capital(match: re.Match[str], text: str, patterns: Patterns) -> bool:
    """Whether the words that need a capital (May, March) or a small letter (morgen) have it."""
    groups = match.groupdict()
    for name in ("month", "month2"):
        if groups.get(name) and patterns.month(groups[name]) in patterns.exact:
            at = match.start(name)
            if not text[at].isupper():
                return False
            alone = {k for k, v in groups.items() if v} <= {"month", "date"}
            # "May" alone is the month only behind a preposition.
            if alone and not patterns.before_exact.search(tokens.fold(text[max(0, at - 9) : at])):
                return False
    word = groups.get("days")
    if word in patterns.capital:
        return text[match.start("days")].islower() or match.start("days") == 0
    return True


def _apart(found: list[Written]) -> list[Written]:
    """The dates without those that overlap one of an earlier rule."""
    taken: list[Written] = []
    rank = {rule: i for i, rule in enumerate(_ORDER)}
    last_end = -1
    for date in sorted(found, key=lambda d: (d.start, rank[d.rule], -d.end)):
        if date.start >= last_end:
            taken.append(date)
        elif rank[date.rule] < rank[taken[-1].rule]:
            taken[-1] = date
        else:
            continue
        last_end = taken[-1].end
    return taken


@cache
def of_language(language: str) -> Patterns:
    """The patterns of a language, compiled once."""
    table = lexicon.load("dates", language)
    months = {int(k): v for k, v in table["months"].items()}
    exact = {int(k): v for k, v in table["months_exact"].items() if k.isdigit()}
    for number, words in exact.items():
        months[number] = "|".join(filter(None, (words.lower(), months.get(number))))
    weekdays = [table["weekdays"][str(i)] for i in range(1, 8)]
    rules = _calendar(table, _any(months[i] for i in range(1, 13)))
    rules |= _relative(table, _any(weekdays), language)
    words = _any(
        [
            *months.values(),
            *weekdays,
            *table["days"].values(),
            *table["periods"].values(),
            *table["single"].values(),
            *(v for k, v in table["seasons"].items() if k != "link"),
            *(v for k, v in table["part"].items() if k != "link"),
            *(table["ago"][unit] for unit in _UNITS),
        ]
    )
    return Patterns(
        rules={name: re.compile(rule) for name, rule in rules.items()},
        words=re.compile(rf"\b(?:{words})"),
        months=tuple(re.compile(months[i]) for i in range(1, 13)),
        exact=frozenset(exact),
        before_exact=re.compile(rf"(?<!\w)(?:{table['months_exact']['before']})\s$"),
        # A look-behind of the table needs the text around, which a cut-out weekday has not.
        weekdays=tuple(re.compile(re.sub(r"\(\?<=[^)]*\)", "", w)) for w in weekdays),
        days=tuple((int(k), re.compile(v)) for k, v in table["days"].items()),
        capital=frozenset(table["lower_case"]["words"]),
        shifts=tuple(
            (step, re.compile(table["shift"][name]))
            for step, name in ((-1, "last"), (0, "this"), (1, "next"))
        ),
        numbers=number_words.vocabulary(language).cardinals,
        listing=frozenset(table["day"]["list_join"][3:-1].split("|")),
    )


def _any(alternatives: Any) -> str:
    return "(?:" + "|".join(alternatives) + ")"


def _calendar(table: dict[str, Any], month: str) -> dict[str, str]:
    """Rules for days, months and years of the calendar."""
    day, short = table["day"], table["numeric"]["short"]
    after = rf"(?:\s?(?:{table['year']['after']})(?!\w))?" if table["year"]["after"] else ""
    of = rf"(?:\s{day['of']})?" if day["of"] else ""
    year = rf"(?:,?\s(?:{day['of'] or 'x'}\s)?(?P<year>{_YEAR}){after})?"
    numeric_year = rf"(?P<year>{_YEAR}|[0-9]{{2}}(?![0-9])){after}"
    rules = {
        "iso": rf"(?<![\w-])(?P<date>(?P<iso>{_YEAR}-[01][0-9](?:-[0-3][0-9])?))"
        r"(?:t[0-9][0-9:.]*z?)?(?![\w-])",
        "numeric": rf"(?<![\w.])(?P<day>{_DAY})\.(?P<month_number>[01]?[0-9])\."
        + (rf"(?:{numeric_year}|(?![0-9]))" if short else numeric_year),
        "slashed": r"(?<![\w/])(?P<one>[0-9]{1,2})/(?P<two>[0-9]{1,2})"
        rf"/(?P<year>{_YEAR})(?![/\w])",
        "year": _years(table["year"]),
    }
    months = (rf"(?P<month>{month})(?!\w)", rf"(?P<month2>{month})(?!\w)")
    return rules | _days(day, short, of, year, months) | _months(table, months[0], year, after)


def _days(
    day: dict[str, str], short: bool, of: str, year: str, months: tuple[str, str]
) -> dict[str, str]:
    """Rules for days of a month: one, a list, a range; in English also behind the month."""
    suffix = rf"(?:{day['suffix']})" + ("" if short else "?")
    loose = rf"(?P<day>{_DAY})(?:{day['suffix']})?"
    first, second = rf"(?P<day>{_DAY}){suffix}", rf"(?P<day2>{_DAY}){suffix}"
    join = rf"(?:{_DASH}|\s(?P<join>{day['range_join']})\s)"
    opened = rf"(?<!\w)(?:(?P<open>{day['range_open']})\s)?"
    more = rf"(?P<more>(?:{_DAY}{suffix}(?:,\s|\s{day['list_join']}\s)){{0,4}})"
    month, month_2 = months
    year_1 = year.replace("<year>", "<year_1>")
    rules = {
        "months_range": rf"{opened}(?P<date>{first}{of}\s{month}{year_1}{join}"
        rf"{second}{of}\s{month_2}{year})",
        "days_range": rf"{opened}(?P<date>{loose}{join}{second}{of}\s{month}{year})",
        "day_month": rf"(?<![\w.,:-])(?P<date>{more}{first}{of}\s{month}{year})",
    }
    if day["of"]:  # "October 28, 2024", "October 3-5"
        rules["month_day"] = rf"(?<!\w){month}\s{loose}(?![\w:]|[.,][0-9]|\s?%){year}"
        rules["range_month_first"] = (
            rf"{opened}(?P<date>{month}\s{loose}{join}{second}(?!\w|[.,][0-9]){year})"
        )
    return rules


def _months(table: dict[str, Any], month: str, year: str, after: str) -> dict[str, str]:
    """Rules for months, seasons and parts of months and years."""
    part, season = table["part"], table["seasons"]["link"]
    link = rf"(?:{part['link']}\s)?" if part["link"] else ""
    names = "|".join(f"(?P<{k}>{part[k]})" for k in ("start", "middle", "end"))
    shift = "|".join(table["shift"].values())
    return {
        "part": rf"(?<!\w)(?:{names})[\s-]?{link}(?:{month}{year}|(?P<year_alone>{_YEAR}){after})",
        "month": rf"(?<!\w)(?:(?P<shift>{shift})\s)?{month}{year}",
        "season": rf"(?<!\w)(?:{_seasons(table)})\s(?:(?:{season or 'x'})\s)?"
        rf"(?P<year>{_YEAR}){after}(?![/-])",
    }


def _years(table: dict[str, str]) -> str:
    """A year needs a word: "seit 2022", "2024 року"; after "bis" also the end of the phrase."""
    if table["after"]:
        return rf"(?<![\w.,/-])(?P<date>(?P<year>{_YEAR})\s?(?:{table['after']}))(?!\w)"
    end = r"(?![\w%]|[.,:/-][0-9]|\s?%)"
    alone = rf"(?=\s(?:{table['next']})(?!\w)|\s*(?:[^\w\s]|\Z))"
    loose = rf"(?<!\w)(?:{table['loose']})\s(?={_YEAR}{end}{alone})"
    return rf"(?<!\w)(?:(?:{table['before']})\s|{loose})(?P<date>(?P<year>{_YEAR})){end}"


def _seasons(table: dict[str, Any]) -> str:
    seasons = table["seasons"].items()
    return "|".join(f"(?P<{name}>{words})" for name, words in seasons if name != "link")


def _relative(table: dict[str, Any], weekday: str, language: str) -> dict[str, str]:
    """Rules for what counts from the day of publication."""
    shift = "|".join(f"(?P<{name}>{words})" for name, words in table["shift"].items())
    period = "|".join(f"(?P<unit_{name}>{words})" for name, words in table["periods"].items())
    ago, days = table["ago"], "|".join(table["days"].values())
    units = "|".join(f"(?P<unit_{k}>{ago[k]})" for k in _UNITS)
    small = [w for w, v in number_words.vocabulary(language).cardinals.items() if 0 < v < 100]
    words = "|".join([*map(re.escape, sorted(small)), *filter(None, [ago["one"]])])
    count = rf"(?P<count>[0-9]{{1,3}}|{words})"
    some = rf"(?:{count}\s)" + ("?" if ago["bare"] else "")
    rules = {
        "ago": rf"(?<!\w){some}(?:{units})\s(?:{ago['after']})(?!\w)"
        if ago["after"]
        else rf"(?<!\w){ago['before']}\s(?P<date>{count}\s(?:{units}))(?!\w)",
        "window": rf"(?<!\w){table['window']['before']}\s(?:{count}\s)?(?:{units})(?!\w)",
        "shifted": rf"(?<!\w)(?:{shift})\s(?:{period})(?!\w)",
        "weekday": rf"(?<!\w)(?:(?:{shift})\s)?(?P<weekday>{weekday})"
        rf"(?:\s?{table['after_weekday']['words']})?(?!\w)",
        "days": rf"(?<!\w)(?P<days>{days})(?!\w)",
    }
    if table["single"]:
        singles = "|".join(f"(?P<{name}>{words})" for name, words in table["single"].items())
        rules["single"] = rf"(?<!\w)(?:{singles})(?!\w)"
    return rules
