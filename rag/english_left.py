"""English content left of its frame: "The strike killed five, X said", and what goes on behind."""

from __future__ import annotations

from rag import english_verbs, phrases
from rag.drafts import NOMINAL, Draft, Line, Run
from rag.english_contents import content_end, draft
from rag.english_frames import after_adjuncts, begins_number, edges, goes_on
from rag.english_subjects import subject_left, tag, text
from rag.english_verbs import Group
from rag.schema import Stance
from rag.tagging import VERBS, Tag

_MARKS = (",", "–", "—")
_FINITE = (Tag.VFIN, Tag.VPP)
_DEPENDENT = VERBS | {Tag.SUB}  # what opens a clause that only leads to the frame
_ORDER = ("later", "earlier", "before", "after", "ago")  # "a day later"


def clause_left(line: Line, group: Group, who: Run | None) -> list[Draft]:
    """As in "The strike killed five, X said", "The attack, X said, began at dawn"."""
    unsaid = group.dependent or "bare" not in group.cue.takes
    if unsaid or (who is None and not group.passive):
        return []
    first, last = edges(line, group, who)
    if group.passive:
        first = first - 1 if text(line, first - 1) == "it" else len(line.tokens)
    comma = first - 1
    outside = comma < 1 or comma >= len(line.tokens)
    if outside or not _closes(line, comma) or _governs(line, group, last + 1):
        return []
    start = clause_start(line, comma)
    after = after_adjuncts(line, group, last)
    timed = _is_when(line, start, comma) and not _rest(line, after, complete=False)
    if start >= comma or timed or goes_on(line, group, last + 1, after):
        return []
    single = not any(line.tokens[k].text == "," for k in range(start, comma))
    counted = begins_number(line, start)  # "As many as 200 men died, X said"
    conditional = single and text(line, start) in line.words.words["conditional"] and not counted
    if tag(line, start) in _DEPENDENT and single and not (conditional or counted):
        return []  # "Asked whether he would go, X said"
    finite = _has_main_verb(line, start, comma)
    rest = _rest(line, after, complete=finite and not conditional)
    alone = conditional and tag(line, start) in _DEPENDENT
    whole = line.headline or _is_phrase(line, start, comma)
    if not rest and (alone or not (finite or whole)):
        return []
    content = [line.extent(start, comma)]
    if rest:
        line.used.update(range(*rest))
        content.append(line.extent(*rest))
    return [draft(line, "clause_left", group, who, content)]


def _governs(line: Line, group: Group, place: int) -> bool:
    """As in "it was nine million, Washington speaks of six": the verb has its object behind it."""
    governed = text(line, place) in group.cue.prepositions - {"on"}
    return governed and not phrases.is_time(line, place + 1)


def _compares(line: Line, place: int) -> bool:
    """As in "no fewer than 14,999": what stands before a number."""
    return text(line, place) == "than" and tag(line, place + 1) is Tag.NUM


def _has_main_verb(line: Line, start: int, end: int) -> bool:
    """Whether words are a clause: behind a preposition only a verb beyond its relative clauses."""
    verbs = sum(tag(line, k) in (*_FINITE, Tag.QUOTE) for k in range(start, end))
    if tag(line, start) is not Tag.PREP:
        return verbs > 0
    return verbs > sum(tag(line, k) in (Tag.REL, Tag.WH, Tag.SUB) for k in range(start, end))


def _is_when(line: Line, start: int, end: int) -> bool:
    """As in "A day later, on 13 March 2025, X announced the": only tells when."""
    timed = [phrases.is_time(line, k) or text(line, k) in _ORDER for k in range(start, end)]
    plain = (Tag.DET, Tag.NUM, Tag.ADV, Tag.PREP, Tag.PUNCT, Tag.ADJ)
    loose = all(told or tag(line, k) in plain for k, told in enumerate(timed, start))
    return loose and any(timed)


def _closes(line: Line, place: int) -> bool:
    mark = line.tokens[place].text
    return mark in _MARKS or tag(line, place) is Tag.QUOTE or (mark == "-" and line.headline)


def _is_phrase(line: Line, start: int, end: int) -> bool:
    """Whether words without a verb can be what was said: "No change, X said"."""
    return end - start > 2 and tag(line, start) in NOMINAL


def clause_start(line: Line, comma: int) -> int:
    """Where the clause left of a frame begins: after a colon, or after another frame."""
    start = next((k + 1 for k in range(comma - 1, -1, -1) if line.tokens[k].text in ":;"), 0)
    taken = next((k + 1 for k in range(comma - 1, start, -1) if k in line.used), start)
    start = max(start, taken)
    loose = (Tag.PUNCT, Tag.CONJ) if taken else (Tag.PUNCT,)
    while start < comma and tag(line, start) in loose:
        start += 1
    return start


def _rest(line: Line, after: int, *, complete: bool) -> Run | None:
    """What goes on after a frame: the rest of the clause, or one that "and" joins to it."""
    if after >= len(line.tokens) or line.tokens[after].text not in _MARKS:
        return None
    start = after + 1
    while tag(line, start) in (Tag.ADV, Tag.NEG) or _compares(line, start):
        start += 1
    here, word = tag(line, start), text(line, start)
    frame = complete and english_verbs.verb_group(line, start) is not None
    adverbial = complete and here is Tag.PREP  # ", after talks": when it was said
    if here in (Tag.VFIN, Tag.TO, Tag.PREP) and not (frame or adverbial):
        end = content_end(line, start)
        return (after + 1, end) if end > start + 1 else None
    joined = here is Tag.CONJ or word in line.words.words["reasons"]
    joined = joined or (not complete and here in NOMINAL | {Tag.PRON})  # "Under the deal, X say, Y"
    end = content_end(line, start + 1) if joined else start
    spoken = any(tag(line, k) is Tag.VFIN for k in range(start, end))
    return (after + 1, end) if joined and spoken else None


def announced(line: Line, drafts: list[Draft]) -> list[Draft]:
    """As in "Peskov became more concrete: Kyiv had to leave": what somebody named said then.

    The tense shifted back ("had", "would") is to English what the Konjunktiv is to German.
    """
    colon = next((k for k, token in enumerate(line.tokens) if token.text == ":"), 0)
    verb = next((k for k in range(colon) if tag(line, k) is Tag.VFIN), -1)
    behind = range(colon + 1, len(line.tokens))
    told = verb > 0 and line.tokens[verb].lemma in line.words.words["announcing"]
    if not told or verb in line.used or not any(text(line, k) in ("had", "would") for k in behind):
        return []
    who = subject_left(line, verb)
    opened = line.tokens[colon].start
    outside = any(d.cue and d.cue[0] < opened for d in drafts)
    if who is None or outside or tag(line, who[1] - 1) is not Tag.NAME:
        return []
    token, content = line.tokens[verb], line.extent(colon + 1, line.end_of_words())
    cue, parts = (token.start, token.end), phrases.sources(line, who)
    sources = [line.extent(*part) for part in parts]
    return [Draft("colon", Stance.ASSERTS, [content], sources=sources, cue=cue)]
