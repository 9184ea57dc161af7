"""How labels, figures and dates read in the reader's language.

Labels are `lexicon/interface.<language>.toml`; numbers, dates and plural forms follow CLDR.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from urllib.parse import quote, urlsplit

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

from rag import actors, lexicon
from rag.schema import LANGUAGES, Answer, Citation, Figure, Position

DEFAULT_LANGUAGE = "en"
# Characters that act on a terminal or reorder a line: C0 and C1 controls, bidi controls.
_ACTING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_QUOTATION_MARKS = re.compile('[„“”«»"]')
_ISO_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def words(language: str) -> dict[str, Any]:
    """All labels of a language; those of English where a language has none."""
    known = language if language in LANGUAGES else DEFAULT_LANGUAGE
    return lexicon.load("interface", known)


def label(table: str, key: str, language: str) -> str:
    """One label, for example `label("flags", "denied", "de")`; an unknown key reads as itself."""
    return str(words(language)[table].get(key, key.replace("_", " ")))


def source(name: str, language: str) -> str:
    """A source's canonical English name as it is written in the reader's language."""
    return visible(actors.load().label(name, language))


def visible(text: str) -> str:
    """One line of text without characters that act on a terminal or turn the reading direction.

    Titles and questions come from outside; article text has been cleaned when it was loaded.
    """
    return " ".join(_ACTING.sub("", text).split())


def figure(value: Figure, language: str) -> str:
    """An interval with its unit: "10.000–12.000 Soldaten", "mindestens 300 Soldaten"."""
    low, high = value.low, value.high
    locale = Locale(language)
    shown = {
        end: format_decimal(amount, locale=locale)
        for end, amount in (("low", low), ("high", high))
        if amount is not None
    }
    if low is not None and low == high:
        amount = shown["low"]
    else:
        shape = "range" if len(shown) == 2 else "at_least" if high is None else "at_most"
        amount = str(words(language)["figure"][shape]).format(**shown)
    forms = lexicon.load("units", language).get(value.unit, {})
    last = high if high is not None else low
    form = locale.plural_form(last) if last is not None else "other"
    unit = forms.get(form) or forms.get("other") or value.unit.replace("_", " ")
    return f"{amount} {unit}"


def date(iso: str | None, language: str) -> str:
    """An ISO 8601 date, month, year or interval in words; "undated" for None.

    Anything else is shown as it is: a date that cannot be read is not guessed.
    """
    if not iso:
        return str(words(language)["page"]["undated"])
    if "/" in iso:
        return " – ".join(date(end, language) for end in iso.split("/"))
    match = _ISO_DATE.fullmatch(iso)
    try:
        year, month, day = match.groups() if match else ()
        named = dt.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return visible(iso)
    if month is None:
        return str(year)
    locale = Locale(language)
    if day is None:
        return str(format_skeleton("yMMMM", named, locale=locale))
    return str(format_date(named, "long", locale=locale))


def language_name(code: str, language: str) -> str:
    """What a language is called in the reader's language: "Ukrainisch"."""
    return str(Locale(language).languages.get(code, code))


def origin(publisher: str | None, published: str | None, language: str) -> str:
    """Publisher and date of an article in one line, both named also where they are missing."""
    name = visible(publisher or "") or str(words(language)["page"]["no_publisher"])
    return f"{name}, {date(published, language)}"


def in_marks(text: str, language: str) -> str:
    """The text in quotation marks, unless it brings its own: doubled marks are hard to read."""
    if _QUOTATION_MARKS.search(text):
        return text
    marks = words(language)["quotes"]
    return f"{marks['open']}{text}{marks['close']}"


def said(position: Position, language: str) -> str:
    """Stance, figure and date of a position: "berichtet · 10.000–12.000 Soldaten · ohne Datum"."""
    parts = [label("stances", position.stance, language)]
    if position.figure:
        parts.append(figure(position.figure, language))
    if position.date:
        parts.append(date(position.date, language))
    return " · ".join(parts)


def web_link(url: str | None) -> str | None:
    """The address if a browser may follow it: only http and https, nothing that runs."""
    try:
        parts = urlsplit(visible(url or ""))
    except ValueError:
        return None
    return parts.geturl() if parts.scheme in {"http", "https"} and parts.netloc else None


def anchor(cited: Citation, kind: str = "src") -> str:
    """The fragment that opens this stretch of its article: `#src-120-240-kursk-troops`.

    It holds all that is needed to find the sentence again, so an old answer keeps working
    without state on the server. The article's id is percent-encoded.
    """
    return f"#{kind}-{cited.start}-{cited.end}-{quote(cited.article_id, safe='')}"


def cited_lists(answer: Answer) -> list[tuple[str, str, tuple[Citation, ...]]]:
    """Kind of link (src, near), heading and citations of the lists that are not empty."""
    labels = words(answer.language)["answer"]
    nearest = f"{labels['nearest']}. {labels['nearest_note']}"
    lists = [("src", labels["sources"], answer.citations), ("near", nearest, answer.nearest)]
    return [(kind, heading, cited) for kind, heading, cited in lists if cited]
