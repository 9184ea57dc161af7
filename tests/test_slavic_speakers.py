"""Whom Ukrainian and Russian sentences mean as a speaker, and verbs that report with a noun."""

from __future__ import annotations

import pytest

from rag import actors, attribution, segmentation
from rag.schema import Article, Claim, Form

TITLES = {"uk": "Новини.", "ru": "Новости."}


def attributed(text: str, language: str) -> list[Claim]:
    title = TITLES[language]
    article = Article("a", title, f"{title}\n\n{text}", language, "hash")
    found = attribution.extract(article, segmentation.sentences(article), actors.load())
    return [claim for claim in found if claim.form is not Form.NARRATED]


def told(claim: Claim) -> tuple[str, str, str]:
    """Stance, the words of the sources, the content."""
    sources = " + ".join(source.mention.text for source in claim.sources)
    return claim.stance.value, sources, " ".join(span.text for span in claim.content)


CASES: dict[str, tuple[str, str, tuple[str, str, str]]] = {
    "a post with a place before its bearer": (
        "uk", "Постпред РФ в ООН Василь Небензя виклав версію: впала ракета.",
        ("asserts", "Постпред РФ в ООН Василь Небензя", "впала ракета")),
    "a post of two fields": (
        "ru", "Министр молодёжи и спорта Матвей Бедный потребовал опубликовать критерии.",
        ("demands", "Министр молодёжи и спорта Матвей Бедный", "опубликовать критерии")),
    "somebody's relative": (
        "uk", "Його батько у розмові з газетою благав не катувати сина.",
        ("demands", "Його батько", "не катувати сина")),
    "an object between the subject and its verb": (
        "uk", "Держсекретар Ентоні Блінкен чуток не спростував.",
        ("not_denied", "Держсекретар Ентоні Блінкен", "чуток")),
    "a body, an object and the verb": (
        "uk", "ЦВК країни обвинувачення відкинула як безпідставні.",
        ("denies", "ЦВК країни", "обвинувачення")),
    "a pronoun behind its object": (
        "uk", "Дат він не називав.", ("no_comment", "він", "Дат")),
    "two that neither confirm nor deny": (
        "ru", "Ни Белый дом, ни Кремль этих сведений не подтвердили и не опровергли.",
        ("no_comment", "Белый дом + Кремль", "этих сведений")),
    "people in an office, not the office": (
        "uk", "Два співрозмовники газети в Офісі президента підтвердили обмін.",
        ("confirms", "Два співрозмовники газети", "обмін")),
    "a verb with its noun": (
        "ru", "Глава Пентагона Ллойд Остин обратил внимание на российскую форму.",
        ("asserts", "Глава Пентагона Ллойд Остин", "российскую форму")),
    "a word given": (
        "ru", "Кир Стармер дал слово помогать Украине сто лет.",
        ("announces", "Кир Стармер", "помогать Украине сто лет")),
    "blame laid": (
        "ru", "Юлия Навальная возложила вину на Путина.",
        ("claims", "Юлия Навальная", "вину на Путина")),
    "a judgement before the verb": (
        "ru", "Основной причиной МЧС считает плохую видимость.",
        ("estimates", "МЧС", "Основной причиной плохую видимость")),
    "a judgement with as": (
        "ru", "Представительство Евросоюза квалифицировало обвинения как «безосновательные».",
        ("asserts", "Представительство Евросоюза", "обвинения как «безосновательные»")),
    "a judgement denied": (
        "ru", "ВОЗ не считает нынешний сезон аномальным.",
        ("denies", "ВОЗ", "нынешний сезон аномальным")),
    "guilt not admitted": (
        "uk", "Сергій Борисюк провини не визнає.", ("denies", "Сергій Борисюк", "провини")),
    "a frame within a relative clause": (
        "uk", "Літак, на борту якого, як повідомлялося, перебував Пригожин, упав.",
        ("reports", "", "на борту якого перебував Пригожин")),
    "a short content around its frame": (
        "uk", "Рівень радіації, запевняють у Держатомрегулюванні, у нормі.",
        ("asserts", "Держатомрегулюванні", "Рівень радіації у нормі")),
    "a request in a noun": (
        "ru", "МЧС разослало горожанам СМС с призывом не парковать машины под деревьями.",
        ("demands", "МЧС", "не парковать машины под деревьями")),
    "a question within": (
        "ru", "На прямой вопрос, кто стреляет, Гросси не ответил.",
        ("no_comment", "Гросси", "кто стреляет")),
    "a place in front of a report": (
        "uk", "Тбілісі — Опозиція Грузії вважає підсумки виборів сфальшованими.",
        ("estimates", "Опозиція Грузії", "підсумки виборів сфальшованими")),
    "national estimates": (
        "uk", "За британськими оцінками, корабель знищено.",
        ("estimates", "британськими оцінками", "корабель знищено")),
    "what is seen confirms": (
        "uk", "Руйнування мосту підтверджують супутникові знімки Planet Labs.",
        ("confirms", "супутникові знімки Planet Labs", "Руйнування мосту")),
    "nobody in particular": (
        "uk", "Кажуть, що міст відкриють до свята.",
        ("reports", "", "що міст відкриють до свята")),
    "the opposite": (
        "ru", "Прокурор в прениях утверждал обратное.", ("claims", "Прокурор", "обратное")),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_the_claim_of_a_sentence_has_its_speaker_and_content(name: str) -> None:
    language, text, expected = CASES[name]
    claims = attributed(text, language)
    assert [told(claim) for claim in claims] == [expected], [told(claim) for claim in claims]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Польські військові розгледіли на радарах ціль, що три хвилини летіла над містом."),
        ("uk", "На сцені говорили переважно про переклади, а за кавою — про мобілізацію."),
        ("uk", "Журнал покликається на двох європейських розвідників."),
        ("ru", "Люди на остановке ждут автобуса уже второй час."),
        ("ru", "Солдат увидел дрон над лесом и лёг на землю."),
    ],
)
def test_acts_and_relative_clauses_are_no_claims(language: str, text: str) -> None:
    assert attributed(text, language) == []


