"""Learn, from the questions people ask, what a question is after: facts, provisions, or something not stated.

A kernel ridge regression (Saunders, Gammerman & Vovk, 1998) over the shipped questions. The kernel is the cosine
of weighted character n-grams, their sounds, and word stems, mixed with the cosine of the embedding; the targets
are the labels each question carries. With a few thousand questions the training is one linear solve, and an answer
is two small products.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.shadow import shadow
from corpus.sounds import load_sounds
from index.embedder import Embedder
from index.passage import Passage

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

MIX = 0.7
"""Weight of the n-grams in the kernel; the rest is the embedding's."""
RIDGE = 0.3
"""Regularisation of the solve."""
_RUNS = re.compile(r"[a-z]+|[0-9.%]+|[㐀-鿿]+")
_WEIGHTS = {"one": 0.3, "two": 1.0, "three": 0.6, "sound": 0.6, "word": 1.5, "words": 0.7}
_STEM = 5
HELD_BY = 2
"""Texts that must have a term for it to be learnt."""
FILES = ("intent.json", "intent.npy", "intent-embedding.npy")
"""What :meth:`Intent.save` writes."""


@dataclass(frozen=True, slots=True)
class Features:
    """Sparse features of texts: what a term weighs, and how characters sound."""

    weight: Mapping[str, float]
    """Inverse document frequency of every term known."""
    sounds: Mapping[str, str]
    """The reading of each character, without tone."""

    def of(self, text: str) -> dict[str, float]:
        """Return the weighted terms of a text, of unit length; terms that are not known are left out."""
        found = {
            term: (count if count <= 1 else 1 + math.log(count)) * self.weight[term]
            for term, count in terms_of(text, self.sounds).items()
            if term in self.weight
        }
        length = math.sqrt(sum(value * value for value in found.values()))
        return {term: value / length for term, value in found.items()} if length else {}


def terms_of(text: str, sounds: Mapping[str, str]) -> Counter[str]:
    """Count the terms of a text: characters, pairs, triples, the sound of pairs; stems of Latin words and their pairs."""
    counts: Counter[str] = Counter()
    previous = ""
    for run in _RUNS.findall(shadow(text).text):
        if run[0] >= "㐀":
            previous = ""
            for character in run:
                counts[character] += _WEIGHTS["one"]  # type: ignore[assignment]
            for start in range(len(run) - 1):
                pair = run[start : start + 2]
                counts[pair] += _WEIGHTS["two"]  # type: ignore[assignment]
                counts[f"~{sounds.get(pair[0], '')}{sounds.get(pair[1], '')}"] += _WEIGHTS["sound"]  # type: ignore[assignment]
                if start + 3 <= len(run):
                    counts[run[start : start + 3]] += _WEIGHTS["three"]  # type: ignore[assignment]
        else:
            stem = run[:_STEM]
            counts[stem] += _WEIGHTS["word"]  # type: ignore[assignment]
            if previous:
                counts[f"{previous} {stem}"] += _WEIGHTS["words"]  # type: ignore[assignment]
            previous = stem
    return counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """A trained reader of questions: linear in the terms of a question and in its embedding."""

    features: Features
    labels: tuple[str, ...]
    place: Mapping[str, int]
    """The row of each term."""
    by_term: NDArray[np.float16]
    """What a term supports: terms × labels."""
    by_embedding: NDArray[np.float32]
    """What the embedding supports: dimensions × labels."""

    def read(self, text: str, embedding: NDArray[np.float32]) -> dict[str, float]:
        """Return the support for each label, about 0 to 1, for a question and its embedding."""
        if not self.labels:
            return {}
        support = embedding @ self.by_embedding
        terms = self.features.of(text)
        if terms:
            rows = np.fromiter((self.place[term] for term in terms), dtype=np.int64, count=len(terms))
            values = np.fromiter(terms.values(), dtype=np.float32, count=len(terms))
            support = support + values @ self.by_term[rows].astype(np.float32)
        return dict(zip(self.labels, support.tolist(), strict=True))

    def save(self, folder: Path) -> None:
        """Write the reader into a folder, as JSON and arrays without pickles."""
        np.save(folder / FILES[1], self.by_term)
        np.save(folder / FILES[2], self.by_embedding)
        told = {
            "labels": self.labels,
            "terms": list(self.place),
            "weights": [round(self.features.weight[term], 4) for term in self.place],
        }
        (folder / FILES[0]).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def open_intent(folder: Path) -> Intent:
    """Read what :meth:`Intent.save` wrote. Raises OSError, KeyError or ValueError when it is not whole."""
    told = json.loads((folder / FILES[0]).read_text(encoding="utf-8"))
    terms = told["terms"]
    return Intent(
        features=Features(dict(zip(terms, told["weights"], strict=True)), load_sounds()),
        labels=tuple(told["labels"]),
        place={term: row for row, term in enumerate(terms)},
        by_term=np.load(folder / FILES[1], mmap_mode="r", allow_pickle=False),
        by_embedding=np.load(folder / FILES[2], allow_pickle=False),
    )


