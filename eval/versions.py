"""Small articles in versions, and which version of each must stand in a library.

Every sentence of an article's first paragraph names its place and version. A second paragraph, if
wanted, is the same in every version: its passage keeps its key while its vector changes with the
title. Titles of all versions are of one length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from rag.schema import LANGUAGES

PLACES = {
    "de": "Ahrenshoop Bergkamen Crailsheim Dinkelsbühl Eckernförde Finsterwalde Gunzenhausen",
    "en": "Aberdeen Basingstoke Carlisle Doncaster Eastbourne Folkestone Grimsby",
    "uk": "Бахмач Вовчанськ Гайсин Дергачі Жмеринка Козятин Ладижин",
    "ru": "Армавир Бузулук Вязьма Галич Дубна Ельня Зарайск",
}
TITLES = {
    "de": "Lage in {place}, Fassung {version}",
    "en": "Situation in {place}, version {version}",
    "uk": "Ситуація: {place}, версія {version}",
    "ru": "Обстановка: {place}, версия {version}",
}
SENTENCES = {
    "de": (
        "Am Morgen war die Brücke in {place} nach Fassung {version} für Lastwagen gesperrt.",
        "Der Bürgermeister von {place} sagte nach Fassung {version}, zwölf Häuser brannten.",
        "Die Polizei in {place} bestritt nach Fassung {version}, dass es Verletzte gegeben habe.",
        "Das Krankenhaus von {place} nahm nach Fassung {version} am Abend neun Menschen auf.",
        "Für die Nacht erwartete die Stadt {place} nach Fassung {version} keine Änderung.",
    ),
    "en": (
        "In the morning the bridge in {place} was closed to lorries, says version {version}.",
        "The mayor of {place} said in version {version} that twelve houses had been burnt.",
        "The police in {place} denied in version {version} that anybody had been hurt.",
        "The hospital of {place} took in nine people at night, says version {version}.",
        "For the night the town of {place} expected no change, according to version {version}.",
    ),
    "uk": (
        "Зранку міст у місті {place} за версією {version} був закритий для вантажівок і автобусів.",
        "Мер міста {place} заявив за версією {version}, що пошкоджено дванадцять будинків.",
        "Поліція міста {place} спростувала за версією {version}, що хтось зазнав поранень.",
        "Лікарня міста {place} за версією {version} увечері прийняла дев'ятьох людей з області.",
        "На ніч влада міста {place} за версією {version} жодних змін не очікувала.",
    ),
    "ru": (
        "Утром мост в городе {place} по версии {version} был закрыт для грузовиков и автобусов.",
        "Мэр города {place} заявил по версии {version}, что повреждены двенадцать домов.",
        "Полиция города {place} опровергла по версии {version}, что кто-либо был ранен.",
        "Больница города {place} по версии {version} вечером приняла девять человек из области.",
        "На ночь власти города {place} по версии {version} никаких перемен не ожидали.",
    ),
}
KEPT = {
    "de": "Die Straße in das Umland blieb frei. Strom gab es am Mittag wieder in allen Vierteln.",
    "en": "The road to the villages around stayed open. Power was back everywhere by noon.",
    "uk": "Дорога до навколишніх сіл залишалася вільною. Світло до полудня повернулося всюди.",
    "ru": "Дорога к окрестным сёлам оставалась свободной. Свет к полудню вернулся везде.",
}
VERSION = re.compile(r"(?<!\d)\d{4}(?!\d)")  # no year stands in these texts


@dataclass(frozen=True, slots=True)
class Place:
    """One article: `name` is its id."""

    name: str
    language: str
    place: str

    def title(self, version: int) -> str:
        """The title of a version."""
        return TITLES[self.language].format(place=self.place, version=f"{version:04d}")

    def sentences(self, version: int) -> list[str]:
        """The sentences that name the version."""
        made = SENTENCES[self.language]
        return [one.format(place=self.place, version=f"{version:04d}") for one in made]

    def text(self, version: int, *, kept: bool = True) -> str:
        """What the library must hold of a version; with `kept` the paragraph that never changes."""
        parts = [self.title(version), " ".join(self.sentences(version))]
        return "\n\n".join((*parts, KEPT[self.language]) if kept else parts)

    def file(self, folder: Path, version: int | None, *, kept: bool = True) -> Path:
        """The file of a version, written; without a version there is none."""
        path = folder / f"{self.name}.md"
        if version is None:
            path.unlink(missing_ok=True)
            return path
        header = f"---\nlanguage: {self.language}\npublished: 2024-05-14\n"
        title, _, body = self.text(version, kept=kept).partition("\n\n")
        path.write_text(f'{header}title: "{title}"\n---\n{body}\n', encoding="utf-8")
        return path


def places(number: int) -> dict[str, Place]:
    """So many articles by their ids, of all languages in turn; at most 28."""
    listed = {language: PLACES[language].split() for language in LANGUAGES}
    found = {}
    for i in range(number):
        language = LANGUAGES[i % len(LANGUAGES)]
        place = listed[language][i // len(LANGUAGES)]
        found[f"place-{i:02d}"] = Place(f"place-{i:02d}", language, place)
    return found


@dataclass
class Shelf:
    """Which versions of articles may stand in a library; None is: no article.

    One version is allowed of what was acknowledged, two of what an operation was about to change.
    """

    places: dict[str, Place]
    allowed: dict[str, tuple[int | None, ...]] = field(default_factory=dict)
    newest: int = 0

    def __post_init__(self) -> None:
        """In the beginning there is nothing."""
        self.allowed = dict.fromkeys(self.places, (None,))

    def begin(self, after: dict[str, int | None]) -> None:
        """An operation has begun that leaves these versions."""
        for name, version in after.items():
            self.allowed[name] = (self.allowed[name][0], version)
            self.newest = max(self.newest, version or 0)

    def acknowledge(self) -> None:
        """It is done."""
        self.allowed = {name: some[-1:] for name, some in self.allowed.items()}

    def settle(self, standing: dict[str, int | None]) -> None:
        """Where an operation was broken off, this is what was found."""
        self.allowed = {name: (standing[name],) for name in self.allowed}
