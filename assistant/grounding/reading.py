"""Read the leaves of a library for comparison, each once."""

import re
from weakref import WeakKeyDictionary

from assistant.grounding.plain import plain, quoted, titled
from assistant.grounding.source import Source
from assistant.grounding.wording import load_wording
from corpus.document import Level
from corpus.library import Library

_READ: WeakKeyDictionary[Library, dict[str, Source]] = WeakKeyDictionary()


def source_of(library: Library, leaf: str) -> Source:
    """Return a leaf read for comparison; the reading is kept as long as the library."""
    known = _READ.setdefault(library, {})
    if leaf not in known:
        known[leaf] = _read(library, leaf)
    return known[leaf]


def outline_of(library: Library, node: str) -> Source | None:
    """Return the headings of a node's children as one source, or None when it has none."""
    known = _READ.setdefault(library, {})
    key = f"{node}#outline"
    if key not in known:
        document = library.document_of(node)
        titles = [
            re.sub(r"^[(（]?[一二三四五六七八九十\d]+[)）、.]?", "", library.quote_of(leaf.id).text)
            for child in document.provisions[node].children
            for leaf in child.children[:1]
            if leaf.level is Level.TITLE
        ]
        if not titles:
            return None
        titled = document.provisions[node].children[-1].id
        known[key] = _make(
            library, key, "、".join(title.rstrip("。") for title in titles), _context(library, titled)
        )
    return known[key]


def _read(library: Library, leaf: str) -> Source:
    return _make(library, leaf, library.quote_of(leaf).text, _context(library, leaf))


def _make(library: Library, id: str, text: str, context: tuple[str, str]) -> Source:
    headings, titles = context
    return Source(
        id=id,
        text=_lines(text),
        context=_lines(f"{headings}\n{titles}"),
        headings=_lines(headings),
        number=_number(library, id),
        of=_siblings(library, id),
        titles=titled(text),
        quotes=frozenset(quoted(text)) | frozenset(quoted(context[0])),
        wording=load_wording(),
    )


def _number(library: Library, id: str) -> str:
    provision = library.provision(id.partition("#outline")[0])
    while not provision.number and provision.parent is not None:
        provision = library.provision(provision.parent)
    return provision.number


def _siblings(library: Library, id: str) -> int:
    provision = library.provision(id.partition("#outline")[0])
    while not provision.number and provision.parent is not None:
        provision = library.provision(provision.parent)
    if provision.parent is None:
        return 0
    return sum(bool(child.number) for child in library.provision(provision.parent).children)


def _lines(text: str) -> str:
    """Return the plain form of a text whose lines are sentences of their own."""
    return "。".join(filter(None, map(plain, text.split("\n"))))


def _context(library: Library, id: str) -> tuple[str, str]:
    """Return the headings above a provision, and the names of its document."""
    document = library.document_of(id)
    headings: list[str] = []
    provision = document.provisions[id]
    while provision.parent is not None:
        provision = document.provisions[provision.parent]
        headings += [
            library.quote_of(child.id).text
            for child in provision.children
            if child.level is Level.TITLE and child.id != id and provision is not document.root
        ]
    front = document.front
    return "。".join(headings), "。".join(filter(None, (front.title, front.short_title, *front.aliases)))
