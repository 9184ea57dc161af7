"""What a chat model is shown of an article, what it may propose, and where its words stand.

A model gives words, never offsets: `find` looks them up, and what counts from then on are the
characters of the article.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise

from pydantic import BaseModel, Field

from rag import lexicon, segmentation
from rag.quotations import MARKS
from rag.schema import Article, Sentence, Stance

SHOWN = 1500  # characters of a call, unless one sentence alone is longer
PARAGRAPHS = 2  # of a call
LONGEST = 6000  # characters; longer "sentences" are data and are not shown
MOST = 20  # statements of a call; what is listed beyond is not read

_QUOTES = MARKS + "'`´"
_OUTER = _QUOTES + ".,;:!?… "  # what may be lacking or added at the ends of copied words
_ANY_QUOTE = "[" + re.escape(_QUOTES) + "]"
_PIECES = re.compile(f"( |{_ANY_QUOTE})")

Extent = tuple[int, int]  # start and end in the text of the article


class Proposal(BaseModel):
    """One statement as a model lists it; the strings are to be words of the article."""

    sentence: int
    source: str
    cue: str
    stance: str = Field(json_schema_extra={"enum": [stance.value for stance in Stance]})
    content: str


class Proposals(BaseModel):
    """The reply to one call."""

    statements: list[Proposal] = Field(json_schema_extra={"maxItems": MOST})


@dataclass(frozen=True, slots=True)
class Shown:
    """A sentence of a call; `reach` is where what it says may end: the last of its paragraph."""

    sentence: Sentence
    reach: int


@dataclass(frozen=True, slots=True)
class Call:
    """What is shown at once; sentences are numbered from 1."""

    shown: tuple[Shown, ...]

    def at(self, number: int) -> Shown | None:
        """The sentence of this number."""
        return self.shown[number - 1] if 1 <= number <= len(self.shown) else None

    def text(self, names: Iterable[str]) -> str:
        """The numbered sentences, each in one line, and the names that stand in them."""
        words = lexicon.load("extraction")
        lines = [
            words["sentence"].format(number=number, text=" ".join(one.sentence.text.split()))
            for number, one in enumerate(self.shown, 1)
        ]
        listed = words["separator"].join(dict.fromkeys(" ".join(n.split()) for n in names))
        return "\n".join([*lines, words["names"].format(names=listed)] if listed else lines)


def instructions() -> str:
    """What the model is told to do, and how."""
    return str(lexicon.load("extraction")["instructions"]).strip()


def calls(article: Article) -> tuple[Call, ...]:
    """The article in pieces of at most two paragraphs or about 1,500 characters, in order.

    A quotation of several sentences with its speaker clause is one sentence, as for the rules.
    """
    made: list[Call] = []
    waiting: list[Shown] = []
    paragraphs = 0
    for piece in _pieces(article):
        size = sum(len(one.sentence.text) for one in (*waiting, *piece))
        if waiting and (paragraphs == PARAGRAPHS or size > SHOWN):
            made.append(Call(tuple(waiting)))
            waiting, paragraphs = [], 0
        waiting += piece
        paragraphs += 1
    return (*made, Call(tuple(waiting))) if waiting else tuple(made)


def _pieces(article: Article) -> list[list[Shown]]:
    """The paragraphs, those that are too long for a call cut between sentences."""
    sentences = segmentation.utterances(article, segmentation.sentences(article))
    text = segmentation.unwrapped(article.text)  # its line ends are the ends of paragraphs
    numbers = accumulate(
        ("\n" in text[before.end : after.start] for before, after in pairwise(sentences)),
        initial=0,
    )
    pieces: list[list[Shown]] = []
    for _, paragraph in groupby(zip(numbers, sentences, strict=False), key=lambda pair: pair[0]):
        piece: list[Sentence] = []
        for _, sentence in paragraph:
            if len(sentence.text) > LONGEST:
                continue
            if piece and sum(len(s.text) for s in (*piece, sentence)) > SHOWN:
                pieces.append(_together(piece))
                piece = []
            piece.append(sentence)
        if piece:
            pieces.append(_together(piece))
    return pieces


def _together(sentences: list[Sentence]) -> list[Shown]:
    return [Shown(sentence, sentences[-1].end) for sentence in sentences]


def find(
    words: str, text: str, start: int, end: int, apart: Iterable[Extent] = ()
) -> Extent | None:
    """Where copied words stand between two offsets, first place that touches none of `apart`.

    White space and quotation marks are compared as such, whatever their sort; marks at the ends
    and the case of the first letter do not count. None where the words do not stand there.
    """
    pattern = _pattern(words)
    if pattern is None:
        return None
    taken = list(apart)
    for match in pattern.finditer(text, start, end):
        if all(match.end() <= a or b <= match.start() for a, b in taken):
            return match.span()
    return None


def _pattern(words: str) -> re.Pattern[str] | None:
    """Matches the words as whole words; None where there is no word."""
    bare = " ".join(unicodedata.normalize("NFC", words).split()).strip(_OUTER)
    if not any(c.isalnum() for c in bare) or len(bare) > LONGEST:
        return None
    first, rest = bare[0], bare[1:]
    either = {first, first.lower(), first.upper()}
    pieces = ["[" + "".join(re.escape(c) for c in sorted(either) if len(c) == 1) + "]"]
    for piece in _PIECES.split(rest):
        if piece in (" ", ""):
            pieces.append(piece and r"\s+")
        else:
            pieces.append(_ANY_QUOTE if piece in _QUOTES else re.escape(piece))
    return re.compile(r"(?<!\w)" + "".join(pieces) + r"(?!\w)")
