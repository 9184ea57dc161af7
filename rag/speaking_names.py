"""The names in a question that may be those who spoke, and whom "according to X" names.

A name that a preposition, a number, a case or a possessed noun makes a topic is marked so; an
adjective ("Russian soldiers") is no name but before an office ("the Russian governor").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from rag import dates, noun_phrase, quantities, terms, wordlists
from rag.actors import Actor, Actors, Mention
from rag.inflection import cyrillic
from rag.question_words import has, patterns
from rag.schema import SourceKind, Span

TITLE_WORDS = 2  # "according to the lawmaker X": words before the name
_OFFICE_WORDS = 3  # words from "Kyiv's" to "general"
_WORDS = re.compile(r"[^\W\d_][\w’'-]*")
_SHORT = 3  # letters: "of", "the", "des"
_OF_OFFICE = ("roles", "offices", "organisations", "anonymous", "official")


class Named(NamedTuple):
    """A name; `free` says that nothing before or behind it keeps it from being the subject."""

    start: int
    end: int
    name: str
    nominative: bool
    free: bool


def named(asked: str, language: str, mentions: Sequence[Mention], actors: Actors) -> list[Named]:
    """The names of a question and the peoples that stand for a state, in order."""
    counted = [q.span for q in quantities.find(Span("", 0, len(asked), asked), language)]
    found = [
        (m.start, m.end, m.actor.name, m.nominative or _has_holder(asked[: m.start], m.actor))
        for m in mentions
    ]
    for name, start, end in terms.peoples(asked):
        if has(language, "people", asked[start:end]) or _has_office(asked[start:], language):
            found.append((start, end, name, True))
    return [
        Named(*one, free=_is_free(asked, language, one[0], one[1], one[2], actors))
        for one in sorted(set(found))
        if asked[one[0]] != " " and not any(c.start <= one[0] < c.end for c in counted)
    ]


def _has_holder(before: str, actor: Actor) -> bool:
    """Whether somebody speaks for a body: "the spokesman of the Kremlin", "речник Кремля"."""
    words = _WORDS.findall(before)
    while words and (len(words[-1]) <= _SHORT or noun_phrase.is_a("connectors", words[-1])):
        words.pop()
    speaks = bool(words) and any(
        noun_phrase.is_a(kind, words[-1].rsplit("-", 1)[-1]) for kind in ("roles", "offices")
    )
    return speaks and actor.kind is not SourceKind.PERSON


def _is_free(asked: str, language: str, start: int, end: int, name: str, actors: Actors) -> bool:
    before = asked[:start]
    actor = actors.get(name)
    if actor is not None and _has_holder(before, actor):
        return True
    if any(p.search(before) for p in patterns(language, "attribution", "about")):
        return False
    if has(language, "case", before):
        return False
    if not owns(asked, end):
        return True
    if has(language, "statement", asked[end:].lstrip("'’s ")):
        return True
    person = actor is not None and actor.kind is SourceKind.PERSON
    return not person and _has_office(asked[start:], language)


def attributed(core: str, language: str, mentions: Sequence[Mention], actors: Actors) -> str | None:
    """Whom a frame of attribution names ("laut X", "if you believe X"); None where nobody sure."""
    for pattern in patterns(language, "attribution", "speaker"):
        for match in pattern.finditer(core):
            if found := _phrase(match, language, mentions, actors):
                return found
    return None


def _phrase(
    match: re.Match[str], language: str, mentions: Sequence[Mention], actors: Actors
) -> str | None:
    """An actor at the head of the phrase of a frame, or a person's own name."""
    start, end = match.span("who")
    span = Span("", start, end, match["who"])
    if any(found.start <= start + len("the ") for found, _ in dates.find(span, language, None)):
        return None  # "counted by January 2026"
    for mention in mentions:
        before = match.string[start : mention.start].split()
        if start <= mention.start < end and len(before) <= TITLE_WORDS:
            owned = actors.get(mention.actor.name)
            person = owned is not None and owned.kind is SourceKind.PERSON
            return None if person and owns(match.string, mention.end) else mention.actor.name
    for name, begin, _ in sorted(terms.peoples(match["who"]), key=lambda one: one[1]):
        if len(match["who"][:begin].split()) <= 1 and _has_office(match["who"][begin:], language):
            return name
    return _unknown(match["who"], language, actors)


def _unknown(words: str, language: str, actors: Actors) -> str | None:
    """The name of somebody whom the actors file does not know, behind at most a title."""
    run = re.match(
        r"(?:(?:the|dem|der|den|des|von)\s+)?((?:[^\W\d_][\w’'-]*\s*){1,4})", words, re.I
    )
    row = run[1].split() if run else []
    title = [w for w in row[:TITLE_WORDS] if noun_phrase.is_a("roles", w)]
    names = row[len(title) :] if row[: len(title)] == title else []
    names = names[: next((i for i, w in enumerate(names) if not w[0].isupper()), len(names))]
    if not names or (language == "de" and not title and (len(names) < 2 or names[0][-2:] == "er")):
        return None
    phrase = " ".join((*title, *names[: TITLE_WORDS + 1]))
    if dates.find(Span("", 0, len(phrase), phrase), language, None):
        return None  # "nach Einschätzung von Analysten Anfang März"
    source = actors.source(Span("", 0, len(phrase), phrase))
    known = actors.get(source.name)
    if cyrillic(phrase) and known is None and len(names) == 1 and not title:
        return None  # an adjective or a surname: "за даними Координаційного штабу"
    if source.kind is SourceKind.PERSON:
        return source.name if known is None or len(names) > 1 else None  # a bare "Kim"
    return source.name if source.kind is SourceKind.ORGANISATION else None


def owns(text: str, end: int) -> bool:
    """Whether a name is an English possessive: "Kyiv's"."""
    return text[end - 2 : end] in ("'s", "’s") or text[end : end + 2] in ("'s", "’s")


def _has_office(words: str, language: str) -> bool:
    """Whether a name or adjective owns an office: "Kyiv's top general", not "Russian soldiers"."""
    for word in words.split()[1 : 1 + _OFFICE_WORDS]:
        plain = word.strip(".,;:?!«»„“\"'").lower()
        if wordlists.of(language, "units").word(plain) in ("soldiers", "people", "prisoners"):
            return False
        if any(noun_phrase.is_a(kind, plain) for kind in _OF_OFFICE):
            return not noun_phrase.is_a("independent", plain)
        if not plain.isalpha() and "-" not in plain:
            return False
    return False
