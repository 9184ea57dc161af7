"""Whose own word a claim is: rule 2 of the decision list, and what only looks like it."""

import pytest

from rag import actors, ingestion, own_word
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
    ],
)
def test_what_a_war_party_admits_is_confirmed(language: str, sentence: str) -> None:
    assert owned(sentence, language)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Russia's defence ministry confirmed that its troops had reached the town."),
        ("ru", "Гладков признал, что без электричества остались 84 тысячи человек."),
        ("en", "Britain's defence ministry admitted that the missile had failed."),
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
