"""Rules for reporting verbs of Ukrainian and Russian; ids as in `german_reports`.

One set for both languages: frames beside the content first, then what each verb takes.
"""

from __future__ import annotations

from dataclasses import replace

from rag import slavic_clauses, slavic_frames, slavic_objects, slavic_phrases
from rag.cues import Cue
from rag.drafts import HEADS, Draft, Line, Run
from rag.schema import Form, Stance
from rag.slavic_clauses import Group, group_at, tag, text
from rag.slavic_frames import Frame
from rag.slavic_objects import content_end, draft
from rag.tagging import Tag

_NOUN_CUE = Cue("", Stance.ASSERTS, frozenset({"clause"}), frozenset())
_REACH = 40  # tokens between a verb and its clause
_CLAUSE = frozenset({Tag.SUB, Tag.WH, Tag.REL, Tag.ADV})
_POINTERS = frozenset({"те", "тому", "того", "тим", "том", "то", "тем", "той"})
_CAUSES = frozenset({"через", "потому", "завдяки", "благодаря", "попри", "незважаючи", "несмотря", "після", "после", "до", "крім", "кроме", "так", "для", "окрім", "ради"})  # fmt: skip


def reported(line: Line) -> list[Draft]:
    """The claims of a sentence that its reporting verbs and nouns make."""
    frames = slavic_frames.frames(line)
    drafts: list[Draft] = []
    for place in range(len(line.tokens)):
        if place not in line.used:
            drafts += _by_verb(line, place) or _by_noun(line, place)
    return _with_frames(line, frames, drafts)


def _with_frames(line: Line, frames: list[Frame], drafts: list[Draft]) -> list[Draft]:
    """The claims of frames, but for those that only pass on another claim of the sentence."""
    made: list[Draft] = []
    for frame in frames:
        own = slavic_frames.draft_of(line, frame)
        inner = [d for d in drafts if d.cue and d.sources and _holds(own, d.cue)]
        if inner and slavic_frames.is_channel(frame):
            for other in inner:
                other.via = other.via + own.sources
        elif own.content:
            made.append(own)
    return made + drafts


def _holds(outer: Draft, cue: tuple[int, int]) -> bool:
    return any(a <= cue[0] and cue[1] <= b for a, b in outer.content)


def _by_verb(line: Line, place: int) -> list[Draft]:
    group = group_at(line, place)
    if group is None or (group.form == "i" and not _is_done(line, place)):
        return []
    who = _speakers(line, group)
    if who is None:
        return []
    for rule in _RULES:
        found = rule(line, group, who)
        if found:
            line.used.add(place)
            return found
    return []


def _is_done(line: Line, place: int) -> bool:
    """As in "поспішив заявити": an infinitive that tells what was said."""
    return tag(line, place - 1) is Tag.VFIN and text(line, place - 1).startswith(
        ("поспіш", "поспеш", "встиг", "успел", "сумел", "зумі")
    )


def _speakers(line: Line, group: Group) -> list[Run] | None:
    """The sources of a verb: its subject, a place that speaks, whose document it is, or none.

    None where the subject is no speaker ("это означает").
    """
    run = slavic_clauses.subject(line, group)
    if run is None:
        run = slavic_clauses.document(line, group) if group.impersonal else None
        run = run or slavic_clauses.institution(line, group)
    if run is None and _has_empty_subject(line, group):
        return None
    return slavic_phrases.sources(line, run)


def _has_empty_subject(line: Line, group: Group) -> bool:
    first, _ = slavic_clauses.segment(line, group.place)
    words = [text(line, k) for k in range(first, group.place)]
    return group.form in "ns" and bool(words) and words[0] in ("це", "это") and len(words) < 3


def _quoted(line: Line, group: Group, who: list[Run]) -> list[Draft]:
    """As in "X сказал: «...»"."""
    if "clause" not in group.cue.takes or group.impersonal and not who:
        return []
    colon = _colon(line, group.place)
    place = colon + 1 if colon else _quote_beside(line, group, who)
    if not place or tag(line, place) is not Tag.QUOTE or place in line.used:
        return []
    end = place + 1
    while end < line.end_of_words() and tag(line, end) in (Tag.QUOTE, Tag.PUNCT):
        end += 1
    quotes = [k for k in range(place, end) if tag(line, k) is Tag.QUOTE]
    line.used.update(quotes)
    made = draft(line, "quote_right", group, who, [line.extent(place, quotes[-1] + 1)])
    made.form = Form.DIRECT
    return [made]


def _quote_beside(line: Line, group: Group, who: list[Run]) -> int:
    """The quotation right behind a verb and its subject, without a colon; 0 where none stands."""
    _, last = slavic_clauses.segment(line, group.place)
    if last < len(line.tokens) and tag(line, last) is Tag.QUOTE:
        behind = max([group.place + 1, *(run[1] for run in who if run[0] > group.place)])
        return last if last == behind else 0
    return 0


def _colon(line: Line, place: int) -> int:
    """The colon that ends the clause of a verb, or 0."""
    for k in range(place + 1, min(len(line.tokens), place + _REACH)):
        if line.tokens[k].text == ":":
            return k
        if tag(line, k) in (Tag.VFIN, Tag.SUB, Tag.QUOTE) or line.tokens[k].text in ";.":
            return 0
    return 0


