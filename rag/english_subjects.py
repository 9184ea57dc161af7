"""The subject of an English verb: the noun phrase left of it, whatever stands between the two.

Between a subject and its verb may stand a relative clause, a participle ("people briefed on the
plans said"), an apposition between commas or dashes, an adverb or a date.
"""

from __future__ import annotations

from rag import noun_phrase, phrases
from rag.drafts import HEADS, NOMINAL, Line, Run
from rag.tagging import VERBS, Tag

_WITHIN = NOMINAL | {Tag.POSS, Tag.PREP, Tag.TO, Tag.ADV, Tag.NEG, Tag.PRON}
_DASHES = ("–", "—", "-")
_INSERTION = 32  # tokens between the commas around an apposition or a relative clause
_PARTICIPLES = ("ed", "en", "wn", "ing", "ght", "eld", "ade")
_AGE = 3
_ALSO_CONJUNCTIONS = ("after", "before", "since", "until", "as")
_ORDER = ("after", "before", "since", "later", "earlier", "ago")


def tag(line: Line, place: int) -> Tag:
    """The class of the word at a place; outside the sentence all is punctuation."""
    return line.tokens[place].tag if 0 <= place < len(line.tokens) else Tag.PUNCT


def text(line: Line, place: int) -> str:
    """The word at a place in lower case, "" outside the sentence."""
    return line.tokens[place].lower if 0 <= place < len(line.tokens) else ""


def subject_left(line: Line, verb: int) -> Run | None:
    """The subject that ends left of a verb, without what modifies it behind its head."""
    last = _over_adverbs(line, verb)
    if _is_relative(line, last - 1):
        return antecedent(line, last - 1)
    if (own := _of_relative(line, last)) is not None:
        return own
    closed = last
    last = over_insertions(line, last)
    first, core, joined = _region(line, last)
    first = _without_adverbials(line, first, core)
    if first >= core or not any(tag(line, k) in _SUBJECTS for k in range(first, core)):
        return None
    if core == last < closed and _names_the_post(line, first, last, closed - 1):
        return first, closed - 1
    end = core if joined else phrases.end_of_phrase(line, first, core)
    if 0 < (author := phrases.authored(line, end)) < last:  # "images published by Maxar show"
        end = phrases.end_of_phrase(line, author, last)
    return (first, end if first < end else core)


def _of_relative(line: Line, last: int) -> Run | None:
    """As in "a number which Kyiv disputed": the subject within an object relative."""
    first = last
    while first > 0 and tag(line, first - 1) in NOMINAL | {Tag.POSS}:
        first -= 1
    relative = text(line, first - 1) in ("which", "whom") and tag(line, first - 2) in HEADS
    return (first, last) if relative and first < last else None


def _names_the_post(line: Line, first: int, comma: int, closing: int) -> bool:
    """As in "The mayor of Kyiv, Vitali Klitschko, said": the name is what names the source."""
    post = any(_is_post(line.tokens[k].text) for k in range(first, comma))
    post = post or (
        text(line, first) in line.words.words["whose"] and tag(line, comma - 1) is Tag.NOUN
    )
    named_as = text(line, comma + 1) in line.words.words["named_as"]  # ", known as the NIS,"
    apposed = range(comma + 1 + 2 * named_as, closing)
    post = post or named_as
    parts = (Tag.NAME, Tag.POSS, *((Tag.DET, Tag.NOUN, Tag.OTHER) if named_as else ()))
    named = len(apposed) > 0 and all(tag(line, k) in parts for k in apposed)
    return post and named and line.tokens[comma].text == ","


def _is_post(word: str) -> bool:
    """Whether a word in lower case, or a part of a compound, is a post: "commander-in-chief"."""
    return word.islower() and any(noun_phrase.is_a("roles", part) for part in word.split("-"))


_SUBJECTS = HEADS | {Tag.PRON, Tag.NUM, Tag.DET, Tag.ADJ, Tag.OTHER}


def _over_adverbs(line: Line, verb: int) -> int:
    """The place after the subject: adverbs, "not" and dates before the verb are passed over."""
    last = verb
    while last > 0:
        reflexive = text(line, last - 1) in line.words.words["reflexives"] and last > 1
        if tag(line, last - 1) in (Tag.ADV, Tag.NEG) or reflexive:
            last -= 1  # "The authors themselves stress that"
        elif phrases.is_time(line, last - 1) and tag(line, last - 2) is Tag.PREP:
            last -= 2
        elif phrases.is_time(line, last - 1) and tag(line, last - 2) in HEADS:
            last -= 1  # "the company Monday said"
        else:
            return last
    return last


