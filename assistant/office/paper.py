"""Hold what is to be printed: a title and blocks, as plain data."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.question import Language

_UNPRINTABLE = re.compile(r"[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


def printable(text: str) -> str:
    """Return the text without the control characters that an office file cannot hold."""
    return _UNPRINTABLE.sub("", text)


class Kind(StrEnum):
    """What a paragraph is."""

    BODY = "body"
    STRONG = "strong"
    """A line that leads, or the name of what follows."""
    ITEM = "item"
    """One of a list; its mark is set for it."""
    QUOTE = "quote"
    """Words of an official text."""
    SOURCE = "source"
    """Where the words before it stand."""
    NOTE = "note"
    """A remark, in smaller letters."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is below the title."""

    words: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    words: str
    kind: Kind = Kind.BODY


Cell = str | Sequence[Text]
"""One line, or several paragraphs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table. Its head is repeated on every page, and its first column names the rows where ``row_heads`` is set."""

    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[float] = ()
    """The shares of the columns; equal when empty."""
    row_heads: bool = True
    joined: bool = False
    """Whether neighbouring cells of a row that say the same are set as one."""

    def __post_init__(self) -> None:
        wrong = [row for row in self.rows if len(row) != len(self.head)]
        if wrong or (self.widths and len(self.widths) != len(self.head)):
            raise ValueError(f"a table of {len(self.head)} columns has a row or widths of another length")


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a page."""


Block = Heading | Text | Grid | PageBreak


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """Everything that a file says, apart from the label, which is printed on every paper."""

    title: str
    blocks: Sequence[Block]
    language: Language = Language.CHINESE
    landscape: bool = False

    def lines(self) -> Iterator[str]:
        """Yield every paragraph in the order in which it is read, cell by cell in tables."""
        yield self.title
        for block in self.blocks:
            match block:
                case Heading(words) | Text(words):
                    yield words
                case Grid():
                    yield from block.head
                    for row in block.rows:
                        for cell in row:
                            yield from [cell] if isinstance(cell, str) else (text.words for text in cell)
                case PageBreak():
                    pass
