"""Whose own word a claim is: rule 2 of the decision list, and what only looks like it."""

import pytest

from rag import actors, ingestion, own_word, verifying
from rag.schema import Article, Evidence, Stance

ACTORS = actors.load()


def evidence(sentence: str, language: str) -> Evidence:
    """The first attributed claim of one sentence."""
    article = Article(
        "one", "News", f"News\n\n{sentence}", language, "hash", published="2026-06-01"
    )
    claims = [c for c, _ in ingestion.entry_of(article, None, ACTORS).claims if c.sources]
    return Evidence(1, claims[0], article.span(*claims[0].extent), article, 5.0)


def owned(sentence: str, language: str) -> bool:
    item = evidence(sentence, language)
    return any(own_word.owns(item, source, ACTORS) for source in item.claim.sources)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Russia's defence ministry conceded that one of its bombers had burned out."),
        ("de", "Das russische Verteidigungsministerium räumte ein, dass das Schiff gesunken ist."),
        ("uk", "Міноборони Росії визнало, що його гелікоптер розбився."),
        ("ru", "Украинский Генштаб признал, что его войска отошли из посёлка."),
        ("de", "Der Kreml räumte erstmals ein, dass sich 46 Kinder in russischer Obhut befinden."),
        ("en", "Britain's defence ministry admitted that the missile had failed."),
        ("ru", "Директор завода Пётр Зимин признал, что один беспилотник упал на крышу цеха."),
        ("de", "Die Reederei Nordstern räumte ein, dass aus dem Tanker Öl ausgelaufen ist."),
        ("en", "The bank Volna admitted that 212 of its customers had lost money."),
        ("uk", "Командир роти Іван Гнатюк сказав, що його рота відійшла з села."),
    ],
)
def test_what_somebody_admits_of_their_own_is_confirmed(language: str, sentence: str) -> None:
    assert owned(sentence, language)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Russia's defence ministry confirmed that its troops had reached the town."),
        ("ru", "Гладков признал, что без электричества остались 84 тысячи человек."),
        ("en", "The analyst John Reed admitted that the missile had failed."),
        ("en", "The German government admitted that Ukraine had lost the town."),
        ("ru", "Минобороны России сообщило, что бригада отошла из посёлка."),
    ],
)
def test_a_confirmation_or_a_count_of_the_harm_done_admits_nothing(
    language: str, sentence: str
) -> None:
    assert not owned(sentence, language)


def test_a_verifying_body_knows_its_own_doing_but_not_everything() -> None:
    assert owned(
        "Der Internationale Strafgerichtshof teilt mit, dass er den Fall untersucht.", "de"
    )
    assert not owned("The IAEA said the site was drawing electricity from one cable.", "en")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Norway is raising its fund for Ukraine, Finance Minister Kari Lund said."),
        ("en", "Canada will send Ukraine 40 lorries, the defence department announced."),
        ("de", "Innenministerin Ute Kern kündigte an, die Züge mit Drohnen überwachen zu lassen."),
        ("uk", "В «Укренерго» попередили: погодинні відключення діятимуть у дев'яти областях."),
        ("ru", "В РЖД сообщили, что отменены 26 пригородных поездов."),
        ("ru", "МАГАТЭ сообщило, что АЭС на 40 минут лишилась внешней линии."),
    ],
)
def test_an_own_measure_is_confirmed(language: str, sentence: str) -> None:
    assert owned(sentence, language)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Canada will send Ukraine 40 lorries, the mayor of Ottawa said."),
        ("en", "Canada will send Ukraine 40 lorries, the Polish defence ministry said."),
        ("en", "The factory has sent 40 lorries, the analyst John Reed said."),
        ("ru", "Владелец судна, компания «Эгеон», уточнил, что на борту находился 21 моряк."),
        ("uk", "Міноборони Росії повідомило, що передає загиблих у неділю."),
    ],
)
def test_what_others_decide_is_no_own_measure(language: str, sentence: str) -> None:
    assert not owned(sentence, language)


@pytest.mark.parametrize(
    ("language", "sentence", "expected"),
    [
        ("en", "We geolocated the footage to a square in the capital.", True),
        ("en", "A video geolocated by the Herald shows two soldiers on the roof.", True),
        ("de", "Unsere Reporterin sah auf der Brücke zwei ausgebrannte Lastwagen.", True),
        ("uk", "Ми встановили місце зйомки: це нафтобаза біля вокзалу.", True),
        ("ru", "Наш корреспондент увидел на площади три воронки.", True),
        ("en", "We have not verified the footage from the square.", False),
        ("en", "A video of the square has been viewed four million times.", False),
        ("de", "Wir konnten das Video nicht verifizieren.", False),
    ],
)
def test_reporters_verify_what_they_saw_themselves(
    language: str, sentence: str, expected: bool
) -> None:
    text = f"News\n\n{sentence}"
    article = Article("one", "News", text, language, "hash", publisher="Daily Herald")
    claims = [c for c, _ in ingestion.entry_of(article, None, ACTORS).claims if c.sentence.start]
    items = [Evidence(1, c, article.span(*c.extent), article, 5.0) for c in claims]
    assert any(verifying.by_newsroom(item) for item in items) is expected


def test_an_official_without_a_state_announces_what_the_state_named_will_do() -> None:
    poland = "Poland will close the crossing, the interior minister announced in Warsaw."
    assert owned(poland, "en")
    assert not owned("Poland will close the crossing, Belarus's president announced.", "en")


@pytest.mark.parametrize(
    ("language", "sentence", "expected"),
    [
        ("en", '"I expect them in defensive positions," the analyst Yang Uk said.', True),
        ("en", "The analyst Yang Uk suspects that they will man trenches.", True),
        ("en", "The analyst Yang Uk believes that they man trenches.", False),
        ("ru", "Склад, вероятно, подожгли подростки, сообщили в полиции.", True),
        ("ru", "Эксперт Сергей Вакуленко полагает, что цены, скорее всего, не вырастут.", True),
        ("de", "Nach Angaben des Kremls haben die Truppen angeblich den Ort erreicht.", False),
    ],
)
def test_a_source_hedges_its_own_word(language: str, sentence: str, expected: bool) -> None:
    assert own_word.is_hedged(evidence(sentence, language), ACTORS) is expected


def test_what_both_capitals_say_is_told_by_both() -> None:
    both = "Vermittelt hatten ihn nach übereinstimmenden Angaben beider Hauptstädte die Emirate."
    item = evidence(both, "de")
    assert item.claim.stance is Stance.REPORTS
    assert own_word.is_of_both_sides(item)
    assert not own_word.is_of_both_sides(evidence("Kiew sagte, beide Brücken seien zu.", "de"))
