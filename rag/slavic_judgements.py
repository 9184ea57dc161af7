"""Judgements of Ukrainian and Russian: "назвал обстрел терактом", "расценил решение как отказ"."""

from __future__ import annotations

from rag import slavic_clauses, slavic_objects
from rag.drafts import HEADS, Draft, Line, Run
from rag.schema import Stance
from rag.slavic_clauses import Group, tag, text
from rag.slavic_contents import after_subject, content_end, draft, end_of_object
from rag.tagging import Tag


def naming(line: Line, group: Group, who: list[Run]) -> list[Draft]:
    """As in "назвал обстрел терактом": a judgement, told by an instrumental or a quoted name."""
    general = not who and group.form == "p"  # "причиной называют снос колеи"
    if (
        "naming" not in group.cue.takes
        or not (who or general)
        or not slavic_objects.can_judge(line, who)
    ):
        return []
    start = after_subject(line, group.place + 1, who)
    end = end_of_object(line, start, group)
    compared = _compared(line, group.place + 1, end)
    start = min(start, compared) if compared >= 0 else start
    judged = compared >= 0 or any(
        tag(line, k) in (*HEADS, Tag.ADJ)
        and tag(line, k - 1) is not Tag.PREP
        and slavic_objects.is_instrumental(line, k)
        for k in range(start, end)
    )
    if compared < 0 and group.cue.lemma in line.words.words["as_only"]:
        return []
    quoted = any(tag(line, k) is Tag.QUOTE for k in range(start, end)) or any(
        line.tokens[start].start <= f.start < line.tokens[end - 1].end
        for f in line.fragments
        if end > start
    )
    early = _judged_ahead(line, group, who) if not judged else None
    if early and not (end > start and tag(line, start) in slavic_objects.NOMINAL):
        return _inverted(line, group, who, early)
    explained = judged and group.cue.lemma not in line.words.words["saying_general"]
    if any(text(line, k) in line.words.words["after_whom"] for k in range(start, end)):
        return []  # "назвали именем врача"
    if not (judged or quoted or early) or end <= start or (general and not (explained or early)):
        return []
    denial = tuple(line.words.words["denial"])
    denied = any(text(line, k).startswith(denial) for k in range(start, end))
    line.used.update(k for k in range(start, end) if tag(line, k) is Tag.QUOTE)
    ahead = early or slavic_objects.object_ahead(line, group, who)
    parts = [line.extent(*ahead)] if ahead else []
    whole = [*parts, line.extent(start, end)]
    made = draft(line, "naming", group, who, parts if denied and ahead else whole)
    made.stance = Stance.DENIES if denied else made.stance
    doubted = group.cue.stance is Stance.ESTIMATES and tag(line, group.place - 1) is Tag.NEG
    if doubted:  # "не считает сезон аномальным"
        made.stance, made.rule = Stance.DENIES, "not_admitted"
    if general and group.cue.lemma in line.words.words["saying_general"]:
        made.stance, made.carried = Stance.REPORTS, False
    return [made]


def _compared(line: Line, start: int, end: int) -> int:
    """Where "как" with a noun tells the judgement: "расценил решение как отказ"; or -1."""
    judging = (*slavic_objects.NOMINAL, Tag.QUOTE)
    as_ = line.words.words["as"]
    near = range(start, end)
    return next((k for k in near if text(line, k) in as_ and tag(line, k + 1) in judging), -1)


def _inverted(line: Line, group: Group, who: list[Run], judged: Run) -> list[Draft]:
    """As in "нападение маловероятным считает": object and judgement before the verb."""
    ahead = slavic_objects.object_ahead(line, group, who)
    if ahead is None or not who:
        return []
    whole = min(ahead[0], judged[0]), max(ahead[1], judged[1])
    return [draft(line, "naming", group, who, [line.extent(*whole)])]


def _judged_ahead(line: Line, group: Group, who: list[Run]) -> Run | None:
    """As in "основной причиной считают видимость": the judgement stands before the verb."""
    first, _ = slavic_clauses.segment(line, group.place)
    if any(tag(line, k) in (Tag.VFIN, Tag.SUB, Tag.REL) for k in range(first, group.place)):
        return None
    for low, high in slavic_objects.beside(first, group.place, who):
        for phrase, preposition in slavic_clauses.phrases(line, low, high):
            if (
                preposition < 0
                and slavic_objects.is_instrumental(line, phrase.first)
                and phrase.cases <= {"d", "g"}
            ):
                return phrase.run
    return None


def _is_relative(line: Line, group: Group) -> bool:
    first, _ = slavic_clauses.segment(line, group.place)
    return any(tag(line, k) is Tag.REL for k in range(first, group.place))


def _is_year(line: Line, place: int) -> bool:
    """As in "в сентябре 2022 года": the number of a year counts nothing."""
    return text(line, place + 1).startswith(("год", "рок", "році"))


def _counted_ahead(line: Line, group: Group, who: list[Run]) -> list[Draft]:
    """As in "Майже 12 000 убитих назвав помічник генсека": all that stands before the verb."""
    ahead = slavic_objects.object_ahead(line, group, who)
    if ahead is None or not any(tag(line, k) is Tag.NUM for k in range(*ahead)):
        return []
    first, _ = slavic_clauses.segment(line, group.place)
    start = ahead[0]
    while start > first and tag(line, start - 1) in (Tag.ADV, Tag.PREP):
        start -= 1
    return [draft(line, "figure", group, who, [line.extent(start, group.place)])]


def figure(line: Line, group: Group, who: list[Run]) -> list[Draft]:
    """As in "оценивает потери в 300 человек", "нарахував 12 влучань"."""
    if "figure" not in group.cue.takes or not who:
        return []
    start = after_subject(line, group.place + 1, who)
    end = content_end(line, start, group)
    colon = next((k for k in range(start, end) if text(line, k) == ":"), end)
    counted = any(tag(line, k) is Tag.NUM and not _is_year(line, k) for k in range(start, colon))
    wanted = group.cue.prepositions
    if not wanted and _is_relative(line, group):
        return []  # "підрахунками, які AP наводила в січні, ..."
    if not counted and not wanted:
        return _counted_ahead(line, group, who)
    if not counted or (wanted and not any(text(line, k) in wanted for k in range(start, end))):
        return []
    ahead = slavic_objects.object_ahead(line, group, who)
    parts = [line.extent(*ahead)] if ahead else []
    return [draft(line, "figure", group, who, [*parts, line.extent(start, end)])]
