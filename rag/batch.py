"""Questions as JSON Lines in, records of their answers out; a bad line spoils no other."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rag.assistant import Assistant
from rag.errors import InputError
from rag.schema import Filters, to_record

SINGLE = ("since", "until")  # filters with one value


def lines(name: str) -> list[str]:
    """The lines of a file, or of standard input for `-`; InputError where it cannot be read."""
    try:
        if name == "-":
            return sys.stdin.read().split("\n")
        return Path(name).read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise InputError(f"{name} cannot be read ({error.strerror}); name a file.") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{name} is not UTF-8; save it as UTF-8 text.") from error


def answers(
    assistant: Assistant,
    asked: Sequence[str],
    *,
    language: str | None,
    as_of: str | None,
    filters: Filters,
    engine: str | None,
) -> Iterator[dict[str, Any]]:
    """`{"id", "answer"}` or `{"id", "error"}` for each line that is not blank.

    `language`, `as_of` and `filters` hold for lines that name none themselves; a line has the
    keys of a POST to `/api/ask`.
    """
    for number, line in enumerate(asked, 1):
        if not line.strip():
            continue
        record: Any = None
        try:
            record = _json_object(line, number)
            _check(record, number)
            previous = record.get("previous") or ()
            answer = assistant.ask(
                record["question"],
                language=record.get("language") or language,
                as_of=record.get("as_of") or as_of,
                filters=_filters(record.get("filters"), number) or filters,
                previous=(previous,) if isinstance(previous, str) else tuple(previous),
                engine=record.get("engine") or engine,
            )
            yield {"id": record.get("id"), "answer": to_record(answer)}
        except InputError as error:
            own = record.get("id") if isinstance(record, dict) else None
            yield {"id": own, "error": str(error)}


def _json_object(line: str, number: int) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"Line {number} is not JSON ({error}); correct it.") from error
    if not isinstance(record, dict):
        raise InputError(f"Line {number} is not an object with a question; correct it.")
    return record


def _check(record: dict[str, Any], number: int) -> None:
    kinds: dict[str, Any] = {
        "question": str,
        "language": str,
        "as_of": str,
        "previous": (str, list),
        "filters": dict,
        "engine": str,
    }
    for key, kind in kinds.items():
        value = record.get(key)
        if (value is not None or key == "question") and not isinstance(value, kind):
            raise InputError(f"Line {number}: {key!r} has the wrong type ({value!r}); correct it.")


def _filters(given: dict[str, Any] | None, number: int) -> Filters | None:
    """The filters of a line, None where it has none; InputError for what cannot be one."""
    if not given:
        return None
    for key, value in given.items():
        if key not in Filters.__dataclass_fields__:
            known = ", ".join(Filters.__dataclass_fields__)
            raise InputError(f"Line {number}: there is no filter {key!r}; there are {known}.")
        several = key not in SINGLE
        fits = isinstance(value, list) and all(isinstance(v, str) for v in value)
        if value is not None and not (fits if several else isinstance(value, str)):
            raise InputError(f"Line {number}: filter {key!r} has the wrong type ({value!r}).")
    values: dict[str, Any] = {k: v if k in SINGLE else tuple(v) for k, v in given.items() if v}
    return Filters(**values)
