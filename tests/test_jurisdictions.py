"""For whom officials speak whose state no word names: by who appointed them, and by their place."""

from __future__ import annotations

import pytest

from rag import actors, attribution, segmentation
from rag.schema import Article, Form, SourceKind

TITLES = {"de": "Meldung.", "en": "News.", "uk": "Новини.", "ru": "Новости."}

CASES: dict[str, tuple[str, str, list[str]]] = {
    # the place beside the office
    "a mayor": ("en", "Konotop's mayor said two people had died.", ["ukraine"]),
    "a governor": ("ru", "Губернатор Курской области сообщил о двух раненых.", ["russia"]),
    "a head of a republic": ("ru", "Глава Чечни заявил об атаке.", ["russia"]),
    "a regional council": ("de", "Der Stadtrat von Konotop meldete zwei Tote.", ["ukraine"]),
    # a body that only one of the states has
    "a military administration": (
        "en", "The head of the regional military administration said two people had died.",
        ["ukraine"]),
    "a military administration in Russian": (
        "ru", "Начальник Сумской ОВА сообщил о погибших.", ["ukraine"]),
    # who appointed the speaker comes before the place
    "an appointed mayor": (
        "en", "The Moscow-appointed mayor of Donetsk blamed shelling for a blackout.", ["russia"]),
    "an appointed management": (
        "uk", "Призначене окупантами керівництво станції заперечило пожежу.", ["russia"]),
    "an exiled mayor": (
        "de", "Der im Exil lebende Bürgermeister von Enerhodar meldete zwei Tote.", ["ukraine"]),
    "an occupied place tells nothing": (
        "de", "Im besetzten Melitopol sagte der Bürgermeister, zwei Menschen seien verletzt.",
        ["other"]),
    # the places of which the text speaks
    "the place of the sentence": (
        "en", "Drones hit a refinery in Saratov, the regional governor said.", ["russia"]),
    "the place of the paragraph": (
        "de", "Eine Drohne traf ein Haus in Sumy. Die Polizei meldete vier Tote.", ["ukraine"]),
    "not where the drones came from": (
        "en", "Missiles from the Kursk region hit a school in Sumy, police said.", ["ukraine"]),
    "two states tell nothing": (
        "en", "Drones hit Kharkiv and Belgorod, police said.", ["other"]),
    "a place abroad tells that it is neither": (
        "en", "Two Ukrainians were held in Warsaw, police said.", ["other"]),
    "a state that acts is no place": (
        "ru", "В Киеве объясняют, что целью был завод. Полиция сообщила о двух раненых.",
        ["ukraine", "other"]),
    # home
    "a Ukrainian paper means its own": (
        "uk", "У поліції заявили, що загиблих немає.", ["ukraine"]),
    # nobody who speaks for a state
    "residents": ("en", "A drone hit a flat in Konotop, local residents said.", ["other"]),
    "police of another state": ("en", "Turkish police said a ship had left Odesa.", ["other"]),
    "a former mayor": ("en", "A former mayor of Konotop said two had died.", ["independent"]),
    "an aid group": (
        "en", "The Danish Refugee Council said 7,000 people had left Pokrovsk.", ["other"]),
}  # fmt: skip


def sides(text: str, language: str) -> list[str]:
    article = Article("a", TITLES[language], f"{TITLES[language]}\n\n{text}", language, "hash")
    found = attribution.extract(article, segmentation.sentences(article), actors.load())
    return [s.side.value for c in found if c.form is not Form.NARRATED for s in c.sources]


@pytest.mark.parametrize(("language", "text", "wanted"), CASES.values(), ids=CASES)
def test_officials_speak_for_the_state_that_appoints_them(
    language: str, text: str, wanted: list[str]
) -> None:
    assert sides(text, language) == wanted


def test_a_person_keeps_the_side_of_the_post_beside_the_name() -> None:
    text = "Konotop's mayor Artem Senchuk came at once. Senchuk said four people were hurt."
    assert sides(text, "en") == ["ukraine"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Губернатор Курської області повідомив про вибухи.", "Губернатор Курської області"),
        (
            "Начальник міської адміністрації повідомив про вибухи.",
            "Начальник міської адміністрації",
        ),
    ],
)
def test_a_place_is_no_surname_and_a_post_is_a_person(text: str, name: str) -> None:
    article = Article("a", "Новини.", f"Новини.\n\n{text}", "uk", "hash")
    found = attribution.extract(article, segmentation.sentences(article), actors.load())
    told = [(s.name, s.kind) for claim in found for s in claim.sources]
    assert told == [(name, SourceKind.PERSON)]
