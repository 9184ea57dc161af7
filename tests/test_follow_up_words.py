"""Follow-ups by their grammar: other times, contrasts, the other side, what leans on nothing."""

import pytest

from rag import actors, context, conversation, notes, question, relative_dates
from rag.schema import Question, QuestionKind

ACTORS = actors.load()


def understood(asked: str, *previous: str) -> str | None:
    return conversation.resumed(asked, previous, ACTORS).understood


def meant(asked: str, *previous: str) -> Question:
    resumed = conversation.resumed(asked, previous, ACTORS)
    own = question.parse(resumed.text, ACTORS)
    if not resumed.context:
        return own
    return context.joined(own, question.parse(resumed.context, ACTORS))


@pytest.mark.parametrize(
    ("words", "language", "base", "made"),
    [
        ("What did he say a day later?", "en", "2025-08-15", "What did he say on August 16, 2025?"),
        ("And a year earlier?", "en", "2025-07", "And in July 2024?"),
        ("What did Kyiv say that same day?", "en", "2025-04-26", "What did Kyiv say on April 26, "
         "2025?"),
        ("Und im Vorjahr?", "de", "2025", "Und im Jahr 2024?"),
        ("Was sagte er am Tag darauf?", "de", "2025-08-15", "Was sagte er am 16. August 2025?"),
        ("Was geschah zwei Wochen später?", "de", "2025-04-12", "Was geschah am 26. April 2025?"),
        ("Що того самого дня заявив Кремль?", "uk", "2026-01-22", "Що 22 січня 2026 року заявив "
         "Кремль?"),
        ("А рік тому?", "uk", "2025", "А за 2024 рік?"),
        ("Что он сказал на следующий день?", "ru", "2025-08-15", "Что он сказал 16 августа 2025 "
         "года?"),
        ("А двумя месяцами позже?", "ru", "2025-08", "А за октябрь 2025 года?"),
    ],
)  # fmt: skip
def test_a_time_counts_from_that_of_the_earlier_question(
    words: str, language: str, base: str, made: str
) -> None:
    assert relative_dates.fixed(words, language, base) == made


@pytest.mark.parametrize(
    ("words", "base"),
    [
        ("What did he say a day later?", "2025-08"),  # no day to count from
        ("What did he say on 3 May 2025, a day later?", "2025-08-15"),
        ("What did he say a day later?", None),
    ],
)
def test_a_time_that_cannot_be_known_stays(words: str, base: str | None) -> None:
    assert relative_dates.fixed(words, "en", base) == words


@pytest.mark.parametrize(
    ("previous", "asked", "whole"),
    [
        (
            "What did Ushakov say about the European proposal?",
            "And about the American one?",
            "What did Ushakov say about the American proposal?",
        ),
        (
            "Wie viele Soldaten sieht der amerikanische Entwurf für die Ukraine vor?",
            "Und der europäische?",
            "Wie viele Soldaten sieht der europäische Entwurf für die Ukraine vor?",
        ),
        (
            "Скільки пунктів мав американський план?",
            "А європейський?",
            "Скільки пунктів мав європейський план?",
        ),
        (
            "Сколько пунктов было в американском плане?",
            "А в европейском?",
            "Сколько пунктов было в европейском плане?",
        ),
        ("Was sagte Merz zu den Reichweiten?", "Und zu Taurus?", "Was sagte Merz zu Taurus?"),
        ("Verluste Russlands?", "Und der Ukraine?", "Verluste der Ukraine?"),
        ("Потери России?", "А Украины?", "Потери Украины?"),
        (
            "Did Gerasimov say that Kursk was fully liberated?",
            "Is that confirmed?",
            "Is it confirmed that Kursk was fully liberated?",
        ),
    ],
)
def test_a_contrast_takes_the_place_of_its_like(previous: str, asked: str, whole: str) -> None:
    assert understood(asked, previous) == whole


@pytest.mark.parametrize(
    ("previous", "asked", "speaker"),
    [
        ("What did Gerasimov report about Kursk?", "What does the other side say?", "Ukraine"),
        ("Was fordert Moskau im Donbass?", "Und was sagt die Gegenseite?", "Ukraine"),
        ("Що заявив Мірошник про загиблих у Курську?", "А що каже друга сторона?", "Ukraine"),
        ("Сколько километров назвал Сырский?", "А что говорит другая сторона?", "Russia"),
    ],
)
def test_the_other_side_is_the_one_that_was_not_asked(
    previous: str, asked: str, speaker: str
) -> None:
    assert speaker in meant(asked, previous).actors


