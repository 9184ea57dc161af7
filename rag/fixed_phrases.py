"""Rules that need no verb table: silence, doubt and "according to", read before any verb.

Rule ids: no_comment, does_not_confirm, not_denied, unverified (silence and doubt), according_to
("laut X", "X zufolge"), via ("citing X"), hearsay (angeblich, reportedly, "soll ... haben").
"""

from __future__ import annotations

import re

from rag import (
    english_clauses,
    english_contents,
    english_idioms,
    english_subjects,
    german_clauses,
    german_subjects,
    phrases,
)
from rag.according_to import named
from rag.drafts import HEADS, NOMINAL, Draft, Extent, Line, Run
from rag.schema import Form, Stance
from rag.tagging import MASK, VERBS, Tag

_POINT = re.compile(r"(?<=\d)[.,](?=\d)")
_MATTER = 12  # characters from which on the words after a phrase are its matter
_WITH_SOURCE = (Stance.NO_COMMENT, Stance.DOES_NOT_CONFIRM, Stance.NOT_DENIED)


def matches(line: Line) -> bool:
    """Whether any fixed phrase occurs, so that the sentence is worth tagging."""
    patterns = [pattern for _, pattern in line.words.fixed]
    patterns += [phrase.pattern for phrase in line.words.prepositional]
    patterns += [*line.words.via, line.words.hearsay, line.words.suspects]
    patterns += [phrase.pattern for phrase in line.words.unnamed]
    if line.language == "en" and english_idioms.matches(line.masked):
        return True
    plain = _POINT.sub("_", line.masked)
    return any(pattern.search(plain) for pattern in patterns)


def silence_and_doubt(line: Line) -> list[Draft]:
    """Claims of silence (with their source) and of doubt, which needs none."""
    drafts: list[Draft] = []
    plain = _POINT.sub("_", line.masked)  # the point of a number ends nothing
    for stance, pattern in line.words.fixed:
        for match in pattern.finditer(plain):
            if MASK in match.group():
                continue
            extent = (line.start + match.start(), line.start + match.end())
            first, last = line.run(extent)
            if first >= last or any(k in line.used - line.framed for k in range(first, last)):
                continue
            drafts.append(_fixed(line, stance, match, (first, last)))
            line.used.update(range(first, last))
    return drafts


def _fixed(line: Line, stance: Stance, match: re.Match[str], run: Run) -> Draft:
    verbs = [k for k in range(*run) if line.tokens[k].tag in VERBS]
    who = named(line, match, "who") or (_subject(line, verbs[0], run[0]) if verbs else None)
    if who is not None and not (stance in _WITH_SOURCE or _is_witness(line, who, run)):
        who = None
    content = _content(line, match, run, who)
    cue = line.extent(*run)
    mentions: list[Extent] = []
    if who is not None:
        mentions = [line.extent(*part) for part in phrases.sources(line, who)] if who else []
    if who and content and stance is Stance.UNVERIFIED and mentions and content[0] == mentions[0]:
        content = [line.extent(run[0], run[1])]
    return Draft(stance.value, stance, content, Form.INDIRECT, mentions, cue)


def _is_witness(line: Line, who: Run, run: Run) -> bool:
    """Whether somebody is said to have failed to verify: "Reuters could not verify the claim"."""
    if line.tokens[who[0]].lower in line.words.words["empty_subject"]:
        return False
    words = {line.tokens[k].lower for k in range(*run)}
    inside = run[0] <= who[0] and line.tokens[run[0]].tag not in VERBS
    return not inside and not words & line.words.words["impersonal"]


def _subject(line: Line, verb: int, start: int) -> Run | None:
    if line.language == "de":
        near = (*range(verb, -1, -1), verb + 1, verb + 2)  # "Bestätigt hat das X nicht"
        near = tuple(k for k in near if k < len(line.tokens))
        finite = next((k for k in near if line.tokens[k].tag is Tag.VFIN), verb)
        final = next((k for k in (verb + 1, verb + 2) if _is_final(line, k)), finite)
        found = german_subjects.subject(line, final)
        if found is not None and line.tokens[found[0]].lower.startswith("kein"):
            return german_subjects.shared_subject(line, finite)
        return found
    named_first = line.tokens[start].tag in NOMINAL - {Tag.ADJ}  # but "unable to verify"
    place = verb if named_first and start + 1 < verb else start
    while place > 0 and line.tokens[place - 1].tag in (Tag.ADV, Tag.NEG, *VERBS):
        place -= 1
    left = english_subjects.subject_left(line, place)
    if left is None and line.tokens[max(place - 1, 0)].tag is Tag.CONJ:
        return english_clauses.main_subject(line, place)
    return left


