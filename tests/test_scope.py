"""Questions about what no article mentions are not answered with what is near."""

import pytest

from rag import expansion, question, scope
from rag.assistant import Assistant
from rag.schema import Status

OUTSIDE = [
    "Which orchestra opened the festival in Salzburg?",
    "Кто возглавил парламент Новой Зеландии?",
    "Яка глибина Маріанської западини?",
    "How many soldiers did Brazil send to Haiti?",
    "Was sagte der Präsident von Peru über die Truppen?",
    "How many casualties were there in Khartoum?",
    "Wie viele Soldaten fielen in Khartum?",
]
INSIDE = [
    "How many North Korean soldiers were killed according to South Korea's intelligence service?",
    "Wer bestätigte die Entsendung nordkoreanischer Truppen?",
    "Сколько северокорейских солдат находится в Курской области?",
    "Хто з посадовців США говорив про загиблих?",
]


def is_outside(assistant: Assistant, text: str) -> bool:
    asked = question.parse(text, assistant.actors)
    asked = expansion.translated(asked, assistant.index)
    return scope.is_outside(asked, assistant.index, assistant.actors)


@pytest.mark.parametrize("text", OUTSIDE)
def test_what_no_article_mentions_is_outside_and_not_answered(
    shipped: Assistant, text: str
) -> None:
    assert is_outside(shipped, text)
    answer = shipped.ask(text)
    assert answer.status is Status.NO_EVIDENCE
    assert answer.citations == ()
    assert answer.nearest


@pytest.mark.parametrize("text", INSIDE)
def test_what_the_articles_are_about_is_not_outside(shipped: Assistant, text: str) -> None:
    assert not is_outside(shipped, text)
    assert shipped.ask(text).status is not Status.NO_EVIDENCE


def test_what_is_mentioned_only_in_another_sense_is_not_answered(shipped: Assistant) -> None:
    # "Tor" is also a gate, and "fallen" is what soldiers do.
    assert shipped.ask("Wie viele Tore fielen im Pokalfinale?").status is Status.NO_EVIDENCE


@pytest.mark.parametrize(
    "text", ["What is the weather in Sudzha?", "Wie hoch ist die Inflation in Russland?"]
)
def test_a_known_name_does_not_make_up_for_a_rare_word_that_nothing_has(
    shipped: Assistant, text: str
) -> None:
    assert is_outside(shipped, text)


def test_a_short_translation_of_the_words_own_concept_is_no_noise() -> None:
    meant = {"meer": frozenset({"sea"})}
    assert "sea" in scope._telling(("meer", "sea", "see"), meant)
    assert "of" not in scope._telling(("meer", "of"), meant)
