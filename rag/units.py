"""What a figure counts (unit) and what is said of it (aspect), read from its clause.

Tables: `lexicon/quantities.<language>.toml`. The rule for people: who died, was hurt, was taken
prisoner, went missing or was lost is counted in the unit of that state, whatever noun stands
beside the number. "1.000 Soldaten getötet", "300 of them killed" and "300 Tote" all have the unit
"killed" and the aspect "killed"; "killed and wounded" is a unit of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from rag import wordlists
from rag.readings import Cue, Reading

# The unit of people in this state; an English "casualty" is killed or wounded, a "loss" is not
# told apart any further.
STATES = {
    "killed": "killed",
    "wounded": "wounded",
    "killed_and_wounded": "killed_and_wounded",
    "captured": "prisoners",
    "missing": "missing",
    "lost": "losses",
    "deserted": "deserters",
}
ASPECT_OF_STATE = {unit: aspect for aspect, unit in STATES.items()}
PERSONS = frozenset(
    {
        "soldiers",
        "officers",
        "generals",
        "mercenaries",
        "volunteers",
        "workers",
        "engineers",
        "civilians",
        "children",
        "people",
        "inhabitants",
        "victims",
        "refugees",
        "prisoners",
    }
)
MONEY = frozenset({"usd", "eur", "rub", "uah", "gbp", "krw"})
_TIME = frozenset({"minutes", "hours", "days", "weeks", "months", "years"})
# What a question may ask for in any of several units: "how much money", "how long".
GROUPS = {"money": MONEY, "duration": _TIME}
# Measures of time, length and number have no fate: "30 minutes before the launch".
NO_ASPECT = _TIME | {"km", "metres", "millimetres", "miles", "degrees", "points", "times"}
# Nouns of place and measure beside a number are where or how long, not what is counted.
_PLACES = {"regions", "cities", "settlements", "countries", "houses", "units", "companies"}
_NOT_LEFT = NO_ASPECT | MONEY | _PLACES | {"percent", "percentage_points"}
_AREAS = frozenset({"square_km", "square_miles", "hectares", "regions", "cities", "settlements"})
# Only people can die, be hurt or desert.
_ONLY_PERSONS = frozenset({"killed", "wounded", "killed_and_wounded", "deserted"})
_MOVES = frozenset({"sent", "present", "trained", "launched", "withdrawn"})
# Things can be captured, lost or missing as well as people.
OF_ANYTHING = frozenset({"captured", "lost", "missing"})
_OF_THINGS = frozenset({"downed", "destroyed", "launched", "delivered"})
_QUOTES = frozenset("„“”«»\"'‚‘’")
# How far, in tokens, a noun may stand right of its number, left of it, and before "of them".
_NOUN_REACH = 6
_LEFT_REACH = 10
_FAR_REACH = 50


@dataclass(frozen=True, slots=True)
class Noun:
    """What was found right of a number: `last` is the index of the last token that belongs to it.

    `state` is an aspect that the phrase itself names ("300 wounded soldiers"); `cue` is the index
    of the token that is noun and state in one ("300 dead"), -1 elsewhere; `bare` says that no noun
    at all follows.
    """

    unit: str | None
    last: int
    state: str | None = None
    bare: bool = False
    cue: int = -1


def noun_right(reading: Reading, start: int, over_numbers: bool = False) -> Noun:
    """The noun of a number, read from token `start` on: "nordkoreanische und andere Soldaten"."""
    row, words = reading.row, reading.grammar
    lists = wordlists.of(reading.language, "units")
    state: Cue | None = None
    bare, verb = True, False
    i = start
    while i < len(row) and i < start + _NOUN_REACH + (4 if over_numbers else 0):
        token = row[i]
        if over_numbers and i in reading.counted:
            i += 1
            continue
        hit = None if i in reading.counted else lists.at(reading.folded, token)
        cue = reading.cue_from(i)
        if hit and hit[0] in _TIME and _after_partitive(reading, start, i):
            break  # "14,999 of the same day"
        if hit and not (cue and cue.aspect in STATES and cue.last >= reading.token_at(hit[1], i)):
            return Noun(hit[0], reading.token_at(hit[1], i), state.aspect if state else None)
        if cue and cue.aspect in STATES and state is None and not verb:
            state, i = cue, cue.last + 1
            continue
        if token.word in words.them and i > start and _names(reading, i + 1):
            i += 1
            continue
        # Behind a verb a state is no noun of the number any more: "twelve received wounds".
        verb = verb or cue is not None
        if not _passable(reading, i, i == start, state is None):
            break
        bare = bare and (token.word in words.partitives | words.links or cue is not None)
        i += 1
    if state:
        return Noun(STATES[state.aspect], state.last, state.aspect, cue=state.first)
    return Noun(None, start - 1, bare=bare)


def _after_partitive(reading: Reading, start: int, i: int) -> bool:
    return any(reading.word(k) in reading.grammar.partitives for k in (i - 1, i - 2) if k >= start)


def _names(reading: Reading, i: int) -> bool:
    """Whether a noun of the tables stands at this token: "763 of them children"."""
    lists = wordlists.of(reading.language, "units")
    return i < len(reading.row) and lists.at(reading.folded, reading.row[i]) is not None


def _passable(reading: Reading, i: int, first: bool, plain: bool) -> bool:
    """Whether the noun may still follow after this token: adjectives, "and", "of the"."""
    token, words = reading.row[i], reading.grammar
    if token.kind == "number" or i in reading.counted:
        return False
    if token.kind == "mark":
        return token.word in _QUOTES or (token.word == "-" and not first)
    if token.word in words.partitives:
        return plain
    if token.word in words.conjunctions:
        return not first and plain
    if token.word in words.stops or token.word in words.them:
        return False
    # A German word with a capital is a noun, one that no table knows; names may go before one.
    return not reading.grammar.capital_nouns or not reading.capital(i) or reading.word(i + 1) == "-"


def noun_left(reading: Reading, first: int) -> str | None:
    """The unit of a noun left of a number, in its clause: "Zahl der Soldaten auf 10.000"."""
    lists = wordlists.of(reading.language, "units")
    groups = wordlists.of(reading.language, "left_units")
    low = max(reading.before(reading.hard, first), first - _LEFT_REACH, -1)
    near = first
    for i in range(first - 1, low, -1):
        if i in reading.counted:
            if near - i > 3:  # beyond the other end of "from 10 to 12 thousand" nothing is meant
                return None
            near = i
            continue
        token = reading.row[i]
        hit = groups.at(reading.folded, token) or lists.at(reading.folded, token)
        if token.kind == "word" and hit and hit[0] not in _NOT_LEFT:
            return hit[0]
    return None


def noun_of(reading: Reading, first: int) -> str | None:
    """The unit of a noun that the number belongs to: "a group of 2,600", "Kontingent von 500"."""
    if reading.word(first - 1) not in reading.grammar.partitives or first < 2:
        return None
    token = reading.row[first - 2]
    for section in ("left_units", "units"):
        hit = wordlists.of(reading.language, section).at(reading.folded, token)
        if hit and hit[0] not in _NOT_LEFT:
            return hit[0]
    cue = reading.cue_from(first - 2)
    return STATES.get(cue.aspect) if cue and cue.nominal else None


def antecedent(reading: Reading, first: int, found: str | None) -> str | None:
    """The last people, or things shot at or sent, named left of a number: what "five" means."""
    lists = wordlists.of(reading.language, "units")
    things = found in _OF_THINGS
    for i in range(first - 1, max(first - _FAR_REACH, 0) - 1, -1):
        token = reading.row[i]
        hit = lists.at(reading.folded, token) if token.kind == "word" else None
        if hit and (hit[0] in PERSONS) != things and hit[0] not in _NOT_LEFT | {"bodies"}:
            return hit[0]
    return None


def nothing_follows(reading: Reading, i: int) -> bool:
    """Whether no noun can stand at this token: the end, a mark, a word of grammar, a verb."""
    if i >= len(reading.row) or reading.row[i].kind != "word" or i in reading.counted:
        return True
    words = reading.grammar
    closed = words.stops | words.conjunctions | words.partitives
    return reading.word(i) in closed or reading.cue_from(i) is not None


def is_part(reading: Reading, last: int) -> bool:
    """Whether "of them", "davon", "з них" follows token `last`."""
    words = reading.grammar
    return reading.word(last + 1) in words.them or (
        reading.word(last + 1) in words.partitives and reading.word(last + 2) in words.them
    )


def unfit(unit: str | None) -> frozenset[str]:
    """The aspects that figures of a unit cannot have: tanks do not die, regions do not move."""
    if unit is None or unit in PERSONS or unit in ASPECT_OF_STATE or unit == "percent":
        return frozenset()
    return _ONLY_PERSONS | _MOVES if unit in _AREAS else _ONLY_PERSONS


def normalised(unit: str | None, found: str | None) -> tuple[str, str | None]:
    """Unit and aspect under the rule for people (see the module's head)."""
    if unit in ASPECT_OF_STATE and (unit != "prisoners" or found not in STATES):
        # Prisoners may be exchanged; the dead stay dead.
        keeps = unit in ("prisoners", "deserters") and found not in STATES and found is not None
        return str(unit), found if keeps else ASPECT_OF_STATE[str(unit)]
    if found in STATES and (unit is None or unit in PERSONS):
        return STATES[str(found)], found
    return unit or "other", found
