"""Words and their opposites: which field a word is of, whether a clause is negated or leaves open.

The fields stand in `lexicon/opposites.<language>.toml`; those of all languages have the same names,
so that words of two languages can be of one field, or of the opposite sides of one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rag import lexicon, terms, text, word_fields
from rag.tokens import fold
from rag.traits import Clause, Traits
from rag.wordlists import WordList

DENYING = frozenset({"negation", "failure"})

# Fields of what somebody reaches, takes or has: "the agreement" presumes that there is one.
RESULTS = frozenset({"agreement", "decision", "evidence"})


@dataclass(frozen=True, slots=True)
class Part:
    """A word of a question or a clause."""

    start: int
    text: str  # lower case
    stem: str
    fields: frozenset[str]
    bones: str  # the consonants of a capitalised word in Latin spelling, or nothing


@dataclass(frozen=True, slots=True)
class Meanings:
    """The word fields of one language, and its phrases that leave open or only look negative."""

    meant: WordList
    opposed: WordList
    open: re.Pattern[str]
    over: re.Pattern[str]
    last: re.Pattern[str]
    number: re.Pattern[str]
    later: re.Pattern[str]

    def of(self, word: str) -> tuple[str, bool] | None:
        """The field of a word, and whether it is on the side of the opposites."""
        folded = fold(word)
        opposite = self.opposed.word(folded)
        if opposite is not None:
            return opposite, True
        field = self.meant.word(folded)
        return (field, False) if field is not None else None

    def has(self, words: Sequence[Part], names: frozenset[str]) -> bool:
        """Whether one of the words is of one of these fields."""
        return any(field[0] in names for w in words if (field := self.of(w.text)))

    def negate(self, clause: Clause, read: Traits) -> bool:
        """Whether a clause is negated, and not just what is over or how much it is."""
        found = read.text[clause.start : clause.end]
        return bool(clause.operators & DENYING) and self.over.search(found) is None


@cache
def meanings(language: str) -> Meanings:
    """The table of a language."""
    table = lexicon.load("opposites", language)
    lists = (
        WordList({key: words.split() for key, words in table[side].items()})
        for side in ("meant", "opposed")
    )
    meant, opposed = lists
    patterns = [
        re.compile(rf"(?<!\w)(?:{table['words'][key]})(?!\w)", re.IGNORECASE)
        for key in ("open", "over", "last", "number", "later")
    ]
    return Meanings(meant, opposed, *patterns)


def words_of(read: Traits) -> tuple[Part, ...]:
    """The words of a text that mean something, also those that say how far it holds."""
    taken = [(n.start, n.end) for n in read.names] + [(a, b) for a, b, _ in read.dates]
    fields = word_fields.of(read.language)
    made: list[Part] = []
    for match in text.WORD.finditer(read.text):
        low = match.group().lower().replace("’", "'")
        named = any(a <= match.start() < b for a, b in taken)
        empty = text.is_function_word(low, read.language) and not is_doubt(low, read.language)
        if named or empty or low in fields.roles:
            continue
        stem = text.stem(low, read.language)
        bones = terms.skeleton(stem) if match.group()[0].isupper() else ""
        made.append(Part(match.start(), low, stem, fields.of(low), bones))
    return tuple(made)


def is_same(asked: Part, word: Part, group: tuple[str, ...], own: bool) -> bool:
    """Whether two words are the same, of one field, or of translations (`group`)."""
    if asked.fields & word.fields or (own and asked.stem == word.stem):
        return True
    return word.stem in group or bool(word.bones and f"~{word.bones}" in group)


def is_doubt(word: str, language: str) -> bool:
    """Whether a word is of the field of verifying, which frames many questions."""
    field = meanings(language).of(word)
    return field is not None and field[0] == "verify"


def names_result(asked: str, language: str) -> bool:
    """Whether a text names an agreement, a decision, or evidence."""
    fields = (meanings(language).of(word) for word in text.words(asked))
    return any(field is not None and field[0] in RESULTS for field in fields)
