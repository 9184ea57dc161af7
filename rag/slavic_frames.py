"""Frames whose verb stands beside the content: "как сообщил X", ", сказал X".

Rule ids: as ("как сообщил X"), clause_left ("..., сообщил
X"), quote_left («...», — сказал X). A frame around another claim is the channel of that claim.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from rag import (
    slavic_clauses,
    slavic_nouns,
    slavic_phrases,
    slavic_sources,
    slavic_unlisted,
    slavic_voices,
)
from rag.drafts import Draft, Extent, Line, Run
from rag.schema import Form, Stance
from rag.slavic_clauses import Group, group_at, has_verb, is_bound, tag, text
from rag.tagging import Tag

_DASHES = frozenset({"–", "—", "-"})
_OPENERS = frozenset({Tag.SUB, Tag.REL, Tag.WH, Tag.CONJ})
_NEAR = 14  # tokens between "как" and its verb
_NAMED_FRAME = 3  # words of a frame that only names the speaker
_SHORT = 2  # tokens that a content without a verb must have


@dataclass(slots=True)
class Frame:
    """A verb with its speaker that stands beside its content."""

    rule: str
    group: Group
    who: list[Run]
    run: Run
    via: list[Run] = field(default_factory=list)
    content: list[Run] = field(default_factory=list)


def frames(line: Line) -> list[Frame]:
    """The frames of a sentence whose verb reports; their tokens are used up."""
    result: list[Frame] = []
    for place in range(len(line.tokens)):
        if place in line.used:
            continue
        frame = _as(line, place) or _trailing(line, place)
        if frame is not None:
            line.used.update(range(*frame.run))
            line.framed.update(range(*frame.run))
            result.append(frame)
    for frame in result:
        frame.content = _content(line, frame)
    return [frame for frame in result if frame.content]


def _as(line: Line, place: int) -> Frame | None:
    """As in "как сообщил X" at either end of the content or within it."""
    words = line.words.words
    opens = text(line, place) in words["as"] and (not place or is_bound(line, place - 1))
    if not opens or text(line, place - 2) in words["pointers"]:
        return None  # "после того, как X подтвердил"
    for k in range(place + 1, min(len(line.tokens), place + _NEAR)):
        group = group_at(line, k)
        if group is not None and not group.gerund and group.form != "i":
            believed = group.impersonal and group.cue.lemma in words["opinion"]
            return None if believed else _framed(line, "as", group, place)
        other = tag(line, k) is Tag.VFIN and text(line, k) not in words["became"]
        if other or is_bound(line, k) or tag(line, k) in (Tag.SUB, Tag.REL):
            break
    return None


def _trailing(line: Line, place: int) -> Frame | None:
    """As in "..., сообщил X" and «...», — сказал X: a verb opens a stretch, its subject follows."""
    first, last = slavic_clauses.segment(line, place)
    if first == 0 or not _closes(line, first - 1) or _goes_on(line, last):
        return None
    group = group_at(line, place)
    if group is None or not {"bare", "noun"} & group.cue.takes:
        group = slavic_unlisted.any_verb(line, place, first)
    if group is None or group.gerund or group.form == "i":
        return None
    told = slavic_nouns.told_by(line, *slavic_clauses.segment(line, place))
    if "bare" not in group.cue.takes:
        if "noun" not in group.cue.takes or told is None:
            return None
        group = replace(group, cue=replace(group.cue, stance=told))
    dashed = text(line, first - 1) != ","
    if any(tag(line, k) in _OPENERS for k in range(first, place)) or _has_content(line, group):
        return None
    if not dashed and not _is_inserted(line, place, first, last):
        return None
    frame = _framed(line, "clause_left", group, first)
    words = line.words.words
    alone = text(line, place) in words["sayers"] or any(
        text(line, k) in words["there"] for k in range(first, last)
    )
    return frame if frame.who or dashed or group.impersonal or alone else None


def _closes(line: Line, bound: int) -> bool:
    """Whether a comma, a dash or a quotation stands before the stretch."""
    return text(line, bound) in _DASHES | {","} or tag(line, bound) is Tag.QUOTE


def _is_inserted(line: Line, place: int, first: int, last: int) -> bool:
    """Whether a verb behind a comma is beside a content, with nothing but adverbs before it."""
    if any(tag(line, k) not in (Tag.ADV, Tag.PRON) for k in range(first, place)):
        return False
    closing = first > 1 and last >= line.end_of_words() and group_at(line, place) is not None
    if closing and tag(line, last - 1) is Tag.NAME and last - place <= _NAMED_FRAME:
        return True  # "Фейк, відрубує Лапій"
    return _is_content(line, max(0, first - 2)) or slavic_unlisted.resumes(line, last)


def _has_content(line: Line, group: Group) -> bool:
    """Whether the verb has a content in its own stretch: "пообещала передать", "йдеться про"."""
    _, last = slavic_clauses.segment(line, group.place)
    words, behind = line.words.words, group.place + 1
    infinitive = any(tag(line, k) is Tag.VINF for k in range(group.place, last))
    endings = tuple(words["instrumental"])
    adjective = tag(line, last - 1) is Tag.ADJ and text(line, last - 1).endswith(endings)
    if group.cue.stance is Stance.CONFIRMS and adjective:
        return True  # "— суд признал законной"
    if "infinitive" in group.cue.takes and infinitive:
        return True
    if not group.impersonal or group.cue.lemma not in words["told"]:
        return False
    return text(line, behind) in words["about"] or not slavic_clauses.phrases(line, behind, last)


def _goes_on(line: Line, place: int) -> bool:
    """Whether the content stands right of the verb: ", сообщил X, что ..."."""
    following = place + 1
    words = line.words.words["complementisers"]
    if text(line, place) == ":":
        return True
    if place >= len(line.tokens) or line.tokens[place].text != ",":
        return place < len(line.tokens) and tag(line, place) is Tag.QUOTE
    return text(line, following) in words and tag(line, following) is Tag.SUB


def _is_content(line: Line, place: int) -> bool:
    """Whether what stands before the comma is a statement rather than an insertion."""
    first, last = slavic_clauses.segment(line, place)
    if all(k in line.framed for k in range(first, last)):
        return False  # "По версии следствия, он передавал сведения"
    return tag(line, place) is Tag.QUOTE or has_verb(line, 0, last) or last - first >= _SHORT


def _framed(line: Line, rule: str, group: Group, first: int) -> Frame:
    """The frame of a verb: up to the end of its subject and what belongs to it."""
    _, last = slavic_clauses.segment(line, group.place)
    who = slavic_voices.speaker(line, group, first, last, joined=text(line, first - 1) in _DASHES)
    end = _end_of_frame(line, last)
    parts = slavic_sources.sources(line, who)
    if "quoting" in group.cue.takes and (quoted := slavic_voices.quoted(line, group, who, last)):
        return Frame(rule, group, [quoted], (first, end), via=parts)
    return Frame(rule, group, parts, (first, end))


def _end_of_frame(line: Line, last: int) -> int:
    """Over appositions and relative clauses of the speaker: ", речник ГУР," ", який ...,"."""
    end = last
    while text(line, end) == "," and end + 1 < len(line.tokens):
        _, after = slavic_clauses.segment(line, end + 1)
        participle = text(line, end + 1).endswith(tuple(line.words.words["participles"]))
        inserted = (
            tag(line, end + 1) is Tag.REL
            or (participle and text(line, after) == ",")
            or (slavic_phrases.is_post(text(line, end + 1)) and not has_verb(line, end + 1, after))
        )
        source = text(line, end + 1) in line.words.words["relaying"]
        if not inserted or source:
            break
        end = after
    return end


def _content(line: Line, frame: Frame) -> list[Run]:
    """What stands beside a frame: left of it, and right where the speech goes on."""
    first, last = frame.run
    low = _start(line, first)
    high = line.end_of_words()
    relative = slavic_clauses.relative_before(line, first)
    if relative >= 0 and text(line, last) == ",":
        end = slavic_clauses.segment(line, last + 1)[1]
        return [(relative, first), (last + 1, end)]
    parts = [(low, first)] if first - low > 1 else []
    right = last
    while right < high and text(line, right) in (",", ".", *_DASHES):
        right += 1
    if right < high and _takes_right(line, frame, last, right, bool(parts)):
        parts.append((right, _end_of_right(line, right, high)))
    return parts


def _start(line: Line, first: int) -> int:
    """Where the content left of a frame begins: the sentence, or after a colon or another frame."""
    for k in range(first - 1, -1, -1):
        apart = text(line, k) == ":" and is_bound(line, k) and has_verb(line, 0, k)
        if text(line, k) == ";" or apart or _parts_frames(line, k):
            return k + 1
    return 0


def _takes_right(line: Line, frame: Frame, last: int, right: int, after: bool) -> bool:
    if not after:
        return True
    dashed = any(line.tokens[k].text in _DASHES for k in range(last, right))
    quoted = tag(line, right) is Tag.QUOTE
    if dashed or quoted:
        return True
    if text(line, last) != "," or tag(line, right) in (Tag.REL, Tag.VING, Tag.SUB):
        return False
    if right in line.used:
        return False
    end = slavic_clauses.segment(line, right)[1]
    verbless_left = not has_verb(line, _start(line, frame.run[0]), frame.run[0])
    # "Загинули, як уточнює X, 286 людей": no apposition of the speaker, no day of the frame.
    apposed = slavic_phrases.is_post(text(line, right)) or tag(line, right) in (Tag.ADV, Tag.NAME)
    return verbless_left or (frame.rule == "as" and (not apposed or has_verb(line, right, end)))


def _end_of_right(line: Line, right: int, high: int) -> int:
    stops = (k for k in range(right, high) if text(line, k) == ";" or _parts_frames(line, k))
    return next(stops, high)


def _parts_frames(line: Line, place: int) -> bool:
    """As in "А, сказал X, а Б, сказал Y": a comma and "but" between two frames."""
    if text(line, place) != "," or text(line, place + 1) not in line.words.words["contrast"]:
        return False
    left = any(k in line.framed for k in range(place))
    following = (k for k in range(place + 1, len(line.tokens)) if k in line.framed)
    return left and next(following, -1) >= 0


def draft_of(line: Line, frame: Frame) -> Draft:
    """The claim of a frame; words that stand alone as a quotation are direct speech."""
    extents: list[Extent] = [
        e for e in (line.extent(*part) for part in frame.content) if e[1] - e[0] > 1
    ]
    token = line.tokens[frame.group.place]
    stance = told_stance(
        frame.group, told=frame.group.cue.lemma in line.words.words["told_reports"]
    )
    quoted = all(
        all(tag(line, k) in (Tag.QUOTE, Tag.PUNCT) for k in range(*part)) for part in frame.content
    )
    holds = any(tag(line, k) is Tag.QUOTE for part in frame.content for k in range(*part))
    dashed = text(line, 0) in _DASHES
    direct = (quoted and holds) or dashed
    rule = "quote_left" if direct and frame.rule == "clause_left" else frame.rule
    draft = Draft(rule, stance, extents, cue=(token.start, token.end))
    draft.form = Form.DIRECT if direct else Form.INDIRECT
    draft.sources = [line.extent(*run) for run in frame.who]
    draft.via = [line.extent(*run) for run in frame.via]
    draft.carried = not frame.who and frame.group.form != "p"
    for part in frame.content:
        line.used.update(k for k in range(*part) if tag(line, k) is Tag.QUOTE)
    return draft


def told_stance(group: Group, *, told: bool) -> Stance:
    """As in "говорится в сообщении": a document reports."""
    return Stance.REPORTS if group.impersonal and told else group.cue.stance


def is_channel(line: Line, frame: Frame) -> bool:
    """Whether the frame may pass on what another says: ", повідомляє Укрінформ"."""
    written = frame.group.cue.lemma in line.words.words["writing"]
    return written or frame.group.cue.stance is Stance.REPORTS
