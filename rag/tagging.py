"""Words of a sentence with their class: the one door to HanTa, and a suffix tagger beside it.

German and English are tagged by HanTa (LGPL, a plain dependency), Ukrainian and Russian by closed
classes and endings. The tags are coarse and the same for all languages; tables of words correct
what a tagger of general text gets wrong in news. Tokens carry offsets of the article.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from rag import lexicon
from rag.errors import EngineError

MASK = "\ue000"  # stands for every character of a masked quotation
_MODELS = {"de": "morphmodel_ger.pgz", "en": "morphmodel_en.pgz"}
_STAND_IN = {"de": "Zitat", "en": "it"}  # what the tagger reads in place of a quotation
_KEPT = 10.0  # log-probability below the best at which an analysis of a word is dropped
_LONG = 40  # longer words are names of nothing and cost the tagger quadratic time
_RUN = 250  # tokens tagged at a time
_TOKEN = re.compile(
    MASK + r"+|(?:[A-Za-z]\.){2,}|\d+(?:st|nd|rd|th)\b"
    r"|\d+(?:[.,\u00a0\u202f]\d+)*|[^\W\d_]+(?:[-‑'’ʼ][^\W_]+)*|\w+|[^\w\s]"
)
_ENGLISH_CLITIC = re.compile(r"(.+?)([’']s|n[’']t|[’'](?:re|ve|ll|d|m))$")


class Tag(StrEnum):
    """Coarse word classes; verbs by form, because form decides about a clause."""

    NOUN = "NOUN"
    NAME = "NAME"
    ADJ = "ADJ"
    DET = "DET"
    PRON = "PRON"
    REL = "REL"
    WH = "WH"
    NUM = "NUM"
    PREP = "PREP"
    POST = "POST"
    ADV = "ADV"
    NEG = "NEG"
    CONJ = "CONJ"
    AS = "AS"
    SUB = "SUB"
    UM = "UM"
    VFIN = "VFIN"
    VINF = "VINF"
    VPP = "VPP"
    VING = "VING"
    VIZU = "VIZU"
    PART = "PART"
    TO = "TO"
    REFL = "REFL"
    POSS = "POSS"
    PUNCT = "PUNCT"
    QUOTE = "QUOTE"
    OTHER = "OTHER"


VERBS = frozenset({Tag.VFIN, Tag.VINF, Tag.VPP, Tag.VING, Tag.VIZU})
_BEFORE_NOUN = frozenset({Tag.DET, Tag.ADJ, Tag.POSS, Tag.NUM, Tag.PREP})
_GERMAN_AUXILIARIES = frozenset({"haben", "sein", "werden"})
_OPEN = frozenset({Tag.NOUN, Tag.NAME, Tag.ADJ, Tag.ADV, Tag.OTHER, Tag.VPP, Tag.VINF})


@dataclass(slots=True)
class Token:
    """A word or mark; `lemma` is kept for verbs only, `mood` is "", "k1" or "k2"."""

    text: str
    lower: str
    start: int
    end: int
    tag: Tag = Tag.OTHER
    lemma: str = ""
    mood: str = ""


def tokenise(text: str, offset: int, language: str) -> list[Token]:
    """The words and marks of a text; masked quotations are one token each."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text):
        word, start = match.group(), offset + match.start()
        clitic = _ENGLISH_CLITIC.match(word) if language == "en" else None
        if clitic:
            cut = start + clitic.end(1)
            tokens.append(Token(clitic.group(1), clitic.group(1).lower(), start, cut))
            word, start = clitic.group(2), cut
        tokens.append(Token(word, word.lower(), start, start + len(word)))
    return tokens


