"""Quotations with their speaker inside the marks: «Мы знаем, — сказал X. — Мы работаем».

Ukrainian and Russian put the frame within the quotation, between dashes; here it is cut out.
"""

from __future__ import annotations

import re

from rag import slavic_forms
from rag.quotations import Quotation

_FRAME = re.compile(r"(?<=[,!?…])\s*[–—]\s+(?P<frame>[^–—«»„“”\n]{3,160}?)(?:[,.]\s*[–—]\s|[.,]?$)")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_POINTING = re.compile(
    r"(?:Так|Саме так|Именно так|(?:[ЗС]|Із|Со) (?:цих|тих|этих|тех) сл(?:ів|ов)"
    r"|(?:Такими|Цими|Этими) словами)\s"
)
_OPENING = 4  # words of a frame among which its verb stands


def opened(text: str, quotes: tuple[Quotation, ...], language: str) -> tuple[Quotation, ...]:
    """The quotations, those with a frame inside cut into what stands before and behind it."""
    if language not in slavic_forms.SLAVIC:
        return quotes
    return tuple(part for quote in quotes for part in _parts(text, quote, language))


def points_back(sentence: str, language: str) -> bool:
    """Whether a sentence opens with words that mean a quotation before it: "Так", "З цих слів"."""
    return language in slavic_forms.SLAVIC and _POINTING.match(sentence) is not None


def _parts(text: str, quote: Quotation, language: str) -> list[Quotation]:
    start, parts = quote.start, []
    for match in _FRAME.finditer(text, quote.start, quote.end):
        if not _is_frame(match.group("frame"), language):
            continue
        parts.append(Quotation(start, match.start(), quote.closed))
        start = match.end()
    if start >= quote.end:
        return parts
    return [*parts, Quotation(start, quote.end, quote.closed)]


def _is_frame(words: str, language: str) -> bool:
    """Whether a verb of the third person stands at the beginning: "сказал он", "— X каже"."""
    first = [word.lower() for word in _WORD.findall(words)[:_OPENING]]
    if any(slavic_forms.is_cue(word, language) for word in first):
        return True
    return bool(first) and is_finite(first[0], language)


def is_finite(word: str, language: str) -> bool:
    """Whether a word in lower case is a finite verb of Ukrainian or Russian."""
    if language not in slavic_forms.SLAVIC:
        return False
    return slavic_forms.word_class(word, language) == "VFIN"
