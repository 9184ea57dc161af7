"""Whether what a question takes to have happened is denied by the articles, or told by them.

The premise fails where a clause denies it and none that is as near to the question affirms it
(`rag/event_matches.py`); where it stands in the articles as a plan only; where they date it
otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag import contraries, dates, polarity, terms
from rag.clause_bounds import pattern
from rag.event_matches import Event, Match
from rag.ground import EXACT, OTHER, Ground
from rag.polarity import Force
from rag.presumptions import asks_for_words
from rag.relevance import ASSERTING, Scored
from rag.schema import Sentence, Stance
from rag.told import RankedSentence, sentences

# Who announces, expects or warns tells of what is to come.
TELLING = ASSERTING - {Stance.ANNOUNCES, Stance.EXPECTS, Stance.WARNS}
# Of the question: what must be shared by a denial, by what is only planned, by what dates the event
# otherwise (in its setting, in itself), by what was said last.
ENOUGH, PLANNED, WHOLE, WITHIN, HALF = 0.42, 0.5, 0.7, 0.6, 0.5
# Of what a denial shares: what outweighs it must, or where it is weak; what goes with.
CLOSE, LOOSE, KEPT = 0.9, 0.6, 0.6
AHEAD = 0.15  # what a clause must be ahead that lacks something that the denial has
FIRST, EARLY = 3, 6  # ranked sentences among which a contrary must stand, and a plan


def denials(ground: Ground, scored: Sequence[Scored]) -> list[Scored]:
    """The claims that deny the event of a question, best first; none where one affirms it."""
    event = Event(ground)
    if not event.asked.keys:
        return []
    matches = list(event.matches(sentences(ground, scored)))
    denying = [m for m in matches if m.denies and m.score >= ENOUGH and m.time != OTHER]
    if not denying:
        return []
    best = max(denying, key=lambda m: (m.sureness, m.time))
    if event.asked.is_negative and not _is_plainly_so(event, best, matches):
        return []
    refuted = {m.of.sentence for m in matches if m.denies and m.of is not None}
    if any(_outweighs(one, best, refuted) for one in matches):
        return []
    ordered = sorted(denying, key=lambda m: (-m.sureness, -m.time))
    kept = (m.told.correcting for m in ordered if m.score >= KEPT * best.score)
    return list(dict.fromkeys(kept))


def _is_plainly_so(event: Event, best: Match, matches: Sequence[Match]) -> bool:
    """Whether what a question takes not to have been is told, and nowhere else not to be."""
    told = best.keys >= event.asked.keys and best.score >= WHOLE and best.told.rank < FIRST
    return told and not any(m.keys and m.score >= ENOUGH for m in matches if not m.denies)


def _outweighs(one: Match, denial: Match, refuted: set[Sentence]) -> bool:
    """Whether a clause affirms what another denies, of the same time and as near to it."""
    telling = any(found.claim.stance in TELLING for found in one.told.claims)
    if one.denies or one.planned or not telling or one.told.sentence in refuted:
        return False
    if one.time == OTHER or (denial.time == EXACT and one.time != EXACT):
        return False
    if one.told is denial.told:
        stronger = denial.by_opposite or not one.by_opposite
        return stronger and not denial.focused and one.own >= denial.own
    if not one.keys >= denial.keys:
        return one.score >= denial.score + AHEAD
    if not (denial.is_weak or one.names >= denial.names):
        return one.score >= denial.score
    return one.score >= (LOOSE if denial.is_weak else CLOSE) * denial.score


def plans(ground: Ground, scored: Sequence[Scored]) -> list[Scored]:
    """The claims that have the event of a question only as planned; none where one affirms it."""
    event = Event(ground)
    if not event.asked.keys or event.is_wished or event.asked.is_negative:
        return []
    matches = [m for m in event.matches(sentences(ground, scored)) if m.time != OTHER]
    planned = [
        m
        for m in matches
        if m.planned and m.keys >= event.asked.keys and m.score >= PLANNED and m.told.rank < EARLY
    ]
    if not planned:
        return []
    best = max(planned, key=lambda m: m.score)
    done = (m for m in matches if not (m.planned or m.denies) and m.keys & best.keys)
    if any(m.score >= CLOSE * best.score for m in done):
        return []
    return [best.told.correcting]


def elsewhere(ground: Ground, scored: Sequence[Scored]) -> list[Scored]:
    """The claims that date the event of a question otherwise, where none has it at its time."""
    event = Event(ground)
    if ground.question.date is None or not event.asked.keys:
        return []
    matches = event.matches(sentences(ground, scored))
    telling = [m for m in matches if not (m.denies or m.planned) and m.keys >= event.asked.keys]
    every = [m for m in telling if m.score >= WHOLE]
    if any(_is_timely(ground, one) for one in every):
        return []
    moved = [m for m in every if m.time == OTHER and m.told.claims[0].claim.date]
    ordered = sorted(moved, key=lambda m: -m.score)
    return list(dict.fromkeys(m.told.claims[0] for m in ordered if event.within(m.told) >= WITHIN))


def _is_timely(ground: Ground, one: Match) -> bool:
    """Whether a clause tells of the time asked of, or stands where that time is given."""
    if one.time == OTHER:
        return False
    if one.time == EXACT or one.told.claims[0].claim.date is not None:
        return True
    later = pattern(one.told.language, "later").search(one.told.sentence.text)
    return later is None and f"d:{ground.question.date}" in one.told.near


def last_told(ground: Ground, scored: Sequence[Scored]) -> list[Scored]:
    """The claims that tell when, before the time asked of, something was said for the last time."""
    asked = ground.question
    if asked.date is None or not asks_for_words(asked):
        return []
    event = Event(ground)
    found: list[Scored] = []
    for told in sentences(ground, scored):
        last = pattern(told.language, "last").search(told.sentence.text)
        own = any(ground.links(name) & told.held for name in asked.speakers)
        if last and own and _is_before(told, asked.date) and event.share(told) >= HALF:
            found.append(told.correcting)
    return found


def _is_before(told: RankedSentence, day: str) -> bool:
    """Whether all dates of a sentence lie before a day or period."""
    first = dates.bounds(day)[0]
    days = [term.removeprefix("d:") for term in told.held if term.startswith("d:")]
    return bool(days) and all(found < first[: len(found)] for found in days)


def withholds(ground: Ground, found: Scored) -> bool:
    """Whether a claim says of a presumed speaker that no number was given, or gives the silence."""
    claim, article = found.claim, ground.article(found)
    if article is None or ground.time(found) == OTHER:
        return False
    sentence = claim.sentence.text
    if pattern(article.language, "number").search(sentence) is None:
        return False
    names = ground.presumed.speakers
    if claim.stance is Stance.NO_COMMENT and ground.speaks(found, names):
        return True
    sources = (ground.links(source.name) for source in claim.sources)
    held = found.held.union(ground.around(found), *sources)
    if claim.sources or not any(f"@{terms.slug(n)}" in held for n in names):
        return False
    giving = contraries.keys_of("saying", "giving")
    pieces = polarity.read(sentence, article.language).pieces
    return any(p.force is Force.DENIED and any(w.keys & giving for w in p.words) for p in pieces)
