"""Measures what the assistant answers against gold written by hand; `python -m eval`."""

import rag as rag  # before numpy is loaded: it says how many threads numpy has
