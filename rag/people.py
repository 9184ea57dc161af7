"""The people whom an article names, known or not, with what stands beside their names.

A full name in Latin script is told by the tagger of its language, one in Cyrillic by its given
name; later the surname alone means the same person.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal, NamedTuple

from rag import (
    inflection,
    nominatives,
    noun_phrase,
    pointing,
    slavic_attributes,
    slavic_forms,
    tagging,
    unnamed,
)
from rag.actor_table import Actor
from rag.actors import Actors
from rag.cues import pronouns
from rag.inflection import Word
from rag.mentions import Mention
from rag.schema import Article, Source, SourceKind, Span
from rag.tagging import Tag

# Capitalised words on one line, with the particles and initials of names.
_CHAIN = re.compile(
    r"(?:[^\W\d_a-zа-яіїєґёß][\w’'ʼ-]*\w)"
    r"(?:[ \u00a0](?:von der|von|van der|van|de|al|bin)(?=[ \u00a0][^\W\d_a-zа-я]))?"
    r"(?:[ \u00a0][^\W\d_a-zа-яіїєґёß](?:\.|[\w’'ʼ-]*\w)){1,3}"
)
_LEFT, _RIGHT = 48, 70  # characters beside a name in which a post or an age stands
_BREAK = re.compile(r"[.!?:;\n„“”«»\"()]")
_KEPT_SURNAME = 4
_MOST_SURNAMES = 200  # of one article, whose later mentions are looked for
_MOST_BEARERS = 8  # of one surname; where so many bear it, a title tells no one
_NEAR = 300  # mentions back to which a description or a pronoun may point
_STEM = 3  # first letters that every form of a name shares
# A capitalised word without its possessive ending, whole also where it has a hyphen.
_WORD = re.compile(r"(?<![\w-])[^\W\d_a-zа-яіїєґёß](?:\w|[-’'ʼ](?!s\b)(?=\w))*(?![\w-])")
_SHE_AFTER = re.compile(r"\s\w{2,}ла(?:с[ья])?\b")  # a verb in the past of a woman
_SHE_BEFORE = re.compile(r"\w{2}ла(?:с[ья])?\s$")
_INITIAL = re.compile(r"[^\W\d_]\.")
_OPENED, _CLOSED = '„“"«»‘', '“”"»«’'
_PAIRS = {"«": re.compile("»"), "„": re.compile(r"[“”\"]")}
_CUT = 30  # characters of a name in quotation marks that a mention cuts
_OF_SEVERAL = re.compile(
    r"(?:[Ee]ine[rs]?|[Zz]wei|[Dd]rei|[Mm]ehrere) der(?: [a-zäöüß]+)* [A-ZÄÖÜ][\w-]+"
    r"|(?:[Oo]ne|[Tt]wo|[Tt]hree|[Ss]everal) of (?:the|its|his|her|their|those)"
    r"(?: [a-z-]+){0,3}? [a-z-]+s\b"
)
_PLACE = re.compile(r"\s(?:in|von|of)\s[A-ZÄÖÜА-Я][\w-]+")


class Person(NamedTuple):
    """Where an article names a person: who it is and the words beside, in lower case."""

    start: int
    end: int
    source: Source
    beside: str
    gender: str


def people(
    text: str, language: str, actors: Actors, known: Sequence[Mention]
) -> tuple[Person, ...]:
    """Every mention of a person by name, known or not, in order."""
    found = [_known(text, m, language) for m in known if m.actor.kind is SourceKind.PERSON]
    taken = [(m.start, m.end) for m in known]
    opened = [start for start, _ in taken]
    for match in _CHAIN.finditer(text):
        place = bisect_right(opened, match.end() - 1) - 1
        if place >= 0 and taken[place][1] > match.start():
            continue
        opened_by = text[max(0, match.start() - 1) : match.start()]
        titled = opened_by and opened_by in _OPENED and text[match.end() : match.end() + 2]
        if titled and any(mark in _CLOSED for mark in titled):
            continue  # the title of a song
        span = _full_name(text, match.start(), match.end(), language)
        if span is None:
            continue
        source = actors.source(span)
        if source.kind is not SourceKind.PERSON or actors.get(source.name):
            continue
        name = nominatives.nominative(source.name)
        source = Source(name, source.kind, source.side, span, source.role)
        beside = _beside(text, span.start, span.end)
        gender = _gender(text, span.start, span.end, source, language)
        found.append(Person(span.start, span.end, source, beside, gender))
    found.sort(key=lambda one: one.start)
    return tuple(sorted([*found, *_surnames(text, found, language)], key=lambda one: one.start))


def _known(text: str, mention: Mention, language: str) -> Person:
    actor, span = mention.actor, Span("", mention.start, mention.end, "")
    source = Source(actor.name, actor.kind, actor.side, span, actor.role)
    beside = f"{_beside(text, mention.start, mention.end)} {(actor.role or '').lower()}"
    gender = actor.gender or _gender(text, mention.start, mention.end, source, language)
    return Person(mention.start, mention.end, source, beside, gender)


def _full_name(text: str, start: int, end: int, language: str) -> Span | None:
    """The full name at the end of a chain of capitalised words; None where that is sure of none."""
    words = [(start + m.start(), m.group()) for m in re.finditer(r"\S+", text[start:end])]
    if language in slavic_forms.SLAVIC:
        first = next((k for k, (_, w) in enumerate(words) if slavic_forms.is_given(w.lower())), -1)
        if first < 0 or first == len(words) - 1:
            return None
        return Span("", words[first][0], end, text[words[first][0] : end])
    tags = [tagging.tagger(language).tag(f"{word} Miller")[0].tag for _, word in words]
    allowed = (Tag.NAME, Tag.OTHER) if language == "de" else (Tag.NAME,)
    first = len(words)
    while first > 0 and (
        tags[first - 1] in allowed
        or words[first - 1][1].islower()
        or _INITIAL.fullmatch(words[first - 1][1])
    ):
        if any(noun_phrase.is_a(k, words[first - 1][1]) for k in ("roles", "organisations")):
            break
        first -= 1
    while first < len(words) and words[first][1].islower():
        first += 1
    if len(words) - first < 2:
        return None
    return Span("", words[first][0], end, text[words[first][0] : end])


def _beside(text: str, start: int, end: int) -> str:
    """The words that may tell what a person is: before the name, and in an apposition behind it."""
    left = _BREAK.split(text[max(0, start - _LEFT) : start])[-1].rsplit(",", 1)[-1]
    right = ""
    if text[end : end + 1] == "," or text[end : end + 2] == " (":
        right = re.split(r"[,.;:)–—]", text[end + 2 : end + _RIGHT])[0]
    return " ".join([*left.split()[-4:], *right.split()]).lower()


def _gender(text: str, start: int, end: int, source: Source, language: str) -> str:
    told = " ".join(text[max(0, start - _LEFT) : end].split()[-4:])
    return pointing.gender_of_name(source) or pronouns(language).of_mention(told)


def _surnames(text: str, found: Sequence[Person], language: str) -> list[Person]:
    """Later mentions of unknown people by their surname alone, where only one can be meant."""
    bearers: dict[str, list[Person]] = {}
    surnames: dict[str, list[Person]] = {}
    for one in found:
        surname = one.source.name.split()[-1]
        if one.source.mention.text == "" or len(surname) < _KEPT_SURNAME:
            continue
        known = surnames.setdefault(surname, [])
        if len(surnames) > _MOST_SURNAMES:
            break
        if len(known) < _MOST_BEARERS and not any(_is_same(one, other) for other in known):
            known.append(one)
            for form in _forms(surname, one.gender):
                bearers.setdefault(form, []).append(one)
    named = [(one.start, one.end) for one in found]
    stems = {surname[:_STEM] for surname in surnames}
    later: list[Person] = []
    for match in _WORD.finditer(text) if bearers else ():
        word, (start, end) = match.group(), match.span()
        if word[:_STEM] not in stems or _is_within(start, named):
            continue
        fitting = bearers.get(word) or _in_another_case(word, surnames)
        fitting = [one for one in fitting if one.end <= start and not _is_hers(text, match, one)]
        if len(fitting) > 1:  # "Frau Müller": her title tells which
            told = pronouns(language).of_mention(
                " ".join(text[max(0, end - _LEFT) : end].split()[-2:])
            )
            fitting = [one for one in fitting if told and one.gender == told]
        later += [one._replace(start=start, end=end) for one in fitting if len(fitting) == 1]
    return later


def _forms(surname: str, gender: str) -> frozenset[str]:
    """How a surname may stand in a sentence: "Ross", "Bergs"; "Коваль", "Ковалем", no "Ковальчук".

    An English possessive ends before its apostrophe.
    """
    if not inflection.cyrillic(surname):
        return frozenset({surname, f"{surname}s"})
    genders: Sequence[Literal["m", "f"]] = [g for g in ("m", "f") if gender in ("", g)]
    return frozenset.union(*(inflection.forms(Word(surname, g)) for g in genders))


def _in_another_case(word: str, surnames: dict[str, list[Person]]) -> list[Person]:
    """Those whose surname, known only in another case ("Ткача"), is a form of this word."""
    if not inflection.cyrillic(word):
        return []
    near = (s for s in surnames if s[:_STEM] == word[:_STEM])
    return [one for s in near for one in surnames[s] if s in _forms(word, one.gender)]


def _is_same(one: Person, other: Person) -> bool:
    """Whether two full names of one surname may be one person's: "H. Müller", "Hans Müller"."""
    names = ([w for w in p.source.name.split()[:-1] if w[0].isupper()] for p in (one, other))
    given = [(a.rstrip("."), b.rstrip(".")) for a, b in product(*names)]
    alike = any(a[:_STEM].startswith(b) or b.startswith(a[:_STEM]) for a, b in given)
    return alike and ("" in (one.gender, other.gender) or one.gender == other.gender)


