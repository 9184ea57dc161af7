"""What a question is about beside who is asked to have spoken, and how much of it a text holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag import concepts, tagging, terms, text
from rag.actors import Actors
from rag.schema import Article, Claim, Hit, Question, SourceKind, Span

Group = tuple[str, ...]
MARKED = ("@", "#", "n:", "d:")  # how groups begin that are no words
REGION = "щин"  # Курщина, Сумщина: regions share no skeleton with their town
OPENING = re.compile(r"(?:^|[.?!:…])[\W_]*$")  # before the first word of a sentence
BEFORE, AFTER = re.compile(r"([^\W_]+) $"), re.compile(r" ([^\W_]+)")  # the word beside another
REMEMBERED = 500  # questions
NEARBY = 0.5  # what a word counts that stands only in the passage


@dataclass(frozen=True, slots=True)
class Topic:
    """The groups of terms of a question's topic.

    `actors` lead the groups of known names. `names` are all names, known or not, each with the
    terms that meet it; `words` are the groups that are neither names nor figures nor dates.
    """

    groups: tuple[Group, ...]
    actors: tuple[str, ...]
    names: tuple[Group, ...]
    words: tuple[Group, ...]

    @classmethod
    def of(cls, question: Question, actors: Actors) -> Topic:
        """The topic of a question: its groups of terms without the speakers'."""
        spoken = {f"@{terms.slug(name)}" for name in question.speakers}
        groups = tuple(g for g in question.terms if g[0] not in spoken)
        stems = names_of(question)
        known = {f"@{terms.slug(n)}": actors.chain(n) for n in question.actors}
        names = [
            tuple(f"@{terms.slug(link)}" for link in known.get(g[0], ())) or g[:1]
            for g in groups
            if g[0].startswith("@")
        ]
        names += [(*spelled_alike(g), *_bearers(g[0], actors)) for g in groups if g[0] in stems]
        words = tuple(g for g in groups if g[0] not in stems and not g[0].startswith(MARKED))
        return cls(
            groups,
            tuple(g[0] for g in groups if g[0].startswith("@")),
            tuple(dict.fromkeys(names)),
            words,
        )

    def met_by(self, found: Collection[str]) -> float:
        """The share of the topic's groups that these terms meet, 0 to 1."""
        return terms.coverage(self.groups, found, dict.fromkeys(self.groups, 1.0))

    def names_met(self, found: Collection[str]) -> bool:
        """Whether these terms hold every name of the topic; a state stands for its offices."""
        return len(self.names_in(found)) == len(self.names)

    def names_in(self, found: Collection[str]) -> frozenset[Group]:
        """The names of the topic that these terms hold."""
        return frozenset(name for name in self.names if _meets(name, found))

    def words_met(self, held: Collection[str], around: Collection[str]) -> float:
        """The share of the topic's words in a text, 0 to 1; those only around it count less."""
        met = sum(
            1.0 if _meets(g, held) else NEARBY if _meets(g, around) else 0.0 for g in self.words
        )
        return met / len(self.words) if self.words else 1.0


class Surroundings:
    """The terms of what stands around claims: their passages and the titles of their articles."""

    def __init__(
        self,
        hits: Sequence[Hit],
        article_of: Callable[[str], Article | None],
        actors: Actors,
    ) -> None:
        self._hits = hits
        self._article_of = article_of
        self._actors = actors
        self._titles: dict[str, frozenset[str]] = {}
        self._articles: dict[str, frozenset[str]] = {}

    def of(self, claim: Claim) -> frozenset[str]:
        """The terms of the passages that a claim touches, and of its article's title."""
        start, end = claim.extent
        found: frozenset[str] = frozenset()
        for hit in self._hits:
            place = hit.passage
            if place.article_id == claim.sentence.article_id and (
                place.start < end and start < place.end
            ):
                found |= self._terms(hit)
        return found

    def article(self, claim: Claim) -> frozenset[str]:
        """The terms of all passages that were found of a claim's article, and of its title."""
        name = claim.sentence.article_id
        if name not in self._articles:
            found = (self._terms(hit) for hit in self._hits if hit.passage.article_id == name)
            self._articles[name] = frozenset().union(*found)
        return self._articles[name]

    def sentence(self, claim: Claim) -> frozenset[str]:
        """The terms of the sentence that a claim stands in."""
        name = claim.sentence.article_id
        language = next(h.language for h in self._hits if h.passage.article_id == name)
        return frozenset(terms.of_text(claim.sentence, language, self._actors, None))

    def _terms(self, hit: Hit) -> frozenset[str]:
        return hit.terms | self._title(hit.passage.article_id, hit.language)

    def _title(self, name: str, language: str) -> frozenset[str]:
        if name not in self._titles:
            article = self._article_of(name)
            title = Span(name, 0, 0, article.title if article else "")
            self._titles[name] = frozenset(terms.of_text(title, language, self._actors, None))
        return self._titles[name]


