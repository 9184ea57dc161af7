"""Claims as records for other programs, and as a readable ledger for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rag.schema import Claim, Quantity, Source, Span


def record(claim: Claim) -> dict[str, Any]:
    """One claim in the shape of `python -m rag claims ID --json`."""
    content = [_span(s) for s in claim.content]
    return {
        "id": claim.id,
        "sentence": _span(claim.sentence),
        "content": content[0] if len(content) == 1 else content,
        "sources": [_source(s) for s in claim.sources],
        "cue": _span(claim.cue) if claim.cue else None,
        "stance": claim.stance.value,
        "form": claim.form.value,
        "hedges": [_span(h) for h in claim.hedges],
        "polarity": claim.polarity.value,
        "via": [_source(s) for s in claim.via],
        "quantities": [_quantity(q) for q in claim.quantities],
        "date": claim.date,
        "rule": claim.rule,
    }


def to_text(claims: Sequence[Claim]) -> str:
    """The ledger: a line for who and how, a line for what, and what was counted."""
    return "\n\n".join(_lines(c) for c in claims) if claims else "No attributed statement found."


def _lines(claim: Claim) -> str:
    names = ", ".join(s.name for s in claim.sources) or "no source named"
    via = "".join(f" via {s.name}" for s in claim.via)
    when = f" · {claim.date}" if claim.date else ""
    cue = f" “{claim.cue.text}”" if claim.cue else ""
    head = f"{names}{via} · {claim.stance.value}{cue} · {claim.form.value}{when} [{claim.rule}]"
    body = [" ".join(span.text.split()) for span in claim.content]
    counted = [f"{q.span.text} ({q.unit})" for q in claim.quantities]
    hedges = [h.text for h in claim.hedges]
    lines = [head, *(f"    {text}" for text in body)]
    lines += [f"    figures: {'; '.join(counted)}"] if counted else []
    lines += [f"    hedged by: {', '.join(hedges)}"] if hedges else []
    return "\n".join(lines)


def _span(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.text}


def _source(source: Source) -> dict[str, Any]:
    return {
        "name": source.name,
        "text": source.mention.text,
        "kind": source.kind.value,
        "side": source.side.value,
    }


def _quantity(quantity: Quantity) -> dict[str, Any]:
    return {
        "low": quantity.low,
        "high": quantity.high,
        "unit": quantity.unit,
        "aspect": quantity.aspect,
        "qualifier": quantity.qualifier.value,
        "text": quantity.span.text,
    }
