"""German verbs that call something what it is, and those of a purpose: "nannte NP verfrüht"."""

from __future__ import annotations

from rag import german_subjects, phrases
from rag.drafts import NOMINAL, Draft, Extent, Line, Run
from rag.german_clauses import Group, tag, text
from rag.german_objects import draft, field, object_field
from rag.tagging import Tag


def naming(line: Line, group: Group, who: Run | None) -> list[Draft]:
    """As in "nannte NP verfrüht", "bezeichnete NP als NP", "hält NP für NP", "sieht in NP NP"."""
    if "naming" not in group.cue.takes or group.passive or who is None:
        return []
    wanted = group.cue.prepositions
    fronted = _fronted(line, group, who, wanted)
    if fronted:
        return [draft(line, "naming", group, who, fronted)]
    low, high = object_field(line, group, who, leading=wanted)
    if low >= high or tag(line, low) is Tag.REFL or phrases.is_time(line, low):
        return []
    judged = [k for k in range(low, high) if line.tokens[k].lower in wanted]
    if wanted and not judged:
        return []
    if not wanted and not _has_predicate(line, low, high):
        return []
    pointing = line.tokens[low].lower in line.words.words["judged_pronouns"]
    if pointing and (not wanted or judged[0] == low + 1):
        low += 1 + bool(wanted)  # "hält das für denkbar": the judgement alone is new
    content = line.extent(low, high)
    return [draft(line, "naming", group, who, [content])] if content[1] > content[0] else []


def _fronted(line: Line, group: Group, who: Run, wanted: frozenset[str]) -> list[Extent]:
    """As in "Einen Rücktritt nannte er überzogen": object in front, judgement at the end.

    "Eine Quelle nannte er nicht" judges nothing.
    """
    front = german_subjects.front_field(line, group.finite)
    high = field(line, group, who)[1]
    behind = {tag(line, k) for k in range(who[1], high)}
    if behind <= {Tag.NEG, Tag.ADV} and tag(line, high - 1) is Tag.NEG:
        return []
    if front is None or who[0] < group.finite or tag(line, front[0]) not in NOMINAL:
        return []
    if phrases.is_time(line, front[0]) or who[1] >= high:
        return []
    rest = range(who[1], high)
    judged = any(line.tokens[k].lower in wanted for k in rest)
    return [line.extent(*front), line.extent(who[1], high)] if judged or not wanted else []


def _has_predicate(line: Line, low: int, high: int) -> bool:
    """Whether an adjective or a second phrase judges the object: "nannte ihn mutig"."""
    end = phrases.end_of_phrase(line, low, high)
    if tag(line, low) not in NOMINAL | {Tag.PRON} or end >= high or tag(line, low) is Tag.NUM:
        return False
    rest = [tag(line, k) for k in range(end, high)]
    if tag(line, low) is Tag.PRON and rest[0] in (Tag.DET, Tag.ADJ):
        return True  # "nannte ihn den falschen Weg"
    indefinite = any(text(line, k).lower().startswith("ein") for k in range(end, high))
    return rest[-1] is Tag.ADV or Tag.QUOTE in rest or indefinite


def purpose(line: Line, group: Group) -> list[Draft]:
    """As in "nutzte die Berichte, um Hilfe zu fordern"."""
    who = german_subjects.subject(line, group.finite)
    start = next(k for k in range(min(group.members), -1, -1) if tag(line, k) is Tag.UM)
    content = line.extent(start + 1, min(group.members))
    if who is None or "object" not in group.cue.takes or content[1] <= content[0]:
        return []
    line.used.update(group.members)
    return [draft(line, "object", group, who, [content])]
