"""An article cut into sentences, and sentences joined to utterances and passages.

Offsets never change.

1. Paragraphs are lines; hard-wrapped lines are joined again. Tag lines, rules, bare addresses,
   by-lines and picture credits are no sentences.
2. A sentence ends at . ! ? … where the next word may open one (`rag.sentence_ends`), within a
   quotation too. A speaker clause behind a closing mark stays with what it closes.
3. An utterance is a sentence, or the sentences that one quotation and its speaker clause hold
   together; passages are runs of utterances.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rag import quotations, sentence_ends
from rag.quotations import Quotation
from rag.schema import Article, Passage, Sentence
from rag.sentence_ends import Rules, rules_of

PASSAGE_LOW = 350  # characters from which on a passage may end at the end of a paragraph
PASSAGE_HIGH = 600  # characters beyond which no further sentence is added
_QUOTE_LIMIT = 1200  # longer quotations are no one utterance in spite of their speaker clause
_WRAP_LIMIT = 120  # the longest line that hard-wrapped text has

_END = re.compile(
    r"[.!?…]+[\"”“»«’‘‹›)\]]*(?=\s|$)"
    r"|(?<=[a-zäöüßа-яіїєґё]{3})\.(?=[A-ZÄÖÜА-ЯІЇЄҐЁ][a-zäöüßа-яіїєґё])"
)
CLOSED = re.compile(r"[.!?…:;]\W*$")  # a text that ends as a sentence does; headings do not
_LINE = re.compile(r"[^\n]+")
# Marks of headings, lists and quoted lines; a dash opens direct speech, a number belongs to it.
_MARKER = re.compile(r"\s*(?:#{1,6}\s+|[-*•]\s+(?=\S)|>\s*)?")
_NO_WORDS = re.compile(r"[\W_]*$")
_ADDRESS = re.compile(r"\W*(?:https?://|www\.)\S+\W*$|\W*\S+@\S+\.\w+\W*$")
_HASHTAGS = re.compile(r"\s*[-*•]?\s*(?:#\w[\w-]*[\s,;|]*)+$")

_AGENCY = re.compile(
    r"\s*\([^()]{0,40}\b(?:dpa|AFP|Reuters|AP|RIA|TASS|UNIAN|epd|KNA)\b[^()]{0,40}\)\s*$"
)
_ORDINAL_END = re.compile(r"(?<!\w)(\d{1,3})\.$")


def sentences(article: Article) -> tuple[Sentence, ...]:
    """All sentences of the article in order, the title first; exact offsets, linear time."""
    rules = rules_of(article.language)
    paragraphs, text = _unwrapped(article.text)
    found: list[Sentence] = []
    for number, (start, end) in enumerate(paragraphs):
        marker = _MARKER.match(text, start, end)
        pieces = list(_split(text, marker.end() if marker else start, end, rules))
        # A line like "More: … ." that goes on with another sentence is text.
        tail = text[slice(*pieces[-1])] if pieces else ""
        if number and all(_is_boilerplate(t, rules) for t in (text[start:end], tail)):
            continue
        found += [article.span(a, b) for a, b in pieces if not _NO_WORDS.match(text, a, b)]
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
        open_ends += sum(_is_ordinal_end(text, *pair) for pair in pairwise(block))
        if 2 * open_ends >= len(widths):
            yield block[0][0], block[-1][1]
            return
    at = 0
    for number, line in enumerate(block, 1):
        if number == len(block) or not _is_ordinal_end(text, line, block[number]):
            yield block[at][0], line[1]
            at = number


def _is_ordinal_end(text: str, line: tuple[int, int], following: tuple[int, int]) -> bool:
    """Whether a line ends amid "das 528. Pionierregiment"; no language but German writes so."""
    digits = _ORDINAL_END.search(text, max(line[0], line[1] - 5), line[1])
    if digits is None or digits.start() == line[0]:
        return False
    start, dot = digits.span(1)
    joined = text[line[0] : line[1]] + " " + text[slice(*following)]
    place = line[0]
    return sentence_ends.is_ordinal(
        joined, 0, start - place, dot - place, len(joined), rules_of("de")
    )


def _is_boilerplate(line: str, rules: Rules) -> bool:
    if len(line) > 300:
        return False
    shapes = (_NO_WORDS, _ADDRESS, _HASHTAGS, _AGENCY, rules.boilerplate)
    if any(shape.match(line) for shape in shapes):
        return True
    return line.rstrip().endswith(":") and line.lstrip()[:1] in "-*•"


def _split(text: str, start: int, end: int, rules: Rules) -> Iterator[tuple[int, int]]:
    """Start and end of the sentences of one paragraph."""
    begin = start
    for mark in _END.finditer(text, start, end):
        stop = mark.end()
        if stop > begin and sentence_ends.ends(text, begin, mark.start(), stop, end, rules):
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


def utterances(article: Article, found: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """The sentences, those of one quotation joined where a speaker clause holds them together.

    A quotation that has none, or that is very long, stays cut like any other text.
    """
    rules = rules_of(article.language)
    text = unwrapped(article.text)
    quotes = quotations.find(text)
    joined: list[Sentence] = []
    inside = 0  # index of the first quotation that does not end before the border
    for sentence in found:
        stop = joined[-1].end if joined else 0
        while inside < len(quotes) and quotes[inside].end <= stop:
            inside += 1
        quote = quotes[inside] if inside < len(quotes) else None
        within = joined and quote and quote.start < stop and sentence.start < quote.end
        if quote and within and _is_framed(text, joined[-1].start, quote, rules):
            joined[-1] = article.span(joined[-1].start, sentence.end)
        else:
            joined.append(sentence)
    return tuple(joined)


def _is_framed(text: str, begin: int, quote: Quotation, rules: Rules) -> bool:
    """Whether a speaker clause before or behind a quotation holds its sentences together."""
    if not quote.closed or quote.end - quote.start > _QUOTE_LIMIT:
        return False
    if any(c.isalpha() for c in text[max(begin, quote.start - 200) : quote.start]):
        return True
    line_end = text.find("\n", quote.end)
    end = len(text) if line_end < 0 else line_end
    return sentence_ends.continues(text, quote.end, end, rules)


def passages(article: Article, found: tuple[Sentence, ...]) -> tuple[Passage, ...]:
    """Runs of whole sentences, about 350 to 600 characters, each sentence in exactly one.

    The title goes with the first passage, a heading with what follows it; a sentence longer than
    that is a passage of its own. Sentences of one utterance stay together.
    """
    found = utterances(article, found)
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
