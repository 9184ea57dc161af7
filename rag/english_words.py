"""What the English tagger gets wrong in news prose, put right before any rule reads the sentence.

HanTa takes the full stop of "Mr." for an end, "Washington-based" for a name, "think" for a verb.
"""

from __future__ import annotations

import re
from functools import cache

from rag import lexicon
from rag.cues import words_of
from rag.tagging import VERBS, Tag, Token

_MODIFIERS = frozenset({Tag.DET, Tag.ADJ, Tag.NUM, Tag.POSS})
_CLAUSE_WORDS = frozenset({Tag.DET, Tag.PRON, Tag.NAME, Tag.NUM})
_UNSURE = frozenset({Tag.NOUN, Tag.VINF, Tag.ADJ, Tag.ADV, Tag.OTHER})
_AFTER_THAT = frozenset({Tag.CONJ, Tag.PUNCT, Tag.QUOTE, Tag.AS})
_QUANTIFIERS = frozenset({"some", "many", "most", "few"})
_SUBJECTS = frozenset({"he", "she", "it", "who"})


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(lexicon.load("tagging", "en")["abbreviations"].split())


@cache
def _hyphened() -> re.Pattern[str]:
    """As in "Washington-based", "Moscow-backed"; "Seong-kweun" is a name."""
    return re.compile(f"-\\w*(?:{lexicon.load('tagging', 'en')['hyphened']})$")


def corrected(tokens: list[Token]) -> list[Token]:
    """The tokens with abbreviations in one piece and the classes that news prose asks for."""
    tokens = _joined(tokens)
    for place, token in enumerate(tokens):
        _read_quantifier(tokens, place)
        mark = token.tag is Tag.PUNCT and not token.text[1:]
        if place == 0 or mark or _read_asked(tokens, place):
            continue
        following = tokens[place + 1].tag if place + 1 < len(tokens) else Tag.PUNCT
        _read_form(token, tokens[place - 1])
        if token.text[0].isupper() and "-" in token.text:
            token.tag = Tag.ADJ if _hyphened().search(token.text) else token.tag
        elif token.text in ("'s", "’s"):
            _read_clitic(tokens, place, following)
        elif _read_modifier(tokens, place, following):
            continue
        elif token.tag is Tag.VFIN and _is_noun(tokens, place):
            token.tag = Tag.NOUN
        elif _is_past(tokens, place):
            token.tag = Tag.VFIN
        elif token.tag in _UNSURE and _is_plural_verb(tokens, place, following):
            token.tag, token.lemma = Tag.VFIN, token.lower
        elif token.tag is Tag.NOUN and _is_singular_verb(tokens, place, following):
            token.tag, token.lemma = Tag.VFIN, token.lower[:-1]
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
        if inside and before and len(found) > 1 and _is_age(found[-2], before, token):
            found.pop()
            number = found[-1]
            number.text, number.end = number.text + before.text + token.text, token.end
            number.lower, number.tag = number.text.lower(), _age_tag(tokens, place)
            continue
        if token.text == "." and inside and before and _is_short(before):
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


def _is_age(number: Token, hyphen: Token, word: Token) -> bool:
    """As in "the 71-year-old": three tokens of the tagger that are one word."""
    joined = number.end == hyphen.start and hyphen.end == word.start and hyphen.text == "-"
    return joined and number.text.isdigit() and word.lower == "year-old"


def _age_tag(tokens: list[Token], place: int) -> Tag:
    """A noun where no noun follows it: "the 71-year-old said", "a 71-year-old woman"."""
    following = tokens[place + 1].tag if place + 1 < len(tokens) else Tag.PUNCT
    return Tag.ADJ if following in (Tag.NOUN, Tag.NAME, Tag.ADJ, Tag.OTHER) else Tag.NOUN


def _is_short(token: Token) -> bool:
    """Whether a full stop behind a word belongs to it: "Mr.", "Paul D. Ryan"."""
    initial = len(token.text) == 1 and token.text.isupper()
    return initial or token.lower in _abbreviations()


def _is_genitive(mark: Token, letter: Token) -> bool:
    return mark.text in "'’" and mark.end == letter.start


def _read_quantifier(tokens: list[Token], place: int) -> None:
    """As in "some say": a pronoun where a verb follows."""
    told = tokens[place + 1 : place + 2] != [] and tokens[place + 1].tag is Tag.VFIN
    if told and tokens[place].tag is Tag.DET and tokens[place].lower in _QUANTIFIERS:
        tokens[place].tag = Tag.PRON


