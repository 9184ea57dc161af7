"""Which body a noun means that names none: "в ведомстве", "издание", "там", "the company".

Without articles a Ukrainian or Russian noun points back as a pronoun does: to the last body that
was called so, to the last one that spoke, or to one that is named nearby. What no body named
before fits stays.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import NamedTuple

from rag import body_kinds, described_bodies, lexicon, noun_phrase, slavic_forms
from rag.actors import Actors
from rag.mentions import Mention
from rag.schema import Article, Side, Source, SourceKind, Span
from rag.slavic_forms import SLAVIC

_UNCLEAR = "unclear"
_NEAR = 100  # bodies and actors named before, to which "the agency" may point
_BREAKS = 1  # paragraphs back to which a noun may point that no earlier one shares
_STEM = 6  # letters that a noun shares with what a body was called before
_SHORTENED, _SHORT = ("минист", "мініст"), 3  # "министерство" of "Минэнерго"
_KINDS = ("organisations", "offices")
_WORD = re.compile(r"[\w’'ʼ-]+")


class _Words(NamedTuple):
    """The nouns of one language; see `lexicon/bodies.toml`."""

    media: re.Pattern[str]
    bodies: re.Pattern[str]
    own: re.Pattern[str]
    pointers: re.Pattern[str]


@cache
def _words(language: str) -> _Words:
    table = lexicon.load("bodies")[language]
    pointers = f"{table['documents']}|{table['there']}"
    return _Words(*map(re.compile, (table["media"], table["bodies"], table["own"], pointers)))


def _is_several(source: Source, language: str) -> bool:
    """Whether "они" can mean a source: a noun in the plural, or a number of people."""
    words = [word.lower() for word in _WORD.findall(source.mention.text)[:2]]
    if source.name == _UNCLEAR or any(slavic_forms.is_given(word) for word in words):
        return False
    counted = any(slavic_forms.word_class(word, language) == "NUM" for word in words[:1])
    plural = any("p" in slavic_forms.cases(word, "noun", language) for word in words)
    return counted or plural


def plural_of(first: Source | None, others: Sequence[Source], language: str) -> Source | None:
    """The first of these sources that "они" can mean."""
    told = others if first is None else (first, *others)
    return next((one for one in told if _is_several(one, language)), None)


@dataclass(slots=True)
class Bodies:
    """The bodies that an article has named so far as the sources of claims, the last one last."""

    article: Article
    actors: Actors
    sources: list[Source] = field(default_factory=list)
    by_kind: tuple[Source, ...] | None = None

    def named(self) -> tuple[Source, ...]:
        """The bodies that the article names by their kind; found when first asked for."""
        if self.by_kind is None:
            self.by_kind = body_kinds.named(self.article, self.actors)
        return self.by_kind

    def _note(self, source: Source) -> None:
        """Keep a body that was the source of a claim."""
        words = _WORD.findall(source.name)
        housed = any(noun_phrase.is_a(kind, w) for kind in _KINDS for w in words)
        body = source.kind is SourceKind.ORGANISATION or housed or body_kinds.of_name(source.name)
        if body and not self._is_bare(source):
            self.sources.append(source)

    def meant(
        self, source: Source, known: Sequence[Mention], subject: Source | None
    ) -> Source | None:
        """The body that a noun means; `known` are the actors that the article names.

        `subject` is that of the sentence before. None for a source that means itself; a body is
        kept for the nouns behind it.
        """
        mention = source.mention
        if self.article.language in SLAVIC:
            meant = self._after(mention, subject) or self._meant(mention, known)
        else:
            last = bisect_left(known, mention.end, key=lambda one: one.start)
            said, near = self.sources[-_NEAR:], known[max(0, last - _NEAR) : last]
            meant = described_bodies.meant(
                mention, self.article, self.actors, said, near, self.named(), subject
            )
        behind = source.name.split()[1:]  # "Владелец судна" names no person
        unnamed = bool(behind) and all(word.islower() for word in behind)
        if meant is None and (source.kind is not SourceKind.PERSON or unnamed):
            meant = body_kinds.apposed(mention, self.article.text, self.named())
        if meant is None:
            self._note(source)
        return meant

    def _after(self, mention: Span, subject: Source | None) -> Source | None:
        """The subject of the sentence before, where the noun tells its kind."""
        head = mention.text.lower().split()[-1] if mention.text else ""
        if subject is None or not self._is_alone(mention) or self._is_bare(subject):
            return None
        told = body_kinds.tells(head, subject.name, subject.mention.text)
        return replace(subject, mention=mention) if told else None

    def _meant(self, mention: Span, known: Iterable[Mention]) -> Source | None:
        head = mention.text.lower().split()[-1] if mention.text else ""
        if not self._is_alone(mention):
            return None
        words = _words(self.article.language)
        if not any(shape.fullmatch(head) for shape in words):
            return None
        before = [*self.sources, *(self._of(m) for m in known if self._is_body(m)), *self.named()]
        before = [one for one in before if one.mention.end <= mention.start]
        before.sort(key=lambda one: one.mention.start, reverse=True)
        media = words.media.fullmatch(head) is not None
        pointer = words.pointers.fullmatch(head) is not None
        fitting = [one for one in before if pointer or self._is_media(one) == media]
        fitting = [one for one in fitting if pointer or media or self._is_of_kind(one, head)]
        called = [one for one in before if not pointer and self._is_called(one, head)]
        near = [one for one in fitting if self._is_near(one, mention)]
        if words.own.fullmatch(head):
            near = []
        told = {one.name: one for one in fitting if one in self.sources}
        lone = list(told.values()) if len(told) == 1 and not words.own.fullmatch(head) else []
        found = next(iter(called or near or lone), None)
        if found is None and pointer:
            return Source(_UNCLEAR, SourceKind.ANONYMOUS, Side.OTHER, mention)
        return replace(found, mention=mention) if found is not None else None

    def _is_alone(self, mention: Span) -> bool:
        """One noun, or the office of a body: "в ведомстве", "пресс-служба ведомства"."""
        first, *rest = mention.text.split() or [""]
        if len(rest) != 1:
            return not rest
        body = _words(self.article.language).bodies.fullmatch(rest[0]) is not None
        housed = _words(self.article.language).bodies.fullmatch(first.lower()) is not None
        return body and (housed or any(noun_phrase.is_a(kind, first) for kind in _KINDS))

    def _is_bare(self, source: Source) -> bool:
        words = _words(self.article.language) if self.article.language in SLAVIC else ()
        return any(shape.fullmatch(source.name.lower()) for shape in words)

    def _is_body(self, mention: Mention) -> bool:
        return mention.actor.kind is SourceKind.ORGANISATION

    def _of(self, mention: Mention) -> Source:
        actor = mention.actor
        span = self.article.span(mention.start, mention.end)
        return Source(actor.name, actor.kind, actor.side, span, actor.role)

    def _is_media(self, one: Source) -> bool:
        """Whether a body publishes: an agency of the table, a paper, a name in Latin letters."""
        actor = self.actors.get(one.name)
        if actor is not None:
            return actor.agency or actor.side is Side.INDEPENDENT
        shape = _words(self.article.language).media
        listed = any(shape.fullmatch(word) for word in self._label(one))
        return listed or one.mention.text[:1].isascii()

    def _label(self, one: Source) -> list[str]:
        actor = self.actors.get(one.name)
        label = actor.labels.get(self.article.language, "") if actor else ""
        return _WORD.findall(f"{label} {one.mention.text}".lower())

    def _is_of_kind(self, one: Source, head: str) -> bool:
        text, start = self.article.text, one.mention.start
        beside = text[text.rfind(" ", 0, max(0, start - 1)) + 1 : start]
        return not body_kinds.clashes(head, one.name, " ".join(self._label(one)), beside)

    def _is_called(self, one: Source, head: str) -> bool:
        """Whether a body is called by this noun in its label or where the text names it."""
        text, start = self.article.text, one.mention.start
        beside = text[text.rfind(" ", 0, max(0, start - 1)) + 1 : start]
        words = [*self._label(one), *_WORD.findall(beside.lower())]
        stem = head[:_SHORT] if head.startswith(_SHORTENED) else head[:_STEM]
        return any(word.startswith(stem) for word in words)

    def _is_near(self, one: Source, mention: Span) -> bool:
        breaks = self.article.text.count("\n\n", one.mention.end, mention.start)
        return breaks <= _BREAKS
