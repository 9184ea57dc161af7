"""The answer as text, Markdown and HTML: complete, in the reader's language, and harmless."""

import html
import re
from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag import exporting, interface, lexicon, panels, render
from rag.schema import (
    LANGUAGES,
    Answer,
    Article,
    Badge,
    Citation,
    Conflict,
    Event,
    Figure,
    Flag,
    Position,
    Qualifier,
    Reason,
    Side,
    Span,
    Stance,
    Statement,
    Status,
    Support,
)

ARTICLE = Article(
    id="bridge",
    title="Sprengung an der Brücke",
    text=(
        "Sprengung an der Brücke\n\n"
        "Kyjiw meldete die Zerstörung der Brücke. Moskau dementierte das. Zeugen gab es nicht.\n"
        "Ein zweiter Absatz."
    ),
    language="de",
    content_hash="0",
    publisher="Testblatt",
    published="2024-05-14",
    url="https://example.org/bridge?a=1&b=2",
)
HOSTILE = Article(
    id='a/b (1)&"x"',
    title='<b>Titel</b> "quer"',
    text=(
        "Er sagte: <img src=x onerror=alert(1)> [hier](http://evil.example) ${alert(1)} "
        "https://evil.example/a **fett** `code` {{x}}"
    ),
    language="en",
    content_hash="0",
    url="javascript:alert(1)",
)


def cite(number: int, article: Article, quote: str) -> Citation:
    start = article.text.index(quote)
    return Citation(
        number=number,
        article_id=article.id,
        title=article.title,
        publisher=article.publisher,
        published=article.published,
        url=article.url,
        language=article.language,
        quote=quote,
        start=start,
        end=start + len(quote),
    )


KYIV = cite(1, ARTICLE, "Kyjiw meldete die Zerstörung der Brücke.")
MOSCOW = cite(2, ARTICLE, "Moskau dementierte das.")
EVIL = cite(3, HOSTILE, HOSTILE.text)
FIGURE = Figure(10000, 12000, "soldiers")

ANSWER = Answer(
    question="Wer meldete die Zerstörung?",
    language="de",
    as_of="2024-06-01",
    status=Status.PARTIAL,
    flag=Flag.DENIED,
    badges=(Badge.ALIGNED, Badge.UNDATED),
    documents=2,
    origins=3,
    why=(Reason(3, "Moskau bestreitet es.", (2,)),),
    text="Kyjiw meldete es [1]. Moskau dementierte [2].",
    statements=(
        Statement("Kyjiw meldete die Zerstörung.", (1,), Support.SUPPORTED),
        Statement("Moskau dementierte sie.", (2, 3), Support.SUPPORTED),
        Statement("Niemand soll sie bestätigt haben.", (), Support.ABSENCE),
        Statement("Die Brücke fehlt.", (), Support.UNSUPPORTED),
    ),
    positions=(
        Position(
            "Kyiv", Side.UKRAINE, Stance.REPORTS, FIGURE, None, KYIV.quote, Flag.PARTY_CLAIM, (1,)
        ),
        Position(
            "Odesa", Side.UKRAINE, Stance.REPORTS, None, None, KYIV.quote, Flag.PARTY_CLAIM, (1,)
        ),
        Position(
            "Moscow", Side.RUSSIA, Stance.DENIES, None, "2024-05", EVIL.quote, Flag.DENIED, (3,)
        ),
    ),
    conflicts=(Conflict("Zerstörung", (0, 2)),),
    timeline=(Event("2024-05-12", "Die Brücke wird getroffen", (1,)),),
    citations=(KYIV, MOSCOW, EVIL),
    nearest=(),
    engine="extractive",
    elapsed_ms=1.0,
)
NOTHING = replace(
    ANSWER,
    status=Status.NO_EVIDENCE,
    flag=Flag.NO_EVIDENCE,
    badges=(),
    why=(),
    statements=(Statement("Das steht nicht in den Artikeln.", (), Support.ABSENCE),),
    positions=(),
    conflicts=(),
    timeline=(),
    citations=(),
    nearest=(KYIV, EVIL),
)
FOLLOWING = replace(
    ANSWER,
    understood="Wer meldete *die* Zerstörung? (50 %) <b>",
    suggestions=("Wer widersprach <i>wann</i>?", "Wann war das?"),
    note="Das Chatmodell hat [nicht](http://evil.example) geantwortet.",
)
LONG = replace(
    ANSWER,
    statements=(
        *ANSWER.statements[:3],
        *(Statement(f"Satz {i}.", (1,), Support.SUPPORTED) for i in range(4)),
        Statement("Auch das fehlt.", (), Support.ABSENCE),
    ),
    positions=tuple(replace(p, date=f"2024-0{i + 1}") for i, p in enumerate(ANSWER.positions * 2)),
    timeline=tuple(Event(f"2024-05-{12 + i}", f"Tag {i}", (1,)) for i in range(5)),
    nearest=(KYIV,) * 5,
)


