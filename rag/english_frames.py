"""The frame of an English reporting verb: speaker, verb and what stands beside it.

What a frame reports stands left of it, right of it, or on both sides: "The attack, officials said
on Friday, began at dawn". Quotations and clauses are told apart here, where both may stand left.
"""

from __future__ import annotations

from rag import noun_phrase, phrases
from rag.drafts import HEADS, NOMINAL, Draft, Line, Run
from rag.english_contents import content_end, draft
from rag.english_subjects import tag, text
from rag.english_verbs import Group
from rag.schema import Form, Stance
from rag.tagging import Tag

_DASHES = ("–", "—")
_MARKS = (",", *_DASHES)
_APPOSED = NOMINAL | {Tag.PREP, Tag.POSS, Tag.PUNCT, Tag.ADV, Tag.VING, Tag.REL}
_STRETCH = 22  # tokens of appositions between a quotation and its frame
_FINITE = (Tag.VFIN, Tag.VPP)
_INSERTED = 14
_TAIL = 7  # tokens of a headline in which the speaker may stand at its end


def edges(line: Line, group: Group, who: Run | None) -> Run:
    """First and last token of the frame: the verb with the subject beside it."""
    end = group.place
    if group.cue.particle and text(line, end + 1) == group.cue.particle:
        end += 1
    if who is None or group.dependent:
        return group.first, end
    if who[0] > group.place:
        return group.first, who[1] - 1
    return who[0], end


def after_adjuncts(line: Line, group: Group, last: int) -> int:
    """The token after what belongs to the frame: whom it was told, where, when and how."""
    place, open_noun = last + 1, group.cue.lemma in line.words.words["addressed"]
    if group.place < last:
        open_noun = False
    limit = len(line.tokens)
    while place < limit:
        here = tag(line, place)
        if begins_number(line, place):
            return place
        if here in (Tag.ADV, Tag.REFL) or phrases.is_time(line, place):
            place += 1
        elif here is Tag.PREP and not _counts(line, place):
            end = phrases.end_of_phrase(line, place + 1 + (tag(line, place + 1) is Tag.VING))
            if end <= place + 1:
                return place
            place, open_noun = end, False
        elif open_noun and here in NOMINAL | {Tag.PRON}:
            place, open_noun = _addressee_end(line, place), False
        elif here in (Tag.VPP, Tag.VING) and tag(line, place - 1) in HEADS:
            place += 1
        elif line.tokens[place].text == "," and (closing := _inserted(line, place)):
            place = closing
        else:
            return place
    return place


def begins_number(line: Line, place: int) -> bool:
    """Whether a number begins: "more than 200 people", "as many as 200"."""
    word, following = text(line, place), text(line, place + 1)
    more = word in ("more", "less", "fewer") and following == "than"
    return more or (word == "as" and following in ("many", "much", "few"))


def _counts(line: Line, place: int) -> bool:
    """As in "said about 3,000 soldiers": the preposition belongs to a number."""
    counting = text(line, place) in line.words.words["quantifying"]
    if text(line, place + 1) in ("least", "most", "to"):  # "at least 14", "up to 300"
        return tag(line, place + 2) is Tag.NUM
    return counting and tag(line, place + 1) in (Tag.NUM, Tag.DET)


def _addressee_end(line: Line, place: int) -> int:
    """After whom something was told; the subject of a clause may follow without a mark."""
    end = max(place + 1, phrases.end_of_phrase(line, place))
    swallowed = tag(line, end) in (Tag.VFIN, Tag.VPP) and tag(line, place) is Tag.NAME
    return place + 1 if swallowed and end > place + 1 else end


def _inserted(line: Line, comma: int) -> int | None:
    """As in "said, citing X, that": the token after the comma that closes an insertion."""
    relative = text(line, comma + 1) in line.words.words["also_relative"]
    for k in range(comma + 1, min(len(line.tokens), comma + _INSERTED)):
        if line.tokens[k].text == ",":
            word = text(line, k + 1)
            return k + 1 if word in line.words.words["complementisers"] else None
        if tag(line, k) in (Tag.QUOTE, Tag.SUB) or text(line, k) in ("and", "but"):
            return None
        if tag(line, k) is Tag.VFIN and not relative:
            return None
    return None


def quoted(line: Line, group: Group, who: Run | None) -> list[Draft]:
    """As in "“...,” X said", "X said: “...”"; a frame amid a quotation holds one claim."""
    if group.passive or not group.cue.takes & {"clause", "quote"}:
        return []
    first, last = edges(line, group, who)
    right = _quote_after(line, group, last)
    left = None if group.dependent or who is None else _quote_before(line, group, first, last)
    if left is not None and left < first - 2 and who is not None and who[0] == first:
        who = _stretched(line, left, who)
    places = [place for place in (left, right) if place is not None]
    if not places:
        return []
    line.used.update(places)
    content = [line.quote_at(place) for place in places]
    rule = "quote_left" if left is not None else "quote_right"
    made = draft(line, rule, group, who, content)
    made.form = Form.DIRECT
    if "naming" in group.cue.takes:
        made.stance = group.cue.stance_with("naming")
    if left is not None and (start := _mixed_start(line, left)) < left:
        made.content[0] = (line.tokens[start].start, content[0][1])
        made.form = Form.MIXED
    if right is not None and tag(line, right + 1) in (Tag.VFIN, Tag.PREP, Tag.NOUN, Tag.TO):
        made.content[-1] = (content[-1][0], line.extent(right, content_end(line, right))[1])
        made.form = Form.MIXED
    return [made]


