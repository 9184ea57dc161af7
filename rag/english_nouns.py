"""Frames whose reporting word is no finite verb: "the claim that", "quoted X as saying".

Also adjectives of conviction ("is convinced that") and participles that open a sentence
("Confirmed by two diplomats, the halt ...").
"""

from __future__ import annotations

from rag import english_verbs, phrases
from rag.drafts import HEADS, NOMINAL, Draft, Extent, Line, Run
from rag.english_contents import content_end, mentions
from rag.english_subjects import subject_left, tag, text
from rag.schema import Form, Stance
from rag.tagging import VERBS, Tag

_QUOTING = 14  # tokens between "quoted" and "as saying"
_LEAST = 8  # characters of what a noun can hold


def quoted_as(line: Line, place: int) -> list[Draft]:
    """As in "TASS quoted X as saying that", "X was quoted by TASS as saying"."""
    if text(line, place) != "as" or tag(line, place + 1) is not Tag.VING:
        return []
    saying = line.words.verb(line.tokens[place + 1])
    near = range(place - 1, max(-1, place - _QUOTING), -1)
    verb = next((k for k in near if text(line, k) in line.words.words["quoting"]), None)
    if saying is None or verb is None:
        return []
    auxiliary = english_verbs.first_auxiliary(line, verb)
    passive = auxiliary < verb and tag(line, verb) in (Tag.VPP, Tag.VFIN) and verb + 1 <= place
    passive = passive and text(line, verb - 1) not in ("has", "have", "had")
    by = next((k for k in range(verb, place) if text(line, k) in ("by", "in")), None)
    reduced = auxiliary == verb and by == verb + 1
    outlet: Run | None
    if passive or reduced:
        who = subject_left(line, auxiliary)
        outlet = (by + 1, phrases.end_of_phrase(line, by + 1)) if by else None
    else:
        who, outlet = (verb + 1, place), subject_left(line, auxiliary)
    start = place + 2
    while tag(line, start) in (Tag.ADV, Tag.PUNCT) and start < len(line.tokens):
        start += 1
    content = line.extent(start, content_end(line, start))
    if passive and who is not None and text(line, start) == "by":
        outlet = (start + 1, phrases.end_of_phrase(line, start + 1))
        content = _left_of(line, who[0])  # "“...,” X was quoted as saying by TASS"
    told = start >= line.end_of_words() or saying.lemma in line.words.words["addressed"]
    opened = (subject_left(line, auxiliary) or (0, 0))[0]
    if told and opened > 0 and tag(line, opened - 1) in (Tag.PUNCT, Tag.QUOTE):
        content = _left_of(line, opened)  # "“...,” he is quoted as saying"
    if who is None or content[1] - content[0] < 3:
        return []
    line.used.update(range(auxiliary, place + 2))
    line.used.update(k for k in range(start, len(line.tokens)) if tag(line, k) is Tag.QUOTE)
    cue = (line.tokens[place + 1].start, line.tokens[place + 1].end)
    via = mentions(line, outlet) if outlet else []
    form = Form.DIRECT if tag(line, start) is Tag.QUOTE else Form.INDIRECT
    made = Draft("quoted_as", saying.stance, [content], form, mentions(line, who), cue, via)
    return [made]


def _is_comment(line: Line, place: int) -> bool:
    """As in ", a charge that judges dismissed": what the article says of a content."""
    return text(line, place - 1) in ("a", "an", "the") and text(line, place - 2) in (",", "–", "—")


def _left_of(line: Line, place: int) -> Extent:
    """The quotation or clause that ends before a speaker."""
    quote = next((k for k in (place - 1, place - 2) if tag(line, k) is Tag.QUOTE), None)
    if quote is None:
        return line.extent(0, place)
    line.used.add(quote)
    return line.quote_at(quote)


def said_by_noun(line: Line, place: int) -> list[Draft]:
    """As in "the claim that", "is convinced that", "“...” was his reply", "Confirmed by X, ..."."""
    word, here = text(line, place), tag(line, place)
    if here is Tag.QUOTE:
        return _verdict(line, place)
    if place == 0 and here in VERBS | {Tag.ADJ, Tag.NAME, Tag.OTHER}:
        return _fronted(line)
    if line.tokens[place].text in (",", "–", "—") and place > 1:
        return _verdict(line, place)
    if word in line.words.words["convinced"] and text(line, place + 1) == "that":
        return _convinced(line, place)
    cleft = text(line, 0) == "it" and word in _replies(line)  # "It was the verdict of X that"
    known = (word in line.words.nouns or cleft) and here in HEADS
    return _claimed(line, place) if known and not _is_comment(line, place) else []


