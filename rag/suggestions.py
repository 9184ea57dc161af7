"""Next questions that lead to something the answer at hand does not show.

Each is a short follow-up ("What does Russia say to that?", "And in April 2025?") in a fixed
wording, which `rag.conversation` resolves with the question just asked; nothing that the user
wrote is reworded. Each is about a claim on the same matter that was ranked but not shown: of
another source, of another time, of a stance that nothing shown has. No search. The wordings are
data: `lexicon/conversation.<language>.toml`, `next`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag import lexicon, relative_dates
from rag.actors import Actor, Actors
from rag.question import is_askable, parse
from rag.relevance import Scored
from rag.schema import Findings, Polarity, Question, QuestionKind, SourceKind, Stance

MOST = 3
RECENT = 3  # questions of the conversation
STANCES = (Stance.DENIES, Stance.CONFIRMS)  # in the order of their worth
FIT = 0.6  # of the score of the best claim; less is another matter
MONTH = 7  # characters of an ISO month
_DATED = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")


def suggested(
    question: Question,
    found: Findings,
    ranked: Sequence[Scored],
    actors: Actors,
    language: str,
    asked_before: Sequence[str] = (),
) -> tuple[str, ...]:
    """Up to three next questions in `language`, one of each sort before a second of any.

    `ranked` are the claims that were ranked for the question; `asked_before` are the questions of
    the conversation, which are not suggested again. The same claims give the same questions.
    """
    if not found.answering:
        return ()
    unseen = _unseen(question, found, ranked)
    before = (parse(one, actors).speakers for one in asked_before[-RECENT:] if is_askable(one))
    heard = [*question.speakers, *(name for names in before for name in names)]
    sorts = [
        list(_of_sources(heard, found, unseen, actors, language)),
        list(_of_times(question, found, unseen, language)),
        list(_of_stances(question, found, unseen, actors, language)),
    ]
    known = {_key(one) for one in (question.text, *asked_before)}
    made: dict[str, str] = {}
    for row in range(MOST):
        for sort in sorts:
            if row < len(sort) and _key(sort[row]) not in known:
                made.setdefault(_key(sort[row]), sort[row])
    return tuple(made.values())[:MOST]


def _unseen(question: Question, found: Findings, ranked: Sequence[Scored]) -> list[Scored]:
    """The claims on the matter whose sentence is not shown, the fittest first.

    Where a number is asked for, those that have one.
    """
    counting = question.kind is QuestionKind.HOW_MANY
    shown = {e.claim.sentence.text for e in (*found.answering, *found.related)}
    ids = {e.claim.id for e in found.answering}
    best = next((s.score for s in ranked if s.claim.id in ids), 0.0)
    return [
        s
        for s in ranked
        if s.claim.sentence.text not in shown
        and s.score >= FIT * best
        and s.answers
        and (s.counts or not counting)
    ]


def _key(one: str) -> str:
    return " ".join(one.lower().rstrip(" ?.!").split())


def _of_sources(
    asked: Sequence[str], found: Findings, unseen: Sequence[Scored], actors: Actors, language: str
) -> Iterator[str]:
    """What sources say of whom nothing is shown, and who were not `asked` before.

    Those of another side come first.
    """
    evidence = (*found.answering, *found.related)
    shown = [source for e in evidence for source in e.claim.sources]
    sides = {source.side for source in shown}
    heard = [*asked, *(source.name for source in shown)]
    others: dict[str, bool] = {}
    for scored in unseen:
        for source in scored.claim.sources:
            if not any(actors.same(source.name, name) for name in heard):
                others.setdefault(source.name, source.side in sides)
                heard.append(source.name)
    template = lexicon.load("conversation", language)["next"]["says"]
    for name in sorted(others, key=lambda name: others[name]):  # stable: the fittest first
        actor = actors.get(name)
        if actor is not None and (label := _label(actor, language)):
            yield str(template[language in actor.plural]).format(name=label)


def _of_times(
    question: Question, found: Findings, unseen: Sequence[Scored], language: str
) -> Iterator[str]:
    """The same figure in months of which none is shown, the latest first."""
    if question.kind is not QuestionKind.HOW_MANY or question.compares:
        return
    shown = {(e.claim.date or "")[:MONTH] for e in (*found.answering, *found.related)}
    asked = (question.date or "")[:MONTH]
    months = {
        s.claim.date[:MONTH]
        for s in unseen
        if s.counts and s.claim.date and _DATED.fullmatch(s.claim.date)
    }
    template = str(lexicon.load("conversation", language)["next"]["dated"])
    for month in sorted(months - shown - {asked}, reverse=True):
        yield template.format(date=relative_dates.phrase(month, language))


def _of_stances(
    question: Question, found: Findings, unseen: Sequence[Scored], actors: Actors, language: str
) -> Iterator[str]:
    """Who denies or confirms, where a claim of somebody else does and none that is shown."""
    table = lexicon.load("conversation", language)["next"]
    shown = {e.claim.stance for e in (*found.answering, *found.related)}
    for stance in STANCES:
        if stance in shown or question.stance is stance:
            continue
        if any(_takes(s, stance, question, actors) for s in unseen):
            yield str(table[stance.value])


def _takes(scored: Scored, stance: Stance, question: Question, actors: Actors) -> bool:
    """Whether somebody else than who was asked about takes a stance in a claim."""
    claim = scored.claim
    return (
        claim.stance is stance
        and claim.polarity is Polarity.POSITIVE
        and any(
            not any(actors.same(source.name, name) for name in question.speakers)
            for source in claim.sources
        )
    )


def _label(actor: Actor, language: str) -> str:
    """An actor's name in a language, "" for none; people are written alike in Latin letters."""
    alike = language == "en" or (language == "de" and actor.kind is SourceKind.PERSON)
    return actor.labels.get(language, actor.name if alike else "")
