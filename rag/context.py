"""A question answered in the context of an earlier one, where no rewording makes it whole.

A pronoun is not bound within its own clause (Chomsky 1981, principle B), so that an anaphor in a
question of one clause, or one that nothing named precedes, needs an antecedent in what was asked
before; so does a question that an "and" opens, or that names nothing. Its text then stays as it
was typed, and `joined` adds what the earlier question is about. Words are data:
`lexicon/conversation.<language>.toml`, `context`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from rag import lexicon, question, terms, text
from rag.actors import Actors
from rag.schema import LANGUAGES, Question, QuestionKind
from rag.turn_words import pattern

WHOLE = 3  # groups of terms that make a question whole that an "and" opens
THIN = 1  # group of terms that makes none
_NAME = re.compile(r"(?<=\w )[A-ZÄÖÜА-ЯІЇЄҐ][\w’ʼ'-]+")
_CLAUSES = re.compile(r"[,;:.!?]")


def is_open(asked: str, language: str, actors: Actors) -> bool:
    """Whether a question needs an earlier one to be understood."""
    rest = pattern(language, "lead_in").sub("", asked, count=1).strip(" ,")
    if not rest or not text.words(rest):
        return False
    own = question.parse(asked, actors)
    if _has_anaphor(rest, language, actors):
        return True
    named = bool(own.date) or _names(rest, language, actors)
    if not named and pattern(language, "context", "loose").search(rest):
        return True
    topics = [g for g in own.terms if not g[0].startswith("#")]
    if pattern(language, "opens").search(asked):
        return not named or len(topics) < WHOLE
    return not named and bool(own.terms) and len(topics) <= THIN


def _has_anaphor(asked: str, language: str, actors: Actors) -> bool:
    """Whether an anaphor stands where nothing in the question itself may explain it."""
    for match in pattern(language, "context", "anaphors").finditer(asked):
        before = asked[: match.start()]
        joins = _CLAUSES.search(before) or pattern(language, "context", "joins").search(before)
        if joins is None or not _says(before, language):
            return True
    return False


def _says(words: str, language: str) -> bool:
    """Whether words have a topic, which an anaphor behind them may stand for."""
    return any(not text.is_function_word(w, language) for w in text.words(words))


def _names(words: str, language: str, actors: Actors) -> bool:
    """Whether an actor, a people or a name occurs; in German a capital marks any noun."""
    known = actors.find(words) or terms.peoples(words)
    return bool(known) or (language != "de" and _NAME.search(words) is not None)


def joined(asked: Question, earlier: Question) -> Question:
    """What a question asks, of what the earlier one is about.

    Kind, stance, unit and speakers are the follow-up's. Actors and terms are of both; a date, and
    what "how many" counts, are the earlier one's where it names none and does not move the time.
    """
    language = asked.language
    moved = pattern(language, "context", "moved").search(asked.text) is not None
    counts = asked.kind is QuestionKind.HOW_MANY and asked.unit is None
    groups = [g for g in earlier.terms if not (moved and g[0].startswith("d:"))]
    first = earlier.text[:1].lower() if earlier.language != "de" else earlier.text[:1]
    return replace(
        asked,
        text=f"{asked.text.rstrip(' ?.!…')}: {first}{earlier.text[1:]}",
        terms=tuple(dict.fromkeys((*asked.terms, *groups))),
        actors=tuple(dict.fromkeys((*asked.actors, *earlier.actors))),
        unit=earlier.unit if counts else asked.unit,
        date=asked.date or (None if moved else earlier.date),
    )


def written(asked: str, context: str, language: str) -> str:
    """The question with its context as the user is shown it: "How many? (on: …?)"."""
    template = str(lexicon.load("conversation", language)["context"]["understood"])
    return template.format(asked=asked, context=context)


def read(whole: str) -> tuple[str, str]:
    """A question and its context from what `written` made of them; "" where it has none."""
    for language in LANGUAGES:
        if match := _template(language).fullmatch(whole.strip()):
            return match["asked"], match["context"]
    return whole, ""


@cache
def _template(language: str) -> re.Pattern[str]:
    found = written("\0", "\1", language)
    made = re.escape(found).replace("\0", "(?P<asked>.+?)").replace("\1", "(?P<context>.+)")
    return re.compile(made, re.DOTALL)
