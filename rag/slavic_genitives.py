"""What tells in Ukrainian and Russian whether a word goes on as the genitive of the one before."""

from __future__ import annotations

from rag import noun_phrase
from rag.drafts import Line
from rag.tagging import Tag

_GENITIVE = ("го", "х", "ої", "єї", "ой", "ей")
_COUNTRIES = ("ії", "їни", "ии", "ины")  # genitives of "Росія", "Україна", "Россия", "Украина"


def is_genitive(line: Line, place: int) -> bool:
    """Whether an adjective or a pronoun is a genitive by its ending."""
    return line.tokens[place].lower.endswith(_GENITIVE)


def is_country(line: Line, place: int) -> bool:
    """Whether a name is the genitive of a country or a short name, behind which none stands."""
    token = line.tokens[place]
    short = len(token.text) > 1 and token.text.isupper()
    country = token.tag is Tag.NAME and token.lower.endswith(_COUNTRIES)
    return (short or country) and not _is_body(token.text)


def is_title_case(word: str) -> bool:
    """Whether a name is a proper one, behind which no genitive stands: no "МИД", "Генштаб"."""
    return len(word) > 1 and word[0].isupper() and word[1:].islower() and not _is_body(word)


def _is_body(word: str) -> bool:
    return any(noun_phrase.is_a(kind, word) for kind in ("organisations", "offices", "roles"))


def follows_genitive(line: Line, place: int) -> bool:
    """Whether a noun stands behind an adjective that only a masculine genitive can be."""
    endings = tuple(line.words.words["genitive_adjectives"])
    return line.tokens[place].tag is Tag.NOUN and line.tokens[place - 1].lower.endswith(endings)


def is_ruled(line: Line, place: int) -> bool:
    """As in "командующий войсками", "управляющий делами"."""
    words = line.words.words
    instrumental = line.tokens[place].lower.endswith(tuple(words["instrumental"]))
    return instrumental and line.tokens[place - 1].lower.startswith(tuple(words["ruling"]))
