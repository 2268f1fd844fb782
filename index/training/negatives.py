"""Find articles that look right to BM25 and are not: the pairs a model learns most from."""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from tokenizers import Tokenizer

K1, B = 1.5, 0.75


def alike(first: str, second: str) -> float:
    """The share of character pairs that two texts have in common (another version of the article scores high)."""
    one = {first[start : start + 2] for start in range(len(first) - 1)}
    two = {second[start : start + 2] for start in range(len(second) - 1)}
    return len(one & two) / max(1, len(one | two))


class Finder:
    """BM25 over the words of a model's own tokenizer."""

    def __init__(self, tokenizer: Tokenizer, texts: list[str]) -> None:
        self.texts = texts
        self.tokenizer = tokenizer
        counts = self._count(texts)
        lengths = np.asarray(counts.sum(axis=1)).ravel()
        found = np.bincount(counts.indices, minlength=counts.shape[1])
        rarity = np.log(1 + (len(texts) - found + 0.5) / (found + 0.5))
        table = counts.tocoo()
        room = K1 * (1 - B + B * lengths[table.row] / lengths.mean())
        value = rarity[table.col] * table.data * (K1 + 1) / (table.data + room)
        self.table = sparse.coo_matrix(
            (value.astype(np.float32), (table.row, table.col)), shape=counts.shape
        ).T.tocsr()

    def _count(self, texts: list[str]) -> sparse.csr_matrix:
        ids = [encoding.ids for encoding in self.tokenizer.encode_batch(texts)]
        ends = np.concatenate([[0], np.cumsum([len(words) for words in ids])])
        words = np.fromiter((word for text in ids for word in text), dtype=np.int64)
        size = (len(texts), self.tokenizer.get_vocab_size())
        counts = sparse.csr_matrix((np.ones(len(words), dtype=np.float32), words, ends), shape=size)
        counts.sum_duplicates()
        return counts

    def nearest(self, questions: list[str], *, count: int) -> NDArray[np.int64]:
        """Return for each question the places of the `count` best texts, best first."""
        rows = []
        asked = self._count(questions)
        for start in range(0, len(questions), 100):
            scores = np.asarray((asked[start : start + 100] @ self.table).todense())
            best = np.argpartition(-scores, count, axis=1)[:, :count]
            order = np.argsort(-np.take_along_axis(scores, best, axis=1), axis=1, kind="stable")
            rows.append(np.take_along_axis(best, order, axis=1))
        return np.concatenate(rows)

    def wrong_but_near(
        self, questions: list[str], relevant: list[tuple[str, ...]], *, first: int = 3, last: int = 60
    ) -> list[list[str]]:
        """Return for each question texts of ranks `first` to `last` that are no version of a relevant one."""
        found = []
        for places, right in zip(self.nearest(questions, count=last), relevant, strict=True):
            texts = [self.texts[place] for place in places[first:]]
            found.append([text for text in texts if all(alike(text, one) < 0.5 for one in right)])
        return found
