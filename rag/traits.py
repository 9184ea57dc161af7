"""What a sentence states, taken apart: names, figures, dates, words, and clauses that hold or not.

Read in the same way from a sentence of an answer and from the quotation that it cites, so that the
two can be compared part by part, also where they are in different languages.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rag import dates, number_words, quantities, tagging, terms, text, word_fields
from rag.actors import Actors
from rag.cues import words_of
from rag.mentions import Mention
from rag.schema import Quantity, Span
from rag.tagging import VERBS, Tag
from rag.tokens import fold, tokens
from rag.word_fields import Fields

Extent = tuple[int, int]

ADJECTIVE = "adjective"  # the role of "Ukrainian" in "Ukrainian soldiers", and of "Ukraine's"
PART = "part"  # that of "Russlands" in "im Osten Russlands": of a place
OBLIQUE = "oblique"  # that of a name in another case than the nominative
BARE = ""  # that of a name without a preposition
_OF_PLACES = frozenset(
    {"region", "town", "village", "district", "territory", "east", "west", "north", "south"}
)
_BACK = 4  # words left of a name among which its preposition stands
_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d{3})*(?:[.,]\d+)?")
_PIECE = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
_SPACE = re.compile(r"[\s.,\u00a0\u202f]")


@dataclass(frozen=True, slots=True)
class Name:
    """A known actor or a state's people; one named by an adjective also has state and fields."""

    start: int
    end: int
    key: str
    role: str
    people: str | None = None
    fields: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Word:
    """A word that means something by itself."""

    start: int
    end: int
    text: str  # lower case
    stem: str
    fields: frozenset[str]
    bones: str  # the consonants of a capitalised word in Latin spelling, or nothing
    weight: float  # in the comparison of clauses


@dataclass(frozen=True, slots=True)
class Place:
    """Where: a capitalised word behind a preposition, and the word that it is attached to."""

    start: int
    key: str
    role: str
    head: int  # offset of the word left of the preposition, or -1


@dataclass(frozen=True, slots=True)
class Clause:
    start: int
    end: int
    operators: frozenset[str]
    additions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Traits:
    """A text with its parts; all offsets count in it."""

    text: str
    language: str
    names: tuple[Name, ...]
    figures: tuple[Quantity, ...]
    dates: tuple[tuple[int, int, str | None], ...]
    words: tuple[Word, ...]
    numbers: tuple[tuple[int, int, str], ...]  # digits that are no figure and no date
    clauses: tuple[Clause, ...]
    places: tuple[Place, ...]
    verbs: frozenset[int]  # where verbs begin
    cuts: tuple[int, ...]  # commas and conjunctions
    reporting: frozenset[int]  # where verbs begin that tell that something is said

    def clause_at(self, offset: int) -> int:
        """The number of the clause in which an offset lies."""
        return max(0, bisect_right([c.start for c in self.clauses], offset) - 1)


@lru_cache(maxsize=512)
def read(
    found: str, language: str, published: str | None, actors: Actors, starts: tuple[int, ...] = ()
) -> Traits:
    """The traits of a text; at `starts` a clause begins besides those that the words show."""
    span = Span("", 0, len(found), found)
    fields = word_fields.of(language)
    figures = quantities.find(span, language)
    dated = [(s.start, s.end, v) for s, v in dates.find(span, language, published) if v]
    figures = tuple(q for q in figures if not _within(q.span.start, dated))
    names = _names(found, actors, fields)
    taken = [(n.start, n.end) for n in names] + [(a, b) for a, b, _ in dated]
    tagged = tagging.tagger(language).tag(found) if found.strip() else []
    verbs = {t.start for t in tagged if t.tag in VERBS}
    named = {t.start for t in tagged if t.tag is Tag.NAME}
    lexicon = words_of(language)
    reporting = {t.start for t in tagged if t.tag in VERBS and lexicon.verb(t)}
    words = _words(found, language, taken, figures, fields, (verbs, named))
    counted = [*taken, *((q.span.start, q.span.end) for q in figures)]
    numbers = tuple(
        (m.start(), m.end(), _SPACE.sub("", m.group()))
        for m in _NUMBER.finditer(found)
        if not _within(m.start(), counted)
    )
    masked = _masked(found, language, dated, figures)
    cuts = tuple(m.start() for m in fields.clause.finditer(masked))
    clauses = _clauses(masked, starts, fields, verbs)
    places = _places(found, names, fields)
    verbs &= {w.start for w in words}
    return Traits(
        found, language, names, figures, tuple(dated), words, numbers, clauses, places,
        frozenset(verbs), cuts, frozenset(reporting),
    )  # fmt: skip


def _within(offset: int, extents: Iterable[tuple[int, ...] | tuple[int, int, str | None]]) -> bool:
    return any(e[0] <= offset < e[1] for e in extents)


def _names(found: str, actors: Actors, fields: Fields) -> tuple[Name, ...]:
    made: list[Name] = []
    for mention in actors.find(found):
        role = _role(found, mention.start, fields)
        words = found[mention.start : mention.end]
        if re.match("[’']", found[mention.end :]) or re.search("[’']s?$", words):
            role = ADJECTIVE
        elif not mention.nominative and _follows_place(found, mention, fields):
            role = PART
        elif not mention.nominative and role == BARE:
            role = OBLIQUE
        people = next((state for state, _, _ in terms.peoples(words)), None)
        kinds = frozenset().union(*(fields.of(w) for w in text.words(words)))
        made.append(Name(mention.start, mention.end, mention.actor.name, role, people, kinds))
    known = [(n.start, n.end) for n in made]
    made += [
        Name(start, end, key, ADJECTIVE)
        for key, start, end in terms.peoples(found)
        if not _within(start, known)
    ]
    return tuple(sorted(made, key=lambda n: n.start))


