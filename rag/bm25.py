"""BM25 as SQLite's FTS5 computes it, to the bit, from the places of the terms in its index.

FTS5's own `bm25()` looks at every term of a query for every row that holds one of them: with forty
terms that takes three times as long as reading their places and adding up here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

K1, B = 1.2, 0.75  # of FTS5, as Robertson and Zaragoza (2009) have them
LEAST_IDF = 1e-6  # of a term that half of the rows hold or more
DIGITS = 10  # hexadecimal, of a packed number: 35 bits
Numbers = NDArray[np.int64]
Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Lengths:
    """The rows of a full-text index (n,), ascending, and the number of tokens (n,) of each."""

    rows: Numbers
    tokens: Scores

    @classmethod
    def of(cls, rows: str, sizes: str) -> Lengths:
        """From the rows with commas between, and as many numbers of DIGITS digits.

        Those are packed as SQLite does it: seven bits a byte, the highest first.
        """
        numbers = listed(rows)
        packed = np.frombuffer(bytes.fromhex(sizes), np.uint8).reshape(len(numbers), -1)
        bits = (packed & 127).astype(np.int64)
        tokens = bits @ (128 ** np.arange(bits.shape[1])[::-1])
        order = np.argsort(numbers)
        return cls(numbers[order], tokens[order].astype(np.float64))


def listed(rows: str) -> Numbers:
    """The numbers (n,) of a text with commas between them."""
    return np.fromstring(rows, np.int64, sep=",")


def scored(lengths: Lengths, places: Sequence[Numbers]) -> tuple[Numbers, Scores]:
    """The rows (m,) that hold any of some terms, and how well each matches; more is better.

    `places` has for each term the row of each time that it occurs, ascending. A score is added up
    in the order of the terms.
    """
    every = np.concatenate(places)
    term = np.repeat(np.arange(len(places)), [len(rows) for rows in places])
    first = np.ones(len(every), bool)  # of a term in a row
    first[1:] = (every[1:] != every[:-1]) | (term[1:] != term[:-1])
    starts = np.flatnonzero(first)
    count = np.diff(starts, append=len(every))
    holding = np.bincount(term[starts], minlength=len(places)).tolist()
    idf = np.array([_idf(len(lengths.rows), n) for n in holding])[term[starts]]
    at = np.searchsorted(lengths.rows, every[starts])
    norm = K1 * (1 - B + B * lengths.tokens[at] / lengths.tokens.mean())
    parts = idf * (count * (K1 + 1.0) / (count + norm))
    scores = np.asarray(np.bincount(at, parts), np.float64)
    held = np.flatnonzero(scores)
    return lengths.rows[held], scores[held]


def best(rows: Numbers, scores: Scores, limit: int) -> dict[int, float]:
    """The score of each of the `limit` best rows, and of those that are as good as the last."""
    if 0 < limit < len(rows):
        chosen = scores >= np.partition(scores, len(rows) - limit)[len(rows) - limit]
        rows, scores = rows[chosen], scores[chosen]
    return dict(zip(rows.tolist(), scores.tolist(), strict=True))


def _idf(total: int, holding: int) -> float:
    """The inverse document frequency of a term that so many rows hold."""
    found = math.log((total - holding + 0.5) / (holding + 0.5))
    return found if found > 0 else LEAST_IDF
