"""German attribution: clauses, frames, nouns and evidentials, as reporters write them."""

from __future__ import annotations

import pytest

from rag import actors, attribution, segmentation
from rag.schema import Article, Claim, Form, Stance


def claims(text: str) -> list[Claim]:
    """The claims of a German text but for its own voice."""
    article = Article("x", "Meldung", f"Meldung\n\n{text}", "de", "x")
    found = attribution.extract(article, segmentation.sentences(article), actors.load())
    return [claim for claim in found if claim.form is not Form.NARRATED]


def told(text: str) -> list[tuple[str, str, str]]:
    """Mentions of the sources, stance and content of every claim."""
    return [
        (
            ", ".join(source.mention.text for source in claim.sources),
            claim.stance.value,
            " … ".join(span.text for span in claim.content),
        )
        for claim in claims(text)
    ]


def test_the_article_of_a_main_clause_is_no_relative_pronoun() -> None:
    text = (
        "In Brüssel sagte Rice, die USA hielten sich an die Konvention, im Inland wie im Ausland."
    )
    assert told(text) == [
        ("Rice", "asserts", "die USA hielten sich an die Konvention, im Inland wie im Ausland")
    ]


def test_a_clause_without_a_finite_verb_between_frame_and_content_is_passed() -> None:
    text = (
        "Am Donnerstag sagte General Hagee, Kommandant des Korps, ohne auf den Vorfall einzugehen, "
        "dass ihn die Vorwürfe besorgt hätten."
    )
    assert [content for _, _, content in told(text)] == ["dass ihn die Vorwürfe besorgt hätten"]


def test_an_interrupted_clause_goes_on_behind_its_frame() -> None:
    text = "Es gehe, betonte Bundeskanzler Olaf Scholz, um die Verlässlichkeit der Zusagen."
    assert told(text) == [
        ("Bundeskanzler Olaf Scholz", "asserts", "Es gehe … um die Verlässlichkeit der Zusagen")
    ]


def test_an_apposition_behind_the_speaker_is_no_content() -> None:
    text = "Die Lage sei ruhig, sagte Mark Keller, der Sprecher der Rettungsdienste."
    assert [content for _, _, content in told(text)] == ["Die Lage sei ruhig"]


def test_reported_mood_ends_where_the_article_goes_on_in_the_indicative() -> None:
    text = "Hussein hatte vor Gericht erklärt, er sei unschuldig, erkannte das Gericht nicht an."
    assert [content for _, _, content in told(text)] == ["er sei unschuldig"]


@pytest.mark.parametrize(
    ("text", "source", "stance", "content"),
    [
        (
            "Eine Flugverbotszone schloss das Weiße Haus erneut aus.",
            "das Weiße Haus",
            "denies",
            "Eine Flugverbotszone",
        ),
        (
            "Die Stilllegung bestätigte der Konzern Vattenfall.",
            "der Konzern Vattenfall",
            "confirms",
            "Die Stilllegung",
        ),
        (
            "Der Kreml widersprach den Angaben aus Kiew.",
            "Der Kreml",
            "denies",
            "den Angaben aus Kiew",
        ),
        (
            "Ungarns Außenminister Péter Szijjártó nannte die Empfehlung verfrüht.",
            "Ungarns Außenminister Péter Szijjártó",
            "asserts",
            "die Empfehlung verfrüht",
        ),
        (
            "Minister Pistorius hält die Lieferung für einen Fehler.",
            "Minister Pistorius",
            "estimates",
            "die Lieferung für einen Fehler",
        ),
        (
            "Die Regierung stellte in Aussicht, weitere Geräte zu liefern.",
            "Die Regierung",
            "announces",
            "weitere Geräte zu liefern",
        ),
        (
            "Die Forderung Selenskyjs, mehr Munition zu liefern, stößt in Berlin auf Skepsis.",
            "Selenskyjs",
            "demands",
            "mehr Munition zu liefern",
        ),
        (
            "Der Trainer zeigte sich überzeugt, dass die Mannschaft aufsteigen werde.",
            "Der Trainer",
            "asserts",
            "dass die Mannschaft aufsteigen werde",
        ),
        (
            "Wie aus einer Mitteilung der Bank hervorgeht, sinkt der Leitzins im Mai.",
            "einer Mitteilung der Bank",
            "reports",
            "sinkt der Leitzins im Mai",
        ),
        (
            "Mehr als vierzig Maschinen will der SBU zerstört haben.",
            "der SBU",
            "claims",
            "Mehr als vierzig Maschinen … zerstört haben",
        ),
    ],
)
def test_subject_verb_and_object_are_told_apart_in_every_order(
    text: str, source: str, stance: str, content: str
) -> None:
    assert (source, stance, content) in told(text)


