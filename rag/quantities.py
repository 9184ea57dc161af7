"""Figures in running text as intervals with unit and aspect, and how two of them compare.

"zwischen 10.000 und 12.000 Soldaten" is 10000 to 12000 soldiers; "mindestens 300 Tote" is 300 or
more killed; "mehrere Tausend" is 2000 to 9999 (at least two of the kind, below ten). "About" keeps
its number and is widened only when it is compared. Numbers that count nothing (dates, ordinals,
F-16, Article 5, ages) are left out. What nobody's table knows has the unit "other".
The rule for people (killed, wounded, prisoners …) stands in `rag.units`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from math import inf

from rag import antecedents, aspects, intervals, labels, number_words, tokens, units, wordlists
from rag.antecedents import Known
from rag.asking import asked
from rag.intervals import Interval
from rag.readings import Reading
from rag.schema import LANGUAGES, Qualifier, Quantity, Span
from rag.units import Noun

__all__ = ["asked", "comparable", "find", "relation", "same_unit"]

# "About" reaches this far to both sides (language study, section 5).
TOLERANCE = 0.1
# Earlier figures that may lend their noun to a later one.
_REMEMBERED = 7
# Units that name the same people or harm: "10,000 North Koreans" are soldiers, losses are killed
# and wounded unless somebody tells them apart.
_SAME_UNIT = (
    *(frozenset({unit, "people"}) for unit in ("soldiers", "inhabitants", "refugees")),
    frozenset({"losses", "killed_and_wounded"}),
)
# Who was sent is there; what nobody qualifies is meant so too. Plans and training are not.
_SAME_ASPECT = (
    frozenset({"sent", "present", None}),
    frozenset({"sent", "delivered", None}),
    frozenset({"controlled", None}),
    frozenset({"lost", "killed_and_wounded"}),
)
_BOUND = {"at_least": Qualifier.AT_LEAST, "at_most": Qualifier.AT_MOST, "about": Qualifier.ABOUT}


def find(span: Span, language: str) -> tuple[Quantity, ...]:
    """All figures of a span, in order, each with its words as a span of the article.

    A language that has no tables gives none.
    """
    found = _find(span.text, language) if language in LANGUAGES else ()
    return tuple(replace(q, span=_moved(q.span, span)) for q in found)


def _moved(local: Span, outer: Span) -> Span:
    return Span(outer.article_id, outer.start + local.start, outer.start + local.end, local.text)


# A sentence is asked for its figures by several stages: as claim, as content, for its terms.
@lru_cache(maxsize=2048)
def _find(text: str, language: str) -> tuple[Quantity, ...]:
    """The figures of a text, with local offsets."""
    folded = tokens.fold(text)
    if not number_words.vocabulary(language).occurs(folded):
        return ()
    span = Span("", 0, len(text), text)
    reading = Reading(text, folded, language)
    figures = intervals.find(reading)
    if not figures:
        return ()
    nouns = [_noun(reading, figure) for figure in figures]
    for i, (noun, following) in enumerate(zip(nouns, figures[1:], strict=False)):
        if noun is not None and following.first <= noun.last <= following.last:
            nouns[i] = Noun(None, figures[i].last)  # "10.000 … $ 20.000": the sign is the second's
    reading.owned = {n.cue: f.tail for f, n in zip(figures, nouns, strict=True) if n and n.cue >= 0}
    found: list[Quantity] = []
    known: list[Known] = []
    stops = [*(figure.first for figure in figures[1:]), len(reading.row)]
    for figure, noun, stop in zip(figures, nouns, stops, strict=True):
        quantity = _quantity(reading, figure, noun, known, span, stop) if noun else None
        if noun is not None and quantity is not None:
            found.append(quantity)
            last = max(figure.last, noun.last)
            part = antecedents.is_included(reading, figure)
            here = Known(figure.first, last, quantity.unit, quantity.aspect, part)
            known = [*known[-_REMEMBERED:], here]
    return tuple(found)


def comparable(a: Quantity, b: Quantity) -> bool:
    """Whether two figures count the same thing in the same respect.

    Killed soldiers are not compared with killed civilians, nor a part (officers, children) with
    a whole; an unknown unit is compared with nothing.
    """
    if not same_unit(a.unit, b.unit) or a.unit == "other":
        return False
    if a.aspect != b.aspect and not any({a.aspect, b.aspect} <= group for group in _SAME_ASPECT):
        return False
    one, two = units.group_of(a.span.text), units.group_of(b.span.text)
    if one in units.PARTS or two in units.PARTS:
        return one == two
    return one is None or two is None or one == two


def same_unit(a: str, b: str) -> bool:
    """Whether two unit keys may name the same thing: soldiers and people, losses and casualties."""
    return a == b or any({a, b} <= group for group in _SAME_UNIT)


def relation(a: Quantity, b: Quantity) -> str:
    """Equal intervals are "equal", overlapping ones "compatible", others in "conflict".

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


