"""Where a text names an actor: names, and offices put together from a state and a word.

"russisches Verteidigungsministerium", "Seoul's spy agency", "Міноборони РФ" are an office and
a state, in either order; so every state's offices are found without a list of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from rag import lexicon, noun_phrase
from rag.actor_table import Actor, Name, Table, Use
from rag.gazetteer import Found
from rag.inflection import cyrillic
from rag.schema import LANGUAGES, Side, SourceKind

_SPACE = frozenset({" ", "\u00a0", "\u202f", "\n"})
_HYPHEN = frozenset({"-", "‐", "‑"})
_LONGEST_LINK = 8  # characters between an office and its state: " of the "
_WINDOW = 40  # characters looked at beside a title


class Mention(NamedTuple):
    """Where a text names an actor; offsets in the text, case ending included."""

    start: int
    end: int
    actor: Actor
    nominative: bool = True


class Candidate(NamedTuple):
    """A name that may mean any of these actors; one that is not weak means the first."""

    start: int
    end: int
    keys: tuple[str, ...]
    weak: bool
    nominative: bool


class Finder:
    """Finds the actors of a table in running text."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Every mention, left to right, non-overlapping, the longest at each place.

        A weak name counts where one of its bearers is named in full in the same text: the one
        named last before it, or else the only one.
        """
        candidates = list(self._candidates(text))
        named = [(c.start, c.keys[0]) for c in candidates if not c.weak]
        return self._choose(candidates, lambda c: nearest(c.keys, c.start, named))

    def phrase_mentions(
        self, phrase: str, named: Sequence[tuple[int, str]] | None, at: int
    ) -> tuple[Mention, ...]:
        """The mentions in a phrase that stands at this offset of a text which names these.

        Without knowledge of the text (None), a weak name means its only bearer in the table.
        """

        def choose(candidate: Candidate) -> str | None:
            if named is None:
                return candidate.keys[0] if len(candidate.keys) == 1 else None
            return nearest(candidate.keys, at + candidate.start, named)

        return self._choose(list(self._candidates(phrase)), choose)

    def adjectives(self, text: str) -> list[tuple[int, int, Side]]:
        """Adjectives of states and sides ("European"): start, end, and the side they speak of."""
        return [
            (found.start, found.end, self._side(name))
            for found in self._table.names.find(text)
            for name in found.values
            if name.use in ("adjective", "side")
        ]

    def _side(self, name: Name) -> Side:
        return Side(name.key) if name.use == "side" else self._table.actors[name.key].side

    def _choose(
        self, candidates: Sequence[Candidate], choose: Callable[[Candidate], str | None]
    ) -> tuple[Mention, ...]:
        mentions = []
        for candidate in candidates:
            key = choose(candidate) if candidate.weak else candidate.keys[0]
            if key is not None:
                actor = self._table.actors[key]
                mentions.append(
                    Mention(candidate.start, candidate.end, actor, candidate.nominative)
                )
        return tuple(mentions)

    def _candidates(self, text: str) -> Iterator[Candidate]:
        found = self._table.names.find(text)
        position = 0
        while position < len(found):
            here = found[position]
            position += 1
            if position < len(found):
                office = self._office(text, here, found[position])
                if office is not None:
                    yield office
                    position += 1
                    continue
            strong = _states(here)
            weak = _keys(here, "weak")
            if strong or weak:
                keys = tuple(strong or weak)
                yield Candidate(here.start, here.end, keys, not strong, here.nominative)

    def _office(self, text: str, left: Found[Name], right: Found[Name]) -> Candidate | None:
        """The office that these two neighbours name together, or None."""
        gap = text[left.end : right.start]
        if len(gap) > _LONGEST_LINK:
            return None
        head, bodies, states = right, _keys(right, "body"), _before(text, left, gap)
        if not (bodies and states):
            head, bodies, states = left, _keys(left, "body"), _behind(text, right, gap)
        for key in [(state, body) for state in states for body in bodies]:
            actor = self._table.actors.get(self._table.offices.get(key, ""))
            if actor is None:
                continue
            if actor.kind is SourceKind.PERSON and _named(text, left.start, right.end):
                continue
            return Candidate(left.start, right.end, (actor.name,), False, head.nominative)
        return None


def nearest(keys: Sequence[str], at: int, named: Sequence[tuple[int, str]]) -> str | None:
    """Of these actors the one named last before the offset, or else the only one named."""
    before = [key for _, key in named[: bisect_left(named, (at, ""))] if key in keys]
    if before:
        return before[-1]
    after = {key for _, key in named if key in keys}
    return after.pop() if len(after) == 1 else None


def _keys(found: Found[Name], use: Use) -> list[str]:
    return [name.key for name in found.values if name.use == use]


def _states(found: Found[Name]) -> list[str]:
    return _keys(found, "strong") + _keys(found, "capital")


def _before(text: str, state: Found[Name], gap: str) -> list[str]:
    """The states that may stand before an office: "russisches", "Russia's", "US-".

    A bare nominative is none: "In Russia government forces …", "в России армия …".
    """
    if gap not in _SPACE | _HYPHEN:
        return []
    genitive = not state.nominative and not cyrillic(text[state.start : state.end])
    if genitive or gap in _HYPHEN:
        return _keys(state, "adjective") + _states(state)
    return _keys(state, "adjective")


def _behind(text: str, state: Found[Name], gap: str) -> list[str]:
    """The states that may stand behind an office: in the genitive, or after "of the", "in"."""
    if gap in _SPACE:
        name = text[state.start : state.end]
        return _states(state) if not state.nominative or name.isupper() else []
    link = gap.strip().casefold()
    if link in _links("of"):
        return _states(state)
    return _keys(state, "capital") if link in _links("in") else []


@cache
def _links(key: str) -> frozenset[str]:
    """The words between an office and its state, of all languages."""
    tables = [lexicon.load("sources", language)["bodies"] for language in LANGUAGES]
    return frozenset(link for table in tables for link in table[key])


def _named(text: str, start: int, end: int) -> bool:
    """Whether a title belongs to somebody named behind it, or to one who held it before."""
    behind = re.match(r"[\s\u00a0](\w+)", text[end : end + _WINDOW])
    before = re.search(r"(\w+)[\s\u00a0-]$", text[max(0, start - _WINDOW) : start])
    former = before is not None and noun_phrase.is_a("former", before[1])
    return former or (behind is not None and behind[1][0].isupper())
