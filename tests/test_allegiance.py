"""For which party somebody speaks whose office names no state."""

import pytest

from rag import actors, allegiance
from rag.schema import Article, Side, Source, SourceKind

ACTORS = actors.load()


def source(body: str, mention: str, language: str) -> tuple[Source, Article]:
    """An unlisted source of an article, where its side is not known yet."""
    article = Article("one", "News", f"News\n\n{body}", language, "hash")
    start = article.text.index(mention)
    span = article.span(start, start + len(mention))
    return Source(mention, SourceKind.ORGANISATION, Side.OTHER, span), article


@pytest.mark.parametrize(
    ("language", "body", "mention", "side"),
    [
        (
            "de",
            "In der ukrainischen Kleinstadt Wyschnopil schlug eine Rakete ein. "
            "Nach Angaben der Regionalverwaltung kamen elf Menschen ums Leben.",
            "Regionalverwaltung",
            Side.UKRAINE,
        ),
        (
            "ru",
            "Губернатор Саратовской области сообщил о пожаре. "
            "В Минэнерго признали, что отгрузка остановлена.",
            "Минэнерго",
            Side.RUSSIA,
        ),
        (
            "en",
            "Three houses burned down in the Russian city of Kubrassk. "
            "The city council said nobody was hurt.",
            "city council",
            Side.RUSSIA,
        ),
        ("uk", "Речник 110-ї бригади визнав, що підрозділи відійшли.", "Речник", Side.UKRAINE),
    ],
)
def test_authorities_are_of_the_state_in_which_all_places_lie(
    language: str, body: str, mention: str, side: Side
) -> None:
    found, article = source(body, mention, language)
    assert allegiance.of(found, article, ACTORS) is side
    assert allegiance.is_of_party(found, article, ACTORS)


@pytest.mark.parametrize(
    ("body", "mention"),
    [
        ("Poland closes a road to the Ukrainian town of Rava. The ministry said so.", "ministry"),
        ("A house burned in the Ukrainian town of Rava. A teacher was hurt.", "teacher"),
        ("A drone from the Ukrainian town hit the Russian city, the mayor said.", "mayor"),
        ("The Turkish police spoke of a fire in the Ukrainian town.", "Turkish police"),
    ],
)
def test_others_and_authorities_between_two_states_are_of_no_side(body: str, mention: str) -> None:
    found, article = source(body, mention, "en")
    assert allegiance.of(found, article, ACTORS) is Side.OTHER
    assert not allegiance.is_of_party(found, article, ACTORS)


def test_an_army_without_a_state_is_of_some_party() -> None:
    found, article = source("The brigade said it held the village.", "brigade", "en")
    assert allegiance.of(found, article, ACTORS) is Side.OTHER
    assert allegiance.is_of_party(found, article, ACTORS)
