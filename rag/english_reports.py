"""Rules for reporting verbs in English, Ukrainian and Russian; ids as in `german_reports`."""

from __future__ import annotations

from rag import english_clauses, phrases
from rag.drafts import HEADS, NOMINAL, Draft, Line, Run
from rag.english_clauses import Group, tag, text
from rag.english_objects import (
    content_end,
    draft,
    figure,
    infinitive,
    is_anaphoric,
    noun_phrase,
    prepositional_object,
)
from rag.schema import Form
from rag.tagging import VERBS, Tag

_AS = {"en": "as", "uk": "як", "ru": "как"}
_DASHES = ("–", "—", "-")
_REACH = 14  # tokens between a verb and the clause or quotation it takes


def reported(line: Line) -> list[Draft]:
    """The claims of a sentence that its reporting verbs make, in order of the rules."""
    drafts: list[Draft] = []
    for rule in (_as, _by_verb):
        for place in range(len(line.tokens)):
            if place not in line.used:
                drafts += rule(line, place)
    return drafts


def _by_verb(line: Line, place: int) -> list[Draft]:
    if line.tokens[place].tag not in VERBS:
        return []
    group = english_clauses.verb_group(line, place)
    if group is None:
        return []
    who = (
        english_clauses.agent(line, group)
        if group.passive
        else english_clauses.subject(line, group)
    )
    if who is not None and not (group.passive or group.dependent) and _is_empty(line, who, group):
        return []
    for rule in _RULES:
        found = rule(line, group, who)
        if found:
            line.used.update(range(group.first, place + 1))
            return found
    return []


def _is_empty(line: Line, run: Run, group: Group) -> bool:
    """Whether a subject names nobody; "it" may be an organisation: "it told parliament that"."""
    words = line.words.words
    if text(line, run[0]) == "it" and group.cue.lemma not in words["of_things"]:
        return "clause" not in group.cue.takes
    return run[1] - run[0] == 1 and text(line, run[0]) in line.words.words["empty_subject"]


def _edges(group: Group, who: Run | None) -> tuple[int, int]:
    """First and last token of the frame: the verb with the subject beside it."""
    if who is None or group.dependent:
        return group.first, group.place
    if who[0] > group.place:
        return group.first, who[1] - 1
    return who[0], group.place


def _quoted(line: Line, group: Group, who: Run | None) -> list[Draft]:
    if group.passive or "clause" not in group.cue.takes:
        return []
    first, last = _edges(group, who)
    found: list[Draft] = []
    left = first - 1
    while left >= 0 and (line.tokens[left].text in (",", *_DASHES) or tag(line, left) is Tag.ADV):
        left -= 1
    near = first - left <= 4 and tag(line, left) is Tag.QUOTE and left not in line.used
    if near and not group.dependent:
        found.append(_quote(line, "quote_left", group, who, left))
    right = _quote_after(line, last)
    if right is not None:
        found.append(_quote(line, "quote_right", group, who, right))
    return found


def _quote_after(line: Line, last: int) -> int | None:
    for k in range(last + 1, min(len(line.tokens), last + _REACH)):
        here = tag(line, k)
        if here is Tag.QUOTE:
            return k if k not in line.used else None
        if here in VERBS - {Tag.VING} or here in (Tag.SUB, Tag.REL):
            return None
    return None


def _quote(line: Line, rule: str, group: Group, who: Run | None, place: int) -> Draft:
    line.used.add(place)
    quoted = draft(line, rule, group, who, [line.quote_at(place)])
    quoted.form = Form.DIRECT
    return quoted


def _clause_left(line: Line, group: Group, who: Run | None) -> list[Draft]:
    """As in "The strike killed five, X said", and what goes on after the frame."""
    if who is None or group.passive or group.dependent or "bare" not in group.cue.takes:
        return []
    first, last = _edges(group, who)
    comma = first - 1
    if comma < 1 or line.tokens[comma].text not in (",", *_DASHES):
        return []
    if line.tokens[comma].text == "-" and line.language == "en":
        return []
    start = _clause_start(line, comma)
    if not any(tag(line, k) in (Tag.VFIN, Tag.VPP) for k in range(start, comma)):
        return []
    if _goes_on(line, last):
        return []
    content = [line.extent(start, comma)]
    if last + 1 < len(line.tokens) and line.tokens[last + 1].text == ",":
        end = content_end(line, last + 2)
        rest = line.extent(last + 2, end)
        if any(tag(line, k) in (Tag.VFIN, Tag.VPP) for k in range(last + 2, end)):
            content.append(rest)
    return [draft(line, "clause_left", group, who, content)]


def _goes_on(line: Line, last: int) -> bool:
    """Whether the content stands right of the frame: "When asked, X said it was late"."""
    following = last + 1
    complement = text(line, following) in line.words.words["complementisers"]
    for k in range(following, min(len(line.tokens), following + 10)):
        if line.tokens[k].text in ",;" or tag(line, k) is Tag.CONJ:
            break
        if tag(line, k) is Tag.VFIN:
            return True
    return complement


