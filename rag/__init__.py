"""Belegt: who said it, the exact sentence, and how certain it is."""
