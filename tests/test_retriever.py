import asyncio
import json
import re
import textwrap
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import library
from langchain_core.documents import Document
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompt_values import PromptValue
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import RunnableLambda, RunnablePassthrough
from langchain_core.vectorstores import InMemoryVectorStore
from pydantic import ValidationError

from rag.assistant import Assistant
from rag.errors import InputError, LibraryError
from rag.retriever import BelegtEmbeddings, PassageRetriever
from rag.schema import Filters

README = Path(__file__).parents[1] / "README.md"
QUESTION = "Which ships left Odesa with grain?"
REPLY = "Four ships with about 120,000 tonnes [grain]."


def joined(found: list[Document]) -> str:
    return "\n".join(f"[{d.metadata['article_id']}] {d.page_content}" for d in found)


def test_passages_fill_the_prompt_of_a_langchain_chain(assistant: Assistant) -> None:
    prompts: list[str] = []

    def noted(prompt: PromptValue) -> PromptValue:
        prompts.append(prompt.to_string())
        return prompt

    model = GenericFakeChatModel(messages=iter([AIMessage(REPLY), AIMessage(REPLY)]))
    chain = (
        {
            "articles": PassageRetriever(assistant=assistant, limit=1) | joined,
            "question": RunnablePassthrough(),
        }
        | ChatPromptTemplate.from_messages(
            [("system", "Answer from:\n{articles}"), ("human", "{question}")]
        )
        | RunnableLambda(noted)
        | model
        | StrOutputParser()
    )
    assert chain.invoke(QUESTION) == REPLY
    assert asyncio.run(chain.ainvoke(QUESTION)) == REPLY
    assert len(prompts) == 2
    for prompt in prompts:
        assert "[grain] Grain ships leave Odesa\n\nFour ships carrying about 120,000" in prompt
        assert prompt.endswith(f"Human: {QUESTION}")


def test_a_document_says_what_is_needed_to_cite_it(assistant: Assistant) -> None:
    best = PassageRetriever(assistant=assistant).invoke(QUESTION)[0]
    article = assistant.article("grain")
    start, end = best.metadata["start"], best.metadata["end"]
    assert article.text[start:end] == best.page_content
    assert best.id == f"grain:{start}-{end}"
    assert {k: v for k, v in best.metadata.items() if k not in ("start", "end", "score")} == {
        "article_id": "grain",
        "title": "Grain ships leave Odesa",
        "publisher": "Test Gazette",
        "published": "2024-06-02",
        "url": None,
        "language": "en",
    }
    assert json.loads(json.dumps(best.metadata)) == best.metadata


def test_passages_come_best_first_whichever_way_they_are_asked_for(assistant: Assistant) -> None:
    retriever = PassageRetriever(assistant=assistant)
    found = retriever.invoke(QUESTION)
    scores = [d.metadata["score"] for d in found]
    assert len(found) > 1
    assert scores == sorted(scores, reverse=True)
    assert asyncio.run(retriever.ainvoke(QUESTION)) == found
    assert retriever.batch([QUESTION] * 3) == [found] * 3
    assert PassageRetriever(assistant=assistant, limit=1).invoke(QUESTION) == found[:1]


def test_a_question_in_another_language_finds_the_same_passage(assistant: Assistant) -> None:
    found = PassageRetriever(assistant=assistant, limit=1).invoke("Скільки цивільних загинуло?")
    assert [d.metadata["article_id"] for d in found] == ["bridge"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, {"bridge", "grain"}),
        ({"filters": Filters(languages=("de",))}, {"bridge"}),
        ({"filters": Filters(publishers=("Testblatt",))}, {"bridge"}),
        ({"filters": Filters(since="2024-06")}, {"grain"}),
        ({"filters": Filters(until="2024-05")}, {"bridge"}),
        ({"filters": Filters(articles=("grain",))}, {"grain"}),
        ({"filters": Filters(languages=("de",), articles=("grain",))}, set()),
        ({"as_of": "2024-05-31"}, {"bridge"}),
        ({"as_of": "2023"}, set()),
    ],
)
def test_filters_and_the_as_of_date_hold_for_langchain_too(
    assistant: Assistant, options: dict[str, object], expected: set[str]
) -> None:
    found = PassageRetriever(assistant=assistant, **options).invoke("grain ships, bridge")
    assert {d.metadata["article_id"] for d in found} == expected


