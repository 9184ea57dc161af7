"""Who is the subject of a verb in Ukrainian and Russian, where the order of words is free.

The subject is the phrase in the nominative that agrees with the verb in gender and number, on
either side of it; without one, "в Кремле заявили" names the institution as a place, and a verb
alone goes on for the last speaker.
"""

from __future__ import annotations

from dataclasses import replace

from rag import noun_phrase, slavic_beside, slavic_phrases, slavic_sources, slavic_tagging
from rag.drafts import Line, Run
from rag.slavic_clauses import Group, candidates, group_at, phrases, segment, tag, text
from rag.slavic_forms import ALL_CASES, FINITE, NOMINATIVE
from rag.slavic_phrases import Phrase, phrase_at
from rag.slavic_places import institution
from rag.tagging import Tag

_FULL = frozenset({";", ":", ".", "!", "?", "…"})
_FAR = 60  # tokens that a subject may stand before its verb
_DEPENDENT = frozenset({Tag.SUB, Tag.REL, Tag.WH})


def subject(line: Line, group: Group) -> Run | None:
    """The tokens of the subject, or None where the verb stands alone."""
    if group.gerund or group.form == "i":
        return main_subject(line, group.place)
    if group.impersonal:
        return _of_reflexive(line, group)
    return subject_of(line, group.place, group.form)


def _of_reflexive(line: Line, group: Group) -> Run | None:
    """As in "Міноборони похвалилося": a neuter that speaks, where "повідомлялося" has none."""
    first, _ = segment(line, group.place)
    found = candidates(line, first, group.place, "n") if group.form == "r" else []
    return found[0].run if found and found[0].headed else None


def subject_of(line: Line, place: int, form: str) -> Run | None:
    """The subject of a finite verb of this form; "" where its form is not known."""
    forms = form or "mfnp"
    first, last = segment(line, place)
    beside = slavic_beside.pronoun(line, place, first, last, forms) or slavic_beside.neither(
        line, first, place
    )
    if beside is not None:
        return beside
    relative = next((k for k in range(first, place) if tag(line, k) in _DEPENDENT), None)
    start = first if relative is None else relative + 1
    found = candidates(line, start, _before_joined(line, start, place), forms)
    matter = not found or _is_matter(line, found[0])
    group = group_at(line, place) if form == "p" and matter else None
    house = institution(line, group) if group else None
    found = [slavic_beside.without_matter(line, one, place) for one in found[:1]]
    negated = found and tag(line, place - 1) is Tag.NEG
    if negated and (_is_unsaid(line, found[0]) or (form == "p" and not found[0].voice)):
        found = []  # "причин не пояснив", "втрати там не назвали"
    if house is not None and house[1] <= place:
        return house  # "в Кремле публикации не опровергали"
    if house is not None and (not found or not found[0].headed):
        named = [p for p in behind(line, place, last, forms) if p.headed and p.last <= house[0]]
        return named[0].run if named else None  # "підтвердили два чиновники в Офісі"
    if found and not found[0].voice and relative is None:  # "вину взяла группировка"
        named = [
            p
            for p in behind(line, place, last, forms)
            if p.headed or slavic_beside.proves(line, place, p)
        ]
        found = named or found
    caseless = slavic_beside.caseless(line, start, place)
    if not found and not caseless and relative is None:
        found = _behind_joined(line, start, place, forms)
    if found or caseless:
        return caseless or found[0].run
    if relative is None:
        return _behind_or_before(line, place, forms)
    return _of_relative(line, place, relative, forms)


def _is_matter(line: Line, phrase: Phrase) -> bool:
    """As in "эти публикации", "слова Гегсета": what is spoken of, and nobody who speaks."""
    word, words = text(line, slavic_sources.head(line, *phrase.run)), line.words
    if word.startswith((*words.nouns, *words.words["deniable"])):
        return not phrase.headed
    return tag(line, phrase.first) is Tag.DET or noun_phrase.is_a("statements", word)


def _is_unsaid(line: Line, phrase: Phrase) -> bool:
    unsaid = tuple(line.words.words["deniable"])
    opens = phrase.run == (0, 1)  # its capital makes no name of "Причини там не назвали"
    return (opens or not phrase.voice) and text(line, phrase.first).startswith(unsaid)


