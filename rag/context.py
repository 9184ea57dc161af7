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
    if _has("anaphors", rest, language):
        return True
    named = bool(own.date) or _names(rest, language, actors)
    if not named and _has("loose", rest, language):
        return True
    topics = [g for g in own.terms if not g[0].startswith("#")]
    if pattern(language, "opens").search(asked):
        return not named or len(topics) < WHOLE
    return not named and bool(own.terms) and len(topics) <= THIN


def _has(key: str, asked: str, language: str) -> bool:
    """Whether an anaphor stands where no clause before it may explain it."""
    for match in pattern(language, "context", key).finditer(asked):
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

    Kind, stance and speakers are the follow-up's, but one that only names who speaks ("And what
    does Russia say?", not "… to that?") asks what was asked before. Actors and terms are of both,
    but for a date from which the follow-up moves on ("the month after"). Unit, figures and date
    are the earlier one's where the follow-up names no topic ("Who says so?"). One text of both is
    embedded, and no more than that: parsed as one question they would mix what is asked
    (docs/conversation.md).
    """
    moved = pattern(asked.language, "context", "moved").search(asked.text) is not None
    said = {
        text.stem(word.group().lower(), asked.language)
        for word in pattern(asked.language, "own", "nothing").finditer(asked.text)
    }
    bare = not moved and all(g[0].startswith("@") or g[0] in said for g in asked.terms)
    asks_same = bare and asked.kind is QuestionKind.WHAT and bool(asked.speakers)
    asks_same = asks_same and not _has("anaphors", asked.text, asked.language)
    counts = asked.kind is QuestionKind.HOW_MANY and asked.unit is None
    groups = [g for g in earlier.terms if not (moved and g[0].startswith("d:"))]
    first = earlier.text[:1] if earlier.language == "de" else earlier.text[:1].lower()
    return replace(
        asked,
        text=f"{asked.text.rstrip(' ?.!…')}: {first}{earlier.text[1:]}",
        kind=earlier.kind if asks_same else asked.kind,
        terms=tuple(dict.fromkeys((*asked.terms, *groups))),
        actors=tuple(dict.fromkeys((*asked.actors, *earlier.actors))),
        unit=earlier.unit if counts or bare else asked.unit,
        aspect=earlier.aspect if bare else asked.aspect,
        figures=earlier.figures if bare else asked.figures,
        date=earlier.date if bare else asked.date,
    )


def written(asked: str, context: str, language: str) -> str:
    """The question with its context as the user is shown it: "How many? (on: …?)"."""
    template = str(lexicon.load("conversation", language)["context"]["understood"])
    return template.format(asked=asked, context=context)


def read(whole: str) -> tuple[str, str]:
    """A question and its context, from what a follow-up was made to; "" where it has none.

    That is "How many? (on: …?)" or, where the question is one like "Who says so?", "…: …?".
    """
    for one in LANGUAGES:
        if match := _template(one).fullmatch(whole.strip()):
            return match["asked"], match["context"]
    head, colon, rest = whole.partition(": ")
    language = text.language_of(whole)
    asks = pattern(language, "speaks", "asks").match(head) is not None
    asks = asks or pattern(language, "pronouns", "said").search(head) is not None
    if not colon or not asks or not rest.rstrip().endswith("?"):
        return whole, ""
    return f"{head}?", rest[:1].upper() + rest[1:]


@cache
def _template(language: str) -> re.Pattern[str]:
    found = written("\0", "\1", language)
    made = re.escape(found).replace("\0", "(?P<asked>.+?)").replace("\1", "(?P<context>.+)")
    return re.compile(made, re.DOTALL)
