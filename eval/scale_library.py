"""A large library of real sentences, recombined, stored by the product's own code.

Sentences of the shipped corpus, of the gold, and of public sets where they are present are dealt
out like cards: an article takes 300 to 600 words of one language, with a date and a publisher.
While a language still has sentences that no article holds, its articles are read, attributed and
embedded as any ingest does. Later ones are composed, since 100,000 passages would take hours:

    terms, claims   of a sentence are those it got when it was first read, moved to its new place
    vectors         of a sentence: the one it got then; of a passage: the mean of its sentences',
                    its distance from the language's mean scaled to that of passages that were
                    embedded; both with a little noise, so that no two are equal

Everything goes through `Index.put`, so that catalog, word index and Chroma are real.
"""

from __future__ import annotations

import datetime
import hashlib
import itertools
import json
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from eval.wrapped import Wrapped
from rag import ingestion, loading, quotations, segmentation, terms
from rag.actors import Actors
from rag.assistant import Assistant
from rag.embeddings import Embedder
from rag.encoder import Progress, Vectors
from rag.index import GROUP, in_context
from rag.schema import LANGUAGES, Article, Claim, Sentence, Span, spans_of
from rag.stored import Entry

GOLD = Path(__file__).with_name("gold")
CORPUS = Path(__file__).parents[1] / "corpus"
KINDS = ("articles", "opened", "claims", "blind")  # files of the gold that hold running text
PUBLISHERS = ("Agentur", "Abendblatt", "Gazette", "Herald", "Вісник", "Вестник")
FIRST_DAY, DAYS = datetime.date(2024, 1, 1), 730
WORDS = (300, 600)  # of an article
PARAGRAPH = (2, 4)  # sentences
MOST_SENTENCES = 1_500  # of a language: reading and embedding them takes a minute
LENGTHS = (25, 400)  # characters of a sentence; a title has at most TITLE
TITLE = 90
SEED = 1
NOISE = 0.05  # the length of what is added to a composed unit vector


@dataclass(frozen=True, slots=True)
class Known:
    """What a sentence got when it was first read."""

    start: int  # its offset then
    terms: str
    claims: tuple[tuple[Claim, str], ...]
    vector: Vectors


@dataclass
class Built:
    """What was built, and in how many seconds; the first articles were ingested in full."""

    passages: int = 0
    articles: int = 0
    real_passages: int = 0
    real_characters: int = 0
    real_seconds: float = 0.0
    embedding_seconds: float = 0.0  # within the real ones
    stored_seconds: float = 0.0  # of the composed ones
    sentences: dict[str, int] = field(default_factory=dict)  # distinct ones per language


class Composer(Wrapped):
    """An embedder that embeds what is new and composes the vectors it was told the parts of."""

    def __init__(self, embedder: Embedder, seed: int) -> None:
        super().__init__(embedder)
        self.seconds = 0.0
        self.made: dict[str, Vectors] = {}  # of texts that were embedded
        self.planned: dict[str, Vectors] = {}
        self._random = np.random.default_rng(seed)

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """The vectors (n, d): those that are planned, the others embedded and remembered."""
        new = [text for text in dict.fromkeys(texts) if text not in self.planned]
        started = time.perf_counter()
        vectors = self.embedder.passages(new, progress)
        self.seconds += time.perf_counter() - started
        self.made |= zip(new, vectors, strict=True)
        both = self.made | self.planned
        self.planned = {}
        return np.stack([both[text] for text in texts]) if texts else vectors

    def plan(self, text: str, vector: Vectors) -> None:
        """Set the direction that a text gets, and a little noise."""
        noise = self._random.standard_normal(self.dimension).astype(np.float32)
        moved = vector / np.linalg.norm(vector) + NOISE / self.dimension**0.5 * noise
        self.planned[text] = moved / np.linalg.norm(moved)


