"""A library survives kills, crowds and hostile texts; `python -m eval robustness` does more."""

import sqlite3
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import library
from test_cli import belegt

from eval import crowding, hostile, robustness
from eval.crowding import Crowd
from eval.killing import Tally
from eval.versions import places
from rag import settings, text
from rag.assistant import Assistant


@pytest.fixture
def folder(tmp_path: Path, models: Path) -> Path:
    """A folder whose library shares the unpacked model."""
    library(tmp_path / "library", models)
    return tmp_path


def test_what_was_acknowledged_survives_kills(folder: Path) -> None:
    tally = robustness.killed(folder, 10, seed=7)
    assert tally.operations > 0
    assert replace(tally, operations=0, during={}, kills=0) == Tally()


def test_readers_see_one_state_while_a_writer_writes(folder: Path) -> None:
    crowd = crowding.run(folder, seconds=20)
    assert min(crowd.answers, crowd.writes, crowd.others) > 0
    counted = replace(crowd, answers=0, writes=0)
    assert counted == Crowd(others=crowd.others, refused=crowd.others)


def test_hostile_texts_crash_nothing(folder: Path) -> None:
    chosen = ("NUL", "lone surrogates", "control characters", "blanks", "combining marks", "emoji")
    worst = hostile.run(folder, {name: hostile.TEXTS[name] for name in chosen})
    assert worst.misses == []


@pytest.mark.parametrize("run", [" ", "\u00a0", "\u0301\u0323\u0330", "-", "\u200d", "\n"])
def test_long_runs_are_normalised_in_linear_time(run: str) -> None:
    assert len(text.normalise(f"o{run * 500_000}x")) <= 500_002  # in quadratic time: hours


def test_combining_marks_are_kept_as_far_as_any_language_needs_them() -> None:
    assert text.normalise("о" + "\u0301" + "к") == "о\u0301к"
    assert text.normalise("o" + "\u0323\u0330" * 15) == text.normalise("o" + "\u0323\u0330" * 20)


def test_a_backup_taken_while_a_writer_writes_becomes_a_library_again(
    folder: Path, models: Path
) -> None:
    """As docs/operations.md says: the catalog by `vacuum into`, Chroma by `check --repair`."""
    stop = threading.Event()
    shelf = list(places(8).values())
    with Assistant.open(library(folder / "running", models), write=True) as assistant:
        assistant.ingest([place.file(folder, 0) for place in shelf])

        def write() -> None:
            version = 0
            while not stop.is_set():
                version += 1
                assistant.ingest([place.file(folder, version) for place in shelf])

        writer = threading.Thread(target=write)
        writer.start()
        try:
            saved = library(folder / "saved", models).data_dir
            catalog = sqlite3.connect(folder / "running" / "catalog.sqlite")
            catalog.execute("vacuum into ?", (str(saved / "catalog.sqlite"),))
            catalog.close()
        finally:
            stop.set()
            writer.join()
    done = belegt(saved, "check", "--repair")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "clean"), (
        done.stdout + done.stderr
    )
    with Assistant.open(settings.load(data_dir=saved)) as restored:
        texts = [restored.article(place.name).text for place in shelf]
        versions = {v for v in range(200) if shelf[0].text(v) == texts[0]}
        assert len(versions) == 1
        assert texts == [place.text(*versions) for place in shelf]
