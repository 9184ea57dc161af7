"""The silence suite: near misses over the shipped corpus, half of them answered by it.

    abstention_precision   of the questions that were not answered, those that nothing answers
    abstention_recall      of the questions that nothing answers, those that were not answered
    answer_cited           of the questions that a sentence answers, those that cite it
    area                   of `rag.answerability` alone: what retrieval sees of the difference

A line of `cases/near_misses.jsonl` holds `question`, `language`, `answerable`, `article`, and
`quote`: the sentence that answers, or that a careless reader would take for an answer.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval import answerability, foundation
from eval.cases import fingerprint
from eval.metrics import Measure, mean
from eval.suite import Options, Result
from rag import expansion, question
from rag.answerability import probability_of
from rag.assistant import Assistant
from rag.retrieval import Pool
from rag.schema import Status

CASES = Path(__file__).parent / "cases" / "near_misses.jsonl"
LEAST_QUOTED = 40  # characters of a quotation that a citation must share


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of one question."""

    answerable: bool
    silent: bool
    cited: bool
    chance: float


def run(options: Options) -> Result:
    """Asks every question in its language."""
    cases = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    found: list[Asked] = []
    misses: list[str] = []
    with foundation.library(options.library) as assistant:
        for case in cases:
            options.progress("silence", len(found), len(cases))
            found.append(_ask(assistant, case))
            if found[-1].answerable == found[-1].silent:
                kind = "not answered" if found[-1].silent else "answered"
                misses.append(f"{case['id']} {kind}: {case['question']} ({case['note']})")
        options.progress("silence", len(cases), len(cases))
    return Result("silence", _metrics(found), fingerprint(CASES), misses=tuple(misses))


def _ask(assistant: Assistant, case: dict[str, Any]) -> Asked:
    answer = assistant.ask(case["question"], language=case["language"])
    parsed = question.parse(case["question"], assistant.actors, case["language"])
    pool = Pool.of(expansion.translated(parsed, assistant.index), assistant.index)
    quotes = [citation.quote for citation in answer.citations]
    cited = any(q in case["quote"] or case["quote"][:LEAST_QUOTED] in q for q in quotes)
    silent = answer.status is Status.NO_EVIDENCE
    return Asked(case["answerable"], silent, cited, probability_of(pool, pool.hits()))


def _metrics(found: list[Asked]) -> dict[str, Measure]:
    right = [one.chance for one in found if one.answerable]
    wrong = [one.chance for one in found if not one.answerable]
    return {
        "abstention_precision": mean(float(not one.answerable) for one in found if one.silent),
        "abstention_recall": mean(float(one.silent) for one in found if not one.answerable),
        "answer_cited": mean(float(one.cited) for one in found if one.answerable),
        "area": Measure(answerability.auroc(right, wrong), len(found)),
    }