@pytest.mark.parametrize(
    ("previous", "asked"),
    [
        ("How many civilians were killed in July 2025?", "How do they know?"),
        ("Wie viele Soldaten sind laut NIS gefallen?", "Woher weiß er das?"),
        ("Скільки солдатів загинуло, за словами Зеленського?", "Звідки він це знає?"),
        ("Сколько военных погибло, по данным Медиазоны?", "Откуда они это знают?"),
    ],
)
def test_how_that_is_known_is_asked_of_the_same_figure(previous: str, asked: str) -> None:
    found = meant(asked, previous)
    assert found.kind is QuestionKind.WHO
    assert set(question.parse(previous, ACTORS).terms) <= set(found.terms)
    assert found.unit == question.parse(previous, ACTORS).unit


@pytest.mark.parametrize(
    ("previous", "asked"),
    [
        ("How many soldiers were killed by September 2025?", "Is that more than in April?"),
        ("Скільки цивільних загинуло в липні 2025 року?", "Це більше, ніж торік?"),
        ("Сколько мирных жителей погибло в июле 2025 года?", "Это больше, чем в июне?"),
        ("What is the Kremlin's position on Donbas?", "Does Kyiv agree?"),
        ("Про що домовилися в Стамбулі?", "Що вимагала Росія?"),
        ("Что предлагал Мединский в Стамбуле?", "И Киев согласился?"),
        ("What did Kim Jong Un say about the regiment?", "How many of its members died?"),
    ],
)
def test_what_says_too_little_alone_is_asked_in_context(previous: str, asked: str) -> None:
    resumed = conversation.resumed(asked, (previous,), ACTORS)
    assert (resumed.text, resumed.context) == (asked, previous)


@pytest.mark.parametrize(
    ("previous", "asked", "whole"),
    [
        ("What range does the maker of the Kestrel promise?", "And could it get to Moscow?",
         "Could the Kestrel get to Moscow?"),
        ("How far does a Shahed fly?", "Where is it built?", "Where is a Shahed built?"),
    ],
)  # fmt: skip
def test_it_is_the_thing_that_was_named(previous: str, asked: str, whole: str) -> None:
    assert understood(asked, previous) == whole


@pytest.mark.parametrize(
    ("previous", "asked"),
    [
        ("What happened in Berezniki on Tuesday?", "Has it been repaired?"),
        ("Wie viele Soldaten kamen frei?", "Wann kommt der nächste?"),
        ("Скільки тіл отримала Україна?", "Коли буде наступний?"),
        ("Когда был обмен пленными?", "Сколько лет самому старшему?"),
        ("Who was arrested?", "Have any confessed?"),
    ],
)
def test_what_leaves_its_noun_out_is_asked_in_context(previous: str, asked: str) -> None:
    assert conversation.resumed(asked, (previous,), ACTORS).context == previous


@pytest.mark.parametrize(
    "asked",
    [
        "Is it true that Russia shot one down?",
        "How long does it take to train a crew?",
        "Wird es Verhandlungen in Genf geben?",
        "Wann ist der nächste große Austausch geplant?",
    ],
)
def test_an_it_that_means_nothing_leans_on_nothing(asked: str) -> None:
    assert conversation.resumed(asked, ("What is a Kestrel?",), ACTORS).understood is None


def test_a_fragment_asks_what_was_asked_before() -> None:
    first = "Wie viele Quadratkilometer meldete Syrskyj am 12. August 2024?"
    found = meant("Und der russische Gouverneur?", first)
    assert (found.kind, found.unit) == (QuestionKind.HOW_MANY, "square_km")
    assert found.date == "2024-08-12"
    assert "Oleksandr Syrskyi" not in found.actors


