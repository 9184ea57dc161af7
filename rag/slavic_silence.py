"""Silence, refusal and doubt in Ukrainian and Russian, read before any other verb.

Rule ids: no_comment, does_not_confirm, not_denied, unverified, and not_excluded ("не исключил,
что": a guess). The negation stands before the verb or before a light verb with its infinitive.
"""

from __future__ import annotations

import re
from dataclasses import replace

from rag import (
    slavic_clauses,
    slavic_contents,
    slavic_phrases,
    slavic_places,
    slavic_sources,
    slavic_subjects,
)
from rag.cues import Cue
from rag.drafts import Draft, Line, Run
from rag.schema import Stance
from rag.slavic_clauses import Group, group_at, segment, tag, text
from rag.slavic_matter import (
    inserted_question,
    is_clause,
    is_of_origin,
    matter_of,
    object_within,
    question_before,
)
from rag.tagging import Tag

_SILENT = Cue("", Stance.NO_COMMENT, frozenset(), frozenset())
_NEAR = 6  # tokens between a light verb and its infinitive
_FAMILY = {Stance.CONFIRMS: Stance.DOES_NOT_CONFIRM, Stance.DENIES: Stance.NOT_DENIED}
_POINT = re.compile(r"(?<=\d)[.,](?=\d)")


def found(line: Line) -> list[Draft]:
    """The claims of silence, with their source, and of doubt, which needs none."""
    drafts = [*_doubts(line), *_unknown(line)]
    places = [k for k in range(len(line.tokens)) if k not in line.used - line.framed]
    groups = [g for g in (_silent(line, place) for place in places) if g is not None]
    for group, stance in _combined(line, groups):
        if group.place not in line.used and not _is_stillness(line, group):
            if is_of_origin(line, group, _speaker(line, group)):
                line.used.add(group.place)
                continue
            drafts.append(_draft(line, group, stance))
    return drafts


def _silent(line: Line, place: int) -> tuple[Group, Stance] | None:
    """The verb at a place with its stance, where it is negated or refuses."""
    group = group_at(line, place)
    if group is None or group.impersonal:
        return None
    if "refusal" in group.cue.takes:
        return (group, Stance.NO_COMMENT) if _refuses(line, group) else None
    stance = _negated_stance(line, group) if _is_negated(line, group) else None
    return (group, stance) if stance else None


def _negated_stance(line: Line, group: Group) -> Stance | None:
    """What "не" makes of a verb: "не исключил" is a guess, "сказать не может" no confirmation."""
    words = line.words.words
    if group.cue.lemma in words["excluding"]:
        return Stance.ESTIMATES
    if group.cue.lemma in words["admitting"]:
        return Stance.DENIES
    if group.cue.stance in _FAMILY:
        return _FAMILY[group.cue.stance]
    if group.cue.lemma not in words["silent"] and "silent" not in group.cue.takes:
        return None
    able = group.form == "i" and text(line, _light(line, group)) in words["able"]
    return Stance.DOES_NOT_CONFIRM if able else Stance.NO_COMMENT


def _is_negated(line: Line, group: Group) -> bool:
    """Whether "не" stands before the verb, or before the light verb of an infinitive."""
    light = _light(line, group) if group.form == "i" else group.place
    negated = light >= 0 and tag(line, light - 1) is Tag.NEG
    if light >= 0 and light != group.place and tag(line, group.place - 1) is Tag.NEG:
        return True  # "воліли не обговорювати"
    return negated and text(line, light - 2) not in line.words.words["unreal"]


def _light(line: Line, group: Group) -> int:
    """The verb that an infinitive depends on: "не стал говорить", "сказать не может"; or -1."""
    if group.form != "i":
        return -1
    first, last = segment(line, group.place)
    near = range(max(first, group.place - _NEAR), min(last, group.place + _NEAR))
    return next((k for k in near if text(line, k) in line.words.words["light"]), -1)


def _refuses(line: Line, group: Group) -> bool:
    """Whether a refusal is one of words: "отказался комментировать", "утримався від коментарів"."""
    if group.cue.lemma in line.words.words["mute"]:
        return True
    first, last = segment(line, group.place)
    silent = line.words.words["silent"]
    for k in range(first, last):
        other = group_at(line, k) if tag(line, k) is Tag.VINF else None
        if other and (other.cue.lemma in silent or "silent" in other.cue.takes):
            return True
        if text(line, k).startswith(
            tuple(line.words.words["comments"] | line.words.words["asked"])
        ):
            return True
    return False


