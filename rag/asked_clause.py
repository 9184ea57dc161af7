"""The clause of a question behind its question word, word by word, and its main verb."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from rag import concepts, lexicon, tagging, text
from rag.question_words import search
from rag.schema import Question, QuestionKind
from rag.tagging import VERBS, Tag, Token

ENDS = frozenset({Tag.PUNCT, Tag.SUB, Tag.REL})  # of a clause
KINDS = ("how_many", "when", "where", "why", "who", "what")


def read(question: Question) -> list[Token]:
    """The clause behind the question word, up to a mark or a word that opens another clause."""
    found = (search(question.language, "kinds", key, question.text) for key in KINDS)
    opening = min((m.start() for m in found if m), default=0)
    tokens = tagging.tagger(question.language).tag(question.text)
    row = [_reread(t, question.language) for t in tokens if t.start >= opening]
    while row and row[0].tag is Tag.PREP:
        row = row[1:]
    ends = (i for i, token in enumerate(row) if i and token.tag in ENDS)
    return row[1 : next(ends, len(row))]


def _reread(token: Token, language: str) -> Token:
    """A known Slavic word that the tagger took for one of another class, as what it is.

    The past form of a known verb is no noun, and a known word that no verb has is no verb.
    """
    past, stem = lexicon.load("slots")["past"].get(language), text.stem(token.lower, language)
    if past is None:
        return token
    is_verb = stem in concepts.verbs(language)
    if is_verb and token.tag in (Tag.NOUN, Tag.ADJ) and token.lower.endswith(tuple(past)):
        return replace(token, tag=Tag.VFIN)
    if not is_verb and token.tag in VERBS and concepts.of_word(token.lower, language):
        return replace(token, tag=Tag.NOUN)
    return token


def says(question: Question) -> bool:
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


def main_verb(row: Sequence[Token], language: str) -> int:
    """Where the first verb begins that is no auxiliary; -1 where there is none."""
    verbs = (t for t in row if t.tag in VERBS and not text.is_function_word(t.lower, language))
    return next((token.start for token in verbs), -1)
