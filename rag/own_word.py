"""Whose own word a claim is: a decision or announcement, an admission, or a verification.

Rule 2 of `docs/flags.md`. It is strict: what a war party tells of the fighting is never one, but
where it speaks against its own interest.
"""

from __future__ import annotations

import re

from rag import allegiance, counting, hedging, lexicon, terms
from rag.actors import Actors
from rag.schema import Claim, Evidence, Polarity, Side, Source, SourceKind, Stance

# What is won or lost in battle: a war party's word on it is never a confirmation.
IN_BATTLE = frozenset(
    {"killed", "wounded", "killed_and_wounded", "captured", "lost", "missing", "destroyed"}
    | {"downed", "retaken", "controlled"}
)

_STATE = SourceKind.STATE
# How somebody states what is; an estimate, an accusation or a demand is another thing.
OWN_WORD = frozenset({Stance.ASSERTS, Stance.CONFIRMS, Stance.ANNOUNCES, Stance.REPORTS})


def owns(item: Evidence, source: Source, actors: Actors) -> bool:
    """Whether this is its owner's own decision or announcement, own loss, or a verification.

    Strict: an announcement must be about the source itself, so its content names the source
    before anybody else's state or people, and counts nothing that was won or lost in battle.
    """
    claim = item.claim
    if is_hedged(item, actors) or is_conditional(item):
        return False
    if _admits(item, source, actors):
        return True
    if _verifies(source, actors) and (_is_finding(claim) or _is_own_doing(item)):
        return True
    if claim.stance is not Stance.ANNOUNCES or not claim.content:
        return False
    if any(found.aspect in IN_BATTLE for found in claim.quantities) or _is_of_battle(item):
        return False
    return _is_about(claim, source, actors) or _is_of_its_state(item, source, actors)


def is_hedged(item: Evidence, actors: Actors) -> bool:
    """Whether the source itself calls it expected, possible or probable."""
    if item.claim.stance is Stance.EXPECTS or hedging.reaching(item, actors):
        return True
    table, language, cue = lexicon.load("own_word"), item.article.language, item.claim.cue
    if re.search(rf"(?<!\w)(?:{table['likely'][language]})(?!\w)", _content(item)):
        return True
    if item.claim.stance is Stance.ESTIMATES and cue is not None:
        return re.match(table["supposing"][language], cue.text.lower()) is not None
    return re.search(rf"(?<!\w)(?:{table['expects'][language]})(?!\w)", _content(item)) is not None


def is_of_both_sides(item: Evidence) -> bool:
    """Whether an article gives it as what both parties to the war say."""
    both = lexicon.load("own_word")["both"][item.article.language]
    sentence = item.claim.sentence.text.lower()
    told = bool(item.claim.sources) or item.claim.stance is Stance.REPORTS
    return told and re.search(rf"(?<!\w)(?:{both})(?!\w)", sentence) is not None


def is_verified(item: Evidence, actors: Actors) -> bool:
    """Whether somebody whose word is a verification says how it is."""
    claim = item.claim
    if claim.stance not in OWN_WORD or claim.polarity is not Polarity.POSITIVE:
        return False
    if is_hedged(item, actors) or is_conditional(item):
        return False
    return any(_verifies(source, actors) for source in claim.sources)


def is_conditional(item: Evidence) -> bool:
    """Whether the content holds only if something else happens."""
    words = set(lexicon.load("conditions")[item.article.language])
    text = " ".join(span.text for span in item.claim.content).lower()
    return any(re.search(rf"(?<!\w){word}(?!\w)", text) for word in words)


def is_count(claim: Claim) -> bool:
    """Whether a claim counts what the fighting cost or won."""
    return any(q.aspect in IN_BATTLE and q.low is not None for q in claim.quantities)


def _content(item: Evidence) -> str:
    return " ".join(span.text for span in item.claim.content).lower()


