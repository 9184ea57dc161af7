"""The same articles in the opposite order under other names: the answers must be the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from rag import loading
from rag.errors import InputError
from rag.schema import Answer, Citation

OWN_ID = re.compile(r"^id:.*\n", re.MULTILINE)


def write(corpus: Path, folder: Path) -> dict[str, str]:
    """Writes the articles of a folder into another, last first; maps new ids to old ones.

    Raises InputError where a file does not get the id of its name.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for stale in folder.iterdir():
        stale.unlink()
    olds = {path: loading.read(path).id for path in loading.find_files(corpus).articles}
    names: dict[str, str] = {}
    for number, path in enumerate(sorted(olds, key=lambda one: olds[one], reverse=True)):
        text = path.read_text(encoding="utf-8")
        if loading.has_own_id(path):
            text = OWN_ID.sub("", text, count=1)
        copy = folder / f"x{number:04}{path.suffix}"
        copy.write_text(text, encoding="utf-8")
        if loading.read(copy).id != copy.stem:
            raise InputError(f"{path}: the copy keeps its id; write the header's id on one line.")
        names[copy.stem] = olds[path]
    return names


def same(one: Answer | None, other: Answer | None, names: Mapping[str, str]) -> bool:
    """Whether two answers have the same text, flag, badges and citations.

    `names` maps the article ids of the other answer to those of the first.
    """
    if one is None or other is None:
        return False
    return _seen(one, {}) == _seen(other, names)


def _seen(answer: Answer, names: Mapping[str, str]) -> tuple[object, ...]:
    citations = tuple(_renamed(c, names) for c in (*answer.citations, *answer.nearest))
    return answer.text, answer.flag, answer.badges, citations


def _renamed(citation: Citation, names: Mapping[str, str]) -> Citation:
    return replace(citation, article_id=names.get(citation.article_id, citation.article_id))
