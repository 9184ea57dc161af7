"""Words are data: reads `rag/lexicon/<table>.<language>.toml`, or `<table>.toml` for all."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "lexicon"


@cache
def load(table: str, language: str | None = None) -> dict[str, Any]:
    """The table of this name and language, read once. Treat it as read-only.

    Raises FileNotFoundError for a table that is not shipped: that is a mistake of ours.
    """
    name = f"{table}.{language}.toml" if language else f"{table}.toml"
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))