def _claimed(line: Line, place: int) -> list[Draft]:
    """As in "X's claim that", "a report by X that"."""
    that = place + 1
    agent: Run | None = None
    if text(line, that) in ("by", "from", "of"):
        end = phrases.end_of_phrase(line, that + 1)
        agent, that = ((that + 1, end), end) if end > that + 1 else (None, that)
    if text(line, that) != "that" or tag(line, that + 1) in (Tag.VFIN, Tag.PUNCT):
        return []
    content = line.extent(that, _clause_end(line, place, that))
    if line.is_used(that, that + 3) or content[1] - content[0] < _LEAST:
        return []
    who = agent or _holder(line, place)
    line.used.update(range(place, that + 1))
    stance = line.words.nouns.get(text(line, place), Stance.ASSERTS)
    made = _made(line, "noun", stance, content, who, place)
    made.voiced = agent is not None and text(line, place + 1) == "of"  # no "estimate of the dead"
    return [made]


def _clause_end(line: Line, noun: int, that: int) -> int:
    """As in "His claim that the rate stood at 4% contradicts polls": before the main verb."""
    end = content_end(line, that)
    if any(tag(line, k) is Tag.VFIN for k in range(noun)):
        return end
    seen = False
    for k in range(that + 1, end):
        if tag(line, k) in (Tag.SUB, Tag.REL, Tag.WH, Tag.CONJ) or text(line, k) == ",":
            seen = False
        elif tag(line, k) is Tag.VFIN:
            if seen:
                return k
            seen = True
    return end


def _made(
    line: Line, rule: str, stance: Stance, content: Extent, who: Run | None, place: int
) -> Draft:
    cue = (line.tokens[place].start, line.tokens[place].end)
    return Draft(rule, stance, [content], sources=mentions(line, who), cue=cue)


def _holder(line: Line, noun: int) -> Run | None:
    """Whose claim it is: "Moscow's claim", "his claim", or who "made the claim"."""
    first = noun
    while first > 0 and tag(line, first - 1) in NOMINAL:
        first -= 1
    if tag(line, first - 1) is Tag.POSS:
        end = first - 1
        start = end
        while start > 0 and tag(line, start - 1) in NOMINAL:
            start -= 1
        return (start, end) if start < end else None
    if text(line, first) in ("his", "her", "its", "their"):
        return first, first + 1
    verb = first - 1
    if text(line, verb) in line.words.words["making"]:
        return subject_left(line, english_verbs.first_auxiliary(line, verb))
    return None


def _convinced(line: Line, place: int) -> list[Draft]:
    """As in "Biden is convinced that the alliance will hold"."""
    first = english_verbs.first_auxiliary(line, place)
    who = subject_left(line, first) if first < place else None
    if who is None or text(line, who[0]) in line.words.words["empty_subject"]:
        return []
    if any(tag(line, k) is Tag.NEG for k in range(first, place)):
        return []
    content = line.extent(place + 1, content_end(line, place + 1))
    line.used.update(range(first, place + 1))
    return [_made(line, "noun", Stance.ASSERTS, content, who, place)]


def _verdict(line: Line, place: int) -> list[Draft]:
    """As in "“...” was the reply from Moscow", "The deal is dead, was his verdict"."""
    first = place + 2
    noun = next((k for k in range(first, first + 6) if text(line, k) in _replies(line)), None)
    if text(line, place + 1) not in ("is", "was", "came", "has") or noun is None:
        return []
    who = _holder(line, noun)
    if who is None and text(line, noun + 1) in ("from", "of", "by"):
        who = (noun + 2, phrases.end_of_phrase(line, noun + 2))
    if who is None or who[0] >= who[1]:
        return []
    quoted = tag(line, place) is Tag.QUOTE
    if not quoted and not any(tag(line, k) is Tag.VFIN for k in range(place)):
        return []
    line.used.add(place)
    content = line.quote_at(place) if quoted else line.extent(0, place)
    made = _made(line, "verdict", Stance.ASSERTS, content, who, noun)
    made.form = Form.DIRECT if quoted else Form.INDIRECT
    return [made]


def _replies(line: Line) -> frozenset[str]:
    return line.words.words["replies"]


def _fronted(line: Line) -> list[Draft]:
    """As in "Confirmed by two diplomats, the halt took effect in March"."""
    if text(line, 1) not in line.words.words["agents"]:
        return []
    lemma = line.words.words["fronted"]
    end = phrases.end_of_phrase(line, 2)
    if text(line, 0) not in lemma or end == 2 or text(line, end) != ",":
        return []
    stem = next(
        (c for name, c in line.words.verbs.items() if text(line, 0) in (name + "ed",)), None
    )
    content = line.extent(end + 1, line.end_of_words())
    line.used.update(range(end))
    stance = stem.stance if stem else Stance.REPORTS
    return [_made(line, "fronted", stance, content, (2, end), 0)]
