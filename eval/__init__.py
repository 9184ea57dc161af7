"""Measures what the assistant answers against gold written by hand; `python -m eval`."""
