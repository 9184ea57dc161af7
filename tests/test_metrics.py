import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval import metrics
from eval.cases import Case, GoldFigure, GoldSpan
from eval.metrics import Measure
from eval.scoring import Names, assess, complaints, failed, summarise
from rag.schema import (
    Answer,
    Citation,
    Figure,
    Flag,
    Position,
    Side,
    Span,
    Stance,
    Statement,
    Status,
    Support,
)

RUTTE = "Rutte confirmed the deployment."
PESKOV = "Песков отказался от комментариев."
BUDANOW = "Budanow nannte 12.000 Soldaten."
TEXT = f"{RUTTE} {PESKOV} {BUDANOW}"
NAMES = Names(same=str.__eq__, mentioned=lambda name, text: name in text)


def cut(quote: str, article: str = "a") -> Span:
    start = TEXT.index(quote)
    return Span(article, start, start + len(quote), quote)


def citation(number: int, span: Span) -> Citation:
    where = (span.text, span.start, span.end)
    return Citation(number, span.article_id, "NATO", None, None, None, "en", *where)


def position(source: str, figure: Figure | None = None) -> Position:
    stance, flag = Stance.REPORTS, Flag.PARTY_CLAIM
    return Position(source, Side.UKRAINE, stance, figure, None, BUDANOW, flag, (1,))


def answer(*cited: Span, flag: Flag = Flag.ATTRIBUTED) -> Answer:
    silent = flag is Flag.NO_EVIDENCE
    return Answer(
        question="Wer?",
        language="de",
        as_of=None,
        status=Status.NO_EVIDENCE if silent else Status.ANSWERED,
        flag=flag,
        badges=(),
        documents=1,
        origins=1,
        why=(),
        text="",
        statements=(Statement("Budanow spricht von 12.000 Soldaten.", (1,), Support.SUPPORTED),),
        positions=(),
        conflicts=(),
        timeline=(),
        citations=tuple(citation(i, span) for i, span in enumerate(cited, start=1)),
        nearest=(),
        engine="extractive",
        elapsed_ms=1.0,
    )


def case(*flags: Flag, answerable: bool = True, **gold: object) -> Case:
    spans = (GoldSpan(article="a", quote=RUTTE),) if answerable else ()
    return Case(
        where="gold.jsonl:1",
        id="q",
        language="de",
        question="Wer?",
        answerable=answerable,
        spans=spans,
        flags=flags,
        **gold,
    )


def test_wilson_gives_the_interval_of_the_formula() -> None:
    # p = 0.9, n = 10, z = 1.96: (0.9 + 0.19208 ± 1.96·√(0.009 + 0.009604)) / 1.38416
    low, high = metrics.wilson(0.9, 10, z=1.96)
    assert low == pytest.approx((1.09208 - 1.96 * math.sqrt(0.018604)) / 1.38416)
    assert high == pytest.approx((1.09208 + 1.96 * math.sqrt(0.018604)) / 1.38416)
    assert (round(low, 3), round(high, 3)) == (0.596, 0.982)


def test_wilson_of_a_perfect_share_does_not_claim_certainty() -> None:
    # n / (n + z²) = 10 / 13.84
    assert metrics.wilson(1.0, 10, z=1.96) == (pytest.approx(10 / 13.8416), 1.0)


@given(st.floats(0, 1), st.integers(1, 5000))
def test_wilson_holds_the_share_and_stays_within_nought_and_one(share: float, n: int) -> None:
    low, high = metrics.wilson(share, n)
    assert 0 <= low <= share <= high <= 1


@pytest.mark.parametrize(("share", "n"), [(0.5, 0), (1.1, 3), (-0.1, 3)])
def test_wilson_refuses_what_is_no_share(share: float, n: int) -> None:
    with pytest.raises(ValueError, match="no interval"):
        metrics.wilson(share, n)


def test_the_mean_leaves_out_what_was_not_asked() -> None:
    # (1 + 0.5 + 0) / 3
    measure = metrics.mean([1.0, None, 0.5, 0.0])
    assert (measure.value, measure.n) == (0.5, 3)
    assert metrics.mean([None]) == Measure(None, 0)


