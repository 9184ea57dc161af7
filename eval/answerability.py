"""Makes the weights of `rag/answerability` from XQuAD: `python -m eval.answerability [--data DIR]`.

Every question is asked in each language's paragraphs, once with the answering paragraph there and
once without it, its siblings left. The even half of the documents makes the weights, the odd half
tests them (`python -m eval retrieval`). Prints the table that `rag/lexicon/answerability.toml`
holds.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import astuple
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval import xquad
from eval.metrics import Measure
from rag import answerability
from rag.answerability import Signals
from rag.assistant import Assistant

SIBLINGS = 5  # paragraphs of one document follow each other in the corpus
RIDGE = 3.0  # keeps the two leads, which go together, from outweighing each other
CURVE = (answerability.LEAST, 0.1, 0.2, 0.3, 0.5, 0.7)  # thresholds that are told
EVERY = 3  # one question in so many makes the weights


def is_for_test(query: xquad.Query) -> bool:
    """Whether a question belongs to the half of the documents that tests the weights."""
    return int(query.paragraph) // SIBLINGS % 2 == 1


def examples(assistant: Assistant, query: xquad.Query) -> Iterator[tuple[bool, bool, Signals]]:
    """(asked in the same language, the answer is there, signals) for each language, both ways."""
    pool = xquad.pool_of(assistant, query)
    for language in xquad.LANGUAGES:
        part = xquad.only(pool, language)
        for there in (True, False):
            seen = part if there else xquad.without(part, {f"{language}-{query.paragraph}"})
            found = answerability.signals(seen, seen.hits())
            if found is not None:
                yield language == query.language, there, found


def fit(found: Sequence[tuple[bool, Signals]]) -> tuple[float, NDArray[np.float64]]:
    """Bias and weights of a ridge logistic regression on (there, signals).

    Newton's method on standardised signals (le Cessie and van Houwelingen 1992).
    """
    x = np.array([astuple(one) for _, one in found], np.float64)
    y = np.array([there for there, _ in found], np.float64)
    mean, deviation = x.mean(axis=0), x.std(axis=0)
    z = np.c_[np.ones(len(x)), (x - mean) / deviation]
    beta = np.zeros(z.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-(z @ beta)))
        hessian = z.T @ (z * (p * (1 - p))[:, None]) + RIDGE * np.eye(len(beta))
        step = np.linalg.solve(hessian, z.T @ (y - p) - RIDGE * beta)
        beta += step
        if np.abs(step).max() < 1e-9:
            break
    weights = beta[1:] / deviation
    return float(beta[0] - weights @ mean), weights


def measure(
    assistant: Assistant, asked: Sequence[xquad.Query]
) -> tuple[dict[str, Measure], tuple[str, ...]]:
    """AUROC of the shipped weights on the test half, same language and across; its curve."""
    found: dict[bool, tuple[list[float], list[float]]] = {True: ([], []), False: ([], [])}
    for query in (q for q in asked if is_for_test(q)):
        for same, there, one in examples(assistant, query):
            found[same][0 if there else 1].append(answerability.probability(one, same))
    areas = {
        f"abstention_{name}": Measure(auroc(*found[same]), len(found[same][0]))
        for name, same in (("same", True), ("across", False))
    }
    return areas, tuple(
        f"below {least} {name}: {_share(found[same][0], least):.1%} of the answered, "
        f"{_share(found[same][1], least):.1%} of the unanswered"
        for name, same in (("in the same language", True), ("across languages", False))
        for least in CURVE
    )


def _share(chances: Sequence[float], least: float) -> float:
    """The share of the chances that lie below."""
    return sum(chance < least for chance in chances) / len(chances)


def auroc(right: Sequence[float], wrong: Sequence[float]) -> float:
    """The chance that a right one scores above a wrong one, ties as half (Hanley, McNeil 1982)."""
    a, b = np.asarray(right), np.asarray(wrong)
    above = (a[:, None] > b[None, :]).mean() + 0.5 * (a[:, None] == b[None, :]).mean()
    return float(above)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the weights; some minutes."""
    parser = argparse.ArgumentParser(prog="python -m eval.answerability", description=__doc__)
    parser.add_argument("--data", type=Path, default=xquad.DATA)
    parser.add_argument("--library", type=Path, help="build here, and keep it")
    options = parser.parse_args(arguments)
    asked = [q for q in xquad.queries(options.data, EVERY) if not is_for_test(q)]
    rows: dict[bool, list[tuple[bool, Signals]]] = {True: [], False: []}
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary,
        xquad.library(options.data, options.library or Path(temporary)) as assistant,
    ):
        for query in asked:
            for same, there, found in examples(assistant, query):
                rows[same].append((there, found))
    print(f"# Made by python -m eval.answerability from {len(asked)} questions of XQuAD.")
    print("# The order of the weights is that of rag.answerability.Signals.")
    for name, same in (("same", True), ("across", False)):
        bias, weights = fit(rows[same])
        shown = ", ".join(f"{weight:.4f}" for weight in weights)
        print(f"[{name}]\nbias = {bias:.4f}\nweights = [{shown}]")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
