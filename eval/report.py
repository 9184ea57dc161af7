"""Results as text tables for the terminal and as one HTML page that needs nothing else.

Everything from questions, articles and answers is escaped: it is data, also on this page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from eval import gate
from eval.gate import Pinned
from eval.metrics import Measure
from eval.scoring import Outcome, complaints
from eval.suite import Result

TEMPLATE = Path(__file__).with_name("report.html")
HEADINGS = ("metric", "value", "n", "interval", "bound")


def record(result: Result, pinned: Pinned) -> dict[str, Any]:
    """A result as `eval --json` gives it; a metric has a floor, a ceiling, or neither."""
    metrics = {}
    for name, measure in result.metrics.items():
        bound = pinned.floors.get(name)
        metrics[name] = {
            "value": measure.value,
            "n": measure.n,
            "low": measure.low,
            "high": measure.high,
            "floor": gate.floor_of(bound),
            "ceiling": gate.ceiling_of(bound),
        }
    return {"suite": result.suite, "metrics": metrics}


def table(result: Result, pinned: Pinned) -> str:
    """A result as aligned lines of text, its notes below."""
    rows = [HEADINGS, *(_row(*item, pinned) for item in result.metrics.items())]
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEADINGS))]
    lines = [result.suite]
    for name, *cells in rows:
        padded = (cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True))
        lines.append("  ".join(["", name.ljust(widths[0]), *padded]).rstrip())
    return "\n".join([*lines, *(f"  {note}" for note in result.notes)])


def failures(result: Result) -> str:
    """The questions whose answer falls short of the gold, and in what; other misses."""
    lines = list(result.misses)
    for outcome in result.outcomes:
        found = complaints(outcome)
        if found:
            case = outcome.case
            lines.append(f"{case.id} [{case.language}] {case.question}")
            lines += [f"    {line}" for line in found]
    return "\n".join(lines)


def html(results: Sequence[Result], baseline: dict[str, Pinned], date: str) -> str:
    """The page: per suite its figures, the same by language, and every question."""
    sections = (_section(result, baseline.get(result.suite, Pinned())) for result in results)
    template = Template(TEMPLATE.read_text(encoding="utf-8"))
    return template.substitute(date=escape(date), body="\n".join(sections))


def _row(name: str, measure: Measure, pinned: Pinned) -> tuple[str, ...]:
    bound = pinned.floors.get(name)
    floor, ceiling = gate.floor_of(bound), gate.ceiling_of(bound)
    limit = "" if floor is None else f">= {floor:g}"
    limit = limit if ceiling is None else f"<= {ceiling:g}"
    interval = "" if measure.low is None else f"{measure.low:.3f}-{measure.high:.3f}"
    return name, _value(measure), str(measure.n), interval, limit


def _value(measure: Measure) -> str:
    """A value with three places; a count, which has no interval, as it is."""
    if measure.value is None:
        return "-"
    return f"{measure.value:g}" if measure.low is None else f"{measure.value:.3f}"


def _section(result: Result, pinned: Pinned) -> str:
    violations = gate.check(result, pinned)
    parts = [f"<h2>{escape(result.suite)}</h2>"]
    parts += [f'<p class="bad">{escape(line)}</p>' for line in violations]
    parts.append(_grid(HEADINGS, (_row(*item, pinned) for item in result.metrics.items())))
    parts += [f"<p>{escape(note)}</p>" for note in result.notes]
    if result.languages:
        parts.append(_by_language(result))
    parts += map(_question, result.outcomes)
    return "\n".join(parts)


def _by_language(result: Result) -> str:
    columns = result.languages.values()
    names = list(dict.fromkeys(name for column in columns for name in column))
    rows = (
        (name, *(f"{_value(one[name])} (n = {one[name].n})" for one in columns)) for name in names
    )
    heading = "<h3>By language of the question</h3>"
    return heading + _grid(("metric", *result.languages), rows)


def _grid(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = "".join(f"<th{_align(i)}>{escape(cell)}</th>" for i, cell in enumerate(headings))
    lines = []
    for row in rows:
        cells = "".join(f"<td{_align(i)}>{escape(cell)}</td>" for i, cell in enumerate(row))
        lines.append(f"<tr>{cells}</tr>")
    body = "".join(lines)
    return f'<div class="wide"><table><tr>{head}</tr>{body}</table></div>'


def _align(column: int) -> str:
    return ' class="number"' if column else ""


def _question(outcome: Outcome) -> str:
    case, answer = outcome.case, outcome.answer
    wrong = complaints(outcome)
    mark = '<span class="bad">✗</span>' if wrong else '<span class="good">✓</span>'
    got = "no answer" if answer is None else answer.flag
    parts = [
        f"<details><summary>{mark} <b>{escape(case.id)}</b> [{escape(case.language)}] "
        f"{escape(case.question)}</summary>",
        f"<p>Flag: expected {escape(' or '.join(case.flags))}, got {escape(got)}.</p>",
    ]
    if answer is not None:
        parts.append(f"<blockquote>{escape(answer.text)}</blockquote>")
    if wrong:
        items = "".join(f'<li class="bad">{escape(line)}</li>' for line in wrong)
        parts.append(f"<ul>{items}</ul>")
    if answer is not None and answer.citations:
        rows = ((f"[{c.number}]", c.article_id, c.quote) for c in answer.citations)
        items = "".join(f"<li>{escape(' '.join(row))}</li>" for row in rows)
        parts.append(f"<p>Cited:</p><ul>{items}</ul>")
    return "\n".join([*parts, "</details>"])
