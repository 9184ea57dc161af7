"""German clauses: the verb group of a reporting verb, its subject, and where its content lies.

German tells main from subordinate clauses by the place of the finite verb, so everything here
starts from that verb: what stands left of it (the front field), and what right.
"""

from __future__ import annotations

from dataclasses import dataclass

from rag import phrases
from rag.cues import Cue
from rag.drafts import HEADS, NOMINAL, Line, Run
from rag.tagging import Tag

_PARTICLE_REACH = 40  # tokens within which a separable particle is looked for
_STOPS = frozenset({".", ";", ":", "!", "?"})
_OPENERS = frozenset({Tag.SUB, Tag.REL, Tag.WH})
_FRONT = NOMINAL | {Tag.PREP, Tag.ADV, Tag.POSS, Tag.PRON, Tag.NEG}


@dataclass(frozen=True, slots=True)
class Group:
    """A reporting verb with its finite verb and particle: token positions in `members`."""

    cue: Cue
    finite: int
    members: tuple[int, ...]
    passive: bool = False
    purpose: bool = False  # "um ... zu fordern"

    @property
    def last(self) -> int:
        return max(self.members)


def verb_group(line: Line, place: int) -> Group | None:
    """The verb group around the verb at `place`, where that is a reporting verb."""
    token = line.tokens[place]
    if token.tag is Tag.VFIN and not _shares_auxiliary(line, place):
        return _finite_group(line, place)
    cue = line.words.verb(token)
    if cue is None:
        return None
    if token.tag in (Tag.VPP, Tag.VFIN):
        return _participle_group(line, place, cue)
    if token.tag is Tag.VIZU or _tag(line, place - 1) is Tag.TO:
        return _purpose_group(line, place, cue)
    if token.tag is Tag.VINF:
        return _modal_group(line, place, cue)
    return None


def _tag(line: Line, place: int) -> Tag:
    return line.tokens[place].tag if 0 <= place < len(line.tokens) else Tag.PUNCT


def _text(line: Line, place: int) -> str:
    return line.tokens[place].text if 0 <= place < len(line.tokens) else ""


def _shares_auxiliary(line: Line, place: int) -> bool:
    """A participle that looks finite: "hat gewarnt und behauptet"."""
    return _tag(line, place - 1) is Tag.CONJ and _tag(line, place - 2) is Tag.VPP


def _finite_group(line: Line, place: int) -> Group | None:
    lemma = line.tokens[place].lemma
    particle = _particle(line, place, lemma)
    if particle is not None:
        cue = line.words.separable[lemma, line.tokens[particle].lower]
        return Group(cue, place, (place, particle))
    cue_or_none = line.words.verbs.get(lemma)
    return Group(cue_or_none, place, (place,)) if cue_or_none else None


def _particle(line: Line, place: int, lemma: str) -> int | None:
    """The separable particle of a finite verb: at the end of its clause."""
    verb_seen = False
    for k in range(place + 1, min(len(line.tokens), place + _PARTICLE_REACH)):
        token = line.tokens[k]
        if token.text in _STOPS:
            return None
        verb_seen = verb_seen or token.tag is Tag.VFIN
        if token.lower in line.words.particles and (lemma, token.lower) in line.words.separable:
            closes = _tag(line, k + 1) in (Tag.PUNCT, Tag.CONJ, Tag.QUOTE)
            if (closes or token.tag is Tag.PART) and (not verb_seen or _closes_relative(line, k)):
                return k
    return None


def _closes_relative(line: Line, place: int) -> bool:
    return _text(line, place - 1) == ","


def _participle_group(line: Line, place: int, cue: Cue) -> Group | None:
    auxiliaries = line.words.words["auxiliaries"]
    after = place + 1 + (_text(line, place + 1) == "worden")
    if _tag(line, after) is Tag.VFIN and line.tokens[after].lemma in auxiliaries:
        passive = after > place + 1 or line.tokens[after].lemma == "werden"
        members = (place, after)
        return Group(cue, after, members, passive)
    for k in range(place - 1, -1, -1):
        token = line.tokens[k]
        if token.tag is Tag.VFIN:
            if token.lemma not in auxiliaries:
                return None
            passive = token.lemma == "werden" or after > place + 1
            if token.lemma == "sein" and not passive:
                return None
            return Group(cue, k, (k, place), passive)
        if token.text in _STOPS or (token.text == "," and _tag(line, k + 1) in _OPENERS):
            return None
    return None


