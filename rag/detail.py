"""Whether a claim tells the detail that a question asks for, as a few signals.

A near miss has the right actors and the right event, but not what was asked of them. So the words
of the question are looked for in the claim's sentence, beside it, in its passage, and nowhere
else: the noun that is asked for ("which target"), the verb, and all of them by weight. A word is
met by its stem, its translations, or a word of the same concept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache

from rag import (
    concepts,
    expansion,
    lexicon,
    quantities,
    relevance,
    tagging,
    terms,
    text,
    traits,
)
from rag.actors import Actors
from rag.question_words import search
from rag.relevance import Scored
from rag.schema import Article, Claim, Hit, Question, QuestionKind, Span
from rag.tagging import VERBS, Tag
from rag.topics import Group, Topic, names_of

INSIDE, BESIDE, AROUND = 1.0, 0.7, 0.5  # what a word counts by where it stands
CLAIMS = 6  # of the best that are looked at
KINDS = ("how_many", "when", "where", "why", "who", "what")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question: the terms and concepts that meet it, its weight, where it begins."""

    group: Group
    keys: frozenset[str]
    weight: float
    start: int


class Slot(StrEnum):
    """What kind of thing an answer must have."""

    FIGURE = "figure"
    DATE = "date"
    PLACE = "place"
    SOMEBODY = "somebody"
    THING = "thing"  # that a noun names: "which target"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks for: the noun behind the question word, the verb, all words, names."""

    question: Question
    slot: Slot
    focus: tuple[Word, ...]
    verbs: tuple[Word, ...]
    words: tuple[Word, ...]
    names: tuple[Group, ...]
    terms: frozenset[str]


@dataclass(frozen=True, slots=True)
class Told:
    """What a claim tells of it, each from 0 to 1; 0.5 where the question asks for no such thing."""

    value: float  # a figure, date, place, name of the kind asked for that the question lacks
    focus: float  # the noun that is asked for
    verbs: float  # the verb
    covered: float  # of all words and names, by weight
    within: float  # of them, those within the sentence
    lacking: float  # the share of the words whose concepts are known and nowhere around
    named: float  # the share of the names


SIGNALS = tuple(one.name for one in fields(Told))
UNASKED = 0.5


def asked_for(question: Question, weights: Mapping[Group, float], actors: Actors) -> Asked:
    """What a question asks for; `weights` are those of its groups of terms."""
    topic = Topic.of(question, actors)
    meant = expansion.meant(question, expansion.topic_words(question))
    heaviest = max(weights.values(), default=1.0) or 1.0
    starts = _starts(question)
    words = tuple(
        Word(g, _wider(meant.get(g[0], frozenset())), weights[g] / heaviest, starts.get(g[0], 0))
        for g in topic.groups
    )
    names = frozenset(g[0] for g in topic.groups if g[0].startswith("@")) | names_of(question)
    opening = _opening(question)
    skipped = lexicon.load("slots")["skipped"][question.language].split()
    names |= {text.stem(word, question.language) for word in skipped}
    plain = [w for w in words if w.group in topic.words and w.group[0] not in names]
    behind = sorted((w for w in plain if w.start >= opening), key=lambda w: w.start)
    tags = {t.start: t.tag for t in tagging.tagger(question.language).tag(question.text)}
    verbs = [w for w in behind if tags.get(w.start) in VERBS]
    first = min(
        (start for start, tag in tags.items() if tag in VERBS and start > opening),
        default=len(question.text),
    )
    nouns = [w for w in behind if w.start < first]
    nouns = [w for w in nouns if tags.get(w.start) is Tag.NOUN] or nouns
    return Asked(
        question,
        _slot(question, nouns),
        tuple(w for w in nouns if not _is_light(w)),
        tuple(w for w in verbs if not _is_light(w)),
        words,
        topic.names,
        frozenset(t for g in question.terms for t in g),
    )


def _slot(question: Question, nouns: Sequence[Word]) -> Slot:
    kind = question.kind
    keys = frozenset().union(*(w.keys for w in nouns[:1]))
    if kind is QuestionKind.HOW_MANY:
        return Slot.FIGURE
    if kind is QuestionKind.WHEN or keys & _keys("time"):
        return Slot.DATE
    if kind is QuestionKind.WHERE or keys & _keys("place"):
        return Slot.PLACE
    if kind is QuestionKind.WHO or keys & _keys("person"):
        return Slot.SOMEBODY
    return Slot.THING if nouns and kind is QuestionKind.WHAT else Slot.OPEN


def _is_light(word: Word) -> bool:
    """Whether a word says too little to be looked for."""
    return bool(word.keys & _keys("light"))


def _wider(keys: frozenset[str]) -> frozenset[str]:
    """Concepts, and those of what counts as one of them."""
    narrower = lexicon.load("slots")["narrower"]
    return keys.union(*(narrower.get(key, "").split() for key in keys))


@cache
def _keys(name: str) -> frozenset[str]:
    return frozenset(lexicon.load("slots")[name].split())


