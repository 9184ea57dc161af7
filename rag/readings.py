"""A text read once for all its figures: tokens, numbers, cue words, marks between clauses."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache

from rag import lexicon, numerals, tokens, wordlists
from rag.numerals import Numeral
from rag.tokens import Token

_COMMA = frozenset({",", "–", "—", "(", ")"})
_HARD = frozenset({".", ";", ":", "!", "?"})
_CLAUSE = 25  # tokens in which the particle of a verb is looked for


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that say what happens to the counted: indices of first and last token, aspect.

    A nominal one ("losses", "Tod") speaks of a number only close by.
    """

    first: int
    last: int
    aspect: str
    nominal: bool = False
    attributive: bool = False  # an adjective: "der einst eroberten Fläche"


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
    including: frozenset[str]
    further: frozenset[str]  # "two more", "weitere zwei"
    parts: frozenset[str]  # "including", "of them"
    changes: frozenset[str]  # join the two ends of a change
    singular: frozenset[str]  # relatives that stand for one thing
    relatives: frozenset[str]  # any that opens a relative clause
    plural: re.Pattern[str] | None  # what a noun in the plural looks like
    openers: frozenset[str]  # of the first end of a range or change
    oblique: frozenset[str]  # before a number: where, when or how
    spoken: re.Pattern[str]  # verbs of speaking, whose subject a number does not count
    spoken_before: frozenset[str]  # stands between such a verb and a number
    free_relatives: frozenset[str]  # open a clause about something else
    attribute: re.Pattern[str] | None  # a verb of this form stands before a noun
    verb: re.Pattern[str]  # what a verb looks like
    shifts: re.Pattern[str]  # "last", "this": before a unit of time they make it a date
    predicate: re.Pattern[str] | None  # a state of this form is a verb, no adjective
    noun: re.Pattern[str] | None  # what a noun that no table knows looks like
    particles: dict[str, tuple[tuple[str, str], ...]]  # verb: particle and aspect of the two

    def is_predicate(self, word: str) -> bool:
        """Whether a state of this form is a verb: "31 захвачен"."""
        return self.predicate is not None and self.predicate.fullmatch(word) is not None


@cache
def grammar(language: str) -> Grammar:
    """The closed words of a language."""
    table = lexicon.load("quantities", language)
    conjunctions, partitives, them, stops, purpose, including = (
        frozenset(table["grammar"][key].split())
        for key in ("conjunctions", "partitives", "them", "stops", "purpose", "including")
    )
    phrases = [p.split() for phrases in table["qualifiers"].values() for p in phrases]
    # The preposition of "more than in six regions" joins no list.
    links = {w for p in phrases for w in (p[:-1] if len(p) > 1 and p[-1] in stops else p)}
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
        including=including,
        further=frozenset(table["grammar"]["further"].split()),
        parts=frozenset(table["grammar"]["parts"].split()),
        changes=frozenset(w for join in table["change"]["joins"] for w in join.split()),
        singular=frozenset(table["grammar"]["singular_relatives"].split()),
        relatives=frozenset(table["grammar"]["relatives"].split()),
        plural=re.compile(plural) if (plural := table["grammar"]["plural"]) else None,
        openers=frozenset(opener for opener, _ in table["ranges"]["pairs"] if opener),
        oblique=frozenset(table["grammar"]["oblique"].split()),
        spoken=re.compile(table["grammar"]["spoken"]),
        spoken_before=frozenset(table["grammar"]["spoken_before"].split()),
        free_relatives=frozenset(table["grammar"]["free_relatives"].split()),
        attribute=re.compile(a) if (a := table["grammar"]["attribute"]) else None,
        verb=re.compile(table["grammar"]["verb"]),
        shifts=re.compile("|".join(lexicon.load("dates", language)["shift"].values())),
        predicate=re.compile(p) if (p := table["grammar"]["predicate"]) else None,
        noun=re.compile(noun) if (noun := table["grammar"]["noun"]) else None,
        particles=_particles(table["separable"]["pairs"]),
    )


