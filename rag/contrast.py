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
from collections.abc import Mapping, Sequence
from functools import lru_cache

from rag import asked_figures, lexicon, segmentation
from rag.actors import Actors
from rag.schema import Article, Evidence, Question, Sentence, Stance

FEW = 2  # words between a negation and what it negates
NEAR = 3  # words between what rejects and the demonstrative for what it rejects
ANAPHOR = 4  # words of a denial that has none of the matter
APART = 2  # sentences: how far the later of two claims may follow the earlier one
LISTED = 5  # the same, behind a sentence that says so of all that follows


def is_between(
    question: Question, one: Evidence, other: Evidence, actors: Actors, *, weak: bool
) -> bool:
    """Whether the text around two claims of different people says that they differ.

    `weak`: whether a conjunction of contrast says so.
    """
    if not _of_others(question, one, other, actors):
        return False
    if one.article.id == other.article.id:
        first, last = sorted((one, other), key=lambda e: e.claim.sentence.start)
        if _within(first, last, weak):
            return True
    return _names(one, other, actors) or _names(other, one, actors)


def replies(one: Evidence, other: Evidence) -> bool:
    """Whether the later of two claims rejects what was said just before, or goes on to do so.

    "Lubinez wies das als Lüge zurück": its object is a demonstrative, so it has no words of the
    matter itself (Halliday & Hasan 1976: reference to a stretch of text). The reply may open the
    next paragraph, and what the one who rejects goes on to say belongs to it.
    """
    first, last = sorted((one, other), key=lambda e: e.claim.sentence.start)
    if first.article.id != last.article.id:
        return False
    article, found = first.article, _sentences(first.article)
    i, j = _place(first, found), _place(last, found)
    if not 0 < j - i <= 2 * APART or _are_parted(article, found[i : j + 1]):
        return False
    turns = _breaks(article, found[i], found[j])
    if _is_bare_denial(last) and j - i <= APART + turns:
        return True
    rejecting = range(i + 1, min(i + APART, j) + 1)
    return not turns and any(
        j - k <= APART and _rejects(found[k].text, article.language) for k in rejecting
    )


def _is_bare_denial(item: Evidence) -> bool:
    """Whether somebody denies what the text has said before: "the Kremlin denied it"."""
    words = sum(len(part.text.split()) for part in item.claim.content)
    return item.claim.stance is Stance.DENIES and words <= ANAPHOR


def follows(one: Evidence, other: Evidence) -> bool:
    """Whether one of two claims stands in the sentence right behind the other's."""
    first, last = sorted((one, other), key=lambda e: e.claim.sentence.start)
    if first.article.id != last.article.id:
        return False
    found = _sentences(first.article)
    i, j = _place(first, found), _place(last, found)
    return j - i == 1 and not _are_parted(first.article, found[i : j + 1])


def _are_parted(article: Article, found: Sequence[Sentence]) -> bool:
    """Whether a heading or more than one end of a paragraph stands between two sentences."""
    ends = [k for k in range(len(found) - 1) if _breaks(article, found[k], found[k + 1])]
    return len(ends) > 1 or any(not segmentation.CLOSED.search(found[k].text) for k in ends)


def _rejects(text: str, language: str) -> bool:
    """Whether a sentence calls what was said before it false; German nouns are written large."""
    table = lexicon.load("comparisons", language)["contrast"]
    back = re.compile(rf"(?<!\w)(?:{table['back']})(?!\w)")
    rejects = re.compile(rf"(?<!\w)(?:{table['rejects']})(?!\w)")
    words = text[:1].lower() + text[1:]
    objects = list(back.finditer(words))
    return any(
        len(words[min(one.end(), found.end()) : max(one.start(), found.start())].split()) <= NEAR
        for found in rejects.finditer(words.lower())
        if not _is_negated(words.lower()[: found.start()], table)
        for one in objects
    )


def opposes(one: Evidence, other: Evidence) -> bool:
    """Whether the later of two neighbouring sentences is set against the one before it."""
    first, last = sorted((one, other), key=lambda e: e.claim.sentence.start)
    if first.article.id != last.article.id:
        return False
    found = _sentences(first.article)
    i, j = _place(first, found), _place(last, found)
    if j - i != 1 or _breaks(first.article, found[i], found[j]):
        return False
    opposed = lexicon.load("comparisons", first.article.language)["contrast"]["opposed"]
    return re.search(rf"(?<!\w)(?:{opposed})(?!\w)", found[j].text.lower()) is not None


def turns(first: Evidence, last: Evidence) -> bool:
    """Whether the sentence of the later claim sets its word against what stands before it.

    By an adverb of contrast or restriction ("however", "only"): what it is set against is left to
    the reader, so this tells no conflict by itself.
    """
    language = last.article.language
    turning = lexicon.load("comparisons", language)["contrast"]["turning"]
    text = last.claim.sentence.text.lower()
    found = re.search(rf"(?<!\w)(?:{turning})(?!\w)", text) is not None
    return first.article.id == last.article.id and (
        found or _mark(text, language, False) is not None
    )


