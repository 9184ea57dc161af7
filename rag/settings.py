"""Settings from the environment (`RAG_…`, and `HOST`, `PORT`); an unknown `RAG_` key is refused.

Only the doors (`app.py`, `rag/__main__.py`, `eval/`) read settings; below them there are plain
arguments.
"""

from __future__ import annotations

import os
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

from platformdirs import user_data_path
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from rag.errors import InputError

PREFIX = "RAG_"


class Settings(BaseSettings):
    """Every option of the product; each has an environment variable of the same name."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True)

    data_dir: Path = Field(default_factory=lambda: user_data_path("belegt"))
    corpus: Path = Path(__file__).parents[1] / "corpus"
    embeddings: str = "bundled"
    chat_model: str = "none"  # provider:model, as LangChain writes it
    chat_base_url: str | None = None  # of an OpenAI-compatible server
    chat_timeout: float = Field(default=60.0, gt=0, allow_inf_nan=False)  # seconds
    engine: Literal["extractive", "chat"] | None = None  # who composes; None: a named chat model
    claims: Literal["rules", "model"] = "rules"  # who finds the claims of an article
    chroma_url: str | None = None
    host: str = Field(default="127.0.0.1", validation_alias="HOST")
    port: int = Field(default=7860, ge=1, le=65535, validation_alias="PORT")
    embed_origins: str = "*"  # origins that may show the widget, separated by spaces
    rate_per_second: float = Field(default=5.0, gt=0)
    rate_burst: int = Field(default=60, ge=1)


def load(**options: Any) -> Settings:
    """The settings of this process; `options` that are not None win over the environment.

    Raises InputError for an unknown `RAG_` variable or a value that does not fit.
    """
    aliases = {"host": "HOST", "port": "PORT"}
    known = {PREFIX + name.upper() for name in Settings.model_fields if name not in aliases}
    for key in sorted(os.environ):
        if key.startswith(PREFIX) and key not in known:
            near = get_close_matches(key, known, 1)
            hint = f"did you mean {near[0]}?" if near else "unset it."
            raise InputError(f"Unknown setting {key}; {hint}")
    given = {aliases.get(k, k): v for k, v in options.items() if v is not None}
    try:
        return Settings(**given)
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        name = name if name in aliases.values() else PREFIX + name
        raise InputError(
            f"{name}={first['input']!r} does not fit ({first['msg']}); set it to a valid value."
        ) from error