def _purpose_group(line: Line, place: int, cue: Cue) -> Group | None:
    """ "um sofortige Unterstützung zu fordern": the subject is that of the main clause."""
    members = (place,) if line.tokens[place].tag is Tag.VIZU else (place - 1, place)
    for k in range(place - 1, -1, -1):
        if line.tokens[k].tag is Tag.UM:
            finite = next((m for m in range(k, -1, -1) if _tag(line, m) is Tag.VFIN), None)
            return None if finite is None else Group(cue, finite, members, purpose=True)
        if line.tokens[k].tag is Tag.VFIN:
            return None
    return None


def _modal_group(line: Line, place: int, cue: Cue) -> Group | None:
    for k in range(place - 1, -1, -1):
        token = line.tokens[k]
        if token.text in ",;:":
            return None
        if token.tag is Tag.VFIN:
            spoken = token.lemma in line.words.words["modals"] and token.mood != "k2"
            return Group(cue, k, (k, place)) if spoken else None
    return None


def is_verb_final(line: Line, finite: int) -> bool:
    """Whether a finite verb ends a subordinate clause."""
    return opener(line, finite) is not None


def opener(line: Line, finite: int) -> int | None:
    """The word that opens the subordinate clause which this finite verb ends, if it does."""
    following = line.tokens[finite + 1] if finite + 1 < len(line.tokens) else None
    if following and following.tag not in (Tag.PUNCT, Tag.CONJ, Tag.QUOTE, Tag.VFIN):
        return None
    for k in range(finite - 1, -1, -1):
        token = line.tokens[k]
        if token.tag is Tag.VFIN or token.text in _STOPS:
            return None
        if token.tag in _OPENERS:
            before = _tag(line, k - 1)
            starts = k == 0 or before in (Tag.PUNCT, Tag.CONJ, Tag.PREP, Tag.ADV, Tag.QUOTE)
            return k if starts else None
    return None


def subject(line: Line, finite: int, depth: int = 0) -> Run | None:
    """The tokens of the subject of a finite verb; None where the sentence does not show it."""
    opening = opener(line, finite)
    if opening is not None:
        return _subject_of_subordinate(line, opening, finite)
    front = front_field(line, finite)
    if front is not None:
        found = _nominative(line, front)
        if found is not None:
            return found
    if _tag(line, finite - 1) is Tag.CONJ and front is None and depth < 3:
        shared = shared_subject(line, finite, depth)
        if shared:
            return shared
    found = nominative_after(line, finite)
    if found is None and depth < 3 and front is None:
        return shared_subject(line, finite, depth)
    return found


def shared_subject(line: Line, finite: int, depth: int = 0) -> Run | None:
    """The subject of the finite verb before this one, for "A sagte ... und forderte ..."."""
    mood = line.tokens[finite].mood
    for k in range(finite - 1, -1, -1):
        same_voice = bool(line.tokens[k].mood) == bool(mood)
        if _tag(line, k) is Tag.VFIN and same_voice and opener(line, k) is None:
            return subject(line, k, depth + 1)
    return None


def _subject_of_subordinate(line: Line, opening: int, finite: int) -> Run | None:
    found = nominative_after(line, opening, finite)
    if found is not None or line.tokens[opening].tag is not Tag.REL:
        return found
    comma = opening - 1
    if _text(line, comma) != ",":
        return None
    first = comma
    while first > 0 and _tag(line, first - 1) in NOMINAL | {Tag.POSS, Tag.PREP}:
        first -= 1
    while first < comma and _tag(line, first) in (Tag.PREP, Tag.ADV):
        first += 1
    return (first, comma) if first < comma else None


