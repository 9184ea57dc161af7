"""The suite `answers`: its measures, its check of gold, and one run over three articles."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import library as settings_of

from eval import __main__ as command
from eval import answer_metrics, answers, cases, gold_check, judged, metrics, shuffled
from eval.cases import Case, GoldSpan, Kind
from eval.scoring import Names, Outcome, assess, complaints, failed
from eval.suite import Options, Result
from rag import loading
from rag.errors import InputError
from rag.schema import (
    Answer,
    Badge,
    Citation,
    Conflict,
    Flag,
    Position,
    Side,
    Span,
    Stance,
    Statement,
    Status,
    Support,
)

RUTTE = "Mark Rutte confirmed on 28 October 2024 that North Korean units are in Kursk."
SEOUL = "Seoul put the number of dead at about 300 on 13 January 2025."
KYIV = "Kyiv spoke of 3,000 killed and wounded on 23 December 2024."
TEXT = f"{RUTTE} {SEOUL} {KYIV}"
NAMES = Names(same=str.__eq__, mentioned=lambda name, text: name in text)

KURSK = """---
title: What NATO knows of the units in Kursk
publisher: Test Gazette
published: 2024-10-29
language: en
---
NATO Secretary General Mark Rutte confirmed on 28 October 2024 that North Korean units had been
deployed to the Kursk region. The Pentagon estimated on 29 October 2024 that about 10,000 North
Korean soldiers were in Russia.

