"""Whether what a question takes to have happened is denied by the articles, or told by them.

A question and a sentence are compared word by word: a word is met by its stem, by a translation, or
by a word of one concept; by a word of the opposite concept it is met and turned round. A clause
that shares the predicate of the question denies what it presumes where it does not hold, and
affirms it where it holds (`rag/polarity.py`); the opposite turns this round, and so does a negation
in the question. Of the sentences that share as much of the question the premise fails only where
one denies it and none affirms it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rag import concepts, polarity, tagging, terms, text, topics
from rag.ground import EXACT, OTHER, Ground
from rag.polarity import Force, Piece, Reading, Word
from rag.presumptions import SAID
from rag.relevance import SILENT, Scored
from rag.schema import Polarity, Question, Sentence, Stance
from rag.tagging import VERBS

MOST = 60  # sentences that are read
ENOUGH = 0.55  # of the question: what a denial must share
CLOSE = 0.9  # of what the denial shares: what an affirming sentence must share to outweigh it
KEY, PLAIN = 1.5, 1.0  # weights of words of the question
BESIDE, NEAR, FAR = 0.8, 0.6, 0.35  # what a word counts elsewhere: sentence, paragraph, article


@dataclass(frozen=True, slots=True)
class Asked:
    """A word of the question with what meets it and what turns it round."""

    terms: frozenset[str]
    keys: frozenset[str]
    turned: frozenset[str]  # the opposite concepts
    is_key: bool
    is_name: bool

    @property
    def weight(self) -> float:
        """What it counts in a comparison."""
        return KEY if self.is_key else PLAIN

    def meets(self, word: Word) -> bool:
        """Whether a word means the same."""
        return word.stem in self.terms or bool(word.keys & self.keys)

    def opposes(self, word: Word) -> bool:
        """Whether a word means the opposite."""
        return bool(word.keys & self.turned)


@dataclass
class Told:
    """A sentence of the library with the claims made of it, the best first."""

    sentence: Sentence
    claims: list[Scored]
    language: str
    held: frozenset[str] = frozenset()  # terms of the sentence and its sources
    near: frozenset[str] = frozenset()  # of its paragraph and of the title
    far: frozenset[str] = frozenset()  # of its article
    before: Told | None = None

    @cached_property
    def reading(self) -> Reading:
        """Its parts."""
        return polarity.read(self.sentence.text, self.language)

    @property
    def correcting(self) -> Scored:
        """The claim that denies something, or else the best."""
        denying = (
            one
            for one in self.claims
            if one.claim.stance is Stance.DENIES or one.claim.polarity is Polarity.NEGATIVE
        )
        return next(denying, self.claims[0])


@dataclass(frozen=True, slots=True)
class Match:
    """A clause that has the predicate of the question: how much of it, and which way."""

    told: Told
    score: float
    denies: bool
    time: int
    of: Told | None = None  # what it refers back to


class Event:
    """What a question takes to have happened."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        question = ground.question
        self.is_negative, turned = _polarity(question)
        self.words = tuple(_words(ground, turned))
        self.total = sum(one.weight for one in self.words) or 1.0
        self.keys = frozenset(i for i, one in enumerate(self.words) if one.is_key)

    def matches(self, told: Sequence[Told]) -> Iterator[Match]:
        """The clauses that share a key word of the question."""
        for one in told:
            met = self._met(one)
            pieces = [(piece, None) for piece in one.reading.pieces]
            if one.reading.refers_back and one.before is not None:
                words = (*one.before.reading.words, *one.reading.words)
                pieces.append((Piece(Force.DENIED, words), one.before))
            for piece, before in pieces:
                found = self._match(one, piece, met, before)
                if found is not None:
                    yield found

    def _met(self, told: Told) -> dict[int, float]:
        """Per word of the question what it counts outside of any clause of a sentence."""
        made: dict[int, float] = {}
        for i, asked in enumerate(self.words):
            if asked.terms & told.held:
                made[i] = 1.0 if asked.is_name else BESIDE
            elif asked.terms & told.near:
                made[i] = NEAR
            elif asked.terms & told.far:
                made[i] = FAR
        return made

    def _match(
        self, told: Told, piece: Piece, met: dict[int, float], before: Told | None
    ) -> Match | None:
        if piece.force is Force.UNREAL or not piece.words:
            return None
        own = {i for i, a in enumerate(self.words) if any(a.meets(w) for w in piece.words)}
        against = {
            i
            for i, a in enumerate(self.words)
            if i not in own and any(a.opposes(w) for w in piece.words)
        }
        if not (own | against) & self.keys:
            return None
        silent = all(one.claim.stance in SILENT for one in told.claims)
        if (piece.is_said or silent) and not self._says(own | against):
            return None
        turning = self.is_negative or any(
            w.keys & polarity.turning()
            for w in piece.words
            if any(self.words[i].opposes(w) for i in against)
        )
        holds = piece.force is Force.HOLDS
        flipped = bool(against & self.keys) and not turning
        denies = (holds != flipped) == self.is_negative
        if piece.force is Force.UNSETTLED and self.is_negative:
            return None
        every = met | dict.fromkeys(own | against, 1.0)
        if any(one.is_name and i not in every for i, one in enumerate(self.words)):
            return None
        score = sum(self.words[i].weight * share for i, share in every.items()) / self.total
        return Match(told, score, denies, self.ground.time(told.claims[0]), before)

    def _says(self, shared: set[int]) -> bool:
        said = polarity.keys_of("saying", "concepts")
        return any(self.words[i].is_key and self.words[i].keys & said for i in shared)


