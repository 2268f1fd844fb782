"""Hold slides as plain data, and divide what is too long for one of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar
from unicodedata import east_asian_width

from assistant.office.paper import Cell, Grid, Kind, Text
from assistant.question import Language

T = TypeVar("T")

_PAUSE = re.compile(r"[^。；，.;,]*[。；，.;,]+[”’》)）\s]*|[^。；，.;,]+$")
_SHORT_PAUSE = re.compile(r"[^、：: ]*[、：: ]+|[^、：: ]+$")

SIZES = {
    Kind.QUOTE: 30,
    Kind.STRONG: 26,
    Kind.BODY: 24,
    Kind.ITEM: 24,
    Kind.SOURCE: 16,
    Kind.NOTE: 16,
}
"""Points. What is quoted is largest."""
LEADING = 1.35
WIDTH, HEIGHT = 816.0, 352.0
"""Points of the room that a slide has below its title."""
GAP = 8.0
"""Points between two paragraphs."""
GRID_SIZE = 15
"""Points of the letters in a table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slide:
    """One slide: a title, paragraphs or a table, and what is said while it is shown."""

    title: str
    body: Sequence[Text] | Grid = ()
    notes: Sequence[str] = ()
    opens: bool = False
    """Whether a new part begins here; such a slide has its title in the middle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deck:
    """All slides. The first one is made of title and subtitle, with the label."""

    title: str
    subtitle: Sequence[str]
    slides: Sequence[Slide]
    language: Language = Language.CHINESE

    def lines(self) -> Iterator[str]:
        """Yield every line that is shown, slide by slide, apart from the label."""
        yield self.title
        yield from self.subtitle
        for slide in self.slides:
            yield slide.title
            if isinstance(slide.body, Grid):
                for row in (slide.body.head, *slide.body.rows):
                    for cell in row:
                        yield from [cell] if isinstance(cell, str) else (text.words for text in cell)
            else:
                yield from (text.words for text in slide.body)


def width_of(words: str) -> float:
    """Return how wide words are set, in widths of a Chinese character."""
    return sum(1.0 if east_asian_width(character) in "WFA" else 0.56 for character in words)


def height_of(text: Text) -> float:
    """Return how high a paragraph is set, in points, erring on the high side."""
    size = SIZES[text.kind]
    # A bullet stands before an item, and a line ends before a word that does not fit.
    line = WIDTH / size - (1.5 if text.kind is Kind.ITEM else 0.5)
    lines = sum(max(1.0, -(-width_of(part) // line)) for part in text.words.splitlines() or [""])
    return lines * size * LEADING + GAP


def row_height(row: Sequence[Cell], widths: Sequence[float]) -> float:
    """Return how high a row of a table is set, in points; ``widths`` are the shares of its columns."""
    lines = 1.0
    for cell, share in zip(row, widths, strict=True):
        held = [cell] if isinstance(cell, str) else [text.words for text in cell]
        # Some points stay free on either side of a cell.
        room = (WIDTH * share / sum(widths) - 12) / GRID_SIZE
        lines = max(lines, sum(max(1.0, -(-width_of(words) // room)) for words in held))
    return lines * GRID_SIZE * LEADING + 4


def rows_paged(grid: Grid) -> list[Grid]:
    """Divide a table into tables that slides hold, each under the same head."""
    widths = grid.widths or [1.0] * len(grid.head)
    spare = HEIGHT - row_height(list(grid.head), widths)
    pages: list[list[Sequence[Cell]]] = []
    room = 0.0
    for row in grid.rows:
        height = row_height(row, widths)
        if not pages or height > room:
            pages.append([])
            room = spare
        pages[-1].append(row)
        room -= height
    return [Grid(head=grid.head, rows=rows, widths=grid.widths, row_heads=grid.row_heads) for rows in pages]


def title_size(words: str, largest: int, height: float) -> int:
    """Return the size at which a title fits into its place; never less than can be read."""
    for size in range(largest, 13, -2):
        if -(-width_of(words) // (WIDTH / size - 1)) * size * 1.25 <= height:
            return size
    return 14


def paged(texts: Sequence[Text], *, spare: float = 0.0) -> list[list[Text]]:
    """Divide paragraphs into slides that hold them and ``spare`` points more; a paragraph stays whole."""
    pages: list[list[Text]] = []
    room = 0.0
    for text in texts:
        height = height_of(text)
        if not pages or height > room:
            pages.append([])
            room = HEIGHT - spare
        pages[-1].append(text)
        room -= height
    return pages


def evenly(row: Sequence[T], most: int) -> list[Sequence[T]]:
    """Divide a row into parts of at most ``most``, of about the same length."""
    count = -(-len(row) // most)
    edges = [round(number * len(row) / count) for number in range(count + 1)] if count else []
    return [row[start:end] for start, end in pairwise(edges)]


def pieces(words: str, longest: int) -> list[str]:
    """Divide a long text where it pauses, into pieces of at most ``longest`` characters that join to the same text.

    A stretch without a pause is divided where it gets too long; no words are one empty piece.
    """
    stretches = [
        part
        for whole in _PAUSE.findall(words) or [words]
        for part in (_SHORT_PAUSE.findall(whole) if len(whole) > longest else [whole])
    ]
    count = max(1, -(-len(words) // longest))
    fair = len(words) / count
    made = [""]
    for stretch in stretches:
        for start in range(0, len(stretch), longest):
            part = stretch[start : start + longest]
            full = len(made[-1]) + len(part) > longest
            fairer = len(made) < count and len(made[-1]) + len(part) / 2 > fair
            if made[-1] and (full or fairer):
                made.append("")
            made[-1] += part
    return made
