"""How far a long command is: one bar a stage on the terminal, silent where stderr is none."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any


class Bar:
    """A context manager that gives what to call with stage, number done, and total."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._stage = ""

    def __enter__(self) -> Callable[[str, int, int], None]:
        return self._tell

    def _tell(self, stage: str, done: int, total: int) -> None:
        from tqdm import tqdm

        if stage != self._stage:
            self.__exit__()
            self._bar = tqdm(total=total, desc=stage, disable=None, leave=False, file=sys.stderr)
            self._stage = stage
        self._bar.update(done - self._bar.n)

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()
