"""Stand-ins that behave: an embedding model without training, and passages made up for a test."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path

import numpy as np

from index.embedder import Embedder, Vectors, normalize
from index.generation import build, open_planned
from index.passage import Kind, Passage
from index.plan import plan_index
from index.search import Index
from index.tokens import count_tokens


class HashingEmbedder:
    """Embeds by the characters and pairs of a text: the same words are near each other, and nothing is learned.

    ``seen`` counts the texts that were encoded, so that a test can tell what was embedded again.
    """

    def __init__(self, dimension: int = 64, *, salt: str = "") -> None:
        self.name = f"hashing {salt}".rstrip()
        self.dimension = dimension
        self.fingerprint = blake2b(f"{salt}/{dimension}".encode()).hexdigest()
        self.seen: list[str] = []
        self._salt = salt

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one row of unit length per question."""
        return normalize(
            np.array([self._row(text) for text in texts], dtype=np.float32).reshape(-1, self.dimension)
        )

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Return one row of unit length per passage, and remember the passages."""
        self.seen.extend(texts)
        return self.encode_queries(texts)

    def _row(self, text: str) -> Vectors:
        row = np.zeros(self.dimension, dtype=np.float32)
        for token, count in count_tokens(text).items():
            digest = blake2b(f"{self._salt}{token}".encode(), digest_size=8).digest()
            draw = np.random.default_rng(int.from_bytes(digest))
            row += count * draw.standard_normal(self.dimension).astype(np.float32)
        return row


def passages_for(texts: Sequence[str], *, document: str = "sample", heading: str = "") -> list[Passage]:
    """Return a passage per text, each an article of one document."""
    return [
        Passage(
            key=f"text:{document}/{number}",
            kind=Kind.TEXT,
            document=document,
            provisions=(f"{document}/{number}",),
            text=text,
            heading=heading,
        )
        for number, text in enumerate(texts, start=1)
    ]


@contextmanager
def index_of(passages: Sequence[Passage], root: Path, embedder: Embedder | None = None) -> Iterator[Index]:
    """Build and open an index of passages under ``root``."""
    plan = plan_index(passages, embedder or HashingEmbedder())
    build(plan, root)
    index = open_planned(plan, root)
    try:
        yield index
    finally:
        index.close()
