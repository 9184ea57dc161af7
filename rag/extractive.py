"""The default engine: composes the answer from claims by templates and verbatim quotations.

No model, no network, the same bytes every time. A statement with a figure is a gloss of what the
claim says (source, verb, figure, date); any other carries the article's words in quotation marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from rag import asked_figures, counting, development, excerpts, origins, premise
from rag import positions as positions_module
from rag.actors import Actors
from rag.contradictions import Judgement
from rag.phrasing import Phrases
from rag.relevance import ASSERTING
from rag.schema import (
    Answer,
    Citation,
    Claim,
    Event,
    Evidence,
    Findings,
    Form,
    Polarity,
    Position,
    Qualifier,
    Quantity,
    Question,
    QuestionKind,
    Reason,
    Source,
    SourceKind,
    Stance,
    Statement,
    Status,
    Support,
    Verdict,
)

NAME = "extractive"
Cited = TypeVar("Cited", Statement, Position, Reason, Event)


def compose(
    question: Question,
    findings: Findings,
    verdict: Verdict,
    actors: Actors,
    language: str,
    judgement: Judgement | None = None,
) -> Answer:
    """The answer in `language`; citations are numbered in the order in which they are used.

    With `judgement` it begins with the premise that failed.
    """
    phrases = Phrases(language, actors)
    statements = _statements(question, findings, phrases, actors, judgement)
    evidence = (*findings.answering, *findings.related)
    positions = positions_module.build(question, evidence, actors) if findings.answering else ()
    used = [n for s in statements for n in s.citations]
    used += [n for p in positions for n in p.citations]
    used += [n for reason in verdict.why for n in reason.citations]
    events = development.timeline(question, findings, actors, language)
    used += [n for event in events for n in event.citations]
    numbering, citations = _citations(used, evidence)
    statements = [_renumbered(s, numbering) for s in statements]
    return Answer(
        question=question.text,
        language=language,
        as_of=question.as_of,
        status=Status.ANSWERED if findings.answering else Status.NO_EVIDENCE,
        flag=verdict.flag,
        badges=verdict.badges,
        documents=len({c.article_id for c in citations}),
        origins=len(origins.trace(findings.answering, actors)),
        why=tuple(_renumbered(reason, numbering) for reason in verdict.why),
        text=" ".join(_marked(s) for s in statements),
        statements=tuple(statements),
        positions=tuple(_renumbered(p, numbering) for p in positions),
        conflicts=development.conflicts(question, findings, positions, actors, language),
        timeline=tuple(_renumbered(event, numbering) for event in events),
        citations=citations,
        nearest=_citations([e.number for e in findings.nearest], findings.nearest)[1],
        engine=NAME,
        elapsed_ms=0.0,
    )


def _statements(
    question: Question,
    findings: Findings,
    phrases: Phrases,
    actors: Actors,
    judgement: Judgement | None,
) -> list[Statement]:
    if not findings.searched:
        keys = ("none_pass", "check_filters")
        return [Statement(phrases.sentence(key), (), Support.ABSENCE) for key in keys]
    if not findings.answering:
        searched = phrases.documents(findings.searched)
        return [
            Statement(phrases.sentence("no_evidence"), (), Support.ABSENCE),
            Statement(phrases.sentence("searched", documents=searched), (), Support.ABSENCE),
        ]
    if judgement is None:
        made = _headline(question, findings, phrases)
    else:
        made = [Statement(premise.headline(judgement, phrases), (), Support.ABSENCE)]
    if question.counts_origins and findings.premise_met is not False:
        made += _origins(findings, phrases, actors)
    for group in _grouped(question, findings.answering, phrases.language):
        made.append(_statement(question, group, phrases, actors))
    for item in findings.related:
        made.append(_statement(question, [item], phrases, actors))
    return list(dict.fromkeys(made))


def _origins(findings: Findings, phrases: Phrases, actors: Actors) -> list[Statement]:
    """How many independent origins assert it, and which."""
    asserting = [
        item
        for item in findings.answering
        if item.claim.stance in ASSERTING and item.claim.polarity is Polarity.POSITIVE
    ]
    found = origins.trace(asserting, actors)
    numbers = tuple(sorted({n for origin in found for n in origin.numbers}))
    names = [origin.name for origin in found]
    return [Statement(phrases.origins(names), numbers, Support.SUPPORTED)] if found else []


def _headline(question: Question, findings: Findings, phrases: Phrases) -> list[Statement]:
    """What the positions alone would not say: that a presumed stance was or was not found."""
    if findings.premise_met is None or question.stance is None:
        return []
    stance = question.stance
    if question.kind is QuestionKind.WHETHER and question.speakers:
        if findings.premise_met:
            numbers = tuple(e.number for e in findings.answering)
            return [Statement(phrases.sentence("yes_whether"), numbers, Support.SUPPORTED)]
        name = question.speakers[0]
        words, verb = phrases.name(name), phrases.verb(stance, phrases.is_plural(name))
        text = phrases.sentence("none_whether", sources=words, verb=verb)
        return [Statement(text, (), Support.ABSENCE)]
    if findings.premise_met:
        return []
    values = {"verb": phrases.verb(stance, False), "verb_past": phrases.verb_past(stance)}
    return [Statement(phrases.sentence("none_who", **values), (), Support.ABSENCE)]


def _grouped(
    question: Question, evidence: Sequence[Evidence], language: str
) -> list[list[Evidence]]:
    """Evidence that says the same together, in order, the article in `language` first.

    The same: sources, stance, date and figure; without a figure, one utterance in articles of
    two languages.
    """
    groups: list[list[Evidence]] = []
    for item in evidence:
        group = next((g for g in groups if _same_word(question, g[0], item)), None)
        if group is None:
            groups.append([item])
        else:
            group.append(item)
    return [sorted(g, key=lambda e: e.article.language != language) for g in groups]


def _same_word(question: Question, one: Evidence, other: Evidence) -> bool:
    a, b = one.claim, other.claim
    if not a.sources or [s.name for s in a.sources] != [s.name for s in b.sources]:
        return False
    if a.stance is not b.stance or a.date != b.date:
        return False
    figures = [positions_module.figure_of(question, claim) for claim in (a, b)]
    if figures[0] is None and figures[1] is None:
        return a.date is not None and one.article.language != other.article.language
    return figures[0] == figures[1]


def _statement(
    question: Question, group: Sequence[Evidence], phrases: Phrases, actors: Actors
) -> Statement:
    item = group[0]
    claim = item.claim
    numbers = tuple(e.number for e in group)
    found = asked_figures.answering(question, claim)
    asked_for_figure = question.unit is not None or bool(question.figures)
    if found and asked_for_figure and _is_told(claim, found) and _is_whole(item, found, actors):
        words, plural = phrases.sources(claim.sources)
        text = phrases.sentence(
            "figure",
            sources=words + _via(claim.via, phrases),
            verb=phrases.verb(claim.stance, plural),
            figure=phrases.figures(found),
            date=phrases.date(claim.date),
        )
        return Statement(text, numbers, Support.SUPPORTED)
    return Statement(_quoted(item, phrases), numbers, Support.VERBATIM)


def _is_told(claim: Claim, found: Sequence[Quantity]) -> bool:
    """Whether figures can stand without the article's words: somebody known gives numbers.

    "Several thousand" is no number, and who denies or does not comment on one does not give it; a
    number without a noun and two of one unit are understood only by the words around them.
    """
    given = claim.stance in ASSERTING and claim.polarity is Polarity.POSITIVE
    plain = all(q.qualifier is not Qualifier.VAGUE and not asked_figures.is_bare(q) for q in found)
    return given and _is_known(claim) and plain and len({q.unit for q in found}) == len(found)


def _is_whole(item: Evidence, found: Sequence[Quantity], actors: Actors) -> bool:
    """Whether no figure is of a part, of more to come, or of a time that the gloss would lose."""
    counted = (counting.of(item, figure, actors) for figure in found)
    return not any(one.parts or one.period for one in counted)


def _is_known(claim: Claim) -> bool:
    """Whether somebody is the source of whom the article tells who it is."""
    return bool(claim.sources) and all(s.name != "unclear" for s in claim.sources)


def _quoted(item: Evidence, phrases: Phrases) -> str:
    claim, language = item.claim, item.article.language
    if not _is_known(claim):
        hearsay = claim.form is not Form.NARRATED and not claim.sources
        key = "hearsay" if hearsay else "narrated"
        key = "caveat" if claim.stance is Stance.UNVERIFIED else key
        return phrases.sentence(key, quote=phrases.quotation(claim.sentence, language))
    words, plural = phrases.sources(claim.sources)
    shown, key = excerpts.shown(claim)
    return phrases.sentence(
        key,
        sources=words + _via(claim.via, phrases),
        verb=phrases.shown(plural) if key == "negated" else phrases.verb(claim.stance, plural),
        date=phrases.date(claim.date),
        quote=phrases.quotation(shown, language),
    )


def _via(sources: Sequence[Source], phrases: Phrases) -> str:
    named = [s for s in sources if s.kind is not SourceKind.ANONYMOUS]
    return phrases.via(named) if named else ""


def _citations(
    used: Sequence[int], evidence: Sequence[Evidence]
) -> tuple[dict[int, int], tuple[Citation, ...]]:
    """Old to new numbers, by first use; evidence with the same span shares a number."""
    by_number = {e.number: e for e in evidence}
    numbering: dict[int, int] = {}
    places: dict[tuple[str, int, int], int] = {}
    made: list[Citation] = []
    for number in dict.fromkeys(used):
        item = by_number[number]
        place = (item.article.id, item.quote.start, item.quote.end)
        if place not in places:
            places[place] = len(made) + 1
            made.append(_citation(len(made) + 1, item))
        numbering[number] = places[place]
    return numbering, tuple(made)


def _citation(number: int, item: Evidence) -> Citation:
    article, quote = item.article, item.quote
    return Citation(
        number,
        article.id,
        article.title,
        article.publisher,
        article.published,
        article.url,
        article.language,
        quote.text,
        quote.start,
        quote.end,
    )


def _renumbered(noun: Cited, numbering: dict[int, int]) -> Cited:
    numbers = tuple(dict.fromkeys(numbering[n] for n in noun.citations))
    return replace(noun, citations=numbers)


def _marked(statement: Statement) -> str:
    return statement.text + "".join(f" [{n}]" for n in statement.citations)
