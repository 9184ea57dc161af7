"""Which figures of a claim answer a question, and what positions show of them."""

import pytest

from rag import actors, asked_figures, figure_scope, ingestion, positions, question
from rag.schema import Article, Evidence, Hit

ACTORS = actors.load()


def evidence(body: str, language: str = "en") -> Evidence:
    """The last attributed claim of an article."""
    title = "What was said"
    article = Article("one", title, f"{title}\n\n{body}", language, "hash", published="2026-06-01")
    claims = [claim for claim, _ in ingestion.entry_of(article, None, ACTORS).claims]
    claim = [one for one in claims if one.sources][-1]
    return Evidence(1, claim, article.span(*claim.extent), article, 1.0)


def figures(asked: str, body: str, language: str = "en") -> list[float | None]:
    """The lower bounds of the figures that the positions of a claim show."""
    parsed = question.parse(asked, ACTORS)
    made = positions.build(parsed, [evidence(body, language)], ACTORS)
    return [position.figure.low for position in made if position.figure]


UN = "The UN said that 286 civilians had been killed, including 12 children, and 1,388 injured."


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("How many civilians were killed?", [286]),
        ("How many children were killed?", [12]),
        ("How many civilians were injured?", [1388]),
        ("How many civilians were killed and how many were injured?", [286, 1388]),
        ("Wie viele Zivilisten wurden getötet und wie viele verletzt?", [286, 1388]),
        ("Скільки цивільних загинуло і скільки поранено?", [286, 1388]),
        ("Сколько мирных жителей погибло и сколько ранено?", [286, 1388]),
    ],
)
def test_every_figure_asked_for_is_shown_and_no_other(asked: str, wanted: list[float]) -> None:
    assert figures(asked, UN) == wanted


def test_figures_of_a_list_have_each_its_own_date() -> None:
    item = evidence(
        "The NIS counted about 300 dead on 13 January 2025, about 600 on 30 April 2025 and "
        "about 2,000 on 2 September 2025."
    )
    asked = question.parse("How many North Koreans were killed?", ACTORS)
    made = positions.build(asked, [item], ACTORS)
    assert {(p.figure.low, p.date) for p in made if p.figure} == {
        (300, "2025-01-13"),
        (600, "2025-04-30"),
        (2000, "2025-09-02"),
    }


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("How many soldiers has Ukraine lost?", asked_figures.KIN),
        ("How many soldiers were killed?", asked_figures.FULL),
        ("How many missiles were fired?", 0.0),
    ],
)
def test_the_dead_are_a_kind_of_losses_but_no_missiles(asked: str, wanted: float) -> None:
    claim = evidence("Zelensky said that 55,000 soldiers were killed.").claim
    assert asked_figures.degree(question.parse(asked, ACTORS), claim) == wanted


def test_so_many_means_the_figure_of_the_sentence_before() -> None:
    item = evidence(
        "More than 133,000 names are on the list. So many Russian soldiers had been killed by "
        "September 2025, said Mediazona."
    )
    (figure,) = item.claim.quantities
    assert (figure.low, figure.unit) == (133_000, "killed")
    assert item.quote.text.startswith("More than 133,000")


@pytest.mark.parametrize(
    ("body", "language", "wanted"),
    [
        ("Kyiv said that 1,000 Ukrainian soldiers had been killed.", "en", (1.0, 1.0)),
        ("Kyiv said that 1,000 Russian soldiers had been killed.", "en", (-1.0, 1.0)),
        ("Kyiv said that 1,000 Ukrainian civilians had been killed.", "en", (1.0, -1.0)),
        ("Kiew sagte, 1.000 russische Soldaten seien getötet worden.", "de", (-1.0, 1.0)),
        ("The Russian army withdrew. The BBC said that 1,000 had been killed.", "en", (-0.5, 0.0)),
        ("The BBC said that 1,000 had been killed.", "en", (0.0, 0.0)),
    ],
)
def test_the_dead_of_others_are_not_those_asked_about(
    body: str, language: str, wanted: tuple[float, float]
) -> None:
    item = evidence(body, language)
    passage = item.article.span(item.article.text.index("\n\n") + 2, len(item.article.text))
    hit = Hit(passage, language, 1.0, 1.0)
    asked = question.parse("How many Ukrainian soldiers were killed?", ACTORS)
    assert figure_scope.Scope(asked, [hit], ACTORS).of(item.claim) == wanted


@pytest.mark.parametrize(
    ("asked", "body", "language", "wanted"),
    [
        ("Was kosten die Boote?", "Die Werft sagte, sie baue vier Patrouillenboote.", "de", 0.0),
        (
            "Скільки грошей переплатили?",
            "Аудитори заявили про дев'ять мільйонів переплати.",
            "uk",
            0.3,
        ),
        ("How long do repairs take?", "The owner said that nine pumps were broken.", "en", 0.0),
        ("Сколько дронов было?", "Военные заявили, что сбили девять аппаратов.", "ru", 0.3),
    ],
)
def test_a_number_of_unknown_things_is_no_measure(
    asked: str, body: str, language: str, wanted: float
) -> None:
    claim = evidence(body, language).claim
    assert asked_figures.degree(question.parse(asked, ACTORS), claim) == wanted


def test_civilians_in_captivity_are_civilians() -> None:
    body = "За оцінкою ООН, у полоні лишаються щонайменше 1 800 цивільних."
    claim = evidence(body, "uk").claim
    asked = question.parse("How many civilians are still held in Russia?", ACTORS)
    assert asked_figures.degree(asked, claim) == asked_figures.FULL
