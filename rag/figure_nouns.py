"""Figures whose noun the sentence before has given, as in "Eleven drones came. Nine of them hit".

A number without a noun counts what the last figure of the sentence before it counts, within the
paragraph (discourse anaphora with an elided head, Mitkov 2002). What its own sentence tells stays.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from rag import lexicon, quantities
from rag.schema import Article, Claim, Quantity, Sentence, Span

UNKNOWN = "other"
HOURS = 24


def completed(
    article: Article, sentences: Sequence[Sentence], claims: Sequence[Claim]
) -> tuple[Claim, ...]:
    """The claims, with the units of figures that have no noun read from the sentence before."""
    starts = [sentence.start for sentence in sentences]
    found = []
    for claim in claims:
        figures = tuple(_completed(article, sentences, starts, q) for q in claim.quantities)
        found.append(claim if figures == claim.quantities else replace(claim, quantities=figures))
    return tuple(found)


def _completed(
    article: Article, sentences: Sequence[Sentence], starts: Sequence[int], figure: Quantity
) -> Quantity:
    """The figure with the unit and aspect that it has behind the sentence before it."""
    if figure.unit != UNKNOWN:
        return figure
    at = bisect_right(starts, figure.span.start) - 1
    if at < 1 or not _go_on(article, sentences[at - 1], sentences[at]):
        return figure
    if _is_hour(article, figure):
        return figure
    before, own = sentences[at - 1].text, sentences[at]
    both = Span("", 0, len(before) + 1 + len(own.text), f"{before} {own.text}")
    place = figure.span.start - own.start + len(before) + 1
    for read in quantities.find(both, article.language):
        if read.span.start <= place < read.span.end and read.unit != UNKNOWN:
            aspect = figure.aspect or read.aspect
            return replace(figure, unit=read.unit, aspect=aspect)
    return figure


def _is_hour(article: Article, figure: Quantity) -> bool:
    """Whether a number without a noun is an hour: "left at five"."""
    before = article.text[max(0, figure.span.start - 40) : figure.span.start].split()[-1:]
    words = lexicon.load("quantities", article.language)["labels"]["hour_before"].split()
    small = figure.high is not None and figure.high <= HOURS
    return small and bool(before) and before[0].lower() in words


def _go_on(article: Article, before: Sentence, own: Sentence) -> bool:
    """Whether two sentences follow each other within a paragraph."""
    return before.end <= own.start and "\n" not in article.text[before.end : own.start]
