"""Figures in other forms than a number before what it counts, read where a question asks for them.

"The fifth attack this year" counts five attacks, "twice" two times, "every third" a third, "Petro
Halushko, 58," his age. Claims do not hold them: as a rule such words count nothing. Words:
`lexicon/worded_figures.toml`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from rag import asked_figures, date_rules, lexicon, none_or_one, number_words, tokens, units
from rag.readings import Reading
from rag.schema import LANGUAGES, Claim, Qualifier, Quantity, Question, QuestionKind, Span

TIMES, YEARS, PERCENT, OTHER = "times", "years", "percent", "other"
OLDEST = 110  # years
WHOLE = 100  # percent
_FROM = 2  # the first of a kind counts nothing


@dataclass(frozen=True, slots=True)
class _Words:
    running: re.Pattern[str]
    unlike: re.Pattern[str]
    again: re.Pattern[str]
    every: re.Pattern[str]
    age: re.Pattern[str]
    aged: re.Pattern[str]
    old: re.Pattern[str]
    minus: re.Pattern[str]
    frost: re.Pattern[str]
    multiple: re.Pattern[str]
    times: Mapping[str, int]
    years: Mapping[str, int]
    ordinals: tuple[tuple[int, re.Pattern[str]], ...]


def told(question: Question, claim: Claim, language: str) -> Claim:
    """The claim with the figures of these forms that may answer a question for a figure."""
    if question.kind is not QuestionKind.HOW_MANY or language not in LANGUAGES:
        return claim
    wanted = {unit for unit, _ in asked_figures.asked(question).counts}
    if "temperature" in wanted:
        degrees = tuple(_below_zero(q, claim, language) for q in claim.quantities)
        return claim if degrees == claim.quantities else replace(claim, quantities=degrees)
    if "age" in wanted and not _words(language).old.search(tokens.fold(claim.sentence.text)):
        claim = replace(claim, quantities=tuple(q for q in claim.quantities if q.unit != YEARS))
    known = {(q.span.start, q.span.end) for q in claim.quantities}
    # What says that a number runs on may stand before the content: "it is the fifth that …".
    own = [one for span in claim.content for one in none_or_one.find(wanted, span, language)]
    for spans in (claim.content, (claim.sentence,)):
        # None and one in what somebody else says of the sentence are none of this claim.
        other = [one for span in spans for one in _find(wanted, span, language)]
        found = [
            figure
            for figure in (*own, *other)
            if not any(a < figure.span.end and figure.span.start < b for a, b in known)
        ]
        if found:
            return replace(claim, quantities=(*claim.quantities, *found))
    return claim


def _below_zero(figure: Quantity, claim: Claim, language: str) -> Quantity:
    """The figure, negative where it is of degrees below zero: "minus 17 Grad", "17° of frost"."""
    words, sentence = _words(language), tokens.fold(claim.sentence.text)
    before = sentence[: max(0, figure.span.start - claim.sentence.start)]
    behind = sentence[max(0, figure.span.end - claim.sentence.start) :]
    below = words.minus.search(before) or words.frost.search(behind)
    if figure.unit != "degrees" or not below:
        return figure
    low, high = (None if end is None else -end for end in (figure.high, figure.low))
    return replace(figure, low=low, high=high)


def _find(wanted: set[str], content: Span, language: str) -> Iterator[Quantity]:
    folded = tokens.fold(content.text)
    if "age" in wanted:
        yield from _ages(content, folded, language)
        return
    if PERCENT in wanted:
        yield from _shares(content, folded, language)
        return
    if not wanted & (units.GROUPS.keys() - {"frequency"}):
        yield from _counts(content, folded, language, "frequency" in wanted)
    if "frequency" in wanted:
        words = _words(language)
        for match in words.multiple.finditer(folded):
            yield _figure(content, match, 0, words.times[match.group()], TIMES)


def _counts(content: Span, folded: str, language: str, of_times: bool) -> Iterator[Quantity]:
    """Running counts, in what they count: "it was the fifth attack", "for the third time"."""
    words = _words(language)
    for match in words.again.finditer(folded):
        group = match.lastindex or 0
        yield from _ordinal(content, match, group, TIMES, words)
    for match in words.running.finditer(folded):
        if words.unlike.match(folded, match.end()):
            continue
        named = asked_figures.unit_of_noun(content.text[match.end() :], language) or OTHER
        named = OTHER if named in units.ASPECT_OF_STATE else named  # "the third to be lost"
        yield from _ordinal(content, match, 1, TIMES if of_times else named, words)


def _ordinal(
    content: Span, match: re.Match[str], group: int, unit: str, words: _Words
) -> Iterator[Quantity]:
    number = _number(match.group(group), words)
    if number is not None and number >= _FROM:
        yield _figure(content, match, group, number, unit)


def _number(written: str, words: _Words) -> int | None:
    digits = re.match(r"\d+", written)
    if digits:
        return int(digits.group())
    return next((number for number, word in words.ordinals if word.fullmatch(written)), None)


def _shares(content: Span, folded: str, language: str) -> Iterator[Quantity]:
    """Fractions of whatever it is, and "every third"."""
    reading = Reading(content.text, folded, language)
    for numeral in reading.numerals:
        if numeral.fraction:
            span = _part(content, numeral.start, numeral.end)
            yield Quantity(numeral.low, numeral.high, PERCENT, None, Qualifier.EXACT, span)
    words = _words(language)
    for match in words.every.finditer(folded):
        group = match.lastindex or 0
        number = _number(match.group(group), words)
        if number is not None and number >= _FROM:
            share = WHOLE / number
            span = _part(content, match.start(), match.end())
            low, high = float(math.floor(share)), float(math.ceil(share))
            yield Quantity(low, high, PERCENT, None, Qualifier.EXACT, span)


def _ages(content: Span, folded: str, language: str) -> Iterator[Quantity]:
    """How old somebody is: "58-year-old", "im Alter von 58", "Halushko, 58,", "шестирічна"."""
    words = _words(language)
    for match in words.age.finditer(folded):
        group = match.lastindex or 0
        years = int(match.group(group))
        bare = match.group() == match.group(group)
        if 0 < years <= OLDEST and not (bare and not _follows_name(content.text, match.start())):
            yield _figure(content, match, group, years, YEARS)
    cardinals = number_words.vocabulary(language)
    for match in words.aged.finditer(folded):
        written = match.group(1)
        token = tokens.Token(match.start(1), match.end(1), written, "word")
        value = words.years.get(written) or cardinals.value(token)
        if value and value <= OLDEST:
            yield _figure(content, match, 0, int(value), YEARS)


def _follows_name(words: str, start: int) -> bool:
    """Whether a word with a capital stands before a number: "Halushko, 58,"."""
    before = re.search(r"(\w)[\w’'-]*\W{1,2}$", words[:start])
    return before is not None and before.group(1).isupper()


def _figure(content: Span, match: re.Match[str], group: int, value: int, unit: str) -> Quantity:
    span = _part(content, match.start(group), match.end(group))
    return Quantity(float(value), float(value), unit, None, Qualifier.EXACT, span)


def _part(content: Span, start: int, end: int) -> Span:
    """A part of a content as a span of its article."""
    first = content.start
    return Span(content.article_id, first + start, first + end, content.text[start:end])


@cache
def _words(language: str) -> _Words:
    tables = lexicon.load("worded_figures")
    table = tables[language]
    ordinals = date_rules.ordinals(lexicon.load("dates", language))
    written = "|".join((*(f"(?:{word})" for word in ordinals.values()), _DIGITS[language]))

    def compiled(key: str) -> re.Pattern[str]:
        return re.compile(table[key].replace("{nth}", written).replace("{n}", r"\d{1,2}"))

    multiple = {tokens.fold(word): value for word, value in table["multiple"].items()}
    return _Words(
        running=compiled("running"),
        unlike=compiled("unlike"),
        again=compiled("again"),
        every=compiled("every"),
        age=compiled("age"),
        aged=compiled("aged"),
        old=compiled("old"),
        minus=compiled("minus"),
        frost=compiled("frost"),
        multiple=re.compile(rf"\b(?:{'|'.join(multiple)})\b"),
        times=multiple,
        years=tables["aged"][language],
        ordinals=tuple((number, re.compile(word)) for number, word in ordinals.items()),
    )


# How digits make an ordinal: "5th", "5.", "5-й".
_DIGITS = {
    "en": r"\d{1,3}(?:st|nd|rd|th)",
    "de": r"\d{1,3}\.",
    "uk": r"\d{1,3}-[^\W\d_]{1,3}",
    "ru": r"\d{1,3}-[^\W\d_]{1,3}",
}
