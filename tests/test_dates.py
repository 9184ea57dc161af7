# ruff: noqa: E501  (a sentence stands on one line with its dates)
from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag import dates
from rag.errors import InputError
from rag.schema import LANGUAGES, Span

PUBLISHED = "2024-10-29"  # a Tuesday

# Language, sentence, and each date as (its words, ISO value).
DATES: list[tuple[str, str, list[tuple[str, str | None]]]] = [
    # --- German
    ("de", "Das Abkommen wurde am 28. Oktober 2024 in Moskau unterzeichnet.", [("28. Oktober 2024", "2024-10-28")]),
    ("de", "Das Pentagon äußerte sich am Montag, Choe traf am Dienstag ein.", [("Montag", "2024-10-28"), ("Dienstag", "2024-10-29")]),
    ("de", "Choe soll am Mittwoch nach Moskau weiterreisen.", [("Mittwoch", "2024-10-30")]),
    ("de", "Der Minister soll am Freitag in Kiew eingetroffen sein.", [("Freitag", "2024-10-25")]),
    ("de", "Die Ukraine war Anfang August in die Region eingedrungen.", [("Anfang August", "2024-08-01/2024-08-10")]),
    ("de", "Im Juni unterzeichneten beide Staaten einen Vertrag.", [("Juni", "2024-06")]),
    ("de", "Mitte Oktober 2024 begann die Verlegung, Ende des Monats war sie beendet.", [("Mitte Oktober 2024", "2024-10-11/2024-10-20")]),
    ("de", "Vom 8. bis 13. Oktober transportierte die Flotte Soldaten.", [("8. bis 13. Oktober", "2024-10-08/2024-10-13")]),
    ("de", "Zwischen dem 28. Dezember 2024 und dem 3. Januar 2025 gab es keine Angriffe.", [("28. Dezember 2024 und dem 3. Januar 2025", "2024-12-28/2025-01-03")]),
    ("de", "Gestern kam es zu Gefechten, heute herrscht Ruhe.", [("Gestern", "2024-10-28"), ("heute", "2024-10-29")]),
    ("de", "Am Morgen fielen Schüsse, der Morgen war kalt.", []),
    ("de", "Er kündigte an, morgen nach Brüssel zu fliegen.", [("morgen", "2024-10-30")]),
    ("de", "In der vergangenen Woche wurden die Angriffe stärker.", [("vergangenen Woche", "2024-10-21/2024-10-27")]),
    ("de", "Im vergangenen Jahr lieferte Pjöngjang erstmals Granaten.", [("vergangenen Jahr", "2023")]),
    ("de", "Vor drei Tagen wurde die Brücke zerstört.", [("drei Tagen", "2024-10-26")]),
    ("de", "In den letzten Wochen hat die Ukraine den Westen gewarnt.", [("In den letzten Wochen", None)]),
    ("de", "In den vergangenen zehn Tagen fielen hundert Soldaten.", [("In den vergangenen zehn Tagen", "2024-10-19/2024-10-29")]),
    ("de", "Seit Februar 2022 herrscht Krieg, seit 2014 ist die Krim besetzt.", [("Februar 2022", "2022-02"), ("2014", "2014")]),
    ("de", "Am 3.10.2024 und am 24.10. wurden Schiffe gesehen.", [("3.10.2024", "2024-10-03"), ("24.10.", "2024-10-24")]),
    ("de", "Die Wahl findet am 5. November statt.", [("5. November", None)]),
    ("de", "Am 5. November wird in den USA gewählt.", [("5. November", "2024-11-05")]),
    ("de", "Am 10. und 21. Oktober 2024 äußerte sich der Sprecher.", [("10", "2024-10-10"), ("21. Oktober 2024", "2024-10-21")]),
    ("de", "Der Bericht vom 30. Februar 2024 ist erfunden.", [("30. Februar 2024", None)]),
    ("de", "Im Sommer 2023 reiste er nach Pjöngjang.", [("Sommer 2023", "2023-06-01/2023-08-31")]),
    ("de", "Die 810. Brigade verlor 2000 Soldaten und 12 Panzer, 300 davon bei Kursk.", []),
    ("de", "Kämpfe vom Typ F-16 und Artikel 5 spielten um 15:30 Uhr keine Rolle.", []),
    ("de", "Im dritten Quartal des vergangenen Jahres sank der Export.", [("dritten Quartal", "2023-07-01/2023-09-30"), ("vergangenen Jahres", "2023")]),
    ("de", "Im Sommer griffen sie an, in der Nacht von Sonntag auf Montag zogen sie ab.", [("Im Sommer", "2024-06-01/2024-08-31"), ("Montag", "2024-10-28")]),
    ("de", "In der Nacht vom 4. auf den 5. Oktober brannte es, am Wochenende wieder.", [("4. auf den 5. Oktober", "2024-10-05"), ("am Wochenende", "2024-10-26/2024-10-27")]),
    ("de", "Ende vergangenen Jahres floh er, im Winter 2022/23 kam er zurück.", [("Ende vergangenen Jahres", "2023-09-01/2023-12-31"), ("Winter 2022/23", "2022-12-01/2023-02-28")]),
    # --- English
    ("en", "On October 28, 2024, the Pentagon gave an update.", [("October 28, 2024", "2024-10-28")]),
    ("en", "The treaty of 19 June 2024 was ratified on Nov. 6.", [("19 June 2024", "2024-06-19"), ("Nov. 6", None)]),
    ("en", "Singh said on Monday that some troops will move closer.", [("Monday", "2024-10-28")]),
    ("en", "He will meet Lavrov on Friday in Moscow.", [("Friday", "2024-11-01")]),
    ("en", "Last week the numbers rose; last month they fell.", [("Last week", "2024-10-21/2024-10-27"), ("last month", "2024-09")]),
    ("en", "They may attack in May, he said, as they did in March.", [("May", "2024-05"), ("March", "2024-03")]),
    ("en", "The march of may-be soldiers started in early October.", [("early October", "2024-10-01/2024-10-10")]),
    ("en", "Between 3 and 5 May the shelling stopped.", [("3 and 5 May", "2024-05-03/2024-05-05")]),
    ("en", "From October 8 to 13, 2024, ships carried 1,500 men.", [("October 8 to 13, 2024", "2024-10-08/2024-10-13")]),
    ("en", "Two days ago a depot burned; a year ago it was new.", [("Two days ago", "2024-10-27"), ("a year ago", "2023")]),
    ("en", "In the past 24 hours 300 attacks were counted.", [("In the past 24 hours", "2024-10-28/2024-10-29")]),
    ("en", "It was signed on the 3rd of October, not on 03/04/2024.", [("3rd of October", "2024-10-03"), ("03/04/2024", None)]),
    ("en", "The letter of 10/28/2024 was leaked in 2025.", [("10/28/2024", "2024-10-28"), ("2025", "2025")]),
    ("en", "Since the summer of 2023, and until mid-2024, shells were shipped.", [("summer of 2023", "2023-06-01/2023-08-31"), ("mid-2024", "2024-05-01/2024-08-31")]),
    ("en", "From 2014 to 2022 the front was frozen.", [("2014", "2014"), ("2022", "2022")]),
    ("en", "Yesterday's strike followed the one of last Tuesday.", [("Yesterday", "2024-10-28"), ("last Tuesday", "2024-10-22")]),
    ("en", "The page was updated 2024-10-21T09:30 by the editor.", [("2024-10-21", "2024-10-21")]),
    ("en", "Some 2000 soldiers of the 3rd brigade fled in 10 tanks.", []),
    ("en", "Late in 2024 the talks resumed.", [("Late in 2024", "2024-09-01/2024-12-31")]),
    ("en", "They meet next week, on 6 and 7 November 2024.", [("next week", "2024-11-04/2024-11-10"), ("6", "2024-11-06"), ("7 November 2024", "2024-11-07")]),
    ("en", "Exports fell in Q1 2024 and rose in the second half of last year.", [("Q1 2024", "2024-01-01/2024-03-31"), ("second half", "2023-07-01/2023-12-31"), ("last year", "2023")]),
    ("en", "The vote of the twenty-first of May, 2023, was held after the fall of Bakhmut.", [("twenty-first of May, 2023", "2023-05-21")]),
    # --- Ukrainian
    ("uk", "28 жовтня 2024 року Пентагон оприлюднив заяву.", [("28 жовтня 2024 року", "2024-10-28")]),
    ("uk", "У понеділок Генштаб повідомив про втрати.", [("понеділок", "2024-10-28")]),
    ("uk", "У п’ятницю президент прибуде до Брюсселя.", [("п’ятницю", "2024-11-01")]),
    ("uk", "Минулого тижня обстріли посилилися, минулого місяця їх було менше.", [("Минулого тижня", "2024-10-21/2024-10-27"), ("минулого місяця", "2024-09")]),
    ("uk", "На початку серпня українські війська увійшли на Курщину.", [("На початку серпня", "2024-08-01/2024-08-10")]),
    ("uk", "Наприкінці 2023 року постачання зросли.", [("Наприкінці 2023 року", "2023-09-01/2023-12-31")]),
    ("uk", "З 8 по 13 жовтня кораблі перевезли солдатів.", [("8 по 13 жовтня", "2024-10-08/2024-10-13")]),
    ("uk", "Три дні тому міст було знищено.", [("Три дні тому", "2024-10-26")]),
    ("uk", "Торік у червні підписали договір.", [("Торік", "2023"), ("червні", "2023-06")]),
    ("uk", "Війна триває з лютого 2022 року, Крим окуповано 2014 року.", [("лютого 2022 року", "2022-02"), ("2014 року", "2014")]),
    ("uk", "Учора було тихо, сьогодні знову лунали вибухи.", [("Учора", "2024-10-28"), ("сьогодні", "2024-10-29")]),
    ("uk", "За останню добу збито 47 дронів і 12 ракет.", [("За останню добу", None)]),
    ("uk", "Влітку 2023 року він їздив до Пхеньяна.", [("Влітку 2023 року", "2023-06-01/2023-08-31")]),
    ("uk", "До міста увійшла 810-та бригада, 2000 солдатів і 3 танки.", []),
    ("uk", "У першому півріччі 2024 року та минулої осені було тихо.", [("першому півріччі 2024 року", "2024-01-01/2024-06-30"), ("минулої осені", "2023-09-01/2023-11-30")]),
    # --- Russian
    ("ru", "В III квартале 2023-го и пятого ноября 2023 года завод стоял.", [("III квартале 2023-го", "2023-07-01/2023-09-30"), ("пятого ноября 2023 года", "2023-11-05")]),
    ("ru", "24 октября 2024 года Путин ответил на вопрос.", [("24 октября 2024 года", "2024-10-24")]),
    ("ru", "Песков заявил об этом 10 и 21 октября 2024 года.", [("10", "2024-10-10"), ("21 октября 2024 года", "2024-10-21")]),
    ("ru", "В понедельник ведомство не стало комментировать сообщения.", [("понедельник", "2024-10-28")]),
    ("ru", "В среду министр прибудет в Москву.", [("среду", "2024-10-30")]),
    ("ru", "На прошлой неделе потери выросли.", [("прошлой неделе", "2024-10-21/2024-10-27")]),
    ("ru", "В прошлом году было подписано соглашение.", [("прошлом году", "2023")]),
    ("ru", "В начале августа украинские войска вошли в регион.", [("В начале августа", "2024-08-01/2024-08-10")]),
    ("ru", "Об этом договорились 19 июня прошлого года.", [("19 июня", "2023-06-19"), ("прошлого года", "2023")]),
    ("de", "Das wurde im Juni vergangenen Jahres vereinbart.", [("Juni", "2023-06"), ("vergangenen Jahres", "2023")]),
    ("ru", "Два дня назад мост был разрушен, год назад он был цел.", [("Два дня назад", "2024-10-27"), ("год назад", "2023")]),
    ("ru", "С 3 по 5 мая обстрелов не было.", [("3 по 5 мая", "2024-05-03/2024-05-05")]),
    ("ru", "В конце октября 2024 года НАТО подтвердила переброску.", [("В конце октября 2024 года", "2024-10-21/2024-10-31")]),
    ("ru", "Вчера и сегодня шли бои, завтра ждут дождя.", [("Вчера", "2024-10-28"), ("сегодня", "2024-10-29"), ("завтра", "2024-10-30")]),
    ("ru", "Война идёт с февраля 2022 года, в 2014 году был аннексирован Крым.", [("февраля 2022 года", "2022-02"), ("2014 году", "2014")]),
    ("ru", "За последние 24 часа сбито 60 беспилотников.", [("За последние 24 часа", "2024-10-28/2024-10-29")]),
    ("ru", "Среди погибших 2000 солдат и 3 офицера, окружающую среду не изучали.", []),
    ("ru", "По состоянию на 23.12.2024 потери составили 1100 человек.", [("23.12.2024", "2024-12-23")]),
]  # fmt: skip


