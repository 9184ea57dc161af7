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
from itertools import pairwise
from functools import cached_property

from rag import concepts, polarity, tagging, terms, text, topics
from rag.ground import EXACT, OTHER, Ground
from rag.polarity import Force, Piece, Reading, Word
from rag.presumptions import PRESUPPOSING, SAID
from rag.question_words import patterns
from rag.relevance import ASSERTING, SILENT, Scored
from rag.schema import Polarity, Question, QuestionKind, Sentence, SourceKind, Stance
from rag.tagging import VERBS, Tag

# Who announces, expects or warns tells of what is to come.
TELLING = ASSERTING - {Stance.ANNOUNCES, Stance.EXPECTS, Stance.WARNS}
# Behind these a word that may be a verb is a noun: "the Zaporizhzhia plant".
BEFORE_NOUNS = frozenset({Tag.DET, Tag.ADJ, Tag.POSS, Tag.NUM, Tag.PREP, Tag.NAME})
MEANT = frozenset({Stance.EXPECTS, Stance.WARNS, Stance.DEMANDS})
MOST = 60  # sentences that are read
ENOUGH = 0.42  # of the question: what a denial must share
MOST_NAMES = 0.66  # of the names of the question: what must stand in the article
UNKEYED = 0.58  # the same of one without the predicate
WHOLE = 0.7  # of the question: what tells of its event at another time
HALF, MOSTLY = 0.5, 0.6
CLOSE = 0.9  # of what the denial shares: what an affirming sentence must share to outweigh it
SURE = 2  # ranks in which a denial of what stands before it needs no predicate
AHEAD = 0.15  # what one must be ahead that does not have all that the denial has
UNSURE = 0.1  # what is taken off a denial by an opposite only
KEPT = 0.6  # of what the best denial shares: what others must share beside it
FLIPPED = 0.6  # the same where the denial is an opposite only
NEAREST = 8  # ranked claims among which a silence must stand
FIRST = 0.25  # what the best ranked sentence is ahead of one that shares as much
KEY, PLAIN = 1.5, 1.0  # weights of words of the question
BESIDE, NEAR, FAR = 0.8, 0.5, 0.25  # what a word counts elsewhere: sentence, paragraph, article


@dataclass(frozen=True, slots=True)
class Asked:
    """A word of the question with what meets it and what turns it round."""

    stem: str
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
    rank: int
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
    names: frozenset[int]  # those of places and things in its sentence
    keys: frozenset[int]  # the key words of the question that it has
    flipped: bool  # by an opposite
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
        counted = _nouns(question, "counting") if question.kind is QuestionKind.HOW_MANY else ()
        self.counted = frozenset(i for i, a in enumerate(self.words) if a.stem in counted)
        self.is_vague = not any(a.stem in _keys(question) for a in self.words)

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

    def share(self, told: Told) -> float:
        """The share of the question's words in a sentence or around it, 0 to 1."""
        met = self._met(told)
        return sum(self.words[i].weight * share for i, share in met.items()) / self.total

    def within(self, told: Told) -> float:
        """The share of the question's words in a sentence itself, 0 to 1."""
        return sum(a.weight for a in self.words if a.terms & told.held) / self.total

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
        shared = frozenset(own | against) & self.keys
        there = any(self.words[i].terms & told.held for i in self.keys)
        if not shared and (piece.force is Force.HOLDS or (there and before is None)):
            return None
        if self._is_silent(told, piece) and not self._says(told, own | against):
            return None
        turning = self.is_negative or any(
            w.keys & polarity.turning()
            for w in piece.words
            if any(self.words[i].opposes(w) for i in against)
        )
        flipped = bool(against & self.keys) and not turning
        denies = ((piece.force is Force.HOLDS) != flipped) == self.is_negative
        if piece.force is Force.UNSETTLED and self.is_negative:
            return None
        every = met | dict.fromkeys(own | against, 1.0)
        if not self._is_named(told, every):
            return None
        score = sum(self.words[i].weight * share for i, share in every.items()) / self.total
        score += FIRST / (1 + told.rank)
        if denies and not self._is_enough(shared, score, every):
            return None
        if denies and not shared and not self._is_plain(told, piece, own, before):
            return None
        time = self.ground.time(told.claims[0])
        if before is not None:
            time = min(time, self.ground.time(before.claims[0]))
        names = frozenset(i for i in every if self.words[i].is_name and every[i] >= BESIDE)
        named = frozenset(i for i in names if self.words[i].stem[:1].islower())
        return Match(told, score, denies, time, named, shared, flipped, before)

    def _is_enough(self, shared: frozenset[int], score: float, every: dict[int, float]) -> bool:
        """Whether a denial has enough of the predicate, and what the question counts."""
        if any(every.get(i, 0.0) <= FAR for i in self.counted):
            return False
        if not shared:
            return score >= UNKEYED and not self.is_negative
        return not self.is_vague or 2 * len(shared) > len(self.keys)

    def _is_plain(self, told: Told, piece: Piece, own: set[int], before: Told | None) -> bool:
        """Whether a denial without the predicate is one of what the question is about."""
        plain = sum(not self.words[i].is_name for i in own)
        if before is not None and told.rank >= SURE:
            return plain > 1 and told.rank < NEAREST
        return piece.force is Force.DENIED and plain > 0

    def _is_named(self, told: Told, every: dict[int, float]) -> bool:
        """Whether most names of the question stand in the article of a sentence."""
        names = [i for i, one in enumerate(self.words) if one.is_name]
        missing = [i for i in names if i not in every]
        if len(names) - len(missing) >= MOST_NAMES * len(names):
            return True
        around = self.ground.around(told.claims[0])
        return all(self.words[i].terms & around for i in missing)

    def _is_silent(self, told: Told, piece: Piece) -> bool:
        """Whether a clause is about saying or checking, not about what is said or checked."""
        if piece.force is Force.UNSETTLED:
            return False
        silent = [one for one in told.claims if one.claim.stance in SILENT]
        return piece.is_said or len(silent) == len(told.claims)

    def _says(self, told: Told, shared: set[int]) -> bool:
        """Whether the question is about just that saying, by the same speaker."""
        said = polarity.keys_of("saying", "concepts")
        actors = self.ground.question.actors
        silent = [one for one in told.claims if one.claim.stance in SILENT and one.claim.sources]
        same = not silent or any(self.ground.speaks(one, actors) for one in silent)
        return same and any(self.words[i].is_key and self.words[i].keys & said for i in shared)


