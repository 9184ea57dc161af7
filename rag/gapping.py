"""German and English clauses that leave out the verb of the one before: "X spoke of 5, Y of 7".

The second speaker stands behind a comma, a semicolon or "and", and what he gives behind the same
preposition, or as a figure: "X nannte 5, Y 7", "X reported fires, Y damage to the port".
(Gapping: Huddleston & Pullum 2002, The Cambridge Grammar, ch. 15 § 4.2.) Ukrainian and Russian put
a dash there: `slavic_ellipsis`.
"""

from __future__ import annotations

from dataclasses import replace

from rag import noun_phrase, phrases
from rag.drafts import NOMINAL, Draft, Line, Run
from rag.english_subjects import tag, text
from rag.tagging import Tag

_RULES = frozenset({"object", "prepositional_object", "figure", "quote_right"})
_MARKS = frozenset({",", ";"})
_LONGEST = 14  # tokens of a speaker with what stands beside the name
_LOOSE = frozenset({Tag.CONJ, Tag.ADV})
# A German article behind a comma may be read as a pronoun.
_SPEAKER = NOMINAL | {Tag.POSS, Tag.PREP, Tag.REL}
_KINDS = ("roles", "voices", "organisations", "anonymous", "offices")
_COUNTING = 3  # tokens between a preposition and its figure


def gapped(line: Line, told: list[Draft]) -> list[Draft]:
    """The claims that go on with the verb of one of these; what they say is cut from that one."""
    found: list[Draft] = []
    for draft in told:
        if draft.rule not in _RULES or not draft.sources or not draft.content:
            continue
        last, end = draft, line.end_of_words()
        place = line.run(draft.content[-1])[0] + 1
        while place < end and tag(line, place) not in (Tag.VFIN, Tag.SUB):
            made = _next(line, draft, place)
            if made is not None:
                start, _ = last.content[-1]
                last.content[-1] = line.extent(line.position(start), place)
                found.append(made)
                last = made
                place = line.run(made.content[-1])[0]
            place += 1
    return found


def _next(line: Line, draft: Draft, mark: int) -> Draft | None:
    """The claim that opens at a mark: a speaker, then what the verb before him takes."""
    joint = line.tokens[mark].text in _MARKS or tag(line, mark) is Tag.CONJ
    if not joint:
        return None
    first = mark + 1
    while tag(line, first) in _LOOSE:
        first += 1
    opened = line.run(draft.content[-1])[0]
    inner = next((k for k in range(opened, mark) if tag(line, k) is Tag.PREP), mark)
    counted = draft.rule == "figure" or _has_figure(line, opened, min(inner, opened + _COUNTING))
    governing = _prepositions(line, draft)
    split = _boundary(line, first, governing, counted=counted)
    if split is None or not _is_speaker(line, first, split):
        return None
    start = split + (text(line, split) in governing)
    end = _end(line, start)
    mention = line.extent(first, split - (tag(line, split - 1) is Tag.ADV))
    return replace(draft, content=[line.extent(start, end)], sources=[mention], via=[])


def _prepositions(line: Line, draft: Draft) -> frozenset[str]:
    """What stands before the figure or the object of the verb: "of", "at", "von", "auf"."""
    first, last = line.run(draft.content[-1])
    if draft.rule == "object":
        return frozenset()
    if draft.rule in ("prepositional_object", "quote_right"):
        return frozenset({text(line, first - 1)})
    inner = (k for k in range(first, last) if tag(line, k) is Tag.PREP)
    return frozenset(text(line, k) for k in inner if _has_figure(line, k + 1, k + 1 + _COUNTING))


def _boundary(line: Line, first: int, governing: frozenset[str], *, counted: bool) -> int | None:
    """Where the speaker ends and what he gives begins; None where nothing tells."""
    for k in range(first + 1, min(first + _LONGEST, line.end_of_words())):
        here, within = tag(line, k), line.tokens[k].text in (",", ")", "(")
        figure = _has_figure(line, k, k + 1) or _is_quoted(line, k)
        if text(line, k) in governing:
            if _is_quoted(line, k + 1) or _has_figure(line, *_governed(line, k)) or not counted:
                return k
        elif not governing:
            begins = figure or _counts(line, k) if counted else _is_object(line, k)
            if begins:
                return k
        adverb = here is Tag.ADV and text(line, k + 1) in governing  # "Y sogar von 400"
        if not (here in _SPEAKER or within or adverb):
            return None
    return None


def _governed(line: Line, preposition: int) -> Run:
    """The next words behind a preposition, up to another: "von Charkiw von elf"."""
    first, last = preposition + 1, preposition + 1 + _COUNTING
    return first, next((k for k in range(first, last) if tag(line, k) is Tag.PREP), last)


def _counts(line: Line, place: int) -> bool:
    """As in "about 500", "rund 500": a word before a figure."""
    near = range(place + 1, place + _COUNTING)
    loose = tag(line, place) in (Tag.ADV, Tag.PREP, Tag.AS)
    return loose and any(_has_figure(line, k, k + 1) for k in near)


def _is_object(line: Line, place: int) -> bool:
    """Whether an object begins behind a name: "Gouverneur Kiper Schäden", "Mr Kiper damage"."""
    if tag(line, place - 1) is not Tag.NAME:
        return False
    begins = (Tag.NOUN, Tag.ADJ, Tag.DET, Tag.NUM)
    common = line.language == "de" or line.tokens[place].text.islower()
    genitive = line.language == "de" and tag(line, place) is Tag.DET
    return tag(line, place) in begins and common and not genitive


def _has_figure(line: Line, first: int, last: int) -> bool:
    near = range(first, min(last, len(line.tokens)))
    return any(_is_figure(line, k) for k in near)


def _is_figure(line: Line, place: int) -> bool:
    word = line.tokens[place]
    none = word.lower in line.words.words["negations"] or word.lower == "none"
    return word.tag is Tag.NUM or word.text[0].isdigit() or none


def _is_quoted(line: Line, place: int) -> bool:
    """Whether a quotation begins at a token."""
    if place >= len(line.tokens):
        return False
    start = line.tokens[place].start
    fragment = any(0 <= start - one.start <= 1 for one in line.fragments)
    return fragment or tag(line, place) is Tag.QUOTE


def _is_speaker(line: Line, first: int, last: int) -> bool:
    """Whether a phrase names somebody, by a name or by what he is, and no time."""
    if first >= last or tag(line, first) not in _SPEAKER or phrases.is_time(line, first):
        return False
    last = next((k for k in range(first, last) if line.tokens[k].text == ","), last)
    words = [line.tokens[k].text for k in range(first, last)]
    named = any(tag(line, k) is Tag.NAME for k in range(first, last))
    return named or any(noun_phrase.is_a(kind, word) for kind in _KINDS for word in words)


def _end(line: Line, start: int) -> int:
    """The end of what is given: at the next mark that another clause or speaker may follow."""
    end = line.end_of_words()
    for k in range(start + 1, end):
        joint = tag(line, k) in (Tag.CONJ, Tag.SUB) and tag(line, k + 1) is not Tag.NUM
        if line.tokens[k].text in _MARKS or joint or tag(line, k) is Tag.VFIN:
            return k
    return end
