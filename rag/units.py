"""What a figure counts (unit) and what is said of it (aspect), read from its clause.

Tables: `lexicon/quantities.<language>.toml`. The rule for people: who died, was hurt, was taken
prisoner, went missing or was lost is counted in the unit of that state, whatever noun stands
beside the number. "1.000 Soldaten getötet", "300 of them killed" and "300 Tote" all have the unit
"killed" and the aspect "killed"; "killed and wounded" is a unit of its own.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache

from rag import lexicon, numerals, wordlists
from rag.numerals import Numeral, Token

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
    "soldiers officers generals mercenaries volunteers workers engineers civilians children"
    " people inhabitants victims refugees prisoners".split()
)
MONEY = frozenset("usd eur rub uah gbp krw".split())
# A plan makes these something to come; it does not make the dead so.
_PLANNABLE = frozenset({None, "sent", "present", "trained", "delivered", "withdrawn"})
_COMMA = frozenset({",", "–", "—"})
_HARD = frozenset({".", ";", ":", "!", "?", "(", ")", "\n"})
_QUOTES = frozenset("„“”«»\"'‚‘’")
# How far, in tokens, a noun may stand from its number, and a verb from its noun.
_NOUN_REACH = 6
_VERB_REACH = 25


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that say what happens to the counted: indices of first and last token, aspect."""

    first: int
    last: int
    aspect: str


@dataclass(frozen=True, slots=True)
class Noun:
    """What was found right of a number: `last` is the index of the last token that belongs to it.

    `state` is an aspect that the phrase itself names ("300 wounded soldiers"); `bare` says that
    no noun at all follows.
    """

    unit: str | None
    last: int
    state: str | None = None
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Grammar:
    """The closed words of a language that steer the reading."""

    conjunctions: frozenset[str]
    partitives: frozenset[str]
    them: frozenset[str]
    stops: frozenset[str]
    perfect: frozenset[str]


@cache
def grammar(language: str) -> Grammar:
    """The closed words of a language."""
    table = lexicon.load("quantities", language)
    lists = (
        frozenset(table["grammar"][key].split())
        for key in ("conjunctions", "partitives", "them", "stops")
    )
    return Grammar(*lists, frozenset(table["perfect"]["words"]))


class Reading:
    """A text read once for all its figures: tokens, numbers, cues and the marks between clauses."""

    def __init__(self, text: str, folded: str, language: str) -> None:
        self.text = text
        self.folded = folded
        self.language = language
        self.row: list[Token] = numerals.tokens(folded)
        self.numerals: list[Numeral] = numerals.find(self.row, language)
        self.grammar = grammar(language)
        self.counted = {k for n in self.numerals for k in range(n.first, n.last + 1)}
        self.cues = self._merged(self._cues())
        self._cue_starts = [cue.first for cue in self.cues]
        self._by_start = {cue.first: cue for cue in self.cues}
        conjunctions = self.grammar.conjunctions
        self.hard = [i for i, t in enumerate(self.row) if t.word in _HARD]
        self.commas = [i for i, t in enumerate(self.row) if t.word in _HARD or t.word in _COMMA]
        self.soft = [
            i
            for i, t in enumerate(self.row)
            if t.word in _HARD or t.word in _COMMA or t.word in conjunctions
        ]

    def word(self, i: int) -> str:
        """The folded word of a token, "" outside the text."""
        return self.row[i].word if 0 <= i < len(self.row) else ""

    def capital(self, i: int) -> bool:
        """Whether a token begins with a capital letter."""
        return 0 <= i < len(self.row) and self.text[self.row[i].start].isupper()

    def token_at(self, offset: int, start: int) -> int:
        """The index of the last token, from `start` on, that begins before an offset."""
        i = start
        while i + 1 < len(self.row) and self.row[i + 1].start < offset:
            i += 1
        return i

    def _cues(self) -> list[Cue]:
        aspects = wordlists.of(self.language, "aspects")
        found: list[Cue] = []
        for i, token in enumerate(self.row):
            if token.kind != "word" or (found and i <= found[-1].last):
                continue
            if hit := aspects.at(self.folded, token):
                found.append(Cue(i, self.token_at(hit[1], i), hit[0]))
        return found

    def _merged(self, found: list[Cue]) -> list[Cue]:
        """"killed and wounded" becomes one cue where no number stands between the two."""
        merged: list[Cue] = []
        both = {"killed", "wounded"}
        for cue in found:
            last = merged[-1] if merged else None
            if last and {last.aspect, cue.aspect} == both and self._listed(last.last, cue.first):
                merged[-1] = Cue(last.first, cue.last, "killed_and_wounded")
            else:
                merged.append(cue)
        return merged

    def _listed(self, left: int, right: int) -> bool:
        between = [self.row[k].word for k in range(left + 1, min(right, left + 4))]
        links = self.grammar.conjunctions | {"/", ","}
        return right - left <= 3 and bool(between) and all(word in links for word in between)

    def cue_from(self, i: int) -> Cue | None:
        """The cue that starts at a token."""
        return self._by_start.get(i)

    def cues_between(self, first: int, end: int) -> list[Cue]:
        """The cues that start at tokens `first` to `end` - 1."""
        low = bisect_left(self._cue_starts, first)
        return self.cues[low : bisect_left(self._cue_starts, max(first, end))]

    def after(self, marks: list[int], i: int) -> int:
        """The first of the marks right of token `i`, or the number of tokens."""
        at = bisect_right(marks, i)
        return marks[at] if at < len(marks) else len(self.row)

    def before(self, marks: list[int], i: int) -> int:
        """The last of the marks left of token `i`, or -1."""
        at = bisect_left(marks, i)
        return marks[at - 1] if at else -1


