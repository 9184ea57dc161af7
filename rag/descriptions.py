"""Whom a description means that names nobody: "der Minister", "the 71-year-old", "чиновник".

A description by a post ("der Generalsekretär") means the person whom the article names with that
post; one that tells age, people or profession means the one person of its gender in the
paragraph. Where several fit, nobody is sure. The words stand in `lexicon/descriptions.toml`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from rag import inflection, lexicon, noun_phrase, pointing, slavic_forms
from rag.actors import Actors
from rag.cues import pronouns
from rag.people import Names, Person
from rag.schema import LANGUAGES, Source, SourceKind, Span

_AGE = re.compile(r"\d+")
_LONGEST = 5  # words of a description
_STEM, _CASE = 4, 3  # letters of a Slavic word that stay, and that its case may change
_VERB = re.compile(r"\s\w{2,}ла(?:с[ья])?\b")  # a past form of a woman
_SEVERAL = ("ов", "ев", "ів", "їв", "ам", "ям", "ами", "ями", "ах", "ях", "ых", "их")  # no person
_COMPOUND = 4  # letters of the last part of a German compound


@cache
def _posts() -> tuple[re.Pattern[str], ...]:
    table = lexicon.load("descriptions")["posts"]
    return tuple(re.compile(rf"(?<!\w)(?:{pattern})(?!\w)") for pattern in table.values())


@cache
def _words(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = lexicon.load("descriptions")[language if language in LANGUAGES else "en"]
    return re.compile(table["definite"]), re.compile(table["person"])


@cache
def _people_words() -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = lexicon.load("peoples")
    return tuple((n, re.compile(rf"\b(?:{'|'.join(p)})\w*")) for n, p in table.items())


class Description(NamedTuple):
    """A noun phrase that describes a person: its head, all its words, gender, whether general."""

    head: str
    words: str
    gender: str
    general: bool


def read(mention: str, language: str) -> Description | None:
    """The description that a mention is; None for names, bodies, plurals, new people."""
    words = mention.split()
    definite, _ = _words(language)
    article = words[0].lower() if words and definite.fullmatch(words[0].lower()) else ""
    if definite.pattern and not article:
        return None
    words = words[bool(article) :]
    if not 0 < len(words) <= _LONGEST or any(mark in ",;()" for mark in mention):
        return None
    return _described(words, article, language)


def _described(words: list[str], article: str, language: str) -> Description | None:
    """The description of these words behind an article ("" for none)."""
    _, person = _words(language)
    head, plain = words[-1].lower(), " ".join(words).lower()
    general = bool(person.fullmatch(head) or person.fullmatch(plain))
    if cyrillic := language in slavic_forms.SLAVIC:
        head = words[0].lower() if _is_post(plain) and not _is_post(head) else head
        posted = any(post.fullmatch(plain) for post in _posts())  # "глава Пентагона"
        named = not posted and any(w[0].isupper() and not w.isupper() for w in words[1:])
        named = named or any(noun_phrase.is_a("connectors", w) for w in words[1:-1])
    else:
        named = any(noun_phrase.is_a(k, w) for w in words[:-1] for k in ("connectors", "articles"))
        named = named or (language == "en" and words[-1][0].isupper() and not general)
    body = any(noun_phrase.is_a(k, head) for k in ("organisations", "statements", "offices"))
    if named or (body and not general) or (cyrillic and head.endswith(_SEVERAL)):
        return None
    gender = {"der": "m", "die": "f", "dem": "m", "den": "m"}.get(article, "")
    gender = gender or pronouns(language).of_mention(plain)
    known = general or _is_post(plain) or noun_phrase.is_a("roles", head)
    return Description(head, plain, gender, general) if known else None


def _is_post(words: str) -> bool:
    return any(post.search(words) for post in _posts())


def resolved(source: Source, names: Names, speaker: Source | None) -> Source:
    """The source, or whom its mention only describes, where that is sure.

    `names` are those of its article, `speaker` who spoke last in its paragraph.
    """
    known = names.actors.get(source.name) is not None
    surname = source.kind is SourceKind.PERSON and " " not in source.mention.text
    if known and not surname:
        return source
    people: Sequence[Person] = names.people()
    text = names.article.text
    if (told := named(source.mention, people, text)) is not None:
        return told
    own = source.role is not None and " " in source.name  # "der frühere Diplomat Tomas Rieger"
    full = own and all(word[0].isupper() for word in source.name.split())
    said = None if known or full else read(source.mention.text, names.article.language)
    if said is None:
        return source
    start = source.mention.start
    if names.article.language in slavic_forms.SLAVIC:
        said = said._replace(gender=_agreeing(text, source.mention) or said.gender)
    near: Sequence[Person] = _of_states(names, source.mention)
    if start < len(names.article.title):  # a headline may speak of somebody named below
        near = [one._replace(start=-1, end=0) for one in people if _has_post(said, one)]
    found = meant(said, start, text, near, speaker, names.actors)
    return replace(found, mention=source.mention) if found else source


def _agreeing(text: str, mention: Span) -> str:
    """The gender that a verb in the past beside a description tells: "дипломат напомнила"."""
    return "f" if _VERB.match(text, mention.end) else ""


def _of_states(names: Names, mention: Span) -> list[Person]:
    """The people named before who can be of the body or state named within: "лідер США"."""
    inner = [m.actor for m in names.known() if mention.start <= m.start and m.end <= mention.end]
    states = {names.actors.chain(actor.name)[-1] for actor in inner}
    near = names.near(mention.start)
    return [p for p in near if not states or states & set(names.actors.chain(p.source.name))]


def meant(
    said: Description,
    start: int,
    text: str,
    named: Sequence[Person],
    speaker: Source | None,
    actors: Actors,
) -> Source | None:
    """The one person named before that a description at `start` of a text can mean.

    `speaker` is who spoke last in its paragraph.
    """
    paragraph = pointing.paragraph_start(text, start)
    earlier = pointing.paragraph_start(text, max(0, paragraph - 2))
    before = [
        p for p in named if p.end <= start and (not said.gender or p.gender in ("", said.gender))
    ]
    before = [p for p in before if _is_of_people(said, p, actors) and _is_of_age(said, p)]
    before = [p for p in before if not pointing.is_quoted(text, p.start)] or before
    posted = [p for p in before if _has_post(said, p)]
    if posted or not said.general:
        return _only(posted, paragraph, speaker)
    aged = _AGE.match(said.head)
    known = aged is not None and re.search(rf"\b{aged.group()}\b", text[:start]) is not None
    if speaker is not None and _is_new(speaker, named) and not known:
        return speaker  # "eine frühere Pflegerin ... die 39-Jährige"
    here = [p for p in before if p.start >= paragraph]
    sure = [p for p in here if p.gender and p.gender == said.gender]
    if here:
        return _only(sure or here, paragraph, speaker)
    late = [p for p in before if p.start >= earlier]
    sure = [p for p in late if p.gender and p.gender == said.gender]
    everybody = {p.source.name for p in (sure or named) if p.end <= start}
    return (sure or late)[-1].source if late and len(everybody) == 1 else None


def _only(fitting: Sequence[Person], paragraph: int, speaker: Source | None) -> Source | None:
    """The one who fits: in the paragraph, or at all, or else the speaker if that is one of them."""
    here = {p.source.name for p in fitting if p.start >= paragraph}
    names = here or {p.source.name for p in fitting}
    if len(names) == 1:
        return next(p.source for p in reversed(fitting) if p.source.name in names)
    spoken = [p for p in fitting if speaker is not None and p.source.name == speaker.name]
    return spoken[-1].source if spoken else None


def _is_new(speaker: Source, named: Sequence[Person]) -> bool:
    """Whether a speaker is somebody whom the article never names: "eine Nachbarin"."""
    first = speaker.mention.text.split(maxsplit=1)[0].lower()
    unnamed = speaker.kind is SourceKind.ANONYMOUS or speaker.name.islower()
    told = speaker.name not in ("unclear", *(person.source.name for person in named))
    kinds = ("pronouns", *(("roles",) if inflection.cyrillic(first) else ()))
    back = unnamed and any(noun_phrase.is_a(kind, first) for kind in kinds)
    return noun_phrase.is_a("indefinite", first) or (back and told)


def _is_of_age(said: Description, person: Person) -> bool:
    """Whether nothing speaks against the age of a description: the article may tell another."""
    age = _AGE.match(said.head)
    ages = [word for word in person.beside.split() if re.fullmatch(r"\d{2}", word)]
    return age is None or not ages or age.group() in ages


def _has_post(said: Description, person: Person) -> bool:
    if age := _AGE.match(said.head):
        return age.group() in person.beside.split()
    if any(post.search(said.words) and post.search(person.beside) for post in _posts()):
        return True
    return any(_is_same_word(said.head, word) for word in person.beside.split())


def _is_same_word(one: str, other: str) -> bool:
    """Whether two nouns tell the same post: equal, one the last part of the other, or a case."""
    short, long = sorted((one.rsplit("-", 1)[-1], other.rsplit("-", 1)[-1]), key=len)
    if len(short) < _COMPOUND:
        return short == long
    if long.endswith(short):
        return True
    stem = max(_STEM, len(short) - _CASE)
    cyrillic = "а" <= short[0] <= "ӿ"
    return cyrillic and short[:stem] == long[:stem] and len(long) - stem <= _CASE + 1


def _is_of_people(said: Description, person: Person, actors: Actors) -> bool:
    """Whether a person can be of the people that a description tells: "der US-Präsident"."""
    states = {name for name, pattern in _people_words() if pattern.search(said.words)}
    if not states:
        return True
    chain = set(actors.chain(person.source.name))
    if len(chain) > 1 or actors.get(person.source.name):
        return bool(states & chain)
    return any(pattern.search(person.beside) for name, pattern in _people_words() if name in states)


def named(mention: Span, people: Sequence[Person], text: str) -> Source | None:
    """Whom a mention names by a bare surname, or by a name behind words of no known post.

    "Strang", "Mr Oyelaran", "the soprano Beatriz Lindqvist"; not "the wife of Beatriz Lindqvist".
    """
    first = bisect_left(people, mention.start, key=lambda one: one.start)
    for person in people[first : first + 1]:
        apposed = person.start == mention.end + 2 and text[mention.end : person.start] == ", "
        if apposed and noun_phrase.is_a("roles", mention.text.split()[-1]):
            return replace(person.source, mention=mention)  # "the minister, Joachim Herrmann"
        if person.end != mention.end:
            return None
        before = mention.text[: person.start - mention.start].split()
        if any(
            noun_phrase.is_a("connectors", word) or "’" in word or "'" in word for word in before
        ):
            return None
        return replace(person.source, mention=mention)
    return None


def apposed(mention: Span, actors: Actors, text: str) -> Source:
    """The source of a mention; "the same service, HUR": the apposition tells who it is."""
    source = actors.source(mention)
    if not actors.get(source.name):
        source = actors.source(mention, text)
    if actors.get(source.name) or source.kind is SourceKind.PERSON:
        return source
    for part in re.finditer(r"(?<=, )[^,]+", mention.text):
        start = mention.start + part.start()
        inner = Span(mention.article_id, start, start + len(part.group()), part.group())
        found = actors.source(inner)
        if actors.get(found.name) and found.kind is not SourceKind.STATE:
            return replace(found, mention=mention)
    return source
