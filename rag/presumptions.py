"""What a question takes for granted: somebody's words, a figure, an office, an event.

"Why did X admit it?" presumes that X did; "Where are the 500 workers?" that there are so many. A
question whether presumes nothing of the kind: it asks for just that. Words are data:
`lexicon/premise.<language>.toml` and `lexicon/polarity.<language>.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from rag import contraries, lexicon, polarity, question
from rag.actors import Actor, Actors
from rag.clause_bounds import pattern
from rag.schema import Quantity, Question, QuestionKind, SourceKind, Span, Stance

# What these ask is why, when, where … of something that is taken for granted.
PRESUPPOSING = frozenset({QuestionKind.WHY, QuestionKind.WHEN, QuestionKind.WHERE})
# "What did X confirm?" presumes a confirmation; "What did X say?" next to nothing.
STRONG = frozenset({Stance.CONFIRMS, Stance.DENIES})
OPEN = PRESUPPOSING | {QuestionKind.WHAT}
# Stances of a question that say nothing more of what was said than that it was.
SAID = frozenset(
    {Stance.ASSERTS, Stance.ANNOUNCES, Stance.REPORTS, Stance.ESTIMATES, Stance.CLAIMS}
)
OPINIONS = frozenset({Stance.EXPECTS, Stance.WARNS, Stance.DEMANDS})
UNREAL = frozenset({"planned", "expected"})
TITLE_WORDS = 5  # words before a name in which an office stands


class Kind(StrEnum):
    """What is presumed."""

    STANCE = "stance"
    FIGURE = "figure"
    ROLE = "role"
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Presumption:
    """One thing that a question takes for granted, and the words of the question that do.

    `terms` are the groups of the question's terms that belong to it. `never` is that a stance was
    never taken. `office` holds the post of a role and whose it is ("secretary", "NATO"), `act`
    the kind of an event ("permission").
    """

    kind: Kind
    span: Span
    terms: tuple[tuple[str, ...], ...]
    speakers: tuple[str, ...] = ()
    stance: Stance | None = None
    never: bool = False
    figure: Quantity | None = None
    date: str | None = None
    office: tuple[str, str] | None = None
    act: str | None = None


def presumptions(asked: Question, actors: Actors) -> tuple[Presumption, ...]:
    """What a question presumes, the clause before it first; nothing for most questions."""
    return (
        *_of_clause(asked, actors),
        *_of_stance(asked),
        *_of_figures(asked),
        *_of_documents(asked),
        *_of_roles(asked, actors),
        *_of_acts(asked),
        *_of_events(asked),
    )


@cache
def _pattern(language: str, section: str, key: str) -> re.Pattern[str]:
    found = lexicon.load("premise", language)[section][key]
    return re.compile("|".join(found), re.IGNORECASE)


@cache
def posts() -> dict[str, re.Pattern[str]]:
    """Per post the pattern of its names in any language."""
    table = lexicon.load("descriptions")["posts"]
    return {name: re.compile(rf"(?<!\w)(?:{pattern})(?!\w)") for name, pattern in table.items()}


def is_unreal(words: str, language: str) -> bool:
    """Whether words speak of a plan, a wish or a forecast, not of what has happened."""
    return _pattern(language, "presumed", "unreal").search(words) is not None


def is_negated(words: str, language: str) -> bool:
    """Whether a negation stands among words."""
    return _pattern(language, "presumed", "negated").search(words) is not None


def acts_in(words: str, language: str) -> frozenset[str]:
    """The kinds of acts that words of a language tell of: "permission"."""
    table = lexicon.load("premise", language)["acts"]
    return frozenset(key for key in table if _pattern(language, "acts", key).search(words))


def asks_how(asked: Question) -> bool:
    """Whether a question asks in what way something was done, which presumes that it was."""
    return _pattern(asked.language, "presumed", "how").search(asked.text) is not None


def is_wished(asked: Question) -> bool:
    """Whether a question asks of what is planned, wished for or to come, in its main clause."""
    within = pattern(asked.language, "depends").search(asked.text)
    main = asked.text[: within.start()] if within else asked.text
    return is_unreal(main, asked.language) and not asks_how(asked)


def asks_for_words(question: Question) -> bool:
    """Whether a question is what somebody says, so that nothing else is presumed of them."""
    if question.kind in PRESUPPOSING:
        return bool(question.speakers) and question.stance is None
    if question.stance is None:
        return bool(question.speakers)
    content = question.kind in (QuestionKind.WHAT, QuestionKind.HOW_MANY)
    return question.stance in SAID | OPINIONS and (content or bool(question.speakers))


def committing(asked: Question) -> frozenset[str]:
    """The stems of the verbs by which a question has somebody do more than speak: "promised"."""
    if asked.kind not in (QuestionKind.WHAT, QuestionKind.HOW_MANY):
        return frozenset()
    strong = contraries.keys_of("saying", "committing")
    words = polarity.words_of(asked.text, asked.language)
    return frozenset(word.stem for word in words if word.keys & strong)


def _whole(asked: Question) -> Span:
    return Span("", 0, len(asked.text), asked.text)


def _of_clause(asked: Question, actors: Actors) -> Iterator[Presumption]:
    """That of "After the UN had verified it, …": the clause stands for a question why."""
    words = question.presupposing(asked.text, asked.language)
    if words is None:
        return
    inner = question.parse(words, actors)
    inner = replace(inner, language=asked.language, kind=QuestionKind.WHY)
    leads = {group[0] for group in inner.terms}
    own = tuple(group for group in asked.terms if group[0] in leads)
    start = asked.text.index(words)
    span = Span("", start, start + len(words), words)
    for found in (*_of_stance(inner), *_of_figures(inner)):
        yield replace(found, span=span, terms=own)


def _main(asked: Question) -> str:
    """What stands before the first comma of a question, or all of it."""
    before, comma, behind = asked.text.partition(", ")
    return before if comma and "?" in behind else asked.text


def _of_stance(asked: Question) -> Iterator[Presumption]:
    if asked.stance is None or not asked.speakers:
        return
    strong = asked.stance in STRONG and asked.kind in OPEN
    if not (strong or asked.kind in PRESUPPOSING):
        return
    never = _pattern(asked.language, "presumed", "never").search(asked.text) is not None
    negated = _pattern(asked.language, "presumed", "not").search(asked.text) is not None
    if negated and not never:
        return
    figure = asked.figures[0] if asked.figures else None
    yield Presumption(
        Kind.STANCE,
        _whole(asked),
        asked.terms,
        asked.speakers,
        asked.stance,
        never,
        figure,
        asked.date,
    )


def _of_figures(asked: Question) -> Iterator[Presumption]:
    """A figure that is nobody's words in the question, and no plan or doubt of the asker."""
    said = asked.stance is not None and bool(asked.speakers)
    if said or asked.kind not in PRESUPPOSING | {QuestionKind.HOW_MANY}:
        return
    if is_unreal(asked.text, asked.language):
        return
    if _pattern(asked.language, "presumed", "doubt").search(asked.text):
        return
    for figure in asked.figures:
        if figure.aspect not in UNREAL and figure.unit != "duration":
            yield Presumption(
                Kind.FIGURE, figure.span, asked.terms, (), figure=figure, date=asked.date
            )