def _meets(group: Group, found: Collection[str]) -> bool:
    return any(term in found for term in group)


def names_of(question: Question) -> frozenset[str]:
    """The stems of the names in a question: words with a capital within the sentence.

    German writes all nouns so; there the tagger says what is a name.
    """
    return _names_in(question.text, question.language)


@lru_cache(maxsize=REMEMBERED)
def _names_in(asked: str, language: str) -> frozenset[str]:
    found = [m for m in text.WORD.finditer(asked) if m.group()[0].isupper()]
    found = [m for m in found if not OPENING.search(asked[: m.start()])]
    if language == "de":
        tokens = tagging.tagger("de").tag(asked) if found else []
        tagged = {token.start for token in tokens if token.tag is tagging.Tag.NAME}
        found = [m for m in found if m.start() in tagged]
    found = [m for m in found if not _is_word(m, asked, language)]
    stems = (text.stem(m.group().lower().replace("’", "'"), language) for m in found)
    return frozenset(s for s in stems if len(s) > 1 and not s.endswith(REGION))


def _is_capital(asked: str, found: concepts.Found) -> bool:
    """Whether all words of an expression have a capital: "Far East"."""
    return all(word[0].isupper() for word in text.WORD.findall(asked[found.start : found.end]))


def _is_word(found: re.Match[str], asked: str, language: str) -> bool:
    """Whether a word with a capital means something by itself: "the Far East", "Christmas".

    It is a name all the same where it stands beside one: "Storm Shadow"; but no abbreviation is,
    "АЕС" in "Запорізька АЕС".
    """

    def means(word: str) -> bool:
        meant = concepts.of_word(word.lower().replace("’", "'"), language)
        return bool(meant - concepts.names())

    if any(
        one.start <= found.start() and found.end() <= one.end and _is_capital(asked, one)
        for one in concepts.in_text(asked, language)
        if (one.start, one.end) != found.span()
    ):
        return True
    if not means(found.group()):
        return False
    if found.group().isupper() and found.group().isalpha():
        return True
    before = BEFORE.search(asked[: found.start()])
    after = AFTER.match(asked[found.end() :])
    beside = [near.group(1) for near in (before, after) if near]
    return not any(word[0].isupper() and not means(word) for word in beside)


def spelled_alike(name: Group) -> Group:
    """The terms that meet a name: its own, and those of its translations spelled like it.

    A stem may have lost its end ("Курська" is stemmed as "кур"), so that theirs may be longer. A
    listed place has other names ("Bakhmut", "Артёмовск").
    """
    bones = terms.skeleton(name[0], 1)
    return tuple(
        term
        for term in name
        if term == name[0]
        or term.startswith("~")
        or _begins(terms.skeleton(term, 1), bones)
        or concepts.are_one_name(name[0], term)
    )


def _begins(bones: str, start: str) -> bool:
    return bones == start or (len(start) > 1 and bones.startswith(start))


@lru_cache(maxsize=1_000)
def _bearers(name: str, actors: Actors) -> Group:
    """The known persons of a name that says too little to know whom it means, and their states.

    "Kim's troops" are met by North Koreans.
    """
    persons = [
        actor.name
        for actor in actors.all()
        if actor.kind is SourceKind.PERSON and name in actor.name.lower().split()
    ]
    links = dict.fromkeys(link for person in persons for link in actors.chain(person))
    return tuple(f"@{terms.slug(link)}" for link in links)
