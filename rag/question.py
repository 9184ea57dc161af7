"""A question typed by rules: kind, who is asked to have spoken, presumed stance, unit, figures.

The regular expressions are data (`lexicon/questions.<language>.toml`). Kinds are tried in a fixed
order: comparison, truth, who + speech verb, how many, when, where, why, who, yes/no, what.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise

from rag import dates, lexicon, quantities, terms, text
from rag.actors import Actors, Mention
from rag.errors import InputError
from rag.schema import LANGUAGES, Filters, Question, QuestionKind, Span, Stance

MAX_CHARACTERS = 2000
TITLE_WORDS = 2  # "according to the lawmaker X": words before the name
CONJUNCTION = re.compile(
    r"\s*(?:,|und|and|та|і|й|и|sowie|or|oder|чи|или)\s*(?:the|die|der|das)?\s*"
)
_IN_ORDER = ("how_many", "when", "where", "why", "who", "amount", "whether", "what")


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
    stance, frame = _stance(asked, own)
    kind = _kind(asked, own, stance)
    frame += [
        match.span()
        for key in lexicon.load("questions", own)["frame"]
        # A greeting is too short to tell its language.
        for greeted in (LANGUAGES if key == "small_talk" else (own,))
        for pattern in _patterns(greeted, "frame", key)
        for match in pattern.finditer(asked)
    ]
    unit, aspect = quantities.asked(asked, own)
    counted = _search(own, "kinds", "origins", asked)
    if counted is not None:
        kind, unit, aspect = QuestionKind.WHO, None, None
        frame.append(counted.span())
    elif _search(own, "kinds", "duration", asked):
        kind, unit, aspect = QuestionKind.HOW_MANY, "duration", None
    speakers = _speakers(asked, own, kind, stance, mentions, actors)
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


def _stance(asked: str, language: str) -> tuple[Stance | None, list[tuple[int, int]]]:
    """The presumed stance, and where the words stand that say it."""
    for name in lexicon.load("questions", language)["stances"]:
        if match := _search(language, "stances", name, asked):
            return Stance(name), [match.span()]
    return None, []


def _kind(asked: str, language: str, stance: Stance | None) -> QuestionKind:
    def at(key: str) -> int | None:
        match = _search(language, "kinds", key, asked)
        return match.start() if match else None

    if at("is_true") is not None:
        return QuestionKind.WHETHER
    who, how_many = at("who"), at("how_many")
    if who is not None and stance is not None and (how_many is None or who <= how_many):
        return QuestionKind.WHO
    if at("compare") is not None:
        return QuestionKind.HOW_MANY if quantities.asked(asked, language)[0] else QuestionKind.WHAT
    if at("whether") == 0 and how_many is None:
        return QuestionKind.WHETHER
    for key in _IN_ORDER:
        if at(key) is not None:
            return QuestionKind.HOW_MANY if key == "amount" else QuestionKind(key)
    return QuestionKind.WHAT


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
    if stance is None or kind is QuestionKind.WHO:
        return ()
    named = [(m.start, m.end, m.actor.name) for m in mentions]
    named += [(start, end, state) for state, start, end in terms.peoples(asked)]
    named.sort()
    about = _patterns(language, "attribution", "about")[0]
    # The first actor that no preposition makes a topic is the subject.
    subjects = [i for i, (start, _, _) in enumerate(named) if not about.search(asked[:start])]
    if not subjects:
        return ()
    first = subjects[0]
    names = [named[first][2]]
    for (_, end, _), (start, _, name) in pairwise(named[first:]):
        if not CONJUNCTION.fullmatch(asked[end:start]):
            break
        names.append(name)
    return tuple(dict.fromkeys(names))


def _named(match: re.Match[str], mentions: tuple[Mention, ...], actors: Actors) -> str:
    """Whom "according to …" names: an actor at the head of the phrase, or its own words."""
    start, end = match.span("who")
    for mention in mentions:
        before = match.string[start : mention.start].split()
        if start <= mention.start < end and len(before) <= TITLE_WORDS:
            return mention.actor.name
    phrase = " ".join(match["who"].split()[: TITLE_WORDS + 1])
    return actors.source(Span("", start, start + len(phrase), phrase)).name
