"""Whose word is a verification: bodies that look for themselves, and reporters who did.

A newsroom verifies what it tells by a verb of finding out with itself as the subject ("we
geolocated the clip", "unsere Reporterin sah"), or by the participle of such a verb before its own
name ("geolocated by Meridian"). Words: `lexicon/verifiers.toml`.
"""

from __future__ import annotations

import re
from functools import cache

from rag import lexicon
from rag.actors import Actors
from rag.schema import LANGUAGES, Article, Claim, Evidence, Polarity, Source, Span, Stance

_LEAST = 4  # letters of a word of the publisher's name that tells it


def of_body(source: Source, actors: Actors) -> bool:
    """Whether the source, or the body it speaks for, is one whose word is a verification."""
    names = lexicon.load("verifiers")["names"]
    return any(name in names for name in actors.chain(source.name))


def is_observed(claim: Claim, source: Source, actors: Actors) -> bool:
    """Whether a body that watches on the spot reports what it measured there.

    "The IAEA reported that the plant lost a line for 40 minutes"; what it merely says, or how its
    words go on, may be a judgement.
    """
    watching = lexicon.load("verifiers")["watching"]
    there = any(name in watching for name in actors.chain(source.name))
    told = claim.stance is Stance.REPORTS and claim.polarity is Polarity.POSITIVE
    return there and told and claim.cue is not None and bool(claim.quantities)


def by_newsroom(item: Evidence) -> bool:
    """Whether the article tells what its own reporters saw or verified themselves."""
    return words(item) is not None


def words(item: Evidence) -> Span | None:
    """The words that say that reporters of the article saw or verified something themselves."""
    article, sentence = item.article, item.claim.sentence
    if article.language not in LANGUAGES or sentence.start == 0:
        return None
    low, negation = sentence.text.lower(), _negation(article.language)
    found = [m for pattern in _patterns(article.language) for m in pattern.finditer(low)]
    for match in (*found, *_by_name(article, sentence.text)):
        before = low[: match.end()].rsplit(". ", 1)[-1]
        if negation.search(before) is None and _is_told_by(item.claim, match):
            return article.span(sentence.start + match.start(), sentence.start + match.end())
    return None


def _is_told_by(claim: Claim, found: re.Match[str]) -> bool:
    """Whether a claim is the article's own, or its reporters' who are the subject of the verb."""
    start = claim.sentence.start
    mentions = [s.mention for s in claim.sources]
    own = all(found.start() <= m.start - start < found.end() for m in mentions)
    stances = (Stance.ASSERTS, Stance.REPORTS, Stance.CONFIRMS)
    return own and (bool(mentions) or claim.stance in stances)


def _by_name(article: Article, words: str) -> list[re.Match[str]]:
    """Participles of verifying before the name of the publisher: "verified by the Herald"."""
    name = [w for w in re.findall(r"\w+", article.publisher or "") if len(w) >= _LEAST]
    if not name:
        return []
    by = lexicon.load("verifiers")["by"][article.language]
    named = by.format(name=rf"(?:{'|'.join(map(re.escape, name))})")
    return list(re.finditer(rf"(?<!\w){named}", words, re.IGNORECASE))


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    table = lexicon.load("verifiers")["own"][language]
    return tuple(re.compile(rf"(?<!\w)(?:{pattern})(?!\w)") for pattern in table)


@cache
def _negation(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{lexicon.load('polarity', language)['negation']})(?!\w)", re.I)
