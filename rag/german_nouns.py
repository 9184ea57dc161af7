"""German nouns and adjectives that carry a content: "der Ansicht, dass", "ist überzeugt, dass".

Rule ids: noun (its bearer is the subject), attributed_noun (its bearer is the genitive or "von"
after it), predicate (an adjective tells the judgement).
"""

from __future__ import annotations

from rag import german_clauses, german_subjects, phrases
from rag.drafts import Draft, Line, Run
from rag.german_clauses import tag, text
from rag.german_complements import clause_end, content_end
from rag.german_frames import is_empty, mentions
from rag.schema import Form, Stance
from rag.tagging import VERBS, Tag

_REACH = 14  # tokens between a verb and its predicate


def by_noun(line: Line, place: int) -> list[Draft]:
    """As in "ist der Ansicht, dass", "erhob den Vorwurf, ...": a noun carries the content."""
    stance = line.words.nouns.get(line.tokens[place].text)
    if stance is None or tag(line, place) is not Tag.NOUN:
        return []
    return _attributed(line, place, stance) or _borne(line, place, stance)


def _borne(line: Line, place: int, stance: Stance) -> list[Draft]:
    end = place + 1
    while tag(line, end) in (Tag.VFIN, Tag.VPP, Tag.VINF, Tag.PART):
        end += 1
    finite = _governing(line, place, end)
    opened = text(line, end) in (",", ":") and _opens_content(line, end + 1)
    if not opened or finite is None or not _is_borne(line, place):
        return []
    verb = german_clauses.verb_group(line, finite)
    who = german_subjects.subject(line, finite)
    if who is None or who[0] <= place < who[1] or is_empty(line, who):
        return []
    if verb and verb.cue.takes != {"figure"}:
        return []  # "wies den Vorwurf zurück, dass": the verb decides
    if line.tokens[finite].mood == "k1" or text(line, place + 1) in line.words.words["no_bearing"]:
        return []  # "er wolle einen Vorschlag machen", "dafür Sorge tragen, dass"
    line.used.update((finite, place))
    content = [line.extent(end + 1, content_end(line, end + 1))]
    return [_draft(line, "noun", stance, place, who, content)]


def _draft(
    line: Line,
    rule: str,
    stance: Stance,
    place: int,
    who: Run | None,
    content: list[tuple[int, int]],
) -> Draft:
    cue = (line.tokens[place].start, line.tokens[place].end)
    return Draft(rule, stance, content, Form.INDIRECT, mentions(line, who), cue)


def _opens_content(line: Line, first: int) -> bool:
    """Whether a content clause begins here: dass, ob, wonach, Konjunktiv I, or an infinitive."""
    if first >= len(line.tokens):
        return False
    if tag(line, first) is Tag.UM:
        return False
    if line.tokens[first].lower in ("dass", "daß", "ob", *line.words.words["whereby"]):
        return True
    stop = next((k for k in range(first, len(line.tokens)) if text(line, k) in ",;:"), None)
    inner = line.tokens[first : stop or line.end_of_words()]
    finite = next((t for t in inner if t.tag is Tag.VFIN), None)
    if finite is not None:
        relative = tag(line, first) is Tag.REL and finite is inner[-1]
        return bool(finite.mood) and not relative and finite is not inner[-1]
    return any(t.tag in (Tag.VIZU, Tag.TO) for t in inner)


def _attributed(line: Line, place: int, stance: Stance) -> list[Draft]:
    """As in "die Forderung Kiews, ... zu liefern", "Vorwürfe der Ukraine, die Söldner hätten"."""
    if (owner := _owner_before(line, place)) is not None:
        content = [line.extent(place + 2, clause_end(line, place + 2))]
        line.used.add(place)
        return [_draft(line, "attributed_noun", stance, place, owner, content)]
    end = phrases.end_of_phrase(line, place)
    if text(line, end) != "," and text(line, end - 1) == ",":
        end -= 1
    who = (place + 1 + (tag(line, place + 1) is Tag.PREP), end)
    if who[0] >= who[1] or text(line, end) != "," or not _opens_content(line, end + 1):
        return []
    if phrases.is_time(line, who[0]) or phrases.is_time(line, who[0] + 1):
        return []
    first = who[0] + (line.tokens[who[0]].lower in line.words.words["genitives"])
    content = [line.extent(end + 1, clause_end(line, end + 1))]
    line.used.add(place)
    return [_draft(line, "attributed_noun", stance, place, (first, end), content)]


def _owner_before(line: Line, place: int) -> Run | None:
    """As in "Kiews Dementi, man habe ...", "dessen Geständnis, er habe ..."."""
    if text(line, place + 1) != "," or not _opens_content(line, place + 2):
        return None
    first = place - 1
    while first > 0 and tag(line, first) is Tag.ADJ:
        first -= 1
    named = tag(line, first) is Tag.NAME and text(line, first).endswith(("s", "’"))
    pointing = text(line, first).lower() in line.words.words["owners"]
    governed = tag(line, first - 1) in (Tag.NAME, Tag.NOUN, Tag.DET)
    return (first, first + 1) if (named or pointing) and not governed else None