def _clause(line: Line, group: Group, who: list[Run]) -> list[Draft]:
    """As in "X заявил, что", "про те, що", with insertions between."""
    if "clause" not in group.cue.takes:
        return []
    start = clause_start(line, group.place)
    if start < 0:
        return []
    made = draft(line, "clause", group, who, [line.extent(start, content_end(line, start, group))])
    if "noun" in group.cue.takes:
        made.stance = _told_by(line, group.place, start) or made.stance
    return [made] if made.content[0][1] - made.content[0][0] > 3 else []


def clause_start(line: Line, place: int) -> int:
    """Where the reported clause of a verb or noun begins; -1 where none does."""
    complementisers = line.words.words["complementisers"]
    inserted = False
    for k in range(place + 1, min(len(line.tokens), place + _REACH)):
        if line.tokens[k].text in ";:." or (tag(line, k) is Tag.QUOTE):
            return -1
        opens = text(line, k - 1) == "," or text(line, k - 1) in _POINTERS
        if opens and text(line, k) in complementisers and tag(line, k) in _CLAUSE:
            pointed = _relative_to(line, k)
            if not pointed and not _is_cause(line, k):
                return k
            inserted = True
        elif opens and tag(line, k) in (Tag.REL, Tag.VING, Tag.SUB):
            inserted = True
        elif tag(line, k) is Tag.VFIN and not inserted:
            return -1
        elif tag(line, k) is Tag.VFIN and group_at(line, k) and k not in line.framed:
            return -1
    return -1


def _relative_to(line: Line, place: int) -> bool:
    """Whether "який", "кто" belongs to a noun before it rather than opening a question."""
    return tag(line, place) is Tag.REL and tag(line, place - 2) in HEADS


def _is_cause(line: Line, place: int) -> bool:
    """As in "через те, що", "потому что": no content, but a reason."""
    near = [text(line, k) for k in range(max(0, place - 3), place)]
    return any(word in _CAUSES for word in near)


def _told_by(line: Line, first: int, last: int) -> Stance | None:
    """The stance of a noun that carries the content: "висловив сподівання, що"."""
    for k in range(last - 1, first, -1):
        stance = noun_stance(line, k)
        if stance is not None:
            return stance
    return None


def noun_stance(line: Line, place: int) -> Stance | None:
    """The stance of a noun of saying, or None."""
    if tag(line, place) not in HEADS:
        return None
    word = text(line, place)
    return next((s for stem, s in line.words.nouns.items() if word.startswith(stem)), None)


def _colon_clause(line: Line, group: Group, who: list[Run]) -> list[Draft]:
    """As in "Міністр пояснив: росіяни відступають"."""
    colon = _colon(line, group.place)
    if "clause" not in group.cue.takes or not colon or colon + 2 >= len(line.tokens):
        return []
    content = line.extent(colon + 1, line.end_of_words())
    return [draft(line, "colon", group, who, [content])]


def _anaphora(line: Line, group: Group, who: list[Run]) -> list[Draft]:
    """As in "Об этом сообщил X", ", про що повідомив X"."""
    told = {"clause", "object"} & group.cue.takes
    if not told or not (slavic_objects.is_anaphoric(line, group) or _so(line, group)):
        return _relative(line, group, who)
    if group.impersonal and not who:
        return []
    return [draft(line, "anaphora", group, who, [])]


def _so(line: Line, group: Group) -> bool:
    """As in "Так заявил Песков": the word opens the sentence, no comma behind it."""
    return text(line, 0) == "так" and group.place == 1


def _relative(line: Line, group: Group, who: list[Run]) -> list[Draft]:
    """As in ", о чём сообщил X": the clause before the comma is the content."""
    first, _ = slavic_clauses.segment(line, group.place)
    pointed = text(line, first) in ("про", "о", "об") and text(line, first + 1) in ("що", "чем", "чём")
    if not pointed or first < 3 or not who:
        return []
    return [draft(line, "anaphora_clause", group, who, [line.extent(0, first - 1)])]


_RULES = (
    _quoted,
    _clause,
    _colon_clause,
    _anaphora,
    slavic_objects.infinitive,
    slavic_objects.naming,
    slavic_objects.figure,
    slavic_objects.prepositional_object,
    slavic_objects.threat,
    slavic_objects.noun_object,
)


def _by_noun(line: Line, place: int) -> list[Draft]:
    """As in "заявление X о том, что": a noun of saying with its speaker and a clause."""
    stance = noun_stance(line, place)
    if stance is None:
        return []
    start = clause_start(line, place)
    if start < 0 or any(tag(line, k) in (Tag.VFIN, Tag.VING) for k in range(place, start)):
        return []
    phrase = slavic_phrases.phrase_at(line, place, start)
    behind = (place + 1, phrase.last) if phrase is not None and phrase.last > place + 1 else None
    named = behind if behind and slavic_phrases.phrase_at(line, place + 1, behind[1]) else None
    verb = next((k for k in range(place - 1, -1, -1) if tag(line, k) is Tag.VFIN), None)
    if named is None and verb is not None:
        named = slavic_clauses.subject_of(line, verb, slavic_clauses.past_form(line, verb))
    who = slavic_phrases.sources(line, named)
    if not who:
        return []
    token = line.tokens[place]
    cue = replace(_NOUN_CUE, stance=stance)
    group = Group(cue, place, "")
    made = draft(line, "nominal", group, who, [line.extent(start, content_end(line, start, group))])
    made.cue = (token.start, token.end)
    return [made]
