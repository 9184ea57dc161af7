"""Claims of one sentence beside each other: channels, and contents without another's claim."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from rag import slavic_forms
from rag.drafts import HEADS, Draft, Extent, Line
from rag.schema import Stance
from rag.tagging import VERBS, Tag

# Rules whose content is an object, no clause.
_OF_A_PHRASE = ("naming", "figure", "object", "prepositional_object", "does_not_confirm")
_BREAK = re.compile(r"[,;:–—]")


def joined(
    line: Line, phrased: list[Draft], verbal: list[Draft], silent: list[Draft]
) -> list[Draft]:
    """As in "According to X" beside a reporting verb is the channel of what the verb reports."""
    kept: list[Draft] = []
    for draft in phrased:
        told = (*verbal, *silent)
        hosts = [
            d for d in told if _shares_clause(line, draft.cue, d) or _is_inserted(line, draft, d)
        ]
        inside = [d for d in verbal if within(draft.cue, d.content) and d not in hosts]
        if draft.rule == "via" and verbal:
            for other in hosts or inside or verbal[-1:]:
                if other.via:
                    other.via = other.via + draft.sources
                else:
                    other.via, other.sources = other.sources, draft.sources
                    if line.language in slavic_forms.SLAVIC and other.stance is Stance.ASSERTS:
                        other.stance = Stance.REPORTS
        elif hosts and not inside:
            for other in hosts:
                other.via = other.via + draft.sources
        else:
            if inside and _names_nobody(line, draft):
                continue
            if inside:
                draft.content = cut_all(draft.content, inside[0].content)
            else:
                draft.content = _without(draft.content, draft.cue, verbal)
                if verbal and not (_has_verb(line, draft.content) or _is_counted(line, draft)):
                    for other in verbal:
                        other.via = other.via + draft.sources
                    continue
            kept.append(draft)
    return kept + verbal


def channelled(drafts: list[Draft]) -> list[Draft]:
    """As in "X had denied it, Politico reported": who reports is the channel of what X did."""
    kept: list[Draft] = []
    for draft in drafts:
        framed = draft.rule in ("as", "clause_left") and draft.stance is Stance.REPORTS
        inner = [one for one in drafts if one.sources and within(one.cue, draft.content)]
        if not framed or not draft.sources or not inner:
            kept.append(draft)
            continue
        for one in inner:
            one.via = one.via + draft.sources
    return kept


def parenthesised(
    line: Line, drafts: list[Draft], reported: Callable[[Line], list[Draft]]
) -> list[Draft]:
    """As in "X said, as Reuters reported, that": who stands between is the channel of what X said.

    The sentence is read again without what stands between.
    """
    for draft in [one for one in drafts if one.rule == "as" and one.content and one.cue]:
        opened, closed = draft.content[0][1], _end_of_insertion(line, draft)
        if draft.cue is None or draft.cue[0] < opened or closed <= opened:
            continue
        told: list[Draft] = []
        for comma in (1, 0):  # "said, that", "confirmed the plan"
            told = told or _told_around(line, (opened + comma, closed), draft, reported)
        for one in told:
            one.via = one.via + draft.sources
        if told:
            cues = [one.cue for one in told]
            drafts = [d for d in drafts if d is not draft and d.cue not in cues] + told
    return drafts


def _told_around(
    line: Line, gap: Extent, frame: Draft, reported: Callable[[Line], list[Draft]]
) -> list[Draft]:
    """What the sentence without this gap says that somebody before it said, told behind it."""
    low, high = gap[0] - line.start, gap[1] - line.start
    masked = line.masked[:low] + " " * (high - low) + line.masked[high:]
    bare = replace(line, masked=masked, tokens=[], used=set(), framed=set())
    bare.read()
    return [
        one
        for one in reported(bare)
        if one.sources
        and one.cue
        and within(one.sources[0], frame.content[:1])
        and any(a >= gap[1] for a, _ in one.content)
    ]


def _end_of_insertion(line: Line, draft: Draft) -> int:
    """Where the sentence goes on behind "as X reported"; 0 where it does not."""
    if len(draft.content) > 1:
        return draft.content[1][0]
    last = max(b for _, b in (*draft.sources, draft.cue or (0, 0)))
    comma = line.masked.find(",", last - line.start)
    return 0 if comma < 0 else line.start + comma + 2


def received(line: Line, drafts: list[Draft]) -> list[Draft]:
    """As in "Bloomberg learned from an official that": the official said it, Bloomberg is told."""
    words = line.words.words
    for draft in drafts:
        cue, begins = draft.cue, draft.content[0][0] if draft.content else 0
        if cue is None or draft.via or begins < cue[1] or not draft.sources:
            continue
        if line.text[slice(*cue)].lower() not in words.get("receiving", ()):
            continue
        first = line.position(cue[1])
        last = next(
            (k for k in range(first, len(line.tokens)) if line.tokens[k].start >= begins), 0
        )
        if first < last and line.tokens[first].lower in words["received_from"]:
            told = line.extent(first + 1, last)
            draft.via, draft.sources = draft.sources, [told]
    return drafts


def _names_nobody(line: Line, draft: Draft) -> bool:
    """As in "nach ersten Erkenntnissen": within what X says, that is X's own knowledge."""
    bare = line.words.words.get("bare_statements")
    words = [token for part in draft.sources for token in line.tokens[slice(*line.run(part))]]
    nouns = [token.lower for token in words if token.tag in HEADS]
    return bare is not None and all(noun in bare for noun in nouns)


