"""Query expansion: the words of a question, also as the library's other languages have them.

A group of the question's terms is met by any of its terms, so that a translation makes the words of
a question count in full-text search, in coverage, and in what a claim holds of the topic.
"""

from __future__ import annotations

from dataclasses import replace

from rag import text
from rag.index import Index
from rag.schema import Question


def translated(question: Question, index: Index) -> Question:
    """The question with translations of its topic words among its terms.

    The question itself is embedded meanwhile, for the search that follows.
    """
    index.ahead.start(index.embedder, question.text)
    words = topic_words(question)
    if not words:
        return question
    found = index.words.translations(index.catalog, index.embedder, words, question.language)
    groups = tuple(
        tuple(dict.fromkeys((*group, *found.get(group[0], ())))) for group in question.terms
    )
    return replace(question, terms=groups)


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