def _quantity(
    reading: Reading, figure: Interval, noun: Noun, known: Sequence[Known], span: Span, stop: int
) -> Quantity | None:
    """The figure with its noun; None where it counts nothing. `stop`: where the next one begins."""
    fraction = reading.numerals[figure.tail].fraction
    found = _aspect(reading, figure, noun)
    unit, lender = noun.unit, None
    if noun.cue >= 0 and noun.state in units.OF_ANYTHING:
        # "Hundreds of tanks are lost, 31 were captured": tanks, no prisoners
        unit, lender = antecedents.of_things(known) or (unit, None)
    if unit is None and not fraction and not _is_aside(reading, figure, noun):
        unit, lender = antecedents.find(reading, figure, noun, found, known)
    if found is None and lender is not None:
        found = antecedents.aspect(reading, figure, lender)
    elif found is None and unit is not None and unit not in units.NO_ASPECT | units.MONEY:
        found = antecedents.included(reading, figure, known)
        found = found or antecedents.gapped(reading, figure, known)
    if unit == "people" and found is None:
        # "Население Курска — 450 тысяч человек"
        left = antecedents.left_of(reading, figure.first)
        unit = left if left == "inhabitants" or left in units.ASPECT_OF_STATE else unit
    if _is_no_figure(reading, figure, (noun.unit, unit), found):
        return None
    if unit is None and not noun.bare and _is_oblique(reading, figure.first):
        found = None  # "for two nights people were killed"
    key, aspect = ("percent", found) if fraction else units.normalised(unit, found)
    if unit is None and not noun.bare and found in units.OF_ANYTHING and not fraction:
        key = "other"  # an unknown noun may be a thing: "12 captured launchers"
    last = max(figure.last, noun.last)
    if fraction or any(i in reading.counted for i in range(figure.last + 1, last + 1)):
        last = figure.last
    behind = intervals.qualifier_behind(reading, last) if last + 1 < stop else None
    kinds = (*figure.qualifiers, *((behind[0],) if behind else ()))
    start = reading.row[figure.first].start
    end = reading.row[last + (behind[1] if behind else 0)].end
    words = Span(span.article_id, span.start + start, span.start + end, span.text[start:end])
    if "at_most" not in kinds and _is_further(reading, figure, key, known):
        kinds = (*kinds, "at_least")
    low, high, qualifier = _bounds(figure, kinds)
    return Quantity(low, high, key, aspect, qualifier, words)


def _is_oblique(reading: Reading, first: int) -> bool:
    """Whether a figure tells where, when or how, not who or what: "in six workshops"."""
    return reading.word(first - 1) in reading.grammar.oblique


def _is_further(reading: Reading, figure: Interval, unit: str, known: Sequence[Known]) -> bool:
    """Whether a figure adds people to others in the same state: "two more died" is no total.

    In "7 killed, another 23 wounded" the word only goes on with a list.
    """
    beside = {reading.word(figure.first - 1), reading.word(figure.last + 1)}
    opened = reading.before(reading.hard, figure.first)
    listed = [one.unit for one in known if one.first > opened]
    alone = not listed or unit in listed
    return unit in units.ASPECT_OF_STATE and alone and bool(beside & reading.grammar.further)


def _aspect(reading: Reading, figure: Interval, noun: Noun) -> str | None:
    """What the clause says of a figure, or the state that its noun phrase names."""
    fraction = reading.numerals[figure.tail].fraction
    found = None
    whole = _is_whole(reading, figure) and not aspects.is_relative(reading, noun.last + 1)
    if aspects.is_total(reading, figure.first, figure.tail):
        return noun.state or noun.attribute or aspects.of_total(reading, noun.last)
    if not whole and not _is_aside(reading, figure, noun):
        unit = "percent" if fraction else noun.unit
        numerals = (figure.head, figure.tail)
        found = aspects.find(reading, numerals, (figure.first, noun.last), unit)
    if noun.cue >= 0:  # the noun is the state: "300 dead"; prisoners may be exchanged as well
        fixed = noun.state != "captured" or found is None or found in units.STATES
        return noun.state if fixed else found
    return noun.state if noun.state and found not in units.STATES else found or noun.attribute


