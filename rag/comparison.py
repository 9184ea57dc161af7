"""What is compared of a sentence and a quotation, and which words and figures are the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag import quantities, terms, units
from rag.schema import Qualifier, Quantity
from rag.traits import Clause, Extent, Name, Traits, Word
from rag.word_fields import Translator

_COGNATES = {"uk", "ru"}  # languages whose words mostly differ in vowels and endings
_COGNATE = 4  # consonants from which on equal ones are one word in two languages


@dataclass(frozen=True, slots=True)
class Part:
    """What is compared of a text: extents of it; `aside` are names checked elsewhere (sources).

    `guarded` clauses are those of the reporting verb: their negation is a matter of the stance.
    """

    traits: Traits
    region: tuple[Extent, ...]
    aside: tuple[Extent, ...] = ()
    guarded: tuple[Extent, ...] = ()
    silent: tuple[Extent, ...] = ()  # fixed phrases of silence and doubt, a matter of the stance
    dates: tuple[str, ...] = ()  # known besides those in the text
    loose: bool = False  # what is said has no clause of its own: "counted 300 dead on Monday"

    def holds(self, offset: int) -> bool:
        """Whether an offset lies in what is compared."""
        return within(offset, self.region)

    def names(self) -> list[Name]:
        """The names that are compared."""
        return [n for n in self.traits.names if self.holds(n.start)]

    def own_names(self) -> list[Name]:
        """The names that are compared and are not those of the source."""
        return [n for n in self.names() if not within(n.start, self.aside)]

    def words(self) -> list[Word]:
        """The words that are compared."""
        return [w for w in self.traits.words if self.holds(w.start)]

    def figures(self) -> list[Quantity]:
        """The figures that are compared."""
        return [q for q in self.traits.figures if self.holds(q.span.start)]


def within(offset: int, extents: Iterable[Extent]) -> bool:
    """Whether an offset lies in one of these extents."""
    return any(start <= offset < end for start, end in extents)


def overlaps(clause: Clause, extents: Sequence[Extent]) -> bool:
    """Whether a clause shares a character with one of these extents."""
    return any(start < clause.end and clause.start < end for start, end in extents)


class Matches:
    """Which words of the quotation a word of the sentence may stand for."""

    def __init__(self, said: Part, shown: Part, translator: Translator) -> None:
        self._translator = translator
        self._shown = shown.words()
        self._same = said.traits.language == shown.traits.language
        self._languages = said.traits.language, shown.traits.language
        self._found: dict[int, tuple[Word, ...]] = {}

    def of(self, word: Word) -> tuple[Word, ...]:
        """The words of the quotation that mean the same, a part of it in each for a compound."""
        if word.start not in self._found:
            found = tuple(w for w in self._shown if self._is_same(word, w))
            if not any(w.stem == word.stem for w in found if self._same):
                held = frozenset().union(*(w.fields for w in found))
                found = found if word.fields <= held else ()
            self._found[word.start] = found
        return self._found[word.start]

    def _is_same(self, word: Word, other: Word) -> bool:
        if self._same and word.stem == other.stem:
            return True
        if word.fields or other.fields:
            return bool(word.fields & other.fields)
        if word.bones and word.bones == other.bones:
            return "de" not in self._languages or len(word.bones) >= _COGNATE
        if self._same:
            return False
        if {*self._languages} == _COGNATES:  # "хакери", "хакеры"
            skeletons = {terms.skeleton(w.stem) for w in (word, other)}
            return len(skeletons) == 1 and "" not in skeletons
        mine, others = self._languages
        return self._translator.matches(word.text, mine, (other.text,), others)


def is_implied(figure: Quantity, by: Quantity) -> bool:
    """Whether a figure says no more than another: the same thing, not more exactly.

    What counts nothing that is known ("at 8,000") may stand for any unit; its words are compared.
    """
    known = figure.unit not in (by.unit, "other")
    if known and not quantities.same_unit(figure.unit, by.unit):
        return False
    if figure.aspect in units.STATES and by.aspect != figure.aspect:
        return False  # other aspects are verbs, and are compared as words
    if (figure.low, figure.high) == (by.low, by.high):
        return figure.qualifier is by.qualifier or by.qualifier is Qualifier.EXACT
    return by.qualifier is not Qualifier.ABOUT and _is_looser(figure, by)


def _is_looser(figure: Quantity, by: Quantity) -> bool:
    """Whether a figure is a bound that another keeps."""
    if figure.qualifier is Qualifier.AT_LEAST:
        return by.low is not None and figure.low is not None and by.low >= figure.low
    if figure.qualifier is Qualifier.AT_MOST:
        return by.high is not None and figure.high is not None and by.high <= figure.high
    return False


def pieces(part: Part) -> list[Extent]:
    """The text in pieces with at most one figure each, cut before the conjunction or comma."""
    figures = sorted(part.figures(), key=lambda q: q.span.start)
    text, cuts = part.traits.text, [0]
    for one, following in pairwise(figures):
        between = [cut for cut in part.traits.cuts if one.span.end <= cut <= following.span.start]
        cuts.append(between[0] if between else one.span.end)
    cuts.append(len(text))
    return list(pairwise(cuts))


def piece_of(offset: int, among: Sequence[Extent]) -> Extent:
    """The piece in which an offset lies."""
    return next((p for p in among if p[0] <= offset < p[1]), among[-1])


def figure_in(piece: Extent, part: Part) -> Quantity | None:
    """The figure of a piece."""
    return next((q for q in part.figures() if piece[0] <= q.span.start < piece[1]), None)


def same_figure(start: int, at: int, said: Part, shown: Part) -> bool:
    """Whether a date of the quotation is that of the figure beside the sentence's own.

    Where that figure has no date of its own, any other may hold for it.
    """
    figure = figure_in(piece_of(start, pieces(said)), said)
    if figure is None:
        return True
    others = pieces(shown)
    own = [p for p in others if (q := figure_in(p, shown)) and is_implied(figure, q)]
    dated = [p for p in own if any(within(a, (p,)) for a, _, _ in shown.traits.dates)]
    return not dated or any(within(at, (p,)) for p in dated)
