"""What a chat model is shown to answer a question: numbered evidence, fenced, and the rules.

Text of articles is data. The signs that fences and numbers are made of do not occur in it as it is
shown, so that no article can close its fence or forge a number.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rag import lexicon
from rag.exhibits import Exhibit
from rag.schema import Form

LONGEST = 1500  # characters shown of one quotation


def instructions(language: str) -> str:
    """What the model is told to do, with the language of the answer."""
    table = lexicon.load("prompt")
    return str(table["instructions"]).strip().format(language=table["languages"][language])


def message(question: str, exhibits: Sequence[Exhibit], language: str) -> str:
    """The evidence and the question, each in its fence."""
    table = lexicon.load("prompt")
    evidence = "\n".join(_shown(one, table) for one in exhibits)
    values = {"question": escaped(question), "language": table["languages"][language]}
    return str(table["message"]).strip().format(evidence=evidence, **values)


def escaped(text: str) -> str:
    """Text in one line, without the signs that the prompt itself is made of."""
    table = lexicon.load("prompt")["escapes"]
    return " ".join(text.split()).translate(str.maketrans(table))


def _shown(one: Exhibit, table: dict[str, Any]) -> str:
    told = [claim for claim in one.claims if claim.form is not Form.NARRATED]
    names = dict.fromkeys(source.name for claim in told for source in claim.sources)
    stances = dict.fromkeys(claim.stance.value for claim in told)
    dates = dict.fromkeys(claim.date for claim in told if claim.date)
    unknown = str(table["unknown"])
    values = {
        "source": _joined(names, table) or str(table["own_voice"]),
        "stance": _joined(stances, table) or unknown,
        "date": _joined(dates, table) or unknown,
        "published": one.article.published or unknown,
    }
    return (
        str(table["exhibit"])
        .strip()
        .format(
            number=one.number,
            quote=escaped(one.quote[:LONGEST]),
            language=table["languages"].get(one.article.language, one.article.language),
            **{key: escaped(value) for key, value in values.items()},
        )
    )


def _joined(values: dict[str, None], table: dict[str, Any]) -> str:
    return str(table["separator"]).join(values)
