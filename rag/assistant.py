"""Wires the stages: `ask` is the flow of one question, `ingest` the flow of the articles."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any

from rag import actors as actors_module
from rag import (
    answerability,
    chat_engine,
    context,
    conversation,
    corrections,
    evidence,
    expansion,
    extractive,
    ingestion,
    notes,
    premise,
    question,
    ranking,
    retrieval,
    scope,
    status,
)
from rag.chat_models import ChatModel
from rag.embeddings import Embedder, open_embedder
from rag.errors import InputError, LibraryError
from rag.index import Index
from rag.ingestion import Progress, Report
from rag.model_claims import ModelExtractor
from rag.retrieval import Pool
from rag.schema import Answer, Article, Claim, Filters, Hit, Span, Statement
from rag.searched import Searched
from rag.settings import Settings
from rag.shelf import Shelf
from rag.stored import ArticleInfo
from rag.suggestions import suggested

ENGINES = (extractive.NAME, chat_engine.NAME)


class Assistant:
    """One open library, for several threads: questions take turns, and so do writers.

    `chat` opens the chat model that composes answers, where there is one; `engine` is what
    composes them where a question does not say, None for the chat model where there is one.
    """

    chat: Callable[[], ChatModel] | None = None
    engine: str | None = None

    def __init__(self, index: Index) -> None:
        self.index = index
        self.actors = actors_module.load()
        self._turn = index.turn
        self._shelf = Shelf(index.catalog)
        self._writing = threading.RLock()

    @classmethod
    def open(
        cls, settings: Settings, *, write: bool = False, embedder: Embedder | None = None
    ) -> Assistant:
        """Open the library of these settings; `write` also takes the lock of the one writer.

        `embedder` is that of the settings, where it is open already.
        Raises LibraryError (empty, locked, other model) or EngineError (no model).
        """
        embedder = embedder or open_embedder(settings.embeddings, settings.data_dir / "models")
        index = Index(settings.data_dir, embedder, write=write, chroma_url=settings.chroma_url)
        assistant = cls(index)
        assistant.engine = settings.engine
        assistant.chat = chat_engine.opener(
            settings.chat_model, settings.chat_base_url, settings.chat_timeout
        )
        try:
            if write:
                index.settle()  # what a kill left over
                if ingestion.read_again(index, assistant.actors) or index.catalog.models():
                    index.heal()
        except BaseException:
            assistant.close()
            raise
        return assistant

    def __enter__(self) -> Assistant:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        with self._turn:
            self.index.close()

    def ask(
        self,
        text: str,
        *,
        language: str | None = None,
        as_of: str | None = None,
        filters: Filters = Filters(),
        previous: tuple[str, ...] = (),
        engine: str | None = None,
        tell: Callable[[Statement], None] = lambda _: None,
    ) -> Answer:
        """The answer to a question, in its own language or in `language`.

        `engine` is one of ENGINES, None that of the settings. `tell` is called with each sentence
        of a chat model that is borne out, as it comes; no other question waits for the model.
        Raises InputError for a question that cannot be asked, LibraryError for an empty library.
        """
        started = time.perf_counter()
        engine = self._engine(engine)
        with self._state():
            whole = conversation.resumed(text, previous, self.actors)
            asked = question.parse(whole.text, self.actors, language, as_of)
            if whole.context:
                asked = context.joined(asked, question.parse(whole.context, self.actors))
            filters = question.checked(filters)
            target = language or (whole.language if whole.understood else asked.language)
            self._require_articles()
            asked = expansion.translated(asked, self.index)
            pool = Pool.of(asked, self.index, filters)
            hits = pool.hits()
            catalog = self.index.catalog
            claims = corrections.current(
                asked, catalog.claims_near(h.passage for h in hits), catalog
            )
            library = Searched(self.index.catalog, pool.allowed)
            answerable = not scope.is_outside(asked, self.index, self.actors)
            answerable = answerable and answerability.is_likely(pool, hits)
            ranked = ranking.rank(asked, hits, claims, pool.scorer.weights, self.actors)
            judgement = premise.judge(asked, ranked, library, self.actors)
            found = evidence.select(
                asked,
                ranked,
                hits,
                library,
                self.actors,
                judgement=judgement,
                answerable=answerable,
            )
            verdict = status.assess(asked, found, self.actors, target)
            answer = extractive.compose(asked, found, verdict, self.actors, target, judgement)
            next_ones = suggested(asked, found, ranked, self.actors, target, previous)
            answer = replace(answer, understood=whole.understood, suggestions=next_ones)
            note = notes.of_question(text, whole, target)
            chatted = None
            if self.chat is not None and engine == chat_engine.NAME:
                chatted = chat_engine.prepared(self.chat, answer, self.index, self.actors)
        if chatted is not None:
            answer = chatted(tell)
        elapsed = (time.perf_counter() - started) * 1000
        asked_as = text if whole.understood or whole.context else answer.question
        note = notes.joined(note, answer.note)
        return replace(answer, question=asked_as, note=note, elapsed_ms=round(elapsed, 1))

    def _engine(self, engine: str | None) -> str:
        """The engine that is meant; raises InputError for an unknown one or one without a model."""
        chosen = engine or self.engine or (chat_engine.NAME if self.chat else extractive.NAME)
        if chosen not in ENGINES:
            raise InputError(f"Engine {chosen!r} is not one of {', '.join(ENGINES)}.")
        if chosen == chat_engine.NAME and self.chat is None:
            raise InputError("No chat model is named; set RAG_CHAT_MODEL to provider:model.")
        return chosen

    def search(
        self,
        text: str,
        *,
        filters: Filters = Filters(),
        as_of: str | None = None,
        limit: int = retrieval.BEST,
    ) -> tuple[Hit, ...]:
        """The passages nearest to a question, best first.

        Raises InputError for a question that cannot be asked, LibraryError for an empty library.
        """
        with self._state():
            asked = question.parse(text, self.actors, as_of=as_of)
            self._require_articles()
            asked = expansion.translated(asked, self.index)
            filters = question.checked(filters)
            return retrieval.search(asked, self.index, filters, max(limit, retrieval.BEST))[:limit]

    def passages(
        self,
        text: str,
        *,
        filters: Filters = Filters(),
        as_of: str | None = None,
        limit: int = retrieval.BEST,
    ) -> tuple[tuple[Hit, Article], ...]:
        """What `search` finds, each with its article, of one state of the library."""
        with self._state():
            hits = self.search(text, filters=filters, as_of=as_of, limit=limit)
            return tuple((hit, self.article(hit.passage.article_id)) for hit in hits)

    @contextmanager
    def _state(self) -> Iterator[None]:
        """Everything that is read inside is of one state, also beside a writing process."""
        with self._turn, self.index.catalog.snapshot():
            yield

    def ingest(
        self,
        paths: Sequence[Path],
        progress: Progress | None = None,
        *,
        model: ChatModel | None = None,
        again: bool = False,
    ) -> Report:
        """Bring the library up to date with files and folders.

        With `model` it may propose claims beside the rules; `again` makes the claims of unchanged
        articles anew where others made them.
        """
        extractor = ModelExtractor(model, self.actors) if model is not None else None
        with self._writing:
            return ingestion.ingest(
                paths, self.index, self.actors, progress, extractor=extractor, again=again
            )

    def remove(self, article_id: str) -> None:
        """Take an article out; folder ingests pass its file over until it is named itself."""
        with self._writing:
            self.article(article_id)
            self.index.remove(article_id, remember=True)

    def articles(self) -> tuple[ArticleInfo, ...]:
        """The list of articles, newest first."""
        with self._turn:
            return self._shelf.articles()

    def article(self, article_id: str) -> Article:
        """One article; raises InputError for an unknown id."""
        with self._turn:
            return self._shelf.article(article_id)

    def described(self, article_id: str) -> dict[str, Any]:
        """One article as the command line and the API show it: its line of the list, and text."""
        with self._turn:
            return self._shelf.described(article_id)

    def claims(self, article_id: str, *, narrated: bool = False) -> tuple[Claim, ...]:
        """The claims of one article in order; with `narrated` also what it says itself."""
        with self._turn:
            return self._shelf.claims(article_id, narrated=narrated)

    def paragraph(self, article_id: str, start: int, end: int) -> Span:
        """The paragraph or paragraphs that hold this stretch of an article."""
        article = self.article(article_id)
        if not 0 <= start < end <= len(article.text):
            raise InputError(f"{start}-{end} does not lie in article {article_id!r}.")
        first = article.text.rfind("\n", 0, start) + 1
        last = article.text.find("\n", end)
        return article.span(first, last if last >= 0 else len(article.text))

    def _require_articles(self) -> None:
        models = self.index.catalog.models()
        if not models and self.index.catalog.unread():
            raise LibraryError(
                "The library is of an earlier version and was not read again to its end; start "
                "the app or ingest once."
            )
        if not models:
            raise LibraryError("The library is empty; fill it with: python -m rag ingest FOLDER")
        if self.index.embedder.fingerprint not in models:
            raise LibraryError(
                "The library was made with another embedding model; set RAG_EMBEDDINGS back, "
                "or embed it again with: python -m rag ingest FOLDER"
            )
        if not self.index.has_vectors():
            raise LibraryError(
                "Chroma holds no vectors of this library (a new server, or a deleted folder); "
                "embed it again with: python -m rag ingest FOLDER"
            )
