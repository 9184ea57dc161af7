"""The chat page, the widget's page and the API in one process: `python app.py`.

The page draws an Answer and decides nothing. What a reader sees of articles is escaped in
`rag.render` and `rag.panels`. The chat is never an input of an event, and nothing is uploaded or
kept on disk: the conversation lives in the memory of the session and ends with it.
"""

from __future__ import annotations

import os

# Read while Gradio and the Hugging Face libraries are imported: no report home, no download,
# and no statistics over the last 10,000 events after every single event (it halves throughput).
os.environ.update(
    GRADIO_ANALYTICS_ENABLED="False",
    GRADIO_ANALYTICS_CACHE_FREQUENCY="1000000000",
    GRADIO_ANALYTICS_MAX_EVENTS="100",
    HF_HUB_DISABLE_TELEMETRY="1",
)
os.environ.setdefault("HF_HUB_OFFLINE", "1")

from rag import serving

if __name__ == "__main__":
    serving.parser().parse_args()  # help and mistakes are told before what is heavy is loaded

import logging
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import gradio as gr
import uvicorn
from fastapi import FastAPI

from rag import api, interface, page_frame, panels, render, settings
from rag.assistant import Assistant
from rag.errors import BelegtError
from rag.question import MAX_CHARACTERS
from rag.schema import LANGUAGES, Statement

_CSS = (Path(__file__).parent / "rag" / "web" / "page.css").read_text(encoding="utf-8")
_NAMES = {"de": "Deutsch", "en": "English", "uk": "Українська", "ru": "Русский"}
_MAX_MESSAGES = 100  # kept of a conversation
_PREVIOUS = 5  # questions that a follow-up may lean on


@dataclass(frozen=True)
class Talk:
    """One reader's conversation: what the chat shows, what was asked, the language of the page."""

    messages: tuple[dict[str, Any], ...] = ()
    questions: tuple[str, ...] = ()
    language: str = interface.DEFAULT_LANGUAGE


_Outcome = tuple[dict[str, Any], str, tuple[str, ...]]  # message, evidence, question


