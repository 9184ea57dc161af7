"""Figures that an article itself puts in the place of others, read from its words.

Two ways, both within a paragraph. An earlier word beside a verb of saying gives up the figure in
its sentence for the one that the text has beside it: "at first he spoke of four". A verb of
correcting, or a later word beside a verb of saying, puts its figure in the place of the one before:
"later the staff corrected it to 17". Both figures count the same thing. The words stand in
`lexicon/corrections.<language>.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rag import dates, figure_nouns, lexicon, quantities, segmentation, units
from rag.schema import LANGUAGES, Article, Claim, Quantity, Sentence

NEAR = 3  # sentences between a figure and the one that replaces it
_BETWEEN = r"[^,;:.!?–—()]{0,60}?"
_CLAUSE = re.compile(r"[;:–—()]")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_STEM = 4  # letters by which a place is known in any case


@dataclass(frozen=True, slots=True)
class Replacement:
    """A figure that is given up and the one that stands in its place."""

    old: Quantity
    new: Quantity


@dataclass(frozen=True, slots=True)
class Words:
    """The patterns of a language."""

    earlier: re.Pattern[str]
    later: re.Pattern[str]
    correcting: re.Pattern[str]
    instead: re.Pattern[str]
    instead_of: re.Pattern[str]
    place: re.Pattern[str]
    then: re.Pattern[str]  # where a later word opens a clause behind a comma


@cache
def words_of(language: str) -> Words:
    """The patterns of a language; those for text in lower case, but for `place`."""
    table = lexicon.load("corrections", language)
    saying, earlier, later = (table[key] for key in ("saying", "earlier", "later"))

    def beside(when: str) -> re.Pattern[str]:
        one, other = rf"(?<!\w)(?:{when})(?!\w)", rf"(?<!\w)(?:{saying})(?!\w)"
        return re.compile(rf"{one},?\s{_BETWEEN}{other}|{other}\s{_BETWEEN}{one}")

    return Words(
        beside(earlier),
        beside(later),
        re.compile(rf"(?<!\w)(?:{table['correcting']})(?!\w)"),
        re.compile(rf"(?<!\w)(?:{table['instead']})(?!\w)[^,;:.]*$"),
        re.compile(rf"(?<!\w)(?:{table['instead']})(?!\w)"),
        re.compile(rf"(?<!\w)(?:{table['place']})\s+([A-ZÄÖÜА-ЯІЇЄҐ][\w’'-]{{3,}})"),
        re.compile(rf",\s+(?:\w+\s+)?(?:{later})(?!\w)"),
    )


class FiguresBySentence:
    """The sentences of an article in order, with the figures of each."""

    def __init__(
        self,
        article: Article,
        sentences: Sequence[Sentence],
        figures: Callable[[int], Sequence[Quantity]],
    ) -> None:
        self.article = article
        self.sentences = sentences
        self.figures = figures

    @classmethod
    def of_claims(cls, article: Article, claims: Sequence[Claim]) -> FiguresBySentence:
        """As the claims of an article have them."""
        held: dict[Sentence, dict[int, Quantity]] = {}
        for claim in claims:
            figures = held.setdefault(claim.sentence, {})
            # A claim that refers back has figures of the sentence before it.
            own = (q for q in claim.quantities if q.span.start >= claim.sentence.start)
            figures.update((q.span.start, q) for q in own)
        sentences = sorted(held, key=lambda s: s.start)
        return cls(article, sentences, lambda k: [f for _, f in sorted(held[sentences[k]].items())])

    @classmethod
    def of_text(cls, article: Article) -> FiguresBySentence:
        """As its text has them."""
        found = segmentation.sentences(article)
        return cls(article, found, lambda k: figure_nouns.of_sentence(article, found, k))


def found(told: FiguresBySentence) -> tuple[Replacement, ...]:
    """The replacements of an article in the order of its text; linear in its length."""
    if told.article.language not in LANGUAGES:
        return ()
    words = words_of(told.article.language)
    made: dict[int, Replacement] = {}
    for number in range(len(told.sentences)):
        for replacement in _of_sentence(told, number, words):
            made.setdefault(replacement.old.span.start, replacement)
    return tuple(made[start] for start in sorted(made))


@lru_cache(maxsize=64)
def of_text(article: Article) -> tuple[Replacement, ...]:
    """The replacements that the text of an article tells."""
    return found(FiguresBySentence.of_text(article))


def _of_sentence(told: FiguresBySentence, number: int, words: Words) -> list[Replacement]:
    """What the words of one sentence put in the place of what."""
    article, sentences = told.article, told.sentences
    sentence = sentences[number]
    low = sentence.text.lower()
    says_earlier = words.earlier.search(low) is not None
    strictly = words.correcting.search(low) is not None
    corrects = strictly or words.later.search(low) is not None
    if not (says_earlier or corrects or words.instead_of.search(low)):
        return []

    def near(numbers: range) -> list[Quantity]:
        found: list[Quantity] = []
        for k in numbers:
            first, last = sorted((sentence, sentences[k]), key=lambda s: s.start)
            if "\n" in article.text[first.end : last.start] or _elsewhere(first, last, words):
                break
            found += reversed(told.figures(k))
        return found

    own = told.figures(number)
    old = [q for q in own if _is_old(sentence, q, words)]
    new = [q for q in own if q not in old]
    before = near(range(number - 1, max(-1, number - 1 - NEAR), -1))
    after = near(range(number + 1, min(len(sentences), number + 1 + NEAR)))
    given_up = [(q, next((n for n in (*new, *before, *after) if _same(q, n)), None)) for q in old]
    made = [Replacement(q, n) for q, n in given_up if n is not None]
    if corrects and not old:
        if not strictly:  # "In 2023 it had 300 tanks. It now says it has 250": of another time
            before = [q for q in before if not _is_dated(article, q)]
            new = [] if dates.find(sentence, article.language, article.published) else new
        replaced = [(next((q for q in before if _same(q, n)), None), n) for n in new]
        made += [Replacement(q, n) for q, n in replaced if q is not None]
    return made


def _is_old(sentence: Sentence, figure: Quantity, words: Words) -> bool:
    """Whether a figure stands in a clause of an earlier word, or behind "instead of"."""
    low, at = sentence.text.lower(), figure.span.start - sentence.start
    cuts = [0, *(m.start() for m in _CLAUSE.finditer(low))]
    cuts += [m.start() for m in words.then.finditer(low)]
    start = max(cut for cut in cuts if cut <= at)
    end = min((cut for cut in (*cuts, len(low)) if cut > at), default=len(low))
    if words.instead_of.search(low[start:end]):
        return words.instead.search(low[start:at]) is not None
    return words.earlier.search(low[start:end]) is not None


def _is_dated(article: Article, figure: Quantity) -> bool:
    """Whether the sentence of a figure names a year before it."""
    first = max(article.text.rfind(mark, 0, figure.span.start) for mark in ".\n") + 1
    return _YEAR.search(article.text, first, figure.span.start) is not None


def _same(one: Quantity, other: Quantity) -> bool:
    """Whether two figures count the same and differ: children are children, dead or not told."""
    if quantities.relation(one, other) == "equal":
        return False
    groups = {units.group_of(q.span.text) for q in (one, other)}
    if groups & units.PARTS:
        return len(groups) == 1
    alike = quantities.same_unit(one.unit, other.unit) and one.unit != figure_nouns.UNKNOWN
    return alike and (one.aspect == other.aspect or None in (one.aspect, other.aspect))


def _elsewhere(one: Sentence, other: Sentence, words: Words) -> bool:
    """Whether two sentences name different places."""
    first, second = (
        {m.group(1)[:_STEM].lower() for m in words.place.finditer(s.text)} for s in (one, other)
    )
    return bool(first and second) and not first & second
