"""What the English tagger gets wrong in news prose, put right before any rule reads the sentence.

HanTa was trained on general text: it takes the full stop of "Mr." for the end of a sentence,
"Washington-based" for a name, and the first word of "think tank" for a verb.
"""

from __future__ import annotations

from functools import cache

from rag import lexicon
from rag.tagging import Tag, Token

_MODIFIERS = frozenset({Tag.DET, Tag.ADJ, Tag.NUM, Tag.POSS})
_CLAUSE_WORDS = frozenset({Tag.DET, Tag.PRON, Tag.NAME, Tag.NUM})
_ENDS = frozenset({Tag.CONJ, Tag.PUNCT, Tag.PREP, Tag.QUOTE, Tag.ADV})


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(lexicon.load("tagging", "en")["abbreviations"].split())


def corrected(tokens: list[Token]) -> list[Token]:
    """The tokens with abbreviations in one piece and the classes that news prose asks for."""
    tokens = _joined(tokens)
    for place, token in enumerate(tokens):
        if place == 0 or token.tag is Tag.PUNCT:
            continue
        following = tokens[place + 1].tag if place + 1 < len(tokens) else Tag.PUNCT
        if token.text[0].isupper() and "-" in token.text:
            last = token.text.rpartition("-")[2]
            token.tag = Tag.ADJ if last.islower() else token.tag
        elif token.lower == "that":
            token.tag = _that(tokens, place, following)
        elif token.tag is Tag.VFIN and token.lower == token.lemma:
            described = tokens[place - 1].tag in _MODIFIERS and following is Tag.NOUN
            token.tag = Tag.NOUN if described else token.tag  # "a Washington-based think tank"
    return tokens


def _joined(tokens: list[Token]) -> list[Token]:
    """As in "Mr." and "the U.N.'s": marks made part of their words; after a title comes a name."""
    found: list[Token] = []
    for place, token in enumerate(tokens):
        before = found[-1] if found else None
        inside = place + 1 < len(tokens) and before is not None and before.end == token.start
        if token.text == "." and inside and before and before.lower in _abbreviations():
            before.text, before.end, before.tag = before.text + ".", token.end, Tag.NAME
            continue
        if token.lower == "s" and before is not None and _is_genitive(before, token):
            before.text, before.lower, before.end = before.text + "s", "'s", token.end
            before.tag = Tag.POSS  # "the U.N.'s"
            continue
        if before is not None and before.text.endswith(".") and before.lower in _abbreviations():
            token.tag = Tag.NAME if token.text[0].isupper() else token.tag
        found.append(token)
    return found


def _is_genitive(mark: Token, letter: Token) -> bool:
    return mark.text in "'’" and mark.end == letter.start


def _that(tokens: list[Token], place: int, following: Tag) -> Tag:
    """Conjunction before a subject, determiner before a noun after which no clause follows."""
    token = tokens[place]
    if following in _CLAUSE_WORDS:
        return Tag.SUB
    second = tokens[place + 2].tag if place + 2 < len(tokens) else Tag.PUNCT
    if token.tag is Tag.SUB and following is Tag.NOUN and second in _ENDS - {Tag.PREP, Tag.ADV}:
        return Tag.DET  # "disputed that account and said ..."
    return token.tag
