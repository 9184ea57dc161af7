"""A text read once for all its figures: tokens, numbers, cue words, marks between clauses."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache

from rag import lexicon, numerals, tokens, wordlists
from rag.numerals import Numeral
from rag.tokens import Token

_COMMA = frozenset({",", "–", "—", "(", ")"})
_HARD = frozenset({".", ";", ":", "!", "?"})


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that say what happens to the counted: indices of first and last token, aspect.

    A nominal one ("losses", "Tod") speaks of a number only close by.
    """

    first: int
    last: int
    aspect: str
    nominal: bool = False


@dataclass(frozen=True, slots=True)
class Grammar:
    """The closed words of a language that steer the reading."""

    conjunctions: frozenset[str]
    partitives: frozenset[str]
    them: frozenset[str]
    stops: frozenset[str]
    purpose: frozenset[str]
    capital_nouns: bool
    perfect: frozenset[str]
    links: frozenset[str]  # may stand between figures that are listed together
    separators: frozenset[str]


@cache
def grammar(language: str) -> Grammar:
    """The closed words of a language."""
    table = lexicon.load("quantities", language)
    conjunctions, partitives, them, stops, purpose, including = (
        frozenset(table["grammar"][key].split())
        for key in ("conjunctions", "partitives", "them", "stops", "purpose", "including")
    )
    qualifiers = (p.split() for phrases in table["qualifiers"].values() for p in phrases)
    links = {word for phrase in qualifiers for word in phrase}
    separators = conjunctions | {",", "/", "("}
    links |= separators | including
    links |= {word for _, join in table["ranges"]["pairs"] for word in join.split()}
    return Grammar(
        conjunctions=conjunctions,
        partitives=partitives,
        them=them,
        stops=stops,
        purpose=purpose,
        capital_nouns=table["capital_nouns"],
        perfect=frozenset(table["perfect"]["words"]),
        links=frozenset(links),
        separators=separators,
    )


def _is_hard(token: Token) -> bool:
    return token.kind == "break" or token.word in _HARD


class Reading:
    """A text read once for all its figures: tokens, numbers, cues and the marks between clauses."""

    def __init__(self, text: str, folded: str, language: str) -> None:
        self.text = text
        self.folded = folded
        self.language = language
        self.row: list[Token] = tokens.tokens(folded)
        self.numerals: list[Numeral] = numerals.find(self.row, language)
        self.grammar = grammar(language)
        self.counted = {k for n in self.numerals for k in range(n.first, n.last + 1)}
        self.cues = self._merged(self._cues())
        self._cue_starts = [cue.first for cue in self.cues]
        # Cues that are the noun of one numeral ("300 dead") say nothing of the others.
        self.owned: dict[int, int] = {}
        self.nouns: dict[int, tuple[str | None, int]] = {}  # kept by rag.aspects
        self._by_start = {cue.first: cue for cue in self.cues}
        conjunctions = self.grammar.conjunctions
        self.hard = [i for i, t in enumerate(self.row) if _is_hard(t)]
        self.commas = [i for i, t in enumerate(self.row) if _is_hard(t) or t.word in _COMMA]
        self.soft = [
            i
            for i, t in enumerate(self.row)
            if _is_hard(t) or t.word in _COMMA or t.word in conjunctions
        ]

    def word(self, i: int) -> str:
        """The folded word of a token, "" outside the text."""
        return self.row[i].word if 0 <= i < len(self.row) else ""

    def capital(self, i: int) -> bool:
        """Whether a token begins with a capital letter."""
        return 0 <= i < len(self.row) and self.text[self.row[i].start].isupper()

    def token_at(self, offset: int, start: int) -> int:
        """The index of the last token, from `start` on, that begins before an offset."""
        i = start
        while i + 1 < len(self.row) and self.row[i + 1].start < offset:
            i += 1
        return i

    def _cues(self) -> list[Cue]:
        aspects = wordlists.of(self.language, "aspects")
        nouns = wordlists.single(self.language, "grammar", "nominal")
        found: list[Cue] = []
        for i, token in enumerate(self.row):
            if token.kind != "word" or (found and i <= found[-1].last):
                continue
            if hit := aspects.at(self.folded, token):
                nominal = nouns.word(token.word) is not None
                found.append(Cue(i, self.token_at(hit[1], i), hit[0], nominal))
        return found

    def _merged(self, found: list[Cue]) -> list[Cue]:
        """The cues, with "killed and wounded" as one where no number stands between."""
        merged: list[Cue] = []
        both = {"killed", "wounded"}
        for cue in found:
            last = merged[-1] if merged else None
            if last and {last.aspect, cue.aspect} == both and self._listed(last.last, cue.first):
                merged[-1] = Cue(last.first, cue.last, "killed_and_wounded")
            else:
                merged.append(cue)
        return merged

    def _listed(self, left: int, right: int) -> bool:
        between = [self.row[k].word for k in range(left + 1, min(right, left + 4))]
        links = self.grammar.conjunctions | {"/", ","}
        return right - left <= 3 and bool(between) and all(word in links for word in between)

    def cue_from(self, i: int) -> Cue | None:
        """The cue that starts at a token."""
        return self._by_start.get(i)

    def cues_between(self, first: int, end: int, own: int = -1) -> list[Cue]:
        """The cues that start at tokens `first` to `end` - 1 and are no noun of another numeral."""
        low = bisect_left(self._cue_starts, first)
        found = self.cues[low : bisect_left(self._cue_starts, max(first, end))]
        return [cue for cue in found if self.owned.get(cue.first, own) == own]

    def after(self, marks: list[int], i: int) -> int:
        """The first of the marks right of token `i`, or the number of tokens."""
        at = bisect_right(marks, i)
        return marks[at] if at < len(marks) else len(self.row)

    def before(self, marks: list[int], i: int) -> int:
        """The last of the marks left of token `i`, or -1."""
        at = bisect_left(marks, i)
        return marks[at - 1] if at else -1
