"""How labels, figures and dates read in the reader's language.

Labels are `lexicon/interface.<language>.toml`; figures and dates are written by `formats`.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, urlsplit

from rag import actors, formats, lexicon
from rag.schema import LANGUAGES, Answer, Citation, Figure, Position

DEFAULT_LANGUAGE = "en"
# Characters that act on a terminal or reorder a line: C0 and C1 controls, bidi controls.
_ACTING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_QUOTATION_MARKS = re.compile('[„“”«»"]')


def words(language: str) -> dict[str, Any]:
    """All labels of a language; those of English where a language has none."""
    known = language if language in LANGUAGES else DEFAULT_LANGUAGE
    return lexicon.load("interface", known)


def label(table: str, key: str, language: str) -> str:
    """One label, for example `label("flags", "denied", "de")`; an unknown key reads as itself."""
    return str(words(language)[table].get(key, key.replace("_", " ")))


def source(name: str, language: str) -> str:
    """A source's canonical English name as it stands alone in the reader's language."""
    label = visible(formats.source(actors.load().label(name, language), language))
    return label[:1].upper() + label[1:]


def visible(text: str) -> str:
    """One line of text without characters that act on a terminal or turn the reading direction.

    Titles and questions come from outside; article text has been cleaned when it was loaded.
    """
    return " ".join(_ACTING.sub("", text).split())


def figure(value: Figure, language: str) -> str:
    """A position's figure with its unit: "10.000 bis 12.000 Soldaten"."""
    return formats.figure(value.low, value.high, value.qualifier, value.unit, language)


def date(iso: str | None, language: str) -> str:
    """A date in words; "undated" for None. A date that cannot be read is not guessed."""
    if not iso:
        return str(words(language)["page"]["undated"])
    return visible(formats.date(iso, language))


def language_name(code: str, language: str) -> str:
    """What a language is called in the reader's language: "Ukrainisch"."""
    return str(formats.locale(language).languages.get(code, code))


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
