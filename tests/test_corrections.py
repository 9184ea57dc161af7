"""Figures that their article gives up, and what stands in their place."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from rag import actors, attribution, corrections, question, replacements, segmentation
from rag.schema import Article, Claim, Evidence, Quantity

ACTORS = actors.load()


class Shelf:
    """A library of one article."""

    def __init__(self, article: Article) -> None:
        self._article = article

    def article(self, article_id: str) -> Article | None:
        return self._article if article_id == self._article.id else None


def read(body: str, language: str) -> tuple[Article, tuple[Claim, ...]]:
    article = Article("a", "News", f"News\n\n{body}", language, "a", published="2026-03-05")
    return article, attribution.extract(article, segmentation.sentences(article), ACTORS)


def left(body: str, language: str, asked: str) -> list[tuple[float | None, str]]:
    """Low end and unit of the figures that a question still finds, in order."""
    article, claims = read(body, language)
    parsed = question.parse(asked, ACTORS)
    kept = corrections.current(parsed, [(c, frozenset()) for c in claims], Shelf(article))
    found: dict[int, Quantity] = {q.span.start: q for c, _ in kept for q in c.quantities}
    return [(found[start].low, found[start].unit) for start in sorted(found)]


GIVEN_UP: Sequence[tuple[str, str, list[tuple[float, str]]]] = [
    ("en", "We reported, quoting the operator, that the fuel would last 30 days. The operator now "
     "says it misread its data: the stock is enough for twelve.", [(12, "days")]),
    ("en", "The mayor first spoke of 14 wounded; later she put the number at 21.",
     [(21, "wounded")]),
    ("en", "Officials said 31 people had been wounded. In the evening the ministry revised the "
     "figure to 28.", [(28, "wounded")]),
    ("de", "19 Menschen kamen ums Leben, teilte der Gouverneur mit. Zunächst hatte er von zwölf "
     "Toten gesprochen.", [(19, "killed")]),
    ("de", "Bei dem Angriff starben 19 Menschen statt der zunächst gemeldeten zwölf.",
     [(19, "killed")]),
    ("de", "Die Zahl der Toten stieg von zwölf auf 19.", [(19, "killed")]),
    ("uk", "У трюмах було 26 тисяч тонн зерна. Спершу порт говорив про 31 тисячу; згодом там "
     "пояснили, що переплутали документи.", [(26000, "tons")]),
    ("uk", "Спочатку в Генштабі говорили про 14 збитих дронів. Пізніше уточнили: збито 17 дронів.",
     [(17, "drones")]),
    ("ru", "Ранены, по данным штаба, 14 человек. Позднее штаб уточнил: раненых 17.",
     [(17, "wounded")]),
    ("ru", "Вместо 40 танков, о которых сообщалось ранее, на станции было 25 танков.",
     [(25, "tanks")]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "body", "figures"), GIVEN_UP)
def test_a_figure_that_the_article_gives_up_is_found_no_more(
    language: str, body: str, figures: list[tuple[float, str]]
) -> None:
    assert left(body, language, "How many were there?") == figures


@pytest.mark.parametrize(
    ("language", "body", "count"),
    [
        # somebody else's figure gives up nothing
        ("en", "Moscow had earlier spoken of 300 Ukrainian dead. Kyiv says 40 of its soldiers were "
         "killed.", 2),
        # an earlier event is no earlier word on the same
        ("en", "Earlier, 12 people had been killed in Kherson, officials said. On Friday five "
         "people died in Odesa.", 2),
        ("de", "Am Vortag waren nach Angaben der Behörden zwölf Menschen in Cherson getötet "
         "worden. Am Freitag starben fünf Menschen in Odessa.", 2),
        ("en", "In 2023 the army had 300 tanks. It now says it has 250 tanks.", 2),
        # different things
        ("ru", "Ранее он говорил о 12 раненых. Погибли трое.", 2),
    ],
)  # fmt: skip
def test_figures_of_others_other_events_and_other_things_stand(
    language: str, body: str, count: int
) -> None:
    assert len(left(body, language, "How many were there?")) == count


def test_who_asks_for_the_first_figure_gets_it() -> None:
    body = "The mayor first spoke of 14 wounded; later she put the number at 21."
    asked = "How many wounded had the mayor initially reported?"
    assert left(body, "en", asked) == [(14, "wounded"), (21, "wounded")]


def test_the_claim_with_the_new_figure_is_a_correction() -> None:
    article, claims = read(GIVEN_UP[1][1], "en")
    corrects = {
        q.low: corrections.is_correction(
            Evidence(1, c, article.span(*c.extent), article, 1.0)
        )
        for c in claims
        for q in c.quantities
    }  # fmt: skip
    assert corrects[21]
    (replacement,) = replacements.of_text(article)
    assert (replacement.old.low, replacement.new.low) == (14, 21)
