"""Build the tree of provisions of an official text from its printed numbers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.document import Document, FrontMatter, Level, Provision, Span
from corpus.locator import Block, Mark, find_blocks
from corpus.sentences import ENDINGS, split_sentences

_RANK = {
    Level.DOCUMENT: 0,
    Level.PREAMBLE: 9,
    Level.PART: 1,
    Level.CHAPTER: 2,
    Level.SECTION: 3,
    Level.ARTICLE: 4,
    Level.PARAGRAPH: 5,
    Level.ITEM: 6,
    Level.SUBITEM: 7,
    Level.HEADING: 4,
    Level.SUBHEADING: 5,
    Level.POINT: 6,
    Level.SUBPOINT: 7,
}
_CONTAINERS = {
    Mark.PART: Level.PART,
    Mark.SUBPART: Level.PART,
    Mark.CHAPTER: Level.CHAPTER,
    Mark.SECTION: Level.SECTION,
}
_OUTLINE = {
    Mark.COMMA: Level.HEADING,
    Mark.BRACKET: Level.SUBHEADING,
    Mark.POINT: Level.POINT,
    Mark.BRACKET_POINT: Level.SUBPOINT,
    Mark.CIRCLE: Level.SUBPOINT,
}
_IN_ARTICLE = {
    Mark.COMMA: Level.ITEM,
    Mark.BRACKET: Level.ITEM,
    Mark.POINT: Level.SUBITEM,
    Mark.BRACKET_POINT: Level.SUBITEM,
    Mark.CIRCLE: Level.SUBITEM,
}
_HEADED = frozenset({Level.HEADING, Level.SUBHEADING, Level.POINT, Level.SUBPOINT})
_LONGEST_HEADING = 40
_SHORT_UNNUMBERED = 1000
_CLOSING = re.compile(r"附件?[：:]")


@dataclass(slots=True)
class _Node:
    """A provision that is still growing."""

    level: Level
    number: str
    step: str
    pieces: list["_Node | Span"] = field(default_factory=list)
    headed: bool = False


def parse(slug: str, front: FrontMatter, text: str) -> Document:
    """Return ``text`` with its tree; the leaves tile it, whatever it holds."""
    root = _Node(Level.DOCUMENT, "", slug)
    blocks = find_blocks(text)
    if not any(block.mark for block in blocks) and len(text) <= _SHORT_UNNUMBERED:
        provision = Provision(id=slug, level=Level.DOCUMENT, number="", span=Span(0, len(text)), parent=None)
        return Document(slug=slug, front=front, text=text, root=provision, provisions={slug: provision})
    _grow(root, blocks, text, front)
    provision = _freeze(root, slug, None, text)
    return Document(
        slug=slug, front=front, text=text, root=provision, provisions={p.id: p for p in provision.walk()}
    )


def _grow(root: _Node, blocks: list[Block], text: str, front: FrontMatter) -> None:
    body = _title_length(blocks, front)
    root.headed = True
    root.pieces.append(Span(0, blocks[body - 1].span.end))
    stack = [root]
    short = front.article_ids == "short"
    for position, block in enumerate(blocks[body:], start=body):
        if len(stack) > 1 and block.mark is None and _CLOSING.match(block.text) and root is not stack[-1]:
            root.pieces.append(_Node(Level.CLOSING, "", "end", [Span(block.span.start, len(text))]))
            return
        if block.mark is None:
            if stack[-1] is root:
                preamble = _Node(Level.PREAMBLE, "", "preamble")
                root.pieces.append(preamble)
                stack.append(preamble)
            stack[-1].pieces.extend(split_sentences(text, block.span))
            continue
        in_article = any(node.level is Level.ARTICLE for node in stack)
        level = _CONTAINERS.get(block.mark) or (
            Level.ARTICLE
            if block.mark is Mark.ARTICLE
            else (_IN_ARTICLE if in_article else _OUTLINE)[block.mark]
        )
        while len(stack) > 1 and _RANK[stack[-1].level] >= _RANK[level]:
            stack.pop()
        step = block.number if level in _OUTLINE.values() or short else f"{level.value}/{block.number}"
        node = _Node(level, block.number, step)
        sentences = split_sentences(text, block.span)
        node.headed = level in _HEADED and _is_heading(sentences[0].of(text).strip(), len(sentences) > 1)
        node.pieces.extend(sentences)
        stack[-1].pieces.append(node)
        stack.append(node)
        del position


def _is_heading(sentence: str, followed: bool) -> bool:
    if len(sentence) > _LONGEST_HEADING:
        return False
    return followed or sentence[-1] not in ENDINGS + "；;：:"


def _title_length(blocks: list[Block], front: FrontMatter) -> int:
    """Return how many blocks make up the title; at least one."""
    title = _squeezed(front.title)
    for count, block in enumerate(blocks[:8], start=1):
        if _squeezed(block.text) == title:
            return count
    return 1


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text).replace("（", "(").replace("）", ")")


def _freeze(node: _Node, id: str, parent: str | None, text: str) -> Provision:
    children: list[Provision] = []
    count = 0 if node.headed else 1
    for piece in node.pieces:
        if isinstance(piece, Span):
            level = Level.TITLE if count == 0 else Level.SENTENCE
            children.append(Provision(id=f"{id}#{count}", level=level, number="", span=piece, parent=id))
            count += 1
        elif piece.level is Level.CLOSING:
            (span,) = (p for p in piece.pieces if isinstance(p, Span))
            children.append(Provision(id=f"{id}#end", level=Level.CLOSING, number="", span=span, parent=id))
        else:
            children.append(_freeze(piece, f"{id}/{piece.step}", id, text))
    span = Span(children[0].span.start, children[-1].span.end)
    return Provision(
        id=id, level=node.level, number=node.number, span=span, parent=parent, children=tuple(children)
    )


def walk_leaves(document: Document) -> Iterator[Provision]:
    """Yield the leaves of ``document`` in the order of the text."""
    return document.root.leaves()
