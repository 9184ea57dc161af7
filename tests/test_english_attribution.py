"""Attribution in English news: the frames, the quotations, the traps."""

from __future__ import annotations

import pytest

from rag import actors, attribution, segmentation
from rag.schema import Article, Claim, Form, Polarity

Told = tuple[str, list[str], str]  # stance, words that name the sources, content


def attributed(text: str, title: str = "News.") -> list[Claim]:
    source = Article("a", title, f"{title}\n\n{text}", "en", "hash", published="2024-10-29")
    claims = attribution.extract(source, segmentation.sentences(source), actors.load())
    return [claim for claim in claims if claim.form is not Form.NARRATED]


def told(text: str, title: str = "News.") -> list[Told]:
    return [
        (c.stance.value, [s.mention.text for s in c.sources], " … ".join(s.text for s in c.content))
        for c in attributed(text, title)
    ]


FRAMES: list[tuple[str, list[Told]]] = [
    (  # a frame within the clause
        "The attack, officials said, began shortly before dawn.",
        [("asserts", ["officials"], "The attack … began shortly before dawn")],
    ),
    (  # a frame behind the clause, and what goes on behind it
        "The bridge is closed, the ministry said on Friday, and repairs will take months.",
        [("asserts", ["the ministry"], "The bridge is closed … and repairs will take months")],
    ),
    (  # a participle is the speaker's
        "The mayor rejected the charge, saying the money had been returned.",
        [
            ("denies", ["The mayor"], "the charge"),
            ("asserts", ["The mayor"], "the money had been returned"),
        ],
    ),
    (  # a relative clause between subject and verb
        "The senator, who faces a tough fight in November, told reporters he had not decided.",
        [("asserts", ["The senator"], "he had not decided")],
    ),
    (  # participles and adjectives behind the noun
        "The plant will close, people briefed on the plans said.",
        [("asserts", ["people"], "The plant will close")],
    ),
    (  # the name behind the post is what names the source
        "The city's mayor, Olena Koval, said two people had died.",
        [("asserts", ["The city's mayor, Olena Koval"], "two people had died")],
    ),
    (  # what the article says of a content is no part of it
        "Trump claimed the vote was stolen, a charge that judges have dismissed.",
        [("claims", ["Trump"], "the vote was stolen")],
    ),
    (  # another speaker begins after "while"
        "Kyiv said the village was free, while Moscow insisted its troops held it.",
        [
            ("asserts", ["Kyiv"], "the village was free"),
            ("claims", ["Moscow"], "its troops held it"),
        ],
    ),
    (
        "The governor said roughly a third of the houses had lost their roofs.",
        [("asserts", ["The governor"], "roughly a third of the houses had lost their roofs")],
    ),
    (
        "Police said more than 200 people had been detained.",
        [("asserts", ["Police"], "more than 200 people had been detained")],
    ),
    (
        "The judge ruled out a further delay.",
        [("denies", ["The judge"], "a further delay")],
    ),
    (
        "The court ruled that the search had been lawful.",
        [("asserts", ["The court"], "that the search had been lawful")],
    ),
    (
        "Neighbours described him as a quiet man who kept to himself.",
        [("asserts", ["Neighbours"], "him as a quiet man who kept to himself")],
    ),
    (
        "The Kremlin called the report a lie.",
        [("asserts", ["The Kremlin"], "the report a lie")],
    ),
    (
        "The minister urged residents to stay indoors.",
        [("demands", ["The minister"], "residents to stay indoors")],
    ),
    (
        "The minister told residents to stay indoors.",
        [("demands", ["The minister"], "residents to stay indoors")],
    ),
    (
        "Pope Francis appealed for a truce and prayed for the victims.",
        [("demands", ["Pope Francis"], "a truce")],
    ),
    (
        "A commission put the cost at $524 billion.",
        [("estimates", ["A commission"], "the cost at $524 billion")],
    ),
    (
        "Western estimates put the toll considerably higher.",
        [("estimates", ["Western estimates"], "the toll considerably higher")],
    ),
    (
        "Confirmed by two diplomats, the halt took effect in March.",
        [("confirms", ["two diplomats"], "the halt took effect in March")],
    ),
    (
        "The chancellor is convinced that the alliance will hold.",
        [("asserts", ["The chancellor"], "that the alliance will hold")],
    ),
    (
        "Moscow's claim that the city had fallen drew laughter.",
        [("claims", ["Moscow's"], "that the city had fallen")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), FRAMES, ids=[text for text, _ in FRAMES])
def test_a_frame_gives_stance_source_and_content(text: str, expected: list[Told]) -> None:
    assert told(text) == expected


def test_quoted_as_saying_names_the_speaker_and_the_outlet() -> None:
    for text in (
        "TASS quoted a source in the ministry as saying that no date had been set.",
        "A source in the ministry was quoted by TASS as saying that no date had been set.",
    ):
        (claim,) = attributed(text)
        assert "source in the ministry" in claim.sources[0].mention.text
        assert [channel.mention.text for channel in claim.via] == ["TASS"]
        assert claim.content[0].text == "that no date had been set"


def test_a_frame_amid_a_quotation_holds_one_claim() -> None:
    text = "“If you look at the numbers,” he said, “you will see that we are winning.”"
    (claim,) = attributed(text)
    assert [span.text for span in claim.content] == [
        "“If you look at the numbers,”",
        "“you will see that we are winning.”",
    ]


def test_a_quotation_of_several_sentences_is_one_claim_of_who_is_named_at_its_end() -> None:
    text = "“We hear them. We are talking to them. It takes time,” Oleh Koval said."
    assert told(text) == [
        ("asserts", ["Oleh Koval"], "“We hear them. We are talking to them. It takes time,”")
    ]


def test_a_quotation_of_two_paragraphs_belongs_to_who_is_named_in_the_second() -> None:
    text = "“There will be a day when the square is full of tulips.\n\n"
    text += "“I look forward to that day more than to any parade,” Oleh Koval told the crowd."
    (claim,) = attributed(text)
    assert [source.mention.text for source in claim.sources] == ["Oleh Koval"]


def test_straight_single_marks_quote_as_british_papers_do() -> None:
    text = "'We are not occupying anyone's land,' Zelenskyy said in his nightly address."
    assert told(text) == [("asserts", ["Zelenskyy"], "'We are not occupying anyone's land,'")]


def test_an_apposition_between_quotation_and_verb_belongs_to_the_speaker() -> None:
    text = "“I just don't trust them,” one voter, Linda Cole of Akron, Ohio, explained."
    ((stance, (mention,), content),) = told(text)
    assert (stance, content) == ("asserts", "“I just don't trust them,”")
    assert mention.startswith("one voter, Linda Cole")


def test_a_leading_question_or_participle_is_not_what_was_said() -> None:
    assert told("Asked whether he would go, Mr. Pence replied: “Absolutely.”") == [
        ("asserts", ["Mr. Pence"], "“Absolutely.”")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "KYIV, Oct 3 (Reuters) - Two drones fell in the river, the air force said.",
        "LONDON — Two drones fell in the river, the air force said.",
    ],
)
def test_a_dateline_is_no_part_of_the_content(text: str) -> None:
    assert [content for _, _, content in told(text)] == ["Two drones fell in the river"]


