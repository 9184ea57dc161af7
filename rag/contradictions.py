"""Which ranked claims show that a presumption does not hold; None where nothing shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rag import happenings, quantities
from rag.ground import EXACT, OTHER, POSSIBLE, SHORT, Ground
from rag.presumptions import STRONG, Presumption, acts_in
from rag.relevance import ASSERTING, MEETS, Scored
from rag.schema import Polarity, Stance

MOST = 4  # claims that correct one premise
SILENCES = 2  # of them, those that say that no figure was given
# Of the matter: what a claim must hold to be its contrary, and to be beyond doubt about it.
SAME, SURE = 0.1, 0.5
AS_MUCH = 0.5  # of what the contrary holds: what a claim must hold that carries the premise
# A negation in so few words denies what they say, where they hold this share of the matter.
FEW, PLAIN = 6, 0.3
CERTAIN = 0.75  # of the matter: what "said" must hold to count as "confirmed"
_NEITHER = frozenset({Stance.NO_COMMENT, Stance.NOT_DENIED})
_AGAINST = {
    Stance.CONFIRMS: _NEITHER | {Stance.DENIES, Stance.DOES_NOT_CONFIRM},
    Stance.DENIES: _NEITHER | {Stance.CONFIRMS},
}
_AGAINST_SAYING = frozenset({Stance.DENIES, Stance.NO_COMMENT})
# Who says that it is not so has not announced it.
TOLD = frozenset({Stance.ANNOUNCES, Stance.REPORTS, Stance.CONFIRMS})
_SILENT = _NEITHER | {Stance.DOES_NOT_CONFIRM}


class Outcome(StrEnum):
    """In what way a premise fails; each has its headline."""

    CONTRARY = "contrary"
    NEVER = "never"
    OTHER_DATE = "other_date"
    OTHER_SOURCE = "other_source"
    PLANNED = "planned"
    UNCONFIRMED = "unconfirmed"
    HOLDER = "holder"
    ACT = "act"
    EVENT = "event"
    MOVED = "moved"
    ONLY_PLANNED = "only_planned"
    OTHER_FIGURE = "other_figure"


# How an event that a question takes for granted fails, in the order in which this is tried.
EVENTS = (
    (Outcome.EVENT, (happenings.denials, happenings.last_told)),
    (Outcome.ONLY_PLANNED, (happenings.plans,)),
    (Outcome.MOVED, (happenings.elsewhere,)),
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A premise that fails, and the claims that correct it, best first.

    `holder` is who holds the office in the articles.
    """

    presumption: Presumption
    outcome: Outcome
    corrections: tuple[Scored, ...]
    holder: str | None = None


@dataclass(frozen=True, slots=True)
class Graded:
    """A claim with the fit of its time and its share of the matter."""

    found: Scored
    time: int
    matter: float
    wide: float  # the same, where many words may stand for what was said before
    negated: bool
    words: int  # of its content

    @property
    def order(self) -> tuple[int, float, float]:
        return (self.time, self.matter, self.found.score)


def of_stance(ground: Ground, scored: Sequence[Scored], dated: bool) -> Judgement | None:
    """Somebody did not say what the question says they did; `dated`: the date is of the saying."""
    presumed = ground.presumed
    mine = [graded(ground, s) for s in scored if ground.speaks(s, presumed.speakers)]
    if presumed.never:
        done = [g for g in mine if _is_meant(presumed, g.found) and g.matter >= SURE]
        return judged(presumed, Outcome.NEVER, done)
    counted = presumed.figure is not None and presumed.figure.unit != "other"
    if counted and (found := of_speaker(ground, scored)) is not None:
        return found
    carrying = [g for g in mine if _carries(presumed, g)]
    contrary = [g for g in mine if g.time != OTHER and _is_contrary(presumed, g)]
    timely = [g for g in carrying if g.time != OTHER]
    if contrary:
        best = max(contrary, key=lambda g: (g.time, g.wide, g.found.score))
        if not any(_outweighs(g, best) for g in timely):
            said = [g for g in carrying if _is_meant(presumed, g.found) and g.matter >= SAME]
            return judged(presumed, Outcome.CONTRARY, contrary, said)
    meant = [g for g in carrying if _is_meant(presumed, g.found) and g.found.claim.date]
    elsewhere = [g for g in meant if g.matter >= SURE]
    if dated and not timely and elsewhere and presumed.stance is Stance.CONFIRMS:
        return judged(presumed, Outcome.OTHER_DATE, elsewhere)
    return None


def graded(ground: Ground, found: Scored) -> Graded:
    """A claim with its fit for the presumption."""
    matter, wide = ground.matter(found), ground.matter(found, SHORT)
    words = sum(len(part.text.split()) for part in found.claim.content)
    return Graded(found, ground.time(found), matter, wide, ground.negates(found), words)


def judged(presumed: Presumption, outcome: Outcome, *ranked: Sequence[Graded]) -> Judgement | None:
    """The judgement of these claims, each group best first, one claim a sentence."""
    groups = [sorted(group, key=lambda g: g.order)[::-1] for group in ranked]
    return _in_order(presumed, outcome, *groups)


def _in_order(
    presumed: Presumption, outcome: Outcome, *groups: Sequence[Graded]
) -> Judgement | None:
    """The judgement of these claims in this order, one claim a sentence."""
    chosen = [g.found for group in groups for g in group]
    by_sentence = {(s.claim.sentence.article_id, s.claim.sentence.start): s for s in chosen[::-1]}
    kept = [s for s in chosen if s in by_sentence.values()][:MOST]
    return Judgement(presumed, outcome, tuple(kept)) if kept else None


