"""What a suite is given and what it returns; suites, gate and report agree on these."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from eval.metrics import Measure
from eval.scoring import Outcome


def _silent(label: str, done: int, total: int) -> None:
    """No progress is shown."""


PASSAGES = 3_000  # of the library of the suite `scale`, where no other number is given


@dataclass(frozen=True, slots=True)
class Options:
    """`data` holds public evaluation sets, `library` a data folder to build in and to keep.

    `progress` is called with a label, what is done and the total; `passages` is the size of the
    library of the suite `scale`. Of the suite `answers` only the cases with an id among `only` are
    asked, if there are any, and those of the files `cases` instead of its own.
    """

    data: Path | None = None
    library: Path | None = None
    progress: Callable[[str, int, int], None] = _silent
    passages: int = PASSAGES
    only: tuple[str, ...] = ()
    cases: tuple[Path, ...] = ()

    @property
    def is_partial(self) -> bool:
        """Whether other questions are asked than those whose figures are held."""
        return bool(self.only or self.cases)


@dataclass(frozen=True, slots=True)
class Result:
    """What a suite measured.

    `fingerprint` is that of its cases, `texts` maps article ids to texts, `notes` are lines for
    the reader, `misses` lines about what fell short where the cases are no questions. Metrics
    whose names begin with one of `absent` could not be measured here, since data are missing.
    `languages` are metrics of the questions in one language.
    """

    suite: str
    metrics: dict[str, Measure]
    fingerprint: str | None = None
    outcomes: tuple[Outcome, ...] = ()
    texts: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    languages: dict[str, dict[str, Measure]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Suite:
    """One thing to measure; the quick ones run when none is named."""

    name: str
    about: str
    run: Callable[[Options], Result] = field(repr=False)
    quick: bool = True
