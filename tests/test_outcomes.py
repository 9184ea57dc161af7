"""Accounts of one event by how they tell it to have gone, and by where they stand."""

import pytest

from rag import actors, comparisons, ingestion, outcomes, question
from rag.comparisons import Relation
from rag.schema import Article, Evidence

ACTORS = actors.load()


def evidence(body: str, language: str) -> list[Evidence]:
    """The attributed claims of an article, numbered from 1."""
    text = f"Was\n\n{body}"
    article = Article("one", "Was", text, language, "hash", published="2026-03-06")
    claims = [claim for claim, _ in ingestion.entry_of(article, None, ACTORS).claims]
    return [
        Evidence(n, claim, article.span(*claim.extent), article, 1.0)
        for n, claim in enumerate((c for c in claims if c.sources), 1)
    ]


def relation(asked: str, body: str, language: str) -> Relation:
    one, other = evidence(body, language)
    return comparisons.relation(question.parse(asked, ACTORS), one, other, ACTORS)


@pytest.mark.parametrize(
    ("language", "asked", "body"),
    [
        (
            "en",
            "Why did the helicopter crash?",
            "The Ukrainian Navy said its missile had hit the helicopter. "
            "Russia spoke of a technical failure.",
        ),
        (
            "de",
            "Warum stürzte der Hubschrauber ab?",
            "Nach Darstellung der ukrainischen Marine traf ihn eine Rakete. "
            "Moskau spricht von einem technischen Defekt.",
        ),
        (
            "uk",
            "Чому впав гелікоптер?",
            "Військово-морські сили України заявили, що в нього влучила ракета. "
            "Міноборони Росії повідомило про технічну несправність.",
        ),
        (
            "ru",
            "Почему упал вертолёт?",
            "ВМС Украины заявили, что в него попала ракета. "
            "Минобороны России сообщило о технической неисправности.",
        ),
    ],
)
def test_a_fault_and_an_attack_exclude_each_other(language: str, asked: str, body: str) -> None:
    assert relation(asked, body, language) is Relation.CONFLICT


def test_the_cause_is_no_matter_of_a_question_for_something_else() -> None:
    body = (
        "The Ukrainian Navy said its missile had hit the helicopter. "
        "Russia spoke of a technical failure."
    )
    asked = "How many people were on board the helicopter?"
    assert relation(asked, body, "en") is not Relation.CONFLICT


def test_what_an_enemy_says_right_after_an_account_of_the_matter_asked_is_the_other_account() -> (
    None
):
    body = (
        "Russia's defence ministry said its troops had crossed the river Vovcha. "
        "Ukraine's General Staff said the boats had been sunk."
    )
    asked = "Did Russian troops cross the river Vovcha?"
    assert relation(asked, body, "en") is Relation.CONFLICT


def test_an_enemy_who_confirms_does_not_contradict() -> None:
    body = (
        "Ukraine's General Staff said the refinery had been hit. "
        "Russia's defence ministry confirmed that the refinery had been hit."
    )
    assert relation("Was the refinery hit?", body, "en") is not Relation.CONFLICT


def test_durations_in_different_units_are_compared_in_days() -> None:
    body = (
        "Gesundheitsminister Viktor Ljaschko sagte, der Treibstoff reiche für zwei Wochen. "
        "Die Weltgesundheitsorganisation spricht von {}."
    )
    asked = "Wie lange reicht der Treibstoff?"
    assert relation(asked, body.format("vier Tagen"), "de") is Relation.CONFLICT
    assert relation(asked, body.format("14 Tagen"), "de") is not Relation.CONFLICT


def test_a_bare_denial_in_the_next_paragraph_is_of_the_one_before() -> None:
    body = "Ukraine said on 5 March 2026 that Russia had shelled the port.\n\nRussia denied it."
    assert relation("Did Russia shell the port?", body, "en") is Relation.CONFLICT


def test_a_question_for_what_happened_asks_for_every_account() -> None:
    asked = question.parse("Что произошло 5 марта?", ACTORS)
    assert outcomes.are_asked(asked) == outcomes.pairs()
    assert outcomes.asks_whose(asked)
