"""What the page shows beside the chat, as HTML: the evidence of an answer, a cited paragraph.

Every value goes through `markupsafe`, so text from articles never acts. Chips, flags and
badges are the same fragment links as in the chat (`interface.anchor`); the page gives them their
look. Quotations keep their wording and their language (`lang`).
"""

from __future__ import annotations

from markupsafe import Markup

from rag import interface, render
from rag.exporting import Format, export
from rag.render import SHORT
from rag.schema import Answer, Article, Citation, Conflict, Position, Span

_SIDES = 4  # of a conflict that are shown before the rest unfolds


def evidence_html(answer: Answer) -> str:
    """The evidence beside the chat: conflicts, timeline, positions, reasons and sources.

    Of every list the first three stand there, the rest unfolds.
    """
    language, labels = answer.language, interface.words(answer.language)["answer"]
    numbered = {c.number: c for c in answer.citations}
    rows = [
        Markup("<li><b>{}</b> {}{}</li>").format(
            labels["rule"].format(number=r.rule),
            r.text,
            _chips_html(r.citations, numbered, language),
        )
        for r in answer.why
    ]
    parts = [
        _conflicts(answer, numbered),
        _section(labels["timeline"], _timeline_rows(answer, numbered), language, "ol", "dates"),
        Markup(positions_html(answer)),
        _section(labels["why"], rows, language),
    ]
    for kind, heading, citations in interface.cited_lists(answer):
        items = [_source_row(c, language, kind) for c in citations]
        parts.append(_section(heading, items, language, "ol", "sources"))
    body = Markup("").join(parts)
    return str(Markup('<div class="evidence" lang="{}">{}</div>').format(language, body))


def positions_html(answer: Answer) -> str:
    """Who says what as a table: source and side, stance, figure, date, status and quote.

    An empty string where the answer has no positions; rows after the third unfold.
    """
    if not answer.positions:
        return ""
    language = answer.language
    numbered = {c.number: c for c in answer.citations}
    heading = interface.words(language)["answer"]["positions"]
    rows: list[Markup] = []
    above = ""
    for position in answer.positions:
        # The fourth row begins a table of its own: its quotation is not left out.
        quoted = position.quote != above or len(rows) == SHORT
        rows.append(_position_row(position, numbered, language, quoted=quoted))
        above = position.quote
    first, rest = rows[:SHORT], rows[SHORT:]
    table = _table(heading, first, language)
    more = interface.words(language)["answer"]["more"].format(n=len(rest))
    return str(
        Markup('<section class="said"><h2>{}</h2>{}{}</section>').format(
            heading, table, _folded(more, _table(f"{heading}: {more}", rest, language), rest)
        )
    )


