"""Who is the source: bare offices, pronouns near a body, channels, and what is no speaker."""

from __future__ import annotations

import pytest

from rag import actors, attribution, segmentation
from rag.schema import Article, Claim, Form, SourceKind

TITLES = {"de": "Meldung.", "en": "News.", "uk": "Новини.", "ru": "Новости."}


def attributed(text: str, language: str) -> list[Claim]:
    title = TITLES[language]
    article = Article("a", title, f"{title}\n\n{text}", language, "hash")
    found = attribution.extract(article, segmentation.sentences(article), actors.load())
    return [claim for claim in found if claim.form is not Form.NARRATED]


def speakers(text: str, language: str) -> list[str]:
    """The sources of each claim in order, each with its channel."""
    return [
        " + ".join(s.name for s in claim.sources)
        + "".join(f" via {channel.name}" for channel in claim.via)
        for claim in attributed(text, language)
    ]


LAST: dict[str, tuple[str, str, str]] = {
    # an office without its state
    "an English office is that of who spoke before": (
        "en", "Ukraine's military said the depot had burned down. "
        "The general staff said nobody was hurt.", "General Staff of Ukraine"),
    "a German office is that of who spoke before": (
        "de", "Russland sprach von einem Erfolg. "
        "Der Generalstab teilte mit, die Brücke sei zerstört.", "General Staff of Russia"),
    "a Ukrainian paper means its own": (
        "uk", "Міноборони Росії оголосило про захоплення села. "
        "Генштаб повідомив, що бої тривають.", "General Staff of Ukraine"),
    "a Russian one its own": (
        "ru", "Генштаб сообщил, что взят посёлок.", "General Staff of Russia"),
    "unless the paragraph named the other": (
        "ru", "Генштаб Украины не подтвердил отход. "
        "В Генштабе заявили, что бои продолжаются.", "General Staff of Ukraine"),
    "its ministry is that of the state before": (
        "en", "Russia denies any role. Its foreign ministry called the report a provocation.",
        "Russian foreign ministry"),
    # what a document says, its author says
    "the map of a body": (
        "uk", "Мапа Генштабу показала, що військові залишили місто.",
        "General Staff of Ukraine"),
    "the headline of a paper": (
        "de", "Die Überschrift der Kyiv Post sprach von tausend Getöteten.", "Kyiv Post"),
    # pronouns
    "a centre is nearer than a person of the section before": (
        "uk", "Зеленський назвав 40 000 загиблих.\n\nІнші оцінки\n\nВищою є оцінка "
        "американського Центру стратегічних і міжнародних досліджень. "
        "За його підрахунками, загинули 90 000.",
        "Center for Strategic and International Studies"),
    "a body within the sentence": (
        "ru", "Американский центр CSIS говорил о миллионе потерь; погибших, по его расчёту, "
        "до 200 000.", "Center for Strategic and International Studies"),
    "an unnamed man who spoke last": (
        "uk", "Сирський мовчав. «Ми втратили плацдарм», — сказав агентству Reuters співрозмовник "
        "у Генштабі. Російських військових, за його оцінкою, було 60 000.",
        "співрозмовник у Генштабі"),
    "dative in German": (
        "de", "Trump erklärte, Kiew habe keine Karten. "
        "Ihm zufolge sterben jede Woche Tausende Soldaten.", "Donald Trump"),
    "whose words they are": (
        "de", "Putin billigte eine neue Doktrin. Sie gilt ab sofort. "
        "Kurz darauf ließ er eine Rakete starten, nach seinen Worten ein neues Modell.",
        "Vladimir Putin"),
    "the service of the article": (
        "en", "South Korea's National Intelligence Service said 10,000 were there.\n\n"
        "The intelligence service also updated its estimate. Altogether 6,000 have been killed, "
        "it said on Thursday.", "National Intelligence Service"),
    "the mission": (
        "uk", "Моніторингова місія ООН з прав людини повідомила про 200 загиблих. "
        "Тоді місія нарахувала 12 000 смертей.", "HRMMU"),
    "head of state": (
        "uk", "Володимир Зеленський виступив у Києві. "
        "Як переказував CNBC, ішлося про 31 000 загиблих. "
        "8 грудня 2024 року глава держави говорив уже про 43 000 убитих.", "Volodymyr Zelensky"),
    "several are not the one who was named": (
        "ru", "Губернатор Александр Хинштейн сообщил, что мины сняты. "
        "По мнению аналитиков, снята лишь часть.", "аналитиков"),
    # channels
    "a frame between subject and verb": (
        "en", "Peskov, according to the news agency TASS, insisted that the talks were over.",
        "Dmitry Peskov via TASS"),
    "a frame behind the verb": (
        "en", "A Russian commander said, according to Reuters, that the woods were being cleared.",
        "Russian commander via Reuters"),
    "a clause between verb and content": (
        "de", "Ein Kommandeur sagte der Agentur RIA, wie Reuters berichtete, "
        "der Ort sei genommen.", "Kommandeur via Reuters"),
    "a clause between subject and verb": (
        "en", "Putin, as TASS reported, said that Moscow was ready.", "Vladimir Putin via TASS"),
    "a frame within the object": (
        "de", "Sacharowa bezeichnete die Meldungen laut RBC als gezielt gestreute Geschichten.",
        "Maria Zakharova via RBC"),
    "who is told and who tells": (
        "en", "Bloomberg learned from a Western official that London had agreed.",
        "Western official via Bloomberg"),
    "what an outlet says that a party did": (
        "en", "Kyiv rejected the claim, the Moscow Times reported.",
        "Ukraine via The Moscow Times"),
    "an agency amid a Russian sentence": (
        "ru", "Песков, как сообщает ТАСС, заявил, что переговоры завершены.",
        "Dmitry Peskov via TASS"),
    "an object behind what stands between": (
        "de", "CIA-Direktor John Ratcliffe bestätigte, wie Fox News meldete, die Pause.",
        "John Ratcliffe via Fox News"),
    "who made the map": (
        "en", "A map by the Ukrainian General Staff showed that its troops had left.",
        "General Staff of Ukraine"),
    # no part of the name
    "a time before the name": (
        "uk", "Рік тому ООН говорила про рекордний липень.", "United Nations"),
    "an agency of two words": (
        "uk", "Перевірити такі заяви не вдалося, зазначала Associated Press.",
        "Associated Press"),
}  # fmt: skip


