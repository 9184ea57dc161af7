"""Contents without a clause of their own: "threatened to", "called for NP", "denied NP"."""

from __future__ import annotations

from rag import english_frames, phrases
from rag.drafts import HEADS, NOMINAL, Draft, Line, Run
from rag.english_contents import content_end, draft, object_end
from rag.english_subjects import subject_left, tag, text
from rag.english_verbs import Group
from rag.schema import Stance
from rag.tagging import VERBS, Tag

_NAMED = NOMINAL - {Tag.OTHER} | {Tag.PRON, Tag.POSS, Tag.ADV}
_OBJECT = 12  # tokens of an object before its "as" or its quoted name


def infinitive(line: Line, group: Group, who: Run | None) -> list[Draft]:
    """As in "threatened to strike", "urged Kyiv to withdraw"."""
    stance = group.cue.stance_with("infinitive")
    unsaid = group.passive and who is None and stance is Stance.EXPECTS  # "is expected to"
    if "infinitive" not in group.cue.takes or unsaid:
        return []
    place = group.place + 1
    while tag(line, place) in (Tag.ADV, Tag.NEG):
        place += 1
    if text(line, place) == ",":  # "claimed, in a statement, to have won"
        place = next((k + 1 for k in range(place + 1, place + 14) if text(line, k) == ","), place)
    addressed = stance in (Stance.DEMANDS, Stance.EXPECTS, Stance.WARNS)
    governed = text(line, place) in {"with", *group.cue.prepositions}
    first = place + (tag(line, place) is Tag.PREP and governed)
    for k in range(first, min(len(line.tokens), first + 12)):
        here = tag(line, k)
        if here is Tag.TO and tag(line, k + 1) in (Tag.VINF, Tag.ADV, Tag.VFIN, Tag.NEG):
            if k == place and group.cue.lemma in line.words.words["addressed"]:
                return []  # "asked not to be named"
            start = k if k == place or stance is Stance.WARNS else first
            content = line.extent(start, content_end(line, k))
            return [draft(line, "infinitive", group, who, [content])]
        if not addressed or here in VERBS or here is Tag.SUB or line.tokens[k].text in ";:":
            return []
        if line.tokens[k].text == "," and not any(
            text(line, m) == "," for m in range(k + 1, k + 8)
        ):
            return []
    return []


def prepositional_object(line: Line, group: Group, who: Run | None) -> list[Draft]:
    """As in "warned of NP", "called for NP", "accused X of NP"."""
    if not group.cue.prepositions or group.passive or who is None:
        return []
    if (
        group.cue.takes <= {"figure", "object", "bare", "clause", "naming"}
        and "figure" in group.cue.takes
    ):
        return []
    for k in range(group.place + 1, min(len(line.tokens), group.place + 10)):
        if text(line, k) in group.cue.prepositions:
            if line.is_used(k + 1, min(k + 4, len(line.tokens))):
                return []
            blamed = group.cue.lemma in line.words.words["accusing"]
            start = group.place + 1 if blamed else k + 1
            content = line.extent(start, object_end(line, k + 1))
            return [draft(line, "prepositional_object", group, who, [content])]
        other = tag(line, k) is Tag.PREP and not phrases.is_time(line, k + 1)
        if tag(line, k) in VERBS or tag(line, k) is Tag.PUNCT or other:
            return []
    return []


def figure(line: Line, group: Group, who: Run | None) -> list[Draft]:
    """As in "put the total at 300", "counted 300 dead": an object that gives a number."""
    if "figure" not in group.cue.takes or group.passive or who is None or who[0] > group.place:
        return []
    end = object_end(line, group.place + 1)
    wanted = group.cue.prepositions
    for k in range(group.place + 1, end):
        if wanted and text(line, k) not in wanted:
            continue
        near = range(k, min(k + 6, end))
        if any(_is_number(line, m) or tag(line, m) is Tag.QUOTE for m in near):
            return [draft(line, "figure", group, who, [line.extent(group.place + 1, end)])]
        if not wanted:
            return []
    return _compared(line, group, who, end)


def _is_number(line: Line, place: int) -> bool:
    counted = tag(line, place) is Tag.NUM or line.tokens[place].text[0].isdigit()
    return counted and tag(line, place) is not Tag.ADV


def _compared(line: Line, group: Group, who: Run, end: int) -> list[Draft]:
    """As in "put the toll considerably higher"."""
    for k in range(group.place + 2, end):
        if text(line, k) in line.words.words["compared"] and tag(line, k - 1) in (
            *HEADS, Tag.ADV,
        ):  # fmt: skip
            return [draft(line, "figure", group, who, [line.extent(group.place + 1, end)])]
    return []


