"""The words of a text that mean something, with the concepts that they may stand for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rag import concepts, tagging, text
from rag.clause_bounds import pattern
from rag.tagging import Tag

KEPT = 4096  # sentences that are remembered
# Verbal nouns in the genitive plural, which a negation takes, and in the nominative: "влучань".
GENITIVE, NOMINATIVE = ("ань", "янь"), "ня"


@dataclass(frozen=True, slots=True)
class Word:
    """A word that means something: its stem and the concepts that it may stand for."""

    start: int
    text: str  # lower case
    stem: str
    keys: frozenset[str]


def words_of(sentence: str, language: str) -> tuple[Word, ...]:
    """The words of a text but its function words."""
    keys: dict[int, frozenset[str]] = {}
    for found in concepts.in_text(sentence, language):
        for match in text.WORD.finditer(sentence, found.start, found.end):
            keys[match.start()] = keys.get(match.start(), frozenset()) | found.keys
    whole = separated(sentence, language)
    made = []
    for match in text.WORD.finditer(sentence):
        low = match.group().lower().replace("’", "'").replace("ʼ", "'")
        low = whole.get(match.start(), low)
        if match.start() in keys or not text.is_function_word(low, language):
            meant = keys.get(match.start(), frozenset()) | concepts.of_word(low, language)
            if language == "uk" and low.endswith(GENITIVE):
                meant |= concepts.of_word(low[:-1] + NOMINATIVE, language)
            made.append(Word(match.start(), low, text.stem(low, language), meant))
    return tuple(made)


@lru_cache(maxsize=KEPT)
def separated(sentence: str, language: str) -> dict[int, str]:
    """German verbs parted from their particle, as infinitives by offset: "gab … frei"."""
    made: dict[int, str] = {}
    if language != "de" or not pattern(language, "particle").search(sentence):
        return made
    verb = None
    for token in tagging.tagger(language).tag(sentence):
        if token.tag is Tag.VFIN:
            verb = token
        elif token.tag is Tag.PART and verb is not None:
            infinitive = token.lower + verb.lemma
            if concepts.of_word(infinitive, language):
                made[verb.start] = infinitive
            verb = None
        elif token.tag is Tag.PUNCT:
            verb = None
    return made
