"""Clauses of Ukrainian and Russian: their bounds, verbs, phrases and candidates for a subject."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from rag import lexicon, slavic_tagging
from rag.cues import Cue
from rag.drafts import Line, Run
from rag.schema import Stance
from rag.slavic_forms import NOMINATIVE
from rag.slavic_phrases import Phrase, phrase_at
from rag.tagging import VERBS, Tag

_BOUNDS = frozenset({",", ";", ":", "–", "—", "-", ".", "!", "?", "…"})
_NEAR = 5  # tokens between a verb and its noun
_GLUING = frozenset({":", "-", ".", "–"})


@dataclass(frozen=True, slots=True)
class Group:
    """A reporting verb at a place; `form` is the code of `slavic_forms`."""

    cue: Cue
    place: int
    form: str

    @property
    def impersonal(self) -> bool:
        """As in "сообщается", "заявлено": nobody is the subject."""
        return self.form in ("r", "o")

    @property
    def gerund(self) -> bool:
        """As in "добавив, что": the subject is that of the main clause."""
        return self.form == "g"


def tag(line: Line, place: int) -> Tag:
    """The class of the word at a place; outside the sentence all is punctuation."""
    return line.tokens[place].tag if 0 <= place < len(line.tokens) else Tag.PUNCT


def text(line: Line, place: int) -> str:
    """The word at a place in lower case, "" outside the sentence."""
    return line.tokens[place].lower if 0 <= place < len(line.tokens) else ""


def group_at(line: Line, place: int) -> Group | None:
    """The reporting verb at a place, if one stands there."""
    token = line.tokens[place]
    if not token.lemma or token.tag not in VERBS:
        return None
    cue = _phrasal_at(line, place) or line.words.verb(token)
    return Group(cue, place, slavic_tagging.verb_form(token, line.language)) if cue else None


@cache
def _phrasal(language: str) -> dict[str, tuple[tuple[tuple[str, ...], Cue], ...]]:
    """Cues of a verb with its noun, by the infinitive: each with the beginnings of the noun."""
    found: dict[str, tuple[tuple[tuple[str, ...], Cue], ...]] = {}
    for row in lexicon.load("cues", language)["phrasal"]:
        takes = frozenset(row["takes"].split())
        prepositions = frozenset(row.get("prepositions", "").split())
        for lemma in row["lemmas"].split():
            cue = Cue(lemma, Stance(row["stance"]), takes, prepositions)
            found[lemma] = (*found.get(lemma, ()), (tuple(row["nouns"].split()), cue))
    return found


def _phrasal_at(line: Line, place: int) -> Cue | None:
    """As in "обратил внимание", "взяла на себя ответственность": a verb and its noun report."""
    rows = _phrasal(line.language).get(line.tokens[place].lemma)
    if rows is None:
        return None
    first, last = segment(line, place)
    near = range(max(first, place - _NEAR), min(last, place + _NEAR))
    for nouns, cue in rows:
        if any(text(line, k).startswith(nouns) for k in near if k != place):
            return cue
    return None


def is_bound(line: Line, place: int) -> bool:
    """Whether a token ends a clause: a comma, a dash, a colon, a quotation."""
    token = line.tokens[place]
    if token.text in _GLUING and _is_glued(line, place):
        return False
    return token.text in _BOUNDS or token.tag is Tag.QUOTE


def _is_glued(line: Line, place: int) -> bool:
    """As in "7:40", "10-й", "1.5": no blank on either side."""
    tokens = line.tokens
    left = place > 0 and tokens[place - 1].end == tokens[place].start
    return left and place + 1 < len(tokens) and tokens[place].end == tokens[place + 1].start


def segment(line: Line, place: int) -> Run:
    """The stretch between two bounds that a token lies in."""
    first, last = place, place + 1
    while first > 0 and not is_bound(line, first - 1):
        first -= 1
    while last < len(line.tokens) and not is_bound(line, last):
        last += 1
    return first, last


def phrases(line: Line, first: int, last: int) -> list[tuple[Phrase, int]]:
    """The noun phrases of a stretch, each with the place of its preposition or -1."""
    found: list[tuple[Phrase, int]] = []
    place = first
    while place < last:
        preposition = place if tag(line, place) is Tag.PREP else -1
        if preposition >= 0:
            place += 1
            while tag(line, place) is Tag.ADV and tag(line, place + 1) is Tag.NUM:
                place += 1  # "про щонайменше 30 убитих"
        phrase = phrase_at(line, place, last, governed=preposition >= 0) if place < last else None
        if phrase is None:
            place += preposition < 0
            continue
        found.append((phrase, preposition))
        place = phrase.last
    return found


def agrees(phrase: Phrase, form: str) -> bool:
    """Whether a phrase may be the subject of a verb of this form."""
    wanted = NOMINATIVE - {"p"} if form == "s" else frozenset(form) or NOMINATIVE
    return bool(phrase.cases & wanted)


def candidates(line: Line, first: int, last: int, form: str) -> list[Phrase]:
    """Phrases of a stretch that may be the subject, those that can speak first."""
    words = line.words.words
    found = [
        phrase
        for phrase, preposition in phrases(line, first, last)
        if preposition < 0
        and (agrees(phrase, form) or _counted(line, phrase, form))
        and line.tokens[phrase.first].lower not in words["empty_subject"]
        and not is_time(line, phrase)
    ]
    return sorted(found, key=lambda phrase: not phrase.headed)


def _counted(line: Line, phrase: Phrase, form: str) -> bool:
    """As in "двое чиновников сообщили", "несколько СМИ сообщили": a number with a genitive."""
    many = phrase.last - phrase.first > 1
    counted = tag(line, phrase.first) is Tag.NUM
    counted = counted or text(line, phrase.first) in line.words.words["several"]
    return many and counted and form in "pns"


def is_time(line: Line, phrase: Phrase) -> bool:
    """Whether a phrase tells when: "в прошлый четверг"."""
    head = line.tokens[phrase.last - 1]
    times = line.words.words["time"]
    return head.tag is Tag.NOUN and (
        head.lower in times or line.tokens[phrase.first].lower in times
    )


def has_verb(line: Line, first: int, last: int) -> bool:
    """Whether a stretch of tokens holds a finite verb or a participle in its place."""
    return any(tag(line, k) in (Tag.VFIN, Tag.VPP) for k in range(first, last))


def relative_before(line: Line, place: int) -> int:
    """As in "самолёт, на борту которого, сообщают, был X": where the relative clause begins."""
    if text(line, place - 1) == ",":
        place -= 1
    first, _ = segment(line, place - 1) if place > 1 else (0, 0)
    opening = range(first, min(first + 4, place))
    return first if first > 0 and any(tag(line, k) is Tag.REL for k in opening) else -1


def with_topic(line: Line, end: int, high: int) -> int:
    """As in "сообщение о консультациях в Дохе": what goes on behind the noun."""
    while end < high and tag(line, end) is Tag.PREP:
        phrase = phrase_at(line, end + 1, high, governed=True)
        if phrase is None or (tag(line, high) is Tag.VFIN and is_time(line, phrase)):
            break
        end = phrase.last
    return end


def after_joint(line: Line, first: int, place: int) -> int:
    """Where the words of a verb begin that "and" joins to an earlier one."""
    joints = [k for k in range(first, place) if tag(line, k) is Tag.CONJ]
    if not joints or not any(tag(line, k) is Tag.VFIN for k in range(first, joints[-1])):
        return first
    return joints[-1] + 1
