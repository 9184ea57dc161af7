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

from rag import asked_clause, dates, expansion, lexicon, tagging, terms, text
from rag.actors import Actors
from rag.question_words import search
from rag.schema import Question, QuestionKind, SourceKind, Span
from rag.tagging import VERBS, Tag, Token
from rag.topics import Group, Topic, names_of

COPULAR = frozenset({QuestionKind.WHAT, QuestionKind.HOW_MANY})
NUMBER = re.compile(r"(?<![\w-])\d+(?![\w-]*\d)")
YEAR = 4  # digits


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
    described: frozenset[Group] = frozenset()  # of `actors`: named by an adjective alone
    numbers: tuple[str, ...] = ()  # that are no figure and no date: "Article 7"
    is_ahead: bool = False  # of a date that was still to come
    is_rate: bool = False  # of a figure: one of each day, each soldier
    is_kind: bool = False  # which kind of the noun's things: "what type of missile"


def of_question(question: Question, actors: Actors) -> Detail:
    """The detail that a question asks for; a verb without a known concept is left out."""
    words = _words(question, actors)
    row = asked_clause.read(question)
    first = next((i for i, token in enumerate(row) if token.tag in VERBS), len(row))
    nouns = _nouns(question, row, first, words)
    later = [words[t.start] for t in row[first:] if t.tag is Tag.NOUN and t.start in words]
    verb = (
        None
        if asked_clause.says(question)
        else words.get(asked_clause.main_verb(row[first:], question.language))
    )
    is_kind = any(word.own & concepts_of("kind") for word in nouns)
    is_kind = is_kind or holds(question.text, "which_kind", question.language)
    if is_kind:
        others = [word for word in nouns if not word.own & concepts_of("kind")]
        nouns = others or _before(question, words) or nouns
    telling = [w for w in nouns if not is_light(w)]
    slot = _slot(question, _united((telling or nouns)[:1]), _united([verb] if verb else []))
    naming = _united(nouns[:1]) & concepts_of("name") or holds(
        question.text, "naming", question.language
    )
    if naming and question.kind is QuestionKind.WHAT:
        slot = Slot.NAME
    elif slot is Slot.THING and holds(question.text, "manner", question.language):
        slot = Slot.OPEN
    telling += [w for w in later if not is_light(w)] if slot is Slot.NAME else []
    named = _actors(question, actors)
    return Detail(
        question,
        slot,
        next(iter(telling), None),
        verb if verb and verb.own and not verb.own & concepts_of("light") else None,
        frozenset(term for group in question.terms for term in group),
        tuple(word for word in words.values() if word.own and not is_light(word)),
        named,
        _described(question, actors, named),
        _numbers(question),
        holds(question.text, "ahead", question.language),
        holds(question.text, "rate", question.language),
        is_kind and slot is Slot.THING,
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


def _described(question: Question, actors: Actors, named: Sequence[Group]) -> frozenset[Group]:
    """Those of the named that only an adjective names: "a Ukrainian brigade"."""
    tokens = tagging.tagger(question.language).tag(question.text)
    nouns = {token.start for token in tokens if token.tag is not Tag.ADJ}
    plain = {
        f"@{terms.slug(link)}"
        for mention in actors.find(question.text)
        if mention.start in nouns
        for link in (mention.actor.name, *actors.chain(mention.actor.name))
    }
    return frozenset(group for group in named if plain.isdisjoint(group))


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


def _before(question: Question, words: Mapping[int, Word]) -> list[Word]:
    """The word right before the question word, whose kind is asked for: "ракетой какого типа"."""
    found = search(question.language, "kinds", "what", question.text)
    start = max((s for s in words if found and s < found.start()), default=None)
    if start is None or found is None:
        return []
    return (
        [words[start]] if len(text.WORD.findall(question.text[start : found.start()])) == 1 else []
    )


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
    if question.language == "en":
        nouns = _heads_first(nouns, row)
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


def _heads_first(nouns: Sequence[Token], row: Sequence[Token]) -> list[Token]:
    """English nouns with the last of those that follow each other first: "freight company"."""
    places = {token.start: i for i, token in enumerate(row)}
    runs: list[list[Token]] = []
    for token in nouns:
        joined = runs and places[token.start] == places[runs[-1][-1].start] + 1
        runs[-1 if joined else len(runs) :] = [[*runs[-1], token] if joined else [token]]
    return [token for run in runs for token in reversed(run)]
