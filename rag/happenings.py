"""Whether what a question takes to have happened is denied by the articles, or told by them.

A clause that shares the predicate of the question denies what it presumes where it does not hold,
and affirms it where it holds (`rag/polarity.py`); an opposite turns this round, and so does a
negation in the question. The premise fails where a clause denies it and none that is as near to
the question affirms it. A denial may lack the predicate where it has nearly all else: what was
never paid was not "transferred" either.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag import dates, polarity, terms
from rag.ground import EXACT, OTHER, Ground
from rag.polarity import Force, Piece
from rag.predicates import Predicate
from rag.presumptions import asks_for_words
from rag.relevance import ASSERTING, SILENT, Scored
from rag.schema import Sentence, Stance
from rag.told import Told, sentences

# Who announces, expects or warns tells of what is to come.
TELLING = ASSERTING - {Stance.ANNOUNCES, Stance.EXPECTS, Stance.WARNS}
NEAREST = 8  # ranked sentences among which a silence must stand
SURE = 2  # of them, those that may deny what stands before them without the predicate
FIRST = 0.25  # what the best ranked sentence is ahead of one that shares as much
BESIDE, NEAR, FAR = 0.8, 0.5, 0.25  # what a word counts elsewhere: sentence, paragraph, article
NAMED = 0.66  # of the names of the question: what must stand in the article
# Of the question: what must be shared by a denial, by one without the predicate, by what dates the
# event otherwise (in its setting, in itself), by what was said last.
ENOUGH, UNKEYED, WHOLE, WITHIN, HALF = 0.42, 0.58, 0.7, 0.6, 0.5
# Of what a denial shares: what outweighs it must, or where it is an opposite only; what goes with.
CLOSE, LOOSE, KEPT = 0.9, 0.6, 0.6
AHEAD = 0.15  # what a clause must be ahead that lacks something that the denial has
UNSURE = 0.1  # what is taken off a denial by an opposite only


@dataclass(frozen=True, slots=True)
class Match:
    """A clause that shares the predicate of a question: how much of it, and which way."""

    told: Told
    score: float
    denies: bool
    time: int  # as in `Ground.time`
    keys: frozenset[int]  # the key words that it has
    names: frozenset[int]  # the names of places and things in its sentence
    by_opposite: bool
    of: Told | None = None  # the sentence that it refers back to

    @property
    def sureness(self) -> float:
        """By what the denials are ordered."""
        return self.score - UNSURE * self.by_opposite


class Event:
    """What a question takes to have happened, held against sentences."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.asked = Predicate.of(ground.question, ground.actors)

    def matches(self, told: Sequence[Told]) -> Iterator[Match]:
        """The clauses that share a key word of the question, or deny most of the rest."""
        for one in told:
            met = self._met(one)
            pieces: list[tuple[Piece, Told | None]] = [(p, None) for p in one.reading.pieces]
            if one.reading.refers_back and one.before is not None:
                words = (*one.before.reading.words, *one.reading.words)
                pieces.append((Piece(Force.DENIED, words), one.before))
            for piece, before in pieces:
                if piece.force is not Force.UNREAL and piece.words:
                    yield from self._match(one, piece, met, before)

    def share(self, told: Told) -> float:
        """The share of the question's words in a sentence or around it, 0 to 1."""
        return self._share(self._met(told))

    def within(self, told: Told) -> float:
        """The share of the question's words in a sentence itself, 0 to 1."""
        found = (one.weight for one in self.asked.words if one.terms & told.held)
        return sum(found) / self.asked.total

    def _share(self, met: dict[int, float]) -> float:
        words = self.asked.words
        return sum(words[i].weight * share for i, share in met.items()) / self.asked.total

    def _met(self, told: Told) -> dict[int, float]:
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
        self, told: Told, piece: Piece, met: dict[int, float], before: Told | None
    ) -> Iterator[Match]:
        asked, words = self.asked, self.asked.words
        same = {i for i, a in enumerate(words) if any(a.meets(w) for w in piece.words)}
        against = {i for i, a in enumerate(words) if any(a.opposes(w) for w in piece.words)} - same
        shared = frozenset(same | against) & asked.keys
        every = met | dict.fromkeys(same | against, 1.0)
        if self._is_silent(told, piece) and not self._says(told, shared):
            return
        if (not shared and piece.force is Force.HOLDS) or not self._is_named(told, every):
            return
        turned = bool(against & asked.keys) and not self._is_turning(piece, against)
        denies = ((piece.force is Force.HOLDS) != turned) == asked.is_negative
        if piece.force is Force.UNSETTLED and asked.is_negative:
            return
        score = self._share(every) + FIRST / (1 + told.rank)
        if denies and not self._is_enough(shared, score, every):
            return
        if not shared and not self._is_plain(told, piece, same, before):
            return
        times = [self.ground.time(one.claims[0]) for one in (told, before) if one is not None]
        names = frozenset(
            i for i in every if words[i].is_name and not words[i].is_actor and every[i] >= BESIDE
        )
        yield Match(told, score, denies, min(times), shared, names, turned, before)

    def _is_turning(self, piece: Piece, against: set[int]) -> bool:
        """Whether the opposite is what denies a clause or the question, so that it counts once."""
        opposing = (w for w in piece.words if any(self.asked.words[i].opposes(w) for i in against))
        return self.asked.is_negative or any(w.keys & polarity.turning() for w in opposing)

    def _is_enough(self, shared: frozenset[int], score: float, every: dict[int, float]) -> bool:
        """Whether a denial has enough of the predicate, and what the question counts."""
        asked = self.asked
        if any(every.get(i, 0.0) <= FAR for i in asked.counted):
            return False
        if not shared:
            return score >= UNKEYED and not asked.is_negative
        return not asked.is_vague or 2 * len(shared) > len(asked.keys)

    def _is_plain(self, told: Told, piece: Piece, same: set[int], before: Told | None) -> bool:
        """Whether a denial without the predicate is one of what the question is about."""
        words = self.asked.words
        plain = sum(not words[i].is_name for i in same)
        if before is None:
            there = any(words[i].terms & told.held for i in self.asked.keys)
            return piece.force is Force.DENIED and plain > 0 and not there
        return plain > 0 and (told.rank < SURE or (plain > 1 and told.rank < NEAREST))

    def _is_named(self, told: Told, every: dict[int, float]) -> bool:
        """Whether most names of the question stand in the article of a sentence."""
        names = [i for i, one in enumerate(self.asked.words) if one.is_name]
        missing = [i for i in names if i not in every]
        if len(names) - len(missing) >= NAMED * len(names):
            return True
        around = self.ground.around(told.claims[0])
        return all(self.asked.words[i].terms & around for i in missing)

    def _is_silent(self, told: Told, piece: Piece) -> bool:
        """Whether a clause is about saying or checking, not about what is said or checked."""
        silent = all(one.claim.stance in SILENT for one in told.claims)
        return piece.force is not Force.UNSETTLED and (piece.is_said or silent)

    def _says(self, told: Told, shared: frozenset[int]) -> bool:
        """Whether the question is about just that saying, by the same speaker."""
        said = polarity.keys_of("saying", "concepts")
        actors = self.ground.question.actors
        silent = [one for one in told.claims if one.claim.stance in SILENT and one.claim.sources]
        same = not silent or any(self.ground.speaks(one, actors) for one in silent)
        return same and any(self.asked.words[i].keys & said for i in shared)


