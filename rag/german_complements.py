"""The clause that a German reporting verb takes: where it begins, of which kind, and where it ends.

Rule ids: clause (dass, ob, w-clause), reported_clause (Konjunktiv or a bare main clause),
infinitive (zu), colon.
"""

from __future__ import annotations

from rag import german_clauses, german_subjects, phrases
from rag.drafts import NOMINAL, Draft, Line, Run
from rag.german_clauses import Group, tag, text
from rag.german_objects import draft
from rag.tagging import VERBS, Tag

_COMMAS_TRIED = 4
_INSERTION = 30  # tokens of a relative or infinitive clause between frame and content
# Words directly before the comma of "sagte er nicht, was ...", where no noun can be meant.
_CLOSE_TO_VERB = frozenset({Tag.VFIN, Tag.PART, Tag.NEG, Tag.ADV, Tag.PRON})
_DEPENDENT = frozenset({Tag.SUB, Tag.REL, Tag.WH, Tag.UM, Tag.CONJ, Tag.AS})


def edges(group: Group, who: Run | None) -> tuple[int, int]:
    """First and last token of verb and subject where the subject follows the verb."""
    if who is None or who[0] < group.finite:
        return min(group.members), group.last
    return min(group.members), max(group.last, who[1] - 1)


def complement(line: Line, group: Group, who: Run | None) -> list[Draft]:
    """A clause after the frame; appositions and clauses inserted before it are passed over."""
    last = edges(group, who)[1]
    place = last
    for _ in range(_COMMAS_TRIED):
        place = _next_boundary(line, place + 1)
        if place < 0:
            return []
        rule = _rule_of(line, place, group, who)
        if rule == "reported_clause" and _has_object(line, last + 1, place):
            return []
        if rule:
            return _clause_draft(line, rule, place, group, who)
        if text(line, place) == ":" or not _passable(line, place):
            return []
        place = _end_of_insertion(line, place)
    return []


def _clause_draft(line: Line, rule: str, place: int, group: Group, who: Run | None) -> list[Draft]:
    start = place + 1
    if rule == "infinitive":
        end = clause_end(line, start)
    else:
        final = german_clauses.is_verb_final(line, group.finite)
        end = content_end(line, start, whole=rule != "clause" and not final)
    content = line.extent(start, end)
    return [draft(line, rule, group, who, [content])] if content[1] > content[0] else []


def _next_boundary(line: Line, place: int) -> int:
    """The next comma or colon, -1 where a verb or quotation comes first.

    "dass" opens a clause also where its comma was forgotten.
    """
    for k in range(place, len(line.tokens)):
        if k in line.framed:
            continue
        if line.tokens[k].text in (",", ":"):
            return k
        if line.tokens[k].lower in ("dass", "daß"):
            return k - 1
        if line.tokens[k].tag in (Tag.VFIN, Tag.VPP, Tag.QUOTE) or k in line.used:
            return -1
    return -1


def _end_of_insertion(line: Line, comma: int) -> int:
    """The last token of a relative or "ohne ... zu" clause that begins at a comma, or the comma."""
    first = comma + 1 + (tag(line, comma + 1) is Tag.PREP)
    if tag(line, first) not in (Tag.REL, Tag.UM):
        return comma
    for k in range(first, min(first + _INSERTION, len(line.tokens))):
        if text(line, k) == "," and tag(line, k - 1) in VERBS:
            return k - 1
    return comma


def _rule_of(line: Line, comma: int, group: Group, who: Run | None) -> str:
    """Which rule the clause after a comma or colon satisfies, "" for none."""
    takes = group.cue.takes
    if "clause" not in takes or comma + 1 in line.used:
        return ""  # "beteuerte X, wie Y berichtete": another frame
    if text(line, comma) == ":":
        return _rule_of_colon(line, comma, group, who)
    if who is None and group.passive:
        takes = takes - {"bare"}  # "wurde erwartet, dies entspricht ...": nobody goes on to speak
    return _rule_of_clause(line, comma, takes)


