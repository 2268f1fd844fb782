"""Lay the whole corpus out, node by node, for people and programs to look at."""

from collections.abc import Iterator

from corpus.citation import cite
from corpus.library import Library


def show_rows(library: Library) -> Iterator[dict[str, object]]:
    """Yield every node and leaf of every document, in order, as JSON values.

    ``start`` and ``end`` are code points of the document's text after the front matter, and ``text`` is exactly
    what lies between them; a leaf carries the label of the node that it belongs to.
    """
    for document in library.texts:
        for provision in document.root.walk():
            yield {
                "id": provision.id,
                "document": document.slug,
                "label": cite(library, provision.id),
                "parent": provision.parent,
                "leaf": provision.is_leaf,
                "start": provision.span.start,
                "end": provision.span.end,
                "text": document.text_of(provision),
            }
