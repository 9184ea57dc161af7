"""Figures in running text as intervals with unit and aspect, and how two of them compare.

"zwischen 10.000 und 12.000 Soldaten" is 10000 to 12000 soldiers; "mindestens 300 Tote" is 300 or
more killed; "mehrere Tausend" is 2000 to 9999 (at least two of the kind, below ten). "About" keeps
its number and is widened only when it is compared. Numbers that count nothing (dates, ordinals,
F-16, Article 5, ages) are left out. What nobody's table knows has the unit "other".
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import inf
from typing import Any

from rag import labels, lexicon, numerals, units, wordlists
from rag.numerals import Numeral
from rag.schema import LANGUAGES, Qualifier, Quantity, Span
from rag.units import Noun, Reading

__all__ = ["asked", "comparable", "find", "relation", "same_unit"]

# "About" reaches this far to both sides (language study, section 5).
TOLERANCE = 0.1
# Units that name the same people or harm: "10,000 North Koreans" are soldiers, losses are killed
# and wounded unless somebody tells them apart.
_SAME_UNIT = (frozenset({"soldiers", "people"}), frozenset({"losses", "killed_and_wounded"}))
# Who was sent is there; what nobody qualifies is meant so too. Plans and training are not.
_SAME_ASPECT = (
    frozenset({"sent", "present", None}),
    frozenset({"controlled", "retaken", None}) - {"retaken"},
    frozenset({"lost", "killed_and_wounded"}),
    frozenset({"delivered", "sent", None}),
)
_BOUND = {"at_least": Qualifier.AT_LEAST, "at_most": Qualifier.AT_MOST, "about": Qualifier.ABOUT}
_QUALIFIERS_IN_A_ROW = 3
_DASHES = frozenset("-–—")
_MAX_RATIO = 100  # "10 to 12,000" is 10,000 to 12,000: no range is that wide


@dataclass(slots=True)
class _Figure:
    """A figure while it is read: its interval, its tokens, the numeral that carries its noun."""

    low: float
    high: float
    first: int
    last: int
    index: int
    vague: bool = False
    qualifiers: tuple[str, ...] = ()


def find(span: Span, language: str) -> tuple[Quantity, ...]:
    """All figures of a span, in order, each with its words as a span of the article.

    A language that has no tables gives none.
    """
    if language not in LANGUAGES:
        return ()
    folded = numerals.fold(span.text)
    if not numerals.vocabulary(language).occurs(folded):
        return ()
    reading = Reading(span.text, folded, language)
    found: list[Quantity] = []
    for figure in _figures(reading):
        if quantity := _quantity(reading, figure, span, found):
            found.append(quantity)
    return tuple(found)


def asked(text: str, language: str) -> tuple[str | None, str | None]:
    """Unit and aspect that a question asks for; (None, None) where it asks for no figure."""
    if language not in LANGUAGES:
        return None, None
    reading = Reading(text, numerals.fold(text), language)
    table = wordlists.of(language, "asking")
    hits = [(i, h) for i, t in enumerate(reading.row) if (h := table.at(reading.folded, t))]
    counts = [(i, h) for i, h in hits if h[0] == "count"]
    named = [(i, h) for i, h in hits if h[0] != "count"]
    if counts and (not named or counts[0][0] < named[0][0]):
        at, (_, end) = counts[0]
        unit, aspect = _asked_count(reading, at, reading.token_at(end, at))
        if unit or aspect or not named:
            return unit, aspect
    if named:
        at, (unit_name, end) = named[0]
        last = reading.token_at(end, at)
        found = units.in_windows(reading, ((last + 1, len(reading.row)), (0, at)))
        unit, aspect = units.normalised(unit_name, found)
        return unit, aspect
    return None, None


def comparable(a: Quantity, b: Quantity) -> bool:
    """Whether two figures count the same thing in the same respect.

    Killed soldiers are not compared with killed civilians, nor a part (officers, children) with
    a whole; an unknown unit is compared with nothing.
    """
    if not same_unit(a.unit, b.unit) or a.unit == "other":
        return False
    if a.aspect != b.aspect and not any({a.aspect, b.aspect} <= group for group in _SAME_ASPECT):
        return False
    return _same_group(_group(a), _group(b))


def same_unit(a: str, b: str) -> bool:
    """Whether two unit keys may name the same thing: soldiers and people, losses and casualties."""
    return a == b or any({a, b} <= group for group in _SAME_UNIT)


def relation(a: Quantity, b: Quantity) -> str:
    """ "equal", "compatible" (the intervals overlap) or "conflict" (they lie apart).

    "About" is widened by a tenth to both sides, an open end reaches to zero or without limit.
    Whether the two may be compared at all is for `comparable` to say.
    """
    if (a.low, a.high) == (b.low, b.high):
        return "equal"
    (a_low, a_high), (b_low, b_high) = _reach(a), _reach(b)
    return "compatible" if a_low <= b_high and b_low <= a_high else "conflict"


def _reach(quantity: Quantity) -> tuple[float, float]:
    low = 0.0 if quantity.low is None else quantity.low
    high = inf if quantity.high is None else quantity.high
    if quantity.qualifier is Qualifier.ABOUT:
        return low * (1 - TOLERANCE), high * (1 + TOLERANCE)
    return low, high


@cache
def _groups() -> tuple[tuple[str, wordlists.WordList], ...]:
    return tuple((language, wordlists.of(language, "units")) for language in LANGUAGES)


def _group(quantity: Quantity) -> str | None:
    """The kind of people that the words of a figure name, in whatever language they are."""
    folded = numerals.fold(quantity.span.text)
    for token in numerals.tokens(folded):
        for _, table in _groups():
            hit = table.at(folded, token) if token.kind == "word" else None
            if hit and hit[0] in units.PERSONS - {"people", "prisoners"}:
                return hit[0]
    return None


def _same_group(a: str | None, b: str | None) -> bool:
    parts = {"officers", "generals", "children", "engineers", "workers"}
    if a in parts or b in parts:
        return a == b
    return a is None or b is None or a == b


def _asked_count(reading: Reading, at: int, last: int) -> tuple[str | None, str | None]:
    """What "how many …" counts: its noun, or the state of those it asks about."""
    noun = units.noun_right(reading, last + 1, over_numbers=True)
    windows = ((noun.last + 1, len(reading.row)), (0, at))
    found = units.in_windows(reading, windows)
    if noun.state and (found not in units.STATES):
        found = noun.state
    if noun.unit is None:
        later = _noun_beyond(reading, last + 1)
        if found in units.STATES:
            return units.STATES[str(found)], found
        return later, found if later or found else None
    unit, aspect = units.normalised(noun.unit, found)
    return unit, aspect


def _noun_beyond(reading: Reading, start: int) -> str | None:
    """The first noun of the tables anywhere right of a token: "how many of them are soldiers"."""
    table = wordlists.of(reading.language, "units")
    for i in range(start, min(len(reading.row), start + 12)):
        token = reading.row[i]
        hit = table.at(reading.folded, token) if token.kind == "word" else None
        if hit and hit[0] in units.PERSONS:
            return hit[0]
    return None


@cache
def _table(language: str) -> dict[str, Any]:
    return lexicon.load("quantities", language)


def _figures(reading: Reading) -> list[_Figure]:
    """The numbers that count something, ranges joined, their qualifiers read."""
    dropped = labels.uncounted(reading)
    found: list[_Figure] = []
    index = 0
    while index < len(reading.numerals):
        if dropped[index]:
            index += 1
            continue
        joined = index + 1 < len(dropped) and not dropped[index + 1]
        figure = _range(reading, index) if joined else None
        if figure is None:
            n = reading.numerals[index]
            low = high = _elliptic(reading, index) if joined else n.low
            if n.low != n.high:
                low, high = n.low, n.high
            figure = _Figure(low, high, n.first, n.last, index, n.vague)
        index = figure.index + 1
        _read_qualifiers(reading, figure)
        found.append(figure)
    return found


def _range(reading: Reading, index: int) -> _Figure | None:
    """Numbers `index` and `index` + 1 as one range; None where they are two figures."""
    one, two = reading.numerals[index], reading.numerals[index + 1]
    if one.vague != two.vague or two.first - one.last > 5:
        return None
    gap = [reading.word(i) for i in range(one.last + 1, two.first)]
    opener, start = _opener(reading, one)
    join = _without_qualifiers(reading, gap)
    dash = len(gap) == 1 and gap[0] in _DASHES
    hanging = bool(join) and join[0] in _DASHES
    phrase = " ".join(join[1:] if hanging else join)
    pairs = [tuple(pair) for pair in _table(reading.language)["ranges"]["pairs"]]
    opened = (opener, phrase) in pairs and opener != ""
    loose = ("", phrase) in pairs
    if not (dash or opened or loose) or (opened and _changes(reading, one.first)):
        return None
    low, high = _scaled(one, two, dash or hanging or opened or loose), two.high
    if low >= high:
        return None
    if phrase in ("or", "oder", "або", "чи", "или") and high > 2 * low:
        return None  # "one or 300": no range
    return _Figure(low, high, start if opened else one.first, two.last, index + 1, one.vague)


def _elliptic(reading: Reading, index: int) -> float:
    """The value of a number that shares the multiplier of the next: "from 10 to 12 thousand"."""
    one, two = reading.numerals[index], reading.numerals[index + 1]
    gap = [reading.word(i) for i in range(one.last + 1, two.first)]
    pairs = _table(reading.language)["ranges"]["pairs"]
    joins = {join for _, join in pairs}
    return _scaled(one, two, True) if " ".join(gap) in joins and len(gap) <= 2 else one.low


def _scaled(one: Numeral, two: Numeral, joined: bool) -> float:
    factor = two.factor if two.factor >= 1000 else 1000.0 if two.high % 1000 == 0 else 1.0
    plain = one.factor == 1 and one.low < 1000 <= two.high
    worth = joined and plain and two.high / max(one.low, 0.01) >= _MAX_RATIO
    return one.low * factor if worth and one.low * factor <= two.high else one.low


def _opener(reading: Reading, one: Numeral) -> tuple[str, int]:
    """The word before a number and its qualifiers ("between"), and where the range begins."""
    first = one.first
    for _ in range(_QUALIFIERS_IN_A_ROW):
        hit = _qualifier_before(reading, first)
        if hit is None or _opens(reading, first - 1):
            break
        first -= hit[1]
    if _opens(reading, first - 1):
        return reading.word(first - 1), first - 1
    return "", one.first


def _opens(reading: Reading, i: int) -> bool:
    pairs = _table(reading.language)["ranges"]["pairs"]
    return any(opener and opener == reading.word(i) for opener, _ in pairs)


def _without_qualifiers(reading: Reading, gap: list[str]) -> list[str]:
    """The words between two numbers without "about" and the like before the second."""
    words = " ".join(gap)
    joins = {join for _, join in _table(reading.language)["ranges"]["pairs"]}
    if words in joins:
        return gap
    for phrases in _table(reading.language)["qualifiers"].values():
        for phrase in phrases:
            if words.endswith(" " + phrase):
                return words.removesuffix(" " + phrase).split()
    return gap


@cache
def _changing(language: str) -> wordlists.WordList:
    return wordlists.single(language, "change", "words")


def _changes(reading: Reading, first: int) -> bool:
    """Whether the clause says that a figure changed: "stieg von 800 auf 1.000"."""
    low = max(reading.before(reading.hard, first), first - 8, -1)
    return any(_changing(reading.language).word(reading.word(i)) for i in range(low + 1, first))


@cache
def _qualifiers(language: str) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Qualifiers by their last word, longest first: they are read leftwards from the number."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for kind, entries in _table(language)["qualifiers"].items():
        for entry in entries:
            words = tuple(t.word for t in numerals.tokens(numerals.fold(entry)))
            found.setdefault(words[-1], []).append((words, kind))
    for listed in found.values():
        listed.sort(key=lambda pair: -len(pair[0]))
    return found


@cache
def _governed(language: str) -> dict[str, wordlists.WordList]:
    """Words after which a would-be qualifier is a preposition of theirs."""
    table = _table(language)["not_qualifiers"]
    return {phrase: wordlists.WordList({"verb": words}) for phrase, words in table.items()}


def _qualifier_before(reading: Reading, first: int) -> tuple[str, int] | None:
    """Kind and length of the qualifier that ends before token `first`."""
    for words, kind in _qualifiers(reading.language).get(reading.word(first - 1), ()):
        low = first - len(words)
        if low < 0 or tuple(reading.word(low + k) for k in range(len(words))) != words:
            continue
        phrase = " ".join(words)
        verbs = _governed(reading.language).get(phrase)
        if verbs and verbs.word(reading.word(low - 1)):
            return None
        if phrase in _table(reading.language)["change"].get("cancels", ()):
            if _changes(reading, low):
                return None
        return kind, len(words)
    return None


def _read_qualifiers(reading: Reading, figure: _Figure) -> None:
    """Extend a figure over its qualifiers and its currency sign."""
    table = wordlists.of(reading.language, "units")
    sign = reading.row[figure.first - 1] if figure.first else None
    hit = table.at(reading.folded, sign) if sign else None
    if sign and hit and hit[0] in units.MONEY and hit[1] == sign.end:
        figure.first -= 1
    kinds: list[str] = []
    while len(kinds) < _QUALIFIERS_IN_A_ROW and (
        found := _qualifier_before(reading, figure.first)
    ):
        kinds.append(found[0])
        figure.first -= found[1]
    after = figure.last + 1
    if reading.word(after) == "+" and numerals.glued(reading.row, after):
        kinds.append("at_least")
        figure.last = after
    figure.qualifiers = tuple(kinds)


def _quantity(
    reading: Reading, figure: _Figure, span: Span, earlier: list[Quantity]
) -> Quantity | None:
    noun = _noun(reading, figure)
    if noun is None:
        return None
    found = units.aspect(reading, figure.index, noun.last)
    if noun.state and found not in units.STATES:
        found = noun.state
    unit = noun.unit or _unit_elsewhere(reading, figure, noun, found, earlier)
    numeral = reading.numerals[figure.index]
    if _is_no_figure(reading, figure, numeral, unit, found):
        return None
    key, aspect = units.normalised(unit, found)
    if numeral.fraction:
        key, aspect = "percent", found
    last = figure.last if numeral.fraction else max(figure.last, noun.last)
    return _made(reading, figure, (key, aspect), last, span)


def _made(
    reading: Reading, figure: _Figure, counted: tuple[str, str | None], last: int, span: Span
) -> Quantity:
    first, last, more = _after_qualifier(reading, figure.first, last)
    kinds = (*figure.qualifiers, *more)
    kind = next((k for k in ("at_least", "at_most", "about") if k in kinds), None)
    low: float | None = figure.low
    high: float | None = figure.high
    qualifier = _BOUND[kind] if kind else Qualifier.EXACT
    if kind == "at_least":
        high = None
    elif kind == "at_most":
        low = None
    elif figure.vague:
        qualifier = Qualifier.VAGUE
    start, end = reading.row[first].start, reading.row[last].end
    words = Span(span.article_id, span.start + start, span.start + end, span.text[start:end])
    return Quantity(low, high, counted[0], counted[1], qualifier, words)


def _after_qualifier(reading: Reading, first: int, last: int) -> tuple[int, int, tuple[str, ...]]:
    """ "300 oder mehr": a qualifier behind the figure moves its end."""
    for kind, entries in _table(reading.language)["after"].items():
        table = numerals.phrases((entry, kind) for entry in entries)
        if hit := numerals.phrase_at(reading.row, last + 1, table):
            return first, last + hit[1], (hit[0],)
    return first, last, ()


def _noun(reading: Reading, figure: _Figure) -> Noun | None:
    """The noun of a figure: currency, hyphened word, or what follows; None for ages, ordinals."""
    row, last = reading.row, figure.last
    table = wordlists.of(reading.language, "units")
    sign = table.at(reading.folded, row[figure.first]) if row[figure.first].kind != "number" else None
    for i in range(figure.first, last):
        sign = table.at(reading.folded, row[i]) if i not in reading.counted else None
        if sign and sign[0] in units.MONEY:
            return Noun(sign[0], last)
    hyphen = reading.word(last + 1) == "-" and numerals.glued(row, last + 1)
    if hyphen and numerals.glued(row, last + 2) and row[last + 2].kind == "word":
        return _suffix(reading, figure)
    return units.noun_right(reading, last + 1)


def _suffix(reading: Reading, figure: _Figure) -> Noun | None:
    """ "30-day", "28-Punkte-Plan", "10-тысячный контингент"; "24-Jährige" and "3-й" are none."""
    at = figure.last + 2
    kind = wordlists.of(reading.language, "suffixes").at(reading.folded, reading.row[at])
    if kind is None or kind[0] in ("age", "ordinal"):
        return None
    last = reading.token_at(kind[1], at)
    if kind[0] == "cardinal":
        return units.noun_right(reading, last + 1)
    if kind[0] == "thousand":
        figure.low, figure.high = figure.low * 1000, figure.high * 1000
        table = wordlists.of(reading.language, "left_units")
        group = table.word(reading.word(last + 1))
        return Noun(group, last + 1) if group else units.noun_right(reading, last + 1)
    return Noun(kind[0], last)


def _unit_elsewhere(
    reading: Reading, figure: _Figure, noun: Noun, found: str | None, earlier: list[Quantity]
) -> str | None:
    """The unit of a figure without a noun of its own: from the next figure, the state, the left."""
    last = figure.last
    them = reading.word(last + 1) in reading.grammar.them or (
        reading.word(last + 1) in reading.grammar.partitives
        and reading.word(last + 2) in reading.grammar.them
    )
    if found in units.STATES:
        return None
    if them:
        people = [q.unit for q in earlier if q.unit in units.PERSONS]
        return people[-1] if people else units.noun_left(reading, figure.first)
    if not (noun.bare and _nothing_follows(reading, last + 1)):
        return None
    following = reading.numerals[figure.index + 1 :]
    if following and following[0].first - last <= 5 and not following[0].fraction:
        shared = units.noun_right(reading, following[0].last + 1)
        between = range(last + 1, following[0].first)
        if shared.unit and not any(reading.word(i) in (".", ";") for i in between):
            return shared.unit
    return units.noun_left(reading, figure.first)


def _nothing_follows(reading: Reading, i: int) -> bool:
    """Whether no noun can follow at this token: the end, a mark, or a word of grammar."""
    if i >= len(reading.row) or reading.row[i].kind != "word":
        return True
    words = reading.grammar
    return (
        reading.word(i) in words.stops | words.conjunctions | words.partitives
        or reading.cue_from(i) is not None
        or i in reading.counted
    )


def _is_no_figure(
    reading: Reading, figure: _Figure, numeral: Numeral, unit: str | None, found: str | None
) -> bool:
    """Articles ("ein Soldat"), bare years, and labels that no list knows ("Expedition 13")."""
    if numeral.article and not figure.qualifiers:
        if reading.word(numeral.first) in _articles(reading.language):
            return unit not in units.ASPECT_OF_STATE
        counted = unit in units.PERSONS or unit in units.ASPECT_OF_STATE
        return not counted
    if numeral.fraction or unit is not None:
        return False
    if labels.is_year(reading, numeral) and found not in units.STATES:
        return True
    before = numeral.first - 1
    return (
        labels.is_short(reading, numeral)
        and not figure.qualifiers
        and reading.capital(before)
        and found not in units.STATES
    )


@cache
def _articles(language: str) -> frozenset[str]:
    return frozenset(_table(language)["lead"]["1"]) if "1" in _table(language)["lead"] else frozenset()
