"""The facilities room: everything in it traced to the text, its forms handed out, and the self-check done by a stranger."""

import asyncio
import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import docx
import gradio as gr
import httpx
import pytest
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Page, expect

from assistant.facilities.matrix import build_matrix
from assistant.facilities.roster import Item, actors_in, build_roster, of_actor
from assistant.facilities.selfcheck import check, requirements
from assistant.facilities.sign import check_sign, forms_of
from assistant.office.label import GENERATED
from assistant.web.desk import Answerer, Desk
from assistant.web.facilities import FacilityRoom, build_facilities
from assistant.web.facility_tables import FacilitySetter
from assistant.web.security import Guarded, Paced
from assistant.web.strings import CHINESE, LANGUAGES, Strings
from corpus.library import Library, load_library
from tests.assistant.facilities.tracing import Tracer, borne_out
from tests.web.test_access import findings
from tests.web.visiting import Visit

TODAY = date(2026, 11, 25)
SIGNS = ("", "中关村街道社会组织培育孵化中心", "海淀区社会组织发展服务中心", "海淀区中关村街道社会组织培育孵化中心", "中关村孵化中心")  # fmt: skip
APART = ".tip, .chip, .mark, .modal, .what, .who-else, .due, .translation, .tier, .download, caption"
"""What is told apart within a paragraph and traced by itself."""

each_language = pytest.mark.parametrize("strings", LANGUAGES, ids=["zh", "en"])
browser = pytest.mark.browser


@pytest.fixture
def setter(library: Library, strings: Strings) -> FacilitySetter:
    return FacilitySetter(library, strings, today=TODAY)


@pytest.fixture(scope="session")
def roster(library: Library) -> tuple[Item, ...]:
    return build_roster(library)


def pieces(html: str) -> Iterator[str]:
    """Every piece of text that stands by itself, with what is told apart in it taken out."""
    soup = BeautifulSoup(html, "lxml")
    for tip in soup.select(".tip"):
        tip.extract()
    for link in soup.select("a.official"):
        link.replace_with(str(link["href"]))
    for inner in soup.select(APART):
        text = " ".join(inner.get_text().split())
        yield from (
            (part for part in text.split(" · ") if part) if "due" in (inner.get("class") or ()) else [text]
        )
        inner.extract()
    for block in soup.select("p, li, th, td, h2, h3"):
        if not block.select("p, li"):
            yield " ".join(block.get_text().split()).replace(" ;", ";").replace(" .", ".").strip()


def quoted(chip: Tag, library: Library) -> tuple[str, str]:
    """The provision that a chip leads to, and the words that it marks there."""
    asked = parse_qs(urlsplit(str(chip["href"])).query)
    start, end = (int(number) for number in asked["q"][0].split("-"))
    document = library.document_of(asked["p"][0])
    return asked["p"][0], document.text[start:end]


def everything(setter: FacilitySetter, library: Library, roster: tuple[Item, ...]) -> Iterator[str]:
    """All that the room can show: the matrix, the check in every tier and state, the duties of everybody."""
    yield setter.matrix(build_matrix(library))
    for tier in ("city", "district", "street"):
        every = [one.id for one in requirements(library, tier)]
        for held in ([], every[::2], every):
            yield from (setter.checked(group) for group in check(library, tier, held))
            for written in SIGNS:
                yield setter.sign(tier, check_sign(library, tier, written), forms_of(library, tier))
                yield setter.check_download(tier, held, written)
    yield setter.duties(roster, None, elsewhere=0)
    for actor in actors_in(roster):
        yield setter.duties(of_actor(roster, actor), actor, elsewhere=33)


