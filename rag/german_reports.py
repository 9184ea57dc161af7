"""German rules for reporting verbs: subject and verb, and the clause, quotation or phrase reported.

Rule ids: quote_right, quote_left (a quotation), clause (dass, ob, w-clause), reported_clause
(Konjunktiv or a bare main clause), clause_left ("..., sagte X"), infinitive, colon, as ("wie X
mitteilte"), so (", so X"), it_says ("heißt es in X"), object, prepositional_object, noun ("der
Ansicht, dass"), anaphora ("Das teilte X mit": the sentence before is meant).
"""

from __future__ import annotations

from rag import german_clauses, phrases
from rag.drafts import NOMINAL, Draft, Extent, Line, Run
from rag.german_clauses import Group
from rag.german_frames import (
    by_as,
    by_it_says,
    by_noun,
    by_so,
    clause_start,
    is_empty,
    mentions,
    tag,
    text,
)
from rag.schema import Form, Stance
from rag.tagging import VERBS, Tag

_COMMAS_TRIED = 3


def reported(line: Line) -> list[Draft]:
    """The claims of a sentence that its reporting verbs and nouns make, in order of the rules."""
    drafts: list[Draft] = []
    for rule in (by_it_says, by_so, by_as, by_noun, _by_verb):
        for place in range(len(line.tokens)):
            if place not in line.used:
                drafts += rule(line, place)
    return drafts


def _by_verb(line: Line, place: int) -> list[Draft]:
    if line.tokens[place].tag not in VERBS:
        return []
    group = german_clauses.verb_group(line, place)
    if group is None or line.used & set(group.members):
        return []
    if group.purpose:
        return _purpose(line, group)
    who = german_clauses.agent(line, group) if group.passive else _speaker(line, group)
    if who is not None and is_empty(line, who):
        return _anaphora(line, group, who)
    for rule in (_quoted, _clause_left, _complement, _prepositional_object, _object):
        found = rule(line, group, who)
        if found:
            line.used.update(group.members)
            return found
    return []


def _speaker(line: Line, group: Group) -> Run | None:
    return german_clauses.subject(line, group.finite)


def _draft(
    line: Line, rule: str, group: Group, who: Run | None, content: list[Extent]
) -> Draft:
    cue_place = next(
        (k for k in group.members if line.tokens[k].lemma == group.cue.lemma), group.members[0]
    )
    cue = (line.tokens[cue_place].start, line.tokens[cue_place].end)
    return Draft(rule, group.cue.stance, content, sources=mentions(line, who), cue=cue)


def _edges(group: Group, who: Run | None) -> tuple[int, int]:
    """First and last token of verb and subject where the subject follows the verb."""
    if who is None or who[0] < group.finite:
        return min(group.members), group.last
    return min(group.members), max(group.last, who[1] - 1)


def _quoted(line: Line, group: Group, who: Run | None) -> list[Draft]:
    """A quotation right after the frame, right before it, or on both sides of it."""
    if group.passive:
        return []
    first, last = _edges(group, who)
    if who is not None and who[0] < first and not german_clauses.is_verb_final(line, group.finite):
        first = who[0]
    found: list[Draft] = []
    left = first - 1
    while left >= 0 and (text(line, left) in ",–—-" or tag(line, left) in (Tag.ADV, Tag.CONJ)):
        left -= 1
    if first - left <= 4 and tag(line, left) is Tag.QUOTE and left not in line.used:
        found.append(_quote(line, "quote_left", group, who, left))
    right = _quote_after(line, last)
    if right is not None:
        found.append(_quote(line, "quote_right", group, who, right))
    return found


def _quote_after(line: Line, last: int) -> int | None:
    for k in range(last + 1, min(len(line.tokens), last + 16)):
        here = tag(line, k)
        if here is Tag.QUOTE:
            return k if k not in line.used else None
        if here in (Tag.VFIN, Tag.SUB, Tag.REL, Tag.WH):
            return None
    return None


def _quote(line: Line, rule: str, group: Group, who: Run | None, place: int) -> Draft:
    line.used.add(place)
    draft = _draft(line, rule, group, who, [line.quote_at(place)])
    draft.form = Form.DIRECT
    return draft