@given(st.lists(st.sampled_from([0.1, 1 / 3, 0.7, 1.0]), min_size=1, max_size=40), st.randoms())
def test_the_mean_does_not_depend_on_order(shares: list[float], random: object) -> None:
    shuffled = list(shares)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert metrics.mean(shuffled) == metrics.mean(shares)


def test_half_of_the_shorter_span_is_enough_to_overlap() -> None:
    long = Span("a", 0, 100, "x" * 100)
    assert metrics.overlaps(long, Span("a", 90, 110, "x" * 20))  # 10 of 20
    assert not metrics.overlaps(long, Span("a", 91, 111, "x" * 20))  # 9 of 20
    assert not metrics.overlaps(long, Span("b", 0, 100, "x" * 100))
    assert not metrics.overlaps(long, Span("a", 50, 50, ""))


@given(*[st.tuples(st.integers(0, 30), st.integers(0, 30))] * 2)
def test_overlap_is_the_same_both_ways(one: tuple[int, int], other: tuple[int, int]) -> None:
    a, b = (Span("a", start, start + size, "x" * size) for start, size in (one, other))
    assert metrics.overlaps(a, b) == metrics.overlaps(b, a)


def test_citation_precision_is_the_share_of_right_citations() -> None:
    gold = ((cut(RUTTE),), (cut(BUDANOW), cut("12.000 Soldaten")))
    # Right: Rutte and the alternative; wrong: Peskov. 2 / 3
    cited = [cut("confirmed the deployment."), cut(PESKOV), cut("12.000 Soldaten")]
    assert metrics.citation_precision(cited, gold) == pytest.approx(2 / 3)
    assert metrics.citation_precision([], gold) == 0


def test_citation_recall_counts_an_element_once_by_any_of_its_alternatives() -> None:
    gold = ((cut(RUTTE), cut(PESKOV)), (cut(BUDANOW),))
    assert metrics.citation_recall([cut(PESKOV), cut(RUTTE)], gold) == 0.5  # 1 / 2
    assert metrics.missed([cut(PESKOV)], gold) == ((cut(BUDANOW),),)


def test_a_source_is_found_among_positions_or_in_a_statement() -> None:
    given_answer = replace(answer(), positions=(position("HUR"),))

    def same(one: str, other: str) -> bool:
        return one == other or {one, other} == {"HUR", "Ukraine"}

    gold = ("Ukraine", "Budanow", "Russia")
    lost = metrics.missed_sources(gold, given_answer, same, NAMES.mentioned)
    assert lost == ("Russia",)
    assert metrics.recall(gold, lost) == pytest.approx(2 / 3)
    assert metrics.recall((), ()) is None


@pytest.mark.parametrize(
    ("gold", "given_ends", "same"),
    [
        ((10000, 12000), (10000, 12000), True),
        ((10000, 12000), (10000, None), False),
        ((10000, 12000), (12000, 12000), False),
        ((300, 300), (300, None), True),
        ((300, 300), (None, 300), True),
        ((300, None), (300, 300), True),
        ((300, None), (300, None), True),
        ((300, None), (None, 300), False),
        ((300, 300), (None, None), False),
        ((300, 300), (301, None), False),
    ],
)
def test_a_figure_is_the_same_with_equal_or_open_ends(
    gold: tuple[float | None, float | None],
    given_ends: tuple[float | None, float | None],
    same: bool,
) -> None:
    figure = Figure(*given_ends, "soldiers")
    assert metrics.same_figure(GoldFigure(low=gold[0], high=gold[1]), figure) is same


def test_a_figure_of_another_unit_is_another_figure() -> None:
    gold = GoldFigure(low=300, high=300, unit="killed")
    given_answer = replace(answer(), positions=(position("HUR", Figure(300, 300, "wounded")),))
    assert metrics.missed_figures([gold], given_answer) == (gold,)
    assert metrics.missed_figures([gold.model_copy(update={"unit": None})], given_answer) == ()


