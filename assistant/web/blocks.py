"""Read the light markup of an answer: headings, paragraphs, lists, tables, quotations."""

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A line over what follows it."""

    line: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Items of a list, with the line that introduces it, if any."""

    items: tuple[str, ...]
    numbered: bool
    head: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its head and its rows, as wide as the head."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of a text, and the label of where they stand (empty where none is given)."""

    lines: tuple[str, ...]
    label: str


Block = Heading | Paragraph | Listing | Grid | Quoted

_HEADING = re.compile(r"#{1,6}\s+(?P<words>\S.*)")
_BULLET = re.compile(r"[-*•]\s+")
_NUMBER = re.compile(r"\d{1,2}[.、)]\s+")
_RULE = re.compile(r"\|?[\s:|-]*-[\s:|-]*\|?")
_ATTRIBUTION = "——"


def read_blocks(answer: str) -> tuple[Block, ...]:
    """Return the blocks of an answer in order. Whatever is no other block is a paragraph."""
    return tuple(
        block for part in re.split(r"\n[ \t]*\n", answer) for block in _blocks(part.strip("\n").split("\n"))
    )


def _blocks(lines: list[str]) -> Iterator[Block]:
    lines = [line for line in lines if line.strip()]
    if not lines:
        return
    heading = _HEADING.fullmatch(lines[0].strip())
    if heading:
        yield Heading(heading["words"])
        yield from _blocks(lines[1:])
    elif all(line.lstrip().startswith(">") for line in lines):
        yield _quoted([line.lstrip()[1:].removeprefix(" ") for line in lines])
    elif len(lines) > 1 and lines[0].lstrip().startswith("|") and _RULE.fullmatch(lines[1].strip()):
        head = _cells(lines[0])
        rows = (_cells(line) for line in lines[2:])
        yield Grid(head, tuple((row + ("",) * len(head))[: len(head)] for row in rows))
    else:
        yield from _listing_or_paragraph(lines)


def _listing_or_paragraph(lines: list[str]) -> Iterator[Block]:
    for mark, numbered in ((_BULLET, False), (_NUMBER, True)):
        marked = [bool(mark.match(line.lstrip())) for line in lines]
        first = marked.index(True) if any(marked) else len(lines)
        if first > 1 or first == len(lines) or not all(marked[first:]):
            continue
        items = tuple(mark.sub("", line.lstrip(), count=1).strip() for line in lines[first:])
        yield Listing(items, numbered, lines[0].strip() if first else "")
        return
    yield Paragraph(tuple(line.strip() for line in lines))


def _quoted(lines: list[str]) -> Quoted:
    if len(lines) > 1 and lines[-1].strip().startswith(_ATTRIBUTION):
        return Quoted(tuple(lines[:-1]), lines[-1].strip().removeprefix(_ATTRIBUTION).strip())
    return Quoted(tuple(lines), "")


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|"))
