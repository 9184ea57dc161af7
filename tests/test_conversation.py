import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from rag import actors, context, conversation, lexicon, question, relative_dates
from rag.assistant import Assistant
from rag.declension import behind
from rag.schema import LANGUAGES, Stance, Status

ACTORS = actors.load()
FOLDER = Path(__file__).parent
PAIRS = [
    json.loads(line)
    for line in (FOLDER / "gold" / "follow_ups.jsonl").read_text(encoding="utf-8").splitlines()
]
CASES = sorted((FOLDER.parent / "eval" / "cases").glob("*.jsonl"))


def understood(asked: str, *previous: str) -> str | None:
    return conversation.resumed(asked, previous, ACTORS).understood


def faults(pair: dict[str, Any]) -> list[str]:
    """What of a pair's expectation the resumed question does not meet."""
    resumed = conversation.resumed(pair["question"], pair["previous"], ACTORS)
    if pair.get("stands_alone"):
        return [] if resumed.understood is None else [f"changed: {resumed.understood}"]
    expected = pair["expect"]
    asked = question.parse(resumed.text, ACTORS)
    if resumed.context:
        asked = context.joined(asked, question.parse(resumed.context, ACTORS))
    whole = resumed.understood or resumed.text
    units = expected.get("unit", asked.unit)
    met = {
        "resumed": resumed.understood is not None,
        "kind": asked.kind == expected["kind"],
        "actors": set(expected.get("actors", ())) <= set(asked.actors),
        "not_actors": not set(expected.get("not_actors", ())) & set(asked.actors),
        "speakers": set(expected.get("speakers", asked.speakers)) == set(asked.speakers),
        "unit": asked.unit in (units if isinstance(units, list) else [units]),
        "date": asked.date == expected.get("date", asked.date),
        "stance": asked.stance == expected.get("stance", asked.stance),
        "holds": all(words in whole for words in expected.get("holds", ())),
        "lacks": not any(words in whole for words in expected.get("lacks", ())),
        "language": resumed.language == expected["language"],
    }
    return [f"{key}: {whole}" for key, good in met.items() if not good]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["id"])
def test_a_follow_up_becomes_the_whole_question(pair: dict[str, Any]) -> None:
    assert faults(pair) == []


def test_every_language_has_fifteen_pairs() -> None:
    for language in LANGUAGES:
        assert sum(pair["id"].startswith(language) for pair in PAIRS) >= 15


@pytest.mark.parametrize(
    ("previous", "asked", "whole"),
    [
        (
            "How many tanks did Russia lose in 2024?",
            "When was that?",
            "When did Russia lose that many tanks in 2024?",
        ),
        (
            "How many soldiers did North Korea send?",
            "Did Russia deny it?",
            "Did Russia deny that North Korea did send that many soldiers?",
        ),
        (
            "How many North Korean soldiers fought in Kursk?",
            "How many are still there?",
            "How many of the North Korean soldiers are still in Kursk?",
        ),
        (
            "Wie viele Zivilisten wurden in der Ukraine getötet?",
            "Und im April 2025?",
            "Wie viele Zivilisten wurden im April 2025 in der Ukraine getötet?",
        ),
        (
            "Was sagten die USA zur Verlegung?",
            "Und der Kreml?",
            "Was sagte der Kreml zur Verlegung?",
        ),
        (
            "Hat Russland die Verluste bestätigt?",
            "Und die USA?",
            "Haben die USA die Verluste bestätigt?",
        ),
        (
            "Чому Київ відкинув мирний план?",
            "А Москва?",
            "Чому Москва відкинула мирний план?",
        ),
        (
            "Хто підтвердив відправлення військ?",
            "Коли це було?",
            "Коли підтвердили відправлення військ?",
        ),
        (
            "Подтвердила ли Россия отправку войск?",
            "А США?",
            "Подтвердили ли США отправку войск?",
        ),
        (
            "Сколько мирных жителей погибло в Харькове?",
            "А Курск?",
            "Сколько мирных жителей погибло в Курске?",
        ),
        (
            "How many tanks did Russia lose in April 2025?",
            "And before that?",
            "How many tanks did Russia lose before April 2025?",
        ),
    ],
)
def test_the_whole_question_is_grammatical(previous: str, asked: str, whole: str) -> None:
    assert understood(asked, previous) == whole


def test_a_chain_keeps_what_each_question_added() -> None:
    chain = ("Wie viele nordkoreanische Soldaten kämpften in Kursk?", "Und die Verwundeten?")
    assert understood("Und laut Südkorea?", *chain) == (
        "Wie viele Verwundete gab es unter den nordkoreanischen Soldaten in Kursk, laut Südkorea?"
    )


