"""Which body or person a description means, and where a name ends."""

import pytest

from rag import actors, attribution, body_kinds, segmentation
from rag.schema import Article, SourceKind


def article(text: str, language: str) -> Article:
    whole = f"Titel\n\n{text}"
    return Article(id="a", title="Titel", text=whole, language=language, content_hash="0")


def names(text: str, language: str) -> list[str]:
    one = article(text, language)
    claims = attribution.extract(one, segmentation.sentences(one), actors.load())
    return [source.name for claim in claims for source in claim.sources]


BODIES: dict[str, tuple[str, str, str]] = {
    "a company after an authority": (
        "en", "The coast guard said two men were hurt. Baltline Shipping put the damage at 3 "
        "million euros. The company expects to sail again on Monday.", "Baltline Shipping"),
    "a German company": (
        "de", "Die Bahngesellschaft Ostcargo sprach von sechs Waggons. Den Schaden beziffert das "
        "Unternehmen auf 400.000 Euro.", "Bahngesellschaft Ostcargo"),
    "a German authority that did not speak": (
        "de", "Die Bundesanwaltschaft hat drei Männer festnehmen lassen. Sie sollen im Auftrag der "
        "Agenten Brände gelegt haben, wie die Behörde mitteilte.", "Bundesanwaltschaft"),
    "an agency of a state": (
        "en", "South Korea's National Intelligence Service said 11,000 remained. Kyiv's count is "
        "higher, HUR said. The South Korean agency puts the dead at 2,300.",
        "National Intelligence Service"),
    "a ministry by its capital": (
        "en", "Russia's Defence Ministry said the town was taken. According to the ministry in "
        "Moscow, flags were raised.", "Russian defence ministry"),
    "in the view of a body": (
        "de", "Ein Container verschwand, sagte der Hafen. Die Spedition Nordlog räumte Fehler ein. "
        "Nach Darstellung des Konzerns half ein Fahrer.", "Spedition Nordlog"),
    "a firm named by its kind": (
        "uk", "Влучили у склад аграрної фірми «Полісся-Агро». Згоріло сорок тонн добрив, "
        "повідомили у фірмі.", "фірма «Полісся-Агро»"),
    "an authority that was the subject": (
        "uk", "Обласна прокуратура почала провадження. У відомстві зазначили, що били дронами.",
        "обласна прокуратура"),
    "an apposition": (
        "ru", "Владелец судна, греческая компания «Эгеон Балк», уточнил, что на борту 21 моряк.",
        "компания «Эгеон Балк»"),
}  # fmt: skip


@pytest.mark.parametrize(("language", "text", "name"), BODIES.values(), ids=BODIES)
def test_a_noun_means_the_body_of_its_kind(language: str, text: str, name: str) -> None:
    assert names(text, language)[-1].lower() == name.lower()


NAMES: dict[str, tuple[str, str, str]] = {
    "behind a genitive with a preposition": (
        "uk", "Бійці відійшли, розповів командир одного з її батальйонів Андрій Савчук.",
        "Андрій Савчук"),
    "a surname that no case changes": (
        "ru", "Порт, по прогнозу министра Оксаны Левченко, откроют в августе.", "Оксана Левченко"),
    "behind an adjective that opens the sentence": (
        "ru", "Лондонский страховой брокер Питер Мейсон говорит, что сборы выросли.",
        "Питер Мейсон"),
    "a foreign given name": (
        "ru", "Зампред правления банка «Дунай» Йон Маринеску прогнозирует рост ставок.",
        "Йон Маринеску"),
    "a former post beside another's": (
        "de", "Der Sondergesandte Steve Witkoff schwieg. Skeptisch ist der frühere Diplomat Tomas "
        "Rieger, der mit keinem Abkommen rechnet.", "Tomas Rieger"),
    "a name in quotation marks": (
        "de", "Die Zeitung „Courrier du Lac“ berichtete, das Papier sei fertig.",
        "Zeitung „Courrier du Lac“"),
    "one of several": (
        "de", "Einer der beiden Diplomaten nannte unserer Redaktion 25 Kilometer.",
        "Einer der beiden Diplomaten"),
    "a pronoun behind somebody unnamed": (
        "ru", "Иван Петров сказал, что всё хорошо. Источник в полиции настроен иначе. По его "
        "словам, ремонт займёт год.", "Источник в полиции"),
}  # fmt: skip


@pytest.mark.parametrize(("language", "text", "name"), NAMES.values(), ids=NAMES)
def test_a_mention_ends_with_the_whole_name(language: str, text: str, name: str) -> None:
    assert names(text, language)[-1] == name


def test_whom_an_official_is_quoted_by_is_the_channel() -> None:
    text = "CNN meldete unter Berufung auf einen US-Beamten, der Streifen sei breit."
    one = article(text, "de")
    (claim,) = [
        made
        for made in attribution.extract(one, segmentation.sentences(one), actors.load())
        if made.sources
    ]
    assert [source.kind for source in claim.sources] == [SourceKind.ANONYMOUS]
    assert [source.name for source in claim.via] == ["CNN"]


def test_what_is_counted_says_nothing() -> None:
    text = "Then there is the clip, viewed four million times, that purports to show a brigade."
    assert names(text, "en") == []


@pytest.mark.parametrize(
    ("noun", "name", "fitting"),
    [
        ("company", "Tavrida Oil", True),
        ("company", "Baltline", True),  # a bare name may be a company's
        ("company", "Ministry of Energy", False),
        ("company", "IAEA", False),
        ("agency", "National Intelligence Service", True),
        ("ministry", "State Emergency Service", False),
        ("konzern", "Brandsätze am Güterzug", False),
        ("ведомство", "Краевая прокуратура", True),
        ("компания", "областная прокуратура", False),
    ],
)
def test_a_noun_fits_bodies_of_its_kind(noun: str, name: str, fitting: bool) -> None:
    assert body_kinds.fits(noun, name) is fitting


def test_a_person_behind_a_body_is_no_body() -> None:
    one = article("Про це сказав речник штабу Петро Яценко. Фірма «Нива» мовчить.", "uk")
    assert [body.mention.text for body in body_kinds.named(one, actors.load())] == ["Фірма «Нива»"]
