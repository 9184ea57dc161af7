"""A model's proposal made a draft of attribution: its words found, its stance borne out by the cue.

The stance of a reporting verb that the word tables know is theirs, a negation included; a verb that
they do not know has the stance that the model gives it, but never `confirms`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rag import negation, proposals, quotations, segmentation
from rag.cues import words_of
from rag.drafts import Draft, Extent, Line, mask
from rag.proposals import Call, Proposal
from rag.quotations import Quotation
from rag.schema import Article, Form, Sentence, Stance
from rag.tagging import VERBS, Tag, Token

RULE = "model"
_WORDS = 2  # the fewest of a content
_MARKS = 3  # characters between a content and the ends of its quotation: marks, a stop or comma
# What a source says with more or less force: a known verb decides which it is.
_SAYING = frozenset(
    {Stance.ASSERTS, Stance.REPORTS, Stance.CLAIMS, Stance.ESTIMATES, Stance.EXPECTS}
    | {Stance.ANNOUNCES, Stance.WARNS, Stance.DEMANDS}
)
# Forms of a verb that tell what was done, not what somebody is asked to do or might do.
_DONE = frozenset({Tag.VFIN, Tag.VPP})


class Dropped(Exception):  # noqa: N818  # no error: how most proposals of a weak model end
    """A proposal that is no claim; carries the reason, a word for the count."""


class Drafts:
    """Makes drafts of one article's proposals."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._quotes = quotations.find(segmentation.unwrapped(article.text))
        self._lines: dict[int, Line] = {}

    def draft(self, proposal: Proposal, call: Call) -> tuple[Line, Draft]:
        """The sentence of a proposal, tagged, and the proposal as a draft; else raises Dropped."""
        text, shown = self._article.text, call.at(proposal.sentence)
        if shown is None:
            raise Dropped("unknown_sentence")
        if proposal.stance not in list(Stance):
            raise Dropped("unknown_stance")
        start, end = shown.sentence.start, shown.sentence.end
        content = proposals.find(proposal.content, text, start, shown.reach)
        if content is None:
            raise Dropped("not_in_article")
        if len(text[slice(*content)].split()) < _WORDS:
            raise Dropped("too_short")
        taken = [content]
        for words in (proposal.source, proposal.cue):
            place = proposals.find(words, text, start, end, taken)
            if place is None:
                inside = proposals.find(words, text, start, end) is not None
                raise Dropped("not_apart" if inside else "not_in_article")
            taken.append(place)
        content, form = self._quoted(content)
        line, (_, source, cue) = self._line(shown.sentence), taken
        made = Draft(RULE, Stance(proposal.stance), [content], form, [source], cue)
        made.stance = _stance(line, made, cue)
        return line, made

    def _quoted(self, content: Extent) -> tuple[Extent, Form]:
        """A content within a quotation is direct speech; a whole quotation brings its marks."""
        for quote in self._quotes:
            if quote.start <= content[0] and content[1] <= quote.end:
                outer = max(content[0] - quote.start, quote.end - content[1])
                whole = quote.closed and outer <= _MARKS
                return (quote.start, quote.end) if whole else content, Form.DIRECT
        return content, Form.INDIRECT

    def _line(self, sentence: Sentence) -> Line:
        """The sentence tagged, its spoken quotations masked."""
        if sentence.start not in self._lines:
            text, language = self._article.text, self._article.language
            start, end, words = sentence.start, sentence.end, words_of(language)
            near = [q for q in self._quotes if q.start < end and start < q.end]
            spoken = [quotations.is_speech(text, quote) for quote in near]
            cut = [_cut(quote, sentence) for quote in near]
            speech = tuple(q for q, is_speech in zip(cut, spoken, strict=True) if is_speech)
            rest = tuple(q for q in cut if q not in speech)
            masked = mask(text, start, end, speech, words.dates)
            headline = start == 0
            line = Line(text, start, end, masked, speech, rest, words, language, headline)
            line.read()
            self._lines[start] = line
        return self._lines[sentence.start]


def _cut(quote: Quotation, sentence: Sentence) -> Quotation:
    start, end = max(quote.start, sentence.start), min(quote.end, sentence.end)
    return replace(quote, start=start, end=end)


def _stance(line: Line, draft: Draft, cue: Extent) -> Stance:
    """The stance that the cue bears out; raises Dropped where it bears out none."""
    first, last = line.run(cue)
    tokens = line.tokens[first:last]
    if not any(token.tag in VERBS or token.tag is Tag.NOUN for token in tokens):
        raise Dropped("no_cue")
    if line.position(draft.sources[0][0]) >= len(line.tokens):
        raise Dropped("no_source")
    known = {stance for k in range(first, last) for stance in _known(line, k)}
    done = any(token.tag in _DONE for token in tokens)
    if draft.stance is Stance.CONFIRMS and not (Stance.CONFIRMS in known and done):
        raise Dropped("not_confirmed")
    proposed = known or {draft.stance}
    borne: set[Stance | None] = {stance for stance, at in _fixed(line) if _touch(at, cue)}
    borne = borne or {_turned(line, draft, stance) for stance in proposed}
    if draft.stance in borne or (draft.stance is Stance.NO_COMMENT and None in borne):
        return draft.stance
    said = sorted(stance for stance in borne if stance in _SAYING)
    if draft.stance in _SAYING and said:
        return said[0]
    raise Dropped("other_stance" if borne == proposed else "negated")


def _turned(line: Line, draft: Draft, stance: Stance) -> Stance | None:
    """What a negation in the clause of the cue leaves of a stance."""
    return negation.stance(line, replace(draft, stance=stance, form=Form.INDIRECT))


def _known(line: Line, place: int) -> set[Stance]:
    """The stances that the word tables give a verb or noun."""
    token, words = line.tokens[place], line.words
    if token.tag is Tag.NOUN and token.text in words.nouns:
        return {words.nouns[token.text]}
    if token.tag not in VERBS:
        return set()
    # "räumte ... ein", "ruled out": with its particle it is another verb.
    parted = (words.separable.get((token.lemma, p)) for p in _particles(line.tokens[place + 1 :]))
    cue = next(filter(None, parted), None) or words.verb(token)
    return {cue.stance, *(stance for _, stance in cue.others)} if cue else set()


def _particles(tokens: list[Token]) -> list[str]:
    return [token.lower for token in tokens if token.tag in (Tag.PART, Tag.PREP, Tag.ADV)]


def _fixed(line: Line) -> Iterator[tuple[Stance, Extent]]:
    """The phrases of silence and doubt in a sentence, with their stance."""
    for stance, pattern in line.words.fixed:
        for match in pattern.finditer(line.masked):
            yield stance, (line.start + match.start(), line.start + match.end())


def _touch(a: Extent, b: Extent) -> bool:
    return a[0] < b[1] and b[0] < a[1]