def _behind_or_before(line: Line, place: int, form: str) -> Run | None:
    """As in "сообщил X"; in "дипломаты, пожелавшие ..., говорят DW" the name is whom they told."""
    first, last = segment(line, place)
    found = behind(line, place, last, form)
    if found and not (_is_bare(line, found[0]) and place == first):
        return slavic_beside.enumerated(line, found[0])
    return _before(line, first, form) or (found[0].run if found else None)


def _of_relative(line: Line, place: int, relative: int, form: str) -> Run | None:
    """The subject of a dependent clause: behind its verb, or whom its pronoun means."""
    first, last = segment(line, place)
    found = behind(line, place, last, form)
    if found or tag(line, relative) is not Tag.REL:
        return found[0].run if found else None
    if _heads_relative(line, relative):
        return _antecedent(line, relative)
    return _before(line, first, form)


def _heads_relative(line: Line, relative: int) -> bool:
    """Whether a relative pronoun is the subject of its clause: "який", not "у якій"."""
    endings = tuple(line.words.words["relative_subjects"])
    return tag(line, relative - 1) is not Tag.PREP and text(line, relative).endswith(endings)


def _end_of_inversion(line: Line, place: int, last: int) -> int:
    """The stretch behind a verb, up to the next verb that "and" joins."""
    for k in range(place + 1, last):
        if tag(line, k) is Tag.VFIN:
            return k - 1 if tag(line, k - 1) is Tag.CONJ else k
    return last


def _behind_joined(line: Line, first: int, place: int, form: str) -> list[Phrase]:
    """As in "число назвал его начальник и пояснил": the subject behind the verb before "and"."""
    joined = _before_joined(line, first, place)
    if joined == place or tag(line, place - 1) is not Tag.CONJ:
        return []
    return [phrase for phrase in behind(line, joined, place, form) if phrase.voice]


def _before_joined(line: Line, first: int, place: int) -> int:
    """As in "X назвал это ложью и предупредил": left of the verb that "and" joins to this one."""
    for k in range(first, place):
        joined = any(tag(line, m) is Tag.CONJ for m in range(k + 1, place))
        if tag(line, k) is Tag.VFIN and joined:
            return k
    return place


def behind(line: Line, place: int, last: int, form: str) -> list[Phrase]:
    """Those behind a verb that may be its subject and can speak.

    In "сообщили Reuters четыре источника" the name that never changes is whom they told.
    """
    found = candidates(line, place + 1, _end_of_inversion(line, place, last), form)
    spoken = [
        _without_addressee(line, phrase)
        for phrase in found
        if phrase.voice or slavic_beside.proves(line, place, phrase)
    ]
    if not spoken:
        spoken = slavic_beside.joined_behind(line, place, last, form)
    if len(spoken) > 1 and _is_bare(line, spoken[0]):
        return spoken[1:]
    return spoken


def _without_addressee(line: Line, phrase: Phrase) -> Phrase:
    """As in "сказал РБК адвокат X": a name without case before a post is whom he told."""
    first = line.tokens[phrase.first]
    caseless = slavic_tagging.cases(first, line.language) == ALL_CASES and first.tag is Tag.NAME
    second = phrase.first + 1
    if tag(line, second) is Tag.NAME:
        return phrase  # "Associated Press"
    if not caseless or second >= phrase.last or not slavic_phrases.is_post(text(line, second)):
        return phrase
    return replace(phrase, first=second)


def _is_bare(line: Line, phrase: Phrase) -> bool:
    """Whether a phrase is one name that has no case: "Reuters", "РБК"."""
    one = phrase.last - phrase.first == 1 and tag(line, phrase.first) is Tag.NAME
    return one and slavic_tagging.cases(line.tokens[phrase.first], line.language) == ALL_CASES


def _antecedent(line: Line, relative: int) -> Run | None:
    """As in "министр, который заявил": the phrase before the comma, or its head further left."""
    end = relative
    while end > 0 and (line.tokens[end - 1].text == "," or tag(line, end - 1) is Tag.PREP):
        end -= 1
    first, _ = segment(line, end - 1) if end else (0, 0)
    found = [phrase for phrase, _ in phrases(line, first, end) if phrase.last == end]
    if not found:
        return None
    return found[-1].run if found[-1].voice else None


