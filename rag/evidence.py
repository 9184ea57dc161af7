"""Ranked claims to findings: which of them answer the question, and what stands against them.

What answers must pass the test of its kind (`relevance`). Beside it go denials, silence and caveats
on the same matter, and earlier ones that an admission gave up. Nothing that passes means that the
articles do not say.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from rag import relevance, terms
from rag.actors import Actors
from rag.relevance import CONTRARY, GATE, MEETS, SILENT, Scored
from rag.schema import (
    Article,
    Claim,
    Evidence,
    Findings,
    Hit,
    Polarity,
    Question,
    QuestionKind,
    Stance,
)
from rag.topics import Surroundings, Topic

WINDOW = 0.13  # how far below the best claim others still belong to the answer
MOST = {QuestionKind.HOW_MANY: 6, QuestionKind.WHO: 6}
MOST_OTHERWISE = 4
MOST_RELATED = 3
NEAREST = 3
SAME_MATTER = 0.3  # the least share of the topic that a denial must hold to be one of this
CLOSE = 0.2  # how near a sentence must be whose words share too little with the topic
DENIED = 0.5  # the least share of the topic for a denial that stands elsewhere
HELD = 0.5  # the least share of the topic that a yes must hold
NEARLY = 0.75  # of the topic: what a position holds that is shown though it is no yes
ANAPHOR = 3  # words: "the Kremlin denied it", "the report"
AS_CLOSE = 0.75  # of the share that the best answer holds
ADJACENT = 250  # characters within which "that could not be verified" follows what it is about


def select(
    question: Question,
    hits: Sequence[Hit],
    claims: Iterable[tuple[Claim, frozenset[str]]],
    library: Library,
    actors: Actors,
    *,
    answerable: bool = True,
) -> Findings:
    """The findings of a question; evidence is numbered from 1, answering before related.

    Where it is not `answerable`, nothing answers, and what came nearest is all.
    """
    scored = relevance.rank(question, hits, claims, actors)
    articles = _Articles(library.article)
    matter = Matter(question, hits, library, actors)
    passing = matter.held([s for s in scored if s.answers and answerable])
    if question.kind is not QuestionKind.HOW_MANY:
        # A figure often stands without the name of those it counts; other words seldom do.
        passing = [s for s in passing if s.named] or passing
    if _asks_for_yes(question):
        passing = matter.decided(passing)
    chosen = _best(question, passing)
    chosen, premise = _presumed(question, chosen)
    related: list[Scored] = []
    if chosen:
        given_up = _given_up(chosen, library, actors)
        related = _related(question, scored, chosen, given_up, articles)
    answering = articles.evidence(chosen, 1)
    beside = articles.evidence(related, 1 + len(answering))
    return Findings(
        answering=answering,
        related=beside,
        admissions=_admissions(chosen, related, answering, beside, actors),
        nearest=() if chosen else articles.evidence(_distinct(scored)[:NEAREST], 1),
        premise_met=premise,
        searched=library.searched,
    )


def _asks_for_yes(question: Question) -> bool:
    """Whether a question is whether somebody has admitted, denied, demanded something."""
    asks = question.kind is QuestionKind.WHETHER and bool(question.speakers)
    return asks and question.stance in MEETS


class Library(Protocol):
    """What is asked of the library beside the hits."""

    @property
    def searched(self) -> int:
        """How many articles were searched."""

    def article(self, article_id: str) -> Article | None:
        """An article, or None where it has gone."""

    def claims_of_stances(
        self, stances: Iterable[Stance], holding: Collection[str]
    ) -> Iterable[tuple[Claim, frozenset[str]]]:
        """The claims of these stances that hold one of these terms, in the articles searched."""


class Matter:
    """Whether claims are about just what was asked: the names in the question, and its words."""

    def __init__(
        self, question: Question, hits: Sequence[Hit], library: Library, actors: Actors
    ) -> None:
        self._question = question
        self._topic = Topic.of(question, actors)
        self._around = Surroundings(hits, library.article, actors)
        self._actors = actors

    def held(self, passing: list[Scored]) -> list[Scored]:
        """The claims that have, with what stands around them, the names and words they must have.

        Figures often stand without those they count, so half of the names are enough of one; all
        of them together must have more.
        """
        if not self._topic.groups:
            return passing if self._question.speakers else []
        found = [s for s in passing if self._holds(s)]
        if self._question.kind is QuestionKind.HOW_MANY and self._topic.names:
            met = frozenset().union(*(self._names(s) for s in found))
            return found if len(met) > HELD * len(self._topic.names) else []
        return found

    def _names(self, found: Scored) -> frozenset[tuple[str, ...]]:
        return self._topic.names_in(found.held | self._around.of(found.claim))

    def _holds(self, found: Scored) -> bool:
        topic, kind = self._topic, self._question.kind
        if kind is QuestionKind.HOW_MANY:
            return len(self._names(found)) >= HELD * len(topic.names)
        if kind is QuestionKind.WHO and self._question.stance is None:
            held = found.held | self._around.sentence(found.claim)
            return topic.names_met(held) and topic.met_by(held) > HELD
        around = found.held | self._around.of(found.claim)
        return any(term in around for group in topic.groups for term in group)

    def decided(self, passing: list[Scored]) -> list[Scored]:
        """The claims that say yes; else denials and silence on it; else what is nearly it.

        A yes depends on what was admitted: its content names all that the question names.
        """
        fitting = [s for s in passing if self._is_yes(s)]
        contrary = [s for s in passing if s.claim.stance in CONTRARY and self._is_same(s)]
        nearly = [s for s in passing if self._is_nearly(s)]
        return fitting or contrary or nearly

    def _is_yes(self, found: Scored) -> bool:
        claim = found.claim
        return (
            claim.stance in relevance.wanted(self._question)
            and claim.polarity is Polarity.POSITIVE
            and self._is_spoken(claim)
            and self._topic.names_met(found.held)
            and (found.covered >= HELD or not self._topic.groups)
        )

    def _is_spoken(self, claim: Claim) -> bool:
        """Whether one who was asked about is the source, not only the one who passed it on."""
        own = replace(claim, via=())
        return relevance.speaks_for(own, self._question.speakers, self._actors)

    def _is_same(self, found: Scored) -> bool:
        around = self._around.of(found.claim)
        if not self._topic.names_met(found.held | around):
            return False
        near = bool(self._topic.names) and found.near >= CLOSE
        return near or self._topic.words_met(found.held, around) >= SAME_MATTER

    def _is_nearly(self, found: Scored) -> bool:
        return self._topic.names_met(found.held) and found.covered >= NEARLY


class _Articles:
    """The articles of the claims at hand, each read once."""

    def __init__(self, article_of: Callable[[str], Article | None]) -> None:
        self._article_of = article_of
        self._read: dict[str, Article | None] = {}

    def of(self, claim: Claim) -> Article | None:
        key = claim.sentence.article_id
        if key not in self._read:
            self._read[key] = self._article_of(key)
        return self._read[key]

    def evidence(self, items: Sequence[Scored], first: int) -> tuple[Evidence, ...]:
        """Numbered evidence; a claim whose article has just gone is left out."""
        present = [(s, a) for s in items if (a := self.of(s.claim)) is not None]
        return tuple(
            Evidence(first + i, s.claim, article.span(*s.claim.extent), article, s.score)
            for i, (s, article) in enumerate(present)
        )


def _best(question: Question, passing: list[Scored]) -> list[Scored]:
    near = [s for s in passing if s.score >= passing[0].score - WINDOW]
    return near[: MOST.get(question.kind, MOST_OTHERWISE)]


def _presumed(question: Question, chosen: list[Scored]) -> tuple[list[Scored], bool | None]:
    """The claims that meet a presumed stance, if any do, and whether any does."""
    asks = question.kind in (QuestionKind.WHO, QuestionKind.WHETHER)
    if question.stance not in MEETS or not chosen or not asks:
        return chosen, None
    fitting = [
        s
        for s in chosen
        if s.claim.stance in relevance.wanted(question)
        and s.claim.polarity is Polarity.POSITIVE
        and (s.covered >= SAME_MATTER or s.near >= CLOSE or _asks_for_yes(question))
    ]
    return fitting or chosen, bool(fitting)


def _related(
    question: Question,
    scored: list[Scored],
    chosen: list[Scored],
    given_up: list[Scored],
    articles: _Articles,
) -> list[Scored]:
    taken = {s.claim.id for s in chosen}
    contrary = [s for s in scored if s.claim.stance in CONTRARY and s.claim.id not in taken]
    found = [s for s in contrary if any(_follows(c.claim, s.claim, articles) for c in chosen)]
    found = given_up + found
    near = [s for s in contrary if s.near >= GATE and _as_close(s, chosen[0])]
    if question.kind in (QuestionKind.WHO, QuestionKind.WHETHER):
        same = [s for s in near if s.covered >= SAME_MATTER]
        # Somebody who denies something else about the soldiers does not deny their number.
        counted = question.unit is not None or bool(question.figures)
        found += [s for s in same if s.counts or s.claim.stance in SILENT or not counted]
    elif question.kind is QuestionKind.HOW_MANY:
        found += [s for s in near if s.counts]
    return list({s.claim.id: s for s in found}.values())[:MOST_RELATED]


def _as_close(found: Scored, best: Scored) -> bool:
    """Whether a denial holds as much of the topic as the answer it would stand against.

    "Not in Ukraine" does not deny "in Kursk". Silence and caveats are weaker, and may be wider.
    """
    if found.claim.stance in SILENT:
        return True
    return found.covered >= max(DENIED, AS_CLOSE * best.covered)


def _follows(claim: Claim, caveat: Claim, articles: _Articles) -> bool:
    """Whether a caveat or denial stands right behind a claim, in the same paragraph."""
    article = articles.of(claim)
    if article is None or caveat.sentence.article_id != article.id:
        return False
    end, start = claim.extent[1], caveat.extent[0]
    if not 0 <= start - end <= ADJACENT or "\n" in article.text[end:start]:
        return False
    words = sum(len(part.text.split()) for part in caveat.content)
    return caveat.stance is Stance.UNVERIFIED or words <= ANAPHOR


def _given_up(chosen: list[Scored], library: Library, actors: Actors) -> list[Scored]:
    """What an admission among the answers gives up: of all the library the claim closest to it.

    It may lie far from the question, so it is not looked for among the hits.
    """
    admissions = [
        c
        for c in chosen
        if c.claim.stance is Stance.CONFIRMS
        and any(actors.is_war_party(s.side) for s in c.claim.sources)
    ]
    if not admissions:
        return []
    named = {t for a in admissions for t in a.held if t.startswith("@")}
    contrary = library.claims_of_stances(SILENT | {Stance.DENIES}, named)
    earlier = [Scored(c, 0.0, 0.0, 0.0, False, False, False, held) for c, held in contrary]
    pairs = [
        (len(a.held & e.held), e.claim.date or "", e.claim.id, e)
        for a in admissions
        for e in earlier
        if _gives_up(a, e, actors)
    ]
    return [max(pairs)[-1]] if pairs else []


def _gives_up(admission: Scored, earlier: Scored, actors: Actors) -> bool:
    """Whether a war party now admits what its side had denied or kept silent about.

    The two are about the same where they name the same actor beside the speaker's own.
    """
    if admission.claim.stance is not Stance.CONFIRMS:
        return False
    if earlier.claim.stance not in SILENT | {Stance.DENIES} or earlier.claim.date is None:
        return False
    speaking = [s for s in admission.claim.sources if actors.is_war_party(s.side)]
    own = {f"@{terms.slug(link)}" for s in speaking for link in actors.chain(s.name)}
    shared = {t for t in admission.held & earlier.held if t.startswith("@")} - own
    sides = {s.side for s in speaking} & {s.side for s in earlier.claim.sources}
    return bool(shared and sides) and earlier.claim.date < (admission.claim.date or "")


def _admissions(
    chosen: list[Scored],
    related: list[Scored],
    answering: tuple[Evidence, ...],
    beside: tuple[Evidence, ...],
    actors: Actors,
) -> tuple[tuple[int, int], ...]:
    numbers = {e.claim.id: e.number for e in (*answering, *beside)}
    return tuple(
        (numbers[c.claim.id], numbers[r.claim.id])
        for c in chosen
        for r in related
        if _gives_up(c, r, actors) and {c.claim.id, r.claim.id} <= numbers.keys()
    )


def _distinct(scored: list[Scored]) -> list[Scored]:
    """The best claim of each sentence."""
    seen: dict[tuple[str, int], Scored] = {}
    for s in scored:
        seen.setdefault((s.claim.sentence.article_id, s.claim.sentence.start), s)
    return list(seen.values())
