"""When something was said, of the dates of a sentence: no period that is spoken about.

"Since February 2022, she said on 12 January" was said on 12 January; "für das Jahr 2025" and "von
Mai bis Juni" tell of what. Beside several dates the one in the clause of the verb counts. German
and other languages put the day between verb and object ("wies die Berichte am 21. Oktober
zurück"): there it counts too, where it stands as an adverbial and the object is no event.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from rag import dates, lexicon
from rag.schema import LANGUAGES, Span

_MARKS = re.compile(r"[,;:–—](?=\s)")
_LAST_WORDS = re.compile(r"(?:[^\W\d_]+\s+){0,2}$")


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands before a period that is spoken about, and before a day on which one speaks."""
    table = lexicon.load("dates", language if language in LANGUAGES else "en")["saying"]
    return (
        re.compile(rf"(?<!\w)(?:{table['period']})\s*$", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{table['day']})\s*$", re.IGNORECASE),
    )


def of_frame(
    sentence: Span, content: Sequence[Span], cue: Span | None, language: str, published: str | None
) -> str | None:
    """The ISO date on which the content was said, None where its frame does not tell."""
    found = [
        (span, value)
        for span, value in dates.find(sentence, language, published)
        if value and not any(c.start < span.end and span.start < c.end for c in content)
    ]
    told = [(span, value) for span, value in found if not _is_period(sentence, span, language)]
    if cue is not None:
        beside = [value for span, value in told if _same_clause(sentence, span, cue)]
        if beside:
            return beside[0]
    return told[0][1] if told else None


def of_narration(sentence: Span, language: str, published: str | None) -> str | None:
    """The ISO date of a sentence that the article says itself: of an event, no beginning."""
    found = [(span, value) for span, value in dates.find(sentence, language, published) if value]
    told = [value for span, value in found if not _is_since(sentence, span, language)]
    return told[0] if told else None


def within(content: Span, language: str, published: str | None) -> str | None:
    """The ISO date of an adverbial amid a content that is a phrase, None where there is none."""
    for span, value in dates.find(content, language, published):
        at = span.start - content.start
        opened = _openings(content.text, at, span)
        if value and at > 0 and any(_patterns(language)[1].search(words) for words in opened):
            return value
    return None


def _openings(text: str, at: int, span: Span) -> tuple[str, str]:
    """The two words before a date, and the same with the word that the date itself begins with."""
    begun = re.match(r"[^\W\d_]+\s", span.text)
    before = _LAST_WORDS.search(text[:at])
    words = before.group() if before else ""
    return words, words + (begun.group() if begun else "")


def _is_period(sentence: Span, span: Span, language: str) -> bool:
    opened = _openings(sentence.text, span.start - sentence.start, span)
    return any(_patterns(language)[0].search(words) for words in opened)


def _is_since(sentence: Span, span: Span, language: str) -> bool:
    table = lexicon.load("dates", language if language in LANGUAGES else "en")["saying"]
    _, opened = _openings(sentence.text, span.start - sentence.start, span)
    return re.search(rf"(?<!\w)(?:{table['since']})(?!\w)", opened, re.IGNORECASE) is not None


def _same_clause(sentence: Span, span: Span, cue: Span) -> bool:
    """Whether no mark stands between a date and the verb."""
    low, high = min(span.end, cue.end), max(span.start, cue.start)
    between = sentence.text[max(0, low - sentence.start) : max(0, high - sentence.start)]
    return _MARKS.search(between) is None
