"""Add what the words say and what the vectors say into one score."""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float32]

WEIGHT = 0.6
"""What a cosine of 1 is worth against all words matching, where the embedding is fully trusted."""
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
    """Return `BM25 / bound + WEIGHT · trust · cosine` for each candidate.

    `bound` is the highest BM25 score the query could reach. Divided by it, BM25 says how much of the question was
    matched, so it outweighs the cosine where the words really agree and gives way where they do not.
    """
    fused: Numbers = bm25 / np.float32(max(bound, 1e-9)) + np.float32(WEIGHT * trust) * cosines
    return fused
