"""Follow-ups without a model: each becomes one whole question, which is answered like any other.

The earlier questions are resumed in order, so that the last one holds all that was carried over:
actors, unit, place, time, topic, speaker. A follow-up exchanges what it names anew and keeps the
rest. One that no rewording makes whole keeps its words and is answered in the context of the
earlier one (`rag.context`); what needs none stays as it was asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag import (
    anaphora,
    exchanging,
    follow_ups,
    lexicon,
    question_words,
    relative_dates,
    rewording,
    text,
    turn_words,
)
from rag import context as contexts
from rag.actors import Actors
from rag.anaphora import Made
from rag.follow_ups import FollowUp
from rag.question import is_askable
from rag.rewording import Earlier
from rag.schema import LANGUAGES, Side

MOST = 10  # earlier questions that are looked at
WORDY = 2  # words of a question word alone: "since when"
OPPOSED = {Side.RUSSIA: "Ukraine", Side.UKRAINE: "Russia"}
LONGEST = 500  # characters of an earlier question, or of a whole one; nobody reads more at once


@dataclass(frozen=True, slots=True)
class Resumed:
    """The question to answer; `understood` is None where it was asked whole.

    `language` is that of the follow-up, in which to answer: `text` may be in another. `context` is
    the earlier question that explains `text`, "" where nothing has to. `missing` is what a
    question leaves out that leans on an earlier one where there is none: a key of `notes` in the
    table.
    """

    text: str
    understood: str | None
    language: str
    context: str = ""
    missing: str = ""


def resumed(asked: str, previous: Sequence[str], actors: Actors) -> Resumed:
    """A question as the conversation before it makes it whole; `previous` is oldest first."""
    history: list[Earlier] = []
    for earlier in previous[-MOST:]:
        whole = _resume(earlier, history, actors)
        if len(whole.text) <= LONGEST and is_askable(whole.text):
            parts = rewording.take_apart(whole.text, actors)
            # A greeting asks nothing.
            history += [replace(parts, context=whole.context)] if parts.asked.terms else []
    found = _resume(asked, history, actors)
    own, context = contexts.read(found.text)
    if not context:
        return found
    return replace(found, text=own, context=f"{context} {found.context}".strip())


def _resume(asked: str, history: Sequence[Earlier], actors: Actors) -> Resumed:
    """The whole question, or the same text, alone or in context."""
    line = " ".join(text.normalise(asked).split())
    if not is_askable(line):
        return Resumed(asked, None, text.language_of(line))
    language = follow_ups.told(line, history[-1].language if history else None)
    if len(line) > LONGEST or contexts.read(line)[1]:
        return Resumed(asked, None, language)
    if not history:
        missing = follow_ups.missing(line, language, actors)
        return Resumed(asked, None, language, missing=missing)
    if any(question_words.search(one, "frame", "small_talk", line) for one in LANGUAGES):
        return Resumed(asked, None, language)
    line = (amended := follow_ups.corrected(line, language)) or line
    line = _with_side(line, language, history, actors)
    dated = relative_dates.fixed(line, language, _date(history))
    made = _made(dated, language, history, actors)
    if made is None and (amended or dated != line):
        made = Made(dated, "" if amended else history[-1].text)
    if made is None or len(made.text) + len(made.context) > 2 * LONGEST:
        return Resumed(asked, None, language)
    shown = contexts.written(made.text, made.context, language) if made.context else made.text
    return Resumed(made.text, shown if shown != asked else None, language, made.context)


def _with_side(line: str, language: str, history: Sequence[Earlier], actors: Actors) -> str:
    """A clause with the warring state that "the other side" means in it."""
    found = turn_words.pattern(language, "side").search(line)
    if found is None or follow_ups.is_side(line, language):
        return line
    other = _other_side(history, actors)
    label = actors.label(other, language) if other else found.group()
    return line[: found.start()] + label + line[found.end() :]


def _date(history: Sequence[Earlier]) -> str | None:
    """The date that was asked about last."""
    dates = (earlier.asked.date or _dated(earlier) for earlier in reversed(history))
    return next((value for value in dates if value), None)


def _dated(earlier: Earlier) -> str | None:
    found = exchanging.dated(earlier)
    return found[2] if found else None


def _made(line: str, language: str, history: Sequence[Earlier], actors: Actors) -> Made | None:
    """The whole question with its context; None where it stands alone."""
    earlier = history[-1]
    found = follow_ups.read(line, language, actors)
    unexplained = found is not None and bool(found.pronouns)
    made: Made | None = None
    if found is not None and not (unexplained and earlier.context):
        made = _read(found, history, actors)
    leans = found is not None and bool(found.pronouns or found.slots)
    if made is None and (leans or contexts.is_open(line, language, actors)):
        made = Made(f"{rewording.capitalised(line.rstrip(' ?.!…'))}?", earlier.text)
    if made is not None:
        return Made(made.text, f"{made.context} {earlier.context}".strip())
    return None


def _read(found: FollowUp, history: Sequence[Earlier], actors: Actors) -> Made | None:
    if found.intent:
        return _of_intent(found, history[-1])
    if found.slots:
        return _of_slots(found, history, actors)
    return anaphora.explained(found, history, actors)


def _of_intent(found: FollowUp, earlier: Earlier) -> Made | None:
    """The whole question of one like "When was that?" or "Who says so?".

    Where no rewording is sure to be grammatical, a fixed wording stands in the context.
    """
    if found.intent in ("before", "after"):
        dated = exchanging.dated(earlier)
        if dated is None:
            return None
        start, end, value = dated
        phrase = relative_dates.phrase(value, earlier.language, found.intent)
        return Made(earlier.with_core(earlier.core[:start] + phrase + earlier.core[end:]))
    table = lexicon.load("conversation", earlier.language)
    own = found.word if found.language == earlier.language else ""
    if found.intent in table["words"]:
        lasts = turn_words.pattern(found.language, "lasting").fullmatch(found.word)
        # "Since when?" is asked of what was said, not of the saying.
        of_speech = lasts is not None and bool(earlier.asked.speakers)
        rule = "" if of_speech else "question"
        made = rewording.reworded(earlier, rule, word=own or table["words"][found.intent])
    else:
        made = rewording.reworded(earlier, found.intent)
    return Made(made) if made else Made(_wording(found), earlier.text)


def _wording(found: FollowUp) -> str:
    """An intent as a question of its own: as it was asked, or else in fixed words."""
    table = lexicon.load("conversation", found.language)
    if found.intent in table["words"]:
        if len(found.typed.split()) > WORDY:
            return f"{found.typed}?"
        word = found.word or table["words"][found.intent]
        return rewording.capitalised(str(table["asked"]["word"]).format(word=word))
    return str(table["asked"][found.intent])


def _of_slots(found: FollowUp, history: Sequence[Earlier], actors: Actors) -> Made | None:
    """The earlier question with each slot filled anew."""
    earlier = _asking(history, actors)
    made: str | None = None
    for slot in found.slots:
        if exchanging.is_reaction(earlier, slot):
            return Made(f"{slot.typed}?", f"{earlier.core}?")
        known = slot
        if slot.kind == "side":
            known = replace(slot, value=_other_side(history, actors))
        made = exchanging.filled(
            earlier, known, actors, anaphora.counted_group(earlier.language, history)
        )
        if made is None or len(made) > LONGEST:
            return None
        earlier = rewording.take_apart(made, actors)
    return Made(made) if made else None


def _asking(history: Sequence[Earlier], actors: Actors) -> Earlier:
    """The last question that named what it was about: "Who says so?" names nothing itself."""
    last = history[-1]
    if not last.context or last.context.count("?") != 1 or not contexts.is_bare(last.asked):
        return last
    return rewording.take_apart(last.context, actors)


def _other_side(history: Sequence[Earlier], actors: Actors) -> str:
    """The warring state that is not the one of who was asked about last; "" where none is."""
    for earlier in reversed(history):
        names = [*earlier.asked.speakers, *(m.actor.name for m in earlier.mentions)]
        for name in names:
            actor = actors.get(name)
            if actor is not None and actor.side in OPPOSED:
                return OPPOSED[actor.side]
    return ""
