"""Speakers that Ukrainian and Russian name by a place or a document: "в Кремле заявили"."""

from __future__ import annotations

from rag import noun_phrase
from rag.drafts import HEADS, Line, Run
from rag.slavic_clauses import Group, group_at, is_time, phrases, segment, tag, text
from rag.slavic_phrases import Phrase
from rag.tagging import Tag


def there(line: Line, group: Group) -> Run | None:
    """As in "В Кремле отреагировали: там считают": the place that an earlier verb named."""
    first, _ = segment(line, group.place)
    words = line.words.words["there"]
    if not any(text(line, k) in words for k in range(first, group.place)):
        return None
    for k in range(first - 1, -1, -1):
        earlier = group_at(line, k)
        if earlier is not None and (found := institution(line, earlier)) is not None:
            return found
    return None


def institution(line: Line, group: Group) -> Run | None:
    """As in "в Кремле заявили": a place that stands for those who speak there."""
    if group.form not in "pro":
        return None
    words = line.words.words
    first, last = segment(line, group.place)
    if first == group.place and text(line, first - 1) == ",":
        opened, _ = segment(line, max(0, first - 2))
        inserted = tag(line, opened) in (Tag.VING, Tag.REL, Tag.ADV, Tag.PREP)
        first = segment(line, max(0, opened - 2))[0] if inserted and opened > 1 else first
    for phrase, preposition in phrases(line, first, last):
        if preposition < 0 or text(line, preposition) not in words["place_prepositions"]:
            continue
        head = text(line, phrase.first)
        if head in words["channels"] or is_time(line, phrase) or not _houses(line, phrase):
            continue
        return phrase.run
    return None


def _houses(line: Line, phrase: Phrase) -> bool:
    """Whether a place can speak: a name, an office, an organisation."""
    kinds = ("organisations", "offices", "voices", "independent")
    named = any(tag(line, k) is Tag.NAME for k in range(phrase.first, phrase.last))
    return named or any(
        noun_phrase.is_a(kind, text(line, k))
        for kind in kinds
        for k in range(phrase.first, phrase.last)
    )


def document(line: Line, group: Group) -> Run | None:
    """As in "в заявлении МИД говорится": whose statement it is, or the document itself."""
    first, last = segment(line, group.place)
    stems = tuple(line.words.words["documents"])
    for phrase, _ in phrases(line, first, last):
        named = next(
            (
                k
                for k in range(*phrase.run)
                if text(line, k).startswith(stems) and tag(line, k) in HEADS
            ),
            None,
        )
        if named is not None and (named + 1 < phrase.last):
            return named + 1, phrase.last
        if named is not None and not noun_phrase.is_a("statements", text(line, named)):
            return named, named + 1
    return None
