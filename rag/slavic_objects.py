"""Contents of Ukrainian and Russian that are no clause: "призвал усилить", "подтвердил гибель"."""

from __future__ import annotations

from rag import noun_phrase, slavic_clauses, slavic_phrases, slavic_sources
from rag.drafts import HEADS, Draft, Line, Run
from rag.schema import Stance
from rag.slavic_clauses import Group, tag, text
from rag.slavic_contents import (
    after_subject,
    draft,
    end_of_object,
    is_anaphoric,
)
from rag.slavic_forms import NOMINATIVE
from rag.slavic_phrases import phrase_at
from rag.tagging import Tag

NOMINAL = HEADS | {Tag.ADJ, Tag.DET, Tag.NUM, Tag.PRON}
_FAR = 12  # tokens between a verb and its infinitive or preposition


def has_infinitive(line: Line, group: Group) -> bool:
    """As in "просила не называть то, что": the clause belongs to what is demanded."""
    if "infinitive" not in group.cue.takes:
        return False
    _, last = slavic_clauses.segment(line, group.place)
    behind = range(group.place + 1, last)
    return any(tag(line, k) is Tag.VINF and group.cue.lemma for k in behind)


def contrary(line: Line, group: Group, who: list[Run]) -> list[Draft]:
    """As in "утверждал обратное": a word that says the opposite of what was said."""
    if "clause" not in group.cue.takes or not who:
        return []
    run = slavic_clauses.segment(line, group.place)
    for k in range(*run):
        if text(line, k) in line.words.words["contrary"]:
            return [draft(line, "object", group, who, [line.extent(k, k + 1)])]
    return []


def infinitive(line: Line, group: Group, who: list[Run]) -> list[Draft]:
    """As in "призвал усилить санкции", "пообіцяв надати"."""
    general = group.form == "p" and group.cue.stance is Stance.DEMANDS and not line.framed
    if "infinitive" not in group.cue.takes or not (who or general or group.form in "mfng"):
        return []
    if group.cue.stance is Stance.EXPECTS:
        return []  # "надеется вернуться": a wish of one's own
    _, last = slavic_clauses.segment(line, group.place)
    for k in range(group.place + 1, min(last, group.place + _FAR)):
        if tag(line, k) is Tag.VINF:
            start = k - (tag(line, k - 1) is Tag.NEG)
            content = line.extent(start, end_of_object(line, k, group))
            made = draft(line, "infinitive", group, who, [content])
            made.carried = made.carried and not general
            return [made]
        if tag(line, k) is Tag.VFIN:
            return []
    return []


def is_instrumental(line: Line, place: int) -> bool:
    """Whether a word may be an instrumental: "терактом", "действительными"."""
    endings = tuple(line.words.words["instrumental"])
    return text(line, place).endswith(endings) and "d" in slavic_phrases.cases(line, place)


def prepositional_object(line: Line, group: Group, who: list[Run]) -> list[Draft]:
    """As in "попередив про NP", "призвал к NP", "звинуватив X у NP"."""
    told = group.impersonal and group.cue.stance in (Stance.REPORTS, Stance.ANNOUNCES)
    spoken = (bool(who) or group.form in "mfng" or told) and group.cue.stance is not Stance.EXPECTS
    if not group.cue.prepositions or "figure" in group.cue.takes or not spoken:
        return []
    if _is_idle(line, group, who):
        return []
    early = _topic_before(line, group, who)
    if early is not None:
        return [draft(line, "prepositional_object", group, who, [line.extent(*early)])]
    place = _preposition(line, group)
    if place < 0:
        return _accused(line, group, who)
    return _behind_preposition(line, group, who, place)


def _is_idle(line: Line, group: Group, who: list[Run]) -> bool:
    """As in "на сцене говорили о переводах", "журнал ссылается на чиновников": nobody says what."""
    placed = bool(who) and tag(line, who[0][0] - 1) is Tag.PREP and not group.impersonal
    if placed and not any(slavic_phrases.is_voice(line, *run) for run in who):
        return True
    first, _ = slavic_clauses.segment(line, group.place)
    asked = not who and tag(line, first) in (Tag.WH, Tag.REL)  # "кто сообщил о взрыве"
    if asked or any(slavic_sources.is_mute(line, *run) for run in who):
        return True
    return "citing" in group.cue.takes and (group.gerund or _cites_somebody(line, group))


