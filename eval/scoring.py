"""One question with its answer against its gold; and many of them as metrics."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from eval import metrics
from eval.cases import SIDES, Case, Element, GoldFigure, Kind
from eval.metrics import Measure
from rag.schema import Answer, Flag, Status


@dataclass(frozen=True, slots=True)
class Names:
    """How names are compared.

    `same(a, b)`: whether two names are those of one source; `mentioned(name, text)`: whether a
    text, in any language, names the source.
    """

    same: Callable[[str, str], bool]
    mentioned: Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one question. Without an answer it failed with `error`: a full miss.

    `full` is the answer to a follow-up that was written out.
    """

    case: Case
    gold: tuple[Element, ...]
    answer: Answer | None
    error: str | None = None
    missed_spans: tuple[Element, ...] = ()
    missed_sources: tuple[str, ...] = ()
    missed_figures: tuple[GoldFigure, ...] = ()
    precision: float = 0.0
    full: Answer | None = None

    @property
    def premise_is_corrected(self) -> bool:
        return self.answer is not None and metrics.corrects_premise(self.answer, self.gold)

    @property
    def conflict_is_shown(self) -> bool:
        return self.answer is not None and metrics.sides_shown(self.answer, self.gold) >= SIDES

    @property
    def follows(self) -> bool:
        """Whether a follow-up is answered as the question that it stands for.

        Two answers that found nothing are no success where the articles answer.
        """
        if self.answer is None or self.full is None or (self.abstained and self.case.answerable):
            return False
        return metrics.same_evidence(self.answer, self.full, self.gold)

    @property
    def abstained(self) -> bool:
        return self.answer is not None and self.answer.status is Status.NO_EVIDENCE

    @property
    def flag_is_right(self) -> bool:
        return self.answer is not None and self.answer.flag in self.case.flags

    @property
    def falsely_confirmed(self) -> bool:
        flags = self.case.flags
        return (
            self.answer is not None
            and self.answer.flag is Flag.CONFIRMED
            and Flag.CONFIRMED not in flags
        )


def assess(case: Case, gold: tuple[Element, ...], answer: Answer, names: Names) -> Outcome:
    """The answer to a case, compared with its gold."""
    cited = metrics.cited_spans(answer)
    return Outcome(
        case,
        gold,
        answer,
        missed_spans=metrics.missed(cited, gold),
        missed_sources=metrics.missed_sources(case.sources, answer, names.same, names.mentioned),
        missed_figures=metrics.missed_figures(case.figures, answer),
        precision=metrics.citation_precision(cited, gold),
    )


def failed(case: Case, gold: tuple[Element, ...], error: str) -> Outcome:
    """A case that gave no answer: everything it asks for is missed."""
    return Outcome(
        case,
        gold,
        None,
        error,
        missed_spans=gold,
        missed_sources=case.sources,
        missed_figures=case.figures,
    )


def summarise(outcomes: Sequence[Outcome], texts: Mapping[str, str]) -> dict[str, Measure]:
    """All metrics of some outcomes; `texts` maps article ids to texts, for the verbatim share.

    Citations, sources and figures are measured over the answerable questions, the flag over all.
    """
    answerable = [one for one in outcomes if one.case.answerable]
    pairs = [(one.abstained, one.case.answerable) for one in outcomes]
    silence_precision, silence_recall = metrics.abstention(pairs)
    shown = [
        citation
        for one in outcomes
        if one.answer is not None
        for citation in (*one.answer.citations, *one.answer.nearest)
    ]
    return {
        "citation_precision": metrics.mean(one.precision for one in answerable),
        "citation_recall": metrics.mean(
            metrics.recall(one.gold, one.missed_spans) for one in answerable
        ),
        "source_recall": metrics.mean(
            metrics.recall(one.case.sources, one.missed_sources) for one in answerable
        ),
        "figure_recall": metrics.mean(
            metrics.recall(one.case.figures, one.missed_figures) for one in answerable
        ),
        "flag_accuracy": metrics.mean(float(one.flag_is_right) for one in outcomes),
        "false_confirmed": metrics.count(one.falsely_confirmed for one in outcomes),
        "abstention_precision": silence_precision,
        "abstention_recall": silence_recall,
        "verbatim": metrics.mean(float(metrics.is_verbatim(one, texts)) for one in shown),
        "crashes": metrics.count(one.error is not None for one in outcomes),
    }


def by_language(
    outcomes: Sequence[Outcome], summary: Callable[[Sequence[Outcome]], dict[str, Measure]]
) -> dict[str, dict[str, Measure]]:
    """The metrics of the questions in each language."""
    languages = sorted({one.case.language for one in outcomes})
    return {
        language: summary([one for one in outcomes if one.case.language == language])
        for language in languages
    }


def complaints(outcome: Outcome) -> tuple[str, ...]:
    """What is wrong with one answer, a line each; none when all is right."""
    case, answer = outcome.case, outcome.answer
    if answer is None:
        return (f"no answer: {outcome.error}",)
    lines: list[str] = []
    if not outcome.flag_is_right:
        wanted = " or ".join(case.flags)
        lines.append(f"flag: expected {wanted}, got {answer.flag}")
    if outcome.abstained and case.answerable:
        lines.append("abstained, though the articles answer")
    if not outcome.abstained and not case.answerable:
        lines.append("answered, though the articles do not")
    lines += [f"not cited: {wanted}" for wanted in map(describe, outcome.missed_spans)]
    # The gold of the suite `answers` holds what decides, not all that may be cited.
    if case.kind is None and case.answerable and answer.citations and outcome.precision < 1:
        lines.append(f"citation precision {outcome.precision:.2f} of {len(answer.citations)}")
    lines += [f"source not named: {name}" for name in outcome.missed_sources]
    lines += [f"figure not given: {_interval(figure)}" for figure in outcome.missed_figures]
    return (*lines, *_of_kind(outcome))


def _of_kind(outcome: Outcome) -> tuple[str, ...]:
    kind = outcome.case.kind
    if kind is Kind.FALSE_PREMISE and not outcome.premise_is_corrected:
        return ("the premise is not corrected",)
    if kind is Kind.CONFLICT and not outcome.conflict_is_shown:
        return ("the conflict is not shown",)
    if kind is Kind.FOLLOW_UP and not outcome.follows:
        return (f"not answered as: {outcome.case.full}",)
    return ()


def describe(element: Element) -> str:
    """A gold element for the reader: article and quote, alternatives after "or"."""
    quotes = dict.fromkeys(f"[{span.article_id}] {span.text}" for span in element)
    return " or ".join(quotes)


def _interval(figure: GoldFigure) -> str:
    ends = ("…" if end is None else f"{end:,.10g}" for end in (figure.low, figure.high))
    return "-".join(dict.fromkeys(ends)) + (f" {figure.unit}" if figure.unit else "")
