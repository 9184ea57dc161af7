from pathlib import Path

import pytest

from rag import settings
from rag.errors import InputError


def test_the_environment_and_then_options_decide(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("RAG_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("PORT", "8123")
    found = settings.load()
    assert (found.data_dir, found.port, found.embeddings) == (tmp_path, 8123, "bundled")
    assert settings.load(data_dir=tmp_path / "x").data_dir == tmp_path / "x"


def test_an_unknown_key_is_refused_and_the_nearest_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAG_EMBEDING", "bundled")
    with pytest.raises(InputError, match=r"RAG_EMBEDING.*RAG_EMBEDDINGS"):
        settings.load()


def test_a_value_that_does_not_fit_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "seventy")
    with pytest.raises(InputError, match=r"PORT='seventy'"):
        settings.load()
