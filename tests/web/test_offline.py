"""Nothing leaves the machine, and nothing that a stranger typed is ever run."""

import pytest
from playwright.sync_api import expect

from tests.web.visiting import ROOMS, Visit

pytestmark = pytest.mark.browser

HOSTILE = [
    "![x](http://evil.example/a.png)",
    '<img src=x onerror="document.title=1">',
    '<img src="http://evil.example/b.png">',
    '<form action="http://evil.example/c"><input name=a><button>go</button></form>',
    "<script>document.title='run'</script><svg onload=\"document.title='run'\">",
    '<iframe src="http://evil.example/d"></iframe><object data="http://evil.example/e"></object>',
    "[点我](javascript:document.title='run') [链接](http://evil.example/f)",
    "</div></p>--><style>body{display:none}</style>",
    "<math><mtext><table><mglyph><style><img src=x onerror=\"document.title='run'\">",
    "$$\\href{http://evil.example/g}{x}$$ `<b>` **粗** | a | b |\n| - | - |",
    "&lt;img src=http://evil.example/h&gt; &#60;script&#62;",
]


def test_the_page_asks_nothing_of_any_other_address(visit: Visit) -> None:
    page = visit.open()
    visit.ask(ROOMS)
    page.locator(".quote a.chip").click()
    page.locator(".reader-side mark").wait_for()
    page.locator("[data-switch=theme]").click()
    page = visit.open("/en/?p=plan/2/1")
    page.locator(".provision.current").wait_for()
    assert len(visit.requests) > 20
    assert visit.strayed == []


def test_hostile_words_are_shown_as_words_and_fetch_nothing(visit: Visit) -> None:
    page = visit.open()
    for words in HOSTILE:
        visit.ask(words)
    said = page.locator(".turn.asked .said").all_inner_texts()
    assert [" ".join(one.split()) for one in said] == [" ".join(one.split()) for one in HOSTILE]
    assert (
        page.locator(
            "#conversation .message-row :is(img, form, iframe, object, script, style, input, math, table)"
        ).count()
        == 0
    )
    assert page.locator("#conversation a:not(.chip, .quoted)").count() == 0
    expect(page).to_have_title("社区社会组织政策问答")
    assert visit.strayed == []
    assert visit.errors == []


def test_the_address_bar_cannot_bring_in_markup(visit: Visit) -> None:
    page = visit.open(
        "/?p=%3Cimg%20src%3Dx%20onerror%3Ddocument.title%3D1%3E&q=%3Cb%3E&room=%3Cb%3E&size=%22%3E%3Cb%3E"
    )
    expect(page.locator(".reader .notice").first).to_contain_text("<img src=x")
    assert page.locator(".reader-side img").count() == 0
    visit.page.goto(f"{visit.site}/read/guide?p=%3Cscript%3Edocument.title%3D1%3C%2Fscript%3E")
    assert page.title() != "1"
    assert visit.strayed == []


def test_the_policy_stops_even_what_gets_into_the_page(visit: Visit) -> None:
    page = visit.open()
    page.evaluate(
        """() => { const i = document.createElement('img'); i.src = 'http://evil.example/i.png'; document.body.append(i);
                   const s = document.createElement('script'); s.textContent = "window.ran = 1"; document.body.append(s);
                   const b = document.createElement('div'); b.innerHTML = '<b onclick="window.ran = 1">x</b>';
                   document.body.append(b); b.firstChild.click(); }"""
    )
    page.wait_for_timeout(200)
    assert page.evaluate("window.ran") is None
    assert page.evaluate("document.querySelector('img[src*=evil]').naturalWidth") == 0
