"""Find what answers a question: the facts it is after, what the text does not state, and the nearest provisions."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from assistant.question import Language
from assistant.understand import Understanding
from corpus.library import Library, node_of
from index.passage import Kind
from index.search import Hit

PASSAGES = 24
_ABOUT = 0.6
_ABOUT_ANY = 0.1
_NODE = 1.0
"""What a fact's aspect and provision add to its own support; the aspect counts where tiers share it."""


_TOPIC = 0.6
"""What it adds that a fact belongs to what was asked before."""


_SILENT = ("not_in_corpus", "out_of_scope", "declined")
_WEIGHTS = {
    "bias": -1.6,
    "answered": 4.1,
    "silent": -1.6,
    "fact": 0.36,
    "node": 1.4,
    "missing": -1.95,
    "out_of_scope": -1.8,
}
"""A logistic regression of “the text answers this” on what the questions people ask teach, fitted on a sixth of them
that the reader had not learnt from (5,500 questions, November 2026)."""
ANSWERABLE = 0.4
"""Log odds from which a question is answered, chosen on ``evals/cases/tune``."""
_UNSURE = 0.7
"""Support that no status exceeds where what is asked for must stand in the facts: under :data:`~assistant.silence.SURE`."""
UNSETTLED = -1.2
"""Log odds from which what was found is shown though it is not held to answer."""
_CLEARLY_MISSING = 0.5
"""Support of what is missing from which it is named beside what was found."""
_HEARD = 0.15
"""Support under which no reason for silence is heard at all."""


class Searcher(Protocol):
    """What the finder needs of an index."""

    def search(
        self,
        query: str,
        *,
        limit: int,
        kinds: frozenset[Kind] | None = None,
        documents: frozenset[str] | None = None,
    ) -> list[Hit]:
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
    best_node: float
    """Support of the leading provision."""
    leaves: Mapping[str, float]
    """Score of each passage's leaves."""
    nodes: Mapping[str, str]
    """The provision of each fact, without its suffix."""

    def leaning_on(self, nodes: frozenset[str], *, only: bool) -> "Found":
        """Return the same with the facts of these provisions preferred, for a question that goes on from them.

        With ``only`` the others are left out, unless one of them is plainly what is meant.
        """
        inside = {id: support for id, support in self.facts.items() if self.nodes[id] in nodes}
        if only and inside and max(inside.values()) + _TOPIC >= self.best_fact:
            return replace(self, facts=inside)
        return replace(
            self,
            facts={id: support + (_TOPIC if id in inside else 0.0) for id, support in self.facts.items()},
        )

    def judged_as(self, other: "Found") -> "Found":
        """Return the same facts with another's view of whether they answer."""
        return replace(
            self, statuses=other.statuses, missing=other.missing, near=other.near, best_node=other.best_node
        )

    def among(self, ids: Collection[str]) -> "Found":
        """Return the same with these facts alone."""
        return replace(self, facts={id: support for id, support in self.facts.items() if id in ids})

    def all_of(self, ids: Collection[str]) -> "Found":
        """Return the same with these facts alone, all meant alike, held to answer."""
        return replace(self, facts=dict.fromkeys(ids, 1.0)).judged("answered")

    def judged(self, status: str) -> "Found":
        """Return the same facts, held to answer or not, whatever the shipped questions say."""
        return replace(self, statuses={status: 1.0}, missing={})

    def never_sure(self) -> "Found":
        """Return the same, so unsure of an answer that what the question asks for must be in the facts."""
        return replace(self, statuses={name: min(value, _UNSURE) for name, value in self.statuses.items()})

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
    def answerable(self) -> float:
        """Log odds that the text answers the question."""
        answered = max(self.statuses.get("answered", 0.0), self.statuses.get("partial", 0.0))
        return (
            _WEIGHTS["bias"]
            + _WEIGHTS["answered"] * answered
            + _WEIGHTS["silent"] * max((self.statuses.get(name, 0.0) for name in _SILENT), default=0.0)
            + _WEIGHTS["fact"] * self.best_fact
            + _WEIGHTS["node"] * self.best_node
            + _WEIGHTS["missing"] * max(self.missing.values(), default=0.0)
            + _WEIGHTS["out_of_scope"] * self.statuses.get("out_of_scope", 0.0)
        )

    @property
    def settled(self) -> bool:
        """Say whether the text is held to answer the question."""
        return self.answerable >= ANSWERABLE

    @property
    def unsettled(self) -> bool:
        """Say whether it is open if the text answers: too likely to be silent, too unlikely to answer."""
        return (
            UNSETTLED <= self.answerable < ANSWERABLE
            and self.statuses.get("out_of_scope", 0.0) < _CLEARLY_MISSING
        )

    @property
    def names_missing(self) -> bool:
        """Say whether the shipped questions plainly name what is missing."""
        return max(self.missing.values(), default=0.0) >= _CLEARLY_MISSING

    @property
    def status(self) -> str:
        """What becomes of the question; empty when nothing that people ask is like it."""
        if self.settled:
            partly = self.statuses.get("partial", 0.0) > self.statuses.get("answered", 0.0)
            return "partial" if partly else "answered"
        best = max(_SILENT, key=lambda name: self.statuses.get(name, 0.0))
        return best if self.statuses.get(best, 0.0) >= _HEARD else ""


def find(question: Understanding, searcher: Searcher, library: Library) -> Found:
    """Read what the question is after, and search the provisions of the official documents."""
    support = searcher.read_intent(question.text)
    facts = {
        fact.id: support.get(f"fact:{fact.id}", 0.0)
        + (_ABOUT if fact.tier else _ABOUT_ANY) * support.get(f"about:{fact.about}", 0.0)
        + _NODE * support.get(f"node:{fact.provision.partition('#')[0]}", 0.0)
        for fact in library.facts
    }
    leaves: dict[str, float] = defaultdict(float)
    kind = Kind.TRANSLATION if question.language is Language.ENGLISH else Kind.TEXT
    official = frozenset(document.slug for document in library.documents)
    for hit in searcher.search(question.text, limit=PASSAGES, kinds=frozenset({kind}), documents=official):
        for provision in hit.passage.provisions:
            leaves[provision] = max(leaves[provision], hit.score)
    return Found(
        facts=facts,
        statuses=_family(support, "status:"),
        missing=_family(support, "missing:"),
        near=_family(support, "near:"),
        best_node=max(_family(support, "node:").values(), default=0.0),
        leaves=dict(leaves),
        nodes={fact.id: node_of(fact.provision) for fact in library.facts},
    )


def _family(support: Mapping[str, float], prefix: str) -> dict[str, float]:
    return {label.removeprefix(prefix): value for label, value in support.items() if label.startswith(prefix)}
