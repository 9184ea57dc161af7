"""Prepositional attributions: "laut X", "according to X", "X zufolge", "citing X"."""

from __future__ import annotations

import re

from rag import german_subjects, noun_phrase, phrases
from rag.cues import pronouns
from rag.drafts import NOMINAL, Draft, Extent, Line, Run
from rag.schema import Form, Stance
from rag.tagging import VERBS, Tag


def named(line: Line, match: re.Match[str], group: str) -> Run | None:
    """The tokens of a named group of a phrase, where it matched."""
    if group not in match.re.groupindex or match.group(group) is None:
        return None
    start, end = match.span(group)
    run = line.run((line.start + start, line.start + end))
    return run if run[0] < run[1] else None


def found(line: Line) -> list[Draft]:
    """As in "laut X", "according to X", "X zufolge", and "citing X" (the channel)."""
    drafts: list[Draft] = []
    for phrase in line.words.prepositional:
        for match in phrase.pattern.finditer(line.masked):
            drafts += _prepositional(line, match, phrase.stance)
    for pattern in line.words.via:
        for match in pattern.finditer(line.masked):
            drafts += _via(line, match)
    if line.language == "de":
        drafts += [d for k in range(len(line.tokens)) for d in _postpositional(line, k)]
    return drafts


def _prepositional(line: Line, match: re.Match[str], stance: Stance) -> list[Draft]:
    first, last = line.run((line.start + match.start(), line.start + match.end()))
    if first >= last or line.is_used(first, last):
        return []
    noun, own = named(line, match, "noun"), named(line, match, "own")
    end = phrases.end_of_phrase(line, last)
    owned = line.tokens[last - 1].lower in pronouns(line.language).possessive
    who: Run | None = (last - owned, end) if end > last else None  # "nach Angaben ihres Hauses"
    if own is not None:
        who, end = own, own[1]
    elif noun is not None and _names_its_source(line, match, last):
        who, end = (first + 1, noun[1]), noun[1]
    elif noun is not None and noun[1] == last and not _genitive_name(line, last, end):
        end = last
        compound = "of" in match.re.groupindex and match.group("of")
        who = (first + 1, last) if noun[0] > first + 1 or compound else None
    if (
        match.group().lower().startswith("gemäß")
        and who
        and not german_subjects.is_voice(line, who)
    ):
        return []  # "gemäß dem Islam"
    if who is None and (noun is None or stance is Stance.ASSERTS):
        return []  # "suchte nach Worten"
    if line.language == "en" and who is not None:
        if _is_thing(line, who):
            return []  # "according to plan"
        end = end if own else _behind_modifiers(line, first, end)
    if line.language == "de":
        end = _behind_relative(line, end)
        finite = next(
            (k for k in range(end, len(line.tokens)) if line.tokens[k].tag is Tag.VFIN), end
        )
        if first == 0 and all(line.tokens[k].text != "," for k in range(end, finite)):
            end = finite  # in front of the verb nothing belongs to the content
        own_word = _of_itself(line, (first, end))
        who = own_word or who
        made = _around(line, "according_to", stance, (first, end), who)
        made.content = _without(line, made.content, own_word)
        return [made]
    return [_around(line, "according_to", stance, (first, end), who)]


def _of_itself(line: Line, run: Run) -> Run | None:
    """As in "nach eigenen Angaben": the subject of the sentence says it."""
    if all(line.tokens[k].lower not in ("eigenen", "eigener", "eigenem") for k in range(*run)):
        return None
    verb = next((k for k, t in enumerate(line.tokens) if t.tag is Tag.VFIN), None)
    return german_subjects.subject(line, verb) if verb is not None else None


def _without(line: Line, content: list[Extent], run: Run | None) -> list[Extent]:
    """What somebody says of himself, without his name in front: he is the source."""
    if run is None or run[0] > 0 or not content:
        return content
    start = line.extent(*run)[1] + 1
    parts = [(max(a, start), b) for a, b in content]
    return [(a, b) for a, b in parts if b - a > 1] or content


def _is_thing(line: Line, run: Run) -> bool:
    """As in "according to availability": one bare word in the singular names nobody."""
    token = line.tokens[run[0]]
    measured = line.tokens[run[1] - 1].lower in line.words.words["measures"]
    if measured and all(t.tag is not Tag.NAME for t in line.tokens[run[0] : run[1]]):
        return True  # "according to the weather"
    bare = run[1] - run[0] == 1 and token.text.islower() and not token.lower.endswith("s")
    kinds = (
        "anonymous", "organisations", "roles", "voices", "statements", "independent", "pronouns",
    )  # fmt: skip
    return bare and not any(noun_phrase.is_a(kind, token.lower) for kind in kinds)


