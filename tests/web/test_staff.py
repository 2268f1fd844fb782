"""The staff page: absent without a password, shut to whoever does not know it, and of use to whoever does."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from assistant.answer import Status
from assistant.feedback.ledger import Ledger
from assistant.feedback.opinion import Opinion, Reason, Unanswered
from assistant.question import Language, Role
from assistant.web.application import build_application
from assistant.web.desk import Desk
from assistant.web.feedback import Opinions
from assistant.web.gate import TRIES
from assistant.web.strings import CHINESE, ENGLISH
from assistant.web.strings.feedback import FeedbackStrings
from corpus.library import Library
from evals.case import Case
from tests.web.test_access import findings
from tests.web.visiting import FaultyAssistant, Visit, serve, visiting

PASSWORD = "correct horse 口令"
SAID = CHINESE.feedback
TODAY = date(2026, 11, 25)


def _fill(ledger: Ledger) -> None:
    for question, times in (("孵化中心面积多大？", 2), ("孵化中心的面积要多大", 1), ("电话多少<b>", 1)):
        for _ in range(times):
            ledger.note(
                Unanswered(
                    question=question,
                    role=Role.RESIDENT,
                    language=Language.CHINESE,
                    status=Status.NOT_IN_CORPUS,
                    last_on=TODAY,
                )
            )
    for number, (useful, comment) in enumerate(((True, ""), (False, "=漏了<script>一项"))):
        ledger.keep(
            Opinion(
                given_on=TODAY,
                useful=useful,
                reasons=() if useful else (Reason.INCOMPLETE, Reason.UNCLEAR),
                comment=comment,
                question=f"街道要有哪些房间{'？' * number}",
                role=Role.STAFF,
                language=Language.CHINESE,
                status=Status.ANSWERED,
                answer="应独立设置党建活动室。\n\n> 原文",
                provisions=("guide/4#1", "gone/1"),
                follow_up=useful,
            )
        )


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    opened = Ledger(tmp_path / "feedback.sqlite")
    _fill(opened)
    yield opened
    opened.close()


@pytest.fixture
def staff_site(library: Library, assistant: FaultyAssistant, ledger: Ledger) -> Iterator[str]:
    """A page with a door for staff, nobody has been at it yet."""
    desk = Desk(library, lambda: assistant, opinions=Opinions(ledger, keep_unanswered=True))
    yield from serve(lambda: build_application(desk, staff_password=PASSWORD))


@pytest.fixture
def client(staff_site: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=staff_site, trust_env=False, timeout=10) as opened:
        yield opened


@pytest.fixture
def staff(desktop: BrowserContext, staff_site: str) -> Iterator[Visit]:
    desktop.clear_cookies()
    yield from visiting(desktop, staff_site)


def enter(client: httpx.Client) -> None:
    assert client.post("/staff", data={"password": PASSWORD}).status_code == 303


def come_in(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("#password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.locator("#opinions").wait_for()


# The door


@pytest.mark.parametrize("path", ["/staff", "/staff/", "/staff/opinions.csv", "/staff/cases.jsonl"])
def test_without_a_password_there_is_no_such_page(site: str, path: str) -> None:
    assert httpx.get(site + path, trust_env=False).status_code == 404
    assert httpx.post(site + path, data={"password": ""}, trust_env=False).status_code in (404, 405)


@pytest.mark.parametrize("name", ["unanswered.csv", "opinions.csv", "cases.jsonl"])
def test_nothing_is_seen_before_the_password_and_after_leaving(client: httpx.Client, name: str) -> None:
    door = client.get("/staff")
    assert door.status_code == 200
    assert "面积" not in door.text
    assert client.get(f"/staff/{name}").status_code == 403
    assert client.post("/staff/forget", data={"opinion": "1"}).status_code == 403
    client.cookies.set("staff", "guessed", path="/staff")
    assert client.get(f"/staff/{name}").status_code == 403
    client.cookies.clear()
    enter(client)
    kept = dict(client.cookies)
    assert "面积" in client.get("/staff").text
    assert client.get(f"/staff/{name}").status_code == 200
    assert client.post("/staff/leave").status_code == 303
    client.cookies.update(kept)
    assert "面积" not in client.get("/staff").text
    assert client.get(f"/staff/{name}").status_code == 403


def test_the_key_stays_with_the_browser_and_goes_nowhere_else(client: httpx.Client) -> None:
    cookie = client.post("/staff", data={"password": PASSWORD}).headers["set-cookie"]
    assert {"httponly", "samesite=strict", "path=/staff"} <= {
        part.strip().lower() for part in cookie.split(";")
    }
    assert "secure" not in cookie.lower()
    safe = client.post("/staff", data={"password": PASSWORD}, headers={"x-forwarded-proto": "https"})
    assert "; secure" in safe.headers["set-cookie"].lower()
    for path in ("/staff", "/staff/opinions.csv"):
        assert client.get(path).headers["cache-control"] == "no-store"


def test_a_wrong_password_is_told_so_and_guessing_has_to_wait(client: httpx.Client) -> None:
    tries = [client.post("/staff", data={"password": f"guess {number}"}) for number in range(TRIES + 1)]
    assert [answer.status_code for answer in tries] == [401] * TRIES + [429]
    assert SAID.wrong_password in tries[0].text
    assert int(tries[-1].headers["retry-after"]) > 1
    right = client.post("/staff", data={"password": PASSWORD})
    assert right.status_code == 429
    assert "set-cookie" not in right.headers
    for odd in (b"", b"password", b"a=1", b"password=%ff%fe", b"\xff" * 100, b"password=" + b"x" * 50_000):
        answer = client.post(
            "/staff", content=odd, headers={"content-type": "application/x-www-form-urlencoded"}
        )
        assert answer.status_code == 429


def test_a_page_of_another_site_can_do_nothing_here(client: httpx.Client, ledger: Ledger) -> None:
    enter(client)
    elsewhere = {"origin": "https://elsewhere.example"}
    for path, data in (
        ("/staff", {"password": PASSWORD}),
        ("/staff/leave", {}),
        ("/staff/forget", {"opinion": "1"}),
    ):
        assert client.post(path, data=data, headers=elsewhere).status_code == 403
    assert len(ledger.opinions()) == 2
    assert "面积" in client.get("/staff").text


# What is inside


def test_the_page_shows_groups_and_opinions_and_runs_nothing_of_what_was_written(
    client: httpx.Client,
) -> None:
    enter(client)
    page = client.get("/staff").text
    assert "<script>一项" not in page
    assert "&lt;script&gt;一项" in page
    assert "电话多少&lt;b&gt;" in page
    assert 'href="/read/guide?p=guide/4%231">指引·第四条' in page
    assert "<li>gone/1</li>" in page
    assert page.index("孵化中心面积多大") < page.index("电话多少")
    assert SAID.also_asked.format(count=1) in page
    assert SAID.times.format(count=3) in page
    only = client.get("/staff?show=unclear").text
    assert "漏了" in only
    assert only.count('class="verdict-line"') == 1
    assert client.get("/staff?show=useful").text.count('class="verdict-line"') == 1
    assert client.get("/staff?show=<x>").text.count('class="verdict-line"') == 2


def test_exports_are_complete_tables_and_cases(client: httpx.Client) -> None:
    enter(client)
    answer = client.get("/staff/opinions.csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert 'filename="opinions.csv"' in answer.headers["content-disposition"]
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert rows[0][0] == SAID.day
    assert len(rows) == 3
    assert rows[1][1:4] == ["没用", "不完整、看不懂", "'=漏了<script>一项"]
    unanswered = list(
        csv.reader(io.StringIO(client.get("/staff/unanswered.csv?lang=en").content.decode("utf-8-sig")))
    )
    assert unanswered[0][2] == ENGLISH.feedback.question
    assert [row[:4] for row in unanswered[1:]] == [
        ["1", "3", "孵化中心面积多大？", "2"],
        ["1", "3", "孵化中心的面积要多大", "1"],
        ["2", "1", "电话多少<b>", "1"],
    ]
    cases = [
        Case.model_validate(json.loads(line)) for line in client.get("/staff/cases.jsonl").text.splitlines()
    ]
    assert [case.question for case in cases] == ["街道要有哪些房间？", "孵化中心面积多大？", "电话多少<b>"]
    assert client.get("/staff/other.csv").status_code == 404


def test_a_file_that_cannot_be_read_is_told_of_in_a_sentence(
    library: Library, assistant: FaultyAssistant, tmp_path: Path
) -> None:
    (tmp_path / "broken.sqlite").write_bytes(b"nothing of the kind" * 99)
    desk = Desk(library, lambda: assistant, opinions=Opinions(Ledger(tmp_path / "broken.sqlite")))
    for site in serve(lambda: build_application(desk, staff_password=PASSWORD)):
        with httpx.Client(base_url=site, trust_env=False) as client:
            enter(client)
            answer = client.get("/staff")
            assert answer.status_code == 503
            assert SAID.ledger_trouble in answer.text


def test_without_a_ledger_the_page_is_empty_and_says_what_to_set(
    library: Library, assistant: FaultyAssistant
) -> None:
    desk = Desk(library, lambda: assistant)
    for site in serve(lambda: build_application(desk, staff_password=PASSWORD)):
        with httpx.Client(base_url=site, trust_env=False) as client:
            enter(client)
            text = client.get("/staff").text
            assert SAID.none_unanswered in text
            assert SAID.none_opinions in text
            assert "POLICY_KEEP_UNANSWERED" in text
            assert client.get("/staff/cases.jsonl").text == ""


@pytest.mark.browser
def test_staff_come_in_look_delete_and_leave_by_keyboard(staff: Visit, ledger: Ledger) -> None:
    page = staff.page
    page.goto(f"{staff.site}/staff")
    expect(page.locator("#password")).to_be_focused()
    page.keyboard.type("not this one")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text(SAID.wrong_password)
    expect(page.locator("#password")).to_be_focused()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator(".groups > li")).to_have_count(2)
    page.locator(".groups summary").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".groups details li").first).to_contain_text("孵化中心的面积要多大")
    page.locator(".opinions .forget summary").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text(SAID.deleted)
    assert [one.useful for one in ledger.opinions()] == [True]
    page.locator(".groups .forget summary").first.click()
    page.locator(".groups .forget button").first.click()
    expect(page.locator(".groups > li")).to_have_count(1)
    page.get_by_role("button", name=SAID.log_out).click()
    expect(page.locator("#password")).to_be_visible()
    page.go_back()
    expect(page.locator("#password")).to_be_visible()
    assert staff.strayed == []
    assert staff.errors == []


@pytest.mark.browser
def test_an_export_is_a_click(staff: Visit) -> None:
    come_in(staff.page, f"{staff.site}/staff")
    with staff.page.expect_download() as download:
        staff.page.get_by_role("link", name=SAID.export_cases).click()
    assert download.value.suggested_filename == "cases.jsonl"


@pytest.mark.browser
@pytest.mark.parametrize(
    "looks", ["theme=light", "theme=dark", "contrast=high&theme=dark", "size=large&contrast=high"]
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_axe_finds_nothing_serious_at_the_door_and_inside(staff: Visit, lang: str, looks: str) -> None:
    page = staff.page
    page.goto(f"{staff.site}/staff?lang={lang}&{looks}")
    assert findings(page) == []
    page.locator("#password").fill("wrong")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    assert findings(page) == []
    page.locator("#password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.locator("#opinions").wait_for()
    assert all(part in page.url for part in looks.split("&")), "how it looks goes along"
    for summary in page.locator("summary").all():
        summary.click()
    assert findings(page) == []


@pytest.mark.browser
def test_on_a_phone_and_at_twice_the_size_nothing_runs_off(
    small_screen: BrowserContext, staff: Visit
) -> None:
    phone = small_screen.new_page()
    staff.page.set_viewport_size({"width": 640, "height": 430})
    for page, looks in ((phone, ""), (staff.page, "?size=large"), (phone, "?lang=en")):
        page.context.clear_cookies()
        come_in(page, f"{staff.site}/staff{looks}")
        for summary in page.locator("summary").all():
            summary.click()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        small = page.evaluate(
            """() => [...document.querySelectorAll('button, summary, input:not([type=hidden]), .tool, .exports a, .show a, .cited a')]
                .filter(e => e.checkVisibility()).map(e => [e.className || e.textContent, e.getBoundingClientRect()])
                .filter(([, r]) => r.width > 0 && (r.height < 24 || r.width < 24)).map(([name, r]) => [name, r.width, r.height])"""
        )
        assert small == []
    phone.close()


@pytest.mark.parametrize("name", list(FeedbackStrings.__dataclass_fields__))
def test_every_string_of_feedback_is_in_both_languages_with_the_same_braces(name: str) -> None:
    import string

    mine, other = getattr(CHINESE.feedback, name), getattr(ENGLISH.feedback, name)
    if not isinstance(mine, str):
        assert mine.keys() == other.keys()
        assert all((*mine.values(), *other.values()))
        return
    assert mine.strip()
    assert other.strip()
    braces = [
        sorted(field for _, field, _, _ in string.Formatter().parse(text) if field) for text in (mine, other)
    ]
    assert braces[0] == braces[1]
