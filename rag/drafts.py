"""What the rules of attribution hand to each other: a sentence made ready, and claims in draft.

Offsets count in the text of the article throughout; token positions count in `Line.tokens`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rag import english_words, german_words
from rag.cues import Lexicon
from rag.quotations import MARKS, Quotation
from rag.schema import Form, Stance
from rag.slavic_tagging import tag
from rag.tagging import MASK, Tag, Token

Extent = tuple[int, int]  # start and end in the text of the article
Run = tuple[int, int]  # first and last + 1 of a run of tokens

NOMINAL = frozenset({Tag.DET, Tag.ADJ, Tag.NOUN, Tag.NAME, Tag.NUM, Tag.OTHER})
HEADS = frozenset({Tag.NOUN, Tag.NAME})

_ORDINAL = re.compile(r"(?<=\d)\.(?=\s)")
_LETTERS = re.compile(r"[^\W\d_]{3,}")
# Markdown: a sentence in bold that stands before a paragraph is its title, not its subject.
_LEAD = re.compile(r"\s*(?:\*\*|__)[^*_\n]+[.:!?](?:\*\*|__)(?=\s)")
# Where and by whom an agency's report was filed: "KYIV, Oct 3 (Reuters) -", "LONDON —".
_DATELINE = re.compile(
    r"\s*(?:\*\*)?[A-ZÀ-Þ][A-ZÀ-Þ.'’/ -]{2,}(?:[,/][^()\n:“\"]{1,40}?)?\s?"
    r"(?:\([^()\n]{2,40}\)\s*[—–-]{1,2}|[—–]{1,2}|--?(?=\s[A-Z“\"]))\s+(?=[\w“\"‘'])"
    # "Kiew/Moskau (dpa) -": in mixed case only with the agency in brackets
    r"|\s*[^\W\d_][\w./-]+(?:\s[\w./-]+){0,2}\s\([\w/ .-]{2,30}\)\s*[—–-]{1,2}\s+(?=[^\W\d_])"
)
_CLOCK = re.compile(
    r"\s*\d{1,2}[:.]\d{2}(?:\s?(?:GMT|BST|CES?T|EES?T|Uhr))?(?:\s?[:–—-])?\s+(?=[^\W\d_])"
)
_EMPHASIS = re.compile(r"\*+|__+")


@dataclass(slots=True)
class Draft:
    """A claim in the making. `sources` and `via` are mentions, not yet known actors."""

    rule: str
    stance: Stance
    content: list[Extent]
    form: Form = Form.INDIRECT
    sources: list[Extent] = field(default_factory=list)
    cue: Extent | None = None
    via: list[Extent] = field(default_factory=list)
    person: bool = False  # holds only where the source is a person
    carried: bool = False  # the sources are those of an earlier claim
    near: bool = False  # they are carried within the paragraph only
    repeats: bool = False  # what stood before is told again, and not judged
    voiced: bool = False  # holds only where the sources are known to be able to speak
    frame: Extent | None = None  # all words that name the source, for "laut X" and its kin


@dataclass(slots=True)
class Line:
    """One sentence: its words, its quotations masked, and what earlier rules have used."""

    text: str
    start: int
    end: int
    masked: str
    quotes: tuple[Quotation, ...]
    fragments: tuple[Quotation, ...]
    words: Lexicon
    language: str
    headline: bool
    tokens: list[Token] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    framed: set[int] = field(default_factory=set)  # those of `used` that only name a source

    def read(self) -> None:
        """Tag the words; a date is one word, an adverb whose `lower` is its month."""
        self.tokens = tag(self.masked, self.start, self.language)
        if self.language == "en":
            self.tokens = english_words.corrected(self.tokens)
        elif self.language == "de":
            self.tokens = german_words.corrected(self.tokens)
        else:
            self._name_titles()
        for match in reversed(list(self.words.dates.finditer(self.masked))):
            first, last = self.run((self.start + match.start(), self.start + match.end()))
            if first >= last:
                continue
            month = [word.lower() for word in _LETTERS.findall(match.group())]
            told = next((word for word in month if word in self.words.words["time"]), month[-1])
            start, end = self.tokens[first].start, self.tokens[last - 1].end
            self.tokens[first:last] = [Token(match.group(), told, start, end, Tag.ADV)]

    def _name_titles(self) -> None:
        """Slavic: one word with a capital in quotation marks is a name: "«Суспильне» пишет"."""
        titles = {(quote.start + 1, quote.end - 1) for quote in self.fragments}
        for token in self.tokens:
            if (token.start, token.end) in titles and token.text[0].isupper():
                token.tag, token.lemma = Tag.NAME, ""

    def position(self, offset: int) -> int:
        """The first token that ends after an offset of the article."""
        low, high = 0, len(self.tokens)
        while low < high:
            middle = (low + high) // 2
            if self.tokens[middle].end <= offset:
                low = middle + 1
            else:
                high = middle
        return low

    def run(self, extent: Extent) -> Run:
        """The tokens that lie in an extent."""
        first = self.position(extent[0])
        return first, max(first, self.position(extent[1] - 1) + 1)

    def extent(self, first: int, last: int) -> Extent:
        """Start and end of the tokens from `first` to `last` - 1, outer marks left out."""
        while first < last and _is_mark(self.tokens[first]):
            first += 1
        while last > first and _is_mark(self.tokens[last - 1]):
            last -= 1
        if first >= last:
            at = self.tokens[first].start if first < len(self.tokens) else self.end
            return at, at
        return self.widen(self.tokens[first].start, self.tokens[last - 1].end)

    def widen(self, start: int, end: int) -> Extent:
        """An extent with the marks of the short quotations that it begins or ends with."""
        for fragment in self.fragments:
            if fragment.start + 1 == start and fragment.end <= end + 1:
                start = fragment.start
            if fragment.end - 1 == end and fragment.start >= start:
                end = fragment.end
        return start, end

    def quote_at(self, place: int) -> Extent:
        """The extent of the quotation whose token stands at `place`."""
        return self.tokens[place].start, self.tokens[place].end

    def is_used(self, first: int, last: int) -> bool:
        """Whether an earlier rule has used one of these tokens."""
        return any(place in self.used for place in range(first, last))

    def end_of_words(self) -> int:
        """The token after the last word, the closing full stop left out."""
        last = len(self.tokens)
        while last and self.tokens[last - 1].text in ".!?…":
            last -= 1
        return last


def _is_mark(token: Token) -> bool:
    return token.tag is Tag.PUNCT and token.text not in "()%§€$"


def mask(
    text: str, start: int, end: int, quotes: tuple[Quotation, ...], dates: re.Pattern[str]
) -> str:
    """A sentence with its spoken quotations masked and the marks of short ones blanked.

    Blank are also the signs of emphasis and the full stops of ordinals in dates, which end nothing.
    """
    sentence = text[start:end]
    lead = _LEAD.match(sentence)
    if lead and sentence[lead.end() :].strip():
        sentence = " " * lead.end() + sentence[lead.end() :]
    filed = _DATELINE.match(sentence) or _CLOCK.match(sentence)
    if filed and any(c.isalpha() for c in sentence[filed.end() :]):
        sentence = " " * filed.end() + sentence[filed.end() :]
    sentence = _EMPHASIS.sub(lambda match: " " * len(match.group()), sentence)
    sentence = dates.sub(lambda match: _ORDINAL.sub(" ", match.group()), sentence)
    characters = list(sentence)
    for quote in quotes:
        first, last = quote.start - start, quote.end - start
        characters[first:last] = MASK * (last - first)
    return "".join(" " if c in MARKS and c not in "’‘" else c for c in characters)