def test_a_quotation_at_the_end_of_a_clause_is_said_with_the_clause() -> None:
    (claim,) = claims("Einseitige Schritte seien „nicht akzeptabel“, betonte die Kommission.")
    assert claim.content[0].text == "Einseitige Schritte seien „nicht akzeptabel“"
    assert claim.form is Form.MIXED


def test_a_quotation_around_its_frame_is_one_claim() -> None:
    (claim,) = claims("„Er hatte Urlaub“, fügte ihre Schwester hinzu, „drei Tage für die Feier.“")
    assert [span.text for span in claim.content] == [
        "„Er hatte Urlaub“",
        "„drei Tage für die Feier.“",
    ]


def test_a_title_in_quotation_marks_is_nothing_that_was_said() -> None:
    text = "Die „Kampagne für ein Freies Tibet“ berichtete über einen Marsch in der Provinz Gansu."
    assert "„Kampagne für ein Freies Tibet“" not in [content for _, _, content in told(text)]


def test_a_quotation_behind_a_colon_belongs_to_the_speaker_of_the_sentence() -> None:
    text = (
        "Der Innenminister zeigte sich besorgt, dass die Fehden ins Ausland getragen würden: "
        "„Das hat es noch nicht gegeben.“"
    )
    assert ("Der Innenminister", "asserts", "„Das hat es noch nicht gegeben.“") in told(text)


def test_the_second_sentence_that_goes_on_keeps_the_new_speaker() -> None:
    text = (
        "Die Verteidigung sagte, ihr Mandant sei unschuldig. "
        "Die Staatsanwaltschaft begründete ihren Antrag mit Fluchtgefahr. "
        "Mit Frankreich gebe es kein Abkommen. Dem Beschuldigten drohe eine lange Haft."
    )
    assert [source for source, _, _ in told(text)[-2:]] == ["Die Staatsanwaltschaft"] * 2


def test_a_part_in_reported_mood_behind_a_semicolon_is_a_claim_of_its_own() -> None:
    text = "Das Ministerium sprach von 117 abgefangenen Drohnen; Schäden habe es nicht gegeben."
    assert told(text)[1] == ("Das Ministerium", "asserts", "Schäden habe es nicht gegeben")


def test_demnach_points_back_to_who_spoke_before() -> None:
    text = "Wie die Polizei mitteilte, brannten zwei Lager. Verletzt wurde demnach niemand."
    claim = claims(text)[-1]
    assert claim.content[0].text == "Verletzt wurde"
    assert [(s.mention.text, "olizei" in s.name) for s in claim.sources] == [("demnach", True)]


def test_the_first_person_is_no_reported_mood() -> None:
    text = "Der Sänger sprach mit uns. Ich habe so viele Sachen gelernt."
    assert all(claim.rule != "reported_continued" for claim in claims(text))


def test_a_plan_is_no_hearsay_of_the_speaker_before() -> None:
    text = "Der Minister sagte, die Frist sei zu kurz. Die Verbündeten sollen künftig mehr zahlen."
    assert [claim.stance for claim in claims(text)] == [Stance.ASSERTS]


@pytest.mark.parametrize(
    "text",
    [
        "Der Bürgermeister steht vor dem ausgebrannten Kulturhaus und sucht nach Worten.",
        "Laut Fahrplan hätte die Regionalbahn schon um Mitternacht hier sein sollen.",
        "Der von der Opposition erwartete Aufruhr blieb in der Hauptstadt aus.",
        "Das Recht wurde gemäß dem Islam verändert.",
        "Er fürchtet den nächsten Winter, und er weiß, dass viele nicht zurückkehren.",
    ],
)
def test_cue_words_in_another_sense_report_nothing(text: str) -> None:
    assert told(text) == []


def names(text: str) -> list[list[str]]:
    """The names of the sources of every claim."""
    return [[source.name for source in claim.sources] for claim in claims(text)]


def test_a_pronoun_means_the_last_subject_of_its_gender_some_sentences_back() -> None:
    text = (
        "Im Bahnhof verkauft Switlana Marenko noch Fahrkarten. Draußen fällt Schnee.\n\n"
        "„Früher wollten die Leute wissen, wann sie ankommen“, sagt sie."
    )
    assert names(text) == [["Switlana Marenko"]]


def test_what_cannot_speak_does_not_go_on_reporting() -> None:
    text = (
        "Die Staatsanwältin Miriam Teichert erhob Anklage und sagte, das Geld sei weg. "
        "Die Zahl der Fälle ist hoch. Den Kassen sei ein Schaden entstanden."
    )
    assert [claim.sources[0].name for claim in claims(text)] == ["Miriam Teichert"] * 2


