"""Questions with their gold against the articles: what is wrong with a file, line by line.

Errors: a line that is no case, a quote that its article does not hold, an article newer than the
`as_of` of the case, gold that differs within a group. Warnings: a quote that is no whole
sentence, and sources and figures that the claims of the quoted sentences do not give; there the
gold may be right and the claims wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval import cases as gold
from eval.cases import Case, Element
from eval.foundation import same_source
from eval.metrics import same_figure
from rag import actors, attribution, loading, segmentation
from rag.errors import InputError
from rag.schema import Article, Claim, Figure, Quantity, Sentence, Span

MOST_ELEMENTS = 4


@dataclass(frozen=True, slots=True)
class Read:
    """An article with its sentences and claims."""

    article: Article
    sentences: tuple[Sentence, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """What a check of files found; `counts` are lines that say how many questions there are."""

    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()


class Articles:
    """The articles of a folder by id; claims are found for those that are asked for."""

    def __init__(self, folder: Path) -> None:
        files = loading.find_files(folder).articles
        self._articles = {article.id: article for article in map(loading.read, files)}
        self._read: dict[str, Read] = {}

    @property
    def texts(self) -> dict[str, str]:
        """The texts by article id."""
        return {name: article.text for name, article in self._articles.items()}

    def __getitem__(self, article_id: str) -> Read:
        if article_id not in self._read:
            article = self._articles[article_id]
            sentences = segmentation.sentences(article)
            claims = attribution.extract(article, sentences, actors.load())
            self._read[article_id] = Read(article, sentences, claims)
        return self._read[article_id]


def check(paths: Sequence[Path], folder: Path, only: Sequence[str] = ()) -> Findings:
    """Checks files of cases against the articles of a folder, or only the cases of these ids.

    Raises ArticleError where an article cannot be read.
    """
    articles = Articles(folder)
    errors: list[str] = []
    warnings: list[str] = []
    cases: list[Case] = []
    for path in paths:
        found, problems = gold.read(path)
        errors += problems
        cases += found
    errors += gold.clashes(cases)
    for case in cases:
        if only and case.id not in only:
            continue
        wrong, doubtful = _check(case, articles)
        errors += wrong
        warnings += doubtful
    return Findings(tuple(errors), tuple(warnings), _counts(cases))


def _check(case: Case, articles: Articles) -> tuple[list[str], list[str]]:
    """Errors and warnings of one case."""
    at = f"{case.where}: {case.id}: "
    wrong = [] if case.kind else ["kind is missing"]
    located: list[Element] = []
    texts = articles.texts
    for element in case.spans:
        spans: list[Span] = []
        for option in element.options:
            try:
                spans += gold.find(case, option, texts)
            except InputError as error:
                wrong.append(str(error).removeprefix(at))
        located.append(tuple(spans))
    wrong += [_too_new(case, element) for element in located if _is_newer(case, element, articles)]
    doubtful = [_cut(span) for element in located for span in element if _is_cut(span, articles)]
    if len(located) > MOST_ELEMENTS:
        doubtful.append(f"{len(located)} spans must be cited; {MOST_ELEMENTS} are usual")
    claims = [claim for element in located for span in element for claim in _of(span, articles)]
    doubtful += _unknown_sources(case, claims) + _unknown_figures(case, claims)
    return [at + line for line in wrong], [at + line for line in doubtful]


def _is_newer(case: Case, element: Element, articles: Articles) -> bool:
    """Whether every article that holds an element was published after the case's date."""
    if case.as_of is None or not element:
        return False
    dates = [articles[span.article_id].article.published for span in element]
    return all(date is None or date > case.as_of for date in dates)


def _too_new(case: Case, element: Element) -> str:
    span = element[0]
    return f"no article with this was published by {case.as_of}: [{span.article_id}] {span.text!r}"


def _is_cut(span: Span, articles: Articles) -> bool:
    ends = {(sentence.start, sentence.end) for sentence in articles[span.article_id].sentences}
    return (span.start, span.end) not in ends


def _cut(span: Span) -> str:
    return f"not one whole sentence: [{span.article_id}] {span.text!r}"


def _of(span: Span, articles: Articles) -> list[Claim]:
    """The claims whose sentence or content shares a character with a span."""
    return [
        claim
        for claim in articles[span.article_id].claims
        if claim.extent[0] < span.end and span.start < claim.extent[1]
    ]


def _unknown_sources(case: Case, claims: Iterable[Claim]) -> list[str]:
    names = {source.name for claim in claims for source in (*claim.sources, *claim.via)}
    shown = ", ".join(sorted(names)) or "no source"
    return [
        f"source {wanted!r} is not among those of the claims there: {shown}"
        for wanted in case.sources
        if not any(same_source(wanted, name) for name in names)
    ]


def _unknown_figures(case: Case, claims: Iterable[Claim]) -> list[str]:
    quantities = {quantity for claim in claims for quantity in claim.quantities}
    shown = ", ".join(sorted({f"{_end(q.low)}-{_end(q.high)} {q.unit}" for q in quantities}))
    return [
        f"figure {_end(wanted.low)}-{_end(wanted.high)} {wanted.unit or ''} is not among those of "
        f"the claims there: {shown or 'no figure'}"
        for wanted in case.figures
        if not any(same_figure(wanted, _figure(quantity)) for quantity in quantities)
    ]


def _figure(quantity: Quantity) -> Figure:
    return Figure(quantity.low, quantity.high, quantity.unit, quantity.qualifier)


def _end(value: float | None) -> str:
    return "…" if value is None else f"{value:.10g}"


def _counts(cases: Sequence[Case]) -> tuple[str, ...]:
    """A line for each language: its questions, and how many there are of each kind."""
    lines = []
    for language in sorted({case.language for case in cases}):
        chosen = [case for case in cases if case.language == language]
        kinds = Counter(str(case.kind) for case in chosen)
        parts = ", ".join(f"{kind} {number}" for kind, number in sorted(kinds.items()))
        lines.append(f"{language}: {len(chosen)} questions ({parts})")
    return tuple(lines)
