"""Figures of two bodies that stand side by side in a text as answers to one question."""

import pytest

from rag import actors, comparisons, ingestion, question
from rag.comparisons import Relation
from rag.schema import Article, Evidence

ACTORS = actors.load()


def relation(asked: str, body: str, language: str) -> Relation:
    """How the first two claims of a text that hold figures relate on a question."""
    text = f"Was\n\n{body}"
    article = Article("one", "Was", text, language, "hash", published="2026-04-10")
    claims = [claim for claim, _ in ingestion.entry_of(article, None, ACTORS).claims]
    one, other = [c for c in claims if c.quantities][:2]
    items = [Evidence(0, c, article.span(*c.extent), article, 1.0) for c in (one, other)]
    return comparisons.relation(question.parse(asked, ACTORS), items[0], items[1], ACTORS)


@pytest.mark.parametrize(
    ("asked", "body", "language"),
    [
        (
            "How many people were killed at the terminal?",
            "Prosecutor Lidia Harbuz said four dock workers were killed. The operator, Verdana "
            "Agro, however, counted seven dead.",
            "en",
        ),
        (
            "Скільки людей евакуювали з громади?",
            "За словами голови громади Романа Ткачука, автобусами виїхала 61 людина. Поліція ж "
            "повідомила про 48 евакуйованих.",
            "uk",
        ),
        (
            "How many generators has Ukraine received?",
            "Norway says it has delivered 60 generators. The Ukrainian energy ministry said that "
            "35 had arrived.",
            "en",
        ),
        (
            "Wie hoch ist der Schaden?",
            "Den Schaden beziffert die Bahn auf 480.000 Euro. Der Versicherer Nordstern geht "
            "dagegen von bis zu 1,2 Millionen Euro aus.",
            "de",
        ),
        (
            "Сколько тонн мазута вытекло?",
            "Судовладелец сообщает о вытекших 300 тоннах мазута. Росприроднадзор оценивает разлив "
            "в 40 тонн.",
            "ru",
        ),
    ],
)
def test_two_bodies_who_answer_differently_side_by_side_conflict(
    asked: str, body: str, language: str
) -> None:
    assert relation(asked, body, language) is Relation.CONFLICT


@pytest.mark.parametrize(
    ("asked", "body", "language"),
    [
        (  # another time
            "Wie lange ruhte der Flugverkehr?",
            "Der Flugverkehr ruhte laut Flughafen 40 Minuten. Im Jahr zuvor hatte er laut Polizei "
            "90 Minuten geruht.",
            "de",
        ),
        (  # another place
            "How many people were killed in Lymanske?",
            "Police said five people were killed in Lymanske. The governor said eight people were "
            "killed in Horikhove.",
            "en",
        ),
        (  # another matter
            "Wie hoch ist der Schaden?",
            "Den Schaden beziffert die Bahn auf 480.000 Euro. Nach Angaben der Ermittler wurden "
            "den Männern 2.500 Euro versprochen.",
            "de",
        ),
        (  # what is still to come
            "How many missiles has Ukraine received?",
            "London said it will hand over 120 missiles. The Ukrainian air force said that 18 had "
            "arrived.",
            "en",
        ),
        (  # a part of them
            "Скільки військових звільнили?",
            "Штаб повідомив про 84 звільнених військових. Міноборони повідомило, що серед "
            "звільнених 9 офіцерів.",
            "uk",
        ),
        (  # an addition to them
            "Сколько машин сгорело?",
            "Мэр сообщил, что сгорели 14 машин. Полиция сообщила, что сгорели ещё 9 машин.",
            "ru",
        ),
    ],
)
def test_figures_of_something_else_are_no_rivals(asked: str, body: str, language: str) -> None:
    assert relation(asked, body, language) is not Relation.CONFLICT


def test_still_is_no_addition() -> None:
    body = (
        "Губернатор Роман Дяченко сообщил о шести погибших. В профсоюзе утверждают, что погибли "
        "одиннадцать человек и что под обломками склада ещё остаются люди."
    )
    assert relation("Сколько человек погибло?", body, "ru") is Relation.CONFLICT


@pytest.mark.parametrize(
    ("asked", "body", "language"),
    [
        (
            "Чи працює завод?",
            "Завод після удару не працює, розповіла директорка Алла Синиця. Водночас у "
            "Міністерстві промисловості наголосили, що завод працює у звичайному режимі.",
            "uk",
        ),
        (
            "Есть ли пострадавшие?",
            "Губернатор Вениамин Кондратьев заявил, что пострадавших нет. В профсоюзе нефтяников "
            "утверждают, что двое операторов госпитализированы.",
            "ru",
        ),
    ],
)
def test_two_bodies_of_one_side_may_exclude_each_other(
    asked: str, body: str, language: str
) -> None:
    text = f"Was\n\n{body}"
    article = Article("one", "Was", text, language, "hash", published="2026-04-10")
    claims = [claim for claim, _ in ingestion.entry_of(article, None, ACTORS).claims]
    told = [
        Evidence(0, claim, article.span(*claim.extent), article, 1.0)
        for claim in claims
        if claim.sources
    ]
    found = comparisons.relation(question.parse(asked, ACTORS), told[0], told[1], ACTORS)
    assert found is Relation.CONFLICT


def test_a_place_behind_a_preposition_is_not_whose_people_are_counted() -> None:
    body = (
        "Ukraine's General Staff said that between 14,000 and 15,500 North Koreans were in the "
        "Kursk region. South Korea's National Intelligence Service said about 11,000 remained on "
        "Russian soil."
    )
    asked = "How many North Korean troops are in Russia?"
    assert relation(asked, body, "en") is Relation.CONFLICT


def test_an_undated_figure_of_another_report_is_of_the_day_of_that_report() -> None:
    bodies = (
        (
            "2026-10-14",
            "The SBU said on 14 October 2026 that at least eleven drones hit the plant.",
        ),
        ("2026-10-15", "The Russian defence ministry said three drones hit the plant."),
        ("2026-12-15", "The Russian defence ministry said three drones hit the plant."),
    )
    told = []
    for published, body in bodies:
        article = Article(
            f"of {published}", "Was", f"Was\n\n{body}", "en", published, published=published
        )
        (claim,) = (c for c, _ in ingestion.entry_of(article, None, ACTORS).claims if c.sources)
        told.append(Evidence(0, claim, article.span(*claim.extent), article, 1.0))
    asked = question.parse("How many drones hit the plant?", ACTORS)
    first, soon, late = told
    assert comparisons.relation(asked, first, soon, ACTORS) is Relation.CONFLICT
    assert comparisons.relation(asked, first, late, ACTORS) is not Relation.CONFLICT
