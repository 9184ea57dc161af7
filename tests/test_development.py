"""What changed and what stands against it, as the answer shows it in four languages."""

import re

import pytest

from rag import actors, development, ingestion, positions, question, status
from rag.schema import Article, Badge, Conflict, Event, Evidence, Findings, Flag

ACTORS = actors.load()
NIS_JANUARY = (
    "The NIS said on 13 January 2025 that 3,000 North Koreans had been killed or wounded. "
)
NIS_APRIL = "The NIS said on 30 April 2025 that 4,700 North Koreans had been killed or wounded. "
KYIV = "Ukraine said on 14 January 2025 that 9,000 North Koreans had been killed or wounded. "
KILLED = {
    "en": "How many North Koreans were killed or wounded?",
    "de": "Wie viele Nordkoreaner wurden getötet oder verwundet?",
    "uk": "Скільки північнокорейців було вбито або поранено?",
    "ru": "Сколько северокорейцев было убито или ранено?",
}


def findings(*bodies: str) -> Findings:
    """All attributed claims of some articles as answers, with the admissions of the first."""
    found: list[Evidence] = []
    for name, body in zip("abc", bodies, strict=False):
        text = f"What was said\n\n{body}"
        article = Article(name, "What was said", text, "en", name, published="2026-06-01")
        for claim, _ in ingestion.entry_of(article, None, ACTORS).claims:
            if claim.sources:
                span = article.span(*claim.extent)
                found.append(Evidence(len(found) + 1, claim, span, article, 1.0))
    return Findings(answering=tuple(found), searched=len(bodies))


def conflicts(asked: str, found: Findings, language: str = "en") -> tuple[Conflict, ...]:
    parsed = question.parse(asked, ACTORS)
    built = positions.build(parsed, found.answering, ACTORS)
    return development.conflicts(parsed, found, built, ACTORS, language)


def timeline(asked: str, found: Findings, language: str = "en") -> tuple[Event, ...]:
    return development.timeline(question.parse(asked, ACTORS), found, ACTORS, language)


@pytest.mark.parametrize(
    ("language", "about"),
    [
        ("en", "killed and wounded, North Korea, January 2025"),
        ("de", "Getötete und Verwundete, Nordkorea, Januar 2025"),
        ("uk", "кількість: убитих і поранених, Північна Корея, січень 2025"),
        ("ru", "число: убитых и раненых, Северная Корея, январь 2025"),
    ],
)
def test_a_conflict_is_labelled_in_the_language_of_the_reader(language: str, about: str) -> None:
    (conflict,) = conflicts(KILLED[language], findings(NIS_JANUARY + KYIV), language)
    assert re.sub(r"\s", " ", conflict.about).startswith(about)
    assert conflict.positions == (0, 1)


def test_a_conflict_names_all_its_positions_and_no_other() -> None:
    pentagon = "The Pentagon said on 15 January 2025 that 12,000 North Koreans were sent to Russia."
    chiefs = "The Pentagon said on 16 January 2025 that 500 North Koreans were killed or wounded. "
    (conflict,) = conflicts(KILLED["en"], findings(NIS_JANUARY + KYIV + chiefs, pentagon))
    assert conflict.positions == (0, 1, 2)


def test_a_denial_and_what_it_denies_are_a_conflict_about_whether_it_is_so() -> None:
    body = (
        "Russia said on 12 March 2025 that Ukrainian troops had been encircled in Kursk. "
        "Ukraine denied on 13 March 2025 that its troops had been encircled in Kursk."
    )
    (conflict,) = conflicts("Were Ukrainian troops encircled in Kursk?", findings(body))
    assert conflict.about == "whether this is so, March 2025"
    assert conflict.positions == (0, 1)


def test_a_timeline_is_in_the_order_of_the_dates_whatever_that_of_the_articles() -> None:
    events = timeline(KILLED["en"], findings(NIS_APRIL, KYIV, NIS_JANUARY))
    assert [event.date for event in events] == ["2025-01-13", "2025-01-14", "2025-04-30"]
    assert [event.citations for event in events] == [(3,), (2,), (1,)]
    assert events[0].text.endswith(": 3,000 killed and wounded.")


def test_one_date_is_no_timeline() -> None:
    assert timeline(KILLED["en"], findings(NIS_JANUARY, NIS_JANUARY)) == ()


def test_the_same_word_in_two_articles_is_one_event() -> None:
    events = timeline(KILLED["en"], findings(NIS_JANUARY + NIS_APRIL, NIS_JANUARY))
    assert [event.citations for event in events] == [(1, 3), (2,)]


@pytest.mark.parametrize("language", ["de", "uk", "ru"])
def test_an_event_with_a_figure_holds_no_word_of_another_language(language: str) -> None:
    for event in timeline(KILLED[language], findings(NIS_JANUARY + NIS_APRIL), language):
        assert not {"North", "Koreans", "killed", "said"} & set(re.findall(r"\w+", event.text))


def test_the_way_from_denial_to_admission_is_a_timeline() -> None:
    body = (
        "Dmitry Peskov denied on 10 October 2024 that North Koreans were fighting for Russia. "
        "Valery Gerasimov admitted on 26 April 2025 that North Koreans had fought for Russia."
    )
    found = findings(body)
    turned = Findings(found.answering, admissions=((2, 1),), searched=1)
    asked = "Did Russia admit that North Koreans fought for it?"
    events = timeline(asked, turned)
    assert [event.date for event in events] == ["2024-10-10", "2025-04-26"]
    assert "denies" in events[0].text
    assert "confirms" in events[1].text


def test_a_later_word_of_the_same_source_supersedes_the_earlier_one() -> None:
    asked = question.parse(KILLED["en"], ACTORS)
    found = findings(NIS_JANUARY + NIS_APRIL)
    assert development.superseded(asked, found, ACTORS) == ((1, 2),)
    assert Badge.SUPERSEDED in status.assess(asked, found, ACTORS, "en").badges


def test_another_source_supersedes_nothing() -> None:
    asked = question.parse(KILLED["en"], ACTORS)
    found = findings(NIS_JANUARY + KYIV)
    assert development.superseded(asked, found, ACTORS) == ()
    verdict = status.assess(asked, found, ACTORS, "en")
    assert verdict.flag is Flag.CONFLICTING
    assert verdict.why[0].citations == (1, 2)


def test_an_own_loss_that_another_answer_contradicts_is_not_confirmed() -> None:
    own = "Zelensky said on 8 December 2024 that 43,000 Ukrainian soldiers had been killed. "
    other = "Russia said on 9 December 2024 that 500,000 Ukrainian soldiers had been killed. "
    asked = question.parse("How many Ukrainian soldiers were killed?", ACTORS)
    assert status.assess(asked, findings(own), ACTORS, "en").flag is Flag.CONFIRMED
    both = status.assess(asked, findings(own + other), ACTORS, "en")
    assert both.flag is Flag.CONFLICTING


@pytest.mark.parametrize(
    ("body", "flag"),
    [
        ("Ukraine's General Staff said that Ukrainian troops had withdrawn from Sudzha.",
         Flag.CONFIRMED),
        ("Russia said that Ukrainian troops had withdrawn from Sudzha.", Flag.PARTY_CLAIM),
        ("Ukraine's General Staff said that Ukrainian troops had taken Sudzha.",
         Flag.PARTY_CLAIM),
    ],
)  # fmt: skip
def test_a_setback_is_confirmed_by_the_side_that_suffered_it(body: str, flag: Flag) -> None:
    asked = question.parse("Are Ukrainian troops in Sudzha?", ACTORS)
    assert status.assess(asked, findings(body), ACTORS, "en").flag is flag
