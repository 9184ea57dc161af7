"""What questions take for granted is seen, held against the articles, and corrected only there."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag import actors, expansion, lexicon, premise, question, ranking
from rag.assistant import Assistant
from rag.index import Index
from rag.phrasing import Phrases
from rag.premise import Judgement, Outcome
from rag.presumptions import Kind
from rag.retrieval import Pool
from rag.schema import Stance
from rag.searched import Searched

ACTORS = actors.load()
ARTICLES = {
    "port": """---
title: Odesa: what is known of the fire in the port
published: 2023-05-12
---
Kremlin spokesman Dmitry Peskov denied on 3 May 2023 that Russian missiles had hit the port of
Odesa. NATO Secretary General Jens Stoltenberg said on 4 May 2023 that the alliance could not yet
confirm the attack. On 9 May 2023 Stoltenberg confirmed that Russian missiles had hit the port.

Valery Zaluzhny, the commander-in-chief, acknowledged on 8 May 2023 that Ukraine had lost a radar
near Odesa.

Ukraine plans to send 70,000 soldiers to the coast, Andriy Yermak said on 10 May 2023. The General
Staff of Ukraine said on 11 May 2023 that 9,000 soldiers were stationed on the coast.

The Turkish hosts hoped for a grain agreement. When Zelensky met Erdogan in Izmir on 12 May 2023,
there was no agreement. Whether Ankara would deliver drones to Kyiv, Erdogan left open. The draft
of the Turkish government was rejected by Kyiv on 12 May 2023.

The British defence ministry last published losses of its own in January 2023, 40 wounded. The
United Nations thanked Turkey on 2 May 2023.

Since April 6,500 Russian soldiers had been killed, the Ukrainian defence ministry estimated on
11 May 2023.
""",
    "grenze": """---