class ChatPage:
    """A chat with its evidence beside it; `embedded` is the page in the widget's frame.

    `blocks` is what can be mounted. Event values come from a client and may be anything.
    """

    def __init__(self, assistant: Assistant, *, embedded: bool) -> None:
        self._assistant = assistant
        self._embedded = embedded
        with gr.Blocks(title="Belegt", analytics_enabled=False, fill_width=True) as self.blocks:
            if not embedded:
                self._draw_head()
            with gr.Row(elem_id="main", elem_classes="embedded" if embedded else ""):
                with gr.Column(scale=3, min_width=300, elem_id="talk"):
                    self._draw_talk()
                with gr.Column(scale=2, min_width=300, elem_id="side"):
                    self._source = gr.HTML(elem_id="source")
                    self._evidence = gr.HTML(elem_id="evidence")
            self._talk = gr.State(Talk())
            self._wire()
        self.blocks.queue(
            default_concurrency_limit=16, max_size=128, status_update_rate=5, api_open=False
        )

    def _draw_head(self) -> None:
        with gr.Row(elem_id="head"):
            self._masthead = gr.HTML(elem_id="masthead")
            self._language = gr.Radio(
                [(name, code) for code, name in _NAMES.items()],
                label="Language",
                show_label=False,
                container=False,
                elem_id="language",
            )

    def _draw_talk(self) -> None:
        self._chat = gr.Chatbot(
            elem_id="chat",
            show_label=False,
            layout="panel",
            height="auto",
            buttons=[],  # the default holds a button that publishes the chat elsewhere
            allow_tags=False,
            latex_delimiters=[],
            group_consecutive_messages=False,
            feedback_options=None,
            autoscroll=False,  # an answer is read from its beginning
        )
        self._box = gr.Textbox(
            elem_id="question",
            show_label=False,
            max_length=MAX_CHARACTERS,
            max_lines=5,
            submit_btn=True,
        )
        with gr.Row(elem_id="options"):
            self._as_of = gr.Textbox(elem_id="as-of", max_length=10, max_lines=1)
            self._clear = gr.Button(elem_id="clear", size="sm", variant="secondary")

    def _wire(self) -> None:
        shown = [self._chat, self._evidence, self._box, self._talk]
        hidden: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
        small: dict[str, Any] = {**hidden, "queue": False}
        asking: dict[str, Any] = {"concurrency_limit": 16, "concurrency_id": "ask", **hidden}
        asked = [self._as_of, self._talk]
        greeting = self.blocks.load(self._greet, None, self._labelled(), api_name="greet", **small)
        running = [
            greeting.then(self._ask_address, [self._talk], shown, api_name="address", **asking),
            self._box.submit(
                self._ask, [self._box, *asked], shown, api_name="ask", trigger_mode="once", **asking
            ),
            self._chat.example_select(
                self._ask_chosen, asked, shown, api_name="example", trigger_mode="once", **asking
            ),
            self._chat.option_select(
                self._ask_chosen, asked, shown, api_name="suggestion", trigger_mode="once", **asking
            ),
        ]
        self._box.stop(
            self._stop, [self._talk], shown[:3], cancels=running, api_name="stop", **small
        )
        self._clear.click(
            self._forget, [self._talk], shown, cancels=running, api_name="clear", **small
        )
        if not self._embedded:
            self._language.input(
                self._translate,
                [self._language, self._talk],
                self._labelled(),
                api_name="language",
                **small,
            )

    def _ask(self, text: Any, as_of: Any, talk: Talk) -> Iterator[dict[Any, Any]]:
        """Shows the question at once, a chat model's sentences as they come, then the answer."""
        question = interface.visible(text) if isinstance(text, str) else ""
        if not question:
            yield {self._box: _ready()}
            return
        searching = render.escape_markdown(interface.words(talk.language)["page"]["searching"])
        messages = (*_without_options(talk.messages), _message("user", question))
        yield {
            self._chat: [*messages, _reply(searching)],
            self._box: gr.Textbox(value="", submit_btn=False, stop_btn=True),
        }
        date = as_of.strip() if isinstance(as_of, str) else ""
        told: list[Statement] = []
        reply, evidence, understood = _reply(""), "", tuple[str, ...]()
        for step in _steps(lambda tell: self._answer(question, date or None, talk, tell)):
            if isinstance(step, Statement):
                told.append(step)
                draft = f"{render.draft_markdown(told)}\n\n{searching}"
                yield {self._chat: [*messages, _reply(draft)]}
            else:
                reply, evidence, understood = step
        talk = replace(
            talk,
            messages=(*messages, reply)[-_MAX_MESSAGES:],
            questions=(*talk.questions, *understood)[-_PREVIOUS:],
        )
        yield {
            self._chat: list(talk.messages),
            self._evidence: evidence,
            self._box: _ready(),
            self._talk: talk,
        }

    def _answer(
        self, question: str, as_of: str | None, talk: Talk, tell: Callable[[Statement], None]
    ) -> _Outcome:
        """The message, the evidence, and the question if a follow-up may lean on it."""
        words = interface.words(talk.language)["page"]
        try:
            answer = self._assistant.ask(question, as_of=as_of, previous=talk.questions, tell=tell)
        except BelegtError as error:
            return _message("assistant", words["failed"].format(message=error)), "", ()
        except Exception:  # a door: the reader gets a sentence, the log the traceback
            logging.getLogger("belegt").exception("a question failed")
            return _message("assistant", words["broken"]), "", ()
        reply = _reply(render.to_markdown(answer), answer.suggestions)
        return reply, panels.tools_html(answer) + panels.evidence_html(answer), (question,)

    def _ask_chosen(self, as_of: Any, talk: Talk, event: gr.SelectData) -> Iterator[dict[Any, Any]]:
        """An example of the empty chat, or a suggestion below an answer."""
        chosen = event.value
        text = chosen.get("text", chosen.get("value")) if isinstance(chosen, dict) else chosen
        yield from self._ask(text, as_of, talk)

    def _ask_address(self, talk: Talk, request: gr.Request) -> Iterator[dict[Any, Any]]:
        """The question in the page's address: `/?q=…`."""
        question = (request.query_params.get("q") or "")[:MAX_CHARACTERS]
        yield from self._ask(question, "", talk)

    def _stop(self, talk: Talk) -> dict[Any, Any]:
        return {self._chat: list(talk.messages), self._box: _ready()}

    def _forget(self, talk: Talk) -> dict[Any, Any]:
        library = page_frame.library_html(self._assistant.articles(), talk.language)
        fresh = Talk(language=talk.language)
        return {self._chat: [], self._evidence: library, self._box: _ready(), self._talk: fresh}

    def _greet(self, request: gr.Request) -> dict[Any, Any]:
        language = _language(request)
        labels = self._labels(Talk(language=language))
        if not request.query_params.get("q"):
            labels[self._evidence] = page_frame.library_html(self._assistant.articles(), language)
        if not self._embedded:
            labels[self._language] = gr.Radio(
                value=language, label=interface.words(language)["page"]["language"]
            )
        return labels

    def _translate(self, language: Any, talk: Talk) -> dict[Any, Any]:
        known = language if language in LANGUAGES else interface.DEFAULT_LANGUAGE
        return self._labels(replace(talk, language=known))

    def _labelled(self) -> list[Any]:
        named = [self._chat, self._box, self._as_of, self._clear, self._source, self._talk]
        named.append(self._evidence)
        return named if self._embedded else [*named, self._masthead, self._language]

    def _labels(self, talk: Talk) -> dict[Any, Any]:
        """Every label in the language of the page."""
        words = interface.words(talk.language)["page"]
        labels: dict[Any, Any] = {
            self._chat: gr.Chatbot(
                placeholder=f"## {words['welcome']}\n\n{words['welcome_note']}",
                examples=[{"text": text} for text in words["examples"]],
            ),
            self._box: gr.Textbox(label=words["question"], placeholder=words["placeholder"]),
            self._as_of: gr.Textbox(
                label=words["as_of"], info=words["as_of_hint"], placeholder=words["as_of_form"]
            ),
            self._clear: gr.Button(words["clear"]),
            self._source: page_frame.source_html(talk.language),
            self._talk: talk,
        }
        if not self._embedded:
            labels[self._masthead] = page_frame.masthead_html(talk.language)
        return labels


