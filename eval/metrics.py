"""The measures: small pure functions, each with its formula.

Per question a measure is a share between 0 and 1; over questions it is their plain mean (macro
average), so that a question with many gold spans weighs no more than one with few. Intervals
are Wilson's at 95 %.
"""

from __future__ import annotations

import math
import random
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from eval.cases import Element, GoldFigure
from rag.schema import Answer, Badge, Citation, Figure, Flag, Span, Statement, Status, Support

# A citation is right when it shares this much of the shorter of itself and the gold span: the
# sentence instead of its quoted half is right, a neighbour that only touches it is not.
LEAST_OVERLAP = 0.5
Z_95 = 1.959964  # standard normal quantile of a two-sided interval of 95 %
RESAMPLES = 400
SEED = 1


@dataclass(frozen=True, slots=True)
class Measure:
    """A measured value, over how many things, and its interval. `None` = nothing to measure."""

    value: float | None
    n: int
    low: float | None = None
    high: float | None = None


def wilson(share: float, n: int, z: float = Z_95) -> tuple[float, float]:
    """Wilson's score interval of a share of n things, as (low, high) within 0 and 1.

    (p + z²/2n ± z·√(p(1-p)/n + z²/4n²)) / (1 + z²/n): E. B. Wilson, "Probable inference, the law
    of succession, and statistical inference", JASA 22 (1927), 209-212. For the mean of shares,
    which varies by p(1-p) at the most, it is too wide rather than too narrow. Raises ValueError
    unless n > 0 and 0 <= share <= 1.
    """
    if n <= 0 or not 0 <= share <= 1:
        raise ValueError(f"no interval for a share of {share} of {n}")
    centre = share + z * z / (2 * n)
    spread = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    low, high = (centre - spread) / scale, (centre + spread) / scale
    # The interval holds the share and stays within 0 and 1; rounding must not say otherwise.
    return min(share, max(0.0, low)), max(share, min(1.0, high))


def mean(shares: Iterable[float | None]) -> Measure:
    """Σ shares / n with Wilson's interval; `None` among them is a question it is not asked of."""
    values = [share for share in shares if share is not None]
    if not values:
        return Measure(None, 0)
    # fsum: the mean of equal shares is that share, in whatever order they come.
    value = min(1.0, math.fsum(values) / len(values))
    return Measure(value, len(values), *wilson(value, len(values)))


def count(hits: Iterable[bool]) -> Measure:
    """How many are true, of n; a number and no share, so without an interval."""
    values = list(hits)
    return Measure(float(sum(values)), len(values))


def overlaps(one: Span, other: Span, least: float = LEAST_OVERLAP) -> bool:
    """|one ∩ other| >= least · min(|one|, |other|), in code points of the same article."""
    if one.article_id != other.article_id:
        return False
    common = min(one.end, other.end) - max(one.start, other.start)
    shorter = min(one.end - one.start, other.end - other.start)
    return common > 0 and common >= least * shorter


def citation_precision(cited: Sequence[Span], gold: Sequence[Element]) -> float:
    """|cited spans that overlap a gold span or an alternative| / |cited spans|.

    An answer without citations scores 0: where the articles answer, silence is no precision.
    """
    if not cited:
        return 0.0
    spans = [span for element in gold for span in element]
    return sum(any(overlaps(one, span) for span in spans) for one in cited) / len(cited)


def citation_recall(cited: Sequence[Span], gold: Sequence[Element]) -> float:
    """|gold elements of which a span is cited| / |gold elements|; gold must not be empty."""
    return (len(gold) - len(missed(cited, gold))) / len(gold)


def missed(cited: Sequence[Span], gold: Sequence[Element]) -> tuple[Element, ...]:
    """The gold elements of which no span is cited."""
    return tuple(
        element
        for element in gold
        if not any(overlaps(one, span) for span in element for one in cited)
    )


def recall(gold: Sequence[object], lost: Sequence[object]) -> float | None:
    """(|gold| - |lost|) / |gold|, or None where the gold asks for nothing."""
    return (len(gold) - len(lost)) / len(gold) if gold else None


def missed_sources(
    gold: Sequence[str],
    answer: Answer,
    same: Callable[[str, str], bool],
    mentioned: Callable[[str, str], bool],
) -> tuple[str, ...]:
    """The gold sources that the answer does not name.

    A source is named when it is the `same` as a position's source, or when it is `mentioned`
    in a statement (arguments: name, text).
    """
    named = [position.source for position in answer.positions]
    texts = [statement.text for statement in answer.statements]
    return tuple(
        name
        for name in gold
        if not any(same(name, other) for other in named)
        and not any(mentioned(name, text) for text in texts)
    )


def same_figure(gold: GoldFigure, figure: Figure) -> bool:
    """Whether two intervals give the same figure: ends equal, and the unit where gold has one.

    A number and the same number with an open end are equal too ("300", "at least 300"): which
    of the two is meant is the qualifier's business, and texts leave it open. A range is never
    equal to one of its ends.
    """
    if gold.unit is not None and gold.unit != figure.unit:
        return False
    ours, theirs = (gold.low, gold.high), (figure.low, figure.high)
    if ours == theirs:
        return True
    point, open_ended = (ours, theirs) if None in theirs else (theirs, ours)
    return (
        point[0] is not None
        and point[0] == point[1]
        and None in open_ended
        and point[0] in open_ended
    )


