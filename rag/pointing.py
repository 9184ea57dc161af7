"""Whether a mention names somebody, or only points back to who was named before.

"The service", "his spokesman", "none", "a report" name nobody by themselves; "her father" does, by
whose father he is.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise

from rag import lexicon, noun_phrase, slavic_forms
from rag.actor_table import Actor
from rag.cues import pronouns, words_of
from rag.schema import Source, SourceKind

_SENTENCE_END = re.compile(r"(?<=[^\W\d])[.!?]\s+")
_LONGEST = 2000  # characters back to which the beginning of a sentence is looked for
_STEM = 3  # letters that the cases of a name share
_LOOKED_AT = 50_000  # characters of a text in which a word is looked for
_FULL_NAME = 2  # words
_BESIDE = 24  # characters before a name in which the word for its kind stands


def points_back(mention: str, language: str) -> bool:
    """Whether a mention names nobody: "the service", "his spokesman", "none", "a report"."""
    words = pronouns(language)
    first = mention.lower().split()[:1]
    if first and (first[0] in words.none or words.kind(mention) is not None):
        return True
    named = [w for w in re.findall(r"\w+", mention) if not noun_phrase.is_a("articles", w)]
    if first and named and first[0] in words.possessive:
        return not any(word[0].isupper() for word in named[1 - (named[0] != first[0]) :]) or (
            language == "de" and len(mention.split()) == 2
        )
    if language == "de" and named and _names_a_document(mention, named):
        return False
    known = [w for w in named if w.lower() not in words.definite]
    return bool(known) and all(
        noun_phrase.is_a("statements", w) or noun_phrase.is_a("indefinite", w) for w in known
    )


def _names_a_document(mention: str, named: list[str]) -> bool:
    """German: "einer Pflichtmitteilung", "Behördenangaben" tell whose; "Angaben" does not."""
    bare = words_of("de").words["bare_statements"]
    new = noun_phrase.is_a("indefinite", mention.split(maxsplit=1)[0])
    return new or not any(word.lower() in bare for word in named)


def names_somebody(source: Source) -> bool:
    """Whether a source that is no known actor is somebody: a post, a full name, a body."""
    kinds = ("roles", "voices", "anonymous", "organisations", "offices", "independent")
    words = re.findall(r"\w+", source.name)
    if _given_names(source) or (source.kind is SourceKind.PERSON and len(words) > 1):
        return True
    return any(noun_phrase.is_a(kind, w) for kind in kinds for w in words)


def is_person(source: Source) -> bool:
    """Whether a source is a person, by its kind or a Slavic given name: "очевидець Микола"."""
    return source.kind is SourceKind.PERSON or bool(_given_names(source))


def is_common_noun(source: Source, text: str) -> bool:
    """Whether a Slavic word opens a sentence and is a name nowhere else: "Дощ не вщухав"."""
    name, start = source.mention.text, source.mention.start
    opens = start == 0 or text[max(0, start - 2) : start].endswith(("\n", ". ", "! ", "? "))
    return (
        opens
        and source.name == name
        and name.isalpha()
        and not name.isascii()
        and not _stands_within(name[: max(_STEM, len(name) - 2)], text)
    )


@lru_cache(maxsize=64)  # one text has few such words, and they come again
def _stands_within(stem: str, text: str) -> bool:
    """Whether a word of this stem stands in a sentence, not at its beginning."""
    return re.search(rf"[\w,»”\"] {re.escape(stem)}", text[:_LOOKED_AT]) is not None


def gender_of_name(source: Source) -> str:
    """The gender ("f", "m", "" where unsure) that a full name tells.

    Ukrainian and Russian given names of women end in -а or -я, and so do a few of men, whose
    surnames then do not; those in Latin script are listed.
    """
    given = _given_names(source)
    if not given:
        return _gender_in_latin(source)
    if not given[0].endswith(("а", "я")):
        return _cyrillic().get(given[0], "m")
    if re.findall(r"\w+", source.name)[-1].endswith(("а", "я")):
        return "f"
    return _cyrillic().get(given[0], "")


def _gender_in_latin(source: Source) -> str:
    """As `gender_of_name`, for a full name in Latin script."""
    words = source.name.split()
    if source.kind is not SourceKind.PERSON or len(words) < _FULL_NAME:
        return ""
    for word in words[:-1]:
        first = word.split("-")[0]
        for gender in ("m", "f"):
            if first in _latin()[gender]:
                return gender
    return "f" if re.fullmatch(r"[A-ZÀ-Þ][a-zß-ÿ]{2,}a", words[0]) else ""


@cache
def _latin() -> dict[str, frozenset[str]]:
    table = lexicon.load("given_names")["latin"]
    return {gender: frozenset(names.split()) for gender, names in table.items()}


@cache
def _cyrillic() -> dict[str, str]:
    """The gender of each listed given name in Cyrillic; of none that both have."""
    table = lexicon.load("given_names")
    told: dict[str, set[str]] = {}
    for language in sorted(slavic_forms.SLAVIC):
        for gender in ("m", "f"):
            for name in table[language][gender].lower().split():
                told.setdefault(name, set()).add(gender)
    return {name: genders.pop() for name, genders in told.items() if len(genders) == 1}


def _given_names(source: Source) -> list[str]:
    """The Ukrainian and Russian given names within the name of a source, in lower case."""
    words = re.findall(r"\w+", source.name)
    return [w.lower() for w in words if w[0].isupper() and slavic_forms.is_given(w.lower())]


def paragraph_start(text: str, place: int) -> int:
    """The offset at which the paragraph of a place begins."""
    return text.rfind("\n", 0, place) + 1


def sentence_start(text: str, place: int) -> int:
    """The offset at which the sentence of a place begins, as far as its marks tell."""
    opened = max(paragraph_start(text, place), place - _LONGEST)
    ends = list(_SENTENCE_END.finditer(text, opened, place))
    return ends[-1].end() if ends else opened


def is_quoted(text: str, place: int) -> bool:
    """Whether a place lies within a quotation of its paragraph."""
    before = text[paragraph_start(text, place) : place]
    opened = any(before.rfind(left) > before.rfind(right) for left, right in ("«»", "„“"))
    return opened or before.count('"') % 2 == 1


def is_relation(mention: str, language: str) -> bool:
    """Whether a mention names somebody by whose they are: "his father", "her office".

    In English also the document or the body that speaks: "the report said", "the ministry".
    """
    first, *rest = mention.split()
    words = pronouns(language)
    if language == "en" and first.lower() == "the" and rest:
        return noun_phrase.is_a("statements", rest[-1]) or words.kind(mention) is not None
    if first.lower() not in words.possessive or not rest:
        return False
    return not any(noun_phrase.is_a(kind, rest[-1]) for kind in ("voices", "statements"))


def is_human(source: Source) -> bool:
    """Whether an English mention that is no known actor can be one person: "a retired midwife"."""
    words = source.mention.text.split()
    if source.name == "unclear":
        return False
    if words[0].lower() in ("he", "she"):
        return True  # a pronoun that was resolved
    bodies = ("organisations", "statements", "offices", "voices")
    if any(noun_phrase.is_a(kind, word) for kind in bodies for word in words):
        return False
    if source.kind is SourceKind.ANONYMOUS:
        return words[:1] != [] and words[0].lower() in ("a", "an", "one", "another")
    full_name = len(words) > 2 and all(word[:1].isupper() for word in words[-2:])
    described = words[0].lower() in ("a", "an", "the", "one", "another") and len(words) > 1
    return full_name or (described and words[-1].islower() and not words[-1].endswith("s"))


def is_plural(source: Source) -> bool:
    """Whether "they" can mean an English mention: "the authors", "two officials"."""
    last = source.mention.text.split()[-1:]
    plural = bool(last) and last[0].islower() and last[0].endswith(("s", "people", "men", "women"))
    return source.name != "unclear" and (source.kind is SourceKind.ANONYMOUS or plural)


def is_body(source: Source, actor: Actor | None, article: str, language: str) -> bool:
    """Whether "it" can mean a source: an organisation; a German one by the article of its label."""
    if actor is None and not article:  # a body that the text names, in English
        brand = source.kind is SourceKind.PERSON and len(source.name.split()) == 1
        body = source.kind is SourceKind.ORGANISATION and not is_human(source)
        named = (noun_phrase.is_a("organisations", w) for w in source.name.split())
        return (brand and not source.role) or body or any(named)
    if language in slavic_forms.SLAVIC:
        if pronouns(language).of_mention(source.mention.text.lower()):
            return False  # "пресс-секретарь Кремля" is he
        return source.kind is SourceKind.ORGANISATION and _is_of(source, actor, article)
    label = actor.labels.get(language, "") if actor is not None else source.mention.text
    if source.kind is not SourceKind.ORGANISATION:
        return False
    return not article or label.lower().startswith(article + " ")


def _is_of(source: Source, actor: Actor | None, genders: str) -> bool:
    """Whether a Ukrainian or Russian body may be of one of these genders, by its first word."""
    named = [source.mention.text, *(actor.labels.get(lang, "") for lang in ("uk", "ru") if actor)]
    return any(
        _gender_of_word(name.split()[0].strip("«»")) in ("", *genders) for name in named if name
    )


def _gender_of_word(word: str) -> str:
    """The gender of a Ukrainian or Russian noun or adjective by its ending; "" where unsure."""
    if word.isupper() or word.isascii():
        return ""
    if word.endswith(("ння", "ття", "ство", "ние")):
        return "n"
    endings = {"m": ("ий", "ій", "ый", "ой"), "n": ("о", "е", "є"), "f": ("а", "я")}
    return next((g for g, told in endings.items() if word.endswith(told)), "m")


def is_of_kind(actor: Actor, text: str, at: int, kind: re.Pattern[str], language: str) -> bool:
    """Whether a label of an actor, or the word of the text before its name, tells the kind."""
    if actor.kind is not SourceKind.ORGANISATION:
        return False
    label = actor.labels.get(language, "")
    words = [*label.split(), *text[max(0, at - _BESIDE) : at].split()[-1:]]
    pairs = [" ".join(pair) for pair in pairwise(words)]
    if language == "de":  # "Bundesnachrichtendienst"
        words = [word for word in words if re.search(rf"(?:{kind.pattern})$", word, re.IGNORECASE)]
        return bool(words)
    if any(kind.fullmatch(word.strip('„“"')) for word in (*words, *pairs)):
        return True
    # "Головне управління розвідки" is "служба" and "розвідка": the label has it in another case
    nouns = kind.pattern.split("|") if language in slavic_forms.SLAVIC else []
    return any(w.lower().startswith(n[:-1]) for w in label.split() for n in nouns if n.isalpha())
