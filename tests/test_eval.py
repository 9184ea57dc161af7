import contextlib
import io
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from eval import __main__ as command
from eval import cases, foundation, gate, speed
from rag import loading
from rag.errors import EngineError
from rag.schema import LANGUAGES


@dataclass(frozen=True)
class Run:
    """What one run of the command printed and wrote."""

    code: int
    record: dict[str, Any]
    complaints: str
    page: str


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    page = tmp_path_factory.mktemp("report") / "report.html"
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = command.main(["report", "foundation", "--json", "--output", str(page)])
    text = page.read_text(encoding="utf-8") if page.exists() else ""
    return Run(code, json.loads(out.getvalue() or "{}"), err.getvalue(), text)


def test_the_foundation_gate_holds(run: Run) -> None:
    assert run.code == 0, run.complaints


def test_every_bound_of_the_baseline_is_measured(run: Run) -> None:
    assert run.record["suite"] == "foundation"
    assert gate.load()["foundation"].floors.keys() == run.record["metrics"].keys()


def test_every_figure_lies_within_its_interval(run: Run) -> None:
    shares = {k: m for k, m in run.record["metrics"].items() if m["low"] is not None}
    assert shares.keys() >= {"citation_precision", "citation_recall", "flag_accuracy"}
    for measure in shares.values():
        assert 0 <= measure["low"] <= measure["value"] <= measure["high"] <= 1
        assert measure["n"] > 0


def test_the_report_shows_every_question(run: Run) -> None:
    questions = cases.load(foundation.CASES)
    assert run.page.count("<details>") == len(questions)
    assert all(f"<b>{case.id}</b>" in run.page for case in questions)


def test_the_gold_asks_in_every_language_and_also_what_cannot_be_answered() -> None:
    questions = cases.load(foundation.CASES)
    assert {case.language for case in questions} == set(LANGUAGES)
    assert sum(not case.answerable for case in questions) >= 5


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["fundation"], "no suite fundation; there are foundation, claims, silence, retrieval"),
        (["foundation", "report"], "no suite report"),
        (["--allow-regression"], "--allow-regression goes with --update"),
        (["--output", "page.html"], "--output goes with report"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_mends_it(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        command.main(arguments)
    assert caught.value.code == 2
    assert said in capsys.readouterr().err


def test_a_library_that_cannot_be_built_ends_with_2_and_no_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with foundation.opened(tmp_path):  # holds the lock of the one writer
        assert command.main(["foundation", "--library", str(tmp_path)]) == 2
    assert capsys.readouterr().err.startswith("eval: ")


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("South Korea", "Südkorea und die Ukraine berichten von 12.000 Soldaten.", True),
        ("South Korea", "Південна Корея повідомила про втрати.", True),
        ("Ukraine", "Das Pentagon schätzte die Zahl auf 10.000.", False),
        ("Lee Seong-kweun", "Der Abgeordnete Lee Seong-kweun nannte 2.000 Tote.", True),
        ("NIS", "Denis nannte keine Zahl.", False),
    ],
)
def test_a_source_is_recognised_in_a_text_of_any_language(
    name: str, text: str, found: bool
) -> None:
    assert foundation.mentions(name, text) is found


def test_a_speaker_stands_for_the_state_but_not_for_another_speaker() -> None:
    assert foundation.same_source("Dmitry Peskov", "dmitry peskov")
    assert foundation.same_source("Russia", "Dmitry Peskov")
    assert foundation.same_source("Dmitry Peskov", "Russia")
    assert not foundation.same_source("Dmitry Peskov", "Vladimir Putin")
    assert not foundation.same_source("Ukraine", "Dmitry Peskov")


def test_copies_of_an_article_hold_the_same_text_under_ids_of_their_own(tmp_path: Path) -> None:
    source = tmp_path / "kursk.md"
    source.write_text(
        '---\ntitle: "Kursk: «отвод» — was bekannt ist"\nlanguage: de\n---\n\n'
        "Der Kreml wollte sich nicht äußern.\n\n## Zahlen\n\nSeoul sprach von 10.000 Soldaten.\n",
        encoding="utf-8",
    )
    article = loading.read(source)
    speed.write_copies([article], tmp_path / "copies", 2, "-x")
    copies = [loading.read(path) for path in sorted((tmp_path / "copies").iterdir())]
    assert [copy.text for copy in copies] == [article.text] * 2
    assert len({copy.id for copy in copies}) == 2


def test_a_child_gives_its_times_and_a_failing_one_its_error(tmp_path: Path) -> None:
    wall, processor, _ = speed.child(["-c", "sum(range(3_000_000))"], tmp_path)
    assert wall > 0
    assert processor > 0
    with pytest.raises(EngineError, match="ZeroDivisionError"):
        speed.child(["-c", "1 / 0"], tmp_path)


def test_a_child_reads_the_library_it_is_given_and_no_foreign_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAG_CHROMA_URL", "http://localhost:1")
    code = "import os, sys; print(dict(os.environ), file=sys.stderr)"
    _, _, printed = speed.child(["-c", code], tmp_path)
    assert str(tmp_path) in printed
    assert "RAG_CHROMA_URL" not in printed
    assert os.environ["RAG_CHROMA_URL"]


@pytest.mark.parametrize(("imported", "answer"), [("torch", True), ("json", False)])
def test_an_import_of_torch_is_noticed_however_it_came_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, imported: str, answer: bool
) -> None:
    package = tmp_path / "torch"
    package.mkdir()
    (package / "__init__.py").touch()
    (tmp_path / "rag").mkdir()
    (tmp_path / "rag" / "__main__.py").write_text(
        f"import importlib, sys\nimportlib.import_module({imported!r})\nsys.exit(0)\n"
    )
    monkeypatch.setattr(speed, "ROOT", tmp_path)
    assert speed.imports_torch(tmp_path, "Wer?") is answer