def _quote_before(line: Line, group: Group, first: int, last: int) -> int | None:
    """The quotation left of a frame, over commas and the appositions of the speaker."""
    left = first - 1
    while left >= 0 and (line.tokens[left].text in (*_MARKS, "-") or tag(line, left) is Tag.ADV):
        left -= 1
    marked = first - left <= 4 and tag(line, left) is Tag.QUOTE
    if not marked:
        while left >= max(0, first - _STRETCH) and tag(line, left) in _APPOSED:
            if line.tokens[left].text in ";:":
                return None
            left -= 1
    if tag(line, left) is not Tag.QUOTE or left in line.used:
        return None
    last_mark = line.text[line.tokens[left].start : line.tokens[left].end].rstrip("\"”’'»")[-1:]
    # "X denied it: “It is fake,” said Y": a comma within ties a quotation to what follows it.
    labelled = text(line, left - 1) == ":" and last_mark != ","
    closed = last_mark == "."
    return None if labelled or (closed and goes_on(line, group, last + 1, last + 1)) else left


def _stretched(line: Line, left: int, who: Run) -> Run:
    """The speaker with the appositions that stand between a quotation and the name."""
    start = left + 1
    while start < who[0] and tag(line, start) is Tag.PUNCT:
        start += 1
    return (start, who[1]) if tag(line, start) in NOMINAL else who


def _mixed_start(line: Line, place: int) -> int:
    """Where the clause begins that ends in a quotation: "The plan is “a gift ...,” he said"."""
    start = place
    while start > 0 and start - 1 not in line.used and line.tokens[start - 1].text not in ";:":
        if tag(line, start - 1) is Tag.QUOTE:
            break
        start -= 1
    while start < place and tag(line, start) in (Tag.CONJ, Tag.PUNCT, Tag.ADV):
        start += 1
    spoken = any(tag(line, k) in _FINITE for k in range(start, place))
    return start if spoken and tag(line, place - 1) is not Tag.PUNCT else place


def _quote_after(line: Line, group: Group, last: int) -> int | None:
    """The quotation that a frame opens; none where it only belongs to a clause."""
    objects = (*line.words.words["not_subject"], "her", "it")
    objected = "object" not in group.cue.takes and text(line, last + 1) in objects
    place = after_adjuncts(line, group, last + objected)  # "X contradicted him: “...”"
    while line.tokens[place : place + 1] and line.tokens[place].text in (",", ":", *_DASHES):
        place += 1
    if text(line, place) == "that" and tag(line, place + 1) is Tag.QUOTE:
        return None
    if tag(line, place) is not Tag.QUOTE or place in line.used:
        return None
    quoted_text = line.text[slice(*line.quote_at(place))].rstrip("\"”’'»")
    inverted = quoted_text.endswith(",") and tag(line, place + 1) in _FINITE
    return None if inverted else place  # "X denied it: “It is fake,” said Y"


def headline_tail(line: Line) -> list[Draft]:
    """As in "33 dead as missile hits hospital - official": who speaks stands behind a dash."""
    if not (line.headline and line.tokens) or line.tokens[-1].text in ".!?":
        return []
    end = len(line.tokens)
    dash = next((k for k in range(end - 1, max(2, end - _TAIL), -1) if _is_dash(line, k)), None)
    if dash is None or dash + 1 == end:
        return []
    if any(tag(line, k) not in NOMINAL | {Tag.POSS} for k in range(dash + 1, end)):
        return []
    kinds = ("roles", "anonymous", "organisations", "voices")
    words = [line.tokens[k].text for k in range(dash + 1, end)]
    voiced = any(noun_phrase.is_a(kind, word) for kind in kinds for word in words)
    content, mention = line.extent(0, dash), line.extent(dash + 1, end)
    return [Draft("label", Stance.ASSERTS, [content], sources=[mention], person=not voiced)]


def _is_dash(line: Line, place: int) -> bool:
    """Whether a dash stands free, rather than within a word."""
    token = line.tokens[place]
    return token.text in ("-", *_DASHES) and line.text[token.start - 1 : token.start] == " "


def goes_on(line: Line, group: Group, following: int, after: int) -> bool:
    """Whether the content stands right of the frame: "When asked, X said it was late"."""
    stops = (Tag.CONJ, Tag.SUB, Tag.REL, Tag.WH, Tag.QUOTE, Tag.AS)
    words = line.words.words
    asked = words["question_words"] if group.cue.lemma in words["takes_question"] else frozenset()
    opening = words["complementisers"] - (words["question_words"] - asked)
    if any(text(line, k) in opening for k in (following, after)):
        return True
    if text(line, after) == ":":
        return True
    for k in range(after, min(len(line.tokens), after + 10)):
        if line.tokens[k].text in ",;:–—-" or tag(line, k) in stops:
            return False
        if tag(line, k) is Tag.VFIN:
            return True
    return False
