"""A library checked, repaired and checked again, each in a process of its own.

Damaged files can crash Chroma with the process that reads them, and an embedded Chroma keeps a
folder open, even a deleted one, for as long as its process lives.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from typing import ParamSpec, TypeVar

from rag.checking import CHROMA, Report, check
from rag.inspection import Finding
from rag.repair import repair
from rag.settings import Settings

P = ParamSpec("P")
R = TypeVar("R")


def care(settings: Settings, *, mend: bool = False) -> Report:
    """What is wrong with a library; with `mend` what is still wrong after its repair.

    Raises LibraryError where there is no library, or another process writes to one to be mended.
    """
    found = _checked(settings)
    if not (mend and found.findings):
        return found
    mended = _in_own_process(repair, settings, found)
    lines = mended if mended is not None else ("The repair crashed.",)
    return replace(_checked(settings), mended=lines)


def lines(report: Report) -> Iterator[str]:
    """A report for people."""
    yield from report.mended
    for one in report.findings:
        yield f"{one.text} To mend it: {one.mend}"
    yield from report.notes
    if not report.findings:
        yield "clean"


def _checked(settings: Settings) -> Report:
    found = _in_own_process(check, settings)
    return found or Report((Finding(CHROMA, "Chroma crashes when its files are read."),))


def _in_own_process(run: Callable[P, R], *given: P.args, **named: P.kwargs) -> R | None:
    """What `run` returns in a new process, or None where that process crashed."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        try:
            return pool.submit(run, *given, **named).result()
        except BrokenProcessPool:
            return None