def _follows_place(found: str, mention: Mention, fields: Fields) -> bool:
    """As in "в Курській області Росії": a genitive, which the preposition does not reach."""
    before = text.WORD.findall(found[max(0, mention.start - 40) : mention.start])[-1:]
    return bool(before) and bool(fields.of(before[0]) & _OF_PLACES)


def _role(found: str, start: int, fields: Fields) -> str:
    """The role that the preposition before a name gives it; a noun in between takes it away."""
    before = text.WORD.findall(found[max(0, start - 60) : start])[-_BACK:]
    if re.search(r"[,;:.]\s*$", found[:start]):
        return BARE
    for word in reversed(before):
        role = fields.roles.get(word.lower())
        if role is not None:
            return role
        kinds = fields.of(word)
        if (word[0].isupper() and not kinds) or kinds & _OF_PLACES:
            continue
        if not text.is_function_word(word.lower(), fields.language):
            return BARE
    return BARE


def _places(found: str, names: tuple[Name, ...], fields: Fields) -> tuple[Place, ...]:
    """The capitalised words that a preposition of place stands before."""
    words = list(text.WORD.finditer(found))
    known = {n.start: n.key for n in names}
    made: list[Place] = []
    for i, match in enumerate(words):
        role = fields.roles.get(match.group().lower())
        if role is None or role in ("benefit", "agent", "without", "company"):
            continue
        for near in words[i + 1 : i + 1 + _BACK]:
            if re.search(r"[,;:.]", found[match.end() : near.start()]):
                break
            stem = text.stem(near.group().lower(), fields.language)
            bones = terms.skeleton(stem) or f"={stem}"
            key = known.get(near.start()) or (bones if near.group()[0].isupper() else "")
            if key and not fields.of(near.group()):
                head = words[i - 1].start() if i else -1
                made.append(Place(near.start(), key, role, head))
                break
    return tuple(made)


def _words(
    found: str,
    language: str,
    taken: list[Extent],
    figures: tuple[Quantity, ...],
    fields: Fields,
    tagged: tuple[set[int], set[int]],
) -> tuple[Word, ...]:
    verbs, named = tagged
    numerals = number_words.vocabulary(language)
    made: list[Word] = []
    for match in _PIECE.finditer(found):
        start, low = match.start(), match.group().lower().replace("’", "'").replace("ʼ", "'")
        if _within(start, taken) or low.isdigit() or low in fields.light or low in fields.roles:
            continue
        if text.is_function_word(low, language) or fields.is_operator(low):
            continue
        if any(q.span.start <= start < _noun_of(q, numerals) for q in figures):
            continue
        bones = terms.skeleton(text.stem(low, language)) if match.group()[0].isupper() else ""
        weight = 2.0 if start in verbs else 0.5 if start in named else 1.0
        stem = text.stem(low, language)
        made.append(Word(start, match.end(), low, stem, fields.of(low), bones, weight))
    return tuple(made)


def _noun_of(figure: Quantity, numerals: number_words.Vocabulary) -> int:
    """Where the words of a figure go on behind its last number: with what it counts."""
    ends = [t.end for t in tokens(fold(figure.span.text)) if numerals.starts(t)]
    return figure.span.start + max(ends, default=0)


def _masked(
    found: str,
    language: str,
    dated: Sequence[tuple[int, int, str | None]],
    figures: tuple[Quantity, ...],
) -> str:
    """The text with dates, figures and what only looks like a negation blanked out."""
    made = found
    extents = [(a, b) for a, b, _ in dated] + [(q.span.start, q.span.end) for q in figures]
    extents += [m.span() for m in words_of(language).not_negating.finditer(found)]
    for start, end in extents:
        made = made[:start] + " " * (end - start) + made[end:]
    return made


def _clauses(
    masked: str, starts: tuple[int, ...], fields: Fields, verbs: set[int]
) -> tuple[Clause, ...]:
    found = list(fields.clause.finditer(masked))
    joins = {m.start() for m in found if m.group().lower() in fields.coordinators}
    cuts = sorted(c for c in {0, *starts, *(m.start() for m in found)} if c < len(masked))
    ordered = [*cuts, len(masked)]
    for i in range(len(cuts) - 1, 0, -1):
        sides = ((ordered[i - 1], ordered[i]), (ordered[i], ordered[i + 1]))
        joined = ordered[i] in joins and ordered[i] not in starts
        if joined and not all(any(a <= v < b for v in verbs) for a, b in sides):
            del ordered[i]
    made: list[Clause] = []
    for start, end in pairwise(ordered):
        piece = masked[start:end].strip(" ,;:.–—()!?\n")
        operators = frozenset(key for key, p in fields.operators if p.search(piece))
        additions = frozenset(key for key, p in fields.additions if p.search(piece))
        made.append(Clause(start, end, operators, additions))
    return tuple(made) or (Clause(0, len(masked), frozenset(), frozenset()),)