def front_field(line: Line, finite: int) -> Run | None:
    """The constituent directly left of a finite verb in second place."""
    first = finite
    while first > 0:
        before = first - 1
        token = line.tokens[before]
        if token.tag in _FRONT:
            first = before
        elif token.tag is Tag.CONJ and first < finite and _tag(line, before - 1) in HEADS:
            first = before
        elif token.text == "," and (jump := _over_insertion(line, before, first, finite)) is not None:
            first = jump
        elif token.text == ")" and (opened := _opening(line, before)) is not None:
            first = opened
        else:
            break
    while first < finite and _tag(line, first) is Tag.CONJ:
        first += 1
    return (first, finite) if first < finite else None


def _opening(line: Line, closing: int) -> int | None:
    return next((k for k in range(closing, max(-1, closing - 9), -1) if _text(line, k) == "("), None)


def _over_insertion(line: Line, comma: int, first: int, finite: int) -> int | None:
    """Where to go on left of a comma: over an apposition, a relative clause or in a list."""
    if first < finite and _tag(line, comma - 1) in HEADS and _tag(line, first) in NOMINAL:
        if any(_tag(line, k) is Tag.CONJ for k in range(first, finite)):
            return comma
    opened = next(
        (k for k in range(comma - 1, max(-1, comma - 40), -1) if _text(line, k) in (",", ":", ";")),
        None,
    )
    if opened is None or _text(line, opened) != "," or _tag(line, opened - 1) not in HEADS:
        return None
    inner = range(opened + 1, comma)
    relative = any(_tag(line, k) is Tag.REL for k in list(inner)[:2])
    verbless = not any(_tag(line, k) in (Tag.VFIN, Tag.SUB, Tag.QUOTE) for k in inner)
    return opened if inner and (relative or verbless) else None


def _nominative(line: Line, run: Run) -> Run | None:
    """The subject in a front field, unless that is a prepositional phrase, adverb or object."""
    first, last = run
    while first < last and _tag(line, first) in (Tag.ADV, Tag.NEG):
        first += 1
    if first >= last or _tag(line, first) is Tag.PREP:
        return None
    if line.tokens[first].lower in line.words.words["not_subject"]:
        return None
    if phrases.is_time(line, first) or (first + 1 < last and _is_date(line, first, last)):
        return None
    end = phrases.end_of_phrase(line, first, last + 1)
    return (first, min(max(end, first + 1), last))


def _is_date(line: Line, first: int, last: int) -> bool:
    """A phrase whose noun tells when: "vergangene Woche", "Mitte Oktober"."""
    heads = [k for k in range(first, last) if _tag(line, k) in HEADS]
    return bool(heads) and phrases.is_time(line, heads[0])


def nominative_after(line: Line, start: int, limit: int | None = None) -> Run | None:
    """The first phrase after a word that can be a subject: no object, no date, no preposition."""
    place = start + 1
    end = len(line.tokens) if limit is None else limit
    while place < end:
        token = line.tokens[place]
        if token.tag in (Tag.ADV, Tag.REFL, Tag.NEG):
            place += 1
        elif token.tag is Tag.PREP:
            after = phrases.end_of_phrase(line, place + 1, end)
            place = max(after, place + 1)
        elif token.tag in NOMINAL or token.tag is Tag.PRON:
            after = phrases.end_of_phrase(line, place, end)
            if after == place:
                return None
            skipped = token.lower in line.words.words["not_subject"] or _is_date(line, place, after)
            if not skipped:
                return place, after
            place = after
        else:
            return None
    return None


def agent(line: Line, group: Group) -> Run | None:
    """Who is said to act in a passive: "von X", "durch X"."""
    low, high = min(group.members), max(group.members)
    for k in range(low, high):
        if line.tokens[k].tag is Tag.PREP and line.tokens[k].lower in line.words.words["agents"]:
            end = phrases.end_of_phrase(line, k + 1, high)
            if end > k + 1 and not phrases.is_time(line, k + 1):
                return k + 1, end
    return None
