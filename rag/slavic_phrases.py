"""Noun phrases of Ukrainian and Russian: where one ends, its case and gender, whether it can speak.

The order of words is free, so the case finds the subject: a phrase keeps what its head may be in
the nominative. A post in the nominative ("министр") opens a new phrase wherever it stands, which
parts "сообщил губернатору министр".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag import noun_phrase, slavic_bearers, slavic_genitives, slavic_tagging
from rag.drafts import HEADS, Line, Run
from rag.slavic_forms import ALL_CASES, NOMINATIVE, is_given, is_participle
from rag.tagging import Tag

_FEMALE = ("ниця", "ница", "ка")  # posts of women, whose genitive ends otherwise
_STEM = re.compile("(?:ів|ов|ам|ах|ами|[аиіыую]+)$")  # case endings behind that of a person
_LONGEST = 24  # tokens
_LOCATIVE, _LOCATIVE_ADJECTIVES = ("е",), ("ном", "вом", "лом", "том", "ком", "ной", "ней", "ской")
_LIKE_OBLIQUE = ("у", "ю", "им", "ім", "ем", "ом")  # endings of foreign given names too
_INSTRUMENTAL_PLURAL = ("ими", "ыми")  # its noun ends in "-ми" too
_POSTS = ("roles", "voices", "anonymous")
VOICES = ("roles", "voices", "anonymous", "organisations", "offices", "independent")
_BEFORE_HEAD = frozenset({Tag.ADJ, Tag.DET, Tag.NUM, Tag.VPP})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: its tokens, and the nominatives and cases that it may be."""

    first: int
    last: int
    cases: frozenset[str]
    voice: bool
    headed: bool = False  # its head speaks, and not only a genitive that belongs to it

    @property
    def run(self) -> Run:
        return self.first, self.last


def is_post(word: str) -> bool:
    """Whether a word in lower case is a post or an unnamed speaker: "речник", "чиновники"."""
    parts = word.split("-")
    return any(noun_phrase.is_a(kind, part) for kind in _POSTS for part in (parts[0], parts[-1]))


def is_voice(line: Line, first: int, last: int) -> bool:
    """Whether a phrase names somebody who can speak: a name, a post, an office, a pronoun."""
    words = line.words.words
    persons, endings = tuple(words["persons"]), tuple(words["person_endings"])
    for k in range(first, last):
        token = line.tokens[k]
        if token.lower in words["things"]:
            return False
        person = token.tag is Tag.NOUN and _STEM.sub("", token.lower).endswith(endings)
        if person or token.tag in (Tag.NAME, Tag.PRON) or token.lower.startswith(persons):
            return True
        if any(noun_phrase.is_a(kind, token.lower) for kind in VOICES):
            return True
    return False


def cases(line: Line, place: int) -> frozenset[str]:
    """The cases that the word at a place may have."""
    found = slavic_tagging.cases(line.tokens[place], line.language)
    token = line.tokens[place]
    named = noun_phrase.is_a("roles", token.lower) or noun_phrase.is_a("voices", token.lower)
    if token.tag is Tag.NOUN and "m" in found and named:
        return found - {"g"} | {"f"}  # a woman may be called by a masculine post
    if token.tag is Tag.NOUN and token.lower.endswith(tuple(line.words.words["plural_posts"])):
        return frozenset("p") if is_post(token.lower) else found  # "експерти" is no genitive
    if token.tag is Tag.NOUN and "f" in found and token.lower.endswith(_FEMALE):
        return frozenset("f") if is_post(token.lower) else found
    return found


def phrase_at(line: Line, first: int, limit: int, *, governed: bool = False) -> Phrase | None:
    """The noun phrase that begins at a place; `governed`: a preposition asks for its case."""
    limit = min(limit, first + _LONGEST, len(line.tokens))
    if first >= limit:
        return None
    if line.tokens[first].tag is Tag.PRON:
        return Phrase(first, first + 1, cases(line, first), True)
    words = line.words.words
    behind = line.tokens[first + 1].lower if first + 2 < limit else ""
    if line.tokens[first].lower in words["one_of"] and behind in words["out_of"]:
        rest = phrase_at(line, first + 2, limit, governed=True)  # "один из чиновников"
        return Phrase(first, rest.last if rest else first + 1, frozenset("mf"), True)
    head, known = _before_head(line, first, limit)
    if head is None:
        return None
    found = known & cases(line, head) or (known if head > first else cases(line, head))
    if governed:
        found = found - NOMINATIVE or frozenset("d")  # the accusative of things
    if line.tokens[head].lower in words["time"] and slavic_genitives.is_apart(line, first, head):
        return Phrase(first, head + 1, found, False)
    place, own = head + 1, found & NOMINATIVE
    headed = is_voice(line, first, head + 1)
    while place < limit:
        step = _step(line, place, head, found, limit)
        if step <= place:
            break
        if line.tokens[place].tag is Tag.NAME and found & NOMINATIVE:
            own |= cases(line, place) & NOMINATIVE
        if line.tokens[place].tag is Tag.CONJ:
            own = own | {"p"}
        place = step
    place = slavic_bearers.end_of(line, place, limit, found, is_near_post(line, head, place))
    return Phrase(first, place, (found - NOMINATIVE) | own, is_voice(line, first, place), headed)


