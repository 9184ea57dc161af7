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
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rag import concepts, tagging, text
from rag.clause_bounds import Clauses, blank, pattern, segments, stretch
from rag.contraries import keys_of
from rag.tagging import Tag

KEPT = 4096  # sentences that are remembered
SHORT = 8  # words of a sentence that denies the one before it
FEW = 5  # words beside its denial in a segment that denies what was said before it

# Verbal nouns in the genitive plural, which a negation takes, and in the nominative: "влучань".
GENITIVE, NOMINATIVE = ("ань", "янь"), "ня"
END = re.compile(r"\W*(?:[,.;:!?–—-]|$)")  # behind a short answer


class Force(StrEnum):
    """What a sentence says of a part of it."""

    HOLDS = "holds"
    DENIED = "denied"
    UNSETTLED = "unsettled"  # said to be open, unknown, not established
    PLANNED = "planned"  # planned, expected, possible, asked for
    UNREAL = "unreal"  # rumoured, over, or asked


@dataclass(frozen=True, slots=True)
class Word:
    """A word that means something: its stem and the concepts that it may stand for."""

    start: int
    text: str  # lower case
    stem: str
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Piece:
    """A clause with its words.

    `is_said`: it is about saying or knowing, and negated. `focus`: of what is denied only beside
    what holds, that part: "in Lithuania, not in Norway".
    """

    force: Force
    words: tuple[Word, ...]
    is_said: bool = False
    focus: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence: its pieces, and whether it denies the sentence before it."""

    pieces: tuple[Piece, ...]
    refers_back: bool

    @property
    def words(self) -> tuple[Word, ...]:
        """All words of the sentence."""
        return tuple(word for piece in self.pieces for word in piece.words)


@lru_cache(maxsize=KEPT)
def read(sentence: str, language: str) -> Reading:
    """The parts of a sentence; of a question none holds and none is denied."""
    low = sentence.lower().replace("’", "'").replace("ʼ", "'")
    masked = blank(low, (m.span() for m in pattern(language, "degree").finditer(low)))
    words = words_of(sentence, language)
    pieces = []
    for match, key in _contrasts(masked, language):
        focus = _within(words, *match.span(key))
        around = _within(words, *stretch(masked, match.start()))
        pieces.append(Piece(Force.DENIED, around, focus=focus))
        masked = blank(masked, [(match.start(), min(match.end(key), len(masked)))])
    apart = {word for piece in pieces for word in piece.focus}
    words = tuple(word for word in words if word not in apart)
    parts = Clauses(sentence, masked, language)
    asked = sentence.rstrip(" »“”\"'").endswith("?")
    back = False
    for start, end in segments(masked, language):
        found, refers = _segment(parts, start, end, words)
        found = [piece for piece in found if piece.words]
        if pieces and _is_refused(found):
            # "They asked for a delay, but the fund refused" denies the delay.
            found = [Piece(Force.DENIED, (*pieces.pop().words, *found[0].words))]
        pieces += [Piece(Force.UNREAL, p.words) for p in found] if asked else found
        back = back or (refers and not asked and len(words) <= SHORT)
    return Reading(tuple(pieces), back)


def words_of(sentence: str, language: str) -> tuple[Word, ...]:
    """The words of a text but its function words."""
    keys: dict[int, frozenset[str]] = {}
    for found in concepts.in_text(sentence, language):
        for match in text.WORD.finditer(sentence, found.start, found.end):
            keys[match.start()] = keys.get(match.start(), frozenset()) | found.keys
    whole = separated(sentence, language)
    made = []
    for match in text.WORD.finditer(sentence):
        low = match.group().lower().replace("’", "'").replace("ʼ", "'")
        low = whole.get(match.start(), low)
        if match.start() in keys or not text.is_function_word(low, language):
            meant = keys.get(match.start(), frozenset()) | concepts.of_word(low, language)
            if language == "uk" and low.endswith(GENITIVE):
                meant |= concepts.of_word(low[:-1] + NOMINATIVE, language)
            made.append(Word(match.start(), low, text.stem(low, language), meant))
    return tuple(made)


@lru_cache(maxsize=KEPT)
def separated(sentence: str, language: str) -> dict[int, str]:
    """German verbs parted from their particle, as infinitives by offset: "gab … frei"."""
    made: dict[int, str] = {}
    if language != "de":
        return made
    verb = None
    for token in tagging.tagger(language).tag(sentence):
        if token.tag is Tag.VFIN:
            verb = token
        elif token.tag is Tag.PART and verb is not None:
            infinitive = token.lower + verb.lemma
            if concepts.of_word(infinitive, language):
                made[verb.start] = infinitive
            verb = None
        elif token.tag is Tag.PUNCT:
            verb = None
    return made


def _segment(
    parts: Clauses, start: int, end: int, words: Sequence[Word]
) -> tuple[list[Piece], bool]:
    """The clauses of a segment, and whether it denies what was said before."""
    language, piece = parts.language, parts.masked[start:end]
    own = _within(words, start, end)
    clauses = parts.within(start, end)
    opening = pattern(language, "no").match(piece.lstrip(" «„“\"'—–-:"))
    if opening and not END.match(piece.lstrip(" «„“\"'—–-:"), opening.end()):
        opening = None  # "No children" is no answer
    if opening and re.match(r"\W*\w+(?:\s\w+)?\W*$", piece):
        return [Piece(Force.DENIED, own)], True
    false = pattern(language, "false").search(piece) is not None
    denying = [w for w in own if w.keys & keys_of("turning", "denial")]
    if false or denying:
        undone = not false and _is_negated(clauses, denying, parts.masked, language)
        undone = undone or any(w.keys & keys_of("turning", "admission") for w in own)
        back = pattern(language, "back").search(piece) is not None
        refers = back and not undone and len(own) - len(denying) <= FEW + 2 * false
        return [Piece(Force.UNREAL if undone else Force.DENIED, own)], bool(opening) or refers
    if pattern(language, "open").search(piece):
        return [Piece(Force.UNSETTLED, own)], False
    rumoured = pattern(language, "alleged").search(piece) is not None
    made: list[Piece] = []
    governing: Force | None = None  # what the clause before makes of one that depends on it
    for a, b in clauses:
        inner, clause = _within(words, a, b), parts.masked[a:b]
        depends = pattern(language, "complement").match(clause.lstrip(" ,")) is not None
        made.append(_clause(clause, inner, language, rumoured, governing if depends else None))
        governing = _governing(made[-1]) if inner else governing
    each = [(parts.masked[a:b], _within(words, a, b)) for a, b in clauses]
    bare = [found for clause, found in each if _is_bare(clause, found, language)]
    if bare:
        made = [Piece(Force.DENIED, own, any(map(_is_said, bare)))]
    return made, bool(opening)


def _is_refused(pieces: Sequence[Piece]) -> bool:
    """Whether a segment is a refusal and no more than who refuses."""
    words = [word for piece in pieces for word in piece.words]
    refused = [w for w in words if w.keys & keys_of("turning", "refusal")]
    one = len(pieces) > 0 and pieces[0].force is Force.DENIED
    return one and bool(refused) and len(words) - len(refused) <= 1


def _governing(piece: Piece) -> Force | None:
    """What a clause makes of one that depends on it; None where it says nothing of that.

    What is not said, decided or known to be so is open: "had not decided whether to send it".
    """
    if piece.force is Force.DENIED:
        opened = keys_of("saying", "opening")
        return Force.UNSETTLED if any(word.keys & opened for word in piece.words) else None
    return piece.force if piece.force is not Force.HOLDS else None


def _is_bare(clause: str, words: Sequence[Word], language: str) -> bool:
    """Whether a clause denies what stands beside it: "…, Kyiv refused"; "dead, he said, none"."""
    refused = [w for w in words if w.keys & keys_of("turning", "refusal")]
    if refused:
        joined = pattern(language, "coordinator").match(clause.lstrip(" ,"))
        return joined is None and len(words) - len(refused) <= 1
    negation, light = pattern(language, "negation"), pattern(language, "light")
    bare = keys_of("bare", "concepts")
    rest = [
        word
        for word in words
        if not (negation.fullmatch(word.text) or light.fullmatch(word.text) or word.keys & bare)
    ]
    return not rest and negation.search(clause) is not None


def _clause(
    clause: str, words: tuple[Word, ...], language: str, rumoured: bool, governing: Force | None
) -> Piece:
    """A clause of a segment in which nothing is called false."""
    force = _force(clause, language)
    refused = any(w.keys & keys_of("turning", "refusal") for w in words)
    if refused:
        force = Force.UNREAL if force is Force.DENIED else Force.DENIED
    if governing is not None and force in (Force.HOLDS, Force.PLANNED):
        force = governing
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
        return Force.PLANNED
    return Force.HOLDS


def _within(words: Sequence[Word], start: int, end: int) -> tuple[Word, ...]:
    return tuple(word for word in words if start <= word.start < end)


def _contrasts(masked: str, language: str) -> list[tuple[re.Match[str], str]]:
    """What is denied only beside what holds ("not X but Y"): the match, and the group of X."""
    found = pattern(language, "contrast").finditer(masked + " ")
    return [(match, "not" if match["not"] is not None else "tail") for match in found]
