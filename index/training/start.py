"""Give every word a first vector: which words keep company in statutes (PPMI, then a truncated SVD)."""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.utils.extmath import randomized_svd

Vectors = NDArray[np.float32]


def count_company(
    texts: list[list[int]], weights: list[float], *, size: int, window: int
) -> sparse.csr_matrix:
    """Count how often two words stand within the window, near ones for more (1 / distance)."""
    ids = np.fromiter((word for text in texts for word in text), dtype=np.int64)
    lengths = [len(text) for text in texts]
    owner = np.repeat(np.arange(len(texts)), lengths)
    weight = np.repeat(np.asarray(weights, dtype=np.float32), lengths)
    company = sparse.csr_matrix((size, size), dtype=np.float32)
    for distance in range(1, window + 1):
        same = owner[:-distance] == owner[distance:]
        left, right = ids[:-distance][same], ids[distance:][same]
        value = weight[distance:][same] / np.float32(distance)
        company = company + sparse.coo_matrix((value, (left, right)), shape=(size, size)).tocsr()
    return (company + company.T).tocsr()


def positive_information(company: sparse.csr_matrix, *, smoothing: float = 0.75) -> sparse.csr_matrix:
    """Turn counts into positive pointwise mutual information, contexts smoothed."""
    rows = np.asarray(company.sum(axis=1)).ravel()
    contexts = np.asarray(company.sum(axis=0)).ravel() ** smoothing
    table = company.tocoo()
    expected = rows[table.row] * (contexts[table.col] / contexts.sum())
    value = np.log(np.maximum(table.data, 1e-12) / np.maximum(expected, 1e-12))
    kept = value > 0
    found = (value[kept].astype(np.float32), (table.row[kept], table.col[kept]))
    return sparse.coo_matrix(found, shape=company.shape).tocsr()


def first_vectors(
    texts: list[list[int]], weights: list[float], *, size: int, dimension: int, seed: int, rare: float = 1e-3
) -> Vectors:
    """Return one row per word, its length its weight: a / (a + p), so that frequent words say little."""
    information = positive_information(count_company(texts, weights, size=size, window=10))
    left, strength, _ = randomized_svd(information, dimension, n_iter=3, random_state=seed)
    rows = left * strength**0.25
    seen = np.bincount(np.fromiter((word for text in texts for word in text), dtype=np.int64), minlength=size)
    rows -= (rows * seen[:, None]).sum(axis=0) / seen.sum()
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    _, axes = np.linalg.eigh(rows.T @ rows)
    share = seen / seen.sum()
    vectors: Vectors = ((rows @ axes[:, ::-1]) * (rare / (rare + share))[:, None]).astype(np.float32)
    return vectors
