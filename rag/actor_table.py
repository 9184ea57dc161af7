"""The table of actors, read from `actors.toml`: who they are, and every name they go by."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from rag import inflection, lexicon
from rag.gazetteer import Gazetteer
from rag.inflection import WORD, Word
from rag.schema import LANGUAGES, Side, SourceKind

FILE = Path(__file__).with_name("actors.toml")

# Sides whose people have names in Cyrillic of their own.
_ROMANISED = frozenset({Side.UKRAINE, Side.RUSSIA})

# strong: means the actor wherever it stands; weak: others are called so too; capital: the city
# that stands for its state; adjective, body: together an office ("russisches" + "Außenamt");
# side: an adjective of no single state ("European"); other: nobody here.
Use = Literal["strong", "weak", "capital", "adjective", "body", "side", "other"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who speaks: a person, an organisation or a state. Dates are ISO 8601."""

    name: str
    kind: SourceKind
    side: Side
    labels: Mapping[str, str] = field(compare=False, repr=False)
    plural: frozenset[str] = frozenset()
    gender: str | None = None
    member_of: str | None = None
    role: str | None = None
    since: str | None = None
    until: str | None = None
    bloc: str | None = None
    reason: str | None = None
    agency: bool = False


class Name(NamedTuple):
    """What a name in the gazetteer stands for: an actor, a state, an office or a side."""

    key: str
    use: Use


class Blocs(NamedTuple):
    """Who stands with whom: an editorial judgement, with its date and reason."""

    of_side: Mapping[Side, str]
    war_parties: frozenset[Side]
    date: str
    reason: str


class Table(NamedTuple):
    """All there is in the file; `offices` gives the actor of a state's name and an office."""

    actors: Mapping[str, Actor]
    offices: Mapping[tuple[str, str], str]
    names: Gazetteer[Name]
    blocs: Blocs


@cache
def load() -> Table:
    """The table, read once. A fault in it is a mistake of ours and raises at the first load."""
    content = tomllib.loads(FILE.read_text(encoding="utf-8"))
    rows: list[dict[str, Any]] = content["actor"]
    actors = {row["name"]: _actor(row) for row in rows}
    offices = {(row["state"], row["body"]): row["name"] for row in rows if "body" in row}
    for row in rows:
        if row["kind"] == SourceKind.STATE:
            for body, office in _offices(row):
                owner = offices.setdefault((row["name"], body), office.name)
                if owner == office.name:
                    actors.setdefault(owner, office)
            offices[row["name"], "state"] = row["name"]
    names: Gazetteer[Name] = Gazetteer()
    for row in rows:
        _add_names(names, row)
    _add_offices(names)
    for other in content["others"]["names"]:
        for gender in (None, "m"):  # as an institution and as a person: endings differ
            for words in inflection.parse(other, gender):
                names.add(words, Name(other, "other"))
    return Table(actors, offices, names, _blocs(content["blocs"]))


def _actor(row: Mapping[str, Any]) -> Actor:
    return Actor(
        name=row["name"],
        kind=SourceKind(row["kind"]),
        side=Side(row["side"]),
        labels=row["labels"],
        plural=frozenset(row.get("plural", ())),
        agency=row.get("agency", False),
        **{
            key: row.get(key)
            for key in ("gender", "member_of", "role", "since", "until", "bloc", "reason")
        },
    )


def _blocs(table: Mapping[str, Any]) -> Blocs:
    of_side = {
        Side(side): bloc
        for bloc in ("ukraine_and_supporters", "russia_and_supporters", "third_party")
        for side in table[bloc]
    }
    parties = frozenset(Side(side) for side in table["war_parties"])
    return Blocs(of_side, parties, table["date"], table["reason"])


@cache
def _bodies(language: str) -> dict[str, dict[str, Any]]:
    """The offices of a state that a language has words for; `of` and `in` are no offices."""
    table = lexicon.load("sources", language)["bodies"]
    return {body: entry for body, entry in table.items() if isinstance(entry, dict)}


