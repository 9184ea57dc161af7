"""What detail a question asks for: kind of answer, noun behind the question word, verbs.

"Which target did the missiles hit?" asks for a thing, a target, of hitting. Words that say too
little to be looked for ("have", "several") and concepts that tell the kind of an answer ("town": a
place) are data (`lexicon/slots.toml`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from itertools import pairwise

from rag import concepts, dates, expansion, lexicon, tagging, terms, text
from rag.actors import Actors
from rag.question_words import search
from rag.schema import Question, QuestionKind, SourceKind, Span
from rag.tagging import VERBS, Tag, Token
from rag.topics import Group, Topic, names_of

ENDS = frozenset({Tag.PUNCT, Tag.SUB, Tag.REL})  # of a clause
COPULAR = frozenset({QuestionKind.WHAT, QuestionKind.HOW_MANY})
NUMBER = re.compile(r"(?<![\w-])\d+(?![\w-]*\d)")
YEAR = 4  # digits
KINDS = ("how_many", "when", "where", "why", "who", "what")


class Slot(StrEnum):
    """What kind of thing an answer must have."""

    FIGURE = "figure"
    DATE = "date"
    PLACE = "place"
    SOMEBODY = "somebody"
    NAME = "name"
    THING = "thing"  # that a noun names: "which target"
    REASON = "reason"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question: the terms and the concepts that meet it."""

    group: Group
    own: frozenset[str]
    keys: frozenset[str]  # its own concepts, and those of what counts as one of them


@dataclass(frozen=True, slots=True)
class Detail:
    """What a question asks for: the noun behind the question word and the verb, but light ones.

    `terms` are those of all groups of the question.
    """

    question: Question
    slot: Slot
    noun: Word | None
    verb: Word | None
    terms: frozenset[str]
    words: tuple[Word, ...] = ()  # those of known concepts, but light ones
    actors: tuple[Group, ...] = ()  # each with those that speak for it
    numbers: tuple[str, ...] = ()  # that are no figure and no date: "Article 7"
    is_ahead: bool = False  # of a date that was still to come
    is_rate: bool = False  # of a figure: one of each day, each soldier


def of_question(question: Question, actors: Actors) -> Detail:
    """The detail that a question asks for; a verb without a known concept is left out."""
    words = _words(question, actors)
    row = _clause(question)
    first = next((i for i, token in enumerate(row) if token.tag in VERBS), len(row))
    nouns = _nouns(question, row, first, words)
    later = [words[t.start] for t in row[first:] if t.tag is Tag.NOUN and t.start in words]
    verb = None if _says(question) else words.get(_main_verb(row[first:], question.language))
    telling = [w for w in nouns if not is_light(w)]
    slot = _slot(question, _united((telling or nouns)[:1]), _united([verb] if verb else []))
    naming = _united(nouns[:1]) & concepts_of("name") or holds(
        question.text, "naming", question.language
    )
    if naming and question.kind is QuestionKind.WHAT:
        slot = Slot.NAME
    telling += [w for w in later if not is_light(w)] if slot is Slot.NAME else []
    return Detail(
        question,
        slot,
        next(iter(telling), None),
        verb if verb and verb.own and not verb.own & concepts_of("light") else None,
        frozenset(term for group in question.terms for term in group),
        tuple(word for word in words.values() if word.own and not is_light(word)),
        _actors(question, actors),
        _numbers(question),
        holds(question.text, "ahead", question.language),
        holds(question.text, "rate", question.language),
    )


def _numbers(question: Question) -> tuple[str, ...]:
    """The bare numbers of a question, which are part of a name; no figures, dates and years."""
    span = Span("", 0, len(question.text), question.text)
    taken = [(s.start, s.end) for s, _ in dates.find(span, question.language, None)]
    taken += [(figure.span.start, figure.span.end) for figure in question.figures]
    return tuple(
        match.group()
        for match in NUMBER.finditer(question.text)
        if len(match.group()) != YEAR and not any(a <= match.start() < b for a, b in taken)
    )


def _actors(question: Question, actors: Actors) -> tuple[Group, ...]:
    """The known actors that a question is about, but states that may only describe another.

    As in "the British institute RUSI".
    """
    named = [name for name in Topic.of(question, actors).names if name[0].startswith("@")]
    kinds = {f"@{terms.slug(n)}": actor.kind for n in question.actors if (actor := actors.get(n))}
    others = {kind for kind in kinds.values() if kind is not SourceKind.STATE}
    return tuple(n for n in named if not others or kinds.get(n[0], SourceKind.STATE) in others)


def holds(found: str, table: str, language: str) -> bool:
    """Whether a text has one of the words of a table: "ahead", "reasons", "denying"."""
    words = lexicon.load("slots")[table][language]
    return re.search(rf"(?<!\w)(?:{words})(?!\w)", found, re.IGNORECASE) is not None