@each_language
def test_every_statement_is_traced(
    setter: FacilitySetter, library: Library, roster: tuple[Item, ...]
) -> None:
    signs = [
        check_sign(library, tier, written) for tier in ("city", "district", "street") for written in SIGNS
    ]
    typed = [words for sign in signs if sign for words in (sign.extra, sign.suggestion)]
    tracer = Tracer(library, today=TODAY, typed=[*typed, *(item.what for item in roster)])
    count = 0
    for html in everything(setter, library, roster):
        said = [piece for piece in pieces(html) if piece]
        assert tracer.untraced(said) == []
        count += len(said)
    assert count > 1400


@each_language
def test_every_cell_says_what_its_chip_marks(setter: FacilitySetter, library: Library) -> None:
    soup = BeautifulSoup(setter.matrix(build_matrix(library)), "lxml")
    cells = soup.select("td")
    assert len(cells) == 13 * 3 - 2 * 6 - 2  # six rows are one sentence for all, two for the lower tiers
    for cell in cells:
        chips = [quoted(chip, library) for chip in cell.select("a.chip")]
        assert chips
        for provision, words in chips:
            assert words in library.text_of(provision)
        articles = "".join(library.text_of(provision.partition("#")[0]) for provision, _ in chips)
        for words in [*cell.select(".words"), *cell.select(".listed .zh")]:
            assert words.get_text() in articles
        for item in cell.select(".unlisted .zh"):
            # A service may be called as a room is (资源配置区): a member of the list stands between its marks.
            assert not re.search(
                rf"(?:、|设置|提供){re.escape(item.get_text())}(?=、|等|以及|，)", chips[0][1]
            )


@each_language
def test_every_duty_is_borne_out_by_the_provision_of_its_chip(
    setter: FacilitySetter, library: Library, roster: tuple[Item, ...]
) -> None:
    soup = BeautifulSoup(setter.duties(roster, None, elsewhere=0), "lxml")
    lines = soup.select("ol.duties > li")
    assert len(lines) == len(roster) == 90
    for line, item in zip(lines, roster, strict=True):
        provision, words = quoted(line.select("a.chip")[0], library)
        assert words == item.quotation.text
        modal = (line.select_one(".modal") or Tag(name="i")).get_text().split(" (")[0]
        assert modal in {
            "应",
            "要",
            "可",
            "鼓励",
            "支持",
            "提倡",
            "直接写明",
            "目标",
            "stated plainly",
            "target",
        }
        binds = modal if item.word else ""
        what = line.select_one(".what")
        assert what is not None
        assert borne_out(library, f"{binds}{what.get_text()}", provision) == ""
        due = line.select_one(".due .zh")
        assert (due is not None) == (item.due is not None)
        if due is not None and item.due is not None:
            assert due.get_text() in library.text_of(item.due.quotation.provision)


@each_language
def test_every_list_that_is_checked_says_that_it_is_not_exhaustive(
    setter: FacilitySetter, library: Library, strings: Strings
) -> None:
    said = "列举未尽" if strings is CHINESE else "not exhaustive"
    for tier in ("city", "district", "street"):
        for group in check(library, tier, ()):
            assert any("等" in quotation.text for quotation in group.quotations)
            assert said in setter.checked(group)


def test_another_tier_keeps_what_both_have(library: Library) -> None:
    room = FacilityRoom(library, CHINESE, today=lambda: TODAY)
    changed = room.retiered("street", "", ["党建活动室", "流动办公区"], [], [])
    assert changed[0].value == ["党建活动室"]
    same = room.answered("street", "street", "", ["党建活动室"], [], [])
    assert same[0] == "street"
    assert "会议培训室、综合服务区、交流展示区" in BeautifulSoup(same[4], "lxml").get_text()


