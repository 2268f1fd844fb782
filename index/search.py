"""Search an open generation: words and vectors, added; exact look-ups first; filters that fail closed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.document import FrontMatter
from corpus.validity import in_force
from index.embedder import Vectors
from index.exact import Articles
from index.expansion import WEIGHT as ADDED
from index.expansion import Expansion, read_lexicon
from index.fusion import fuse, trust
from index.intent import Intent
from index.lexical import Lexical
from index.passage import Kind, Passage
from index.plan import Plan, entries_of, places_of
from index.store import Store
from index.tokens import count_tokens

CANDIDATES = 200
"""Entries taken from words, and from vectors, before they are ranked together."""
EXACT = 1.0
"""Added to the score of a provision that the query names by title and number: more than all words matching."""
_MOSTLY = 0.5
"""Share of allowed entries from which the graph is searched and the rest left out; below it, all allowed are compared."""

Places = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage that was found."""

    passage: Passage
    score: float
    """What :func:`index.fusion.fuse` gives; EXACT more for a provision that the query names by title and number."""
    dense: float
    """Cosine of the query and the passage."""
    lexical: float
    """BM25 score, as a share of the highest that the query could reach."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a generation keeps on disk, opened."""

    store: Store
    lexical: Lexical
    articles: Articles
    vectors: Vectors
    familiarity: NDArray[np.float32]
    open_intent: Callable[[], Intent]
    """Called when a question is first read: it takes some ten milliseconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Allowed:
    """What a filter lets through."""

    passages: Mask
    entries: Mask
    """Those that an allowed passage has."""
    count: int
    """How many entries."""


class Index:
    """An open generation; safe to use from several threads, and unchanged whatever is built meanwhile."""

    def __init__(self, plan: Plan, parts: Parts, *, fronts: Mapping[str, FrontMatter] | None = None) -> None:
        self._passages = plan.passages
        self._embedder = plan.embedder
        self._entries = plan.entries
        self._firsts = np.ascontiguousarray(plan.entries[:, 0])
        self._entry_of = plan.entry_of
        self._parts = parts
        self._fronts = fronts or {}
        order = np.argsort(plan.entry_of, kind="stable")
        self._by_entry = order
        self._first = np.searchsorted(plan.entry_of[order], np.arange(len(plan) + 1))
        self._expansion = cache(lambda: Expansion(read_lexicon()))
        self._intent = cache(parts.open_intent)
        self._allowed = lru_cache(maxsize=64)(self._allow)
        self._embedded = lru_cache(maxsize=256)(self._embed)

    @property
    def passages(self) -> Sequence[Passage]:
        """Everything that can be found, in the order of the documents."""
        return self._passages

    def search(
        self,
        query: str,
        *,
        limit: int,
        kinds: frozenset[Kind] | None = None,
        documents: frozenset[str] | None = None,
        tier: str | None = None,
        valid_on: date | None = None,
    ) -> list[Hit]:
        """Return the best passages, best first.

        A filter that nothing passes finds nothing. ``tier`` keeps passages that speak of that tier as far as the facts
        say; ``valid_on`` keeps documents that are known to count on that day.
        """
        allowed = self._allowed(kinds, documents, tier, valid_on)
        if limit <= 0 or (allowed is not None and not allowed.count) or not self._passages:
            return []
        entries = None if allowed is None else allowed.entries
        counts = count_tokens(query)
        vector = self._embedded(query)
        near = self._near(vector, allowed)
        sure = trust(self._parts.familiarity[near])
        bm25 = self._parts.lexical.score(self._weigh(query, counts, sure))
        exact = self._parts.articles.find(query)
        places = np.unique(np.concatenate((near, _best(bm25, entries), exact)))
        if entries is not None:
            places = places[entries[places]]
            exact = exact[entries[exact]]
        cosines = self._parts.vectors[places] @ vector
        bound = self._parts.lexical.ceiling(counts)
        scores = fuse(bm25[places], bound=bound, cosines=cosines, trust=sure)
        if len(exact):
            scores[np.isin(places, exact)] += EXACT
        share = bm25[places] / max(bound, 1e-9)
        hits: list[Hit] = []
        for at in np.argsort(-scores, kind="stable").tolist():
            for row in self._rows(int(places[at]), allowed):
                passage = self._passages[row]
                hits.append(
                    Hit(
                        passage=passage,
                        score=float(scores[at]),
                        dense=float(cosines[at]),
                        lexical=float(share[at]),
                    )
                )
                if len(hits) == limit:
                    return hits
        return hits

    def nearest(self, query: str, *, limit: int) -> list[Passage]:
        """Return the passages whose vectors are most like the query's, by Chroma alone."""
        near = self._near(self._embedded(query), None, limit)
        return [self._passages[row] for entry in near.tolist() for row in self._rows(entry, None)][:limit]

    def read_intent(self, query: str) -> dict[str, float]:
        """Return the support for each label that the questions people ask teach (:mod:`index.intent`)."""
        return self._intent().read(query, self._embedded(query))

    def close(self) -> None:
        """Let go of memory and files."""
        self._parts.store.close()

    def _embed(self, query: str) -> Vectors:
        vector: Vectors = self._embedder.encode_queries([query])[0]
        return vector

    def _weigh(self, query: str, counts: Mapping[int, int], sure: float) -> dict[int, float]:
        """Return how much each token counts: the query's own, and less those of the legal words for everyday ones."""
        weights = {token: float(count) for token, count in counts.items()}
        if sure > 0:
            for term in self._expansion().terms(query):
                for token in count_tokens(term):
                    weights.setdefault(token, ADDED * sure)
        return weights

    def _near(self, vector: Vectors, allowed: _Allowed | None, limit: int = CANDIDATES) -> Places:
        """Return the allowed entries whose vectors are most like the query's, most like first."""
        if not vector.any():
            return np.zeros(0, dtype=np.int64)
        limit = min(limit, len(self._entries))
        if allowed is None:
            return self._ask_store(vector, limit)
        entries, count = allowed.entries, allowed.count
        if count >= len(entries) * _MOSTLY:
            found = self._ask_store(vector, min(2 * limit, len(entries)))
            found = found[entries[found]][:limit]
            if len(found) == min(limit, count):
                return found
        among = np.flatnonzero(entries)
        cosines = self._parts.vectors[among] @ vector
        return among[_largest(cosines, min(limit, count))]

    def _ask_store(self, vector: Vectors, limit: int) -> Places:
        found = entries_of(self._parts.store.nearest(vector, limit))
        places = places_of(found, self._entries, firsts=self._firsts)
        return places[places >= 0]

    def _rows(self, entry: int, allowed: _Allowed | None) -> list[int]:
        rows = self._by_entry[self._first[entry] : self._first[entry + 1]]
        kept: list[int] = (rows if allowed is None else rows[allowed.passages[rows]]).tolist()
        return kept

    def _allow(
        self,
        kinds: frozenset[Kind] | None,
        documents: frozenset[str] | None,
        tier: str | None,
        valid_on: date | None,
    ) -> _Allowed | None:
        """Say what may be found; None when all may."""
        if kinds is None and documents is None and tier is None and valid_on is None:
            return None
        passages = np.fromiter(
            (
                (kinds is None or passage.kind in kinds)
                and (documents is None or passage.document in documents)
                and (tier is None or tier in passage.tiers)
                and (valid_on is None or self._is_valid(passage.document, valid_on))
                for passage in self._passages
            ),
            dtype=bool,
            count=len(self._passages),
        )
        entries = np.zeros(len(self._entries), dtype=bool)
        entries[self._entry_of[passages]] = True
        return _Allowed(passages=passages, entries=entries, count=int(entries.sum()))

    def _is_valid(self, document: str, day: date) -> bool:
        front = self._fronts.get(document)
        return front is not None and bool(front.effective_on or front.issued_on) and in_force(front, day)