def _clause_left(line: Line, group: Group, who: Run | None) -> list[Draft]:
    """ "Die Lage sei ernst, sagte X": the clause before the frame, and what goes on after it."""
    finite, comma = group.finite, group.finite - 1
    if who is None or who[0] < finite or text(line, comma) not in (",", "–", "—"):
        return []
    start = clause_start(line, comma)
    verbs = [k for k in range(start, comma) if tag(line, k) is Tag.VFIN]
    if not verbs or line.is_used(start, start + 1):
        return []
    opening = line.tokens[start].lower
    subordinate = tag(line, start) is Tag.SUB and opening not in ("dass", "daß", "ob")
    if subordinate and len(verbs) < 2:
        return []
    content = [line.extent(start, comma)]
    after = max(group.last, who[1] - 1) + 1
    rest = _clause_after(line, after)
    if rest is not None:
        content.append(rest)
    return [_draft(line, "clause_left", group, who, content)]


def _clause_after(line: Line, place: int) -> Extent | None:
    comma = next((k for k in range(place, min(place + 8, len(line.tokens))) if text(line, k) == ","), None)
    if comma is None:
        return None
    reported_mood = any(t.mood for t in line.tokens[comma:])
    joined = tag(line, comma + 1) in (Tag.CONJ, Tag.SUB, Tag.REL)
    if not reported_mood or not joined:
        return None
    return line.extent(comma + 1, _content_end(line, comma + 1))


def _complement(line: Line, group: Group, who: Run | None) -> list[Draft]:
    """A clause after the frame; appositions and relative clauses before it are passed over."""
    _, last = _edges(group, who)
    place = last
    for _ in range(_COMMAS_TRIED):
        place = _next_boundary(line, place + 1)
        if place < 0:
            return []
        rule = _rule_of(line, place, group)
        if rule == "colon" and group.passive:
            return []
        if rule:
            start = place + 1
            content = line.extent(start, _content_end(line, start))
            return [_draft(line, rule, group, who, [content])] if content[1] > content[0] else []
        if not _passable(line, place):
            return []
    return []


def _next_boundary(line: Line, place: int) -> int:
    """The next comma or colon, -1 where a verb or quotation comes first."""
    for k in range(place, len(line.tokens)):
        if line.tokens[k].text in (",", ":"):
            return k
        if line.tokens[k].tag in (Tag.VFIN, Tag.VPP, Tag.QUOTE) or k in line.used:
            return -1
    return -1


def _rule_of(line: Line, comma: int, group: Group) -> str:
    """Which rule the clause after a comma or colon satisfies, "" for none."""
    takes, words = group.cue.takes, line.words.words
    if "clause" not in takes:
        return ""
    if text(line, comma) == ":":
        return "colon" if any(tag(line, k) in VERBS for k in range(comma, len(line.tokens))) else ""
    first = comma + 1
    while tag(line, first) in (Tag.ADV, Tag.CONJ, Tag.NEG) and tag(line, first + 1) in (Tag.SUB, Tag.WH):
        first += 1
    word = line.tokens[first].lower if first < len(line.tokens) else ""
    if word in words["complementisers"] and tag(line, first) in (Tag.SUB, Tag.WH, Tag.DET, Tag.AS):
        return "clause"
    if tag(line, first) is Tag.PREP and text(line, first + 1).lower() in words["complementisers"]:
        return "clause"
    if word in words["conditionals"]:
        return "reported_clause" if any(t.mood for t in line.tokens[first:]) else ""
    if tag(line, first) in (Tag.SUB, Tag.UM, Tag.VFIN):
        return ""
    return _rule_of_main_clause(line, first, takes)


def _rule_of_main_clause(line: Line, first: int, takes: frozenset[str]) -> str:
    stop = next((k for k in range(first, len(line.tokens)) if text(line, k) in (",", ";", ":")), len(line.tokens))
    verbs = [line.tokens[k] for k in range(first, stop) if tag(line, k) is Tag.VFIN]
    relative = tag(line, first) is Tag.REL or (
        tag(line, first) is Tag.PREP and tag(line, first + 1) is Tag.REL
    )
    if verbs:
        second_place = tag(line, stop - 1) is not Tag.VFIN or stop - first <= 3
        if relative and not (verbs[0].mood == "k1" and second_place):
            return ""
        return "reported_clause" if verbs[0].mood or "bare" in takes else ""
    if any(tag(line, k) in (Tag.VIZU, Tag.TO) for k in range(first, stop)):
        return "infinitive" if "infinitive" in takes or "bare" in takes else ""
    interrupted = stop < len(line.tokens) and tag(line, stop + 1) in (Tag.REL, Tag.PREP)
    later = next((k for k in range(stop + 1, len(line.tokens)) if text(line, k) == ","), None)
    if interrupted and later and tag(line, later + 1) is Tag.VFIN and not relative:
        return "reported_clause"
    return ""


