"""What texts and words of a language have in common: mean vectors, the library's and neutral ones.

The mean of few texts is about what they are about. So those of neutral texts, parallel in all
languages (`lexicon/reference.*.toml`), are kept beside the library's own, and blended in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from rag import lexicon, text
from rag.catalog import Catalog
from rag.embeddings import Embedder
from rag.schema import LANGUAGES
from rag.stored import STORED, Floats, unpacked

# A mean of this many passages differs from the mean of all by less than its use is sensitive to.
SAMPLE = 2000
WORDS = 120  # of the neutral texts of a language
SHRINK = 30  # passages that the mean of a language's neutral texts counts for

Means = Mapping[str, tuple[int, Floats]]  # per name: of how many, and the mean (d,)


def remember(record: Catalog, embedder: Embedder) -> None:
    """Keep the mean passage vector of each language, and those of the neutral texts and words."""
    known = record.means(embedder.fingerprint)
    means = {name: mean for name, mean in known.items() if name in neutral_names()}
    if means.keys() != neutral_names():
        references = _references()
        vectors = embedder.passages([t for some in references.values() for t in some])
        ends = np.cumsum([len(some) for some in references.values()])[:-1]
        for name, part in zip(references, np.split(vectors, ends), strict=True):
            means[name] = (len(part), np.mean(part, axis=0))
    for language in record.languages():
        size = embedder.dimension * np.dtype(STORED).itemsize
        blobs = record.sample(language, SAMPLE, size)
        first = unpacked(b"".join(blobs), embedder.dimension)
        means[language] = (len(first), np.mean(first, axis=0))
    if not _same(means, known):
        record.set_means(embedder.fingerprint, means)


def of_texts(means: Means) -> dict[str, Floats]:
    """Per language the mean vector (d,) of its texts.

    The library's own mean counts by its number of passages, that of neutral texts as SHRINK.
    """
    centres: dict[str, Floats] = {}
    for language in LANGUAGES:
        _, neutral = means.get(_name(language, "texts"), (0, np.zeros(1, np.float32)))
        count, mean = means.get(language, (0, neutral))
        blended = (count * mean + SHRINK * neutral) / (count + SHRINK)
        centres[language] = blended.astype(np.float32)
    return centres


def of_words(means: Means, words: Mapping[str, Floats]) -> dict[str, Floats]:
    """Per language the mean vector (d,) of its words: of these (n, d), and of neutral ones."""
    centres: dict[str, Floats] = {}
    for language in LANGUAGES:
        count, mean = means.get(_name(language, "words"), (0, np.zeros(1, np.float32)))
        total = count * mean
        if language in words:
            count += len(words[language])
            total = total + words[language].sum(axis=0)
        centres[language] = (total / max(1, count)).astype(np.float32)
    return centres


def _references() -> dict[str, Sequence[str]]:
    """Per name of a mean: the neutral texts of a language, or words of theirs."""
    found: dict[str, Sequence[str]] = {}
    for language in LANGUAGES:
        texts: list[str] = lexicon.load(f"reference.{language}")["texts"]
        words = sorted(text.forms("\n".join(texts), language).values())
        found[_name(language, "texts")] = texts
        found[_name(language, "words")] = words[:: max(1, len(words) // WORDS)]
    return found


def neutral_names() -> set[str]:
    """The names of the means of neutral texts and words, which every library has."""
    return {_name(language, unit) for language in LANGUAGES for unit in ("texts", "words")}


def _name(language: str, unit: str) -> str:
    """The name under which the mean of a language's neutral texts, or words, is kept."""
    return f"reference-{unit}-{language}"


def _same(one: Means, other: Means) -> bool:
    return one.keys() == other.keys() and all(
        one[name][0] == other[name][0] and np.array_equal(one[name][1], other[name][1])
        for name in one
    )
