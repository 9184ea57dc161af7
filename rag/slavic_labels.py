"""Sentences of Ukrainian and Russian with a speaker but no verb, and those with nobody.

Rule ids: label ("Песков: ...", "... — Reuters"), speech_continued (a line of dialogue that goes
on after a frame), hearsay ("якобы", "за чутками").
"""

from __future__ import annotations

import re

from rag import noun_phrase, slavic_clauses, slavic_phrases, slavic_subjects
from rag.drafts import Draft, Line
from rag.schema import Form, Stance
from rag.slavic_clauses import group_at, has_verb, tag, text
from rag.slavic_forms import NOMINATIVE
from rag.slavic_phrases import phrase_at
from rag.tagging import Tag

_DASHES = frozenset({"–", "—"})
_LABEL_WORDS = 9
_LEAST = 3  # tokens of a content
_TRAILING = 9  # tokens of a speaker at the end
_CONTRAST = re.compile(r",\s+(?:хотя|хоча|но|але|однако|проте)\b")


def found(line: Line, *, follows_claim: bool) -> list[Draft]:
    """The claim of a sentence that no verb of saying opened, if it names a speaker or none."""
    return _dialogue(line, follows_claim) or _leading(line) or _closing(line) or hearsay(line)


def _dialogue(line: Line, follows_claim: bool) -> list[Draft]:
    """As in "— Мы ждём.": after a frame, or after a colon that ends the sentence before."""
    if text(line, 0) not in _DASHES or len(line.tokens) < 2:
        return []
    opened = line.text[: line.start].rstrip().endswith(":")
    same = "\n" not in line.text[max(0, line.start - 2) : line.start]
    if not (opened or (follows_claim and same)):
        return []
    content = [line.extent(1, len(line.tokens))]
    draft = Draft("speech_continued", Stance.ASSERTS, content, Form.DIRECT, carried=True)
    draft.near = not opened
    return [draft]


def _leading(line: Line) -> list[Draft]:
    """As in "Песков: Москва открыта к диалогу", "Bloomberg: ..."."""
    near = range(1, min(len(line.tokens), _LABEL_WORDS))
    colon = next((k for k in near if text(line, k) == ":" and not _in_figure(line, k)), None)
    if colon is None or len(line.tokens) - colon < _LEAST:
        return []
    first = _after_time(line)
    phrase = phrase_at(line, first, colon) if first < colon else None
    if phrase is None or not phrase.cases & NOMINATIVE:
        return []
    last = phrase.last
    if text(line, last) in line.words.words["about"]:  # "Стефанчук про вибори: ..."
        topic = phrase_at(line, last + 1, colon, governed=True)
        last = topic.last if topic else last
    if last != colon or not _speaks(line, phrase.first, phrase.last):
        return []
    content = [line.extent(colon + 1, len(line.tokens))]
    source = [line.extent(first, phrase.last)]
    draft = Draft("label", _told(line, first, phrase.last), content, sources=source)
    draft.voiced = draft.stance is Stance.ASSERTS
    return [draft]


def _told(line: Line, first: int, last: int) -> Stance:
    """A paper or an office reports, a person says."""
    bodies = ("organisations", "offices", "independent")
    for k in range(first, last):
        token = line.tokens[k]
        latin = token.text[0].isascii() and token.tag is Tag.NAME
        acronym = len(token.text) > 1 and token.text.isupper()
        if latin or acronym or any(noun_phrase.is_a(kind, token.lower) for kind in bodies):
            post = any(noun_phrase.is_a("roles", text(line, m)) for m in range(first, last))
            return Stance.ASSERTS if post else Stance.REPORTS
    return Stance.ASSERTS


def before_quote(line: Line) -> list[Draft]:
    """As in "Эксперт скептичен: «...»": whoever stands before a colon and a quotation."""
    for k in range(2, len(line.tokens)):
        if tag(line, k) is not Tag.QUOTE or k in line.used or text(line, k - 1) != ":":
            continue
        first, last = slavic_clauses.segment(line, k - 2)
        named = [p for p in slavic_clauses.candidates(line, first, last, "") if p.headed]
        if named and not any(group_at(line, m) for m in range(first, last)):
            line.used.add(k)
            source = [line.extent(*named[0].run)]
            content = [line.quote_at(k)]
            return [Draft("label", Stance.ASSERTS, content, Form.DIRECT, source)]
    return []


def _in_figure(line: Line, place: int) -> bool:
    return tag(line, place - 1) is Tag.NUM and tag(line, place + 1) is Tag.NUM


def _after_time(line: Line) -> int:
    """The first word of a line that may open with a clock time: "10:58 Мер Собянін: ..."."""
    place = 0
    while tag(line, place) is Tag.NUM or text(line, place) in (":", "."):
        place += 1
    return place


