from pathlib import Path

import pytest

from rag import loading
from rag.errors import ArticleError, InputError

BODY = "Das Ministerium teilte mit, die Lage sei ruhig. Mehr wollte es nicht sagen."


def write(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_the_header_gives_title_and_date(tmp_path: Path) -> None:
    header = "---\ntitle: Ruhe\npublisher: Blatt\npublished: 2024-10-29\nurl: https://a.b/c\n---\n"
    article = loading.read(write(tmp_path, "eins.md", header + BODY))
    assert (article.id, article.title, article.publisher) == ("eins", "Ruhe", "Blatt")
    assert (article.published, article.language) == ("2024-10-29", "de")
    assert article.text == "Ruhe\n\n" + BODY


def test_without_a_header_the_first_line_is_the_title_and_no_date_is_guessed(
    tmp_path: Path,
) -> None:
    article = loading.read(write(tmp_path, "zwei.txt", f"Lage im Grenzgebiet\n{BODY}"))
    assert article.title == "Lage im Grenzgebiet"
    assert article.published is None


def test_a_markdown_heading_loses_its_marks_only(tmp_path: Path) -> None:
    article = loading.read(write(tmp_path, "drei.md", f"# Lage\n\n## Reaktionen\n\n{BODY} #1"))
    assert article.title == "Lage"
    assert article.text == f"Lage\n\nReaktionen\n\n{BODY} #1"


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    text = f"---\ntitle: Ruhe\n---\n{BODY}\n"
    unix = loading.read(write(tmp_path, "a.md", text))
    windows = loading.read(write(tmp_path, "b.md", "\ufeff" + text.replace("\n", "\r\n")))
    assert unix.text == windows.text


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.md", b"\x89PNG\x00\x00\x01", "binary"),
        ("b.md", "Größe".encode("latin-1"), "not UTF-8"),
        ("c.md", "---\ntitle: [offen\n---\nText steht hier und da.", "not YAML"),
        ("d.md", "---\n- nur\n- eine Liste\n---\nText steht hier und da.", "key: value"),
        ("e.md", "---\ntitle: Offen\nText steht hier und da.", "closing ---"),
        ("f.txt", "Wort", "no text"),
        ("g.txt", "", "no text"),
        ("h.md", f"---\npublished: gestern\n---\nTitel\n{BODY}", "ISO date"),
        ("i.md", f"---\nlanguage: fr\n---\nTitel\n{BODY}", "language 'fr'"),
        ("m.md", f"---\nfacts_from: 5\n---\nTitel\n{BODY}", "list of ids"),
        ("n.md", "---\nurl: " + "[" * 5000 + f"\n---\n{BODY}", "not YAML"),
        ("l.md", f"---\ntitle: {{a: b}}\n---\nTitel\n{BODY}", "title"),
        ("j.md", f"---\nid: ../etwas\n---\nTitel\n{BODY}", "id"),
        ("k.txt", "Le gouvernement a déclaré lundi que les soldats étaient arrivés.", "language"),
    ],
)
def test_an_unusable_file_is_refused_with_its_reason(
    tmp_path: Path, name: str, content: str | bytes, reason: str
) -> None:
    with pytest.raises(ArticleError, match=reason) as caught:
        loading.read(write(tmp_path, name, content))
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_folder_lists_articles_and_names_documents_it_cannot_read(tmp_path: Path) -> None:
    for name in ("b.md", "a.txt", "README.md", "c.pdf", "d.jsonl", ".hidden.md"):
        write(tmp_path, name, BODY)
    files = loading.find_files(tmp_path)
    assert [p.name for p in files.articles] == ["a.txt", "b.md"]
    assert [p.name for p in files.refused] == ["c.pdf"]
    assert [p.name for p in files.ignored] == ["README.md", "d.jsonl"]


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nirgends"):
        loading.find_files(tmp_path / "nirgends")


def test_a_title_may_hold_a_colon(tmp_path: Path) -> None:
    header = "---\ntitle: Seoul: Soldaten seien unterwegs\npublished: 2024-10-18\n---\n"
    article = loading.read(write(tmp_path, "colon.md", header + BODY))
    assert article.title == "Seoul: Soldaten seien unterwegs"
    assert article.published == "2024-10-18"
