"""The articles of a library and their claims, read from the catalog alone.

No embedding model is loaded and no vectors are opened, since what stands in the articles needs
neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from rag.catalog import Catalog
from rag.errors import InputError, LibraryError
from rag.schema import Article, Claim, Form, to_record
from rag.stored import ArticleInfo

FILE = "catalog.sqlite"


class Shelf:
    """What can be read of an open catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def articles(self) -> tuple[ArticleInfo, ...]:
        """The list of articles, newest first."""
        return self._catalog.infos()

    def article(self, article_id: str) -> Article:
        """One article; raises InputError for an unknown id."""
        found = self._catalog.article(article_id)
        if found is None:
            raise InputError(
                f"There is no article {article_id!r}; `python -m rag articles` lists them."
            )
        return found

    def described(self, article_id: str) -> dict[str, Any]:
        """One article as the command line and the API show it: its line of the list, and text."""
        article = self.article(article_id)
        info = next(i for i in self.articles() if i.id == article_id)
        record: dict[str, Any] = to_record(info)
        return record | {"text": article.text}

    def claims(self, article_id: str, *, narrated: bool = False) -> tuple[Claim, ...]:
        """The claims of one article in order; with `narrated` also what it says itself."""
        self.article(article_id)
        found = self._catalog.claims([article_id])
        return tuple(c for c in found if narrated or c.form is not Form.NARRATED)


@contextmanager
def opened(folder: Path) -> Iterator[Shelf]:
    """The articles of the library in a data folder; raises LibraryError where there is none."""
    if not (folder / FILE).exists():
        raise LibraryError(
            f"The library in {folder} is empty; fill it with: python -m rag ingest FOLDER"
        )
    with closing(Catalog(folder / FILE, readonly=True)) as catalog:
        yield Shelf(catalog)
