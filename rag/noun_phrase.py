"""Reads the noun phrase that names a source, without knowing who is who.

The words that matter (officials, spokespersons, titles, institutions, prepositions) stand in
`lexicon/sources.<language>.toml`. All four languages are read at once, because a mention is
too short to tell its language.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from rag import lexicon, localities, slavic_forms
from rag.inflection import WORD, cyrillic
from rag.schema import LANGUAGES, SourceKind

CLASSES = (
    "articles", "indefinite", "statements", "pronouns", "connectors", "particles", "conjunctions",
    "former", "anonymous", "voices", "roles", "offices", "independent", "official", "organisations",
    "documents",
)  # fmt: skip

# An apposition, a bracket or a parenthesis starts a new segment; a hyphen inside a name does not.
_SEGMENT = re.compile(r"[,;:()\[\]„“”«»\"]|\s[-–—]\s|[–—]")
_LONGEST_ACRONYM = 5  # "CDU", "EADS": no surname; longer ones may stand in a headline
# What an adjective in the genitive or nominative ends in: "Курської області".
_ADJECTIVE = re.compile(r"[сцз]ь?к(?:ої|ого|ой|ий|а|ая|е|ое|ому|им|ом)$")
_BY = re.compile(r"\sby\b")
_EDGES = " \t\n\u00a0,;:.()[]–—-\"„“”«»'’"

_ONE_OF = re.compile(r"ein(?:er|e|es) (?:der|von)\b", re.IGNORECASE)
_OPENING = ("«", "„", "“", '"')


class Part(NamedTuple):
    """A word of the phrase, or a known name in one piece (`name`: its number)."""

    text: str
    start: int
    end: int
    name: int | None
    joined: bool  # by a hyphen to what stands before
    national: bool  # an adjective of a state or of a side

    def is_a(self, kind: str) -> bool:
        """Whether the word belongs to this class of the lexicon; a known name to none."""
        return self.name is None and is_a(kind, self.text)

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


class Phrase(NamedTuple):
    """A noun phrase as its segments, the first of which holds the head."""

    text: str
    segments: tuple[tuple[Part, ...], ...]

    @property
    def head(self) -> tuple[Part, ...]:
        """The first segment up to its first preposition or genitive: what the phrase is."""
        return self.first[: connector(self.first)]

    @property
    def first(self) -> tuple[Part, ...]:
        return self.segments[0] if self.segments else ()


class Description(NamedTuple):
    """What a source is called that is no known actor."""

    name: str
    kind: SourceKind
    role: str | None


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    tables = [lexicon.load("sources", language) for language in LANGUAGES]
    return tuple(
        (kind, re.compile("|".join(p for table in tables for p in table[kind]), re.IGNORECASE))
        for kind in CLASSES
    )


@cache
def _classes(word: str) -> frozenset[str]:
    return frozenset(kind for kind, pattern in _patterns() if pattern.fullmatch(word))


def is_a(kind: str, word: str) -> bool:
    """Whether the word belongs to this class of the lexicon."""
    return kind in _classes(word.casefold())


def read(
    text: str, names: Sequence[tuple[int, int]], adjectives: Sequence[tuple[int, int]] = ()
) -> Phrase:
    """The phrase, with the known names (start and end in `text`, in order) as single parts.

    `adjectives` are the spans of those that tell a nationality.
    """
    parts: list[Part] = []
    spans = [(s, e, n) for n, (s, e) in enumerate(names)]
    inside = [any(s < m.end() and m.start() < e for s, e, _ in spans) for m in WORD.finditer(text)]
    words = [m.span() for m, taken in zip(WORD.finditer(text), inside, strict=True) if not taken]
    for start, end, name in sorted([*spans, *((s, e, None) for s, e in words)]):
        joined = start > 0 and text[start - 1] in "-‐‑"
        national = any(s <= start and end <= e for s, e in adjectives)
        parts.append(Part(text[start:end], start, end, name, joined, national))
    segments: list[list[Part]] = [[]]
    for part in parts:
        last = segments[-1]
        if last and _SEGMENT.search(text[last[-1].end : part.start]):
            segments.append([])
        segments[-1].append(part)
    return Phrase(text, tuple(tuple(segment) for segment in segments if segment))


def connector(segment: Sequence[Part]) -> int:
    """The position of the first preposition or genitive article behind a noun, or the length."""
    for position, part in enumerate(segment):
        content = any(not _grammatical(before) for before in segment[:position])
        if content and part.is_a("connectors"):
            return position
    return len(segment)


def _grammatical(part: Part) -> bool:
    return any(part.is_a(kind) for kind in ("articles", "indefinite", "connectors"))


def bearer(text: str) -> int:
    """Where the source begins in a phrase that starts with what it gives: "Bericht der BBC".

    0 where the phrase does not, or names nobody behind it ("Berichte").
    """
    seen = shown = False
    for match in WORD.finditer(text):
        classes = _classes(match.group().casefold())
        if shown and "indefinite" in classes:
            return 0  # "die Überschrift eines Portals"
        shown = shown or "documents" in classes
        if not seen:
            skipped = classes & {"articles", "indefinite"} or match.group()[0].islower()
            seen = bool(classes & {"statements", "documents"})
            if not (seen or skipped or (match.start() == 0 and _opens_document(text))):
                return 0
        elif _BY.match(text, match.end()):
            continue  # "images taken by Maxar"
        elif not classes & {"articles", "indefinite", "connectors"}:
            return match.start()
    return 0


def _opens_document(text: str) -> bool:
    """Whether the word behind the first is a document: "Satellite images of X"."""
    second = next(iter(list(WORD.finditer(text))[1:2]), None)
    return second is not None and "documents" in _classes(second.group().casefold())


def strip_articles(text: str) -> str:
    """The text without articles at its start, and without punctuation at its edges."""
    text = " ".join(text.split()).strip(_EDGES)
    match = WORD.match(text)
    while match and _classes(match.group().casefold()) & {"articles", "indefinite"}:
        if match.end() == len(text) or _ONE_OF.match(text):
            break
        text = text[match.end() :].strip(_EDGES)
        match = WORD.match(text)
    return text + ")" * (text.count("(") - text.count(")"))


def describe(phrase: Phrase) -> Description:
    """Name, kind and post of a source that is no known actor, by its form alone."""
    whole = strip_articles(phrase.text)
    person = _person(phrase)
    if person is not None:
        return person
    head = phrase.head
    if any(part.is_a("pronouns") or part.is_a("anonymous") for part in head):
        return Description(whole, SourceKind.ANONYMOUS, None)
    office = any(part.is_a("organisations") for part in _headmost(head))
    if not office and any(part.is_a("roles") or part.is_a("voices") for part in head):
        unnamed = any(part.is_a("indefinite") for part in head)
        return Description(whole, SourceKind.ANONYMOUS if unnamed else SourceKind.PERSON, None)
    alone = len(head) == 1 == len(phrase.first) and head[0].name is None and head[0].capital
    if alone and not office and not head[0].text.isupper():
        return Description(whole, SourceKind.PERSON, None)
    return Description(whole, SourceKind.ORGANISATION, None)


def _headmost(head: tuple[Part, ...]) -> tuple[Part, ...]:
    """The head without what depends on a Cyrillic post: "начальник обласної адміністрації"."""
    kinds = ("roles", "organisations")
    first = next((k for k, part in enumerate(head) if any(map(part.is_a, kinds))), 0)
    post = head[first : first + 1]
    posted = bool(post) and post[0].is_a("roles") and not post[0].is_a("organisations")
    return post if posted and cyrillic(post[0].text) else head


def _person(phrase: Phrase) -> Description | None:
    """The first full name of the phrase, or else its first surname, with the post beside it."""
    best: tuple[int, int, int] | None = None
    for number, segment in enumerate(phrase.segments):
        titled = number > 0 and any(p.is_a("roles") for p in phrase.segments[number - 1])
        run = _personal_name(segment, titled)
        opens = segment[run[0]].start if run else 0
        if run is None or phrase.text[max(0, opens - 1) : opens] in _OPENING:
            continue  # a name in quotation marks is that of a firm or a paper
        if best is None or (best[1] == best[2] and run[0] < run[1]):
            best = number, *run
    if best is None:
        return None
    number, first, last = best
    segment = phrase.segments[number]
    given = (k for k in range(first, last) if slavic_forms.is_given(segment[k].text.casefold()))
    first = next(given, first)  # "глава Дагестана Сергей Меликов"
    name = phrase.text[segment[first].start : segment[last].end]
    post = strip_articles(phrase.text[segment[0].start : segment[first].start])
    if not post:
        beside = number + 1 if number == 0 else number - 1
        for other in phrase.segments[beside : beside + 1]:
            post = strip_articles(phrase.text[other[0].start : other[-1].end])
    return Description(name, SourceKind.PERSON, post or None)


def _personal_name(segment: Sequence[Part], titled: bool) -> tuple[int, int] | None:
    """First and last position of a personal name in the segment.

    A title before it is enough; without one it must be two capitalised words that open the
    segment and name no institution. Behind a preposition stands a place or an office.
    """
    runs = _runs(segment)
    for first, last in reversed(runs):
        if any(part.is_a("organisations") for part in segment[first : last + 1]):
            continue
        before = segment[:first]
        length = last - first + 1
        if length == 1 and before and _is_attribute(segment, first):
            continue
        if before and length > 1 and before[-1].is_a("anonymous"):
            return first, last  # "Putin-Kritiker Ilja Jaschin"
        if any(part.is_a("roles") for part in before):
            if not before[-1].is_a("connectors"):
                behind = any(part.is_a("connectors") for part in before[1:])
                if length > 1 or not behind:
                    return first, last
            elif length > 2 and before[-1].is_a("articles"):
                return first + 1, last  # "Leiter des Zentrums Max Müller"
        elif not before and (length > 1 or (titled and last == len(segment) - 1)):
            return first, last
    return None


def _is_attribute(segment: Sequence[Part], position: int) -> bool:
    """Whether a Cyrillic word with a capital is no surname: "губернатор Курської області"."""
    word, behind = segment[position].text, segment[position + 1 : position + 2]
    if not cyrillic(word):
        return False
    noun = bool(behind) and behind[0].text.islower() and not behind[0].is_a("connectors")
    return localities.is_cyrillic_place(word) or (noun and _ADJECTIVE.search(word) is not None)


def _runs(segment: Sequence[Part]) -> list[tuple[int, int]]:
    """Stretches of capitalised words that are nothing else, particles of names included."""
    runs: list[tuple[int, int]] = []
    open_at: int | None = None
    for position, part in enumerate([*segment, None]):
        if part is not None and _may_be_personal(part):
            open_at = position if open_at is None else open_at
        elif part is not None and open_at is not None and part.is_a("particles"):
            continue
        elif open_at is not None:
            last = position - 1
            while segment[last].is_a("particles"):
                last -= 1
            runs.append((open_at, last))
            open_at = None
    return runs


def _may_be_personal(part: Part) -> bool:
    other = ("articles", "indefinite", "roles", "anonymous", "voices", "former", "pronouns")
    if part.text.isupper() and len(part.text) <= _LONGEST_ACRONYM:
        return False
    open_word = part.name is None and part.capital and not part.national
    return open_word and not any(part.is_a(kind) for kind in other)
