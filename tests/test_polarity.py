"""What the parts of a sentence are said to be: so, not so, planned, open."""

import pytest

from rag import clause_bounds, polarity
from rag.polarity import Force, Piece


def said_of(word: str, sentence: str, language: str) -> set[Force]:
    """What a sentence says of the pieces that hold a word."""
    pieces = polarity.read(sentence, language).pieces
    return {p.force for p in pieces if any(w.text.startswith(word) for w in p.words)}


def focused(sentence: str, language: str) -> list[Piece]:
    return [p for p in polarity.read(sentence, language).pieces if p.focus]


@pytest.mark.parametrize(
    ("language", "sentence", "word"),
    [
        ("de", "Litauen schließt die Grenze zu Belarus vorerst nicht.", "litauen"),
        ("de", "Häfen und Brücken wurden in dieser Nacht nicht getroffen.", "häfen"),
        ("en", "Missiles and drones did not reach the port.", "missiles"),
        ("ru", "Президенты Путин и Зеленский в Абу-Даби не встретятся.", "путин"),
        ("uk", "Порт і станція тієї ночі не постраждали.", "порт"),
    ],
)
def test_a_negation_reaches_the_whole_of_its_clause(
    language: str, sentence: str, word: str
) -> None:
    assert said_of(word, sentence, language) == {Force.DENIED}


@pytest.mark.parametrize(
    ("language", "sentence", "word"),
    [
        ("de", "Das Lager brannte nicht und das Dorf wurde geräumt.", "dorf"),
        ("en", "The bridge was not hit and trains are running.", "trains"),
        ("en", "There were no dead and 3 wounded.", "wounded"),
        ("ru", "Завод не пострадал и порт работает.", "порт"),
    ],
)
def test_a_negation_ends_where_another_clause_begins(
    language: str, sentence: str, word: str
) -> None:
    assert said_of(word, sentence, language) == {Force.HOLDS}


@pytest.mark.parametrize(
    ("language", "sentence", "word"),
    [
        ("de", "Berlin hat noch nicht entschieden, ob es die Batterie überlässt.", "überlässt"),
        ("en", "The prosecution has not said that it will appeal.", "appeal"),
        ("uk", "У Києві не підтвердили, що міст зруйновано.", "зруйновано"),
        ("ru", "В Минске не решили, закрыть ли границу.", "закрыть"),
    ],
)
def test_what_is_not_said_or_decided_is_open(language: str, sentence: str, word: str) -> None:
    assert Force.HOLDS not in said_of(word, sentence, language)


@pytest.mark.parametrize(
    ("language", "sentence", "word"),
    [
        ("de", "Die Kurse finden in Litauen statt, nicht in Norwegen.", "norwegen"),
        ("en", "The courses are held in Lithuania, not in Norway.", "norway"),
        ("uk", "Зв'язок вимкнули на прохання військових, а не через аварію.", "аварію"),
        ("ru", "Связь отключили по просьбе военных, а не из-за аварии.", "аварии"),
        ("de", "Den Auftrag erhielt nicht, wie gemeldet, die MOL, sondern ein Werk.", "mol"),
    ],
)
def test_a_contrast_denies_one_thing_beside_what_holds(
    language: str, sentence: str, word: str
) -> None:
    (piece,) = focused(sentence, language)
    assert piece.force is Force.DENIED
    assert any(w.text == word for w in piece.focus)
    assert any(w not in piece.focus for w in piece.words)
    assert said_of(word, sentence, language) == {Force.DENIED}


@pytest.mark.parametrize(
    ("language", "sentence", "word"),
    [
        ("de", "Die Drohnen trafen das Lager.", "trafen"),
        ("en", "The depot was hit in May.", "hit"),
        ("en", "No children were among the dead.", "children"),
    ],
)
def test_words_that_look_like_plans_or_answers_are_neither(
    language: str, sentence: str, word: str
) -> None:
    reading = polarity.read(sentence, language)
    assert not reading.refers_back
    assert said_of(word, sentence, language) <= {Force.HOLDS, Force.DENIED}


@pytest.mark.parametrize(
    ("language", "sentence", "word"),
    [
        ("de", "Ein Urteil wird im Mai erwartet.", "urteil"),
        ("en", "The Red Cross has asked both sides for a pause.", "pause"),
        ("uk", "Тепло обіцяють повернути до вихідних.", "тепло"),
        ("ru", "Зал планируют достроить осенью.", "зал"),
    ],
)
def test_what_is_only_planned_neither_holds_nor_is_denied(
    language: str, sentence: str, word: str
) -> None:
    assert said_of(word, sentence, language) == {Force.PLANNED}


def test_an_event_that_was_not_held_is_denied_with_what_stands_around() -> None:
    text = "Репатріація тіл, призначена на 20 лютого, не відбулася, повідомив штаб."
    assert said_of("тіл", text, "uk") == {Force.DENIED}


def test_a_bare_refusal_denies_what_was_asked_for_before_it() -> None:
    text = "Уряд просив про відстрочку двох реформ, але фонд відмовив."
    assert said_of("реформ", text, "uk") == {Force.DENIED}


def test_a_verb_is_read_together_with_its_particle() -> None:
    text = "Das Parlament lehnt den Vorschlag der Regierung ab."
    assert list(polarity.separated(text, "de").values()) == ["ablehnen"]
    assert polarity.separated("The court turned it down.", "en") == {}


def test_a_noun_in_the_genitive_of_negation_keeps_its_meaning() -> None:
    (word,) = [w for w in polarity.words_of("Влучань у порт немає.", "uk") if w.start == 0]
    assert "hit_target" in word.keys


def test_offsets_are_kept_where_stretches_are_blanked_out() -> None:
    assert clause_bounds.blank("not X but Y", [(4, 5)]) == "not   but Y"
    assert clause_bounds.stretch("One. Two, three. Four", 6) == (3, 15)