class Composition:
    """Entries of articles whose sentences have all been read before."""

    def __init__(self, actors: Actors, composer: Composer) -> None:
        self._actors, self.composer = actors, composer
        self._known: dict[tuple[str, str], Known] = {}
        self._spread: dict[str, tuple[Vectors, float]] = {}  # language: mean, and the scale
        self._seen: dict[str, list[tuple[Vectors, list[Vectors]]]] = defaultdict(list)

    def learn(self, entry: Entry) -> None:
        """Remember what the sentences of an entry got; it has just been stored."""
        article, made = entry.article, self.composer.made
        starts = defaultdict(list)
        for claim, held in entry.claims:
            starts[claim.sentence.start].append((claim, held))
        for sentence, held in entry.sentences:
            vector = made.get(in_context(article, sentence.text))
            if vector is not None:
                found = Known(sentence.start, held, tuple(starts[sentence.start]), vector)
                self._known.setdefault((article.language, sentence.text), found)
        for passage, _ in entry.passages:
            inside = [s for s, _ in entry.sentences if passage.start <= s.start < passage.end]
            found_all = [made.get(in_context(article, s.text)) for s in inside]
            whole = made.get(in_context(article, passage.text))
            parts = [vector for vector in found_all if vector is not None]
            if whole is not None and parts:
                self._seen[article.language].append((whole, parts))

    def _spread_of(self, language: str) -> tuple[Vectors, float]:
        """Mean and scale of a language, fixed when they are first asked for."""
        if language not in self._spread:
            seen = self._seen.pop(language)
            mean = np.mean([whole for whole, _ in seen], axis=0)
            real = float(np.mean([np.linalg.norm(whole - mean) for whole, _ in seen]))
            made = [np.linalg.norm(np.mean(parts, axis=0) - mean) for _, parts in seen]
            self._spread[language] = mean, real / float(np.mean(made))
        return self._spread[language]

    def entry(self, article: Article) -> Entry:
        """The entry of an article, its vectors planned."""
        sentences = segmentation.sentences(article)
        passages = segmentation.passages(article, sentences)
        known = [self._known.get((article.language, s.text)) for s in sentences]
        found = [
            (s, one.terms if one else " ".join(self._terms(article, s)))
            for s, one in zip(sentences, known, strict=True)
        ]
        claims = [
            moved
            for s, one in zip(sentences, known, strict=True)
            if one
            for moved in _moved(one, s, article)
        ]
        rows = []
        for passage in passages:
            inside = [i for i, s in enumerate(sentences) if passage.start <= s.start < passage.end]
            rows.append((passage, " ".join(found[i][1] for i in inside)))
            self._plan(article, passage, [(sentences[i], known[i]) for i in inside])
        return Entry(article, None, tuple(rows), tuple(found), tuple(claims))

    def _terms(self, article: Article, sentence: Sentence) -> tuple[str, ...]:
        return terms.of_text(sentence, article.language, self._actors, article.published)

    def _plan(
        self, article: Article, passage: Span, inside: Sequence[tuple[Sentence, Known | None]]
    ) -> None:
        parts = [one.vector for _, one in inside if one is not None]
        for sentence, one in inside:
            if one is not None:
                self.composer.plan(in_context(article, sentence.text), one.vector)
        if parts:
            mean, scale = self._spread_of(article.language)
            whole = mean + scale * (np.mean(parts, axis=0) - mean)
            if len(inside) > 1 or passage.text != inside[0][0].text:
                self.composer.plan(in_context(article, passage.text), whole)


def _moved(known: Known, sentence: Sentence, article: Article) -> Iterator[tuple[Claim, str]]:
    """The claims of a sentence that stands elsewhere now; those that point out of it are left."""
    shift = sentence.start - known.start
    for number, (claim, held) in enumerate(known.claims):
        spans = list(spans_of(claim))
        if all(sentence.start <= s.start + shift <= s.end + shift <= sentence.end for s in spans):
            moved = _shifted(claim, article.id, shift)
            yield replace(moved, id=f"{article.id}:{sentence.start}:{number}"), held