def test_a_headline_names_its_speaker_behind_a_dash_or_before_a_colon() -> None:
    dashed = told("It rained.", "Ukraine: 33 dead as missile hits hospital - official")
    assert dashed == [("asserts", ["official"], "Ukraine: 33 dead as missile hits hospital")]
    labelled = told("It rained.", "Kremlin: No alternative to continuing the offensive")
    assert labelled == [("asserts", ["Kremlin"], "No alternative to continuing the offensive")]


HEARSAY = [
    ("Four children are believed to be trapped.", "estimates"),
    ("He is said to have acted alone.", "asserts"),
    ("The general was reportedly dismissed.", "reports"),
    ("Eleven people were reported killed.", "reports"),
]


@pytest.mark.parametrize(("text", "stance"), HEARSAY)
def test_hearsay_has_no_source_and_the_stance_of_its_word(text: str, stance: str) -> None:
    ((found, sources, content),) = told(text)
    assert (found, sources, content) == (stance, [], text.rstrip("."))


NOTHING_SAID = [
    "The company has published its annual report.",
    "She said goodbye to her colleagues on Friday.",
    "The trial went according to plan.",
    "The 34-year-old gunner, whose call sign is “Baker”, keeps a sourdough starter.",
    "One of them calls her son every evening at eight.",
    "The minister will announce the winner tomorrow.",
    "A think tank moved into the old press office.",
    "Private Hnatiuk reported for duty at six and was told to wait.",
]


@pytest.mark.parametrize("text", NOTHING_SAID)
def test_a_word_of_saying_in_another_sense_makes_no_claim(text: str) -> None:
    assert told(text) == []


def test_what_is_reported_of_a_report_is_no_claim_of_its_own() -> None:
    assert told("He denied that he had ever offered to resign.") == [
        ("denies", ["He"], "that he had ever offered to resign")
    ]


def test_a_request_that_nobody_answered_is_no_matter_of_silence() -> None:
    ((stance, _, content),) = told("The bank did not respond to requests for comment.")
    assert (stance, content) == ("no_comment", "did not respond to requests for comment")


