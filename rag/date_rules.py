"""Regular expressions for the dates of a language, one rule for each way of writing them.

They are built from `lexicon/dates.<language>.toml` and tried in the order of `ORDER`; the named
parts (day, month, year, shift, nth …) are read by `rag.date_values`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from rag import number_words

_DAY = "(?:3[01]|[12][0-9]|0?[1-9])"
_YEAR = "(?:1[0-9]|20)[0-9]{2}(?![0-9])"
_RECENT_YEAR = "(?:19|20)[0-9]{2}(?![0-9])"
_DASH = r"\s?[-–—]\s?"
# Rules are tried in this order; what an earlier one has taken stays taken.
ORDER = (
    "iso", "numeric", "slashed", "months_range", "days_range", "range_month_first", "day_month",
    "month_day", "worded", "part", "quarter", "half", "month", "season", "ago", "year", "single",
    "shifted", "window", "weekend", "weekday", "days",
)  # fmt: skip
UNITS = ("hour", "day", "week", "month", "year")
SEASONS = ("spring", "summer", "autumn", "winter")


def build(table: dict[str, Any], months: dict[int, str], language: str) -> dict[str, str]:
    """All rules of a language as regular expressions for folded text; `months` are patterns."""
    weekdays = either(table["weekdays"][str(i)] for i in range(1, 8))
    return (
        _calendar(table, either(months[i] for i in range(1, 13)))
        | _relative(table, weekdays, language)
        | _parts_of_years(table)
    )


def either(alternatives: Iterable[str]) -> str:
    """A group of alternatives."""
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
    return rules | _days(table, short, of, year, months) | _months(table, months[0], year, after)


def _days(
    table: dict[str, Any], short: bool, of: str, year: str, months: tuple[str, str]
) -> dict[str, str]:
    """Rules for days of a month: one, a list, a range; in English also behind the month."""
    day = table["day"]
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
        "worded": rf"(?<!\w)(?P<day_word>{either(ordinals(table).values())}){of}\s{month}{year}",
    }
    if day["of"]:  # "October 28, 2024", "October 3-5"
        rules["month_day"] = rf"(?<!\w){month}\s{loose}(?![\w:]|[.,][0-9]|\s?%){year}"
        rules["range_month_first"] = (
            rf"{opened}(?P<date>{month}\s{loose}{join}{second}(?!\w|[.,][0-9]){year})"
        )
    return rules


def _months(table: dict[str, Any], month: str, year: str, after: str) -> dict[str, str]:
    """Rules for months and parts of months and years."""
    part, periods = table["part"], table["periods"]
    link = rf"(?:{part['link']}\s)?" if part["link"] else ""
    names = "|".join(f"(?P<{k}>{part[k]})" for k in ("start", "middle", "end"))
    shift = "|".join(table["shift"].values())
    # "Ende des Monats" may be that of another month than today's, "Ende des Jahres" hardly.
    last_month = rf"(?P<shift_month>{shift})\s(?P<unit_month>{periods['month']})"
    last_year = rf"(?:(?P<shift_year>{shift})\s|{part['whole']})(?P<unit_year>{periods['year']})"
    whole = rf"(?:{last_month}|{last_year})(?!\w)"
    return {
        "part": rf"(?<!\w)(?:{names})[\s-]?(?:{link}"
        rf"(?:{month}{year}|(?P<year_alone>{_YEAR}){after})|{whole})",
        "month": rf"(?<!\w)(?:(?P<shift>{shift})\s)?{month}{year}",
    }


def _years(table: dict[str, str]) -> str:
    """A year needs a word: "seit 2022", "2024 року"; after "bis" also the end of the phrase."""
    if table["after"]:
        return rf"(?<![\w.,/-])(?P<date>(?P<year>{_YEAR})\s?(?:{table['after']}))(?!\w)"
    end = r"(?![\w%]|[.,:/-][0-9]|\s?%)"
    alone = rf"(?=\s(?:{table['next']})(?!\w)|\s*(?:[^\w\s]|\Z))"
    loose = rf"(?<!\w)(?:{table['loose']})\s(?={_YEAR}{end}{alone})"
    return rf"(?<!\w)(?:(?:{table['before']})\s|{loose})(?P<date>(?P<year>{_YEAR})){end}"


def ordinals(table: dict[str, Any]) -> dict[int, str]:
    """A pattern for each ordinal word from 1 to 31 that the language has; longest first."""
    words, ending = table["ordinals"], table["ordinals"]["ending"]
    found = {int(k): f"{v}{ending}" for k, v in words.items() if k.isdigit()}
    for tens, name in ((20, "twenty"), (30, "thirty")):
        if words[name]:
            joined = {tens + ones: rf"{words[name]}[\s-]{found[ones]}" for ones in range(1, 10)}
            found = {k: v for k, v in joined.items() if k <= 31} | found
    return found


def _parts_of_years(table: dict[str, Any]) -> dict[str, str]:
    """Rules for quarters, halves, seasons and weekends."""
    quarter, season, weekend = table["quarter"], table["seasons"], table["weekend"]
    after = rf"(?:\s?(?:{table['year']['after']})(?!\w))?" if table["year"]["after"] else ""
    link = rf"(?:\s(?:{quarter['link']}))?" if quarter["link"] else ""
    year = rf"(?:{link},?\s(?P<year>{_RECENT_YEAR}){after})?"
    words = ordinals(table)
    nth = (
        rf"(?:(?P<nth>{either(words[i] for i in range(1, 5))})"
        r"|(?P<digit>[1-4])(?:\.|-[^\W\d]{1,3})?|(?P<roman>iv|[iі]{1,3}))"
    )
    shift = "|".join(table["shift"].values())
    named = "|".join(f"(?P<{name}>{season[name]})" for name in SEASONS)
    of = rf"(?:(?:{season['link']})\s)?" if season["link"] else ""
    dated = rf"\s{of}(?P<year>{_RECENT_YEAR}){after}(?:[/–-](?P<year2>[0-9]{{2,4}}))?(?![/–-])"
    opened = rf"(?:(?P<shift>{shift})\s|{season['before']})"
    short = rf"{quarter['short']}(?P<short>[1-4])(?!\w)"
    return {
        "quarter": rf"(?<!\w)(?:{nth}\s(?:{quarter['quarter']})(?!\w)|{short}){year}",
        "half": rf"(?<!\w){nth}\s(?:{quarter['half']})(?!\w){year}",
        "season": rf"(?<!\w)(?:(?P<date>(?:{named}){dated})"
        rf"|{opened}(?:{_again(named)})(?!\w)(?!\s{of}{_RECENT_YEAR}))",
        "weekend": rf"(?<!\w)(?:(?P<shift>{shift})\s|{weekend['before']})"
        rf"(?:{weekend['words']})(?!\w)",
    }


def _again(named: str) -> str:
    """The same alternatives under other names, as a name may stand once in a pattern."""
    return named.replace(">", "_alone>")


def _relative(table: dict[str, Any], weekday: str, language: str) -> dict[str, str]:
    """Rules for what counts from the day of publication."""
    shift = "|".join(f"(?P<{name}>{words})" for name, words in table["shift"].items())
    period = "|".join(f"(?P<unit_{name}>{words})" for name, words in table["periods"].items())
    ago, days, night = table["ago"], "|".join(table["days"].values()), table["night"]
    units = "|".join(f"(?P<unit_{k}>{ago[k]})" for k in UNITS)
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
        # The night from Monday to Tuesday is Tuesday's.
        "weekday": rf"(?<!\w)(?:(?:{night['from']})\s{weekday}\s(?:{night['to']})\s)?"
        rf"(?P<date>(?:(?:{shift})\s)?(?P<weekday>{weekday})"
        rf"(?:\s?{table['after_weekday']['words']})?)(?!\w)",
        "days": rf"(?<!\w)(?P<days>{days})(?!\w)",
    }
    if table["single"]:
        singles = "|".join(f"(?P<{name}>{words})" for name, words in table["single"].items())
        rules["single"] = rf"(?<!\w)(?:{singles})(?!\w)"
    return rules
