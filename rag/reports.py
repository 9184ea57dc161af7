"""What an ingest did, in lines for people."""

from __future__ import annotations

from rag.ingestion import Report
from rag.model_claims import Tally


def lines(report: Report) -> list[str]:
    """What was done: how many articles, which, and what a model added."""
    done: list[str] = []
    for name in ("added", "updated", "removed", "unchanged"):
        ids = getattr(report, name)
        shown = "" if name == "unchanged" or not ids else ": " + ", ".join(ids)
        done.append(f"{len(ids)} {name}{shown}")
    for passed in report.passed_over:
        done.append(f"passed over {passed}: removed before; name it to take it back")
    if report.ignored:
        done.append(f"{len(report.ignored)} other files left alone")
    return done + ([_proposed(report.model)] if report.model else [])


def warnings(report: Report) -> list[str]:
    """What was not done, each with its reason."""
    undone = [f"refused {refusal.path}: {refusal.reason}" for refusal in report.refused]
    if report.model is not None and report.model.failed:
        undone.append(
            f"Failed calls of the model: {report.model.failed}; the rules' claims stand alone "
            f"there: {report.model.failure} Then ingest again with --claims model."
        )
    return undone


def _proposed(tally: Tally) -> str:
    reasons = ", ".join(f"{reason} {count}" for reason, count in tally.dropped.items())
    return (
        f"proposed by the model: {tally.proposed}; kept {tally.kept}, found by the rules too "
        f"{tally.agreed}, dropped {sum(tally.dropped.values())}" + (f" ({reasons})" * bool(reasons))
    )
