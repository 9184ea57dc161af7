"""Whether claims tell the detail that a question asks for: then only do they answer.

A near miss has the right actors and the right event, but not what was asked of them. It lacks

    a value     a figure, place or name of the kind asked for that the question does not have itself
    the thing   the noun that is asked for ("which target"), or something narrower; of what bears a
                name ("which brigade"), the name or number beside it; of a kind ("what type of
                missile"), an attribute that the question does not give
    the deed    the verb, where a place or somebody is asked for ("who commanded"); a figure of the
                right things mostly stands with another verb
    the actors  whom the question names, in the passage of a figure or of what was said and done
    the time    a date to come, where it asks for one; a day of the month that it names
    a reason    a connective or noun of reason or aim, or a denial of what it presumes

each by concept, in the claim's sentence, beside it, in its passage and title. Only words of the
tables of concepts count as lacking: of any other nobody knows in which words an article has it.
The claims that lead the answer are looked at; for a reason or a thing, which a form of words tells,
also the few next ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rag import detail, quantities, relevance, units
from rag.actors import Actors
from rag.claim_context import Context
from rag.detail import Detail, Slot, Word
from rag.relevance import CONTRARY, Scored
from rag.schema import Article, Claim, Hit, Polarity, Quantity, Question

COLON = re.compile(r":\s")
SAME_SENTENCE = 0.5  # of the known words of a question, what is of its very matter
SAME_MATTER = 0.3  # of the known words of a question, what a denial must have around it
OTHER = "other"
MONTH = 7  # characters of "2024-11"
MOST = 3  # claims that are looked at: those that lead the answer
FURTHER, FAR = 4, 3.0  # the best claims of all, and how far below the first they may score
STATES = frozenset(units.STATES.values())
# What is told by a form of words, a connective or a name beside a noun, also further down.
SURE = frozenset({Slot.REASON, Slot.THING})
COUNTED = units.PERSONS | STATES
DEEDS = frozenset({Slot.PLACE, Slot.SOMEBODY})


def telling(
    question: Question,
    chosen: Sequence[Scored],
    passing: Sequence[Scored],
    hits: Sequence[Hit],
    article_of: Callable[[str], Article | None],
    actors: Actors,
) -> list[Scored]:
    """The chosen claims, where one of those that lead tells the detail that a question asks for.

    Where none does, the first of the next best of `passing` that surely does; else nothing.
    """
    asked = detail.of_question(question, actors)
    context = Context(hits, article_of, actors)
    if any(_tells(asked, found, context) for found in chosen[:MOST]):
        return list(chosen)
    if not chosen or asked.slot not in SURE:
        return []
    near = (s for s in passing[:FURTHER] if s.score >= chosen[0].score - FAR)
    return [s for s in near if _surely_tells(asked, s, context)][:1]


def _surely_tells(asked: Detail, found: Scored, context: Context) -> bool:
    """Whether a claim that does not lead tells the detail and is of the very matter.

    Its own sentence has half of the question's known words, and it neither denies nor is silent.
    """
    if found.claim.stance in CONTRARY or not asked.words:
        return False
    sentence = context.sentence(found.claim)
    met = sum(sentence.meets(word) for word in asked.words)
    return met >= SAME_SENTENCE * len(asked.words) and _tells(asked, found, context)


def _tells(asked: Detail, found: Scored, context: Context) -> bool:
    """Whether a claim has what the slot needs, the thing and the deed."""
    claim = found.claim
    if not context.has_numbers(claim, asked.numbers) or not _fills(asked, found, context):
        return False
    if asked.noun and asked.noun.keys and not _has_thing(asked, asked.noun, claim, context):
        return False
    if asked.verb is None or asked.slot not in DEEDS:
        return True
    # A name beside the deed, not somewhere in its passage, is where it was done.
    near = context.sentence(claim) if asked.slot is Slot.PLACE else context.around(claim)
    return near.meets(asked.verb) or _is_given(asked, claim, context)


def _fills(asked: Detail, found: Scored, context: Context) -> bool:
    """Whether a claim has the value, date or reason that is asked for."""
    claim = found.claim
    match asked.slot:
        case Slot.FIGURE:
            return _is_counted(asked, found, context) and _is_about(asked, found, context)
        case Slot.DATE:
            return _is_dated(asked, claim, context)
        case Slot.PLACE | Slot.NAME:
            is_place = asked.slot is Slot.PLACE
            named = (context.places(claim) if is_place else context.names(claim)) - asked.terms
            return bool(named) or (is_place and _has_site(asked, claim, context))
        case Slot.REASON:
            return _has_reason(asked, claim, context)
        case Slot.OPEN:
            # What was said or done on another day is another matter.
            timely = relevance.timely(asked.question, claim) >= 0
            return timely and _is_about(asked, found, context)
        case _:
            return True


def _has_thing(asked: Detail, noun: Word, claim: Claim, context: Context) -> bool:
    """Whether the noun that is asked for is told around a claim; one that bears a name, with it.

    A noun that a figure counts is met by the figure's unit.
    """
    around = context.around(claim)
    if asked.slot is Slot.FIGURE:
        unit = asked.question.unit
        # A unit that the verb gives ("fell") does not say what is counted.
        named = unit is None or unit in STATES or any(t.startswith("#") for t in noun.group)
        return not named or around.meets(noun)
    if asked.slot is Slot.NAME:
        return context.sentence(claim).meets(noun)
    if asked.slot is Slot.SOMEBODY and noun.own & detail.concepts_of("called"):
        called = (context.names(claim) | context.bodies(claim)) - asked.terms
        return bool(called) or around.meets(noun)
    return asked.slot is not Slot.THING or _is_named(asked, noun, claim, context)


def _is_named(asked: Detail, noun: Word, claim: Claim, context: Context) -> bool:
    """Whether a claim says which thing: one of a kind, or one that bears a name or a number."""
    if asked.is_kind and context.is_modified(claim, noun, asked.terms):
        return True
    if not asked.is_kind and not noun.own & detail.concepts_of("named"):
        return context.around(claim).meets(noun)
    narrower = bool(context.sentence(claim).keys & (noun.keys - noun.own))
    return narrower or context.is_identified(claim, noun, asked.terms)


def _is_given(asked: Detail, claim: Claim, context: Context) -> bool:
    """Whether what somebody did goes without its verb: the person's noun has it."""
    met = asked.noun is not None and context.sentence(claim).meets(asked.noun)
    return met and asked.slot is Slot.SOMEBODY


