"""What stands before every request: open doors, size, rate, security headers (pure ASGI).

Gradio brings some eighty routes: uploads, a file server, a proxy, state on disk. The page needs a
dozen. So this is a list of what is open, and everything else does not exist (404). Pure ASGI,
because a middleware that collects responses would hold back the event stream of the chat.
"""

from __future__ import annotations

import json
import math
import re
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY = 64 * 1024  # bytes; a question of 2,000 characters with its history is below 50 KiB
_MAX_CLIENTS = 10_000

_READ = frozenset({"GET", "HEAD"})
_POST = frozenset({"POST"})
# Path and the methods it answers. `/widget` and `/` are the two pages, each with its own Gradio.
_DOORS: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = tuple(
    (re.compile(path), methods)
    for path, methods in (
        (r"/api/ask", _POST),
        (r"/api/articles(/.+)?|/api/openapi\.json|/healthz|/widget\.js|/ui/[a-z.]+", _READ),
        (r"/|/widget/", _READ),
        (r"(/widget)?/(config|theme\.css|favicon\.ico|robots\.txt)", _READ),
        (r"(/widget)?/(assets|static|svelte)/[\w./@-]+", _READ),
        (r"(/widget)?/gradio_api/(queue/data|heartbeat/\w+|startup-events|theme\.css)", _READ),
        (r"(/widget)?/gradio_api/(queue/join|run/\w+|cancel|reset)/?", _POST),
    )
)
_PAGES = frozenset({"/", "/widget/"})
_CSP = (
    # Gradio's HTML component compiles its template, hence unsafe-eval; inline handlers stay barred.
    "default-src 'self'; script-src 'self' 'unsafe-eval'{nonce}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors {ancestors}"
)


def error_body(code: str, message: str) -> dict[str, dict[str, str]]:
    """The one shape of every error: `{"error": {"code", "message"}}`."""
    return {"error": {"code": code, "message": message}}


class TokenBuckets:
    """One bucket a client: `burst` requests at once, then `rate` a second.

    Remembers the 10,000 clients seen last; the oldest are forgotten, so memory is bounded.
    """

    def __init__(
        self, rate: float, burst: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._rate, self._burst, self._clock = rate, burst, clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, client: str) -> float:
        """Takes a token; the seconds to wait where there is none, else 0."""
        now = self._clock()
        then, tokens = self._buckets.pop(client, (now, float(self._burst)))
        tokens = min(self._burst, tokens + (now - then) * self._rate)
        granted = tokens >= 1
        self._buckets[client] = (now, tokens - 1 if granted else tokens)
        if len(self._buckets) > _MAX_CLIENTS:
            self._buckets.popitem(last=False)
        return 0.0 if granted else (1 - tokens) / self._rate


