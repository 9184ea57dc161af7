import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from conftest import library

from rag import ingestion
from rag.assistant import Assistant
from rag.embeddings import BundledEmbedder
from rag.errors import LibraryError
from rag.index import Index
from rag.schema import LANGUAGES

PORT = "Lage im Hafen\n\nDer Hafen sei offen, sagte Bürgermeister Hennadij Truchanow am Freitag.\n"
ROAD = "Lage auf der Straße\n\nNach Angaben der Polizei wurden drei Fahrzeuge beschädigt.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "texts"
    made.mkdir()
    (made / "port.md").write_text(PORT)
    (made / "road.md").write_text(ROAD)
    return made


@pytest.fixture
def opened(tmp_path: Path, models: Path) -> Iterator[Assistant]:
    with Assistant.open(library(tmp_path / "library", models), write=True) as assistant:
        yield assistant


def vectors_of(index: Index) -> int:
    return sum(index.vectors.count(f"passages-{language}") for language in LANGUAGES)


def test_an_unchanged_folder_writes_nothing(opened: Assistant, folder: Path) -> None:
    assert opened.ingest([folder]).added == ("port", "road")
    before = opened.index.record.changes()
    again = opened.ingest([folder])
    assert (again.added, again.updated, again.unchanged) == ((), (), ("port", "road"))
    assert opened.index.record.changes() == before


def test_a_changed_file_replaces_only_itself(opened: Assistant, folder: Path) -> None:
    opened.ingest([folder])
    (folder / "port.md").write_text(PORT.replace("offen", "geschlossen"))
    report = opened.ingest([folder])
    assert (report.updated, report.unchanged) == (("port",), ("road",))
    answer = opened.ask("Was sagte Truchanow über den Hafen?")
    assert "geschlossen" in answer.citations[0].quote
    assert vectors_of(opened.index) == opened.index.catalog.size()


def test_a_deleted_file_goes_with_its_vectors(opened: Assistant, folder: Path) -> None:
    opened.ingest([folder])
    (folder / "road.md").unlink()
    assert opened.ingest([folder]).removed == ("road",)
    assert [a.id for a in opened.articles()] == ["port"]
    assert vectors_of(opened.index) == opened.index.catalog.size()


def test_a_single_file_touches_only_itself(opened: Assistant, folder: Path) -> None:
    opened.ingest([folder])
    (folder / "road.md").unlink()
    assert opened.ingest([folder / "port.md"]).removed == ()
    assert len(opened.articles()) == 2


def test_a_removed_article_stays_away_until_it_is_named(opened: Assistant, folder: Path) -> None:
    opened.ingest([folder])
    opened.remove("road")
    assert opened.ingest([folder]).added == ()
    assert opened.ingest([folder / "road.md"]).added == ("road",)


def test_two_files_of_one_name_get_two_ids(opened: Assistant, folder: Path) -> None:
    (folder / "other").mkdir()
    (folder / "other" / "port.md").write_text(PORT.replace("Freitag", "Montag"))
    report = opened.ingest([folder])
    assert len(report.added) == 3
    assert len({a.id for a in opened.articles()}) == 3
    assert set(opened.ingest([folder]).unchanged) == set(report.added)


def test_two_headers_with_one_id_refuse_the_second(opened: Assistant, folder: Path) -> None:
    for name in ("a.md", "b.md"):
        (folder / name).write_text(f"---\nid: same\n---\n{PORT}")
    report = opened.ingest([folder])
    assert [Path(r.path).name for r in report.refused] == ["b.md"]
    assert "same" in report.refused[0].reason
    assert "same" in [a.id for a in opened.articles()]


def test_a_file_that_became_unreadable_keeps_its_article(opened: Assistant, folder: Path) -> None:
    opened.ingest([folder])
    (folder / "port.md").write_bytes(b"\xff\xfe\x00")
    report = opened.ingest([folder])
    assert len(report.refused) == 1
    assert len(opened.articles()) == 2


def test_vectors_of_an_article_that_was_never_stored_go_when_the_library_is_opened_again(
    opened: Assistant, folder: Path
) -> None:
    opened.ingest([folder])
    index = opened.index
    keys, vectors = index.stored_vectors(index.record.keys("de"))
    strange = [f"killed:{key}" for key in keys]
    index.record.expect("passages-de", strange)
    index.vectors.upsert("passages-de", strange, vectors)
    index.heal()
    assert vectors_of(index) == index.catalog.size()


def test_an_article_that_changes_its_language_leaves_no_vectors_behind(
    opened: Assistant, folder: Path
) -> None:
    (folder / "port.md").write_text(f"---\nlanguage: en\n---\n{PORT}")
    opened.ingest([folder])
    (folder / "port.md").write_text(f"---\nlanguage: de\n---\n{PORT}")
    opened.ingest([folder])
    assert vectors_of(opened.index) == opened.index.catalog.size()
    assert opened.index.vectors.count("passages-en") == 0


