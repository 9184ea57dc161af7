"""German frames that no reporting verb governs.

They are: ", so X", "wie X mitteilte", "heißt es in X".
"""

from __future__ import annotations

from rag import german_clauses, german_subjects, phrases
from rag.drafts import NOMINAL, Draft, Extent, Line, Run
from rag.german_clauses import tag, text
from rag.schema import Form, Stance
from rag.tagging import VERBS, Tag


def mentions(line: Line, run: Run | None) -> list[Extent]:
    """The extents of the sources that a run of tokens names."""
    return [line.extent(*part) for part in phrases.sources(line, run)] if run else []


def is_empty(line: Line, run: Run) -> bool:
    """Whether a subject is only "es", "das" or the like."""
    return run[1] - run[0] == 1 and line.tokens[run[0]].lower in line.words.words["empty_subject"]


def clause_start(line: Line, place: int) -> int:
    """Where the clauses before a frame begin: the sentence, or after a colon."""
    start = next((k + 1 for k in range(place - 1, -1, -1) if text(line, k) in (":", ";")), 0)
    while start < place and (start in line.used or tag(line, start) is Tag.PUNCT):
        start += 1
    return start


def quote_before(line: Line, place: int) -> int | None:
    """The quotation that ends directly before a place, commas and dashes between."""
    place -= 1
    while place >= 0 and text(line, place) in (",", "–", "—", "-"):
        place -= 1
    return place if tag(line, place) is Tag.QUOTE and place not in line.used else None


def clause_before_quote(line: Line, quote: int) -> int:
    """Where the clause begins that a quotation ends ("Sie seien „bereit““); else the quotation.

    The words before it must hold a finite verb, or an article or preposition that it belongs to.
    """
    start = clause_start(line, quote)
    finite = any(tag(line, k) is Tag.VFIN for k in range(start, quote))
    used = line.is_used(start, quote)
    return start if finite and not used and text(line, quote - 1) not in (":", ";") else quote


def _left_of(line: Line, frame: int, stop: int) -> tuple[list[Extent], Form]:
    """The content left of a frame that begins at `frame`, with what goes on behind `stop`."""
    quote = quote_before(line, frame)
    if quote is not None:
        line.used.add(quote)
        start = clause_before_quote(line, quote)
        if start < quote:
            return [line.extent(start, quote + 1)], Form.MIXED
        return [line.quote_at(quote)], Form.DIRECT
    start = clause_start(line, frame)
    fronted = line.tokens[start].lower in ("dass", "daß", "ob")
    content = [line.extent(start + (fronted and text(line, frame) == "wie"), frame)]
    resumed = tag(line, stop + 1) not in (Tag.REL, Tag.SUB, Tag.UM)
    resumed = resumed and not (fronted and tag(line, stop + 1) is Tag.VFIN)
    if text(line, stop) == "," and line.end_of_words() - stop > 3 and resumed:
        content.append(line.extent(stop + 1, line.end_of_words()))
    return content, Form.INDIRECT


def by_so(line: Line, place: int) -> list[Draft]:
    """As in ", so X" after a clause or a quotation."""
    if line.tokens[place].text != "so" or place < 2:
        return []
    if text(line, place - 1) not in (",", "–") and tag(line, place - 1) is not Tag.QUOTE:
        return []
    end = phrases.end_of_phrase(line, place + 1)
    if text(line, place + 1).startswith("viel"):
        return []  # "so viele wie nie"
    if tag(line, place + 1) is Tag.VFIN:
        return _by_so_with_verb(line, place)
    named = end > place + 1 and tag(line, place + 1) in NOMINAL | {Tag.PRON}
    if not named or tag(line, end) in (Tag.VFIN, Tag.VPP, Tag.VINF):
        return []
    content, form = _left_of(line, place, _comma_or(line, end))
    who = mentions(line, (place + 1, end))
    line.used.update(range(place, end))
    cue = (line.tokens[place].start, line.tokens[place].end)
    return [Draft("so", Stance.ASSERTS, content, form, who, cue)]


