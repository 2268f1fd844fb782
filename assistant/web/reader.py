"""Show an official text beside the chat, or on a page of its own: ``/read/<document>?p=guide/4&q=209-304``."""

from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from assistant.question import Language
from assistant.web.original import set_text, stop_at, stops_of
from assistant.web.strings import Strings
from corpus.citation import cite_short
from corpus.document import Document, Provision, Span
from corpus.library import Library

_FEW_DOCUMENTS = 6
"""So many are offered as a row of names; more are folded into a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What is to be shown of the library."""

    document: Document
    provision: str = ""
    """The id asked for; empty for the whole document."""
    quote: Span | None = None
    both: bool = False
    """Whether the English is printed under the Chinese."""
    trouble: str = ""
    """A sentence about what could not be found."""

    @property
    def chosen(self) -> Span | None:
        """The span of the provision asked for."""
        return self.document.provisions[self.provision].span if self.provision else None


def find_place(
    library: Library,
    strings: Strings,
    *,
    slug: str = "",
    provision: str = "",
    quote: str = "",
    both: bool = False,
) -> Place:
    """Return the place that an address names; whatever it names wrongly is left out and said in ``trouble``."""
    id = provision if provision in library else ""
    trouble = "" if id or not provision else strings.no_such_provision.format(provision=provision[:80])
    slugs = {document.slug for document in library.documents}
    if id:
        document = library.document_of(id)
    else:
        document = library.document(slug) if slug in slugs else library.documents[0]
    span = _span(quote, len(document.text)) if id else None
    if quote and id and span is None:
        trouble = strings.quotation_gone
    if id == document.slug and document.root.children and span is None:
        id = ""
    return Place(document=document, provision=id, quote=span, both=both, trouble=trouble)


def _span(quote: str, length: int) -> Span | None:
    start, _, end = quote.partition("-")
    if not (start.isascii() and start.isdigit() and end.isascii() and end.isdigit()):
        return None
    first, last = int(start), int(end)
    return Span(first, last) if first < last <= length else None


def address(id: str, strings: Strings, *, span: Span | None = None, both: bool | None = None) -> str:
    """Return the address of a provision, with the words to mark."""
    slug = id.partition("#")[0].partition("/")[0]
    query = {} if id == slug else {"p": id}
    if span is not None:
        query = {"p": id, "q": f"{span.start}-{span.end}"}
    if strings.language is Language.ENGLISH:
        query["lang"] = "en"
    if both is not None:
        query["both"] = "1" if both else "0"
    return f"/read/{slug}" + (f"?{urlencode(query, safe='/')}" if query else "")


def pane(library: Library, place: Place, strings: Strings) -> str:
    """Return the reader's HTML: names of documents, what is known of this one, its text, and the way on."""
    document = place.document
    stops = stops_of(document)
    where = place.quote or place.chosen
    english: dict[str, str] = {}
    if place.both:
        found = ((stop.id, library.translation(stop.id)) for stop in stops)
        english = {id: text for id, text in found if text}
    at = None if where is None else stop_at(stops, where)
    notice = f'<p class="notice" role="status">{escape(place.trouble)}</p>' if place.trouble else ""
    note = ""
    if place.both:
        note = strings.translation_note if english else strings.no_translation
        note = f'<p class="notice">{escape(note)}</p>'
    return (
        f'<div class="reader" data-document="{escape(document.slug)}">'
        f'{_documents(library, document, strings)}<div class="folds">{_facts(document, strings)}{_outline(library, place, strings)}</div>{notice}{note}'
        f'<article class="original" lang="zh-Hans">'
        f"{set_text(document, quote=place.quote, chosen=place.chosen, english=english)}</article>"
        f"{_walk(library, place, at, strings)}</div>"
    )


def contents(library: Library, strings: Strings) -> str:
    """Return the list of all documents, for a reader that nothing has been opened in."""
    rows = "".join(
        f'<li><a href="{escape(address(document.slug, strings))}"><span class="name">{escape(title_of(document, strings))}</span>'
        f'<span class="facts">{escape(_dated(document, strings))}</span></a></li>'
        for document in library.documents
    )
    return f'<div class="reader"><h2 class="contents-title">{escape(strings.document_list)}</h2><ol class="contents">{rows}</ol></div>'


def short_name(document: Document, strings: Strings) -> str:
    """Return what people call a document: 指引."""
    front = document.front
    if strings.language is Language.ENGLISH:
        return front.short_title_en or front.title_en or front.short_title or front.title
    return front.short_title or front.title


def title_of(document: Document, strings: Strings) -> str:
    """Return a document's full title in the page's language."""
    front = document.front
    return (front.title_en or front.title) if strings.language is Language.ENGLISH else front.title


def _dated(document: Document, strings: Strings) -> str:
    front = document.front
    issued = front.issued_on and strings.date(
        front.issued_on.year, front.issued_on.month, front.issued_on.day
    )
    return " · ".join(part for part in (front.number, issued, front.status) if part)


