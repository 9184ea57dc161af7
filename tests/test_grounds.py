"""Why a flag was given: the rule, who triggered it, and by which words of the article."""

import pytest

from rag import actors, ingestion, question, status
from rag.schema import Article, Evidence, Findings, Flag

ACTORS = actors.load()


def why(asked: str, body: str, language: str, reader: str) -> tuple[Flag, str]:
    """The flag and its reason, where the attributed claims of a short article answer."""
    article = Article("one", "News", f"News\n\n{body}", language, "hash", published="2026-06-01")
    claims = [c for c, _ in ingestion.entry_of(article, None, ACTORS).claims if c.sentence.start]
    kept = [c for c in claims if c.rule != "narrated"] or claims
    items = tuple(
        Evidence(n, c, article.span(*c.extent), article, 5.0) for n, c in enumerate(kept, 1)
    )
    findings = Findings(answering=items, searched=1)
    verdict = status.assess(question.parse(asked, ACTORS), findings, ACTORS, reader)
    return verdict.flag, verdict.why[0].text


@pytest.mark.parametrize(
    ("asked", "body", "language", "reader", "flag", "words"),
    [
        (
            "Did the plant burn?",
            "The governor denied that the plant had burned.",
            "en",
            "de",
            Flag.DENIED,
            "(„denied“)",
        ),
        (
            "Wann fährt der Zug wieder?",
            "Der Zug fährt voraussichtlich im Herbst wieder, sagte Betriebsleiter Uwe Brand.",
            "de",
            "en",
            Flag.HEDGED,
            "Uwe Brand (“voraussichtlich”)",
        ),
        (
            "Кто подтвердил падение беспилотника?",
            "Директор завода Пётр Зимин признал, что беспилотник упал на крышу цеха.",
            "ru",
            "uk",
            Flag.CONFIRMED,
            "(«признал»)",
        ),
        (
            "Where was the clip filmed?",
            "We geolocated the clip to a square in Vientiane.",
            "en",
            "en",
            Flag.CONFIRMED,
            "the article (“We geolocated”)",
        ),
        (
            "Will the talks go on?",
            "The spokesman declined to comment on whether the talks would go on.",
            "en",
            "ru",
            Flag.UNVERIFIED,
            "(«declined to comment",
        ),
    ],
)
def test_a_reason_gives_the_words_that_triggered_the_rule(
    asked: str, body: str, language: str, reader: str, flag: Flag, words: str
) -> None:
    given, text = why(asked, body, language, reader)
    assert given is flag
    assert words in text
    assert text.endswith(".")


def test_a_confirmation_says_whether_it_is_admitted_decided_or_verified() -> None:
    admitted = "The bank Volna admitted that 212 of its customers had lost money."
    announced = "Norway is raising its fund for Ukraine, Finance Minister Kari Lund said."
    assert "against their own interest" in why("Who lost money?", admitted, "en", "en")[1]
    assert "own decision" in why("What is Norway raising?", announced, "en", "en")[1]


def test_what_the_article_says_itself_is_said_to_have_no_source() -> None:
    told = why("Where does the bridge stand?", "The bridge stands near the mill.", "en", "en")
    assert told == (
        Flag.ATTRIBUTED,
        "The article says it itself, without a source; none of the stricter rules applies.",
    )