def noun_right(reading: Reading, start: int, over_numbers: bool = False) -> Noun:
    """The noun of a number, read from token `start` on: "nordkoreanische und andere Soldaten"."""
    row, words = reading.row, reading.grammar
    lists = wordlists.of(reading.language, "units")
    state: Cue | None = None
    bare = True
    i = start
    while i < len(row) and i < start + _NOUN_REACH + (4 if over_numbers else 0):
        token = row[i]
        if over_numbers and i in reading.counted:
            i += 1
            continue
        hit = None if i in reading.counted else lists.at(reading.folded, token)
        cue = reading.cue_from(i)
        if hit and not (cue and cue.aspect in STATES and cue.last >= reading.token_at(hit[1], i)):
            return Noun(hit[0], reading.token_at(hit[1], i), state.aspect if state else None)
        if cue and cue.aspect in STATES and state is None:
            state, i = cue, cue.last + 1
            continue
        if not _passable(reading, i, i == start, state is None):
            break
        bare = bare and token.word in words.partitives
        i += 1
    if state:
        return Noun(STATES[state.aspect], state.last, state.aspect)
    return Noun(None, start - 1, bare=bare)


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
    return reading.language != "de" or not reading.capital(i) or reading.word(i + 1) == "-"


def noun_left(reading: Reading, first: int) -> str | None:
    """The unit of a noun left of a number, in its clause: "Zahl der Soldaten auf 10.000"."""
    units = wordlists.of(reading.language, "units")
    groups = wordlists.of(reading.language, "left_units")
    low = max(reading.before(reading.hard, first), first - 10, -1)
    for i in range(first - 1, low, -1):
        if i in reading.counted:
            return None
        token = reading.row[i]
        if token.kind != "word":
            continue
        found = groups.at(reading.folded, token) or units.at(reading.folded, token)
        if found and found[0] not in MONEY:
            return found[0]
    return None


def aspect(reading: Reading, index: int, last: int) -> str | None:
    """What is said of numeral `index` whose noun ends at token `last`.

    The verb is looked for right of the noun up to the next comma, conjunction or number, then
    left of the number in its clause, then further right and left; beyond another number only
    where the two are listed together ("500 officers and 3 generals were killed").
    """
    numeral = reading.numerals[index]
    first = numeral.first
    following = reading.numerals[index + 1 :]
    after = next((n.first for n in following[:4] if n.first > last), len(reading.row))
    before = reading.numerals[index - 1].last if index else -1
    near = min(reading.after(reading.soft, last), after)
    clause = max(reading.before(reading.commas, first), before)
    far = min(reading.after(reading.hard, last), last + _VERB_REACH)
    if after < far and not _coordinated(reading, last, after, first):
        far = after
    back = max(reading.before(reading.hard, first), first - _VERB_REACH)
    if before > back and not _coordinated(reading, before, first, before):
        back = before
    return in_windows(reading, ((last + 1, near), (clause + 1, first), (near, far), (back + 1, first)))


def in_windows(reading: Reading, windows: tuple[tuple[int, int], ...]) -> str | None:
    """The aspect of the first cue in the windows; those at an odd place are read backwards."""
    plan = False
    for k, (low, high) in enumerate(windows):
        cues = reading.cues_between(low, high)
        plan = plan or any(c.aspect == "planned" and _real_plan(reading, c, high) for c in cues)
        cues = [cue for cue in cues if cue.aspect != "planned"]
        if not cues:
            continue
        found = cues[-1 if k % 2 else 0].aspect
        # A modal verb left of the number governs the participle right of it.
        left = reading.cues_between(*windows[1]) if len(windows) > 1 else []
        plan = plan or any(
            c.aspect == "planned" and _real_plan(reading, c, high) for c in left
        )
        return "planned" if plan and found in _PLANNABLE else found
    return "planned" if plan else None


def _real_plan(reading: Reading, cue: Cue, end: int) -> bool:
    """Not "soll … geschickt haben", "may have sent": these tell the past by hearsay."""
    high = min(end, cue.last + _VERB_REACH, len(reading.row))
    return not any(reading.word(i) in reading.grammar.perfect for i in range(cue.last + 1, high))


def _coordinated(reading: Reading, left: int, right: int, first: int) -> bool:
    """Whether only "and", a comma or a qualifier stands between a noun and the next number."""
    if reading.word(first - 1) in reading.grammar.partitives:
        return False  # "Of 12,000 soldiers, 4,000 were killed"
    between = [reading.word(i) for i in range(left + 1, right)]
    if not between or len(between) > 4:
        return False
    links = reading.grammar.conjunctions | {",", "/"}
    return any(word in links for word in between) and not any(
        reading.cue_from(i) for i in range(left + 1, right)
    )


def normalised(unit: str | None, found: str | None) -> tuple[str, str | None]:
    """Unit and aspect under the rule for people (see the module's head)."""
    if unit in ASPECT_OF_STATE and (unit != "prisoners" or found not in STATES):
        # Prisoners may be exchanged; the dead stay dead.
        keeps = unit in ("prisoners", "deserters") and found not in STATES and found is not None
        return str(unit), found if keeps else ASPECT_OF_STATE[str(unit)]
    if found in STATES and (unit is None or unit in PERSONS):
        return STATES[str(found)], found
    return unit or "other", found
