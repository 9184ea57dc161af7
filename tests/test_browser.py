"""The page and the widget in a real browser, with the network cut off but for this machine."""

import asyncio
import http.server
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from conftest import library
from test_chat_engine import Scripted

import app as product
from rag.assistant import Assistant
from rag.chat_models import ChatModel

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")

QUESTION = "Wer dementierte, dass die Brücke getroffen wurde?"
CHIP = "#chat a[href^='#src-']"
FLAG = "#chat .bot-row a[href^='#flag-']"

COUNTED = "How many drones were shot down over Odesa?"
DRONES = """---
title: Drones over Odesa
publisher: Test Gazette
published: 2024-07-05
language: en
---
Ukraine's air force said that 60 drones were shot down over Odesa on 3 July 2024. Russia's defence
ministry said that 20 drones were shot down over Odesa on 3 July 2024. The Pentagon said that 45
drones were shot down over Odesa on 3 July 2024. Volodymyr Zelensky said that 62 drones were shot
down over Odesa on 3 July 2024. The Kremlin said that 25 drones were shot down over Odesa on 3 July
2024. NATO said that 50 drones were shot down over Odesa on 3 July 2024.
"""

# What an article or a question may hold; each must stand on the page as these very characters.
HOSTILE = (
    "<b>fett</b> & &amp; <img src=x onerror=window.__x=1>",
    "# keine Überschrift",
    "1. keine Liste",
    "- keine Liste",
    "> kein Zitat",
    "*a* _b_ **c** ~~d~~ `e` ```f```",
    "[l](http://x.example) ![i](http://x.example/i.png)",
    "https://evil.example/a?b=c&d www.example.org a@b.example",
    "$$x^2$$ $y$ \\(z\\) \\n",
    "| a | b |",
    "--- *** ===",
    "${window.__x=1} {{x}} {%y%} <%= z %>",
    "<script>window.__x=1</script>",
    "<thinking>x</thinking> %%%LATEX_BLOCK_0%%%",
    "[^1]: f ::: note :smile: ==h==",
    "javascript:window.__x=1",
    "„10.000 Soldaten“ – «так» 'x' \"y\"",
)


@pytest.fixture(scope="module")
def opened(
    tmp_path_factory: pytest.TempPathFactory, models: Path, articles: Path
) -> Iterator[Assistant]:
    """A library of the two small articles and one in which six sources count the same."""
    more = tmp_path_factory.mktemp("more")
    (more / "drones.md").write_text(DRONES, encoding="utf-8")
    chosen = library(tmp_path_factory.mktemp("browser"), models)
    with Assistant.open(chosen, write=True) as made:
        made.ingest([articles, more])
        yield made


@pytest.fixture(scope="module")
def address(opened: Assistant) -> Iterator[str]:
    """The product, served from a thread on a free port."""

    class Server(uvicorn.Server):
        def install_signal_handlers(self) -> None:
            """Signals belong to the test run."""

    door = socket.socket()
    door.bind(("127.0.0.1", 0))

    async def serve() -> None:
        site = product.build(opened, rate_per_second=1000, rate_burst=10_000)
        config = uvicorn.Config(site, log_level="warning", timeout_graceful_shutdown=1)
        servers.append(Server(config))
        await servers[0].serve(sockets=[door])

    servers: list[uvicorn.Server] = []
    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    deadline = time.monotonic() + 60
    while not (servers and servers[0].started):
        assert thread.is_alive()
        assert time.monotonic() < deadline
        time.sleep(0.05)
    yield f"http://127.0.0.1:{door.getsockname()[1]}"
    servers[0].should_exit = True
    thread.join(20)
    door.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    rules = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", rules]
        )
        yield opened
        opened.close()


class Visit:
    """One page of a fresh profile; what went wrong in it is in `problems`."""

    def __init__(self, browser: Any, address: str, **options: Any) -> None:
        self.address = address
        self.problems: list[str] = []
        self.requests: list[str] = []
        options = {"locale": "de-DE", "viewport": {"width": 1280, "height": 900}} | options
        self.context = browser.new_context(**options)
        self.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.problems.append(f"error: {error}"))
        self.page.on(
            "console",
            lambda line: self.problems.append(line.text) if line.type == "error" else None,
        )

    def open(self, path: str = "/") -> Any:
        self.page.goto(self.address + path)
        self.page.wait_for_selector("#panel", state="attached")
        return self.page

    def ask(self, question: str) -> None:
        answers = self.page.locator("#chat .bot-row")
        before = answers.count()
        self.page.fill("#question textarea", question)
        self.page.press("#question textarea", "Enter")
        answers.nth(before).wait_for()
        self.page.locator("#question .submit-button").wait_for()  # it was the stop button