def _rule_of_colon(line: Line, colon: int, group: Group, who: Run | None) -> str:
    """A colon opens what is said, unless the verb has its object already."""
    after = line.tokens[colon + 1 :]
    if group.passive or not any(token.tag in VERBS for token in after):
        return ""
    if any(token.mood == "k1" for token in after):
        return "colon"
    return "colon" if not _is_complete(line, group, who, colon) else ""


def _is_complete(line: Line, group: Group, who: Run | None, colon: int) -> bool:
    """As in "kündigte vier Professoren an: ...": an object says what, the colon only explains."""
    front = german_subjects.front_field(line, group.finite)
    if front and who and who[0] > group.finite and tag(line, front[0]) in NOMINAL:
        return True
    place = edges(group, who)[1] if group.last == group.finite else group.finite
    place = max(place, who[1] - 1 if who else 0) + 1
    while place < colon:
        if line.tokens[place].lower in line.words.words["accusative_pronouns"]:
            return True
        if place in group.members or tag(line, place) not in NOMINAL | {Tag.PREP}:
            place += 1
        elif tag(line, place) is Tag.PREP:
            place = max(place + 1, phrases.end_of_phrase(line, place + 1, colon))
        else:
            return not phrases.is_time(line, place)
    return False


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
        return "reported_clause" if _main_clause_behind(line, first) else ""
    if tag(line, first) in (Tag.SUB, Tag.VFIN) or word in words["adverbial"]:
        return "reported_clause" if _main_clause_behind(line, first) else ""
    if tag(line, first) is Tag.UM or word in words["no_content"]:
        return ""
    return _rule_of_main_clause(line, first, takes)


def _main_clause_behind(line: Line, first: int) -> bool:
    """As in "sagte, da der Weg frei sei, werde man gehen": Konjunktiv I after a first clause."""
    return any(
        text(line, k) == "," and tag(line, k + 1) is Tag.VFIN and line.tokens[k + 1].mood
        for k in range(first, len(line.tokens) - 1)
    )


def _rule_of_main_clause(line: Line, first: int, takes: frozenset[str]) -> str:
    end = line.end_of_words()
    stop = next((k for k in range(first, end) if text(line, k) in (",", ";", ":")), end)
    verbs = [k for k in range(first, stop) if tag(line, k) is Tag.VFIN]
    if verbs and _is_relative(line, first, verbs[0], stop):
        return ""
    if verbs:
        return "reported_clause" if line.tokens[verbs[0]].mood or "bare" in takes else ""
    if any(tag(line, k) in (Tag.VIZU, Tag.TO) for k in range(first, stop)):
        return "infinitive" if "infinitive" in takes or "bare" in takes else ""
    relative = Tag.REL in (tag(line, first), tag(line, first + 1))
    interrupted = stop < end and tag(line, stop + 1) in (Tag.REL, Tag.PREP)
    opened = stop < end and text(line, stop + 1).lower() in line.words.words["articles"]
    later = [k for k in range(stop + 1, end) if text(line, k) == ","]
    if interrupted and later and tag(line, later[0] + 1) is Tag.VFIN and not relative:
        return "reported_clause"
    # "sagte X, für Waffen, die A, B und C geliefert haben, gebe es": with commas of its own
    resumed = (line.tokens[k + 1] for k in later if k + 1 < end)
    if (interrupted or opened) and any(t.tag is Tag.VFIN and t.mood == "k1" for t in resumed):
        return "" if relative else "reported_clause"
    return ""


def _is_relative(line: Line, first: int, finite: int, stop: int) -> bool:
    """Whether a clause that opens with "die", "der", "in dem" is a relative one: its verb is last.

    "sagte Rice, die USA hielten sich daran": the verb follows one phrase, the article is one.
    """
    at = first + (tag(line, first) is Tag.PREP)
    last = finite == stop - 1
    if tag(line, at) is not Tag.REL:
        pronoun = line.tokens[first].lower in line.words.words["articles"]
        bare = tag(line, first) in (Tag.VPP, Tag.VINF)
        return last and (bare or (pronoun and phrases.end_of_phrase(line, first) != finite))
    if last and finite - at > 2:
        return True
    if at > first:
        return line.tokens[finite].mood != "k1"
    reported = line.tokens[finite].mood == "k1" and not last
    return not reported and (phrases.end_of_phrase(line, at + 1) != finite or last)


