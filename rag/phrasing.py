"""Words for an answer in one of four languages: sources, figures, dates, quotations.

Templates are data (`lexicon/answers.<language>.toml`); lists follow CLDR through babel.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from babel.lists import format_list

from rag import formats, lexicon, text, units
from rag.actors import Actors
from rag.schema import Quantity, Source, SourceKind, Span, Stance

OF_LAND = ("controlled", "retaken")  # aspects that are said of land as well
MARKS = frozenset('„“”«»"')


class Phrases:
    """The phrases of one language."""

    def __init__(self, language: str, actors: Actors) -> None:
        self.language = language
        self._actors = actors
        self._locale = formats.locale(language)
        self._table: dict[str, Any] = lexicon.load("answers", language)

    def sentence(self, key: str, **values: str) -> str:
        """A template filled in, its first letter large."""
        made = str(self._table["sentences"][key]).format(**values)
        return made[:1].upper() + made[1:]

    def verb(self, stance: Stance, plural: bool) -> str:
        """The verb of a stance in the present, by number."""
        return str(self._table["verbs"][stance.value][1 if plural else 0])

    def shown(self, plural: bool) -> str:
        """The verb that says no more than that a source is described."""
        return str(self._table["shown"]["verbs"][1 if plural else 0])

    def verb_past(self, stance: Stance) -> str:
        return str(self._table["verbs"][stance.value][2])

    def sources(self, sources: Sequence[Source]) -> tuple[str, bool]:
        """The sources as a list, and whether the verb is in the plural."""
        names = list(dict.fromkeys(self.source(s) for s in sources))
        plural = len(names) > 1 or self._is_several(sources[0])
        return format_list(names, style="standard", locale=self._locale), plural

    def via(self, sources: Sequence[Source]) -> str:
        """Through whom a source was reported, with a leading blank."""
        names = format_list([self.source(s) for s in sources], locale=self._locale)
        return str(self._table["sentences"]["via"]).format(sources=names)

    def _is_several(self, source: Source) -> bool:
        if self._actors.get(source.name) is not None:
            return self._actors.plural(source.name, self.language)
        named = source.kind is SourceKind.PERSON
        return not named and is_several(source.name, source.kind is SourceKind.ANONYMOUS)

    def source(self, source: Source) -> str:
        """A source as the reader's language calls it; unknown ones as the article does."""
        label = self.name(source.name)
        if source.kind is SourceKind.ANONYMOUS and label == source.name:
            return self.quote_marks(source.name)
        return label

    def name(self, name: str) -> str:
        """A canonical name as a sentence in this language has it."""
        return formats.source(self._actors.label(name, self.language), self.language)

    def is_plural(self, name: str) -> bool:
        return self._actors.plural(name, self.language)

    def quote_marks(self, text: str) -> str:
        marks = self._table["quotes"]
        return f"{marks['open']}{text}{marks['close']}"

    def quotation(self, span: Span, language: str) -> str:
        """Words of an article in quotation marks, their language named where it is another."""
        words = span.text
        for clause_word in lexicon.load("answers", language)["sentences"]["clause_words"]:
            if words.startswith(f"{clause_word} "):
                words = words[len(clause_word) + 1 :]
        words = _without_marks(words.strip().rstrip(",;:"))
        end = "" if words.endswith((".", "!", "?", "…")) else "."
        foreign = ""
        if language != self.language:
            foreign = str(self._table["sentences"]["foreign"]).format(
                language=self._table["language_names"][language]
            )
        return self.quote_marks(words) + foreign + (end or ("." if foreign else ""))

    def figure(self, quantity: Quantity) -> str:
        """A figure with its unit, its qualifier and its aspect, or else the article's words."""
        if quantity.low is None and quantity.high is None:
            return quantity.span.text
        made = formats.figure(
            quantity.low, quantity.high, quantity.qualifier, quantity.unit, self.language
        )
        fits = quantity.unit not in units.AREAS or quantity.aspect in OF_LAND
        aspect = self._table["aspects"].get(quantity.aspect or "") if fits else None
        return made + self._table["figures"]["aspect"].format(aspect=aspect) if aspect else made

    def figures(self, quantities: Sequence[Quantity]) -> str:
        """Several figures as a list."""
        made = [self.figure(quantity) for quantity in quantities]
        return format_list(made, style="standard", locale=self._locale)

    def date(self, value: str | None) -> str:
        """A date in brackets with a leading blank; "" for None."""
        return f" ({formats.date(value, self.language)})" if value else ""

    def documents(self, count: int) -> str:
        """So many articles."""
        return self._counted("documents", count)

    def origins(self, names: Sequence[str]) -> str:
        """A sentence that says how many independent origins there are, and which."""
        listed = format_list([self.name(name) for name in names], locale=self._locale)
        return self._counted("origins", len(names), names=listed)

    def _counted(self, key: str, count: int, **values: str) -> str:
        forms = self._table[key]
        form = forms.get(self._locale.plural_form(count), forms["other"])
        return str(form).format(n=formats.number(count, self.language), **values)


def is_several(name: str, unnamed: bool) -> bool:
    """Whether an unknown source is several, by the head of its noun phrase: "partner countries".

    What is no `unnamed` source may be a name ("Planet Labs"): only small letters make it none, and
    German nouns by their endings.
    """
    table = lexicon.load("plurals")
    head = re.sub(table["rest"], "", name)
    words = head.split()
    if not words:
        return False
    if text.CYRILLIC.search(words[0]):
        first = words[0].lower()
        generic = unnamed or words[0][0].islower()
        singular = re.search(table["cyrillic_singular"], first) is not None
        return generic and not singular and re.search(table["cyrillic"], first) is not None
    # "Vertreter Nordkoreas": what follows a German noun without a preposition is no head.
    english = words[-1][0].islower() or (unnamed and len(words) == 1)
    if english and re.search(table["en"], words[-1].lower()):
        return True
    german = " ".join(words).lower()
    return any(re.search(table[key], german) for key in ("de", "weak"))


def _without_marks(words: str) -> str:
    """Words without the quotation marks around them; marks of a quotation inside stay in pairs."""
    marks = [i for i, c in enumerate(words) if c in MARKS]
    if len(marks) == 2 and marks == [0, len(words) - 1]:
        words = words[1:-1]
    elif len(marks) % 2 and marks[0] == 0:
        words = words[1:]
    elif len(marks) % 2 and marks[-1] == len(words) - 1:
        words = words[:-1]
    return words.strip().rstrip(",;:")