class Page(HTMLParser):
    """Collects tags, attributes and text of a piece of HTML."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.marked = ""
        self._in_mark = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._in_mark = self._in_mark or tag == "mark"

    def handle_endtag(self, tag: str) -> None:
        self._in_mark = self._in_mark and tag != "mark"

    def handle_data(self, data: str) -> None:
        self.words += data
        self.marked += data if self._in_mark else ""

    def names(self) -> set[str]:
        return {tag for tag, _ in self.tags}


# ── escaping ─────────────────────────────────────────────────────────────────────────────────


@given(st.text(max_size=200))
def test_markdown_of_any_text_is_letters_commas_and_entities(text: str) -> None:
    escaped = render.escape_markdown(text)
    assert html.unescape(escaped) == interface.visible(text)
    assert re.fullmatch(r"(?:&#\d+;|[^!-+\--/:-@\[-`{-~\n])*", escaped)


@given(st.text(max_size=200))
def test_visible_text_neither_drives_a_terminal_nor_turns_a_line(text: str) -> None:
    shown = interface.visible(f"\x1b[31m{text}\u202e\x9b")
    assert not set(shown) & {"\x1b", "\x9b", "\u202e", "\n", "\r"}


@given(st.text(min_size=1, max_size=40), st.integers(0, 10**6), st.integers(0, 10**6))
def test_an_anchor_names_its_stretch_for_any_article_id(name: str, start: int, end: int) -> None:
    anchor = interface.anchor(replace(KYIV, article_id=name, start=start, end=end))
    match = re.fullmatch(r"#src-(\d+)-(\d+)-([\w.~%-]+)", anchor, re.ASCII)
    assert match is not None
    assert (int(match[1]), int(match[2]), unquote(match[3])) == (start, end, name)


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://example.org/a?b=1", "https://example.org/a?b=1"),
        ("HTTP://example.org/", "http://example.org/"),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("data:text/html,x", None),
        ("//example.org/x", None),
        ("https://", None),
        ("http://[::1", None),
        ("", None),
        (None, None),
    ],
)
def test_only_web_addresses_become_links(url: str | None, link: str | None) -> None:
    assert interface.web_link(url) == link


# ── terminal ─────────────────────────────────────────────────────────────────────────────────


def test_terminal_text_says_everything_the_answer_holds() -> None:
    text = " ".join(render.to_text(ANSWER).split())
    for part in (
        "Kyjiw meldete die Zerstörung. [1]",
        "Moskau dementierte sie. [2] [3]",
        "Was nicht gesagt wird Niemand soll sie bestätigt haben.",
        "Die Brücke fehlt. (durch keine Quelle gestützt)",
        "Dementiert",
        "Regel 3: Moskau bestreitet es. [2]",
        "Quellen eines Lagers · ohne Datum",
        "Artikel: 2 · Unabhängige Ursprünge: 3 · Stand 1. Juni 2024",
        "Ein Teil der Frage bleibt offen.",
        "berichtet · 10.000 bis 12.000 Soldaten [1] – Angabe einer Kriegspartei",
        "(Russland): dementiert · Mai 2024 [3] – Dementiert",
        "[1] Sprengung an der Brücke – Testblatt, 14. Mai 2024",
        "https://example.org/bridge?a=1&b=2",
        "│ Kyjiw meldete die Zerstörung der Brücke.",
        "Herausgeber nicht genannt, ohne Datum",
    ):
        assert part in text


@pytest.mark.parametrize("answer", [ANSWER, FOLLOWING, LONG])
def test_terminal_text_keeps_to_its_width(answer: Answer) -> None:
    lines = render.to_text(answer).splitlines()
    assert max(map(len, lines)) <= 92


def test_terminal_text_shows_what_differs_what_changed_and_what_to_ask_next() -> None:
    text = " ".join(render.to_text(FOLLOWING).split())
    assert text.startswith("Verstanden als: Wer meldete *die* Zerstörung?")
    for part in (
        "Wo die Angaben auseinandergehen Zerstörung - Kyiv: berichtet · 10.000 bis 12.000 "
        "Soldaten [1] - Moscow: dementiert · Mai 2024 [3]",
        "Zeitleiste 12. Mai 2024: Die Brücke wird getroffen [1]",
        "Das Chatmodell hat [nicht](http://evil.example) geantwortet.",
    ):
        assert part in text
    assert text.endswith("Fragen Sie weiter Wer widersprach <i>wann</i>? Wann war das?")


def test_colour_changes_nothing_but_the_weight_of_headings() -> None:
    coloured = render.to_text(ANSWER, colour=True)
    assert coloured.startswith("\x1b[1m")
    assert re.sub(r"\x1b\[\d*m", "", coloured) == render.to_text(ANSWER)


def test_where_nothing_answers_the_nearest_passages_are_named_as_such() -> None:
    text = render.to_text(NOTHING)
    assert text.startswith("Das steht nicht in den Artikeln.")
    assert "Keine Angabe im Korpus" in text
    assert "Sie beantworten die Frage nicht." in text
    assert KYIV.quote in text
    assert "Artikel: " not in text


# ── chat ─────────────────────────────────────────────────────────────────────────────────────


def test_markdown_links_are_only_to_our_own_fragments() -> None:
    for answer in (ANSWER, NOTHING, FOLLOWING, LONG):
        targets = re.findall(r"\]\(([^ )]+)", render.to_markdown(answer))
        assert targets
        assert all(re.match(r"#(src|near|flag|badge|edit)-", target) for target in targets)


def test_markdown_begins_with_the_flag_and_its_reason() -> None:
    first = html.unescape(render.to_markdown(ANSWER).split("\n")[0])
    assert first.startswith('[Dementiert](#flag-denied "Regel 3: Moskau bestreitet es.')
    assert "[Quellen eines Lagers](#badge-aligned" in first


def test_markdown_cites_each_statement_with_its_sentences() -> None:
    text = render.to_markdown(ANSWER)
    line = next(line for line in text.splitlines() if line.startswith("- Moskau"))
    assert re.findall(r"\[(\d)\]\((\S+) ", line) == [
        ("2", interface.anchor(MOSCOW)),
        ("3", interface.anchor(EVIL)),
    ]


def test_a_message_shows_headline_and_three_statements_and_folds_the_rest() -> None:
    shown, folded = html.unescape(render.to_markdown(LONG)).split("<details>", 1)
    assert "**Kyjiw meldete die Zerstörung.**" in shown
    items = [line[2:].split("\u00a0")[0] for line in shown.splitlines() if line.startswith("- ")]
    assert items == ["Moskau dementierte sie.", "Satz 0.", "Niemand soll sie bestätigt haben."]
    hidden = [line[2:].split("\u00a0")[0] for line in folded.splitlines() if line[:2] == "- "]
    assert hidden[:4] == ["Satz 1.", "Satz 2.", "Satz 3.", "Auch das fehlt."]
    assert folded.startswith("<summary>Noch 4</summary>")
    assert "<details>" not in render.to_markdown(ANSWER)


def test_a_message_has_no_tag_but_those_that_fold() -> None:
    for answer in (ANSWER, NOTHING, FOLLOWING, LONG):
        assert Page(render.to_markdown(answer)).names() <= {"details", "summary"}


def test_a_follow_up_says_as_what_it_was_understood_and_offers_to_change_it() -> None:
    first = render.to_markdown(FOLLOWING).split("\n")[0]
    assert html.unescape(first).startswith("Verstanden als: Wer meldete *die* Zerstörung? (50 %)")
    target = re.search(r"\[Ändern\]\(#edit-([^ )]+) ", first)
    assert target is not None
    assert unquote(target[1]) == FOLLOWING.understood
    assert "#edit-" not in render.to_markdown(ANSWER)


def test_the_note_is_a_line_of_its_own_and_only_text() -> None:
    note = render.escape_markdown(FOLLOWING.note or "")
    assert note in render.to_markdown(FOLLOWING).split("\n\n")


def test_a_draft_holds_the_sentences_with_their_numbers_as_text() -> None:
    draft = render.draft_markdown(ANSWER.statements[:2])
    assert html.unescape(draft).split("\n\n") == [
        "Kyjiw meldete die Zerstörung. [1]",
        "Moskau dementierte sie. [2] [3]",
    ]
    assert "[" not in draft


def test_nearest_passages_have_chips_of_their_own_kind() -> None:
    text = render.to_markdown(NOTHING)
    assert interface.anchor(KYIV, "near") in text
    assert "#src-" not in text
    assert "„Kyjiw meldete die Zerstörung der Brücke&#46;“" in text


# ── page ─────────────────────────────────────────────────────────────────────────────────────

OWN_TAGS = {"div", "table", "caption", "thead", "tbody", "tr", "th", "td", "section", "h2", "ul"}
OWN_TAGS |= {"ol", "li", "time", "button", "small", "b", "q", "a", "h3", "span"}
OWN_TAGS |= {"details", "summary"}


@pytest.mark.parametrize("answer", [ANSWER, NOTHING, FOLLOWING, LONG])
def test_article_text_makes_no_tag_on_the_page(answer: Answer) -> None:
    page = Page(panels.evidence_html(answer) + panels.tools_html(answer))
    assert page.names() <= OWN_TAGS
    assert {name for _, attrs in page.tags for name in attrs if name.startswith("on")} == set()
    assert EVIL.quote in page.words
    links = [attrs["href"] or "" for tag, attrs in page.tags if tag == "a"]
    assert all(link.startswith("#") for link in links)


def test_the_table_of_positions_is_labelled_and_quotes_once() -> None:
    page = Page(panels.positions_html(ANSWER))
    scopes = [attrs.get("scope") for tag, attrs in page.tags if tag == "th"]
    assert scopes == ["col", "col", "row", "row", "row"]
    assert "caption" in page.names()
    assert page.words.count(KYIV.quote) == 1
    assert [attrs["lang"] for tag, attrs in page.tags if tag == "q"] == ["de", "en"]
    assert panels.positions_html(NOTHING) == ""


def test_the_files_of_an_answer_are_in_their_buttons() -> None:
    buttons = [attrs for tag, attrs in Page(panels.tools_html(ANSWER)).tags if "data-file" in attrs]
    made = [exporting.export(ANSWER, form) for form in exporting.Format]
    assert [(b["data-file"], b["data-text"]) for b in buttons] == [(m.name, m.text) for m in made]


def test_the_sides_of_a_conflict_stand_beside_each_other_with_figure_date_and_quote() -> None:
    shown = panels.evidence_html(ANSWER)
    page = Page(shown[shown.index("conflicts") : shown.index("Zeitleiste")])
    for part in ("Zerstörung", "berichtet · 10.000 bis 12.000 Soldaten", "dementiert · Mai 2024"):
        assert part in page.words.replace("\u00a0", " ")
    assert KYIV.quote in page.words
    assert EVIL.quote in page.words
    links = [attrs["href"] for tag, attrs in page.tags if tag == "a"]
    assert links == [interface.anchor(KYIV), interface.anchor(EVIL)]


def test_a_conflict_shows_both_sides_before_those_who_say_the_same() -> None:
    told = [replace(ANSWER.positions[1], source=f"Source {i}") for i in range(5)]
    positions = (*told, ANSWER.positions[2])
    answer = replace(ANSWER, positions=positions, conflicts=(Conflict("x", (0, 1, 2, 3, 4, 5)),))
    shown = panels.evidence_html(answer)
    first, rest = shown[: shown.index("Zeitleiste")].split("<details>")
    assert re.findall("<b>([^<]+)", first) == ["Source 0", "Moscow", "Source 1", "Source 2"]
    assert re.findall("<b>([^<]+)", rest) == ["Source 3", "Source 4"]


def test_a_list_shows_three_rows_and_folds_the_rest() -> None:
    shown = panels.evidence_html(LONG)
    timeline = shown[shown.index("Zeitleiste") : shown.index('class="said"')]
    first, rest = timeline.split("<details>")
    assert [first.count("<li>"), rest.count("<li>")] == [3, 2]
    assert "<summary>Noch 2</summary>" in rest
    first, rest = panels.positions_html(LONG).split("<details>")
    assert [first.count('scope="row"'), rest.count('scope="row"')] == [3, 3]
    assert "<details>" not in panels.evidence_html(ANSWER)


@given(st.data())
def test_a_citation_marks_exactly_its_stretch(data: st.DataObject) -> None:
    article = data.draw(st.sampled_from([ARTICLE, HOSTILE]))
    start = data.draw(st.integers(0, len(article.text) - 1))
    end = data.draw(st.integers(start + 1, len(article.text)))
    whole = Span(article.id, 0, len(article.text), article.text)
    page = Page(panels.citation_html(article, whole, start, end, "uk"))
    assert page.marked == article.text[start:end]
    assert article.text in page.words


def test_a_citation_names_where_it_comes_from() -> None:
    paragraph = ARTICLE.span(25, ARTICLE.text.index("\nEin"))
    page = Page(panels.citation_html(ARTICLE, paragraph, KYIV.start, KYIV.end, "en"))
    assert "Testblatt, May 14, 2024 · German" in page.words
    assert "Ein zweiter Absatz" not in page.words
    link = next(attrs for tag, attrs in page.tags if tag == "a")
    assert link["href"] == ARTICLE.url
    assert link["rel"] == "noopener noreferrer"


def test_a_citation_with_an_address_that_runs_has_no_link() -> None:
    whole = HOSTILE.span(0, len(HOSTILE.text))
    page = Page(panels.citation_html(HOSTILE, whole, 0, 5, "en"))
    assert "a" not in page.names()
    assert "No web address given" in page.words


# ── words ────────────────────────────────────────────────────────────────────────────────────


def keys(table: dict[str, object], prefix: str = "") -> set[str]:
    found: set[str] = set()
    for key, value in table.items():
        found |= keys(value, f"{prefix}{key}.") if isinstance(value, dict) else {prefix + key}
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_label(language: str) -> None:
    words = lexicon.load("interface", language)
    assert keys(words) == keys(lexicon.load("interface", "en"))
    assert set(words["flags"]) == set(words["flags_meaning"]) == set(Flag)
    assert set(words["badges"]) == set(words["badges_meaning"]) == set(Badge)
    assert set(words["stances"]) == set(Stance)
    assert set(words["sides"]) == set(Side)
    assert set(words["formats"]) == set(exporting.Format)


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_are_told_apart(language: str) -> None:
    words = lexicon.load("interface", language)
    for table in ("flags", "badges", "stances", "sides"):
        assert len(set(words[table].values())) == len(words[table])


@pytest.mark.parametrize(
    ("figure", "language", "expected"),
    [
        (Figure(10000, 12000, "soldiers"), "de", "10.000 bis 12.000 Soldaten"),
        (Figure(10000, 12000, "soldiers"), "en", "10,000 to 12,000 soldiers"),
        (Figure(10000, 12000, "soldiers"), "uk", "від 10 000 до 12 000 солдатів"),
        (Figure(300, None, "soldiers"), "ru", "не менее 300 солдат"),
        (Figure(None, 300, "soldiers"), "de", "bis zu 300 Soldaten"),
        (Figure(1, 1, "soldiers"), "en", "1 soldier"),
        (Figure(4000, 4000, "soldiers", Qualifier.ABOUT), "de", "rund 4.000 Soldaten"),
        (Figure(2.5, 2.5, "thermal_units"), "de", "2,5 thermal units"),
    ],
)
def test_figures_read_as_in_the_language(figure: Figure, language: str, expected: str) -> None:
    assert interface.figure(figure, language).replace("\u00a0", " ") == expected


@pytest.mark.parametrize(
    ("iso", "language", "expected"),
    [
        ("2024-10-29", "de", "29. Oktober 2024"),
        ("2024-10-29", "uk", "29 жовтня 2024 р."),
        ("2024-10", "ru", "октябрь 2024 г."),
        ("2024", "en", "2024"),
        ("2024-10/2025-01", "de", "Oktober 2024 – Januar 2025"),
        (None, "en", "undated"),
        ("2024-13-40", "de", "2024-13-40"),
        ("gestern", "de", "gestern"),
    ],
)
def test_dates_read_as_in_the_language(iso: str | None, language: str, expected: str) -> None:
    assert interface.date(iso, language).replace("\u00a0", " ").replace("\u202f", " ") == expected
