"""Who speaks: the known actors, where a text names them, and whom a noun phrase means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from rag import actor_table, base_forms, nominatives, noun_phrase, phrase_heads
from rag.actor_table import Actor, Table
from rag.mentions import Finder, Mention
from rag.noun_phrase import Phrase
from rag.schema import Side, Source, SourceKind, Span

__all__ = ["Actor", "Actors", "Mention", "load"]

# What may stand beside an office that names no state: "a spokesman for the general staff".
_BESIDE_BODY = ("articles", "indefinite", "connectors", "statements", "documents", "voices")


@cache
def load() -> Actors:
    """The actors of `actors.toml`, read once."""
    return Actors(actor_table.load())


class Actors:
    """The table of actors with what the other stages ask of it."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._finder = Finder(table)
        self._named_in = lru_cache(maxsize=64)(self._names_of)

    def get(self, name: str) -> Actor | None:
        """The actor of this canonical name."""
        return self._table.actors.get(name)

    def all(self) -> tuple[Actor, ...]:
        """Every actor, those of the file first, then the offices made from the states."""
        return tuple(self._table.actors.values())

    def label(self, name: str, language: str) -> str:
        """What a sentence in this language calls the actor; an unknown name is its own label."""
        actor = self.get(name)
        return actor.labels.get(language, name) if actor else name

    def plural(self, name: str, language: str) -> bool:
        """Whether the label takes a plural verb in this language."""
        actor = self.get(name)
        return actor is not None and language in actor.plural

    def chain(self, name: str) -> tuple[str, ...]:
        """The name and whose word its word is, upwards: Singh, Pentagon, United States."""
        names = [name]
        actor = self.get(name)
        while actor is not None and actor.member_of and actor.member_of not in names:
            names.append(actor.member_of)
            actor = self.get(actor.member_of)
        return tuple(names)

    def same(self, a: str, b: str) -> bool:
        """Whether one speaks for the other: a spokesperson and the ministry, not two ministries."""
        return a in self.chain(b) or b in self.chain(a)

    def bloc(self, side: Side) -> str:
        """The bloc of a side: who openly supports whom, by editorial judgement."""
        return self._table.blocs.of_side[side]

    def bloc_of(self, name: str, side: Side) -> str:
        """The bloc of an actor: of the state it belongs to where its side is `other`."""
        for link in self.chain(name):
            actor = self.get(link)
            if actor is not None and actor.bloc:
                return actor.bloc
        return self.bloc(side)

    def is_war_party(self, side: Side) -> bool:
        """Whether the side fights itself; those who support it do not."""
        return side in self._table.blocs.war_parties

    def find(self, text: str) -> tuple[Mention, ...]:
        """Every mention of an actor, left to right, non-overlapping, the longest at each place.

        A name that several have ("Kim", "Generalstab") counts where one of them is named in
        full in the same text: the one named last before it, or else the only one.
        """
        return self._finder.mentions(text)

    def resolve(
        self, mention: str, context: str | None = None, at: int | None = None
    ) -> Actor | None:
        """The actor that a source phrase means: person before organisation before state.

        None for sources without a name ("NATO-Quellen") and for those not in the table. With
        `context`, the text of the article, and `at`, the offset there, a bare surname means
        whom the article names in full; without it, the only known bearer of the name.
        """
        return self._meant(*self._read(mention, context, at))

    def bare_body(self, phrase: str) -> str | None:
        """The kind of office that a phrase names without a state: "the general staff".

        None where it names a state too, or anything but the office and who speaks for it.
        """
        bodies = self._finder.bare_bodies(phrase)
        if len(bodies) != 1:
            return None
        start, end, kinds = bodies[0]
        around = re.findall(r"\w+", f"{phrase[:start]} {phrase[end:]}")
        plain = all(any(noun_phrase.is_a(kind, w) for kind in _BESIDE_BODY) for w in around)
        return kinds[0] if plain else None

    def names_a_state(self, phrase: str) -> bool:
        """Whether a phrase names a state, or tells one by an adjective: "Turkish police"."""
        states = (m.actor.kind is SourceKind.STATE for m in self._finder.mentions(phrase))
        return any(states) or bool(self._finder.adjectives(phrase))

    def office(self, owner: str, body: str) -> Actor | None:
        """The office of this kind of the state that an actor belongs to."""
        return self.get(self._table.offices.get((self.chain(owner)[-1], body), ""))

    def kind_of(self, name: str, body: str) -> str:
        """The name again where this actor is an office of this kind, else ""."""
        own = self.office(name, body)
        return name if own is not None and own.name == name else ""

    def source(self, mention: Span, context: str | None = None) -> Source:
        """The source that a noun phrase names, known or not; `context` as for `resolve`.

        The side of an unknown source is that of the actor or adjective in its phrase; experts
        and former officials speak for themselves. An unknown Ukrainian or Russian full name
        in another case is given in the nominative where that is sure.
        """
        phrase, mentions = self._read(mention.text, context, mention.start)
        actor = self._meant(phrase, mentions)
        if actor is not None:
            return Source(actor.name, actor.kind, actor.side, mention, actor.role)
        name, kind, role = noun_phrase.describe(phrase)
        if kind is SourceKind.PERSON:
            name = nominatives.nominative(name)
        name = base_forms.of(name, mention.text, context or "")
        return Source(name, kind, self._side(phrase, mentions), mention, role)

    def _names_of(self, text: str) -> tuple[tuple[int, str], ...]:
        """Whom a text names in full or clearly, with the offsets; kept for the next phrase."""
        return tuple((m.start, m.actor.name) for m in self.find(text))

    def _read(
        self, mention: str, context: str | None, at: int | None
    ) -> tuple[Phrase, tuple[Mention, ...]]:
        skipped = noun_phrase.bearer(mention)
        mention = mention[skipped:]
        named = None if context is None else self._named_in(context)
        mentions = self._finder.phrase_mentions(mention, named, (at or 0) + skipped)
        names = [(m.start, m.end) for m in mentions]
        adjectives = [(start, end) for start, end, _ in self._finder.adjectives(mention)]
        phrase = noun_phrase.read(phrase_heads.unquoted(mention, mentions), names, adjectives)
        return phrase._replace(text=mention), mentions

    def _meant(self, phrase: Phrase, mentions: Sequence[Mention]) -> Actor | None:
        for segment in phrase.segments:
            person = phrase_heads.person(segment, mentions)
            if person is not None:
                return person
        head = phrase.head
        if any(part.is_a("anonymous") and not part.is_a("voices") for part in head):
            return None
        people = [m.actor for m in mentions if m.actor.kind is SourceKind.PERSON]
        if people and any(part.is_a("offices") or part.is_a("voices") for part in head):
            return self.get(people[0].member_of or "")
        head = phrase_heads.without_repeated(head, mentions)
        named = [(i, phrase_heads.actor_of(part, mentions)) for i, part in enumerate(head)]
        known = [(i, a) for i, a in named if a is not None and a.kind is not SourceKind.PERSON]
        if known:
            position, actor = min(known, key=lambda pair: pair[1].kind is SourceKind.STATE)
            owners = self.chain(actor.name)
            return actor if phrase_heads.speaks(head, position, mentions, owners) else None
        if any(part.is_a("voices") for part in head):
            behind = [phrase_heads.actor_of(part, mentions) for part in phrase.first[len(head) :]]
            spoken_for = [a for a in behind if a and a.kind is not SourceKind.PERSON]
            return min(spoken_for, key=lambda a: a.kind is SourceKind.STATE, default=None)
        return None

    def _side(self, phrase: Phrase, mentions: Sequence[Mention]) -> Side:
        parts = phrase_heads.judged(phrase)
        free = not any(part.is_a("official") for part in parts)
        if free and any(part.is_a("former") or part.is_a("independent") for part in parts):
            return Side.INDEPENDENT
        sides = [(m.start, m.actor.side) for m in mentions]
        sides += [(start, side) for start, _, side in self._finder.adjectives(phrase.text)]
        vague = any(p.is_a("roles") or p.is_a("anonymous") for p in phrase.first)
        end = len(phrase.text) if vague or not phrase.first else phrase.first[-1].end
        near = [(start, side) for start, side in sides if start < end]
        return min(near, key=lambda pair: pair[0], default=(0, Side.OTHER))[1]
