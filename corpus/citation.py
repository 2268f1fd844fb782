"""Print the citation of a provision, and find the provisions that a citation means."""

import re
from collections.abc import Iterator, Sequence

from corpus.document import Document, Level, Provision
from corpus.library import Library
from corpus.numerals import write_compound, write_number
from corpus.place import read_english_steps, read_steps
from corpus.reference import Reference, find_references, resolve
from corpus.titles import fold

__all__ = ["Reference", "cite", "cite_full", "cite_short", "find_references", "owner", "resolve"]

_CHINESE_UNITS = {
    Level.PART: "编",
    Level.CHAPTER: "章",
    Level.SECTION: "节",
    Level.PARAGRAPH: "款",
    Level.ITEM: "项",
    Level.SUBITEM: "目",
}
_ENGLISH_WORDS = {
    Level.PART: "Book",
    Level.CHAPTER: "Chapter",
    Level.SECTION: "Section",
    Level.ARTICLE: "Article",
    Level.PARAGRAPH: "paragraph",
    Level.ITEM: "item",
    Level.SUBITEM: "subitem",
    Level.HEADING: "Part",
    Level.POINT: "point",
    Level.SUBPOINT: "subpoint",
    Level.ANNEX: "Annex",
}
_OUTLINE = frozenset({Level.HEADING, Level.SUBHEADING, Level.POINT, Level.SUBPOINT})
_CONTAINERS = frozenset({Level.PART, Level.CHAPTER, Level.SECTION})


def cite(library: Library, id: str, language: str = "zh") -> str:
    """Return the canonical citation: 《title》第二条第一款第三项, 《title》二、(一), or in English Guideline, Article 3.

    A leaf is cited as the node that it belongs to. Whatever the language of the title, the citation resolves back
    to exactly that node. Raises UnknownProvision.
    """
    document, place = library.document_of(id), _place(library, id, language)
    if language == "en":
        title = library.titles.english(document.slug)
        return f"{title}, {place}" if place else title
    return library.titles.label(document.slug) + place


def cite_short(library: Library, id: str, language: str = "zh") -> str:
    """Return the citation as a chip shows it: 指引·第四条, or Guideline · Article 4. Raises UnknownProvision."""
    document, place = library.document_of(id), _place(library, id, language)
    if language == "en":
        title = library.titles.english(document.slug)
        return f"{title} · {place}" if place else title
    title = library.titles.chip(document.slug)
    return f"{title}·{place}" if place else title


def cite_full(library: Library, id: str, language: str = "zh") -> str:
    """Return the citation as a letter has it: 《title》（文号）第四条. Raises UnknownProvision."""
    document, place = library.document_of(id), _place(library, id, language)
    number = document.front.number
    if language == "en":
        title = document.front.title_en or library.titles.label(document.slug)
        title = f"{title} ({number})" if number else title
        return f"{title}, {place}" if place else title
    title = library.titles.label(document.slug)
    return f"{title}（{number}）{place}" if number and number not in title else title + place


def owner(library: Library, id: str) -> Provision:
    """Return the node that a leaf belongs to, or the node itself. Raises UnknownProvision."""
    provision = library.provision(id)
    if provision.is_leaf and provision.parent is not None:
        return library.provision(provision.parent)
    return provision


def _place(library: Library, id: str, language: str) -> str:
    """Return the citation without its title, such that it leads back to the node."""
    document, node = library.document_of(id), owner(library, id)
    if node.parent is None:
        return ""
    steps = list(_steps(document, node))
    place = _english(document, steps) if language == "en" else _chinese(document, steps)
    read = read_english_steps(fold(place), 0)[0] if language == "en" else read_steps(fold(place), 0)[0]
    meant = [id for ids in library.places(document.slug).walk(read) for id in ids] if read else []
    if meant == [node.id]:
        return place
    if node.id not in meant:
        return f"{place}[{node.id}]"
    count = meant.index(node.id) + 1
    return f"{place} (occurrence {count})" if language == "en" else f"{place}（同号第{count}处）"


def _steps(document: Document, node: Provision) -> Iterator[Provision]:
    """Yield the nodes that a citation of ``node`` names, from the outermost.

    An article is named without its chapter, whatever it stands in; only an annex comes before it.
    """
    named = [node]
    while node.parent is not None:
        parent = document.provisions[node.parent]
        inner = named[-1]
        leads = parent.level is not Level.DOCUMENT and inner.id.startswith(f"{parent.id}/")
        in_chapter = inner is node and node.level is Level.SECTION and parent.level is Level.CHAPTER
        if leads or in_chapter or parent.level is Level.ANNEX:
            named.append(parent)
        node = parent
    return reversed(named)


def _chinese(document: Document, steps: Sequence[Provision]) -> str:
    written = ""
    for position, step in enumerate(steps):
        last = position == len(steps) - 1
        if step.level in _OUTLINE:
            written += _outline_step(document, step, last=last)
        elif step.level is Level.ARTICLE:
            number, inserted = write_compound(step.number)
            written += f"第{number}条{inserted}"
        elif step.level is Level.ANNEX:
            written += "附件" + step.number
        elif step.level is Level.PREAMBLE:
            written += "引言"
        elif step.level is Level.PARAGRAPH and not any(s.level is Level.ARTICLE for s in steps):
            written += f"第{write_number(int(step.number))}自然段"
        else:
            unit = "分编" if "/subpart/" in step.id else _CHINESE_UNITS[step.level]
            written += f"第{write_number(int(step.number))}{unit}"
    return written


def _outline_step(document: Document, step: Provision, *, last: bool) -> str:
    if step.level is Level.HEADING:
        if not step.number:
            return f"“{_heading(document, step)}”"
        written = write_number(int(step.number))
        return f"第{written}部分" if last else f"{written}、"
    if step.level is Level.POINT:
        return step.number
    printed = re.match(r"[#\s\u200b*]*([（(]\s*[^（()）]{1,4}\s*[）)]|[①-⑳])", document.text_of(step))
    return re.sub(r"\s", "", printed.group(1)) if printed else f"（{write_number(int(step.number))}）"


def _heading(document: Document, step: Provision) -> str:
    """Return the words of a heading without a number, as many as tell it apart."""
    title = document.text_of(step.children[0]).strip().strip("#*\u200b").strip()
    return re.split(r"[”\"」\r\n]", title)[0][:40].strip()


def _english(document: Document, steps: Sequence[Provision]) -> str:
    written = ""
    for step in steps:
        join = ", " if written else ""
        if step.level is Level.PREAMBLE:
            written += join + "Preamble"
        elif step.level is Level.SUBHEADING:
            written += f"({step.number})" if written else f"item {step.number}"
        elif step.level is Level.HEADING and not step.number:
            written += f"{join}“{_heading(document, step)}”"
        else:
            word = "Sub-book" if "/subpart/" in step.id else _ENGLISH_WORDS[step.level]
            written += f"{join}{word if written else word.capitalize()} {step.number}"
    return written
