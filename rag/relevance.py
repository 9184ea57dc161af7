"""What a claim shares with a question: its speaker, its figure, the stance, the time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rag import dates, quantities, terms, units
from rag.actors import Actors
from rag.schema import Claim, Polarity, Question, Side, Source, Stance

ASSERTING = frozenset(
    {
        Stance.ASSERTS,
        Stance.CONFIRMS,
        Stance.REPORTS,
        Stance.CLAIMS,
        Stance.ESTIMATES,
        Stance.EXPECTS,
        Stance.ANNOUNCES,
        Stance.WARNS,
    }
)
SILENT = frozenset({Stance.NO_COMMENT, Stance.DOES_NOT_CONFIRM, Stance.UNVERIFIED})
CONTRARY = SILENT | {Stance.DENIES, Stance.NOT_DENIED}
# What an asker presumes with a stance, and which stances of sources meet it; any other
# speech verb ("said", "reported") is met by every asserting stance.
MEETS = {
    Stance.CONFIRMS: frozenset({Stance.CONFIRMS}),
    Stance.DENIES: frozenset({Stance.DENIES}),
    Stance.NO_COMMENT: frozenset({Stance.NO_COMMENT, Stance.DOES_NOT_CONFIRM}),
    Stance.WARNS: frozenset({Stance.WARNS}),
    Stance.DEMANDS: frozenset({Stance.DEMANDS}),
    Stance.EXPECTS: frozenset({Stance.EXPECTS, Stance.ESTIMATES}),
    Stance.ESTIMATES: frozenset({Stance.ESTIMATES, Stance.EXPECTS}),
}
PERSONS = frozenset({"people", "soldiers", "officers", "workers", "engineers", "prisoners"})


@dataclass(frozen=True, slots=True)
class Scored:
    """A claim with what was found of the question in it."""

    claim: Claim
    score: float  # its fitness
    near: float  # the score of its best sentence alone
    covered: float  # the share of the topic that its content holds, 0 to 1
    counts: bool  # it has a figure of what is counted
    answers: bool  # it has what an answer of this kind must have
    named: bool  # its content names all actors that the question is about
    held: frozenset[str]  # the lexical terms of its content
    around: frozenset[str] = frozenset()  # of the passages in which it stands


def wanted(question: Question) -> frozenset[Stance]:
    """The stances that meet what the question presumes."""
    return MEETS.get(question.stance, ASSERTING) if question.stance else ASSERTING


def timely(question: Question, claim: Claim) -> int:
    """1 where the claim is of the time asked about, -1 where it is of another, else 0."""
    if question.date is None or claim.date is None:
        return 0
    return 1 if dates.overlaps(question.date, claim.date) else -1


def presumes(question: Question, claim: Claim) -> bool:
    """Whether the claim has the stance that the question presumes."""
    positive = claim.polarity is Polarity.POSITIVE
    return question.stance is not None and positive and claim.stance in wanted(question)


def has_figure(question: Question, claim: Claim) -> bool:
    """Whether the claim has just a figure that the question names."""
    return any(
        quantities.relation(asked, found) == "equal" and quantities.comparable(asked, found)
        for asked in question.figures
        for found in claim.quantities
    )


def counts_same(asked: str, found: str) -> bool:
    """Whether a figure of one unit may answer a question for the other.

    "People" is what a text calls soldiers, workers or prisoners that it has named before; the
    dead are never just people.
    """
    if asked == units.DIFFERENCE:
        return True
    if asked in units.GROUPS:
        return found in units.GROUPS[asked]
    if quantities.same_unit(asked, found):
        return True
    return "people" in (asked, found) and {asked, found} <= PERSONS


def speaks_for(claim: Claim, names: Iterable[str], actors: Actors) -> bool:
    """Whether one of these names is a source of the claim, itself or through its office.

    A name that the actors file does not know is looked for in the names of the sources. Whoever
    passed the word on counts as well, and "a North Korean representative" speaks for his state.
    """

    def same(source: Source, name: str) -> bool:
        known = actors.get(name) is not None
        words = set(source.name.lower().split())
        return (
            actors.same(source.name, name)
            or (not known and words.issuperset(name.lower().split()))
            or any(name in actors.chain(state) for state in _states(source, actors))
        )

    return any(same(s, name) for s in (*claim.sources, *claim.via) for name in names)


def _states(source: Source, actors: Actors) -> frozenset[str]:
    """The states whose people the name of an unlisted source says it is of."""
    if actors.get(source.name) is not None or source.side is Side.INDEPENDENT:
        return frozenset()
    return frozenset(state for state, _, _ in terms.peoples(source.name))
