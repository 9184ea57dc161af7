"""Texts that no newsroom writes, as questions and as articles: nothing may crash or take for ever.

Asked and ingested through the command line, the assistant and the retriever. A refusal in one line
is an answer; a traceback, a crash or a hang is an error.
"""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from eval import foundation
from eval.speed import command_line
from rag.assistant import Assistant
from rag.errors import BelegtError
from rag.retriever import PassageRetriever

WORD = "Der Bürgermeister von Odesa sagte am Freitag, der Hafen sei offen. "
LONG = 200_000

TEXTS = {
    "ligatures": "\ufdfa" * 5_000,
    "ligatures in words": "Hafen \ufdfa\ufdfa\ufdfa\ufdfa\ufdfa\ufdfa\ufdfa\ufdfa\ufdfa offen "
    * 200,
    "NUL": "Der Hafen\x00 sei\x00 offen, sagte der Bürgermeister\x00 am Freitag.",
    "control characters": "".join(map(chr, range(1, 32))) * 50 + WORD,
    "lone surrogates": "Der Hafen \ud800 sei \udfff offen, sagte \udc80 er am Freitag.",
    "no space": "x" * LONG,
    "no space, Cyrillic": "ж" * LONG,
    "no space, digits": "7" * LONG,
    "no space, full stops": "a." * (LONG // 2),
    "one line": WORD * (LONG // len(WORD)),
    "one sentence": "und der Hafen sei offen, sagte er, " * (LONG // 35),
    "quotation marks": "„“»«\"'" * (LONG // 60),
    "open quotation": "„Der Hafen sei offen, sagte er, " * 2_000,
    "brackets": "(" * 20_000 + ")" * 20_000,
    "full stops": "." * LONG,
    "blanks": " " * LONG + WORD,
    "line ends": "Hafen\n" * 20_000,
    "right-to-left marks": "\u202e\u2067"
    + "الميناء مفتوح \u200f\u200e\u202b" * 200
    + "\u2069 "
    + WORD,
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈🇺🇦👨🏿‍🚀 " * 1_000 + WORD,
    "combining marks": "o" + "\u0301\u0323\u0330" * 20_000 + " " + WORD,
    "zero width": "\u200b\u200d\ufeff".join(WORD * 20),
    "full width": "Ｄｅｒ　Ｈａｆｅｎ　ｓｅｉ　ｏｆｆｅｎ。" * 200,
    "control tokens": "<s></s>[CLS][SEP][MASK]<|endoftext|> " * 500 + WORD,
    "markup": "<script>alert(1)</script>" * 200 + "{{7*7}} ${x} %s %n '; drop table articles; -- ",
    "figures": "12.345.678,90 km² " * 5_000,
    "a figure": "9" * 4_000 + " Soldaten starben, sagte der Bürgermeister am Freitag.",
    "dates": "am 31.02.9999 und 00.00.0000 und 2024-13-45, " * 1_000,
    "names": "Putin Selenskyj Peskow " * 3_000,
    "word index": '" OR * NEAR( - : ^ {col} ' * 500,
}
ARGUMENTS = {"ligatures", "no space", "right-to-left marks", "emoji"}  # asked as arguments
QUESTION = 2_000  # characters of a text that are asked by argument and in batches
BEHIND = "Was sagte der Bürgermeister von Odesa über den Hafen?"


@dataclass
class Worst:
    """What went wrong, and what took longest."""

    tried: int = 0
    errors: int = 0
    ask_seconds: float = 0.0
    ingest_seconds: float = 0.0
    slowest_question: str = ""
    slowest_article: str = ""
    misses: list[str] = field(default_factory=list)

    def error(self, what: str) -> None:
        """Count and remember what went wrong."""
        self.errors += 1
        self.misses.append(what[:300])


def run(folder: Path, texts: Mapping[str, str] = TEXTS) -> Worst:
    """Try every text in every way."""
    worst, source = Worst(), folder / "articles"
    source.mkdir(parents=True, exist_ok=True)
    (source / "sound.md").write_text(f"Lage im Hafen\n\n{WORD}\n", encoding="utf-8")
    with foundation.opened(folder / "library") as assistant:
        assistant.ingest([source])
        for name, text in texts.items():
            _ingest(assistant, name, _file(source, name, text), worst)
            _ask(assistant, name, text, worst)
        _still_answers(assistant, worst)
    _command_line(folder, source, texts, worst)
    return worst


def _file(source: Path, name: str, text: str) -> Path:
    path = source / f"{name.replace(' ', '-')}.md"
    body = f"---\nlanguage: de\n---\nLage im Hafen am Freitag\n\n{text}\n\n{WORD}\n"
    path.write_bytes(body.encode("utf-8", "surrogatepass"))
    return path


def _ingest(assistant: Assistant, name: str, path: Path, worst: Worst) -> None:
    worst.tried += 1
    started = time.perf_counter()
    try:
        assistant.ingest([path])
    except Exception as error:
        worst.error(f"ingest of {name}: {type(error).__name__}: {error}")
    seconds = time.perf_counter() - started
    if seconds > worst.ingest_seconds:
        worst.ingest_seconds, worst.slowest_article = seconds, name


def _ask(assistant: Assistant, name: str, text: str, worst: Worst) -> None:
    """The text itself, as much of it as is taken, and with a sound question behind it."""
    retriever = PassageRetriever(assistant=assistant)
    ways: tuple[tuple[str, Callable[[str], object], str], ...] = (
        ("ask all of", assistant.ask, text),
        ("ask", assistant.ask, text[:QUESTION]),
        ("retriever", retriever.invoke, f"{text[: QUESTION - 100]} {BEHIND}"),
    )
    for way, run_it, asked in ways:
        worst.tried += 1
        started = time.perf_counter()
        try:
            run_it(asked)
        except BelegtError as error:
            if "\n" in str(error):
                worst.error(f"{way} {name}: the refusal has several lines: {error}")
        except Exception as error:
            worst.error(f"{way} {name}: {type(error).__name__}: {error}")
        seconds = time.perf_counter() - started
        if seconds > worst.ask_seconds:
            worst.ask_seconds, worst.slowest_question = seconds, f"{way} {name}"


def _still_answers(assistant: Assistant, worst: Worst) -> None:
    worst.tried += 1
    if not assistant.ask(BEHIND).citations:
        worst.error("a sound question is not answered any more")


def _command_line(folder: Path, source: Path, texts: Mapping[str, str], worst: Worst) -> None:
    """All files by one ingest into a fresh library, then all questions of it."""
    library = folder / "fresh"
    library.mkdir(exist_ok=True)
    (library / "models").symlink_to(folder / "library" / "models")
    _told(command_line(library, ["ingest", str(source)]), (0, 1), "ingest", worst)
    questions = [text[:QUESTION] for text in texts.values()]
    lines = "\n".join(json.dumps({"question": question}) for question in questions)
    done = command_line(library, ["ask", "--batch", "-"], lines)
    _told(done, (0,), "ask --batch", worst)
    if len(done.stdout.splitlines()) != len(questions):
        worst.error("ask --batch: lines are missing")
    for name in texts.keys() & ARGUMENTS:
        _told(command_line(library, ["ask", texts[name][:QUESTION]]), (0, 2), f"ask {name}", worst)
    _told(command_line(library, ["check"]), (0,), "check", worst)


def _told(
    done: subprocess.CompletedProcess[str], codes: tuple[int, ...], what: str, worst: Worst
) -> None:
    worst.tried += 1
    if done.returncode not in codes or "Traceback" in done.stderr:
        worst.error(f"{what}: code {done.returncode}: {(done.stderr or done.stdout)[-200:]}")