def _documents(library: Library, shown: Document, strings: Strings) -> str:
    links = "".join(
        f'<a href="{escape(address(document.slug, strings))}"'
        f'{" aria-current=page" if document is shown else ""} title="{escape(title_of(document, strings))}">'
        f"{escape(short_name(document, strings))}</a>"
        for document in library.documents
    )
    row = f'<nav class="documents" aria-label="{escape(strings.document_list)}">{links}</nav>'
    if len(library.documents) <= _FEW_DOCUMENTS:
        return row
    return f'<details class="fold"><summary>{escape(strings.document_list)}</summary>{row}</details>'


def _facts(document: Document, strings: Strings) -> str:
    front = document.front
    rows = [(strings.status, _chinese(front.status)), (strings.issued_by, _chinese(front.issuer))]
    number = _chinese(front.number)
    if front.number_source:
        number += f' <span class="aside" lang="zh-Hans">{escape(front.number_source)}</span>'
    rows.append((strings.number, number))
    if front.official_page:
        link = f'<a href="{escape(front.official_page)}" rel="noreferrer noopener" target="_blank">{escape(front.official_page)}</a>'
        rows.append((strings.official_page, link))
    if front.checked_on:
        on = front.checked_on
        rows.append((strings.checked, escape(strings.date(on.year, on.month, on.day))))
    listed = "".join(f"<div><dt>{escape(name)}</dt><dd>{value}</dd></div>" for name, value in rows if value)
    unofficial = "" if front.official else f'<p class="notice">{escape(strings.not_official)}</p>'
    brief = _chinese(front.status) if front.status else escape(_dated(document, strings))
    if front.checked_on:
        brief += f" · {escape(strings.checked)} {rows[-1][1]}"
    return (
        f'<details class="fold facts"><summary><span class="key">{escape(strings.status)}</span>'
        f'<span class="brief">{brief}</span></summary>{unofficial}<dl>{listed}</dl></details>'
    )


def _chinese(words: str) -> str:
    """Set words that are Chinese on either page."""
    return f'<span lang="zh-Hans">{escape(words)}</span>' if words else ""


def _outline(library: Library, place: Place, strings: Strings) -> str:
    stops = stops_of(place.document)
    if len(stops) < 2:
        return ""
    items = "".join(
        f'<li><a href="{escape(address(stop.id, strings, both=place.both or None))}">'
        f"{escape(_place_in(library, stop.id, strings))}</a>"
        f'<span class="start" lang="zh-Hans">{escape(_beginning(place.document, stop))}</span></li>'
        for stop in stops
    )
    return f'<details class="fold outline"><summary>{escape(strings.contents)}</summary><ol>{items}</ol></details>'


def _shared(place: Place, strings: Strings) -> str:
    """Return the address that shows this place beside the chat: ``/?p=guide/4``."""
    query = {"p": place.provision or place.document.slug}
    if place.quote is not None:
        query["q"] = f"{place.quote.start}-{place.quote.end}"
    return f"{strings.path}?{urlencode(query, safe='/')}"


def _place_in(library: Library, id: str, strings: Strings) -> str:
    """Return the short citation without the name of its document."""
    name, dot, place = cite_short(library, id, language=strings.language.value).partition("·")
    return place.strip() if dot else name


def _beginning(document: Document, stop: Provision) -> str:
    """Return a provision's heading, or the first words of one that has none."""
    heading = next((child for child in stop.children if child.id.endswith("#0")), stop)
    words = " ".join(document.text_of(heading).split())
    return words if len(words) <= 32 else f"{words[:31]}…"


def _walk(library: Library, place: Place, at: int | None, strings: Strings) -> str:
    stops = stops_of(place.document)
    before = stops[at - 1] if at else None
    after = stops[0] if at is None else (stops[at + 1] if at + 1 < len(stops) else None)

    def link(stop: object, label: str, rel: str) -> str:
        id = getattr(stop, "id", "")
        if not id:
            return f'<span class="step off" aria-hidden="true">{escape(label)}</span>'
        href = escape(address(id, strings, both=place.both or None))
        return f'<a class="step" rel="{rel}" href="{href}">{escape(label)}</a>'

    here = cite_short(library, stops[at].id, language=strings.language.value) if at is not None else ""
    both = address(place.provision or place.document.slug, strings, span=place.quote, both=not place.both)
    own = address(place.provision or place.document.slug, strings, span=place.quote)
    steps = (
        f'{link(before, strings.previous, "prev")}<span class="here" aria-live="polite">{escape(here)}</span>'
        f"{link(after, strings.following, 'next')}"
    )
    return (
        f'<nav class="walk" aria-label="{escape(strings.reader)}">{steps if len(stops) > 1 else ""}'
        f'<a class="tool bilingual" href="{escape(both)}" role="button" aria-pressed="{str(place.both).lower()}">{escape(strings.bilingual)}</a>'
        f'<button type="button" class="tool share" value="{escape(_shared(place, strings))}">{escape(strings.share)}</button>'
        f'<a class="tool own-page" href="{escape(own)}" target="_blank" rel="noopener">{escape(strings.own_page)}</a></nav>'
    )
