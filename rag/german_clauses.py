"""German clauses: the verb group of a reporting verb, and whether its finite verb ends the clause.

German tells main from subordinate clauses by the place of the finite verb.
"""

from __future__ import annotations

from dataclasses import dataclass

from rag.cues import Cue
from rag.drafts import Line
from rag.tagging import Tag

_PARTICLE_REACH = 40  # tokens within which a separable particle is looked for
_STOPS = frozenset({".", ";", ":", "!", "?"})
_OPENERS = frozenset({Tag.SUB, Tag.REL, Tag.WH})


@dataclass(frozen=True, slots=True)
class Group:
    """A reporting verb with its finite verb and particle: token positions in `members`."""

    cue: Cue
    finite: int
    members: tuple[int, ...]
    passive: bool = False
    purpose: bool = False  # "um ... zu fordern"
    infinitive: bool = False  # "versuchte zu erklären, warum"

    @property
    def last(self) -> int:
        return max(self.members)


def verb_group(line: Line, place: int) -> Group | None:
    """The verb group around the verb at `place`, where that is a reporting verb."""
    token = line.tokens[place]
    if token.tag is Tag.VFIN and not _shares_auxiliary(line, place):
        return _finite_group(line, place)
    before = line.tokens[place - 1].lower if place else ""
    cue = line.words.separable.get((token.lemma, before)) or line.words.verb(token)
    if cue is None:
        return None
    if token.tag in (Tag.VPP, Tag.VFIN):
        return _participle_group(line, place, cue)
    if token.tag is Tag.VIZU or tag(line, place - 1) is Tag.TO:
        return _purpose_group(line, place, cue)
    if token.tag is Tag.VINF:
        return _modal_group(line, place, cue)
    return None


def tag(line: Line, place: int) -> Tag:
    """The class of the word at a place; outside the sentence all is punctuation."""
    return line.tokens[place].tag if 0 <= place < len(line.tokens) else Tag.PUNCT


def text(line: Line, place: int) -> str:
    """The word at a place, "" outside the sentence."""
    return line.tokens[place].text if 0 <= place < len(line.tokens) else ""


def _shares_auxiliary(line: Line, place: int) -> bool:
    """A participle that looks finite: "hat gewarnt und behauptet"."""
    return tag(line, place - 1) is Tag.CONJ and tag(line, place - 2) is Tag.VPP


def _finite_group(line: Line, place: int) -> Group | None:
    lemma = line.tokens[place].lemma
    particle = _particle(line, place, lemma)
    if particle is not None:
        cue = line.words.separable[lemma, line.tokens[particle].lower]
        return Group(cue, place, (place, particle))
    before = line.tokens[place - 1].lower if place else ""
    if (lemma, before) in line.words.separable:  # verb-final, in two words: "bekannt gab"
        return Group(line.words.separable[lemma, before], place, (place - 1, place))
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
            if tag(line, k - 1) is Tag.AS:
                continue  # "sagte er, wenn auch weniger als vorher"
            closes = tag(line, k + 1) in (Tag.PUNCT, Tag.CONJ, Tag.QUOTE)
            if (closes or token.tag is Tag.PART) and (not verb_seen or _closes_relative(line, k)):
                return k
    return None


def _closes_relative(line: Line, place: int) -> bool:
    return text(line, place - 1) == ","


def _participle_group(line: Line, place: int, cue: Cue) -> Group | None:
    auxiliaries = line.words.words["auxiliaries"]
    after = place + 1 + (text(line, place + 1) == "worden")
    if tag(line, after) is Tag.VFIN and line.tokens[after].lemma in auxiliaries:
        passive = after > place + 1 or line.tokens[after].lemma == "werden"
        # "wie viele geplant waren": nobody has planned them here
        is_state = line.tokens[after].lemma == "sein" and not passive
        return None if is_state else Group(cue, after, (place, after), passive)
    for k in range(place - 1, -1, -1):
        token = line.tokens[k]
        if token.tag is Tag.VFIN:
            if token.lemma not in auxiliaries:
                return None
            passive = token.lemma == "werden" or after > place + 1
            if token.lemma == "sein" and not passive:
                return None
            before = line.tokens[place - 1].lower
            parted = line.words.separable.get((line.tokens[place].lemma, before)) is cue
            first = place - parted  # "hat den Abzug bekannt gegeben"
            return Group(cue, k, (k, *range(first, after)), passive)
        if token.text in _STOPS or (token.text == "," and tag(line, k + 1) in _OPENERS):
            return None
    return None


def _purpose_group(line: Line, place: int, cue: Cue) -> Group | None:
    """As in "um sofortige Unterstützung zu fordern": the subject is that of the main clause."""
    members = (place,) if line.tokens[place].tag is Tag.VIZU else (place - 1, place)
    for k in range(place - 1, -1, -1):
        if line.tokens[k].tag is Tag.UM:
            finite = next((m for m in range(k, -1, -1) if tag(line, m) is Tag.VFIN), None)
            return None if finite is None else Group(cue, finite, members, purpose=True)
        if line.tokens[k].tag is Tag.VFIN:
            # "weigerte sich, zu erklären, warum"; only a clause or quotation counts then
            close = place - k <= 12 and opener(line, k) is None
            return Group(cue, k, (k, *members), infinitive=True) if close else None
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
        joined = token.tag is Tag.VFIN and tag(line, k + 1) is Tag.CONJ  # "der kam und ... ging"
        if (token.tag is Tag.VFIN and not joined) or token.text in _STOPS:
            return None
        if token.tag in _OPENERS:
            before = tag(line, k - 1)
            starts = k == 0 or before in (Tag.PUNCT, Tag.CONJ, Tag.PREP, Tag.ADV, Tag.QUOTE)
            return k if starts else None
    return None


def is_marked(line: Line, place: int) -> bool:
    """Whether the form tells a nominative: "Ein westlicher Attaché", "Der neue Chef"."""
    word, adjective = line.tokens[place].lower, tag(line, place + 1) is Tag.ADJ
    ending = text(line, place + 1)
    strong = word in ("ein", "kein", "sein", "ihr") and ending.endswith("er")
    return adjective and (strong or (word == "der" and ending.endswith("e")))
