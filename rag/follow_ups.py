"""Whether a question continues a conversation, and what it asks anew.

A follow-up is one of a few intents ("When was that?", "Who says so?"), a fragment that fills slots
("And Russia?", "Und im April 2025?", "а втрати?"), or a clause with a pronoun that nothing in it
explains ("How many of them were killed?"). Words are data: `lexicon/conversation.<language>.toml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag import contrasting, lexicon, question, text
from rag.actors import Actors, Mention
from rag.schema import Question, SourceKind
from rag.turn_words import date_extent, days, pattern, unit_of

LONGEST = 9  # words of a fragment
UNOPENED = 4  # words of a fragment that no "and" opens
_END = re.compile(r"[\s.?!…]+$")
_CAPITAL = re.compile(r"[A-ZÄÖÜА-ЯІЇЄҐ][\w’ʼ'-]+(?: [A-ZÄÖÜА-ЯІЇЄҐ][\w’ʼ'-]+)*")


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing that a follow-up names anew: its kind, the words as typed, what they mean."""

    kind: str  # attribution, speaker, actor, date, place, unit, topic
    typed: str
    value: str = ""  # canonical name, ISO date, or unit
    preposition: str = ""
    language: str = ""
    oblique: bool = False  # an actor in another case than the nominative


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
        slots = _slots(rest, language, actors)
        if not slots and opened and not _asks(rest, language) and not actors.find(rest):
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
    if found.intent or (found.slots and opened):
        return "question"
    return found.pronouns[0] if found.pronouns else ""


def _one(rest: str, typed: str, opened: bool, language: str, actors: Actors) -> Slot | None:
    """The slot of a question for what somebody says, or of an adjective with "one"."""
    speaker = pattern(language, "speaks", "asks").match(rest)
    if pattern(language, "side").fullmatch(speaker["who"] if speaker else rest):
        return Slot("side", typed, language=language)
    if speaker and (named := _whole(speaker["who"], actors, language)):
        return Slot("speaker", typed, named.actor.name, language=language)
    if opened and contrasting.adjective(rest, language):
        return Slot("contrast", rest, language=language)
    return None


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
    return mentions[0] if not _topics(left, language) else None


def _topics(words: str, language: str) -> list[str]:
    """The words that say something of their own."""
    own = pattern(language, "own", "nothing")
    return [w for w in text.words(own.sub(" ", words)) if not text.is_function_word(w, language)]


def _slots(rest: str, language: str, actors: Actors) -> tuple[Slot, ...]:
    """The slots that a fragment fills, if it holds nothing else."""
    found: list[Slot] = []
    quoted = pattern(language, "attribution").match(rest)
    if quoted:
        phrase = quoted.group().strip(" ,")
        mentions = actors.find(phrase)
        name = mentions[0].actor.name if mentions else ""
        found.append(Slot("attribution", phrase, name, language=language))
        rest = rest[quoted.end() :].strip(" ,")
    rest, dated = _date(rest, language)
    found += dated
    rest, named = _actor(rest, language, actors)
    found += named
    unit = _unit(rest, language)
    if unit:
        found.append(Slot("unit", rest, unit, language=language))
        return tuple(found)
    if rest and not named:
        rest, place = _place(rest, language)
        found += place
    return () if _topics(rest, language) else tuple(found)


def _date(rest: str, language: str) -> tuple[str, list[Slot]]:
    """The date of a fragment with its preposition, and what is left."""
    found = next(iter(days(rest, language)), None)
    if found is None:
        return rest, []
    start, end = date_extent(rest, found[0], found[1], language)
    slot = Slot("date", rest[start:end], found[2], language=language)
    return (rest[:start] + rest[end:]).strip(" ,"), [slot]


def _actor(rest: str, language: str, actors: Actors) -> tuple[str, list[Slot]]:
    """The one actor of a fragment, with a preposition or an article before it."""
    mentions = actors.find(rest)
    if len(mentions) != 1:
        return rest, []
    start, end = mentions[0].start, mentions[0].end
    before = re.search(
        rf"(?:\b(?P<preposition>{lexicon.load('conversation', language)['prepositions']}) )?"
        r"(?:(?:the|der|die|das|den|dem) )?$",
        rest[:start],
        re.IGNORECASE,
    )
    first = before.start() if before else start
    preposition = (before["preposition"] or "") if before else ""
    typed = rest[first:end]
    oblique = not mentions[0].nominative or typed.lower().startswith(("der ", "des ", "dem "))
    slot = Slot("actor", typed, mentions[0].actor.name, preposition, language, oblique)
    return (rest[:first] + rest[end:]).strip(" ,"), [slot]


def _unit(rest: str, language: str) -> str:
    """The unit that a fragment is about: "the wounded", "how many dead", "втрати"."""
    if not rest:
        return ""
    words = pattern(language, "counted").sub("", rest)
    words = pattern(language, "articles").sub("", words)
    units = [unit_of(w, language) for w in text.words(words)]
    left = [w for w, unit in zip(text.words(words), units, strict=True) if not unit]
    if not any(units) or _topics(" ".join(left), language):
        return ""
    return next(u for u in reversed(units) if u)


def _place(rest: str, language: str) -> tuple[str, list[Slot]]:
    """A capitalised name that is no actor, with its preposition."""
    prepositions = lexicon.load("conversation", language)["prepositions"]
    match = re.fullmatch(
        rf"(?:(?i:(?P<preposition>{prepositions})) (?:the |der |dem )?)?"
        rf"(?P<name>{_CAPITAL.pattern}(?i: region| oblast| області| области)?)",
        rest,
    )
    if match is None:
        return rest, []
    named = match["name"].split()[0]
    # A German noun is no name: it has a form in small letters that the tables know.
    if text.is_function_word(named.lower(), language) or _asks(rest, language):
        return rest, []
    return "", [Slot("place", match["name"], match["name"], match["preposition"] or "", language)]


def _asks(rest: str, language: str) -> bool:
    kinds = lexicon.load("questions", language)["kinds"]
    return any(
        re.match(p, rest.lower())
        for key in ("who", "what", "when", "where", "why")
        for p in kinds[key]
    )


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
    for kind in ("part", "person", "group", "place", "said"):
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
    named = [w for w in words if _topics(w, language)]
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
        thing = language != "en" and bool(clauses) and len(_topics(rest[:at], language)) > 1
        return thing or any(m.actor.kind is SourceKind.PERSON for m in before)
    if kind == "place":
        return bool(before) or _CAPITAL.search(rest[1:at]) is not None
    if kind == "said":
        return False
    units = any(unit_of(w, language) for w in text.words(rest[:at]))
    return units or bool(before)


def _own_topic(asked: Question, rest: str, language: str) -> bool:
    """Whether a question has topic words of its own beside names and the verb of saying."""
    own = set(_topics(rest, language))
    stems = {text.stem(w, language) for w in own}
    return any(
        group[0] in stems for group in asked.terms if not group[0].startswith(("@", "d:", "n:"))
    )
