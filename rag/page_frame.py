"""What stands around the chat, as HTML: name of the page, the library, the empty source panel."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from rag import interface
from rag.stored import ArticleInfo

_LISTED = 12  # articles shown before the first question


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
    body = Markup("<h2>{}</h2><ul>{}</ul>").format(heading, Markup("").join(rows)) if rows else ""
    return str(
        Markup('<div class="evidence" lang="{}"><section>{}</section></div>').format(language, body)
    )


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
            'data-log="{log}" data-next="{next}" hidden>'
            '<header><h2>{source}</h2><button type="button" id="close" aria-label="{close}">×'
            '</button></header><div class="slot"></div></section><p class="hint">{hint}</p>'
        ).format(
            language=language,
            source=labels["source"],
            copied=labels["copied"],
            blocked=labels["copy_failed"],
            gone=labels["gone"],
            log=labels["answer_log"],
            next=interface.words(language)["answer"]["suggestions"],
            close=labels["close"],
            hint=labels["source_hint"],
        )
    )
