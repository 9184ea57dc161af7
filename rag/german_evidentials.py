"""German words that report without a reporting verb: "demnach", "soll", "will ... haben".

Rule ids: accordingly ("demnach": the speaker of the sentence before), will (the subject claims it
of itself), supposed ("soll" in a sentence that goes on with what somebody has said).
"""

from __future__ import annotations

from rag import according_to, german_clauses, german_subjects, phrases
from rag.drafts import Draft, Extent, Line
from rag.german_clauses import tag, text
from rag.german_frames import is_empty, mentions
from rag.schema import Form, Stance
from rag.tagging import Tag

_PERFECT = frozenset({Tag.VPP, Tag.VINF, Tag.PART})


def by_accordingly(line: Line) -> list[Draft]:
    """As in "Verletzt wurde demnach niemand": the word points back to a source."""
    for k, token in enumerate(line.tokens):
        if token.lower not in line.words.words["accordingly"] or k in line.used:
            continue
        line.used.update(k for k, t in enumerate(line.tokens) if t.tag is Tag.QUOTE)
        content = according_to.rest_of_clause(line, (k, k + 1))
        mention = (token.start, token.end)
        if content:
            draft = Draft("accordingly", Stance.REPORTS, content, cue=mention, carried=True)
            draft.sources = [mention]
            return [draft]
    return []


def by_talk(line: Line, place: int) -> list[Draft]:
    """As in "Die Rede war von sechzig Rohren": the speaker of the sentence before goes on."""
    talk = text(line, place) == "Rede" and tag(line, place - 1) is Tag.DET
    if not talk or any(tag(line, k) is Tag.QUOTE for k in range(len(line.tokens))):
        return []
    of = next((k for k, t in enumerate(line.tokens) if t.lower in ("von", "vom")), None)
    being = any(t.lemma == "sein" for t in line.tokens if t.tag is Tag.VFIN)
    if of is None or not being:
        return []
    finite = next(k for k, t in enumerate(line.tokens) if t.tag is Tag.VFIN)
    end = min(finite, place - 1) if of < finite else line.end_of_words()
    end = place - 1 if finite < of < place else end
    content = [line.extent(of + 1, end)]
    line.used.update((place, of))
    cue = (line.tokens[place].start, line.tokens[place].end)
    where = [
        line.extent(k + 1, phrases.end_of_phrase(line, k + 1))
        for k in range(min(finite, place), place)
        if line.tokens[k].lower in ("in", "im", "aus", "bei", "beim")
    ]  # "ist im Bericht die Rede"
    return [Draft("talk", Stance.REPORTS, content, sources=where[:1], cue=cue, carried=not where)]


def by_will(line: Line, place: int) -> list[Draft]:
    """As in "Der SBU will mehr als vierzig Maschinen beschädigt haben": the subject's own word."""
    if line.tokens[place].lower not in line.words.words["evidential_will"]:
        return []
    end = _end_of_perfect(line, place)
    who = german_subjects.subject(line, place) if end else None
    if end is None or who is None or is_empty(line, who):
        return []
    inner = [(who[0], place + 1)] if who[0] < place else [(place, who[1])]
    first = german_subjects.front_field(line, place) or (place, place)
    start = min(first[0], who[0], place)
    while start > 0 and text(line, start - 1) not in (",", ";", ":"):
        start -= 1
    cuts = [start, *inner[0], end]
    content = [line.extent(cuts[0], cuts[1]), line.extent(cuts[2], cuts[3])]
    line.used.add(place)
    cue = (line.tokens[place].start, line.tokens[place].end)
    kept = [part for part in content if part[1] - part[0] > 1]
    return [Draft("will", Stance.CLAIMS, kept, Form.INDIRECT, mentions(line, who), cue)]


def _end_of_perfect(line: Line, place: int) -> int | None:
    """The token after "... beschädigt haben" at the end of the clause of a modal verb."""
    for k in range(place + 1, len(line.tokens)):
        if text(line, k) in (",", ";", ":", ".", "–") or k == len(line.tokens) - 1:
            last = k if text(line, k) in ",;:.–" else k + 1
            perfect = text(line, last - 1) in ("haben", "sein") and tag(line, last - 2) in _PERFECT
            return last if perfect else None
    return None


def after_semicolon(line: Line, told: list[Draft]) -> list[Draft]:
    """As in "X sprach von 117 Drohnen; Schäden habe es nicht gegeben": the second part goes on."""
    who = next((draft.sources for draft in reversed(told) if draft.sources), None)
    start = next((k for k, t in enumerate(line.tokens) if t.text == ";"), None)
    if who is None or start is None:
        return []
    finite = next((t for t in line.tokens[start:] if t.tag is Tag.VFIN), None)
    content = line.extent(start + 1, line.end_of_words())
    taken = any(a < content[1] and content[0] < b for d in told for a, b in d.content)
    if taken or finite is None or finite.mood != "k1":
        return []
    line.used.update(k for k, t in enumerate(line.tokens) if t.tag is Tag.QUOTE and k > start)
    return [Draft("reported_continued", Stance.ASSERTS, [content], Form.FREE, sources=list(who))]


def supposed(line: Line, follows_claim: bool) -> list[Draft]:
    """As in "Die Besitzer sollen geflohen sein", right after what somebody has said."""
    opens_paragraph = line.text[line.start - 1 : line.start] in ("", "\n")
    verbs = [k for k, t in enumerate(line.tokens) if t.tag is Tag.VFIN]
    main = [k for k in verbs if not german_clauses.is_verb_final(line, k)]
    finite = next(iter(main or verbs), None)
    if not follows_claim or opens_paragraph or finite is None:
        return []
    if line.tokens[finite].lower not in line.words.words["evidential_soll"]:
        return []
    if _end_of_perfect(line, finite) is None:
        return []  # a plan
    content: list[Extent] = [line.extent(0, len(line.tokens))]
    line.used.update(k for k, t in enumerate(line.tokens) if t.tag is Tag.QUOTE)
    return [Draft("supposed", Stance.REPORTS, content, Form.FREE, carried=True)]
