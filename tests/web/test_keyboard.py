"""The whole way by keyboard, and what is said to whoever does not see the page."""

import pytest
from playwright.sync_api import expect

from assistant.question import Role
from assistant.web.strings import CHINESE
from tests.web.visiting import AREA, ROOMS, SLOW, Visit

pytestmark = pytest.mark.browser


def test_enter_asks_and_shift_enter_begins_a_new_line(visit: Visit) -> None:
    page = visit.open()
    box = page.locator("#question textarea")
    box.focus()
    page.keyboard.type("第一行")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("第二行")
    assert box.input_value() == "第一行\n第二行"
    page.keyboard.press("Enter")
    expect(page.locator(".turn.asked .said")).to_have_text("第一行第二行", use_inner_text=False)
    assert page.locator(".turn.asked br").count() == 1


def test_enter_that_ends_an_input_method_does_not_ask(visit: Visit) -> None:
    page = visit.open()
    box = page.locator("#question textarea")
    box.fill("jiedao")
    box.evaluate(
        """e => { for (const type of ['keydown', 'keypress'])
             e.dispatchEvent(new KeyboardEvent(type, {key: 'Enter', keyCode: 229, isComposing: true, bubbles: true, cancelable: true})); }"""
    )
    page.wait_for_timeout(300)
    assert page.locator(".turn").count() == 0
    assert box.input_value() == "jiedao"


def test_escape_stops_slash_comes_back_and_arrow_up_recalls(visit: Visit) -> None:
    page = visit.open()
    page.locator(".masthead .tool").first.focus()
    page.keyboard.press("/")
    expect(page.locator("#question textarea")).to_be_focused()
    page.keyboard.type(SLOW)
    page.keyboard.press("Enter")
    page.get_by_text("第二句。").wait_for()
    page.keyboard.press("Escape")
    expect(page.locator(".stopped")).to_be_visible()
    page.keyboard.press("ArrowUp")
    assert page.locator("#question textarea").input_value() == SLOW
    page.keyboard.press("ArrowDown")
    assert page.locator("#question textarea").input_value() == ""


def test_the_original_is_opened_walked_and_closed_without_a_mouse(visit: Visit) -> None:
    page = visit.open()
    visit.ask(ROOMS)
    chip = page.locator(".quote a.chip")
    chip.focus()
    page.keyboard.press("Enter")
    page.locator(".reader-side mark").wait_for()
    expect(page.locator("#reader")).to_be_focused()
    page.locator(".walk [rel=next]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".walk .here")).to_have_text("指引·第五条")
    expect(page.locator(".walk [rel=next]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".contents")).to_be_visible()
    expect(chip).to_be_focused()


def test_arrow_keys_choose_the_role(visit: Visit) -> None:
    page = visit.open()
    page.get_by_label(CHINESE.roles[Role.RESIDENT], exact=True).focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label(CHINESE.roles[Role.STAFF], exact=True)).to_be_checked()
    assert page.locator(".examples:visible").get_attribute("data-role") == "staff"


def test_everything_is_reached_by_tab_and_shows_its_focus(visit: Visit) -> None:
    page = visit.open()
    visit.ask(ROOMS)
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    reached = []
    for _ in range(40):
        page.keyboard.press("Tab")
        found = page.evaluate(
            """() => { const e = document.activeElement, c = getComputedStyle(e);
                return [e === document.body ? 'BODY' : e.className || e.id || e.tagName, c.outlineStyle, e.getBoundingClientRect().height]; }"""
        )
        reached.append(found)
    names = " ".join(str(name) for name, _, _ in reached)
    for wanted in ("skip", "language", "chip", "copy", "again"):
        assert wanted in names, wanted
    hidden = [
        name for name, outline, height in reached if outline == "none" and height > 0 and name != "BODY"
    ]
    assert hidden == []


def test_targets_are_at_least_24_pixels(visit: Visit) -> None:
    page = visit.open()
    visit.ask(ROOMS)
    page.locator(".quote a.chip").click()
    page.locator(".reader-side mark").wait_for()
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, summary, .chip, .tool, .step, .documents a, [role=button], textarea, #role label')]
            .filter(e => e.checkVisibility() && !e.closest('p:not(.acts)'))
            .map(e => [e.className || e.id || e.textContent, e.getBoundingClientRect()])
            .filter(([, r]) => r.width > 0 && (r.height < 24 || r.width < 24)).map(([name, r]) => [name, r.width, r.height])"""
    )
    assert small == []


def test_an_answer_is_announced_in_whole_sentences(visit: Visit) -> None:
    page = visit.open()
    page.evaluate(
        """() => { window.told = []; new MutationObserver(changes => { for (const change of changes)
             for (const node of change.addedNodes) window.told.push(node.textContent); })
             .observe(document.querySelector('[data-announcer]'), {childList: true}); }"""
    )
    visit.ask(SLOW)
    page.wait_for_timeout(300)
    told = page.evaluate("window.told")
    assert told[0] == CHINESE.replied
    sentences = [line for line in told if line.startswith("第")]
    assert "第一句。" in sentences
    assert len(sentences) == len(set(sentences))
    assert all(line.endswith("。") for line in sentences if "句" in line)
    assert page.locator("#conversation [role=log]").get_attribute("aria-live") == "off"
    visit.ask(AREA)
    page.wait_for_timeout(200)
    assert any("没有写面积" in line for line in page.evaluate("window.told"))