@pytest.fixture
def visit(browser: Any, address: str) -> Iterator[Visit]:
    opened = Visit(browser, address)
    yield opened
    opened.context.close()
    assert opened.problems == []
    assert {url for url in opened.requests if not url.startswith((address, "data:"))} == set()


def test_a_chip_shows_the_sentence_marked_in_its_paragraph(visit: Visit) -> None:
    page = visit.open()
    visit.ask(QUESTION)
    answer = page.request.post(f"{visit.address}/api/ask", data={"question": QUESTION}).json()
    cited = answer["citations"][0]
    page.locator(CHIP, has_text=str(cited["number"])).first.click()
    mark = page.locator("#panel mark")
    mark.wait_for()
    assert mark.text_content() == cited["quote"]
    assert cited["title"] in page.locator("#panel h3").inner_text()
    assert page.evaluate("document.activeElement.id") == "panel"
    assert page.locator("#panel .paragraph").get_attribute("lang") == cited["language"]


def test_the_panel_works_by_keyboard_and_gives_the_focus_back(visit: Visit) -> None:
    page = visit.open()
    visit.ask(QUESTION)
    chip = page.locator(CHIP).first
    chip.focus()
    target = chip.get_attribute("href")
    page.keyboard.press("Enter")
    page.locator("#panel mark").wait_for()
    page.keyboard.press("Escape")
    page.locator("#panel").wait_for(state="hidden")
    assert page.evaluate("document.activeElement.getAttribute('href')") == target


def test_a_flag_says_why_on_hover_and_on_focus(visit: Visit) -> None:
    page = visit.open()
    visit.ask(QUESTION)
    flag = page.locator(FLAG).first
    tip = page.locator("#tip")
    flag.hover()
    tip.wait_for()
    assert "Regel" in tip.inner_text()
    page.mouse.move(0, 0)
    tip.wait_for(state="hidden")
    flag.focus()
    tip.wait_for()
    assert flag.get_attribute("aria-describedby") == "tip"
    page.keyboard.press("Escape")
    tip.wait_for(state="hidden")


def test_the_rest_of_an_answer_unfolds_by_keyboard_and_its_numbers_open(visit: Visit) -> None:
    page = visit.open()
    visit.ask(COUNTED)
    message = page.locator("#chat .bot-row .md")
    assert message.locator("li:visible").count() == 3
    folded = message.locator("details")
    folded.locator("summary").focus()
    page.keyboard.press("Enter")
    chip = folded.locator("a[href^='#src-']").first
    chip.wait_for()
    number = chip.inner_text()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#panel mark").wait_for()
    answer = page.request.post(f"{visit.address}/api/ask", data={"question": COUNTED}).json()
    cited = next(c for c in answer["citations"] if str(c["number"]) == number)
    assert page.locator("#panel mark").text_content() == cited["quote"]


def test_the_sides_of_a_conflict_stand_beside_each_other(visit: Visit) -> None:
    page = visit.open()
    visit.ask(COUNTED)
    sides = page.locator(".conflicts .sides").first.locator("> div")
    first, second = sides.nth(0).bounding_box(), sides.nth(1).bounding_box()
    assert first["y"] == second["y"]
    assert first["x"] + first["width"] < second["x"]
    sides.nth(1).locator("a").first.click()
    page.locator("#panel mark").wait_for()


def test_a_follow_up_is_understood_in_its_own_session_only(browser: Any, address: str) -> None:
    one, other = Visit(browser, address), Visit(browser, address)
    for visit in (one, other):
        visit.open()
    one.ask(QUESTION)
    other.ask("Und Kyjiw?")
    one.ask("Und Kyjiw?")
    understood = "a[href^='#edit-']"
    assert one.page.locator(understood).count() == 1
    assert other.page.locator(understood).count() == 0
    assert other.page.locator("#chat .user-row").count() == 1
    one.page.locator("#clear").click()
    one.page.locator("#chat .example").first.wait_for()
    one.ask("Und Kyjiw?")
    assert one.page.locator(understood).count() == 0
    assert one.problems == other.problems == []
    for visit in (one, other):
        visit.context.close()


