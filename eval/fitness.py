"""Makes the weights of `rag/fitness` from gold: `python -m eval.fitness [--library DIR]`.

Every answerable question of `FILES` is asked; its claims that stand in a decisive sentence are
paired with the others. The weights are those of a linear ranking (RankNet, Burges et al. 2005)
with a ridge. Prints how many decisive sentences are among the first of the ranking, by weights made
from questions with other gold (five parts), and the table that `rag/lexicon/fitness.toml` holds.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval import cases as gold
from eval.cases import Element
from eval.foundation import library, texts_of
from rag import expansion, fitness, question, ranking
from rag.assistant import Assistant
from rag.fitness import WEIGHED, Places
from rag.retrieval import Pool
from rag.schema import LANGUAGES, Claim, Span

CASES = Path(__file__).parent / "cases"
FILES = [
    CASES / f"{name}.jsonl"
    for name in ("foundation", "near_misses", "facts", *(f"answers.{each}" for each in LANGUAGES))
]
PARTS = 5
RIDGE = 5.0
FIRST = (1, 3, 6, 8, 12, 20)  # ranks that are told
OTHERS = 60  # claims a question is compared with: the best by the score of their sentence
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """One question: the fitness of its claims, which sentence each is in, the decisive ones."""

    id: str
    values: Floats  # (claims, len(WEIGHED))
    sentences: tuple[tuple[str, int], ...]
    decisive: tuple[frozenset[int], ...]  # per gold element, the rows of its claims
    matter: str  # the same for questions with the same gold, as translations have


def examples(assistant: Assistant, paths: Sequence[Path]) -> Iterator[Example]:
    """The answerable questions of these files, whose gold is among their claims at least once."""
    texts = texts_of(assistant)
    for name, text, language, as_of, elements in _asked(paths, texts):
        with assistant.index.catalog.snapshot():
            asked = question.parse(text, assistant.actors, language, as_of)
            asked = expansion.translated(asked, assistant.index)
            pool = Pool.of(asked, assistant.index)
            hits = pool.hits()
            claims = assistant.index.catalog.claims_near(h.passage for h in hits)
            asking = fitness.Asking.of(asked, hits, pool.scorer.weights, assistant.actors)
            places = Places(ranking.fitting(asked, hits), asked.language)
            found = [
                (claim, fitness.of_claim(asking, claim, held, around))
                for claim, held in claims
                if (around := places.around(claim)) is not None
            ]
        if found:
            yield Example(
                name,
                np.array(
                    [[getattr(fit, name) for name in WEIGHED] for _, fit in found], np.float64
                ),
                tuple((c.sentence.article_id, c.sentence.start) for c, _ in found),
                tuple(
                    frozenset(i for i, (c, _) in enumerate(found) if _within(c, element))
                    for element in elements
                ),
                "|".join(element[0].text for element in elements),
            )


def _asked(
    paths: Sequence[Path], texts: dict[str, str]
) -> Iterator[tuple[str, str, str, str | None, tuple[Element, ...]]]:
    """Id, question, language, as-of date and gold of the answerable questions of these files."""
    for path in paths:
        if path.name == "near_misses.jsonl":
            for line in path.read_text(encoding="utf-8").splitlines():
                one = json.loads(line)
                if one["answerable"]:
                    start = texts[one["article"]].find(one["quote"])
                    end = start + len(one["quote"])
                    span = Span(one["article"], start, end, one["quote"])
                    yield one["id"], one["question"], one["language"], None, ((span,),)
            continue
        for case in gold.load(path):
            if case.answerable and not case.previous:
                elements = gold.locate(case, texts)
                yield case.id, case.question, case.language, case.as_of, elements


def _within(claim: Claim, element: Element) -> bool:
    start, end = claim.extent
    return any(
        span.article_id == claim.sentence.article_id and span.start < end and start < span.end
        for span in element
    )


def fit(found: Sequence[Example]) -> Floats:
    """The weights of a linear ranking, for raw values: Newton's method on pairs, with a ridge."""
    every = np.concatenate([one.values for one in found])
    deviation = every.std(axis=0) + 1e-9
    pairs, counts = [], []
    for one in found:
        right = frozenset().union(*one.decisive)
        wrong = [i for i in np.argsort(-one.values[:, 0])[:OTHERS] if i not in right]
        for rows in one.decisive:
            for row in rows:
                pairs.append((one.values[row] - one.values[wrong]) / deviation)
                counts.append(np.full(len(wrong), 1 / max(1, len(rows) * len(wrong))))
    x, share = np.concatenate(pairs), np.concatenate(counts)
    beta = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(x @ beta))
        gradient = x.T @ (share * p) - RIDGE * beta
        hessian = (x * (share * p * (1 - p))[:, None]).T @ x + RIDGE * np.eye(len(beta))
        step = np.linalg.solve(hessian, gradient)
        beta += step
        if np.abs(step).max() < 1e-8:
            break
    weights: Floats = beta / deviation
    return weights


def ranks(one: Example, weights: Floats) -> list[int]:
    """The rank, among sentences, of the best claim of each gold element; 0 where none is."""
    order = np.argsort(-(one.values @ weights), kind="stable")
    seen: dict[tuple[str, int], int] = {}
    place = np.zeros(len(order), int)
    for row in order:
        place[row] = seen.setdefault(one.sentences[row], len(seen) + 1)
    return [min((int(place[i]) for i in rows), default=0) for rows in one.decisive]


def _share(found: Iterable[int], limit: int) -> float:
    values = list(found)
    return sum(0 < rank <= limit for rank in values) / max(1, len(values))


def main() -> None:
    """Prints how the weights do on questions they were not made from, and the table."""
    parser = argparse.ArgumentParser(prog="python -m eval.fitness", description=__doc__)
    parser.add_argument("--library", type=Path, metavar="DIR", help="build here, and keep it")
    parser.add_argument("files", nargs="*", type=Path)
    options = parser.parse_args()
    paths = options.files or FILES
    with library(options.library, None) as assistant:
        found = list(examples(assistant, paths))
    held: list[int] = []
    matters = {matter: i for i, matter in enumerate(dict.fromkeys(one.matter for one in found))}
    for part in range(PARTS):
        made = fit([one for one in found if matters[one.matter] % PARTS != part])
        left = [one for one in found if matters[one.matter] % PARTS == part]
        held += [r for one in left for r in ranks(one, made)]
    old = np.array([fitness.weights()[name] for name in WEIGHED])
    now = [r for one in found for r in ranks(one, old)]
    for name, values in (("weights as they are", now), ("of the other parts", held)):
        print(f"# {name:20}", *(f"{n}: {_share(values, n):.3f}" for n in FIRST))
    print(f"# Made by python -m eval.fitness from {len(found)} questions.\n[weights]")
    for name, value in zip(WEIGHED, fit(found), strict=True):
        print(f"{name} = {value:.4f}")


if __name__ == "__main__":
    main()
