"""Whether claims tell the detail that a question asks for: then only do they answer.

A near miss has the right actors and the right event, but not what was asked of them. It lacks

    a value    a figure, place or name of the kind asked for that the question does not have itself
    the thing  the noun that is asked for ("which target"), or something narrower
    the deed   the verb, where a figure, a place or somebody is asked for ("who commanded")

each by concept, in the claim's sentence, beside it, in its passage and title. Only words of the
tables of concepts count as lacking: of any other nobody knows in which words an article has it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag import concepts, detail, quantities, relevance, tagging, terms, text, traits
from rag.actors import Actors
from rag.detail import Detail, Slot, Word
from rag.relevance import Scored
from rag.schema import Article, Claim, Hit, Quantity, Question, SourceKind, Span
from rag.tagging import Tag

MOST = 6  # claims that are looked at
VALUED = frozenset({Slot.FIGURE, Slot.PLACE, Slot.NAME})
DEEDS = frozenset({Slot.FIGURE, Slot.PLACE, Slot.SOMEBODY})


@dataclass(frozen=True, slots=True)
class Held:
    """The terms and the concepts of a text."""

    terms: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()

    def joined(self, other: Held) -> Held:
        """Those of two texts together."""
        return Held(self.terms | other.terms, self.keys | other.keys)

    def meets(self, word: Word) -> bool:
        """Whether a word of a question is met here."""
        return bool(self.keys & word.keys) or not self.terms.isdisjoint(word.group)


def is_told(
    question: Question,
    chosen: Sequence[Scored],
    hits: Sequence[Hit],
    article_of: Callable[[str], Article | None],
    actors: Actors,
) -> bool:
    """Whether any of the claims tells the detail that a question asks for."""
    asked = detail.of_question(question, actors)
    if asked.slot in (Slot.OPEN, Slot.DATE):
        return True
    looked = [found.claim for found in chosen[:MOST]]
    context = _Context(hits, article_of, actors)
    if asked.slot in VALUED and not any(_has_value(asked, c, context) for c in looked):
        return False
    held = [context.around(claim) for claim in looked]
    if asked.slot is Slot.THING and asked.nouns and asked.nouns[0].keys:
        return any(one.meets(asked.nouns[0]) for one in held)
    if asked.slot in DEEDS and asked.verbs and not _is_saying(asked):
        return any(one.meets(asked.verbs[0]) for one in held) or (
            asked.slot is Slot.SOMEBODY
            and bool(asked.nouns)
            and any(context.sentence(claim).meets(asked.nouns[0]) for claim in looked)
        )
    return True


def _is_saying(asked: Detail) -> bool:
    """Whether somebody is asked for who said something: whoever says it in a claim answers."""
    return asked.slot is Slot.SOMEBODY and asked.question.stance is not None


def _has_value(asked: Detail, claim: Claim, context: _Context) -> bool:
    """Whether a claim has a value of the kind asked for that the question does not have itself."""
    if asked.slot is Slot.FIGURE:
        return any(_is_new(asked.question, q) for q in claim.quantities)
    if asked.slot is Slot.PLACE:
        return bool(context.places(claim) - asked.terms)
    return bool(context.names(claim) - asked.terms)


def _is_new(question: Question, figure: Quantity) -> bool:
    """Whether a figure is of the unit asked for, and not one that the question names."""
    same = question.unit is None or relevance.counts_same(question.unit, figure.unit)
    return same and not any(quantities.relation(q, figure) == "equal" for q in question.figures)


class _Context:
    """The terms and concepts of claims' sentences and of what stands around them."""

    def __init__(
        self, hits: Sequence[Hit], article_of: Callable[[str], Article | None], actors: Actors
    ) -> None:
        self._hits = hits
        self._article_of = article_of
        self._actors = actors
        self._known: dict[tuple[str, int, int], Held] = {}

    def around(self, claim: Claim) -> Held:
        """What the passages that a claim touches hold, and the title of its article."""
        start, end = claim.extent
        touched = [h for h in self._of(claim) if h.passage.start < end and start < h.passage.end]
        language = self._language(claim)
        made = self._held(self._title(claim), language)
        for hit in touched:
            made = made.joined(Held(hit.terms)).joined(self._held(hit.passage, language))
        return made

    def sentence(self, claim: Claim) -> Held:
        """What the sentence of a claim holds."""
        return self._held(claim.sentence, self._language(claim))

    def places(self, claim: Claim) -> frozenset[str]:
        """The names behind prepositions of place in a claim's sentence, as terms."""
        found = traits.read(claim.sentence.text, self._language(claim), None, self._actors)
        keys = {place.key for place in found.places}
        return frozenset(f"@{terms.slug(k)}" if k[:1].isupper() else f"~{k}" for k in keys)

    def names(self, claim: Claim) -> frozenset[str]:
        """The names of persons and unknown names in a claim's sentence, as terms.

        Not those of states, offices, media, days and places.
        """
        span, language = claim.sentence, self._language(claim)
        read = traits.read(span.text, language, None, self._actors)
        taken = [(m.start, m.end) for m in self._actors.find(span.text)]
        taken += [(n.start, n.end) for n in read.names] + [(a, b) for a, b, _ in read.dates]
        taken += [(place.start, place.start + 1) for place in read.places]
        unknown = (
            f"~{bones}"
            for token in tagging.tagger(language).tag(span.text)
            if token.tag is Tag.NAME
            and not any(start <= token.start < end for start, end in taken)
            and not concepts.of_word(token.lower, language)
            and (bones := terms.skeleton(text.stem(token.lower, language)))
        )
        known = (
            f"@{terms.slug(mention.actor.name)}"
            for mention in self._actors.find(span.text)
            if mention.actor.kind is SourceKind.PERSON
        )
        return frozenset((*unknown, *known))

    def _of(self, claim: Claim) -> list[Hit]:
        return [h for h in self._hits if h.passage.article_id == claim.sentence.article_id]

    def _language(self, claim: Claim) -> str:
        return self._of(claim)[0].language

    def _title(self, claim: Claim) -> Span:
        name = claim.sentence.article_id
        article = self._article_of(name)
        return Span(name, -1, -1, article.title if article else "")

    def _held(self, span: Span, language: str) -> Held:
        key = (span.article_id, span.start, span.end)
        if key not in self._known:
            found = concepts.in_text(span.text, language)
            keys = frozenset[str]().union(*(one.keys for one in found))
            own = (
                terms.of_text(span, language, self._actors, None)
                if span.start < 0
                else text.stems(span.text, language)
            )
            self._known[key] = Held(frozenset(own), keys)
        return self._known[key]
