"""What states nothing, whose turn a sentence is, and what a denial puts in the place of another."""

from __future__ import annotations

import pytest

from rag import actors, asides, attribution, segmentation
from rag.schema import Article, Claim, Polarity, Stance

ACTORS = actors.load()


def claims_of(body: str, language: str, publisher: str | None = None) -> tuple[Claim, ...]:
    """The claims of the body; that of the title is left out."""
    article = Article("a", "News", f"News\n\n{body}", language, "a", publisher=publisher)
    found = attribution.extract(article, segmentation.sentences(article), ACTORS)
    return tuple(c for c in found if c.sentence.start > 0)


def shown(claims: tuple[Claim, ...]) -> list[tuple[str, list[str], str]]:
    return [(c.stance.value, [s.name for s in c.sources], c.content[0].text) for c in claims]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Who fired it?"),
        ("en", "Thanks for following us."),
        ("en", "Two stories are going round."),
        ("en", "A matter of honour."),
        ("de", "Dazu hörte man in Kiew zweierlei:"),
        ("de", "In Moskau klang das ganz anders."),
        ("de", "Guten Abend aus Odessa."),
        ("de", "Und die Toten?"),
        ("uk", "У Москві відповіли інакше."),
        ("uk", "Дякуємо за увагу."),
        ("ru", "В Москве ответили иначе."),
        ("ru", "Вот что об этом известно:"),
    ],
)
def test_questions_greetings_and_announcements_state_nothing(language: str, text: str) -> None:
    assert not asides.states(text, language)
    assert claims_of(text, language) == ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Three dead, twelve wounded."),
        ("en", "Not for its own sake."),
        ("en", "Radiation levels were normal."),
        ("de", "Die Suche ist beendet."),
        ("de", "Kein Verletzter."),
        ("de", "Moskau schwieg."),
        ("uk", "Доказів немає."),
        ("ru", "Город без света."),
    ],
)
def test_short_sentences_that_state_something_are_kept(language: str, text: str) -> None:
    assert asides.states(text, language)
    assert len(claims_of(text, language)) == 1


LABELLED = {
    "de": "Die Ärztin Ruth Maibaum arbeitet in Lwiw.\n\n"
    "Tagblatt: Wie viele Männer liegen hier?\n\n"
    "Maibaum: Etwa 40. Im Mai waren es 70.\n\n"
    "Tagblatt: Das Ministerium soll Ihnen geholfen haben.\n\n"
    "Maibaum: Das stimmt nicht. Wir haben alles selbst bezahlt.",
    "ru": "**Вопрос:** Сколько у вас людей?\n\n**Павлов:** Около трёхсот.\n\n"
    "**Вопрос:** Вас предали?\n\n**Павлов:** Нет. Нас просто забыли.",
}


def test_the_turns_of_an_interview_are_claims_of_who_answers() -> None:
    found = shown(claims_of(LABELLED["de"], "de", "Tagblatt"))
    assert found[1:] == [
        ("asserts", ["Ruth Maibaum"], "Etwa 40."),
        ("asserts", ["Ruth Maibaum"], "Im Mai waren es 70."),
        ("denies", ["Ruth Maibaum"], "Das Ministerium soll Ihnen geholfen haben."),
        ("asserts", ["Ruth Maibaum"], "Wir haben alles selbst bezahlt."),
    ]


def test_a_number_in_an_answer_counts_what_the_question_asks_for() -> None:
    figures = [q for c in claims_of(LABELLED["de"], "de", "Tagblatt") for q in c.quantities]
    assert [(q.low, q.unit) for q in figures] == [(40, "people"), (70, "people")]


def test_labels_in_bold_with_question_and_name_are_an_interview() -> None:
    assert shown(claims_of(LABELLED["ru"], "ru")) == [
        ("asserts", ["Павлов"], "Около трёхсот."),
        ("denies", ["Павлов"], "Вас предали?"),
        ("asserts", ["Павлов"], "Нас просто забыли."),
    ]


def test_questions_in_bold_are_answered_by_the_person_of_the_lead() -> None:
    body = (
        "Maria Kowal runs a field hospital near Pokrovsk.\n\n**How many wounded do you see?**\n\n"
        "About 40.\n\n**Is it true that you lost two doctors?**\n\nThat is not true. Two nurses "
        "were hurt."
    )
    found = claims_of(body, "en")
    assert [(c.stance, c.sources[0].name) for c in found[1:]] == [
        (Stance.ASSERTS, "Maria Kowal"),
        (Stance.DENIES, "Maria Kowal"),
        (Stance.ASSERTS, "Maria Kowal"),
    ]
    assert found[2].content[0].text == "Is it true that you lost two doctors?"


@pytest.mark.parametrize(
    ("language", "body"),
    [
        # short items with a place before the colon, and questions as headings of an explainer
        ("de", "Kiew: Drei Tote im Hafen.\n\nMoskau: Zwei Schiffe gesunken.\n\nKiew: Ein Brand."),
        ("de", "## Wie viele sind frei?\n\n300 Mann kehrten heim.\n\n## Wie viele fehlen?\n\n"
         "Noch 200 Mann fehlen."),
    ],
)  # fmt: skip
def test_what_is_no_interview_makes_no_turns(language: str, body: str) -> None:
    assert not [c for c in claims_of(body, language) if c.rule in ("turn", "reply")]


@pytest.mark.parametrize(
    ("language", "text", "denied", "asserted"),
    [
        ("en", "The port authority denied that the ship had sunk: it lay in the harbour.",
         "that the ship had sunk", "it lay in the harbour"),
        ("de", "Der Sprecher bestritt, dass das Schiff gesunken sei: Es liege im Hafen.",
         "dass das Schiff gesunken sei", "Es liege im Hafen"),
        ("de", "Berichte, wonach der Bahnhof brenne, wies der Bürgermeister zurück: Es brenne nur "
         "ein Schuppen.", "wonach der Bahnhof brenne", "Es brenne nur ein Schuppen"),
        ("uk", "У порту заперечили, що судно затонуло, — воно стоїть біля причалу.",
         "що судно затонуло", "воно стоїть біля причалу"),
        ("ru", "В порту отрицают, что судно затонуло, — оно стоит у причала.",
         "что судно затонуло", "оно стоит у причала"),
    ],
)  # fmt: skip
def test_a_denial_and_what_it_puts_in_place_are_two_claims(
    language: str, text: str, denied: str, asserted: str
) -> None:
    one, other = claims_of(text, language)
    assert (one.stance, one.content[0].text) == (Stance.DENIES, denied)
    assert (other.stance, other.content[0].text) == (Stance.ASSERTS, asserted)
    assert [s.name for s in one.sources] == [s.name for s in other.sources]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "It was not a missile but a gas explosion that hit the house, the mayor said."),
        ("de", "Nicht die Armee, sondern Freiwillige hätten das Dorf befreit, sagte er."),
        ("uk", "Речник заявив, що будинок зруйнувала не ракета, а вибух газу."),
        ("ru", "Представитель заявил, что дом разрушила не ракета, а взрыв газа."),
    ],
)  # fmt: skip
def test_not_one_but_the_other_is_asserted(language: str, text: str) -> None:
    (claim,) = claims_of(text, language)
    assert claim.polarity is Polarity.POSITIVE
