"""Find passages by their words: BM25 over characters and character pairs, on disk and memory-mapped.

Postings are kept token by token with the finished weight of each, so a query is one pass over a few long runs. What
stays between two builds is copied from the last one; only new words are counted.
"""

from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.tokens import Counts, Tokens, count_all

K1 = 1.5
B = 0.75
_CHUNK = 4096
"""Texts counted at once: few enough to sort in the processor's cache."""
_FEW = 100_000
"""Postings up to which plain numpy is fast enough, and SciPy need not be loaded."""
_FILES = ("vocabulary", "starts", "rows", "often", "weights", "lengths")

Scores = NDArray[np.float32]
Rows = NDArray[np.int64]


class Lexical:
    """The BM25 index of a generation; safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        arrays = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in _FILES}
        self._vocabulary: Tokens = np.asarray(arrays["vocabulary"])
        self._starts: NDArray[np.int64] = np.asarray(arrays["starts"])
        # Plain views: an ndarray is sliced several times faster than a memmap, over the same mapped pages.
        self._rows: NDArray[np.int32] = arrays["rows"].view(np.ndarray)
        self._often: NDArray[np.uint8] = arrays["often"].view(np.ndarray)
        self._weights: Scores = arrays["weights"].view(np.ndarray)
        self._lengths: NDArray[np.int32] = np.asarray(arrays["lengths"])

    def __len__(self) -> int:
        return len(self._lengths)

    def score(self, counts: Mapping[int, float]) -> Scores:
        """Return the BM25 score of every row for a query's tokens and how much each counts."""
        tokens, amounts = self._known(counts)
        begin, end = self._starts[tokens], self._starts[tokens + 1]
        return _add_up(self._rows, self._weights, begin, end, amounts * self._idf(end - begin), len(self))

    def ceiling(self, counts: Mapping[int, float]) -> float:
        """Return the score that no text can reach for this query: every token in it without end."""
        if not counts:
            return 0.0
        tokens, amounts = self._known(counts)
        known = float(amounts @ self._idf(self._starts[tokens + 1] - self._starts[tokens]))
        unknown = sum(counts.values()) - float(amounts.sum())
        return (K1 + 1) * (known + unknown * float(np.log(len(self) + 1)))

    def _known(self, counts: Mapping[int, float]) -> tuple[Rows, Scores]:
        asked = np.fromiter(counts.keys(), dtype=np.uint64, count=len(counts))
        amounts = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
        places = np.searchsorted(self._vocabulary, asked)
        places[places == len(self._vocabulary)] = 0
        found = (
            self._vocabulary[places] == asked if len(self._vocabulary) else np.zeros(len(asked), dtype=bool)
        )
        return places[found].astype(np.int64), amounts[found]

    def _idf(self, texts: NDArray[np.int64]) -> Scores:
        idf: Scores = np.log1p((len(self) - texts + 0.5) / (texts + 0.5)).astype(np.float32)
        return idf

    def postings(self) -> Counts:
        """Return everything that was counted, for the next build."""
        return Counts(vocabulary=self._vocabulary, starts=self._starts, rows=self._rows, often=self._often)


def _add_up(
    rows: NDArray[np.int32], weights: Scores, begin: Rows, end: Rows, factors: Scores, size: int
) -> Scores:
    """Return, for every row, the sum of its weights in the runs, each times the run's factor."""
    if int((end - begin).sum()) <= _FEW:
        if not len(begin):
            return np.zeros(size, dtype=np.float32)
        runs = list(zip(begin.tolist(), end.tolist(), factors.tolist(), strict=True))
        places = np.concatenate([rows[first:last] for first, last, _ in runs])
        amounts = np.concatenate([weights[first:last] * factor for first, last, factor in runs])
        return np.bincount(places, amounts, minlength=size).astype(np.float32)
    matvec = _column_times_vector()
    scores = np.zeros(size, dtype=np.float32)
    for first, last, factor in zip(begin.tolist(), end.tolist(), factors, strict=True):
        pointers = np.array([0, last - first], dtype=np.int32)
        matvec(size, 1, pointers, rows[first:last], weights[first:last], factor.reshape(1), scores)
    return scores