def get(site: str, path: str, **query: object) -> httpx.Response:
    return httpx.get(f"{site}/export/{path}", params=query, trust_env=False, timeout=20)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("path", "query", "title"),
    [
        ("matrix.docx", {}, "社会组织培育孵化机构三级设施对照表"),
        ("matrix.docx", {"lang": "en"}, "Incubators at Three Levels: Comparison of Facilities"),
        ("selfcheck.docx", {"tier": "district"}, "社会组织培育孵化机构设施自查表（区级）"),
        ("duties.docx", {}, "职责清单（全部主体）"),
        ("duties.docx", {"actor": ""}, "职责清单（条文未写明主体）"),
        ("duties.docx", {"actor": "street", "lang": "en"}, "List of Duties (Subdistrict and township)"),
    ],
)  # fmt: skip
def test_a_form_is_handed_out_under_its_title(
    site: str, path: str, query: dict[str, str], title: str
) -> None:
    response = get(site, path, **query)
    assert response.status_code == 200
    disposition = response.headers["content-disposition"]
    assert unquote(disposition.rpartition("''")[2]) == f"{title}.docx"
    assert response.headers["cache-control"] == "no-store"
    document = docx.Document(io.BytesIO(response.content))
    assert document.paragraphs[0].text == document.core_properties.title == title
    assert document.paragraphs[1].text == (GENERATED.en if query.get("lang") else GENERATED.zh)


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("selfcheck.docx", {"tier": "province"}),
        ("selfcheck.docx", {"tier": "../street"}),
        ("duties.docx", {"actor": "nobody"}),
        ("duties.csv", {"actor": "=1+1"}),
        ("other.docx", {}),
        ("../app.py", {}),
    ],
)
def test_nothing_else_is_handed_out(site: str, path: str, query: dict[str, str]) -> None:
    assert get(site, path, **query).status_code == 404


def test_a_name_that_is_typed_is_printed_as_words_and_cut_short(site: str) -> None:
    typed = "<b>=1+1</b>\x00\x0b街道" + "长" * 200
    response = get(site, "selfcheck.docx", tier="street", sign=typed, has=["room:党建活动室", "x"])
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(response.content)).paragraphs)
    assert "牌子上的名称：<b>=1+1</b>街道长长" in text
    assert "长" * 61 not in text


