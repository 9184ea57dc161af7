"""Tags of Ukrainian and Russian words: closed classes, reporting verbs, endings, capitals."""

from __future__ import annotations

import re
from itertools import pairwise

from rag import noun_phrase, slavic_forms
from rag.slavic_forms import SLAVIC
from rag.tagging import MASK, Tag, Token, tagger, tokenise

_MINISTRY = re.compile(
    "(?:Мін|Мин)(?:соц|екон|эк|енерг|эн|фін|фин|обор|оборон|юст|культ|осв|обр|агро|сел|інфра|инфра"
    "|транс|цифр|здрав|прир|прос|пром|строй|вет|труд|спорт|молод|реінт|розв|рег)\\w*"
)
_NOMINAL = frozenset({Tag.NOUN, Tag.ADJ})
_SURNAMES = ("ов", "ев", "ёв", "єв")
_FILED = re.compile(
    r"(?P<place>[^\W\d_]+)(?:, \d{1,2} [^\W\d_]+)?(?:\.| [–—])\s+(?=[^\W\d_a-zа-яёіїєґ])"
)
_VERB_TAGS = {"g": Tag.VING, "i": Tag.VINF, "o": Tag.VPP}
_AND = frozenset({"і", "й", "та", "и"})
_OPENING = frozenset(".:—–-!?")
_CASED = {Tag.ADJ: "adjective", Tag.DET: "adjective", Tag.NAME: "name", Tag.PRON: "pronoun"}


def tag(text: str, offset: int, language: str) -> list[Token]:
    """The tokens of a sentence of any language, with offsets of the article."""
    if language not in SLAVIC:
        return tagger(language).tag(text, offset)
    tokens = _joined_figures(tokenise(text, offset, language))
    for place, token in enumerate(tokens):
        token.tag = _tag(tokens, place, language)
    for before, token, following in zip(tokens, tokens[1:], tokens[2:], strict=False):
        doubled = token.lower.endswith("ой") and before.lower.endswith(("ой", "ей"))
        if doubled and token.tag is before.tag is Tag.ADJ and following.tag not in _NOMINAL:
            token.tag = Tag.NOUN  # "основной причиной МЧС считает"
    possessive = slavic_forms.possessives(language)
    for token, following in pairwise(tokens):
        if token.lower in possessive and following.tag in (Tag.NOUN, Tag.ADJ):
            token.tag = Tag.DET  # "его адвокат", "її близький друг"
    return tokens


def undated(masked: str, language: str) -> str:
    """A sentence with the place in front of a report blanked: "Тбілісі — Опозиція вважає"."""
    filed = _FILED.match(masked) if language in SLAVIC else None
    if filed is None or filed.group("place").lower() not in slavic_forms.places(language):
        return masked
    return " " * filed.end() + masked[filed.end() :]


def _joined_figures(tokens: list[Token]) -> list[Token]:
    """As in "10-й", "2022-го": a figure with its ending is one word."""
    joined: list[Token] = []
    for token in tokens:
        if len(joined) > 1 and joined[-1].text == "-" and token.text[0].isalpha():
            figure, dash = joined[-2], joined[-1]
            if figure.text[0].isdigit() and figure.end == dash.start and dash.end == token.start:
                whole = f"{figure.text}-{token.text}"
                joined[-2:] = [Token(whole, whole.lower(), figure.start, token.end)]
                continue
        joined.append(token)
    return joined


def cases(token: Token, language: str) -> frozenset[str]:
    """What case and gender a tagged word may have; see `slavic_forms.cases`."""
    if token.tag is Tag.NUM or token.lower in slavic_forms.possessives(language):
        return slavic_forms.ALL_CASES if token.tag is not Tag.PRON else frozenset("gd")
    return slavic_forms.cases(token.text, _CASED.get(token.tag, "noun"), language)


def verb_form(token: Token, language: str) -> str:
    """The code of a reporting verb's form, "" for other words."""
    known = slavic_forms.verbs(language).get(token.lower) if token.lemma else None
    return known.form if known else ""


def _tag(tokens: list[Token], place: int, language: str) -> Tag:
    token = tokens[place]
    first = token.text[0]
    if first == MASK:
        return Tag.QUOTE
    if not first.isalpha():
        return Tag.NUM if first.isdigit() else Tag.PUNCT
    opens = place == 0 or tokens[place - 1].text in _OPENING
    if first.isupper() and _begins_anew(token, language):
        return Tag(slavic_forms.word_class(token.lower, language))
    named = first.isupper() and not (opens and _is_plain(tokens, place, language))
    if named or first.isascii():
        return Tag.NAME  # "hromadske" too
    known = slavic_forms.verbs(language).get(token.lower)
    kind = slavic_forms.word_class(token.lower, language)
    if known is not None and (kind == "VFIN" or not slavic_forms.is_closed(token.lower, language)):
        token.lemma = known.lemma
        return _VERB_TAGS.get(known.form, Tag.VFIN)
    return Tag(kind)


