"""Two claims side by side: agreement, conflict, revision, development, or not about the same."""

from dataclasses import replace

import pytest

from rag import actors, comparisons, conflicts, counting, events, ingestion, positions, question
from rag.comparisons import Relation
from rag.schema import Article, Evidence

ACTORS = actors.load()
KILLED = "How many North Korean soldiers were killed or wounded?"


def evidence(body: str, language: str = "en", published: str = "2026-06-01") -> list[Evidence]:
    """The attributed claims of an article, numbered from 1."""
    title = "What was said"
    text = f"{title}\n\n{body}"
    article = Article("one", title, text, language, "hash", published=published)
    claims = [claim for claim, _ in ingestion.entry_of(article, None, ACTORS).claims]
    attributed = [claim for claim in claims if claim.sources]
    return [
        Evidence(n, claim, article.span(*claim.extent), article, 1.0)
        for n, claim in enumerate(attributed, 1)
    ]


def related(asked: str, body: str, language: str = "en") -> Relation:
    """How the first two attributed claims of a text relate."""
    one, other = evidence(body, language)[:2]
    return comparisons.relation(question.parse(asked, ACTORS), one, other, ACTORS)


def test_incompatible_figures_of_two_origins_on_one_day_are_a_conflict() -> None:
    body = (
        "South Korea said on 23 December 2024 that 1,100 North Koreans had been killed or wounded. "
        "Ukraine said on 23 December 2024 that 3,000 North Koreans had been killed or wounded."
    )
    assert related(KILLED, body) is Relation.CONFLICT


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("about 1,000", "1,050", Relation.COMPATIBLE),
        ("at least 1,000", "3,000", Relation.COMPATIBLE),
        ("up to 1,000", "3,000", Relation.CONFLICT),
        ("1,000", "1,000", Relation.AGREEMENT),
    ],
)
def test_bounds_and_about_are_respected(one: str, other: str, relation: Relation) -> None:
    body = (
        f"South Korea said on 3 May 2025 that {one} North Koreans had been killed or wounded. "
        f"Ukraine said on 4 May 2025 that {other} North Koreans had been killed or wounded."
    )
    assert related(KILLED, body) is relation


def test_the_same_source_later_has_revised_its_word() -> None:
    body = (
        "The NIS said on 13 January 2025 that 3,000 North Koreans had been killed or wounded. "
        "The NIS said on 30 April 2025 that 4,700 North Koreans had been killed or wounded."
    )
    assert related(KILLED, body) is Relation.REVISION


def test_different_origins_far_apart_in_time_are_a_development() -> None:
    body = (
        "Ukraine said on 23 December 2024 that 3,000 North Koreans had been killed or wounded. "
        "The NIS said on 30 April 2025 that 4,700 North Koreans had been killed or wounded."
    )
    assert related(KILLED, body) is Relation.DEVELOPMENT


@pytest.mark.parametrize(
    "other",
    [
        "Ukraine said on 3 May 2025 that 3,000 North Koreans had been killed.",
        "Ukraine said on 3 May 2025 that 30,000 Russians had been killed or wounded.",
        "Ukraine said on 3 May 2025 that 30 North Koreans had been killed or wounded in one week.",
        "Ukraine said on 3 May 2025 that 9,000 North Koreans had been killed or wounded in 2024.",
    ],
)
def test_what_is_not_the_same_thing_is_not_compared(other: str) -> None:
    body = "South Korea said on 3 May 2025 that 1,100 North Koreans had been killed or wounded. "
    assert related(KILLED, body + other) is Relation.NOT_COMPARABLE


def test_dead_of_two_sides_are_not_compared_in_russian() -> None:
    body = (
        "Южная Корея заявила 3 мая 2025 года, что погибли 300 северокорейских солдат. "
        "Украина заявила 3 мая 2025 года, что погибли 4000 российских солдат."
    )
    assert related("Сколько солдат погибло?", body, "ru") is Relation.NOT_COMPARABLE


