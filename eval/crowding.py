"""Many readers and one writer in one process, and other processes beside them.

The writer changes some articles together, again and again, and takes another in and out. Every
sentence of a changing article names its version, so that each answer shows of which state it is.
"""

from __future__ import annotations

import json
import random
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from eval import foundation
from eval.speed import command_line
from eval.versions import VERSION, Place, places
from rag.assistant import Assistant

CHANGING, KEPT = 8, 4  # articles; one more comes and goes
READERS = 8
BATCH = 6  # questions of another process that reads


@dataclass
class Crowd:
    """What the readers met. Counts of answers, but `errors` of anything that failed."""

    answers: int = 0
    writes: int = 0
    errors: int = 0
    mixed: int = 0  # answers with two versions
    stale: int = 0  # with a version from before the last acknowledged, or a removed article
    missing: int = 0  # without an article that was there all the time
    others: int = 0  # processes that read beside
    refused: int = 0  # processes that would have written
    misses: list[str] = field(default_factory=list)


class _State:
    """What the writer has begun and acknowledged."""

    def __init__(self) -> None:
        self.begun = self.done = 1  # versions
        self.guest = True  # whether the article that comes and goes is there
        self.changes = 0  # of that; odd while it is changing


class _Scene:
    """One library with its writer and readers."""

    def __init__(self, folder: Path, assistant: Assistant, seed: int) -> None:
        every = list(places(CHANGING + KEPT + 1).values())
        self.changing, self.kept = every[:CHANGING], every[CHANGING:-1]
        self.guest, self.source = every[-1], folder / "articles"
        self.source.mkdir(parents=True, exist_ok=True)
        self.assistant, self.seed = assistant, seed
        self.state, self.crowd = _State(), Crowd()
        self.stop, self._tally = threading.Event(), threading.Lock()
        assistant.ingest([self.file(place, 1) for place in every])

    def file(self, place: Place, version: int) -> Path:
        """The file of a version, every sentence of which names it."""
        return place.file(self.source, version, kept=False)

    def note(self, kind: str, what: str = "") -> None:
        """Count one thing, and remember what is a fault."""
        with self._tally:
            setattr(self.crowd, kind, getattr(self.crowd, kind) + 1)
            if what:
                self.crowd.misses.append(f"{kind}: {what}")

    def write(self) -> None:
        """Change the library until the end."""
        state, draw = self.state, random.Random(self.seed)
        while not self.stop.is_set():
            if draw.random() < 0.7:
                state.begun += 1
                self.assistant.ingest([self.file(place, state.begun) for place in self.changing])
                state.done = state.begun
            else:
                state.changes += 1
                if state.guest:
                    self.assistant.remove(self.guest.name)
                else:
                    self.assistant.ingest([self.file(self.guest, 1)])
                state.guest = not state.guest
                state.changes += 1
            self.note("writes")
            time.sleep(draw.uniform(0, 0.1))

    def read(self, seed: str) -> None:
        """Ask until the end."""
        draw = random.Random(seed)
        while not self.stop.is_set():
            place = draw.choice((*self.changing, *self.kept, self.guest))
            question = draw.choice(place.sentences(self.state.done))
            done, guest, changes = self.state.done, self.state.guest, self.state.changes
            if draw.random() < 0.5:
                answer = self.assistant.ask(question)
                shown = [(c.article_id, c.quote) for c in (*answer.citations, *answer.nearest)]
                whole = False
            else:
                pairs = self.assistant.passages(question)
                shown = [(hit.passage.article_id, hit.passage.text) for hit, _ in pairs]
                shown += [(h.passage.article_id, s.text) for h, _ in pairs for s, _ in h.sentences]
                shown += [(article.id, article.text) for _, article in pairs]
                whole = True
            self.note("answers")
            self._judge(question, shown, done)
            if changes == self.state.changes and changes % 2 == 0:
                self._judge_guest(question, shown, guest, whole and place is self.guest)
            if whole and place is not self.guest and shown[0][0] != place.name:
                self.note("missing", f"{place.name}, asked: {question}")

    def _judge(self, question: str, shown: Sequence[tuple[str, str]], done: int) -> None:
        versions = versions_of(shown, self.changing)
        if len(versions) > 1:
            self.note("mixed", f"{sorted(versions)}, asked: {question}")
        if versions and not done <= min(versions) <= max(versions) <= self.state.begun:
            self.note("stale", f"{sorted(versions)} after {done}, asked: {question}")

    def _judge_guest(
        self, question: str, shown: Sequence[tuple[str, str]], there: bool, asked: bool
    ) -> None:
        """Of an answer during which the article neither came nor went."""
        seen = any(name == self.guest.name for name, _ in shown)
        if seen and not there:
            self.note("stale", f"the removed article, asked: {question}")
        if asked and there and shown[0][0] != self.guest.name:
            self.note("missing", f"the article that had come, asked: {question}")


def versions_of(shown: Iterable[tuple[str, str]], changing: Sequence[Place]) -> set[int]:
    """The versions of changing articles in (id, text) pairs."""
    names = {place.name for place in changing}
    return {int(v) for name, text in shown if name in names for v in VERSION.findall(text)}


def run(folder: Path, seconds: float, seed: int = 1) -> Crowd:
    """Let readers read and a writer write for so long, with other processes beside them."""
    library = folder / "library"
    with foundation.opened(library) as assistant:
        scene = _Scene(folder, assistant, seed)
        tasks = [scene.write, *(lambda n=n: scene.read(f"{seed}-{n}") for n in range(READERS))]
        threads = [threading.Thread(target=_guarded, args=(scene, task)) for task in tasks]
        for thread in threads:
            thread.start()
        end = time.monotonic() + seconds
        try:
            while True:
                _beside(scene, library)
                if time.monotonic() >= end:
                    break
        finally:
            scene.stop.set()
            for thread in threads:
                thread.join()
    return scene.crowd


def _guarded(scene: _Scene, task: object) -> None:
    try:
        task()  # type: ignore[operator]
    except Exception as error:
        scene.note("errors", f"{type(error).__name__}: {error}"[:300])


def _beside(scene: _Scene, library: Path) -> None:
    """Another process reads, and a third would write."""
    questions = [place.sentences(scene.state.done)[1] for place in scene.changing[:BATCH]]
    lines = "".join(json.dumps({"question": question}) + "\n" for question in questions)
    reading = command_line(library, ["ask", "--batch", "-", "--from", "2024-01-01"], lines)
    answers = [json.loads(line) for line in reading.stdout.splitlines()]
    scene.note("others")
    if reading.returncode != 0 or len(answers) != len(questions):
        scene.note("errors", f"a reading process: {reading.stderr.strip()[-300:]}")
    for made in answers:
        if "answer" not in made:
            scene.note("errors", f"a reading process: {made['error']}")
            continue
        cited = (*made["answer"]["citations"], *made["answer"]["nearest"])
        shown = [(citation["article_id"], citation["quote"]) for citation in cited]
        if len(versions_of(shown, scene.changing)) > 1:
            scene.note("mixed", f"in another process: {made['answer']['question']}")
    writing = command_line(library, ["ingest", str(scene.source)])
    lines = writing.stderr.strip()
    if writing.returncode == 2 and "Another process is writing" in lines and "\n" not in lines:
        scene.note("refused")
    else:
        scene.note("errors", f"a second writer was not refused: {lines[-300:]}")