@cache
def _months(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Months that are other words in lower case, and what stands before a month."""
    table = dict(lexicon.load("dates", language).get("months_exact", {"before": "(?!)"}))
    before = table.pop("before")
    return re.compile("|".join(table.values()) or "(?!)"), re.compile(before)


def _particles(pairs: list[list[str]]) -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for verbs, particle, aspect in pairs:
        for verb in verbs.split():
            found[verb] = (*found.get(verb, ()), (particle, aspect))
    return found


class Reading:
    """A text read once for all its figures: tokens, numbers, cues and the marks between clauses."""

    def __init__(self, text: str, folded: str, language: str) -> None:
        self.text = text
        self.folded = folded
        self.language = language
        self.row: list[Token] = tokens.tokens(folded)
        self.numerals: list[Numeral] = numerals.find(self.row, language)
        self.grammar = grammar(language)
        self.skipped: set[int] = set()  # calibres and the like, kept by rag.labels
        self.counted = {k for n in self.numerals for k in range(n.first, n.last + 1)}
        self.hard = [i for i in range(len(self.row)) if self._is_hard(i)]
        self._hard = frozenset(self.hard)
        self.cues = self._merged(self._cues())
        self._cue_starts = [cue.first for cue in self.cues]
        # Cues that are the noun of one numeral ("300 dead") say nothing of the others.
        self.owned: dict[int, int] = {}
        self.nouns: dict[int, tuple[str | None, int]] = {}  # kept by rag.aspects
        self._by_start = {cue.first: cue for cue in self.cues}
        conjunctions = self.grammar.conjunctions
        self.commas = sorted([*self.hard, *(i for i, t in enumerate(self.row) if t.word in _COMMA)])
        joined = (i for i, t in enumerate(self.row) if t.word in conjunctions)
        self.soft = sorted([*self.commas, *joined])

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

    def _is_hard(self, i: int) -> bool:
        """Whether a clause ends here; "кв. км", "approx. 300" and the like go on."""
        token = self.row[i]
        if token.word != ".":
            return token.kind == "break" or token.word in _HARD
        following = self.row[i + 1] if i + 1 < len(self.row) else None
        small = following is not None and self.text[following.start].islower()
        return not (small and following is not None and following.start - token.end <= 1)

    def _cues(self) -> list[Cue]:
        aspects = wordlists.of(self.language, "aspects")
        nouns = wordlists.single(self.language, "grammar", "nominal")
        found: list[Cue] = []
        for i, token in enumerate(self.row):
            if token.kind != "word" or (found and i <= found[-1].last) or self._is_month(i):
                continue
            if self._is_change(i):
                continue
            if split := self._split_verb(i):
                found.append(Cue(i, i, split))
            elif hit := aspects.at(self.folded, token):
                nominal = nouns.word(token.word) is not None
                last = self.token_at(hit[1], i)
                found.append(Cue(i, last, hit[0], nominal, self._attributive(i, last)))
        return found

    def _is_change(self, i: int) -> bool:
        """Whether a verb says that a number changed: "fiel von 90 auf 84", "sank auf 30"."""
        changing = wordlists.single(self.language, "change", "words").word(self.row[i].word)
        ends = self.grammar.openers | self.grammar.changes
        return changing is not None and self.word(i + 1) in ends and i + 2 in self.counted

    def _is_month(self, i: int) -> bool:
        """Whether a capitalised word that may be a verb is a month: "In May", "18 May 2025"."""
        month, before = _months(self.language)
        if not self.capital(i) or month.fullmatch(self.text, *self._extent(i)) is None:
            return False
        dated = any(0 <= k < len(self.row) and k in self.counted for k in (i - 1, i + 1))
        return dated or before.fullmatch(self.word(i - 1)) is not None

    def _extent(self, i: int) -> tuple[int, int]:
        return self.row[i].start, self.row[i].end

    def _attributive(self, first: int, last: int) -> bool:
        """Whether a German participle stands between an article and its noun."""
        if not self.grammar.capital_nouns or first != last or self.capital(first):
            return False
        inflected = self.row[first].word.endswith(("e", "en", "er", "es", "em"))
        articles = self.grammar.partitives
        before = any(self.word(i) in articles for i in range(max(first - 5, 0), first))
        return inflected and self.capital(last + 1) and before

    def _split_verb(self, i: int) -> str | None:
        """The aspect of a verb whose particle stands at the end of its clause: "schossen … ab"."""
        for particle, aspect in self.grammar.particles.get(self.row[i].word, ()):
            for k in range(i + 1, min(i + _CLAUSE, len(self.row))):
                if k in self._hard or self.row[k].word == ",":
                    break
                if self.row[k].word == particle and self._closes(k + 1):
                    return aspect
        return None

    def _closes(self, i: int) -> bool:
        """Whether a clause ends here: a mark, a conjunction or nothing."""
        return (
            i >= len(self.row)
            or self.row[i].kind != "word"
            or (self.row[i].word in self.grammar.conjunctions)
        )

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