def _best(scores: NDArray[np.float32], entries: Mask | None) -> Places:
    """Return the allowed entries with the highest scores above zero, in no order."""
    if entries is not None:
        scores = np.where(entries, scores, np.float32(0))
    return _above(scores, CANDIDATES)


def _above(scores: NDArray[np.float32], count: int) -> Places:
    """Return where the ``count`` highest scores above zero are.

    A sample of the scores tells where to cut; sorting all of them would cost more than everything else.
    """
    sample = scores[::_EVERY]
    rank = 2 * count // _EVERY + 8
    floor = np.float32(0)
    if len(sample) > 4 * rank:
        floor = np.partition(sample, len(sample) - rank)[len(sample) - rank]
    places = np.flatnonzero(scores > floor)
    if len(places) < count and floor > 0:
        places = np.flatnonzero(scores > 0)
    return places[_largest(scores[places], count)] if len(places) > count else places


_EVERY = 16


def _largest(scores: NDArray[np.float32], count: int) -> Places:
    """Return where the ``count`` highest scores are, highest first."""
    count = min(count, len(scores))
    first = np.argpartition(-scores, count - 1)[:count] if 0 < count < len(scores) else np.arange(len(scores))
    return first[np.argsort(-scores[first], kind="stable")][:count].astype(np.int64)
