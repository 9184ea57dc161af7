"""What the page shows beside the chat, as HTML: positions, evidence, a cited paragraph.

Every value goes through `markupsafe`, so text from articles never acts. Chips, flags and
badges are the same fragment links as in the chat (`interface.anchor`); the page gives them their
look. Quotations keep their wording and their language (`lang`).
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from rag import interface, render
from rag.schema import Answer, Article, Citation, Position, Span
from rag.stored import ArticleInfo

_LISTED = 12  # articles shown before the first question


def evidence_html(answer: Answer) -> str:
    """The evidence beside the chat: positions, conflicts, reasons, timeline and sources."""
    labels = interface.words(answer.language)["answer"]
    numbered = {c.number: c for c in answer.citations}
    rows = [
        Markup("<li><b>{}</b> {}{}</li>").format(
            labels["rule"].format(number=r.rule),
            r.text,
            _chips_html(r.citations, numbered, answer.language),
        )
        for r in answer.why
    ]
    parts = [
        Markup(positions_html(answer)),
        _section(labels["why"], rows),
        _section(labels["conflicts"], _conflict_rows(answer)),
        _section(labels["timeline"], _timeline_rows(answer), "ol"),
    ]
    for kind, heading, citations in interface.cited_lists(answer):
        items = [_source_row(c, answer.language, kind) for c in citations]
        parts.append(_section(heading, items, "ol", "sources"))
    body = Markup("").join(parts)
    return str(Markup('<div class="evidence" lang="{}">{}</div>').format(answer.language, body))


def positions_html(answer: Answer) -> str:
    """Who says what as a table: source and side, stance, figure, date, status and quote.

    An empty string where the answer has no positions.
    """
    if not answer.positions:
        return ""
    language, labels = answer.language, interface.words(answer.language)["answer"]
    numbered = {c.number: c for c in answer.citations}
    head = Markup("").join(
        Markup('<th scope="col">{}</th>').format(labels[key]) for key in ("who", "position")
    )
    rows = Markup("")
    above = ""
    for position in answer.positions:
        rows += _position_row(position, numbered, language, quoted=position.quote != above)
        above = position.quote
    return str(
        Markup(
            '<div class="table" tabindex="0" role="region" aria-label="{caption}">'
            '<table class="positions"><caption>{caption}</caption>'
            "<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
        ).format(caption=labels["positions"], head=head, rows=rows)
    )


def _position_row(
    position: Position, numbered: dict[int, Citation], language: str, quoted: bool
) -> Markup:
    """One row; the quotation is left out where the row above has the same (they spoke together)."""
    cited = [numbered[n] for n in position.citations if n in numbered]
    name = interface.source(position.source, language)
    side = interface.label("sides", position.side, language)
    quotation = Markup('<q lang="{}">{}</q>').format(
        cited[0].language if cited else "", interface.in_marks(position.quote, language)
    )
    return Markup(
        '<tr><th scope="row">{name}{side}</th><td><b>{said}</b>{chips} '
        '<a href="#flag-{flag}" title="{meaning}">{status}</a>{quotation}</td></tr>'
    ).format(
        name=name,
        side=Markup("<small>{}</small>").format(side) if side != name else "",
        said=interface.said(position, language),
        quotation=quotation if quoted else "",
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


def _section(heading: str, rows: list[Markup], tag: str = "ul", name: str = "") -> Markup:
    if not rows:
        return Markup("")
    return Markup(
        '<section class="{name}"><h2>{heading}</h2><{tag}>{rows}</{tag}></section>'
    ).format(name=name, heading=heading, tag=tag, rows=Markup("").join(rows))


def _conflict_rows(answer: Answer) -> list[Markup]:
    rows = []
    for conflict in answer.conflicts:
        sides = [
            f"{interface.source(p.source, answer.language)}: {interface.said(p, answer.language)}"
            for p in (answer.positions[i] for i in conflict.positions)
        ]
        rows.append(Markup("<li><b>{}</b> {}</li>").format(conflict.about, " – ".join(sides)))
    return rows


def _timeline_rows(answer: Answer) -> list[Markup]:
    numbered = {c.number: c for c in answer.citations}
    return [
        Markup('<li><time datetime="{}">{}</time> {}{}</li>').format(
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
    """Buttons that copy the answer with its sources as text, and a link that asks it again."""
    labels = interface.words(answer.language)["page"]
    return str(
        Markup(
            '<div class="tools"><button type="button" data-copy="{text}">{copy}</button>'
            '<button type="button" data-question="{question}">{link}</button></div>'
        ).format(
            text=render.to_text(answer),
            copy=labels["copy"],
            question=answer.question,
            link=labels["link"],
        )
    )


def library_html(articles: Sequence[ArticleInfo], language: str) -> str:
    """What the answers can come from: the newest articles, and how many there are."""
    heading = interface.words(language)["page"]["library"].format(n=len(articles))
    rows = [
        Markup('<li><span lang="{}">{}</span><small>{}</small></li>').format(
            info.language,
            interface.visible(info.title),
            interface.origin(info.publisher, info.published, language),
        )
        for info in articles[:_LISTED]
    ]
    body = _section(heading, rows)
    return str(Markup('<div class="evidence" lang="{}">{}</div>').format(language, body))


def masthead_html(language: str) -> str:
    """Name and promise of the page."""
    labels = interface.words(language)["page"]
    return str(
        Markup('<h1 lang="de">{}</h1><p lang="{}">{}</p>').format(
            labels["title"], language, labels["tagline"]
        )
    )


def source_html(language: str) -> str:
    """The empty place for a cited paragraph, with the words that the page's script needs."""
    labels = interface.words(language)["page"]
    return str(
        Markup(
            '<section id="panel" lang="{language}" tabindex="-1" aria-label="{source}" '
            'data-copied="{copied}" data-blocked="{blocked}" data-gone="{gone}" '
            'data-log="{log}" hidden>'
            '<header><h2>{source}</h2><button type="button" id="close" aria-label="{close}">×'
            '</button></header><div class="slot"></div></section><p class="hint">{hint}</p>'
        ).format(
            language=language,
            source=labels["source"],
            copied=labels["copied"],
            blocked=labels["copy_failed"],
            gone=labels["gone"],
            log=labels["answer_log"],
            close=labels["close"],
            hint=labels["source_hint"],
        )
    )
