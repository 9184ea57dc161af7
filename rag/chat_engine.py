"""The other engine: a chat model writes the answer, and every sentence of it is checked.

It is given numbered evidence; nobody sees a sentence that its citations do not bear out.

The extractive answer is always there first: flag, badges, positions and citations are its own, and
it stands whenever the model fails or nothing of what it wrote is borne out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rag import chat_models, exhibits, formats, lexicon, prompting, segmentation, verification
from rag.actors import Actors
from rag.chat_models import ChatModel, ChatModelError
from rag.errors import EngineError
from rag.exhibits import Exhibit
from rag.index import Index
from rag.schema import Answer, Article, Statement, Status, Support
from rag.verification import Outcome
from rag.word_fields import Translator, Vectors

NAME = "chat"
MOST = 12  # sentences of a reply that are read

_MARKERS = r"(?:[\[【]\s*\d[\d\s,;]*[\]】]\s*)+"
_BEHIND = re.compile(rf"([.!?…][”“»\"]?)\s*({_MARKERS})")  # "… . [1]" is "… [1]."
_STOP = re.compile(rf"[.!?…\n][”“»\"]?\s*(?:{_MARKERS})?")
_UNCLOSED = re.compile(r"[\[【][^\]】]*$")
_ITEM = re.compile(r"^\s*(?:[-*•–]|\d+[.)])\s+")


@dataclass(frozen=True, slots=True)
class ChatEngine:
    """Composes answers by a chat model, which is opened when it is first asked."""

    opened: Callable[[], ChatModel]
    actors: Actors
    translator: Translator

    def compose(
        self,
        answer: Answer,
        evidence: Sequence[Exhibit],
        tell: Callable[[Statement], None] = lambda _: None,
    ) -> Answer:
        """The answer with the model's sentences in place of the extractive ones.

        `answer` is the extractive one and `evidence` what it cites. `tell` is called with every
        sentence that is borne out, as it comes. Silence stays silence; of any failure the note
        tells.
        """
        if answer.status is Status.NO_EVIDENCE or not evidence:
            return answer
        supported: list[Statement] = []
        dropped = 0
        try:
            model = self.opened()
            for outcome in self.checked(model, answer, evidence):
                if outcome.support is Support.UNSUPPORTED:
                    dropped += 1
                elif outcome.statement not in supported:
                    supported.append(outcome.statement)
                    tell(outcome.statement)
        except EngineError as error:
            reason = error.reason if isinstance(error, ChatModelError) else "failed"
            return replace(answer, note=instead(reason, answer.language))
        if not supported:
            return replace(
                answer, note=instead("unsupported" if dropped else "empty", answer.language)
            )
        absent = tuple(s for s in answer.statements if s.support is Support.ABSENCE)
        statements = (*absent, *supported)
        return replace(
            answer,
            statements=statements,
            text=" ".join(_marked(s) for s in statements),
            engine=model.name,
            note=left_out(dropped, answer.language) if dropped else None,
        )

    def checked(
        self, model: ChatModel, answer: Answer, evidence: Sequence[Exhibit]
    ) -> Iterator[Outcome]:
        """The sentences of the model's reply, each with its verdict, as they come.

        Raises ChatModelError where the model fails.
        """
        language = answer.language
        pieces = model.stream(
            prompting.instructions(language),
            prompting.message(answer.question, evidence, language),
        )
        for number, sentence in enumerate(sentences(pieces, language)):
            if number == MOST:
                return
            yield verification.check(sentence, evidence, language, self.actors, self.translator)


def prepared(
    chat: Callable[[], ChatModel], answer: Answer, index: Index, actors: Actors
) -> Callable[[Callable[[Statement], None]], Answer]:
    """What composes this answer by a chat model; all that it needs of the library is read now.

    So no other question has to wait for the model.
    """
    shown = exhibits.of_citations(answer.citations, index.catalog.article, index.catalog.claims)
    engine = ChatEngine(chat, actors, Vectors(index.embedder, index.vocabulary()))
    return lambda tell: engine.compose(answer, shown, tell)


def sentences(pieces: Iterable[str], language: str) -> Iterator[str]:
    """The sentences of a text that comes in pieces, each with the markers that belong to it.

    A sentence is given once something else has begun behind it, so that a marker that follows its
    full stop is not lost.
    """
    text, given, ends = "", 0, 0
    for piece in pieces:
        text += piece
        stops = len(_STOP.findall(text))
        if stops == ends or _UNCLOSED.search(text) or not _has_begun(text):
            continue
        ends = stops
        whole = _split(text, language)
        yield from whole[given:-1]
        given = max(given, len(whole) - 1)
    yield from _split(text, language)[given:]


def _has_begun(text: str) -> bool:
    """Whether words stand behind the last full stop and its markers."""
    return any(c.isalpha() for c in _STOP.split(text)[-1])


def _split(text: str, language: str) -> list[str]:
    made: list[str] = []
    for line in text.splitlines():
        moved = _BEHIND.sub(lambda m: f" {m.group(2).strip()}{m.group(1)} ", _ITEM.sub("", line))
        moved = " ".join(moved.split())
        found = segmentation.sentences(Article("answer", "", moved, language, ""))
        made += [s.text for s in found] or ([moved] if moved else [])
    return made


def instead(reason: str, language: str) -> str:
    """Why the extractive answer stands: a key of `instead` in `lexicon/chat_notes`."""
    return str(lexicon.load("chat_notes", language)["instead"][reason])


def left_out(count: int, language: str) -> str:
    """How many sentences were left out."""
    forms = lexicon.load("chat_notes", language)["dropped"]
    form = forms.get(formats.locale(language).plural_form(count), forms["other"])
    return str(form).format(n=formats.number(count, language))


def opener(name: str, base_url: str | None, timeout: float) -> Callable[[], ChatModel] | None:
    """What opens the chat model of these settings, once; None where there is none."""
    if name == chat_models.NONE:
        return None
    made: list[ChatModel] = []

    def opened() -> ChatModel:
        if not made:
            made.append(chat_models.open_chat_model(name, base_url, timeout))
        return made[0]

    return opened


def _marked(statement: Statement) -> str:
    return statement.text + "".join(f" [{n}]" for n in statement.citations)