def offers(question: Question) -> bool:
    """Whether a question offers alternatives: "at work, or gone home?"; not as its first word."""
    either = lexicon.load("comparisons", question.language)["contrast"]["either"]
    return re.search(rf"(?<=\w)\W+(?:{either})\s+\w", question.text.lower()) is not None


def _within(first: Evidence, last: Evidence, weak: bool) -> bool:
    """Whether the later sentence marks a contrast, or one between, before or behind both."""
    found = _sentences(first.article)
    i, j = _place(first, found), _place(last, found)
    if _breaks(first.article, found[i], found[j]):
        return _is_opened(first.article, found, i, j)
    language = first.article.language
    if j - i > APART:  # "The accounts differ. A said … B said … C said …"
        opened = i > 0 and not _breaks(first.article, found[i - 1], found[i])
        return j - i <= LISTED and opened and _marks(found[i - 1], language, False)
    marked = [found[k] for k in range(i + 1, j + 1)] or [found[j]]
    if any(_marks(sentence, language, weak) for sentence in marked):
        return True
    around = [found[k] for k in (i - 1, j + 1) if 0 <= k < len(found)]
    return any(
        _marks(s, language, False) and not _breaks(first.article, found[i], s) for s in around
    )


def _is_opened(article: Article, found: Sequence[Sentence], i: int, j: int) -> bool:
    """Whether the paragraph of the later sentence begins with a contrast to the one before it.

    "Kyiv tells it differently. A depot had been hit, …"; a heading opens a paragraph, too.
    """
    opener = next(k for k in range(j, -1, -1) if k == 0 or _breaks(article, found[k - 1], found[k]))
    headed = opener > 0 and not segmentation.CLOSED.search(found[opener - 1].text)
    before = opener - 2 if headed else opener - 1
    if not headed and opener == j:
        return False  # what a claim itself calls disputed may be anything
    if before < i or j - opener > APART or _breaks(article, found[i], found[before]):
        return False
    lines = found[opener - 1 : opener + 1] if headed else found[opener : opener + 1]
    return any(_marks(line, article.language, False) for line in lines)


def _names(item: Evidence, other: Evidence, actors: Actors) -> bool:
    """Whether a sentence at a claim marks a contrast to somebody who is the source of another."""
    found = _sentences(item.article)
    place = _place(item, found)
    own, sources = speakers(item, actors), speakers(other, actors)
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


def _of_others(question: Question, one: Evidence, other: Evidence, actors: Actors) -> bool:
    """Whether nobody speaks in both, or others pass it on, and both are accounts."""
    a, b = speakers(one, actors), speakers(other, actors)
    if one.claim.via and other.claim.via and not _channels(one) & _channels(other):
        return True
    if any(actors.same(left, right) for left in a for right in b):
        return False
    return all(_is_account(question, e, actors) for e in (one, other))


def _is_account(question: Question, item: Evidence, actors: Actors) -> bool:
    """Whether somebody speaks, or the article itself gives a figure asked for or says who told it.

    "Two presidents answer it in opposite ways" is none, but says of others that they differ; nor is
    "That does not fit what the service counted".
    """
    if item.claim.sources or asked_figures.answering(question, item.claim):
        return True
    words = item.claim.sentence.text
    named = actors.find(words)[:1]
    mark = _mark(words, item.article.language, False)
    return bool(named) and (mark is None or named[0].start < mark)


def _channels(item: Evidence) -> set[str]:
    return {source.name for source in item.claim.via}


def speakers(item: Evidence, actors: Actors) -> tuple[str, ...]:
    """The sources of a claim; of what the article says itself, whoever it names first."""
    if item.claim.sources:
        return tuple(source.name for source in item.claim.sources)
    return tuple(mention.actor.name for mention in actors.find(item.claim.sentence.text)[:1])


def _marks(sentence: Sentence, language: str, weak: bool) -> bool:
    """Whether a sentence says that words differ."""
    return _mark(sentence.text, language, weak) is not None


def _mark(text: str, language: str, weak: bool) -> int | None:
    """Where a text says that words differ, or None; "they did not dispute it" does not say so."""
    table = lexicon.load("comparisons", language)["contrast"]
    words = f"{table['strong']}|{table['weak']}" if weak else table["strong"]
    low = text.lower()
    found = (match.start() for match in re.finditer(rf"(?<!\w)(?:{words})(?!\w)", low))
    return next((start for start in found if not _is_negated(low[:start], table)), None)


def _is_negated(before: str, table: Mapping[str, str]) -> bool:
    """Whether the words before another one negate it."""
    return re.search(rf"(?<!\w)(?:{table['not']})(?:\s+\w+){{0,{FEW}}}\s+$", before) is not None


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
