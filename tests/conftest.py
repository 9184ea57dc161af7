"""Two small articles of our own, a library of them, and the library of the shipped corpus."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag import settings
from rag.assistant import Assistant

# No test may look up a model hub, whatever the machine allows.
os.environ |= {"HF_HUB_OFFLINE": "1", "GRADIO_ANALYTICS_ENABLED": "False"}

CORPUS = Path(__file__).parents[1] / "corpus"

BRIDGE = """---
title: Sprengung an der Brücke von Antonowka
publisher: Testblatt
published: 2024-05-14
language: de
---
Die ukrainische Armee hat nach eigenen Angaben am 12. Mai 2024 eine Brücke bei Antonowka
zerstört. Generalstabssprecher Andrij Kowaljow sagte am 13. Mai 2024: „Unsere Kräfte haben den
Nachschub unterbrochen.“

Das russische Verteidigungsministerium dementierte, dass die Brücke getroffen worden sei. Nach
Angaben des Gouverneurs Wladimir Saldo wurden mindestens 14 Zivilisten getötet. Die Angaben ließen
sich nicht unabhängig überprüfen.
"""

GRAIN = """---
title: Grain ships leave Odesa
publisher: Test Gazette
published: 2024-06-02
language: en
---
Four ships carrying about 120,000 tonnes of grain left Odesa on 1 June 2024, Ukraine's
infrastructure ministry said. "The corridor works," Deputy Prime Minister Oleksandr Kubrakov told
reporters.

Moscow declined to comment on the convoy. According to the United Nations, two more ships are
waiting in the port. It was not immediately clear when they would sail.
"""


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the settings of the machine it runs on."""
    for key in list(os.environ):
        if key.startswith("RAG_") or key in ("HOST", "PORT"):
            monkeypatch.delenv(key)


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the bundled model is unpacked, once for all tests of a process."""
    return tmp_path_factory.mktemp("models")


def library(folder: Path, models: Path) -> settings.Settings:
    """Settings of a new library that shares the unpacked model."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "models").symlink_to(models)
    return settings.load(data_dir=folder)


@pytest.fixture(scope="session")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the two small articles."""
    folder = tmp_path_factory.mktemp("articles")
    (folder / "bridge.md").write_text(BRIDGE, encoding="utf-8")
    (folder / "grain.md").write_text(GRAIN, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def assistant(
    tmp_path_factory: pytest.TempPathFactory, models: Path, articles: Path
) -> Iterator[Assistant]:
    """An open library of the two small articles."""
    chosen = library(tmp_path_factory.mktemp("small"), models)
    with Assistant.open(chosen, write=True) as opened:
        opened.ingest([articles])
        yield opened


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Iterator[Assistant]:
    """An open library of the corpus that we ship."""
    chosen = library(tmp_path_factory.mktemp("shipped"), models)
    with Assistant.open(chosen, write=True) as opened:
        opened.ingest([CORPUS])
        yield opened
