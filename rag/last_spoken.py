"""Who spoke last in an article, what they said, and how: what the next sentences go on from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from rag import pointing
from rag.actors import Actors
from rag.drafts import Draft, Extent
from rag.schema import Article, Side, Source, Stance

# What somebody else can deny: no admission, no denial, no silence.
_DENIABLE = (
    Stance.ASSERTS,
    Stance.REPORTS,
    Stance.CLAIMS,
    Stance.ANNOUNCES,
    Stance.ESTIMATES,
    Stance.EXPECTS,
)


class Utterance(NamedTuple):
    """What somebody said: who, the content, and where its sentence ends."""

    sources: tuple[Source, ...]
    content: tuple[Extent, ...]
    end: int


@dataclass(slots=True)
class LastSpoken:
    """The last claim of an article so far, sentence by sentence."""

    article: Article
    actors: Actors
    spoken: tuple[Source, ...] = ()  # the sources of the last claim that had any
    spoken_at: int = 0  # where the sentence of that claim ends
    spoken_as: Stance = Stance.ASSERTS  # the stance of that claim
    relayed: tuple[Source, ...] = ()  # who passed that claim on
    said: tuple[Extent, ...] = ()  # the content of the last claim
    said_at: int = 0  # where the sentence of that claim ends
    told: list[Utterance] = field(default_factory=list)  # what others can deny

    def content_since(self, start: int) -> list[Extent]:
        """What "this" can mean behind a reporting verb: the last claim, none made before here."""
        return list(self.said) if self.said_at > start else []

    def denied(self, start: int, who: tuple[Source, ...], last: list[Extent]) -> list[Extent]:
        """What a denial of these sources at `start` means, where `last` is the claim before it.

        The last thing that somebody else said in the paragraph; where it opens one, the first in
        the paragraph before, which is what that paragraph is about. Empty where nobody did.
        """
        text = self.article.text
        opened = pointing.paragraph_start(text, start)
        first = not text[opened:start].strip()
        earlier = pointing.paragraph_start(text, max(0, opened - 2)) if first else opened
        own = {(one.name, one.side) for one in who}
        others = [
            list(told.content)
            for told in self.told
            if told.end > earlier
            and told.end <= start
            and not any(
                one.name == n or self._allied(one, s) for one in told.sources for n, s in own
            )
        ]
        if not others or (not first and last in others):
            return []
        return others[0] if first else others[-1]

    def _allied(self, one: Source, side: Side) -> bool:
        return one.side is side and self.actors.is_war_party(side)

    def remember(
        self,
        draft: Draft,
        sources: tuple[Source, ...],
        via: tuple[Source, ...],
        sentence_end: int,
        content: list[Extent],
    ) -> None:
        """Keep speakers and content for sentences that go on without naming them."""
        self.said, self.said_at = tuple(content), sentence_end
        if sources and draft.stance in _DENIABLE:
            self.told.append(Utterance(sources, tuple(content), sentence_end))
        if sources:
            self.spoken, self.spoken_at = sources, sentence_end
            self.spoken_as = self.spoken_as if draft.carried else draft.stance
            self.relayed = self.relayed if draft.carried else via

    def stance_carried(self, stance: Stance) -> Stance:
        """The stance of a sentence that goes on: a report stays a report."""
        return Stance.REPORTS if self.spoken_as is Stance.REPORTS else stance

    def in_paragraph(self, start: int) -> bool:
        """Whether the last speaker spoke in the paragraph of the sentence that starts here."""
        return bool(self.spoken) and "\n" not in self.article.text[self.spoken_at : start]
