"""Noun phrases over tagged words: where one ends, and which sources an enumeration names."""

from __future__ import annotations

from itertools import pairwise

from rag import noun_phrase
from rag.drafts import HEADS, NOMINAL, Line, Run
from rag.tagging import Tag

_LONGEST = 18  # tokens; longer phrases are a tagger's mistake
_GENITIVE = frozenset(
    {"des", "der", "eines", "einer", "seines", "seiner", "ihres", "ihrer", "dieser"}
)
_BEFORE_PARTICIPLE = frozenset({Tag.PREP, Tag.ADV})
_ATTRIBUTE = 9  # tokens between an article and the participle before its noun
_JOINTS = frozenset({"&", "noch", "nor"})
_LOOSE = frozenset({Tag.ADV, Tag.PUNCT, Tag.CONJ, Tag.SUB, Tag.PREP, Tag.NEG, Tag.AS})


def end_of_phrase(line: Line, first: int, limit: int | None = None) -> int:
    """The token after the noun phrase that begins at `first`; `first` itself where none does."""
    tokens = line.tokens
    limit = min(len(tokens), first + _LONGEST) if limit is None else limit
    if first < limit and tokens[first].tag is Tag.PRON:
        part = line.language == "de" and _is(line, first + 1, "von")  # "einer von ihnen"
        return first + 3 if part and _tag(line, first + 2) is Tag.PRON else first + 1
    place, headed = first, False
    while place < limit:
        step, headed = _step(line, place, headed, limit)
        if step == place:
            break
        place = step
    while place > first and tokens[place - 1].tag in _LOOSE | {Tag.DET}:
        if tokens[place - 1].text == ")":
            break
        place -= 1
    return place


def _step(line: Line, place: int, headed: bool, limit: int) -> tuple[int, bool]:
    """The next place within the phrase, or the same one at its end, and whether it has a head."""
    token = line.tokens[place]
    if token.tag in HEADS or token.tag is Tag.POSS:
        if headed and (_is_timed(line, place) or _is_addressed(line, place)):
            return place, True
        return place + 1, token.tag is not Tag.POSS
    if token.tag in NOMINAL:
        return _after_head(line, place) if headed else (place + 1, False)
    if not headed and token.text == "," and _tag(line, place - 1) is Tag.ADJ:
        adjective = _tag(line, place + 1) in (Tag.ADJ, Tag.OTHER)  # "eine einzige, anonyme Quelle"
        return place + adjective, False
    return _link(line, place, limit) if headed else (_attribute(line, place, limit), False)


def _is_timed(line: Line, place: int) -> bool:
    """German: a time ends the phrase: "im November Spuren", "der Minister Ende Oktober"."""
    if line.language != "de":
        return False
    token, following = line.tokens[place], is_time(line, place + 1)
    behind = token.tag is Tag.NOUN and is_time(line, place - 1) and not is_time(line, place)
    return behind or (token.lower in ("anfang", "mitte", "ende") and following)


def _attribute(line: Line, place: int, limit: int) -> int:
    """German: the participle before its noun, as in "einer am Dienstag veröffentlichten Studie"."""
    before = _tag(line, place - 1)
    opened = line.language == "de" and before is Tag.DET
    if not opened or _tag(line, place) not in _BEFORE_PARTICIPLE:
        return place
    for k in range(place + 1, min(place + _ATTRIBUTE, limit - 1)):
        here, following = line.tokens[k], _tag(line, k + 1)
        if here.tag in (Tag.PUNCT, Tag.VFIN, Tag.SUB):
            return place
        inflected = here.tag is Tag.ADJ and here.lower.endswith(("e", "en", "er", "es", "em"))
        if inflected and following in HEADS and _tag(line, k - 1) in (*HEADS, Tag.ADV):
            return k
    return place


def _is_neither(line: Line, place: int) -> bool:
    """Whether "noch" answers "weder": else it is "still", as in "X prophezeit noch mehr Unruhe"."""
    return any(line.tokens[k].lower == "weder" for k in range(place))


def _is_addressed(line: Line, place: int) -> bool:
    """As in "unterrichtete der NIS Abgeordnete", "wies Peskow Berichte zurück": an object."""
    before, word = line.tokens[place - 1], line.tokens[place].text
    if line.language != "de" or before.tag is not Tag.NAME:
        return False
    addressed = before.text.isupper() and noun_phrase.is_a("anonymous", word)
    return addressed or noun_phrase.is_a("statements", word)


