"""German content left of its frame: "Die Lage sei ernst, sagte X", with what goes on behind it."""

from __future__ import annotations

from rag import german_clauses, german_subjects, phrases
from rag.drafts import Draft, Extent, Line, Run
from rag.german_clauses import Group, tag, text
from rag.german_complements import content_end
from rag.german_frames import clause_start, mentions
from rag.german_objects import draft
from rag.tagging import VERBS, Tag

# What the rest of an interrupted clause begins with; a nominative opens an apposition.
_RESUMING = frozenset({Tag.PREP, Tag.ADV, Tag.NEG, Tag.VPP, Tag.VINF, Tag.ADJ, Tag.QUOTE, Tag.REFL})


def clause_left(line: Line, group: Group, who: Run | None) -> list[Draft]:
    """As in "Die Lage sei ernst, sagte X": the clause before the frame, and its rest."""
    finite, comma = group.finite, group.finite - 1
    if who is None or who[0] < finite or text(line, comma) not in (",", "–", "—"):
        return []
    if group.infinitive:
        return []
    start = clause_start(line, comma)
    if "object" in group.cue.takes and (named := _named_claim(line, comma)):
        return [draft(line, "clause_left", group, who, [named])]
    split = _split_clause(line, (start, comma), max(group.last, who[1] - 1) + 1)
    if split:
        return [draft(line, "clause_left", group, who, split)]
    told = _is_content(line, start, comma, finite) or _is_fragment(line, (start, comma), group, who)
    if not told or line.is_used(start, start + 1):
        return []
    content = [line.extent(start, comma)]
    rest = _clause_after(line, max(group.last, who[1] - 1) + 1, (start, comma))
    if rest is not None:
        content.append(rest)
    made = [draft(line, "clause_left", group, who, content)]
    if (cited := _cited(line, group, who)) is not None:
        made[0].sources, made[0].via = mentions(line, cited), made[0].sources
    more = _second_clause(line, max(group.last, who[1] - 1) + 1) if rest is None else None
    if more is not None:
        made.append(draft(line, "clause_left", group, who, [more]))
    return made


def _cited(line: Line, group: Group, who: Run) -> Run | None:
    """Whom a paper quotes behind a clause: "Es sei ruhig, zitierte die Zeitung einen Offizier"."""
    if group.cue.lemma not in line.words.words["quoting"]:
        return None
    end = phrases.end_of_phrase(line, who[1])
    return (who[1], end) if end > who[1] and german_subjects.is_voice(line, (who[1], end)) else None


def _named_claim(line: Line, comma: int) -> Extent | None:
    """As in "Vorwürfe der Ukraine, die Söldner hätten ..., hat X zurückgewiesen": that clause."""
    opened = next((k for k in range(comma) if text(line, k) == ","), comma)
    noun = any(line.tokens[k].text in line.words.nouns for k in range(opened))
    verbs = any(tag(line, k) in VERBS for k in range(opened))
    return line.extent(opened + 1, comma) if noun and not verbs and opened < comma else None


def _second_clause(line: Line, place: int) -> Extent | None:
    """As in "Niemand müsse frieren, sagte X, die Speicher seien voll": a second main clause."""
    end = line.end_of_words()
    comma = next((k for k in range(place, min(place + 12, end)) if text(line, k) == ","), end)
    if comma + 1 >= end or any(tag(line, k) in VERBS for k in range(place, comma)):
        return None
    finite = phrases.end_of_phrase(line, comma + 1)
    if finite <= comma + 1 or tag(line, finite) is not Tag.VFIN or not line.tokens[finite].mood:
        return None
    return line.extent(comma + 1, content_end(line, comma + 1))


def _split_clause(line: Line, left: Run, place: int) -> list[Extent]:
    """As in "Militärisch, sagte X, falle das kaum ins Gewicht": frame before the finite verb."""
    comma = next((k for k in (place, place + 1) if text(line, k) == ","), None)
    if comma is None or tag(line, comma + 1) is not Tag.VFIN or not line.tokens[comma + 1].mood:
        return []
    if left[0] >= left[1] or any(tag(line, k) is Tag.VFIN for k in range(*left)):
        return []
    return [line.extent(*left), line.extent(comma + 1, content_end(line, comma + 1))]


def _is_content(line: Line, start: int, comma: int, finite: int) -> bool:
    """Whether the words before a frame are a statement, and no clause that tells when or why."""
    verbs = [k for k in range(start, comma) if tag(line, k) is Tag.VFIN]
    main = [k for k in verbs if not german_clauses.is_verb_final(line, k)]
    denied = any(tag(line, k) is Tag.NEG for k in range(finite, min(finite + 12, len(line.tokens))))
    words, opening = line.words.words, line.tokens[start].lower
    if opening in ("dass", "daß", "ob") or (denied and opening in words["complementisers"]):
        return True
    if (
        opening in words["adverbial"]
        and tag(line, start) is not Tag.PREP
        and text(line, start + 1) != "zu"  # "Bis zu 8.000 kämpften dort, sagte X"
    ):  # "Da er kam, sagte X", but "Da er kam, sei es gut, sagte X"
        return any(text(line, k - 1) == "," for k in main)
    return bool(main)


def _is_fragment(line: Line, left: Run, group: Group, who: Run) -> bool:
    """As in "30 Minuten vorher, ergänzte X am Freitag.": words without a verb, nothing behind."""
    behind = range(max(group.last, who[1] - 1) + 1, line.end_of_words())
    alone = all(text(line, k) not in (",", ":", ";") for k in behind)
    verbs = any(tag(line, k) in VERBS | {Tag.QUOTE} for k in range(*left))
    told = "clause" in group.cue.takes and german_subjects.is_voice(line, who)
    return told and left[1] - left[0] > 1 and alone and not verbs


def _clause_after(line: Line, place: int, left: Run) -> Extent | None:
    """What goes on behind the frame: the rest of an interrupted clause, or Konjunktiv."""
    end, words = line.end_of_words(), line.words.words
    comma = next(
        (k for k in range(place, min(place + 12, end)) if text(line, k) in (",", ";")), end
    )
    if comma + 1 >= end or any(tag(line, k) in VERBS for k in range(place, comma)):
        return None
    opening = tag(line, comma + 1)
    goes_on = any(t.mood for t in line.tokens[comma:]) and opening in (
        Tag.CONJ,
        Tag.SUB,
        Tag.REL,
    )
    if text(line, comma) == ";":
        goes_on = _next_mood(line, comma, end) == "k1"
    elif opening is Tag.UM:
        goes_on = not any(tag(line, k) in (Tag.TO, Tag.VIZU) for k in range(comma, end))
    elif opening in _RESUMING or line.tokens[comma + 1].lower in words["not_subject"]:
        goes_on = goes_on or _is_interrupted(line, left, (comma + 1, end))
    return line.extent(comma + 1, content_end(line, comma + 1)) if goes_on else None


def _next_mood(line: Line, place: int, end: int) -> str:
    return next((line.tokens[k].mood for k in range(place, end) if tag(line, k) is Tag.VFIN), "")


def _is_interrupted(line: Line, left: Run, right: Run) -> bool:
    """As in "Es gehe, betonte X, um Geld": the finite verb stands left, nothing finite right."""
    finite = [k for k in range(*left) if tag(line, k) is Tag.VFIN]
    verbs = [k for k in range(*right) if tag(line, k) is Tag.VFIN]
    commas = [k for k in range(*right) if text(line, k) == ","]
    early = not verbs or bool(commas and commas[0] < verbs[0])
    return bool(finite) and early
