"""Contents that are no clause with a verb of its own: "threatened to", "called for", "denied NP".

Also what all rules of these languages share: the draft of a claim, and where a content ends.
"""

from __future__ import annotations

from rag import english_clauses, phrases
from rag.drafts import HEADS, NOMINAL, Draft, Extent, Line, Run
from rag.english_clauses import Group, tag, text
from rag.schema import Stance
from rag.tagging import VERBS, Tag


def mentions(line: Line, run: Run | None) -> list[Extent]:
    """The extents of the sources that a run of tokens names."""
    return [line.extent(*part) for part in phrases.sources(line, run)] if run else []


def draft(line: Line, rule: str, group: Group, who: Run | None, content: list[Extent]) -> Draft:
    """The claim of a verb group with its speaker."""
    token = line.tokens[group.place]
    cue = (token.start, token.end)
    return Draft(rule, group.cue.stance, content, sources=mentions(line, who), cue=cue)


def content_end(line: Line, start: int) -> int:
    """The token after the content: the sentence's end, or where the narration goes on."""
    end = line.end_of_words()
    for k in range(start + 1, end):
        token, following = line.tokens[k], k + 1
        if token.text not in (",", "–", "—") and token.tag is not Tag.CONJ:
            continue
        if following in line.used and _used_to_end(line, following, end):
            return k
        if tag(line, following) is Tag.CONJ:
            following += 1
        if following < end and _opens_frame(line, following):
            return k
        if tag(line, following - 1) is Tag.CONJ and _opens_new_frame(line, following):
            return k
    return end


def _used_to_end(line: Line, place: int, end: int) -> bool:
    return all(k in line.used for k in range(place, min(end, place + 3)))


def _opens_frame(line: Line, place: int) -> bool:
    """Whether a reporting verb without a subject of its own follows: "and warned that"."""
    here = tag(line, place)
    if here is Tag.ADV:
        return _opens_frame(line, place + 1)
    if here not in (Tag.VFIN, Tag.VING, Tag.VPP):
        return False
    group = english_clauses.verb_group(line, place)
    return group is not None or place in line.used


def _opens_new_frame(line: Line, place: int) -> bool:
    """Whether somebody else begins to report: ", but Kyiv denies this"."""
    end = phrases.end_of_phrase(line, place)
    while tag(line, end) is Tag.ADV or text(line, end) in line.words.words["auxiliaries"]:
        end += 1
    spoken = end > place and tag(line, end) in (Tag.VFIN, Tag.VPP, Tag.VINF)
    return spoken and (end in line.used or english_clauses.verb_group(line, end) is not None)


def infinitive(line: Line, group: Group, who: Run | None) -> list[Draft]:
    """As in "threatened to strike", "urged Kyiv to withdraw"."""
    if "infinitive" not in group.cue.takes or line.language != "en":
        return []
    for k in range(group.place + 1, min(len(line.tokens), group.place + 12)):
        here = tag(line, k)
        if here is Tag.TO and tag(line, k + 1) in (Tag.VINF, Tag.ADV, Tag.VFIN):
            start = (
                k if group.cue.stance is not Stance.EXPECTS or group.passive else group.place + 1
            )
            content = line.extent(start, content_end(line, k))
            return [draft(line, "infinitive", group, who, [content])]
        if here in VERBS or here is Tag.SUB or line.tokens[k].text in ",;:":
            return []
    return []


def prepositional_object(line: Line, group: Group, who: Run | None) -> list[Draft]:
    """As in "warned of NP", "called for NP", "accused X of NP"."""
    if not group.cue.prepositions or group.passive or who is None:
        return []
    for k in range(group.place + 1, min(len(line.tokens), group.place + 10)):
        if text(line, k) in group.cue.prepositions:
            if line.is_used(k + 1, min(k + 4, len(line.tokens))):
                return []
            start = k + 1 if group.cue.lemma != "accuse" else group.place + 1
            content = line.extent(start, content_end(line, k))
            return [draft(line, "prepositional_object", group, who, [content])]
        if tag(line, k) in VERBS or tag(line, k) is Tag.PUNCT:
            return []
    return []


def figure(line: Line, group: Group, who: Run | None) -> list[Draft]:
    """As in "put the total at 300", "counted 300 dead": an object that gives a number."""
    if "figure" not in group.cue.takes or group.passive or who is None or who[0] > group.place:
        return []
    end = _object_end(line, group.place + 1)
    wanted = group.cue.prepositions
    for k in range(group.place + 1, end):
        if wanted and text(line, k) not in wanted:
            continue
        near = range(k, min(k + 5, end))
        if any(line.tokens[m].text[0].isdigit() and tag(line, m) is not Tag.ADV for m in near):
            return [draft(line, "figure", group, who, [line.extent(group.place + 1, end)])]
        if not wanted:
            break
    return []


def noun_phrase(line: Line, group: Group, who: Run | None) -> list[Draft]:
    """As in "denied NP", "confirmed the deaths", "the deaths were confirmed by X"."""
    if "object" not in group.cue.takes and not _names(line, group):
        return []
    if who is None:
        return []
    if group.passive:
        what = english_clauses.subject_left(line, group.first)
        return [draft(line, "object", group, who, [line.extent(*what)])] if what else []
    start = group.place + 1
    while tag(line, start) is Tag.ADV:
        start += 1
    if who[1] <= group.place and is_anaphoric(line, start):
        return [draft(line, "anaphora", group, who, [])]
    nominal = tag(line, start) in NOMINAL | {Tag.VING, Tag.PRON}
    if not nominal or who[0] > group.place or phrases.is_time(line, start):
        return []
    end = _object_end(line, start)
    content = line.extent(start, end)
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


def _names(line: Line, group: Group) -> bool:
    """As in "called the move “reckless”": a quoted name for something is an opinion."""
    quoted = any(f.start > line.tokens[group.place].end for f in line.fragments)
    return "naming" in group.cue.takes and quoted


def _object_end(line: Line, start: int) -> int:
    end = content_end(line, start)
    for k in range(start, end):
        if line.tokens[k].text in (";", ":", "—") or (k in line.used and k > start):
            return k
        if (
            line.tokens[k].text == ","
            and tag(line, k - 1) in HEADS
            and tag(line, k + 1) not in NOMINAL
        ):
            return k
    return end
