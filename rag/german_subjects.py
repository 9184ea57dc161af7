"""The subject of a German finite verb: in front of it, behind it, or shared with another verb."""

from __future__ import annotations

from rag import german_clauses, noun_phrase, phrases
from rag.drafts import HEADS, NOMINAL, Line, Run
from rag.german_clauses import tag, text
from rag.tagging import Tag

# Articles that are an object's where the relative pronoun is a nominative "der".
_NO_SUBJECT_BESIDE = frozenset({"die", "das", "den", "seine", "ihre", "eine", "einen"})
_SPEAKING = ("roles", "voices", "anonymous", "offices", "independent")
_FRONT = NOMINAL | {Tag.PREP, Tag.ADV, Tag.POSS, Tag.PRON, Tag.NEG}


def subject(line: Line, finite: int, depth: int = 0) -> Run | None:
    """The tokens of the subject of a finite verb; None where the sentence does not show it."""
    opening = german_clauses.opener(line, finite)
    if opening is not None:
        return _subject_of_subordinate(line, opening, finite)
    if text(line, finite + 1).lower() in line.words.words["nominatives"]:
        return finite + 1, finite + 2  # "Die Zahl könne man nicht bestätigen"
    front = front_field(line, finite)
    if front is not None:
        found = _nominative(line, front)
        if found is not None:
            turned = _disagrees(line, found, finite) or _is_outspoken(line, found, finite)
            return (nominative_after(line, finite) if turned else None) or found
    if front is None and depth < 3 and _is_elided(line, finite):
        shared = shared_subject(line, finite, depth)
        if shared:
            return shared
    found = nominative_after(line, finite)
    if found is None and depth < 3 and front is None:
        return shared_subject(line, finite, depth)
    return found


def _disagrees(line: Line, run: Run, finite: int) -> bool:
    """A plural in front of a singular verb is its object: "Zwei Soldaten hat Kiew gefangen"."""
    token, opening = line.tokens[finite], line.tokens[run[0]]
    if opening.lower in ("viele", "wenige") and text(line, run[0] - 1).lower() in ("so", "wie"):
        return True  # "So viele Soldaten hatten A und B bestätigt": measured, not named
    if token.lower.endswith("n") or token.lower == "sind":
        return False
    counted = opening.tag is Tag.NUM and not opening.lower.startswith("ein")
    bare = opening.tag is Tag.NOUN and opening.lower.endswith(("te", "en", "ungen"))
    after = tag(line, finite + 1)
    named = after is Tag.NAME or text(line, finite + 1).lower() in ("der", "die", "das")
    return named and (counted or bare)


def _is_outspoken(line: Line, run: Run, finite: int) -> bool:
    """As in "Die Stilllegung bestätigte der Konzern": the subject is the one who can speak."""
    lemma, words = line.tokens[finite].lemma, line.words.words
    reporting = lemma in line.words.verbs or any(lemma == verb for verb, _ in line.words.separable)
    if not (reporting or lemma in words["modals"] or lemma in words["auxiliaries"]):
        return False
    if line.tokens[run[0]].lower in line.words.words["empty_subject"] or german_clauses.is_marked(
        line, run[0]
    ):
        return False
    other = nominative_after(line, finite)
    return (
        other is not None
        and other[0] == finite + 1
        and not is_voice(line, run)
        and is_voice(line, other)
    )


def is_voice(line: Line, run: Run) -> bool:
    """Whether a phrase names somebody who can speak: a name, a post, a body.

    Its head tells, not what hangs on that: "die Zahl der Minister" cannot speak.
    """
    abstract = line.words.words["abstract_endings"]
    for k in range(run[0], _end_of_head(line, run)):
        word = line.tokens[k].lower.rsplit("-", 1)[-1]
        if tag(line, k) in (Tag.NAME, Tag.PRON):
            return True
        if tag(line, k) not in HEADS:
            continue
        ending = any(word.endswith(suffix) for suffix in abstract)
        body = noun_phrase.is_a("organisations", word) and not ending
        if body or word.endswith(tuple(line.words.words["speaking_bodies"])):
            return True
        if any(noun_phrase.is_a(kind, word) for kind in _SPEAKING):
            return True
    return False


def _end_of_head(line: Line, run: Run) -> int:
    """Where the attributes behind the head of a phrase begin: a genitive, a preposition."""
    heads = [k for k in range(*run) if tag(line, k) in HEADS | {Tag.PRON, Tag.NUM, Tag.OTHER}]
    first = heads[0] if heads else run[0]
    attached = (Tag.DET, Tag.PREP, Tag.POSS)
    apposed = any(text(line, k) == "," for k in range(first, run[1]))
    if apposed:
        return run[1]
    return next((k for k in range(first + 1, run[1]) if tag(line, k) in attached), run[1])


