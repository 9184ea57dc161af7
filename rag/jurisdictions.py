"""For whom those speak who hold an office in a place: the state that appoints them.

"The mayor of Konotop", "the governor of Belgorod" and "die Polizei" name no state. Who appointed
the speaker decides first, then a body that only one state has, then the place beside the office,
then the places of the sentence, of its paragraph, of the title or of the lead. Places that Russia
has occupied tell nothing by themselves. The words stand in `lexicon/jurisdictions.toml`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from rag import lexicon, noun_phrase, pointing, slavic_forms
from rag.localities import HOME, STATES, Place, places
from rag.people import Names
from rag.schema import Side, Source, SourceKind

_BEFORE = 24  # characters before a place in which its preposition stands
_BEHIND = 48  # characters behind a capital in which a verb of saying stands
_MOST = 6  # mentions of a person whose words beside are read
_CLAUSE = re.compile(r"[,.;:!?()«»\n]|\s[–—]\s")
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")


@cache
def _pattern(table: str, key: str) -> re.Pattern[str]:
    return re.compile(lexicon.load("jurisdictions")[table][key], re.IGNORECASE)


@cache
def _authority(kind: str) -> re.Pattern[str]:
    words = "|".join(lexicon.load("jurisdictions")["authorities"][kind])
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)")


@cache
def _locative() -> re.Pattern[str]:
    words = lexicon.load("jurisdictions")["locative"]["words"]
    return re.compile(rf"(?<!\w)(?:{words})\s(?:\w+\s)?$", re.IGNORECASE)


@cache
def _origin() -> re.Pattern[str]:
    words = lexicon.load("jurisdictions")["locative"]["origin"]
    return re.compile(rf"(?<!\w)(?:{words})\s(?:\w+\s){{0,2}}$", re.IGNORECASE)


@dataclass(slots=True)
class Jurisdictions:
    """Tells the sides of the officials of one article, whom the table of actors does not know."""

    names: Names
    told: dict[str, Side] = field(default_factory=dict)
    found: list[Place] | None = None

    def sided(self, source: Source) -> Source:
        """The source, with the side of the state for which it holds its office, where sure."""
        known = self.names.actors.get(source.name) is not None
        if known or source.side is not Side.OTHER or source.name == "unclear":
            return source
        side = self.told.get(source.name) if source.kind is SourceKind.PERSON else None
        side = side or self._side(source)
        if side is None:
            return source
        self.told[source.name] = side
        return replace(source, side=side)

    def _side(self, source: Source) -> Side | None:
        own = " ".join(" ".join(self._words(source)).split())
        start, text = source.mention.start, self.names.article.text
        before = _CLAUSE.split(text[max(0, start - _BEHIND) : start])[-1]
        for table, words in (("appointed", before + own), ("bodies", own)):
            for side in (Side.RUSSIA, Side.UKRAINE):
                if _pattern(table, side).search(words):
                    return side
            if self._is_free(source):
                return None
        language, lower = self.names.article.language, own.lower()
        kind = next((k for k in ("civil", "placed", "home") if _authority(k).search(lower)), "")
        here = {one.side for one in places(own, language)} if kind else set()
        if here or self.names.actors.names_a_state(own):
            return _only(here)
        if kind == "civil":
            return self._of_setting(source.mention.start)
        return HOME.get(language) if _authority("home").search(lower) else None

    def _words(self, source: Source) -> Iterator[str]:
        """What the article calls a source: the mention, its name and post, the words beside."""
        yield source.mention.text
        yield source.name
        yield source.role or ""
        if source.kind is SourceKind.PERSON and " " in source.name:
            same = [p for p in self.names.people() if p.source.name == source.name]
            yield from (person.beside for person in same[:_MOST])

    def _is_free(self, source: Source) -> bool:
        """Whether somebody speaks for no state: former officials, experts, media."""
        words = _WORD.findall(source.mention.text)
        return any(noun_phrase.is_a(kind, w) for kind in ("former", "independent") for w in words)

    def _of_setting(self, start: int) -> Side | None:
        """The one state of whose places the sentence speaks, or else what stands before it."""
        text, language = self.names.article.text, self.names.article.language
        if self.found is None:
            named = [*places(text, language), *self._states()]
            self.found = sorted((p for p in named if self._is_place(p, text)), key=_start)
        sentence, end = pointing.sentence_start(text, start), _sentence_end(text, start)
        paragraph, title = pointing.paragraph_start(text, start), len(self.names.article.title)
        lead = (title + 2, max(title + 2, text.find("\n", title + 2)))
        for first, last in ((sentence, end), (paragraph, sentence), (0, title), lead):
            low, high = (bisect_left(self.found, (at,)) for at in (first, last))
            here = self.found[low:high]
            if here:  # "ракети з Курської області влучили в Суми": where they came from is apart
                beside = [p for p in here if not _origin().search(_before(text, p))]
                return _only({one.side for one in beside or here})
        return HOME.get(language)

    def _is_place(self, place: Place, text: str) -> bool:
        """Whether a place is no state that acts: "В Киеве объясняют", "Moscow says"."""
        if not place.capital:
            return True
        behind = _WORD.findall(text[place.start : place.start + _BEHIND])[1:3]
        language = self.names.article.language
        says = language in slavic_forms.SLAVIC and any(
            slavic_forms.is_cue(word, language) for word in behind
        )
        return not says and _locative().search(_before(text, place)) is not None

    def _states(self) -> Iterator[Place]:
        """The states that the article names, which it may speak of as places: "in Polen"."""
        for named in self.names.known():
            if named.actor.kind is SourceKind.STATE:
                side = named.actor.side if named.actor.side in STATES else Side.OTHER
                yield Place(named.start, side, capital=True)


def _start(place: Place) -> int:
    return place.start


def _before(text: str, place: Place) -> str:
    """The words before a place, in which its preposition stands."""
    return text[max(0, place.start - _BEFORE) : place.start]


def _only(sides: set[Side | None]) -> Side | None:
    """The one side of some places, where it is that of a state at war."""
    side = next(iter(sides)) if len(sides) == 1 else None
    return side if side in STATES else None


def _sentence_end(text: str, start: int) -> int:
    end = re.compile(r"[.!?…](?=\s)|\n").search(text, start)
    return end.start() if end else len(text)
