"""Numbers that count nothing: dates, clock times, ordinals, designations, ages, scores, labels."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from rag import date_patterns, lexicon, tokens, wordlists
from rag.numerals import Numeral
from rag.readings import Reading
from rag.tokens import Phrases

_SIGNS_BEFORE = frozenset("#№§@_/+:*=^")
_NUMBER_SIGNS = frozenset("#№§")
_TIME = re.compile("[0-9]{1,2}[.:][0-9]{2}")
_SEPARATORS = frozenset("./:,")
_MAX_LABEL_DIGITS = 4
_YEAR = re.compile("(?:19|20)[0-9]{2}")


def uncounted(reading: Reading) -> list[bool]:
    """For each number of a reading, whether it counts nothing."""
    if not reading.numerals:
        return []
    stretches = [
        (d.start, d.end)
        for d in date_patterns.find(reading.text, reading.language, digits_only=True)
    ]
    found: list[bool] = []
    k = 0
    for index, numeral in enumerate(reading.numerals):
        while k < len(stretches) and stretches[k][1] <= numeral.start:
            k += 1
        dated = k < len(stretches) and stretches[k][0] < numeral.end
        found.append(
            dated
            or _part_of_name(reading, numeral)
            or _clock(reading, numeral)
            or _ordinal(reading, numeral)
            or _age(reading, numeral)
            or _calibre(reading, numeral)
            or _labelled(reading, index, found)
        )
    return found


def is_year(reading: Reading, numeral: Numeral) -> bool:
    """Whether a number looks like a year: four digits without a separator, 1900 to 2099."""
    token = reading.row[numeral.first]
    return numeral.first == numeral.last and _YEAR.fullmatch(token.word) is not None


def is_short(reading: Reading, numeral: Numeral) -> bool:
    """Whether a number may be a label: up to four digits without separator or multiplier."""
    word = reading.row[numeral.first].word
    return numeral.first == numeral.last and word.isdigit() and len(word) <= _MAX_LABEL_DIGITS


@cache
def _phrases(language: str, key: str) -> Phrases:
    table: dict[str, Any] = lexicon.load("quantities", language)["labels"]
    return tokens.phrases((phrase, True) for phrase in table[key] if "*" not in phrase)


@cache
def _endings(language: str, key: str) -> dict[str, list[tuple[str, ...]]]:
    """Phrases by their last word, to be read leftwards."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for entries in _phrases(language, key).values():
        for words, _ in entries:
            found.setdefault(words[-1], []).append(words)
    return found


@cache
def _sentence_starts(language: str) -> frozenset[str]:
    return frozenset(lexicon.load("quantities", language)["labels"]["sentence_starts"].split())


@cache
def _verb_after(language: str) -> frozenset[str]:
    return frozenset(lexicon.load("quantities", language)["labels"]["verb_after"].split())


def _part_of_name(reading: Reading, numeral: Numeral) -> bool:
    """F-16, M142, +49 30 1234, 2:1, 1.2.3, #300, 3rd: signs or letters grown onto the number."""
    row, first, last = reading.row, numeral.first, numeral.last
    if reading.word(first - 1) in _NUMBER_SIGNS:
        return True
    if tokens.glued(row, first):
        before = row[first - 1]
        if before.kind == "word" or before.word in _SIGNS_BEFORE:
            return True
        if before.word in "-–." and tokens.glued(row, first - 1):
            # A range ("10-12", "zehn-zwölf") goes on from a number; a name ("T-72") from letters.
            return before.word == "." or first - 2 not in reading.counted
    if not tokens.glued(row, last + 1):
        return False
    after = row[last + 1]
    if after.kind == "word":
        return wordlists.of(reading.language, "units").at(reading.folded, after) is None
    return (
        after.word in _SEPARATORS and tokens.glued(row, last + 2) and row[last + 2].kind == "number"
    )


def _clock(reading: Reading, numeral: Numeral) -> bool:
    language, after = reading.language, numeral.last + 1
    if tokens.phrase_at(reading.row, after, _phrases(language, "clock_after")):
        return True
    before = reading.word(numeral.first - 1)
    small = numeral.low == numeral.high <= 24
    if small and before in _phrases(language, "clock_before"):
        return True
    # "at 5.30": nothing that it could count follows.
    timed = _TIME.fullmatch(reading.row[numeral.first].word) and numeral.first == numeral.last
    if not (timed and small and before in _phrases(language, "time_before")):
        return False
    following = reading.row[after] if after < len(reading.row) else None
    units = wordlists.of(language, "units")
    return following is None or units.at(reading.folded, following) is None