def _outweighs(carrying: Graded, contrary: Graded) -> bool:
    """Whether a claim that carries the premise stands against its contrary: of its day, or near.

    What is only dated by the month does not carry the day on which the contrary was said.
    """
    if carrying.time != contrary.time:
        return carrying.time > contrary.time
    return carrying.matter >= AS_MUCH * contrary.wide


def _is_meant(presumed: Presumption, found: Scored) -> bool:
    stances = MEETS.get(presumed.stance, ASSERTING) if presumed.stance else ASSERTING
    return found.claim.stance in stances and found.claim.polarity is Polarity.POSITIVE


def _carries(presumed: Presumption, one: Graded) -> bool:
    claim, positive = one.found.claim, one.found.claim.polarity is Polarity.POSITIVE
    if presumed.stance not in STRONG:
        return claim.stance in ASSERTING and positive and one.matter > 0
    if _is_meant(presumed, one.found):
        return one.matter > 0
    if presumed.stance is Stance.DENIES:
        return claim.stance in ASSERTING and not positive and one.matter > 0
    return claim.stance in ASSERTING and not one.negated and one.matter >= CERTAIN


def _is_contrary(presumed: Presumption, one: Graded) -> bool:
    claim = one.found.claim
    if (
        presumed.stance is None
        or presumed.stance in _SILENT
        or max(one.matter, one.wide / 2) < SAME
    ):
        return False
    positive = claim.polarity is Polarity.POSITIVE
    said_not = claim.stance in ASSERTING and one.negated
    plain = not positive or one.matter >= (PLAIN if one.words <= FEW else SURE)
    if said_not and plain and not positive and presumed.stance in TOLD:
        return True
    if presumed.stance is Stance.CONFIRMS and said_not and plain:
        return claim.stance is not Stance.CONFIRMS
    against = _AGAINST.get(presumed.stance, _AGAINST_SAYING)
    return claim.stance in against and (positive or claim.stance in _SILENT)


def of_speaker(ground: Ground, scored: Sequence[Scored]) -> Judgement | None:
    """A figure that the question puts into somebody's mouth, and the articles into others'.

    A war party admits its own losses, not those it tells of the other.
    """
    presumed, actors = ground.presumed, ground.actors
    holding = [s for s in scored if ground.figure(s) is not None]
    own = [s for s in holding if ground.speaks(s, presumed.speakers)]
    others = [s for s in holding if s not in own]
    speakers = [actor for name in presumed.speakers if (actor := actors.get(name))]
    admits = presumed.stance is Stance.CONFIRMS and any(
        actors.is_war_party(a.side) for a in speakers
    )
    if own and not (admits and all(s.claim.stance is not Stance.CONFIRMS for s in own)):
        return None
    silent = [graded(ground, s) for s in scored if happenings.withholds(ground, s)]
    theirs = [graded(ground, s) for s in scored if _counts_otherwise(ground, s)]
    told = any(s.claim.sources for s in others)
    if not (told or theirs or silent):
        return None
    given = [g for s in others if (g := graded(ground, s)).matter >= SAME]
    silent = sorted(silent, key=lambda g: g.order)[-SILENCES:]
    return judged(presumed, Outcome.OTHER_SOURCE, silent, given, theirs)


def _counts_otherwise(ground: Ground, found: Scored) -> bool:
    """Whether the one who is said to have given a figure gives another one for the same."""
    asked = ground.presumed.figure
    return ground.speaks(found, ground.presumed.speakers) and any(
        asked is not None
        and quantities.comparable(asked, figure)
        and quantities.relation(asked, figure) == "conflict"
        for figure in found.claim.quantities
    )


def of_act(ground: Ground, scored: Sequence[Scored]) -> Judgement | None:
    """An act that the articles deny, or tell of at another time, beside what was said then."""
    presumed = ground.presumed
    ranked = [graded(ground, one) for one in scored]
    telling = [g for g in ranked if _tells(ground, g.found)]
    own = [g for g in ranked if ground.speaks(g.found, presumed.speakers)]
    said = [g for g in own if g.time == EXACT and g not in telling]
    done = [g for g in telling if not g.negated and g.found.claim.stance in ASSERTING]
    denied = [g for g in telling if g.negated and g.wide >= SAME and g.time != OTHER]
    elsewhere = [g for g in done if g.time == OTHER and g.wide >= PLAIN]
    sure = max((g.wide for g in denied), default=1.0)
    near = [g for g in done if g.time == POSSIBLE and (g in own or g.wide > sure)]
    if near or any(g.time == EXACT for g in done):
        return None
    if not said or not (denied or elsewhere):
        return None
    best = sorted(said, key=lambda g: (g.negated, *g.order))[-2:]
    return judged(presumed, Outcome.ACT, best[-1:], denied, best[:-1], elsewhere)


def of_event(ground: Ground, scored: Sequence[Scored]) -> Judgement | None:
    """What is taken to have happened, and the articles deny, leave open or tell the opposite of."""
    for outcome, finders in EVENTS:
        for find in finders:
            if found := find(ground, scored):
                return _in_order(ground.presumed, outcome, [graded(ground, one) for one in found])
    return None


def _tells(ground: Ground, found: Scored) -> bool:
    """Whether the sentence of a claim tells of an act of the kind presumed."""
    article, act = ground.article(found), ground.presumed.act
    return article is not None and act in acts_in(found.claim.sentence.text, article.language)
