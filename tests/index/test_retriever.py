"""LangChain gets passages as documents, with the filters of the index."""

import asyncio
from pathlib import Path

from index.passage import Kind, Passage
from index.retriever import PolicyRetriever
from index.testing import index_of


def test_a_retriever_returns_passages_with_where_they_lead(passages: list[Passage], root: Path) -> None:
    with index_of(passages, root) as index:
        documents = PolicyRetriever(index=index, limit=3).invoke("退还押金")
        assert len(documents) == 3
        assert documents[0].id == documents[0].metadata["provisions"][0].replace("sample/", "text:sample/")
        assert "押金" in documents[0].page_content
        scores = [document.metadata["score"] for document in documents]
        assert scores == sorted(scores, reverse=True)


def test_a_retriever_filters_and_works_asynchronously(passages: list[Passage], root: Path) -> None:
    with index_of(passages, root) as index:
        assert PolicyRetriever(index=index, kinds=frozenset({Kind.FACT})).invoke("退还押金") == []
        found = asyncio.run(PolicyRetriever(index=index, limit=2).ainvoke("退还押金"))
        assert len(found) == 2
