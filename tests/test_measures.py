"""What a question asks to be measured."""

import pytest

from rag import measures
from rag.actors import load
from rag.question import parse
from rag.schema import QuestionKind

ACTORS = load()


@pytest.mark.parametrize(
    ("asked", "unit"),
    [
        ("How expensive was the refit of the ferry?", "money"),
        ("How much does one of these drones cost?", "money"),
        ("Wie teuer ist eine neue Turbine für das Heizkraftwerk?", "money"),
        ("Wie hoch ist die Prämie für Freiwillige in Samara?", "money"),
        ("Скільки коштує розмінування гектара?", "money"),
        ("Во сколько обходится разминирование гектара?", "money"),
        ("How old was the captain?", "age"),
        ("Wie alt sind die Rekruten im Durchschnitt?", "age"),
        ("Скільки років було капітану?", "age"),
        ("В каком возрасте погиб командир?", "age"),
        ("How heavy was the warhead?", "weight"),
        ("Wie schwer ist der Gefechtskopf?", "weight"),
        ("Скільки важить бойова частина?", "weight"),
        ("Сколько весит боевая часть?", "weight"),
        ("How fast is the new drone?", "speed"),
        ("Wie schnell fliegt die Drohne?", "speed"),
        ("З якою швидкістю летить дрон?", "speed"),
        ("С какой скоростью летит дрон?", "speed"),
        ("How far is the town from the front?", "length"),
        ("Wie weit ist das Feld von der Front entfernt?", "length"),
        ("На якій відстані від фронту лежить село?", "length"),
        ("Какова дальность ракеты?", "length"),
        ("How long is the drone?", "extent"),
        ("How long did the repairs take?", "duration"),
        ("Wie lange dauerte die Reparatur?", "duration"),
        ("Скільки часу тривав ремонт?", "duration"),
        ("Сколько времени занял ремонт?", "duration"),
        ("How often has the plant been attacked?", "frequency"),
        ("Zum wievielten Mal wurde das Werk angegriffen?", "frequency"),
        ("Вкотре обстріляли завод?", "frequency"),
        ("Сколько раз губернатор ездил на границу?", "frequency"),
        ("By how much did the payment rise?", "difference"),
        ("Um wie viel stieg die Prämie?", "difference"),
        ("На скільки зросла виплата?", "difference"),
        ("На сколько выросла выплата контрактникам?", "difference"),
        ("What share of the passengers were children?", "percent"),
        ("Welcher Anteil der Minen war gegen Panzer gerichtet?", "percent"),
        ("Яка частка мін була протитанковою?", "percent"),
        ("Какую долю расходов оплатила Япония?", "percent"),
        ("How cold was it at night?", "temperature"),
        ("Wie kalt wurde es nachts?", "temperature"),
    ],
)
def test_a_question_without_a_unit_asks_for_a_measure(asked: str, unit: str) -> None:
    question = parse(asked, ACTORS)
    assert (question.kind, question.unit) == (QuestionKind.HOW_MANY, unit)


@pytest.mark.parametrize(
    "asked",
    [
        "How much were the suspects offered for the job?",
        "How much has Denmark pledged for air defence?",
        "How much damage did the fire at the depot cause?",
        "Wie viel wurde den Männern versprochen?",
        "Wie viel bietet Belgien für die Flugabwehr?",
        "Wie hoch ist der Schaden nach dem Brand?",
        "Скільки обіцяли кожному із затриманих?",
        "Який розмір збитків після пожежі?",
        "Сколько обещали каждому из задержанных?",
        "Каков ущерб от пожара?",
    ],
)
def test_what_is_given_or_damaged_is_money_where_nothing_else_is_named(asked: str) -> None:
    question = parse(asked, ACTORS)
    assert (question.kind, question.unit) == (QuestionKind.HOW_MANY, "money")


@pytest.mark.parametrize(
    ("asked", "unit"),
    [
        ("How many missiles has Britain promised?", "missiles"),
        ("Wie viele Panzer hat Polen versprochen?", "tanks"),
        ("Скільки ракет отримала Україна?", "missiles"),
        ("Сколько танков обещали?", "tanks"),
    ],
)
def test_things_that_are_given_are_no_money(asked: str, unit: str) -> None:
    assert parse(asked, ACTORS).unit == unit


@pytest.mark.parametrize(
    "asked",
    [
        "How many soldiers were sent to Kursk?",
        "Wie schwer wurde der Soldat verletzt?",
        "How heavy were the losses of the brigade?",
        "Who said how expensive the drone is?",
        "На сколько процентов выросли цены?",
    ],
)
def test_other_questions_ask_for_no_measure(asked: str) -> None:
    unit = parse(asked, ACTORS).unit
    assert unit not in {"weight", "money", "difference", "extent", "length", "duration"}


def test_the_words_that_name_a_measure_are_no_topic() -> None:
    question = parse("Wie schnell fliegt die Drohne?", ACTORS)
    assert [group[0] for group in question.terms] == ["drohn"]


def test_an_unknown_language_has_no_measures() -> None:
    assert measures.asked("Combien coûte le drone ?", "fr", QuestionKind.WHAT, None) is None
