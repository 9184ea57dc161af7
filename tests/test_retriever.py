from langchain_core.runnables import RunnableLambda

from rag.assistant import Assistant
from rag.retriever import PassageRetriever
from rag.schema import Filters


def test_a_langchain_chain_gets_passages_that_can_be_cited(assistant: Assistant) -> None:
    chain = PassageRetriever(assistant=assistant) | RunnableLambda(lambda found: found[0])
    best = chain.invoke("Which ships left Odesa with grain?")
    assert best.metadata["article_id"] == "grain"
    text = assistant.article("grain").text
    assert text[best.metadata["start"] : best.metadata["end"]] == best.page_content


def test_a_question_in_another_language_finds_the_same_passage(assistant: Assistant) -> None:
    found = PassageRetriever(assistant=assistant, limit=1).invoke("Скільки цивільних загинуло?")
    assert [d.metadata["article_id"] for d in found] == ["bridge"]


def test_filters_hold_for_langchain_too(assistant: Assistant) -> None:
    only = PassageRetriever(assistant=assistant, filters=Filters(languages=("de",)))
    assert {d.metadata["language"] for d in only.invoke("grain ships")} == {"de"}
