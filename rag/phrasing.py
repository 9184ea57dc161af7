"""Words for an answer in one of four languages: sources, figures, dates, quotations.

Templates are data (`lexicon/answers.<language>.toml`, `units.<language>.toml`); numbers, dates,
lists and plural forms follow CLDR through babel.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache
from typing import Any

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal

from rag import dates, lexicon
from rag.actors import Actors
from rag.schema import Qualifier, Quantity, Source, SourceKind, Span, Stance


class Phrases:
    """The phrases of one language."""

    def __init__(self, language: str, actors: Actors) -> None:
        self.language = language
        self._actors = actors
        self._locale = _locale(language)
        self._table: dict[str, Any] = lexicon.load("answers", language)
        self._units: dict[str, dict[str, str]] = lexicon.load("units", language)

    def sentence(self, key: str, **values: str) -> str:
        """A template filled in, its first letter large."""
        made = str(self._table["sentences"][key]).format(**values)
        return made[:1].upper() + made[1:]

    def verb(self, stance: Stance, plural: bool) -> str:
        """The verb of a stance in the present, by number."""
        return str(self._table["verbs"][stance.value][1 if plural else 0])

    def verb_past(self, stance: Stance) -> str:
        return str(self._table["verbs"][stance.value][2])

    def sources(self, sources: Sequence[Source]) -> tuple[str, bool]:
        """The sources as a list, and whether the verb is in the plural."""
        names = list(dict.fromkeys(self.source(s) for s in sources))
        plural = len(names) > 1 or self._actors.plural(sources[0].name, self.language)
        return format_list(names, style="standard", locale=self._locale), plural

    def via(self, sources: Sequence[Source]) -> str:
        """Through whom a source was reported, with a leading blank."""
        names = format_list([self.source(s) for s in sources], locale=self._locale)
        return str(self._table["sentences"]["via"]).format(sources=names)

    def source(self, source: Source) -> str:
        """A source as the reader's language calls it; unknown ones as the article does."""
        label = self._actors.label(source.name, self.language)
        if source.kind is SourceKind.ANONYMOUS and label == source.name:
            return self.quote_marks(source.name)
        return label

    def name(self, name: str) -> str:
        return self._actors.label(name, self.language)

    def is_plural(self, name: str) -> bool:
        return self._actors.plural(name, self.language)

    def quote_marks(self, text: str) -> str:
        marks = self._table["quotes"]
        return f"{marks['open']}{text}{marks['close']}"

    def quotation(self, span: Span, language: str) -> str:
        """Words of an article in quotation marks, their language named where it is another."""
        words = span.text
        for clause_word in lexicon.load("answers", language)["sentences"]["clause_words"]:
            if words.lower().startswith(f"{clause_word} "):
                words = words[len(clause_word) + 1 :]
        words = words.strip(" \n„“”«»\"'‚‘’").rstrip(",;:")
        end = "" if words.endswith((".", "!", "?", "…")) else "."
        foreign = ""
        if language != self.language:
            foreign = str(self._table["sentences"]["foreign"]).format(
                language=self._table["language_names"][language]
            )
        return self.quote_marks(words) + foreign + (end or ("." if foreign else ""))

    def figure(self, quantity: Quantity) -> str:
        """A figure with its unit, its qualifier and its aspect."""
        frames = self._table["figures"]
        low, high = quantity.low, quantity.high
        if low is not None and high is not None and low != high:
            made = frames["range"].format(
                low=self.number(low), high=self.number(high), unit=self.unit(quantity.unit, None)
            )
        else:
            value = low if low is not None else high
            if value is None:
                return quantity.span.text
            exact = quantity.qualifier in (Qualifier.EXACT, Qualifier.VAGUE)
            key = "exact" if exact else quantity.qualifier.value
            unit = self.unit(quantity.unit, value if key in ("exact", "at_least") else None)
            made = frames[key].format(n=self.number(value), unit=unit)
        aspect = self._table["aspects"].get(quantity.aspect or "")
        return (made + frames["aspect"].format(aspect=aspect) if aspect else made).strip()

    def number(self, value: float) -> str:
        return str(format_decimal(value, locale=self._locale))

    def unit(self, unit: str, count: float | None) -> str:
        """A unit in the form that a count asks for; None for the form after a preposition."""
        forms = self._units.get(unit)
        if forms is None:
            return ""
        if count is None:
            return forms.get("many", forms["other"])
        return forms.get(self._locale.plural_form(count), forms["other"])

    def date(self, value: str | None) -> str:
        """An ISO date, month, year or interval in words, with a leading blank; "" for None."""
        if value is None:
            return ""
        first, last = dates.bounds(value)
        start, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
        if start == end:
            return f" ({format_date(start, 'long', self._locale)})"
        if len(value) == 7:
            return f" ({format_skeleton('yMMMM', start, locale=self._locale)})"
        if len(value) == 4:
            return f" ({value})"
        days = [format_date(day, "short", self._locale) for day in (start, end)]
        return f" ({' – '.join(days)})"

    def documents(self, count: int) -> str:
        forms = self._table["documents"]
        form = forms.get(self._locale.plural_form(count), forms["other"])
        return str(form).format(n=self.number(count))


@cache
def _locale(language: str) -> Locale:
    return Locale(language)
