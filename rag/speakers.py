"""Who a mention stands for: a known actor, an earlier speaker behind a pronoun, or nobody sure.

A pronoun is resolved only where one person fits: the subject of the sentence before or the last
speaker of the paragraph, of the right gender. Otherwise the source is "unclear": a wrong name
under a statement is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from rag import lexicon
from rag.actors import Actors
from rag.drafts import Draft, Extent
from rag.schema import LANGUAGES, Article, Side, Source, SourceKind

UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Pronouns:
    """The pronouns of one language by gender, and what tells a person's gender."""

    gender: dict[str, str]
    female: re.Pattern[str]
    male: re.Pattern[str]

    def of_mention(self, mention: str) -> str:
        """f, m, or nothing where the words do not tell."""
        if self.female.search(mention):
            return "f"
        return "m" if self.male.search(mention) else ""


@cache
def pronouns(language: str) -> Pronouns:
    """The pronouns of a language; a language without a table is read as English."""
    table = lexicon.load("pronouns")[language if language in LANGUAGES else "en"]
    return Pronouns(
        {word: gender for gender in ("m", "f", "n") for word in table[gender].split()},
        re.compile(table["female"], re.IGNORECASE),
        re.compile(table["male"], re.IGNORECASE),
    )


@dataclass(slots=True)
class Speakers:
    """Resolves the mentions of one article, sentence by sentence."""

    article: Article
    actors: Actors
    spoken: tuple[Source, ...] = ()  # the sources of the last claim that had any
    spoken_at: int = 0  # where the sentence of that claim ends
    relayed: tuple[Source, ...] = ()  # who passed that claim on
    said: tuple[Extent, ...] = ()  # the content of the last claim
    genders: dict[str, str] = field(default_factory=dict)

    def sources(
        self, mentions: Sequence[Extent], subject_before: Extent | None
    ) -> tuple[Source, ...]:
        """The sources of these mentions; `subject_before` is the sentence before's subject."""
        found: list[Source] = []
        for start, end in mentions:
            source = self._source(start, end, subject_before)
            if all(source.name != other.name or source.name == UNCLEAR for other in found):
                found.append(source)
        return tuple(found)

    def content_since(self, start: int) -> list[Extent]:
        """What "this" can mean after a reporting verb: the last claim, if it begins after here."""
        return [extent for extent in self.said if extent[0] >= start]

    def remember(
        self,
        draft: Draft,
        sources: tuple[Source, ...],
        via: tuple[Source, ...],
        sentence_end: int,
        content: list[Extent],
    ) -> None:
        """Keep speakers and content for sentences that go on without naming them."""
        self.said = tuple(content)
        if sources and not draft.carried:
            self.spoken, self.relayed, self.spoken_at = sources, via, sentence_end
        elif sources:
            self.spoken_at = sentence_end

    def in_paragraph(self, start: int) -> bool:
        """Whether the last speaker spoke in the paragraph of the sentence that starts here."""
        return bool(self.spoken) and "\n" not in self.article.text[self.spoken_at : start]

    def _source(self, start: int, end: int, subject_before: Extent | None) -> Source:
        mention = self.article.span(start, end)
        gender = pronouns(self.article.language).gender.get(mention.text.lower())
        if gender is None:
            source = self.actors.source(mention)
            self.genders.setdefault(source.name, self._gender(mention.text))
            return source
        person = self._antecedent(gender, start, subject_before)
        if person is None:
            return Source(UNCLEAR, SourceKind.ANONYMOUS, Side.OTHER, mention)
        return replace(person, mention=mention)

    def _gender(self, mention: str) -> str:
        return pronouns(self.article.language).of_mention(mention)

    def _antecedent(self, gender: str, start: int, before: Extent | None) -> Source | None:
        """The one person a pronoun can mean: subject of the sentence before, else last speaker."""
        candidates: list[Source] = []
        if before is not None:
            source = self.actors.source(self.article.span(*before))
            self.genders.setdefault(source.name, self._gender(source.mention.text))
            candidates.append(source)
        if len(self.spoken) == 1 and self.in_paragraph(start):
            candidates.append(self.spoken[0])
        if len(self.relayed) == 1 and self.in_paragraph(start):
            candidates.append(self.relayed[0])
        fitting = [one for one in candidates if self._fits(one, gender)]
        names = {one.name for one in fitting}
        return fitting[0] if len(names) == 1 else None

    def _fits(self, source: Source, gender: str) -> bool:
        if source.kind is not SourceKind.PERSON and not self.genders.get(source.name):
            return False
        known = self.genders.get(source.name, "")
        if gender == "n":  # German "sie": a woman, or several people, or an organisation
            return known == "f"
        return known in ("", gender)
