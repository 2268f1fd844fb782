"""Find the blocks of a text and the number that each of them begins with.

A block is a line, or lines that belong together: a table, web markup, a sentence that was broken by hand.
Whether a number is what it looks like is decided here only as far as the line itself tells; the order of the
numbers is judged in ``numbering``.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from corpus.document import WHITE, Span
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


class Form(StrEnum):
    """What a block looks like apart from its number."""

    TEXT = "text"
    TABLE = "table"
    MARKUP = "markup"


@dataclass(frozen=True, slots=True)
class Block:
    """A line (or lines that belong together) with the white space after it."""

    span: Span
    line: str
    """The first line without outer white space, Markdown signs and emphasis."""
    last: str
    """The last visible character."""
    form: Form = Form.TEXT
    mark: Mark | None = None
    number: str = ""
    """As counted: ``4``, ``12-1``."""
    rest: str = ""
    """What follows the number on its line, white space included."""
    doubtful: bool = False
    """Whether the number may be part of the words, as in 「一、二级机构」."""
    hashes: int = 0
    """How deep a Markdown heading is; 0 for a line that is none."""
    indented: bool = False

    @property
    def ends(self) -> bool:
        """Say whether the block ends as a sentence or an item does."""
        return self.last in TERMINAL

    @property
    def is_bare(self) -> bool:
        """Say whether the line is short and unpunctuated, as a heading or a signature is."""
        return not self.ends and len(self.line) <= 40 and not re.search("[，。；！？：]", self.line)


TERMINAL = frozenset("。！？；：”’」』》）)…;:.!?】]")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_REGIONS = (
    (re.compile(r"<(style|script)\b", re.IGNORECASE), Form.MARKUP),
    (re.compile(r"<(table)\b", re.IGNORECASE), Form.TABLE),
)
_MARKUP = re.compile(r":{3,}.*|-{3,}|\*{3,}|={3,}|_{3,}|<!--.*-->|</?[a-zA-Z][^<>]*>|<(\w+)\b.*</\1>")
_HASHES = re.compile(r"(#{1,6})\s+")
_GAP = r"[ \t\u2002-\u200b\u3000\xa0]*"
_CN = rf"[{CHINESE}]+"
_PATTERNS: tuple[tuple[Mark, re.Pattern[str]], ...] = (
    (Mark.ARTICLE, re.compile(rf"第{_GAP}({NUMERAL}){_GAP}[条條](?:{_GAP}之({_CN}))?")),
    (Mark.CHAPTER, re.compile(rf"第{_GAP}({NUMERAL}){_GAP}章")),
    (Mark.SECTION, re.compile(rf"第{_GAP}({NUMERAL}){_GAP}[节節]")),
    (Mark.SUBPART, re.compile(rf"第{_GAP}({NUMERAL}){_GAP}分[编編]")),
    (Mark.PART, re.compile(rf"第{_GAP}({NUMERAL}){_GAP}[编編]")),
    (Mark.COMMA, re.compile(rf"({_CN}){_GAP}[、．.]")),
    (Mark.BRACKET, re.compile(rf"[（(]{_GAP}({_CN}){_GAP}[）)]")),
    (Mark.BRACKET_POINT, re.compile(r"[（(]\s*([0-9０-９]{1,3})\s*[）)]")),
    (Mark.POINT, re.compile(r"([0-9０-９]{1,3})\s*[、．.](?![0-9０-９])")),
    (Mark.CIRCLE, re.compile(rf"([{CIRCLED}])")),
)
_FIRST = frozenset("第（(0123456789０１２３４５６７８９" + CHINESE + CIRCLED)
_REFERENCE = re.compile(
    rf"第{NUMERAL}[款项目条章节编]|[、，,；;。》〉]|的|之(?:外|内|间)|规定|所(?:列|称|指|规定|述)|中(?:的|所)|以[外上下内]"
    r"|(?:和|与|及|以及|或|或者|至|到)[第本前（(]"
)
_SPACED_REFERENCE = re.compile(rf"\s+(?:第{NUMERAL}[款项目]|[、，,；;。》〉]|的规定|规定的)")
_LIST_REFERENCE = re.compile(
    rf"[、，,；;。]|[项目](?:[、，。的和与或至]|规定|所列|情形|中)|(?:和|与|及|或|或者|至|到)[第（(]|[（(][{CHINESE}]+[）)]"
)
_COUNTING = re.compile(rf"([{CHINESE}]{{1,3}})(?:[、级类等层档期]|季度|月)")
_NO_HEADING = re.compile(r"[，。；！？：]")
_CONTAINERS = frozenset({Mark.PART, Mark.SUBPART, Mark.CHAPTER, Mark.SECTION})
_LISTED = frozenset({Mark.COMMA, Mark.BRACKET, Mark.POINT, Mark.BRACKET_POINT, Mark.CIRCLE})
_LONGEST_TITLE = 60
_SHORTEST_WRAP = 15


def find_blocks(text: str) -> list[Block]:
    """Return blocks that tile ``text``; the first owns any white space before it."""
    lines = [match for match in _LINE.finditer(text) if match.group().strip(WHITE)]
    if not lines:
        return []
    edges = [0, *(line.start() for line in lines[1:]), len(text)]
    return _joined(text, [_read_line(text, Span(start, end)) for start, end in pairwise(edges)])


def _read_line(text: str, span: Span) -> Block:
    raw = span.of(text)
    visible = raw.strip(WHITE)
    hashes = _HASHES.match(visible)
    line = visible[hashes.end() :] if hashes else visible
    if line.startswith("**"):
        line = line[2:].replace("**", "", 1)
    form = Form.TABLE if line.startswith("|") else Form.MARKUP if _MARKUP.fullmatch(line) else Form.TEXT
    head = raw[: len(raw) - len(raw.lstrip())]
    block = Block(
        span=span,
        line=line,
        last=visible.rstrip("*")[-1:],
        form=form,
        hashes=len(hashes.group(1)) if hashes else 0,
        indented=head.endswith(("\u3000", "  ", "\t")),
    )
    return block if form is not Form.TEXT else _numbered(block)


def _numbered(block: Block) -> Block:
    """Return ``block`` with its number, unless the line only refers to a provision."""
    line = block.line
    if not line or line[0] not in _FIRST:
        return block
    for mark, pattern in _PATTERNS:
        match = pattern.match(line)
        if match is None:
            continue
        rest = line[match.end() :]
        if _refers(mark, rest) or (mark in _CONTAINERS and not _is_title(rest)):
            continue
        if mark is Mark.ARTICLE:
            suffix = "之" + match.group(2) if match.group(2) else ""
            number = read_compound(match.group(1) + suffix)
        else:
            counted = read_number(match.group(1))
            number = str(counted) if counted else None
        if number is not None:
            counting = _COUNTING.match(rest) if mark is Mark.COMMA else None
            doubtful = counting is not None and read_number(counting.group(1)) == int(number) + 1
            return replace(block, mark=mark, number=number, rest=rest, doubtful=doubtful)
    return block


def _refers(mark: Mark, rest: str) -> bool:
    """Say whether what follows the number shows that it only names a provision, as in 「第十条的规定」."""
    if mark in _LISTED:
        return _LIST_REFERENCE.match(rest) is not None
    return (_SPACED_REFERENCE if rest[:1].isspace() else _REFERENCE).match(rest) is not None


def _is_title(rest: str) -> bool:
    """Say whether what follows 「第三章」 can be its title."""
    return len(rest) <= _LONGEST_TITLE and not _NO_HEADING.search(rest.strip().rstrip("。"))


def _joined(text: str, blocks: list[Block]) -> list[Block]:
    """Return the blocks with tables, markup regions and sentences broken by hand made one."""
    joined: list[Block] = []
    fence = next((p for p, b in enumerate(blocks[1:20], start=1) if b.line == "---"), 0)
    if fence and blocks[0].line == "---":
        joined.append(replace(blocks[0], span=Span(0, blocks[fence].span.end)))
        blocks = blocks[fence + 1 :]
    region: re.Pattern[str] | None = None
    numbered = in_article = False
    for block in blocks:
        previous = joined[-1] if joined else None
        if region is not None and previous is not None:
            joined[-1] = replace(previous, span=Span(previous.span.start, block.span.end), last=block.last)
            region = None if region.search(block.span.of(text)) else region
            continue
        for opening, form in _REGIONS:
            match = opening.search(block.line) if block.line.startswith("<") else None
            if match is not None:
                closing = re.compile(rf"</{match.group(1)}>", re.IGNORECASE)
                block = replace(block, form=form)
                region = None if closing.search(block.line) else closing
                break
        if previous is not None and _continues(text, previous, block, numbered, in_article):
            joined[-1] = replace(previous, span=Span(previous.span.start, block.span.end), last=block.last)
            continue
        numbered = numbered or block.mark is not None
        in_article = block.mark is Mark.ARTICLE or (in_article and not _leaves_articles(block))
        joined.append(block)
    return joined


def _leaves_articles(block: Block) -> bool:
    return block.mark in _CONTAINERS or block.hashes > 0 or block.line.startswith("附")


def _continues(text: str, previous: Block, block: Block, numbered: bool, in_article: bool) -> bool:
    """Say whether ``block`` goes on with what ``previous`` began, in the middle of a sentence."""
    if previous.form is not Form.TEXT or block.form is not Form.TEXT:
        return previous.form is block.form
    if not numbered or block.mark is not None or block.hashes or previous.hashes or block.indented:
        return False
    if previous.ends or re.match(r"[0-9（(根附]", block.line):
        return False
    if previous.last in "，、,":
        return True
    if len(previous.line) < _SHORTEST_WRAP:
        return False
    raw = previous.span.of(text)
    apart = len(re.findall(r"\r\n|\r|\n", raw[len(raw.rstrip()) :])) > 1
    # Across an empty line only inside an article, and never a signature below the last one.
    return not apart or (in_article and (block.ends or "，" in block.line))
