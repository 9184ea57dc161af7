"""Speakers and channels of one sentence: verbs left out, nested reports, who made a document."""

from __future__ import annotations

import pytest

from rag import actors, attribution, segmentation
from rag.schema import Article, Claim, Form

TITLES = {"de": "Meldung.", "en": "News.", "uk": "Новини.", "ru": "Новости."}
Told = tuple[str, str]  # the words that name the source, and what it says


def attributed(text: str, language: str) -> list[Claim]:
    article = Article("a", TITLES[language], f"{TITLES[language]}\n\n{text}", language, "hash")
    found = attribution.extract(article, segmentation.sentences(article), actors.load())
    return [claim for claim in found if claim.form is not Form.NARRATED]


def told(text: str, language: str) -> list[Told]:
    return [
        (c.sources[0].mention.text if c.sources else "-", " … ".join(s.text for s in c.content))
        for c in attributed(text, language)
    ]


GAPPED: list[tuple[str, str, list[Told]]] = [
    ("en", 'Kyiv spoke of 8,400, the British defence ministry of "no more than 6,000".',
     [("Kyiv", "8,400"), ("the British defence ministry", '"no more than 6,000"')]),
    ("en", "Ukraine spoke of 300 dead and wounded, Russia of none.",
     [("Ukraine", "300 dead and wounded"), ("Russia", "none")]),
    ("en", "The Pentagon put the number of wounded at seven, the Kremlin at twelve.",
     [("The Pentagon", "the number of wounded at seven"), ("the Kremlin", "twelve")]),
    ("en", "Warsaw announced a ban on flights, Vilnius a review of its airspace.",
     [("Warsaw", "a ban on flights"), ("Vilnius", "a review of its airspace")]),
    ("de", "Der Generalstab nannte 30 Prozent, das Moskauer Verteidigungsministerium 86.",
     [("Der Generalstab", "30 Prozent"), ("das Moskauer Verteidigungsministerium", "86")]),
    ("de", "Das Pentagon schätzt die Verluste auf 300, die Nato auf rund 1000.",
     [("Das Pentagon", "die Verluste auf 300"), ("die Nato", "rund 1000")]),
    ("de", "Der Gouverneur sprach von vier Verletzten, der Bürgermeister von Charkiw von elf.",
     [("Der Gouverneur", "vier Verletzten"), ("der Bürgermeister von Charkiw", "elf")]),
    ("de", "Der Gouverneur gab die Zahl der Toten mit drei an, die Polizei zählte vier Leichen.",
     [("Der Gouverneur", "die Zahl der Toten mit drei"), ("die Polizei", "vier Leichen")]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "wanted"), GAPPED)
def test_the_verb_before_goes_on_for_a_second_speaker(
    language: str, text: str, wanted: list[Told]
) -> None:
    assert told(text, language) == wanted


def test_an_enumeration_of_things_is_no_second_speaker() -> None:
    text = "The army reported 14 attacks near Pokrovsk, 12 of them at night, and losses in Kursk."
    assert [who for who, _ in told(text, "en")] == ["The army"]


CHANNELS: list[tuple[str, str, str, str]] = [
    ("en", "Lawmakers, citing a briefing by the National Intelligence Service, said 100 had died.",
     "National Intelligence Service", "Lawmakers"),
    ("en", "It was the verdict of Rafael Grossi, as the Guardian reported, that it was safe.",
     "Rafael Grossi", "The Guardian"),
    ("uk", "Депутати, посилаючись на МАГАТЕ, заявили, що станція працює.", "IAEA", "Депутати"),
    ("uk", "Депутати з посиланням на МАГАТЕ заявили, що станція працює.", "IAEA", "Депутати"),
    ("ru", "Депутаты, ссылаясь на МАГАТЭ, заявили о гибели 100 военных.", "IAEA", "Депутаты"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "source", "via"), CHANNELS)
def test_whom_a_speaker_cites_is_the_source_and_the_speaker_the_channel(
    language: str, text: str, source: str, via: str
) -> None:
    (claim,) = attributed(text, language)
    assert [s.name for s in claim.sources] == [source]
    assert [s.name for s in claim.via] == [via]


DOCUMENTS: list[tuple[str, str]] = [
    ("A report by the Danish Refugee Council, released last week, found that most were old.",
     "Danish Refugee Council"),
    ("A study published by the Kyiv School of Economics found that losses had doubled.",
     "Kyiv School of Economics"),
    ("Satellite photos taken by Planet Labs show that two hangars had burned down.", "Planet Labs"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "author"), DOCUMENTS)
def test_who_made_a_document_is_its_source(text: str, author: str) -> None:
    (claim,) = attributed(text, "en")
    assert [s.name for s in claim.sources] == [author]


WHO: list[tuple[str, str, list[Told]]] = [
    ("en", "As many as 10,000 troops have been pushed back, the Pentagon said.",
     [("the Pentagon", "As many as 10,000 troops have been pushed back")]),
    ("en", "Power would be back by midnight, promised the city council of Konotop.",
     [("the city council of Konotop", "Power would be back by midnight")]),
    ("en", '"Our men hold it," an officer of the 93rd Brigade said by phone.',
     [("an officer of the 93rd Brigade", '"Our men hold it,"')]),
    ("en", "The Pentagon estimated the losses at 300, a figure that Moscow called absurd.",
     [("The Pentagon", "the losses at 300")]),
    ("de", "Das russische Militär wollte zuvor vier Flugzeuge zerstört haben.",
     [("Das russische Militär", "zuvor vier Flugzeuge zerstört haben")]),
    ("de", "Der Gouverneur machte Kiew für den Stromausfall verantwortlich.",
     [("Der Gouverneur", "Kiew für den Stromausfall")]),
    ("de", "Ein westlicher Attaché, der ungenannt bleibt, bezeichnete Losowa als Umschlagplatz.",
     [("Ein westlicher Attaché", "Losowa als Umschlagplatz")]),
    ("de", "Es war nach Zählung der Polizei der vierte Angriff seit Januar.",
     [("Polizei", "Es war … der vierte Angriff seit Januar")]),
    ("ru", "Опасности нет, подчёркивает областное правительство.",
     [("областное правительство", "Опасности нет")]),
    ("uk", "Уночі кілька телеграм-каналів написали, що льотчик загинув.",
     [("кілька телеграм-каналів", "що льотчик загинув")]),
    ("uk", "Джерело в Міноборони, знайоме з ситуацією, сказало, що літаків мало.",
     [("Джерело в Міноборони", "що літаків мало")]),
    ("ru", "Власти об ударе умолчали, зато пожаловались на обстрел автобуса в Алешках.",
     [("Власти", "ударе"), ("Власти", "обстрел автобуса в Алешках")]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "wanted"), WHO)
def test_the_speaker_is_found_wherever_it_stands(
    language: str, text: str, wanted: list[Told]
) -> None:
    assert told(text, language) == wanted


def test_a_source_within_a_body_is_nobody_named_before() -> None:
    text = (
        "В «Укрзализныце» говорили о сбое. «Суспильне» со ссылкой на источник в СБУ пишет о взрыве."
    )
    names = [[s.name for s in claim.sources] for claim in attributed(text, "ru")]
    assert names == [["Ukrzaliznytsia"], ["источник в СБУ"]]