def test_a_new_topic_ends_what_is_carried_over() -> None:
    chain = ("How many North Korean soldiers were sent to Russia?", "Who denied the peace plan?")
    whole = understood("And Russia?", *chain)
    assert whole is not None
    assert "soldiers" not in whole


@pytest.mark.parametrize(
    ("asked", "previous"),
    [
        ("why?", ()),
        ("And Russia?", ()),
        ("And Russia?", ("Hello",)),
        ("thanks", ("How many tanks did Russia lose?",)),
        ("", ("How many tanks did Russia lose?",)),
        ("?!", ("How many tanks did Russia lose?", "", "…")),
        ("and " * 800, ("How many tanks did Russia lose?",)),
        ("And the aircraft?", ("How many " + "tanks and " * 150 + "ships did Russia lose?",)),
    ],
)
def test_what_cannot_be_resolved_stays_as_asked(asked: str, previous: Sequence[str]) -> None:
    resumed = conversation.resumed(asked, previous, ACTORS)
    assert (resumed.text, resumed.understood) == (asked, None)


@pytest.mark.parametrize(
    ("previous", "asked"),
    [
        ("How many tanks did Russia lose?", "And before that?"),
        ("How many tanks did Russia lose?", "And the treaty?"),
        ("What did the envoys discuss in Geneva in February 2026?", "Did they agree on that?"),
        (
            "What did the fleet fire at Odesa in May 2025?",
            "And how long before were people warned?",
        ),
        ("Whom did the minister meet in Oslo in March?", "What did the two sides agree on?"),
        ("Mit wem sprach der Minister im März in Oslo?", "Ging es dabei um die Gefangenen?"),
        ("Wie viele Panzer standen im Mai vor Kupjansk?", "Sind noch welche dazugekommen?"),
        ("Про що домовилися в Женеві?", "А скільки з того виконано?"),
        ("Какую часть района заняла армия в мае?", "За какие сёла тогда ещё шли бои?"),
        ("What did Kim Jong Un tell the regiment?", "How far had they come by then?"),
    ],
)
def test_what_no_rewording_makes_whole_is_answered_in_context(previous: str, asked: str) -> None:
    resumed = conversation.resumed(asked, (previous,), ACTORS)
    assert (resumed.text, resumed.context) == (asked, previous)
    assert resumed.understood is not None
    again = conversation.resumed(resumed.understood, (), ACTORS)
    assert (again.text, again.context, again.understood) == (asked, previous, None)


def test_context_grows_with_each_question_that_needs_it() -> None:
    chain = ("What did Budanov say about North Koreans?", "And what had his deputy said then?")
    resumed = conversation.resumed("How many of the additional ones did he expect?", chain, ACTORS)
    assert resumed.text == "How many of the additional ones did he expect?"
    assert resumed.context == f"{chain[1]} {chain[0]}"


def test_in_context_a_question_keeps_its_kind_and_gets_the_actors_and_terms() -> None:
    asked = question.parse("How many of those are deaths?", ACTORS)
    earlier = question.parse("How high are Russia's losses at the end of 2025?", ACTORS)
    made = context.joined(asked, earlier)
    assert (made.kind, made.unit, made.actors) == (asked.kind, "killed", ("Russia",))
    assert set(asked.terms) | set(earlier.terms) == set(made.terms)


def test_a_bare_name_is_no_other_goal_but_another_speaker() -> None:
    whole = understood("And Ukraine?", "How many North Korean soldiers were sent to Russia?")
    assert whole == "How many North Korean soldiers were sent to Russia, according to Ukraine?"


@pytest.mark.parametrize(
    "asked",
    [
        "Is it true that Bakhmut has fallen?",
        "What did Putin say when he met Kim?",
        "Who said that North Korea would send more soldiers?",
        "Is there evidence that soldiers died?",
        "Wie lange gilt der Vertrag, und wie lässt er sich kündigen?",
        "Wie viele Soldaten kamen, und wie viele von ihnen sind gefallen?",
        "Скільки солдатів прибуло і скільки з них загинуло?",
        "Что сказал Путин после того, как он встретил Кима?",
        "North Korea troops Kursk 2024",
    ],
)
def test_a_question_that_explains_its_pronouns_stands_alone(asked: str) -> None:
    assert understood(asked, "Did Mark Rutte confirm the peace plan?") is None


def test_whole_questions_are_hardly_ever_changed() -> None:
    asked = [
        value
        for path in CASES
        for line in path.read_text(encoding="utf-8").splitlines()
        for record in (json.loads(line),)
        if not record.get("previous")
        for key, value in record.items()
        if key.startswith("question") and isinstance(value, str)
    ]
    # Each after the one that stands three lines further: mostly another topic or language.
    pairs = list(zip(asked, asked[3:] + asked[:3], strict=True))[::2]
    changed = [one for one, before in pairs if understood(one, before)]
    assert len(changed) < 0.03 * len(pairs), changed


