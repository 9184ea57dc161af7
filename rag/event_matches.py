"""The clauses of sentences that share what a question takes to have happened, and which way.

A clause that shares the predicate of the question denies what it presumes where it does not hold,
and affirms it where it holds (`rag/polarity.py`); an opposite turns this round, and so does a
negation in the question. What is not even begun is not done: "did not answer" denies "agreed".
A denial may lack the predicate where it has nearly all else: what was never paid was not
"transferred" either.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag import contraries
from rag.clause_bounds import pattern
from rag.ground import Ground
from rag.polarity import Force, Piece
from rag.predicates import Predicate
from rag.presumptions import is_wished
from rag.relevance import SILENT
from rag.told import RankedSentence

NEAREST = 8  # ranked sentences among which a denial without the predicate must stand
SURE = 2  # of them, those that may deny what stands before them without the predicate
FIRST = 0.25  # what the best ranked sentence is ahead of one that shares as much
BESIDE, NEAR, FAR = 0.8, 0.5, 0.25  # what a word counts elsewhere: sentence, paragraph, article
NAMED = 0.66  # of the names of the question: what must stand in the article
UNKEYED = 0.58  # of the question: what a denial without the predicate must share
UNSURE = 0.1  # what is taken off a denial that is weak


@dataclass(frozen=True, slots=True)
class Match:
    """A clause that shares the predicate of a question: how much of it, and which way.

    `planned`: it neither denies nor affirms, but speaks of a plan, a wish, a possibility.
    """

    told: RankedSentence
    score: float
    denies: bool
    time: int  # as in `Ground.time`
    keys: frozenset[int]  # the key words that it has
    names: frozenset[int]  # the names of places and things in its sentence
    by_opposite: bool
    own: float  # the weight of what the clause itself has of the question
    of: RankedSentence | None = None  # the sentence that it refers back to
    planned: bool = False
    focused: bool = False  # it denies one thing beside what holds: "in Lithuania, not in Norway"

    @property
    def sureness(self) -> float:
        """By what the denials are ordered."""
        return self.score - UNSURE * self.is_weak

    @property
    def is_weak(self) -> bool:
        """Whether less is needed to outweigh it: by an opposite, or without the predicate."""
        return self.by_opposite or not self.keys


class Event:
    """What a question takes to have happened, held against sentences."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.asked = Predicate.of(ground.question, ground.actors)
        self.is_wished = is_wished(ground.question)  # it asks of what is to come
        # It asks of a lack itself: "Who is left without water?".
        without = pattern(ground.question.language, "without")
        self.is_lacking = without.search(ground.question.text) is not None
        whole = pattern(ground.question.language, "whole").search(ground.question.text)
        self.is_whole = whole is not None and not self.asked.counted  # "all of the town"

    def matches(self, told: Sequence[RankedSentence]) -> Iterator[Match]:
        """The clauses that share a key word of the question, or deny most of the rest."""
        for one in told:
            met = self._met(one)
            pieces: list[tuple[Piece, RankedSentence | None]] = [
                (p, None) for p in one.reading.pieces
            ]
            if one.reading.refers_back and one.before is not None:
                words = (*one.before.reading.words, *one.reading.words)
                pieces.append((Piece(Force.DENIED, words), one.before))
            for piece, before in pieces:
                lacking = piece.lacks and self.is_lacking
                if piece.force is not Force.UNREAL and piece.words and not lacking:
                    found = self._match(one, piece, met, before)
                    if found is not None:
                        yield found

    def share(self, told: RankedSentence) -> float:
        """The share of the question's words in a sentence or around it, 0 to 1."""
        return self._share(self._met(told))

    def within(self, told: RankedSentence) -> float:
        """The share of the question's words in a sentence itself, 0 to 1."""
        found = (one.weight for one in self.asked.words if one.terms & told.held)
        return sum(found) / self.asked.total

    def _share(self, met: dict[int, float]) -> float:
        words = self.asked.words
        return sum(words[i].weight * share for i, share in met.items()) / self.asked.total

    def _met(self, told: RankedSentence) -> dict[int, float]:
        """Per word of the question what it counts outside of any clause of a sentence."""
        made: dict[int, float] = {}
        for i, asked in enumerate(self.asked.words):
            if asked.terms & told.held:
                made[i] = 1.0 if asked.is_name else BESIDE
            elif asked.terms & told.near:
                made[i] = NEAR
            elif asked.terms & told.far:
                made[i] = FAR
        return made

    def _match(
        self,
        told: RankedSentence,
        piece: Piece,
        met: dict[int, float],
        before: RankedSentence | None,
    ) -> Match | None:
        """What a clause is for the question, with `before` where it stands for that sentence."""
        asked, words = self.asked, self.asked.words
        force = self._force(told, piece)
        same, against = self._shared(piece, force)
        shared = frozenset(same | against) & asked.keys
        every = met | dict.fromkeys(same | against, 1.0)
        score = self._share(every) + FIRST / (1 + told.rank)
        turned = bool(against & asked.keys) and not self._is_turning(piece, against)
        turned = turned or self._is_partial(told, force, same)
        planned = force is Force.PLANNED
        denies = not planned and ((force is Force.HOLDS) != turned) == asked.is_negative
        if not self._is_about(told, piece, shared, every, before):
            return None
        if denies and not self._is_enough(told, shared, score, every):
            return None
        if not shared and not self._is_plain(told, piece, same, before):
            return None
        times = [self.ground.time(one.claims[0]) for one in (told, before) if one is not None]
        names = frozenset(
            i for i in every if words[i].is_name and not words[i].is_actor and every[i] >= BESIDE
        )
        return Match(
            told,
            score,
            denies,
            min(times),
            shared,
            names,
            by_opposite=turned,
            own=sum(words[i].weight for i in same | against),
            of=before,
            planned=planned,
            focused=bool(piece.focus),
        )

    def _shared(self, piece: Piece, force: Force) -> tuple[set[int], set[int]]:
        """The words of the question that a clause has, and those of which it has the opposite."""
        words = self.asked.words
        same = {i for i, a in enumerate(words) if any(a.meets(w) for w in piece.words)}
        against = {i for i, a in enumerate(words) if any(a.opposes(w) for w in piece.words)} - same
        if force in (Force.DENIED, Force.UNSETTLED):
            same |= self._implied(piece) - against
        return same, against

    def _is_about(
        self,
        told: RankedSentence,
        piece: Piece,
        shared: frozenset[int],
        every: dict[int, float],
        before: RankedSentence | None,
    ) -> bool:
        """Whether a clause says anything of what is asked."""
        focus = not piece.focus or any(a.meets(w) for a in self.asked.words for w in piece.focus)
        if not focus or not self._is_named(told, every):
            return False
        if self._is_silent(told, piece) and not self._says(told, piece, shared):
            return False
        if piece.force is Force.UNSETTLED and self.asked.is_negative:
            return False
        if before is not None:
            return min(told.rank, before.rank) < NEAREST
        return bool(shared) or piece.force in (Force.DENIED, Force.UNSETTLED)

    def _force(self, told: RankedSentence, piece: Piece) -> Force:
        """What a clause says of what is asked: who asks of a promise is told that by a promise."""
        if piece.force is not Force.PLANNED:
            return piece.force
        planning = pattern(told.language, "unreal")
        keys = [self.asked.words[i] for i in self.asked.keys]
        own = any(k.meets(w) for w in piece.words if planning.fullmatch(w.text) for k in keys)
        return Force.HOLDS if own or self.is_wished else Force.PLANNED

    def _is_partial(self, told: RankedSentence, force: Force, same: set[int]) -> bool:
        """Whether a clause has of a part what the question has of the whole of a thing."""
        found = pattern(told.language, "part").search(told.sentence.text)
        return self.is_whole and force is Force.HOLDS and len(same) > 1 and found is not None

    def _implied(self, piece: Piece) -> set[int]:
        """The key words that cannot be so where a clause does not hold."""
        return {
            i
            for i in self.asked.keys
            if any(word.keys & self.asked.words[i].implied for word in piece.words)
        }

    def _is_turning(self, piece: Piece, against: set[int]) -> bool:
        """Whether the opposite is what denies a clause or the question, so that it counts once."""
        opposing = (w for w in piece.words if any(self.asked.words[i].opposes(w) for i in against))
        return self.asked.is_negative or any(w.keys & contraries.turning() for w in opposing)

    def _is_enough(
        self,
        told: RankedSentence,
        shared: frozenset[int],
        score: float,
        every: dict[int, float],
    ) -> bool:
        """Whether a denial has enough of the predicate, and what the question counts."""
        asked = self.asked
        done = asked.keys - asked.counted  # what is asked of them: "were shot down"
        absent = pattern(told.language, "absent").search(told.sentence.text) is not None
        if shared and asked.counted and done and not (absent or shared & done):
            return False
        if any(every.get(i, 0.0) <= FAR for i in asked.counted) and not shared & done:
            return False
        if asked.counted and any(
            one.is_actor and every.get(i, 0.0) <= FAR for i, one in enumerate(asked.words)
        ):
            return False  # of other people than those counted
        if not shared:
            return score >= UNKEYED and not asked.is_negative
        return not asked.is_vague or 2 * len(shared) > len(asked.keys)

    def _is_plain(
        self, told: RankedSentence, piece: Piece, same: set[int], before: RankedSentence | None
    ) -> bool:
        """Whether a denial without the predicate is one of what the question is about."""
        words = self.asked.words
        plain = sum(not words[i].is_name for i in same)
        if before is None:
            there = any(words[i].terms & told.held for i in self.asked.keys)
            return piece.force is Force.DENIED and plain > 0 and not there
        return plain > 0 and (told.rank < SURE or (plain > 1 and told.rank < NEAREST))

    def _is_named(self, told: RankedSentence, every: dict[int, float]) -> bool:
        """Whether most names of the question stand in the article of a sentence."""
        names = [i for i, one in enumerate(self.asked.words) if one.is_name]
        missing = [i for i in names if i not in every]
        if len(names) - len(missing) >= NAMED * len(names):
            return True
        around = self.ground.around(told.claims[0])
        return all(self.asked.words[i].terms & around for i in missing)

    def _is_silent(self, told: RankedSentence, piece: Piece) -> bool:
        """Whether a clause is about saying or checking, not about what is said or checked."""
        silent = all(one.claim.stance in SILENT for one in told.claims)
        return piece.force is not Force.UNSETTLED and (piece.is_said or silent)

    def _says(self, told: RankedSentence, piece: Piece, shared: frozenset[int]) -> bool:
        """Whether the question is about just that saying, by the same speaker."""
        said = contraries.keys_of("saying", "concepts")
        implied = bool(self._implied(piece))
        if implied and not piece.is_said:
            return True
        actors = self.ground.question.actors
        silent = [one for one in told.claims if one.claim.stance in SILENT and one.claim.sources]
        names = [w for w in self.asked.words if w.is_name and not w.is_actor]
        named = any(name.meets(word) for name in names for word in piece.words)
        same = not silent or named or any(self.ground.speaks(one, actors) for one in silent)
        return same and (implied or any(self.asked.words[i].keys & said for i in shared))
