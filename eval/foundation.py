"""The foundation suite: the shipped corpus, and questions over it with hand-written gold.

Builds a library from `corpus/` in a temporary data folder (or in `--library`, which is kept and
brought up to date), asks every question in its language, and measures citations, sources,
figures, flags and silence.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from eval import cases as gold
from eval.cases import Case, Element
from eval.scoring import Names, Outcome, assess, by_language, failed, summarise
from eval.suite import Options, Result
from rag import actors, settings
from rag.assistant import Assistant
from rag.errors import InputError

CASES = Path(__file__).parent / "cases" / "foundation.jsonl"


def run(options: Options) -> Result:
    """The foundation suite, as the gate runs it."""
    return measure("foundation", CASES, options)


def measure(suite: str, path: Path, options: Options, corpus: Path | None = None) -> Result:
    """Asks the cases of a file of a library made from `corpus` (default: the shipped one).

    Raises InputError where the cases do not fit the corpus, or an article of it is refused.
    """
    cases = gold.load(path)
    with library(options.library, corpus) as assistant:
        texts = texts_of(assistant)
        elements = [gold.locate(case, texts) for case in cases]
        names = Names(same=same_source, mentioned=mentions)
        outcomes: list[Outcome] = []
        for case, wanted in zip(cases, elements, strict=True):
            options.progress(suite, len(outcomes), len(cases))
            outcomes.append(ask(assistant, case, wanted, names))
        options.progress(suite, len(cases), len(cases))
    return Result(
        suite,
        summarise(outcomes, texts),
        gold.fingerprint(path),
        tuple(outcomes),
        texts,
        languages=by_language(outcomes, lambda chosen: summarise(chosen, texts)),
    )


@contextmanager
def library(folder: Path | None, corpus: Path | None = None) -> Iterator[Assistant]:
    """An assistant over a library of the corpus, in `folder` or else in a temporary one.

    Raises InputError where an article is refused.
    """
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary,
        opened(folder or Path(temporary)) as assistant,
    ):
        report = assistant.ingest([corpus or settings.load().corpus])
        if report.refused:
            reasons = "; ".join(f"{one.path}: {one.reason}" for one in report.refused)
            raise InputError(f"Articles of the corpus are refused; mend them: {reasons}")
        yield assistant


def opened(folder: Path) -> AbstractContextManager[Assistant]:
    """An assistant over the library in this data folder, to write to.

    Its vectors are kept in the folder itself, whatever server the environment names: measuring
    must not write into anybody's library.
    """
    chosen = settings.load(data_dir=folder).model_copy(update={"chroma_url": None})
    return Assistant.open(chosen, write=True)


def texts_of(assistant: Assistant) -> dict[str, str]:
    """The normalised texts of all articles, by id: what offsets count in."""
    return {info.id: assistant.article(info.id).text for info in assistant.articles()}


def ask(assistant: Assistant, case: Case, wanted: tuple[Element, ...], names: Names) -> Outcome:
    """Asks one case; whatever goes wrong is a full miss, so that the others are measured."""
    try:
        answer = assistant.ask(
            case.question, language=case.language, as_of=case.as_of, previous=case.previous
        )
    except Exception as error:
        return failed(case, wanted, f"{type(error).__name__}: {error}")
    return assess(case, wanted, answer, names)


def same_source(one: str, other: str) -> bool:
    """Whether two names are equal, or one speaks for the other (Peskov, the Kremlin, Russia)."""
    return one.casefold() == other.casefold() or actors.load().same(one, other)


def mentions(name: str, text: str) -> bool:
    """Whether a text names a source, literally or by any listed name in any language.

    Here a state does not stand for its speaker: nearly every text names a state.
    """
    if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE):
        return True
    return any(mention.actor.name == name for mention in actors.load().find(text))
