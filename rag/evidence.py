"""Hits and claims to findings: which claims answer the question, and what speaks against them.

A claim is scored by its best sentence and by what it has of what was asked (speaker, unit, figure,
stance). What answers must also pass the test of its kind: "how many soldiers" needs a figure of
soldiers, "what did X say" needs X. Nothing that passes means that the articles do not say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rag import dates, quantities, terms
from rag.actors import Actors
from rag.schema import (
    Article,
    Claim,
    Evidence,
    Findings,
    Form,
    Hit,
    Question,
    QuestionKind,
    Stance,
)

# A claim is evidence from this score on; found by `python -m eval` on the questions of the
# first suite and on withheld passages of XQuAD (docs/decisions.md).
GATE = 0.07
# With nothing but nearness (no speaker, figure or stance that was asked for) it takes more.
OPEN_GATE = 0.1
WINDOW = 0.13  # how far below the best claim others still belong to the answer
DATE, CONTENT, SPEAKER, UNIT, FIGURE, STANCE, NARRATED, HEADLINE = (
    0.08,
    0.1,
    0.08,
    0.06,
    0.12,
    0.05,
    -0.03,
    -0.06,
)
MOST = {QuestionKind.HOW_MANY: 8, QuestionKind.WHO: 8}
MOST_OTHERWISE = 5
MOST_RELATED = 3
NEAREST = 3

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
PERSONS = frozenset({"people", "soldiers", "officers", "workers", "engineers", "prisoners"})
# What an asker presumes with a stance, and which stances of sources meet it.
MEETS = {
    Stance.CONFIRMS: frozenset({Stance.CONFIRMS}),
    Stance.DENIES: frozenset({Stance.DENIES}),
    Stance.NO_COMMENT: frozenset({Stance.NO_COMMENT, Stance.DOES_NOT_CONFIRM}),
    Stance.WARNS: frozenset({Stance.WARNS}),
    Stance.DEMANDS: frozenset({Stance.DEMANDS}),
    Stance.EXPECTS: frozenset({Stance.EXPECTS, Stance.ESTIMATES}),
    Stance.ESTIMATES: frozenset({Stance.ESTIMATES, Stance.EXPECTS}),
}


@dataclass(frozen=True, slots=True)
class _Scored:
    claim: Claim
    score: float
    near: float  # the score of its best sentence alone
    covered: float  # the share of the topic that its content holds
    answers: bool
    named: bool  # its content names all actors that the question is about


@dataclass(frozen=True, slots=True)
class Topic:
    """What a question is about beside who is asked to have spoken."""

    groups: tuple[tuple[str, ...], ...]
    actors: tuple[str, ...]

    @classmethod
    def of(cls, question: Question) -> Topic:
        """The topic of a question: its groups of terms without the speakers'."""
        spoken = {f"@{terms.slug(name)}" for name in question.speakers}
        groups = tuple(g for g in question.terms if g[0] not in spoken)
        return cls(groups, tuple(g[0] for g in groups if g[0].startswith("@")))

    def met_by(self, found: frozenset[str]) -> float:
        """The share of the topic's groups that these terms meet, 0 to 1."""
        even = dict.fromkeys(self.groups, 1.0)
        return terms.coverage(self.groups, found, even)


def select(
    question: Question,
    hits: Sequence[Hit],
    claims: Iterable[Claim],
    article_of: Callable[[str], Article | None],
    actors: Actors,
    searched: int = 0,
) -> Findings:
    """The findings of a question; evidence is numbered from 1, answering before related."""
    topic = Topic.of(question)
    scored = sorted(
        (s for c in claims if (s := _score(question, topic, c, hits, actors)) is not None),
        key=lambda s: (
            -round(s.score, 6),
            s.claim.sentence.article_id,
            *s.claim.extent,
            s.claim.id,
        ),
    )
    met = MEETS.get(question.stance) if question.stance else None
    passing = [s for s in scored if s.answers]
    chosen = _answering(question, [s for s in passing if s.named] or passing)
    premise: bool | None = None
    if met is not None and chosen and question.kind in (QuestionKind.WHO, QuestionKind.WHETHER):
        fitting = [s for s in chosen if s.claim.stance in met]
        premise = bool(fitting)
        chosen = fitting or chosen
    related = _related(question, scored, chosen) if chosen else []
    if chosen and all(s.claim.stance in CONTRARY for s in chosen) and not question.speakers:
        related = [s for s in related if s.claim not in [c.claim for c in chosen]]
    articles: dict[str, Article | None] = {}

    def evidence(number: int, item: _Scored) -> Evidence | None:
        article_id = item.claim.sentence.article_id
        if article_id not in articles:
            articles[article_id] = article_of(article_id)
        article = articles[article_id]
        if article is None:
            return None
        quote = article.span(*item.claim.extent)
        return Evidence(number, item.claim, quote, article, item.score)

    def numbered(items: Sequence[_Scored], first: int) -> tuple[Evidence, ...]:
        made = (evidence(first + i, item) for i, item in enumerate(items))
        return tuple(e for e in made if e is not None)

    return Findings(
        answering=numbered(chosen, 1),
        related=numbered(related, 1 + len(chosen)),
        nearest=() if chosen else numbered(_distinct(scored)[:NEAREST], 1),
        premise_met=premise,
        searched=searched,
    )


