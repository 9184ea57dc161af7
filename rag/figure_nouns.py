"""Figures whose noun the sentence before has given, as in "Eleven drones came. Nine of them hit".

A number without a noun counts what the last figure of the sentence before it counts, within the
paragraph (discourse anaphora with an elided head, Mitkov 2002). What its own sentence tells stays.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from rag import asking, lexicon, quantities
from rag.readings import grammar
from rag.schema import Article, Claim, Quantity, Sentence, Span

UNKNOWN = "other"
HOURS = 24
REACH = 3  # sentences back to the question that numbers answer
_NEXT = re.compile(r"\s(\w+)")


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


def of_sentence(
    article: Article, sentences: Sequence[Sentence], number: int
) -> tuple[Quantity, ...]:
    """The figures of a sentence of an article, those without a noun with what they count."""
    starts = [sentence.start for sentence in sentences]
    own = quantities.find(sentences[number], article.language)
    return tuple(_completed(article, sentences, starts, figure) for figure in own)


def _completed(
    article: Article, sentences: Sequence[Sentence], starts: Sequence[int], figure: Quantity
) -> Quantity:
    """The figure with the unit and aspect that it has in its sentence, or behind the one before."""
    if figure.unit != UNKNOWN:
        return figure
    at = bisect_right(starts, figure.span.start) - 1
    if at < 0:
        return figure
    own = sentences[at]
    goes_on = at > 0 and _go_on(article, sentences[at - 1], own) and not _is_hour(article, figure)
    before = sentences[at - 1] if goes_on else None
    for opening in ("", f"{before.text} " if before is not None else ""):
        both = Span("", 0, len(opening) + len(own.text), opening + own.text)
        place = figure.span.start - own.start + len(opening)
        for read in quantities.find(both, article.language):
            if read.span.start <= place < read.span.end and read.unit != UNKNOWN:
                return replace(figure, unit=read.unit, aspect=figure.aspect or read.aspect)
    if at and _is_bare(article, figure) and not _is_hour(article, figure):
        return _answering(article, sentences, at - 1, figure)
    return figure


def _answering(
    article: Article, sentences: Sequence[Sentence], asked: int, figure: Quantity
) -> Quantity:
    """As in "How many men does it have? – About 40. In May it was 70": what the question counts."""
    for number in range(asked, max(-1, asked - REACH), -1):
        text = sentences[number].text.rstrip("*_ ")
        if text.endswith("?"):
            unit, aspect = asking.asked(text, article.language)
            return replace(figure, unit=unit, aspect=figure.aspect or aspect) if unit else figure
        if not quantities.find(sentences[number], article.language):
            break
    return figure


def _is_bare(article: Article, figure: Quantity) -> bool:
    """Whether no noun follows a number: a mark, nothing, or a closed word."""
    following = _NEXT.match(article.text, figure.span.end)
    word = following.group(1).lower() if following else ""
    words = grammar(article.language)
    return not word or word in words.stops | words.conjunctions | words.them


def _is_hour(article: Article, figure: Quantity) -> bool:
    """Whether a number without a noun is an hour: "left at five"."""
    before = article.text[max(0, figure.span.start - 40) : figure.span.start].split()[-1:]
    words = lexicon.load("quantities", article.language)["labels"]["hour_before"].split()
    small = figure.high is not None and figure.high <= HOURS
    return small and bool(before) and before[0].lower() in words


def _go_on(article: Article, before: Sentence, own: Sentence) -> bool:
    """Whether two sentences follow each other within a paragraph."""
    return before.end <= own.start and "\n" not in article.text[before.end : own.start]
