"""Build the tree of provisions of an official text from its printed numbers."""

import re
from collections import Counter
from itertools import groupby

from corpus.document import Document, FrontMatter, Level, Provision, Span
from corpus.locator import Block, Form, Mark, find_blocks
from corpus.masthead import annex_number, find_body, find_closing, find_contents, titled_annex_number
from corpus.numbering import CONTAINERS, LISTED, is_unnumbered_heading, next_text, settle
from corpus.numerals import read_number
from corpus.sentences import ENDINGS, split_sentences
from corpus.tree import Freezer, Node, Piece

_CONTAINER_LEVELS = {
    Mark.PART: (Level.PART, 1.0),
    Mark.SUBPART: (Level.PART, 1.5),
    Mark.CHAPTER: (Level.CHAPTER, 2.0),
    Mark.SECTION: (Level.SECTION, 3.0),
}
_OUTLINE = (Level.HEADING, Level.SUBHEADING, Level.POINT, Level.SUBPOINT, Level.SUBPOINT)
_HEADED = frozenset({Level.HEADING, Level.SUBHEADING, Level.POINT, Level.SUBPOINT})
_UNNUMBERED, _HEADING, _ARTICLE, _PARAGRAPH, _ITEM, _PREAMBLE = 3.4, 3.5, 4.0, 5.0, 6.0, 99.0
_LONGEST_HEADING = 40
_LONGEST_LEAF_DOCUMENT = 1000


def parse(slug: str, front: FrontMatter, text: str) -> Document:
    """Return ``text`` with its tree; the leaves tile it, whatever it holds."""
    blocks = settle(find_blocks(text))
    if len(text) <= _LONGEST_LEAF_DOCUMENT and not any(block.mark or block.hashes for block in blocks):
        root = Provision(id=slug, level=Level.DOCUMENT, number="", span=Span(0, len(text)), parent=None)
    else:
        grown = _Grower(text, blocks, front).grow()
        root = Freezer(slug, grown, short=front.article_ids == "short").freeze()
    return Document(slug=slug, front=front, text=text, root=root, provisions={p.id: p for p in root.walk()})


