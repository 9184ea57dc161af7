"""Figures whose noun stands in the sentence before."""

from __future__ import annotations

import pytest

from rag import actors, attribution, quantities, segmentation
from rag.schema import Article, Quantity

ACTORS = actors.load()


def figures(body: str, language: str) -> list[tuple[float | None, str]]:
    article = Article("a", "News", f"News\n\n{body}", language, "a")
    claims = attribution.extract(article, segmentation.sentences(article), ACTORS)
    found: dict[int, Quantity] = {q.span.start: q for c in claims for q in c.quantities}
    return [(found[start].low, found[start].unit) for start in sorted(found)]


@pytest.mark.parametrize(
    ("language", "body", "expected"),
    [
        ("de", "Ein Offizier sprach von elf Drohnen. Neun davon hätten ihr Ziel erreicht.",
         [(11, "drones"), (9, "drones")]),
        ("de", "Frei sind 8.670 Ukrainer, darunter 214 Zivilisten. Im vergangenen Jahr waren "
         "es 3.905.", [(8670, "people"), (214, "civilians"), (3905, "people")]),
        ("en", "Kyiv says it freed 12 villages. Moscow admitted three.",
         [(12, "settlements"), (3, "settlements")]),
        ("en", "The stock lasts for 20 days, the company said. Inspectors spoke of ten.",
         [(20, "days"), (10, "days")]),
        ("uk", "Коридором пройшло понад 9 тисяч суден. Підірвалося на мінах чотири з них.",
         [(9000, "ships"), (4, "ships")]),
        ("ru", "Из района выехали 5 300 жителей, из них 1 120 детей. Издание «Волна» называет "
         "другую цифру: не меньше девяти тысяч.",
         [(5300, "inhabitants"), (1120, "children"), (9000, "inhabitants")]),
    ],
)  # fmt: skip
def test_a_number_without_a_noun_counts_what_the_sentence_before_counts(
    language: str, body: str, expected: list[tuple[float, str]]
) -> None:
    assert figures(body, language) == expected


def test_an_hour_counts_nothing_of_the_sentence_before() -> None:
    assert figures("The ship carried 26 containers. It left at five.", "en")[0] == (
        26, "containers",
    )  # fmt: skip
    assert (5, "containers") not in figures(
        "The ship carried 26 containers. It left at five.", "en"
    )


def test_a_new_paragraph_lends_no_noun() -> None:
    assert figures("Kyiv sent 40 drones.\n\nHe had asked for 90.", "en") == [
        (40, "drones"),
        (90, "other"),
    ]


def test_residents_evacuees_and_soldiers_may_be_people() -> None:
    for unit in ("inhabitants", "refugees", "soldiers"):
        assert quantities.same_unit(unit, "people")
    assert not quantities.same_unit("inhabitants", "soldiers")