def _polarity(question: Question) -> tuple[bool, frozenset[str]]:
    """Whether a question presumes that something was not, or was denied; the concepts of that."""
    reading = polarity.read(question.text.rstrip(" ?!."), question.language)
    denied = [piece for piece in reading.pieces if piece.force is Force.DENIED]
    keys = frozenset[str]().union(*(w.keys for piece in denied for w in piece.words))
    return bool(denied), keys & polarity.turning()


def _words(ground: Ground, turned: frozenset[str]) -> Iterator[Asked]:
    """The words of a question and the names in it, each with its translations and concepts."""
    question = ground.question
    groups = {group[0]: frozenset(group) for group in question.terms}
    mentions = ground.actors.find(question.text)
    for name in dict.fromkeys(m.actor.name for m in mentions):
        if _is_speech(question) and name in question.speakers:
            continue
        yield Asked(name, _terms_of(name, ground), frozenset(), frozenset(), False, True)
    names = topics.names_of(question)
    taken = [(m.start, m.end) for m in mentions]
    taken += [(q.span.start, q.span.end) for q in question.figures]
    taken += [
        match.span()
        for one in patterns(question.language, "attribution", "speaker")
        for match in one.finditer(question.text)
    ]
    words = {
        word.stem: word
        for word in polarity.words_of(question.text, question.language)
        if not any(a <= word.start < b for a, b in taken)
        and not any(sign.isdigit() for sign in word.text)
        and (word.stem in groups or word.keys)
        and not _is_empty(word, question.language)
    }
    keys = _keys(question) - names
    events = concepts.verbs(question.language) - names
    if turned:
        keys = frozenset(stem for stem, word in words.items() if word.keys & turned)
    some = words.keys() & keys or words.keys() & events or words.keys() - names
    if _is_speech(question):
        some = words.keys() & keys
    if question.kind is QuestionKind.WHAT:
        asking = polarity.keys_of("asking", "concepts")
        some = frozenset(stem for stem in some if not words[stem].keys & asking)
    for stem, word in words.items():
        is_name = stem in names
        is_key = stem in some
        own = word.keys | polarity.turning() if turned and is_key else word.keys
        own = own.union(*(polarity.kin().get(key, ()) for key in own)) if is_key else own
        opposite = frozenset[str]().union(*(polarity.opposites().get(key, ()) for key in word.keys))
        found = groups.get(stem, frozenset()) | {stem}
        yield Asked(stem, found, own, opposite - own, is_key, is_name)


def _terms_of(name: str, ground: Ground) -> frozenset[str]:
    """The terms that meet an actor: of a person its own, else also of those it speaks for."""
    actor = ground.actors.get(name)
    person = actor is not None and actor.kind is SourceKind.PERSON
    return frozenset({f"@{terms.slug(name)}"}) if person else ground.links(name)


def _is_empty(word: Word, language: str) -> bool:
    """Whether a word of a question only frames it: "how long", "what number", "manage to"."""
    framing = word.keys and word.keys <= polarity.keys_of("empty", "concepts")
    return bool(framing) or polarity.pattern(language, "light").fullmatch(word.text) is not None


