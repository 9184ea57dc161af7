"""Which parts of a sentence hold, which are denied, and which are left open.

A sentence falls into segments (at colons and adversatives) and these into clauses (at commas and
conjunctions). A negation denies its clause; a verb of denying, refusing or calling off, and a word
that calls something false, deny their segment, since what they govern may stand on either side:
"Rumours that it had burnt the mayor denied". What is planned, possible, asked for or only rumoured
neither holds nor is denied. Words: `lexicon/polarity.<language>.toml`, and the concepts of
`lexicon/contraries.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from itertools import pairwise

from rag import concepts, lexicon, text

KEPT = 4096  # sentences that are remembered
SHORT = 8  # words of a sentence that denies the one before it
FEW = 4  # words beside its denial in a segment that denies what was said before it
STRONG = re.compile(r"[.;:!?…](?=[\s\W]|$)|\s[—–-]\s|[»“”](?=\s)|\n")
WEAK = re.compile(r"[,()](?=\s|$)")


class Force(StrEnum):
    """What a sentence says of a part of it."""

    HOLDS = "holds"
    DENIED = "denied"
    UNSETTLED = "unsettled"  # said to be open, unknown, not established
    UNREAL = "unreal"  # planned, possible, rumoured, over, or asked


@dataclass(frozen=True, slots=True)
class Word:
    """A word that means something: its stem and the concepts that it may stand for."""

    start: int
    text: str  # lower case
    stem: str
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Piece:
    """A clause with its words. `is_said`: it is about saying or knowing, and negated."""

    force: Force
    words: tuple[Word, ...]
    is_said: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence: its pieces, and whether it denies the sentence before it."""

    pieces: tuple[Piece, ...]
    refers_back: bool

    @property
    def words(self) -> tuple[Word, ...]:
        """All words of the sentence."""
        return tuple(word for piece in self.pieces for word in piece.words)


@cache
def pattern(language: str, key: str) -> re.Pattern[str]:
    """A pattern of the table of a language."""
    end = "" if key == "contrast" else r"(?!\w)"
    words = lexicon.load("polarity", language)[key]
    return re.compile(rf"(?<!\w)(?:{words}){end}", re.IGNORECASE)


@cache
def keys_of(section: str, name: str) -> frozenset[str]:
    """A list of concepts of `contraries.toml`."""
    return frozenset(lexicon.load("contraries")[section][name].split())


@cache
def turning() -> frozenset[str]:
    """The concepts that deny what they govern."""
    return frozenset().union(
        *(keys_of("turning", k) for k in lexicon.load("contraries")["turning"])
    )


@cache
def opposites() -> dict[str, frozenset[str]]:
    """Per concept those that cannot be true of the same thing."""
    made: dict[str, set[str]] = {}
    for one, other in lexicon.load("contraries")["pairs"]["opposites"]:
        made.setdefault(one, set()).add(other)
        made.setdefault(other, set()).add(one)
    return {key: frozenset(found) for key, found in made.items()}


@cache
def kin() -> dict[str, frozenset[str]]:
    """Per concept those that tell of the same event."""
    made: dict[str, frozenset[str]] = {}
    for group in lexicon.load("contraries")["kin"]["groups"]:
        for key in group.split():
            made[key] = made.get(key, frozenset()) | frozenset(group.split())
    return made


@lru_cache(maxsize=KEPT)
def read(sentence: str, language: str) -> Reading:
    """The parts of a sentence; of a question none holds and none is denied."""
    low = sentence.lower().replace("’", "'").replace("ʼ", "'")
    masked = _blank(low, (m.span() for m in pattern(language, "degree").finditer(low)))
    pieces: list[Piece] = []
    words = words_of(sentence, language)
    back = False
    contrasted = _contrasted(masked, language)
    for _, start, end in contrasted:
        pieces.append(Piece(Force.DENIED, _within(words, start, end)))
    masked = _blank(masked, ((cut, end) for cut, _, end in contrasted))
    asked = sentence.rstrip(" »“”\"'").endswith("?")
    for start, end in _segments(masked, language):
        found, refers = _segment(masked, start, end, language, words)
        pieces += [Piece(Force.UNREAL, p.words) for p in found] if asked else found
        back = back or (refers and not asked and len(words) <= SHORT)
    return Reading(tuple(pieces), back)


def words_of(sentence: str, language: str) -> tuple[Word, ...]:
    """The words of a text but its function words."""
    keys: dict[int, frozenset[str]] = {}
    for found in concepts.in_text(sentence, language):
        for match in text.WORD.finditer(sentence, found.start, found.end):
            keys[match.start()] = keys.get(match.start(), frozenset()) | found.keys
    made = []
    for match in text.WORD.finditer(sentence):
        low = match.group().lower().replace("’", "'").replace("ʼ", "'")
        if match.start() in keys or not text.is_function_word(low, language):
            meant = keys.get(match.start(), frozenset()) | concepts.of_word(low, language)
            made.append(Word(match.start(), low, text.stem(low, language), meant))
    return tuple(made)


