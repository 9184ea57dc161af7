"""Numbers, figures with their unit, and dates as each of the four languages writes them.

Number formats, month names and plural forms follow CLDR through babel; units and the frames of
figures ("at least …") are data: `lexicon/units.<language>.toml`, `lexicon/answers.<language>.toml`.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

from rag import lexicon
from rag.schema import Qualifier

_ISO_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


@cache
def locale(language: str) -> Locale:
    """The CLDR locale of a language."""
    return Locale(language)


def source(label: str, language: str) -> str:
    """What a sentence calls a source: its label, or words for one that is not clear."""
    return str(lexicon.load("answers", language)["names"].get(label, label))


def number(value: float, language: str) -> str:
    """A number: "10.000", "10,000", "10 000"."""
    return str(format_decimal(value, locale=locale(language)))


def unit(key: str, count: float | None, language: str) -> str:
    """A unit in the form that a count asks for; None for the form behind a preposition."""
    forms = lexicon.load("units", language).get(key)
    if forms is None:
        return "" if key == "other" else key.replace("_", " ")
    if count is None:
        return str(forms.get("many", forms["other"]))
    return str(forms.get(locale(language).plural_form(count), forms["other"]))


def figure(
    low: float | None, high: float | None, qualifier: Qualifier, key: str, language: str
) -> str:
    """An interval with its unit: "10.000 bis 12.000 Soldaten", "at least 300 killed"."""
    frames = lexicon.load("answers", language)["figures"]
    if low is not None and high is not None and low != high:
        words = frames["range"].format(
            low=number(low, language), high=number(high, language), unit=unit(key, None, language)
        )
        return str(words).strip()
    value = low if low is not None else high
    if value is None:
        return unit(key, None, language)
    frame = "exact"
    if low is None:
        frame = "at_most"
    elif high is None:
        frame = "at_least"
    elif qualifier is Qualifier.ABOUT:
        frame = "about"
    counted = value if frame in ("exact", "at_least") else None
    words = frames[frame].format(n=number(value, language), unit=unit(key, counted, language))
    return str(words).strip()


def date(iso: str, language: str) -> str:
    """An ISO 8601 date, month, year or interval in words; anything else as it is."""
    if "/" in iso:
        return " – ".join(date(end, language) for end in iso.split("/"))
    match = _ISO_DATE.fullmatch(iso)
    try:
        year, month, day = match.groups() if match else ()
        named = dt.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return iso
    if month is None:
        return str(year)
    if day is None:
        return str(format_skeleton("yMMMM", named, locale=locale(language)))
    return str(format_date(named, "long", locale=locale(language)))
