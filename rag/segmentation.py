"""An article cut into sentences, and sentences joined to passages; offsets never change.

1. Paragraphs are lines; hard-wrapped lines are joined again. Tag lines, rules, bare addresses,
   by-lines and picture credits are no sentences.
2. A sentence ends at . ! ? … where the next word may open one. Abbreviations, initials, German
   ordinals and a few doubtful cases stand in `lexicon/segmentation.<language>.toml`.
3. A quotation of several sentences stays in one piece with its speaker clause; one that has none
   is cut like any other text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache

from rag import lexicon, quotations
from rag.quotations import Quotation
from rag.schema import LANGUAGES, Article, Passage, Sentence

PASSAGE_LOW = 350  # characters from which on a passage may end at the end of a paragraph
PASSAGE_HIGH = 600  # characters beyond which no further sentence is added
_QUOTE_LIMIT = 1200  # longer quotations are cut in spite of their speaker clause
_PARENTHESIS_LIMIT = 250
_WRAP_LIMIT = 120  # the longest line that hard-wrapped text has

_END = re.compile(
    r"[.!?…]+[\"”“»«’‘‹›)\]]*(?=\s|$)"
    r"|(?<=[a-zäöüßа-яіїєґё]{3})\.(?=[A-ZÄÖÜА-ЯІЇЄҐЁ][a-zäöüßа-яіїєґё])"
)
_LINE = re.compile(r"[^\n]+")
_MARKER = re.compile(r"\s*(?:#{1,6}\s+|[-*•–—]\s+(?=\S)|>\s*|\d{1,2}[.)]\s+)?")
_NO_WORDS = re.compile(r"[\W_]*$")
_ADDRESS = re.compile(r"\W*(?:https?://|www\.)\S+\W*$|\W*\S+@\S+\.\w+\W*$")
_HASHTAGS = re.compile(r"\s*[-*•]?\s*(?:#\w[\w-]*[\s,;|]*)+$")

_AGENCY = re.compile(
    r"\s*\([^()]{0,40}\b(?:dpa|AFP|Reuters|AP|RIA|TASS|UNIAN|epd|KNA)\b[^()]{0,40}\)\s*$"
)
_LAST_WORD = re.compile(r"[\w.]+$")
_NEXT_WORD = re.compile(r"[\s\"„“”«»‘‚›(\[–—-]*([\w'’-]+)")
_CONTINUES = re.compile(r"[\s–—-]*[a-zäöüßа-яіїєґё,;)]")
_INITIAL = re.compile(r"(?:[A-ZÄÖÜА-ЯІЇЄҐЁ]|Ch|Th|Sch|Ju|Yu|Ya|Дж)$")
_ROMAN = re.compile(r"[IVX]{1,5}$")


@dataclass(frozen=True, slots=True)
class Rules:
    """The words of one language that decide about a full stop."""

    abbreviations: frozenset[str]
    may_end: frozenset[str]
    ordinal_after: frozenset[str]
    ordinal_before: frozenset[str]
    units: frozenset[str]
    starters: frozenset[str]
    frames: frozenset[str]
    boilerplate: re.Pattern[str]


@cache
def _rules(language: str) -> Rules:
    table = lexicon.load("segmentation", language if language in LANGUAGES else "en")
    names = [field.name for field in fields(Rules) if field.name != "boilerplate"]
    words = {name: frozenset(table[name].split()) for name in names}
    tables = [lexicon.load("segmentation", other) for other in LANGUAGES]
    lines = "|".join(f"(?:{line})" for other in tables for line in other["boilerplate"])
    return Rules(**words, boilerplate=re.compile(rf"\W*(?:{lines})\W*$", re.IGNORECASE))


def sentences(article: Article) -> tuple[Sentence, ...]:
    """All sentences of the article in order, the title first; exact offsets, linear time."""
    rules = _rules(article.language)
    paragraphs, text = _unwrapped(article.text)
    found: list[Sentence] = []
    for number, (start, end) in enumerate(paragraphs):
        if number and _is_boilerplate(text[start:end], rules):
            continue
        marker = _MARKER.match(text, start, end)
        for first, last in _split(text, marker.end() if marker else start, end, rules):
            if not _NO_WORDS.match(text, first, last):
                found.append(article.span(first, last))
    return tuple(found)


def unwrapped(text: str) -> str:
    """The text with the line ends of hard-wrapped paragraphs made spaces; no offset changes."""
    return _unwrapped(text)[1]


def _unwrapped(text: str) -> tuple[list[tuple[int, int]], str]:
    paragraphs = list(_paragraphs(text, max(text.find("\n\n"), 0)))
    pieces, at = [], 0
    for start, end in paragraphs:
        pieces += [text[at:start], text[start:end].replace("\n", " ")]
        at = end
    return paragraphs, "".join(pieces) + text[at:]


def _paragraphs(text: str, title_end: int) -> Iterator[tuple[int, int]]:
    """Start and end of every paragraph; lines of hard-wrapped text are one paragraph."""
    block: list[tuple[int, int]] = []
    for line in _LINE.finditer(text):
        if not line.group().strip():
            continue
        gap = block and (text.count("\n", block[-1][1], line.start()) > 1)
        if block and (gap or block[-1][1] <= title_end):
            yield from _unwrap(text, block)
            block = []
        block.append(line.span())
    yield from _unwrap(text, block)


def _unwrap(text: str, block: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The lines of a block, or the block as one where its lines were wrapped at a fixed width."""
    widths = [end - start for start, end in block[:-1]]
    if len(block) > 1 and max(widths) <= _WRAP_LIMIT and min(widths) >= max(40, max(widths) - 20):
        open_ends = sum(text[end - 1] not in '.!?:…"“”»' for _, end in block[:-1])
        if 2 * open_ends >= len(widths):
            yield block[0][0], block[-1][1]
            return
    yield from block