def test_a_frame_may_stand_between_the_front_field_and_its_verb() -> None:
    text = "Militärisch, wendet der Stratege Marcel Berni ein, falle die Zahl kaum ins Gewicht."
    assert [content for _, _, content in told(text)] == [
        "Militärisch … falle die Zahl kaum ins Gewicht"
    ]


def test_an_unknown_verb_behind_reported_mood_names_its_speaker() -> None:
    text = "Die Auflagen seien ungerecht, donnerte Sportminister Oleg Matyzin."
    assert told(text) == [("Sportminister Oleg Matyzin", "asserts", "Die Auflagen seien ungerecht")]


def test_a_source_in_the_genitive_plural_needs_no_article() -> None:
    text = "Nach Angaben informierter Kreise betrug das Lösegeld drei Millionen Dollar."
    assert told(text) == [
        ("informierter Kreise", "reports", "betrug das Lösegeld drei Millionen Dollar")
    ]


def test_to_whom_something_is_promised_is_no_part_of_it() -> None:
    text = "Der Minister kündigte den Betroffenen bei einem Ortstermin rasche Hilfe an."
    assert told(text) == [("Der Minister", "announces", "rasche Hilfe")]


def test_a_relative_pronoun_means_the_genitive_of_its_gender() -> None:
    text = "Die Firma prüft die Aussage eines Hackers, der behauptet, den Code zu kennen."
    assert [source for source, _, _ in told(text)] == ["eines Hackers"]


def test_an_unanswered_question_in_front_is_unverified() -> None:
    text = "Wie viele Menschen betroffen sind, lässt sich kaum sagen."
    assert told(text) == [("", "unverified", "Wie viele Menschen betroffen sind")]


def test_a_participle_before_its_verb_keeps_who_does_not_confirm() -> None:
    (claim,) = claims("Bestätigt hat das Pentagon den Abschuss nicht.")
    assert [s.name for s in claim.sources] == ["Pentagon"]
    assert [s.text for s in claim.content] == ["den Abschuss"]


def test_a_dateline_is_no_part_of_what_is_reported() -> None:
    (claim,) = claims("Kiew (dpa) - In Kursk stehen nach Angaben Selenskyjs 11.000 Soldaten.")
    assert claim.content[0].text.startswith("In Kursk")


def speakers(text: str) -> list[str]:
    """Who the first source of every claim is."""
    return [claim.sources[0].name for claim in claims(text) if claim.sources]


