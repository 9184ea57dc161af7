"""Clauses of Ukrainian and Russian: their bounds, and who is the subject of a reporting verb.

The subject is the phrase in the nominative that agrees with the verb in gender and number, on
either side of it; without one, "в Кремле заявили" names the institution as a place, and a verb
alone goes on for the last speaker.
"""

from __future__ import annotations

from dataclasses import dataclass

from rag import noun_phrase, slavic_phrases, slavic_tagging
from rag.cues import Cue
from rag.drafts import HEADS, Line, Run
from rag.slavic_forms import FINITE, NOMINATIVE
from rag.slavic_phrases import Phrase, phrase_at
from rag.tagging import VERBS, Tag

_BOUNDS = frozenset({",", ";", ":", "–", "—", "-", ".", "!", "?", "…"})
_FULL = frozenset({";", ":", ".", "!", "?", "…"})
_FAR = 60  # tokens that a subject may stand before its verb
_DEPENDENT = frozenset({Tag.SUB, Tag.REL, Tag.WH})


@dataclass(frozen=True, slots=True)
class Group:
    """A reporting verb at a place; `form` is the code of `slavic_forms`."""

    cue: Cue
    place: int
    form: str

    @property
    def impersonal(self) -> bool:
        """As in "сообщается", "заявлено": nobody is the subject."""
        return self.form in "ro"

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
    cue = line.words.verb(token) if token.lemma and token.tag in VERBS else None
    return Group(cue, place, slavic_tagging.verb_form(token, line.language)) if cue else None


def is_bound(line: Line, place: int) -> bool:
    """Whether a token ends a clause: a comma, a dash, a colon, a quotation."""
    token = line.tokens[place]
    return token.text in _BOUNDS or token.tag is Tag.QUOTE


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
        phrase = phrase_at(line, place, last, governed=preposition >= 0) if place < last else None
        if phrase is None:
            place += preposition < 0
            continue
        found.append((phrase, preposition))
        place = phrase.last
    return found


def agrees(phrase: Phrase, form: str) -> bool:
    """Whether a phrase may be the subject of a verb of this form."""
    wanted = NOMINATIVE - {"p"} if form == "s" else frozenset(form)
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
        and not _is_time(line, phrase)
    ]
    return sorted(found, key=lambda phrase: not phrase.voice)


def _counted(line: Line, phrase: Phrase, form: str) -> bool:
    """As in "двое чиновников сообщили", "ряд СМИ сообщил": a number with a genitive."""
    return tag(line, phrase.first) is Tag.NUM and form in "pns"


def _is_time(line: Line, phrase: Phrase) -> bool:
    head = line.tokens[phrase.last - 1]
    times = line.words.words["time"]
    return head.tag is Tag.NOUN and (
        head.lower in times or line.tokens[phrase.first].lower in times
    )


def subject(line: Line, group: Group) -> Run | None:
    """The tokens of the subject, or None where the verb stands alone."""
    if group.gerund or group.form == "i":
        return main_subject(line, group.place)
    if group.impersonal:
        return None
    return subject_of(line, group.place, group.form)


def subject_of(line: Line, place: int, form: str) -> Run | None:
    """The subject of a finite verb of this form; "" where its form is not known."""
    forms = form or "mfnp"
    first, last = segment(line, place)
    relative = next((k for k in range(first, place) if tag(line, k) in _DEPENDENT), None)
    start = first if relative is None else relative + 1
    found = candidates(line, start, place, forms)
    if found:
        return found[0].run
    found = candidates(line, place + 1, _end_of_inversion(line, place, last), forms)
    if found:
        return _with_apposition(line, found[0].run)
    if relative is not None:
        return _antecedent(line, relative, forms) if tag(line, relative) is Tag.REL else None
    return _before(line, first, forms)


def _end_of_inversion(line: Line, place: int, last: int) -> int:
    """The stretch behind a verb, up to the next verb that "and" joins."""
    for k in range(place + 1, last):
        if tag(line, k) is Tag.VFIN:
            return k - 1 if tag(line, k - 1) is Tag.CONJ else k
    return last


def _with_apposition(line: Line, run: Run) -> Run:
    return run


def _antecedent(line: Line, relative: int, form: str) -> Run | None:
    """As in "министр, который заявил": the phrase before the comma, or its head further left."""
    end = relative
    while end > 0 and (line.tokens[end - 1].text == "," or tag(line, end - 1) is Tag.PREP):
        end -= 1
    first, _ = segment(line, end - 1) if end else (0, 0)
    found = [phrase for phrase, _ in phrases(line, first, end) if phrase.last == end]
    if not found:
        return None
    return found[-1].run if found[-1].voice else None


