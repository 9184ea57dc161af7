"""Rules for reporting verbs in English; ids as in `german_reports`."""

from __future__ import annotations

from collections.abc import Callable

from rag import (
    english_clauses,
    english_frames,
    english_idioms,
    english_left,
    english_nouns,
    english_verbs,
    phrases,
)
from rag.drafts import HEADS, NOMINAL, Draft, Line, Run
from rag.english_contents import content_end, draft
from rag.english_objects import (
    figure,
    infinitive,
    is_anaphoric,
    naming,
    noun_phrase,
    prepositional_object,
)
from rag.english_subjects import subject_left, tag, text
from rag.english_verbs import Group
from rag.schema import Stance
from rag.tagging import Tag

Rule = Callable[[Line, Group, Run | None], list[Draft]]

_OPENING = 6  # characters: "that" before the subject of a clause
_REACH = 14  # tokens between a verb and the clause it takes


def reported(line: Line) -> list[Draft]:
    """The claims of a sentence that its reporting verbs make, in order of the rules."""
    drafts = english_idioms.found(line)
    rules = (english_nouns.quoted_as, _as, _beside, _by_verb, english_nouns.said_by_noun)
    for rule in rules:
        for place in range(len(line.tokens)):
            if place not in line.used:
                drafts += rule(line, place)
    drafts = english_left.announced(line, drafts) or drafts or english_frames.headline_tail(line)
    return [one for one in drafts if not (_is_nested(one, drafts) or _is_asked(line, one))]


def _is_asked(line: Line, draft: Draft) -> bool:
    """As in "Whether the parties accept the date is open": nobody is said to accept it."""
    if not line.tokens or line.tokens[0].lower != "whether" or draft.cue is None:
        return False
    first = next((t for t in line.tokens if t.tag is Tag.VFIN), None)
    return first is not None and draft.cue[0] <= first.start < draft.cue[1]


_SHORT = (
    "infinitive", "prepositional_object", "object", "anaphora", "naming", "figure", "noun",
)  # fmt: skip
_ACTS = ("object", "anaphora", "infinitive", "prepositional_object")


def _is_nested(draft: Draft, others: list[Draft]) -> bool:
    """Whether the words of a frame are themselves reported: "denied that he offered to resign"."""
    at = draft.cue[0] if draft.cue else 0
    same = [one for one in others if one is not draft and one.rule != "noun"]
    if draft.rule in ("quote_right", "clause", "reported_clause") and _is_told(draft, same):
        return True
    if draft.rule not in _SHORT and not (draft.rule == "clause" and not draft.sources):
        return False
    if draft.rule in _ACTS and draft.sources:  # "X denied it, Politico reported": a channel
        same = [
            one for one in same if one.rule != "clause_left" or one.stance is not Stance.REPORTS
        ]
    return any(a <= at < b for one in same for a, b in one.content) or (
        draft.rule == "noun" and any(one.content[:1] == draft.content[:1] for one in same)
    )


def _is_told(draft: Draft, others: list[Draft]) -> bool:
    """As in "said the vote showed “...”", "told them he believed that": X's own words all of it."""
    at = draft.cue[0] if draft.cue else 0
    for host in (one for one in others if one.rule in ("clause", "reported_clause", "colon")):
        within = any(a <= at < b for a, b in host.content)
        whole = within and draft.content[-1][1] <= host.content[-1][1]
        opened = host.content[0][0] + _OPENING
        own = draft.rule == "quote_right" or any(start <= opened for start, _ in draft.sources)
        if whole and own:
            return True
    return False


def _beside(line: Line, place: int) -> list[Draft]:
    """What stands left of a frame, and quotations: read first, for a frame may end a sentence."""
    return _by_verb(line, place, (english_frames.quoted, english_left.clause_left))


def _by_verb(line: Line, place: int, rules: tuple[Rule, ...] | None = None) -> list[Draft]:
    group = english_verbs.verb_group(line, place)
    if group is None:
        return []
    who = (
        english_clauses.agent(line, group)
        if group.passive
        else english_clauses.subject(line, group)
    )
    if who is not None and not (group.passive or group.dependent) and _is_empty(line, who, group):
        return []
    for rule in rules or _RULES:
        found = rule(line, group, who)
        if found:
            line.used.update(range(group.first, place + 1))
            return found
    return []


