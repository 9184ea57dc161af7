"""What a question asks about that no article mentions: then the articles do not say.

The library is searched for every topic word, also by its translations. A question is out of scope
where half of what it asks about is nowhere, or a state, a person or a place that it names. Of a
near miss every word is met; whether its detail is told is for `relevance` to see.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from rag import lexicon, tagging, terms, text
from rag.actors import Actors
from rag.index import Index
from rag.schema import Question, SourceKind

SHARE = 0.5  # of a question's groups of terms
NAMED = (SourceKind.STATE, SourceKind.PERSON)


def is_outside(question: Question, index: Index, actors: Actors) -> bool:
    """Whether no article can answer, since none mentions what the question is about."""
    _, known = index.catalog.frequencies([t for group in question.terms for t in group])
    unmet = [group for group in question.terms if not any(term in known for term in group)]
    if not unmet:
        return False
    if len(unmet) >= SHARE * len(question.terms):
        return True
    leading = {group[0] for group in unmet}
    kinds = {f"@{terms.slug(name)}": _kind(name, actors) for name in question.actors}
    return any(kinds.get(term) in NAMED for term in leading) or _names_place(question, leading)


def _kind(name: str, actors: Actors) -> SourceKind | None:
    found = actors.get(name)
    return found.kind if found else None


def _names_place(question: Question, stems: Collection[str]) -> bool:
    """Whether one of these stems is a name behind a preposition of place.

    German writes all nouns with a capital; there the tagger says what is a name.
    """
    language = question.language
    behind = re.compile(
        rf"\b(?:{'|'.join(lexicon.load('scope')['prepositions'][language].split())})\s+$", re.I
    )
    for match in text.WORD.finditer(question.text):
        word = match.group()
        stem = text.stem(word.lower().replace("’", "'"), language)
        if stem not in stems or not word[0].isupper():
            continue
        if behind.search(question.text[: match.start()]) and _is_name(question, match.start()):
            return True
    return False


def _is_name(question: Question, start: int) -> bool:
    if question.language != "de":
        return True
    tokens = tagging.tagger("de").tag(question.text)
    return any(token.start == start and token.tag is tagging.Tag.NAME for token in tokens)
