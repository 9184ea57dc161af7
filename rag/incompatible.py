"""What two accounts say that cannot both be so: opposite outcomes, or each blaming the other.

Words are compared as concepts, so in all languages (`rag.concepts`); which concepts exclude each
other of one event stands in `lexicon/incompatible.toml`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from rag import concepts, lexicon, owners
from rag.actors import Actors
from rag.schema import Evidence, Polarity, Question, Span, Stance


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sides of one matter; `event`: concepts of which two claims must share one, if any."""

    one: frozenset[str]
    other: frozenset[str]
    event: frozenset[str]


def exclude(one: Evidence, other: Evidence, actors: Actors) -> bool:
    """Whether two asserted contents tell one event in ways that exclude each other."""
    if not (_affirms(one) and _affirms(other)):
        return False
    a, b = meant(one), meant(other)
    if any(_opposed(pair, a, b) or _opposed(pair, b, a) for pair in _pairs()):
        return True
    deeds = bool(a & _blame()) and bool(b & _blame())
    return deeds and _blames(one, other, actors) and _blames(other, one, actors)


def share(one: Evidence, other: Evidence, question: Question | None = None) -> bool:
    """Whether two claims share a concept that tells matters apart; of the question, if given."""
    shared = meant(one) & meant(other) - _common()
    if question is None:
        return bool(shared)
    return bool(shared & concepts.keys_in(question.text, question.language))


def meant(item: Evidence) -> frozenset[str]:
    """The concepts of what a claim says."""
    found = (concepts.keys_in(span.text, item.article.language) for span in _told(item))
    return frozenset[str]().union(*found)


def _told(item: Evidence) -> tuple[Span, ...]:
    """What a claim says, or where that is unknown its sentence."""
    return item.claim.content or (item.claim.sentence,)


def _affirms(item: Evidence) -> bool:
    claim = item.claim
    return claim.polarity is Polarity.POSITIVE and claim.stance is not Stance.DENIES


def _opposed(pair: Pair, a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether the first is of one side alone and the second of the other."""
    event = not pair.event or bool(a & b & pair.event)
    return event and bool(a & pair.one) and not a & pair.other and bool(b & pair.other)


def _blames(item: Evidence, other: Evidence, actors: Actors) -> bool:
    """Whether a claim names the state that speaks in the other, and not the one of its own."""
    named = {n[2] for span in _told(item) for n in owners.named(span.text, actors)}
    own = {actors.chain(source.name)[-1] for source in item.claim.sources}
    theirs = {actors.chain(source.name)[-1] for source in other.claim.sources}
    return bool(named & theirs) and not own & theirs


@cache
def _pairs() -> tuple[Pair, ...]:
    rows = lexicon.load("incompatible")["pair"]
    keys = ("one", "other", "event")
    return tuple(Pair(*(frozenset(row.get(key, "").split()) for key in keys)) for row in rows)


@cache
def _blame() -> frozenset[str]:
    return frozenset(lexicon.load("incompatible")["blame"].split())


@cache
def _common() -> frozenset[str]:
    return frozenset(lexicon.load("incompatible")["common"].split())
