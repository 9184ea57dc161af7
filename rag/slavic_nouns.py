"""Nouns of saying in Ukrainian and Russian: "заявление X о том, что", "высказал мнение, что"."""

from __future__ import annotations

from dataclasses import replace

from rag import slavic_clauses, slavic_phrases, slavic_sources, slavic_subjects
from rag.cues import Cue
from rag.drafts import HEADS, Draft, Line
from rag.schema import Stance
from rag.slavic_clauses import Group, tag, text
from rag.slavic_contents import clause_start, content_end, draft
from rag.slavic_phrases import Phrase
from rag.tagging import Tag

_NOUN_CUE = Cue("", Stance.ASSERTS, frozenset({"clause"}), frozenset())


def told_by(line: Line, first: int, last: int) -> Stance | None:
    """The stance of a noun that carries the content: "висловив сподівання, що"."""
    for k in range(last - 1, first, -1):
        stance = noun_stance(line, k)
        if stance is not None:
            return stance
    return None


def noun_stance(line: Line, place: int) -> Stance | None:
    """The stance of a noun of saying, or None."""
    if tag(line, place) not in HEADS:
        return None
    word = text(line, place)
    return next((s for stem, s in line.words.nouns.items() if word.startswith(stem)), None)


def by_noun(line: Line, place: int) -> list[Draft]:
    """As in "заявление X о том, что": a noun of saying with its speaker and a clause."""
    stance = noun_stance(line, place)
    if stance is None:
        return []
    if (asked := _with_infinitive(line, place, stance)) is not None:
        return [asked]
    phrase = slavic_phrases.phrase_at(line, place, len(line.tokens))
    start = clause_start(line, place)
    if (
        phrase is not None
        and text(line, phrase.last) == ":"
        and slavic_clauses.is_bound(line, phrase.last)
    ):
        start, stance = phrase.last + 1, Stance.ASSERTS if stance is Stance.REPORTS else stance
    elif (
        phrase is not None
        and text(line, phrase.last) in line.words.words["about"] | line.words.words["regarding"]
        and start != phrase.last + 2
    ):
        return _about(line, place, stance, phrase)
    if start < 0 or any(tag(line, k) in (Tag.VFIN, Tag.VING) for k in range(place, start)):
        return []
    behind = (place + 1, phrase.last) if phrase is not None and phrase.last > place + 1 else None
    named = behind if behind and slavic_phrases.phrase_at(line, place + 1, behind[1]) else None
    verb = next((k for k in range(place - 1, -1, -1) if tag(line, k) is Tag.VFIN), None)
    if named is None and verb is not None:
        named = slavic_subjects.subject_of(line, verb, slavic_subjects.past_form(line, verb))
    who = slavic_sources.sources(line, named)
    if not who:
        return []
    group = Group(replace(_NOUN_CUE, stance=stance), place, "")
    return [
        draft(line, "nominal", group, who, [line.extent(start, content_end(line, start, group))])
    ]


def _with_infinitive(line: Line, place: int, stance: Stance) -> Draft | None:
    """As in "разослало СМС с призывом не парковать": what the subject of the sentence asks."""
    start = place + 1
    infinitive = start + (tag(line, start) is Tag.NEG)
    if stance not in (Stance.DEMANDS, Stance.ANNOUNCES) or tag(line, infinitive) is not Tag.VINF:
        return None
    verb = next((k for k in range(place - 1, -1, -1) if tag(line, k) is Tag.VFIN), None)
    if verb is None or tag(line, place - 1) is not Tag.PREP or slavic_clauses.group_at(line, verb):
        return None
    named = slavic_subjects.subject_of(line, verb, slavic_subjects.past_form(line, verb))
    who = slavic_sources.sources(line, named)
    group = Group(replace(_NOUN_CUE, stance=stance), place, "")
    if not who:
        return None
    return draft(line, "nominal", group, who, [line.extent(start, content_end(line, start, group))])


def _about(line: Line, place: int, stance: Stance, phrase: Phrase) -> list[Draft]:
    """As in "заявление Зеленского о готовности": a noun of saying, its speaker and the matter."""
    named = (
        slavic_phrases.phrase_at(line, place + 1, phrase.last) if phrase.last > place + 1 else None
    )
    matter = slavic_phrases.phrase_at(line, phrase.last + 1, len(line.tokens), governed=True)
    if named is None or matter is None or not (named.voice and "g" in named.cases):
        return []
    if text(line, matter.first) in line.words.words["anaphora"]:
        return []
    end = _end_of_matter(line, matter.last)
    group = Group(replace(_NOUN_CUE, stance=stance), place, "")
    who = slavic_sources.sources(line, (place + 1, phrase.last))
    return [draft(line, "nominal", group, who, [line.extent(matter.first, end)])]


def _end_of_matter(line: Line, end: int) -> int:
    """The token after the matter: infinitives and attributes go on, a finite verb does not."""
    while end < len(line.tokens) and not slavic_clauses.is_bound(line, end):
        here = tag(line, end)
        told = here is Tag.VINF and slavic_clauses.group_at(line, end) is not None
        if told or here in (Tag.VFIN, Tag.VPP) or (here is Tag.PREP and _before_verb(line, end)):
            break
        end += 1
    return end


def _before_verb(line: Line, place: int) -> bool:
    """Whether a prepositional phrase belongs to a verb right behind it: "в Москве встретили"."""
    phrase = slavic_phrases.phrase_at(line, place + 1, len(line.tokens), governed=True)
    return phrase is not None and tag(line, phrase.last) in (Tag.VFIN, Tag.VPP)
