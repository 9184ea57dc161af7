"""The HTTP interface: its contract, its errors, and the doors that must stay shut."""

import asyncio
import json
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from conftest import library
from fastapi import FastAPI
from starlette.testclient import TestClient

import app as product
from rag.assistant import Assistant
from rag.guard import MAX_BODY, TokenBuckets
from rag.schema import Answer, Badge, Flag, Status

QUESTION = "Wer dementierte, dass die Brücke getroffen wurde?"
ORIGIN = "https://news.example"


def build(assistant: Assistant, **options: Any) -> FastAPI:
    """The product; inside a running loop, since Gradio leaves one open for every page otherwise."""

    async def made() -> FastAPI:
        return product.build(assistant, **options)

    return asyncio.run(made())


@pytest.fixture(scope="module")
def site(assistant: Assistant) -> FastAPI:
    return build(assistant, embed_origins=(ORIGIN,), rate_per_second=1000, rate_burst=10_000)


@pytest.fixture(scope="module")
def client(site: FastAPI) -> Iterator[TestClient]:
    with TestClient(site, raise_server_exceptions=False) as opened:
        yield opened


def error(response: object) -> tuple[int, str]:
    """Status and code of an error, whose shape is checked."""
    body = response.json()  # type: ignore[attr-defined]
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message"}
    assert body["error"]["message"]
    return response.status_code, body["error"]["code"]  # type: ignore[attr-defined]


# ── contract ─────────────────────────────────────────────────────────────────────────────────


def test_an_answer_has_the_published_fields(client: TestClient) -> None:
    answer = client.post("/api/ask", json={"question": QUESTION}).json()
    assert set(answer) == {field.name for field in fields(Answer)}
    assert answer["question"] == QUESTION
    assert answer["language"] == "de"
    assert answer["status"] in set(Status)
    assert answer["flag"] in set(Flag)
    assert set(answer["badges"]) <= set(Badge)


def test_every_citation_is_a_slice_of_the_article_that_the_api_gives(client: TestClient) -> None:
    answer = client.post("/api/ask", json={"question": QUESTION}).json()
    assert answer["citations"]
    for cited in answer["citations"] + answer["nearest"]:
        text = client.get(f"/api/articles/{cited['article_id']}").json()["text"]
        assert text[cited["start"] : cited["end"]] == cited["quote"]


def test_the_language_can_be_chosen(client: TestClient) -> None:
    body = {"question": QUESTION, "language": "uk", "previous": ["Was geschah an der Brücke?"]}
    assert client.post("/api/ask", json=body).json()["language"] == "uk"


def test_filters_keep_out_what_they_name(client: TestClient) -> None:
    body = {"question": QUESTION, "filters": {"languages": ["en"], "articles": ["grain"]}}
    answer = client.post("/api/ask", json=body).json()
    used = {cited["article_id"] for cited in answer["citations"] + answer["nearest"]}
    assert used <= {"grain"}


def test_articles_are_listed_and_shown(client: TestClient) -> None:
    listed = client.get("/api/articles").json()
    assert {one["id"] for one in listed} == {"bridge", "grain"}
    assert {"title", "publisher", "published", "language", "url", "passages", "claims"} < set(
        listed[0]
    )
    shown = client.get("/api/articles/grain").json()
    assert shown["text"].startswith("Grain ships leave Odesa\n\n")


def test_the_interface_describes_itself(client: TestClient) -> None:
    paths = client.get("/api/openapi.json").json()["paths"]
    assert set(paths) == {"/api/ask", "/api/articles", "/api/articles/{article_id}"}
    assert client.get("/docs").status_code == client.get("/redoc").status_code == 404
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.head("/healthz").status_code == 200


def test_a_citation_is_shown_in_its_paragraph(client: TestClient) -> None:
    article = client.get("/api/articles/grain").json()["text"]
    quote = "Moscow declined to comment on the convoy."
    start = article.index(quote)
    query = {"article": "grain", "start": start, "end": start + len(quote), "language": "ru"}
    shown = client.get("/ui/citation", params=query)
    assert f"<mark>{quote}</mark>" in shown.text
    assert "According to the United Nations" in shown.text
    assert "Four ships" not in shown.text
    assert error(client.get("/ui/citation", params=query | {"end": 10**6})) == (404, "not_found")
    assert error(client.get("/ui/citation", params=query | {"start": "x"})) == (400, "bad_input")
    assert error(client.get("/ui/citation", params=query | {"article": "../x"}))[0] == 404


