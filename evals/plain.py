"""Do what a tutorial would: split by characters, let Chroma do the rest with its defaults, embed with the same model.

This is what every benchmark here is compared with, and the one place outside ``index`` that uses Chroma, and the only one
that splits with LangChain.
"""

import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import chromadb
from chromadb.config import Settings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from index.embedder import Embedder

CHUNK, OVERLAP = 1000, 200
_BATCH = 5000
_OVERFETCH = 4
"""Chunks asked for per document wanted: several may be of one document."""


def build_plainly(folder: Path, documents: Sequence[str], embedder: Embedder) -> int:
    """Split, embed and store the documents in a new collection under ``folder``; return how many chunks there are."""
    splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP)
    chunks: list[str] = []
    owners: list[int] = []
    for place, document in enumerate(documents):
        pieces = splitter.split_text(document)
        chunks.extend(pieces)
        owners.extend([place] * len(pieces))
    with closing(_client(folder)) as client:
        collection = client.create_collection("plain", embedding_function=None)
        for start in range(0, len(chunks), _BATCH):
            batch = slice(start, start + _BATCH)
            collection.add(
                ids=[str(place) for place in range(start, min(start + _BATCH, len(chunks)))],
                embeddings=embedder.encode_documents(chunks[batch]),
                documents=chunks[batch],
                metadatas=[{"document": owner} for owner in owners[batch]],
            )
    return len(chunks)


class Plain:
    """An opened collection of :func:`build_plainly`."""

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        self._client = _client(folder)
        self._collection = self._client.get_collection("plain", embedding_function=None)
        self._embedder = embedder

    def search(self, question: str, *, limit: int) -> list[int]:
        """Return the documents of the chunks nearest to the question, nearest first, each once."""
        vector = self._embedder.encode_queries([question])
        found = self._collection.query(
            query_embeddings=vector, n_results=limit, include=["metadatas", "documents"]
        )
        return list(dict.fromkeys(int(about["document"]) for about in found["metadatas"][0]))

    def nearest(self, vector: Any, limit: int) -> list[int]:
        """Return the chunks nearest to a vector."""
        found = self._collection.query(query_embeddings=[vector], n_results=limit, include=[])
        return [int(id) for id in found["ids"][0]]

    def close(self) -> None:
        """Let go of memory and files."""
        self._client.close()


def search_plainly(
    documents: Sequence[str], questions: Sequence[str], embedder: Embedder, *, depth: int
) -> list[list[int]]:
    """Return, for each question, the places of the ``depth`` best documents, best first."""
    with tempfile.TemporaryDirectory() as folder:
        chunks = build_plainly(Path(folder), documents, embedder)
        with closing(Plain(Path(folder), embedder)) as plain:
            limit = min(chunks, _OVERFETCH * depth)
            return [plain.search(question, limit=limit)[:depth] for question in questions]


def _client(folder: Path) -> Any:
    return chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
