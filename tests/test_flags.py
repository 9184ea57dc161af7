"""The flag follows from the claims that answer best, not from what stands beside them."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from rag import actors, ingestion, question, status
from rag.schema import Article, Evidence, Findings, Flag, Form

ACTORS = actors.load()


def evidence(body: str, scores: Sequence[float], language: str = "en") -> tuple[Evidence, ...]:
    """The claims of an article, attributed or not, numbered from 1, with their fitness."""
    text = f"What was said\n\n{body}"
    article = Article("one", "What was said", text, language, "hash", published="2026-06-01")
    claims = [claim for claim, _ in ingestion.entry_of(article, None, ACTORS).claims]
    stated = [c for c in claims if c.sentence.start]
    spoken = {c.sentence.start for c in stated if c.form is not Form.NARRATED}
    kept = [c for c in stated if c.form is not Form.NARRATED or c.sentence.start not in spoken]
    return tuple(
        Evidence(n, claim, article.span(*claim.extent), article, score)
        for n, (claim, score) in enumerate(zip(kept, scores, strict=True), 1)
    )


def flag(asked: str, answering: Sequence[Evidence], related: Sequence[Evidence] = ()) -> Flag:
    findings = Findings(answering=tuple(answering), related=tuple(related), searched=1)
    return status.assess(question.parse(asked, ACTORS), findings, ACTORS, "en").flag


def test_context_in_the_own_voice_leaves_a_party_claim_one() -> None:
    body = (
        "Russia said on 3 May 2025 that its troops had taken Sudzha. The town lies near the border."
    )
    items = evidence(body, (5.0, 4.9))
    assert flag("Who took Sudzha?", items) is Flag.PARTY_CLAIM


def test_what_fits_far_less_does_not_decide() -> None:
    body = (
        "Russia said on 3 May 2025 that its troops had taken Sudzha. "
        "The Pentagon said on 9 May 2025 that talks would go on."
    )
    first, second = evidence(body, (5.0, 4.8))
    assert flag("Who took Sudzha?", [first, second]) is Flag.ATTRIBUTED
    assert flag("Who took Sudzha?", [first, replace(second, score=3.0)]) is Flag.PARTY_CLAIM


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("counted", Flag.CONFIRMED),
        ("verified", Flag.CONFIRMED),
        ("reported", Flag.CONFIRMED),
        ("estimated", Flag.ATTRIBUTED),
    ],
)
def test_a_count_of_a_verifying_body_is_a_verification(verb: str, expected: Flag) -> None:
    body = f"The UN {verb} 219 civilians killed in July 2024."
    assert flag("How many civilians were killed in July 2024?", evidence(body, (5.0,))) is expected


def test_a_figure_that_the_question_gives_confirms_nothing() -> None:
    items = evidence(
        "Zelensky said on 4 February 2026 that 55,000 Ukrainian soldiers had been killed.", (5.0,)
    )
    assert flag("How many Ukrainian soldiers were killed?", items) is Flag.CONFIRMED
    assert flag("How many of the 55,000 killed were women?", items) is not Flag.CONFIRMED


def test_an_own_loss_confirms_nothing_else() -> None:
    items = evidence(
        "Zelensky said on 4 February 2026 that 55,000 Ukrainian soldiers had been killed.", (5.0,)
    )
    assert flag("How many tanks were destroyed?", items) is not Flag.CONFIRMED


def test_a_contrary_word_beside_the_answer_makes_what_is_so_conflicting() -> None:
    body = (
        "Whether sappers work in Kursk is disputed. "
        "The NIS said on 12 February 2026 that they were still there. "
        "Russia said on 21 February 2026 that they had left in December."
    )
    _, first, second = evidence(body, (1.0, 5.0, 4.0))
    asked = "Were the sappers still there, or had they left?"
    assert flag(asked, [first], [second]) is Flag.CONFLICTING
    assert flag("What did the NIS say about sappers?", [first], [second]) is not Flag.CONFLICTING


def test_a_denial_of_another_matter_far_below_the_answer_denies_nothing() -> None:
    body = (
        "Germany summoned the envoy of North Korea on 23 October 2024. "
        "The Kremlin denied that the plant had been shelled."
    )
    first, denial = evidence(body, (5.0, 4.0))
    assert flag("Did Germany summon the envoy?", [first, denial]) is not Flag.DENIED


def test_a_quarrel_of_others_far_below_the_answer_makes_it_no_conflict() -> None:
    body = (
        "Ukraine said on 3 May 2025 that it held 90 square kilometres. "
        "Ukraine said on 12 August 2024 that it held 1,000 square kilometres. "
        "Russia said on 12 August 2024 that Ukraine held 480 square kilometres."
    )
    answer, one, other = evidence(body, (9.0, 7.5, 7.5))
    asked = "How many square kilometres does Ukraine hold?"
    assert flag(asked, [answer], [one, other]) is Flag.PARTY_CLAIM
    assert flag(asked, [one], [other]) is Flag.CONFLICTING


def test_who_asks_for_the_words_of_two_enemies_is_shown_that_they_differ() -> None:
    body = (
        "Ukraine said on 12 August 2024 that it held 1,000 square kilometres. "
        "Russia said on 12 August 2024 that Ukraine held 480 square kilometres."
    )
    one, other = evidence(body, (9.0, 8.0))
    asked = "How many square kilometres did Zelensky and the Kremlin say that Ukraine held?"
    assert flag(asked, [one], [other]) is Flag.CONFLICTING


def test_a_denial_without_a_figure_denies_no_figure() -> None:
    body = (
        "The NIS said on 30 April 2025 that 4,700 North Koreans had been killed.\n\n"
        "Russia denied on 30 April 2025 that North Koreans were near the town."
    )
    counted, denial = evidence(body, (9.0, 6.0))
    asked = "How many North Koreans were killed?"
    assert flag(asked, [counted], [denial]) is Flag.ATTRIBUTED


def test_a_hedge_of_a_part_leaves_the_claim_one_of_a_party() -> None:
    body = "Zelensky said on 5 May 2025 that they agreed on how a ceasefire might be monitored."
    (item,) = evidence(body, (9.0,))
    assert flag("On what did they agree?", [item]) is Flag.PARTY_CLAIM


def test_who_left_open_what_was_taken_for_decided_gives_an_account() -> None:
    body = "Asked on 5 May 2025 whether Germany delivers the missile, Merz declined to comment."
    items = evidence(body, (9.0,))
    asked = question.parse("Why did Merz deliver the missile?", ACTORS)
    for premise, expected in ((None, Flag.UNVERIFIED), (False, Flag.ATTRIBUTED)):
        findings = Findings(answering=items, premise_met=premise, searched=1)
        assert status.assess(asked, findings, ACTORS, "en").flag is expected


@pytest.mark.parametrize(
    ("language", "body"),
    [
        (
            "en",
            "A Chisinau newspaper wrote that Moscow was preparing to annex the area. "
            "Kremlin spokesman Dmitry Peskov dismissed the report as untrue on Friday.",
        ),
        (
            "de",
            "Eine Zeitung berichtete, Ungarn habe den Transit von Hilfsgütern gestoppt. "
            "Außenminister Péter Szijjártó wies die Berichte in Budapest als falsch zurück.",
        ),
    ],
)
def test_who_rejects_the_report_just_before_denies_it(language: str, body: str) -> None:
    told, denial = evidence(body, (5.0, 4.9), language)
    assert flag("Is it so that the transit was stopped?", [told, denial]) is Flag.DENIED
    assert flag("Is it so that the transit was stopped?", [told]) is Flag.ATTRIBUTED


def test_a_denial_of_rumours_of_another_matter_denies_nothing() -> None:
    body = (
        "Russia's Defence Ministry said that its troops had taken the village. "
        "The ministry denied rumours of a new wave of mobilisation."
    )
    told, denial = evidence(body, (5.0, 4.0))
    assert flag("Did Russian troops take the village?", [told], [denial]) is Flag.PARTY_CLAIM


def test_another_party_says_in_the_next_sentence_that_it_is_not_so() -> None:
    body = (
        "Russia's Defence Ministry claimed that its units had crossed the river. "
        "There was no Russian soldier on the bank, Ukraine's General Staff said."
    )
    told, contrary = evidence(body, (5.0, 4.0))
    asked = "Have Russian troops crossed the river?"
    assert flag(asked, [told], [contrary]) is Flag.DENIED
    assert flag("Who crossed the river?", [told], [contrary]) is not Flag.DENIED


def test_experts_judge_and_deny_nothing() -> None:
    body = (
        "Zelensky said on 3 May 2025 that the town was encircled. "
        "The Institute for the Study of War denied it."
    )
    told, denial = evidence(body, (5.0, 4.9))
    assert flag("Was the town encircled?", [told, denial]) is Flag.PARTY_CLAIM


def test_silence_decides_where_only_the_article_itself_tells_of_it() -> None:
    body = (
        "For days there has been speculation about new missiles. The White House did not comment."
    )
    told, silence = evidence(body, (5.0, 4.4))
    assert flag("Did North Korea deliver new missiles?", [told, silence]) is Flag.UNVERIFIED


def test_words_beside_silence_decide() -> None:
    body = (
        "Peskov declined to comment on the restart. "
        "Rosatom said that the reactor could be running by the summer."
    )
    silence, words = evidence(body, (5.0, 4.4))
    assert flag("Will the reactor be restarted?", [silence, words]) is Flag.HEDGED


def test_a_figure_of_something_else_does_not_decide() -> None:
    body = (
        "Ukraine's State Emergency Service said that nine civilians had been killed. "
        "The UN estimated that 168 civilians had been killed in February."
    )
    first, second = evidence(body, (5.0, 4.8))
    asked = "How many civilians were killed in the strike?"
    assert flag(asked, [first, second]) is Flag.PARTY_CLAIM


def test_a_caveat_on_both_accounts_makes_a_party_claim_unverified() -> None:
    body = (
        "Ukraine's General Staff said its forces had destroyed eleven tanks.\n\n"
        "Neither account could be independently checked."
    )
    told = evidence(body, (5.0, 1.0))[0]
    assert flag("How many tanks were destroyed?", [told]) is Flag.UNVERIFIED


def test_what_a_verifying_body_did_elsewhere_confirms_nothing() -> None:
    body = (
        "A rocket hit a school in Vyshnopil on Monday evening. "
        "The Red Cross said that it had supplied 120 families with blankets."
    )
    context, elsewhere = evidence(body, (5.0, 4.7))
    asked = "Was the strike on the school in Vyshnopil staged?"
    assert flag(asked, [context, elsewhere]) is not Flag.CONFIRMED


def test_a_headline_yields_to_the_words_that_it_tells_of() -> None:
    text = (
        "Quarrel over the cargo of the train\n\nThe railway denied that the train carried shells."
    )
    article = Article("one", text[:35], text, "en", "hash", published="2026-06-01")
    claims = [claim for claim, _ in ingestion.entry_of(article, None, ACTORS).claims]
    headline = next(c for c in claims if c.sentence.start == 0)
    denial = next(c for c in claims if c.sources)
    items = [
        Evidence(n, claim, article.span(*claim.extent), article, score)
        for n, (claim, score) in enumerate(((headline, 5.0), (denial, 4.9)), 1)
    ]
    assert flag("What did the train carry?", items) is Flag.DENIED
