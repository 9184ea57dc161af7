"""Sentences that report on without a frame of their own: quotations, reported mood, subjects.

Rule ids: quote_continued (a quotation that stands alone), quote_embedded (one within a sentence
whose verb reports nothing), reported_continued (a sentence in Konjunktiv after an attribution).
"""

from __future__ import annotations

from rag import (
    english_subjects,
    german_clauses,
    german_subjects,
    phrases,
    slavic_subjects,
    slavic_tagging,
)
from rag.drafts import HEADS, NOMINAL, Draft, Extent, Line
from rag.schema import Form, Stance
from rag.slavic_forms import SLAVIC
from rag.tagging import Tag

_EMBEDDED_WORDS = 6
_SAMPLE = 300  # characters of a quotation in which its verb is looked for
_LABEL_WORDS = 12
_LABEL_REST = 3
_LABEL = NOMINAL | {Tag.PREP, Tag.POSS, Tag.CONJ, Tag.PUNCT, Tag.ADV}


def loose_quotes(line: Line, told: list[Draft]) -> list[Draft]:
    """Claims of the quotations that no frame has taken and no content of a claim contains."""
    drafts: list[Draft] = []
    alone = all(t.tag in (Tag.QUOTE, Tag.PUNCT) for t in line.tokens)
    for place, token in enumerate(line.tokens):
        if token.tag is not Tag.QUOTE or place in line.used:
            continue
        line.used.add(place)
        content = [line.quote_at(place)]
        if any(a <= token.start and token.end <= b for draft in told for a, b in draft.content):
            continue
        label = _label(line, place)
        if label is not None:
            drafts.append(Draft("label", Stance.ASSERTS, content, Form.DIRECT, [label]))
        elif alone:
            drafts.append(
                Draft("quote_continued", Stance.ASSERTS, content, Form.DIRECT, carried=True)
            )
        elif announced := _announced(line, place, told):
            drafts.append(announced)
        elif (who := _told_by(line, place) or _led_by(line, place)) is not None:
            drafts.append(Draft("quote_told", Stance.ASSERTS, content, Form.DIRECT, [who]))
        elif _says_something(line, place):
            who = _subject_before(line, place) or _subject_behind(line, place)
            if who is not None and can_speak(line, who):
                drafts.append(Draft("quote_embedded", Stance.ASSERTS, content, Form.MIXED, [who]))
    return drafts


def _announced(line: Line, place: int, told: list[Draft]) -> Draft | None:
    """German: a quotation behind a colon is said by whoever spoke before it, or by the subject."""
    if line.language != "de" or place < 2 or line.tokens[place - 1].text != ":":
        return None
    content = [line.quote_at(place)]
    who = next((draft.sources for draft in reversed(told) if draft.sources), [])
    finite = (k for k in range(place) if line.tokens[k].tag is Tag.VFIN and not is_final(line, k))
    if not who and (main := next(finite, None)) is not None:
        told_by = subject(line, main)
        who = [told_by] if told_by is not None and can_speak(line, told_by) else []
    return Draft("quote_announced", Stance.ASSERTS, content, Form.DIRECT, who) if who else None


def _says_something(line: Line, place: int) -> bool:
    """Whether a quotation within a sentence is a statement: long enough, and no title of a noun."""
    token = line.tokens[place]
    quoted = line.text[token.start + 1 : token.end - 1]
    if line.language == "en" and place and line.tokens[place - 1].text == ":":
        return True  # "His deputy was blunter: “We lost the hill.”"
    if len(quoted.split()) < _EMBEDDED_WORDS:
        return False
    if place and line.tokens[place - 1].tag not in (*HEADS, Tag.PREP, Tag.ADJ):
        return True
    return any(t.tag is Tag.VFIN for t in slavic_tagging.tag(quoted[:_SAMPLE], 0, line.language))


def _label(line: Line, place: int) -> Extent | None:
    """The name before a colon that opens the sentence: "Selenskyj: „…“"."""
    if place < 2 or line.tokens[place - 1].text != ":":
        return None
    if line.tokens[0].tag is Tag.NUM or phrases.is_time(line, place - 2):
        return None  # "8.30 Uhr: ..."
    named = any(t.tag in HEADS for t in line.tokens[: place - 1])
    plain = all(t.tag in _LABEL for t in line.tokens[: place - 1])
    if not (named and plain and place <= _LABEL_WORDS):
        return None
    return line.extent(0, _end_of_name(line, place - 1))


def headline_label(line: Line) -> list[Draft]:
    """As in "Scholz: Deutschland liefert keine Taurus": kept only where the name is a person's."""
    if not line.headline:
        return []
    colon = next((k for k, t in enumerate(line.tokens[:_LABEL_WORDS]) if t.text == ":"), None)
    if colon is None or len(line.tokens) - colon < _LABEL_REST or line.tokens[-1].text in ".!?":
        return []
    if (
        not all(t.tag in _LABEL for t in line.tokens[:colon])
        or not line.tokens[0].text[0].isupper()
    ):
        return []
    asked = line.tokens[colon + 1].lower in line.words.words["complementisers"]
    placed = any(t.tag in (Tag.PREP, Tag.NUM) for t in line.tokens[:colon])
    asked = asked or (line.language == "en" and placed)  # "Two flags over a town: ..."
    if (colon == 1 and line.tokens[0].tag is Tag.NOUN) or line.tokens[0].tag is Tag.PREP or asked:
        return []  # "Chronik: ...", "Von A nach B: ...", "Verluste: Was die Zahl misst"
    end = _end_of_name(line, colon)
    finite = any(t.tag is Tag.VFIN for t in line.tokens[colon:])
    if end < colon and not finite:
        return []  # "Anna Weber in Frankfurt: Drei Schwestern und ein Hotel"
    content, who = [line.extent(colon + 1, len(line.tokens))], line.extent(0, end)
    return [Draft("label", Stance.ASSERTS, content, sources=[who], person=True)]


