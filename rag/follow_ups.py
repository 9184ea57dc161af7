"""Whether a question continues a conversation, and what it asks anew.

A follow-up is one of a few intents ("When was that?", "Who says so?"), a fragment that fills slots
("And Russia?", "Und im April 2025?", "а втрати?"), or a clause with a pronoun that nothing in it
explains ("How many of them were killed?"). Words are data: `lexicon/conversation.<language>.toml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag import contrasting, fragments, lexicon, question, text
from rag.actors import Actors, Mention
from rag.fragments import Slot
from rag.schema import Question, SourceKind
from rag.turn_words import pattern, unit_of

LONGEST = 9  # words of a fragment
_WHOLE = ("topic", "actor", "place")  # what can be asked about by itself
UNOPENED = 4  # words of a fragment that no "and" opens
_END = re.compile(r"[\s.?!…]+$")


@dataclass(frozen=True, slots=True)
class FollowUp:
    """An intent with the user's own question word, slots, or a pronoun that needs an antecedent."""

    language: str
    typed: str
    intent: str = ""
    word: str = ""
    slots: tuple[Slot, ...] = ()
    pronouns: tuple[str, ...] = ()


def told(asked: str, before: str | None) -> str:
    """The language of a question; one too short to tell is in that of the conversation."""
    cyrillic = len(text.CYRILLIC.findall(asked)) > len(text.LATIN.findall(asked))
    pair = ("uk", "ru") if cyrillic else ("de", "en")
    if before not in pair:
        return question.language_of(asked)
    words, table = text.words(asked), lexicon.load("languages")

    def votes(language: str) -> int:
        letters = sum(asked.lower().count(c) for c in table[language]["letters"])
        return 2 * letters + sum(text.is_function_word(w, language) for w in words)

    other = pair[before == pair[0]]
    if votes(other) != votes(before):
        return max(before, other, key=votes)
    return other if _intent(asked, other) and not _intent(asked, before) else before


def corrected(asked: str, language: str) -> str:
    """What a correction asks instead ("No, I meant Odesa" is "And Odesa"); "" where it is none.

    A whole question behind "no" stays one.
    """
    found = pattern(language, "corrects").match(asked)
    rest = asked[found.end() :] if found else asked
    behind = pattern(language, "corrects_behind").search(rest)
    rest = _END.sub("", rest[: behind.start()] if behind else rest).strip(" ,")
    if not text.words(rest) or (found is None and behind is None):
        return ""
    if fragments.asks_something(rest, language) or _has_verb(rest, language):
        return f"{rest[:1].upper()}{rest[1:]}?"
    opened = pattern(language, "opens").search(rest) is not None
    return rest if opened else f"{lexicon.load('conversation', language)['and']} {rest}"


def read(asked: str, language: str, actors: Actors) -> FollowUp | None:
    """What a question asks anew of the one before it; None where it stands alone."""
    bare = _END.sub("", asked)
    opened = pattern(language, "opens").search(bare) is not None
    rest = pattern(language, "lead_in").sub("", bare, count=1).strip(" ,")
    if not rest:
        return None
    typed = rest[:1].upper() + rest[1:]
    found = _intent(rest, language)
    if found:
        return FollowUp(language, typed, intent=found[0], word=found[1])
    slot = _one(rest, typed, opened, language, actors)
    if slot is not None:
        return FollowUp(language, typed, slots=(slot,))
    count = len(rest.split())
    partly = pattern(language, "pronouns", "part").search(rest)
    fragment = partly is None and not _has_verb(rest, language)
    if fragment and count <= (LONGEST if opened else UNOPENED):
        slots = fragments.slots(rest, language, actors, opened)
        if (
            not slots
            and opened
            and not fragments.asks_something(rest, language)
            and not actors.find(rest)
        ):
            slots = (Slot("topic", rest, language=language),)
        if slots:
            return FollowUp(language, typed, slots=slots)
    return _clause(rest, typed, language, actors)


def missing(asked: str, language: str, actors: Actors) -> str:
    """What a question leaves out that leans on an earlier one; "" where it stands alone.

    A kind of pronoun, or "question" where all that was asked is missing ("And Russia?", "why?").
    """
    found = read(asked, language, actors)
    if found is None:
        return ""
    opened = pattern(language, "opens").search(asked) is not None
    about = pattern(language, "about").search(asked) is not None  # "What about Kestrel?"
    whole = about and all(slot.kind in _WHOLE for slot in found.slots)
    if found.intent or (found.slots and opened and not whole):
        return "question"
    return found.pronouns[0] if found.pronouns else ""


