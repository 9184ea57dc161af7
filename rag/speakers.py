"""Who a mention stands for: a known actor, an earlier speaker behind a pronoun, or nobody sure.

A pronoun is resolved only where one person fits: the subject of the sentence before or the last
speaker of the paragraph, of the right gender. Otherwise the source is "unclear": a wrong name
under a statement is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from rag import descriptions, home_bodies, noun_phrase, pointing, sentence_antecedents
from rag.actor_table import Actor
from rag.cues import pronouns
from rag.drafts import Extent
from rag.jurisdictions import Jurisdictions
from rag.last_spoken import LastSpoken
from rag.mentions import Mention
from rag.people import Names
from rag.schema import Side, Source, SourceKind, Span
from rag.slavic_bodies import Bodies, plural_of
from rag.slavic_forms import SLAVIC

UNCLEAR = "unclear"
_CLAUSE = re.compile(r",?\s(?:when|as|after|before|while|and|but|because|although|where)\s$")


@dataclass(slots=True)
class Speakers(LastSpoken):
    """Resolves the mentions of one article, sentence by sentence."""

    genders: dict[str, str] = field(default_factory=dict)
    called: dict[str, Span] = field(default_factory=dict)  # how a source was first named
    named: tuple[Mention, ...] | None = None  # the actors that the article names, if known
    names: Names = field(init=False)
    bodies: Bodies = field(init=False)
    local: Jurisdictions = field(init=False)
    subjects: Callable[[], Iterable[Extent]] = tuple  # German: of earlier sentences, last first

    def __post_init__(self) -> None:
        self.names = Names(self.article, self.actors, self.named)
        self.bodies = Bodies(self.article, self.actors)
        self.local = Jurisdictions(self.names)

    def sources(
        self, mentions: Sequence[Extent], subject_before: Extent | None
    ) -> tuple[Source, ...]:
        """The sources of these mentions; `subject_before` is the sentence before's subject."""
        found: list[Source] = []
        for source in (self._source(start, end, subject_before) for start, end in mentions):
            if all(source.name != other.name or source.name == UNCLEAR for other in found):
                found.append(source)
        return tuple(found)

    def continued(self, start: int, before: Extent | None) -> tuple[Source, ...]:
        """Who goes on: the subject of a sentence between that claim and here, or its sources."""
        if before is not None and self.spoken_at < before[0]:
            source = self._read(before)
            named = source.kind is not SourceKind.ANONYMOUS or pointing.is_person(source)
            if self.is_voice(source) and named:
                return (source,)
        text, at = self.article.text, self.spoken_at
        return () if sentence_antecedents.is_under_other_heading(text, at, start) else self.spoken

    def body_before(self, start: int, before: Extent | None) -> list[Extent]:
        """German "hieß es": the body that was the subject of the sentence before, if any."""
        if before is None or "\n" in self.article.text[before[1] : start]:
            return []
        actor = self.actors.get(self._read(before).name)
        return [before] if actor is not None and actor.kind is SourceKind.ORGANISATION else []

    def is_headed_by(self, source: Source) -> bool:
        """Whether a person in another case has only posts before: no "Kursk in X's eyes"."""
        return sentence_antecedents.has_only_posts(source, self.names)

    def is_voice(self, source: Source) -> bool:
        """Whether somebody, and no thing, is named: an actor, a post, a full name, a body."""
        if self.actors.get(source.name) or source.role or source.name == UNCLEAR:
            return True
        return pointing.names_somebody(source)

    def _source(self, start: int, end: int, subject_before: Extent | None) -> Source:
        found = self._mentioned(start, end, subject_before)
        found = home_bodies.owned(found, self.names, self._owners(start, subject_before))
        return self.local.sided(found)

    def _owners(self, start: int, before: Extent | None) -> Iterator[Source]:
        """Whose office "the ministry" can be: of who was the subject, or spoke, just before."""
        near = self.in_paragraph(start)
        if near:
            yield from self.spoken
        if before is not None:
            yield self._read(before)
        if not near:
            yield from self.spoken

    def _mentioned(self, start: int, end: int, subject_before: Extent | None) -> Source:
        mention = self.names.whole(start, end)
        words = pronouns(language := self.article.language)
        gender = words.gender.get(mention.text.lower())
        if gender is not None and mention.text.lower() in words.pairs:
            meant = None  # "both" means two of whom nobody knows which
        elif gender is not None:
            meant = self._close(mention.text.lower(), gender, start, subject_before)
            meant = meant or self._antecedent(mention.text.lower(), start, subject_before)
            meant = meant or self._organisation(mention.text.lower(), start, subject_before)
        else:
            source = self._described(descriptions.apposed(mention, self.actors, self.article.text))
            subject = self._read(subject_before) if subject_before is not None else None
            if (body := self.bodies.meant(source, self.names.known(), subject)) is not None:
                return body
            if self.actors.get(source.name) or not pointing.points_back(mention.text, language):
                self.genders.setdefault(source.name, self._gender(source))
                self.called.setdefault(source.name, mention)
                return source
            kind, before = words.kind(mention.text), subject_before
            if kind:
                speaking = (*self.spoken, *self.relayed) if self.in_paragraph(start) else ()
                office = home_bodies.of_kind(kind, start, self.names, speaking)
                meant = self._of_actor(office) if office else None
            else:
                meant = self._pointed(mention.text, start, before)
            if meant is None and pointing.is_relation(mention.text, language):
                return source
        if meant is None:
            return Source(UNCLEAR, SourceKind.ANONYMOUS, Side.OTHER, mention)
        return replace(meant, mention=mention)

    def _close(self, pronoun: str, gender: str, start: int, before: Extent | None) -> Source | None:
        """The person before the colon of the sentence; German: the body that "er" means."""
        text, language = self.article.text, self.article.language
        told = sentence_antecedents.person_before_colon(self.names, text, start, gender)
        if told is not None:
            return self._of_actor(told)
        if language in SLAVIC and before is None and not self.in_paragraph(start):
            body = sentence_antecedents.only_body(self.names, text, start)
            return self._of_actor(body) if body else None
        if language != "de" or before is None or pronoun not in pronouns(language).things:
            return None
        subject = self._read(before)
        near = sentence_antecedents.nobody_between(self.names, text, before, start)
        later = self.spoken_at > before[1] and bool(self.spoken)
        other = later and self.spoken[0].name != subject.name
        return subject if near and not other and self._is_body(subject, pronoun) else None

    def _read(self, extent: Extent) -> Source:
        """The source of a mention that is no claim's, such as the subject of a sentence."""
        mention = self.names.whole(*extent)
        source = self._described(self.actors.source(mention, self.article.text))
        kind = pronouns(self.article.language).kind(mention.text)
        if kind is None or self.actors.get(source.name) is not None:
            return source
        body = home_bodies.of_kind(kind, extent[0], self.names, ())
        return replace(self._of_actor(body), mention=mention) if body else source

    def _described(self, source: Source) -> Source:
        """The source; the person whom a description ("der Minister") means where that is sure."""
        near = len(self.spoken) == 1 and self.in_paragraph(source.mention.start)
        return descriptions.resolved(source, self.names, self.spoken[0] if near else None)

    def _of_actor(self, actor: Actor) -> Source:
        mention = self.article.span(0, 0)
        return Source(actor.name, actor.kind, actor.side, mention, actor.role)

    def _pointed(self, mention: str, start: int, before: Extent | None) -> Source | None:
        """As in "his spokesman": the office of the one person named; "these figures": the speaker.

        "A report" points to nobody.
        """
        words, parts = pronouns(self.article.language), mention.split()
        first, last = parts[0].lower(), parts[-1]
        if noun_phrase.is_a("statements", last) and first in words.definite | words.possessive:
            going_on = self.continued(start, before)
            near = self.in_paragraph(start) or sentence_antecedents.is_next_paragraph(
                self.names, self.spoken_at * bool(self.spoken), start
            )
            if len(going_on) == 1 and near:
                return going_on[0]
            his = words.possessors.get(first, "")
            here = sentence_antecedents.only_one(self.names, start)
            told = self._of_actor(here) if here is not None and his else None
            if told is not None and (
                self._is_body(told, his) or self._fits(told, words.gender[his])
            ):
                return told
            return self._antecedent(his, start, before) if his else None
        house = noun_phrase.is_a("voices", last) or last.lower() in words.houses
        if first not in words.possessive or not house:
            return None
        office = sentence_antecedents.office(self.names, self.actors, start)
        return self._of_actor(office) if office else None

    def _organisation(self, pronoun: str, start: int, before: Extent | None) -> Source | None:
        """The one organisation a pronoun can mean: subject before, last speaker, or only one."""
        words = pronouns(self.article.language)
        if pronoun not in words.things:
            return None
        candidates: list[Source] = []
        opened = pointing.sentence_start(self.article.text, start)
        clause = _CLAUSE.search(self.article.text, opened, start)
        if clause is not None and (subject := self.names.before(clause.start(), opened)):
            candidates.append(self._of_actor(subject[0]))  # "The NIS agreed when it told ..."
        elif before is not None and self.spoken_at <= before[0]:
            candidates.append(self._read(before))
        elif len(self.spoken) == 1 and self.in_paragraph(start):
            candidates.append(self.spoken[0])
        if not any(self._is_body(one, pronoun) for one in candidates):
            near = self.names.before(opened, pointing.paragraph_start(self.article.text, start))
            if all(actor.kind is not SourceKind.PERSON for actor in near):
                candidates += [self._of_actor(actor) for actor in near]
        several = pronoun in ("they", "their")  # "analysts ... They said"
        fitting = {
            one.name: one
            for one in candidates
            if self._is_body(one, pronoun) or (several and pointing.is_plural(one))
        }
        return next(iter(fitting.values())) if len(fitting) == 1 else None

    def _is_body(self, source: Source, pronoun: str) -> bool:
        language, actor = self.article.language, self.actors.get(source.name)
        source = replace(source, mention=self.called.get(source.name, source.mention))
        return pointing.is_body(source, actor, pronouns(language).things[pronoun], language)

    def _gender(self, source: Source) -> str:
        actor = self.actors.get(source.name)
        if actor is not None and actor.gender:
            return actor.gender
        told = pronouns(self.article.language).of_mention(source.mention.text)
        return told or pointing.gender_of_name(source)

    def _antecedent(self, pronoun: str, start: int, before: Extent | None) -> Source | None:
        """The one person a pronoun can mean: subject of the sentence before, else last speaker.

        A body that is near comes before a person further back.
        """
        gender = pronouns(self.article.language).gender[pronoun]
        near, language = self.in_paragraph(start), self.article.language
        if language in SLAVIC and gender == "n":
            return plural_of(self._read(before) if before else None, self.spoken[:near], language)
        candidates: list[Source] = []
        if before is not None:
            source = self._read(before)
            self.genders.setdefault(source.name, self._gender(source))
            if self.spoken_at <= before[0] and self._fits(source, gender):
                return source
            if language != "en" or not pointing.points_back(source.mention.text, "en"):
                candidates.append(source)
        last = (self.spoken[:1], self.spoken_at)
        alone = sentence_antecedents.goes_on_alone(self.names, self.actors, last, start)
        if len(self.spoken) == 1 and (near or alone):
            candidates.append(self.spoken[0])
        candidates += self.relayed if len(self.relayed) == 1 and near else ()
        fitting = [one for one in candidates if self._fits(one, gender)]
        fit = {one.name for one in fitting}
        if len(fit) != 1:
            spoke = len(self.spoken) == 1 and before is not None and self.spoken_at > before[0]
            if spoke and self.spoken[0].name in fit:
                return self.spoken[0]  # what stands between is what they said
            text = self.article.text
            opened = pointing.paragraph_start(text, start)
            here = pointing.sentence_start(text, start)
            told = "f" if gender == "n" else gender
            only = self.names.only(told, opened, here) or self.names.only(told, opened, start)
            if fit or only is not None:
                return None if fit else only
            return self._organisation(pronoun, start, before) or self._earlier(gender, start)
        return fitting[0]

    def _earlier(self, gender: str, start: int) -> Source | None:
        """The last person of this gender who was the subject of a sentence, or who spoke.

        Nobody under another heading is meant.
        """
        text = self.article.text
        if sentence_antecedents.is_under_other_heading(text, self.spoken_at, start):
            return None
        told = [self._read(who) for who in self.subjects()]
        last = sum(one.mention.start >= self.spoken_at for one in told)
        for source in (*told[:last], *self.spoken[:1], *told[last:]):
            self.genders.setdefault(source.name, self._gender(source))
            if self._fits(source, gender):
                return source
        return None

    def _fits(self, source: Source, gender: str) -> bool:
        if source not in self.spoken and pointing.is_common_noun(source, self.article.text):
            return False
        if not pointing.is_person(source) and not self.genders.get(source.name):
            human = self.article.language == "en" and pointing.is_human(source)
            first = source.mention.text.split(maxsplit=1)[0]
            new = noun_phrase.is_a("indefinite", first)  # "A senior official is ... He expects"
            if not human or self.actors.get(source.name) or not (new or source in self.spoken):
                return False
        known = self.genders.get(source.name, "")
        # German "sie": a woman, or several people, or an organisation
        return known == "f" if gender == "n" else known in ("", gender)
