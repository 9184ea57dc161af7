"""Reporting verbs, nouns and fixed phrases of one language, read from the word tables.

`Cue` says which stance a verb gives and what it takes as content; the tables stand in
`lexicon/cues.<language>.toml` and `lexicon/fixed.<language>.toml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from rag import lexicon
from rag.schema import LANGUAGES, Stance
from rag.tagging import Token


@dataclass(frozen=True, slots=True)
class Cue:
    """What a reporting verb does: its stance, the complements it takes, its prepositions."""

    lemma: str
    stance: Stance
    takes: frozenset[str]
    prepositions: frozenset[str]
    particle: str = ""
    others: tuple[tuple[str, Stance], ...] = ()  # another stance with another complement

    def stance_with(self, complement: str) -> Stance:
        """The stance with a complement: "told X that" asserts, "told X to" demands."""
        return dict(self.others).get(complement, self.stance)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A prepositional attribution: "laut X", "according to X"."""

    pattern: re.Pattern[str]
    stance: Stance


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All words of one language that attribution looks for."""

    verbs: dict[str, Cue]
    separable: dict[tuple[str, str], Cue]
    particles: frozenset[str]
    nouns: dict[str, Stance]
    words: dict[str, frozenset[str]]
    stems: tuple[str, ...]
    endings: re.Pattern[str] | None
    fixed: tuple[tuple[Stance, re.Pattern[str]], ...]
    prepositional: tuple[Phrase, ...]
    via: tuple[re.Pattern[str], ...]
    unnamed: tuple[Phrase, ...]  # what is said without a source: "по слухам"
    hearsay: re.Pattern[str]
    suspects: re.Pattern[str]
    hedges: re.Pattern[str]
    not_negating: re.Pattern[str]  # "not only", "no fewer than"
    dates: re.Pattern[str]
    withdrawn: re.Pattern[str]  # what an earlier version of the article said
    silence: re.Pattern[str]  # a quotation whose speaker cannot confirm

    def verb(self, token: Token) -> Cue | None:
        """The cue of a verb without particle, by lemma or, in Slavic languages, by stem."""
        if self.endings is None:
            return self.verbs.get(token.lemma)
        return self._by_stem(token.lower)

    def _by_stem(self, word: str) -> Cue | None:
        for length in range(len(word), 2, -1):
            cue = self.verbs.get(word[:length])
            if cue and self.endings and self.endings.fullmatch(word[length:]):
                return cue
        return None


_FIXED = (Stance.NO_COMMENT, Stance.UNVERIFIED, Stance.DOES_NOT_CONFIRM, Stance.NOT_DENIED)


@cache
def words_of(language: str) -> Lexicon:
    """The lexicon of a language; a language without tables is read with those of English."""
    language = language if language in LANGUAGES else "en"
    table, fixed = lexicon.load("cues", language), lexicon.load("fixed", language)
    verbs, separable = _verbs(table)
    frames = {name: frozenset(words.split()) for name, words in table["frames"].items()}
    endings = "|".join(table["frames"]["endings"].split()) if "endings" in frames else None
    return Lexicon(
        verbs=verbs,
        separable=separable,
        particles=frozenset(particle for _, particle in separable),
        nouns={
            noun: Stance(stance)
            for stance, nouns in table.get("nouns", {}).items()
            for noun in nouns.split()
        },
        words=frames,
        stems=(*_stems(verbs, separable), *frames.get("irregular", ())),
        endings=re.compile(endings) if endings else None,
        fixed=tuple(  # those of the beginning of a sentence first: they say more
            (stance, re.compile(pattern, re.IGNORECASE))
            for opening in (True, False)
            for stance in _FIXED
            for pattern in fixed[stance.value]
            if pattern.startswith("^") is opening
        ),
        prepositional=tuple(
            Phrase(re.compile(row["pattern"], re.IGNORECASE), Stance(row["stance"]))
            for row in fixed["prepositional"]
        ),
        unnamed=tuple(
            Phrase(re.compile(row["pattern"], re.IGNORECASE), Stance(row["stance"]))
            for row in fixed.get("unnamed", ())
        ),
        via=tuple(re.compile(row["pattern"], re.IGNORECASE) for row in fixed["via"]),
        hearsay=_any(fixed["hearsay"]),
        suspects=re.compile(fixed.get("suspects", "(?!)")),
        hedges=re.compile(fixed["hedges"], re.IGNORECASE),
        not_negating=re.compile(fixed["not_negating"], re.IGNORECASE),
        dates=re.compile(fixed["dates"]),
        withdrawn=re.compile(fixed["withdrawn"], re.IGNORECASE),
        silence=re.compile(fixed.get("silence", "(?!)"), re.IGNORECASE),
    )


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def _verbs(table: dict[str, Any]) -> tuple[dict[str, Cue], dict[tuple[str, str], Cue]]:
    """Cues by lemma, and those with a separable particle also by (rest, particle)."""
    verbs: dict[str, Cue] = {}
    separable: dict[tuple[str, str], Cue] = {}
    for row in table["verbs"]:
        takes = frozenset(row["takes"].split())
        prepositions = frozenset(row.get("prepositions", "").split())
        for written in row["lemmas"].split():
            particle, bar, rest = written.partition("|")
            lemma = particle + rest
            cue = Cue(lemma, Stance(row["stance"]), takes, prepositions, particle if bar else "")
            known = verbs.setdefault(lemma, cue)
            if row.get("also"):
                verbs[lemma] = replace(
                    known,
                    takes=known.takes | takes,
                    prepositions=known.prepositions | prepositions,
                    others=known.others + tuple((take, cue.stance) for take in sorted(takes)),
                )
            if bar:
                separable.setdefault((rest, particle), cue)
            if bar and row.get("also"):
                separable[rest, particle] = verbs[lemma]
            if "ß" in written:  # Swiss spelling: "äussern"
                verbs.setdefault(lemma.replace("ß", "ss"), cue)
    return verbs, separable


def _stems(verbs: dict[str, Cue], separable: dict[tuple[str, str], Cue]) -> tuple[str, ...]:
    """Beginnings of the words that make a sentence worth tagging."""
    lemmas = set(verbs) | {rest for rest, _ in separable}
    lemmas |= {"ge" + lemma for lemma in verbs if verbs[lemma].particle == ""}
    lemmas |= {particle + "ge" + rest for rest, particle in separable}
    return tuple(sorted({re.sub(r"(?:e?n|e|y)$", "", lemma) for lemma in lemmas}))


@dataclass(frozen=True, slots=True)
class Pronouns:
    """The pronouns of one language by gender, and the other words that point back."""

    gender: dict[str, str]
    female: re.Pattern[str]
    male: re.Pattern[str]
    things: dict[str, str]  # pronouns of organisations, with the article of their label
    own: frozenset[str]
    possessive: frozenset[str]
    definite: frozenset[str]
    none: frozenset[str]
    pairs: frozenset[str]  # "both": no one person
    houses: frozenset[str]  # "ihr Haus", "his department": the body of the person named
    kinds: tuple[re.Pattern[str], ...]
    media: tuple[re.Pattern[str], ...]  # those of `kinds` that publish
    possessors: dict[str, str]  # the pronoun of the owner that a possessive means

    def of_mention(self, mention: str) -> str:
        """f, m, or nothing where the words do not tell."""
        if self.female.search(mention):
            return "f"
        return "m" if self.male.search(mention) else ""

    def kind(self, mention: str) -> re.Pattern[str] | None:
        """The kind of organisation that a mention like "the service" only points to."""
        words = mention.lower().split()
        pointed = [word for word in words if word in self.definite]
        noun = " ".join(words[len(pointed) :])
        if words[: len(pointed)] != pointed:
            return None
        return next((kind for kind in self.kinds if kind.fullmatch(noun)), None)


_MEDIA = ("agency", "paper", "broadcaster")


@cache
def pronouns(language: str) -> Pronouns:
    """The pronouns of a language; a language without a table is read as English."""
    table = lexicon.load("pronouns")[language if language in LANGUAGES else "en"]
    return Pronouns(
        {word: gender for gender in ("m", "f", "n") for word in table[gender].split()},
        re.compile(table["female"], re.IGNORECASE),
        re.compile(table["male"], re.IGNORECASE),
        table["things"],
        frozenset(table["own"].split()),
        frozenset(table["possessive"].split()),
        frozenset(table["definite"].split()),
        frozenset(table["none"].split()),
        frozenset(table["pairs"].split()),
        frozenset(table["houses"].split()),
        tuple(re.compile(kind, re.IGNORECASE) for kind in table["kinds"].values()),
        tuple(re.compile(table["kinds"][kind], re.IGNORECASE) for kind in _MEDIA),
        {his: who for who, forms in table.get("possessors", {}).items() for his in forms.split()},
    )
