"""Whether the source of a sentence is that of a quotation, with no stronger stance."""

from __future__ import annotations

from dataclasses import dataclass

from rag import terms, traits, word_fields
from rag import text as text_module
from rag.actors import Actors
from rag.comparison import Matches, Part
from rag.exhibits import Exhibit
from rag.schema import Claim, Form, Source, SourceKind, Stance
from rag.word_fields import Translator

# What a stance may be told as: itself, and what says less.
_TOLD = {
    Stance.CONFIRMS: {Stance.ASSERTS, Stance.REPORTS},
    Stance.ASSERTS: {Stance.REPORTS},
    Stance.REPORTS: {Stance.ASSERTS},
    Stance.ANNOUNCES: {Stance.ASSERTS, Stance.REPORTS},
    Stance.WARNS: {Stance.ASSERTS, Stance.REPORTS},
}


@dataclass(frozen=True, slots=True)
class Voices:
    """The sources of one sentence in one language."""

    text: str
    language: str
    actors: Actors
    translator: Translator

    def is_own(self, claim: Claim) -> bool:
        """Whether the sentence names the article itself as the one who says it."""
        fields = word_fields.of(self.language)
        return bool(claim.sources) and all(
            fields.own_voice & set(text_module.words(s.mention.text))
            and not self.actors.get(s.name)
            for s in claim.sources
        )

    def lacking(
        self, claim: Claim, source: Source | None, other: Claim, exhibit: Exhibit
    ) -> list[str]:
        """Why another claim is not of this source, or not with this stance; none where it is.

        Reasons are repeated by weight: another source is further off than another stance.
        """
        if source is None:
            narrated = claim.form is Form.NARRATED or bool(claim.sources)
            if not narrated:
                same = not other.sources and other.stance is claim.stance
                return [] if same and other.form is not Form.NARRATED else ["source", "stance"]
            own = other.form is Form.NARRATED and not other.sources
            return [] if own else ["unattributed", "source"]
        if not any(self._speaks(source, one, exhibit) for one in other.sources):
            return ["source", "source", "source"]
        if other.via and not any(self._is_named(one) for one in other.via):
            return ["via", "via"]
        if claim.stance is other.stance or claim.stance in _TOLD.get(other.stance, ()):
            same = claim.polarity is other.polarity or claim.stance is not other.stance
            return [] if same else ["negation"]
        return ["stance", "stance"]

    def _speaks(self, source: Source, other: Source, exhibit: Exhibit) -> bool:
        """Whether the source of the sentence is that of the quotation, or whom it speaks for."""
        if source.name in self.actors.chain(other.name):
            return True
        if self.actors.get(source.name):
            return False
        mine = _bones(source.mention.text) or _bones(source.name)
        theirs = _bones(other.name) | _bones(other.mention.text)
        if mine and mine <= theirs:
            return True
        if source.kind is SourceKind.PERSON or other.kind is SourceKind.PERSON:
            return False
        return self._same_words(source.mention.text, other.mention.text, exhibit)

    def _same_words(self, mine: str, theirs: str, exhibit: Exhibit) -> bool:
        """Whether every word of a source's phrase stands in another's, or its translation."""
        published, language = exhibit.article.published, exhibit.article.language
        one = traits.read(mine, self.language, published, self.actors)
        other = traits.read(theirs, language, published, self.actors)
        said = Part(one, ((0, len(mine)),))
        matches = Matches(said, Part(other, ((0, len(theirs)),)), self.translator)
        return bool(one.words) and all(matches.of(w) for w in one.words)

    def _is_named(self, source: Source) -> bool:
        named = {m.actor.name for m in self.actors.find(self.text)}
        wanted = _bones(source.name)
        return source.name in named or (bool(wanted) and wanted <= _bones(self.text))


def _bones(name: str) -> frozenset[str]:
    """The capitalised words of a name by their consonants."""
    found = (terms.skeleton(w) for w in terms.NAME.findall(name))
    return frozenset(bones for bones in found if bones)