def _behind_modifiers(line: Line, first: int, end: int) -> int:
    """As in "according to people briefed on it, ...": the frame ends at the next comma."""
    last = line.end_of_words()
    comma = next((k for k in range(end, last) if line.tokens[k].text in ",;:–—"), last)
    modified = end < last and line.tokens[end].tag in (Tag.REL, Tag.VPP, Tag.VING)
    if not modified and any(line.tokens[k].tag is Tag.CONJ for k in range(end, comma)):
        return end
    if comma == last and first == 0:
        return end
    following = next((k for k in range(comma + 1, last) if line.tokens[k].text in ",;"), last)
    if comma + 1 < last and line.tokens[comma + 1].tag is Tag.REL:
        return following  # "according to Politico, which cited six people"
    apposed = range(comma + 1, following)
    plain = NOMINAL | {Tag.PREP, Tag.POSS}
    named = len(apposed) > 0 and all(line.tokens[k].tag in plain for k in apposed)
    return following if named and first > 0 else comma


def _names_its_source(line: Line, match: re.Match[str], last: int) -> bool:
    """As in "nach Zeugenaussagen der Ehemann": a compound is complete, no name follows it."""
    compound = "of" in match.re.groupindex and bool(match.group("of"))
    named = last < len(line.tokens) and line.tokens[last].tag in (Tag.NAME, Tag.ADJ)
    return compound and line.tokens[last - 1].tag is Tag.DET and not named


def _behind_relative(line: Line, end: int) -> int:
    """The end of a German source with its relative clause: "laut X, die dabei war, kommt Y"."""
    first = end + 1 + (end + 1 < len(line.tokens) and line.tokens[end + 1].tag is Tag.PREP)
    if first >= len(line.tokens) or line.tokens[end].text != ",":
        return end
    relative = line.tokens[first].tag is Tag.REL
    if not relative and line.tokens[first].lower not in line.words.words["articles"]:
        return end
    for k in range(first, len(line.tokens) - 1):
        if line.tokens[k].text == "," and line.tokens[k - 1].tag is Tag.VFIN:
            return k + 1
    return end


def _genitive_name(line: Line, place: int, end: int) -> bool:
    """As in "nach Angaben Kiews", "nach Angaben informierter Kreise": a genitive follows."""
    if end > place + 1 and line.tokens[place].tag is Tag.ADJ:
        return line.tokens[place].lower.endswith("er") and line.tokens[place + 1].tag is Tag.NOUN
    if end <= place or line.tokens[place].tag is not Tag.NAME:
        return False
    return line.tokens[end - 1].text.endswith(("s", "’", "'"))


def _via(line: Line, match: re.Match[str]) -> list[Draft]:
    first, last = line.run((line.start + match.start(), line.start + match.end()))
    if first >= last or line.is_used(first, last):
        return []
    last = _behind_attribute(line, last)
    end = phrases.end_of_phrase(line, last)
    if end == last or not _can_speak(line, (last, end)):
        return []
    for k in range(end, min(len(line.tokens), end + 8)):  # "people familiar with the matter"
        if line.tokens[k].text in (",", ".") or line.tokens[k].tag in VERBS:
            end = k if line.tokens[k].text in (",", ".") else end
            break
    draft = _around(line, "via", Stance.REPORTS, (first, end), (last, end))
    return [draft]


def _behind_attribute(line: Line, place: int) -> int:
    """German: "unter Berufung auf mit der Sache vertraute Kreise": where the noun begins."""
    start = place + (line.tokens[place].tag is Tag.NUM) if place < len(line.tokens) else place
    if line.language != "de" or start >= len(line.tokens) or line.tokens[start].tag is not Tag.PREP:
        return place
    near = range(start + 1, min(start + 6, len(line.tokens) - 1))
    pairs = (k for k in near if line.tokens[k].tag in (Tag.ADJ, Tag.VPP))
    return next((k for k in pairs if line.tokens[k + 1].tag is Tag.NOUN), place)


def _can_speak(line: Line, run: Run) -> bool:
    """Whether a phrase names somebody: a treaty, a law or data that one cites says nothing."""
    kinds = ("anonymous", "organisations", "roles", "voices", "pronouns")
    documents = line.words.words.get("documents", frozenset())
    named = any(
        line.tokens[k].tag is Tag.NAME or line.tokens[k].lower in documents for k in range(*run)
    )
    return named or any(
        noun_phrase.is_a(kind, line.tokens[k].lower.rsplit("-", 1)[-1])  # "US-Beamten"
        for k in range(*run)
        for kind in kinds
    )


