"""The reader prints an official text with its own characters, and marks exactly what is quoted."""

import re
from html import unescape
from pathlib import Path

import pytest

from assistant.web.original import set_text, stop_at, stops_of
from assistant.web.reader import address, contents, find_place, pane
from assistant.web.strings import CHINESE, ENGLISH
from corpus.document import FrontMatter, Span
from corpus.library import Library
from corpus.structure import parse


def printed(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


def test_every_character_of_every_document_is_printed_in_order(library: Library) -> None:
    for document in library.documents:
        html = set_text(document, quote=None, chosen=None, english={})
        kept = "".join(line for line in document.text.splitlines() if line.strip())
        assert printed(html) == kept


def test_any_span_is_marked_and_nothing_else(library: Library) -> None:
    document = library.document("plan")
    for start in range(0, len(document.text) - 200, 37):
        span = Span(start, start + 150)
        html = set_text(document, quote=span, chosen=None, english={})
        marked = "".join(unescape(one) for one in re.findall(r"<mark>(.*?)</mark>", html))
        assert marked == "".join(
            line for line in span.of(document.text).splitlines() if line.strip() or line == "　"
        ) or (marked.replace("　", "") == "".join(span.of(document.text).split()))


def test_the_reader_walks_by_article_and_by_subheading(library: Library) -> None:
    assert [stop.id for stop in stops_of(library.document("guide"))] == [
        f"guide/{number}" for number in range(1, 11)
    ]
    ids = [stop.id for stop in stops_of(library.document("plan"))]
    assert ids[:3] == ["plan/preamble", "plan/1", "plan/2/1"]
    assert ids[-1] == "plan/4/3"
    assert len(ids) == len(set(ids)) == 14
    assert [stop.id for stop in stops_of(library.document("notice"))] == ["notice"]


def test_a_title_belongs_to_no_stop(library: Library) -> None:
    document = library.document("plan")
    stops = stops_of(document)
    assert stop_at(stops, document.provisions["plan#0"].span) is None
    assert stop_at(stops, document.provisions["plan/2/1#3"].span) == 2


@pytest.mark.parametrize(
    "provision", ["guide/4", "guide/4#1", "plan/2", "plan/2/1#2", "plan#0", "plan#end", "notice"]
)
def test_every_address_of_a_provision_leads_back_to_it(library: Library, provision: str) -> None:
    place = find_place(library, CHINESE, provision=provision)
    assert place.trouble == ""
    assert place.document.slug == provision.split("/")[0].split("#")[0]
    assert "current" in pane(library, place, CHINESE)


@pytest.mark.parametrize(
    ("provision", "quote", "said"),
    [
        ("guide/99", "", "guide/99"),
        ("<b>", "", "&lt;b&gt;"),
        ("guide/4", "5-3", CHINESE.quotation_gone),
        ("guide/4", "0-999999", CHINESE.quotation_gone),
        ("guide/4", "x", CHINESE.quotation_gone),
        ("guide/4", "²-³", CHINESE.quotation_gone),
    ],
)
def test_an_address_that_names_something_wrongly_is_told_so_and_shown_what_there_is(
    library: Library, provision: str, quote: str, said: str
) -> None:
    html = pane(library, find_place(library, CHINESE, provision=provision, quote=quote), CHINESE)
    assert said in html
    assert "<b>" not in html
    assert "</article>" in html


def test_the_english_page_prints_the_translation_under_the_chinese(library: Library) -> None:
    html = pane(library, find_place(library, ENGLISH, provision="guide/4", both=True), ENGLISH)
    assert 'lang="en"' in html
    assert ENGLISH.translation_note in html
    assert "both=0" in html


def test_addresses_read_well() -> None:
    assert address("guide/4", CHINESE) == "/read/guide?p=guide/4"
    assert address("guide/4#1", CHINESE, span=Span(1, 2)) == "/read/guide?p=guide/4%231&q=1-2"
    assert address("notice", ENGLISH) == "/read/notice?lang=en"


def test_the_contents_name_every_document_with_its_number_and_date(library: Library) -> None:
    text = printed(contents(library, CHINESE))
    for document in library.documents:
        assert document.front.title in text
    assert "京社委社组发〔2021〕56号 · 2021年10月14日" in text


def test_markup_in_a_document_is_printed_and_not_read() -> None:
    text = "示例规定（示例）\n\n　　第一条　<script>alert(1)</script>适用于 a<b & c>d。\n　　第二条　<img src=x onerror=alert(1)>。"
    document = parse("sample", FrontMatter(title="示例规定（示例）"), text)
    html = set_text(document, quote=Span(12, 40), chosen=None, english={})
    assert "<script" not in html
    assert "<img" not in html
    assert printed(html) == "".join(line for line in text.splitlines() if line)


def test_a_long_regulation_is_set_in_a_moment(shared: Path) -> None:
    import time

    path = max((shared / "laws" / "selected").glob("*"), key=lambda one: one.stat().st_size)
    document = parse("law", FrontMatter(title=path.stem), path.read_text(encoding="utf-8"))
    began = time.perf_counter()
    html = set_text(document, quote=None, chosen=None, english={})
    assert time.perf_counter() - began < 1.0
    assert len(html) > len(document.text) * 0.9
