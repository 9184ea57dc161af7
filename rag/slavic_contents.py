"""What the rules of Ukrainian and Russian share: the draft of a claim, and where a content ends."""

from __future__ import annotations

from rag import slavic_clauses
from rag.drafts import HEADS, Draft, Extent, Line, Run
from rag.schema import Stance
from rag.slavic_clauses import Group, group_at, has_verb, is_bound, tag, text
from rag.slavic_forms import NOMINATIVE
from rag.slavic_phrases import Phrase, phrase_at
from rag.tagging import Tag

_DASHES = frozenset({"–", "—"})
_NOMINAL = HEADS | {Tag.ADJ, Tag.DET, Tag.NUM, Tag.PRON}
_REACH = 40  # tokens between a verb and its clause
_CLAUSE = frozenset({Tag.SUB, Tag.WH, Tag.REL, Tag.ADV})
_SHIFT = frozenset({Tag.ADV, Tag.NEG})


def draft(line: Line, rule: str, group: Group, who: list[Run], content: list[Extent]) -> Draft:
    """The claim of a reporting verb; without a subject the last speaker goes on."""
    token = line.tokens[group.place]
    made = Draft(rule, group.cue.stance, content, cue=(token.start, token.end))
    made.sources = [line.extent(*part) for part in who]
    made.carried = not who
    made.near = group.impersonal
    if group.impersonal and group.cue.lemma in line.words.words["told_reports"]:
        made.stance = Stance.REPORTS
    if group.impersonal and group.cue.stance in (Stance.REPORTS, Stance.ANNOUNCES) and not who:
        made.carried = made.near = False  # "сообщается": nobody is meant
    made.repeats = group.cue.stance in (Stance.ASSERTS, Stance.REPORTS)
    if group.impersonal and group.cue.stance in (Stance.EXPECTS, Stance.ESTIMATES):
        made.carried = made.near = False  # "ожидается": nobody is meant
    return made


def content_end(line: Line, start: int, group: Group) -> int:
    """The token after the content: the sentence's end, a frame, or where the speaker goes on."""
    end = line.end_of_words()
    for k in range(start + 1, end):
        if line.tokens[k].text == ";" or (k in line.framed and k - 1 not in line.framed):
            return k - (text(line, k - 1) in (",", *_DASHES))
        joint = line.tokens[k].text in (",", *_DASHES) or tag(line, k) is Tag.CONJ
        if joint and (_opens_report(line, k, group) or gapped_at(line, k) is not None):
            return k
    return end


def gapped_at(line: Line, comma: int) -> Phrase | None:
    """As in ", Y — о мире": another speaker and a dash behind a comma or a semicolon."""
    if text(line, comma) not in (",", ";"):
        return None
    first = comma + 1 + (tag(line, comma + 1) is Tag.CONJ)
    phrase = phrase_at(line, first, len(line.tokens))
    if phrase is None or not phrase.headed or not phrase.cases & NOMINATIVE:
        return None
    return phrase if text(line, phrase.last) in ("–", "—") else None


def _opens_report(line: Line, place: int, group: Group) -> bool:
    """Whether a reporting verb behind a comma or "and" belongs to the frame, not to the content."""
    following, joined = place + 1, tag(line, place) is Tag.CONJ
    while tag(line, following) in _SHIFT | {Tag.CONJ}:
        joined = joined or tag(line, following) is Tag.CONJ
        following += 1
    if following >= len(line.tokens):
        return False
    other = group_at(line, following)
    if other is not None and other.gerund and tag(line, following - 1) is Tag.NEG:
        return False
    if other is not None and other.gerund:
        return _takes_something(line, following)
    joined = joined or any(
        text(line, k) in line.words.words["meanwhile"] for k in range(place, following)
    )
    if other is not None and joined and other.form == group.form and not other.impersonal:
        return _takes_something(line, following)
    contrast = _is_contrasted(line, following) or any(
        text(line, k) in line.words.words["contrast"] for k in range(place, following)
    )
    return contrast and _opens_other(line, following)


def _is_contrasted(line: Line, place: int) -> bool:
    """As in ", Москва ж називає це ультиматумом": a particle behind the new speaker."""
    phrase = phrase_at(line, place, len(line.tokens))
    return phrase is not None and text(line, phrase.last) in line.words.words["particles"]


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
    joined = _joined_verb(line, start, end)
    end = min(end, joined)
    while place < end:
        _, place = slavic_clauses.segment(line, place)
        if place >= end or tag(line, place) is Tag.QUOTE:
            place = min(end, place + 1)
            continue
        if text(line, place) != "," or not _continues(line, place + 1):
            return min(place, end)
        place += 1
    return end


def _joined_verb(line: Line, start: int, end: int) -> int:
    """Where "and" joins another finite verb to the one that reports, or the end."""
    for k in range(start + 1, end - 1):
        if is_bound(line, k):
            return end
        following = k + 1 + (tag(line, k + 1) is Tag.ADV)
        if tag(line, k) is Tag.CONJ and tag(line, following) is Tag.VFIN:
            return k
    return end


