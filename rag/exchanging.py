"""What a follow-up names anew, exchanged in the earlier question or added to it."""

from __future__ import annotations

import re

from rag import contrasting, declension, formats, lexicon, relative_dates, text
from rag.actors import Actor, Actors, Mention
from rag.fragments import Slot
from rag.rewording import (
    STATES,
    Earlier,
    among,
    capitalised,
    counted,
    decapitalised,
    has_speaking_subject,
    keeps,
    local,
    reworded,
)
from rag.schema import QuestionKind, SourceKind
from rag.turn_words import date_extent, days, of_any, pattern, unit_of


def filled(earlier: Earlier, slot: Slot, actors: Actors, np: str) -> str | None:
    """The earlier question with a slot filled anew; `np` are those who were counted last."""
    same = slot.language == earlier.language
    if slot.kind == "contrast":
        said = contrasting.adjective(slot.typed, slot.language)
        return contrasting.with_adjective(earlier, said) if same else None
    typed = f"{slot.preposition} {slot.typed}" if slot.kind == "place" else slot.typed
    if slot.kind == "date":
        return with_date(earlier, slot, same)
    about = contrasting.with_topic(earlier, typed.strip()) if same else None
    if about is not None:
        return about
    if slot.kind in ("attribution", "speaker", "actor", "side"):
        return _spoken(earlier, slot, actors, same)
    if slot.kind == "place":
        return with_place(earlier, slot)
    return (
        with_topic(earlier, slot) if slot.kind == "topic" else with_unit(earlier, slot, np, actors)
    )


def _spoken(earlier: Earlier, slot: Slot, actors: Actors, same: bool) -> str | None:
    """The earlier question with who speaks, or another actor, named anew."""
    if slot.kind == "attribution" and not has_speaking_subject(earlier):
        return f"{earlier.core}, {slot.typed}?" if same else said_by(earlier, slot, actors)
    return (
        said_by(earlier, slot, actors)
        if slot.kind == "speaker"
        else with_actor(earlier, slot, actors)
    )


def is_reaction(earlier: Earlier, slot: Slot) -> bool:
    """Whether a follow-up asks what somebody says in its own words: "What does Kyiv say to that?".

    Not where the earlier question asked who did something ("Who confirmed it?").
    """
    if slot.kind != "speaker":
        return False
    reacts = pattern(slot.language, "context", "anaphors").search(slot.typed) is not None
    asks_who = earlier.asked.kind is QuestionKind.WHO and earlier.asked.stance is not None
    return reacts or not asks_who


def said_by(earlier: Earlier, slot: Slot, actors: Actors) -> str:
    """The earlier question asked of a speaker."""
    language = earlier.language
    table = lexicon.load("conversation", language)["speaks"]
    actor = actors.get(slot.value)
    label = own_words(slot, actor, earlier) if actor else actors.label(slot.value, language)
    reacts = pattern(slot.language, "context", "anaphors").search(slot.typed) is not None
    asks_who = earlier.asked.kind is QuestionKind.WHO and not reacts
    if asks_who and (made := _did(earlier, actor, label)):
        return made
    if attributed := str(table["attributed"]):
        preposition = attributed.split()[-2]
        many = actor is not None and language in actor.plural
        name = declension.behind(label, preposition, language, plural=many)
        return attributed.format(core=earlier.core, name=name)
    frame = table["many" if actor and language in actor.plural else "one"]
    return str(frame).format(name=label, all=decapitalised(earlier.core, language))


def _did(earlier: Earlier, actor: Actor | None, label: str) -> str | None:
    """What was asked of anybody, asked of one: "Did Russia confirm it?"."""
    if actor is None or earlier.asked.stance is None:
        return None
    language = earlier.language
    made = reworded(earlier, "whether", name="\0")
    if made is None:
        return None
    gender = declension.gender(actor, language, label)
    made = _agreed(made, made.index("\0"), 1, "m", gender, language)
    return capitalised(made.replace("\0", label)) if made else None


