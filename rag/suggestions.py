"""Next questions that the evidence of the answer at hand answers.

Each is a short follow-up ("Who denies that?") in a fixed wording, which `rag.conversation` resolves
with the question just asked; nothing that the user wrote is reworded. Each is about a claim that
was found: without a denial nobody is asked who denies. No search. The wordings are data:
`lexicon/conversation.<language>.toml`, `next`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag import lexicon
from rag.actors import Actor, Actors
from rag.schema import Evidence, Findings, Question, QuestionKind, SourceKind, Stance

MOST = 3
EVENTS = (QuestionKind.WHETHER, QuestionKind.WHO)  # asked of what happened at one time
STANCES = (Stance.DENIES, Stance.CONFIRMS)  # in the order of their worth


def suggested(
    question: Question,
    found: Findings,
    actors: Actors,
    language: str,
    asked_before: Sequence[str] = (),
) -> tuple[str, ...]:
    """Up to three next questions in `language`; the same evidence gives the same ones.

    `asked_before` are the questions of the conversation, which are not suggested again.
    """
    known = {_key(one) for one in (question.text, *asked_before)}
    made: dict[str, str] = {}
    for one in _candidates(question, found, actors, language):
        if _key(one) not in known:
            made.setdefault(_key(one), one)
        if len(made) == MOST:
            break
    return tuple(made.values())


def prompting(
    question: Question, found: Findings, stance: Stance, actors: Actors
) -> tuple[Evidence, ...]:
    """The evidence of a stance, but of those whose word the question is about."""
    if question.stance is stance:
        return ()
    return tuple(
        e
        for e in (*found.answering, *found.related)
        if e.claim.stance is stance
        and any(
            not any(actors.same(source.name, name) for name in question.speakers)
            for source in e.claim.sources
        )
    )


def _key(one: str) -> str:
    return " ".join(one.lower().rstrip(" ?.!").split())


def _candidates(
    question: Question, found: Findings, actors: Actors, language: str
) -> Iterator[str]:
    """Questions in the order of their worth: contradiction, another side, time."""
    table = lexicon.load("conversation", language)["next"]
    if not found.answering:
        return
    for stance in STANCES:
        if prompting(question, found, stance, actors):
            yield str(table[stance.value])
    for name in _others(question, found, actors):
        actor = actors.get(name)
        if actor is not None and (label := _label(actor, language)):
            yield str(table["says"][language in actor.plural]).format(name=label)
    first = found.answering[0].claim
    if question.kind in EVENTS and question.date is None and first.date and first.sources:
        yield str(table["when"])


def _others(question: Question, found: Findings, actors: Actors) -> list[str]:
    """The other sources of the evidence than the first, and than who was asked; sides first."""
    first = found.answering[0].claim.sources
    sides = {source.side for source in first}
    heard = [*question.speakers, *(source.name for source in first)]
    evidence = (*found.answering, *found.related)
    others = {
        source.name: source.side in sides
        for e in evidence
        for source in e.claim.sources
        if not any(actors.same(source.name, name) for name in heard)
    }
    return sorted(others, key=lambda name: others[name])  # stable: the fittest first


def _label(actor: Actor, language: str) -> str:
    """An actor's name in a language, "" for none; people are written alike in Latin letters."""
    alike = language == "en" or (language == "de" and actor.kind is SourceKind.PERSON)
    return actor.labels.get(language, actor.name if alike else "")
