"""Walk to the provisions of a document that a place names."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from corpus.document import Document, Level, Provision
from corpus.place import ANYWHERE, UNITS, Step
from corpus.titles import fold


class Places:
    """The numbered provisions of one document, looked up by level and number."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._known: dict[tuple[Level, str], list[_Placed]] = defaultdict(list)
        self._collect(document.root, 0, annexed=False)
        self._has_articles = any(level is Level.ARTICLE for level, _ in self._known)

    def _collect(self, node: Provision, depth: int, *, annexed: bool) -> None:
        for child in node.children:
            if child.children:
                inside = annexed or child.level is Level.ANNEX
                self._known[child.level, child.number].append(_Placed(child, depth, annexed))
                self._collect(child, depth + 1, annexed=inside)

    def walk(self, steps: Sequence[Step], *, lenient: bool = False) -> list[list[str]]:
        """Return, for each combination of the numbers in ``steps``, the provisions that it names.

        ``lenient`` lets 第二条 mean 二、 in a document without articles, as a 公告 calls its own points.
        """
        if lenient and not self._has_articles:
            steps = [Step(UNITS["部分"], s.numbers) if s.levels == UNITS["条"] else s for s in steps]
        return [
            self._walk(list(zip(steps, numbers, strict=True)))
            for numbers in product(*(step.numbers for step in steps))
        ]

    def _walk(self, path: Sequence[tuple[Step, str]]) -> list[str]:
        here = self._first(*path[0])
        for step, number in path[1:]:
            here = [inner for node in here for inner in self._inside(node, step, number)]
        return list(dict.fromkeys(node.id for node in here))

    def _first(self, step: Step, number: str) -> list[Provision]:
        found = self._fitting(step, number)
        outside = [placed for placed in found if not placed.annexed]
        return _shallowest(outside or found, step)

    def _inside(self, node: Provision, step: Step, number: str) -> list[Provision]:
        only = step.levels == UNITS["款"] and number == "1" and node.level is Level.ARTICLE
        if only and not any(child.level is Level.PARAGRAPH for child in node.children):
            return [node]
        found = [
            placed
            for placed in self._fitting(step, number)
            if node.span.covers(placed.node.span) and placed.node.id != node.id
        ]
        return _shallowest(found, step)

    def _fitting(self, step: Step, number: str) -> list["_Placed"]:
        if Level.ANNEX in step.levels and not number:
            return [
                placed
                for (level, _), known in self._known.items()
                if level is Level.ANNEX
                for placed in known
            ]
        found = [placed for level in step.levels for placed in self._known.get((level, number), ())]
        if step.heading:
            found = [p for p in found if step.heading in fold(self._document.text_of(p.node.children[0]))]
        return found


@dataclass(frozen=True, slots=True)
class _Placed:
    node: Provision
    depth: int
    annexed: bool


def _shallowest(found: Sequence[_Placed], step: Step) -> list[Provision]:
    ordered = sorted(found, key=lambda placed: placed.node.span)
    if step.levels <= ANYWHERE or not ordered:
        return [placed.node for placed in ordered]
    least = min(placed.depth for placed in ordered)
    return [placed.node for placed in ordered if placed.depth == least]