class _Grower:
    """Puts block after block where it belongs."""

    def __init__(self, text: str, blocks: list[Block], front: FrontMatter) -> None:
        self.text = text
        self.blocks = blocks
        self.body = find_body(blocks, front.title)
        self.contents = find_contents(blocks, self.body)
        self.articles = [p for p, b in enumerate(blocks) if b.mark is Mark.ARTICLE and p not in self.contents]
        self.has_marks = any(b.mark or b.hashes for b in blocks[self.body :])
        self.root = Node(Level.DOCUMENT, 0.0)
        self.stack = [self.root]
        self.counts: Counter[str] = Counter()

    def grow(self) -> Node:
        """Return the root with everything below it."""
        annexes = [p for p in range(self.body, len(self.blocks)) if self._opens_annex(p)]
        edges = [*annexes, len(self.blocks)]
        self._title(range(self.body))
        self._stretch(self.body, edges[0])
        for start, end in zip(annexes, edges[1:], strict=True):
            self._annex(start, end)
        return self.root

    def _opens_annex(self, position: int) -> bool:
        """Say whether 「附件」 stands here, and not merely between two articles that go on counting."""
        if self._annex_number(position) is None or position in self.contents:
            return False
        before = next((self.blocks[p].number for p in reversed(self.articles) if p < position), "")
        after = next((self.blocks[p].number for p in self.articles if p > position), "")
        return not (before.isdecimal() and after.isdecimal() and int(after) == int(before) + 1)

    def _annex_number(self, position: int) -> str | None:
        number = annex_number(self.blocks[position])
        return titled_annex_number(self.blocks, position) if number is None else number

    def _title(self, positions: range) -> None:
        """Make one leaf of each run of title lines; markup among them stands aside."""
        for is_text, group in groupby(positions, key=lambda p: self.blocks[p].form is Form.TEXT):
            run = list(group)
            self._leaf(Level.TITLE if is_text else Level.ASIDE, run[0], run[-1] + 1)

    def _leaf(self, level: Level, start: int, end: int, node: Node | None = None) -> None:
        span = Span(self.blocks[start].span.start, self.blocks[end - 1].span.end)
        (node or self.stack[-1]).pieces.append(Piece(level, span))

    def _annex(self, start: int, end: int) -> None:
        del self.stack[1:]
        if start + 1 == end:
            self._leaf(Level.CLOSING, start, end)
            return
        self.counts["annex"] += 1
        printed = self._annex_number(start) or ""
        number = str(read_number(printed) or self.counts["annex"])
        node = Node(Level.ANNEX, 0.5, number, f"annex/{number}")
        self._push(node)
        title = start + 1
        while (
            title < end and title < start + 4 and self.blocks[title].is_bare and not self.blocks[title].mark
        ):
            title += 1
        self._leaf(Level.TITLE, start, title)
        self._stretch(title, end)

    def _stretch(self, start: int, end: int) -> None:
        """Place the blocks from ``start`` to ``end``, a body with its closing lines."""
        last = next((p for p in reversed(self.articles) if start <= p < end), None)
        first = next((p for p in range(start, end) if self.blocks[p].mark), start)
        closing = find_closing(self.blocks, (last or first) + 1, end, after_articles=last is not None)
        position = start
        while position < closing:
            if position in self.contents:
                self._leaf(Level.ASIDE, position, self.contents.stop)
                position = self.contents.stop
                continue
            self._place(position)
            position += 1
        if closing < end:
            while self.stack[-1].rank > 0.5:
                self.stack.pop()
            self._leaf(Level.CLOSING, closing, end)

    def _place(self, position: int) -> None:
        block = self.blocks[position]
        if block.form is Form.MARKUP:
            self._aside(position)
        elif block.mark in CONTAINERS:
            self._container(block)
        elif block.mark is Mark.ARTICLE:
            self._article(position)
        elif is_unnumbered_heading(self.blocks, position, has_articles=bool(self.articles)):
            self._unnumbered(block)
        elif block.mark is not None:
            self._listed(position)
        else:
            self._plain(block)

    def _push(self, node: Node) -> None:
        while len(self.stack) > 1 and self.stack[-1].rank >= node.rank:
            self.stack.pop()
        self.stack[-1].pieces.append(node)
        self.stack.append(node)

    def _say(self, node: Node, span: Span, *, heading: bool = False) -> None:
        sentences = split_sentences(self.text, span)
        for count, sentence in enumerate(sentences):
            level = Level.TITLE if heading and count == 0 else Level.SENTENCE
            node.pieces.append(Piece(level, sentence))

    def _aside(self, position: int) -> None:
        following = next_text(self.blocks, position)
        if (
            following is None
            or following.mark in CONTAINERS
            or following.mark is Mark.ARTICLE
            or following.hashes
        ):
            while self.stack[-1].rank >= _ARTICLE:
                self.stack.pop()
        self._leaf(Level.ASIDE, position, position + 1)

    def _container(self, block: Block) -> None:
        assert block.mark is not None
        level, rank = _CONTAINER_LEVELS[block.mark]
        kind = "subpart" if block.mark is Mark.SUBPART else level.value
        node = Node(level, rank, block.number, f"{kind}/{block.number}")
        node.pieces.append(Piece(Level.TITLE, block.span))
        if level is Level.SECTION:
            self._leave_chapter_of_earlier_sections(int(block.number))
        self._push(node)

    def _leave_chapter_of_earlier_sections(self, number: int) -> None:
        """Step out of a chapter that already has this section: the next chapter's heading is missing in the text."""
        for depth, node in enumerate(self.stack):
            if node.level is Level.CHAPTER:
                sections = [p for p in node.pieces if isinstance(p, Node) and p.level is Level.SECTION]
                if sections and int(sections[-1].number) >= number:
                    del self.stack[depth:]
                return

    def _unnumbered(self, block: Block) -> None:
        self.counts["heading"] += 1
        rank = 2.0 if self.articles else _UNNUMBERED
        node = Node(Level.HEADING, rank, "", f"heading/{self.counts['heading']}")
        node.pieces.append(Piece(Level.TITLE, block.span))
        self._push(node)

    def _article(self, position: int) -> None:
        block = self.blocks[position]
        while self.stack[-1].level is Level.HEADING and not self.stack[-1].bare and self.stack[-1].number:
            self.stack.pop()
        article = Node(Level.ARTICLE, _ARTICLE, block.number, f"article/{block.number}")
        self._push(article)
        following = self.blocks[position + 1] if position + 1 < len(self.blocks) else None
        titled = (
            following is not None
            and following.mark is None
            and following.form is Form.TEXT
            and following.ends
            and len(block.rest) <= _LONGEST_HEADING
            and (not block.ends or re.fullmatch(r"\s*[（(【].*[）)】]", block.rest) is not None)
        )
        if titled:
            article.pieces.append(Piece(Level.TITLE, block.span))
        else:
            self._paragraph(block)

    def _paragraph(self, block: Block | None) -> None:
        while self.stack[-1].level is not Level.ARTICLE:
            self.stack.pop()
        count = sum(isinstance(p, Node) for p in self.stack[-1].pieces) + 1
        node = Node(Level.PARAGRAPH, _PARAGRAPH, str(count), f"paragraph/{count}")
        self._push(node)
        if block is not None:
            self._say(node, block.span)

    def _listed(self, position: int) -> None:
        block = self.blocks[position]
        assert block.mark is not None
        depth = LISTED.index(block.mark)
        following = next_text(self.blocks, position)
        in_article = any(node.level is Level.ARTICLE for node in self.stack)
        leads = following is not None and following.mark is Mark.ARTICLE and block.is_bare and depth == 0
        if in_article and not leads:
            if self.stack[-1].level is Level.ARTICLE:
                self._paragraph(None)
            while self.stack[-1].rank >= _ITEM + depth:
                self.stack.pop()
            level = Level.ITEM if self.stack[-1].level is Level.PARAGRAPH else Level.SUBITEM
            node = Node(level, _ITEM + depth, block.number, f"{level.value}/{block.number}")
            self._push(node)
            self._say(node, block.span)
            return
        node = Node(_OUTLINE[depth], _HEADING + depth / 10, block.number, block.number, bare=block.is_bare)
        self._push(node)
        sentences = split_sentences(self.text, block.span)
        opening = sentences[0].of(self.text).strip()
        followed = len(sentences) > 1 or (following is not None and not self._is_sibling(following, block))
        heading = len(opening) <= _LONGEST_HEADING and (
            opening[-1] not in ENDINGS + "；;：:" or (followed and opening[-1] in ENDINGS)
        )
        self._say(node, block.span, heading=heading)

    @staticmethod
    def _is_sibling(following: Block, block: Block) -> bool:
        if following.mark is None or block.mark is None:
            return False
        return following.mark not in LISTED or LISTED.index(following.mark) <= LISTED.index(block.mark)

    def _plain(self, block: Block) -> None:
        if any(node.level is Level.ARTICLE for node in self.stack):
            if block.form is Form.TABLE:
                self.stack[-1].pieces.append(Piece(Level.SENTENCE, block.span))
            else:
                self._paragraph(block)
            return
        if self.stack[-1] is self.root:
            if self.has_marks:
                self._push(Node(Level.PREAMBLE, _PREAMBLE, "", "preamble"))
            else:
                self.counts["paragraph"] += 1
                count = str(self.counts["paragraph"])
                self._push(Node(Level.PARAGRAPH, _PREAMBLE, count, f"paragraph/{count}"))
        elif self.stack[-1].level is Level.PARAGRAPH:
            self.stack.pop()
            self._plain(block)
            return
        if block.form is Form.TABLE:
            self.stack[-1].pieces.append(Piece(Level.SENTENCE, block.span))
        else:
            self._say(self.stack[-1], block.span)
