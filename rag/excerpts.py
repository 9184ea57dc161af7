"""What is quoted of a claim in a statement: its content, or the whole sentence."""

from __future__ import annotations

from rag.schema import Claim, Form, Polarity, Span

FRAGMENT = 4  # words; fewer say too little by themselves
# Rules whose content is a noun phrase or an infinitive: no sentence that could stand as one.
PHRASAL = frozenset(
    {"object", "prepositional_object", "naming", "anaphora", "figure", "infinitive", "talk"}
    | {"nominal", "label", "no_comment", "unverified", "does_not_confirm", "not_denied"}
    | {"according_to"}  # what is left of the sentence begins with its verb
)


def shown(claim: Claim) -> tuple[Span, str]:
    """What is quoted of a claim, and the template for it: "direct", "indirect" or "negated".

    Content in pieces is shown with its sentence, so that no words are joined that stood apart; so
    is what is no sentence itself ("a request for comment"), and what is negated.
    """
    if claim.polarity is Polarity.NEGATIVE:
        return claim.sentence, "negated"
    words = claim.content[0].text.split() if claim.content else []
    fragment = claim.rule in PHRASAL or len(words) < FRAGMENT
    if len(claim.content) != 1 or (fragment and claim.form is not Form.DIRECT):
        return claim.sentence, "indirect"
    return claim.content[0], "direct" if claim.form is Form.DIRECT else "indirect"
