"""Ranked claims to findings: which of them answer the question, and what stands beside them.

What answers must pass the test of its kind (`ranking`). Beside it goes what `beside` finds. Nothing
that passes means that the articles do not say.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag import beside, relevance, telling
from rag.actors import Actors
from rag.beside import Articles, Library, distinct, within
from rag.contradictions import Judgement
from rag.matter import CLOSE, SAME_MATTER, Matter, asks_for_yes
from rag.relevance import MEETS, Scored
from rag.schema import Evidence, Findings, Hit, Polarity, Question, QuestionKind

WINDOW = 1.0  # how far below the best claim others still belong to the answer
FAR = 3.0  # how far below the best claim one is looked for that meets what was presumed
NEAREST = 3


def select(
    question: Question,
    ranked: Sequence[Scored],
    hits: Sequence[Hit],
    library: Library,
    actors: Actors,
    *,
    judgement: Judgement | None = None,
    answerable: bool = True,
) -> Findings:
    """The findings of a question; evidence is numbered from 1, answering before related.

    What corrects a premise that failed (`judgement`) answers. Where the question is not
    `answerable` and no premise failed, nothing answers, and what came nearest is all.
    """
    articles = Articles(library.article)
    passing: list[Scored] = []
    chosen: list[Scored] = []
    premise: bool | None = None
    if judgement is not None:
        chosen, premise = list(judgement.corrections), False
    elif answerable:
        passing = _passing(question, ranked, hits, library, actors)
        best = _beside(question, within(passing, WINDOW), passing)
        chosen, premise = _presumed(question, best, passing)
        chosen = telling.telling(question, chosen, passing, hits, library.article, actors)
        premise = premise if chosen else None
    related: list[Scored] = []
    if chosen:
        related = beside.find(question, passing, chosen, ranked, library, articles, actors)
    answering = articles.evidence(chosen, 1)
    around = articles.evidence(related, 1 + len(answering))
    return Findings(
        answering=answering,
        related=around,
        admissions=_admissions(chosen, related, answering, around, actors),
        nearest=() if chosen else articles.evidence(distinct(ranked)[:NEAREST], 1),
        premise_met=premise,
        searched=library.searched,
    )


def _beside(
    question: Question, chosen: Sequence[Scored], passing: Sequence[Scored]
) -> list[Scored]:
    """The chosen claims, and those of their sentences in which others give their figures.

    "Officials wrote that eleven were missing, while relatives speak of fourteen."
    """
    if question.kind is not QuestionKind.HOW_MANY:
        return list(chosen)
    places = {(s.claim.sentence.article_id, s.claim.sentence.start) for s in chosen}
    taken = {s.claim.id for s in chosen}
    others = [
        s
        for s in passing
        if s.claim.id not in taken
        and s.counts
        and (s.claim.sentence.article_id, s.claim.sentence.start) in places
    ]
    return [*chosen, *others]


def _passing(
    question: Question,
    ranked: Sequence[Scored],
    hits: Sequence[Hit],
    library: Library,
    actors: Actors,
) -> list[Scored]:
    """The claims that have what an answer must have, best first."""
    matter = Matter(question, hits, library.article, actors)
    passing = matter.held([s for s in ranked if s.answers])
    return matter.decided(passing) if asks_for_yes(question) else passing


def _presumed(
    question: Question, chosen: list[Scored], passing: list[Scored]
) -> tuple[list[Scored], bool | None]:
    """The claims that meet a presumed stance, if any do, and whether any does.

    Few answer who confirmed something, so that they are looked for further down as well.
    """
    asks = question.kind in (QuestionKind.WHO, QuestionKind.WHETHER)
    if question.stance not in MEETS or not chosen or not asks:
        return chosen, None
    fitting = _meeting(question, chosen)
    if not fitting and question.kind is QuestionKind.WHO:
        fitting = _meeting(question, within(passing, FAR))
    return fitting or chosen, bool(fitting)


def _meeting(question: Question, found: Sequence[Scored]) -> list[Scored]:
    """Those of the presumed stance that are of the matter asked about."""
    return [
        s
        for s in found
        if s.claim.stance in relevance.wanted(question)
        and s.claim.polarity is Polarity.POSITIVE
        and (s.covered >= SAME_MATTER or s.near >= CLOSE or asks_for_yes(question))
    ]


def _admissions(
    chosen: list[Scored],
    related: list[Scored],
    answering: tuple[Evidence, ...],
    around: tuple[Evidence, ...],
    actors: Actors,
) -> tuple[tuple[int, int], ...]:
    numbers = {e.claim.id: e.number for e in (*answering, *around)}
    return tuple(
        (numbers[c.claim.id], numbers[r.claim.id])
        for c in chosen
        for r in related
        if beside.gives_up(c, r, actors) and {c.claim.id, r.claim.id} <= numbers.keys()
    )
