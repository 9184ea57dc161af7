"""Whose own word a claim is: a decision or announcement, an admission, or a verification.

Rule 2 of `docs/flags.md`. It is strict: what a war party tells of the fighting is never one, but
where it speaks against its own interest.
"""

from __future__ import annotations

import re

from rag import allegiance, counting, hedging, lexicon, own_doing, verifying
from rag.actors import Actors
from rag.schema import Claim, Evidence, Polarity, Source, SourceKind, Span, Stance

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
    if verifying.of_body(source, actors) and (_is_finding(claim) or _is_own_doing(item)):
        return True
    if verifying.is_observed(claim, source, actors):
        return True
    if any(found.aspect in IN_BATTLE for found in claim.quantities) or _is_of_battle(item):
        return False
    return own_doing.is_own(item, source, actors)


def ground(item: Evidence, actors: Actors) -> str:
    """Why a claim that is confirmed is: a decision, an admission, a loss or a verification."""
    claim = item.claim
    if verifying.by_newsroom(item) or any(verifying.of_body(s, actors) for s in claim.sources):
        return "verification"
    if _concedes(item):
        return "admission"
    admitting = any(_admits(item, source, actors) for source in claim.sources)
    return "loss" if admitting else "decision"


def is_hedged(item: Evidence, actors: Actors) -> bool:
    """Whether the source itself calls it expected, possible or probable."""
    return item.claim.stance is Stance.EXPECTS or hedge(item, actors) is not None


def hedge(item: Evidence, actors: Actors) -> Span | None:
    """The words by which a source calls it expected, possible or probable; of a verb, the cue."""
    claim, language = item.claim, item.article.language
    reaching = hedging.reaching(item, actors)
    if reaching:
        return reaching[0]
    table = lexicon.load("own_word")
    if (likely := _found(item, table["likely"][language])) is not None:
        return likely
    if claim.stance is Stance.ESTIMATES and claim.cue is not None:
        supposes = re.match(table["supposing"][language], claim.cue.text.lower())
        return claim.cue if supposes else None
    if claim.stance is Stance.EXPECTS or is_left_possible(item):
        return claim.cue
    return _found(item, table["expects"][language])


def _found(item: Evidence, words: str) -> Span | None:
    """Where the content of a claim has one of these words."""
    pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w)")
    for part in item.claim.content:
        match = pattern.search(part.text.lower())
        if match is not None:
            return item.article.span(part.start + match.start(), part.start + match.end())
    return None


def is_left_possible(item: Evidence) -> bool:
    """Whether somebody does not rule it out, so that it may come to be so."""
    words = lexicon.load("own_word")["excluding"][item.article.language]
    cue = item.claim.cue.text.lower() if item.claim.cue else ""
    return item.claim.stance is Stance.NOT_DENIED and re.search(words, cue) is not None


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
    return any(verifying.of_body(source, actors) for source in claim.sources)


def is_conditional(item: Evidence) -> bool:
    """Whether the content holds only if something else happens."""
    words = set(lexicon.load("conditions")[item.article.language])
    text = " ".join(span.text for span in item.claim.content).lower()
    return any(re.search(rf"(?<!\w){word}(?!\w)", text) for word in words)


def is_count(claim: Claim) -> bool:
    """Whether a claim counts what the fighting cost or won."""
    return any(q.aspect in IN_BATTLE and q.low is not None for q in claim.quantities)


def _is_of_battle(item: Evidence) -> bool:
    """Whether a claim says who took, holds or hit what: no decision of the one who says it."""
    words = lexicon.load("comparisons", item.article.language)["battle"]
    return re.search(rf"(?<!\w)(?:{words})(?!\w)", own_doing.content_of(item)) is not None


def _admits(item: Evidence, source: Source, actors: Actors) -> bool:
    """Whether somebody states an own loss or setback, or admits by the verb what is theirs."""
    claim = item.claim
    if claim.stance not in OWN_WORD:
        return False
    party = allegiance.is_of_party(source, item.article, actors)
    if _concedes(item) and (party or _answers_for(item, source, actors)):
        return True
    if claim.polarity is not Polarity.POSITIVE:
        return False
    if _tells_on_own_unit(item, source, actors):
        return True
    return party and (
        counting.is_own_loss(item, source, actors) or _own_setback(item, source, actors)
    )


def _answers_for(item: Evidence, source: Source, actors: Actors) -> bool:
    """Whether somebody who admits something speaks for whom it is about: no judge of others.

    Who holds an office or runs a company, and names no state before their own.
    """
    if own_doing.is_free(source) or source.kind is SourceKind.ANONYMOUS:
        return False
    content = " ".join(span.text for span in item.claim.content)
    named = [mention.actor.name for mention in actors.find(content)]
    own = own_doing.states(source.mention.text, actors)
    return all(actors.same(name, source.name) or name in own for name in named)


def _concedes(item: Evidence) -> bool:
    """Whether the verb itself says that it is told against one's will: "admitted that ...".

    A count of people is none, unless they are the speaker's own ("212 of its customers") or it is
    given for the first time: the harm done to civilians is no admission.
    """
    claim, language = item.claim, item.article.language
    if claim.stance is not Stance.CONFIRMS or claim.cue is None:
        return False
    table = lexicon.load("own_word")
    if re.match(table["confirming"][language], claim.cue.text.lower()):
        return False
    first = re.search(rf"(?<!\w)(?:{table['first'][language]})(?!\w)", claim.sentence.text.lower())
    theirs = lexicon.load("comparisons", language)["own"]
    own = re.search(rf"(?<!\w)(?:{theirs})(?!\w)", own_doing.content_of(item))
    harmed = any(q.unit in counting.PEOPLE or q.aspect in IN_BATTLE for q in claim.quantities)
    return first is not None or own is not None or not harmed


def _own_setback(item: Evidence, source: Source, actors: Actors) -> bool:
    """Whether a war party says that its own troops withdrew or lost ground."""
    words = lexicon.load("comparisons", item.article.language)["setback"]
    return (
        own_doing.is_about(item.claim, source, actors)
        and not item.claim.quantities
        and re.search(rf"(?<!\w)(?:{words})(?!\w)", own_doing.content_of(item)) is not None
    )


def _tells_on_own_unit(item: Evidence, source: Source, actors: Actors) -> bool:
    """Whether somebody of an army says that their own unit lost people or ground.

    They say "we", or command the unit that is the subject; no party is named.
    """
    article, words = item.article, own_doing.content_of(item)
    if not allegiance.is_of_army(source, article, actors) or actors.find(words):
        return False
    table = lexicon.load("own_word")
    lost = re.search(rf"(?<!\w)(?:{table['losing'][article.language]})(?!\w)", words)
    if lost is None:
        return False
    we = re.search(rf"(?<!\w)(?:{table['we'][article.language]})(?!\w)", words)
    return we is not None or allegiance.commands(source, words, article)


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
    return re.match(rf"\W*(?:{himself})(?!\w)", own_doing.content_of(item)) is not None
