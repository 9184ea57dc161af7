"""Statements judged by reading: whether the cited sentences carry what the answer states.

A line of `cases/judged.jsonl` holds `id` (of the question), `question`, `language`, `statement`,
`citations` (the cited sentences), `carried` and, where needed, `note`. A judgement counts as long
as the answer to its question still has that statement with those citations; otherwise it is
stale.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest
from pathlib import Path

from pydantic import ValidationError

from eval import cases as gold
from eval.cases import Record
from eval.metrics import Measure, is_cited, mean
from eval.scoring import Outcome
from rag.errors import InputError

PATH = Path(__file__).parent / "cases" / "judged.jsonl"

# The id of a question, a statement of its answer, and the sentences that the statement cites.
Key = tuple[str, str, tuple[str, ...]]


class Judgement(Record):
    """One statement, and whether its citations carry it; None is not judged yet."""

    id: str
    question: str
    language: str
    statement: str
    citations: tuple[str, ...]
    carried: bool | None
    note: str | None = None

    @property
    def key(self) -> Key:
        """What a judgement is about."""
        return self.id, self.statement, self.citations


@dataclass(frozen=True, slots=True)
class Judged:
    """`precision` over the judgements that still hold, `stale` of all, how many do not.

    `misses` are lines about statements that their citations do not carry.
    """

    precision: Measure
    stale: Measure
    misses: tuple[str, ...]


def load(path: Path = PATH) -> tuple[Judgement, ...]:
    """The judgements of a file, none where it is missing.

    Raises InputError, with file and line number, for a line that is no judgement and for a
    statement that is judged twice.
    """
    if not path.exists():
        return ()
    found: dict[Key, Judgement] = {}
    for where, line in gold.lines_of(path):
        try:
            judgement = Judgement.model_validate_json(line)
        except ValidationError as error:
            raise InputError(f"{where}: no judgement ({error}); mend the line.") from error
        if judgement.carried is None:
            raise InputError(f"{where}: carried is null; read the sentences and judge.")
        if judgement.key in found:
            raise InputError(f"{where}: this statement is judged above; remove one line.")
        found[judgement.key] = judgement
    return tuple(found.values())


def measure(judgements: Sequence[Judgement], outcomes: Iterable[Outcome]) -> Judged:
    """The judgements on the answers as they are now."""
    produced = {one.key for outcome in outcomes for one in statements(outcome)}
    current = [one for one in judgements if one.key in produced]
    stale = Measure(float(len(judgements) - len(current)), len(judgements))
    misses = tuple(
        f"{one.id} [{one.language}] not carried: {one.statement} ({one.note or 'no note'})"
        for one in current
        if not one.carried
    )
    return Judged(mean(float(bool(one.carried)) for one in current), stale, misses)


def statements(outcome: Outcome) -> Iterator[Judgement]:
    """What an answer states with citations, not judged."""
    case, answer = outcome.case, outcome.answer
    if answer is None:
        return
    quotes = {citation.number: citation.quote for citation in answer.citations}
    for one in answer.statements:
        if is_cited(one):
            yield Judgement(
                id=case.id,
                question=case.question,
                language=case.language,
                statement=one.text,
                citations=tuple(quotes[number] for number in one.citations),
                carried=None,
            )


def sample(
    outcomes: Iterable[Outcome], number: int, judgements: Sequence[Judgement]
) -> tuple[str, ...]:
    """That many statements as JSON lines, with the judgement where there is one.

    One of each question, then a second of each, in an order that hashes decide: it changes
    with nothing but the statements themselves.
    """
    known = {one.key: one for one in judgements}
    ranked = sorted(
        (sorted(dict.fromkeys(statements(outcome)), key=_rank) for outcome in outcomes),
        key=lambda ones: _rank(ones[0]) if ones else "",
    )
    rounds = (one for row in zip_longest(*ranked) for one in row if one is not None)
    return tuple(_line(known.get(one.key, one)) for one in islice(rounds, number))


def _rank(judgement: Judgement) -> str:
    return hashlib.sha256(json.dumps(judgement.key).encode()).hexdigest()


def _line(judgement: Judgement) -> str:
    record: Mapping[str, object] = judgement.model_dump(mode="json")
    return json.dumps(record, ensure_ascii=False)
