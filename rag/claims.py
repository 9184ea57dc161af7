"""A draft made a claim: sources resolved, hedges, polarity, quantities and date read.

The date is that of the frame: when something was said, not when it happened.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag import continuations, instead, negation, noun_phrase, quantities, saying_dates, so_many
from rag.cues import Lexicon, pronouns
from rag.drafts import Draft, Extent, Line
from rag.schema import (
    Article,
    Claim,
    Form,
    Polarity,
    Quantity,
    Sentence,
    Side,
    Source,
    SourceKind,
    Span,
    Stance,
)
from rag.slavic_forms import SLAVIC
from rag.speakers import UNCLEAR, Speakers

_MARKS = ";–—"  # between the clauses of a correction
LONGEST_LINE = 6000  # characters; longer "sentences" are data, not speech


def claim(
    article: Article,
    line: Line,
    sentence: Sentence,
    draft: Draft,
    before: Line | None,
    speakers: Speakers,
) -> Claim | None:
    """The claim of a draft, its mentions made sources; None where the draft does not hold."""
    content = draft.content
    if draft.rule == "anaphora":
        said_before = _said_before(speakers, draft, sentence, before or line)
        if said_before and draft.repeats:
            return None  # "Об этом сообщил X" behind a claim: another channel of the same
        content = said_before or _all_of(before)
    content = [extent for extent in content if extent[1] > extent[0]]
    own = pronouns(article.language).own
    ours = any(article.text[a:b].lower() in own for a, b in draft.sources)
    if not content or ours or _is_withdrawn(line, sentence, draft):
        return None  # "we have found no evidence" is the article's own voice
    if draft.near and not speakers.in_paragraph(sentence.start):
        told = draft.sources or speakers.body_before(sentence.start, _subject_of(before))
        sources = speakers.sources(told, None)
    elif draft.carried:
        sources = _continued(speakers, draft, sentence.start, before)
        if draft.sources:  # "demnach" points back as a pronoun does
            pointer = article.span(*draft.sources[0])
            nobody = Source(UNCLEAR, SourceKind.ANONYMOUS, Side.OTHER, pointer)
            sources = tuple(replace(source, mention=pointer) for source in sources or (nobody,))
    else:
        sources = speakers.sources(draft.sources, _subject_of(before))
    if not all(_may_speak(source, draft, line, speakers) for source in sources):
        return None
    stance = negation.stance(line, draft)
    if stance is None:
        return None
    if draft.carried and draft.form is Form.FREE and stance is Stance.ASSERTS:
        stance = speakers.stance_carried(stance)
    said = article.text[slice(*content[0])]
    if stance is Stance.ASSERTS and draft.form is Form.DIRECT and line.words.silence.match(said):
        stance = Stance.DOES_NOT_CONFIRM  # "“We cannot confirm these reports,” he said"
    via = speakers.sources(draft.via, _subject_of(before) if draft.via else None)
    via = tuple(channel for channel in via if channel.name != UNCLEAR)
    speakers.remember(draft, sources, via, sentence.end, content)
    spans = tuple(article.span(*extent) for extent in sorted(content))
    figures = _figures(article, sentence, spans)
    whole, figures = so_many.resolved(article, before, spans, figures)
    return Claim(
        id=f"{article.id}:{spans[0].start}-{spans[-1].end}:{draft.rule}{_again(sentence, spans)}",
        sentence=sentence,
        content=whole,
        form=_form(draft, line, spans),
        stance=stance,
        rule=draft.rule,
        sources=sources,
        via=via,
        cue=article.span(*draft.cue) if draft.cue else None,
        hedges=_hedges(article, spans, line.words),
        polarity=_polarity(spans, line, draft),
        quantities=figures,
        date=_said_on(article, sentence, draft, spans),
    )


def _said_before(
    speakers: Speakers, draft: Draft, sentence: Sentence, before: Line
) -> list[Extent]:
    """What "this" means; a denial reaches back over an aside of the article."""
    said = speakers.content_since(before.start)
    if draft.stance is not Stance.DENIES:
        return said
    who = speakers.sources(draft.sources, _subject_of(before))
    denied = speakers.denied(sentence.start, who, said)
    if denied or not speakers.in_paragraph(sentence.start):
        return denied or said
    return said or list(speakers.said)


def _continued(
    speakers: Speakers, draft: Draft, start: int, before: Line | None
) -> tuple[Source, ...]:
    """Who goes on; where nobody spoke in the paragraph, the last subject in it (uk, ru)."""
    titled = before is not None and before.headline
    told = speakers.continued(start, None if titled else _subject_of(before))
    text, language = speakers.article.text, speakers.article.language
    alone = draft.rule == "quote_continued" and language in SLAVIC
    if not alone or speakers.in_paragraph(start):
        return told
    near = (who for who in speakers.subjects() if "\n" not in text[who[1] : start])
    named = next(near, None)
    return speakers.sources([named], None) if named is not None else told


def _may_speak(source: Source, draft: Draft, line: Line, speakers: Speakers) -> bool:
    """Whether a source is somebody, as far as its rule asks; a time ("a day") never is."""
    if source.kind is SourceKind.ORGANISATION and source.name.lower() in line.words.words["time"]:
        return False
    if draft.voiced and not speakers.is_voice(source):
        return False
    return not (draft.person or draft.rule == "label") or _may_head(source, speakers, draft)


def _may_head(source: Source, speakers: Speakers, draft: Draft) -> bool:
    """Whether a name beside a headline is a speaker's: a person's, or that of a known body."""
    known = speakers.actors.get(source.name)
    if known is not None and known.kind is SourceKind.PERSON:
        return speakers.is_headed_by(source)
    if not draft.person:
        return True
    body = known is not None and known.kind is SourceKind.ORGANISATION
    return source.kind is SourceKind.PERSON or body


def _again(sentence: Sentence, spans: tuple[Span, ...]) -> str:
    """Where the sentence begins, for "Das dementierte X": two may speak of the same content."""
    return f"@{sentence.start}" if spans[-1].end <= sentence.start else ""


def _all_of(before: Line | None) -> list[Extent]:
    return [(before.start, before.end)] if before is not None else []


def subjects_of(lines: Sequence[Line]) -> list[Extent]:
    """The subjects of these German sentences that can speak, the last one first."""
    found: list[Extent] = []
    for line in reversed(lines):
        if line.end - line.start <= LONGEST_LINE:
            if not line.tokens:
                line.read()
            found += reversed(continuations.subjects(line))
    return found


def _subject_of(before: Line | None) -> Extent | None:
    """The subject of the sentence before; it is tagged now if no rule had looked at it."""
    if before is None or before.end - before.start > LONGEST_LINE:
        return None
    if not before.tokens:
        before.read()
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


_OF_OBJECT = ("object", "prepositional_object")
_WITHIN = ("figure", "naming", *(stance.value for stance in negation.SILENT))


def _said_on(
    article: Article, sentence: Sentence, draft: Draft, spans: tuple[Span, ...]
) -> str | None:
    """When it was said: by the frame, or by an adverbial that stands amid an object."""
    cue = article.span(*draft.cue) if draft.cue else None
    language, published = article.language, article.published
    told = saying_dates.of_frame(sentence, spans, cue, language, published)
    heads = (word for span in spans for word in span.text.split()[:4])
    of_words = draft.rule in _OF_OBJECT and any(noun_phrase.is_a("statements", w) for w in heads)
    if told is not None or not (draft.rule in _WITHIN or of_words):
        return told
    inner = (saying_dates.within(span, language, published) for span in spans)
    return next((value for value in inner if value), None)


def _figures(article: Article, sentence: Sentence, spans: tuple[Span, ...]) -> tuple[Quantity, ...]:
    """The figures of a content; one that a frame splits is read as the clause it is.

    "Погибших, по его расчёту, до 325 000": the part with the number does not tell what it counts.
    """
    first, last = spans[0].start, spans[-1].end
    if len(spans) == 1 or first < sentence.start or last > sentence.end:
        return tuple(q for s in spans for q in quantities.find(s, article.language))
    text, at = "", first
    for span in spans:  # the frame between is blank: its words say nothing of the figures
        text += " " * (span.start - at) + span.text[max(0, at - span.start) :]
        at = max(at, span.end)
    found = quantities.find(Span(article.id, first, last, text), article.language)
    return tuple(
        q for q in found if any(s.start <= q.span.start < q.span.end <= s.end for s in spans)
    )


def _hedges(article: Article, spans: tuple[Span, ...], words: Lexicon) -> tuple[Span, ...]:
    return tuple(
        article.span(span.start + match.start(), span.start + match.end())
        for span in spans
        for match in words.hedges.finditer(span.text)
    )


def _polarity(spans: tuple[Span, ...], line: Line, draft: Draft) -> Polarity:
    """Whether the first clause of the content is negated, or "does not believe that" negates it.

    Silence and doubt are not negated: what they are silent about is their content.
    """
    if draft.stance in negation.SILENT:
        return Polarity.POSITIVE
    held = instead.resolved(spans[0].text, line.language).lstrip('„“«"» ')
    first_clause = re.split(r"[,;:]", held, maxsplit=1)[0]
    first_clause = line.words.not_negating.sub(" ", first_clause)
    negations = line.words.words["negations"]
    negated = any(word in negations for word in re.findall(r"[\w’']+", first_clause.lower()))
    turned = draft.stance in negation.KEPT and draft.cue is not None and bool(line.tokens)
    if turned and draft.form is Form.INDIRECT and draft.rule not in negation.FREE_OF_VERB:
        negated = negated != negation.is_negated(line, draft)
    return Polarity.NEGATIVE if negated else Polarity.POSITIVE


def _is_withdrawn(line: Line, sentence: Sentence, draft: Draft) -> bool:
    """Whether a draft tells what a correction withdraws: "in an earlier version it said ..."."""
    withdrawn = line.words.withdrawn.search(sentence.text)
    return withdrawn is not None and any(
        start < sentence.start + withdrawn.end() for start, _ in draft.content
    )


def narrated(article: Article, sentence: Sentence, words: Lexicon) -> Claim:
    """What the article says in its own voice; of a correction what it does not withdraw."""
    holding: tuple[Span, ...] = (sentence,)
    figures = quantities.find(sentence, article.language)
    withdrawn = words.withdrawn.search(sentence.text)
    if withdrawn is not None:
        holding = _holding(article, sentence, withdrawn)
        figures = tuple(q for q in figures for s in holding if s.start <= q.span.start < s.end)
    content = holding or (sentence,)
    return Claim(
        id=f"{article.id}:{sentence.start}-{sentence.end}:narrated",
        sentence=sentence,
        content=content,
        form=Form.NARRATED,
        stance=Stance.ASSERTS,
        rule="narrated",
        hedges=_hedges(article, content, words),
        polarity=Polarity.POSITIVE if holding else Polarity.NEGATIVE,
        quantities=figures,
        date=saying_dates.of_narration(sentence, article.language, article.published),
    )


def _holding(article: Article, sentence: Sentence, withdrawn: re.Match[str]) -> tuple[Span, ...]:
    """The clauses of a correction beside the one that tells what was withdrawn."""
    text = sentence.text
    before = max(text.rfind(mark, 0, withdrawn.start()) for mark in _MARKS)
    after = len(text) - len(text[withdrawn.end() :].lstrip(_MARKS + " "))
    extents = ((0, max(0, before)), (after, len(text)))
    spans = (article.span(sentence.start + a, sentence.start + b) for a, b in extents)
    return tuple(span for span in spans if re.search(r"\w", span.text))


def unique(claims: list[Claim]) -> list[Claim]:
    """Claims in order of their content, each id once."""
    by_id = {claim.id: claim for claim in reversed(claims)}
    return sorted(by_id.values(), key=_place)


def _place(claim: Claim) -> tuple[int, int, int, str]:
    first, last = claim.content[0].start, claim.content[-1].end
    return first, last, claim.sentence.start, claim.rule
