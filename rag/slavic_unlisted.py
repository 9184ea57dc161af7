"""Verbs of Ukrainian and Russian that no table lists: «...», — усміхнувся X; X бідкається, що."""

from __future__ import annotations

from rag import slavic_clauses, slavic_phrases, slavic_subjects
from rag.cues import Cue
from rag.drafts import HEADS, Line
from rag.schema import Stance
from rag.slavic_clauses import Group, has_verb, tag, text
from rag.tagging import Tag

_ANY = Cue("", Stance.ASSERTS, frozenset({"clause", "bare"}), frozenset())
_NOUN_CUE = Cue("", Stance.ASSERTS, frozenset({"clause"}), frozenset())
_NEAR = 5  # tokens between an unlisted verb and its clause
_DASHES = frozenset({"–", "—", "-"})
_DEPENDENT = frozenset({Tag.SUB, Tag.REL, Tag.WH, Tag.VING})
_NAMED = frozenset({Tag.NAME, Tag.PRON})


def any_verb(line: Line, place: int, first: int) -> Group | None:
    """As in «...», — усміхнувся X: behind a quotation and a dash every verb reports.

    So does a verb with its speaker right behind it that parts or ends another clause: "Дорогу,
    тлумачить інженер, не посипали".
    """
    if tag(line, place) is not Tag.VFIN or text(line, place) in line.words.words["became"]:
        return None
    spoken = tag(line, first - 2) is Tag.QUOTE or tag(line, first - 3) is Tag.QUOTE
    spoken = (spoken or text(line, 0) in _DASHES) and text(line, first - 1) in _DASHES
    loose = (Tag.ADV, Tag.PRON, Tag.VPP)  # "захоплено описує"
    opens = first > 1 and all(tag(line, k) in loose for k in range(first, place))
    told = (spoken and opens) or is_told_beside(line, place, first)
    return Group(_ANY, place, slavic_subjects.past_form(line, place)) if told else None


def is_told_beside(line: Line, place: int, first: int) -> bool:
    """Whether an unlisted verb and its speaker, nothing else, stand between or behind commas."""
    last = slavic_clauses.segment(line, place)[1]
    if place != first or text(line, first - 1) != ",":
        return False
    parted = text(line, last) == "," and resumes(line, last)
    closing = has_verb(line, 0, first - 1) and tag(line, place + 1) is Tag.PRON
    if not (parted or closing):
        return False  # "прийшли родини, грав оркестр"
    if text(line, place).startswith(tuple(line.words.words["inner"])):
        return False
    left = slavic_clauses.segment(line, first - 2)[0]
    if left in line.framed or any(tag(line, k) in _DEPENDENT for k in (0, left)):
        return False  # "Коли він прийшов, почалася нарада"
    form = slavic_subjects.past_form(line, place)
    who = slavic_subjects.behind(line, place, last, form)
    named = [p for p in who if p.first == place + 1 and (p.headed or tag(line, p.first) in _NAMED)]
    return bool(named) and all(tag(line, k) is Tag.ADV for k in range(named[0].last, last))


def resumes(line: Line, last: int) -> bool:
    """Whether the content goes on with a verb behind an inserted frame."""
    if text(line, last) != "," or last + 1 >= len(line.tokens):
        return False
    if slavic_subjects.behind(line, slavic_clauses.segment(line, last - 1)[0], last, ""):
        return True
    if tag(line, last + 1) in (Tag.REL, Tag.SUB, Tag.VING):
        return False
    return has_verb(line, last + 1, slavic_clauses.segment(line, last + 1)[1])


def before_quote(line: Line, place: int) -> Group | None:
    """As in "X шепчет: «...»": before a colon and a quotation every verb reports."""
    if tag(line, place) is not Tag.VFIN:
        return None
    first, last = slavic_clauses.segment(line, place)
    if text(line, last) != ":" or tag(line, last + 1) is not Tag.QUOTE or first - 2 in line.framed:
        return None
    form = slavic_subjects.past_form(line, place)
    run = slavic_subjects.subject_of(line, place, form)
    phrase = slavic_phrases.phrase_at(line, *run) if run else None
    return Group(_NOUN_CUE, place, form) if phrase is not None and phrase.headed else None


def with_clause(line: Line, place: int) -> Group | None:
    """As in "X бідкається, що": an unlisted verb with a speaker and a clause, no inner state."""
    _, last = slavic_clauses.segment(line, place)
    words = line.words.words
    opens = text(line, last) == "," and text(line, last + 1) in words["complementisers"]
    if tag(line, place) is not Tag.VFIN or not opens or text(line, last + 1) not in words["that"]:
        return None
    if text(line, place).startswith(tuple(words["inner"])) or last - place > _NEAR:
        return None
    if any(tag(line, k) is Tag.VFIN for k in range(last + 2, last + 4)):
        return None  # ", что привело к": what happened, not what was said
    run = slavic_subjects.subject_of(line, place, slavic_subjects.past_form(line, place))
    if run is None or not slavic_phrases.is_voice(line, *run) or run[1] > last:
        return None
    if tag(line, last - 1) in HEADS and not run[0] <= last - 1 < run[1]:
        return None  # "заметили цель, что летела": a relative clause
    return Group(_NOUN_CUE, place, slavic_subjects.past_form(line, place) or "s")