def _is_final(line: Line, place: int) -> bool:
    """As in "der die Berichte nicht bestätigen konnte": the finite verb stands last."""
    known = place < len(line.tokens) and line.tokens[place].tag is Tag.VFIN
    return known and german_clauses.is_verb_final(line, place)


def _content(line: Line, match: re.Match[str], run: Run, who: Run | None) -> list[Extent]:
    """What is not said or known: the clause after the phrase, its object, or what is left of it."""
    following = run[1]
    while following < len(line.tokens) and line.tokens[following].text in (",", ":"):
        following += 1
    if line.language == "en" and phrases.is_time(line, following + 1):
        when = line.tokens[following].tag is Tag.PREP  # "unclear on Friday how ..."
        following += 2 * when
    if following < len(line.tokens) and _opens_clause(line, following):
        return [line.extent(following, _clause_end(line, following))]
    infinitive = _infinitive_after(line, run[1])
    if infinitive is not None:
        return [infinitive]
    left = _left_clause(line, run[0], who)
    if left is not None and left[0] == line.tokens[0].start and _opens_clause(line, 0):
        return [left]
    what = named(line, match, "what")
    before = german_subjects.pointed_clause(line, what, run[0])
    if before is None and what is not None and line.language == "en":
        # "would not elaborate on what had happened"
        before = line.extent(*what) if _opens_clause(line, what[0]) else None
    if before is not None:
        return [before]
    for matter in (_trimmed(line, what, who) if what else None, _topic(line, run)):
        asked = matter is not None and _is_request(line, matter)
        if matter and any(line.tokens[k].tag in HEADS for k in range(*matter)):
            return [line.extent(*(run if asked else matter))]
    right = _right_clause(line, run[1])
    if right is not None and who is not None and right[1] - right[0] <= _MATTER:
        right = None
    return [left or right or _before_relative(line, run[0]) or line.extent(*run)]


def _infinitive_after(line: Line, comma: int) -> Extent | None:
    """German: "bestreiten nicht, das Geld überwiesen zu haben"."""
    if line.language != "de" or comma >= len(line.tokens) or line.tokens[comma].text != ",":
        return None
    end = line.end_of_words()
    stop = next((k for k in range(comma + 1, end) if line.tokens[k].text in ",;:"), end)
    tags = {token.tag for token in line.tokens[comma + 1 : stop]}
    opened = tags & {Tag.TO, Tag.VIZU} and Tag.VFIN not in tags
    return line.extent(comma + 1, stop) if opened else None


def _is_request(line: Line, run: Run) -> bool:
    """As in "did not respond to requests for comment": that is no matter."""
    asked = line.words.words.get("requests", frozenset())
    return any(line.tokens[k].lower in asked for k in range(*run))


def _clause_end(line: Line, start: int) -> int:
    """The token after a clause that nobody spoke of: in English before ", saying"."""
    return (
        english_contents.content_end(line, start) if line.language == "en" else line.end_of_words()
    )


def _before_relative(line: Line, place: int) -> Extent | None:
    """As in "..., a claim that Moscow did not confirm": what stands before the comma."""
    comma = next((k for k in range(place - 1, 0, -1) if line.tokens[k].text == ","), None)
    if comma is None:
        return None
    relative = (Tag.REL, Tag.SUB, Tag.WH)
    dependent = any(line.tokens[k].tag in relative for k in range(comma, place + 1))
    return line.extent(0, comma) if dependent else None


def _topic(line: Line, run: Run) -> Run | None:
    """The phrase after "zu", "on" within the frame: "wollte sich zu den Berichten nicht äußern"."""
    for k in range(*run):
        token = line.tokens[k]
        if token.tag is Tag.PREP and token.lower in line.words.words["topic_prepositions"]:
            end = phrases.end_of_phrase(line, k + 1)
            return (k + 1, end) if end > k + 1 else None
    return None


def _opens_clause(line: Line, place: int) -> bool:
    token = line.tokens[place]
    words = line.words.words["complementisers"]
    second = line.tokens[place + 1].lower if place + 1 < len(line.tokens) else ""
    return token.lower in words or (token.tag is Tag.PREP and second in words)


def _trimmed(line: Line, run: Run, who: Run | None) -> Run:
    """The matter without the subject that German puts before it: "bestätigte der Kreml die ..."."""
    first, last = run
    if who is not None and who[0] >= first and who[1] <= last:
        first = who[1]
    while first < last and line.tokens[first].tag in (Tag.ADV, Tag.REFL, Tag.NEG, Tag.REL):
        first += 1
    while last > first and line.tokens[last - 1].tag in (Tag.ADV, Tag.NEG):
        last -= 1
    return first, last


