"""The parts of an exported answer in the reader's words, the same for Markdown and the card."""

from __future__ import annotations

from typing import Any

from rag import interface, lexicon
from rag.machine_tags import Tag
from rag.schema import (
    LANGUAGES,
    Answer,
    Citation,
    Conflict,
    Figure,
    Statement,
    Status,
    Support,
)


def labels(language: str) -> dict[str, str]:
    """The labels of an export; those of English where a language has none."""
    known = language if language in LANGUAGES else interface.DEFAULT_LANGUAGE
    table: dict[str, str] = lexicon.load("export", known)["labels"]
    return table


def answer_labels(language: str) -> dict[str, Any]:
    """The labels of an answer that the page uses as well."""
    table: dict[str, Any] = interface.words(language)["answer"]
    return table


def lead(answer: Answer) -> tuple[Statement, tuple[Statement, ...], tuple[Statement, ...]]:
    """The headline, what else is said, and what else is said to be absent."""
    first, *rest = answer.statements or (Statement(answer.text, (), Support.ABSENCE),)
    absent = tuple(s for s in rest if s.support is Support.ABSENCE)
    return first, tuple(s for s in rest if s.support is not Support.ABSENCE), absent


def badges(answer: Answer) -> list[tuple[str, str]]:
    """Name and meaning of each badge."""
    return [
        (
            interface.label("badges", badge, answer.language),
            interface.label("badges_meaning", badge, answer.language),
        )
        for badge in answer.badges
    ]


def facts(answer: Answer) -> list[str]:
    """What the answer rests on, a line each: counts, the as-of date, what stays open, notes."""
    words, own = answer_labels(answer.language), labels(answer.language)
    lines = []
    if answer.understood:
        lines.append(own["understood"].format(question=interface.visible(answer.understood)))
    if answer.status is not Status.NO_EVIDENCE:
        lines.append(words["documents"].format(n=answer.documents))
        lines.append(words["origins"].format(n=answer.origins))
    if answer.as_of:
        lines.append(words["as_of"].format(date=interface.date(answer.as_of, answer.language)))
    if answer.status is Status.PARTIAL:
        lines.append(words["partial"])
    if answer.note:
        lines.append(interface.visible(answer.note))
    lines.append(own["engine"].format(engine=interface.visible(answer.engine)))
    return lines


def figure(value: Figure | None, language: str) -> str:
    """A position's figure, or the sign for none."""
    return interface.figure(value, language) if value else labels(language)["none"]


def conflict(answer: Answer, one: Conflict) -> tuple[str, list[tuple[str, tuple[int, ...]]]]:
    """What a conflict is about, and who says what of it, each with the citations."""
    sides = [answer.positions[i] for i in one.positions if 0 <= i < len(answer.positions)]
    colon = labels(answer.language)["colon"]
    return one.about, [
        (
            f"{interface.source(p.source, answer.language)}{colon}"
            f"{interface.said(p, answer.language)}",
            p.citations,
        )
        for p in sides
    ]


def origin(citation: Citation, language: str) -> str:
    """Publisher, date and language of a citation: "Testblatt, 14. Mai 2024, Deutsch"."""
    named = interface.language_name(citation.language, language)
    return f"{interface.origin(citation.publisher, citation.published, language)}, {named}"


def place(citation: Citation, language: str) -> str:
    """Where in its article a quotation stands: "bridge, characters 120 to 240"."""
    article = interface.visible(citation.article_id)
    return labels(language)["place"].format(article=article, start=citation.start, end=citation.end)


def tag_reason(tag: Tag, answer: Answer) -> str:
    """Why a machine tag was given."""
    own = labels(answer.language)
    if tag.words is None:
        name = interface.label("flags", answer.flag, answer.language)
        return own["tag_flag"].format(flag=name)
    marks = interface.words(answer.language)["quotes"]
    words = f"{marks['open']}{interface.visible(tag.words)}{marks['close']}"
    return own["tag_words"].format(words=words)
