"""German news statements: a public corpus, read where it is present and never shipped.

`DIR/german_news_quotes/docs.jsonl` holds articles with source, cue and content of each statement.
Two measures: contents of four types paired by overlap, and the measure of the SpkAtt-2023 shared
task (task 2) by the script that stands beside the data. Our claims are made messages as the corpus
annotates them: sentences without a frame that follow each other are one message; a quotation
of two or more words within an indirect statement is a direct message of its own, with the same
source and cue; a topic without a clause ("sprach von Fehlern", type Reported) is its whole
sentence; of "X, der sagte" the pronoun is a source; silence, doubt and hearsay are not annotated.
With `joined=False` claims are compared as
they are.
"""

from __future__ import annotations

import json
import re
import runpy
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from eval.attributions import Tally, claims_of, pairs, words_of
from eval.metrics import Measure
from rag import quotations
from rag.schema import Article, Claim, Form, Stance

FOLDER = "german_news_quotes"
SCORER = "score_attribution.py"
TYPES = frozenset({"Direct", "Indirect", "FreeIndirect", "IndirectFreeIndirect"})
ROLES = ("content_span", "addressee_span", "cue_span", "frame_span", "source_span")
# What the corpus does not annotate as a statement of these types: silence, doubt and hearsay, and
# topics without a clause ("denied the report"). Right where they meet a statement, else ignored.
_SILENT = frozenset({Stance.UNVERIFIED, Stance.NO_COMMENT})
_TOPICS = frozenset({"object", "prepositional_object", "naming"})
_CONTINUED = frozenset({"reported_continued", "quote_continued"})
_QUOTED_WORDS = 2  # a single quoted word is a name or a distance, not a statement
_GAP = 3  # characters between two sentences of one message
_DATE = re.compile(r"\((\d{4}-\d{2}-\d{2})\)\s*$")
_RELATIVE = re.compile(r",\s+(der|die|das|dem|welche[rs]?)\b")

Extent = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Message:
    """What one speaker says in one go; offsets count in the text of the corpus."""

    content: tuple[Extent, ...]
    sources: tuple[Extent, ...]
    cue: tuple[Extent, ...]
    names: tuple[str, ...]
    beside: bool  # nothing that the corpus annotates as a statement
    rule: str  # of the claim


def is_present(data: Path | None) -> bool:
    """Whether the corpus is there, with the script that scores it."""
    return data is not None and all(
        path.is_file() for path in (data / FOLDER / "docs.jsonl", data / SCORER)
    )


def documents(data: Path, split: str) -> list[dict[str, Any]]:
    """The documents of one part of the corpus ("train", "dev")."""
    lines = (data / FOLDER / "docs.jsonl").read_text(encoding="utf-8").splitlines()
    return [row for row in map(json.loads, lines) if row["split"] == split]


def messages(document: dict[str, Any], *, joined: bool = True) -> list[Message]:
    """Our claims in the body of a document as messages, neighbours of one speaker joined."""
    title = document["title"] or "Meldung"
    dated = _DATE.search(title)
    prefix = f"{title}\n\n"
    article = Article(
        document["doc_id"],
        title,
        prefix + document["text"],
        "de",
        document["doc_id"],
        published=dated[1] if dated else None,
    )
    claims = [c for c in claims_of(article) if c.content[0].start >= len(prefix)]
    found = [_message(claim, len(prefix)) for claim in claims]
    if not joined:
        return found
    shift = len(prefix)
    found = [
        _with_sentence(article.text[shift:], m, c, shift)
        for m, c in zip(found, claims, strict=True)
    ]
    inner = [
        q for m, c in zip(found, claims, strict=True) for q in _quoted(article.text, c, m, shift)
    ]
    return _joined(article.text[shift:], found) + inner


def _relative(text: str, message: Message) -> list[Extent]:
    """The relative pronoun that stands for the source in the clause of the cue."""
    found = [_RELATIVE.match(text, end) for _, end in message.sources]
    cues = [start for start, _ in message.cue]
    return [
        match.span(1)
        for match in found
        if match and any(match.end() < cue and "," not in text[match.end() : cue] for cue in cues)
    ]


def _with_sentence(text: str, message: Message, claim: Claim, shift: int) -> Message:
    """A topic with its sentence as content and no cue; else the message, its source completed."""
    if claim.rule not in _TOPICS:
        return replace(message, sources=(*message.sources, *_relative(text, message)))
    sentence = (claim.sentence.start - shift, claim.sentence.end - shift)
    return replace(message, content=(sentence,), cue=())


def _quoted(text: str, claim: Claim, whole: Message, shift: int) -> list[Message]:
    """The quotations within an indirect statement, or in the sentence of a topic, as messages."""
    if claim.form is Form.DIRECT or (whole.beside and claim.rule not in _TOPICS):
        return []
    low, high = min(a for a, _ in whole.content), max(b for _, b in whole.content)
    inner = quotations.find(text, low + shift, high + shift)
    return [
        replace(whole, content=((q.start - shift, q.end - shift),), beside=False)
        for q in inner
        if q.closed and len(text[q.start : q.end].split()) >= _QUOTED_WORDS
    ]