def test_whoever_takes_forms_too_fast_is_told_to_wait() -> None:
    async def plain(scope, receive, send) -> None:  # type: ignore[no-untyped-def]
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"ok"})

    async def run() -> list[int]:
        transport = httpx.ASGITransport(app=Guarded(Paced(plain, rate=0.1, burst=2)), client=("10.0.0.1", 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://page") as client:
            taken = [(await client.get("/export/duties.docx")).status_code for _ in range(3)]
            return [*taken, (await client.get("/read/guide")).status_code]

    assert asyncio.run(run()) == [200, 200, 429, 200]


TEXT = """---
title: 某街道孵化中心工作办法（示例）
short_title: 办法
issuer: 某街道（示例）
kind: 办法
official: true
---
第一条　孵化中心应当开放。
"""
DUTY = """[[duty]]
id = "rules-open"
actor = ["street"]
must = "must"
what = "开放"
provision = "rules/article/1#1"
words = "应当开放"
"""


@pytest.mark.parametrize(
    ("rules", "shows", "tabs"),
    [
        ("", CHINESE.facilities.empty, 0),
        (DUTY, "街道乡镇共 1 项，其中 0 项期限已过。", 1),
        (DUTY.replace("应当开放", "不开放"), "does not say", 0),
    ],
    ids=["nothing", "duties-only", "faulty"],
)
def test_documents_of_ones_own_fill_the_room_as_far_as_they_go(
    tmp_path: Path, rules: str, shows: str, tabs: int
) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "text.md").write_text(TEXT, encoding="utf-8")
    (tmp_path / "rules" / "rules.toml").write_text(rules, encoding="utf-8")
    library = load_library(tmp_path)

    def unopened() -> Answerer:
        raise AssertionError("the room answers no question")

    async def build() -> gr.Blocks:
        # Built where a loop runs: without one, Gradio makes loops that it never closes.
        with gr.Blocks() as page:
            build_facilities(Desk(library, unopened), CHINESE, today=lambda: TODAY)
        return page

    made = asyncio.run(build()).blocks.values()
    assert shows in "".join(str(one.value) for one in made if isinstance(one, gr.Markdown))
    assert len([one for one in made if isinstance(one, gr.Tab)]) == tabs


# In a browser


def open_room(visit: Visit, path: str = "/", tab: str = "") -> Page:
    page = visit.page
    page.goto(f"{visit.site}{path}{'&' if '?' in path else '?'}room=facilities")
    page.locator(".tiers table").wait_for()
    if tab:
        page.get_by_role("tab", name=tab, exact=True).click()
    return page


@browser
def test_a_stranger_does_the_self_check_from_a_cold_start(visit: Visit, library: Library) -> None:
    page = visit.open()
    page.get_by_role("link", name=CHINESE.facilities.room).click()
    page.get_by_role("tab", name=CHINESE.facilities.check).click()
    rooms = page.locator(".result").first
    page.get_by_label("党建活动室").check()
    expect(rooms).to_contain_text("还缺 3 处应独立设置的：会议培训室、综合服务区、交流展示区")
    page.get_by_label("会议培训室").check()
    page.get_by_label("综合服务区").check()
    expect(rooms).to_contain_text("还缺 1 处应独立设置的：交流展示区")
    expect(rooms).to_contain_text("列举未尽")
    page.get_by_label("交流展示区").check()
    expect(rooms).to_contain_text("条文列出的都有")
    expect(rooms).to_contain_text("根据需要设立，没有不算缺：多功能的活动区(室)")
    page.get_by_label("区级", exact=True).check()
    expect(rooms).to_contain_text("还缺 1 处应独立设置的：流动办公区")
    page.get_by_label(CHINESE.facilities.sign).fill("中关村街道社会组织培育孵化中心")
    expect(page.locator(".result .lead.other-tier")).to_contain_text("这是街道乡镇级的名称格式")
    page.get_by_label(CHINESE.facilities.sign).fill("海淀区社会组织发展服务中心")
    expect(page.locator(".result .lead.fits")).to_be_visible()
    rooms.locator("a.chip").click()
    expect(page.locator(".reader-side mark")).to_have_text(
        "应独立设置党建活动室、会议培训室、综合服务区、流动办公区、交流展示区等"
    )
    with page.expect_download() as waiting:
        page.get_by_role("link", name=CHINESE.facilities.check_download).click()
    assert waiting.value.suggested_filename == "社会组织培育孵化机构设施自查表（区级）.docx"
    document = docx.Document(waiting.value.path())
    assert [row.cells[0].text for row in document.tables[0].rows][1:] == ["☑", "☑", "☑", "☐", "☑", "☐"]
    assert any("✓ 与条文的格式一致" in paragraph.text for paragraph in document.paragraphs)
    page.get_by_role("button", name=CHINESE.facilities.untick).click()
    expect(rooms).to_contain_text(CHINESE.facilities.nothing_ticked)
    assert visit.strayed == []
    assert visit.errors == []


@browser
def test_the_duties_of_an_actor_are_listed_and_taken_away(visit: Visit, roster: tuple[Item, ...]) -> None:
    page = open_room(visit, tab=CHINESE.facilities.duties)
    expect(page.locator("ol.duties > li")).to_have_count(24)
    page.get_by_label("区级（27）").check()
    expect(page.locator("ol.duties > li")).to_have_count(27)
    training = page.locator("ol.duties > li", has_text="专题培训")
    expect(training.locator(".modal")).to_have_text("应")
    expect(training.locator(".due")).to_have_text("2022年6月前 · 期限已过")
    with page.expect_download() as waiting:
        page.get_by_role("link", name=CHINESE.facilities.duties_csv).click()
    assert waiting.value.suggested_filename == "职责清单（区级）.csv"
    content = waiting.value.path().read_bytes()
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [row[3] for row in rows[1:]] == [item.what for item in of_actor(roster, "district")]
    training.locator("a.chip").first.click()
    expect(page.locator(".reader-side mark")).to_contain_text("于2022年6月前组织一次")
    assert visit.errors == []


@browser
def test_the_whole_room_by_keyboard(visit: Visit) -> None:
    page = open_room(visit)
    page.get_by_role("tab", name=CHINESE.facilities.matrix).focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("街道乡镇级", exact=True)).to_be_visible()
    page.get_by_label("街道乡镇级", exact=True).focus()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("区级", exact=True)).to_be_checked()
    expect(page.get_by_label("流动办公区")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_label("党建活动室")).to_be_checked()
    expect(page.locator(".result").first).to_contain_text("还缺 4 处")
    reached = []
    for _ in range(45):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                """() => { const e = document.activeElement, r = e.getBoundingClientRect();
                    return [e === document.body ? "BODY" : e.className || e.tagName, getComputedStyle(e).outlineStyle, r.height]; }"""
            )
        )
    names = " ".join(str(name) for name, _, _ in reached)
    for wanted in ("chip", "download", "untick"):
        assert wanted in names, wanted
    assert not [
        name for name, outline, height in reached if outline == "none" and height > 0 and name != "BODY"
    ]


