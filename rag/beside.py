"""What stands beside an answer: denials, silence, caveats, contrasts, and what nearly answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Protocol

from rag import caveats, opposing, terms
from rag.actors import Actors
from rag.matter import SAME_MATTER
from rag.ranking import GATE
from rag.relevance import CONTRARY, SILENT, Scored
from rag.schema import Article, Claim, Evidence, Question, QuestionKind, Stance

# Kinds whose answers have something that no other claim may lack: a source, a figure.
ASKS_FOR = frozenset({QuestionKind.WHO, QuestionKind.HOW_MANY})
WIDE = 2.0  # how far below the best claim others are still worth showing
WIDE_OF_FIGURES = 3.0  # the same for other figures of what is counted
MOST = 6  # sentences that answer or are worth showing
ALIKE = 1  # sentences that give one source's same figures
FITTER = 3  # sentences that are shown though they lack something, since they fit better
LITTLE = 0.03  # of nearness
MOST_RELATED = 3
DENIED = 0.5  # the least share of the topic for a denial that stands elsewhere
ANAPHOR = 3  # words: "the Kremlin denied it", "the report"
AS_CLOSE = 0.75  # of the share that the best answer holds
ADJACENT = 250  # characters within which "that could not be verified" follows what it is about


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


class Articles:
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


def find(
    question: Question,
    passing: Sequence[Scored],
    chosen: Sequence[Scored],
    ranked: Sequence[Scored],
    library: Library,
    articles: Articles,
    actors: Actors,
) -> list[Scored]:
    """What is shown beside the claims that answer: of `ranked` and, for admissions, of the library.

    `passing` are the claims that have what an answer must have, best first.
    """
    given_up = _given_up(chosen, library, actors)
    found = _related(question, ranked, chosen, given_up, articles)
    found += _doubting(chosen[0], ranked, found, articles, actors)
    found += _opposing(question, chosen, ranked, [*chosen, *found], articles, actors)
    return found + _further(question, passing, ranked, [*chosen, *found])


def within(passing: Sequence[Scored], window: float) -> list[Scored]:
    """The claims of the best sentences that are no more than `window` below the best.

    Of sentences that give one source's same figures the best `ALIKE` are enough.
    """
    best = passing[:1]
    near = [s for s in passing if s.score >= best[0].score - window or _is_as_good(s, best[0])]
    shown = {_place(s) for s in _unlike(distinct(near))[:MOST]}
    return [s for s in near if _place(s) in shown]


def _is_as_good(found: Scored, best: Scored) -> bool:
    """Whether a claim by itself fits as well as the best, whatever stands around it."""
    as_near = found.near >= best.near - LITTLE and found.covered >= best.covered
    return as_near and found.score >= best.score - WIDE


def _unlike(found: Sequence[Scored]) -> list[Scored]:
    """Without those that give a source's same figures as `ALIKE` before them."""
    given: Counter[tuple[object, ...]] = Counter()
    made: list[Scored] = []
    for s in found:
        figures = frozenset((q.low, q.high) for q in s.claim.quantities)
        word = (frozenset(source.name for source in s.claim.sources), figures)
        given[word] += 1
        if not figures or given[word] <= ALIKE:
            made.append(s)
    return made


def _place(found: Scored) -> tuple[str, int]:
    return found.claim.sentence.article_id, found.claim.sentence.start


def distinct(scored: Iterable[Scored]) -> list[Scored]:
    """The best claim of each sentence."""
    seen: dict[tuple[str, int], Scored] = {}
    for s in scored:
        seen.setdefault(_place(s), s)
    return list(seen.values())


def _related(
    question: Question,
    scored: Sequence[Scored],
    chosen: Sequence[Scored],
    given_up: list[Scored],
    articles: Articles,
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


def _follows(claim: Claim, caveat: Claim, articles: Articles) -> bool:
    """Whether a caveat or denial stands right behind a claim, in the same paragraph."""
    article = articles.of(claim)
    if article is None or caveat.sentence.article_id != article.id:
        return False
    end, start = claim.extent[1], caveat.extent[0]
    if not 0 <= start - end <= ADJACENT or "\n" in article.text[end:start]:
        return False
    words = sum(len(part.text.split()) for part in caveat.content)
    return caveat.stance is Stance.UNVERIFIED or words <= ANAPHOR


def _doubting(
    best: Scored,
    ranked: Sequence[Scored],
    taken: Sequence[Scored],
    articles: Articles,
    actors: Actors,
) -> list[Scored]:
    """What says of the best answer that it could not be checked, and is not shown yet."""
    article = articles.of(best.claim)
    if article is None:
        return []
    sentence = caveats.reaching(best.claim, article, actors)
    shown = {_place(s) for s in (best, *taken)}
    found = (s for s in ranked if s.claim.sentence == sentence and _place(s) not in shown)
    return list(found)[:1]


def _given_up(chosen: Sequence[Scored], library: Library, actors: Actors) -> list[Scored]:
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
        (len(a.held & e.held), e.claim.date or "", e.claim.sentence.text, e.claim.id, e)
        for a in admissions
        for e in earlier
        if gives_up(a, e, actors)
    ]
    return [max(pairs)[-1]] if pairs else []


def gives_up(admission: Scored, earlier: Scored, actors: Actors) -> bool:
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


def _opposing(
    question: Question,
    chosen: Sequence[Scored],
    ranked: Sequence[Scored],
    taken: Sequence[Scored],
    articles: Articles,
    actors: Actors,
) -> list[Scored]:
    """Claims that stand against the best of the answer and are not shown yet."""
    shown = {_place(s) for s in taken}
    others = [s for s in ranked if _place(s) not in shown]
    present = [(s, a) for s in others[: opposing.LOOKED_AT] if (a := articles.of(s.claim))]
    best = articles.evidence(chosen[: opposing.DECIDING], 1)
    return opposing.find(question, best, present, actors)


def _further(
    question: Question,
    passing: Sequence[Scored],
    ranked: Sequence[Scored],
    taken: Sequence[Scored],
) -> list[Scored]:
    """What else is worth showing: what nearly answers, and what fits better but lacks something.

    No denials of other matters, and nobody else's words where somebody was asked to have spoken.
    """
    if not passing:
        return []
    counted = question.kind is QuestionKind.HOW_MANY
    wide = within(passing, WIDE_OF_FIGURES if counted else WIDE)
    if not question.speakers and question.kind not in ASKS_FOR:
        fitter = [s for s in distinct(ranked)[:FITTER] if s.score >= passing[0].score]
        wide = [*fitter, *wide]
    shown = {_place(s) for s in taken}
    fitting = [s for s in wide if s.claim.stance not in CONTRARY and _place(s) not in shown]
    return _unlike(distinct(fitting))[: max(0, MOST - len(shown))]
