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