def _read_asked(tokens: list[Token], place: int) -> bool:
    """As in "who asked not to be named" and "X, asked about it, said": no verb of the clause."""
    token = tokens[place]
    if token.lower != "asked" or not 0 < place < len(tokens) - 1:
        return False
    table, following = lexicon.load("tagging", "en"), tokens[place + 1].lower
    apart = tokens[place - 1].text == "," and following in table["asked_about"].split()
    if not (apart or following in table["unnamed"].split()):
        return False
    token.tag = Tag.VPP
    return True


def _read_modifier(tokens: list[Token], place: int, following: Tag) -> bool:
    """The class of "drivers' union", "at his will", "the former minister"; whether it was one."""
    token, before = tokens[place], tokens[place - 1]
    if token.text in "'’" and _is_plural_genitive(before, following):
        token.tag = Tag.POSS
    elif token.lower == "will" and before.tag is Tag.POSS:
        token.tag = Tag.NOUN
    elif token.tag is Tag.ADV and token.lower in _adjectives():
        described = before.tag is Tag.DET and following in (Tag.NOUN, Tag.NAME)
        token.tag = Tag.ADJ if described else token.tag
    else:
        return False
    return True


def _is_plural_genitive(before: Token, following: Tag) -> bool:
    """As in "the drivers' union": an apostrophe after a plural, and what they have."""
    plural = before.tag in (Tag.NOUN, Tag.NAME) and before.lower.endswith("s")
    return plural and following not in (Tag.PUNCT, Tag.DET, Tag.PREP, Tag.CONJ)


@cache
def _adjectives() -> frozenset[str]:
    """Words that the tagger takes for adverbs also before a noun: "the former minister"."""
    return frozenset(lexicon.load("tagging", "en")["adjectives"].split())


def _is_past(tokens: list[Token], place: int) -> bool:
    """As in "The chief apologised to her": the past of a clause that has no other verb."""
    if (
        tokens[place].tag is Tag.VPP
        and tokens[place - 1].tag is Tag.QUOTE
        and tokens[place].lower in _forms()
    ):
        return tokens[place + 1 :][:1] != [] and tokens[place + 1].lower != "by"
    beside = tokens[place - 1].tag in (Tag.NOUN, Tag.NAME, Tag.PRON)
    beside = beside or tokens[place - 1].text == ","
    later = any(token.tag in VERBS for token in tokens[:place])
    if tokens[place].tag is not Tag.VPP or not beside or later:
        return False
    for token in tokens[place + 1 :]:
        if token.tag in (Tag.SUB, Tag.REL, Tag.WH, Tag.CONJ, Tag.QUOTE) or token.text in ",;:.":
            return True
        if token.tag is Tag.VFIN or token.lower == "by":
            return False
    return True


def _read_clitic(tokens: list[Token], place: int, following: Tag) -> None:
    """The genitive after a noun, "is" or "has" after a pronoun and before a participle."""
    token, before = tokens[place], tokens[place - 1]
    if before.tag is Tag.NAME and _speaks(tokens, place + 1):
        token.tag, tokens[place + 1].tag = Tag.NAME, Tag.VFIN  # "Sainsbury's said"
        return
    verbal = before.tag in (Tag.PRON, Tag.REL, Tag.WH, Tag.SUB) or before.lower in ("that", "there")
    if verbal or (token.tag is Tag.VFIN and following in (Tag.VPP, Tag.VING, Tag.ADV)):
        token.tag, token.lemma = Tag.VFIN, "be"
    else:
        token.tag = Tag.POSS


def _speaks(tokens: list[Token], place: int) -> bool:
    """Whether a verb that reports, and is no noun, stands at a place."""
    spoken = "said says told tells wrote writes announced confirmed"
    return place < len(tokens) and tokens[place].lower in spoken.split()


@cache
def _also_nouns() -> frozenset[str]:
    words = lexicon.load("tagging", "en")["also_nouns"].split()
    return frozenset(form for word in words for form in (word, word + "s"))


