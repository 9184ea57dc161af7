"""Query expansion: the words of a question, also as the library's other languages have them.

A group of the question's terms is met by any of its terms, so that a translation makes the words of
a question count in full-text search, in coverage, and in what a claim holds of the topic.
"""

from __future__ import annotations

import re
from dataclasses import replace

from rag import text
from rag.index import Index
from rag.schema import Question


def translated(question: Question, index: Index) -> Question:
    """The question with translations of its topic words among its terms."""
    vocabulary = index.vocabulary()
    words = topic_words(question)
    if not words or not vocabulary.words.keys() - {question.language}:
        return question
    vectors = index.embedder.words(list(words.values()))
    found = vocabulary.translations(vectors, question.language)
    also = dict(zip(words, found, strict=True))
    groups = tuple(
        tuple(dict.fromkeys((*group, *also.get(group[0], ())))) for group in question.terms
    )
    return replace(question, terms=groups)


def topic_words(question: Question) -> dict[str, str]:
    """Per stem that leads a group of terms: the word of the question, names left out.

    The nearest words of a name are other names; its own spelling is met across scripts. German
    writes every noun as a name, so there all are taken.
    """
    leading = {group[0] for group in question.terms}
    found: dict[str, str] = {}
    for match in text.WORD.finditer(question.text):
        word = match.group()
        stem = text.stem(word.lower().replace("’", "'"), question.language)
        if stem in leading and not any(c.isdigit() for c in word) and not is_name(question, match):
            found.setdefault(stem, word.lower().replace("’", "'"))
    return found


def is_name(question: Question, word: re.Match[str]) -> bool:
    """Whether a word is written as a name: with a capital within the sentence, not in German."""
    inside = any(c.isalnum() for c in question.text[: word.start()])
    return question.language != "de" and inside and word.group()[0].isupper()