def _find(text: str, language: str, published: str | None) -> list[tuple[str, str | None]]:
    span = Span("a", 0, len(text), text)
    return [(found.text, value) for found, value in dates.find(span, language, published)]


@pytest.mark.parametrize(("language", "sentence", "expected"), DATES)
def test_dates_of_a_sentence_are_resolved_against_the_day_of_publication(
    language: str, sentence: str, expected: list[tuple[str, str | None]]
) -> None:
    assert _find(sentence, language, PUBLISHED) == expected


@pytest.mark.parametrize(
    ("language", "sentence", "expected"),
    [
        ("de", "Das Pentagon sagte es am Montag.", [("Montag", None)]),
        (
            "de",
            "Im Juni und am 28. Oktober 2024 trafen sie sich.",
            [("Juni", None), ("28. Oktober 2024", "2024-10-28")],
        ),
        (
            "en",
            "Yesterday and last week nothing happened.",
            [("Yesterday", None), ("last week", None)],
        ),
        ("uk", "У понеділок, 3 жовтня, загинули люди.", [("понеділок", None), ("3 жовтня", None)]),
        (
            "ru",
            "Два дня назад и на прошлой неделе шли бои.",
            [("Два дня назад", None), ("прошлой неделе", None)],
        ),
    ],
)
def test_without_a_day_of_publication_relative_dates_keep_their_words_and_no_value(
    language: str, sentence: str, expected: list[tuple[str, str | None]]
) -> None:
    assert _find(sentence, language, None) == expected
    assert _find(sentence, language, "2024-10") == expected  # a month is no day to count from


