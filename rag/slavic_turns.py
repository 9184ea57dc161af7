"""Turns of dialogue in Ukrainian and Russian: a paragraph that a dash opens is what one says.

The frame stands between dashes within it ("— А. Б, — сказал X. — В."), or before it, or nowhere.
Rule id: speech_continued (the sentences of a turn that hold no frame).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag import slavic_forms, slavic_quotations
from rag.drafts import Draft, Line
from rag.quotations import Quotation
from rag.schema import Form, Stance

_TURN = re.compile(r"^[–—]\s+(?=\S)(?P<speech>.+)$", re.MULTILINE)
_FULL = (".", "!", "?", "…")
_RULE = "speech_continued"
_LEAST = 2  # characters of a sentence of speech


@dataclass(frozen=True, slots=True)
class Turn:
    """What is said between two frames."""

    start: int
    end: int


def find(text: str, language: str) -> tuple[Turn, ...]:
    """The stretches of speech of the paragraphs that a dash opens, in order.

    The items of a list, which a dash opens too, are none: they have no frame, and follow another.
    """
    if language not in slavic_forms.SLAVIC:
        return ()
    found: list[Turn] = []
    stop = -1
    for match in _TURN.finditer(text):
        whole = Quotation(match.start("speech"), match.end(), True)
        parts = slavic_quotations.opened(text, (whole,), language)
        framed = parts != (whole,)
        follows = not text[max(0, stop) : match.start()].strip() if stop >= 0 else False
        if framed or (not follows and text[: match.end()].rstrip().endswith(_FULL)):
            found += [Turn(p.start, p.end) for p in parts]
        stop = match.end()
    return tuple(found)


def spoken(line: Line, turns: Sequence[Turn]) -> list[Draft]:
    """The claim of a sentence that is speech from its first word to its last."""
    start = line.start + len(line.text[line.start : line.end]) - len(_bare(line))
    for turn in turns:
        if turn.start <= start and line.end <= turn.end and line.end - start >= _LEAST:
            content = [(start, line.end)]
            return [Draft(_RULE, Stance.ASSERTS, content, Form.DIRECT, carried=True)]
    return []


def _bare(line: Line) -> str:
    """The words of a sentence without the dash that opens them."""
    return line.text[line.start : line.end].lstrip("–— \u00a0")


def outside(drafts: list[Draft], turns: Sequence[Turn]) -> list[Draft]:
    """The drafts whose verb stands in no speech: what X says that Y said is X's.

    What they hold is direct speech where it stands within a turn.
    """
    for draft in drafts:
        if any(t.start <= draft.content[0][0] < t.end for t in turns if draft.content):
            draft.form = Form.DIRECT
    return [
        draft
        for draft in drafts
        if draft.cue is None
        or not any(turn.start <= draft.cue[0] and draft.cue[1] <= turn.end for turn in turns)
    ]


def chained(quotes: tuple[Quotation, ...], turns: Sequence[Turn]) -> tuple[Quotation, ...]:
    """The quotations and turns in order, without the quotations within a turn."""
    outer = [
        quote
        for quote in quotes
        if not any(turn.start <= quote.start and quote.end <= turn.end for turn in turns)
    ]
    spoken_ = [Quotation(turn.start, turn.end, True) for turn in turns]
    return tuple(sorted((*outer, *spoken_), key=lambda quote: quote.start))
