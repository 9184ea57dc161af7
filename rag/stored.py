"""What the catalog holds: values that go in and come out, their keys, and vectors as bytes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.schema import Article, Claim, Passage, Sentence, Span

Floats = NDArray[np.float32]
STORED = "<f2"  # the type of stored vectors: half precision changes a cosine by less than 0.001


@dataclass(frozen=True, slots=True)
class ArticleInfo:
    """One line of the library's list."""

    id: str
    title: str
    publisher: str | None
    published: str | None
    language: str
    url: str | None
    passages: int
    claims: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage as the catalog holds it; `vectors` (1 + n, d): its own, then its sentences'."""

    key: str
    row: int
    article_id: str
    language: str
    start: int
    end: int
    stored: str  # its terms, separated by spaces
    vectors: Floats

    @property
    def terms(self) -> frozenset[str]:
        """Its lexical terms."""
        return frozenset(self.stored.split())


@dataclass(frozen=True, slots=True)
class StoredSentence:
    """A sentence of a passage, in its order."""

    start: int
    end: int
    stored: str  # its terms, separated by spaces


@dataclass(frozen=True, slots=True)
class Entry:
    """Everything that is stored of one article but vectors. `terms` are separated by spaces.

    `claims_by` is the maker of the claims: "rules", or the name of a model extractor.
    """

    article: Article
    path: str | None
    passages: tuple[tuple[Passage, str], ...]
    sentences: tuple[tuple[Sentence, str], ...]
    claims: tuple[tuple[Claim, str], ...]
    claims_by: str = "rules"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a language's articles: its stem, its shortest form, and the form's vector (d,)."""

    language: str
    stem: str
    form: str
    vector: Floats


@dataclass(frozen=True, slots=True)
class Embedded:
    """An entry with the vectors (1 + n, d) of each passage: its own, then its n sentences'."""

    entry: Entry
    vectors: tuple[Floats, ...]


def key_of(span: Span) -> str:
    """The key of a span's vector, made of its place and words."""
    words = hashlib.sha256(span.text.encode()).hexdigest()[:12]
    return f"{span.article_id}:{span.start}-{span.end}:{words}"


def article_of(key: str) -> str:
    """The id of the article that a key belongs to."""
    return key.rsplit(":", 2)[0]


def collection_of(language: str) -> str:
    """The collection that holds the passage vectors of a language."""
    return f"passages-{language}"


def sentences_of(passage: Passage, entry: Entry) -> list[tuple[Sentence, str]]:
    """The sentences of a passage with their terms, in order; each lies in exactly one passage."""
    return [
        (sentence, terms)
        for sentence, terms in entry.sentences
        if passage.start <= sentence.start < passage.end
    ]


def packed(vectors: Floats) -> bytes:
    """Vectors (n, d) as they are stored."""
    return vectors.astype(STORED).tobytes()


def unpacked(blob: bytes, dimension: int) -> Floats:
    """Stored vectors (n, d) again."""
    return np.frombuffer(blob, STORED).astype(np.float32).reshape(-1, dimension)