def _behind_preposition(line: Line, group: Group, who: list[Run], place: int) -> list[Draft]:
    words = line.words.words
    accusing = bool({"accusing", "linking"} & group.cue.takes)
    idle = text(line, place + 1).startswith(tuple(words["idle_topics"]))  # an act of law
    if idle or (not accusing and text(line, place + 1) in words["anaphora"]):
        return []
    behind = after_subject(line, group.place + 1, who)
    about = text(line, place) in words["about"]
    if about and not accusing and _has_object(line, behind, place):
        return []  # "заявил ходатайство об отводе"
    start = behind if accusing else place + 1
    end = end_of_object(line, place + 1, group)
    end = min([end, *(run[0] for run in who if run[0] >= place)])
    while end > place + 1 and tag(line, end - 1) in (Tag.CONJ, Tag.ADV):
        end -= 1
    if end <= place + 1:
        return []
    made = draft(line, "prepositional_object", group, who, [line.extent(start, end)])
    if text(line, place) in words["placed"]:
        made.stance = group.cue.stance_with("urging")
    return [made]


def _has_object(line: Line, start: int, place: int) -> bool:
    """Whether a verb has another object right before a preposition, which belongs to that."""
    found = slavic_clauses.phrases(line, start, place)
    phrase, preposition = found[-1] if found else (None, -1)
    if phrase is None or phrase.last != place or preposition >= 0:
        return False
    timed = slavic_clauses.is_time(line, phrase)
    return bool(phrase.cases & NOMINATIVE) and not phrase.voice and not timed


def _cites_somebody(line: Line, group: Group) -> bool:
    place = _preposition(line, group)
    cited = phrase_at(line, place + 1, len(line.tokens), governed=True) if place >= 0 else None
    return cited is not None and cited.voice


def _preposition(line: Line, group: Group) -> int:
    """The preposition that a verb asks for, in its stretch and before any other verb; or -1."""
    _, last = slavic_clauses.segment(line, group.place)
    for k in range(group.place + 1, min(last, group.place + _FAR)):
        if tag(line, k) in (Tag.VFIN, Tag.VINF):
            break
        if text(line, k) in group.cue.prepositions and k not in line.used:
            return k
    return -1


def _topic_before(line: Line, group: Group, who: list[Run]) -> Run | None:
    """As in "О гибели сотрудника станция уведомила": the topic opens the clause."""
    first, _ = slavic_clauses.segment(line, group.place)
    about = line.words.words["about"]
    while tag(line, first) in (Tag.CONJ, Tag.ADV):
        first += 1
    if text(line, first) not in about or not about & group.cue.prepositions or not who:
        return None
    if who[0][0] <= first + 1 or text(line, first + 1) in line.words.words["it"]:
        return None
    return first + 1, min(who[0][0], group.place)


def _accused(line: Line, group: Group, who: list[Run]) -> list[Draft]:
    """As in "звинуватив спецслужби трьох країн": only whom, not of what."""
    if "accusing" not in group.cue.takes or not who:
        return []
    start = after_subject(line, group.place + 1, who)
    whom = phrase_at(line, start, len(line.tokens))
    if whom is not None and whom.cases <= {"d"} and tag(line, whom.last) in NOMINAL:
        start = whom.last  # "закидають командуванню бездіяльність"
    end = end_of_object(line, start, group)
    return [draft(line, "object", group, who, [line.extent(start, end)])] if end > start else []


def threat(line: Line, group: Group, who: list[Run]) -> list[Draft]:
    """As in "пригрозил ударами", "погрожує санкціями": an object in the instrumental."""
    if "threat" not in group.cue.takes or not who or group.gerund:
        return []
    start = after_subject(line, group.place + 1, who)
    end = end_of_object(line, start, group)
    if any(is_instrumental(line, k) for k in range(start, min(end, start + 5))):
        return [draft(line, "prepositional_object", group, who, [line.extent(start, end)])]
    return []


def noun_object(line: Line, group: Group, who: list[Run]) -> list[Draft]:
    """As in "подтвердил гибель NP", "спростувала інформацію про", also before the verb."""
    if "object" not in group.cue.takes or not (who or group.form in "mfng"):
        return []
    if group.impersonal or not can_judge(line, who):
        return []
    if is_anaphoric(line, group):
        return [draft(line, "anaphora", group, who, [])]
    if not who or _is_act(line, group, who):
        return []
    start = after_subject(line, group.place + 1, who)
    seen = "seeing" in group.cue.takes and tag(line, start) is Tag.PREP
    whole = (start, end_of_object(line, start, group)) if seen else None
    run = whole or _object_behind(line, group, start) or object_ahead(line, group, who)
    if run and _is_idle_object(line, group, run):
        return []
    content = line.extent(*run) if run else (0, 0)
    return [draft(line, "object", group, who, [content])] if content[1] - content[0] > 3 else []


