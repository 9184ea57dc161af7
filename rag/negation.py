"""What a negation of the reporting verb makes of its stance: silence is never a denial.

"did not confirm" is no confirmation and no denial, "did not deny" no confirmation; a source that
did not say, announce or demand something has made no claim at all.
"""

from __future__ import annotations

from rag.drafts import Draft, Line
from rag.schema import Form, Stance

_TURNED = {
    Stance.CONFIRMS: Stance.DOES_NOT_CONFIRM,
    Stance.DENIES: Stance.NOT_DENIED,
}
# "nicht nur", "nach nicht einmal zwei Stunden": nothing is negated.
_ONLY = ("nur", "only", "lediglich", "just", "einmal", "zuletzt")
KEPT = (Stance.ESTIMATES, Stance.EXPECTS)  # "does not expect" is still an expectation
FREE_OF_VERB = ("not_excluded", "according_to", "via", "label", "hearsay", "so", "idiom", "hearing")
_FIXED = (Stance.NO_COMMENT, Stance.DOES_NOT_CONFIRM, Stance.NOT_DENIED, Stance.UNVERIFIED)


def stance(line: Line, draft: Draft) -> Stance | None:
    """The stance of a claim, its verb's negation taken into account; None where none is left."""
    if draft.stance in _FIXED or draft.form in (Form.DIRECT, Form.FREE, Form.HEARSAY):
        return draft.stance
    if draft.cue is None or draft.rule in FREE_OF_VERB or not is_negated(line, draft):
        return draft.stance
    if draft.stance in _TURNED:
        return _TURNED[draft.stance]
    if draft.stance in KEPT:
        return draft.stance
    asked = draft.rule in ("clause", "clause_left") and _opens_question(line, draft)
    return Stance.NO_COMMENT if asked else None


def is_negated(line: Line, draft: Draft) -> bool:
    """Whether a negation stands in the clause of the cue, outside of the content."""
    assert draft.cue is not None
    place = line.position(draft.cue[0])
    first, last = place, place + 1
    while first > 0 and line.tokens[first - 1].text not in ",;:":
        first -= 1
    while last < len(line.tokens) and line.tokens[last].text not in ",;:":
        if line.language == "en" and line.tokens[last].lower == "but":
            break  # "he allowed that it was hard but would not say why"
        last += 1
    # "Neither Moscow nor Kyiv", "Kein Sprecher": before a source, or its first word.
    named = [line.position(source[0]) for source in draft.sources]
    negations = line.words.words["negations"]
    for k in (*range(first, last), *named, *(k - 1 for k in named if k)):
        token = line.tokens[k]
        within = any(a <= token.start < b for a, b in draft.content)
        only = k + 1 < last and line.tokens[k + 1].lower in _ONLY
        if token.lower in negations and not within and not only:
            return True
    return draft.rule == "object" and _denies_object(line, draft)


def _denies_object(line: Line, draft: Draft) -> bool:
    """As in "bestätigte keine Angriffe": nothing was confirmed."""
    first = line.tokens[line.position(draft.content[0][0])].lower if draft.content else ""
    return first == "no" or first.startswith("kein")


def _opens_question(line: Line, draft: Draft) -> bool:
    first = line.tokens[line.position(draft.content[0][0])].lower if draft.content else ""
    if draft.rule == "clause_left" and first not in line.words.words["complementisers"]:
        return False
    return first not in ("dass", "daß", "that", "що", "что")
