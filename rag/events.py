"""Whether two claims are of one event: when each was made, and where it stands."""

from __future__ import annotations

import re
from datetime import date
from functools import cache, lru_cache

from rag import counting, dates, lexicon
from rag.schema import Evidence
from rag.segmentation import CLOSED

TURN = re.compile(r"\n[*#>•—–-]")  # a heading, an item of a list, a turn of an interview
# Two dated figures this many days apart are a development, not a contradiction.
SAME_TIME = 10
NEWS = 2  # days after an event on which reports still tell of it
NEAR = 400  # characters: how far a side's account of an event follows the other's in a paragraph
FURTHER = 600  # the same, where the other side has a paragraph of its own


def same_time(one: Evidence, other: Evidence) -> bool | None:
    """Whether two claims are of one time; None where nobody can tell."""
    first, second = moment(one), moment(other)
    if first is None or second is None:
        if one.article.id == other.article.id and (shifts(one) or shifts(other)):
            return None
        undated = first is None and second is None
        if undated:
            return True if same_paragraph(one, other) or continues(one, other) else None
        return _on_its_day(one, other)
    if max(counting.days(first), counting.days(second)) > counting.SEASON:
        return None
    return dates.overlaps(first, second) or days_apart(first, second) <= SAME_TIME


def shifts(item: Evidence) -> bool:
    """Whether a claim leaves the time that the text has set by words that name no date.

    "Im Jahr zuvor", "at first", "the next exchange".
    """
    words = lexicon.load("comparisons", item.article.language)["other_time"]
    return _whole(words).search(item.claim.sentence.text.lower()) is not None


@cache
def _whole(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)")


def _on_its_day(one: Evidence, other: Evidence) -> bool | None:
    """Whether the dated one of two claims is of about the day on which the other was published.

    What a report leaves undated is of its own day: beside the dated one, or in another report that
    came out a few days later.
    """
    undated = other if moment(other) is None else one
    day, published = moment(one) or moment(other), undated.article.published
    if day is None or published is None:
        return None
    if adjoining(one, other) or continues(one, other):
        return True if days_apart(day, published) <= SAME_TIME else None
    elsewhere = one.article.id != other.article.id and counting.days(day) == 1
    return (
        True if elsewhere and not shifts(undated) and days_apart(day, published) <= NEWS else None
    )


@lru_cache(maxsize=counting.REMEMBERED)  # asked of each pair
def moment(item: Evidence) -> str | None:
    """When a claim was made: by its sentence, else the last date of its paragraph before it.

    A narrative stays at the time that it has set until it sets another (temporal anaphora).
    """
    if said := counting.said_on(item):
        return said
    article, start = item.article, item.claim.sentence.start
    paragraph = article.span(article.text.rfind("\n", 0, start) + 1, start)
    found = dates.find(paragraph, article.language, article.published)
    return found[-1][1] if found else None


def same_paragraph(one: Evidence, other: Evidence) -> bool:
    """Whether two claims stand in one paragraph of one article."""
    first, last = sorted((one.quote, other.quote), key=lambda quote: quote.start)
    same = first.article_id == last.article_id
    return same and "\n" not in one.article.text[first.end : last.start]


def adjoining(one: Evidence, other: Evidence) -> bool:
    """Whether two claims stand in one paragraph and not far apart, so of one event."""
    first, last = sorted((one.quote, other.quote), key=lambda quote: quote.start)
    return same_paragraph(one, other) and last.start - first.end <= NEAR


def continues(one: Evidence, other: Evidence) -> bool:
    """Whether the later of two claims stands in the next paragraph, without a date of its own.

    A narrative stays at the time that it has set; a heading between ends it.
    """
    first, last = sorted((one, other), key=lambda e: e.quote.start)
    if first.article.id != last.article.id or last.quote.start - first.quote.end > FURTHER:
        return False
    between = one.article.text[first.quote.end : last.quote.start]
    if between.count("\n\n") != 1 or TURN.search(between):
        return False
    ended = all(CLOSED.search(part) for part in between.split("\n") if part.strip())
    return ended and moment(last) is None


def days_apart(one: str, other: str) -> int:
    """Days between two periods; 0 or less where they overlap."""
    (_, first), (second, _) = sorted((dates.bounds(one), dates.bounds(other)))
    return (date.fromisoformat(second) - date.fromisoformat(first)).days
