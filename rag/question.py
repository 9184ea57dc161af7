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
from functools import cache
from itertools import pairwise

from rag import dates, lexicon, quantities, terms, text
from rag.actors import Actors, Mention
from rag.errors import InputError
from rag.schema import LANGUAGES, Filters, Question, QuestionKind, SourceKind, Span, Stance

MAX_CHARACTERS = 2000
TITLE_WORDS = 2  # "according to the lawmaker X": words before the name
CONJUNCTION = re.compile(
    r"\s*(?:,|und|and|та|і|й|и|sowie|or|oder|чи|или)\s*(?:the|die|der|das)?\s*"
)
_IN_ORDER = ("how_many", "when", "where", "why", "listed", "who", "amount", "whether", "what")
_KEYS = ("is_true", "compare", *_IN_ORDER)
_MEANT = {"amount": QuestionKind.HOW_MANY, "listed": QuestionKind.WHO}


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
    own = text.language_of(asked)
    span = Span("", 0, len(asked), asked)
    mentions = actors.find(asked)
    core, framing = _core(asked, own)
    stance, frame = _stance(core, own)
    unit, aspect = quantities.asked(asked, own)
    kind = _kind(core, own, stance, unit, _is_opened(core, own, mentions))
    frame += framing
    frame += [
        match.span()
        for key in lexicon.load("questions", own)["frame"]
        # A greeting is too short to tell its language.
        for greeted in (LANGUAGES if key == "small_talk" else (own,))
        for pattern in _patterns(greeted, "frame", key)
        for match in pattern.finditer(asked)
    ]
    counted = _search(own, "kinds", "origins", asked)
    if counted is not None:
        kind, unit, aspect = QuestionKind.WHO, None, None
        frame.append(counted.span())
    elif _search(own, "kinds", "duration", asked):
        kind, unit, aspect = QuestionKind.HOW_MANY, "duration", None
    speakers = _speakers(core, own, kind, stance, mentions, actors)
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
        figures=quantities.find(span, own),
        date=dates.resolve(asked, own, None),
        as_of=dates.bounds(dates.valid(as_of))[1] if as_of else None,
        counts_origins=counted is not None,
        compares=any(_search(own, "kinds", key, core) for key in ("compare", "agree")),
    )


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


@cache
def _patterns(language: str, section: str, key: str) -> tuple[re.Pattern[str], ...]:
    found = lexicon.load("questions", language)[section].get(key, ())
    return tuple(
        re.compile(p, re.IGNORECASE) for p in ([found] if isinstance(found, str) else found)
    )


def _search(language: str, section: str, key: str, asked: str) -> re.Match[str] | None:
    """The earliest match of any of the patterns."""
    found = [m for p in _patterns(language, section, key) if (m := p.search(asked))]
    return min(found, key=lambda m: m.start(), default=None)


def _core(asked: str, language: str) -> tuple[str, list[tuple[int, int]]]:
    """The question with what frames it blanked, offsets kept, and where the frame stands.

    The frame is a request ("Tell me", "Weiß man,") and a clause before it that presupposes
    something ("After the UN had verified it, …"); the words of the clause stay topic.
    """
    core, frame = asked, []
    clause = _search(language, "clauses", "leading", core)
    if clause is not None and clause.end() < len(core.rstrip(" ?!.")):
        core = " " * clause.end() + core[clause.end() :]
    while (request := _search(language, "frame", "request", core)) is not None:
        core = core[: request.start()] + " " * len(request.group()) + core[request.end() :]
        frame.append(request.span())
    return core, frame


def presupposing(asked: str, language: str) -> str | None:
    """The clause before a question that presupposes something: "Since NATO confirmed it, …"."""
    clause = _search(language, "clauses", "leading", asked)
    return asked[clause.start("clause") : clause.end("clause")] if clause else None


def _stance(core: str, language: str) -> tuple[Stance | None, list[tuple[int, int]]]:
    """The presumed stance, and where the words stand that say it.

    A verb goes before a noun: "say about the report".
    """
    nouns: list[tuple[Stance, list[tuple[int, int]]]] = []
    for name in lexicon.load("questions", language)["stances"]:
        found = [m for p in _patterns(language, "stances", name) for m in p.finditer(core)]
        for match in sorted(found, key=lambda m: m.start()):
            if not _is_noun(core, match.start(), language):
                return Stance(name), _ends(match)
            nouns.append((Stance(name), _ends(match)))
    return min(nouns, key=lambda noun: noun[1]) if nouns else (None, [])


def _ends(match: re.Match[str]) -> list[tuple[int, int]]:
    """The first and the last word of a verb in two parts: "räumte … ein"."""
    words = match.group().split()
    first, last = match.start() + len(words[0]), match.end() - len(words[-1])
    return [(match.start(), first), (last, match.end())] if len(words) > 1 else [match.span()]


def _is_noun(core: str, start: int, language: str) -> bool:
    """Whether a word of saying is a noun: behind a determiner; in German with a capital within."""
    before = core[:start]
    if language == "de" and before.strip(' "„“«»') and core[start].isupper():
        return True
    return any(p.search(before) for p in _patterns(language, "clauses", "before_noun"))


