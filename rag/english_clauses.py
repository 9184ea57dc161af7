"""Clauses of English, Ukrainian and Russian (subject, verb, object): verb group and subject."""

from __future__ import annotations

from dataclasses import dataclass

from rag import noun_phrase, phrases
from rag.cues import Cue
from rag.drafts import HEADS, NOMINAL, Line, Run
from rag.tagging import VERBS, Tag

_NAMES = NOMINAL | {Tag.POSS, Tag.PRON}
_MODIFIER = 9  # tokens between a noun and its verb
_STOPS = frozenset({".", ";", ":", "!", "?"})


@dataclass(frozen=True, slots=True)
class Group:
    """A reporting verb: its place, the first auxiliary, and how it stands in the clause."""

    cue: Cue
    place: int
    first: int
    passive: bool = False
    dependent: bool = False  # "saying", "to demand": the subject is that of the main clause


def tag(line: Line, place: int) -> Tag:
    """The class of the word at a place; outside the sentence all is punctuation."""
    return line.tokens[place].tag if 0 <= place < len(line.tokens) else Tag.PUNCT


def text(line: Line, place: int) -> str:
    """The word at a place in lower case, "" outside the sentence."""
    return line.tokens[place].lower if 0 <= place < len(line.tokens) else ""


def verb_group(line: Line, place: int) -> Group | None:
    """The verb group at a verb, where that is a reporting verb in reporting use."""
    token = line.tokens[place]
    cue = line.words.verb(token) if token.tag in VERBS else None
    if cue is None or line.language != "en":
        return Group(cue, place, place) if cue else None
    return _english_group(line, cue, place)


def _english_group(line: Line, cue: Cue, place: int) -> Group | None:
    token = line.tokens[place]
    reduced = place > 0 and text(line, place + 1) in line.words.words["agents"]
    if reduced and _first_auxiliary(line, place) == place and tag(line, place - 1) in HEADS:
        return None  # "a ceremony reported by X"
    if token.tag is Tag.VING:
        after_mark = text(line, place - 1) in (",", "–", "—") or tag(line, place - 1) is Tag.QUOTE
        return Group(cue, place, place, dependent=True) if after_mark else None
    first = _first_auxiliary(line, place)
    before = [text(line, k) for k in range(first, place)]
    if token.tag is Tag.VFIN:
        return Group(cue, place, first)
    if token.tag is Tag.VPP:
        return _participle(line, cue, place, first, before)
    if tag(line, place - 1) is Tag.TO or text(line, place - 1) == "to":
        return _infinitive(line, cue, place)
    spoken = any(word in ("did", "does", "do", "can", "could", "will", "would") for word in before)
    return Group(cue, place, first) if spoken else None


def _participle(line: Line, cue: Cue, place: int, first: int, before: list[str]) -> Group | None:
    if any(word in ("have", "has", "had", "’s", "'s") for word in before) and "been" not in before:
        return Group(cue, place, first)
    if any(word in ("is", "are", "was", "were", "been", "being", "be") for word in before):
        return Group(cue, place, first, passive=True)
    shared = tag(line, place - 1) is Tag.CONJ and any(
        tag(line, k) in (Tag.VPP, Tag.VFIN) for k in range(max(0, place - 12), place - 1)
    )
    names_left = tag(line, place - 1) in HEADS | {Tag.PRON, Tag.ADV}
    # The tagger often takes a simple past for a participle: "Moscow denied it".
    return Group(cue, place, place) if shared or names_left else None


def _infinitive(line: Line, cue: Cue, place: int) -> Group | None:
    """As in "used the reports to demand aid": only where a purpose is named, after an object."""
    before = tag(line, place - 2)
    if cue.stance.value != "demands" or before not in HEADS:
        return None
    return Group(cue, place, place, dependent=True)


def _first_auxiliary(line: Line, place: int) -> int:
    first = place
    for k in range(place - 1, max(-1, place - 7), -1):
        if text(line, k) in line.words.words["auxiliaries"]:
            first = k
        elif tag(line, k) not in (Tag.ADV, Tag.NEG):
            break
    return first


def subject(line: Line, group: Group) -> Run | None:
    """The tokens of the subject: left of the verb, or right of it in "said X"."""
    if group.dependent:
        return main_subject(line, group.place)
    left = subject_left(line, group.first)
    inverted = left is None and _is_inverted(line, group)
    if inverted:
        found = subject_right(line, group.place)
        if found:
            return found
    if left is not None:
        return left
    if tag(line, group.first - 1) is Tag.CONJ or text(line, group.first - 1) == ",":
        return main_subject(line, group.first)
    return subject_right(line, group.place) if line.language != "en" else None


def _is_inverted(line: Line, group: Group) -> bool:
    before = group.first - 1
    opens = tag(line, before) in (Tag.PUNCT, Tag.QUOTE) or before < 0
    return opens and tag(line, group.place + 1) in _NAMES


def subject_right(line: Line, place: int) -> Run | None:
    """The phrase right after a verb: "said the minister"; adverbs and dates are passed over."""
    first = place + 1
    while tag(line, first) is Tag.ADV or (line.language != "en" and phrases.is_time(line, first)):
        first += 1
    if line.language != "en" and tag(line, first) is Tag.PREP:
        first = max(first + 1, phrases.end_of_phrase(line, first + 1))
    if tag(line, first) not in _NAMES or text(line, first) in line.words.words["not_subject"]:
        return None
    end = phrases.end_of_phrase(line, first)
    return (first, end) if end > first else None


