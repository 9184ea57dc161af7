"""German rules for reporting verbs: subject and verb, and the clause, quotation or phrase reported.

Rule ids: quote_right, quote_left (a quotation), clause (dass, ob, w-clause), reported_clause
(Konjunktiv or a bare main clause), clause_left ("..., sagte X"), infinitive, colon, as ("wie X
mitteilte"), so (", so X"), it_says ("heißt es in X"), object, prepositional_object, noun ("der
Ansicht, dass"), anaphora ("Das teilte X mit": the sentence before is meant).
"""

from __future__ import annotations

from collections.abc import Callable

from rag import (
    german_anaphora,
    german_clauses,
    german_naming,
    german_objects,
    german_subjects,
)
from rag.drafts import NOMINAL, Draft, Line, Run
from rag.german_clauses import Group, tag, text
from rag.german_complements import complement, edges
from rag.german_evidentials import by_accordingly, by_talk, by_will
from rag.german_frames import (
    by_as,
    by_it_says,
    by_so,
    by_sounding,
    clause_before_quote,
    is_empty,
)
from rag.german_left import clause_left
from rag.german_nouns import by_coming, by_noun, by_predicate, by_whereby
from rag.german_objects import draft
from rag.schema import Form
from rag.tagging import VERBS, Tag

_NOMINAL_RULES = ("noun", "attributed_noun", "whereby")
_Rule = Callable[[Line, Group, Run | None], list[Draft]]


def reported(line: Line) -> list[Draft]:
    """The claims of a sentence that its reporting verbs and nouns make, in order of the rules."""
    drafts: list[Draft] = []
    for rule in (
        by_it_says,
        by_sounding,
        by_so,
        by_as,
        by_will,
        by_talk,
        by_noun,
        by_coming,
        by_whereby,
        by_predicate,
        _by_verb,
    ):
        for place in range(len(line.tokens)):
            if place not in line.used:
                drafts += rule(line, place)
    return _outermost(drafts) or by_accordingly(line)


def _outermost(drafts: list[Draft]) -> list[Draft]:
    """The claims without those of nouns within what somebody else is said to have said."""
    told = [part for draft in drafts if draft.rule not in _NOMINAL_RULES for part in draft.content]

    def inside(draft: Draft) -> bool:
        first, last = draft.content[0][0], draft.content[-1][1]
        return any(a <= first and last <= b and (a, b) != (first, last) for a, b in told)

    return [d for d in drafts if d.rule not in _NOMINAL_RULES or not inside(d)]


def _by_verb(line: Line, place: int) -> list[Draft]:
    if line.tokens[place].tag not in VERBS:
        return []
    group = german_clauses.verb_group(line, place)
    if group is None or _is_taken(line, group, place) or _is_itself_reported(line, group):
        return []
    if group.purpose:
        return german_naming.purpose(line, group)
    quoted = group.cue.lemma in line.words.words["quoting"]
    passive = group.passive and not quoted  # "wird Jicha zitiert": the subject has spoken
    who = german_subjects.agent(line, group) if passive else _speaker(line, group)
    pointed = german_anaphora.anaphora(line, group)
    if pointed or (who is not None and is_empty(line, who)):
        return pointed
    rules: tuple[_Rule, ...] = (
        _quoted,
        clause_left,
        complement,
        german_objects.figure,
        german_naming.naming,
        german_objects.prepositional_object,
        german_objects.noun_phrase,
        german_anaphora.denied_alone,
    )
    if group.cue.takes == {"figure"}:
        rules = (german_objects.figure,)
    elif "figure" in group.cue.takes and group.cue.prepositions:
        rules = (*rules[:2], german_objects.figure, *rules[2:])  # "gab die Zahl mit drei an, …"
    for rule in rules[: 3 if group.infinitive else None]:
        found = rule(line, group, who)
        if found:
            line.used.update(group.members)
            return found
    return []


def _is_taken(line: Line, group: Group, place: int) -> bool:
    """Whether an earlier rule has this verb; an auxiliary may serve two participles."""
    if group.cue.lemma in line.words.words["not_reflexive"] and Tag.REFL in (
        tag(line, group.finite + 1),
        tag(line, place - 1),
    ):
        return True  # "bestätigt sich die Befürchtung" reports nothing
    return any(k in line.used for k in group.members if k == place or k != group.finite)


def _is_itself_reported(line: Line, group: Group) -> bool:
    """As in "Er gehe davon aus, dass": a frame in Konjunktiv I goes on reporting somebody else."""
    finite = line.tokens[group.finite]
    return finite.mood == "k1"


def _speaker(line: Line, group: Group) -> Run | None:
    found = german_subjects.origin(line, group, line.end_of_words())
    if group.cue.lemma in line.words.words["quoting"] and not group.passive:
        found = found or german_subjects.quoted_person(line, group)
    return found or german_subjects.subject(line, group.finite)


def _quoted(line: Line, group: Group, who: Run | None) -> list[Draft]:
    """A quotation right after the frame, right before it, or on both sides of it."""
    if group.passive and group.cue.lemma not in line.words.words["quoting"]:
        return []
    first, last = edges(group, who)
    if who is not None and who[0] < first and not german_clauses.is_verb_final(line, group.finite):
        first = who[0]
    before, after = _quote_before(line, first), _quote_after(line, last)
    found: list[Draft] = []
    if before is not None and not _is_name(line, before, group):
        found.append(_quote(line, "quote_left", group, who, before))
    if after is not None and found and _resumes(line, after):
        line.used.add(after)
        found[0].content.append(line.quote_at(after))
    elif after is not None:
        found.append(_quote(line, "quote_right", group, who, after))
    return found


def _quote_before(line: Line, first: int) -> int | None:
    """The quotation that ends right before a frame, adverbs and "so" between."""
    left = first - 1
    while left >= 0 and (text(line, left) in ",–—-" or tag(line, left) in (Tag.ADV, Tag.CONJ)):
        left -= 1
    near = first - left <= 4 and tag(line, left) is Tag.QUOTE
    return left if near and left not in line.used else None


def _is_name(line: Line, quote: int, group: Group) -> bool:
    """A title within a noun phrase, as in "die „Kampagne für Tibet“ berichtete", is not said."""
    inside = text(line, quote + 1) not in (",", "–", "—")
    return (inside and tag(line, quote - 1) in NOMINAL | {Tag.PREP}) or (
        "naming" in group.cue.takes
    )


def _resumes(line: Line, quote: int) -> bool:
    """Whether a quotation after a frame goes on with the one before it: „A“, sagte X, „B“."""
    return text(line, quote - 1) == ","


def _quote_after(line: Line, last: int) -> int | None:
    for k in range(last + 1, min(len(line.tokens), last + 16)):
        here = tag(line, k)
        if here is Tag.QUOTE:
            return k if k not in line.used else None
        if here in (Tag.VFIN, Tag.SUB, Tag.REL, Tag.WH):
            return None
    return None


def _quote(line: Line, rule: str, group: Group, who: Run | None, place: int) -> Draft:
    """The claim of a quotation; with the words of its clause before it, as „... seien „x““."""
    line.used.add(place)
    quoted = draft(line, rule, group, who, [line.quote_at(place)])
    quoted.form = Form.DIRECT
    start = clause_before_quote(line, place) if rule == "quote_left" else place
    if start < place:
        quoted.content, quoted.form = [line.extent(start, place + 1)], Form.MIXED
    return quoted
