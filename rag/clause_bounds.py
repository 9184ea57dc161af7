"""Where the segments and the clauses of a sentence stand.

A sentence falls into segments (at stops within it, dashes and adversatives) and these into clauses
(at commas, conjunctions and prepositions that stand for one). A coordinating conjunction parts two
clauses only where each side has a verb of its own: "Putin and Zelensky did not meet" is one.
Words: `lexicon/polarity.<language>.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from rag import lexicon, tagging
from rag.tagging import VERBS

# The point of a German day ("12. Mai") is no stop, nor is the end of a line of a paragraph.
STRONG = re.compile(r"(?:[;:!?…]|(?<!\s\d)(?<!\s\d\d)\.)(?=[\s\W]|$)|\s[—–-]\s|[»“”](?=\s)|\n\s*\n")
WEAK = re.compile(r"[,()](?=\s|$)")
SHORTEST = 3  # letters of a clause
PARTING = ("join", "without")  # keys of the table
# A number behind a conjunction counts something else: "no dead and two wounded".
_COUNTED = re.compile(r"\s+\d")


@cache
def pattern(language: str, key: str) -> re.Pattern[str]:
    """A pattern of the table of a language."""
    end = "" if key == "contrast" else r"(?!\w)"
    words = lexicon.load("polarity", language)[key]
    return re.compile(rf"(?<!\w)(?:{words}){end}", re.IGNORECASE)


def blank(found: str, extents: Iterable[tuple[int, int]]) -> str:
    """A text with these stretches blanked out, offsets kept."""
    for start, end in list(extents):
        found = found[:start] + " " * (end - start) + found[end:]
    return found


def segments(masked: str, language: str) -> Iterator[tuple[int, int]]:
    """Where the segments of a sentence stand."""
    cuts = [m.start() for m in STRONG.finditer(masked)]
    cuts += [m.start() for m in pattern(language, "turn").finditer(masked)]
    yield from _spans(cuts, 0, len(masked))


def stretch(masked: str, at: int) -> tuple[int, int]:
    """The part of a sentence between stops that holds this place."""
    cuts = [m.start() for m in STRONG.finditer(masked)]
    return next(e for e in _spans(cuts, 0, len(masked)) if e[0] <= at < e[1])


class Clauses:
    """The clauses of a sentence; `masked` is its text in lower case, offsets kept."""

    def __init__(self, sentence: str, masked: str, language: str) -> None:
        self.masked = masked
        self.language = language
        self._sentence = sentence
        self._verbs: tuple[int, ...] | None = None

    def within(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Where the clauses of a segment stand."""
        cuts = [m.start() for m in WEAK.finditer(self.masked, start, end)]
        for key in PARTING:
            cuts += [m.start() for m in self._found(key, start, end)]
        joints = [(m.start(), m.end()) for m in self._found("coordinator", start, end)]
        bounds = sorted({start, *cuts, end})
        for i, (joint, behind) in enumerate(joints):
            first = max(bound for bound in bounds if bound <= joint)
            ends = [bound for bound in bounds if bound > joint]
            last = min([*ends, *(one for one, _ in joints[i + 1 : i + 2])])
            if self._parts(first, joint, behind, last):
                bounds = sorted({*bounds, joint})
        return tuple(_spans(bounds, start, end))

    def _found(self, key: str, start: int, end: int) -> Iterator[re.Match[str]]:
        return pattern(self.language, key).finditer(self.masked, start, end)

    def _parts(self, first: int, joint: int, behind: int, last: int) -> bool:
        """Whether a conjunction stands between two clauses."""
        if _COUNTED.match(self.masked, behind):
            return True
        return self.has_verb(first, joint) and self.has_verb(behind, last)

    def interrupted(self, clauses: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """The places of two clauses that are one, which a relative clause interrupts.

        "The order, of which papers had written, was never given": the first has no verb.
        """
        relative = pattern(self.language, "relative")
        texts = [self.masked[a:b].strip(" ,") for a, b in clauses]
        full = [i for i, found in enumerate(texts) if len(found) >= SHORTEST]
        for i, inner, k in zip(full, full[1:], full[2:], strict=False):
            between = self.masked[clauses[i][1] : clauses[inner][1]].lstrip(" ,")
            keys = ("coordinator", "join", "relative")
            opens = any(pattern(self.language, key).match(texts[k]) for key in keys)
            if relative.match(between) and not opens and not self.has_verb(*clauses[i]):
                yield i, k

    def has_verb(self, start: int, end: int) -> bool:
        """Whether a verb stands between two places, or a negation that is a predicate."""
        if self._verbs is None:
            tagged = tagging.tagger(self.language).tag(self._sentence)
            self._verbs = tuple(token.start for token in tagged if token.tag in VERBS)
        if any(start <= verb < end for verb in self._verbs):
            return True
        # "No dead" is a predicate without a verb in Slavic languages.
        return next(self._found("negation", start, end), None) is not None


def _spans(cuts: Sequence[int], start: int, end: int) -> Iterator[tuple[int, int]]:
    ordered = [start, *sorted({cut for cut in cuts if start < cut < end}), end]
    yield from ((a, b) for a, b in pairwise(ordered) if a < b)
