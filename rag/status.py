"""Findings to a verdict: the one flag by the decision list, the badges, and why.

The list is published (`docs/flags.md`); the first rule that holds gives the flag. The flag speaks
about the articles, never about the world, and no probability is ever made up.
"""

from __future__ import annotations

from collections.abc import Callable

from rag import (
    allegiance,
    caveats,
    comparisons,
    confirming,
    conflicts,
    corrections,
    deciding,
    denials,
    development,
    grounds,
    origins,
    own_word,
    positions,
)
from rag.actors import Actors
from rag.comparisons import Relation
from rag.relevance import ASSERTING, SILENT
from rag.schema import (
    Badge,
    Evidence,
    Findings,
    Flag,
    Form,
    Question,
    QuestionKind,
    Reason,
    Side,
    Source,
    SourceKind,
    Stance,
    Verdict,
)

Rule = Callable[[Question, Findings, Actors], tuple[Evidence, ...]]


def assess(question: Question, findings: Findings, actors: Actors, language: str) -> Verdict:
    """The verdict; `why` names the rule, in `language`, and the evidence that triggered it."""
    flag, triggers = _decide(question, findings, actors)
    text = grounds.text(question, flag, triggers, actors, language)
    numbers = tuple(dict.fromkeys(e.number for e in triggers))
    return Verdict(flag, _badges(question, findings, actors), (Reason(flag.rule, text, numbers),))


def _decide(
    question: Question, findings: Findings, actors: Actors
) -> tuple[Flag, tuple[Evidence, ...]]:
    if not findings.answering:
        return Flag.NO_EVIDENCE, ()
    for flag, rule in RULES:
        triggers = rule(question, findings, actors)
        if triggers:
            return flag, triggers
    return Flag.ATTRIBUTED, findings.answering


def _confirmed(question: Question, findings: Findings, actors: Actors) -> tuple[Evidence, ...]:
    """Rule 2: own decision, admission against interest, or named verification, as latest word."""
    return confirming.latest(question, findings, actors)


def _denied(question: Question, findings: Findings, actors: Actors) -> tuple[Evidence, ...]:
    """Rule 3: a live denial by a named source, not withdrawn by its own side later."""
    return denials.live(question, findings, actors)


def _unverified(question: Question, findings: Findings, actors: Actors) -> tuple[Evidence, ...]:
    """Rule 5: a caveat on just this claim, or nothing but silence."""
    asserting = deciding.asserting(question, findings, actors)
    if not asserting:
        # Who left open what the question takes for decided gives an account of an own act.
        asked = question.kind in (QuestionKind.WHO, QuestionKind.WHETHER)
        presumes = not asked and not question.speakers
        corrects = (
            {Stance.NO_COMMENT} if presumes and findings.premise_met is False else set[Stance]()
        )
        chosen = deciding.items(question, findings, actors)
        return tuple(e for e in chosen if e.claim.stance in SILENT - corrects)
    item = asserting[0]
    sentence = caveats.reaching(item.claim, item.article, actors)
    if sentence is None:
        return ()
    every = (*findings.answering, *findings.related)
    return (item, *(e for e in every if e is not item and e.claim.sentence == sentence))


def _hedged(question: Question, findings: Findings, actors: Actors) -> tuple[Evidence, ...]:
    asserting = deciding.asserting(question, findings, actors)
    if not asserting:
        chosen = deciding.items(question, findings, actors)
        return tuple(e for e in chosen if own_word.is_left_possible(e))
    of_matter = [e for e in asserting[1:] if comparisons.is_of(question, e, actors)]
    deciding_ones = (asserting[0], *of_matter)
    return deciding_ones if all(own_word.is_hedged(e, actors) for e in deciding_ones) else ()


def _corroborated(question: Question, findings: Findings, actors: Actors) -> tuple[Evidence, ...]:
    """Rule 7: independent origins of different blocs, or one and a third party."""
    # Beside the answer, only the same figure of another source says the same.
    beside = [e for e in findings.related if positions.quantity_of(question, e.claim) is not None]
    told = [e for e in (*findings.answering, *beside) if e.claim.stance in ASSERTING]
    attributed = [e for e in told if e.claim.sources]
    for one in deciding.asserting(question, findings, actors):
        if own_word.is_of_both_sides(one):
            return (one,)
        agreeing = [e for e in attributed if e is one or _agree(question, one, e, actors)]
        apart = {e.number for e in agreeing if any(_is_independent(s) for s in e.claim.sources)}
        traced = origins.trace(agreeing, actors)
        blocs = {o.bloc for o in traced if o.known or apart & {*o.numbers}}
        if len(blocs) > 1:
            return tuple(agreeing)
    return ()


def _is_independent(source: Source) -> bool:
    """Whether a source is named and of neither side, by what it is: an institute, a monitor."""
    return source.side is Side.INDEPENDENT and source.kind is not SourceKind.ANONYMOUS


def _agree(question: Question, one: Evidence, other: Evidence, actors: Actors) -> bool:
    """Whether two claims give figures for the same thing that can both hold."""
    agreeing = (Relation.AGREEMENT, Relation.COMPATIBLE)
    return comparisons.relation(question, one, other, actors) in agreeing


def _party_claim(question: Question, findings: Findings, actors: Actors) -> tuple[Evidence, ...]:
    asserting = deciding.asserting(question, findings, actors)
    every = [(s, e.article) for e in asserting for s in e.claim.sources]
    own = any(not e.claim.sources for e in asserting)
    parties = all(allegiance.is_of_party(source, article, actors) for source, article in every)
    return tuple(asserting) if every and not own and parties else ()


RULES: tuple[tuple[Flag, Rule], ...] = (
    (Flag.CONFIRMED, _confirmed),
    (Flag.DENIED, _denied),
    (Flag.CONFLICTING, conflicts.deciding),
    (Flag.UNVERIFIED, _unverified),
    (Flag.HEDGED, _hedged),
    (Flag.CORROBORATED, _corroborated),
    (Flag.PARTY_CLAIM, _party_claim),
)


def _badges(question: Question, findings: Findings, actors: Actors) -> tuple[Badge, ...]:
    answering = findings.answering
    if not answering:
        return ()
    told = [e for e in answering if e.claim.stance in ASSERTING and e.claim.sources]
    asserting = told or list(answering)
    sources = [s for e in answering for s in e.claim.sources]
    found = origins.trace(asserting, actors)
    conditions = {
        Badge.SINGLE_ORIGIN: len(found) == 1,
        Badge.ALIGNED: len(found) > 1 and len({origin.bloc for origin in found}) == 1,
        Badge.ANONYMOUS: any(s.kind is SourceKind.ANONYMOUS for s in sources),
        Badge.OWN_VOICE: any(e.claim.form is Form.NARRATED for e in answering),
        Badge.SECOND_HAND: any(e.claim.via for e in answering),
        Badge.CONDITIONAL: any(own_word.is_conditional(e) for e in answering),
        Badge.SUPERSEDED: bool(development.superseded(question, findings, actors))
        or any(corrections.is_correction(e) for e in answering),
        Badge.UNDATED: any(e.article.published is None for e in answering),
        Badge.PREMISE_NOT_MET: findings.premise_met is False,
        Badge.HEADLINE_ONLY: all(e.claim.sentence.start == 0 for e in answering),
    }
    return tuple(badge for badge, holds in conditions.items() if holds)
