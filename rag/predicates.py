"""The words of a question that tell what it takes to have happened.

Key words are the predicate: the verbs of the first clause, the noun that is counted, or, where a
question asks what somebody says, the occasion ("during her visit"). A word is met by its stem, its
translations and words of its concepts, and turned round by those of an opposite concept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from rag import concepts, contraries, dates, polarity, tagging, terms, text, topics
from rag.actors import Actors
from rag.clause_bounds import pattern
from rag.polarity import Force, Word
from rag.presumptions import asks_for_words, committing
from rag.question_words import patterns
from rag.schema import Question, QuestionKind, SourceKind, Span
from rag.tagging import VERBS, Tag

# Behind these a word that may be a verb is a noun: "the Zaporizhzhia plant".
BEFORE_NOUNS = frozenset({Tag.DET, Tag.ADJ, Tag.POSS, Tag.NUM, Tag.PREP, Tag.NAME})
OPENING = 5  # characters of a question in which no clause can end
KEY, PLAIN = 1.5, 1.0  # weights of words


@dataclass(frozen=True, slots=True)
class Asked:
    """A word of the question, or an actor, with what meets it and what turns it round."""

    stem: str
    terms: frozenset[str]
    keys: frozenset[str]
    turned: frozenset[str]  # the opposite concepts
    implied: frozenset[str]  # the concepts without which it cannot be
    is_key: bool
    is_name: bool
    is_actor: bool = False

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


@dataclass(frozen=True, slots=True)
class Predicate:
    """What a question takes to have happened, by its words; the sets are of places in `words`.

    `is_negative`: that it did not, or was denied; `is_vague`: no verb was found, so that any word
    may be the predicate; `counted`: what its number is asked of.
    """

    words: tuple[Asked, ...]
    keys: frozenset[int]
    counted: frozenset[int]
    is_negative: bool
    is_vague: bool

    @classmethod
    def of(cls, question: Question, actors: Actors) -> Predicate:
        """The predicate of a question; without keys where it presumes none."""
        is_negative, turned = _polarity(question)
        verbs = _keys(question)
        words = tuple(_words(question, actors, verbs, turned))
        counts = question.kind is QuestionKind.HOW_MANY
        counted = _nouns(question, "counting") if counts else frozenset[str]()
        return cls(
            words,
            frozenset(i for i, one in enumerate(words) if one.is_key),
            frozenset(i for i, one in enumerate(words) if one.stem in counted),
            is_negative,
            not any(one.stem in verbs for one in words),
        )

    @property
    def total(self) -> float:
        """The weight of all words."""
        return sum(one.weight for one in self.words) or 1.0


def _polarity(question: Question) -> tuple[bool, frozenset[str]]:
    """Whether a question presumes that something was not, or was denied; the concepts of that."""
    reading = polarity.read(question.text.rstrip(" ?!."), question.language)
    denied = [p for p in reading.pieces if p.force is Force.DENIED and not p.lacks]
    keys = frozenset[str]().union(*(w.keys for piece in denied for w in piece.words))
    return bool(denied), keys & contraries.turning()


def _words(
    question: Question, actors: Actors, verbs: frozenset[str], turned: frozenset[str]
) -> Iterator[Asked]:
    """The actors and words of a question, each with its translations and concepts."""
    groups = {group[0]: frozenset(group) for group in question.terms}
    said = question.speakers if asks_for_words(question) else ()
    for name in question.actors:
        if name not in said:
            none = frozenset[str]()
            yield Asked(name, _terms_of(name, actors), none, none, none, False, True, True)
    names = topics.names_of(question)
    words = {
        word.stem: word
        for word in _outside(question, actors)
        if (word.stem in groups or word.keys) and not _is_empty(word, question.language)
    }
    keys = _chosen(question, words, verbs - names, names, turned)
    for stem, word in words.items():
        own, is_key = word.keys, stem in keys
        if is_key:
            own = own | contraries.turning() if turned else own
            own = own.union(*(contraries.kin().get(key, ()) for key in own))
            own = own.union(*(contraries.narrower().get(key, ()) for key in word.keys))
        opposite = frozenset[str]().union(*(contraries.opposites().get(k, ()) for k in word.keys))
        found = groups.get(stem, frozenset()) | {stem}
        implied = frozenset[str]().union(*(contraries.implied().get(k, ()) for k in word.keys))
        yield Asked(stem, found, own, opposite - own, implied, is_key, stem in names)


def _outside(question: Question, actors: Actors) -> Iterator[Word]:
    """The words of a question that stand in no name, figure or frame of attribution."""
    taken = [(m.start, m.end) for m in actors.find(question.text)]
    taken += [(q.span.start, q.span.end) for q in question.figures]
    whole = Span("", 0, len(question.text), question.text)
    found = dates.find(whole, question.language, None)
    taken += [(span.start, span.end) for span, _ in found]
    taken += [
        match.span()
        for one in patterns(question.language, "attribution", "speaker")
        for match in one.finditer(question.text)
    ]
    for word in polarity.words_of(question.text, question.language):
        inside = any(start <= word.start < end for start, end in taken)
        if not inside and not any(sign.isdigit() for sign in word.text):
            yield word


def _chosen(
    question: Question,
    words: dict[str, Word],
    verbs: frozenset[str],
    names: frozenset[str],
    turned: frozenset[str],
) -> frozenset[str]:
    """The stems of the key words: what denies, else the verbs, else what happens, else all."""
    if turned:
        verbs = frozenset(stem for stem, word in words.items() if word.keys & turned)
    found = frozenset(words.keys() & verbs)
    if not asks_for_words(question):
        events = concepts.verbs(question.language) - names
        found = found or frozenset(words.keys() & events) or frozenset(words.keys() - names)
    if question.kind is QuestionKind.WHAT and not _nouns(question, "document"):
        asking = contraries.keys_of("asking", "concepts")
        found = frozenset(stem for stem in found if not words[stem].keys & asking)
    return found


def _terms_of(name: str, actors: Actors) -> frozenset[str]:
    """The terms that meet an actor: of a person its own, else also of those it speaks for."""
    actor = actors.get(name)
    person = actor is not None and actor.kind is SourceKind.PERSON
    links = (name,) if person else actors.chain(name)
    return frozenset(f"@{terms.slug(link)}" for link in links)


def _is_empty(word: Word, language: str) -> bool:
    """Whether a word of a question only frames it: "how long", "what number", "manage to"."""
    framing = word.keys and word.keys <= contraries.keys_of("empty", "concepts")
    return bool(framing) or pattern(language, "light").fullmatch(word.text) is not None


def _keys(question: Question) -> frozenset[str]:
    """The stems of what a question presumes: its verbs, and the noun whose number it asks for.

    What stands in a clause behind the question is only mentioned.
    """
    language = question.language
    if asks_for_words(question):
        return _nouns(question, "occasion") or committing(question)
    if documents := _nouns(question, "document"):
        return documents
    first = _end_of_main(question)
    tagged = tagging.tagger(language).tag(question.text)
    light = pattern(language, "light")
    whole = polarity.separated(question.text, language)
    forms = {t.start: whole.get(t.start, t.lower) for t in tagged if t.tag in VERBS}
    verbs = [t for t in tagged if t.tag in VERBS and not light.fullmatch(forms[t.start])]
    infinitive = pattern(language, "infinitive")
    behind = {m.end() for m in infinitive.finditer(question.text, first)}
    known = concepts.verbs(language)
    opening = [w for w in polarity.words_of(question.text, language) if w.start < first]
    words = [word for word in opening if word.stem in known]
    nouns = {after.start for one, after in pairwise(tagged) if one.tag in BEFORE_NOUNS}
    found = (
        {text.stem(forms[t.start], language) for t in verbs if t.start < first or t.end in behind}
        or {word.stem for word in words if word.start not in nouns}
        or {word.stem for word in words}
        or {text.stem(forms[t.start], language) for t in verbs}
    )
    stance = contraries.of_stance(question.stance.value) if question.stance else frozenset[str]()
    said = {word.stem for word in opening if word.keys & stance}
    return frozenset(said or found) | _nouns(question, "counting")


def _end_of_main(question: Question) -> int:
    """Where the first clause of a question ends."""
    found = pattern(question.language, "subordinate").search(question.text, OPENING)
    ends = [question.text.find(", "), found.start() if found else -1]
    return min((end for end in ends if end > 0), default=len(question.text))


def _nouns(question: Question, key: str) -> frozenset[str]:
    """The stems of the nouns that a pattern of the table finds in a question, adjectives too."""
    found = pattern(question.language, key).finditer(question.text.lower())
    nouns = (noun for match in found for noun in match[match.lastgroup or 0].split())
    return frozenset(text.stem(noun, question.language) for noun in nouns)