def _before_head(line: Line, first: int, limit: int) -> tuple[int | None, frozenset[str]]:
    """The head of the phrase and what its adjectives leave of the cases."""
    known, place = ALL_CASES, _behind_agent(line, first, limit)
    while place < limit and (line.tokens[place].tag in _BEFORE_HEAD or _is_attribute(line, place)):
        known = known & cases(line, place) or known
        place += 1
    if place < limit and line.tokens[place].tag in HEADS:
        substantive = place > first and line.tokens[place - 1].tag is Tag.ADJ
        plural = line.tokens[place - 1].lower.endswith(_INSTRUMENTAL_PLURAL)
        unlike = plural and not line.tokens[place].lower.endswith("ми")
        unlike = unlike or (bool(known & NOMINATIVE) and not known & cases(line, place))
        if substantive and unlike:
            return place - 1, known  # "підозрюваний провину не визнає"
        return place, known
    if place > first and line.tokens[place - 1].tag in (Tag.ADJ, Tag.NUM):
        return place - 1, known
    return None, known


def _behind_agent(line: Line, first: int, limit: int) -> int:
    """As in "Назначенный Москвой глава": the participle and who did it stand before the noun."""
    if first + 2 >= limit or not is_participle(line.tokens[first].lower, line.language):
        return first
    agent, head = cases(line, first + 1), line.tokens[first + 2]
    ruled = line.tokens[first + 1].tag in HEADS and not agent & NOMINATIVE and "d" in agent
    return first + 2 if ruled and head.tag is Tag.NOUN else first


def _is_attribute(line: Line, place: int) -> bool:
    """As in "Генеральный штаб": a capitalised adjective before its noun in lower case."""
    if place + 1 >= len(line.tokens) or line.tokens[place].tag not in HEADS:
        return False
    if line.tokens[place].tag is Tag.NOUN:  # "в региональном минздраве": no noun before a locative
        locative = line.tokens[place + 1].lower.endswith(_LOCATIVE)
        return locative and line.tokens[place].lower.endswith(_LOCATIVE_ADJECTIVES)
    token, noun = line.tokens[place], place + 1
    while place == 0 and line.tokens[noun].tag is Tag.ADJ and noun + 1 < len(line.tokens):
        noun += 1  # "Лондонский страховой брокер": its capital opens the sentence
    adjectival = token.lower.endswith(tuple(line.words.words["adjectival"]))
    if not adjectival or is_given(token.lower) or line.tokens[noun].tag is not Tag.NOUN:
        return False
    posted = place > 0 and is_post(line.tokens[noun].lower)
    return bool(cases(line, place) & cases(line, noun)) and not posted


def _step(line: Line, place: int, head: int, found: frozenset[str], limit: int) -> int:
    """The next place within the phrase, or the same one at its end."""
    title = slavic_genitives.end_of_title(line, place, limit)
    return title if title > place else _step_by_tag(line, place, head, found, limit)


def _step_by_tag(line: Line, place: int, head: int, found: frozenset[str], limit: int) -> int:
    token = line.tokens[place]
    if token.tag in HEADS:
        return place + _goes_on(line, place, head, found)
    if noun_phrase.is_a("particles", token.lower) and place + 1 < limit:
        return place + (line.tokens[place + 1].tag is Tag.NAME)  # "Барт де Вевер"
    if token.tag is Tag.NUM:
        behind = line.tokens[place - 1].tag is Tag.NOUN and not found & NOMINATIVE
        counted = behind and token.text[0].isdigit()  # "о гибели 100 военных"
        return place + (counted or token.lower in line.words.words["oblique_numbers"])
    if token.tag in (Tag.ADJ, Tag.DET, Tag.PRON):
        return place + _modifies(line, place, limit)
    if token.tag in (Tag.PREP, Tag.CONJ):
        joins = _attached if token.tag is Tag.PREP else _coordinated
        return joins(line, place, head, found, limit)
    near = range(place, min(place + 8, limit)) if token.text == "(" else ()
    return next((k + 1 for k in near if line.tokens[k].text == ")"), place)


def _goes_on(line: Line, place: int, head: int, found: frozenset[str]) -> bool:
    """Whether a noun or name continues the phrase: a genitive, or a name in the same case."""
    token, own = line.tokens[place], cases(line, place)
    if token.tag is Tag.NAME and _is_attribute(line, place) and not _in_fragment(line, place):
        return slavic_genitives.is_genitive(line, place)  # "представник Державної служби"
    if _opens_anew(line, place, head):
        return is_post(token.lower) and bool(own & found)
    if "g" in own or _in_fragment(line, place):
        return True
    if token.tag is Tag.NOUN:
        # "генерал" beside "начальник штабу" is an apposition, in "в Telegram глава" it opens anew
        apposed = is_post(token.lower) and bool(own & found) and is_near_post(line, head, place)
        return (
            apposed
            or slavic_genitives.follows_genitive(line, place)
            or slavic_genitives.is_ruled(line, place)
        )
    if not found & NOMINATIVE:
        return bool(own & found)
    inner = line.tokens[place - 1].tag is Tag.NOUN and place - 1 > head
    apart = inner and not is_voice(line, head, head + 1)  # "содержание сигналов Ушаков раскрыл"
    return not apart and (bool(own & NOMINATIVE) or _is_foreign_given(line, place))


