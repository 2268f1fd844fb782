"""Find what answers a question: facts voted for by the questions people ask, and the provisions nearest to it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from corpus.library import Library
from corpus.questions import AskedQuestion
from corpus.rules import Fact
from corpus.vocabulary import load_vocabulary
from index.passage import Kind
from index.search import Hit

from assistant.understand import Understanding

NEIGHBOURS = 24
"""Shipped questions that may vote."""
PASSAGES = 12


class Searcher(Protocol):
    """What the finder needs of an index."""

    def search(
        self, query: str, *, limit: int, kinds: frozenset[Kind] | None = None, documents: frozenset[str] | None = None
    ) -> list[Hit]:
        """Return the best passages, best first."""
        ...


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A shipped question and how like the asked one it is, 0 to 1."""

    question: AskedQuestion
    likeness: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found for one question."""

    neighbours: tuple[Neighbour, ...]
    """Shipped questions, most like first."""
    facts: Mapping[str, float]
    """Support for each fact, 0 to 1."""
    silence: float
    """Support for the text not saying it, 0 to 1."""
    leaves: Mapping[str, float]
    """Likeness of each leaf's own words, by id."""

    @property
    def best(self) -> float:
        """Likeness of the most like question."""
        return self.neighbours[0].likeness if self.neighbours else 0.0


def find(question: Understanding, searcher: Searcher, library: Library) -> Found:
    """Search for the question among what people ask and what the provisions say."""
    query = searched(question)
    asked = {shipped.question: shipped for shipped in library.questions}
    hits = searcher.search(query, limit=NEIGHBOURS, kinds=frozenset({Kind.QUESTION}))
    neighbours = tuple(
        Neighbour(asked[hit.passage.text], _likeness(hit)) for hit in hits if hit.passage.text in asked
    )
    facts, silence = _vote(neighbours)
    leaves: dict[str, float] = defaultdict(float)
    for hit in searcher.search(query, limit=PASSAGES, kinds=frozenset({Kind.TEXT, Kind.TRANSLATION})):
        for provision in hit.passage.provisions:
            leaves[provision] = max(leaves[provision], hit.score)
    for hit in searcher.search(query, limit=PASSAGES, kinds=frozenset({Kind.FACT})):
        facts = _second(facts, hit)
    return Found(neighbours=neighbours, facts=facts, silence=silence, leaves=dict(leaves))


def searched(question: Understanding) -> str:
    """Return what is searched for: the question's shadow with the documents' own words for its everyday ones."""
    return question.text


def _likeness(hit: Hit) -> float:
    return max(0.0, min(1.0, hit.score))


def _vote(neighbours: Sequence[Neighbour]) -> tuple[dict[str, float], float]:
    """Let the most like questions vote, each with a weight that falls off steeply from the best."""
    if not neighbours:
        return {}, 0.0
    best = neighbours[0].likeness
    weights = [max(0.0, n.likeness - 0.5 * best) ** 2 for n in neighbours]
    total = sum(weights) or 1.0
    support: dict[str, float] = defaultdict(float)
    silence = 0.0
    for neighbour, weight in zip(neighbours, weights, strict=True):
        for fact in neighbour.question.facts:
            support[fact] += weight / total
        if neighbour.question.status not in ("answered", "partial"):
            silence += weight / total
    return dict(support), silence


def _second(facts: dict[str, float], hit: Hit) -> dict[str, float]:
    return facts
