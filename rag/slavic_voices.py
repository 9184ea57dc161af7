"""Who speaks in a frame of Ukrainian and Russian: beside the verb, at a place, in a document."""

from __future__ import annotations

from rag import slavic_clauses, slavic_phrases, slavic_places, slavic_subjects
from rag.drafts import Line, Run
from rag.slavic_clauses import Group, tag, text
from rag.slavic_forms import is_given
from rag.tagging import Tag


def speaker(line: Line, group: Group, first: int, last: int, *, joined: bool) -> Run | None:
    """The speaker of a frame from `first` to `last`; `joined`: a dash ties it to a quotation."""
    before = slavic_clauses.candidates(line, first, group.place, group.form)
    after = slavic_subjects.behind(line, group.place, last, group.form)
    if not after and joined:
        after = slavic_clauses.candidates(line, group.place + 1, last, group.form)
    who = next((phrase.run for phrase in (*before, *after)), None)
    who = _named_left(line, group, who, first) or who
    if group.cue.lemma in line.words.words["following"]:
        who = slavic_places.told_in(line, group, last) or who
    if who is None and not group.impersonal:
        who = slavic_places.there(line, group)
    if who is None and not group.impersonal:
        who = slavic_places.institution(line, group) or _last_name(line, group, last)
    if group.impersonal:
        who = slavic_places.document(line, group) or slavic_places.institution(line, group)
        who = who or _told_to(line, group, last)
    return who


def _named_left(line: Line, group: Group, who: Run | None, first: int) -> Run | None:
    """As in "Його колега X не згоден: сил, вважає він, забракне": whom "він" means."""
    if who is None or tag(line, who[0]) is not Tag.PRON:
        return None
    named = [
        phrase
        for phrase in slavic_clauses.candidates(line, 0, first, group.form)
        if any(
            slavic_phrases.is_post(text(line, k)) or is_given(text(line, k))
            for k in range(*phrase.run)
        )
    ]
    return named[-1].run if len(named) == 1 else None


def _last_name(line: Line, group: Group, last: int) -> Run | None:
    """As in "так сформулировал позицию Киева Кулеба": a name that looks like a genitive."""
    first = last
    while first > group.place + 1 and tag(line, first - 1) is Tag.NAME:
        first -= 1
    place = max(first, last - 1)
    named = first < last and slavic_phrases.cases(line, place) & set(group.form)
    return (place, last) if named else None


def _told_to(line: Line, group: Group, last: int) -> Run | None:
    """As in "как стало известно «Коммерсанту»": who has learned it passes it on."""
    if group.cue.lemma not in line.words.words["known"]:
        return None
    found_ = slavic_clauses.phrases(line, group.place + 1, last)
    return next((p.run for p, prep in found_ if prep < 0 and "d" in p.cases and p.voice), None)


def quoted(line: Line, group: Group, who: Run | None, last: int) -> Run | None:
    """As in "цитує речника агентство": whose words the subject passes on."""
    for phrase, preposition in slavic_clauses.phrases(line, group.place + 1, last):
        if preposition < 0 and phrase.voice and (who is None or phrase.first != who[0]):
            return phrase.run
    return None
