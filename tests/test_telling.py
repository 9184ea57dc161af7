"""A near miss is not answered; its answerable sibling is."""

import pytest

from rag import actors, detail, question
from rag.assistant import Assistant
from rag.detail import Slot
from rag.schema import Status

UNTOLD = [
    "Who commanded the 528th regiment?",  # its return is told, nobody who led it
    "How many women are among the 55,000 dead soldiers Zelensky spoke of?",  # only the total
    "В каком госпитале лежат двое пленных северокорейцев?",  # Kyiv, no hospital
    "What is the name of the officer killed near Donetsk?",  # officers are counted
]
TOLD = [
    "How many children are among the civilian dead that the United Nations had counted?",
    "Куда отвезли двух пленных северокорейцев?",
    "Wer kündigte an, dass 1.000 Pioniere nach Kursk kommen?",
]


@pytest.mark.parametrize("text", UNTOLD)
def test_a_detail_that_no_sentence_tells_is_not_answered(shipped: Assistant, text: str) -> None:
    answer = shipped.ask(text)
    assert answer.status is Status.NO_EVIDENCE
    assert answer.nearest


@pytest.mark.parametrize("text", TOLD)
def test_a_detail_that_is_told_is_answered(shipped: Assistant, text: str) -> None:
    assert shipped.ask(text).status is not Status.NO_EVIDENCE


@pytest.mark.parametrize(
    ("text", "slot", "noun", "verb"),
    [
        ("What target did the missiles hit?", Slot.THING, "target", "hit_target"),
        ("Wer befehligte das Regiment?", Slot.SOMEBODY, None, "commander"),
        ("В каком городе похоронили погибших?", Slot.PLACE, "town_city", "funeral"),
        ("Скільки робітників загинуло?", Slot.FIGURE, "worker", "die"),
        ("What type of weapon was used?", Slot.THING, "weapon", "use"),
        ("What is the name of the officer?", Slot.NAME, "officer", None),
        ("Why did they leave?", Slot.OPEN, None, "leave_depart"),
    ],
)
def test_the_detail_of_a_question(
    text: str, slot: Slot, noun: str | None, verb: str | None
) -> None:
    known = actors.load()
    found = detail.of_question(question.parse(text, known), known)
    assert found.slot is slot
    assert noun is None or (found.noun is not None and noun in found.noun.own)
    assert verb is None or (found.verb is not None and verb in found.verb.own)


def test_words_that_say_too_little_are_not_looked_for() -> None:
    known = actors.load()
    found = detail.of_question(question.parse("How many soldiers do they have?", known), known)
    assert found.verb is None
