"""Who has the post that a Ukrainian or Russian phrase names: the full name at its end.

What belongs to the post may part them: "командир одного з її батальйонів Андрій Савчук". The
surname behind a given name belongs to it also where it is not inflected: "Оксаны Левченко".
"""

from __future__ import annotations

from rag import localities, slavic_forms, slavic_genitives
from rag.drafts import Line
from rag.slavic_forms import NOMINATIVE
from rag.tagging import Tag

_REACH = 8  # tokens from the end of the phrase so far to the name
_BETWEEN = frozenset({Tag.NOUN, Tag.NAME, Tag.ADJ, Tag.DET, Tag.PREP, Tag.NUM, Tag.PRON})
_UNCHANGED = ("о", "у", "ю", "и", "і", "е", "є", "ы", "х", "дзе")  # endings of such surnames


def end_of(line: Line, end: int, limit: int, found: frozenset[str], post: bool) -> int:
    """The end of a phrase with the full name that it goes on with; `end` where there is none.

    `found` are the cases of the phrase; `post`: it names one, so that others' names may precede.
    """
    end = _with_surname(line, end, limit)
    named = line.tokens[end - 1].tag is Tag.NAME and slavic_genitives.bearer(line, end - 2, limit)
    if not post or named or not found & NOMINATIVE:
        return end
    for place in range(end, min(end + _REACH, limit)):
        given = slavic_forms.is_given(line.tokens[place].lower)
        if given and slavic_genitives.bearer(line, place, limit):
            return _with_surname(line, place + 2, limit)
        if line.tokens[place].tag not in _BETWEEN:
            break
    return end


def _with_surname(line: Line, end: int, limit: int) -> int:
    """Behind "Оксаны" the "Левченко" that no case changes."""
    if end < 1 or end >= limit or line.tokens[end].tag is not Tag.NAME:
        return end
    given, surname = line.tokens[end - 1], line.tokens[end]
    known = given.tag is Tag.NAME and slavic_forms.is_given(given.lower)
    unchanged = surname.lower.endswith(_UNCHANGED) and surname.text.istitle()
    place = localities.is_cyrillic_place(surname.text)
    return end + (known and unchanged and not place)
