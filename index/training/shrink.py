"""Write a model as sentence-transformers reads it, its rows as 8-bit integers with one weight each."""

import json
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import Normalize
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer

Rows = NDArray[np.float32]


def to_integers(rows: Rows) -> tuple[NDArray[np.int8], Rows]:
    """Return rows as 8-bit integers and the weight by which each must be multiplied."""
    weights = (np.maximum(np.abs(rows).max(axis=1), 1e-8) / 127.0).astype(np.float32)
    return np.rint(rows / weights[:, None]).astype(np.int8), weights


def write_model(folder: Path, tokenizer: Tokenizer, rows: Rows) -> None:
    """Write a `StaticEmbedding` with unit-length output; the model card beside it is left as it is."""
    folder.mkdir(parents=True, exist_ok=True)
    whole, weights = to_integers(rows)
    with tempfile.TemporaryDirectory() as aside:
        model = SentenceTransformer(
            modules=[StaticEmbedding(tokenizer, embedding_weights=rows), Normalize()], device="cpu"
        )
        model.save(aside, create_model_card=False)
        save_file({"embeddings": whole, "weights": weights}, Path(aside) / "model.safetensors")
        text = json.dumps(json.loads(tokenizer.to_str()), ensure_ascii=False, separators=(",", ":"))
        (Path(aside) / "tokenizer.json").write_text(text, encoding="utf-8")
        for path in sorted(Path(aside).rglob("*")):
            if path.is_file():
                place = folder / path.relative_to(aside)
                place.parent.mkdir(exist_ok=True)
                place.write_bytes(path.read_bytes())
