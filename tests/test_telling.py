"""A near miss is not answered; its answerable sibling is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag import actors, detail, question
from rag.assistant import Assistant
from rag.detail import Slot
from rag.schema import Status
from tests.conftest import library

TANKER = """Schwedens Küstenwache stoppt einen Tanker vor Gotland

Die schwedische Küstenwache hat am Donnerstag den Tanker „Meridia“ östlich von Gotland angehalten.
Das Schiff fuhr unter der Flagge Gabuns und hatte nach Angaben der Behörde 96.000 Tonnen Öl geladen.

Gestoppt wurde die „Meridia“, weil ihre Papiere gefälscht waren, sagte Einsatzleiter Mats Ekdal.
Drohnen der Küstenwache hatten den Tanker entdeckt. Auf das Werk, für das das Öl bestimmt war,
entfallen 8 Prozent der Produktion des Landes.
"""

UNTOLD = [
    "Who commanded the 528th regiment?",  # its return is told, nobody who led it
    "How many women are among the 55,000 dead soldiers Zelensky spoke of?",  # only the total
    "В каком госпитале лежат двое пленных северокорейцев?",  # Kyiv, no hospital
    "What is the name of the officer killed near Donetsk?",  # officers are counted
    "When will the memorial museum for the Kursk veterans open to visitors?",  # a day that is past
    "Was regelt Artikel 5 des Partnerschaftsvertrags vom Sommer 2024?",  # Article 4 is told
    "Навіщо новоприбулим на Далекому Сході роздали російські посвідчення?",  # no reason
    # The reports are denied, which is no reason for holding them invented.
    "Warum hielt Kowalenko die Meldungen über Nordkoreaner anfangs für erfunden?",
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


@pytest.fixture(scope="module")
def tanker(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Iterator[Assistant]:
    """An open library of one article."""
    folder = tmp_path_factory.mktemp("tanker")
    (folder / "tanker.md").write_text(TANKER, encoding="utf-8")
    chosen = library(tmp_path_factory.mktemp("library"), models)
    with Assistant.open(chosen, write=True) as opened:
        opened.ingest([folder])
        yield opened


@pytest.mark.parametrize("text", ["Почему остановили танкер?", "Why was the tanker stopped?"])
def test_a_reason_is_found_behind_what_fits_better(tanker: Assistant, text: str) -> None:
    assert "gefälscht" in tanker.ask(text).citations[0].quote


@pytest.mark.parametrize(
    "text",
    [
        "How much did the drones of the coast guard cost?",  # a share of no price
        "Welchen Typ Drohnen setzte die Küstenwache ein?",
        "What type of drones discovered the tanker?",
    ],
)
def test_a_share_is_no_price_and_a_thing_is_no_kind(tanker: Assistant, text: str) -> None:
    assert tanker.ask(text).status is Status.NO_EVIDENCE


@pytest.mark.parametrize(
    ("text", "slot", "noun", "verb"),
    [
        ("What target did the missiles hit?", Slot.THING, "target", "hit_target"),
        ("Wer befehligte das Regiment?", Slot.SOMEBODY, None, "commander"),
        ("В каком городе похоронили погибших?", Slot.PLACE, "town_city", "funeral"),
        ("Скільки робітників загинуло?", Slot.FIGURE, "worker", "die"),
        ("What type of weapon was used?", Slot.THING, "weapon", "use"),
        ("What is the name of the officer?", Slot.NAME, "officer", None),
        ("Why did they leave?", Slot.REASON, None, "leave_depart"),
        ("Which freight company lost the papers?", Slot.SOMEBODY, "company", "lose"),
        ("How was the machine tool deal uncovered?", Slot.OPEN, None, "reveal"),
        ("В столице какой именно страны они встретились?", Slot.PLACE, "state_country", None),
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


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("What kind of missile hit the port?", "missile"),
        ("Was für eine Drohne traf das Lager?", "drone"),
        ("Ракетой какого типа ударили по порту?", "missile"),
        ("Якого фаху вчителів бракує школі?", "teacher"),
    ],
)
def test_a_kind_is_asked_of_a_thing(text: str, noun: str) -> None:
    known = actors.load()
    found = detail.of_question(question.parse(text, known), known)
    assert found.is_kind
    assert found.noun is not None
    assert noun in found.noun.own


@pytest.mark.parametrize(
    ("text", "described"),
    [
        ("Сколько людей потеряла украинская бригада?", True),
        ("How many men did the Ukrainian brigade lose?", True),
        ("Wie viele Raketen hat die Ukraine bekommen?", False),
    ],
)
def test_an_actor_that_only_describes_is_told_from_one_that_is_named(
    text: str, described: bool
) -> None:
    known = actors.load()
    found = detail.of_question(question.parse(text, known), known)
    assert bool(found.described) is described


def test_words_that_say_too_little_are_not_looked_for() -> None:
    known = actors.load()
    found = detail.of_question(question.parse("How many soldiers do they have?", known), known)
    assert found.verb is None


def detail_of(text: str) -> detail.Detail:
    known = actors.load()
    return detail.of_question(question.parse(text, known), known)


@pytest.mark.parametrize(
    "text", ["When will the plant reopen?", "Bis wann soll die Brücke fertig sein?"]
)
def test_a_question_may_ask_for_a_date_to_come(text: str) -> None:
    assert detail_of(text).is_ahead
    assert not detail_of("When did the plant reopen?").is_ahead


@pytest.mark.parametrize(
    "text", ["How many drones a day do they build?", "Wie viele Soldaten fallen pro Monat?"]
)
def test_a_question_may_ask_for_one_of_each_day(text: str) -> None:
    assert detail_of(text).is_rate
    assert not detail_of("How many drones did they build?").is_rate


def test_a_number_that_is_part_of_a_name_is_no_figure_and_no_year() -> None:
    assert detail_of("Was steht in Artikel 7 des Vertrags von 2024?").numbers == ("7",)
    assert detail_of("Who said that 300 soldiers had died?").numbers == ()


def test_a_past_form_that_looks_like_a_noun_is_the_verb() -> None:
    found = detail_of("Кто приказал взорвать док?")
    assert found.verb is not None
    assert "order_command" in found.verb.own


def test_states_that_describe_another_actor_need_not_be_named() -> None:
    text = "Скільки грошей, за прикидками британського інституту RUSI, йде на один «Вихрь-5»?"
    assert detail_of(text).actors == (("@rusi",),)
