"""Whether claims tell the detail that a question asks for: then only do they answer.

A near miss has the right actors and the right event, but not what was asked of them. It lacks

    a value    a figure, place or name of the kind asked for that the question does not have itself
    the thing  the noun that is asked for ("which target"), or something narrower
    the deed   the verb, where a place or somebody is asked for ("who commanded"); a figure of the
               right things mostly stands with another verb

each by concept, in the claim's sentence, beside it, in its passage and title. Only words of the
tables of concepts count as lacking: of any other nobody knows in which words an article has it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag import concepts, detail, quantities, relevance, tagging, terms, text, traits, units
from rag.actors import Actors
from rag.detail import Detail, Slot, Word
from rag.relevance import Scored
from rag.schema import Article, Claim, Hit, Quantity, Question, SourceKind, Span
from rag.tagging import Tag

MOST = 6  # claims that are looked at
VALUED = frozenset({Slot.FIGURE, Slot.PLACE, Slot.NAME})
STATES = frozenset(units.STATES.values())
DEEDS = frozenset({Slot.PLACE, Slot.SOMEBODY})


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
    context = _Context(hits, article_of, actors)
    return not chosen or any(_tells(asked, found.claim, context) for found in chosen[:MOST])


def _tells(asked: Detail, claim: Claim, context: _Context) -> bool:
    """Whether a claim has the value, the thing and the deed, of those that must be there."""
    if asked.slot in VALUED and not _has_value(asked, claim, context):
        return False
    if (
        asked.noun is not None
        and asked.noun.keys
        and not _has_thing(asked, asked.noun, claim, context)
    ):
        return False
    if asked.verb is None or asked.slot not in DEEDS:
        return True
    # A name beside the deed, not somewhere in its passage, is where it was done.
    near = context.sentence(claim) if asked.slot is Slot.PLACE else context.around(claim)
    return near.meets(asked.verb) or _is_given(asked, claim, context)


def _has_thing(asked: Detail, noun: Word, claim: Claim, context: _Context) -> bool:
    """Whether the noun that is asked for is told around a claim; one that bears a name, with it.

    A noun that a figure counts is met by the figure's unit.
    """
    if asked.slot is Slot.FIGURE:
        unit = asked.question.unit
        # A unit that the verb gives ("fell") does not say what is counted.
        named = unit is None or unit in STATES or any(t.startswith("#") for t in noun.group)
        return not named or context.around(claim).meets(noun)
    if asked.slot is Slot.NAME:
        return context.sentence(claim).meets(noun)
    if asked.slot is not Slot.THING:
        return True
    if not noun.own & detail.concepts_of("named"):
        return context.around(claim).meets(noun)
    narrower = bool(context.sentence(claim).keys & (noun.keys - noun.own))
    named = bool(context.names(claim) - asked.terms)
    return narrower or (named and context.around(claim).meets(noun))


def _is_given(asked: Detail, claim: Claim, context: _Context) -> bool:
    """Whether what was done goes without its verb: it was said, or the person's noun has it."""
    if asked.slot is Slot.SOMEBODY:
        met = asked.noun is not None and context.sentence(claim).meets(asked.noun)
        return met or asked.question.stance is not None
    return False


def _has_value(asked: Detail, claim: Claim, context: _Context) -> bool:
    """Whether a claim has a value of the kind asked for that the question does not have itself."""
    question = asked.question
    if asked.slot is Slot.FIGURE:
        return not question.figures or any(_is_new(question, q) for q in claim.quantities)
    if asked.slot is Slot.PLACE:
        return bool((context.places(claim) | context.names(claim)) - asked.terms)
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
            own = (
                terms.of_text(span, language, self._actors, None)
                if span.start < 0
                else text.stems(span.text, language)
            )
            self._known[key] = Held(frozenset(own), concepts.keys_in(span.text, language))
        return self._known[key]
