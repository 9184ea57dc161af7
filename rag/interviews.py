"""Interviews: whose turn a sentence is, where the text gives a conversation turn by turn.

Two forms are read. Lines that a name and a colon open ("Aschenbrenner: …", "**Q:** …"), where one
name repeats and one of them asks; and questions in bold on lines of their own, where the person of
the lead answers. What the interviewee says is direct speech without quotation marks; the questions
are nobody's statements. A "no" to a question denies what was asked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rag import lexicon, noun_phrase, tagging
from rag.drafts import Draft, Extent
from rag.schema import LANGUAGES, Article, Form, Sentence, Stance

RULE, REPLY = "turn", "reply"
_LEAST = 3  # turns of an interview
_LABEL_WORDS = 4
_MARKS = "*_"
_LABEL = re.compile(
    r"^(?:\*\*|__)?(?P<name>[A-ZÄÖÜА-ЯІЇЄҐ][^\n:*_?!„“«»\"]{0,40})"
    r"(?:\*\*|__)?:(?:\*\*|__)?[ \t]+(?=\S)",
    re.MULTILINE,
)
_BOLD = re.compile(r"^(?P<mark>\*\*|__|\*|_)(?P<asked>[^\n*_]+\?)(?P=mark)\s*$", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6}\s", re.MULTILINE)
_TRIM = " .!…"


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn: where its words begin and end, who has it; None for who asks."""

    start: int
    end: int
    speaker: Extent | None


def find(article: Article) -> tuple[Turn, ...]:
    """The turns of an interview in order; none where the article is none."""
    if article.language not in LANGUAGES:
        return ()
    return _labelled(article) or _bold(article)


def _labelled(article: Article) -> tuple[Turn, ...]:
    text = article.text
    lines = [m for m in _LABEL.finditer(text) if len(m.group("name").split()) <= _LABEL_WORDS]
    lines = [m for m in lines if m.start() >= len(article.title)]
    names = Counter(m.group("name").strip() for m in lines)
    repeated = {name for name, count in names.items() if count > 1}
    if len(lines) < _LEAST or not repeated:
        return ()
    stops = [*(m.start() for m in lines[1:]), _line_end(text, lines[-1].end())]
    asking = _asking(article, lines, stops)
    if not asking or asking.issuperset(names):
        return ()
    found = []
    for match, stop in zip(lines, stops, strict=True):
        name = match.group("name").strip()
        heading = _HEADING.search(text, match.end(), stop)
        end = heading.start() if heading else stop
        speaker = None if name in asking else _full(article, name, match.start("name"))
        found.append(Turn(match.end(), end, speaker))
    return tuple(found)


def _full(article: Article, name: str, start: int) -> Extent:
    """Where the text has first named in full whom a surname labels, or else the label itself."""
    if " " not in name:
        whole = re.compile(rf"(?<!\w)(?P<given>[A-ZÄÖÜА-ЯІЇЄҐ][\w’'-]+) {re.escape(name)}(?!\w)")
        for match in whole.finditer(article.text, 0, start):
            if not noun_phrase.is_a("roles", match.group("given")):
                return match.span()
    return start, start + len(name)


def _asking(article: Article, lines: Sequence[re.Match[str]], stops: Sequence[int]) -> set[str]:
    """The names whose turns are questions: the outlet's, "Q", or who asks most of the time."""
    asked: dict[str, list[bool]] = {}
    for match, stop in zip(lines, stops, strict=True):
        said = article.text[match.end() : stop].strip().rstrip(_MARKS)
        asked.setdefault(match.group("name").strip(), []).append(said.endswith("?"))
    generic = lexicon.load("interviews")["asks"][article.language].split()
    known = {n for n in asked if n.lower() in generic or n == article.publisher}
    most = {n: sum(turns) / len(turns) for n, turns in asked.items() if any(turns)}
    best = max(most, key=lambda n: (most[n], -len(n)), default="")
    return known or ({best} if best and most[best] > 0.5 else set())


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _bold(article: Article) -> tuple[Turn, ...]:
    text = article.text
    asked = list(_BOLD.finditer(text))
    speaker = _interviewee(article, asked[0].start()) if len(asked) > 1 else None
    if speaker is None:
        return ()
    found = []
    for match, following in zip(asked, [*asked[1:], None], strict=True):
        stop = following.start() if following else len(text)
        heading = _HEADING.search(text, match.end(), stop)
        found.append(Turn(*match.span("asked"), None))
        found.append(Turn(match.end(), heading.start() if heading else stop, speaker))
    return tuple(found)


def _interviewee(article: Article, end: int) -> Extent | None:
    """Whom the lead names in full: two words of a name, the last that stand together."""
    names: list[Extent] = []
    for token in tagging.tagger(article.language).tag(article.text[len(article.title) : end]):
        start, stop = (at + len(article.title) for at in (token.start, token.end))
        name = token.tag is tagging.Tag.NAME and article.text[start].isupper()
        if name and names and article.text[names[-1][1] : start] == " ":
            names[-1] = (names[-1][0], stop)
        elif name:
            names.append((start, stop))
    full = [extent for extent in names if " " in article.text[slice(*extent)]]
    return full[0] if full else None


class Interview:
    """The turns of an article, and what each of its sentences says, read in order."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._turns = find(article)
        self._asked: Extent | None = None  # the question before, till it is answered

    def drafts(self, sentence: Sentence) -> list[Draft] | None:
        """What the one who answers says; nothing of a question, None outside of all turns."""
        reaching = (t for t in self._turns if sentence.start < t.end and t.start < sentence.end)
        turn = next(reaching, None)
        if turn is None:
            return None
        start, end = max(sentence.start, turn.start), min(sentence.end, turn.end)
        said = self._article.text[start:end]
        if turn.speaker is None:
            self._asked = (self._asked[0] if self._asked else start, end)
            return []
        asked, self._asked = self._asked, None
        if said.rstrip().endswith("?"):
            return []
        if asked and _denies(self._article.language).fullmatch(said.lower().strip(_TRIM)):
            return [Draft(REPLY, Stance.DENIES, [asked], Form.DIRECT, [turn.speaker])]
        content = [(start, end)]
        return [Draft(RULE, Stance.ASSERTS, content, Form.DIRECT, [turn.speaker])]


@cache
def _denies(language: str) -> re.Pattern[str]:
    return re.compile(lexicon.load("interviews")["denies"][language])
