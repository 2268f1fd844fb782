"""Add what the words say and what the vectors say into one score."""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float32]

WEIGHT = 1.3
"""What a cosine of 1 is worth where the best hit matches every word of the question and the embedding is trusted."""
LEAST = 0.01
"""Coverage of the best hit below which the vectors do not lose more weight: where no word matches, they alone decide."""
USUAL, SPREAD = -3.6, 0.5
"""Familiarity of statutes, the language the bundled model learned from: mean and standard deviation (nats per character)."""
NEAR, FAR = 1.0, 3.0
"""Spreads below the usual at which trust begins to fall and at which nothing is left of it."""


def trust(familiarity: Numbers) -> float:
    """Say, from 0 to 1, how far the embedding can be trusted among passages of this familiarity.

    On texts unlike those it learned from, an embedding ranks worse than words do, however sure it looks; so its weight
    follows how familiar the language of the candidates is (their mean), not how high its cosines are.
    """
    if len(familiarity) == 0:
        return 0.0
    away = (USUAL - float(familiarity.mean())) / SPREAD
    share = min(max((FAR - away) / (FAR - NEAR), 0.0), 1.0)
    return share * share * (3 - 2 * share)


def fuse(bm25: Numbers, *, bound: float, cosines: Numbers, trust: float) -> Numbers:
    """Return `coverage + WEIGHT · trust · √(coverage of the best) · cosine` for each candidate; coverage is `BM25 / bound`.

    `bound` is the highest BM25 score the question could reach, so coverage says how much of the question was matched.
    A long story is matched in small part even by the right passage, and differences of coverage are small with it; the
    root keeps the two parts of the sum in proportion for long questions and short ones.
    """
    coverage = bm25 / np.float32(max(bound, 1e-9))
    best = max(float(coverage.max(initial=0.0)), LEAST)
    fused: Numbers = coverage + np.float32(WEIGHT * trust * best**0.5) * cosines
    return fused
