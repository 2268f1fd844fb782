"""Learn, from the questions people ask, what a question is after: facts, provisions, or something not stated.

A kernel ridge regression (Saunders, Gammerman & Vovk, 1998) over the shipped questions. The kernel is the cosine
of weighted character n-grams, their sounds, and word stems, mixed with the cosine of the embedding; the targets
are the labels each question carries. With a few thousand questions the training is one linear solve, and an answer
is two small products.
"""

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.shadow import shadow
from corpus.sounds import load_sounds
from index.embedder import Embedder
from index.passage import Passage

MIX = 0.7
"""Weight of the n-grams in the kernel; the rest is the embedding's."""
RIDGE = 0.1
"""Regularisation of the solve."""
_RUNS = re.compile(r"[a-z]+|[0-9.%]+|[㐀-鿿]+")
_WEIGHTS = {"one": 0.3, "two": 1.0, "three": 0.6, "sound": 0.6, "word": 1.5, "words": 0.7}
_STEM = 5
FILES = ("intent.json", "intent.npz")
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
    """A trained reader of questions."""

    features: Features
    labels: tuple[str, ...]
    questions: NDArray[np.float32]
    """Embedding of each training text, one row each."""
    postings: Mapping[str, tuple[NDArray[np.int32], NDArray[np.float32]]]
    """For each term, the training texts that have it and how much it weighs there."""
    dual: NDArray[np.float32]
    """Coefficients, training texts × labels."""

    def read(self, text: str, embedding: NDArray[np.float32]) -> dict[str, float]:
        """Return the support for each label, about 0 to 1, for a question and its embedding."""
        if not self.labels:
            return {}
        lexical = np.zeros(len(self.dual), dtype=np.float32)
        for term, value in self.features.of(text).items():
            rows, weights = self.postings[term]
            lexical[rows] += weights * np.float32(value)
        kernel = MIX * lexical + (1 - MIX) * (self.questions @ embedding)
        return dict(zip(self.labels, (kernel @ self.dual).tolist(), strict=True))

    def save(self, folder: Path) -> None:
        """Write the reader into a folder, as JSON and arrays without pickles."""
        terms = list(self.postings)
        lengths = [len(self.postings[term][0]) for term in terms]
        np.savez(
            folder / FILES[1],
            questions=self.questions.astype(np.float16),
            dual=self.dual.astype(np.float32),
            lengths=np.asarray(lengths, dtype=np.int32),
            rows=np.concatenate([self.postings[term][0] for term in terms])
            if terms
            else np.zeros(0, np.int32),
            weights=np.concatenate([self.postings[term][1] for term in terms]).astype(np.float16)
            if terms
            else np.zeros(0, np.float16),
        )
        (folder / FILES[0]).write_text(
            json.dumps(
                {
                    "labels": self.labels,
                    "terms": terms,
                    "weights": [round(self.features.weight[term], 4) for term in terms],
                },
                ensure_ascii=False,
            ),
            encoding="utf-8",
        )


def open_intent(folder: Path) -> Intent:
    """Read what :meth:`Intent.save` wrote. Raises OSError, KeyError or ValueError when it is not whole."""
    told = json.loads((folder / FILES[0]).read_text(encoding="utf-8"))
    with np.load(folder / FILES[1], allow_pickle=False) as arrays:
        rows, weights = arrays["rows"], arrays["weights"].astype(np.float32)
        ends = np.cumsum(arrays["lengths"]).tolist()
        questions, dual = arrays["questions"].astype(np.float32), arrays["dual"]
    starts = [0, *ends[:-1]]
    postings = {
        term: (rows[start:end], weights[start:end])
        for term, start, end in zip(told["terms"], starts, ends, strict=True)
    }
    return Intent(
        features=Features(dict(zip(told["terms"], told["weights"], strict=True)), load_sounds()),
        labels=tuple(told["labels"]),
        questions=questions,
        postings=postings,
        dual=dual,
    )


def train_intent(passages: Iterable[Passage], embedder: Embedder) -> Intent:
    """Learn from every passage that has labels: shipped questions and facts; seconds for a few thousand."""
    lessons = [passage for passage in passages if passage.labels]
    texts = [passage.text for passage in lessons]
    targets = [passage.labels for passage in lessons]
    sounds = load_sounds()
    counted = [terms_of(text, sounds) for text in texts]
    frequency = Counter(term for counts in counted for term in counts)
    weight = {term: math.log(1 + len(texts) / count) for term, count in frequency.items()}
    features = Features(weight, sounds)
    rows = [features.of(text) for text in texts]
    labels = tuple(sorted({label for each in targets for label in each}))
    if not texts:
        return Intent(
            features=features,
            labels=(),
            questions=np.zeros((0, 1), np.float32),
            postings={},
            dual=np.zeros((0, 0), np.float32),
        )
    vectors = embedder.encode_queries(texts)
    kernel = MIX * _products(rows) + (1 - MIX) * (vectors @ vectors.T)
    wanted = np.zeros((len(texts), len(labels)), dtype=np.float64)
    place = {label: number for number, label in enumerate(labels)}
    for number, each in enumerate(targets):
        for label in each:
            wanted[number, place[label]] = 1.0
    dual = np.linalg.solve(kernel.astype(np.float64) + RIDGE * np.eye(len(texts)), wanted)
    return Intent(
        features=features,
        labels=labels,
        questions=vectors,
        postings=_postings(rows),
        dual=dual.astype(np.float32),
    )


def _products(rows: Sequence[Mapping[str, float]]) -> NDArray[np.float64]:
    """Return the cosine of every two rows."""
    from scipy.sparse import csr_matrix

    place: dict[str, int] = defaultdict(lambda: len(place))
    indices = [place[term] for row in rows for term in row]
    ends = np.cumsum([0, *(len(row) for row in rows)])
    values = np.fromiter(
        (value for row in rows for value in row.values()), dtype=np.float64, count=len(indices)
    )
    matrix = csr_matrix((values, indices, ends), shape=(len(rows), max(1, len(place))))
    return np.asarray((matrix @ matrix.T).todense())


def _postings(
    rows: Sequence[Mapping[str, float]],
) -> dict[str, tuple[NDArray[np.int32], NDArray[np.float32]]]:
    gathered: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, row in enumerate(rows):
        for term, value in row.items():
            gathered[term].append((number, value))
    return {
        term: (
            np.fromiter((number for number, _ in held), dtype=np.int32, count=len(held)),
            np.fromiter((value for _, value in held), dtype=np.float32, count=len(held)),
        )
        for term, held in gathered.items()
    }
