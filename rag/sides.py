"""What is compared of a claim and of the quotation: the words of its own, and no other claim's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rag import traits
from rag.actors import Actors
from rag.comparison import Part
from rag.cues import words_of
from rag.exhibits import Exhibit
from rag.schema import Article, Claim
from rag.traits import Extent

_LOOSE = ("figure", "object")  # rules of claims whose content is no clause


def said(
    claim: Claim,
    claims: Sequence[Claim],
    article: Article,
    quotes: Sequence[Extent],
    actors: Actors,
) -> Part:
    """What a sentence, read as an article, states by one of its claims, quotations left out."""
    away = list(quotes)
    for one in claims:
        if one is not claim and not _touch(one, claim):
            away += [(s.start, s.end) for s in one.content]
            away += [(s.mention.start, s.mention.end) for s in one.sources]
        away += _cue(one, 0)
    fixed = _fixed(claim, article)
    unknown = [s.mention for s in claim.sources if not actors.get(s.name)]
    away += [*fixed, *((m.start, m.end) for m in unknown)]  # their words are compared by `voices`
    starts = tuple(at for s in claim.content for at in (s.start, s.end))
    return Part(
        traits.read(article.text, article.language, article.published, actors, starts),
        _without((0, len(article.text)), away),
        tuple((s.mention.start, s.mention.end) for s in (*claim.sources, *claim.via)),
        _cue(claim, 0),
        tuple(fixed),
    )


def shown(claim: Claim, exhibit: Exhibit, actors: Actors) -> Part:
    """What a quotation states by one of its claims: its sentence and content, no other source's."""
    away: list[Extent] = []
    for one in exhibit.claims:
        if one is not claim and one.sources != claim.sources and not _touch(one, claim):
            away += [(s.start, s.end) for s in one.content]
    spans = (claim.sentence, *claim.content)
    region = [e for s in spans for e in _without((s.start, s.end), away)]
    base, article = exhibit.start, exhibit.article
    starts = tuple(at - base for s in claim.content for at in (s.start, s.end))
    return Part(
        traits.read(exhibit.quote, article.language, article.published, actors, starts),
        tuple((start - base, end - base) for start, end in region),
        guarded=_cue(claim, base),
        dates=(claim.date,) if claim.date else (),
        loose=claim.rule in _LOOSE,
    )


def _fixed(claim: Claim, article: Article) -> list[Extent]:
    """The words of a fixed phrase of silence or doubt, without what it is about."""
    made: list[Extent] = []
    for stance, pattern in words_of(article.language).fixed:
        for match in pattern.finditer(article.text) if stance is claim.stance else ():
            groups = [match.span(name) for name in match.groupdict() if match[name]]
            made += _without(match.span(), groups)
    return made


def _cue(claim: Claim, base: int) -> tuple[Extent, ...]:
    """Where the words stand that tell that something is said, without what is said."""
    if claim.cue is None:
        return ()
    content = [(s.start - base, s.end - base) for s in claim.content]
    return _without((claim.cue.start - base, claim.cue.end - base), content)


def _touch(one: Claim, other: Claim) -> bool:
    """Whether the contents of two claims have characters in common."""
    return any(a.start < b.end and b.start < a.end for a in one.content for b in other.content)


def _without(whole: Extent, away: Iterable[Extent]) -> tuple[Extent, ...]:
    """An extent without others."""
    made, at = [], whole[0]
    for start, end in sorted(away):
        if start >= whole[1] or end <= at:
            continue
        if start > at:
            made.append((at, start))
        at = max(at, end)
    if at < whole[1]:
        made.append((at, whole[1]))
    return tuple(made)
