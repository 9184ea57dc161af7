"""Text as it is kept: normalised once, its language known, its words reduced for lexical search.

The language of a short text is told by letters and function words (lexicon `languages`); longer
or undecided ones by py3langid, which read 3,569 of 3,570 questions of XQuAD right when it had to
choose between our languages.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Any

from rag import lexicon
from rag.schema import LANGUAGES

WORD = re.compile(r"[^\W_]+(?:['’ʼ-][^\W_]+)*")
CYRILLIC = re.compile(r"[Ѐ-ӿ]")
LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_SNOWBALL = {"de": "german", "en": "english", "ru": "russian"}
MOST_MARKS = 30
_MARKS = re.compile(rf"[^\w\s]{{{MOST_MARKS + 1},}}")
_DROPPED = {"Cc", "Cf", "Cs", "Co", "Cn"}


def normalise(raw: str) -> str:
    """NFC, line ends as newline, without control, zero-width and unassigned characters.

    Tabs become blanks and runs of more than two newlines are cut to two; nothing else changes.
    """
    text = unicodedata.normalize("NFC", _MARKS.sub(_fewer_marks, raw))
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    text = text.replace("\u2028", "\n").replace("\u2029", "\n\n").replace("\f", "\n")
    if not text.isascii() or not text.isprintable():
        text = "".join(c for c in text if c == "\n" or unicodedata.category(c) not in _DROPPED)
    text = re.sub(r"(?<![ \u00a0])[ \u00a0]+\n", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def words(text: str) -> list[str]:
    """The words of a text in lower case, apostrophes unified."""
    return [w.lower().replace("’", "'").replace("ʼ", "'") for w in WORD.findall(text)]


def _fewer_marks(run: re.Match[str]) -> str:
    """A run of signs without the combining marks that follow on MOST_MARKS others.

    Normalisation puts marks in order in quadratic time; Unicode's stream-safe format (UAX #15)
    allows so many.
    """
    kept: list[str] = []
    marks = 0
    for sign in run.group():
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if marks <= MOST_MARKS:
            kept.append(sign)
    return "".join(kept)


@cache
def _function_words(language: str) -> frozenset[str]:
    return frozenset(lexicon.load("languages")[language]["words"].split())


def is_function_word(word: str, language: str) -> bool:
    """Whether a lower-case word carries grammar rather than a topic."""
    return word in _function_words(language)


@cache
def _identifier() -> Any:
    from py3langid import langid  # loads its model: only where letters do not decide

    langid.set_languages(None)
    return langid.IDENTIFIER


def language_of(text: str, minimum: int = 4) -> str:
    """Which of our four languages a question is most likely in ("en" where nothing tells)."""
    sample = text[:4000]
    cyrillic = len(CYRILLIC.findall(sample)) > len(LATIN.findall(sample))
    pair = ("uk", "ru") if cyrillic else ("de", "en")
    table = lexicon.load("languages")
    lower = sample.lower()
    votes = {
        lang: sum(w in _function_words(lang) for w in words(sample))
        + 2 * sum(lower.count(c) for c in table[lang]["letters"])
        for lang in pair
    }
    first, second = sorted(pair, key=lambda lang: -votes[lang])
    if votes[first] > votes[second]:
        return first
    if not cyrillic and len(words(sample)) < minimum:
        return "en"
    ranked = [lang for lang, _ in _identifier().rank(sample) if lang in pair]
    return str(ranked[0])


def language_of_article(text: str) -> str | None:
    """The language of an article, or None where it is none of our four."""
    sample = text[:4000]
    ranked = [str(lang) for lang, _ in _identifier().rank(sample)]
    if ranked[0] in LANGUAGES:
        return ranked[0]
    near = language_of(sample)
    share = sum(w in _function_words(near) for w in words(sample)) / max(1, len(words(sample)))
    # A list of foreign names can mislead the model; running text has function words.
    return near if share > 0.15 and near in ranked[:3] else None


@cache
def _stemmer(language: str) -> Any:
    import Stemmer

    return Stemmer.Stemmer(_SNOWBALL[language])


@cache
def _endings() -> tuple[dict[str, tuple[tuple[int, frozenset[str]], ...]], int]:
    """Per last letter the endings by length, longest first; and the fewest letters that stay."""
    table = lexicon.load("stemming", "uk")
    by_last: dict[str, dict[int, set[str]]] = {}
    for ending in table["endings"].split():
        by_last.setdefault(ending[-1], {}).setdefault(len(ending), set()).add(ending)
    found = {
        last: tuple((n, frozenset(some)) for n, some in sorted(by_length.items(), reverse=True))
        for last, by_length in by_last.items()
    }
    return found, table["minimum"]


@cache
def stem(word: str, language: str) -> str:
    """The stem of a lower-case word: Snowball, and for Ukrainian a light suffix stemmer."""
    if language in _SNOWBALL:
        return str(_stemmer(language).stemWord(word))
    return _shortened(word)


def stemmed(words: Sequence[str], language: str) -> list[str]:
    """The stems of lower-case words, in their order; for many words that are asked for once."""
    if language in _SNOWBALL:
        found: list[str] = _stemmer(language).stemWords(words)
        return found
    return list(map(_shortened, words))


def _shortened(word: str) -> str:
    by_last, minimum = _endings()
    for length, endings in by_last.get(word[-1:], ()):
        if len(word) - length >= minimum and word[-length:] in endings:
            return word[:-length]
    return word


def forms(text: str, language: str) -> dict[str, str]:
    """Per stem of the topic words of a text: its shortest form, the nearest to a dictionary's."""
    found: dict[str, str] = {}
    for word in words(text):
        if not is_function_word(word, language) and not any(c.isdigit() for c in word):
            key = stem(word, language)
            found[key] = min(found.get(key, word), word, key=plainness)
    return found


def plainness(form: str) -> tuple[int, str]:
    """Less for forms that are nearer to a dictionary's: shorter ones."""
    return len(form), form


def stems(text: str, language: str) -> list[str]:
    """The stems of the topic words of a text, in order, repetitions kept."""
    return [stem(w, language) for w in words(text) if not is_function_word(w, language)]
