"""Independent origins: copies, utterances and spokesmen count once; parties count each."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag import actors, attribution, origins, segmentation
from rag.schema import Article, Evidence, Form, Side, Source, SourceKind

ACTORS = actors.load()
GOLD = Path(__file__).parents[1] / "eval" / "gold" / "duplicates.jsonl"


def article(text: str, language: str = "en", outlet: str = "The Daily", name: str = "a") -> Article:
    title = "Report"
    whole = f"{title}\n\n{text}"
    return Article(name, title, whole, language, whole, publisher=outlet, published="2024-10-29")


def evidence(*texts: Article) -> tuple[Evidence, ...]:
    """Every attributed claim of the articles, or else what they say themselves."""
    found: list[Evidence] = []
    for one in texts:
        claims = attribution.extract(one, segmentation.sentences(one), ACTORS)
        body = [c for c in claims if c.sentence.start >= len("Report\n\n")]
        attributed = [c for c in body if c.form is not Form.NARRATED] or body
        found += [Evidence(0, c, one.span(*c.extent), one, 1.0) for c in attributed]
    return tuple(
        Evidence(number, e.claim, e.quote, e.article, e.score) for number, e in enumerate(found, 1)
    )


def named(*texts: Article) -> list[str]:
    return [origin.name for origin in origins.trace(evidence(*texts), ACTORS)]


def test_three_governments_that_report_together_are_three_origins_of_one_article() -> None:
    text = "Ukraine, South Korea and the United States report that 10,000 soldiers were sent."
    assert named(article(text)) == ["Ukraine", "South Korea", "United States"]


def test_a_spokeswoman_and_her_ministry_are_one_origin() -> None:
    first = article("The Pentagon said that 10,000 soldiers had been sent.", name="a")
    second = article(
        "Pentagon spokeswoman Sabrina Singh said that 10,000 soldiers were on their way.",
        outlet="The Weekly",
        name="b",
    )
    assert named(first, second) == ["United States"]


def test_an_unnamed_official_is_no_second_source_beside_his_own_state() -> None:
    first = article("Ukraine's General Staff said that the bridge was destroyed.", name="a")
    second = article("A Ukrainian official said that the bridge was destroyed.", name="b")
    assert len(named(first, second)) == 1


def test_outlets_that_cite_the_same_agency_for_unnamed_sources_are_one_origin() -> None:
    first = article("Reuters reported, citing two sources, that talks had begun.", name="a")
    second = article(
        "Talks have begun, Reuters reported, citing two sources.", outlet="Weekly", name="b"
    )
    assert len(named(first, second)) == 1


def test_an_agency_report_carried_by_two_papers_is_the_agencys() -> None:
    text = "KYIV, Oct 29 (Reuters) - Two bridges across the river were destroyed on Monday."
    other = "Kiew (Reuters) Zwei Brücken über den Fluss sind am Montag zerstört worden."
    carried = named(article(text, name="a"), article(other, "de", "Kurier", "b"))
    assert carried == ["Reuters"]


def test_the_same_long_quotation_is_one_utterance_whoever_it_is_ascribed_to() -> None:
    quote = "“We will not leave this city before every last civilian has been brought to safety”"
    first = article(f"{quote}, a commander named Lysenko said.", name="a")
    second = article(f"{quote}, said brigade officer Mykola Hrytsenko.", name="b")
    assert len(named(first, second)) == 1


def test_two_outlets_that_say_the_same_in_their_own_words_are_two_origins() -> None:
    first = article("The dam near the town broke during the night to Tuesday.", name="a")
    second = article("On Tuesday night water burst through the barrier.", "en", "Weekly", "b")
    assert named(first, second) == ["The Daily", "Weekly"]


def test_a_sentence_that_was_taken_over_is_no_second_origin() -> None:
    line = "The dam near the town broke during the night to Tuesday."
    first = article(f"{line} It rained.", name="a")
    second = article(f"Ten villages have no power since autumn began. {line}", "en", "W", "b")
    found = [e for e in evidence(first, second) if e.claim.sentence.text == line]
    assert len(origins.trace(found, ACTORS)) == 1


def test_an_unclear_speaker_counts_only_alone() -> None:
    first = article("Ukraine's General Staff said that the bridge was destroyed.", name="a")
    second = article("He said that the road was blocked.", outlet="Weekly", name="b")
    party, other = evidence(first, second)
    nobody = Source("unclear", SourceKind.ANONYMOUS, Side.OTHER, other.claim.sentence)
    unclear = replace(other, claim=replace(other.claim, sources=(nobody,)))
    (beside,) = origins.trace([party, unclear], ACTORS)
    assert (beside.name, beside.numbers) == ("Ukraine", (party.number,))
    (alone,) = origins.trace([unclear], ACTORS)
    assert alone.numbers == (unclear.number,)


def test_lightly_edited_copies_are_found_and_unrelated_reports_are_not() -> None:
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    texts = {
        row["id"]: article(row["text"], row.get("language", "en"), name=row["id"]) for row in rows
    }
    copies = {(row["copy_of"], row["id"]) for row in rows if "copy_of" in row}
    found = {(a, b) for a, b in combinations(texts, 2) if origins.are_copies(texts[a], texts[b])}
    both_ways = copies | {(b, a) for a, b in copies}
    assert len(found & both_ways) >= 0.95 * len(copies)
    assert not found - both_ways


SPEAKERS = (
    "Kyiv",
    "Moscow",
    "Ukraine's General Staff",
    "The Pentagon",
    "Reuters",
    "A Ukrainian official",
    "A Russian officer",
    "An official",
    "Two sources",
    "Kyiv and Moscow",
)
MATTERS = ("the bridge was destroyed", "the talks had begun", "the road was blocked")
SAYINGS = st.tuples(st.sampled_from(SPEAKERS), st.sampled_from(MATTERS))


@settings(deadline=None, max_examples=50)
@given(
    st.dictionaries(
        st.sampled_from("abcdef"), st.lists(SAYINGS, min_size=1, max_size=2), min_size=1
    ),
    st.data(),
)
def test_every_piece_of_evidence_has_an_origin_and_no_order_matters(
    sayings: dict[str, list[tuple[str, str]]], data: st.DataObject
) -> None:
    items = evidence(
        *(
            article(" ".join(f"{who} said that {what}." for who, what in said), "en", name, name)
            for name, said in sayings.items()
        )
    )
    assert len(items) == sum(map(len, sayings.values()))
    traced = origins.trace(items, ACTORS)
    assert {n for origin in traced for n in origin.numbers} == {e.number for e in items}
    again = origins.trace(data.draw(st.permutations(items)), ACTORS)
    assert sorted(sorted(o.numbers) for o in traced) == sorted(sorted(o.numbers) for o in again)


def test_shingles_of_a_text_below_five_words_are_none() -> None:
    assert origins.shingles("one two three four") == frozenset()


def test_an_unknown_person_is_no_independent_confirmation() -> None:
    text = "Ukraine said that 12 missiles were fired. A person close to the matter said 12 were."
    traced = origins.trace(evidence(article(text)), ACTORS)
    assert [origin.known for origin in traced] == [True, False]


@pytest.mark.parametrize(
    ("opening", "agency"),
    [
        ("Kiew (dpa/AFP) - Zwei Brücken sind zerstört.", "dpa"),
        ("KYIV, Oct 3 (Reuters) - Two bridges are gone.", "Reuters"),
        ("МОСКВА, 2 мар - РИА Новости. Мост разрушен.", "RIA Novosti"),
        ("Two bridges are gone, a spokesman (TASS) reader wrote long ago to us.", None),
        ("Zwei Brücken sind zerstört. /AFP", "AFP"),
        ("Zwei Brücken sind zerstört. Quelle: AFP", "AFP"),
    ],
)
def test_an_agency_signs_at_the_dateline_or_at_the_end(opening: str, agency: str | None) -> None:
    assert origins.agency(article(opening), ACTORS) == agency


def test_two_known_parties_with_the_same_words_stay_two() -> None:
    quote = "“We will stand with Ukraine for as long as it takes, whatever may come of it”"
    first = article(f"{quote}, Antony Blinken said.", name="a")
    second = article(f"{quote}, said Olaf Scholz.", name="b")
    assert len(named(first, second)) == 2
