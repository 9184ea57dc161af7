"""The HTTP interface: `/api/…`, the script of the widget, and the files of the page.

Every failure is `{"error": {"code", "message"}}` with the message of the error that was raised;
an unexpected one says nothing about the inside. Cross-origin reading needs an origin named in
`embed_origins`: "*" lets any page show the widget, but not read a library that may be reachable
from this machine only.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import HTMLResponse, JSONResponse, Response

from rag import panels
from rag.assistant import Assistant
from rag.errors import BelegtError, EngineError, InputError, LibraryError
from rag.exporting import MEDIA_TYPES, Format, export
from rag.guard import Guard, error_body
from rag.question import MAX_CHARACTERS
from rag.schema import Answer, Article, Filters, to_json, to_record

_WEB = Path(__file__).parent / "web"
_STATUS = {InputError: 400, LibraryError: 503, EngineError: 503}
_Text = Annotated[str, Field(max_length=200)]


class FiltersBody(BaseModel):
    """What may be searched; dates are ISO 8601 and inclusive."""

    model_config = ConfigDict(extra="forbid")

    languages: list[_Text] = Field(default=[], max_length=10)
    publishers: list[_Text] = Field(default=[], max_length=100)
    since: _Text | None = None
    until: _Text | None = None
    articles: list[_Text] = Field(default=[], max_length=1000)

    def filters(self) -> Filters:
        return Filters(
            languages=tuple(self.languages),
            publishers=tuple(self.publishers),
            since=self.since,
            until=self.until,
            articles=tuple(self.articles),
        )


class AskBody(BaseModel):
    """A question; `previous` are the earlier ones of the conversation, oldest first."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(max_length=MAX_CHARACTERS)
    language: _Text | None = None
    as_of: _Text | None = None
    previous: list[Annotated[str, Field(max_length=MAX_CHARACTERS)]] = Field(
        default=[], max_length=20
    )
    filters: FiltersBody = FiltersBody()
    engine: Literal["extractive", "chat"] | None = None  # None: that of the settings


class Failure(BaseModel):
    code: str
    message: str


class FailureBody(BaseModel):
    error: Failure


_FAILURES: dict[int | str, dict[str, Any]] = {
    "default": {"model": FailureBody, "description": "Every failure"}
}

_DOCUMENTS: dict[int | str, dict[str, Any]] = {
    200: {"content": {media_type: {} for media_type in MEDIA_TYPES}}
}


def create_app(
    assistant: Assistant,
    *,
    embed_origins: tuple[str, ...] = ("*",),
    rate_per_second: float = 5.0,
    rate_burst: int = 60,
) -> FastAPI:
    """The application without the chat pages: API, widget script, guard, error handlers."""
    app = FastAPI(title="Belegt", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    _add_api(app, assistant)
    _add_files(app)
    _add_error_handlers(app)
    app.add_middleware(Guard, embed_origins=embed_origins, rate=rate_per_second, burst=rate_burst)
    # Also where no origin is named: a policy of its own keeps Gradio from reflecting any origin.
    app.add_middleware(
        CORSMiddleware,
        allow_origins=[origin for origin in embed_origins if origin != "*"],
        allow_methods=["GET", "POST"],
        allow_headers=["content-type"],
        max_age=600,
    )
    return app


def _add_api(app: FastAPI, assistant: Assistant) -> None:
    @app.post("/api/ask", response_model=Answer, responses={**_FAILURES, **_DOCUMENTS})
    def ask(
        body: AskBody, form: Annotated[Format | None, Query(alias="format")] = None
    ) -> Response:
        """Answers from the articles only, with the exact sentences and one status flag.

        With `format` the answer comes as a document to save: Markdown, JSON with machine tags, a
        self-contained HTML page, or its sources as CSL-JSON.
        """
        answer = assistant.ask(
            body.question,
            language=body.language,
            as_of=body.as_of,
            filters=body.filters.filters(),
            previous=tuple(body.previous),
            engine=body.engine,
        )
        if form is not None:
            made = export(answer, form)
            headers = {"content-disposition": f'attachment; filename="{made.name}"'}
            return Response(made.text, media_type=made.media_type, headers=headers)
        return Response(to_json(answer), media_type="application/json")

    @app.get("/api/articles", responses=_FAILURES)
    @app.head("/api/articles", include_in_schema=False)
    def articles() -> list[dict[str, Any]]:
        """The articles of the library."""
        return [to_record(info) for info in assistant.articles()]

    @app.get("/api/articles/{article_id:path}", responses=_FAILURES)
    @app.head("/api/articles/{article_id:path}", include_in_schema=False)
    def article(article_id: str) -> dict[str, Any]:
        """One article with the normalised text that all offsets count in."""
        _article(assistant, article_id)
        return assistant.described(article_id)

    @app.api_route("/healthz", methods=["GET", "HEAD"], include_in_schema=False)
    def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.api_route("/ui/citation", methods=["GET", "HEAD"], include_in_schema=False)
    def citation(
        article: Annotated[str, Query(max_length=1000)],
        start: Annotated[int, Query(ge=0)],
        end: Annotated[int, Query(ge=0)],
        language: Annotated[str, Query(max_length=20)] = "en",
    ) -> HTMLResponse:
        found = _article(assistant, article)
        if not start < end <= len(found.text):
            raise HTTPException(404, f"{article} has no characters {start} to {end}.")
        paragraph = assistant.paragraph(article, start, end)
        return HTMLResponse(panels.citation_html(found, paragraph, start, end, language))


def _article(assistant: Assistant, article_id: str) -> Article:
    try:
        return assistant.article(article_id)
    except InputError as error:
        raise HTTPException(404, str(error)) from error


def _add_files(app: FastAPI) -> None:
    def serve(path: str, name: str) -> None:
        content = (_WEB / name).read_bytes()

        @app.api_route(path, methods=["GET", "HEAD"], include_in_schema=False)
        def file() -> Response:
            headers = {"cache-control": "public, max-age=300"}
            return Response(content, media_type="text/javascript", headers=headers)

    serve("/widget.js", "widget.js")
    serve("/ui/page.js", "page.js")


def _add_error_handlers(app: FastAPI) -> None:
    codes = {404: "not_found", 405: "method_not_allowed"}

    @app.exception_handler(BelegtError)
    def known(_: Request, error: BelegtError) -> JSONResponse:
        status = next((s for kind, s in _STATUS.items() if isinstance(error, kind)), 500)
        return JSONResponse(error_body(error.code, str(error)), status)

    @app.exception_handler(RequestValidationError)
    def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        return JSONResponse(error_body(InputError.code, _what_is_wrong(error)), 400)

    @app.exception_handler(HTTPException)
    def http(_: Request, error: HTTPException) -> JSONResponse:
        code = codes.get(error.status_code, InputError.code)
        return JSONResponse(error_body(code, error.detail), error.status_code)

    @app.exception_handler(Exception)
    def unexpected(_: Request, error: Exception) -> JSONResponse:  # the server logs it
        return JSONResponse(error_body("internal", "The server failed; its log says why."), 500)


def _what_is_wrong(error: RequestValidationError) -> str:
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        return 'The body is not JSON; send {"question": "…"} with content type application/json.'
    place = ".".join(str(part) for part in first["loc"][1:]) or "the body"
    return f"{place}: {first['msg']}; see /api/openapi.json for what is expected."