def _calibre(reading: Reading, numeral: Numeral) -> bool:
    """Such as "152-Millimeter-Granaten", "35mm guns"; its tokens stand like an adjective."""
    last = numeral.last + 1
    if reading.word(last) == "-":
        last += 1
    if last >= len(reading.row) or reading.row[last].kind != "word":
        return False
    hit = wordlists.of(reading.language, "units").at(reading.folded, reading.row[last])
    hit = hit or wordlists.of(reading.language, "suffixes").at(reading.folded, reading.row[last])
    if hit is None or hit[0] != "millimetres":
        return False
    if reading.word(last + 1) == "-":
        last += 1
    reading.skipped.update(range(numeral.first, last + 1))
    return True


def _ordinal(reading: Reading, numeral: Numeral) -> bool:
    """Whether it is "810. Brigade" or a "1. " that opens a line, and no end of a sentence."""
    row, after = reading.row, numeral.last + 1
    if reading.word(after) not in (".", ")") or not is_short(reading, numeral):
        return False
    if not tokens.glued(row, after) or after + 1 >= len(row):
        return False
    line_start = (
        numeral.first == 0 or "\n" in reading.text[row[numeral.first - 1].end : numeral.start]
    )
    if line_start and numeral.high < 100:
        return True
    following = row[after + 1]
    table = lexicon.load("quantities", reading.language)
    if not table["ordinal_stop"] or reading.word(after) != "." or following.kind != "word":
        return False
    return "\n" not in reading.text[row[after].end : following.start] and (
        following.word not in _sentence_starts(reading.language)
    )


def _age(reading: Reading, numeral: Numeral) -> bool:
    """Such as "24 years old", "im Alter von 24", "Ivan Petrenko, 24, said", "Anna Müller (45)"."""
    row, language = reading.row, reading.language
    if tokens.phrase_at(row, numeral.last + 1, _phrases(language, "age_after")):
        return True
    before = reading.word(numeral.first - 1)
    whose = wordlists.single(language, "labels", "age_of")
    at = numeral.first - (2 if before in _phrases(language, "age_link") else 1)
    named = at >= 0 and row[at].kind == "word" and whose.word(row[at].word)
    if named and numeral.high <= 110 and _ends_phrase(reading, numeral):
        return True
    for words in _endings(language, "age_before").get(before, ()):
        low = numeral.first - len(words)
        if low >= 0 and tuple(reading.word(low + k) for k in range(len(words))) == words:
            return True
    after = numeral.last + 1
    units = wordlists.of(language, "units")
    if after < len(row) and (hit := units.at(reading.folded, row[after])) and hit[0] == "years":
        # "Олександр Т., 24 роки, вижив"
        closed = reading.word(after + 1) in ("", ",", ".", ")")
        return before in (",", "(") and closed and numeral.high <= 110
    pair = before + reading.word(after)
    return (
        pair in (",,", "()", ",.")
        and is_short(reading, numeral)
        and numeral.high <= 110
        and reading.capital(numeral.first - 2)
        and row[numeral.first - 2].kind == "word"
    )


def _ends_phrase(reading: Reading, numeral: Numeral) -> bool:
    """Whether a number, with "years" behind it, ends its phrase: "йому 26.", "ему 20 лет,"."""
    row, i = reading.row, numeral.last + 1
    if i < len(row) and row[i].kind == "word":
        hit = wordlists.of(reading.language, "units").at(reading.folded, row[i])
        return hit is not None and hit[0] == "years"
    return True


def _labelled(reading: Reading, index: int, earlier: list[bool]) -> bool:
    """Whether a word that numbers stands before: "Artikel 4", "Articles 4 and 22", "статті 4"."""
    numeral = reading.numerals[index]
    word = reading.row[numeral.first].word
    if numeral.first != numeral.last or not word.isdigit():
        return False
    after, units = numeral.last + 1, wordlists.of(reading.language, "units")
    if after < len(reading.row) and units.at(reading.folded, reading.row[after]):
        return False  # "hold a line 12 km from Sudzha"
    labels = wordlists.single(reading.language, "labels", "before")
    at = numeral.first - 1
    if reading.word(at) == ".":
        at -= 1
    if at >= 0 and reading.row[at].kind == "word" and labels.word(reading.word(at)):
        return reading.word(at - 1) not in _verb_after(reading.language)
    if not index or not earlier[-1] or reading.numerals[index - 1].last != numeral.first - 2:
        return False
    joined = reading.word(numeral.first - 1) in reading.grammar.conjunctions | {","}
    head = reading.numerals[index - 1].first - 1
    return joined and labels.word(reading.word(head)) is not None
