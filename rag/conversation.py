"""Follow-ups without a model: each becomes one whole question, which is answered like any other.

The earlier questions are resumed in order, so that the last one holds all that was carried over:
actors, unit, place, time, topic, speaker. A follow-up exchanges what it names anew and keeps the
rest. One that no rewording makes whole keeps its words and is answered in the context of the
earlier one (`rag.context`); what needs none stays as it was asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from babel.lists import format_list

from rag import context as contexts
from rag import exchanging, follow_ups, formats, lexicon, rewording, text, turn_words
from rag.actors import Actors
from rag.follow_ups import FollowUp
from rag.question import MAX_CHARACTERS
from rag.rewording import Earlier
from rag.schema import SourceKind

MOST = 10  # earlier questions that are looked at
LONGEST = 500  # characters of an earlier question, or of a whole one; nobody reads more at once


@dataclass(frozen=True, slots=True)
class Resumed:
    """The question to answer; `understood` is None where it was asked whole.

    `language` is that of the follow-up, in which to answer: `text` may be in another. `context` is
    the earlier question that explains `text`, "" where nothing has to.
    """

    text: str
    understood: str | None
    language: str
    context: str = ""


def resumed(asked: str, previous: Sequence[str], actors: Actors) -> Resumed:
    """A question as the conversation before it makes it whole; `previous` is oldest first."""
    history: list[Earlier] = []
    for earlier in previous[-MOST:]:
        whole = _resume(earlier, history, actors)
        if len(whole.text) <= LONGEST and _is_askable(whole.text):
            parts = rewording.take_apart(whole.text, actors)
            # A greeting asks nothing.
            history += [replace(parts, context=whole.context)] if parts.asked.terms else []
    found = _resume(asked, history, actors)
    own, context = contexts.read(found.text)
    if not context:
        return found
    return replace(found, text=own, context=f"{context} {found.context}".strip())


def _is_askable(asked: str) -> bool:
    return len(asked) <= MAX_CHARACTERS and bool(text.words(asked))


def _resume(asked: str, history: Sequence[Earlier], actors: Actors) -> Resumed:
    """The whole question, or the same text, alone or in context."""
    line = " ".join(text.normalise(asked).split())
    if not _is_askable(line):
        return Resumed(asked, None, text.language_of(line))
    language = follow_ups.told(line, history[-1].language if history else None)
    if not history or len(line) > LONGEST or contexts.read(line)[1]:
        return Resumed(asked, None, language)
    found = follow_ups.read(line, language, actors)
    context = history[-1].context
    unexplained = found is not None and bool(found.pronouns)
    made = None if found is None or (unexplained and context) else _made(found, history, actors)
    if made is None and (unexplained or contexts.is_open(line, language, actors)):
        made, context = line, f"{history[-1].text} {context}".strip()
    if made is None or len(made) + len(context) > 2 * LONGEST:
        return Resumed(asked, None, language)
    shown = contexts.written(made, context, language) if context else made
    return Resumed(made, shown if shown != asked else None, language, context)


def _made(found: FollowUp, history: Sequence[Earlier], actors: Actors) -> str | None:
    if found.intent:
        return _of_intent(found, history[-1])
    if found.slots:
        return _of_slots(found, history, actors)
    return _of_pronouns(found, history, actors)


def _of_intent(found: FollowUp, earlier: Earlier) -> str | None:
    """The whole question of one like "When was that?" or "Who says so?"."""
    if found.intent in ("before", "after"):
        dated = exchanging.dated(earlier)
        if dated is None:
            return None
        start, end, value = dated
        phrase = exchanging.date_phrase(value, earlier.language, found.intent)
        return earlier.with_core(earlier.core[:start] + phrase + earlier.core[end:])
    words = lexicon.load("conversation", earlier.language)["words"]
    if found.intent in words:
        own = found.word if found.language == earlier.language else ""
        return rewording.reworded(earlier, "question", word=own or words[found.intent])
    return rewording.reworded(earlier, found.intent)


def _of_slots(found: FollowUp, history: Sequence[Earlier], actors: Actors) -> str | None:
    """The earlier question with each slot filled anew."""
    earlier = history[-1]
    made: str | None = None
    for slot in found.slots:
        made = exchanging.filled(earlier, slot, actors, _group(earlier.language, history))
        if made is None or len(made) > LONGEST:
            return None
        earlier = rewording.take_apart(made, actors)
    return made


def _group(language: str, history: Sequence[Earlier]) -> str:
    """The people or things last counted in this language."""
    found = (rewording.counted(e) for e in reversed(history) if e.language == language)
    return next((np for np in found if np), "")


def _of_pronouns(found: FollowUp, history: Sequence[Earlier], actors: Actors) -> str | None:
    """A clause with what its pronouns stand for; None where one stays open."""
    language, clause = found.language, found.typed
    for kind in found.pronouns:
        pattern = turn_words.pattern(language, "pronouns", kind)
        if kind == "said":
            continue
        if kind == "part" or (kind == "group" and _group(language, history)):
            np = _group(language, history)
            key = "of_group" if kind == "part" else "the_group"
            meant = rewording.among(np, language, key) if np else ""
            if np and not meant:
                clause += rewording.among(np, language, "noted")
                continue
        elif kind == "place":
            places = (exchanging.place(e) for e in reversed(history) if e.language == language)
            meant = next((place for place in places if place), "")
            clause = _with_counted(clause, language, history)
        else:
            meant = _named(kind, language, history, actors)
        if not meant:
            return None
        clause = rewording.capitalised(pattern.sub(meant.replace("\\", ""), clause, count=1))
    if "said" in found.pronouns and "part" not in found.pronouns:
        return _of_statement(clause, language, history[-1])
    return clause.rstrip(" ?") + history[-1].tail + "?"


def _named(kind: str, language: str, history: Sequence[Earlier], actors: Actors) -> str:
    """Whom "he" or "they" may mean: the person, or the body, named last; one person is not they."""
    if language == "de" and kind == "group":  # "sie" is also a woman
        kind = "group" if not _named("person", language, history, actors) else "person"
    for earlier in reversed(history):
        people = [m.actor for m in earlier.mentions if m.actor.kind is SourceKind.PERSON]
        if kind == "group" and len(people) > 1:
            names = [actors.label(one.name, language) for one in people]
            return format_list(list(dict.fromkeys(names)), locale=formats.locale(language))
        for mention in reversed(earlier.mentions):
            if (kind == "person") == (mention.actor.kind is SourceKind.PERSON):
                return actors.label(mention.actor.name, language)
    return ""


def _with_counted(clause: str, language: str, history: Sequence[Earlier]) -> str:
    """A bare "how many" with those who were counted before."""
    np = _group(language, history)
    table = lexicon.load("conversation", language)
    head = re.match(rf"{table['units']['count']} (?={table['verbs']})", clause, re.IGNORECASE)
    if head is None or not np:
        return clause
    return f"{head.group()}{rewording.among(np, language, 'of_group')} {clause[head.end() :]}"


def _of_statement(clause: str, language: str, earlier: Earlier) -> str | None:
    """A question like "Did Russia deny it?" with what was asked before as what was said."""
    said = turn_words.pattern(language, "pronouns", "said")
    without = re.sub(r" {2,}", " ", said.sub("", clause)).strip(" ?,")
    if re.search(rf" {lexicon.load('conversation', language)['prepositions']}$", without):
        without += lexicon.load("conversation", language)["pronouns"].get("fact", "")
    if language != earlier.language:
        return f"{clause}: {earlier.text.rstrip(' ?')}?"
    return rewording.reworded(earlier, "statement", typed=clause, clause=without, without=without)
