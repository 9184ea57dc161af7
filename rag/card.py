"""An answer as one HTML file: no script, nothing loaded, readable on paper and on a small screen.

Every value goes through `markupsafe`. The policy of the file allows its own style sheet, by its
hash, and nothing else, so that a mistake in escaping would still load and run nothing.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from markupsafe import Markup

from rag import export_parts as parts
from rag import interface
from rag.machine_tags import tags
from rag.schema import Answer, Citation, Position, Statement, Support

_STYLE = Path(__file__).parent / "web" / "card.css"
_PAGE = Markup(
    '<!doctype html>\n<html lang="{language}" dir="ltr">\n<head>\n<meta charset="utf-8">\n'
    '<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    '<meta name="referrer" content="no-referrer">\n'
    '<meta name="color-scheme" content="light dark">\n'
    "<title>{title} – Belegt</title>\n<style>{style}</style>\n</head>\n"
    "<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
)


def to_html(answer: Answer) -> str:
    """The answer as a whole HTML document, labelled in its language.

    Quotations keep their wording, with their own `lang` and a `dir` that follows their first
    letter; the citations are anchors `c1`, `c2`, … of this file.
    """
    style, digest = _style()
    policy = f"default-src 'none'; style-src '{digest}'; base-uri 'none'; form-action 'none'"
    return str(
        _PAGE.format(
            language=answer.language,
            policy=Markup(policy),
            title=interface.visible(answer.question),
            style=Markup(style),
            body=Markup("\n").join(part for part in _body(answer) if part),
        )
    )


@cache
def _style() -> tuple[str, str]:
    """The style sheet, and its hash as a content security policy names it."""
    style = _STYLE.read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return style, f"sha256-{digest}"


def _body(answer: Answer) -> list[Markup]:
    words, own = parts.answer_labels(answer.language), parts.labels(answer.language)
    headline, said, absent = parts.lead(answer)
    rows = [_statement(s, answer) for s in said]
    return [
        Markup('<h1 dir="auto">{}</h1>').format(interface.visible(answer.question)),
        Markup('<p class="headline">{}</p>').format(_statement(headline, answer)),
        _status(answer),
        _section(own["details"], _list(rows)),
        _section(words["unsaid"], _list([_statement(s, answer) for s in absent])),
        _section(words["positions"], _positions(answer)),
        _section(words["conflicts"], _list(_conflicts(answer))),
        _section(words["timeline"], _list(_timeline(answer))),
        *(
            _section(heading, _citations(cited, answer.language, kind))
            for kind, heading, cited in interface.cited_lists(answer)
        ),
        _section(own["tags"], _list(_tags(answer))),
        Markup("<footer><p>{}</p></footer>").format(own["promise"]),
    ]


def _section(heading: str, body: Markup) -> Markup:
    if not body:
        return Markup("")
    return Markup("<section>\n<h2>{}</h2>\n{}\n</section>").format(heading, body)


def _list(rows: list[Markup]) -> Markup:
    if not rows:
        return Markup("")
    items = Markup("\n").join(Markup("<li>{}</li>").format(row) for row in rows)
    return Markup("<ul>\n{}\n</ul>").format(items)


def _chips(numbers: tuple[int, ...], answer: Answer) -> Markup:
    """The numbers of citations, each a link to its place in this file."""
    known = {citation.number for citation in answer.citations}
    label = parts.answer_labels(answer.language)["sources"]
    return Markup("").join(
        Markup(' <a href="#c{n}" aria-label="{label} {n}">[{n}]</a>').format(n=n, label=label)
        for n in numbers
        if n in known
    )


def _statement(statement: Statement, answer: Answer) -> Markup:
    text = Markup('<span dir="auto">{}</span>').format(interface.visible(statement.text))
    if statement.support is Support.UNSUPPORTED:
        mark = parts.answer_labels(answer.language)["unsupported"]
        text += Markup(" <em>({})</em>").format(mark)
    return text + _chips(statement.citations, answer)


def _status(answer: Answer) -> Markup:
    language = answer.language
    words, own = parts.answer_labels(language), parts.labels(language)
    reasons = [
        Markup("<p>{}{}{}{}</p>").format(
            words["rule"].format(number=reason.rule),
            own["colon"],
            interface.visible(reason.text),
            _chips(reason.citations, answer),
        )
        for reason in answer.why
    ]
    badges = [
        Markup("<strong>{}</strong>{}{}").format(name, own["colon"], meaning)
        for name, meaning in parts.badges(answer)
    ]
    facts = [Markup("<li>{}</li>").format(line) for line in parts.facts(answer)]
    return Markup(
        '<div class="status {flag}">\n<p class="flag">{status}{colon}{name}</p>\n{reasons}\n'
        '{badges}\n</div>\n<ul class="facts">{facts}</ul>'
    ).format(
        flag=answer.flag,
        status=own["status"],
        colon=own["colon"],
        name=interface.label("flags", answer.flag, language),
        reasons=Markup("\n").join(reasons),
        badges=_list(badges),
        facts=Markup("\n").join(facts),
    )


def _positions(answer: Answer) -> Markup:
    if not answer.positions:
        return Markup("")
    words = parts.answer_labels(answer.language)
    rows = Markup("\n")
    above = ""
    for position in answer.positions:  # those who spoke together share one quotation
        rows += _position(position, answer, quoted=position.quote != above)
        above = position.quote
    return Markup(
        # The roles hold where a small screen shows the cells as blocks.
        '<table role="table">\n<thead role="rowgroup"><tr role="row">'
        '<th scope="col" role="columnheader">{}</th><th scope="col" role="columnheader">{}</th>'
        '</tr></thead>\n<tbody role="rowgroup">{}</tbody>\n</table>'
    ).format(words["who"], words["position"], rows)


def _position(position: Position, answer: Answer, *, quoted: bool) -> Markup:
    language = answer.language
    cited = next((c for c in answer.citations if c.number in position.citations), None)
    name = interface.source(position.source, language)
    side = interface.label("sides", position.side, language)
    quotation = _quotation("q", position.quote, cited.language if cited else "", language)
    return Markup(
        '<tr role="row"><th scope="row" role="rowheader">{name}{side}</th>'
        '<td role="cell">{said}{chips} '
        '<strong class="flag {flag}">{status}</strong>{quotation}</td></tr>\n'
    ).format(
        name=name,
        side=Markup("<small>{}</small>").format(side) if side != name else "",
        said=interface.said(position, language),
        chips=_chips(position.citations, answer),
        flag=position.flag,
        status=interface.label("flags", position.flag, language),
        quotation=quotation if quoted else "",
    )


def _quotation(element: str, text: str, quoted_in: str, language: str) -> Markup:
    """A quotation in its own language, line breaks kept; `element` is q or blockquote."""
    shown = "\n".join(interface.visible(line) for line in text.splitlines())
    return Markup('<{element} lang="{lang}" dir="auto">{text}</{element}>').format(
        element=element, lang=quoted_in, text=interface.in_marks(shown, language)
    )


def _conflicts(answer: Answer) -> list[Markup]:
    rows = []
    for one in answer.conflicts:
        about, sides = parts.conflict(answer, one)
        told = [Markup("{}{}").format(text, _chips(numbers, answer)) for text, numbers in sides]
        rows.append(Markup("<strong>{}</strong>{}").format(about, _list(told)))
    return rows


def _timeline(answer: Answer) -> list[Markup]:
    return [
        Markup("<strong>{}</strong>{}{}{}").format(
            interface.date(event.date, answer.language),
            parts.labels(answer.language)["colon"],
            interface.visible(event.text),
            _chips(event.citations, answer),
        )
        for event in answer.timeline
    ]


def _citations(cited: tuple[Citation, ...], language: str, kind: str) -> Markup:
    prefix = "c" if kind == "src" else "n"
    rows = [_citation(citation, language, prefix) for citation in cited]
    return Markup("<ol>\n{}\n</ol>").format(Markup("\n").join(rows))


def _citation(citation: Citation, language: str, prefix: str) -> Markup:
    link = interface.web_link(citation.url)
    address = (
        Markup(' <a href="{0}" rel="noopener noreferrer external">{0}</a>').format(link)
        if link
        else ""
    )
    return Markup(
        '<li id="{prefix}{number}" value="{number}">{quotation}\n'
        '<p class="origin"><cite lang="{lang}" dir="auto">{title}</cite>, {origin} ({place})'
        "{address}</p></li>"
    ).format(
        prefix=prefix,
        number=citation.number,
        quotation=_quotation("blockquote", citation.quote, citation.language, language),
        lang=citation.language,
        title=interface.visible(citation.title),
        origin=parts.origin(citation, language),
        place=parts.place(citation, language),
        address=address,
    )


def _tags(answer: Answer) -> list[Markup]:
    return [
        Markup("<code>{}</code> – {}{}").format(
            tag.tag, parts.tag_reason(tag, answer), _chips(tag.citations, answer)
        )
        for tag in tags(answer)
    ]
