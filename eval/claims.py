"""The claims suite: who said what, figures, dates, sentences, copies, and how fast.

Own gold in `eval/gold` for four languages; with `--data DIR`, or `../shared/data` beside the
checkout, German news statements too. `--failures` prints every miss but those of the blind sets,
which nobody who writes rules may read.
"""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from eval import attributions, german_news, language_parts
from eval.attributions import GOLD, GoldText, claims_of
from eval.cases import fingerprint
from eval.metrics import Measure
from eval.suite import Options, Result
from rag import lexicon
from rag.errors import InputError
from rag.schema import LANGUAGES

# Prefix of the metrics and name of the gold: blind texts are measured, never printed.
SETS = (("", "claims"), ("articles_", "articles"), ("opened_", "opened"), ("blind_", "blind"))
DATA = Path(__file__).parents[2] / "shared" / "data"
LEAST_CHARACTERS = 60_000
_MEGABYTE = 1024  # kibibytes, in which Linux counts what a process held
_ALONE = "from eval import claims; print(claims.speed()); print(claims.peak_memory())"


def run(options: Options) -> Result:
    """Measures everything; some seconds without, a minute with the public corpus.

    Raises InputError where a folder was named that does not hold the corpus.
    """
    return measure(public_data(options.data), options.progress)


def public_data(named: Path | None, default: Path = DATA) -> Path | None:
    """The folder of the public corpus: the one named, or the default where the corpus is there.

    Raises InputError where a folder was named that does not hold the corpus and its script.
    """
    if german_news.is_present(named or default):
        return named or default
    if named is None:
        return None
    wanted = f"{german_news.FOLDER}/docs.jsonl and {german_news.SCORER}"
    raise InputError(
        f"{named} does not hold the German news statements; name the folder that holds {wanted}, "
        f"or leave out --data to measure without them."
    )


def measure(data: Path | None, progress: Callable[[str, int, int], None]) -> Result:
    """The figures of our own gold, and of the public corpus in `data` where there is one."""
    metrics: dict[str, Measure] = {}
    failures: list[str] = []
    rules: dict[str, list[bool]] = {}
    for language in LANGUAGES:
        progress("claims", LANGUAGES.index(language), len(LANGUAGES))
        for prefix, name in SETS:
            tally = attributions.measure(GOLD / f"{name}.{language}.jsonl", language)
            metrics |= tally.measures(f"{prefix}{language}")
            if name != "blind":
                failures += tally.failures
                for rule, right in tally.rules.items():
                    rules.setdefault(rule, []).extend(right)
    progress("claims", len(LANGUAGES), len(LANGUAGES))
    for name, hits in _parts().items():
        metrics[name] = hits.share
        failures += hits.failures
    copies = language_parts.measure_copies(GOLD / "duplicates.jsonl")
    metrics |= dict(zip(("copies_found", "copies_invented"), copies, strict=True))
    notes = tuple(_worth(rules))
    absent: tuple[str, ...] = ()
    if data is not None:
        news = german_news.measure(data)
        metrics |= news.measures("news") | german_news.shared_task(data)
        metrics |= german_news.measure(data, joined=False).measures("news_single")
        metrics |= german_news.measure(data, strict=True).measures("news_strict")
        failures += news.failures
    else:
        absent = ("news_",)
        notes += (f"no German news statements under {DATA}; name their folder with --data DIR",)
    metrics |= _alone()
    metrics = {name: measure for name, measure in metrics.items() if measure.n}
    gold = fingerprint(*sorted(GOLD.glob("*.jsonl")))
    return Result("claims", metrics, gold, notes=notes, misses=tuple(failures), absent=absent)


def _worth(rules: dict[str, list[bool]]) -> list[str]:
    """A line for each rule: its number, how many claims it made, and the share that is right."""
    table = lexicon.load("rules")
    numbers = {rule: table[rule][0] if rule in table else "0" for rule in rules}
    return [
        f"rule {numbers[rule]} {rule}: {sum(rules[rule])} of {len(rules[rule])} fit the gold"
        for rule in sorted(rules, key=lambda rule: [int(n) for n in numbers[rule].split(".")])
    ]


def _parts() -> dict[str, language_parts.Hits]:
    parts = {
        "quantities": language_parts.measure_quantities(GOLD / "quantities.jsonl"),
        "dates": language_parts.measure_dates(GOLD / "dates.jsonl"),
        "actors": language_parts.measure_actors(GOLD / "actors.jsonl"),
        "actors_unknown": language_parts.measure_actors(GOLD / "actors.jsonl", unknown_only=True),
    }
    for language in LANGUAGES:
        path = GOLD / f"boundaries.{language}.jsonl"
        parts[f"boundaries_{language}"] = language_parts.measure_boundaries(path, language)
    return parts


def _alone() -> dict[str, Measure]:
    """Speed and memory of a process that does nothing else."""
    printed = subprocess.run(
        [sys.executable, "-c", _ALONE], capture_output=True, text=True, check=True
    ).stdout.split("\n")
    speeds = {name: float(value) for name, value in (p.split("=") for p in printed[0].split())}
    metrics = {f"characters_a_second_{name}": Measure(v, 1) for name, v in speeds.items()}
    return metrics | {"peak_megabytes": Measure(float(printed[1]), 1)}


def speed() -> str:
    """Characters a second of processor time in which claims are found, by language."""
    return " ".join(f"{language}={_speed(language):.0f}" for language in LANGUAGES)


def _speed(language: str) -> float:
    texts = attributions.load(GOLD / f"claims.{language}.jsonl")
    body = "\n\n".join(row.text for row in texts)
    body = "\n\n".join([body] * (1 + LEAST_CHARACTERS // len(body)))
    first, whole = (
        attributions.article_of(GoldText(id=name, text=words, claims=()), language)
        for name, words in (("warm", texts[0].text), ("whole", body))
    )
    claims_of(first)  # loads the tables, which is not counted
    started = time.process_time()
    claims_of(whole)
    return len(body) / (time.process_time() - started)


def peak_memory() -> float:
    """The most memory that this process has held, in megabytes.

    Linux counts it anew for each program in `/proc`; `getrusage` hands on that of the parent.
    """
    status = Path("/proc/self/status")
    if status.exists():
        (held,) = re.findall(r"VmHWM:\s+(\d+) kB", status.read_text())
        return int(held) / _MEGABYTE
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MEGABYTE
