"""Judge ranked documents: recall, reciprocal rank, nDCG, and paired differences with their intervals."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

DEPTHS = (5, 10, 50)
CUT = 10
"""Depth of MRR and nDCG."""
FIGURES = (*(f"R@{depth}" for depth in DEPTHS), f"MRR@{CUT}", f"nDCG@{CUT}")


def judge(ranked: Sequence[Sequence[int]], relevant: Sequence[frozenset[int]]) -> dict[str, Values]:
    """Return each figure for every query.

    `ranked` holds the documents found for a query, best first, each once; R@k is the share of the relevant ones
    among the first k.
    """
    gains = 1 / np.log2(np.arange(2, CUT + 2))
    figures = {name: np.zeros(len(ranked)) for name in FIGURES}
    for query, (found, right) in enumerate(zip(ranked, relevant, strict=True)):
        hits = np.array([document in right for document in found[: max(DEPTHS)]], dtype=bool)
        for depth in DEPTHS:
            figures[f"R@{depth}"][query] = hits[:depth].sum() / len(right)
        places = np.flatnonzero(hits[:CUT])
        if len(places):
            figures[f"MRR@{CUT}"][query] = 1 / (places[0] + 1)
            figures[f"nDCG@{CUT}"][query] = gains[places].sum() / gains[: min(CUT, len(right))].sum()
    return figures


def difference(
    here: Values, there: Values, *, draws: int = 4000, seed: int = 0
) -> tuple[float, float, float]:
    """Return the mean of `here - there` and its 95 % interval, queries drawn anew `draws` times."""
    apart = here - there
    source = np.random.default_rng(seed)
    means = np.array([apart[source.integers(0, len(apart), len(apart))].mean() for _ in range(draws)])
    low, high = np.quantile(means, [0.025, 0.975])
    return float(apart.mean()), float(low), float(high)


def best_first(scores: NDArray[np.float32], owners: NDArray[np.int64], *, depth: int) -> list[int]:
    """Return the first `depth` documents by their best passage; `owners` names the document of each passage."""
    order = np.argsort(-scores, kind="stable")
    found: dict[int, None] = {}
    for document in owners[order].tolist():
        found.setdefault(document)
        if len(found) == depth:
            break
    return list(found)