class Guard:
    """ASGI middleware; `embed_origins` are the origins that may frame `/widget/` ("*" is any)."""

    def __init__(
        self,
        app: ASGIApp,
        embed_origins: tuple[str, ...] = ("*",),
        rate: float = 5.0,
        burst: int = 60,
    ) -> None:
        self._app = app
        self._ancestors = "*" if "*" in embed_origins else " ".join(("'self'", *embed_origins))
        self._buckets = TokenBuckets(rate, burst)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":  # the product has no websocket
                await self._app(scope, receive, send)
            return
        send = self._with_headers(scope, send)
        if refusal := self._refusal(scope):
            await _refuse(send, *refusal)
            return
        if scope["method"] == "POST":
            body = await _read(receive)
            if body is None:
                await _refuse(send, 413, "too_large", _TOO_LARGE)
                return
            receive = _replay(body, receive)
        if scope["path"] in _PAGES:
            scope, send = _with_nonce(scope, send)
        await self._app(scope, receive, send)

    def _refusal(self, scope: Scope) -> tuple[int, str, str, dict[str, str]] | None:
        """Status, code, message and headers, where the request goes no further."""
        path, method = scope["path"], scope["method"]
        methods = next((m for door, m in _DOORS if door.fullmatch(path)), None)
        if methods is None:
            return 404, "not_found", f"There is nothing at {path}; see /api/openapi.json.", {}
        if method not in methods:
            allowed = ", ".join(sorted(methods))
            message = f"{path} does not answer {method}; use {allowed}."
            return 405, "method_not_allowed", message, {"allow": allowed}
        if method != "POST":
            return None
        if not 0 <= _content_length(scope) <= MAX_BODY:
            return 413, "too_large", _TOO_LARGE, {}
        wait = self._buckets.wait((scope.get("client") or ("unknown",))[0])
        if wait:
            seconds = math.ceil(wait)
            message = f"Too many requests; try again in {seconds} s."
            return 429, "rate_limited", message, {"retry-after": str(seconds)}
        return None

    def _with_headers(self, scope: Scope, send: Send) -> Send:
        path = scope["path"]
        framed = path.startswith("/widget/")
        ancestors = self._ancestors if framed else "'self'"

        async def secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                nonce = message.pop("nonce", None)
                headers["content-security-policy"] = _CSP.format(
                    nonce=f" 'nonce-{nonce}'" if nonce else "", ancestors=ancestors
                )
                headers["x-content-type-options"] = "nosniff"
                headers["referrer-policy"] = "no-referrer"
                headers["permissions-policy"] = "camera=(), geolocation=(), microphone=()"
                shared = "cross-origin" if path == "/widget.js" else "same-origin"
                headers["cross-origin-resource-policy"] = shared
                if not framed:
                    headers["x-frame-options"] = "SAMEORIGIN"
            await send(message)

        return secured


_TOO_LARGE = f"The request is larger than {MAX_BODY // 1024} KiB; send a shorter one."


def _content_length(scope: Scope) -> int:
    """The announced size in bytes, 0 where none is announced, -1 where it is no number."""
    value = Headers(scope=scope).get("content-length", "0")
    return int(value) if value.isascii() and value.isdigit() else -1


async def _read(receive: Receive) -> bytes | None:
    """The whole body, or None as soon as it is too large (a sender may lie about its size)."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return bytes(body)
        body += message.get("body", b"")
        if len(body) > MAX_BODY:
            return None
        if not message.get("more_body", False):
            return bytes(body)


def _replay(body: bytes, receive: Receive) -> Receive:
    pending = [body]

    async def replayed() -> Message:
        if pending:
            return {"type": "http.request", "body": pending.pop(), "more_body": False}
        return await receive()

    return replayed


async def _refuse(
    send: Send, status: int, code: str, message: str, headers: dict[str, str] | None = None
) -> None:
    body = json.dumps(error_body(code, message), ensure_ascii=False).encode()
    fields = {
        "content-type": "application/json",
        "content-length": str(len(body)),
        **(headers or {}),
    }
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in fields.items()]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": body})


def _with_nonce(scope: Scope, send: Send) -> tuple[Scope, Send]:
    """Marks the page's own scripts with a fresh nonce, so that no other inline script runs.

    The page is asked for without compression, since its text is rewritten; it holds no text
    from articles. Unquoted, the nonce fits into HTML and into JSON within HTML.
    """
    plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
    nonce = secrets.token_hex(16)
    start: Message = {}
    body = bytearray()

    async def rewritten(message: Message) -> None:
        if message["type"] == "http.response.start":
            start.update(message)
            return
        if message["type"] != "http.response.body":
            await send(message)
            return
        body.extend(message.get("body", b""))
        if message.get("more_body", False):
            return
        page = bytes(body).replace(b"<script", b"<script nonce=" + nonce.encode())
        headers = MutableHeaders(scope=start)
        if scope["method"] != "HEAD":
            headers["content-length"] = str(len(page))
        headers["cache-control"] = "no-store"
        await send({**start, "nonce": nonce})
        await send({"type": "http.response.body", "body": page})

    return {**scope, "headers": plain}, rewritten
