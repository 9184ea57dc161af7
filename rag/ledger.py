"""Claims as records for other programs, and as a readable ledger for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from rag import lexicon
from rag.schema import Claim, Polarity, Quantity, Source, Span


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
    """The ledger: how much there is of what, then for each claim who and how, what, figures."""
    if not claims:
        return "No attributed statement found."
    stances = Counter(claim.stance.value for claim in claims)
    sources = {source.name for claim in claims for source in claim.sources}
    counted = ", ".join(f"{stance} {n}" for stance, n in stances.most_common())
    head = f"Statements: {len(claims)} ({counted}). Sources: {len(sources)}."
    return "\n\n".join([head, *map(_lines, claims)])


def _lines(claim: Claim) -> str:
    names = ", ".join(f"{s.name} ({s.side.value})" for s in claim.sources) or "no source named"
    via = "".join(f" via {s.name}" for s in claim.via)
    stance = claim.stance.value + (", negated" if claim.polarity is Polarity.NEGATIVE else "")
    when = f" · {claim.date}" if claim.date else ""
    cue = f" “{claim.cue.text}”" if claim.cue else ""
    head = f"{names}{via} · {stance}{cue} · {claim.form.value}{when} [{_rule(claim.rule)}]"
    body = [" ".join(span.text.split()) for span in claim.content]
    lines = [head, *(f"    {text}" for text in body)]
    lines += [f"    figure: {_figure(quantity)}" for quantity in claim.quantities]
    hedges = [h.text for h in claim.hedges]
    lines += [f"    hedged by: {', '.join(hedges)}"] if hedges else []
    return "\n".join(lines)


def _rule(rule: str) -> str:
    """The number and id of a rule; "+model" behind it says that a model found the same."""
    number, _ = lexicon.load("rules").get(rule.removesuffix("+model"), ("", ""))
    return f"{number} {rule}".strip()


def _figure(quantity: Quantity) -> str:
    """The words, and what they were read as; an open end is an ellipsis."""
    ends = ["…" if end is None else f"{end:,.10g}" for end in (quantity.low, quantity.high)]
    value = ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"
    aspect = f", {quantity.aspect}" if quantity.aspect else ""
    return f"“{quantity.span.text}” = {value} {quantity.unit}{aspect} [{quantity.qualifier.value}]"


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
