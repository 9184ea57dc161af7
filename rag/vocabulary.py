"""The words of a library with their vectors: which words of one language are nearest to another's.

A multilingual embedding model puts a word near to its translations, once what all words of a
language have in common is taken off.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

CENTRE = 0.8  # the share of a language's mean that is taken off
LIMIT = 15_000  # words kept of each language: more cost time, and are rarer and rarer
NEAREST = 3  # translations of a word
LEAST = 0.5  # the centred cosine that a translation has at the least


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language: their stems, kept forms, and centred unit vectors (n, d)."""

    stems: tuple[str, ...]
    forms: tuple[str, ...]
    vectors: Floats
    rows: Mapping[str, int]  # of each stem

    def vector(self, stem: str, form: str) -> Floats | None:
        """The centred vector (d,) of a word, where it is kept in just this form."""
        row = self.rows.get(stem)
        return None if row is None or self.forms[row] != form else self.vectors[row]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a library by language; `means` are what words of a language have in common."""

    words: Mapping[str, Words]
    means: Mapping[str, Floats]

    @classmethod
    def of(
        cls,
        rows: Mapping[str, tuple[Sequence[str], Sequence[str], Floats]],
        means: Mapping[str, Floats],
    ) -> Vocabulary:
        """From stems, forms and raw vectors (n, d) of each language, and means for all."""
        words = {
            language: Words(
                tuple(stems),
                tuple(forms),
                centred(vectors, means[language]),
                {stem: row for row, stem in enumerate(stems)},
            )
            for language, (stems, forms, vectors) in rows.items()
        }
        return cls(words, means)

    def translations(self, asked: Floats, language: str) -> list[tuple[str, ...]]:
        """Per word of a language, by its centred vector (n, d): stems of other languages' words."""
        found: list[list[str]] = [[] for _ in asked]
        for other in sorted(self.words.keys() - {language}):
            words = self.words[other]
            cosines = asked @ words.vectors.T
            some = np.argpartition(-cosines, min(NEAREST, cosines.shape[1] - 1), axis=1)
            for number, nearest in enumerate(some[:, :NEAREST]):
                near = [(-round(float(cosines[number, i]), 5), words.stems[i], i) for i in nearest]
                found[number] += [s for _, s, i in sorted(near) if cosines[number, i] >= LEAST]
        return [tuple(dict.fromkeys(stems)) for stems in found]

    def missing(self, asked: Floats, language: str, held: Collection[str]) -> float:
        """How much nearer the library's words come to these than a text's do, 0 for as near.

        The words are of any language, by their centred vectors (n, d); the text is of another or
        the same, and holds these stems. The mean over the words of the differences between the
        best cosine with any word of the language and with one of the text.
        """
        words = self.words.get(language)
        if words is None or not len(asked):
            return 0.0
        cosines = asked @ words.vectors.T
        inside = [row for stem in held if (row := words.rows.get(stem)) is not None]
        found = cosines[:, inside].max(axis=1) if inside else np.zeros(len(asked))
        return float((cosines.max(axis=1) - found).mean())


def centred(vectors: Floats, mean: Floats) -> Floats:
    """Vectors (n, d) without most of their language's mean, at length 1."""
    moved = vectors - CENTRE * mean
    lengths = np.linalg.norm(moved, axis=-1, keepdims=True)
    made: Floats = (moved / np.maximum(lengths, 1e-9)).astype(np.float32)
    return made
