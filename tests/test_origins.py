"""Independent origins: copies, utterances and spokesmen count once; parties count each."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from rag import actors, attribution, origins, segmentation
from rag.schema import Article, Evidence, Form

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
    text = "Petrenko met Shevchenko. He said that the road was blocked."
    (item, *_) = [e for e in evidence(article(text)) if e.claim.sources]
    assert [o.numbers for o in origins.trace([item], ACTORS)] == [(item.number,)]


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


@given(st.lists(st.text(max_size=40), max_size=6), st.randoms())
def test_every_piece_of_evidence_has_an_origin_and_no_order_matters(
    texts: list[str], random: object
) -> None:
    made = [article(f"Kyiv said that {t.strip() or 'it'} was over.") for t in texts]
    items = evidence(*(a for a in made if "\n" not in a.text[8:]))
    traced = origins.trace(items, ACTORS)
    assert {n for origin in traced for n in origin.numbers} == {e.number for e in items}
    again = origins.trace(items[::-1], ACTORS)
    assert {frozenset(o.numbers) for o in traced} == {frozenset(o.numbers) for o in again}


def test_shingles_of_a_text_below_five_words_are_none() -> None:
    assert origins.shingles("one two three four") == frozenset()