def test_an_increase_is_no_total_in_german() -> None:
    body = (
        "Südkorea teilte am 3. Mai 2025 mit, Nordkorea habe 11.000 Soldaten entsandt. "
        "Die Ukraine teilte am 4. Mai 2025 mit, Nordkorea habe weitere 3.000 Soldaten entsandt."
    )
    asked = "Wie viele Soldaten hat Nordkorea entsandt?"
    assert related(asked, body, "de") is Relation.NOT_COMPARABLE
    assert related(asked, body.replace("weitere ", ""), "de") is Relation.CONFLICT


def test_an_assertion_and_a_denial_of_the_same_matter_are_a_conflict() -> None:
    body = (
        "Russia said on 12 March 2025 that Ukrainian troops had been encircled in Kursk. "
        "Ukraine denied on 13 March 2025 that its troops had been encircled in Kursk."
    )
    asked = "Were Ukrainian troops encircled in Kursk?"
    assert related(asked, body) is Relation.CONFLICT


def test_a_denial_of_something_else_stands_against_nothing() -> None:
    body = (
        "Russia said on 12 March 2025 that Ukrainian troops had been encircled in Kursk. "
        "Ukraine denied on 13 March 2025 that it had shelled the nuclear plant."
    )
    asked = "Were Ukrainian troops encircled in Kursk?"
    assert related(asked, body) is Relation.NOT_COMPARABLE


def test_silence_stands_against_nothing() -> None:
    body = (
        "Russia said on 12 March 2025 that Ukrainian troops had been encircled in Kursk. "
        "NATO declined to comment on whether troops had been encircled in Kursk."
    )
    asked = "Were Ukrainian troops encircled in Kursk?"
    assert related(asked, body) is Relation.NOT_COMPARABLE


def test_all_who_stand_against_one_another_are_one_cluster() -> None:
    body = (
        "Ukraine said on 5 March 2025 that its army controlled 400 square kilometres. "
        "Russia said on 6 March 2025 that Ukraine controlled 90 square kilometres. "
        "The Pentagon said on 7 March 2025 that Ukraine controlled 200 square kilometres."
    )
    asked = question.parse("How many square kilometres did Ukraine control?", ACTORS)
    (cluster,) = conflicts.clusters(asked, evidence(body), ACTORS)
    assert [item.number for item in cluster.items] == [1, 2, 3]
    assert cluster.figures


def test_an_undated_claim_is_of_the_time_that_its_paragraph_has_set() -> None:
    body = (
        "On 12 March 2025 the troops withdrew. Russia said that 60 tanks had been destroyed.\n\n"
        "Ukraine said that 7 tanks had been destroyed."
    )
    first, second = evidence(body)
    assert events.moment(first) == "2025-03-12"
    assert events.moment(second) is None
    assert events.same_time(first, second) is None


@pytest.mark.parametrize(
    ("body", "own"),
    [
        ("Zelensky said on 8 December 2024 that 43,000 Ukrainian soldiers had been killed.", True),
        ("Zelensky said that 198,000 Russian soldiers had been killed.", False),
        ("Ukraine said that Ukraine had killed 300 soldiers.", False),
        ("Ukraine said that 12 Ukrainian civilians had been killed.", False),
        ("The Pentagon said that 12 American soldiers had been killed.", False),
        ("Kim Jong Un said that nine of its soldiers had been killed.", True),
        ("Ukraine fought on. Kim Jong Un said that nine of its soldiers had been killed.", False),
    ],
)
def test_an_own_loss_is_of_the_own_soldiers(body: str, own: bool) -> None:
    (item,) = evidence(body)
    (source,) = item.claim.sources
    assert counting.is_own_loss(item, source, ACTORS) is own


def test_the_newest_word_of_a_source_comes_first() -> None:
    body = (
        "The NIS said on 13 January 2025 that 3,000 North Koreans had been killed or wounded. "
        "Ukraine said on 14 January 2025 that 4,000 North Koreans had been killed or wounded. "
        "The NIS said on 30 April 2025 that 4,700 North Koreans had been killed or wounded."
    )
    found = positions.build(question.parse(KILLED, ACTORS), evidence(body), ACTORS)
    assert [position.date for position in found] == ["2025-04-30", "2025-01-14", "2025-01-13"]


