"""Words are found in a document whatever script, width or line they stand in, and each hit is marked and walked to."""

import re
from datetime import date
from html import unescape
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.web.reader import find_place, pane
from assistant.web.strings import CHINESE, ENGLISH
from assistant.web.within import find_words
from corpus.document import FrontMatter
from corpus.library import Library
from corpus.structure import parse

TEXT = "第一条　党建活动室、会议培训室(ABC)。\n　　第二条　“党建”不少于15个，Party-led work\nof all kinds。"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("党建", ["党建", "党建"]),
        ("黨建活動室", ["党建活动室"]),
        ("ａｂｃ", ["ABC"]),
        ("（abc）", ["(ABC)"]),
        ("「党建」", ["“党建”"]),
        ("１５ 个", ["15个"]),
        ("。第二条", ["。\n　　第二条"]),
        ("work of", ["work\nof"]),
        ("活动室 不少于", ["活动室", "不少于"]),
        ("活动室 平方米", []),
        ("workof", []),
        ("", []),
        ("　", []),
    ],
    ids=str,
)
def test_words_are_found_as_a_person_means_them(words: str, found: list[str]) -> None:
    assert [span.of(TEXT) for span in find_words(TEXT, words)] == found


@given(
    st.text(alphabet="党建活動动室 　\nABab（(1１", max_size=40),
    st.text(alphabet="党建動室 aB(１", max_size=6),
)
def test_hits_are_in_order_apart_and_hold_the_first_character_looked_for(text: str, words: str) -> None:
    spans = find_words(text, words)
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert all(span.of(text).strip() for span in spans)


@given(st.integers(0, 800), st.integers(2, 30))
def test_whatever_a_document_says_is_found_in_it(library: Library, start: int, length: int) -> None:
    text = library.document("guide").text
    words = " ".join(text[start : start + length].split())
    if words:
        assert any(span.start <= start + length and span.end >= start for span in find_words(text, words))


def _marks(html: str) -> list[str]:
    return [unescape(one) for one in re.findall(r"<mark[^>]*>(.*?)</mark>", html)]


def test_every_hit_is_marked_one_is_looked_at_and_the_others_are_a_step_away(library: Library) -> None:
    place = find_place(library, CHINESE, slug="plan", words="培訓", number="3")
    html = pane(library, place, CHINESE)
    assert set(_marks(html)) == {"培训"}
    assert len(_marks(html)) == len(place.hits) == library.document("plan").text.count("培训")
    assert html.count("hit now") == 1
    assert CHINESE.found.format(words="培訓", at=3, count=len(place.hits)) in html
    steps = [
        parse_qs(urlsplit(unescape(one)).query)["hit"] for one in re.findall(r'href="([^"]*hit=[^"]*)"', html)
    ]
    assert steps == [["2"], ["4"]]


def test_walking_on_from_the_last_hit_comes_to_the_first(library: Library) -> None:
    count = library.document("plan").text.count("培训")
    html = pane(library, find_place(library, CHINESE, slug="plan", words="培训", number=str(count)), CHINESE)
    assert "hit=1&" in unescape(html) or 'hit=1"' in html
    for wrong in ("0", "-1", "99999999999", "²", "x", ""):
        place = find_place(library, CHINESE, slug="plan", words="培训", number=wrong)
        assert 1 <= place.number <= count


def test_on_the_english_page_the_translation_is_searched_too(library: Library) -> None:
    place = find_place(library, ENGLISH, slug="guide", words="Training Room", both=True)
    assert place.hits
    assert all(hit.stop for hit in place.hits)
    marks = _marks(pane(library, place, ENGLISH))
    assert {one.casefold() for one in marks} == {"training room"}
    assert find_place(library, ENGLISH, slug="guide", words="Training Room").hits == ()


def test_nothing_found_says_so_and_where_else_to_look(library: Library) -> None:
    html = pane(library, find_place(library, CHINESE, slug="notice", words="流动办公区"), CHINESE)
    assert CHINESE.found_none.format(words="流动办公区") in html
    assert CHINESE.found_in.format(document="指引", count=1) in html
    nowhere = pane(library, find_place(library, CHINESE, slug="guide", words="<b>游泳池"), CHINESE)
    assert CHINESE.found_nowhere in nowhere
    assert "&lt;b&gt;游泳池" in nowhere
    assert "<b>" not in nowhere
    assert "</article>" in nowhere


def test_a_provision_named_in_other_numerals_is_offered(library: Library) -> None:
    html = pane(library, find_place(library, CHINESE, slug="guide", words="第4条"), CHINESE)
    assert 'href="/read/guide?p=guide/4">指引·第四条' in html


@pytest.mark.parametrize("slug", ["notice", "plan", "guide"])
def test_whether_it_is_in_force_comes_before_the_text_with_the_page_and_the_day(
    library: Library, slug: str
) -> None:
    for strings, day in ((CHINESE, "2026年11月23日"), (ENGLISH, "23 November 2026")):
        html = pane(library, find_place(library, strings, slug=slug), strings, today=date(2026, 11, 25))
        top = html.split("<article")[0]
        assert strings.still_in_force in top
        assert day in top
        assert 'href="https://www.beijing.gov.cn/' in top
        words = {
            "guide": ("试行", "trial"),
            "plan": ("未查到接续", "No successor"),
            "notice": ("未见接续", "neither a successor"),
        }
        assert words[slug][strings is ENGLISH] in re.sub("<[^>]+>", "", top)
        assert "已废止" not in html


def test_notes_of_the_editors_are_set_apart_and_say_so_first() -> None:
    front = FrontMatter(title="登记说明（示例）", official=False, checked_on=date(2026, 11, 23))
    document = parse("sample", front, "登记说明（示例）\n\n一、先问谁\n\n　　先问居委会。")
    library = Library({"sample": document}, folder=Path("nowhere"))
    html = pane(library, find_place(library, CHINESE, slug="sample"), CHINESE)
    assert html.index(CHINESE.not_official) < html.index("<article")
    assert 'class="original compiled"' in html
    assert CHINESE.still_in_force not in html
    assert "2026年11月23日" in html
