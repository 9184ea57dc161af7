"""Who said what, with which verb: the claims of an article, each with the rule that found it.

Rules in order, earlier ones use up their words:
1. silence and doubt (no comment, does not confirm, did not deny, unverified),
2. "according to" and its kin, "citing X" as the channel of another claim,
3. frames and reporting verbs of the language (`german_reports`, `english_reports`,
   `slavic_reports`),
4. quotations and Konjunktiv sentences that go on without a frame, with the last speaker,
5. hearsay without a source.
A sentence that holds none of these is narrated: the article says it in its own voice.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from rag import (
    according_to,
    asides,
    continuations,
    english_reports,
    figure_nouns,
    fixed_phrases,
    gapping,
    german_evidentials,
    german_mood,
    german_reports,
    instead,
    interviews,
    quotation_chains,
    quotations,
    segmentation,
    slavic_according_to,
    slavic_forms,
    slavic_labels,
    slavic_quotations,
    slavic_reports,
    slavic_silence,
    slavic_tagging,
    slavic_turns,
    tagging,
)
from rag.actors import Actors
from rag.claims import LONGEST_LINE, claim, narrated, subjects_of, unique
from rag.cues import Lexicon, pronouns, words_of
from rag.drafts import Draft, Extent, Line, mask
from rag.joining import channelled, cut_all, joined, parenthesised, received, within
from rag.quotations import Quotation
from rag.schema import Article, Claim, Form, Sentence, Stance
from rag.speakers import Speakers
from rag.tagging import MASK, Tag

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_FRAME = re.compile(r"\s*[,–—-][\s–—-]*([^\W\d_]+)")  # what follows a short quotation
_RECENT = {"de": 6, "uk": 3, "ru": 3}  # sentences back to which a pronoun may point
_OPENING = 8  # characters: a conjunction before a pronoun
_AWAY = ("unverified", "according_to", "via", "quote_continued", "it_says", "supposed")
_INFLECTED = ("e", "en", "er", "es", "em")
_DASH = re.compile("[–—]")


def extract(article: Article, sentences: tuple[Sentence, ...], actors: Actors) -> tuple[Claim, ...]:
    """All claims in the order of their offsets, of each sentence but questions and other asides.

    Raises EngineError where the tagger for German and English is not installed.
    """
    words = words_of(article.language)
    voices = Speakers(article, actors)
    quotes = quotations.find(segmentation.unwrapped(article.text))
    starts = [quote.start for quote in quotes]
    turns = slavic_turns.find(article.text, article.language)
    interview = interviews.Interview(article)
    claims: list[Claim] = []
    before: Line | None = None
    follows_claim = False
    recent: deque[Line] = deque(maxlen=_RECENT.get(article.language, 0))
    voices.subjects = lambda: subjects_of(tuple(recent))
    for sentence in segmentation.utterances(article, sentences):
        near = _overlapping(article.text, quotes, starts, sentence)
        line = _line(article, sentence, near, words, headline=sentence.start < len(article.title))
        claims[-1:] = _told_after(line, claims[-1:], voices)
        said = interview.drafts(sentence)
        drafts = _outside(line, turns, follows_claim) if said is None else said
        found = [
            made
            for draft in drafts
            if (made := claim(article, line, sentence, draft, before, voices)) is not None
        ]
        follows_claim = any(made.sources for made in found)
        recent.append(line)
        if not found and said is None and asides.is_statement(sentence, article):
            found = [narrated(article, sentence, words)]
        claims += found
        before = line
    quotes = slavic_turns.chained(quotes, turns)
    claims = quotation_chains.joined(article, claims, quotes)
    return figure_nouns.completed(article, sentences, unique(claims))


def _outside(line: Line, turns: Sequence[slavic_turns.Turn], follows_claim: bool) -> list[Draft]:
    """What a sentence of no interview says."""
    if asides.announces(line.text[line.start : line.end], line.language):
        return []
    drafts = slavic_turns.spoken(line, turns) or _drafts(line, follows_claim)
    return instead.completed(line, slavic_turns.outside(drafts, turns))


def _told_after(line: Line, last: list[Claim], voices: Speakers) -> list[Claim]:
    """As in "«А. Б». Так X описав удар": who has said the quotation before."""
    if not last or last[0].rule != "quote_continued" or last[0].sources:
        return last
    if not slavic_quotations.points_back(line.text[line.start : line.end], line.language):
        return last
    line.read()
    who = continuations.main_subject(line)
    return [replace(last[0], sources=voices.sources([who], None))] if who else last


def _overlapping(
    text: str, quotes: tuple[Quotation, ...], starts: list[int], sentence: Sentence
) -> tuple[Quotation, ...]:
    """The quotations that reach into a sentence, cut to it.

    An unclosed one reaches beyond its sentence only where it opens the paragraph.
    """
    first = bisect_left(starts, sentence.start)
    if first and quotes[first - 1].end > sentence.start:
        first -= 1
    last = bisect_left(starts, sentence.end)
    return tuple(
        replace(q, start=max(q.start, sentence.start), end=min(q.end, sentence.end))
        for q in quotes[first:last]
        if q.closed or q.start >= sentence.start or text[q.start - 1 : q.start] in ("", "\n")
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
    near = slavic_quotations.opened(text, near, article.language)
    speech = tuple(q for q in near if _is_speech(text, q, sentence, article.language))
    return Line(
        text=text,
        start=sentence.start,
        end=sentence.end,
        masked=slavic_tagging.undated(
            mask(text, sentence.start, sentence.end, speech, words.dates), article.language
        ),
        quotes=speech,
        fragments=tuple(q for q in near if q not in speech),
        words=words,
        language=article.language,
        headline=headline,
    )


def _is_speech(text: str, quote: Quotation, sentence: Sentence, language: str) -> bool:
    """A quotation that can stand alone, one with a speaker clause, or a piece of a longer one."""
    if quote.start == sentence.start and quote.end == sentence.end:
        return True
    frame = _FRAME.match(text, quote.end, sentence.end)
    word = frame.group(1) if frame else ""
    said = bool(word) and (
        _is_cue_word(language, word) or slavic_quotations.is_finite(word, language)
    )
    return said or quotations.is_speech(text, quote)


def _drafts(line: Line, follows_claim: bool) -> list[Draft]:
    if line.end - line.start > LONGEST_LINE or not _is_worth_tagging(line, follows_claim):
        return []
    line.read()
    if line.language in slavic_forms.SLAVIC:
        return _slavic_drafts(line, follows_claim)
    phrased = according_to.found(line)
    silent = fixed_phrases.silence_and_doubt(line)
    for draft in silent:
        _cut_frames(line, draft, phrased)
    rules = german_reports if line.language == "de" else english_reports
    read = parenthesised(line, rules.reported(line), rules.reported)
    verbal = received(line, channelled(_spoken(line, silent, read)))
    verbal += gapping.gapped(line, verbal)
    for draft in verbal:
        if draft.rule in ("figure", "object", "prepositional_object"):
            _cut_frames(line, draft, phrased)
    drafts = silent + joined(line, phrased, verbal, silent)
    if line.language == "de" and drafts and not any(d.sources or d.rule in _AWAY for d in drafts):
        # "Es seien Zettel gefunden worden, die zu X aufforderten": the mood tells who goes on
        drafts = german_mood.reported_mood(line, follows_claim) or drafts
    elif line.language == "de" and not drafts:
        drafts += german_mood.reported_mood(line, follows_claim)
        drafts = drafts or german_evidentials.supposed(line, follows_claim)
    elif line.language == "de":
        drafts += german_evidentials.after_semicolon(line, drafts)
    drafts += continuations.loose_quotes(line, drafts)
    if not drafts:
        drafts += continuations.headline_label(line)
    if line.language in ("en", "de"):
        drafts.sort(key=lambda draft: draft.cue[0] if draft.cue else line.start)
    if all(draft.stance is Stance.UNVERIFIED for draft in drafts):
        heard = fixed_phrases.hearsay(line)
        drafts += [d for d in heard if not drafts or _is_adverb(line, d)]
    return drafts


def _is_adverb(line: Line, draft: Draft) -> bool:
    """Whether the word of hearsay stands by itself: "angeblich", not "der angebliche Angriff"."""
    return draft.cue is not None and not line.text[slice(*draft.cue)].endswith(_INFLECTED)


def _slavic_drafts(line: Line, follows_claim: bool) -> list[Draft]:
    phrased = slavic_according_to.found(line)
    silent = slavic_silence.found(line)
    verbal = slavic_reports.reported(line)
    silent = [d for d in silent if not any(within(d.cue, v.content) for v in verbal if v.sources)]
    drafts = silent + joined(line, phrased, verbal, silent)
    drafts += slavic_labels.before_quote(line)
    drafts += continuations.loose_quotes(line, drafts)
    drafts.sort(key=lambda draft: draft.cue[0] if draft.cue else line.end)
    return drafts or slavic_labels.found(line, follows_claim=follows_claim)


def _is_worth_tagging(line: Line, follows_claim: bool) -> bool:
    if line.language in slavic_forms.SLAVIC and _DASH.search(line.masked):
        return True
    if MASK in line.masked or ":" in line.masked or follows_claim or fixed_phrases.matches(line):
        return True
    return any(_is_cue_word(line.language, w) for w in _WORD.findall(line.masked.lower()))


@cache
def _is_cue_word(language: str, word: str) -> bool:
    words = words_of(language)
    if language in slavic_forms.SLAVIC:
        noun = word.startswith(tuple(words.nouns))
        return noun or word in words.words["triggers"] or slavic_forms.is_cue(word, language)
    mood = language == "de" and word in tagging.tagger("de").reported_mood
    return mood or word in words.words["triggers"] or word.startswith(words.stems)


def _cut_frames(line: Line, draft: Draft, phrased: list[Draft]) -> None:
    """As in "bestätigte das laut X nicht": the frame is no part of the matter, "das" is before."""
    whole = list(draft.content)
    for start, end in (other.frame for other in phrased if other.frame):
        inner = [part for part in draft.content if part[0] < end and start < part[1]]
        if inner and inner[0] != draft.cue:
            draft.content = cut_all(draft.content, [(0, start), (end, 1 << 40)])
    draft.content = [part for part in draft.content if part[1] - part[0] > 1] or whole
    if len(draft.content) == 1 and draft.sources:
        said = line.text[slice(*draft.content[0])].strip().lower()
        draft.rule = "anaphora" if said in line.words.words["anaphora"] else draft.rule


def _spoken(line: Line, silent: list[Draft], verbal: list[Draft]) -> list[Draft]:
    """As in "X said he could not confirm Y": the silence is X's, and nothing else was said."""
    kept = list(verbal)
    for draft in silent:
        host = next((d for d in kept if d.sources and within(draft.cue, d.content)), None)
        if host is None or draft.stance is Stance.UNVERIFIED or not _is_own(line, draft, host):
            continue
        draft.sources = host.sources
        if host.stance is Stance.ASSERTS and host.form is Form.INDIRECT:
            host.content = _said_before(line, host.content, draft)
            if not host.content:
                kept.remove(host)
    return kept


def _said_before(line: Line, content: list[Extent], silent: Draft) -> list[Extent]:
    """As in "X said he had seen the report but could not confirm it": what X did say."""
    begins = silent.cue[0] if silent.cue else 0
    first, last = line.run((content[0][0], begins)) if content[0][0] < begins else (0, 0)
    for k in range(last - 1, first, -1):
        if line.tokens[k].text == "," or line.tokens[k].tag is Tag.CONJ:
            told = (line.tokens[first].start, line.tokens[k - 1].end)
            finite = any(line.tokens[m].tag is Tag.VFIN for m in range(first, k))
            return [told] if finite else []
    return []


def _is_own(line: Line, draft: Draft, host: Draft) -> bool:
    """Whether a pronoun that opens the content is silent: it means the one who reports."""
    opened = host.content[0][0] + _OPENING
    later = [start for start, _ in draft.sources if start > opened]
    if later and any(t.tag is Tag.NAME and opened < t.start < later[0] for t in line.tokens):
        return False
    words = pronouns(line.language)
    own = words.gender.keys() | words.things.keys()
    return all(line.text[start:end].lower() in own for start, end in draft.sources)
