"""Turn words into vectors: with the bundled model, read without torch, or with any sentence-transformers model."""

import hashlib
import json
import re
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelDamaged, ModelMissing
from index.familiarity import Familiarity

Vectors = NDArray[np.float32]

BUNDLED = Path(__file__).parent / "model"
BATCH = 4096
"""Texts tokenized at once by the bundled model: bounds the memory and fills a core."""
_MANY = 100_000
"""Tokens from which SciPy's product is worth its import, and a table of single-precision rows its memory."""
_ALIKE = ("公司拖欠员工工资怎么办", "用人单位拖欠劳动报酬的处理")
_UNLIKE = "船舶在港口的引航"
_HALVES = re.compile("[\ud800-\udfff]")


class Embedder(Protocol):
    """What the index needs of an embedding model."""

    @property
    def fingerprint(self) -> str:
        """Hexadecimal digest of everything that decides the vectors: files, prompts, dimension."""
        ...

    @property
    def name(self) -> str:
        """What to call the model in a message."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one row of unit length per question; a text without a known token gives a row of zeros."""
        ...

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Return one row of unit length per passage; a text without a known token gives a row of zeros."""
        ...


def open_embedder(
    model: str = "",
    *,
    query_prompt: str = "",
    document_prompt: str = "",
    dimension: int | None = None,
    batch_size: int = 32,
    device: str = "cpu",
) -> Embedder:
    """Open the bundled model, or the sentence-transformers model that ``model`` names (a hub name or a folder).

    Another model's weights are loaded when it first encodes; that it can be found is checked at once.

    Raises:
        ModelMissing: there is no such model here, or it cannot be reached.
        ModelDamaged: the bundled model's files do not make sense.
    """
    if not model:
        return BundledEmbedder()
    return SentenceTransformerEmbedder(
        model,
        query_prompt=query_prompt,
        document_prompt=document_prompt,
        dimension=dimension,
        batch_size=batch_size,
        device=device,
    )


def static_fingerprint(folder: Path) -> str:
    """Return the fingerprint that a :class:`BundledEmbedder` of this folder has; raises ModelMissing."""
    return _digest_of(_read_files(folder))


def writable(text: str) -> str:
    """Return the text with halves of surrogate pairs, which no tokenizer takes, as question marks."""
    return text if text.isascii() or not _HALVES.search(text) else _HALVES.sub("?", text)


def normalize(rows: Vectors) -> Vectors:
    """Bring each row to unit length; a row of zeros stays."""
    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))[:, None]
    unit: Vectors = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return unit


class BundledEmbedder:
    """A ``StaticEmbedding`` model read from the files that sentence-transformers saves, without torch.

    A text's vector is the mean of its tokens' rows at unit length, as ``SentenceTransformer.encode`` gives it.

    Raises:
        ModelMissing: the folder holds no model.
        ModelDamaged: a file cannot be read, or the model finds the wrong sentences alike.
    """

    def __init__(self, folder: Path = BUNDLED) -> None:
        self._folder = folder
        self._tokenizer, self._rows, self._weights, self.fingerprint = _read_static(folder)
        self._table: Vectors | None = None
        self._familiarity: Familiarity | None = None
        self._check()

    @property
    def name(self) -> str:
        """What to call the model in a message."""
        return "the bundled model" if self._folder == BUNDLED else str(self._folder)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._rows.shape[1])

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one row of unit length per question."""
        return self._encode(texts)

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Return one row of unit length per passage."""
        return self._encode(texts)

    def encode_with_familiarity(self, texts: Sequence[str]) -> tuple[Vectors, Vectors]:
        """Return the passages' rows, and how familiar each one's language is to the model (``familiarity``)."""
        if self._familiarity is None:
            self._familiarity = Familiarity(self._tokenizer)
        out = np.zeros((len(texts), self.dimension), dtype=np.float32)
        familiar: list[Vectors] = []
        for start in range(0, len(texts), BATCH):
            tokens, sizes = self._tokenize(texts[start : start + BATCH])
            self._sum_up(tokens, sizes, out[start : start + BATCH])
            familiar.append(self._familiarity.of_tokens(tokens, sizes))
        return normalize(out), np.concatenate([*familiar, np.zeros(0, dtype=np.float32)])

    def _encode(self, texts: Sequence[str]) -> Vectors:
        out = np.zeros((len(texts), self.dimension), dtype=np.float32)
        if len(texts) == 1:
            text = writable(texts[0])
            ids = np.array(self._tokenizer.encode(text, add_special_tokens=False).ids, dtype=np.int64)
            if len(ids):
                out[0] = self._gather(ids).mean(axis=0)
            return normalize(out)
        for start in range(0, len(texts), BATCH):
            self._sum_up(*self._tokenize(texts[start : start + BATCH]), out[start : start + BATCH])
        return normalize(out)

    def _tokenize(self, texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return all texts' tokens in a row, and how many each text has."""
        encodings = self._tokenizer.encode_batch_fast(
            [writable(text) for text in texts], add_special_tokens=False
        )
        ids = [encoding.ids for encoding in encodings]
        sizes = np.array([len(each) for each in ids], dtype=np.int64)
        return np.fromiter(chain.from_iterable(ids), dtype=np.int64, count=int(sizes.sum())), sizes

    def _sum_up(self, tokens: NDArray[np.int64], sizes: NDArray[np.int64], out: Vectors) -> None:
        """Write the mean of each text's rows: the rows added up in the text's order, so the same to the last bit."""
        edges = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(sizes)))
        if len(tokens) < _MANY:
            for text in np.flatnonzero(sizes).tolist():
                self._gather(tokens[edges[text] : edges[text + 1]]).mean(axis=0, out=out[text])
            return
        from scipy.sparse import csr_matrix

        if self._table is None:
            self._table = self._gather(np.arange(len(self._rows)))
        often = np.ones(len(tokens), dtype=np.float32)
        counts = csr_matrix((often, tokens, edges), shape=(len(sizes), len(self._table)))
        np.divide(counts @ self._table, np.maximum(sizes, 1)[:, None], out=out, casting="same_kind")

    def _gather(self, ids: NDArray[np.int64]) -> Vectors:
        rows: Vectors = self._rows[ids].astype(np.float32)
        if self._weights is not None:
            rows *= self._weights[ids, None]
        return rows

    def _check(self) -> None:
        first, second, other = self._encode([*_ALIKE, _UNLIKE])
        if not np.isfinite(first).all() or float(first @ second) <= float(first @ other) + 0.1:
            raise ModelDamaged(self._folder, "it does not find two sentences on unpaid wages alike")


