"""The name under which an unlisted office, body or unnamed person is shown: its base form.

A sentence has a source in the case that its grammar wants ("у посольстві Норвегії", "dem russischen
Ministerium"); a list of positions has it in the nominative. A closed table of head nouns tells case
and gender in Ukrainian and Russian, the article in German (`lexicon/base_forms.toml`); what is not
sure stays as it is. For the full names of persons see `rag.nominatives`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from rag import inflection, lexicon
from rag.inflection import Word

WORD = re.compile(r"[^\s«»„“”\"(),]+")
QUOTES = (("«", "»"), ("„", "“"))
RUSSIAN = "ыэёъ"
LETTERS = re.compile(f"[{RUSSIAN}іїєґ]", re.IGNORECASE)  # that only one of the two languages has
MASCULINE, NEUTER = "er", "es"  # endings of a German adjective without an article
BY_NOUN = "mn"  # one of them, by the noun
ENOUGH = 500  # characters that tell the language of a text
LEAST = 5  # letters of an adjective


class Head(NamedTuple):
    """A noun at the head of a name, in the nominative, and what adjectives agree with."""

    noun: str
    gender: str


def of(name: str, mention: str, context: str = "") -> str:
    """The name in the nominative, with its quotation marks in pairs.

    `mention` is the noun phrase of the sentence, with its article. Whether a name is Ukrainian or
    Russian is told by its letters, or else by those of `context`.
    """
    if inflection.cyrillic(name):
        text = name if LETTERS.search(name) else context[:ENOUGH]
        letters = [match.group().lower() for match in LETTERS.finditer(text)]
        russian = sum(letter in RUSSIAN for letter in letters)
        found = _slavic(name, "ru" if 2 * russian >= len(letters) else "uk")
    else:
        found = _german(name, mention)
    for opening, closing in QUOTES:
        if found.count(opening) > found.count(closing):
            found += closing
    return found


def _slavic(name: str, language: str) -> str:
    """The name with its head noun and the adjectives before it in the nominative.

    What follows the noun is an attribute and stays.
    """
    before: list[str] = []
    for match in WORD.finditer(name):
        word = match.group()
        heads = _heads(language).get(word.lower(), ())
        if any(head.noun == word.lower() for head in heads):
            return name
        for head in heads:
            adjectives = [_agreeing(one, head.gender, language) for one in before]
            if None not in adjectives:
                noun = head.noun.capitalize() if word[0].isupper() else head.noun
                return " ".join([*(one for one in adjectives if one), noun]) + name[match.end() :]
        before.append(word)
    return name


@cache
def _heads(language: str) -> dict[str, tuple[Head, ...]]:
    """The nouns of the table by each of their forms."""
    table: dict[str, str] = lexicon.load("base_forms")["heads"][language]
    found: dict[str, tuple[Head, ...]] = {}
    for gender, nouns in table.items():
        for noun in nouns.split():
            for form in {form.lower() for form in inflection.forms(Word(noun, "noun"))}:
                found[form] = (*found.get(form, ()), Head(noun, gender))
    return found


def _agreeing(adjective: str, gender: str, language: str) -> str | None:
    """An adjective in the nominative of a gender; None for what has no ending of one."""
    for ending, base in lexicon.load("base_forms")["adjectives"][language][gender]:
        changed, times = re.subn(rf"{ending}$", base, adjective, flags=re.IGNORECASE)
        if times and len(adjective) >= LEAST:
            return changed
    return None


def _german(name: str, mention: str) -> str:
    """The name as it stands in the nominative without an article: "russisches Ministerium".

    Only its first adjective and the noun behind it change.
    """
    table = lexicon.load("base_forms")["german"]
    words, before = name.split(" "), mention.split(" ", maxsplit=1)[0].lower()
    if words[0].lower() in table["nouns"]["numerals"].split():
        return " ".join([words[0], *_declined(words[1:], "numeral", table)])
    article = before if before != words[0].lower() else ""
    return " ".join(_declined(words, article, table))


def _declined(words: list[str], article: str, table: dict[str, Any]) -> list[str]:
    """The words with the endings that they have behind no article."""
    endings = table["adjectives"].get(article)
    place = next((i for i, word in enumerate(words) if word[:1].isupper()), len(words))
    if endings is None or place == len(words):
        return words
    nouns = table["nouns"]
    is_neuter = re.search(rf"{nouns['neuter']}$", words[place].lower()) is not None
    by_noun = NEUTER if is_neuter else MASCULINE
    made = [_adjective(word, endings, by_noun) for word in words[:place]]
    if made == words[:place] and made:
        return words  # an adjective that says nothing of the case
    noun = words[place]
    if re.fullmatch(nouns["adjectival"], noun.lower()):
        noun = _adjective(noun, endings, by_noun)
    elif article in nouns["genitive"].split():
        noun = re.sub(nouns["of_genitive"], "", noun)
    elif article in nouns["dative"].split():
        noun = re.sub(nouns["of_dative"], r"\1", noun)
    return [*made, noun, *words[place + 1 :]]


def _adjective(word: str, endings: dict[str, str], by_noun: str) -> str:
    """An adjective with the ending that it has behind no article."""
    ending = next((e for e in ("en", "e") if word.endswith(e) and e in endings), None)
    if ending is None:
        return word
    made = endings[ending]
    return word.removesuffix(ending) + (by_noun if made == BY_NOUN else made)
