"""Turn a grown tree into provisions: give every node its id and its span."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.document import Level, Provision, Span


@dataclass(slots=True)
class Node:
    """A provision that is still growing."""

    level: Level
    rank: float
    number: str = ""
    step: str = ""
    pieces: list["Node | Piece"] = field(default_factory=list)
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A leaf to be."""

    level: Level
    span: Span


class Freezer:
    """Gives every provision its id and its span.

    Articles hang below the document (or annex) itself, whatever chapter they stand in. A chapter or section does
    too, unless the text counts its kind anew somewhere: then the id goes through the parent
    (``part/2/chapter/1``). A number that comes twice gets ``~2``.
    """

    def __init__(self, slug: str, root: Node, *, short: bool) -> None:
        self.slug = slug
        self.root = root
        self.short = short
        self.taken: set[str] = set()
        self.nested = self._nested_levels()

    def _nested_levels(self) -> frozenset[str]:
        """Return the kinds of container whose numbers begin anew somewhere, so that their ids need the parent's."""
        seen = Counter(node.step for node in _walk(self.root) if node.level in _CONTAINER_KINDS)
        return frozenset(step.split("/")[0] for step, count in seen.items() if count > 1)

    def freeze(self) -> Provision:
        """Return the finished tree."""
        return self._freeze(self.root, self.slug, None, self.slug)

    def _freeze(self, node: Node, id: str, parent: str | None, scope: str) -> Provision:
        self.taken.add(id)
        pieces = node.pieces
        inner = [piece for piece in pieces if isinstance(piece, Node)]
        if node.level is Level.ARTICLE and len(inner) == 1 and inner[0].level is Level.PARAGRAPH:
            at = pieces.index(inner[0])
            pieces = [*pieces[:at], *inner[0].pieces, *pieces[at + 1 :]]
        children: list[Provision] = []
        count = 0
        for piece in pieces:
            if isinstance(piece, Node):
                child = self._free(self._id_of(piece, id, scope))
                children.append(
                    self._freeze(piece, child, id, child if piece.level is Level.ANNEX else scope)
                )
                continue
            if piece.level is Level.SENTENCE:
                count += 1
                suffix = str(count)
            else:
                suffix = {Level.TITLE: "0", Level.CLOSING: "end", Level.ASIDE: "aside"}[piece.level]
            leaf = self._free(f"{id}#{suffix}")
            self.taken.add(leaf)
            children.append(Provision(id=leaf, level=piece.level, number="", span=piece.span, parent=id))
        span = Span(children[0].span.start, children[-1].span.end)
        return Provision(
            id=id, level=node.level, number=node.number, span=span, parent=parent, children=tuple(children)
        )

    def _id_of(self, node: Node, parent: str, scope: str) -> str:
        if node.level is Level.ARTICLE:
            return f"{scope}/{node.number if self.short else node.step}"
        if node.level in _CONTAINER_KINDS and node.step.split("/")[0] not in self.nested:
            return f"{scope}/{node.step}"
        if node.level is Level.HEADING and not node.number:
            return f"{scope}/{node.step}"
        return f"{parent}/{node.step}"

    def _free(self, id: str) -> str:
        """Return ``id``, or with ``~2``, ``~3`` … when the text has used that number before."""
        if id not in self.taken:
            return id
        return next(name for n in range(2, 10**6) if (name := f"{id}~{n}") not in self.taken)


_CONTAINER_KINDS = frozenset({Level.PART, Level.CHAPTER, Level.SECTION})


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for piece in node.pieces:
        if isinstance(piece, Node):
            yield from _walk(piece)
