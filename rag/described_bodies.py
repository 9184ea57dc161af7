"""Which body a German or English noun means that names none: "die Behörde", "the company's".

The last one of that kind that spoke in the paragraph, or the only one that is named nearby; with
an adjective of a state ("the South Korean agency") the only one of that state.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rag import body_kinds, pointing
from rag.actors import Actors
from rag.mentions import Mention
from rag.schema import Article, Side, Source, SourceKind, Span
from rag.slavic_forms import SLAVIC

_DEFINITE = {"de": ("der", "die", "das", "dem", "den", "des"), "en": ("the",)}
_POSSESSIVE = re.compile(r"[’']s?$")
_LONGEST = 4  # words: adjectives of a state, noun
_PLACED = 2  # words: "in Moscow"
_BARE = 2  # words of a description that names no body itself
_BREAKS = 1  # paragraphs back


def meant(
    mention: Span,
    article: Article,
    actors: Actors,
    spoken: Sequence[Source],
    known: Sequence[Mention],
    named: Sequence[Source],
    subject: Source | None = None,
) -> Source | None:
    """The body near that a mention means; None where it names one itself, or nobody is sure.

    `spoken` are the bodies that have spoken, `known` the actors that the article names, `named`
    the bodies that it names by their kind, `subject` the subject of the sentence before.
    """
    noun = _noun(mention, article, actors)
    if noun is None:
        return None
    heard = subject is not None and not _is_media(subject, actors)
    if subject is not None and heard and body_kinds.tells(noun, subject.name, subject.mention.text):
        return replace(subject, mention=mention)
    source = actors.source(mention)
    told = [one for one in spoken if _fits(noun, one, article) and not _is_media(one, actors)]
    others = [*(_of(m, article) for m in known if not m.actor.agency), *named]
    others = [one for one in others if _fits(noun, one, article)]
    if source.side is not Side.OTHER:
        return _only([one for one in (*told, *others) if one.side is source.side], mention)
    return _near(told, mention, article, last=True) or _near(others, mention, article, last=False)


def _noun(mention: Span, article: Article, actors: Actors) -> str | None:
    """The noun for a body, with at most an article, a state, and its capital: "in Moscow"."""
    if article.language in SLAVIC:
        return None
    words = _POSSESSIVE.sub("", mention.text).split()
    definite = _DEFINITE.get(article.language, ())
    before = article.text[: mention.start].rstrip().rsplit(maxsplit=1)[-1:]
    if words and words[0].lower() in definite:
        words = words[1:]
    elif not before or before[0].lower() not in definite:
        return None
    if len(words) > _PLACED and words[-_PLACED] == "in":
        words = words[:-_PLACED]
    if not 0 < len(words) < _LONGEST or not body_kinds.of_noun(words[-1].lower()):
        return None
    plain = len(words) == 1 or actors.names_a_state(" ".join(words[:-1]))
    return words[-1].lower() if plain else None


def _is_media(one: Source, actors: Actors) -> bool:
    actor = actors.get(one.name)
    return actor is not None and actor.agency


def _fits(noun: str, one: Source, article: Article) -> bool:
    body = one.kind is SourceKind.ORGANISATION or body_kinds.of_name(one.name)
    words = one.name.split()
    bare = one.name.islower() and len(words) <= _BARE and body_kinds.of_noun(words[-1])
    if not body or bare or one.mention.start < len(article.title):  # bare: "same service"
        return False
    return body_kinds.fits(noun, one.name, one.mention.text)


def _of(mention: Mention, article: Article) -> Source:
    actor = mention.actor
    span = article.span(mention.start, mention.end)
    return Source(actor.name, actor.kind, actor.side, span, actor.role)


def _near(found: Iterable[Source], mention: Span, article: Article, *, last: bool) -> Source | None:
    """The one in the paragraph, or the one in the paragraph before; `last`: of several the last."""
    text = article.text
    before = [one for one in found if one.mention.end <= mention.start]
    near = [one for one in before if text.count("\n\n", one.mention.end, mention.start) <= _BREAKS]
    here = [one for one in near if "\n" not in text[one.mention.end : mention.start]]
    if here and last:
        return replace(here[-1], mention=mention)
    opened = pointing.sentence_start(text, mention.start)
    told = [one for one in here if one.mention.start < opened]  # "... des GRU, wie die Behörde"
    return _only(told or here or near, mention)


def _only(found: Sequence[Source], mention: Span) -> Source | None:
    names = {one.name for one in found}
    return replace(found[-1], mention=mention) if len(names) == 1 else None
