"""German sentences that only tell who said what stands before: "Das teilte X mit"."""

from __future__ import annotations

from rag import german_subjects, phrases
from rag.drafts import Draft, Line, Run
from rag.german_clauses import Group, tag, text
from rag.german_frames import is_empty
from rag.german_objects import draft, field
from rag.schema import Stance
from rag.tagging import Tag


def anaphora(line: Line, group: Group) -> list[Draft]:
    """As in "Das teilte X mit", "Dies bestätigte X": the sentence before is the content."""
    if _is_so(line, group):
        return _by_so(line, group)
    who = german_subjects.subject(line, group.finite)
    if who is None or not is_empty(line, who):
        return []
    told = who[0] > 0 and text(line, who[0] - 1) == ":"  # "Es sei gelungen: Das erklärte X"
    near = who[0] <= 1 or told or (group.passive and who[0] == group.finite + 1)
    other = any(t.tag in (Tag.SUB, Tag.QUOTE) for t in line.tokens[who[0] * told :])
    if line.tokens[who[0]].lower not in ("das", "dies") or not near or other:
        return []
    end = line.end_of_words()
    speaker = german_subjects.origin(line, group, end) or (
        _agent_behind(line, who[1])
        if group.passive
        else german_subjects.nominative_after(line, group.finite)
    )
    if speaker is None:
        return []
    line.used.update(range(len(line.tokens)))
    if told:
        return [draft(line, "told_before", group, speaker, [line.extent(0, who[0] - 1)])]
    return [draft(line, "anaphora", group, speaker, [])]


def _by_so(line: Line, group: Group) -> list[Draft]:
    speaker = german_subjects.nominative_after(line, 2)
    line.used.update(range(len(line.tokens)) if speaker else ())
    return [draft(line, "anaphora", group, speaker, [])] if speaker else []


def _is_so(line: Line, group: Group) -> bool:
    """As in "So schilderten es Beamte mehreren Medien"."""
    words = [text(line, k).lower() for k in (0, 2)]
    return group.finite == 1 and words == ["so", "es"] and "clause" in group.cue.takes


def _agent_behind(line: Line, place: int) -> Run | None:
    """As in "Bestätigt wird das von X": who is said to act, behind the verb."""
    while tag(line, place) is Tag.ADV:
        place += 1
    if line.tokens[place].lower not in line.words.words["agents"]:
        return None
    end = phrases.end_of_phrase(line, place + 1)
    return (place + 1, end) if end > place + 1 else None


def denied_alone(line: Line, group: Group, who: Run | None) -> list[Draft]:
    """As in "Der Kreml widersprach.", "Kiew dementierte noch am selben Tag.": what stood before."""
    if group.cue.stance is not Stance.DENIES or who is None or group.passive:
        return []
    low, high = field(line, group, who)
    low = max(low, who[1]) if who[0] >= low else low
    while low < high and (tag(line, low) in (Tag.ADV, Tag.PREP) or phrases.is_time(line, low)):
        prepositional = tag(line, low) is Tag.PREP and phrases.is_time(line, low + 2)
        low += 3 if prepositional else 1
    told = any(token.tag is Tag.SUB for token in line.tokens)
    first = all(k >= who[0] or tag(line, k) in (Tag.ADV, Tag.CONJ) for k in range(group.finite))
    ended = low >= high == line.end_of_words() and first and not told
    return [draft(line, "anaphora", group, who, [])] if ended else []
