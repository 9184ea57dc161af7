"""The regular expressions by which a question is read: `lexicon/questions.<language>.toml`."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from rag import lexicon

_BEFORE_QUESTION = 2  # words before a question word that opens no clause: "And on which day"


class Clause(NamedTuple):
    """A clause of a question; `opener` is "relative", "subordinate" or "" for the main clause."""

    start: int
    end: int
    opener: str


@cache
def patterns(language: str, section: str, key: str) -> tuple[re.Pattern[str], ...]:
    """The compiled expressions of one entry; none where the language has no such entry."""
    found = lexicon.load("questions", language)[section].get(key, ())
    return tuple(
        re.compile(p, re.IGNORECASE) for p in ([found] if isinstance(found, str) else found)
    )


def search(language: str, section: str, key: str, asked: str) -> re.Match[str] | None:
    """The earliest match of any of the expressions of one entry."""
    found = [m for p in patterns(language, section, key) if (m := p.search(asked))]
    return min(found, key=lambda m: m.start(), default=None)


def has(language: str, key: str, words: str) -> bool:
    """Whether one of the expressions of section `grammar` occurs in words."""
    return any(p.search(words) for p in patterns(language, "grammar", key))


def clauses(core: str, language: str) -> list[Clause]:
    """The clauses of a question, in order.

    They end at marks and, in English, before words that open one; a relative clause behind "those"
    or "it was" and the clause behind "is it true" count as what is asked.
    """
    true = search(language, "kinds", "is_true", core)
    starts = [0]
    for pattern in patterns(language, "grammar", "boundary"):
        starts += [m.end() if not m.group()[0].isalpha() else m.start() for m in
                   pattern.finditer(core) if core[: m.start()].strip()]  # fmt: skip
    starts = sorted(set(starts))
    return [
        Clause(start, end, _opener(core, language, start, end, true.end() if true else -9))
        for start, end in zip(starts, [*starts[1:], len(core)], strict=True)
    ]


def _opener(core: str, language: str, start: int, end: int, true: int) -> str:
    before, words = core[:start].rstrip(" ,"), core[start:end].lstrip()
    if not before or before[-1] in "?!.:;":
        return ""
    if len(re.split(r"[?!.:;]", before)[-1].split()) <= _BEFORE_QUESTION:
        return ""
    if any(p.match(words) for p in patterns(language, "grammar", "relative")):
        if has(language, "cleft", before):
            return ""
        return "relative" if len(before) > true + 1 else "subordinate"
    opened = any(p.match(words) for p in patterns(language, "grammar", "subordinate"))
    return "subordinate" if opened else ""


def asking_part(core: str) -> str:
    """The question with the sentences blanked that do not ask, where any sentence does."""
    ends = [0, *(m.end() for m in re.finditer(r"\?\s+|(?<=\w{3})[.!]\s+(?=[^\W\d_])", core))]
    rows = list(zip(ends, [*ends[1:], len(core)], strict=True))
    if not any("?" in core[start:end] for start, end in rows):
        return core
    return "".join(
        core[start:end] if "?" in core[start:end] else " " * (end - start) for start, end in rows
    )