@pytest.mark.parametrize(
    ("asked", "missing"),
    [
        ("And Russia?", "question"),
        ("Und die Verluste?", "question"),
        ("Кто это говорит?", "question"),
        ("Did he confirm it?", "person"),
        ("Could it reach Moscow?", "thing"),
        ("What about Kestrel?", ""),  # asks by itself what is known of it
        ("Was ist mit Kestrel?", ""),
        ("А що з Нафтогазом?", ""),
        ("Und was ist mit Kestrel?", "question"),
        ("Скільки з них загинуло?", "part"),
        ("How many North Korean soldiers were sent to Russia?", ""),
        ("Hat Russland die Verluste bestätigt?", ""),
    ],
)
def test_what_leans_on_a_question_that_is_not_there_is_told(asked: str, missing: str) -> None:
    resumed = conversation.resumed(asked, (), ACTORS)
    assert resumed.missing == missing
    assert (notes.of_question(asked, resumed, "en") is None) == (missing == "")


@pytest.mark.parametrize(
    "asked",
    [
        "Combien de soldats nord-coréens ont été envoyés en Russie ?",
        "Ilu żołnierzy z Korei Północnej wysłano do Rosji?",
        "¿Cuántos soldados norcoreanos fueron enviados a Rusia?",
        "Колькі паўночнакарэйскіх салдат было накіравана ў Расію?",
    ],
)
def test_a_question_in_another_language_is_told_of(asked: str) -> None:
    resumed = conversation.resumed(asked, (), ACTORS)
    note = notes.of_question(asked, resumed, "en")
    assert note is not None
    assert "German, English, Ukrainian and Russian" in note


@pytest.mark.parametrize(
    ("asked", "unit"),
    [
        ("Wie viele der russischen Verluste sind Tote?", "killed"),
        ("How many of the casualties were killed?", "killed"),
        ("Скільки з цих втрат — загиблі?", "killed"),
        ("Сколько из этих потерь — погибшие?", "killed"),
        ("How many killed or wounded were among the losses?", "killed_and_wounded"),
        ("How high were Russia's losses?", "losses"),
    ],
)
def test_a_part_of_the_losses_is_what_is_asked_for(asked: str, unit: str) -> None:
    assert question.parse(asked, ACTORS).unit == unit


def test_an_ordinal_ends_no_clause_and_the_sides_are_no_figure() -> None:
    asked = "Was hat Kiew zu Gerassimows Meldung vom 26. April 2025 gesagt?"
    assert question.parse(asked, ACTORS).speakers == ("Ukraine",)
    assert question.parse("What did the two sides agree on in Istanbul?", ACTORS).figures == ()
    assert question.parse("Wie viele wurden laut UNO 2025 in Kiew verletzt?", ACTORS).date == "2025"


@pytest.mark.parametrize(
    ("previous", "asked", "whole"),
    [
        (
            "How many people were killed in the strike on Dnipro?",
            "No, I meant Kharkiv",
            "How many people were killed in the strike on Kharkiv?",
        ),
        (
            "How many people were killed in the strike on Dnipro?",
            "sorry, the wounded",
            "How many people were wounded in the strike on Dnipro?",
        ),
        (
            "Was sagte Russland über die Gespräche?",
            "nein, die Ukraine",
            "Was sagte die Ukraine über die Gespräche?",
        ),
        (
            "Wie viele Menschen wurden in Dnipro getötet?",
            "nicht Dnipro, sondern Cherson",
            "Wie viele Menschen wurden in Cherson getötet?",
        ),
        (
            "Скільки людей загинуло внаслідок удару по Дніпру?",
            "ні, я мав на увазі Харків",
            "Скільки людей загинуло внаслідок удару по Харкову?",
        ),
        (
            "Сколько человек погибло при ударе по Днепру?",
            "не Днепр, а Херсон",
            "Сколько человек погибло при ударе по Херсону?",
        ),
        (
            "How many people were killed in Odesa?",
            "No, how many were captured in Kursk?",
            "How many were captured in Kursk?",
        ),
    ],
)
def test_a_correction_takes_the_place_of_what_was_asked(
    previous: str, asked: str, whole: str
) -> None:
    assert understood(asked, previous) == whole


