"""What the README shows is what happens."""

import re
from pathlib import Path

import pytest

from rag import render
from rag.__main__ import main
from rag.assistant import Assistant
from rag.settings import PREFIX, Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def test_the_answer_shown_is_the_answer_given(shipped: Assistant) -> None:
    shown = re.search(r'rag ask "(.+)"\n((?:    .*\n|\n)+)', README)
    assert shown is not None
    printed = render.to_text(shipped.ask(shown[1])).rstrip()
    expected = re.sub(r"(?m)^    ", "", shown[2]).rstrip()
    assert [line.rstrip() for line in printed.splitlines()] == expected.splitlines()


def test_every_setting_is_named_with_its_variable() -> None:
    for name in Settings.model_fields:
        variable = name.upper() if name in ("host", "port") else PREFIX + name.upper()
        assert f"`{variable}`" in README, variable


def test_every_make_target_shown_exists() -> None:
    for target in re.findall(r"^    make (\w+)$", README, re.MULTILINE):
        assert re.search(rf"(?m)^{target}:", MAKEFILE), target


def test_every_command_shown_is_understood(capsys: pytest.CaptureFixture[str]) -> None:
    commands = set(re.findall(r"python -m rag (\w+)", README))
    assert commands >= {"ask", "ingest", "articles", "claims"}
    for command in commands:
        with pytest.raises(SystemExit) as stopped:
            main([command, "--help"])
        assert stopped.value.code == 0
    assert "usage" in capsys.readouterr().out


def test_every_link_leads_somewhere() -> None:
    for target in re.findall(r"\]\((?!http)([^)]+)\)", README):
        assert (ROOT / target).exists(), target


def test_version_and_changelog_agree() -> None:
    version = re.search(r'(?m)^version = "(.+)"', (ROOT / "pyproject.toml").read_text())
    assert version is not None
    assert f"## {version[1]}" in (ROOT / "CHANGELOG.md").read_text()
