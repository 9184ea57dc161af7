import pytest

from rag import actors, question
from rag.errors import InputError
from rag.schema import QuestionKind, Stance

ACTORS = actors.load()


@pytest.mark.parametrize(
    ("text", "kind", "stance", "speakers", "unit"),
    [
        ("Who confirmed the troop numbers?", "who", "confirms", (), "soldiers"),
        ("Wer hat die Verluste dementiert?", "who", "denies", (), "losses"),
        ("Хто підтвердив кількість солдатів?", "who", "confirms", (), "soldiers"),
        ("Кто подтвердил численность войск?", "who", "confirms", (), "soldiers"),
        ("How many civilians were killed in Kharkiv?", "how_many", None, (), "killed"),
        ("Wie viele Raketen wurden abgefangen?", "how_many", None, (), "missiles"),
        ("Скільки дронів збито?", "how_many", None, (), "drones"),
        ("Сколько танков потеряла Россия?", "how_many", None, (), None),
        ("How long did the truce last?", "how_many", None, (), "duration"),
        ("How much money did Berlin promise?", "how_many", "announces", None, "money"),
        ("Has the Kremlin confirmed the meeting?", "whether", "confirms", ("Kremlin",), None),
        ("Hat Selenskyj das bestritten?", "whether", "denies", ("Volodymyr Zelensky",), None),
        ("Чи підтвердив Кремль зустріч?", "whether", "confirms", ("Kremlin",), None),
        ("Подтвердил ли Кремль встречу?", "whether", "confirms", ("Kremlin",), None),
        ("Stimmt es, dass Bachmut gefallen ist?", "whether", None, None, None),
        ("What did Rutte say about Putin?", "what", "asserts", ("Mark Rutte",), None),
        ("Was sagte Rutte über Putin?", "what", "asserts", ("Mark Rutte",), None),
        ("Що сказав Рютте про Путіна?", "what", "asserts", ("Mark Rutte",), None),
        ("Что сказал Рютте о Путине?", "what", "asserts", ("Mark Rutte",), None),
        ("When did the treaty enter into force?", "when", None, (), None),
        ("Seit wann gilt der Vertrag?", "when", None, (), None),
        ("Коли набув чинності договір?", "when", None, (), None),
        ("Wo wurden die Soldaten ausgebildet?", "where", None, (), None),
        ("Why did Kyiv reject the plan?", "why", "denies", None, None),
        ("Was sagte Putin, als er gefragt wurde?", "what", "asserts", ("Vladimir Putin",), None),
        ("How did Putin respond when asked?", "what", "asserts", ("Vladimir Putin",), None),
    ],
)
def test_a_question_is_typed(
    text: str,
    kind: str,
    stance: str | None,
    speakers: tuple[str, ...] | None,
    unit: str | None,
) -> None:
    asked = question.parse(text, ACTORS)
    assert asked.kind is QuestionKind(kind)
    assert asked.stance is (Stance(stance) if stance else None)
    if speakers is not None:
        assert asked.speakers == speakers
    if unit is not None:
        assert asked.unit == unit


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Wie viele Tote gab es laut NATO?", "NATO"),
        ("How many died according to the Pentagon?", "Pentagon"),
        ("Скільки солдатів загинуло за словами ГУР?", "Defence Intelligence of Ukraine"),
        ("Сколько погибло по данным ООН?", "United Nations"),
        ("Wie viele sind es laut dem Abgeordneten Meier?", "Meier"),
    ],
)
def test_according_to_names_the_speaker(text: str, speaker: str) -> None:
    assert question.parse(text, ACTORS).speakers == (speaker,)


def test_what_is_asked_about_is_no_speaker() -> None:
    asked = question.parse("What was said about Zelensky by the Pentagon?", ACTORS)
    assert "Volodymyr Zelensky" not in asked.speakers


@pytest.mark.parametrize("text", ["", "   ", "?!", "x" * 2001, "\u200b"])
def test_what_is_no_question_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        question.parse(text, ACTORS)