def _is_elided(line: Line, finite: int) -> bool:
    """As in "und forderte ...", ", befürchtet aber ...": the subject was named before."""
    if tag(line, finite - 1) is Tag.CONJ:
        return True
    near = (text(line, finite + 1), text(line, finite + 2))  # ", könne sie aber nicht bestätigen"
    return text(line, finite - 1) == "," and any(word in line.words.words["but"] for word in near)


def shared_subject(line: Line, finite: int, depth: int = 0) -> Run | None:
    """The subject of the finite verb before this one, for "A sagte ... und forderte ..."."""
    mood = line.tokens[finite].mood
    for k in range(finite - 1, -1, -1):
        same_voice = bool(line.tokens[k].mood) == bool(mood)
        if tag(line, k) is Tag.VFIN and same_voice and german_clauses.opener(line, k) is None:
            return subject(line, k, depth + 1)
    return None


def _subject_of_subordinate(line: Line, opening: int, finite: int) -> Run | None:
    found = nominative_after(line, opening, finite)
    relative = line.tokens[opening].tag is Tag.REL
    other = found is not None and not (
        relative and text(line, opening) == "der" and text(line, found[0]) in _NO_SUBJECT_BESIDE
    )
    if other or not relative:
        return found
    comma = opening - 1
    if text(line, comma) != ",":
        return None
    first = comma
    while first > 0 and tag(line, first - 1) in NOMINAL | {Tag.POSS, Tag.PREP}:
        first -= 1
    while first < comma and tag(line, first) in (Tag.PREP, Tag.ADV):
        first += 1
    return _agreeing(line, (first, comma), text(line, opening)) if first < comma else None


def _agreeing(line: Line, run: Run, pronoun: str) -> Run:
    """What a relative pronoun stands for: in "die Aussage eines Jungen, der", the genitive."""
    kinds = line.words.words
    head = line.tokens[run[0]].lower
    masculine = pronoun == "der" and head in kinds["feminine"]
    feminine = pronoun == "die" and head in kinds["not_feminine"]
    wanted = kinds["masculine_genitives"] if masculine else kinds["feminine_genitives"]
    if not (masculine or feminine):
        return run
    later = (k for k in range(run[1] - 1, run[0], -1) if line.tokens[k].lower in wanted)
    return next(((k, run[1]) for k in later if tag(line, k) is Tag.DET), run)


def front_field(line: Line, finite: int) -> Run | None:
    """The constituent directly left of a finite verb in second place."""
    first = finite
    while first > 0:
        before = first - 1
        token = line.tokens[before]
        joins = token.tag is Tag.CONJ and first < finite and tag(line, before - 1) in HEADS
        if token.tag in _FRONT or joins:
            first = before
        elif (
            token.text == "," and (jump := _over_insertion(line, before, first, finite)) is not None
        ):
            first = jump
        elif token.text == ")" and (opened := _opening(line, before)) is not None:
            first = opened
        else:
            break
    while first < finite and tag(line, first) is Tag.CONJ:
        first += 1
    middle = text(line, finite - 1) == "," and tag(line, first - 1) is Tag.VFIN
    return (first, finite) if first < finite and not middle else None


def _opening(line: Line, closing: int) -> int | None:
    return next((k for k in range(closing, max(-1, closing - 9), -1) if text(line, k) == "("), None)


def _over_insertion(line: Line, comma: int, first: int, finite: int) -> int | None:
    """Where to go on left of a comma: over an apposition, a relative clause or in a list."""
    nominal = first < finite and tag(line, comma - 1) in HEADS and tag(line, first) in NOMINAL
    if nominal and any(tag(line, k) is Tag.CONJ for k in range(first, finite)):
        return comma
    opened = next(
        (k for k in range(comma - 1, max(-1, comma - 40), -1) if text(line, k) in (",", ":", ";")),
        None,
    )
    if opened is None or text(line, opened) != ",":
        return None
    if tag(line, opened - 1) not in HEADS and text(line, opened - 1) != ")":
        return None
    inner = range(opened + 1, comma)
    relative = any(tag(line, k) is Tag.REL for k in list(inner)[:2])
    verbless = not any(tag(line, k) in (Tag.VFIN, Tag.SUB, Tag.QUOTE) for k in inner)
    return opened if inner and (relative or verbless) else None