def _polarity(question: Question) -> tuple[bool, frozenset[str]]:
    """Whether a question presumes that something was not, or was denied; the concepts of that."""
    reading = polarity.read(question.text.rstrip(" ?!."), question.language)
    denied = [piece for piece in reading.pieces if piece.force is Force.DENIED]
    keys = frozenset[str]().union(*(w.keys for piece in denied for w in piece.words))
    return bool(denied), keys & polarity.turning()


def _words(ground: Ground, turned: frozenset[str]) -> Iterator[Asked]:
    """The words of a question, each with its translations and concepts."""
    question = ground.question
    meant: dict[str, frozenset[str]] = {}
    for word in polarity.words_of(question.text, question.language):
        meant[word.stem] = meant.get(word.stem, frozenset()) | word.keys
    names = topics.names_of(question)
    keys = _keys(question)
    if turned:
        keys = frozenset(stem for stem, found in meant.items() if found & turned)
    heavy = [g for g in ground.groups if g[0] in keys]
    for group in ground.groups:
        name = group[0].startswith("@") or group[0] in names
        own = meant.get(group[0], frozenset())
        is_key = group[0] in keys if heavy else not name and not group[0].startswith(("#", "n:"))
        if turned and is_key:
            own = own | polarity.turning()
        opposite = frozenset[str]().union(*(polarity.opposites().get(key, ()) for key in own))
        links = _links(group[0], ground) if group[0].startswith("@") else frozenset()
        yield Asked(frozenset(group) | links, own, opposite - own, is_key and not name, name)


def _links(term: str, ground: Ground) -> frozenset[str]:
    """The terms of an actor and of those it speaks for."""
    named = (n for n in ground.question.actors if f"@{terms.slug(n)}" == term)
    return frozenset(f"@{terms.slug(link)}" for n in named for link in ground.actors.chain(n))


def _keys(question: Question) -> frozenset[str]:
    """The stems of what a question presumes: its verbs, and the noun whose number it asks for."""
    language, asked = question.language, question.text
    if question.stance in SAID and question.speakers:
        return _nouns(question, "occasion")
    light = polarity.pattern(language, "light")
    tagged = tagging.tagger(language).tag(asked)
    verbs = [t.lower for t in tagged if t.tag in VERBS and not light.fullmatch(t.lower)]
    return frozenset(text.stem(v, language) for v in verbs) | _nouns(question, "counting")


def _nouns(question: Question, key: str) -> frozenset[str]:
    found = polarity.pattern(question.language, key).finditer(question.text.lower())
    return frozenset(text.stem(match["noun"], question.language) for match in found)


def sentences(ground: Ground, scored: Sequence[Scored]) -> list[Told]:
    """The sentences of the ranked claims in their order, with what stands around them."""
    made: dict[tuple[str, int], Told] = {}
    for one in scored:
        sentence, article = one.claim.sentence, ground.article(one)
        if article is None:
            continue
        place = (sentence.article_id, sentence.start)
        if place not in made:
            made[place] = Told(sentence, [], article.language)
        told = made[place]
        told.claims.append(one)
        sources = (ground.links(source.name) for source in one.claim.sources)
        told.held = told.held.union(one.held, *sources)
    _surround(ground, made)
    return list(made.values())[:MOST]


def _surround(ground: Ground, made: dict[tuple[str, int], Told]) -> None:
    """Give each sentence the one before it, and the terms of its paragraph and article."""
    near: dict[tuple[str, int], frozenset[str]] = {}
    far: dict[str, frozenset[str]] = {}
    before: Told | None = None
    for (name, start), told in sorted(made.items(), key=lambda item: item[0]):
        article = ground.article(told.claims[0])
        paragraph = (name, article.text.rfind("\n", 0, start) if article else 0)
        near[paragraph] = near.get(paragraph, frozenset()) | told.held
        far[name] = far.get(name, frozenset()) | told.held
        same = before is not None and before.sentence.article_id == name
        told.before = before if same else None
        before = told
    for (name, start), told in made.items():
        article = ground.article(told.claims[0])
        at = article.text.rfind("\n", 0, start) if article else 0
        told.near = near[name, at] | near.get((name, -1), frozenset())
        told.far = far[name]


def denials(ground: Ground, scored: Sequence[Scored]) -> list[Scored]:
    """The claims that deny the event of a question, best first; none where one affirms it."""
    event = Event(ground)
    if not event.keys:
        return []
    matches = list(event.matches(sentences(ground, scored)))
    refuted = {m.of.sentence for m in matches if m.denies and m.of is not None}
    denying = [m for m in matches if m.denies and m.score >= ENOUGH and m.time != OTHER]
    if not denying:
        return []
    best = max(denying, key=lambda m: (m.score, m.time))
    own = {m.told.sentence for m in denying if m.score >= CLOSE * best.score}
    for one in matches:
        if one.denies or one.told.sentence in refuted | own or one.time == OTHER:
            continue
        if one.score >= CLOSE * best.score and not (best.time == EXACT and one.time != EXACT):
            return []
    ordered = sorted(denying, key=lambda m: (-m.score, -m.time))
    kept = [m.told for m in ordered if m.score >= CLOSE * best.score]
    return list(dict.fromkeys(told.correcting for told in kept))
