"""Prepositional attributions of Ukrainian and Russian: "за словами X", "со ссылкой на X"."""

from __future__ import annotations

import re

from rag import noun_phrase, slavic_clauses, slavic_phrases, slavic_sources
from rag.according_to import named
from rag.drafts import Draft, Extent, Line, Run
from rag.schema import Stance
from rag.slavic_clauses import is_bound, tag, text
from rag.slavic_phrases import phrase_at
from rag.tagging import Tag


def found(line: Line) -> list[Draft]:
    """The claims of "за словами X", "согласно X" and of "посилаючись на X" (the channel)."""
    drafts: list[Draft] = []
    for pattern in line.words.via:
        for match in pattern.finditer(line.masked):
            drafts += _phrased(line, match, "via", Stance.REPORTS)
    for phrase in line.words.prepositional:
        for match in phrase.pattern.finditer(line.masked):
            drafts += _phrased(line, match, "according_to", phrase.stance)
    return drafts


def _phrased(line: Line, match: re.Match[str], rule: str, stance: Stance) -> list[Draft]:
    first, last = line.run((line.start + match.start(), line.start + match.end()))
    if first >= last or line.is_used(first, last):
        return []
    own = named(line, match, "own") or named(line, match, "own2")
    phrase = None if own else phrase_at(line, last, _limit(line, last), governed=True)
    if own is None and (phrase is None or not _can_speak(line, phrase.run, rule)):
        return []
    run = own or (phrase.run if phrase else (last, last))
    end = last if own else run[1]
    if not own:
        end = _with_apposition(line, end)
    run = run if own else (run[0], end)
    line.used.update(range(first, end))
    line.framed.update(range(first, end))
    mentions = [line.extent(*part) for part in slavic_sources.sources(line, run)]
    cue = (line.tokens[first].start, line.tokens[last - 1].end)
    draft = Draft(rule, stance, _rest(line, (first, end)), sources=mentions, cue=cue)
    draft.frame = line.extent(first, end)
    return [draft]


def _limit(line: Line, place: int) -> int:
    return slavic_clauses.segment(line, place)[1] if place < len(line.tokens) else place


def _can_speak(line: Line, run: Run, rule: str) -> bool:
    """Whether a phrase names somebody: a law or a treaty that one cites says nothing."""
    words = [text(line, k) for k in range(*run)]
    if words[0].startswith(tuple(line.words.words["unspeaking"])):
        return False
    told = tuple(line.words.words["told_nouns"])  # whatever follows them is said to have spoken
    if rule == "according_to" and text(line, run[0] - 1).startswith(told):
        return True
    if any(tag(line, k) in (Tag.NAME, Tag.PRON) for k in range(*run)):
        return True
    kinds = (*slavic_phrases.VOICES, "statements")
    return any(noun_phrase.is_a(kind, word) for word in words for kind in kinds)


def _with_apposition(line: Line, end: int) -> int:
    """As in "по словам Пескова, пресс-секретаря президента, ...": over a verbless apposition."""
    if text(line, end) != "," or end + 1 >= len(line.tokens):
        return end
    after = phrase_at(line, end + 1, _limit(line, end + 1))
    if (
        after is None
        or not slavic_phrases.is_post(text(line, after.first))
        or "g" not in after.cases
    ):
        return end
    return after.last if text(line, after.last) in (",", ".", ")") else end


def _rest(line: Line, frame: Run) -> list[Extent]:
    """The sentence without the frame: the parts left and right of it up to a semicolon."""
    low, high = 0, line.end_of_words()
    relative = slavic_clauses.relative_before(line, frame[0])
    if relative >= 0 and text(line, frame[1]) == ",":
        end = slavic_clauses.segment(line, frame[1] + 1)[1]
        return [line.extent(relative, frame[0]), line.extent(frame[1] + 1, end)]
    for k in range(frame[0] - 1, -1, -1):
        if text(line, k) == ";" or (text(line, k) == ":" and is_bound(line, k)):
            low = k + 1
            break
    for k in range(frame[1], high):
        if text(line, k) == ";":
            high = k
            break
    parts = [line.extent(low, frame[0]), line.extent(frame[1], high)]
    return [part for part in parts if part[1] - part[0] > 2]