def _by_so_with_verb(line: Line, place: int) -> list[Draft]:
    """As in ", so fasste es X zusammen", ", so glaubt X": any verb after a quotation."""
    who = german_subjects.nominative_after(line, place + 1)
    group = german_clauses.verb_group(line, place + 1)
    if who is not None and text(line, who[0]) == "es":
        who = german_subjects.nominative_after(line, who[0])
    if who is None or line.tokens[place + 1].lemma in line.words.words["copulas"]:
        return []
    if group is None and quote_before(line, place) is None:
        return []
    content, form = _left_of(line, place, _comma_or(line, who[1]))
    line.used.update(range(place, who[1]))
    cue = (line.tokens[place + 1].start, line.tokens[place + 1].end)
    stance = group.cue.stance if group else Stance.ASSERTS
    return [Draft("so", stance, content, form, mentions(line, who), cue)]


def _comma_or(line: Line, place: int) -> int:
    """The next comma after a frame, passing the words that tell when and where."""
    for k in range(place, min(place + 16, len(line.tokens))):
        if text(line, k) == ",":
            return k
        if tag(line, k) in VERBS:
            break
    return place


def by_as(line: Line, place: int) -> list[Draft]:
    """As in "wie X mitteilte" before, after or amid the content."""
    before = tag(line, place - 1)
    if line.tokens[place].lower != "wie" or before not in (Tag.PUNCT, Tag.QUOTE):
        return []
    compared = any(text(line, k) == "so" for k in range(max(0, place - 4), place))
    if compared or text(line, place + 1).lower().startswith("viel"):
        return []  # "so viel, wie X behauptet hatte", "wie viele kamen"
    stop = next((k for k in range(place, len(line.tokens)) if text(line, k) in ".;:"), None)
    for k in range(place + 1, min(stop or len(line.tokens), place + 24)):
        if line.tokens[k].tag not in (Tag.VFIN, Tag.VPP):
            continue
        if line.tokens[k].lower in line.words.words["it_says"] and text(line, place + 1) == "es":
            return _as_it_says(line, place, k)
        group = german_clauses.verb_group(line, k)
        if group is not None and group.cue.takes != {"figure"}:
            return _as_frame(line, place, group)
        if tag(line, k) is Tag.VFIN:
            break
    return []


def _as_it_says(line: Line, place: int, verb: int) -> list[Draft]:
    """As in "wie es in der Mitteilung hieß"."""
    who, form = _where(line, place + 2), Form.INDIRECT
    if place == 0:
        content = [line.extent(verb + 1, line.end_of_words())]
    else:
        content, form = _left_of(line, place, _comma_or(line, verb + 1))
    line.used.update(range(place, verb + 1))
    cue = (line.tokens[verb].start, line.tokens[verb].end)
    return [Draft("as", Stance.REPORTS, content, form, mentions(line, who), cue)]


def _as_frame(line: Line, place: int, group: german_clauses.Group) -> list[Draft]:
    last = max(group.last, group.finite)
    who = german_subjects.nominative_after(line, place, last + 1)
    if group.finite == place + 1:
        who = german_subjects.nominative_after(line, group.finite)
    who = german_subjects.origin(line, group, last) or who
    if who is None and group.finite != place + 1:
        return []
    end = max(group.last, group.finite, who[1] - 1 if who else 0) + 1
    if place == 0:
        comma = next((k for k in range(end, len(line.tokens)) if text(line, k) == ","), None)
        if comma is None:
            return []
        content, form = [line.extent(comma + 1, line.end_of_words())], Form.INDIRECT
        end = comma
    else:
        content, form = _left_of(line, place, _comma_or(line, end))
    line.used.update(range(place, end))
    verb = line.tokens[group.members[0]]
    cue = (verb.start, verb.end)
    return [Draft("as", group.cue.stance, content, form, mentions(line, who), cue)]


