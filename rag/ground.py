"""What a ranked claim is for one presumption: by whom, of its time, of its matter, real or not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from rag import dates, quantities, relevance, terms
from rag.actors import Actors
from rag.presumptions import UNREAL, Presumption, is_negated, is_unreal
from rag.relevance import ASSERTING, CONTRARY, Scored
from rag.schema import Article, Form, Polarity, Quantity, Question, SourceKind, Stance
from rag.topics import NEARBY, Topic

# Words of a content that can stand for what was said before: "it"; "could not verify the claims".
ANAPHOR, SHORT = 3, 12
SHORTEST = 4  # letters of a word that says what something is about
# How well the time of a claim fits the time presumed.
EXACT, POSSIBLE, OTHER = 2, 1, 0
OPEN_UNITS = frozenset({"soldiers", "people", "other"})


class Ground:
    """The claims at hand, seen from one presumption of a question."""

    def __init__(
        self,
        question: Question,
        presumed: Presumption,
        article_of: Callable[[str], Article | None],
        actors: Actors,
    ) -> None:
        self.question = question
        self.presumed = presumed
        self.actors = actors
        self._article_of = article_of
        narrowed = replace(question, terms=presumed.terms, speakers=presumed.speakers)
        groups = Topic.of(narrowed, actors).groups
        self.groups = tuple(group for group in groups if _is_matter(group[0]))

    def speaking(self, names: tuple[str, ...]) -> Ground:
        """The same with these as the speakers who are presumed."""
        presumed = replace(self.presumed, speakers=names)
        return Ground(self.question, presumed, self._article_of, self.actors)

    def links(self, name: str) -> frozenset[str]:
        """The terms of an actor and of those it speaks for."""
        return frozenset(f"@{terms.slug(link)}" for link in self.actors.chain(name))

    def article(self, found: Scored) -> Article | None:
        """The article of a claim, or None where it has gone."""
        return self._article_of(found.claim.sentence.article_id)

    def speaks(self, found: Scored, names: Sequence[str]) -> bool:
        """Whether one of these names is the source itself, not only who passed the word on.

        The state's word is not a person's: "Kyiv denied it" says nothing of what a general said.
        """
        if not relevance.speaks_for(replace(found.claim, via=()), names, self.actors):
            return False
        people = {n for n in names if (a := self.actors.get(n)) and a.kind is SourceKind.PERSON}
        chains = (self.actors.chain(source.name) for source in found.claim.sources)
        return people != set(names) or any(people & set(chain) for chain in chains)

    def time(self, found: Scored) -> int:
        """How the time of a claim fits that presumed: EXACT, POSSIBLE or OTHER."""
        asked, said = self.presumed.date, found.claim.date
        if asked is None:
            return POSSIBLE
        first, last = dates.bounds(asked)
        if said is None:
            return self._undated(found, first, last)
        low, high = dates.bounds(said)
        if first <= low and high <= last:
            return EXACT
        return POSSIBLE if dates.overlaps(asked, said) else OTHER

    def _undated(self, found: Scored, first: str, last: str) -> int:
        """The fit of a claim without a date: by a date in its sentence, or its article's."""
        article = self.article(found)
        if article is None:
            return POSSIBLE
        if (article.published or last) < first:
            return OTHER
        told = dates.find(found.claim.sentence, article.language, article.published)
        days = [dates.bounds(value) for _, value in told if value]
        return EXACT if any(first <= low and high <= last for low, high in days) else POSSIBLE

    def negates(self, found: Scored) -> bool:
        """Whether a claim denies its content, as far as a word of it tells."""
        article = self.article(found)
        words = " ".join(part.text for part in found.claim.content)
        negative = found.claim.polarity is Polarity.NEGATIVE
        return negative or (article is not None and is_negated(words, article.language))

    def matter(self, found: Scored, most: int = ANAPHOR) -> float:
        """The share of what the presumption is about that a claim holds, 0 to 1.

        What only stands around it counts half, where its own words, `most` at most, may stand for
        that.
        """
        own = self._share(found.held)
        words = sum(len(part.text.split()) for part in found.claim.content)
        return max(own, NEARBY * self._share(self.around(found))) if words <= most else own

    def _share(self, held: frozenset[str]) -> float:
        met = sum(any(term in held for term in group) for group in self.groups)
        return met / len(self.groups) if self.groups else 0.0

    def around(self, found: Scored) -> frozenset[str]:
        """The terms of the passages of a claim and of the title of its article."""
        article = self.article(found)
        if article is None:
            return frozenset()
        title = article.span(0, len(article.title))
        return found.around.union(terms.of_text(title, article.language, self.actors, None))

    def figure(self, found: Scored) -> Quantity | None:
        """The figure of a claim that is the one presumed, of the same things."""
        asked = self.presumed.figure
        if asked is None:
            return None
        same = (
            figure
            for figure in found.claim.quantities
            if _same_bound(asked, figure) and _same_things(asked, figure)
        )
        return next(same, None)

    def is_real(self, found: Scored, figure: Quantity) -> bool:
        """Whether a claim gives a figure as what is so, not as a plan, a forecast or a doubt."""
        claim = found.claim
        if claim.stance in CONTRARY or claim.polarity is Polarity.NEGATIVE:
            return False
        told = claim.form is not Form.NARRATED or figure.aspect is not None
        denied = claim.form is Form.NARRATED and self.negates(found)
        return told and not denied and not self.is_planned(found, figure)

    def is_planned(self, found: Scored, figure: Quantity) -> bool:
        """Whether a claim gives a figure as a plan or a forecast."""
        claim, article = found.claim, self.article(found)
        if figure.aspect in UNREAL or claim.stance in (Stance.EXPECTS, Stance.WARNS):
            return True
        language = article.language if article else ""
        words = " ".join(part.text for part in claim.content)
        return bool(language) and claim.stance in ASSERTING and is_unreal(words, language)


def _is_matter(term: str) -> bool:
    """Whether a term says what something is about: no date, no short word ("up", "his")."""
    return not term.startswith("d:") and (len(term) >= SHORTEST or term[0] in "#@~")


def _same_bound(asked: Quantity, found: Quantity) -> bool:
    """Whether two figures name one number that holds for both: "a million", "over a million"."""
    shared = {asked.low, asked.high} & {found.low, found.high} - {None}
    return bool(shared) and quantities.relation(asked, found) != "conflict"


def _same_things(asked: Quantity, found: Quantity) -> bool:
    if quantities.same_unit(asked.unit, found.unit):
        return True
    return {asked.unit, found.unit} <= OPEN_UNITS