def with_actor(earlier: Earlier, slot: Slot, actors: Actors) -> str:
    """The earlier question with another actor where it names one of the same type."""
    new = actors.get(slot.value)
    if earlier.frame or earlier.tail or new is None:
        return said_by(earlier, slot, actors)
    if earlier.asked.kind is QuestionKind.WHO and earlier.asked.stance is not None:
        return said_by(earlier, slot, actors)
    speaking = [m for m in earlier.mentions if m.actor.name in earlier.asked.speakers]
    known = any(m.actor.name == new.name for m in earlier.mentions)
    same = [m for m in earlier.mentions if _same_type(m.actor, new)]
    same = [m for m in same if slot.preposition or not _is_goal(earlier, m)]
    old = speaking[:1] or ([] if known else same[-1:])
    made = _exchanged(earlier, old[0], new, slot) if old else None
    if made is None and slot.preposition and not known:
        return inserted(earlier, slot.typed)
    return earlier.with_core(made) if made else said_by(earlier, slot, actors)


def _is_goal(earlier: Earlier, mention: Mention) -> bool:
    """Whether a mention is where somebody goes to or comes from: a bare name is no other one."""
    before = earlier.core[: mention.start]
    directions = lexicon.load("conversation", earlier.language)["directions"]
    goes = re.search(rf"\b{directions} (?:the |die |den |dem |der )?$", before, re.IGNORECASE)
    return goes is not None and goes.group() not in local(earlier.core, earlier.language)


def _same_type(old: Actor, new: Actor) -> bool:
    states = SourceKind.STATE
    return old.name != new.name and (old.kind is states) == (new.kind is states)


def _exchanged(earlier: Earlier, old: Mention, new: Actor, slot: Slot) -> str | None:
    """The core with one actor for another, in its case, the verb beside it agreeing."""
    language, core = earlier.language, earlier.core
    before = core[: old.start]
    prepositions = lexicon.load("conversation", language)["prepositions"]
    match = re.search(
        rf"(?:(?<!\w)(?P<preposition>{prepositions}) )?(?:(?:{of_any('definite')}) )?$",
        before,
        re.IGNORECASE,
    )
    start = match.start() if match else old.start
    preposition = (match["preposition"] or "") if match else ""
    label = own_words(slot, new, earlier)
    if preposition:
        if slot.preposition:
            return core[:start] + slot.typed + core[old.end :]
        label = declension.behind(label, preposition, language, plural=language in new.plural)
        return f"{core[:start]}{preposition} {label}{core[old.end :]}"
    if not old.nominative and slot.oblique and slot.language == language:
        return core[:start] + slot.typed + core[old.end :]
    if not old.nominative and language in ("uk", "ru"):
        return None
    shown = core[old.start : old.end]
    genders = (
        declension.gender(old.actor, language, shown),
        declension.gender(new, language, label),
    )
    made = core[:start] + label + core[old.end :]
    return _agreed(made, start, len(label), *genders, language)


def own_words(slot: Slot, actor: Actor, earlier: Earlier) -> str:
    """How the follow-up calls an actor, where it is in the language of the earlier question."""
    label = actor.labels.get(earlier.language, actor.name)
    same = slot.language == earlier.language and slot.kind == "actor" and not slot.preposition
    # A nominative has its article back: "was ist mit der Ukraine?".
    return slot.typed if same and not label.endswith(f" {slot.typed}") else label


def _agreed(made: str, start: int, length: int, old: str, new: str, language: str) -> str | None:
    """A sentence whose verb beside the subject agrees with it; None where that fails."""
    after = text.WORD.match(made, start + length + 1)
    particles = re.compile(r"(?: ли)?(?: (?:це|это|das|es))? *$")
    left = particles.sub("", made[:start])
    before = re.search(rf"{text.WORD.pattern}$", left)
    for verb in (before, after):
        if verb is None:
            continue
        agreed = declension.agreeing(verb.group(), old, new, language)
        if agreed is not None and (agreed != verb.group() or old == new):
            return made[: verb.start()] + agreed + made[verb.end() :]
    number = (old == "p") != (new == "p")
    return None if number or (language in ("uk", "ru") and old != new and after is None) else made


def with_date(earlier: Earlier, slot: Slot, typed: bool) -> str:
    """The earlier question at another time."""
    phrase = slot.typed if typed else relative_dates.phrase(slot.value, earlier.language)
    found = dated(earlier)
    if found is None:
        return inserted(earlier, phrase)
    start, end, _ = found
    return earlier.with_core(earlier.core[:start] + phrase + earlier.core[end:])