def _nominative(line: Line, run: Run) -> Run | None:
    """The subject in a front field, unless that is a prepositional phrase, adverb or object."""
    first, last = run
    while first < last and tag(line, first) in (Tag.ADV, Tag.NEG, Tag.CONJ):
        first += 1
    if first >= last or tag(line, first) is Tag.PREP:
        return None
    if line.tokens[first].lower in line.words.words["not_subject"] or _is_oblique(line, first):
        return None
    if phrases.is_time(line, first) or (first + 1 < last and _is_date(line, first, last)):
        return None
    owned = line.tokens[first].lower in line.words.words["owners"]  # "Dessen Landeschef"
    end = phrases.end_of_phrase(line, first + owned, last)
    return (first, min(max(end, first + 1), last))


def _is_oblique(line: Line, place: int) -> bool:
    """As in "der russischen Zeitung": after "der" only a genitive or dative adjective has "-en"."""
    opens = line.tokens[place].lower in line.words.words["oblique"]
    adjective = tag(line, place + 1) is Tag.ADJ and text(line, place + 1).endswith("en")
    return opens and adjective and tag(line, place + 2) in HEADS | {Tag.ADJ}


def _is_date(line: Line, first: int, last: int) -> bool:
    """A phrase whose noun tells when: "vergangene Woche", "Mitte Oktober"."""
    heads = [k for k in range(first, last) if tag(line, k) in HEADS]
    return bool(heads) and phrases.is_time(line, heads[0])


def nominative_after(line: Line, start: int, limit: int | None = None) -> Run | None:
    """The first phrase after a word that can be a subject: no object, no date, no preposition."""
    place = start + 1
    end = len(line.tokens) if limit is None else limit
    while place < end:
        token = line.tokens[place]
        if token.tag in (Tag.ADV, Tag.REFL, Tag.NEG):
            place += 1
        elif token.tag is Tag.PREP:
            after = phrases.end_of_phrase(line, place + 1, end)
            place = max(after, place + 1)
        elif token.tag in NOMINAL or token.tag is Tag.PRON:
            after = phrases.end_of_phrase(line, place, end)
            if after == place:
                return None
            skipped = token.lower in line.words.words["not_subject"] or _is_date(line, place, after)
            if not skipped and not _is_oblique(line, place):
                return place, after
            place = after
        else:
            return None
    return None


def origin(line: Line, group: german_clauses.Group, end: int) -> Run | None:
    """Where something is said to come from, for verbs without a speaker: "verlautete aus X"."""
    if group.cue.lemma not in line.words.words["origins"]:
        return None
    low = next((k for k in range(group.finite, -1, -1) if text(line, k) in (",", ";", ":")), -1)
    for k in range(low + 1, end):
        if line.tokens[k].lower == "aus" and tag(line, k) is Tag.PREP:
            last = phrases.end_of_phrase(line, k + 1)
            return (k + 1, last) if last > k + 1 else None
    return None


def quoted_person(line: Line, group: german_clauses.Group) -> Run | None:
    """Whose words somebody cites: "Die Zeitung zitierte X mit den Worten"."""
    who = subject(line, group.finite)
    place = max(group.finite, who[1] - 1 if who else 0) + 1
    cited = nominative_after(line, place - 1)
    named = cited is not None and is_voice(line, cited) and cited != who
    return cited if named else None


def agent(line: Line, group: german_clauses.Group) -> Run | None:
    """Who is said to act in a passive: "von X", "durch X"."""
    low, high = min(group.members), max(group.members)
    front = front_field(line, group.finite)  # "Von den Behörden wird angenommen, dass"
    for k in range(front[0] if front else low, high):
        if line.tokens[k].tag is not Tag.PREP:
            continue
        end = phrases.end_of_phrase(line, k + 1, high)
        placed = line.tokens[k].lower in ("in", "im") and any(
            noun_phrase.is_a("statements", line.tokens[m].lower) for m in range(k + 1, end)
        )  # "In einer Erklärung wurde verkündet, dass"
        named = placed or line.tokens[k].lower in line.words.words["agents"]
        if named and end > k + 1 and not phrases.is_time(line, k + 1):
            return k + 1, end
    return None


def pointed_clause(line: Line, what: Run | None, place: int) -> tuple[int, int] | None:
    """German: the clause that "das" means: "Angeblich laufen Kurse, überprüft ist das nicht"."""
    if line.language != "de" or what is None or what[1] - what[0] != 1:
        return None
    if line.tokens[what[0]].lower not in line.words.words["pointers"]:
        return None
    named = [k for k in range(place) if k in line.used or line.tokens[k].text == ";"]
    first = next((k + 1 for k in reversed(named) if line.tokens[k].text != ";"), 0)
    before = line.extent(first, place)
    return before if before[1] > before[0] else None
