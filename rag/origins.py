"""Independent origins: how many separate places a statement comes from, not how many articles.

Three tests, then connected components (language study, section 6):
1. the same text: articles that share a fifth of their five-word shingles, or the same sentence,
   are copies, and what they say in their own voice has one origin;
2. the same utterance: a quotation of eight words carried by several articles is one;
3. the same party: outlet → agency → source is followed to its end, and a spokesman, the ministry
   and the state speak for one party. Unnamed sources passed on by one agency are that agency's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations

from rag import quotations
from rag.actors import Actors
from rag.schema import Article, Claim, Evidence, Side, Source, SourceKind, Span

SHINGLE = 5  # words
# Unrelated news shares up to .032 of its shingles, a copy with a fifth of its words changed .23.
COPIED = 0.20
LEAST_REUSED = 8  # words from which on an equal sentence or quotation is no coincidence
_HEAD = 120  # characters of the body in which an agency signs
_TAIL = 40
# "Kiew (dpa/AFP) -", "KYIV, Oct 3 (Reuters) -"; "МОСКВА, 2 мар - РИА Новости."; at the end
# "/AFP", "Quelle: AFP"
_PLACE = r"(?:(?:[A-ZÄÖÜА-ЯІЇЄҐ0-9][\w'’./-]*|(?<=\d\s)\w+)[,.]?\s+){1,6}"
_DATELINES = (
    re.compile(_PLACE + r"\(([^()\n]{2,40})\)"),
    re.compile(_PLACE + r"[–—-]\s+([^\n.–—]{2,30})[.–—]"),
)
_SIGNED = re.compile(r"(?:/|©|\w+:)\s*([^\n/:.]{2,30})\.?\s*$")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Origin:
    """One place that a statement comes from, its bloc, and the numbers of the evidence from it."""

    name: str
    bloc: str
    numbers: tuple[int, ...]
    known: bool  # an actor of the table; of others nobody can say that they are independent


def trace(evidence: Sequence[Evidence], actors: Actors) -> tuple[Origin, ...]:
    """The independent origins of the evidence, in the order in which they first speak.

    A source whom nobody can name ("unclear") is an origin only where there is no other.
    """
    voices = [voice for item in evidence for voice in _voices(item, actors)]
    named = [voice for voice in voices if voice.name]
    voices = named or [replace(voice, name="unclear") for voice in voices]
    parts = _components(len(voices), _links(voices))
    return tuple(_origin([voices[k] for k in part]) for part in parts)


def _origin(voices: Sequence[_Voice]) -> Origin:
    """What several voices of one origin are together, called by the first that is known."""
    head = next((voice for voice in voices if voice.known), voices[0])
    numbers = tuple(dict.fromkeys(voice.item.number for voice in voices))
    return Origin(head.name, head.bloc, numbers, head.known)


def are_copies(one: Article, other: Article) -> bool:
    """Whether one article holds a fifth or more of the shorter one's five-word shingles.

    Shares are taken of the smaller set (containment), so that a copy cut to half still counts.
    """
    a, b = shingles(one.text), shingles(other.text)
    fewer = min(len(a), len(b))
    return fewer > 0 and len(a & b) >= COPIED * fewer


@lru_cache(maxsize=256)
def shingles(text: str) -> frozenset[int]:
    """Hashes of all runs of five words of a text; case and marks do not count."""
    words = _WORD.findall(text.casefold())
    return frozenset(
        hash(tuple(words[i : i + SHINGLE])) for i in range(max(0, len(words) - SHINGLE + 1))
    )


def agency(article: Article, actors: Actors) -> str | None:
    """The news agency that signs an article, at its dateline or its end; the first of several."""
    body = article.text.partition("\n\n")[2] or article.text
    signs = [line.match(body[:_HEAD]) for line in _DATELINES]
    signs.append(_SIGNED.search(body[-_TAIL:]))
    for sign in signs:
        for words in re.split(r"[/,]", sign[1]) if sign else ():
            name = words.strip()
            source = actors.get(actors.source(Span("", 0, len(name), name)).name) if name else None
            if source is not None and source.agency:
                return source.name
    return None


def outlet(article: Article) -> str:
    """Who speaks where no source is named: the publisher, or else the article by its title."""
    return article.publisher or article.title


@dataclass(frozen=True, slots=True)
class _Voice:
    """One source of one piece of evidence; no source is the article itself."""

    name: str  # the party, or "" where nobody can tell
    bloc: str
    item: Evidence
    source: Source | None
    known: bool


def _voices(item: Evidence, actors: Actors) -> Iterable[_Voice]:
    claim = item.claim
    if not claim.sources:
        yield _passed_on(item, claim, None, actors)
    for source in claim.sources:
        if source.kind is SourceKind.ANONYMOUS and source.side is Side.OTHER:
            yield _passed_on(item, claim, source, actors)
        else:
            party = actors.chain(source.name)[-1]
            known = actors.get(source.name) is not None
            yield _Voice(party, actors.bloc_of(source.name, source.side), item, source, known)


def _passed_on(item: Evidence, claim: Claim, source: Source | None, actors: Actors) -> _Voice:
    """Whoever has it from somebody unnamed: the channel, the agency, else the outlet or nobody."""
    if claim.via:
        channel = claim.via[0]
        known = actors.get(channel.name) is not None
        return _Voice(channel.name, actors.bloc_of(channel.name, channel.side), item, source, known)
    signed = agency(item.article, actors)
    if source is None:
        return _Voice(
            signed or outlet(item.article), "third_party", item, source, signed is not None
        )
    name = "" if source.name == "unclear" else signed or source.name
    return _Voice(name, "third_party", item, source, known=False)


def _links(voices: Sequence[_Voice]) -> Iterable[tuple[int, int]]:
    """Pairs of voices that are one origin."""
    for (i, one), (j, other) in combinations(enumerate(voices), 2):
        if any(test(one, other) for test in (_of_one_party, _same_utterance, _copied)):
            yield i, j


def _of_one_party(one: _Voice, other: _Voice) -> bool:
    """The same party; who is unknown is no second source beside the side that they work for."""
    if one.name == other.name:
        return True
    if one.source is None or other.source is None or one.source.side is not other.source.side:
        return False
    unknown = not (one.known and other.known)
    return unknown and one.source.side not in (Side.OTHER, Side.INDEPENDENT)


def _same_utterance(one: _Voice, other: _Voice) -> bool:
    """A long quotation in two articles is one utterance, whatever each calls its speaker.

    Two sources of one claim stay two: they are said to have spoken together. So do two known
    parties: who uses the words of another says it as well.
    """
    if one.item.article.id == other.item.article.id or (one.known and other.known):
        return False
    return bool(_quoted(one.item) & _quoted(other.item))


def _copied(one: _Voice, other: _Voice) -> bool:
    """Whether two articles say it in their own voice, or by nobody known, with the same words."""
    if any(v.source and v.source.kind is not SourceKind.ANONYMOUS for v in (one, other)):
        return False
    if one.item.article.id == other.item.article.id:
        return one.source is None and other.source is None
    sentence = _long_words(one.item.claim.sentence.text)
    reused = bool(sentence) and sentence == _long_words(other.item.claim.sentence.text)
    return reused or are_copies(one.item.article, other.item.article)


def _quoted(item: Evidence) -> frozenset[tuple[str, ...]]:
    """The quotations of eight words or more in a claim, as runs of their words."""
    spans = [span.text for span in item.claim.content]
    texts = (span[quote.start : quote.end] for span in spans for quote in quotations.find(span))
    return frozenset(run for text in texts for run in _runs(text))


def _runs(text: str) -> Iterable[tuple[str, ...]]:
    words = tuple(_WORD.findall(text.casefold()))
    return (words[i : i + LEAST_REUSED] for i in range(len(words) - LEAST_REUSED + 1))


def _long_words(text: str) -> tuple[str, ...]:
    words = tuple(_WORD.findall(text.casefold()))
    return words if len(words) >= LEAST_REUSED else ()


def _components(size: int, links: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Connected components of a graph, each in order, in the order of their first members."""
    head = list(range(size))

    def find(k: int) -> int:
        while head[k] != k:
            k = head[k]
        return k

    for i, j in links:
        low, high = sorted((find(i), find(j)))
        head[high] = low
    parts: dict[int, list[int]] = {}
    for k in range(size):
        parts.setdefault(find(k), []).append(k)
    return list(parts.values())
