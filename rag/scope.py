"""What a question asks about that no article mentions: then the articles do not say.

The library is searched for every topic word, also by its translations; names only by what is
spelled like them. A question is out of scope where half of what it asks about is nowhere, or a
state, a person or another name. Of a near miss every word is met; whether its detail is told is
for `telling` to see.

What only frames a question ("estimate", "exactly") is not what it is about. A word that no table
of concepts has counts less where it is missing: the articles may have it in other words.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from rag import concepts, detail, expansion, terms, units
from rag.actors import Actors
from rag.index import Index
from rag.schema import LANGUAGES, Question, SourceKind
from rag.topics import MARKED, Group, names_of, spelled_alike

SHARE = 0.5  # of a question's groups of terms, or of their weight: rare words count more
LEAST = 50  # passages from which on the rarity of words says something
UNKNOWN = 0.5  # what a missing word counts of which no synonym is known
SHORT = 4  # letters
NAMED = (SourceKind.STATE, SourceKind.PERSON)


def is_outside(question: Question, index: Index, actors: Actors) -> bool:
    """Whether no article can answer, since none mentions what the question is about.

    All articles are looked at, also those that its filters or as-of date leave out.
    """
    names = names_of(question)
    meant = expansion.meant(question, expansion.topic_words(question))
    every = [_spelled(g) if g[0] in names else _telling(g, meant) for g in question.terms]
    size, known = index.catalog.frequencies([term for group in every for term in group])
    met = {group for group in every if any(term in known for term in group)}
    # A frame that is nowhere says nothing of the matter.
    groups = [g for g in every if g in met or g[0] in names or not _is_frame(g, meant)]
    spoken = _spoken(question, actors)
    groups = [g for g in groups if g in met or g[0] not in spoken]
    unmet = [group for group in groups if group not in met]
    if not unmet:
        return False
    sure = {g: 1.0 if _is_sure(g, names, meant) else UNKNOWN for g in unmet}
    counts = {group: sure.get(group, 1.0) for group in groups}
    weights = {group: counts[group] * terms.weight(group, size, known) for group in groups}
    rare = sum(weights[g] for g in unmet) > SHARE * sum(weights[g] for g in groups)
    if rare and size >= LEAST:
        return True
    share = sum(counts[g] for g in unmet) / sum(counts[g] for g in groups)
    named = any(term in known and term[0] in "@~" for group in groups for term in group)
    if share > SHARE or (share == SHARE and not named):
        return True
    leading = {group[0] for group in unmet}
    described = _is_described(question, actors, known)
    kinds = {f"@{terms.slug(name)}": _kind(name, actors) for name in question.actors}
    return any(
        term in names or (kinds.get(term) in NAMED and not (described and _is_state(kinds, term)))
        for term in leading
    )


def _spoken(question: Question, actors: Actors) -> frozenset[str]:
    """The terms of the organisations that are asked to have spoken: their claims tell of them."""
    kinds = {name: _kind(name, actors) for name in question.speakers}
    return frozenset(
        f"@{terms.slug(name)}" for name, kind in kinds.items() if kind is SourceKind.ORGANISATION
    )


def _spelled(name: Group) -> Group:
    """The terms spelled like a name, also those that only go on ("Jona", "Jonas")."""
    longer = (term for term in name if len(name[0]) >= SHORT and term.startswith(name[0]))
    return tuple(dict.fromkeys((*spelled_alike(name), *longer)))


def _telling(group: Group, meant: Mapping[str, frozenset[str]]) -> Group:
    """The terms that meet a word: itself, and its translations but for the shortest, mere noise.

    A short one of the word's own concept is none ("Meer", "sea"). A unit that stands for several
    ("money") is met by any of them.
    """
    own = meant.get(group[0], frozenset[str]())
    short = {t for key in own for lang in LANGUAGES for t in concepts.stems(key, lang)}
    kept = [term for term in group if term == group[0] or len(term) >= SHORT or term in short]
    several = [units.GROUPS.get(term[1:], ()) for term in group if term.startswith("#")]
    return (*kept, *(f"#{unit}" for some in several for unit in sorted(some)))


def _is_frame(group: Group, meant: Mapping[str, frozenset[str]]) -> bool:
    """Whether a group says what kind of answer is wanted: a light word, the unit of a figure.

    A unit's noun has a group of its own.
    """
    own = meant.get(group[0], frozenset[str]())
    return group[0].startswith("#") or not own.isdisjoint(detail.concepts_of("light"))


def _is_sure(group: Group, names: Collection[str], meant: Mapping[str, frozenset[str]]) -> bool:
    """Whether articles that do not have a group do not have its matter: a name, a known concept."""
    return group[0] in names or group[0] in meant or group[0].startswith(MARKED)


def _is_described(question: Question, actors: Actors, known: Mapping[str, int]) -> bool:
    """Whether an organisation of no state is named that the articles have.

    A state beside it may but describe it: "the British institute RUSI".
    """
    return any(
        _kind(name, actors) is SourceKind.ORGANISATION
        and len(actors.chain(name)) == 1
        and f"@{terms.slug(name)}" in known
        for name in question.actors
    )


def _is_state(kinds: Mapping[str, SourceKind | None], term: str) -> bool:
    return kinds.get(term) is SourceKind.STATE


def _kind(name: str, actors: Actors) -> SourceKind | None:
    found = actors.get(name)
    return found.kind if found else None
