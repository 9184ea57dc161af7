"""Reporting verbs of English in their clause: which forms report, with which auxiliaries."""

from __future__ import annotations

from dataclasses import dataclass

from rag.cues import Cue
from rag.drafts import HEADS, NOMINAL, Line
from rag.english_subjects import over_insertions, tag, text
from rag.tagging import VERBS, Tag

_MODIFIER = 9  # tokens between a noun and its verb
_BE = frozenset({"is", "are", "was", "were", "been", "being", "be", "'s", "’s", "'re", "’re"})


@dataclass(frozen=True, slots=True)
class Group:
    """A reporting verb: its place, the first auxiliary, and how it stands in the clause."""

    cue: Cue
    place: int
    first: int
    passive: bool = False
    dependent: bool = False  # "saying", "to demand": the subject is that of the main clause


def known_verb(line: Line, place: int) -> Cue | None:
    """The reporting verb at a place, with its particle: "ruled out", "summed up"."""
    token = line.tokens[place]
    if token.tag not in VERBS:
        return None
    parted = line.words.separable.get((token.lemma, text(line, place + 1)))
    return parted or line.words.verbs.get(token.lemma)


def verb_group(line: Line, place: int) -> Group | None:
    """The verb group at a verb, where that is a reporting verb in reporting use."""
    cue = known_verb(line, place) if 0 <= place < len(line.tokens) else None
    if cue is None or tag(line, place - 1) in (Tag.DET, Tag.POSS) or _is_reduced(line, cue, place):
        return None
    first = first_auxiliary(line, place)
    before = [text(line, k) for k in range(first, place)]
    form = line.tokens[place].tag
    if form is Tag.VING:
        return _participial(line, cue, place, first, before)
    if form is Tag.VFIN:
        return Group(cue, place, first)
    if form is Tag.VPP:
        return _participle(line, cue, place, first, before)
    if text(line, place - 1) == "to":
        return _infinitive(line, cue, place)
    # What somebody will or could say is not said; "would say only that" is.
    spoken = any(word in ("did", "does", "do", "not", "n't", "n’t", "only") for word in before)
    spoken = spoken or text(line, place + 1) == "only" or "cannot" in before
    return Group(cue, place, first) if spoken else None


def _is_reduced(line: Line, cue: Cue, place: int) -> bool:
    """As in "a ceremony reported by X", "people briefed on it": the form describes a noun."""
    if first_auxiliary(line, place) != place or tag(line, place - 1) not in HEADS:
        return False
    if text(line, place + 1) in line.words.words["agents"]:
        return text(line, place + 2) not in line.words.words["means"]  # "said by phone"
    told = cue.lemma in line.words.words["addressed"]  # whom it was told would follow the verb
    if ("bare" in cue.takes and not told) or tag(line, place + 1) is not Tag.PREP:
        return False
    for k in range(place + 2, min(len(line.tokens), place + _MODIFIER)):
        if tag(line, k) not in NOMINAL | {Tag.POSS, Tag.PREP, Tag.ADV}:
            return (
                tag(line, k) is Tag.VFIN or line.tokens[k].text in line.words.words["auxiliaries"]
            )
    return False


def _participial(line: Line, cue: Cue, place: int, first: int, before: list[str]) -> Group | None:
    """Finite in "was denying"; ", saying", "by saying", "a statement saying" share a subject."""
    if first < place and any(word in _BE for word in before):
        return Group(cue, place, first)
    left = place - 1
    while tag(line, left) is Tag.ADV:
        left -= 1
    marked = text(line, left) in (",", "–", "—") or tag(line, left) in (Tag.QUOTE, Tag.CONJ)
    manner = text(line, left) in line.words.words["manner"]
    stated = text(line, left) in line.words.words["says_itself"]
    quoting = Tag.QUOTE in (tag(line, place + 1), tag(line, place + 2))
    opens = tag(line, left) in HEADS and (quoting or text(line, place + 1) == "that")
    joined = marked or manner or stated or opens
    return Group(cue, place, place, dependent=True) if joined else None


def _participle(line: Line, cue: Cue, place: int, first: int, before: list[str]) -> Group | None:
    if any(word in ("have", "has", "had", "’s", "'s") for word in before) and "been" not in before:
        return Group(cue, place, first)
    if any(word in _BE for word in before):
        needed = text(line, first - 1) == "to"  # "nobody needs to be told"
        return None if needed else Group(cue, place, first, passive=True)
    shared = tag(line, place - 1) is Tag.CONJ and any(
        tag(line, k) in (Tag.VPP, Tag.VFIN) for k in range(max(0, place - 12), place - 1)
    )
    names_left = tag(line, place - 1) in HEADS | {Tag.PRON, Tag.ADV}
    names_left = names_left or over_insertions(line, place) != place
    # The tagger often takes a simple past for a participle: "Moscow denied it".
    return Group(cue, place, place) if shared or names_left else None


def _infinitive(line: Line, cue: Cue, place: int) -> Group | None:
    """As in "used the reports to demand aid": only where a purpose is named, after an object."""
    if text(line, place - 2) in line.words.words["proceeds"]:
        return Group(cue, place, place - 2)  # "went on to say"
    before = tag(line, place - 2)
    if cue.stance.value != "demands" or before not in HEADS:
        return None
    return Group(cue, place, place, dependent=True)


def first_auxiliary(line: Line, place: int) -> int:
    """The first auxiliary before a verb, adverbs between them; the verb where it has none."""
    first = place
    for k in range(place - 1, max(-1, place - 7), -1):
        if text(line, k) in line.words.words["auxiliaries"]:
            first = k
        elif tag(line, k) not in (Tag.ADV, Tag.NEG):
            break
    return first