# ── errors ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"question": ""},
        {"question": "   "},
        {"question": 7},
        {"question": "?" * 2001},
        {"question": QUESTION, "language": "xx"},
        {"question": QUESTION, "as_of": "gestern"},
        {"question": QUESTION, "lang": "de"},
        {"question": QUESTION, "filters": {"since": "2024-99-99"}},
        {"question": QUESTION, "filters": {"author": "x"}},
        {"question": QUESTION, "previous": ["?" * 2001]},
        ["question"],
    ],
    ids=lambda body: json.dumps(body, ensure_ascii=False)[:60],
)
def test_bad_input_is_named(client: TestClient, body: object) -> None:
    assert error(client.post("/api/ask", json=body)) == (400, "bad_input")


@pytest.mark.parametrize("content", [b"{", b"", b"\xff\xfe", b'{"question": "a"'])
def test_broken_json_is_named(client: TestClient, content: bytes) -> None:
    headers = {"content-type": "application/json"}
    response = client.post("/api/ask", content=content, headers=headers)
    assert error(response) == (400, "bad_input")


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "/api/nothing", (404, "not_found")),
        ("GET", "/nothing", (404, "not_found")),
        ("POST", "/api/ask/", (404, "not_found")),
        ("GET", "/api/articles/unknown", (404, "not_found")),
        ("GET", "/api/articles/%2e%2e%2fapp.py", (404, "not_found")),
        ("GET", "/api/ask", (405, "method_not_allowed")),
        ("DELETE", "/api/articles/grain", (405, "method_not_allowed")),
        ("POST", "/healthz", (405, "method_not_allowed")),
        ("POST", "/", (405, "method_not_allowed")),
        ("TRACE", "/widget.js", (405, "method_not_allowed")),
    ],
)
def test_what_is_not_there_has_the_same_shape(
    client: TestClient, method: str, path: str, expected: tuple[int, str]
) -> None:
    response = client.request(method, path)
    assert error(response) == expected
    assert ("allow" in response.headers) == (expected[0] == 405)


def test_a_large_body_is_refused_with_and_without_its_size(client: TestClient) -> None:
    large = json.dumps({"question": "a", "previous": ["x" * MAX_BODY]}).encode()
    pieces = (large[i : i + 8192] for i in range(0, len(large), 8192))
    assert error(client.post("/api/ask", content=large)) == (413, "too_large")
    assert error(client.post("/api/ask", content=pieces)) == (413, "too_large")


def test_too_many_requests_are_told_when_to_come_back(assistant: Assistant) -> None:
    site = build(assistant, rate_per_second=0.01, rate_burst=2)
    client = TestClient(site)
    first, second = (client.post("/api/ask", json={}).status_code for _ in range(2))
    refused = client.post("/api/ask", json={})
    assert (first, second) == (400, 400)
    assert error(refused) == (429, "rate_limited")
    assert 1 <= int(refused.headers["retry-after"]) <= 100
    assert client.get("/healthz").status_code == 200


def test_a_bucket_fills_again_and_clients_do_not_share_one() -> None:
    now = [0.0]
    buckets = TokenBuckets(rate=2.0, burst=1, clock=lambda: now[0])
    assert buckets.wait("a") == 0
    assert buckets.wait("a") == pytest.approx(0.5)
    assert buckets.wait("b") == 0
    now[0] = 0.5
    assert buckets.wait("a") == 0


def test_a_failure_inside_tells_nothing_about_the_inside(
    tmp_path: Path, models: Path, articles: Path
) -> None:
    with Assistant.open(library(tmp_path, models), write=True) as opened:
        opened.ingest([articles])
        site = build(opened)
    # The library is closed now, under a server that still runs.
    client = TestClient(site, raise_server_exceptions=False)
    response = client.post("/api/ask", json={"question": QUESTION})
    assert error(response) in {(500, "internal"), (503, "library")}
    assert "Traceback" not in response.text
    assert "sqlite" not in response.text.lower()


# ── doors that stay shut ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("root", ["", "/widget"])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "upload"),
        ("GET", "file=/etc/hostname"),
        ("GET", "file/etc/hostname"),
        ("GET", "file=https://example.org/"),
        ("GET", "proxy=https://example.org/"),
        ("GET", "deep_link"),
        ("GET", "info"),
        ("GET", "openapi.json"),
        ("POST", "call/ask"),
        ("POST", "component_server"),
        ("POST", "process_recording"),
        ("POST", "vibe-edit"),
        ("GET", "runs"),
        ("GET", "upload_progress?upload_id=1"),
        ("POST", "stream/1"),
    ],
)
def test_what_the_page_does_not_need_does_not_exist(
    client: TestClient, root: str, method: str, path: str
) -> None:
    response = client.request(method, f"{root}/gradio_api/{path}")
    assert error(response) == (404, "not_found")


