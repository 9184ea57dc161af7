"""The one door to LangChain chat models: opened by name, asked for values of a given shape.

Texts of articles go to the configured server and nowhere else: the tracing of LangChain, which an
environment variable can switch on, stays off for every call.
"""

from __future__ import annotations

import os
import queue
import re
import threading
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from pydantic import BaseModel

from rag.errors import EngineError

if TYPE_CHECKING:
    from langchain.chat_models import BaseChatModel

NONE = "none"
TOO_LONG = 8000  # characters of an answer at which it is read no further
TIMEOUT = 60.0  # seconds
MAX_TOKENS = 4096  # of one reply: no list of statements is longer, and nothing runs on without end
_RETRIES = 1  # of the provider's client; the time-out holds for all attempts together

# What providers' keys and tokens look like, and the variables they are read from.
_SECRET_NAME = re.compile(r"(?:KEY|TOKEN|SECRET|PASSWORD)$")
_SECRET = re.compile(r"(?i)\b(?:sk|pk|key|bearer)[-_ ][\w*.-]{6,}|(?<=://)[^/\s@]+@")

T = TypeVar("T")
S = TypeVar("S", bound=BaseModel)


class ChatModelError(EngineError):
    """A chat model gave no usable reply; `reason` is a key of `lexicon/chat_notes`."""

    def __init__(self, message: str, reason: str) -> None:
        super().__init__(message)
        self.reason = reason


class ChatModel:
    """A LangChain chat model with a name ("provider:model") and a time-out in seconds."""

    def __init__(self, model: BaseChatModel, name: str, timeout: float = TIMEOUT) -> None:
        self.name = name
        self._model, self._timeout = model, timeout

    def fill(self, shape: type[S], instructions: str, text: str) -> S:
        """One reply of the model as a value of `shape`, checked by pydantic.

        OpenAI-compatible providers are held to the JSON schema while they write, others are given
        it as a tool. Raises EngineError where no such value came within the time-out.
        """

        def ask() -> Any:
            from langsmith import tracing_context

            with tracing_context(enabled=False):
                structured = self._model.with_structured_output(shape, include_raw=True)
                return structured.invoke([("system", instructions), ("human", text)])

        try:
            reply = _within(self._timeout, ask)
        except Exception as error:  # each provider has errors of its own
            raise ChatModelError(self._mended(error), _reason(error)) from None
        value = reply.get("parsed") if isinstance(reply, dict) else None
        if not isinstance(value, shape):
            reason = reply.get("parsing_error") if isinstance(reply, dict) else None
            told = f" ({_first_line(reason)})" if reason else ""
            raise EngineError(f"{self.name} gave no list of the asked form{told}; name another.")
        return value

    def stream(self, instructions: str, text: str) -> Iterator[str]:
        """The reply of the model piece by piece, at most `TOO_LONG` characters of it.

        Raises ChatModelError where it fails, or is not at its end within the time-out. A reply that
        nobody reads on is given up.
        """
        pieces: queue.SimpleQueue[str | Exception | None] = queue.SimpleQueue()
        given_up = threading.Event()
        messages = [("system", instructions), ("human", text)]

        def ask() -> None:
            from langsmith import tracing_context

            try:
                with tracing_context(enabled=False):
                    for chunk in self._model.stream(messages):
                        pieces.put(str(chunk.text))
                        if given_up.is_set():
                            return
                pieces.put(None)
            except Exception as error:  # each provider has errors of its own
                pieces.put(error)

        threading.Thread(target=ask, daemon=True).start()
        try:
            yield from self._pieces(pieces)
        finally:
            given_up.set()

    def _pieces(self, pieces: queue.SimpleQueue[str | Exception | None]) -> Iterator[str]:
        until, read = time.monotonic() + self._timeout, 0
        while read < TOO_LONG:
            try:
                piece = pieces.get(timeout=max(0.0, until - time.monotonic()))
            except queue.Empty:
                error: Exception = TimeoutError()
                raise ChatModelError(self._mended(error), _reason(error)) from None
            if piece is None:
                return
            if isinstance(piece, Exception):
                raise ChatModelError(self._mended(piece), _reason(piece)) from None
            read += len(piece)
            yield piece

    def _mended(self, error: Exception) -> str:
        """What happened, in one line, and what mends it."""
        kind, status = type(error).__name__, getattr(error, "status_code", None)
        told = _first_line(error)
        if status == 429:
            return f"The server of {self.name} refuses for now ({told}); ask again later."
        if isinstance(error, TimeoutError) or "Timeout" in kind:
            return f"{self.name} took longer than {self._timeout:g} s; raise RAG_CHAT_TIMEOUT."
        if isinstance(error, ConnectionError) or "Connect" in kind:
            return (
                f"The server of {self.name} cannot be reached ({told}); start it, or correct "
                "RAG_CHAT_BASE_URL."
            )
        if status in (401, 403):
            return f"The server refused the key for {self.name} ({told}); set the provider's key."
        if status == 404:
            return (
                f"The server knows no {self.name} ({told}); correct RAG_CHAT_MODEL or "
                "RAG_CHAT_BASE_URL."
            )
        return f"{self.name} failed ({kind}: {told}); try again, or name another model."