def test_a_verb_left_out_is_that_of_the_clause_before() -> None:
    text = "Остін анонсував пакет допомоги, Пісторіус — поставку ракет, а Гілі пообіцяв дрони."
    assert [told(claim) for claim in attributed(text, "uk")] == [
        ("announces", "Остін", "пакет допомоги"),
        ("announces", "Пісторіус", "поставку ракет"),
        ("announces", "Гілі", "дрони"),
    ]


def test_a_denial_before_a_colon_is_a_claim_beside_what_is_said() -> None:
    text = "Міноборони РФ порушення відкидає: переліт відбувався над нейтральними водами."
    assert [told(claim) for claim in attributed(text, "uk")] == [
        ("denies", "Міноборони РФ", "порушення"),
        ("asserts", "Міноборони РФ", "переліт відбувався над нейтральними водами"),
    ]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("ru", "Пожар потушен, сообщили в МЧС. Людей вывезли, добавили в ведомстве.", "МЧС"),
        ("uk", "Про шахраїв попереджає ДСНС. Виплат, пояснили там, не існує.", "ДСНС"),
        ("ru", "План готов, пишет Axios. Украине, отмечает издание, дадут гарантии.", "Axios"),
    ],
)
def test_a_kind_of_body_means_the_body_named_before(language: str, text: str, name: str) -> None:
    first, second = attributed(text, language)
    assert name in first.sources[0].mention.text
    assert second.sources[0].name == first.sources[0].name


def test_police_that_name_themselves_are_no_paper_named_before() -> None:
    _, second = attributed("Двое ранены, пишет Reuters. Полиция добавила, что идёт поиск.", "ru")
    assert [source.name for source in second.sources] == ["Полиция"]


def test_a_quotation_alone_is_said_by_the_last_subject_or_by_whom_the_next_sentence_names() -> None:
    (before,) = attributed("Вадим сидит на скамейке. «Не надо меня жалеть. Я знал всё».", "ru")
    assert [source.name for source in before.sources] == ["Вадим"]
    text = "«Це звірство, яке не має виправдання».\n\nТак Дмитро Чубенко, речник, описав удар."
    behind = attributed(text, "uk")[0]
    assert [source.name for source in behind.sources] == ["Дмитро Чубенко"]