def main_subject(line: Line, place: int) -> Run | None:
    """The subject of the nearest reporting verb to the left, else of the first verb."""
    verbs = [k for k in range(place) if tag(line, k) in (Tag.VFIN, Tag.VPP)]
    reporting = [k for k in verbs if line.words.verb(line.tokens[k])]
    for k in [*reversed(reporting), *verbs]:
        found = subject_left(line, _first_auxiliary(line, k))
        if found:
            return found
        inverted = subject_right(line, k) if k in reporting else None
        if inverted:
            return inverted
    return None


def subject_left(line: Line, verb: int) -> Run | None:
    """The noun phrase that ends directly left of a verb."""
    last = verb
    while last > 0 and tag(line, last - 1) in (Tag.ADV, Tag.NEG):
        last -= 1
    if tag(line, last - 1) in (Tag.REL, Tag.WH):
        return _antecedent(line, last - 1)
    last = _before_modifier(line, last)
    first = last
    while first > 0:
        step = _step_left(line, first, last)
        if step == first:
            break
        first = step
    while first < last and tag(line, first) in (Tag.PREP, Tag.CONJ, Tag.PUNCT, Tag.ADV):
        if tag(line, first) is Tag.PREP:
            skipped = _after_preposition(line, first, last)
            first = skipped
        else:
            first += 1
    if phrases.is_time(line, first) and tag(line, first + 1) is Tag.DET and first + 1 < last:
        first += 1  # "On Monday the steelmaker said"
    if text(line, first - 1) in line.words.words["agents"] and tag(line, first - 2) in VERBS:
        return subject_left(line, first - 2)  # "The officials quoted by the BBC"
    return (first, last) if first < last else None


def _before_modifier(line: Line, last: int) -> int:
    """As in "Two traders familiar with the matter said": where the head noun ends."""
    loose = NOMINAL | {Tag.POSS, Tag.PREP, Tag.TO, Tag.ADV, Tag.VPP}
    for k in range(last - 1, max(0, last - _MODIFIER), -1):
        if tag(line, k) not in loose:
            break
        opens = text(line, k) in line.words.words.get("postnominal", frozenset())
        if opens and tag(line, k - 1) in HEADS and last - k > 1:
            return k
    return last


def _after_preposition(line: Line, first: int, last: int) -> int:
    """As in "On Monday Kyiv said": the phrase of a leading preposition is no subject."""
    end = phrases.end_of_phrase(line, first + 1, last)
    return end if first + 1 < end < last else last


def _step_left(line: Line, first: int, last: int) -> int:
    """One step to the left within a subject, or the same place at its end."""
    before = first - 1
    token = line.tokens[before]
    if token.tag is Tag.PRON:
        return before if first == last else first
    if token.tag in NOMINAL or token.tag is Tag.POSS:
        return before
    if token.text == ")":
        near = range(before, max(-1, before - 9), -1)
        return next((k for k in near if text(line, k) == "("), first)
    if first == last:
        return _over_insertion(line, before, first) if token.text == "," else first
    return before if _belongs(line, before, first, last) else first


def _belongs(line: Line, place: int, first: int, last: int) -> bool:
    """Whether a preposition, "and" or comma within a subject holds its parts together."""
    token = line.tokens[place]
    if tag(line, place - 1) not in HEADS:
        return False
    if token.tag in (Tag.PREP, Tag.TO):
        beside = line.words.words["noun_prepositions"] | line.words.words["beside_noun"]
        return token.lower in beside
    if token.tag is Tag.CONJ:
        return _joins_names(line, place)
    return token.text == "," and tag(line, first) in NOMINAL and _is_listed(line, place, last)


def _joins_names(line: Line, place: int) -> bool:
    """Whether "and" joins two names, rather than two clauses: no verb stands just before."""
    left = place - 1
    while left >= 0 and tag(line, left) in NOMINAL | {Tag.POSS, Tag.PREP}:
        left -= 1
    return tag(line, left) not in (Tag.VFIN, Tag.VPP, Tag.TO, Tag.VINF, Tag.VING)


def _is_listed(line: Line, comma: int, last: int) -> bool:
    listed = any(tag(line, k) is Tag.CONJ for k in range(comma, last))
    before = comma - 1
    while before >= 0 and tag(line, before) in NOMINAL:
        before -= 1
    return listed and (before < 0 or tag(line, before) in (Tag.PUNCT, Tag.CONJ, Tag.QUOTE))


def _over_insertion(line: Line, comma: int, first: int) -> int:
    """As in "Budanov, the head of intelligence, said": over an apposition or a relative clause."""
    opened = next(
        (k for k in range(comma - 1, max(-1, comma - 30), -1) if line.tokens[k].text in ",;:"), None
    )
    if opened is None or line.tokens[opened].text != ",":
        return first
    post = noun_phrase.is_a("roles", text(line, opened - 1))  # "a senior official, X, said"
    if tag(line, opened - 1) not in HEADS and not post:
        return first
    inner = range(opened + 1, comma)
    relative = tag(line, opened + 1) in (Tag.REL, Tag.VING)  # ", citing what he called data,"
    verbless = not any(tag(line, k) in (Tag.VFIN, Tag.QUOTE, Tag.SUB) for k in inner)
    return opened if len(inner) > 0 and (relative or verbless) else first


def _antecedent(line: Line, relative: int) -> Run | None:
    end = relative
    while end > 0 and line.tokens[end - 1].text == ",":
        end -= 1
    first = end
    while first > 0 and tag(line, first - 1) in NOMINAL | {Tag.POSS}:
        first -= 1
    return (first, end) if first < end else None


def agent(line: Line, group: Group) -> Run | None:
    """Who is said to act in a passive: "by X"."""
    for k in range(group.place + 1, min(len(line.tokens), group.place + 4)):
        if text(line, k) in line.words.words["agents"] and tag(line, k + 1) in _NAMES:
            end = phrases.end_of_phrase(line, k + 1)
            return (k + 1, end) if end > k + 1 else None
    return None
