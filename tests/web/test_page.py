"""What a visitor does on the page, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from assistant.question import Role
from assistant.web.strings import CHINESE, ENGLISH
from corpus.library import Library
from tests.web.visiting import (
    AREA,
    COMPARED,
    ENGLISH_ROOMS,
    FAULTY,
    NOTE,
    PARTLY,
    ROOMS,
    SLOW,
    STREET,
    UNCLEAR,
    FaultyAssistant,
    Visit,
)

pytestmark = pytest.mark.browser


def test_the_first_screen_says_what_it_knows_and_that_a_program_answers(
    visit: Visit, library: Library
) -> None:
    page = visit.open()
    expect(page).to_have_title(CHINESE.name)
    welcome = page.locator(".welcome").inner_text()
    assert "三份文件" in welcome
    assert "北京市社会组织培育孵化机构建设运营工作指引(试行)" in welcome
    assert "2021年10月14日" in welcome
    expect(page.get_by_text(CHINESE.generated, exact=True)).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    assert page.locator(".contents li").count() == len(library.texts)


def test_a_question_is_answered_with_the_quotation_and_a_chip_that_names_the_provision(visit: Visit) -> None:
    page = visit.open()
    visit.ask(ROOMS)
    expect(page.locator(".turn.asked .said")).to_have_text(ROOMS)
    reply = page.locator(".turn.reply.answered")
    expect(reply.locator(".lead")).to_contain_text("党建活动室、会议培训室、综合服务区、交流展示区")
    expect(reply.locator(".quote blockquote")).to_have_text(STREET)
    expect(reply.locator(".quote a.chip")).to_have_text("指引·第四条", use_inner_text=True)
    expect(reply.locator(".aside.validity")).to_contain_text(NOTE)
    assert page.locator("#question textarea").input_value() == ""
    assert not re.search(r"\[\d+\]", reply.inner_text())
    assert visit.errors == []


def test_a_chip_opens_the_original_with_exactly_the_quoted_words_highlighted_and_centred(
    visit: Visit,
) -> None:
    page = visit.open()
    visit.ask(ROOMS)
    page.locator(".quote a.chip").click()
    mark = page.locator(".reader-side .original mark")
    expect(mark).to_have_text(STREET)
    expect(page.locator(".reader-side .documents [aria-current]")).to_have_text("指引")
    expect(page.locator(".provision.current")).to_contain_text("第四条")
    page.wait_for_timeout(600)
    seen, pane = mark.bounding_box(), page.locator(".reader-side .original").bounding_box()
    assert seen is not None
    assert pane is not None
    assert abs((seen["y"] + seen["height"] / 2) - (pane["y"] + pane["height"] / 2)) < pane["height"] * 0.15
    assert "guide" not in page.url, "what was read stays out of the browser's history"


def test_the_reader_walks_to_the_next_and_previous_provision(visit: Visit) -> None:
    page = visit.open()
    visit.ask(ROOMS)
    page.locator(".quote a.chip").click()
    here = page.locator(".walk .here")
    expect(here).to_have_text("指引·第四条")
    page.locator(".walk [rel=next]").click()
    expect(here).to_have_text("指引·第五条")
    expect(page.locator(".provision.current")).to_contain_text("政策咨询、人员培训")
    page.locator(".walk [rel=prev]").click()
    expect(here).to_have_text("指引·第四条")
    page.locator(".walk [rel=prev]").click()
    expect(here).to_have_text("指引·第三条")
    page.locator("[data-close-reader]").click()
    expect(page.locator(".contents")).to_be_visible()


def test_the_browsers_back_closes_the_original_and_keeps_the_conversation(phone: Visit) -> None:
    page = phone.open()
    phone.ask(ROOMS)
    page.locator(".quote a.chip").tap()
    page.locator(".reader-side mark").wait_for()
    assert page.locator(".conversation-side").evaluate("e => e.inert")
    page.go_back()
    expect(page.locator("#reader")).to_be_hidden()
    expect(page.locator(".turn.reply.answered")).to_be_visible()
    assert not page.locator(".conversation-side").evaluate("e => e.inert")


def test_a_link_to_the_quoted_words_is_copied_and_leads_back_to_them(visit: Visit) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit.open()
    visit.ask(ROOMS)
    page.locator(".quote a.chip").click()
    page.locator(".reader-side mark").wait_for()
    page.locator("button.share").click()
    expect(page.locator("button.share")).to_have_text(CHINESE.copied)
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(f"{visit.site}/?p=guide/4")
    page.goto(link)
    expect(page.locator(".reader-side mark")).to_have_text(STREET)


def test_a_provision_has_an_address_that_can_be_shared(visit: Visit) -> None:
    page = visit.open("/?p=guide/4")
    expect(page.locator(".provision.current")).to_contain_text("第四条")
    page = visit.open("/?p=plan/4/2%232&lang=zh")
    expect(page.locator(".provision.current")).to_contain_text("不少于8个学时")
    page = visit.open("/?p=guide/99")
    expect(page.locator(".reader .notice").first).to_contain_text("guide/99")


def test_the_states_of_an_answer_look_different(visit: Visit) -> None:
    page = visit.open()
    visit.ask(PARTLY)
    expect(page.locator(".turn.partial .written .state")).to_have_text(CHINESE.wrote)
    expect(page.locator(".turn.partial .unwritten")).to_contain_text("文件没有写去哪里备案")
    visit.ask(AREA)
    silent = page.locator(".turn.not-in-corpus")
    expect(silent.locator(".state")).to_have_text(CHINESE.not_in_text)
    expect(silent.locator(".chips a.chip")).to_have_text("指引·第四条", use_inner_text=True)
    expect(silent.locator(".next-step")).to_contain_text("居委会")
    assert silent.locator("blockquote").count() == 0
    visit.ask(UNCLEAR)
    expect(page.locator(".turn.needs-clarification a.chip")).to_have_text("指引·第二条", use_inner_text=True)
    page.locator(".turn.needs-clarification button.say").click()
    expect(page.locator(".turn.asked .said").last).to_have_text(
        "《北京市社会组织培育孵化机构建设运营工作指引(试行)》第二条"
    )
    page.locator(".turn.out-of-scope").wait_for()
    expect(page.locator(".turn.out-of-scope .state")).to_have_text(CHINESE.out_of_scope)


def test_tiers_are_compared_in_a_table_with_every_quotation_under_it(visit: Visit) -> None:
    page = visit.open()
    visit.ask(COMPARED)
    assert page.locator(".turn.reply thead th").all_inner_texts() == ["房间", "市级", "区级", "街道乡镇级"]
    expect(page.locator(".turn.reply tbody tr").first).to_contain_text("未列出")
    assert page.locator(".turn.reply .quote a.chip").count() == 3


def test_a_fault_says_what_happened_and_keeps_the_question(visit: Visit) -> None:
    page = visit.open()
    visit.ask(FAULTY)
    expect(page.locator(".turn.error .lead")).to_have_text(CHINESE.failed)
    expect(page.locator(".turn.asked .said")).to_have_text(FAULTY)
    expect(page.locator(".turn.error button.again")).to_be_visible()


def test_a_question_that_is_too_long_is_told_so_and_stays_in_the_box(visit: Visit) -> None:
    page = visit.open()
    visit.ask("房间" * 1500)
    expect(page.locator(".turn.error .lead")).to_contain_text("3000 字")
    assert len(page.locator("#question textarea").input_value()) == 3000


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.value)
def test_each_role_is_offered_four_questions_of_its_own(visit: Visit, role: Role) -> None:
    page = visit.open()
    page.get_by_label(CHINESE.roles[role], exact=True).check()
    shown = page.locator(".examples:visible button.say")
    expect(shown).to_have_count(4)
    assert tuple(shown.all_inner_texts()) == CHINESE.examples[role]


def test_an_example_is_asked_by_one_click_in_the_chosen_role(
    visit: Visit, assistant: FaultyAssistant
) -> None:
    page = visit.open()
    page.get_by_label(CHINESE.roles[Role.STAFF], exact=True).check()
    page.get_by_role("button", name=COMPARED).click()
    page.locator(".turn.reply.answered").wait_for()
    assert assistant.asked[-1].text == COMPARED
    assert assistant.asked[-1].role is Role.STAFF
    expect(page.locator(".first-screen")).to_be_hidden()


def test_a_follow_up_carries_what_was_said_before(visit: Visit, assistant: FaultyAssistant) -> None:
    visit.open()
    visit.ask(ROOMS)
    visit.ask(AREA)
    history = assistant.asked[-1].history
    assert [turn.speaker for turn in history] == ["user", "assistant"]
    assert history[0].text == ROOMS
    assert STREET in history[1].text


def test_each_new_question_comes_into_view_with_its_answer_under_it(visit: Visit) -> None:
    page = visit.open()
    for number, question in enumerate((ROOMS, COMPARED, ROOMS), start=1):
        visit.ask(question)
        expect(page.locator(".turn.reply")).to_have_count(number)
        asked = page.locator(".turn.asked").last
        expect(asked.locator(".said")).to_have_text(question)
        expect(asked).to_be_in_viewport()
    page.wait_for_timeout(800)
    height = page.evaluate("window.innerHeight")
    asked, reply = (
        page.locator(".turn.asked").last.bounding_box(),
        page.locator(".turn.reply").last.bounding_box(),
    )
    assert asked is not None
    assert reply is not None
    assert 0 <= asked["y"] < height * 0.45, "the question stands in the upper part of the screen"
    assert reply["y"] < height * 0.6


def test_english_is_one_click_away_and_an_address_of_its_own(visit: Visit) -> None:
    page = visit.open("/?p=guide/4")
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/en/**")
    expect(page).to_have_title(ENGLISH.name)
    page.wait_for_selector("#question textarea")
    assert page.locator("html").get_attribute("lang") == "en"
    expect(page.locator(".provision.current .translation")).to_contain_text("Party")
    visit.ask(ENGLISH_ROOMS)
    expect(page.locator(".quote a.chip")).to_have_text("Guideline · Article 4", use_inner_text=True)
    assert page.locator(".quote blockquote").get_attribute("lang") == "zh-Hans"
    page = visit.open("/?lang=en")
    expect(page.locator(".generated")).to_have_text(ENGLISH.generated)
    page.get_by_role("link", name="中文").click()
    expect(page).to_have_title(CHINESE.name)


def test_no_word_of_the_english_page_is_left_in_chinese(visit: Visit) -> None:
    page = visit.open("/en/")
    text = page.locator(".masthead, .generated, .first-screen, #composer").all_inner_texts()
    left = re.findall(r"[\u4e00-\u9fff]+", " ".join(text))
    assert set(left) <= {"中文"}


def test_copying_gives_plain_text_with_the_full_citation(visit: Visit) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit.open()
    visit.ask(ROOMS)
    page.locator("button.copy").click()
    expect(page.locator("button.copy")).to_have_text(CHINESE.copied)
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(CHINESE.copy_head)
    assert "《北京市社会组织培育孵化机构建设运营工作指引(试行)》（京社委社组发〔2021〕56号）第四条" in copied
    assert STREET in copied
    assert "<" not in copied
    assert "\n" in copied


def test_stopping_ends_the_answer_and_says_so(visit: Visit) -> None:
    page = visit.open()
    page.fill("#question textarea", SLOW)
    page.press("#question textarea", "Enter")
    page.get_by_text("第二句。").wait_for()
    page.locator("#stop").click()
    expect(page.locator(".stopped")).to_have_text(CHINESE.stopped)
    page.wait_for_timeout(600)
    assert "第九句" not in page.locator(".turn.reply").inner_text()
    visit.ask(ROOMS)
    expect(page.locator(".turn.reply.answered .lead")).to_contain_text("党建活动室")


def test_answering_again_replaces_the_last_answer(visit: Visit, assistant: FaultyAssistant) -> None:
    page = visit.open()
    visit.ask(ROOMS)
    before = len(assistant.asked)
    page.locator("button.again").click()
    expect(page.locator(".turn.reply.answered")).to_be_visible()
    page.wait_for_timeout(300)
    assert len(assistant.asked) == before + 1
    assert page.locator(".turn.asked").count() == 1


def test_clearing_leaves_nothing_of_the_last_person(visit: Visit, assistant: FaultyAssistant) -> None:
    page = visit.open()
    visit.ask(ROOMS)
    page.locator(".quote a.chip").click()
    page.locator(".reader-side mark").wait_for()
    page.fill("#question textarea", "还没有问完的话")
    page.locator("#clear").click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.locator(".first-screen")).to_be_visible()
    expect(page.locator("#question textarea")).to_have_value("")
    text = page.locator("body").inner_text() + page.locator("[data-announcer]").inner_text()
    assert "还没有问完" not in text
    assert page.locator("mark").count() == 0
    page.press("#question textarea", "ArrowUp")
    assert page.locator("#question textarea").input_value() == ""
    visit.ask(AREA)
    assert assistant.asked[-1].history == ()
    kept = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")
    assert kept == [0, 0, ""]


def test_two_visitors_do_not_see_each_other(visit: Visit, phone: Visit) -> None:
    visit.open()
    visit.ask(ROOMS)
    page = phone.open()
    assert page.locator(".turn").count() == 0
    phone.ask(AREA)
    assert page.locator(".turn.asked .said").all_inner_texts() == [AREA]
