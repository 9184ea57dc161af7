"""The command line: `python -m eval [SUITE…]` and `python -m eval report [SUITE…]`.

Exit code 0 when the gate holds, 1 when it fails, 2 for wrong usage or input.
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from eval import (
    answers,
    claims,
    foundation,
    gate,
    gold_check,
    report,
    retrieval,
    robustness,
    scale,
    silence,
    speed,
)
from eval.gate import Pinned
from eval.suite import PASSAGES, Options, Result, Suite
from rag import settings
from rag.errors import BelegtError, InputError

SUITES = {
    suite.name: suite
    for suite in (
        Suite("foundation", "the shipped corpus and its questions", foundation.run),
        Suite("claims", "who said what; figures, dates, sentences, copies", claims.run),
        Suite("silence", "near misses over the shipped corpus", silence.run),
        Suite(
            "retrieval",
            "passages, sentences, silence on XQuAD; half an hour",
            retrieval.run,
            quick=False,
        ),
        Suite("answers", "what an editor would sign; minutes", answers.run, quick=False),
        Suite("speed", "start, answer and ingest times; minutes", speed.run, quick=False),
        Suite("scale", "a large library: fill it, ask it; minutes", scale.run, quick=False),
        Suite("robustness", "kills, crowds, hostile texts; long", robustness.run, quick=False),
    )
}
REPORT = "report"
ANSWERS = "answers"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the suites that were named, prints their figures and holds the gate."""
    options = _parse(arguments)
    try:
        return _run(options)
    except BelegtError as error:
        print(f"eval: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # `python -m eval --json | head`
        return 1


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    suites = "; ".join(f"{suite.name}: {suite.about}" for suite in SUITES.values())
    parser = argparse.ArgumentParser(
        prog="python -m eval",
        description="Measures the assistant against its gold and holds the figures it reached.",
        epilog=f"Suites: {suites}. Before suites, `{REPORT}` writes the figures as HTML.",
    )
    parser.add_argument("suites", nargs="*", metavar="SUITE", help="default: the quick ones")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--failures", action="store_true", help="print what fell short")
    parser.add_argument("--update", action="store_true", help="pin the cases, raise the floors")
    parser.add_argument(
        "--allow-regression", action="store_true", help="with --update: floors may be lowered"
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help="public evaluation sets")
    parser.add_argument("--library", type=Path, metavar="DIR", help="build here, and keep it")
    parser.add_argument(
        "--passages",
        type=int,
        default=PASSAGES,
        metavar="N",
        help="how large a library the suite scale builds (%(default)s)",
    )
    parser.add_argument("--output", type=Path, metavar="FILE", help=f"with {REPORT}: where to")
    _add_answers(parser)
    options = parser.parse_intermixed_args(arguments)
    options.report = options.suites[:1] == [REPORT]
    if options.report:
        options.suites = options.suites[1:]
    unknown = sorted(set(options.suites) - SUITES.keys())
    if unknown:
        parser.error(f"no suite {', '.join(unknown)}; there are {', '.join(SUITES)}")
    if options.allow_regression and not options.update:
        parser.error("--allow-regression goes with --update")
    if options.output and not options.report:
        parser.error(f"--output goes with {REPORT}")
    partial = options.check or options.statements or options.only or options.cases
    if partial and options.suites != [ANSWERS]:
        parser.error(f"--check, --statements, --only and --cases go with {ANSWERS} alone")
    if partial and options.update:
        parser.error("--update goes with all questions of a suite")
    return options


def _add_answers(parser: argparse.ArgumentParser) -> None:
    """The options of the suite of answers."""
    group = parser.add_argument_group(f"with {ANSWERS} alone; no bound is held")
    group.add_argument("--check", action="store_true", help="check the cases, ask nothing")
    group.add_argument(
        "--statements", type=int, metavar="N", help="print N statements, to be judged by reading"
    )
    group.add_argument("--only", action="append", default=[], metavar="ID", help="ask only this")
    group.add_argument(
        "--cases", action="append", default=[], type=Path, metavar="FILE", help="ask these instead"
    )


def _run(options: argparse.Namespace) -> int:
    baseline = gate.load()
    chosen = options.suites or [name for name, suite in SUITES.items() if suite.quick]
    only, cases = tuple(options.only), tuple(options.cases)
    given = Options(options.data, options.library, _progress, options.passages, only, cases)
    if options.check:
        return _check(given)
    if options.statements:
        print(*answers.statements(given, options.statements), sep="\n")
        return 0
    results = [SUITES[name].run(given) for name in dict.fromkeys(chosen)]
    refused = _update(results, baseline, options.allow_regression) if options.update else []
    if options.report:
        _write_report(results, baseline, options.output or Path("report.html"))
    _show(results, baseline, options)
    violations = [
        line
        for result in results
        for line in gate.check(result, baseline.get(result.suite, Pinned()))
        if not given.is_partial
    ]
    for line in (*refused, *violations):
        print(line, file=sys.stderr)
    return 1 if violations or refused else 0


def _check(options: Options) -> int:
    """Prints what is wrong with cases; 1 where something is."""
    paths = options.cases or answers.files()
    found = gold_check.check(paths, settings.load().corpus, options.only)
    for line in (*found.errors, *(f"{line} (warning)" for line in found.warnings)):
        print(line)
    for line in found.counts:
        print(line)
    print(f"{len(found.errors)} errors, {len(found.warnings)} warnings")
    return 1 if found.errors else 0


def _update(
    results: Sequence[Result], baseline: dict[str, Pinned], allow_regression: bool
) -> list[str]:
    refused: list[str] = []
    for result in results:
        pinned = baseline.get(result.suite, Pinned())
        baseline[result.suite], lines = gate.update(result, pinned, allow_regression)
        refused += lines
    gate.save(baseline)
    return refused


def _show(
    results: Sequence[Result], baseline: dict[str, Pinned], options: argparse.Namespace
) -> None:
    pins = [baseline.get(result.suite, Pinned()) for result in results]
    if options.json:
        records = [report.record(*pair) for pair in zip(results, pins, strict=True)]
        shown = records[0] if len(records) == 1 else records
        print(json.dumps(shown, ensure_ascii=False, indent=2))
        return
    for result, pinned in zip(results, pins, strict=True):
        print(report.table(result, pinned))
        if options.failures and (result.outcomes or result.misses):
            print(report.failures(result) or "  No question falls short.")


def _write_report(results: Sequence[Result], baseline: dict[str, Pinned], path: Path) -> None:
    today = datetime.date.today().isoformat()
    try:
        path.write_text(report.html(results, baseline, today), encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error}); name another file.") from error
    print(f"The report is in {path}.", file=sys.stderr)


def _progress(label: str, done: int, total: int) -> None:
    if sys.stderr.isatty():
        end = "\n" if done == total else ""
        print(f"\r{label}: {done}/{total}", end=end, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
