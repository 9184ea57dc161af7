"""The gate: no figure falls below the one that was reached before.

`eval/baseline.json` holds, per suite, the fingerprint of its cases and a bound per metric:

    number          a floor that was measured; `--update` raises it, never lowers it
    null            a floor that nobody has measured yet; `--update` sets it
    {"min": x}      a bar set by hand, not moved by measuring
    {"max": x}      the same, where less is better (seconds, errors)

Figures of other cases cannot be compared, so changed cases fail until their fingerprint is
pinned again by `--update`, which lowers a floor only with `--allow-regression`.
"""

from __future__ import annotations

import math
import os
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError, model_validator

from eval.metrics import Measure
from eval.suite import Result
from rag.errors import InputError

BASELINE = Path(__file__).with_name("baseline.json")
# Floors are kept to four places and rounded down; this only forgives how floats are added.
TOLERANCE = 1e-9
PLACES = 10_000


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Bar(_Record):
    """A bound that was decided, at least `min` or at most `max`."""

    min: float | None = None
    max: float | None = None

    @model_validator(mode="after")
    def _is_one_bound(self) -> Self:
        if (self.min is None) == (self.max is None):
            raise ValueError('a bar is {"min": x} or {"max": x}')
        return self


Bound = float | None | Bar


class Pinned(_Record):
    """What is held about one suite."""

    fingerprint: str | None = None
    floors: dict[str, Bound] = {}


_BASELINE = TypeAdapter(dict[str, Pinned])


def load(path: Path = BASELINE) -> dict[str, Pinned]:
    """The pinned suites by name; raises InputError where the file is missing or malformed."""
    try:
        return _BASELINE.validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise InputError(f"{path}: no valid baseline ({error}); restore the file.") from error


def save(baseline: dict[str, Pinned], path: Path = BASELINE) -> None:
    """Writes the baseline whole or not at all."""
    text = _BASELINE.dump_json(baseline, indent=2, exclude_unset=True).decode()
    draft = path.with_suffix(".part")
    draft.write_text(text + "\n", encoding="utf-8")
    os.replace(draft, path)


def floor_of(bound: Bound) -> float | None:
    """The least allowed value, if there is one."""
    return bound.min if isinstance(bound, Bar) else bound


def ceiling_of(bound: Bound) -> float | None:
    """The greatest allowed value, if there is one."""
    return bound.max if isinstance(bound, Bar) else None


def check(result: Result, pinned: Pinned) -> tuple[str, ...]:
    """Why the gate fails, a line each; none when it holds."""
    lines: list[str] = []
    if pinned.fingerprint is not None and pinned.fingerprint != result.fingerprint:
        lines.append(
            f"{result.suite}: the cases have changed; look at the figures, then run "
            f"`python -m eval {result.suite} --update`."
        )
    for metric, bound in pinned.floors.items():
        if not metric.startswith(result.absent):
            lines += _violations(result, metric, bound)
    return tuple(lines)


def update(
    result: Result, pinned: Pinned, allow_regression: bool = False
) -> tuple[Pinned, tuple[str, ...]]:
    """The bounds after this measurement, and a line for each floor that it may not lower.

    Pins the fingerprint, sets floors that were null, raises the others. Bars stay.
    """
    floors: dict[str, Bound] = {}
    refused: list[str] = []
    for metric, bound in pinned.floors.items():
        measured = result.metrics.get(metric, Measure(None, 0)).value
        floors[metric] = bound
        if isinstance(bound, Bar) or measured is None:
            continue
        reached = math.floor(measured * PLACES + TOLERANCE * PLACES) / PLACES
        if bound is None or reached >= bound or allow_regression:
            floors[metric] = reached
        elif measured < bound - TOLERANCE:
            refused.append(
                f"{result.suite}: refusing to lower {metric} from {bound:.4f} to {reached:.4f}; "
                "mend the cause, or pass --allow-regression and say why in the changelog."
            )
    return Pinned(fingerprint=result.fingerprint, floors=floors), tuple(refused)


def _violations(result: Result, metric: str, bound: Bound) -> list[str]:
    floor, ceiling = floor_of(bound), ceiling_of(bound)
    if floor is None and ceiling is None:
        return []
    measure = result.metrics.get(metric)
    if measure is None or measure.value is None:
        return [f"{result.suite}: {metric} was not measured; it has a bound and needs cases."]
    name = f"{result.suite}: {metric} {measure.value:.4f}"
    if floor is not None and measure.value < floor - TOLERANCE:
        return [f"{name} is below its floor {floor:.4f} (n = {measure.n})"]
    if ceiling is not None and measure.value > ceiling + TOLERANCE:
        return [f"{name} is above its ceiling {ceiling:.4f} (n = {measure.n})"]
    return []