def test_the_topic_is_the_same_in_every_language() -> None:
    asked = [
        "How many North Korean soldiers were sent to Russia in October 2024?",
        "Wie viele nordkoreanische Soldaten wurden im Oktober 2024 nach Russland geschickt?",
        "Скільки північнокорейських солдатів відправили до Росії у жовтні 2024 року?",
        "Сколько северокорейских солдат отправили в Россию в октябре 2024 года?",
    ]
    shared = [
        {t for g in question.parse(q, ACTORS).terms for t in g if t[0] in "@#" or t[:2] == "d:"}
        for q in asked
    ]
    assert shared[0] >= {"@north_korea", "@russia", "#soldiers", "d:2024-10"}
    assert all(s == shared[0] for s in shared)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Tell me who first named that figure.", "who"),
        ("Could you list the countries that condemned it?", "who"),
        ("I'd like to know when the treaty took effect.", "when"),
        ("Whether Lavrov commented on it?", "whether"),
        ("Death toll of North Koreans by September 2025?", "how_many"),
        ("Putin admitted the deployment?", "whether"),
        ("Explain why Zelensky rejected the plan.", "why"),
        ("Sag mir, wie viele Pioniere umgekommen sind.", "how_many"),
        ("Nenne alle, die das verurteilt haben.", "who"),
        ("Trifft es zu, dass der Kreml das dementiert hat?", "whether"),
        ("Ich möchte wissen, ob Merz das aufgehoben hat.", "whether"),
        ("Der Kreml hat die Gespräche dementiert?", "whether"),
        ("Чи відомо, коли набув чинності договір?", "when"),
        ("Назвіть країни, які засудили це.", "who"),
        ("Путін визнав участь військ КНДР?", "whether"),
        ("Втрати Росії за оцінкою CSIS?", "how_many"),
        ("Известно ли, когда договор вступил в силу?", "when"),
        ("Назовите страны, которые осудили это.", "who"),
        ("По каким причинам Байден разрешил удары?", "why"),
        ("Число погибших мирных жителей в июле 2025 года?", "how_many"),
        ("Where were those trained who admitted it?", "where"),
    ],
)
def test_a_question_is_typed_however_it_is_put(text: str, kind: str) -> None:
    assert question.parse(text, ACTORS).kind is QuestionKind(kind)


@pytest.mark.parametrize(
    "text",
    [
        "Where do the counts of Kyiv and Moscow diverge?",
        "Inwiefern unterscheiden sich die Angaben?",
        "Чим відрізняються оцінки Сеула та Києва?",
        "В чём разница между оценками Сеула и Киева?",
        "Do the two ministries agree on the date?",
    ],
)
def test_a_comparison_is_recognised(text: str) -> None:
    assert question.parse(text, ACTORS).compares


@pytest.mark.parametrize(
    ("text", "speakers", "stance"),
    [
        ("After Washington allowed it, what did Lavrov say?", ("Sergei Lavrov",), "asserts"),
        ("Nachdem Kiew es bestätigte, wie reagierte Lawrow?", ("Sergei Lavrov",), "asserts"),
        ("What did Scholz say about the reports?", ("Olaf Scholz",), "asserts"),
        ("Was sagte Scholz über die Berichte?", ("Olaf Scholz",), "asserts"),
        ("Why would Seoul not confirm the number?", ("South Korea",), "no_comment"),
        ("What did NATO Secretary General Mark Rutte say?", ("Mark Rutte",), "asserts"),
        ("Wie viele kamen nach Russland, und wer gab es bekannt?", (), "announces"),
    ],
)
def test_the_main_clause_tells_who_speaks(
    text: str, speakers: tuple[str, ...], stance: str
) -> None:
    asked = question.parse(text, ACTORS)
    assert asked.speakers == speakers
    assert asked.stance is Stance(stance)


