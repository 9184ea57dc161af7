"""Any sentence-transformers model, guarded: the door to sentence-transformers and torch.

A text gets the same vector to the bit in whatever company it is encoded (see `Encoder`), so that
the order and the size of an ingestion never show in an answer.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import threading
import unicodedata
import warnings
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.errors import EngineError

Vectors = NDArray[np.float32]
Numbers = NDArray[np.int64]
Progress = Callable[[int], None]

BATCH_TOKENS = 4_096  # 50 MB of activations; larger batches are no faster (measured)
PADDING = 16  # tokens; batches are padded to a multiple of this
TEXTS_AT_ONCE = 64  # through the tokenizer: bounds the memory for its offsets
MARGIN = 4  # tokens by which a window, cut out and tokenised again, may have grown

# A text that spells a model's control tokens must not become them.
CONTROL_TOKEN = re.compile(r"([<\[])(?=(?:/?s|pad|unk|mask|cls|sep|\|[^|<>]{1,40}\|)[>\]])", re.I)


def clean(text: str, limit: int) -> str:
    """The text as models get it: NFKC, white space collapsed, cut after `limit` characters.

    Control, format and unassigned characters and lone surrogates are dropped (NUL would end the
    text inside the C engine). NFKC also unfolds U+FDFA into its 18 letters, for which that engine
    reserves too little memory. Control tokens are broken up by a space.
    """
    text = text[:limit]
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " * c.isspace() for c in text)
    text = " ".join(unicodedata.normalize("NFKC", text).split())[:limit].rstrip()
    return CONTROL_TOKEN.sub(r"\1 ", text)


def unit(vectors: Vectors) -> Vectors:
    """The vectors (n, d) at length 1; one without a direction becomes the diagonal."""
    directed = np.where(vectors.any(axis=1, keepdims=True), vectors, np.float32(1))
    scaled: Vectors = directed / np.linalg.norm(directed, axis=1, keepdims=True)
    return scaled


def processor_flags(cpuinfo: str) -> set[str]:
    """The `flags` of the first processor in /proc/cpuinfo; empty where there is no such line."""
    found = re.search(r"^flags\s*:(.*)$", cpuinfo, re.M)
    return set(found[1].split()) if found else set()


def prefers_bfloat16(cpuinfo: str) -> bool:
    """Whether the processor multiplies bfloat16: 3 times as fast as float32, 4 times with AMX."""
    return bool(processor_flags(cpuinfo) & {"amx_bf16", "avx512_bf16"})


def allowed_cores(cpu_max: str) -> int | None:
    """The cores that a container may use, from its cgroup's `cpu.max`; None: no limit."""
    quota, _, period = cpu_max.strip().partition(" ")
    if not quota.isdecimal() or not period.isdecimal() or int(period) == 0:
        return None
    return max(1, int(quota) // int(period))


def system_file(path: str) -> str:
    """The content of a file of the operating system, empty where there is none."""
    try:
        return Path(path).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def first_line(error: BaseException) -> str:
    """What an error of a library says, in one line of bearable length."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]


class Encoder:
    """One loaded SentenceTransformer that gives a text the same vector in every batch.

    A text's neighbours could change its last bits (in bfloat16: the third digit), because sums
    over an odd number of tokens, and the attention over a longer padding, are split otherwise. So
    every text is padded to the next multiple of 16 tokens, and a batch holds texts of one length.

    `device` None leaves the choice to sentence-transformers, `bfloat16` None to the processor.
    Raises EngineError where the model is not there, cannot be downloaded, or cannot be loaded.
    """

    def __init__(self, name: str, device: str | None = None, bfloat16: bool | None = None) -> None:
        self._lock = threading.Lock()  # the tokenizer refuses two threads at once
        self.model = _load(name, device, bfloat16)
        self.dimension = int(self.model.get_embedding_dimension())
        self._tokenizer = getattr(self.model, "tokenizer", None)
        # Models without positions (static word vectors) have no limit and need no padding.
        fast = getattr(self._tokenizer, "is_fast", False)
        self._limit: int | None = self.model.max_seq_length if fast else None

    def encode(
        self, texts: Sequence[str], prefix: str, characters: int, progress: Progress | None = None
    ) -> Vectors:
        """The unit vectors (n, d) of the texts, each cut after `characters`, then prefixed.

        A text longer than the model's limit becomes the mean of its windows, weighted by their
        numbers of tokens. `progress` gets the number of texts done, from time to time.
        """
        whole = np.zeros((len(texts), self.dimension), np.float32)
        if not texts:
            return whole
        with self._lock:
            windows, owners, lengths = self._windows(texts, prefix, characters)
            vectors = np.empty((len(windows), self.dimension), np.float32)
            left = np.bincount(owners, minlength=len(texts))
            for padded, batch in _batches(lengths):
                vectors[batch] = self._forward([windows[i] for i in batch], prefix, padded)
                np.subtract.at(left, owners[batch], 1)
                if progress:
                    progress(int(np.count_nonzero(left == 0)))
        np.add.at(whole, owners, vectors * lengths[:, None].astype(np.float32))
        return unit(whole)

    def _windows(
        self, texts: Sequence[str], prefix: str, characters: int
    ) -> tuple[list[str], Numbers, Numbers]:
        """The windows of all texts, the index of the text of each, and its length in tokens."""
        cleaned = [clean(text, characters) for text in texts]
        if self._limit is None or self._tokenizer is None:
            sizes = np.array([len(text) // 4 + 1 for text in cleaned], np.int64)
            return cleaned, np.arange(len(texts)), sizes
        found = [
            (index, window, length)
            for index, spans in enumerate(self._spans(cleaned, prefix))
            for window, length in self._cut(cleaned[index], spans, self._limit)
        ]
        owners, windows, lengths = zip(*found, strict=True)
        return list(windows), np.array(owners), np.array(lengths)

    def _cut(
        self, text: str, spans: list[tuple[int, int]], limit: int
    ) -> Iterator[tuple[str, int]]:
        """The windows of a text with these tokens, and their lengths in tokens."""
        special = self._tokenizer.num_special_tokens_to_add()  # type: ignore[union-attr]
        if len(spans) + special <= limit:
            yield text, max(1, len(spans) + special)
            return
        own = [(start, end) for start, end in spans if start >= 0]
        around = len(spans) - len(own) + special + MARGIN
        room = max(1, limit - around)
        for first in range(0, len(own), room):
            part = own[first : first + room]
            yield text[part[0][0] : part[-1][1]], min(len(part) + around, limit)

    def _spans(self, texts: list[str], prefix: str) -> Iterator[list[tuple[int, int]]]:
        """For each text start and end of its tokens, in characters; negative in the prefix."""
        for start in range(0, len(texts), TEXTS_AT_ONCE):
            found = self._tokenizer(  # type: ignore[misc]
                [prefix + text for text in texts[start : start + TEXTS_AT_ONCE]],
                add_special_tokens=False,
                truncation=False,
                padding=False,
                return_offsets_mapping=True,
                verbose=False,
            )
            for spans in found["offset_mapping"]:
                yield [(low - len(prefix), high - len(prefix)) for low, high in spans]

    def _forward(self, texts: list[str], prefix: str, padded: int) -> Vectors:
        """The vectors of one batch, each text padded to this number of tokens."""
        options: dict[str, Any] = {}
        if self._limit is not None:
            text = {"padding": "max_length", "max_length": min(padded, self._limit)}
            options["processing_kwargs"] = {"text": {**text, "truncation": True}}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = self.model.encode(
                texts, prompt=prefix, batch_size=len(texts), show_progress_bar=False, **options
            )
        return np.asarray(found, np.float32)

    def digest(self, *details: str) -> str:
        """A hash of the weights, the modules and these details, whatever the dtype in memory."""
        import torch  # heavy, and loaded by now

        made = hashlib.blake2b(digest_size=8)
        kinds = [(type(m).__name__, getattr(m, "pooling_mode", None)) for m in self.model]
        made.update(repr((kinds, self._limit, details)).encode())
        for name, tensor in self.model.state_dict().items():
            if tensor.is_floating_point():
                bits = tensor.detach().to("cpu", torch.bfloat16).contiguous().view(torch.int16)
                made.update(f"{name}{tuple(tensor.shape)}".encode())
                made.update(memoryview(bits.numpy()).cast("B"))
        return made.hexdigest()


def _batches(lengths: Numbers) -> Iterator[tuple[int, Numbers]]:
    """Texts of these lengths in batches: length after padding, and indices; the longest first."""
    padded = -(-lengths // PADDING) * PADDING
    for length in np.unique(padded)[::-1].tolist():
        members = np.flatnonzero(padded == length)
        count = max(1, BATCH_TOKENS // length)
        for start in range(0, len(members), count):
            yield length, members[start : start + count]


def _load(name: str, device: str | None, bfloat16: bool | None) -> Any:
    """The SentenceTransformer of this name or folder: from the disk, or else downloaded."""
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # its threads do not survive a fork
    # Threads that wait by spinning cost a busy machine up to 13 times the time, and gain 5 %.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    folder = Path(name).expanduser()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        kind, dtype = _library(device, bfloat16)
        make = partial(kind, device=device, model_kwargs={"dtype": dtype})
        try:
            if folder.is_dir():
                return make(str(folder), local_files_only=True)
            if folder.is_absolute() or name.startswith("."):
                raise FileNotFoundError("there is no such folder")
            return _by_name(make, name)
        except Exception as error:  # the libraries below raise whatever they like
            raise EngineError(_failure(name, folder, error)) from error


def _by_name(make: Callable[..., Any], name: str) -> Any:
    """The model of this name: as it lies on the disk, without a look at a server, or downloaded."""
    try:
        return make(name, local_files_only=True)
    except Exception:
        import huggingface_hub

        # One short look whether there is a network: the library would try for more than a minute.
        huggingface_hub.get_session().head(huggingface_hub.constants.ENDPOINT, timeout=5)
        return make(name)


def _library(device: str | None, bfloat16: bool | None) -> tuple[Any, Any]:
    """The class SentenceTransformer and the number type to load with; quiet, and all cores."""
    try:
        import torch  # heavy, all three: 4 s, 440 MB
        import transformers
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise EngineError(
            f"sentence-transformers cannot be loaded ({first_line(error)}): run `make setup`"
        ) from error
    logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
    transformers.logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    transformers.logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    cores = allowed_cores(system_file("/sys/fs/cgroup/cpu.max"))
    if cores and "OMP_NUM_THREADS" not in os.environ:
        torch.set_num_threads(min(cores, torch.get_num_threads()))
    if bfloat16 is None:
        on_processor = device == "cpu" or not torch.cuda.is_available()
        bfloat16 = on_processor and prefers_bfloat16(system_file("/proc/cpuinfo"))
    return SentenceTransformer, torch.bfloat16 if bfloat16 else torch.float32


def _failure(name: str, folder: Path, error: Exception) -> str:
    """What to tell the user whose model could not be loaded."""
    if folder.is_dir():
        return (
            f"The folder {folder} holds no usable sentence-transformers model "
            f"({first_line(error)}): give another, or set RAG_EMBEDDINGS=bundled"
        )
    return (
        f"The embedding model {name!r} is not on this machine and cannot be downloaded "
        f"({first_line(error)}): check its name and the network, or give the folder of a model, "
        "or set RAG_EMBEDDINGS=bundled"
    )