def _column_times_vector() -> Any:
    """Return SciPy's kernel for a sparse column times a number, added to a vector.

    It copies nothing and is six times as fast as numpy; SciPy's public classes copy the postings first (docs/adr/0011).
    """
    return import_module("scipy.sparse._sparsetools").csc_matvec


def write_lexical(
    folder: Path,
    words: Sequence[str],
    places: Rows,
    *,
    size: int,
    kept: tuple[Lexical, Rows] | None = None,
) -> None:
    """Count ``words`` and write the index of ``size`` rows; ``places`` says which row each text is.

    ``kept`` is an older index, and for each of its rows the new row or -1: these are not counted again.
    """
    counted: list[Counts] = []
    if kept is not None:
        counted.append(_moved(kept[0].postings(), kept[1]))
    for start in range(0, len(words), _CHUNK):
        chunk = count_all(words[start : start + _CHUNK])
        counted.append(_moved(chunk, places[start : start + _CHUNK]))
    merged = _merge(counted)
    lengths = np.bincount(merged.rows, weights=merged.often, minlength=size).astype(np.int32)
    folder.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, NDArray[Any]] = {
        "vocabulary": merged.vocabulary,
        "starts": merged.starts,
        "rows": merged.rows,
        "often": merged.often,
        "weights": _weigh(merged, lengths),
        "lengths": lengths,
    }
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array)


def _moved(counts: Counts, places: Rows) -> Counts:
    """Return the counts with each row where it belongs; rows that go to -1 are left out."""
    rows = places[counts.rows]
    stays = rows >= 0
    if stays.all():
        return Counts(
            vocabulary=counts.vocabulary,
            starts=counts.starts,
            rows=rows.astype(np.int32),
            often=counts.often,
        )
    before = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(stays)))
    starts = before[counts.starts]
    used = np.diff(starts) > 0
    return Counts(
        vocabulary=counts.vocabulary[used],
        starts=np.concatenate((np.zeros(1, dtype=np.int64), starts[1:][used])),
        rows=rows[stays].astype(np.int32),
        often=counts.often[stays],
    )


def _merge(counted: list[Counts]) -> Counts:
    """Join counts of different rows."""
    if not counted:
        counted = [count_all([])]
    if len(counted) == 1:
        return counted[0]
    vocabulary = np.unique(np.concatenate([counts.vocabulary for counts in counted]))
    where = [np.searchsorted(vocabulary, counts.vocabulary) for counts in counted]
    totals = np.zeros(len(vocabulary), dtype=np.int64)
    for counts, tokens in zip(counted, where, strict=True):
        totals[tokens] += np.diff(counts.starts)
    starts = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(totals)))
    rows = np.empty(int(starts[-1]), dtype=np.int32)
    often = np.empty(int(starts[-1]), dtype=np.uint8)
    cursor = starts[:-1].copy()
    for counts, tokens in zip(counted, where, strict=True):
        sizes = np.diff(counts.starts)
        at = np.repeat(cursor[tokens] - counts.starts[:-1], sizes) + np.arange(len(counts.rows))
        rows[at] = counts.rows
        often[at] = counts.often
        cursor[tokens] += sizes
    return Counts(vocabulary=vocabulary, starts=starts, rows=rows, often=often)


def _weigh(counts: Counts, lengths: NDArray[np.int32]) -> Scores:
    """Return each posting's BM25 weight but for the token's rarity, which changes with every build."""
    mean = max(float(lengths.mean()), 1.0) if len(lengths) else 1.0
    shape = (K1 * (1 - B + B * lengths / mean)).astype(np.float32)
    weights = np.empty(len(counts.rows), dtype=np.float32)
    for start in range(0, len(weights), 1 << 20):
        part = slice(start, start + (1 << 20))
        often = counts.often[part].astype(np.float32)
        weights[part] = often * np.float32(K1 + 1) / (often + shape[counts.rows[part]])
    return weights
