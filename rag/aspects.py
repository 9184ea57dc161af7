"""What is said of a figure (sent, killed, planned …), read from the verbs of its clause.

The cue words stand in `lexicon/quantities.<language>.toml`, section `aspects`.
"""

from __future__ import annotations

from rag import units, wordlists
from rag.readings import Cue, Reading

# How far, in tokens, a verb may stand from its noun, and a noun ("losses") from a number.
_VERB_REACH = 25
_NOMINAL_REACH = 2
_LISTED = 6  # figures of one list


def find(
    reading: Reading, pair: tuple[int, int], tokens: tuple[int, int], unit: str | None
) -> str | None:
    """What is said of a figure, given its first and last numeral, first and last token, and unit.

    The verb is looked for right of the noun up to the next comma, conjunction or number, then
    left of the number in its clause, then further right and left; beyond another number only
    where the two are listed together ("500 officers and 3 generals were killed").
    """
    if unit in units.NO_ASPECT:
        return None
    (head, tail), (first, last) = pair, tokens
    after = _next(reading, tail, last)
    before = reading.numerals[head - 1].last if head else -1
    near = min(reading.after(reading.soft, last), after)
    comma = reading.before(reading.commas, first)
    listed = before < 0 or is_part(reading, last)
    listed = listed or _coordinated(reading, _noun(reading, head - 1)[1], first, before)
    # What is listed with a figure shares its verb: "fired 120 missiles and 90 drones".
    clause = comma if listed and before > comma else max(comma, before)
    far = min(reading.after(reading.hard, last), last + _VERB_REACH)
    if after < far and not _coordinated(reading, last, after, first):
        far = _own_end(reading, last, after)
    far = min(far, _of_another(reading, last, far))
    near = min(near, far)
    back = max(reading.before(reading.hard, first), first - _VERB_REACH)
    if not listed:
        back = max(back, before)
        # "3,000 recruits are trained, the rest, 1,500 men, …": nothing is said of the rest.
        rest = wordlists.single(reading.language, "grammar", "rest")
        apart = reading.grammar.stops - reading.grammar.links
        phrase = any(reading.word(i) in apart for i in range(clause + 1, first))
        if phrase or any(rest.word(reading.word(i)) for i in range(before + 1, first)):
            back = max(back, clause)
    if reading.word(first - 1) == "(":
        far = near  # what stands in brackets is said of what stands before them
    relative = _relative_end(reading, near, last)
    windows = ((last + 1, near), (clause + 1, first), (relative, far), (back + 1, first))
    if before >= 0 and _is_own_clause(reading, comma, first, (last + 1, near)):
        windows = (windows[0], (comma + 1, first), windows[2], (comma + 1, first))
    if _is_part_of_whole(reading, head, last):
        # "64 of the 88 drones that Russia launched": the launch is said of the 88
        stop = reading.after(reading.commas, last)
        windows = ((stop, stop), (clause + 1, first), (stop, far), (back + 1, first))
    return in_windows(reading, windows, tail, units.unfit(unit), unit is None)


def _own_end(reading: Reading, last: int, after: int) -> int:
    """Where a figure's clause ends before the next figure: a verb right before that is its own.

    As in "Погибли, по данным штаба, два человека, ранены 14".
    """
    for cue in reversed(reading.cues_between(last + 1, after)):
        between = [reading.word(i) for i in range(cue.last + 1, after)]
        apart = reading.before(reading.commas, cue.first) > last
        return cue.first if apart and reading.grammar.links.issuperset(between) else after
    return after


def _of_another(reading: Reading, last: int, end: int) -> int:
    """Where a clause about something else begins: "do not make up for what Russia is losing"."""
    words = reading.grammar.free_relatives
    for i in range(last + 1, end):
        set_off = reading.language == "en" or "," in (reading.word(i - 1), reading.word(i + 1))
        if reading.word(i) in words and set_off:
            return i
    return end


def is_total(reading: Reading, first: int, tail: int) -> bool:
    """Whether a figure is what later ones are a part of: "Of the 400 recruits …, 30 deserted"."""
    words = reading.grammar
    i = first - 1
    while i >= 0 and reading.word(i) in words.partitives:
        i -= 1
    starts = i < first - 1 and (i < 0 or reading.row[i].kind != "word")
    later = reading.numerals[tail + 1].first if tail + 1 < len(reading.numerals) else None
    return starts and later is not None and later < reading.after(reading.hard, first)


def of_total(reading: Reading, last: int) -> str | None:
    """What a participle or a relative clause right behind the noun says: "sent to Kursk"."""
    cue = reading.cue_from(last + 1)
    if cue is None and is_relative(reading, last + 1):
        start = last + 2 + (reading.word(last + 1) == ",")
        cues = reading.cues_between(start, reading.after(reading.commas, start))
        cue = cues[0] if cues else None
    return cue.aspect if cue else None


def _is_part_of_whole(reading: Reading, head: int, last: int) -> bool:
    """Whether another number stands in the noun phrase, and a relative clause follows it."""
    inner = any(i in reading.counted for i in range(reading.numerals[head].last + 1, last + 1))
    return inner and is_relative(reading, last + 1)


def is_relative(reading: Reading, i: int) -> bool:
    """Whether a relative clause, or a participle that stands for one, begins at a token."""
    word = reading.word(i + 1) if reading.word(i) == "," else reading.word(i)
    return word in reading.grammar.relatives


def _is_own_clause(reading: Reading, comma: int, first: int, right: tuple[int, int]) -> bool:
    """Whether a comma or the like opens a clause whose verb stands right of the number.

    "Three died, seven people got to hospital": nothing of the first clause is said of the seven.
    """
    words = reading.grammar
    opened = comma >= 0 and all(reading.word(i) in words.links for i in range(comma + 1, first))
    return opened and any(
        words.verb.fullmatch(reading.word(i)) and not reading.capital(i) for i in range(*right)
    )


