"""Claims of plain reports in four languages: the source, the stance, the figure, the day."""

from __future__ import annotations

import pytest

from rag import actors, attribution, segmentation
from rag.schema import Article, Claim, Form, Stance

TITLES = {"en": "News.", "de": "Nachrichten.", "uk": "Новини.", "ru": "Новости."}


def attributed(language: str, text: str) -> list[Claim]:
    title = TITLES[language]
    source = Article("a", title, f"{title}\n\n{text}", language, "hash", published="2026-03-01")
    claims = attribution.extract(source, segmentation.sentences(source), actors.load())
    return [claim for claim in claims if claim.form is not Form.NARRATED]


# language, text, stance, sources, channels of the last claim that is attributed
SOURCES = [
    ("en", "Volodymyr Zelensky, quoted in a later report, contradicted him: “There is no siege.”",
     "denies", ["Volodymyr Zelensky"], []),
    ("en", "Ukraine's commander-in-chief, Oleksandr Syrskyi, had denied that there was any danger, "
     "Politico reported.", "denies", ["Oleksandr Syrskyi"], ["Politico"]),
    ("en", "The Kremlin denied it: “It looks like a fake,” said its spokesman Dmitry Peskov.",
     "asserts", ["Dmitry Peskov"], []),
    ("en", "The Pentagon gave no information on losses.", "no_comment", ["Pentagon"], []),
    ("en", "The Pentagon did not confirm the strike. Nor had it disputed the reports.",
     "not_denied", ["Pentagon"], []),
    ("de", "Am Montag sagte Friedrich Merz, für Waffen, die Paris, London und Rom geliefert "
     "haben, gebe es keine Grenzen mehr.", "asserts", ["Friedrich Merz"], []),
    ("de", "John Healey sprach am Abend. Ob er Raketen schickt, ließ er offen.",
     "no_comment", ["John Healey"], []),
    ("de", "Sabrina Singh sagte, Soldaten seien nach Einschätzung ihres Hauses in Kursk. "
     "Der südkoreanische Geheimdienst NIS zählte rund 1.000 Pioniere. Am Freitag berichtete er, "
     "es seien mehr.", "reports", ["National Intelligence Service"], []),
    ("de", "Trump schwenkte um: Am Samstag kündigte er an, man wolle gleich verhandeln.",
     "announces", ["Donald Trump"], []),
    ("de", "Von einem Fake sprachen am Samstag die Kartografen von DeepState.",
     "asserts", ["Kartografen von DeepState"], []),
    ("uk", "Те саме число назвав його керівник Кирило Буданов і пояснив, звідки воно.",
     "asserts", ["Kyrylo Budanov"], []),
    ("ru", "Агентство ЦТАК сообщило о войсках. Ни численности, ни потерь оно не назвало.",
     "no_comment", ["KCNA"], []),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "stance", "sources", "via"), SOURCES)
def test_a_report_names_its_source_and_what_that_does(
    language: str, text: str, stance: str, sources: list[str], via: list[str]
) -> None:
    last = attributed(language, text)[-1]
    assert (last.stance, [s.name for s in last.sources]) == (Stance(stance), sources)
    assert [channel.name for channel in last.via] == via


DAYS = [
    ("en", "Since February 2022, Rosemary DiCarlo said on 12 January 2026, 10 had died.",
     "2026-01-12"),
    ("en", "Rosemary DiCarlo put the total at about 1,100 on 23 December 2024.", "2024-12-23"),
    ("de", "Das Pentagon schätzte sie am 28. Oktober 2024 auf rund 10.000.", "2024-10-28"),
    ("de", "Peskow wies die Berichte am 21. Oktober 2024 zurück.", "2024-10-21"),
    ("de", "Lloyd Austin, der das am 19. Oktober 2024 nicht bestätigen konnte, bestätigte am "
     "23. Oktober 2024, dass es Belege gibt.", "2024-10-23"),
    ("uk", "Зеленський назвав 4 лютого 2025 року 45 100 загиблих від лютого 2022 року.",
     "2025-02-04"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "day"), DAYS)
def test_the_day_of_saying_is_no_period_that_is_spoken_about(
    language: str, text: str, day: str
) -> None:
    assert attributed(language, text)[-1].date == day


FIGURES = [
    ("uk", "Загинули, як уточнює The Kyiv Independent, 286 людей.", (286, 286, "killed")),
    ("uk", "У полон, за словами Сирського, потрапили 594 військові.", (594, 594, "prisoners")),
    ("de", "Ungefähr 165.000 Soldaten waren nach Angaben der BBC getötet worden.",
     (165000, 165000, "killed")),
    ("de", "Der britische Militärgeheimdienst schätzte 4.000 Ausfälle.",
     (4000, 4000, "killed_and_wounded")),
    ("en", "Oleksandr Syrskyi claimed that nearly half of the soldiers had been killed.",
     (50, 50, "percent")),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "figure"), FIGURES)
def test_a_figure_that_a_frame_parts_from_its_noun_counts_the_same(
    language: str, text: str, figure: tuple[float, float, str]
) -> None:
    found = [(q.low, q.high, q.unit) for c in attributed(language, text) for q in c.quantities]
    assert figure in found


def test_a_heading_ends_what_somebody_went_on_to_say() -> None:
    text = (
        "Selenskyj forderte, die Verbündeten sollten helfen.\n\nDie Erlaubnis\n\n"
        "Biden habe den Einsatz freigegeben. So schilderten es Beamte mehreren Medien."
    )
    claims = attributed("de", text)
    assert [[s.name for s in claim.sources] for claim in claims] == [
        ["Volodymyr Zelensky"], [], ["Beamte"],
    ]  # fmt: skip


def test_a_headline_that_asks_has_no_speaker() -> None:
    source = Article("a", "t", "Von Istanbul nach Genf: Was die Unterhändler sagten", "de", "h")
    source = Article("a", source.text, f"{source.text}\n\nEs regnet.", "de", "h")
    claims = attribution.extract(source, segmentation.sentences(source), actors.load())
    assert all(claim.form is Form.NARRATED for claim in claims)
