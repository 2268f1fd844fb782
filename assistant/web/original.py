"""Set an official text as HTML: its own characters, in its own order, with quoted words marked."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import groupby

from corpus.document import Document, Level, Provision, Span

_ALWAYS = frozenset({Level.ARTICLE, Level.PREAMBLE, Level.SUBHEADING})
"""Provisions that people turn to one by one, whatever they contain."""

WIDE_SPACE = "\u3000"


def stops_of(document: Document) -> tuple[Provision, ...]:
    """Return the provisions at which a reader stops when walking, in the order of the text.

    Articles, preambles and （一） wherever there are any; else the deepest headings. A document that is one piece
    is its own only stop.
    """
    return tuple(_stops(document.root)) or (document.root,)


def _stops(node: Provision) -> Iterator[Provision]:
    for child in node.children:
        if "#" in child.id:
            continue
        below = () if child.level in _ALWAYS else tuple(_stops(child))
        yield from below or (child,)


def stop_at(stops: tuple[Provision, ...], span: Span) -> int | None:
    """Return the position of the stop that holds the start of ``span``; None for a title or a closing line."""
    return next((n for n, stop in enumerate(stops) if stop.span.start <= span.start < stop.span.end), None)


@dataclass(frozen=True, slots=True)
class _Line:
    """A printed line of the text that is not blank."""

    start: int
    end: int
    stop: str
    """Id of the provision to walk to that it belongs to; empty for titles and closing lines."""


def set_text(document: Document, *, quote: Span | None, chosen: Span | None, english: dict[str, str]) -> str:
    """Return the whole text as HTML.

    The words of ``quote`` are marked; the provision of ``chosen`` is set off. ``english`` holds translations by the
    id of a stop, and each is printed under it.
    """
    stops = stops_of(document)
    leaves = _Leaves(document)
    rows: list[str] = []
    for id, group in groupby(_lines(document, stops), key=lambda line: line.stop):
        held = list(group)
        printed = "".join(_paragraph(document, leaves, line, quote) for line in held)
        if not id:
            rows.append(printed)
            continue
        if id in english:
            printed += f'<p class="translation" lang="en">{escape(english[id])}</p>'
        current = chosen is not None and any(
            chosen.start < line.end and line.start < chosen.end for line in held
        )
        mark = ' class="provision current" aria-current="true"' if current else ' class="provision"'
        rows.append(f'<section id="{escape(anchor(id))}"{mark}>{printed}</section>')
    return "".join(rows)


def anchor(id: str) -> str:
    """Return the HTML id of a provision."""
    return f"p-{id}"


def _lines(document: Document, stops: tuple[Provision, ...]) -> Iterator[_Line]:
    at = 0
    position = 0
    for raw in document.text.splitlines(keepends=True):
        start, position = position, position + len(raw)
        if not raw.strip():
            continue
        end = start + len(raw.rstrip("\r\n"))
        while at < len(stops) and stops[at].span.end <= start:
            at += 1
        inside = at < len(stops) and stops[at].span.start <= start
        yield _Line(start, end, stops[at].id if inside else "")


class _Leaves:
    """The leaves of a document, found by place."""

    def __init__(self, document: Document) -> None:
        self.all = document.leaves
        self.starts = [leaf.span.start for leaf in self.all]

    def over(self, start: int, end: int) -> tuple[Provision, ...]:
        """Return the leaves that have characters in ``[start, end)``."""
        return self.all[bisect_right(self.starts, start) - 1 : bisect_left(self.starts, end)]


def _paragraph(document: Document, leaves: _Leaves, line: _Line, quote: Span | None) -> str:
    held = leaves.over(line.start, line.end)
    kind = _kind(document, held[0], line)
    pieces = []
    for leaf in held:
        printed = _marked(
            document.text, max(leaf.span.start, line.start), min(leaf.span.end, line.end), quote
        )
        heading = leaf.id.endswith("#0") and kind == "text"
        pieces.append(f"<strong>{printed}</strong>" if heading else printed)
    tag = {"title": "h2", "heading": "h3"}.get(kind, "p")
    return f'<{tag} class="{kind}">{"".join(pieces)}</{tag}>'


def _kind(document: Document, first: Provision, line: _Line) -> str:
    words = document.text[line.start : line.end]
    if words.strip() == document.front.title:
        return "title"
    if first.id.endswith("#0") and first.span.end >= line.end:
        return "opening" if first.id == f"{document.slug}#0" else "heading"
    if words.endswith(WIDE_SPACE) and not words.startswith(WIDE_SPACE):
        return "signature"
    return "text"


def _marked(text: str, start: int, end: int, quote: Span | None) -> str:
    if quote is None or quote.end <= start or end <= quote.start:
        return escape(text[start:end])
    first, last = max(start, quote.start), min(end, quote.end)
    return f"{escape(text[start:first])}<mark>{escape(text[first:last])}</mark>{escape(text[last:end])}"
