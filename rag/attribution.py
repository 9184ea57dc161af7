"""Who said what, with which verb: the claims of an article, each with the rule that found it.

Rules in order, earlier ones use up their words:
1. silence and doubt (no comment, does not confirm, did not deny, unverified),
2. "according to" and its kin, "citing X" as the channel of another claim,
3. frames and reporting verbs of the language (`german_reports`, `svo_reports`),
4. quotations and Konjunktiv sentences that go on without a frame, with the last speaker,
5. hearsay without a source.
A sentence that holds none of these is narrated: the article says it in its own voice.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from functools import cache

from rag import (
    continuations,
    dates,
    fixed_phrases,
    german_reports,
    quantities,
    quotations,
    svo_reports,
    tagging,
)
from rag.actors import Actors
from rag.cues import Lexicon, words_of
from rag.drafts import Draft, Extent, Line, mask
from rag.quotations import Quotation
from rag.schema import Article, Claim, Form, Polarity, Sentence, Source, Span, Stance
from rag.speakers import Speakers
from rag.tagging import MASK

_LONGEST_LINE = 6000  # characters; longer "sentences" are data, not speech
_WORD = re.compile(r"[^\W\d_]+")
_NEGATED = {
    Stance.CONFIRMS: Stance.DOES_NOT_CONFIRM,
    Stance.DENIES: Stance.NOT_DENIED,
}


def extract(article: Article, sentences: tuple[Sentence, ...], actors: Actors) -> tuple[Claim, ...]:
    """All claims of the article in the order of their offsets; every sentence yields one or more.

    Raises EngineError where the tagger for German and English is not installed.
    """
    words = words_of(article.language)
    speakers = Speakers(article, actors)
    quotes = quotations.find(article.text)
    starts = [quote.start for quote in quotes]
    claims: list[Claim] = []
    before: Line | None = None
    follows_claim = False
    for number, sentence in enumerate(sentences):
        near = _overlapping(quotes, starts, sentence)
        line = _line(article, sentence, near, words, headline=number == 0)
        drafts = _drafts(line, follows_claim)
        found = [
            claim
            for draft in drafts
            if (claim := _claim(article, line, sentence, draft, before, speakers)) is not None
        ]
        follows_claim = any(claim.sources for claim in found)
        claims += found or [_narrated(article, sentence, words)]
        before = line
    return tuple(_unique(claims))


def _overlapping(
    quotes: tuple[Quotation, ...], starts: list[int], sentence: Sentence
) -> tuple[Quotation, ...]:
    """The quotations that reach into a sentence, cut to it."""
    first = bisect_left(starts, sentence.start)
    if first and quotes[first - 1].end > sentence.start:
        first -= 1
    last = bisect_left(starts, sentence.end)
    return tuple(
        replace(q, start=max(q.start, sentence.start), end=min(q.end, sentence.end))
        for q in quotes[first:last]
    )


def _line(
    article: Article,
    sentence: Sentence,
    near: tuple[Quotation, ...],
    words: Lexicon,
    *,
    headline: bool,
) -> Line:
    text = article.text
    speech = tuple(q for q in near if _is_speech(text, q, sentence))
    return Line(
        text=text,
        start=sentence.start,
        end=sentence.end,
        masked=mask(text, sentence.start, sentence.end, speech),
        quotes=speech,
        fragments=tuple(q for q in near if q not in speech),
        words=words,
        language=article.language,
        headline=headline,
    )


def _is_speech(text: str, quote: Quotation, sentence: Sentence) -> bool:
    """A quotation that can stand alone, or of which this sentence is a piece."""
    cut = quote.start == sentence.start and quote.end == sentence.end
    return cut or quotations.is_speech(text, quote)


def _drafts(line: Line, follows_claim: bool) -> list[Draft]:
    if line.end - line.start > _LONGEST_LINE or not _is_worth_tagging(line, follows_claim):
        return []
    line.tokens = tagging.tagger(line.language).tag(line.masked, line.start)
    drafts = fixed_phrases.silence_and_doubt(line)
    phrased = fixed_phrases.according_to(line)
    rules = german_reports if line.language == "de" else svo_reports
    verbal = rules.reported(line)
    drafts += _joined(phrased, verbal)
    drafts += continuations.loose_quotes(line)
    if line.language == "de" and not drafts:
        drafts += continuations.reported_mood(line, follows_claim)
    return drafts or fixed_phrases.hearsay(line)


def _is_worth_tagging(line: Line, follows_claim: bool) -> bool:
    if MASK in line.masked or follows_claim or fixed_phrases.matches(line):
        return True
    return any(_is_cue_word(line.language, w) for w in _WORD.findall(line.masked.lower()))


@cache
def _is_cue_word(language: str, word: str) -> bool:
    words = words_of(language)
    mood = language == "de" and word in tagging.tagger("de").reported_mood
    return mood or word.startswith(words.stems)


def _joined(phrased: list[Draft], verbal: list[Draft]) -> list[Draft]:
    """ "According to X" beside a reporting verb is the channel of what the verb reports."""
    kept: list[Draft] = []
    for draft in phrased:
        hosts = [other for other in verbal if not _within(draft.cue, other.content)]
        inside = [other for other in verbal if _within(draft.cue, other.content)]
        if draft.rule == "via" and (hosts or inside):
            for other in hosts or inside:
                other.via, other.sources = other.sources, draft.sources
        elif hosts and not inside:
            for other in hosts:
                other.via = other.via + draft.sources
        else:
            if inside:
                draft.content = [part for e in draft.content for part in _cut(e, inside[0].content)]
            kept.append(draft)
    return kept + verbal


def _within(extent: Extent | None, content: list[Extent]) -> bool:
    return extent is not None and any(a <= extent[0] and extent[1] <= b for a, b in content)


def _cut(extent: Extent, bounds: list[Extent]) -> list[Extent]:
    cut = [(max(extent[0], a), min(extent[1], b)) for a, b in bounds]
    return [part for part in cut if part[1] > part[0]]


def _claim(
    article: Article,
    line: Line,
    sentence: Sentence,
    draft: Draft,
    before: Line | None,
    speakers: Speakers,
) -> Claim | None:
    content = draft.content
    if draft.rule == "anaphora" and before is not None:
        content = [(before.start, before.end)]
    content = [extent for extent in content if extent[1] > extent[0]]
    if not content:
        return None
    if draft.carried:
        sources = speakers.spoken
    else:
        sources = speakers.sources(draft.sources, _subject_of(before))
    speakers.remember(draft, sources, sentence.end)
    spans = tuple(article.span(*extent) for extent in sorted(content))
    return Claim(
        id=f"{article.id}:{spans[0].start}-{spans[-1].end}:{draft.rule}",
        sentence=sentence,
        content=spans,
        form=_form(draft, line, spans),
        stance=draft.stance,
        rule=draft.rule,
        sources=sources,
        via=speakers.sources(draft.via, None),
        cue=article.span(*draft.cue) if draft.cue else None,
        hedges=_hedges(article, spans, line.words),
        polarity=_polarity(spans, line),
        quantities=tuple(q for s in spans for q in quantities.find(s, article.language)),
        date=dates.resolve(_frame(sentence, spans), article.language, article.published),
    )


def _subject_of(before: Line | None) -> Extent | None:
    """The subject of the sentence before; it is tagged now if no rule had looked at it."""
    if before is None or before.end - before.start > _LONGEST_LINE:
        return None
    if not before.tokens:
        before.tokens = tagging.tagger(before.language).tag(before.masked, before.start)
    return continuations.main_subject(before)


def _form(draft: Draft, line: Line, spans: tuple[Span, ...]) -> Form:
    if draft.form is not Form.INDIRECT:
        return draft.form
    quoted = any(
        span.start <= quote.start and quote.end <= span.end
        for span in spans
        for quote in (*line.quotes, *line.fragments)
    )
    return Form.MIXED if quoted else Form.INDIRECT


def _frame(sentence: Sentence, spans: tuple[Span, ...]) -> str:
    """The sentence without the content: its dates tell when something was said."""
    text, at = "", sentence.start
    for span in spans:
        text += sentence.text[max(0, at - sentence.start) : max(0, span.start - sentence.start)]
        at = max(at, span.end)
    return text + sentence.text[max(0, at - sentence.start) :]


def _hedges(article: Article, spans: tuple[Span, ...], words: Lexicon) -> tuple[Span, ...]:
    return tuple(
        article.span(span.start + match.start(), span.start + match.end())
        for span in spans
        for match in words.hedges.finditer(span.text)
    )


def _polarity(spans: tuple[Span, ...], line: Line) -> Polarity:
    """Whether the first clause of the content is negated."""
    first_clause = re.split(r"[,;:]", spans[0].text.lstrip("„“«\"» "), maxsplit=1)[0]
    negations = line.words.words["negations"]
    negated = any(word in negations for word in re.findall(r"[\w’']+", first_clause.lower()))
    return Polarity.NEGATIVE if negated else Polarity.POSITIVE


def _narrated(article: Article, sentence: Sentence, words: Lexicon) -> Claim:
    line_text = (sentence,)
    return Claim(
        id=f"{article.id}:{sentence.start}-{sentence.end}:narrated",
        sentence=sentence,
        content=line_text,
        form=Form.NARRATED,
        stance=Stance.ASSERTS,
        rule="narrated",
        hedges=_hedges(article, line_text, words),
        quantities=quantities.find(sentence, article.language),
        date=dates.resolve(sentence.text, article.language, article.published),
    )


def _unique(claims: list[Claim]) -> list[Claim]:
    """Claims in order of their content, each id once."""
    by_id = {claim.id: claim for claim in reversed(claims)}
    return sorted(by_id.values(), key=lambda c: (c.content[0].start, c.content[-1].end, c.rule))