@pytest.mark.parametrize(
    ("language", "body"),
    [
        (
            "en",
            "Russia said on 19 November 2024 that debris had caused a fire. The General Staff of "
            "Ukraine told it differently: it said that a depot had been hit.",
        ),
        (
            "de",
            "Russland erklärte am 19. November 2024, Trümmer hätten einen Brand ausgelöst. Die "
            "Ukraine stellte es anders dar: Sie erklärte, ein Lager sei getroffen worden.",
        ),
        (
            "uk",
            "Росія заявила 19 листопада 2024 року, що уламки спричинили пожежу. Україна заявила "
            "протилежне: влучили у склад.",
        ),
        (
            "ru",
            "Россия заявила 19 ноября 2024 года, что обломки вызвали пожар. Украина заявила "
            "противоположное: поражён склад.",
        ),
    ],
)
def test_words_that_the_text_says_differ_are_a_conflict(language: str, body: str) -> None:
    first, *_, last = evidence(body, language)
    asked = question.parse("What happened in Bryansk on 19 November 2024?", ACTORS)
    assert comparisons.relation(asked, first, last, ACTORS) is Relation.CONFLICT


def test_a_sentence_before_both_says_that_they_differ() -> None:
    plain = (
        "The NIS said on 12 February 2026 that sappers were still there. "
        "Russia said on 21 February 2026 that they had left in December."
    )
    asked = "Which sappers were in Kursk in February 2026?"
    assert related(asked, plain) is Relation.NOT_COMPARABLE
    assert related(asked, "Whether they are there is disputed. " + plain) is Relation.CONFLICT


def test_a_question_for_one_of_two_makes_a_conjunction_of_contrast_enough() -> None:
    body = (
        "The NIS said on 12 February 2026 that sappers were still there. "
        "Russia, however, said on 21 February 2026 that they had left in December."
    )
    assert related("What do we know of the sappers?", body) is Relation.NOT_COMPARABLE
    assert related("Were the sappers there, or had they gone?", body) is Relation.CONFLICT


def test_a_contrast_in_another_paragraph_is_of_something_else() -> None:
    body = (
        "The NIS said on 12 February 2026 that sappers were still there.\n\n"
        "Russia said on 12 February 2026 that the figures were disputed."
    )
    assert related("What do we know of the sappers?", body) is Relation.NOT_COMPARABLE


def test_a_contrast_to_a_named_source_reaches_another_article() -> None:
    asked = question.parse("What do we know of the sappers?", ACTORS)
    (first,) = evidence("The NIS said on 12 February 2026 that sappers were still in Kursk.")
    body = "Russia contradicted {} and said on 13 February 2026 that the sappers had left."
    for named, expected in (("Seoul", Relation.CONFLICT), ("Berlin", Relation.NOT_COMPARABLE)):
        item = evidence(body.format(named))[-1]
        elsewhere = replace(item.article, id="two")
        other = replace(item, article=elsewhere)
        assert comparisons.relation(asked, first, other, ACTORS) is expected


def test_one_speech_with_two_figures_in_two_outlets_is_a_conflict_of_reports() -> None:
    asked = question.parse("How many people were evacuated?", ACTORS)
    body = "Putin said on 12 August 2024 that {} people had been evacuated."
    (one,), (other,) = evidence(body.format("120,000")), evidence(body.format("150,000"))
    for outlet, expected in (
        ("The Post", Relation.CONFLICT),
        (None, Relation.NOT_COMPARABLE),
    ):
        left = replace(one, article=replace(one.article, publisher="The Times"))
        right = replace(
            other, article=replace(other.article, id="two", publisher=outlet or "The Times")
        )
        assert comparisons.relation(asked, left, right, ACTORS) is expected


def test_a_heading_says_whose_losses_are_counted() -> None:
    body = "{}\n\nZelensky spoke to CNN. Zelensky said that 31,000 soldiers had been killed."
    for heading, own in (("The Ukrainian losses", True), ("Counting the dead", False)):
        item = evidence(body.format(heading))[-1]
        (source,) = item.claim.sources
        assert counting.is_own_loss(item, source, ACTORS) is own
