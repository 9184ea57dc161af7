"""None and one as figures where a question asks how many there were."""

import pytest

from rag import none_or_one
from rag.schema import Span


def values(unit: str, sentence: str, language: str) -> list[float | None]:
    span = Span("a", 0, len(sentence), sentence)
    found = list(none_or_one.find({unit}, span, language))
    assert all(sentence[q.span.start : q.span.end] == q.span.text for q in found)
    return [q.low for q in found]


@pytest.mark.parametrize(
    ("language", "unit", "sentence"),
    [
        ("en", "killed", "No one was killed in the strike."),
        ("en", "killed", "There were no deaths."),
        ("en", "drones", "None of the 30 drones got through."),
        ("de", "drones", "Keine der Drohnen habe das Ziel erreicht."),
        ("de", "wounded", "Verletzt wurde niemand."),
        ("uk", "missiles", "Жодна ракета не влучила."),
        ("uk", "killed", "Загиблих немає, двоє поранених."),
        ("ru", "killed", "Никто не погиб."),
        ("ru", "drones", "Над городом заметили девять целей, и ни один из них не долетел."),
    ],
)
def test_none_of_what_is_asked_for_is_a_figure(language: str, unit: str, sentence: str) -> None:
    assert values(unit, sentence, language) == [0]


@pytest.mark.parametrize(
    ("language", "unit", "sentence"),
    [
        ("en", "drones", "Officials said one drone fell on the roof."),
        ("de", "drones", "Nur eine Drohne traf das Lager."),
        ("uk", "killed", "Один моряк загинув, двоє зникли."),
        ("ru", "drones", "Один беспилотник упал на крышу цеха."),
    ],
)
def test_a_single_one_is_a_figure(language: str, unit: str, sentence: str) -> None:
    assert values(unit, sentence, language) == [1]


@pytest.mark.parametrize(
    ("language", "unit", "sentence"),
    [
        ("en", "soldiers", "North Korea publishes no troop numbers."),
        ("en", "killed", "The newer one counts the dead and the injured together."),
        ("en", "missiles", "Up to one missile in five might miss."),
        ("de", "drones", "Eine Drohne dieses Typs kostet 20.000 Euro."),
        ("uk", "civilians", "Там лишалося 120 мешканців і жодної дитини."),
        ("ru", "killed", "Уничтожены девять машин, и ни одна из них не дошла."),
        ("en", "money", "No one paid the soldiers."),
    ],
)
def test_what_counts_something_else_or_nothing_is_no_figure(
    language: str, unit: str, sentence: str
) -> None:
    assert values(unit, sentence, language) == []
