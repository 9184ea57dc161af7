import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from eval import gate, report
from eval.cases import Case
from eval.gate import Bar, Pinned
from eval.metrics import Measure
from eval.scoring import failed
from eval.suite import Result
from rag.errors import InputError
from rag.schema import Flag


def result(fingerprint: str | None = "abc", **values: float | None) -> Result:
    metrics = {name: Measure(value, 48, 0.1, 0.9) for name, value in values.items()}
    return Result("foundation", metrics, fingerprint)


def test_the_gate_holds_at_its_floor() -> None:
    pinned = Pinned(fingerprint="abc", floors={"recall": 0.85})
    assert gate.check(result(recall=0.85), pinned) == ()


def test_below_the_floor_the_gate_names_metric_value_floor_and_number() -> None:
    pinned = Pinned(fingerprint="abc", floors={"recall": 0.85})
    assert gate.check(result(recall=0.8124), pinned) == (
        "foundation: recall 0.8124 is below its floor 0.8500 (n = 48)",
    )


def test_a_ceiling_fails_above_and_a_bar_below() -> None:
    floors = {"false_confirmed": Bar(max=0), "verbatim": Bar(min=1)}
    pinned = Pinned(fingerprint="abc", floors=floors)
    assert gate.check(result(false_confirmed=0, verbatim=1), pinned) == ()
    assert gate.check(result(false_confirmed=1, verbatim=0.99), pinned) == (
        "foundation: false_confirmed 1.0000 is above its ceiling 0.0000 (n = 48)",
        "foundation: verbatim 0.9900 is below its floor 1.0000 (n = 48)",
    )


@pytest.mark.parametrize("measured", [{}, {"recall": None}])
def test_a_metric_with_a_floor_that_was_not_measured_fails(
    measured: dict[str, float | None],
) -> None:
    (line,) = gate.check(result(**measured), Pinned(fingerprint="abc", floors={"recall": 0.5}))
    assert "recall was not measured" in line


def test_a_floor_that_is_not_set_yet_holds_nothing_back() -> None:
    pinned = Pinned(floors={"recall": None})
    assert gate.check(result(recall=0.0, other=0.0), pinned) == ()


def test_changed_cases_fail_until_they_are_pinned_again() -> None:
    pinned = Pinned(fingerprint="of other cases", floors={"recall": 0.5})
    (line,) = gate.check(result(recall=0.9), pinned)
    assert "python -m eval foundation --update" in line
    updated, refused = gate.update(result(recall=0.9), pinned)
    assert refused == ()
    assert gate.check(result(recall=0.9), updated) == ()


def test_updating_sets_and_raises_floors_rounded_down_and_leaves_bars() -> None:
    floors = {"recall": 0.85, "precision": None, "verbatim": Bar(min=1), "unmeasured": 0.3}
    measured = result(recall=0.91239, precision=2 / 3, verbatim=1.0, ungated=0.5)
    updated, refused = gate.update(measured, Pinned(floors=floors))
    assert refused == ()
    assert updated.fingerprint == "abc"
    assert updated.floors == {
        "recall": 0.9123,
        "precision": 0.6666,
        "verbatim": Bar(min=1),
        "unmeasured": 0.3,
    }


def test_updating_refuses_to_lower_a_floor_and_the_gate_goes_on_failing() -> None:
    pinned = Pinned(fingerprint="abc", floors={"recall": 0.85, "precision": 0.5})
    measured = result(recall=0.8, precision=0.6)
    updated, refused = gate.update(measured, pinned)
    assert updated.floors == {"recall": 0.85, "precision": 0.6}
    (line,) = refused
    assert "refusing to lower recall from 0.8500 to 0.8000" in line
    assert "--allow-regression" in line
    assert gate.check(measured, updated) != ()


def test_a_regression_that_is_allowed_lowers_the_floor_but_no_bar() -> None:
    floors = {"recall": 0.85, "verbatim": Bar(min=1)}
    measured = result(recall=0.8, verbatim=0.9)
    updated, refused = gate.update(measured, Pinned(floors=floors), allow_regression=True)
    assert refused == ()
    assert updated.floors == {"recall": 0.8, "verbatim": Bar(min=1)}


