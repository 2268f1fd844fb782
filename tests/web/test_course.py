"""A trainer makes a course from a cold start, goes through it, and takes the files: with mouse, keyboard and phone."""

import io
import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from zipfile import ZipFile

import docx
import pptx
import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import BrowserContext, Locator, Page, expect

from assistant.course import words
from assistant.course.audience import AUDIENCES
from assistant.course.files import KINDS
from assistant.course.gap import GAP
from assistant.ground import check
from assistant.office.label import GENERATED, MARK
from assistant.question import Language
from assistant.web.course_pack import PackSetter
from assistant.web.strings import CHINESE, ENGLISH, Strings
from corpus.library import Library
from tests.assistant.course.making import setting, whole_pack
from tests.web.test_access import findings
from tests.web.visiting import Visit, visiting

browser = pytest.mark.browser

OWN = "（示例）请大家想一想自己社区有几支队伍。"
FALSE = "到2023年，城市社区平均拥有不少于25个社区社会组织。"
TRUE = "城市社区平均拥有不少于15个社区社会组织。"


def enter(visit: Visit, strings: Strings = CHINESE, query: str = "") -> Page:
    """Walk into the room."""
    page = visit.page
    page.goto(f"{visit.site}{strings.path}?room=course{query}")
    page.locator("[data-course-choices]").wait_for()
    expect(page.get_by_role("heading", name=strings.course.room, exact=True)).to_be_visible()
    return page


def make(page: Page, strings: Strings = CHINESE) -> None:
    """Make the course, and wait until it is there."""
    page.get_by_role("button", name=strings.course.make).click()
    page.locator("[data-course-head]").wait_for()


def fetched(page: Page, kind: str) -> tuple[str, bytes]:
    """Download one of the files; return its name and what is in it."""
    with page.expect_download() as waiting:
        page.locator(f'[data-course-file="{kind}"]').click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def line_of(page: Page, id: str) -> Locator:
    """Return the line of an item."""
    return page.locator(f'[data-course-item="{id}"]')


@browser
def test_a_course_is_made_from_a_cold_start_in_one_click_and_every_file_opens(visit: Visit) -> None:
    page = enter(visit)
    make(page)
    expect(page.locator("[data-course-head]")).to_have_text("课程已编好：共7讲，测验10题，合计360分钟。")
    expect(page.locator("[data-course-head]")).to_be_focused()
    for kind in KINDS:
        name, content = fetched(page, kind)
        assert name.startswith("政策培训课程-")
        if kind == "pack":
            with ZipFile(io.BytesIO(content)) as archive:
                assert len(archive.namelist()) == len(KINDS) - 1
            continue
        opened = (
            pptx.Presentation(io.BytesIO(content)) if kind == "slides" else docx.Document(io.BytesIO(content))
        )
        assert opened.core_properties.category == MARK.zh
        if kind != "slides":
            assert opened.paragraphs[1].text == GENERATED.zh
    expect(page.locator("[data-course-written]")).to_contain_text("已生成")
    assert visit.strayed == []
    assert visit.errors == []


