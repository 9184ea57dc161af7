"""Each thing that can break is broken for real, found, and mended."""

import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from conftest import library
from test_cli import belegt

from rag import checking
from rag.assistant import Assistant
from rag.embeddings import BundledEmbedder, Embedder
from rag.errors import LibraryError
from rag.repair import repair
from rag.settings import Settings, load
from rag.vectors import Vectors


@pytest.fixture(scope="module")
def embedder(models: Path) -> Embedder:
    return BundledEmbedder(models)


@pytest.fixture(scope="module")
def made(
    tmp_path_factory: pytest.TempPathFactory, models: Path, articles: Path, embedder: Embedder
) -> Path:
    """A closed library of the two small articles."""
    folder = tmp_path_factory.mktemp("made")
    with Assistant.open(library(folder, models), write=True, embedder=embedder) as assistant:
        assistant.ingest([articles])
    return folder


@pytest.fixture
def copied(made: Path, tmp_path: Path) -> Settings:
    """A library of its own: Chroma keeps a folder open for as long as a process lives."""
    shutil.copytree(made, tmp_path / "copy", symlinks=True)
    return load(data_dir=tmp_path / "copy")


def sql(*statements: str) -> Callable[[Settings], None]:
    def run(chosen: Settings) -> None:
        with sqlite3.connect(chosen.data_dir / "catalog.sqlite") as catalog:
            for statement in statements:
                catalog.execute(statement)
        catalog.close()

    return run


def in_chroma(change: Callable[[Vectors, list[str]], None]) -> Callable[[Settings], None]:
    def run(chosen: Settings) -> None:
        with sqlite3.connect(chosen.data_dir / "catalog.sqlite") as catalog:
            (name,) = catalog.execute("select value from meta where key='library'").fetchone()
        catalog.close()
        fingerprint = BundledEmbedder(chosen.data_dir / "models").fingerprint
        vectors = Vectors(chosen.data_dir / "chroma", fingerprint, library=name)
        change(vectors, vectors.keys("passages-de"))
        vectors.close()

    return run


def kinds(chosen: Settings, embedder: Embedder) -> set[str]:
    return {one.kind for one in checking.check(chosen, embedder).findings}


OTHER = np.full((1, 384), 384**-0.5, np.float32)
DAMAGES = {
    "a word index without a passage": (
        sql("insert into passages_fts(passages_fts, rowid, terms) select 'delete', id, terms"
            " from passages where id=1"),
        {"words"},
    ),
    "a passage beyond the text": (sql('update passages set "end"="end"+9999'), {"article"}),
    "a passage at another place": (sql("update passages set start=start+1"), {"article"}),
    "a sentence outside its passage": (sql("update sentences set start=start+9999"), {"article"}),
    "a passage without sentences": (sql("delete from sentences"), {"article", "vectors"}),
    "a claim with other words": (
        sql("update claims set record=replace(record, 'Kowaljow', 'Kowalenk')"), {"article"},
    ),
    "a claim that is cut off": (sql("update claims set record=substr(record, 1, 40)"), {"article"}),
    "an article with other words": (
        sql("update articles set record=replace(record, 'Brücke bei', 'Straße bei')"), {"article"},
    ),
    "an article that is cut off": (
        sql("update articles set record=substr(record, 1, 40) where id='grain'"), {"record"},
    ),
    "another content hash": (sql("update articles set content_hash='0'"), {"article"}),
    "vectors that are cut off": (
        sql("update passages set vectors=substr(vectors, 1, 100)"), {"vectors"},
    ),
    "vectors of length 0": (
        sql("update passages set vectors=zeroblob(length(vectors))"), {"vectors", "other"},
    ),
    "vectors of another model": (sql("update articles set embedded_by='other'"), {"model"}),
    "no means": (sql("delete from means"), {"means"}),
    "no mean of neutral words": (
        sql("delete from means where name='reference-words-uk'"), {"means"},
    ),
    "a word's vector of length 0": (
        sql("update words set vector=zeroblob(length(vector)) where id=1"), {"vocabulary"},
    ),
    "a word's vector that is cut off": (
        sql("update words set vector=substr(vector, 1, 7) where id=2"), {"vocabulary"},
    ),
    "an article of an earlier version": (
        sql("insert into unread select record, path from articles"), {"unread"},
    ),
    "passages without an article": (
        sql("delete from articles where id='grain'"), {"orphans", "strange"},
    ),
    "a broken off write": (
        sql("insert into garbage values('passages-de', 'nobody:0-1:0')"), {"unfinished"},
    ),
    "a vector that Chroma lost": (
        in_chroma(lambda v, keys: v.delete("passages-de", keys[:1])), {"missing"},
    ),
    "a vector that Chroma has otherwise": (
        in_chroma(lambda v, keys: v.upsert("passages-de", keys[:1], OTHER)), {"other"},
    ),
    "a vector too many": (
        in_chroma(lambda v, _: v.upsert("passages-de", ["nobody:0-1:0"], OTHER)), {"strange"},
    ),
    "a collection too many": (
        in_chroma(lambda v, _: v.upsert("passages-uk", ["nobody:0-1:0"], OTHER)), {"strange"},
    ),
    "a collection that is gone": (in_chroma(lambda v, _: v.drop("passages-de")), {"missing"}),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGES)
