"""How a text tells one event to have gone: hit or shot down, taken or held, a fault or an attack.

A telling is known by concepts, so in all languages (`rag.concepts`), or by phrases that no concept
has ("under full control"). Which of them exclude each other stands in `lexicon/outcomes.toml`, the
phrases in `lexicon/outcomes.<language>.toml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from rag import concepts, lexicon
from rag.schema import Question, QuestionKind

_HAPPENED = "happened"
_UNHARMED = "unharmed"
KEPT = 2_000  # texts that are remembered
_DECIDED = frozenset({QuestionKind.HOW_MANY, QuestionKind.WHEN})  # these take the deed for given


@dataclass(frozen=True, slots=True)
class Pair:
    """Two tellings that exclude each other.

    `event`: concepts of which claims must share one, if any; `asked`: tellings in a question that
    ask for this; `why`: whether a question for reasons does.
    """

    one: str
    other: str
    event: frozenset[str]
    asked: frozenset[str]
    why: bool


def are_asked(question: Question) -> tuple[Pair, ...]:
    """The pairs of tellings of which one is what a question asks for."""
    if _is_open(question):
        return pairs()
    held, why = told(question.text, question.language), question.kind is QuestionKind.WHY
    return tuple(p for p in pairs() if held & p.asked or (why and p.why))


def asks_whose(question: Question) -> bool:
    """Whether a question asks whose deed something was."""
    if question.kind in _DECIDED:
        return False
    blamed = frozenset(lexicon.load("outcomes")["blame"].split())
    return _is_open(question) or bool(told(question.text, question.language) & blamed)


def _is_open(question: Question) -> bool:
    """Whether a question asks for all accounts of an event: "what happened?"."""
    return question.compares or _HAPPENED in told(question.text, question.language)


@cache
def pairs() -> tuple[Pair, ...]:
    """All pairs of tellings that exclude each other of one event."""
    return tuple(
        Pair(
            row["one"],
            row["other"],
            frozenset(row.get("event", "").split()),
            frozenset(row.get("asked", f"{row['one']} {row['other']}").split()),
            row.get("why", False),
        )
        for row in lexicon.load("outcomes")["pair"]
    )


@cache
def negatable() -> frozenset[str]:
    """The tellings that their own negation contradicts."""
    return frozenset(lexicon.load("outcomes")["once"].split())


@lru_cache(maxsize=KEPT)
def told(text: str, language: str) -> frozenset[str]:
    """The tellings that a text has by its concepts or phrases.

    "No casualties" tells of nobody hurt, so its words are not read again as those of the hurt.
    """
    spared = dict(_phrases(language)).get(_UNHARMED)
    rest = spared.sub(" ", text.lower()) if spared is not None else text.lower()
    if spared is None or rest == text.lower():
        return _told(text, language)
    return _told(rest, language) | {_UNHARMED}


def _told(text: str, language: str) -> frozenset[str]:
    meant, words = concepts.keys_in(text, language), text.lower()
    by_concept = {name for name, some in _concepts().items() if meant & some}
    return frozenset(by_concept) | {
        name
        for name, phrase in _phrases(language)
        if name not in by_concept and phrase.search(words)
    }


@cache
def _concepts() -> dict[str, frozenset[str]]:
    rows = lexicon.load("outcomes")["told"]
    return {name: frozenset(words.split()) for name, words in rows.items()}


@cache
def _phrases(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = lexicon.load("outcomes", language)
    return tuple((name, re.compile(rf"\b(?:{some})(?!\w)")) for name, some in table.items())