def by_coming(line: Line, place: int) -> list[Draft]:
    """As in "Aus Moskau kam die Drohung mit NP", "aus X kam das Versprechen, ... zu liefern"."""
    stance = line.words.nouns.get(line.tokens[place].text)
    finite = next((k for k in range(place, -1, -1) if tag(line, k) in VERBS), None)
    if stance is None or finite is None or line.tokens[finite].lemma not in ("kommen", "folgen"):
        return []
    places = [k for k in range(place) if line.tokens[k].lower == "aus"]
    end = phrases.end_of_phrase(line, places[-1] + 1) if places else 0
    framed = any(
        text(line, k) == "," and german_clauses.verb_group(line, k + 1) is not None
        for k in range(place, len(line.tokens) - 1)
    )  # "Aus X kam ein Dementi: Das sei falsch, sagte Y"
    if not places or end <= places[-1] + 1 or framed:
        return []
    if text(line, place + 1) in (",", ":") and _opens_content(line, place + 2):
        content = line.extent(place + 2, content_end(line, place + 2))
    elif tag(line, place + 1) is Tag.PREP:
        stop = next((k for k in range(place, len(line.tokens)) if text(line, k) in ",;:."), place)
        content = line.extent(place + 2, stop)
    else:
        return []
    line.used.update((finite, place))
    return [_draft(line, "noun", stance, place, (places[-1] + 1, end), [content])]


def by_whereby(line: Line, place: int) -> list[Draft]:
    """As in "Berichte, wonach ...", "Studien der Charité, nach denen ...": nobody is quoted."""
    lower, after = line.tokens[place].lower, place + 1
    pointed = lower in line.words.words["pointing"] and text(line, after) in ("denen", "der", "dem")
    plural = lower != "nach" or text(line, after) == "denen"
    if lower not in line.words.words["whereby"] and not (pointed and plural):
        return []
    if text(line, place - 1) != "," or place < 2:
        return []
    end = clause_end(line, place)
    content = [line.extent(after + pointed, end)]
    line.used.add(place)
    return [_draft(line, "whereby", Stance.REPORTS, place, _giver(line, place - 1), content)]


def _giver(line: Line, comma: int) -> Run | None:
    """The genitive or "von" phrase right before a comma: whose reports they are."""
    for k in range(comma - 1, max(-1, comma - _REACH), -1):
        genitive = line.tokens[k].lower in line.words.words["genitives"] and tag(line, k) is Tag.DET
        if (genitive and tag(line, k - 1) is Tag.NOUN) or line.tokens[k].lower in ("von", "vom"):
            return k + 1, comma
        if tag(line, k) in VERBS or tag(line, k) is Tag.PUNCT:
            return None
    return None


def _is_borne(line: Line, place: int) -> bool:
    """Whether the subject has this noun: as object, or behind "zu", "mit", not "von", "über"."""
    first = place
    while first > 0 and tag(line, first - 1) in (Tag.DET, Tag.ADJ):
        first -= 1
    before = line.tokens[first - 1].lower if first else ""
    return tag(line, first - 1) is not Tag.PREP or before in line.words.words["bearing"]


def _governing(line: Line, place: int, end: int) -> int | None:
    """The finite verb that governs a noun: to its left, or at the end of its clause."""
    if tag(line, end - 1) is Tag.VFIN and end - 1 > place:
        return end - 1
    return next((k for k in range(place, -1, -1) if tag(line, k) is Tag.VFIN), None)


def by_predicate(line: Line, place: int) -> list[Draft]:
    """As in "ist überzeugt, dass", "zeigte sich besorgt, dass", "hält es für möglich, dass"."""
    words = line.words.words
    convinced = line.tokens[place].lower in words["convinced"]
    if not (convinced or tag(line, place) is Tag.ADV) or text(line, place + 1) not in (",", ":"):
        return []
    finite = next(
        (k for k in range(place - 1, max(-1, place - _REACH), -1) if tag(line, k) in VERBS), None
    )
    if finite is None or tag(line, finite) is not Tag.VFIN or line.tokens[finite].mood:
        return []
    lemma, inner = line.tokens[finite].lemma, range(finite + 1, place)
    shown = lemma in words["shows"] and any(tag(line, k) is Tag.REFL for k in inner)
    held = lemma == "halten" and line.tokens[place - 1].lower == "für"
    held = held and any(line.tokens[k].lower == "es" for k in inner)
    if not (shown or held or (convinced and lemma == "sein")) or not _opens_content(
        line, place + 2
    ):
        return []
    who = german_subjects.subject(line, finite)
    if who is None or is_empty(line, who):
        return []
    line.used.update((finite, place))
    stance = Stance.ASSERTS if shown else Stance.ESTIMATES
    content = [line.extent(place + 2, content_end(line, place + 2))]
    return [_draft(line, "predicate", stance, place, who, content)]
