"""Which sources an enumeration of Ukrainian or Russian names: each phrase is one."""

from __future__ import annotations

from rag import noun_phrase, slavic_tagging
from rag.drafts import HEADS, Line, Run
from rag.slavic_forms import NOMINATIVE
from rag.slavic_phrases import is_voice, phrase_at
from rag.tagging import Tag


def sources(line: Line, run: Run | None) -> list[Run]:
    """The phrases of an enumeration, each a source; an apposition stays with its name."""
    if run is None:
        return []
    first, last = run
    parts: list[Run] = []
    start = first
    for k in range(first + 1, last - 1):
        if line.tokens[k].text == "," and line.tokens[k + 1].tag is Tag.NEG:
            parts.append((start, k))  # "ни Киев, ни Москва"
            start = k + 2
            continue
        if (line.tokens[k].tag is Tag.CONJ or line.tokens[k].text == ",") and _parts(
            line, start, k, last
        ):
            parts.append((start, k))
            start = k + 1
    parts.append((start, last))
    return [part for part in parts if part[0] < part[1]]


def _parts(line: Line, start: int, place: int, last: int) -> bool:
    """Whether "and" or a comma at a place parts two speakers rather than two genitives."""
    left, right = phrase_at(line, start, place), phrase_at(line, place + 1, last)
    if left is None or right is None or not (left.voice and right.voice):
        return False
    if left.cases & NOMINATIVE and not right.headed and line.tokens[place].text != ",":
        return False  # "министр молодёжи и спорта Украины"
    if line.tokens[place].text == ",":
        listed = any(line.tokens[k].tag is Tag.CONJ for k in range(place, last))
        if not listed:
            return False
    if left.cases & NOMINATIVE:
        return bool(right.cases & NOMINATIVE)
    return bool(left.cases & right.cases)


def head(line: Line, first: int, last: int) -> int:
    """The place of the first noun or name of a phrase, else its beginning."""
    return next((k for k in range(first, last) if line.tokens[k].tag in HEADS), first)


def is_document(line: Line, place: int) -> bool:
    """Whether a word is a document or another thing that tells: "звіт", "результати"."""
    word = line.tokens[place].lower
    documents = tuple(line.words.words["documents"])
    return noun_phrase.is_a("statements", word) or word.startswith(documents)


def is_thing(line: Line, first: int, last: int) -> bool:
    """Whether the subject is no somebody, but a noun in the singular: "закон", "ситуація"."""
    token = line.tokens[head(line, first, last)]
    words = line.words.words
    if token.lower in words["things"] or token.lower.startswith(tuple(words["inanimate"])):
        return True
    found = slavic_tagging.cases(token, line.language)
    alone = token.tag is Tag.NOUN and "p" not in found and bool(found & NOMINATIVE)
    return alone and not is_voice(line, first, last)


def is_mute(line: Line, first: int, last: int) -> bool:
    """Whether the subject is a thing, but no document, which tells what stands in it."""
    return is_thing(line, first, last) and not is_document(line, first)
