"""Query expansion: the words of a question, also as the library's other languages have them.

A group of the question's terms is met by any of its terms, so that a translation makes the words of
a question count in full-text search, in coverage, and in what a claim holds of the topic. A word of
the tables of concepts gets all words of its concepts; any other those that the vectors of words put
nearest to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from rag import concepts, text
from rag.index import Index
from rag.schema import LANGUAGES, Question


def translated(question: Question, index: Index) -> Question:
    """The question with translations and synonyms of its topic words among its terms.

    The question itself is embedded meanwhile, for the search that follows.
    """
    index.ahead.start(index.embedder, question.text)
    words = topic_words(question)
    if not words:
        return question
    found = alike(question, words, index)
    rest = {stem: word for stem, word in words.items() if stem not in found}
    if rest:
        found |= index.words.translations(index.catalog, index.embedder, rest, question.language)
    groups = tuple(
        tuple(dict.fromkeys((*group, *found.get(group[0], ())))) for group in question.terms
    )
    return replace(question, terms=groups)


def alike(question: Question, words: Mapping[str, str], index: Index) -> dict[str, tuple[str, ...]]:
    """Per stem of these words (stem: word) that has concepts: their stems that the library has."""
    every = {
        stem: tuple(
            one
            for key in sorted(keys)
            for language in LANGUAGES
            for one in concepts.stems(key, language)
        )
        for stem, keys in meant(question, words).items()
    }
    _, held = index.catalog.frequencies([one for some in every.values() for one in some])
    return {
        stem: tuple(dict.fromkeys(one for one in some if one in held))
        for stem, some in every.items()
    }


def meant(question: Question, words: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Per stem of these words (stem: word) the concepts that it stands for in the question.

    A word of an expression has its own beside: "the Far East" is also the east.
    """
    made: dict[str, frozenset[str]] = {}
    for found in concepts.in_text(question.text, question.language):
        for word in text.words(question.text[found.start : found.end]):
            stem = text.stem(word, question.language)
            if stem in words:
                own = concepts.of_word(word, question.language)
                made[stem] = made.get(stem, frozenset()) | found.keys | own
    return made


def topic_words(question: Question) -> dict[str, str]:
    """Per stem that leads a group of terms: the word of the question."""
    leading = {group[0] for group in question.terms}
    found: dict[str, str] = {}
    for match in text.WORD.finditer(question.text):
        word = match.group().lower().replace("’", "'")
        stem = text.stem(word, question.language)
        if stem in leading and not any(c.isdigit() for c in word):
            found.setdefault(stem, word)
    return found