@pytest.mark.parametrize(
    ("name", "preposition", "language", "made"),
    [
        ("die Ukraine", "in", "de", "der Ukraine"),
        ("die USA", "von", "de", "den USA"),
        ("der Kreml", "über", "de", "den Kreml"),
        ("Північна Корея", "в", "uk", "Північній Кореї"),
        ("Україна", "до", "uk", "України"),
        ("Росія", "про", "uk", "Росію"),
        ("Северная Корея", "из", "ru", "Северной Кореи"),
        ("Россия", "в", "ru", "России"),
        ("США", "до", "ru", "США"),
        ("Ukraine", "in", "en", "Ukraine"),
    ],
)
def test_a_name_stands_in_the_case_of_its_preposition(
    name: str, preposition: str, language: str, made: str
) -> None:
    plural = name in ("die USA", "США")
    assert behind(name, preposition, language, plural=plural) == made


def test_a_follow_up_is_answered_as_its_whole_form(shipped: Assistant) -> None:
    first = "How many North Korean soldiers were sent to Russia?"
    followed = shipped.ask("And the losses?", previous=(first,))
    assert followed.question == "And the losses?"
    assert followed.understood == "How high were the losses among North Korean soldiers?"
    whole = shipped.ask(followed.understood)
    assert whole.understood is None
    assert (followed.text, followed.citations) == (whole.text, whole.citations)


def test_the_answer_is_in_the_language_of_the_follow_up(shipped: Assistant) -> None:
    first = "How many North Korean soldiers were sent to Russia?"
    assert shipped.ask("Und laut Südkorea?", previous=(first,)).language == "de"


def test_a_question_is_not_touched_by_what_another_session_asked(shipped: Assistant) -> None:
    shipped.ask("How many North Korean soldiers were sent to Russia?")
    assert shipped.ask("And the losses?").understood is None


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("How many North Korean soldiers were sent to Russia?", "en"),
        ("Wie viele nordkoreanische Soldaten wurden nach Russland geschickt?", "de"),
        ("Скільки північнокорейських солдатів загинуло?", "uk"),
        ("Сколько северокорейских солдат погибло?", "ru"),
    ],
)
def test_next_questions_are_new_and_in_the_readers_language(
    shipped: Assistant, asked: str, language: str
) -> None:
    answer = shipped.ask(asked)
    assert 1 <= len(answer.suggestions) <= 3
    assert asked not in answer.suggestions
    assert {question.parse(one, ACTORS).language for one in answer.suggestions} == {language}
    assert shipped.ask(asked).suggestions == answer.suggestions


def test_what_was_asked_before_is_not_suggested(shipped: Assistant) -> None:
    asked = "How many North Korean soldiers were sent to Russia?"
    first = shipped.ask(asked).suggestions[0]
    assert first not in shipped.ask(asked, previous=(first,)).suggestions


def test_a_suggested_question_is_answered_after_the_one_just_asked(shipped: Assistant) -> None:
    first = "How many North Korean soldiers were sent to Russia?"
    suggestions = shipped.ask(first).suggestions
    statuses = [shipped.ask(one, previous=(first,)).status for one in suggestions]
    assert Status.NO_EVIDENCE not in statuses


def test_who_denies_is_suggested_only_where_somebody_does(shipped: Assistant) -> None:
    asked = "Did Russia deny in October 2024 that North Korean soldiers are in Russia?"
    assert "Who denies that?" not in shipped.ask(asked).suggestions
    for one in ("How many North Korean soldiers were sent to Russia?", "Was meldete Gerassimow?"):
        answer = shipped.ask(one)
        denies = {"Who denies that?", "Wer hat das dementiert?"} & set(answer.suggestions)
        for suggestion in denies:
            cited = shipped.ask(suggestion, previous=(one,)).positions
            assert Stance.DENIES in {position.stance for position in cited}


def test_suggestions_are_fixed_wordings_that_the_conversation_understands() -> None:
    asked = {
        "en": "How many North Korean soldiers were sent to Russia?",
        "de": "Wie viele nordkoreanische Soldaten wurden nach Russland geschickt?",
        "uk": "Скільки північнокорейських солдатів загинуло?",
        "ru": "Сколько северокорейских солдат погибло?",
    }
    for language in LANGUAGES:
        table = lexicon.load("conversation", language)["next"]
        names = [ACTORS.label("Kremlin", language), ACTORS.label("United States", language)]
        says = [one.format(name=n) for one, n in zip(table["says"], names, strict=True)]
        dated = table["dated"].format(date=relative_dates.phrase("2025-04", language))
        for one in (table["denies"], table["confirms"], dated, *says):
            assert understood(one, asked[language]) not in (None, one)