def test_an_english_paragraph_goes_on_with_the_speaker_of_the_one_before() -> None:
    text = "Dmitry Peskov said there had been no such call.\n\nHe said it was pure fiction."
    assert [claim.sources[0].name for claim in attributed(text)] == ["Dmitry Peskov"] * 2


def test_a_body_that_the_article_names_is_meant_by_it() -> None:
    text = "Energy company Ostoil said two plants had been hit. Repairs had begun, it added."
    first, second = attributed(text)
    assert first.sources[0].name == second.sources[0].name


SILENT = [
    ("Nobody at the ministry was available for comment on Sunday.", "no_comment"),
    ("There was no word on casualties from the Russian side.", "no_comment"),
    ("Moscow has said nothing about its losses.", "no_comment"),
    ("Neither Beijing nor Pyongyang has commented on the claims.", "no_comment"),
    ("Neither account could be independently verified.", "unverified"),
    ("Whether the bridge can be repaired is anyone's guess.", "unverified"),
    ("Reuters was unable to verify when the footage was filmed.", "unverified"),
]


@pytest.mark.parametrize(("text", "stance"), SILENT)
def test_silence_and_doubt_have_many_words(text: str, stance: str) -> None:
    assert [found for found, _, _ in told(text)] == [stance]


def test_a_quotation_before_a_verdict_or_after_a_colon_needs_no_verb_of_saying() -> None:
    assert told("“They are already trying to manipulate,” was Zelensky's verdict.") == [
        ("asserts", ["Zelensky's"], "“They are already trying to manipulate,”")
    ]
    assert told("His deputy was blunter: “We lost the hill.”") == [
        ("asserts", ["His deputy"], "“We lost the hill.”")
    ]


def test_the_time_of_a_ticker_is_no_part_of_the_speaker() -> None:
    ((_, sources, _),) = told("14:20 The governor writes that power has been restored.")
    assert sources == ["The governor"]


RARE: list[tuple[str, list[Told]]] = [
    (  # a plea in court is a denial or an admission
        "Harris pleaded not guilty to three counts of fraud.",
        [("denies", ["Harris"], "three counts of fraud")],
    ),
    (
        "Barlow put it to the witness that she had lied.",
        [("claims", ["Barlow"], "that she had lied")],
    ),
    (
        "The inspectors put residents on notice that the water was unsafe.",
        [("warns", ["The inspectors"], "that the water was unsafe")],
    ),
    (
        "The prime minister let it be known that she would not stand again.",
        [("announces", ["The prime minister"], "that she would not stand again")],
    ),
    (  # who tells a court is not named
        "The jury heard that the money had been spent on cars.",
        [("claims", [], "that the money had been spent on cars")],
    ),
    (
        "Rumour has it that the deal is dead.",
        [("reports", [], "that the deal is dead")],
    ),
    (
        "The union is lobbying for a longer break.",
        [("demands", ["The union"], "a longer break")],
    ),
    (
        "Deutsche Bank pencils in a rise of 3% for May.",
        [("expects", ["Deutsche Bank"], "a rise of 3% for May")],
    ),
    (
        "The minister sidestepped the question.",
        [("no_comment", ["The minister"], "the question")],
    ),
    (
        "The club refused to be drawn on the fee.",
        [("no_comment", ["The club"], "the fee")],
    ),
    (
        "How the fire started has not been established.",
        [("unverified", [], "How the fire started")],
    ),
    (  # what "suggest" means depends on who does it
        "A study suggests that the drug is safe.",
        [("asserts", ["A study"], "that the drug is safe")],
    ),
    (
        "The senator suggested that the vote should be postponed.",
        [("demands", ["The senator"], "that the vote should be postponed")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), RARE)
def test_rarer_ways_to_report_are_read(text: str, expected: list[Told]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The price changes according to the weather.",
        "He screamed so loudly that the neighbours came.",
        "The path ran past a shop called “Victory” and a well.",
        "Nobody in Kyiv needs to be told how it will end.",
    ],
)
def test_what_only_looks_like_a_report_is_none(text: str) -> None:
    assert told(text) == []


def test_a_pronoun_means_the_described_person_who_spoke() -> None:
    claims = attributed(
        "A retired midwife testified that she had lost her savings. “He lied to me,” she said."
    )
    assert [source.name for source in claims[-1].sources] == ["retired midwife"]


