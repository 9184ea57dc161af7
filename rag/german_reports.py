"""German rules for reporting verbs: subject and verb, and the clause, quotation or phrase reported.

Rule ids: quote_right, quote_left (a quotation), clause (dass, ob, w-clause), reported_clause
(Konjunktiv or a bare main clause), clause_left ("..., sagte X"), infinitive, colon, as ("wie X
mitteilte"), so (", so X"), it_says ("heißt es in X"), object, prepositional_object, noun ("der
Ansicht, dass"), anaphora ("Das teilte X mit": the sentence before is meant).
"""

from __future__ import annotations

from collections.abc import Callable

from rag import german_clauses, german_objects, german_subjects
from rag.drafts import NOMINAL, Draft, Extent, Line, Run
from rag.german_clauses import Group, tag, text
from rag.german_frames import by_as, by_it_says, by_noun, by_so, clause_start, is_empty
from rag.german_objects import draft
from rag.schema import Form
from rag.tagging import VERBS, Tag

_COMMAS_TRIED = 3
_Rule = Callable[[Line, Group, Run | None], list[Draft]]
# Words directly before the comma of "sagte er nicht, was ...", where no noun can be meant.
_CLOSE_TO_VERB = frozenset({Tag.VFIN, Tag.PART, Tag.NEG, Tag.ADV, Tag.PRON})


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
    if group is None or _is_taken(line, group, place) or _is_itself_reported(line, group):
        return []
    if group.purpose:
        return german_objects.purpose(line, group)
    who = german_subjects.agent(line, group) if group.passive else _speaker(line, group)
    if who is not None and is_empty(line, who):
        return german_objects.anaphora(line, group, who)
    rules: tuple[_Rule, ...] = (
        _quoted,
        _clause_left,
        _complement,
        german_objects.figure,
        german_objects.prepositional_object,
        german_objects.noun_phrase,
    )
    if group.cue.takes == {"figure"}:
        rules = (german_objects.figure,)
    for rule in rules[: 3 if group.infinitive else None]:
        found = rule(line, group, who)
        if found:
            line.used.update(group.members)
            return found
    return []


def _is_taken(line: Line, group: Group, place: int) -> bool:
    """Whether an earlier rule has this verb; an auxiliary may serve two participles."""
    if group.cue.lemma in line.words.words["not_reflexive"] and Tag.REFL in (
        tag(line, group.finite + 1),
        tag(line, place - 1),
    ):
        return True  # "bestätigt sich die Befürchtung" reports nothing
    return any(k in line.used for k in group.members if k == place or k != group.finite)


def _is_itself_reported(line: Line, group: Group) -> bool:
    """As in "Er gehe davon aus, dass": a frame in Konjunktiv I goes on reporting somebody else."""
    finite = line.tokens[group.finite]
    return finite.mood == "k1" and not german_clauses.is_verb_final(line, group.finite)


def _speaker(line: Line, group: Group) -> Run | None:
    return german_subjects.subject(line, group.finite)


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
    quoted = draft(line, rule, group, who, [line.quote_at(place)])
    quoted.form = Form.DIRECT
    return quoted


def _clause_left(line: Line, group: Group, who: Run | None) -> list[Draft]:
    """As in "Die Lage sei ernst, sagte X": the clause before the frame, and its rest."""
    finite, comma = group.finite, group.finite - 1
    if who is None or who[0] < finite or text(line, comma) not in (",", "–", "—"):
        return []
    start = clause_start(line, comma)
    verbs = [k for k in range(start, comma) if tag(line, k) is Tag.VFIN]
    main = [k for k in verbs if not german_clauses.is_verb_final(line, k)]
    denied = any(tag(line, k) is Tag.NEG for k in range(finite, min(finite + 12, len(line.tokens))))
    opening = line.tokens[start].lower
    complement = opening in ("dass", "daß", "ob") or (
        denied and opening in line.words.words["complementisers"]
    )
    if not (main or complement) or line.is_used(start, start + 1):
        return []
    content = [line.extent(start, comma)]
    after = max(group.last, who[1] - 1) + 1
    rest = _clause_after(line, after)
    if rest is not None:
        content.append(rest)
    return [draft(line, "clause_left", group, who, content)]