def _is_noun(tokens: list[Token], place: int) -> bool:
    """As in "dismissed reports of", "on NBC's Today show": no verb can stand there."""
    token, before = tokens[place], tokens[place - 1]
    if token.lower not in _also_nouns():
        return False
    if any(t.lower in words_of("en").words["auxiliaries"] for t in tokens[place + 1 : place + 2]):
        return True  # "the Russian claims could not be checked"
    if before.tag in VERBS and before.lemma not in ("be", "have", "do"):
        return True
    first = place
    while first > 0 and tokens[first - 1].tag in (Tag.NAME, Tag.ADJ, Tag.NOUN):
        first -= 1
    genitive = first > 0 and tokens[first - 1].tag is Tag.POSS
    return genitive and token.lower == token.lemma and not before.lower.endswith("s")


def _is_plural_verb(tokens: list[Token], place: int, following: Tag) -> bool:
    """As in "its authors caution.", "analysts report that": a verb in the plural, tagged a noun."""
    before = tokens[place - 1]
    plural = before.tag in (Tag.NOUN, Tag.NAME) and before.lower.endswith("s")
    plural = plural or before.lower in {*_QUANTIFIERS, "others"}
    word = tokens[place].lower
    cue = words_of("en").verbs.get(word)
    beside = cue is not None and tokens[place + 1 : place + 2] != []
    governed = beside and cue is not None and tokens[place + 1].lower in cue.prepositions
    ends = following in (Tag.PUNCT, Tag.SUB, Tag.DET, Tag.PRON, Tag.QUOTE) or governed
    return plural and ends and not word.endswith("s") and _reports(word)


def _is_singular_verb(tokens: list[Token], place: int, following: Tag) -> bool:
    """As in "The Commission forecasts growth": the first verb, after a name, tagged a noun."""
    if _forms().get(tokens[place].lower) != tokens[place].lower[:-1]:
        return False
    begins = place
    while begins > 0 and tokens[begins - 1].tag in (Tag.NAME, Tag.NOUN, Tag.ADJ, Tag.DET):
        begins -= 1
    if not _reports(tokens[place].lower[:-1]):
        return False
    if begins == place:  # "but disputes that"
        told = any(token.tag is Tag.VFIN for token in tokens[:place])
        return told and tokens[place - 1].tag is Tag.CONJ and following is Tag.SUB
    first = not any(token.tag is Tag.VFIN for token in tokens[:place])
    if tokens[place - 1].tag is Tag.NAME:
        opens = following in (Tag.NOUN, Tag.DET, Tag.ADJ, Tag.SUB, Tag.PRON, Tag.NUM)
        inserted = tokens[begins - 1].text in (",", "–", "—") if begins else False
        return (first and opens) or (inserted and following is Tag.PUNCT)
    return first and following is Tag.SUB  # "The minister rails that"


def _read_form(token: Token, before: Token) -> None:
    """The past of a rare reporting verb, where the tagger knows no verb or another lemma."""
    lemma = _forms().get(token.lower)
    if lemma is None or not token.text.islower():
        return
    if token.tag in VERBS:
        token.lemma = token.lemma if token.lemma in words_of("en").verbs else lemma
    elif (token.lower.endswith("ed") and before.tag not in _MODIFIERS) or (
        before.lower in _SUBJECTS and token.tag is not Tag.ADV
    ):
        token.tag, token.lemma = Tag.VFIN, lemma


@cache
def _forms() -> dict[str, str]:
    """The third person and the regular past of the reporting verbs, to their lemmas.

    Whether a final consonant is doubled depends on the stress; both spellings are listed.
    """
    found: dict[str, str] = {}
    for lemma, cue in words_of("en").verbs.items():
        if cue.particle:
            continue
        stem = lemma[:-1] + "i" if lemma[-1] == "y" and lemma[-2:-1] not in "aeiou" else lemma
        hissing = lemma.endswith(("s", "sh", "ch", "x", "z"))
        third = stem + ("es" if hissing or stem != lemma else "s")
        pasts = (stem.removesuffix("e") + "ed", lemma + lemma[-1] + "ed")
        found |= dict.fromkeys((third, *pasts), lemma)
    return found


@cache
def _reports(word: str) -> bool:
    cue = words_of("en").verbs.get(word)
    return cue is not None and "bare" in cue.takes


def _that(tokens: list[Token], place: int, following: Tag) -> Tag:
    """Conjunction before a subject, determiner before a noun after which no clause follows."""
    token = tokens[place]
    if following in _CLAUSE_WORDS:
        return Tag.SUB
    second = tokens[place + 2].tag if place + 2 < len(tokens) else Tag.PUNCT
    if token.tag is Tag.SUB and following is Tag.NOUN and second in _AFTER_THAT:
        return Tag.DET  # "disputed that account and said ..."
    return token.tag
