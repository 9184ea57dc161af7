"""What a question may see of a library beside its hits."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from rag.catalog_reader import CatalogReader
from rag.schema import Article, Claim


class Searched:
    """The part of a library that a question may see, by its filters and as-of date."""

    def __init__(self, catalog: CatalogReader, allowed: frozenset[str] | None) -> None:
        """`allowed` are the ids of the articles that pass (`CatalogReader.allowed`)."""
        self._catalog = catalog
        self._allowed = allowed
        self._articles: dict[str, Article | None] = {}
        self.searched = catalog.count() if allowed is None else len(allowed)

    def article(self, article_id: str) -> Article | None:
        """An article, or None where it has gone."""
        if article_id not in self._articles:
            self._articles[article_id] = self._catalog.article(article_id)
        return self._articles[article_id]

    def claims_of_stances(
        self, stances: Iterable[str], holding: Collection[str]
    ) -> list[tuple[Claim, frozenset[str]]]:
        """The claims of these stances that hold one of these terms."""
        return self._catalog.claims_of_stances(stances, holding, self._allowed)