def _left_clause(line: Line, place: int, who: Run | None) -> Extent | None:
    """The words between the clause's beginning and the phrase, the subject left out."""
    start = place
    while start > 0 and line.tokens[start - 1].text not in ",;:–—" and start - 1 not in line.used:
        start -= 1
    opening = next((k for k in range(place) if line.tokens[k].text == ","), start)
    if opening > 1 and _opens_clause(line, 0) and (who is None or who[0] > opening):
        return line.extent(0, opening)  # "Ob er lebt, ist unklar", "Wer schoss, ist heute unklar"
    while start < place and line.tokens[start].tag in (Tag.ADV, Tag.CONJ):
        start += 1
    if who is not None and who[0] >= start - 1 and who[1] <= place:
        return None
    said = [t for t in line.tokens[start:place] if t.tag in HEADS]
    return line.extent(start, place) if said else None


def _right_clause(line: Line, place: int) -> Extent | None:
    end = place
    while end < line.end_of_words() and line.tokens[end].text not in ",;:" and end not in line.used:
        end += 1
    return line.extent(place, end) if end > place else None


def hearsay(line: Line) -> list[Draft]:
    """Words that ask nobody to be believed: angeblich, reportedly, "soll ... haben"."""
    found = _evidential_soll(line) if line.language == "de" else None
    if found is not None:
        return [found]
    match = line.words.hearsay.search(line.masked)
    if match is None:
        return []
    cue = (line.start + match.start(), line.start + match.end())
    if any(t.tag in HEADS and t.start == cue[1] + 1 for t in line.tokens) and not line.tokens:
        return []
    content = [_around(line, cue)]
    stance = _hearsay_stance(line, match.group())
    return [Draft("hearsay", stance, content, Form.HEARSAY, cue=cue)]


def _hearsay_stance(line: Line, phrase: str) -> Stance:
    """What the word of hearsay makes of it: "is believed to" estimates, "allegedly" claims."""
    said = set(phrase.lower().split())
    kinds = (Stance.ASSERTS, Stance.ESTIMATES, Stance.CLAIMS, Stance.CONFIRMS, Stance.EXPECTS)
    named = line.words.words.get
    return next((k for k in kinds if said & named(f"hearsay_{k}", frozenset())), Stance.REPORTS)


def _around(line: Line, cue: Extent) -> Extent:
    """The sentence, or the relative clause between commas in which alone the word stands."""
    place, _ = line.run(cue)
    opened = next((k for k in range(place, 0, -1) if line.tokens[k].text in ",;:"), None)
    closed = next((k for k in range(place, len(line.tokens)) if line.tokens[k].text in ",;:"), None)
    if opened is None or closed is None or line.tokens[opened + 1].tag is not Tag.REL:
        return line.extent(0, _end_of_hearsay(line, place))
    return line.extent(opened + 2, closed)


def _end_of_hearsay(line: Line, place: int) -> int:
    """As in "Eleven people were reported killed after a bomb hit": before the other clause."""
    ends = line.words.words.get("ends_object", frozenset())
    near = range(place, line.end_of_words())
    return next((k for k in near if line.tokens[k].lower in ends), line.end_of_words())


def _evidential_soll(line: Line) -> Draft | None:
    """As in "soll getötet worden sein", and plans with a date: "soll am Mittwoch weiterreisen"."""
    for k, token in enumerate(line.tokens):
        if token.lower not in ("soll", "sollen") or token.tag is not Tag.VFIN:
            continue
        end = next(
            (m for m in range(k + 1, len(line.tokens)) if line.tokens[m].text in ",;:–"),
            line.end_of_words(),
        )
        perfect = line.tokens[end - 1].lower in ("haben", "sein") and line.tokens[end - 2].tag in (
            Tag.VPP,
            Tag.VINF,
            Tag.PART,
            Tag.ADV,
        )
        planned = any(
            phrases.is_time(line, m) and line.tokens[m].tag is not Tag.ADV
            for m in range(k + 1, end)
        )
        infinitive = any(line.tokens[m].tag is Tag.VINF for m in range(k + 1, end))
        if perfect or (planned and infinitive):
            start = k + 1 if planned and not perfect else 0
            content = [line.extent(start, end)]
            return Draft(
                "hearsay", Stance.REPORTS, content, Form.HEARSAY, cue=(token.start, token.end)
            )
    return None