def missed_figures(gold: Sequence[GoldFigure], answer: Answer) -> tuple[GoldFigure, ...]:
    """The gold figures that no position of the answer gives."""
    given = [position.figure for position in answer.positions if position.figure is not None]
    return tuple(one for one in gold if not any(same_figure(one, other) for other in given))


def abstention(pairs: Iterable[tuple[bool, bool]]) -> tuple[Measure, Measure]:
    """Precision and recall of saying nothing, from pairs (abstained, answerable).

    Precision = |abstained and unanswerable| / |abstained|,
    recall = |abstained and unanswerable| / |unanswerable|.
    """
    known = list(pairs)
    precision = mean(float(not answerable) for abstained, answerable in known if abstained)
    recalled = mean(float(abstained) for abstained, answerable in known if not answerable)
    return precision, recalled


def macro_f1(pairs: Sequence[tuple[Flag, Flag | None]]) -> Measure:
    """Mean over the gold flags of F1 = 2tp / (2tp + fp + fn), from pairs (gold, given).

    The interval is the percentile bootstrap's (B. Efron, "Bootstrap methods", Annals of
    Statistics 7 (1979), 1-26) with a fixed seed; it is widened to hold the value.
    """
    if not pairs:
        return Measure(None, 0)
    value = _macro_f1(pairs)
    chance = random.Random(SEED)
    drawn = sorted(_macro_f1(chance.choices(pairs, k=len(pairs))) for _ in range(RESAMPLES))
    low, high = drawn[RESAMPLES // 40], drawn[-1 - RESAMPLES // 40]
    return Measure(value, len(pairs), min(low, value), max(high, value))


def _macro_f1(pairs: Sequence[tuple[Flag, Flag | None]]) -> float:
    scores = []
    for flag in sorted({gold for gold, _ in pairs}):
        hits = sum(gold is flag and given is flag for gold, given in pairs)
        both = sum((gold is flag) + (given is flag) for gold, given in pairs)
        scores.append(2 * hits / both)
    return math.fsum(scores) / len(scores)


def is_cited(statement: Statement) -> bool | None:
    """Whether a statement has a citation; None for one of absence, which needs none."""
    return None if statement.support is Support.ABSENCE else bool(statement.citations)


def cites_any(answer: Answer, gold: Sequence[Element]) -> bool:
    """Whether a gold element is cited."""
    return len(missed(cited_spans(answer), gold)) < len(gold)


def corrects_premise(answer: Answer, gold: Sequence[Element]) -> bool:
    """Whether the answer says that a premise is not met, and cites a sentence that shows it."""
    return Badge.PREMISE_NOT_MET in answer.badges and cites_any(answer, gold)


def sides_shown(answer: Answer, gold: Sequence[Element]) -> int:
    """The most gold elements that the positions of one conflict of the answer cite."""
    spans = {c.number: span for c, span in zip(answer.citations, cited_spans(answer), strict=True)}
    most = 0
    for conflict in answer.conflicts:
        numbers = {n for place in conflict.positions for n in answer.positions[place].citations}
        cited = [spans[number] for number in sorted(numbers & spans.keys())]
        most = max(most, len(gold) - len(missed(cited, gold)))
    return most


def answering(answer: Answer) -> frozenset[tuple[str, int, int]]:
    """The places (article, start, end) that all statements but those of absence cite."""
    numbers = {n for one in answer.statements if is_cited(one) for n in one.citations}
    chosen = (citation for citation in answer.citations if citation.number in numbers)
    return frozenset((c.article_id, c.start, c.end) for c in chosen)


def same_evidence(one: Answer, other: Answer, gold: Sequence[Element]) -> bool:
    """Whether `one` cites of the gold all that `other` cites.

    Where `other` cites nothing of it, the two must begin with the same citation; two answers that
    cite nothing are the same only where both found no evidence.
    """
    lost = missed(cited_spans(other), gold)
    found = [element for element in gold if element not in lost]
    if found:
        return not missed(cited_spans(one), found)
    if not one.citations or not other.citations:
        return one.status is other.status is Status.NO_EVIDENCE
    return cited_spans(one)[0] == cited_spans(other)[0]


def is_verbatim(citation: Citation, texts: Mapping[str, str]) -> bool:
    """Whether quote == article.text[start:end]; an unknown article or a bad offset is not."""
    text = texts.get(citation.article_id, "")
    inside = 0 <= citation.start < citation.end <= len(text)
    return inside and text[citation.start : citation.end] == citation.quote


def cited_spans(answer: Answer) -> tuple[Span, ...]:
    """What the answer cites, as spans."""
    return tuple(Span(c.article_id, c.start, c.end, c.quote) for c in answer.citations)


def ratio(numerators: Sequence[float], denominators: Sequence[float]) -> Measure:
    """Median of the pairwise ratios, with their lowest and highest; for times of one run."""
    return median([a / b for a, b in zip(numerators, denominators, strict=True)])


def median(values: Sequence[float]) -> Measure:
    """The middle value, with the lowest and the highest; for measures that jitter."""
    if not values:
        return Measure(None, 0)
    return Measure(statistics.median(values), len(values), min(values), max(values))