def _is_empty(line: Line, run: Run, group: Group) -> bool:
    """Whether a subject names nobody; "it" may be an organisation: "it told parliament that"."""
    words = line.words.words
    if text(line, run[0]) == "it" and group.cue.lemma not in words["of_things"]:
        return not group.cue.takes & {"clause", "figure"}
    empty = run[1] - run[0] == 1 and text(line, run[0]) in words["empty_subject"]
    return empty or line.tokens[run[1] - 1].text in words["counted"]  # no "Moscow Times"


def _complement(line: Line, group: Group, who: Run | None) -> list[Draft]:
    """A clause with or without "that" after the verb, or what stands after a colon."""
    if "clause" not in group.cue.takes or (who is None and not group.passive):
        return []
    _, last = english_frames.edges(line, group, who)
    start, rule = _complement_start(line, last, group)
    relative = who is not None and text(line, who[0] - 1) in ("which", "who", "that")
    if start < 0 and relative and tag(line, last + 1) in (Tag.VFIN, Tag.VPP):
        return _relative(line, group, who, last + 1)
    if start < 0:
        return []
    content = line.extent(start, content_end(line, start))
    if content[1] - content[0] < 4:
        return []
    return [draft(line, rule, group, who, [content])]


def _relative(line: Line, group: Group, who: Run | None, start: int) -> list[Draft]:
    """As in "bills, which he says have tripled since May, are high": up to the next comma."""
    end = content_end(line, start)
    end = next((k for k in range(start, end) if line.tokens[k].text in (",", "–", "—")), end)
    return [draft(line, "relative_clause", group, who, [line.extent(start, end)])]


def _complement_start(line: Line, last: int, group: Group) -> tuple[int, str]:
    """Where a reported clause begins, and the rule; -1 where none does."""
    place = english_frames.after_adjuncts(line, group, last)
    if text(line, place) == "that" and text(line, place - 1) == ",":
        return place, "clause"  # "said in Kyiv, where he met officials, that"
    for k in range(last + 1, min(len(line.tokens), last + _REACH)):
        token = line.tokens[k]
        if token.lower in line.words.words["complementisers"] and token.tag in _OPENERS:
            found = _opens_complement(line, k, group, beside=k in (last + 1, place))
            if found is not None:
                return (k, "clause") if found else (-1, "")
        governed = text(line, last + 1) in group.cue.prepositions
        clock = tag(line, k - 1) is Tag.NUM and tag(line, k + 1) is Tag.NUM
        opens = k + 1 < len(line.tokens) and k == place and not clock and not governed
        if token.text == ":" and opens:
            return k + 1, "colon"
        if k in line.used:
            continue
        if token.tag is Tag.VING and english_verbs.verb_group(line, k):
            break  # "denied the report, saying that": what the participle says
        if token.tag in (Tag.VFIN, Tag.SUB, Tag.REL, Tag.QUOTE) or token.text in ";—":
            break
    if "bare" not in group.cue.takes or group.passive:
        return -1, ""
    return _bare_start(line, place, group)


_OPENERS = (Tag.SUB, Tag.WH, Tag.REL, Tag.ADV, Tag.DET, Tag.PRON)


def _opens_complement(line: Line, place: int, group: Group, *, beside: bool) -> bool | None:
    """Whether a conjunction opens the reported clause; None where the search may go on."""
    words, word = line.words.words, text(line, place)
    if group.cue.lemma in words["questions"] or is_anaphoric(line, place):
        return False  # who asks asserts nothing; "denied that on Tuesday"
    if word == "that":
        return _opens_that(line, place, group, beside=beside)
    asked = word not in words["question_words"] or group.cue.lemma in words["takes_question"]
    return True if beside and asked else None


def _opens_that(line: Line, place: int, group: Group, *, beside: bool) -> bool | None:
    """The same for "that", which may be a relative pronoun or a determiner."""
    if tag(line, place) is Tag.DET and tag(line, place + 1) is not Tag.NOUN:
        return None
    if any(text(line, k) in ("so", "such") for k in range(group.place + 1, place)):
        return False  # "shouted so loudly that the neighbours came"
    described = tag(line, place - 1) in HEADS and tag(line, place + 1) in (Tag.VFIN, Tag.ADV)
    described = described and not phrases.is_time(line, place - 1)  # "said on Monday that more"
    told = group.cue.lemma in line.words.words["addressed"]
    governed = tag(line, place - 2) is Tag.PREP and not told
    apposed = text(line, place - 2) in ("a", "an", "the") and text(line, place - 3) in ",–—"
    if apposed or (governed and text(line, place - 1) in line.words.nouns):
        return False  # "at 14, a toll that Kyiv disputes", "hit back at claims that she had left"
    if described and not (beside and told):
        return False  # "announced a plan that would"
    return beside or not group.passive


