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

from rag import lexicon, numerals

_DAY = "(?:3[01]|[12][0-9]|0?[1-9])"
_YEAR = "(?:19|20)[0-9]{2}(?![0-9])"
_DASH = r"\s?[-–—]\s?"
# Rules are tried in this order; what an earlier one has taken stays taken.
_ORDER = (
    "iso", "numeric", "slashed", "months_range", "days_range", "range_month_first", "day_month",
    "month_day", "part", "month", "season", "ago", "window", "year", "single", "shifted",
    "weekday", "days",
)  # fmt: skip
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
    folded = numerals.fold(text)
    has_digit = re.search("[0-9]", folded) is not None
    has_word = patterns.words.search(folded) is not None
    found: list[Written] = []
    for rule in _ORDER:
        pattern = patterns.rules.get(rule)
        if pattern is None or (rule in _NEED_DIGITS and not has_digit):
            continue
        if rule not in ("iso", "numeric", "slashed", "year") and not has_word:
            continue
        if digits_only and rule in ("part", "month", "single", "shifted", "weekday", "days"):
            continue
        found += _fitting(pattern, rule, text, folded, patterns)
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
            alone = set(k for k, v in groups.items() if v) <= {"month", "date"}
            # "May" alone is the month only behind a preposition.
            if alone and not re.search(r"(?i)\b(?:in|of|since|by|until|from|to|and|through)\s$", text[max(0, at - 8) : at]):
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
    for number, words in table["months_exact"].items():
        months[int(number)] = "|".join(filter(None, (words.lower(), months.get(int(number)))))
    weekdays = [table["weekdays"][str(i)] for i in range(1, 8)]
    rules = _calendar(table, _any(months[i] for i in range(1, 13)))
    rules |= _relative(table, _any(weekdays), _any(months[i] for i in range(1, 13)), language)
    words = _any([*months.values(), *weekdays, *table["days"].values(), *table["periods"].values(),
                  *table["single"].values(), *table["seasons"].values(),
                  *(v for k, v in table["ago"].items() if k not in ("before", "after"))])
    return Patterns(
        rules={name: re.compile(rule) for name, rule in rules.items()},
        words=re.compile(rf"\b(?:{words})"),
        months=tuple(re.compile(months[i]) for i in range(1, 13)),
        exact=frozenset(int(n) for n in table["months_exact"]),
        # A look-behind of the table needs the text around, which a cut-out weekday has not.
        weekdays=tuple(re.compile(re.sub(r"\(\?<=[^)]*\)", "", w)) for w in weekdays),
        days=tuple((int(k), re.compile(v)) for k, v in table["days"].items()),
        capital=frozenset(table["lower_case"]["words"]),
        shifts=tuple(
            (step, re.compile(table["shift"][name]))
            for step, name in ((-1, "last"), (0, "this"), (1, "next"))
        ),
        numbers=numerals.vocabulary(language).cardinals,
        listing=frozenset(table["day"]["list_join"][3:-1].split("|")),
    )


def _any(alternatives: Any) -> str:
    return "(?:" + "|".join(alternatives) + ")"


