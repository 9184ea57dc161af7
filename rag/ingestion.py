"""Article files into the library: load, segment, attribute, store, embed, ask a model for more.

A folder is mirrored: what was deleted below it goes, what did not change is not touched. A single
file touches only itself. A file that cannot be read is refused with its reason; if it had been
ingested before, what stands of it stays. A chat model comes last: whatever becomes of it, every
article is there with the claims of the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rag import attribution, loading, proposals, segmentation, terms
from rag.actors import Actors
from rag.errors import ArticleError
from rag.index import GROUP, Index
from rag.model_claims import ModelExtractor, Tally
from rag.schema import Article, Claim, Sentence, Span
from rag.stored import Entry

Progress = Callable[[str, int, int], None]  # stage, done, total
RULES = "rules"
# Claims that lack what the model did not answer; no extractor has this name, so they are made anew.
INCOMPLETE = "rules and part of a model's"


@dataclass(frozen=True, slots=True)
class Refusal:
    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """What an ingest did, ids in order; `ignored` are files of kinds that are no documents.

    `updated` are articles that changed and those whose claims were made anew.
    """

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()
    ignored: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()  # removed before; taken again when named themselves
    model: Tally | None = None  # what a chat model proposed, where one was asked


@dataclass
class _Run:
    """The state of one ingest; never leaves this module."""

    index: Index
    actors: Actors
    known: dict[str, tuple[str | None, str]]  # id -> path and hash, as they stand
    claims_by: dict[str, str]  # id -> who made the claims that stand
    wanted: str  # who is to make them
    again: bool  # also those of unchanged articles
    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)
    claimed: dict[str, str] = field(default_factory=dict)  # id -> path, of this run
    waiting: list[Entry] = field(default_factory=list)  # read, and to be stored together
    left: list[str] = field(default_factory=list)  # ids that files gave up, and none has taken


def ingest(
    paths: Sequence[Path],
    index: Index,
    actors: Actors,
    progress: Progress | None = None,
    *,
    extractor: ModelExtractor | None = None,
    again: bool = False,
) -> Report:
    """Bring the library up to date with these files and folders.

    With `extractor`, claims of a model are added to those of the rules; with `again`, the claims of
    unchanged articles are made anew where somebody else made them. Raises InputError for a path
    that does not exist, before anything is written.
    """
    tell = progress or (lambda *_: None)
    listed = [(path.resolve(), loading.find_files(path)) for path in paths]
    catalog = index.record
    wanted = extractor.name if extractor else RULES
    run = _Run(index, actors, catalog.sources(), catalog.claims_by(), wanted, again)
    total = sum(len(files.articles) for _, files in listed)
    done = 0
    for root, files in listed:
        passed_over = catalog.removed_paths() if root.is_dir() else set()
        run.ignored += [str(p) for p in files.ignored]
        run.refused += [Refusal(str(p), _unreadable(p)) for p in files.refused]
        for file in files.articles:
            if str(file.resolve()) in passed_over:
                run.passed_over.append(str(file))
            else:
                _take(run, file)
            done += 1
            tell("reading", done, total)
            if sum(map(_texts, run.waiting)) >= GROUP:
                _store(run, tell)
    _store(run, tell)
    for root, _ in listed:
        if root.is_dir():
            _drop_deleted(run, root)
    _heal(index, tell)
    if extractor is not None:
        _extend(run, extractor, tell)
    return Report(
        tuple(run.added),
        tuple(run.updated),
        tuple(run.unchanged),
        tuple(run.removed),
        tuple(run.refused),
        tuple(run.ignored),
        tuple(run.passed_over),
        extractor.tally() if extractor else None,
    )


def read_again(index: Index, actors: Actors, progress: Progress | None = None) -> bool:
    """Read the articles that a library of an earlier version holds; whether there were any.

    Killed on the way, all are read once more. Claims of a model are lost.
    """
    unread = index.record.unread()
    run = _Run(index, actors, {}, {}, RULES, again=False)
    for number, (article, path) in enumerate(unread, 1):
        run.waiting.append(entry_of(article, path, actors))
        if sum(map(_texts, run.waiting)) >= GROUP or number == len(unread):
            _store(run, progress or (lambda *_: None))
    if unread:
        index.record.forget_unread()
    return bool(unread)


def _texts(entry: Entry) -> int:
    """How many texts of an entry are embedded."""
    return len(entry.passages) + len(entry.sentences)


def _store(run: _Run, tell: Progress) -> None:
    """Embed and store what was read; from then on it is acknowledged."""
    if run.waiting or run.left:
        total = sum(map(_texts, run.waiting))
        run.index.put(run.waiting, lambda embedded: tell("embedding", embedded, total), run.left)
        run.removed += run.left
        for article_id in run.left:  # so that a file which takes the id is not left unread
            run.known[article_id] = (None, "")
        run.waiting, run.left = [], []


def _heal(index: Index, tell: Progress) -> None:
    waiting = index.waiting()
    index.heal(lambda embedded: tell("embedding again", embedded, waiting))


def _extend(run: _Run, extractor: ModelExtractor, tell: Progress) -> None:
    """Ask the model about the articles of this run, each stored as soon as it is through."""
    catalog = run.index.record
    ids = dict.fromkeys((*run.added, *run.updated))  # one may be named twice
    asked = [article for article in map(catalog.article, ids) if article is not None]
    total = sum(len(proposals.calls(article)) for article in asked)
    done = 0

    def count() -> None:
        nonlocal done
        done += 1
        tell("asking the model", done, total)

    for article in asked:
        found, complete = extractor.extend(article, catalog.claims([article.id]), count)
        lexical = _Terms(article, run.actors)
        made_by = extractor.name if complete else INCOMPLETE
        catalog.put_claims(article.id, [(c, lexical.of_claim(c)) for c in found], made_by)


class _Terms:
    """The lexical terms of the spans of one article; the content of many claims is a sentence."""

    def __init__(self, article: Article, actors: Actors) -> None:
        self._article, self._actors = article, actors
        self._known: dict[tuple[int, int], tuple[str, ...]] = {}

    def of(self, span: Span) -> tuple[str, ...]:
        place = (span.start, span.end)
        if place not in self._known:
            article = self._article
            self._known[place] = terms.of_text(
                span, article.language, self._actors, article.published
            )
        return self._known[place]

    def of_claim(self, claim: Claim) -> str:
        return " ".join(dict.fromkeys(t for part in claim.content for t in self.of(part)))


def entry_of(article: Article, path: str | None, actors: Actors) -> Entry:
    """Everything the catalog stores of an article, its claims found by the rules."""
    sentences = segmentation.sentences(article)
    passages = segmentation.passages(article, sentences)
    lexical = _Terms(article, actors)
    found = [(s, " ".join(lexical.of(s))) for s in sentences]
    return Entry(
        article,
        path,
        tuple((p, " ".join(t for s, t in found if p.start <= s.start < p.end)) for p in passages),
        tuple(found),
        _claims_of(article, sentences, actors, lexical),
        RULES,
    )


def _claims_of(
    article: Article, sentences: tuple[Sentence, ...], actors: Actors, lexical: _Terms
) -> tuple[tuple[Claim, str], ...]:
    found = attribution.extract(article, sentences, actors)
    return tuple((claim, lexical.of_claim(claim)) for claim in found)


def _take(run: _Run, file: Path) -> None:
    path = str(file.resolve())
    try:
        article = _named(run, loading.read(file), file)
    except ArticleError as error:
        run.refused.append(Refusal(str(file), str(error)))
        return
    run.claimed[article.id] = path
    # A file that got another id leaves its old article behind, for another file to take.
    for stale in [i for i, (p, _) in run.known.items() if p == path and i != article.id]:
        run.known[stale] = (None, run.known[stale][1])
        run.left.append(stale)
    old = run.known.get(article.id)
    for left in (run.left, run.removed):
        if article.id in left:
            left.remove(article.id)
    run.known[article.id] = (path, article.content_hash)
    if old is not None and old[1] == article.content_hash:
        if old[0] != path:
            run.index.record.move(article.id, path)
        made_by = run.claims_by.get(article.id, run.wanted)
        unfinished = made_by == INCOMPLETE and run.wanted != RULES
        if (run.again and made_by != run.wanted) or unfinished:
            _claim_again(run, article)
        else:
            run.unchanged.append(article.id)
        return
    run.waiting.append(entry_of(article, path, run.actors))
    (run.updated if old is not None else run.added).append(article.id)


def _claim_again(run: _Run, article: Article) -> None:
    """Make the claims of an unchanged article anew, by the rules; a model may add to them."""
    if run.claims_by[article.id] != RULES:
        sentences, lexical = segmentation.sentences(article), _Terms(article, run.actors)
        made = _claims_of(article, sentences, run.actors, lexical)
        run.index.record.put_claims(article.id, made, RULES)
    run.updated.append(article.id)


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
    for article_id, (path, _) in run.index.record.sources().items():
        if path and Path(path).is_relative_to(root) and not Path(path).exists():
            run.index.take_out(article_id)
            run.removed.append(article_id)


def _unreadable(path: Path) -> str:
    return f"{path.name}: {path.suffix} files are not read; save it as .md or .txt."
