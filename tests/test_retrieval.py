"""The right sentence, in whatever language it stands."""

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import library
from hypothesis import given
from hypothesis import strategies as st

from rag import answerability, expansion, grams, question, retrieval
from rag.assistant import Assistant
from rag.retrieval import Pool
from rag.schema import Filters, Question

# One event in four languages, and news of other kinds, so that there is something to choose from.
NEWS = {
    "depot-uk": (
        "uk",
        "Удар по складу пального",
        "Губернатор Олексій Жданов повідомив про влучання у склад пального біля Луганська. "
        "Пожежу гасили всю ніч, двоє рятувальників дістали опіки.",
    ),
    "bridge-de": (
        "de",
        "Brücke wieder befahrbar",
        "Die Brücke über den Inhulez ist nach drei Wochen wieder für Lastwagen freigegeben. "
        "Pioniere der Armee hatten zwei Pfeiler ersetzt, sagte der Bauleiter Petro Koval.",
    ),
    "hospital-en": (
        "en",
        "Hospital gets generators",
        "The children's hospital in Poltava has received four diesel generators from Norway. "
        "Doctors said the surgery ward can now work through blackouts of up to nine hours.",
    ),
    "harvest-ru": (
        "ru",
        "Урожай пшеницы",
        "Фермеры Запорожской области собрали на треть меньше пшеницы, чем год назад. "
        "Причиной они называют минные поля и нехватку солярки для комбайнов.",
    ),
    "court-de": (
        "de",
        "Urteil im Prozess um Drohnenteile",
        "Das Landgericht Lübeck hat einen Händler wegen der Ausfuhr von Motoren verurteilt. "
        "Die Motoren waren laut Anklage für Drohnen bestimmt.",
    ),
    "trains-en": (
        "en",
        "Night trains to Odesa return",
        "The railway will run two more night trains between Kyiv and Odesa from July. "
        "Tickets cost ten per cent more than last summer.",
    ),
    "school-uk": (
        "uk",
        "Школа під землею",
        "У Харкові відкрили третю підземну школу, в якій навчатимуться шістсот дітей. "
        "Класи розташовані на глибині шести метрів.",
    ),
    "fleet-ru": (
        "ru",
        "Корабли ушли из порта",
        "Спутниковые снимки показывают, что три корабля покинули порт Феодосии. "
        "Министерство обороны не стало комментировать их передвижение.",
    ),
}

# (question, article that answers), each asked in another language than the article's.
ACROSS = [
    (
        "Wie viele Feuerwehrleute erlitten beim Brand des Treibstofflagers Verbrennungen?",
        "depot-uk",
    ),
    ("Who repaired the bridge over the Inhulets river?", "bridge-de"),
    ("Скільки генераторів отримала дитяча лікарня?", "hospital-en"),
    ("Warum ernteten die Bauern weniger Weizen?", "harvest-ru"),
    ("За что суд осудил торговца моторами?", "court-de"),
    ("На скільки подорожчали квитки на нічні потяги?", "trains-en"),
    ("How deep below the ground are the classrooms?", "school-uk"),
    ("Wie viele Schiffe haben den Hafen verlassen?", "fleet-ru"),
]


def write_news(folder: Path, order: list[str]) -> Path:
    folder.mkdir()
    for name in order:
        language, title, body = NEWS[name]
        (folder / f"{name}.md").write_text(
            f"---\ntitle: {title}\nlanguage: {language}\npublisher: {language}-Blatt\n"
            f"published: 2024-0{1 + list(NEWS).index(name)}-10\n---\n{body}\n",
            encoding="utf-8",
        )
    return folder


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Iterator[Assistant]:
    base = tmp_path_factory.mktemp("news")
    with Assistant.open(library(base / "library", models), write=True) as opened:
        opened.ingest([write_news(base / "texts", list(NEWS))])
        yield opened


def asked(assistant: Assistant, text: str) -> Question:
    return expansion.translated(question.parse(text, assistant.actors), assistant.index)


@pytest.mark.parametrize(("text", "article"), ACROSS)
def test_the_answering_article_comes_first_in_another_language(
    news: Assistant, text: str, article: str
) -> None:
    assert news.search(text)[0].passage.article_id == article


def test_a_question_gets_the_words_of_the_other_languages(shipped: Assistant) -> None:
    def words(text: str) -> dict[str, tuple[str, ...]]:
        return {group[0]: group for group in asked(shipped, text).terms}

    ukrainian = words("Скільки поранених солдатів повернули додому?")
    assert {"soldat", "soldier"} <= set(ukrainian["солдат"])
    russian = words("Какой командир руководил сапёрами?")
    assert "sapper" in russian["сапер"]
    german = words("Wer bestätigte die Verluste?")
    assert {"lost", "потер"} <= set(german["verlust"])


def test_a_library_in_the_language_of_the_question_alone_changes_no_question(
    assistant: Assistant, tmp_path: Path, models: Path
) -> None:
    with Assistant.open(library(tmp_path / "one", models), write=True) as german:
        german.ingest([write_news(tmp_path / "texts", ["bridge-de", "court-de"])])
        parsed = question.parse("Wer hat die Brücke repariert?", german.actors)
        assert expansion.translated(parsed, german.index) == parsed


