"""What a noun phrase with known names is about: its person, its institution, or neither."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.actor_table import Actor
from rag.inflection import cyrillic
from rag.mentions import Mention
from rag.noun_phrase import Part, Phrase
from rag.schema import Side, SourceKind

_QUOTES = "«»„“”\"'‚‘’"


def unquoted(text: str, mentions: Sequence[Mention]) -> str:
    """The text with spaces for the quotation marks around organisations: "газета «Коммерсантъ»"."""
    letters = list(text)
    for mention in mentions:
        if mention.actor.kind is SourceKind.ORGANISATION:
            for at in (mention.start - 1, mention.end):
                if 0 <= at < len(letters) and letters[at] in _QUOTES:
                    letters[at] = " "
    return "".join(letters)


def judged(phrase: Phrase) -> Sequence[Part]:
    """What tells for whom a source speaks: not the outlet that an unnamed one talked to."""
    for position, part in enumerate(phrase.first):
        if part.is_a("anonymous") and not part.is_a("independent"):
            return phrase.first[: position + 1]
    return [part for segment in phrase.segments for part in segment]


def without_repeated(head: tuple[Part, ...], mentions: Sequence[Mention]) -> tuple[Part, ...]:
    """As in "Südkoreas Geheimdienst NIS": an office and its name are the same actor twice."""
    kept: list[Part] = []
    for part in head:
        actor = actor_of(part, mentions)
        if actor is None or all(actor != actor_of(other, mentions) for other in kept):
            kept.append(part)
    return tuple(kept)


def actor_of(part: Part, mentions: Sequence[Mention]) -> Actor | None:
    """The actor that a part of the phrase names, or None."""
    return mentions[part.name].actor if part.name is not None else None


def person(segment: Sequence[Part], mentions: Sequence[Mention]) -> Actor | None:
    """The person the segment is about: not one it only belongs to ("Selenskyjs Stabschef")."""
    people = [
        (position, mentions[part.name])
        for position, part in enumerate(segment)
        if part.name is not None and mentions[part.name].actor.kind is SourceKind.PERSON
    ]
    own = [(p, m) for p, m in people if not _belongs(segment, p, m)]
    if not own:
        return None
    first = own[0][0]
    follows = segment[first + 1 : first + 2]
    listed = bool(follows) and follows[0].is_a("conjunctions")
    # "Putin und Kim" is headed by the first, "пресс-секретаря Путина Дмитрия Пескова" by the last.
    return (own[0] if listed else own[-1])[1].actor


# What a person can be an attribute of.
_HEADS = ("roles", "voices", "offices", "anonymous", "organisations")
# A masculine noun in a consonant or a soft sign, or a plural: a head in the nominative, so that
# the name in another case behind it is its genitive ("речник Зеленського").
# "голови" and "главы" are the genitive of one head.
_NOMINATIVE_HEAD = re.compile(
    r"(?:[бвгґджзклнпрстфхцчшщьі]|(?<!голов)(?<!глав)[иы])$", re.IGNORECASE
)


def _belongs(segment: Sequence[Part], position: int, mention: Mention) -> bool:
    """Whether the person is only an attribute: genitive, behind a preposition, compounded."""
    before, behind = segment[:position], segment[position + 1 :]
    if behind and (behind[0].joined or any(behind[0].is_a(kind) for kind in _HEADS)):
        return True
    if not mention.nominative and len(segment) > 1 and _genitive(segment[position], before):
        return True
    titled = any(part.is_a("roles") or part.is_a("voices") for part in before)
    if before and not titled and before[-1].is_a("organisations") and not before[-1].joined:
        return True  # "Familie Klitschko"; not "глава концерна Армин Паппергер"
    back = position - 1
    while back >= 0 and _describes(segment[back]):
        back -= 1
    # A preposition with a capital is an initial: "В. В. Путин".
    return back > 0 and segment[back].is_a("connectors") and not segment[back].capital


def _genitive(part: Part, before: Sequence[Part]) -> bool:
    """Whether a name in another case depends on what stands before it.

    In German and English only a genitive has an ending. In Ukrainian and Russian a whole phrase
    may stand in another case ("по словам Пескова"), so its head decides.
    """
    if not cyrillic(part.text):
        return True
    if any(head.is_a("anonymous") or head.is_a("offices") for head in before):
        return True
    posts = [head for head in before if head.is_a("roles") or head.is_a("voices")]
    if not posts and before and _other_noun(before[-1]):
        return True  # "дочь Путина"
    return bool(posts) and _NOMINATIVE_HEAD.search(posts[-1].text) is not None


# What an adjective of Ukrainian or Russian ends in, where hardly a noun does.
_ADJECTIVE = re.compile(
    r"(?:[иіыо]й|[ая]я|[оеє]є|[оеыи]е|[оеь]?го|[оеь]?му|[иіы]м|[иіы]х|[иіы]ми|ою|ую|ої|[сцз]ьк[аеі]"
    r"|[бвгдзйклмнпрстфхцчшщь]н[аеі])$"
)
# Words before a name that are no head of their own.
_LEAVING = (
    "articles", "indefinite", "connectors", "conjunctions", "particles", "pronouns", "former",
    "voices", "roles", "statements", "independent", "official",
)  # fmt: skip


def _other_noun(part: Part) -> bool:
    """Whether a Ukrainian or Russian word is a noun of no known class, so a head of its own."""
    if part.name is not None or part.national or part.capital or not cyrillic(part.text):
        return False
    if _ADJECTIVE.search(part.text):
        return False
    return not any(part.is_a(kind) for kind in _LEAVING)


def _describes(part: Part) -> bool:
    """A title or adjective between a preposition and a name: "von Präsident Selenskyj"."""
    if part.joined:
        return True  # "Commander-in-Chief"
    if part.name is not None or part.is_a("connectors"):
        return False
    return part.is_a("roles") or not part.capital


def speaks(
    head: Sequence[Part], position: int, mentions: Sequence[Mention], owners: Sequence[str]
) -> bool:
    """Whether the phrase is this institution, and not something of it ("NATO-Staaten").

    Its owner may stand behind it ("ФСБ России"), and behind a name that has no parts what it is
    ("the Reuters news agency").
    """
    before, behind = head[:position], head[position + 1 :]
    while behind and (owner := actor_of(behind[0], mentions)) and owner.name in owners:
        behind = behind[1:]
    mention = mentions[head[position].name or 0]
    whole = mention.actor.agency or mention.actor.side is Side.INDEPENDENT
    is_kind = whole and bool(behind) and behind[-1].is_a("organisations")
    if is_kind and not any(part.capital or part.joined for part in behind):
        behind = ()
    if not all(part.is_a("voices") or part.is_a("statements") for part in behind):
        return False
    if before and before[-1].is_a("organisations"):
        return _apposed(mention, cyrillic(head[position].text))
    if before and _other_noun(before[-1]) and (not mention.nominative or _has_no_cases(mention)):
        return False
    return all(_leaves(part) or part.national for part in before)


def _has_no_cases(mention: Mention) -> bool:
    """Whether it may be a genitive all the same: "комитет сената США"."""
    state = mention.actor.kind is SourceKind.STATE
    return state or mention.actor.labels["ru"].isupper() or mention.actor.labels["uk"].isupper()


def _apposed(mention: Mention, in_cyrillic: bool) -> bool:
    """Whether a name behind a noun is that noun's: "the Russian state news agency TASS".

    A state never is, and in Cyrillic no name in another case ("компания Газпрома"); nor, because
    they have no endings, the unions of states ("комитет НАТО").
    """
    actor = mention.actor
    if actor.kind is SourceKind.STATE:
        return False
    union = actor.member_of is None and actor.side in (Side.NATO, Side.EU, Side.UN)
    return not in_cyrillic or (mention.nominative and not union)


def _leaves(part: Part) -> bool:
    """Whether a word before an institution leaves it the one who speaks: no "head of"."""
    if part.name is not None or part.is_a("voices"):
        return True
    if part.is_a("articles") or part.is_a("indefinite"):
        return True
    return not part.capital and not part.is_a("roles")