_FILES = ("modules.json", "tokenizer.json", "model.safetensors")


def _read_files(folder: Path) -> list[bytes]:
    try:
        return [(folder / name).read_bytes() for name in _FILES]
    except OSError as error:
        raise ModelMissing(str(folder), f"{Path(str(error.filename)).name} is not there") from error


def _digest_of(files: list[bytes]) -> str:
    return hashlib.sha256(b"".join(hashlib.sha256(content).digest() for content in files)).hexdigest()


def _read_static(folder: Path) -> tuple[Any, NDArray[Any], Vectors | None, str]:
    """Return tokenizer, rows, per-row weights and fingerprint of a saved ``StaticEmbedding``."""
    from safetensors import SafetensorError
    from safetensors.numpy import load
    from tokenizers import Tokenizer

    files = _read_files(folder)
    modules, words, weights = files
    try:
        kinds = [str(module["type"]).rpartition(".")[2] for module in json.loads(modules)]
        if not kinds or kinds[0] != "StaticEmbedding" or set(kinds[1:]) - {"Normalize"}:
            raise ModelDamaged(folder, f"it is made of {', '.join(kinds)} where StaticEmbedding was expected")
        tokenizer = Tokenizer.from_buffer(words)
        tokenizer.no_padding()
        tokenizer.no_truncation()
        rows, scale = _rows_of(load(weights))
    except ModelDamaged:
        raise
    except (SafetensorError, ValueError, KeyError, TypeError, IndexError) as error:
        raise ModelDamaged(folder, str(error) or type(error).__name__) from error
    except Exception as error:  # tokenizers raises bare Exception
        raise ModelDamaged(folder, f"tokenizer.json: {error}") from error
    if tokenizer.get_vocab_size() > len(rows):
        raise ModelDamaged(folder, f"it has {len(rows)} rows for {tokenizer.get_vocab_size()} tokens")
    return tokenizer, rows, scale, _digest_of(files)


