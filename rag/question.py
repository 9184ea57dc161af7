"""A question typed by rules: kind, who is asked to have spoken, presumed stance, unit, figures.

The regular expressions are data (`lexicon/questions.<language>.toml`). What frames a question
("tell me", "is it known", "after the UN had said so, …") is set aside first. Kinds are then tried
in a fixed order: truth, who + speech verb, comparison, yes/no, how many, when, where, why, who,
what. A question without a question word is one of yes or no where somebody known does something
("Putin admitted it?"), and one of how many where it names a count ("Losses of Russia?").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag import (
    dates,
    lexicon,
    measures,
    quantities,
    speaking_names,
    spoken,
    terms,
    text,
    turn_words,
)
from rag.actors import Actors, Mention
from rag.errors import InputError
from rag.question_words import has, patterns, search
from rag.schema import LANGUAGES, Filters, Quantity, Question, QuestionKind, Span
from rag.spoken import Verb

MAX_CHARACTERS = 2000
FEW = 3  # words, and things that are counted
MANY = 1_000
TOTALS = ("losses", "killed_and_wounded")
PARTS = ("killed", "wounded", "missing", "prisoners")
_IN_ORDER = ("how_many", "when", "where", "why", "listed", "who", "amount", "whether", "what")
_KEYS = ("is_true", "compare", *_IN_ORDER)
_MEANT = {"amount": QuestionKind.HOW_MANY, "listed": QuestionKind.WHO}


def is_askable(asked: str) -> bool:
    """Whether a text is no longer than a question may be, and has a word."""
    return len(asked) <= MAX_CHARACTERS and bool(text.words(asked))


def parse(
    raw: str, actors: Actors, language: str | None = None, as_of: str | None = None
) -> Question:
    """The question of a text; raises InputError where it is empty, too long or not text."""
    if len(raw) > MAX_CHARACTERS:
        raise InputError(
            f"The question has {len(raw):,} characters; ask with at most {MAX_CHARACTERS:,}."
        )
    asked = " ".join(text.normalise(raw).split())
    if not text.words(asked):
        raise InputError("The question is empty; ask with at least one word.")
    if language is not None and language not in LANGUAGES:
        raise InputError(f"Language {language!r} is not one of {', '.join(LANGUAGES)}.")
    own = language_of(asked)
    span = Span("", 0, len(asked), asked)
    mentions = actors.find(asked)
    core, framing = _core(asked, own)
    said = spoken.verb(core, own)
    if said is not None and said.is_noun and not _has_owner(core, own, said, mentions, actors):
        said = None  # "the reports" of nobody
    stance = said.stance if said else None
    frame = spoken.ends(said.match) if said else []
    unit, aspect = _part(asked, own, *quantities.asked(asked, own))
    kind = _kind(core, own, said, unit, _is_opened(core, own, mentions))
    if kind is QuestionKind.WHO and said is None and not quantities.find(span, own):
        unit, aspect = None, None  # "who may tell how many" asks for no figure
    frame += framing
    frame += [
        match.span()
        for key in lexicon.load("questions", own)["frame"]
        # A greeting is too short to tell its language.
        for greeted in (LANGUAGES if key == "small_talk" else (own,))
        for pattern in patterns(greeted, "frame", key)
        for match in pattern.finditer(asked)
    ]
    counted = search(own, "kinds", "origins", asked)
    if counted is not None:
        kind, unit, aspect = QuestionKind.WHO, None, None
        frame.append(counted.span())
    elif (measure := measures.asked(asked, own, kind, unit)) is not None:
        kind, unit, aspect = QuestionKind.HOW_MANY, measure.unit, None
        frame += measure.words
    if said is not None and _is_asked_after(core, own, kind, said):
        said, stance = None, None
    speakers = _speakers(core, own, kind, said, mentions, actors)
    figures = quantities.find(span, own)
    return Question(
        text=asked,
        language=own,
        kind=kind,
        terms=terms.of_question(asked, own, actors, frame),
        speakers=speakers,
        actors=tuple(dict.fromkeys(m.actor.name for m in mentions)),
        stance=stance,
        unit=unit,
        aspect=aspect,
        figures=tuple(q for q in figures if not _is_known_set(asked, own, q)),
        date=dates.resolve(asked, own, None) or _year(asked, figures),
        as_of=dates.bounds(dates.valid(as_of))[1] if as_of else None,
        counts_origins=counted is not None,
        compares=any(search(own, "kinds", *at) for at in (("compare", core), ("agree", asked))),
    )


def language_of(asked: str) -> str:
    """The language of a question; one of a few nouns is in that whose noun asks for a figure.

    Function words and letters tell nothing of "Verluste Russlands?".
    """
    own = text.language_of(asked)
    named = text.words(asked)
    if own != "en" or len(named) > FEW or any(text.is_function_word(w, own) for w in named):
        return own
    german = quantities.asked(asked, "de")[0] is not None
    return "de" if german and quantities.asked(asked, own)[0] is None else own


def checked(filters: Filters) -> Filters:
    """The filters with their dates normalised; raises InputError for what cannot be a filter."""
    for language in filters.languages:
        if language not in LANGUAGES:
            raise InputError(f"Language {language!r} is not one of {', '.join(LANGUAGES)}.")
    since = dates.bounds(dates.valid(filters.since))[0] if filters.since else None
    until = dates.bounds(dates.valid(filters.until))[1] if filters.until else None
    if since and until and since > until:
        raise InputError(f"The period ends ({until}) before it begins ({since}); swap the dates.")
    return replace(filters, since=since, until=until)


def _part(
    asked: str, language: str, unit: str | None, aspect: str | None
) -> tuple[str | None, str | None]:
    """Unit and aspect, of a part where a total is divided: "How many of the losses are dead?"."""
    if unit not in TOTALS or turn_words.pattern(language, "counted").match(asked) is None:
        return unit, aspect
    clause = re.split(r"[,;:]", asked)[0]
    named = [turn_words.unit_of(word, language) for word in text.words(clause)]
    parts = {found for found in named if found in PARTS}
    total = next((i for i, found in enumerate(named) if found == unit), None)
    part = parts.pop() if len(parts) == 1 else None
    divided = part is not None and total is not None and named.index(part) > total
    return (part, part) if divided else (unit, aspect)


def _year(asked: str, figures: Sequence[Quantity]) -> str | None:
    """The year that stands in a question without a word for it: "laut UNO 2025"."""
    found = turn_words.YEAR.finditer(asked)
    counted = [(q.span.start, q.span.end) for q in figures]
    return next(
        (m.group() for m in found if not any(a < m.end() and m.start() < b for a, b in counted)),
        None,
    )


def _is_known_set(asked: str, language: str, figure: Quantity) -> bool:
    """Whether a number only counts what is known and has no unit: "the two sides"."""
    before = asked[: figure.span.start].rstrip()
    known = figure.unit == "other" and (figure.high or MANY) < FEW
    return known and search(language, "grammar", "definite", before) is not None


def _core(asked: str, language: str) -> tuple[str, list[tuple[int, int]]]:
    """The question with what frames it blanked, offsets kept, and where the frame stands.

    The frame is a request ("Tell me", "Weiß man,") and a clause before it that presupposes
    something ("After the UN had verified it, …"); the words of the clause stay topic.
    """
    core, frame = asked, []
    heading = search(language, "clauses", "heading", core)
    asks = ("is_true", "what", "who")  # "What does X say to that: how many …"
    if heading and not any(search(language, "kinds", key, heading.group()) for key in asks):
        core = " " * heading.end() + core[heading.end() :]
    clause = search(language, "clauses", "leading", core)
    if clause is not None and clause.end() < len(core.rstrip(" ?!.")):
        core = " " * clause.end() + core[clause.end() :]
    while (request := search(language, "frame", "request", core)) is not None:
        core = core[: request.start()] + " " * len(request.group()) + core[request.end() :]
        frame.append(request.span())
    return core, frame


def presupposing(asked: str, language: str) -> str | None:
    """The clause before a question that presupposes something: "Since NATO confirmed it, …"."""
    clause = search(language, "clauses", "leading", asked)
    return asked[clause.start("clause") : clause.end("clause")] if clause else None


def _kind(
    core: str, language: str, said: Verb | None, unit: str | None, opened: bool
) -> QuestionKind:
    """The kind of a question's core; `opened`: it begins with a known actor as a subject."""
    found = ((key, search(language, "kinds", key, core)) for key in _KEYS)
    at = {key: match.start() for key, match in found if match}
    if "is_true" in at:
        return QuestionKind.WHETHER
    if _is_relative(core, language, at):
        del at["who"]
    # A "who" behind another question word is a relative pronoun: "Where are those who said so?"
    others = [at[key] for key in ("how_many", "when", "where", "why") if key in at]
    if "who" in at and all(at["who"] <= place for place in others):
        first = at["who"] <= min(at.get("what", at["who"]), at.get("whether", at["who"]))
        if first or said is not None:
            return QuestionKind.WHO
    if "compare" in at:
        return QuestionKind.HOW_MANY if unit else QuestionKind.WHAT
    if at.get("whether") == 0 and "how_many" not in at:
        return QuestionKind.WHETHER
    named = next((key for key in _IN_ORDER if key in at), None)
    if named is not None:
        return _MEANT.get(named) or QuestionKind(named)
    return _without_word(core, language, said, unit, opened)