def _is_stillness(line: Line, group: Group) -> bool:
    """As in "соседи молчали", "рубль не отреагировал": nobody was asked."""
    who = _speaker(line, group)
    if who is not None and text(line, who[0]) in line.words.words["things"]:
        return True
    if who is None or any(tag(line, k) in (Tag.NAME, Tag.PRON) for k in range(*who)):
        return False
    plain = text(line, who[0]).startswith(tuple(line.words.words["persons"]))
    return plain and group.cue.lemma in line.words.words["mute"]


def _combined(line: Line, groups: list[tuple[Group, Stance]]) -> list[tuple[Group, Stance]]:
    """As in "не підтвердив і не спростував": both together say nothing."""
    stances = {stance for _, stance in groups}
    if {Stance.DOES_NOT_CONFIRM, Stance.NOT_DENIED} <= stances:
        pair = [g for g in groups if g[1] in (Stance.DOES_NOT_CONFIRM, Stance.NOT_DENIED)][:2]
        close = pair[1][0].place - pair[0][0].place <= _NEAR + 2
        if close:
            rest = [g for g in groups if g not in pair]
            later = any(pair[1][0].place < k for k in range(*segment(line, pair[1][0].place)))
            group = pair[1][0] if later else pair[0][0]
            line.used.update(g.place for g, _ in pair if g is not group)
            return [(group, Stance.NO_COMMENT), *rest]
    return groups


def _draft(line: Line, group: Group, stance: Stance) -> Draft:
    who = _speaker(line, group)
    rules = {Stance.ESTIMATES: "not_excluded", Stance.DENIES: "not_admitted"}
    rule = rules.get(stance, stance.value)
    made = slavic_contents.draft(line, rule, group, slavic_sources.sources(line, who), [])
    made.stance, made.repeats = stance, False
    matter = matter_of(line, group, who)
    if stance is Stance.ESTIMATES and matter and not is_clause(line, matter):
        made.stance, made.rule = Stance.NOT_DENIED, Stance.NOT_DENIED.value
    if matter is None:
        made.rule = "anaphora"
        if stance is Stance.DENIES:  # "Раньше Москва этого не признавала"
            made.stance = Stance.DOES_NOT_CONFIRM
    else:
        made.content = [line.extent(*matter)]
    line.used.update(range(group.place, matter[0] if matter else group.place))
    line.used.add(group.place)
    return made


def _speaker(line: Line, group: Group) -> Run | None:
    if group.gerund:
        return slavic_subjects.main_subject(line, group.place)
    place, form = group.place, group.form
    if form == "i":
        refusal = [k for k in range(*segment(line, place)) if _is_refusal(line, k)]
        place = refusal[0] if refusal else _light(line, group)
        form = slavic_subjects.form_of(line, place) if place >= 0 else ""
        place = place if place >= 0 else group.place
    found_ = slavic_subjects.subject_of(line, place, form)
    if found_ is not None and tag(line, found_[0] - 1) is Tag.VINF:
        found_ = slavic_subjects.main_subject(line, place)  # "назвать имена отказались"
    found_ = found_ or slavic_places.institution(
        line, replace(group, place=place, form=form or "p")
    )
    if found_ is None and (pair := _paired(line, place)) >= 0:
        return _speaker(line, replace(group, place=pair, form=slavic_subjects.form_of(line, pair)))
    return found_


def _paired(line: Line, place: int) -> int:
    """The other verb of "не подтвердили, но и не опровергли", to the left; or -1."""
    near = range(place - 1, max(-1, place - _NEAR), -1)
    return next((k for k in near if k in line.used and tag(line, k) is Tag.VFIN), -1)


def _is_refusal(line: Line, place: int) -> bool:
    group = group_at(line, place)
    return group is not None and "refusal" in group.cue.takes


def _doubts(line: Line) -> list[Draft]:
    drafts: list[Draft] = []
    plain = _POINT.sub("_", line.masked)
    for stance, pattern in line.words.fixed:
        for match in pattern.finditer(plain):
            first, last = line.run((line.start + match.start(), line.start + match.end()))
            if first < last and not line.is_used(first, last):
                drafts.append(_doubt(line, stance, (first, last)))
                line.used.update(range(first, last))
    return drafts


