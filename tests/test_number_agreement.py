"""Whether the verb behind an unknown source is in the plural."""

import pytest

from rag import actors
from rag.phrasing import Phrases, is_several
from rag.schema import Side, Source, SourceKind, Span, Stance

ACTORS = actors.load()


@pytest.mark.parametrize(
    "name",
    [
        "partner countries",
        "monitors",
        "US officials",
        "people familiar with the matter",
        "American media",
        "witnesses",
        "sources in the ministry",
        "Geheimdienste",
        "Kartografen von DeepState",
        "ungenannte US-Beamte",
        "Ungenannte westliche Vertreter",
        "Südkoreanische Medien",
        "Behörden",
        "viele Soldaten",
        "джерела",
        "свідки",
        "посадовці",
        "медіа США",
        "журналисты",
        "Аналитики DeepState",
        "западные чиновники",
        "источники в Кремле",
    ],
)
def test_several_unnamed_speakers_take_a_plural_verb(name: str) -> None:
    assert is_several(name, True)


@pytest.mark.parametrize(
    "name",
    [
        "mission",
        "a crisis",
        "anonymous source",
        "North Korean representative at the United Nations",
        "Bericht",
        "jede Seite",
        "ungenannte Quelle",
        "Behörde",
        "westlicher Beamter",
        "nordkoreanischer Vertreter bei den Vereinten Nationen",
        "ungenannter hoher ukrainischer Beamter der New York Times",
        "центр",
        "місія",
        "вищий чиновник",
        "співрозмовник у Генштабі",
        "анонимный источник",
    ],
)
def test_one_unnamed_speaker_takes_a_singular_verb(name: str) -> None:
    assert not is_several(name, True)


@pytest.mark.parametrize("name", ["Planet Labs", "Asia-Plus", "bne IntelliNews", "CNBC"])
def test_a_name_that_ends_like_a_plural_is_one(name: str) -> None:
    assert not is_several(name, False)


@pytest.mark.parametrize(
    ("language", "verb"), [("en", "say"), ("de", "sagen"), ("uk", "заявляють"), ("ru", "заявляют")]
)
def test_generic_speakers_agree_in_every_language_of_the_answer(language: str, verb: str) -> None:
    phrases = Phrases(language, ACTORS)
    span = Span("one", 0, 17, "partner countries")
    source = Source(span.text, SourceKind.ORGANISATION, Side.OTHER, span)
    words, plural = phrases.sources((source,))
    assert "partner countries" in words
    assert phrases.verb(Stance.ASSERTS, plural) == verb
