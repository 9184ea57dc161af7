"""A citation with what is known of it: the article and the claims that lie in the quoted words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rag.schema import Article, Citation, Claim


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One numbered quotation; `claims` are those whose sentence or content it shows."""

    number: int
    article: Article
    start: int
    end: int
    claims: tuple[Claim, ...]

    @property
    def quote(self) -> str:
        """The quoted words, as they stand in the article."""
        return self.article.text[self.start : self.end]


def of_citations(
    citations: Iterable[Citation],
    article_of: Callable[[str], Article | None],
    claims_of: Callable[[Iterable[str]], Iterable[Claim]],
) -> tuple[Exhibit, ...]:
    """The exhibits of an answer, in the order of their numbers.

    `article_of` gives an article by its id, `claims_of` all claims of articles by their ids.
    """
    cited = list(citations)
    claims = tuple(claims_of(dict.fromkeys(c.article_id for c in cited)))
    made: list[Exhibit] = []
    for one in cited:
        article = article_of(one.article_id)
        if article is not None:
            made.append(exhibit(one.number, article, one.start, one.end, claims))
    return tuple(made)


def exhibit(
    number: int, article: Article, start: int, end: int, claims: Iterable[Claim]
) -> Exhibit:
    """One exhibit, with those of the claims that lie wholly within the quoted words."""
    shown = tuple(
        claim
        for claim in claims
        if claim.sentence.article_id == article.id and _lies_in(claim, start, end)
    )
    return Exhibit(number, article, start, end, shown)


def _lies_in(claim: Claim, start: int, end: int) -> bool:
    first, last = claim.extent
    return start <= first and last <= end
