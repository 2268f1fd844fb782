"""The page has room for more: another room beside the chat, with an address of its own."""

from collections.abc import Iterator

import gradio as gr
import pytest
from playwright.sync_api import BrowserContext, expect

from assistant.web.application import build_application
from assistant.web.desk import Desk
from assistant.web.page import ROOMS, Room
from assistant.web.strings import Strings
from corpus.library import Library
from tests.web.test_access import findings
from tests.web.visiting import ROOMS as ABOUT_ROOMS
from tests.web.visiting import FaultyAssistant, Visit, serve, visiting

pytestmark = pytest.mark.browser


def build_sample(desk: Desk, strings: Strings) -> None:
    """Lay out a room with a box to tick（示例）."""
    with gr.Column(elem_classes="room"):
        gr.Markdown(f"## 示例栏目\n\n{len(desk.library.documents)} 份文件")
        ticked = gr.CheckboxGroup(["党建活动室", "会议培训室"], label="已有的房间")
        told = gr.Markdown(elem_id="told")
        ticked.change(lambda held: f"已有{len(held)}间", ticked, told, show_progress="hidden")


@pytest.fixture(scope="module")
def roomy_site(library: Library, assistant: FaultyAssistant) -> Iterator[str]:
    """A page with two rooms."""
    rooms = (ROOMS[0], Room(name="sample", title=lambda _: "示例栏目", build=build_sample))
    yield from serve(lambda: build_application(Desk(library, lambda: assistant), rooms=rooms))


@pytest.fixture
def roomy(desktop: BrowserContext, roomy_site: str) -> Iterator[Visit]:
    yield from visiting(desktop, roomy_site)


def test_a_second_room_is_a_click_away_and_the_conversation_waits(roomy: Visit) -> None:
    page = roomy.open()
    rooms = page.locator(".rooms a")
    assert rooms.all_inner_texts() == ["问答", "示例栏目"]
    expect(rooms.first).to_have_attribute("aria-current", "page")
    roomy.ask(ABOUT_ROOMS)
    rooms.nth(1).click()
    expect(page.get_by_role("heading", name="示例栏目")).to_be_visible()
    expect(page.locator("#conversation")).to_be_hidden()
    expect(page.locator(".first-screen")).to_be_hidden()
    page.get_by_label("会议培训室").check()
    expect(page.locator("#told")).to_have_text("已有1间")
    assert findings(page) == []
    rooms.first.click()
    expect(page.locator(".turn.reply.answered")).to_be_visible()
    rooms.nth(1).click()
    expect(page.get_by_label("会议培训室")).to_be_checked()
    assert roomy.strayed == []
    assert roomy.errors == []


def test_a_room_has_an_address_of_its_own(roomy: Visit) -> None:
    page = roomy.page
    page.goto(f"{roomy.site}/?room=sample")
    expect(page.get_by_role("heading", name="示例栏目")).to_be_visible()
    expect(page.locator(".rooms a").nth(1)).to_have_attribute("aria-current", "page")
    page.goto(f"{roomy.site}/?room=nowhere")
    expect(page.locator("#question textarea")).to_be_visible()