def _starts(question: Question) -> dict[str, int]:
    """Where in a question the first word of each stem begins."""
    found: dict[str, int] = {}
    for match in text.WORD.finditer(question.text):
        word = match.group().lower().replace("’", "'")
        found.setdefault(text.stem(word, question.language), match.start())
    return found


def _opening(question: Question) -> int:
    """Where the question word stands."""
    found = (search(question.language, "kinds", key, question.text) for key in KINDS)
    return min((m.start() for m in found if m), default=0)


class Context:
    """The terms and concepts of sentences and of what stands around them."""

    def __init__(
        self, hits: Sequence[Hit], article_of: Callable[[str], Article | None], actors: Actors
    ) -> None:
        self._hits = hits
        self._article_of = article_of
        self._actors = actors
        self._known: dict[tuple[str, int, int], Held] = {}

    def around(self, found: Scored) -> tuple[Held, Held, Held]:
        """What a claim's sentences hold, they and those beside them, and the passage and title."""
        name = found.claim.sentence.article_id
        start, end = found.claim.extent
        hits = [h for h in self._hits if h.passage.article_id == name]
        touched = [h for h in hits if h.passage.start < end and start < h.passage.end]
        language = hits[0].language
        rows = sorted(
            {(s.start, s.end): s for h in touched for s, _ in h.sentences}.values(),
            key=lambda s: s.start,
        )
        own = [i for i, s in enumerate(rows) if s.start < end and start < s.end]
        first, last = (own[0], own[-1]) if own else (0, -1)
        inside = self._all(rows[first : last + 1], language)
        beside = self._all(rows[max(0, first - 1) : last + 2], language)
        passage = self._all(rows, language)
        article = self._article_of(name)
        title = Span(name, -1, -1, article.title if article else "")
        return inside, beside, passage.joined(self._held(title, language))

    def places(self, claim: Claim) -> frozenset[str]:
        """The names of places that a claim's sentences have, as terms."""
        name = claim.sentence.article_id
        language = next(h.language for h in self._hits if h.passage.article_id == name)
        read = traits.read(claim.sentence.text, language, None, self._actors)
        keys = {place.key for place in read.places}
        return frozenset(f"@{terms.slug(k)}" if k[:1].isupper() else f"~{k}" for k in keys)

    def _all(self, rows: Sequence[Span], language: str) -> Held:
        made = Held(frozenset(), frozenset())
        for row in rows:
            made = made.joined(self._held(row, language))
        return made

    def _held(self, span: Span, language: str) -> Held:
        key = (span.article_id, span.start, span.end)
        if key not in self._known:
            held = frozenset(terms.of_text(span, language, self._actors, None))
            meant = concepts.in_text(span.text, language)
            keys: frozenset[str] = frozenset().union(*(one.keys for one in meant))
            self._known[key] = Held(held, keys)
        return self._known[key]


@dataclass(frozen=True, slots=True)
class Held:
    """The terms and the concepts of a text."""

    terms: frozenset[str]
    keys: frozenset[str]

    def joined(self, other: Held) -> Held:
        """Those of two texts together."""
        return Held(self.terms | other.terms, self.keys | other.keys)

    def meets(self, word: Word) -> bool:
        """Whether a word of a question is met here."""
        return bool(self.keys & word.keys) or not self.terms.isdisjoint(word.group)


def told(asked: Asked, found: Scored, context: Context) -> Told:
    """What a claim tells of what is asked for."""
    inside, beside, around = context.around(found)

    def level(word: Word) -> float:
        if inside.meets(word):
            return INSIDE
        return BESIDE if beside.meets(word) else AROUND if around.meets(word) else 0.0

    total = sum(w.weight for w in asked.words) or 1.0
    named = [n for n in asked.names if not around.terms.isdisjoint(n)]
    known = [w for w in asked.words if w.keys and not _is_light(w)]
    lacking = [w for w in known if not around.meets(w)]
    return Told(
        value=_value(asked, found, context, inside),
        focus=level(asked.focus[0]) if asked.focus else UNASKED,
        verbs=level(asked.verbs[0]) if asked.verbs else UNASKED,
        covered=sum(w.weight * level(w) for w in asked.words) / total,
        within=sum(w.weight for w in asked.words if inside.meets(w)) / total,
        lacking=len(lacking) / len(known) if known else 0.0,
        named=len(named) / len(asked.names) if asked.names else 1.0,
    )


def _value(asked: Asked, found: Scored, context: Context, inside: Held) -> float:
    """Whether a claim has a value of the kind asked for that the question does not have itself."""
    question, claim = asked.question, found.claim
    if asked.slot is Slot.FIGURE:
        figures = [
            q
            for q in claim.quantities
            if (question.unit is None or relevance.counts_same(question.unit, q.unit))
            and not any(quantities.relation(own, q) == "equal" for own in question.figures)
        ]
        return float(bool(figures))
    new = inside.terms - asked.terms
    if asked.slot is Slot.DATE:
        return float(any(t.startswith("d:") for t in new))
    if asked.slot is Slot.PLACE:
        return float(bool(context.places(claim) - asked.terms))
    if asked.slot is Slot.SOMEBODY:
        return float(bool(claim.sources) or any(t.startswith("@") for t in new))
    return UNASKED