def _has_object(line: Line, first: int, comma: int) -> bool:
    """As in "bemerkte der Pilot die Probleme, ...": a verb with its object takes no clause."""
    accusative = line.words.words["accusative"]
    after = [t for t in line.tokens[comma + 1 : comma + 12] if t.tag is Tag.VFIN]
    return not (after and after[0].mood) and any(
        t.lower in accusative for t in line.tokens[first:comma]
    )


def _passable(line: Line, comma: int) -> bool:
    """Whether an apposition or an inserted clause follows; the content may come behind it."""
    return tag(line, comma + 1) in NOMINAL | {Tag.REL, Tag.PREP, Tag.UM}


def clause_end(line: Line, start: int) -> int:
    """The token after a clause within a sentence, with the clauses that depend on it."""
    end = line.end_of_words()
    for k in range(start, end):
        if text(line, k) == ";":
            return k
        if text(line, k) != "," or tag(line, k - 1) not in VERBS:
            continue
        joined = tag(line, k + 1) is Tag.CONJ and tag(line, k + 2) is Tag.VFIN
        if joined and not line.tokens[k + 2].mood:
            return k  # "den Krieg zu verlängern, und drohte"
        if tag(line, k + 1) in _DEPENDENT or tag(line, k + 2) in (Tag.REL, Tag.SUB):
            continue
        stop = next((m for m in range(k + 1, end) if text(line, m) in ",;:"), end)
        inner = [tag(line, m) for m in range(k + 1, stop)]
        finite = Tag.VFIN in inner and not line.tokens[k + 1 + inner.index(Tag.VFIN)].mood
        if finite or all(here in (Tag.PART, Tag.ADV, Tag.PUNCT) for here in inner):
            return k
    return end


def content_end(line: Line, start: int, *, whole: bool = True) -> int:
    """The token after the content: the sentence's end, or where the narration goes on.

    `whole` is False for subordinate clauses, which any finite verb after a comma ends.
    """
    end = line.end_of_words()
    finite = next((k for k in range(start, end) if tag(line, k) is Tag.VFIN), end)
    reported = finite < end and bool(line.tokens[finite].mood)
    for k in range(start + 1, end):
        if text(line, k) == ":" and tag(line, k + 1) is Tag.QUOTE:
            return k
        if text(line, k) == "," and reported and text(line, k + 1) == "ohne":
            return k
        if text(line, k) == ";" or text(line, k + 1).lower() in line.words.words["contrast"]:
            if text(line, k) in (",", ";") and _is_told(line, k + 1, end):
                return k
        elif (text(line, k) == "," or tag(line, k) is Tag.CONJ) and _goes_on(
            line, k, end, whole=whole, reported=reported
        ):
            return k
    return end


def _is_told(line: Line, first: int, end: int) -> bool:
    """Whether the next clause is a main clause in the indicative: the article speaks again."""
    finite = next((k for k in range(first, end) if tag(line, k) is Tag.VFIN), None)
    if finite is None or line.tokens[finite].mood:
        return False
    return not german_clauses.is_verb_final(line, finite)


def _goes_on(line: Line, k: int, end: int, *, whole: bool, reported: bool) -> bool:
    """Whether the narration goes on after a comma or "and"."""
    following = k + 1
    token = line.tokens[following] if following < end else None
    if token is None or token.mood:
        return False
    if token.tag is not Tag.VFIN:
        joined = reported and tag(line, k) is Tag.CONJ and text(line, k).lower() == "und"
        return joined and _is_told(line, following, end) and not _same_clause(line, following, end)
    if following in line.used or (not whole and text(line, k) == ","):
        return True
    if german_clauses.is_verb_final(line, following):
        return False
    return reported or german_clauses.verb_group(line, following) is not None


def _same_clause(line: Line, first: int, end: int) -> bool:
    """Whether "und" joins words of one clause: a comma comes before the next finite verb."""
    for k in range(first, end):
        if text(line, k) == ",":
            return True
        if tag(line, k) is Tag.VFIN:
            return False
    return True
