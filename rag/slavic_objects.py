"""Contents of Ukrainian and Russian that are no clause: "призвал усилить", "подтвердил гибель".

Also what the rules of these languages share: the draft of a claim, and where a content ends.
"""

from __future__ import annotations

from rag import slavic_clauses, slavic_phrases
from rag.drafts import HEADS, Draft, Extent, Line, Run
from rag.slavic_clauses import Group, group_at, has_verb, tag, text
from rag.slavic_phrases import phrase_at
from rag.tagging import Tag

_DASHES = frozenset({"–", "—"})
_NOMINAL = HEADS | {Tag.ADJ, Tag.DET, Tag.NUM, Tag.PRON}
_AGAIN = frozenset({"це", "это", "их", "його", "её", "ее", "їх", "його", "его"})
_FAR = 12  # tokens between a verb and its infinitive or preposition
_SHIFT = frozenset({Tag.ADV, Tag.NEG})


def draft(line: Line, rule: str, group: Group, who: list[Run], content: list[Extent]) -> Draft:
    """The claim of a reporting verb; without a subject the last speaker goes on."""
    token = line.tokens[group.place]
    made = Draft(rule, group.cue.stance, content, cue=(token.start, token.end))
    made.sources = [line.extent(*part) for part in who]
    made.carried = not who
    made.near = group.impersonal
    return made


def content_end(line: Line, start: int, group: Group) -> int:
    """The token after the content: the sentence's end, a frame, or where the speaker goes on."""
    end = line.end_of_words()
    for k in range(start + 1, end):
        if line.tokens[k].text == ";" or (k in line.framed and k - 1 not in line.framed):
            return k - (text(line, k - 1) in (",", *_DASHES))
        if line.tokens[k].text in (",", *_DASHES) or tag(line, k) is Tag.CONJ:
            if _opens_report(line, k, group):
                return k
    return end


def _opens_report(line: Line, place: int, group: Group) -> bool:
    """Whether a reporting verb behind a comma or "and" belongs to the frame, not to the content."""
    following, joined = place + 1, tag(line, place) is Tag.CONJ
    while tag(line, following) in _SHIFT | {Tag.CONJ} or text(line, following) in ("также", "також"):
        joined = joined or tag(line, following) is Tag.CONJ
        following += 1
    if following >= len(line.tokens):
        return False
    other = group_at(line, following)
    if other is not None and other.gerund:
        return _takes_something(line, following)
    if other is not None and joined and other.form == group.form and not other.impersonal:
        return _takes_something(line, following)
    contrast = text(line, place) in line.words.words["contrast"] or any(
        text(line, k) in line.words.words["contrast"] for k in range(place, following)
    )
    return contrast and _opens_other(line, following)


def _takes_something(line: Line, place: int) -> bool:
    """Whether a reporting verb has a content of its own: a clause, a quotation, an object."""
    _, last = slavic_clauses.segment(line, place)
    return text(line, last) in (",", ":") or last > place + 1 or tag(line, last) is Tag.QUOTE


def _opens_other(line: Line, place: int) -> bool:
    """As in ", а Київ це заперечує": a new speaker with a reporting verb."""
    phrase = phrase_at(line, place, len(line.tokens))
    if phrase is None:
        if tag(line, place) is not Tag.PREP:
            return False
        phrase = phrase_at(line, place + 1, len(line.tokens), governed=True)
    if phrase is None or not phrase.voice:
        return False
    _, last = slavic_clauses.segment(line, phrase.last - 1)
    near = range(phrase.last, min(last, phrase.last + 8))
    verb = next((k for k in near if tag(line, k) is Tag.VFIN), None)
    return verb is not None and group_at(line, verb) is not None


def end_of_object(line: Line, start: int, group: Group) -> int:
    """The token after an object: the end of its stretch, relative clauses included."""
    end = content_end(line, start, group)
    place = start
    while place < end:
        _, place = slavic_clauses.segment(line, place)
        if place >= end or tag(line, place) is Tag.QUOTE:
            place = min(end, place + 1)
            continue
        if text(line, place) != "," or not _continues(line, place + 1):
            return min(place, end)
        place += 1
    return end


