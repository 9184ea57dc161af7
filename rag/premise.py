"""Whether what a question takes for granted is carried by the articles, and what corrects it.

A premise fails only where sentences show that it does: the same speaker said otherwise on the same
matter, a figure stands there only as a plan or a doubt, others gave it, somebody else held the
office. Where the articles say nothing of the matter, nothing is judged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol

from rag import contradictions, figure_premises, formats, holders, lexicon
from rag.actors import Actors
from rag.contradictions import Judgement, Outcome
from rag.ground import Ground
from rag.phrasing import Phrases
from rag.presumptions import Kind, Presumption, presumptions
from rag.relevance import Scored
from rag.schema import Article, Polarity, Question, QuestionKind, Stance

__all__ = ["Judgement", "Outcome", "Presumption", "headline", "judge", "presumptions"]

DAY, MONTH = 10, 7  # characters of an ISO date


class Library(Protocol):
    """What is asked of the library beside the ranked claims."""

    def article(self, article_id: str) -> Article | None:
        """An article, or None where it has gone."""


def judge(
    question: Question, scored: Sequence[Scored], library: Library, actors: Actors
) -> Judgement | None:
    """The first premise of a question that the ranked claims show to fail, or None."""
    for presumed in presumptions(question, actors):
        found = _judge(question, presumed, scored, library, actors)
        if found is not None:
            return found
    return None


def _judge(
    question: Question,
    presumed: Presumption,
    scored: Sequence[Scored],
    library: Library,
    actors: Actors,
) -> Judgement | None:
    ground = Ground(question, presumed, library.article, actors)
    match presumed.kind:
        case Kind.STANCE:
            dated = presumed.date is not None and question.kind is QuestionKind.WHY
            return contradictions.of_stance(ground, scored, dated)
        case Kind.FIGURE:
            return figure_premises.of_figure(ground, scored)
        case Kind.ROLE:
            return holders.of_role(ground, scored)
        case Kind.EVENT:
            of = contradictions.of_act if presumed.act else contradictions.of_event
            return of(ground, scored)


def headline(judgement: Judgement, phrases: Phrases) -> str:
    """One sentence that says which premise fails, in the language of `phrases`."""
    table = lexicon.load("premise", phrases.language)
    presumed, best = judgement.presumption, judgement.corrections[0].claim
    figure = presumed.figure
    name = presumed.speakers[0] if presumed.speakers else ""
    verbs = table["verbs"].get((presumed.stance or Stance.ASSERTS).value, table["verbs"]["asserts"])
    shown = best.stance if best.polarity is Polarity.POSITIVE else Stance.DOES_NOT_CONFIRM
    values = {
        "speaker": phrases.name(name),
        "holder": phrases.name(judgement.holder or ""),
        "verb": verbs[phrases.is_plural(name)],
        "found": table["found"].get(shown.value, table["found"]["other"]),
        "figure": phrases.figure(replace(figure, aspect=None)) if figure else "",
        "date": _date(presumed.date, table, phrases.language),
        "date_found": _date(best.date, table, phrases.language),
    }
    made = str(table["sentences"][judgement.outcome.value]).format(**values)
    return made[:1].upper() + made[1:]


def _date(value: str | None, table: dict[str, Any], language: str) -> str:
    """A date as it stands in a sentence, with a leading blank; "" for None."""
    if value is None:
        return ""
    key = {DAY: "day", MONTH: "month"}.get(len(value), "other")
    return str(table["dates"][key]).format(date=formats.date(value, language))
