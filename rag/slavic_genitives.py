"""What tells in Ukrainian and Russian whether a word goes on as the genitive of the one before."""

from __future__ import annotations

from rag import noun_phrase, slavic_forms, slavic_tagging
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


def closes_name(line: Line, place: int) -> bool:
    """As in "держсекретар Ентоні Блінкен чуток": behind a full name in the nominative."""
    if place < 2 or any(line.tokens[k].tag is not Tag.NAME for k in (place - 2, place - 1)):
        return False
    full = all(is_title_case(line.tokens[k].text) for k in (place - 2, place - 1))
    return full and bool(_cases(line, place - 1) & slavic_forms.NOMINATIVE)


def bearer(line: Line, place: int, limit: int) -> bool:
    """Whether a full name in the nominative stands at a place: who has the post before it."""
    if place + 1 >= limit or any(line.tokens[k].tag is not Tag.NAME for k in (place, place + 1)):
        return False
    given = slavic_forms.is_given(line.tokens[place].lower)
    named = _cases(line, place) & _cases(line, place + 1) & slavic_forms.NOMINATIVE
    return bool(named) and (given or is_title_case(line.tokens[place + 1].text))


def _cases(line: Line, place: int) -> frozenset[str]:
    return slavic_tagging.cases(line.tokens[place], line.language)


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


def end_of_title(line: Line, place: int, limit: int) -> int:
    """The token after a name in quotation marks that opens here: "проект «Хочу найти»"."""
    start = line.tokens[place].start
    for quote in line.fragments:
        if quote.start < start <= quote.start + 2 and line.tokens[place].text[0].isupper():
            inner = (k for k in range(place, limit) if line.tokens[k].start >= quote.end)
            return next(inner, limit)
    return place


def is_apart(line: Line, first: int, head: int) -> bool:
    """Whether a time stands alone: "1962 года", "того дня Захарова", "рік тому ООН"."""
    behind = line.tokens[head + 1].tag if head + 1 < len(line.tokens) else Tag.PUNCT
    return line.tokens[first].tag is Tag.NUM or behind in (Tag.NAME, Tag.PRON)