def _postpositional(line: Line, place: int) -> list[Draft]:
    """As in "NATO-Quellen zufolge", "meiner Meinung nach"."""
    if place in line.used or place == 0 or not _points_left(line, place):
        return []
    first = _start_of_phrase(line, place)
    if line.tokens[first].lower in line.words.words["articles"] and first == place - 1:
        return []  # "die Leitlinie, der zufolge"
    own_word = _of_itself(line, (first, place))
    who = own_word or _spoken_for(line, (first, place))
    stance = _stance_of(line, (first, place))
    rumour = line.tokens[place - 1].lower in line.words.words["rumours"]
    made = _around(line, "according_to", stance, (first, place + 1), None if rumour else who)
    made.content = _without(line, made.content, own_word)
    return [made]


def _points_left(line: Line, place: int) -> bool:
    """Whether "zufolge", or "nach" behind a noun of saying, ends a frame."""
    word, words = line.tokens[place].lower, line.words.words
    if word != "nach":
        return word == "zufolge"
    said = line.tokens[place - 1].lower in words["bare_statements"]
    own = place > 1 and line.tokens[place - 2].lower.endswith(("er", "en"))
    return said and own and line.tokens[place - 2].tag in (Tag.POSS, Tag.DET, Tag.ADJ)


def _start_of_phrase(line: Line, place: int) -> int:
    """Where the phrase before "zufolge" begins; "(VDR)" and "Ihnen" belong to it."""
    first = place
    loose = NOMINAL | {Tag.PREP, Tag.POSS}
    if line.tokens[place].lower == "nach":
        return place - 2
    if line.tokens[place - 1].tag is Tag.PRON:
        return place - 1
    while first > 0:
        before = line.tokens[first - 1]
        if before.text == ")":
            opened = (
                k for k in range(first - 1, max(-1, first - 8), -1) if line.tokens[k].text == "("
            )
            first = next(opened, 0)
        elif before.tag in loose:
            first -= 1
        else:
            break
    return first


def _stance_of(line: Line, run: Run) -> Stance:
    words = " ".join(line.tokens[k].lower for k in range(*run))
    return Stance.ESTIMATES if "schätzung" in words else Stance.REPORTS


def _spoken_for(line: Line, run: Run) -> Run:
    """As in "Angaben der Polizei zufolge": the source stands after the noun of saying."""
    first, last = run
    for phrase in line.words.prepositional:
        words = line.masked[
            line.tokens[first].start - line.start : line.tokens[last - 1].end - line.start
        ]
        match = phrase.pattern.match("nach " + words)
        if match and len("nach " + words) > match.end():
            offset = line.tokens[first].start + match.end() - len("nach ")
            return line.position(offset), last
    return run


def _around(line: Line, rule: str, stance: Stance, frame: Run, who: Run | None) -> Draft:
    """The claim that a frame makes of the rest of its sentence."""
    line.used.update(range(*frame))
    line.framed.update(range(*frame))
    mentions = [line.extent(*part) for part in phrases.sources(line, who)] if who else []
    cue = line.extent(frame[0], frame[1])
    draft = Draft(rule, stance, rest_of_clause(line, frame), Form.INDIRECT, mentions, cue)
    draft.frame = cue
    if who is not None:
        inner = [k for k in range(*frame) if not who[0] <= k < who[1]]
        draft.cue = (line.tokens[inner[0]].start, line.tokens[inner[0]].end) if inner else cue
    return draft


def rest_of_clause(line: Line, frame: Run) -> list[Extent]:
    """The sentence without the frame; within a subordinate clause only that clause."""
    low, high = 0, line.end_of_words()
    for k in range(frame[0] - 1, 0, -1):
        opens = line.tokens[k].tag in (Tag.REL, Tag.SUB) and line.tokens[k - 1].text == ","
        if opens and line.language == "de":
            low = k
            closing = next(
                (m for m in range(frame[1], high) if line.tokens[m].tag is Tag.VFIN), high
            )
            high = min(high, closing + 1)
            break
        if line.tokens[k].text in (";", ":"):
            low = k + 1
            break
    parts = [line.extent(low, frame[0]), line.extent(frame[1], high)]
    return [part for part in parts if part[1] - part[0] > 2]
