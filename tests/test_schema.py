import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.schema import (
    Article,
    Claim,
    Figure,
    Flag,
    Form,
    Position,
    Qualifier,
    Quantity,
    Side,
    Source,
    SourceKind,
    Span,
    Stance,
    from_json,
    to_json,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
SPANS = st.builds(Span, TEXT, st.integers(0, 10**6), st.integers(0, 10**6), TEXT)
NUMBERS = st.none() | st.floats(0, 1e12, allow_nan=False)
QUANTITIES = st.builds(
    Quantity, NUMBERS, NUMBERS, TEXT, st.none() | TEXT, st.sampled_from(Qualifier), SPANS
)
SOURCES = st.builds(
    Source, TEXT, st.sampled_from(SourceKind), st.sampled_from(Side), SPANS, st.none() | TEXT
)
CLAIMS = st.builds(
    Claim,
    id=TEXT,
    sentence=SPANS,
    content=st.lists(SPANS, max_size=3).map(tuple),
    form=st.sampled_from(Form),
    stance=st.sampled_from(Stance),
    rule=TEXT,
    sources=st.lists(SOURCES, max_size=3).map(tuple),
    cue=st.none() | SPANS,
    quantities=st.lists(QUANTITIES, max_size=2).map(tuple),
)


@given(CLAIMS)
def test_a_claim_survives_json(claim: Claim) -> None:
    assert from_json(Claim, to_json(claim)) == claim


@given(
    st.builds(
        Position,
        TEXT,
        st.sampled_from(Side),
        st.sampled_from(Stance),
        st.none() | st.builds(Figure, NUMBERS, NUMBERS, TEXT),
        st.none() | TEXT,
        TEXT,
        st.sampled_from(Flag),
        st.lists(st.integers(1, 99), max_size=4).map(tuple),
    )
)
def test_a_position_survives_json(position: Position) -> None:
    assert from_json(Position, to_json(position)) == position


@given(st.text(min_size=1, max_size=60), st.data())
def test_a_span_is_cut_from_its_article(text: str, data: st.DataObject) -> None:
    article = Article("a", "t", text, "de", "0")
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    span = article.span(start, end)
    assert article.text[span.start : span.end] == span.text


def test_a_span_outside_its_article_is_refused() -> None:
    article = Article("a", "t", "Kurz.", "de", "0")
    with pytest.raises(ValueError, match="3-9"):
        article.span(3, 9)


def test_flags_are_numbered_as_the_decision_list() -> None:
    assert [flag.rule for flag in Flag] == list(range(1, 10))
    assert Flag.ATTRIBUTED.rule == 9


def test_the_extent_of_a_claim_covers_content_outside_its_sentence() -> None:
    content = Span("a", 0, 20, "x" * 20)
    sentence = Span("a", 21, 50, "y" * 29)
    claim = Claim("1", sentence, (content,), Form.INDIRECT, Stance.ASSERTS, "r")
    assert claim.extent == (0, 50)
