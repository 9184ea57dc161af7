"""Which ranked claims show that a presumption does not hold; None where nothing shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rag import quantities
from rag.actors import Actor
from rag.ground import EXACT, OTHER, POSSIBLE, SHORT, Ground
from rag.presumptions import STRONG, Presumption, acts_in, has_post, posts
from rag.relevance import ASSERTING, MEETS, Scored
from rag.schema import Polarity, SourceKind, Stance

MOST = 4  # claims that correct one premise
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
class _Graded:
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
    mine = [_graded(ground, s) for s in scored if ground.speaks(s, presumed.speakers)]
    if presumed.never:
        done = [g for g in mine if _is_meant(presumed, g.found) and g.matter >= SURE]
        return _judged(presumed, Outcome.NEVER, done)
    if presumed.figure is not None and (found := _of_speaker(ground, scored)) is not None:
        return found
    carrying = [g for g in mine if _carries(presumed, g)]
    contrary = [g for g in mine if g.time != OTHER and _is_contrary(presumed, g)]
    timely = [g for g in carrying if g.time != OTHER]
    if contrary:
        best = max(contrary, key=lambda g: g.order)
        if not any(_outweighs(g, best) for g in timely):
            said = [g for g in carrying if _is_meant(presumed, g.found) and g.matter >= SAME]
            return _judged(presumed, Outcome.CONTRARY, contrary, said)
    meant = [g for g in carrying if _is_meant(presumed, g.found) and g.found.claim.date]
    elsewhere = [g for g in meant if g.matter >= SURE]
    if dated and not timely and elsewhere and presumed.stance is Stance.CONFIRMS:
        return _judged(presumed, Outcome.OTHER_DATE, elsewhere)
    return None


def _graded(ground: Ground, found: Scored) -> _Graded:
    matter, wide = ground.matter(found), ground.matter(found, SHORT)
    words = sum(len(part.text.split()) for part in found.claim.content)
    return _Graded(found, ground.time(found), matter, wide, ground.negates(found), words)


def _judged(
    presumed: Presumption, outcome: Outcome, *ranked: Sequence[_Graded]
) -> Judgement | None:
    """The judgement of these claims, each group best first, one claim a sentence."""
    chosen = [g.found for group in ranked for g in sorted(group, key=lambda g: g.order)[::-1]]
    by_sentence = {(s.claim.sentence.article_id, s.claim.sentence.start): s for s in chosen[::-1]}
    kept = [s for s in chosen if s in by_sentence.values()][:MOST]
    return Judgement(presumed, outcome, tuple(kept)) if kept else None


def _outweighs(carrying: _Graded, contrary: _Graded) -> bool:
    """Whether a claim that carries the premise stands against its contrary: of its day, or near.

    What is only dated by the month does not carry the day on which the contrary was said.
    """
    if carrying.time != contrary.time:
        return carrying.time > contrary.time
    return carrying.matter >= AS_MUCH * contrary.wide


def _is_meant(presumed: Presumption, found: Scored) -> bool:
    stances = MEETS.get(presumed.stance, ASSERTING) if presumed.stance else ASSERTING
    return found.claim.stance in stances and found.claim.polarity is Polarity.POSITIVE


def _carries(presumed: Presumption, graded: _Graded) -> bool:
    claim, positive = graded.found.claim, graded.found.claim.polarity is Polarity.POSITIVE
    if presumed.stance not in STRONG:
        return claim.stance in ASSERTING and positive and graded.matter > 0
    if _is_meant(presumed, graded.found):
        return graded.matter > 0
    if presumed.stance is Stance.DENIES:
        return claim.stance in ASSERTING and not positive and graded.matter > 0
    return claim.stance in ASSERTING and not graded.negated and graded.matter >= CERTAIN


def _is_contrary(presumed: Presumption, graded: _Graded) -> bool:
    claim = graded.found.claim
    if presumed.stance is None or presumed.stance in _SILENT or graded.wide < SAME:
        return False
    positive = claim.polarity is Polarity.POSITIVE
    said_not = claim.stance in ASSERTING and graded.negated
    plain = not positive or graded.matter >= (PLAIN if graded.words <= FEW else SURE)
    if presumed.stance is Stance.CONFIRMS and said_not and plain:
        return claim.stance is not Stance.CONFIRMS
    against = _AGAINST.get(presumed.stance, _AGAINST_SAYING)
    return claim.stance in against and (positive or claim.stance in _SILENT)


def _of_speaker(ground: Ground, scored: Sequence[Scored]) -> Judgement | None:
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
    graded = [_graded(ground, s) for s in others]
    theirs = [_graded(ground, s) for s in scored if _counts_otherwise(ground, s)]
    told = any(s.claim.sources for s in others)
    if not told and not theirs:
        return None
    return _judged(presumed, Outcome.OTHER_SOURCE, [g for g in graded if g.matter >= SAME], theirs)


def _counts_otherwise(ground: Ground, found: Scored) -> bool:
    """Whether the one who is said to have given a figure gives another one for the same."""
    asked = ground.presumed.figure
    return ground.speaks(found, ground.presumed.speakers) and any(
        asked is not None
        and quantities.comparable(asked, figure)
        and quantities.relation(asked, figure) == "conflict"
        for figure in found.claim.quantities
    )


def of_figure(ground: Ground, scored: Sequence[Scored]) -> Judgement | None:
    """A figure that stands in the articles only as a plan, a forecast, or a doubt."""
    holding = [(s, figure) for s in scored if (figure := ground.figure(s)) is not None]
    if not holding or any(ground.is_real(s, figure) for s, figure in holding):
        return None
    sourced = [(s, f) for s, f in holding if s.claim.sources]
    if not sourced:
        return None
    planned = any(ground.is_planned(s, figure) for s, figure in sourced)
    asked = ground.presumed.figure
    beside = [
        s
        for s in scored
        if s.claim.sources
        and ground.time(s) != OTHER
        and any(
            asked is not None
            and quantities.same_unit(asked.unit, f.unit)
            and quantities.relation(asked, f) == "conflict"
            and ground.is_real(s, f)
            for f in s.claim.quantities
        )
    ]
    held, other = (
        [_graded(ground, s) for s in group] for group in ([s for s, _ in sourced], beside)
    )
    outcome = Outcome.PLANNED if planned else Outcome.UNCONFIRMED
    return _judged(ground.presumed, outcome, held, other)


def of_role(ground: Ground, scored: Sequence[Scored]) -> Judgement | None:
    """An office that the articles give to somebody else at that time, and never to the one named.

    That the terms of the two do not overlap is told by the table of actors.
    """
    presumed, actors = ground.presumed, ground.actors
    person = actors.get(presumed.speakers[0])
    if person is None or presumed.office is None or presumed.date is None:
        return None
    if _in_office(person, presumed.date):
        return None
    post, body = presumed.office
    for holder in actors.all():
        rival = holder.kind is SourceKind.PERSON and holder.member_of == body
        if not rival or holder.name == person.name or not has_post(holder, post):
            continue
        if not _in_office(holder, presumed.date):
            continue
        told = [s for s in scored if any(source.name == holder.name for source in s.claim.sources)]
        titled = [s for s in told if posts()[post].search(s.claim.sentence.text.lower())]
        if titled:
            said = [_graded(ground, s) for s in told]
            timely = [g for g in said if g.time != OTHER] or [g for g in said if g.found in titled]
            found = _judged(presumed, Outcome.HOLDER, timely)
            return (
                Judgement(presumed, Outcome.HOLDER, found.corrections, holder.name)
                if found
                else None
            )
    return None


def _in_office(person: Actor, day: str) -> bool:
    """Whether the term of a person, as far as it is known, touches a day or period."""
    first = person.since or "0001-01-01"
    last = person.until or "9999-12-31"
    return first[: len(day)] <= day[:10] and day[:10] <= last[: max(len(day), 10)] and last != day


def of_act(ground: Ground, scored: Sequence[Scored]) -> Judgement | None:
    """An act that the articles deny, or tell of at another time, beside what was said then."""
    presumed = ground.presumed
    graded = [_graded(ground, one) for one in scored]
    telling = [g for g in graded if _tells(ground, g.found)]
    own = [g for g in graded if ground.speaks(g.found, presumed.speakers)]
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
    return _judged(presumed, Outcome.ACT, best[-1:], denied, best[:-1], elsewhere)


def _tells(ground: Ground, found: Scored) -> bool:
    """Whether the sentence of a claim tells of an act of the kind presumed."""
    article, act = ground.article(found), ground.presumed.act
    return article is not None and act in acts_in(found.claim.sentence.text, article.language)
