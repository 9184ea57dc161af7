"""The robustness suite: what kills, crowds and hostile texts do to a library.

    kills, lost, half, returned, unclean, ended   see `eval.killing`
    answers, mixed, stale, missing, refused       see `eval.crowding`
    hostile_errors, seconds_worst_*               see `eval.hostile`

Takes about a quarter of an hour. Needs a POSIX system (fork, kill).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from eval import crowding, hostile
from eval.killing import Tally
from eval.metrics import Measure
from eval.speed import ROOT
from eval.suite import Options, Result
from rag.errors import EngineError

KILLS = 200
CROWD_SECONDS = 120.0
SEED = 1
A_KILL = 60  # seconds that one kill may take on the slowest machine


def run(options: Options) -> Result:
    """Everything at the size of the bars, each part in a library of its own."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        folder = options.library or Path(temporary)
        options.progress("kills, crowd, hostile texts", 0, 3)
        tally = killed(folder / "killing", KILLS, SEED)
        options.progress("kills, crowd, hostile texts", 1, 3)
        crowd = crowding.run(folder / "crowding", CROWD_SECONDS, SEED)
        options.progress("kills, crowd, hostile texts", 2, 3)
        worst = hostile.run(folder / "hostile")
        options.progress("kills, crowd, hostile texts", 3, 3)
    during = ", ".join(f"{n} in {operation}" for operation, n in sorted(tally.during.items()))
    notes = (
        f"kills: {during}; {tally.operations} operations were acknowledged",
        f"crowd: {crowd.writes} writes; {crowd.others} processes read beside",
        f"slowest question: {worst.slowest_question}; slowest article: {worst.slowest_article}",
    )
    metrics = {**_of_kills(tally), **_of_crowd(crowd), **_of_texts(worst)}
    misses = (*tally.misses, *crowd.misses, *worst.misses)
    return Result("robustness", metrics, notes=notes, misses=misses)


def killed(folder: Path, kills: int, seed: int) -> Tally:
    """The tally of `eval.killing`, in a process that has one thread for each numeric library.

    Raises EngineError where that process fails.
    """
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-m", "eval.killing", str(folder), str(kills), str(seed)],
        cwd=ROOT,
        env={**os.environ, "OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"},
        capture_output=True,
        text=True,
        timeout=120 + A_KILL * kills,
        check=False,
    )
    if done.returncode != 0:
        raise EngineError(f"eval.killing failed; run it to see why: {done.stderr[-400:]}")
    return Tally(**json.loads(done.stdout.splitlines()[-1]))


def _of_kills(tally: Tally) -> dict[str, Measure]:
    counts = {
        "kills": tally.kills,
        "lost": tally.lost,
        "half": tally.half,
        "returned": tally.returned,
        "unclean": tally.unclean,
        "ended": tally.errors,
    }
    return {name: Measure(float(count), tally.kills) for name, count in counts.items()}


def _of_crowd(crowd: crowding.Crowd) -> dict[str, Measure]:
    counts = {
        "answers": crowd.answers,
        "mixed": crowd.mixed,
        "stale": crowd.stale,
        "missing": crowd.missing,
        "crowd_errors": crowd.errors,
    }
    measured = {name: Measure(float(count), crowd.answers) for name, count in counts.items()}
    refused = Measure(crowd.refused / crowd.others if crowd.others else None, crowd.others)
    return measured | {"writers_refused": refused}


def _of_texts(worst: hostile.Worst) -> dict[str, Measure]:
    return {
        "hostile_errors": Measure(float(worst.errors), worst.tried),
        "seconds_worst_question": Measure(worst.ask_seconds, worst.tried),
        "seconds_worst_article": Measure(worst.ingest_seconds, len(hostile.TEXTS)),
    }