def denials(ground: Ground, scored: Sequence[Scored]) -> list[Scored]:
    """The claims that deny the event of a question, best first; none where one affirms it."""
    event = Event(ground)
    if not event.asked.keys:
        return []
    matches = list(event.matches(sentences(ground, scored)))
    denying = [m for m in matches if m.denies and m.score >= ENOUGH and m.time != OTHER]
    if not denying:
        return []
    best = max(denying, key=lambda m: (m.sureness, m.time))
    refuted = {m.of.sentence for m in matches if m.denies and m.of is not None}
    if any(_outweighs(one, best, refuted) for one in matches):
        return []
    ordered = sorted(denying, key=lambda m: (-m.sureness, -m.time))
    kept = (m.told.correcting for m in ordered if m.score >= KEPT * best.score)
    return list(dict.fromkeys(kept))


def _outweighs(one: Match, denial: Match, refuted: set[Sentence]) -> bool:
    """Whether a clause affirms what another denies, of the same time and as near to it."""
    telling = any(found.claim.stance in TELLING for found in one.told.claims)
    if one.denies or not telling or one.told.sentence in refuted or one.time == OTHER:
        return False
    if denial.time == EXACT and one.time != EXACT:
        return False
    if not one.keys >= denial.keys:
        return one.score >= denial.score + AHEAD
    if not (denial.by_opposite or one.names >= denial.names):
        return one.score >= denial.score
    return one.score >= (LOOSE if denial.by_opposite else CLOSE) * denial.score


