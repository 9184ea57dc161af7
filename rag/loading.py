"""Article files in: header, normalised text, language. One bad file never stops the others.

`find_files` lists what a path holds, `read` makes one `Article` of one file. The text of an article
is its title, a blank line, and the body; offsets count in it from then on.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from rag import text as texts
from rag.errors import ArticleError, InputError
from rag.schema import LANGUAGES, Article

ENDINGS = (".md", ".txt")
# Documents that a user expects to be read: said to be refused, never skipped in silence.
OTHER_DOCUMENTS = (".html", ".htm", ".pdf", ".docx", ".doc", ".odt", ".rtf")
KEYS = ("id", "title", "publisher", "published", "language", "url", "facts_from")
MAX_BYTES = 20_000_000
MIN_WORDS = 5
ID = re.compile(r"[^\W_](?:[\w.-]{0,118}[^\W_])?")


@dataclass(frozen=True, slots=True)
class Files:
    """What a path holds: articles, documents of a kind that is not read, and the rest."""

    articles: tuple[Path, ...]
    refused: tuple[Path, ...] = ()
    ignored: tuple[Path, ...] = ()


def find_files(path: Path) -> Files:
    """The files at or below a path, sorted by name; README and hidden files are no articles.

    Raises InputError where the path does not exist.
    """
    if path.is_file():
        return Files((path,))
    if not path.is_dir():
        raise InputError(f"There is no file or folder {path}; name one that exists.")
    found = [
        p
        for p in sorted(path.rglob("*"))
        if p.is_file() and not any(part.startswith(".") for part in p.relative_to(path).parts)
    ]
    articles = [p for p in found if p.suffix.lower() in ENDINGS and p.stem.lower() != "readme"]
    refused = [p for p in found if p.suffix.lower() in OTHER_DOCUMENTS]
    known = {*articles, *refused}
    rest = [p for p in found if p not in known]
    return Files(tuple(articles), tuple(refused), tuple(rest))


def read(path: Path) -> Article:
    """The article of one file; raises ArticleError with the reason where it cannot be one."""
    if path.suffix.lower() not in ENDINGS:
        kinds = " or ".join(ENDINGS)
        raise ArticleError(f"{path.name}: only {kinds} files are read; save it as one of them.")
    header, body = _split(path, _decode(path))
    title = header.get("title")
    if title is None:
        first, _, body = body.partition("\n")
        title = first
    title = re.sub(r"^#+\s*", "", " ".join(texts.normalise(str(title)).split()))
    # Heading marks are the file format's, not the article's words.
    body = re.sub(r"(?m)^#{1,6}\s+", "", texts.normalise(body))
    text = f"{title}\n\n{body}".strip()
    if len(texts.words(text)) < MIN_WORDS or not title:
        raise ArticleError(
            f"{path.name}: there is no text to answer from; "
            f"an article has a title and at least one sentence."
        )
    return Article(
        id=_identity(path, header),
        title=title,
        text=text,
        language=_language(path, header, text),
        content_hash=hashlib.sha256(repr((sorted(header.items()), text)).encode()).hexdigest(),
        publisher=_string(header.get("publisher")),
        published=_date(path, header.get("published")),
        url=_string(header.get("url")),
        facts_from=tuple(str(f) for f in header.get("facts_from") or ()),
    )


def renamed(article: Article, article_id: str) -> Article:
    """The same article under another id."""
    return replace(article, id=article_id)


def has_own_id(path: Path) -> bool:
    """Whether the header of a readable file names an id."""
    return "id" in _split(path, _decode(path))[0]


def _decode(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ArticleError(f"{path.name}: cannot be read ({error.strerror}).") from error
    if len(raw) > MAX_BYTES:
        raise ArticleError(f"{path.name}: larger than {MAX_BYTES // 1_000_000} MB; split it.")
    if b"\x00" in raw:
        raise ArticleError(f"{path.name}: is binary, not text; save it as UTF-8 text.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ArticleError(
            f"{path.name}: is not UTF-8 (byte {error.start}); save it as UTF-8 text."
        ) from error


def _split(path: Path, raw: str) -> tuple[dict[str, Any], str]:
    """The known keys of the header, and the body; unknown keys are the writer's own business."""
    raw = raw.replace("\r\n", "\n").replace("\r", "\n").lstrip("\n ")
    if not raw.startswith("---\n"):
        return {}, raw
    header_text, mark, body = raw[4:].partition("\n---\n")
    if not mark:
        raise ArticleError(f"{path.name}: the header has no closing --- line; add it.")
    try:
        header = _yaml(header_text)
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        line = " ".join(str(error).split())[:120]
        raise ArticleError(
            f"{path.name}: the header between the --- lines is not YAML ({line}); correct it."
        ) from error
    if not isinstance(header, dict):
        raise ArticleError(
            f"{path.name}: the header between the --- lines has no `key: value`; correct it."
        )
    known = {key: header[key] for key in KEYS if header.get(key) is not None}
    for key, value in known.items():
        listed = key == "facts_from"
        items = value if listed and isinstance(value, list) else [value]
        if listed != isinstance(value, list) or any(isinstance(i, (dict, list)) for i in items):
            shape = "a list of ids" if listed else "one value"
            raise ArticleError(f"{path.name}: header key {key!r} is not {shape}; correct it.")
    return known, body


def _yaml(header: str) -> Any:
    """The header as YAML; a title may hold a colon without quotation marks, as many do."""
    try:
        return yaml.safe_load(header)
    except yaml.YAMLError:
        quoted = re.sub(
            r"(?m)^(title|publisher): *+(?![\"'\[{|>])(.+?) *$",
            lambda line: f"{line[1]}: {json.dumps(line[2], ensure_ascii=False)}",
            header,
        )
        return yaml.safe_load(quoted)


def _identity(path: Path, header: dict[str, Any]) -> str:
    own = header.get("id")
    try:
        path.name.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ArticleError(f"{path.name!r}: the name is not UTF-8; rename the file.") from error
    if own is None:
        return re.sub(r"[^\w.-]+", "-", path.stem).strip("-._") or path_hash(path)
    if not ID.fullmatch(str(own)):
        raise ArticleError(
            f"{path.name}: id {own!r} must be letters, digits, '-', '_' or '.', at most 120."
        )
    return str(own)


def path_hash(path: Path) -> str:
    """Eight characters that tell two files of the same name apart."""
    return hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:8]


def _language(path: Path, header: dict[str, Any], text: str) -> str:
    named = header.get("language")
    # YAML reads a bare `no` as False; every other language comes as a string.
    if named is not None and str(named) not in LANGUAGES:
        raise ArticleError(f"{path.name}: language {named!r} is not one of {', '.join(LANGUAGES)}.")
    found = str(named) if named is not None else texts.language_of_article(text)
    if found is None:
        raise ArticleError(
            f"{path.name}: its language is none of {', '.join(LANGUAGES)}; "
            f"if that is wrong, add `language:` to its header."
        )
    return found


def _date(path: Path, value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    try:
        return dt.date.fromisoformat(str(value).strip()[:10]).isoformat()
    except ValueError as error:
        raise ArticleError(
            f"{path.name}: published {value!r} is not an ISO date such as 2024-10-29."
        ) from error


def _string(value: Any) -> str | None:
    return None if value is None else " ".join(texts.normalise(str(value)).split()) or None