def naming(line: Line, group: Group, who: Run | None) -> list[Draft]:
    """As in "called it a lie", "described the strike as “reckless”": an opinion of something."""
    if "naming" not in group.cue.takes or group.passive or who is None or who[0] > group.place:
        return []
    start = group.place + 1
    while tag(line, start) is Tag.ADV:
        start += 1
    end = content_end(line, start)
    opened = next((k for k in range(group.first - 1, -1, -1) if tag(line, k) not in _NAMED), -1)
    pointed = text(line, opened) in ("what", "which", "whom")
    if pointed and text(line, start) == "as":  # "what troopers described as minor injuries"
        return [draft(line, "naming", group, who, [line.extent(start + 1, end)])]
    if text(line, start) in group.cue.prepositions or tag(line, start) not in NOMINAL | {Tag.PRON}:
        return []
    titled = any(0 <= line.tokens[start].start - f.start <= 2 for f in line.fragments)
    if titled and not pointed and group.cue.lemma in line.words.words["calling"]:
        return []  # "a shop called “Victory”"
    if text(line, who[0] - 1) == "what":  # "what she called a “tragic error” goes on"
        end = next((k for k in range(start, end) if tag(line, k) is Tag.VFIN), end)
    if not _is_named(line, group, start, end):
        return []
    return [draft(line, "naming", group, who, [line.extent(start, end)])]


def _is_named(line: Line, group: Group, start: int, end: int) -> bool:
    """Whether a name for the object follows it: after "as", quoted, or a second phrase."""
    stop = min(end, start + _OBJECT)
    while stop > start + 1 and tag(line, stop - 1) is Tag.PUNCT:
        stop -= 1
    quoted = [f.start for f in line.fragments if f.start > line.tokens[group.place].end]
    skipped = start
    for k in range(start, stop):
        if line.tokens[k].text == "," and tag(line, k + 1) is Tag.SUB:
            skipped = next((m for m in range(k + 1, stop) if text(line, m) == ","), stop)
        if k < skipped:
            continue  # "called the decision, if it was made, “dangerous”"
        if k > start and text(line, k) == "as":
            return True
        if tag(line, k) is Tag.QUOTE or any(0 <= line.tokens[k].start - q <= 2 for q in quoted):
            return True
        if tag(line, k) in VERBS - {Tag.VING} or tag(line, k) is Tag.SUB:
            return False
    after = start + 1 if tag(line, start) is Tag.PRON else phrases.end_of_phrase(line, start)
    second = after > start and tag(line, after) in (Tag.DET, Tag.ADJ, Tag.VPP)
    second = second or (after == start + 1 and text(line, after) == "one")  # "it one of the worst"
    timed = phrases.is_time(line, after) or phrases.is_time(line, after + 1)
    return second and not timed and group.cue.lemma in line.words.words["calling"]


def noun_phrase(line: Line, group: Group, who: Run | None) -> list[Draft]:
    """As in "denied NP", "confirmed the deaths", "the deaths were confirmed by X"."""
    if "object" not in group.cue.takes or who is None:
        return []
    if group.passive:
        what = subject_left(line, group.first)
        return [draft(line, "object", group, who, [line.extent(*what)])] if what else []
    start = english_frames.after_adjuncts(line, group, group.place)
    if start > group.place + 1 and tag(line, start) is Tag.PUNCT:
        start = group.place + 1
    while tag(line, start) is Tag.ADV and text(line, start) != "up":
        start += 1
    if who[1] <= group.place and is_anaphoric(line, start):
        return [draft(line, "anaphora", group, who, [])]
    nominal = tag(line, start) in NOMINAL | {Tag.VING, Tag.PRON}
    nominal = nominal or text(line, start) in (*line.words.words["quantifying"], "up")
    timed = phrases.is_time(line, start) and text(line, start + 1) != "of"
    if not nominal or who[0] > group.place or timed:
        return []
    ahead = group.cue.stance is Stance.EXPECTS  # "expects delays until Sunday"
    content = line.extent(start, content_end(line, start) if ahead else object_end(line, start))
    return [draft(line, "object", group, who, [content])] if content[1] - content[0] > 3 else []


def is_anaphoric(line: Line, place: int) -> bool:
    """As in "denied that on Tuesday": only dates or adverbs follow in the clause."""
    words = line.words.words
    if text(line, place) not in words["anaphora"]:
        return False
    if text(line, place + 1) in words["quantifying"] and tag(line, place + 2) is Tag.NUM:
        return False  # "that between 10 and 12 were there"
    for k in range(place + 1, content_end(line, place)):
        if line.tokens[k].text in ",;:–—" or tag(line, k) is Tag.CONJ:
            return True
        if tag(line, k) not in (Tag.ADV, Tag.ADJ, Tag.PREP, Tag.NUM) and not phrases.is_time(
            line, k
        ):
            return False
    return True
