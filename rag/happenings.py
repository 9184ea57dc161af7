"""Clauses that deny what a question takes to have happened, or tell of its opposite.

A question and a clause are compared by their words: the same stem, a translation, or one word field
(`lexicon/opposites.<language>.toml`). A clause denies what it shares with the question where it is
negated, leaves it open, or has the opposite of a word of the question; it affirms it where none of
this holds and it tells of no plan, order or possibility.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag import dates, opposites, terms, traits
from rag.actors import Actors
from rag.ground import EXACT, OTHER, Ground
from rag.opposites import RESULTS, Meanings, Part, is_same, meanings, words_of
from rag.presumptions import PRESUPPOSING, SAID, asks_how
from rag.relevance import ASSERTING, SILENT, Scored
from rag.schema import Article, Polarity, QuestionKind, SourceKind, Stance
from rag.traits import Traits

MOST = 30  # ranked claims that are read
NEAREST = 8  # of them, those among which a denial must stand
HALF = 0.5  # of the actors of a question: what a claim must have to deny its event
FEW = 4  # words of a question of which a denial must share two, or one of a word field
DOUBTED = frozenset({"verify", "know", "explain"})  # negated, these deny nothing
SAYINGS = DOUBTED | {"publish", "trust"}
GIVING = frozenset({"publish", "give"})
# Who announces, expects or warns tells of what is to come.
_TELLING = ASSERTING - {Stance.ANNOUNCES, Stance.EXPECTS, Stance.WARNS}
_UNREAL = opposites.DENYING | {
    "intention",
    "possibility",
    "condition",
    "doubt",
    "future",
    "duty",
    "order",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One clause of a claim's sentence, with the words of the question that it shares."""

    found: Scored
    rank: int
    shared: frozenset[int]  # offsets in the question
    denies: bool
    affirms: bool
    time: int
    is_full: bool  # with all actors of the question
    is_late: bool  # tells when something was done last, before the time asked of


