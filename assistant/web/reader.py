"""Show an official text beside the chat, or on a page of its own: ``/read/<document>?p=guide/4&q=209-304``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from html import escape
from urllib.parse import urlencode, urlsplit

from assistant.question import Language
from assistant.web.original import set_text, stop_at, stops_of
from assistant.web.strings import Strings
from assistant.web.within import LONGEST, Hit, find_in_document, find_words
from corpus.citation import cite_short
from corpus.document import Document, Provision, Span
from corpus.library import Library, slug_of
from corpus.reference import resolve
from corpus.shadow import is_english
from corpus.validity import statement_on

_FEW_DOCUMENTS = 6
"""So many are offered as a row of names; more are folded into a list."""

_MOST_SEARCHED = 40
"""So many documents at most are looked through for words that the one at hand does not have."""


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
    words: str = ""
    """What is looked for in the document."""
    hits: tuple[Hit, ...] = ()
    number: int = 1
    """Which of the hits is looked at, from one."""
    english: Mapping[str, str] = field(default_factory=dict)
    """The translation printed under each stop."""

    @property
    def hit(self) -> Hit | None:
        """The hit that is looked at."""
        return self.hits[self.number - 1] if self.hits else None

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
    words: str = "",
    number: str = "",
) -> Place:
    """Return the place that an address names; whatever it names wrongly is left out and said in ``trouble``."""
    id = provision if provision in library else ""
    trouble = "" if id or not provision else strings.no_such_provision.format(provision=provision[:80])
    slugs = {document.slug for document in library.texts}
    if id:
        document = library.document_of(id)
    else:
        document = library.document(slug) if slug in slugs else library.documents[0]
    span = _span(quote, len(document.text)) if id else None
    if quote and id and span is None:
        trouble = strings.quotation_gone
    if id == document.slug and document.root.children and span is None:
        id = ""
    stops = stops_of(document)
    english = {stop.id: text for stop in stops if (text := library.translation(stop.id))} if both else {}
    words = " ".join(words[:LONGEST].split())
    hits = find_in_document(document, words, stops=stops, english=english) if words else ()
    at = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1
    return Place(
        document=document, provision=id, quote=None if words else span, both=both, trouble=trouble,
        words=words, hits=hits, number=min(max(at, 1), max(len(hits), 1)), english=english,
    )  # fmt: skip


def _span(quote: str, length: int) -> Span | None:
    start, _, end = quote.partition("-")
    if not (start.isascii() and start.isdigit() and end.isascii() and end.isdigit()):
        return None
    first, last = int(start), int(end)
    return Span(first, last) if first < last <= length else None


def address(
    id: str,
    strings: Strings,
    *,
    span: Span | None = None,
    both: bool | None = None,
    words: str = "",
    number: int = 0,
) -> str:
    """Return the address of a provision: with the words quoted from it to mark, or with words to look for."""
    slug = slug_of(id)
    query = {} if id == slug else {"p": id}
    if span is not None:
        query = {"p": id, "q": f"{span.start}-{span.end}"}
    if strings.language is Language.ENGLISH:
        query["lang"] = "en"
    if both is not None:
        query["both"] = "1" if both else "0"
    if words:
        query["find"] = words
    if number:
        query["hit"] = str(number)
    return f"/read/{slug}" + (f"?{urlencode(query, safe='/')}" if query else "")


def pane(library: Library, place: Place, strings: Strings, *, today: date | None = None) -> str:
    """Return the reader's HTML: whether the document is in force, what is known of it, its text, and the way on.

    ``today`` is the day for which that is said; the day of the call where none is given.
    """
    document = place.document
    stops = stops_of(document)
    where = place.quote or place.chosen or _place_of_hit(place)
    at = None if where is None else stop_at(stops, where)
    notice = f'<p class="notice" role="status">{escape(place.trouble)}</p>' if place.trouble else ""
    note = ""
    if place.both:
        note = strings.translation_note if place.english else strings.no_translation
        note = f'<p class="notice">{escape(note)}</p>'
    printed = set_text(
        document, quote=place.quote, chosen=place.chosen, english=place.english, hits=place.hits, at=place.hit
    )
    own = "original" if document.front.official else "original compiled"
    return (
        f'<div class="reader" data-document="{escape(document.slug)}">'
        f"{_documents(library, document, strings)}{_standing(document, strings, today or date.today())}"
        f'<div class="folds">{_outline(library, place, strings)}{_facts(document, strings)}{_search(place, strings)}</div>'
        f"{_found(library, place, strings)}{notice}{note}"
        f'<article class="{own}" lang="zh-Hans">{printed}</article>'
        f"{_walk(library, place, at, strings)}</div>"
    )


def _place_of_hit(place: Place) -> Span | None:
    """Return where the hit that is looked at belongs in the text."""
    hit = place.hit
    if hit is None:
        return None
    if not hit.stop:
        return hit.span
    return place.document.provisions[hit.stop].span


def contents(library: Library, strings: Strings) -> str:
    """Return the list of all documents, for a reader that nothing has been opened in."""
    rows = "".join(
        f'<li><a href="{escape(address(document.slug, strings))}"><span class="name">{escape(title_of(document, strings))}</span>'
        f'<span class="facts">{escape(_dated(document, strings))}</span></a></li>'
        for document in library.texts
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
    if not front.official:
        return strings.not_official
    issued = front.issued_on and strings.date(
        front.issued_on.year, front.issued_on.month, front.issued_on.day
    )
    return " · ".join(part for part in (front.number, issued, front.status) if part)


def _documents(library: Library, shown: Document, strings: Strings) -> str:
    links = "".join(
        f'<a href="{escape(address(document.slug, strings))}"'
        f'{" aria-current=page" if document is shown else ""} title="{escape(title_of(document, strings))}">'
        f"{escape(short_name(document, strings))}</a>"
        for document in library.texts
    )
    row = f'<nav class="documents" aria-label="{escape(strings.document_list)}">{links}</nav>'
    if len(library.texts) <= _FEW_DOCUMENTS:
        return row
    return f'<details class="fold"><summary>{escape(strings.document_list)}</summary>{row}</details>'


def _standing(document: Document, strings: Strings, today: date) -> str:
    """Answer first what is asked first of any document; then when that was looked up, and where."""
    front = document.front
    said = statement_on(front, today=today)
    english = strings.language is Language.ENGLISH
    if english:
        statement = escape(said.en) if is_english(said.en) else _chinese(said.en)
    else:
        statement = escape(said.zh)
    label = strings.still_in_force if front.official else strings.not_official
    rest = []
    if front.checked_on:
        on = front.checked_on
        rest.append(f"{escape(strings.checked)} {escape(strings.date(on.year, on.month, on.day))}")
    if front.official_page:
        rest.append(
            _outside(
                front.official_page, f"{strings.official_page} {urlsplit(front.official_page).hostname or ''}"
            )
        )
    aside = f'<span class="checked">{" · ".join(rest)}</span>' if rest else ""
    issued = " · ".join(part for part in (front.issuer, _dated(document, strings)) if part)
    aside += f'<span class="printed" lang="zh-Hans">{escape(issued)}</span>' if front.official else ""
    kind = "standing" if front.official else "standing compiled"
    return f'<p class="{kind}"><strong>{escape(label)}</strong> <span>{statement}</span> {aside}</p>'


def _outside(page: str, label: str) -> str:
    return f'<a href="{escape(page)}" rel="noreferrer noopener" target="_blank">{escape(label.strip())}</a>'


def _facts(document: Document, strings: Strings) -> str:
    front = document.front
    number = _chinese(front.number)
    if front.number_source:
        number += f' <span class="aside" lang="zh-Hans">{escape(front.number_source)}</span>'
    issued = front.issued_on and strings.date(
        front.issued_on.year, front.issued_on.month, front.issued_on.day
    )
    rows = [
        (strings.status, _chinese(front.status)),
        (strings.issued_by, _chinese(front.issuer)),
        (strings.issued_on, escape(issued or "")),
        (strings.number, number),
        (
            strings.official_page,
            _outside(front.official_page, front.official_page) if front.official_page else "",
        ),
    ]
    listed = "".join(f"<div><dt>{escape(name)}</dt><dd>{value}</dd></div>" for name, value in rows if value)
    return f'<details class="fold facts"><summary>{escape(strings.about_document)}</summary><dl>{listed}</dl></details>'


def _chinese(words: str) -> str:
    """Set words that are Chinese on either page."""
    return f'<span lang="zh-Hans">{escape(words)}</span>' if words else ""


def _search(place: Place, strings: Strings) -> str:
    """Offer to look for words in this document; the answer comes from the server, with or without script."""
    kept = {"lang": "en"} if strings.language is Language.ENGLISH else {}
    if place.both != (strings.language is Language.ENGLISH):
        kept["both"] = "1" if place.both else "0"
    hidden = "".join(f'<input type="hidden" name="{name}" value="{value}">' for name, value in kept.items())
    return (
        f'<form class="search" role="search" method="get" action="/read/{escape(place.document.slug)}">{hidden}'
        f'<input type="search" name="find" value="{escape(place.words)}" maxlength="{LONGEST}" autocomplete="off" spellcheck="false"'
        f' aria-label="{escape(strings.find_label)}" placeholder="{escape(strings.find_label)}">'
        f'<button type="submit" class="tool">{escape(strings.find)}</button></form>'
    )


def _found(library: Library, place: Place, strings: Strings) -> str:
    """Say how many places were found, which one this is, and the way to the others; or what to do about none."""
    if not place.words:
        return ""
    document, count = place.document, len(place.hits)

    def to(number: int, label: str, kind: str) -> str:
        href = address(document.slug, strings, both=place.both, words=place.words, number=number)
        return f'<a class="tool {kind}" href="{escape(href)}">{escape(label)}</a>'

    end = f'<a class="tool end" href="{escape(address(document.slug, strings, both=place.both))}">{escape(strings.find_end)}</a>'
    if not count:
        said = (
            f'<p class="found-none" role="status">{escape(strings.found_none.format(words=place.words))}</p>'
        )
        return f'<div class="found none">{said}{_elsewhere(library, place, strings)}{end}</div>'
    said = strings.found.format(words=place.words, at=place.number, count=count)
    steps = ""
    if count > 1:
        before = place.number - 1 or count
        steps = to(before, strings.hit_before, "before") + to(
            place.number % count + 1, strings.hit_after, "after"
        )
    return f'<div class="found"><p role="status">{escape(said)}</p>{steps}{end}</div>'


def _elsewhere(library: Library, place: Place, strings: Strings) -> str:
    """Offer the provision that the words name, and the other documents that have them."""
    links = [
        f'<a href="{escape(address(id, strings))}">{escape(cite_short(library, id, language=strings.language.value))}</a>'
        for id in dict.fromkeys(_named(library, place))
    ]
    for document in library.texts[:_MOST_SEARCHED]:
        if document is not place.document and (count := len(find_words(document.text, place.words))):
            label = strings.found_in.format(document=short_name(document, strings), count=count)
            links.append(
                f'<a href="{escape(address(document.slug, strings, words=place.words))}">{escape(label)}</a>'
            )
    if not links:
        searched = strings.found_nowhere if len(library.texts) <= _MOST_SEARCHED else ""
        return f'<p class="found-next">{escape(f"{searched} {strings.found_try}".strip())}</p>'
    return f'<p class="found-next">{escape(strings.found_elsewhere)} {" · ".join(links)}</p>'


def _named(library: Library, place: Place) -> list[str]:
    named = resolve(library, place.words)
    own = [id for id in named if library.document_of(id) is place.document]
    return (own or named)[:5]


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
        f'<button type="button" class="tool print" data-print="{"one" if place.provision else "all"}">'
        f"{escape(strings.print_provision if place.provision else strings.print_page)}</button>"
        f'<button type="button" class="tool share" value="{escape(_shared(place, strings))}">{escape(strings.share)}</button>'
        f'<a class="tool own-page" href="{escape(own)}" target="_blank" rel="noopener">{escape(strings.own_page)}</a></nav>'
    )
