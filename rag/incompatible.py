"""What two accounts say that cannot both be so: opposite outcomes, or each blaming the other.

Words are compared as concepts, so in all languages (`rag.concepts`), and as ways of telling an
event (`rag.outcomes`); what each of two enemies says the other did stands in
`lexicon/incompatible.toml`.
"""

from __future__ import annotations

from functools import cache

from rag import concepts, lexicon, outcomes, owners
from rag.actors import Actors
from rag.outcomes import Pair
from rag.schema import Evidence, Polarity, Question, Span, Stance

_ENEMY = "enemy"
_PARTIES = ("Ukraine", "Russia")


def exclude(
    question: Question, one: Evidence, other: Evidence, actors: Actors, *, near: bool = False
) -> bool:
    """Whether two contents tell what is asked of one event in ways that exclude each other.

    `near`: whether they stand side by side, so that the event is that of the text around them.
    """
    if _affirms(one) is not _affirms(other):
        # "None of them reached the port", "they reached it".
        asked = outcomes.told(question.text, question.language) & outcomes.negatable()
        return near and bool(_outcomes(one) & _outcomes(other) & asked)
    if not _affirms(one):
        return False
    if any(_opposed(pair, one, other, near=near) for pair in outcomes.are_asked(question)):
        return True
    if not (meant(one) & _blame() and meant(other) & _blame()):
        return False
    return outcomes.asks_whose(question) and _blame_each_other(one, other, actors)


def tell_alike(one: Evidence, other: Evidence) -> bool:
    """Whether two claims tell one outcome alike, both affirming or both denying it."""
    if _affirms(one) is not _affirms(other):
        return False
    a, b = _outcomes(one) & outcomes.negatable(), _outcomes(other) & outcomes.negatable()
    return bool(a) and a == b


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


def _opposed(pair: Pair, one: Evidence, other: Evidence, *, near: bool) -> bool:
    """Whether one of two claims has the first telling alone and the other the second."""
    if pair.event and not near and not meant(one) & meant(other) & pair.event:
        return False
    a, b = _outcomes(one), _outcomes(other)
    return any(
        pair.one in left and pair.other not in left and pair.other in right
        for left, right in ((a, b), (b, a))
    )


def _outcomes(item: Evidence) -> frozenset[str]:
    """How a claim tells the event to have gone."""
    found = (outcomes.told(span.text, item.article.language) for span in _told(item))
    return frozenset[str]().union(*found)


def _blame_each_other(one: Evidence, other: Evidence, actors: Actors) -> bool:
    """Whether two claims name different states, none its own, and one that of the other speaker.

    "A Russian drone", says the UN; "a Ukrainian mine", says Moscow.
    """
    named, theirs = _named(one, actors), _named(other, actors)
    own, others = _homes(one, actors), _homes(other, actors)
    if not named or not theirs or named & theirs or named & own or theirs & others:
        return False
    return bool(named & others or theirs & own)


def _named(item: Evidence, actors: Actors) -> frozenset[str]:
    """The states that a claim names; the enemy of a war party is the other one."""
    named = {n[2] for span in _told(item) for n in owners.named(span.text, actors)}
    if _ENEMY in meant(item):
        homes = _homes(item, actors)
        named |= {other for home, other in (_PARTIES, _PARTIES[::-1]) if home in homes}
    return frozenset(named)


def _homes(item: Evidence, actors: Actors) -> frozenset[str]:
    """The states or bodies for which the sources of a claim speak in the end."""
    return frozenset(actors.chain(source.name)[-1] for source in item.claim.sources)


@cache
def _blame() -> frozenset[str]:
    return frozenset(lexicon.load("incompatible")["blame"].split())


@cache
def _common() -> frozenset[str]:
    return frozenset(lexicon.load("incompatible")["common"].split())
