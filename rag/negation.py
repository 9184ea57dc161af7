"""What a negation of the reporting verb makes of its stance: silence is never a denial.

"did not confirm" is no confirmation and no denial, "did not deny" no confirmation; a source that
did not say, announce or demand something has made no claim at all.
"""

from __future__ import annotations

from rag.drafts import Draft, Line
from rag.schema import Form, Stance
from rag.tagging import Tag

_TURNED = {
    Stance.CONFIRMS: Stance.DOES_NOT_CONFIRM,
    Stance.DENIES: Stance.NOT_DENIED,
}
KEPT = (Stance.ESTIMATES, Stance.EXPECTS)  # "does not expect" is still an expectation
FREE_OF_VERB = (
    *("not_excluded", "not_admitted", "nominal", "according_to", "via", "label", "hearsay", "so"),
    *("idiom", "hearing"),
)
SILENT = (Stance.NO_COMMENT, Stance.DOES_NOT_CONFIRM, Stance.NOT_DENIED, Stance.UNVERIFIED)


def stance(line: Line, draft: Draft) -> Stance | None:
    """The stance of a claim, its verb's negation taken into account; None where none is left."""
    if draft.stance in SILENT or draft.form in (Form.DIRECT, Form.FREE, Form.HEARSAY):
        return draft.stance
    if draft.cue is None or draft.rule in FREE_OF_VERB or not is_negated(line, draft):
        return draft.stance
    if draft.stance in _TURNED:
        return _TURNED[draft.stance]
    if draft.stance in KEPT or (draft.stance is Stance.REPORTS and _denies_object(line, draft)):
        return draft.stance  # "reported no losses"
    asked = draft.rule in ("clause", "clause_left") and _opens_question(line, draft)
    return Stance.NO_COMMENT if asked else None


def is_negated(line: Line, draft: Draft) -> bool:
    """Whether a negation stands in the clause of the cue, outside of the content."""
    assert draft.cue is not None
    # "Neither Moscow nor Kyiv", "Kein Sprecher": before a source, or its first word.
    named = [line.position(source[0]) for source in draft.sources]
    empty = [
        (line.start + match.start(), line.start + match.end())
        for match in line.words.not_negating.finditer(line.masked)
    ]
    negations = line.words.words["negations"]
    for k in (*_clause(line, line.position(draft.cue[0])), *named, *(k - 1 for k in named if k)):
        token = line.tokens[k]
        passed = any(a <= token.start < b for a, b in (*draft.content, *empty))
        if token.lower in negations and not passed:
            return True
    return draft.rule == "object" and _denies_object(line, draft)


def _clause(line: Line, place: int) -> range:
    """The tokens among which a negation of the verb at `place` can stand.

    In English it stands within the verb group ("has not yet said"), or right behind the verb; what
    is negated further left may be a clause about the subject ("who asked not to be named said").
    """
    tokens, first, last = line.tokens, place, place + 1
    if line.language == "en":
        grouped = line.words.words["auxiliaries"] | line.words.words["negations"]
        while first > 0 and (
            tokens[first - 1].lower in grouped or tokens[first - 1].tag is Tag.ADV
        ):
            first -= 1
        opened = next((k for k in range(place, -1, -1) if k == 0 or tokens[k - 1].text in ",;:"), 0)
        inverted = tokens[opened].lower in ("nor", "neither", "never")  # "Nor had it disputed"
        return range(opened if inverted else first, min(place + 2, len(tokens)))
    while first > 0 and tokens[first - 1].text not in ",;:":
        first -= 1
    while last < len(tokens) and tokens[last].text not in ",;:":
        last += 1
    return range(first, last)


def _denies_object(line: Line, draft: Draft) -> bool:
    """As in "bestätigte keine Angriffe": nothing was confirmed."""
    first = line.tokens[line.position(draft.content[0][0])].lower if draft.content else ""
    return first == "no" or first.startswith("kein")


def _opens_question(line: Line, draft: Draft) -> bool:
    first = line.tokens[line.position(draft.content[0][0])].lower if draft.content else ""
    if draft.rule == "clause_left" and first not in line.words.words["complementisers"]:
        return False
    return first not in ("dass", "daß", "that", "що", "что")