def _relative_end(reading: Reading, comma: int, last: int) -> int:
    """Where to read on behind a comma: a relative clause about one other thing is passed over.

    "12 engineers of the regiment, which returned": nothing is said of the engineers.
    """
    if reading.word(comma) != "," or comma == last + 1:
        return comma
    if reading.word(comma + 1) not in reading.grammar.singular:
        return comma
    return reading.after(reading.commas, comma)


def is_part(reading: Reading, last: int) -> bool:
    """Whether "of them", "davon", "з них" follows token `last`."""
    words = reading.grammar
    return reading.word(last + 1) in words.them or (
        reading.word(last + 1) in words.partitives and reading.word(last + 2) in words.them
    )


def in_windows(
    reading: Reading,
    windows: tuple[tuple[int, int], ...],
    own: int = -1,
    without: frozenset[str] = frozenset(),
    bare: bool = False,
) -> str | None:
    """The aspect of the first cue in the windows; those at an odd place are read backwards.

    A plan ("will", "soll") turns what is done into something planned; it does not make the dead so.
    """
    low, high = windows[-1]
    low = max(low, reading.before(reading.commas, high) + 1)
    # A modal verb left of the number governs the participle right of it.
    plan = any(
        cue.aspect == "planned" and _real_plan(reading, cue, windows[0][1])
        for cue in reading.cues_between(low, high, own)
    )
    for k, (low, high) in enumerate(windows):
        cues = reading.cues_between(low, high, own)
        here = any(c.aspect == "planned" and _real_plan(reading, c, high) for c in cues)
        done = [
            cue
            for cue in cues
            if cue.aspect != "planned"
            and cue.aspect not in without
            and not (own >= 0 and _elsewhere(reading, cue, k % 2 == 1, windows, own))
        ]
        if done:
            found = _strongest(reading, done, k % 2 == 1, bare)
            return "planned" if (plan or here) and found not in units.STATES else found
        if here:
            return "planned"
    return None


def _strongest(reading: Reading, cues: list[Cue], left: bool, bare: bool) -> str:
    """The aspect next to the number; "remain missing" is missing, "are already trained" trained."""
    first, *rest = cues[::-1] if left else cues
    if rest and first.aspect == "present" and reading.word(first.first) in reading.grammar.stops:
        return rest[0].aspect
    if first.aspect not in ("present", "other", "controlled"):
        return first.aspect
    reach = _VERB_REACH if bare and left else 2
    states = (c for c in rest if c.aspect in units.STATES and _gap(first, c) <= reach)
    state = next(states, None)
    return state.aspect if state else first.aspect


def _gap(one: Cue, other: Cue) -> int:
    """The tokens from one cue to another."""
    return min(abs(other.first - one.last), abs(one.first - other.last))


def _elsewhere(
    reading: Reading, cue: Cue, left: bool, windows: tuple[tuple[int, int], ...], own: int
) -> bool:
    """Whether a cue speaks of something else: a noun far off, the purpose of what was done."""
    if left:
        stop = reading.before(reading.soft, _list_start(reading, own, windows[1][1]))
        return cue.nominal and stop > cue.last
    if reading.word(cue.first - 1) in reading.grammar.purpose:
        return True  # "sent 10,000 soldiers to train"
    return cue.attributive or (cue.nominal and cue.first - windows[0][0] > _NOMINAL_REACH)


def _list_start(reading: Reading, own: int, first: int) -> int:
    """Where the list begins that a figure is in: "the loss of three jets and eleven soldiers"."""
    for index in range(own - 1, max(own - _LISTED, -1), -1):
        numeral = reading.numerals[index]
        if numeral.last >= first or not _coordinated(
            reading, _noun(reading, index)[1], first, numeral.last
        ):
            break
        first = numeral.first
    return first


def _real_plan(reading: Reading, cue: Cue, end: int) -> bool:
    """Not "soll … geschickt haben", "may have sent": these tell the past by hearsay."""
    high = min(end, cue.last + _VERB_REACH, len(reading.row))
    return not any(reading.word(i) in reading.grammar.perfect for i in range(cue.last + 1, high))


def _noun(reading: Reading, index: int) -> tuple[str | None, int]:
    """Unit and last token of a numeral's noun, read once."""
    if index not in reading.nouns:
        noun = units.noun_right(reading, reading.numerals[index].last + 1)
        reading.nouns[index] = (noun.unit, noun.last)
    return reading.nouns[index]


def _next(reading: Reading, tail: int, last: int) -> int:
    """Where the next figure begins; a measure ("15 km from Sudzha") does not end the clause."""
    for index in range(tail + 1, min(tail + 5, len(reading.numerals))):
        first = reading.numerals[index].first
        if first > last and _noun(reading, index)[0] not in units.NO_ASPECT:
            return first
    return len(reading.row)


def _coordinated(reading: Reading, left: int, right: int, first: int) -> bool:
    """Whether only "and", a comma or a qualifier stands between a noun and the next number."""
    opens = first < 2 or reading.row[first - 2].kind != "word"
    if opens and reading.word(first - 1) in reading.grammar.partitives:
        return False  # "Of 12,000 soldiers, 4,000 were killed"
    between = [reading.word(i) for i in range(left + 1, right)]
    words = reading.grammar
    return (
        0 < len(between) <= 4
        and not words.separators.isdisjoint(between)
        and (words.stops - words.links).isdisjoint(between)
        and not reading.cues_between(left + 1, right)
    )
