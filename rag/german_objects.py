"""German reporting verbs whose content is a phrase: "warnte vor NP", "dementierte NP"."""

from __future__ import annotations

from rag import german_clauses, german_subjects, phrases
from rag.drafts import HEADS, NOMINAL, Draft, Extent, Line, Run
from rag.german_clauses import Group, tag, text
from rag.german_frames import mentions
from rag.schema import Stance
from rag.tagging import Tag


def draft(line: Line, rule: str, group: Group, who: Run | None, content: list[Extent]) -> Draft:
    """The claim of a verb group with its speaker; the cue is the word that carries the meaning."""
    cue_place = next(
        (
            k
            for k in reversed(group.members)
            if line.tokens[k].tag is not Tag.VFIN and _means(line, k)
        ),
        group.finite,
    )
    cue = (line.tokens[cue_place].start, line.tokens[cue_place].end)
    stance = group.cue.stance_with(rule)
    return Draft(rule, stance, content, sources=mentions(line, who), cue=cue)


def _means(line: Line, place: int) -> bool:
    """Whether a member of a verb group carries its meaning: no auxiliary and no particle."""
    verbal = tag(line, place) in (Tag.VPP, Tag.VINF, Tag.VIZU)
    return verbal and line.tokens[place].lemma not in line.words.words["auxiliaries"]


def prepositional_object(line: Line, group: Group, who: Run | None) -> list[Draft]:
    """As in "warnte vor NP", "sprach von NP", "drohte mit NP"."""
    figure_only = "figure" in group.cue.takes and "object" not in group.cue.takes
    if not group.cue.prepositions or group.passive or figure_only:
        return []
    if "naming" in group.cue.takes:
        return []
    low, high = field(line, group, who)
    for k in range(low, high):
        word = line.tokens[k].lower
        if _points_back(word) & group.cue.prepositions and who is not None:
            return [draft(line, "anaphora", group, who, [])]  # "hatte damit gedroht"
        if tag(line, k) in (Tag.PREP, Tag.UM) and _fused(word) & group.cue.prepositions:
            if who is not None and who[0] <= k < who[1]:
                continue
            content = line.extent(k + 1, high)
            if content[1] > content[0]:
                made = draft(line, "prepositional_object", group, who, [content])
                made.stance = group.cue.stance_with("phrase")  # "pochte auf eine Feuerpause"
                return [made]
    return _in_front(line, group, who)


def _in_front(line: Line, group: Group, who: Run | None) -> list[Draft]:
    """As in "Von einem Fake sprachen am Freitag die Kartografen": the phrase opens the sentence."""
    front = german_subjects.front_field(line, group.finite)
    if front is None or who is None or who[0] < group.finite:
        return []
    first = front[0]
    while tag(line, first) in (Tag.ADV, Tag.NEG):
        first += 1
    timed = phrases.is_time(line, first + 1) or phrases.is_time(line, first + 2)
    named = german_subjects.is_voice(line, who) and first + 1 < front[1] and not timed
    if not named or not _fused(line.tokens[first].lower) & group.cue.prepositions:
        return []
    made = draft(line, "prepositional_object", group, who, [line.extent(first + 1, front[1])])
    made.stance = group.cue.stance_with("phrase")
    return [made]


def figure(line: Line, group: Group, who: Run | None) -> list[Draft]:
    """As in "schätzte die Zahl auf 300", "zählte 300 Tote", "kam auf 300": what gives a number."""
    if "figure" not in group.cue.takes or group.passive or who is None:
        return []
    low, high = _figure_field(line, group, who)
    if tag(line, low) is Tag.REFL:
        return []
    wanted = group.cue.prepositions
    for k in range(low, high):
        if wanted and not (tag(line, k) is Tag.PREP and line.tokens[k].lower in wanted):
            continue
        # "schätzt die Kosten auf 38 Dollar", "nannte 30 Prozent"
        money = group.cue.stance is Stance.ESTIMATES or "naming" in group.cue.takes
        if _number(line, range(k, min(k + 5, high)), money=money):
            start = k if tag(line, low) is Tag.PREP else low
            made = draft(line, "figure", group, who, [line.extent(start, high)])
            return [made]
        named = tag(line, k) in HEADS and group.cue.stance is not Stance.ESTIMATES
        if not wanted and named:
            break
    return []