def _one(rest: str, typed: str, opened: bool, language: str, actors: Actors) -> Slot | None:
    """The slot of a question for what somebody says, or of an adjective with "one"."""
    speaker = pattern(language, "speaks", "asks").match(rest)
    if is_side(rest, language):
        return Slot("side", typed, language=language)
    if speaker and (named := _whole(speaker["who"], actors, language)):
        return Slot("speaker", typed, named.actor.name, language=language)
    if opened and contrasting.adjective(rest, language):
        return Slot("contrast", rest, language=language)
    return None


def is_side(asked: str, language: str) -> bool:
    """Whether "the other side" is all that is asked about, or who is asked to have spoken."""
    rest = pattern(language, "lead_in").sub("", _END.sub("", asked), count=1).strip(" ,")
    speaker = pattern(language, "speaks", "asks").match(rest)
    named = speaker["who"] if speaker else rest
    return pattern(language, "side").fullmatch(named) is not None


def _has_verb(rest: str, language: str) -> bool:
    """Whether it is a clause; "how many" makes none by itself."""
    return pattern(language, "verbs").search(rest) is not None


def _intent(rest: str, language: str) -> tuple[str, str] | None:
    """The intent of a short question, and its own question word."""
    bare = _END.sub("", rest)
    for intent, alternatives in lexicon.load("conversation", language)["intents"].items():
        for one in alternatives:
            if match := re.fullmatch(one, bare, re.IGNORECASE):
                return intent, (match.groupdict().get("word") or "").lower()
    return None


def _whole(words: str, actors: Actors, language: str) -> Mention | None:
    """The actor that a phrase names and nothing beside it."""
    mentions = actors.find(words)
    if len(mentions) != 1:
        return None
    left = words[: mentions[0].start] + words[mentions[0].end :]
    return mentions[0] if not fragments.topics(left, language) else None


def _clause(rest: str, typed: str, language: str, actors: Actors) -> FollowUp | None:
    """A whole clause with a pronoun that nothing before it explains, or without a topic."""
    asked = question.parse(typed, actors)
    counts = pattern(language, "counted").search(rest) is not None
    partly = pattern(language, "pronouns", "part").search(rest)
    if counts and not (partly or asked.actors or asked.date) and _only_counts(rest, language):
        return FollowUp(
            language, typed, slots=(Slot("unit", rest, asked.unit or "", language=language),)
        )
    found: list[str] = []
    mentions = actors.find(rest)
    for kind in ("part", "person", "group", "place", "thing", "said"):
        match = pattern(language, "pronouns", kind).search(rest)
        if match and not _explained(kind, rest, match.start(), mentions, language):
            found.append(kind)
    if found == ["said"] and _own_topic(asked, rest, language):
        return None
    return FollowUp(language, typed, pronouns=tuple(found)) if found else None


def _only_counts(rest: str, language: str) -> bool:
    """Whether "how many" is asked of a unit or a state alone: "How many were wounded?"."""
    words = text.words(pattern(language, "counted").sub("", rest))
    if pattern(language, "context", "loose").search(rest):
        return False  # "its members"
    named = [w for w in words if fragments.topics(w, language)]
    return bool(named) and all(unit_of(w, language) or _is_state(w, language) for w in named)


def _is_state(word: str, language: str) -> bool:
    states = pattern(language, "units", "states")
    return states.fullmatch(word) is not None


def _explained(kind: str, rest: str, at: int, mentions: tuple[Mention, ...], language: str) -> bool:
    """Whether a pronoun may stand for something named before it in the same question."""
    before = [m for m in mentions if m.end <= at]
    if kind == "person":
        # "Der Vertrag … er": outside English a thing is he or she too.
        # Nothing in the clause itself is its antecedent.
        clauses = re.search(r"[,;:]", rest[:at]) or pattern(language, "context", "joins").search(
            rest[:at]
        )
        thing = (
            language != "en" and bool(clauses) and len(fragments.topics(rest[:at], language)) > 1
        )
        return thing or any(m.actor.kind is SourceKind.PERSON for m in before)
    if kind == "place":
        return bool(before) or fragments.CAPITAL.search(rest[1:at]) is not None
    if kind == "said":
        return False
    units = any(unit_of(w, language) for w in text.words(rest[:at]))
    return units or bool(before)


def _own_topic(asked: Question, rest: str, language: str) -> bool:
    """Whether a question has topic words of its own beside names and the verb of saying."""
    own = set(fragments.topics(rest, language))
    stems = {text.stem(w, language) for w in own}
    return any(
        group[0] in stems for group in asked.terms if not group[0].startswith(("@", "d:", "n:"))
    )
