"""`python -m rag ingest | ask | articles | claims | check`: the command line.

Exit codes: 0 done (also when nothing answers), 1 something was refused or found, 2 wrong use or bad
input.
Heavy modules are loaded by the command that needs them, so that `--help` is instant.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag.errors import BelegtError, InputError

if TYPE_CHECKING:
    from rag.assistant import Assistant
    from rag.chat_models import ChatModel
    from rag.schema import Answer, Claim
    from rag.settings import Settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        for value in vars(options).values():
            for text in value if isinstance(value, list) else [value]:
                if isinstance(text, str) and not text.isascii():
                    _readable(text)
        code: int = options.run(options)
    except BelegtError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        return 1
    return code


def _readable(text: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InputError(f"{text!r} is not UTF-8; type it again.") from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m rag",
        description="Belegt: answers about the war from your articles, with who said it, "
        "the exact sentence, and how certain it is.",
    )
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--json", action="store_true", help="print JSON")
    common.add_argument("--data-dir", metavar="DIR", help="the library (RAG_DATA_DIR)")
    common.add_argument(
        "--embeddings", metavar="MODEL", help="bundled, or a sentence-transformers model "
        "(RAG_EMBEDDINGS)",
    )  # fmt: skip
    common.add_argument("--chroma-url", metavar="URL", help="a Chroma server (RAG_CHROMA_URL)")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    one = commands.add_parser("ingest", parents=[common], help="load article files and folders")
    one.add_argument("paths", nargs="+", metavar="PATH")
    one.add_argument(
        "--claims", choices=("rules", "model"), help="who finds them (RAG_CLAIMS, default rules); "
        "given here, also anew for unchanged articles where another did",
    )  # fmt: skip
    one.add_argument("--chat-model", metavar="PROVIDER:MODEL", help="for model (RAG_CHAT_MODEL)")
    one.add_argument("--chat-base-url", metavar="URL", help="its server (RAG_CHAT_BASE_URL)")
    one.add_argument("--chat-timeout", metavar="SECONDS", help="a reply's (RAG_CHAT_TIMEOUT)")
    one.set_defaults(run=_ingest)
    one = commands.add_parser("ask", parents=[common], help="answer a question")
    one.add_argument("question", nargs="?")
    one.add_argument("--batch", metavar="FILE", help="JSON Lines of questions; - for stdin")
    one.add_argument(
        "--export", choices=("markdown", "json", "html", "csl"),
        help="print the answer as a document: html is one file, csl its sources as CSL-JSON",
    )  # fmt: skip
    one.add_argument("--output", metavar="FILE", help="write the export there")
    one.add_argument("--language", help="de, en, uk or ru; default: the question's")
    one.add_argument("--as-of", metavar="DATE", help="only what was published until then")
    one.add_argument(
        "--engine", help="extractive, or chat (RAG_ENGINE); default: chat where a model is named"
    )
    one.add_argument("--chat-model", metavar="PROVIDER:MODEL", help="for chat (RAG_CHAT_MODEL)")
    one.add_argument("--chat-base-url", metavar="URL", help="its server (RAG_CHAT_BASE_URL)")
    one.add_argument("--chat-timeout", metavar="SECONDS", help="a reply's (RAG_CHAT_TIMEOUT)")
    one.add_argument("--article-language", action="append", default=[], metavar="LANG")
    one.add_argument("--publisher", action="append", default=[])
    one.add_argument("--article", action="append", default=[], metavar="ID")
    one.add_argument("--from", dest="since", metavar="DATE")
    one.add_argument("--to", dest="until", metavar="DATE")
    one.set_defaults(run=_ask)
    one = commands.add_parser("articles", parents=[common], help="list, show or remove articles")
    one.add_argument("action", nargs="?", choices=("show", "remove"))
    one.add_argument("id", nargs="?")
    one.set_defaults(run=_articles)
    one = commands.add_parser("claims", parents=[common], help="who said what in one article")
    one.add_argument("id")
    one.add_argument("--all", action="store_true", help="also what the article says itself")
    one.set_defaults(run=_claims)
    one = commands.add_parser("check", parents=[common], help="verify the library, or repair it")
    one.add_argument("--repair", action="store_true", help="mend what is found")
    one.set_defaults(run=_check)
    return parser


def _settings(options: argparse.Namespace) -> Settings:
    """The environment, and the options that are settings."""
    from rag import settings

    given = vars(options)
    return settings.load(**{k: given[k] for k in settings.Settings.model_fields if k in given})


def _open(options: argparse.Namespace, *, write: bool) -> Assistant:
    from rag.assistant import Assistant

    return Assistant.open(_settings(options), write=write)


def _chat_model(chosen: Settings) -> ChatModel | None:
    """The model that is to find claims, where one is."""
    if chosen.claims == "rules":
        return None
    from rag import chat_models

    if chosen.chat_model == chat_models.NONE:
        raise InputError(
            "Claims of a model need one: set RAG_CHAT_MODEL (or --chat-model) to provider:model."
        )
    return chat_models.open_chat_model(chosen.chat_model, chosen.chat_base_url, chosen.chat_timeout)


def _ingest(options: argparse.Namespace) -> int:
    from rag import reports
    from rag.bar import Bar

    paths = [_path(p) for p in options.paths]
    model = _chat_model(_settings(options))
    with _open(options, write=True) as assistant, Bar() as progress:
        report = assistant.ingest(paths, progress, model=model, again=options.claims is not None)
    if options.json:
        from rag.schema import to_record

        _print_json(to_record(report))
        return 1 if report.refused else 0
    for line in reports.lines(report):
        print(line)
    for line in reports.warnings(report):
        print(line, file=sys.stderr)
    return 1 if report.refused else 0


def _path(name: str) -> Path:
    if "://" in name:
        raise InputError(f"{name}: addresses are not read; save the page as .md or .txt.")
    try:
        if Path(name).exists():
            return Path(name)
        reason = "there is no such file or folder"
    except OSError as error:
        reason = str(error.strerror)
    raise InputError(f"{name!r}: {reason}; name one that exists.")


def _ask(options: argparse.Namespace) -> int:
    if (options.question is None) == (options.batch is None):
        raise InputError('Give one question: python -m rag ask "…", or a file: --batch FILE.')
    if options.export and (options.json or options.batch):
        raise InputError("--export goes with one question, without --json and --batch.")
    if options.output and not options.export:
        raise InputError("--output FILE needs --export markdown, json, html or csl.")
    from rag import render
    from rag.schema import Filters, to_json

    filters = Filters(
        tuple(options.article_language),
        tuple(options.publisher),
        options.since,
        options.until,
        tuple(options.article),
    )
    with _open(options, write=False) as assistant:
        if options.batch is not None:
            return _batch(assistant, options, filters)
        answer = assistant.ask(
            options.question,
            language=options.language,
            as_of=options.as_of,
            filters=filters,
            engine=options.engine,
        )
    if options.export:
        return _export(answer, options)
    print(to_json(answer, indent=2) if options.json else render.to_text(answer))
    return 0


def _export(answer: Answer, options: argparse.Namespace) -> int:
    from rag import exporting

    text = exporting.export(answer, exporting.Format(options.export)).text
    if options.output is None:
        print(text, end="")
        return 0
    try:
        Path(options.output).write_text(text, encoding="utf-8", newline="\n")
    except (OSError, ValueError) as error:
        raise InputError(
            f"{options.output!r} cannot be written ({error}); name another file."
        ) from error
    return 0


def _batch(assistant: Assistant, options: argparse.Namespace, filters: Any) -> int:
    from rag import batch

    made = batch.answers(
        assistant,
        batch.lines(options.batch),
        language=options.language,
        as_of=options.as_of,
        filters=filters,
        engine=options.engine,
    )
    for record in made:
        print(json.dumps(record, ensure_ascii=False), flush=True)
    return 0


def _articles(options: argparse.Namespace) -> int:
    from rag import shelf
    from rag.schema import to_record

    if (options.action is None) != (options.id is None):
        raise InputError("Name the article: python -m rag articles show ID (or remove ID).")
    if options.action == "remove":
        with _open(options, write=True) as assistant:
            assistant.remove(options.id)
        removed = {"removed": [options.id]}
        _print_json(removed) if options.json else print(f"removed {options.id}")
        return 0
    with shelf.opened(_settings(options).data_dir) as library:
        if options.action == "show":
            made = library.described(options.id)
            _print_json(made) if options.json else print(made["text"])
            return 0
        infos = library.articles()
    if options.json:
        _print_json([to_record(i) for i in infos])
    for i in () if options.json else infos:
        print(f"{i.id}  [{i.language}] {i.published or 'undated'}  {i.title}")
    return 0


def _claims(options: argparse.Namespace) -> int:
    from rag import ledger, shelf

    with shelf.opened(_settings(options).data_dir) as library:
        claims: tuple[Claim, ...] = library.claims(options.id, narrated=options.all)
    if options.json:
        _print_json([ledger.record(c) for c in claims])
    else:
        print(ledger.to_text(claims))
    return 0


def _check(options: argparse.Namespace) -> int:
    from rag import care

    report = care.care(_settings(options), mend=options.repair)
    if options.json:
        from rag.schema import to_record

        _print_json(to_record(report))
    for line in () if options.json else care.lines(report):
        print(line)
    return 1 if report.findings else 0


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    raise SystemExit(main())
