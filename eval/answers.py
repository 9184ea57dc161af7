"""The suite of answers: what an editor would sign, over the shipped corpus.

The questions are `cases/answers.LANGUAGE.jsonl` and `cases/facts.jsonl`. Most of the metrics
stand in `eval.answer_metrics`; those of its `SPLIT` are also given by language. Besides:

    shuffled          of the questions, those answered the same by a second library of the same
                      articles, added in the opposite order under other names
    judged_precision  of the statements judged by reading, those that their citations carry
    judged_stale      how many judgements are about statements that are no longer made
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from eval import answer_metrics, foundation, judged, shuffled
from eval import cases as gold
from eval.cases import Case, Element
from eval.foundation import mentions, same_source
from eval.gold_check import Articles
from eval.metrics import mean
from eval.scoring import Names, Outcome, by_language
from eval.suite import Options, Result
from rag import settings
from rag.assistant import Assistant
from rag.errors import InputError
from rag.schema import LANGUAGES, Answer

SUITE = "answers"
FOLDER = Path(__file__).parent / "cases"
FILES = (*(f"answers.{language}.jsonl" for language in LANGUAGES), "facts.jsonl")
NAMES = Names(same=same_source, mentioned=mentions)


def files() -> tuple[Path, ...]:
    """The files of cases that are there."""
    return tuple(path for path in (FOLDER / name for name in FILES) if path.exists())


def run(options: Options) -> Result:
    """Asks the questions, and once more of shuffled articles where all of them are asked.

    Raises InputError where the cases do not fit the corpus, or an article of it is refused.
    """
    return measure(options, settings.load().corpus, judged.PATH)


def measure(options: Options, corpus: Path, judgements: Path) -> Result:
    """The suite over the articles of a folder, with the judgements of a file."""
    outcomes, texts = asked(options, corpus)
    languages = by_language(outcomes, lambda chosen: answer_metrics.summarise(chosen, texts))
    metrics = answer_metrics.summarise(outcomes, texts)
    misses = answer_metrics.misses(outcomes)
    if not options.is_partial:
        same = same_shuffled(outcomes, options, corpus)
        metrics["shuffled"] = mean(map(float, same))
        misses += tuple(
            f"{outcome.case.id} is answered otherwise of shuffled articles"
            for outcome, is_same in zip(outcomes, same, strict=True)
            if not is_same
        )
    read = judged.measure(judged.load(judgements), outcomes)
    metrics |= {"judged_precision": read.precision, "judged_stale": read.stale}
    for language, own in languages.items():
        metrics |= {f"{name}_{language}": own[name] for name in answer_metrics.SPLIT}
    held = [path for path in (*(options.cases or files()), judgements) if path.exists()]
    return Result(
        SUITE,
        metrics,
        gold.fingerprint(*held),
        outcomes,
        texts,
        misses=(*misses, *read.misses),
        languages=languages,
    )


def statements(options: Options, number: int) -> tuple[str, ...]:
    """That many statements of the answers, as lines for `cases/judged.jsonl`."""
    outcomes, _ = asked(options, settings.load().corpus)
    return judged.sample(outcomes, number, judged.load())


def load(options: Options) -> tuple[Case, ...]:
    """The cases that are to be asked.

    Raises InputError for files that do not fit together, a case without kind, an id among
    `only` that no case has, and where there is no case.
    """
    cases = [case for path in options.cases or files() for case in gold.load(path)]
    problems = [*gold.clashes(cases), *(_without_kind(case) for case in cases if not case.kind)]
    unknown = sorted(set(options.only) - {case.id for case in cases})
    problems += [
        f"There is no case {name!r} in the suite {SUITE}; mend its id." for name in unknown
    ]
    if not cases:
        problems.append(f"The suite {SUITE} has no cases; write {FOLDER.name}/{FILES[0]}.")
    if problems:
        raise InputError(problems[0])
    return tuple(case for case in cases if not options.only or case.id in options.only)


def asked(options: Options, corpus: Path) -> tuple[tuple[Outcome, ...], dict[str, str]]:
    """What came of every case, and the texts of the articles by id."""
    cases = load(options)
    texts = Articles(corpus).texts
    # Before the library is built, which takes a minute.
    elements = [gold.locate(case, texts) for case in cases]
    outcomes: list[Outcome] = []
    with foundation.library(options.library, corpus) as assistant:
        for case, wanted in zip(cases, elements, strict=True):
            options.progress(SUITE, len(outcomes), len(cases))
            outcomes.append(_ask(assistant, case, wanted))
        options.progress(SUITE, len(cases), len(cases))
    return tuple(outcomes), texts


def _without_kind(case: Case) -> str:
    return f"{case.where}: {case.id}: kind is missing; add it."


def _ask(assistant: Assistant, case: Case, wanted: tuple[Element, ...]) -> Outcome:
    outcome = foundation.ask(assistant, case, wanted, NAMES)
    if case.full is None:
        return outcome
    return replace(outcome, full=_answer(assistant, case, case.full, ()))


def _answer(
    assistant: Assistant, case: Case, question: str, previous: tuple[str, ...]
) -> Answer | None:
    """The answer to a question in the language and as of the date of a case; None: it failed."""
    try:
        return assistant.ask(question, language=case.language, as_of=case.as_of, previous=previous)
    except Exception:  # a miss like any other; what failed is said where the case itself fails
        return None


def same_shuffled(outcomes: Sequence[Outcome], options: Options, corpus: Path) -> list[bool]:
    """Whether each question is answered the same by a library of the articles shuffled."""
    same: list[bool] = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        folder = (options.library or Path(temporary)) / "shuffled"
        names = shuffled.write(corpus, folder / "articles")
        with foundation.library(folder / "library", folder / "articles") as assistant:
            for outcome in outcomes:
                options.progress("shuffled", len(same), len(outcomes))
                case = outcome.case
                answer = _answer(assistant, case, case.question, case.previous)
                same.append(shuffled.same(outcome.answer, answer, names))
            options.progress("shuffled", len(outcomes), len(outcomes))
    return same
