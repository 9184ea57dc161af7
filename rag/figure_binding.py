"""Whether words, places and verbs stand beside the figures that they stand with in a quotation.

"300 dead and 2,700 wounded" bears out neither 300 wounded nor 2,700 dead.
"""

from __future__ import annotations

from rag import word_fields
from rag.comparison import Matches, Part, figure_in, is_implied, piece_of, pieces, within
from rag.schema import Quantity
from rag.traits import Extent, Word

_COUNTED = 2  # words behind a figure that tell what it counts


def binding_met(said: Part, shown: Part, matches: Matches) -> bool:
    """Whether words and places stand beside the figures that they stand with in the quotation."""
    mine, others = pieces(said), pieces(shown)
    for piece in mine:
        figure = figure_in(piece, said)
        if figure is None:
            continue
        own = [p for p in others if (q := figure_in(p, shown)) and is_implied(figure, q)]
        if not own or not any(_goes_with(figure, piece, p, said, shown, matches) for p in own):
            return False
    return True


def _goes_with(
    figure: Quantity, piece: Extent, other: Extent, said: Part, shown: Part, matches: Matches
) -> bool:
    """Whether what a piece of the sentence says of its figure is said in one of the quotation."""
    counted = figure_in(other, shown)
    if counted is None or not _same_change(figure, counted, said, shown):
        return False
    words = [w for w in said.words() if piece[0] <= w.start < piece[1]]
    behind = [w for w in words if w.start >= figure.span.start][:_COUNTED]
    taken = {w.start for word in said.words() for w in matches.of(word)}
    own = [w for w in shown.words() if counted.span.start <= w.start < other[1]]
    if own and any(_only_behind_another(w, other, shown, matches) for w in behind):
        return False
    bare = own and not any(w.start in taken for w in own)
    if bare and any(_only_elsewhere(w, other, shown, matches) for w in words):
        return False
    verbs = [w for w in shown.words() if other[0] <= w.start < other[1]]
    foreign = any(
        v.start in shown.traits.verbs and v.start not in taken
        for v in verbs
        if not within(v.start, shown.guarded)
    )
    if foreign and any(
        w.start in said.traits.verbs and _only_elsewhere(w, other, shown, matches) for w in words
    ):
        return False
    if counted.unit == "percent" and not _whole_named(counted, shown, taken):
        return False
    return _same_places(piece, other, counted, said, shown)


def _whole_named(share: Quantity, shown: Part, taken: set[int]) -> bool:
    """Whether the sentence has the words behind a share: of what it is one."""
    clause = shown.traits.clauses[shown.traits.clause_at(share.span.start)]
    behind = [w for w in shown.words() if share.span.end <= w.start < clause.end]
    return all(w.start in taken for w in behind[:2])


def _same_change(figure: Quantity, other: Quantity, said: Part, shown: Part) -> bool:
    """Whether both are a result, a difference, or a whole of which a part is told."""
    mine, theirs = (_change(q, part) for q, part in ((figure, said), (other, shown)))
    if "whole" in (mine, theirs):
        return mine == theirs
    return mine == theirs or not mine or not theirs


def _change(figure: Quantity, part: Part) -> str:
    from_start = part.traits.text[: figure.span.start]
    fields = word_fields.of(part.traits.language)
    return next((key for key, pattern in fields.changes if pattern.search(from_start)), "")


def _only_behind_another(word: Word, own: Extent, shown: Part, matches: Matches) -> bool:
    """Whether a word is said only behind other figures of the quotation than its own."""
    found = matches.of(word)
    return bool(found) and all(
        not own[0] <= w.start < own[1] and _is_behind(w, shown) for w in found
    )


def _is_behind(word: Word, shown: Part) -> bool:
    figure = figure_in(piece_of(word.start, pieces(shown)), shown)
    return figure is not None and figure.span.start <= word.start


def _only_elsewhere(word: Word, own: Extent, shown: Part, matches: Matches) -> bool:
    found = matches.of(word)
    among = pieces(shown)
    return bool(found) and all(
        not own[0] <= w.start < own[1] and figure_in(piece_of(w.start, among), shown) for w in found
    )


def _is_behind_another(at: int, counted: Quantity, shown: Part) -> bool:
    """Whether a place stands behind a figure and a comma or "and", with no verb for both behind."""
    end = counted.span.end
    if at < end or not any(end <= cut < at for cut in shown.traits.cuts):
        return False
    clause = shown.traits.clauses[shown.traits.clause_at(at)]
    return not any(at < verb < clause.end for verb in shown.traits.verbs)


def _same_places(piece: Extent, other: Extent, counted: Quantity, said: Part, shown: Part) -> bool:
    """A place of the sentence is not one that the quotation names beside another figure.

    Where the quotation names no place beside the figure itself, that of another may hold for both.
    """
    among = pieces(shown)
    own = {p.key for p in shown.traits.places if other[0] <= p.start < other[1]}
    mine = [p for p in said.traits.places if piece[0] <= p.start < piece[1]]
    for place in mine:
        spots = [p for p in shown.traits.places if p.key == place.key]
        beside = [p for p in spots if figure_in(piece_of(p.start, among), shown)]
        if spots and all(_is_behind_another(p.start, counted, shown) for p in spots):
            return False
        if own and spots and len(beside) == len(spots) and place.key not in own:
            return False
    return True
