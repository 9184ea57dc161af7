"""Rules for reporting verbs in English, Ukrainian and Russian; ids as in `german_reports`."""

from __future__ import annotations

from rag import phrases, svo_clauses
from rag.drafts import HEADS, NOMINAL, Draft, Extent, Line, Run
from rag.schema import Form, Stance
from rag.svo_clauses import Group, tag, text
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


def _mentions(line: Line, run: Run | None) -> list[Extent]:
    return [line.extent(*part) for part in phrases.sources(line, run)] if run else []


def _by_verb(line: Line, place: int) -> list[Draft]:
    if line.tokens[place].tag not in VERBS:
        return []
    group = svo_clauses.verb_group(line, place)
    if group is None:
        return []
    who = svo_clauses.agent(line, group) if group.passive else svo_clauses.subject(line, group)
    if who is not None and text(line, who[0]) in line.words.words["empty_subject"]:
        if who[1] - who[0] == 1 and not (group.passive or group.dependent):
            return []
    for rule in (_quoted, _clause_left, _complement, _infinitive, _prepositional_object, _object):
        found = rule(line, group, who)
        if found:
            line.used.update(range(group.first, place + 1))
            return found
    return []


def _draft(line: Line, rule: str, group: Group, who: Run | None, content: list[Extent]) -> Draft:
    token = line.tokens[group.place]
    cue = (token.start, token.end)
    return Draft(rule, group.cue.stance, content, sources=_mentions(line, who), cue=cue)


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
    draft = _draft(line, rule, group, who, [line.quote_at(place)])
    draft.form = Form.DIRECT
    return draft


def _clause_left(line: Line, group: Group, who: Run | None) -> list[Draft]:
    """ "The strike killed five, X said", and what goes on after the frame."""
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
    if tag(line, start) in (Tag.SUB, Tag.PREP, Tag.ADV, Tag.VING) and _goes_on(line, last):
        return []
    content = [line.extent(start, comma)]
    if last + 1 < len(line.tokens) and line.tokens[last + 1].text == ",":
        end = _content_end(line, last + 2)
        rest = line.extent(last + 2, end)
        if any(tag(line, k) in (Tag.VFIN, Tag.VPP) for k in range(last + 2, end)):
            content.append(rest)
    return [_draft(line, "clause_left", group, who, content)]


def _goes_on(line: Line, last: int) -> bool:
    """Whether the content stands right of the frame: "When asked, X said it was late"."""
    following = last + 1
    complement = text(line, following) in line.words.words["complementisers"]
    return complement or any(
        tag(line, k) is Tag.VFIN for k in range(following, min(len(line.tokens), following + 8))
    )


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
    content = line.extent(start, _content_end(line, start))
    if content[1] - content[0] < 4:
        return []
    return [_draft(line, rule, group, who, [content])]


def _complement_start(line: Line, place: int, group: Group) -> tuple[int, str]:
    """Where a reported clause begins, and the rule; -1 where none does."""
    complementisers = line.words.words["complementisers"]
    for k in range(place, min(len(line.tokens), place + _REACH)):
        token = line.tokens[k]
        if token.lower in complementisers and token.tag in (Tag.SUB, Tag.WH, Tag.REL, Tag.ADV):
            return k, "clause"
        if token.text == ":" and k + 1 < len(line.tokens):
            return k + 1, "colon"
        if k in line.used:
            continue
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
        elif here is Tag.PREP:
            k = max(k + 1, phrases.end_of_phrase(line, k + 1))
        else:
            break
    if group.cue.lemma in line.words.words["addressed"]:
        k = max(k, phrases.end_of_phrase(line, k))
    if tag(line, k) not in NOMINAL | {Tag.PRON}:
        return -1, ""
    end = _content_end(line, k)
    verb = next((m for m in range(k, end) if tag(line, m) in (Tag.VFIN, Tag.VPP)), None)
    blocked = verb is None or any(line.tokens[m].text in ",;" and m < k + 2 for m in range(k, verb))
    if blocked or any(tag(line, m) in (Tag.REL, Tag.SUB) for m in range(k, verb or k)):
        return -1, ""
    return k, "reported_clause"


def _content_end(line: Line, start: int) -> int:
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
    group = svo_clauses.verb_group(line, place)
    return group is not None or place in line.used


def _infinitive(line: Line, group: Group, who: Run | None) -> list[Draft]:
    """ "threatened to strike", "urged Kyiv to withdraw"."""
    if "infinitive" not in group.cue.takes or line.language != "en":
        return []
    for k in range(group.place + 1, min(len(line.tokens), group.place + 12)):
        here = tag(line, k)
        if here is Tag.TO and tag(line, k + 1) in (Tag.VINF, Tag.ADV, Tag.VFIN):
            start = k if group.cue.stance is not Stance.EXPECTS or group.passive else group.place + 1
            content = line.extent(start, _content_end(line, k))
            return [_draft(line, "infinitive", group, who, [content])]
        if here in VERBS or here is Tag.SUB or line.tokens[k].text in ",;:":
            return []
    return []


def _prepositional_object(line: Line, group: Group, who: Run | None) -> list[Draft]:
    """ "warned of NP", "called for NP", "accused X of NP"."""
    if not group.cue.prepositions or group.passive or who is None:
        return []
    for k in range(group.place + 1, min(len(line.tokens), group.place + 10)):
        if text(line, k) in group.cue.prepositions:
            start = k + 1 if group.cue.lemma != "accuse" else group.place + 1
            content = line.extent(start, _content_end(line, k))
            return [_draft(line, "prepositional_object", group, who, [content])]
        if tag(line, k) in VERBS or tag(line, k) is Tag.PUNCT:
            return []
    return []


def _object(line: Line, group: Group, who: Run | None) -> list[Draft]:
    """ "denied NP", "confirmed the deaths", "the deaths were confirmed by X"."""
    if "object" not in group.cue.takes:
        return []
    if group.passive:
        what = svo_clauses.subject_left(line, group.first)
        if who is None or what is None:
            return []
        return [_draft(line, "object", group, who, [line.extent(*what)])]
    start = group.place + 1
    while tag(line, start) is Tag.ADV:
        start += 1
    if who is None or tag(line, start) not in NOMINAL | {Tag.VING, Tag.PRON}:
        return []
    if who[0] > group.place or phrases.is_time(line, start):
        return []
    content = line.extent(start, _object_end(line, start))
    return [_draft(line, "object", group, who, [content])] if content[1] - content[0] > 3 else []


def _object_end(line: Line, start: int) -> int:
    end = _content_end(line, start)
    for k in range(start, end):
        if line.tokens[k].text in (";", ":", "—") or (k in line.used and k > start):
            return k
        if line.tokens[k].text == "," and tag(line, k - 1) in HEADS and tag(line, k + 1) not in NOMINAL:
            return k
    return end


def _as(line: Line, place: int) -> list[Draft]:
    """ "as X said" before or after the content."""
    if text(line, place) != _AS.get(line.language) or tag(line, place - 1) not in (Tag.PUNCT, Tag.QUOTE):
        return []
    for k in range(place + 1, min(len(line.tokens), place + 14)):
        if line.tokens[k].text in ".;:":
            return []
        group = svo_clauses.verb_group(line, k)
        if group is None:
            continue
        left = svo_clauses.subject_left(line, group.first) if group.first > place + 1 else None
        who = left if left and left[0] > place else svo_clauses.subject_right(line, k)
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
        return [_draft(line, "as", group, who, [content])]
    return []