class Tagger:
    """Tags the words of one language. Raises EngineError where the package is missing."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._table = lexicon.load("tagging", language)
        self._closed = {
            word: Tag(tag)
            for tag, words in self._table.get("closed", {}).items()
            for word in words.split()
        }
        self._finite: dict[str, str] = {
            word: lemma
            for lemma, words in self._table.get("finite", {}).items()
            for word in words.split()
        }
        self._reporting = frozenset(self._table.get("finite", {}))
        self._auxiliaries = frozenset(self._table.get("auxiliaries", "").split())
        self._k1 = frozenset(self._table.get("konjunktiv1", "").split())
        self._k2 = frozenset(self._table.get("konjunktiv2", "").split())
        self.reported_mood = self._k1 | self._k2
        self._lemmas: dict[tuple[str, int], str] = {}
        self._endings = _endings(self._table.get("endings", {}))
        if language in _MODELS:
            self._model = _load_model(_MODELS[language])
            self._tags = _tag_table(language)

    def tag(self, text: str, offset: int = 0) -> list[Token]:
        """The tokens of a sentence; quotations in it are masked by runs of `MASK`."""
        tokens = tokenise(text, offset, self.language)
        for start in range(0, len(tokens), _RUN):
            run = tokens[start : start + _RUN]
            if self.language in _MODELS:
                self._tag_run(run)
            else:
                self._guess(run)
        self._correct(tokens)
        return tokens

    def _tag_run(self, tokens: list[Token]) -> None:
        model = self._model
        words = [self._reading(token) for token in tokens]
        for word in words:
            lower = word.lower()
            if lower not in model.cache:
                found = model.analyze_forward(lower)
                best = found[0][1]
                model.cache[lower] = [(tag, p) for tag, p in found if p > best - _KEPT]
        for token, word, number in zip(tokens, words, model.tag_sent_viterbi(words), strict=True):
            token.tag = self._tags.get(model.int2tag[number], Tag.OTHER)
            if token.tag in VERBS:
                token.lemma = self._lemma(word, number)

    def _reading(self, token: Token) -> str:
        if token.text[0] == MASK:
            return _STAND_IN[self.language]
        if len(token.text) > _LONG or not token.text.isprintable():
            return "X"
        return token.text.replace("’", "'")

    def _lemma(self, word: str, number: int) -> str:
        key = (word.lower(), number)
        if key not in self._lemmas:
            self._lemmas[key] = self._model.analyze(key[0], self._model.int2tag[number])[0].lower()
        return self._lemmas[key]

    def _guess(self, tokens: list[Token]) -> None:
        """Tags by closed classes and endings (Ukrainian, Russian); the lemma is the form."""
        for place, token in enumerate(tokens):
            if not token.text[0].isalpha():
                token.tag = Tag.NUM if token.text[0].isdigit() else Tag.PUNCT
            elif token.text[0].isupper() and place and tokens[place - 1].text not in ".:—–":
                token.tag = Tag.NAME
            else:
                known = self._closed.get(token.lower)
                token.tag = known or next(
                    (tag for tag, shape in self._endings if shape.search(token.lower)), Tag.NOUN
                )
            token.lemma = token.lower

    def _correct(self, tokens: list[Token]) -> None:
        headline = bool(tokens) and tokens[-1].text not in ".!?"
        for place, token in enumerate(tokens):
            if token.text[0] == MASK:
                token.tag = Tag.QUOTE
            elif not token.text[0].isalnum():
                if token.tag is not Tag.POSS and token.lower not in self._closed:
                    token.tag = Tag.PUNCT
            elif token.lower in self._closed and self.language in _MODELS:
                token.tag = self._closed[token.lower]
            elif token.text[0].isupper():
                self._correct_capital(tokens, place, headline)
            elif self.language == "de":
                self._correct_german(tokens, place)
            elif self.language == "en":
                self._correct_english(tokens, place)

    def _correct_german(self, tokens: list[Token], place: int) -> None:
        token = tokens[place]
        if token.lower in self._k1 and token.tag is not Tag.PREP:
            token.tag, token.mood = Tag.VFIN, "k1"
        elif token.lower in self._k2 and token.tag in VERBS:
            token.tag, token.mood = Tag.VFIN, "k2"
        elif token.tag is Tag.VFIN:
            stem = token.lemma.removesuffix("n").removesuffix("e")
            token.mood = "k1" if stem and token.lower == stem + "e" else ""
        elif token.tag is Tag.VINF and token.lemma in self._reporting:
            if _stands_finite(tokens, place):
                token.tag = Tag.VFIN
        elif token.lower in self._finite and (
            token.tag in _OPEN - {Tag.VPP} or not _has_auxiliary(tokens, place)
        ):
            token.tag, token.lemma = Tag.VFIN, self._finite[token.lower]
        elif token.tag is Tag.NOUN:
            token.tag = Tag.ADJ  # German nouns have a capital
        elif token.tag is Tag.NAME:
            token.tag = Tag.OTHER

    def _correct_english(self, tokens: list[Token], place: int) -> None:
        token = tokens[place]
        nominal = place and tokens[place - 1].tag in _BEFORE_NOUN
        if token.lower in self._finite and not (nominal and token.tag is Tag.NOUN):
            before = [t.lower for t in tokens[max(0, place - 3) : place]]
            if token.tag is not Tag.VPP or not any(word in self._auxiliaries for word in before):
                token.tag = Tag.VFIN
            token.lemma = self._finite[token.lower]
        elif token.tag is Tag.DET and token.lower == "that" and place + 1 < len(tokens):
            following = tokens[place + 1].tag
            if following in (Tag.DET, Tag.PRON, Tag.NAME):
                token.tag = Tag.SUB

    def _correct_capital(self, tokens: list[Token], place: int, headline: bool) -> None:
        """A capital within a sentence marks a name, but for the verb of a title-case headline."""
        token = tokens[place]
        if place == 0 or tokens[place - 1].text in ".:":
            if self.language == "de" and token.lower in self.reported_mood:
                token.tag, token.mood = Tag.VFIN, "k1" if token.lower in self._k1 else "k2"
            return
        verb_seen = any(t.tag is Tag.VFIN for t in tokens[:place]) if headline else True
        if not verb_seen and (lemma := self._finite_lemma(token.lower)):
            token.tag, token.lemma = Tag.VFIN, lemma
        elif token.tag in VERBS or (self.language != "de" and token.tag in _OPEN):
            token.tag = Tag.NAME
        elif token.tag in (Tag.ADV, Tag.PRON, Tag.OTHER) and self.language == "de":
            token.tag = Tag.NAME if token.lower not in ("sie", "ihr", "ihnen") else Tag.PRON

    def _finite_lemma(self, word: str) -> str:
        """The lemma of a finite verb that a headline wrote with a capital, or ""."""
        if word in self._finite:
            return str(self._finite[word])
        if self.language != "de" or not word.endswith(("t", "en")):
            return ""
        lemma, tag = self._model.analyze(word)
        return str(lemma).lower() if tag == "VV(FIN)" else ""


def _has_auxiliary(tokens: list[Token], place: int) -> bool:
    """Whether a participle has its auxiliary in the clause: "hat ... bestätigt"."""
    after = tokens[place + 1 : place + 3]
    before = tokens[max(0, place - 40) : place]
    return any(t.lemma in _GERMAN_AUXILIARIES for t in (*before, *after) if t.tag in VERBS)


def _stands_finite(tokens: list[Token], place: int) -> bool:
    """Whether a plural that looks like an infinitive is the verb of its clause."""
    first = place
    while first > 0 and tokens[first - 1].text not in ",;:":
        first -= 1
    governed = any(t.tag in (Tag.VFIN, Tag.TO, Tag.UM) for t in tokens[first:place])
    return not governed and not any(
        t.tag in (Tag.TO, Tag.VFIN) for t in tokens[place + 1 : place + 3]
    )


def _endings(table: dict[str, str]) -> list[tuple[Tag, re.Pattern[str]]]:
    return [
        (Tag(tag), re.compile("..(?:" + "|".join(endings.split()) + ")$"))
        for tag, endings in table.items()
    ]


@cache
def _tag_table(language: str) -> dict[str, Tag]:
    table = lexicon.load("tags")[language]
    return {name: Tag(tag) for tag, names in table.items() for name in names.split()}


@cache
def _load_model(name: str) -> Any:
    try:
        from HanTa.HanoverTagger import HanoverTagger
    except ImportError as error:
        raise EngineError(
            "the tagger for German and English is missing: install it with `pip install HanTa`"
        ) from error
    return HanoverTagger(name)


@cache
def tagger(language: str) -> Tagger:
    """The tagger of a language, made once; languages without a table are read as English."""
    return Tagger(language if language in ("de", "en", "uk", "ru") else "en")