def _link(line: Line, place: int, limit: int) -> tuple[int, bool]:
    """What may follow a head: a preposition, "and", an apposition, a parenthesis."""
    token = line.tokens[place]
    if start := authored(line, place):
        return start, False
    if token.tag is Tag.PREP:
        return _attached(line, place)
    joint = token.lower in _JOINTS and (token.lower != "noch" or _is_neither(line, place))
    if token.tag is Tag.CONJ or joint:
        return _coordinated(line, place, limit)
    if token.text == ",":
        return _apposition(line, place, limit)
    if token.text == "(":
        closing = next((k for k in range(place, min(place + 8, limit)) if _is(line, k, ")")), None)
        return (closing + 1, True) if closing else (place, True)
    return place, True


def _is(line: Line, place: int, text: str) -> bool:
    return 0 <= place < len(line.tokens) and line.tokens[place].text == text


def _tag(line: Line, place: int) -> Tag:
    return line.tokens[place].tag if 0 <= place < len(line.tokens) else Tag.PUNCT


def _after_head(line: Line, place: int) -> tuple[int, bool]:
    """A modifier after the head: a genitive goes on, anything else begins a new phrase."""
    token, following = line.tokens[place], _tag(line, place + 1)
    if token.tag is Tag.DET:
        genitive = line.language == "de" and token.lower in _GENITIVE
        timed = is_time(line, place - 1) or (
            token.lower == "der" and _tag(line, place - 1) is Tag.NAME
        )
        goes_on = genitive and not timed and following in (Tag.ADJ, Tag.NOUN, Tag.NAME, Tag.OTHER)
        goes_on = goes_on and not _is_nominative(line, place)
        return (place + 1, False) if goes_on else (place, True)
    if line.language == "en":
        return place + (token.tag is Tag.OTHER or token.tag is Tag.NUM), True
    genitive = line.language != "de" or token.lower.endswith("er")  # "Sprecher russischer Truppen"
    if genitive and token.tag in (Tag.ADJ, Tag.OTHER) and following in HEADS | {Tag.ADJ}:
        return place + 1, True
    return place, True


def _is_nominative(line: Line, place: int) -> bool:
    """As in "nach Zählung der Agentur der vierte Angriff": "der vierten" were a genitive."""
    weak = line.tokens[place].lower in ("der", "dieser") and _tag(line, place + 1) is Tag.ADJ
    noun = _tag(line, place + 2) in (Tag.NOUN, Tag.ADJ)
    return weak and noun and line.tokens[place + 1].lower.endswith("e")


def authored(line: Line, place: int) -> int:
    """As in "a report by X", "images taken by X": where who made a document begins, or 0."""
    if line.language != "en" or place < 1:
        return 0
    head = line.tokens[place - 1].lower
    if not any(noun_phrase.is_a(kind, head) for kind in ("documents", "statements")):
        return 0
    start = place + (line.tokens[place].lower in line.words.words["authoring"])
    by = start < len(line.tokens) and line.tokens[start].lower == "by"
    return start + 1 if by and _tag(line, start + 1) in NOMINAL else 0


def _attached(line: Line, place: int) -> tuple[int, bool]:
    """A preposition that belongs to the noun before it: "of", "für"."""
    token, following = line.tokens[place], _tag(line, place + 1)
    placed = line.language == "de" and _is_placed(line, place)
    prepositions = line.words.words["noun_prepositions"]
    if following not in NOMINAL or not (placed or token.lower in prepositions):
        return place, True
    if is_time(line, place + 1) or is_time(line, place + 2):
        return place, True
    if following is Tag.NUM and _tag(line, place - 1) is Tag.NAME:
        return place, True  # "sprach laut KCNA von 300 Toten"
    local = line.language == "en" and token.lower in ("in", "at", "from")
    if local and following is not Tag.NAME and not _is(line, place + 1, "the"):
        return place, True
    return place + 1, False


def _is_placed(line: Line, place: int) -> bool:
    """As in "ein Offizier im Generalstab", "die Mission in der Ukraine, Danielle Bell"."""
    accredited = line.tokens[place].lower == "bei"  # "ein Vertreter bei den Vereinten Nationen"
    if line.tokens[place].lower not in ("in", "im") and not accredited:
        return False
    head = line.tokens[place - 1].lower.rsplit("-", 1)[-1]
    if not any(noun_phrase.is_a(kind, head) for kind in ("roles", "voices", "organisations")):
        return False
    after = place + 1 + (_tag(line, place + 1) is Tag.DET)
    body = after < len(line.tokens) and noun_phrase.is_a("organisations", line.tokens[after].lower)
    if accredited and _tag(line, after) in (Tag.ADJ, Tag.OTHER):
        return line.tokens[after].text[0].isupper() and _tag(line, after + 1) in HEADS
    return _tag(line, after) is Tag.NAME or (body and _tag(line, after) is Tag.NOUN)


