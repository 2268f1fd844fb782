"""Tell the lines before the body (title, number, dates, table of contents) and the lines that close a text."""

import re

from corpus.locator import Block, Form, Mark
from corpus.numbering import CONTAINERS
from corpus.numerals import NUMERAL

DATE = re.compile(
    r"[（(]?\s*(?:[12][0-9]{3}|二[〇○零0O][一二三四五六七八九〇○零]{2})\s*年.{1,6}月.{1,4}日\s*[）)]?$"
)
NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,12}(?:[〔\[（(［【]|\s)?\s*(?:19|20)[0-9]{2}\s*[〕\]）)］】]?\s*(?:第\s*)?[0-9]{1,5}\s*号"
)
"""A 发文字号 in any bracket."""
_CONTENTS = re.compile(r"目[\s\u3000]*[录錄次]")
_ADOPTED = re.compile(r"通过|修正|修订|公布|发布|施行|实施|批准|印发|颁布|订")
_ANNEX = re.compile(
    r"附[\s\u3000]*(?:件|录|表|图|则表|注)?[\s\u3000]*([0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})?[\s\u3000]*[：:.．]?"
)
_TITLED_ANNEX = re.compile(rf"附[件表]\s*({NUMERAL})\s*[：:\s]\s*\S.{{1,40}}")
_ENCLOSURES = re.compile(r"附[\s\u3000]*件?[：:]")
_FORMULA = re.compile(
    r"特此(?:公告|通知|通告|函复|批复|函告|报告)[。.]?|[（(](?:此件|联系人|联系电话)[^）)]*[）)]"
)
_LONGEST_LISTED = 120
_LONGEST_SIGNATURE = 50
_MOST_SIGNATURES = 8


def find_body(blocks: list[Block], title: str) -> int:
    """Return the position of the first block of the body: after the title and the lines that go with it."""
    wanted = squeezed(title)
    position, seen = 0, ""
    for count, block in enumerate(blocks[:12], start=1):
        if block.form is not Form.TEXT:
            continue
        if block.mark in CONTAINERS or block.mark is Mark.ARTICLE:
            break
        seen += squeezed(block.line)
        if wanted and (squeezed(block.line) == wanted or seen.endswith(wanted)):
            position = count
            break
    if position == 0:
        position = next(
            (count for count, b in enumerate(blocks, start=1) if b.form is Form.TEXT and not b.mark), 0
        )
        if position > 1 and any(block.mark for block in blocks[: position - 1]):
            position = 0
    while position < len(blocks) and _belongs_to_title(blocks[position]):
        position += 1
    return position


def _belongs_to_title(block: Block) -> bool:
    if block.form is Form.MARKUP:
        return True
    if block.form is Form.TABLE or block.mark in CONTAINERS or block.mark is Mark.ARTICLE:
        return False
    line = block.line
    if line[0] in "（(" and line[-1] in "）)" and block.mark is None:
        return True
    if block.mark is not None:
        return False
    if re.match(r"根据|[12１２][0-9０-９]{3}年", line) and _ADOPTED.search(line) and block.last not in "。：":
        return True
    return len(line) <= 60 and block.last not in "。：:！？；，" and "。" not in line and not block.indented


def find_contents(blocks: list[Block], start: int) -> range:
    """Return the positions of a table of contents at the front; empty when there is none.

    It is what stands after 「目录」, or a run of chapters with nothing between them, up to where its first entry
    comes again as a heading.
    """
    for position in range(min(len(blocks), start + 30)):
        if _CONTENTS.fullmatch(blocks[position].line) and position + 1 < len(blocks):
            again = _again(blocks, position + 1)
            return range(position, again) if again else range(0)
    first = next((p for p in range(start, len(blocks)) if blocks[p].mark in CONTAINERS), None)
    if first is None or first + 1 >= len(blocks) or blocks[first + 1].mark not in CONTAINERS:
        return range(0)
    again = _again(blocks, first)
    if again and all(
        block.mark in CONTAINERS or block.form is not Form.TEXT for block in blocks[first:again]
    ):
        return range(first, again)
    return range(0)


def _again(blocks: list[Block], first: int) -> int | None:
    entry = _entry(blocks[first].line)
    return next((p for p in range(first + 1, len(blocks)) if entry and _entry(blocks[p].line) == entry), None)


def _entry(line: str) -> str:
    return re.sub(r"[.…·．\s\u3000]*[（(]?[0-9]*[）)]?$", "", squeezed(line))


def annex_number(block: Block) -> str | None:
    """Return the number that a line such as 「附件2」 prints (empty for 「附件」); None when it opens no annex."""
    match = _ANNEX.fullmatch(block.line) if block.form is Form.TEXT and block.line.startswith("附") else None
    return None if match is None else match.group(1) or ""


def titled_annex_number(blocks: list[Block], position: int) -> str | None:
    """Return the number of an annex that is opened with its title on one line: 「附件2：登记表」.

    Several such lines in a row, or one below 「附件：」, only list what is enclosed.
    """
    match = _TITLED_ANNEX.fullmatch(blocks[position].line)
    if match is None or blocks[position].ends or blocks[position].mark is not None:
        return None
    around = blocks[max(0, position - 1) : position] + blocks[position + 1 : position + 2]
    listed = any(_TITLED_ANNEX.fullmatch(block.line) or _ENCLOSURES.match(block.line) for block in around)
    return None if listed or position + 1 == len(blocks) else match.group(1)


def find_closing(blocks: list[Block], start: int, end: int, *, after_articles: bool) -> int:
    """Return where the lines that close ``blocks[start:end]`` begin: 附件：…, signatures, the date; ``end`` if none.

    ``after_articles`` says that everything from ``start`` on follows the last article's first line, so that a bare
    line cannot be anything else.
    """
    for position in range(start, end):
        block = blocks[position]
        encloses = block.mark is None and _ENCLOSURES.match(block.line)
        if encloses and all(len(other.line) <= _LONGEST_LISTED for other in blocks[position:end]):
            return position
    closing, dated = end, False
    for position in range(end - 1, max(start, end - _MOST_SIGNATURES) - 1, -1):
        block = blocks[position]
        if block.form is not Form.TEXT or block.mark is not None or block.hashes:
            break
        dated = dated or DATE.match(block.line) is not None
        if not (DATE.match(block.line) or _FORMULA.fullmatch(block.line) or _is_signature(block)):
            break
        closing = position
    if closing < end and (dated or after_articles or _FORMULA.fullmatch(blocks[closing].line)):
        return closing
    return end


def _is_signature(block: Block) -> bool:
    return (
        len(block.line) <= _LONGEST_SIGNATURE
        and block.last not in "。；：！？;:，、"
        and "。" not in block.line
    )


def squeezed(text: str) -> str:
    """Return ``text`` without white space and with one kind of bracket, for comparing titles."""
    return re.sub(r"[\s\u200b\ufeff*#]", "", text).translate(_SAME)


_SAME = str.maketrans("（）〔〕［］【】—–－", "()[][][]---")