@pytest.mark.parametrize(("language", "text", "name"), LAST.values(), ids=LAST)
def test_the_last_claim_has_this_source(language: str, text: str, name: str) -> None:
    assert speakers(text, language)[-1] == name


NOBODY: dict[str, tuple[str, str]] = {
    "a time is nobody": (
        "en", "Ushakov's praise was for the longer version, reported a day before it was dropped."),
    "what was counted is nobody": ("en", "The estimate of the dead that we know of is old."),
    "a state that is planned": (
        "de", "Drei Dinge werden vermengt: wie viele Soldaten geplant waren und wie viele kamen."),
    "a source that he does not name is no silence": ("de", "Eine Quelle nannte er nicht."),
    "nor in Ukrainian": ("uk", "Джерела цих даних він не назвав."),
    "what is left unsaid names nobody": ("uk", "Причини там не назвали."),
    "whether they accept it is open": (
        "en", "Whether the parties accept that date is not recorded in the reports."),
}  # fmt: skip


@pytest.mark.parametrize(("language", "text"), NOBODY.values(), ids=NOBODY)
def test_nobody_is_said_to_have_spoken(language: str, text: str) -> None:
    assert not [name for name in speakers(text, language) if name]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Трамп стверджував, не називаючи джерела, що Україна втратила 400 000 солдатів."),
        ("ru", "Трамп, не называя источников, утверждал, что погибли 400 тысяч солдат."),
        ("ru", "Трамп утверждает, что погибли 400 тысяч, но источник этих данных не назвал."),
        ("en", "Trump claimed, without naming a source, that 400,000 soldiers had been lost."),
        ("de", "Trump behauptete, ohne eine Quelle zu nennen, 400.000 Soldaten seien gefallen."),
    ],
)
def test_who_names_no_source_has_still_made_his_claim(language: str, text: str) -> None:
    assert [claim.stance.value for claim in attributed(text, language)] == ["claims"]


def test_a_source_that_names_no_figure_is_silent() -> None:
    (claim,) = attributed("Источник в Генштабе не назвал точной цифры.", "ru")
    assert (claim.stance.value, claim.content[0].text) == ("no_comment", "точной цифры")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Eine ungenannte Quelle im ukrainischen Geheimdienst sagte, 18 seien geflohen."),
        ("en", "A source in Ukraine's General Staff told Reuters that it was over."),
        ("uk", "Співрозмовник в українському Генштабі сказав, що плацдарм втрачено."),
    ],
)
def test_an_unnamed_source_has_the_side_of_its_body(language: str, text: str) -> None:
    (claim,) = attributed(text, language)
    (source,) = claim.sources
    assert (source.kind, source.side.value) == (SourceKind.ANONYMOUS, "ukraine")


DENIED: dict[str, tuple[str, str, str]] = {
    "the first thing that the paragraph before said": (
        "de", "Die Region sei befreit, sagte Gerassimow. Mehr als 70.000 Ukrainer seien gefallen, "
        "behauptete er. Eine Bestätigung dafür kennen wir nicht.\n\n"
        "Der Generalstab in Kiew dementierte noch am selben Tag.", "Die Region sei befreit"),
    "no admission": (
        "ru", "Герасимов заявил, что область освобождена. Тогда же он признал участие солдат "
        "КНДР.\n\nКиев опроверг это в тот же день.", "что область освобождена"),
    "what the other side said in the paragraph": (
        "en", "Russia said it had taken the town. Ukraine denied this.",
        "it had taken the town"),
}  # fmt: skip


@pytest.mark.parametrize(("language", "text", "content"), DENIED.values(), ids=DENIED)
def test_a_denial_means_what_others_have_said(language: str, text: str, content: str) -> None:
    denied = [c for c in attributed(text, language) if c.stance.value == "denies"]
    assert [claim.content[0].text for claim in denied] == [content]


def test_a_person_whose_view_a_headline_names_has_not_said_it() -> None:
    title = "Курщина очима Сирського: від тисячі квадратних кілометрів до району"
    article = Article("a", title, f"{title}\n\nПро це пишуть.", "uk", "hash")
    found = attribution.extract(article, segmentation.sentences(article), actors.load())
    assert not found[0].sources


def test_countries_are_no_single_body() -> None:
    (claim,) = attributed("Partner countries condemned the deployment of soldiers.", "en")
    assert claim.sources[0].kind is SourceKind.ANONYMOUS