SPEAKERS_BY_DESCRIPTION = [
    (  # a post of the person named with it
        "Landwirtschaftsminister Gunnar Brandes lud ein. „Wir säen aus“, sagte der Minister.",
        ["Gunnar Brandes"],
    ),
    (  # age
        "„Ich bleibe“, rief Hanna Dreyer. Ihr Haus sei heil, versicherte die 61-Jährige.",
        ["Hanna Dreyer", "Hanna Dreyer"],
    ),
    (  # somebody new whom nobody names
        "„Es brannte“, sagte eine Nachbarin. Sie habe geschlafen, beteuerte die 61-Jährige.",
        ["Nachbarin", "Nachbarin"],
    ),
    (  # the surname alone
        "„Ich bleibe“, rief Hanna Dreyer. „Wir auch“, sagte ihr Sohn. „Gut“, erwiderte Dreyer.",
        ["Hanna Dreyer", "ihr Sohn", "Hanna Dreyer"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SPEAKERS_BY_DESCRIPTION)
def test_a_description_means_the_person_named_before(text: str, expected: list[str]) -> None:
    assert speakers(text) == expected


def test_a_post_that_two_people_hold_is_resolved_to_neither() -> None:
    text = (
        "Außenminister Gunnar Brandes empfing Energieminister Olaf Reuter. "
        "„Wir sind uns einig“, sagte der Minister."
    )
    assert speakers(text) == ["Minister"]


NEW_FRAMES = [
    (  # the verb and its preposition go on
        "Der Gouverneur sprach von drei Toten, das Verteidigungsministerium sogar von zwölf.",
        [
            ("Der Gouverneur", "asserts", "drei Toten"),
            ("das Verteidigungsministerium", "asserts", "zwölf"),
        ],
    ),
    (  # a judgement of what stands before
        "Der Hafen ist voll. Fachleute der Behörde halten das für übertrieben.",
        [("Fachleute der Behörde", "estimates", "übertrieben")],
    ),
    (  # whence a noun of saying comes
        "Aus Ankara kam die Drohung mit neuen Zöllen.",
        [("Ankara", "warns", "neuen Zöllen")],
    ),
    (  # a claim of somebody in front, and who denies it
        "Berichte der Opposition, die Wahl sei gefälscht, hat die Wahlleitung zurückgewiesen.",
        [
            ("Opposition", "reports", "die Wahl sei gefälscht"),
            ("die Wahlleitung", "denies", "die Wahl sei gefälscht"),
        ],
    ),
    (  # a second main clause behind the frame
        "Niemand müsse hungern, sagte der Bürgermeister am Abend, die Lager seien voll.",
        [
            ("der Bürgermeister", "asserts", "Niemand müsse hungern"),
            ("der Bürgermeister", "asserts", "die Lager seien voll"),
        ],
    ),
    (  # what is written somewhere
        "Die Brücke sei gesperrt, liest man in der Mitteilung der Bahn.",
        [("der Mitteilung der Bahn", "reports", "Die Brücke sei gesperrt")],
    ),
    (  # a report that there is none of something
        "Die Küstenwache meldete für die Nacht keine weiteren Vorfälle.",
        [("Die Küstenwache", "reports", "keine weiteren Vorfälle")],
    ),
    (  # expected by nobody in particular
        "Ein Beschluss wird nicht vor Ostern erwartet.",
        [("", "expects", "Ein Beschluss … nicht vor Ostern")],
    ),
    (  # a quotation with a colon behind it
        "„Es ist schwer, an Zufall zu glauben“: Ministerpräsidentin Karin Holm spricht leise.",
        [
            (
                "Ministerpräsidentin Karin Holm",
                "asserts",
                "„Es ist schwer, an Zufall zu glauben“",
            )
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), NEW_FRAMES)
def test_what_a_frame_reports(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert told(text) == expected


POINTING_BACK = [
    "Der Betrieb ruht seit Mai. Das geht aus einem Bericht des Senders hervor, der vorliegt.",
    "Der Betrieb ruht seit Mai. Bestätigt wird das von Pia Lorenz, der Leiterin des Amtes.",
    "Der Betrieb ruht seit Mai. Minister Paul Ahrens hatte damit am Vortag gedroht.",
]


@pytest.mark.parametrize("text", POINTING_BACK)
def test_a_sentence_that_points_back_has_the_one_before_as_content(text: str) -> None:
    (claim,) = claims(text)
    assert [span.text.rstrip(".") for span in claim.content] == ["Der Betrieb ruht seit Mai"]
    assert claim.sources


SILENCE = [
    ("Weder Namen noch Zahlen wollte die Klinik preisgeben.", "no_comment", "die Klinik"),
    ("Einen Rückzug mochte Sprecher Jan Vogt nicht ausschließen.", "not_denied", "Jan Vogt"),
    ("Von der Reederei wurde der Unfall nicht bestätigt.", "does_not_confirm", "Reederei"),
    ("Der Händler stellt den Verkauf gar nicht in Abrede.", "not_denied", "Der Händler"),
]


@pytest.mark.parametrize(("text", "stance", "who"), SILENCE)
def test_silence_has_its_speaker(text: str, stance: str, who: str) -> None:
    (found,) = told(text)
    assert found[1] == stance
    assert who in found[0]


def test_a_doubt_behind_hearsay_is_about_what_was_heard() -> None:
    found = told("Angeblich fahren dort schon Züge, überprüft ist das nicht.")
    assert {stance for _, stance, _ in found} == {"claims", "unverified"}
    assert all("fahren dort schon Züge" in content for _, _, content in found)


def test_a_surname_is_no_beginning_of_another_name() -> None:
    opening = "Anna Berg leitet die Klinik."
    for text, name in (
        ("Berg sagte, man werde helfen.", "Anna Berg"),
        ("Bern teilte mit, man werde helfen.", "Bern"),
        ("Bergmann sagte, man werde helfen.", "Bergmann"),
    ):
        assert [s.name for c in claims(f"{opening} {text}") for s in c.sources] == [name]


def test_a_surname_that_two_people_bear_names_neither_without_a_title() -> None:
    opening = "Hans Müller und seine Frau Eva Müller wohnen hier. Das Haus sei zerstört, sagte"
    for who, name in (("Müller", "Müller"), ("Frau Müller", "Eva Müller")):
        assert [s.name for c in claims(f"{opening} {who}.") for s in c.sources] == [name]
    opening = "Otto von Bergen und Anna von Bergen wohnen hier. Das Haus sei zerstört, sagte"
    assert [s.name for c in claims(f"{opening} Bergen.") for s in c.sources] == ["Bergen"]


def test_what_an_earlier_version_of_the_article_said_is_no_claim() -> None:
    text = (
        "In einer früheren Fassung hieß es, 48.000 Haushalte seien ohne Strom; richtig ist 52.000."
    )
    assert claims(text) == []
    article = Article("x", "Meldung", f"Meldung\n\n{text}", "de", "x")
    found = attribution.extract(article, segmentation.sentences(article), actors.load())
    assert [(q.low, q.unit) for c in found for q in c.quantities] == [(52000, "households")]
    assert told("In einer früheren Fassung des Gesetzes hieß es, 300 Soldaten dürften bleiben.")