def test_they_are_several_people_named_before() -> None:
    text = "Тысячи людей вышли на площадь. «Ганьба», «Нам не страшно» — так они писали."
    sources = [source.name for claim in attributed(text, "ru") for source in claim.sources]
    assert sources == ["Тысячи людей"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ru", "Сколько людей под завалами, спасатели не знают.",
         ("unverified", "спасатели", "Сколько людей под завалами")),
        ("ru", "Данные о потерях Минобороны не раскрывает с сентября.",
         ("no_comment", "Минобороны", "Данные о потерях")),
        ("uk", "У Держдепі цю публікацію воліли не обговорювати.",
         ("no_comment", "Держдепі", "цю публікацію")),
        ("ru", "Ни подтвердить, ни опровергнуть эти данные редакция не может.",
         ("no_comment", "редакция", "эти данные")),
        ("ru", "Содержание этих сигналов Ушаков раскрыть отказался.",
         ("no_comment", "Ушаков", "Содержание этих сигналов")),
    ],
)  # fmt: skip
def test_silence_names_who_keeps_it_and_of_what(
    language: str, text: str, expected: tuple[str, str, str]
) -> None:
    assert [told(claim) for claim in attributed(text, language)] == [expected]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Соседи выходили на площадки и молчали."),
        ("ru", "Рубль на новость никак не отреагировал."),
        ("ru", "Суд отклонил жалобу защиты и оставил приговор без изменения."),
        ("ru", "Адвокат заявил ходатайство об отводе судьи."),
    ],
)
def test_stillness_and_acts_of_law_are_no_claims(language: str, text: str) -> None:
    assert attributed(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("ru", "Официальный представитель МИД РФ Мария Захарова провела брифинг. "
         "Дипломат отметила, что ответ готов.", "Maria Zakharova"),
        ("uk", "Губернатор Павло Рись зустрівся з Іриною Коваль. "
         "Вона наголосила, що школа готова.", "Ірина Коваль"),
        ("uk", "Чемпіон світу Ігор Бондар прилетів до Києва. "
         "Боксер сказав, що реванш буде.", "Ігор Бондар"),
        ("ru", "Адвокат Инна Савчук подала жалобу. "
         "По словам защитницы, приговор незаконен.", "Инна Савчук"),
        ("uk", "Російський лідер заявив, що підтримує тишу.", "Vladimir Putin"),
        ("uk", "Дощ не вщухав три дні. «Такого не пам'ятаю», – сказав він.", "unclear"),
    ],
)  # fmt: skip
def test_a_post_or_a_pronoun_means_the_person_who_fits(language: str, text: str, name: str) -> None:
    assert [source.name for claim in attributed(text, language) for source in claim.sources] == [
        name
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Ситуація вимагає негайних рішень."),
        ("uk", "Суд визнав чоловіка винним і призначив йому вісім років."),
        ("uk", "Команда гучно заявила про себе на чемпіонаті Європи."),
        ("uk", "Рада відхилила законопроєкт про мобілізацію."),
        ("uk", "Майданчик у центрі назвали іменем загиблого захисника."),
        ("uk", "Курс долара вказує на спад попиту."),
        ("ru", "Результаты анализов подтвердили диагноз."),
        ("ru", "Спасатель показал детям, как тушить огонь."),
        ("ru", "Полицейские выясняют, кто сообщил о минировании."),
        ("ru", "Фильм рассказывает о судьбе медиков."),
        ("ru", "Он попросил воды и сел у окна."),
    ],
)
def test_things_courts_and_acts_say_nothing(language: str, text: str) -> None:
    assert attributed(text, language) == []


BEARERS = [
    ("uk", "Лікар Андрій Коваль працює тут. За словами Коваля, ліків бракує.", "Андрій Коваль"),
    ("uk", "Лікар Андрій Коваль працює в Харкові. Ковальчук сказав, що ліків бракує.", "Ковальчук"),
    ("ru", "Врач Андрей Петров работает здесь. Петров сказал, что лекарств нет.", "Андрей Петров"),
    ("ru", "Врач Андрей Петров работает здесь. Петросян сказал, что лекарств нет.", "Петросян"),
    ("ru", "Врач Андрей Петров работает здесь. Петрова сказала, что лекарств нет.", "Петрова"),
    ("ru", "Пётр Лосев и Иван Лосев живут здесь. Лосев сказал, что дом разрушен.", "Лосев"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "name"), BEARERS)
def test_a_surname_is_known_by_its_case_endings(language: str, text: str, name: str) -> None:
    assert [s.name for claim in attributed(text, language) for s in claim.sources] == [name]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "У попередній версії статті йшлося, що 48 000 домогосподарств без світла."),
        ("ru", "В предыдущей версии статьи говорилось, что 48 000 домохозяйств без света."),
    ],
)
def test_what_an_earlier_version_said_is_withdrawn(language: str, text: str) -> None:
    assert attributed(text, language) == []
