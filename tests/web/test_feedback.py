"""有用 and 没用: what is sent, what is kept, and what a visitor sees of it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from assistant.answer import Reply, Status
from assistant.feedback.ledger import Ledger, LedgerFull
from assistant.feedback.opinion import Reason
from assistant.question import Question
from assistant.settings import load_settings
from assistant.web.application import build_application
from assistant.web.desk import Desk
from assistant.web.feedback import AnswerGone, Opinions
from assistant.web.serve import open_opinions
from assistant.web.strings import CHINESE, ENGLISH
from corpus.library import Library
from tests.web.test_access import findings
from tests.web.visiting import (
    AREA,
    ENGLISH_ROOMS,
    FAULTY,
    ROOMS,
    SLOW,
    FaultyAssistant,
    Visit,
    serve,
    visiting,
)

SAID = CHINESE.feedback


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    opened = Ledger(tmp_path_factory.mktemp("kept") / "feedback.sqlite")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def judged_site(library: Library, assistant: FaultyAssistant, ledger: Ledger) -> Iterator[str]:
    """A page that keeps opinions, and questions that could not be answered."""
    opinions = Opinions(ledger, keep_unanswered=True)
    yield from serve(lambda: build_application(Desk(library, lambda: assistant, opinions=opinions)))


@pytest.fixture
def judged(desktop: BrowserContext, judged_site: str, ledger: Ledger) -> Iterator[Visit]:
    ledger.forget(
        opinions=[one.id for one in ledger.opinions()], questions=[one.id for one in ledger.unanswered()]
    )
    yield from visiting(desktop, judged_site)


@pytest.fixture
def judged_phone(small_screen: BrowserContext, judged_site: str) -> Iterator[Visit]:
    yield from visiting(small_screen, judged_site)


def complain(page: Page) -> None:
    page.locator(".useless").last.click()
    expect(page.locator(".verdict-form")).to_be_visible()


# On the page


@pytest.mark.browser
def test_nothing_is_kept_of_an_answer_until_a_button_is_pressed(judged: Visit, ledger: Ledger) -> None:
    page = judged.open()
    judged.ask(ROOMS)
    expect(page.locator(".verdict")).to_contain_text(SAID.kept_when)
    assert ledger.opinions() == ()
    page.locator(".useful").click()
    expect(page.locator(".verdict")).to_have_text(SAID.thanks)
    (kept,) = ledger.opinions()
    assert kept.question == ROOMS
    assert kept.useful
    assert kept.provisions == ("guide/4#1",)
    assert "党建活动室" in kept.answer
    assert kept.given_on == date.today()
    expect(page.locator("button.copy")).to_be_focused()
    assert SAID.thanks in page.locator("[data-announcer]").inner_text()
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    assert judged.strayed == []
    assert judged.errors == []


@pytest.mark.browser
def test_what_was_wrong_is_said_by_keyboard_alone(judged: Visit, ledger: Ledger) -> None:
    page = judged.open()
    judged.ask(AREA)
    page.locator(".useless").focus()
    page.keyboard.press("Enter")
    form = page.locator(".verdict-form")
    expect(form).to_be_visible()
    page.keyboard.press("Tab")
    page.get_by_label(SAID.reasons[Reason.INCOMPLETE]).focus()
    page.keyboard.press("Space")
    page.get_by_label(SAID.comment).focus()
    page.keyboard.type("我叫张三，请打13800138000/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name=SAID.send)).to_be_focused()
    page.keyboard.press("Enter")
    expect(form).to_be_hidden()
    expect(page.locator(".verdict")).to_have_text(SAID.thanks)
    (kept,) = ledger.opinions()
    assert (kept.useful, kept.reasons) == (False, (Reason.INCOMPLETE,))
    assert kept.comment == "我叫【姓名】，请打【电话号码】/"
    assert kept.status is Status.NOT_IN_CORPUS


@pytest.mark.browser
def test_escape_and_cancel_send_nothing_and_come_back_to_the_button(judged: Visit, ledger: Ledger) -> None:
    page = judged.open()
    judged.ask(ROOMS)
    complain(page)
    page.fill(".verdict-form textarea", "写了一半")
    page.keyboard.press("Escape")
    expect(page.locator(".verdict-form")).to_be_hidden()
    expect(page.locator(".useless")).to_be_focused()
    complain(page)
    assert page.locator(".verdict-form textarea").input_value() == "", "the next person does not see it"
    page.get_by_role("button", name=SAID.cancel).click()
    expect(page.locator(".verdict-form")).to_be_hidden()
    assert ledger.opinions() == ()


@pytest.mark.browser
def test_thanks_stay_under_the_answer_while_the_next_one_is_written(judged: Visit, ledger: Ledger) -> None:
    page = judged.open()
    judged.ask(ROOMS)
    page.locator(".useful").click()
    expect(page.locator(".verdict.given")).to_have_count(1)
    judged.ask(SLOW)
    expect(page.locator(".verdict").first).to_have_text(SAID.thanks)
    expect(page.locator(".useful")).to_have_count(1)
    page.locator(".useful").click()
    expect(page.locator(".verdict.given")).to_have_count(2)
    assert [one.follow_up for one in ledger.opinions()] == [True, False]
    page.locator("#clear").click()
    expect(page.locator("[data-announcer]")).to_contain_text(CHINESE.cleared_screen)


@pytest.mark.browser
def test_an_answer_that_was_cleared_cannot_be_spoken_of_any_more(judged: Visit, judged_site: str) -> None:
    page = judged.open()
    judged.ask(ROOMS)
    token = str(page.locator(".verdict").get_attribute("id")).removeprefix("verdict-")
    page.locator("#clear").click()
    expect(page.locator(".turn")).to_have_count(0)
    answer = httpx.post(
        f"{judged_site}/api/feedback", json={"answer": token, "useful": True}, trust_env=False
    )
    assert answer.status_code == 410


@pytest.mark.browser
def test_what_cannot_be_kept_is_said_and_what_was_written_stays(judged: Visit) -> None:
    page = judged.open()
    judged.ask(ROOMS)
    page.route("**/api/feedback", lambda route: route.fulfill(status=507, body="{}"))
    page.locator(".useful").click()
    expect(page.locator(".verdict .trouble")).to_have_text(SAID.full)
    complain(page)
    page.fill(".verdict-form textarea", "不要丢")

    def answer_with(status: int) -> Callable[[Route], None]:
        return lambda route: route.fulfill(status=status, body="{}")

    for status, told in ((410, SAID.gone), (429, CHINESE.too_many), (503, SAID.not_kept)):
        page.unroute("**/api/feedback")
        page.route("**/api/feedback", answer_with(status))
        page.get_by_role("button", name=SAID.send).click()
        expect(page.locator(".verdict-form .trouble")).to_have_text(told)
    page.unroute("**/api/feedback")
    page.route("**/api/feedback", lambda route: route.abort())
    page.get_by_role("button", name=SAID.send).click()
    expect(page.locator(".verdict-form .trouble")).to_have_text(CHINESE.lost)
    assert page.locator(".verdict-form textarea").input_value() == "不要丢"


@pytest.mark.browser
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/en/"], ids=["zh", "en"])
def test_axe_finds_nothing_serious_in_feedback(judged: Visit, path: str, theme: str) -> None:
    page = judged.open(f"{path}?theme={theme}")
    judged.ask(ENGLISH_ROOMS if path == "/en/" else ROOMS)
    assert findings(page) == []
    complain(page)
    page.locator(".verdict-form input").first.check()
    assert findings(page) == []
    page.locator(".verdict-form [type=submit]").click()
    expect(page.locator(".verdict.given")).to_be_visible()
    assert findings(page) == []
    if path == "/en/":
        expect(page.locator(".generated")).to_contain_text(ENGLISH.feedback.unanswered_kept)


@pytest.mark.browser
@pytest.mark.parametrize("address", ["/?contrast=high", "/?contrast=high&theme=dark", "/?size=large"])
def test_axe_finds_nothing_serious_in_feedback_in_the_other_ways_of_showing(
    judged: Visit, address: str
) -> None:
    page = judged.open(address)
    judged.ask(ROOMS)
    complain(page)
    assert findings(page) == []


@pytest.mark.browser
def test_on_a_phone_and_at_twice_the_size_everything_is_in_reach(judged_phone: Visit, judged: Visit) -> None:
    judged.page.set_viewport_size({"width": 640, "height": 430})
    for visit, path in ((judged_phone, "/"), (judged, "/?size=large")):
        page = visit.open(path)
        visit.ask(ROOMS)
        small = page.evaluate(
            """() => [...document.querySelectorAll('.verdict button')].map(e => e.getBoundingClientRect()).filter(r => r.height < 24 || r.width < 24).length"""
        )
        assert small == 0
        page.locator(".useless").scroll_into_view_if_needed()
        complain(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        send = page.get_by_role("button", name=SAID.send)
        send.scroll_into_view_if_needed()
        expect(send).to_be_in_viewport()
        page.get_by_role("button", name=SAID.cancel).click()
    judged_phone.page.locator(".useful").tap()
    expect(judged_phone.page.locator(".verdict")).to_have_text(SAID.thanks)


@pytest.mark.browser
def test_without_a_ledger_there_is_nothing_to_press(visit: Visit, site: str) -> None:
    page = visit.open()
    visit.ask(ROOMS)
    assert page.locator(".verdict, .verdict-form").count() == 0
    assert CHINESE.feedback.unanswered_kept not in page.locator("body").inner_text()
    answer = httpx.post(f"{site}/api/feedback", json={"answer": "0" * 24, "useful": True}, trust_env=False)
    assert answer.status_code == 404


@pytest.mark.browser
def test_questions_without_an_answer_are_counted_and_others_and_faults_are_not(
    judged: Visit, judged_site: str, ledger: Ledger
) -> None:
    page = judged.open()
    expect(page.locator(".generated")).to_contain_text(SAID.unanswered_kept)
    judged.ask(AREA)
    judged.ask(ROOMS)
    judged.ask(FAULTY)
    httpx.post(f"{judged_site}/api/ask", json={"question": AREA}, trust_env=False).raise_for_status()
    httpx.post(
        f"{judged_site}/api/ask", json={"question": "电话13800138000是谁的"}, trust_env=False
    ).raise_for_status()
    assert [(one.question, one.asked) for one in ledger.unanswered()] == [
        (AREA, 2),
        ("电话【电话号码】是谁的", 1),
    ]
    assert ledger.opinions() == ()


# What may be sent


@pytest.fixture(scope="module")
def client(judged_site: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=judged_site, trust_env=False, timeout=10) as opened:
        yield opened


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"answer": "x" * 24, "useful": True},
        {"answer": "0" * 24},
        {"answer": "0" * 24, "useful": True, "comment": "长" * 501},
        {"answer": "0" * 24, "useful": False, "reasons": ["bad"]},
        {"answer": "0" * 24, "useful": False, "reasons": ["other"] * 6},
        {"answer": "0" * 24, "useful": True, "question": "我自己写的问题"},
        [],
    ],
    ids=str,
)
def test_nothing_but_an_opinion_is_taken(client: httpx.Client, body: object) -> None:
    assert client.post("/api/feedback", json=body).status_code == 400


def test_an_opinion_on_an_answer_that_nobody_was_given_is_not_kept(
    client: httpx.Client, ledger: Ledger
) -> None:
    before = ledger.opinions()
    assert client.post("/api/feedback", json={"answer": "0" * 24, "useful": True}).status_code == 410
    assert ledger.opinions() == before


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "https://elsewhere.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://["}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "same-origin"}, 410),
        ({"origin": "http://127.0.0.1:1"}, 410),
        ({"origin": "https://policy.example", "host": "policy.example"}, 410),
        ({"origin": "https://policy.example", "x-forwarded-host": "policy.example:8443"}, 410),
        ({}, 410),
    ],
    ids=str,
)
def test_a_page_of_another_site_cannot_send_one(
    client: httpx.Client, headers: dict[str, str], status: int
) -> None:
    body = {"answer": "0" * 24, "useful": True}
    assert client.post("/api/feedback", json=body, headers=headers).status_code == status


# What is remembered meanwhile


def test_a_second_opinion_takes_the_place_of_the_first(tmp_path: Path, replies: dict[str, Reply]) -> None:
    opinions = Opinions(Ledger(tmp_path / "f.sqlite"))
    assert opinions.ledger is not None
    token = opinions.offer(Question(text=ROOMS), replies[ROOMS])
    opinions.give(token, useful=True)
    opinions.give(token, useful=False, reasons=[Reason.UNCLEAR], comment="看错了")
    (kept,) = opinions.ledger.opinions()
    assert (kept.useful, kept.comment) == (False, "看错了")
    opinions.ledger.close()


def test_answers_are_forgotten_after_an_hour_when_there_are_many_and_when_cleared(
    tmp_path: Path, replies: dict[str, Reply]
) -> None:
    now = [0.0]
    opinions = Opinions(Ledger(tmp_path / "f.sqlite"), clock=lambda: now[0])
    question, reply = Question(text=ROOMS), replies[ROOMS]
    old, cleared = opinions.offer(question, reply), opinions.offer(question, reply)
    opinions.withdraw([cleared, "unknown"])
    now[0] = 3601.0
    for token in (old, cleared, ""):
        with pytest.raises(AnswerGone):
            opinions.give(token, useful=True)
    many = [opinions.offer(question, reply) for _ in range(2500)]
    with pytest.raises(AnswerGone):
        opinions.give(many[0], useful=True)
    opinions.give(many[-1], useful=True)
    assert opinions.ledger is not None
    opinions.ledger.close()


def test_a_full_ledger_stops_no_answer(
    tmp_path: Path, replies: dict[str, Reply], caplog: pytest.LogCaptureFixture
) -> None:
    ledger = Ledger(tmp_path / "f.sqlite", largest=64 * 1024)
    opinions = Opinions(ledger, keep_unanswered=True)
    for number in range(300):
        opinions.note(Question(text=f"{number}" + "长" * 280), replies[AREA])
    assert 0 < len(ledger.unanswered()) < 300
    assert "长" not in caplog.text
    assert "is full" in caplog.text
    assert 1 <= caplog.text.count("is full") <= 5, "not said for every question"
    token = opinions.offer(Question(text=AREA), replace(replies[AREA], answer="长" * 8000))
    with pytest.raises(LedgerFull):
        opinions.give(token, useful=False, comment="长" * 500)
    ledger.close()


def test_where_the_file_cannot_be_written_no_opinion_is_asked_for_and_the_operator_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    settings = load_settings().model_copy(update={"feedback": tmp_path / "file" / "f.sqlite"})
    assert open_opinions(settings).ledger is None
    assert "f.sqlite" in capsys.readouterr().err
    assert open_opinions(settings.model_copy(update={"feedback": None})).ledger is None
    kept = open_opinions(
        settings.model_copy(update={"feedback": tmp_path / "f.sqlite", "keep_unanswered": True})
    )
    assert kept.ledger is not None
    assert kept.keep_unanswered
    assert not (tmp_path / "f.sqlite").exists()
