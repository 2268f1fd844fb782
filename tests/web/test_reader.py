"""The reader in a real browser: searching, sharing, printing; by mouse, by keyboard, on a phone, and without script."""

import io
from collections.abc import Iterator

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.web.strings import CHINESE, ENGLISH
from corpus.library import Library
from tests.web.test_access import findings
from tests.web.visiting import ROOMS, STREET, Visit

pytestmark = pytest.mark.browser

TRAINING = "培训"


@pytest.fixture
def unscripted(browser: Browser) -> Iterator[Page]:
    """A browser that runs no script."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def find(page: Page, words: str) -> None:
    page.fill("input[name=find]", words)
    page.press("input[name=find]", "Enter")


def test_words_are_found_beside_the_chat_and_walked_through(visit: Visit, library: Library) -> None:
    count = library.document("plan").text.count(TRAINING)
    page = visit.open("/?p=plan/2/2")
    page.locator(".provision.current").wait_for()
    find(page, "培訓")
    told = page.locator(".found [role=status]")
    expect(told).to_have_text(CHINESE.found.format(words="培訓", at=1, count=count))
    expect(page.locator("input[name=find]")).to_be_focused()
    marks = page.locator(".original mark")
    assert marks.all_inner_texts() == [TRAINING] * count
    page.locator(".found .after").click()
    expect(told).to_have_text(CHINESE.found.format(words="培訓", at=2, count=count))
    page.keyboard.press("Enter")
    expect(told).to_have_text(CHINESE.found.format(words="培訓", at=3, count=count))
    expect(page.locator(".found .after")).to_be_focused()
    expect(page.locator("mark.now")).to_have_count(1)
    page.wait_for_timeout(600)
    expect(page.locator("mark.now")).to_be_in_viewport()
    assert page.locator("[data-announcer]").inner_text().endswith(told.inner_text())
    page.locator(".found .before").click()
    page.locator(".found .before").click()
    page.locator(".found .before").click()
    expect(told).to_have_text(CHINESE.found.format(words="培訓", at=count, count=count))
    page.locator(".found .end").click()
    expect(page.locator("mark")).to_have_count(0)
    assert TRAINING not in page.url
    assert visit.errors == []


def test_words_that_are_not_there_are_told_of_calmly_and_looked_for_elsewhere(visit: Visit) -> None:
    page = visit.open("/?p=notice")
    page.locator(".original").wait_for()
    find(page, "流动办公区")
    expect(page.locator(".found.none")).to_contain_text(CHINESE.found_none.format(words="流动办公区"))
    assert findings(page) == []
    page.locator(".found.none a", has_text="指引").click()
    expect(page.locator("mark.now")).to_have_text("流动办公区")
    expect(page.locator(".documents [aria-current]")).to_have_text("指引")


def test_without_script_a_document_is_read_searched_and_walked(unscripted: Page, site: str) -> None:
    page = unscripted
    page.goto(f"{site}/read/guide?p=guide/4")
    expect(page.locator(".provision.current")).to_contain_text("第四条")
    find(page, "會議培訓室")
    expect(page.locator("mark.now")).to_have_text("会议培训室")
    page.locator(".found .after").click()
    expect(page.locator("mark.hit")).to_have_count(3)
    expect(page.locator(".found")).to_contain_text(CHINESE.found.format(words="會議培訓室", at=2, count=3))
    page.locator(".found .end").click()
    page.locator(".walk [rel=next]").click()
    expect(page.locator(".walk .here")).to_have_text("指引·第一条")
    page.get_by_role("link", name="English").click()
    expect(page.locator(".standing")).to_contain_text(ENGLISH.still_in_force)
    expect(page.locator(".provision.current .translation")).to_be_visible()


def test_whether_it_is_in_force_is_the_first_thing_said_in_the_reader(visit: Visit) -> None:
    page = visit.open()
    visit.ask(ROOMS)
    page.locator(".quote a.chip").click()
    standing = page.locator(".reader-side .standing")
    expect(standing).to_contain_text(f"{CHINESE.still_in_force} 本文件为试行文件")
    expect(standing).to_contain_text("2026年11月23日")
    expect(standing.locator("a")).to_have_attribute(
        "href", "https://www.beijing.gov.cn/zhengce/zhengcefagui/202111/t20211115_2537380.html"
    )
    top, text = standing.bounding_box(), page.locator(".reader-side .original").bounding_box()
    assert top is not None
    assert text is not None
    assert top["y"] < text["y"]


def test_a_shared_link_opens_at_the_provision_for_a_cold_visitor_on_a_phone(phone: Visit) -> None:
    page = phone.open("/?p=guide/4")
    expect(page.locator("#reader")).to_be_visible()
    current = page.locator(".reader-side .provision.current")
    expect(current).to_contain_text(STREET)
    page.wait_for_timeout(500)
    expect(current).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert findings(page) == []
    find(page, "培训")
    expect(page.locator("mark.now")).to_be_in_viewport()
    assert findings(page) == []
    page.locator("[data-close-reader]").tap()
    expect(page.locator("#question textarea")).to_be_in_viewport()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_axe_finds_nothing_serious_in_a_searched_document(visit: Visit, lang: str, theme: str) -> None:
    words = "training" if lang == "en" else TRAINING
    for address in (f"/read/plan?find={words}", "/read/plan?find=zzz", "/read/plan?p=plan/2/2"):
        visit.page.goto(f"{visit.site}{address}&lang={lang}&theme={theme}")
        visit.page.locator(".original").wait_for()
        visit.page.locator("summary").nth(1).click()
        assert findings(visit.page) == []


def test_how_the_page_looks_stays_while_one_walks_and_changes_the_language(visit: Visit) -> None:
    page = visit.page
    page.goto(f"{visit.site}/read/guide?p=guide/4&theme=dark&size=large")
    page.locator(".walk [rel=next]").click()
    expect(page.locator(".walk .here")).to_have_text("指引·第五条")
    assert "theme=dark" in page.url
    page.get_by_role("link", name="English").click()
    expect(page.locator(".walk .here")).to_have_text("Guideline · Article 5")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.locator("html").get_attribute("data-size") == "large"


def test_large_text_at_twice_the_size_runs_off_nowhere(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 640, "height": 430})
    for lang in ("zh", "en"):
        visit.page.goto(f"{visit.site}/read/plan?find=a&lang={lang}&size=large")
        assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        expect(visit.page.locator(".found [role=status]")).to_be_visible()


def _printed(page: Page) -> tuple[str, int]:
    document = pypdfium2.PdfDocument(io.BytesIO(page.pdf(format="A4")))
    text = "".join(one.get_textpage().get_text_bounded() for one in document)
    return text.replace("\r", "").replace("\n", ""), len(document)


def test_one_provision_is_printed_on_one_page_with_its_title_and_standing(visit: Visit) -> None:
    page = visit.open("/?p=guide/4")
    page.locator(".provision.current").wait_for()
    page.evaluate("window.print = () => { window.printed = document.documentElement.dataset.print; }")
    page.locator(".walk .print").click()
    assert page.evaluate("window.printed") == "one"
    text, pages = _printed(page)
    assert pages == 1
    assert "第四条" in text
    assert "第五条" not in text
    assert "北京市社会组织培育孵化机构建设运营工作指引(试行)" in text
    assert "试行文件" in text
    assert "2026年11月23日" in text
    assert "京社委社组发〔2021〕56号" in text
    assert "https://www.beijing.gov.cn/zhengce/zhengcefagui/202111/t20211115_2537380.html" in text
    assert CHINESE.placeholder not in text
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("document.documentElement.dataset.print") is None


def test_a_whole_document_is_printed_whole(visit: Visit, library: Library) -> None:
    visit.page.goto(f"{visit.site}/read/plan")
    text, pages = _printed(visit.page)
    assert pages > 1
    for words in ("为贯彻落实", "(五)实施“品牌”工程", "未查到接续"):
        assert words.replace("为贯彻落实", "为贯彻落实") in text


def test_targets_in_the_reader_are_at_least_24_pixels(phone: Visit) -> None:
    phone.page.goto(f"{phone.site}/read/plan?find=培训")
    small = phone.page.evaluate(
        """() => [...document.querySelectorAll('button, summary, input:not([type=hidden]), .tool, .step, .documents a')]
            .filter(e => e.checkVisibility()).map(e => [e.className || e.name, e.getBoundingClientRect()])
            .filter(([, r]) => r.width > 0 && (r.height < 24 || r.width < 24)).map(([name, r]) => [name, r.width, r.height])"""
    )
    assert small == []


@pytest.mark.parametrize("address", ["/?p=guide/4", "/en/?p=guide/4", "/en/?p=guide/4&size=large"])
def test_the_whole_reader_is_on_the_screen_however_tall_the_top_of_the_page_is(
    visit: Visit, address: str
) -> None:
    page = visit.open(address)
    page.locator(".provision.current").wait_for()
    page.wait_for_timeout(300)
    for part in (".walk .share", ".standing", "input[name=find]"):
        expect(page.locator(f".reader-side {part}")).to_be_in_viewport(ratio=1)