def _segment(
    masked: str, start: int, end: int, language: str, words: Sequence[Word]
) -> tuple[list[Piece], bool]:
    """The clauses of a segment, and whether it denies what was said before."""
    piece = masked[start:end]
    own = _within(words, start, end)
    clauses = tuple(_clauses(masked, start, end, language))
    opening = pattern(language, "no").match(piece.lstrip(" «„“\"'—–-:"))
    if opening and re.match(r"\W*\w+(?:\s\w+)?\W*$", piece):
        return [Piece(Force.DENIED, own)], True
    false = pattern(language, "false").search(piece) is not None
    denying = [w for w in own if w.keys & keys_of("turning", "denial")]
    if false or denying:
        undone = not false and _is_negated(clauses, denying, masked, language)
        undone = undone or any(w.keys & keys_of("turning", "admission") for w in own)
        back = pattern(language, "back").search(piece) is not None
        refers = back and not undone and len(own) - len(denying) <= FEW + 2 * false
        return [Piece(Force.UNREAL if undone else Force.DENIED, own)], bool(opening) or refers
    if pattern(language, "open").search(piece):
        return [Piece(Force.UNSETTLED, own)], False
    rumoured = pattern(language, "alleged").search(piece) is not None
    made: list[Piece] = []
    unreal = False  # whether the clause before is a hope, a plan, a demand
    for a, b in clauses:
        inner, clause = _within(words, a, b), masked[a:b]
        within = unreal and pattern(language, "complement").match(clause.lstrip(" ,")) is not None
        made.append(_clause(clause, inner, language, rumoured or within))
        unreal = made[-1].force is Force.UNREAL if inner else unreal
    if any(_is_bare(masked[a:b], _within(words, a, b), language) for a, b in clauses):
        made = [Piece(Force.DENIED, own, _is_said(own))]
    return made, bool(opening)


def _is_bare(clause: str, words: Sequence[Word], language: str) -> bool:
    """Whether a clause denies what stands beside it: "…, Kyiv refused"; "dead, he said, none"."""
    refused = [w for w in words if w.keys & keys_of("turning", "refusal")]
    if refused:
        return len(words) - len(refused) <= 1
    negation = pattern(language, "negation")
    rest = [word for word in words if not negation.fullmatch(word.text)]
    return not rest and negation.search(clause) is not None


def _clause(clause: str, words: tuple[Word, ...], language: str, rumoured: bool) -> Piece:
    """A clause of a segment in which nothing is called false."""
    force = _force(clause, language)
    refused = any(w.keys & keys_of("turning", "refusal") for w in words)
    if refused:
        force = Force.UNREAL if force is Force.DENIED else Force.DENIED
    if rumoured and force is Force.HOLDS:
        force = Force.UNREAL
    return Piece(force, words, force is Force.DENIED and _is_said(words))


def _is_negated(
    clauses: Sequence[tuple[int, int]], turned: Sequence[Word], masked: str, language: str
) -> bool:
    """Whether a negation stands in the clause of a verb of denying: "did not rule out"."""
    places = {w.start for w in turned}
    return any(
        pattern(language, "negation").search(masked[a:b]) is not None
        for a, b in clauses
        if any(a <= place < b for place in places)
    )


def _is_said(words: Sequence[Word]) -> bool:
    said = keys_of("saying", "concepts")
    return any(word.keys & said for word in words)


def _force(clause: str, language: str) -> Force:
    """What a clause says of itself, no verb of denying in its segment."""
    if pattern(language, "over").search(clause):
        return Force.UNREAL
    if pattern(language, "negation").search(clause):
        return Force.DENIED
    if pattern(language, "unreal").search(clause):
        return Force.UNREAL
    return Force.HOLDS


def _within(words: Sequence[Word], start: int, end: int) -> tuple[Word, ...]:
    return tuple(word for word in words if start <= word.start < end)


def _contrasted(masked: str, language: str) -> list[tuple[int, int, int]]:
    """What is denied only beside what holds ("not X but Y"): its negation's start, and itself."""
    made = []
    for match in pattern(language, "contrast").finditer(masked + " "):
        key = "not" if match["not"] is not None else "tail"
        made.append((match.start(), match.start(key), min(match.end(key), len(masked))))
    return made


def _segments(masked: str, language: str) -> Iterator[tuple[int, int]]:
    """Where the segments of a sentence stand."""
    cuts = [m.start() for m in STRONG.finditer(masked)]
    cuts += [m.start() for m in pattern(language, "turn").finditer(masked)]
    yield from _spans(cuts, 0, len(masked))


def _clauses(masked: str, start: int, end: int, language: str) -> Iterator[tuple[int, int]]:
    """Where the clauses of a segment stand."""
    cuts = [m.start() for m in WEAK.finditer(masked, start, end)]
    for key in ("join", "without"):
        cuts += [m.start() for m in pattern(language, key).finditer(masked, start, end)]
    yield from _spans(cuts, start, end)


def _spans(cuts: Sequence[int], start: int, end: int) -> Iterator[tuple[int, int]]:
    ordered = [start, *sorted({cut for cut in cuts if start < cut < end}), end]
    yield from ((a, b) for a, b in pairwise(ordered) if a < b)


def _blank(found: str, extents: Iterator[tuple[int, int]]) -> str:
    """A text with these stretches blanked out, offsets kept."""
    for start, end in list(extents):
        found = found[:start] + " " * (end - start) + found[end:]
    return found
