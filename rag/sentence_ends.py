"""Whether a mark ends a sentence: abbreviations, initials, ordinals, what follows a quotation.

The words stand in `lexicon/segmentation.<language>.toml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from rag import lexicon
from rag.schema import LANGUAGES

_PARENTHESIS_LIMIT = 250
_OPENING_WORDS = 5  # the longest date that opens a sentence: "24 лютого 2022 р."
_UPPER = "A-ZÄÖÜА-ЯІЇЄҐЁ"

_LAST_WORD = re.compile(r"(?:\w+\.-)?[\w.]+$")
# Short forms written apart: "z. B", "т. д", "h. c".
_CHAIN = re.compile(r"(?<!\w)(?:[^\W\d_]{1,2}\.\s?){1,3}[^\W\d_]{1,2}$")
_NEXT_WORD = re.compile(r"[\s\"„“”«»‘‚›(\[–—-]*([\w'’-]+)(\.?)")
# A small letter goes on, unless it opens a name: "iPhone", "eBay".
_CONTINUES = re.compile(rf"[\s–—-]*(?![a-z]{{1,2}}[{_UPPER}])[a-zäöüßа-яіїєґё,;)]")
_INITIAL = re.compile(rf"(?:[{_UPPER}]|Ch|Th|Sch|Ju|Yu|Ya|Дж)$")
_ROMAN = re.compile(r"[IVX]{1,5}$")
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Rules:
    """The words of one language that decide about a full stop."""

    abbreviations: frozenset[str]
    before_number: frozenset[str]
    may_end: frozenset[str]
    ends: frozenset[str]
    dates: frozenset[str]
    openers: frozenset[str]
    ordinal_after: frozenset[str]
    ordinal_before: tuple[str, ...]
    starters: frozenset[str]
    frames: frozenset[str]
    named_with_mark: frozenset[str]
    goes_on: re.Pattern[str]
    boilerplate: re.Pattern[str]


@cache
def rules_of(language: str) -> Rules:
    """The rules of a language, those of English where it is none of ours."""
    table = lexicon.load("segmentation", language if language in LANGUAGES else "en")
    names = set(Rules.__dataclass_fields__) - {"ordinal_before", "goes_on", "boilerplate"}
    words = {name: frozenset(table[name].split()) for name in names}
    tables = [lexicon.load("segmentation", other) for other in LANGUAGES]
    lines = "|".join(f"(?:{line})" for other in tables for line in other["boilerplate"])
    return Rules(
        **words,
        ordinal_before=tuple(table["ordinal_before"].split()),
        goes_on=re.compile(rf"\s+(?:{table['goes_on'] or '(?!)'})"),
        boilerplate=re.compile(rf"\W*(?:{lines})\W*$", re.IGNORECASE),
    )


def ends(text: str, begin: int, dot: int, stop: int, end: int, rules: Rules) -> bool:
    """Whether the mark at `dot`, with what closes after it up to `stop`, ends the sentence.

    `begin` is where the sentence starts, `end` where its paragraph ends.
    """
    if stop >= end:
        return True
    if _CONTINUES.match(text, stop, end):
        return False
    if _in_parenthesis(text, begin, stop) or (text[dot] == "…" and text[dot - 1].isspace()):
        return False
    if stop - dot > 1 or text[dot] != ".":
        if text[dot] in "!?" and stop - dot > 1:
            return not continues(text, stop, end, rules)
        return not _is_name_with_mark(text, begin, dot, stop, end, rules)
    word = _LAST_WORD.search(text, max(begin, dot - 30), dot)
    return word is None or not _is_short_form(text, begin, word.start(), dot, end, rules)


def continues(text: str, at: int, end: int, rules: Rules) -> bool:
    """Whether a sentence goes on after a quotation, with a speaker clause or another word."""
    if at >= end:
        return False
    if _CONTINUES.match(text, at, end):
        return True
    words = text[at : min(at + 80, end)].split()[:5]
    if words and words[0].lower() in rules.starters:
        return False  # "„Wann?“ Das fragte niemand."
    for word in words:
        if word.strip(",.:").lower() in rules.frames:
            return True
        if word[-1] in ".!?,:;":
            return False
    return False


def is_ordinal(text: str, begin: int, at: int, dot: int, end: int, rules: Rules) -> bool:
    """Whether digits and a full stop are an ordinal (3. Oktober, die 47. Brigade) or a list number.

    Only a language with the words for it has ordinals with a full stop.
    """
    word = text[at:dot]
    if at == begin:
        return len(word) <= 2
    if not rules.ordinal_after or len(word) > 3 or _starts(text, dot + 1, end, rules):
        return False
    following = _NEXT_WORD.match(text, dot + 1, end)
    next_word = following.group(1).lower() if following else ""
    if any(_fits(next_word, entry) for entry in rules.ordinal_before):
        return True
    before = re.search(r"(\w+)\s*(?:-|–)?\s*$", text[max(begin, at - 25) : at])
    return before is not None and before.group(1).lower() in rules.ordinal_after


def _fits(word: str, entry: str) -> bool:
    return word.endswith(entry[1:]) if entry.startswith("*") else word == entry


def _starts(text: str, at: int, end: int, rules: Rules) -> bool:
    """Whether the word here opens a sentence; "С. Петров" is an initial and does not."""
    following = _NEXT_WORD.match(text, at, end)
    if following is None or (following.group(2) and len(following.group(1)) == 1):
        return False
    return following.group(1).lower() in rules.starters


def _is_short_form(text: str, begin: int, at: int, dot: int, end: int, rules: Rules) -> bool:
    """Whether the full stop belongs to the word before it: abbreviation, initial or ordinal."""
    word, stop = text[at:dot], dot + 1
    if word.isdigit():
        return is_ordinal(text, begin, at, dot, end, rules)
    if rules.goes_on.match(text, stop, end):
        return True
    starts = _starts(text, stop, end, rules)
    chain = _CHAIN.search(text, max(begin, dot - 16), dot)
    kind = _kind(word, chain.group() if chain else "", rules)
    return {
        "ends": False,
        "date": not starts or _opens(text, begin, dot, rules),
        "may_end": not starts,
        "short": True,
        "before_number": text[stop : stop + 2].strip()[:1].isdigit(),
        "initial": not starts or at == begin,
        "word": False,
    }[kind]


def _kind(word: str, chain: str, rules: Rules) -> str:
    """What kind of short form a word is, with the single letters before it."""
    lower = word.lower() if len(word) > 1 else word  # "Д" is an initial, "д" a house
    forms = {lower} | _chained(chain)
    letters = "." in word and all(p.isalpha() and len(p) <= 2 for p in lower.split("."))
    kinds = (
        ("ends", forms & rules.ends),
        ("date", forms & rules.dates),
        ("may_end", forms & rules.may_end or (_ROMAN.match(word) and rules.ordinal_after)),
        ("short", forms & rules.abbreviations or word in rules.abbreviations),
        ("before_number", lower in rules.before_number),
        ("initial", _INITIAL.match(word)),
        ("short", chain.islower() or letters),
    )
    return next((kind for kind, fits in kinds if fits), "word")


def _chained(written: str) -> set[str]:
    """A short form of several letters without its blanks: "a.d" of "Gen. a. D"."""
    letters = re.split(r"\.\s?", written.lower())
    return {".".join(letters[k:]) for k in range(len(letters) - 1)}


def _opens(text: str, begin: int, dot: int, rules: Rules) -> bool:
    """Whether no more than a date stands before the mark: "24 лютого 2022 р. Росія напала"."""
    words = _WORDS.findall(text, begin, dot)
    first = words[0].lower() if words else ""
    return len(words) <= _OPENING_WORDS and (first.isdigit() or first in rules.openers)


def _is_name_with_mark(text: str, begin: int, dot: int, stop: int, end: int, rules: Rules) -> bool:
    word = _LAST_WORD.search(text, max(begin, dot - 30), dot)
    known = word is not None and word.group().lower() in rules.named_with_mark
    return known and not _starts(text, stop, end, rules)


def _in_parenthesis(text: str, begin: int, stop: int) -> bool:
    opened = text.rfind("(", max(begin, stop - _PARENTHESIS_LIMIT), stop)
    return (
        opened >= 0
        and text.find(")", opened, stop) < 0
        and text.find(")", stop, stop + _PARENTHESIS_LIMIT) > 0
    )
