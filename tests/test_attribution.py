"""Who said what: the own gold, the seed article, the errors that must never happen, any input."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag import actors, attribution, segmentation
from rag.schema import LANGUAGES, Article, Claim, Form, Span, Stance

GOLD = Path(__file__).parent / "gold"
SEED = Path(__file__).parents[1].parent / "shared" / "seed"
TITLES = {"de": "Meldung.", "en": "News.", "uk": "Новини.", "ru": "Новости."}
ARTICLE_WORD = re.compile(r"^(?:der|die|das|dem|den|des|the|a|an|ein|eine|einem)\s+", re.IGNORECASE)


def article(text: str, language: str = "de", title: str | None = None) -> Article:
    title = TITLES[language] if title is None else title
    return Article("a", title, f"{title}\n\n{text}", language, "hash", published="2024-10-29")


def extract(text: str, language: str = "de", title: str | None = None) -> tuple[Claim, ...]:
    source = article(text, language, title)
    return attribution.extract(source, segmentation.sentences(source), actors.load())


def attributed(text: str, language: str = "de", title: str | None = None) -> list[Claim]:
    return [c for c in extract(text, language, title) if c.form is not Form.NARRATED]


def words(source: Article, spans: list[tuple[int, int]]) -> set[int]:
    return {
        match.start()
        for match in re.finditer(r"\w+", source.text)
        if any(start <= match.start() < end for start, end in spans)
    }


def same_sources(expected: list[str], claim: Claim) -> bool:
    found = [ARTICLE_WORD.sub("", s.mention.text.lower()) for s in claim.sources]
    named = [ARTICLE_WORD.sub("", name.lower()) for name in expected]
    return len(found) == len(named) and all(any(n in f or f in n for f in found) for n in named)


def overlap(a: set[int], b: set[int]) -> float:
    return len(a & b) / max(1, len(a | b))


def score(language: str) -> tuple[float, float]:
    """Precision and recall: content overlap of half, source and stance right."""
    right = found = expected = 0
    for line in (GOLD / f"claims.{language}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        source = article(row["text"], language)
        claims = attributed(row["text"], language)
        left = list(claims)
        for gold in row["claims"]:
            start = source.text.index(gold["content"])
            wanted = words(source, [(start, start + len(gold["content"]))])
            hit = next(
                (
                    c
                    for c in left
                    if overlap(wanted, words(source, [(s.start, s.end) for s in c.content])) >= 0.5
                    and c.stance == gold["stance"]
                    and same_sources(gold["sources"], c)
                ),
                None,
            )
            if hit is not None:
                left.remove(hit)
                right += 1
        found += len(claims)
        expected += len(row["claims"])
    return right / found, right / expected


@pytest.mark.parametrize("language", ["de", "en"])
def test_own_gold_is_found_with_source_and_stance(language: str) -> None:
    precision, recall = score(language)
    assert precision >= 0.95
    assert recall >= 0.90


NEVER = [
    ("de", "Das Ministerium bestätigte die Zahlen nicht.", Stance.CONFIRMS),
    ("de", "Kiew hat den Angriff weder bestätigt noch dementiert.", Stance.CONFIRMS),
    ("de", "Kiew hat den Angriff weder bestätigt noch dementiert.", Stance.DENIES),
    ("de", "Die Zahlen wurden bislang nicht bestätigt.", Stance.CONFIRMS),
    ("de", "Moskau dementierte den Bericht nicht.", Stance.DENIES),
    ("de", "Der Kreml wollte sich dazu nicht äußern.", Stance.DENIES),
    ("de", "Weder Moskau noch Pjöngjang bestätigten die Entsendung.", Stance.CONFIRMS),
    ("de", "Niemand bestätigte die Entsendung.", Stance.CONFIRMS),
    ("en", "Moscow did not confirm the deployment.", Stance.CONFIRMS),
    ("en", "Moscow did not deny the deployment.", Stance.DENIES),
    ("en", "Moscow did not deny the deployment.", Stance.CONFIRMS),
    ("en", "Neither Moscow nor Pyongyang has confirmed the deployment.", Stance.CONFIRMS),
    ("en", "No official confirmed the deployment.", Stance.CONFIRMS),
    ("en", "The Kremlin declined to confirm or deny the report.", Stance.DENIES),
    ("en", "The report could not be confirmed.", Stance.CONFIRMS),
    ("uk", "Кремль не підтвердив відправлення військ.", Stance.CONFIRMS),
    ("uk", "Москва не заперечила цього.", Stance.DENIES),
    ("ru", "Кремль не подтвердил отправку войск.", Stance.CONFIRMS),
    ("ru", "Москва не опровергла это.", Stance.DENIES),
]


@pytest.mark.parametrize(("language", "text", "stance"), NEVER)
def test_silence_is_no_denial_and_no_confirmation(language: str, text: str, stance: Stance) -> None:
    assert stance not in {claim.stance for claim in extract(text, language)}


SLAVIC = [
    ("uk", "За даними Генштабу, ворог втратив 1200 осіб.", Stance.REPORTS),
    ("uk", "Президент Володимир Зеленський заявив, що армія утримує місто.", Stance.ASSERTS),
    ("uk", "Речник Кремля відмовився коментувати ці повідомлення.", Stance.NO_COMMENT),
    ("uk", "Незалежно перевірити ці дані неможливо.", Stance.UNVERIFIED),
    ("uk", "«Ми не здамося», — заявив міністр оборони.", Stance.ASSERTS),
    ("ru", "По данным Генштаба, противник потерял 1200 человек.", Stance.REPORTS),
    ("ru", "Президент Владимир Путин заявил, что армия удерживает город.", Stance.ASSERTS),
    ("ru", "Пресс-секретарь Кремля отказался комментировать эти сообщения.", Stance.NO_COMMENT),
    ("ru", "Независимо проверить эти данные невозможно.", Stance.UNVERIFIED),
    ("ru", "«Мы не сдадимся», — заявил министр обороны.", Stance.ASSERTS),
]


@pytest.mark.parametrize(("language", "text", "stance"), SLAVIC)
def test_plain_ukrainian_and_russian_frames_are_read(
    language: str, text: str, stance: Stance
) -> None:
    assert [claim.stance for claim in attributed(text, language)] == [stance]


def test_reporting_at_second_hand_names_source_and_channel() -> None:
    (claim,) = attributed("Reuters reported, citing the Pentagon, that deliveries had begun.", "en")
    assert [s.mention.text for s in claim.sources] == ["the Pentagon"]
    assert [s.mention.text for s in claim.via] == ["Reuters"]


def test_speakers_who_report_together_are_separate_sources() -> None:
    (claim,) = attributed("Polen, Estland und die Niederlande berichten, dass Drohnen fehlen.")
    assert len(claim.sources) == 3


def test_a_pronoun_is_resolved_only_when_one_person_fits() -> None:
    sure = attributed("Außenministerin Annalena Baerbock reiste nach Kiew. Sie sagte, man helfe.")
    unsure = attributed("Der Angriff begann nachts. Er sagte, man helfe.")
    assert "Baerbock" in sure[-1].sources[0].name
    assert sure[-1].sources[0].mention.text == "Sie"
    assert unsure[-1].sources[0].name == "unclear"


def test_a_quotation_in_hard_wrapped_lines_is_one_quotation() -> None:
    text = (
        "Der Sprecher der ukrainischen Streitkräfte sagte am Montag in Kiew: „Unsere Kräfte haben\n"
        "den Nachschub über die Brücke bei Antonowka in der vergangenen Nacht unterbrochen und\n"
        "den Gegner aufgehalten.“"
    )
    (claim,) = attributed(text)
    assert claim.form is Form.DIRECT
    assert claim.content[0].text.endswith("aufgehalten.“")


def test_a_claim_says_which_rule_and_cue_made_it() -> None:
    (claim,) = attributed("Der Generalstab teilte mit, dass der Angriff abgewehrt sei.")
    assert claim.rule == "clause"
    assert claim.cue is not None
    assert claim.cue.text == "teilte"


def test_every_sentence_yields_a_claim_and_ids_are_unique_and_stable() -> None:
    text = "Die Armee zog ab. Kiew sagte, die Stadt sei frei. Es regnete."
    first, second = extract(text), extract(text)
    assert first == second
    assert len({c.id for c in first}) == len(first)
    assert {c.sentence.text for c in first} >= {"Die Armee zog ab.", "Es regnete."}
    assert list(first) == sorted(first, key=lambda c: c.content[0].start)


@pytest.mark.skipif(not SEED.is_dir(), reason="the seed article lies beside the checkout only")
def test_the_seed_article_yields_its_statements_and_invents_none() -> None:
    text = next(SEED.glob("*.txt")).read_text(encoding="utf-8").strip()
    title, body = text.split("\n", 1)
    claims = attributed(body.strip(), "de", title)
    counted: dict[Stance, int] = {}
    for claim in claims:
        counted[claim.stance] = counted.get(claim.stance, 0) + 1
    assert counted == {
        Stance.WARNS: 2,
        Stance.ANNOUNCES: 1,
        Stance.DEMANDS: 3,
        Stance.ASSERTS: 8,
        Stance.REPORTS: 3,
        Stance.CLAIMS: 2,
        Stance.UNVERIFIED: 2,
        Stance.NO_COMMENT: 1,
    }
    together = next(c for c in claims if len(c.sources) == 3)
    assert together.stance is Stance.REPORTS
    assert [(q.low, q.high) for q in together.quantities] == [(10000, 12000)]


def all_spans(claims: tuple[Claim, ...]) -> list[Span]:
    spans: list[Span] = []
    for claim in claims:
        spans += [claim.sentence, *claim.content, *claim.hedges]
        spans += [s.mention for s in (*claim.sources, *claim.via)]
        spans += [q.span for q in claim.quantities]
        spans += [claim.cue] if claim.cue else []
    return spans


PIECES = [
    "sagte", "Er", "Kiew", "nicht", "bestätigte", "dass", "die", "„", "“", "«", "»", '"', ",", ".",
    ":", "laut", "zufolge", "so", "wie", "said", "that", "заявив", "що", "не", "соообщил", "\u200b",
    "\n", "\u00a0", "(", ")", "600", "ß", "🙂", "und", "according to", "sei", "um", "zu", "fordern",
    "\u200f", "\u202e", "\u2066", "\ufeff", "أكد", "ציטוט", "за словами", "сообщил", "—", "Он",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40), st.sampled_from(LANGUAGES))
def test_any_text_gives_claims_with_exact_offsets(pieces: list[str], language: str) -> None:
    source = article(" ".join(pieces), language)
    sentences = segmentation.sentences(source)
    claims = attribution.extract(source, sentences, actors.load())
    assert all(source.text[s.start : s.end] == s.text for s in all_spans(claims))
    assert all(c.content for c in claims)


HARD = {
    "a megabyte of news": "Der Sprecher sagte, die Lage sei ernst. Die Armee zog ab. " * 18000,
    "one endless line": "Krieg und Frieden said that Київ заявив, що " * 22000,
    "only quotation marks": '„“«»"' * 20000,
    "only opening marks": "„Wort " * 20000,
    "no spaces": "ж" * 500000,
    "full stops": "." * 300000,
    "commas": "sagte, said, заявил, " * 20000,
    "mixed scripts": "Der Kreml said, що війска أكد 部队 отошли. " * 20000,
    "marks that nobody sees": "Он\u200b сказал\u200f, что\u202e да\ufeff. " * 20000,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", HARD)
def test_big_and_broken_input_takes_linear_time_and_keeps_its_offsets(
    name: str, language: str
) -> None:
    whole = HARD[name] if language == "de" else HARD[name][: len(HARD[name]) // 4]
    times = []
    for text in (whole[: len(whole) // 4], whole):
        source = article(text, language)
        begun = time.process_time()  # not the wall clock: other programs share the processor
        claims = attribution.extract(source, segmentation.sentences(source), actors.load())
        times.append(time.process_time() - begun)
        assert claims
        assert all(source.text[s.start : s.end] == s.text for s in all_spans(claims))
    short, long = times
    assert long < 8 * short + 2, f"{short:.2f} s for a quarter, {long:.2f} s for all"


def made(text: str, language: str) -> list[tuple[str, list[str], str]]:
    """Stance, names of the sources and content of every claim that is attributed."""
    return [
        (c.stance.value, [s.name for s in c.sources], " ".join(s.text for s in c.content))
        for c in attributed(text, language)
    ]


def test_what_a_denial_adds_with_a_participle_is_asserted() -> None:
    text = "Kyiv denied the allegation, saying that its drones had only hit fuel tanks."
    assert made(text, "en") == [
        ("denies", ["Ukraine"], "the allegation"),
        ("asserts", ["Ukraine"], "that its drones had only hit fuel tanks"),
    ]


def test_a_denial_of_that_on_a_day_means_what_was_said_and_not_who_announced_it() -> None:
    shelled = "Russia shelled the town of Izium at night."
    assert ("denies", ["Kremlin"], shelled) in made(
        f"{shelled} The Kremlin denied that on Tuesday.", "en"
    )
    left = "Soldaten hätten das Dorf verlassen."
    text = f"{left} Das teilte der Gouverneur Wjatscheslaw Gladkow mit."
    text += " Das dementierte der Generalstab der Ukraine am Dienstag."
    assert ("denies", ["General Staff of Ukraine"], left) in made(text, "de")


def test_the_words_behind_a_noun_are_not_its_name() -> None:
    for text, name in (
        ("Two traders familiar with the matter said the refinery had stopped.", "Two traders"),
        ("Two soldiers close to the command said the town was lost.", "Two soldiers"),
    ):
        assert [sources for _, sources, _ in made(text, "en")] == [[name]]


def test_silence_in_indirect_speech_is_that_of_the_sentence_s_own_source() -> None:
    text = "Die Ministerin sprach. Ein Sprecher der Armee sagte, man kenne die Berichte,"
    found = made(text + " könne sie aber nicht bestätigen.", "de")
    assert [(stance, who) for stance, who, _ in found] == [
        ("asserts", ["Sprecher der Armee"]),
        ("does_not_confirm", ["Sprecher der Armee"]),
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Ein Sprecher wollte eine genaue Zahl nicht nennen.", "de"),
        ("Der Minister konnte keine genauen Zahlen nennen.", "de"),
        ("The spokesman would not give a figure.", "en"),
        ("The ministry declined to say how many soldiers had died.", "en"),
    ],
)
def test_who_gives_no_figure_comments_not(text: str, language: str) -> None:
    assert [stance for stance, _, _ in made(text, language)] == ["no_comment"]


def test_a_company_behind_the_verb_confirms() -> None:
    text = "Zuvor bestätigte der Konzern Metinvest am Montag die Stilllegung der Zeche."
    assert made(text, "de") == [("confirms", ["Konzern Metinvest"], "die Stilllegung der Zeche")]
    text = "On Monday the steelmaker Metinvest confirmed the closure of the mine."
    assert made(text, "en") == [("confirms", ["steelmaker Metinvest"], "the closure of the mine")]
