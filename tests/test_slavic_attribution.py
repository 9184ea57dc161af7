"""Who said what in Ukrainian and Russian: one family of constructions a test, and any input."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag import actors, attribution, segmentation, slavic_forms, slavic_tagging
from rag.schema import Article, Claim, Form
from rag.tagging import Tag

TITLES = {"uk": "Новини.", "ru": "Новости."}
Told = tuple[str, str, str]  # stance, the words of the source ("" where none), the content

FAMILIES: dict[str, list[tuple[str, str, Told]]] = {
    "a clause behind the verb": [
        ("uk", "Міністр Рустем Умєров у вівторок повідомив, що угоду підписано.",
         ("reports", "Міністр Рустем Умєров", "що угоду підписано")),
        ("ru", "Губернатор области Андрей Клычков, комментируя атаку, заявил, что ущерба нет.",
         ("asserts", "Губернатор области Андрей Клычков", "что ущерба нет")),
    ],
    "the verb first": [
        ("uk", "Розповів журналістам про втрати й командир бригади Олег Майборода.",
         ("asserts", "командир бригади Олег Майборода", "втрати")),
        ("ru", "Взорван склад, сообщил губернатору министр Олег Баранов.",
         ("reports", "министр Олег Баранов", "Взорван склад")),
    ],
    "what stood before": [
        ("uk", "Міст зруйновано. Про це повідомила пресслужба поліції.",
         ("reports", "пресслужба поліції", "Міст зруйновано.")),
        ("ru", "Мост разрушен. Это подтвердил глава района Иван Сомов.",
         ("confirms", "глава района Иван Сомов", "Мост разрушен.")),
        ("uk", "Міст зруйновано — про це написав мер Іван Сом.",
         ("asserts", "мер Іван Сом", "Міст зруйновано")),
    ],
    "as X said": [
        ("uk", "Як повідомляє Укрінформ, рух на трасі перекрито.",
         ("reports", "Укрінформ", "рух на трасі перекрито")),
        ("ru", "Дорогу, как отметили в МЧС, откроют к утру.",
         ("asserts", "МЧС", "Дорогу откроют к утру")),
    ],
    "according to X": [
        ("uk", "За словами речника флоту Дмитра Плетенчука, шторм минув.",
         ("reports", "речника флоту Дмитра Плетенчука", "шторм минув")),
        ("ru", "Пожар, по оценке спасателей, потушат за сутки.",
         ("estimates", "спасателей", "Пожар потушат за сутки")),
        ("ru", "По версии следствия, он передавал сведения врагу.",
         ("claims", "следствия", "он передавал сведения врагу")),
    ],
    "a quotation with its frame": [
        ("uk", "«Ми готові до зими, – сказав мер Іван Сом. – Вугілля вистачить».",
         ("asserts", "мер Іван Сом", "«Ми готові до зими,")),
        ("ru", "«Ничего не осталось», — вздыхает пенсионерка Анна Лыкова.",
         ("asserts", "пенсионерка Анна Лыкова", "«Ничего не осталось»")),
        ("ru", "Песков ответил: «Работа продолжается».",
         ("asserts", "Песков", "«Работа продолжается»")),
    ],
    "a place that speaks": [
        ("uk", "У Генштабі ЗСУ спростували відхід з міста.",
         ("denies", "Генштабі ЗСУ", "відхід з міста")),
        ("ru", "В Кремле отреагировали на доклад: там считают, что выводы ошибочны.",
         ("estimates", "Кремле", "что выводы ошибочны")),
    ],
    "infinitives, objects and prepositions": [
        ("uk", "Президент Литви закликав союзників посилити оборону.",
         ("demands", "Президент Литви", "посилити оборону")),
        ("ru", "МИД Польши обвинил Минск в провокации.",
         ("claims", "МИД Польши", "Минск в провокации")),
        ("uk", "МВФ попередив про новий дефіцит бюджету.",
         ("warns", "МВФ", "новий дефіцит бюджету")),
        ("ru", "Пхеньян участие солдат в боях отрицает.",
         ("denies", "Пхеньян", "участие солдат в боях")),
        ("uk", "Речниця міністерства назвала ці дані фейком.",
         ("denies", "Речниця міністерства", "ці дані фейком")),
        ("ru", "Разведка Эстонии оценивает потери в 900 человек в день.",
         ("estimates", "Разведка Эстонии", "потери в 900 человек в день")),
    ],
    "a gerund goes on": [
        ("uk", "Комісар закликав до діалогу, додавши, що часу обмаль.",
         ("asserts", "Комісар", "що часу обмаль")),
        ("ru", "Генерал поблагодарил бойцов, подчеркнув, что фронт стоит.",
         ("asserts", "Генерал", "что фронт стоит")),
    ],
    "a noun of saying": [
        ("uk", "Заява Держдепу про нові санкції здивувала ринки.",
         ("asserts", "Держдепу", "нові санкції")),
        ("ru", "Он выразил надежду, что обмен состоится.",
         ("expects", "Он", "что обмен состоится")),
    ],
    "silence and doubt": [
        ("uk", "У Пентагоні відмовилися коментувати ці повідомлення.",
         ("no_comment", "Пентагоні", "ці повідомлення")),
        ("ru", "Белый дом не подтвердил и не опроверг эти сведения.",
         ("no_comment", "Белый дом", "эти сведения")),
        ("ru", "МИД Турции не подтвердил дату встречи.",
         ("does_not_confirm", "МИД Турции", "дату встречи")),
        ("uk", "Варшава не заперечує, що переговори тривають.",
         ("not_denied", "Варшава", "що переговори тривають")),
        ("uk", "Хто віддав наказ, наразі невідомо.", ("unverified", "", "Хто віддав наказ")),
        ("ru", "Независимо проверить эти кадры не удалось.", ("unverified", "", "эти кадры")),
    ],
    "an institution before what it denies": [
        ("ru", "В Кремле эти публикации не опровергали.",
         ("not_denied", "Кремле", "эти публикации")),
        ("uk", "В Офісі президента України слова Гегсета офіційно не прокоментували.",
         ("no_comment", "Офісі президента України", "слова Гегсета")),
    ],
    "any verb with its speaker between commas": [
        ("uk", "Рух закрили, повідомив мер Іван Сом. Дорогу, буркає водій, ніхто не посипав.",
         ("asserts", "водій", "Дорогу ніхто не посипав")),
    ],
    "a report behind a colon": [
        ("ru", "Сторож Иван Сомов грешит на снег: с Нового года, мол, крышу не чистили.",
         ("asserts", "Сторож Иван Сомов", "с Нового года крышу не чистили")),
    ],
    "nobody is named": [
        ("uk", "За чутками, полк перекидають на південь.",
         ("reports", "", "полк перекидають на південь")),
        ("ru", "Солдаты якобы покинули позиции.", ("claims", "", "Солдаты покинули позиции")),
        ("ru", "Сообщается, что движение открыто.", ("reports", "", "что движение открыто")),
    ],
}  # fmt: skip
CASES = [(name, *row) for name, rows in FAMILIES.items() for row in rows]


def article(text: str, language: str, title: str | None = None) -> Article:
    title = TITLES[language] if title is None else title
    return Article("a", title, f"{title}\n\n{text}", language, "hash", published="2025-03-04")


def attributed(text: str, language: str, title: str | None = None) -> list[Claim]:
    source = article(text, language, title)
    found = attribution.extract(source, segmentation.sentences(source), actors.load())
    return [claim for claim in found if claim.form is not Form.NARRATED]


def told(claim: Claim) -> Told:
    said = " ".join(span.text for span in claim.content)
    return claim.stance.value, ", ".join(s.mention.text for s in claim.sources), said


@pytest.mark.parametrize(
    ("language", "text", "expected"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_each_construction_gives_stance_source_and_content(
    language: str, text: str, expected: Told
) -> None:
    assert expected in [told(claim) for claim in attributed(text, language)]


@pytest.mark.parametrize(
    ("language", "title", "expected"),
    [
        ("uk", "Сибіга: переговори тривають", ("asserts", "Сибіга", "переговори тривають")),
        ("ru", "Киев готовит новый обмен — ТАСС", ("reports", "ТАСС", "Киев готовит новый обмен")),
        (
            "uk",
            "Зіткнулися два буси: четверо загиблих, – поліція",
            ("reports", "поліція", "четверо загиблих"),
        ),
    ],
)
def test_a_headline_names_its_speaker_at_either_end(
    language: str, title: str, expected: Told
) -> None:
    assert [told(claim) for claim in attributed("Текст.", language, title)] == [expected]


def test_a_turn_of_dialogue_is_said_by_whom_its_frame_names() -> None:
    text = "— Жду обмена. Верю, — сказал электрик Иван Сомов. — Дом цел. Кот жив."
    first, second = attributed(text, "ru")
    assert told(first) == ("asserts", "электрик Иван Сомов", "Жду обмена. Верю")
    assert second.sources[0].name == first.sources[0].name
    assert told(second)[2] == "Дом цел. Кот жив."


def test_a_turn_without_a_frame_is_said_by_the_subject_before_it() -> None:
    text = "Мер Андрій Садовий каже, що тепло є.\n\nДвірник Микола Сом пригадує ніч:"
    text += "\n\n– Темно, крики. Люди різали дах."
    turn = attributed(text, "uk")[-1]
    assert told(turn) == ("asserts", "Двірник Микола Сом", "Темно, крики. Люди різали дах.")


def test_what_is_told_within_a_turn_makes_no_claim_of_its_own() -> None:
    text = "Ірина Сом зустріла нас удома.\n\n– Сказали: на годину. Речі навіть не взяв."
    assert {claim.rule for claim in attributed(text, "uk")} == {"speech_continued"}


def test_the_items_of_a_list_are_no_speech() -> None:
    text = "У планах на рік:\n\n– нові школи\n\n– ремонт доріг\n\n– парк"
    assert all(claim.rule != "speech_continued" for claim in attributed(text, "uk")[1:])


def test_the_channel_stands_beside_the_source() -> None:
    text = "Reuters із посиланням на двох дипломатів пише, що угода близька."
    (claim,) = attributed(text, "uk")
    assert [s.mention.text for s in claim.sources] == ["двох дипломатів"]
    assert [s.name for s in claim.via] == ["Reuters"]


def test_a_dropped_subject_is_the_last_speaker() -> None:
    text = "Мер Львова Андрій Садовий заявив, що тепло є. Також додав, що школи працюють."
    first, second = attributed(text, "uk")
    assert first.sources[0].name == second.sources[0].name


def test_telling_the_same_again_is_no_second_claim() -> None:
    text = "Генштаб заявил, что атака отбита. Об этом пишет и ТАСС."
    assert len(attributed(text, "ru")) == 1


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Рятувальники загасили пожежу. Рух потягів відновили вранці."),
        ("ru", "Мы работали весь день. Река вышла из берегов, дорогу размыло."),
        ("uk", "Через те, що міст зруйновано, потяги йдуть в об'їзд."),
        ("ru", "Повітряну тривогу оголосили о третій."),
        ("ru", "Лихачёв рассчитывает увидеться с коллегой осенью."),
        ("ru", "Решение суда подтвердило право владельцев на компенсацию."),
        ("uk", "У Карпатах очікується сильний мокрий сніг."),
    ],
)
def test_narration_makes_no_claim(language: str, text: str) -> None:
    assert attributed(text, language) == []


@pytest.mark.parametrize(
    ("language", "form", "lemma", "code"),
    [
        ("ru", "сообщается", "сообщать", "r"),
        ("ru", "заявлено", "заявить", "o"),
        ("ru", "опровергла", "опровергнуть", "f"),
        ("ru", "подчеркнув", "подчеркнуть", "g"),
        ("uk", "застеріг", "застерегти", "m"),
        ("uk", "сподіваються", "сподіватися", "p"),
        ("uk", "додавши", "додати", "g"),
    ],
)
def test_reporting_verbs_are_conjugated_in_full(
    language: str, form: str, lemma: str, code: str
) -> None:
    assert slavic_forms.verbs(language)[form] == slavic_forms.Verb(lemma, code)


@pytest.mark.parametrize(
    ("language", "word", "kind", "letters"),
    [
        ("ru", "Захарова", "name", "fg"),
        ("ru", "Песков", "name", "m"),
        ("uk", "Юсову", "name", "gd"),
        ("uk", "агентством", "noun", "d"),
        ("ru", "ГРУ", "name", "mfnpgd"),
    ],
)
def test_endings_tell_case_and_gender(language: str, word: str, kind: str, letters: str) -> None:
    assert slavic_forms.cases(word, kind, language) == frozenset(letters)


@pytest.mark.parametrize(
    ("language", "text", "tag"),
    [("ru", "Песков заявил", Tag.NAME), ("ru", "Министр заявил", Tag.NOUN),
     ("uk", "Українська влада заявила", Tag.ADJ), ("uk", "Зеленський сказав", Tag.NAME)],
)  # fmt: skip
def test_the_first_word_is_a_name_only_where_it_stands_alone(
    language: str, text: str, tag: Tag
) -> None:
    assert slavic_tagging.tag(text, 0, language)[0].tag is tag


PIECES = st.sampled_from(
    ["Песков", "заявив", "що", "«", "»", ",", "—", " - ", ":", ".", "\n\n", "за словами", "не",
     "подтвердил", "про це", "в", "Кремле", "якобы", "10-й", "7:40", "который", "і", "\u200b",
     "(", ")", "ни",
     "додавши", "как", "один", "из", "отказался", "ані", "неизвестно", "\u202e", "A", "…", "!"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(pieces=st.lists(PIECES, max_size=60), language=st.sampled_from(["uk", "ru"]))
def test_any_words_give_claims_with_exact_offsets(pieces: list[str], language: str) -> None:
    source = article(" ".join(pieces), language)
    for claim in attribution.extract(source, segmentation.sentences(source), actors.load()):
        spans = [*claim.content, *(s.mention for s in (*claim.sources, *claim.via))]
        assert all(source.text[span.start : span.end] == span.text for span in spans)


@pytest.mark.parametrize("piece", ["заявил, что ", "«", "Песков, ", "как сообщил X, ", "не "])
def test_time_grows_linearly(piece: str) -> None:
    def seconds(times: int) -> float:
        begun = time.perf_counter()
        attributed(piece * times, "ru")
        return time.perf_counter() - begun

    seconds(10)
    assert seconds(8000) < 12
