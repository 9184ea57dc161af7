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