@pytest.mark.parametrize(
    "path", ["/monitoring", "/login", "/widget/openapi.json", "/static/../app.py"]
)
def test_neither_does_the_rest_of_the_framework(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def forged(secret: Path) -> dict[str, object]:
    """What a client sends to have a file of the server handed to an event."""
    return {"path": str(secret), "meta": {"_type": "gradio.FileData"}, "orig_name": "a.txt"}


@pytest.mark.parametrize("root", ["", "/widget"])
def test_no_event_takes_a_file_of_the_server(client: TestClient, root: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the content of a secret file", encoding="utf-8")
    events = client.get(f"{root}/config").json()["dependencies"]
    assert {"ask", "greet", "clear"} <= {event["api_name"] for event in events}
    for event in events:
        body = {
            "fn_index": event["id"],
            "data": [forged(secret) for _ in event["inputs"]],
            "session_hash": "forged",
        }
        response = client.post(f"{root}/gradio_api/run/predict", json=body)
        # Neither its content nor the place of a copy; the path alone is what the client sent.
        assert "secret" not in response.text.replace(str(secret), "")


def test_pages_check_that_files_were_uploaded(site: FastAPI) -> None:
    mounted = [route.app for route in site.routes if hasattr(route, "app")]
    pages = [inner.get_blocks() for inner in mounted if hasattr(inner, "get_blocks")]
    assert len(pages) == 2
    assert all(page.has_launched for page in pages)


@pytest.mark.parametrize("path", ["/", "/config", "/widget/config", "/api/articles", "/theme.css"])
@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
def test_no_foreign_origin_is_let_in(client: TestClient, path: str, origin: str) -> None:
    headers = client.get(path, headers={"origin": origin}).headers
    assert "access-control-allow-origin" not in headers
    assert "access-control-allow-credentials" not in headers


def test_a_named_origin_may_read_without_credentials(client: TestClient) -> None:
    headers = client.get("/api/articles", headers={"origin": ORIGIN}).headers
    assert headers["access-control-allow-origin"] == ORIGIN
    assert "access-control-allow-credentials" not in headers
    asked = {"origin": ORIGIN, "access-control-request-method": "POST"}
    preflight = client.options("/api/ask", headers=asked)
    assert preflight.status_code == 200


def test_any_page_may_show_the_widget_but_not_read_the_library(assistant: Assistant) -> None:
    client = TestClient(build(assistant, embed_origins=("*",)))
    policy = client.get("/widget/").headers["content-security-policy"]
    assert policy.endswith("frame-ancestors *")
    read = client.get("/api/articles", headers={"origin": "https://evil.example"})
    assert "access-control-allow-origin" not in read.headers


def test_only_the_widget_may_be_framed(client: TestClient) -> None:
    page, widget = client.get("/").headers, client.get("/widget/").headers
    assert page["content-security-policy"].endswith("frame-ancestors 'self'")
    assert page["x-frame-options"] == "SAMEORIGIN"
    assert widget["content-security-policy"].endswith(f"frame-ancestors 'self' {ORIGIN}")
    assert "x-frame-options" not in widget


def test_scripts_of_the_page_run_by_a_nonce_that_never_comes_again(client: TestClient) -> None:
    nonces = set()
    for _ in range(2):
        page = client.get("/", headers={"accept-encoding": "br, gzip"})
        match = re.search(r"'nonce-(\w+)'", page.headers["content-security-policy"])
        assert match is not None
        scripts = re.findall(r"<script[^>]*", page.text)
        assert scripts
        assert all(f"nonce={match[1]}" in script for script in scripts)
        nonces.add(match[1])
    assert len(nonces) == 2


@pytest.mark.parametrize("path", ["/", "/widget/", "/api/articles", "/nothing", "/ui/page.js"])
def test_every_response_carries_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "object-src 'none'" in headers["content-security-policy"]
    assert "'unsafe-inline'" not in headers["content-security-policy"].split("style-src")[0]
    assert "set-cookie" not in headers


def test_the_widget_script_may_be_loaded_by_any_page(client: TestClient) -> None:
    script = client.get("/widget.js")
    assert script.headers["content-type"].startswith("text/javascript")
    assert script.headers["cross-origin-resource-policy"] == "cross-origin"
    assert not re.search(r"https?://(?!HOST)", script.text)