def _continues(line: Line, place: int) -> bool:
    """Whether a comma goes on with a relative clause or an enumeration rather than anew."""
    if tag(line, place) in (Tag.REL, Tag.SUB, Tag.WH):
        return True
    _, last = slavic_clauses.segment(line, place)
    return tag(line, place) in _NOMINAL | {Tag.CONJ} and not has_verb(line, place, last)


def infinitive(line: Line, group: Group, who: list[Run]) -> list[Draft]:
    """As in "призвал усилить санкции", "пообіцяв надати"."""
    if "infinitive" not in group.cue.takes:
        return []
    _, last = slavic_clauses.segment(line, group.place)
    for k in range(group.place + 1, min(last, group.place + _FAR)):
        if tag(line, k) is Tag.VINF:
            start = k - (tag(line, k - 1) is Tag.NEG)
            content = line.extent(start, content_end(line, k, group))
            return [draft(line, "infinitive", group, who, [content])]
        if tag(line, k) is Tag.VFIN:
            return []
    return []


def naming(line: Line, group: Group, who: list[Run]) -> list[Draft]:
    """As in "назвал обстрел терактом": a judgement, told by an instrumental or a quoted name."""
    if "naming" not in group.cue.takes or not who:
        return []
    start = _after_subject(line, group.place + 1, who)
    end = end_of_object(line, start, group)
    judged = any(
        tag(line, k) in (*HEADS, Tag.ADJ) and _is_instrumental(line, k) for k in range(start, end)
    )
    quoted = any(tag(line, k) is Tag.QUOTE for k in range(start, end)) or any(
        line.tokens[start].start <= f.start < line.tokens[end - 1].end for f in line.fragments if end > start
    )
    if not (judged or quoted) or end <= start:
        return []
    line.used.update(k for k in range(start, end) if tag(line, k) is Tag.QUOTE)
    first = start
    if who[0][1] <= group.place:
        first = _object_before(line, group.place, who)
    parts = [line.extent(first, group.place)] if first < group.place else []
    return [draft(line, "naming", group, who, [*parts, line.extent(start, end)])]


def _object_before(line: Line, place: int, who: list[Run]) -> int:
    """As in "X удары назвал терактом": an object between subject and verb, without adverbs."""
    first = who[-1][1]
    return first if phrase_at(line, first, place) is not None and tag(line, first) is not Tag.ADV else place


def _is_instrumental(line: Line, place: int) -> bool:
    endings = ("ом", "ем", "ём", "єм", "ою", "ею", "єю", "ой", "ым", "им", "ами", "ями", "ими", "ыми")
    return text(line, place).endswith(endings) and "d" in slavic_phrases.cases(line, place)


def _after_subject(line: Line, place: int, who: list[Run]) -> int:
    """Where the rest begins behind a verb and the subject that follows it."""
    while place < len(line.tokens):
        inside = next((run for run in who if run[0] <= place < run[1]), None)
        if inside is not None:
            place = inside[1]
        elif tag(line, place) in _SHIFT:
            place += 1
        else:
            break
    return place


def figure(line: Line, group: Group, who: list[Run]) -> list[Draft]:
    """As in "оценивает потери в 300 человек", "нарахував 12 влучань"."""
    if "figure" not in group.cue.takes or not who:
        return []
    start = _after_subject(line, group.place + 1, who)
    end = end_of_object(line, start, group)
    counted = any(tag(line, k) is Tag.NUM for k in range(start, end))
    wanted = group.cue.prepositions
    if not counted or (wanted and not any(text(line, k) in wanted for k in range(start, end))):
        return []
    return [draft(line, "figure", group, who, [line.extent(start, end)])]


