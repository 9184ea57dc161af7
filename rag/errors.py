"""The tree of errors. A message says what is wrong, with which input, and what mends it.

BelegtError
├── InputError            the question, an option or a file is not usable   (exit 2)
│   └── ArticleError      one article file cannot be loaded                 (refused, exit 1)
├── LibraryError          the index is empty, locked, damaged or foreign    (exit 2)
└── EngineError           an embedding or chat model cannot be used         (exit 2)
"""

from __future__ import annotations


class BelegtError(Exception):
    """Base of all errors that a user may see; the doors print the message, no traceback."""

    code = "error"


class InputError(BelegtError):
    """What was asked or passed is not usable as it is."""

    code = "bad_input"


class ArticleError(InputError):
    """One article file cannot be loaded; the others are."""

    code = "bad_article"


class LibraryError(BelegtError):
    """The index is empty, locked by another process, damaged, or made by another model."""

    code = "library"


class EngineError(BelegtError):
    """A model is missing or cannot run on this machine."""

    code = "engine"
