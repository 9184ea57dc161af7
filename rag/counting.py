"""What a figure counts beside its unit: whose people or land, where, when, and which part.

Two figures count the same only where none of these differ: North Korean dead are no Ukrainian
dead, the dead of a year are a part of all, "more than the day before" is no total. What a text
leaves open may be the same. Words: `lexicon/comparisons.<language>.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from rag import dates, figure_scope, lexicon, owners, tagging, terms, text, units
from rag.actors import Actors
from rag.schema import Evidence, Form, Quantity, Source, Span

PEOPLE = units.PERSONS | frozenset(units.STATES.values())
MONTH, SEASON = 31, 92  # days
REMEMBERED = 1_000  # claims
HEADING = 80  # characters: a line without a full stop that is no longer is a heading
_INCREASE = "increase"
_BESIDE = 3  # words before and behind a number that belong to it
_LOSSES = frozenset(units.STATES.values()) - {"deserters"}
_SOLDIERS = ("soldiers", "officers", "generals", "engineers", "losses", "brigades", "units")
_NAME = re.compile(r"\b[A-ZÄÖÜА-ЯІЇЄҐ][\w’'-]{2,}")
_MARK = re.compile(r"[,;:.!?()](?!\d)")


@dataclass(frozen=True, slots=True)
class Counted:
    """What a figure counts beside its unit: whose, where, over which period, which part and people.

    What the sentence leaves open of the people is read from its paragraph before, and the title.
    """

    parties: frozenset[str]
    places: frozenset[str]
    period: str | None
    parts: frozenset[str]
    people: frozenset[str]  # who fights, or civilians


def of(item: Evidence, figure: Quantity, actors: Actors) -> Counted:
    """What the claim says of a figure beside its unit, from the content that holds it."""
    content = next(
        (s for s in item.claim.content if s.start <= figure.span.start < s.end),
        item.claim.sentence,
    )
    at = (figure.span.start - content.start, figure.span.end - content.start)
    named = owners.named(content.text, actors)
    people = figure.unit in PEOPLE
    # Of land both its owner and who holds it are named, so there every state counts.
    parties = _owner(content.text, at, named) if people else _states(named)
    parties = parties or _states(_around(item, content, actors))
    kinds: frozenset[str] = frozenset()
    if people:
        parties = parties or _before(item, content, actors)
        kinds = _people(item, content, figure)
    parts = frozenset(
        kind
        for kind, pattern in _parts(item.article.language)
        if pattern.search(_telling(kind, content.text, at).lower())
    )
    before = [q for q in item.claim.quantities if content.start <= q.span.start < figure.span.start]
    if any(q.unit != figure.unit for q in before):
        parts -= {_INCREASE}  # "205 soldiers and another six civilians": of something else
    places = _places(item, content, actors)
    return Counted(parties, places, _period(item, content, figure), parts, kinds)


def _before(item: Evidence, content: Span, actors: Actors) -> frozenset[str]:
    """The state whose people the text has named last before a content, or else the title alone.

    "Nordkoreanische Soldaten", not "in Russland".
    """
    own = {actors.chain(s.name)[-1] for s in (*item.claim.sources, *item.claim.via)}
    found = [f for f in terms.peoples(_paragraph(item, content)[1]) if f[0] not in own]
    titled = _states(owners.named(item.article.title, actors))
    last = frozenset(state for state, start, _ in found if start == max(f[1] for f in found))
    return last or (titled if len(titled) == 1 else frozenset())


def _people(item: Evidence, content: Span, figure: Quantity) -> frozenset[str]:
    """Whether a figure is of people who fight or of civilians, where the text says so."""
    language, own = item.article.language, units.group_of(figure.span.text)
    texts = (own or "", content.text, _paragraph(item, content)[1], item.article.title)
    found = (figure_scope.classes(words, language) for words in texts if words)
    return next((frozenset({some[-1][1]}) for some in found if some), frozenset())


def _paragraph(item: Evidence, content: Span) -> tuple[int, str]:
    """Where the paragraph of a content begins, and its text before the content."""
    start = item.article.text.rfind("\n", 0, content.start) + 1
    return start, item.article.text[start : content.start]


def _owner(words: str, at: tuple[int, int], named: Sequence[owners.Named]) -> frozenset[str]:
    found = owners.of_figure(words, at, named)
    return frozenset({found}) if found else frozenset()


def _states(named: Iterable[tuple[int, int, str]]) -> frozenset[str]:
    return frozenset(state for _, _, state in named)


def _around(item: Evidence, content: Span, actors: Actors) -> list[tuple[int, int, str]]:
    """The states that the sentence names beside the content, and for which nobody of it speaks.

    "That does not fit the figures from Seoul: the service had spoken of 300 dead."
    """
    sentence = item.claim.sentence
    spoken = [s.mention for s in (*item.claim.sources, *item.claim.via)]
    own = {actors.chain(s.name)[-1] for s in (*item.claim.sources, *item.claim.via)}
    taken = [(s.start - sentence.start, s.end - sentence.start) for s in (content, *spoken)]
    return [
        found
        for found in owners.named(sentence.text, actors)
        if found[2] not in own and not any(low <= found[0] < high for low, high in taken)
    ]


@lru_cache(maxsize=REMEMBERED)  # asked of each pair
def places(item: Evidence, actors: Actors) -> frozenset[str]:
    """The names in what a claim says that are no actors, peoples or dates, by their consonants."""
    return frozenset().union(*(_places(item, content, actors) for content in item.claim.content))


def _places(item: Evidence, content: Span, actors: Actors) -> frozenset[str]:
    """The names in a content that are no actors, peoples or dates, by their consonants."""
    words, article = content.text, item.article
    taken = [(m.start, m.end) for m in actors.find(words)]
    taken += [(start, end) for _, start, end in terms.peoples(words)]
    for day, _ in dates.find(content, article.language, article.published):
        taken.append((day.start - content.start, day.end - content.start))
    return frozenset(
        bones
        for start, bones in _names(words, article.language)
        if start and not any(low <= start < high for low, high in taken)
    )


def _period(item: Evidence, content: Span, figure: Quantity) -> str | None:
    """The time that a figure counts over, where the content names one beside the date of saying.

    Where no date of saying is known, a day or month is taken for it (`said_on`). What an article
    itself tells of a month is no saying: "219 dead made July the deadliest month".
    """
    said, harmed = item.claim.date, figure.unit in units.ASPECT_OF_STATE
    told = item.claim.form is Form.NARRATED and harmed
    if said and days(said) > (1 if told else SEASON):
        return said
    values = [value for value in _dated(item, content) if value != item.claim.date]
    if item.claim.date is None:
        values = [value for value in values if days(value) > MONTH]
    return values[0] if values else None


def said_on(item: Evidence) -> str | None:
    """The day, month or season on which a claim was made, where its sentence names one.

    A year is what was counted over, not when it was said.
    """
    claim = item.claim
    if claim.date and days(claim.date) <= SEASON:
        return claim.date
    spans = (*claim.content, claim.sentence)
    found = [v for span in spans for v in _dated(item, span) if days(v) <= MONTH]
    return found[0] if found else None


def _dated(item: Evidence, content: Span) -> list[str]:
    """The values of the dates in a content that are no bounds of a count ("since 2022")."""
    table = lexicon.load("comparisons", item.article.language)
    before = re.compile(rf"(?<!\w)(?:{table['bounds']})\W*$")
    opening = re.compile(rf"(?:{table['bounds']})(?!\w)")
    return [
        value
        for span, value in dates.find(content, item.article.language, item.article.published)
        if value
        and not before.search(content.text[: span.start - content.start].lower())
        and not opening.match(span.text.lower())
    ]


def _telling(kind: str, words: str, at: tuple[int, int]) -> str:
    """What can say of a figure that it is such a part: "another nine", not "still" elsewhere."""
    if kind != _INCREASE:
        return words if kind == "rate" else _clause(words, at)
    before, behind = words[: at[0]].split()[-_BESIDE:], words[at[0] :].split()[: 2 * _BESIDE]
    return " ".join((*before, *behind))


def _clause(words: str, at: tuple[int, int]) -> str:
    """The words between the marks around a figure."""
    opened = max((m.end() for m in _MARK.finditer(words, 0, at[0])), default=0)
    closed = _MARK.search(words, at[1])
    return words[opened : closed.start() if closed else len(words)]


@cache
def _parts(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = lexicon.load("comparisons", language)
    return tuple(
        (kind, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)"))
        for kind, pattern in table["parts"].items()
    )


def same(one: Counted, other: Counted) -> bool:
    """Whether nothing that both say of their figures differs."""
    if one.parties and other.parties and not one.parties & other.parties:
        return False
    if one.places and other.places and not one.places & other.places:
        return False
    if one.parts != other.parts:
        return False
    if one.people and other.people and not one.people & other.people:
        return False
    if one.period and other.period:
        return dates.overlaps(one.period, other.period)
    # A figure for a month or a year is a part of a total; one for a day names the event.
    return all(days(p) <= 1 for p in (one.period, other.period) if p)


def is_own_loss(item: Evidence, source: Source, actors: Actors) -> bool:
    """Whether a war party states losses of its own soldiers, so against its own interest.

    Strict: the noun phrase of the figure names its state ("43,000 Ukrainian soldiers"), the state
    is what lost them, or they are "its" or "our" soldiers where no enemy is named before.
    """
    own = actors.chain(source.name)[-1]
    return actors.is_war_party(source.side) and any(
        figure.unit in _LOSSES and _is_of(item, figure, own, actors)
        for figure in item.claim.quantities
    )


def _is_of(item: Evidence, figure: Quantity, own: str, actors: Actors) -> bool:
    content = next((s for s in item.claim.content if s.start <= figure.span.start < s.end), None)
    if content is None:
        return False
    language = item.article.language
    held = terms.of_text(content, language, actors, None)
    if not any(f"#{unit}" in held for unit in _SOLDIERS):
        return False
    at = (figure.span.start - content.start, figure.span.end - content.start)
    named = owners.named(content.text, actors)
    if named:
        lost = figure.aspect == "lost" and own in _owner(content.text, at, named)
        return lost or owners.beside(content.text, at, named) == own
    words = re.compile(rf"(?<!\w)(?:{lexicon.load('comparisons', language)['own']})(?!\w)")
    theirs = words.search(_clause(content.text, at).lower()) is not None
    return (theirs or _heads(item, own, actors)) and not _enemies(item, own, actors)


def _heads(item: Evidence, own: str, actors: Actors) -> bool:
    """Whether the heading over the paragraph of a claim names this state and no other."""
    lines = item.article.text[: item.quote.start].split("\n")[:-1]
    short = (line for line in reversed(lines) if 0 < len(line) <= HEADING and line[-1] != ".")
    heading = next(short, "")
    return _states(owners.named(heading, actors)) == {own}


def _enemies(item: Evidence, own: str, actors: Actors) -> bool:
    """Whether the paragraph of a claim names, up to it, a war party of another bloc."""
    text = item.article.text
    around = text[text.rfind("\n", 0, item.quote.start) + 1 : item.quote.end]
    sides = {
        actor.side for _, _, name in owners.named(around, actors) if (actor := actors.get(name))
    }
    speaker = actors.get(own)
    return speaker is None or any(
        actors.is_war_party(side) and actors.bloc(side) != actors.bloc(speaker.side)
        for side in sides
    )


def days(period: str) -> int:
    """How many days an ISO date or period has."""
    first, last = dates.bounds(period)
    return (date.fromisoformat(last) - date.fromisoformat(first)).days + 1


@lru_cache(maxsize=1024)  # a claim is compared with many
def _names(words: str, language: str) -> tuple[tuple[int, str], ...]:
    """Where the names of a text start, each with its consonants; German writes all nouns large."""
    tagged: set[int] | None = None
    if language == "de":
        tokens = tagging.tagger("de").tag(words)
        tagged = {token.start for token in tokens if token.tag is tagging.Tag.NAME}
    found = (
        (match.start(), terms.skeleton(text.stem(match.group().lower(), language)))
        for match in _NAME.finditer(words)
        if tagged is None or match.start() in tagged
    )
    return tuple((start, bones) for start, bones in found if bones)
