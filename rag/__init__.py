"""Belegt: who said it, the exact sentence, and how certain it is."""

import os

# Products of vectors are small here. OpenBLAS reads this when numpy is loaded; its threads wait by
# spinning, so that a product of a millisecond takes a hundred where other work wants the cores.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
