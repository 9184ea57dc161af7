"""Which claims of an article lead the answer to a question for a figure."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.assistant import Assistant
from rag.index import Index
from rag.schema import Status

AIRPORT = """---
title: Аэропорт Перми возобновил работу
published: 2026-10-15
---
Из-за угрозы с воздуха аэропорт Перми не работал почти пять часов, задержаны семнадцать рейсов,
следует из сводки Росавиации.
"""
YARD = """---
title: Werft in Emden baut Patrouillenboote
published: 2026-02-19
---
Die Werft Lührs hat am Mittwoch den Zuschlag für vier Patrouillenboote erhalten, die an die
ukrainische Marine gehen sollen. Der Auftrag hat nach Angaben von Geschäftsführerin Wiebke Janssen
einen Wert von 86 Millionen Euro.
"""


@pytest.fixture(scope="module")
def opened(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """A library of two articles about other things than the shipped ones."""
    folder = tmp_path_factory.mktemp("ranking")
    (folder / "airport.md").write_text(AIRPORT, encoding="utf-8")
    (folder / "yard.md").write_text(YARD, encoding="utf-8")
    index = Index(tmp_path_factory.mktemp("library"), assistant.index.embedder, write=True)
    made = Assistant(index)
    made.ingest([Path(folder)])
    yield made
    made.close()


def test_a_negation_in_another_clause_leaves_the_figure(opened: Assistant) -> None:
    answer = opened.ask("Сколько рейсов задержали в Перми?")
    assert answer.status is not Status.NO_EVIDENCE
    assert "семнадцать рейсов" in answer.citations[0].quote


def test_a_price_is_answered_by_money_and_not_by_how_many_were_built(opened: Assistant) -> None:
    answer = opened.ask("Was kosten die Boote, die Emden für die Ukraine baut?")
    assert [p.figure.unit for p in answer.positions if p.figure] == ["eur"]
