"""The scale suite, on a library of a few hundred passages."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from eval import foundation, scale, scale_library
from eval.scale_library import Built
from rag import checking
from rag.assistant import Assistant
from rag.schema import LANGUAGES

PASSAGES = 300


@pytest.fixture(scope="module")
def made(
    tmp_path_factory: pytest.TempPathFactory, models: Path
) -> Iterator[tuple[Assistant, Built]]:
    folder = tmp_path_factory.mktemp("scale")
    (folder / "models").symlink_to(models)
    with foundation.opened(folder) as assistant:
        built = scale_library.build(assistant, PASSAGES, None, lambda done: None, most=30)
        yield assistant, built


def test_the_library_has_so_many_passages_in_four_languages(
    made: tuple[Assistant, Built],
) -> None:
    assistant, built = made
    catalog = assistant.index.catalog
    assert catalog.size() == built.passages >= PASSAGES
    assert 0 < built.real_passages < built.passages
    for language in LANGUAGES:
        assert catalog.size(language) > PASSAGES / 8


def test_composed_articles_are_whole(made: tuple[Assistant, Built]) -> None:
    assistant, _ = made
    assert checking.findings(assistant.index) == ()


def test_what_filters_find_passes_them(made: tuple[Assistant, Built]) -> None:
    assistant, _ = made
    metrics = scale._filtered(assistant, scale.questions()[:3])
    assert metrics["filtered_wrong"].value == 0.0
    found = [
        hit
        for _, hits in (
            scale._retrieve(assistant, scale.questions()[0], f) for f in scale.FILTERS.values()
        )
        for hit in hits
    ]
    assert found


def test_chroma_finds_what_exact_search_finds(made: tuple[Assistant, Built]) -> None:
    assistant, _ = made
    metrics = scale._recall(assistant, scale.questions()[:5])
    assert metrics.keys() == {f"recall_{language}" for language in LANGUAGES}
    assert all((measure.value or 0.0) >= 0.99 for measure in metrics.values())