@pytest.mark.parametrize(
    ("previous", "asked", "whole"),
    [
        (
            "How many people died in the strike on Dnipro on 3 May 2026?",
            "And wounded?",
            "How many people were wounded in the strike on Dnipro on 3 May 2026?",
        ),
        (
            "Wie viele Menschen kamen beim Angriff auf Dnipro ums Leben?",
            "und verletzt?",
            "Wie viele Menschen wurden beim Angriff auf Dnipro verletzt?",
        ),
        (
            "Скільки людей загинуло внаслідок удару по Дніпру?",
            "а поранених?",
            "Скільки людей поранено внаслідок удару по Дніпру?",
        ),
        (
            "Сколько человек погибло при ударе по Днепру?",
            "А раненых?",
            "Сколько человек ранено при ударе по Днепру?",
        ),
        (
            "How many tanks did Russia lose in May 2025?",
            "and in April?",
            "How many tanks did Russia lose in April 2025?",
        ),
        (
            "Скільки танків Росія втратила у травні 2025 року?",
            "а в квітні?",
            "Скільки танків Росія втратила в квітні 2025 року?",
        ),
        (
            "How many people were killed in the strike on Dnipro on 3 May 2026?",
            "And the day before?",
            "How many people were killed in the strike on Dnipro on May 2, 2026?",
        ),
    ],
)
def test_what_is_not_exchanged_is_kept(previous: str, asked: str, whole: str) -> None:
    assert understood(asked, previous) == whole


@pytest.mark.parametrize(
    ("previous", "asked", "shown"),
    [
        ("What did Zelensky say about Geneva?", "is he right?", "Is Volodymyr Zelensky right?"),
        ("What did Zelensky say about Geneva?", "and the mediator?", "And the mediator?"),
        ("Wie viele Menschen leben noch in Senkowe?", "und vor dem Krieg?", "Und vor dem Krieg?"),
        ("Was sagte Selenskyj über Genf?", "Worauf haben sie sich geeinigt?", "Worauf haben sie "
         "sich geeinigt?"),
        ("Скільки людей загинуло в Дніпрі?", "скільки з них дітей?", "Скільки з них дітей?"),
        ("Сколько человек погибло в Днепре?", "Были ли среди них дети?", "Были ли среди них дети?"),
        ("How many people were killed in Dnipro?", "who did it?", "Who did it?"),
        ("Was gab Moskau über den Ort bekannt?", "Und wie stellt es die Gegenseite dar?", "Und wie "
         "stellt es die Ukraine dar?"),
    ],
)  # fmt: skip
def test_where_a_rewording_would_lose_something_the_words_stay(
    previous: str, asked: str, shown: str
) -> None:
    resumed = conversation.resumed(asked, (previous,), ACTORS)
    assert (resumed.text, resumed.context) == (shown, previous)


@pytest.mark.parametrize(
    ("asked", "previous"),
    [
        ("Thanks", "How many people were killed in Dnipro?"),
        ("Danke!", "Wie viele Menschen wurden in Dnipro getötet?"),
        ("Спасибо", "Сколько человек погибло в Днепре?"),
        ("What is a Shahed?", "How many people were killed in Dnipro?"),
        ("Was ist eine Shahed?", "Wie viele Menschen wurden in Dnipro getötet?"),
        ("Що таке «Шахед»?", "Скільки людей загинуло в Дніпрі?"),
        ("Who is Syrskyi?", "How many people were killed in Dnipro?"),
    ],
)
def test_thanks_and_definitions_continue_nothing(asked: str, previous: str) -> None:
    resumed = conversation.resumed(asked, (previous,), ACTORS)
    assert (resumed.understood, resumed.context) == (None, "")


@pytest.mark.parametrize(
    ("asked", "previous", "speakers"),
    [
        ("А российское министерство?", "Что Сырский сообщил о корвете?", ("Russia",)),
        ("And the Americans?", "What did Zelensky say about Geneva?", ("United States",)),
    ],
)
def test_somebody_else_who_is_named_bare_is_asked_to_speak(
    asked: str, previous: str, speakers: tuple[str, ...]
) -> None:
    assert meant(asked, previous).speakers == speakers


@pytest.mark.parametrize(
    ("asked", "previous", "unit"),
    [
        ("На какой срок?", "Сколько резервистов призовут на сборы?", "duration"),
        ("Was kosten die?", "Wie viele Patriot-Systeme kündigte Pistorius an?", "money"),
    ],
)
def test_a_figure_that_is_asked_for_anew_is_the_one_sought(
    asked: str, previous: str, unit: str
) -> None:
    assert meant(asked, previous).unit == unit
