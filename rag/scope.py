"""What a question asks about that no article mentions: then the articles do not say.

The library is searched for every topic word, also by its translations; names only by what is
spelled like them. A question is out of scope
where half of what it asks about is nowhere, or a state, a person or another name. Of a
near miss every word is met; whether its detail is told is for `relevance` to see.
"""

from __future__ import annotations

from rag import terms
from rag.actors import Actors
from rag.index import Index
from rag.schema import Question, SourceKind
from rag.topics import Group, names_of, spelled_alike

SHARE = 0.5  # of a question's groups of terms, or of their weight: rare words count more
SHORT = 4  # letters
NAMED = (SourceKind.STATE, SourceKind.PERSON)


def is_outside(question: Question, index: Index, actors: Actors) -> bool:
    """Whether no article can answer, since none mentions what the question is about.

    All articles are looked at, also those that its filters or as-of date leave out.
    """
    names = names_of(question)
    groups = [spelled_alike(g) if g[0] in names else _telling(g) for g in question.terms]
    size, known = index.catalog.frequencies([term for group in groups for term in group])
    unmet = [group for group in groups if not any(term in known for term in group)]
    if not unmet:
        return False
    weights = {group: terms.weight(group, size, known) for group in groups}
    if sum(weights[g] for g in unmet) > SHARE * sum(weights[g] for g in groups):
        return True
    share = len(unmet) / len(question.terms)
    named = any(term in known and term[0] in "@~" for group in groups for term in group)
    if share > SHARE or (share == SHARE and not named):
        return True
    leading = {group[0] for group in unmet}
    kinds = {f"@{terms.slug(name)}": _kind(name, actors) for name in question.actors}
    return any(kinds.get(term) in NAMED or term in names for term in leading)


def _telling(group: Group) -> Group:
    """The terms that meet a word: itself, and its translations but for the shortest, mere noise."""
    return tuple(term for term in group if term == group[0] or len(term) >= SHORT)


def _kind(name: str, actors: Actors) -> SourceKind | None:
    found = actors.get(name)
    return found.kind if found else None