def _rows_of(arrays: dict[str, NDArray[Any]]) -> tuple[NDArray[Any], Vectors | None]:
    """Return the rows by token, and what each is multiplied by; the layouts that StaticEmbedding.load knows."""
    if "embedding.weight" in arrays:
        return arrays["embedding.weight"], None
    rows = arrays["embeddings"]
    if "mapping" in arrays:
        rows = rows[arrays["mapping"].astype(np.int64)]
    scale = arrays.get("weights")
    if scale is not None and len(scale) != len(rows):
        raise ValueError(f"{len(scale)} weights for {len(rows)} rows")
    return rows, None if scale is None else scale.astype(np.float32)


class SentenceTransformerEmbedder:
    """Any other sentence-transformers model, by hub name or folder.

    ``dimension`` keeps the first so many numbers of a vector (for models trained for it). Torch is imported and the
    weights are loaded when the model first encodes.

    Raises:
        ModelMissing: the folder does not exist, or the hub has not the model, or cannot be reached.
    """

    def __init__(
        self,
        model: str,
        *,
        query_prompt: str = "",
        document_prompt: str = "",
        dimension: int | None = None,
        batch_size: int = 32,
        device: str = "cpu",
    ) -> None:
        self.name = model
        self._prompts = (query_prompt, document_prompt)
        self._cut = dimension
        self._batch_size = batch_size
        self._device = device
        self._model: Any = None
        self._folder = _find_model(model)
        self.fingerprint = self._take_fingerprint()

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._cut or int(self._loaded().get_embedding_dimension())

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return one row of unit length per question, each with the query prompt before it."""
        return self._encode(texts, self._prompts[0])

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Return one row of unit length per passage, each with the document prompt before it."""
        return self._encode(texts, self._prompts[1])

    def _encode(self, texts: Sequence[str], prompt: str) -> Vectors:
        model = self._loaded()
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        rows = model.encode(
            [prompt + writable(text) for text in texts],
            prompt="",
            batch_size=self._batch_size,
            show_progress_bar=False,
            convert_to_numpy=True,
        )
        return normalize(np.asarray(rows, dtype=np.float32)[:, : self._cut])

    def _loaded(self) -> Any:
        if self._model is None:
            try:
                import torch
                from sentence_transformers import SentenceTransformer
            except ImportError as error:
                raise ModelMissing(
                    self.name, f"the package {error.name} is not installed (./run models)"
                ) from error
            if self._device == "cpu":
                torch.set_num_threads(
                    1
                )  # more threads spin and make single questions slower on a small machine
            try:
                self._model = SentenceTransformer(
                    str(self._folder), device=self._device, local_files_only=True
                )
            except (OSError, ValueError, RuntimeError, KeyError) as error:
                raise ModelMissing(self.name, str(error).split("\n", 1)[0].rstrip(".")) from error
        return self._model

    def _take_fingerprint(self) -> str:
        digest = hashlib.sha256(json.dumps([*self._prompts, self._cut]).encode())
        for path in sorted(path for path in self._folder.rglob("*") if path.is_file()):
            relative = path.relative_to(self._folder).as_posix()
            if path.suffix.lower() in {".md", ".png", ".jpg"} or relative.startswith(
                (".", "onnx/", "openvino/")
            ):
                continue
            with path.open("rb") as file:
                digest.update(relative.encode() + hashlib.file_digest(file, "sha256").digest())
        return digest.hexdigest()


def _find_model(model: str) -> Path:
    """Return the folder of a model: as given, or where the hub's client keeps it, fetched there if that is allowed."""
    folder = Path(model).expanduser()
    if folder.is_dir():
        if not (folder / "modules.json").exists() and not (folder / "config.json").exists():
            raise ModelMissing(model, "the folder holds no modules.json and no config.json")
        return folder
    if folder.is_absolute() or model.startswith((".", "~")) or model.count("/") > 1:
        raise ModelMissing(model, "there is no such folder")
    try:
        from huggingface_hub import snapshot_download
    except ImportError as error:
        raise ModelMissing(model, "the package huggingface_hub is not installed (./run models)") from error
    try:
        return Path(snapshot_download(model))
    except (OSError, ValueError) as error:
        why = "it is not on this machine, and the hub cannot be reached or has no such model"
        raise ModelMissing(model, why) from error