def _message(claim: Claim, shift: int) -> Message:
    def local(spans: Sequence[Any]) -> tuple[Extent, ...]:
        return tuple((s.start - shift, s.end - shift) for s in spans if s.start >= shift)

    return Message(
        content=local(claim.content),
        sources=local([source.mention for source in claim.sources]),
        cue=local([claim.cue] if claim.cue else []),
        names=tuple(source.name for source in claim.sources),
        beside=claim.form is Form.HEARSAY or claim.stance in _SILENT or claim.rule in _TOPICS,
        rule=claim.rule,
    )


def _joined(text: str, found: Sequence[Message]) -> list[Message]:
    """Sentences of one speaker that stand without a frame, one after the other, as one message."""
    kept: list[Message] = []
    for one in found:
        last = kept[-1] if kept else None
        goes_on = last is not None and one.names == last.names and not one.cue
        goes_on = goes_on and last is not None and one.rule == last.rule and one.rule in _CONTINUED
        if last and goes_on and 0 <= one.content[0][0] - _end(last) <= _GAP:
            between = text[_end(last) : one.content[0][0]]
            if "\n" not in between:
                content = (*last.content, *one.content)
                kept[-1] = replace(last, content=content)
                continue
        kept.append(one)
    return kept


def _end(message: Message) -> int:
    return max(
        end for extents in (message.content, message.sources, message.cue) for _, end in extents
    )


def measure(data: Path, split: str = "dev", *, joined: bool = True, strict: bool = False) -> Tally:
    """Contents of the four types and their sources; what meets another type is ignored.

    With `strict`, silence, doubt, hearsay and topics that meet no statement count as wrong.
    """
    tally = Tally()
    for document in documents(data, split):
        text = document["text"]
        ours = messages(document, joined=joined)
        gold = document["attributions"]
        wanted = [words_of(text, a["content_span"]) for a in gold]
        taken = dict(pairs(wanted, [words_of(text, m.content) for m in ours]))
        matched = {j: i for i, j in taken.items()}
        for i, attribution in enumerate(gold):
            if attribution["type"] in TYPES:
                tally.gold.append(i in taken)
                if i not in taken:
                    tally.failures.append(
                        f"{document['doc_id']} missed: {_show(text, attribution)}"
                    )
        for j, message in enumerate(ours):
            counted = replace(message, beside=message.beside and not strict)
            _judge(tally, document, counted, gold[matched[j]] if j in matched else None)
    return tally


def _judge(
    tally: Tally, document: dict[str, Any], message: Message, gold: dict[str, Any] | None
) -> None:
    text = document["text"]
    if gold is None:
        if not message.beside:
            tally.found.append(False)
            tally.failures.append(f"{document['doc_id']} not in gold: {_shown(text, message)}")
    elif gold["type"] in TYPES:
        tally.found.append(True)
        if gold["source_span"]:
            ours = words_of(text, message.sources)
            right = bool(ours & words_of(text, gold["source_span"]))
            tally.source.append(right)
            if not right:
                tally.failures.append(
                    f"{document['doc_id']} wrong source: {_show(text, gold)}\n"
                    f"        {_shown(text, message)}"
                )


def _pieces(text: str, extents: Sequence[Sequence[int]]) -> str:
    return " … ".join(text[a:b] for a, b in extents)


def _show(text: str, gold: dict[str, Any]) -> str:
    parts = (_pieces(text, gold[key]) for key in ("source_span", "cue_span", "content_span"))
    return f"{gold['type']}: " + " | ".join(parts)


def _shown(text: str, message: Message) -> str:
    return " | ".join(
        _pieces(text, extents) for extents in (message.sources, message.cue, message.content)
    )


def shared_task(data: Path, split: str = "dev") -> dict[str, Measure]:
    """F1 of message and of message with roles ("joint"), in per cent, all types.

    The measure of SpkAtt-2023 task 2 (Rehbein et al. 2023), computed by the script of the data.
    """
    gold = documents(data, split)
    ours = {d["doc_id"]: [_attribution(m) for m in messages(d)] for d in gold}
    # The script is code of the corpus, not ours, and is never shipped: it is run only where it
    # stands beside the data, in a folder that the user put there or named.
    score = runpy.run_path(str(data / SCORER))["score"]
    figures = score(gold, ours, roles=ROLES, leftovers=True)
    total = sum(len(document["attributions"]) for document in gold)
    return {
        "news_message_f1": Measure(figures["content_span"]["F1"], total),
        "news_joint_f1": Measure(figures["joint"]["F1"], total),
    }


def _attribution(message: Message) -> dict[str, Any]:
    return {
        "content_span": message.content,
        "source_span": message.sources,
        "cue_span": message.cue,
        "frame_span": [],
        "addressee_span": [],
    }
