"""Which figures of a claim answer a question, and how well.

A question may ask for several ("how many were killed, and how many wounded"), or for a part ("how
many children"). A figure answers fully where it counts what is asked, less where it counts a kind
of it or where it stands without a noun, as a number does whose noun the sentence before has given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rag import asking, quantities, readings, tagging, tokens, units, wordlists
from rag.relevance import counts_same
from rag.schema import LANGUAGES, Claim, Quantity, Question, QuestionKind, Span
from rag.tagging import Tag
from rag.text import language_of, stem

Count = tuple[str, str | None]  # unit and aspect

FULL, KIN, BARE = 1.0, 0.6, 0.3
PRONOUNS = 2  # the greatest number whose word is a pronoun, too
OTHER = "other"  # the unit of a number without a known noun
SHARE = "percent"
_STAND_IN = "1000 "  # any number: it shows what the words behind it count
# What is counted by counting another: who is lost is killed, wounded, missing or captured.
_KINDS = {
    "losses": frozenset({"killed", "wounded", "killed_and_wounded", "missing"}),
    "killed_and_wounded": frozenset({"killed", "wounded"}),
    "inhabitants": frozenset({"people", "civilians", "refugees"}),
    "civilians": frozenset({"people", "inhabitants", "children"}),
    "people": units.PERSONS,
    "money": frozenset({"percent"}),  # an insurance costs a share of the value
    "frequency": units.GROUPS["duration"],  # "every four hours"
    "speed": frozenset({"miles"}),  # "60 miles an hour"
    "tanks": frozenset({"storage_tanks"}),  # English has one word for both
}
# What no thing of an unknown noun is counted in.
_NO_THING = units.NO_ASPECT | units.MONEY | units.PERSONS | frozenset(units.STATES.values())
# Measures that a number without a unit does not give.
_NEVER_BARE = frozenset({"length", "extent", "weight", "speed", "temperature", "age"})
# What no number of things is: "four boats" is neither a price nor a time.
_MEASURED = units.GROUPS.keys() | units.MONEY | units.NO_ASPECT | {SHARE}
_NEXT = re.compile(r"[ \u00a0\u202f]+([^\W\d_]+)")
_SUM = 10_000  # from which on a number may be money though it has another noun
_NOUN_REACH = 3  # words behind a number within which a German noun stands


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks to be counted: one or more units, and which part of the people."""

    counts: tuple[Count, ...]
    part: str | None


def asked(question: Question) -> Asked:
    """What the question asks to be counted, its own unit first; nothing where it counts nothing."""
    return _asked(question.text, question.language, question.unit, question.aspect)


def degree(question: Question, claim: Claim) -> float:
    """How well the best figure of a claim counts what is asked, 0 to 1; less without the part."""
    best = max((_degree(question, found, claim) for found in claim.quantities), default=0.0)
    part = asked(question).part if question.unit else None
    has = part is None or any(_named_part(q.span.text) == part for q in claim.quantities)
    return best if has else min(best, KIN)


def answering(question: Question, claim: Claim) -> tuple[Quantity, ...]:
    """The figures of a claim that answer the question, the best first; none where none does.

    Of each unit that is asked for, those of the part and aspect that is asked for, where the claim
    has any; a question for no figure has none.
    """
    wanted = asked(question)
    named = [(q.unit, q.aspect) for q in question.figures]
    if not wanted.counts and not named and question.kind is QuestionKind.HOW_MANY:
        return claim.quantities
    chosen: list[Quantity] = []
    for unit, aspect in wanted.counts or named:
        degrees = [(_of_unit(unit, found, claim), found) for found in claim.quantities]
        best = max((value for value, _ in degrees), default=0.0)
        fitting = [found for value, found in degrees if value and value == best]
        chosen += _of_part(_of_aspect(fitting, aspect), wanted.part)
    if not chosen and question.kind is QuestionKind.HOW_MANY:
        chosen = [found for found in claim.quantities if _may_answer(question.unit, found, claim)]
    return tuple(dict.fromkeys(chosen))


def counted_words(question: Question) -> tuple[str, ...]:
    """The terms of the noun behind "how many", where no table has it: "how much maize"."""
    if question.kind is not QuestionKind.HOW_MANY or question.unit is not None:
        return ()
    table = wordlists.of(question.language, "asking")
    folded = tokens.fold(question.text)
    hits = (table.at(folded, token) for token in tokens.tokens(folded))
    end = next((hit[1] for hit in hits if hit and hit[0] == "count"), None)
    if end is None:
        return ()
    tagged = tagging.tagger(question.language).tag(question.text)
    behind = next((token for token in tagged if token.start >= end), None)
    if behind is None or behind.tag is not Tag.NOUN:
        return ()  # of a name ("how many F-16s") texts go on with "the jet"
    own = stem(behind.lower, question.language)
    return next((group for group in question.terms if group[0] == own), ())


def counts_another(claim: Claim) -> bool:
    """Whether all figures of a claim are of people, money or a measure that no thing has."""
    return bool(claim.quantities) and all(found.unit in _NO_THING for found in claim.quantities)


def unit_of_noun(behind: str, language: str) -> str | None:
    """The unit of a figure with these words behind it; None where they count nothing."""
    words = _STAND_IN + behind.lstrip()
    counted = quantities.find(Span("", 0, len(words), words), language)
    return counted[0].unit if counted and counted[0].span.start == 0 else None