def _kind(
    core: str, language: str, stance: Stance | None, unit: str | None, opened: bool
) -> QuestionKind:
    """The kind of a question's core; `opened`: it begins with a known actor as a subject."""
    found = ((key, _search(language, "kinds", key, core)) for key in _KEYS)
    at = {key: match.start() for key, match in found if match}
    if "is_true" in at:
        return QuestionKind.WHETHER
    # A "who" behind another question word is a relative pronoun: "Where are those who said so?"
    others = [at[key] for key in ("how_many", "when", "where", "why") if key in at]
    if "who" in at and stance is not None and all(at["who"] <= place for place in others):
        return QuestionKind.WHO
    if "compare" in at:
        return QuestionKind.HOW_MANY if unit else QuestionKind.WHAT
    if at.get("whether") == 0 and "how_many" not in at:
        return QuestionKind.WHETHER
    named = next((key for key in _IN_ORDER if key in at), None)
    if named is not None:
        return _MEANT.get(named) or QuestionKind(named)
    return _without_word(core, language, stance, unit, opened)


def _without_word(
    core: str, language: str, stance: Stance | None, unit: str | None, opened: bool
) -> QuestionKind:
    """The kind of a question that has no question word."""
    if stance is None or _search(language, "attribution", "speaker", core):
        return QuestionKind.HOW_MANY if unit else QuestionKind.WHAT
    (start, _), *_ = _stance(core, language)[1]
    acts = opened and not _is_noun(core, start, language) and core.rstrip().endswith("?")
    return QuestionKind.WHETHER if acts else QuestionKind.WHAT


def _is_opened(core: str, language: str, mentions: Sequence[Mention]) -> bool:
    """Whether a question begins with a known actor as a subject: "The Kremlin denied it?"."""
    if not mentions or core[mentions[0].end :][:1] != " ":
        return False
    before = core[: mentions[0].start].lower().strip(' "«„“')
    return not before or text.is_function_word(before, language)


def _speakers(
    asked: str,
    language: str,
    kind: QuestionKind,
    stance: Stance | None,
    mentions: tuple[Mention, ...],
    actors: Actors,
) -> tuple[str, ...]:
    """Canonical names of those asked to have spoken: "laut X", or the subject of a speech verb."""
    for pattern in _patterns(language, "attribution", "speaker"):
        if match := pattern.search(asked):
            return (_named(match, mentions, actors),)
    if stance is None or kind is QuestionKind.WHO or _is_asked_for(asked, language, mentions):
        return ()
    named = [(m.start, m.end, m.actor.name) for m in mentions]
    named += [(start, end, state) for state, start, end in terms.peoples(asked)]
    # Who stands in the frame does not speak, nor who is counted: "the 500 Russian soldiers".
    counted = [q.span for q in quantities.find(Span("", 0, len(asked), asked), language)]
    named = [
        one
        for one in named
        if asked[one[0]] != " " and not any(c.start <= one[0] < c.end for c in counted)
    ]
    named.sort()
    about = _patterns(language, "attribution", "about")[0]
    # The first actor that no preposition makes a topic is the subject.
    subjects = [i for i, (start, _, _) in enumerate(named) if not about.search(asked[:start])]
    if not subjects:
        return ()
    first = _bearer(asked, named, subjects[0], actors)
    names = [named[first][2]]
    for (_, end, _), (start, _, name) in pairwise(named[first:]):
        if not CONJUNCTION.fullmatch(asked[end:start]):
            break
        names.append(name)
    return tuple(dict.fromkeys(names))


def _is_asked_for(asked: str, language: str, mentions: tuple[Mention, ...]) -> bool:
    """Whether the one who speaks is what is asked: "How many came, and who announced it?"."""
    who = _search(language, "kinds", "who", asked)
    spoken = _stance(asked, language)[1]
    if who is None or not spoken or not who.end() <= spoken[0][0]:
        return False
    between = asked[who.end() : spoken[0][0]]
    named = any(who.end() <= m.start < spoken[0][0] for m in mentions)
    return not named and not re.search(r"[,;?]", between)


def _bearer(asked: str, named: list[tuple[int, int, str]], first: int, actors: Actors) -> int:
    """Which actor a subject means: in "NATO Secretary General X" the person, not the body."""
    if first + 1 == len(named):
        return first
    (_, end, body), (start, _, name) = named[first], named[first + 1]
    between, person = asked[end:start], actors.get(name)
    titled = bool(between.strip()) and not re.search(r"[,?;]", between)
    titled = titled and len(between.split()) <= TITLE_WORDS + 1
    of_body = person is not None and person.kind is SourceKind.PERSON
    return first + 1 if titled and of_body and body in actors.chain(name) else first


def _named(match: re.Match[str], mentions: tuple[Mention, ...], actors: Actors) -> str:
    """Whom "according to …" names: an actor at the head of the phrase, or its own words."""
    start, end = match.span("who")
    for mention in mentions:
        before = match.string[start : mention.start].split()
        if start <= mention.start < end and len(before) <= TITLE_WORDS:
            return mention.actor.name
    phrase = " ".join(match["who"].split()[: TITLE_WORDS + 1])
    return actors.source(Span("", start, start + len(phrase), phrase)).name
