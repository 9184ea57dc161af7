"""The name under which an unlisted source is shown: nominative, quotation marks in pairs."""

import pytest

from rag import actors, base_forms
from rag.schema import Span


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("краевом минздраве", "краевой минздрав"),
        ("профсоюзе портовых рабочих", "профсоюз портовых рабочих"),
        ("военного ведомства", "военное ведомство"),
        ("городской администрации", "городская администрация"),
        ("внутренней службе", "внутренняя служба"),
        ("местным властям", "местные власти"),
        ("міській військовій адміністрації", "міська військова адміністрація"),
        ("Генеральному штабі", "Генеральний штаб"),
        ("моніторинговій місії ООН", "моніторингова місія ООН"),
        ("головному управлінні розвідки", "головне управління розвідки"),
        ("посольстві Норвегії", "посольство Норвегії"),
    ],
)
def test_a_slavic_office_is_shown_in_the_nominative(name: str, shown: str) -> None:
    assert base_forms.of(name, name) == shown


@pytest.mark.parametrize(
    ("mention", "name", "shown"),
    [
        (
            "Der ukrainische Geheimdienst SBU",
            "ukrainische Geheimdienst SBU",
            "ukrainischer Geheimdienst SBU",
        ),
        ("das dortige Ministerium", "dortige Ministerium", "dortiges Ministerium"),
        ("einer anderen Übersetzung", "anderen Übersetzung", "andere Übersetzung"),
        ("des ukrainischen Stabs", "ukrainischen Stabs", "ukrainischer Stab"),
        ("den westlichen Vertretern", "westlichen Vertretern", "westliche Vertreter"),
        (
            "Zwei europäischen Diplomaten",
            "Zwei europäischen Diplomaten",
            "Zwei europäische Diplomaten",
        ),
        ("Die Verdächtigen", "Verdächtigen", "Verdächtige"),
    ],
)
def test_a_german_body_is_shown_as_without_an_article(mention: str, name: str, shown: str) -> None:
    assert base_forms.of(name, mention) == shown


@pytest.mark.parametrize(
    "name",
    [
        "Турецкий дипломат",
        "співрозмовник у Кабміні",
        "hoher Pentagon-Beamter",
        "Polizei",
        "Stab der Armee",
        "Kenya's foreign ministry",
    ],
)
def test_a_name_in_the_nominative_stays(name: str) -> None:
    assert base_forms.of(name, name) == name


def test_a_quotation_mark_that_was_cut_off_is_put_back() -> None:
    mention = "компанія «ЕксПро"
    assert base_forms.of(mention, mention) == "компанія «ЕксПро»"
    assert base_forms.of("Zeitung „Courrier du Léman", "Die Zeitung „Courrier du Léman") == (
        "Zeitung „Courrier du Léman“"
    )


def test_the_letters_of_the_text_tell_the_language_of_a_name_without_any_of_its_own() -> None:
    known = actors.load()
    text = "В штабе сообщили, что обстрел продолжался до утра, двое жителей ранены."
    assert known.source(Span("", 2, 7, "штабе"), text).name == "штаб"
