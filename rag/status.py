"""Findings to a verdict: the one flag by the decision list, the badges, and why.

The list is published (`docs/flags.md`); the first rule that holds gives the flag. The flag speaks
about the articles, never about the world, and no probability is ever made up.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import combinations

from rag import dates, lexicon, origins, positions, quantities
from rag.actors import Actors
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
    SourceKind,
    Stance,
    Verdict,
)

# Questions that ask whether something is so; asked for somebody's words, one denial among them
# denies only what it is about.
DISPUTED = frozenset({QuestionKind.WHO, QuestionKind.WHETHER, QuestionKind.HOW_MANY})
Rule = Callable[[Question, Findings, Actors], tuple[Evidence, ...]]
# Two dated figures this many days apart are a development, not a contradiction.
SAME_TIME = 10


def assess(question: Question, findings: Findings, actors: Actors, language: str) -> Verdict:
    """The verdict; `why` names the rule, in `language`, and the evidence that triggered it."""
    flag, triggers = _decide(question, findings, actors)
    text = lexicon.load("answers", language)["why"][str(flag.rule)]
    numbers = tuple(dict.fromkeys(e.number for e in triggers))
    return Verdict(flag, _badges(findings, actors), (Reason(flag.rule, text, numbers),))


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


def _asserting(findings: Findings) -> list[Evidence]:
    return [e for e in findings.answering if e.claim.stance in ASSERTING]


def _date(item: Evidence) -> str:
    return item.claim.date or item.article.published or ""


def _confirmed(question: Question, findings: Findings, actors: Actors) -> tuple[Evidence, ...]:
    """Rule 2: own decision, admission against interest, or named verification, as latest word.

    Strict: an own decision gives the flag only where the whole answer rests on such.
    """
    asserting = _asserting(findings)
    numbered = {e.number: e for e in (*findings.answering, *findings.related)}
    for admission, earlier in findings.admissions:
        item = numbered[admission]
        if not any(_date(e) > _date(item) for e in _denials(findings, item)):
            return (item, numbered[earlier])
    own = [
        e
        for e in asserting
        if any(positions.owns(e.claim, s, actors) for s in e.claim.sources)
        and not any(_date(d) > _date(e) for d in _denials(findings, e))
    ]
    return tuple(own) if own and len(own) == len(asserting) else ()


def _denials(findings: Findings, item: Evidence) -> list[Evidence]:
    """Denials by a side that this claim speaks for as well."""
    sides = {s.side for s in item.claim.sources}
    return [
        e
        for e in (*findings.answering, *findings.related)
        if e.claim.stance is Stance.DENIES and sides & {s.side for s in e.claim.sources}
    ]


def _denied(question: Question, findings: Findings, actors: Actors) -> tuple[Evidence, ...]:
    """Rule 3: a live denial by a named source, not withdrawn by its own side later."""
    if question.kind not in DISPUTED and findings.answering[0].claim.stance is not Stance.DENIES:
        return ()
    withdrawn = {earlier for _, earlier in findings.admissions}
    return tuple(
        e
        for e in (*findings.answering, *findings.related)
        if e.claim.stance is Stance.DENIES and e.claim.sources and e.number not in withdrawn
    )


def _conflicting(question: Question, findings: Findings, actors: Actors) -> tuple[Evidence, ...]:
    """Rule 4: figures of different origins for the same thing and time that cannot both hold."""
    figures = [
        (e, q)
        for e in _asserting(findings)
        if (q := positions.quantity_of(question, e.claim)) is not None
    ]
    for (one, a), (other, b) in combinations(figures, 2):
        if (
            quantities.comparable(a, b)
            and quantities.relation(a, b) == "conflict"
            and _same_time(one, other)
            and len(origins.trace((one, other), actors)) > 1
        ):
            return (one, other)
    return ()


def _same_paragraph(one: Evidence, other: Evidence) -> bool:
    first, last = sorted((one.quote, other.quote), key=lambda quote: quote.start)
    return "\n" not in one.article.text[first.end : last.start]


def _same_time(one: Evidence, other: Evidence) -> bool:
    if one.claim.date is None or other.claim.date is None:
        return one.article.id == other.article.id and _same_paragraph(one, other)
    if dates.overlaps(one.claim.date, other.claim.date):
        return True
    (_, first), (second, _) = sorted((dates.bounds(one.claim.date), dates.bounds(other.claim.date)))
    return (date.fromisoformat(second) - date.fromisoformat(first)).days <= SAME_TIME


def _unverified(question: Question, findings: Findings, actors: Actors) -> tuple[Evidence, ...]:
    """Rule 5: a caveat on just this claim, or nothing but silence."""
    if not _asserting(findings):
        return tuple(e for e in findings.answering if e.claim.stance in SILENT)
    caveats = [e for e in findings.related if e.claim.stance is Stance.UNVERIFIED]
    for item in findings.answering:
        for caveat in caveats:
            if _in_scope(item, caveat):
                return (item, caveat)
    return ()


def _in_scope(item: Evidence, caveat: Evidence) -> bool:
    """A caveat reaches its own sentence and the one before it in the same paragraph."""
    if item.article.id != caveat.article.id:
        return False
    gap = item.article.text[item.quote.end : caveat.quote.start]
    return item.quote.start == caveat.quote.start or (
        item.quote.end <= caveat.quote.start and gap.strip() == "" and "\n" not in gap
    )


def _hedged(question: Question, findings: Findings, actors: Actors) -> tuple[Evidence, ...]:
    asserting = _asserting(findings)
    return tuple(asserting) if all(positions.is_hedged(e.claim) for e in asserting) else ()


def _corroborated(question: Question, findings: Findings, actors: Actors) -> tuple[Evidence, ...]:
    """Rule 7: independent origins of different blocs, or one and a third party."""
    attributed = [e for e in _asserting(findings) if e.claim.sources]
    for one in attributed:
        agreeing = [e for e in attributed if e is one or _agree(question, one, e)]
        blocs = {origin.bloc for origin in origins.trace(agreeing, actors) if origin.known}
        if len(blocs) > 1:
            return tuple(agreeing)
    return ()


def _agree(question: Question, one: Evidence, other: Evidence) -> bool:
    """Whether two claims give figures for the same thing that can both hold."""
    a = positions.quantity_of(question, one.claim)
    b = positions.quantity_of(question, other.claim)
    if a is None or b is None or not quantities.comparable(a, b):
        return False
    return quantities.relation(a, b) != "conflict" and _same_time(one, other)


def _party_claim(question: Question, findings: Findings, actors: Actors) -> tuple[Evidence, ...]:
    asserting = _asserting(findings)
    every = [s for e in asserting for s in e.claim.sources]
    own = any(not e.claim.sources for e in asserting)
    return (
        tuple(asserting)
        if every and not own and all(actors.is_war_party(s.side) for s in every)
        else ()
    )


RULES: tuple[tuple[Flag, Rule], ...] = (
    (Flag.CONFIRMED, _confirmed),
    (Flag.DENIED, _denied),
    (Flag.CONFLICTING, _conflicting),
    (Flag.UNVERIFIED, _unverified),
    (Flag.HEDGED, _hedged),
    (Flag.CORROBORATED, _corroborated),
    (Flag.PARTY_CLAIM, _party_claim),
)


def _badges(findings: Findings, actors: Actors) -> tuple[Badge, ...]:
    answering = findings.answering
    if not answering:
        return ()
    asserting = [e for e in _asserting(findings) if e.claim.sources] or list(answering)
    sources = [s for e in answering for s in e.claim.sources]
    found = origins.trace(asserting, actors)
    conditions = {
        Badge.SINGLE_ORIGIN: len(found) == 1,
        Badge.ALIGNED: len(found) > 1 and len({origin.bloc for origin in found}) == 1,
        Badge.ANONYMOUS: any(s.kind is SourceKind.ANONYMOUS for s in sources),
        Badge.OWN_VOICE: any(e.claim.form is Form.NARRATED for e in answering),
        Badge.SECOND_HAND: any(e.claim.via for e in answering),
        Badge.CONDITIONAL: any(_is_conditional(e) for e in answering),
        Badge.UNDATED: any(e.article.published is None for e in answering),
        Badge.PREMISE_NOT_MET: findings.premise_met is False,
        Badge.HEADLINE_ONLY: all(e.claim.sentence.start == 0 for e in answering),
    }
    return tuple(badge for badge, holds in conditions.items() if holds)


def _is_conditional(item: Evidence) -> bool:
    words = set(lexicon.load("conditions")[item.article.language])
    text = " ".join(span.text for span in item.claim.content).lower()
    return any(f" {word} " in f" {text} " for word in words)