def _figure_field(line: Line, group: Group, who: Run) -> Run:
    low, high = field(line, group, who)
    if who[0] >= low:
        low = who[1]
    while low < high:
        if tag(line, low) is Tag.PREP and tag(line, low + 1) is Tag.NUM:
            break
        if tag(line, low) is Tag.PREP and line.tokens[low].lower not in group.cue.prepositions:
            low = max(low + 1, phrases.end_of_phrase(line, low + 1, high))
        elif low in line.framed or (
            tag(line, low) in (Tag.ADV, Tag.NEG) and tag(line, low + 1) is not Tag.NUM
        ):
            low += 1
        else:
            break
    told = "naming" in group.cue.takes and text(line, low) in line.words.words["datives"]
    end = phrases.end_of_phrase(line, low, high) if told else low
    if told and any(tag(line, k) is Tag.NUM for k in range(end, high)):
        low = end + sum(tag(line, k) is Tag.ADV for k in range(end, min(end + 1, high)))
    front = german_subjects.front_field(line, group.finite)
    if low >= high and front and who[0] > group.finite and tag(line, front[0]) is not Tag.PREP:
        return front
    return low, high


def _number(line: Line, places: range, *, money: bool) -> bool:
    """Whether a number stands here that counts something, and measures nothing unless `money`."""
    measures = frozenset() if money else line.words.words["measures"]
    for k in places:
        if tag(line, k) in HEADS:
            return False  # "Platz 23"
        figure = line.tokens[k].text[0].isdigit() or tag(line, k) is Tag.NUM
        if figure and tag(line, k) is not Tag.ADV:
            counted = range(k + 1, k + 4)
            timed = phrases.is_time(line, k + 1)
            return not timed and all(text(line, m).lower() not in measures for m in counted)
    return False


def _points_back(word: str) -> set[str]:
    """The preposition in "damit", "davor", "darauf"; none in other words."""
    bare = word.removeprefix("da")
    return {bare, bare.removeprefix("r")} if bare != word else set()


def _fused(word: str) -> set[str]:
    """A German preposition without the article it may be fused with."""
    return {
        word,
        {"vom": "von", "zum": "zu", "zur": "zu", "am": "an", "vorm": "vor"}.get(word, word),
    }


def field(line: Line, group: Group, who: Run | None = None) -> tuple[int, int]:
    """The tokens between the finite verb and the end of its clause, participle left out.

    Commas within a subject that follows the verb end nothing.
    """
    if german_clauses.is_verb_final(line, group.finite):
        opening = german_clauses.opener(line, group.finite)
        return (opening or 0) + 1, min(group.members)
    low = group.finite + 1
    if group.last > group.finite:
        return low, group.last
    after = who[1] if who is not None and who[0] >= low else low
    apposed = any(text(line, k) == "," for k in range(low, after))
    after += apposed and text(line, after) == ","
    for k in range(after, len(line.tokens)):
        joins = tag(line, k) is Tag.CONJ and tag(line, k + 1) in (Tag.VFIN, Tag.VPP)
        if text(line, k) in (",", ";", ":", "–", "—") or joins or tag(line, k) is Tag.QUOTE:
            return low, k
    return low, line.end_of_words()


def noun_phrase(line: Line, group: Group, who: Run | None) -> list[Draft]:
    """As in "dementierte NP", "hat NP bestätigt", "NP wurde von X bestätigt"."""
    # "wird ... erwartet" needs nobody who expects it
    expected = group.passive and group.cue.stance is Stance.EXPECTS and not line.framed
    if "object" not in group.cue.takes or (who is None and not expected):
        return []
    if who is None or group.passive:
        return _passive(line, group, who, whole=expected and who is None)
    low, high = object_field(line, group, who)
    if _is_anaphor(line, low, high):
        return [draft(line, "anaphora", group, who, [])]
    content = (0, 0)
    if low < high and tag(line, low) is Tag.QUOTE and low not in line.used:
        line.used.add(low)
        content = line.quote_at(low)
    elif low < high and _opens_object(line, low) and not phrases.is_time(line, low):
        low = _behind_dative(line, low, high)
        content = line.extent(low, _with_clause(line, low, high))
    return [draft(line, "object", group, who, [content])] if content[1] - content[0] > 3 else []


def _opens_object(line: Line, place: int) -> bool:
    """Whether a noun phrase begins here, a "so" before its measure included: "so viele Tote"."""
    measured = line.tokens[place].lower == "so" and text(line, place + 1).startswith("viel")
    return tag(line, place) in NOMINAL or measured


