"""What a question asks to be counted: unit and aspect of "how many", "losses", "Truppenzahl"."""

from __future__ import annotations

from rag import aspects, tokens, units, wordlists
from rag.readings import Reading
from rag.schema import LANGUAGES

_FAR = 12  # tokens within which "how many of them are soldiers" names its noun


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
    count = next((hit for hit in hits if hit[0] == "count"), None)
    named = next((hit for hit in hits if hit[0] != "count"), None)
    if count and (named is None or count[2] < named[1]):
        found = _asked_count(reading, count[1], count[2])
        if found != (None, None):
            return found
    if named is None:
        return None, None
    unit, first, last = named
    windows = ((last + 1, len(reading.row)), (0, first))
    return units.normalised(unit, aspects.in_windows(reading, windows))


def _asked_count(reading: Reading, first: int, last: int) -> tuple[str | None, str | None]:
    """What "how many …" counts: its noun, or the state of those it asks about."""
    noun = units.noun_right(reading, last + 1, over_numbers=True)
    found = aspects.in_windows(reading, ((noun.last + 1, len(reading.row)), (0, first)))
    if noun.state and found not in units.STATES:
        found = noun.state
    if noun.unit:
        return units.normalised(noun.unit, found)
    if found in units.STATES:
        return units.STATES[str(found)], found
    persons = (
        hit[0]
        for token in reading.row[last + 1 : last + 1 + _FAR]
        if (hit := wordlists.of(reading.language, "units").at(reading.folded, token))
        and hit[0] in units.PERSONS
    )
    return next(persons, None), found
