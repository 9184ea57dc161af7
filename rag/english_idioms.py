"""English phrases that report as a verb does: "put it to her that", "pleaded not guilty to".

The phrases stand in the table `idioms` of the cues. Rule ids: idiom (what stands behind it),
hearing ("a court heard", "jurors were told": what is said before a court, by nobody named).
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from rag import english_clauses, english_verbs, lexicon, phrases
from rag.drafts import HEADS, Draft, Line, Run
from rag.english_contents import content_end, mentions, object_end
from rag.english_subjects import subject_left, tag, text
from rag.schema import Stance
from rag.tagging import VERBS, Tag

_LEAST = 3  # characters of a content


class Idiom(NamedTuple):
    """A phrase that reports, its stance, and whether a clause, a noun phrase or both follow."""

    pattern: re.Pattern[str]
    stance: Stance
    takes: str


@cache
def _idioms() -> tuple[Idiom, ...]:
    return tuple(
        Idiom(re.compile(row["pattern"], re.IGNORECASE), Stance(row["stance"]), row["takes"])
        for row in lexicon.load("cues", "en")["idioms"]
    )


@cache
def _hearing() -> re.Pattern[str]:
    return re.compile(lexicon.load("cues", "en")["hearing"]["pattern"], re.IGNORECASE)


def found(line: Line) -> list[Draft]:
    """The claims of a sentence that its idioms make."""
    drafts: list[Draft] = []
    for idiom in _idioms():
        for match in idiom.pattern.finditer(line.masked):
            first, last = line.run((line.start + match.start(), line.start + match.end()))
            if first < last and not line.is_used(first, last):
                drafts += _reported(line, idiom, (first, last))
    return drafts + _heard(line)


def matches(text: str) -> bool:
    """Whether a phrase occurs, so that the sentence is worth tagging."""
    return bool(_hearing().search(text)) or any(one.pattern.search(text) for one in _idioms())


def _reported(line: Line, idiom: Idiom, run: Run) -> list[Draft]:
    first, last = run
    auxiliary = english_verbs.first_auxiliary(line, first)
    clause = text(line, last) == "that"
    if idiom.takes == "clause" and not clause:
        return []
    whole = clause or idiom.stance is Stance.EXPECTS  # "expects delays until Sunday"
    end = content_end(line, last) if whole else object_end(line, last)
    content = line.extent(last, end)
    if content[1] - content[0] < _LEAST:
        return []
    who = None
    if idiom.takes != "unsourced":
        who = subject_left(line, auxiliary) or english_clauses.main_subject(line, auxiliary)
        if who is None or text(line, who[0]) in line.words.words["empty_subject"] - {"it"}:
            return []
    line.used.update(range(auxiliary, last))
    cue = line.extent(first, last)
    return [Draft("idiom", idiom.stance, [content], sources=mentions(line, who), cue=cue)]


def _heard(line: Line) -> list[Draft]:
    """As in "The court heard that she had fled", "He spent the money on falcons, a jury hears"."""
    match = _hearing().search(line.masked)
    if match is None:
        return []
    first, last = line.run((line.start + match.start(), line.start + match.end()))
    if first >= last or line.is_used(first, last):
        return []
    after = last
    while tag(line, after) in (Tag.ADV, Tag.PREP) or phrases.is_time(line, after):
        if tag(line, after) is Tag.PREP and not phrases.is_time(line, after + 1):
            break
        after += 1
    end = line.end_of_words()
    if after >= end and first > 1 and line.tokens[first - 1].text == ",":
        content = line.extent(0, first - 1)
    elif text(line, after) in ("that", "how") or _is_clause(line, after, end):
        content = line.extent(after, content_end(line, after))
    else:
        return []
    line.used.update(range(first, last))
    return [Draft("hearing", Stance.CLAIMS, [content], cue=line.extent(first, last))]


def _is_clause(line: Line, place: int, end: int) -> bool:
    """Whether a subject with its verb stands here: "the court heard she had fled"."""
    nominal = tag(line, place) in HEADS | {Tag.PRON, Tag.DET}
    return nominal and any(tag(line, k) in VERBS - {Tag.VING} for k in range(place, end))