@pytest.mark.parametrize(
    ("options", "asked", "message"),
    [
        ({"filters": Filters(languages=("fr",))}, QUESTION, "'fr' is not one of"),
        ({"as_of": "tomorrow"}, QUESTION, "tomorrow"),
        ({}, " … ", "at least one word"),
    ],
)
def test_what_cannot_be_searched_is_refused_as_everywhere(
    assistant: Assistant, options: dict[str, object], asked: str, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        PassageRetriever(assistant=assistant, **options).invoke(asked)


def test_a_limit_below_one_is_refused(assistant: Assistant) -> None:
    with pytest.raises(ValidationError, match="greater than or equal to 1"):
        PassageRetriever(assistant=assistant, limit=0)


def test_an_empty_library_says_how_it_is_filled(tmp_path: Path, models: Path) -> None:
    with Assistant.open(library(tmp_path / "empty", models), write=True) as empty:
        retriever = PassageRetriever(assistant=empty)
        for ask in (retriever.invoke, lambda q: asyncio.run(retriever.ainvoke(q))):
            with pytest.raises(LibraryError, match="python -m rag ingest FOLDER"):
                ask(QUESTION)


def test_the_embeddings_fill_a_vector_store_of_langchain(assistant: Assistant) -> None:
    embedder = assistant.index.embedder
    embeddings = BelegtEmbeddings(embedder)
    texts = [
        "Der Hafen von Odesa bleibt geöffnet.",
        "The ministry confirmed that four ships had left.",
        "Президент України повідомив про обстріл Харкова.",
    ]
    store = InMemoryVectorStore.from_texts(texts, embeddings)
    asked = "Which city was shelled, according to the Ukrainian president?"
    [(best, score)] = store.similarity_search_with_score(asked, k=1)
    assert best.page_content == texts[2]
    expected = float(embedder.passages(texts)[2] @ embedder.query(asked))
    assert np.isclose(score, expected, atol=1e-5)
    chain = store.as_retriever(search_kwargs={"k": 1}) | joined_texts
    assert asyncio.run(chain.ainvoke("Ist der Hafen offen?")) == texts[0]


def joined_texts(found: list[Document]) -> str:
    return "\n".join(document.page_content for document in found)


def test_embeddings_are_plain_numbers_of_unit_length(assistant: Assistant) -> None:
    embeddings = BelegtEmbeddings(assistant.index.embedder)
    vectors = [*embeddings.embed_documents(["Kyjiw", ""]), embeddings.embed_query("Kyjiw")]
    assert {type(number) for vector in vectors for number in vector} == {float}
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] != vectors[2]  # a text and a question get different prefixes
    assert embeddings.embed_documents([]) == []
    assert asyncio.run(embeddings.aembed_query("Kyjiw")) == vectors[2]


def test_what_the_readme_shows_of_langchain_runs(
    articles: Path, tmp_path: Path, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = library(tmp_path / "library", models)
    with Assistant.open(chosen, write=True) as assistant:
        assistant.ingest([articles])
    shown = re.search(r"## LangChain\n\n((?: {4}.*\n|\n)+)", README.read_text(encoding="utf-8"))
    assert shown is not None
    monkeypatch.setenv("RAG_DATA_DIR", str(chosen.data_dir))
    made: dict[str, Any] = {}
    exec(textwrap.dedent(shown[1]), made)
    assert {d.metadata["article_id"] for d in made["documents"]} == {"bridge"}
    assert len(made["embeddings"].embed_query("Wer?")) == 384
