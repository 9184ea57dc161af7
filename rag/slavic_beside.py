"""What else tells the subject of a Ukrainian or Russian verb: pronouns, enumerations, matters.

Phrases touch where no ending parts them: "МИД обвинения отверг", "участие Киева и Вашингтон".
"""

from __future__ import annotations

from dataclasses import replace

from rag import slavic_phrases, slavic_tagging
from rag.drafts import Line, Run
from rag.schema import Stance
from rag.slavic_clauses import agrees, group_at, phrases, segment, tag, text
from rag.slavic_forms import ALL_CASES, NOMINATIVE
from rag.slavic_phrases import Phrase, phrase_at
from rag.tagging import Tag

_PAIR = 2  # words of a noun with a name behind it
PERSONAL = frozenset({"він", "вона", "вони", "он", "она", "они"})


def pronoun(line: Line, place: int, first: int, last: int, form: str) -> Run | None:
    """As in "дат он не называл", "сказал он Reuters": a pronoun beside the verb is the subject."""
    left = place - 1
    while left > first and tag(line, left) in (Tag.NEG, Tag.ADV):
        left -= 1
    for k in (left, place + 1):
        if first <= k < last and tag(line, k) is Tag.PRON and text(line, k) in PERSONAL:
            phrase = phrase_at(line, k, k + 1)
            wanted = form if form != "s" else "mfn"
            if phrase is not None and phrase.cases & frozenset(wanted):
                return phrase.run
    return None


def neither(line: Line, first: int, place: int) -> Run | None:
    """As in "ни Киев, ни Москва не подтвердили": both, from the first to the last."""
    if tag(line, first) is not Tag.NEG or first < 3 or text(line, first - 1) != ",":
        return None
    left, _ = segment(line, first - 2)
    one = phrase_at(line, left + 1, first - 1)
    other = phrase_at(line, first + 1, place)
    other = without_matter(line, other, place) if other is not None else None
    if tag(line, left) is not Tag.NEG or one is None or other is None:
        return None
    spoken = one.voice and other.voice and one.cases & other.cases & NOMINATIVE
    return (one.first, other.last) if spoken and one.last == first - 1 else None


def without_matter(line: Line, phrase: Phrase, place: int) -> Phrase:
    """As in "МИД обвинения отверг": what is judged stands between the subject and its verb."""
    group, words = group_at(line, place), line.words
    judged = group is not None and {"object", "silent", "naming"} & group.cue.takes
    close = all(tag(line, k) in (Tag.NEG, Tag.ADV) for k in range(phrase.last, place))
    if group is None or not close or not (judged or tag(line, place - 1) is Tag.NEG):
        return phrase
    stems = (*words.nouns, *words.words["deniable"], *words.words["denial"])
    for k in range(phrase.first + 1, phrase.last):
        if tag(line, k) is Tag.NOUN and text(line, k).startswith(stems):
            cut = _before_attributes(line, k, phrase.first)
            governed = tag(line, cut - 1) is Tag.PREP
            posted = slavic_phrases.is_post(text(line, cut - 1))
            return phrase if governed or posted else replace(phrase, last=cut)
    return phrase


def _before_attributes(line: Line, place: int, first: int) -> int:
    while place - 1 > first and tag(line, place - 1) in (Tag.ADJ, Tag.DET):
        place -= 1
    return place


def caseless(line: Line, first: int, place: int) -> Run | None:
    """As in "основной причиной МЧС считает": a short name right before the verb, in no case."""
    last = place
    while last > first and tag(line, last - 1) in (Tag.ADV, Tag.NEG):
        last -= 1
    if last - 1 <= first or tag(line, last - 1) is not Tag.NAME:
        return None
    if slavic_tagging.cases(line.tokens[last - 1], line.language) != ALL_CASES:
        return None
    found = phrases(line, first, last)
    phrase, preposition = found[-1] if found else (None, -1)
    if phrase is None or phrase.last != last or phrase.last - phrase.first < _PAIR:
        return None
    if phrase.headed or any(p.voice and p.cases & NOMINATIVE for p, _ in found[:-1]):
        return None
    said = (*line.words.nouns, *line.words.words["deniable"])
    matter = text(line, found[0][0].first).startswith(said)
    ruled = phrase.cases <= {"d", "g"} if preposition < 0 else matter
    return (last - 1, last) if ruled or matter else None


def proves(line: Line, place: int, phrase: Phrase) -> bool:
    """As in "это подтверждают снимки": what is seen confirms or refutes."""
    group = group_at(line, place)
    judging = group is not None and group.cue.stance in (Stance.CONFIRMS, Stance.DENIES)
    proofs = tuple(line.words.words["proofs"])
    return judging and any(text(line, k).startswith(proofs) for k in range(*phrase.run))


def joined_behind(line: Line, place: int, last: int, form: str) -> list[Phrase]:
    """As in "опроверг участие Киева и Вашингтон": "and" means "too"."""
    group = group_at(line, place)
    if group is None or "object" not in group.cue.takes:
        return []
    for k in range(place + 2, last - 1):
        phrase = phrase_at(line, k + 1, last) if tag(line, k) is Tag.CONJ else None
        if phrase is not None and phrase.last == last and phrase.headed and agrees(phrase, form):
            return [phrase]
    return []


def enumerated(line: Line, phrase: Phrase) -> Run:
    """As in "опровергли BBC, NBC и New York Times": over the commas of names that "and" ends."""
    last = phrase.last
    while text(line, last) == ",":
        other = phrase_at(line, last + 1, len(line.tokens))
        if other is None or not other.voice or not other.cases & phrase.cases & NOMINATIVE:
            return phrase.run
        if tag(line, other.first) is not Tag.NAME:
            return phrase.run
        if any(tag(line, k) is Tag.CONJ for k in range(*other.run)):
            return phrase.first, other.last
        last = other.last
    return phrase.run
