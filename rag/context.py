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

from rag import lexicon, noun_phrase, question, question_words, terms, text
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
    if named and not own.date and _answers(own, rest):
        return True
    topics = [g for g in own.terms if not g[0].startswith("#")]
    if pattern(language, "opens").search(asked):
        own_topics = [g for g in topics if g[0][0] not in "@~"]
        unnamed = not own.actors and not own.date and len(own_topics) < WHOLE
        return not named or unnamed or len(topics) < WHOLE
    return not named and bool(own.terms) and len(topics) <= THIN


def _answers(own: Question, rest: str) -> bool:
    """Whether somebody is named and nothing else but that they reply: "Does Kyiv agree?"."""
    if own.kind not in (QuestionKind.WHAT, QuestionKind.WHETHER):
        return False
    topics = [g for g in own.terms if g[0][0] not in "@~"]
    replies = pattern(own.language, "context", "replies").search(rest) is not None
    return len(topics) <= int(replies)


def is_fragment(asked: Question) -> bool:
    """Whether a question has neither a verb nor a word that asks: "And the governor?"."""
    language = asked.language
    return (
        asked.kind is QuestionKind.WHAT
        and asked.stance is None
        and pattern(language, "opens").search(asked.text) is not None
        and pattern(language, "finite").search(asked.text) is None
        and question_words.search(language, "kinds", "what", asked.text.lower()) is None
    )


def _has_office(words: str) -> bool:
    """Whether words name an office: "the governor"."""
    return any(
        noun_phrase.is_a(kind, word) for word in text.words(words) for kind in ("roles", "offices")
    )


def has_anaphor(asked: str, language: str) -> bool:
    """Whether a word of a question stands for something that nothing in it names."""
    return _has("anaphors", asked, language)


def is_bare(asked: Question) -> bool:
    """Whether a question names nothing but who speaks: "Who says so?"."""
    said = {
        text.stem(word.group().lower(), asked.language)
        for word in pattern(asked.language, "own", "nothing").finditer(asked.text)
    }
    return all(g[0].startswith("@") or g[0] in said for g in asked.terms)


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
    bare = not moved and is_bare(asked)
    fragment = is_fragment(asked)
    asks_same = bare and asked.kind is QuestionKind.WHAT and bool(asked.speakers)
    asks_same = asks_same and not _has("anaphors", asked.text, asked.language)
    asks_same = asks_same or fragment
    bare = bare or fragment
    if fragment and _has_office(asked.text):  # another one than who was asked to have spoken
        heard = {f"@{terms.slug(name)}" for name in earlier.speakers}
        earlier = replace(
            earlier,
            terms=tuple(g for g in earlier.terms if g[0] not in heard),
            actors=tuple(name for name in earlier.actors if name not in earlier.speakers),
        )
    counts = asked.kind is QuestionKind.HOW_MANY and asked.unit is None
    moved = moved or asked.date is not None
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
        date=asked.date or (earlier.date if bare and not moved else None),
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
