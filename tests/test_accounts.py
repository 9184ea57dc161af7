"""Two accounts of one event without figures: which cannot both be so, in four languages."""

import pytest

from rag import actors, comparisons, concepts, contrast, hedging, ingestion, lexicon, question
from rag.comparisons import Relation
from rag.schema import LANGUAGES, Article, Evidence

ACTORS = actors.load()


def evidence(body: str, language: str, name: str = "one", title: str = "") -> list[Evidence]:
    """The attributed claims of an article, numbered from 1."""
    text = f"{title or 'Was'}\n\n{body}"
    article = Article(name, title or "Was", text, language, name, published="2026-06-01")
    claims = [claim for claim, _ in ingestion.entry_of(article, None, ACTORS).claims]
    return [
        Evidence(n, claim, article.span(*claim.extent), article, 1.0)
        for n, claim in enumerate((c for c in claims if c.sources), 1)
    ]


def relation(asked: str, one: Evidence, other: Evidence) -> Relation:
    return comparisons.relation(question.parse(asked, ACTORS), one, other, ACTORS)


SAID = {
    "en": (
        "Russia said on 5 May 2025 that {}. ",
        "Ukraine said on 5 May 2025 that {}.",
    ),
    "de": (
        "Russland teilte am 5. Mai 2025 mit, dass {}. ",
        "Die Ukraine erklärte am 5. Mai 2025, dass {}.",
    ),
    "uk": (
        "Росія заявила 5 травня 2025 року, що {}. ",
        "Україна заявила 5 травня 2025 року, що {}.",
    ),
    "ru": (
        "Россия заявила 5 мая 2025 года, что {}. ",
        "Украина заявила 5 мая 2025 года, что {}.",
    ),
}
HIT = {
    "en": ("the strike hit a command post", "the strike hit an apartment building"),
    "de": (
        "der Schlag einen Gefechtsstand getroffen habe",
        "der Schlag ein Wohnhaus getroffen habe",
    ),
    "uk": ("удар влучив у командний пункт", "удар влучив у житловий будинок"),
    "ru": ("удар попал в командный пункт", "удар попал в жилой дом"),
}
DOWNED = {
    "en": ("all missiles had been shot down", "the missiles had hit the depot"),
    "de": ("alle Raketen abgeschossen wurden", "die Raketen das Lager getroffen haben"),
    "uk": ("усі ракети збито", "ракети влучили у склад"),
    "ru": ("все ракеты сбиты", "ракеты попали в склад"),
}
TAKEN = {
    "en": ("its troops had captured the town", "its troops were holding the town"),
    "de": ("ihre Truppen die Stadt erobert haben", "ihre Truppen die Stadt halten"),
    "uk": ("її війська захопили місто", "її війська утримують місто"),
    "ru": ("её войска захватили город", "её войска удерживают город"),
}
LEFT = {
    "en": ("the enemy was retreating from the town", "its units were being redeployed"),
    "de": ("der Gegner sich aus der Stadt zurückziehe", "ihre Einheiten verlegt werden"),
    "uk": ("противник відступає з міста", "відбувається перегрупування її підрозділів"),
    "ru": ("противник отступает из города", "происходит перегруппировка её подразделений"),
}
BLAME = {
    "en": ("Ukraine had shelled the dam", "Russia had shelled the dam"),
    "de": ("die Ukraine den Damm beschossen habe", "Russland den Damm beschossen habe"),
    "uk": ("Україна обстріляла дамбу", "Росія обстріляла дамбу"),
    "ru": ("Украина обстреляла дамбу", "Россия обстреляла дамбу"),
}
ASKED = {
    "en": "What happened on 5 May 2025?",
    "de": "Was geschah am 5. Mai 2025?",
    "uk": "Що сталося 5 травня 2025 року?",
    "ru": "Что произошло 5 мая 2025 года?",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("contents", [HIT, DOWNED, TAKEN, LEFT, BLAME])
def test_enemies_who_tell_one_event_otherwise_contradict_each_other(
    contents: dict[str, tuple[str, str]], language: str
) -> None:
    first, second = (
        frame.format(c) for frame, c in zip(SAID[language], contents[language], strict=True)
    )
    one, other = evidence(first + second, language)
    assert relation(ASKED[language], one, other) is Relation.CONFLICT


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_places_are_two_events(language: str) -> None:
    places = {
        "en": ("the strike on Kharkiv hit a command post", "the strike on Poltava hit a school"),
        "de": (
            "der Schlag auf Charkiw einen Gefechtsstand getroffen habe",
            "der Schlag auf Poltawa eine Schule getroffen habe",
        ),
        "uk": (
            "удар по Харкову влучив у командний пункт",
            "удар по Полтаві влучив у школу",
        ),
        "ru": ("удар по Харькову попал в командный пункт", "удар по Полтаве попал в школу"),
    }[language]
    first, second = (frame.format(c) for frame, c in zip(SAID[language], places, strict=True))
    one, other = evidence(first + second, language)
    assert relation(ASKED[language], one, other) is Relation.NOT_COMPARABLE


def test_one_side_alone_tells_of_two_targets() -> None:
    body = (
        "Ukraine said on 5 May 2025 that the strike hit an ammunition depot. "
        "The General Staff of Ukraine said on 5 May 2025 that the strike hit an apartment building."
    )
    one, other = evidence(body, "en")
    assert relation("What was hit on 5 May 2025?", one, other) is not Relation.CONFLICT


def test_all_concepts_of_accounts_are_known() -> None:
    table, told = lexicon.load("incompatible"), lexicon.load("outcomes")
    named = [table["common"], table["blame"], *told["told"].values()]
    named += [row["event"] for row in told["pair"] if "event" in row]
    assert {key for words in named for key in words.split()} <= concepts.keys()


def test_all_tellings_are_known_by_concepts_or_phrases_of_every_language() -> None:
    table = lexicon.load("outcomes")
    rows = [row[key] for row in table["pair"] for key in ("one", "other", "asked") if key in row]
    named = {name for words in (table["once"], table["blame"], *rows) for name in words.split()}
    for language in LANGUAGES:
        assert named <= table["told"].keys() | lexicon.load("outcomes", language).keys()


@pytest.mark.parametrize(
    ("language", "body"),
    [
        (
            "en",
            "Russia said on 5 May 2025 that debris had caused a fire.\n\n"
            "Kyiv tells it differently. The General Staff of Ukraine said that a depot had burnt.",
        ),
        (
            "de",
            "Russland erklärte am 5. Mai 2025, Trümmer hätten einen Brand verursacht.\n\n"
            "Kiew stellt es anders dar. Der Generalstab der Ukraine sagte, ein Lager brenne.",
        ),
        (
            "uk",
            "Росія заявила 5 травня 2025 року, що пожежу спричинили уламки.\n\n"
            "Київ описує це інакше. Генштаб України заявив, що горів склад.",
        ),
        (
            "ru",
            "Россия заявила 5 мая 2025 года, что пожар вызвали обломки.\n\n"
            "Киев описывает это иначе. Генштаб Украины заявил, что горел склад.",
        ),
    ],
)
def test_a_paragraph_that_opens_with_a_contrast_stands_against_the_one_before(
    language: str, body: str
) -> None:
    one, other = evidence(body, language)
    assert relation(ASKED[language], one, other) is Relation.CONFLICT


@pytest.mark.parametrize(
    ("language", "body"),
    [
        (
            "en",
            "Russia said on 5 May 2025 that the town was taken. The sides did not dispute it: "
            "Ukraine said on 5 May 2025 that its troops had left.",
        ),
        (
            "de",
            "Russland erklärte am 5. Mai 2025, die Stadt sei genommen. Die Seiten waren nicht "
            "uneinig: Die Ukraine erklärte am 5. Mai 2025, ihre Truppen seien fort.",
        ),
        (
            "uk",
            "Росія заявила 5 травня 2025 року, що місто взято. Сторони про це не сперечалися: "
            "Україна заявила 5 травня 2025 року, що її військ там немає.",
        ),
        (
            "ru",
            "Россия заявила 5 мая 2025 года, что город взят. Стороны об этом не спорили: "
            "Украина заявила 5 мая 2025 года, что её войск там нет.",
        ),
    ],
)
def test_what_is_not_disputed_is_no_conflict(language: str, body: str) -> None:
    one, other = evidence(body, language)[:2]
    asked = question.parse(ASKED[language], ACTORS)
    assert not contrast.is_between(asked, one, other, ACTORS, weak=False)


@pytest.mark.parametrize(
    "asked",
    [
        "Who is right about the strike?",
        "Who says what about the pocket?",
        "Whose figure is it?",
        "Wer hat recht?",
        "Wer sagt was zum Kessel?",
        "Wessen Zahl stimmt?",
        "Хто має рацію?",
        "Хто що каже про котел?",
        "Чиї дані правильні?",
        "Кто из них прав?",
        "Кто что говорит о котле?",
        "Чьи данные верны?",
    ],
)
def test_a_question_for_both_accounts_compares(asked: str) -> None:
    assert question.parse(asked, ACTORS).compares


@pytest.mark.parametrize(
    ("language", "body", "reaches"),
    [
        ("en", "Kyiv said they agreed on how a ceasefire might be monitored.", False),
        ("en", "Kyiv said the ceasefire might be monitored.", True),
        ("de", "Kiew sagte, man sei einig, wie eine Feuerpause womöglich überwacht wird.", False),
        ("de", "Kiew sagte, die Feuerpause werde womöglich überwacht.", True),
        ("uk", "Київ заявив, що зрозуміло, як припинення вогню можливо контролюватимуть.", False),
        ("uk", "Київ заявив, що припинення вогню можливо контролюватимуть.", True),
        ("ru", "Киев заявил, что понятно, как прекращение огня возможно будут проверять.", False),
        ("ru", "Киев заявил, что прекращение огня возможно будут проверять.", True),
    ],
)
def test_a_hedge_in_a_question_within_the_sentence_is_of_that_alone(
    language: str, body: str, reaches: bool
) -> None:
    item = evidence(body, language)[0]
    assert item.claim.hedges
    assert bool(hedging.reaching(item, ACTORS)) is reaches


def test_a_hedge_of_an_added_phrase_is_of_that_alone() -> None:
    (item,) = evidence("Washington said the ban was lifted, at first probably in Kursk.", "en")
    assert item.claim.hedges
    assert not hedging.reaching(item, ACTORS)


def test_a_bare_figure_counts_what_the_one_beside_it_counts() -> None:
    body = (
        "The NIS put the total at 1,100 on 23 December 2024. Ukraine said on 23 December 2024 "
        "that more than 3,000 North Koreans had been killed or wounded."
    )
    one, other = evidence(body, "en")
    asked = "How many North Koreans were killed or wounded?"
    assert relation(asked, one, other) is Relation.CONFLICT


def test_dead_soldiers_are_not_compared_with_dead_civilians() -> None:
    asked = "How many were killed in Ukraine?"
    (one,) = evidence("Ukraine said on 4 May 2025 that 45,000 soldiers were killed.", "en")
    (other,) = evidence("The UN said on 4 May 2025 that 12,000 civilians were killed.", "en", "two")
    assert relation(asked, one, other) is Relation.NOT_COMPARABLE


@pytest.mark.parametrize(
    "body",
    [
        "Ukraine said on 5 May 2025 that {} soldiers of North Korea were killed.",
        "The NIS said on 5 May 2025 that {} soldiers were killed.",
    ],
)
def test_dead_of_two_articles_are_compared_where_both_say_whose_or_of_which_day(body: str) -> None:
    asked = "How many soldiers were killed?"
    (one,) = evidence("The Pentagon said on 5 May 2025 that 300 North Koreans died.", "en")
    (other,) = evidence(body.format("3,000"), "en", "two")
    assert relation(asked, one, other) is Relation.CONFLICT
    (later,) = evidence(body.replace("5 May", "9 May").format("3,000"), "en", "two")
    named = "Korea" in body
    expected = Relation.CONFLICT if named else Relation.NOT_COMPARABLE
    assert relation(asked, one, later) is expected


REJECTED = {
    "en": ("Who holds the town?", "the Centre group had entered Lyman", "Ukraine rejected this."),
    "de": (
        "Wer hat die Stadt?",
        "die Gruppe Mitte in Lyman eingerückt sei",
        "Die Ukraine wies das zurück.",
    ),
    "uk": (
        "Хто утримує місто?",
        "група «Центр» увійшла до Лиману",
        "Україна відкинула це.",
    ),
    "ru": (
        "Кто удерживает город?",
        "группировка «Центр» вошла в Лиман",
        "Украина отвергла это.",
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rejection_whose_object_is_a_pronoun_is_of_what_was_said_before(language: str) -> None:
    asked, told, rejected = REJECTED[language]
    one, other = evidence(SAID[language][0].format(told) + rejected, language)
    assert relation(asked, one, other) is Relation.CONFLICT
