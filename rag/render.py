"""An answer as text for a terminal and as Markdown for the chat (HTML: `panels`).

Text from articles, and what users ask, is data and never acts: Markdown goes through
`escape_markdown`, terminal output through `interface.visible`. Every status is written out,
nothing is said by colour alone.
"""

from __future__ import annotations

import string
import textwrap
from collections.abc import Iterable
from itertools import chain
from urllib.parse import quote

from rag import interface
from rag.schema import Answer, Citation, Conflict, Flag, Position, Statement, Status, Support

_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"
_WIDTH = 92
_TIED = "\u00a0"  # keeps a number on the line of the last word
SHORT = 3  # what is shown before the rest unfolds
# Every ASCII mark except the comma can begin something in Markdown or make an autolink
# ("1.", "www.", "a@b"). As numeric entities they are only text; letters need no escape.
_ENTITIES = {ord(c): f"&#{ord(c)};" for c in string.punctuation if c != ","}


def escape_markdown(text: str) -> str:
    """Text that Markdown shows exactly as it is, on one line: no tag, no link, no block."""
    return interface.visible(text).translate(_ENTITIES)


def _lead(answer: Answer) -> tuple[Statement, tuple[Statement, ...], tuple[Statement, ...]]:
    """The headline, what else is said, and what else is said to be absent."""
    first, *rest = answer.statements or (Statement(answer.text, (), Support.ABSENCE),)
    absent = tuple(s for s in rest if s.support is Support.ABSENCE)
    return first, tuple(s for s in rest if s.support is not Support.ABSENCE), absent


def _counts(answer: Answer) -> list[str]:
    labels = interface.words(answer.language)["answer"]
    parts = []
    if answer.status is not Status.NO_EVIDENCE:
        parts += [
            labels["documents"].format(n=answer.documents),
            labels["origins"].format(n=answer.origins),
        ]
    if answer.as_of:
        parts.append(labels["as_of"].format(date=interface.date(answer.as_of, answer.language)))
    if answer.status is Status.PARTIAL:
        parts.append(labels["partial"])
    return parts


def _flag_reason(answer: Answer) -> str:
    """The rule that gave the flag, and what it says, for the badge."""
    rule = interface.words(answer.language)["answer"]["rule"].format(number=answer.flag.rule)
    reasons = " ".join(r.text for r in answer.why if r.rule == answer.flag.rule)
    return " ".join(f"{rule}: {reasons}".split())


# ── terminal ─────────────────────────────────────────────────────────────────────────────────


def to_text(answer: Answer, colour: bool = False) -> str:
    """The answer for a terminal, in its language, at most 92 columns wide.

    With `colour` the headings are bold (ANSI); nothing else differs.
    """

    def strong(text: str) -> str:
        return f"{_BOLD}{text}{_PLAIN}" if colour else text

    labels = interface.words(answer.language)["answer"]
    headline, said, absent = _lead(answer)
    blocks = [_understood_lines(answer)]
    blocks.append([strong(line) for line in _wrap(_cited(headline, answer.language))])
    blocks.append(list(chain.from_iterable(_wrap(_cited(s, answer.language)) for s in said)))
    if absent:
        lines = chain.from_iterable(_wrap(_cited(s, answer.language), "  ") for s in absent)
        blocks.append([strong(labels["unsaid"]), *lines])
    blocks.append(_wrap(answer.note or ""))
    blocks.append(_status_lines(answer, strong(_flag_name(answer.flag, answer.language))))
    for heading, listed in _listed(answer):
        blocks.append([strong(heading), *listed])
    for _, heading, citations in interface.cited_lists(answer):
        block = [strong(heading)]
        for citation in citations:
            block += _citation_lines(citation, answer.language)
        blocks.append(block)
    if answer.suggestions:
        lines = chain.from_iterable(_wrap(text, "  ") for text in answer.suggestions)
        blocks.append([strong(labels["suggestions"]), *lines])
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _listed(answer: Answer) -> list[tuple[str, list[str]]]:
    """Heading and lines of what differs, what changed and who says what, if there is any."""
    labels = interface.words(answer.language)["answer"]
    dated = (
        f"{interface.date(e.date, answer.language)}: {e.text}{_marks(e.citations)}"
        for e in answer.timeline
    )
    lists = (
        ("conflicts", (_conflict_lines(c, answer) for c in answer.conflicts)),
        ("timeline", (_wrap(line, "  ") for line in dated)),
        ("positions", (_position_lines(p, answer.language) for p in answer.positions)),
    )
    made = ((labels[key], list(chain.from_iterable(lines))) for key, lines in lists)
    return [(heading, lines) for heading, lines in made if lines]


