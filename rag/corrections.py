"""Figures that their article gives up, kept from answers: "at first he spoke of four".

What replaces what is read from the article (`rag.replacements`); a figure of another body gives up
nothing. Of a change ("rose from 12 to 19") the second value is the one that holds now.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Protocol

from rag import quantities, replacements
from rag.readings import grammar
from rag.replacements import Replacement, words_of
from rag.schema import LANGUAGES, Article, Claim, Evidence, Quantity, Question, Span

_WORD = 5  # letters by which two mentions of one body begin alike
_UNCLEAR = "unclear"
_GAP = 40  # characters between the ends of a change
_JOIN = 3  # words before its second end among which "to" stands
_WORDS = re.compile(r"[^\W\d_]{4,}")


class Articles(Protocol):
    """What is asked of the library."""

    def article(self, article_id: str) -> Article | None:
        """An article, or None where it has gone."""


def current(
    question: Question, claims: Iterable[tuple[Claim, frozenset[str]]], library: Articles
) -> list[tuple[Claim, frozenset[str]]]:
    """The claims without the figures that their articles give up; those of nothing else go.

    Who asks what was said at first gets all of them.
    """
    given = list(claims)
    if _asks_for_earlier(question):
        return given
    by_article: dict[str, list[Claim]] = {}
    for claim, _ in given:
        by_article.setdefault(claim.sentence.article_id, []).append(claim)
    given_up: set[Span] = set()
    for key, told in by_article.items():
        article = library.article(key) if any(c.quantities for c in told) else None
        if article is not None:
            given_up |= {r.old.span for r in _of_one_speaker_each(article, told)}
            given_up |= {q.span for c in told for q in _formers(c, article.language)}
    kept = []
    for claim, held in given:
        left = tuple(q for q in claim.quantities if q.span not in given_up)
        if left or not claim.quantities:
            same = len(left) == len(claim.quantities)
            kept.append((claim if same else replace(claim, quantities=left), held))
    return kept


def is_correction(item: Evidence) -> bool:
    """Whether a claim holds a figure that stands in the place of another one of its article."""
    first, last = item.claim.extent
    return bool(item.claim.quantities) and any(
        first <= r.new.span.start < last for r in replacements.of_text(item.article)
    )


def _asks_for_earlier(question: Question) -> bool:
    if question.language not in LANGUAGES:
        return False
    words, asked = words_of(question.language), question.text.lower()
    return any(p.search(asked) for p in (words.earlier, words.correcting))


def _extent(figure: Quantity) -> tuple[int, int]:
    return figure.span.start, figure.span.end


def _of_one_speaker_each(article: Article, claims: Sequence[Claim]) -> tuple[Replacement, ...]:
    """The replacements of an article whose two figures are of one speaker."""
    found = replacements.found(replacements.FiguresBySentence.of_claims(article, claims))
    held = ((r, _holding(r.old, claims), _holding(r.new, claims)) for r in found)
    return tuple(r for r, one, other in held if _of_one_speaker(one, other))


def _holding(figure: Quantity, claims: Sequence[Claim]) -> Claim | None:
    at = _extent(figure)[0]
    held = (c for c in claims if any(s.start <= at < s.end for s in c.content))
    return next((c for c in sorted(held, key=lambda c: not c.sources)), None)


def _of_one_speaker(one: Claim | None, other: Claim | None) -> bool:
    """Whether no two different bodies speak: somebody else's figure gives up nothing."""
    if one is None or other is None or not one.sources or not other.sources:
        return True
    names = [{s.name for s in c.sources} for c in (one, other)]
    if names[0] & names[1] or _UNCLEAR in names[0] | names[1]:
        return True
    first, second = (
        [w.lower() for s in c.sources for w in _WORDS.findall(s.mention.text)] for c in (one, other)
    )
    # "оперштаб" and "штаб", "служба" and "служби"
    return any(a[:_WORD] in b or b[:_WORD] in a for a in first for b in second)


def _formers(claim: Claim, language: str) -> list[Quantity]:
    """The first ends of changes, both ends of which a claim gives: "stieg von 12 auf 19"."""
    words = grammar(language)
    sentence, ordered = claim.sentence, sorted(claim.quantities, key=_extent)
    found = []
    for one, other in pairwise(ordered):
        head = sentence.text[: max(0, one.span.start - sentence.start)].lower().split()[-1:]
        gap = sentence.text[one.span.end - sentence.start : other.span.start - sentence.start]
        joined = not words.changes.isdisjoint(gap.lower().split()[-_JOIN:])
        same = quantities.same_unit(one.unit, other.unit)
        if head and head[0] in words.openers and joined and same and len(gap) < _GAP:
            found.append(one)
    return found
