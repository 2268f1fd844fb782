"""Judge, from the order of the numbers, which blocks really begin a provision."""

import re
from dataclasses import replace

from corpus.locator import Block, Form, Mark

CONTAINERS = frozenset({Mark.PART, Mark.SUBPART, Mark.CHAPTER, Mark.SECTION})
LISTED = (Mark.COMMA, Mark.BRACKET, Mark.POINT, Mark.BRACKET_POINT, Mark.CIRCLE)
"""The ways to number headings and items, from the outermost to the innermost."""
_ARABIC = frozenset({Mark.POINT, Mark.BRACKET_POINT})
_LARGEST_GAP = 3


def settle(blocks: list[Block]) -> list[Block]:
    """Return the blocks, those that only look numbered made plain.

    An article is taken when it is the next in order, or when it stands apart from its text as a number does and
    the line before it has ended. 「第十条的规定」 at the start of a broken line is neither. A numbered point in
    Arabic digits must go on from the one before or begin with 1.
    """
    settled: list[Block] = []
    article = ""
    counters: dict[Mark, int] = {}
    previous: Block | None = None
    for block in blocks:
        mark = block.mark
        if mark is Mark.ARTICLE:
            if _is_article(block, article, previous):
                article, counters = block.number, {}
            else:
                block = _plain(block)
        elif mark in CONTAINERS:
            counters = {}
        elif mark is not None:
            number = int(block.number)
            last = counters.get(mark)
            if _goes_on(mark, number, last) and (not block.doubtful or block.is_bare or number - 1 == last):
                for inner in LISTED[LISTED.index(mark) + 1 :]:
                    counters.pop(inner, None)
                counters[mark] = number
            else:
                block = _plain(block)
        settled.append(block)
        if block.form is Form.TEXT:
            previous = block
    return settled


def is_unnumbered_heading(blocks: list[Block], position: int, *, has_articles: bool) -> bool:
    """Say whether a block without a number is a heading: marked as one, or standing bare before an article."""
    block = blocks[position]
    if block.mark is not None or block.form is not Form.TEXT:
        return False
    if block.hashes:
        return True
    if not has_articles or not block.is_bare or len(block.line) > 30 or re.search("[0-9０-９]", block.line):
        return False
    following = next_text(blocks, position)
    before = next((b for b in reversed(blocks[:position]) if b.form is Form.TEXT), None)
    if following is None or following.mark not in CONTAINERS | {Mark.ARTICLE}:
        return False
    return before is None or before.ends or before.mark in CONTAINERS or before.hashes > 0


def next_text(blocks: list[Block], position: int) -> Block | None:
    """Return the next block that is neither a table nor markup."""
    return next((block for block in blocks[position + 1 :] if block.form is Form.TEXT), None)


def _is_article(block: Block, last: str, previous: Block | None) -> bool:
    steps = [int(step) for step in block.number.split("-")]
    if last:
        counted = [int(step) for step in last.split("-")]
        following = ([counted[0] + 1], [*counted, 1], [*counted[:-1], counted[-1] + 1])
        if steps in following:
            return True
    elif steps == [1]:
        return True
    stands_apart = not block.rest or block.rest[0].isspace() or block.rest[0] in "【（(：:\u2003"
    line_ended = previous is None or previous.ends or previous.mark in CONTAINERS or previous.is_bare
    return stands_apart and line_ended


def _goes_on(mark: Mark, number: int, last: int | None) -> bool:
    if number == 1 or mark not in _ARABIC:
        return True
    return (last or 0) < number <= (last or 0) + _LARGEST_GAP


def _plain(block: Block) -> Block:
    return replace(block, mark=None, number="", rest="")
