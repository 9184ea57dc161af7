"""German sentences in Konjunktiv that report on, or behind a verb that no table knows.

Rule ids: reported_continued (a sentence in Konjunktiv after an attribution), mood (Konjunktiv
beside somebody who can speak), colon.
"""

from __future__ import annotations

from itertools import pairwise

from rag import german_subjects, phrases
from rag.continuations import can_speak, is_final, subject
from rag.drafts import NOMINAL, Draft, Line
from rag.schema import Form, Stance
from rag.tagging import Tag, Token

_DEPENDENT = frozenset({Tag.SUB, Tag.REL, Tag.WH, Tag.UM, Tag.VFIN, Tag.CONJ})
_CONDITIONAL = frozenset({"würde", "würden", "könnte", "könnten", "sollte", "sollten"})
_ADVERBIAL = frozenset({"wenn", "als", "ob", "dass"})


def reported_mood(line: Line, follows_claim: bool) -> list[Draft]:
    """A German sentence in Konjunktiv that goes on reporting; Konjunktiv II only right after."""
    finite = [t for t in line.tokens if t.tag is Tag.VFIN]
    first = line.tokens[0].lower if line.tokens else ""
    apposed = first == "als" and line.tokens[0].tag is not Tag.SUB  # "Als letzte falle Gornal"
    if not finite or (first in _ADVERBIAL and not apposed and not _behind_comma(line)):
        return []
    named = _named_before_colon(line) or _told_behind(line)
    if named is not None:
        return [named]
    main = next(
        (k for k, t in enumerate(line.tokens) if t.tag is Tag.VFIN and not is_final(line, k)), None
    )
    if main is not None and not line.tokens[main].mood:
        return _unknown_verb(line, main)
    reported = any(t.mood == "k1" for t in finite) and " denn" not in line.masked
    unreal = follows_claim and all(t.mood for t in finite) and _is_unreal(line, finite)
    if not reported and not unreal:
        return []
    line.used.update(k for k, t in enumerate(line.tokens) if t.tag is Tag.QUOTE)
    content = [line.extent(0, len(line.tokens))]
    return [Draft("reported_continued", Stance.ASSERTS, content, Form.FREE, carried=True)]


def _behind_comma(line: Line) -> bool:
    """As in "Wenn es so sei, müsse man handeln": Konjunktiv I opens the main clause."""
    return any(
        before.text == "," and token.tag is Tag.VFIN and token.mood == "k1"
        for before, token in pairwise(line.tokens)
    )


def _named_before_colon(line: Line) -> Draft | None:
    """As in "Nun erhöhte Pat Ryder: Es seien 300": whoever is named right before the colon."""
    colon = next((k for k, t in enumerate(line.tokens) if t.text == ":"), None)
    if colon is None or line.tokens[colon - 1].tag is not Tag.NAME:
        return None
    reported = any(t.mood == "k1" for t in line.tokens[colon:])
    told = any(t.mood for t in line.tokens[:colon])
    first = colon
    while first > 0 and line.tokens[first - 1].tag in NOMINAL:
        first -= 1
    while first < colon and line.tokens[first].tag in (Tag.OTHER, Tag.ADJ):
        first += 1  # a verb the tagger does not know
    if not reported or told or (first > 0 and line.tokens[first - 1].tag is Tag.PREP):
        return None
    content = [line.extent(colon + 1, line.end_of_words())]
    return Draft("colon", Stance.ASSERTS, content, sources=[line.extent(first, colon)])


def _told_behind(line: Line) -> Draft | None:
    """As in "Die Auflagen seien falsch, wetterte X": any verb before somebody who can speak."""
    opening = line.tokens[0]
    if opening.tag in (Tag.VFIN, Tag.SUB):
        return None  # "Würde es genutzt, bekäme X ...": a condition
    for k in range(2, line.end_of_words() - 2):
        verb = line.tokens[k + 1]
        if line.tokens[k].text != "," or verb.tag is not Tag.VFIN or verb.mood:
            continue
        who = german_subjects.nominative_after(line, k + 1)
        told = any(t.mood for t in line.tokens[:k])
        if told and who and who[0] == k + 2 and german_subjects.is_voice(line, who):
            parts = [line.extent(*part) for part in phrases.sources(line, who)]
            content, cue = [line.extent(0, k)], (verb.start, verb.end)
            return Draft("mood", Stance.ASSERTS, content, sources=parts, cue=cue)
    return None


def _unknown_verb(line: Line, main: int) -> list[Draft]:
    """As in "X schloss sich an: Das sei falsch": Konjunktiv I after any verb."""
    who = subject(line, main)
    for k in range(main + 1, len(line.tokens) - 2):
        colon = line.tokens[k].text == ":"
        opening = line.tokens[k + 1].tag
        if not (colon or line.tokens[k].text == ",") or (
            opening in _DEPENDENT and not (colon and opening is Tag.CONJ)
        ):
            continue
        if line.tokens[k].text == "," and any(t.text == ":" for t in line.tokens[k:]):
            continue
        verb = next(
            (m for m in range(k + 1, len(line.tokens)) if line.tokens[m].tag is Tag.VFIN), None
        )
        if verb is None or who is None or not can_speak(line, who):
            return []
        relative = verb >= line.end_of_words() - 1 and verb - k > 3
        told = line.tokens[k].text == ":" and line.tokens[verb].lower not in _CONDITIONAL
        reported = line.tokens[verb].mood == "k1" or (line.tokens[verb].mood and told)
        if reported and not is_final(line, verb) and not relative:
            content = [line.extent(k + 1, line.end_of_words())]
            return [Draft("mood", Stance.ASSERTS, content, Form.INDIRECT, [who])]
    return []


def _is_unreal(line: Line, finite: list[Token]) -> bool:
    """Konjunktiv II that stands for Konjunktiv I, rather than for a possibility or a past."""
    return all(t.lower in line.words.words["unreal"] for t in finite)
