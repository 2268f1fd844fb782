"""Set a reply as plain text, with its citations in full: what a person pastes into a letter."""

import re
from collections.abc import Sequence

from assistant.answer import Cited, Reply
from assistant.web.blocks import Block, Grid, Heading, Listing, Paragraph, Quoted, read_blocks
from assistant.web.strings import Strings
from corpus.citation import cite_full
from corpus.library import Library

STRONG = re.compile(r"\*\*(.+?)\*\*")


def letter(reply: Reply, library: Library, strings: Strings) -> str:
    """Return the answer with every source as 《title》（number）第四条 and the words quoted from it."""
    said = [plain(block) for block in read_blocks(reply.answer) if not _repeats(block, reply)]
    parts = [strings.copy_head, *said]
    if reply.citations:
        listed = (
            f"{number}. {cite_full(library, cited.provision)}\n   {one_line(cited.quote)}"
            for number, cited in enumerate(reply.citations, start=1)
        )
        parts.append("\n".join([strings.copy_sources, *listed]))
    parts += [*reply.notes, *([reply.next_step] if reply.next_step else [])]
    return "\n\n".join(part for part in parts if part)


def plain(block: Block) -> str:
    """Return a block without its marks: cells of a table stand between tabs."""
    match block:
        case Heading(line):
            return line
        case Paragraph(held):
            return STRONG.sub(r"\1", "\n".join(held))
        case Listing(items, numbered, head):
            marks = (f"{number}. " if numbered else "· " for number in range(1, len(items) + 1))
            listed = (mark + STRONG.sub(r"\1", item) for mark, item in zip(marks, items, strict=True))
            return "\n".join([*([head] if head else []), *listed])
        case Grid(head, rows):
            return "\n".join("\t".join(row) for row in (head, *rows))
        case Quoted(held, label):
            return "".join(held) + (f"——{label}" if label else "")


def quotations(block: Quoted, citations: Sequence[Cited]) -> tuple[tuple[tuple[str, ...], Cited | None], ...]:
    """Divide a quotation block into the quotations it holds, each with its citation, or ``None`` where there is none."""
    fitting = [(cited, _printed(cited)) for cited in citations if cited.label == block.label]
    found: list[tuple[tuple[str, ...], Cited | None]] = []
    at = 0
    while at < len(block.lines):
        rest = tuple(line.strip() for line in block.lines[at:])
        cited, length = next(
            ((cited, len(printed)) for cited, printed in fitting if rest[: len(printed)] == printed),
            (None, 1),
        )
        found.append((tuple(block.lines[at : at + length]), cited))
        at += length
    return tuple(found)


def _printed(cited: Cited) -> tuple[str, ...]:
    return tuple(line.strip() for line in cited.quote.splitlines() if line.strip())


def one_line(text: str) -> str:
    """Return a quotation without the line breaks of its source."""
    return "".join(text.split("\n")).strip()


def _repeats(block: Block, reply: Reply) -> bool:
    return isinstance(block, Quoted) and all(cited for _, cited in quotations(block, reply.citations))
