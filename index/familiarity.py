"""Measure how familiar a text's language is to the bundled model: how likely its words are among statutes."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

UNFAMILIAR = -12.0
"""What a text without any known word gets."""
_UNKNOWN = "[UNK]"


class Familiarity:
    """The word frequencies that the bundled tokenizer carries, read as a language model of statutes."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        vocabulary = json.loads(tokenizer.to_str())["model"]["vocab"]
        self._scores = np.array([score for _, score in vocabulary], dtype=np.float32)
        self._lengths = np.array(
            [1 if word == _UNKNOWN else len(word) for word, _ in vocabulary], dtype=np.float32
        )

    @classmethod
    def read(cls, folder: Path) -> "Familiarity":
        """Read it from the folder of the bundled model."""
        from tokenizers import Tokenizer

        return cls(Tokenizer.from_file(str(folder / "tokenizer.json")))

    def of(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the mean log-likelihood of each text, in nats per character (statutes: about -3.6; others: less)."""
        found = np.full(len(texts), UNFAMILIAR, dtype=np.float32)
        for place, encoding in enumerate(self._tokenizer.encode_batch(list(texts), add_special_tokens=False)):
            characters = sum(end - start for start, end in encoding.offsets)
            if characters:
                found[place] = max(float(self._scores[encoding.ids].sum()) / characters, UNFAMILIAR)
        return found

    def of_tokens(self, tokens: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the same for texts already cut into tokens: all their tokens in a row, and how many each text has."""
        edges = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(sizes)))
        scores, lengths = (
            np.diff(np.concatenate(([0.0], np.cumsum(each[tokens], dtype=np.float64)))[edges])
            for each in (self._scores, self._lengths)
        )
        found = np.divide(scores, lengths, out=np.full(len(sizes), UNFAMILIAR), where=lengths > 0)
        kept: NDArray[np.float32] = np.maximum(found, UNFAMILIAR).astype(np.float32)
        return kept