Kremlin spokesman Dmitry Peskov declined to comment on the report.
"""
LOSSES = """---
title: Wie viele gefallen sind
publisher: Testblatt
published: 2025-01-20
language: de
---
Der südkoreanische Geheimdienst NIS schätzte am 13. Januar 2025, dass etwa 300 nordkoreanische
Soldaten getötet wurden. Präsident Wolodymyr Selenskyj sprach am 23. Dezember 2024 von mehr als
3.000 getöteten und verwundeten Nordkoreanern.
"""
PRISONERS = """---
id: polonenі-kndr
title: Полонені з КНДР
publisher: Тестова газета
published: 2025-01-14
language: uk
---
Президент Володимир Зеленський повідомив 11 січня 2025 року, що українські військові взяли в полон
двох північнокорейських солдатів у Курській області.
"""
CONFIRMED = (
    "NATO Secretary General Mark Rutte confirmed on 28 October 2024 that North Korean units had "
    "been\ndeployed to the Kursk region."
)
ESTIMATED = (
    "Der südkoreanische Geheimdienst NIS schätzte am 13. Januar 2025, dass etwa 300 "
    "nordkoreanische\nSoldaten getötet wurden."
)
WHO = {
    "id": "who-en",
    "language": "en",
    "kind": "plain",
    "question": "Who confirmed that North Korean units are in the Kursk region?",
    "answerable": True,
    "spans": [{"article": "kursk", "quote": CONFIRMED}],
    "sources": ["Mark Rutte"],
    "flag": ["attributed", "corroborated"],
    "group": "who",
}
WHO_DE = {
    **WHO,
    "id": "who-de",
    "language": "de",
    "question": "Wer bestätigte, dass nordkoreanische Einheiten in der Region Kursk sind?",
}
BREAD = {
    "id": "bread",
    "language": "ru",
    "kind": "near_miss",
    "question": "Сколько стоил хлеб в Сеуле?",
    "answerable": False,
    "flag": "no_evidence",
}
AND_SEOUL = {
    "id": "and-seoul",
    "language": "de",
    "kind": "follow_up",
    "previous": ["Wie viele Nordkoreaner wurden nach Angaben Kiews getötet?"],
    "question": "Und laut dem südkoreanischen Geheimdienst?",
    "full": "Wie viele Nordkoreaner wurden laut dem südkoreanischen Geheimdienst getötet?",
    "answerable": True,
    "spans": [{"article": "losses", "quote": ESTIMATED}],
    "figures": [{"low": 300, "high": 300, "unit": "killed"}],
    "flag": "attributed",
}


def span(quote: str) -> Span:
    start = TEXT.index(quote)
    return Span("a", start, start + len(quote), quote)


def citation(number: int, quote: str, published: str | None = None) -> Citation:
    place = span(quote)
    where = (quote, place.start, place.end)
    return Citation(number, "a", "Losses", None, published, None, "en", *where)


def answer(*quotes: str, flag: Flag = Flag.ATTRIBUTED, badges: tuple[Badge, ...] = ()) -> Answer:
    """An answer with a statement and a position for each of these quotes."""
    numbers = range(1, len(quotes) + 1)
    silent = flag is Flag.NO_EVIDENCE
    return Answer(
        question="Who?",
        language="en",
        as_of=None,
        status=Status.NO_EVIDENCE if silent else Status.ANSWERED,
        flag=flag,
        badges=badges,
        documents=1,
        origins=1,
        why=(),
        text="",
        statements=tuple(
            Statement(f"As reported: {quote}", (number,), Support.SUPPORTED)
            for number, quote in zip(numbers, quotes, strict=True)
        ),
        positions=tuple(
            Position("Kyiv", Side.UKRAINE, Stance.CLAIMS, None, None, quote, flag, (number,))
            for number, quote in zip(numbers, quotes, strict=True)
        ),
        conflicts=(),
        timeline=(),
        citations=tuple(citation(*pair) for pair in zip(numbers, quotes, strict=True)),
        nearest=(),
        engine="extractive",
        elapsed_ms=1.0,
    )


def case(kind: Kind, *quotes: str, flags: tuple[Flag, ...] = (), **more: Any) -> Case:
    silent = (Flag.ATTRIBUTED,) if quotes else (Flag.NO_EVIDENCE,)
    return Case(
        where="gold.jsonl:1",
        id=more.pop("id", "q"),
        language=more.pop("language", "en"),
        question="Who?",
        kind=kind,
        answerable=bool(quotes),
        spans=tuple(GoldSpan(article="a", quote=quote) for quote in quotes),
        flags=flags or silent,
        **more,
    )


def outcome(asked: Case, given: Answer) -> Outcome:
    return assess(asked, cases.locate(asked, {"a": TEXT}), given, NAMES)


def written(path: Path, *records: object) -> Path:
    path.write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    for name, text in (("kursk", KURSK), ("losses", LOSSES), ("prisoners", PRISONERS)):
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def options(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Options:
    """Questions over the three articles, and libraries that share the unpacked model."""
    folder = tmp_path_factory.mktemp("answers")
    settings_of(folder / "library", models)
    settings_of(folder / "library" / "shuffled" / "library", models)
    path = written(folder / "gold.jsonl", WHO, WHO_DE, BREAD, AND_SEOUL)
    return Options(library=folder / "library", cases=(path,))


@pytest.fixture(scope="module")
def result(options: Options, corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Result:
    return answers.measure(options, corpus, tmp_path_factory.mktemp("judged") / "none.jsonl")


# The format of the cases


@pytest.mark.parametrize(
    ("record", "change", "said"),
    [
        (AND_SEOUL, {"previous": []}, "a follow_up, and nothing else, has previous and full"),
        (AND_SEOUL, {"full": None}, "a follow_up, and nothing else, has previous and full"),
        (WHO, {"full": "Who?"}, "a follow_up, and nothing else, has previous and full"),
        (BREAD, {"kind": "false_premise"}, "kind false_premise is answerable"),
        (WHO, {"kind": "near_miss"}, "a near_miss is not answerable"),
        (WHO, {"kind": "conflict"}, "a conflict has a span for each side, two or more"),
        (WHO, {"kind": "as_of"}, "has a date under as_of"),
        (WHO, {"kind": "riddle"}, "kind"),
    ],
)
def test_a_case_that_does_not_fit_its_kind_is_refused_with_its_line(
    tmp_path: Path, record: dict[str, Any], change: dict[str, Any], said: str
) -> None:
    path = written(tmp_path / "gold.jsonl", {**record, "id": "first"} | change)
    with pytest.raises(InputError, match=said) as caught:
        cases.load(path)
    assert "gold.jsonl:1: " in str(caught.value)


def test_gold_that_differs_within_a_group_and_an_id_of_two_files_are_named(tmp_path: Path) -> None:
    one = cases.load(written(tmp_path / "one.jsonl", WHO))
    other = {**WHO_DE, "flag": "denied"}
    two = cases.load(written(tmp_path / "two.jsonl", other, {**BREAD, "id": "who-en"}))
    flags, taken = cases.clashes((*one, *two))
    assert "two.jsonl:1: who-de: flags differ from" in flags
    assert "two.jsonl:2: id 'who-en' is taken by" in taken
    assert cases.clashes((*one, *cases.load(written(tmp_path / "de.jsonl", WHO_DE)))) == ()


# The check of the gold


def test_the_check_finds_nothing_wrong_with_whole_sentences_of_the_articles(
    tmp_path: Path, corpus: Path
) -> None:
    found = gold_check.check([written(tmp_path / "g.jsonl", WHO, WHO_DE, AND_SEOUL)], corpus)
    assert (found.errors, found.warnings) == ((), ())
    assert found.counts == ("de: 2 questions (follow_up 1, plain 1)", "en: 1 questions (plain 1)")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"spans": [{"article": "kursk", "quote": "Rutte denied it."}]}, "does not hold"),
        ({"spans": [{"article": "tass", "quote": "Rutte"}]}, "there is no article 'tass'"),
        ({"kind": None}, "kind is missing"),
        ({"kind": "as_of", "as_of": "2024-10-28"}, "no article with this was published by"),
        ({"awnserable": True}, "awnserable"),
    ],
)
def test_the_check_names_file_line_and_what_is_wrong_and_goes_on(
    tmp_path: Path, corpus: Path, change: dict[str, Any], said: str
) -> None:
    wrong = {**WHO, "group": None} | change
    path = written(tmp_path / "g.jsonl", BREAD, wrong, {**WHO, "id": "x", "kind": "conflict"})
    found = gold_check.check([path], corpus)
    assert len(found.errors) == 2
    assert any(f"{path}:2: " in line and said in line for line in found.errors)
    assert any(f"{path}:3: " in line for line in found.errors)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"spans": [{"article": "kursk", "quote": CONFIRMED.partition(" that")[0]}]},
            "not one whole sentence",
        ),
        ({"sources": ["Pat Ryder"]}, "source 'Pat Ryder' is not among those of the claims there"),
        ({"figures": [{"low": 5, "high": 5}]}, "figure 5-5  is not among those"),
    ],
)
def test_the_check_warns_of_what_the_claims_of_the_articles_do_not_give(
    tmp_path: Path, corpus: Path, change: dict[str, Any], said: str
) -> None:
    found = gold_check.check([written(tmp_path / "g.jsonl", WHO | change)], corpus)
    assert found.errors == ()
    (line,) = found.warnings
    assert said in line


# The measures


def test_a_statement_of_absence_needs_no_citation_and_every_other_does() -> None:
    given = answer(RUTTE)
    bare = Statement("Nobody denied it.", (), Support.ABSENCE)
    loose = Statement("Berlin agreed.", (), Support.SUPPORTED)
    given = replace(given, statements=(*given.statements, bare, loose))
    found = answer_metrics.summarise([outcome(case(Kind.PLAIN, RUTTE), given)], {"a": TEXT})
    assert (found["cited"].value, found["cited"].n) == (0.5, 2)


def test_decisive_counts_sentences_and_decisive_all_questions() -> None:
    half = outcome(case(Kind.PLAIN, RUTTE, SEOUL), answer(RUTTE))
    whole = outcome(case(Kind.PLAIN, KYIV), answer(KYIV))
    silent = outcome(case(Kind.NEAR_MISS), answer(flag=Flag.NO_EVIDENCE))
    found = answer_metrics.summarise([half, whole, silent], {"a": TEXT})
    assert (found["decisive"].value, found["decisive"].n) == (pytest.approx(2 / 3), 3)
    assert (found["decisive_all"].value, found["decisive_all"].n) == (0.5, 2)
    assert (found["abstention_precision"].value, found["abstention_recall"].value) == (1, 1)


def test_a_premise_is_corrected_by_the_badge_and_a_gold_sentence_together() -> None:
    asked, badge = case(Kind.FALSE_PREMISE, RUTTE), (Badge.PREMISE_NOT_MET,)
    corrected = outcome(asked, answer(RUTTE, badges=badge))
    swallowed = outcome(asked, answer(RUTTE))
    beside = outcome(asked, answer(SEOUL, badges=badge))
    assert [o.premise_is_corrected for o in (corrected, swallowed, beside)] == [True, False, False]
    assert "the premise is not corrected" in complaints(swallowed)
    plain = outcome(case(Kind.PLAIN, RUTTE), answer(RUTTE, badges=badge))
    found = answer_metrics.summarise([corrected, swallowed, beside, plain], {"a": TEXT})
    assert (found["premise"].value, found["premise"].n) == (pytest.approx(1 / 3), 3)
    assert (found["premise_false_alarm"].value, found["premise_false_alarm"].n) == (1, 1)


def test_a_conflict_is_shown_when_one_conflict_cites_two_of_its_sides() -> None:
    asked = case(Kind.CONFLICT, SEOUL, KYIV)
    both = answer(SEOUL, KYIV, RUTTE)
    shown = outcome(asked, replace(both, conflicts=(Conflict("killed", (0, 1)),)))
    apart = replace(both, conflicts=(Conflict("killed", (0, 2)), Conflict("killed", (1, 2))))
    assert shown.conflict_is_shown
    assert not outcome(asked, apart).conflict_is_shown
    assert "the conflict is not shown" in complaints(outcome(asked, both))


def test_a_follow_up_is_answered_as_its_full_form_when_it_cites_the_same_gold() -> None:
    asked = case(Kind.FOLLOW_UP, SEOUL, previous=("How many?",), full="How many, says Seoul?")
    given = outcome(asked, answer(SEOUL, KYIV))
    silent = answer(flag=Flag.NO_EVIDENCE)
    assert replace(given, full=answer(KYIV, SEOUL)).follows
    beside = outcome(asked, answer(KYIV))
    assert not replace(beside, full=answer(SEOUL)).follows
    assert not given.follows
    assert not replace(outcome(asked, silent), full=silent).follows
    assert "not answered as: How many, says Seoul?" in complaints(given)


def test_parity_is_the_share_of_what_any_language_of_the_group_cites() -> None:
    def asked(language: str, group: str | None = "g") -> Case:
        return case(Kind.PLAIN, RUTTE, SEOUL, KYIV, id=language, language=language, group=group)

    english = outcome(asked("en"), answer(RUTTE, SEOUL))
    german = outcome(asked("de"), answer(RUTTE))
    alone = outcome(asked("uk", None), answer(KYIV))
    found = answer_metrics.parity([english, german, alone])
    assert (found.value, found.n) == (0.75, 2)
    assert answer_metrics.misses([english, german]) == (
        "de [de] cites 50% of what its group cites",
    )


def test_a_group_of_which_nothing_is_cited_says_nothing_of_parity() -> None:
    lost = outcome(case(Kind.PLAIN, RUTTE, group="g"), answer(SEOUL))
    assert answer_metrics.parity([lost, lost]).n == 0


def test_citations_of_articles_after_the_date_of_the_question_are_counted() -> None:
    asked = case(Kind.AS_OF, RUTTE, as_of="2025-01-01")
    cited = (citation(1, RUTTE, "2024-12-01"), citation(2, SEOUL, "2025-01-13"))
    given = outcome(asked, replace(answer(RUTTE, SEOUL), citations=cited))
    assert answer_metrics.summarise([given], {"a": TEXT})["too_new"].value == 1


def test_macro_f1_is_the_mean_over_the_flags_of_the_gold() -> None:
    denied, claim, other = Flag.DENIED, Flag.PARTY_CLAIM, Flag.HEDGED
    pairs = [(denied, denied), (denied, claim), (claim, claim), (claim, None), (claim, other)]
    # denied: 2·1 / (2·1 + 0 + 1); party_claim: 2·1 / (2·1 + 1 + 2); hedged is not in the gold
    found = metrics.macro_f1(pairs)
    assert found.value == pytest.approx((2 / 3 + 2 / 5) / 2)
    assert found.low is not None
    assert found.high is not None
    assert 0 <= found.low <= found.value <= found.high <= 1
    assert metrics.macro_f1(pairs) == found


def test_of_several_right_flags_the_given_one_is_the_gold_of_f1() -> None:
    right = case(Kind.PLAIN, RUTTE, flags=(Flag.CONFIRMED, Flag.ATTRIBUTED))
    found = answer_metrics.summarise([outcome(right, answer(RUTTE))], {"a": TEXT})
    assert (found["flag"].value, found["flag_f1"].value) == (1, 1)
    wrong = outcome(right, answer(RUTTE, flag=Flag.DENIED))
    assert answer_metrics.summarise([wrong], {"a": TEXT})["flag_f1"].value == 0


def test_a_question_that_failed_is_a_full_miss() -> None:
    asked = case(Kind.CONFLICT, SEOUL, KYIV)
    found = answer_metrics.summarise(
        [failed(asked, cases.locate(asked, {"a": TEXT}), "KeyError: 'x'")], {"a": TEXT}
    )
    assert [found[name].value for name in ("decisive", "conflicts", "flag", "crashes")] == [
        0,
        0,
        0,
        1,
    ]


# Judgements


def test_a_judgement_holds_as_long_as_the_answer_makes_the_statement(tmp_path: Path) -> None:
    before = outcome(case(Kind.PLAIN, RUTTE), answer(RUTTE, SEOUL, KYIV))
    lines = [json.loads(line) for line in judged.sample([before], 3, ())]
    assert {line["carried"] for line in lines} == {None}
    path = tmp_path / "judged.jsonl"
    read = [line | {"carried": KYIV not in line["citations"]} for line in lines]
    judgements = judged.load(written(path, *read))
    found = judged.measure(judgements, [before])
    assert (found.precision.value, found.precision.n) == (pytest.approx(2 / 3), 3)
    assert (found.stale.value, found.stale.n) == (0, 3)
    assert len(found.misses) == 1
    after = outcome(case(Kind.PLAIN, RUTTE), answer(RUTTE, SEOUL))
    found = judged.measure(judgements, [after])
    assert (found.precision.value, found.precision.n) == (1, 2)
    assert found.stale.value == 1


def test_a_sample_takes_one_statement_of_each_question_first_and_keeps_judgements() -> None:
    first = outcome(case(Kind.PLAIN, RUTTE, id="a"), answer(RUTTE, SEOUL))
    second = outcome(case(Kind.PLAIN, RUTTE, id="b"), answer(KYIV))
    lines = judged.sample([first, second], 2, ())
    assert {json.loads(line)["id"] for line in lines} == {"a", "b"}
    assert judged.sample([second, first], 2, ()) == lines
    judgement = judged.Judgement.model_validate({**json.loads(lines[0]), "carried": True})
    assert json.loads(judged.sample([first, second], 2, [judgement])[0])["carried"] is True


@pytest.mark.parametrize(
    ("change", "said"), [({"carried": None}, "carried is null"), ({"note2": ""}, "note2")]
)
def test_a_line_that_judges_nothing_is_refused_with_its_line(
    tmp_path: Path, change: dict[str, Any], said: str
) -> None:
    line = {"id": "q", "question": "Who?", "language": "en", "statement": "S", "citations": [RUTTE]}
    path = written(tmp_path / "judged.jsonl", {**line, "carried": True}, {**line} | change)
    with pytest.raises(InputError, match=said) as caught:
        judged.load(path)
    assert "judged.jsonl:2: " in str(caught.value)


def test_where_nothing_was_judged_there_is_nothing_to_measure(tmp_path: Path) -> None:
    assert judged.load(tmp_path / "none.jsonl") == ()
    assert judged.measure((), []).precision.value is None


# Shuffled articles


def test_shuffled_articles_have_the_same_texts_in_the_opposite_order_under_new_ids(
    tmp_path: Path, corpus: Path
) -> None:
    names = shuffled.write(corpus, tmp_path / "shuffled")
    copies = [loading.read(path) for path in loading.find_files(tmp_path / "shuffled").articles]
    olds = {a.id: a for a in map(loading.read, loading.find_files(corpus).articles)}
    assert [names[copy.id] for copy in copies] == sorted(olds, reverse=True)
    assert not olds.keys() & names.keys()
    assert all(copy.text == olds[names[copy.id]].text for copy in copies)
    assert all(copy.published == olds[names[copy.id]].published for copy in copies)


def test_two_answers_are_the_same_but_for_the_names_of_their_articles() -> None:
    one = answer(RUTTE)
    renamed = replace(one, citations=(replace(one.citations[0], article_id="x0"),))
    assert shuffled.same(one, renamed, {"x0": "a"})
    assert not shuffled.same(one, renamed, {"x0": "b"})
    assert not shuffled.same(one, replace(one, flag=Flag.DENIED), {})
    assert not shuffled.same(one, None, {})


# The whole suite over three articles


def test_the_suite_measures_every_question_once(result: Result) -> None:
    found = result.metrics
    assert found["flag"].n == 4
    assert found["decisive"].n == 3
    assert found["abstention_recall"].n == 1
    assert found["follow_ups"].n == 1
    assert found["crashes"].value == 0
    assert found["verbatim"].value == 1
    assert found["decisive_en"].n == found["decisive_de"].n - 1 == 1
    assert found["abstention_recall_ru"].n == 1
    assert list(result.languages) == ["de", "en", "ru"]


def test_the_question_who_is_answered_alike_in_two_languages(result: Result) -> None:
    by_id = {one.case.id: one for one in result.outcomes}
    assert not by_id["who-en"].missed_spans
    assert not by_id["who-de"].missed_spans
    assert result.metrics["parity"].value == 1
    assert by_id["and-seoul"].full is not None


def test_the_order_and_the_names_of_articles_change_no_answer(
    result: Result, options: Options, corpus: Path
) -> None:
    same = answers.same_shuffled(result.outcomes, options, corpus)
    assert same == [True] * len(result.outcomes)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["foundation", "--only", "f01"], "go with answers alone"),
        (["--check"], "go with answers alone"),
        (["answers", "--only", "x", "--update"], "--update goes with all questions"),
    ],
)
def test_part_of_the_questions_can_be_asked_of_this_suite_only(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        command.main(arguments)
    assert said in capsys.readouterr().err


def test_an_id_that_no_case_has_is_named(options: Options) -> None:
    with pytest.raises(InputError, match="no case 'who-fr'"):
        answers.load(replace(options, only=("who-fr",)))
    (chosen,) = answers.load(replace(options, only=("bread",)))
    assert chosen.id == "bread"


def test_the_command_checks_the_cases_and_ends_with_1_where_one_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path / "gold.jsonl", BREAD, {**WHO, "flag": "surely"})
    assert command.main(["answers", "--check", "--cases", str(path)]) == 1
    assert f"{path}:2: " in capsys.readouterr().out
    assert command.main(["answers", "--check", "--cases", str(written(path, BREAD))]) == 0