def test_what_is_broken_is_found_and_mended(
    copied: Settings, embedder: Embedder, name: str
) -> None:
    damage, expected = DAMAGES[name]
    assert kinds(copied, embedder) == set()
    damage(copied)
    report = checking.check(copied, embedder)
    assert {one.kind for one in report.findings} == expected
    assert all("--repair" in one.mend for one in report.findings)
    repair(copied, report, embedder)
    assert kinds(copied, embedder) == set()
    with Assistant.open(copied, embedder=embedder) as assistant:
        kept = {info.id for info in assistant.articles()}
        assert kept == ({"bridge"} if "orphans" in expected else {"bridge", "grain"})
        assert "Antonowka" in assistant.ask("Welche Brücke wurde zerstört?").citations[0].quote


def overwrite(path: Path, at: int, size: int) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(np.random.default_rng(4).bytes(size))


def lose_index(folder: Path) -> None:
    vectors = np.random.default_rng(5).normal(size=(1500, 384)).astype(np.float32)
    keys = [f"nobody:{number}" for number in range(len(vectors))]  # the index is written at 1,000
    in_chroma(lambda v, _: v.upsert("passages-de", keys, vectors))(load(data_dir=folder.parent))
    for path in folder.glob("*/data_level0.bin"):
        path.unlink()


FILES: dict[str, Callable[[Path], None]] = {
    "gone": shutil.rmtree,
    "without its database": lambda folder: (folder / "chroma.sqlite3").unlink(),
    "cut off": lambda folder: os.truncate(folder / "chroma.sqlite3", 20_000),
    "overwritten": lambda folder: overwrite(folder / "chroma.sqlite3", 20_000, 100_000),
    "without its index": lose_index,
}


@pytest.mark.parametrize("name", FILES)
def test_damaged_files_of_chroma_are_made_anew(copied: Settings, name: str) -> None:
    FILES[name](copied.data_dir / "chroma")
    found = belegt(copied.data_dir, "check", "--json")
    assert found.returncode == 1, found.stderr
    assert {one["kind"] for one in json.loads(found.stdout)["findings"]} <= {"chroma", "missing"}
    mended = belegt(copied.data_dir, "check", "--repair")
    assert mended.returncode == 0, mended.stderr
    assert mended.stdout.splitlines()[-1] == "clean"
    answer = belegt(copied.data_dir, "ask", "Welche Brücke wurde zerstört?")
    assert "Antonowka" in answer.stdout


def test_a_destroyed_catalog_gets_one_line_that_says_how_to_begin_anew(copied: Settings) -> None:
    file = copied.data_dir / "catalog.sqlite"
    overwrite(file, 0, 4096)
    for options in ((), ("--repair",)):
        done = belegt(copied.data_dir, "check", *options)
        assert done.returncode == 1
        assert len(done.stdout.splitlines()) == 1
        assert "python -m rag ingest FOLDER --data-dir NEW" in done.stdout
        assert done.stderr == ""


def test_an_empty_catalog_is_said_to_be_empty_with_one_remedy(copied: Settings) -> None:
    (copied.data_dir / "catalog.sqlite").write_bytes(b"")
    (found,) = checking.check(copied).findings
    assert found.text.endswith("catalog.sqlite is empty or damaged.")
    assert "python -m rag ingest" not in found.text
    assert "python -m rag ingest" in found.mend


def test_a_page_of_the_catalog_that_is_overwritten_is_found(copied: Settings) -> None:
    file = copied.data_dir / "catalog.sqlite"
    overwrite(file, file.stat().st_size // 2, 20_000)
    done = belegt(copied.data_dir, "check", "--repair")
    assert done.returncode == 1
    assert "--data-dir NEW" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_library_in_use_is_checked_beside_its_writer_but_not_repaired(copied: Settings) -> None:
    with Assistant.open(copied, write=True):
        done = belegt(copied.data_dir, "check")
        assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "clean"), done.stdout
        assert "Another process" in done.stdout
        sql("delete from means")(copied)
        refused = belegt(copied.data_dir, "check", "--repair")
        assert refused.returncode == 2
        assert "Another process is writing" in refused.stderr


def test_checking_changes_nothing_in_the_catalog(copied: Settings) -> None:
    sql("delete from sentences")(copied)
    before = (copied.data_dir / "catalog.sqlite").read_bytes()
    assert belegt(copied.data_dir, "check").returncode == 1
    assert (copied.data_dir / "catalog.sqlite").read_bytes() == before


def test_without_a_library_there_is_nothing_to_check(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="There is no library"):
        checking.check(load(data_dir=tmp_path))
    assert list(tmp_path.iterdir()) == []
