"""What is known when a date is read: the patterns, the day of publication, the tense."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rag.date_patterns import Patterns

STEPS = {"last": -1, "this": 0, "next": 1}


@dataclass(frozen=True, slots=True)
class Context:
    """The patterns of the language, the day of publication, whether the words speak of the future.

    `published` is None where it is unknown.
    """

    patterns: Patterns
    published: date | None
    future: bool


def step_of(said: str, context: Context) -> int:
    """-1 for "last", 0 for "this", 1 for "next", in whatever form."""
    return next(step for step, pattern in context.patterns.shifts if pattern.fullmatch(said))