def by_it_says(line: Line, place: int) -> list[Draft]:
    """As in "heißt es in X", "hieß es aus Kreisen", "es heißt, dass"."""
    token, said = line.tokens[place], _end_of_saying(line, place)
    following, words = text(line, place + 1).lower(), line.words.words
    inverted = following == "es" or (following == "man" and token.lower in words["it_reads"])
    if said is None or not (inverted or text(line, place - 1).lower() == "es"):
        return []
    end = place + 1 + inverted
    who = _where(line, end) or _where_in_front(line, place)
    if who is None and token.lower in words["it_reads"]:
        return []
    stop = max(end, who[1] if who else 0, said + 1)
    so = text(line, place - 1) == "so" and text(line, place - 2) == ","
    form = Form.INDIRECT
    quote = next((k for k in range(stop, len(line.tokens)) if tag(line, k) is Tag.QUOTE), None)
    comma = next((k for k in range(stop, len(line.tokens)) if text(line, k) in ",:"), None)
    comma = _behind_apposition(line, comma) if comma == stop else comma
    fronted = who is not None and who[0] < place
    if so:  # "hat, so steht es in dem Bericht, mit Stimmen zu rechnen"
        content, form = _left_of(line, place - 1, _comma_or(line, stop))
    elif not fronted and (text(line, place - 1) == "," or tag(line, place - 1) is Tag.QUOTE):
        content, form = _left_of(line, place, len(line.tokens))
    elif quote is not None and quote not in line.used and quote - stop < 6:
        line.used.add(quote)
        content, form = [line.quote_at(quote)], Form.DIRECT
    elif comma is not None:
        content = [line.extent(comma + 1, line.end_of_words())]
    else:
        return []
    line.used.update(range(place, stop))
    cue = (token.start, token.end)
    # "..., hieß es" behind what somebody has said is said by the same.
    carried = who is None and inverted
    drafted = Draft("it_says", Stance.REPORTS, content, form, mentions(line, who), cue)
    drafted.carried = drafted.near = carried
    return [drafted]


def _end_of_saying(line: Line, place: int) -> int | None:
    """The last verb of "heißt es", "hatte es geheißen"; None where this is no such verb."""
    token, words = line.tokens[place], line.words.words
    if token.tag is not Tag.VFIN:
        return None
    if token.lower in words["it_says"]:
        return place
    near = range(place + 1, min(place + 10, len(line.tokens)))
    perfect = token.lemma == "haben"
    return next((k for k in near if perfect and line.tokens[k].lower in words["it_said"]), None)


def by_sounding(line: Line, place: int) -> list[Draft]:
    """As in "„...“, lautet der Kommentar von X", "..., lautet ein Satz, den X wiederholt"."""
    token = line.tokens[place]
    if token.lower not in line.words.words["sounds"] or token.tag is not Tag.VFIN:
        return []
    so = text(line, place - 1) == "so"
    if text(line, place - 1 - so) not in (",", "–") or place < 2:
        return []
    what = german_subjects.nominative_after(line, place)
    who = _author(line, what) if what is not None else None
    if who is None:
        return []
    content, form = _left_of(line, place - so, len(line.tokens))
    line.used.update(range(place - so, len(line.tokens)))
    cue = (token.start, token.end)
    return [Draft("so", Stance.ASSERTS, content, form, mentions(line, who), cue)]


def _author(line: Line, what: Run) -> Run | None:
    """Whose words a phrase means: its genitive or "von X", or who repeats them behind it."""
    for k in range(what[0] + 1, what[1] - 1):
        genitive = tag(line, k) is Tag.DET and line.tokens[k].lower in line.words.words["genitives"]
        if genitive or line.tokens[k].lower in ("von", "vom"):
            return k + (not genitive), what[1]
    final = (k for k in range(what[1], len(line.tokens)) if tag(line, k) is Tag.VFIN)
    finite = next(final, None) if tag(line, what[1] + 1) is Tag.REL else None
    who = german_subjects.subject(line, finite) if finite is not None else None
    return who if who is not None and german_subjects.is_voice(line, who) else None


def _behind_apposition(line: Line, comma: int) -> int:
    """As in "hieß es von X, dem Leiter des Amtes, es sei so": the content begins later."""
    if tag(line, comma + 1) is not Tag.DET:
        return comma
    for k in range(comma + 2, min(comma + 14, len(line.tokens))):
        if text(line, k) == ",":
            return k
        if tag(line, k) in VERBS:
            break
    return comma


def _where(line: Line, place: int) -> Run | None:
    """The phrase after a preposition that tells where something stands: "in der Erklärung"."""
    while tag(line, place) is Tag.ADV or (
        tag(line, place) is Tag.PREP and phrases.is_time(line, place + 1)
    ):
        timed = tag(line, place) is Tag.PREP  # "hieß es am Montag aus dem Präsidium"
        place = max(place + 1, phrases.end_of_phrase(line, place + 1) if timed else 0)
    if tag(line, place) is not Tag.PREP or text(line, place).lower() in ("zu", "zum", "zur"):
        return None
    end = phrases.end_of_phrase(line, place + 1)
    return (place + 1, end) if end > place + 1 and not phrases.is_time(line, place + 1) else None


def _where_in_front(line: Line, place: int) -> Run | None:
    front = german_subjects.front_field(line, place)
    return _where(line, front[0]) if front else None
