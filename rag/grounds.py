"""Why a flag was given, in the reader's language: the rule, who triggered it, by which words.

The words stand in quotation marks as they stand in the article: a cue of denying, a hedge, the
phrase of a caveat, a figure that does not go with another.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag import caveats, lexicon, own_word, positions, verifying
from rag.actors import Actors
from rag.phrasing import Phrases
from rag.relevance import CONTRARY, SILENT
from rag.schema import Evidence, Flag, Question, Span, Stance

MOST = 3  # claims whose words are given
LONG = 60  # characters of words that are given whole


def text(
    question: Question, flag: Flag, triggers: Sequence[Evidence], actors: Actors, language: str
) -> str:
    """What the rule of a flag says, and who triggered it by which words.

    Where a rule holds for one of several reasons (an admission, a verification), it says which.
    """
    table = lexicon.load("answers", language)
    reasons = table["grounds"]
    kind = _kind(flag, triggers, actors)
    made = str(reasons[kind] if kind else table["why"][str(flag.rule)])
    if flag is Flag.ATTRIBUTED:
        return made
    phrases = Phrases(language, actors)
    told = [_ground(question, flag, item, actors, phrases) for item in triggers]
    named = list(dict.fromkeys(filter(None, told)))[:MOST]
    if not named:
        return made
    return str(reasons["joined"]).format(why=made.rstrip("."), grounds="; ".join(named))


def _kind(flag: Flag, triggers: Sequence[Evidence], actors: Actors) -> str:
    """Which of the reasons of a rule it is; none where there is but one, or where they differ."""
    kinds = set[str]()
    if flag is Flag.CONFIRMED and any(item.claim.stance in CONTRARY for item in triggers):
        kinds = {"given_up"}
    elif flag is Flag.CONFIRMED:
        kinds = {own_word.ground(item, actors) for item in triggers[:1]}
    elif flag is Flag.UNVERIFIED:
        kinds = {"silence" if all(_is_silent(item) for item in triggers) else "caveat"}
    elif flag is Flag.ATTRIBUTED and not any(item.claim.sources for item in triggers):
        kinds = {"own_voice"}
    return next(iter(kinds), "")


def _is_silent(item: Evidence) -> bool:
    return item.claim.stance in (Stance.NO_COMMENT, Stance.DOES_NOT_CONFIRM)


def _ground(
    question: Question, flag: Flag, item: Evidence, actors: Actors, phrases: Phrases
) -> str:
    """Who, and the words that count for this rule; nothing of the article's own words without."""
    table = lexicon.load("answers", phrases.language)["grounds"]
    claim = item.claim
    who = phrases.sources(claim.sources)[0] if claim.sources else str(table["article"])
    words = _words(question, flag, item, actors)
    if words is None:
        return who if claim.sources else ""
    return str(table["words"]).format(source=who, words=phrases.quote_marks(words.text))


def _words(question: Question, flag: Flag, item: Evidence, actors: Actors) -> Span | None:
    """The words of an article by which a claim triggers the rule of a flag."""
    match flag:
        case Flag.CONFIRMED:
            found = verifying.words(item) or item.claim.cue
        case Flag.CONFLICTING:
            figure = positions.quantity_of(question, item.claim)
            found = figure.span if figure is not None else item.claim.cue
        case Flag.HEDGED:
            found = own_word.hedge(item, actors)
        case Flag.UNVERIFIED:
            doubt = caveats.words(item.claim.sentence, item.article)
            found = doubt or (item.claim.cue if item.claim.stance in SILENT else None)
        case Flag.DENIED:
            found = item.claim.cue
        case _:
            found = None
    return found if found is not None and len(found.text) <= LONG else None