def _shifted(value: Any, article_id: str, shift: int) -> Any:
    """The same noun with all its spans in another article."""
    if isinstance(value, Span):
        return Span(article_id, value.start + shift, value.end + shift, value.text)
    if isinstance(value, tuple):
        return tuple(_shifted(part, article_id, shift) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        parts = {one.name: getattr(value, one.name) for one in fields(value)}
        return replace(value, **{k: _shifted(v, article_id, shift) for k, v in parts.items()})
    return value


def sentences(data: Path | None) -> dict[str, list[str]]:
    """Per language the distinct sentences of all texts that are there, in a fixed order."""
    found: dict[str, dict[str, None]] = {language: {} for language in LANGUAGES}
    for language, text in _texts(data):
        article = Article("text", "", f"\n\n{text}", language, "")
        for sentence in segmentation.sentences(article):
            words = sentence.text
            fits = LENGTHS[0] <= len(words) <= LENGTHS[1] and words[-1] in '.!?“”»"'
            if fits and "\n" not in words and _is_closed(words):
                found[language].setdefault(words)
    return {language: list(some)[:MOST_SENTENCES] for language, some in found.items()}


def _is_closed(words: str) -> bool:
    """Whether a sentence opens no quotation that it leaves open."""
    marks = sum(words.count(c) for c in "„“”«»")
    return (
        words.count('"') % 2 == 0
        and marks % 2 == 0
        and all(quote.closed for quote in quotations.find(words))
    )


def _texts(data: Path | None) -> Iterator[tuple[str, str]]:
    """(language, text) of everything there is, ours first."""
    for path in loading.find_files(CORPUS).articles:
        article = loading.read(path)
        yield article.language, article.text.removeprefix(article.title).lstrip()
    for kind, language in itertools.product(KINDS, LANGUAGES):
        for row in _rows(GOLD / f"{kind}.{language}.jsonl"):
            yield language, row["text"]
    for row in _rows(GOLD / "duplicates.jsonl"):
        yield row["language"], row["text"]
    if data is not None:
        for row in _rows(data / "xquad" / "passages.jsonl"):
            yield row["lang"], row["text"]
        for row in _rows(data / "german_news_quotes" / "docs.jsonl"):
            yield "de", row["text"]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    if path.is_file():
        yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


class Deck:
    """The sentences of a language, dealt out again and again in another order."""

    def __init__(self, language: str, cards: Sequence[str], seed: int) -> None:
        self.language, self._cards = language, list(cards)
        self._titles = [card for card in cards if len(card) <= TITLE] or self._cards
        self._random = random.Random(f"{seed}-{language}")
        self._left: list[str] = []
        self._used: list[str] = []  # titles that have been embedded
        self._rounds = 0
        self.passages = 0  # of what was dealt
        self._number = itertools.count()

    def article(self) -> Article:
        """The next article."""
        draw, number = self._random, next(self._number)
        if self.is_fresh():
            self._used.append(draw.choice(self._titles).rstrip("."))
        title = self._used[-1] if self.is_fresh() else draw.choice(self._used)
        wanted = draw.randint(*WORDS)
        taken: dict[str, None] = {}
        while sum(len(card.split()) for card in taken) < wanted and len(taken) < len(self._cards):
            taken.setdefault(self._card())
        cards, paragraphs = list(taken), []
        while cards:
            count = draw.randint(*PARAGRAPH)
            paragraphs.append(" ".join(cards[:count]))
            cards = cards[count:]
        text = f"{title}\n\n" + "\n\n".join(paragraphs)
        day = FIRST_DAY + datetime.timedelta(days=draw.randrange(DAYS))
        return Article(
            id=f"scale-{self.language}-{number:06}",
            title=title,
            text=text,
            language=self.language,
            content_hash=hashlib.sha256(text.encode()).hexdigest(),
            publisher=draw.choice(PUBLISHERS),
            published=day.isoformat(),
        )

    def is_fresh(self) -> bool:
        """Whether some sentences have not been dealt yet."""
        return self._rounds == 0 or (self._rounds == 1 and bool(self._left))

    def _card(self) -> str:
        if not self._left:
            self._left = self._random.sample(self._cards, len(self._cards))
            self._rounds += 1
        return self._left.pop()


def build(
    assistant: Assistant,
    passages: int,
    data: Path | None,
    progress: Callable[[int], None],
    most: int = MOST_SENTENCES,
) -> Built:
    """Fill an empty library with about so many passages, a like number of each language.

    `most` bounds the distinct sentences of a language; `progress` gets the passages stored so far.
    """
    index, built = assistant.index, Built()
    embedder = index.embedder
    index.embedder = composer = Composer(embedder, SEED)
    composition = Composition(assistant.actors, composer)
    cards = {language: some[:most] for language, some in sentences(data).items()}
    built.sentences = {language: len(some) for language, some in cards.items()}
    decks = [Deck(language, some, SEED) for language, some in cards.items() if some]
    embedder.passages(["A model is loaded before anything is timed."])
    try:
        while (done := sum(deck.passages for deck in decks)) < passages:
            progress(done)
            deck = min(decks, key=lambda one: one.passages)
            share = -(-passages // len(decks))
            _fill(assistant, deck, composition, built, share - deck.passages)
        index.heal()
    finally:
        index.embedder = embedder
    built.passages = done
    return built


def _fill(
    assistant: Assistant, deck: Deck, composition: Composition, built: Built, missing: int
) -> None:
    """Store one group of articles of a language, read in full while it has new sentences."""
    composer, started = composition.composer, time.perf_counter()
    composer.seconds = 0.0
    composer.made.clear()
    entries: list[Entry] = []
    size = count = 0
    fresh = deck.is_fresh()
    while size < GROUP and count < missing and fresh == deck.is_fresh():
        article = deck.article()
        if fresh:
            entries.append(ingestion.entry_of(article, None, assistant.actors))
        else:
            entries.append(composition.entry(article))
        count += len(entries[-1].passages)
        size += len(entries[-1].passages) + len(entries[-1].sentences)
    assistant.index.put(entries)
    seconds = time.perf_counter() - started
    deck.passages += count
    built.articles += len(entries)
    if fresh:
        built.real_passages += count
        built.real_characters += sum(len(entry.article.text) for entry in entries)
        built.real_seconds += seconds
        built.embedding_seconds += composer.seconds
        for entry in entries:
            composition.learn(entry)
    else:
        built.stored_seconds += seconds