def _passable(line: Line, comma: int) -> bool:
    """Whether an apposition or relative clause follows, behind which the content may still come."""
    first = comma + 1
    return tag(line, first) in NOMINAL or tag(line, first) in (Tag.REL, Tag.PREP)


def _content_end(line: Line, start: int) -> int:
    """The token after the content: the sentence's end, or where the narration goes on."""
    end = line.end_of_words()
    for k in range(start + 1, end):
        following = k + 1
        if tag(line, following) is not Tag.VFIN and following not in line.used:
            continue
        if text(line, k) == "," or tag(line, k) is Tag.CONJ:
            token = line.tokens[following] if following < end else None
            if token is None or token.mood:
                continue
            if following in line.used and token.tag is Tag.VFIN:
                return k
            if german_clauses.verb_group(line, following) and not german_clauses.is_verb_final(
                line, following
            ):
                return k
    return end


def _prepositional_object(line: Line, group: Group, who: Run | None) -> list[Draft]:
    """ "warnte vor NP", "sprach von NP", "drohte mit NP"."""
    if not group.cue.prepositions or group.passive:
        return []
    low, high = _field(line, group)
    for k in range(low, high):
        word = line.tokens[k].lower
        if tag(line, k) is Tag.PREP and _fused(word) & group.cue.prepositions:
            if who is not None and who[0] <= k < who[1]:
                continue
            content = line.extent(k + 1, high)
            if content[1] > content[0]:
                return [_draft(line, "prepositional_object", group, who, [content])]
    return []


def _fused(word: str) -> set[str]:
    """A German preposition without the article it may be fused with."""
    return {word, {"vom": "von", "zum": "zu", "zur": "zu", "am": "an", "vorm": "vor"}.get(word, word)}


def _field(line: Line, group: Group) -> tuple[int, int]:
    """The tokens between the finite verb and the end of its clause, participle left out."""
    if german_clauses.is_verb_final(line, group.finite):
        opening = german_clauses.opener(line, group.finite)
        return (opening or 0) + 1, min(group.members)
    low = group.finite + 1
    if group.last > group.finite:
        return low, group.last
    for k in range(low, len(line.tokens)):
        joins = tag(line, k) is Tag.CONJ and tag(line, k + 1) in (Tag.VFIN, Tag.VPP)
        if text(line, k) in (",", ";", ":", "–", "—") or joins or tag(line, k) is Tag.QUOTE:
            return low, k
    return low, line.end_of_words()


def _object(line: Line, group: Group, who: Run | None) -> list[Draft]:
    """ "dementierte NP", "hat NP bestätigt", "NP wurde von X bestätigt"."""
    if "object" not in group.cue.takes:
        return []
    if group.passive:
        what = german_clauses.subject(line, group.finite)
        if who is None or what is None:
            return []
        return [_draft(line, "object", group, who, [line.extent(*what)])]
    low, high = _field(line, group)
    if who is None:
        return []
    if who[0] >= low:
        low = who[1]
    while low < high and tag(line, low) in (Tag.ADV, Tag.REFL, Tag.NEG):
        low += 1
    if low < high and tag(line, low) is Tag.PREP:
        low = max(low + 1, phrases.end_of_phrase(line, low + 1, high))
    front = german_clauses.front_field(line, group.finite)
    if low >= high and front and who[0] > group.finite:
        low, high = front
    if low >= high or tag(line, low) not in NOMINAL or phrases.is_time(line, low):
        return []
    content = line.extent(low, high)
    return [_draft(line, "object", group, who, [content])] if content[1] - content[0] > 3 else []


def _purpose(line: Line, group: Group) -> list[Draft]:
    who = german_clauses.subject(line, group.finite)
    start = next(k for k in range(min(group.members), -1, -1) if tag(line, k) is Tag.UM)
    content = line.extent(start + 1, min(group.members))
    if who is None or "object" not in group.cue.takes or content[1] <= content[0]:
        return []
    line.used.update(group.members)
    return [_draft(line, "object", group, who, [content])]


def _anaphora(line: Line, group: Group, who: Run) -> list[Draft]:
    """ "Das teilte X mit", "Dies bestätigte X": the sentence before is the content."""
    if line.tokens[who[0]].lower not in ("das", "dies") or who[0] > 1:
        return []
    if group.passive or any(t.tag in (Tag.SUB, Tag.QUOTE) for t in line.tokens):
        return []
    speaker = german_clauses.nominative_after(line, group.finite)
    if speaker is None:
        return []
    line.used.update(range(len(line.tokens)))
    return [_draft(line, "anaphora", group, speaker, [])]