@pytest.mark.parametrize(
    ("published", "value"),
    [
        ("2024-10-29", "2024-10-03"),
        ("2024-10-03", "2024-10-03"),
        ("2024-10-02", None),  # tomorrow, or a year ago: the words do not say
        ("2024-06-01", "2023-10-03"),
    ],
)
def test_a_day_without_a_year_is_the_last_one_unless_the_next_is_near(
    published: str, value: str | None
) -> None:
    assert _find("Der Vertrag wurde am 3. Oktober geschlossen.", "de", published) == [
        ("3. Oktober", value)
    ]


def test_spans_are_offsets_of_the_article() -> None:
    article = "Titel\n\nEs geschah am 28. Oktober 2024 in Kursk."
    start = article.index("Es")
    ((found, value),) = dates.find(Span("a7", start, len(article), article[start:]), "de", None)
    assert (found.article_id, found.text, value) == ("a7", "28. Oktober 2024", "2024-10-28")
    assert article[found.start : found.end] == found.text


def test_resolve_gives_the_first_date_that_has_a_value() -> None:
    asked = "Was sagte Rutte am Montag, dem 28. Oktober 2024, und was 2025?"
    assert dates.resolve(asked, "de", None) == "2024-10-28"
    assert dates.resolve(asked, "de", PUBLISHED) == "2024-10-28"
    assert dates.resolve("Wer bestätigte die Zahlen?", "de", PUBLISHED) is None
    assert dates.resolve("Le 3 octobre 2024", "fr", PUBLISHED) is None


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2024-10-28", "2024-10-28", "2024-10-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("2024-10-21/2024-10-31", "2024-10-21", "2024-10-31"),
        ("2024-10/2024-12", "2024-10-01", "2024-12-31"),
    ],
)
def test_bounds_are_the_first_and_the_last_day(value: str, first: str, last: str) -> None:
    assert dates.bounds(value) == (first, last)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("2024-10", "2024-10-28", True),
        ("2024", "2025-01-01", False),
        ("2024-10-01/2024-10-10", "2024-10-10/2024-10-20", True),
        ("2024-10-01/2024-10-10", "2024-10-11", False),
    ],
)
def test_periods_overlap_where_they_share_a_day(a: str, b: str, expected: bool) -> None:
    assert dates.overlaps(a, b) is expected
    assert dates.overlaps(b, a) is expected


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" 2024-10-28 ", "2024-10-28"),
        ("2024-10", "2024-10"),
        ("2024", "2024"),
        ("2024-10-28T12:30:00Z", "2024-10-28"),
        ("2024-10/2024-11-05", "2024-10-01/2024-11-05"),
        ("2024-10-28/2024-10-28", "2024-10-28"),
    ],
)
def test_a_date_that_a_user_types_is_kept_in_its_shortest_form(typed: str, kept: str) -> None:
    assert dates.valid(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "yesterday",
        "28.10.2024",
        "2024-13",
        "2024-02-30",
        "2024-10-28/2024-10-01",
        "2024-10-28/",
        "0000",
        "２０２４-10",
        "2024-1-1",
        "9" * 5000,
    ],
)
def test_what_is_no_date_is_refused_with_a_line_that_says_what_to_write(typed: str) -> None:
    with pytest.raises(InputError, match="write 2024-10-28, 2024-10, 2024 or"):
        dates.valid(typed)