def _speaks(line: Line, first: int, last: int) -> bool:
    """Whether a label is somebody: a name or a post, all words nominal."""
    named = any(
        tag(line, k) is Tag.NAME or slavic_phrases.is_post(text(line, k))
        for k in range(first, last)
    )
    body = line.tokens[first].text[0].isupper()
    return body and (named or line.headline or last - first > 1)


def _closing(line: Line) -> list[Draft]:
    """As in "США готовят смягчение санкций — WSJ": a name behind the last dash.

    A headline may have a colon there, and a content without a verb: "Четверо загиблих, – поліція".
    """
    end = line.end_of_words()
    near = range(max(2, end - _TRAILING - 1), end - 1)
    marks = _DASHES | {":"} if line.headline else _DASHES
    dash = next((k for k in reversed(near) if text(line, k) in marks), None)
    if dash is None or dash < _LEAST or not (line.headline or has_verb(line, 0, dash)):
        return []
    phrase = phrase_at(line, dash + 1, end)
    if phrase is None or phrase.last != end or not phrase.cases & NOMINATIVE or not phrase.voice:
        return []
    named = any(tag(line, k) is Tag.NAME for k in range(dash + 1, end))
    known = slavic_phrases.is_post(text(line, dash + 1)) or (line.headline and phrase.headed)
    if not named and not known:
        return []
    content = [line.extent(_last_part(line, dash), dash)]
    stance = _told(line, dash + 1, end)
    whole = line.text[line.end : line.end + 1] in ("", "\n")
    draft = Draft("label", stance, content, sources=[line.extent(dash + 1, end)])
    draft.voiced = not whole and stance is Stance.ASSERTS
    return [draft]


def _last_part(line: Line, dash: int) -> int:
    """Where the last part of a headline begins: behind a colon or the end of a sentence."""
    stops = (k for k in range(dash - 2, 0, -1) if text(line, k) in (".", ":", "!", "?"))
    stop = next((k for k in stops if slavic_clauses.is_bound(line, k)), None)
    return stop + 1 if line.headline and stop is not None else 0


def hearsay(line: Line) -> list[Draft]:
    """Words that ask nobody to be believed: a rumour, "якобы", what nobody has checked."""
    for phrase in line.words.unnamed:
        match = phrase.pattern.search(line.masked)
        if match:
            return [_unsourced(line, match, phrase.stance)]
    match = line.words.hearsay.search(line.masked)
    if match and (told := _told_before(line, match)) is not None:
        return [told]
    return [_unsourced(line, match, Stance.CLAIMS)] if match else []


def _told_before(line: Line, match: re.Match[str]) -> Draft | None:
    """As in "Он грешит на снег: с Нового года, мол, не чистили": whoever acts before the colon."""
    place, last = line.run((line.start + match.start(), line.start + match.end()))
    colon = next((k for k in range(place - 1, 0, -1) if text(line, k) == ":"), None)
    verb = next((k for k in range(colon or 0) if tag(line, k) is Tag.VFIN), None)
    if colon is None or verb is None:
        return None
    who = slavic_subjects.subject_of(line, verb, slavic_subjects.form_of(line, verb))
    phrase = phrase_at(line, *who) if who else None
    if who is None or phrase is None or not phrase.voice or who[1] > colon:
        return None
    while text(line, place - 1) == ",":
        place -= 1
    while text(line, last) == ",":
        last += 1
    parts = [(colon + 1, place), (last, line.end_of_words())]
    content = [line.extent(*part) for part in parts if part[0] < part[1]]
    return Draft("colon", Stance.ASSERTS, content, sources=[line.extent(*who)])


def _unsourced(line: Line, match: re.Match[str], stance: Stance) -> Draft:
    cue = (line.start + match.start(), line.start + match.end())
    first, last = line.run(cue)
    high = line.end_of_words()
    cut = _CONTRAST.search(line.masked, match.end())
    if cut is not None:
        high = min(high, line.position(line.start + cut.start()))
    behind = slavic_clauses.text(line, last) == "," and last + 1 < high
    parts = [(0, first), (last + behind, high)]
    content = [line.extent(*part) for part in parts if part[1] - part[0] > 0]
    content = [extent for extent in content if extent[1] - extent[0] > 1]
    if behind and text(line, last + 1) in line.words.words["complementisers"]:
        content = [line.extent(last + 2, high)]
    if stance is Stance.CLAIMS and first < 1:
        content = [line.extent(last, high)]
    return Draft("hearsay", stance, content or [cue], Form.HEARSAY, cue=cue)