def _is_of_battle(item: Evidence) -> bool:
    """Whether a claim says who took, holds or hit what: no decision of the one who says it."""
    words = lexicon.load("comparisons", item.article.language)["battle"]
    return re.search(rf"(?<!\w)(?:{words})(?!\w)", _content(item)) is not None


def _is_about(claim: Claim, source: Source, actors: Actors) -> bool:
    """Whether the content names the source, its state or its people before anybody else's."""
    content = " ".join(span.text for span in claim.content)
    named = [(m.start, m.actor.name) for m in actors.find(content)]
    named += [(start, state) for state, start, _ in terms.peoples(content)]
    return bool(named) and actors.same(min(named)[1], source.name)


def _is_of_its_state(item: Evidence, source: Source, actors: Actors) -> bool:
    """Whether an official whose state is left out announces what a state will do.

    "Poland will close the crossing, the interior minister announced": an office without a state is
    that of the state spoken of. Of a war party the name must say so.
    """
    if source.side is not Side.OTHER or source.kind is SourceKind.ANONYMOUS:
        return False
    if actors.get(source.name) is not None:
        return False
    own = _states(source.mention.text, actors)
    beside = own or _states(item.claim.sentence.text, actors)
    named = actors.find(" ".join(span.text for span in item.claim.content))
    state = named[0].actor if named else None
    return state is not None and state.side is Side.OTHER and beside == {state.name}


def _states(words: str, actors: Actors) -> set[str]:
    return {m.actor.name for m in actors.find(words) if m.actor.kind is _STATE}


def _admits(item: Evidence, source: Source, actors: Actors) -> bool:
    """Whether a war party states its own loss or setback, against its own interest."""
    claim = item.claim
    if claim.polarity is not Polarity.POSITIVE or claim.stance not in OWN_WORD:
        return False
    if not allegiance.is_of_party(source, item.article, actors):
        return False
    return (
        counting.is_own_loss(item, source, actors)
        or _own_setback(item, source, actors)
        or _concedes(item)
    )


def _concedes(item: Evidence) -> bool:
    """Whether the verb itself says that it is told against one's will: "admitted that ...".

    A figure of what the war did to civilians is none, unless it is said for the first time.
    """
    claim, language = item.claim, item.article.language
    if claim.stance is not Stance.CONFIRMS or claim.cue is None:
        return False
    table = lexicon.load("own_word")
    if re.match(table["confirming"][language], claim.cue.text.lower()):
        return False
    first = re.search(rf"(?<!\w)(?:{table['first'][language]})(?!\w)", claim.sentence.text.lower())
    return first is not None or not claim.quantities


def _own_setback(item: Evidence, source: Source, actors: Actors) -> bool:
    """Whether a war party says that its own troops withdrew or lost ground."""
    words = lexicon.load("comparisons", item.article.language)["setback"]
    return (
        _is_about(item.claim, source, actors)
        and not item.claim.quantities
        and re.search(rf"(?<!\w)(?:{words})(?!\w)", _content(item)) is not None
    )


def _is_finding(claim: Claim) -> bool:
    """Whether a body that verifies gives what it confirmed or counted itself; no estimate."""
    if claim.stance is Stance.CONFIRMS:
        return claim.polarity is Polarity.POSITIVE
    return claim.stance in OWN_WORD and claim.polarity is Polarity.POSITIVE and is_count(claim)


def _is_own_doing(item: Evidence) -> bool:
    """Whether the subject of what is said is a pronoun for who says it: "that it investigates"."""
    if item.claim.stance not in OWN_WORD:
        return False
    himself = lexicon.load("own_word")["himself"][item.article.language]
    return re.match(rf"\W*(?:{himself})(?!\w)", _content(item)) is not None


def _verifies(source: Source, actors: Actors) -> bool:
    """Whether the source, or the body it speaks for, is one whose word is a verification."""
    names = lexicon.load("verifiers")["names"]
    return any(name in names for name in actors.chain(source.name))
