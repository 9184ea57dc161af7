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

from rag import lexicon

SIZE = 4
_OTHER = re.compile(r"[^a-z0-9\n]+")
_DOUBLED = re.compile(r"([a-z])\1+")


def romanised(text: str) -> str:
    """Lower-case Latin letters without marks, digits, single spaces; line ends stay."""
    letters, sounds = _tables()
    plain = text.lower().translate(letters)
    for old, new in sounds:
        plain = plain.replace(old, new)
    if not plain.isascii():
        plain = unicodedata.normalize("NFD", plain)
    return _DOUBLED.sub(r"\1", _OTHER.sub(" ", plain))


def shares(question: str, texts: Sequence[str]) -> list[float]:
    """Per text the share of the question's n-grams that it holds, 0 to 1.

    N-grams weigh by their inverse document frequency among these texts (Robertson and Zaragoza
    2009); those that no text holds count for nothing, so that the best text sets the measure.
    """
    wanted = _grams(f" {romanised(question)} ")
    lines = romanised("\n".join(" ".join(text.split()) for text in texts)).split("\n")
    held = [[gram in padded for gram in wanted] for padded in (f" {line} " for line in lines)]
    total = len(texts)
    weights = []
    for column in zip(*held, strict=True):
        found = sum(column)
        weights.append(math.log(1 + (total - found + 0.5) / (found + 0.5)) if found else 0.0)
    whole = sum(weights)
    if not whole:
        return [0.0] * total
    return [sum(w for w, has in zip(weights, row, strict=True) if has) / whole for row in held]


def _grams(padded: str) -> list[str]:
    found = (padded[i : i + SIZE] for i in range(len(padded) - SIZE + 1))
    return list(dict.fromkeys(found))


@cache
def _tables() -> tuple[dict[int, str], tuple[tuple[str, str], ...]]:
    table = lexicon.load("romanisation")
    return str.maketrans(table["letters"]), tuple(table["sounds"].items())