def _is_relative(core: str, language: str, at: dict[str, int]) -> bool:
    """Whether a "who" behind "what" opens no question: "What became of those who fell?"."""
    if (
        "who" not in at
        or not min(at.get("what", MAX_CHARACTERS), at.get("whether", MAX_CHARACTERS)) < at["who"]
    ):
        return False
    return re.search(r"[,;.?!:]\s*\S*\s*$", core[: at["who"]]) is None and not has(
        language, "coordinated", core[: at["who"]]
    )


def _without_word(
    core: str, language: str, said: Verb | None, unit: str | None, opened: bool
) -> QuestionKind:
    """The kind of a question that has no question word."""
    if said is None or search(language, "attribution", "speaker", core):
        return QuestionKind.HOW_MANY if unit else QuestionKind.WHAT
    acts = opened and not said.is_noun and core.rstrip().endswith("?")
    return QuestionKind.WHETHER if acts else QuestionKind.WHAT


def _is_opened(core: str, language: str, mentions: Sequence[Mention]) -> bool:
    """Whether a question begins with a known actor as a subject: "The Kremlin denied it?"."""
    if not mentions or core[mentions[0].end :][:1] != " ":
        return False
    before = core[: mentions[0].start].lower().strip(' "«„“')
    return not before or text.is_function_word(before, language)


