"""What a denial puts in the place of what it denies: a claim of its own by the same source.

"X denied that the ship had sunk: it lay in the harbour" denies one thing and asserts another.
Without the second claim the sentence would be evidence of the denied half alone. "Not a missile but
a gas explosion" is one claim, which asserts what follows "but". Rule id: instead.
"""

from __future__ import annotations

import re
from functools import cache

from rag import lexicon
from rag.drafts import Draft, Extent, Line
from rag.schema import LANGUAGES, Form, Stance
from rag.tagging import Tag

RULE = "instead"
_MARK = re.compile(r",?\s*[:–—]\s+")
_COLON = re.compile(r":\s+")
_FRAME = 30  # characters between a content with its frame and the colon behind them
_LEAST = 3  # words of a clause
_QUOTES = '„“”«»"'
_END = " .!…\n"
_NEEDS_VERB = frozenset({"de", "en"})  # in Ukrainian and Russian "is" is not said


def completed(line: Line, drafts: list[Draft]) -> list[Draft]:
    """The drafts of a sentence, with what denials and contrasts put in the place of others."""
    made: list[Draft] = []
    for draft in drafts:
        made.append(draft)
        if not (draft.sources or draft.carried) or not draft.content:
            continue
        if draft.rule == "colon" and draft.stance is Stance.DENIES:
            made[-1:] = [*_announced(line, draft), draft]
            continue
        rest = _within(line, draft) if draft.stance is Stance.DENIES else None
        turned = draft.stance is Stance.DENIES or _turns_down(line, draft)
        if rest := rest or (_behind(line, draft, drafts) if turned else None):
            made.append(_asserted(draft, [rest]))
    return made


def _turns_down(line: Line, draft: Draft) -> bool:
    """Whether what is asserted is a negation: "that is not true, X said: …"."""
    negations = line.words.words["negations"]
    said = re.findall(r"\w+", line.text[slice(*draft.content[0])].lower())
    return draft.stance is Stance.ASSERTS and any(word in negations for word in said)


def _asserted(draft: Draft, content: list[Extent]) -> Draft:
    form = Form.INDIRECT if draft.form is Form.MIXED else draft.form
    return Draft(
        RULE, Stance.ASSERTS, content, form, list(draft.sources), draft.cue,
        via=list(draft.via), person=draft.person, carried=draft.carried, near=draft.near,
        voiced=draft.voiced,
    )  # fmt: skip


def _announced(line: Line, draft: Draft) -> list[Draft]:
    """As in "Der Kreml wies das zurück: Man habe …": "das" is denied, what follows is asserted."""
    words = line.words.words["anaphora"]
    before = line.tokens[: line.position(draft.content[0][0])]
    pointer = next((t for t in before if t.lower in words and t.tag is not Tag.DET), None)
    if pointer is None:
        return []
    draft.stance = Stance.ASSERTS
    content = [(pointer.start, pointer.end)]
    return [Draft("anaphora", Stance.DENIES, content, sources=list(draft.sources), cue=draft.cue)]


def _within(line: Line, draft: Draft) -> Extent | None:
    """Cut what a denial holds at its colon or dash; what follows is put in its place."""
    start, end = draft.content[-1]
    marks = list(_MARK.finditer(_masked(line), start - line.start, end - line.start))
    if len(marks) != 1 or not _is_clause(line, (line.start + marks[0].end(), end)):
        return None
    draft.content[-1] = (start, line.start + marks[0].start())
    return line.start + marks[0].end(), end


def _behind(line: Line, draft: Draft, drafts: list[Draft]) -> Extent | None:
    """What follows a content and its frame behind a colon, where no other rule has read it.

    As in "Nicht eine Rakete habe das Haus getroffen, sagte X: Es sei eine Gasexplosion gewesen".
    """
    if draft.form is Form.DIRECT:
        return None
    ends = [e for _, e in (*draft.content, *draft.sources) if line.start <= e <= line.end]
    ends += [draft.cue[1]] if draft.cue is not None else []
    masked = _masked(line)
    mark = _COLON.search(masked, max(ends) - line.start) if ends else None
    if mark is None or line.start + mark.start() - max(ends) > _FRAME:
        return None
    rest = (line.start + mark.end(), line.start + len(masked.rstrip(_END)))
    taken = [part for other in drafts for part in other.content]
    if any(a < rest[1] and rest[0] < b for a, b in taken) or not _is_clause(line, rest):
        return None
    return rest


def resolved(content: str, language: str) -> str:
    """A content without what "not" turns down in favour of what follows "but"."""
    pattern = _contrast(language) if language in LANGUAGES else None
    return pattern.sub(" ", content) if pattern is not None else content


def _masked(line: Line) -> str:
    return line.masked[: line.end - line.start]


def _is_clause(line: Line, extent: Extent) -> bool:
    """Whether a stretch is a clause in the text's words: with a verb, and no quotation."""
    first, last = line.run(extent)
    words = line.text[slice(*extent)].split()
    quoted = any(mark in line.text[slice(*extent)] for mark in _QUOTES)
    verbal = any(token.tag is Tag.VFIN for token in line.tokens[first:last])
    return len(words) >= _LEAST and not quoted and (verbal or line.language not in _NEEDS_VERB)


@cache
def _contrast(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{lexicon.load('instead')['contrast'][language]})", re.IGNORECASE)