def _before(line: Line, first: int, form: str) -> Run | None:
    """The subject in an earlier stretch of the sentence, over insertions and other verbs."""
    bound = first - 1
    floor = max(0, first - _FAR)
    while (
        bound > floor and line.tokens[bound].text not in _FULL and tag(line, bound) is not Tag.QUOTE
    ):
        left, _ = segment(line, bound - 1)
        if bound - left > 0 and not _is_insertion(line, left, bound):
            found = [p for p in candidates(line, left, bound, form) if p.voice]
            if found:
                return _apposed(line, left, found[0], form).run
        bound = left - 1
    return None


def _apposed(line: Line, first: int, phrase: Phrase, form: str) -> Phrase:
    """As in "Трегубов, спикер ОСУВ, отреагировал": the name before an apposition."""
    if phrase.first != first or first < 2 or not slavic_phrases.is_post(text(line, first)):
        return phrase
    left, _ = segment(line, first - 2)
    named = [p for p in candidates(line, left, first - 1, form) if p.last == first - 1 and p.voice]
    return named[0] if named and text(line, first - 1) == "," else phrase


def _is_insertion(line: Line, first: int, last: int) -> bool:
    """A dependent clause, a gerund, an attribute or "как сообщает X": no subject is there."""
    if text(line, first) in line.words.words["as"]:
        return True
    place = first
    while place < last and tag(line, place) in (Tag.ADV, Tag.NEG, Tag.CONJ, Tag.PREP):
        place += 1
    attribute = tag(line, place) is Tag.ADJ and tag(line, place + 1) is Tag.PREP
    return attribute or tag(line, place) in _DEPENDENT | {Tag.VING}  # ", знакомые с делом,"


def main_subject(line: Line, place: int) -> Run | None:
    """The subject of the nearest finite verb to the left, reporting verbs first."""
    finite = [k for k in range(place - 1, -1, -1) if tag(line, k) is Tag.VFIN]
    groups = [g for k in finite if (g := group_at(line, k)) and g.form in FINITE - {"r"}]
    for group in groups:
        found = subject_of(line, group.place, group.form)
        if found is not None:
            return found
        if (place_of := institution(line, group)) is not None:
            return place_of
    for k in reversed(finite):
        if group_at(line, k) is None:
            found = subject_of(line, k, past_form(line, k))
            if found is not None:
                return found
    following = next(
        (k for k in range(place + 1, len(line.tokens)) if tag(line, k) is Tag.VFIN), None
    )
    if following is None or finite:
        return None
    group_ = group_at(line, following)
    found = subject_of(line, following, form_of(line, following))
    return found or (institution(line, group_) if group_ else None)


def form_of(line: Line, place: int) -> str:
    """The form code of a finite verb, "" where unsure."""
    group = group_at(line, place)
    known = group.form if group is not None and group.form in "mfnps" else ""
    return known or past_form(line, place)


def past_form(line: Line, place: int) -> str:
    """The form code of a finite verb that reports nothing, by its ending; "" where unsure."""
    word = text(line, place)
    for suffix in ("ся", "сь"):
        word = word.removesuffix(suffix)
    if word.endswith(("ла",)):
        return "f"
    if word.endswith(("ло",)):
        return "n"
    if word.endswith(("ли", "ть" if line.language == "uk" else "ют", "ут", "ят")):
        return "p" if not word.endswith("ить") else "s"
    return "m" if word.endswith(("л", "в")) else ""


def spoken_subject(line: Line) -> Run | None:
    """The first subject of the sentence that can speak, that of a reporting verb before others."""
    finite = [k for k in range(len(line.tokens)) if tag(line, k) is Tag.VFIN]
    for k in sorted(finite, key=lambda place: group_at(line, place) is None):
        run = subject_of(line, k, form_of(line, k))
        phrase = phrase_at(line, run[0], run[1]) if run else None
        if phrase is not None and phrase.voice:
            return run
    opening = None if finite else phrase_at(line, 0, segment(line, 0)[1])
    named = opening is not None and opening.headed and opening.cases & NOMINATIVE
    return opening.run if opening is not None and named else None  # "Источник настроен иначе."
