"""Whether a sentence that a chat model wrote is borne out by the quotations that it cites.

The sentence is read by the code that reads articles: who says what, with which stance, figures and
dates. Each claim found in it must be borne out by one claim of one cited quotation (`bearing`) of
the same source and no weaker stance. What nobody is said to have said must be the article's own
voice. Whatever cannot be read or compared is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rag import (
    attribution,
    bearing,
    cues,
    quotations,
    segmentation,
    sides,
    text,
    traits,
    word_fields,
)
from rag.actors import Actors
from rag.comparison import Part
from rag.exhibits import Exhibit
from rag.schema import Article, Claim, Form, Source, Span, Statement, Support
from rag.traits import Extent
from rag.voices import Voices
from rag.word_fields import Translator

LONGEST = 600  # characters of a sentence; longer ones are not read
_LEAST = 2  # words, names, figures and dates of a sentence without a source
VERBATIM = 4  # words from which on a quotation carries the sentence

_MARKER = re.compile(r"\s*[\[【]\s*(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\s*[\]】]")
_SIGNS = re.compile(r"[„“”\"«»‹›]")
_BRACKETS = re.compile(r"[\[\]{}<>|#*_`~]|https?:")


@dataclass(frozen=True, slots=True)
class Outcome:
    """`supported` or not; `numbers` are the citations that carry it, `reasons` what it lacks."""

    text: str
    numbers: tuple[int, ...]
    support: Support
    reasons: tuple[str, ...] = ()

    @property
    def statement(self) -> Statement:
        """The sentence as a statement of an answer."""
        return Statement(self.text, self.numbers, self.support)


def cited(sentence: str) -> tuple[str, tuple[int, ...]]:
    """A sentence without its markers, and the numbers in them, each once."""
    found = [int(n) for m in _MARKER.finditer(sentence) for n in re.findall(r"\d+", m.group(1))]
    bare = " ".join(_MARKER.sub("", sentence).split())
    return re.sub(r"\s+([.,;:!?])", r"\1", bare), tuple(dict.fromkeys(found))


def check(
    sentence: str,
    exhibits: Iterable[Exhibit],
    language: str,
    actors: Actors,
    translator: Translator,
) -> Outcome:
    """Whether the cited exhibits bear out a sentence with its markers.

    The reasons: no_citation, unknown_citation, form (a question, a fragment, markup, too long),
    quotation (not verbatim), source, stance, unattributed, via, and those of `bearing.lacking`.
    """
    bare, numbers = cited(sentence)
    known = {exhibit.number: exhibit for exhibit in exhibits}
    if not numbers:
        return _refused(bare, numbers, "no_citation")
    if any(number not in known for number in numbers):
        return _refused(bare, numbers, "unknown_citation")
    if len(bare) > LONGEST or bare.endswith("?") or _BRACKETS.search(bare):
        return _refused(bare, numbers, "form")
    chosen = [known[number] for number in numbers]
    reading = _Reading(bare, language, actors, translator)
    if not reading.is_whole:
        return _refused(bare, numbers, "form")
    quoted = reading.quoted()
    if quoted is None or not all(any(q in _plain(e.quote) for e in chosen) for q in quoted):
        return _refused(bare, numbers, "quotation")
    return reading.outcome(chosen, quoted)


def _refused(bare: str, numbers: tuple[int, ...], *reasons: str) -> Outcome:
    return Outcome(bare, numbers, Support.UNSUPPORTED, reasons)


def _plain(words: str) -> str:
    return " ".join(words.split())


class _Reading:
    """A sentence of an answer read as an article of one sentence."""

    def __init__(self, bare: str, language: str, actors: Actors, translator: Translator) -> None:
        self._text, self._language = bare, language
        self._actors, self._translator = actors, translator
        self._voices = Voices(bare, language, actors, translator)
        self._article = Article("answer", "", bare, language, "")
        self._quotes = [(q.start, q.end) for q in quotations.find(bare) if q.closed]

    @property
    def is_whole(self) -> bool:
        """Whether it is one sentence that says something."""
        found = segmentation.sentences(self._article)
        return len(found) == 1 and len(text.WORD.findall(self._text)) > 2

    def quoted(self) -> list[str] | None:
        """The words in quotation marks; None where a mark stands alone."""
        outside = self._text
        for start, end in self._quotes:
            outside = outside[:start] + " " * (end - start) + outside[end:]
        if _SIGNS.search(outside):
            return None
        inner = [self._text[start + 1 : end - 1] for start, end in self._quotes]
        return [_plain(words).strip(" .,;:!?…") for words in inner]

    def outcome(self, exhibits: Sequence[Exhibit], quoted: Sequence[str]) -> Outcome:
        """The verdict over all claims of the sentence."""
        numbers: dict[int, None] = {}
        published = exhibits[0].article.published  # what "on 28 October" counts from
        self._article = replace(self._article, published=published)
        span = Span("answer", 0, len(self._text), self._text)
        claims = attribution.extract(self._article, (span,), self._actors)
        reasons: list[str] = []
        for claim in claims:
            carrying, lacking = self._borne(claim, claims, exhibits)
            numbers |= dict.fromkeys(carrying)
            reasons += lacking
        if reasons or not numbers:
            return _refused(self._text, tuple(e.number for e in exhibits), *dict.fromkeys(reasons))
        verbatim = any(len(words.split()) >= VERBATIM for words in quoted)
        support = Support.VERBATIM if verbatim else Support.SUPPORTED
        ordered = tuple(e.number for e in exhibits if e.number in numbers)
        return Outcome(self._text, ordered, support)

    def _borne(
        self, claim: Claim, claims: Sequence[Claim], exhibits: Sequence[Exhibit]
    ) -> tuple[list[int], list[str]]:
        """The exhibits that carry a claim, or what the nearest claim lacks."""
        if claim.form is Form.NARRATED and not self._quotes and self._says_little():
            return [], ["form"]
        carrying: list[int] = []
        lacks: list[list[str]] = []
        own = self._voices.is_own(claim)
        for source in claim.sources if claim.sources and not own else (None,):
            found: list[int] = []
            for exhibit in exhibits:
                for other in exhibit.claims:
                    lacking = self._lacking(claim, source, claims, other, exhibit)
                    if not lacking:
                        found.append(exhibit.number)
                    lacks.append(lacking)
            if not found:
                return [], min(lacks, key=len, default=["source"])
            carrying += found
        return list(dict.fromkeys(carrying)), []

    def _says_little(self) -> bool:
        """Whether a sentence names too little to be compared, or opens with a pronoun."""
        opening = text.words(self._text)[0]
        pronouns = cues.pronouns(self._language)
        if opening in pronouns.gender or opening in pronouns.things:
            return True
        found = traits.read(self._text, self._language, None, self._actors)
        parts = (found.words, found.names, found.figures, found.dates)
        return sum(map(len, parts)) < _LEAST

    def _lacking(
        self,
        claim: Claim,
        source: Source | None,
        claims: Sequence[Claim],
        other: Claim,
        exhibit: Exhibit,
    ) -> list[str]:
        """What another claim lacks to bear this one out."""
        reasons = self._voices.lacking(claim, source, other, exhibit)
        if reasons:
            return reasons
        said = sides.said(claim, claims, self._article, self._quotes, self._actors)
        shown = sides.shown(other, exhibit, self._actors)
        lacking = list(bearing.lacking(said, shown, self._translator))
        if not all(self._is_quoted(extent, shown) for extent in self._quotes):
            lacking.append("quotation")
        return lacking

    def _is_quoted(self, extent: Extent, shown: Part) -> bool:
        """Whether quoted words stand in what is compared, and none that turn them was cut off."""
        words = _plain(self._text[extent[0] + 1 : extent[1] - 1]).strip(" .,;:!?…")
        whole = shown.traits.text
        pattern = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, words.split())) + r"(?!\w)")
        for match in pattern.finditer(whole):
            if not shown.holds(match.start()) or not shown.holds(match.end() - 1):
                continue
            inside = frozenset(
                key
                for key, operator in word_fields.of(shown.traits.language).operators
                if operator.search(match.group())
            )
            around = [
                c for c in shown.traits.clauses if c.start < match.end() and match.start() < c.end
            ]
            guarded = shown.guarded
            if all(
                c.operators <= inside or any(a < c.end and c.start < b for a, b in guarded)
                for c in around
            ):
                return True
        return False