def _score(
    question: Question, topic: Topic, claim: Claim, hits: Sequence[Hit], actors: Actors
) -> _Scored | None:
    start, end = claim.extent
    near, language = max(
        (
            (score, hit.language)
            for hit in hits
            if hit.passage.article_id == claim.sentence.article_id
            for sentence, score in hit.sentences
            if sentence.start < end and start < sentence.end
        ),
        default=(None, ""),
    )
    if near is None:
        return None
    held = frozenset(
        term for part in claim.content for term in terms.of_text(part, language, actors, None)
    )
    covered = topic.met_by(held)
    speaks = bool(question.speakers) and speaks_for(claim, question.speakers, actors)
    counts = has_unit(question, claim)
    figure = any(
        quantities.relation(asked, found) == "equal" and quantities.comparable(asked, found)
        for asked in question.figures
        for found in claim.quantities
    )
    fits = question.stance is not None and claim.stance in MEETS.get(question.stance, ASSERTING)
    score = (
        near
        + CONTENT * covered
        + SPEAKER * speaks
        + UNIT * counts
        + FIGURE * figure
        + STANCE * fits
    )
    score += DATE * _timely(question, claim)
    score += NARRATED * (claim.form is Form.NARRATED) + HEADLINE * (claim.sentence.start == 0)
    passes = near >= (GATE if speaks or counts or figure else OPEN_GATE)
    return _Scored(
        claim,
        score,
        near,
        covered,
        answers=passes and _fits_kind(question, claim, speaks, counts),
        named=bool(topic.actors) and all(name in held for name in topic.actors),
    )


def _timely(question: Question, claim: Claim) -> int:
    """1 where the claim is of the time asked about, -1 where it is of another, else 0."""
    if question.date is None or claim.date is None:
        return 0
    return 1 if dates.overlaps(question.date, claim.date) else -1


def _fits_kind(question: Question, claim: Claim, speaks: bool, counts: bool) -> bool:
    """Whether the claim has what an answer of this kind must have."""
    if question.speakers and not speaks:
        return False
    if question.kind is QuestionKind.HOW_MANY:
        return counts and claim.stance not in CONTRARY
    if question.kind is QuestionKind.WHEN:
        return claim.date is not None
    if question.kind is QuestionKind.WHO:
        wanted = MEETS.get(question.stance, ASSERTING) if question.stance else ASSERTING
        if question.figures or (question.unit and question.stance):
            return bool(claim.sources) and counts and claim.stance in ASSERTING | wanted
        return bool(claim.sources) and claim.stance in ASSERTING | wanted
    return True


def has_unit(question: Question, claim: Claim) -> bool:
    """Whether the claim has a figure of what the question counts.

    A question that names a figure but no unit wants that figure; one that names neither ("how
    many were there?") takes any.
    """
    if question.unit is not None:
        return any(counts_same(question.unit, found.unit) for found in claim.quantities)
    if question.figures:
        return any(
            quantities.relation(asked, found) != "conflict" and asked.unit == found.unit
            for asked in question.figures
            for found in claim.quantities
        )
    return bool(claim.quantities) and question.kind is QuestionKind.HOW_MANY


def counts_same(asked: str, found: str) -> bool:
    """Whether a figure of one unit may answer a question for the other.

    "People" is what a text calls soldiers, workers or prisoners that it has named before; the
    dead are never just people.
    """
    return asked == found or {asked, found} <= PERSONS and "people" in (asked, found)


def speaks_for(claim: Claim, names: Iterable[str], actors: Actors) -> bool:
    """Whether one of these names is a source of the claim, itself or through its office.

    A name that the actors file does not know is looked for in the names of the sources.
    """

    def same(source: str, name: str) -> bool:
        known = actors.get(name) is not None
        return actors.same(source, name) or (not known and name.lower() in source.lower().split())

    return any(same(source.name, name) for source in claim.sources for name in names)


def _answering(question: Question, passing: list[_Scored]) -> list[_Scored]:
    if not passing:
        return []
    best = passing[0].score
    near = [s for s in passing if s.score >= best - WINDOW]
    return near[: MOST.get(question.kind, MOST_OTHERWISE)]


def _related(question: Question, scored: list[_Scored], chosen: list[_Scored]) -> list[_Scored]:
    """Denials, silence and caveats about the same, where a stance was presumed or is at stake."""
    if question.kind not in (QuestionKind.WHO, QuestionKind.WHETHER, QuestionKind.HOW_MANY):
        return []
    taken = {s.claim.id for s in chosen}
    found = [
        s
        for s in scored
        if s.claim.stance in CONTRARY
        and s.claim.id not in taken
        and s.near >= GATE
        and s.covered > 0
        and s.score >= chosen[0].score - 2 * WINDOW
    ]
    return found[:MOST_RELATED]


def _distinct(scored: list[_Scored]) -> list[_Scored]:
    """The best claim of each sentence."""
    seen: dict[tuple[str, int], _Scored] = {}
    for s in scored:
        seen.setdefault((s.claim.sentence.article_id, s.claim.sentence.start), s)
    return list(seen.values())
