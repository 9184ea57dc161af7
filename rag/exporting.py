"""An answer as a file to keep or pass on: Markdown, JSON, an HTML card, or CSL-JSON.

Text from articles, and the question, is data in each of them: no markup of theirs acts. The bytes
depend on the answer alone; only JSON holds the time that it took.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote as percent_encoded

from rag import card, csl, interface
from rag import export_parts as parts
from rag.machine_tags import tags
from rag.schema import Answer, Citation, Position, Statement, Support, from_json, to_record


class Format(StrEnum):
    """What an answer can be exported as."""

    MARKDOWN = "markdown"
    JSON = "json"
    HTML = "html"
    CSL = "csl"


@dataclass(frozen=True, slots=True)
class Export:
    """An exported answer: its text, and the file name and media type that fit it."""

    text: str
    name: str
    media_type: str


_FILES = {
    Format.MARKDOWN: ("belegt-answer.md", "text/markdown"),
    Format.JSON: ("belegt-answer.json", "application/json"),
    Format.HTML: ("belegt-answer.html", "text/html"),
    Format.CSL: ("belegt-sources.csl.json", "application/vnd.citationstyles.csl+json"),
}

MEDIA_TYPES = tuple(media_type for _, media_type in _FILES.values())


def export(answer: Answer, form: Format, accessed: Mapping[str, str] | None = None) -> Export:
    """The answer in one format, labelled in its language; UTF-8 text that ends with a line end.

    `accessed` are the ISO 8601 dates on which articles were retrieved, by id; only CSL holds them.
    """
    makers: dict[Format, Callable[[], str]] = {
        Format.MARKDOWN: lambda: to_markdown(answer),
        Format.JSON: lambda: to_exported_json(answer),
        Format.HTML: lambda: card.to_html(answer),
        Format.CSL: lambda: _json(csl.items(answer.citations, accessed)),
    }
    return Export(makers[form](), *_FILES[form])


# ── JSON ─────────────────────────────────────────────────────────────────────────────────────


def to_exported_json(answer: Answer) -> str:
    """The contract's JSON of the answer, and beside its keys `tags`, the machine tags."""
    found = [to_record(tag) for tag in tags(answer)]
    return _json({**to_record(answer), "tags": found})


def from_exported_json(text: str | bytes) -> Answer:
    """The answer that was exported; raises pydantic.ValidationError where the text is none."""
    return from_json(Answer, text)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


# ── Markdown ─────────────────────────────────────────────────────────────────────────────────

# What can begin markup or a raw address within a line of CommonMark or GFM; a point only where a
# letter follows ("www.a", "a.example"), so that figures stay readable.
_ACTING = re.compile(r"[\\`*_\[\]<>|~&$@#^{}]|:(?=/)|\.(?=[^\W\d_])|!(?=\[)")
# What can begin a block: a list ("1." and "1)" too), a rule, an underline.
_OPENING = re.compile(r"^(?=[+=-])|^(\d{1,9})(?=[.)](?:\s|$))")
_SAFE = ":/?#@!$&'()*+,;=%~-._"  # RFC 3986: what an address may hold as it is


def escaped(text: str) -> str:
    """One line of text that Markdown shows as it is, wherever in a line or block it stands.

    CommonMark lets a backslash stand before any ASCII mark; characters that turn the reading
    direction are left out.
    """
    line = _ACTING.sub(r"\\\g<0>", interface.visible(text))
    return _OPENING.sub(r"\g<1>\\", line) if line else line