def test_a_measured_floor_is_met_by_the_same_measurement() -> None:
    for n in range(1, 60):
        for hits in range(n + 1):
            measured = result(recall=hits / n)
            updated, _ = gate.update(measured, Pinned(floors={"recall": None}))
            assert gate.check(measured, updated) == ()
            assert gate.update(measured, updated) == (updated, ())


def test_the_baseline_survives_being_saved(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    floors = {"recall": 0.5, "precision": None, "verbatim": Bar(min=1.0)}
    baseline = {"foundation": Pinned(fingerprint="abc", floors=floors)}
    gate.save(baseline, path)
    assert gate.load(path) == baseline
    assert json.loads(path.read_text())["foundation"]["floors"]["verbatim"] == {"min": 1.0}
    assert [one.name for one in tmp_path.iterdir()] == ["baseline.json"]


@pytest.mark.parametrize(
    "text",
    [
        "{",
        '{"foundation": {"flors": {}}}',
        '{"foundation": {"floors": {"recall": {"min": 1, "max": 2}}}}',
        '{"foundation": {"floors": {"recall": {}}}}',
    ],
)
def test_a_malformed_baseline_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(text)
    with pytest.raises(InputError, match="baseline"):
        gate.load(path)


def test_the_shipped_baseline_forbids_false_confirmations_and_altered_quotes() -> None:
    floors = gate.load()["foundation"].floors
    assert floors["false_confirmed"] == Bar(max=0)
    assert floors["verbatim"] == Bar(min=1)


def test_the_record_gives_every_metric_its_interval_and_bound() -> None:
    pinned = Pinned(floors={"recall": 0.5, "errors": Bar(max=0)})
    record = report.record(result(recall=0.6, errors=0, other=None), pinned)
    assert record["suite"] == "foundation"
    assert record["metrics"]["recall"] == {
        "value": 0.6,
        "n": 48,
        "low": 0.1,
        "high": 0.9,
        "floor": 0.5,
        "ceiling": None,
    }
    assert record["metrics"]["errors"]["ceiling"] == 0
    assert record["metrics"]["other"]["floor"] is None


def test_the_table_shows_value_number_interval_and_bound() -> None:
    pinned = Pinned(floors={"recall": 0.5, "errors": Bar(max=0)})
    metrics = {"recall": Measure(0.625, 48, 0.1, 0.9), "errors": Measure(1.0, 48)}
    lines = report.table(Result("foundation", metrics), pinned).splitlines()
    assert lines[0] == "foundation"
    assert lines[2].split() == ["recall", "0.625", "48", "0.100-0.900", ">=", "0.5"]
    assert lines[3].split()[:3] == ["errors", "1", "48"]
    assert lines[3].endswith("<= 0")


class Tags(HTMLParser):
    """Collects the tags, and the attributes that would load something."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.loads += [name for name, _ in attrs if name in ("src", "href")]


def test_the_page_loads_nothing_and_runs_nothing_that_an_article_says() -> None:
    attack = "<script>alert(1)</script><img src=x onerror=alert(1)> $body"
    case = Case(
        where="gold.jsonl:1",
        id="q1",
        language="ru",
        question=f"Кто подтвердил? {attack}",
        answerable=False,
        flags=(Flag.NO_EVIDENCE,),
    )
    outcome = failed(case, (), attack)
    measured = Result("foundation", {"crashes": Measure(1, 1)}, None, (outcome,), notes=(attack,))
    page = report.html([measured], {}, "2026-01-01")
    tags = Tags()
    tags.feed(page)
    assert "Кто подтвердил?" in page
    assert "details" in tags.tags
    assert not {"script", "img", "link", "iframe"} & set(tags.tags)
    assert tags.loads == []


def test_failures_name_the_question_and_what_fell_short() -> None:
    case = Case(
        where="gold.jsonl:1",
        id="q1",
        language="uk",
        question="Хто підтвердив?",
        answerable=False,
        flags=(Flag.NO_EVIDENCE,),
    )
    measured = Result("foundation", {}, None, (failed(case, (), "KeyError: 'x'"),))
    assert report.failures(measured) == ("q1 [uk] Хто підтвердив?\n    no answer: KeyError: 'x'")


def test_a_figure_that_needs_absent_data_is_passed_over() -> None:
    pinned = Pinned(floors={"news_recall": 0.7})
    assert gate.check(Result("claims", {}, absent=("news_",)), pinned) == ()
    assert gate.check(Result("claims", {}), pinned) != ()
