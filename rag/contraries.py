"""Which concepts turn, oppose, tell of or are needed for others, from `lexicon/contraries.toml`."""

from __future__ import annotations

from functools import cache

from rag import lexicon


@cache
def keys_of(section: str, name: str) -> frozenset[str]:
    """A list of concepts of `contraries.toml`."""
    return frozenset(lexicon.load("contraries")[section][name].split())


@cache
def turning() -> frozenset[str]:
    """The concepts that deny what they govern."""
    return frozenset().union(
        *(keys_of("turning", k) for k in lexicon.load("contraries")["turning"])
    )


@cache
def opposites() -> dict[str, frozenset[str]]:
    """Per concept those that cannot be true of the same thing."""
    made: dict[str, set[str]] = {}
    for one, other in lexicon.load("contraries")["pairs"]["opposites"]:
        made.setdefault(one, set()).add(other)
        made.setdefault(other, set()).add(one)
    return {key: frozenset(found) for key, found in made.items()}


@cache
def kin() -> dict[str, frozenset[str]]:
    """Per concept those that tell of the same event."""
    made: dict[str, frozenset[str]] = {}
    for group in lexicon.load("contraries")["kin"]["groups"]:
        for key in group.split():
            made[key] = made.get(key, frozenset()) | frozenset(group.split())
    return made


@cache
def _table(name: str) -> dict[str, frozenset[str]]:
    made: dict[str, frozenset[str]] = {}
    for keys, found in lexicon.load("contraries")[name]["by"]:
        for key in keys.split():
            made[key] = made.get(key, frozenset()) | frozenset(found.split())
    return made


def narrower() -> dict[str, frozenset[str]]:
    """Per concept those that tell of it as well: who was hit was attacked."""
    return _table("narrower")


def implied() -> dict[str, frozenset[str]]:
    """Per concept those without which it cannot be: who did not reply has not agreed."""
    return _table("implied")


def of_stance(name: str) -> frozenset[str]:
    """The concepts of the verbs by which a question has somebody take a stance; often none."""
    words: str = lexicon.load("contraries")["stances"].get(name, "")
    return frozenset(words.split())
