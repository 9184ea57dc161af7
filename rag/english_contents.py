"""Where what an English source says ends: at the sentence, another frame, a comment, an occasion.

Also what all English rules share: the draft of a claim with its sources and its cue.
"""

from __future__ import annotations

from rag import english_verbs, phrases
from rag.drafts import HEADS, NOMINAL, Draft, Extent, Line, Run
from rag.english_subjects import tag, text
from rag.english_verbs import Group
from rag.schema import Stance
from rag.tagging import Tag

_MARKS = (",", "–", "—")


def mentions(line: Line, run: Run | None) -> list[Extent]:
    """The extents of the sources that a run of tokens names."""
    return [line.extent(*part) for part in phrases.sources(line, run)] if run else []


def draft(line: Line, rule: str, group: Group, who: Run | None, content: list[Extent]) -> Draft:
    """The claim of a verb group with its speaker."""
    token = line.tokens[group.place]
    cue = (token.start, token.end)
    stance = _in_context(line, group, who, content, group.cue.stance_with(rule))
    return Draft(rule, stance, content, sources=mentions(line, who), cue=cue)


def _in_context(
    line: Line, group: Group, who: Run | None, content: list[Extent], stance: Stance
) -> Stance:
    """As in "a study suggests that" (asserts), "he argued that they should go" (demands)."""
    words = line.words.words
    if group.cue.lemma not in words["advising"] or stance not in (Stance.CLAIMS, Stance.ASSERTS):
        return stance
    if group.cue.lemma == "suggest" and who and text(line, who[1] - 1) in words["findings"]:
        return Stance.ASSERTS
    first, last = line.run(content[0]) if content else (0, 0)
    verb = next((k for k in range(first, last) if tag(line, k) is Tag.VFIN), last)
    obliged = verb < last and text(line, verb) in words["obliging"]
    return Stance.DEMANDS if obliged else stance


def content_end(line: Line, start: int) -> int:
    """The token after the content: the sentence's end, or where the narration goes on."""
    end = line.end_of_words()
    return next((k for k in range(start + 1, end) if _ends_content(line, start, k, end)), end)


def _ends_content(line: Line, start: int, place: int, end: int) -> bool:
    """Whether a mark or conjunction ends the content: another frame or a comment follows."""
    token, following = line.tokens[place], place + 1
    contrast = line.words.words["contrast"]
    mark = token.text in _MARKS
    joins = token.tag is Tag.CONJ or token.lower in contrast or token.lower == "but"
    quoting = token.text == ":" and tag(line, following) is Tag.QUOTE
    if quoting or token.text == ";" or (mark and _is_comment(line, following)):
        return True
    if not (mark or joins):
        return False
    if following in line.used and _used_to_end(line, following, end):
        return True
    if mark and _is_parenthetical(line, following):
        return True
    if tag(line, following) is Tag.CONJ or text(line, following) in contrast:
        following, joins = following + 1, True
    shared = token.tag is Tag.CONJ and _is_shared(line, start, following)
    if following < end and _opens_frame(line, following) and not shared:
        return True
    return joins and _opens_new_frame(line, following)


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


def _is_shared(line: Line, start: int, place: int) -> bool:
    """As in "that he had met him and told him to go": a second participle within the content."""
    had = any(text(line, k) in ("had", "have", "has") for k in range(start, place))
    plain = text(line, place - 1) in ("and", "or") and text(line, place + 1) != "that"
    perfect = tag(line, place) in (Tag.VPP, Tag.VFIN) and text(line, place).endswith("ed")
    return had and plain and perfect and tag(line, place + 1) in (Tag.PRON, Tag.DET, Tag.NAME)


def _is_parenthetical(line: Line, place: int) -> bool:
    """As in "Engineers were assessing the damage, it added, and ..."."""
    end = phrases.end_of_phrase(line, place)
    if end == place or tag(line, end) is not Tag.VFIN:
        return False
    group = english_verbs.verb_group(line, end)
    last = end + 1
    if group is not None and group.cue.lemma in line.words.words["addressed"]:
        last = phrases.end_of_phrase(line, last)  # "..., the minister told parliament"
    closed = tag(line, last) in (Tag.PUNCT, Tag.PREP) or phrases.is_time(line, last)
    return group is not None and "bare" in group.cue.takes and closed


def _opens_new_frame(line: Line, place: int) -> bool:
    """Whether somebody else begins to report: ", but Kyiv denies this"."""
    end = phrases.end_of_phrase(line, place)
    if end == place:
        return False
    if text(line, end) == ",":
        closing = next((k for k in range(end + 1, end + 12) if text(line, k) == ","), end)
        end = closing + 1 if closing > end else end
    between = line.words.words["auxiliaries"] | line.words.words["reflexives"]
    while tag(line, end) in (Tag.ADV, Tag.NEG) or text(line, end) in between:
        end += 1
    spoken = tag(line, end) in (Tag.VFIN, Tag.VPP, Tag.VINF)
    return spoken and (end in line.used or english_verbs.verb_group(line, end) is not None)


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
        if k > start and (_is_occasion(line, k) or _joins_a_verb(line, k)):
            return k
    return end


def _joins_a_verb(line: Line, place: int) -> bool:
    """As in "called for a truce and prayed": another verb of the same subject."""
    following = place + 1 + (tag(line, place + 1) is Tag.ADV)
    return tag(line, place) is Tag.CONJ and tag(line, following) is Tag.VFIN


def _is_occasion(line: Line, place: int) -> bool:
    """As in "after the talks", "in a statement", "on Telegram", "on Tuesday"."""
    words = line.words.words
    if text(line, place) in words["ends_object"]:
        return True
    if text(line, place) == "as":
        return tag(line, place) is Tag.SUB
    if tag(line, place) is not Tag.PREP:
        return False
    if phrases.is_time(line, place + 1):
        return True
    end = phrases.end_of_phrase(line, place + 1)
    return end > place + 1 and text(line, end - 1) in words["occasions"]
