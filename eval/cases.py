"""The gold: one question a line, with the sentences that answer it.

A line of `eval/cases/*.jsonl` is a JSON object with `id`, `language`, `question`, `answerable`,
`spans` (each an `article` and a `quote`, with alternatives under `or`), `sources` (canonical
English names), `figures` (`low`, `high`, `unit`?), `flag` (one, or a list of those that are
right) and, where needed, `as_of` and `note`. Keys that are not known are an error, because a
misspelt key would silently make a question easier.

The suite `answers` adds `kind`; of a follow-up `previous` (the questions before it, oldest first)
and `full` (the follow-up as a whole question); and `group`, which the translations of a question
share.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from rag.errors import InputError
from rag.schema import LANGUAGES, Flag, Span

# One thing that must be cited; citing any of its spans will do.
Element = tuple[Span, ...]


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


class Record(BaseModel):
    """What the parts of a case share: they do not change and have no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Quote(Record):
    """Words that stand in an article exactly so."""

    article: str = Field(min_length=1)
    quote: str = Field(min_length=1)


class GoldSpan(Quote):
    """One gold element: this quote, or one of its alternatives."""

    alternatives: tuple[Quote, ...] = Field(default=(), alias="or")

    @property
    def options(self) -> tuple[Quote, ...]:
        return (self, *self.alternatives)


class GoldFigure(Record):
    """An interval that the answer must give; an end that is null is open."""

    low: float | None
    high: float | None
    unit: str | None = None

    @model_validator(mode="after")
    def _is_interval(self) -> Self:
        if self.low is None and self.high is None:
            raise ValueError("a figure needs low or high")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"low {self.low:g} is above high {self.high:g}")
        return self


class Kind(StrEnum):
    """What a question tries."""

    PLAIN = "plain"
    NEAR_MISS = "near_miss"  # the right actors, but the detail asked for is not in the articles
    FALSE_PREMISE = "false_premise"
    CONFLICT = "conflict"
    AS_OF = "as_of"
    FOLLOW_UP = "follow_up"


ALWAYS_ANSWERED = (Kind.PLAIN, Kind.FALSE_PREMISE, Kind.CONFLICT)
SIDES = 2  # of a conflict, at the least
# What the questions of one group have in common.
SHARED = ("kind", "answerable", "spans", "sources", "figures", "flags", "as_of")


class Case(Record):
    """One question with its gold. `where` is the file and line it stands in."""

    where: str
    id: str = Field(min_length=1)
    language: str
    question: str = Field(min_length=1)
    answerable: bool
    spans: tuple[GoldSpan, ...] = ()
    sources: tuple[str, ...] = ()
    figures: tuple[GoldFigure, ...] = ()
    flags: Annotated[tuple[Flag, ...], BeforeValidator(_as_list)] = Field(
        alias="flag", min_length=1
    )
    as_of: str | None = None
    note: str | None = None
    kind: Kind | None = None
    previous: tuple[str, ...] = ()
    full: str | None = Field(default=None, min_length=1)
    group: str | None = Field(default=None, min_length=1)

    @field_validator("language")
    @classmethod
    def _is_known(cls, language: str) -> str:
        if language not in LANGUAGES:
            raise ValueError(f"{language!r} is none of {', '.join(LANGUAGES)}")
        return language

    @field_validator("as_of")
    @classmethod
    def _is_date(cls, as_of: str | None) -> str | None:
        if as_of is not None:
            datetime.date.fromisoformat(as_of)
        return as_of

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        silent = Flag.NO_EVIDENCE in self.flags
        if self.answerable and (silent or not self.spans):
            raise ValueError("an answerable question has spans and another flag than no_evidence")
        if not self.answerable and (self.flags != (Flag.NO_EVIDENCE,) or self.spans):
            raise ValueError("a question that cannot be answered has no spans, flag no_evidence")
        return self

    @model_validator(mode="after")
    def _agrees_with_its_kind(self) -> Self:
        kind = self.kind
        follows = kind is Kind.FOLLOW_UP
        if follows != bool(self.previous) or follows != (self.full is not None):
            raise ValueError("a follow_up, and nothing else, has previous and full")
        if kind in ALWAYS_ANSWERED and not self.answerable:
            raise ValueError(f"a question of kind {kind} is answerable; near_miss is not")
        if kind is Kind.NEAR_MISS and self.answerable:
            raise ValueError("a near_miss is not answerable")
        if kind is Kind.CONFLICT and len(self.spans) < SIDES:
            raise ValueError("a conflict has a span for each side, two or more")
        if kind is Kind.AS_OF and self.as_of is None:
            raise ValueError("a question of kind as_of has a date under as_of")
        return self


