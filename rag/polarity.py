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
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from rag.clause_bounds import Clauses, blank, pattern, segments, stretch
from rag.contraries import keys_of
from rag.meant_words import Word, separated, words_of

__all__ = ["Force", "Piece", "Reading", "Word", "read", "separated", "words_of"]

KEPT = 4096  # sentences that are remembered
SHORT = 8  # words of a sentence that denies the one before it
FEW = 5  # words beside its denial in a segment that denies what was said before it

OPENING = " «„“\"'—–-:?!*"  # what may stand before the first word of a segment
END = re.compile(r"\W*(?:[,.;:!?–—-]|$)")  # behind a short answer


class Force(StrEnum):
    """What a sentence says of a part of it."""

    HOLDS = "holds"
    DENIED = "denied"
    UNSETTLED = "unsettled"  # said to be open, unknown, not established
    PLANNED = "planned"  # planned, expected, possible, asked for
    UNREAL = "unreal"  # rumoured, over, or asked


@dataclass(frozen=True, slots=True)
class Piece:
    """A clause with its words.

    `is_said`: it is about saying or knowing, and negated. `focus`: of what is denied only beside
    what holds, that part: "in Lithuania, not in Norway". `lacks`: it is denied by a preposition:
    "without an agreement".
    """

    force: Force
    words: tuple[Word, ...]
    is_said: bool = False
    focus: tuple[Word, ...] = ()
    lacks: bool = False


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
    back = asking = False
    last: list[Piece] = []  # of the segment before
    for start, end in segments(masked, language):
        found, refers = _segment(parts, start, end, words)
        found = [piece for piece in found if piece.words]
        if pieces and _is_refused(found):
            # "They asked for a delay, but the fund refused" denies the delay.
            found = [Piece(Force.DENIED, (*pieces.pop().words, *found[0].words))]
        elif refers and last and (asking or _turns(parts, start, end)):
            # "Was it hit? No." "Posts told of a dead man, but that is not so."
            pieces = [replace(p, force=Force.DENIED) if p in last else p for p in pieces]
            refers = False
        asking = masked[end : end + 1] == "?"
        last = [Piece(Force.UNREAL, p.words) for p in found] if asked or asking else found
        pieces += last
        back = back or (refers and not asked and len(words) <= SHORT)
    return Reading(tuple(pieces), back)


def _segment(
    parts: Clauses, start: int, end: int, words: Sequence[Word]
) -> tuple[list[Piece], bool]:
    """The clauses of a segment, and whether it denies what was said before."""
    language, piece = parts.language, parts.masked[start:end]
    own = _within(words, start, end)
    clauses = parts.within(start, end)
    opening = pattern(language, "no").match(piece.lstrip(OPENING))
    if opening and not END.match(piece.lstrip(OPENING), opening.end()):
        opening = None  # "No children" is no answer
    if opening and re.match(r"\W*\w+(?:\s\w+)?\W*$", piece):
        return [Piece(Force.DENIED, own)], True
    false = pattern(language, "false").search(piece) is not None
    denying = [w for w in own if w.keys & keys_of("turning", "denial")]
    if (false or denying) and (apart := _coordinated(parts, clauses)):
        each_part = [_segment(parts, a, b, words) for a, b in apart]
        return [one for found, _ in each_part for one in found], any(back for _, back in each_part)
    if false or denying:
        undone = not false and _is_negated(clauses, denying, parts.masked, language)
        undone = undone or any(w.keys & keys_of("turning", "admission") for w in own)
        agent = pattern(language, "agent").match(piece.lstrip(OPENING))  # "It denied the visit"
        named = piece.lstrip(OPENING)[agent.end() if agent else 0 :]
        back = pattern(language, "back").search(named) is not None
        refers = back and not undone and len(own) - len(denying) <= FEW + 2 * false
        return [Piece(Force.UNREAL if undone else Force.DENIED, own)], bool(opening) or refers
    if pattern(language, "open").search(piece):
        return [Piece(Force.UNSETTLED, own)], False
    made = _plain(parts, clauses, words, pattern(language, "alleged").search(piece) is not None)
    each = [(parts.masked[a:b], _within(words, a, b)) for a, b in clauses]
    bare = [found for clause, found in each if _is_bare(clause, found, language)]
    if bare:
        made = [Piece(Force.DENIED, own, any(map(_is_said, bare)))]
    return made, bool(opening)


def _plain(
    parts: Clauses, clauses: Sequence[tuple[int, int]], words: Sequence[Word], rumoured: bool
) -> list[Piece]:
    """The clauses of a segment in which nothing is called false."""
    made: list[Piece] = []
    governing: Force | None = None  # what the clause before makes of one that depends on it
    waiting = False  # whether the clause before depends on what follows
    for a, b in clauses:
        inner, clause = _within(words, a, b), parts.masked[a:b]
        depends = pattern(parts.language, "complement").match(clause.lstrip(" ,")) is not None
        if waiting and made[-1].force is Force.PLANNED and clause.strip(" ,"):
            following = _clause(clause, inner, parts.language, rumoured, None)
            if _governing(following) is Force.UNSETTLED:  # "Whether it pays is not decided"
                made[-1] = replace(made[-1], force=Force.UNSETTLED)
        waiting = depends and governing is None
        made.append(
            _clause(clause, inner, parts.language, rumoured, governing if depends else None)
        )
        without = pattern(parts.language, "without").match(clause.lstrip(" ,("))
        if without and made[-1].force is Force.HOLDS and not parts.has_verb(a, b):
            made[-1] = replace(made[-1], force=Force.DENIED, lacks=True)
        governing = _governing(made[-1]) if inner else governing
    for i, k in parts.interrupted(clauses):
        if made[k].force is Force.DENIED:
            made[i] = made[k] = replace(made[k], words=(*made[i].words, *made[k].words))
    return made


def _coordinated(parts: Clauses, clauses: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The main clauses of a segment that "and" joins, each with a verb; nothing for a single one.

    What depends on a verb of denying goes with it: "that it burnt and two died, he denied".
    """
    language, first = parts.language, parts.masked[clauses[0][0] : clauses[-1][1]].lstrip(OPENING)
    if any(pattern(language, key).match(first) for key in ("complement", "alleged")):
        return ()
    if pattern(language, "alleged").search(first):
        return ()
    joint = pattern(language, "coordinator")
    cuts = [a for a, b in clauses[1:] if joint.match(parts.masked[a:b].lstrip(" ,"))]
    bounds = [clauses[0][0], *cuts, clauses[-1][1]]
    spans = tuple(pairwise(bounds))
    return spans if len(spans) > 1 and all(parts.has_verb(a, b) for a, b in spans) else ()


def _turns(parts: Clauses, start: int, end: int) -> bool:
    """Whether a segment begins with an adversative."""
    return (
        pattern(parts.language, "turn").match(parts.masked[start:end].lstrip(OPENING)) is not None
    )


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
        opens = piece.is_said or any(word.keys & opened for word in piece.words)
        return Force.UNSETTLED if opens else None
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
    said = _is_said(words) or pattern(language, "unsaid").search(clause) is not None
    return Piece(force, words, force is Force.DENIED and said)


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
