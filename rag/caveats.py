"""Where an article says that an account could not be checked, and which accounts it means.

A caveat mostly names no matter of its own: "the report could not be verified" means what was told
just before it, by a demonstrative or a noun for words (Halliday & Hasan 1976: reference to a
stretch of text). One on "both accounts" means all that the parties told, also paragraphs before;
one that names a matter means what is told of that matter. Words: `lexicon/caveats.toml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from rag import lexicon, segmentation, text
from rag.actors import Actors
from rag.schema import LANGUAGES, Article, Claim, Sentence, Side, Span

_END = re.compile(r"[.!?…:]\W*$")  # of a paragraph; headings have none
_BEGINNING = 5  # letters that the words of one root share: "killed", "the killed"
PARAGRAPHS = 2  # how far before them "both accounts" are told


@dataclass(frozen=True, slots=True)
class Caveat:
    """A sentence that doubts accounts; `both` of them, or `matter`: the stems that tell which."""

    sentence: Sentence
    both: bool
    matter: frozenset[str]
    opens: bool  # whether its paragraph begins with it
    within: bool  # a relative clause: it doubts what its own sentence tells
    heads: bool  # whether it stands in the first paragraph, of what is told behind it


class _Patterns(NamedTuple):
    """The patterns of a language; `lexicon/caveats.toml` says what each is for."""

    doubt: re.Pattern[str]
    sides: re.Pattern[str]
    bare: re.Pattern[str]
    relative: re.Pattern[str]


def reaching(claim: Claim, article: Article, actors: Actors) -> Sentence | None:
    """The first sentence of the article that says of this claim that it could not be checked."""
    found = (c for c in of_article(article) if _reaches(c, claim, article, actors))
    return next((caveat.sentence for caveat in found), None)


def words(sentence: Sentence, article: Article) -> Span | None:
    """The words of a sentence that negate a verb of checking."""
    if article.language not in LANGUAGES:
        return None
    match = _patterns(article.language).doubt.search(sentence.text.lower())
    if match is None:
        return None
    return article.span(sentence.start + match.start(), sentence.start + match.end())


def stands_for_words(phrase: str, language: str) -> bool:
    """Whether a noun phrase means what was told before: "the report", and no "report that ..."."""
    if language not in LANGUAGES:
        return False
    low = phrase.lower()
    words = [w for w in text.words(low) if not text.is_function_word(w, language)]
    if not words or _patterns(language).bare.fullmatch(words[0]) is None:
        return False
    behind = low[low.index(words[0]) + len(words[0]) :]
    complement = lexicon.load("caveats")[language]["complement"]
    return re.match(rf"\s*,|\s+(?:{complement})(?!\w)", behind) is None


@lru_cache(maxsize=256)
def of_article(article: Article) -> tuple[Caveat, ...]:
    """The caveats of an article, in its order; none in a language without words for them."""
    if article.language not in LANGUAGES:
        return ()
    doubt, sides, bare, relative = _patterns(article.language)
    found: list[Caveat] = []
    for sentence in segmentation.sentences(article)[1:]:
        low = sentence.text.lower()
        match = doubt.search(low)
        if match is None:
            continue
        clause = _clause(low, match.start(), match.end())
        words = [w for w in text.words(clause) if not bare.fullmatch(w)]
        matter = frozenset(
            text.stem(w, article.language)
            for w in words
            if not text.is_function_word(w, article.language) and not w.isdigit()
        )
        opens = article.text[: sentence.start].endswith("\n")
        both, within = (pattern.search(clause) is not None for pattern in (sides, relative))
        heads = "\n\n" not in article.text[len(article.title) + 2 : sentence.start]
        found.append(Caveat(sentence, both, matter, opens, within, heads))
    return tuple(found)


def _clause(low: str, start: int, end: int) -> str:
    """The clause around a match."""
    first = max((m.end() for m in _joint().finditer(low, 0, start)), default=0)
    last = _joint().search(low, end)
    return low[first : last.start() if last else len(low)]


@cache
def _joint() -> re.Pattern[str]:
    """What parts two clauses: a mark, or a conjunction of any language."""
    words = lexicon.load("caveats")["joints"]
    return re.compile(rf"[;:,–—]\s|[.!?]|\b(?:{words})\b")


@cache
def _patterns(language: str) -> _Patterns:
    table = lexicon.load("caveats")[language]
    return _Patterns(*(re.compile(table[kind]) for kind in _Patterns._fields))


def _reaches(caveat: Caveat, claim: Claim, article: Article, actors: Actors) -> bool:
    """Whether a caveat is of what a claim says."""
    start, end = claim.extent
    same = start <= caveat.sentence.start < end
    if caveat.both and caveat.heads and caveat.sentence.start < start:
        return (
            _is_told(claim, actors)
            and _breaks(article.text[caveat.sentence.end : start]) <= PARAGRAPHS
        )
    if not same and (caveat.within or caveat.sentence.start < end):
        return False
    between = "" if same else article.text[end : caveat.sentence.start]
    breaks = _breaks(between)
    if caveat.both:
        return _is_told(claim, actors) and breaks <= PARAGRAPHS
    if breaks > PARAGRAPHS or (breaks and not caveat.opens):
        return False
    if caveat.matter:
        held = {text.stem(w, article.language) for w in text.words(article.text[start:end])}
        return not same and _share(caveat.matter, held)
    near = bool(claim.sources) and not _others(between, claim, actors)
    return breaks <= 1 and (near or not between.strip())


def _is_told(claim: Claim, actors: Actors) -> bool:
    """Whether a claim is somebody's who may speak for a party."""
    return any(actors.is_war_party(s.side) or s.side is Side.OTHER for s in claim.sources)


def _share(matter: frozenset[str], held: set[str]) -> bool:
    """Whether a text holds one of these stems, or a word built on the same beginning."""
    begun = {stem[:_BEGINNING] for stem in held if len(stem) >= _BEGINNING}
    return any(stem in held or stem[:_BEGINNING] in begun for stem in matter)


def _breaks(between: str) -> int:
    """How many paragraphs end in a stretch of an article; a heading is none."""
    lines = between.split("\n\n")
    return len(lines) - 1 - sum(_END.search(line) is None for line in lines[1:-1])


def _others(between: str, claim: Claim, actors: Actors) -> bool:
    """Whether somebody of another side is named between a claim and a caveat."""
    sides = {source.side for source in claim.sources}
    return any(mention.actor.side not in sides for mention in actors.find(between))
