"""Whether names and places have the roles that they have in a quotation.

Who does what to whom, from where to where.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rag.comparison import Matches, Part
from rag.traits import ADJECTIVE, BARE, OBLIQUE, PART, Name, Place

_PLACES = frozenset({PART, "at", "origin", "near", "outside", "against", "above"})
_STRICT = frozenset({"origin", "near", "outside", "against", "without"})


def roles_met(said: Part, shown: Part, matches: Matches) -> bool:
    """Whether every name and place has the role that it has in the quotation."""
    mine, theirs = said.own_names(), shown.names()
    if not all(_has_role(n.key, n.role, theirs) for n in mine):
        return False
    places = [p for p in shown.traits.places if shown.holds(p.start)]
    if not all(_has_role(p.key, p.role, places) for p in said.traits.places):
        return False
    if _swapped(mine, theirs) or not _ordered(mine, theirs):
        return False
    if _turned(said, shown, matches):
        return False
    return _attached(said, shown, matches) and _introduced(said, shown)


def _turned(said: Part, shown: Part, matches: Matches) -> bool:
    """Whether two words have changed places around a verb: who did it to whom.

    In Ukrainian and Russian their endings tell, and the places may change where these do not.
    """
    places = {p.start for p in said.traits.places}
    words = [w for w in said.words() if w.start not in said.traits.verbs | places]
    verbs, others = sorted(said.traits.verbs), sorted(shown.traits.verbs)
    for one, other in ((a, b) for i, a in enumerate(words) for b in words[i + 1 :]):
        if not _parted(one.start, other.start, verbs, said):
            continue
        pairs = [(a, b) for a in matches.of(one) for b in matches.of(other) if a is not b]
        inverted = [p for p in pairs if _parted(p[1].start, p[0].start, others, shown)]
        if not inverted or any(a.start < b.start for a, b in pairs):
            continue
        same = said.traits.language == shown.traits.language in ("uk", "ru")
        if not (same and all((a.text, b.text) == (one.text, other.text) for a, b in inverted)):
            return True
    return False


def _parted(first: int, second: int, verbs: Sequence[int], part: Part) -> bool:
    """Whether a verb stands between two places of the same clause."""
    clause = part.traits.clause_at
    return clause(first) == clause(second) and any(first < verb < second for verb in verbs)


def _introduced(said: Part, shown: Part) -> bool:
    """Whether the names within a source's phrase belong together: who is of which body."""
    theirs = [n.key for n in shown.traits.names]
    beside = {frozenset(pair) for pair in pairwise(theirs)}
    for start, end in said.aside:
        keys = [n.key for n in said.traits.names if start <= n.start < end]
        for pair in pairwise(keys):
            if pair[0] != pair[1] and frozenset(pair) not in beside:
                return False
    return True


def _has_role(key: str, role: str, theirs: Sequence[Name] | Sequence[Place]) -> bool:
    roles = {n.role for n in theirs if n.key == key}
    return not roles or any(_fits(role, other) for other in roles)


def _fits(mine: str, other: str) -> bool:
    """Whether a name may have these roles in a sentence and in its quotation."""
    if mine == other:
        return True
    if {mine, other} <= {ADJECTIVE, OBLIQUE} or {mine, other} <= {BARE, OBLIQUE}:
        return True
    if PART in (mine, other):
        return BARE not in (mine, other)
    if {mine, other} & _STRICT:
        return {mine, other} == {"origin", ADJECTIVE}
    if mine == BARE and other == ADJECTIVE:
        return False
    return {mine, other} != {ADJECTIVE, "at"}


def _swapped(mine: Sequence[Name], theirs: Sequence[Name]) -> bool:
    """Whether one name is where the other was: "soldiers of X in Y" for "of Y in X"."""

    def only(names: Sequence[Name], key: str, core: bool) -> bool:
        roles = {n.role for n in names if n.key == key}
        return bool(roles) and all((role not in _PLACES) is core for role in roles)

    keys = list(dict.fromkeys(n.key for n in mine))
    return any(
        only(mine, a, True) and only(mine, b, False)
        and only(theirs, a, False) and only(theirs, b, True)
        for a in keys for b in keys if a != b
    )  # fmt: skip


def _ordered(mine: Sequence[Name], theirs: Sequence[Name]) -> bool:
    """Names without a preposition come in the order of the quotation: who, whom."""
    bare = [n for n in mine if n.role not in _PLACES]
    spots = [n for n in theirs if n.role not in _PLACES]
    for one, other in ((a, b) for i, a in enumerate(bare) for b in bare[i + 1 :]):
        if one.key == other.key:
            continue
        first = [n.start for n in spots if n.key == one.key]
        second = [n.start for n in spots if n.key == other.key]
        if first and second and not any(a < b for a in first for b in second):
            return False
    return True


def _attached(said: Part, shown: Part, matches: Matches) -> bool:
    """Whether places hang on the words that they hang on in the quotation."""
    words = {w.start: w for w in said.words()}
    theirs = [p for p in shown.traits.places if shown.holds(p.start)]
    for place in said.traits.places:
        head = words.get(place.head)
        spots = [p for p in theirs if p.key == place.key]
        if head is None or not spots:
            continue
        heads = {w.start for w in matches.of(head)}
        elsewhere = any(p.head in heads for p in theirs if p.key != place.key)
        if elsewhere and not any(p.head in heads for p in spots):
            return False
    return True
