"""Whose "the general staff", "das Außenministerium", "Генштаб" is where no state is named.

Ukrainian and Russian papers leave out their own state, so there a bare office is that of home,
unless the paragraph has named the same office of another. German and English ones leave out the
state that is spoken of: that of who spoke or was the subject before. "Its foreign ministry" is the
ministry of the state before in every language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from rag import lexicon, pointing
from rag.actor_table import Actor
from rag.cues import pronouns
from rag.people import Names
from rag.schema import Side, Source, SourceKind

# Offices that a state has one of. "The authorities" may be those of a town.
_ONE_OF_A_STATE = frozenset(
    {
        "general_staff",
        "armed_forces",
        "air_force",
        "navy",
        "defence_ministry",
        "foreign_ministry",
        "military_intelligence",
    }
)


@cache
def _home(language: str) -> tuple[str, bool]:
    """The state whose offices a language names without it ("" for none), and whether always."""
    table = lexicon.load("bodies").get(language, {})
    return str(table.get("home", "")), bool(table.get("alone", False))


def owned(source: Source, names: Names, owners: Iterable[Source]) -> Source:
    """The source, or the office of a state that its mention means without naming the state.

    `owners` are those who were spoken of before, the nearest first.
    """
    language = names.article.language
    first, _, rest = source.mention.text.partition(" ")
    his = first.lower() in pronouns(language).possessive and bool(rest)
    body = names.actors.bare_body(rest if his else source.mention.text)
    if body not in _ONE_OF_A_STATE:
        return source
    home, alone = _home(language)
    if names.actors.get(source.name) is not None:
        own = names.actors.office(home, body) if alone and not his else None
        return source if own is None or _is_named(names, source) else _meant(own, source)
    states = [home] if home and not his else []
    states += [state for one in owners for state in (one.name, _state(one, names))]
    offices = (names.actors.office(state, body) for state in states)
    found = next((office for office in offices if office is not None), None)
    found = found or _of_members(body, source, names)
    return _meant(found, source) if found is not None else source


def _state(source: Source, names: Names) -> str:
    """The state of an unknown source by its side: "a Ukrainian officer"; "" where it has none."""
    states = [one for one in names.actors.all() if one.kind is SourceKind.STATE]
    own = [one.name for one in states if one.side is source.side]
    return own[0] if len(own) == 1 else ""


def _of_members(body: str, source: Source, names: Names) -> Actor | None:
    """The one office of this kind that somebody named before belongs to."""
    near = names.known_near(source.mention.start)
    chains = {link for m in near for link in names.actors.chain(m.actor.name)}
    found = {name for link in chains if (name := names.actors.kind_of(link, body))}
    return names.actors.get(next(iter(found))) if len(found) == 1 else None


def of_kind(
    kind: re.Pattern[str], start: int, names: Names, speaking: Sequence[Source]
) -> Actor | None:
    """The one organisation of a kind that was named before, in the paragraph or at all.

    `speaking` are those who spoke last in the paragraph, or passed that on.
    """
    text, language = names.article.text, names.article.language
    before = [
        (m.start, m.actor)
        for m in names.known()
        if m.start < start and pointing.is_of_kind(m.actor, text, m.start, kind, language)
    ]
    paragraph = pointing.paragraph_start(text, start)
    here = {actor.name: actor for at, actor in before if at >= paragraph}
    anywhere = {actor.name: actor for _, actor in before}
    for source in speaking:
        if source.name in here:
            return here[source.name]
    found = here or anywhere
    if found or kind not in pronouns(language).media:
        return next(iter(found.values())) if len(found) == 1 else None
    outlets = [actor for one in speaking if (actor := names.actors.get(one.name))]
    outlets = [one for one in outlets if one.agency or one.side is Side.INDEPENDENT]
    return outlets[0] if len(outlets) == 1 else None  # "Wall Street Journal ... die Zeitung"


def _is_named(names: Names, source: Source) -> bool:
    """Whether the paragraph names this office with its state before, or whom it belongs to."""
    text, start = names.article.text, source.mention.start
    near = names.known_near(start)
    opened = pointing.paragraph_start(text, start)
    return any(
        m.actor.name == source.name
        and names.actors.bare_body(text[m.start : m.end]) is None
        and m.start >= opened
        for m in near
    )


def _meant(office: Actor, source: Source) -> Source:
    return replace(
        source, name=office.name, kind=SourceKind.ORGANISATION, side=office.side, role=office.role
    )