def _is_relative(line: Line, place: int) -> bool:
    relative = tag(line, place) in (Tag.REL, Tag.WH) or text(line, place) == "that"
    return relative and (tag(line, place - 1) in HEADS or text(line, place - 1) == ",")


def antecedent(line: Line, relative: int) -> Run | None:
    """What a relative pronoun means: "a spokesman for the ministry, who said"."""
    end = relative
    while end > 0 and line.tokens[end - 1].text == ",":
        end -= 1
    end = _over_adverbs(line, end)
    if text(line, relative) == "who":
        end = _over_ages(line, end)
    first, core, _ = _region(line, end)
    first = _without_adverbials(line, first, core)
    return (first, core) if first < core else None


def over_insertions(line: Line, last: int) -> int:
    """Where the name ends in "Budanov, the head of intelligence, said", "Olena, 43, told"."""
    for _ in range(3):
        mark = line.tokens[last - 1].text if last else ""
        if mark not in (",", ")", *_DASHES):
            return last
        opened = _opening(line, last - 1)
        if opened is None:
            return last
        last = _over_ages(line, _over_adverbs(line, opened))
    return last


def _over_ages(line: Line, last: int) -> int:
    """As in "Olena Petrenko, 43": the place after the name."""
    aged = tag(line, last - 1) is Tag.NUM and text(line, last - 2) == ","
    return last - 2 if aged and tag(line, last - _AGE) in HEADS else last


def _opening(line: Line, closing: int) -> int | None:
    """The mark that opens an insertion which ends at a mark; None where none is inserted."""
    mark = line.tokens[closing].text
    marks = ("(",) if mark == ")" else (mark,)
    near = range(closing - 1, max(-1, closing - _INSERTION), -1)
    for k in near:
        if line.tokens[k].text in ";:" or tag(line, k) is Tag.QUOTE:
            return None
        if line.tokens[k].text not in marks:
            continue
        if mark == ")" or _is_insertion(line, k, closing):
            return k
        if tag(line, k + 1) in VERBS - {Tag.VING}:
            return None
    return None


def _is_insertion(line: Line, opened: int, closing: int) -> bool:
    """Whether a name stands before, and an apposition, relative clause or adverb between."""
    before = tag(line, opened - 1)
    post = noun_phrase.is_a("roles", text(line, opened - 1))  # "a senior official, X, said"
    named = before in HEADS | {Tag.NUM, Tag.PRON} or post or line.tokens[opened - 1].text == ")"
    if not named or closing - opened < 2:
        return False
    if tag(line, opened + 1) in (Tag.REL, Tag.VING, Tag.VPP) or text(line, opened + 1) == "whose":
        return True
    if _is_participle(line, opened + 1, closing):
        return True
    inner = range(opened + 1, closing)
    finite = (Tag.VFIN, Tag.QUOTE, Tag.SUB)
    relative = next((k for k in inner if tag(line, k) is Tag.REL), closing)
    return not any(tag(line, k) in finite for k in range(opened + 1, relative))


def _is_participle(line: Line, place: int, closing: int) -> bool:
    """As in ", known as the NIS,": a participle that the tagger takes for the verb of a clause."""
    formed = tag(line, place) is Tag.VFIN and text(line, place).endswith(_PARTICIPLES)
    governs = tag(line, place + 1) in (Tag.PREP, Tag.AS, Tag.ADV)
    governs = governs or any(phrases.is_time(line, k) for k in (place + 1, place + 2))
    return formed and governs and not any(tag(line, k) in VERBS for k in range(place + 1, closing))


