"""Figures of two bodies that stand side by side in a text and answer one question.

A report that gives the figure of one body for what is asked and then that of another sets the two
beside each other, whatever noun each puts to it: "61 people left by bus. Police counted 48
evacuees." So less has to be alike in them than in figures of two texts: who counts dock workers and
who counts dead count the same dead, and a number without a noun counts what the one before it
does. What the second sentence dates to another time is no rival, nor what it adds to the first.
Words: `lexicon/comparisons.<language>.toml`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from rag import (
    asked_figures,
    concepts,
    contrast,
    counting,
    incompatible,
    quantities,
    tagging,
    units,
)
from rag.actors import Actors
from rag.events import adjoining, continues, days_apart, moment, same_paragraph, same_time, shifts
from rag.relevance import ASSERTING
from rag.schema import Evidence, Polarity, Quantity, Question, QuestionKind, Stance
from rag.tagging import Tag
from rag.text import stem

Item = tuple[Evidence, Quantity]

_OTHER = asked_figures.OTHER
_PREPOSITION = 1  # words beside a figure that say nothing of what it counts
_BEHIND = 2  # words behind a number among which its noun stands
_ALIKE = 6  # letters by which a noun is that of a word of the question
_STEM = 4  # letters by which a word is that of a name in any case
_RATE = "rate"
_APART = 1  # days between two words on one state of things
_WIDE = 1.5  # how far apart the bounds of figures are that a text sets against each other
_AHEAD = frozenset({"planned"})  # what is not so yet is no rival of what is so
_MEASURES = units.NO_ASPECT | units.MONEY | {"percent", "tons", "kilograms"}
# What stands behind a number that has no noun.
_NO_NOUN = frozenset({Tag.VFIN, Tag.VPP, Tag.VINF, Tag.PREP, Tag.CONJ, Tag.SUB, Tag.PRON, Tag.ADV})


def are(question: Question, one: Item, other: Item, actors: Actors) -> bool:
    """Whether two figures answer a question differently side by side, each by another body."""
    (left, a), (right, b) = sorted((one, other), key=_place)
    if question.kind is not QuestionKind.HOW_MANY or not _are_accounts(left, right):
        return False
    if left.claim.sentence == right.claim.sentence or not _are_near(left, right):
        return False
    if not _are_of_two(question, left, right, actors) or not _are_of_one_time(left, right):
        return False
    b = _named(question, left, right, b, a)
    if not _count_one(question, (left, a), (right, b), actors):
        return False
    marked = contrast.turns(left, right)
    counted = [counting.of(e, q, actors) for e, q in ((left, a), (right, b))]
    if marked:  # "in a day it rose by 40. The inspectorate, however, speaks of 90"
        counted = [replace(c, parts=c.parts - {_RATE}) for c in counted]
    return counting.same(counted[0], counted[1]) and _differ(a, b, marked=marked)


def _differ(a: Quantity, b: Quantity, *, marked: bool) -> bool:
    """Whether not both can hold; where the text sets them against each other, other bounds do.

    "480,000 euros … up to 1.2 million, by contrast".
    """
    found = quantities.relation(a, b)
    ends = {a.low, a.high, b.low, b.high} - {None}
    return found == "conflict" or (marked and found == "compatible" and _spread(ends) > _WIDE)


def _spread(ends: set[float | None]) -> float:
    given = [end for end in ends if end]
    return max(given) / min(given) if given else 1.0


def _place(item: Item) -> int:
    return item[0].claim.sentence.start


def _are_near(left: Evidence, right: Evidence) -> bool:
    return adjoining(left, right) or continues(left, right)


def _are_accounts(one: Evidence, other: Evidence) -> bool:
    """Whether both say what is so."""
    claims = (one.claim, other.claim)
    return all(c.stance in ASSERTING and c.polarity is Polarity.POSITIVE for c in claims)


def _are_of_two(question: Question, left: Evidence, right: Evidence, actors: Actors) -> bool:
    """Whether two different bodies speak; the article itself only where it sets one against one.

    What a ministry says is no other account than what its minister says.
    """
    spoken = [contrast.speakers(e, actors) for e in (left, right)]
    if _goes_on(right, actors) and contrast.turns(left, right):
        spoken[1] = ()  # a speaker read from the sentence before is not set against himself
    if not all(spoken):
        marked = contrast.follows(left, right) and contrast.turns(left, right) and any(spoken)
        return marked or contrast.is_between(question, left, right, actors, weak=False)
    chains = [{link for name in some for link in actors.chain(name)} for some in spoken]
    return not ({*spoken[0]} & chains[1] or {*spoken[1]} & chains[0])


def _goes_on(item: Evidence, actors: Actors) -> bool:
    """Whether the sentence of a claim does not itself name who says it: "so", "according to it"."""
    first, last = item.claim.sentence.start, item.claim.sentence.end
    return all(
        not first <= s.mention.start < last
        or (actors.get(s.name) is None and not _have_common(s.name, s.mention.text))
        for s in item.claim.sources
    )


def _have_common(name: str, mention: str) -> bool:
    words = {word[:_STEM].lower() for word in name.split()}
    return any(word[:_STEM].lower() in words for word in mention.split())


def _are_of_one_time(left: Evidence, right: Evidence) -> bool:
    """Whether two sentences tell of the time that their text has set."""
    if shifts(left) or shifts(right) or not same_time(left, right):
        return False
    days = [moment(e) for e in (left, right)]
    apart = _APART
    if None in days and not same_paragraph(left, right):
        days, apart = [day or left.article.published for day in days], 0  # undated: of its report
    return days[0] is None or days[1] is None or days_apart(days[0], days[1]) <= apart


def are_of_one_matter(question: Question, one: Item, other: Item, actors: Actors) -> bool:
    """Whether two sums, shares or lengths of a text are of one matter: such are of anything.

    Both are of the matter asked, or the later one is set against the one before it.
    """
    (left, a), (right, _) = sorted((one, other), key=_place)
    if a.unit not in _MEASURES or incompatible.share(left, right, question):
        return True
    if left.article.id != right.article.id:
        return True
    told = right.claim.stance is Stance.ESTIMATES or _is_only(right)
    if told and contrast.follows(left, right):
        return True
    if contrast.turns(left, right) and _are_near(left, right):
        return True
    return contrast.is_between(question, left, right, actors, weak=False)


def _is_only(item: Evidence) -> bool:
    """Whether a claim gives a figure and nothing else, so of what the text has just named.

    "The WHO speaks of four days."
    """
    words = sum(len(part.text.split()) for part in item.claim.content)
    counted = sum(len(figure.span.text.split()) for figure in item.claim.quantities)
    return bool(item.claim.quantities) and words <= counted + _PREPOSITION


def _named(
    question: Question, left: Evidence, right: Evidence, figure: Quantity, before: Quantity
) -> Quantity:
    """A number without a noun as one of what the one before it counts, or else of what was asked.

    So is one with a noun that only repeats the question ("how many are affected": "4,000 affected")
    or that the text sets against the other. What is planned is not what has come: "it will get
    120. So far 18 have arrived".
    """
    if figure.unit != _OTHER:
        return figure
    if not is_bare(right, figure):
        noun = _noun(right, figure)
        marked = contrast.turns(left, right) and before.unit != _OTHER
        if noun is None or not (marked or _repeats(question, noun, right)):
            return figure
    if before.unit == _OTHER:
        return replace(figure, unit=question.unit or _OTHER)
    aspect = figure.aspect or (None if before.aspect in _AHEAD else before.aspect)
    return replace(figure, unit=before.unit, aspect=aspect)


def _repeats(question: Question, noun: str, item: Evidence) -> bool:
    """Whether a noun says in other words what a question asks about: "sighted", "sightings"."""
    language = item.article.language
    asked = concepts.keys_in(question.text, question.language)
    if concepts.keys_in(noun, language) & asked:
        return True
    words = re.findall(r"\w+", question.text.lower())
    return language == question.language and any(noun[:_ALIKE] in word for word in words)


def _count_one(question: Question, one: Item, other: Item, actors: Actors) -> bool:
    """Whether two figures count the same kind of thing, as far as both say what."""
    (left, a), (right, b) = one, other
    if (a.aspect in _AHEAD) is not (b.aspect in _AHEAD):
        return False
    if a.aspect != b.aspect and not {a.aspect, b.aspect} & {question.aspect, None}:
        return quantities.comparable(a, b)
    marked = contrast.turns(left, right)
    if _OTHER in (a.unit, b.unit):
        nouns = {noun for noun in (_noun(left, a), _noun(right, b)) if noun}
        return a.unit == b.unit and len(nouns) <= 1
    if not are_of_one_matter(question, one, other, actors):
        return False
    if quantities.same_unit(a.unit, b.unit):
        return _are_of_one_group(a, b, marked)
    # People by whatever noun: "61 people left", "48 evacuees".
    persons = question.unit in units.PERSONS and {a.unit, b.unit} <= units.PERSONS
    return persons and not {a.unit, b.unit} & units.PARTS


def _are_of_one_group(a: Quantity, b: Quantity, marked: bool) -> bool:
    """Whether both count the same people; a part and a whole do where the text sets them apart."""
    groups = {units.group_of(q.span.text) for q in (a, b)}
    if len(groups) == 1 or not groups & units.PARTS:
        return True
    return marked and "children" not in groups


def is_bare(item: Evidence, figure: Quantity) -> bool:
    """Whether a number stands for what was counted before: "put it at 18", "48 had arrived".

    "Of the 900" and "half past four" are none, nor is a number with a noun that no table has.
    """
    if not asked_figures.is_bare(figure):
        return False
    sentence = item.claim.sentence
    around = _tokens(sentence.text, item.article.language)
    start, end = figure.span.start - sentence.start, figure.span.end - sentence.start
    before = [t for t in around if t.end <= start][-1:]
    behind = [t for t in around if t.start >= end][:1]
    if any(t.tag in (Tag.DET, Tag.ADJ) for t in before):
        return False
    return all(t.tag in _NO_NOUN or not t.text[:1].isalpha() for t in behind)


@lru_cache(maxsize=256)
def _tokens(sentence: str, language: str) -> tuple[tagging.Token, ...]:
    return tuple(tagging.tagger(language).tag(sentence))


def _noun(item: Evidence, figure: Quantity) -> str | None:
    """The stem of the noun behind a number; None where none stands there."""
    end = figure.span.end - item.claim.sentence.start
    around = _tokens(item.claim.sentence.text, item.article.language)
    behind = [t for t in around if t.start >= end][:_BEHIND]
    found = next((t for t in behind if t.tag is not Tag.ADJ), None)
    named = found is not None and found.tag is Tag.NOUN
    return stem(found.lower, item.article.language) if found is not None and named else None