def elsewhere(ground: Ground, scored: Sequence[Scored]) -> list[Scored]:
    """The claims that date the event of a question otherwise, where none has it at its time."""
    event = Event(ground)
    if ground.question.date is None or not event.asked.keys:
        return []
    matches = event.matches(sentences(ground, scored))
    telling = [m for m in matches if not m.denies and m.keys >= event.asked.keys]
    every = [m for m in telling if m.score >= WHOLE]
    if any(_is_timely(ground, one) for one in every):
        return []
    moved = [m for m in every if m.time == OTHER and m.told.claims[0].claim.date]
    ordered = sorted(moved, key=lambda m: -m.score)
    return list(dict.fromkeys(m.told.claims[0] for m in ordered if event.within(m.told) >= WITHIN))


def _is_timely(ground: Ground, one: Match) -> bool:
    """Whether a clause tells of the time asked of, or stands where that time is given."""
    if one.time == OTHER:
        return False
    if one.time == EXACT or one.told.claims[0].claim.date is not None:
        return True
    later = polarity.pattern(one.told.language, "later").search(one.told.sentence.text)
    return later is None and f"d:{ground.question.date}" in one.told.near


def last_told(ground: Ground, scored: Sequence[Scored]) -> list[Scored]:
    """The claims that tell when, before the time asked of, something was said for the last time."""
    asked = ground.question
    if asked.date is None or not asks_for_words(asked):
        return []
    event = Event(ground)
    found: list[Scored] = []
    for told in sentences(ground, scored):
        last = polarity.pattern(told.language, "last").search(told.sentence.text)
        own = any(ground.links(name) & told.held for name in asked.speakers)
        if last and own and _is_before(told, asked.date) and event.share(told) >= HALF:
            found.append(told.correcting)
    return found


def _is_before(told: Told, day: str) -> bool:
    """Whether all dates of a sentence lie before a day or period."""
    first = dates.bounds(day)[0]
    days = [term.removeprefix("d:") for term in told.held if term.startswith("d:")]
    return bool(days) and all(found < first[: len(found)] for found in days)


def withholds(ground: Ground, found: Scored) -> bool:
    """Whether a claim says of a presumed speaker that no number was given, or gives the silence."""
    claim, article = found.claim, ground.article(found)
    if article is None or ground.time(found) == OTHER:
        return False
    sentence = claim.sentence.text
    if polarity.pattern(article.language, "number").search(sentence) is None:
        return False
    names = ground.presumed.speakers
    if claim.stance is Stance.NO_COMMENT and ground.speaks(found, names):
        return True
    sources = (ground.links(source.name) for source in claim.sources)
    held = found.held.union(ground.around(found), *sources)
    if claim.sources or not any(f"@{terms.slug(n)}" in held for n in names):
        return False
    giving = polarity.keys_of("saying", "giving")
    pieces = polarity.read(sentence, article.language).pieces
    return any(p.force is Force.DENIED and any(w.keys & giving for w in p.words) for p in pieces)
