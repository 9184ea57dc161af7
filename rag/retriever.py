"""The library as a LangChain retriever, for use in somebody else's chain.

with Assistant.open(settings.load()) as assistant:
    documents = PassageRetriever(assistant=assistant).invoke("Who confirmed the numbers?")
"""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from rag.assistant import Assistant
from rag.schema import Filters


class PassageRetriever(BaseRetriever):
    """Passages for a question, best first, with what is needed to cite them."""

    assistant: Any  # an open Assistant
    filters: Filters = Filters()
    limit: int = 8

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        assistant: Assistant = self.assistant
        documents = []
        for hit in assistant.search(query, filters=self.filters)[: self.limit]:
            article = assistant.article(hit.passage.article_id)
            documents.append(
                Document(
                    hit.passage.text,
                    id=f"{article.id}:{hit.passage.start}-{hit.passage.end}",
                    metadata={
                        "article_id": article.id,
                        "title": article.title,
                        "publisher": article.publisher,
                        "published": article.published,
                        "url": article.url,
                        "language": article.language,
                        "start": hit.passage.start,
                        "end": hit.passage.end,
                        "score": hit.score,
                    },
                )
            )
        return documents