def _of_documents(asked: Question) -> Iterator[Presumption]:
    """That a body gave a figure: "In which report of the UN does the figure 500 stand?"."""
    if asked.kind not in OPEN | {QuestionKind.HOW_MANY} or not asked.actors or not asked.figures:
        return
    if _pattern(asked.language, "presumed", "document").search(asked.text):
        figure = asked.figures[0]
        yield Presumption(
            Kind.STANCE, _whole(asked), asked.terms, asked.actors[:1], Stance.ASSERTS, figure=figure
        )


def _of_roles(asked: Question, actors: Actors) -> Iterator[Presumption]:
    """The office of a person named with it: "NATO Secretary General X", at the time asked of."""
    if asked.date is None:
        return
    for mention in actors.find(asked.text):
        person = mention.actor
        if person.kind is not SourceKind.PERSON or not person.role or not person.member_of:
            continue
        before = " ".join(asked.text[: mention.start].split()[-TITLE_WORDS:]).lower()
        post = _post(person, before)
        if post is not None:
            span = Span("", mention.start, mention.end, asked.text[mention.start : mention.end])
            office = (post, person.member_of)
            yield Presumption(
                Kind.ROLE, span, asked.terms, (person.name,), date=asked.date, office=office
            )


def _post(person: Actor, words: str) -> str | None:
    """The post of a person that words name, the longest name first ("secretary general")."""
    found = [
        (len(match.group()), name)
        for name, pattern in posts().items()
        if (match := pattern.search(words)) and has_post(person, name)
    ]
    return max(found)[1] if found else None


def has_post(person: Actor, post: str) -> bool:
    """Whether an actor's role is one of a post of `posts`."""
    return posts()[post].search((person.role or "").lower()) is not None


def _of_acts(asked: Question) -> Iterator[Presumption]:
    """That somebody did something at a time: "Why did X allow it on 3 May?"."""
    if asked.kind not in PRESUPPOSING or asked.stance is not None or asked.date is None:
        return
    for act in sorted(acts_in(asked.text, asked.language)):
        doers = asked.actors[:1]
        if doers:
            yield Presumption(
                Kind.EVENT, _whole(asked), asked.terms, doers, date=asked.date, act=act
            )


def _of_events(asked: Question) -> Iterator[Presumption]:
    """That what a question asks the reason, time, place or content of has happened at all."""
    possible = _pattern(asked.language, "presumed", "possible").search(asked.text)
    if possible or not _presumes_event(asked):
        return
    said = bool(asked.speakers) and asked.stance is not None
    if said and asked.stance not in SAID:
        return
    yield Presumption(Kind.EVENT, _whole(asked), asked.terms, date=asked.date)


def _presumes_event(asked: Question) -> bool:
    """Whether a question takes something to have happened; one whether presumes nothing.

    Of what somebody said nothing is presumed but its occasion, and that a number was given then.
    """
    if asked.counts_origins or (asked.compares and asked.kind not in PRESUPPOSING):
        return False
    if pattern(asked.language, "anything").match(asked.text):
        return False
    opinion = pattern(asked.language, "opinion").search(_main(asked))
    if opinion and asked.kind is not QuestionKind.WHY:
        return False
    if asks_for_words(asked):
        counts = asked.kind is QuestionKind.HOW_MANY and asked.date is not None
        occasion = pattern(asked.language, "occasion").search(_main(asked))
        return counts or occasion is not None or bool(committing(asked))
    if asked.kind is QuestionKind.WHO:
        oblique = pattern(asked.language, "oblique").search(asked.text)
        return asked.stance is None or oblique is not None
    return asked.kind is not QuestionKind.WHETHER
