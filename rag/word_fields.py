"""Words by what they mean for a comparison: word fields, operators, prepositions, empty words.

The words stand in `lexicon/verification.<language>.toml`. Across languages two words are the same
where they are of one word field, or where a multilingual embedding puts them next to each other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from rag import lexicon, wordlists
from rag.embeddings import Embedder
from rag.schema import LANGUAGES
from rag.tokens import fold
from rag.vocabulary import Vocabulary, centred
from rag.wordlists import WordList

# The centred cosine from which on a word of one language translates one of another: on 40 pairs of
# topic words translations had 0.7 and more, neighbours of the same field at most 0.5. What lies
# nearer than its meaning (killed and wounded, north and south) stands in a word field.
SAME = 0.65
_COMPOUND, _PART = 9, 4  # letters of a German compound and of each part


@dataclass(frozen=True, slots=True)
class Fields:
    """The tables of one language."""

    language: str
    light: frozenset[str]
    own_voice: frozenset[str]
    operators: tuple[tuple[str, re.Pattern[str]], ...]
    additions: tuple[tuple[str, re.Pattern[str]], ...]
    roles: dict[str, str]  # of a preposition
    clause: re.Pattern[str]  # where a clause begins
    coordinators: frozenset[str]
    complementisers: frozenset[str]
    changes: tuple[tuple[str, re.Pattern[str]], ...]  # what makes a figure a result, a whole
    concepts: WordList
    compounds: WordList

    def of(self, word: str) -> frozenset[str]:
        """The word fields of a word: those of the table, else what figures count by it.

        A German compound has those of its parts.
        """
        folded = fold(word)
        several = self.compounds.word(folded)
        if several is not None:
            return frozenset(several.split())
        found = self.concepts.word(folded)
        if self.language == "de" and len(folded) >= _COMPOUND:
            parts = self._parts(folded)
            if parts:
                return parts
        if found is not None:
            return frozenset({found})
        unit = wordlists.of(self.language, "units").word(folded)
        return frozenset({f"#{unit}"}) if unit else frozenset()

    def is_operator(self, word: str) -> bool:
        """Whether a word by itself is an operator or an addition."""
        return any(p.fullmatch(word) for _, p in (*self.operators, *self.additions))

    def _parts(self, folded: str) -> frozenset[str]:
        """The fields of both parts of a compound, the longest second part first."""
        for cut in range(_PART, len(folded) - _PART + 1):
            head = self.concepts.word(folded[:cut])
            tail = self.concepts.word(folded[cut:])
            if head and tail and head != tail:
                return frozenset({head, tail})
        return frozenset()


@cache
def of(language: str) -> Fields:
    """The tables of a language, those of English where it has none."""
    language = language if language in LANGUAGES else "en"
    table = lexicon.load("verification", language)
    joined = "|".join(re.escape(word) for word in table["clause_words"].split())
    roles = {w: role for role, words in table["prepositions"].items() for w in words.split()}
    concepts = {key: words.split() for key, words in table["concepts"].items()}
    return Fields(
        language,
        frozenset(table["light"].split()),
        frozenset(table["own_voice"].split()),
        _patterns(table["operators"]),
        _patterns(table["additions"]),
        roles,
        re.compile(rf"[,;:](?=\s)|[–—()]|(?<=\s)(?:{joined})(?=\s)", re.IGNORECASE),
        frozenset(table["coordinators"].split()),
        frozenset(table["complementisers"].split()),
        tuple((k, re.compile(p, re.IGNORECASE)) for k, p in table["changes"].items()),
        WordList(concepts),
        WordList(_grouped(table["compounds"])),
    )


def _grouped(compounds: dict[str, str]) -> dict[str, list[str]]:
    """The words of each combination of fields."""
    return {
        fields: [word for word, others in compounds.items() if others == fields]
        for fields in compounds.values()
    }


def _patterns(table: dict[str, str]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (key, re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE))
        for key, words in table.items()
    )


class Translator(Protocol):
    """Says whether words of two languages translate each other."""

    def matches(self, word: str, language: str, others: Sequence[str], other: str) -> bool:
        """Whether one of `others`, words of the language `other`, translates `word`."""


@dataclass(frozen=True, slots=True)
class Vectors:
    """Translations by the vectors of words, those of a library's vocabulary as the measure."""

    embedder: Embedder
    vocabulary: Vocabulary

    def matches(self, word: str, language: str, others: Sequence[str], other: str) -> bool:
        """Whether one of `others`, words of the language `other`, translates `word`."""
        means = self.vocabulary.means
        if not others or language not in means or other not in means:
            return False
        asked = centred(self.embedder.words([word]), means[language])
        near = centred(self.embedder.words(list(others)), means[other])
        return bool((near @ asked[0]).max() >= SAME)


class Untranslated:
    """Where no vectors are at hand: no word translates another."""

    def matches(self, word: str, language: str, others: Sequence[str], other: str) -> bool:
        """Never."""
        return False