@browser
def test_what_is_struck_out_or_rewritten_is_checked_and_reaches_the_files(visit: Visit) -> None:
    page = enter(visit)
    make(page)
    rewrite(page, "point:plan-1-urban", OWN)
    expect(line_of(page, "point:plan-1-urban").locator(".course-mark")).to_have_text(CHINESE.course.own)
    expect(line_of(page, "point:plan-1-urban").locator("a.chip")).to_be_hidden()
    rewrite(page, "point:plan-1-brand", FALSE)
    expect(line_of(page, "point:plan-1-brand").locator(".course-mark")).to_have_text(CHINESE.course.own)
    rewrite(page, "point:plan-1-deadline", TRUE)
    expect(line_of(page, "point:plan-1-deadline").locator(".course-mark")).to_have_text(
        CHINESE.course.borne_out
    )
    line_of(page, "point:plan-1-rural").get_by_role("checkbox").uncheck()
    expect(line_of(page, "point:plan-1-rural")).to_have_class(re.compile("struck"))
    _, content = fetched(page, "handout")
    said = [paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs]
    assert words.OWN_MARK.zh.format(words=OWN) in said
    assert words.OWN_MARK.zh.format(words=FALSE) in said
    assert f"{TRUE}（方案·第一部分）" in said
    assert not any(line.startswith("到2023年，农村社区平均拥有不少于8个社区社会组织。") for line in said)
    # Another choice keeps what was done to the lines.
    page.get_by_label("学时", exact=True).fill("4")
    page.get_by_label("学时", exact=True).blur()
    expect(page.locator("[data-course-told]")).to_have_text(CHINESE.course.changed)
    page.get_by_role("button", name=CHINESE.course.remake).click()
    expect(page.locator("[data-course-head]")).to_contain_text("合计180分钟")
    expect(line_of(page, "point:plan-1-urban").locator("[data-course-text]")).to_have_text(OWN)
    expect(line_of(page, "point:plan-1-urban").locator(".course-mark")).to_have_text(CHINESE.course.own)
    expect(line_of(page, "point:plan-1-rural").get_by_role("checkbox")).not_to_be_checked()
    # And the line can be had back.
    line_of(page, "point:plan-1-urban").locator("[data-course-edit]").click()
    page.get_by_role("button", name=CHINESE.course.restore).click()
    expect(line_of(page, "point:plan-1-urban").locator("[data-course-text]")).to_have_text(
        "到2023年，城市社区平均拥有不少于15个社区社会组织。"
    )
    expect(line_of(page, "point:plan-1-urban").locator(".course-mark")).to_be_empty()
    expect(line_of(page, "point:plan-1-urban").locator("a.chip")).to_be_visible()
    assert visit.errors == []


def rewrite(page: Page, id: str, text: str) -> None:
    """Put other words into a line."""
    line = line_of(page, id)
    line.locator("[data-course-edit]").click()
    line.get_by_label(CHINESE.course.edit_label).fill(text)
    line.get_by_role("button", name=CHINESE.course.accept).click()
    expect(line.locator("textarea")).to_have_count(0)
    expect(line.locator("[data-course-edit]")).to_be_focused()


@browser
def test_times_follow_what_is_struck_out(visit: Visit) -> None:
    page = enter(visit)
    make(page)
    for line in page.locator(".course-session").nth(0).locator(".course-lines [data-course-keep]").all():
        line.uncheck()
    expect(page.locator('[data-live="timetable"] tbody tr').first).to_contain_text("实施“安家”工程")
    expect(page.locator('[data-live="timetable"] tbody tr').last).to_contain_text("360分钟")
    expect(page.locator("[data-course-head]")).to_contain_text("共6讲")


@browser
def test_another_audience_brings_its_own_provisions(visit: Visit) -> None:
    page = enter(visit)
    page.get_by_label(AUDIENCES[1].title.zh, exact=True).check()
    expect(page.locator("[data-course-count]")).to_have_text(f"已选{len(AUDIENCES[1].units)}条")
    page.locator(".course-provisions > summary").click()
    page.get_by_label("指引·第十条").uncheck()
    expect(page.locator("[data-course-count]")).to_have_text(f"已选{len(AUDIENCES[1].units) - 1}条")
    page.get_by_role("button", name=CHINESE.course.usual).click()
    expect(page.get_by_label("指引·第十条")).to_be_checked()
    while page.locator("[name=unit]:checked").count():
        page.locator("[name=unit]:checked").first.uncheck()
    page.get_by_role("button", name=CHINESE.course.make).click()
    expect(page.locator("[data-course-told]")).to_have_text("请至少选一条条文。")


@browser
def test_a_source_opens_beside_the_course_with_its_words_marked(visit: Visit) -> None:
    page = enter(visit)
    make(page)
    line_of(page, "quote:plan/1#1").locator("a.chip").click()
    expect(page.locator(".reader-side mark").first).to_contain_text("到2023年")
    expect(page.locator("[data-course-head]")).to_be_visible()