def _is_counted(line: Line, draft: Draft) -> bool:
    """Slavic: "...; погибших, по его расчёту, до 325 000": a clause of its own without a verb."""
    start = draft.content[0][0] if draft.content else line.start
    apart = line.masked[: start - line.start].rstrip()[-1:] == ";"
    number = any(
        line.tokens[k].tag is Tag.NUM for part in draft.content for k in range(*line.run(part))
    )
    return line.language in slavic_forms.SLAVIC and apart and number


def _has_verb(line: Line, content: list[Extent]) -> bool:
    return any(line.tokens[k].tag in VERBS for part in content for k in range(*line.run(part)))


def _shares_clause(line: Line, cue: Extent | None, other: Draft) -> bool:
    """Whether a frame stands in the clause of a reporting verb, and not in its content."""
    if cue is None or other.cue is None or within(cue, other.content):
        return False
    low, high = min(cue[1], other.cue[1]), max(cue[0], other.cue[0])
    return not _BREAK.search(line.masked, low - line.start, max(low, high) - line.start)


def _is_inserted(line: Line, frame: Draft, other: Draft) -> bool:
    """As in "Putin, according to X, insisted", "nannte sie laut X haltlos": within what is told.

    Not within a clause of its own: "X said that, according to Y, ...".
    """
    if frame.cue is None or other.cue is None or not other.sources:
        return False
    if within(frame.cue, other.content):
        return other.rule in _OF_A_PHRASE
    if line.language in slavic_forms.SLAVIC:
        return False  # "військові, за словами X, попередили": that they warned is X's word
    said, told = other.cue, max(b for _, b in other.sources)
    beside = line.text[said[1] : frame.cue[0]].strip() == ","  # "said, according to X, that"
    return (told <= frame.cue[0] and frame.cue[1] <= said[0]) or (beside and told <= said[0])


def _without(content: list[Extent], cue: Extent | None, others: list[Draft]) -> list[Extent]:
    """A content without what reporting verbs beside it say: that has its own source."""
    for other in others:
        spans = [*other.content, *other.sources, *([other.cue] if other.cue else [])]
        if not spans or cue is None:
            continue
        low, high = min(a for a, _ in spans), max(b for _, b in spans)
        if low > cue[1]:
            content = cut_all(content, [(0, low)])
        elif high < cue[0]:
            content = cut_all(content, [(high, cue[0]), (cue[1], 1 << 40)])
    return content


def cut_all(content: list[Extent], bounds: list[Extent]) -> list[Extent]:
    """The parts of a content that lie within the bounds."""
    return [part for extent in content for part in _cut(extent, bounds)]


def within(extent: Extent | None, content: list[Extent]) -> bool:
    """Whether an extent lies in one of the parts of a content."""
    return extent is not None and any(a <= extent[0] and extent[1] <= b for a, b in content)


def _cut(extent: Extent, bounds: list[Extent]) -> list[Extent]:
    cut = [(max(extent[0], a), min(extent[1], b)) for a, b in bounds]
    return [part for part in cut if part[1] > part[0]]