class Event:
    """The words of a question that tell what is taken to have happened."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        asked = ground.question
        read = traits.read(asked.text, asked.language, None, ground.actors)
        leading = {group[0]: group for group in ground.presumed.terms}
        self.words = tuple(w for w in words_of(read) if w.stem in leading)
        self._groups = {w.start: leading[w.stem] for w in self.words}
        fields = meanings(asked.language)
        self._fields = {w.start: field for w in self.words if (field := fields.of(w.text))}
        self.key = frozenset(
            w.start for w in self.words if w.start in read.verbs or w.start in self._fields
        )
        self._verbs = frozenset(w.start for w in self.words if w.start in read.verbs)
        if not self.key and asked.speakers:
            self.key = frozenset(self._groups)
        self.results = self._of_fields(RESULTS)
        self.sayings = self._of_fields(SAYINGS)
        self._names = {name: _links(name, ground.actors) for name in asked.actors}

    def _of_fields(self, names: frozenset[str]) -> frozenset[int]:
        return frozenset(start for start, (name, _) in self._fields.items() if name in names)

    def asked(self) -> frozenset[int]:
        """The words of which a denial must share one.

        How something was done presumes that it was; what there is, only an agreement, a decision,
        or evidence.
        """
        question = self.ground.question
        if question.kind not in (QuestionKind.WHAT, QuestionKind.HOW_MANY):
            return self.key
        return self.results | (self._verbs if asks_how(question) else frozenset())

    def is_denied(self, told: Told, key: frozenset[int]) -> bool:
        """Whether a clause denies enough of this: one of the key words, and not that alone."""
        near = told.rank < NEAREST and told.time != OTHER
        alone = len(told.shared) == 1 and len(self.words) >= FEW
        meant = bool(told.shared & self._fields.keys())
        return told.denies and near and bool(told.shared & key) and (meant or not alone)

    def is_said(self, told: Told) -> bool:
        """Whether a clause tells of the saying that a question is about."""
        asked = self.ground.question
        return bool(told.shared & self.sayings) or (bool(asked.speakers) and asked.stance in SAID)

    def told(self, scored: Sequence[Scored]) -> list[Told]:
        """The clauses of the best claims on the same actors that share words with the question."""
        made: list[Told] = []
        for rank, one in enumerate(scored[:MOST]):
            article = self.ground.article(one)
            if article is not None and self.named(one) >= HALF:
                made += self._clauses(one, rank, article)
        return made

    def named(self, found: Scored) -> float:
        """The share of the actors of the question in or around a claim; 0 without all persons."""
        held, actors = around(self.ground, found), self.ground.actors
        met = {name for name, links in self._names.items() if links & held}
        missing = (actors.get(name) for name in self._names.keys() - met)
        if any(actor and actor.kind is SourceKind.PERSON for actor in missing):
            return 0.0
        return len(met) / len(self._names) if self._names else 1.0

    def _clauses(self, found: Scored, rank: int, article: Article) -> Iterator[Told]:
        sentence, claim = found.claim.sentence, found.claim
        read = traits.read(sentence.text, article.language, article.published, self.ground.actors)
        fields = meanings(article.language)
        is_open = fields.open.search(sentence.text) is not None
        time, is_full = self.ground.time(found), self.named(found) == 1
        is_late = fields.last.search(sentence.text) is not None and self._is_before(read)
        among = words_of(read)
        for clause in read.clauses:
            words = [w for w in among if clause.start <= w.start < clause.end]
            shared, opposed = self._shared(words, fields, article.language)
            if not shared:
                continue
            negated = fields.negate(clause, read)
            positive = claim.polarity is Polarity.POSITIVE and claim.stance in _TELLING
            unreal = clause.operators & _UNREAL and not (negated and opposed)
            doubted = claim.stance in SILENT or fields.has(words, DOUBTED)
            silent = doubted and not shared & self.sayings
            yield Told(
                found,
                rank,
                shared,
                denies=(negated != opposed and not silent) or is_open,
                affirms=positive and negated == opposed and not is_open and not unreal,
                time=time,
                is_full=is_full,
                is_late=is_late,
            )

    def _is_before(self, read: Traits) -> bool:
        """Whether all dates of a sentence lie before the time asked of."""
        asked = self.ground.presumed.date
        told = [dates.bounds(value)[1] for _, _, value in read.dates if value]
        return asked is not None and bool(told) and max(told) < dates.bounds(asked)[0]

    def _shared(
        self, words: Sequence[Part], fields: Meanings, language: str
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
                elif is_same(asked, word, group, own == language):
                    shared.add(asked.start)
        return frozenset(shared), opposed


def _links(name: str, actors: Actors) -> frozenset[str]:
    """The terms of an actor and of those it speaks for."""
    return frozenset(f"@{terms.slug(link)}" for link in actors.chain(name))


def around(ground: Ground, found: Scored) -> frozenset[str]:
    """The terms of a claim, of what stands around it, and of its sources."""
    sources = (_links(source.name, ground.actors) for source in found.claim.sources)
    return found.held.union(ground.around(found), *sources)


def denials(ground: Ground, scored: Sequence[Scored]) -> list[Scored]:
    """The claims that deny the event of a question, best first, where none affirms it.

    They stand among the nearest claims, on the same actors and of the same time, and share a verb
    with the question, or a noun that has an opposite; of a question what, an agreement, a decision,
    or evidence.
    """
    event = Event(ground)
    told = event.told(scored)
    key = event.asked()
    affirming = _affirming(told)
    found = [
        t
        for t in told
        if (t.is_late and event.is_said(t))
        or (event.is_denied(t, key) and not any(_stands_against(one, t) for one in affirming))
    ]
    ordered = sorted(found, key=lambda t: (-t.time, -len(t.shared), t.rank))
    return [t.found for t in ordered]


def elsewhere(ground: Ground, scored: Sequence[Scored]) -> list[Scored]:
    """The claims that date the event of a question otherwise, where none has it at its time."""
    asked = ground.question
    if asked.date is None or (
        asked.kind not in PRESUPPOSING and asked.kind is not QuestionKind.WHAT
    ):
        return []
    event = Event(ground)
    told = event.told(scored)
    affirming = [t for t in _affirming(told) if t.shared & event.key]
    moved = [
        t
        for t in affirming
        if t.time == OTHER
        and t.found.claim.date
        and t.rank < NEAREST
        and 2 * len(t.shared) >= len(event.words)
    ]
    day = f"d:{asked.date}"
    timely = [t for t in affirming if _is_timely(t) or _is_of_day(ground, t, day)]
    if any(one.shared & t.shared & event.key for one in timely for t in moved):
        return []
    return [t.found for t in moved]


def _is_of_day(ground: Ground, told: Told, day: str) -> bool:
    """Whether what stands around an undated claim gives its time, and it does not tell of later."""
    article, sentence = ground.article(told.found), told.found.claim.sentence.text
    is_later = article is not None and meanings(article.language).later.search(sentence)
    return told.time != OTHER and not is_later and day in ground.around(told.found)


def _is_timely(told: Told) -> bool:
    return told.time == EXACT or (told.time != OTHER and told.found.claim.date is not None)


def _affirming(told: Sequence[Told]) -> list[Told]:
    """The clauses that affirm, of sentences in which none denies."""
    denied = {t.found.claim.sentence for t in told if t.denies}
    return [t for t in told if t.affirms and t.is_full and t.found.claim.sentence not in denied]


def withholds(ground: Ground, found: Scored) -> bool:
    """Whether a claim says of a presumed speaker that no number was given, or gives the silence."""
    claim, article = found.claim, ground.article(found)
    if article is None or ground.time(found) == OTHER:
        return False
    fields = meanings(article.language)
    sentence = claim.sentence.text
    if fields.number.search(sentence) is None:
        return False
    if claim.stance is Stance.NO_COMMENT and ground.speaks(found, ground.presumed.speakers):
        return True
    held = around(ground, found)
    if claim.sources or not any(f"@{terms.slug(n)}" in held for n in ground.presumed.speakers):
        return False
    read = traits.read(sentence, article.language, article.published, ground.actors)
    words = words_of(read)
    return any(
        fields.negate(c, read)
        and fields.has([w for w in words if c.start <= w.start < c.end], GIVING)
        for c in read.clauses
    )


def _stands_against(one: Told, denial: Told) -> bool:
    """Whether a clause affirms all that a denial shares with the question, at its time."""
    timely = one.time == EXACT or (one.time != OTHER and denial.time != EXACT)
    return timely and one.shared >= denial.shared
