"""Rules for reporting verbs of Ukrainian and Russian; ids as in `german_reports`.

One set for both languages: frames beside the content first, then what each verb takes.
"""

from __future__ import annotations

from rag import (
    noun_phrase,
    slavic_clauses,
    slavic_ellipsis,
    slavic_frames,
    slavic_judgements,
    slavic_nouns,
    slavic_objects,
    slavic_phrases,
    slavic_places,
    slavic_sources,
    slavic_subjects,
    slavic_unlisted,
)
from rag.drafts import Draft, Line, Run
from rag.schema import Form, Stance
from rag.slavic_clauses import Group, group_at, tag, text
from rag.slavic_contents import clause_start, content_end, draft, is_anaphoric, points_back
from rag.slavic_frames import Frame
from rag.tagging import Tag

_REACH = 40  # tokens between a verb and its clause


def reported(line: Line) -> list[Draft]:
    """The claims of a sentence that its reporting verbs and nouns make."""
    frames = slavic_frames.frames(line)
    drafts: list[Draft] = []
    for place in range(len(line.tokens)):
        if place not in line.used:
            drafts += _by_verb(line, place) or slavic_nouns.by_noun(line, place)
    drafts += slavic_ellipsis.gapped(line, drafts)
    return _with_frames(line, frames, drafts)


def _with_frames(line: Line, frames: list[Frame], drafts: list[Draft]) -> list[Draft]:
    """The claims of frames, but for those that only pass on another claim of the sentence."""
    made: list[Draft] = []
    for frame in frames:
        own = slavic_frames.draft_of(line, frame)
        inner = [d for d in drafts if d.cue and d.sources and _holds(own, d.cue)]
        if inner and slavic_frames.is_channel(line, frame):
            for other in inner:
                other.via = other.via + own.sources
        elif own.content:
            made.append(own)
    return made + drafts


def _holds(outer: Draft, cue: tuple[int, int]) -> bool:
    return any(a <= cue[0] and cue[1] <= b for a, b in outer.content)


def _by_verb(line: Line, place: int) -> list[Draft]:
    group = (
        group_at(line, place)
        or slavic_unlisted.before_quote(line, place)
        or slavic_unlisted.with_clause(line, place)
    )
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
        tuple(line.words.words["done"])
    )


def _speakers(line: Line, group: Group) -> list[Run] | None:
    """The sources of a verb: its subject, a place that speaks, whose document it is, or none.

    None where the subject is no speaker ("это означает").
    """
    if group.impersonal and group.cue.lemma in line.words.words["opinion"]:
        return None  # "считается, что"
    run = slavic_subjects.subject(line, group) or slavic_places.there(line, group)
    if run is None:
        run = slavic_places.document(line, group) if group.impersonal else None
        run = run or slavic_places.institution(line, group)
    if run is None and _has_empty_subject(line, group):
        return None
    return slavic_sources.sources(line, run)


def _has_empty_subject(line: Line, group: Group) -> bool:
    first, _ = slavic_clauses.segment(line, group.place)
    words = [text(line, k) for k in range(first, group.place)]
    return (
        group.form in "ns" and bool(words) and words[0] in line.words.words["it"] and len(words) < 3
    )


def _quoted(line: Line, group: Group, who: list[Run]) -> list[Draft]:
    """As in "X сказал: «...»"."""
    if "clause" not in group.cue.takes or (group.impersonal and not who):
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
    matter = []
    if colon and group.cue.stance is Stance.DENIES:  # "спростувала чутки: «...»"
        matter = slavic_objects.noun_object(line, group, who)
        made.stance = Stance.ASSERTS if matter else made.stance
    return [*matter, made]


def _quote_beside(line: Line, group: Group, who: list[Run]) -> int:
    """The quotation right behind a verb and its subject, without a colon; 0 where none stands."""
    _, last = slavic_clauses.segment(line, group.place)
    if last < len(line.tokens) and tag(line, last) is Tag.QUOTE:
        if group.cue.stance is Stance.DEMANDS and tag(line, last - 1) is not Tag.PREP:
            return last
        if group.cue.lemma in line.words.words["writing"]:
            return 0  # the title of what was written
        behind = max([group.place + 1, *(run[1] for run in who if run[0] > group.place)])
        return last if last == behind else 0
    return 0


def _colon(line: Line, place: int) -> int:
    """The colon that ends the clause of a verb, or 0."""
    for k in range(place + 1, min(len(line.tokens), place + _REACH)):
        if line.tokens[k].text == ":" and slavic_clauses.is_bound(line, k):
            return k
        if tag(line, k) in (Tag.VFIN, Tag.SUB, Tag.QUOTE) or line.tokens[k].text in ";.":
            return 0
    return 0


def _clause(line: Line, group: Group, who: list[Run]) -> list[Draft]:
    """As in "X заявил, что", "про те, що", with insertions between."""
    if "clause" not in group.cue.takes or slavic_objects.has_infinitive(line, group):
        return []
    start = clause_start(line, group.place)
    if start < 0:
        return []
    made = draft(line, "clause", group, who, [line.extent(start, content_end(line, start, group))])
    if group.place == 0 and group.form == "p" and text(line, 0) in line.words.words["sayers"]:
        made.stance, made.carried, made.sources = Stance.REPORTS, False, []  # "Говорят, что"
    line.used.update(range(group.place, start))
    if text(line, start) in line.words.words["purpose"]:
        made.stance = group.cue.stance_with("urging")
    if "noun" in group.cue.takes:
        made.stance = slavic_nouns.told_by(line, group.place, start) or made.stance
    return [made] if made.content[0][1] - made.content[0][0] > 3 else []