def test_the_object_between_two_parts_of_a_verb_is_topic() -> None:
    asked = question.parse("Warum räumte der Kreml den Verlust des Kreuzers ein?", ACTORS)
    assert any("kreuz" in term for group in asked.terms for term in group)


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        # a passive or an object does not speak, its agent does
        ("Wurden die Amerikaner vor dem Start gewarnt?", ()),
        ("Was Kyiv warned by Washington?", ("United States",)),
        ("Чому американців не попередили?", ()),
        ("Предупредили ли союзников об ударе?", ()),
        # an adjective is no speaker, a people is
        ("Did Russian soldiers admit to the killings?", ()),
        ("Was sagten ukrainische Soldaten über die Angriffe?", ()),
        ("Haben die Russen den Angriff bestätigt?", ("Russia",)),
        ("Is it confirmed: how many North Korean troops were killed?", ()),
        # the subject, wherever it stands
        ("Hat der Kreml den Verlust des Kreuzers eingeräumt?", ("Kremlin",)),
        ("Was hat Selenskyj Putin vorgeworfen?", ("Volodymyr Zelensky",)),
        ("Що Пекін відповів на заяви Києва?", ("China",)),
        ("Що заявив речник МЗС Китаю?", ("Chinese foreign ministry",)),
        ("Какие потери России назвала разведка Южной Кореи?", ("National Intelligence Service",)),
        ("What did the minister who met Putin say about the talks?", ()),
        # frames of attribution
        ("How many tanks did Russia lose, if Kyiv is to be believed?", ("Ukraine",)),
        (
            "What became of the wounded, if Seoul's spies have it right?",
            ("National Intelligence Service",),
        ),
        ("Сколько российских солдат погибло, если верить Киеву?", ("Ukraine",)),
        ("Glaubt man Seoul, wie viele Soldaten fielen?", ("South Korea",)),
        ("Laut Presse gibt es eine Einigung: Wann tritt sie in Kraft?", ()),
        ("How many children had been counted by January 2026?", ()),
    ],
)
def test_a_speaker_is_only_who_the_grammar_makes_one(text: str, speakers: tuple[str, ...]) -> None:
    assert question.parse(text, ACTORS).speakers == speakers


@pytest.mark.parametrize(
    "text",
    [
        "When did the guns fall silent on the front?",
        "Did Berlin do anything once the reports of new troops came out?",
        "Where were the soldiers trained whom Kyiv reported?",
        "What is the name of the captured general?",
        "Wo saßen die Piloten, die beim Angriff auf Stellungen halfen?",
        "Якого дня вийшла публікація, де полонений говорить про втечу?",
    ],
)
def test_what_nobody_is_asked_to_have_said_is_no_stance(text: str) -> None:
    assert question.parse(text, ACTORS).stance is None


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("How big is the area that Ukraine still holds?", "square_km"),
        ("Wie groß ist das Gebiet, das Russland im Osten eingenommen hat?", "square_km"),
        ("Наскільки велика ділянка, яку втратила Україна?", "square_km"),
        ("Сколько земли удерживает Украина в Курской области?", "square_km"),
        ("What percentage of Luhansk is in Russian hands?", "percent"),
        ("How much worse was July than June for civilians, in per cent?", "percent"),
        ("Скільки відсотків території Луганщини контролює Росія?", "percent"),
        ("How much worse was it for the civilians of Kherson?", None),
        ("How many settlements did Russia say it took in May?", "settlements"),
    ],
)
def test_ground_and_shares_are_asked_without_their_unit(text: str, unit: str | None) -> None:
    asked = question.parse(text, ACTORS)
    assert asked.kind is QuestionKind.HOW_MANY
    assert asked.unit == unit


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("What became of the men who fell?", "what"),
        ("Who alone may tell how many soldiers Russia has lost?", "who"),
        ("Quick check: did the strike hit a depot?", "whether"),
        ("What happened, and who announced it?", "who"),
    ],
)
def test_the_question_word_that_asks_decides(text: str, kind: str) -> None:
    assert question.parse(text, ACTORS).kind is QuestionKind(kind)