def _bounds(
    figure: Interval, kinds: tuple[str, ...]
) -> tuple[float | None, float | None, Qualifier]:
    """The interval under its qualifiers: a bound outweighs "about"."""
    kind = next((k for k in ("at_least", "at_most", "about") if k in kinds), None)
    if kind == "at_least":
        return figure.low, None, Qualifier.AT_LEAST
    if kind == "at_most":
        return None, figure.high, Qualifier.AT_MOST
    if figure.vague:
        return figure.low, figure.high, Qualifier.VAGUE
    return figure.low, figure.high, _BOUND[kind] if kind else Qualifier.EXACT


def _is_whole(reading: Reading, figure: Interval) -> bool:
    """Whether a figure is what another is a part of: "a third of the 11,000 were killed"."""
    i = figure.first - 1
    while i >= 0 and reading.word(i) in reading.grammar.partitives:
        i -= 1
    return 0 <= i < figure.first - 1 and i in reading.counted


def _is_aside(reading: Reading, figure: Interval, noun: Noun) -> bool:
    """Whether a number stands alone in brackets: "286 killed and 1,388 injured (1,674)"."""
    alone = reading.word(figure.first - 1) == "(" and reading.word(figure.last + 1) == ")"
    return alone and noun.unit is None


def _noun(reading: Reading, figure: Interval) -> Noun | None:
    """The noun of a figure: currency, hyphened word, or what follows; None for ages, ordinals."""
    row, last = reading.row, figure.last
    table = wordlists.of(reading.language, "units")
    for i in range(figure.first, last):
        sign = table.at(reading.folded, row[i]) if i not in reading.counted else None
        if sign and sign[0] in units.MONEY:
            return Noun(sign[0], last)
    hyphen = reading.word(last + 1) == "-" and tokens.glued(row, last + 1)
    if hyphen and tokens.glued(row, last + 2) and row[last + 2].kind == "word":
        return _suffix(reading, figure)
    fraction = reading.numerals[figure.tail].fraction
    # "a third of the 11,000 soldiers", "300 of 4,000 soldiers": the whole lends its noun.
    part = fraction or (
        reading.word(last + 1) in reading.grammar.partitives
        and any(i in reading.counted for i in range(last + 2, last + 5))
    )
    noun = units.noun_right(reading, last + 1, over_numbers=part)
    if _is_oblique(reading, figure.first) and units.is_of_another(reading, last + 1, noun):
        return Noun(None, last)  # "in 12 workshops people were hurt"
    return Noun(None, last) if fraction and noun.cue >= 0 else noun


def _suffix(reading: Reading, figure: Interval) -> Noun | None:
    """What "30-day", "28-Punkte-Plan", "10-тысячный контингент" count; "24-Jährige", "3-й" none."""
    at = figure.last + 2
    kind = wordlists.of(reading.language, "suffixes").at(reading.folded, reading.row[at])
    if kind is None or kind[0] in ("age", "ordinal"):
        return None
    last = reading.token_at(kind[1], at)
    if kind[0] not in ("cardinal", "thousand", "plus"):
        return Noun(kind[0], last)
    if kind[0] == "plus":
        figure.qualifiers += ("at_least",)
    if kind[0] == "thousand":
        figure.low, figure.high = figure.low * 1000, figure.high * 1000
        group = wordlists.of(reading.language, "left_units").word(reading.word(last + 1))
        if group:
            return Noun(group, last + 1)
    return units.noun_right(reading, last + 1)


def _is_no_figure(
    reading: Reading, figure: Interval, counted: tuple[str | None, str | None], found: str | None
) -> bool:
    """Bare years, shares of something unknown, and labels of no list ("Expedition 13")."""
    own, unit = counted
    numeral = reading.numerals[figure.head]
    if own is None and labels.is_year(reading, numeral):
        return True
    if numeral.fraction:
        stop = reading.after(reading.commas, figure.last)
        said = reading.cues_between(figure.last + 1, stop)
        return own is None and (found in (None, "other") or not said)
    if unit is not None or found in units.STATES or figure.qualifiers:
        return False
    before = figure.first - 1
    word = reading.word(before)
    grown = word in reading.grammar.stops | reading.grammar.partitives
    opens = reading.grammar.verb.fullmatch(word) or reading.cue_from(before)
    grown = grown or (before == 0 and opens is not None)
    return labels.is_short(reading, numeral) and reading.capital(before) and not grown
