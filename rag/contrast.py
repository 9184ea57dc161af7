"""Whether a text says of two claims that they differ, or the question asks for one of two.

Who reports words that cannot both hold mostly says so: by a verb or adjective of contradiction in
the later sentence, or in one before or behind both ("the accounts differ", "that does not match
the figures from Seoul"). Two articles are joined by a name: the sentence that says so names whose
word it stands against. A conjunction of contrast ("but", "whereas") says so only where the
question itself offers alternatives or asks for a difference. Words:
`lexicon/comparisons.<language>.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rag import lexicon, segmentation
from rag.actors import Actors
from rag.schema import Article, Evidence, Question, Sentence

APART = 2  # sentences: how far the later of two claims may follow the earlier one


def is_between(question: Question, one: Evidence, other: Evidence, actors: Actors) -> bool:
    """Whether the text around two claims of different people says that they differ."""
    if not _of_others(one, other, actors):
        return False
    weak = offers(question) or question.compares
    if one.article.id == other.article.id:
        first, last = sorted((one, other), key=lambda e: e.claim.sentence.start)
        if _within(first, last, weak):
            return True
    return _names(one, other, actors) or _names(other, one, actors)


def offers(question: Question) -> bool:
    """Whether a question offers alternatives: "at work, or gone home?"; not as its first word."""
    either = lexicon.load("comparisons", question.language)["contrast"]["either"]
    return re.search(rf"(?<=\w)\W+(?:{either})\s+\w", question.text.lower()) is not None


def _within(first: Evidence, last: Evidence, weak: bool) -> bool:
    """Whether the later sentence marks a contrast, or one between, before or behind both."""
    found = _sentences(first.article)
    i, j = _place(first, found), _place(last, found)
    if not 0 <= j - i <= APART or _breaks(first.article, found[i], found[j]):
        return False
    language = first.article.language
    marked = [found[k] for k in range(i + 1, j + 1)] or [found[j]]
    if any(_marks(sentence, language, weak) for sentence in marked):
        return True
    around = [found[k] for k in (i - 1, j + 1) if 0 <= k < len(found)]
    return any(
        _marks(s, language, False) and not _breaks(first.article, found[i], s) for s in around
    )


def _names(item: Evidence, other: Evidence, actors: Actors) -> bool:
    """Whether a sentence at a claim marks a contrast to somebody who is the source of another."""
    found = _sentences(item.article)
    place = _place(item, found)
    own, sources = _speakers(item, actors), _speakers(other, actors)
    for k in (place, place + 1):
        if k >= len(found) or _breaks(item.article, found[place], found[k]):
            continue
        if not _marks(found[k], item.article.language, False):
            continue
        if any(actors.same(n, s) for n in _against(k, found, item, own, actors) for s in sources):
            return True
    return False


def _against(
    k: int, found: Sequence[Sentence], item: Evidence, own: Sequence[str], actors: Actors
) -> list[str]:
    """Whom a sentence that marks a contrast names beside its own speakers.

    Where it names nobody else ("the General Staff reported something different"), the contrast is
    to whoever the paragraph has named last before.
    """
    while k >= 0 and not _breaks(item.article, found[k], item.claim.sentence):
        named = [mention.actor.name for mention in actors.find(found[k].text)]
        others = [n for n in named if not any(actors.same(n, name) for name in own)]
        if others:
            return others
        k -= 1
    return []


def _of_others(one: Evidence, other: Evidence, actors: Actors) -> bool:
    """Whether nobody speaks in both, or others pass it on; the article itself names or counts."""
    a, b = _speakers(one, actors), _speakers(other, actors)
    if one.claim.via and other.claim.via and not _channels(one) & _channels(other):
        return True
    if any(actors.same(left, right) for left in a for right in b):
        return False
    told = [e for e, names in ((one, a), (other, b)) if not names]
    return not told or (len(told) == 1 and bool(told[0].claim.quantities))


def _channels(item: Evidence) -> set[str]:
    return {source.name for source in item.claim.via}


def _speakers(item: Evidence, actors: Actors) -> tuple[str, ...]:
    """The sources of a claim; of what the article says itself, whoever it names first."""
    if item.claim.sources:
        return tuple(source.name for source in item.claim.sources)
    return tuple(mention.actor.name for mention in actors.find(item.claim.sentence.text)[:1])


def _marks(sentence: Sentence, language: str, weak: bool) -> bool:
    table = lexicon.load("comparisons", language)["contrast"]
    words = f"{table['strong']}|{table['weak']}" if weak else table["strong"]
    return re.search(rf"(?<!\w)(?:{words})(?!\w)", sentence.text.lower()) is not None


@lru_cache(maxsize=256)
def _sentences(article: Article) -> tuple[Sentence, ...]:
    return segmentation.sentences(article)


def _place(item: Evidence, found: Sequence[Sentence]) -> int:
    """The place of the sentence that a claim stands in."""
    start = item.claim.sentence.start
    return max((k for k, s in enumerate(found) if s.start <= start), default=0)


def _breaks(article: Article, one: Sentence, other: Sentence) -> bool:
    """Whether a paragraph ends between two sentences."""
    first, last = sorted((one, other), key=lambda s: s.start)
    return "\n" in article.text[first.end : last.start]
