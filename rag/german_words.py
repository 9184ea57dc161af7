"""What the German tagger cannot know from one word: the mood, the attribute, the last verb.

A clause is read as a whole: its opener and its last word decide about each other.
"""

from __future__ import annotations

from functools import cache

from rag import lexicon
from rag.tagging import VERBS, Tag, Token

_ATTRIBUTE = 10  # tokens between an article and the participle before its noun
_CLAUSE = 30  # tokens of a subordinate clause
_LOOSE = frozenset({Tag.ADJ, Tag.OTHER, Tag.ADV})
_MISREAD = frozenset({Tag.ADJ, Tag.NOUN, Tag.OTHER})
_NO_GE = ("be", "emp", "ent", "er", "gel", "ges", "miss", "ver", "zer", "wider", "über", "unter")
_AUXILIARIES = frozenset({"haben", "sein", "werden"})
_PRETERITE = ("te", "ten", "en", "ahm", "ieß", "ief", "ab", "am", "ach", "og", "ing")


def corrected(tokens: list[Token]) -> list[Token]:
    """The same tokens, their classes corrected in place; "81-Jährige" becomes one of them."""
    tokens = _joined(tokens)
    for place, token in enumerate(tokens):
        if token.tag in _MISREAD and token.text in _weak_preterites():
            token.tag, token.lemma = Tag.VFIN, _weak_preterites()[token.text]
        elif token.tag is Tag.VPP:
            passive = any(before.lemma == "werden" for before in tokens[:place])
            token.lemma = _participles(passive=passive).get(token.lower, token.lemma)
        if token.mood == "k1" and _has_speaker_beside(tokens, place):
            token.mood = ""
        elif token.tag is Tag.VFIN and not token.mood and _is_attribute(tokens, place):
            token.tag, token.lemma = Tag.ADJ, ""
        elif token.tag is Tag.VFIN and _is_participle(tokens, place):
            token.tag = Tag.VPP
        elif token.lower == "als" and _opens(tokens, place):
            token.tag = Tag.SUB
    return tokens


@cache
def _weak_preterites() -> dict[str, str]:
    """Preterites of weak German reporting verbs whose participle has "ge-": "geißelten".

    Of the others ("bestätigte", "kritisierten") the form is also a participle before its noun.
    """
    forms: dict[str, str] = {}
    for row in lexicon.load("cues", "de")["verbs"]:
        for lemma in (written.rpartition("|")[2] for written in row["lemmas"].split()):
            if lemma.endswith("ieren") or lemma.startswith(_NO_GE):
                continue
            stem = lemma[:-1] if lemma.endswith(("eln", "ern")) else lemma.removesuffix("en")
            stem += "e" * stem.endswith(("t", "d"))
            forms |= {stem + ending: lemma for ending in ("te", "ten")}
    return forms


@cache
def _participles(*, passive: bool) -> dict[str, str]:
    tables = lexicon.load("tagging", "de")
    table = tables["participles"] | (tables["passive_participles"] if passive else {})
    return {word: lemma for lemma, words in table.items() for word in words.split()}


def _joined(tokens: list[Token]) -> list[Token]:
    """A number, its hyphen and its word in one token, of the class of the word."""
    kept: list[Token] = []
    for token in tokens:
        number, hyphen = kept[-2:] if len(kept) > 1 else (token, token)
        near = hyphen.text == "-" and number.end == hyphen.start and hyphen.end == token.start
        if near and number.text.isdigit() and token.text.isalpha():
            whole = number.text + "-" + token.text
            kept[-2:] = [Token(whole, whole.lower(), number.start, token.end, token.tag)]
        else:
            kept.append(token)
    return kept


def _has_speaker_beside(tokens: list[Token], place: int) -> bool:
    """As in "ich habe", "habe ich": the first person has no Konjunktiv I of its own."""
    near = tokens[max(0, place - 1) : place] + tokens[place + 1 : place + 2]
    return any(token.lower == "ich" for token in near)


def _is_attribute(tokens: list[Token], place: int) -> bool:
    """As in "der von Kiew erwartete Angriff": article, preposition or adverb, participle, noun."""
    following = tokens[place + 1].text if place + 1 < len(tokens) else ""
    if not following[:1].isupper() or tokens[place].lower[-1:] not in "enrsm":
        return False
    for k in range(place - 1, max(-1, place - _ATTRIBUTE), -1):
        if tokens[k].tag in VERBS or tokens[k].tag is Tag.PUNCT:
            return False
        if tokens[k].tag is Tag.DET:
            if k + 1 == place or tokens[k + 1].tag in (Tag.PREP, Tag.ADV):
                return True
            if k == 0 or tokens[k - 1].tag is not Tag.PREP:
                return False
    return False


def _is_participle(tokens: list[Token], place: int) -> bool:
    """As in "wird zitiert", "hatte beteuert": the last verb of a clause, in one form with these."""
    if tokens[place].lower.endswith("iert"):
        return _closes(tokens, place, _AUXILIARIES)
    return _is_prefixed(tokens[place]) and _closes(tokens, place, frozenset({"haben"}))


def _closes(tokens: list[Token], place: int, finite: frozenset[str]) -> bool:
    """As in "wird mit den Worten zitiert": one verb is finite, the last a participle."""
    if place + 1 < len(tokens) and tokens[place + 1].tag not in (Tag.PUNCT, Tag.QUOTE, Tag.CONJ):
        return False
    for k in range(place - 1, -1, -1):
        if tokens[k].tag is Tag.VFIN:
            return tokens[k].lemma in finite
        if tokens[k].tag in (Tag.PUNCT, Tag.SUB, Tag.REL, Tag.WH):
            return False
    return False


def _is_prefixed(token: Token) -> bool:
    """As in "beteuert", "erklärt": third person and participle are one form."""
    return token.lower.startswith(_NO_GE) and token.lower.endswith("t") and not token.mood


def _opens(tokens: list[Token], place: int) -> bool:
    """Whether "als" opens a clause: a comma or nothing before it, a finite verb at the end."""
    if place and tokens[place - 1].text not in ",;:–—(":
        return False
    end = next(
        (k for k in range(place, min(place + _CLAUSE, len(tokens))) if tokens[k].text in ",;:."),
        None,
    )
    if end is None or end - place < 3:
        return False
    last, inner = tokens[end - 1], tokens[place:end]
    unread = last.tag in _LOOSE and last.text.islower() and last.lower.endswith(_PRETERITE)
    if unread and not any(token.tag is Tag.VFIN for token in inner):
        last.tag = Tag.VFIN  # "Als Kämpfer die Stadt einnahmen": no adjective without a noun
    return last.tag is Tag.VFIN
