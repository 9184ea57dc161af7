"""Which accounts an article means when it says that they could not be checked."""

from collections.abc import Iterator

import pytest

from rag import actors, caveats, ingestion
from rag.schema import Article, Claim

ACTORS = actors.load()


def article(body: str, language: str) -> Article:
    return Article("one", "News", f"News\n\n{body}", language, "hash", published="2026-06-01")


def doubted(body: str, language: str) -> Iterator[Claim]:
    """The attributed claims that a caveat of the article reaches."""
    found = article(body, language)
    for claim, _ in ingestion.entry_of(found, None, ACTORS).claims:
        if claim.sources and caveats.reaching(claim, found, ACTORS) is not None:
            yield claim


def names(body: str, language: str) -> set[str]:
    return {source.name for claim in doubted(body, language) for source in claim.sources}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Neither account could be independently checked."),
        ("en", "We have not been able to verify either version."),
        ("de", "Die Angaben beider Seiten ließen sich zunächst nicht unabhängig überprüfen."),
        ("de", "Keine der Darstellungen konnte unabhängig bestätigt werden."),
        ("uk", "Перевірити повідомлення сторін редакція не змогла."),
        ("ru", "Подтвердить ни одну из версий независимо не удалось."),
    ],
)
def test_a_caveat_on_both_accounts_is_told_by_its_words(language: str, sentence: str) -> None:
    (caveat,) = caveats.of_article(article(sentence, language))
    assert caveat.both
    assert caveat.matter == frozenset()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Russia has not confirmed the strike."),
        ("en", "The toll was confirmed by the mayor."),
        ("de", "Das Ministerium wollte den Angriff nicht bestätigen."),
        ("uk", "У Міноборони це не підтвердили."),
        ("ru", "В ведомстве эту информацию не подтвердили."),
    ],
)
def test_who_does_not_confirm_is_no_caveat_of_the_article(language: str, sentence: str) -> None:
    assert caveats.of_article(article(sentence, language)) == ()


def test_both_accounts_are_told_in_paragraphs_before() -> None:
    body = (
        "The Ukrainian General Staff said its forces had destroyed eleven tanks.\n\n"
        "Russia's Defence Ministry said that its troops had advanced.\n\n"
        "Neither account could be independently checked."
    )
    assert names(body, "en") == {"General Staff of Ukraine", "Russian defence ministry"}


def test_a_report_that_could_not_be_verified_is_the_one_just_before() -> None:
    body = (
        "The Ukrainian General Staff said its forces had destroyed eleven tanks. "
        "Russia's Defence Ministry said that its troops had advanced. "
        "The report could not be verified."
    )
    assert names(body, "en") == {"Russian defence ministry"}


def test_a_speaker_may_go_on_before_the_caveat() -> None:
    body = (
        "Der ukrainische Generalstab meldete, es seien sechs Panzer zerstört worden. "
        "Er beruft sich auf ein Video, das in sozialen Netzwerken kursiert. "
        "Ort und Zeit der Aufnahme ließen sich zunächst nicht überprüfen."
    )
    assert "General Staff of Ukraine" in names(body, "de")


def test_a_caveat_with_a_matter_of_its_own_leaves_other_matters_alone() -> None:
    body = (
        "The Pentagon said that there were at least 10,000 soldiers in Kursk. "
        "Combat could not be confirmed."
    )
    assert names(body, "en") == set()


def test_a_relative_clause_doubts_only_what_its_sentence_tells() -> None:
    body = (
        "По словам губернатора Вячеслава Гладкова, из районов выехали 5 300 жителей. "
        "Издание ссылается на документ, подлинность которого мы проверить не смогли."
    )
    assert "Vyacheslav Gladkov" not in names(body, "ru")


def test_a_caveat_reaches_its_matter_over_a_paragraph() -> None:
    body = (
        "Украинская разведка утверждает, что при ударе погибли 65 российских солдат.\n\n"
        "Минобороны РФ удар не комментировало.\n\n"
        "Проверить данные о погибших независимо пока невозможно."
    )
    assert "Ukrainian intelligence" in names(body, "ru")