def test_abstention_is_measured_both_ways() -> None:
    # (abstained, answerable): 2 right of 3 silences; 2 of 4 unanswerable were recognised.
    pairs = [(True, False), (True, False), (True, True), (False, False), (False, False)]
    precision, recall = metrics.abstention([*pairs, (False, True)])
    assert (precision.value, precision.n) == (pytest.approx(2 / 3), 3)
    assert (recall.value, recall.n) == (0.5, 4)


def test_a_quote_is_verbatim_only_at_its_offsets() -> None:
    right = citation(1, cut(PESKOV))
    texts = {"a": TEXT}
    assert metrics.is_verbatim(right, texts)
    assert not metrics.is_verbatim(replace(right, start=right.start + 1), texts)
    assert not metrics.is_verbatim(replace(right, quote=PESKOV.replace("ё", "е") + " "), texts)
    assert not metrics.is_verbatim(replace(right, article_id="b"), texts)
    assert not metrics.is_verbatim(replace(right, quote="", end=right.start), texts)


def test_a_ratio_is_the_median_of_the_pairs() -> None:
    # 4/2, 9/3, 5/5
    assert metrics.ratio([4, 9, 5], [2, 3, 5]) == Measure(2.0, 3, 1.0, 3.0)
    assert metrics.median([]) == Measure(None, 0)


def test_outcomes_are_summed_up_over_the_questions_that_each_measure_is_about() -> None:
    gold = ((cut(RUTTE),),)
    right = assess(case(Flag.ATTRIBUTED), gold, answer(cut(RUTTE)), NAMES)
    bold = assess(
        case(Flag.ATTRIBUTED, sources=("Budanow", "Seoul")),
        gold,
        answer(cut(RUTTE), cut(PESKOV), flag=Flag.CONFIRMED),
        NAMES,
    )
    mute = assess(case(Flag.ATTRIBUTED), gold, answer(flag=Flag.NO_EVIDENCE), NAMES)
    broken = failed(case(Flag.DENIED), gold, "ValueError: x")
    silent = assess(
        case(Flag.NO_EVIDENCE, answerable=False), (), answer(flag=Flag.NO_EVIDENCE), NAMES
    )
    found = summarise([right, bold, mute, broken, silent], {"a": TEXT})
    figures = {name: (measure.value, measure.n) for name, measure in found.items()}
    assert figures == {
        "citation_precision": (0.375, 4),  # (1 + 0.5 + 0 + 0) / 4
        "citation_recall": (0.5, 4),  # (1 + 1 + 0 + 0) / 4
        "source_recall": (0.5, 1),  # Budanow of two, asked of one question
        "figure_recall": (None, 0),
        "flag_accuracy": (0.4, 5),  # right and silent
        "false_confirmed": (1.0, 5),
        "abstention_precision": (0.5, 2),
        "abstention_recall": (1.0, 1),
        "verbatim": (1.0, 3),
        "crashes": (1.0, 5),
    }


def test_confirmed_is_not_false_where_the_gold_allows_it() -> None:
    allowed = case(Flag.CONFIRMED, Flag.ATTRIBUTED)
    outcome = assess(allowed, (), answer(flag=Flag.CONFIRMED), NAMES)
    assert not outcome.falsely_confirmed
    assert outcome.flag_is_right


def test_complaints_say_what_was_expected() -> None:
    wanted = case(
        Flag.DENIED, sources=("Seoul",), figures=(GoldFigure(low=300, high=None, unit="killed"),)
    )
    outcome = assess(wanted, ((cut(RUTTE),),), answer(cut(PESKOV)), NAMES)
    assert complaints(outcome) == (
        "flag: expected denied, got attributed",
        f"not cited: [a] {RUTTE}",
        "citation precision 0.00 of 1",
        "source not named: Seoul",
        "figure not given: 300-… killed",
    )
    assert complaints(failed(wanted, (), "KeyError: 'x'")) == ("no answer: KeyError: 'x'",)
