"""The nouns: immutable values that flow from one article to one answer.

Source, cue and content follow the attribution-relation scheme of PARC 3.0 (Pareti 2016);
passage, hit, evidence and citation are the terms of information retrieval. Every value
survives a JSON round trip (`to_json`, `from_json`). Offsets count Unicode code points in
`Article.text`, and the one invariant is `article.text[span.start:span.end] == span.text`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from typing import Any, TypeVar

from pydantic import TypeAdapter

LANGUAGES = ("de", "en", "uk", "ru")

T = TypeVar("T")


class Stance(StrEnum):
    """What a source does with a content. Silence is never a denial."""

    ASSERTS = "asserts"
    CONFIRMS = "confirms"
    REPORTS = "reports"
    CLAIMS = "claims"
    ESTIMATES = "estimates"
    EXPECTS = "expects"
    ANNOUNCES = "announces"
    WARNS = "warns"
    DEMANDS = "demands"
    DENIES = "denies"
    NOT_DENIED = "not_denied"
    NO_COMMENT = "no_comment"
    DOES_NOT_CONFIRM = "does_not_confirm"
    UNVERIFIED = "unverified"


class Form(StrEnum):
    """How the content is given: quoted, reported, both, or in the article's own voice."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"
    FREE = "free"
    HEARSAY = "hearsay"
    NARRATED = "narrated"


