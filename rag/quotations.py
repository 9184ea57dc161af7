"""Where a text quotes: the stretches between quotation marks, of every style, in one pass.

A mark is judged where it stands, because the same character opens in one language and closes in
another (“ opens in English and closes in German, » opens in German books and closes in French).
A quotation never crosses the end of its paragraph; an unclosed one runs to that end, as in
English multi-paragraph quotations.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

SPEECH_WORDS = 5  # shorter ones without end mark are titles and scare quotes
_UNCLOSED = 25  # characters that must follow an opening mark that nobody closes

# One level of the same marks may be nested («ООО «Ромашка»»). The classes exclude the marks
# themselves, so that no search runs over the same characters twice.
_CLOSED = {
    "„": re.compile(r"„[^„“”\"\n]*(?:„[^„“”\"\n]*[“”\"][^„“”\"\n]*)*[“”\"]"),
    "“": re.compile(r"“[^“”\"\n]*(?:“[^“”\"\n]*”[^“”\"\n]*)*[”\"“]"),
    "«": re.compile(r"«[^«»\n]*(?:«[^«»\n]*»[^«»\n]*)*»"),
    "»": re.compile(r"»[^«»\n]+«"),
    '"': re.compile(r"\"[^\"\n]+\""),
    "”": re.compile(r"”[^“”\n]+”"),
    "‘": re.compile(r"‘[^‘\n]*?[\w.,!?…]’(?!\w)"),
    "‚": re.compile(r"‚[^‚\n]*?[\w.,!?…]‘(?!\w)"),
    # Straight single marks: an apostrophe within a word or after a plural closes nothing.
    "'": re.compile(
        r"'(?:[^'\n]|(?<=\w)'(?=\w)|(?<=s)'(?=\s[a-z]))*?"
        r"(?:[,.!?…]'(?!\w)|(?<=\w)(?<!s)'(?!\w))"
    ),
    "›": re.compile(r"›[^‹›\n]+‹"),
}
_MARK = re.compile("[" + "".join(_CLOSED) + "]")
_RUNS_ON = '„“«"'  # marks that open an unclosed quotation
MARKS = '„“”"«»‘’‚›‹‟'


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quoted stretch, marks included; offsets count in the text that was searched."""

    start: int
    end: int
    closed: bool


def find(text: str, start: int = 0, end: int | None = None) -> tuple[Quotation, ...]:
    """The quotations between two offsets in order, none within another. Linear in the length."""
    end = len(text) if end is None else end
    found: list[Quotation] = []
    position = start
    while mark := _MARK.search(text, position, end):
        at = mark.start()
        position = at + 1
        if not _opens(text, at, start, end):
            continue
        closed = _CLOSED[mark.group()].match(text, at, end)
        if closed:
            found.append(Quotation(at, closed.end(), True))
            position = closed.end()
        elif mark.group() in _RUNS_ON:
            line_end = text.find("\n", at, end)
            stop = end if line_end < 0 else line_end
            if stop - at > _UNCLOSED and not _stray(text, at):
                found.append(Quotation(at, stop, False))
                position = stop
    return tuple(found)


def is_speech(text: str, quotation: Quotation) -> bool:
    """Whether a quotation can stand as a statement: not a title, a name or a scare quote."""
    inner = text[quotation.start + 1 : quotation.end].rstrip(MARKS)
    words = len(inner.split())
    if words >= SPEECH_WORDS or not quotation.closed:
        return True
    before = text[max(0, quotation.start - 2) : quotation.start].rstrip()
    ends = inner.rstrip()[-1:] in ".!?…,"
    opened = before.endswith(":")
    if inner.endswith(",") and (not before or before[-1] in ".!?\n" + MARKS):
        return True  # "“Wrong,” he said"
    return (words >= 2 and (ends or opened)) or (ends and opened)


def _opens(text: str, at: int, start: int, end: int) -> bool:
    """Whether a mark opens: something quotable follows, and no word is directly before it."""
    after = text[at + 1 : at + 2] if at + 1 < end else ""
    if not after or after.isspace():
        return text[at] == "«" and after == "\u00a0"
    before = text[at - 1] if at > start else " "
    return not before.isalnum() and (after.isalnum() or after in "[(…–—-'’«„‚‘.$€#@*")


def _stray(text: str, at: int) -> bool:
    """Whether an unclosed mark is rather a slip: it stands amid a sentence, or before no name."""
    if text[at] == '"':
        return not text[at + 1].isupper()
    before = text[max(0, at - 3) : at].rstrip()[-1:]
    return text[at + 1].islower() and before not in ("", ":", ".", ",", "!", "?")