def _is_counted(asked: Detail, found: Scored, context: Context) -> bool:
    """Whether a claim has a figure of what is counted, and not only those of the question.

    Where one of each day or soldier is asked for, it has such one.
    """
    claim, question = found.claim, asked.question
    rate = detail.holds(claim.sentence.text, "rate", context.language(claim))
    new = not question.figures or any(_is_new(question, q) for q in claim.quantities)
    if question.unit == "money":
        new = new and _is_money(claim, context)
    # "120 pieces" may be what is counted, but no money, length or age, and no dead.
    countable = question.unit not in units.GROUPS and question.unit not in STATES
    bare = countable and any(q.unit == OTHER for q in claim.quantities)
    return (found.counts or bare) and new and (rate or not asked.is_rate)


def _is_money(claim: Claim, context: Context) -> bool:
    """Whether a claim has a sum, or a share of a price: "0.7 per cent of the ship's value"."""
    sums = units.GROUPS["money"]
    prices = detail.concepts_of("price")
    return any(q.unit in sums for q in claim.quantities) or bool(
        context.beside(claim).keys & prices
    )


def _has_site(asked: Detail, claim: Claim, context: Context) -> bool:
    """Whether a claim has a place without a name that the question has not: "in the port"."""
    given = frozenset[str]().union(*(word.own for word in asked.words))
    return bool(context.sentence(claim).keys & detail.concepts_of("site") - given)


def _is_new(question: Question, figure: Quantity) -> bool:
    """Whether a figure is of the unit asked for, and not one that the question names."""
    same = question.unit is None or relevance.counts_same(question.unit, figure.unit)
    return same and not any(quantities.relation(q, figure) == "equal" for q in question.figures)


def _is_about(asked: Detail, found: Scored, context: Context) -> bool:
    """Whether the passage of a claim names the known actors of the question.

    Whose people are counted is judged with the figure (`figure_scope`): of an actor that only an
    adjective names ("a Ukrainian brigade") it is enough there that the article has it.
    """
    around = found.held | context.around(found.claim).terms
    counts = asked.question.unit in COUNTED
    wide = around | context.article(found.claim) if counts and asked.described else around
    return all(
        any(term in (wide if actor in asked.described else around) for term in actor)
        for actor in asked.actors
    )


def _is_dated(asked: Detail, claim: Claim, context: Context) -> bool:
    """Whether a claim has a date that may be the one asked for: one to come, a day of a month.

    What has a day of the month that the question names must also have one of its words: many
    things happen in a month.
    """
    if asked.is_ahead and not context.looks_ahead(claim):
        return False
    month = asked.question.date
    if month is None or len(month) != MONTH:
        return True
    words = [word for word in asked.words if not word.own & detail.concepts_of("date")]
    met = not words or any(context.sentence(claim).meets(word) for word in words)
    return met and any(d.startswith(month) and len(d) > MONTH for d in context.dates(claim))


def _has_reason(asked: Detail, claim: Claim, context: Context) -> bool:
    """Whether a claim gives a reason, or denies what the reason is asked of.

    What stands behind a colon explains. A question that itself denies is not answered by a denial.
    """
    found, question = claim.sentence.text, asked.question
    if COLON.search(found) or detail.holds(found, "reasons", context.language(claim)):
        return True
    contrary = claim.stance in CONTRARY or claim.polarity is not Polarity.POSITIVE
    if not contrary or detail.holds(question.text, "denying", question.language):
        return False
    around = context.around(claim)
    met = sum(around.meets(word) for word in asked.words)
    return met >= SAME_MATTER * len(asked.words)
