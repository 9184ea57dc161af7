import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag import text


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Who confirmed?", "en"),
        ("Rutte NATO", "en"),
        ("And Russia?", "en"),
        ("Wer bestätigte die Zahl?", "de"),
        ("Wann war das?", "de"),
        ("Kreml Truppen Zahl bestätigt wer", "de"),
        ("Скільки?", "uk"),
        ("Хто заявив про 10 000–12 000 солдатів?", "uk"),
        ("а втрати?", "uk"),
        ("Кто подтвердил численность?", "ru"),
        ("А потери?", "ru"),
        ("Сколько военных отправил Пхеньян?", "ru"),
    ],
)
def test_the_language_of_a_short_question_is_told(question: str, language: str) -> None:
    assert text.language_of(question) == language


def test_an_article_in_another_language_has_none_of_ours() -> None:
    french = "Le gouvernement a déclaré lundi que les soldats étaient arrivés dans la région."
    assert text.language_of_article(french) is None


@pytest.mark.parametrize(
    ("article", "language"),
    [
        ("Das Ministerium teilte am Montag mit, die Lage sei ruhig.", "de"),
        ("The ministry said on Monday that the situation was calm.", "en"),
        ("У понеділок міністерство повідомило, що ситуація спокійна.", "uk"),
        ("В понедельник министерство сообщило, что обстановка спокойная.", "ru"),
    ],
)
def test_the_language_of_an_article_is_told(article: str, language: str) -> None:
    assert text.language_of_article(article) == language


def test_invisible_characters_and_line_ends_are_normalised() -> None:
    raw = "\ufeffEr\u200b sagte\u00ad:\r\n\r\n\r\n\r\nJa.\x00\u202e \tNein.\r"
    assert text.normalise(raw) == "Er sagte:\n\nJa.  Nein."


@given(st.text(max_size=200))
def test_normalising_twice_changes_nothing(raw: str) -> None:
    once = text.normalise(raw)
    assert text.normalise(once) == once


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("de", ("Soldat", "Soldaten")),
        ("en", ("soldier", "soldiers")),
        ("uk", ("солдати", "солдатів", "солдатам")),
        ("ru", ("солдаты", "солдат", "солдатам")),
        ("uk", ("втрати", "втрат", "втратами")),
        ("uk", ("розвідка", "розвідки", "розвідкою")),
    ],
)
def test_forms_of_one_word_share_a_stem(language: str, forms: tuple[str, ...]) -> None:
    assert len({text.stem(form.lower(), language) for form in forms}) == 1


@given(st.text(max_size=30))
def test_a_ukrainian_stem_is_never_empty(word: str) -> None:
    assert text.stem(word, "uk") or not word
