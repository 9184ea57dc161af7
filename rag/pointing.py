"""Whether a mention names somebody, or only points back to who was named before.

"The service", "his spokesman", "none", "a report" name nobody by themselves; "her father" does, by
whose father he is.
"""

from __future__ import annotations

import re
from itertools import pairwise

from rag import noun_phrase
from rag.actor_table import Actor
from rag.cues import pronouns
from rag.schema import Source, SourceKind

_BESIDE = 24  # characters before a name in which the word for its kind stands


def points_back(mention: str, language: str) -> bool:
    """Whether a mention names nobody: "the service", "his spokesman", "none", "a report"."""
    words = pronouns(language)
    first = mention.lower().split()[:1]
    if first and (first[0] in words.none or words.kind(mention) is not None):
        return True
    named = [w for w in re.findall(r"\w+", mention) if not noun_phrase.is_a("articles", w)]
    if first and named and first[0] in words.possessive:
        return not any(word[0].isupper() for word in named[1 - (named[0] != first[0]) :]) or (
            language == "de" and len(mention.split()) == 2
        )
    known = [w for w in named if w.lower() not in words.definite]
    return bool(known) and all(
        noun_phrase.is_a("statements", w) or noun_phrase.is_a("indefinite", w) for w in known
    )


def is_relation(mention: str, language: str) -> bool:
    """Whether a mention names somebody by whose they are: "his father", "her office".

    In English also the document or the body that speaks: "the report said", "the ministry".
    """
    first, *rest = mention.split()
    words = pronouns(language)
    if language == "en" and first.lower() == "the" and rest:
        return noun_phrase.is_a("statements", rest[-1]) or words.kind(mention) is not None
    if first.lower() not in words.possessive or not rest:
        return False
    return not any(noun_phrase.is_a(kind, rest[-1]) for kind in ("voices", "statements"))


def is_human(source: Source) -> bool:
    """Whether an English mention that is no known actor can be one person: "a retired midwife"."""
    words = source.mention.text.split()
    if source.name == "unclear":
        return False
    if words[0].lower() in ("he", "she"):
        return True  # a pronoun that was resolved
    bodies = ("organisations", "statements", "offices", "voices")
    if any(noun_phrase.is_a(kind, word) for kind in bodies for word in words):
        return False
    if source.kind is SourceKind.ANONYMOUS:
        return words[:1] != [] and words[0].lower() in ("a", "an", "one", "another")
    full_name = len(words) > 2 and all(word[:1].isupper() for word in words[-2:])
    described = words[0].lower() in ("a", "an", "the", "one", "another") and len(words) > 1
    return full_name or (described and words[-1].islower() and not words[-1].endswith("s"))


def is_plural(source: Source) -> bool:
    """Whether "they" can mean an English mention: "the authors", "two officials"."""
    last = source.mention.text.split()[-1:]
    plural = bool(last) and last[0].islower() and last[0].endswith(("s", "people", "men", "women"))
    return source.name != "unclear" and (source.kind is SourceKind.ANONYMOUS or plural)


def is_body(source: Source, actor: Actor | None, article: str, language: str) -> bool:
    """Whether "it" can mean a source: an organisation; a German one by the article of its label."""
    if actor is None and not article:  # a body that the text names, in English
        brand = source.kind is SourceKind.PERSON and len(source.name.split()) == 1
        body = source.kind is SourceKind.ORGANISATION and not is_human(source)
        named = (noun_phrase.is_a("organisations", w) for w in source.name.split())
        return (brand and not source.role) or body or any(named)
    if actor is None or actor.kind is not SourceKind.ORGANISATION:
        return False
    label = actor.labels.get(language, "")
    return not article or label.lower().startswith(article + " ")


def is_of_kind(actor: Actor, text: str, at: int, kind: re.Pattern[str], language: str) -> bool:
    """Whether a label of an actor, or the word of the text before its name, tells the kind."""
    if actor.kind is not SourceKind.ORGANISATION:
        return False
    label = actor.labels.get(language, "")
    words = [*label.split(), *text[max(0, at - _BESIDE) : at].split()[-1:]]
    pairs = [" ".join(pair) for pair in pairwise(words)]
    return any(kind.fullmatch(word.strip('„“"')) for word in (*words, *pairs))
