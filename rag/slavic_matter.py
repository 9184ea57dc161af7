"""What is kept silent in Ukrainian and Russian: the clause, object or topic of a negated verb."""

from __future__ import annotations

from rag import noun_phrase, slavic_clauses, slavic_contents
from rag.drafts import HEADS, Line, Run
from rag.slavic_clauses import Group, group_at, segment, tag, text
from rag.slavic_phrases import Phrase
from rag.tagging import Tag


def matter_of(line: Line, group: Group, who: Run | None) -> Run | None:
    """What is not said: a clause, an object, a topic, or the words of refusal; None = "цього"."""
    start = _clause_behind(line, group)
    if start >= 0:
        return start, slavic_contents.content_end(line, start, group)
    if slavic_contents.is_anaphoric(line, group):
        return None
    first, last = segment(line, group.place)
    first = slavic_clauses.after_joint(line, first, group.place)
    refused = _refused(line, group, first, last) or inserted_question(line, first)
    if refused is not None:
        return refused
    ahead = [(first, group.place)]
    if who is not None and first < who[1] <= group.place:
        ahead = [(first, max(first, who[0])), (who[1], group.place)]
    for low, high in ((group.place + 1, last), *ahead):
        run = object_within(line, low, high, who)
        if run is not None:
            return run
    asked = question_before(line, first)
    told = range(*who) if who else range(0)
    pointed = any(tag(line, k) is Tag.PRON and k not in told for k in range(first, last))
    if asked is not None or pointed:
        return asked
    left = [k for k in range(first, last) if k not in told]
    return (min(left), max(left) + 1) if left else (group.place, group.place + 1)


def is_of_origin(line: Line, group: Group, who: Run | None) -> bool:
    """As in "не называя источника", "источник этих данных не назвал": not about the matter."""
    words = line.words.words
    if group.cue.lemma not in words["naming_sources"]:
        return False
    origins = tuple(words["origins"])
    named = [k for k in range(*segment(line, group.place)) if text(line, k).startswith(origins)]
    if who is None or not named or named[0] not in range(*who):
        return bool(named)
    matter = matter_of(line, group, who)  # "источник в Генштабе не назвал цифры" is one who speaks
    return matter is not None and matter[0] == who[1]


def is_clause(line: Line, matter: Run) -> bool:
    """Whether what is not said is a clause: "что атаки повторятся"."""
    return tag(line, matter[0]) in (Tag.SUB, Tag.WH, Tag.REL)


def inserted_question(line: Line, first: int) -> Run | None:
    """As in "Гросси на вопрос, кто стреляет, не ответил": the question between commas."""
    if first < 3 or text(line, first - 1) != ",":
        return None
    low, _ = segment(line, first - 2)
    opened = low > 1 and text(line, low - 1) == "," and tag(line, low) in (Tag.WH, Tag.REL)
    before = low - 3 - (tag(line, low - 3) is Tag.ADJ)
    asked = opened and tag(line, low - 2) is Tag.NOUN and tag(line, before) is Tag.PREP
    return (low, first - 1) if asked else None


def _refused(line: Line, group: Group, first: int, last: int) -> Run | None:
    """As in "відмовився назвати суму": the infinitive, unless it means a comment."""
    if "refusal" not in group.cue.takes:
        return None
    for k in range(first, last):
        other = group_at(line, k) if tag(line, k) is Tag.VINF else None
        if other and other.cue.lemma not in line.words.words["commenting"]:
            run = (k, last if k > group.place else group.place)
            return run if run[1] - run[0] > 1 else None  # "содержание раскрыть отказался"
    return None


def _clause_behind(line: Line, group: Group) -> int:
    _, last = segment(line, group.place)
    opens = text(line, last) == "," and tag(line, last + 1) in (Tag.SUB, Tag.WH, Tag.REL, Tag.PRON)
    return last + 1 if opens and text(line, last + 1) in line.words.words["complementisers"] else -1


def object_within(line: Line, low: int, high: int, who: Run | None) -> Run | None:
    """The object or topic in a stretch, the subject and its place left out."""
    for phrase, preposition in slavic_clauses.phrases(line, low, high):
        if who is not None and phrase.first < who[1] and who[0] < phrase.last:
            continue
        commented = _of_comment(line, phrase)
        comments = tuple(line.words.words["comments"])
        bare = preposition < 0 and commented is None
        if bare and any(text(line, k).startswith(comments) for k in range(*phrase.run)):
            continue  # "не дал прямого ответа"
        topical = text(line, preposition) in line.words.words["topics"]
        if preposition >= 0 and not (topical or commented):
            continue
        if tag(line, phrase.first) is Tag.PRON or not any(
            tag(line, k) in HEADS for k in range(*phrase.run)
        ):
            continue
        if slavic_clauses.is_time(line, phrase):
            continue
        if preposition < 0 and low > 0 and tag(line, low - 1) is Tag.NEG:
            continue
        if commented is not None and preposition >= 0:
            return commented
        end = slavic_clauses.with_topic(line, phrase.last, high)
        return (
            preposition
            if preposition >= 0 and text(line, preposition) in line.words.words["placed"]
            else phrase.first,
            end,
        )
    return None


def _of_comment(line: Line, phrase: Phrase) -> Run | None:
    """As in "от оценок действий регулятора воздержались": what the comment would be about."""
    stems = tuple(line.words.words["comments"])
    behind = phrase.first + 1
    if behind >= phrase.last or not text(line, phrase.first).startswith(stems):
        return None
    if noun_phrase.is_a("organisations", text(line, behind)):
        return None  # "от комментариев телеканалу отказался": whom, not on what
    return behind, phrase.last


def question_before(line: Line, first: int) -> Run | None:
    """As in "Чи загинули в Малі бійці, достеменно невідомо"."""
    if first < 2 or text(line, first - 1) not in (",", "–", "—"):
        return None
    low = next((k + 1 for k in range(first - 2, -1, -1) if text(line, k) == ";"), 0)
    if tag(line, low) is Tag.PREP and text(line, low + 2) == "," and first > low + 3:
        low += 3 * (text(line, low + 1) in line.words.words["pointers"])  # "о том, сколько"
    asked = tag(line, low) in (Tag.SUB, Tag.WH, Tag.REL, Tag.NEG)
    asked = asked or any(
        text(line, k) in line.words.words["whether"] for k in range(low, min(low + 4, first))
    )
    return (low, first - 1) if asked or first - low < 4 else None
