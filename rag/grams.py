"""Character n-grams of romanised texts: what two spellings, inflections or scripts share.

Words of one root share most of their n-grams whatever their endings and compounds, and names share
them across scripts (McNamee and Mayfield 2004). Texts are compared in one Latin spelling.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from rag import lexicon

SIZE = 4
HASHED, FACTOR = 2**16, 2_654_435_761
Numbers = NDArray[np.int64]
_OTHER = re.compile(r"[^a-z0-9\n]+")
_DOUBLED = re.compile(r"([a-z])(?=\1)")


def romanised(text: str) -> str:
    """Lower-case Latin letters without marks, digits, single spaces; line ends stay."""
    letters, sounds = _tables()
    plain = text.lower().translate(letters)
    for old, new in sounds:
        plain = plain.replace(old, new)
    if not plain.isascii():
        plain = unicodedata.normalize("NFD", plain)
    return _DOUBLED.sub("", _OTHER.sub(" ", plain))


def shares(question: str, texts: Sequence[str]) -> list[float]:
    """Per text the share of the question's n-grams that it holds, 0 to 1.

    N-grams weigh by their inverse document frequency among these texts (Robertson and Zaragoza
    2009); those that no text holds count for nothing, so that the best text sets the measure.
    """
    wanted = _grams(f" {romanised(' '.join(question.split()))} ")
    lines = romanised("\n".join(" ".join(text.split()) for text in texts)).split("\n")
    gram, line = _held(wanted, [f" {line} " for line in lines])
    total = len(texts)
    found = np.bincount(gram, minlength=len(wanted)).tolist()
    weights = [math.log(1 + (total - n + 0.5) / (n + 0.5)) if n else 0.0 for n in found]
    whole = sum(weights)
    if not whole:
        return [0.0] * total
    shared: list[float] = np.bincount(line, np.array(weights)[gram], total).tolist()
    return [share / whole for share in shared]


def _held(wanted: Sequence[str], lines: Sequence[str]) -> tuple[Numbers, Numbers]:
    """The n-grams (p,) and lines (p,) of which the one stands in the other, by n-gram and line."""
    codes, known = _codes("\n".join(lines)), _codes("".join(wanted))[::SIZE]
    table = np.zeros(HASHED, bool)
    table[_hash(known)] = True
    places = np.flatnonzero(table[_hash(codes)])  # nearly all of them right
    order = np.argsort(known)
    near = np.searchsorted(known, codes[places], sorter=order)
    gram = order[np.minimum(near, len(known) - 1)] if len(known) else near
    right = known[gram] == codes[places]
    ends = np.cumsum([len(line) + 1 for line in lines])
    line = np.searchsorted(ends, places[right], side="right")
    pairs = np.unique(gram[right] * len(lines) + line)
    return pairs // len(lines), pairs % len(lines)


def _codes(romanised: str) -> Numbers:
    """The n-grams (n,) at all places of a romanised text as numbers, a byte for each letter."""
    letters = np.frombuffer(romanised.encode("ascii"), np.uint8).astype(np.int64)
    return letters[:-3] << 24 | letters[1:-2] << 16 | letters[2:-1] << 8 | letters[3:]


def _hash(codes: Numbers) -> Numbers:
    """The places (n,) of n-grams in a table of HASHED (Knuth, multiplicative hashing)."""
    return (codes * FACTOR >> 16) % HASHED


def _grams(padded: str) -> list[str]:
    found = (padded[i : i + SIZE] for i in range(len(padded) - SIZE + 1))
    return list(dict.fromkeys(found))


@cache
def _tables() -> tuple[dict[int, str], tuple[tuple[str, str], ...]]:
    table = lexicon.load("romanisation")
    return str.maketrans(table["letters"]), tuple(table["sounds"].items())
