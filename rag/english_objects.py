"""Contents that are no clause with a verb of its own: "threatened to", "called for", "denied NP".

Also what all English rules share: the draft of a claim, and where a content ends.
"""

from __future__ import annotations

from rag import english_verbs, phrases
from rag.drafts import HEADS, NOMINAL, Draft, Extent, Line, Run
from rag.english_subjects import subject_left, tag, text
from rag.english_verbs import Group
from rag.schema import Stance
from rag.tagging import VERBS, Tag

_MARKS = (",", "–", "—")
_OBJECT = 12  # tokens of an object before its "as" or its quoted name


def mentions(line: Line, run: Run | None) -> list[Extent]:
    """The extents of the sources that a run of tokens names."""
    return [line.extent(*part) for part in phrases.sources(line, run)] if run else []


def draft(line: Line, rule: str, group: Group, who: Run | None, content: list[Extent]) -> Draft:
    """The claim of a verb group with its speaker."""
    token = line.tokens[group.place]
    cue = (token.start, token.end)
    stance = group.cue.stance_with(rule)
    return Draft(rule, stance, content, sources=mentions(line, who), cue=cue)


def content_end(line: Line, start: int) -> int:
    """The token after the content: the sentence's end, or where the narration goes on."""
    end = line.end_of_words()
    for k in range(start + 1, end):
        token, following = line.tokens[k], k + 1
        if token.text == ";" or (token.text in ("–", "—") and _is_comment(line, following)):
            return k
        joins = token.tag is Tag.CONJ or token.lower in line.words.words["contrast"]
        if token.text not in _MARKS and not joins:
            continue
        if following in line.used and _used_to_end(line, following, end):
            return k
        if token.text in _MARKS and _is_comment(line, following):
            return k
        if tag(line, following) is Tag.CONJ or text(line, following) in line.words.words.get(
            "contrast", ()
        ):
            following += 1
        if following < end and _opens_frame(line, following):
            return k
        if (following > k + 1 or joins) and _opens_new_frame(line, following):
            return k
    return end


def _is_comment(line: Line, place: int) -> bool:
    """As in ", a charge that Moscow denies": what the article says of the content."""
    if text(line, place) not in ("a", "an", "the", "something"):
        return False
    word = text(line, place + 1)
    return word in line.words.nouns or word in line.words.words["comments"]


def _used_to_end(line: Line, place: int, end: int) -> bool:
    return all(k in line.used for k in range(place, min(end, place + 3)))


def _opens_frame(line: Line, place: int) -> bool:
    """Whether a reporting verb without a subject of its own follows: "and warned that"."""
    here = tag(line, place)
    if here is Tag.ADV or (here is Tag.VFIN and text(line, place) in ("has", "have", "had")):
        return _opens_frame(line, place + 1)
    if here not in (Tag.VFIN, Tag.VING, Tag.VPP):
        return False
    group = english_verbs.verb_group(line, place)
    return group is not None or place in line.used


def _opens_new_frame(line: Line, place: int) -> bool:
    """Whether somebody else begins to report: ", but Kyiv denies this"."""
    end = phrases.end_of_phrase(line, place)
    if end == place:
        return False
    if text(line, end) == ",":
        closing = next((k for k in range(end + 1, end + 12) if text(line, k) == ","), end)
        end = closing + 1 if closing > end else end
    loose = (Tag.ADV, Tag.NEG)
    while tag(line, end) in loose or text(line, end) in line.words.words["auxiliaries"]:
        end += 1
    spoken = tag(line, end) in (Tag.VFIN, Tag.VPP, Tag.VINF)
    return spoken and (end in line.used or english_verbs.verb_group(line, end) is not None)


def infinitive(line: Line, group: Group, who: Run | None) -> list[Draft]:
    """As in "threatened to strike", "urged Kyiv to withdraw"."""
    if "infinitive" not in group.cue.takes:
        return []
    stance = group.cue.stance_with("infinitive")
    place = group.place + 1
    while tag(line, place) is Tag.ADV:
        place += 1
    addressed = stance in (Stance.DEMANDS, Stance.EXPECTS, Stance.WARNS)
    first = place + (tag(line, place) is Tag.PREP and text(line, place) in group.cue.prepositions)
    for k in range(first, min(len(line.tokens), first + 12)):
        here = tag(line, k)
        if here is Tag.TO and tag(line, k + 1) in (Tag.VINF, Tag.ADV, Tag.VFIN, Tag.NEG):
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
        if tag(line, k) in VERBS or tag(line, k) is Tag.PUNCT:
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
        counted = [m for m in near if tag(line, m) is Tag.NUM or line.tokens[m].text[0].isdigit()]
        if any(tag(line, m) is not Tag.ADV for m in counted):
            return [draft(line, "figure", group, who, [line.extent(group.place + 1, end)])]
        if not wanted:
            break
    return []