def test_lost_vectors_are_made_again(tmp_path: Path, models: Path, folder: Path) -> None:
    chosen = library(tmp_path / "lost", models)
    with Assistant.open(chosen, write=True) as assistant:
        assistant.ingest([folder])
    shutil.rmtree(chosen.data_dir / "chroma")
    # Chroma keeps a folder open for as long as its process lives, so another one looks.
    script = (
        "from pathlib import Path; from rag import settings; from rag.assistant import Assistant;"
        f"a = Assistant.open(settings.load(data_dir=Path({str(chosen.data_dir)!r})), write=True);"
        "print(a.ask('Was sagte Truchanow über den Hafen?').flag.value)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.stdout.strip() == "party_claim", done.stderr


def test_one_article_twice_is_one_after_its_copy_is_deleted(
    opened: Assistant, folder: Path
) -> None:
    (folder / "copy").mkdir()
    (folder / "copy" / "port.md").write_text(PORT)
    assert len(opened.ingest([folder]).added) == 3
    (folder / "copy" / "port.md").unlink()
    opened.ingest([folder])
    assert len(opened.articles()) == 2


def test_scores_do_not_depend_on_what_was_there_before(
    opened: Assistant, tmp_path: Path, models: Path, folder: Path
) -> None:
    opened.ingest([folder])
    opened.remove("road")
    only = tmp_path / "only"
    only.mkdir()
    (only / "port.md").write_text(PORT)
    with Assistant.open(library(tmp_path / "fresh", models), write=True) as fresh:
        fresh.ingest([only])
        question = "Was sagte Truchanow?"
        assert [h.score for h in fresh.search(question)] == [
            h.score for h in opened.search(question)
        ]


def test_a_library_of_an_earlier_version_is_read_again(
    tmp_path: Path, models: Path, folder: Path
) -> None:
    chosen = library(tmp_path / "earlier", models)
    with Assistant.open(chosen, write=True) as assistant:
        assistant.ingest([folder])
        assistant.remove("port")
        before = [(info.id, info.passages, info.claims) for info in assistant.articles()]
    with sqlite3.connect(chosen.data_dir / "catalog.sqlite") as catalog:
        catalog.execute("update meta set value='2' where key='version'")
        catalog.execute("alter table articles drop column claims_by")  # as version 2 had it
    with pytest.raises(LibraryError, match="earlier version"):
        Assistant.open(chosen)
    with Assistant.open(chosen, write=True) as assistant:
        after = [(info.id, info.passages, info.claims) for info in assistant.articles()]
        assert after == before
        assert vectors_of(assistant.index) == assistant.index.catalog.size()
        assert assistant.ingest([folder]).passed_over  # what was removed stays away


def test_an_id_that_moves_to_another_file_stays(opened: Assistant, folder: Path) -> None:
    (folder / "port.md").write_text(f"---\nid: news\n---\n{PORT}")
    opened.ingest([folder])
    (folder / "port.md").write_text(f"---\nid: harbour\n---\n{PORT}")
    (folder / "road.md").write_text(f"---\nid: news\n---\n{ROAD}")
    report = opened.ingest([folder])
    assert (report.added, report.updated, report.removed) == (("harbour",), ("news",), ("road",))
    titles = {info.id: info.title for info in opened.articles()}
    assert titles == {"harbour": "Lage im Hafen", "news": "Lage auf der Straße"}
    assert vectors_of(opened.index) == opened.index.catalog.size()


def test_an_id_that_was_given_up_and_stored_may_be_taken_in_the_same_ingest(
    opened: Assistant, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingestion, "GROUP", 1)  # every file is stored by itself
    test_an_id_that_moves_to_another_file_stays(opened, folder)


def test_words_go_with_the_last_article_that_holds_them(opened: Assistant, folder: Path) -> None:
    opened.ingest([folder])
    before = opened.index.vocabulary()
    assert {"truchanow", "polizei"} <= before.words["de"].rows.keys()
    opened.remove("road")
    kept = opened.index.vocabulary().words["de"].rows.keys()
    assert "truchanow" in kept
    assert "polizei" not in kept
    (folder / "port.md").write_text(PORT.replace("Truchanow", "Klitschko"))
    opened.ingest([folder])
    kept = opened.index.vocabulary().words["de"].rows.keys()
    assert "klitschko" in kept
    assert "truchanow" not in kept


def test_a_reader_opened_between_a_write_and_its_means_gets_the_means(
    opened: Assistant, folder: Path, tmp_path: Path
) -> None:
    opened.ingest([folder])
    record, embedder = opened.index.record, opened.index.embedder
    means = record.means(embedder.fingerprint)
    record.set_means(embedder.fingerprint, {})
    with closing(Index(tmp_path / "library", embedder, write=False)) as reader:
        bare = reader.vocabulary().means["ru"]
        record.set_means(embedder.fingerprint, means)
        assert not bare.any()
        assert reader.vocabulary().means["ru"].any()


def test_a_library_that_cannot_be_opened_leaves_nothing_open(tmp_path: Path, models: Path) -> None:
    embedder = BundledEmbedder(models)
    for _ in range(2):  # the lock is free again
        with pytest.raises(LibraryError, match="Chroma server"):
            Index(tmp_path, embedder, write=True, chroma_url="http://127.0.0.1:9")
        assert not (tmp_path / "catalog.sqlite-wal").exists()  # the last connection removes it
    (tmp_path / "catalog.sqlite").write_bytes(b"")
    with pytest.raises(LibraryError, match="empty or damaged"):
        Index(tmp_path, embedder, write=False)


def test_no_threads_are_left_when_a_library_is_closed(tmp_path: Path, models: Path) -> None:
    def running() -> list[str]:
        return [t.name for t in threading.enumerate() if t.name.startswith("words")]

    embedder = BundledEmbedder(models)
    before = running()
    with closing(Index(tmp_path, embedder, write=True)):
        assert running() == before
        embedder.words(["Hafen", "Straße"])
        assert len(running()) > len(before)
    assert running() == before
    assert embedder.words(["Hafen"]).shape == (1, embedder.dimension)
    embedder.close()
