"""Whether one quotation bears a sentence out: part by part, with a reason for each that it lacks.

Everything that the sentence states must be stated by the quotation: names in the same roles,
figures that are equal or implied, dates, words by stem, word field or translation; and its clauses
must hold just as far: negations, doubt, plans, conditions, "most" and "only" are neither dropped
nor added. It errs on the side of refusing.
"""

from __future__ import annotations

from rag.clause_force import clauses_met
from rag.comparison import Matches, Part, is_implied, overlaps, same_figure
from rag.figure_binding import binding_met
from rag.roles import roles_met
from rag.word_fields import Translator


def lacking(said: Part, shown: Part, translator: Translator) -> tuple[str, ...]:
    """The reasons why `shown` does not bear out `said`; none where it does."""
    matches = Matches(said, shown, translator)
    found: list[str] = []
    found += ["name"] * (not _names_met(said, shown))
    found += ["figure"] * (not _figures_met(said, shown))
    found += ["number"] * (not _numbers_met(said, shown))
    found += ["date"] * (not _dates_met(said, shown))
    found += ["words"] * (not all(matches.of(w) for w in said.words()))
    found += ["holds"] * (not clauses_met(said, shown, matches))
    found += ["binding"] * ("figure" not in found and not binding_met(said, shown, matches))
    found += ["role"] * (not roles_met(said, shown, matches))
    return tuple(found)


def _names_met(said: Part, shown: Part) -> bool:
    """Every name is named; "North Korean troops" also where these words stand apart."""
    held = {n.key for n in shown.names()}
    kinds = frozenset().union(*(w.fields for w in shown.words()))
    return all(
        n.key in held or (n.people in held and bool(n.fields) and n.fields <= kinds)
        for n in said.own_names()
    )


def _figures_met(said: Part, shown: Part) -> bool:
    return all(
        any(is_implied(figure, other) for other in shown.figures()) for figure in said.figures()
    )


def _numbers_met(said: Part, shown: Part) -> bool:
    held = {digits for start, _, digits in shown.traits.numbers if shown.holds(start)}
    return all(digits in held for start, _, digits in said.traits.numbers if said.holds(start))


def _covers(value: str | None, other: str | None) -> bool:
    """Whether a date is another or its month or year."""
    return value is not None and other is not None and f"{other}-".startswith(f"{value}-")


def _dates_met(said: Part, shown: Part) -> bool:
    """Every date stands in the quotation, in a clause that holds as far and tells the same."""
    shown_dates = [(a, v) for a, _, v in shown.traits.dates if shown.holds(a)]
    for start, _, value in said.traits.dates:
        if not said.holds(start):
            continue
        places = [at for at, other in shown_dates if _covers(value, other)]
        known = any(_covers(value, other) for other in shown.dates)
        if not known and not places:
            return False
        if places and not any(_beside(start, at, said, shown) for at in places):
            return False
    return True


def _beside(start: int, at: int, said: Part, shown: Part) -> bool:
    """Whether two dates stand in clauses that hold equally far and beside the same figure."""
    mine = said.traits.clauses[said.traits.clause_at(start)]
    other = shown.traits.clauses[shown.traits.clause_at(at)]
    if mine.operators != other.operators and not overlaps(mine, said.guarded):
        return False
    apart = overlaps(mine, said.guarded) != overlaps(other, shown.guarded)
    if apart and shown.guarded and not shown.loose:
        return False  # the day on which it was said is not the day on which it happened
    return same_figure(start, at, said, shown)
