"""Two accounts without figures: of one event or not, and whether both can hold.

They cannot where one asserts what the other denies, where enemies tell of one event what excludes
each other (`rag.incompatible`), where the text says that they differ (`rag.contrast`), or where
the question says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rag import asked_figures, contrast, counting, incompatible, terms
from rag.actors import Actors
from rag.events import adjoining, continues, days_apart, moment, same_time
from rag.relevance import ASSERTING, SILENT
from rag.schema import (
    Evidence,
    Polarity,
    Question,
    QuestionKind,
    Side,
    SourceKind,
    Span,
    Stance,
)
from rag.topics import Topic

# An assertion and a denial further apart speak of different events.
LIVE = 92
EVENT = 3  # days between two accounts of one event
HALF = 0.5  # of the words asked about, which an assertion and a denial must share
# Kinds of questions to which two enemies give different answers.
_CONTESTED = frozenset({QuestionKind.WHY, QuestionKind.WHO, QuestionKind.WHETHER})
_NO_ACCOUNT = SILENT | {Stance.NOT_DENIED}


def differ(question: Question, one: Evidence, other: Evidence, actors: Actors) -> bool:
    """Whether two accounts are said to differ, or cannot both be true of one event."""
    if {one.claim.stance, other.claim.stance} & _NO_ACCOUNT:
        return False
    return _contrasted(question, one, other, actors) or _tell_otherwise(
        question, one, other, actors
    )


def asks_what_is_so(question: Question) -> bool:
    """Whether the matter is asked about, and not what one party said of it."""
    if contrast.offers(question) or question.compares or len(question.speakers) > 1:
        return True
    return question.kind in (QuestionKind.WHETHER, QuestionKind.HOW_MANY) and not question.speakers


def set_against(one: Evidence, other: Evidence, actors: Actors) -> bool:
    """Whether a text sets the word of another bloc against the one before, or has it rejected."""
    if not _apart(one, other, actors):
        return False
    return contrast.replies(one, other) or contrast.opposes(one, other)


def are_opposed(question: Question, one: Evidence, other: Evidence, actors: Actors) -> bool:
    """Whether two accounts stand against each other whatever is asked of the event."""
    if _tell_otherwise(question, one, other, actors):
        return True
    if not set_against(one, other, actors):
        return False
    first = min((one, other), key=lambda e: e.claim.sentence.start)
    counted = question.kind is QuestionKind.HOW_MANY and question.unit is not None
    if counted and asked_figures.answering(question, first.claim):
        return True
    return same_matter(question, (first,), actors)


def exclude(question: Question, one: Evidence, other: Evidence, actors: Actors) -> bool:
    """Whether two accounts of one event tell what is asked in ways that exclude each other."""
    return _tell_otherwise(question, one, other, actors)


def are_of_answer(
    question: Question, told: Sequence[Evidence], pair: tuple[Evidence, Evidence], actors: Actors
) -> bool:
    """Whether two accounts that stand against each other are of the event that an answer tells.

    Articles tell first what happened, and then who says what of it: of one article, neighbouring
    accounts of the matter asked and those that exclude each other in it are of the event wherever
    they stand; others have to stand beside it.
    """
    if any(adjoining(one, item) or continues(one, item) for one in told for item in pair):
        return True
    here = {item.article.id for item in told} & {item.article.id for item in pair}
    if not here:
        return False
    first = min(pair, key=lambda e: e.claim.sentence.start)
    if contrast.follows(*pair) and same_matter(question, (first,), actors):
        return True
    event = _of_one_event(question, *pair, actors)
    return event and incompatible.exclude(question, *pair, actors, near=adjoining(*pair))


def are_said_to_differ(question: Question, one: Evidence, other: Evidence, actors: Actors) -> bool:
    """Whether the text around two neighbouring figures without a noun says that they differ."""
    if set_against(one, other, actors):
        return True
    bare = all(any(map(asked_figures.is_bare, e.claim.quantities)) for e in (one, other))
    return (
        bare
        and adjoining(one, other)
        and contrast.is_between(question, one, other, actors, weak=False)
    )


def deny(question: Question, one: Evidence, other: Evidence, actors: Actors) -> bool:
    """Whether one asserts what the other denies: the matter asked about, or what stands beside."""
    if {_says(one), _says(other)} != {True, False}:
        return False
    if question.kind is QuestionKind.HOW_MANY:
        # Who denies something else about the soldiers does not deny their number.
        return adjoining(one, other) and incompatible.share(one, other, question)
    if adjoining(one, other) and incompatible.share(one, other):
        return True
    if _side_by_side(one, other) and incompatible.share(one, other, question):
        return True
    return same_matter(question, (one, other), actors)


def live(one: Evidence, other: Evidence) -> bool:
    """Whether two words are near enough in time to stand against each other, if dated."""
    first, second = moment(one), moment(other)
    return not (first and second) or days_apart(first, second) <= LIVE


def same_matter(question: Question, items: Sequence[Evidence], actors: Actors) -> bool:
    """Whether claims have at least half of the words asked about in common."""
    wanted = _wanted(question, actors)
    held = [_terms(item, actors) for item in items]
    both = [group for group in wanted if all(any(t in h for t in group) for h in held)]
    return bool(both) and len(both) >= HALF * len(wanted)


def _contrasted(question: Question, one: Evidence, other: Evidence, actors: Actors) -> bool:
    """Whether two words of about one time are said to differ, by the text around them."""
    asked = asks_what_is_so(question)
    if not asked and (question.speakers or question.stance or not _apart(one, other, actors)):
        return False
    if not live(one, other):
        return False
    if set_against(one, other, actors):
        return True
    if one.article.id != other.article.id and not same_time(one, other):
        return False
    weak = contrast.offers(question) or (
        question.compares and incompatible.share(one, other, question)
    )
    return contrast.is_between(question, one, other, actors, weak=weak)


def _tell_otherwise(question: Question, one: Evidence, other: Evidence, actors: Actors) -> bool:
    """Whether enemies, or a party and somebody else, tell of one event what cannot both be so.

    So may any two bodies in neighbouring sentences: a plant and its insurer. Where the question
    itself asks how accounts differ, those of the matter asked are enough.
    """
    apart, near = _apart(one, other, actors), adjoining(one, other)
    if not apart and not (near and _are_two_bodies(one, other, actors)):
        return False
    if not _of_one_event(question, one, other, actors):
        return False
    if apart and _answers_back(question, one, other, actors):
        return True
    asked = apart and question.compares and incompatible.share(one, other, question)
    return asked or incompatible.exclude(question, one, other, actors, near=near)


def _answers_back(question: Question, one: Evidence, other: Evidence, actors: Actors) -> bool:
    """Whether two enemies give their accounts of what is asked in neighbouring sentences.

    Reports set the word of one party beside that of the other where these differ; where they do
    not, the second confirms the first, or tells the same outcome.
    """
    if question.kind not in _CONTESTED or not contrast.follows(one, other):
        return False
    if {Stance.CONFIRMS, Stance.DENIES} & {one.claim.stance, other.claim.stance}:
        return False  # what a denial denies is no account by itself
    if not _are_enemies(one, other, actors) or incompatible.tell_alike(one, other):
        return False
    first = min((one, other), key=lambda e: e.claim.sentence.start)
    return question.kind is QuestionKind.WHY or same_matter(question, (first,), actors)


def _are_enemies(one: Evidence, other: Evidence, actors: Actors) -> bool:
    """Whether all who speak in two claims are war parties, of two blocs."""
    spoken = [[(s.name, s.side) for s in e.claim.sources] for e in (one, other)]
    blocs = [{actors.bloc_of(name, side) for name, side in some} for some in spoken]
    parties = all(actors.is_war_party(side) for some in spoken for _, side in some)
    return parties and all(blocs) and not blocs[0] & blocs[1]


def _apart(one: Evidence, other: Evidence, actors: Actors) -> bool:
    """Whether the sources of two claims are of different blocs, and one of them a war party."""
    (here, is_party), (there, is_other) = _blocs(one, actors), _blocs(other, actors)
    return bool(here and there) and not here & there and (is_party or is_other)


@lru_cache(maxsize=counting.REMEMBERED)  # asked of each pair
def _are_two_bodies(one: Evidence, other: Evidence, actors: Actors) -> bool:
    """Whether different bodies speak in neighbouring sentences, none for the other."""
    names = [{source.name for source in e.claim.sources} for e in (one, other)]
    chains = [{link for name in some for link in actors.chain(name)} for some in names]
    known = all(names) and not (names[0] & chains[1] or names[1] & chains[0])
    return known and contrast.follows(one, other)


@lru_cache(maxsize=counting.REMEMBERED)  # asked of each pair
def _blocs(item: Evidence, actors: Actors) -> tuple[frozenset[str], bool]:
    """The blocs of those whose account a claim is, and whether one of them is a war party."""
    spoken = _spoken(item, actors)
    blocs = frozenset(actors.bloc_of(name, side) for name, side in spoken)
    return blocs, any(actors.is_war_party(side) for _, side in spoken)


def _spoken(item: Evidence, actors: Actors) -> list[tuple[str, Side]]:
    """Whose account a claim is: of its sources, or of whom its own sentence names first."""
    if item.claim.sources:
        return [(source.name, source.side) for source in item.claim.sources]
    found = actors.find(item.claim.sentence.text)[:1]
    return [(m.actor.name, m.actor.side) for m in found if m.actor.kind is not SourceKind.STATE]


def _of_one_event(question: Question, one: Evidence, other: Evidence, actors: Actors) -> bool:
    """Whether two claims tell of one event: side by side, or the matter asked of one day.

    Claims that name different places do not.
    """
    here, there = counting.places(one, actors), counting.places(other, actors)
    if here and there and not here & there:
        return False
    if _side_by_side(one, other):
        return True
    together = bool(same_time(one, other)) and _near(one, other)
    return together and same_matter(question, (one, other), actors)


def _side_by_side(one: Evidence, other: Evidence) -> bool:
    """Whether two claims stand near each other, or in one article and are of about one day."""
    if one.article.id != other.article.id:
        return False
    return adjoining(one, other) or _near(one, other) or continues(one, other)


def _near(one: Evidence, other: Evidence) -> bool:
    """Whether two claims are dated, and of about one day."""
    first, second = moment(one), moment(other)
    return first is not None and second is not None and days_apart(first, second) <= EVENT


def _says(item: Evidence) -> bool | None:
    """Whether somebody asserts the content or denies it; None for silence and the own voice."""
    claim = item.claim
    if not claim.sources or claim.stance not in ASSERTING | {Stance.DENIES}:
        return None
    return (claim.stance is Stance.DENIES) == (claim.polarity is Polarity.NEGATIVE)


@lru_cache(maxsize=16)  # asked of each pair
def _wanted(question: Question, actors: Actors) -> Sequence[tuple[str, ...]]:
    """What tells one matter from another: the words asked about, or else what is counted, or names.

    "Soldiers" stand in most sentences on a war, "encircled" does not.
    """
    topic = Topic.of(question, actors)
    telling = [group for group in topic.words if not any(t.startswith("#") for t in group)]
    return telling or topic.words or topic.names


@lru_cache(maxsize=counting.REMEMBERED)  # asked of each pair
def _terms(item: Evidence, actors: Actors) -> frozenset[str]:
    spans = (item.quote, item.claim.sentence)
    return frozenset[str]().union(*(_held(s, item.article.language, actors) for s in spans))


@lru_cache(maxsize=counting.REMEMBERED)
def _held(span: Span, language: str, actors: Actors) -> frozenset[str]:
    return frozenset(terms.of_text(span, language, actors, None))
