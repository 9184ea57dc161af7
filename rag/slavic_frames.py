"""Frames that name a speaker beside the content: "за словами X", "как сообщил X", ", сказал X".

Rule ids: according_to, via ("со ссылкой на X"), as ("как сообщил X"), clause_left ("..., сообщил
X"), quote_left («...», — сказал X). A frame around another claim is the channel of that claim.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rag import noun_phrase, slavic_clauses, slavic_phrases
from rag.according_to import named
from rag.drafts import Draft, Extent, Line, Run
from rag.schema import Form, Stance
from rag.slavic_clauses import Group, group_at, has_verb, is_bound, tag, text
from rag.slavic_phrases import phrase_at
from rag.tagging import Tag

_DASHES = frozenset({"–", "—", "-"})
_AS = frozenset({"як", "как"})
_NEAR = 14  # tokens between "как" and its verb
_SHORT = 3  # tokens that a content without a verb must have


@dataclass(slots=True)
class Frame:
    """A verb with its speaker that stands beside its content."""

    rule: str
    group: Group
    who: list[Run]
    run: Run
    content: list[Run] = field(default_factory=list)


def found(line: Line) -> list[Draft]:
    """The claims of "за словами X", "согласно X" and of "посилаючись на X" (the channel)."""
    drafts: list[Draft] = []
    for pattern in line.words.via:
        for match in pattern.finditer(line.masked):
            drafts += _phrased(line, match, "via", Stance.REPORTS)
    for phrase in line.words.prepositional:
        for match in phrase.pattern.finditer(line.masked):
            drafts += _phrased(line, match, "according_to", phrase.stance)
    return drafts


def _phrased(line: Line, match: re.Match[str], rule: str, stance: Stance) -> list[Draft]:
    first, last = line.run((line.start + match.start(), line.start + match.end()))
    if first >= last or line.is_used(first, last):
        return []
    own = named(line, match, "own")
    phrase = None if own else phrase_at(line, last, _limit(line, last), governed=True)
    if own is None and (phrase is None or not _can_speak(line, phrase.run, rule)):
        return []
    run = own or (phrase.run if phrase else (last, last))
    end = last if own else run[1]
    if not own:
        end = _with_apposition(line, end)
    run = run if own else (run[0], end)
    line.used.update(range(first, end))
    line.framed.update(range(first, end))
    mentions = [line.extent(*part) for part in slavic_phrases.sources(line, run)]
    cue = (line.tokens[first].start, line.tokens[last - 1].end)
    draft = Draft(rule, stance, _rest(line, (first, end)), sources=mentions, cue=cue)
    draft.frame = line.extent(first, end)
    return [draft]


def _limit(line: Line, place: int) -> int:
    return slavic_clauses.segment(line, place)[1] if place < len(line.tokens) else place


def _can_speak(line: Line, run: Run, rule: str) -> bool:
    """Whether a phrase names somebody: a law or a treaty that one cites says nothing."""
    words = [text(line, k) for k in range(*run)]
    if words[0].startswith(tuple(line.words.words["unspeaking"])):
        return False
    if any(tag(line, k) in (Tag.NAME, Tag.PRON) for k in range(*run)):
        return True
    kinds = ("anonymous", "organisations", "roles", "voices", "offices", "independent", "statements")
    return any(noun_phrase.is_a(kind, word) for word in words for kind in kinds)


def _with_apposition(line: Line, end: int) -> int:
    """As in "по словам Пескова, пресс-секретаря президента, ...": over a verbless apposition."""
    if text(line, end) != "," or end + 1 >= len(line.tokens):
        return end
    after = phrase_at(line, end + 1, _limit(line, end + 1))
    if after is None or not slavic_phrases.is_post(text(line, after.first)) or "g" not in after.cases:
        return end
    return after.last if text(line, after.last) in (",", ".", ")") else end


def _rest(line: Line, frame: Run) -> list[Extent]:
    """The sentence without the frame: the parts left and right of it up to a semicolon."""
    low, high = 0, line.end_of_words()
    for k in range(frame[0] - 1, -1, -1):
        if text(line, k) == ";" or (text(line, k) == ":" and k in range(frame[0] - 1)):
            low = k + 1
            break
    for k in range(frame[1], high):
        if text(line, k) == ";":
            high = k
            break
    parts = [line.extent(low, frame[0]), line.extent(frame[1], high)]
    return [part for part in parts if part[1] - part[0] > 2]


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
    if text(line, place) not in _AS or (place and not is_bound(line, place - 1)):
        return None
    for k in range(place + 1, min(len(line.tokens), place + _NEAR)):
        if is_bound(line, k) or tag(line, k) in (Tag.SUB, Tag.REL):
            return None
        group = group_at(line, k)
        if group is not None and not group.gerund and group.form != "i":
            return _framed(line, "as", group, place)
        if tag(line, k) is Tag.VFIN:
            return None
    return None


def _trailing(line: Line, place: int) -> Frame | None:
    """As in "..., сообщил X" and «...», — сказал X: a verb that opens a stretch, its subject after."""
    group = group_at(line, place)
    if group is None or group.gerund or group.form == "i" or "bare" not in group.cue.takes:
        return None
    first, last = slavic_clauses.segment(line, place)
    bound = first - 1
    opened = bound >= 0 and (line.tokens[bound].text in _DASHES | {","} or tag(line, bound) is Tag.QUOTE)
    if not opened or any(tag(line, k) in (Tag.SUB, Tag.REL, Tag.WH, Tag.CONJ) for k in range(first, place)):
        return None
    if _goes_on(line, last) or text(line, last) == ":" or first == 0:
        return None
    left = max(0, bound - 1)
    if line.tokens[bound].text == "," and not _is_content(line, left):
        return None
    frame = _framed(line, "clause_left", group, first)
    dashed = line.tokens[bound].text in _DASHES or tag(line, bound) is Tag.QUOTE
    if frame is None or (not frame.who and not dashed and not group.impersonal):
        return None
    return frame


def _goes_on(line: Line, place: int) -> bool:
    """Whether the content stands right of the verb: ", сообщил X, что ..."."""
    following = place + 1
    words = line.words.words["complementisers"]
    if place >= len(line.tokens) or line.tokens[place].text != ",":
        return place < len(line.tokens) and tag(line, place) is Tag.QUOTE
    return text(line, following) in words and tag(line, following) is Tag.SUB


def _is_content(line: Line, place: int) -> bool:
    """Whether what stands before the comma is a statement rather than an insertion."""
    first, last = slavic_clauses.segment(line, place)
    start = 0
    return tag(line, place) is Tag.QUOTE or has_verb(line, start, last) or last - first >= _SHORT


def _framed(line: Line, rule: str, group: Group, first: int) -> Frame | None:
    """The frame of a verb: up to the end of its subject and what belongs to it."""
    _, last = slavic_clauses.segment(line, group.place)
    run = slavic_clauses.candidates(line, group.place + 1, last, group.form) if not group.impersonal else []
    who = run[0].run if run else None
    if who is None and not group.impersonal:
        before = slavic_clauses.candidates(line, first, group.place, group.form)
        who = before[0].run if before else slavic_clauses.institution(line, group)
    if group.impersonal:
        who = slavic_clauses.document(line, group) or slavic_clauses.institution(line, group)
    end = _end_of_frame(line, last)
    parts = slavic_phrases.sources(line, who)
    return Frame(rule, group, parts, (first, end))


def _end_of_frame(line: Line, last: int) -> int:
    """Over appositions and relative clauses of the speaker: ", речник ГУР," ", який ...,"."""
    end = last
    while text(line, end) == "," and end + 1 < len(line.tokens):
        _, after = slavic_clauses.segment(line, end + 1)
        inserted = tag(line, end + 1) is Tag.REL or (
            slavic_phrases.is_post(text(line, end + 1)) and not has_verb(line, end + 1, after)
        )
        source = text(line, end + 1) in ("передає", "пише", "передает", "передаёт", "пишет")
        if not inserted or source:
            break
        end = after
    return end


def _content(line: Line, frame: Frame) -> list[Run]:
    """What stands beside a frame: left of it, and right where the speech goes on."""
    first, last = frame.run
    low = _start(line, first)
    high = line.end_of_words()
    parts: list[Run] = []
    left = (low, first)
    if first - low > 1:
        parts.append(left)
    right = last
    while right < high and text(line, right) in (",", ".", *_DASHES):
        right += 1
    if right < high and _takes_right(line, frame, last, right, bool(parts)):
        parts.append((right, _end_of_right(line, right, high)))
    return parts


def _start(line: Line, first: int) -> int:
    """Where the content left of a frame begins: the sentence, or after a colon or another frame."""
    for k in range(first - 1, -1, -1):
        if text(line, k) == ";":
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
    return verbless_left or (frame.rule == "as" and has_verb(line, right, end))


def _end_of_right(line: Line, right: int, high: int) -> int:
    return next((k for k in range(right, high) if text(line, k) == ";"), high)


def draft_of(line: Line, frame: Frame) -> Draft:
    """The claim of a frame; words that stand alone as a quotation are direct speech."""
    extents: list[Extent] = [e for e in (line.extent(*part) for part in frame.content) if e[1] - e[0] > 1]
    token = line.tokens[frame.group.place]
    quoted = all(
        all(tag(line, k) in (Tag.QUOTE, Tag.PUNCT) for k in range(*part)) for part in frame.content
    )
    holds = any(tag(line, k) is Tag.QUOTE for part in frame.content for k in range(*part))
    dashed = text(line, 0) in _DASHES
    direct = (quoted and holds) or dashed
    rule = "quote_left" if direct and frame.rule == "clause_left" else frame.rule
    draft = Draft(rule, frame.group.cue.stance, extents, cue=(token.start, token.end))
    draft.form = Form.DIRECT if direct else Form.INDIRECT
    draft.sources = [line.extent(*run) for run in frame.who]
    draft.carried = not frame.who
    for part in frame.content:
        line.used.update(k for k in range(*part) if tag(line, k) is Tag.QUOTE)
    return draft


def is_channel(frame: Frame) -> bool:
    """Whether the frame may pass on what another says: ", повідомляє Укрінформ"."""
    return frame.group.cue.stance is Stance.REPORTS or frame.group.cue.lemma in ("писати", "писать")
