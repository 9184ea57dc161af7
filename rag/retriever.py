"""The library for LangChain: a retriever and embeddings, for use in somebody else's chain.

with Assistant.open(settings.load()) as assistant:
    documents = PassageRetriever(assistant=assistant).invoke("Who confirmed the numbers?")
    store = InMemoryVectorStore(BelegtEmbeddings(assistant.index.embedder))
"""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from pydantic import Field

from rag.assistant import Assistant
from rag.embeddings import Embedder
from rag.schema import Article, Filters, Hit


class PassageRetriever(BaseRetriever):
    """Passages for a question, best first, with what is needed to cite them.

    `assistant` is an open Assistant, `limit` the most passages, `as_of` an ISO 8601 date: only
    what was published until then. A document's metadata are `article_id`, `title`, `publisher`,
    `published` (ISO 8601), `url`, `language`, `start` and `end` (code points of the article's
    text, which stands there word for word), and `score` (higher is better; comparable only within
    one question). What an article does not have is None.

    Raises InputError for a question, date or filter that cannot be used, LibraryError for an empty
    library.
    """

    assistant: Any  # an Assistant, which pydantic cannot check
    filters: Filters = Filters()
    limit: int = Field(default=8, ge=1)
    as_of: str | None = None

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        assistant: Assistant = self.assistant
        found = assistant.passages(query, filters=self.filters, as_of=self.as_of, limit=self.limit)
        return [_document(hit, article) for hit, article in found]


def _document(hit: Hit, article: Article) -> Document:
    start, end = hit.passage.start, hit.passage.end
    return Document(
        hit.passage.text,
        id=f"{article.id}:{start}-{end}",
        metadata={
            "article_id": article.id,
            "title": article.title,
            "publisher": article.publisher,
            "published": article.published,
            "url": article.url,
            "language": article.language,
            "start": start,
            "end": end,
            "score": hit.score,
        },
    )


class BelegtEmbeddings(Embeddings):
    """An embedder of ours for any vector store of LangChain's: unit vectors, in four languages.

    Questions and texts each get the prefix that the model wants. A store that is kept must be
    filled again when the embedder's `fingerprint` changes.
    """

    def __init__(self, embedder: Embedder) -> None:
        """Takes `open_embedder(name, cache)`, or that of an open library."""
        self.embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """The vectors of texts that are to be found."""
        vectors: list[list[float]] = self.embedder.passages(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        vector: list[float] = self.embedder.query(text).tolist()
        return vector
