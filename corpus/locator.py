"""Find the blocks of a text and the number that each of them begins with."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from corpus.document import Span
from corpus.numerals import CHINESE, CIRCLED, NUMERAL, read_compound, read_number


class Mark(StrEnum):
    """How a block is numbered in print, whatever it turns out to be in the tree."""

    PART = "编"
    SUBPART = "分编"
    CHAPTER = "章"
    SECTION = "节"
    ARTICLE = "条"
    COMMA = "一、"
    BRACKET = "（一）"
    POINT = "1."
    BRACKET_POINT = "(1)"
    CIRCLE = "①"


@dataclass(frozen=True, slots=True)
class Block:
    """One non-blank line with the white space after it, and its printed number when it has one."""

    span: Span
    text: str
    """The line without outer white space and Markdown signs."""
    mark: Mark | None = None
    number: str = ""
    """As counted: ``4``, ``12-1``."""
    rest: str = ""
    """What follows the number on the line."""


_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_MARKDOWN = re.compile(r"^(?:#{1,6}\s+|>\s*|\*\*(?=第))")
_GAP = r"[ \t\u3000\xa0]*"
_CN = rf"[{CHINESE}]+"
_PATTERNS: tuple[tuple[Mark, re.Pattern[str]], ...] = (
    (Mark.SUBPART, re.compile(rf"第{_GAP}({NUMERAL}){_GAP}分编(?![^\s\u3000]*的规定)")),
    (Mark.PART, re.compile(rf"第{_GAP}({NUMERAL}){_GAP}[编編]")),
    (Mark.CHAPTER, re.compile(rf"第{_GAP}({NUMERAL}){_GAP}章")),
    (Mark.SECTION, re.compile(rf"第{_GAP}({NUMERAL}){_GAP}[节節]")),
    (Mark.ARTICLE, re.compile(rf"第{_GAP}({NUMERAL}){_GAP}[条條](?:{_GAP}之({_CN}))?")),
    (Mark.COMMA, re.compile(rf"({_CN}){_GAP}[、．.]")),
    (Mark.BRACKET, re.compile(rf"[（(]{_GAP}({_CN}){_GAP}[）)]")),
    (Mark.BRACKET_POINT, re.compile(r"[（(]\s*([0-9０-９]{1,3})\s*[）)]")),
    (Mark.POINT, re.compile(r"([0-9０-９]{1,3})\s*(?:[、．]|[.](?![0-9０-９]))")),
    (Mark.CIRCLE, re.compile(rf"([{CIRCLED}])")),
)


def find_blocks(text: str) -> list[Block]:
    """Return the non-blank lines of ``text`` as blocks that tile it; the first owns any blank lines before it."""
    starts = [match.start() for match in _LINE.finditer(text) if match.group().strip()]
    if not starts:
        return []
    edges = [0, *starts[1:], len(text)]
    return [_read_block(text, Span(start, end)) for start, end in itertools.pairwise(edges)]


def _read_block(text: str, span: Span) -> Block:
    line = span.of(text).strip()
    line = _MARKDOWN.sub("", line)
    for mark, pattern in _PATTERNS:
        match = pattern.match(line)
        if match is None:
            continue
        number = match.group(1)
        if mark is Mark.ARTICLE and match.group(2):
            number += "之" + match.group(2)
        counted = str(read_number(number)) if mark is not Mark.ARTICLE else read_compound(number)
        if counted in (None, "None", "0"):
            continue
        return Block(span, line, mark, counted or "", line[match.end() :])
    return Block(span, line)


def numbered(blocks: list[Block]) -> Iterator[Block]:
    """Yield the blocks that have a number."""
    return (block for block in blocks if block.mark is not None)
