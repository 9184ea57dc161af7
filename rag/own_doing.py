"""Whether somebody tells of what is theirs to decide or do: their own measure or undertaking.

Three signs from the grammar: the content has no subject of its own, so that it is the speaker's
("kündigte an, Züge bewachen zu lassen": control, Huddleston & Pullum 2002, ch. 14); its subject is
the speaker, the state they serve or a pronoun for them; or it is a matter that bodies of this kind
decide (a grid operator on outages, a court on a sentence). Words: `lexicon/own_doing.toml`.
"""

from __future__ import annotations

import re
from functools import cache

from rag import lexicon, noun_phrase, terms
from rag.actors import Actors
from rag.schema import LANGUAGES, Claim, Evidence, Side, Source, SourceKind, Stance

# How somebody tells what they do or will do; who denies or demands does not.
TELLING = frozenset({Stance.ASSERTS, Stance.REPORTS, Stance.ANNOUNCES, Stance.CONFIRMS})


def is_own(item: Evidence, source: Source, actors: Actors) -> bool:
    """Whether a claim is of what its source, or the state that it serves, decides itself."""
    claim = item.claim
    if item.article.language not in LANGUAGES or not claim.content:
        return False
    if source.kind is SourceKind.ANONYMOUS or is_free(source):
        return False
    if claim.stance is Stance.ANNOUNCES and (
        claim.rule == "infinitive"
        or is_about(claim, source, actors)
        or _is_of_its_state(item, source, actors)
    ):
        return True
    return (
        _acts(item, source, actors) or _decrees(item, source, actors) or is_competent(item, source)
    )


def is_about(claim: Claim, source: Source, actors: Actors) -> bool:
    """Whether the content names the source, its state or its people before anybody else's."""
    content = " ".join(span.text for span in claim.content)
    named = [(m.start, m.actor.name) for m in actors.find(content)]
    named += [(start, state) for state, start, _ in terms.peoples(content)]
    return bool(named) and actors.same(min(named)[1], source.name)


def is_competent(item: Evidence, source: Source) -> bool:
    """Whether bodies of the source's kind decide or bring about just what is told."""
    if item.claim.stance not in TELLING | {Stance.WARNS}:
        return False
    who = " ".join(filter(None, (source.mention.text, source.name, source.role))).lower()
    what = content_of(item)
    return any(body.search(who) and matter.search(what) for body, matter in _competences())


def content_of(item: Evidence) -> str:
    """What a claim says, in small letters."""
    return " ".join(span.text for span in item.claim.content).lower()


def _acts(item: Evidence, source: Source, actors: Actors) -> bool:
    """Whether the subject is the source or its state, and the predicate an act of an authority.

    "Norway is raising its fund, Finance Minister Solberg said"; of a war party only where it
    announces, for it tells of its army in the same words.
    """
    if item.claim.stance not in TELLING or actors.is_war_party(source.side):
        return False
    acts = _acting(item.article.language).search(content_of(item)) is not None
    return acts and (is_about(item.claim, source, actors) or _is_of_its_state(item, source, actors))


def _decrees(item: Evidence, source: Source, actors: Actors) -> bool:
    """Whether a body announces a measure, and nobody else is named who would take it.

    "From Monday the net will be switched off at night, the city hall announced."
    """
    if item.claim.stance is not Stance.ANNOUNCES or actors.get(source.name) is not None:
        return False
    if _acting(item.article.language).search(content_of(item)) is None:
        return False
    named = [m.actor for m in actors.find(" ".join(s.text for s in item.claim.content))]
    party = actors.is_war_party(source.side)
    return all(
        actors.same(one.name, source.name) or (party and one.side is source.side) for one in named
    )


def _is_of_its_state(item: Evidence, source: Source, actors: Actors) -> bool:
    """Whether an official whose state is left out tells of what a state does.

    "Poland will close the crossing, the interior minister announced": an office without a state is
    that of the state that the content speaks of first. Of a war party the name must say so, and a
    state named beside the office is its own.
    """
    if source.side is not Side.OTHER or actors.get(source.name) is not None:
        return False
    words = source.mention.text
    if _governing(item.article.language).search(words.lower()) is None:
        return False
    named = actors.find(" ".join(span.text for span in item.claim.content))
    state = named[0].actor if named else None
    if state is None or state.kind is not SourceKind.STATE or state.side is not Side.OTHER:
        return False
    return states(words, actors) <= {state.name}


def states(words: str, actors: Actors) -> set[str]:
    """The states that a text names."""
    return {m.actor.name for m in actors.find(words) if m.actor.kind is SourceKind.STATE}


def is_free(source: Source) -> bool:
    """Whether somebody decides nothing: former officials, experts, media."""
    words = re.findall(r"\w+", source.mention.text)
    free = any(noun_phrase.is_a(kind, w) for kind in ("former", "independent") for w in words)
    return free or source.side is Side.INDEPENDENT


@cache
def _acting(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{lexicon.load('own_doing')['acts'][language]})(?!\w)")


@cache
def _governing(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{lexicon.load('own_doing')['government'][language]})(?!\w)")


@cache
def _competences() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Kinds of bodies and what they decide, in all languages."""
    return tuple(
        (re.compile(one["body"]), re.compile(one["matter"]))
        for one in lexicon.load("own_doing")["competences"]
    )
