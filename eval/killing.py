"""`kill -9` amid ingest, update and remove, again and again, and what is left of the library.

    python -m eval.killing FOLDER KILLS SEED

prints a `Tally` as JSON. It runs in a process of its own that loads the embedding model once and
forks for every life of a writer: a life opens the library, verifies it, then works until it is
killed. One thread for each numeric library (OMP_NUM_THREADS=1), or a fork would hang. A life ends
at any moment, or while it opens, or shortly after texts were embedded or a removal began, when
something is being stored.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from eval.versions import Shelf, places
from eval.wrapped import Wrapped
from rag import actors, checking, ingestion, loading, settings
from rag.assistant import Assistant
from rag.embeddings import Embedder, open_embedder
from rag.encoder import Progress, Vectors
from rag.schema import LANGUAGES

ARTICLES = 24
SEARCHED = 4  # articles of a life that are searched for, beside those that the last life touched
GROUP = 40  # texts that are stored together: an ingest of some articles is stored in several parts
MOMENT = 1.0  # seconds of work within which a life ends at any moment
STORING = 0.06  # seconds within which it ends after texts were embedded or a removal began
OPENING = 0.4  # seconds within which it ends while it opens the library
PATIENCE = 120.0  # seconds that a life may take to get to work
MOST_ERRORS = 5


@dataclass
class Tally:
    """What came of the kills. `during` counts the operations that they hit."""

    kills: int = 0
    operations: int = 0  # acknowledged
    lost: int = 0  # acknowledged articles that are gone, or have other text, or are not found
    half: int = 0  # articles in no state that an operation leaves
    returned: int = 0  # removed articles that are there or answer
    unclean: int = 0  # openings after which `check` finds anything
    errors: int = 0  # lives that ended by themselves
    during: dict[str, int] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)

    @property
    def within(self) -> int:
        """How many kills hit an operation."""
        outside = self.during.get("opening", 0) + self.during.get("nothing", 0)
        return sum(self.during.values()) - outside


class Announced(Wrapped):
    """An embedder that tells when it has embedded the texts of articles."""

    def passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """The vectors of the embedder."""
        vectors = self.embedder.passages(texts, progress)
        _say("storing")
        return vectors


def _say(kind: str, **details: object) -> None:
    """One line to the process that kills, at once."""
    os.write(1, (json.dumps({"kind": kind, **details}) + "\n").encode())


# --- a life ------------------------------------------------------------------------------


def live(
    folder: Path, shelf: Shelf, touched: Sequence[str], embedder: Embedder, draw: random.Random
) -> None:
    """Open the library, verify it, then work until the end; never returns by itself."""
    chosen = settings.load(data_dir=folder / "library")
    setattr(ingestion, "GROUP", GROUP)  # noqa: B010 - smaller than in earnest
    with Assistant.open(chosen, write=True, embedder=embedder) as assistant:
        unclean = [one.text for one in checking.findings(assistant.index)]
        standing, faults = verify(assistant, shelf, touched, draw)
        _say("ready", unclean=unclean, faults=faults, standing=standing)
        shelf.settle(standing)
        for name, version in standing.items():
            shelf.places[name].file(folder / "articles", version)
        while True:
            _work(assistant, shelf, folder / "articles", draw)


def verify(
    assistant: Assistant, shelf: Shelf, touched: Sequence[str], draw: random.Random
) -> tuple[dict[str, int | None], list[tuple[str, str]]]:
    """What stands of each article, and (kind, what) of all that is not as acknowledged."""
    present = {info.id for info in assistant.articles()}
    standing: dict[str, int | None] = {}
    faults: list[tuple[str, str]] = []
    for name, allowed in shelf.allowed.items():
        text = assistant.article(name).text if name in present else None
        place = shelf.places[name]
        fits = [v for v in allowed if (None if v is None else place.text(v)) == text]
        standing[name] = fits[0] if fits else None
        if not fits:
            kind = "half" if len(allowed) > 1 else "returned" if allowed[0] is None else "lost"
            faults.append((kind, f"{name} may be {allowed}"))
    others = draw.sample(sorted(standing), SEARCHED)
    for name in dict.fromkeys((*touched, *others)) if present else ():
        version = standing[name]
        asked = shelf.places[name].sentences(version or 0)[0]
        found = [hit.passage.article_id for hit in assistant.search(asked)]
        if version is None and name in found:
            faults.append(("returned", f"{name} answers"))
        if version is not None and name not in found:
            faults.append(("lost", f"{name} is not found"))
    return standing, faults


def _work(assistant: Assistant, shelf: Shelf, source: Path, draw: random.Random) -> None:
    """One operation, announced before and acknowledged after."""
    standing = [name for name, some in shelf.allowed.items() if some[0] is not None]
    gone = [name for name, some in shelf.allowed.items() if some[0] is None]
    kinds = ["update", "remove", "delete"] if len(standing) > ARTICLES // 4 else []
    kind = draw.choice([*kinds, "ingest"] if gone else kinds)
    pool = gone if kind == "ingest" else standing
    number = draw.randint(1, 6) if kind in ("ingest", "update") else 1
    some = sorted(draw.sample(pool, min(number, len(pool))))
    version = shelf.newest + 1 if kind in ("ingest", "update") else None
    after: dict[str, int | None] = dict.fromkeys(some, version)
    _say("begin", operation=kind, after=after)
    shelf.begin(after)
    if kind == "remove":
        assistant.remove(some[0])
    else:
        files = [shelf.places[name].file(source, version) for name in some]
        assistant.ingest([source] if kind == "delete" else files)
    _say("done")
    shelf.acknowledge()


# --- the one who kills -------------------------------------------------------------------


def run(folder: Path, kills: int, seed: int) -> Tally:
    """Let writers live and kill so many within operations; needs a POSIX system."""
    (folder / "articles").mkdir(parents=True, exist_ok=True)
    embedder = Announced(open_embedder("bundled", folder / "library" / "models"))
    shelf, tally, draw = Shelf(places(ARTICLES)), Tally(), random.Random(seed)
    _load(embedder.embedder, shelf, folder)
    touched: tuple[str, ...] = ()
    while tally.within < kills and tally.errors < MOST_ERRORS:
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            _become(writing, folder, shelf, touched, embedder)
        os.close(writing)
        life = _Life(reading, shelf, tally, draw)
        life.follow()
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        life.end()
        os.close(reading)
        touched = tuple(dict.fromkeys((*touched[-6:], *life.touched)))
    return tally


def _load(embedder: Embedder, shelf: Shelf, folder: Path) -> None:
    """Load what every life needs, so that it need not."""
    import chromadb  # noqa: F401

    embedder.passages(["loaded"])
    for place in list(shelf.places.values())[: len(LANGUAGES)]:
        article = loading.read(place.file(folder / "articles", 0))
        ingestion.entry_of(article, None, actors.load())
        place.file(folder / "articles", None)


def _become(
    writing: int, folder: Path, shelf: Shelf, touched: Sequence[str], embedder: Embedder
) -> None:
    """The forked process: lives, and never goes back."""
    os.dup2(writing, 1)
    try:
        live(folder, shelf, touched, embedder, random.Random(os.getpid()))
    except BaseException as error:
        _say("error", what=f"{type(error).__name__}: {error}"[:300])
    os._exit(1)


class _Life:
    """What one life says, and when it has to end."""

    def __init__(self, reading: int, shelf: Shelf, tally: Tally, draw: random.Random) -> None:
        self._reading, self._buffer = reading, b""
        self._shelf, self._tally, self._draw = shelf, tally, draw
        self._plan = draw.choice(("moment", "moment", "storing", "begin", "opening"))
        self._countdown = draw.randint(1, 4)
        opening = self._plan == "opening"
        self._end = time.monotonic() + (draw.uniform(0, OPENING) if opening else PATIENCE)
        self._operation = "opening"
        self.touched: dict[str, None] = {}

    def follow(self) -> None:
        """Listen until it is time to kill, or the process has come to its end."""
        while (left := self._end - time.monotonic()) > 0:
            if not select.select([self._reading], [], [], left)[0] or not self._read():
                return

    def end(self) -> None:
        """Hear what was said before the kill."""
        while self._read():
            pass
        tally = self._tally
        tally.kills += 1
        tally.during[self._operation] = tally.during.get(self._operation, 0) + 1

    def _read(self) -> bool:
        more = os.read(self._reading, 65536)
        *lines, self._buffer = (self._buffer + more).split(b"\n")
        for line in lines:
            told = json.loads(line)
            self._hear(told)
            self._plan_end(told["kind"])
        return bool(more)

    def _hear(self, told: dict[str, Any]) -> None:
        tally, number = self._tally, f"kill {self._tally.kills}"
        match told["kind"]:
            case "ready":
                self._operation = "nothing"
                self._shelf.settle(told["standing"])
                tally.unclean += bool(told["unclean"])
                tally.misses += [f"{number}: {text}" for text in told["unclean"]]
                for kind, what in told["faults"]:
                    setattr(tally, kind, getattr(tally, kind) + 1)
                    tally.misses.append(f"{number}: {kind}: {what}")
            case "begin":
                self._operation = told["operation"]
                self.touched |= dict.fromkeys(told["after"])
                self._shelf.begin(told["after"])
            case "done":
                self._operation = "nothing"
                self._shelf.acknowledge()
                tally.operations += 1
            case "error":
                tally.errors += 1
                tally.misses.append(f"{number}: {told['what']}")

    def _plan_end(self, kind: str) -> None:
        """Set the end some moments after what the plan of this life waits for."""
        if kind == "ready" and self._plan == "moment":
            self._end = time.monotonic() + self._draw.uniform(0, MOMENT)
        removing = kind == "begin" and self._operation in ("remove", "delete")
        storing = kind == "storing" and self._operation in ("ingest", "update")
        if (self._plan == "begin" and removing) or (self._plan == "storing" and storing):
            self._countdown -= 1
            if self._countdown == 0:
                self._end = time.monotonic() + self._draw.uniform(0, STORING)


def main(arguments: Sequence[str]) -> int:
    """Print the tally of so many kills as JSON."""
    folder, kills, seed = arguments
    os.environ.pop("RAG_CHROMA_URL", None)
    tally = run(Path(folder), int(kills), int(seed))
    sys.stdout.write(json.dumps(asdict(tally)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