def test_what_describes_a_subject_does_not_hide_it() -> None:
    unnamed = "A local official who asked not to be named said that four soldiers were killed."
    asked = "Peskov, asked about the strike, said it was false."
    name = "Lee Seong-kweun, who attended a closed-door briefing, said the losses grew."
    fewer = "A person close to the talks said no fewer than 20 tanks were lost."
    for text, who, content in (
        (unnamed, "A local official", "that four soldiers were killed"),
        (asked, "Peskov", "it was false"),
        (name, "Lee Seong-kweun", "the losses grew"),
        (fewer, "A person", "no fewer than 20 tanks were lost"),
    ):
        (claim,) = attributed(text)
        assert [s.mention.text for s in claim.sources] == [who]
        assert [s.text for s in claim.content] == [content]
        assert claim.polarity is Polarity.POSITIVE


def named(text: str) -> list[str]:
    """Who the first source of every claim is."""
    return [c.sources[0].name for c in attributed(text) if c.sources]


DESCRIBED = [
    ("Dr. Colin Hart, a surgeon, sat down. “We wait,” the surgeon said.", ["Colin Hart"]),
    ("“We wait,” said Beatrice Hart. “No,” said Colin Moore. “Yes,” Hart replied.",
     ["Beatrice Hart", "Colin Moore", "Beatrice Hart"]),
    ("The soprano Beatrice Hart met Colin Moore. “We wait,” she said.", ["Beatrice Hart"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), DESCRIBED)
def test_a_description_or_surname_means_the_person_named_before(
    text: str, expected: list[str]
) -> None:
    assert named(text) == expected


def test_what_stands_within_reported_words_is_not_reported_again() -> None:
    text = "The envoy told parliament he believed the talks had shown “that patience can win”."
    assert [sources for _, sources, _ in told(text)] == [["The envoy"]]


def test_an_object_with_a_second_verb_is_no_clause() -> None:
    text = "A spokesman disputed the paper's figures but did not give others."
    assert told(text)[0] == ("denies", ["A spokesman"], "the paper's figures")


def test_what_is_unclear_may_stand_behind_a_date() -> None:
    text = "It was unclear on Friday how the plane came down."
    assert told(text) == [("unverified", [], "how the plane came down")]


def test_a_surname_stands_for_a_person_only_as_it_is_or_with_a_possessive() -> None:
    opening = "The mayor, Peter Ross, opened the bridge."
    assert named(f"{opening} Ross said that it was safe.") == ["Peter Ross"]
    assert named(f"{opening} “It is Ross’s bridge,” Ross said.") == ["Peter Ross"]
    assert named(f"{opening} Rostov said that it was safe.") == ["Rostov"]


def test_a_surname_that_two_people_bear_names_neither_without_a_title() -> None:
    opening = "Hans Miller and his wife Eva Miller live here."
    assert named(f"{opening} The house is gone, Miller said.") == ["Miller"]
    assert named(f"{opening} The house is gone, Mrs Miller said.") == ["Eva Miller"]


def test_a_name_that_opens_a_text_ending_in_a_quotation_mark_is_no_title() -> None:
    text = 'Peter Ross”\n\nRoss said it was safe: "Come in"'
    article = Article("a", "Peter Ross”", text, "en", "hash")
    found = attribution.extract(article, segmentation.sentences(article), actors.load())
    assert {s.name for claim in found for s in claim.sources} == {"Peter Ross"}


@pytest.mark.parametrize(
    ("text", "hedges"),
    [
        ("The bridge was damaged on 18 May 2025, the ministry said.", []),
        ("In May the plant stopped, officials said.", []),
        ("The May offensive failed, officials said.", []),
        ("The bridge may be closed, the ministry said.", ["may"]),
        ("Kyiv May Lose Power, the ministry said.", ["May"]),
    ],
)
def test_the_month_is_no_hedge(text: str, hedges: list[str]) -> None:
    assert [h.text for claim in attributed(text) for h in claim.hedges] == hedges


def test_what_an_earlier_version_of_the_article_said_is_withdrawn() -> None:
    note = "An earlier version of this article said that 48,000 households were without power"
    article = Article("a", "News.", f"News.\n\n{note}; the correct figure is 52,000.", "en", "h")
    claim = attribution.extract(article, segmentation.sentences(article), actors.load())[-1]
    assert (claim.form, claim.sources, claim.polarity) == (Form.NARRATED, (), Polarity.POSITIVE)
    assert [(q.low, q.unit) for q in claim.quantities] == [(52000, "households")]
    alone = Article("a", "News.", f"News.\n\n{note}.", "en", "h")
    claim = attribution.extract(alone, segmentation.sentences(alone), actors.load())[-1]
    assert (claim.sources, claim.polarity, claim.quantities) == ((), Polarity.NEGATIVE, ())


def test_an_earlier_version_of_something_else_is_reported() -> None:
    text = "An earlier version of the bill said that 300 soldiers could stay."
    assert told(text)[0][2] == "that 300 soldiers could stay"
