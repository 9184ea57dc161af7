"""What changed: the timeline of a figure or of a stance, and what a later word superseded."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from rag import comparisons, counting, dates, events, formats, lexicon, positions
from rag.actors import Actors
from rag.comparisons import Relation
from rag.conflicts import Cluster, clusters, common_party, is_of_answer
from rag.phrasing import Phrases
from rag.relevance import ASSERTING, SILENT
from rag.schema import (
    Conflict,
    Event,
    Evidence,
    Findings,
    Polarity,
    Position,
    Question,
    Stance,
)

# Relations in which two dated claims are about one matter.
_OF_ONE_MATTER = frozenset(Relation) - {Relation.NOT_COMPARABLE}


def conflicts(
    question: Question,
    findings: Findings,
    found: Sequence[Position],
    actors: Actors,
    language: str,
) -> tuple[Conflict, ...]:
    """The conflicts among the positions, each with a label in `language`.

    `found` are the positions of the evidence, with its numbers as citations.
    """
    evidence = (*findings.answering, *findings.related)
    made = []
    for cluster in clusters(question, evidence, actors):
        if not is_of_answer(question, cluster, findings.answering, actors):
            continue
        members = {(e.number, positions.figure_of(question, e.claim)) for e in cluster.items}
        against = tuple(
            i
            for i, position in enumerate(found)
            if any((number, position.figure) in members for number in position.citations)
        )
        if len(against) > 1:
            made.append(Conflict(_label(question, cluster, actors, language), against))
    return tuple(made)


def _label(question: Question, cluster: Cluster, actors: Actors, language: str) -> str:
    """What a conflict is about: "killed and wounded (North Korea), December 2024"."""
    table = lexicon.load("answers", language)
    templates = table["conflicts"]
    when = _months([m for e in cluster.items if (m := events.moment(e))], language)
    if not cluster.figures:
        return str(templates["contents"]).format(date=when)
    item = cluster.items[0]
    quantity = positions.quantity_of(question, item.claim)
    assert quantity is not None  # a cluster of figures holds claims that have one
    what = formats.unit(quantity.unit, None, language)
    aspect = table["aspects"].get(quantity.aspect or "")
    what += table["figures"]["aspect"].format(aspect=aspect) if aspect else ""
    party = common_party(question, cluster, actors)
    who = str(templates["party"]).format(party=actors.label(party, language)) if party else ""
    return str(templates["figures"]).format(figure=what, party=who, date=when)


def _months(moments: Sequence[str], language: str) -> str:
    """The day or months that moments lie in, with a leading comma; "" where there are none."""
    if not moments:
        return ""
    if len(set(moments)) == 1:
        return f", {formats.date(moments[0], language)}"
    bounds = [dates.bounds(moment) for moment in moments]
    ends = (min(first for first, _ in bounds)[:7], max(last for _, last in bounds)[:7])
    return f", {formats.date('/'.join(dict.fromkeys(ends)), language)}"


def timeline(
    question: Question, findings: Findings, actors: Actors, language: str
) -> tuple[Event, ...]:
    """Dated words on one matter in order, where there are two dates or more; else nothing.

    A figure that developed, or else a stance that did: from denial or silence to an admission.
    Citations are the numbers of the evidence.
    """
    evidence = [
        e
        for e in (*findings.answering, *findings.related)
        if e.claim.date and _is_moment(e.claim.date)
    ]
    figures = [e for e in evidence if positions.quantity_of(question, e.claim) is not None]
    chosen = _developed(question, figures, actors) or _turned(findings, evidence)
    phrases = Phrases(language, actors)
    events: dict[tuple[object, ...], list[Evidence]] = {}
    for item in sorted(chosen, key=_when):
        events.setdefault(_word(question, item), []).append(item)
    made = []
    for items in events.values():
        shown = min(items, key=lambda e: e.article.language != language)
        numbers = tuple(e.number for e in items)
        made.append(Event(str(shown.claim.date), _gloss(question, shown, phrases), numbers))
    return tuple(made) if len({event.date for event in made}) > 1 else ()


def _word(question: Question, item: Evidence) -> tuple[object, ...]:
    """What is one event, whatever article and language it stands in: date, source and word."""
    claim = item.claim
    names = tuple(source.name for source in claim.sources)
    return claim.date, names, claim.stance, positions.figure_of(question, claim)


def _is_moment(day: str) -> bool:
    return counting.days(day) <= counting.SEASON


def _when(item: Evidence) -> tuple[str, str, int]:
    return (*dates.bounds(item.claim.date or ""), item.number)


def _developed(
    question: Question, figures: Sequence[Evidence], actors: Actors
) -> tuple[Evidence, ...]:
    """The first figure that others of another date are comparable with, and those."""
    for one in figures:
        matter = [
            other
            for other in figures
            if other is one or comparisons.relation(question, one, other, actors) in _OF_ONE_MATTER
        ]
        if len({item.claim.date for item in matter}) > 1:
            return tuple(matter)
    return ()


def _turned(findings: Findings, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The word of a party that denied or kept silent and later admitted, with others' denials."""
    if not findings.admissions:
        return ()
    turning = {number for pair in findings.admissions for number in pair}
    sides = {s.side for e in evidence if e.number in turning for s in e.claim.sources}
    return tuple(
        e
        for e in evidence
        if e.number in turning
        or (
            e.claim.stance in SILENT | {Stance.DENIES, Stance.CONFIRMS}
            and sides & {s.side for s in e.claim.sources}
        )
    )


def _gloss(question: Question, item: Evidence, phrases: Phrases) -> str:
    """Who said what, in the reader's language; a figure glossed, other words quoted as they are."""
    claim = item.claim
    templates = lexicon.load("answers", phrases.language)["timeline"]
    words, plural = (str(templates["article"]), False)
    if claim.sources:
        words, plural = phrases.sources(claim.sources)
    verb = phrases.verb(claim.stance, plural)
    quantity = positions.quantity_of(question, claim)
    negative = claim.polarity is Polarity.NEGATIVE
    if quantity is not None and claim.stance in ASSERTING and not negative:
        figure = phrases.figure(quantity)
        made = templates["figure"].format(sources=words, verb=verb, figure=figure)
    elif negative or len(claim.content) != 1:
        quote = phrases.quotation(claim.sentence, item.article.language)
        made = templates["worded"].format(sources=words, quote=quote)
    else:
        quote = phrases.quotation(claim.content[0], item.article.language)
        made = templates["quoted"].format(sources=words, verb=verb, quote=quote)
    return str(made[:1].upper() + made[1:])


def superseded(
    question: Question, findings: Findings, actors: Actors
) -> tuple[tuple[int, int], ...]:
    """Numbers of a word and of the later one of the same source that replaced it."""
    revised = [
        tuple(e.number for e in sorted((one, other), key=_at))
        for one, other in combinations((*findings.answering, *findings.related), 2)
        if comparisons.relation(question, one, other, actors) is Relation.REVISION
    ]
    given_up = [(earlier, admission) for admission, earlier in findings.admissions]
    return tuple(dict.fromkeys([(a, b) for a, b in revised] + given_up))


def _at(item: Evidence) -> tuple[str, str]:
    return dates.bounds(events.moment(item) or "0001")
