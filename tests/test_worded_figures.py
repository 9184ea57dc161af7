"""Figures in other forms than a number before what it counts."""

from collections.abc import Callable

import pytest

from rag import worded_figures
from rag.actors import load
from rag.question import parse
from rag.schema import Claim, Form, Polarity, Span, Stance

ACTORS = load()
Figures = list[tuple[float | None, float | None, str]]


def _claim(sentence: str) -> Claim:
    span = Span("a", 0, len(sentence), sentence)
    return Claim(
        id="1",
        sentence=span,
        content=(span,),
        form=Form.NARRATED,
        stance=Stance.ASSERTS,
        sources=(),
        via=(),
        cue=None,
        hedges=(),
        polarity=Polarity.POSITIVE,
        quantities=(),
        date=None,
        rule="narrated",
    )


@pytest.fixture(name="told")
def _told() -> Callable[[str, str, str], Figures]:
    def figures(asked: str, sentence: str, language: str) -> Figures:
        claim = worded_figures.told(parse(asked, ACTORS), _claim(sentence), language)
        return [(q.low, q.high, q.unit) for q in claim.quantities]

    return figures


@pytest.mark.parametrize(
    ("asked", "language", "sentence", "expected"),
    [
        (
            "How many attacks were there in the estuary?",
            "en",
            "It was the fifth attack on a civilian ship in the estuary.",
            (5, 5, "attacks"),
        ),
        (
            "Zum wievielten Mal wurde das Werk angegriffen?",
            "de",
            "Der Angriff sei bereits der vierte auf das Werk gewesen.",
            (4, 4, "times"),
        ),
        (
            "Скільки F-16 втратила Україна?",
            "uk",
            "Це вже п’ятий F-16, про втрату якого повідомив Київ.",
            (5, 5, "aircraft"),
        ),
        (
            "Как часто губернатор приезжал в военкоматы?",
            "ru",
            "Губернатор проверял военкоматы трижды за осень.",
            (3, 3, "times"),
        ),
        ("How often was he there?", "en", "He has been there twice.", (2, 2, "times")),
        (
            "Яка частка мін була протитанковою?",
            "uk",
            "дві третини з них були протитанкові",
            (66, 67, "percent"),
        ),
        (
            "What share of the roubles is that?",
            "ru",
            "Это каждый десятый рубль расходов.",
            (10, 10, "percent"),
        ),
        (
            "How old was the captain?",
            "en",
            "The captain, 58-year-old Petro Halushko, was in hospital.",
            (58, 58, "years"),
        ),
        ("Wie alt ist Müller?", "de", "Anna Müller (45) blieb im Dorf.", (45, 45, "years")),
        ("Скільки років дівчинці?", "uk", "Загинула шестирічна дівчинка.", (6, 6, "years")),
    ],
)
def test_a_question_for_a_figure_reads_it_in_any_form(
    told: Callable[[str, str, str], Figures],
    asked: str,
    language: str,
    sentence: str,
    expected: tuple[float, float, str],
) -> None:
    assert told(asked, sentence, language) == [expected]


@pytest.mark.parametrize(
    ("asked", "language", "sentence"),
    [
        ("Who attacked the ship?", "en", "It was the fifth attack on a ship."),
        ("How many attacks were there?", "en", "It was the second largest attack of the war."),
        ("How many ships were hit?", "en", "It was the third day of the battle."),
        ("Wie viele Angriffe gab es?", "de", "Es war der erste Angriff auf das Werk."),
        ("How many soldiers died?", "en", "Petro Halushko, 58, was taken to hospital."),
    ],
)
def test_ordinals_and_ages_count_nothing_elsewhere(
    told: Callable[[str, str, str], Figures], asked: str, language: str, sentence: str
) -> None:
    assert told(asked, sentence, language) == []
