"""What a reader is told beside an answer of how the question was read.

The sentences are data: `lexicon/conversation.<language>.toml`, `notes`.
"""

from __future__ import annotations

from rag import lexicon, text
from rag.conversation import Resumed

FEWEST = 4  # words of a question whose language can be told


def of_question(asked: str, whole: Resumed, language: str) -> str | None:
    """What to say of a question, in the language of the answer; None where nothing has to be."""
    table = lexicon.load("conversation", language)["notes"]
    if is_foreign(asked):
        return str(table["foreign"])
    if whole.missing:
        return str(table["unresolved"]).format(missing=table[whole.missing])
    return None


def joined(*notes: str | None) -> str | None:
    """Notes as one; None where there is none."""
    return " ".join(note for note in notes if note) or None


def is_foreign(asked: str) -> bool:
    """Whether a question is in none of the languages that are understood.

    Names alone tell nothing, so that a few words never are.
    """
    line = " ".join(asked.split())
    return len(text.words(line)) >= FEWEST and text.language_of_article(line) is None