def _unknown(line: Line) -> list[Draft]:
    """As in "Сколько людей под завалами, спасатели не знают": a question that nobody answers."""
    drafts: list[Draft] = []
    stems = tuple(line.words.words["unknowing"])
    for place in range(1, len(line.tokens)):
        negated = tag(line, place) is Tag.VFIN and tag(line, place - 1) is Tag.NEG
        if not negated or place in line.used or not text(line, place).startswith(stems):
            continue
        first, _ = segment(line, place)
        asked = question_before(line, first)
        who = slavic_subjects.subject_of(line, place, slavic_subjects.form_of(line, place))
        if asked is None or who is None or not slavic_phrases.is_voice(line, *who):
            continue
        sources = [line.extent(*part) for part in slavic_sources.sources(line, who)]
        content, cue = [line.extent(*asked)], line.extent(place - 1, place + 1)
        drafts.append(Draft("unverified", Stance.UNVERIFIED, content, sources=sources, cue=cue))
        line.used.update(range(first, place + 1))
    return drafts


def _doubt(line: Line, stance: Stance, run: Run) -> Draft:
    first, last = segment(line, run[0])
    last = max(segment(line, run[1] - 1)[1], run[1])
    verb = next((k for k in range(*run) if tag(line, k) is Tag.VFIN), -1)
    if verb < 0 and stance is Stance.NO_COMMENT:  # "ни подтвердить, ни опровергнуть не может"
        light = line.words.words["light"]
        verb = next((k for k in range(len(line.tokens)) if text(line, k) in light), -1)
    modal = not line.words.words["light"].isdisjoint(text(line, k) for k in range(*run))
    told = stance is Stance.NO_COMMENT and verb >= 0 and not modal
    who = _who_keeps_silent(line, verb) if told else _witness(line, run, first)
    cue = line.extent(*run)
    if who is not None and who[0] < run[0] < who[1]:
        who = who[0], run[0]  # "дирекция ответа не даёт"
    asked = inserted_question(line, first) if stance is Stance.NO_COMMENT else None
    matter = asked or _doubted(line, run, (first, last), who, silent=told)
    comments = tuple(line.words.words["comments"])
    if stance is Stance.NO_COMMENT and matter[1] - matter[0] == 1:
        matter = run if text(line, matter[0]).startswith(comments) else matter
    sources = [line.extent(*part) for part in slavic_sources.sources(line, who)] if who else []
    return Draft(stance.value, stance, [line.extent(*matter)], sources=sources, cue=cue)


def _witness(line: Line, run: Run, first: int) -> Run | None:
    """As in "редакция проверить не смогла", "Би-би-си не удалось": who tried to check."""
    words = [text(line, k) for k in range(*run)]
    if line.words.words["light"].isdisjoint(words) and tag(line, run[0]) is not Tag.NEG:
        verb = next((k for k in range(*run) if tag(line, k) is Tag.VFIN), -1)
        return _who_keeps_silent(line, verb) if verb >= 0 else None
    modal = any(
        w in line.words.words["light"] and tag(line, run[0] + i) is Tag.VFIN
        for i, w in enumerate(words)
    )
    if modal:
        verb = next(k for k in range(*run) if tag(line, k) is Tag.VFIN)
        return slavic_subjects.subject_of(line, verb, slavic_subjects.past_form(line, verb))
    if any(word in line.words.words["impersonal"] for word in words):
        for phrase, preposition in slavic_clauses.phrases(line, first, run[1]):
            if preposition < 0 and phrase.voice and "d" in phrase.cases:
                return phrase.run
    return None


def _who_keeps_silent(line: Line, verb: int) -> Run | None:
    """As in "командование хранит молчание", "подробиць у відомстві не наводять"."""
    form = slavic_subjects.form_of(line, verb) or "s"
    found_ = slavic_subjects.subject_of(line, verb, form)
    cue = Group(_SILENT, verb, "p")
    return found_ or slavic_places.institution(line, cue)


def _doubted(line: Line, run: Run, bounds: Run, who: Run | None, *, silent: bool) -> Run:
    """What is doubted: the clause behind, the object within or beside, the question before."""
    first, last = bounds
    words = line.words.words["complementisers"]
    if text(line, last) in (",", ":") and text(line, last + 1) in words:
        return last + 1, line.end_of_words()
    if (
        text(line, last) in (",", ":")
        and tag(line, last + 1) is Tag.PREP
        and text(line, last + 2) in words
    ):
        return last + 1, line.end_of_words()
    for low, high in (run, (run[1], last), (first, run[0])):
        if tag(line, low) in (Tag.SUB, Tag.WH):
            return low, high
        inner = object_within(line, low, high, who)
        if inner is not None:
            return inner
    if silent:
        return question_before(line, first) or run
    return question_before(line, first) or ((first, run[0]) if first < run[0] else run)
