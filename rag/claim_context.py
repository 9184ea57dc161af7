"""What stands in and around a claim: terms, concepts, names and places, for `telling`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag import concepts, tagging, terms, text, traits
from rag.actors import Actors
from rag.detail import Word
from rag.schema import Article, Claim, Hit, SourceKind, Span
from rag.tagging import Tag, Token

# "118-ї", "528.", "47th", "№ 4"
ORDINAL = re.compile(r"\d+(?:-?[^\W\d_]{1,3}\b|\.(?=\s\w))|№\s?\d|(?:No|Nr)\.?\s?\d")
MARK = re.compile(r"[,;:()–—]|\.\s\w{3}")
ATTRIBUTES = frozenset({Tag.ADJ, Tag.NOUN, Tag.NAME})
DIGITS = re.compile(r"\d+")
QUOTE = re.compile(r"[«„“\"]$")


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


class Context:
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
        language = self.language(claim)
        made = self._held(self._title(claim), language)
        for hit in self._touched(claim):
            made = made.joined(Held(hit.terms)).joined(self._held(hit.passage, language))
        return made

    def article(self, claim: Claim) -> frozenset[str]:
        """The terms of all passages that were found of a claim's article."""
        return frozenset[str]().union(*(hit.terms for hit in self._of(claim)))

    def has_numbers(self, claim: Claim, numbers: Sequence[str]) -> bool:
        """Whether the passages that a claim touches have all these numbers."""
        found = {n for hit in self._touched(claim) for n in DIGITS.findall(hit.passage.text)}
        return found.issuperset(numbers)

    def sentence(self, claim: Claim) -> Held:
        """What the sentence of a claim holds."""
        return self._held(claim.sentence, self.language(claim))

    def beside(self, claim: Claim) -> Held:
        """What the sentence of a claim and those next to it in its passages hold."""
        made = self.sentence(claim)
        language = self.language(claim)
        for hit in self._touched(claim):
            row = sorted((one for one, _ in hit.sentences), key=lambda one: one.start)
            at = next((i for i, one in enumerate(row) if one.start == claim.sentence.start), None)
            for one in [] if at is None else row[max(0, at - 1) : at + 2]:
                made = made.joined(self._held(one, language))
        return made

    def places(self, claim: Claim) -> frozenset[str]:
        """The names behind prepositions of place in a claim's sentence, as terms.

        No days and months, nobody but states.
        """
        found = claim.sentence.text
        read = traits.read(found, self.language(claim), self._published(claim), self._actors)
        return frozenset(
            f"@{terms.slug(place.key)}" if place.key[:1].isupper() else f"~{place.key}"
            for place in read.places
            if not any(start <= place.start < end for start, end, _ in read.dates)
            and self._is_place(place.key, found[place.start :], self.language(claim))
        )

    def _is_place(self, key: str, found: str, language: str) -> bool:
        """Whether a word behind a preposition of place names one, and not an actor or a thing."""
        actor = self._actors.get(key)
        if actor is not None:
            return actor.kind is SourceKind.STATE
        word = text.WORD.match(found)
        meant = concepts.of_word(word.group(), language) if word else frozenset[str]()
        return not meant or not meant.isdisjoint(concepts.names())

    def names(self, claim: Claim) -> frozenset[str]:
        """The names of persons and unknown names in what a claim says, as terms.

        Not those of its sources, of states, offices, media, days and places.
        """
        return self._known_names(claim, SourceKind.PERSON) | frozenset(
            f"~{bones}"
            for token in self.unknown(claim)
            if self._is_said(claim, token.start)
            and (bones := terms.skeleton(text.stem(token.lower, self.language(claim))))
        )

    def bodies(self, claim: Claim) -> frozenset[str]:
        """The known organisations in what a claim says but for its sources, as terms."""
        return self._known_names(claim, SourceKind.ORGANISATION)

    def _known_names(self, claim: Claim, kind: SourceKind) -> frozenset[str]:
        spoken = {source.name for source in (*claim.sources, *claim.via)}
        return frozenset(
            f"@{terms.slug(mention.actor.name)}"
            for mention in self._actors.find(claim.sentence.text)
            if mention.actor.kind is kind
            and mention.actor.name not in spoken
            and self._is_said(claim, mention.start)
        )

    @staticmethod
    def _is_said(claim: Claim, offset: int) -> bool:
        """Whether a word of a claim's sentence is of what is said, not of who says it to whom."""
        place = claim.sentence.start + offset
        return not claim.sources or any(s.start <= place < s.end for s in claim.content)

    def unknown(self, claim: Claim) -> list[Token]:
        """The names in a claim's sentence that are nobody's who is known, no day and no place."""
        found, language = claim.sentence.text, self.language(claim)
        read = traits.read(found, language, self._published(claim), self._actors)
        taken = [(m.start, m.end) for m in self._actors.find(found)]
        taken += [(n.start, n.end) for n in read.names] + [(a, b) for a, b, _ in read.dates]
        taken += [(place.start, place.start + 1) for place in read.places]
        return [
            token
            for token in tagging.tagger(language).tag(found)
            if token.tag is Tag.NAME
            and not any(start <= token.start < end for start, end in taken)
            and not concepts.of_word(token.lower, language)
        ]

    def is_identified(self, claim: Claim, noun: Word, given: frozenset[str]) -> bool:
        """Whether a noun of a claim's sentence has a name or an ordinal number beside it.

        One that the question itself gives (`given`) does not count.
        """
        found, language = claim.sentence.text, self.language(claim)
        tokens = tagging.tagger(language).tag(found)
        spans = [one for one in concepts.in_text(found, language) if one.keys & noun.keys]
        return any(
            self._identifies(token, found, language, given)
            for token in tokens
            if not any(one.start <= token.start < one.end for one in spans)
            and any(_are_beside(token.start, one, found) for one in spans)
        )

    def is_modified(self, claim: Claim, noun: Word, given: frozenset[str]) -> bool:
        """Whether a noun of a claim's sentence has an attribute that the question does not give.

        "Ballistic missile", "teachers of physics", "вчителів фізики".
        """
        found, language = claim.sentence.text, self.language(claim)
        tokens = tagging.tagger(language).tag(found)
        nouns = {token.start for token in tokens if token.tag is Tag.NOUN}
        spans = [one for one in concepts.in_text(found, language) if one.start in nouns]
        heads = [one for one in spans if one.keys & noun.keys]
        words = [token for token in tokens if token.tag in ATTRIBUTES]
        known = {token.start for token in words if text.stem(token.lower, language) in given}
        return any(
            token.start not in known
            and token.start != head.start
            and _are_beside(token.start, head, found)
            and (token.tag is Tag.ADJ or not _determined(token, tokens))
            for token in words
            for head in heads
        )

    def _identifies(self, token: Token, found: str, language: str, given: frozenset[str]) -> bool:
        """Whether a word beside a noun is its name or its number."""
        if ORDINAL.match(found, token.start):
            return True
        if token.tag is not Tag.NAME and not QUOTE.search(found[: token.start]):
            return False
        stem = text.stem(token.lower, language)
        own = {stem, f"~{terms.skeleton(stem)}"}
        return own.isdisjoint(given) and not any(terms.peoples(found[token.start : token.end]))

    def dates(self, claim: Claim) -> tuple[str, ...]:
        """The dates in a claim's sentence: ISO days, months or intervals."""
        found, language = claim.sentence.text, self.language(claim)
        read = traits.read(found, language, self._published(claim), self._actors)
        return tuple(value for _, _, value in read.dates if value)

    def looks_ahead(self, claim: Claim) -> bool:
        """Whether a claim's sentence has a date after it was said, or after its article."""
        said = claim.date or self._published(claim) or ""
        return any(value.split("/")[-1] > said for value in self.dates(claim))

    def _published(self, claim: Claim) -> str | None:
        article = self._article_of(claim.sentence.article_id)
        return article.published if article else None

    def _touched(self, claim: Claim) -> list[Hit]:
        start, end = claim.extent
        return [h for h in self._of(claim) if h.passage.start < end and start < h.passage.end]

    def _of(self, claim: Claim) -> list[Hit]:
        return [h for h in self._hits if h.passage.article_id == claim.sentence.article_id]

    def language(self, claim: Claim) -> str:
        """The language of a claim's article."""
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


def _determined(noun: Token, tokens: Sequence[Token]) -> bool:
    """Whether a determiner stands right before a noun: whose drones they are is not which kind."""
    before = next((token for token in reversed(tokens) if token.start < noun.start), None)
    return before is not None and before.tag is Tag.DET


def _are_beside(start: int, noun: concepts.Found, found: str) -> bool:
    """Whether at most one word, and no mark but a quotation mark, lies between two words."""
    between = found[noun.end : start] if noun.end <= start else found[start : noun.start]
    words = len(text.WORD.findall(between)) - (noun.end > start)
    return words <= 1 and not MARK.search(between)
