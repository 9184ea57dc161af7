"""Article files into the library: load, segment, attribute, store, embed.

A folder is mirrored: what was deleted below it goes, what did not change is not touched. A single
file touches only itself. A file that cannot be read is refused with its reason; if it had been
ingested before, what stands of it stays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rag import attribution, loading, segmentation, terms
from rag.actors import Actors
from rag.catalog import Entry
from rag.errors import ArticleError
from rag.index import Index
from rag.schema import Article, Span

Progress = Callable[[str, int, int], None]  # stage, done, total


@dataclass(frozen=True, slots=True)
class Refusal:
    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """What an ingest did, ids in order; `ignored` are files of kinds that are no documents."""

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()
    ignored: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()  # removed before; taken again when named themselves


@dataclass
class _Run:
    """The state of one ingest; never leaves this module."""

    index: Index
    actors: Actors
    known: dict[str, tuple[str | None, str]]  # id -> path and hash, as they stand
    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)
    claimed: dict[str, str] = field(default_factory=dict)  # id -> path, of this run


def ingest(
    paths: Sequence[Path], index: Index, actors: Actors, progress: Progress | None = None
) -> Report:
    """Bring the library up to date with these files and folders.

    Raises InputError for a path that does not exist, before anything is written.
    """
    listed = [(path.resolve(), loading.find_files(path)) for path in paths]
    run = _Run(index, actors, index.catalog.sources())
    total = sum(len(files.articles) for _, files in listed)
    done = 0
    for root, files in listed:
        passed_over = index.catalog.removed_paths() if root.is_dir() else set()
        run.ignored += [str(p) for p in files.ignored]
        run.refused += [Refusal(str(p), _unreadable(p)) for p in files.refused]
        for file in files.articles:
            if str(file.resolve()) in passed_over:
                run.passed_over.append(str(file))
            else:
                _take(run, file)
            done += 1
            if progress is not None:
                progress("reading", done, total)
        if root.is_dir():
            _drop_deleted(run, root)
    embedded, waiting = 0, index.pending_texts()

    def tell(count: int) -> None:
        nonlocal embedded
        embedded += count
        if progress is not None:
            progress("embedding", embedded, waiting)

    index.heal(tell)
    return Report(
        tuple(run.added),
        tuple(run.updated),
        tuple(run.unchanged),
        tuple(run.removed),
        tuple(run.refused),
        tuple(run.ignored),
        tuple(run.passed_over),
    )


def entry_of(article: Article, path: str | None, actors: Actors) -> Entry:
    """Everything the catalog stores of an article."""
    sentences = segmentation.sentences(article)
    passages = segmentation.passages(article, sentences)

    known: dict[tuple[int, int], tuple[str, ...]] = {}  # the content of many claims is a sentence

    def lexical(span: Span) -> tuple[str, ...]:
        place = (span.start, span.end)
        if place not in known:
            known[place] = terms.of_text(span, article.language, actors, article.published)
        return known[place]

    found = [(s, " ".join(lexical(s))) for s in sentences]
    return Entry(
        article,
        path,
        tuple((p, " ".join(t for s, t in found if p.start <= s.start < p.end)) for p in passages),
        tuple(found),
        tuple(
            (claim, " ".join(dict.fromkeys(t for part in claim.content for t in lexical(part))))
            for claim in attribution.extract(article, sentences, actors)
        ),
    )


def _take(run: _Run, file: Path) -> None:
    path = str(file.resolve())
    try:
        article = _named(run, loading.read(file), file)
    except ArticleError as error:
        run.refused.append(Refusal(str(file), str(error)))
        return
    run.claimed[article.id] = path
    # A file that got another id leaves its old article behind.
    for stale in [i for i, (p, _) in run.known.items() if p == path and i != article.id]:
        run.index.catalog.delete(stale)
        del run.known[stale]
        run.removed.append(stale)
    old = run.known.get(article.id)
    run.known[article.id] = (path, article.content_hash)
    if old is not None and old[1] == article.content_hash:
        if old[0] != path:
            run.index.catalog.move(article.id, path)
        run.unchanged.append(article.id)
        return
    run.index.put(entry_of(article, path, run.actors))
    (run.updated if old is not None else run.added).append(article.id)


def _named(run: _Run, article: Article, file: Path) -> Article:
    """The article under an id that no other file has; raises ArticleError for a header's clash."""
    path = str(file.resolve())

    def other(article_id: str) -> str | None:
        known = run.known.get(article_id)
        held = run.claimed.get(article_id) or (known[0] if known else None)
        return held if held not in (None, path) and Path(held).exists() else None

    taken = other(article.id)
    if taken is None:
        return article
    if loading.has_own_id(file):
        raise ArticleError(
            f"{file.name}: the id {article.id!r} belongs to {taken} already; give it another id."
        )
    return loading.renamed(article, f"{article.id}-{loading.path_hash(file)}")


def _drop_deleted(run: _Run, root: Path) -> None:
    for article_id, (path, _) in run.index.catalog.sources().items():
        if path and Path(path).is_relative_to(root) and not Path(path).exists():
            run.index.catalog.delete(article_id)
            run.removed.append(article_id)


def _unreadable(path: Path) -> str:
    return f"{path.name}: {path.suffix} files are not read; save it as .md or .txt."
