"""Sentence boundaries that a naive splitter gets wrong, and passages made of whole sentences."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag import segmentation
from rag.schema import LANGUAGES, Article

# Each entry is one paragraph, cut where the sentences end.
GERMAN = [
    ["Am 3. Oktober begann die Offensive.", "Sie dauerte zwei Wochen."],
    ["Die 47. Brigade hält die Stellung.", "Verstärkung ist unterwegs."],
    ["Ca. 300 Soldaten, u. a. aus der 128. Brigade, wurden verlegt.", "Das sagte Gen. Syrskyj."],
    ["Gemeint sind z. B. Drohnen und d. h. auch Raketen.", "Andere Waffen fehlen."],
    ["„Das ist eine Eskalation.", "Wir brauchen Waffen“, sagte Jermak.", "Mehr sagte er nicht."],
    ["Rutte forderte: „Hört auf.", "Zieht euch zurück.“", "Moskau antwortete nicht."],
    ["„Halt!“, rief der Posten.", "Niemand blieb stehen."],
    ["Rund 1.200 Menschen flohen.", "Das entspricht 3,5 Prozent."],
    ["Präsident W. Selenskyj und J. Biden telefonierten.", "Das Gespräch war kurz."],
    ["Die Kosten stiegen auf 2,3 Mio. Euro.", "Der Bund zahlt."],
    ["Wer hat das befohlen?", "Niemand weiß es!", "Die Ermittlungen laufen."],
    ["Der Angriff (es war der dritte. Niemand starb.) endete um 5.30 Uhr.", "Danach war Ruhe."],
    ["Dr. Meier vom St. Georgs-Krankenhaus operierte.", "Der Patient lebt."],
    ["Das geschah am 24. Februar 2022.", "Seitdem herrscht Krieg."],
    ["Drohnen, Raketen usw. trafen die Stadt.", "Es gab Verletzte usw.", "Die Feuerwehr kam."],
    ["„Wir bleiben hier.", "Wir gehen nicht.", "Das ist unser Land.“"],
    ["Er kam … und ging.", "Dann … Stille."],
]
ENGLISH = [
    ["The U.S. said on Monday it would act.", "Kyiv agreed."],
    ["Gen. Oleksandr Syrskyi met Lt. Col. Shaw at 5 p.m. in Kyiv.", "They spoke for an hour."],
    ["“That is an escalation.", "We need weapons,” Yermak said.", "He left."],
    ["“Stop!” Rutte said.", "No one listened."],
    ["Mr. Smith Jr. lives in Washington, D.C. and works there.", "His wife does not."],
    ["It cost $3.5 million.", "That is a lot."],
    ["He served in the U.S.", "The war changed him."],
    ["Shelling hit St. Michael's Cathedral on Jan. 3.", "Nobody was hurt."],
    ["Approx. 300 troops, i.e. one battalion, moved.", "More followed."],
    ["Who ordered it?", "Nobody knows.", "“Not me,” he said."],
    ["The J. Edgar Hoover Building stood empty.", "It rained."],
    ["“We stay here.", "We do not leave.", "This is our land.”"],
    ["He said: “Go away.", "Do not come back.”", "They went."],
    ["The rocket (the third that day. It missed.) fell into a field.", "It burned."],
    ["No. 5 reactor was shut down.", "Power failed."],
    ["Russia lost 1,200 men...", "Ukraine lost 300."],
]
UKRAINIAN = [
    ["Ворог втратив 1,5 тис. осіб за добу.", "Бої тривають."],
    ["Це сталося 24 лютого 2022 р. під Києвом.", "Після цього почалася оборона."],
    ["Ген. Сирський прибув на вул. Хрещатик, 10.", "Він провів нараду."],
    ["«Ми не здамося.", "Ми переможемо», — сказав В. Зеленський.", "Зала аплодувала."],
    ["Пошкоджено об'єкти на 3 млн грн.", "Ремонт триватиме місяць."],
    ["Загинули 5 осіб, у т. ч. двоє дітей.", "Рятувальники працюють."],
    ["Хто це наказав?", "Ніхто не знає!"],
    ["«Стій!» — крикнув вартовий.", "Ніхто не зупинився."],
    ["Він сказав: «Ідіть геть.", "Не повертайтеся».", "Вони пішли."],
    ["Дрон пролетів 300 км. Після цього він упав."],
    ["Наприклад, у с. Роботине та м. Токмак.", "Там тихо."],
    ["Обстріл тривав з 5.30 до 7.15.", "Потім стало тихо."],
    ["Див. карту на с. 5.", "Там усе позначено."],
    ["Це 47-ма бригада.", "Вона тримає оборону…", "Важко, але тримає."],
    ["Президент США Дж. Байден прибув до Києва.", "Візит тривав п'ять годин."],
    ["Росія напала.", "Україна обороняється."],
]
RUSSIAN = [
    ["Противник потерял 1,5 тыс. человек за сутки.", "Бои продолжаются."],
    ["Это произошло 24 февраля 2022 г. под Киевом.", "После этого началась оборона."],
    ["Ген. Герасимов прибыл на ул. Ленина, 10.", "Он провёл совещание."],
    ["«Мы не сдадимся.", "Мы победим», — сказал В. Путин.", "Зал аплодировал."],
    ["Ущерб составил 3 млн руб. за день.", "Ремонт займёт месяц."],
    ["Погибли 5 человек, в т. ч. двое детей.", "Спасатели работают."],
    ["Кто это приказал?", "Никто не знает!"],
    ["«Стой!» — крикнул часовой.", "Никто не остановился."],
    ["Он сказал: «Уходите.", "Не возвращайтесь».", "Они ушли."],
    ["И т. д. и т. п. до бесконечности.", "Так говорят."],
    ["Например, в с. Роботино и г. Токмак.", "Там тихо."],
    ["Обстрел длился с 5.30 до 7.15.", "Потом стало тихо."],
    ["См. карту на стр. 5.", "Там всё отмечено."],
    ["Это 47-я бригада.", "Она держит оборону…", "Тяжело, но держит."],
    ["Президент США Дж. Байден прибыл в Киев.", "Визит длился пять часов."],
    ["Россия напала.", "Украина обороняется."],
]
UKRAINIAN[9] = ["Дрон пролетів 300 км.", "Після цього він упав."]
CASES = [
    (language, sentences)
    for language, rows in zip(LANGUAGES, (GERMAN, ENGLISH, UKRAINIAN, RUSSIAN), strict=True)
    for sentences in rows
]


def article(body: str, language: str = "de", title: str = "Titel") -> Article:
    return Article("a", title, f"{title}\n\n{body}", language, "hash")


def texts(body: str, language: str = "de") -> list[str]:
    return [s.text for s in segmentation.sentences(article(body, language))][1:]


@pytest.mark.parametrize(("language", "expected"), CASES)
def test_hard_boundaries_are_found_and_false_ones_are_not(
    language: str, expected: list[str]
) -> None:
    assert texts(" ".join(expected), language) == expected


def test_the_title_is_the_first_sentence() -> None:
    found = segmentation.sentences(article("Kiew meldet Angriffe.", title="Angriff auf Kiew"))
    assert [s.text for s in found] == ["Angriff auf Kiew", "Kiew meldet Angriffe."]


def test_tag_lines_rules_addresses_and_bylines_are_no_sentences() -> None:
    body = (
        "Kiew meldet Angriffe.\n- Themen:\n- #FED\nTags: Krieg, Drohnen\n---\n"
        "https://example.org/a\n(dpa)\nVon Erika Muster\nFoto: dpa\nMoskau schweigt."
    )
    assert texts(body) == ["Kiew meldet Angriffe.", "Moskau schweigt."]


def test_headings_are_sentences_and_hard_wrapped_lines_are_not_cut() -> None:
    body = (
        "## Reaktionen aus Europa\n\nDer Generalsekretär der Allianz sprach am Montag in Brüssel\n"
        "mit den Ministern über die Lage an der Front im Osten und\nüber weitere Lieferungen."
    )
    found = texts(body)
    assert found[0] == "Reaktionen aus Europa"
    assert len(found) == 2


def test_a_quotation_of_several_sentences_is_one_utterance_with_its_speaker_clause() -> None:
    body = "Er kam. „Wir brauchen Waffen. Wir brauchen einen Plan“, sagte Jermak. Er ging."
    source = article(body)
    sentences = segmentation.sentences(source)
    assert [s.text for s in sentences][2:4] == [
        "„Wir brauchen Waffen.",
        "Wir brauchen einen Plan“, sagte Jermak.",
    ]
    joined = [u.text for u in segmentation.utterances(source, sentences)]
    assert joined[2] == "„Wir brauchen Waffen. Wir brauchen einen Plan“, sagte Jermak."
    assert joined[-1] == "Er ging."


def test_a_quotation_without_a_speaker_clause_stays_cut() -> None:
    source = article("„Wir bleiben hier. Das ist unser Land.“")
    sentences = segmentation.sentences(source)
    assert segmentation.utterances(source, sentences) == sentences


def test_a_line_that_ends_in_an_ordinal_goes_on() -> None:
    assert texts("Kim lobte das 528.\nPionierregiment der Armee.") == [
        "Kim lobte das 528.\nPionierregiment der Armee."
    ]
    assert texts("Das war im Jahr 2023.\nDanach war Ruhe.")[0] == "Das war im Jahr 2023."


def test_a_line_of_the_shape_of_boilerplate_is_text_where_a_sentence_follows() -> None:
    assert texts("Подробнее: https://example.org/a.html. Карту обновляют.", "ru") == [
        "Подробнее: https://example.org/a.html.",
        "Карту обновляют.",
    ]


def test_passages_hold_every_sentence_once_and_keep_the_size() -> None:
    lines = [
        f"Am {day}. Oktober meldete der Generalstab {day * 10} Angriffe." for day in range(1, 30)
    ]
    source = article("\n\n".join(" ".join(lines[i : i + 4]) for i in range(0, 28, 4)))
    sentences = segmentation.sentences(source)
    passages = segmentation.passages(source, sentences)
    holders = [[p for p in passages if p.start <= s.start and s.end <= p.end] for s in sentences]
    assert all(len(found) == 1 for found in holders)
    assert passages[0].start == 0
    assert all(len(p.text) <= segmentation.PASSAGE_HIGH for p in passages)


def test_a_heading_goes_with_what_follows_it() -> None:
    first = " ".join(
        f"Am {day}. Mai griff Russland die Stadt {day} Mal an." for day in range(1, 14)
    )
    source = article(f"{first}\n\nReaktionen aus Europa\n\nBerlin forderte mehr Hilfe für Kiew.")
    passages = segmentation.passages(source, segmentation.sentences(source))
    assert passages[-1].text.startswith("Reaktionen aus Europa")


def test_a_sentence_longer_than_a_passage_is_one_by_itself() -> None:
    long = "Der Bericht nennt " + ", ".join(f"Ort {n}" for n in range(120)) + "."
    source = article(f"Kiew meldet Angriffe. {long} Moskau schweigt.")
    sentences = segmentation.sentences(source)
    assert any(p.text == long for p in segmentation.passages(source, sentences))


@given(st.text(alphabet=st.sampled_from("aB Зя.!?…„“”»«\"'(),:;-\n\t1 \u00a0🙂"), max_size=300))
def test_offsets_are_exact_ordered_and_disjoint_for_any_text(body: str) -> None:
    source = article(body, "uk")
    sentences = segmentation.sentences(source)
    assert all(source.text[s.start : s.end] == s.text and s.text.strip() for s in sentences)
    assert all(a.end <= b.start for a, b in pairwise(sentences))
    passages = segmentation.passages(source, sentences)
    assert all(any(p.start <= s.start and s.end <= p.end for p in passages) for s in sentences)
