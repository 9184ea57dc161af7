"""The bars of figures, dates and sentence boundaries on own gold, written without the rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval import language_parts
from rag.schema import LANGUAGES

GOLD = Path(__file__).parents[1] / "eval" / "gold"


def test_figures_reach_the_bar() -> None:
    hits = language_parts.measure_quantities(GOLD / "quantities.jsonl")
    assert hits.share.n >= 200
    assert (hits.share.value or 0) >= 0.98, "\n".join(hits.failures)


def test_dates_reach_the_bar() -> None:
    hits = language_parts.measure_dates(GOLD / "dates.jsonl")
    assert hits.share.n >= 100
    assert (hits.share.value or 0) >= 0.98, "\n".join(hits.failures)


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentence_boundaries_reach_the_bar(language: str) -> None:
    hits = language_parts.measure_boundaries(GOLD / f"boundaries.{language}.jsonl", language)
    assert hits.share.n >= 40
    assert (hits.share.value or 0) >= 0.97, "\n".join(hits.failures)