def dated(earlier: Earlier) -> tuple[int, int, str] | None:
    """Extent and ISO value of the first date of the core, its preposition included."""
    core, language = earlier.core, earlier.language
    for start, end, value in days(core, language):
        return (*date_extent(core, start, end, language), value)
    return None


def inserted(earlier: Earlier, phrase: str) -> str:
    """The core with a phrase at its end; in German before the place and the verb that closes it."""
    core = earlier.core
    if earlier.language != "de":
        return earlier.with_core(f"{core} {phrase}")
    np = counted(earlier)
    begin = core.find(np) + len(np) + 1 if np else len(core.split(" ", maxsplit=1)[0])
    match = pattern("de", "late").search(core, begin)
    if match is None:
        return earlier.with_core(f"{core} {phrase}")
    return earlier.with_core(f"{core[: match.start()]} {phrase}{core[match.start() :]}")


def place(earlier: Earlier) -> str:
    """What "there" means: where a question asks, or in the state that it names last."""
    language = earlier.language
    found = local(earlier.core, language)
    states = [m for m in earlier.mentions if m.actor.kind is SourceKind.STATE]
    if found or not states:
        return found
    name = states[-1].actor.labels.get(language, states[-1].actor.name)
    if language in ("de", "en"):
        name = earlier.core[states[-1].start : states[-1].end]
    return f"{_in(language)} {declension.behind(name, _in(language), language)}"


def with_place(earlier: Earlier, slot: Slot) -> str:
    """The earlier question at another place."""
    language = earlier.language
    old = local(earlier.core, language)
    preposition = slot.preposition or (old.split(" ")[0] if old else _in(language))
    name = slot.value
    if not slot.preposition:
        name = declension.behind(name, preposition, language)
    phrase = f"{preposition} {name}"
    if not old:
        return inserted(earlier, phrase)
    return earlier.with_core(earlier.core.replace(old, phrase, 1))


def _in(language: str) -> str:
    return "у" if language == "uk" else "в" if language == "ru" else "in"


def with_unit(earlier: Earlier, slot: Slot, np: str, actors: Actors) -> str | None:
    """The earlier question about another figure; None where that would lose what it was about.

    What became of people is exchanged for what else became of them: "How many were wounded in …?".
    """
    language = earlier.language
    table = lexicon.load("conversation", language)["units"]
    own = counted(earlier)
    new = formats.unit(slot.value, None, language)
    becomes = unit_of(own.rsplit(maxsplit=1)[-1], language) if own else None
    if own and (becomes in STATES) == (slot.value in STATES):
        return earlier.with_core(earlier.core.replace(own, new, 1))
    if earlier.asked.kind is not QuestionKind.HOW_MANY and not own:
        return with_topic(earlier, slot)
    fate = _predicate(slot) or table["fates"].get(slot.value)
    if fate and (made := reworded(earlier, "fate", fate=fate)):
        return made
    made = str(table.get(slot.value, table["default"])).format(unit=new)
    grouped = bool(np) and not pattern(language, "people").match(np.rsplit(maxsplit=1)[-1])
    made += among(np, language, "among") if grouped else ""
    rest = earlier.core.replace(own, "", 1) if own else earlier.core
    where, when = local(rest, language), dated(earlier)
    made += f" {where}" if where and where not in made else ""
    made += f" {earlier.core[when[0] : when[1]]}" if when else ""
    whole = earlier.with_core(made)
    return whole if grouped or keeps(whole, earlier, actors) else None


def _predicate(slot: Slot) -> str:
    """What a clause says in its own words has become of those who are counted: "surrendered"."""
    counts = pattern(slot.language, "counted").match(slot.typed)
    said = slot.typed[counts.end() :] if counts else ""
    return said if pattern(slot.language, "units", "predicates").fullmatch(said) else ""


def with_topic(earlier: Earlier, slot: Slot) -> str | None:
    """What was said, confirmed or denied, of another matter; None where no rule fits."""
    counts = pattern(slot.language, "counted").search(slot.typed) is not None
    how_many = earlier.asked.kind is QuestionKind.HOW_MANY
    # Who is named bare may be another one to speak: "And the mediator?".
    if slot.language != earlier.language or how_many or counts or earlier.asked.speakers:
        return None
    return reworded(earlier, "topic", topic=slot.typed)