def to_markdown(answer: Answer) -> str:
    """The answer as a Markdown document: headline, status, positions, sources with quotations."""
    language = answer.language
    words, own = parts.answer_labels(language), parts.labels(language)
    headline, said, absent = parts.lead(answer)
    blocks = [f"# {escaped(answer.question)}", _statement(headline, language, bold=True)]
    blocks.append(_status(answer))
    sections = [
        (own["details"], _list([_statement(s, language) for s in said])),
        (words["unsaid"], _list([_statement(s, language) for s in absent])),
        (words["positions"], _positions(answer)),
        (words["conflicts"], _list([_conflict(answer, i) for i in range(len(answer.conflicts))])),
        (words["timeline"], _list(_timeline(answer))),
        *(
            (heading, "\n\n".join(_citation(c, language) for c in cited))
            for _, heading, cited in interface.cited_lists(answer)
        ),
        (own["tags"], _list(_tags(answer))),
    ]
    blocks += [f"## {escaped(heading)}\n\n{body}" for heading, body in sections if body]
    blocks.append(f"---\n\n{escaped(own['promise'])}")
    return "\n\n".join(block for block in blocks if block) + "\n"


def _list(lines: list[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _numbers(numbers: tuple[int, ...]) -> str:
    return "".join(f" [{n}]" for n in numbers)


def _statement(statement: Statement, language: str, *, bold: bool = False) -> str:
    text = escaped(statement.text)
    line = (f"**{text}**" if bold else text) + _numbers(statement.citations)
    if statement.support is Support.UNSUPPORTED:
        line += f" *({escaped(parts.answer_labels(language)['unsupported'])})*"
    return line


def _status(answer: Answer) -> str:
    words, own = parts.answer_labels(answer.language), parts.labels(answer.language)
    colon = own["colon"]
    name = escaped(interface.label("flags", answer.flag, answer.language))
    lines = [f"**{escaped(own['status'])}{colon}{name}**"]
    for reason in answer.why:
        rule = words["rule"].format(number=reason.rule)
        lines.append(f"{escaped(f'{rule}{colon}{reason.text}')}{_numbers(reason.citations)}")
    for badge, meaning in parts.badges(answer):
        lines.append(f"**{escaped(badge)}**{colon}{escaped(meaning)}")
    lines.append(escaped(" · ".join(parts.facts(answer))))
    return _list(lines)


def _positions(answer: Answer) -> str:
    if not answer.positions:
        return ""
    own, words = parts.labels(answer.language), parts.answer_labels(answer.language)
    head = [words["who"], *(own[k] for k in ("side", "stance", "figure", "date", "status"))]
    rows = [_row([escaped(cell) for cell in (*head, own["citations"])]), "|---" * 7 + "|"]
    rows += [_row(_position(p, answer.language)) for p in answer.positions]
    return "\n".join(rows)


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _position(position: Position, language: str) -> list[str]:
    cells = [
        interface.source(position.source, language),
        interface.label("sides", position.side, language),
        interface.label("stances", position.stance, language),
        parts.figure(position.figure, language),
        interface.date(position.date, language),
        interface.label("flags", position.flag, language),
    ]
    return [*map(escaped, cells), _numbers(position.citations).strip()]


def _conflict(answer: Answer, index: int) -> str:
    about, sides = parts.conflict(answer, answer.conflicts[index])
    told = "; ".join(f"{escaped(text)}{_numbers(numbers)}" for text, numbers in sides)
    return f"**{escaped(about)}**{parts.labels(answer.language)['colon']}{told}"


def _timeline(answer: Answer) -> list[str]:
    colon = parts.labels(answer.language)["colon"]
    return [
        f"**{escaped(interface.date(event.date, answer.language))}**{colon}"
        f"{escaped(event.text)}{_numbers(event.citations)}"
        for event in answer.timeline
    ]


def _citation(citation: Citation, language: str) -> str:
    title = f"*{escaped(citation.title)}*, {escaped(parts.origin(citation, language))}"
    lines = [f"**[{citation.number}]** {title} ({escaped(parts.place(citation, language))})"]
    link = interface.web_link(citation.url)
    if link:
        lines[0] += f" <{percent_encoded(link, safe=_SAFE)}>"
    return f"{lines[0]}\n\n> {escaped(interface.in_marks(citation.quote, language))}"


def _tags(answer: Answer) -> list[str]:
    return [
        f"`{tag.tag}` – {escaped(parts.tag_reason(tag, answer))}{_numbers(tag.citations)}"
        for tag in tags(answer)
    ]
