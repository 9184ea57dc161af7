"""Names in a case and verbs that agree with them, for the few places where a name is exchanged.

Endings are data (`lexicon/conversation.<language>.toml`): German changes the article of a label,
Ukrainian and Russian the ending of each word; a past tense agrees in gender and number.
"""

from __future__ import annotations

import re
from typing import Any

from rag import lexicon
from rag.actor_table import Actor

GENDERS = ("m", "f", "n", "p")
_ARTICLES = {
    "dative": {"die": "der", "der": "dem", "das": "dem"},
    "accusative": {"die": "die", "der": "den", "das": "das"},
}
_CASE_OF = {
    "dative": re.compile("in|im|aus|von|vom|bei|mit|zu|zur|zum|laut|nach|an|am|unter"),
    "accusative": re.compile("für|gegen|über|um|durch"),
}
_PAST = re.compile(r"(?P<stem>\w{2,}?)(?P<ending>в|л|ла|ло|ли)(?P<reflexive>ся|сь)?")


def behind(name: str, preposition: str, language: str, *, plural: bool = False) -> str:
    """A label in the case that a preposition governs; as it is where no rule holds."""
    preposition = preposition.lower()
    if language == "de":
        case = next((c for c, words in _CASE_OF.items() if words.fullmatch(preposition)), "")
        article, _, rest = name.partition(" ")
        if plural and case == "dative" and article == "die":
            return f"den {rest}"
        return f"{_ARTICLES[case][article]} {rest}" if article in _ARTICLES.get(case, {}) else name
    table = lexicon.load("conversation", language)
    for prepositions, case in table.get("cases", {}).items():
        if preposition in prepositions.split():
            return _declined(name, table[case])
    return name


def _declined(name: str, endings: dict[str, str]) -> str:
    """Every word of a name with the longest ending that fits; capitals and foreign names stay."""
    words = name.split(" ")
    made = []
    for i, word in enumerate(words):
        spaced = word if i == len(words) - 1 else word + " "
        keys = (spaced[-n:] for n in range(min(4, len(spaced)), 0, -1))
        ending = next((key for key in keys if key in endings), "")
        unchanged = word.isupper() or (not ending and word[-1] in "еєиіїоуюэы")
        if unchanged or (spaced.endswith(" ") and not ending.endswith(" ")):
            made.append(word)
        else:
            made.append((spaced[: len(spaced) - len(ending)] + endings[ending]).strip())
    return " ".join(made)


def gender(actor: Actor, language: str, called: str) -> str:
    """The gender in which a verb agrees with an actor so called: m, f, n, or p for the plural."""
    if actor.gender:
        return actor.gender
    # "Washington" is singular where "die USA" are not.
    other = " " not in called and called not in actor.labels.get(language, "").split(" ")
    if language in actor.plural and not (other and called.capitalize() == called):
        return "p"
    table = lexicon.load("conversation", language)["agreement"]
    first = called.split(" ", maxsplit=1)[0]
    for value, names in table.get("genders", {}).items():
        if first in names.split():
            return str(value)
    ending = first[-1:]
    if ending in "ая":
        return "f"
    return "n" if ending in "оеє" else "p" if ending in "иіїы" else "m"


def agreeing(verb: str, old: str, new: str, language: str) -> str | None:
    """A finite verb that agreed with one gender, with another; None where it cannot be told."""
    table: dict[str, Any] = lexicon.load("conversation", language)["agreement"]
    if old == new:
        return verb
    for one, many in table["adjacent"]:
        if verb.lower() in (one, many):
            made = many if new == "p" else one
            return made.capitalize() if verb[0].isupper() else str(made)
    endings = table.get("past")
    if endings is None:
        return verb if (old == "p") == (new == "p") else None
    match = _PAST.fullmatch(verb)
    if match is None or match["ending"] != endings[GENDERS.index(old)]:
        return verb if match is None and (old == "p") == (new == "p") else None
    return match["stem"] + str(endings[GENDERS.index(new)]) + (match["reflexive"] or "")