def _is_boilerplate(line: str, rules: Rules) -> bool:
    if len(line) > 300:
        return False
    shapes = (_NO_WORDS, _ADDRESS, _HASHTAGS, _AGENCY, rules.boilerplate)
    if any(shape.match(line) for shape in shapes):
        return True
    return line.rstrip().endswith(":") and line.lstrip()[:1] in "-*•"


def _split(text: str, start: int, end: int, rules: Rules) -> Iterator[tuple[int, int]]:
    """Start and end of the sentences of one paragraph."""
    quotes = quotations.find(text, start, end)
    inside = 0  # index of the first quotation that does not end before the candidate
    begin = start
    for mark in _END.finditer(text, start, end):
        stop = mark.end()
        while inside < len(quotes) and quotes[inside].end < stop:
            inside += 1
        quote = quotes[inside] if inside < len(quotes) else None
        within = quote and quote.start < mark.start()
        if quote and within and _is_framed(text, begin, end, quote, stop, rules):
            continue
        if stop <= begin or not _ends(text, begin, mark.start(), stop, end, rules):
            continue
        yield _trim(text, begin, stop)
        begin = stop
    if begin < end:
        yield _trim(text, begin, end)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _is_framed(text: str, begin: int, end: int, quote: Quotation, stop: int, rules: Rules) -> bool:
    """Whether a full stop within a quotation ends nothing: a speaker clause holds it together."""
    if not quote.closed or quote.end - quote.start > _QUOTE_LIMIT:
        return False
    if stop >= quote.end:  # the stop closes the quotation: only what follows can go on
        return _continues(text, quote.end, end, rules)
    if any(c.isalpha() for c in text[max(begin, quote.start - 200) : quote.start]):
        return True
    return _continues(text, quote.end, end, rules)


def _continues(text: str, at: int, end: int, rules: Rules) -> bool:
    """Whether a sentence goes on after a quotation, with a speaker clause or another word."""
    if at >= end:
        return False
    if _CONTINUES.match(text, at, end):
        return True
    words = text[at : min(at + 80, end)].split()[:5]
    for word in words:
        if word.strip(",.:").lower() in rules.frames:
            return True
        if word[-1] in ".!?,:;":
            return False
    return False