def _is_hers(text: str, match: re.Match[str], one: Person) -> bool:
    """Whether a verb tells a woman, though the form may be a man's genitive: "Петрова сказала"."""
    if one.gender != "m" or not match.group().endswith("а") or match.group() in one.source.name:
        return False
    return bool(
        _SHE_AFTER.match(text, match.end())
        or _SHE_BEFORE.search(text[max(0, match.start() - _LEFT) : match.start()])
    )


def _is_within(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether one of these spans, in order, holds an offset."""
    place = bisect_right(spans, (at, 1 << 60)) - 1
    return place >= 0 and at < spans[place][1]


def _closed(text: str, start: int, end: int) -> int:
    """The end of a mention with the rest of a name in quotation marks that it cuts."""
    for mark, closing in _PAIRS.items():
        opened = text.rfind(mark, start, end)
        if opened >= 0 and not closing.search(text, opened + 1, end):
            rest = closing.search(text, end, end + _CUT)
            return rest.end() if rest and "\n" not in text[end : rest.end()] else end
    return end


@dataclass(slots=True)
class Names:
    """Whom one article names; found when first asked for."""

    article: Article
    actors: Actors
    found: tuple[Mention, ...] | None = None
    told: tuple[Person, ...] | None = None

    def known(self) -> tuple[Mention, ...]:
        """Every mention of an actor of the table, in order."""
        if self.found is None:
            self.found = self.actors.find(self.article.text)
        return self.found

    def people(self) -> tuple[Person, ...]:
        """Every mention of a person by name, in order."""
        if self.told is None:
            text, language = self.article.text, self.article.language
            self.told = people(text, language, self.actors, self.known())
        return self.told

    def near(self, start: int) -> tuple[Person, ...]:
        """The last mentions of people before an offset."""
        end = bisect_left(self.people(), start, key=lambda one: one.start)
        return self.people()[max(0, end - _NEAR) : end]

    def known_near(self, start: int) -> tuple[Mention, ...]:
        """The last mentions of actors before an offset."""
        end = bisect_left(self.known(), start, key=lambda one: one.start)
        return self.known()[max(0, end - _NEAR) : end]

    def before(self, start: int, opened: int = 0) -> list[Actor]:
        """The actors named between two offsets."""
        return [m.actor for m in self.known() if opened <= m.start < start]

    def only(self, gender: str, opened: int, start: int) -> Source | None:
        """The one person surely of this gender ("f", "m") who is named between two offsets."""
        near = [p for p in self.near(start) if opened <= p.start and p.gender == gender]
        return near[-1].source if len({p.source.name for p in near}) == 1 else None

    def whole(self, start: int, end: int) -> Span:
        """A mention with the rest of a name that it cuts, and the place of an office."""
        for named in self.known():
            if start <= named.start < end < named.end:
                end = named.end
        text, language = self.article.text, self.article.language
        start = slavic_attributes.start_of(text, start, end, language)
        end = unnamed.end_of(text, start, end, language, self.known_near(end + _RIGHT))
        whole = _OF_SEVERAL.match(text, start)
        end = max(end, whole.end()) if whole else end  # "Einer der beiden Diplomaten"
        mention = self.article.span(start, _closed(text, start, end))
        place = _PLACE.match(self.article.text, end)
        if place and pronouns(self.article.language).kind(mention.text):
            wider = self.article.span(start, place.end())
            if self.actors.get(self.actors.source(wider).name):
                return wider
        return mention