def test_the_order_of_ingest_does_not_show(news: Assistant, tmp_path: Path, models: Path) -> None:
    names = list(NEWS)
    random.Random(7).shuffle(names)
    with Assistant.open(library(tmp_path / "library", models), write=True) as other:
        folder = write_news(tmp_path / "texts", names)
        for name in names:
            other.ingest([folder / f"{name}.md"])
        for text, _ in ACROSS:
            assert other.search(text) == news.search(text)


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        (Filters(languages=("ru",)), {"harvest-ru", "fleet-ru"}),
        (Filters(publishers=("de-Blatt",)), {"bridge-de", "court-de"}),
        (Filters(since="2024-07-01"), {"school-uk", "fleet-ru"}),
        (Filters(until="2024-01"), {"depot-uk"}),
        (Filters(articles=("trains-en",)), {"trains-en"}),
        (Filters(languages=("uk",), since="2024-02-01"), {"school-uk"}),
        (Filters(languages=("en",), publishers=("de-Blatt",)), set()),
    ],
)
def test_only_what_passes_the_filters_is_found(
    news: Assistant, filters: Filters, wanted: set[str]
) -> None:
    hits = news.search("Wie viele Schiffe haben den Hafen verlassen?", filters=filters)
    assert {hit.passage.article_id for hit in hits} == wanted


@pytest.mark.parametrize(
    ("few", "many", "share"),
    [(200, 30_000, 20), (0, 30_000, 0), (0, 30_000, 20), (0, 0, 20)],
    ids=["one and all", "chosen by Chroma", "picked, else chosen", "picked from all"],
)
def test_a_filter_that_goes_with_the_topic_leaves_something_in_each_language(
    shipped: Assistant, monkeypatch: pytest.MonkeyPatch, few: int, many: int, share: int
) -> None:
    text = "Wie viele Soldaten kehrten bei dem Austausch zurück?"
    near = {hit.passage.article_id for hit in shipped.search(text)[:20]}
    kept = {info.id: info.language for info in shipped.articles() if info.id not in near}
    monkeypatch.setattr(retrieval, "DENSE", 1)
    monkeypatch.setattr(retrieval, "FEW", few)
    monkeypatch.setattr(retrieval, "MANY", many)
    monkeypatch.setattr(retrieval, "LEAST_SHARE", share)
    parsed, filters = question.parse(text, shipped.actors), Filters(articles=tuple(sorted(kept)))
    scored = Pool.of(replace(parsed, terms=()), shipped.index, filters).scored
    assert {one.passage.article_id for one in scored} <= kept.keys()
    assert {one.passage.language for one in scored} == set(kept.values())
    words = (("austausch",), ("soldat",))
    keys = {one.passage.key for one in scored}
    for one in Pool.of(replace(parsed, terms=words), shipped.index, filters).scored:
        assert one.passage.article_id in kept
        assert one.passage.key in keys or one.passage.terms & {"austausch", "soldat"}


def test_keys_that_chroma_does_not_hold_are_passed_over(news: Assistant) -> None:
    index = news.index
    keys = index.catalog.keys("de", ["court-de"], index.embedder.fingerprint)
    query = index.embedder.query("Motoren")
    found = index.vectors.search("passages-de", query, 5, [*keys, "nobody:0-1:0"])
    assert [key for key, _ in found] == keys
    assert index.vectors.search("passages-de", query, 5, ["nobody:0-1:0"]) == []
    assert index.catalog.keys("de", ["court-de"], "another model") == []


def test_an_as_of_date_hides_what_came_later(news: Assistant) -> None:
    hits = news.search("Wie viele Schiffe haben den Hafen verlassen?", as_of="2024-04-30")
    assert {h.passage.article_id for h in hits} == {
        "depot-uk",
        "bridge-de",
        "hospital-en",
        "harvest-ru",
    }


def test_a_question_that_is_answered_seems_so_and_one_about_something_else_does_not(
    news: Assistant,
) -> None:
    def chance(text: str) -> float:
        parsed = asked(news, text)
        pool = Pool.of(parsed, news.index)
        hits = pool.hits()
        found = answerability.signals(pool, hits)
        return answerability.probability(found, hits[0].language == parsed.language)

    answered = [chance(text) for text, _ in ACROSS]
    strange = [
        chance("Welche Mannschaft gewann das Endspiel der Schachliga?"),
        chance("Which vitamin do oranges contain?"),
        chance("Кто написал музыку к этому балету?"),
        chance("Яка температура плавлення вольфраму?"),
    ]
    assert min(answered) > max(strange)


def test_nothing_found_has_no_chance() -> None:
    assert answerability.probability(None, same_language=True) == 0.0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Суджа", "Sudscha"),
        ("Курської", "Kursk"),
        ("Зеленський", "Selenskyj"),
        ("Poltawa", "Полтаві"),
        ("Маріуполь", "Mariupol"),
    ],
)
def test_names_share_their_letters_across_scripts(one: str, other: str) -> None:
    near, far = grams.shares(
        f"in {one}", [f"Bericht über {other} heute", "Ein Bericht von gestern"]
    )
    assert near > far


@given(st.text(max_size=60), st.lists(st.text(max_size=120), max_size=6))
def test_shares_are_shares_for_any_text(asked_for: str, texts: list[str]) -> None:
    found = grams.shares(asked_for, texts)
    assert len(found) == len(texts)
    assert all(0 <= share <= 1 + 1e-9 for share in found)