def _speakers(
    core: str,
    language: str,
    kind: QuestionKind,
    said: Verb | None,
    mentions: Sequence[Mention],
    actors: Actors,
) -> tuple[str, ...]:
    """Canonical names of those asked to have spoken: "laut X", or the subject of a speech verb."""
    frame = speaking_names.attributed(core, language, mentions, actors)
    if frame is not None:
        return (frame,)
    if said is None or kind is QuestionKind.WHO or _is_asked_for(core, language, said, mentions):
        return ()
    return spoken.speakers(core, language, said, mentions, actors)


def _has_owner(
    core: str, language: str, said: Verb, mentions: Sequence[Mention], actors: Actors
) -> bool:
    """Whether a noun of saying is somebody's, or is asked for: "Is there confirmation?"."""
    true = search(language, "kinds", "is_true", core)
    if true is not None and true.start() <= said.match.start() < true.end():
        return True
    owner = speaking_names.attributed(core, language, mentions, actors)
    return bool(owner or spoken.speakers(core, language, said, mentions, actors))


def _is_asked_after(core: str, language: str, kind: QuestionKind, said: Verb) -> bool:
    """Whether a second question asks what was said: "When did X come, and what did he say?"."""
    if kind not in (QuestionKind.WHEN, QuestionKind.WHERE, QuestionKind.HOW_MANY):
        return False
    first = search(language, "kinds", kind.value, core)
    return first is not None and any(
        first.end() <= match.start() <= said.match.start()
        and has(language, "coordinated", core[: match.start()])
        for pattern in patterns(language, "kinds", "what")
        for match in pattern.finditer(core)
    )


def _is_asked_for(asked: str, language: str, said: Verb, mentions: Sequence[Mention]) -> bool:
    """Whether the one who speaks is what is asked: "How many came, and who announced it?"."""
    who = search(language, "kinds", "who", asked)
    start = said.match.start()
    if who is None or not who.end() <= start:
        return False
    named = any(who.end() <= m.start < start for m in mentions)
    return not named and not re.search(r"[,;?]", asked[who.end() : start])