def _table(name: str, rows: list[Markup], language: str) -> Markup:
    labels = interface.words(language)["answer"]
    head = Markup("").join(
        Markup('<th scope="col">{}</th>').format(labels[key]) for key in ("who", "position")
    )
    return Markup(
        '<div class="table" tabindex="0" role="region" aria-label="{name}">'
        '<table class="positions"><caption>{name}</caption>'
        "<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    ).format(name=name, head=head, rows=Markup("").join(rows))


def _position_row(
    position: Position, numbered: dict[int, Citation], language: str, quoted: bool
) -> Markup:
    """One row; the quotation is left out where the row above has the same (they spoke together)."""
    name = interface.source(position.source, language)
    side = interface.label("sides", position.side, language)
    return Markup(
        '<tr><th scope="row">{name}{side}</th><td><b>{said}</b>{chips} '
        '<a href="#flag-{flag}" title="{meaning}">{status}</a>{quotation}</td></tr>'
    ).format(
        name=name,
        side=Markup("<small>{}</small>").format(side) if side != name else "",
        said=interface.said(position, language),
        quotation=_quotation(position, numbered, language) if quoted else "",
        chips=_chips_html(position.citations, numbered, language),
        flag=position.flag,
        meaning=interface.label("flags_meaning", position.flag, language),
        status=interface.label("flags", position.flag, language),
    )


def _chips_html(numbers: tuple[int, ...], numbered: dict[int, Citation], language: str) -> Markup:
    return Markup("").join(_chip_html(numbered[n], language) for n in numbers if n in numbered)


def _chip_html(citation: Citation, language: str, kind: str = "src") -> Markup:
    title = interface.visible(
        f"{citation.title}, {interface.origin(citation.publisher, citation.published, language)}"
    )
    target = interface.anchor(citation, kind)
    return Markup(' <a href="{}" title="{}">{}</a>').format(target, title, citation.number)


def _section(
    heading: str, rows: list[Markup], language: str, tag: str = "ul", name: str = ""
) -> Markup:
    """A heading with the first rows of a list; the others unfold."""
    if not rows:
        return Markup("")
    rest = rows[SHORT:]
    listed = Markup("<{tag}>{rows}</{tag}>")
    more = interface.words(language)["answer"]["more"].format(n=len(rest))
    return Markup('<section class="{name}"><h2>{heading}</h2>{first}{rest}</section>').format(
        name=name,
        heading=heading,
        first=listed.format(tag=tag, rows=Markup("").join(rows[:SHORT])),
        rest=_folded(more, listed.format(tag=tag, rows=Markup("").join(rest)), rest),
    )


def _folded(summary: str, body: Markup, rows: list[Markup]) -> Markup:
    """What unfolds under its summary; nothing where there are no rows."""
    if not rows:
        return Markup("")
    return Markup("<details><summary>{}</summary>{}</details>").format(summary, body)


def _conflicts(answer: Answer, numbered: dict[int, Citation]) -> Markup:
    """The positions that cannot all hold, side by side under what they are about."""
    heading = interface.words(answer.language)["answer"]["conflicts"]
    rows = [_conflict(c, answer, numbered) for c in answer.conflicts]
    return _section(heading, rows, answer.language, name="conflicts")


def _conflict(conflict: Conflict, answer: Answer, numbered: dict[int, Citation]) -> Markup:
    """One conflict; what somebody else says already comes after what nobody else says."""
    new: list[Position] = []
    known: list[Position] = []
    for position in (answer.positions[i] for i in conflict.positions):
        same = any((p.stance, p.figure) == (position.stance, position.figure) for p in new)
        (known if same else new).append(position)
    sides = [_side(p, numbered, answer.language) for p in (*new, *known)]
    first, rest = sides[:_SIDES], sides[_SIDES:]
    more = interface.words(answer.language)["answer"]["more"].format(n=len(rest))
    beside = Markup('<div class="sides">{}</div>')
    return Markup("<li><h3>{}</h3>{}{}</li>").format(
        conflict.about,
        beside.format(Markup("").join(first)),
        _folded(more, beside.format(Markup("").join(rest)), rest),
    )


def _side(position: Position, numbered: dict[int, Citation], language: str) -> Markup:
    """One side of a conflict: who, what with figure and date, where it stands, the quotation."""
    return Markup("<div><b>{name}</b><span>{said}{chips}</span>{quotation}</div>").format(
        name=interface.source(position.source, language),
        said=interface.said(position, language),
        chips=_chips_html(position.citations, numbered, language),
        quotation=_quotation(position, numbered, language),
    )


def _quotation(position: Position, numbered: dict[int, Citation], language: str) -> Markup:
    cited = [numbered[n] for n in position.citations if n in numbered]
    return Markup('<q lang="{}">{}</q>').format(
        cited[0].language if cited else "", interface.in_marks(position.quote, language)
    )


def _timeline_rows(answer: Answer, numbered: dict[int, Citation]) -> list[Markup]:
    return [
        Markup('<li><time datetime="{}">{}</time><span>{}{}</span></li>').format(
            event.date,
            interface.date(event.date, answer.language),
            event.text,
            _chips_html(event.citations, numbered, answer.language),
        )
        for event in answer.timeline
    ]


def _source_row(citation: Citation, language: str, kind: str) -> Markup:
    return Markup(
        '<li>{chip}<q lang="{lang}">{quote}</q><small>{title} – {origin}</small></li>'
    ).format(
        chip=_chip_html(citation, language, kind),
        lang=citation.language,
        quote=interface.in_marks(citation.quote, language),
        title=interface.visible(citation.title),
        origin=interface.origin(citation.publisher, citation.published, language),
    )


def citation_html(article: Article, paragraph: Span, start: int, end: int, language: str) -> str:
    """A cited stretch in its paragraph, marked, with title, publisher, date and link.

    `start` and `end` are offsets in `article.text` within `paragraph`; the text stays in the
    article's language, the labels are in `language`.
    """
    labels = interface.words(language)["page"]
    offset = paragraph.start
    link = interface.web_link(article.url)
    footer = (
        Markup(
            '<a class="original" href="{}" target="_blank" rel="noopener noreferrer">{} ↗</a>'
        ).format(link, labels["original"])
        if link
        else Markup("<small>{}</small>").format(labels["no_address"])
    )
    return str(
        Markup(
            '<article><h3 lang="{lang}">{title}</h3><p class="origin">{origin} · {named}</p>'
            '<p class="paragraph" lang="{lang}">{before}<mark>{cited}</mark>'
            "{after}</p><p>{footer}</p></article>"
        ).format(
            lang=article.language,
            title=interface.visible(article.title),
            origin=interface.origin(article.publisher, article.published, language),
            named=interface.language_name(article.language, language),
            before=paragraph.text[: start - offset],
            cited=article.text[start:end],
            after=paragraph.text[end - offset :],
            footer=footer,
        )
    )


def tools_html(answer: Answer) -> str:
    """Buttons that copy the answer with its sources, link to its question, and save it as a file.

    The files are in the buttons: what is saved is the answer that is shown.
    """
    labels = interface.words(answer.language)["page"]
    files = Markup("").join(
        Markup(
            '<button type="button" data-file="{}" data-type="{}" data-text="{}">{}</button>'
        ).format(
            made.name, made.media_type, made.text, interface.label("formats", form, answer.language)
        )
        for form, made in ((form, export(answer, form)) for form in Format)
    )
    return str(
        Markup(
            '<div class="tools"><button type="button" data-copy="{text}">{copy}</button>'
            '<button type="button" data-question="{question}">{link}</button></div>'
            '<div class="tools" role="group" aria-label="{export}"><span aria-hidden="true">'
            "{export}:</span>{files}</div>"
        ).format(
            text=render.to_text(answer),
            copy=labels["copy"],
            question=answer.question,
            link=labels["link"],
            export=labels["export"],
            files=files,
        )
    )
