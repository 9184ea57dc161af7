"""What a number without a noun of its own counts: what stands before it, in its clause or earlier.

"Zahl der Soldaten auf 10.000", "put the death toll at five", "a group of 2,600", "57 of them",
"lost 200 tanks; 57 burned". Nouns of place and measure beside a number are where or how long.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag import aspects, units, wordlists
from rag.intervals import Interval
from rag.readings import Reading
from rag.units import Noun

# How far, in tokens, a noun may stand left of its number, and before "of them".
_LEFT_REACH = 12
_FAR_REACH = 50
_OF_THINGS = frozenset({"downed", "destroyed", "launched", "delivered"})
_DASHES = frozenset("–—")
_EVENTS = frozenset({"attacks", "explosions"})  # what happened, in another clause, is not counted


@dataclass(frozen=True, slots=True)
class Known:
    """A figure that was read before: its first and last token, unit and aspect."""

    first: int
    last: int
    unit: str
    aspect: str | None
    part: bool = False  # of another: "darunter 214 Zivilisten"


def find(
    reading: Reading, figure: Interval, noun: Noun, said: str | None, known: Sequence[Known]
) -> tuple[str | None, Known | None]:
    """The unit, and the earlier figure that lends it; `said` is the aspect that the clause gives.

    The order: the whole that it is a part of, a noun with "of", the next figure where both are
    listed, a noun to the left in the clause, the figure before.
    """
    before = _countable(known)
    if aspects.is_part(reading, figure.last) or _part_before(reading, figure.first):
        return _of_figure(reading, figure, said, _countable(known, parts=True))
    if said in units.STATES and not (said in units.OF_ANYTHING and before and noun.bare):
        return None, None
    found: str | Known | None = _noun_of(reading, figure.first)
    if noun.bare:
        shared = _shared(reading, figure)
        if said is not None and shared in units.ASPECT_OF_STATE:
            shared = None  # "22 were rescued, four are missing"
        spoken = before if _is_spoken_of(reading, figure.first) else None
        found = found or shared or spoken or _noun_left(reading, figure.first, known)
        found = found or before or _measure(reading, figure, known)
    if isinstance(found, str) or not noun.bare:
        return (found if isinstance(found, str) else None), None
    return _of_figure(reading, figure, said, found)


def aspect(reading: Reading, figure: Interval, lender: Known) -> str | None:
    """The aspect that an elliptic number has from an earlier figure: "125 drones: 67 over …"."""
    row = [reading.word(i) for i in range(lender.last + 1, figure.first)]
    elliptic = ":" in row or reading.word(figure.last + 1) in _DASHES
    said = reading.cues_between(lender.last + 1, figure.first)
    return lender.aspect if elliptic and not said else None


def gapped(reading: Reading, figure: Interval, known: Sequence[Known]) -> str | None:
    """The aspect of the figure before, where a dash stands for its verb: "потом — 1500 солдат"."""
    before = known[-1] if known else None
    if before is None or reading.word(figure.last + 1) in _DASHES:
        return None
    dashes = [i for i in range(before.last + 1, figure.first) if reading.word(i) in _DASHES]
    said = reading.cues_between(before.last + 1, figure.first)
    return before.aspect if len(dashes) == 1 and not said else None


def included(reading: Reading, figure: Interval, known: Sequence[Known]) -> str | None:
    """The aspect of the figure that this one is a part of: "34, среди них семеро детей"."""
    words = {reading.word(figure.first - 1), reading.word(figure.first - 2)}
    return known[-1].aspect if known and not words.isdisjoint(reading.grammar.parts) else None


def of_things(known: Sequence[Known]) -> tuple[str, Known] | None:
    """The last figure, where it counts things that can be captured or lost."""
    before = _countable(known)
    if before is None or before.unit in units.PERSONS or before.unit in units.ASPECT_OF_STATE:
        return None
    return before.unit, before


def left_of(reading: Reading, first: int) -> str | None:
    """The unit of a noun left of a number, in its clause: "Zahl der Soldaten auf 10.000"."""
    found = _noun_left(reading, first, ())
    return found if isinstance(found, str) else None


def _part_before(reading: Reading, first: int) -> bool:
    """Whether "davon", "of them", "з них" stands before: "з них 50 — ще у Франції"."""
    return reading.word(first - 1) in reading.grammar.them


def _countable(known: Sequence[Known], *, parts: bool = False) -> Known | None:
    """The last figure that counts people or things, no measure and no money.

    A whole before its parts, but where `parts` are meant.
    """
    measures = units.NO_ASPECT | units.MONEY | {"percent", "other"}
    found = [k for k in reversed(known) if k.unit not in measures]
    wholes = [k for k in found if parts or not k.part]
    return next(iter(wholes or found), None)


def _measure(reading: Reading, figure: Interval, known: Sequence[Known]) -> Known | None:
    """The only figure of the sentence before, a measure: "20 days. … The stock is for ten".

    A number that is a subject counts people or things.
    """
    words = reading.grammar
    opened = reading.before(reading.hard, figure.first)
    governed = reading.word(figure.first - 1) in words.stops | words.partitives
    last = known[-1] if known else None
    if last is None or len(known) > 1 or not governed or last.last >= opened:
        return None
    return last if last.unit in units.NO_ASPECT | units.MONEY else None


def is_included(reading: Reading, figure: Interval) -> bool:
    """Whether a figure is a part of the one before: "darunter 214 Zivilisten", "12 of them"."""
    words = {reading.word(figure.first - 1), reading.word(figure.first - 2)}
    return aspects.is_part(reading, figure.last) or not words.isdisjoint(reading.grammar.parts)


def _of_figure(
    reading: Reading, figure: Interval, said: str | None, lender: Known | None
) -> tuple[str | None, Known | None]:
    """The unit of an earlier figure; of the dead and wounded only where nothing else is said."""
    if lender is None:
        return (_antecedent(reading, figure.first, said) if said else None), None
    fixed = lender.unit in units.ASPECT_OF_STATE and lender.unit not in ("prisoners", "deserters")
    if fixed and said is not None:
        return _antecedent(reading, figure.first, said) or "people", lender
    return lender.unit, lender


def _is_spoken_of(reading: Reading, first: int) -> bool:
    """Whether somebody speaks of a number: "relatives speak of fourteen" counts no relatives."""
    words = reading.grammar
    spoken = words.spoken.fullmatch(reading.word(first - 2)) is not None
    return spoken and reading.word(first - 1) in words.spoken_before


def _shared(reading: Reading, figure: Interval) -> str | None:
    """The unit of the next figure, where both are listed: "10 or 12 tanks", "from 10 to 12"."""
    words, last = reading.grammar, figure.last
    following = reading.numerals[figure.tail + 1 : figure.tail + 2]
    if not following or following[0].first - last > 5 or following[0].fraction:
        return None
    between = {reading.word(i) for i in range(last + 1, following[0].first)}
    apart = (words.stops - words.links) | words.including | {".", ";", ":", "("}
    apart -= words.changes  # "von 12 auf 19 Prozent"
    if not between.isdisjoint(apart):
        return None
    unit = units.noun_right(reading, following[0].last + 1).unit
    if aspects.is_part(reading, following[0].last):
        return "people" if unit in units.PERSONS else None  # "340, eleven of them children"
    return unit


def _noun_left(reading: Reading, first: int, known: Sequence[Known]) -> str | Known | None:
    """The unit of a noun to the left in the clause, or the figure whose noun it is."""
    lists = wordlists.of(reading.language, "units")
    groups = wordlists.of(reading.language, "left_units")
    low = max(reading.before(reading.hard, first), first - _LEFT_REACH, -1)
    comma = reading.before(reading.commas, first)
    near = first
    if head := _head_of_state(reading, low, first):
        return head
    for i in range(first - 1, low, -1):
        owner = next((k for k in known if k.first <= i <= k.last), None)
        if owner is not None:
            return owner if owner.unit not in units.NOT_COUNTED_LEFT or near == first else None
        if i in reading.counted:
            if near - i > 3:  # beyond the other end of "from 10 to 12 thousand" nothing is meant
                return None
            near = i
            continue
        token = reading.row[i]
        hit = groups.at(reading.folded, token) or lists.at(reading.folded, token)
        event = hit is not None and hit[0] in _EVENTS and i < comma
        if token.kind == "word" and hit and hit[0] not in units.NOT_COUNTED_LEFT and not event:
            return hit[0]
    return None


def _head_of_state(reading: Reading, low: int, first: int) -> str | None:
    """The state that a head noun names, whatever stands nearer: "число жертв удара возросло до"."""
    groups = wordlists.of(reading.language, "left_units")
    for i in range(first - 1, low, -1):
        if i in reading.counted:
            return None
        hit = groups.at(reading.folded, reading.row[i]) if reading.row[i].kind == "word" else None
        if hit and hit[0] in units.ASPECT_OF_STATE:
            return hit[0]
    return None


def _noun_of(reading: Reading, first: int) -> str | None:
    """The unit of a noun that the number belongs to: "a group of 2,600", "Kontingent von 500"."""
    if reading.word(first - 1) not in reading.grammar.partitives or first < 2:
        return None
    token = reading.row[first - 2]
    for section in ("left_units", "units"):
        hit = wordlists.of(reading.language, section).at(reading.folded, token)
        if hit and hit[0] not in units.NOT_COUNTED_LEFT:
            return hit[0]
    cue = reading.cue_from(first - 2)
    return units.STATES.get(cue.aspect) if cue and cue.nominal else None


def _antecedent(reading: Reading, first: int, said: str | None) -> str | None:
    """The last people, or things shot at or sent, named left of a number: what "five" means."""
    lists = wordlists.of(reading.language, "units")
    things = said in _OF_THINGS
    for i in range(first - 1, max(first - _FAR_REACH, 0) - 1, -1):
        token = reading.row[i]
        hit = lists.at(reading.folded, token) if token.kind == "word" else None
        fits = hit and (hit[0] in units.PERSONS) != things
        if hit and fits and hit[0] not in units.NOT_COUNTED_LEFT | {"bodies"}:
            return hit[0]
    return None
