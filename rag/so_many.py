"""What "so many" means: the figure of the sentence before it.

"More than 133,000 names are on the list. So many soldiers had been killed by September, said X":
X gives the figure, of soldiers. Words: `lexicon/so_many.toml`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from rag import lexicon, quantities
from rag.drafts import Line
from rag.schema import Article, Quantity, Span

_STAND_IN = "1000"  # any number: it shows what the words behind it count


def resolved(
    article: Article, before: Line | None, content: tuple[Span, ...], figures: tuple[Quantity, ...]
) -> tuple[tuple[Span, ...], tuple[Quantity, ...]]:
    """The content and figures of a claim, with the sentence before it where it says "so many"."""
    said = content[0]
    match = _pattern(article.language).match(said.text)
    if match is None or before is None or before.headline or before.end > said.start:
        return content, figures
    earlier = article.span(before.start, before.end)
    lent = quantities.find(earlier, article.language)
    if not lent:
        return content, figures
    words = _STAND_IN + said.text[match.end() :]
    counted = quantities.find(Span("", 0, len(words), words), article.language)
    figure = lent[0]
    if counted and counted[0].span.start == 0:
        figure = next((q for q in lent if q.unit == counted[0].unit), lent[0])
        figure = replace(figure, unit=counted[0].unit, aspect=counted[0].aspect)
    return (earlier, *content), (figure, *figures)


@cache
def _pattern(language: str) -> re.Pattern[str]:
    words = lexicon.load("so_many")[language]
    return re.compile(rf"\W*(?:{words})(?!\w)", re.IGNORECASE)
