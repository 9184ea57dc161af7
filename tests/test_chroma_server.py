"""RAG_CHROMA_URL against a real `chroma run` server, which is killed and started at will."""

import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import numpy as np
import pytest
from conftest import BRIDGE, GRAIN, library

from rag import vectors
from rag.__main__ import main
from rag.assistant import Assistant
from rag.embeddings import Embedder, open_embedder
from rag.errors import InputError, LibraryError
from rag.index import Index
from rag.settings import Settings
from rag.vectors import Vectors

GRAIN_QUESTION = "How many tonnes of grain left Odesa?"
BRIDGE_QUESTION = "Wie viele Zivilisten wurden bei der Brücke getötet?"
PORT = "Lage im Hafen\n\nDer Hafen sei offen, sagte Bürgermeister Hennadij Truchanow am Freitag.\n"
PORT_QUESTION = "Was sagte Truchanow über den Hafen?"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Server:
    """A Chroma server on a port and folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.folder.mkdir(exist_ok=True)
        program = Path(sys.executable).parent / "chroma"
        self.process = subprocess.Popen(
            [program, "run", "--path", "data", "--host", "127.0.0.1", "--port", str(self.port)],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(200):
            try:
                urllib.request.urlopen(f"{self.url}/api/v2/heartbeat", timeout=5).close()
                return
            except (urllib.error.URLError, ConnectionError):
                assert self.process.poll() is None, "the server has ended"
                time.sleep(0.05)
        raise AssertionError("the server does not answer")

    def signal(self, number: int) -> None:
        assert self.process is not None
        self.process.send_signal(number)

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    made = Server(tmp_path / "server")
    made.start()
    yield made
    made.kill()


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "bridge.md").write_text(BRIDGE, encoding="utf-8")
    (folder / "grain.md").write_text(GRAIN, encoding="utf-8")
    return folder


@pytest.fixture
def chosen(tmp_path: Path, models: Path, server: Server) -> Settings:
    """Settings of a new library whose vectors lie on the server."""
    return on(server.url, library(tmp_path / "library", models))


@pytest.fixture(scope="module")
def embedder(models: Path) -> Embedder:
    """The bundled model, loaded once for most of these tests."""
    return open_embedder("bundled", models)


def opened(chosen: Settings, embedder: Embedder, *, write: bool = True) -> Assistant:
    """The library of these settings, as another process would open it."""
    return Assistant(Index(chosen.data_dir, embedder, write=write, chroma_url=chosen.chroma_url))


def on(url: str, chosen: Settings) -> Settings:
    return chosen.model_copy(update={"chroma_url": url})


def cited(assistant: Assistant, question: str) -> str:
    """The article that the answer cites first."""
    return assistant.ask(question).citations[0].article_id


def stored(assistant: Assistant) -> dict[str, int]:
    """What its Chroma server holds, whoever has put it there: collections and their sizes."""
    return {c.name: c.count() for c in assistant.index.vectors._client.list_collections()}


def passages(assistant: Assistant) -> int:
    return sum(article.passages for article in assistant.articles())


def test_a_library_on_a_server_is_filled_asked_changed_and_opened_again(
    chosen: Settings, texts: Path, server: Server, embedder: Embedder
) -> None:
    with opened(chosen, embedder) as assistant:
        assistant.ingest([texts])
        assert cited(assistant, GRAIN_QUESTION) == "grain"
        assert cited(assistant, BRIDGE_QUESTION) == "bridge"
        with Assistant.open(chosen) as reader:  # another client, as another process would have
            (texts / "port.md").write_text(PORT, encoding="utf-8")
            assert assistant.ingest([texts]).added == ("port",)
            assert cited(reader, PORT_QUESTION) == "port"
        (texts / "port.md").write_text(PORT.replace("offen", "geschlossen"), encoding="utf-8")
        assert assistant.ingest([texts]).updated == ("port",)
        assistant.remove("bridge")
    assert not (chosen.data_dir / "chroma").exists()
    with Assistant.open(chosen) as reader:
        assert "geschlossen" in reader.ask(PORT_QUESTION).citations[0].quote
        assert [a.id for a in reader.articles()] == ["grain", "port"]
        assert cited(reader, GRAIN_QUESTION) == "grain"
        found = sum(n for k, n in stored(reader).items() if k.startswith("passages-"))
        assert found == passages(reader)


def test_libraries_on_one_server_never_see_each_other(
    chosen: Settings, texts: Path, server: Server, embedder: Embedder, tmp_path: Path, models: Path
) -> None:
    """Also where both hold the same article, and the other is filled and emptied meanwhile."""
    other = on(server.url, library(tmp_path / "other", models))
    with opened(chosen, embedder) as assistant:
        assistant.ingest([texts])
        before = stored(assistant)
        (texts / "port.md").write_text(PORT, encoding="utf-8")
        with opened(other, embedder) as second:
            second.ingest([texts])
            both = stored(assistant)
            assert before.items() < both.items()
            assert len(both) == 2 * len(before)
            found = {hit.passage.article_id for hit in assistant.search(PORT_QUESTION)}
            assert found == {"bridge", "grain"}
            for article_id in ("grain", "bridge"):
                second.remove(article_id)
            assert cited(second, PORT_QUESTION) == "port"
        assert cited(assistant, GRAIN_QUESTION) == "grain"
        assert cited(assistant, BRIDGE_QUESTION) == "bridge"
        assert before.items() < stored(assistant).items()


def test_only_the_own_library_loses_the_vectors_of_its_former_model(
    server: Server, tmp_path: Path
) -> None:
    def store_of(library: str, model: str) -> closing[Vectors]:
        return closing(Vectors(tmp_path, model, server.url, library=library))

    vector = np.ones((1, 4), np.float32) / 2
    for which in (("one", "old"), ("two", "old"), ("one", "new")):
        with store_of(*which) as store:
            store.upsert("passages-de", ["key"], vector)
    with store_of("one", "new") as store:
        store.drop_other_models()
        assert store.search("passages-de", vector[0], 5) == [("key", pytest.approx(1))]
    with store_of("one", "old") as gone, store_of("two", "old") as other:
        assert (gone.count("passages-de"), other.count("passages-de")) == (0, 1)


def test_a_server_that_is_down_is_named_in_one_line(
    tmp_path: Path, models: Path, texts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = library(tmp_path / "library", models).data_dir
    url = f"http://127.0.0.1:{free_port()}"
    for command in (["ingest", str(texts)], ["ask", GRAIN_QUESTION]):
        assert main([*command, "--data-dir", str(folder), "--chroma-url", url]) == 2
        said = capsys.readouterr().err
        assert said.startswith(f"error: The Chroma server at {url} cannot be used (")
        assert said.endswith("; start it, or unset RAG_CHROMA_URL. What was ingested is kept.\n")
        assert said.count("\n") == 1


class Elsewhere(BaseHTTPRequestHandler):
    """A web server that is no Chroma server."""

    def do_GET(self) -> None:
        self.send_error(404)

    def log_message(self, *_: object) -> None:
        """Print nothing."""


def test_another_web_server_is_no_chroma_server(tmp_path: Path) -> None:
    with HTTPServer(("127.0.0.1", 0), Elsewhere) as web:
        Thread(target=web.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{web.server_port}"
        with pytest.raises(LibraryError, match=r"cannot be used \(.*404.*\); start it"):
            Vectors(tmp_path, "model", url)
        web.shutdown()


def test_what_was_ingested_outlives_a_killed_server(
    chosen: Settings, texts: Path, server: Server, embedder: Embedder
) -> None:
    with opened(chosen, embedder) as assistant:
        assistant.ingest([texts])
        before = stored(assistant)
        server.kill()
        with pytest.raises(LibraryError, match=r"^The Chroma server at \S+ cannot be used .*$"):
            assistant.ask(GRAIN_QUESTION)
        (texts / "port.md").write_text(PORT, encoding="utf-8")
        with pytest.raises(LibraryError, match="cannot be used"):
            assistant.ingest([texts])
        assert len(assistant.articles()) >= 2
        server.start()
        assert stored(assistant) == before
        assert cited(assistant, GRAIN_QUESTION) == "grain"
        assert cited(assistant, BRIDGE_QUESTION) == "bridge"
        assistant.ingest([texts])
        assert cited(assistant, PORT_QUESTION) == "port"


def test_a_removal_that_the_server_does_not_hear_of_is_made_up_for(
    chosen: Settings, texts: Path, server: Server, embedder: Embedder
) -> None:
    with opened(chosen, embedder) as assistant:
        assistant.ingest([texts])
        server.kill()
        with pytest.raises(LibraryError, match="cannot be used"):
            assistant.remove("bridge")
        server.start()
        assistant.ingest([texts])
        assert [a.id for a in assistant.articles()] == ["grain"]
        found = sum(n for k, n in stored(assistant).items() if k.startswith("passages-"))
        assert found == passages(assistant)


def test_an_ingest_that_a_dying_server_breaks_off_is_finished_by_the_next(
    chosen: Settings, texts: Path, server: Server, embedder: Embedder
) -> None:
    def dies(stage: str, *_: int) -> None:
        if stage == "embedding":
            server.kill()

    with opened(chosen, embedder) as assistant:
        with pytest.raises(LibraryError, match="cannot be used"):
            assistant.ingest([texts], dies)
        server.start()
        assistant.ingest([texts])
        assert cited(assistant, GRAIN_QUESTION) == "grain"
        assert cited(assistant, BRIDGE_QUESTION) == "bridge"
        found = sum(n for k, n in stored(assistant).items() if k.startswith("passages-"))
        assert found == passages(assistant)


def test_a_server_that_has_lost_everything_is_noticed_and_filled_again(
    chosen: Settings, texts: Path, server: Server, embedder: Embedder
) -> None:
    with opened(chosen, embedder) as assistant:
        assistant.ingest([texts])
        server.kill()
        shutil.rmtree(server.folder)
        server.start()
        with pytest.raises(LibraryError, match=r"has lost collections .*rag ingest FOLDER"):
            assistant.ask(GRAIN_QUESTION)
        with pytest.raises(LibraryError, match=r"holds no vectors .*rag ingest FOLDER"):
            assistant.ask(GRAIN_QUESTION)
        with opened(chosen, embedder, write=False) as reader:
            with pytest.raises(LibraryError, match=r"holds no vectors .*rag ingest FOLDER"):
                reader.ask(GRAIN_QUESTION)
            assistant.ingest([texts])
            assert cited(reader, GRAIN_QUESTION) == "grain"


def test_a_server_that_hangs_is_not_waited_for_without_end(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "PATIENCE", 0.3)
    with closing(Vectors(tmp_path, "model", server.url)) as store:
        assert store.count("passages-de") == 0
        server.signal(signal.SIGSTOP)
        with pytest.raises(LibraryError, match=r"cannot be used \(timed out\)"):
            store.count("passages-de")
        with pytest.raises(LibraryError, match=r"cannot be used \(timed out\)"):
            Vectors(tmp_path, "model", server.url)
        server.signal(signal.SIGCONT)
        assert store.count("passages-de") == 0


@pytest.mark.parametrize(
    "url",
    [
        "localhost:8000",
        "ftp://localhost",
        "http://",
        "http://localhost:99999",
        "http://localhost:port",
        "http://localhost:8000/chroma",
        "http://user:word@localhost:8000",
        "http://[::1",
        "",
    ],
)
def test_what_is_no_address_of_a_server_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(InputError, match=r"RAG_CHROMA_URL='.*' is not like http://host:8000"):
        Vectors(tmp_path, "model", url)