title: Was Minsk zur Grenze sagt
published: 2023-07-20
---
Der Kreml lehnte es am 14. Juli 2023 ab, den Abzug der Söldner aus Belarus zu kommentieren.
Bundeskanzler Olaf Scholz bestätigte am 15. Juli 2023 in Berlin, dass Deutschland
Flugabwehrsysteme an die Grenze verlegt hat. Die NATO bezifferte die Zahl der Söldner in Belarus am
16. Juli 2023 auf 4.000.
""",
}


@pytest.fixture(scope="module")
def opened(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """A library of two articles about other things than the shipped ones."""
    folder = tmp_path_factory.mktemp("premises")
    for name, text in ARTICLES.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    index = Index(tmp_path_factory.mktemp("library"), assistant.index.embedder, write=True)
    made = Assistant(index)
    made.ingest([Path(folder)])
    yield made
    made.close()


def judged(library: Assistant, text: str) -> Judgement | None:
    asked = expansion.translated(question.parse(text, ACTORS), library.index)
    pool = Pool.of(asked, library.index)
    hits = pool.hits()
    claims = library.index.catalog.claims_near(hit.passage for hit in hits)
    scored = ranking.rank(asked, hits, claims, pool.scorer.weights, ACTORS)
    return premise.judge(asked, scored, Searched(library.index.catalog, pool.allowed), ACTORS)


@pytest.mark.parametrize(
    ("text", "kind", "speakers", "stance"),
    [
        ("Why did Peskov admit the attack?", Kind.STANCE, ("Dmitry Peskov",), Stance.CONFIRMS),
        ("Wann hat Scholz das dementiert?", Kind.STANCE, ("Olaf Scholz",), Stance.DENIES),
        ("Чому НАТО підтвердила удар?", Kind.STANCE, ("NATO",), Stance.CONFIRMS),
        ("Почему Кремль признал потери?", Kind.STANCE, ("Kremlin",), Stance.CONFIRMS),
        (
            "After NATO confirmed the attack, where did the ships go?",
            Kind.STANCE,
            ("NATO",),
            Stance.CONFIRMS,
        ),
        ("Where are the 70,000 soldiers based?", Kind.FIGURE, (), None),
        ("What was in the agreement that Putin signed?", Kind.EVENT, (), None),
        ("Wie hat die UN das überprüft?", Kind.EVENT, (), None),
        ("Де розташовані 70 000 солдатів?", Kind.FIGURE, (), None),
    ],
)
def test_a_presumption_is_seen(
    text: str, kind: Kind, speakers: tuple[str, ...], stance: Stance | None
) -> None:
    found = premise.presumptions(question.parse(text, ACTORS), ACTORS)
    assert (kind, speakers, stance) in [(p.kind, p.speakers, p.stance) for p in found]


@pytest.mark.parametrize(
    "text",
    [
        "Who confirmed the attack?",
        "Did NATO confirm the attack?",
        "Hat der Kreml die Verluste eingeräumt?",
        "Что сказал Песков?",
        "Where might the 70,000 soldiers be sent that Kyiv plans to raise?",
    ],
)
def test_an_open_question_presumes_nothing(text: str) -> None:
    assert not premise.presumptions(question.parse(text, ACTORS), ACTORS)


def test_the_office_of_a_person_is_presumed_at_a_date() -> None:
    asked = question.parse("What did NATO Secretary General Mark Rutte say on 4 May 2023?", ACTORS)
    (found,) = premise.presumptions(asked, ACTORS)
    assert found.kind is Kind.ROLE
    assert found.office == ("secretary", "NATO")


@pytest.mark.parametrize(
    ("text", "outcome", "words"),
    [
        ("Why did Peskov admit on 3 May 2023 that missiles had hit the port of Odesa?",
         Outcome.CONTRARY, "denied on 3 May"),
        ("Why did NATO confirm the attack on the port of Odesa on 4 May 2023?",
         Outcome.CONTRARY, "could not yet"),
        ("Warum räumte der Kreml am 14. Juli 2023 den Abzug der Söldner aus Belarus ein?",
         Outcome.CONTRARY, "zu kommentieren"),
        ("Чому Пєсков визнав 3 травня 2023 року удар по порту Одеси?",
         Outcome.CONTRARY, "denied on 3 May"),
        ("Почему Кремль подтвердил 14 июля 2023 года вывод наёмников из Беларуси?",
         Outcome.CONTRARY, "zu kommentieren"),
        ("Where are the 70,000 soldiers based who came to the Ukrainian coast in May 2023?",
         Outcome.PLANNED, "plans to send 70,000"),
        ("What did NATO Secretary General Mark Rutte say on 4 May 2023 about the attack?",
         Outcome.HOLDER, "Stoltenberg"),
        ("Was sagte Bundeskanzler Friedrich Merz am 15. Juli 2023 zur Flugabwehr an der Grenze?",
         Outcome.HOLDER, "Scholz"),
        ("Why did Zaluzhny never admit that Ukraine had lost a radar near Odesa?",
         Outcome.NEVER, "acknowledged"),
        ("Why did Russia admit that 6,500 of its soldiers had been killed?",
         Outcome.OTHER_SOURCE, "6,500"),
        ("What was in the agreement that Zelensky and Erdogan signed in Izmir in May 2023?",
         Outcome.EVENT, "no agreement"),
        ("Warum einigten sich Selenskyj und Erdogan in Izmir auf ein Abkommen?",
         Outcome.EVENT, "no agreement"),
        ("Почему Эрдоган решил передать Киеву беспилотники?", Outcome.EVENT, "left open"),
        ("Why did Kyiv accept the Turkish draft?", Outcome.EVENT, "was rejected"),
        ("How many wounded of its own did the British defence ministry publish in May 2023?",
         Outcome.MOVED, "last published"),
        ("Why did the United Nations thank Turkey in March 2023?", Outcome.MOVED, "2 May 2023"),
    ],
)  # fmt: skip
def test_a_premise_that_fails_is_corrected_by_a_sentence(
    opened: Assistant, text: str, outcome: Outcome, words: str
) -> None:
    found = judged(opened, text)
    assert found is not None
    assert found.outcome is outcome
    assert words in " ".join(found.corrections[0].claim.sentence.text.split())


@pytest.mark.parametrize(
    "text",
    [
        "Why did Peskov deny on 3 May 2023 that missiles had hit the port of Odesa?",
        "Why did NATO confirm on 9 May 2023 that missiles had hit the port of Odesa?",
        "When did Zaluzhny acknowledge that Ukraine had lost a radar near Odesa?",
        "Where are the 9,000 soldiers stationed on the Ukrainian coast?",
        "What did NATO Secretary General Jens Stoltenberg say on 4 May 2023 about the attack?",
        "Warum bestätigte Scholz am 15. Juli 2023 die Verlegung der Flugabwehrsysteme?",
        "Warum lehnte der Kreml am 14. Juli 2023 einen Kommentar zum Abzug der Söldner ab?",
        "Чому НАТО підтвердила 9 травня 2023 року удар по порту Одеси?",
        "Почему Песков отрицал 3 мая 2023 года удар по порту Одессы?",
        "Why did Kyiv reject the Turkish draft?",
        "Warum dankten die Vereinten Nationen der Türkei im Mai 2023?",
        "Where did Zelensky meet Erdogan?",
    ],
)
def test_a_premise_that_holds_is_left_alone(opened: Assistant, text: str) -> None:
    assert judged(opened, text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Why did Peskov admit the sinking of the cruiser on 3 March 2023?",
        "Where are the 250 submarines that Iran sent in May 2023?",
        "What was in the agreement that Stoltenberg and Scholz signed in May 2023?",
    ],
)
def test_what_the_articles_never_speak_of_is_no_false_premise(opened: Assistant, text: str) -> None:
    assert judged(opened, text) is None


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Why did NATO confirm the attack on the port of Odesa on 4 May 2023?",
         "The articles do not say that NATO confirmed this on"),
        ("Warum bestätigte die NATO am 4. Mai 2023 den Angriff auf den Hafen von Odesa?",
         "In den Artikeln steht nicht, dass die NATO dies am 4. Mai 2023 bestätigt hat:"),
        ("Чому НАТО підтвердила 4 травня 2023 року удар по порту Одеси?",
         "У статтях не сказано, що НАТО це підтверджує 4 травня 2023"),
        ("Почему НАТО подтвердила 4 мая 2023 года удар по порту Одессы?",
         "В статьях не сказано, что НАТО это подтверждает 4 мая 2023"),
    ],
)  # fmt: skip
def test_the_headline_names_the_premise_in_the_readers_language(
    opened: Assistant, text: str, shown: str
) -> None:
    found = judged(opened, text)
    assert found is not None
    made = premise.headline(found, Phrases(question.parse(text, ACTORS).language, ACTORS))
    assert made.startswith(shown)
    assert made.endswith(".")


@pytest.mark.parametrize("language", ["de", "en", "uk", "ru"])
@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_has_a_headline(opened: Assistant, language: str, outcome: Outcome) -> None:
    text = "Why did NATO confirm the attack on the port of Odesa on 4 May 2023?"
    found = judged(opened, text)
    assert found is not None
    other = Judgement(found.presumption, outcome, found.corrections, "Jens Stoltenberg")
    made = premise.headline(other, Phrases(language, ACTORS))
    assert made.endswith(".")
    assert "{" not in made


@pytest.mark.parametrize("language", ["de", "uk", "ru"])
def test_the_tables_of_polarity_have_the_keys_of_english(language: str) -> None:
    assert lexicon.load("polarity", language).keys() == lexicon.load("polarity", "en").keys()
