"""Machine tags of an answer: Admiralty credibility by its flag, and the sources' own likelihood.

Both are written as the MISP taxonomies `admiralty-scale` and `estimative-language` do. A likelihood
is never ours: it comes only from a word that stands in a cited quotation and that ICD 203 (2015,
section D.6.e.2.a) puts on one line of its scale; the words are `lexicon/export.<language>.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from rag import lexicon
from rag.schema import LANGUAGES, Answer, Citation, Flag, Stance, Support
from rag.tokens import Phrases, Token, fold, phrase_at, phrases, tokens

# The best credibility that a flag allows (1 confirmed … 6 cannot be judged, AJP-2.1). The scale
# judges the information apart from its source, so no tag for the source's reliability is made.
CEILING = {
    Flag.CONFIRMED: 1,
    Flag.CORROBORATED: 2,
    Flag.HEDGED: 3,
    Flag.PARTY_CLAIM: 3,
    Flag.ATTRIBUTED: 3,
    Flag.DENIED: 4,
    Flag.CONFLICTING: 4,
    Flag.UNVERIFIED: 6,
}
_SILENT = frozenset(
    {
        Stance.DENIES,
        Stance.NOT_DENIED,
        Stance.NO_COMMENT,
        Stance.DOES_NOT_CONFIRM,
        Stance.UNVERIFIED,
    }
)
_NEGATED = {"likely": "unlikely"}  # "not likely"; "not unlikely" is on no line of the scale
_NO_TERM = "none"
_REACH = 8  # words before a word of likelihood that can negate it or leave it open
_CLAUSE_ENDS = frozenset(",;:.!?()–—")


@dataclass(frozen=True, slots=True)
class Tag:
    """A machine tag; `words` are the source's own words, None where the flag gave the tag."""

    tag: str
    words: str | None = None
    citations: tuple[int, ...] = ()


def tags(answer: Answer) -> tuple[Tag, ...]:
    """The tags of an answer: its Admiralty ceiling first, then one a word of likelihood."""
    found = []
    if answer.flag in CEILING:
        ceiling = f'admiralty-scale:information-credibility="{CEILING[answer.flag]}"'
        found.append(Tag(ceiling))
    cited: dict[tuple[str, str], list[int]] = {}
    for citation in _asserted(answer):
        for term, words in likelihoods(citation.quote, citation.language):
            numbers = cited.setdefault((term, words), [])
            if citation.number not in numbers:
                numbers.append(citation.number)
    for (term, words), numbers in cited.items():
        tag = f'estimative-language:likelihood-probability="{term}"'
        found.append(Tag(tag, words, tuple(numbers)))
    return tuple(found)


def _asserted(answer: Answer) -> Iterator[Citation]:
    """The citations that carry a statement and in which somebody asserts something."""
    carrying = {
        number
        for statement in answer.statements
        if statement.support in (Support.VERBATIM, Support.SUPPORTED)
        for number in statement.citations
    }
    spoken: dict[int, list[Stance]] = {}
    for position in answer.positions:
        for number in position.citations:
            spoken.setdefault(number, []).append(position.stance)
    for citation in answer.citations:
        stances = spoken.get(citation.number, [])
        if citation.number in carrying and not (stances and _SILENT.issuperset(stances)):
            yield citation


def likelihoods(quote: str, language: str) -> tuple[tuple[str, str], ...]:
    """The terms of likelihood in a quotation in order, each with the words that say it.

    A term is a value of the predicate `estimative-language:likelihood-probability`. A question, a
    condition, and a negation that does not stand right before the word give none.
    """
    if language not in LANGUAGES:
        return ()
    table, before = _table(language)
    row = tokens(fold(quote))
    found = []
    i = 0
    while i < len(row):
        match = phrase_at(row, i, table)
        if match is None:
            i += 1
            continue
        term, length = match
        start = row[i].start
        context = _context(row, i, before)
        if term != _NO_TERM and context == "negated":
            term = _NEGATED.get(term, _NO_TERM)
            start = row[i - 1].start
        if term != _NO_TERM and context != "open" and not _is_asked(row, i):
            found.append((term, quote[start : row[i + length - 1].end]))
        i += length
    return tuple(dict.fromkeys(found))


@cache
def _table(language: str) -> tuple[Phrases, dict[str, frozenset[str]]]:
    data = lexicon.load("export", language)
    table = phrases((phrase, term) for term, row in data["likelihood"].items() for phrase in row)
    return table, {name: frozenset(map(fold, words)) for name, words in data["before"].items()}


def _context(row: list[Token], i: int, before: dict[str, frozenset[str]]) -> str:
    """What the words before token `i` in its clause make of it: "plain", "negated" or "open"."""
    for distance, token in enumerate(reversed(row[max(0, i - _REACH) : i])):
        if token.kind == "break" or token.word in _CLAUSE_ENDS:
            break
        if token.word in before["open"]:
            return "open"
        if token.word in before["negations"]:
            return "open" if distance else "negated"
    return "plain"


def _is_asked(row: list[Token], i: int) -> bool:
    """Whether the sentence of token `i` ends with a question mark."""
    return next((t.word for t in row[i:] if t.word in {".", "!", "?", "…"}), "") == "?"
