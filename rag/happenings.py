"""Clauses that deny what a question takes to have happened, or tell of its opposite.

A question and a clause are compared by their words: the same stem, a translation, or one word field
(`lexicon/opposites.<language>.toml`). A clause denies what it shares with the question where it is
negated, leaves it open, or has the opposite of a word of the question; it affirms it where none of
this holds and it tells of no plan, order or possibility.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from rag import dates, lexicon, quantities, terms, text, traits
from rag.ground import EXACT, OTHER, Ground
from rag.relevance import ASSERTING, Scored
from rag.schema import Article, Polarity, QuestionKind, Stance
from rag.tokens import fold
from rag.traits import Clause, Traits, Word
from rag.wordlists import WordList

MOST = 30  # ranked claims that are read
NEAREST = 8  # of them, those among which a denial must stand
SHARE = 0.3  # of the words of a question: what a denial without its key word must share
_DENYING = frozenset({"negation", "failure"})
_UNREAL = _DENYING | {"intention", "possibility", "condition", "doubt", "future", "duty", "order"}
_SILENT = frozenset({Stance.NO_COMMENT, Stance.DOES_NOT_CONFIRM, Stance.UNVERIFIED, Stance.DENIES})
# Fields of what somebody reaches, takes or has: "the agreement" presumes that there is one.
RESULTS = frozenset({"agreement", "decision", "evidence"})


@dataclass(frozen=True, slots=True)
class Meanings:
    """The word fields of one language, and its phrases that leave open or only look negative."""

    meant: WordList
    opposed: WordList
    open: re.Pattern[str]
    over: re.Pattern[str]
    last: re.Pattern[str]

    def of(self, word: str) -> tuple[str, bool] | None:
        """The field of a word, and whether it is on the side of the opposites."""
        folded = fold(word)
        opposite = self.opposed.word(folded)
        if opposite is not None:
            return opposite, True
        field = self.meant.word(folded)
        return (field, False) if field is not None else None


@cache
def meanings(language: str) -> Meanings:
    """The table of a language."""
    table = lexicon.load("opposites", language)
    lists = (
        WordList({key: words.split() for key, words in table[side].items()})
        for side in ("meant", "opposed")
    )
    patterns = (
        re.compile(rf"(?<!\w)(?:{table['words'][key]})(?!\w)", re.IGNORECASE)
        for key in ("open", "over", "last")
    )
    return Meanings(*lists, *patterns)


@dataclass(frozen=True, slots=True)
class Told:
    """One clause of a claim's sentence, with the words of the question that it shares."""

    found: Scored
    rank: int
    shared: frozenset[int]  # offsets in the question
    denies: bool
    affirms: bool
    time: int


class Event:
    """The words of a question that tell what is taken to have happened."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        asked = ground.question
        read = traits.read(asked.text, asked.language, None, ground.actors)
        leading = {group[0]: group for group in ground.presumed.terms}
        self._groups = {w.start: leading[w.stem] for w in read.words if w.stem in leading}
        self.words = tuple(w for w in read.words if w.start in self._groups)
        fields = meanings(asked.language)
        self._fields = {w.start: field for w in self.words if (field := fields.of(w.text))}
        self.key = frozenset(
            w.start for w in self.words if w.start in read.verbs or w.start in self._fields
        )
        self.results = frozenset(w for w, (f, other) in self._fields.items() if f in RESULTS)
        self._names = [
            frozenset(f"@{terms.slug(link)}" for link in ground.actors.chain(name))
            for name in asked.actors
        ]

    def told(self, scored: Sequence[Scored]) -> list[Told]:
        """The clauses of the best claims on the same actors that share words with the question."""
        made: list[Told] = []
        for rank, one in enumerate(scored[:MOST]):
            article = self.ground.article(one)
            if article is not None and self._is_named(one):
                made += self._clauses(one, rank, article)
        return made

    def _is_named(self, found: Scored) -> bool:
        held = found.held | self.ground.around(found)
        sources = (link for s in found.claim.sources for link in self.ground.actors.chain(s.name))
        held |= {f"@{terms.slug(link)}" for link in sources}
        return all(chain & held for chain in self._names)

    def _clauses(self, found: Scored, rank: int, article: Article) -> Iterator[Told]:
        sentence, claim = found.claim.sentence, found.claim
        read = traits.read(sentence.text, article.language, article.published, self.ground.actors)
        fields = meanings(article.language)
        is_open = fields.open.search(sentence.text) is not None
        time = self.ground.time(found)
        for clause in read.clauses:
            words = [w for w in read.words if clause.start <= w.start < clause.end]
            shared, opposed = self._shared(words, fields, article.language)
            if not shared:
                continue
            negated = self._is_negated(clause, read, fields)
            positive = claim.polarity is Polarity.POSITIVE and claim.stance in ASSERTING
            unreal = clause.operators & _UNREAL and not (negated and opposed)
            yield Told(
                found,
                rank,
                shared,
                denies=negated != opposed or is_open,
                affirms=positive and negated == opposed and not is_open and not unreal,
                time=time,
            )

    def _is_negated(self, clause: Clause, read: Traits, fields: Meanings) -> bool:
        if not clause.operators & _DENYING:
            return False
        return fields.over.search(read.text[clause.start : clause.end]) is None

    def _shared(
        self, words: Sequence[Word], fields: Meanings, language: str
    ) -> tuple[frozenset[int], bool]:
        """The words of the question among these, and whether one of these is an opposite."""
        own = self.ground.question.language
        shared, opposed = set[int](), False
        for asked in self.words:
            group, field = self._groups[asked.start], self._fields.get(asked.start)
            for word in words:
                other = fields.of(word.text)
                if field and other and field[0] == other[0]:
                    opposed |= field[1] != other[1]
                    shared.add(asked.start)
                elif _is_same(asked, word, group, own == language):
                    shared.add(asked.start)
        return frozenset(shared), opposed


def _is_same(asked: Word, word: Word, group: tuple[str, ...], own: bool) -> bool:
    if asked.fields & word.fields or (own and asked.stem == word.stem):
        return True
    return word.stem in group or bool(word.bones and f"~{word.bones}" in group)


def denials(ground: Ground, scored: Sequence[Scored]) -> list[Scored]:
    """The claims that deny the event of a question, best first, where none affirms it.

    They stand among the nearest claims, on the same actors and of the same time, and share a verb
    with the question, or a noun that has an opposite; of a question what, an agreement, a decision,
    or evidence.
    """
    event = Event(ground)
    told = event.told(scored)
    asks_what = ground.question.kind in (QuestionKind.WHAT, QuestionKind.HOW_MANY)
    key = event.results if asks_what else event.key
    found = [
        t
        for t in told
        if t.denies and t.rank < NEAREST and t.time != OTHER and t.shared & key
        and (t.shared & event.results or len(t.shared) > 1 or len(event.words) < 4)
        and not any(_stands_against(one, t) for one in told)
    ]  # fmt: skip
    ordered = sorted(found, key=lambda t: (-t.time, -len(t.shared), t.rank))
    return [t.found for t in ordered]


def _stands_against(one: Told, denial: Told) -> bool:
    """Whether a clause affirms all that a denial shares with the question, at its time."""
    if not one.affirms or one.time == OTHER or (denial.time == EXACT and one.time != EXACT):
        return False
    return one.shared >= denial.shared
