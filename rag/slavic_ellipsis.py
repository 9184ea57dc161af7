"""Ukrainian and Russian clauses that leave out the verb of the one before: "X обещал А, Y — Б"."""

from __future__ import annotations

from dataclasses import replace

from rag import slavic_sources
from rag.drafts import Draft, Line
from rag.slavic_clauses import tag, text
from rag.slavic_contents import gapped_at
from rag.tagging import Tag

_RULES = frozenset({"object", "infinitive", "prepositional_object", "figure", "clause", "naming"})
_STOPS = frozenset({",", ";"})


def gapped(line: Line, told: list[Draft]) -> list[Draft]:
    """The claims of those who stand before a dash, with the verb of the one before.

    As in "Остин анонсировал пакет помощи, Писториус — поставку ракет, а Хили пообещал дроны".
    """
    found: list[Draft] = []
    for draft in told:
        if draft.rule not in _RULES or not draft.sources or not draft.content:
            continue
        _, end = line.run(draft.content[-1])
        while (made := _next(line, draft, end)) is not None:
            found.append(made)
            _, end = line.run(made.content[-1])
    return found


def _next(line: Line, draft: Draft, end: int) -> Draft | None:
    """The claim that opens at a comma or a semicolon, with a speaker and a dash."""
    phrase = gapped_at(line, end)
    if phrase is None:
        return None
    start, stop = phrase.last + 1, phrase.last + 1
    while stop < line.end_of_words() and text(line, stop) not in _STOPS:
        if tag(line, stop) is Tag.VFIN:
            return None
        stop += 1
    content = line.extent(start + (tag(line, start) is Tag.PREP), stop)
    who = [line.extent(*run) for run in slavic_sources.sources(line, phrase.run)]
    return replace(draft, content=[content], sources=who, via=[]) if stop > start else None
