"""What detail a question asks for: kind of answer, noun behind the question word, verbs.

"Which target did the missiles hit?" asks for a thing, a target, of hitting. Words that say too
little to be looked for ("have", "several") and concepts that tell the kind of an answer ("town": a
place) are data (`lexicon/slots.toml`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from rag import expansion, lexicon, tagging, text
from rag.actors import Actors
from rag.question_words import search
from rag.schema import Question, QuestionKind
from rag.tagging import VERBS, Tag
from rag.topics import Group, Topic, names_of

KINDS = ("how_many", "when", "where", "why", "who", "what")


class Slot(StrEnum):
    """What kind of thing an answer must have."""

    FIGURE = "figure"
    DATE = "date"
    PLACE = "place"
    SOMEBODY = "somebody"
    NAME = "name"
    THING = "thing"  # that a noun names: "which target"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question: the terms and concepts that meet it, and where it begins."""

    group: Group
    keys: frozenset[str]
    start: int


@dataclass(frozen=True, slots=True)
class Detail:
    """What a question asks for: nouns behind the question word and verbs, but for light ones.

    `terms` are those of all groups of the question.
    """

    question: Question
    slot: Slot
    nouns: tuple[Word, ...]
    verbs: tuple[Word, ...]
    terms: frozenset[str]


def of_question(question: Question, actors: Actors) -> Detail:
    """The detail that a question asks for; verbs without a known concept are left out."""
    topic = Topic.of(question, actors)
    meant = expansion.meant(question, expansion.topic_words(question))
    starts = _starts(question)
    skipped = lexicon.load("slots")["skipped"][question.language].split()
    names = names_of(question) | {text.stem(word, question.language) for word in skipped}
    opening = _opening(question)
    behind = sorted(
        (
            Word(group, _wider(meant.get(group[0], frozenset())), start)
            for group in topic.words
            if group[0] not in names and (start := starts.get(group[0], 0)) >= opening
        ),
        key=lambda word: word.start,
    )
    tagged = tagging.tagger(question.language).tag(question.text)
    tags = {token.start: token.tag for token in tagged}
    verbs = [w for w in behind if tags.get(w.start) in VERBS]
    nouns = _nouns(question, behind, tags, opening)
    return Detail(
        question,
        _slot(question, _united(nouns[:1]), _united(verbs[:1])),
        tuple(w for w in nouns if not (w.keys and w.keys <= concepts_of("light"))),
        tuple(w for w in verbs if w.keys and not w.keys & concepts_of("light")),
        frozenset(term for group in question.terms for term in group),
    )


@cache
def concepts_of(kind: str) -> frozenset[str]:
    """The concepts of one line of the table: "place", "light"."""
    return frozenset(lexicon.load("slots")[kind].split())


def _slot(question: Question, noun: frozenset[str], verb: frozenset[str]) -> Slot:
    """The kind of answer, by the question word and the concepts of the noun and verb behind it."""
    named = {
        QuestionKind.HOW_MANY: Slot.FIGURE,
        QuestionKind.WHEN: Slot.DATE,
        QuestionKind.WHERE: Slot.PLACE,
        QuestionKind.WHO: Slot.SOMEBODY,
        QuestionKind.WHAT: Slot.THING,
    }
    slot = named.get(question.kind, Slot.OPEN)
    for kind in (Slot.DATE, Slot.PLACE):
        if noun & concepts_of(kind) and slot is not Slot.FIGURE:
            return kind
    if slot is not Slot.THING:
        return slot
    if (noun | verb) & concepts_of("name"):
        return Slot.NAME
    if noun & concepts_of("somebody"):
        return Slot.SOMEBODY
    return Slot.THING if noun and not noun & concepts_of("reason") else Slot.OPEN


def _united(words: Sequence[Word]) -> frozenset[str]:
    return frozenset[str]().union(*(word.keys for word in words))


def _wider(keys: frozenset[str]) -> frozenset[str]:
    """Concepts, and those of what counts as one of them: a brigade is a unit."""
    narrower = lexicon.load("slots")["narrower"]
    return keys.union(*(narrower.get(key, "").split() for key in keys))


def _starts(question: Question) -> dict[str, int]:
    """Where in a question the first word of each stem begins."""
    found: dict[str, int] = {}
    for match in text.WORD.finditer(question.text):
        word = match.group().lower().replace("’", "'")
        found.setdefault(text.stem(word, question.language), match.start())
    return found


def _opening(question: Question) -> int:
    """Where the question word stands."""
    found = (search(question.language, "kinds", key, question.text) for key in KINDS)
    return min((m.start() for m in found if m), default=0)


def _nouns(
    question: Question, behind: Sequence[Word], tags: Mapping[int, Tag], opening: int
) -> list[Word]:
    """The nouns between the question word and the verb: "which target"; or behind "what is the"."""
    later = sorted(start for start in tags if start > opening)
    first = next((i for i, start in enumerate(later) if tags[start] in VERBS), len(later))
    end = later[first] if first < len(later) else len(question.text)
    copulas = lexicon.load("slots")["copulas"][question.language].split()
    verb = re.match(r"\w*", question.text[end:].lower())
    if question.kind is QuestionKind.WHAT and verb and verb.group() in copulas and not first:
        return [w for w in behind if w.start > end and tags.get(w.start) is Tag.NOUN][:1]
    nouns = [w for w in behind if w.start < end]
    return [w for w in nouns if tags.get(w.start) is Tag.NOUN] or nouns
