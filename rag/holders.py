"""Who holds an office at a time, where a question gives it to somebody else."""

from __future__ import annotations

from collections.abc import Sequence

from rag.actors import Actor
from rag.contradictions import Judgement, Outcome, graded, judged
from rag.ground import OTHER, Ground
from rag.presumptions import has_post, posts
from rag.relevance import Scored
from rag.schema import SourceKind


def of_role(ground: Ground, scored: Sequence[Scored]) -> Judgement | None:
    """An office that the articles give to somebody else at that time, and never to the one named.

    That the terms of the two do not overlap is told by the table of actors.
    """
    presumed, actors = ground.presumed, ground.actors
    person = actors.get(presumed.speakers[0])
    if person is None or presumed.office is None or presumed.date is None:
        return None
    if _in_office(person, presumed.date):
        return None
    post, body = presumed.office
    for holder in actors.all():
        rival = holder.kind is SourceKind.PERSON and holder.member_of == body
        if not rival or holder.name == person.name or not has_post(holder, post):
            continue
        if not _in_office(holder, presumed.date):
            continue
        told = [s for s in scored if any(source.name == holder.name for source in s.claim.sources)]
        titled = [s for s in told if posts()[post].search(s.claim.sentence.text.lower())]
        if titled:
            said = [graded(ground, s) for s in told]
            timely = [g for g in said if g.time != OTHER] or [g for g in said if g.found in titled]
            found = judged(presumed, Outcome.HOLDER, timely)
            return (
                Judgement(presumed, Outcome.HOLDER, found.corrections, holder.name)
                if found
                else None
            )
    return None


def _in_office(person: Actor, day: str) -> bool:
    """Whether the term of a person, as far as it is known, touches a day or period."""
    first = person.since or "0001-01-01"
    last = person.until or "9999-12-31"
    return first[: len(day)] <= day[:10] and day[:10] <= last[: max(len(day), 10)] and last != day
