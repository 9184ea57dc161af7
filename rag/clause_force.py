"""Whether the clauses of a sentence hold as far as those of a quotation: negation, doubt, plans."""

from __future__ import annotations

from collections.abc import Sequence

from rag import text, word_fields
from rag.comparison import Matches, Part, overlaps, within
from rag.traits import Clause, Name, Word


def clauses_met(said: Part, shown: Part, matches: Matches) -> bool:
    """Whether each clause holds as far as that of the quotation that it is nearest to."""
    for clause in said.traits.clauses:
        words = [w for w in said.words() if clause.start <= w.start < clause.end]
        names = [n for n in said.own_names() if clause.start <= n.start < clause.end]
        silent = said.silent and overlaps(clause, said.silent)
        if silent or overlaps(clause, said.guarded) or not (words or names):
            continue
        near = _nearest(words, names, shown, matches)
        if not near:
            return False
        for other in near:
            if clause.operators != other.operators or not clause.additions <= other.additions:
                return False
            if _is_embedded(other, shown, matches, said):
                return False
            if not _names_kept(words, names, other, shown):
                return False
            if not _predicate_kept(words, other, said, shown, matches):
                return False
    return True


def _nearest(
    words: Sequence[Word], names: Sequence[Name], shown: Part, matches: Matches
) -> list[Clause]:
    """The clauses of the quotation that share most with these words and names."""
    scores: dict[int, float] = {}
    traits = shown.traits
    for word in words:
        for at in {traits.clause_at(w.start) for w in matches.of(word)}:
            scores[at] = scores.get(at, 0.0) + word.weight
    for name in names:
        for at in {traits.clause_at(n.start) for n in shown.names() if n.key == name.key}:
            scores[at] = scores.get(at, 0.0) + 0.5
    best = max(scores.values(), default=0.0)
    return [traits.clauses[at] for at, score in sorted(scores.items()) if score == best]


def _is_embedded(other: Clause, shown: Part, matches: Matches, said: Part) -> bool:
    """Whether a clause is what something else says of it, which the sentence leaves out.

    As in "Write that X won" and "Kim said X said that Y": a verb of saying within the clause, or
    the clause before its "that".
    """
    traits = shown.traits
    taken = {w.start for word in said.words() for w in matches.of(word)}
    apart = [
        at
        for at in traits.reporting
        if not (at in taken or within(at, shown.guarded) or _is_echoed(at, said, shown))
    ]
    if not shown.guarded and any(other.start <= at < other.end for at in apart):
        return True
    opening = traits.text[other.start : other.end].split()[:1]
    if not opening or opening[0].lower() not in word_fields.of(traits.language).complementisers:
        return False
    before = [c for c in traits.clauses if c.start < other.start and _has_words(c, shown)][-1:]
    if any(c.start <= at < c.end for c in before for at in apart):
        return True
    told = any(c.start <= at < c.end for c in before for at in taken)
    return bool(before) and not shown.guarded and not told


def _is_echoed(at: int, said: Part, shown: Part) -> bool:
    """Whether a word of the quotation stands anywhere in a sentence of the same language."""
    language = shown.traits.language
    match = text.WORD.match(shown.traits.text, at)
    if match is None or said.traits.language != language:
        return False
    return text.stem(match.group().lower(), language) in {
        text.stem(word, language) for word in text.words(said.traits.text)
    }


def _has_words(clause: Clause, shown: Part) -> bool:
    return any(clause.start <= w.start < clause.end for w in shown.traits.words)


def _names_kept(words: Sequence[Word], names: Sequence[Name], other: Clause, shown: Part) -> bool:
    """Whether the names of a clause are those of the quotation's clause.

    What opens a clause may be the subject of an earlier one: "X came and left".
    """
    inside = {n.key for n in shown.names() if other.start <= n.start < other.end}
    before = {n.key for n in shown.names() if n.start < other.start}
    first = min((w.start for w in words), default=0)
    return all(
        n.key in inside or n.people in inside or (n.start < first and n.key in before)
        for n in names
    )


def _predicate_kept(
    words: Sequence[Word], other: Clause, said: Part, shown: Part, matches: Matches
) -> bool:
    """Whether a clause without a verb of its own leaves out none of the quotation's.

    "X is in Y" is not what "allies have proof of X in Y" says; where something stands or lies is.
    """
    if any(w.start in said.traits.verbs and matches.of(w) for w in words):
        return True
    taken = {w.start for word in said.words() for w in matches.of(word)}
    left = [
        w
        for w in shown.words()
        if other.start <= w.start < other.end and w.start in shown.traits.verbs
    ]
    if any(overlaps(other, (extent,)) for extent in shown.guarded):
        return True
    return all(
        w.start in taken or w.fields & {"stand", "have"} or _is_echoed(w.start, said, shown)
        for w in left
    )
