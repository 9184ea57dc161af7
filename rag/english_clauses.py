"""Who speaks in an English clause: the subject of a reporting verb, left or right of it.

A participle (", saying") shares the subject of the main clause; a passive names its agent.
"""

from __future__ import annotations

from rag import noun_phrase, phrases
from rag.drafts import NOMINAL, Line, Run
from rag.english_subjects import subject_left, tag, text
from rag.english_verbs import Group, first_auxiliary, known_verb
from rag.tagging import Tag

_NAMES = NOMINAL | {Tag.POSS, Tag.PRON}


def subject(line: Line, group: Group) -> Run | None:
    """The tokens of the subject: left of the verb, or right of it in "said X"."""
    if group.dependent:
        return main_subject(line, group.place)
    left = subject_left(line, group.first)
    if left is not None:
        if _is_paper(line, left) and text(line, group.first - 1) in ("that", "which"):
            return main_subject(line, left[0]) or left  # "released a statement that called ..."
        pointed = tag(line, left[0]) is Tag.PRON and text(line, left[0] - 1) == "what"
        main = main_subject(line, left[0]) if pointed else None
        if main is not None and text(line, main[0]) in line.words.words["empty_subject"]:
            main = None
        return main or left  # "what it called"
    if _is_inverted(line, group) and (found := subject_right(line, group.place)):
        return found
    before = group.first - 1
    while tag(line, before) in (Tag.ADV, Tag.NEG):
        before -= 1
    shared = tag(line, before) is Tag.CONJ or text(line, before) == ","
    return main_subject(line, group.first) if shared else None


def _is_paper(line: Line, run: Run) -> bool:
    """Whether somebody's statement is meant: "a statement", "a letter"."""
    new = text(line, run[0]) in ("a", "an")
    return new and text(line, run[1] - 1) in line.words.words["says_itself"]


def _is_inverted(line: Line, group: Group) -> bool:
    before = group.first - 1
    opens = tag(line, before) in (Tag.PUNCT, Tag.QUOTE) or before < 0
    if group.cue.lemma in line.words.words["addressed"] and tag(line, before) is not Tag.QUOTE:
        # "told parliament": who follows is whom it was told; not in "it is open, promised X."
        end = phrases.end_of_phrase(line, group.place + 1)
        return text(line, before) == "," and end >= line.end_of_words()
    return opens and tag(line, group.place + 1) in _NAMES


def subject_right(line: Line, place: int) -> Run | None:
    """The phrase right after a verb: "said the minister"; adverbs are passed over."""
    first = place + 1
    while tag(line, first) is Tag.ADV:
        first += 1
    if tag(line, first) not in _NAMES or text(line, first) in line.words.words["not_subject"]:
        return None
    end = phrases.end_of_phrase(line, first)
    return (first, end) if end > first else None


def main_subject(line: Line, place: int) -> Run | None:
    """The subject of the nearest reporting verb to the left, else of the nearest main verb."""
    opened = max((k for k in range(place) if line.tokens[k].text == ";"), default=-1)
    verbs = [k for k in range(place - 1, opened, -1) if tag(line, k) in (Tag.VFIN, Tag.VPP)]
    found = {k: subject_left(line, first_auxiliary(line, k)) for k in verbs}
    reporting = [k for k in verbs if known_verb(line, k) and k not in line.framed]
    main = [k for k in verbs if _is_main(line, found[k])]
    for k in (*(k for k in reporting if k in main), *reporting, *main, *reversed(verbs)):
        who = found[k]
        if who is not None:
            return who
        inverted = subject_right(line, k) if k in reporting else None
        if inverted:
            return inverted
    return None


def _is_main(line: Line, run: Run | None) -> bool:
    """Whether a subject opens a main clause: no conjunction stands before it."""
    if run is None or text(line, run[0]) in line.words.words["empty_subject"]:
        return False
    before = run[0] - 1
    return before < 0 or tag(line, before) not in (Tag.SUB, Tag.WH, Tag.REL)


def agent(line: Line, group: Group) -> Run | None:
    """Who is said to act in a passive: "by X"."""
    for k in range(group.place + 1, min(len(line.tokens), group.place + 4)):
        if text(line, k) in line.words.words["agents"] and tag(line, k + 1) in _NAMES:
            end = phrases.end_of_phrase(line, k + 1)
            return (k + 1, end) if end > k + 1 else None
    return _published_in(line, group.place + 1)


def _published_in(line: Line, place: int) -> Run | None:
    """As in "It was reported in the Italian press that": where it stood."""
    end = phrases.end_of_phrase(line, place + 1)
    if text(line, place) != "in" or end <= place + 1:
        return None
    kinds = ("voices", "organisations", "anonymous")
    media = any(noun_phrase.is_a(kind, text(line, end - 1)) for kind in kinds)
    return (place + 1, end) if media else None