def _colon_clause(line: Line, group: Group, who: list[Run]) -> list[Draft]:
    """As in "Міністр пояснив: росіяни відступають"."""
    colon = _colon(line, group.place)
    if "clause" not in group.cue.takes or not colon or colon + 2 >= len(line.tokens):
        return []
    if (group.impersonal and not who) or _reports_soon(line, colon + 1, who):
        return []
    heard = not who or any(slavic_phrases.is_voice(line, *run) for run in who)
    if not heard or any(k in line.framed for k in range(colon + 1, len(line.tokens))):
        return []
    behind = slavic_clauses.phrases(line, group.place + 1, colon)
    matter = slavic_objects.noun_object(line, group, who) if "object" in group.cue.takes else []
    judged = group.cue.stance in (Stance.CONFIRMS, Stance.DENIES)
    if matter and group.cue.stance is Stance.DENIES:  # "обвинения отверг: полёт шёл над морем"
        told = draft(line, "colon", group, who, [line.extent(colon + 1, line.end_of_words())])
        told.stance = Stance.ASSERTS
        inner = any(group_at(line, k) for k in range(colon + 1, len(line.tokens)))
        return matter if inner else [*matter, told]
    if judged and any(p < 0 and phrase.run not in who for phrase, p in behind):
        return []  # "підтвердила клас: здобула": the object is what was confirmed
    line.used.update(range(group.place, colon))
    content = line.extent(colon + 1, line.end_of_words())
    made = draft(line, "colon", group, who, [content])
    if "figure" in group.cue.takes and colon > group.place + 1:
        made.stance = Stance.ASSERTS  # "оценил принятое коротко: инфраструктура разрушена"
    return [made]


def _reports_soon(line: Line, place: int, who: list[Run]) -> bool:
    """As in "отреагировали на план: там считают, что": who speaks is told behind the colon."""
    near = range(place, min(place + 3, len(line.tokens)))
    verb = next((k for k in near if tag(line, k) is Tag.VFIN and group_at(line, k)), -1)
    there = line.words.words["there"]
    housed = any(noun_phrase.is_a("organisations", text(line, k)) for k in range(place, verb))
    return verb >= 0 and (
        (housed and not any(tag(line, run[0]) is Tag.PRON for run in who))
        or all(
            tag(line, k) in (Tag.PRON, Tag.ADV, Tag.NEG) or text(line, k) in there
            for k in range(place, verb)
        )
    )


def _anaphora(line: Line, group: Group, who: list[Run]) -> list[Draft]:
    """As in "Об этом сообщил X", ", про що повідомив X"."""
    told = {"clause", "object"} & group.cue.takes and (
        is_anaphoric(line, group) or points_back(line, group)
    )
    if not (told or ({"clause", "object", "naming"} & group.cue.takes and _so(line, group))):
        return _relative(line, group, who)
    if group.impersonal and not who:
        return []
    said = _said_left(line, group)
    if said is not None:
        return [draft(line, "anaphora_clause", group, who, [line.extent(*said)])]
    return [draft(line, "anaphora", group, who, [])]


def _said_left(line: Line, group: Group) -> Run | None:
    """As in "Росіяни передадуть тіла — про це сказав X": what the sentence said before."""
    first, _ = slavic_clauses.segment(line, group.place)
    low = next((k + 1 for k in range(first - 2, -1, -1) if text(line, k) == ";"), 0)
    while low < first and (low in line.framed or text(line, low) == ","):
        low += 1
    apart = first > 0 and text(line, first - 1) in ("–", "—", ":", ";")
    return (low, first - 1) if apart and first - 1 - low > 2 else None


def _so(line: Line, group: Group) -> bool:
    """As in "Так заявил Песков": the word opens its clause, no comma behind it."""
    first, _ = slavic_clauses.segment(line, group.place)
    if (
        text(line, 0) == "так"
        and text(line, 1) != ","
        and not any(tag(line, k) is Tag.VFIN for k in range(1, group.place))
    ):
        return group.place > 0
    opened = first == 0 or text(line, first - 1) in (":", "–", "—")
    return text(line, first) == "так" and opened and first < group.place


def _relative(line: Line, group: Group, who: list[Run]) -> list[Draft]:
    """As in ", о чём сообщил X": the clause before the comma is the content."""
    first, _ = slavic_clauses.segment(line, group.place)
    words = line.words.words
    pointed = text(line, first) in words["about"] and text(line, first + 1) in words["which"]
    judged = "object" in group.cue.takes and text(line, first) in words["which_object"]
    pointed = pointed or (judged and first + 1 == group.place)
    told = any(group_at(line, k) for k in range(first - 1) if tag(line, k) is not Tag.VINF)
    if not pointed or first < 3 or not who or told:
        return []
    return [draft(line, "anaphora_clause", group, who, [line.extent(0, first - 1)])]


def _bare(line: Line, group: Group, who: list[Run]) -> list[Draft]:
    """As in "Каже, телефон перевіряли": the verb alone, a comma, and what was said."""
    alone = group.place == 0 and text(line, 1) == "," and "bare" in group.cue.takes
    if not alone or who or group.form not in "smf" or len(line.tokens) < 4:
        return []
    return [draft(line, "reported_clause", group, who, [line.extent(2, line.end_of_words())])]


_RULES = (
    _quoted,
    _bare,
    _clause,
    slavic_objects.infinitive,
    _colon_clause,
    slavic_objects.contrary,
    _anaphora,
    slavic_judgements.naming,
    slavic_judgements.figure,
    slavic_objects.prepositional_object,
    slavic_objects.threat,
    slavic_objects.noun_object,
)