def open_chat_model(name: str, base_url: str | None = None, timeout: float = TIMEOUT) -> ChatModel:
    """The chat model of this name, "provider:model" as LangChain writes it; nothing is sent yet.

    `base_url` is the address of an OpenAI-compatible server. Replies are asked for at temperature
    0. Raises EngineError for an unknown provider, a missing package, or a missing key.
    """
    provider, colon, model = name.partition(":")
    if not (provider and colon and model):
        raise EngineError(
            f"RAG_CHAT_MODEL={name!r} names no chat model; set it to provider:model, for example "
            "openai:NAME."
        )
    options: dict[str, Any] = {"temperature": 0, "timeout": timeout, "max_retries": _RETRIES}
    options["max_tokens"] = MAX_TOKENS
    if base_url is not None:
        options["base_url"] = _address(base_url)
        if provider == "openai" and "OPENAI_API_KEY" not in os.environ:
            options["api_key"] = NONE  # most servers of one's own ask for none, the client does
    from langchain.chat_models import init_chat_model

    try:
        made = init_chat_model(model, model_provider=provider, **options)
    except ImportError as error:
        raise EngineError(f"{name} cannot be opened: {_first_line(error)}.") from error
    except ValueError as error:
        if "provider" not in str(error):
            raise EngineError(f"{name} cannot be opened ({_first_line(error)}).") from error
        raise EngineError(
            f"RAG_CHAT_MODEL={name!r}: LangChain knows no provider {provider!r}; name one that it "
            "knows, such as openai."
        ) from error
    except Exception as error:  # each provider has errors of its own, most often for its key
        raise EngineError(
            f"{name} cannot be opened ({_first_line(error)}); set the key that its provider asks "
            "for, such as OPENAI_API_KEY."
        ) from error
    return ChatModel(made, name, timeout)


def _address(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme in ("http", "https") and parts.netloc:
        return url
    raise EngineError(
        f"RAG_CHAT_BASE_URL={url!r} is no address; set it to one like http://127.0.0.1:8080/v1."
    )


def _within(seconds: float, work: Callable[[], T]) -> T:
    """The result of `work`; raises TimeoutError after so many seconds, and what `work` raises.

    A provider's own time-out is one of silence: a server that sends a byte now and then never
    reaches it, and some providers have none. The thread is left to itself, and ends with the
    process at the latest.
    """
    done: queue.SimpleQueue[tuple[T | None, Exception | None]] = queue.SimpleQueue()

    def run() -> None:
        try:
            done.put((work(), None))
        except Exception as error:
            done.put((None, error))

    threading.Thread(target=run, daemon=True).start()
    try:
        value, error = done.get(timeout=seconds)
    except queue.Empty:
        raise TimeoutError from None
    if error is not None:
        raise error
    return value  # type: ignore[return-value]  # without an error there is a value


def _reason(error: Exception) -> str:
    """Why a call failed, as a key of the notes."""
    kind, status = type(error).__name__, getattr(error, "status_code", None)
    if isinstance(error, TimeoutError) or "Timeout" in kind:
        return "timeout"
    if isinstance(error, ConnectionError) or "Connect" in kind:
        return "unreachable"
    return {401: "key", 403: "key", 429: "rate_limited"}.get(status or 0, "failed")


def _without_secrets(told: str) -> str:
    """A message without keys and tokens: those of the environment, and what looks like one."""
    for name, value in os.environ.items():
        if len(value) > 5 and _SECRET_NAME.search(name.upper()):
            told = told.replace(value, "***")
    return _SECRET.sub("***", told)


def _first_line(error: object) -> str:
    lines = _without_secrets(str(error)).strip().splitlines()
    return lines[0].rstrip(".")[:200] if lines else type(error).__name__
