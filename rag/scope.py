"""What a question asks about that no article mentions: then the articles do not say.

The library is searched for every topic word, also by its translations. A question is out of scope
where half of what it asks about is nowhere, or a state, a person or another name. Of a
near miss every word is met; whether its detail is told is for `relevance` to see.
"""

from __future__ import annotations

from collections.abc import Collection

from rag import tagging, terms, text
from rag.actors import Actors
from rag.index import Index
from rag.schema import Question, SourceKind

SHARE = 0.5  # of a question's groups of terms
NAMED = (SourceKind.STATE, SourceKind.PERSON)


def is_outside(question: Question, index: Index, actors: Actors) -> bool:
    """Whether no article can answer, since none mentions what the question is about.

    All articles are looked at, also those that its filters or as-of date leave out.
    """
    _, known = index.catalog.frequencies([t for group in question.terms for t in group])
    unmet = [group for group in question.terms if not any(term in known for term in group)]
    if not unmet:
        return False
    share = len(unmet) / len(question.terms)
    named = any(term in known and term[0] in "@~" for group in question.terms for term in group)
    if share > SHARE or (share == SHARE and not named):
        return True
    leading = {group[0] for group in unmet}
    kinds = {f"@{terms.slug(name)}": _kind(name, actors) for name in question.actors}
    return any(kinds.get(term) in NAMED for term in leading) or _has_name(question, leading)


def _kind(name: str, actors: Actors) -> SourceKind | None:
    found = actors.get(name)
    return found.kind if found else None


def _has_name(question: Question, stems: Collection[str]) -> bool:
    """Whether one of these stems is a name: written with a capital within the sentence.

    German writes all nouns so; there the tagger says what is a name.
    """
    starts = {
        match.start()
        for match in list(text.WORD.finditer(question.text))[1:]
        if match.group()[0].isupper()
        and text.stem(match.group().lower().replace("’", "'"), question.language) in stems
    }
    if not starts or question.language != "de":
        return bool(starts)
    tokens = tagging.tagger("de").tag(question.text)
    return any(token.start in starts and token.tag is tagging.Tag.NAME for token in tokens)