def _bare_start(line: Line, place: int, group: Group) -> tuple[int, str]:
    """The subject of a clause without "that"."""
    while text(line, place - 1) in line.words.words["quantifying"]:
        place -= 1  # "said roughly a third"
    k = place
    while tag(line, k) is Tag.ADV:
        k += 1
    start = place if tag(line, place) is Tag.ADV else k
    negated = text(line, start - 1) in line.words.words["negations"] and start - 1 > group.place
    start -= negated  # "said no fewer than 20"
    number = next((m for m in range(start, start + 4) if tag(line, m) is Tag.NUM), k)
    if tag(line, k) in (Tag.PREP, Tag.AS, Tag.SUB, Tag.ADV) and number > k:
        k = number  # "said more than 200 people had died"
    counted = tag(line, k + 1) is Tag.NUM and text(line, k) in line.words.words["quantifying"]
    if tag(line, k) not in NOMINAL | {Tag.PRON, Tag.VING} and not counted:
        return -1, ""
    if tag(line, k) is Tag.VING and english_verbs.verb_group(line, k) is not None:
        return -1, ""
    object_first = text(line, k) in ("him", "them", "me", "us")  # "found her drove her home"
    if object_first or (text(line, k) == "her" and tag(line, k + 1) in _PREDICATES):
        return -1, ""
    end = content_end(line, k)
    verb = next((m for m in range(k, end) if tag(line, m) in _PREDICATES), None)
    joined = phrases.end_of_phrase(line, k)  # "disputed the figures but did not ..."
    if tag(line, joined) is Tag.CONJ and _joins_predicate(line, joined):
        return -1, ""
    blocked = verb is None or any(line.tokens[m].text in ",;" and m < k + 2 for m in range(k, verb))
    if blocked or any(tag(line, m) is Tag.SUB for m in range(k, verb or k)):
        return -1, ""
    return start, "reported_clause"


def _joins_predicate(line: Line, place: int) -> bool:
    """Whether a verb follows a conjunction, auxiliaries and adverbs between."""
    k = place + 1
    while tag(line, k) is Tag.ADV:
        k += 1
    return tag(line, k) is Tag.VFIN


_PREDICATES = (Tag.VFIN, Tag.VPP, Tag.QUOTE)

_RULES = (
    _complement,
    infinitive,
    figure,
    naming,
    prepositional_object,
    noun_phrase,
)


def _as(line: Line, place: int) -> list[Draft]:
    """As in "as X said", "as X put it" before or after the content."""
    if text(line, place) != "as" or tag(line, place - 1) not in (
        Tag.PUNCT,
        Tag.QUOTE,
    ):
        return []
    if text(line, place + 1) in line.words.words["measuring_as"]:
        return []  # "as long as Kyiv says no"
    for k in range(place + 1, min(len(line.tokens), place + 14)):
        if line.tokens[k].text in ".;:":
            return []
        group = english_verbs.verb_group(line, k)
        put_it = text(line, k + 1) == "it"
        if group is None or (group.cue.takes == {"figure"} and not put_it):
            continue
        return _from_as(line, place, group)
    return []


def _from_as(line: Line, place: int, group: Group) -> list[Draft]:
    k = group.place
    left = subject_left(line, group.first) if group.first > place + 1 else None
    who = left if left and left[0] > place else english_clauses.subject_right(line, k)
    if group.passive:
        who = english_clauses.agent(line, group)
    end = max(k, who[1] - 1 if who else k) + 1
    comma = next((m for m in range(end, len(line.tokens)) if line.tokens[m].text == ","), None)
    if who is None or (place == 0 and comma is None):
        return []
    if place == 0 and comma is not None:
        content = line.extent(comma + 1, line.end_of_words())
        end = comma
    else:
        content = line.extent(english_left.clause_start(line, place), place)
    line.used.update(range(place, end))
    made = draft(line, "as", group, who, [content])
    if group.cue.takes == {"figure"}:
        made.stance = Stance.ASSERTS  # "as X put it"
    return [made]