def _end_of_name(line: Line, colon: int) -> int:
    """Where the name before a colon ends: "RKI-Chef zur Masernwelle" is the chief."""
    if line.language != "de":
        return colon
    behind = line.words.words["topic_prepositions"] | {"in", "nach", "vor", "bei"}
    return next((k for k in range(1, colon) if line.tokens[k].lower in behind), colon)


def _subject_before(line: Line, place: int) -> Extent | None:
    finite = next((k for k in range(place - 1, -1, -1) if line.tokens[k].tag is Tag.VFIN), None)
    return None if finite is None else subject(line, finite)


def can_speak(line: Line, who: Extent) -> bool:
    """German: whether the subject beside a quotation names somebody, and no thing."""
    return line.language != "de" or german_subjects.is_voice(line, line.run(who))


def _told_by(line: Line, place: int) -> Extent | None:
    """German: „...“, brummt X: a verb that the lexicon lacks, and somebody who can speak."""
    if line.language != "de" or place + 3 > len(line.tokens):
        return None
    comma, verb = line.tokens[place + 1 : place + 3]
    if comma.text not in ",–" or verb.tag is not Tag.VFIN:
        return None
    who = german_subjects.nominative_after(line, place + 2)
    voice = who is not None and who[0] == place + 3 and german_subjects.is_voice(line, who)
    return line.extent(*who) if who and voice else None


def _led_by(line: Line, place: int) -> Extent | None:
    """German: „...“: X wählt ihre Worte; „...“ – X bleibt hart: the quotation comes first."""
    behind = line.tokens[place + 1 : place + 2]
    if line.language != "de" or place or not (behind and behind[0].text in (":", "–", "—")):
        return None
    finite = (k for k, t in enumerate(line.tokens) if t.tag is Tag.VFIN)
    main = next(finite, None)
    who = german_subjects.subject(line, main) if main is not None else None
    leads = who is not None and who[0] == place + 2 and german_subjects.is_voice(line, who)
    return line.extent(*who) if who and leads else None


def _subject_behind(line: Line, place: int) -> Extent | None:
    """As in „...“ – mit diesen Worten wies X das zurück: the words are those of the subject."""
    behind = line.tokens[place + 1 :]
    if not any(t.lower in line.words.words.get("spoken_words", ()) for t in behind[:5]):
        return None
    finite = next((k for k, t in enumerate(line.tokens) if t.tag is Tag.VFIN and k > place), None)
    return None if finite is None else subject(line, finite)


def subject(line: Line, finite: int) -> Extent | None:
    """The subject of a finite verb, in any language, unless it is empty or several."""
    if line.language == "de":
        run = german_subjects.subject(line, finite)
    elif line.language in SLAVIC:
        form = slavic_subjects.form_of(line, finite)
        run = slavic_subjects.subject_of(line, finite, form)
    else:
        run = english_subjects.subject_left(line, finite)
    empty = line.words.words["empty_subject"]
    if run is None or (run[1] - run[0] == 1 and line.tokens[run[0]].lower in empty):
        return None
    parts = phrases.sources(line, run)
    return line.extent(*parts[0]) if len(parts) == 1 else None


def is_final(line: Line, finite: int) -> bool:
    """Whether a German finite verb ends a subordinate clause."""
    return german_clauses.is_verb_final(line, finite)


def subjects(line: Line) -> list[Extent]:
    """The subjects of the main clauses of a German sentence that can speak, no pronouns.

    Of a Ukrainian or Russian one the first that can speak.
    """
    if line.language in SLAVIC:
        who = main_subject(line)
        pronoun = who is not None and line.tokens[line.run(who)[0]].tag is Tag.PRON
        return [who] if who is not None and not pronoun else []
    finite = (k for k, t in enumerate(line.tokens) if t.tag is Tag.VFIN and not is_final(line, k))
    found = dict.fromkeys(who for k in finite if (who := subject(line, k)) is not None)
    return [
        who
        for who in found
        if can_speak(line, who) and line.tokens[line.run(who)[0]].tag is not Tag.PRON
    ]


def main_subject(line: Line) -> Extent | None:
    """The subject of the sentence, for a pronoun that opens the next one."""
    if line.language in SLAVIC:
        run = slavic_subjects.spoken_subject(line)
        return line.extent(*run) if run else None
    finite = [k for k, t in enumerate(line.tokens) if t.tag is Tag.VFIN]
    if line.language == "de":
        finite = [k for k in finite if not is_final(line, k)] or finite
    else:  # "The service updated its count": its past is no other form
        finite = finite or [k for k, t in enumerate(line.tokens) if t.tag is Tag.VPP]
    who = subject(line, finite[0]) if finite else None
    # What cannot speak is nobody whom a German pronoun of a speaker could mean.
    return who if who is None or can_speak(line, who) else None