def _offices(state: Mapping[str, Any]) -> Iterator[tuple[str, Actor]]:
    """The offices that every state has, as actors named after its first adjective."""
    tables = {language: _bodies(language) for language in LANGUAGES}
    adjectives = {lang: state["adjectives"][lang][0].rstrip("~") for lang in LANGUAGES}
    for body, entry in tables["en"].items():
        if "name" not in entry:
            continue
        labels = {
            lang: tables[lang][body]["label"].format(adjective=adjectives[lang])
            for lang in LANGUAGES
        }
        plural = [lang for lang in LANGUAGES if tables[lang][body].get("plural")]
        yield (
            body,
            Actor(
                name=entry["name"].format(adjective=adjectives["en"]),
                kind=SourceKind.ORGANISATION,
                side=Side(state["side"]),
                labels=labels,
                plural=frozenset(plural),
                member_of=state["name"],
            ),
        )


def _add_names(names: Gazetteer[Name], row: Mapping[str, Any]) -> None:
    """Lists every name of one row under what it stands for."""
    gender = row.get("gender")
    uses: list[tuple[str, Use]] = [(alias, "strong") for alias in row.get("aliases", ())]
    uses += [(alias, "weak") for alias in row.get("weak", ())]
    uses += [(alias, "capital") for alias in row.get("capital", ())]
    for adjectives in row.get("adjectives", {}).values():
        uses += [(adjective, "adjective") for adjective in adjectives]
    for alias, use in uses:
        for words in inflection.parse(alias, gender):
            names.add(words, Name(row["name"], use))
    for label in dict.fromkeys((row["name"], *row["labels"].values())):
        plain = _without_article(label)
        weak = plain in row.get("weak", ())
        words = inflection.plain(plain, gender)
        names.add(words, Name(row["name"], "weak" if weak else "strong"))
        surname = row.get("surname", "strong")
        if gender and surname != "none":
            last = len(WORD.findall(plain.split()[-1]))  # two of a double surname
            names.add(words[-last:], Name(row["name"], surname))
    if row["kind"] == SourceKind.PERSON and row["side"] in _ROMANISED:
        _add_spellings(names, row)


def _without_article(label: str) -> str:
    """A label as a name; `noun_phrase.strip_articles` would read all its tables for that."""
    first, _, rest = label.partition(" ")
    return (rest if rest and _articles().fullmatch(first) else label).strip("«»")


@cache
def _articles() -> re.Pattern[str]:
    tables = [lexicon.load("sources", language) for language in LANGUAGES]
    words = [word for table in tables for word in (*table["articles"], *table["indefinite"])]
    return re.compile("|".join(words), re.IGNORECASE)


def _add_spellings(names: Gazetteer[Name], row: Mapping[str, Any]) -> None:
    """Lists how other media write a Ukrainian or Russian name; a rare surname stands alone."""
    surname = row.get("surname", "strong")
    for language in ("uk", "ru"):
        for spelling in inflection.romanised(row["labels"][language], language):
            words = tuple(Word(word, row["gender"]) for word in WORD.findall(spelling))
            if surname != "strong":
                names.add(words, Name(row["name"], "strong"))
            if surname != "none":
                last = len(WORD.findall(spelling.split()[-1]))  # two of a double surname
                names.add(words[-last:], Name(row["name"], surname))


def _add_offices(names: Gazetteer[Name]) -> None:
    for language in LANGUAGES:
        for body, entry in _bodies(language).items():
            for written in entry["words"]:
                for words in inflection.parse(written):
                    names.add(words, Name(body, "body"))
        for side, adjectives in lexicon.load("sources", language)["adjectives"].items():
            for adjective in adjectives:
                for words in inflection.parse(adjective):
                    names.add(words, Name(side, "side"))
