"""What a question asks to be counted: unit and aspect of "how many", "losses", "Truppenzahl"."""

from __future__ import annotations

from rag import aspects, tagging, tokens, units, wordlists
from rag.readings import Reading
from rag.schema import LANGUAGES
from rag.tagging import Tag

_FAR = 12  # tokens within which "how many of them are soldiers" names its noun
_NEAR = 5  # tokens within which "how big was the piece" names its noun
_OF_THEM = 2  # tokens within which "of them" stands
_VERBS = frozenset({Tag.VFIN, Tag.VPP})
# Held, taken and conquered ground is the same ground.
_TAKEN = frozenset({"captured", "sent", "present"})


def asked(text: str, language: str) -> tuple[str | None, str | None]:
    """Unit and aspect that a question asks for; (None, None) where it asks for no figure."""
    if language not in LANGUAGES:
        return None, None
    reading = Reading(text, tokens.fold(text), language)
    table = wordlists.of(language, "asking")
    hits = [
        (hit[0], i, reading.token_at(hit[1], i))
        for i, token in enumerate(reading.row)
        if (hit := table.at(reading.folded, token))
    ]
    if any(hit[0] == "percent" for hit in hits):
        return "percent", None
    count = next((hit for hit in hits if hit[0] == "count"), None)
    named = next((hit for hit in hits if hit[0] not in ("count", "area")), None)
    if count and not (named and named[1] <= count[1]) and _is_of_area(reading, count[2], hits):
        return _of_area(aspects.in_windows(reading, ((count[2], len(reading.row)),) * 2))
    if count and (named is None or count[2] < named[1]):
        found = _asked_count(reading, count[1], count[2])
        if found != (None, None):
            return found
    if named is None:
        return None, None
    unit, first, last = named
    windows = ((last + 1, len(reading.row)), (0, first))
    said = aspects.in_windows(reading, windows)
    return _of_area(said) if unit == "square_km" else units.normalised(unit, said)


def _of_area(found: str | None) -> tuple[str, str | None]:
    """Unit and aspect of a question for an area."""
    unit, aspect = units.normalised("square_km", found)
    return unit, None if aspect in _TAKEN else aspect


def _is_of_area(reading: Reading, last: int, hits: list[tuple[str, int, int]]) -> bool:
    """Whether "how big" or "how much" asks for ground: "how big was the piece of land"."""
    areas = [first for name, first, _ in hits if name == "area" and first > last]
    near = any(first <= last + _NEAR for first in areas)
    noun = units.noun_right(reading, last + 1, over_numbers=True)
    return near and (noun.unit is None or noun.last > min(areas))


def _is_of_unknown(reading: Reading, start: int) -> bool:
    """Whether a noun that no table knows stands right behind "how many", and then its verb.

    "Сколько мазута вытекло из танкера" asks for fuel oil, not for tankers.
    """
    if start + 1 >= len(reading.row) or reading.row[start].kind != "word":
        return False
    if wordlists.of(reading.language, "units").at(reading.folded, reading.row[start]):
        return False
    tagged = tagging.tagger(reading.language).tag(reading.text)
    behind = [token.tag for token in tagged if token.start >= reading.row[start].start][:2]
    return behind[:1] == [Tag.NOUN] and behind[-1] in _VERBS


def _asked_count(reading: Reading, first: int, last: int) -> tuple[str | None, str | None]:
    """What "how many …" counts: its noun, or the state of those it asks about."""
    noun = units.noun_right(reading, last + 1, over_numbers=True)
    if noun.last > last + 1 and _is_of_unknown(reading, last + 1):
        noun = units.Noun(None, last + 1)
    found = aspects.in_windows(reading, ((noun.last + 1, len(reading.row)), (0, first)))
    if noun.state and found not in units.STATES:
        found = noun.state
    if noun.unit:
        return units.normalised(noun.unit, found)
    if found in units.STATES:
        return units.STATES[str(found)], found
    words = reading.grammar
    near = [reading.word(i) for i in range(last + 1, last + 1 + _OF_THEM)]
    if not any(word in words.them | words.partitives for word in near):
        return None, found
    persons = (
        hit[0]
        for token in reading.row[last + 1 : last + 1 + _FAR]
        if (hit := wordlists.of(reading.language, "units").at(reading.folded, token))
        and hit[0] in units.PERSONS
    )
    return next(persons, None), found