def train_intent(passages: Iterable[Passage], embedder: Embedder) -> Intent:
    """Learn from every passage that has labels: shipped questions and facts; seconds for a few thousand."""
    lessons = [passage for passage in passages if passage.labels]
    texts = [passage.text for passage in lessons]
    sounds = load_sounds()
    counted = [terms_of(text, sounds) for text in texts]
    frequency = Counter(term for counts in counted for term in counts)
    weight = {term: math.log(1 + len(texts) / count) for term, count in frequency.items() if count >= HELD_BY}
    features = Features(weight, sounds)
    place = {term: row for row, term in enumerate(weight)}
    labels = tuple(sorted({label for passage in lessons for label in passage.labels}))
    if not texts:
        nothing = np.zeros((0, 0), np.float32)
        return Intent(
            features=features, labels=(), place={}, by_term=nothing.astype(np.float16), by_embedding=nothing
        )
    matrix = _matrix([features.of(text) for text in texts], place)
    vectors = embedder.encode_queries(texts)
    column = {label: number for number, label in enumerate(labels)}
    wanted = np.zeros((len(texts), len(labels)), np.float32)
    for number, passage in enumerate(lessons):
        wanted[number, [column[label] for label in passage.labels]] = 1.0
    dual = _solve(matrix, vectors, wanted)
    return Intent(
        features=features,
        labels=labels,
        place=place,
        by_term=(MIX * (matrix.T @ dual)).astype(np.float16),
        by_embedding=((1 - MIX) * (vectors.T @ dual)).astype(np.float32),
    )


def _solve(
    matrix: "csr_matrix", vectors: NDArray[np.float32], wanted: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return the dual weights, texts × labels. The ridge keeps the kernel well away from singular, so singles suffice."""
    from scipy.linalg import solve

    kernel = vectors @ vectors.T
    kernel *= 1 - MIX
    kernel += (MIX * (matrix @ matrix.T)).toarray()
    kernel[np.diag_indices_from(kernel)] += RIDGE
    dual: NDArray[np.float32] = solve(
        kernel, wanted, assume_a="pos", overwrite_a=True, overwrite_b=True, check_finite=False
    )
    return dual


def _matrix(rows: Sequence[Mapping[str, float]], place: Mapping[str, int]) -> "csr_matrix":
    """Return the rows as a sparse matrix, texts × terms."""
    from scipy.sparse import csr_matrix  # only training needs it, and it takes a quarter of a second

    indices = [place[term] for row in rows for term in row]
    ends = np.cumsum([0, *(len(row) for row in rows)])
    values = np.fromiter(
        (value for row in rows for value in row.values()), dtype=np.float32, count=len(indices)
    )
    return csr_matrix((values, indices, ends), shape=(len(rows), len(place)))