def naming(line: Line, group: Group, who: Run | None) -> list[Draft]:
    """As in "called it a lie", "described the strike as “reckless”": an opinion of something."""
    if "naming" not in group.cue.takes or group.passive or who is None or who[0] > group.place:
        return []
    start = group.place + 1
    while tag(line, start) is Tag.ADV:
        start += 1
    if text(line, start) in group.cue.prepositions or tag(line, start) not in NOMINAL | {Tag.PRON}:
        return []
    end = object_end(line, start)
    if not _is_named(line, group, start, content_end(line, start)):
        return []
    return [draft(line, "naming", group, who, [line.extent(start, max(end, start + 2))])]


def _is_named(line: Line, group: Group, start: int, end: int) -> bool:
    """Whether a name for the object follows it: after "as", quoted, or a second phrase."""
    for k in range(start + 1, min(end, start + _OBJECT)):
        if text(line, k) == "as":
            return True
        if tag(line, k) in VERBS - {Tag.VING} or tag(line, k) is Tag.SUB:
            break
        if tag(line, k) is Tag.QUOTE:
            return True
    verb_end = line.tokens[group.place].end
    if any(verb_end < f.start < line.tokens[end - 1].end for f in line.fragments):
        return True
    after = start + 1 if tag(line, start) is Tag.PRON else phrases.end_of_phrase(line, start)
    second = after > start and tag(line, after) in (Tag.DET, Tag.ADJ, Tag.VPP)
    return second and group.cue.lemma in line.words.words["calling"]


def noun_phrase(line: Line, group: Group, who: Run | None) -> list[Draft]:
    """As in "denied NP", "confirmed the deaths", "the deaths were confirmed by X"."""
    if "object" not in group.cue.takes or who is None:
        return []
    if group.passive:
        what = subject_left(line, group.first)
        return [draft(line, "object", group, who, [line.extent(*what)])] if what else []
    start = group.place + 1
    while tag(line, start) is Tag.ADV:
        start += 1
    if who[1] <= group.place and is_anaphoric(line, start):
        return [draft(line, "anaphora", group, who, [])]
    nominal = tag(line, start) in NOMINAL | {Tag.VING, Tag.PRON}
    if not nominal or who[0] > group.place or phrases.is_time(line, start):
        return []
    content = line.extent(start, object_end(line, start))
    return [draft(line, "object", group, who, [content])] if content[1] - content[0] > 3 else []


def is_anaphoric(line: Line, place: int) -> bool:
    """As in "denied that on Tuesday": only dates or adverbs follow in the clause."""
    if text(line, place) not in line.words.words["anaphora"]:
        return False
    for k in range(place + 1, content_end(line, place)):
        if line.tokens[k].text in ",;:–—" or tag(line, k) is Tag.CONJ:
            return True
        if tag(line, k) not in (Tag.ADV, Tag.ADJ, Tag.PREP, Tag.NUM) and not phrases.is_time(
            line, k
        ):
            return False
    return True


def object_end(line: Line, start: int) -> int:
    """The token after an object: before the comma, the occasion or the time of the frame."""
    end = content_end(line, start)
    for k in range(start, end):
        if line.tokens[k].text in (";", ":", "–", "—") or (k in line.used and k > start):
            return k
        if (
            line.tokens[k].text == ","
            and tag(line, k - 1) in HEADS
            and tag(line, k + 1) not in NOMINAL
        ):
            return k
        if k > start and _is_occasion(line, k):
            return k
    return end


def _is_occasion(line: Line, place: int) -> bool:
    """As in "after the talks", "in a statement", "on Telegram", "on Tuesday"."""
    words = line.words.words
    if text(line, place) in words["ends_object"]:
        return True
    if tag(line, place) is not Tag.PREP:
        return False
    if phrases.is_time(line, place + 1):
        return True
    end = phrases.end_of_phrase(line, place + 1)
    return end > place + 1 and text(line, end - 1) in words["occasions"]