def _ends(text: str, begin: int, dot: int, stop: int, end: int, rules: Rules) -> bool:
    """Whether the mark at `dot`, with what closes after it, ends the sentence."""
    if stop >= end:
        return True
    following = _NEXT_WORD.match(text, stop, end)
    if _CONTINUES.match(text, stop, end):
        return False
    if _in_parenthesis(text, begin, stop) or (text[dot] == "…" and text[dot - 1].isspace()):
        return False
    if stop - dot > 1 or text[dot] != ".":
        return not (text[dot] in "!?" and stop - dot > 1 and _continues(text, stop, end, rules))
    word = _LAST_WORD.search(text, max(begin, dot - 30), dot)
    if not word:
        return True
    next_word = following.group(1) if following else ""
    return not _is_short_form(text, begin, word.group(), word.start(), next_word, rules)


def _is_short_form(text: str, begin: int, word: str, at: int, next_word: str, rules: Rules) -> bool:
    """Whether the full stop belongs to the word before it: abbreviation, initial or ordinal."""
    lower, starter = word.lower(), next_word.lower() in rules.starters
    if word.isdigit():
        return _is_ordinal(text, begin, word, at, next_word, rules)
    if lower in rules.units:
        return False  # "5 km. Der Zug": a unit stands before a capital only at the end
    if lower in rules.may_end or (_ROMAN.match(word) and rules.ordinal_after):
        return not starter
    if lower in rules.abbreviations:
        return True
    if _INITIAL.match(word):
        return not starter or at == begin
    return "." in word and all(part.isalpha() and len(part) <= 2 for part in lower.split("."))


def _is_ordinal(text: str, begin: int, word: str, at: int, next_word: str, rules: Rules) -> bool:
    """German ordinals (3. Oktober, die 47. Brigade), and the number of a list at its start."""
    if at == begin:
        return len(word) <= 2
    if not rules.ordinal_after or len(word) > 3:
        return False
    if next_word.lower() in rules.ordinal_before:
        return True
    before = re.search(r"(\w+)\s*(?:-|–)?\s*$", text[max(begin, at - 25) : at])
    previous = before.group(1).lower() if before else ""
    return previous in rules.ordinal_after and next_word.lower() not in rules.starters


def _in_parenthesis(text: str, begin: int, stop: int) -> bool:
    opened = text.rfind("(", max(begin, stop - _PARENTHESIS_LIMIT), stop)
    return (
        opened >= 0
        and text.find(")", opened, stop) < 0
        and text.find(")", stop, stop + _PARENTHESIS_LIMIT) > 0
    )


def passages(article: Article, found: tuple[Sentence, ...]) -> tuple[Passage, ...]:
    """Runs of whole sentences, about 350 to 600 characters, each sentence in exactly one.

    The title goes with the first passage, a heading with what follows it; a sentence longer than
    that is a passage of its own.
    """
    runs: list[tuple[int, int]] = []
    start = end = -1
    for number, sentence in enumerate(found):
        if start < 0:
            start, end = sentence.start, sentence.end
            continue
        fits = sentence.end - start <= PASSAGE_HIGH
        before = found[number - 1]
        break_here = _is_break(article.text, end, sentence, number)
        if not fits or (break_here and end - start >= PASSAGE_LOW):
            runs.append((start, end))
            heading = before.start > start and _is_heading(article.text, before)
            if heading and number > 1:
                runs[-1] = (runs[-1][0], found[number - 2].end)
            start = before.start if heading and number > 1 else sentence.start
        end = sentence.end
    if start >= 0:
        runs.append((start, end))
    return tuple(article.span(first, last) for first, last in runs)


def _is_heading(text: str, sentence: Sentence) -> bool:
    """Whether a sentence is a line of its own without an end mark."""
    after = text[sentence.end : sentence.end + 1]
    return after == "\n" and sentence.text[-1] not in '.!?…:"“”»'


def _is_break(text: str, end: int, sentence: Sentence, number: int) -> bool:
    """Whether a paragraph ends before this sentence; the title never stands alone."""
    return number > 1 and text.find("\n", end, sentence.start) >= 0
