"""Whether a sentence of the article's own voice states anything, so that it may be evidence.

Questions, what only introduces the next lines (a colon at the end), greetings and words to the
reader, and sentences that only announce that accounts differ state nothing. What somebody is said
to have said is no matter of this module.
"""

from __future__ import annotations

import re
from functools import cache

from rag import lexicon, tagging
from rag.cues import words_of
from rag.quotations import MARKS
from rag.schema import LANGUAGES, Article, Sentence

_SHORT = 12  # words of a greeting or an announcement
_VERBLESS = 9  # words of a phrase that is no sentence
_CLOSING = MARKS + "*_)] \u00a0"
_MARK = re.compile(r"^[\W_]*")
_TAGGED = frozenset({"de", "en"})  # in Ukrainian and Russian "is" is not said
_ANYTHING = frozenset({tagging.Tag.VFIN, tagging.Tag.NUM, tagging.Tag.NAME})


def is_statement(sentence: Sentence, article: Article) -> bool:
    """Whether a sentence of the article's own voice is the title or states something."""
    return sentence.start < len(article.title) or states(sentence.text, article.language)


def states(text: str, language: str) -> bool:
    """Whether a sentence states something; one of another language does."""
    bare = text.strip().rstrip(_CLOSING)
    if bare.endswith(("?", ":", "?!", "!?")):
        return False
    if language not in LANGUAGES:
        return True
    words = bare.split()
    greeting, _ = _patterns(language)
    if len(words) <= _SHORT and greeting.match(_MARK.sub("", bare).lower()):
        return False
    if announces(text, language):
        return False
    return len(words) > _VERBLESS or not bare.endswith((".", "!")) or not _is_phrase(bare, language)


def announces(text: str, language: str) -> bool:
    """Whether a sentence only says that accounts differ: "Moscow answered differently"."""
    if language not in LANGUAGES or len(text.split()) > _SHORT:
        return False
    return _patterns(language)[1].search(text.lower()) is not None


def _is_phrase(text: str, language: str) -> bool:
    """Whether a text has no finite verb, no name or number to be about, and denies nothing."""
    negations = words_of(language).words["negations"]
    if language not in _TAGGED or any(w.lower() in negations for w in re.findall(r"\w+", text)):
        return False
    tagged = tagging.tagger(language).tag(text)
    return not any(t.tag in _ANYTHING or t.tag in tagging.VERBS for t in tagged)


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = lexicon.load("asides")
    return (
        re.compile(rf"(?:{table['greeting'][language]})(?!\w)"),
        re.compile(rf"(?<!\w)(?:{table['announcing'][language]})(?!\w)"),
    )
