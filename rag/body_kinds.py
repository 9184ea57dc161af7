"""Of what kind a body is, and the bodies that a text names by their kind: "the firm Orbivue".

"The company" can mean a company, no ministry; "Tavrida Oil" and other bare names may be one. The
words stand in `lexicon/body_kinds.toml`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache

from rag import lexicon, noun_phrase
from rag.actors import Actors
from rag.schema import Article, Source, SourceKind, Span
from rag.slavic_forms import SLAVIC

_WORD = re.compile(r"[\w’ʼ'-]+")
_KIND = r"[^\W\d_]{2,}(?:-[^\W\d_]+)*"
_QUOTED = r"[«„“\"][^«»„“”\"\n]{2,40}[»”“\"]"
_NAME = r"[^\W\d_a-zа-яіїєґäöüß][\w’ʼ'&-]+"
_NAMED = re.compile(rf"(?<![\w-])({_KIND}) ({_QUOTED}|{_NAME}(?: {_NAME}){{0,2}})")
_APPOSED = re.compile(r", (?:[^\W\d_]+ ){0,3}?$")
_CAPITAL = re.compile(r"(?<![\w-])[A-ZÄÖÜ]\w{8,}(?:-\w+)*")
_OPENED = '«„“"'
_KEPT = 4096  # words and names that are remembered
_SHORT = 5  # capital letters of an abbreviation, which is no company


@cache
def _kinds() -> dict[str, re.Pattern[str]]:
    table = lexicon.load("body_kinds")["kinds"]
    return {kind: re.compile(pattern) for kind, pattern in table.items()}


@cache
def _nouns() -> tuple[tuple[re.Pattern[str], frozenset[str]], ...]:
    table = lexicon.load("body_kinds")["nouns"]
    return tuple((re.compile(pattern), frozenset(kinds)) for pattern, kinds in table.items())


@lru_cache(maxsize=_KEPT)
def of_noun(noun: str) -> frozenset[str]:
    """The kinds of bodies that a noun in lower case can mean; empty where it names none."""
    return frozenset().union(*(kinds for pattern, kinds in _nouns() if pattern.fullmatch(noun)))


@lru_cache(maxsize=_KEPT)
def of_name(name: str) -> frozenset[str]:
    """The kinds that the words of a name tell: "Bahngesellschaft RuhrCargo"; often none."""
    words = [word.lower() for word in _WORD.findall(name)]
    kinds = _kinds().items()
    told = frozenset(kind for kind, pattern in kinds if any(map(pattern.fullmatch, words)))
    return told - {"company"} if "ministry" in told else told  # "Ministry of Energy"


def fits(noun: str, *names: str) -> bool:
    """Whether a noun in lower case can mean a body of these names: its own, how a text calls it.

    A name that tells no kind may be a company's or a group's, unless it is an abbreviation or a
    common noun.
    """
    wanted = of_noun(noun)
    told = frozenset().union(*map(of_name, names))
    if told or not wanted:
        return bool(told & wanted)
    whole = names[0].strip('«»„“”"')
    abbreviated = whole.isupper() and len(whole) <= _SHORT
    proper = all(word[0].isupper() or word[0].isdigit() for word in _WORD.findall(whole))
    return bool(wanted & {"company", "group"}) and proper and not abbreviated


def clashes(noun: str, *names: str) -> bool:
    """Whether a noun in lower case and the words of these names tell different kinds."""
    wanted, told = of_noun(noun), frozenset[str]().union(*map(of_name, names))
    return bool(wanted and told and not wanted & told)


def tells(noun: str, *names: str) -> bool:
    """Whether a noun in lower case means a body whose names tell its kind."""
    return bool(of_noun(noun) & frozenset().union(*map(of_name, names)))


def named(article: Article, actors: Actors) -> tuple[Source, ...]:
    """The bodies that the body of an article names by kind and name, in order."""
    found: list[Source] = []
    for match in _NAMED.finditer(article.text, len(article.title)):
        if not of_name(match[1]) or (article.language in SLAVIC and match[2][0] not in _OPENED):
            continue  # "речник штабу Петро Яценко" names a person
        span = article.span(match.start(), match.end())
        source = actors.source(span)
        if actors.get(source.name) is None and match[2][0] in _OPENED:
            source = replace(source, kind=SourceKind.ORGANISATION, role=None)
        if source.kind is SourceKind.ORGANISATION:
            found.append(source)
    if article.language == "de":
        found += _compounds(article, actors)
    return tuple(sorted(found, key=lambda one: one.mention.start))


def _compounds(article: Article, actors: Actors) -> list[Source]:
    """German bodies whose noun tells which they are: "Bundesanwaltschaft", no "Behörde"."""
    words = _CAPITAL.finditer(article.text, len(article.title))
    spans = [
        article.span(match.start(), match.end())
        for match in words
        if of_name(match.group()) and not of_noun(match.group().lower())
    ]
    return [source for span in spans if actors.get((source := actors.source(span)).name) is None]


def apposed(mention: Span, text: str, bodies: tuple[Source, ...]) -> Source | None:
    """The body that an apposition behind a mention names: "the owner, the Greek firm Egeon,".

    None for a post in that body, or beside a person.
    """
    for body in bodies:
        begin, end = body.mention.start, body.mention.end
        joint = _APPOSED.fullmatch(text[mention.end : begin]) if begin > mention.end else None
        if joint is None:
            continue
        words = joint.group().split()[1:]
        post = any(noun_phrase.is_a(kind, w) for kind in ("roles", "connectors") for w in words)
        return body if not post and text[end : end + 1] == "," else None
    return None