def _region(line: Line, last: int) -> tuple[int, int, bool]:
    """Where the clause of a subject begins, where its head ends, and whether "and" joins it."""
    first, core, joined = last, last, False
    while first > 0:
        place = first - 1
        here = tag(line, place)
        if here is Tag.PRON and text(line, place) not in line.words.words["not_subject"]:
            return (place, place + 1, False) if first == last else (first, core, joined)
        if here is Tag.REL and tag(line, place - 1) in HEADS:
            first = core = place  # "residents who fled the city said"
        elif here in VERBS:
            modified = _modifier(line, place, joined)
            if modified is None:
                return first, core, joined
            first, core, joined = modified, modified, False
        elif line.tokens[place].text == ")":
            opened = _opening(line, place)
            if opened is None:
                return first, core, joined
            first = opened
        elif here is Tag.CONJ and _joins(line, place, first):
            first, joined = place, True
        elif (
            line.tokens[place].text == "," and joined and _is_listed(line, place)
        ) or here in _WITHIN:
            first = place
        else:
            break
    return first, core, joined


def _modifier(line: Line, place: int, joined: bool) -> int | None:
    """The end of the noun that a verb to the right of it only describes; None at a real verb."""
    first = place
    while tag(line, first - 1) in VERBS | {Tag.ADV, Tag.NEG, Tag.TO}:
        first -= 1
    before = tag(line, first - 1)
    relative = before is Tag.REL or text(line, first - 1) == "that"
    if relative and tag(line, first - 2) in HEADS:
        return first - 1
    if tag(line, place) is Tag.VINF and before is Tag.TO:
        return first - 1 if tag(line, first - 2) in HEADS else None
    reduced = line.tokens[place].lower.endswith(_PARTICIPLES) and first == place
    return first if reduced and before in HEADS and not joined else None


def _joins(line: Line, place: int, first: int) -> bool:
    """Whether "and" joins two names, rather than two clauses."""
    if tag(line, place - 1) not in HEADS or tag(line, first) not in NOMINAL:
        return False
    if line.tokens[place].lower not in line.words.words["coordinators"]:
        return False
    left = place - 1
    while left >= 0 and tag(line, left) in NOMINAL | {Tag.POSS, Tag.PREP}:
        left -= 1
    return tag(line, left) not in VERBS | {Tag.TO}


def _is_listed(line: Line, comma: int) -> bool:
    """Whether a comma separates the parts of an enumeration that begins the clause."""
    if line.tokens[comma].text != ",":
        return False
    before = comma - 1
    while before >= 0 and tag(line, before) in NOMINAL:
        before -= 1
    plain = before < 0 or tag(line, before) in (Tag.PUNCT, Tag.CONJ, Tag.QUOTE)
    return plain and tag(line, comma - 1) in HEADS


def _without_adverbials(line: Line, first: int, last: int) -> int:
    """As in "On Monday Kyiv said": where the subject begins after leading adverbials."""
    loose = (Tag.CONJ, Tag.PUNCT, Tag.ADV, Tag.NEG, Tag.TO)
    while first < last:
        if tag(line, first) is Tag.PREP:
            timed = phrases.is_time(line, first + 1)
            end = first + 2 if timed else phrases.end_of_phrase(line, first + 1, last)
            if first + 1 < end < last:
                first = end
            elif end >= last and text(line, first) in _ALSO_CONJUNCTIONS:
                first += 1  # "slid after the chipmaker warned that"
            else:
                return _after_place(line, first, last)
        elif _is_span(line, first, last):
            first = next(k for k in range(first, last) if text(line, k) in _ORDER) + 1
        elif tag(line, first) in loose or _is_leading_time(line, first):
            first += 1
        else:
            break
    return first


def _is_span(line: Line, first: int, last: int) -> bool:
    """As in "one day after Mr. Lee said": how long before or after."""
    at = next((k for k in range(first + 1, last - 1) if text(line, k) in _ORDER), None)
    return at is not None and at - first <= _AGE and phrases.is_time(line, at - 1)


def _is_leading_time(line: Line, place: int) -> bool:
    """As in "Monday the steelmaker said"."""
    return phrases.is_time(line, place) and tag(line, place + 1) in (Tag.DET, Tag.NAME)


def _after_place(line: Line, first: int, last: int) -> int:
    """As in "In Kyiv officials said", "In a speech Mr. Lee said": the subject after the place."""
    names = [k for k in range(first, last) if tag(line, k) is Tag.NAME]
    if names and tag(line, last - 1) is Tag.NOUN and names[-1] < last - 1:
        return names[-1] + 1
    after_noun = (k for k in range(first + 1, last) if tag(line, k - 1) is Tag.NOUN)
    return next((k for k in after_noun if tag(line, k) in (Tag.NAME, Tag.DET, Tag.PRON)), last)
