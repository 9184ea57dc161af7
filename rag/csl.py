"""The cited articles as CSL-JSON (csl-data 1.0.2), which reference managers read.

One item an article, however often it is cited, so that a bibliography names it once; its note
holds the quotations with their numbers, and `custom` their offsets.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any

from rag import interface
from rag.schema import Citation

_ISO_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def items(
    citations: Sequence[Citation], accessed: Mapping[str, str] | None = None
) -> list[dict[str, Any]]:
    """The items of the cited articles in the order of their first citation.

    `accessed` holds the ISO 8601 dates on which articles were retrieved, by article id. A field
    that is not known is left out; an address that is no web address is, too.
    """
    by_article: dict[str, list[Citation]] = {}
    for citation in citations:
        by_article.setdefault(citation.article_id, []).append(citation)
    retrieved = accessed or {}
    return [_item(cited, retrieved.get(name)) for name, cited in by_article.items()]


def _item(cited: Sequence[Citation], retrieved: str | None) -> dict[str, Any]:
    first = cited[0]
    address = interface.web_link(first.url)
    item = {
        "id": first.article_id,
        "type": _type(first, address),
        "title": interface.visible(first.title),
        "container-title": interface.visible(first.publisher or ""),
        "issued": date(first.published),
        "accessed": date(retrieved),
        "URL": address,
        "language": first.language,
        "note": "\n".join(f"[{c.number}] {c.quote}" for c in cited),
        "custom": {
            "quotations": [
                {"number": c.number, "quote": c.quote, "start": c.start, "end": c.end}
                for c in cited
            ]
        },
    }
    return {key: value for key, value in item.items() if value}


def _type(citation: Citation, address: str | None) -> str:
    if citation.publisher:
        return "article-newspaper"
    return "webpage" if address else "document"


def date(iso: str | None) -> dict[str, Any] | None:
    """A CSL date of an ISO 8601 date, month, year or interval; what is none of them stays `raw`."""
    if not iso:
        return None
    ends = [_date_parts(end) for end in iso.split("/")]
    if len(ends) <= 2 and all(ends):
        return {"date-parts": ends}
    return {"raw": interface.visible(iso)}


def _date_parts(iso: str) -> list[int]:
    """Year, month and day as far as they are given; empty where this is no date."""
    match = _ISO_DATE.fullmatch(iso)
    parts = [int(part) for part in match.groups() if part] if match else []
    try:
        dt.date(*(parts + [1, 1, 1][len(parts) :]))
    except ValueError:
        return []
    return parts
