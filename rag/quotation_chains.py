"""Quotations of several sentences made one claim: the speaker may be named only at their end.

A sentence splitter cuts “A. B,” X said into two sentences, of which the first names nobody. What
stands between one pair of marks is one claim, with the frame of the sentence that has one. A
quotation of several paragraphs opens each of them anew and is closed only in the last.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from rag.quotations import Quotation
from rag.schema import Article, Claim, Form

_CARRIED = frozenset({"quote_continued", "speech_continued"})  # rules of what names nobody
_TURN = "speech_continued"
_QUOTED = (Form.DIRECT, Form.MIXED)
_LANGUAGES = ("en", "uk", "ru")  # whose gold counts a quotation as one claim
_LONGEST = 1500  # characters; a longer quotation is a document, cited sentence by sentence


def joined(article: Article, claims: list[Claim], quotes: tuple[Quotation, ...]) -> list[Claim]:
    """The claims in order, those of one quotation as one."""
    if article.language not in _LANGUAGES:
        return claims
    starts = [quote.start for quote in quotes]
    kept: list[Claim] = []
    for claim in claims:
        last = kept[-1] if kept else None
        if last is not None and _is_one(article, last, claim, quotes, starts):
            kept[-1] = _merged(article, last, claim)
        else:
            kept.append(claim)
    return kept


def _is_one(
    article: Article,
    first: Claim,
    second: Claim,
    quotes: tuple[Quotation, ...],
    starts: list[int],
) -> bool:
    """Whether two claims are pieces of one quotation, and at most one of them has a frame."""
    if first.form not in _QUOTED or second.form not in _QUOTED:
        return False
    told_anew = second.rule == _TURN and first.rule not in _CARRIED  # "— А, — объясняет X. — Б."
    alone = _CARRIED.isdisjoint((first.rule, second.rule))
    if told_anew or alone or first.sentence == second.sentence:
        return False
    end, start = first.content[-1].end, second.content[0].start
    if not 0 <= start - end <= _LONGEST or second.content[-1].end - end > _LONGEST:
        return False
    before = bisect_right(starts, end - 1) - 1
    after = bisect_right(starts, start) - 1
    if before < 0 or after < 0 or quotes[before].end < end:
        return False
    if before == after:
        return quotes[after].end > start
    opened_anew = not quotes[before].closed and quotes[after].start == start
    return opened_anew and not article.text[end:start].strip()


def _merged(article: Article, first: Claim, second: Claim) -> Claim:
    """One claim with the frame of the claim that has one, and the content of both."""
    framed = second if first.rule in _CARRIED else first
    whole = article.span(first.content[-1].start, second.content[0].end)
    content = (*first.content[:-1], whole, *second.content[1:])
    start, end = content[0].start, content[-1].end
    return replace(
        framed,
        id=f"{article.id}:{start}-{end}:{framed.rule}",
        content=content,
        hedges=first.hedges + second.hedges,
        quantities=first.quantities + second.quantities,
        polarity=first.polarity,
    )