def _is_speech(question: Question) -> bool:
    """Whether a question is what somebody says, so that nothing else is presumed of them."""
    if question.kind in PRESUPPOSING:
        return bool(question.speakers) and question.stance is None
    if question.stance is None:
        return bool(question.speakers)
    content = question.kind in (QuestionKind.WHAT, QuestionKind.HOW_MANY)
    return question.stance in SAID | MEANT and (content or bool(question.speakers))


def _keys(question: Question) -> frozenset[str]:
    """The stems of what a question presumes: its verbs, and the noun whose number it asks for.

    What stands in a clause behind the question is only mentioned.
    """
    language = question.language
    if _is_speech(question):
        return _nouns(question, "occasion")
    first = _end_of_main(question)
    tagged = tagging.tagger(language).tag(question.text)
    light = polarity.pattern(language, "light")
    verbs = [t for t in tagged if t.tag in VERBS and not light.fullmatch(t.lower)]
    infinitive = polarity.pattern(language, "infinitive")
    behind = [m.end() for m in infinitive.finditer(question.text, min(first, len(question.text)))]
    known = concepts.verbs(language)
    words = [w for w in polarity.words_of(question.text, language) if w.start < first]
    named = {b.start for a, b in pairwise(tagged) if a.tag in BEFORE_NOUNS}
    own = (
        {text.stem(t.lower, language) for t in verbs if t.start < first or t.end in behind}
        or {w.stem for w in words if w.stem in known and w.start not in named}
        or {w.stem for w in words if w.stem in known}
        or {text.stem(t.lower, language) for t in verbs}
    )
    return frozenset(own) | _nouns(question, "counting")


def _end_of_main(question: Question) -> int:
    """Where the first clause of a question ends."""
    found = polarity.pattern(question.language, "subordinate").search(question.text, 5)
    ends = [question.text.find(", "), found.start() if found else -1]
    return min((end for end in ends if end > 0), default=len(question.text))


def _nouns(question: Question, key: str) -> frozenset[str]:
    found = polarity.pattern(question.language, key).finditer(question.text.lower())
    nouns = (match[match.lastgroup or 0] for match in found)
    return frozenset(text.stem(noun, question.language) for noun in nouns)


def sentences(ground: Ground, scored: Sequence[Scored]) -> list[Told]:
    """The sentences of the ranked claims in their order, with what stands around them."""
    made: dict[tuple[str, int], Told] = {}
    for one in scored:
        sentence, article = one.claim.sentence, ground.article(one)
        if article is None:
            continue
        place = (sentence.article_id, sentence.start)
        if place not in made:
            made[place] = Told(sentence, [], article.language, len(made))
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
        if told.before is not None:
            told.near |= told.before.held
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
    best = max(denying, key=lambda m: (m.score - UNSURE * m.flipped, m.time))
    if any(_outweighs(one, best) for one in matches if one.told.sentence not in refuted):
        return []
    ordered = sorted(denying, key=lambda m: (UNSURE * m.flipped - m.score, -m.time))
    kept = [m.told for m in ordered if m.score >= KEPT * best.score]
    return list(dict.fromkeys(told.correcting for told in kept))


def _outweighs(one: Match, denial: Match) -> bool:
    """Whether a clause affirms what another denies, of the same time and as near to it."""
    told = any(c.claim.stance in TELLING for c in one.told.claims)
    if one.denies or not told or one.time == OTHER:
        return False
    if denial.time == EXACT and one.time != EXACT:
        return False
    same = one.keys >= denial.keys and (denial.flipped or one.names >= denial.names)
    if not same:
        return one.score >= denial.score + AHEAD
    return one.score >= (FLIPPED if denial.flipped else CLOSE) * denial.score


def elsewhere(ground: Ground, scored: Sequence[Scored]) -> list[Scored]:
    """The claims that date the event of a question otherwise, where none has it at its time."""
    if ground.question.date is None:
        return []
    event = Event(ground)
    told = [m for m in event.matches(sentences(ground, scored)) if not m.denies]
    every = [m for m in told if m.keys >= event.keys and m.score >= WHOLE]
    moved = [
        m
        for m in every
        if m.time == OTHER and m.told.claims[0].claim.date and event.within(m.told) >= MOSTLY
    ]
    if any(_is_timely(ground, one) for one in every) or not event.keys:
        return []
    ordered = sorted(moved, key=lambda m: -m.score)
    return list(dict.fromkeys(m.told.claims[0] for m in ordered))


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
    if asked.date is None or not _is_speech(asked):
        return []
    event = Event(ground)
    found = []
    for told in sentences(ground, scored):
        last = polarity.pattern(told.language, "last").search(told.sentence.text)
        first = told.claims[0]
        own = any(ground.links(name) & told.held for name in asked.speakers)
        if last and own and ground.time(first) == OTHER and event.share(told) >= HALF:
            found.append(told.correcting)
    return found


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