def _understood_lines(answer: Answer) -> list[str]:
    if not answer.understood:
        return []
    text = interface.words(answer.language)["answer"]["understood"]
    return _wrap(text.format(question=answer.understood))


def _marks(numbers: tuple[int, ...]) -> str:
    return "".join(f" [{n}]" for n in numbers)


def _wrap(text: str, indent: str = "", bar: str = "") -> list[str]:
    return textwrap.wrap(
        interface.visible(text),
        _WIDTH,
        initial_indent=indent + bar,
        subsequent_indent=indent + (bar or "  "),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _cited(statement: Statement, language: str) -> str:
    text = statement.text + _marks(statement.citations)
    if statement.support is Support.UNSUPPORTED:
        text += f" ({interface.words(language)['answer']['unsupported']})"
    return text


def _flag_name(flag: Flag, language: str) -> str:
    return interface.label("flags", flag, language)


def _status_lines(answer: Answer, name: str) -> list[str]:
    rule = interface.words(answer.language)["answer"]["rule"]
    lines = [name]
    for reason in answer.why:
        cited = f"{reason.text}{_marks(reason.citations)}"
        lines += _wrap(f"{rule.format(number=reason.rule)}: {cited}", "  ")
    badges = [interface.label("badges", badge, answer.language) for badge in answer.badges]
    lines += chain.from_iterable(
        _wrap(" · ".join(parts), "  ") for parts in (badges, _counts(answer))
    )
    return lines


def _position_lines(position: Position, language: str) -> list[str]:
    side = interface.label("sides", position.side, language)
    name = interface.source(position.source, language)
    head = f"{name} ({side}): {interface.said(position, language)}{_marks(position.citations)}"
    return _wrap(f"{head} – {_flag_name(position.flag, language)}", "  ")


def _conflict_lines(conflict: Conflict, answer: Answer) -> list[str]:
    """What it is about, and below it one line for each side."""
    lines = _wrap(conflict.about, "  ")
    for position in (answer.positions[i] for i in conflict.positions):
        name = interface.source(position.source, answer.language)
        said = f"{interface.said(position, answer.language)}{_marks(position.citations)}"
        lines += _wrap(f"- {name}: {said}", "    ")
    return lines


def _citation_lines(citation: Citation, language: str) -> list[str]:
    origin = interface.origin(citation.publisher, citation.published, language)
    head = f"[{citation.number}] {citation.title} – {origin}"
    link = interface.web_link(citation.url)
    address = [f"      {link}"] if link else []
    return [*_wrap(head, "  "), *address, *_wrap(citation.quote, "      ", "│ ")]


# ── chat ─────────────────────────────────────────────────────────────────────────────────────


def to_markdown(answer: Answer) -> str:
    """The answer for a chat message, short first: flag, headline, and at most three statements.

    The other statements and passages unfold. Flag, badges and chips are links to fragments
    (`#flag-…`, `#badge-…`, `#src-…`) with their explanation as title; `#edit-…` holds the whole
    question that a follow-up was understood as. The page gives them their look, opens the
    evidence, and puts the question into its box.
    """
    language = answer.language
    numbered = {c.number: c for c in answer.citations}
    headline, said, absent = _lead(answer)
    kept = min(len(absent), 1 if said else SHORT)  # what is not said has its place in the three
    first, rest = said[: SHORT - kept], (*said[SHORT - kept :], *absent[kept:])
    blocks = [_understood(answer), _flags(answer), _chips(headline, numbered, language, True)]
    blocks.append(_items([_chips(s, numbered, language) for s in first]))
    if absent:
        unsaid = escape_markdown(interface.words(language)["answer"]["unsaid"])
        lines = _items([_chips(s, numbered, language) for s in absent[:kept]])
        blocks.append(f"**{unsaid}**\n\n{lines}")
    blocks.append(_folded([_chips(s, numbered, language) for s in rest], language))
    blocks += _nearest(answer)
    blocks.append(escape_markdown(answer.note or ""))
    blocks.append(escape_markdown(" · ".join(_counts(answer))))
    return "\n\n".join(block for block in blocks if block)


def draft_markdown(statements: Iterable[Statement]) -> str:
    """The sentences of an answer that is still being written, with their numbers as text."""
    return "\n\n".join(escape_markdown(s.text + _marks(s.citations)) for s in statements)


def _understood(answer: Answer) -> str:
    if not answer.understood:
        return ""
    labels = interface.words(answer.language)["answer"]
    target = f"#edit-{quote(interface.visible(answer.understood), safe='')}"
    shown = escape_markdown(labels["understood"].format(question=answer.understood))
    return f"{shown} {_link(labels['change'], target, labels['change_hint'])}"


def _flags(answer: Answer) -> str:
    language = answer.language
    flags = [_link(_flag_name(answer.flag, language), f"#flag-{answer.flag}", _flag_reason(answer))]
    for badge in answer.badges:
        meaning = interface.label("badges_meaning", badge, language)
        flags.append(_link(interface.label("badges", badge, language), f"#badge-{badge}", meaning))
    return " ".join(flags)


def _nearest(answer: Answer) -> list[str]:
    if not answer.nearest:
        return []
    labels = interface.words(answer.language)["answer"]
    note = escape_markdown(f"{labels['nearest']}: {labels['nearest_note']}")
    lines = [_near(citation, answer.language) for citation in answer.nearest]
    return [
        f"**{note}**\n\n{_items(lines[:SHORT])}",
        _folded(lines[SHORT:], answer.language),
    ]


def _items(lines: list[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _folded(lines: list[str], language: str) -> str:
    """The lines as a list that unfolds; its tags are the only ones in a message."""
    if not lines:
        return ""
    more = escape_markdown(interface.words(language)["answer"]["more"].format(n=len(lines)))
    return f"<details><summary>{more}</summary>\n\n{_items(lines)}\n\n</details>"


def _link(text: str, target: str, title: str) -> str:
    return f'[{escape_markdown(text)}]({target} "{escape_markdown(title)}")'


def _chip(citation: Citation, language: str, kind: str = "src") -> str:
    title = (
        f"{citation.title}, {interface.origin(citation.publisher, citation.published, language)}"
    )
    return _link(str(citation.number), interface.anchor(citation, kind), title)


def _chips(
    statement: Statement, numbered: dict[int, Citation], language: str, strong: bool = False
) -> str:
    text = escape_markdown(statement.text)
    chips = [_chip(numbered[n], language) for n in statement.citations if n in numbered]
    if statement.support is Support.UNSUPPORTED:
        mark = interface.words(language)["answer"]["unsupported"]
        chips.append(f"*{escape_markdown(f'({mark})')}*")
    return _TIED.join([f"**{text}**" if strong else text, *chips])


def _near(citation: Citation, language: str) -> str:
    quoted = escape_markdown(interface.in_marks(citation.quote, language))
    return f"{_chip(citation, language, 'near')} {quoted}"