def _is_idle_object(line: Line, group: Group, run: Run) -> bool:
    """As in "відхилила законопроєкт", "попросил воды": what is dealt with rather than said."""
    if group.cue.lemma in line.words.words["greeting"]:
        return slavic_phrases.is_voice(line, *run)
    idle, deniable = (tuple(line.words.words[k]) for k in ("idle_objects", "deniable"))
    head = text(line, slavic_sources.head(line, *run))
    denied = group.cue.stance is Stance.DENIES and head.startswith(deniable)  # "отверг цифры"
    return group.cue.stance is not Stance.ANNOUNCES and not denied and head.startswith(idle)


def _is_act(line: Line, group: Group, who: list[Run]) -> bool:
    """As in "оприлюднив відео", "люди ждут автобуса", "увидел дрон": an act, no statement.

    So too "которую отклонили", "признал действительными".
    """
    if group.cue.stance is Stance.REPORTS:
        return True
    if "awaited" in group.cue.takes and not _is_expert(line, who):
        return True
    courts, ruled = tuple(line.words.words["courts"]), group.cue.lemma in line.words.words["judged"]
    if ruled and any(text(line, run[0]).startswith(courts) for run in who):
        return True  # "суд отклонил жалобу"
    if "seeing" in group.cue.takes and not _is_in(line, group):
        return True
    first, _ = slavic_clauses.segment(line, group.place)
    start = after_subject(line, group.place + 1, who)
    relative = any(tag(line, k) is Tag.REL for k in range(first, group.place))
    return relative or (tag(line, start) is Tag.ADJ and is_instrumental(line, start))


def _is_in(line: Line, group: Group) -> bool:
    placed = line.words.words["placed"]
    first, _ = slavic_clauses.segment(line, group.place)
    near = range(first, min(group.place + 2, len(line.tokens)))
    return any(text(line, k) in placed for k in near)


def _is_expert(line: Line, who: list[Run]) -> bool:
    return any(noun_phrase.is_a("independent", text(line, k)) for run in who for k in range(*run))


def can_judge(line: Line, who: list[Run]) -> bool:
    """Whether the speakers are somebody: "решение суда подтвердило" tells what a paper does."""
    for first, last in who:
        head = slavic_sources.head(line, first, last)
        document = tag(line, head) is not Tag.NAME and slavic_sources.is_document(line, head)
        if document or slavic_sources.is_thing(line, first, last):
            return False
    return True


def _object_behind(line: Line, group: Group, start: int) -> Run | None:
    _, last = slavic_clauses.segment(line, group.place)
    if text(line, start - 1) in line.words.words["as"]:
        return None  # "обвинения отвергла как безосновательные"
    asked = group.cue.stance is Stance.DEMANDS and text(line, start) in line.words.words["off"]
    found = tag(line, start) in NOMINAL and _is_matter(line, start, last)
    return (start, end_of_object(line, start, group)) if start < last and (asked or found) else None


def object_ahead(line: Line, group: Group, who: list[Run]) -> Run | None:
    """As in "Пхеньян участие своих солдат отрицает": an object before the verb."""
    first, _ = slavic_clauses.segment(line, group.place)
    if any(tag(line, k) is Tag.VFIN for k in range(first, group.place)):
        return None
    found = [
        one
        for low, high in beside(first, group.place, who)
        for one in slavic_clauses.phrases(line, low, high)
    ]
    for phrase, preposition in found:
        apart = all(phrase.last <= run[0] or phrase.first >= run[1] for run in who)
        timed = slavic_clauses.is_time(line, phrase)
        if preposition < 0 and apart and not timed and tag(line, phrase.first) is not Tag.PRON:
            bound = min([run[0] for run in who if run[0] >= phrase.last] + [group.place])
            return phrase.first, slavic_clauses.with_topic(line, phrase.last, bound)
    return None


def beside(first: int, last: int, who: list[Run]) -> list[Run]:
    """The stretches of a stretch that stand left and right of the speakers within it."""
    inside = [run for run in who if first <= run[0] and run[1] <= last]
    if not inside:
        return [(first, last)]
    return [(first, min(run[0] for run in inside)), (max(run[1] for run in inside), last)]


def _is_matter(line: Line, start: int, last: int) -> bool:
    """Whether the words behind a verb are its object: no dative of a person, no date."""
    phrase = phrase_at(line, start, last)
    if phrase is None or text(line, start) in line.words.words["time"]:
        return False
    if slavic_clauses.is_time(line, phrase):
        return False
    head = next((k for k in range(*phrase.run) if tag(line, k) in HEADS), phrase.first)
    addressed = phrase.cases <= {"d"} and slavic_phrases.is_post(text(line, head))
    return not addressed