class SourceKind(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"
    STATE = "state"
    ANONYMOUS = "anonymous"


class Side(StrEnum):
    """Who a source speaks for; blocs and war parties are drawn in `actors.toml`."""

    UKRAINE = "ukraine"
    RUSSIA = "russia"
    NORTH_KOREA = "north_korea"
    US = "us"
    SOUTH_KOREA = "south_korea"
    NATO = "nato"
    EU = "eu"
    UN = "un"
    INDEPENDENT = "independent"
    OTHER = "other"


class Polarity(StrEnum):
    POSITIVE = "positive"
    NEGATIVE = "negative"


class Qualifier(StrEnum):
    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    VAGUE = "vague"


class QuestionKind(StrEnum):
    WHO = "who"
    HOW_MANY = "how_many"
    WHEN = "when"
    WHERE = "where"
    WHETHER = "whether"
    WHAT = "what"
    WHY = "why"
    FOLLOW_UP = "follow_up"


class Support(StrEnum):
    """What carries a statement of the answer."""

    VERBATIM = "verbatim"
    SUPPORTED = "supported"
    ABSENCE = "absence"
    UNSUPPORTED = "unsupported"


class Status(StrEnum):
    ANSWERED = "answered"
    PARTIAL = "partial"
    NO_EVIDENCE = "no_evidence"


class Flag(StrEnum):
    """The one status of an answer or a position, in the order of the decision list."""

    NO_EVIDENCE = "no_evidence"
    CONFIRMED = "confirmed"
    DENIED = "denied"
    CONFLICTING = "conflicting"
    UNVERIFIED = "unverified"
    HEDGED = "hedged"
    CORROBORATED = "corroborated"
    PARTY_CLAIM = "party_claim"
    ATTRIBUTED = "attributed"

    @property
    def rule(self) -> int:
        """The number of the rule in the published decision list, from 1."""
        return list(Flag).index(self) + 1


class Badge(StrEnum):
    SINGLE_ORIGIN = "single_origin"
    ALIGNED = "aligned"
    ANONYMOUS = "anonymous"
    OWN_VOICE = "own_voice"
    SECOND_HAND = "second_hand"
    CONDITIONAL = "conditional"
    SUPERSEDED = "superseded"
    UNDATED = "undated"
    PREMISE_NOT_MET = "premise_not_met"
    HEADLINE_ONLY = "headline_only"
    TRANSLATED = "translated"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an article: the only pointer there is."""

    article_id: str
    start: int
    end: int
    text: str


# Aliases, not subclasses: after a JSON round trip a subclass would come back as a plain Span.
Sentence = Span
Passage = Span


@dataclass(frozen=True, slots=True)
class Article:
    """`text` is the title, a blank line and the body; normalised once, when it is loaded."""

    id: str
    title: str
    text: str
    language: str
    content_hash: str
    publisher: str | None = None
    published: str | None = None  # ISO 8601 date
    url: str | None = None
    retrieved: str | None = None  # ISO 8601 date
    facts_from: tuple[str, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """The span of these offsets; raises ValueError where they do not lie in the text."""
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"{start}-{end} is not within the {len(self.text)} of {self.id}")
        return Span(self.id, start, end, self.text[start:end])


@dataclass(frozen=True, slots=True)
class Source:
    """Who said it. `name` is the canonical English name, `mention` the words of the article."""

    name: str
    kind: SourceKind
    side: Side
    mention: Span
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure as an interval: `None` is an open end ("at least 300" has no high)."""

    low: float | None
    high: float | None
    unit: str
    aspect: str | None
    qualifier: Qualifier
    span: Span


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of an article with its source; no sources = the article's own voice."""

    id: str
    sentence: Sentence
    content: tuple[Span, ...]
    form: Form
    stance: Stance
    rule: str
    sources: tuple[Source, ...] = ()
    via: tuple[Source, ...] = ()
    cue: Span | None = None
    hedges: tuple[Span, ...] = ()
    polarity: Polarity = Polarity.POSITIVE
    quantities: tuple[Quantity, ...] = ()
    date: str | None = None  # ISO 8601 date, month, or interval: when it was said

    @property
    def extent(self) -> tuple[int, int]:
        """Start and end of what must be quoted to see source, cue and content together."""
        spans = (self.sentence, *self.content)
        return min(s.start for s in spans), max(s.end for s in spans)


@dataclass(frozen=True, slots=True)
class Filters:
    """What may be searched; empty means everything. Dates are ISO 8601 and inclusive."""

    languages: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked. `stance`, `unit`, `actors` and `figures` are presumed by the asker."""

    text: str
    language: str
    kind: QuestionKind
    terms: tuple[tuple[str, ...], ...] = ()  # groups of terms that mean the same
    speakers: tuple[str, ...] = ()  # canonical names asked to have spoken
    actors: tuple[str, ...] = ()  # all canonical names that occur
    stance: Stance | None = None
    unit: str | None = None
    aspect: str | None = None
    figures: tuple[Quantity, ...] = ()
    date: str | None = None
    as_of: str | None = None
    counts_origins: bool = False  # "how many independent sources say this?"
    compares: bool = False  # "how do the figures differ?", "do they contradict each other?"


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its scores; `sentences` are its sentences, best first, with theirs.

    `terms` are the passage's lexical terms, as the index keeps them.
    """

    passage: Passage
    language: str
    score: float
    cosine: float
    sentences: tuple[tuple[Sentence, float], ...] = ()
    terms: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Evidence:
    """A claim chosen for a question; `number` is what statements cite, `quote` what is shown."""

    number: int
    claim: Claim
    quote: Span
    article: Article
    score: float

    def __hash__(self) -> int:
        return hash(self.claim.id)  # that of all that it holds would read the article each time


@dataclass(frozen=True, slots=True)
class Findings:
    """What the articles hold on a question.

    `answering` carry the answer, `related` are denials, silence and caveats on the same matter,
    `admissions` pairs the numbers of an admission and of the earlier denial or silence that it
    gave up, `nearest` is what came nearest where nothing answers. `premise_met` is None where
    nothing was presumed of the sources.
    """

    answering: tuple[Evidence, ...] = ()
    related: tuple[Evidence, ...] = ()
    admissions: tuple[tuple[int, int], ...] = ()
    nearest: tuple[Evidence, ...] = ()
    premise_met: bool | None = None
    searched: int = 0  # articles


@dataclass(frozen=True, slots=True)
class Figure:
    low: float | None
    high: float | None
    unit: str
    qualifier: Qualifier = Qualifier.EXACT


@dataclass(frozen=True, slots=True)
class Position:
    """One source's word on the question; three that speak together are three positions."""

    source: str
    side: Side
    stance: Stance
    figure: Figure | None
    date: str | None
    quote: str
    flag: Flag
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a flag was given: the rule's number, a sentence for the reader, what triggered it."""

    rule: int
    text: str
    citations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    flag: Flag
    badges: tuple[Badge, ...]
    why: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of the answer, without markers, and the citations that carry it."""

    text: str
    citations: tuple[int, ...]
    support: Support


@dataclass(frozen=True, slots=True)
class Conflict:
    about: str
    positions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Event:
    date: str
    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """What the reader can check: `quote` is `article.text[start:end]`."""

    number: int
    article_id: str
    title: str
    publisher: str | None
    published: str | None
    url: str | None
    language: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Answer:
    """The one value that leaves `rag/`: the JSON of the command line, the API and the widget."""

    question: str
    language: str
    as_of: str | None
    status: Status
    flag: Flag
    badges: tuple[Badge, ...]
    documents: int
    origins: int
    why: tuple[Reason, ...]
    text: str
    statements: tuple[Statement, ...]
    positions: tuple[Position, ...]
    conflicts: tuple[Conflict, ...]
    timeline: tuple[Event, ...]
    citations: tuple[Citation, ...]
    nearest: tuple[Citation, ...]
    engine: str
    elapsed_ms: float
    understood: str | None = None  # the whole question that a follow-up was understood as
    suggestions: tuple[str, ...] = ()  # next questions that these articles can answer
    note: str | None = None  # what the reader should know: of the engine, of how it was understood


def spans_of(value: object) -> Iterator[Span]:
    """All spans within a noun."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from spans_of(part)
    elif is_dataclass(value):
        for one in fields(value):
            yield from spans_of(getattr(value, one.name))


_adapters: dict[Any, TypeAdapter[Any]] = {}


def _adapter(noun: Any) -> TypeAdapter[Any]:
    if noun not in _adapters:
        _adapters[noun] = TypeAdapter(noun)
    return _adapters[noun]


def to_json(value: object, indent: int | None = None) -> str:
    """A noun as JSON text, characters outside ASCII kept."""
    return _adapter(type(value)).dump_json(value, indent=indent).decode()


def to_record(value: object) -> Any:
    """A noun as plain dicts, lists, strings and numbers, ready for any JSON writer."""
    return _adapter(type(value)).dump_python(value, mode="json")


def from_json(noun: type[T], text: str | bytes) -> T:
    """A noun from its JSON text; raises pydantic.ValidationError where it does not fit."""
    value: T = _adapter(noun).validate_json(text)
    return value
