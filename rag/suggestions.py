"""Next questions that these articles can answer, from the evidence of the answer at hand.

No search: each is about a claim that was just found, or about a unit that the catalog's index of
terms holds. A question in the reader's language is reworded (`rewording`); else templates name what
the claim says (`lexicon/conversation.<language>.toml`, `next`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rag import declension, exchanging, formats, lexicon, rewording
from rag.actors import Actors
from rag.follow_ups import Slot
from rag.rewording import Earlier
from rag.schema import Evidence, Findings, Question, QuestionKind, Stance

MOST = 3
LONGEST = 110  # characters of a question that can be reworded readably
FATES = ("killed", "wounded", "losses", "prisoners")  # of those who are counted
PERSONS = ("soldiers", "people", "civilians")
_STANCES = (Stance.DENIES, Stance.CONFIRMS)
_RULES = {Stance.DENIES: "denies", Stance.CONFIRMS: "confirms"}  # of lexicon/conversation.*.toml
_MATTERS = (QuestionKind.HOW_MANY, QuestionKind.WHETHER)
Held = Callable[[Sequence[str]], tuple[int, dict[str, int]]]


def suggested(
    question: Question,
    found: Findings,
    held: Held,
    actors: Actors,
    language: str,
    asked_before: Sequence[str] = (),
) -> tuple[str, ...]:
    """Up to three next questions in `language`; the same evidence gives the same ones.

    `held` tells in how many passages terms occur (`CatalogReader.frequencies`). `asked_before` are
    the questions of the conversation, which are not suggested again.
    """
    known = {_key(text) for text in (question.text, *asked_before)}
    made: dict[str, str] = {}
    for text in _candidates(question, found, held, actors, language):
        if _key(text) not in known:
            made.setdefault(_key(text), text)
        if len(made) == MOST:
            break
    return tuple(made.values())


def _key(text: str) -> str:
    return " ".join(text.lower().rstrip(" ?.!").split())


def _candidates(
    question: Question, found: Findings, held: Held, actors: Actors, language: str
) -> Iterator[str]:
    """Questions in order of their worth: contradiction, other voices, another figure, time."""
    evidence = (*found.answering, *found.related)
    short = len(question.text) <= LONGEST and ": " not in question.text
    if evidence and short and question.language == language and question.terms:
        earlier = rewording.take_apart(question, actors)
        yield from _contrary(question, earlier, evidence)
        yield from _voices(question, earlier, evidence, actors)
        yield from _fates(question, earlier, held)
        if found.premise_met is not False:
            yield from _time(question, earlier, evidence)
    yield from _named(question, evidence or found.nearest, actors, language)


def _contrary(question: Question, earlier: Earlier, evidence: Sequence[Evidence]) -> Iterator[str]:
    """Who denies or confirms it, where a claim of the evidence does."""
    stances = {e.claim.stance for e in evidence}
    for stance in _STANCES:
        matter = question.stance is None and question.kind in _MATTERS
        denied = question.kind is QuestionKind.WHO and stance is Stance.DENIES
        asked = matter or (denied and question.stance is Stance.CONFIRMS)
        if asked and stance in stances:
            text = rewording.reworded(earlier, _RULES[stance])
            yield from (text,) if text else ()


def _voices(
    question: Question, earlier: Earlier, evidence: Sequence[Evidence], actors: Actors
) -> Iterator[str]:
    """The question asked of the next source of the evidence, where there are several."""
    if question.kind in (QuestionKind.WHO, QuestionKind.WHEN, QuestionKind.WHERE):
        return
    names = dict.fromkeys(s.name for e in evidence for s in e.claim.sources if actors.get(s.name))
    asked = (*question.speakers, *question.actors)
    others = [n for n in names if not any(actors.same(n, a) for a in asked)]
    if len(names) > 1 and others:
        slot = Slot("actor", "", others[-1])
        yield exchanging.with_actor(earlier, slot, actors)


def _time(question: Question, earlier: Earlier, evidence: Sequence[Evidence]) -> Iterator[str]:
    """When it was, where a claim of the evidence has a date and the question had none."""
    dated = any(e.claim.date for e in evidence) and question.date is None
    if dated and question.kind in (*_MATTERS, QuestionKind.WHY, QuestionKind.WHO):
        word = lexicon.load("conversation", earlier.language)["words"]["when"]
        text = rewording.reworded(earlier, "question", word=word)
        yield from (text,) if text else ()


def _fates(
    question: Question,
    earlier: Earlier,
    held: Held,
) -> Iterator[str]:
    """How many of those who were counted were killed, wounded, captured."""
    np = rewording.counted(earlier)
    if question.unit not in PERSONS or not np:
        return
    _, frequencies = held([f"#{unit}" for unit in FATES])
    for unit in FATES:
        if frequencies.get(f"#{unit}"):
            text = exchanging.with_unit(earlier, Slot("unit", "", unit), np)
            if text:
                yield text
            return


def _named(
    question: Question, evidence: Sequence[Evidence], actors: Actors, language: str
) -> Iterator[str]:
    """Questions that name a source of the evidence and what it did or counted."""
    table = lexicon.load("conversation", language)["next"]
    for item in evidence:
        claim = item.claim
        for source in claim.sources[:1]:
            actor = actors.get(source.name)
            if actor is None:
                continue
            name, many = actor.labels.get(language, actor.name), language in actor.plural
            units = [q.unit for q in claim.quantities if q.unit in _units(language)]
            if units and units[0] != question.unit:
                unit = formats.unit(units[0], None, language)
                yield str(table["figures"][many]).format(unit=unit, name=name)
            elif claim.stance in _STANCES and claim.stance is not question.stance:
                yield str(table[claim.stance.value][many]).format(name=name)
            elif not units and (about := _about(item, source.name, actors, language)):
                yield str(table["asserts"][many]).format(name=name, about=about)


def _about(item: Evidence, speaker: str, actors: Actors, language: str) -> str:
    """Of whom a claim speaks, with the preposition: "about North Korea"; "" for nobody known."""
    table = lexicon.load("conversation", language)["next"]
    for part in item.claim.content:
        for mention in actors.find(part.text):
            if not actors.same(mention.actor.name, speaker):
                label = mention.actor.labels.get(language, mention.actor.name)
                word = str(table["about"])
                many = language in mention.actor.plural
                name = declension.behind(label, word, language, plural=many)
                vowel = name[0].lower() in "аоуэиы"
                return f"{table.get('about_vowel', word) if vowel else word} {name}"
    return ""


def _units(language: str) -> frozenset[str]:
    """The units that have a word in this language."""
    return frozenset(lexicon.load("units", language))
