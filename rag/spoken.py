"""What a question says that somebody said: the stance it presumes, and who took it.

A stance is told by a verb of saying, first by that of the main clause; one in a relative clause
("the soldiers whom X reported") tells only what the question is about. Who took it is the subject
of that verb, found by word order (English, German) or case (Ukrainian, Russian); the subject of a
passive, an object and an adjective ("Russian soldiers") speak not. Where the grammar is not clear
nobody is named. Frames like "according to X" name the speaker whatever the verb.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from rag import lexicon, noun_phrase
from rag.actors import Actors, Mention
from rag.question_words import Clause, asking_part, clauses, has, patterns, search
from rag.schema import SourceKind, Stance
from rag.speaking_names import TITLE_WORDS, Named, named, owns

_BESIDE = 3  # words between a Slavic verb and its subject
_ATTRIBUTE = 1  # the rank of a participle: "the figure named in May"
_APART = 2  # clauses from the first half of a clause to the second, one put in between
CONJUNCTION = re.compile(
    r"\W*(?:,|\bund|\band|\bта|\bі|\bй|\bи|\bsowie|\bor|\boder|\bчи|\bили)\s*(?:the|die|der|das)?\W*"
)
_SLAVIC = frozenset({"uk", "ru"})


class Verb(NamedTuple):
    """A word of saying: where it stands, whether it is a noun, the rank of its clause."""

    stance: Stance
    match: re.Match[str]
    is_noun: bool
    rank: int
    clause: int

    @property
    def start(self) -> int:
        """Where the verb itself stands: "figures did X give"."""
        return (
            self.match.start("verb") if "verb" in self.match.re.groupindex else self.match.start()
        )


def verb(core: str, language: str) -> Verb | None:
    """The word that tells the presumed stance: a verb of the main clause before any other."""
    asked = asking_part(core)
    rows = clauses(asked, language)
    listed = search(language, "kinds", "listed", asked) is not None
    found: list[Verb] = []
    for name in lexicon.load("questions", language)["stances"]:
        here = [m for p in patterns(language, "stances", name) for m in p.finditer(asked)]
        for match in sorted(here, key=lambda m: m.start()):
            index = next(i for i, c in enumerate(rows) if match.start() < c.end)
            noun = is_noun(asked, match, language)
            rank = {"": 3, "subordinate": 2, "relative": 2 * int(listed)}[rows[index].opener]
            if not noun and rank and _is_governed(asked[: match.start()], language):
                rank = 0
            if rank and has(language, "not_finite", match.group()):
                rank = _ATTRIBUTE
            found.append(Verb(Stance(name), match, noun, rank, index))
    verbs = [v for v in found if v.rank > _ATTRIBUTE and not v.is_noun]
    nouns = [v for v in found if v.rank and v.is_noun]
    if verbs:
        return max(verbs, key=lambda v: v.rank)
    if nouns:
        return min(nouns, key=lambda v: v.match.start())
    return next((v for v in found if v.rank), None)


def ends(match: re.Match[str]) -> list[tuple[int, int]]:
    """The first and the last word of a verb in two parts: "räumte … ein"."""
    words = match.group().split()
    first, last = match.start() + len(words[0]), match.end() - len(words[-1])
    return [(match.start(), first), (last, match.end())] if len(words) > 1 else [match.span()]


def is_noun(core: str, match: re.Match[str], language: str) -> bool:
    """Whether a word of saying is a noun: behind a determiner; in German with a capital within."""
    before = core[: match.start()]
    if language == "de" and before.strip(' "„“«»') and core[match.start()].isupper():
        return True
    if has(language, "noun", match.group()):
        return True
    if has(language, "infinitive", before):
        return not has(language, "bare", match.group().split()[0])
    return any(p.search(before) for p in patterns(language, "clauses", "before_noun"))


def _is_governed(before: str, language: str) -> bool:
    """Whether an infinitive depends on an adjective: "entitled to say"."""
    return has(language, "entitled", before)


def speakers(
    core: str, language: str, said: Verb, mentions: Sequence[Mention], actors: Actors
) -> tuple[str, ...]:
    """Canonical names of the subject of a word of saying, with what is coordinated to it."""
    asked = asking_part(core)
    rows = clauses(asked, language)
    clause = rows[said.clause]
    names = named(asked, language, mentions, actors)
    if said.is_noun:
        return _possessors(asked, language, said, names)
    words = asked[clause.start : clause.end]
    if _is_contact(asked, language, clause, said, names):
        return (next(n.name for n in reversed(names) if n.end <= said.start),)
    if has(language, "not_finite", said.match.group()) or _is_passive(
        words, clause, said, language
    ):
        return _agents(asked, language, said, names)
    names = [n for n in names if n.free]
    here = [n for n in names if clause.start <= n.start < clause.end]
    if not here and said.clause >= _APART and not clause.opener and language != "en":
        before = rows[said.clause - _APART]
        here = [n for n in names if before.start <= n.start < before.end and not before.opener]
    if not here and clause.opener and language in _SLAVIC:  # "where was X when (he) said so?"
        here = [n for n in names if n.end <= clause.start and n.nominative]
        return (here[0].name,) if len(here) == 1 else ()
    first = _subject(asked, language, clause, said, here, rows)
    if first is None and has(language, "personal", asked[ends(said.match)[0][1] : clause.end]):
        first = _only([n for n in names if n.nominative and n.end <= said.start])
    return _coordinated(asked, first, names, actors) if first else ()


def _only(names: list[Named]) -> Named | None:
    """Whom "she" means: the only one named before."""
    return names[0] if len({n.name for n in names}) == 1 else None


def _subject(
    asked: str, language: str, clause: Clause, said: Verb, here: list[Named], rows: list[Clause]
) -> Named | None:
    if language in _SLAVIC:
        return _by_case(asked, language, said, clause, here)
    anchor, inverted = _anchor(asked, language, clause, said, rows)
    limit = said.start if anchor < said.start else clause.end
    if language == "en" and (anchor < clause.start or not inverted):
        limit = said.start
    behind = [n for n in here if anchor <= n.start < limit] if inverted else []
    if language == "en" and anchor < clause.start:
        own = next(c for c in rows if anchor <= c.end)
        behind = [n for n in here if anchor <= n.start < own.end]
    before = [n for n in here if n.end <= min(anchor, said.start)]
    if inverted and has(language, "pronoun", asked[anchor : behind[0].start if behind else limit]):
        return None
    if behind and (language == "en" or _is_near(asked[anchor : behind[0].start], language)):
        return behind[0]
    if clause.opener and before:
        return before[0]
    close = [n for n in before if len(asked[n.end : said.start].split()) <= _BESIDE]
    return close[-1] if close and not behind else None


def _anchor(
    asked: str, language: str, clause: Clause, said: Verb, rows: list[Clause]
) -> tuple[int, bool]:
    """Where the finite verb ends, and whether its subject may stand behind it."""
    start, end = said.start, ends(said.match)[0][1]
    bare = has(language, "bare", asked[start:].split(maxsplit=1)[0])
    key = "auxiliary_bare" if language == "en" and bare else "auxiliary"
    for row in [clause, *(c for c in rows if c.end <= clause.start and not c.opener and bare)]:
        stop = min(start, row.end)
        found = [m for p in patterns(language, "grammar", key)
                 for m in p.finditer(asked, row.start, stop)]  # fmt: skip
        if found:
            return found[-1].end() if language == "en" else found[0].end(), True
    return (start, False) if language == "en" else (end, not clause.opener)


def _is_near(between: str, language: str) -> bool:
    """Whether no other noun phrase stands between a finite German verb and a name."""
    if language != "de":
        return True
    nouns = [w for w in re.findall(r"\w[\w-]*", between) if w[0].isupper()]
    return all(noun_phrase.is_a("roles", w.rsplit("-", 1)[-1]) for w in nouns)


def _by_case(
    asked: str, language: str, said: Verb, clause: Clause, here: list[Named]
) -> Named | None:
    """A Slavic subject: a nominative right behind the verb, right before it, or the only one."""
    here = [n for n in here if n.nominative]
    start, end = ends(said.match)[0][0], said.match.end()
    if has(language, "pronoun", asked[clause.start : clause.end]):
        return None
    behind = [n for n in here if n.start >= end and len(asked[end : n.start].split()) < _BESIDE]
    before = [n for n in here if n.end <= start and len(asked[n.end : start].split()) < _BESIDE]
    near = behind[:1] or before[-1:]
    return near[0] if near else here[0] if len(here) == 1 else None


def _is_passive(words: str, clause: Clause, said: Verb, language: str) -> bool:
    """Whether the verb is a participle of a passive: "were the Americans warned"."""
    if not has(language, "participle", said.match.group().split()[-1]):
        return False
    stop = len(words) if language == "de" else said.start - clause.start
    return has(language, "passive", words[:stop])


def _is_contact(asked: str, language: str, clause: Clause, said: Verb, names: list[Named]) -> bool:
    """Whether a name and a verb are an English clause without "that": "the men Kyiv said …"."""
    start = said.start
    last = [n for n in names if n.free and n.end <= start and not asked[n.end : start].strip()]
    before = asked[clause.start : last[-1].start] if last else ""
    return language == "en" and has(language, "apart", before)


def _agents(asked: str, language: str, said: Verb, names: list[Named]) -> tuple[str, ...]:
    """Whom "by X" names with a passive."""
    return tuple(n.name for n in names if has(language, "agent", asked[: n.start]))[:1]


def _possessors(asked: str, language: str, said: Verb, names: list[Named]) -> tuple[str, ...]:
    """Whose a noun of saying is: "Seoul's latest estimate", "the position of China"."""
    start, end = said.match.span()
    subjects = [n for n in names if n.free and n.nominative and n.end <= start]
    for n in names:
        if any(one.name != n.name for one in subjects):
            return ()  # "did NATO support the claim of Kyiv"
        gap = asked[n.end : start]
        near = n.end <= start and len(gap.split()) < _BESIDE and not re.search(r"[,;?:]", gap)
        if near and (owns(asked, n.end) or (language == "de" and asked[n.end - 1] in "s’'")):
            return (n.name,)
        nominative = n.nominative and language in _SLAVIC and not asked[n.start : n.end].isupper()
        if n.start >= end and has(language, "genitive", asked[end : n.start]) and not nominative:
            return (n.name,)
    return ()


def _coordinated(asked: str, first: Named, names: list[Named], actors: Actors) -> tuple[str, ...]:
    """The names of a subject: "the BBC and Mediazona"; of an office and its holder the person."""
    rest = [n for n in names if n.start >= first.start]
    if len(rest) > 1 and _is_titled(asked, rest[0], rest[1], actors):
        rest = rest[1:]
    found = [rest[0].name]
    for one, other in pairwise(rest):
        if not CONJUNCTION.fullmatch(asked[one.end : other.start]):
            break
        found.append(other.name)
    return tuple(dict.fromkeys(found))


def _is_titled(asked: str, body: Named, holder: Named, actors: Actors) -> bool:
    """Whether a subject is a person behind an office: "NATO Secretary General X"."""
    between, person = asked[body.end : holder.start], actors.get(holder.name)
    titled = bool(between.strip()) and not re.search(r"[,?;]", between)
    titled = titled and len(between.split()) <= TITLE_WORDS + 1
    of_body = person is not None and person.kind is SourceKind.PERSON
    return titled and of_body and body.name in actors.chain(holder.name)
