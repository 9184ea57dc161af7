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

from rag import concepts, lexicon, noun_phrase, question, question_words, terms, text, units
from rag.actors import Actors
from rag.schema import LANGUAGES, Question, QuestionKind
from rag.turn_words import pattern, unit_of

WHOLE = 3  # groups of terms that make a question whole that an "and" opens
THIN = 1  # group of terms that makes none
SHORT = 4  # words of a fragment that no "and" opens
_NAME = re.compile(r"(?<=\w )[A-ZÄÖÜА-ЯІЇЄҐ][\w’ʼ'-]+")
_CLAUSES = re.compile(r"[,;:.!?]")


def is_open(asked: str, language: str, actors: Actors) -> bool:
    """Whether a question needs an earlier one to be understood."""
    rest = pattern(language, "lead_in").sub("", asked, count=1).strip(" ,")
    if not rest or not text.words(rest):
        return False
    if has_anaphor(rest, language):
        return True
    return not pattern(language, "context", "defines").search(rest) and _says_little(
        asked, rest, language, actors
    )


def _says_little(asked: str, rest: str, language: str, actors: Actors) -> bool:
    """Whether a question without an anaphor names too little to be asked alone."""
    own = question.parse(asked, actors)
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
    return not named and len(topics) <= THIN


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
    opened = pattern(language, "opens").search(asked.text) is not None
    return (
        asked.kind is QuestionKind.WHAT
        and asked.stance is None
        and (opened or len(text.words(asked.text)) <= SHORT)
        and pattern(language, "finite").search(asked.text) is None
        and not _asks(asked.text, language)
    )


def _asks(words: str, language: str) -> bool:
    """Whether a question word opens a question, or stands behind its preposition."""
    rest = pattern(language, "lead_in").sub("", words.strip(), count=1)
    first, _, behind = rest.partition(" ")
    if pattern(language, "prepositions").fullmatch(first):
        rest = behind
    kinds = ("who", "what", "when", "where", "why", "how_many")
    return any(question_words.search(language, "kinds", k, rest.lower()) for k in kinds)


def _can_speak(words: str, language: str) -> bool:
    """Whether words name somebody by an office, a trade or a people: "the governor"."""
    agents = frozenset(str(lexicon.load("slots")["somebody"]).split())
    return bool(terms.peoples(words)) or any(
        not agents.isdisjoint(concepts.of_word(word.lower(), language))
        or any(noun_phrase.is_a(kind, word) for kind in ("roles", "offices", "organisations"))
        for word in text.words(words)
    )


def has_anaphor(asked: str, language: str) -> bool:
    """Whether a word of a question stands for something that nothing in it names."""
    return _has("anaphors", asked, language) or _has("elliptic", asked, language)


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
        joins = pattern(language, "context", "joins")
        ends = [m.start() for one in (_CLAUSES, joins) for m in one.finditer(before)]
        if not ends or not _says(before[: max(ends)], language):
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
    bare = (bare or fragment) and asked.unit is None
    speakers = asked.speakers
    if fragment and earlier.speakers and _names_another(asked, earlier):
        speakers = asked.actors or _states(asked)
    earlier = _without_exchanged(asked, earlier, fragment)
    counts = asked.kind is QuestionKind.HOW_MANY and asked.unit is None
    moved = moved or asked.date is not None
    groups = [g for g in earlier.terms if not (moved and g[0].startswith("d:"))]
    first = earlier.text[:1] if earlier.language == "de" else earlier.text[:1].lower()
    return replace(
        asked,
        text=f"{asked.text.rstrip(' ?.!…')}: {first}{earlier.text[1:]}",
        kind=earlier.kind if fragment else asked.kind,
        speakers=speakers,
        terms=tuple(dict.fromkeys((*asked.terms, *groups))),
        actors=tuple(dict.fromkeys((*asked.actors, *earlier.actors))),
        unit=earlier.unit if counts or bare else asked.unit,
        aspect=earlier.aspect if bare else asked.aspect,
        figures=earlier.figures if bare else asked.figures,
        date=asked.date or (earlier.date if bare and not moved else None),
    )


def _without_exchanged(asked: Question, earlier: Question, fragment: bool) -> Question:
    """The earlier question without what the follow-up names in its place.

    That is another figure, another state, and who was asked to have spoken where a fragment names
    somebody else.
    """
    gone: set[str] = set()
    part = _has("anaphors", asked.text, asked.language)  # "how many of those"
    becomes = earlier.unit in units.STATES.values() and not is_bare(asked)
    if (becomes or (asked.unit and fragment)) and asked.unit != earlier.unit and not part:
        gone.add(f"#{earlier.unit}")
        gone |= {
            text.stem(word.lower(), earlier.language)
            for word in text.words(earlier.text)
            if unit_of(word, earlier.language) == earlier.unit
        }
    heard = earlier.speakers if fragment and _names_another(asked, earlier) else ()
    gone |= {f"@{terms.slug(name)}" for name in heard}
    if fragment and (named := _states(asked)):
        gone |= {f"@{terms.slug(name)}" for name in lexicon.load("peoples") if name not in named}
    return replace(
        earlier,
        terms=tuple(g for g in earlier.terms if gone.isdisjoint(g)),
        actors=tuple(name for name in earlier.actors if f"@{terms.slug(name)}" not in gone),
    )


def _states(asked: Question) -> tuple[str, ...]:
    """The states that a question names, or whose people."""
    own = {group[0] for group in asked.terms}
    return tuple(name for name in lexicon.load("peoples") if f"@{terms.slug(name)}" in own)


def _names_another(asked: Question, earlier: Question) -> bool:
    """Whether a fragment names somebody else than who was asked to have spoken."""
    return bool(set(asked.actors) - set(earlier.speakers)) or _can_speak(asked.text, asked.language)


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