def test_what_a_follow_up_was_understood_as_can_be_changed(visit: Visit) -> None:
    page = visit.open()
    visit.ask(QUESTION)
    visit.ask("Und Kyjiw?")
    line = page.locator("#chat p:has(a[href^='#edit-'])").inner_text()
    link = page.locator("a[href^='#edit-']")
    link.focus()
    page.keyboard.press("Enter")
    box = page.locator("#question textarea")
    whole = box.input_value()
    assert whole
    assert line == f"Verstanden als: {whole} Ändern"
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    page.keyboard.press("Enter")
    page.locator("#chat .user-row").nth(2).wait_for()
    assert page.locator("#chat .user-row").nth(2).inner_text().strip() == whole
    page.locator("#chat .bot-row").nth(2).wait_for()
    page.locator("#question .submit-button").wait_for()


def test_a_suggestion_asks_and_only_the_last_answer_suggests(visit: Visit) -> None:
    page = visit.open()
    visit.ask(QUESTION)
    options = page.locator("#chat .option")
    wanted = options.first.inner_text().strip()
    assert wanted.endswith("?")
    options.first.press("Enter")
    page.locator("#chat .user-row").nth(1).wait_for()
    page.locator("#chat .bot-row").nth(1).wait_for()
    page.locator("#question .submit-button").wait_for()
    assert page.locator("#chat .user-row").nth(1).inner_text().strip() == wanted
    assert page.locator("#chat .options").count() <= 1


def test_a_new_question_is_brought_to_the_top(browser: Any, address: str) -> None:
    visit = Visit(browser, address, viewport={"width": 1280, "height": 560})
    page = visit.open()
    visit.ask(COUNTED)
    visit.ask(COUNTED)
    page.wait_for_function(
        "() => { const rows = [...document.querySelectorAll('#chat .user-row')];"
        " const chat = rows[0].closest('.panel-wrap').getBoundingClientRect();"
        " return Math.abs(rows[1].getBoundingClientRect().top - chat.top) < 12 }"
    )
    assert visit.problems == []
    visit.context.close()


def test_sentences_of_a_chat_model_are_shown_as_they_come(visit: Visit, opened: Assistant) -> None:
    cited = opened.ask(QUESTION).citations[0]
    first = f"{' '.join(cited.quote.split()).rstrip('.')} [{cited.number}]."
    pieces = [first, " Mehr", 4.0, " ist nicht bekannt.", RuntimeError("broken")]
    opened.chat = lambda: ChatModel(Scripted(pieces=pieces), "scripted:one", 20)
    try:
        page = visit.open()
        page.fill("#question textarea", QUESTION)
        page.press("#question textarea", "Enter")
        page.locator("#chat .bot-row", has_text=f"[{cited.number}]").wait_for()
        assert page.locator("#question .stop-button").is_visible()
        assert page.locator(FLAG).count() == 0
        page.locator(FLAG).wait_for()
        assert "Sprachmodell" in page.locator("#chat .bot-row").inner_text()
    finally:
        opened.chat = None


def test_hostile_text_stands_on_the_page_as_text(visit: Visit) -> None:
    page = visit.open()
    for text in HOSTILE:
        visit.ask(text)
    shown = page.locator("#chat .user-row .md")
    assert [line.strip() for line in shown.all_inner_texts()] == list(HOSTILE)
    tags = shown.evaluate_all("all => all.flatMap(e => [...e.querySelectorAll('*')])"
                              ".map(e => e.tagName).filter(t => t !== 'P')")  # fmt: skip
    assert tags == []
    assert page.evaluate("window.__x") is None


def test_a_question_in_the_address_is_asked_in_the_language_of_the_address(visit: Visit) -> None:
    page = visit.open("/?lang=uk&q=Wer%20dementierte%20den%20Angriff%20auf%20die%20Br%C3%BCcke%3F")
    page.locator(FLAG).wait_for()
    assert page.evaluate("document.documentElement.lang") == "uk"
    assert page.locator("#clear").inner_text() == "Новий чат"
    assert page.locator("#chat .user-row").count() == 1


def test_the_language_can_be_changed_on_the_page(visit: Visit) -> None:
    page = visit.open()
    assert page.get_by_label("Ihre Frage").count() == 1
    page.get_by_label("English").check()
    page.get_by_label("Your question").wait_for()
    assert page.evaluate("document.documentElement.lang") == "en"


def test_examples_ask_and_clearing_forgets(visit: Visit) -> None:
    page = visit.open()
    page.locator("#chat .example").first.click()
    page.locator(FLAG).wait_for()
    page.locator("#clear").click()
    page.locator("#chat .example").first.wait_for()
    assert page.locator("#chat .bot-row").count() == 0