def _calendar(table: dict[str, Any], month: str) -> dict[str, str]:
    """Rules for days, months and years of the calendar."""
    day, year, part = table["day"], table["year"], table["part"]
    suffix = rf"(?:{day['suffix']})" + ("" if table["numeric"]["short"] else "?")
    of = rf"(?:\s{day['of']})?" if day["of"] else ""
    after = rf"(?:\s?(?:{year['after']})(?!\w))?" if year["after"] else ""
    tail = rf"(?:,?\s(?:{day['of']}\s)?(?P<year>{_YEAR}){after})?" if day["of"] else (
        rf"(?:,?\s(?P<year>{_YEAR}){after})?"
    )
    year_2 = rf"(?:,?\s(?P<year_1>{_YEAR}){after})?"
    join = rf"(?:{_DASH}|\s(?P<join>{day['range_join']})\s)"
    opened = rf"(?<!\w)(?:(?P<open>{day['range_open']})\s)?"
    first, second = rf"(?P<day>{_DAY}){suffix}", rf"(?P<day2>{_DAY}){suffix}"
    loose = rf"(?P<day>{_DAY})(?:{day['suffix']})?"
    m, m2 = rf"(?P<month>{month})(?!\w)", rf"(?P<month2>{month})(?!\w)"
    more = rf"(?P<more>(?:{_DAY}{suffix}(?:,\s|\s{day['list_join']}\s)){{0,4}})"
    link = rf"(?:{part['link']}\s)?" if part["link"] else ""
    parts = "|".join(f"(?P<{k}>{part[k]})" for k in ("start", "middle", "end"))
    rules = {
        "iso": rf"(?<![\w-])(?P<iso>{_YEAR}-[01][0-9](?:-[0-3][0-9])?)(?![\w-])",
        "numeric": rf"(?<![\w.])(?P<day>{_DAY})\.(?P<month_number>[01]?[0-9])\."
        rf"(?:(?P<year>{_YEAR}|[0-9]{{2}}(?![0-9])){after}" + ("|(?![0-9]))" if table["numeric"]["short"] else ")"),
        "slashed": rf"(?<![\w/])(?P<one>[0-9]{{1,2}})/(?P<two>[0-9]{{1,2}})/(?P<year>{_YEAR})(?![/\w])",
        "months_range": rf"{opened}(?P<date>{first}{of}\s{m}{year_2}{join}{second}{of}\s{m2}{tail})",
        "days_range": rf"{opened}(?P<date>{loose}{join}{second}{of}\s{m}{tail})",
        "day_month": rf"(?<![\w.,:-])(?P<date>{more}{first}{of}\s{m}{tail})",
        "part": rf"(?<!\w)(?:{parts})[\s-]?{link}(?:{m}{tail}|(?P<year_alone>{_YEAR}){after})",
        "month": rf"(?<!\w)(?:(?P<shift>{_shift(table)})\s)?{m}{tail}",
        "season": rf"(?<!\w)(?:{_seasons(table)})\s(?:(?:of|des jahres)\s)?(?P<year>{_YEAR}){after}(?![/-])",
        "year": _years(year["before"], year["after"]),
    }
    if day["of"]:  # the month may stand first: "October 28, 2024", "October 3-5"
        rules["month_day"] = rf"(?<!\w){m}\s{loose}(?![\w:]|[.,][0-9]|\s?%){tail}"
        rules["range_month_first"] = (
            rf"(?<!\w)(?:(?P<open>{day['range_open']})\s)?(?P<date>{m}\s{loose}{join}{second}(?!\w|[.,][0-9]){tail})"
        )
    return rules


def _years(before: str, after: str) -> str:
    """A year needs a word that makes it one: "seit 2022", "2024 року", or brackets."""
    sides = [rf"(?<!\w)(?:{before})\s(?P<date>(?P<year>{_YEAR}))(?![\w%]|[.,:/-][0-9]|\s?%)"]
    if after:
        sides = [rf"(?<![\w.,/-])(?P<date>(?P<year>{_YEAR})\s?(?:{after}))(?!\w)"]
    return sides[0]


def _shift(table: dict[str, Any]) -> str:
    return "|".join(table["shift"].values())


def _seasons(table: dict[str, Any]) -> str:
    return "|".join(f"(?P<{name}>{words})" for name, words in table["seasons"].items())


def _relative(table: dict[str, Any], weekday: str, month: str, language: str) -> dict[str, str]:
    """Rules for what counts from the day of publication."""
    shift = "|".join(f"(?P<{name}>{words})" for name, words in table["shift"].items())
    period = "|".join(f"(?P<unit_{name}>{words})" for name, words in table["periods"].items())
    ago, days = table["ago"], "|".join(table["days"].values())
    units = "|".join(f"(?P<unit_{k}>{ago[k]})" for k in ("day", "week", "month", "year", "hour"))
    small = [w for w, v in numerals.vocabulary(language).cardinals.items() if 0 < v < 100]
    count = rf"(?P<count>[0-9]{{1,3}}|{'|'.join(map(re.escape, sorted(small)))}|an?)"
    some = rf"(?:{count}\s)" + ("?" if language in ("uk", "ru") else "")
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
