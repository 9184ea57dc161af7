"""What a figure counts (unit) and what is said of it (aspect), read from its clause.

Tables: `lexicon/quantities.<language>.toml`. The rule for people: who died, was hurt, was taken
prisoner, went missing or was lost is counted in the unit of that state, whatever noun stands
beside the number. "1.000 Soldaten getötet", "300 of them killed" and "300 Tote" all have the unit
"killed" and the aspect "killed"; "killed and wounded" is a unit of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from rag import tokens, wordlists
from rag.readings import Cue, Reading
from rag.schema import LANGUAGES

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
# A part of a whole is compared only with the same part.
PARTS = frozenset({"officers", "generals", "children", "engineers", "workers"})
MONEY = frozenset(
    {"usd", "eur", "rub", "uah", "gbp", "krw", "crowns", "pln", "cny", "jpy", "lira", "francs"}
)
_TIME = frozenset({"minutes", "hours", "days", "weeks", "months", "years"})
# What a question may ask for in any of several units: "how much money", "how long".
_SURFACE = frozenset({"square_km", "square_miles", "square_metres", "hectares"})
_LENGTH = frozenset({"km", "metres", "centimetres", "millimetres", "miles"})
GROUPS = {
    "money": MONEY,
    "duration": _TIME,
    "square_km": _SURFACE,
    "length": _LENGTH,
    "extent": _LENGTH | _TIME,  # English "long" is of both
    "weight": frozenset({"tons", "kilograms"}),
    "speed": frozenset({"km_per_hour", "metres_per_second", "knots"}),
    "temperature": frozenset({"degrees"}),
    "age": frozenset({"years", "months"}),
    "frequency": frozenset({"times"}),
}
# What is asked with "by how much": a figure of whatever unit.
DIFFERENCE = "difference"
# Measures of time, length and number have no fate: "30 minutes before the launch".
NO_ASPECT = (
    _TIME
    | {"km", "metres", "millimetres", "miles", "degrees", "points", "times"}
    | {"percentage_points", "centimetres", "km_per_hour", "metres_per_second", "knots"}
)
# Nouns of place and measure beside a number are where or how long, not what is counted.
_PLACES = {"regions", "cities", "settlements", "countries", "houses", "units", "companies"}
_PLACES |= {"households", "schools", "hospitals"}
NOT_COUNTED_LEFT = NO_ASPECT | MONEY | _PLACES | {"percent"}
AREAS = frozenset({"square_km", "square_miles", "hectares", *_PLACES} - {"units"})
# Only people can die, be hurt or desert; they are not launched or handed over.
_ONLY_PERSONS = frozenset({"killed", "wounded", "killed_and_wounded", "deserted", "trained"})
_MOVES = frozenset({"sent", "present", "trained", "launched", "withdrawn"})
_NOT_PERSONS = frozenset({"launched", "downed", "delivered", "destroyed"})
# Money is planned, sent, delivered or lost.
_NOT_MONEY = _ONLY_PERSONS | {
    *("present", "launched", "withdrawn", "downed", "destroyed", "annihilated", "controlled"),
    *("retaken", "captured", "missing", "evacuated", "exchanged"),
}
# Things can be captured, lost or missing as well as people.
OF_ANYTHING = frozenset({"captured", "lost", "missing"})
_PARTICIPLES = ("te", "ten", "ter", "tes", "tem", "ene", "enen", "ener", "enes", "nde", "nden")
_QUOTES = frozenset("„“”«»\"'‚‘’")
# How far, in tokens, a noun may stand right of its number.
_NOUN_REACH = 6
_EXTENDED_REACH = 9


@dataclass(frozen=True, slots=True)
class Noun:
    """What was found right of a number: `last` is the index of the last token that belongs to it.

    `state` is an aspect that the phrase itself names ("300 wounded soldiers"); `cue` is the index
    of the token that is noun and state in one ("300 dead"), -1 elsewhere; `bare` says that no noun
    at all follows. `attribute` is another aspect that the phrase names ("14,000 sent soldiers").
    """

    unit: str | None
    last: int
    state: str | None = None
    bare: bool = False
    cue: int = -1
    attribute: str | None = None


def noun_right(reading: Reading, start: int, over_numbers: bool = False) -> Noun:
    """The noun of a number, read from token `start` on: "nordkoreanische und andere Soldaten"."""
    row, words = reading.row, reading.grammar
    lists = wordlists.of(reading.language, "units")
    state: Cue | None = None
    attribute: str | None = None
    bare, verb = True, False
    i = start
    while i < len(row) and i < start + _NOUN_REACH + (4 if over_numbers else 0):
        token = row[i]
        passed = i in reading.skipped or (over_numbers and i in reading.counted)
        passed = passed or (i == start and token.word in words.further)  # "100 more soldiers"
        if passed or (token.word in words.them and i > start and _names(reading, i + 1)):
            i += 1
            continue
        hit = None if i in reading.counted else lists.at(reading.folded, token)
        cue = reading.cue_from(i)
        if hit and hit[0] in _TIME and _is_date(reading, start, i):
            break  # "14,999 of the same day", "from 20,000 last year"
        if hit and not (cue and cue.aspect in STATES and cue.last >= reading.token_at(hit[1], i)):
            named = state.aspect if state else None
            return Noun(hit[0], reading.token_at(hit[1], i), named, attribute=attribute)
        if cue and cue.aspect in STATES and state is None and not verb:
            state, i = cue, cue.last + 1
            if not words.is_predicate(token.word):
                continue
            break  # "31 are captured by Ukrainians"
        # Behind a verb a state is no noun of the number any more: "twelve received wounds".
        verb = verb or cue is not None
        attribute = attribute or _attribute(reading, i, start)
        if attribute and i == start and (phrase := _beyond(reading, i + 1)):
            return Noun(*phrase, attribute=attribute)
        if not _passable(reading, i, i == start, state is None):
            bare = bare and not (words.capital_nouns and i == start and reading.capital(i))
            break
        bare = bare and not _may_be_noun(reading, i, cue is not None)
        i += 1
    if i == start and state is None and (extended := _extended(reading, start)):
        return extended
    if state:
        return Noun(STATES[state.aspect], state.last, state.aspect, cue=state.first)
    return Noun(None, start - 1, bare=bare)


def is_of_another(reading: Reading, start: int, noun: Noun) -> bool:
    """Whether a plural that no table knows stands between a number and the noun found for it.

    It is what the number counts: "in 12 workshops people were hurt".
    """
    form = reading.grammar.plural
    head = noun.last if noun.cue < 0 else noun.cue
    lists = wordlists.of(reading.language, "units")
    return form is not None and any(
        form.fullmatch(reading.word(i))
        and not reading.capital(i)
        and lists.at(reading.folded, reading.row[i]) is None
        for i in range(start, head)
    )


def _attribute(reading: Reading, i: int, start: int) -> str | None:
    """The aspect of a participle directly behind a number: "14,000 sent soldiers"."""
    form, cue = reading.grammar.attribute, reading.cue_from(i)
    fits = i == start and form is not None and form.fullmatch(reading.word(i)) is not None
    return cue.aspect if cue and fits else None


def _may_be_noun(reading: Reading, i: int, is_cue: bool) -> bool:
    """Whether a word behind a number may be the noun that it counts, though no table has it."""
    token, words = reading.row[i], reading.grammar
    if is_cue or token.kind != "word" or token.word in words.partitives | words.links:
        return False
    if words.capital_nouns:
        return reading.capital(i)
    return words.noun is None or words.noun.fullmatch(token.word) is not None


def _extended(reading: Reading, start: int) -> Noun | None:
    """As in German "105 in der Nacht gestartete Drohnen": phrase, participle, noun."""
    words = reading.grammar
    if not words.capital_nouns or reading.word(start) not in words.stops:
        return None
    lists = wordlists.of(reading.language, "units")
    for i in range(start + 1, min(start + _EXTENDED_REACH, len(reading.row) - 1)):
        token, following = reading.row[i], reading.row[i + 1]
        if token.kind != "word" or i in reading.counted:
            return None
        if reading.capital(i) or not token.word.endswith(_PARTICIPLES):
            continue
        if reading.capital(i + 1) and (hit := lists.at(reading.folded, following)):
            cue = reading.cue_from(i)
            last = reading.token_at(hit[1], i + 1)
            said = cue.aspect if cue else None
            state = said if said in STATES else None
            return Noun(hit[0], last, state, attribute=said)
    return None


def _beyond(reading: Reading, start: int) -> tuple[str, int] | None:
    """Unit and last token of the noun behind a participle and what belongs to it.

    As in Russian "92 сбитых за ночь беспилотника".
    """
    lists = wordlists.of(reading.language, "units")
    if reading.word(start) not in reading.grammar.stops:
        return None
    for i in range(start, min(start + _NOUN_REACH, len(reading.row))):
        token = reading.row[i]
        if token.kind != "word" or i in reading.counted or reading.cue_from(i):
            return None
        hit = lists.at(reading.folded, token)
        if hit and hit[0] not in _TIME:
            return hit[0], reading.token_at(hit[1], i)
    return None


def _is_date(reading: Reading, start: int, i: int) -> bool:
    if i > start and reading.grammar.shifts.fullmatch(reading.word(i - 1)):
        return True
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
    if token.word in words.stops or token.word in words.them or token.word in words.singular:
        return False
    # A German word with a capital is a noun, one that no table knows; names may go before one.
    return not reading.grammar.capital_nouns or not reading.capital(i) or reading.word(i + 1) == "-"


def unfit(unit: str | None) -> frozenset[str]:
    """The aspects that figures of a unit cannot have: tanks do not die, regions do not move."""
    if unit in MONEY:
        return _NOT_MONEY
    if unit in PERSONS or unit in ASPECT_OF_STATE:
        return _NOT_PERSONS
    if unit is None or unit == "percent":
        return frozenset()
    return _ONLY_PERSONS | _MOVES if unit in AREAS else _ONLY_PERSONS


def normalised(unit: str | None, found: str | None) -> tuple[str, str | None]:
    """Unit and aspect under the rule for people (see the module's head)."""
    if found == "annihilated":  # people are killed, things are destroyed
        found = "killed" if unit is None or unit in PERSONS else "destroyed"
    if found == "other":
        found = None
    if unit in ASPECT_OF_STATE and (unit != "prisoners" or found not in STATES):
        # Prisoners may be exchanged; the dead stay dead.
        keeps = unit in ("prisoners", "deserters") and found not in STATES and found is not None
        return str(unit), found if keeps else ASPECT_OF_STATE[str(unit)]
    if found in STATES and (unit is None or unit in PERSONS):
        return STATES[str(found)], found
    if unit is None and found == "evacuated":
        unit = "people"  # "400 эвакуированных"
    return unit or "other", found


def group_of(words: str) -> str | None:
    """The kind of people that the words of a figure name, in whatever language they are."""
    folded = tokens.fold(words)
    for token in tokens.tokens(folded):
        for language in LANGUAGES if token.kind == "word" else ():
            hit = wordlists.of(language, "units").at(folded, token)
            hit = hit or wordlists.of(language, "groups").at(folded, token)
            if hit and hit[0] in PERSONS - {"people", "prisoners"}:
                return hit[0]
    return None