@browser
def test_the_whole_way_is_walked_by_keyboard(visit: Visit) -> None:
    page = enter(visit)
    page.get_by_label(AUDIENCES[0].title.zh, exact=True).focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label(AUDIENCES[1].title.zh, exact=True)).to_be_checked()
    page.get_by_label("学时", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-course-head]")).to_be_focused()
    reached: set[str] = set()
    hidden: list[str] = []
    for _ in range(40):
        page.keyboard.press("Tab")
        name, outline, height = page.evaluate(
            """() => { const e = document.activeElement, c = getComputedStyle(e);
                return [[...e.attributes].map(a => a.name).join(' ') + ' ' + e.className + ' ' + e.tagName, c.outlineStyle, e.getBoundingClientRect().height]; }"""
        )
        reached.add(name)
        if outline == "none" and height > 0:
            hidden.append(name)
    told = " ".join(reached)
    for wanted in ("data-course-file", "SUMMARY", "data-course-keep", "data-course-edit", "chip"):
        assert wanted in told, wanted
    assert hidden == []
    box = line_of(page, "point:plan-1-urban").get_by_role("checkbox")
    box.focus()
    page.keyboard.press("Space")
    expect(box).not_to_be_checked()
    line_of(page, "point:plan-1-rural").locator("[data-course-edit]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".course-editor textarea")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".course-editor")).to_have_count(0)
    expect(line_of(page, "point:plan-1-rural").locator("[data-course-edit]")).to_be_focused()
    page.locator('[data-course-file="quiz"]').focus()
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    assert waiting.value.suggested_filename.endswith(".docx")


@browser
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("strings", [CHINESE, ENGLISH], ids=["zh", "en"])
def test_axe_finds_nothing_serious_and_targets_are_large_enough(
    visit: Visit, strings: Strings, theme: str
) -> None:
    page = enter(visit, strings, f"&theme={theme}")
    page.locator(".course-provisions > summary").click()
    assert findings(page) == []
    make(page, strings)
    for details in page.locator(".course-session, .course-before").all():
        details.evaluate("e => { e.open = true; }")
    line_of(page, "point:plan-1-urban").locator("[data-course-edit]").click()
    page.locator(".course-editor textarea").fill(OWN)
    page.get_by_role("button", name=strings.course.accept).click()
    page.locator(".course-mark .own").wait_for()
    line_of(page, "point:plan-1-rural").get_by_role("checkbox").uncheck()
    line_of(page, "point:plan-1-brand").locator("[data-course-edit]").click()
    assert findings(page) == []
    small = page.evaluate(
        """() => [...document.querySelectorAll('#room-course :is(button, summary, a.chip, label, select, textarea, input[type=number])')]
            .filter(e => e.checkVisibility()).map(e => [e.className || e.tagName, e.getBoundingClientRect()])
            .filter(([, r]) => r.width > 0 && (r.height < 24 || r.width < 24)).map(([name, r]) => [name, r.width, r.height])"""
    )
    assert small == []


@browser
def test_a_phone_shows_it_all_and_nothing_runs_off_the_side(small_screen: BrowserContext, site: str) -> None:
    for visit in visiting(small_screen, site):
        page = enter(visit)
        page.locator(".course-provisions > summary").tap()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        make(page)
        for details in page.locator(".course-session, .course-before").all():
            details.evaluate("e => { e.open = true; }")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert findings(page) == []
        name, content = fetched(page, "slides")
        assert name.endswith(".pptx")
        assert len(pptx.Presentation(io.BytesIO(content)).slides) > 20


@browser
def test_while_it_is_made_the_page_says_so_and_a_lost_connection_loses_nothing(visit: Visit) -> None:
    page = enter(visit)
    waiting: list[object] = []
    page.route("**/api/course/pack", lambda route: waiting.append(route))
    page.get_by_role("button", name=CHINESE.course.make).click()
    expect(page.locator("[data-course-told]")).to_have_text(CHINESE.course.making)
    expect(page.locator("[data-course]")).to_have_attribute("aria-busy", "true")
    waiting[0].abort()  # type: ignore[attr-defined]
    expect(page.locator("[data-course-told]")).to_have_text(CHINESE.course.lost)
    page.unroute("**/api/course/pack")
    make(page)
    page.route("**/api/course/files/*", lambda route: route.fulfill(status=500, body="broken"))
    page.locator('[data-course-file="quiz"]').click()
    expect(page.locator("[data-course-written]")).to_have_text(CHINESE.course.went_wrong)


@browser
def test_requests_that_are_not_the_pages_are_refused(visit: Visit) -> None:
    request = visit.page.request
    for body in (
        "{",
        "[]",
        json.dumps({"audience": "leaders"}),
        json.dumps(
            {"audience": "leaders", "hours": 1e9, "minutes": 45, "questions": 10, "units": ["plan/1"]}
        ),
    ):
        reply = request.post(
            f"{visit.site}/api/course/pack", data=body, headers={"content-type": "application/json"}
        )
        assert reply.status == 400
    choice = {
        "audience": "leaders",
        "hours": 8,
        "minutes": 45,
        "questions": 10,
        "units": ["plan/1"],
        "item": "<b>",
        "text": "x",
    }
    assert request.post(f"{visit.site}/api/course/line", data=choice).status == 404
    assert request.post(f"{visit.site}/api/course/files/passwd", data=choice).status == 404
    assert request.get(f"{visit.site}/api/course/files/slides").status in (404, 405)
    script = {**choice, "written": {"point:plan-1-urban": "<img src=x onerror=alert(1)>"}}
    shown = request.post(f"{visit.site}/api/course/pack", data=script).text()
    assert "<img" not in shown


@pytest.fixture(scope="module", params=[Language.CHINESE, Language.ENGLISH], ids=["zh", "en"])
def preview(request: pytest.FixtureRequest, library: Library) -> BeautifulSoup:
    """The preview of a course of everything there is."""
    setter = setting(whole_pack(library), library, request.param)
    strings = ENGLISH if request.param is Language.ENGLISH else CHINESE
    shown = PackSetter(setter=setter, whole=setter, struck=frozenset(), strings=strings)
    return BeautifulSoup(shown.html(), "html.parser")


def test_every_line_of_the_preview_is_traced_to_its_provision(
    preview: BeautifulSoup, library: Library
) -> None:
    traced = 0
    for line in preview.select("[data-course-item]"):
        kind, said = line["class"][1], line.select_one("[data-course-text]").get_text()
        chips = [parse_qs(urlsplit(chip["href"]).query) for chip in line.select("a.chip")]
        places = [query.get("p", ["notice"])[0] for query in chips]
        assert places
        english = line.select_one(".course-words > [lang=en]")
        match kind:
            case "is-quote":
                start, end = map(int, chips[0]["q"][0].split("-"))
                shown = library.document_of(places[0]).text[start:end]
                assert "".join(shown.split()) == "".join(said.split())
            case "is-point":
                assert check(said, places, library).supported
            case "is-remark":
                for word in re.findall(r"“([^”]+)”", said):
                    assert word in library.text_of(places[0])
            case "is-title":
                assert places
            case "is-question":
                answer = line.select_one(".course-answer strong").get_text()
                meant = (
                    line.select_one(".course-answer [lang=zh-Hans]")
                    .get_text()
                    .removeprefix(answer)
                    .strip("　")
                )
                assert check(meant, places, library).supported
                options = [
                    option.get_text().partition(". ")[2] for option in line.select(".course-options li")
                ]
                right = answer.partition(". ")[2] if options else answer
                for option in options:
                    supported = check(said.replace(GAP, option), places, library).supported
                    assert supported is (option == right)
                if answer[0] in "对错" and not options and GAP not in said:
                    assert check(said, places, library).supported is (answer[0] == "对")
        if english is not None:
            translated = english.get_text()
            reference = (library.translation(places[0]) or "").split()
            assert translated.split() == reference or check(translated, places, library).supported
        traced += 1
    print(f"{traced} lines of the preview traced")
    assert traced > 200


@browser
@pytest.mark.parametrize("query", ["&contrast=high", "&contrast=high&theme=dark", "&size=large"])
def test_large_text_and_high_contrast_lose_nothing(visit: Visit, query: str) -> None:
    # A window of 1280 at 200 % has the room of one of 640.
    visit.page.set_viewport_size({"width": 640, "height": 430})
    page = enter(visit, CHINESE, query)
    make(page)
    page.locator(".course-session").last.evaluate("e => { e.open = true; }")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert findings(page) == []