def is_bare(found: Quantity) -> bool:
    """Whether a figure is a number without a noun: "put the total at 1,100", "Thirty-eight had".

    The least number words are pronouns as often as figures: "one", "both", "two".
    """
    in_digits = found.span.text[-1:].isdigit()
    return found.unit == OTHER and (in_digits or max(found.low or 0, found.high or 0) > PRONOUNS)


def _degree(question: Question, found: Quantity, claim: Claim) -> float:
    if question.unit is None:
        named = [figure.unit for figure in question.figures]
        if named:
            same = any(
                quantities.relation(figure, found) != "conflict" and figure.unit == found.unit
                for figure in question.figures
            )
            return FULL if same else 0.0
        return _of_verb(question, found) if question.kind is QuestionKind.HOW_MANY else 0.0
    best = max(_of_unit(unit, found, claim) for unit, _ in asked(question).counts)
    asks = question.kind is QuestionKind.HOW_MANY
    if not best and asks and _may_answer(question.unit, found, claim):
        return BARE
    return best


def _may_answer(unit: str | None, found: Quantity, claim: Claim) -> bool:
    """Whether a number without a noun of the tables may count what is asked.

    A measure is given by no number that has any noun: "four boats" is no price, but "nine million
    overpaid" is a sum.
    """
    if unit in _NEVER_BARE or not is_bare(found):
        return False
    is_sum = unit == "money" and (found.high or found.low or 0) >= _SUM
    return unit not in _MEASURED or is_sum or not _has_noun(found, claim.sentence)


def _has_noun(found: Quantity, sentence: Span) -> bool:
    """Whether a noun that no table knows stands behind a number; in German it has a capital."""
    at, language = found.span.end - sentence.start, language_of(sentence.text)
    if at < 0 or language not in LANGUAGES:
        return False
    words = readings.grammar(language)
    for _ in range(_NOUN_REACH):
        following = _NEXT.match(sentence.text, at)
        word = following.group(1).lower() if following else ""
        if not following or word in words.stops | words.conjunctions | words.them:
            return False
        if not words.capital_nouns:
            return words.noun is None or words.noun.fullmatch(word) is not None
        if following.group(1)[0].isupper():
            return True
        at = following.end()
    return False


def _of_verb(question: Question, found: Quantity) -> float:
    """How well a figure fits a question whose noun is in no table, by what is said of the counted.

    "How many Vikhrs were shot down": of those downed; no measure of length, time or money.
    """
    if found.unit in units.NO_ASPECT | units.MONEY | {"percent"}:
        return BARE
    said = question.aspect not in (None, "other") and found.aspect is not None
    return KIN if said and found.aspect != question.aspect else FULL


def _of_unit(unit: str, found: Quantity, claim: Claim) -> float:
    if counts_same(unit, found.unit):
        return FULL
    if found.unit == "prisoners" and units.group_of(found.span.text) == unit:
        return FULL  # "1,800 civilians are in captivity"
    share = found.unit == SHARE and unit not in units.GROUPS and _is_share_of(unit, found, claim)
    return KIN if share or found.unit in _KINDS.get(unit, ()) else 0.0


def _is_share_of(unit: str, found: Quantity, claim: Claim) -> bool:
    """Whether a share is one of what is counted: "a third of the flats"."""
    sentence = claim.sentence
    behind = sentence.text[max(0, found.span.end - sentence.start) :]
    counted = unit_of_noun(behind, language_of(sentence.text))
    return counted is not None and counts_same(unit, counted)


def _of_aspect(found: list[Quantity], aspect: str | None) -> list[Quantity]:
    """Those of an aspect, where any has it."""
    return [q for q in found if aspect and q.aspect == aspect] or found


def _of_part(found: list[Quantity], part: str | None) -> list[Quantity]:
    """Those that count the part asked for, or else no part: "14,999, including 763 children".

    Among figures of different units none is a part of another.
    """
    fitting = [q for q in found if _named_part(q.span.text) == part]
    units_met = {q.unit for q in fitting}
    if part is not None:
        return fitting or found
    return [q for q in found if q in fitting or q.unit not in units_met]


@lru_cache(maxsize=256)
def _asked(text: str, language: str, unit: str | None, aspect: str | None) -> Asked:
    own = [(unit, aspect)] if unit else []
    counts = dict.fromkeys((*own, *_listed(text, language)))
    return Asked(tuple(counts) if own else (), _named_part(text))


@lru_cache(maxsize=1024)
def _named_part(words: str) -> str | None:
    found = units.group_of(words)
    return found if found in units.PARTS else None


def _listed(text: str, language: str) -> tuple[Count, ...]:
    """The units of each "how many" of a question that has several; else none."""
    if language not in LANGUAGES:
        return ()
    folded = tokens.fold(text)
    table = wordlists.of(language, "asking")
    starts = [
        token.start
        for token in tokens.tokens(folded)
        if (hit := table.at(folded, token)) and hit[0] in ("count", "square_km")
    ]
    if len(starts) < 2:
        return ()
    ends = [*starts[1:], len(text)]
    found = (
        asking.asked(text[start:end], language) for start, end in zip(starts, ends, strict=True)
    )
    return tuple((unit, aspect) for unit, aspect in found if unit)
