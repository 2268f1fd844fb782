"""Set an official text as HTML: its own characters, in its own order, with quoted words marked."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from assistant.web.within import Hit
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


def set_text(
    document: Document,
    *,
    quote: Span | None,
    chosen: Span | None,
    english: Mapping[str, str],
    hits: Sequence[Hit] = (),
    at: Hit | None = None,
) -> str:
    """Return the whole text as HTML.

    The words of ``quote`` are marked, or every one of ``hits`` with ``at`` set off from the others; the provision of
    ``chosen`` is set off too. ``english`` holds translations by the id of a stop, and each is printed under it.
    """
    stops = stops_of(document)
    leaves = _Leaves(document)
    marks = _Marks(
        [(quote, "<mark>")] if quote else [(hit.span, _tag(hit, at)) for hit in hits if not hit.stop]
    )
    rows: list[str] = []
    for id, group in groupby(_lines(document, stops), key=lambda line: line.stop):
        held = list(group)
        printed = "".join(_paragraph(document, leaves, line, marks) for line in held)
        if not id:
            rows.append(printed)
            continue
        if id in english:
            found = _Marks([(hit.span, _tag(hit, at)) for hit in hits if hit.stop == id])
            text = english[id]
            printed += f'<p class="translation" lang="en">{found.set(text, 0, len(text))}</p>'
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


def _paragraph(document: Document, leaves: _Leaves, line: _Line, marks: "_Marks") -> str:
    held = leaves.over(line.start, line.end)
    kind = _kind(document, held[0], line)
    pieces = []
    for leaf in held:
        printed = marks.set(document.text, max(leaf.span.start, line.start), min(leaf.span.end, line.end))
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


def _tag(hit: Hit, at: Hit | None) -> str:
    return '<mark class="hit now" aria-current="true">' if hit is at else '<mark class="hit">'


class _Marks:
    """Spans to be marked, in order and apart from each other, each with its opening tag."""

    def __init__(self, spans: Sequence[tuple[Span, str]]) -> None:
        self.spans = spans
        self.starts = [span.start for span, _ in spans]

    def set(self, text: str, start: int, end: int) -> str:
        """Return ``text[start:end]`` as HTML with what is marked of it."""
        said, at = "", start
        for span, tag in self.spans[
            max(0, bisect_right(self.starts, start) - 1) : bisect_left(self.starts, end)
        ]:
            first, last = max(at, span.start), min(end, span.end)
            if first < last:
                said += f"{escape(text[at:first])}{tag}{escape(text[first:last])}</mark>"
                at = last
        return said + escape(text[at:end])