def _clause_after(line: Line, place: int) -> Extent | None:
    comma = next(
        (k for k in range(place, min(place + 8, len(line.tokens))) if text(line, k) == ","), None
    )
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
        if rule == "reported_clause" and _has_object(line, last + 1, place):
            return []
        if rule:
            start = place + 1
            final = german_clauses.is_verb_final(line, group.finite)
            whole = rule != "clause" and not final
            content = line.extent(start, _content_end(line, start, whole=whole))
            return [draft(line, rule, group, who, [content])] if content[1] > content[0] else []
        if not _passable(line, place):
            return []
    return []


def _next_boundary(line: Line, place: int) -> int:
    """The next comma or colon, -1 where a verb or quotation comes first."""
    for k in range(place, len(line.tokens)):
        if k in line.framed:
            continue
        if line.tokens[k].text in (",", ":"):
            return k
        if line.tokens[k].tag in (Tag.VFIN, Tag.VPP, Tag.QUOTE) or k in line.used:
            return -1
    return -1


def _rule_of(line: Line, comma: int, group: Group) -> str:
    """Which rule the clause after a comma or colon satisfies, "" for none."""
    takes = group.cue.takes
    if "clause" not in takes:
        return ""
    if text(line, comma) == ":":
        return "colon" if any(tag(line, k) in VERBS for k in range(comma, len(line.tokens))) else ""
    return _rule_of_clause(line, comma, takes)


def _rule_of_clause(line: Line, comma: int, takes: frozenset[str]) -> str:
    first, words = comma + 1, line.words.words
    while tag(line, first) in (Tag.ADV, Tag.CONJ, Tag.NEG) and tag(line, first + 1) in (
        Tag.SUB,
        Tag.WH,
    ):
        first += 1
    word = line.tokens[first].lower if first < len(line.tokens) else ""
    if word in words["complementisers"] and tag(line, first) in (Tag.SUB, Tag.WH, Tag.DET, Tag.AS):
        relative = word in words["also_relative"] and tag(line, comma - 1) not in _CLOSE_TO_VERB
        consecutive = text(line, comma + 1) == "so"  # "so dass"
        return "" if relative or consecutive else "clause"
    if tag(line, first) is Tag.PREP and text(line, first + 1).lower() in words["complementisers"]:
        return "clause"
    if word in words["conditionals"]:
        return "reported_clause" if any(t.mood for t in line.tokens[first:]) else ""
    if tag(line, first) in (Tag.SUB, Tag.UM, Tag.VFIN) or text(line, comma + 1) == "so":
        return ""
    return _rule_of_main_clause(line, first, takes)


def _rule_of_main_clause(line: Line, first: int, takes: frozenset[str]) -> str:
    stop = next(
        (k for k in range(first, len(line.tokens)) if text(line, k) in (",", ";", ":")),
        len(line.tokens),
    )
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


def _has_object(line: Line, first: int, comma: int) -> bool:
    """As in "bemerkte der Pilot die Probleme, ...": a verb with its object takes no clause."""
    accusative = line.words.words["accusative"]
    after = [t for t in line.tokens[comma + 1 : comma + 12] if t.tag is Tag.VFIN]
    return not (after and after[0].mood) and any(
        t.lower in accusative for t in line.tokens[first:comma]
    )


def _passable(line: Line, comma: int) -> bool:
    """Whether an apposition or relative clause follows; the content may come behind it."""
    first = comma + 1
    return tag(line, first) in NOMINAL or tag(line, first) in (Tag.REL, Tag.PREP)


def _content_end(line: Line, start: int, *, whole: bool = True) -> int:
    """The token after the content: the sentence's end, or where the narration goes on.

    `whole` is False for subordinate clauses, which any finite verb after a comma ends.
    """
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
            if not whole and text(line, k) == ",":
                return k
            if german_clauses.verb_group(line, following) and not german_clauses.is_verb_final(
                line, following
            ):
                return k
    return end