@browser
def test_what_is_missing_is_announced(visit: Visit) -> None:
    page = open_room(visit, tab=CHINESE.facilities.check)
    page.get_by_label("党建活动室").check()
    expect(page.locator("[data-announcer]")).to_contain_text(
        "还缺 3 处应独立设置的：会议培训室、综合服务区、交流展示区"
    )


@browser
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("strings", LANGUAGES, ids=["zh", "en"])
def test_axe_finds_nothing_serious_in_the_room(visit: Visit, strings: Strings, theme: str) -> None:
    own = strings.facilities
    page = open_room(visit, f"{strings.path}?theme={theme}")
    assert findings(page) == []
    page.get_by_role("tab", name=own.check, exact=True).click()
    page.locator(".ticks input").first.check()
    expect(page.locator(".result .lead.lacking")).to_be_visible()
    page.get_by_label(own.sign).fill("海淀区社会组织发展服务中心")
    expect(page.locator(".result .lead.other-tier")).to_be_visible()
    assert findings(page) == []
    page.get_by_role("tab", name=own.duties, exact=True).click()
    expect(page.locator("ol.duties > li").first).to_be_visible()
    assert findings(page) == []


@browser
@pytest.mark.parametrize("strings", LANGUAGES, ids=["zh", "en"])
def test_on_a_phone_nothing_runs_off_and_targets_are_large_enough(phone: Visit, strings: Strings) -> None:
    own = strings.facilities
    page = open_room(phone, strings.path)
    for tab in (own.matrix, own.check, own.duties):
        page.get_by_role("tab", name=tab, exact=True).click()
        page.locator("#facility-tabs [role=tabpanel]:visible").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        small = page.evaluate(
            """() => [...document.querySelectorAll('#room-facilities :is(button, a, label):not([tabindex="-1"])')]
                .filter(e => e.checkVisibility() && !e.matches('.official'))
                .map(e => [e.className || e.textContent, e.getBoundingClientRect()])
                .filter(([, r]) => r.width > 0 && (r.height < 24 || r.width < 24)).map(([name, r]) => [name, r.width, r.height])"""
        )
        assert small == []
    assert findings(page) == []


@browser
@pytest.mark.parametrize("address", ["/?size=large", "/?contrast=high", "/en/?size=large"])
def test_at_twice_the_size_the_tables_stay_within_the_page(visit: Visit, address: str) -> None:
    visit.page.set_viewport_size({"width": 640, "height": 430})
    page = open_room(visit, address)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    wide = page.locator(".tiers").evaluate("e => e.scrollWidth > e.clientWidth + 1")
    assert not wide
