"""The command line from outside: what a user types, prints, and gets as exit code."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, models: Path, articles: Path) -> Path:
    """A data folder with the two small articles."""
    folder = tmp_path_factory.mktemp("home")
    (folder / "models").symlink_to(models)
    done = belegt(folder, "ingest", str(articles), "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["added"] == ["bridge", "grain"]
    return folder


def belegt(
    data: Path, *arguments: str, text: str | None = None
) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("RAG_")}
    return subprocess.run(
        [sys.executable, "-m", "rag", *arguments],
        input=text,
        capture_output=True,
        text=True,
        timeout=300,
        cwd=ROOT,
        env=environment | {"RAG_DATA_DIR": str(data)},
    )


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    assert "Traceback" not in done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


def test_ask_prints_the_answer_of_the_contract(home: Path) -> None:
    done = belegt(home, "ask", "Who declined to comment on the convoy?", "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert set(answer) >= {
        "question", "language", "as_of", "status", "flag", "badges", "documents", "origins", "why",
        "text", "statements", "positions", "conflicts", "timeline", "citations", "nearest",
        "engine", "elapsed_ms",
    }  # fmt: skip
    assert [p["source"] for p in answer["positions"]] == ["Russia"]
    assert answer["positions"][0]["stance"] == "no_comment"


def test_ask_for_people_names_the_source_and_quotes_it(home: Path) -> None:
    done = belegt(home, "ask", "What did Kubrakov say about the corridor?")
    assert "The corridor works" in done.stdout
    assert "Kubrakov" in done.stdout


def test_the_same_question_gives_the_same_bytes(home: Path) -> None:
    answers = [
        json.loads(belegt(home, "ask", "Wie viele Zivilisten starben?", "--json").stdout)
        for _ in range(2)
    ]
    for answer in answers:
        del answer["elapsed_ms"]
    assert answers[0] == answers[1]


def test_a_batch_answers_line_by_line_and_names_bad_lines(home: Path) -> None:
    lines = [
        '{"id": 1, "question": "Who said the corridor works?"}',
        "not json",
        '{"id": 3}',
        '{"id": 4, "question": ""}',
        '{"id": 5, "question": "Скільки кораблів вийшло з Одеси?", "language": "de", "x": 1}',
    ]
    done = belegt(home, "ask", "--batch", "-", text="\n".join(lines))
    made = [json.loads(line) for line in done.stdout.splitlines()]
    assert [sorted(m) for m in made] == [
        ["answer", "id"], ["error", "id"], ["error", "id"], ["error", "id"], ["answer", "id"],
    ]  # fmt: skip
    assert made[4]["answer"]["language"] == "de"
    assert done.returncode == 0


def test_a_line_of_a_batch_has_filters_of_its_own(home: Path) -> None:
    question = "Who said the corridor works?"
    lines = [
        {"question": question},
        {"question": question, "filters": {"articles": ["bridge"]}},
        {"question": question, "filters": {"languages": ["en"], "until": "2099"}},
        {"question": question, "filters": {"article": ["bridge"]}},
        {"question": question, "filters": {"articles": "bridge"}},
        {"question": question, "filters": {"languages": ["fr"]}},
    ]
    text = "\n".join(map(json.dumps, lines))
    done = belegt(home, "ask", "--batch", "-", text=text)
    made = [json.loads(line) for line in done.stdout.splitlines()]
    cited = [{c["article_id"] for c in m["answer"]["citations"]} for m in made[:3]]
    assert "grain" in cited[0]
    assert cited[1] <= {"bridge"}
    assert cited[2] == cited[0]
    assert [m["error"] for m in made[3:]] == [
        "Line 4: there is no filter 'article'; there are languages, publishers, since, until, "
        "articles.",
        "Line 5: filter 'articles' has the wrong type ('bridge').",
        "Language 'fr' is not one of de, en, uk, ru.",
    ]


def test_articles_and_claims_are_read_without_an_embedding_model(home: Path) -> None:
    for arguments in (("articles",), ("articles", "show", "grain"), ("claims", "bridge")):
        done = belegt(home, *arguments, "--embeddings", "no/such-model")
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout
    asked = belegt(home, "ask", "Who said so?", "--embeddings", "no/such-model")
    assert asked.returncode == 2


def test_show_gives_the_text_that_offsets_count_in(home: Path) -> None:
    shown = json.loads(belegt(home, "articles", "show", "grain", "--json").stdout)
    answer = json.loads(belegt(home, "ask", "Where are more ships waiting?", "--json").stdout)
    cited = [c for c in answer["citations"] if c["article_id"] == "grain"]
    assert cited
    assert all(shown["text"][c["start"] : c["end"]] == c["quote"] for c in cited)


def test_claims_are_listed_with_source_and_stance(home: Path) -> None:
    claims = json.loads(belegt(home, "claims", "bridge", "--json").stdout)
    found = {(s["name"], c["stance"]) for c in claims for s in c["sources"]}
    assert any(stance == "denies" and "efen" in name for name, stance in found), found
    everything = json.loads(belegt(home, "claims", "bridge", "--json", "--all").stdout)
    assert len(everything) > len(claims)
    assert {c["form"] for c in everything} - {c["form"] for c in claims} == {"narrated"}


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask", ""),
        ("ask", "?!"),
        ("ask", "x" * 100_000),
        ("ask", "Who?", "--as-of", "gestern"),
        ("ask", "Who?", "--language", "fr"),
        ("ask", "Who?", "--engine", "oracle"),
        ("ask", "Who?", "--from", "2024-12-01", "--to", "2024-01-01"),
        ("ask", "--batch", "nowhere.jsonl"),
        ("ingest", "nowhere"),
        ("ingest", "https://example.org/article"),
        ("ingest", "x" * 300),
        ("articles", "show", "\udcff"),
        ("articles", "show", "nobody"),
        ("articles", "remove", "nobody"),
        ("claims", "nobody"),
    ],
)
def test_bad_input_gets_one_line_and_code_2(home: Path, arguments: tuple[str, ...]) -> None:
    done = belegt(home, *arguments)
    assert done.returncode == 2
    assert one_line(done).startswith("error: ")
    assert done.stdout == ""


def test_an_empty_library_says_what_to_do(tmp_path: Path) -> None:
    done = belegt(tmp_path, "ask", "Who confirmed it?")
    assert done.returncode == 2
    assert "python -m rag ingest" in one_line(done)


def test_a_refused_file_gives_code_1_and_the_good_one_is_kept(home: Path, tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text("Titel\n\nDer Hafen sei offen, sagte der Bürgermeister.")
    (tmp_path / "bad.md").write_bytes(b"\x00\x01\x02")
    done = belegt(home, "ingest", str(tmp_path))
    assert done.returncode == 1
    assert "bad.md" in one_line(done)
    assert "binary" in done.stderr
    listed = json.loads(belegt(home, "articles", "--json").stdout)
    assert {"good", "bridge", "grain"} <= {a["id"] for a in listed}


def test_a_second_writer_is_refused_with_the_ways_around(home: Path, articles: Path) -> None:
    with FileLock(home / "writer.lock"):
        done = belegt(home, "ingest", str(articles))
    assert done.returncode == 2
    assert "its page or its API, or stop it" in one_line(done)
