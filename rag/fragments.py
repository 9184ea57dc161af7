"""The slots that a fragment fills anew: "according to NATO", "in Sudzha", "the wounded", "in May".

Words are data: `lexicon/conversation.<language>.toml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag import dates, lexicon, terms, text
from rag.actors import Actors
from rag.schema import Span
from rag.turn_words import date_extent, days, of_any, pattern, unit_of

CAPITAL = re.compile(r"[A-ZÄÖÜА-ЯІЇЄҐ][\w’ʼ'-]+(?: [A-ZÄÖÜА-ЯІЇЄҐ][\w’ʼ'-]+)*")


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing that a follow-up names anew: its kind, the words as typed, what they mean."""

    kind: str  # attribution, speaker, actor, date, place, unit, topic
    typed: str
    value: str = ""  # canonical name, ISO date, or unit
    preposition: str = ""
    language: str = ""
    oblique: bool = False  # an actor in another case than the nominative


def slots(rest: str, language: str, actors: Actors, opened: bool) -> tuple[Slot, ...]:
    """The slots that a fragment fills, if it holds nothing else.

    Words that no "and" opens are a place only behind a preposition: "Danke" has a capital, too.
    """
    found: list[Slot] = []
    quoted = pattern(language, "attribution").match(rest)
    if quoted:
        phrase = quoted.group().strip(" ,")
        mentions = actors.find(phrase)
        name = mentions[0].actor.name if mentions else ""
        found.append(Slot("attribution", phrase, name, language=language))
        rest = rest[quoted.end() :].strip(" ,")
    rest, dated = _date(rest, language)
    found += dated
    rest, named = _actor(rest, language, actors)
    found += named
    unit = _unit(rest, language)
    if unit:
        found.append(Slot("unit", rest, unit, language=language))
        return tuple(found)
    if rest and not named and (opened or dated or quoted or _has_preposition(rest, language)):
        rest, place = _place(rest, language)
        found += place
    return () if topics(rest, language) else tuple(found)


def _date(rest: str, language: str) -> tuple[str, list[Slot]]:
    """The date of a fragment with its preposition, and what is left."""
    found = next(iter(days(rest, language)), None)
    if found is None:
        return rest, []
    start, end = date_extent(rest, found[0], found[1], language)
    slot = Slot("date", rest[start:end], found[2], language=language)
    return (rest[:start] + rest[end:]).strip(" ,"), [slot]


def _actor(rest: str, language: str, actors: Actors) -> tuple[str, list[Slot]]:
    """The one actor of a fragment, with a preposition or an article before it."""
    mentions = actors.find(rest)
    if len(mentions) != 1:
        return rest, []
    start, end = mentions[0].start, mentions[0].end
    before = re.search(
        rf"(?:\b(?P<preposition>{lexicon.load('conversation', language)['prepositions']}) )?"
        rf"(?:(?:{of_any('definite')}) )?$",
        rest[:start],
        re.IGNORECASE,
    )
    first = before.start() if before else start
    preposition = (before["preposition"] or "") if before else ""
    typed = rest[first:end]
    oblique = not mentions[0].nominative or typed.lower().startswith(("der ", "des ", "dem "))
    slot = Slot("actor", typed, mentions[0].actor.name, preposition, language, oblique)
    return (rest[:first] + rest[end:]).strip(" ,"), [slot]


def _unit(rest: str, language: str) -> str:
    """The unit that a fragment is about: "the wounded", "how many dead", "втрати"."""
    if not rest:
        return ""
    words = pattern(language, "counted").sub("", rest)
    words = pattern(language, "articles").sub("", words)
    if terms.peoples(words):  # "the Russians" are no unit
        return ""
    units = [unit_of(w, language) for w in text.words(words)]
    left = [w for w, unit in zip(text.words(words), units, strict=True) if not unit]
    if not any(units) or topics(" ".join(left), language):
        return ""
    return next(u for u in reversed(units) if u)


def _has_preposition(rest: str, language: str) -> bool:
    first = rest.split(" ", maxsplit=1)[0]
    return pattern(language, "prepositions").fullmatch(first) is not None


def _is_no_name(word: str, language: str) -> bool:
    """Whether a word with a capital is a point of the compass, a time, or a people."""
    span = Span("", 0, len(word), word)
    return (
        text.is_function_word(word.lower(), language)
        or pattern(language, "compass").fullmatch(word) is not None
        or bool(terms.peoples(word) or dates.find(span, language, None))
    )


def is_no_name(words: str) -> bool:
    """Whether English words with capitals tell a people, a time or a direction."""
    return any(_is_no_name(word, "en") for word in words.split())


def _place(rest: str, language: str) -> tuple[str, list[Slot]]:
    """A capitalised name that is no actor, with its preposition."""
    prepositions = lexicon.load("conversation", language)["prepositions"]
    # What has an article in German is a common noun: "vor dem Krieg", "im Dorf".
    joined = r"(?!(?:am|im|vom|beim|zum|zur) )" if language == "de" else ""
    match = re.fullmatch(
        rf"(?:{joined}(?i:(?P<preposition>{prepositions})) (?:the )?)?"
        rf"(?P<name>{CAPITAL.pattern}(?i: (?:{of_any('regions')}))?)",
        rest,
    )
    if match is None:
        return rest, []
    named = match["name"].split()[0]
    if _is_no_name(named, language) or asks_something(rest, language):
        return rest, []
    return "", [Slot("place", match["name"], match["name"], match["preposition"] or "", language)]


def topics(words: str, language: str) -> list[str]:
    """The words that say something of their own."""
    own = pattern(language, "own", "nothing")
    return [w for w in text.words(own.sub(" ", words)) if not text.is_function_word(w, language)]


def asks_something(rest: str, language: str) -> bool:
    """Whether words begin with a question word."""
    kinds = lexicon.load("questions", language)["kinds"]
    return any(
        re.match(p, rest.lower())
        for key in ("who", "what", "when", "where", "why")
        for p in kinds[key]
    )