def _opens_anew(line: Line, place: int, head: int) -> bool:
    """Whether a noun stands behind a name that takes no genitive, and opens a phrase of its own.

    As in "рассказал «Медузе» солдат", "Росія звинувачення відкидає", "в Офісі президента
    України слова Гегсета не коментують".
    """
    if line.tokens[place].tag is not Tag.NOUN or _in_fragment(line, place):
        return False
    if slavic_genitives.closes_name(line, place):
        return True
    told = line.tokens[head].tag is Tag.NAME and not is_near_post(line, head, place)
    proper = told and slavic_genitives.is_title_case(line.tokens[place - 1].text)
    return proper or (place - 1 > head and slavic_genitives.is_country(line, place - 1))


def _is_foreign_given(line: Line, place: int) -> bool:
    """As in "Эндрю Вайс": a given name that may look oblique, before a surname that does not."""
    word = line.tokens[place].lower
    if not (is_given(word) or word.endswith(_LIKE_OBLIQUE)) or place + 1 >= len(line.tokens):
        return False
    return line.tokens[place + 1].tag is Tag.NAME and bool(cases(line, place + 1) & NOMINATIVE)


def _in_fragment(line: Line, place: int) -> bool:
    """Whether a word stands within a short quotation: the title of a paper or a firm."""
    start = line.tokens[place].start
    return any(quote.start < start < quote.end for quote in line.fragments)


def _modifies(line: Line, place: int, limit: int) -> int:
    """How many words an adjective behind the head takes along: "глава российского МИД"."""
    own, words = cases(line, place), line.words.words
    if line.tokens[place].tag is Tag.DET and not slavic_genitives.is_genitive(line, place):
        return 0  # "министерство эти сведения не комментирует"
    if is_post(line.tokens[place].lower) and "g" in own:
        return 1  # "заместитель командующего войсками"
    behind = line.tokens[place + 1].lower if place + 2 < limit else ""
    if line.tokens[place].lower in words["one_of"] and behind in words["out_of"]:
        return 2  # "радник одного з виробників"
    following = next(
        (k for k in range(place + 1, limit) if line.tokens[k].tag not in (Tag.ADJ, Tag.DET)), limit
    )
    headed = following < limit and line.tokens[following].tag in HEADS
    told = line.tokens[place].lower.endswith(tuple(words["genitive_adjectives"]))
    return int("g" in own and headed and (told or "g" in cases(line, following)))


def _attached(line: Line, place: int, head: int, found: frozenset[str], limit: int) -> int:
    """A prepositional phrase that belongs to the noun before: "посол в", "з питань", "при ООН"."""
    word, noun = line.tokens[place].lower, line.tokens[place - 1]
    following = phrase_at(line, place + 1, limit, governed=True)
    if following is None or not is_near_post(line, head, place):
        return place
    inner = line.tokens[following.first]
    comments = tuple(line.words.words["comments"])
    commented = any(line.tokens[k].lower.startswith(comments) for k in range(*following.run))
    if commented or _tells_when(line, following):
        return place  # "від прямої відповіді ухилився"
    words = line.words.words
    if slavic_genitives.bearer(line, following.last, limit):
        return following.last
    if word in words["attaching"] and inner.tag is not Tag.PRON:
        return following.last
    matter = word not in words["topics"] and inner.lower.startswith(tuple(words["matters"]))
    placed = word in words["placed"] and place == head + 1 and inner.tag is Tag.NAME
    official = word in words["placed"] and noun_phrase.is_a("anonymous", noun.lower)
    return following.last if matter or placed or official else place


def is_near_post(line: Line, head: int, place: int) -> bool:
    """Whether the phrase so far is a post or an unnamed speaker, which takes attributes."""
    return any(is_post(line.tokens[k].lower) for k in range(head, place))


def _tells_when(line: Line, phrase: Phrase) -> bool:
    return any(line.tokens[k].lower in line.words.words["time"] for k in range(*phrase.run))


def _coordinated(line: Line, place: int, head: int, found: frozenset[str], limit: int) -> int:
    """As in "Киев и Вашингтон", "министр обороны и финансов"."""
    if line.tokens[place].lower not in line.words.words["coordinators"]:
        return place
    other = phrase_at(line, place + 1, limit)
    if other is None or line.tokens[other.first].tag is Tag.PRON:
        return place
    if not found & NOMINATIVE and noun_phrase.is_a("statements", line.tokens[other.first].lower):
        return place
    if found & NOMINATIVE and other.cases & NOMINATIVE and other.voice:
        return other.last
    if found & NOMINATIVE:
        return other.last if place - 1 > head and "g" in other.cases else place
    return other.last if found & other.cases else place
