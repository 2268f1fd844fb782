"""Measure how familiar a text's language is to the bundled model: how likely its words are among statutes."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

UNFAMILIAR = -12.0
"""What a text without any known word gets."""


class Familiarity:
    """The word frequencies that the bundled tokenizer carries, read as a language model of statutes."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        vocabulary = json.loads(tokenizer.to_str())["model"]["vocab"]
        self._scores = np.array([score for _, score in vocabulary], dtype=np.float32)

    @classmethod
    def read(cls, folder: Path) -> "Familiarity":
        """Read it from the folder of the bundled model."""
        return cls(Tokenizer.from_file(str(folder / "tokenizer.json")))

    def of(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the mean log-likelihood of each text, in nats per character (statutes: about -3.6; others: less)."""
        found = np.full(len(texts), UNFAMILIAR, dtype=np.float32)
        for place, encoding in enumerate(self._tokenizer.encode_batch(list(texts), add_special_tokens=False)):
            characters = sum(end - start for start, end in encoding.offsets)
            if characters:
                found[place] = max(float(self._scores[encoding.ids].sum()) / characters, UNFAMILIAR)
        return found
