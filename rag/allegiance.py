"""For which party to the war somebody speaks whom neither a name nor a place beside tells.

"The mayor", "die Brigade", "в штабе": of an article whose places all lie in one of the two states,
the authorities are those of that state; an army without a state is that of a party to the war.
Words: `lexicon/allegiance.toml`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache

from rag import lexicon, localities, noun_phrase, pointing
from rag.actors import Actors
from rag.schema import LANGUAGES, Article, Side, Source, SourceKind

_BESIDE = 60  # characters around a name that tell who somebody is
_MARKS = re.compile(r"[,.;:!?()\n]")
_BEHIND = re.compile(r"(?:\s[^\s,.;:!?—–]+){1,3}")  # "Речник 110-ї бригади"


def is_of_party(source: Source, article: Article, actors: Actors) -> bool:
    """Whether a source speaks for a party to the war, whichever of them."""
    side = of(source, article, actors)
    return actors.is_war_party(side) or _is_a("military", source, article, actors)


def of(source: Source, article: Article, actors: Actors) -> Side:
    """The side of a source, or of the state in which the article finds its office."""
    if source.side is not Side.OTHER or article.language not in LANGUAGES:
        return source.side
    kinds = ("military", "authority")
    if not any(_is_a(kind, source, article, actors) for kind in kinds):
        return source.side
    if _is_a("abroad", source, article, actors):
        return source.side
    land = _land(article)
    return land if land is not None and not _abroad(source, article, actors) else source.side


def is_of_army(source: Source, article: Article, actors: Actors) -> bool:
    """Whether a source is of an army whose state nothing beside it names."""
    known = replace(source, side=Side.OTHER, role=_introduced(source, article))
    return any(_is_a(kind, known, article, actors) for kind in ("military", "officer"))


def commands(source: Source, words: str, article: Article) -> bool:
    """Whether an officer speaks of a unit: "the brigade pulled back, its commander said"."""
    table, language = lexicon.load("allegiance"), article.language
    unit = re.search(rf"(?<!\w)(?:{table['unit'][language]})(?!\w)", words)
    officer = rf"(?<!\w)(?:{table['officer'][language]})(?!\w)"
    called = f"{_mention(source, article)} {_introduced(source, article)}".lower()
    return unit is not None and re.search(officer, called) is not None


def _introduced(source: Source, article: Article) -> str:
    """What stands at a person's name where the article first gives it: "a company commander"."""
    start = article.text.find(source.name)
    if source.kind is not SourceKind.PERSON or start < 0 or " " not in source.name:
        return source.role or ""
    before = _MARKS.split(article.text[max(0, start - _BESIDE) : start])[-1]
    behind = article.text[start + len(source.name) : start + len(source.name) + _BESIDE]
    apposition = _MARKS.split(behind[1:])[0] if behind.startswith(",") else ""
    return f"{source.role or ''} {before} {apposition}"


def _is_a(kind: str, source: Source, article: Article, actors: Actors) -> bool:
    """Whether an unlisted source is of an army or authority, and names no state beside."""
    if source.side is not Side.OTHER or article.language not in LANGUAGES:
        return False
    if actors.get(source.name) is not None or source.name == "unclear":
        return False
    words = " ".join(filter(None, (_mention(source, article), source.role, source.name)))
    pattern = re.compile(rf"(?<!\w)(?:{lexicon.load('allegiance')[kind][article.language]})(?!\w)")
    return pattern.search(words.lower()) is not None and not actors.names_a_state(words)


def _mention(source: Source, article: Article) -> str:
    """The mention, of who speaks for somebody also the words behind it."""
    mention = source.mention
    if not noun_phrase.is_a("voices", mention.text.split()[-1] if mention.text else ""):
        return mention.text
    behind = _BEHIND.match(article.text, mention.end)
    return mention.text + (behind.group() if behind else "")


def _abroad(source: Source, article: Article, actors: Actors) -> bool:
    """Whether its paragraph names a state before it that is no party to the war."""
    start = pointing.paragraph_start(article.text, source.mention.start)
    named = actors.find(article.text[start : source.mention.end])
    states = [m.actor for m in named if m.actor.kind is SourceKind.STATE]
    return any(not actors.is_war_party(state.side) for state in states)


@lru_cache(maxsize=256)
def _land(article: Article) -> Side | None:
    """The state in which all places lie that an article names; None where they lie in both.

    An article without any is of the state at home in its language.
    """
    low = article.text.lower()
    places = localities.places(article.text, article.language)
    found = {one.side for one in places if one.side in localities.STATES and not one.capital}
    found |= {side for side in localities.STATES if _lands(side, article.language).search(low)}
    if not found:
        return localities.HOME.get(article.language)
    return next(iter(found)) if len(found) == 1 else None


@cache
def _lands(side: Side, language: str) -> re.Pattern[str]:
    return re.compile(lexicon.load("allegiance")["land"][side.value][language])
