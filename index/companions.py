"""Bring along what belongs to a hit: what stands before and after it, and the same matter at the other tiers."""

from collections import defaultdict
from collections.abc import Sequence

from index.passage import Kind, Passage
from index.search import Hit

ENOUGH = 0.5
"""Share of the best score below which a hit is left out, once there are a few."""
AT_LEAST = 3


def enough(hits: Sequence[Hit], *, share: float = ENOUGH, at_least: int = AT_LEAST) -> list[Hit]:
    """Return as many hits as the scores warrant: few when one stands out, many when all are alike."""
    if not hits:
        return []
    floor = share * hits[0].score
    return [hit for place, hit in enumerate(hits) if place < at_least or hit.score >= floor]


class Companions:
    """Who stands beside whom, and who says the same for another tier."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._texts = [passage for passage in passages if passage.kind is Kind.TEXT]
        self._place = {passage.key: place for place, passage in enumerate(self._texts)}
        holders: dict[str, list[Passage]] = defaultdict(list)
        for passage in self._texts:
            for provision in passage.provisions:
                holders[provision].append(passage)
        self._by_aspect: dict[str, list[Passage]] = defaultdict(list)
        self._aspects: dict[str, list[str]] = defaultdict(list)
        for fact in passages:
            if fact.kind is not Kind.FACT or not fact.tiers:
                continue
            for aspect in (label for label in fact.labels if label.startswith("about:")):
                for passage in (fact, *(text for id in fact.provisions for text in holders[id])):
                    if aspect not in self._aspects[passage.key]:
                        self._aspects[passage.key].append(aspect)
                        self._by_aspect[aspect].append(passage)

    def neighbours(self, passage: Passage) -> list[Passage]:
        """Return the texts before and after one, within its document; none for what is not text."""
        place = self._place.get(passage.key)
        if place is None:
            return []
        beside = [self._texts[at] for at in (place - 1, place + 1) if 0 <= at < len(self._texts)]
        return [other for other in beside if other.document == passage.document]

    def siblings(self, passage: Passage) -> list[Passage]:
        """Return the passages of the same kind that deal with the same matter for some tier, in the texts' order."""
        found = {
            other.key: other
            for aspect in self._aspects.get(passage.key, [])
            for other in self._by_aspect[aspect]
            if other.kind is passage.kind and other.key != passage.key
        }
        return list(found.values())
