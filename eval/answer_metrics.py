"""The metrics of the suite `answers`, from what came of its questions.

cited                 of the statements but those of absence, those with a citation
verbatim              of the citations, those that stand in their article exactly so
decisive              of the gold elements, those that are cited
decisive_all          of the questions with gold elements, those that cite all of them
sources, figures      of those of the gold, those given; mean over the questions
flag, flag_f1         right flags; F1 as mean over the flags of the gold
false_confirmed       how many answers say `confirmed` where the gold does not
abstention_*          of not answering, over all questions
premise               of false premises, those corrected from a gold element
premise_false_alarm   of the other questions with an answer, those with that badge
conflicts             of conflicts, those shown with two or more gold elements
follow_ups            of follow-ups, those that cite of the gold what the whole question cites
parity                of what any language of a group cites of the gold, the share of each
too_new               how many citations are of articles after the `as_of` of the question
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from eval import metrics
from eval.cases import Kind
from eval.metrics import Measure, count, mean
from eval.scoring import Outcome
from rag.schema import Answer, Badge, Flag

Outcomes = Sequence[Outcome]
# Given for each language of the questions.
SPLIT = ("decisive", "sources", "flag", "abstention_precision", "abstention_recall")


def summarise(outcomes: Outcomes, texts: Mapping[str, str]) -> dict[str, Measure]:
    """All metrics but those that need a second library or judgements; `texts` are by id."""
    return {
        **_evidence(outcomes, texts),
        **_flags(outcomes),
        **_kinds(outcomes),
        "parity": parity(outcomes),
        "too_new": count(_is_new(outcomes)),
        "crashes": count(one.error is not None for one in outcomes),
    }


def _evidence(outcomes: Outcomes, texts: Mapping[str, str]) -> dict[str, Measure]:
    answers = [one.answer for one in outcomes if one.answer is not None]
    statements = (metrics.is_cited(s) for answer in answers for s in answer.statements)
    citations = (c for answer in answers for c in (*answer.citations, *answer.nearest))
    asked = [one for one in outcomes if one.gold]
    return {
        "cited": mean(None if cited is None else float(cited) for cited in statements),
        "verbatim": mean(float(metrics.is_verbatim(one, texts)) for one in citations),
        "decisive": _decisive(asked),
        "decisive_all": mean(float(not one.missed_spans) for one in asked),
        "sources": mean(metrics.recall(one.case.sources, one.missed_sources) for one in asked),
        "figures": mean(metrics.recall(one.case.figures, one.missed_figures) for one in asked),
    }


def _decisive(outcomes: Outcomes) -> Measure:
    return mean(float(element not in one.missed_spans) for one in outcomes for element in one.gold)


def _flags(outcomes: Outcomes) -> dict[str, Measure]:
    precision, recall = metrics.abstention((o.abstained, o.case.answerable) for o in outcomes)
    return {
        "flag": mean(float(one.flag_is_right) for one in outcomes),
        "flag_f1": metrics.macro_f1([_gold_and_given(one) for one in outcomes]),
        "false_confirmed": count(one.falsely_confirmed for one in outcomes),
        "abstention_precision": precision,
        "abstention_recall": recall,
    }


def _gold_and_given(outcome: Outcome) -> tuple[Flag, Flag | None]:
    """Of several flags that are right, the one given is the gold, or else the first."""
    given = outcome.answer.flag if outcome.answer is not None else None
    if given is not None and given in outcome.case.flags:
        return given, given
    return outcome.case.flags[0], given


def _kinds(outcomes: Outcomes) -> dict[str, Measure]:
    by_kind = {kind: [one for one in outcomes if one.case.kind is kind] for kind in Kind}
    premises, conflicts = by_kind[Kind.FALSE_PREMISE], by_kind[Kind.CONFLICT]
    follow_ups = by_kind[Kind.FOLLOW_UP]
    others = (o for o in outcomes if o.case.answerable and o.case.kind is not Kind.FALSE_PREMISE)
    return {
        "premise": mean(float(one.premise_is_corrected) for one in premises),
        "premise_false_alarm": mean(float(_has_badge(one.answer)) for one in others),
        "conflicts": mean(float(one.conflict_is_shown) for one in conflicts),
        "follow_ups": mean(float(one.follows) for one in follow_ups),
        "follow_up_decisive": _decisive(follow_ups),
        "as_of_decisive": _decisive(by_kind[Kind.AS_OF]),
    }


def _has_badge(answer: Answer | None) -> bool:
    return answer is not None and Badge.PREMISE_NOT_MET in answer.badges


def parity(outcomes: Outcomes) -> Measure:
    """|cited in the language| / |cited in any language|, in gold elements of a group; the mean.

    Groups of which no element is cited say nothing; nor do groups in one language.
    """
    return mean(share for _, share in shares(outcomes))


def shares(outcomes: Outcomes) -> Iterator[tuple[Outcome, float]]:
    """Each question of a group with its share of what the group cites of the gold."""
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        if outcome.case.group is not None and outcome.gold:
            groups.setdefault(outcome.case.group, []).append(outcome)
    for group in groups.values():
        cited = [_cited(outcome) for outcome in group]
        anywhere = set[int]().union(*cited)
        if anywhere and len(group) > 1:
            yield from zip(group, (len(own) / len(anywhere) for own in cited), strict=True)


def misses(outcomes: Outcomes) -> tuple[str, ...]:
    """Lines about questions that cite less of the gold than their translations."""
    return tuple(
        f"{one.case.id} [{one.case.language}] cites {share:.0%} of what its group cites"
        for one, share in shares(outcomes)
        if share < 1
    )


def _cited(outcome: Outcome) -> set[int]:
    """The places of the gold elements that are cited; the gold of a group is the same."""
    return {i for i, one in enumerate(outcome.gold) if one not in outcome.missed_spans}


def _is_new(outcomes: Outcomes) -> Iterator[bool]:
    for outcome in outcomes:
        limit = outcome.case.as_of
        if limit is not None and outcome.answer is not None:
            for citation in outcome.answer.citations:
                yield citation.published is not None and citation.published > limit