def prepositional_object(line: Line, group: Group, who: list[Run]) -> list[Draft]:
    """As in "попередив про NP", "призвал к NP", "звинуватив X у NP"."""
    if not group.cue.prepositions or "figure" in group.cue.takes or group.impersonal:
        return []
    _, last = slavic_clauses.segment(line, group.place)
    for k in range(group.place + 1, min(last, group.place + _FAR)):
        if tag(line, k) in (Tag.VFIN, Tag.VINF):
            return []
        if text(line, k) not in group.cue.prepositions or k in line.used:
            continue
        accusing = "accusing" in group.cue.takes
        if not accusing and text(line, k + 1) in line.words.words["anaphora"]:
            return []
        if accusing and phrase_at(line, k + 1, last, governed=True) is None:
            return []
        start = _after_subject(line, group.place + 1, who) if accusing else k + 1
        end = end_of_object(line, k + 1, group)
        if any(run[0] >= k for run in who):
            end = min(end, *(run[0] for run in who if run[0] >= k))
        if end > k + 1:
            return [draft(line, "prepositional_object", group, who, [line.extent(start, end)])]
    return []


def threat(line: Line, group: Group, who: list[Run]) -> list[Draft]:
    """As in "пригрозил ударами", "погрожує санкціями": an object in the instrumental."""
    if "threat" not in group.cue.takes or not who:
        return []
    start = _after_subject(line, group.place + 1, who)
    end = end_of_object(line, start, group)
    if any(_is_instrumental(line, k) for k in range(start, min(end, start + 5))):
        return [draft(line, "prepositional_object", group, who, [line.extent(start, end)])]
    return []


def noun_object(line: Line, group: Group, who: list[Run]) -> list[Draft]:
    """As in "подтвердил гибель NP", "спростувала інформацію про", also before the verb."""
    if "object" not in group.cue.takes or group.impersonal:
        return []
    if is_anaphoric(line, group):
        return [draft(line, "anaphora", group, who, [])]
    start = _after_subject(line, group.place + 1, who)
    first, last = slavic_clauses.segment(line, group.place)
    if tag(line, start) in _NOMINAL and start < last and _is_matter(line, start, last):
        content = line.extent(start, end_of_object(line, start, group))
        return [draft(line, "object", group, who, [content])] if content[1] - content[0] > 3 else []
    for phrase, preposition in slavic_clauses.phrases(line, first, group.place):
        apart = all(phrase.last <= run[0] or phrase.first >= run[1] for run in who)
        if preposition < 0 and apart and who and tag(line, phrase.first) is not Tag.PRON:
            return [draft(line, "object", group, who, [line.extent(*phrase.run)])]
    return []


def _is_matter(line: Line, start: int, last: int) -> bool:
    """Whether the words behind a verb are its object: no dative of a person, no date."""
    phrase = phrase_at(line, start, last)
    if phrase is None or text(line, start) in line.words.words["time"]:
        return False
    addressed = phrase.cases <= {"d"} and slavic_phrases.is_post(text(line, phrase.last - 1))
    return not addressed


def is_anaphoric(line: Line, group: Group) -> bool:
    """Whether the matter is "це", "об этом": what stood in the sentence before."""
    first, last = slavic_clauses.segment(line, group.place)
    for k in range(first, last):
        if text(line, k) in ("це", "это", "цього", "этого", "такое", "таке"):
            opened = tag(line, k - 1) is Tag.PREP and text(line, k - 1) in ("про", "об", "о")
            bare = tag(line, k - 1) is not Tag.PREP and k + 1 <= last and _stands_alone(line, k)
            if opened or bare:
                return True
        if text(line, k) in ("этом", "сем") and text(line, k - 1) in ("об", "о"):
            return True
    return False


def _stands_alone(line: Line, place: int) -> bool:
    """Whether "це" is a word of its own rather than part of "це повідомлення"."""
    following = place + 1
    return tag(line, following) not in (Tag.NOUN, Tag.ADJ) or text(line, place) in ("это", "это")