def _coordinated(line: Line, place: int, limit: int) -> tuple[int, bool]:
    if line.tokens[place].lower not in line.words.words["coordinators"]:
        return place, True
    if _tag(line, place + 1) not in NOMINAL:
        return place, True
    last = end_of_phrase(line, place + 1, limit)
    if last == place + 1 or (_tag(line, last) in (Tag.VFIN, Tag.VPP) and line.language != "de"):
        return place, True
    return last, True


def _apposition(line: Line, place: int, limit: int) -> tuple[int, bool]:
    """A comma goes on with an apposition or an enumeration, unless a clause follows."""
    if _tag(line, place + 1) not in NOMINAL:
        return place, True
    last = end_of_phrase(line, place + 1, min(limit, place + 12))
    if last == place + 1:
        return place, True
    closed = last >= min(limit, len(line.tokens)) or line.tokens[last].text in ",.–—-:"
    return (last, True) if closed else (place, True)


def is_time(line: Line, place: int) -> bool:
    """Whether a word tells when: a weekday, a month, "Anfang"."""
    if not 0 <= place < len(line.tokens):
        return False
    word = line.tokens[place].lower
    times = line.words.words["time"]
    return word in times or (line.language == "de" and _day_part(word, times))


def _day_part(word: str, times: frozenset[str]) -> bool:
    """German compounds of two times: "Dienstagabend"."""
    return any(word.endswith(part) and word.removesuffix(part) in times for part in times)


def tidy(line: Line, run: Run) -> Run:
    """A run without the loose words at its ends."""
    first, last = run
    while first < last and line.tokens[first].tag in _LOOSE:
        first += 1
    while (
        last > first and line.tokens[last - 1].tag in _LOOSE and line.tokens[last - 1].text != ")"
    ):
        last -= 1
    return first, last


def sources(line: Line, run: Run) -> list[Run]:
    """The phrases of an enumeration, each a source; an apposition stays with its name."""
    first, last = tidy(line, run)
    if first >= last:
        return []
    cuts = [k for k in range(first + 1, last - 1) if _separates(line, first, k, last)]
    if not cuts:
        return [(first, _without_apposition(line, first, last))]
    bounds = [first - 1, *cuts, last]
    parts = [tidy(line, (a + 1, b)) for a, b in pairwise(bounds)]
    return [part for part in parts if part[0] < part[1]]


def _separates(line: Line, first: int, place: int, last: int) -> bool:
    """Whether a comma or "and" stands between two sources."""
    tokens = line.tokens
    if _tag(line, place - 1) not in HEADS or _tag(line, place + 1) not in NOMINAL:
        return False
    loose = tokens[place].tag is Tag.CONJ or tokens[place].lower in _JOINTS
    joined = loose and tokens[place].lower in line.words.words["coordinators"]
    if tokens[place].text == ",":
        joined = any(
            tokens[k].tag is Tag.CONJ and _tag(line, k - 1) in HEADS for k in range(place + 1, last)
        )
    if not joined or tokens[place - 1].text.endswith("-"):
        return False
    opened = any(t.tag is Tag.PREP for t in tokens[first:place])
    begins_anew = tokens[place + 1].tag is Tag.DET
    titled = any(t.tag is Tag.NAME for t in tokens[first:place]) and any(
        t.tag is Tag.NAME for t in tokens[place + 1 : last]
    )
    return (begins_anew or titled) if not opened else begins_anew


def _without_apposition(line: Line, first: int, last: int) -> int:
    """The end of the name where an apposition follows it: "Andrij Jermak, Stabschef"."""
    comma = next((k for k in range(first, last) if line.tokens[k].text == ","), None)
    if comma is None:
        return last
    after = line.tokens[comma + 1 : last]
    named = all(token.tag is Tag.NAME for token in line.tokens[first:comma])
    # "Der Gouverneur von Cherson, Oleksandr Prokudin": the name stands behind the office.
    full_name = len(after) in (2, 3) and all(token.text[0].isupper() for token in after)
    return last if after and not named and (after[0].tag is Tag.NAME or full_name) else comma