def _continues(line: Line, place: int) -> bool:
    """Whether a comma goes on with a relative clause or an enumeration rather than anew."""
    if tag(line, place) in (Tag.REL, Tag.SUB, Tag.WH):
        return text(line, place) not in line.words.words["concessive"]
    if text(line, place) in line.words.words["tails"]:
        return True
    _, last = slavic_clauses.segment(line, place)
    if text(line, last) in _DASHES:
        return False  # "Байден заявил о помощи, Трамп — о мире"
    return tag(line, place) in _NOMINAL and not has_verb(line, place, last)


def after_subject(line: Line, place: int, who: list[Run]) -> int:
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


def is_anaphoric(line: Line, group: Group) -> bool:
    """Whether the matter is "це", "об этом": what stood in the sentence before."""
    words = line.words.words
    first, last = slavic_clauses.segment(line, group.place)
    for k in range(first, last):
        if text(line, k) not in words["it"]:
            continue
        before = text(line, k - 1) if tag(line, k - 1) is Tag.PREP else ""
        inner = before in words["placed"] and group.cue.stance is not Stance.ESTIMATES
        if before in words["about"] or ((not before or inner) and _stands_alone(line, k)):
            return True
    return False


def points_back(line: Line, group: Group) -> bool:
    """As in "эту цифру приводил X": a word of saying that means what stood before."""
    first, last = slavic_clauses.segment(line, group.place)
    words = line.words.words
    stems = (*line.words.nouns, *words["pointed"])
    plain = group.cue.stance in (Stance.ASSERTS, Stance.REPORTS) and "object" not in group.cue.takes
    for k in range(first, last - 1):
        if tag(line, k) is not Tag.DET or not text(line, k + 1).startswith(stems):
            continue
        such = text(line, k).startswith("так")  # "такую оценку дал X", "в таких выражениях"
        if such or (
            plain and text(line, k) in words["pointing"] and tag(line, k - 1) is not Tag.PREP
        ):
            return True
    return False


def _stands_alone(line: Line, place: int) -> bool:
    """Whether "це" is a word of its own rather than part of "це повідомлення"."""
    following = tag(line, place + 1)
    return following not in (Tag.NOUN, Tag.ADJ) or text(line, place) in line.words.words["it_alone"]


def clause_start(line: Line, place: int) -> int:
    """Where the reported clause of a verb or noun begins; -1 where none does."""
    complementisers = line.words.words["complementisers"]
    pointers = line.words.words["pointers"]
    inserted = False
    for k in range(place + 1, min(len(line.tokens), place + _REACH)):
        if line.tokens[k].text in ";:." or (tag(line, k) is Tag.QUOTE):
            return -1
        opens = text(line, k - 1) == "," or text(line, k - 1) in pointers
        if opens and text(line, k) in complementisers and tag(line, k) in _CLAUSE:
            pointed = _relative_to(line, k)
            if (
                line.tokens[place].lower in line.words.words["known"]
                and tag(line, k) is not Tag.SUB
            ):
                return -1  # "стало відомо, скільки"
            if not pointed and not _is_cause(line, k) and _is_asked(line, place, k):
                return k
            inserted = True
        elif opens and tag(line, k) is Tag.VING and _has_clause(line, k):
            return -1
        elif opens and tag(line, k) in (Tag.REL, Tag.VING, Tag.SUB):
            inserted = True
        elif tag(line, k) is Tag.VFIN and (not inserted or _is_report(line, k)):
            return -1
        elif tag(line, k) is Tag.CONJ and text(line, k - 1) == ",":
            inserted = False
    return -1


def _is_asked(line: Line, place: int, opener: int) -> bool:
    """Whether "чтобы" follows a demand, and "где" no noun that it only describes."""
    words = line.words.words
    if text(line, opener) in words["concessive"]:
        return False  # "розповів, коли його спитали"
    if text(line, opener) in words["local"]:
        return tag(line, opener - 2) is not Tag.NOUN
    group = group_at(line, place)
    if text(line, opener) in words["as"] and text(line, place).startswith(tuple(words["showing"])):
        return False  # "показал, как тушить огонь"
    if group is not None and group.cue.lemma in words["inquiring"]:
        return tag(line, opener) is Tag.SUB  # "выясняют, кто стрелял"
    if text(line, opener) not in words["purpose"] or group is None:
        return True
    urged = group.cue.stance is Stance.DEMANDS or dict(group.cue.others)  # "настаивает, чтобы"
    spoken = bool(urged) or text(line, place) in words["sayers"]
    return spoken and not group.impersonal


def _is_report(line: Line, place: int) -> bool:
    return group_at(line, place) is not None and place not in line.framed


def _has_clause(line: Line, place: int) -> bool:
    """As in ", додавши, що": a gerund that reports and takes the clause for itself."""
    group = group_at(line, place)
    if group is None or "clause" not in group.cue.takes:
        return False
    _, last = slavic_clauses.segment(line, place)
    return text(line, last + 1) in line.words.words["complementisers"]


def _relative_to(line: Line, place: int) -> bool:
    """Whether "який", "кто" belongs to a noun before it rather than opening a question."""
    return tag(line, place) is Tag.REL and tag(line, place - 2) in HEADS


def _is_cause(line: Line, place: int) -> bool:
    """As in "через те, що", "потому что": no content, but a reason."""
    near = [text(line, k) for k in range(max(0, place - 3), place)]
    return any(word in line.words.words["causes"] for word in near)