MONTHS = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "en": "January February March April May June July August September October November December",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}
WRITTEN = {
    "de": "{d}. {m} {y}",
    "en": "{d} {m} {y}",
    "uk": "{d} {m} {y} року",
    "ru": "{d} {m} {y} года",
}


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(LANGUAGES))
def test_a_day_written_out_is_read_back(day: date, language: str) -> None:
    name = MONTHS[language].split()[day.month - 1]
    written = WRITTEN[language].format(d=day.day, m=name, y=day.year)
    assert _find(f"({written})", language, None) == [(written, day.isoformat())]


@given(st.dates(date(2000, 1, 10), date(2099, 12, 20)), st.integers(1, 20))
def test_some_days_ago_is_counted_back_from_publication(day: date, count: int) -> None:
    (found,) = _find(f"Das war vor {count} Tagen.", "de", day.isoformat())
    assert found[1] == (day - timedelta(days=count)).isoformat()


FRAGMENTS = (
    "28. 3 10.10. October Oktober May 2024 року 2022 am Montag last week vor zwei Tagen і 10 and to"
    " – - / 2024-10-28 наприкінці жовтня в начале августа İ \n , 31 99 days ago року"
)
PARTS = st.sampled_from(FRAGMENTS.split(" "))


@settings(max_examples=200)
@given(st.lists(PARTS | st.text(max_size=6), max_size=25), st.sampled_from(LANGUAGES))
def test_offsets_are_exact_and_values_valid_in_any_text(parts: list[str], language: str) -> None:
    text = " ".join(parts)
    last = 100
    for found, value in dates.find(Span("a", 100, 100 + len(text), text), language, PUBLISHED):
        assert last <= found.start < found.end <= 100 + len(text)
        assert text[found.start - 100 : found.end - 100] == found.text
        assert value is None or dates.valid(value) == value
        last = found.end


@pytest.mark.parametrize(
    "piece", ["1", "1.", "3 and ", "in the last ", "ende ", "10. ", "2024-", " "]
)
def test_the_time_grows_with_the_length_of_hostile_text_not_faster(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        started = time.process_time()
        for language in LANGUAGES:
            dates.find(Span("a", 0, length, text), language, PUBLISHED)
        return time.process_time() - started

    seconds(1000)
    # Ten times the length; a square would take a hundred times as long.
    assert seconds(50_000) <= 40 * seconds(5000) + 0.2
