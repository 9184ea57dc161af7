"""What the pronouns of a follow-up stand for: "he", "of them", "there", "it".

A clause gets its antecedents from the earlier questions. Words are data:
`lexicon/conversation.<language>.toml`, `pronouns`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from babel.lists import format_list

from rag import context as contexts
from rag import exchanging, formats, fragments, lexicon, question, rewording, turn_words
from rag.actors import Actors
from rag.follow_ups import FollowUp
from rag.rewording import Earlier
from rag.schema import SourceKind, Stance

_THING = re.compile(
    r"\b(?:of|about|does|do|did|has|have|can|will|is|are|the|an?) "
    r"(?P<thing>(?:(?:the|an?) )?(?P<name>[A-Z][\w’'-]*(?: [A-Z0-9][\w’'-]*)*))"
)
SAYING = (Stance.ASSERTS, Stance.REPORTS)


class Made(NamedTuple):
    """A question made of a follow-up, and the earlier one that still has to explain it."""

    text: str
    context: str = ""


def explained(found: FollowUp, history: Sequence[Earlier], actors: Actors) -> Made | None:
    """A clause with what its pronouns stand for; None where one stays open.

    Where that loses what the earlier question was about ("Is he right?"), only whom it names is
    put in, and the clause is asked in the context of it.
    """
    clause = named = found.typed
    for kind in found.pronouns:
        if kind == "said":
            continue
        filled = _filled(kind, clause, found.language, history, actors)
        if filled is None:
            return None
        if kind in ("person", "group") and clause == named and not _counts(kind, found, history):
            named = filled
        clause = filled
    if "said" in found.pronouns and "part" not in found.pronouns:
        return _of_statement(clause, found.language, history[-1], actors)
    whole = clause.rstrip(" ?") + history[-1].tail + "?"
    if found.pronouns == ("thing",):
        return Made(whole)
    if contexts.has_anaphor(whole, found.language):
        return Made(_asked(clause), history[-1].text)
    if rewording.keeps(whole, history[-1], actors):
        return Made(whole)
    return Made(_asked(named), history[-1].text)


def _asked(clause: str) -> str:
    return f"{clause.rstrip(' ?')}?"


def _counts(kind: str, found: FollowUp, history: Sequence[Earlier]) -> bool:
    """Whether "they" are those who were counted."""
    return kind == "group" and bool(counted_group(found.language, history))


def _filled(
    kind: str, clause: str, language: str, history: Sequence[Earlier], actors: Actors
) -> str | None:
    """A clause with what a pronoun of this kind means in its place; None where nothing does."""
    pattern = turn_words.pattern(language, "pronouns", kind)
    np = counted_group(language, history)
    meant = ""
    if kind == "part" and not np:
        return None
    if np and kind in ("part", "group"):
        meant = rewording.among(np, language, f"{'of' if kind == 'part' else 'the'}_group")
        if not meant:
            return clause + rewording.among(np, language, "noted")
    elif kind == "thing":
        things = (_thing(e, actors) for e in reversed(history) if e.language == language)
        meant = next((thing for thing in things if thing), "")
    elif kind == "place":
        places = (exchanging.place(e) for e in reversed(history) if e.language == language)
        meant = next((place for place in places if place), "")
        clause = _with_counted(clause, language, history)
    else:
        # The German "sie" is she or they, as its verb says.
        several = kind == "group" and (language != "de" or _is_several(clause))
        meant = "" if several else _named("person", language, history, actors)
        meant = meant or (_named("group", language, history, actors) if kind == "group" else "")
    if not meant:
        return None
    return rewording.capitalised(pattern.sub(meant.replace("\\", ""), clause, count=1))


def _is_several(clause: str) -> bool:
    return turn_words.pattern("de", "pronouns", "several").search(clause) is not None


def counted_group(language: str, history: Sequence[Earlier]) -> str:
    """The people or things last counted in this language."""
    found = (rewording.counted(e) for e in reversed(history) if e.language == language)
    return next((np for np in found if np), "")


def _named(kind: str, language: str, history: Sequence[Earlier], actors: Actors) -> str:
    """Whom "he" or "they" may mean: the person, or the body, named last; one person is not they."""
    for earlier in reversed(history):
        people = [m.actor for m in earlier.mentions if m.actor.kind is SourceKind.PERSON]
        if kind == "group" and len(people) > 1:
            names = [actors.label(one.name, language) for one in people]
            return format_list(list(dict.fromkeys(names)), locale=formats.locale(language))
        for mention in reversed(earlier.mentions):
            if (kind == "person") == (mention.actor.kind is SourceKind.PERSON):
                return actors.label(mention.actor.name, language)
    return ""


def _thing(earlier: Earlier, actors: Actors) -> str:
    """The thing that an English question names, with its article: "the Kestrel"; "" for none.

    It is neither an actor nor a place, which has no article and stands behind "in" or "at".
    """
    taken = [(m.start, m.end) for m in actors.find(earlier.core)]
    place = exchanging.place(earlier)
    for match in reversed(list(_THING.finditer(earlier.core))):
        start, end = match.span("name")
        actor = any(first < end and start < last for first, last in taken)
        if not actor and match["name"] not in place and not fragments.is_no_name(match["name"]):
            return match["thing"]
    return ""


def _with_counted(clause: str, language: str, history: Sequence[Earlier]) -> str:
    """A bare "how many" with those who were counted before."""
    np = counted_group(language, history)
    table = lexicon.load("conversation", language)
    head = re.match(rf"{table['units']['count']} (?={table['verbs']})", clause, re.IGNORECASE)
    if head is None or not np:
        return clause
    return f"{head.group()}{rewording.among(np, language, 'of_group')} {clause[head.end() :]}"


def _of_statement(clause: str, language: str, earlier: Earlier, actors: Actors) -> Made | None:
    """A question like "Did Russia deny it?" with what was asked before as what was said.

    A topic is an object of denying and of confirming, not of saying.
    """
    said = turn_words.pattern(language, "pronouns", "said")
    without = re.sub(r" {2,}", " ", said.sub("", clause)).strip(" ?,")
    if re.search(rf" {lexicon.load('conversation', language)['prepositions']}$", without):
        without += lexicon.load("conversation", language)["pronouns"].get("fact", "")
    stance = question.parse(clause, actors).stance
    made: str | None = None
    if language == earlier.language and stance is not None:
        made = rewording.reworded(earlier, "statement", clause=without)
        if made is None and stance not in SAYING:
            made = rewording.reworded(earlier, "matter", without=without)
    return Made(made) if made else Made(_asked(clause), earlier.text)