def load(path: Path) -> tuple[Case, ...]:
    """The cases of a JSON Lines file, in its order; empty lines are skipped.

    Raises InputError, with file and line number, for a line that is no valid case and for an id
    that occurs twice.
    """
    cases, problems = read(path)
    if problems:
        raise InputError(problems[0])
    return cases


def read(path: Path) -> tuple[tuple[Case, ...], tuple[str, ...]]:
    """The valid cases of a file, and all that is wrong with the others, each with its line."""
    cases: list[Case] = []
    problems: list[str] = []
    seen: dict[str, str] = {}
    try:
        for where, line in lines_of(path):
            try:
                case = _parse(line, where)
            except InputError as error:
                problems.append(str(error))
                continue
            if case.id in seen:
                problems.append(f"{where}: id {case.id!r} is taken by {seen[case.id]}; rename.")
                continue
            seen[case.id] = where
            cases.append(case)
    except InputError as error:
        problems.append(str(error))
    if not cases and not problems:
        problems.append(f"{path}: holds no case; write one JSON object a line.")
    return tuple(cases), tuple(problems)


def lines_of(path: Path) -> Iterator[tuple[str, str]]:
    """The lines of a JSON Lines file that are not empty, each after its file and number.

    Raises InputError where the file cannot be read.
    """
    try:
        # Not `splitlines`: it would also cut at U+2028, which may stand inside a quote.
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: the cases cannot be read ({error}); mend the file.") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield f"{path}:{number}", line


def locate(case: Case, texts: Mapping[str, str]) -> tuple[Element, ...]:
    """Every gold element of a case as the spans where its quotes stand in the articles.

    `texts` maps article ids to normalised article texts. A quote that stands in a text several
    times may be cited anywhere. Raises InputError for an article that is not there and for a
    quote that its article does not hold.
    """
    return tuple(
        tuple(span for option in gold.options for span in find(case, option, texts))
        for gold in case.spans
    )


def clashes(cases: Iterable[Case]) -> tuple[str, ...]:
    """Ids that occur twice over several files, and groups whose questions have other gold."""
    lines: list[str] = []
    ids: dict[str, Case] = {}
    asked: dict[tuple[str, str], Case] = {}
    groups: dict[str, Case] = {}
    for case in cases:
        first = ids.setdefault(case.id, case)
        if first is not case:
            lines.append(f"{case.where}: id {case.id!r} is taken by {first.where}; rename.")
        if case.group is None:
            continue
        first = groups.setdefault(case.group, case)
        other = [key for key in SHARED if getattr(case, key) != getattr(first, key)]
        if other:
            names = ", ".join(other)
            lines.append(f"{case.where}: {case.id}: {names} differ from {first.where}, its group.")
        first = asked.setdefault((case.group, case.language), case)
        if first is not case:
            lines.append(f"{case.where}: {case.id}: its group has {first.where} in this language.")
    return tuple(lines)


def articles_of(cases: tuple[Case, ...]) -> tuple[str, ...]:
    """The ids of all articles that the gold quotes, sorted."""
    quotes = (option for case in cases for gold in case.spans for option in gold.options)
    return tuple(sorted({quote.article for quote in quotes}))


def fingerprint(*paths: Path) -> str:
    """SHA-256 of the files, in hexadecimal: figures of other cases cannot be compared."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


def _parse(line: str, where: str) -> Case:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise InputError(f"{where}: this is no JSON ({error}); mend the line.") from error
    if not isinstance(record, dict) or "where" in record:
        raise InputError(f"{where}: a case is a JSON object without key 'where'; mend the line.")
    try:
        return Case.model_validate({**record, "where": where})
    except ValidationError as error:
        problems = "; ".join(_problem(detail) for detail in error.errors())
        raise InputError(f"{where}: {problems}; mend the line.") from error


def _problem(detail: Any) -> str:
    place = ".".join(str(part) for part in detail["loc"])
    return f"{place}: {detail['msg']}" if place else str(detail["msg"])


def find(case: Case, option: Quote, texts: Mapping[str, str]) -> list[Span]:
    """The places where a quote of a case stands; raises InputError where there is none."""
    text = texts.get(option.article)
    if text is None:
        raise InputError(
            f"{case.where}: {case.id}: there is no article {option.article!r}; mend its id."
        )
    spans: list[Span] = []
    start = text.find(option.quote)
    while start >= 0:
        spans.append(Span(option.article, start, start + len(option.quote), option.quote))
        start = text.find(option.quote, start + 1)
    if not spans:
        raise InputError(
            f"{case.where}: {case.id}: {option.article} does not hold {option.quote!r}; "
            "copy the quote from the article."
        )
    return spans
