"""Who a pronoun means by what stands close to it: in its own sentence, or the subject before it.

"Trump changed course: on Friday he announced ..." means Trump, whoever spoke before; of a German
"er" the subject "der Geheimdienst" of the sentence before is nearer than a person named earlier.
"""

from __future__ import annotations

import re

from rag import noun_phrase, pointing
from rag.actor_table import Actor
from rag.actors import Actors
from rag.people import Names
from rag.schema import Source, SourceKind

_POSTS = ("roles", "voices", "former", "official", "articles", "offices", "organisations")
_COLON = re.compile(r":\s")
_HEADING = re.compile(r"\n\n[^\n]*[^\n.!?…:;,\"”“»«]\n\n")


def person_before_colon(names: Names, text: str, start: int, gender: str) -> Actor | None:
    """The one person of this gender ("m", "f") before the colon of the sentence, else None."""
    opened = pointing.sentence_start(text, start)
    colon = next(iter(_COLON.finditer(text, opened, start)), None)
    if colon is None:
        return None
    near = names.before(colon.start(), opened)
    people = {one.name: one for one in near if one.kind is SourceKind.PERSON}
    fitting = [one for one in people.values() if one.gender == gender]
    return fitting[0] if len(people) == len(fitting) == 1 else None


def is_under_other_heading(text: str, spoken_at: int, start: int) -> bool:
    """Whether a heading stands between what somebody said and here."""
    return _HEADING.search(text, max(0, spoken_at - 1), start) is not None


def goes_on_alone(
    names: Names, actors: Actors, spoken: tuple[tuple[Source, ...], int], start: int
) -> bool:
    """Whether a paragraph goes on with the speaker of the one before it, in no German text.

    `spoken` is who spoke and where that sentence ends. News breaks a paragraph after each sentence
    or two; nobody else may have been named since.
    """
    who, at = spoken
    if names.article.language == "de" or not (who and pointing.is_person(who[0])):
        return False
    if is_under_other_heading(names.article.text, at, start):
        return False
    breaks = names.article.text.count("\n\n", at, start)
    others = {actor.name for actor in names.before(start, at)} - {who[0].name}
    return breaks <= 1 and not any(
        (actor := actors.get(name)) and actor.kind is SourceKind.PERSON for name in others
    )


def is_next_paragraph(names: Names, spoken_at: int, start: int) -> bool:
    """German: whether "den Angaben zufolge" can reach back over one break of paragraphs."""
    breaks = names.article.text.count("\n\n", spoken_at, start)
    return names.article.language == "de" and spoken_at > 0 and breaks <= 1


def office(names: Names, actors: Actors, start: int) -> Actor | None:
    """As in "his spokesman", "ihr Haus": the body of the one person named before."""
    text = names.article.text
    named = names.before(start, pointing.sentence_start(text, start))
    named = named or names.before(start, pointing.paragraph_start(text, start))
    people = {actor.name: actor for actor in named if actor.kind is SourceKind.PERSON}
    found = next((actors.get(one.member_of or "") for one in people.values()), None)
    return found if found is not None and len(people) == 1 else None


def only_one(names: Names, start: int) -> Actor | None:
    """The one actor that the sentence names before, as in "Kim lebt, nach seinen Worten, gut"."""
    near = {
        one.name: one
        for one in names.before(start, pointing.sentence_start(names.article.text, start))
    }
    return next(iter(near.values())) if len(near) == 1 else None


def only_body(names: Names, text: str, start: int) -> Actor | None:
    """The one actor that the paragraph names before this sentence, where that is a body."""
    opened = pointing.sentence_start(text, start)
    near = names.before(opened, pointing.paragraph_start(text, start))
    bodies = {one.name: one for one in near if one.kind is SourceKind.ORGANISATION}
    alone = len(bodies) == 1 and all(one.kind is not SourceKind.PERSON for one in near)
    return next(iter(bodies.values())) if alone else None


def has_only_posts(source: Source, names: Names) -> bool:
    """Whether only posts stand before a person named in another case, if any is."""
    start, end = source.mention.start, source.mention.end
    named = next((m for m in names.known() if start <= m.start < m.end <= end), None)
    if named is None or named.nominative:
        return True
    words = re.findall(r"\w+", names.article.text[start : named.start])
    return all(any(noun_phrase.is_a(kind, word) for kind in _POSTS) for word in words)


def nobody_between(names: Names, text: str, subject: tuple[int, int], start: int) -> bool:
    """Whether no person is named behind a subject up to here, in its paragraph."""
    if "\n" in text[subject[1] : start]:
        return False
    return all(one.kind is not SourceKind.PERSON for one in names.before(start, subject[1]))
