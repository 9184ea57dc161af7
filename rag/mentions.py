"""Where a text names an actor: names, and offices put together from a state and a word.

"russisches Verteidigungsministerium", "Seoul's spy agency", "Міноборони РФ" are an office and
a state, in either order; so every state's offices are found without a list of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from rag import lexicon, noun_phrase, tagging
from rag.actor_table import Actor, Name, Table, Use
from rag.cues import words_of
from rag.gazetteer import Found
from rag.inflection import cyrillic
from rag.schema import LANGUAGES, Side, SourceKind
from rag.tagging import Tag

_SPACE = frozenset({" ", "\u00a0", "\u202f", "\n"})
_HYPHEN = frozenset({"-", "‐", "‑"})
_LONGEST_LINK = 8  # characters between an office and its state: " of the "
_WINDOW = 40  # characters looked at beside a title
_KEPT = 20_000  # words whose reading is kept
# The one or two words before a surname, only spaces between.
_BESIDE = re.compile(r"(?:([^\W\d_]+)[ \u00a0])?((?:[^\W\d_]|['’ʼ-])+)[ \u00a0]$")
_NOT_GIVEN = (
    "articles", "indefinite", "pronouns", "connectors", "conjunctions", "former", "anonymous",
    "voices", "roles", "offices", "independent", "official", "organisations", "statements",
)  # fmt: skip
# Spellings of one given name differ in vowels and in these letters: Wladimir, Володимир.
_SOUNDS = str.maketrans({"w": "v", "h": "g", "x": "ks", "c": "k", "ґ": "г"})
_VOWELS = re.compile(r"[aeiouyjäöüéаеёєиіїйоуыэюяьъ'’ʼ-]")


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
        self._kinds: dict[str, set[str]] = {}
        for (_, body), office in table.offices.items():
            self._kinds.setdefault(office, set()).add(body)

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

    def bare_bodies(self, text: str) -> list[tuple[int, int, list[str]]]:
        """Offices that name no state: start, end, and the kinds that the words can mean.

        Empty where an actor, a state or an adjective of one is named too.
        """
        found = self._table.names.find(text)
        if any(name.use not in ("body", "weak") for one in found for name in one.values):
            return []
        return [(one.start, one.end, bodies) for one in found if (bodies := _keys(one, "body"))]

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
                if position < len(found) and self._is_kind(text, here, found[position]):
                    yield Candidate(here.start, found[position].end, keys, not strong, True)
                    position += 1
                    continue
                listed = position > 1 and found[position - 2].end == here.start - 1
                if not listed and self._is_namesake(text, here, keys):
                    continue
                yield Candidate(here.start, here.end, keys, not strong, here.nominative)

    def _is_namesake(self, text: str, here: Found[Name], keys: Sequence[str]) -> bool:
        """Whether a surname belongs to the full name of somebody else: "Igor Putin".

        A title, an office, a date or another spelling of the listed given name leaves it.
        """
        if text[here.start : here.end].count(" ") or text[here.start : here.end].isupper():
            return False
        bearers = [self._table.actors[key] for key in keys if key in self._table.actors]
        if not bearers or any(actor.kind is not SourceKind.PERSON for actor in bearers):
            return False
        beside = _BESIDE.search(text, max(0, here.start - _WINDOW), here.start)
        if beside is None or not _may_be_given(beside[2], opens=_opens(text, beside.start(2))):
            return False
        own = {
            _skeleton(word)
            for actor in bearers
            for label in (actor.name, *actor.labels.values())
            for word in label.split()[:-1]
        }
        return not any(word and _skeleton(word) in own for word in beside.groups())

    def _is_kind(self, text: str, name: Found[Name], kind: Found[Name]) -> bool:
        """Whether an office is named twice, by name and by kind: "FSB security service"."""
        bodies = _keys(kind, "body")
        if not bodies or text[name.end : kind.start] not in _SPACE:
            return False
        return any(body in self._kinds.get(key, ()) for key in _states(name) for body in bodies)

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


def _opens(text: str, start: int) -> bool:
    """Whether a sentence or a phrase begins here, so that any word has a capital."""
    before = text[:start].rstrip(' \u00a0„“”«»"(')
    return not before or before[-1] in ".!?…:\n"


def _skeleton(word: str) -> str:
    """The consonants of a given name, without the spelling of one language."""
    return _VOWELS.sub("", word.casefold().translate(_SOUNDS))


@lru_cache(maxsize=_KEPT)
def _may_be_given(word: str, *, opens: bool) -> bool:
    """Whether a word before a surname is a given name: no title, date or word of the language."""
    last = word.rsplit("-", maxsplit=1)[-1]
    if not word[0].isupper() or word.isupper() or word.endswith(("'s", "’s")):
        return False
    if any(noun_phrase.is_a(kind, part) for kind in _NOT_GIVEN for part in (word, last)):
        return False
    if any(word.lower() in words_of(language).words["time"] for language in LANGUAGES):
        return False
    if cyrillic(word):
        return not opens or _given().fullmatch(word.casefold()) is not None
    german, english = (tagging.tagger(lang).tag(f"{word} Miller")[0].tag for lang in ("de", "en"))
    return german in (Tag.NAME, Tag.OTHER) and english is Tag.NAME


@cache
def _given() -> re.Pattern[str]:
    """Common given names in Cyrillic: a capital that opens a sentence tells nothing."""
    tables = [lexicon.load("sources", language) for language in ("uk", "ru")]
    return re.compile("|".join(name for table in tables for name in table["given"]))


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
