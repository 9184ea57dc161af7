"""A follow-up that contrasts a part of the earlier question: "And about Taurus?", "the other one".

A phrase with a preposition of a topic takes the place of one with such a preposition; an adjective
("the European one", "Und der zweite?") that of one of its class, in the ending that stood there.
The words are data: `lexicon/conversation.<language>.toml`, `contrast`.
"""

from __future__ import annotations

import re

from rag import lexicon
from rag.rewording import Earlier
from rag.turn_words import days, pattern


def adjective(rest: str, language: str) -> str:
    """The adjective that is all a fragment says but for an article and "one"; "" where none is."""
    match = pattern(language, "contrast", "fragment").fullmatch(rest)
    return match["adjective"] if match else ""


def with_adjective(earlier: Earlier, said: str) -> str | None:
    """The earlier question with the adjective of a class exchanged; None where it has none."""
    table = lexicon.load("conversation", earlier.language)["contrast"]
    for written in table["classes"]:
        one = re.compile(written, re.IGNORECASE)
        endings = ("", "er", "ий", "ый")
        mine = next((m for end in endings if (m := one.search(f"{said}{end} "))), None)
        if mine is None or mine.start():
            continue
        for match in one.finditer(earlier.core):
            if match.group().lower() != said.lower():
                made = earlier.core[: match.start()] + said + earlier.core[match.end() :]
                for old, new in table.get("euphony", {}).items():
                    made = made.replace(f" {old}", f" {new}")
                return earlier.with_core(made)
    return None


def with_topic(earlier: Earlier, typed: str) -> str | None:
    """The earlier question about another topic: "about Taurus" for "about the ranges"."""
    language = earlier.language
    table = lexicon.load("conversation", language)["contrast"]
    new = re.fullmatch(rf"{table['topical']} .+", typed, re.IGNORECASE)
    old = re.search(rf"(?<!\w){table['topical']} {table['phrase']}", earlier.core, re.IGNORECASE)
    if new is None or old is None:
        return None
    end = next((start for start, _, _ in days(earlier.core, language) if start > old.start()), None)
    tail = ""
    if end is not None and end < old.end():
        found = re.search(r"(?: \w+)? ?$", earlier.core[old.start() : end])
        tail = earlier.core[old.start() + (found.start() if found else end) : old.end()]
    typed = typed[:1].lower() + typed[1:]
    return earlier.with_core(
        f"{earlier.core[: old.start()]}{typed}{tail.rstrip()}{earlier.core[old.end() :]}"
    )