def _words(question: Question, actors: Actors) -> dict[int, Word]:
    """The words of a question's topic by where they begin; no names, nothing that is no detail."""
    meant = expansion.meant(question, expansion.topic_words(question))
    skipped = lexicon.load("slots")["skipped"][question.language].split()
    names = names_of(question) | {text.stem(word, question.language) for word in skipped}
    starts = _starts(question)
    return {
        starts[group[0]]: Word(group, own, _wider(own))
        for group in Topic.of(question, actors).words
        if group[0] not in names and group[0] in starts
        for own in [meant.get(group[0], frozenset[str]())]
    }


def _clause(question: Question) -> list[Token]:
    """The clause behind the question word, up to a mark or a word that opens another clause."""
    found = (search(question.language, "kinds", key, question.text) for key in KINDS)
    opening = min((m.start() for m in found if m), default=0)
    tokens = tagging.tagger(question.language).tag(question.text)
    row = [_read_as_verb(t, question.language) for t in tokens if t.start >= opening]
    while row and row[0].tag is Tag.PREP:
        row = row[1:]
    ends = (i for i, token in enumerate(row) if i and token.tag in ENDS)
    return row[1 : next(ends, len(row))]


def _read_as_verb(token: Token, language: str) -> Token:
    """A past form of a known Slavic verb that the tagger took for a noun, as the verb it is."""
    past = lexicon.load("slots")["past"].get(language, ())
    is_past = token.lower.endswith(tuple(past)) and token.tag in (Tag.NOUN, Tag.ADJ)
    if is_past and text.stem(token.lower, language) in concepts.verbs(language):
        return replace(token, tag=Tag.VFIN)
    return token


def _says(question: Question) -> bool:
    """Whether it is asked who said something: a verb with a clause for its object.

    Whichever verb it is ("who suggested that"), saying is done with many others.
    """
    words = lexicon.load("slots")["complementizers"][question.language].split()
    tokens = tagging.tagger(question.language).tag(question.text)
    row = [token for token in tokens if token.tag is not Tag.PUNCT]
    heads = (
        before.tag in VERBS
        for before, token in pairwise(row)
        if token.tag is Tag.SUB and token.lower in words
    )
    return question.kind is QuestionKind.WHO and any(heads)


def _main_verb(row: Sequence[Token], language: str) -> int:
    """Where the first verb begins that is no auxiliary; -1 where there is none."""
    verbs = (t for t in row if t.tag in VERBS and not text.is_function_word(t.lower, language))
    return next((token.start for token in verbs), -1)


@cache
def concepts_of(kind: str) -> frozenset[str]:
    """The concepts of one line of the table: "place", "light"."""
    return frozenset(lexicon.load("slots")[kind].split())


def is_light(noun: Word) -> bool:
    """Whether a noun says too little to be looked for."""
    return bool(noun.own) and noun.own <= concepts_of("light") | concepts_of("name")


def _slot(question: Question, noun: frozenset[str], verb: frozenset[str]) -> Slot:
    """The kind of answer, by the question word and the concepts of the noun and verb behind it."""
    named = {
        QuestionKind.HOW_MANY: Slot.FIGURE,
        QuestionKind.WHEN: Slot.DATE,
        QuestionKind.WHERE: Slot.PLACE,
        QuestionKind.WHO: Slot.SOMEBODY,
        QuestionKind.WHAT: Slot.THING,
        QuestionKind.WHY: Slot.REASON,
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
    return frozenset[str]().union(*(word.own for word in words))


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


def _nouns(
    question: Question, row: Sequence[Token], first: int, words: Mapping[int, Word]
) -> list[Word]:
    """The nouns between the question word and the verb: "which target"; else behind "what is".

    Nouns behind a preposition belong to another, but where that one says little: "what type of".
    """
    part: list[Token] = []
    for token in row[:first]:
        if token.tag is not Tag.PREP:
            part += [token] if token.start in words else []
        elif any(not is_light(words[one.start]) for one in part):
            break
    nouns = [token for token in part if token.tag is Tag.NOUN]
    # Beside a name an adjective is no thing: "how many living North Koreans".
    part = nouns or [token for token in part if token.tag is not Tag.ADJ]
    found = [words[token.start] for token in part]
    copulas = lexicon.load("slots")["copulas"][question.language].split()
    is_copular = first < len(row) and row[first].lower in copulas
    if question.kind in COPULAR and is_copular and all(map(is_light, found)):
        behind = row[first + 1 :]
        opening = next((t.tag for t in behind if t.tag in (Tag.NOUN, Tag.PREP)), None)
        # "What is with the bridge" asks for no bridge.
        later = (t for t in behind if t.tag is Tag.NOUN and opening is Tag.NOUN)
        found += [words[token.start] for token in later if token.start in words]
    return found