def _before(line: Line, first: int, form: str) -> Run | None:
    """The subject in an earlier stretch of the sentence, over insertions and other verbs."""
    bound = first - 1
    floor = max(0, first - _FAR)
    while bound > floor and line.tokens[bound].text not in _FULL and tag(line, bound) is not Tag.QUOTE:
        left, _ = segment(line, bound - 1)
        if bound - left > 0 and not _is_insertion(line, left, bound):
            found = [p for p in candidates(line, left, bound, form) if p.voice]
            if found:
                return found[0].run
        bound = left - 1
    return None


def _is_insertion(line: Line, first: int, last: int) -> bool:
    """A dependent clause or a gerund, whose phrases are no subject of the main clause."""
    place = first
    while place < last and tag(line, place) in (Tag.ADV, Tag.NEG, Tag.CONJ, Tag.PREP):
        place += 1
    return tag(line, place) in _DEPENDENT | {Tag.VING}


def main_subject(line: Line, place: int) -> Run | None:
    """The subject of the nearest finite verb to the left, reporting verbs first."""
    finite = [k for k in range(place - 1, -1, -1) if tag(line, k) is Tag.VFIN]
    groups = [g for k in finite if (g := group_at(line, k)) and g.form in FINITE - {"r"}]
    for group in groups:
        found = subject_of(line, group.place, group.form)
        if found is not None:
            return found
        if (place_of := institution(line, group)) is not None:
            return place_of
    for k in reversed(finite):
        if group_at(line, k) is None:
            found = subject_of(line, k, past_form(line, k))
            if found is not None:
                return found
    return None


def form_of(line: Line, place: int) -> str:
    """The form code of a finite verb, "" where unsure."""
    group = group_at(line, place)
    known = group.form if group is not None and group.form in "mfnps" else ""
    return known or past_form(line, place)


def past_form(line: Line, place: int) -> str:
    """The form code of a finite verb that reports nothing, by its ending; "" where unsure."""
    word = text(line, place)
    for suffix in ("ся", "сь"):
        word = word.removesuffix(suffix)
    if word.endswith(("ла",)):
        return "f"
    if word.endswith(("ло",)):
        return "n"
    if word.endswith(("ли", "ть" if line.language == "uk" else "ют", "ут", "ят")):
        return "p" if not word.endswith("ить") else "s"
    return "m" if word.endswith(("л", "в")) else ""


def institution(line: Line, group: Group) -> Run | None:
    """As in "в Кремле заявили": a place that stands for those who speak there."""
    if group.form not in "pro":
        return None
    words = line.words.words
    first, last = segment(line, group.place)
    for phrase, preposition in phrases(line, first, last):
        if preposition < 0 or text(line, preposition) not in words["place_prepositions"]:
            continue
        head = text(line, phrase.first)
        if head in words["channels"] or _is_time(line, phrase) or not _houses(line, phrase):
            continue
        return phrase.run
    return None


def _houses(line: Line, phrase: Phrase) -> bool:
    """Whether a place can speak: a name, an office, an organisation."""
    kinds = ("organisations", "offices", "voices", "independent")
    named = any(tag(line, k) is Tag.NAME for k in range(phrase.first, phrase.last))
    return named or any(
        noun_phrase.is_a(kind, text(line, k))
        for kind in kinds
        for k in range(phrase.first, phrase.last)
    )


def document(line: Line, group: Group) -> Run | None:
    """As in "в заявлении МИД говорится": whose statement it is, or the document itself."""
    first, last = segment(line, group.place)
    stems = tuple(line.words.words["documents"])
    for phrase, _ in phrases(line, first, last):
        named = next(
            (k for k in range(*phrase.run) if text(line, k).startswith(stems) and tag(line, k) in HEADS),
            None,
        )
        if named is not None and not phrase.cases & {"m", "f", "n"} - {"n"}:
            return (named + 1, phrase.last) if named + 1 < phrase.last else (named, named + 1)
    return None


def has_verb(line: Line, first: int, last: int) -> bool:
    """Whether a stretch of tokens holds a finite verb or a participle in its place."""
    return any(tag(line, k) in (Tag.VFIN, Tag.VPP) for k in range(first, last))
