"""An exported answer: complete, in its language, the same when read back, and harmless."""

import html
import json
import re
import string
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from conftest import library
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from rag import __main__ as command_line
from rag import csl, interface, lexicon
from rag.api import create_app
from rag.assistant import Assistant
from rag.card import to_html
from rag.exporting import Export, Format, escaped, export, from_exported_json, to_markdown
from rag.machine_tags import CEILING, likelihoods, tags
from rag.schema import LANGUAGES, Answer, Citation, Conflict, Event, Flag, Status
from rag.settings import Settings

ARTICLES = {
    "losses-en": """---
title: British estimate of losses near Kupiansk
publisher: Test Gazette
published: 2025-06-16
language: en
url: https://example.org/losses?a=1&b=2
---
Britain's Ministry of Defence said on 15 June 2025 that Russia had very likely lost 6,000 soldiers
near Kupiansk. Kremlin spokesman Dmitry Peskov denied on 16 June 2025 that Russia had lost 6,000
soldiers near Kupiansk.
""",
    "losses-de": """---
title: Verluste bei Kupjansk
publisher: Testblatt
published: 2025-06-18
language: de
---
Der ukrainische Generalstab teilte am 17. Juni 2025 mit, Russland habe bei Kupjansk 9.000 Soldaten
verloren. Das russische Verteidigungsministerium erklärte am 18. Juni 2025, Russland habe bei
Kupjansk 700 Soldaten verloren.
""",
    "losses-uk": """---
title: Втрати під Куп'янськом
publisher: Тестова газета
published: 2025-06-19
language: uk
---
Президент Володимир Зеленський заявив 19 червня 2025 року, що Росія, ймовірно, втратила під
Куп'янськом 8 000 солдатів.
""",
    "hostile": """---
title: '<script>alert(1)</script> [Titel](http://evil.example) # | x'
publisher: '<img src=x onerror=alert(1)>'
published: 2025-07-01
language: en
url: 'javascript:alert(1)'
---
Governor Oleh Syniehubov said on 1 July 2025: "The depot at Izium burned <script>alert(1)</script>
[here](http://evil.example/a) ![x](http://evil.example/b.png) **now** `code` $x$ </q></blockquote>
<img src=x onerror=alert(2)> שלום".
""",
}
QUESTIONS = {
    "en": "How many soldiers did Russia lose near Kupiansk?",
    "de": "Wie viele Soldaten hat Russland bei Kupjansk verloren?",
    "uk": "Скільки солдатів втратила Росія під Куп'янськом?",
    "ru": "Сколько солдат потеряла Россия под Купянском?",
}
# Every one begins markup, a raw address or a tag.
ACTING = "\\`*_[]<>|~&$@#^{}"
TAGS = {"html", "head", "meta", "title", "style", "body", "main", "section", "div", "footer"}
TAGS |= {"h1", "h2", "p", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"}
TAGS |= {"a", "span", "strong", "small", "em", "code", "q", "blockquote", "cite"}


class Page(HTMLParser):
    """Tags with their attributes in order, and the text between them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data

    def values(self, name: str) -> list[str]:
        return [attrs[name] or "" for _, attrs in self.tags if name in attrs]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Settings:
    """Where the library of the articles of this file lies."""
    return library(tmp_path_factory.mktemp("library"), models)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, place: Settings) -> Iterator[Assistant]:
    """A library of the articles of this file."""
    folder = tmp_path_factory.mktemp("exported")
    for name, text in ARTICLES.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    with Assistant.open(place, write=True) as assistant:
        report = assistant.ingest([folder])
        assert not report.refused
        yield assistant


@pytest.fixture(scope="module")
def answers(opened: Assistant) -> dict[str, Answer]:
    """The answer to one question in each language."""
    made = {language: opened.ask(text) for language, text in QUESTIONS.items()}
    assert {a.language for a in made.values()} == set(LANGUAGES)
    assert all(a.status is not Status.NO_EVIDENCE for a in made.values())
    return made


@pytest.fixture(scope="module")
def hostile(opened: Assistant) -> Answer:
    """An answer that quotes the hostile article."""
    answer = opened.ask("What did Oleh Syniehubov say about the depot at Izium?")
    assert any("<script>" in c.quote for c in answer.citations)
    return answer


@pytest.fixture(scope="module")
def nothing(opened: Assistant) -> Answer:
    """An answer that finds nothing."""
    answer = opened.ask("Who painted the ceiling of the opera house in Lviv?")
    assert answer.flag is Flag.NO_EVIDENCE
    return answer


# ── all formats ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", [Format.MARKDOWN, Format.HTML])
def test_a_document_says_everything_that_the_answer_holds(
    answers: dict[str, Answer], language: str, form: Format
) -> None:
    answer = replace(
        answers[language],
        as_of="2025-07-02",
        status=Status.PARTIAL,
        note="The model was cut off.",
        conflicts=(*answers[language].conflicts, Conflict("losses", (0, 1))),
        timeline=(*answers[language].timeline, Event("2025-06", "6,000 soldiers", (1,))),
    )
    text = plain(export(answer, form), form)
    words = interface.words(language)["answer"]
    expected = [
        answer.question,
        "The model was cut off.",
        words["partial"],
        words["as_of"].format(date=interface.date("2025-07-02", language)),
        interface.label("flags", answer.flag, language),
        *(s.text for s in answer.statements),
        *(r.text for r in answer.why),
        *(interface.label("badges", b, language) for b in answer.badges),
        *(interface.source(p.source, language) for p in answer.positions),
        *(interface.label("stances", p.stance, language) for p in answer.positions),
        *(interface.figure(p.figure, language) for p in answer.positions if p.figure),
        *(c.about for c in answer.conflicts),
        *(e.text for e in answer.timeline),
        *(c.quote for c in answer.citations),
        *(c.title for c in answer.citations),
        *(interface.date(c.published, language) for c in answer.citations),
        *(tag.tag for tag in tags(answer)),
    ]
    assert [part for part in expected if " ".join(part.split()) not in text] == []
    assert len(answer.positions) > 1


def plain(made: Export, form: Format) -> str:
    """The text of a document as it is read, on one line."""
    if form is Format.HTML:
        return " ".join(Page(made.text).words.split())
    text = re.sub(r"\\([" + re.escape(string.punctuation) + "])", r"\1", made.text)
    return " ".join(text.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_are_in_the_language_of_the_answer(
    answers: dict[str, Answer], language: str
) -> None:
    own = lexicon.load("export", language)["labels"]
    words = interface.words(language)["answer"]
    for form in (Format.MARKDOWN, Format.HTML):
        text = plain(export(answers[language], form), form)
        for label in (own["status"], own["tags"], own["promise"], words["positions"]):
            assert label in text, (form, label)


def test_the_words_of_exports_have_the_same_keys_in_every_language() -> None:
    folder = lexicon.FOLDER
    tables = [
        tomllib.loads((folder / f"export.{language}.toml").read_text(encoding="utf-8"))
        for language in LANGUAGES
    ]
    shapes = [{section: set(rows) for section, rows in table.items()} for table in tables]
    assert all(shape == shapes[0] for shape in shapes)
    for table in tables:
        phrases = [phrase for rows in table["likelihood"].values() for phrase in rows]
        assert len(set(phrases)) == len(phrases)


def test_only_the_time_taken_tells_two_exports_of_one_answer_apart(
    answers: dict[str, Answer],
) -> None:
    later = replace(answers["de"], elapsed_ms=answers["de"].elapsed_ms + 1)
    for form in set(Format) - {Format.JSON}:
        assert export(later, form) == export(answers["de"], form)


# ── JSON ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", LANGUAGES)
def test_exported_json_is_read_back_as_the_same_answer(
    answers: dict[str, Answer], language: str, hostile: Answer, nothing: Answer
) -> None:
    for answer in (answers[language], hostile, nothing):
        text = export(answer, Format.JSON).text
        assert from_exported_json(text) == answer
        assert [t["tag"] for t in json.loads(text)["tags"]] == [t.tag for t in tags(answer)]


# ── hostile text ─────────────────────────────────────────────────────────────────────────────


def assert_harmless(page: Page) -> None:
    assert {tag for tag, _ in page.tags} <= TAGS
    assert page.open == []
    assert [n for _, attrs in page.tags for n in attrs if n.startswith("on") or n == "src"] == []
    links = page.values("href")
    assert all(re.match(r"#c\d+$|https?://", link) for link in links), links


def test_article_text_makes_no_markup_on_the_card(hostile: Answer) -> None:
    page = Page(to_html(hostile))
    assert_harmless(page)
    assert "javascript:" not in to_html(hostile)
    quoted = next(c.quote for c in hostile.citations if "<script>" in c.quote)
    assert " ".join(quoted.split()) in " ".join(page.words.split())


def test_article_text_makes_no_markup_in_markdown(hostile: Answer) -> None:
    text = to_markdown(hostile)
    # Our own: machine tags as code, and the addresses of articles.
    bare = re.sub(r"(?<!\\)`[^`]*`|<https://example\.org/[^\s<>]*>", "", text)
    assert re.findall(r"(?<!\\)`([^`]*)`", text) == [t.tag for t in tags(hostile)]
    assert re.findall(r"(?<!\\)<", bare) == []
    assert re.findall(r"(?<!\\)(?:\]\(|!\[|://)|www\.", bare) == []


def test_marks_that_turn_the_reading_direction_do_not_reach_a_document(hostile: Answer) -> None:
    turned = replace(
        hostile,
        question="Who \u202esaid\u202c it\u2067?",
        citations=tuple(replace(c, quote=f"\u202e{c.quote}\u2066") for c in hostile.citations),
    )
    for form in (Format.MARKDOWN, Format.HTML):
        assert not set(export(turned, form).text) & set(
            "\u202a\u202b\u202c\u202d\u202e\u2066\u2067"
        )
    quotes = [attrs for tag, attrs in Page(to_html(turned)).tags if tag in ("q", "blockquote")]
    assert quotes
    assert {attrs["dir"] for attrs in quotes} == {"auto"}


@given(st.text(max_size=60))
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_text_of_an_answer_makes_a_tag(hostile: Answer, text: str) -> None:
    text = f"<{text}<b>"
    changed = replace(
        hostile,
        question=text,
        note=text,
        engine=text,
        statements=tuple(replace(s, text=text) for s in hostile.statements),
        positions=tuple(replace(p, quote=text, source=text, date=text) for p in hostile.positions),
        citations=tuple(
            replace(c, quote=text, title=text, publisher=text, url=f"https://e.org/{text}")
            for c in hostile.citations
        ),
    )
    assert_harmless(Page(to_html(changed)))
    made = to_markdown(changed)
    addresses = re.findall(r"(?<!\\)<https://e\.org/[^\s<>]*>", made)
    assert len(re.findall(r"(?<!\\)(?:\\\\)*<", made)) == len(addresses)
    assert from_exported_json(export(changed, Format.JSON).text) == changed


@given(st.text(alphabet=st.sampled_from(ACTING + "-+=.:/!()1 awx\n\u202e"), max_size=40))
def test_escaped_text_reads_as_it_was_and_begins_nothing(text: str) -> None:
    made = escaped(text)
    assert "\n" not in made
    pairs = re.findall(r"\\[" + re.escape(string.punctuation) + r"]|.", made)
    assert "".join(p[-1] for p in pairs) == interface.visible(text)
    assert not set(pairs) & set(ACTING)
    assert not re.match(r"[-+=]|\d+[.)](\s|$)", made)
    assert not re.search(r"(?<!\\)://|www\.a", made)


# ── card ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_loads_and_runs_nothing(answers: dict[str, Answer], language: str) -> None:
    text = to_html(answers[language])
    page = Page(text)
    assert_harmless(page)
    policy = next(a["content"] for t, a in page.tags if "http-equiv" in a) or ""
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "script-src" not in policy
    assert not re.search(r"url\(|@import", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_names_its_languages_and_its_headings(
    answers: dict[str, Answer], language: str
) -> None:
    page = Page(to_html(answers[language]))
    assert page.tags[0] == ("html", {"lang": language, "dir": "ltr"})
    assert [tag for tag, _ in page.tags].count("h1") == 1
    quoted = [attrs["lang"] for tag, attrs in page.tags if tag == "blockquote"]
    assert quoted == [c.language for c in answers[language].citations]
    ids = page.values("id")
    assert len(set(ids)) == len(ids)
    assert {link[1:] for link in page.values("href") if link.startswith("#")} <= set(ids)
    assert all("scope" in attrs for tag, attrs in page.tags if tag == "th")


def test_where_nothing_answers_the_card_shows_the_nearest_as_such(nothing: Answer) -> None:
    page = Page(to_html(nothing))
    assert interface.words("en")["answer"]["nearest_note"] in page.words
    assert all(c.quote in page.words for c in nothing.nearest)
    assert not [i for i in page.values("id") if i.startswith("c")]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours "#rrggbb" by WCAG 2.2."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_colours_of_a_card_can_be_read_in_light_and_dark(answers: dict[str, Answer]) -> None:
    style = re.search(r"<style>(.*?)</style>", to_html(answers["en"]), re.DOTALL)
    assert style is not None
    schemes = [
        dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block))
        for block in re.findall(r":root \{[^}]*\}", style[1])
    ][:2]
    assert len(schemes) == 2
    for colours in schemes:
        for name in ("ink", "muted", "accent", "green", "red", "amber", "grey"):
            assert contrast(colours[name], colours["card"]) >= 4.5, name


# ── machine tags ─────────────────────────────────────────────────────────────────────────────


def test_the_flag_bounds_the_credibility(answers: dict[str, Answer], nothing: Answer) -> None:
    answer = answers["en"]
    assert set(CEILING) == set(Flag) - {Flag.NO_EVIDENCE}
    for flag, ceiling in CEILING.items():
        first = tags(replace(answer, flag=flag))[0]
        assert first.tag == f'admiralty-scale:information-credibility="{ceiling}"'
    assert tags(nothing) == ()


def test_the_likelihood_is_that_of_the_source_and_cites_it(answers: dict[str, Answer]) -> None:
    found = {tag.tag: tag for tag in tags(answers["en"])[1:]}
    british = found['estimative-language:likelihood-probability="very-likely"']
    quotes = {c.number: c.quote for c in answers["en"].citations}
    assert british.words == "very likely"
    assert british.citations
    assert all("very likely lost 6,000" in " ".join(quotes[n].split()) for n in british.citations)


def test_a_denial_gives_no_likelihood_of_what_it_denies(opened: Assistant) -> None:
    answer = opened.ask(QUESTIONS["en"])
    denial = next(p for p in answer.positions if p.stance == "denies")
    number = denial.citations[0]
    citations = tuple(
        replace(c, quote="He denied that it was likely.") if c.number == number else c
        for c in answer.citations
    )
    only = replace(answer, citations=citations)
    assert all(number not in tag.citations for tag in tags(only))


@pytest.mark.parametrize(
    ("language", "quote", "expected"),
    [
        ("en", "The true toll is likely higher, she said.", [("likely", "likely")]),
        ("en", "A breakthrough is highly unlikely.", [("very-unlikely", "highly unlikely")]),
        ("en", "It was not likely to hold.", [("unlikely", "not likely")]),
        ("en", "Almost certainly, they left.", [("almost-certain", "Almost certainly")]),
        ("en", "Neither side is likely to attack.", []),
        ("en", "It is not unlikely that they left.", []),
        ("en", "The likely target was a depot.", []),
        ("en", "He was asked whether an attack was likely.", []),
        ("en", "Is an attack likely?", []),
        ("en", "They may have left, and could possibly return.", []),
        ("en", "Losses are more likely among recruits.", []),
        ("de", "Das ist höchst wahrscheinlich.", [("very-likely", "höchst wahrscheinlich")]),
        ("de", "Ein Angriff sei nicht wahrscheinlich.", [("unlikely", "nicht wahrscheinlich")]),
        ("de", "Die wahrscheinliche Ursache ist ein Brand.", []),
        ("de", "Die Wahrscheinlichkeit sinkt; sie könnten fliehen.", []),
        ("uk", "Їх, найімовірніше, відвели.", [("likely", "найімовірніше")]),
        ("uk", "Газ навряд чи повернеться.", [("unlikely", "навряд чи")]),
        ("uk", "Шанси – 50 на 50.", [("roughly-even-chance", "50 на 50")]),
        ("uk", "Ніхто там, імовірно, не живе.", [("likely", "імовірно")]),
        ("ru", "Скорее всего, их отвели.", [("likely", "Скорее всего")]),
        ("ru", "Мобилизация маловероятна.", [("unlikely", "маловероятна")]),
        ("ru", "Возможно, они могут вернуться.", []),
        ("fr", "C'est probable.", []),
    ],
)  # fmt: skip
def test_a_word_of_likelihood_is_read_as_its_language_means_it(
    language: str, quote: str, expected: list[tuple[str, str]]
) -> None:
    assert list(likelihoods(quote, language)) == expected


# ── CSL ──────────────────────────────────────────────────────────────────────────────────────

# Of csl-data.json, what we write; the schema allows no other key.
CSL_KEYS = {"id", "type", "title", "container-title", "issued", "accessed", "URL", "language"}
CSL_KEYS |= {"note", "custom"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cited_article_is_one_item_with_its_quotations(
    answers: dict[str, Answer], language: str
) -> None:
    answer = answers[language]
    items = json.loads(export(answer, Format.CSL).text)
    assert [i["id"] for i in items] == list(dict.fromkeys(c.article_id for c in answer.citations))
    for item in items:
        assert set(item) <= CSL_KEYS
        assert item["type"] == "article-newspaper"
        cited = [c for c in answer.citations if c.article_id == item["id"]]
        assert all(f"[{c.number}] {c.quote}" in item["note"] for c in cited)
        assert item["issued"] == csl.date(cited[0].published)
    english = next(i for i in items if i["id"] == "losses-en")
    assert english["URL"] == "https://example.org/losses?a=1&b=2"
    assert english["container-title"] == "Test Gazette"
    assert english["issued"] == {"date-parts": [[2025, 6, 16]]}


def test_what_is_not_known_of_an_article_is_left_out() -> None:
    bare = Citation(1, "a", "T", None, None, "javascript:alert(1)", "de", "Q", 0, 1)
    assert set(csl.items([bare])[0]) == {"id", "type", "title", "language", "note", "custom"}
    assert csl.items([bare])[0]["type"] == "document"
    web = replace(bare, url="https://example.org")
    found = csl.items([web], {"a": "2025-01-02"})[0]
    assert found["type"] == "webpage"
    assert found["accessed"] == {"date-parts": [[2025, 1, 2]]}


@pytest.mark.parametrize(
    ("iso", "expected"),
    [
        ("2024", {"date-parts": [[2024]]}),
        ("2024-05", {"date-parts": [[2024, 5]]}),
        ("2024-05-14/2024-06-01", {"date-parts": [[2024, 5, 14], [2024, 6, 1]]}),
        ("2024-13", {"raw": "2024-13"}),
        ("spring", {"raw": "spring"}),
        (None, None),
    ],
)
def test_a_date_is_never_guessed(iso: str | None, expected: object) -> None:
    assert csl.date(iso) == expected


# ── doors ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("form", list(Format))
def test_the_api_gives_a_file_of_the_asked_format(opened: Assistant, form: Format) -> None:
    with TestClient(create_app(opened)) as client:
        body = {"question": QUESTIONS["de"]}
        response = client.post(f"/api/ask?format={form}", json=body)
        refused = client.post("/api/ask?format=pdf", json=body)
    made = export(opened.ask(QUESTIONS["de"]), form)
    assert response.headers["content-type"].split(";")[0] == made.media_type
    assert response.headers["content-disposition"] == f'attachment; filename="{made.name}"'
    untimed = [re.sub(r'"elapsed_ms": [\d.]+', "", t) for t in (response.text, made.text)]
    assert untimed[0] == untimed[1]
    assert refused.status_code == 400
    assert refused.json()["error"]["code"] == "bad_input"


def test_the_command_line_writes_the_file(
    opened: Assistant, place: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ask = ["ask", QUESTIONS["de"], "--data-dir", str(place.data_dir)]
    target = tmp_path / "answer.html"
    assert command_line.main([*ask, "--export", "html", "--output", str(target)]) == 0
    assert target.read_text(encoding="utf-8") == to_html(opened.ask(QUESTIONS["de"]))
    assert capsys.readouterr().out == ""
    assert command_line.main([*ask, "--export", "markdown"]) == 0
    assert capsys.readouterr().out == to_markdown(opened.ask(QUESTIONS["de"]))


@pytest.mark.parametrize(
    "wrong",
    [
        ["--output", "x"],
        ["--export", "json", "--json"],
        ["--export", "csl", "--output", "no/such/folder/x"],
    ],
)
def test_wrong_use_of_the_export_is_told_in_one_line(
    opened: Assistant, place: Settings, wrong: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    ask = ["ask", QUESTIONS["de"], "--data-dir", str(place.data_dir)]
    assert opened.articles()
    assert command_line.main([*ask, *wrong]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_entities_in_article_text_are_shown_and_not_resolved(hostile: Answer) -> None:
    changed = replace(hostile, question="a &lt;b&gt; &amp;#60;")
    assert html.escape(changed.question) in to_html(changed)
    assert r"\&lt;b\&gt; \&amp;\#60;" in to_markdown(changed)