def test_the_answer_is_copied_with_its_sources(visit: Visit) -> None:
    page = visit.open()
    visit.ask(QUESTION)
    page.locator("[data-copy]").click()
    page.get_by_text("Kopiert").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "Quellen" in copied
    assert "Testblatt, 14. Mai 2024" in copied
    page.locator("[data-question]").click()
    page.get_by_text("Kopiert").last.wait_for()
    page.wait_for_function("navigator.clipboard.readText().then(t => t.startsWith('http'))")
    assert "?q=Wer+dementierte" in page.evaluate("navigator.clipboard.readText()")


def test_the_answer_is_saved_as_it_is_shown(visit: Visit, tmp_path: Path) -> None:
    page = visit.open()
    visit.ask(COUNTED)
    shown = page.locator("#chat .bot-row strong").first.inner_text()
    for name in ("Markdown", "JSON", "HTML", "CSL"):
        with page.expect_download() as download:
            page.locator(".tools").get_by_role("button", name=name).click()
        file = tmp_path / download.value.suggested_filename
        download.value.save_as(file)
        text = file.read_text(encoding="utf-8")
        assert (shown in text) == (name != "CSL")
        assert "Drones over Odesa" in text


def test_an_impossible_date_is_answered_with_a_sentence(visit: Visit) -> None:
    page = visit.open()
    page.locator("#as-of input").evaluate("(input) => { input.type = 'text' }")
    page.fill("#as-of input", "bald")
    page.fill("#question textarea", QUESTION)
    page.press("#question textarea", "Enter")
    page.get_by_text("Die Frage konnte nicht beantwortet werden:").wait_for()


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 320)])
def test_a_phone_shows_the_source_as_a_sheet_without_overflow(
    browser: Any, address: str, scheme: str, width: int
) -> None:
    size = {"width": width, "height": 844}
    visit = Visit(browser, address, viewport=size, color_scheme=scheme, has_touch=True)
    page = visit.open()
    visit.ask(QUESTION)
    page.locator(CHIP).first.tap()
    page.locator("#panel mark").wait_for()
    box = page.locator("#panel").bounding_box()
    assert box["x"] == 0
    assert box["width"] == width
    assert box["y"] > 0
    assert box["y"] + box["height"] == pytest.approx(844, abs=1)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert visit.problems == []
    visit.context.close()


@pytest.fixture
def newspaper(address: str, tmp_path: Path) -> Iterator[str]:
    """A page of another origin, with a strict policy of its own, that shows the widget."""
    policy = f"default-src 'none'; script-src {address}; frame-src {address}; img-src data:"
    (tmp_path / "index.html").write_text(
        f'<!doctype html><html lang="de"><meta charset="utf-8"><title>Zeitung</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f'<link rel="icon" href="data:,"><h1>Zeitung</h1>'
        f'<script src="{address}/widget.js" data-label="Fragen" data-theme="dark"></script></html>',
        encoding="utf-8",
    )

    class Pages(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args: Any) -> None:
            super().__init__(*args, directory=str(tmp_path))

        def log_message(self, *_: Any) -> None:
            """Nothing to say."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


def test_the_widget_answers_on_a_foreign_page(browser: Any, address: str, newspaper: str) -> None:
    visit = Visit(browser, address)
    page = visit.page
    page.goto(newspaper)
    button = page.get_by_role("button", name="Fragen")
    button.wait_for()
    assert [url for url in visit.requests if url.startswith(address)] == [f"{address}/widget.js"]
    button.click()
    frame = page.frame_locator("iframe")
    box = frame.locator("#question textarea")
    box.fill(QUESTION)
    box.press("Enter")
    with page.expect_download() as download:
        frame.locator("[data-file]").first.click()
    assert download.value.suggested_filename == "belegt-answer.md"
    frame.locator(CHIP).first.click()
    frame.locator("#panel mark").wait_for()
    frame.locator("#panel").press("Escape")
    frame.locator("#panel").wait_for(state="hidden")
    assert page.locator("iframe").is_visible()
    frame.locator(CHIP).first.press("Escape")
    page.locator("iframe").wait_for(state="hidden")
    assert page.evaluate("document.querySelector('body > div').shadowRoot.activeElement.tagName")
    assert visit.context.cookies() == []
    assert visit.problems == []
    visit.context.close()


def test_the_host_page_cannot_be_closed_by_a_stranger(
    browser: Any, address: str, newspaper: str
) -> None:
    visit = Visit(browser, address)
    visit.page.goto(newspaper)
    visit.page.get_by_role("button", name="Fragen").click()
    visit.page.frame_locator("iframe").locator("#panel").wait_for(state="attached")
    visit.page.evaluate("window.postMessage({ type: 'belegt:close' }, '*')")
    visit.page.wait_for_timeout(200)
    assert visit.page.locator("iframe").is_visible()
    visit.context.close()