def _begins_anew(token: Token, language: str) -> bool:
    """As in "11:15 В Силах оборони": a word of a closed class has a capital only at an opening."""
    if not slavic_forms.is_closed(token.lower, language) or token.text[1:].isupper():
        return False
    return slavic_forms.word_class(token.lower, language) in ("PREP", "SUB", "PRON", "CONJ", "NEG")


def _is_plain(tokens: list[Token], place: int, language: str) -> bool:
    """Whether a capital only opens the sentence: a closed class, a verb, a common noun."""
    token = tokens[place]
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    if _names_somebody(token, following, language):
        return False
    if slavic_forms.is_closed(token.lower, language) or slavic_forms.is_cue(token.lower, language):
        return True
    kind = Tag(slavic_forms.word_class(token.lower, language))
    if kind in (Tag.NOUN, Tag.ADJ) and _is_office(token.lower):
        return not _is_acronym(token)
    last = not following or following.text == "."
    closes = place > 0 and tokens[place - 1].text in "–—" and last  # a name closes the headline
    if _is_acronym(token) or closes or token.lower in slavic_forms.places(language):
        return False
    return _is_common(tokens, place, kind, language)


def _names_somebody(token: Token, following: Token | None, language: str) -> bool:
    """Whether an opening word is a name by its form and the next: "Вадим Б", "Минтранс"."""
    if following is None:
        return False
    given = following.text[0].isupper() and slavic_forms.is_given(token.lower)
    surname = token.lower.endswith(_SURNAMES) and not token.text[1:].isupper()
    apart = surname and slavic_forms.word_class(following.lower, language) == "PREP"
    return given or apart or _MINISTRY.fullmatch(token.text) is not None


def _is_common(tokens: list[Token], place: int, kind: Tag, language: str) -> bool:
    """Whether a word of an open class is no name, by what follows it."""
    word, following = tokens[place].lower, tokens[place + 1 : place + 2]
    if following and (slavic_forms.is_participle(word, language) or kind is Tag.VFIN):
        return not slavic_forms.is_cue(following[0].lower, language)  # "Стояногло визнав"
    if kind is Tag.ADJ:
        return bool(following) and _agrees(word, following[0].lower, language)
    return kind not in (Tag.NOUN, Tag.VPP) or not _is_name(tokens, place, language)


def _is_acronym(token: Token) -> bool:
    return len(token.text) > 1 and token.text[1:].upper() == token.text[1:]


def _is_name(tokens: list[Token], place: int, language: str) -> bool:
    """Whether what follows tells a name: another capital, a verb, a comma, "and" with a name."""
    if place + 1 >= len(tokens):
        return False
    following = tokens[place + 1]
    if following.text[0].isupper() or _stands_alone(following, language):
        return True
    after = tokens[place + 2] if place + 2 < len(tokens) else None
    return following.lower in _AND and after is not None and after.text[0].isupper()


def _stands_alone(following: Token, language: str) -> bool:
    """Whether no genitive follows: "Песков заявил", "Тетяна, яка", rather than "Рада міністрів"."""
    if not following.text[0].isalpha():
        return following.text in ",:"
    if slavic_forms.is_cue(following.lower, language):
        return True
    return slavic_forms.word_class(following.lower, language) in ("NEG", "VFIN", "ADV")


def _is_office(word: str) -> bool:
    kinds = ("roles", "voices", "anonymous", "organisations", "offices", "statements")
    return any(noun_phrase.is_a(kind, word) for kind in kinds)


def _agrees(adjective: str, noun: str, language: str) -> bool:
    """Whether two words in lower case may be an adjective and its noun, rather than a surname."""
    if not noun[0].isalpha() or slavic_forms.is_closed(noun, language):
        return False
    if slavic_forms.is_cue(noun, language):
        return False
    if slavic_forms.word_class(noun, language) not in ("NOUN", "ADJ", "DET"):
        return False
    shared = slavic_forms.cases(adjective, "adjective", language) & slavic_forms.cases(
        noun, "noun", language
    )
    return bool(shared)
