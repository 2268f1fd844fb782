"""WCAG 2.2 AA as far as a program can see it: axe on every state, in both languages and both themes."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from assistant.web.strings import CHINESE
from tests.web.visiting import AREA, COMPARED, PARTLY, ROOMS, Visit

pytestmark = pytest.mark.browser

_AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")


def findings(page: Page) -> list[str]:
    """Return what axe holds to be serious or critical."""
    page.evaluate(f"{_AXE};0")
    found = page.evaluate(
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )
    return [
        f"{one['impact']} {one['id']}: {one['nodes'][0]['target']} {one['nodes'][0]['html'][:160]}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/en/"], ids=["zh", "en"])
def test_axe_finds_nothing_serious(visit: Visit, path: str, theme: str) -> None:
    page = visit.open(f"{path}?theme={theme}")
    assert findings(page) == []
    for question in (ROOMS, COMPARED, PARTLY, AREA):
        visit.ask(question)
    page.locator(".quote a.chip").first.click()
    page.locator(".reader-side mark").wait_for()
    page.locator(".reader-side summary").first.click()
    assert findings(page) == []


@pytest.mark.parametrize("address", ["/?contrast=high", "/?contrast=high&theme=dark", "/?size=large"])
def test_axe_finds_nothing_serious_in_the_other_ways_of_showing(visit: Visit, address: str) -> None:
    page = visit.open(address)
    visit.ask(ROOMS)
    page.locator(".quote a.chip").click()
    page.locator(".reader-side mark").wait_for()
    assert findings(page) == []


@pytest.mark.parametrize("address", ["/read/guide?p=guide/4", "/read/plan?p=plan/2/1&lang=en"])
def test_axe_finds_nothing_serious_on_a_page_for_reading(visit: Visit, address: str) -> None:
    visit.page.goto(visit.site + address)
    assert findings(visit.page) == []


def test_on_a_phone_axe_finds_nothing_serious(phone: Visit) -> None:
    page = phone.open()
    phone.ask(ROOMS)
    assert findings(page) == []
    page.locator(".quote a.chip").tap()
    page.locator(".reader-side mark").wait_for()
    assert findings(page) == []


def test_a_phone_shows_the_original_as_a_sheet_and_nothing_runs_off_the_side(phone: Visit) -> None:
    page = phone.open()
    phone.ask(COMPARED)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(page.locator("#reader")).to_be_hidden()
    page.locator(".quote a.chip").first.tap()
    mark = page.locator(".reader-side mark")
    mark.wait_for()
    page.wait_for_timeout(500)
    seen = mark.bounding_box()
    assert seen is not None
    assert 56 <= seen["y"] <= 844
    sheet = page.locator("#reader").bounding_box()
    assert sheet is not None
    assert (sheet["x"], sheet["width"]) == (0, 390)
    page.locator("[data-close-reader]").tap()
    expect(page.locator("#reader")).to_be_hidden()


@pytest.mark.parametrize("path", ["/", "/en/"], ids=["zh", "en"])
def test_at_twice_the_size_nothing_is_lost_or_runs_off(visit: Visit, path: str) -> None:
    # A window of 1280 at 200 % has the room of one of 640.
    visit.page.set_viewport_size({"width": 640, "height": 430})
    page = visit.open(f"{path}?size=large")
    visit.ask(ROOMS)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(page.locator("#question textarea")).to_be_visible()
    page.locator("#send").scroll_into_view_if_needed()
    expect(page.locator("#send")).to_be_in_viewport()


@pytest.mark.parametrize("path", ["/", "/en/"], ids=["zh", "en"])
def test_in_large_letters_on_a_phone_no_chip_runs_off(phone: Visit, path: str) -> None:
    page = phone.open(f"{path}?size=large")
    for question in (AREA, ROOMS):
        phone.ask(question)
    assert page.evaluate(
        """() => [...document.querySelectorAll('.turn.reply .chip')].every(chip =>
            chip.getBoundingClientRect().right <= chip.closest('.said').getBoundingClientRect().right)"""
    )


def test_large_text_contrast_and_dark_are_a_click_away_and_kept_in_the_address_only(visit: Visit) -> None:
    page = visit.open()
    before = float(page.locator(".welcome").evaluate("e => parseFloat(getComputedStyle(e).fontSize)"))
    page.get_by_role("button", name=CHINESE.large_text).click()
    assert page.locator(".welcome").evaluate("e => parseFloat(getComputedStyle(e).fontSize)") == before * 1.25
    page.get_by_role("button", name=CHINESE.high_contrast).click()
    page.get_by_role("button", name=CHINESE.dark, exact=True).click()
    assert "size=large" in page.url
    expect(page.get_by_role("button", name=CHINESE.dark, exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    assert page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(0, 0, 0)"
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/en/**")
    assert page.locator("html").get_attribute("data-contrast") == "high"
    assert page.evaluate("localStorage.length") == 0
