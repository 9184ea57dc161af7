"""How dates are written in each language: patterns built from `lexicon/dates.<language>.toml`.

A pattern names its parts (day, month, year, part, shift, count …); what they mean for the
calendar is decided in `rag.dates`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from rag import lexicon, number_words, tokens
from rag.date_rules import ORDER, SEASONS, UNITS, build, either, ordinals

_NEED_DIGITS = {
    "iso", "numeric", "slashed", "months_range", "days_range", "range_month_first", "day_month",
    "month_day", "year",
}  # fmt: skip
_WITHOUT_DIGITS = {"worded", "season", "single", "shifted", "weekend", "weekday", "days"}


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
    night: frozenset[str]
    ordinals: tuple[tuple[int, re.Pattern[str]], ...]

    def month(self, written: str) -> int:
        """The number of a month, 1 to 12."""
        return 1 + next(i for i, m in enumerate(self.months) if m.fullmatch(written))

    def ordinal(self, written: str) -> int:
        """The number of an ordinal word, 1 to 31."""
        return next(number for number, word in self.ordinals if word.fullmatch(written))

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
    for rule in ORDER:
        pattern = patterns.rules.get(rule)
        if pattern is None or (rule in _NEED_DIGITS and not has_digit):
            continue
        if rule not in ("iso", "numeric", "slashed", "year") and not has_word:
            continue
        if digits_only and rule in _WITHOUT_DIGITS:
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
    rank = {rule: i for i, rule in enumerate(ORDER)}
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
    rules = build(table, months, language)
    words = either(
        [
            *months.values(),
            *weekdays,
            *table["days"].values(),
            *table["periods"].values(),
            *table["single"].values(),
            *(table["seasons"][name] for name in SEASONS),
            *(table["quarter"][name] for name in ("quarter", "half", "short")),
            table["weekend"]["words"],
            *(v for k, v in table["part"].items() if k != "link"),
            *(table["ago"][unit] for unit in UNITS),
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
        night=frozenset(table["night"]["join"]),
        ordinals=tuple((number, re.compile(word)) for number, word in ordinals(table).items()),
    )