def _passive(line: Line, group: Group, who: Run | None, *, whole: bool) -> list[Draft]:
    """As in "NP wurde von X bestätigt"; with its field in "NP wird nicht vor Mai erwartet"."""
    what = german_subjects.subject(line, group.finite)
    if what is None:
        return []
    content = [line.extent(*what)]
    if whole and group.last > group.finite:
        content = _passive_field(line, group, what)
    return [draft(line, "object", group, who, content)]


def _passive_field(line: Line, group: Group, what: Run) -> list[Extent]:
    """The subject of a passive with all that stands between its verbs."""
    low, high = group.finite + 1, min(k for k in group.members if k != group.finite)
    if high <= low:
        return [line.extent(*what)]
    parts = [line.extent(*what)] if what[1] <= group.finite else []
    parts.append(line.extent(low, high))
    return [part for part in parts if part[1] - part[0] > 1]


def _behind_dative(line: Line, low: int, high: int) -> int:
    """As in "kündigte den Betroffenen rasche Hilfe an": to whom is no part of what."""
    dative = line.tokens[low].lower in line.words.words["datives"]
    if not dative and tag(line, low) is not Tag.NAME:
        return low
    place = phrases.end_of_phrase(line, low, high)
    if line.tokens[low].lower == "den" and not text(line, place - 1).endswith(("n", "s")):
        return low  # "den Stopp aller Lieferungen": an accusative
    while place < high and tag(line, place) in (Tag.ADV, Tag.PREP):
        if line.tokens[place].lower == "als":
            return low
        after = phrases.end_of_phrase(line, place + 1, high)
        place = max(place + 1, after if tag(line, place) is Tag.PREP else 0)
    named = low < place < high and tag(line, place) in NOMINAL and not phrases.is_time(line, place)
    genitive = named and line.tokens[place].lower in line.words.words["genitives"]
    return place if named and not genitive else low


def _with_clause(line: Line, low: int, high: int) -> int:
    """The end of an object with the clause of its noun: "Berichte, nach denen ..."."""
    carrying = any(line.tokens[k].text in line.words.nouns for k in range(low, high))
    first = line.tokens[high + 1] if high + 1 < len(line.tokens) else None
    if not carrying or first is None or text(line, high) != ",":
        return high
    words = line.words.words
    relative = first.tag is Tag.PREP and tag(line, high + 2) is Tag.REL
    opened = first.lower in (*words["complementisers"], *words["whereby"]) or relative
    stop = next((k for k in range(high + 1, len(line.tokens)) if text(line, k) in ",;:."), high)
    to = any(tag(line, k) in (Tag.TO, Tag.VIZU) for k in range(high, stop))
    return stop if opened or to else high


def _is_anaphor(line: Line, low: int, high: int) -> bool:
    """As in "Moskau bestritt das am Mittwoch", "Dem widersprach X": the sentence before."""
    pointing = low < high and line.tokens[low].lower in line.words.words["anaphora"]
    loose = (Tag.ADV, Tag.PREP, Tag.NEG)
    return pointing and (high == low + 1 or tag(line, low + 1) in loose)


def object_field(line: Line, group: Group, who: Run, leading: frozenset[str] = frozenset()) -> Run:
    """Where the object stands: behind verb and subject, or in front of the verb.

    `leading` are the prepositions with which it may begin.
    """
    low, high = field(line, group, who)
    if who[0] >= low:
        low = who[1] + (text(line, who[1]) == "," and who[1] < high)
    while low < high and tag(line, low) in (Tag.ADV, Tag.NEG):
        low += 1
    while low < high and tag(line, low) is Tag.PREP and line.tokens[low].lower not in leading:
        low = max(low + 1, phrases.end_of_phrase(line, low + 1, high))
        while low < high and tag(line, low) in (Tag.ADV, Tag.NEG):
            low += 1
    told = "naming" in group.cue.takes and text(line, low) in line.words.words["datives"]
    end = phrases.end_of_phrase(line, low, high) if told else low
    if told and any(tag(line, k) is Tag.NUM for k in range(end, high)):
        low = end + sum(tag(line, k) is Tag.ADV for k in range(end, min(end + 1, high)))
    front = german_subjects.front_field(line, group.finite)
    if low >= high and front and who[0] > group.finite:
        low, high = front
    return low, high
