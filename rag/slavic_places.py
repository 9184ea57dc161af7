"""Speakers that Ukrainian and Russian name by a place or a document: "в Кремле заявили"."""

from __future__ import annotations

from rag import localities, noun_phrase
from rag.drafts import HEADS, Line, Run
from rag.slavic_clauses import Group, is_time, phrases, segment, tag, text
from rag.slavic_phrases import Phrase
from rag.tagging import Tag


def there(line: Line, group: Group) -> Run | None:
    """As in "В Кремле отреагировали: там считают": the place that an earlier verb named."""
    first, last = segment(line, group.place)
    words = line.words.words["there"]
    if group.form not in "pro" or not any(text(line, k) in words for k in range(first, last)):
        return None
    named = [
        phrase.run
        for phrase, preposition in phrases(line, 0, first)
        if text(line, preposition) in line.words.words["place_prepositions"]
        and _houses(line, phrase)
    ]
    if named:
        return named[0]
    return next(((k, k + 1) for k in range(first, last) if text(line, k) in words), None)


def institution(line: Line, group: Group) -> Run | None:
    """As in "в Кремле заявили": a place that stands for those who speak there."""
    if group.form not in "pro":
        return None
    words = line.words.words
    first, last = over_insertion(line, group.place)
    own, _ = segment(line, group.place)
    for phrase, preposition in phrases(line, first, last):
        if first < own and _is_aside(line, preposition, own):
            continue  # "депутаты, ссылаясь на разведку, заявили"
        if preposition < 0 or text(line, preposition) not in words["place_prepositions"]:
            continue
        said_in = any(text(line, k) in words["channels"] for k in range(*phrase.run))
        if said_in or is_time(line, phrase) or _is_of_matter(line, phrase, preposition, group):
            continue
        if _houses(line, phrase) or _opens_with(line, phrase, preposition, group.place):
            return phrase.run
    return None


def _is_of_matter(line: Line, phrase: Phrase, preposition: int, group: Group) -> bool:
    """As in "пожаловались на обстрел автобуса в Алешках": the place of what is told."""
    between = range(group.place + 1, preposition)
    matter = any(tag(line, k) is Tag.PREP and tag(line, k + 1) in HEADS for k in between)
    word, words = line.tokens[phrase.first].text, line.words.words
    town = phrase.last == phrase.first + 1 and word[0].isupper() and not word.isupper()
    before = text(line, group.place - 1)  # "об ударе умолчали, зато пожаловались на …"
    elided = before in words["meanwhile"] or tag(line, group.place - 1) is Tag.CONJ
    return matter and town and (elided or localities.is_cyrillic_place(word))


def _is_aside(line: Line, place: int, own: int) -> bool:
    """Whether a place before the stretch of a verb lies in a clause of its own: a gerund's."""
    opened, closed = segment(line, max(place, 0))
    return closed <= own and tag(line, opened) in (Tag.VING, Tag.SUB, Tag.REL)


def _opens_with(line: Line, phrase: Phrase, preposition: int, verb: int) -> bool:
    """As in "В больнице сообщили": any place that opens the clause right before the verb."""
    first, _ = over_insertion(line, verb)
    documents = tuple(line.words.words["documents"])
    if text(line, phrase.first).startswith(documents):
        return False
    if preposition > verb:  # "порадили у військкоматі"
        return all(tag(line, k) in (Tag.ADV, Tag.PRON) for k in range(first, verb))
    opened = all(tag(line, k) in (Tag.ADV, Tag.CONJ) for k in range(first, preposition))
    loose = (Tag.ADV, Tag.PRON, Tag.NEG)
    inserted = first != segment(line, verb)[0]
    beside = inserted or all(tag(line, k) in loose for k in range(phrase.last, verb))
    return opened and beside


def over_insertion(line: Line, place: int) -> Run:
    """The stretch of a verb, with that before an insertion if the verb opens its own."""
    first, last = segment(line, place)
    if first != place or text(line, first - 1) != ",":
        return first, last
    opened, _ = segment(line, max(0, first - 2))
    relative = tag(line, opened) is Tag.PREP and tag(line, opened + 1) is Tag.REL
    inserted = relative or tag(line, opened) in (Tag.VING, Tag.REL, Tag.SUB, Tag.ADV, Tag.PREP)
    return (segment(line, opened - 2)[0] if inserted and opened > 1 else first), last


def _houses(line: Line, phrase: Phrase) -> bool:
    """Whether a place can speak: a name, an office, an organisation."""
    kinds = ("organisations", "offices", "voices", "independent")
    named = any(tag(line, k) is Tag.NAME for k in range(phrase.first, phrase.last))
    return named or any(
        noun_phrase.is_a(kind, text(line, k))
        for kind in kinds
        for k in range(phrase.first, phrase.last)
    )


def told_in(line: Line, group: Group, last: int) -> Run | None:
    """As in "следует из рассказов очевидцев": whose words they are, or else what one reads."""
    stems = tuple(line.words.words["told_nouns"] | line.words.words["documents"])
    for phrase, preposition in phrases(line, group.place + 1, last):
        if text(line, preposition) not in line.words.words["out_of"]:
            continue
        owned = text(line, phrase.first).startswith(stems) and phrase.last > phrase.first + 1
        return (phrase.first + 1, phrase.last) if owned else phrase.run
    return None


def document(line: Line, group: Group) -> Run | None:
    """As in "в заявлении МИД говорится": whose statement it is, or the document itself."""
    first, last = over_insertion(line, group.place)
    stems = tuple(line.words.words["documents"])
    for phrase, _ in phrases(line, first, last):
        named = next(
            (
                k
                for k in range(*phrase.run)
                if text(line, k).startswith(stems)
                and tag(line, k) in HEADS
                and "канал" not in text(line, k)  # "телеграм-канал" is no telegram
            ),
            None,
        )
        if named is not None and (named + 1 < phrase.last):
            return named + 1, phrase.last
        if named is not None and not noun_phrase.is_a("statements", text(line, named)):
            return named, named + 1
    return None
