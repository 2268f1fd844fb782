"""Find what answers a question: the facts it is after, what the text does not state, and the nearest provisions."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from assistant.question import Language
from assistant.understand import Understanding
from corpus.library import Library
from index.passage import Kind
from index.search import Hit

PASSAGES = 24
_ABOUT = 0.6
_ABOUT_ANY = 0.1
_NODE = 1.0
"""What a fact's aspect and provision add to its own support; the aspect counts where tiers share it."""


_TOPIC = 0.6
"""What it adds that a fact belongs to what was asked before."""


_ANSWERED = 0.4
_SURE = 0.5
_FACT = 0.9
_FACT_AT_LEAST = 0.5
_LEAD = 0.05
"""Support that “answered” and the leading fact need, and by how much silence must be ahead of “answered”.

Tuned on the cases in ``evals/cases/tune``.
"""
_SILENT = frozenset({"not_in_corpus", "out_of_scope"})


class Searcher(Protocol):
    """What the finder needs of an index."""

    def search(self, query: str, *, limit: int, kinds: frozenset[Kind] | None = None) -> list[Hit]:
        """Return the best passages, best first."""
        ...

    def read_intent(self, query: str) -> Mapping[str, float]:
        """Return the support for each label that the shipped questions teach."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found for one question. Support is about 0 to 1: what the shipped questions teach."""

    facts: Mapping[str, float]
    statuses: Mapping[str, float]
    """answered, partial, not_in_corpus, out_of_scope, declined."""
    missing: Mapping[str, float]
    """What the text does not state."""
    near: Mapping[str, float]
    """Provisions to look at when the text does not answer."""
    leaves: Mapping[str, float]
    """Score of each passage's leaves."""
    nodes: Mapping[str, str]
    """The provision of each fact, without its suffix."""

    def leaning_on(self, nodes: frozenset[str], *, only: bool) -> "Found":
        """Return the same with the facts of these provisions preferred (or alone), for a question that goes on from them."""
        inside = {id: support for id, support in self.facts.items() if self.nodes[id] in nodes}
        if only and inside:
            return replace(self, facts=inside)
        return replace(
            self,
            facts={id: support + (_TOPIC if id in inside else 0.0) for id, support in self.facts.items()},
        )

    def judged_as(self, other: "Found") -> "Found":
        """Return the same facts with another's view of whether they answer."""
        return replace(self, statuses=other.statuses, missing=other.missing, near=other.near)

    def joined_with(self, parts: Sequence["Found"]) -> "Found":
        """Return the same with the facts that parts of the question are after, each part counting like the whole."""
        facts = dict(self.facts)
        for part in parts:
            scale = self.best_fact / part.best_fact if part.best_fact > 0 else 0.0
            for id, support in part.facts.items():
                facts[id] = max(facts[id], scale * support)
        return replace(self, facts=facts)

    @property
    def known(self) -> float:
        """How well the shipped questions cover this one."""
        return max(self.statuses.values(), default=0.0)

    @property
    def best_fact(self) -> float:
        """Support of the leading fact."""
        return max(self.facts.values(), default=0.0)

    @property
    def settled(self) -> bool:
        """Say whether the shipped questions settle what answers: the question is known, and a fact stands out."""
        answered = max(self.statuses.get("answered", 0.0), self.statuses.get("partial", 0.0))
        return answered >= _ANSWERED and self.best_fact >= (_FACT if answered < _SURE else _FACT_AT_LEAST)

    @property
    def status(self) -> str:
        """The status with most support, an answer preferred when it is close; empty when there is none."""
        return max(
            self.statuses, key=lambda name: self.statuses[name] - _LEAD * (name in _SILENT), default=""
        )


def find(question: Understanding, searcher: Searcher, library: Library) -> Found:
    """Read what the question is after, and search the provisions."""
    support = searcher.read_intent(question.text)
    facts = {
        fact.id: support.get(f"fact:{fact.id}", 0.0)
        + (_ABOUT if fact.tier else _ABOUT_ANY) * support.get(f"about:{fact.about}", 0.0)
        + _NODE * support.get(f"node:{fact.provision.partition('#')[0]}", 0.0)
        for fact in library.facts
    }
    leaves: dict[str, float] = defaultdict(float)
    kind = Kind.TRANSLATION if question.language is Language.ENGLISH else Kind.TEXT
    for hit in searcher.search(question.text, limit=PASSAGES, kinds=frozenset({kind})):
        for provision in hit.passage.provisions:
            leaves[provision] = max(leaves[provision], hit.score)
    return Found(
        facts=facts,
        statuses=_family(support, "status:"),
        missing=_family(support, "missing:"),
        near=_family(support, "near:"),
        leaves=dict(leaves),
        nodes={fact.id: fact.provision.partition("#")[0] for fact in library.facts},
    )


def _family(support: Mapping[str, float], prefix: str) -> dict[str, float]:
    return {label.removeprefix(prefix): value for label, value in support.items() if label.startswith(prefix)}
