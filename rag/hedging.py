"""How far a word like "probably" or "might" reaches: the claim itself, or only a part of it.

It leaves open just the part that it stands in where that part has no verb ("at first probably in
the Kursk region"), or is a question within the sentence ("on how a ceasefire might be monitored").
"""

from __future__ import annotations

import re

from rag import lexicon, traits
from rag.actors import Actors
from rag.schema import Evidence, Span

_BOUND = re.compile(r"[,;:.!?()–—«»„“”\"](?=\s|$)|\s[–—]\s|^")


def reaching(item: Evidence, actors: Actors) -> tuple[Span, ...]:
    """The hedges of a claim that leave open what it says, and not only a part of it."""
    own = [h for h in item.claim.hedges if not _is_distance(h, item.article.language)]
    return tuple(hedge for hedge in own if not _is_partial(item, hedge, actors))


def _is_distance(hedge: Span, language: str) -> bool:
    """Whether by this word the article leaves a statement to others: "allegedly", "angeblich".

    It doubts nothing in the source's name (evidentials; Aikhenvald 2004).
    """
    words = lexicon.load("own_word")["distance"][language]
    return re.fullmatch(words, hedge.text.lower()) is not None


def _is_partial(item: Evidence, hedge: Span, actors: Actors) -> bool:
    article, (low, high) = item.article, item.claim.extent
    text = article.text
    bounds = [m.start() for m in _BOUND.finditer(text, low, high)]
    start = max((b + 1 for b in bounds if b < hedge.start), default=low)
    end = min((b for b in bounds if b >= hedge.end), default=high)
    if text[start:end].strip() == hedge.text:
        return False  # between commas it is of the whole sentence: "was, probably, set on fire"
    added = any(s.start < start - 1 and hedge.end <= s.end for s in item.claim.content)
    return _asks(text[start : hedge.start], article.language) or (
        added and not _has_verb(item, (start, end), actors)
    )


def _asks(words: str, language: str) -> bool:
    """Whether one of these words asks, and others follow before the hedge."""
    asking = lexicon.load("comparisons", language)["asking"]
    return re.search(rf"(?<!\w)(?:{asking})\s+\w+", words.lower()) is not None


def _has_verb(item: Evidence, at: tuple[int, int], actors: Actors) -> bool:
    """Whether a verb stands between two offsets of the article."""
    low, high = item.claim.extent
    article = item.article
    read = traits.read(article.text[low:high], article.language, article.published, actors)
    return any(at[0] <= low + verb < at[1] for verb in read.verbs)