def _clause_start(line: Line, comma: int) -> int:
    start = next((k + 1 for k in range(comma - 1, -1, -1) if line.tokens[k].text in ":;"), 0)
    while start < comma and (start in line.used or tag(line, start) is Tag.PUNCT):
        start += 1
    return start


def _complement(line: Line, group: Group, who: Run | None) -> list[Draft]:
    """A clause with or without "that" after the verb, or what stands after a colon."""
    if "clause" not in group.cue.takes:
        return []
    _, last = _edges(group, who)
    start, rule = _complement_start(line, last + 1, group)
    if start < 0:
        return []
    content = line.extent(start, content_end(line, start))
    if content[1] - content[0] < 4:
        return []
    return [draft(line, rule, group, who, [content])]


def _complement_start(line: Line, place: int, group: Group) -> tuple[int, str]:
    """Where a reported clause begins, and the rule; -1 where none does."""
    complementisers = line.words.words["complementisers"]
    for k in range(place, min(len(line.tokens), place + _REACH)):
        token = line.tokens[k]
        if token.lower in complementisers and token.tag in (Tag.SUB, Tag.WH, Tag.REL, Tag.ADV):
            if token.lower in line.words.words["also_relative"] and tag(line, k - 1) in HEADS:
                break
            if group.cue.lemma in line.words.words["questions"]:
                break  # who asks asserts nothing
            if is_anaphoric(line, k):
                break  # "denied that on Tuesday"
            return k, "clause"
        if token.text == ":" and k + 1 < len(line.tokens):
            return k + 1, "colon"
        if k in line.used:
            continue
        if token.tag is Tag.VING and english_clauses.verb_group(line, k):
            break  # "denied the report, saying that": the clause is what the participle says
        if token.tag in (Tag.VFIN, Tag.SUB, Tag.REL, Tag.QUOTE) or token.text in ";—":
            break
    if line.language != "en" or "bare" not in group.cue.takes or group.passive:
        return -1, ""
    return _bare_start(line, place, group)


def _bare_start(line: Line, place: int, group: Group) -> tuple[int, str]:
    """The subject of a clause without "that": after adverbs, dates, places and persons told."""
    k = place
    while k < len(line.tokens):
        here = tag(line, k)
        if here in (Tag.ADV, Tag.REFL) or phrases.is_time(line, k) or line.tokens[k].text == ",":
            k += 1
        elif here is Tag.PREP and tag(line, k + 1) is not Tag.NUM:  # "said about 3,000 ..."
            k = max(k + 1, phrases.end_of_phrase(line, k + 1))
        else:
            break
    if group.cue.lemma in line.words.words["addressed"]:
        k = max(k, phrases.end_of_phrase(line, k))
    counted = tag(line, k + 1) is Tag.NUM and tag(line, k) is not Tag.CONJ
    if tag(line, k) not in NOMINAL | {Tag.PRON} and not counted:
        return -1, ""
    end = content_end(line, k)
    verb = next((m for m in range(k, end) if tag(line, m) in (Tag.VFIN, Tag.VPP)), None)
    blocked = verb is None or any(line.tokens[m].text in ",;" and m < k + 2 for m in range(k, verb))
    if blocked or any(tag(line, m) in (Tag.REL, Tag.SUB) for m in range(k, verb or k)):
        return -1, ""
    return k, "reported_clause"


_RULES = (
    _quoted,
    _clause_left,
    _complement,
    infinitive,
    figure,
    prepositional_object,
    noun_phrase,
)


def _as(line: Line, place: int) -> list[Draft]:
    """As in "as X said" before or after the content."""
    if text(line, place) != _AS.get(line.language) or tag(line, place - 1) not in (
        Tag.PUNCT,
        Tag.QUOTE,
    ):
        return []
    for k in range(place + 1, min(len(line.tokens), place + 14)):
        if line.tokens[k].text in ".;:":
            return []
        group = english_clauses.verb_group(line, k)
        if group is None or group.cue.takes == {"figure"}:
            continue
        left = english_clauses.subject_left(line, group.first) if group.first > place + 1 else None
        who = left if left and left[0] > place else english_clauses.subject_right(line, k)
        end = max(k, who[1] - 1 if who else k) + 1
        comma = next((m for m in range(end, len(line.tokens)) if line.tokens[m].text == ","), None)
        if who is None or (place == 0 and comma is None):
            return []
        if place == 0 and comma is not None:
            content = line.extent(comma + 1, line.end_of_words())
            end = comma
        else:
            content = line.extent(_clause_start(line, place), place)
        line.used.update(range(place, end))
        return [draft(line, "as", group, who, [content])]
    return []