def _message(role: str, text: str) -> dict[str, Any]:
    return {"role": role, "content": render.escape_markdown(text)}


def _reply(markdown: str, suggestions: tuple[str, ...] = ()) -> dict[str, Any]:
    """A message of ours with its suggestions as buttons."""
    options = [{"value": text, "label": text} for text in map(interface.visible, suggestions)]
    reply: dict[str, Any] = {"role": "assistant", "content": markdown}
    return reply | ({"options": options} if options else {})


def _without_options(messages: tuple[dict[str, Any], ...]) -> tuple[dict[str, Any], ...]:
    """Only the last answer offers the next questions."""
    return tuple({"role": m["role"], "content": m["content"]} for m in messages)


def _steps(
    answering: Callable[[Callable[[Statement], None]], _Outcome],
) -> Iterator[Statement | _Outcome]:
    """The sentences that are told while `answering` runs in a thread, then what it returns.

    Who stops reading does not wait for the thread.
    """
    told: SimpleQueue[Statement | None] = SimpleQueue()
    pool = ThreadPoolExecutor(1)
    try:
        running = pool.submit(answering, told.put)
        running.add_done_callback(lambda _: told.put(None))
        yield from iter(told.get, None)
        yield running.result()
    finally:
        pool.shutdown(wait=False)


def _language(request: gr.Request) -> str:
    """The language of the page: `?lang=`, else the first of the browser's that we speak."""
    wanted = [request.query_params.get("lang") or ""]
    wanted += (request.headers.get("accept-language") or "").split(",")
    codes = (tag.strip()[:2].lower() for tag in wanted)
    return next((code for code in codes if code in LANGUAGES), interface.DEFAULT_LANGUAGE)


def _ready() -> gr.Textbox:
    return gr.Textbox(submit_btn=True, stop_btn=False)


def build(
    assistant: Assistant,
    *,
    embed_origins: tuple[str, ...] = ("*",),
    rate_per_second: float = 5.0,
    rate_burst: int = 60,
) -> FastAPI:
    """The whole application over an open library: chat at `/`, `/widget/`, API.

    `embed_origins` are the origins that may show the widget ("*" is any); the rate is that of
    POST requests a client.
    """
    app = api.create_app(
        assistant,
        embed_origins=embed_origins,
        rate_per_second=rate_per_second,
        rate_burst=rate_burst,
    )
    # The mount at "/" answers everything that comes after it, so it is the last.
    for path, home in (("/widget", "../"), ("/", "")):
        page = ChatPage(assistant, embedded=path == "/widget").blocks
        gr.mount_gradio_app(
            app,
            page,
            path=path,
            theme=_theme(),
            css=_CSS,
            head=f'<script src="{home}ui/page.js" defer></script>',
            footer_links=[],
            run_history=False,
            show_error=False,
            max_file_size="1kb",
            blocked_paths=["/"],
            app_kwargs={"openapi_url": None},
            ssr_mode=False,
            mcp_server=False,
            pwa=False,
        )
        # Only a launched page checks that a file named by a client was uploaded by a client;
        # mounting alone does not set this, and any file of the server could be fetched.
        page.has_launched = True
    return app


def _theme() -> gr.themes.Base:
    sans = [gr.themes.Font("system-ui"), gr.themes.Font("sans-serif")]
    mono = [gr.themes.Font("ui-monospace"), gr.themes.Font("monospace")]
    return gr.themes.Base(primary_hue="blue", neutral_hue="stone", font=sans, font_mono=mono)


def main(arguments: Sequence[str] | None = None) -> int:
    """Serves until it is stopped; 2 where the settings or the library cannot be used."""
    given = vars(serving.parser().parse_args(arguments))
    try:
        options = settings.load(**given)
        serving.require_free(options.host, options.port)
        with Assistant.open(options, write=True) as assistant:
            app = build(
                assistant,
                embed_origins=tuple(options.embed_origins.split()),
                rate_per_second=options.rate_per_second,
                rate_burst=options.rate_burst,
            )
            print(f"Belegt: http://{options.host}:{options.port}", flush=True)
            uvicorn.run(
                app,
                host=options.host,
                port=options.port,
                log_level="warning",
                server_header=False,
                timeout_graceful_shutdown=3,
            )
    except BelegtError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
